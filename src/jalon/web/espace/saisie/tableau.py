"""Rows of a section pasted from a spreadsheet or imported: looked at first, then added, or put instead of those that are there."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.dispositifs.base import Section
from jalon.dispositifs.lecture import LectureTableau, cle_de_ligne, lire_tableau
from jalon.dossiers.actions import LignesImportees, importer_lignes
from jalon.socle.acteurs import Niveau
from jalon.socle.erreurs import Introuvable
from jalon.socle.grilles import Grille, ecrire_texte, lire_fichier, lire_texte
from jalon.socle.horloge import maintenant
from jalon.socle.tableur import ecrire_csv
from jalon.socle.texte import entier_ou
from jalon.web.composants.acces import espace, page
from jalon.web.composants.actes import tenter
from jalon.web.composants.phrases import resume
from jalon.web.espace.saisie.formulaires import lignes_de
from jalon.web.espace.saisie.ouverture import Saisie, ouvrir_saisie
from jalon.web.espace.saisie.presentation import url_section

APERCU = 5
REFUSEES_MONTREES = 50
CARACTERES_AU_PLUS = 1_000_000


class FormulaireTableau(forms.Form):
    """Rows pasted, or a file. Excel and CSV files are read in memory and never kept."""

    texte = forms.CharField(
        label="Lignes copiées depuis votre tableur",
        help_text="Avec la ligne des titres, ou sans elle si les colonnes sont dans l’ordre du modèle.",
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        required=False, strip=False, max_length=CARACTERES_AU_PLUS,
    )  # fmt: skip
    fichier = forms.FileField(
        label="Ou fichier Excel (.xlsx) ou CSV", help_text="La première feuille est lue. 5\u00a0Mo, 5\u00a0000 lignes au plus.",
        required=False, error_messages={"empty": "Ce fichier est vide"},
    )  # fmt: skip

    def clean(self) -> None:
        """Something to read: in the box, in a file, or kept by the page."""
        if not any((self.data.get("texte", "").strip(), self.files.get("fichier"), self.data.get("retenues", "").strip())):
            self.add_error("texte", "Collez au moins une ligne, ou choisissez un fichier")

    def grilles(self, retenues: str) -> list[Grille]:
        """The rows kept so far, those of the box, those of the file. Raises SaisieRefusee."""
        fichier = self.cleaned_data["fichier"]
        lues = [lire_texte(texte) for texte in (retenues[:CARACTERES_AU_PLUS], self.cleaned_data["texte"]) if texte.strip()]
        return [*lues, lire_fichier(fichier.read())] if fichier else lues


@dataclass(frozen=True, slots=True)
class Apercu:
    """What the page shows of a table that was read. `deja`: rows of people who are there already."""

    lecture: LectureTableau
    deja: int
    retenues: str
    premieres: Sequence[Sequence[str]]

    @property
    def cases_montrees(self) -> list[str]:
        """Headings of the first rows: sensitive boxes are not repeated."""
        return [case.libelle for case in self.lecture.cases if not case.sensible]

    @property
    def nouvelles(self) -> int:
        """How many would be added."""
        return len(self.lecture.lignes) - self.deja

    @property
    def refusees_de_plus(self) -> int:
        """How many rows to mend are not told one by one."""
        return max(len(self.lecture.refusees) - REFUSEES_MONTREES, 0)


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def tableau(request: HttpRequest, siren: str, dossier_id: UUID, code: str) -> HttpResponse:
    """Paste or choose; look; add or replace. Rows to mend come back in the box, those that are kept go with the page."""
    saisie = ouvrir_saisie(request, siren, dossier_id)
    cible = saisie.section(code)
    if not cible.fiche.en_nombre or saisie.complement is not None:
        raise Introuvable
    if "modele" in request.GET:
        return _modele(saisie, cible)
    if request.method == "GET":
        return _montrer(request, saisie, cible, FormulaireTableau(), None)
    formulaire = FormulaireTableau(request.POST, request.FILES)
    lecture = tenter(
        formulaire,
        lambda: lire_tableau(saisie.dispositif, code, formulaire.grilles(request.POST.get("retenues", "")), saisie.reponses),
    )
    if lecture is None or not lecture.lignes or "acte" not in request.POST:
        return _montrer(request, saisie, cible, formulaire, lecture)
    fait = tenter(formulaire, lambda: _importer(request, saisie, cible, lecture))
    if fait is None:
        return _montrer(request, saisie, cible, formulaire, lecture)
    messages.success(request, _phrase(cible, fait))
    if not lecture.refusees:
        return redirect(url_section(saisie.dossier, siren, code))
    lecture.lignes.clear()
    return _montrer(request, saisie.apres(fait.dossier), cible, formulaire, lecture)


def _importer(request: HttpRequest, saisie: Saisie, cible: Section, lecture: LectureTableau) -> LignesImportees:
    remplacer = request.POST["acte"] == "remplacer"
    return importer_lignes(
        dossier_id=saisie.dossier.pk,
        section=cible.code,
        lignes=lecture.lignes,
        version=entier_ou(request.POST.get("version", ""), 0) if remplacer else None,
        par=saisie.ici.acteur,
        maintenant=maintenant(),
    )


def _phrase(cible: Section, fait: LignesImportees) -> str:
    element = cible.fiche.element.lower()
    pluriel = "s" if fait.ajoutees > 1 else ""
    debut = f"{fait.ajoutees} {element}{pluriel} inscrit{pluriel}." if fait.ajoutees else f"Aucun {element} à inscrire."
    if not fait.deja:
        return debut
    return f"{debut} Déjà dans le dossier\u00a0: {fait.deja}."


def _montrer(
    request: HttpRequest, saisie: Saisie, cible: Section, formulaire: FormulaireTableau, lecture: LectureTableau | None
) -> HttpResponse:
    presentes = lignes_de(saisie.reponses, cible)
    apercu = None
    if lecture is not None:
        connues = {cle_de_ligne(cible, ligne) for ligne in presentes}
        deja = sum(cle_de_ligne(cible, ligne) in connues for ligne in lecture.lignes)
        apercu = Apercu(lecture, deja, _texte_des_lignes(lecture), _premieres(lecture))
        formulaire.data = {**formulaire.data.dict(), "texte": _texte_a_corriger(lecture)}  # type: ignore[attr-defined]
    contexte = {
        **saisie.autour(cible.code),
        "section": cible,
        "formulaire": formulaire,
        "apercu": apercu,
        "refusees": lecture.refusees[:REFUSEES_MONTREES] if lecture is not None else [],
        "presentes": len(presentes),
        "version": saisie.version(cible.code),
        "erreurs": list(resume(formulaire)) if formulaire.is_bound else [],
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if formulaire.errors else HTTPStatus.OK
    return render(request, "espace/saisie/tableau.html", contexte, status=statut)


def _premieres(lecture: LectureTableau) -> list[list[str]]:
    montrees = [case for case in lecture.cases if not case.sensible]
    lues = ([_affiche(case, str(ligne[case.nom])) for case in montrees] for ligne in lecture.lignes[:APERCU])
    return [[texte for texte in ligne if texte] for ligne in lues]


def _affiche(case: object, texte: str) -> str:
    choix = getattr(case, "choix", None)
    return choix.libelle(texte) if choix is not None else texte


def _texte_des_lignes(lecture: LectureTableau) -> str:
    """The rows kept, as a table that reads back the same."""
    if not lecture.lignes:
        return ""
    return ecrire_texte([lecture.entetes, *([str(ligne[case.nom]) for case in lecture.cases] for ligne in lecture.lignes)])


def _texte_a_corriger(lecture: LectureTableau) -> str:
    """The rows to mend, as they were, under the headings of the form."""
    if not lecture.refusees:
        return ""
    lignes = ([refusee.tapees.get(case.nom, "") for case in lecture.cases] for refusee in lecture.refusees)
    return ecrire_texte([lecture.entetes, *lignes])


def _modele(saisie: Saisie, cible: Section) -> HttpResponse:
    """A CSV file with the headings alone."""
    titres = [case.libelle for case in saisie.cases(cible)]
    reponse = HttpResponse(ecrire_csv(titres, []).encode(), content_type="text/csv; charset=utf-8")
    reponse["Content-Disposition"] = f'attachment; filename="modele-{cible.code}.csv"'
    return reponse
