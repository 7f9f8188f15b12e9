"""Who must act, by when, why: stored at each move, read by lists, pages, tasks and e-mails."""

from dataclasses import dataclass
from datetime import date, timedelta

from jalon.dossiers.enums import Partie
from jalon.socle.baremes import ModePaiement
from jalon.socle.dates import formater_jour

LONGUEUR_MOTIF = 200
DELAI_CIBLE = timedelta(days=30)
"""When the law sets no delay: the OPCO's own target (complements.md §5.4), so that a queue always has an order."""


@dataclass(frozen=True, slots=True)
class Attente:
    """`motif` is what they must do, in the infinitive."""

    qui: Partie = Partie.PERSONNE
    avant: date | None = None
    motif: str = ""


SANS_ATTENTE = Attente()


def attente_brouillon(limite: date | None) -> Attente:
    """The company finishes its draft; `limite`: the last day to send it, once the first day is known."""
    return Attente(Partie.ENTREPRISE, limite, "Terminer et transmettre le dossier")


def attente_transmis(complet_le: date, delai: timedelta | None) -> Attente:
    """The OPCO opens the request."""
    return Attente(Partie.OPCO, complet_le + (delai or DELAI_CIBLE), "Prendre en charge le dossier")


def attente_instruction(complet_le: date, delai: timedelta | None) -> Attente:
    """The OPCO decides, counted from the day the request was complete."""
    return Attente(Partie.OPCO, complet_le + (delai or DELAI_CIBLE), "Décider de la demande")


def attente_complement(echeance: date, objets: list[str]) -> Attente:
    """The company completes; `objets` names what is asked, the first one is quoted."""
    premier, *suite = objets
    autres = f" et {len(suite)} autre{'s' * (len(suite) > 1)} élément{'s' * (len(suite) > 1)}" if suite else ""
    return Attente(Partie.ENTREPRISE, echeance, f"Compléter\u00a0: {premier}{autres}"[:LONGUEUR_MOTIF])


def attente_accord(mode: ModePaiement) -> Attente:
    """Whoever is paid sends the invoice, once the training is done."""
    qui = Partie.PRESTATAIRE if mode == ModePaiement.SUBROGATION else Partie.ENTREPRISE
    return Attente(qui, None, "Envoyer la facture et le certificat de réalisation")


def retard_depuis(attente: Attente, jour: date) -> date | None:
    """The first day after the last one that was left; None while there is time."""
    return attente.avant + timedelta(days=1) if attente.avant is not None and attente.avant < jour else None


def attente_rupture() -> Attente:
    """The provider of a broken contract says until when it teaches, then invoices what was done."""
    return Attente(Partie.PRESTATAIRE, None, "Dire si la formation continue, puis envoyer la facture des jours faits")


def prochaine_etape(attente: Attente, jour: date) -> str:
    """« Réponse de l’OPCO avant le 3 déc. », « Compléter : Programme avant le mer. 25 nov. », « Aucune ».

    What the company should have done already: « Terminer et transmettre le dossier, en retard depuis le 8 sept. ».
    """
    if attente.qui == Partie.PERSONNE:
        return "Aucune"
    phrase = "Réponse de l’OPCO" if attente.qui == Partie.OPCO else attente.motif
    retard = retard_depuis(attente, jour)
    if retard is not None and attente.qui == Partie.ENTREPRISE:
        return f"{phrase}, en retard depuis le {formater_jour(retard, jour)}"
    return f"{phrase} avant le {formater_jour(attente.avant, jour)}" if attente.avant else phrase
