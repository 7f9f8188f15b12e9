"""Contrat de professionnalisation: CERFA 12434 (EJ20)."""
