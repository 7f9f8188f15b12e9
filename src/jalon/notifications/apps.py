from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "jalon.notifications"

    def ready(self) -> None:
        from jalon.courriers.messages import declarer as declarer_courriels
        from jalon.journal.libelles import declarer as declarer_evenements
        from jalon.notifications.courriels import MESSAGES
        from jalon.notifications.evenements import EVENEMENTS

        declarer_evenements(EVENEMENTS)
        declarer_courriels(*MESSAGES)
