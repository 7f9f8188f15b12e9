"""A section of a draft: shown, kept box by box (htmx), or with its button (no script)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from jalon.dispositifs.base import LIGNES, Case, Contexte, Dispositif, Section
from jalon.dispositifs.lecture import (
    Demandes,
    LectureSection,
    PieceDemandee,
    Reponses,
    completude,
    estimer,
    lire_section,
    valeurs_de,
)
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions import enregistrer_section
from jalon.dossiers.models import DemandeComplement, Dossier, PieceDeposee
from jalon.dossiers.regles import est_ouverte
from jalon.dossiers.requetes import (
    complement_en_cours,
    contexte_de,
    dossier_accessible,
    pieces_attendues,
    pieces_de,
    reponses_a_juger,
    reponses_de,
)
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.pieces.requetes import type_affiche
from jalon.socle.acteurs import Niveau
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import ConflitDeVersion, Introuvable
from jalon.socle.horloge import maintenant
from jalon.socle.texte import entier_ou
from jalon.web.composants.acces import espace, page
from jalon.web.composants.phrases import ancre
from jalon.web.espace.commun import Espace, exiger_ici, ouvrir_espace
from jalon.web.espace.saisie import presentation
from jalon.web.espace.saisie.complement import pieces_du_complement
from jalon.web.espace.saisie.formulaires import (
    FormulaireSection,
    PageDeLignes,
    cases_demandees,
    lignes_de,
    lignes_postees,
    noms_des_cases,
    page_de_lignes,
    page_postee,
    valeurs_postees,
)


@dataclass
class Saisie:
    """A draft being typed by somebody, and everything the screens derive from it."""

    ici: Espace
    dossier: Dossier

    @cached_property
    def dispositif(self) -> Dispositif:
        """Its declaration."""
        return dispositif_de(self.dossier.dispositif)

    @cached_property
    def reponses(self) -> Reponses:
        """What was typed, as rules judge it."""
        return reponses_a_juger(self.dossier, self.ici.acteur)

    @cached_property
    def affichees(self) -> Reponses:
        """What was typed, as the person reads it: sensitive boxes may be masked."""
        return reponses_de(self.dossier, self.ici.acteur)

    @cached_property
    def contexte(self) -> Contexte:
        """What rules may know."""
        return contexte_de(self.dossier, maintenant(), self.ici.acteur)

    @cached_property
    def complement(self) -> DemandeComplement | None:
        """What the OPCO asked again; None for a draft, whose boxes are all open."""
        return None if self.dossier.est_brouillon else complement_en_cours(self.dossier)

    def section(self, code: str) -> Section:
        """A section by the name in the URL, if one of its boxes is open."""
        ouverte = next((s for s in self.sections if s.code == code), None)
        if ouverte is None:
            raise Introuvable
        return ouverte

    @cached_property
    def sections(self) -> list[Section]:
        """Sections that may be typed in now, in the order of the form."""
        return [s for s in self.dispositif.sections if any(self.ouverte(s, case) for case in s.cases)]

    def ouverte(self, section: Section, case: Case) -> bool:
        """Whether a box may be typed in now (in a repeated section: on one row at least)."""
        if self.complement is None:
            return True
        chemins = self.complement.cases
        par_rang = any(c.startswith(f"{section.code}.") and c.endswith(f".{case.nom}") for c in chemins)
        return par_rang or est_ouverte(chemins, section.code, case.nom)

    def cases(self, section: Section) -> list[Case]:
        """Boxes of a section that are asked and open."""
        demandes = Demandes(self.dispositif, self.reponses)
        return [case for case in cases_demandees(demandes, section) if self.ouverte(section, case)]

    def pieces_demandees(self) -> list[PieceDemandee]:
        """Documents asked now: by the answers, or by the OPCO."""
        if self.complement is not None:
            return pieces_du_complement(self.dossier, self.dispositif, self.complement)
        return pieces_attendues(self.dossier, self.dispositif, self.reponses)

    def version(self, code: str) -> int:
        """Version of a section, for the optimistic lock."""
        return int(self.reponses.get(code, {}).get("version", 0))

    def autour(self, courante: str) -> dict[str, Any]:
        """Steps, estimate and documents."""
        deposees = pieces_de(self.dossier, self.ici.acteur)
        demandees = self.pieces_demandees()
        etats = completude(self.dispositif, self.reponses)
        etapes = presentation.etapes(self.dossier, self.ici.siren, self.sections, etats, demandees, courante)
        estimation = estimer(self.dispositif, self.reponses, self.contexte)
        return {
            "ici": self.ici,
            "dossier": self.dossier,
            "dispositif": self.dispositif,
            "etapes": etapes,
            "complement": self.complement,
            "completes": sum(1 for e in etapes[:-1] if e.etat == "ok"),
            "nombre_sections": len(etapes) - 1,
            "courante": next(e for e in etapes if e.code == courante),
            "precedente": presentation.precedente(etapes, courante),
            "suivante": presentation.suivante(etapes, courante),
            "estimation": estimation,
            "lignes_estimation": presentation.lignes_de_l_estimation(estimation) if not estimation.attend else [],
            "pieces": presentation.pieces_affichees(self.dossier, self.ici.siren, demandees, deposees),
            "enregistre_le": self.dossier.modifie_le,
            "fragment": False,
            "toutes": False,
            "boite": None,
        }


@dataclass(frozen=True, slots=True)
class PieceASaisir:
    """A document asked: what may answer it, and what does."""

    code: str
    libelle: str
    aide: str
    choix: list[dict[str, str]]
    deposee: PieceDeposee | None
    type: str


def pieces_a_saisir(saisie: Saisie, refus: Mapping[str, str]) -> list[PieceASaisir]:
    """Documents in the order of the declaration; `refus` puts a sentence beside the box of a refused file."""
    deposees = {piece.code: piece for piece in pieces_de(saisie.dossier, saisie.ici.acteur)}
    lignes = []
    for demandee in saisie.pieces_demandees():
        piece = demandee.piece
        choix = [
            {"code": une.code, "libelle": une.libelle, "aide": une.aide, "refus": refus.get(une.code, "")}
            for une in piece.une_de or (piece,)
        ]
        deposee = deposees.get(demandee.fournie)
        facts = type_affiche(deposee.document) if deposee is not None else ""
        lignes.append(PieceASaisir(piece.code, piece.libelle, piece.aide if piece.une_de else "", choix, deposee, facts))
    return lignes


def ouvrir_saisie(request: HttpRequest, siren: str, dossier_id: UUID, niveau: Niveau = Niveau.SAISIE) -> Saisie:
    """The draft of the URL, if the actor may type in it. Raises Introuvable, DroitManquant."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    dossier = dossier_accessible(dossier_id, acteur, niveau)
    ici = ouvrir_espace(request, siren)
    exiger_ici(ici, dossier.siren)
    return Saisie(ici, dossier)


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def section(request: HttpRequest, siren: str, dossier_id: UUID, code: str) -> HttpResponse:
    """Show a section; « Enregistrer et continuer », « Ajouter », « Retirer » post the whole of it."""
    saisie = ouvrir_saisie(request, siren, dossier_id)
    cible = saisie.section(code)
    numero = entier_ou(request.GET.get("page", ""), 1)
    if request.method == "GET":
        return _montrer(request, saisie, cible, numero=numero, juger="erreurs" in request.GET)
    try:
        _enregistrer(request, saisie, cible)
    except ConflitDeVersion as conflit:
        return _conflit(request, saisie, cible, conflit)
    saisie = ouvrir_saisie(request, siren, dossier_id)
    if "ajouter" in request.POST:
        return _montrer(request, saisie, cible, numero=10**6, lignes_vides=1)
    if "retirer" in request.POST or entier_ou(request.POST.get("page", ""), 0):
        return redirect(f"{request.path}?page={request.POST.get('page') or numero}")
    lecture = lire_section(saisie.dispositif, code, valeurs_de(saisie.reponses, code), saisie.reponses)
    if lecture.phrases:
        return _montrer(request, saisie, cible, numero=numero, juger=True)
    return redirect(saisie.autour(code)["suivante"].url)


@page(espace(None, Niveau.LECTURE, "POST"))
def enregistrer(request: HttpRequest, siren: str, dossier_id: UUID, code: str) -> HttpResponse:
    """htmx: keep what is typed; give back the boxes that were left, the steps, the estimate, the documents."""
    saisie = ouvrir_saisie(request, siren, dossier_id)
    cible = saisie.section(code)
    try:
        _enregistrer(request, saisie, cible)
    except ConflitDeVersion as conflit:
        return _conflit(request, saisie, cible, conflit)
    saisie = ouvrir_saisie(request, siren, dossier_id)
    lecture = lire_section(saisie.dispositif, code, valeurs_de(saisie.reponses, code), saisie.reponses)
    lignes = page_postee(cible, request.POST, len(lignes_de(saisie.reponses, cible)))
    toutes = _a_redessiner(saisie, cible, request.POST)
    contexte = {
        **saisie.autour(code),
        **(_boites(saisie, cible, lecture.erreurs, lignes) if toutes else {}),
        "toutes": toutes,
        "quittees": [] if toutes else _quittees(saisie, cible, lecture, lignes, request.POST.getlist("_case")),
        "section": cible,
        "page": lignes,
        "version": saisie.version(code),
        "fragment": True,
    }
    return render(request, "espace/saisie/reponse.html", contexte)


def _enregistrer(request: HttpRequest, saisie: Saisie, cible: Section) -> None:
    version = request.POST.get("version", "")
    enregistrer_section(
        dossier_id=saisie.dossier.pk,
        section=cible.code,
        version=entier_ou(version, 0),
        valeurs=_postees(saisie, cible, request.POST),
        par=saisie.ici.acteur,
        maintenant=maintenant(),
    )


def _postees(saisie: Saisie, cible: Section, donnees: QueryDict) -> dict[str, Any]:
    if not cible.fiche.repetee:
        return valeurs_postees(cible, donnees, valeurs_de(saisie.reponses, cible.code))
    return {LIGNES: lignes_postees(cible, donnees, lignes_de(saisie.reponses, cible))}


def _a_redessiner(saisie: Saisie, cible: Section, donnees: QueryDict) -> bool:
    """Whether the page lacks boxes that its answers ask, shows others, or shows empty some that the register filled."""
    if donnees.get("_cases", "") != noms_des_cases(saisie.cases(cible)):
        return True
    valeurs = valeurs_de(saisie.reponses, cible.code)
    return any(case.registre and valeurs.get(case.nom) and not donnees.get(case.nom, "x") for case in cible.cases)


def _montrer(
    request: HttpRequest, saisie: Saisie, cible: Section, *, numero: int, juger: bool = False, lignes_vides: int = 0
) -> HttpResponse:
    lecture = lire_section(saisie.dispositif, cible.code, valeurs_de(saisie.reponses, cible.code), saisie.reponses)
    phrases = lecture.phrases if juger else lecture.erreurs
    lignes = page_de_lignes(len(lignes_de(saisie.reponses, cible)), numero, lignes_vides)
    boites = _boites(saisie, cible, phrases, lignes)
    contexte = {
        **saisie.autour(cible.code),
        **boites,
        "page": lignes,
        "section": cible,
        "version": saisie.version(cible.code),
        "erreurs": _resume(cible, lecture, boites) if juger else [],
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if juger and request.method == "POST" else HTTPStatus.OK
    return render(request, "espace/saisie/section.html", contexte, status=statut)


def _boites(saisie: Saisie, cible: Section, phrases: Mapping[str, str], lignes: PageDeLignes) -> dict[str, Any]:
    jour = jour_de_paris(maintenant())
    cases = saisie.cases(cible)
    commun = {"noms_cases": noms_des_cases(cases)}
    if not cible.fiche.repetee:
        valeurs = valeurs_de(saisie.affichees, cible.code)
        return {**commun, "formulaire_section": FormulaireSection(cible, cases, valeurs, phrases, jour=jour)}
    return {
        **commun,
        "formulaire_section": None,
        "lignes": _formulaires(saisie, cible, phrases, lignes),
        "modele": FormulaireSection(cible, cases, {}, {}, jour=jour, prefixe=f"{cible.code}-__n__"),
        "page": lignes,
        "limite": _limite(saisie),
        "erreur_lignes": phrases.get(LIGNES, ""),
    }


def _formulaires(
    saisie: Saisie, cible: Section, phrases: Mapping[str, str], lignes: PageDeLignes
) -> list[tuple[int, int, FormulaireSection]]:
    """(name on the page, number shown, boxes) of each row."""
    toutes = lignes_de(saisie.affichees, cible)
    cases, jour = saisie.cases(cible), jour_de_paris(maintenant())
    formulaires = []
    for place, rang in enumerate(lignes.rangs, lignes.depart):
        dites = {nom.partition(".")[2]: phrase for nom, phrase in phrases.items() if nom.startswith(f"{place}.")}
        valeurs = toutes[place] if place < len(toutes) else {}
        prefixe = f"{cible.code}-{rang}"
        formulaires.append((rang, place + 1, FormulaireSection(cible, cases, valeurs, dites, jour=jour, prefixe=prefixe)))
    return formulaires


def _limite(saisie: Saisie) -> int | None:
    reglage = saisie.contexte.regles.reglage(saisie.contexte.jour_depot)
    return reglage.limite_stagiaires if reglage else None


def _quittees(
    saisie: Saisie, cible: Section, lecture: LectureSection, lignes: PageDeLignes, noms: Sequence[str]
) -> list[BoundField]:
    """The boxes that were left, each with its sentence if it cannot be read."""
    if cible.fiche.repetee:
        formulaires = [formulaire for _, _, formulaire in _formulaires(saisie, cible, lecture.erreurs, lignes)]
    else:
        formulaires = [_boites(saisie, cible, lecture.erreurs, lignes)["formulaire_section"]]
    boites = [boite for formulaire in formulaires for boite in formulaire if boite.html_name in noms]
    for boite in boites:
        boite.field.hors_bande = True  # type: ignore[attr-defined]
    return boites


def _resume(cible: Section, lecture: LectureSection, boites: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(anchor, sentence) for the summary; rows of other pages are said without a link."""
    formulaires = {place: formulaire for _, place, formulaire in boites.get("lignes", ())}
    resume = []
    for nom, phrase in lecture.phrases.items():
        rang, _, champ = nom.rpartition(".")
        if champ == LIGNES:
            resume.append((f"lignes-{cible.code}", phrase))
        elif not rang:
            resume.append((ancre(boites["formulaire_section"][champ]), phrase))
        else:
            formulaire = formulaires.get(int(rang) + 1)
            lien = ancre(formulaire[champ]) if formulaire is not None and champ in formulaire.fields else ""
            resume.append((lien, f"{cible.fiche.element} {int(rang) + 1}\u00a0: {phrase}"))
    return resume


def _conflit(request: HttpRequest, saisie: Saisie, cible: Section, conflit: ConflitDeVersion) -> HttpResponse:
    """Both values of each box that differs, and who wrote the other one. Nothing is overwritten silently."""
    boites = []
    for case in () if cible.fiche.repetee else cible.cases:
        en_base, saisi = conflit.en_base.get(case.nom, ""), conflit.saisi.get(case.nom, "")
        if en_base != saisi and not case.multiple:
            boites.append((case, _texte(case, en_base), _texte(case, saisi), en_base, saisi))
    contexte = {
        **saisie.autour(cible.code),
        "section": cible,
        "version": saisie.version(cible.code),
        "conflit": conflit,
        "boites": boites,
        "noms_en_conflit": {case.nom for case, *_ in boites},
        "postees": [(nom, valeur) for nom, valeurs in request.POST.lists() for valeur in valeurs if nom not in IGNOREES],
        "fragment": bool(request.htmx),  # type: ignore[attr-defined]
    }
    gabarit = "espace/saisie/conflit_fragment.html" if contexte["fragment"] else "espace/saisie/conflit.html"
    reponse = render(request, gabarit, contexte, status=HTTPStatus.CONFLICT)
    if contexte["fragment"]:
        reponse.headers["HX-Retarget"], reponse.headers["HX-Reswap"] = "#conflit", "innerHTML"
    return reponse


IGNOREES = {"csrfmiddlewaretoken", "version", "_case", "ajouter", "retirer"}


def _texte(case: Case, valeur: Any) -> str:
    return case.choix.libelle(valeur) if case.choix and valeur else str(valeur or "")
