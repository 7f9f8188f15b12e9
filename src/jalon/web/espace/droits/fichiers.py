"""Rights out to a CSV file and in from one, and the journal of accesses: filtered, exported."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.actions.fichier import Apercu, ImportRefuse, exporter_droits, importer_droits, prevoir_import
from jalon.habilitations.actions.histoire import changements, exporter_histoire
from jalon.habilitations.requetes.histoire import GENRES, FiltreHistoire, histoire_des_acces
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.dates import analyser_date
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import espace, exiger_second_facteur_recent, page
from jalon.web.composants.actes import tenter
from jalon.web.composants.phrases import resume
from jalon.web.espace.commun import Espace, ouvrir_espace
from jalon.web.espace.droits.formulaires_des_fichiers import FormulaireContenu, FormulaireFichier
from jalon.web.espace.habilitations import cote_demande


def _telechargement(contenu: str, nom: str) -> HttpResponse:
    reponse = HttpResponse(contenu.encode(), content_type="text/csv; charset=utf-8")
    reponse["Content-Disposition"] = f'attachment; filename="{nom}.csv"'
    return reponse


@page(espace(Domaine.ACCES, Niveau.GESTION, "POST"))
def exporter(request: HttpRequest, siren: str) -> HttpResponse:
    """Every right of the organisation, in force or to come."""
    ici = ouvrir_espace(request, siren)
    exiger_second_facteur_recent(request)
    contenu = exporter_droits(siren=siren, profil=cote_demande(request, ici), par=ici.acteur, maintenant=maintenant())
    return _telechargement(contenu, f"droits-{siren}")


@page(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST"))
def importer(request: HttpRequest, siren: str) -> HttpResponse:
    """Look at what a file would change."""
    ici = ouvrir_espace(request, siren)
    exiger_second_facteur_recent(request)
    formulaire = FormulaireFichier(request.POST, request.FILES) if request.method == "POST" else FormulaireFichier()
    apercu = None
    if request.method == "POST":
        apercu = tenter(
            formulaire,
            lambda: prevoir_import(
                siren=siren,
                profil=cote_demande(request, ici),
                contenu=formulaire.cleaned_data["fichier"],
                par=ici.acteur,
                maintenant=maintenant(),
            ),
        )
    contenu = formulaire.cleaned_data.get("fichier", "") if apercu is not None else ""
    return _montrer_import(request, ici, formulaire, apercu, contenu)


def _montrer_import(
    request: HttpRequest, ici: Espace, formulaire: FormulaireFichier, apercu: Apercu | None, contenu: str
) -> HttpResponse:
    contexte = {
        "ici": ici,
        "profil": cote_demande(request, ici),
        "formulaire": formulaire,
        "apercu": apercu,
        "a_appliquer": FormulaireContenu(initial={"contenu": contenu}) if contenu else None,
        "erreurs": list(resume(formulaire)) if formulaire.is_bound else [],
    }
    refuse = contexte["erreurs"] or (apercu is not None and apercu.refus)
    return render(
        request, "espace/droits/fichier.html", contexte, status=HTTPStatus.UNPROCESSABLE_ENTITY if refuse else HTTPStatus.OK
    )


@page(espace(Domaine.ACCES, Niveau.GESTION, "POST"))
def appliquer(request: HttpRequest, siren: str) -> HttpResponse:
    """Apply the file that was looked at: all of it, or nothing."""
    ici = ouvrir_espace(request, siren)
    exiger_second_facteur_recent(request)
    formulaire = FormulaireContenu(request.POST)
    if not formulaire.is_valid():
        return _montrer_import(request, ici, FormulaireFichier({}), None, "")
    try:
        apercu = importer_droits(
            siren=siren,
            profil=cote_demande(request, ici),
            contenu=formulaire.cleaned_data["contenu"],
            par=ici.acteur,
            maintenant=maintenant(),
        )
    except ImportRefuse as refus:
        return _montrer_import(request, ici, FormulaireFichier(), refus.apercu, formulaire.cleaned_data["contenu"])
    nombre = len(apercu.differences)
    messages.success(request, f"Fichier appliqué\u00a0: droits modifiés pour {nombre} personne{'s' if nombre > 1 else ''}.")
    return redirect("espace_habilitations", siren=siren)


def _filtre(request: HttpRequest) -> tuple[FiltreHistoire, dict[str, str]]:
    """The filter of the address, and what is said of a day that cannot be read."""
    jours, erreurs = {}, {}
    for nom in ("du", "au"):
        texte = request.GET.get(nom, "").strip()
        try:
            jours[nom] = analyser_date(texte) if texte else None
        except SaisieRefusee as refus:
            jours[nom], erreurs[nom] = None, refus.message
    filtre = FiltreHistoire(request.GET.get("q", "").strip()[:100], request.GET.get("genre", ""), jours["du"], jours["au"])
    return filtre, erreurs


@page(espace(Domaine.ACCES, Niveau.GESTION))
def historique(request: HttpRequest, siren: str) -> HttpResponse:
    """Every change of rights or of account of the company or provider, newest first."""
    ici = ouvrir_espace(request, siren)
    filtre, erreurs = _filtre(request)
    contexte = {
        "ici": ici,
        "evenements": [(li, changements(li.details)) for li in histoire_des_acces(ici.acteur, siren, filtre)],
        "jours": [("du", "Du"), ("au", "Au")],
        "genres": [(code, libelle) for code, (libelle, _) in GENRES.items()],
        "saisis": {nom: request.GET.get(nom, "") for nom in ("q", "genre", "du", "au")},
        "phrases": erreurs,
        "requete": request.GET.urlencode(),
    }
    return render(request, "espace/acces_historique.html", contexte)


@page(espace(Domaine.ACCES, Niveau.GESTION, "POST"))
def exporter_historique(request: HttpRequest, siren: str) -> HttpResponse:
    """The journal as filtered."""
    ici = ouvrir_espace(request, siren)
    exiger_second_facteur_recent(request)
    filtre, _ = _filtre(request)
    contenu = exporter_histoire(siren=siren, profil=ici.profil, filtre=filtre, par=ici.acteur, maintenant=maintenant())
    return _telechargement(contenu, f"journal-des-acces-{siren}")
