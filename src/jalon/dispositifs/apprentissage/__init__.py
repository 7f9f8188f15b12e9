"""Contrat d'apprentissage: the pay and the money of the contract, as pure functions on dated rules."""
