"""What a rupture or an avenant changes in the payments of a contract, as the portal shows it before it is confirmed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from jalon.dispositifs.apprentissage.convention import DemandeApprentissage
from jalon.dispositifs.apprentissage.financement import DonneesFinancement, Reprise, Tranche
from jalon.dispositifs.apprentissage.financement import Rupture as RuptureFinancee
from jalon.dispositifs.apprentissage.financement import reprendre as reprendre_le_contrat
from jalon.dispositifs.apprentissage.financement import rompre as rompre_le_contrat
from jalon.dispositifs.apprentissage.prise_en_charge import BAREME, donnees, estimation_du_portail
from jalon.dispositifs.apprentissage.vie.ruptures import dans_les_45_jours
from jalon.dispositifs.base import Contexte, charge
from jalon.dispositifs.base.vie import Accordes, EffetSurArgent, Rupture
from jalon.socle.baremes_alternance import JeuAlternance

Versions = Sequence[DemandeApprentissage]
"""The contract as it was granted, then after each avenant."""
SANS_ACCORD: Accordes = {}
"""The law sets what is paid of an apprenticeship: what was granted is not read."""


def rompre(
    versions: Versions, contexte: Contexte, rupture: Rupture, deja_verse: Decimal, accordes: Accordes = SANS_ACCORD
) -> EffetSurArgent:
    """The days done, those of the teaching that goes on, and what is left to pay. Raises as `financement`, and SaisieRefusee."""
    del accordes
    contrat = versions[-1]
    financee = RuptureFinancee(
        le=rupture.le,
        periode_essai=dans_les_45_jours(contrat, rupture),
        formation_jusqu_au=rupture.formation_jusqu_au,
    )
    effet = rompre_le_contrat(donnees_du_contrat(versions, contexte), _jeu(contexte), financee, deja_verse)
    return _effet(contrat, contexte, effet.reprise, effet.jours_du_contrat, effet.jours_maintenus)


def reprendre(versions: Versions, contexte: Contexte, deja_verse: Decimal, accordes: Accordes = SANS_ACCORD) -> EffetSurArgent:
    """The contract as its last avenant leaves it. Raises as `financement`, and SaisieRefusee."""
    del accordes
    contrat = versions[-1]
    reprise = reprendre_le_contrat(donnees_du_contrat(versions, contexte), _jeu(contexte), deja_verse)
    return _effet(contrat, contexte, reprise, (contrat.contrat.date_fin - contrat.contrat.date_debut).days + 1, 0)


def donnees_du_contrat(versions: Versions, contexte: Contexte) -> DonneesFinancement:
    """The last version, under the rules and the level of the day of conclusion; another diploma brings its own level from its
    day of effect on (D6224-5). Neither another branch nor another employer changes the level of a contract that runs."""
    initiales, actuelles = donnees(versions[0], contexte), donnees(versions[-1], contexte)
    return replace(
        actuelles,
        conclusion=initiales.conclusion,
        niveau=initiales.niveau,
        idcc=initiales.idcc,
        npec=initiales.npec,
        npec_source=initiales.npec_source,
        employeur_apres_rupture=initiales.employeur_apres_rupture,
        tranches=tuple(_tranches(versions, contexte, initiales)),
    )


def _tranches(versions: Versions, contexte: Contexte, initiales: DonneesFinancement) -> Iterator[Tranche]:
    for avant, apres in pairwise(versions):
        effet = apres.contrat.date_effet
        if effet is not None and (avant.formation.rncp, avant.formation.diplome) != (
            apres.formation.rncp,
            apres.formation.diplome,
        ):
            niveau = contexte.npec(apres.formation.rncp, initiales.idcc, initiales.conclusion) if contexte.npec else None
            if niveau is not None:
                yield Tranche(du=effet, npec=niveau.montant, source=niveau.source)
            else:
                amorcage = _jeu(contexte).amorcage(donnees(apres, contexte).niveau, initiales.conclusion, initiales.idcc)
                yield Tranche(du=effet, npec=amorcage.montant, source=amorcage.reference)


def _jeu(contexte: Contexte) -> JeuAlternance:
    return charge(contexte.alternance, BAREME)


def _effet(contrat: DemandeApprentissage, contexte: Contexte, reprise: Reprise, faits: int, maintenus: int) -> EffetSurArgent:
    return EffetSurArgent(
        estimation=estimation_du_portail(contrat, reprise.estimation, _jeu(contexte)),
        deja_verse=reprise.deja_verse,
        a_verser=reprise.a_verser,
        trop_verse=reprise.trop_verse,
        jours_du_contrat=faits,
        jours_maintenus=maintenus,
    )
