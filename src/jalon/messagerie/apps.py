from django.apps import AppConfig


class MessagerieConfig(AppConfig):
    name = "jalon.messagerie"

    def ready(self) -> None:
        from jalon.journal import libelles
        from jalon.messagerie.evenements import EVENEMENTS

        libelles.declarer(EVENEMENTS)
