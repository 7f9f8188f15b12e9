"""Pure judgement on invoices: states, amounts, what was granted, what the certificate says."""

from jalon.facturation.regles.certificat import SaisieCertificat, controler_service_fait, verifier_certificat
from jalon.facturation.regles.echeances import Preuves, SuiviEcheance, SuiviEcheancier, preuves_exigees
from jalon.facturation.regles.etats import TABLE, page_des_etats
from jalon.facturation.regles.montants import (
    TAUX_TVA,
    LigneAccordee,
    Montants,
    SaisieFacture,
    beneficiaire,
    depassement,
    hors_taxes,
    normaliser_numero,
    part_accordee,
    verifier_facture,
)

__all__ = [
    "TABLE",
    "TAUX_TVA",
    "LigneAccordee",
    "Montants",
    "Preuves",
    "SaisieCertificat",
    "SaisieFacture",
    "SuiviEcheance",
    "SuiviEcheancier",
    "beneficiaire",
    "controler_service_fait",
    "depassement",
    "hors_taxes",
    "normaliser_numero",
    "page_des_etats",
    "part_accordee",
    "preuves_exigees",
    "verifier_certificat",
    "verifier_facture",
]
