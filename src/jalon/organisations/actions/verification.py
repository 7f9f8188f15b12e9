"""A SIREN that the register does not know: used at once, verified later by the OPCO."""

from datetime import datetime

from django.db import transaction

from jalon.journal.actions import noter
from jalon.organisations.actions.affectation import attribuer_portefeuilles
from jalon.organisations.enums import SourceOrganisation
from jalon.organisations.models import Organisation
from jalon.organisations.regles import DENOMINATION_NON_PUBLIEE
from jalon.organisations.sirene.texte import LONGUEUR_RECHERCHE
from jalon.socle.acteurs import Acteur, Domaine, Portee, Pouvoir
from jalon.socle.erreurs import Introuvable, SaisiesRefusees, TransitionImpossible
from jalon.socle.identifiants import analyser_siren
from jalon.socle.texte import normaliser


def declarer_organisation_inconnue(*, siren: str, par: Acteur, maintenant: datetime) -> Organisation:
    """Make sure that the SIREN exists here: one that the register does not know is « à vérifier ». Idempotent.

    Raises: SaisieRefusee (not a SIREN).
    """
    siren = analyser_siren(siren)
    with transaction.atomic():
        organisation, creee = Organisation.objects.get_or_create(
            siren=siren, defaults={"denomination": DENOMINATION_NON_PUBLIEE, "source": SourceOrganisation.A_VERIFIER}
        )
        if creee:
            attribuer_portefeuilles(sirens=[siren])
            organisation.refresh_from_db()
            noter("organisation.declaree", par=par, portee=_portee(organisation), objet=organisation, le=maintenant)
    return organisation


def verifier_organisation(*, siren: str, denomination: str, preuve: str, par: Acteur, maintenant: datetime) -> Organisation:
    """Confirm a SIREN « à vérifier », with its name and the proof that was seen.

    Raises: Introuvable (unknown, or outside the portefeuilles of the actor), DroitManquant (seen, not allowed),
    TransitionImpossible (nothing to verify), SaisiesRefusees (name or proof missing).
    """
    denomination, preuve = " ".join(denomination.split()), preuve.strip()
    with transaction.atomic():
        organisation = Organisation.objects.select_for_update().filter(siren=siren).first()
        vus = par.portefeuilles(Pouvoir.CONSULTER) | par.portefeuilles(Pouvoir.VERIFIER_ORGANISATION)
        if organisation is None or organisation.portefeuille_id not in vus:
            raise Introuvable
        par.exiger_pouvoir(Pouvoir.VERIFIER_ORGANISATION, organisation.portefeuille_id)
        if not organisation.a_verifier:
            raise TransitionImpossible("Cette organisation est déjà vérifiée : il n’y a plus rien à faire.")
        _exiger_remplis(denomination, preuve)
        organisation.denomination = denomination
        organisation.recherche = normaliser(denomination)[:LONGUEUR_RECHERCHE]
        organisation.preuve = preuve
        organisation.source = SourceOrganisation.VERIFIEE
        organisation.save(update_fields=["denomination", "recherche", "preuve", "source"])
        noter(
            "organisation.verifiee",
            par=par,
            portee=_portee(organisation),
            objet=organisation,
            le=maintenant,
            details={"denomination": denomination},
        )
    return organisation


def _exiger_remplis(denomination: str, preuve: str) -> None:
    manques = {}
    if not denomination:
        manques["denomination"] = "Indiquez la dénomination de l’organisation"
    if not preuve:
        manques["preuve"] = "Indiquez la preuve que vous avez vue, par exemple « Kbis du 12/11/2026 »"
    if manques:
        raise SaisiesRefusees(manques)


def _portee(organisation: Organisation) -> Portee:
    return Portee(siren=organisation.siren, portefeuille_id=organisation.portefeuille_id, domaine=Domaine.ACCES)
