"""Answering a request of access: as it is asked, with less, or no."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from jalon.habilitations.enums import EtatDemande, Etendue, JeuDeDroits
from jalon.habilitations.models import DemandeAcces
from jalon.habilitations.profils import PROFILS, droits_du_profil
from jalon.habilitations.regles import DemandeDroit
from jalon.habilitations.regles_des_boites import dans_la_demande
from jalon.habilitations.requetes.demandes import demande_accessible, demande_affichee
from jalon.organisations.requetes import etablissements_de
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.horloge import maintenant
from jalon.socle.identifiants import grouper
from jalon.web.composants.acces import confirme, espace, page
from jalon.web.composants.decision import FormulaireDecision
from jalon.web.composants.phrases import resume
from jalon.web.espace.commun import Espace, etablissements_choisissables, exiger_ici, ouvrir_espace
from jalon.web.espace.habilitations import cote_demande, montrer_matrice


class FormulaireReponse(FormulaireDecision):
    """The decision, and what is granted when it is less than what was asked."""

    jeu = forms.ChoiceField(
        label="Droits accordés", widget=forms.RadioSelect, error_messages={"required": "Choisissez les droits accordés"}
    )
    etendue = forms.ChoiceField(
        label="Périmètre accordé", widget=forms.RadioSelect, error_messages={"required": "Choisissez le périmètre accordé"}
    )
    sirets = forms.MultipleChoiceField(
        label="Établissements", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez des établissements de la demande"},
    )  # fmt: skip

    def __init__(self, demande: DemandeAcces, donnees: QueryDict | None = None) -> None:
        super().__init__(demande.id, donnees)
        self.profil = Profil(demande.profil)
        self.order_fields(["jeu", "etendue", "sirets", "motif"])
        _proposer(self.fields["jeu"], _jeux_accordables(demande))
        _proposer(self.fields["etendue"], _etendues(demande))
        _proposer(self.fields["sirets"], _etablissements(demande))
        self.initial["jeu"] = demande.jeu
        self.initial["etendue"] = Etendue.SIRET.value if demande.sirets else Etendue.SIREN.value
        self.initial["sirets"] = demande.sirets
        if self.profil == Profil.PRESTATAIRE:
            del self.fields["etendue"], self.fields["sirets"]

    @property
    def par_etablissement(self) -> bool:
        """Whether rights may be given on establishments: never on the side of a provider."""
        return "etendue" in self.fields

    def clean(self) -> dict[str, object]:
        donnees = super().clean()
        if self.decision == "accorder" and donnees.get("etendue") == Etendue.SIRET.value:
            if not donnees.get("sirets") and "sirets" not in self.errors:
                self.add_error("sirets", "Choisissez au moins un établissement")
            if donnees.get("jeu") == JeuDeDroits.ADMINISTRATION:
                self.add_error("jeu", "L’administration se donne sur toute l’entreprise")
        return donnees

    def droits(self) -> list[DemandeDroit]:
        """The boxes that the choices mean."""
        par_lieu = self.cleaned_data.get("etendue") == Etendue.SIRET.value
        return droits_du_profil(JeuDeDroits(self.cleaned_data["jeu"]), self.cleaned_data["sirets"] if par_lieu else ())


def _proposer(champ: forms.Field, choix: list[tuple[str, str]]) -> None:
    if isinstance(champ, forms.ChoiceField):
        champ.choices = choix


def _jeux_accordables(demande: DemandeAcces) -> list[tuple[str, str]]:
    """What is asked first, then the sets that go no higher."""
    demandes = demande.droits_demandes
    sirets = demande.sirets
    accordables = [j for j in JeuDeDroits if j == demande.jeu or dans_la_demande(droits_du_profil(j, sirets), demandes)]
    accordables.sort(key=lambda j: j != demande.jeu)
    return [(j.value, PROFILS[j].libelle) for j in accordables]


def _etendues(demande: DemandeAcces) -> list[tuple[str, str]]:
    tout = [] if demande.sirets else [(Etendue.SIREN.value, "Toute l’entreprise, établissements à venir compris")]
    return [*tout, (Etendue.SIRET.value, "Certains établissements")]


def _etablissements(demande: DemandeAcces) -> list[tuple[str, str]]:
    connus = dict(etablissements_choisissables(demande.organisation_siren))
    if not demande.sirets:
        return list(connus.items())
    return [(s, f"{connus[s]} ({grouper(s)})" if s in connus else f"SIRET {grouper(s)}") for s in demande.sirets]


@page(confirme(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST")))
def decider(request: HttpRequest, siren: str, demande_id: UUID) -> HttpResponse:
    """The request in full, then the decision; a card of the list posts here too, to grant all or refuse."""
    ici = ouvrir_espace(request, siren)
    demande = demande_accessible(demande_id, ici.acteur)
    exiger_ici(ici, demande.organisation_siren)
    if request.method == "GET":
        return _montrer(request, ici, demande, FormulaireReponse(demande))
    en_detail = "jeu" in request.POST
    formulaire = FormulaireReponse(demande, request.POST) if en_detail else FormulaireDecision(demande_id, request.POST)
    if formulaire.decider(ici.acteur) is None:
        if isinstance(formulaire, FormulaireReponse):
            return _montrer(request, ici, demande, formulaire)
        return montrer_matrice(request, ici, cote_demande(request, ici), decision=formulaire)
    messages.success(request, formulaire.annonce)
    return redirect("espace_habilitations", siren=siren)


def _montrer(request: HttpRequest, ici: Espace, demande: DemandeAcces, formulaire: FormulaireReponse) -> HttpResponse:
    vue = demande_affichee(demande)
    lieux = {e.siret: e.nom_usuel or e.commune for e in etablissements_de(ici.siren)} if vue.sirets else {}
    contexte = {
        "ici": ici,
        "demande": vue,
        "attend": demande.etat == EtatDemande.EN_ATTENTE and vue.expire_le > maintenant(),
        "droits": PROFILS[vue.jeu].libelle,
        "lieux": [(s, lieux.get(s, "")) for s in vue.sirets],
        "decision": formulaire,
        "erreurs": list(resume(formulaire)),
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if formulaire.errors else HTTPStatus.OK
    return render(request, "espace/demande.html", contexte, status=statut)
