"""WSGI entry point of the bare views: the product's settings without middleware, context processors or addresses."""

import gc
import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from jalon.bancs.dossiers.reglages_nus import gabarits_nus

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.config.settings")
django.setup()
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = "jalon.bancs.dossiers.vue_nue"
settings.TEMPLATES = gabarits_nus(settings.TEMPLATES)
application = WSGIHandler()

# As `config.wsgi` does for the product: the comparison is of the pages, not of the collector.
gc.collect()
gc.freeze()
