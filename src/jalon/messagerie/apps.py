from django.apps import AppConfig


class MessagerieConfig(AppConfig):
    name = "jalon.messagerie"
