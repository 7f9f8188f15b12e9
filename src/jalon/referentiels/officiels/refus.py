"""The one sentence of a file that cannot be imported."""

from pathlib import Path

from jalon.socle.erreurs import SaisieRefusee


def refus(chemin: Path, raison: str) -> SaisieRefusee:
    """« Le fichier X ne peut pas être importé : … »."""
    return SaisieRefusee(f"Le fichier {chemin.name} ne peut pas être importé\u00a0: {raison}.")
