from django.apps import AppConfig


class AideConfig(AppConfig):
    name = "jalon.aide"
