from django.apps import AppConfig


class BanqueConfig(AppConfig):
    name = "jalon.banque"
