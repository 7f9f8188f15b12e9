"""Payments as companies, providers and the OPCO see them: « règlements »."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from jalon.dossiers.models import Dossier
from jalon.facturation.models import Facture
from jalon.reglements.models import Virement
from jalon.reglements.requetes.listes import LECTURE, FiltreReglements, executes, page_de_reglements
from jalon.socle.acteurs import Acteur, Portee, Profil

DERNIERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reglement:
    """One payment made. `reference`: the bank's; `end_to_end`: what the beneficiary's bank shows.

    `compte`, masked, is shown to its beneficiary and to the OPCO; empty for the other side.
    """

    facture_id: UUID
    facture_numero: str
    dossier_numero: str
    beneficiaire: str
    montant: Decimal
    date_execution: date
    reference: str
    end_to_end: str
    compte: str


@dataclass(frozen=True, slots=True)
class PageReglements:
    """Up to 25 payments, and the cursors of the pages around; empty when there is none. `lignes`: the rows that they were read from."""

    reglements: list[Reglement]
    suivant: str = ""
    precedent: str = ""
    lignes: list[Virement] = field(default_factory=list)

    def __iter__(self) -> Iterator[Reglement]:
        return iter(self.reglements)

    def __len__(self) -> int:
        return len(self.reglements)


def reglements_visibles(
    acteur: Acteur, siren: str | None, curseur: str = "", filtre: FiltreReglements | None = None
) -> PageReglements:
    """A page of the payments that the actor sees, newest first unless the filter says otherwise: of one SIREN, or of everything."""
    page = page_de_reglements(acteur, siren, filtre or FiltreReglements(), curseur)
    return PageReglements([reglement(v, acteur) for v in page.lignes], page.suivant, page.precedent, page.lignes)


def derniers_reglements(acteur: Acteur, siren: str | None) -> list[Reglement]:
    """The three newest payments, for a home page."""
    return [reglement(v, acteur) for v in _executes(acteur, siren)[:DERNIERS]]


def reglements_du_dossier(dossier: Dossier, acteur: Acteur) -> list[Reglement]:
    """Payments made on one request, newest first, if the actor may read them."""
    return [reglement(v, acteur) for v in _executes(acteur, None).filter(facture__engagement__dossier=dossier)]


def reglement_de(facture: Facture, acteur: Acteur) -> Reglement | None:
    """The payment of an invoice, if it was made and the actor may read it."""
    virement = _executes(acteur, None).filter(facture=facture).first()
    return reglement(virement, acteur) if virement is not None else None


def _executes(acteur: Acteur, siren: str | None) -> QuerySet[Virement]:
    virements = executes(acteur)
    if siren is not None:
        virements = virements.filter(Q(siren=siren) | Q(prestataire_siren=siren))
    return virements.order_by("-execute_le", "-id")


def reglement(virement: Virement, acteur: Acteur) -> Reglement:
    """A line of payment, as the actor reads it. Raises LookupError before it is executed."""
    cote = Portee(siren=virement.siren, siret=virement.siret, portefeuille_id=virement.portefeuille_id)
    if virement.beneficiaire_profil == Profil.PRESTATAIRE:
        cote = Portee(prestataire_siren=virement.prestataire_siren, portefeuille_id=virement.portefeuille_id)
    if virement.execute_le is None:
        raise LookupError("un règlement est un virement exécuté")
    return Reglement(
        facture_id=virement.facture_id,
        facture_numero=virement.facture_numero,
        dossier_numero=virement.dossier_numero,
        beneficiaire=virement.beneficiaire,
        montant=virement.montant,
        date_execution=virement.execute_le,
        reference=virement.reference,
        end_to_end=virement.end_to_end,
        compte=virement.iban_masque if acteur.perimetre(LECTURE).couvre(cote) else "",
    )
