"""Addresses that everybody may open."""

from django.conf import settings
from django.urls import path

from jalon.web.composants import guide
from jalon.web.public import (
    aide_code,
    contact,
    etats,
    gel,
    guides,
    pages,
    profil,
    recapitulatif,
    sante,
    second_facteur,
    visites,
    webinaires,
)

urlpatterns = [
    path("", pages.entree, name="entree"),
    path("accessibilite/", pages.accessibilite, name="accessibilite"),
    path("donnees-personnelles/", pages.donnees_personnelles, name="donnees-personnelles"),
    path("mentions-legales/", pages.mentions_legales, name="mentions-legales"),
    path("etat-du-service/", etats.etat_service, name="etat_service"),
    path("etat-du-service/<uuid:message_id>/fermer/", etats.fermer_etat, name="etat_fermer"),
    path("theme/", pages.theme, name="theme"),
    path("code-refuse/", aide_code.aide_code, name="aide_code"),
    path("code-refuse/<slug:etape>/", aide_code.aide_code, name="aide_code_etape"),
    path("contact/", contact.contact, name="contact"),
    path("coordonnees-bancaires/gel/<str:jeton>/", gel.gel, name="gel"),
    path("courriels/taches/<str:jeton>/", recapitulatif.arreter, name="recapitulatif_arreter"),
    path("courriels/notifications/<str:jeton>/", recapitulatif.arreter_les_notifications, name="notifications_arreter"),
    path("aide/", guides.aide, name="aide"),
    path("aide/visites/<slug:code>/", visites.visite, name="visite"),
    path("aide/visites/<slug:code>/vue/", visites.visite_vue, name="visite_vue"),
    path("aide/glossaire/", guides.glossaire, name="glossaire"),
    path("aide/guides/<slug:code>/", guides.montrer_guide, name="aide_guide"),
    path("aide/webinaires/", webinaires.agenda, name="webinaires"),
    path("aide/webinaires/<uuid:webinaire_id>/", webinaires.montrer_webinaire, name="webinaire"),
    path("aide/webinaires/<uuid:webinaire_id>/inscription/", webinaires.inscrire, name="webinaire_inscription"),
    path("aide/webinaires/<uuid:webinaire_id>/retrait/", webinaires.retirer, name="webinaire_retrait"),
    path("aide/webinaires/<uuid:webinaire_id>/calendrier.ics", webinaires.calendrier, name="webinaire_calendrier"),
    path("aide/connexion/", pages.aide_connexion, name="aide_connexion"),
    path("compte/profil/", profil.mon_profil, name="mon_profil"),
    path("compte/second-facteur-perdu/", second_facteur.perdu, name="second_facteur_perdu"),
    path("healthz", sante.healthz, name="healthz"),
    path("readyz", sante.readyz, name="readyz"),
    path("seance/", pages.seance, name="seance"),
    path(".well-known/security.txt", pages.security_txt, name="security-txt"),
]
if settings.JALON_DEMO:
    urlpatterns += [
        path("demo/composants", guide.composants, name="demo-composants"),
        path("demo/saisie", guide.saisie, name="demo-saisie"),
        path("demo/erreurs/<int:statut>", guide.erreur, name="demo-erreur"),
    ]
