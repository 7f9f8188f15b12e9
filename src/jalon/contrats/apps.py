from django.apps import AppConfig


class ContratsConfig(AppConfig):
    name = "jalon.contrats"
    verbose_name = "Vie des contrats"

    def ready(self) -> None:
        from jalon.contrats.actions.suites import apres_une_annulation
        from jalon.contrats.courriels import MESSAGES
        from jalon.contrats.evenements import EVENEMENTS
        from jalon.courriers import messages
        from jalon.dossiers import branchements
        from jalon.dossiers.actions import suivi_d_une_suite
        from jalon.journal import libelles
        from jalon.organisations import portefeuilles

        libelles.declarer(EVENEMENTS)
        messages.declarer(*MESSAGES)
        branchements.declarer_annulation(apres_une_annulation)
        for table in ("contrats_rupturedeclaree", "contrats_avenant", "contrats_transfert"):
            portefeuilles.declarer_suivi(suivi_d_une_suite(table))
