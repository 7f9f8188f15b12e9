"""Pages of companies and providers."""

from django.urls import path

from jalon.web.espace import accueil, accueil_general, activation, dossier, dossiers, factures, habilitations, reglements, rib
from jalon.web.espace.droits import fichiers, mes_droits, octrois, revue
from jalon.web.espace.saisie import creation, envoi, pieces, sections

DOSSIER = "e/<str:siren>/dossiers/<uuid:dossier_id>"

urlpatterns = [
    path("accueil/", accueil_general.accueil, name="accueil"),
    path("activation/", activation.activation, name="activation"),
    path("mes/dossiers/", dossiers.mes_dossiers, name="mes_dossiers"),
    path("e/<str:siren>/", accueil.accueil, name="espace_accueil"),
    path("e/<str:siren>/taches/", accueil.taches, name="espace_taches"),
    path("e/<str:siren>/dossiers/", dossiers.liste, name="espace_dossiers"),
    path("e/<str:siren>/brouillons/", dossiers.brouillons, name="espace_brouillons"),
    path("e/<str:siren>/dossiers/nouveau/", creation.nouveau, name="saisie_nouveau"),
    path(f"{DOSSIER}/saisie/<slug:code>/", sections.section, name="saisie_section"),
    path(f"{DOSSIER}/saisie/<slug:code>/enregistrer/", sections.enregistrer, name="saisie_enregistrer"),
    path(f"{DOSSIER}/pieces/", pieces.pieces, name="saisie_pieces"),
    path(f"{DOSSIER}/pieces/<uuid:piece_id>/", pieces.telecharger, name="piece_telecharger"),
    path(f"{DOSSIER}/pieces/<uuid:piece_id>/retirer/", pieces.retirer, name="piece_retirer"),
    path(f"{DOSSIER}/verifier/", envoi.verifier, name="saisie_verifier"),
    path(f"{DOSSIER}/transmettre/", envoi.transmettre, name="saisie_transmettre"),
    path(f"{DOSSIER}/supprimer/", creation.supprimer, name="saisie_supprimer"),
    path(f"{DOSSIER}/", dossier.dossier, name="espace_dossier"),
    path(f"{DOSSIER}/message/", dossier.ecrire, name="espace_dossier_message"),
    path(f"{DOSSIER}/annuler/", dossier.annuler, name="espace_dossier_annuler"),
    path(f"{DOSSIER}/accord/", dossier.accord, name="espace_dossier_accord"),
    path(f"{DOSSIER}/recapitulatif/", dossier.recapitulatif, name="espace_dossier_recapitulatif"),
    path("e/<str:siren>/factures/", factures.liste, name="espace_factures"),
    path("e/<str:siren>/factures/historique/", factures.historique, name="espace_factures_historique"),
    path("e/<str:siren>/factures/nouvelle/<uuid:engagement_id>/<slug:genre>/", factures.nouvelle, name="espace_facture_nouvelle"),
    path("e/<str:siren>/factures/<uuid:facture_id>/", factures.facture, name="espace_facture"),
    path("e/<str:siren>/factures/<uuid:facture_id>/annuler/", factures.annuler, name="espace_facture_annuler"),
    path("e/<str:siren>/factures/<uuid:facture_id>/<slug:nom>/", factures.document, name="espace_facture_document"),
    path("e/<str:siren>/reglements/", reglements.reglements, name="espace_reglements"),
    path("e/<str:siren>/habilitations/", habilitations.habilitations, name="espace_habilitations"),
    path("e/<str:siren>/habilitations/inviter/", habilitations.inviter, name="espace_inviter"),
    path("e/<str:siren>/habilitations/journal/", fichiers.historique, name="espace_acces_historique"),
    path("e/<str:siren>/habilitations/journal/export/", fichiers.exporter_historique, name="espace_acces_historique_export"),
    path("e/<str:siren>/habilitations/plusieurs/", octrois.masse, name="espace_droits_masse"),
    path("e/<str:siren>/habilitations/revue/", revue.revue, name="espace_revue"),
    path("e/<str:siren>/habilitations/fichier/", fichiers.importer, name="espace_droits_fichier"),
    path("e/<str:siren>/habilitations/fichier/appliquer/", fichiers.appliquer, name="espace_droits_appliquer"),
    path("e/<str:siren>/habilitations/fichier/export/", fichiers.exporter, name="espace_droits_export"),
    path("e/<str:siren>/habilitations/<uuid:rattachement_id>/octroi/", octrois.decider, name="espace_octroi"),
    path("e/<str:siren>/mes-droits/", mes_droits.mes_droits, name="espace_mes_droits"),
    path("e/<str:siren>/habilitations/<uuid:rattachement_id>/droits/", habilitations.modifier, name="espace_modifier_droits"),
    path("e/<str:siren>/habilitations/<uuid:rattachement_id>/retirer/", habilitations.retirer, name="espace_retirer"),
    path("e/<str:siren>/habilitations/demandes/<uuid:demande_id>/", habilitations.decider, name="espace_demande"),
    path("e/<str:siren>/coordonnees-bancaires/", rib.rib, name="espace_rib"),
    path("e/<str:siren>/coordonnees-bancaires/ajouter/", rib.ajouter, name="espace_rib_ajouter"),
    path("e/<str:siren>/coordonnees-bancaires/<uuid:coordonnees_id>/geler/", rib.geler, name="espace_rib_geler"),
    path("e/<str:siren>/coordonnees-bancaires/<uuid:coordonnees_id>/afficher/", rib.reveler, name="espace_rib_reveler"),
]
