"""Pages of companies and providers."""

from django.urls import path

from jalon.web.espace import accueil_general, activation, habilitations, rib
from jalon.web.espace.saisie import creation, envoi, pieces, sections

BROUILLON = "e/<str:siren>/dossiers/<uuid:dossier_id>"

urlpatterns = [
    path("accueil/", accueil_general.accueil, name="accueil"),
    path("activation/", activation.activation, name="activation"),
    path("e/<str:siren>/dossiers/nouveau/", creation.nouveau, name="saisie_nouveau"),
    path(f"{BROUILLON}/saisie/<slug:code>/", sections.section, name="saisie_section"),
    path(f"{BROUILLON}/saisie/<slug:code>/enregistrer/", sections.enregistrer, name="saisie_enregistrer"),
    path(f"{BROUILLON}/pieces/", pieces.pieces, name="saisie_pieces"),
    path(f"{BROUILLON}/pieces/<uuid:piece_id>/", pieces.telecharger, name="piece_telecharger"),
    path(f"{BROUILLON}/pieces/<uuid:piece_id>/retirer/", pieces.retirer, name="piece_retirer"),
    path(f"{BROUILLON}/verifier/", envoi.verifier, name="saisie_verifier"),
    path(f"{BROUILLON}/transmettre/", envoi.transmettre, name="saisie_transmettre"),
    path(f"{BROUILLON}/supprimer/", creation.supprimer, name="saisie_supprimer"),
    path("e/<str:siren>/habilitations/", habilitations.habilitations, name="espace_habilitations"),
    path("e/<str:siren>/habilitations/inviter/", habilitations.inviter, name="espace_inviter"),
    path("e/<str:siren>/habilitations/journal/", habilitations.historique, name="espace_acces_historique"),
    path("e/<str:siren>/habilitations/<uuid:rattachement_id>/droits/", habilitations.modifier, name="espace_modifier_droits"),
    path("e/<str:siren>/habilitations/<uuid:rattachement_id>/retirer/", habilitations.retirer, name="espace_retirer"),
    path("e/<str:siren>/habilitations/demandes/<uuid:demande_id>/", habilitations.decider, name="espace_demande"),
    path("e/<str:siren>/coordonnees-bancaires/", rib.rib, name="espace_rib"),
    path("e/<str:siren>/coordonnees-bancaires/ajouter/", rib.ajouter, name="espace_rib_ajouter"),
    path("e/<str:siren>/coordonnees-bancaires/<uuid:coordonnees_id>/geler/", rib.geler, name="espace_rib_geler"),
    path("e/<str:siren>/coordonnees-bancaires/<uuid:coordonnees_id>/afficher/", rib.reveler, name="espace_rib_reveler"),
]
