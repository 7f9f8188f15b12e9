"""Writes of the register, of adherents and of portefeuilles."""

from jalon.organisations.actions.adherents import importer_adherents
from jalon.organisations.actions.affectation import attribuer_portefeuilles
from jalon.organisations.actions.portefeuilles import importer_portefeuilles
from jalon.organisations.actions.registre import importer_registre
from jalon.organisations.actions.verification import declarer_organisation_inconnue, verifier_organisation

__all__ = [
    "attribuer_portefeuilles",
    "declarer_organisation_inconnue",
    "importer_adherents",
    "importer_portefeuilles",
    "importer_registre",
    "verifier_organisation",
]
