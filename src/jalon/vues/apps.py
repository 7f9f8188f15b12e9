from django.apps import AppConfig


class VuesConfig(AppConfig):
    name = "jalon.vues"

    def ready(self) -> None:
        from jalon.courriers.messages import declarer as declarer_courriels
        from jalon.journal.libelles import declarer as declarer_evenements
        from jalon.notifications import annonces
        from jalon.vues.courriels import MESSAGES
        from jalon.vues.evenements import EVENEMENTS
        from jalon.vues.notifications import ANNONCES

        declarer_evenements(EVENEMENTS)
        declarer_courriels(*MESSAGES)
        annonces.declarer(ANNONCES)
