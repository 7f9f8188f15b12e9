"""Mandates written in conventions: a provider declares them, its client reads the copy and refuses in one gesture."""

from typing import BinaryIO, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.actions.conventions import declarer_convention, ouvrir_convention, refuser_convention
from jalon.habilitations.conventions import LONGUEUR_REFERENCE, NIVEAUX, lire_client, refus_des_termes
from jalon.habilitations.mandats import dernier_jour_permis
from jalon.habilitations.models import Mandat
from jalon.habilitations.requetes.conventions import conventions_declarees
from jalon.habilitations.requetes.mandats import mandat_accessible
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import DroitManquant, SaisieRefusee
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.composants.acces import espace, exiger_second_facteur_recent, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.champs import ChampDate
from jalon.web.composants.fichiers import reponse_fichier
from jalon.web.composants.pages import lire_recherche
from jalon.web.espace.commun import Espace, exiger_ici, ouvrir_espace

LIBELLES = {
    Niveau.ENVOI: "Préparer et envoyer les dossiers",
    Niveau.SAISIE: "Préparer les dossiers, sans les envoyer",
    Niveau.LECTURE: "Lire les dossiers",
}


class FormulaireConvention(forms.Form):
    """What the convention says, and its copy."""

    client = forms.CharField(
        label="SIREN ou SIRET de l’employeur", max_length=24,
        help_text="Le SIREN ouvre toute l’entreprise\u00a0; le SIRET, un seul établissement.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-m"}),
        error_messages={"required": "Indiquez le SIREN ou le SIRET de l’employeur"},
    )  # fmt: skip
    reference = forms.CharField(
        label="Référence de la convention", max_length=LONGUEUR_REFERENCE, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Indiquez la référence de la convention"},
    )  # fmt: skip
    signee_le = ChampDate(label="Signée le", error_messages={"required": "Indiquez le jour de signature de la convention"})
    debut = ChampDate(label="Premier jour du mandat", error_messages={"required": "Indiquez le premier jour du mandat"})
    fin = ChampDate(
        label="Dernier jour du mandat", help_text="12 mois au plus. Le mandat s’arrête à minuit, heure de Paris.",
        error_messages={"required": "Indiquez le dernier jour du mandat"},
    )  # fmt: skip
    niveau = forms.ChoiceField(
        label="Ce que la convention vous permet", widget=forms.RadioSelect, initial=str(NIVEAUX[0].value),
        choices=[(str(n.value), LIBELLES[n]) for n in NIVEAUX],
        error_messages={"required": "Choisissez ce que la convention vous permet"},
    )  # fmt: skip
    piece = forms.FileField(
        label="La convention signée", help_text="PDF, JPEG ou PNG, 10\u00a0Mo au plus.",
        error_messages={"required": "Joignez la convention signée"},
    )  # fmt: skip

    def __init__(self, mandataire: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.mandataire = mandataire

    def clean_client(self) -> str:
        """What was typed, when it is a client of the provider."""
        saisi: str = self.cleaned_data["client"]
        try:
            lire_client(saisi, self.mandataire)
        except SaisieRefusee as erreur:
            raise forms.ValidationError(erreur.message) from None
        return saisi

    def clean(self) -> dict[str, object]:
        """The dates are judged with the rest: a wrong SIREN, a late day and a missing copy are told together."""
        lues: dict[str, object] = super().clean() or {}
        termes = {nom: lues[nom] for nom in ("signee_le", "debut", "fin") if nom in lues}
        if len(termes) == 3 and "niveau" in lues:
            niveau = Niveau(int(str(lues["niveau"])))
            for nom, phrase in refus_des_termes(niveau=niveau, aujourdhui=aujourdhui(), **termes).items():  # type: ignore[arg-type]
                self.add_error(nom, phrase)
        return lues


def _du_prestataire(ici: Espace) -> None:
    if not ici.prestataire:
        raise DroitManquant("Une convention est déclarée par l’organisme de formation ou le CFA, pas par l’entreprise.")


@page(espace(Domaine.ACCES, Niveau.LECTURE))
def liste(request: HttpRequest, siren: str) -> HttpResponse:
    """Conventions that this provider declared, searched by client or reference."""
    ici = ouvrir_espace(request, siren)
    _du_prestataire(ici)
    cherche, apres = lire_recherche(request)
    contexte = {
        "ici": ici,
        "conventions": conventions_declarees(siren, ici.acteur, maintenant(), cherche=cherche, apres=apres),
        "cherche": cherche,
        "administre": ici.acteur.a_un_droit(siren, Droit(Domaine.ACCES, Niveau.GESTION), Profil.PRESTATAIRE),
    }
    return render(request, "espace/conventions.html", contexte)


@page(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST"))
def nouvelle(request: HttpRequest, siren: str) -> HttpResponse:
    """Declare a convention; the second factor was just given."""
    ici = ouvrir_espace(request, siren)
    exiger_second_facteur_recent(request)
    _du_prestataire(ici)
    depart = {"debut": aujourdhui(), "fin": dernier_jour_permis(aujourdhui())}
    formulaire = FormulaireConvention(siren, request.POST or None, request.FILES or None, initial=depart)
    if request.method == "POST":
        declaree = tenter(formulaire, lambda: _declarer(formulaire, ici))
        if declaree is not None:
            suite = "Elle compte dès maintenant" if declaree.piece_bonne else "Elle comptera quand sa copie aura été contrôlée"
            messages.success(
                request, f"La convention est déclarée. {suite}, pour vous seul tant que vous ne la confiez à personne."
            )
            return redirect("espace_conventions", siren=siren)
    return montrer(request, "espace/convention_nouvelle.html", formulaire, ici=ici)


def _declarer(formulaire: FormulaireConvention, ici: Espace) -> Mandat:
    lu = formulaire.cleaned_data
    piece: UploadedFile[bytes] = lu["piece"]
    return declarer_convention(
        mandataire=ici.siren,
        client_saisi=lu["client"],
        reference=lu["reference"],
        signee_le=lu["signee_le"],
        debut=lu["debut"],
        fin=lu["fin"],
        niveau=Niveau(int(lu["niveau"])),
        nom=piece.name or "",
        contenu=cast("BinaryIO", piece.file),
        par=ici.acteur,
        maintenant=maintenant(),
    )


@page(espace(Domaine.ACCES, Niveau.LECTURE))
def piece(request: HttpRequest, siren: str, mandat_id: UUID) -> HttpResponse:
    """The copy of the convention, for both sides; the register keeps each reading."""
    ici = ouvrir_espace(request, siren)
    mandat = mandat_accessible(mandat_id, ici.acteur)
    exiger_ici(ici, mandat.organisation_siren, mandat.mandataire_siren)
    document, octets = ouvrir_convention(mandat_id=mandat_id, par=ici.acteur, maintenant=maintenant())
    return reponse_fichier(octets, document.nom, document.type_mime)


@page(espace(Domaine.ACCES, Niveau.GESTION, "POST"))
def refuser(request: HttpRequest, siren: str, mandat_id: UUID) -> HttpResponse:
    """The client says no, at once."""
    ici = ouvrir_espace(request, siren)
    exiger_ici(ici, mandat_accessible(mandat_id, ici.acteur).organisation_siren)
    mandat = refuser_convention(mandat_id=mandat_id, par=ici.acteur, maintenant=maintenant())
    messages.success(request, "La convention est refusée. Elle ne permet plus rien, et l’organisme est prévenu.")
    return redirect("espace_mandat", siren=siren, mandat_id=mandat.id)
