"""Formats of names, numbers and codes of people and organisations."""

import re

from jalon.dispositifs.types.formats import Format, nettoyer
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.identifiants import (
    analyser_nda,
    analyser_nir,
    analyser_numero_deca,
    analyser_siren,
    analyser_siret,
    analyser_uai,
    completer_nir,
    grouper,
    masquer_nir,
)


def lire_nom(texte: str) -> str:
    """A surname or first name: letters, spaces, hyphens, apostrophes. Raises SaisieRefusee."""
    net = nettoyer(texte).replace("'", "’")
    if any(c.isdigit() for c in net):
        raise SaisieRefusee("Un nom s’écrit sans chiffre")
    if not any(c.isalpha() for c in net) or not all(c.isalpha() or c in " -’.·" for c in net):
        raise SaisieRefusee("Un nom s’écrit avec des lettres, des espaces, des tirets et des apostrophes")
    return net


def lire_idcc(texte: str) -> str:
    """« 16 », « IDCC 0016 » -> « 0016 ». Raises SaisieRefusee."""
    net = re.sub(r"[\s.]|idcc", "", texte, flags=re.IGNORECASE)
    if not re.fullmatch(r"[0-9]{1,4}", net):
        raise SaisieRefusee("L’IDCC comporte 4 chiffres, par exemple 1979")
    return net.zfill(4)


def lire_code_postal(texte: str) -> str:
    """Five digits. Raises SaisieRefusee."""
    net = re.sub(r"\s", "", texte)
    if not re.fullmatch(r"[0-9]{5}", net):
        raise SaisieRefusee("Le code postal comporte 5 chiffres")
    return net


def lire_courriel(texte: str) -> str:
    """An address in lower case. Raises SaisieRefusee."""
    net = re.sub(r"\s", "", nettoyer(texte)).lower()
    if not re.fullmatch(r"[^@\s\"(),:;<>\[\]\\]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", net):
        raise SaisieRefusee("Écrivez une adresse complète, par exemple camille.ferrand@exemple.fr")
    return net


def lire_telephone(texte: str) -> str:
    """« 01.88 13 10 00 », « +33 (0)1 88… » -> « 0188131000 »; other countries keep their +. Raises SaisieRefusee."""
    net = re.sub(r"[\s.\-/]|\(0\)", "", texte)
    net = re.sub(r"^(?:\+|00)33", "0", net)
    net = re.sub(r"^00", "+", net)
    if not re.fullmatch(r"0[1-9][0-9]{8}|\+[0-9]{8,15}", net):
        raise SaisieRefusee("Le numéro de téléphone comporte 10 chiffres, par exemple 01\u00a023\u00a045\u00a067\u00a089")
    return net


def afficher_telephone(numero: str) -> str:
    """« 01 88 13 10 00 »."""
    if not numero.startswith("0"):
        return numero
    return "\u00a0".join(numero[i : i + 2] for i in range(0, 10, 2))


def lire_certification(texte: str) -> str:
    """« rncp 37 239 » -> « RNCP37239 ». Raises SaisieRefusee."""
    net = re.sub(r"[\s.\-_]", "", texte).upper()
    trouve = re.fullmatch(r"(RNCP|RS)0*([0-9]{1,5})", net)
    if not trouve:
        raise SaisieRefusee("Écrivez le code avec son répertoire, par exemple RNCP37239 ou RS5080")
    return f"{trouve.group(1)}{trouve.group(2)}"


def lire_rncp(texte: str) -> str:
    """« 37239 », « rncp 37239 » -> « RNCP37239 ». Raises SaisieRefusee."""
    net = re.sub(r"[\s.\-_]", "", texte).upper().removeprefix("RNCP").lstrip("0")
    if not re.fullmatch(r"[0-9]{1,5}", net):
        raise SaisieRefusee("Écrivez le code RNCP, par exemple RNCP37239")
    return f"RNCP{net}"


def lire_code_diplome(texte: str) -> str:
    """Eight characters of the nomenclature of diplomas (nine with a speciality). Raises SaisieRefusee."""
    net = re.sub(r"[\s.\-]", "", texte).upper()
    if not re.fullmatch(r"[0-9]{2}[0-9A-Z][0-9]{5}[A-Z]?", net):
        raise SaisieRefusee("Le code du diplôme comporte 8 caractères, par exemple 32031309")
    return net


def lire_nsf(texte: str) -> str:
    """Three digits of the nomenclature of specialities, with its letter or not: « 334 », « 334t ». Raises SaisieRefusee."""
    net = re.sub(r"[\s.]", "", texte).lower()
    if not re.fullmatch(r"[1-4][0-9]{2}[a-z]?", net):
        raise SaisieRefusee("La spécialité de formation comporte 3 chiffres, par exemple 334")
    return net


def lire_naf(texte: str) -> str:
    """« 5610A » -> « 56.10A ». Raises SaisieRefusee."""
    net = re.sub(r"[\s.]", "", texte).upper()
    if not re.fullmatch(r"[0-9]{4}[A-Z]", net):
        raise SaisieRefusee("Le code d’activité comporte 4 chiffres et une lettre, par exemple 56.10A")
    return f"{net[:2]}.{net[2:]}"


def lire_numero_voie(texte: str) -> str:
    """« 12 bis »; never begins with 0. Raises SaisieRefusee."""
    net = nettoyer(texte)
    if not re.fullmatch(r"[1-9][0-9]{0,4}(?:[ -]?[A-Za-z]{1,6})?(?:[-/ ][0-9]{1,5}[A-Za-z]?)?", net):
        raise SaisieRefusee("Écrivez le numéro de la voie, par exemple 12 ou 12 bis")
    return net


def lire_departement(texte: str) -> str:
    """« 83 » -> « 083 », « 2A » -> « 02A », « 99 » -> « 099 » (born abroad). Raises SaisieRefusee."""
    net = re.sub(r"\s", "", texte).upper().lstrip("0")
    connu = net in {"2A", "2B", "99"} or re.fullmatch(r"[1-9]|[1-8][0-9]|9[0-5]|97[1-8]|98[4-8]", net)
    if not connu or net == "20":
        raise SaisieRefusee("Écrivez le numéro du département de naissance, par exemple 083, 02A ou 974\u00a0; 099 à l’étranger")
    return net.zfill(3)


NSF = Format("nsf", lire_nsf, longueur=8)
NAF = Format("naf", lire_naf, longueur=10)
NUMERO_VOIE = Format("texte", lire_numero_voie, longueur=20)
DEPARTEMENT = Format("departement", lire_departement, longueur=6)
CODE_DIPLOME = Format("code_diplome", lire_code_diplome, longueur=15)
RNCP = Format("rncp", lire_rncp, longueur=20)
UAI = Format("uai", analyser_uai, longueur=12)
NUMERO_DECA = Format("deca", analyser_numero_deca, longueur=25)
NIR_SANS_CLE = Format("nir", completer_nir, afficher=masquer_nir, clavier="text", longueur=40)
NOM = Format("texte", lire_nom, longueur=80)
SIREN = Format("siren", analyser_siren, afficher=grouper, clavier="numeric", longueur=30)
SIRET = Format("siret", analyser_siret, afficher=grouper, clavier="numeric", longueur=40)
NDA = Format("nda", analyser_nda, clavier="numeric", longueur=30)
NIR = Format("nir", analyser_nir, afficher=masquer_nir, clavier="text", longueur=40)
IDCC = Format("idcc", lire_idcc, clavier="numeric", longueur=12)
CODE_POSTAL = Format("code_postal", lire_code_postal, clavier="numeric", longueur=10)
COURRIEL = Format("courriel", lire_courriel, clavier="email", longueur=254)
TELEPHONE = Format("telephone", lire_telephone, afficher=afficher_telephone, clavier="tel", longueur=30)
CERTIFICATION = Format("certification", lire_certification, longueur=20)
