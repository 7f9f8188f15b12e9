"""Payments as companies, providers and the OPCO see them: « règlements »."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from jalon.dossiers.models import Dossier
from jalon.facturation.models import Facture
from jalon.reglements.models import Virement
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau, Portee, Profil

PAR_PAGE = 25
DERNIERS = 3
LECTURE = Droit(Domaine.REGLEMENTS, Niveau.LECTURE)


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
    """Up to 25 payments, and the cursor of the next page; empty when there is none."""

    reglements: list[Reglement]
    suivant: str = ""

    def __iter__(self) -> Iterator[Reglement]:
        return iter(self.reglements)

    def __len__(self) -> int:
        return len(self.reglements)


def reglements_visibles(acteur: Acteur, siren: str | None, curseur: str = "") -> PageReglements:
    """A page of the payments that the actor sees, newest first: of one SIREN, or of everything."""
    virements = _executes(acteur, siren)
    apres = _lire_curseur(curseur)
    if apres is not None:
        le, cle = apres
        virements = virements.filter(Q(execute_le__lt=le) | Q(execute_le=le, pk__lt=cle))
    lus = list(virements[: PAR_PAGE + 1])
    reste, lus = len(lus) > PAR_PAGE, lus[:PAR_PAGE]
    suivant = f"{lus[-1].execute_le:%Y%m%d}.{lus[-1].pk.hex}" if reste else ""
    return PageReglements([_reglement(v, acteur) for v in lus], suivant)


def derniers_reglements(acteur: Acteur, siren: str | None) -> list[Reglement]:
    """The three newest payments, for a home page."""
    return [_reglement(v, acteur) for v in _executes(acteur, siren)[:DERNIERS]]


def reglements_du_dossier(dossier: Dossier, acteur: Acteur) -> list[Reglement]:
    """Payments made on one request, newest first, if the actor may read them."""
    return [_reglement(v, acteur) for v in _executes(acteur, None).filter(facture__engagement__dossier=dossier)]


def reglement_de(facture: Facture, acteur: Acteur) -> Reglement | None:
    """The payment of an invoice, if it was made and the actor may read it."""
    virement = _executes(acteur, None).filter(facture=facture).first()
    return _reglement(virement, acteur) if virement is not None else None


def _executes(acteur: Acteur, siren: str | None) -> QuerySet[Virement]:
    virements: QuerySet[Virement] = Virement.objects.visibles_par(acteur).filter(execute_le__isnull=False)
    if siren is not None:
        virements = virements.filter(Q(siren=siren) | Q(prestataire_siren=siren))
    return virements.order_by("-execute_le", "-id")


def _reglement(virement: Virement, acteur: Acteur) -> Reglement:
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


def _lire_curseur(curseur: str) -> tuple[date, UUID] | None:
    jour, _, cle = curseur.partition(".")
    try:
        return date.fromisoformat(f"{jour[:4]}-{jour[4:6]}-{jour[6:]}"), UUID(cle)
    except ValueError:
        return None
