"""A granted contrat d'apprentissage, made with the real actions: 01/09/2026 to 31/08/2028, level 5, 6 000 € a year."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from jalon.dispositifs.base import Rupture
from jalon.dossiers.actions import transmettre_dossier
from jalon.dossiers.models import Dossier
from jalon.engagements.models import EcheanceEngagement, Engagement
from jalon.instruction.actions import accorder_dossier, prendre_en_charge
from jalon.instruction.requetes import proposition_de
from jalon.socle.acteurs import Acteur
from tests.acteurs import FauxActeur, acteur_prestataire
from tests.dispositifs.apprentissage.demandes import reponses
from tests.dossiers.contrats import avec_ses_pieces, contrat_brouillon, saisir
from tests.dossiers.fabrique import SIREN, SIREN_OF, SIRET, aline, emma, relire

DEPOT = datetime(2026, 8, 26, 9, 0, tzinfo=UTC)
ACCORD = datetime(2026, 9, 5, 9, 0, tzinfo=UTC)
PENDANT = datetime(2027, 3, 10, 9, 0, tzinfo=UTC)
"""In the seventh month of the contract."""
TROIS_MOIS_AVANT = {
    "contrat__date_debut": date(2026, 12, 1), "contrat__date_pratique": date(2026, 12, 1), "formation__date_debut": date(2026, 12, 1),
    "remunerations": [
        {"ordre": "1.1", "date_debut": "2026-12-01", "date_fin": "2027-11-30", "taux": "100", "base": "SMIC"},
        {"ordre": "2.1", "date_debut": "2027-12-01", "date_fin": "2028-08-31", "taux": "100", "base": "SMIC"},
    ],
    "contrat__salaire": "1867.02",
}  # fmt: skip
"""A contract that begins on 01/12/2026."""


def driss(**autres: object) -> FauxActeur:
    """Somebody of the CFA, who manages contracts."""
    return acteur_prestataire(SIREN_OF, nom="Driss Essai", **autres)


def rempli(par: Acteur | None = None, *, siret: str = SIRET, le: datetime = DEPOT, **changements: Any) -> Dossier:
    """A complete draft, its documents attached."""
    acteur = par or aline()
    sections = reponses(**{"employeur__siret": siret, **changements})
    return avec_ses_pieces(saisir(contrat_brouillon(acteur, siret=siret, le=le), sections, acteur, le=le), le=le)


def transmis(par: Acteur | None = None, **changements: Any) -> Dossier:
    """A sent contract."""
    return transmettre_dossier(dossier_id=rempli(par, **changements).id, par=par or aline(), maintenant=DEPOT)


def en_instruction(par: Acteur | None = None, conseiller: Acteur | None = None, **changements: Any) -> Dossier:
    """A contract that the adviser has opened."""
    return prendre_en_charge(dossier_id=transmis(par, **changements).id, par=conseiller or emma(), maintenant=DEPOT)


def accorde(par: Acteur | None = None, conseiller: Acteur | None = None, **changements: Any) -> Dossier:
    """A granted contract."""
    dossier = en_instruction(par, conseiller, **changements)
    montants = {ligne.poste: ligne.montant_ht for ligne in proposition_de(dossier, ACCORD).lignes}
    accorder_dossier(dossier_id=dossier.id, montants_par_ligne=montants, par=conseiller or emma(), maintenant=ACCORD)
    return relire(dossier)


def engagement(dossier: Dossier) -> Engagement:
    """Its agreement."""
    lu: Engagement = Engagement.objects.tous("essai").get(dossier=dossier)
    return lu


def echeancier(dossier: Dossier) -> list[tuple[date, Decimal]]:
    """The payments in force."""
    en_vigueur = EcheanceEngagement.objects.filter(engagement__dossier=dossier, remplacee_le__isnull=True)
    return [(e.date_ouverture, e.montant) for e in en_vigueur.order_by("numero")]


def total(dossier: Dossier) -> Decimal:
    """Their sum."""
    return sum((montant for _, montant in echeancier(dossier)), Decimal("0.00"))


def accord_signe(le: date = date(2027, 3, 10), signe: date = date(2027, 3, 5), **plus: Any) -> Rupture:
    """Broken by agreement."""
    return Rupture(le=le, motif="accord", dates={"signature": signe}, **plus)


__all__ = ["SIREN", "SIREN_OF", "aline", "emma", "relire"]
