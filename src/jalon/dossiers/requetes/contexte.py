"""What rules may know of a request: the register, the barème, what the company already used, the documents."""

from datetime import date, datetime
from functools import cache
from typing import TypeVar

from django.conf import settings

from jalon.dispositifs.base import Contexte
from jalon.dossiers import branchements
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.historique import comptes_de_l_historique
from jalon.dossiers.requetes.pieces import pieces_utilisables
from jalon.dossiers.requetes.registres import fiche_etablissement
from jalon.referentiels.enums import ReferentielOfficiel
from jalon.referentiels.paquet_alternance import jeu_alternance
from jalon.referentiels.requetes import (
    certification,
    idcc,
    jeu_de_regles,
    npec,
    organisme,
    referentiels_presents,
    reglages_de,
    uai,
)
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.dates import jour_de_paris

DELAI_DEPOT_PAR_DEFAUT = 30
T = TypeVar("T")


def sirens_de(acteur: Acteur, dossier: Dossier) -> frozenset[str]:
    """Companies that the actor may type such a request for, which names that provider."""
    perimetre = acteur.perimetre(dossier.droit(Niveau.SAISIE))
    sous_convention = {lieu[:9] for lieu, nomme in perimetre.couples if nomme == dossier.prestataire_siren}
    return perimetre.sirens | {siret[:9] for siret in perimetre.sirets} | sous_convention


def contexte_de(dossier: Dossier, maintenant: datetime, acteur: Acteur | None = None) -> Contexte:
    """The context of judgement. With `acteur`, the company must also be one that she files for.

    A register that was never loaded is None: rules that need it say so. Nothing is read before a rule asks.
    """
    presents = referentiels_presents()

    def si_present(referentiel: ReferentielOfficiel, lire: T) -> T | None:
        return lire if referentiel.value in presents else None

    return Contexte(
        aujourdhui=jour_de_paris(maintenant),
        regles=jeu_de_regles(dossier.dispositif),
        depose_le=jour_de_paris(dossier.transmis_le) if dossier.transmis_le else None,
        etablissement=cache(fiche_etablissement),
        idcc=cache(idcc),
        consommation=branchements.consommation,
        sirens=sirens_de(acteur, dossier) if acteur is not None else None,
        pieces=pieces_utilisables(dossier),
        opco=settings.JALON_OPCO_IDCC,
        alternance=jeu_alternance(),
        npec=cache(npec),
        certification=si_present(ReferentielOfficiel.RNCP, cache(certification)),
        organisme=si_present(ReferentielOfficiel.ORGANISMES, cache(organisme)),
        uai=si_present(ReferentielOfficiel.UAI, cache(uai)),
        **comptes_de_l_historique(dossier, acteur),
    )


def delai_de_depot(dispositif: str, jour: date) -> int:
    """The delay of deposit, in days, as set by the OPCO that day."""
    en_vigueur = reglages_de(dispositif).reglage(jour)
    return en_vigueur.delai_depot_jours if en_vigueur else DELAI_DEPOT_PAR_DEFAUT
