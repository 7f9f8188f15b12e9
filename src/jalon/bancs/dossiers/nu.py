"""WSGI entry point of the bare views: the product's settings without middleware, context processors or addresses."""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.config.settings")
django.setup()
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = "jalon.bancs.dossiers.vue_nue"
settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": {}}]
application = WSGIHandler()
