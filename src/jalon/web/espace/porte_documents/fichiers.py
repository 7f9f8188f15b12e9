"""The file of a document: replaced, downloaded, looked at; a piece of a request kept here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions import garder_piece
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import dossier_accessible, endroits_ou_garder, libelle_de_piece, piece_accessible
from jalon.pieces.requetes import type_affiche
from jalon.porte_documents.actions import lire_page_d_apercu, ouvrir_apercu, ouvrir_document, remplacer_fichier
from jalon.porte_documents.regles import genre_de_piece
from jalon.socle.acteurs import Niveau
from jalon.socle.erreurs import DroitManquant
from jalon.socle.horloge import maintenant
from jalon.socle.identifiants import grouper
from jalon.socle.texte import entier_ou
from jalon.web.composants.acces import espace, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.apercus import Adresses, page_d_apercu, reponse_image
from jalon.web.composants.fichiers import reponse_fichier
from jalon.web.espace.commun import Espace, exiger_ici, ouvrir_espace
from jalon.web.espace.porte_documents.fiches import octets_de, ouvrir_garde
from jalon.web.espace.porte_documents.formulaires import FormulaireDeLaPiece, FormulaireFichier


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def remplacer(request: HttpRequest, siren: str, document_id: UUID) -> HttpResponse:
    """A new version of the file."""
    ici, garde = ouvrir_garde(request, siren, document_id, Niveau.SAISIE)
    formulaire = FormulaireFichier(request.POST, request.FILES) if request.method == "POST" else FormulaireFichier()
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: remplacer_fichier(
                document_id=document_id,
                version=entier_ou(request.POST.get("version", ""), 0),
                nom=formulaire.cleaned_data["fichier"].name or "",
                contenu=octets_de(formulaire.cleaned_data["fichier"]),
                par=ici.acteur,
                maintenant=maintenant(),
            ),
        )
        if fait is not None:
            messages.success(request, f"Le fichier de «\u00a0{fait.libelle}\u00a0» est remplacé.")
            return redirect("espace_documents", siren=siren)
    return montrer(
        request, "espace/porte_documents/remplacer.html", formulaire, ici=ici, garde=garde, type=type_affiche(garde.document)
    )


@page(espace(None))
def telecharger(request: HttpRequest, siren: str, document_id: UUID) -> HttpResponse:
    """The document itself, as a download; the journal and the register keep it."""
    ici, _ = ouvrir_garde(request, siren, document_id)
    garde, octets = ouvrir_document(document_id=document_id, par=ici.acteur, maintenant=maintenant())
    return reponse_fichier(octets, garde.document.nom, garde.document.type_mime)


@page(espace(None))
def apercu(request: HttpRequest, siren: str, document_id: UUID) -> HttpResponse:
    """The first pages of a document; the register keeps the opening."""
    ici, _ = ouvrir_garde(request, siren, document_id)
    garde, dessin = ouvrir_apercu(document_id=document_id, par=ici.acteur, maintenant=maintenant())
    adresses = Adresses(
        retour=reverse("espace_documents", args=[siren]),
        fichier=reverse("espace_document_telecharger", args=[siren, document_id]),
        image=lambda numero: reverse("espace_document_apercu_page", args=[siren, document_id, numero]),
    )
    return page_d_apercu(request, garde.document, dessin, (garde.libelle, "Porte-documents"), adresses, {"ici": ici})


@page(espace(None))
def image(request: HttpRequest, siren: str, document_id: UUID, numero: int) -> HttpResponse:
    """One page of it, rights read again."""
    ici, _ = ouvrir_garde(request, siren, document_id)
    return reponse_image(lire_page_d_apercu(document_id=document_id, numero=numero, par=ici.acteur, maintenant=maintenant()))


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def garder(request: HttpRequest, siren: str, dossier_id: UUID, piece_id: UUID) -> HttpResponse:
    """« Garder dans le porte-documents », on a piece of a request."""
    ici = ouvrir_espace(request, siren)
    dossier = dossier_accessible(dossier_id, ici.acteur)
    exiger_ici(ici, dossier.siren)
    piece = piece_accessible(dossier, piece_id, ici.acteur)
    endroits = _endroits(ici, dossier)
    libelle = libelle_de_piece(dispositif_de(dossier.dispositif), piece.code)
    initiales = {"libelle": libelle[:120], "genre": genre_de_piece(piece.code)}
    formulaire = FormulaireDeLaPiece(endroits, request.POST or None, initiales)
    retour = reverse("saisie_pieces" if dossier.est_brouillon else "espace_dossier", args=[siren, dossier_id])
    if request.method == "POST":
        garde = tenter(
            formulaire,
            lambda: garder_piece(
                dossier_id=dossier_id,
                piece_id=piece_id,
                siret=formulaire.endroit,
                description=formulaire.description(dossier.domaine),
                par=ici.acteur,
                maintenant=maintenant(),
            ),
        )
        if garde is not None:
            messages.success(request, f"«\u00a0{garde.libelle}\u00a0» est dans le porte-documents.")
            return redirect(retour)
    return montrer(
        request, "espace/porte_documents/garder.html", formulaire, ici=ici, dossier=dossier, piece=piece, libelle=libelle,
        retour=retour, type=type_affiche(piece.document),
    )  # fmt: skip


def _endroits(ici: Espace, dossier: Dossier) -> list[tuple[str, str]]:
    sirets = endroits_ou_garder(dossier, ici.acteur)
    if not sirets:
        raise DroitManquant(ici.acteur.phrase_droit_manquant(dossier.droit(Niveau.SAISIE), ici.siren))
    nom = dossier.etablissement_nom or f"SIRET {grouper(dossier.siret)}"
    return [(siret, f"L’établissement {nom}" if siret else "Toute l’entreprise") for siret in sirets]
