"""What `jalon verifier` says of the official referentials."""

from collections.abc import Iterator

from jalon.cli.constats import Constat, Verdict
from jalon.cli.progression import nombre
from jalon.referentiels.requetes import referentiels_charges
from jalon.socle.dates import formater_date


def referentiels() -> Iterator[Constat]:
    """Which are loaded, and of which date. One that lacks never prevents filing: rules that read it only warn."""
    for etat in referentiels_charges():
        if etat.edition is None or etat.importe_le is None:
            phrase = f"Absent\u00a0: les contrôles qui le lisent se taisent ou avertissent. Lancez «\u00a0{etat.commande}\u00a0»."
            yield Constat(Verdict.ATTENTION, etat.libelle, phrase)
        else:
            phrase = (
                f"Édition du {formater_date(etat.edition)} ({etat.fichier}, {nombre(etat.lus)} lignes), "
                f"importée le {formater_date(etat.importe_le)}."
            )
            yield Constat(Verdict.BON, etat.libelle, phrase)
