from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "jalon.exports"

    def ready(self) -> None:
        from jalon.courriers.messages import declarer as declarer_courriels
        from jalon.exports.courriels import MESSAGES
        from jalon.exports.evenements import EVENEMENTS
        from jalon.journal.libelles import declarer as declarer_evenements

        declarer_evenements(EVENEMENTS)
        declarer_courriels(*MESSAGES)
