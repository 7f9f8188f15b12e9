"""Addresses of the API."""

from django.urls import path

from jalon.api.v1 import api

urlpatterns = [path("v1/", api.urls)]
