"""Who is paid, where the law does not say it (complements.md §5.5)."""

from jalon.dispositifs.base import Contexte, ModePaiement

FONDS = "alternance"
"""None of the funds for which the reform of 1 October 2026 keeps the payment of the provider."""


def payeur(contexte: Contexte, *, interne: bool) -> tuple[ModePaiement, str]:
    """The mode and its reason, by the rule in force today: that is the day of the first agreement when the OPCO decides."""
    if interne:
        return ModePaiement.REMBOURSEMENT, "Formation interne\u00a0: l’entreprise est remboursée."
    regle = contexte.regles.mode(FONDS, integral=True, jour=contexte.aujourdhui)
    if regle is None or not regle.subrogation_possible:
        motif = regle.motif if regle else "Aucune règle de subrogation n’est en vigueur\u00a0: l’entreprise est remboursée."
        return ModePaiement.REMBOURSEMENT, motif
    return ModePaiement.SUBROGATION, regle.motif
