"""Contrat d'apprentissage: CERFA 10103*14 (FA13)."""
