"""Groups of establishments: those of the company, what one holds, who has rights on it."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.actions.groupes import (
    ajouter_au_groupe,
    creer_groupe,
    renommer_groupe,
    retirer_du_groupe,
    supprimer_groupe,
)
from jalon.habilitations.models import GroupeEtablissements
from jalon.habilitations.regles_des_groupes import tient_tout
from jalon.habilitations.requetes.groupes import (
    groupe_accessible,
    lieux_du_groupe,
    liste_des_groupes,
    porteurs,
    sirets_ouverts,
)
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import Introuvable, TransitionImpossible
from jalon.socle.horloge import maintenant
from jalon.socle.texte import entier_ou
from jalon.web.composants.acces import confirme, espace, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.phrases import resume
from jalon.web.espace.commun import Espace, exiger_ici, ouvrir_espace
from jalon.web.espace.droits.formulaires_des_groupes import CIBLE_TROUVES, FormulaireGroupe, FormulaireMembres

NOMS_MONTRES = 20


def _ouvrir(request: HttpRequest, siren: str) -> Espace:
    """The space of a company: a provider has no group. Raises Introuvable."""
    ici = ouvrir_espace(request, siren)
    if not ici.adherent:
        raise Introuvable
    return ici


def _groupe(ici: Espace, groupe_id: UUID) -> GroupeEtablissements:
    groupe = groupe_accessible(groupe_id, ici.acteur)
    exiger_ici(ici, groupe.siren)
    return groupe


def _administre(ici: Espace) -> bool:
    return ici.acteur.a_un_droit(ici.siren, Droit(Domaine.ACCES, Niveau.GESTION), Profil.ADHERENT)


@page(espace(Domaine.ACCES, Niveau.LECTURE))
def liste(request: HttpRequest, siren: str) -> HttpResponse:
    """Groups of the company, found by their name or by an establishment."""
    ici = _ouvrir(request, siren)
    cherche = request.GET.get("q", "").strip()[:100]
    contexte = {
        "ici": ici,
        "groupes": liste_des_groupes(siren, ici.acteur, maintenant(), cherche),
        "cherche": cherche,
        "administre": _administre(ici),
    }
    return render(request, "espace/droits/groupes.html", contexte)


@page(confirme(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST")))
def nouveau(request: HttpRequest, siren: str) -> HttpResponse:
    """Name a group; its establishments are chosen on its page."""
    ici = _ouvrir(request, siren)
    formulaire = FormulaireGroupe(request.POST or None)
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: creer_groupe(siren=siren, nom=formulaire.cleaned_data["nom"], par=ici.acteur, maintenant=maintenant()),
        )
        if fait is not None:
            messages.success(request, f"Le groupe «\u00a0{fait.nom}\u00a0» est créé. Ajoutez-lui des établissements.")
            return redirect(f"{request.path.removesuffix('nouveau/')}{fait.id}/?voir=hors")
    return montrer(request, "espace/droits/groupe_nom.html", formulaire, ici=ici, groupe=None)


@page(espace(Domaine.ACCES, Niveau.LECTURE))
def groupe(request: HttpRequest, siren: str, groupe_id: UUID) -> HttpResponse:
    """Its establishments, or those to add; who has rights on it."""
    ici = _ouvrir(request, siren)
    return _montrer(request, ici, _groupe(ici, groupe_id))


def _montrer(
    request: HttpRequest, ici: Espace, objet: GroupeEtablissements, formulaire: FormulaireMembres | None = None
) -> HttpResponse:
    administre = _administre(ici)
    dedans = not formulaire.ajoute if formulaire is not None else not administre or request.GET.get("voir") != "hors"
    cherche = request.GET.get("q", "").strip()[:100]
    vue = lieux_du_groupe(objet, cherche, entier_ou(request.GET.get("page", ""), 1), dedans=dedans)
    liens = porteurs(objet, maintenant())
    formulaire = formulaire or FormulaireMembres(trouves=len(vue.trouves), ajoute=not dedans)
    contexte = {
        "ici": ici,
        "groupe": objet,
        "vue": vue,
        "dedans": dedans,
        "cherche": cherche,
        "requete": urlencode({"voir": "dans" if dedans else "hors", "q": cherche, "page": vue.page}),
        "precedent": _adresse(request, vue.page - 1) if vue.page > 1 else "",
        "suivant": _adresse(request, vue.page + 1) if vue.page < vue.pages else "",
        "personnes": [lien.nom_affiche for lien in liens[:NOMS_MONTRES]],
        "nombre": len(liens),
        "autres": max(0, len(liens) - NOMS_MONTRES),
        "entier": tient_tout(objet.sirets, sirets_ouverts(objet.siren)),
        "administre": administre,
        "formulaire": formulaire,
        "erreurs": list(resume(formulaire)) if formulaire.is_bound else [],
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if contexte["erreurs"] else HTTPStatus.OK
    return render(request, "espace/droits/groupe.html", contexte, status=statut)


def _adresse(request: HttpRequest, rang: int) -> str:
    parametres = request.GET.copy()
    parametres["page"] = str(rang)
    return f"?{parametres.urlencode()}"


@page(confirme(espace(Domaine.ACCES, Niveau.GESTION, "POST")))
def ajouter(request: HttpRequest, siren: str, groupe_id: UUID) -> HttpResponse:
    """Put in the group what is ticked, what the search finds, or a list of SIRET."""
    return _changer(request, siren, groupe_id, ajouter_au_groupe)


@page(confirme(espace(Domaine.ACCES, Niveau.GESTION, "POST")))
def retirer(request: HttpRequest, siren: str, groupe_id: UUID) -> HttpResponse:
    """Take it out."""
    return _changer(request, siren, groupe_id, retirer_du_groupe)


def _changer(request: HttpRequest, siren: str, groupe_id: UUID, acte: Callable[..., GroupeEtablissements]) -> HttpResponse:
    ici = _ouvrir(request, siren)
    objet = _groupe(ici, groupe_id)
    ajoute = acte is ajouter_au_groupe
    vue = lieux_du_groupe(objet, request.GET.get("q", "").strip()[:100], dedans=not ajoute)
    formulaire = FormulaireMembres(request.POST, trouves=len(vue.trouves), ajoute=ajoute)

    def changer() -> GroupeEtablissements:
        sirets = vue.trouves if formulaire.cleaned_data["cible"] == CIBLE_TROUVES else formulaire.choisis()
        return acte(groupe_id=groupe_id, sirets=sirets, par=ici.acteur, maintenant=maintenant())

    fait = tenter(formulaire, changer)
    if fait is None:
        return _montrer(request, ici, objet, formulaire)
    nombre = len(fait.sirets)
    messages.success(
        request,
        f"Le groupe «\u00a0{fait.nom}\u00a0» compte maintenant {nombre} établissement{'s' if nombre > 1 else ''}. "
        "Les droits donnés sur le groupe suivent dès le prochain clic.",
    )
    return redirect("espace_groupe", siren=siren, groupe_id=groupe_id)


@page(confirme(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST")))
def renommer(request: HttpRequest, siren: str, groupe_id: UUID) -> HttpResponse:
    """Change its name; the rights stay."""
    ici = _ouvrir(request, siren)
    objet = _groupe(ici, groupe_id)
    formulaire = FormulaireGroupe(request.POST or None, initial={"nom": objet.nom})
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: renommer_groupe(
                groupe_id=groupe_id, nom=formulaire.cleaned_data["nom"], par=ici.acteur, maintenant=maintenant()
            ),
        )
        if fait is not None:
            messages.success(request, f"Le groupe s’appelle maintenant «\u00a0{fait.nom}\u00a0».")
            return redirect("espace_groupe", siren=siren, groupe_id=groupe_id)
    return montrer(request, "espace/droits/groupe_nom.html", formulaire, ici=ici, groupe=objet)


@page(confirme(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST")))
def supprimer(request: HttpRequest, siren: str, groupe_id: UUID) -> HttpResponse:
    """Put it aside, once nobody has rights on it."""
    ici = _ouvrir(request, siren)
    objet = _groupe(ici, groupe_id)
    refus = ""
    if request.method == "POST":
        try:
            fait = supprimer_groupe(groupe_id=groupe_id, par=ici.acteur, maintenant=maintenant())
        except TransitionImpossible as erreur:
            refus = erreur.message
        else:
            messages.success(request, f"Le groupe «\u00a0{fait.nom}\u00a0» est supprimé.")
            return redirect("espace_groupes", siren=siren)
    liens = porteurs(objet, maintenant())
    contexte = {
        "ici": ici,
        "groupe": objet,
        "personnes": [lien.nom_affiche for lien in liens[:NOMS_MONTRES]],
        "nombre": len(liens),
        "autres": max(0, len(liens) - NOMS_MONTRES),
        "refus": refus,
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if refus else HTTPStatus.OK
    return render(request, "espace/droits/groupe_supprimer.html", contexte, status=statut)
