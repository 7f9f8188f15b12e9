from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "jalon.dossiers"
