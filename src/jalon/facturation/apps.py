from django.apps import AppConfig


class FacturationConfig(AppConfig):
    name = "jalon.facturation"
