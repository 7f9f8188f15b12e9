"""A rupture: the motive, its days, what it changes, then the declaration. The CFA has its own form at the same address."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.contrats.actions import declarer_rupture, signaler_rupture
from jalon.contrats.requetes import (
    Apercu,
    apercu_de_rupture,
    declarations,
    exiger_le_cfa,
    juger_rupture,
    lire,
    rupture_a_compter,
    vie_de,
)
from jalon.dispositifs.base import MotifDeRupture, Mots, Rupture, VieDuContrat
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import cote_de, portee_entreprise
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Niveau
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.composants.acces import espace, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.espace.commun import Espace
from jalon.web.espace.contrats.formulaires import FormulaireMotif, FormulaireRupture, FormulaireSignalement
from jalon.web.espace.dossier import ouvrir_dossier

CONFIRMER, CORRIGER = "confirmer", "corriger"


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def rupture(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """Declared by the company, signalled by the CFA: each its form, then the same overview before it is sent."""
    ici, lu = ouvrir_dossier(request, siren, dossier_id)
    if cote_de(lu, ici.acteur) == Cote.PRESTATAIRE:
        exiger_le_cfa(lu, ici.acteur)
        return _du_cfa(request, ici, lu)
    ici.acteur.exiger(lu.droit(Niveau.GESTION), portee_entreprise(lu))
    return _de_l_entreprise(request, ici, lu)


def _de_l_entreprise(request: HttpRequest, ici: Espace, lu: Dossier) -> HttpResponse:
    vie = vie_de(lu)
    deja = declarations(lu).get(Cote.ENTREPRISE)
    choisi = request.POST.get("motif") or request.GET.get("motif") or ""
    motif = vie.motif(choisi)
    if motif is None:
        donnees = request.POST if request.method == "POST" else request.GET if "motif" in request.GET else None
        formulaire = FormulaireMotif(vie, donnees)
        return montrer(
            request, "espace/contrats/rupture_motif.html", formulaire, ici=ici, dossier=lu, vie=vie, motifs=vie.motifs, deja=deja
        )
    formulaire_rupture = _formulaire(request, lu, vie, motif)
    return _mener(request, ici, lu, formulaire_rupture, Cote.ENTREPRISE, motif)


def _formulaire(request: HttpRequest, lu: Dossier, vie: VieDuContrat, motif: MotifDeRupture) -> FormulaireRupture:
    deja = declarations(lu).get(Cote.ENTREPRISE)
    meme = lire(deja) if deja is not None and deja.motif == motif.code else None
    return FormulaireRupture(vie, motif, request.POST if request.method == "POST" else None, initial=meme)


def _du_cfa(request: HttpRequest, ici: Espace, lu: Dossier) -> HttpResponse:
    lues = declarations(lu)
    deja = lues.get(Cote.PRESTATAIRE)
    de_l_entreprise = lues.get(Cote.ENTREPRISE)
    initial = lire(deja) if deja else Rupture(le=de_l_entreprise.le) if de_l_entreprise else None
    donnees = request.POST if request.method == "POST" else None
    formulaire = FormulaireSignalement(vie_de(lu), donnees, initial=initial, rompu=lu.etat == EtatDossier.ROMPU)
    return _mener(request, ici, lu, formulaire, Cote.PRESTATAIRE, None)


def _mener(
    request: HttpRequest,
    ici: Espace,
    lu: Dossier,
    formulaire: FormulaireRupture | FormulaireSignalement,
    cote: Cote,
    motif: MotifDeRupture | None,
) -> HttpResponse:
    """The form; once it is well filled, what it changes; once that is confirmed, the act."""
    vie, rompu = vie_de(lu), lu.etat == EtatDossier.ROMPU
    contexte = {"ici": ici, "dossier": lu, "vie": vie, "motif": motif, "cfa": cote == Cote.PRESTATAIRE, "rompu": rompu}
    if request.method == "POST" and CORRIGER not in request.POST:
        if CONFIRMER in request.POST:
            acte = signaler_rupture if cote == Cote.PRESTATAIRE else declarer_rupture
            fait = tenter(
                formulaire,
                lambda: acte(dossier_id=lu.pk, rupture=formulaire.rupture(), par=ici.acteur, maintenant=maintenant()),
            )
            if fait is not None:
                messages.success(request, _phrase(cote, vie.mots, rompu=rompu))
                return redirect("espace_dossier", siren=ici.siren, dossier_id=lu.pk)
        else:
            apercu = tenter(formulaire, lambda: _apercu(lu, formulaire.rupture(), cote))
            if apercu is not None:
                postees = [(nom, v) for nom, vs in request.POST.lists() if nom != "csrfmiddlewaretoken" for v in vs]
                delai = _delai(vie, apercu.rupture, cote)
                return montrer(
                    request,
                    "espace/contrats/rupture_apercu.html",
                    formulaire,
                    apercu=apercu,
                    postees=postees,
                    **delai,
                    **contexte,
                )
    return montrer(request, "espace/contrats/rupture.html", formulaire, **contexte)


def _delai(vie: VieDuContrat, declaree: Rupture, cote: Cote) -> dict[str, Any]:
    """Until when the employer has to say it, where the law gives a delay."""
    if vie.jours_pour_signaler is None or cote == Cote.PRESTATAIRE:
        return {"limite": None, "en_retard": False}
    limite = declaree.le + timedelta(days=vie.jours_pour_signaler)
    return {"limite": limite, "en_retard": limite < aujourdhui()}


def _apercu(lu: Dossier, declaree: Rupture, cote: Cote) -> Apercu:
    juger_rupture(lu, declaree, maintenant(), cote)
    return apercu_de_rupture(lu, rupture_a_compter(lu, declaree, cote), maintenant())


def _phrase(cote: Cote, mots: Mots, *, rompu: bool) -> str:
    if cote == Cote.ENTREPRISE:
        return f"La rupture est déclarée. {mots.prestataire[0].upper()}{mots.prestataire[1:]} et l’OPCO sont prévenus."
    if rompu:
        return "Votre réponse est enregistrée. L’entreprise et l’OPCO sont prévenus."
    return "La rupture est signalée. L’entreprise la confirmera, l’OPCO est prévenu."
