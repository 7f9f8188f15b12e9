from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "jalon.dossiers"
    verbose_name = "Dossiers"

    def ready(self) -> None:
        from jalon.courriers import messages
        from jalon.dossiers.actions import suivre_les_portefeuilles
        from jalon.dossiers.actions.pieces import noter_le_refus
        from jalon.dossiers.courriels import MESSAGES
        from jalon.dossiers.evenements import EVENEMENTS
        from jalon.dossiers.listes import BROUILLONS, DOSSIERS
        from jalon.dossiers.notifications import ANNONCES
        from jalon.dossiers.requetes.salaries import parcours
        from jalon.journal import libelles
        from jalon.notifications import annonces
        from jalon.organisations import portefeuilles
        from jalon.pieces.suites import declarer_suite_d_analyse
        from jalon.salaries import branchements
        from jalon.socle import listes

        libelles.declarer(EVENEMENTS)
        messages.declarer(*MESSAGES)
        annonces.declarer(ANNONCES)
        declarer_suite_d_analyse(noter_le_refus)
        listes.declarer(DOSSIERS)
        listes.declarer(BROUILLONS)
        portefeuilles.declarer_suivi(suivre_les_portefeuilles)
        branchements.declarer_parcours(parcours)
