"""A section of a draft: shown, kept box by box (htmx), or with its button (no script)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from jalon.dispositifs.base import LIGNES, Section
from jalon.dispositifs.lecture import LectureSection, valeurs_de
from jalon.dossiers.actions import Enregistrement, enregistrer_section
from jalon.socle.acteurs import Niveau
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import ConflitDeVersion
from jalon.socle.horloge import maintenant
from jalon.socle.texte import entier_ou
from jalon.web.composants.acces import espace, page
from jalon.web.composants.phrases import ancre
from jalon.web.espace.saisie.aides import Aides, deja_inscrites, phrase_des_remplies, place_de
from jalon.web.espace.saisie.constats import Constats, annonce, de_la_ligne, des_lignes, empreinte
from jalon.web.espace.saisie.formulaires import (
    FormulaireSection,
    PageDeLignes,
    lignes_de,
    lignes_postees,
    noms_des_cases,
    page_de_lignes,
    page_postee,
    par_page,
    texte_montre,
    valeurs_postees,
)
from jalon.web.espace.saisie.listes import liste_de_lignes
from jalon.web.espace.saisie.ouverture import Saisie, ouvrir_saisie

POINTS_DITS = 30
"""A list of 2,000 people has thousands of empty boxes: the first ones are enough to begin with."""


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def section(request: HttpRequest, siren: str, dossier_id: UUID, code: str) -> HttpResponse:
    """Show a section; « Enregistrer et continuer », « Ajouter », « Retirer » post the whole of it."""
    saisie = ouvrir_saisie(request, siren, dossier_id)
    cible = saisie.section(code)
    numero = entier_ou(request.GET.get("page", ""), 1)
    if request.method == "GET":
        return _montrer(request, saisie, cible, numero=numero, juger="erreurs" in request.GET)
    try:
        if "proposer" in request.POST:
            _prendre_la_proposition(request, saisie, cible)
            return redirect(request.path)
        fait = _enregistrer(request, saisie, cible)
    except ConflitDeVersion as conflit:
        return _conflit(request, saisie, cible, conflit)
    if fait.remplies:
        messages.success(request, phrase_des_remplies(cible, fait.remplies))
    return _apres_enregistrement(request, saisie.apres(fait.dossier), cible, numero)


def _apres_enregistrement(request: HttpRequest, saisie: Saisie, cible: Section, numero: int) -> HttpResponse:
    """What the button pressed asks next; a section with something to mend is shown again."""
    if "ajouter" in request.POST:
        return _montrer(request, saisie, cible, numero=10**6, lignes_vides=1)
    if "retirer" in request.POST or entier_ou(request.POST.get("page", ""), 0):
        return redirect(f"{request.path}?page={request.POST.get('page') or numero}")
    lecture = saisie.lue.sections[cible.code]
    if lecture.phrases:
        return _montrer(request, saisie, cible, numero=numero, juger=True)
    return redirect(saisie.autour(cible.code)["suivante"].url)


@page(espace(None, Niveau.LECTURE, "POST"))
def enregistrer(request: HttpRequest, siren: str, dossier_id: UUID, code: str) -> HttpResponse:
    """htmx: keep what is typed; give back the boxes that were left, the steps, the estimate, the documents."""
    saisie = ouvrir_saisie(request, siren, dossier_id)
    cible = saisie.section(code)
    try:
        fait = _enregistrer(request, saisie, cible)
    except ConflitDeVersion as conflit:
        return _conflit(request, saisie, cible, conflit)
    saisie = saisie.apres(fait.dossier)
    lecture = saisie.lue.sections[code]
    lignes = page_postee(cible, request.POST, len(lignes_de(saisie.reponses, cible)))
    constats = saisie.constats(cible)
    toutes = fait.redessiner or request.POST.get("_cases", "") != noms_des_cases(saisie.cases(cible))
    contexte = {
        **saisie.autour(code),
        **(_boites(saisie, cible, lecture.erreurs, lignes, constats) if toutes else {}),
        **(_table(saisie, cible, lignes) if toutes else {}),
        **_constats(saisie, cible, constats, lignes, deja=request.POST.get("_constats")),
        "toutes": toutes,
        "quittees": [] if toutes else _quittees(saisie, cible, lecture, lignes, constats, request.POST.getlist("_case")),
        "section": cible,
        "page": lignes,
        "version": saisie.version(code),
        **_assistance(saisie, cible),
        "remplies": phrase_des_remplies(cible, fait.remplies),
        "indications": [(place_de(f"id_{nom}"), texte) for nom, texte in saisie.aides(cible).indications.items()],
        "fragment": True,
    }
    return render(request, "espace/saisie/reponse.html", contexte)


def _enregistrer(
    request: HttpRequest, saisie: Saisie, cible: Section, valeurs: Mapping[str, Any] | None = None
) -> Enregistrement:
    """What was posted, or these answers instead."""
    version = request.POST.get("version", "")
    return enregistrer_section(
        dossier_id=saisie.dossier.pk,
        section=cible.code,
        version=entier_ou(version, 0),
        valeurs=_postees(saisie, cible, request.POST) if valeurs is None else valeurs,
        par=saisie.ici.acteur,
        maintenant=maintenant(),
    )


def _prendre_la_proposition(request: HttpRequest, saisie: Saisie, cible: Section) -> None:
    """The rows proposed instead of those typed: the page said so beside the button."""
    proposition = saisie.proposition(cible)
    if proposition is not None and proposition.lignes:
        _enregistrer(request, saisie, cible, {LIGNES: [dict(ligne.valeurs) for ligne in proposition.lignes]})
        messages.success(request, "Les périodes proposées sont inscrites. Vous pouvez les modifier.")


def _assistance(saisie: Saisie, cible: Section) -> dict[str, Any]:
    proposition, lignes = saisie.proposition(cible), lignes_de(saisie.reponses, cible)
    return {
        "proposition": proposition,
        "deja_saisies": len(lignes),
        "deja_inscrites": deja_inscrites(proposition, lignes),
    }


def _postees(saisie: Saisie, cible: Section, donnees: QueryDict) -> dict[str, Any]:
    if not cible.fiche.repetee:
        return valeurs_postees(cible, donnees, valeurs_de(saisie.reponses, cible.code))
    lues = donnees.copy()
    if saisie.lignes_fixes(cible):
        lues.pop("retirer", None)
    return {LIGNES: lignes_postees(cible, lues, lignes_de(saisie.reponses, cible))}


def _montrer(
    request: HttpRequest, saisie: Saisie, cible: Section, *, numero: int, juger: bool = False, lignes_vides: int = 0
) -> HttpResponse:
    lecture = saisie.lue.sections[cible.code]
    phrases = lecture.phrases if juger else lecture.erreurs
    total = len(lignes_de(saisie.reponses, cible))
    lignes = page_de_lignes(total, numero, lignes_vides, par_page(cible, total))
    constats = saisie.constats(cible)
    boites = _boites(saisie, cible, phrases, lignes, constats)
    contexte = {
        **saisie.autour(cible.code),
        **boites,
        **_table(saisie, cible, lignes, request.GET.get("q", "")[:100]),
        "empreinte": empreinte(constats),
        "page": lignes,
        "section": cible,
        "version": saisie.version(cible.code),
        **_assistance(saisie, cible),
        "lecture_seule": saisie.lecture_seule(cible),
        "erreurs": _resume(cible, lecture, boites) if juger else [],
        "choisir_salarie": saisie.peut_choisir_un_salarie(cible),
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if juger and request.method == "POST" else HTTPStatus.OK
    return render(request, "espace/saisie/section.html", contexte, status=statut)


def _constats(saisie: Saisie, cible: Section, constats: Constats, lignes: PageDeLignes, *, deja: str | None) -> dict[str, Any]:
    """What the controls find, place by place, unless the page already shows it; a place where nothing is found is emptied."""
    vue = empreinte(constats)
    if vue == deja:
        return {"constats": [], "annonce": "", "empreinte": vue}
    if cible.fiche.repetee:
        noms = [
            (f"id_{cible.code}-{rang}-{case.nom}", constats.get(f"{place}.{case.nom}", ()))
            for place, rang in enumerate(lignes.rangs, lignes.depart)
            for case in saisie.cases(cible)
        ]
        noms.append((LIGNES, des_lignes(constats)))
    else:
        noms = [(f"id_{case.nom}", constats.get(case.nom, ())) for case in saisie.cases(cible)]
    return {"constats": noms, "annonce": annonce(constats), "empreinte": vue}


def _boites(
    saisie: Saisie, cible: Section, phrases: Mapping[str, str], lignes: PageDeLignes, constats: Constats
) -> dict[str, Any]:
    jour = jour_de_paris(maintenant())
    cases = saisie.cases(cible)
    commun = {"noms_cases": noms_des_cases(cases)}
    if not cible.fiche.repetee:
        valeurs = valeurs_de(saisie.affichees, cible.code)
        aides = saisie.aides(cible)
        return {
            **commun,
            "formulaire_section": FormulaireSection(cible, cases, valeurs, phrases, jour=jour, aides=aides, constats=constats),
        }
    return {
        **commun,
        "formulaire_section": None,
        "lignes_fixes": saisie.lignes_fixes(cible),
        "lignes": _formulaires(saisie, cible, phrases, lignes, constats),
        "modele": FormulaireSection(cible, cases, {}, {}, jour=jour, prefixe=f"{cible.code}-__n__"),
        "page": lignes,
        "erreur_lignes": phrases.get(LIGNES, ""),
        "constats_des_lignes": des_lignes(constats),
    }


def _table(saisie: Saisie, cible: Section, lignes: PageDeLignes, cherche: str = "") -> dict[str, Any]:
    """The table of a long list; None while its rows are all open."""
    longue = lignes.par_page == 1
    return {"table": liste_de_lignes(cible, saisie.lue.sections[cible.code], lignes.numero, cherche) if longue else None}


def _formulaires(
    saisie: Saisie, cible: Section, phrases: Mapping[str, str], lignes: PageDeLignes, constats: Constats
) -> list[tuple[int, int, FormulaireSection]]:
    """(name on the page, number shown, boxes) of each row."""
    toutes = lignes_de(saisie.affichees, cible)
    cases, jour = saisie.cases(cible), jour_de_paris(maintenant())
    formulaires = []
    for place, rang in enumerate(lignes.rangs, lignes.depart):
        dites = {nom.partition(".")[2]: phrase for nom, phrase in phrases.items() if nom.startswith(f"{place}.")}
        valeurs = toutes[place] if place < len(toutes) else {}
        prefixe = f"{cible.code}-{rang}"
        trouves = de_la_ligne(constats, place)
        aides = Aides({}, {}, saisie.motifs(cible, place))
        formulaire = FormulaireSection(cible, cases, valeurs, dites, jour=jour, prefixe=prefixe, aides=aides, constats=trouves)
        for nom in saisie.fermees_de_la_ligne(cible, place):
            formulaire.fields[nom].widget.attrs["disabled"] = True
        formulaires.append((rang, place + 1, formulaire))
    return formulaires


def _quittees(
    saisie: Saisie, cible: Section, lecture: LectureSection, lignes: PageDeLignes, constats: Constats, noms: Sequence[str]
) -> list[BoundField]:
    """The boxes that were left, each with its sentence if it cannot be read."""
    if cible.fiche.repetee:
        formulaires = [formulaire for _, _, formulaire in _formulaires(saisie, cible, lecture.erreurs, lignes, constats)]
    else:
        formulaires = [_boites(saisie, cible, lecture.erreurs, lignes, constats)["formulaire_section"]]
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
    reste = len(resume) - POINTS_DITS
    return [*resume[:POINTS_DITS], ("", f"Et {reste} autres points dans cette liste")] if reste > 1 else resume


def _conflit(request: HttpRequest, saisie: Saisie, cible: Section, conflit: ConflitDeVersion) -> HttpResponse:
    """Both values of each box that differs, and who wrote the other one. Nothing is overwritten silently."""
    boites = []
    for case in () if cible.fiche.repetee else cible.cases:
        en_base, saisi = conflit.en_base.get(case.nom, ""), conflit.saisi.get(case.nom, "")
        if en_base != saisi and not case.multiple:
            boites.append((case, texte_montre(case, en_base), texte_montre(case, saisi), en_base, saisi))
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


IGNOREES = {"csrfmiddlewaretoken", "version", "_case", "_constats", "ajouter", "retirer", "proposer"}
