"""All addresses, by audience."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("jalon.web.urls")),
    path("compte/", include("allauth.account.urls")),
    path("compte/2fa/", include("allauth.mfa.urls")),
    path("compte/sessions/", include("allauth.usersessions.urls")),
    path("compte/", include("jalon.web.connexion.urls")),
    path("api/", include("jalon.api.urls")),
]
if settings.JALON_DEMO:
    urlpatterns += [path("demo/", include("jalon.demo.urls"))]

handler400 = "jalon.web.composants.erreurs.page_400"
handler403 = "jalon.web.composants.erreurs.page_403"
handler404 = "jalon.web.composants.erreurs.page_404"
handler500 = "jalon.web.composants.erreurs.page_500"
handler429 = "jalon.web.composants.erreurs.page_429"  # read by allauth for its own limits
