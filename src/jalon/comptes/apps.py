from django.apps import AppConfig


class ComptesConfig(AppConfig):
    name = "jalon.comptes"

    def ready(self) -> None:
        from jalon.comptes.courriels import MESSAGES
        from jalon.comptes.evenements import EVENEMENTS
        from jalon.courriers.messages import declarer as declarer_courriels
        from jalon.journal.libelles import declarer as declarer_evenements

        declarer_evenements(EVENEMENTS)
        declarer_courriels(*MESSAGES)
