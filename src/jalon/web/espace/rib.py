"""Bank details: masked, replaced, frozen, shown once against a reason."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.banque.actions import ajouter_coordonnees, geler_coordonnees, reveler_iban
from jalon.banque.requetes import coordonnees_accessibles, historique
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import espace, exiger_second_facteur_recent, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.espace.commun import Espace, exiger_ici, ouvrir_espace


class FormulaireRib(forms.Form):
    """The account and its holder, as on the RIB."""

    titulaire = forms.CharField(
        label="Titulaire du compte", max_length=140, help_text="Le nom exact écrit sur le RIB.",
        error_messages={"required": "Indiquez le titulaire du compte, tel qu’il figure sur le RIB"},
    )  # fmt: skip
    iban = forms.CharField(
        label="IBAN", max_length=60, help_text="Par exemple FR14 2004 1010 0505 0001 3M02 606.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Indiquez l’IBAN"},
    )  # fmt: skip
    bic = forms.CharField(label="BIC", max_length=20, required=False, help_text="Déduit de l’IBAN quand il est connu.")


class FormulaireMotif(forms.Form):
    """Why."""

    motif = forms.CharField(label="Motif", max_length=500, error_messages={"required": "Indiquez le motif"})


def _cote(request: HttpRequest, ici: Espace) -> Profil:
    demande = request.GET.get("profil", "")
    return next((p for p in ici.profils if p.value == demande), ici.profil)


@page(espace(Domaine.RIB, Niveau.LECTURE))
def rib(request: HttpRequest, siren: str) -> HttpResponse:
    """The account in use, the one that waits, the past ones."""
    ici = ouvrir_espace(request, siren)
    lignes = [(profil, historique(siren, profil, ici.acteur, maintenant())) for profil in ici.profils]
    gere = ici.voit(Domaine.RIB, niveau=Niveau.GESTION)
    return render(request, "espace/rib.html", {"ici": ici, "cotes": lignes, "gere": gere})


@page(espace(Domaine.RIB, Niveau.GESTION, "GET", "POST"))
def ajouter(request: HttpRequest, siren: str) -> HttpResponse:
    """A new account: identity confirmed in the last five minutes, then 72 hours before it is paid."""
    ici = ouvrir_espace(request, siren)
    exiger_second_facteur_recent(request)
    profil = _cote(request, ici)
    formulaire = FormulaireRib(request.POST or None)
    if request.method == "POST":
        ligne = tenter(
            formulaire,
            lambda: ajouter_coordonnees(
                siren=siren,
                profil=profil,
                titulaire=formulaire.cleaned_data["titulaire"],
                iban=formulaire.cleaned_data["iban"],
                bic=formulaire.cleaned_data["bic"],
                par=ici.acteur,
                maintenant=maintenant(),
            ),
        )
        if ligne is not None:
            messages.success(request, "Les coordonnées sont enregistrées. Elles pourront être payées dans 72 heures.")
            return redirect("espace_rib", siren=siren)
    remplace = bool(historique(siren, profil, ici.acteur, maintenant()))
    return montrer(request, "espace/rib_ajouter.html", formulaire, ici=ici, profil=profil, remplace=remplace)


@page(espace(Domaine.RIB, Niveau.GESTION, "GET", "POST"))
def geler(request: HttpRequest, siren: str, coordonnees_id: UUID) -> HttpResponse:
    """Stop an account for good, with a reason."""
    ici = ouvrir_espace(request, siren)
    ligne = coordonnees_accessibles(coordonnees_id, ici.acteur)
    exiger_ici(ici, ligne.organisation_siren)
    formulaire = FormulaireMotif(request.POST or None)
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: geler_coordonnees(
                coordonnees_id=coordonnees_id,
                motif=formulaire.cleaned_data["motif"],
                par=ici.acteur,
                maintenant=maintenant(),
            ),
        )
        if fait is not None:
            messages.success(request, "Ces coordonnées sont gelées\u00a0: plus rien ne sera payé sur ce compte.")
            return redirect("espace_rib", siren=siren)
    return montrer(request, "espace/rib_geler.html", formulaire, ici=ici, ligne=ligne)


@page(espace(Domaine.RIB, Niveau.GESTION, "GET", "POST"))
def reveler(request: HttpRequest, siren: str, coordonnees_id: UUID) -> HttpResponse:
    """The IBAN in clear, once, against a reason kept in the journal."""
    ici = ouvrir_espace(request, siren)
    exiger_second_facteur_recent(request)
    ligne = coordonnees_accessibles(coordonnees_id, ici.acteur)
    exiger_ici(ici, ligne.organisation_siren)
    formulaire = FormulaireMotif(request.POST or None)
    iban = ""
    if request.method == "POST":
        iban = (
            tenter(
                formulaire,
                lambda: reveler_iban(
                    coordonnees_id=coordonnees_id,
                    motif=formulaire.cleaned_data["motif"],
                    par=ici.acteur,
                    maintenant=maintenant(),
                ),
            )
            or ""
        )
    return montrer(request, "espace/rib_reveler.html", formulaire, ici=ici, ligne=ligne, iban=iban)
