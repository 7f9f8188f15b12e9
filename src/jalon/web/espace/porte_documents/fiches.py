"""The list, and what is said of each document."""

from typing import BinaryIO, cast
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalon.pieces.requetes import est_lisible, type_affiche
from jalon.porte_documents.actions import ajouter_document, modifier_document, retirer_document
from jalon.porte_documents.enums import GENRES
from jalon.porte_documents.models import DocumentGarde
from jalon.porte_documents.requetes import (
    Filtre,
    Lieu,
    document_accessible,
    documents_de,
    lieux_ou_ranger,
    peut,
    tient_ici,
)
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import DroitManquant
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.socle.identifiants import grouper
from jalon.socle.texte import entier_ou
from jalon.web.composants.acces import espace, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.pages import lire_recherche
from jalon.web.espace.commun import Espace, etablissements_choisissables, exiger_ici, ouvrir_espace
from jalon.web.espace.porte_documents.formulaires import ENTREPRISE, ORGANISME, FormulaireAjout, FormulaireDocument

GENRES_FILTRES = [("", "Tous"), *((genre.value, texte) for genre, texte in GENRES.items())]


def ouvrir_porte_documents(request: HttpRequest, siren: str, niveau: Niveau = Niveau.LECTURE) -> Espace:
    """The space of the URL, for who holds that level on a whole family somewhere in it. Raises DroitManquant."""
    ici = ouvrir_espace(request, siren)
    if not tient_ici(ici.acteur, siren, niveau):
        raise DroitManquant(ici.acteur.phrase_droit_manquant(Droit(Domaine.PLAN, niveau), siren))
    return ici


def ouvrir_garde(
    request: HttpRequest, siren: str, document_id: UUID, niveau: Niveau = Niveau.LECTURE
) -> tuple[Espace, DocumentGarde]:
    """A document of the space of the URL. Raises Introuvable, DroitManquant."""
    ici = ouvrir_porte_documents(request, siren)
    garde = document_accessible(document_id, ici.acteur, niveau)
    exiger_ici(ici, garde.organisation_siren)
    return ici, garde


@page(espace(None))
def liste(request: HttpRequest, siren: str) -> HttpResponse:
    """Every document that the person sees here, by name."""
    ici = ouvrir_porte_documents(request, siren)
    acteur, jour = ici.acteur.sur(siren), aujourdhui()
    filtre = Filtre(lire_recherche(request)[0], request.GET.get("genre", ""))
    etablissements = dict(etablissements_choisissables(siren)) if ici.adherent else {}
    lignes = [
        {
            "garde": garde,
            "type": type_affiche(garde.document),
            "lieu": _nom_du_lieu(ici, garde, etablissements),
            "validite": garde.validite(jour),
            "expire": garde.est_expire(jour),
            "lisible": est_lisible(garde.document),
            "modifiable": peut(acteur, Niveau.SAISIE, garde.portee),
        }
        for garde in documents_de(acteur, siren, filtre)
    ]
    contexte = {
        "ici": ici,
        "lignes": lignes,
        "filtre": filtre,
        "genres": GENRES_FILTRES,
        "peut_ajouter": tient_ici(ici.acteur, siren, Niveau.SAISIE),
        "voit_les_comptes": ici.voit(Domaine.RIB),
    }
    return render(request, "espace/porte_documents/liste.html", contexte)


def _nom_du_lieu(ici: Espace, garde: DocumentGarde, etablissements: dict[str, str]) -> str:
    """« Annecy », « L’organisme de formation » beside a company; nothing where there is one place only."""
    if garde.siret:
        return etablissements.get(garde.siret) or f"SIRET {grouper(garde.siret)}"
    if ici.adherent and ici.prestataire:
        return NOMS_DES_LIEUX[ORGANISME if garde.prestataire_siren else ENTREPRISE]
    return ""


NOMS_DES_LIEUX = {ENTREPRISE: "Toute l’entreprise", ORGANISME: "L’organisme de formation"}


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def ajouter(request: HttpRequest, siren: str) -> HttpResponse:
    """Keep a new document."""
    ici = ouvrir_porte_documents(request, siren, Niveau.SAISIE)
    etablissements = dict(etablissements_choisissables(siren)) if ici.adherent else {}
    lieux = lieux_ou_ranger(ici.acteur, siren, etablissements)
    donnees, fichiers = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    formulaire = FormulaireAjout(ici.acteur, lieux, {**NOMS_DES_LIEUX, **etablissements}, donnees, fichiers)
    if request.method == "POST":
        garde = tenter(formulaire, lambda: _ajouter(formulaire, ici))
        if garde is not None:
            messages.success(request, f"«\u00a0{garde.libelle}\u00a0» est dans le porte-documents.")
            return redirect("espace_documents", siren=siren)
    return montrer(request, "espace/porte_documents/ajouter.html", formulaire, ici=ici, voit_les_comptes=ici.voit(Domaine.RIB))


def _ajouter(formulaire: FormulaireAjout, ici: Espace) -> DocumentGarde:
    fichier = formulaire.cleaned_data["fichier"]
    return ajouter_document(
        lieu=formulaire.lieu or Lieu(ici.siren),
        description=formulaire.description(),
        nom=fichier.name or "",
        contenu=octets_de(fichier),
        par=ici.acteur,
        maintenant=maintenant(),
    )


def octets_de(fichier: "UploadedFile[bytes]") -> BinaryIO:
    """What the action reads by blocks."""
    return cast("BinaryIO", fichier.file)


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def modifier(request: HttpRequest, siren: str, document_id: UUID) -> HttpResponse:
    """Change what is said of a document; the one that was read is the one that is changed."""
    ici, garde = ouvrir_garde(request, siren, document_id, Niveau.SAISIE)
    profil = Profil.PRESTATAIRE if garde.prestataire_siren else Profil.ADHERENT
    lieu = Lieu(garde.organisation_siren, profil, garde.siret)
    formulaire = FormulaireDocument(ici.acteur, lieu, request.POST or None, garde=garde)
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: modifier_document(
                document_id=document_id,
                version=entier_ou(request.POST.get("version", ""), 0),
                description=formulaire.description(),
                par=ici.acteur,
                maintenant=maintenant(),
            ),
        )
        if fait is not None:
            messages.success(request, "Le document est enregistré.")
            return redirect("espace_documents", siren=siren)
    return montrer(
        request, "espace/porte_documents/modifier.html", formulaire, ici=ici, garde=garde, type=type_affiche(garde.document)
    )


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def supprimer(request: HttpRequest, siren: str, document_id: UUID) -> HttpResponse:
    """Let a document go, once confirmed."""
    ici, garde = ouvrir_garde(request, siren, document_id, Niveau.SAISIE)
    if request.method == "POST":
        retirer_document(document_id=document_id, par=ici.acteur, maintenant=maintenant())
        messages.success(request, f"«\u00a0{garde.libelle}\u00a0» n’est plus dans le porte-documents.")
        return redirect(reverse("espace_documents", args=[siren]))
    return render(request, "espace/porte_documents/supprimer.html", {"ici": ici, "garde": garde})
