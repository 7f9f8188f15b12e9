"""Pages, by audience."""

from django.urls import include, path

urlpatterns = [
    path("", include("jalon.web.public.urls")),
    path("", include("jalon.web.espace.urls")),
    path("opco/", include("jalon.web.opco.urls")),
]
