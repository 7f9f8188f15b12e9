"""Pages that only the demonstration has."""

from django.urls import path

from jalon.demo import vues

urlpatterns = [
    path("comptes", vues.comptes, name="demo_comptes"),
    path("courriels", vues.courriels, name="demo_courriels"),
    path("courriels/<uuid:identifiant>", vues.courriel, name="demo_courriel"),
]
