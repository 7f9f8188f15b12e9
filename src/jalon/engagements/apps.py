from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    name = "jalon.engagements"
    verbose_name = "Engagements"

    def ready(self) -> None:
        from jalon.courriers import messages
        from jalon.dossiers import branchements
        from jalon.dossiers.actions import suivi_de_la_table
        from jalon.engagements.actions import rendre_le_budget
        from jalon.engagements.courriels import MESSAGES
        from jalon.engagements.evenements import EVENEMENTS
        from jalon.engagements.notifications import ANNONCES
        from jalon.engagements.requetes import accord_du_dossier, consommation
        from jalon.journal import libelles
        from jalon.notifications import annonces
        from jalon.organisations import portefeuilles

        libelles.declarer(EVENEMENTS)
        messages.declarer(*MESSAGES)
        annonces.declarer(ANNONCES)
        branchements.declarer_accord(accord_du_dossier)
        branchements.declarer_consommation(consommation)
        branchements.declarer_annulation(rendre_le_budget)
        portefeuilles.declarer_suivi(suivi_de_la_table("engagements_engagement"))
