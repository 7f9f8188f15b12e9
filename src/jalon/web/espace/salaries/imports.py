"""A file of employees: sent, looked at line by line, applied."""

from collections.abc import Iterable
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.salaries.actions import abandonner_import, ajuster_colonnes, deposer_fichier, lancer_import
from jalon.salaries.enums import EtatImport, Sort, Source
from jalon.salaries.models import ImportSalaries
from jalon.salaries.regles.fiches import CHAMPS
from jalon.salaries.regles.rapprochement import NOUVEAU, Connu
from jalon.salaries.requetes import apercu_de, import_accessible
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import espace, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.phrases import resume
from jalon.web.espace.commun import Espace, exiger_ici
from jalon.web.espace.salaries.fiches import ouvrir_repertoire
from jalon.web.espace.salaries.formulaires import FormulaireColonnes, FormulaireFichierDeSalaries, decrire

MONTREES = 50
"""Lines of each kind that the page shows; all of them are counted."""
DOUBLONS_MONTRES = 200
PREFIXE = "choix-"


@page(espace(Domaine.SALARIES, Niveau.SAISIE, "GET", "POST"))
def importer(request: HttpRequest, siren: str) -> HttpResponse:
    """Send a file; nothing is written before its lines were looked at."""
    ici = ouvrir_repertoire(request, siren)
    formulaire = (
        FormulaireFichierDeSalaries(request.POST, request.FILES) if request.method == "POST" else FormulaireFichierDeSalaries()
    )
    if request.method == "POST":
        ligne = tenter(
            formulaire,
            lambda: deposer_fichier(
                siren=siren, octets=formulaire.cleaned_data["fichier"].read(), par=ici.acteur, maintenant=maintenant()
            ),
        )
        if ligne is not None:
            return redirect("espace_salaries_import", siren=siren, import_id=ligne.pk)
    return montrer(request, "espace/salaries/importer.html", formulaire, ici=ici, champs=CHAMPS.values())


@page(espace(Domaine.SALARIES, Niveau.SAISIE, "GET", "POST"))
def apercu(request: HttpRequest, siren: str, import_id: UUID) -> HttpResponse:
    """What the file would do; then how far it is, and what it did. Three buttons: columns, apply, give up."""
    ici = ouvrir_repertoire(request, siren)
    ligne = import_accessible(import_id, ici.acteur, maintenant())
    exiger_ici(ici, ligne.siren)
    if request.method == "GET":
        return _montrer(request, ici, ligne)
    if "abandonner" in request.POST:
        abandonner_import(import_id=import_id, par=ici.acteur, maintenant=maintenant())
        messages.success(request, "Le fichier est oublié. Rien n’a changé.")
        return redirect("espace_salaries", siren=siren)
    if "appliquer" in request.POST:
        return _appliquer(request, ici, ligne)
    return _ajuster(request, ici, ligne)


def _appliquer(request: HttpRequest, ici: Espace, ligne: ImportSalaries) -> HttpResponse:
    choix = {nom.removeprefix(PREFIXE): valeur for nom, valeur in request.POST.items() if nom.startswith(PREFIXE)}
    lancer_import(import_id=ligne.pk, choix={n: str(v) for n, v in choix.items()}, par=ici.acteur, maintenant=maintenant())
    return redirect("espace_salaries_import", siren=ici.siren, import_id=ligne.pk)


def _ajuster(request: HttpRequest, ici: Espace, ligne: ImportSalaries) -> HttpResponse:
    if ligne.etat != EtatImport.A_VALIDER:
        return redirect("espace_salaries_import", siren=ici.siren, import_id=ligne.pk)
    formulaire = FormulaireColonnes(apercu_de(ligne, ici.acteur, maintenant()).entetes, request.POST)
    fait = tenter(
        formulaire,
        lambda: ajuster_colonnes(import_id=ligne.pk, colonnes=formulaire.cleaned_data, par=ici.acteur, maintenant=maintenant()),
    )
    if fait is not None:
        return redirect("espace_salaries_import", siren=ici.siren, import_id=ligne.pk)
    return _montrer(request, ici, ligne, formulaire)


def _montrer(
    request: HttpRequest, ici: Espace, ligne: ImportSalaries, formulaire: FormulaireColonnes | None = None
) -> HttpResponse:
    contexte: dict[str, object] = {"ici": ici, "import": ligne, "dsn": ligne.source == Source.DSN}
    if ligne.etat != EtatImport.A_VALIDER:
        comptes = ligne.rapport.get("comptes", {})
        contexte |= {
            "comptes": {sort.value: comptes.get(sort.value, 0) for sort in Sort},
            "refus": ligne.rapport.get("refus", []),
        }
        return render(request, "espace/salaries/import_suivi.html", contexte)
    vu = apercu_de(ligne, ici.acteur, maintenant())
    formulaire = formulaire or FormulaireColonnes(vu.entetes, colonnes=ligne.colonnes)
    comptes = vu.comptes
    contexte |= {
        "formulaire": formulaire,
        "manquantes": vu.manquantes,
        "comptes": {sort.value: comptes.get(sort, 0) for sort in Sort},
        "a_faire": comptes.get(Sort.NOUVEAU, 0) + comptes.get(Sort.MODIFIE, 0) + comptes.get(Sort.DOUBLON, 0),
        "nouveaux": vu.de(Sort.NOUVEAU)[:MONTREES],
        "modifies": vu.de(Sort.MODIFIE)[:MONTREES],
        "refuses": vu.de(Sort.REFUSE)[:MONTREES],
        "doublons": [(li, _reponses(li.candidats)) for li in vu.de(Sort.DOUBLON)[:DOUBLONS_MONTRES]],
        "erreurs": list(resume(formulaire)) if formulaire.is_bound else [],
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if formulaire.errors else HTTPStatus.OK
    return render(request, "espace/salaries/import.html", contexte, status=statut)


def _reponses(candidats: Iterable[Connu]) -> list[tuple[str, str]]:
    memes = [(str(c.id), f"C’est {decrire(c)}") for c in candidats]
    return [("", "Ne rien faire de cette ligne"), *memes, (NOUVEAU, "C’est une autre personne\u00a0: l’ajouter")]
