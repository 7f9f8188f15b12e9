"""Addresses of the OpenID sign-in, under /compte/."""

from django.urls import path

from jalon.web.connexion import vues

urlpatterns = [
    path("openid/entrer/", vues.entrer, name="openid_entrer"),
    path("openid/retour/", vues.retour, name="openid_retour"),
    path("openid/inconnue/", vues.inconnue, name="openid_inconnue"),
    path("openid/", vues.identite, name="openid_identite"),
    path("openid/lier/", vues.lier, name="openid_lier"),
    path("openid/retirer/", vues.delier, name="openid_delier"),
]
