from django.apps import AppConfig


class ReferentielsConfig(AppConfig):
    name = "jalon.referentiels"
