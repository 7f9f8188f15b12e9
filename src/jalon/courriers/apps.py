from django.apps import AppConfig


class CourriersConfig(AppConfig):
    name = "jalon.courriers"
