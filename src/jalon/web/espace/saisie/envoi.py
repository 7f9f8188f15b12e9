"""The last look: every reason, then the sending."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.dispositifs.base import Anomalie
from jalon.dispositifs.lecture import verifier as verifier_reponses
from jalon.dossiers.actions import transmettre_dossier
from jalon.dossiers.regles import DossierIncomplet
from jalon.socle.acteurs import Droit, Niveau
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import espace, page
from jalon.web.espace.saisie.presentation import url_section
from jalon.web.espace.saisie.sections import Saisie, ouvrir_saisie


def lien_de(saisie: Saisie, anomalie: Anomalie) -> str:
    """Address of the very box that an anomaly speaks of."""
    section, _, reste = anomalie.cases[0].partition(".")
    if section == "pieces":
        return f"{url_section(saisie.dossier, saisie.ici.siren, 'pieces')}#piece-{reste}"
    rang, _, nom = reste.rpartition(".")
    base = url_section(saisie.dossier, saisie.ici.siren, section)
    if not rang:
        return f"{base}?erreurs=1#id_{nom}"
    return f"{base}?erreurs=1&page={int(rang) // 20 + 1}#id_{section}-{rang}-{nom}"


@page(espace(None, Niveau.LECTURE))
def verifier(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """Everything that is missing or wrong, each linked to its box, and the summary of the answers."""
    return _montrer(request, ouvrir_saisie(request, siren, dossier_id))


def _montrer(request: HttpRequest, saisie: Saisie, statut: int = 200) -> HttpResponse:
    verification = verifier_reponses(saisie.dispositif, saisie.reponses, saisie.contexte)
    peut = saisie.ici.acteur.peut(Droit(saisie.dispositif.famille, Niveau.ENVOI), saisie.dossier.portee)
    contexte = {
        **saisie.autour("verifier"),
        "bloquantes": [(lien_de(saisie, a), a) for a in verification.bloquantes],
        "avertissements_controles": [(lien_de(saisie, a), a) for a in verification.avertissements],
        "peut_envoyer": peut,
        "phrase_droit": ""
        if peut
        else saisie.ici.acteur.phrase_droit_manquant(Droit(saisie.dispositif.famille, Niveau.ENVOI), saisie.ici.siren),
    }
    return render(request, "espace/saisie/verifier.html", contexte, status=statut)


@page(espace(None, Niveau.LECTURE, "POST"))
def transmettre(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """Send to the OPCO; what prevents it is listed, and the draft stays whole."""
    saisie = ouvrir_saisie(request, siren, dossier_id, Niveau.LECTURE)
    try:
        transmettre_dossier(dossier_id=dossier_id, par=saisie.ici.acteur, maintenant=maintenant())
    except DossierIncomplet:
        return _montrer(request, saisie, 422)
    return redirect("espace_dossier", siren=siren, dossier_id=dossier_id)
