from django.apps import AppConfig


class ReglementsConfig(AppConfig):
    name = "jalon.reglements"
