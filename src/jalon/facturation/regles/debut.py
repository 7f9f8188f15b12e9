"""A recent CFA: its advances wait for a proof that the training began (Code du travail, R6332-25, V)."""

from dataclasses import dataclass
from datetime import date

from jalon.dispositifs.base import Echeance
from jalon.socle.dates import formater_date, mois_apres

SOURCE = "Code du travail, R6332-25, V"
MOIS_D_UNE_DECLARATION_RECENTE = 6
TROISIEME_MOIS = 3
SANS_ATTESTATION = (
    "Joignez l’attestation de début de la formation\u00a0: votre déclaration d’activité a moins de six mois, "
    f"l’avance n’est payée qu’avec elle ({SOURCE})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DebutDuCfa:
    """What is asked of a CFA that day. `recent`: registered for less than six months. `attestee`: the proof came already.

    `pas_avant`: first day of the first payment, where the OPCO delays it to the third month of the contract.
    """

    recent: bool = False
    attestee: bool = False
    pas_avant: date | None = None

    def exige_l_attestation(self, echeance: Echeance) -> bool:
        """Whether the invoice of that payment comes with the proof: an advance, and none came before."""
        return self.recent and not self.attestee and not echeance.solde

    def ouverture(self, echeance: Echeance) -> date:
        """Day when that payment opens."""
        if self.pas_avant is None or echeance.numero != 1:
            return echeance.date_ouverture
        return max(echeance.date_ouverture, self.pas_avant)


SANS_CONDITION = DebutDuCfa()


def debut_du_cfa(enregistree_le: date, *, differe: bool, attestee: bool, debut: date | None, jour: date) -> DebutDuCfa:
    """Six months are counted from the registration to the day of the invoice; the third month, from the first day of the contract."""
    recent = jour < mois_apres(enregistree_le, MOIS_D_UNE_DECLARATION_RECENTE)
    if not recent:
        return SANS_CONDITION
    pas_avant = mois_apres(debut, TROISIEME_MOIS - 1) if differe and debut is not None else None
    return DebutDuCfa(recent=True, attestee=attestee, pas_avant=pas_avant)


def refus_de_la_declaration(enregistree_le: date, jour: date) -> str:
    """Why that day cannot be the one of a registration; empty when it can."""
    return "" if enregistree_le <= jour else f"Cette date est à venir\u00a0: le {formater_date(jour)} au plus tard"
