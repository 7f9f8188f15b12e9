"""An avenant: its code, the boxes that it opens, what it changes, then its sending to the OPCO."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from jalon.contrats.actions import abandonner_avenant, commencer_avenant, enregistrer_avenant, transmettre_avenant
from jalon.contrats.enums import EtatAvenant
from jalon.contrats.models import Avenant
from jalon.contrats.requetes import (
    apercu_d_avenant,
    avenant_en_cours,
    avenant_signe,
    juger_avenant,
    reponses_a_juger_de_l_avenant,
    reponses_de_l_avenant,
    vie_de,
)
from jalon.dispositifs.base import LIGNES, Case, Section, VieDuContrat
from jalon.dispositifs.lecture import Demandes, Reponses, valeurs_de
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import est_ouverte
from jalon.socle.acteurs import Niveau
from jalon.socle.erreurs import SaisiesRefusees, TransitionImpossible
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.composants.acces import espace, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.phrases import ancre
from jalon.web.espace.commun import Espace
from jalon.web.espace.dossier import ouvrir_dossier
from jalon.web.espace.saisie.formulaires import FormulaireSection, cases_demandees

LIGNES_VIDES = 2
FERMEES = frozenset({"contrat.type_contrat"})
"""Set by the code that was chosen."""


class FormulaireCode(forms.Form):
    """Which avenant."""

    code = forms.ChoiceField(
        label="Qu’est-ce qui change\u00a0?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la nature de l’avenant"},
    )

    def __init__(self, vie: VieDuContrat, *args: Any) -> None:
        super().__init__(*args)
        champ = self.fields["code"]
        if isinstance(champ, forms.ChoiceField):
            champ.choices = [(g.code, g.nom) for g in vie.avenants]


@dataclass(frozen=True, slots=True)
class SectionOuverte:
    """A section of the contract, with the forms of its open boxes: one, or one for each row."""

    section: Section
    formulaires: list[FormulaireSection]


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def avenant(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """The avenant in progress, or the choice of one."""
    ici, lu = ouvrir_dossier(request, siren, dossier_id, Niveau.GESTION)
    vie, en_cours = vie_de(lu), avenant_en_cours(lu)
    if not vie.avenants:
        raise TransitionImpossible("Ce dossier ne change pas par un avenant\u00a0: écrivez à l’OPCO dans les échanges.")
    if en_cours is None:
        return _choisir(request, ici, lu, vie)
    if en_cours.etat == EtatAvenant.TRANSMIS:
        return _apercu(request, ici, lu, en_cours)
    if request.method == "GET":
        return _montrer(request, ici, lu, en_cours, {})
    return _transmettre(request, ici, lu, en_cours) if "transmettre" in request.POST else _garder(request, ici, lu, en_cours)


def _garder(request: HttpRequest, ici: Espace, lu: Dossier, en_cours: Avenant) -> HttpResponse:
    """Keep what was typed; then leave, or see what it changes."""
    valeurs = _postees(lu, en_cours, request.POST)
    gardee = enregistrer_avenant(dossier_id=lu.pk, valeurs=valeurs, par=ici.acteur, maintenant=maintenant())
    if "enregistrer" in request.POST:
        messages.success(request, "L’avenant est enregistré. Vous pourrez le reprendre depuis la page du contrat.")
        return redirect("espace_dossier", siren=ici.siren, dossier_id=lu.pk)
    try:
        juger_avenant(lu, gardee, maintenant())
    except SaisiesRefusees as refus:
        return _montrer(request, ici, lu, gardee, refus.champs)
    return _apercu(request, ici, lu, gardee)


@page(espace(None, Niveau.LECTURE, "POST"))
def abandonner(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """Give it up before the OPCO decided."""
    ici, _ = ouvrir_dossier(request, siren, dossier_id, Niveau.GESTION)
    abandonner_avenant(dossier_id=dossier_id, par=ici.acteur, maintenant=maintenant())
    messages.success(request, "L’avenant est abandonné, le contrat n’a pas changé.")
    return redirect("espace_dossier", siren=siren, dossier_id=dossier_id)


def _choisir(request: HttpRequest, ici: Espace, lu: Dossier, vie: VieDuContrat) -> HttpResponse:
    formulaire = FormulaireCode(vie, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        commence = tenter(
            formulaire,
            lambda: commencer_avenant(
                dossier_id=lu.pk, code=formulaire.cleaned_data["code"], par=ici.acteur, maintenant=maintenant()
            ),
        )
        if commence is not None:
            return redirect("contrat_avenant", siren=ici.siren, dossier_id=lu.pk)
    return montrer(request, "espace/contrats/avenant_code.html", formulaire, ici=ici, dossier=lu, vie=vie, genres=vie.avenants)


def _transmettre(request: HttpRequest, ici: Espace, lu: Dossier, en_cours: Avenant) -> HttpResponse:
    try:
        transmettre_avenant(dossier_id=lu.pk, par=ici.acteur, maintenant=maintenant())
    except SaisiesRefusees as refus:
        return _montrer(request, ici, lu, en_cours, refus.champs)
    messages.success(request, "L’avenant est transmis. L’OPCO vous répondra.")
    return redirect("espace_dossier", siren=ici.siren, dossier_id=lu.pk)


def _apercu(request: HttpRequest, ici: Espace, lu: Dossier, en_cours: Avenant) -> HttpResponse:
    contexte = {
        "ici": ici,
        "dossier": lu,
        "avenant": en_cours,
        "genre": vie_de(lu).genre(en_cours.code),
        "apercu": apercu_d_avenant(lu, en_cours, maintenant()),
        "vie": vie_de(lu),
        "transmis": en_cours.etat == EtatAvenant.TRANSMIS,
        "signe": avenant_signe(lu, en_cours),
    }
    return render(request, "espace/contrats/avenant_apercu.html", contexte)


def _montrer(request: HttpRequest, ici: Espace, lu: Dossier, en_cours: Avenant, refus: Mapping[str, str]) -> HttpResponse:
    """The open boxes, with what stops the sending beside each."""
    sections = list(_sections(ici, lu, en_cours, refus))
    contexte = {
        "ici": ici,
        "dossier": lu,
        "avenant": en_cours,
        "genre": vie_de(lu).genre(en_cours.code),
        "sections": sections,
        "erreurs": _resume(sections, refus),
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if refus else HTTPStatus.OK
    return render(request, "espace/contrats/avenant.html", contexte, status=statut)


def _ouvertes(lu: Dossier, en_cours: Avenant) -> Iterator[tuple[Section, list[Case]]]:
    """Sections and boxes that the code opens, among those that the answers ask."""
    declaration = dispositif_de(lu.dispositif)
    ouvertes = vie_de(lu).ouvertes(en_cours.code)
    demandes = Demandes(declaration, reponses_a_juger_de_l_avenant(lu, en_cours))
    for section in declaration.sections:
        cases = [
            case
            for case in cases_demandees(demandes, section)
            if est_ouverte(ouvertes, section.code, case.nom) and f"{section.code}.{case.nom}" not in FERMEES
        ]
        if cases:
            yield section, cases


def _sections(ici: Espace, lu: Dossier, en_cours: Avenant, refus: Mapping[str, str]) -> Iterator[SectionOuverte]:
    reponses = reponses_de_l_avenant(lu, en_cours, ici.acteur)
    for section, cases in _ouvertes(lu, en_cours):
        valeurs = valeurs_de(reponses, section.code)
        lignes = _lignes(section, valeurs)
        formulaires = []
        for rang, ligne in enumerate(lignes):
            prefixe = f"{section.code}-{rang}" if section.fiche.repetee else section.code
            chemin = f"{section.code}.{rang}." if section.fiche.repetee else f"{section.code}."
            phrases = {c.removeprefix(chemin): p for c, p in refus.items() if c.startswith(chemin)}
            formulaires.append(FormulaireSection(section, cases, ligne, phrases, jour=aujourdhui(), prefixe=prefixe))
        yield SectionOuverte(section, formulaires)


def _lignes(section: Section, valeurs: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The answers of a section, or its rows and blank ones to add to them."""
    if not section.fiche.repetee:
        return [valeurs]
    lignes = list(valeurs.get(LIGNES) or [])
    vides = min(LIGNES_VIDES, section.fiche.maximum - len(lignes))
    return [*lignes, *({} for _ in range(vides))]


def _postees(lu: Dossier, en_cours: Avenant, donnees: QueryDict) -> dict[str, dict[str, Any]]:
    """Answers of the open boxes, by section; a row left blank is no row."""
    reponses: Reponses = reponses_a_juger_de_l_avenant(lu, en_cours)
    valeurs: dict[str, dict[str, Any]] = {}
    for section, cases in _ouvertes(lu, en_cours):
        if not section.fiche.repetee:
            valeurs[section.code] = {c.nom: _valeur(c, f"{section.code}-{c.nom}", donnees) for c in cases}
            continue
        possibles = range(len(_lignes(section, valeurs_de(reponses, section.code))))
        lignes = [{c.nom: _valeur(c, f"{section.code}-{rang}-{c.nom}", donnees) for c in cases} for rang in possibles]
        valeurs[section.code] = {LIGNES: [ligne for ligne in lignes if any(ligne.values())]}
    return valeurs


def _valeur(case: Case, nom: str, donnees: QueryDict) -> str | list[str]:
    return donnees.getlist(nom) if case.multiple else donnees.get(nom, "")


def _resume(sections: list[SectionOuverte], refus: Mapping[str, str]) -> list[tuple[str, str]]:
    """(anchor, sentence); what belongs to a box that is not open here is said without a link."""
    ancres: dict[str, str] = {}
    for ouverte in sections:
        for rang, formulaire in enumerate(ouverte.formulaires):
            debut = f"{ouverte.section.code}.{rang}." if ouverte.section.fiche.repetee else f"{ouverte.section.code}."
            ancres |= {f"{debut}{nom}": ancre(formulaire[nom]) for nom in formulaire.fields}
    return [(ancres.get(chemin, ""), phrase) for chemin, phrase in refus.items()]
