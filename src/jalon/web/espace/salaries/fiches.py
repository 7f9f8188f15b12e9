"""The list, and the page of each employee."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from jalon.dispositifs.types.formats import ecrire_nombre
from jalon.salaries import coffre
from jalon.salaries.actions import (
    ajouter_salarie,
    declarer_depart,
    fusionner_salaries,
    modifier_salarie,
    reveler_nir,
    supprimer_salarie,
)
from jalon.salaries.branchements import parcours
from jalon.salaries.colonnes import SALARIES
from jalon.salaries.enums import NATURES, SEXES, SOURCES, UNITES, Nature, Sexe, Source, Unite
from jalon.salaries.models import Salarie
from jalon.salaries.requetes import (
    Presence,
    compter,
    dossiers_de,
    doublons_de,
    liste_salaries,
    salarie_accessible,
    salarie_au_nir_lisible,
)
from jalon.socle.acteurs import Domaine, Droit, Niveau
from jalon.socle.erreurs import Introuvable, TransitionImpossible
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.socle.identifiants import grouper
from jalon.socle.texte import entier_ou
from jalon.web.composants.acces import espace, exiger_second_facteur_recent, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.espace.commun import Espace, etablissements_choisissables, exiger_ici, ouvrir_espace
from jalon.web.espace.rib import FormulaireMotif
from jalon.web.espace.salaries.formulaires import FormulaireDepart, FormulaireFiche, FormulaireFusion, FormulaireSalarie

PRESENCES = [("", "Tous"), (Presence.PRESENTS.value, "Présents"), (Presence.PARTIS.value, "Partis")]
SAISIE, GESTION = (Droit(Domaine.SALARIES, n) for n in (Niveau.SAISIE, Niveau.GESTION))


def ouvrir_repertoire(request: HttpRequest, siren: str) -> Espace:
    """The space of a company; a provider has no employees here. Raises Introuvable."""
    ici = ouvrir_espace(request, siren)
    if not ici.adherent:
        raise Introuvable
    return ici


def _ouvrir_fiche(request: HttpRequest, siren: str, salarie_id: UUID, niveau: Niveau = Niveau.LECTURE) -> tuple[Espace, Salarie]:
    ici = ouvrir_repertoire(request, siren)
    salarie = salarie_accessible(salarie_id, ici.acteur, niveau)
    exiger_ici(ici, salarie.siren)
    return ici, salarie


def _etablissements(ici: Espace) -> list[tuple[str, str]]:
    """Those where the person may put somebody."""
    perimetre = ici.acteur.perimetre(SAISIE)
    tous = list(etablissements_choisissables(ici.siren))
    return tous if ici.siren in perimetre.sirens else [(siret, nom) for siret, nom in tous if siret in perimetre.sirets]


@page(espace(Domaine.SALARIES))
def liste(request: HttpRequest, siren: str) -> HttpResponse:
    """Employees by name; the URL is the state. htmx asks for the results alone."""
    ici = ouvrir_repertoire(request, siren)
    acteur = ici.acteur.sur(siren)
    lecture = SALARIES.lire(request.GET.dict(), aujourdhui())
    resultat = liste_salaries(acteur, siren, lecture.filtre, request.GET.get("page", ""))
    etablissements = list(etablissements_choisissables(siren))
    contexte = {
        "ici": ici,
        "page": resultat,
        "compte": compter(acteur, siren, lecture.filtre),
        "filtre": lecture.filtre,
        "refus": lecture.refus,
        "presences": PRESENCES,
        "etablissements": [("", "Tous"), *etablissements] if len(etablissements) > 1 else [],
        "noms": dict(etablissements),
        "natures": NATURES,
        "jour": aujourdhui(),
        "suivant": _adresse(request, resultat.suivant),
        "precedent": _adresse(request, resultat.precedent),
        "peut_saisir": ici.voit(Domaine.SALARIES, niveau=Niveau.SAISIE),
    }
    gabarit = "resultats" if request.htmx else "liste"  # type: ignore[attr-defined]
    return render(request, f"espace/salaries/{gabarit}.html", contexte)


def _adresse(request: HttpRequest, curseur: str) -> str:
    if not curseur:
        return ""
    parametres = QueryDict(mutable=True)
    parametres.update({nom: valeur for nom, valeur in request.GET.dict().items() if valeur and nom != "page"})
    parametres["page"] = curseur
    return f"{request.path}?{parametres.urlencode()}"


@page(espace(Domaine.SALARIES, Niveau.SAISIE, "GET", "POST"))
def nouveau(request: HttpRequest, siren: str) -> HttpResponse:
    """Add somebody by hand."""
    ici = ouvrir_repertoire(request, siren)
    formulaire = FormulaireSalarie(_etablissements(ici), request.POST or None)
    if request.method == "POST":
        salarie = tenter(
            formulaire,
            lambda: ajouter_salarie(
                siren=siren,
                textes=formulaire.textes,
                autre=formulaire.cleaned_data["autre"],
                par=ici.acteur,
                maintenant=maintenant(),
            ),
        )
        if salarie is not None:
            messages.success(request, f"{salarie.nom_complet} est parmi vos salariés.")
            return redirect("espace_salarie", siren=siren, salarie_id=salarie.pk)
    return montrer(request, "espace/salaries/saisir.html", formulaire, ici=ici, salarie=None)


@page(espace(Domaine.SALARIES))
def fiche(request: HttpRequest, siren: str, salarie_id: UUID) -> HttpResponse:
    """What is known of somebody, her trainings and contracts."""
    ici, salarie = _ouvrir_fiche(request, siren, salarie_id)
    dossiers = dossiers_de(salarie)
    contexte = {
        "ici": ici,
        "salarie": salarie,
        "lignes": _lignes(ici, salarie),
        "nir_masque": coffre.nir_masque(salarie),
        "parcours": parcours(ici.acteur, dossiers),
        "nommee": bool(dossiers),
        "parti": salarie.sortie is not None and salarie.sortie < aujourdhui(),
        "peut_saisir": ici.acteur.peut(SAISIE, salarie.portee),
        "gere": ici.acteur.peut(GESTION, salarie.portee),
        "doublons": doublons_de(salarie, ici.acteur),
    }
    return render(request, "espace/salaries/fiche.html", contexte)


def _lignes(ici: Espace, salarie: Salarie) -> list[tuple[str, object]]:
    noms = dict(etablissements_choisissables(ici.siren))
    temps = ecrire_nombre(salarie.quotite) if salarie.quotite is not None else ""
    lignes: list[tuple[str, object]] = [
        ("Nom d’usage", salarie.nom_usage),
        ("Sexe", SEXES[Sexe(salarie.sexe)] if salarie.sexe else ""),
        ("Matricule", salarie.matricule),
        ("Courriel", salarie.courriel),
        ("Emploi", salarie.emploi),
        ("Code PCS", salarie.pcs),
        ("Contrat", NATURES[Nature(salarie.nature)] if salarie.nature else ""),
        ("Convention collective (IDCC)", salarie.idcc),
        ("Établissement", noms.get(salarie.siret) or grouper(salarie.siret)),
        ("Temps de travail", f"{temps} {UNITES[Unite(salarie.quotite_unite)]}" if temps else ""),
        ("Origine", SOURCES[Source(salarie.source)]),
    ]
    return [(terme, valeur) for terme, valeur in lignes if valeur]


@page(espace(Domaine.SALARIES, Niveau.SAISIE, "GET", "POST"))
def modifier(request: HttpRequest, siren: str, salarie_id: UUID) -> HttpResponse:
    """Change a record; the one that was read is the one that is changed."""
    ici, salarie = _ouvrir_fiche(request, siren, salarie_id, Niveau.SAISIE)
    etablissements = _etablissements(ici)
    if salarie.siret and salarie.siret not in dict(etablissements):
        etablissements.append((salarie.siret, grouper(salarie.siret)))
    formulaire = FormulaireFiche(etablissements, request.POST or None, salarie=salarie)
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: modifier_salarie(
                salarie_id=salarie_id,
                version=entier_ou(request.POST.get("version", ""), 0),
                textes=formulaire.textes,
                par=ici.acteur,
                maintenant=maintenant(),
            ),
        )
        if fait is not None:
            messages.success(request, "La fiche est enregistrée.")
            return redirect("espace_salarie", siren=siren, salarie_id=salarie_id)
    return montrer(request, "espace/salaries/saisir.html", formulaire, ici=ici, salarie=salarie)


@page(espace(Domaine.SALARIES, Niveau.SAISIE, "GET", "POST"))
def depart(request: HttpRequest, siren: str, salarie_id: UUID) -> HttpResponse:
    """Say when somebody leaves."""
    ici, salarie = _ouvrir_fiche(request, siren, salarie_id, Niveau.SAISIE)
    formulaire = FormulaireDepart(request.POST or None, initial={"sortie": salarie.sortie})
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: declarer_depart(
                salarie_id=salarie_id, jour=formulaire.cleaned_data["sortie"], par=ici.acteur, maintenant=maintenant()
            ),
        )
        if fait is not None:
            messages.success(request, f"Le départ de {fait.nom_complet} est enregistré.")
            return redirect("espace_salarie", siren=siren, salarie_id=salarie_id)
    return montrer(request, "espace/salaries/depart.html", formulaire, ici=ici, salarie=salarie)


@page(espace(Domaine.SALARIES, Niveau.GESTION, "GET", "POST"))
def supprimer(request: HttpRequest, siren: str, salarie_id: UUID) -> HttpResponse:
    """Delete a record that no request names."""
    ici, salarie = _ouvrir_fiche(request, siren, salarie_id, Niveau.GESTION)
    if request.method == "POST":
        try:
            supprimer_salarie(salarie_id=salarie_id, par=ici.acteur, maintenant=maintenant())
        except TransitionImpossible as refus:
            messages.error(request, refus.message)
            return redirect("espace_salarie", siren=siren, salarie_id=salarie_id)
        messages.success(request, "La fiche est supprimée.")
        return redirect("espace_salaries", siren=siren)
    return render(
        request, "espace/salaries/supprimer.html", {"ici": ici, "salarie": salarie, "nommee": bool(dossiers_de(salarie))}
    )


@page(espace(Domaine.SALARIES, Niveau.GESTION, "GET", "POST"))
def fusionner(request: HttpRequest, siren: str, salarie_id: UUID) -> HttpResponse:
    """Join a record with another one of the same person."""
    ici, salarie = _ouvrir_fiche(request, siren, salarie_id, Niveau.GESTION)
    candidats = doublons_de(salarie, ici.acteur)
    formulaire = FormulaireFusion(candidats, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: fusionner_salaries(
                garde_id=salarie_id,
                absorbe_id=UUID(formulaire.cleaned_data["absorbe"]),
                par=ici.acteur,
                maintenant=maintenant(),
            ),
        )
        if fait is not None:
            messages.success(request, "Les deux fiches n’en font plus qu’une.")
            return redirect("espace_salarie", siren=siren, salarie_id=salarie_id)
    return montrer(request, "espace/salaries/fusionner.html", formulaire, ici=ici, salarie=salarie, candidats=candidats)


@page(espace(Domaine.SALARIES, Niveau.SAISIE, "GET", "POST"))
def nir(request: HttpRequest, siren: str, salarie_id: UUID) -> HttpResponse:
    """The NIR in clear, once, against a reason kept in the register."""
    ici = ouvrir_repertoire(request, siren)
    exiger_second_facteur_recent(request)
    salarie = salarie_au_nir_lisible(salarie_id, ici.acteur)
    exiger_ici(ici, salarie.siren)
    formulaire = FormulaireMotif(request.POST or None)
    clair = ""
    if request.method == "POST":
        clair = (
            tenter(
                formulaire,
                lambda: reveler_nir(
                    salarie_id=salarie_id, motif=formulaire.cleaned_data["motif"], par=ici.acteur, maintenant=maintenant()
                ),
            )
            or ""
        )
    masque = coffre.nir_masque(salarie)
    return montrer(request, "espace/salaries/nir.html", formulaire, ici=ici, salarie=salarie, nir=clair, masque=masque)
