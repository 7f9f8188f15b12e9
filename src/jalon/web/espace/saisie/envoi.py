"""The last look: every reason, then the sending, of a draft or of a complement."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.dispositifs.base import Anomalie
from jalon.dispositifs.lecture import verifier as verifier_reponses
from jalon.dossiers.actions import completer_dossier, transmettre_dossier
from jalon.dossiers.regles import DossierIncomplet, cases_ouvertes
from jalon.dossiers.requetes import portee_entreprise, reporter_les_limites
from jalon.socle.acteurs import Niveau
from jalon.socle.erreurs import TransitionImpossible
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.composants.acces import espace, page
from jalon.web.espace.saisie.formulaires import lignes_de, par_page
from jalon.web.espace.saisie.ouverture import Saisie, ouvrir_saisie
from jalon.web.espace.saisie.presentation import url_section

POINTS_MONTRES = 50
"""Of each kind: a list of 2,000 people may have thousands of them."""


def lien_de(saisie: Saisie, anomalie: Anomalie) -> str:
    """Address of the very box that an anomaly speaks of."""
    section, _, reste = anomalie.cases[0].partition(".")
    if section == "pieces":
        return f"{url_section(saisie.dossier, saisie.ici.siren, 'pieces')}#piece-{reste}"
    rang, _, nom = reste.rpartition(".")
    base = url_section(saisie.dossier, saisie.ici.siren, section)
    if not rang:
        return f"{base}?erreurs=1#id_{nom}"
    cible = saisie.dispositif.section(section)
    taille = par_page(cible, len(lignes_de(saisie.reponses, cible)))
    return f"{base}?erreurs=1&page={int(rang) // taille + 1}#id_{section}-{rang}-{nom}"


@page(espace(None, Niveau.LECTURE))
def verifier(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """Everything that is missing or wrong, each linked to its box."""
    return _montrer(request, ouvrir_saisie(request, siren, dossier_id))


def _montrer(request: HttpRequest, saisie: Saisie, refus: DossierIncomplet | None = None) -> HttpResponse:
    if not saisie.dossier.est_brouillon and saisie.complement is None:
        return redirect("espace_dossier", siren=saisie.ici.siren, dossier_id=saisie.dossier.pk)
    reporter_les_limites([saisie.dossier])
    verification = verifier_reponses(saisie.dispositif, saisie.reponses, saisie.contexte, lue=saisie.lue)
    bloquantes: Sequence[Anomalie] = verification.bloquantes
    if saisie.complement is not None:
        bloquantes = cases_ouvertes(saisie.complement.ouvertes, saisie.complement.pieces, verification.anomalies)
    if refus is not None:
        bloquantes = [*bloquantes, *(a for a in refus.anomalies if a not in bloquantes)]
    droit = saisie.dossier.droit(Niveau.ENVOI)
    peut = saisie.ici.acteur.peut(droit, portee_entreprise(saisie.dossier))
    contexte = {
        **saisie.autour("verifier"),
        "jour": aujourdhui(),
        "bloquantes": [(lien_de(saisie, a), a) for a in bloquantes[:POINTS_MONTRES]],
        "points_de_plus": max(len(bloquantes) - POINTS_MONTRES, 0),
        "nombre_de_points": len(bloquantes),
        "avertissements_controles": [(lien_de(saisie, a), a) for a in verification.avertissements[:POINTS_MONTRES]],
        "erreurs": bloquantes[:POINTS_MONTRES] if refus is not None else [],
        "peut_envoyer": peut,
        "phrase_droit": "" if peut else saisie.ici.acteur.phrase_droit_manquant(droit, saisie.ici.siren),
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if refus is not None else HTTPStatus.OK
    return render(request, "espace/saisie/verifier.html", contexte, status=statut)


@page(espace(None, Niveau.LECTURE, "POST"))
def transmettre(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """Send to the OPCO; what prevents it is listed, and the draft stays whole. A double click leads to the sent request."""
    saisie = ouvrir_saisie(request, siren, dossier_id, Niveau.LECTURE)
    envoyer = completer_dossier if saisie.complement is not None else transmettre_dossier
    try:
        envoyer(dossier_id=dossier_id, par=saisie.ici.acteur, maintenant=maintenant())
    except DossierIncomplet as refus:
        return _montrer(request, saisie, refus)
    except TransitionImpossible:
        if saisie.dossier.est_brouillon:
            raise
    return redirect("espace_dossier", siren=siren, dossier_id=dossier_id)
