"""The file for the bank: pain.001.001.09, valid against the schema, with sums computed again from what was written.

Addresses are left out: unstructured ones are refused since 15/11/2026, and a SEPA transfer needs none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.resources import files
from xml.etree import ElementTree

import sepaxml
from sepaxml.transfer import SepaTransfer
from xmlschema import XMLSchema, XMLSchemaValidationError

from jalon.banque.regles import analyser_iban, choisir_bic
from jalon.reglements.regles import LONGUEUR_LIBELLE, LONGUEUR_NOM, texte_sepa
from jalon.socle.erreurs import SaisieRefusee, TransitionImpossible
from jalon.socle.montants import ZERO, en_centimes, euros

SCHEMA = "pain.001.001.09"
_A_REGLER = "Le compte de l’OPCO (réglage JALON_COMPTE_PAYEUR) est à corriger"
ESPACE = f"{{urn:iso:std:iso:20022:tech:xsd:{SCHEMA}}}"


class FichierRefuse(TransitionImpossible):
    """The file would not be, or is no longer, what was prepared: it does not leave (409)."""

    code = "fichier-bancaire-refuse"


@dataclass(frozen=True, slots=True)
class Payeur:
    """The OPCO's account."""

    nom: str
    iban: str
    bic: str


@dataclass(frozen=True, slots=True)
class LigneSepa:
    """One transfer, in cents."""

    end_to_end: str
    beneficiaire: str
    iban: str
    bic: str
    centimes: int
    libelle: str


def lire_payeur(reglage: Mapping[str, str]) -> Payeur:
    """The account of the settings (JALON_COMPTE_PAYEUR), checked as any other. Raises FichierRefuse."""
    try:
        lu = analyser_iban(reglage["iban"])
        bic = choisir_bic(reglage.get("bic", ""), lu)
    except (KeyError, SaisieRefusee) as erreur:
        raise FichierRefuse(f"{_A_REGLER}\u00a0: {erreur}") from erreur
    nom = texte_sepa(reglage.get("nom", ""), LONGUEUR_NOM)
    if not nom:
        raise FichierRefuse(f"{_A_REGLER}\u00a0: indiquez le nom du titulaire")
    return Payeur(nom, lu.iban, bic)


def composer(*, message_id: str, payeur: Payeur, lignes: Sequence[LigneSepa], date_execution: date, cree_le: datetime) -> bytes:
    """The bytes of the file, checked. Raises FichierRefuse."""
    config = {"name": payeur.nom, "IBAN": payeur.iban, "BIC": payeur.bic, "batch": True, "currency": "EUR"}
    transfert = SepaTransfer(config, schema=SCHEMA, clean=False)  # type: ignore[no-untyped-call]
    for ligne in lignes:
        transfert.add_payment(  # type: ignore[no-untyped-call]
            {
                "name": texte_sepa(ligne.beneficiaire, LONGUEUR_NOM),
                "IBAN": ligne.iban,
                "BIC": ligne.bic,
                "amount": ligne.centimes,
                "execution_date": date_execution,
                "description": texte_sepa(ligne.libelle, LONGUEUR_LIBELLE),
                "endtoend_id": ligne.end_to_end,
            }
        )
    octets = _identifier(transfert.export(validate=False), message_id, cree_le)  # type: ignore[no-untyped-call]
    verifier(octets, lignes)
    return octets


def _identifier(octets: bytes, message_id: str, cree_le: datetime) -> bytes:
    """sepaxml draws ids and dates at random: put those of the batch, so that the file says nothing that the batch does not."""
    racine = _lire(octets)
    valeurs = {
        "MsgId": message_id,
        "CreDtTm": cree_le.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "PmtInfId": f"{message_id}-1",
    }
    for balise, valeur in valeurs.items():
        for noeud in racine.iter(f"{ESPACE}{balise}"):
            noeud.text = valeur
    ElementTree.register_namespace("", ESPACE.strip("{}"))
    return bytes(ElementTree.tostring(racine, encoding="UTF-8", xml_declaration=True))


def _lire(octets: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(octets)  # noqa: S314 - our own bytes, just written


@lru_cache(maxsize=1)
def _schema() -> XMLSchema:
    return XMLSchema(str(files(sepaxml).joinpath("schemas", f"{SCHEMA}.xsd")))


def verifier(octets: bytes, lignes: Sequence[LigneSepa]) -> None:
    """Valid against the schema, and the same transfers, number and sum as prepared. Raises FichierRefuse."""
    try:
        _schema().validate(octets.decode())
    except XMLSchemaValidationError as erreur:
        raise FichierRefuse(f"Le fichier ne suit pas le schéma {SCHEMA}\u00a0: {erreur.reason}") from erreur
    racine = _lire(octets)
    ecrites = [
        (
            bloc.findtext(f"{ESPACE}PmtId/{ESPACE}EndToEndId"),
            bloc.findtext(f"{ESPACE}CdtrAcct/{ESPACE}Id/{ESPACE}IBAN"),
            en_centimes(euros(bloc.findtext(f"{ESPACE}Amt/{ESPACE}InstdAmt", "0"))),
        )
        for bloc in racine.iter(f"{ESPACE}CdtTrfTxInf")
    ]
    attendues = [(ligne.end_to_end, ligne.iban, ligne.centimes) for ligne in lignes]
    sommes = {euros(n.text or "0") for n in racine.iter(f"{ESPACE}CtrlSum")}
    nombres = {int(n.text or "0") for n in racine.iter(f"{ESPACE}NbOfTxs")}
    total = sum((euros(ligne.centimes) / 100 for ligne in lignes), ZERO)
    if ecrites != attendues or sommes != {euros(total)} or nombres != {len(lignes)}:
        raise FichierRefuse("Le fichier ne contient pas exactement les virements préparés")
