"""Mandates given to a cabinet, a CFA or another provider: list, gift, renewal, end."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.actions.mandats import donner_mandat, modifier_mandat, terminer_mandat
from jalon.habilitations.enums import Attente, CoteDuMandat, Etendue
from jalon.habilitations.mandats import dernier_jour_permis
from jalon.habilitations.models import Mandat
from jalon.habilitations.requetes.mandats import (
    MandatAffiche,
    collaborateurs_du_mandat,
    mandat_accessible,
    mandat_affiche,
)
from jalon.habilitations.requetes.pages_de_mandats import mandats_donnes
from jalon.journal.requetes import Ligne, chronologie
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import TransitionImpossible
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.composants.acces import confirme, espace, exiger_second_facteur_recent, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.decision import FormulaireAttenteDeMandat
from jalon.web.composants.pages import lire_recherche
from jalon.web.composants.phrases import resume
from jalon.web.espace.commun import Espace, exiger_ici, ouvrir_espace
from jalon.web.espace.formulaires_mandats import FormulaireMandat, FormulaireNouveauMandat
from jalon.web.espace.formulaires_perimetre import DOMAINES, boite_du_niveau


def _profil(request: HttpRequest, ici: Espace) -> Profil:
    demande = request.GET.get("profil") or request.POST.get("cote", "")
    return next((p for p in ici.profils if p.value == demande), ici.profil)


@page(espace(Domaine.ACCES, Niveau.LECTURE))
def liste(request: HttpRequest, siren: str) -> HttpResponse:
    """Mandates given by this side, searched by mandataire or reference of a convention."""
    ici = ouvrir_espace(request, siren)
    profil = _profil(request, ici)
    cherche, apres = lire_recherche(request)
    contexte = {
        "ici": ici,
        "profil": profil,
        "mandats": mandats_donnes(siren, ici.acteur, maintenant(), profil, cherche=cherche, apres=apres),
        "cherche": cherche,
        "administre": ici.acteur.a_un_droit(siren, Droit(Domaine.ACCES, Niveau.GESTION), profil),
    }
    return render(request, "espace/mandats.html", contexte)


@page(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST"))
def nouveau(request: HttpRequest, siren: str) -> HttpResponse:
    """Give a mandate; the second factor was just given."""
    ici = ouvrir_espace(request, siren)
    exiger_second_facteur_recent(request)
    profil = _profil(request, ici)
    depart = {"fin": dernier_jour_permis(aujourdhui())}
    formulaire = FormulaireNouveauMandat(siren, profil, request.POST or None, initial=depart)
    if request.method == "POST":
        donne = tenter(
            formulaire,
            lambda: donner_mandat(
                siren=siren,
                profil=profil,
                mandataire_saisi=formulaire.cleaned_data["mandataire"],
                niveaux=formulaire.niveaux(),
                sirets=formulaire.lieux(),
                debut=formulaire.cleaned_data["debut"],
                fin=formulaire.cleaned_data["fin"],
                par=ici.acteur,
                maintenant=maintenant(),
            ),
        )
        if donne is not None:
            suite = _suite_d_une_attente(donne) or " L’administrateur du mandataire choisit qui l’exerce."
            messages.success(request, f"Le mandat est donné.{suite}")
            return redirect("espace_mandat", siren=siren, mandat_id=donne.id)
    return montrer(request, "espace/mandat_nouveau.html", formulaire, ici=ici, profil=profil)


def _mandat(ici: Espace, mandat_id: UUID) -> tuple[Mandat, MandatAffiche]:
    mandat = mandat_accessible(mandat_id, ici.acteur)
    exiger_ici(ici, mandat.organisation_siren, mandat.mandataire_siren)
    return mandat, mandat_affiche(mandat, maintenant(), ici.acteur)


def _est_le_client(ici: Espace, affiche: MandatAffiche) -> bool:
    return ici.siren == affiche.client


@page(espace(Domaine.ACCES, Niveau.LECTURE))
def mandat(request: HttpRequest, siren: str, mandat_id: UUID) -> HttpResponse:
    """What it gives, until when, who acts under it, what happened to it; the same for both sides."""
    ici = ouvrir_espace(request, siren)
    return _montrer_mandat(request, ici, mandat_id)


def _montrer_mandat(
    request: HttpRequest, ici: Espace, mandat_id: UUID, refuse: FormulaireAttenteDeMandat | None = None
) -> HttpResponse:
    objet, affiche = _mandat(ici, mandat_id)
    client = _est_le_client(ici, affiche)
    decidable = affiche.attente != Attente.AUCUNE and not affiche.a_moi
    contexte = {
        "ici": ici,
        "mandat": affiche,
        "client": client,
        "administre": ici.voit(Domaine.ACCES, niveau=Niveau.GESTION),
        "decision": (refuse or FormulaireAttenteDeMandat(mandat_id))
        if client and decidable and ici.acteur.est_administrateur(ici.siren, affiche.profil)
        else None,
        "erreurs": list(resume(refuse)) if refuse is not None else [],
        "collaborateurs": collaborateurs_du_mandat(objet, maintenant()),
        "evenements": chronologie_d_un_cote(objet),
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if refuse is not None else HTTPStatus.OK
    return render(request, "espace/mandat.html", contexte, status=statut)


@page(confirme(espace(Domaine.ACCES, Niveau.GESTION, "POST")))
def decider(request: HttpRequest, siren: str, mandat_id: UUID) -> HttpResponse:
    """Be the second voice of what is wide, or lift a burst; a refusal needs a reason."""
    ici = ouvrir_espace(request, siren)
    objet, affiche = _mandat(ici, mandat_id)
    exiger_ici(ici, affiche.client)
    ici.acteur.exiger(Droit(Domaine.ACCES, Niveau.GESTION), objet.portee)
    formulaire = FormulaireAttenteDeMandat(mandat_id, request.POST)
    if formulaire.decider(ici.acteur) is None:
        return _montrer_mandat(request, ici, mandat_id, formulaire)
    messages.success(request, formulaire.annonce)
    return redirect("espace_mandat", siren=siren, mandat_id=mandat_id)


def chronologie_d_un_cote(objet: Mandat) -> list[Ligne]:
    """The history of a mandate, where each act is written once for each side."""
    return list({(ligne.le, ligne.code): ligne for ligne in chronologie(objet)}.values())


@page(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST"))
def modifier(request: HttpRequest, siren: str, mandat_id: UUID) -> HttpResponse:
    """Change or renew; the client's administrator alone, with her second factor."""
    ici = ouvrir_espace(request, siren)
    objet, affiche = _mandat(ici, mandat_id)
    exiger_ici(ici, affiche.client)
    ici.acteur.exiger(Droit(Domaine.ACCES, Niveau.GESTION), objet.portee)
    if not affiche.vivant:
        raise TransitionImpossible("Ce mandat a pris fin\u00a0: il peut en être donné un nouveau.")
    if affiche.par_convention:
        raise TransitionImpossible("Ce mandat est écrit dans une convention\u00a0: il se refuse, il ne se modifie pas.")
    exiger_second_facteur_recent(request)
    formulaire = FormulaireMandat(siren, affiche.profil, request.POST or None, initial=_depart(affiche))
    if request.method == "POST":
        change = tenter(
            formulaire,
            lambda: modifier_mandat(
                mandat_id=mandat_id,
                niveaux=formulaire.niveaux(),
                sirets=formulaire.lieux(),
                fin=formulaire.cleaned_data["fin"],
                par=ici.acteur,
                maintenant=maintenant(),
            ),
        )
        if change is not None:
            suite = _suite_d_une_attente(change) or " Cela compte dès le prochain clic de ceux qui l’exercent."
            messages.success(request, f"Le mandat est modifié.{suite}")
            return redirect("espace_mandat", siren=siren, mandat_id=mandat_id)
    return montrer(request, "espace/mandat_modifier.html", formulaire, ici=ici, mandat=affiche)


def _suite_d_une_attente(objet: Mandat) -> str:
    """What is said when something waits for somebody else."""
    if not objet.attend(maintenant()):
        return ""
    if objet.attente == Attente.VERIFICATION:
        return " Il attend une vérification\u00a0: plus de trois accès ont été donnés en une heure."
    return " Ce qui est étendu attend\u00a0: 24\u00a0heures, ou la confirmation d’un autre administrateur."


def _depart(affiche: MandatAffiche) -> dict[str, object]:
    etendue = Etendue.SIRET if affiche.sirets else Etendue.SIREN
    niveaux = {boite_du_niveau(d): str(affiche.niveaux.get(d, Niveau.AUCUN).value) for d in DOMAINES}
    return {"etendue": etendue.value, "sirets": list(affiche.sirets), "fin": affiche.jusqu_au, **niveaux}


class FormulaireFinDeMandat(forms.Form):
    """The reason that the other organisation reads."""

    motif = forms.CharField(
        label="Motif", max_length=500, widget=forms.Textarea, help_text="L’autre organisation le lira.",
        error_messages={"required": "Indiquez le motif"},
    )  # fmt: skip


@page(confirme(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST")))
def terminer(request: HttpRequest, siren: str, mandat_id: UUID) -> HttpResponse:
    """Either side ends it, at once."""
    ici = ouvrir_espace(request, siren)
    _, affiche = _mandat(ici, mandat_id)
    cote = CoteDuMandat.CLIENT if _est_le_client(ici, affiche) else CoteDuMandat.MANDATAIRE
    formulaire = FormulaireFinDeMandat(request.POST or None)
    if request.method == "POST":
        fini = tenter(
            formulaire,
            lambda: terminer_mandat(
                mandat_id=mandat_id,
                cote=cote,
                motif=formulaire.cleaned_data["motif"],
                par=ici.acteur,
                maintenant=maintenant(),
            ),
        )
        if fini is not None:
            messages.success(request, "Le mandat a pris fin, et l’autre organisation est prévenue.")
            return redirect("espace_mandat", siren=siren, mandat_id=mandat_id)
    return montrer(request, "espace/mandat_terminer.html", formulaire, ici=ici, mandat=affiche)
