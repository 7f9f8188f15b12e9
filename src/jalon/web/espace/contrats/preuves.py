"""The signed avenant, or the proof of the rupture: one file."""

from typing import BinaryIO, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.contrats.actions import joindre_preuve
from jalon.contrats.requetes import code_attendu, code_attendu_du_prestataire, exiger_le_cfa
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import cote_de, libelle_de_piece, portee_entreprise
from jalon.dossiers.requetes.pieces import AVENANT_SIGNE
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import espace, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.espace.dossier import ouvrir_dossier


class FormulairePreuve(forms.Form):
    """One document."""

    fichier = forms.FileField(
        label="Document",
        help_text="Un PDF, un JPEG ou un PNG de 10 Mo au plus.",
        error_messages={"required": "Choisissez un fichier, puis joignez-le"},
    )


def _code(lu: Dossier, acteur: Acteur) -> str:
    """What is expected of the side of the actor, who manages contracts there."""
    if cote_de(lu, acteur) == Cote.PRESTATAIRE:
        exiger_le_cfa(lu, acteur)
        return code_attendu_du_prestataire(lu)
    acteur.exiger(lu.droit(Niveau.GESTION), portee_entreprise(lu))
    return code_attendu(lu)


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def preuve(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """Attach what the life of the contract expects."""
    ici, lu = ouvrir_dossier(request, siren, dossier_id)
    code = _code(lu, ici.acteur)
    formulaire = FormulairePreuve(request.POST, request.FILES) if request.method == "POST" else FormulairePreuve()
    if request.method == "POST":
        jointe = tenter(
            formulaire,
            lambda: joindre_preuve(
                dossier_id=dossier_id,
                nom=formulaire.cleaned_data["fichier"].name or "",
                contenu=cast("BinaryIO", formulaire.cleaned_data["fichier"].file),
                par=ici.acteur,
                maintenant=maintenant(),
            ),
        )
        if jointe is not None:
            messages.success(request, "Le document est joint.")
            suite = "contrat_avenant" if code == AVENANT_SIGNE else "espace_dossier"
            return redirect(suite, siren=siren, dossier_id=dossier_id)
    titre = libelle_de_piece(dispositif_de(lu.dispositif), code)
    retour = "contrat_avenant" if code == AVENANT_SIGNE else "espace_dossier"
    return montrer(request, "espace/contrats/preuve.html", formulaire, ici=ici, dossier=lu, titre=titre, retour=retour)
