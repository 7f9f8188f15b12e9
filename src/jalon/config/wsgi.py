"""WSGI entry point (Granian)."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.config.settings")
application = get_wsgi_application()

# What is loaded for good is not looked at again by the collector: a full pass stopped a request of a large cabinet for 150 ms.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
