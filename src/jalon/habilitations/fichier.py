"""The file of rights: one line per person × perimeter × domain, the same out and in. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from jalon.dispositifs.registre import dispositifs_de, nom_de
from jalon.habilitations.regles import DemandeDroit, droit_sur
from jalon.socle.acteurs import LIBELLES_DOMAINES, LIBELLES_NIVEAUX, Domaine
from jalon.socle.dates import analyser_date, formater_date
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.tableur import ecrire_csv, lire_csv
from jalon.socle.texte import normaliser

COLONNES = ("adresse", "nom", "perimetre", "domaine", "dispositif", "niveau", "debut", "fin")
OBLIGATOIRES = ("adresse", "perimetre", "domaine", "niveau")
TOUT = "toute l'organisation"
GROUPE = "groupe"
"""Before the name of a group, in the column of perimeters."""
LIGNES_MAX = 5_000
_DOMAINES = {normaliser(nom): d for d, libelle in LIBELLES_DOMAINES.items() for nom in (libelle, d.value)}
_NIVEAUX = {normaliser(libelle): n for n, libelle in LIBELLES_NIVEAUX.items()}


@dataclass(frozen=True, slots=True)
class LigneLue:
    """A right asked for an address; `numero`: its line in the file."""

    numero: int
    adresse: str
    droit: DemandeDroit


@dataclass(frozen=True, slots=True)
class Refus:
    """A line that cannot be applied, and why."""

    numero: int
    raison: str


def ecrire(droits: Iterable[tuple[str, str, DemandeDroit]], groupes: Mapping[str, str]) -> str:
    """The file of (address, name, right); `groupes`: their names by id."""
    return ecrire_csv(
        COLONNES,
        (
            (
                adresse,
                nom,
                _en_perimetre(droit, groupes),
                LIBELLES_DOMAINES[droit.domaine],
                nom_de(droit.dispositif) if droit.dispositif else "",
                LIBELLES_NIVEAUX[droit.niveau],
                _en_texte(droit.a_partir_du),
                _en_texte(droit.jusqu_au),
            )
            for adresse, nom, droit in droits
        ),
    )


def _en_perimetre(droit: DemandeDroit, groupes: Mapping[str, str]) -> str:
    return f"{GROUPE} {groupes[droit.lieu]}" if droit.groupe is not None else droit.siret or TOUT


def _en_texte(jour: date | None) -> str:
    return formater_date(jour) if jour is not None else ""


def lire(contenu: str, groupes: Mapping[str, str]) -> tuple[list[LigneLue], list[Refus]]:
    """Lines read, and lines that cannot be, with their reason; `groupes`: their names by id. Raises SaisieRefusee for the file as a whole."""
    lignes = lire_csv(contenu)
    if not lignes:
        raise SaisieRefusee("Ce fichier ne contient aucune ligne", champ="fichier")
    if len(lignes) > LIGNES_MAX:
        raise SaisieRefusee(f"Un fichier compte {LIGNES_MAX} lignes au plus", champ="fichier")
    manquent = [colonne for colonne in OBLIGATOIRES if colonne not in lignes[0][1]]
    if manquent:
        raise SaisieRefusee(f"Il manque la colonne «\u00a0{manquent[0]}\u00a0». Partez du fichier exporté", champ="fichier")
    par_nom = {normaliser(nom): ident for ident, nom in groupes.items()}
    lues, refus = [], []
    for numero, cellules in lignes:
        try:
            lues.append(LigneLue(numero, cellules["adresse"].lower(), lire_droit(cellules, par_nom)))
        except SaisieRefusee as erreur:
            refus.append(Refus(numero, erreur.message))
    return lues, refus


def lire_lieu(perimetre: str, groupes: Mapping[str, str] | None = None) -> str:
    """Empty for the whole organisation, a SIRET, or the id of « groupe Région Sud » among `groupes` (id by normalised name; None where
    there are none). Raises SaisieRefusee.
    """
    mots = normaliser(perimetre)
    if mots == normaliser(TOUT):
        return ""
    if groupes is not None and mots.startswith(f"{GROUPE} "):
        nom = mots.removeprefix(f"{GROUPE} ")
        if nom not in groupes:
            raise SaisieRefusee(f"Aucun groupe de cette entreprise ne s’appelle «\u00a0{perimetre[len(GROUPE) :].strip()}\u00a0»")
        return groupes[nom]
    siret = perimetre.replace(" ", "").replace("\u00a0", "")
    if not siret.isdecimal():
        ou_un_groupe = f", «\u00a0{GROUPE}\u00a0» suivi de son nom," if groupes is not None else ","
        raise SaisieRefusee(f"Écrivez le périmètre en SIRET{ou_un_groupe} ou «\u00a0{TOUT}\u00a0»")
    return siret


def lire_droit(cellules: Mapping[str, str], groupes: Mapping[str, str] | None = None) -> DemandeDroit:
    """The box of a line: perimeter, domain, level, days, and a dispositif alone if it names one. Raises SaisieRefusee."""
    if not cellules.get("adresse"):
        raise SaisieRefusee("Indiquez l’adresse électronique de la personne")
    lieu = lire_lieu(cellules.get("perimetre", ""), groupes)
    domaine, niveau = (
        _DOMAINES.get(normaliser(cellules.get("domaine", ""))),
        _NIVEAUX.get(normaliser(cellules.get("niveau", ""))),
    )
    if domaine is None:
        raise SaisieRefusee(f"Choisissez le domaine parmi\u00a0: {', '.join(LIBELLES_DOMAINES.values())}")
    if niveau is None:
        raise SaisieRefusee(f"Choisissez le niveau parmi\u00a0: {', '.join(LIBELLES_NIVEAUX.values())}")
    dispositif = lire_dispositif(cellules.get("dispositif", ""), domaine)
    return droit_sur(lieu, domaine, niveau, lire_jour(cellules, "fin"), lire_jour(cellules, "debut"), dispositif)


def lire_dispositif(texte: str, *domaines: Domaine) -> str:
    """The code of a dispositif of one of these domains, by its name or its code; empty: all of them. Raises SaisieRefusee."""
    if not texte:
        return ""
    proposes = [d for domaine in domaines for d in dispositifs_de(domaine)]
    if not proposes:
        raise SaisieRefusee(
            f"«\u00a0{LIBELLES_DOMAINES[domaines[0]]}\u00a0» ne se limite pas à un dispositif\u00a0: laissez cette case vide"
        )
    voulu = normaliser(texte)
    trouve = next((d for d in proposes if voulu in {normaliser(nom) for nom in (d.nom, d.libelle, d.code)}), None)
    if trouve is None:
        connus = ", ".join(d.nom for d in proposes)
        raise SaisieRefusee(f"Choisissez le dispositif parmi\u00a0: {connus}, ou laissez cette case vide pour les donner tous")
    return trouve.code


def lire_jour(cellules: Mapping[str, str], colonne: str) -> date | None:
    """The day of a cell, if it holds one. Raises SaisieRefusee."""
    texte = cellules.get(colonne, "")
    return analyser_date(texte) if texte else None
