"""The pages that arrange quick accesses and keep new ones: the same in a space, for all my places, and at the OPCO."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.erreurs import Introuvable, SaisieRefusee
from jalon.socle.horloge import maintenant
from jalon.vues.actions.cartes import afficher_carte, deplacer_carte, regler_alerte
from jalon.vues.actions.vues import garder_vue
from jalon.vues.regles import CARTES_AU_PLUS, Lieu, parametres_de
from jalon.vues.requetes.cartes import acces_du_lieu
from jalon.vues.requetes.vues import exiger_la_liste
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.moment import ce_jour
from jalon.web.composants.vues import (
    ACTES,
    ICONES_PAR_LISTE,
    SENS,
    FormulaireVue,
    adresse_de_l_acces,
    adresse_de_la_liste,
)


@dataclass(frozen=True, slots=True)
class Endroit:
    """Where one arranges: the place, who, and the addresses of its pages."""

    lieu: Lieu
    acteur: ActeurPersonne
    nom: str
    page: str
    nouvelle: str
    accueil: str
    args: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The page that arranges."""
        return reverse(self.page, args=self.args)


def arranger(request: HttpRequest, ou: Endroit) -> HttpResponse:
    """All of them, hidden ones included; each button is one act. Raises Introuvable: an act or a quick access that is not there."""
    refus = ""
    if request.method == "POST":
        try:
            _agir(ou, request.POST.get("cle", ""), request.POST.get("acte", ""))
        except SaisieRefusee as erreur:
            refus = erreur.message
        else:
            return redirect(f"{ou.url}#acces")
    jour = ce_jour()
    tous = acces_du_lieu(ou.acteur, ou.lieu, jour)
    lignes = [(a, adresse_de_l_acces(a), a.liste.lire(parametres_de(a.parametres), jour).refus) for a in tous]
    contexte = {
        "ou": ou,
        "lignes": [ligne for ligne in lignes if ligne[1]],
        "affichees": sum(1 for a in tous if a.affichee),
        "au_plus": CARTES_AU_PLUS,
        "refus": refus,
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if refus else HTTPStatus.OK
    return render(request, "espace/vues.html", contexte, status=statut)


def _agir(ou: Endroit, cle: str, acte: str) -> None:
    commun: dict[str, Any] = {"lieu": ou.lieu, "cle": cle, "par": ou.acteur, "maintenant": maintenant()}
    if acte not in ACTES:
        raise Introuvable
    if acte in SENS:
        deplacer_carte(sens=SENS[acte], **commun)
    elif acte in {"montrer", "masquer"}:
        afficher_carte(affichee=acte == "montrer", **commun)
    else:
        regler_alerte(alerte=acte == "suivre", **commun)


def garder(request: HttpRequest, ou: Endroit, code: str) -> HttpResponse:
    """One small form; the filters stay in the address."""
    connue = exiger_la_liste(ou.acteur, code, ou.lieu)
    retour = adresse_de_la_liste(connue, ou.lieu)
    if not retour:
        raise Introuvable
    parametres = request.GET
    formulaire = FormulaireVue(ou.lieu, request.POST or None, initial={"icone": ICONES_PAR_LISTE.get(code, "")})
    if request.method == "POST":
        gardee = tenter(
            formulaire,
            lambda: garder_vue(
                code_liste=code,
                parametres=parametres.urlencode(),
                nom=formulaire.cleaned_data["nom"],
                icone=formulaire.cleaned_data["icone"],
                lieu=ou.lieu,
                accueil=formulaire.cleaned_data["place"] == "accueil",
                partagee=formulaire.partagee,
                alerte=formulaire.cleaned_data["alerte"] == "oui",
                par=ou.acteur,
                maintenant=maintenant(),
            ),
        )
        if gardee is not None:
            messages.success(request, f"L’accès rapide «\u00a0{gardee.nom}\u00a0» est gardé.")
            return redirect(ou.url)
    suite = f"{retour}?{parametres.urlencode()}" if parametres else retour
    return montrer(request, "espace/vue_nouvelle.html", formulaire, ou=ou, liste=connue, retour=suite)
