from django.apps import AppConfig

from jalon.socle.horloge import brancher_decalage


class DemoConfig(AppConfig):
    name = "jalon.demo"

    def ready(self) -> None:
        from jalon.demo.horloge import decalage

        brancher_decalage(decalage)
