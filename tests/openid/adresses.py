"""Addresses of the test server: allauth's."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.idp.urls")), path("compte/", include("allauth.account.urls"))]
