"""Fictional stock files in the official layouts: every column, in order, sorted by number as the published files are."""

import csv
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from stdnum import luhn

GRAINE = 20_261_123
_UNITE_LEGALE = """
siren statutDiffusionUniteLegale unitePurgeeUniteLegale dateCreationUniteLegale sigleUniteLegale sexeUniteLegale prenom1UniteLegale
prenom2UniteLegale prenom3UniteLegale prenom4UniteLegale prenomUsuelUniteLegale pseudonymeUniteLegale
identifiantAssociationUniteLegale trancheEffectifsUniteLegale anneeEffectifsUniteLegale dateDernierTraitementUniteLegale
nombrePeriodesUniteLegale categorieEntreprise anneeCategorieEntreprise dateDebut etatAdministratifUniteLegale nomUniteLegale
nomUsageUniteLegale denominationUniteLegale denominationUsuelle1UniteLegale denominationUsuelle2UniteLegale
denominationUsuelle3UniteLegale categorieJuridiqueUniteLegale activitePrincipaleUniteLegale
nomenclatureActivitePrincipaleUniteLegale nicSiegeUniteLegale economieSocialeSolidaireUniteLegale societeMissionUniteLegale
caractereEmployeurUniteLegale activitePrincipaleNAF25UniteLegale
"""
_ETABLISSEMENT = """
siren nic siret statutDiffusionEtablissement dateCreationEtablissement trancheEffectifsEtablissement anneeEffectifsEtablissement
activitePrincipaleRegistreMetiersEtablissement dateDernierTraitementEtablissement etablissementSiege nombrePeriodesEtablissement
complementAdresseEtablissement numeroVoieEtablissement indiceRepetitionEtablissement dernierNumeroVoieEtablissement
indiceRepetitionDernierNumeroVoieEtablissement typeVoieEtablissement libelleVoieEtablissement codePostalEtablissement
libelleCommuneEtablissement libelleCommuneEtrangerEtablissement distributionSpecialeEtablissement codeCommuneEtablissement
codeCedexEtablissement libelleCedexEtablissement codePaysEtrangerEtablissement libellePaysEtrangerEtablissement
identifiantAdresseEtablissement coordonneeLambertAbscisseEtablissement coordonneeLambertOrdonneeEtablissement
complementAdresse2Etablissement numeroVoie2Etablissement indiceRepetition2Etablissement typeVoie2Etablissement
libelleVoie2Etablissement codePostal2Etablissement libelleCommune2Etablissement libelleCommuneEtranger2Etablissement
distributionSpeciale2Etablissement codeCommune2Etablissement codeCedex2Etablissement libelleCedex2Etablissement
codePaysEtranger2Etablissement libellePaysEtranger2Etablissement dateDebut etatAdministratifEtablissement enseigne1Etablissement
enseigne2Etablissement enseigne3Etablissement denominationUsuelleEtablissement activitePrincipaleEtablissement
nomenclatureActivitePrincipaleEtablissement caractereEmployeurEtablissement activitePrincipaleNAF25Etablissement
"""
COLONNES_UNITE_LEGALE = tuple(_UNITE_LEGALE.split())
COLONNES_ETABLISSEMENT = tuple(_ETABLISSEMENT.split())
_VOIES = ["DE LA REPUBLIQUE", "DES TILLEULS", "VICTOR HUGO", "DU GENERAL DE GAULLE", "DE L'EGLISE", "JEAN MOULIN", "DU MOULIN"]
_COMMUNES = ["NANTES", "LYON 3EME", "SAINT-ETIENNE", "MARSEILLE 8EME", "LILLE", "BESANCON", "VAULX-EN-VELIN", "LA ROCHELLE"]
_METIERS = ["BOULANGERIE", "GARAGE", "TRANSPORTS", "CLINIQUE", "MENUISERIE", "HOTEL", "CONSEIL", "NETTOYAGE", "TRAITEUR"]
_NOMS = ["MARTIN", "BERNARD", "DUBOIS", "PETIT", "DURAND", "LEROY", "MOREAU", "SIMON", "LAURENT", "GARCIA", "ROUX", "FAURE"]
_PRENOMS = ["CAMILLE", "LOUISE", "KARIM", "INES", "HUGO", "EMMA", "DRISS", "JEANNE", "FARID", "CHLOE", "BRUNO", "ALINE"]


def siren_fictif(rang: int) -> str:
    """The SIREN of that rank, increasing with it."""
    corps = f"{10_000_000 + rang * 7:08d}"
    return corps + luhn.calc_check_digit(corps)


def siret_fictif(siren: str, rang: int) -> str:
    """The SIRET of that rank in a SIREN, increasing with it."""
    corps = f"{siren}{rang:04d}"
    return corps + luhn.calc_check_digit(corps)


def ecrire_csv(chemin: Path, colonnes: Sequence[str], lignes: Iterable[Mapping[str, str]]) -> None:
    """Write a CSV as the register does: UTF-8, commas, quotes where needed, columns that are not given left empty."""
    with chemin.open("w", encoding="utf-8", newline="") as fichier:
        tableau = csv.DictWriter(fichier, colonnes, restval="", lineterminator="\n")
        tableau.writeheader()
        tableau.writerows(lignes)


def unites_legales(nombre: int) -> Iterator[dict[str, str]]:
    """Fictional legal units, one in four a sole trader."""
    alea = random.Random(GRAINE)  # noqa: S311 (fictional data, the same at each run)
    for rang in range(1, nombre + 1):
        siren = siren_fictif(rang)
        physique = rang % 4 == 0
        yield {
            "siren": siren,
            "statutDiffusionUniteLegale": "O",
            "dateCreationUniteLegale": "2012-03-04",
            "trancheEffectifsUniteLegale": alea.choice(["NN", "11", "12", "21"]),
            "etatAdministratifUniteLegale": "A" if alea.random() < 0.6 else "C",
            "nomUniteLegale": alea.choice(_NOMS) if physique else "",
            "prenom1UniteLegale": alea.choice(_PRENOMS) if physique else "",
            "prenomUsuelUniteLegale": alea.choice(_PRENOMS) if physique else "",
            "denominationUniteLegale": "" if physique else f"{alea.choice(_METIERS)} {alea.choice(_NOMS)} {rang % 9973}",
            "categorieJuridiqueUniteLegale": "1000" if physique else "5710",
            "activitePrincipaleUniteLegale": "85.59A",
            "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
            "nicSiegeUniteLegale": siret_fictif(siren, 1)[9:],
        }


def etablissements(nombre: int) -> Iterator[dict[str, str]]:
    """Fictional establishments, one to three in each SIREN; one in fifty needs quotes."""
    alea = random.Random(GRAINE)  # noqa: S311 (fictional data, the same at each run)
    rang, siren, place, places = 0, "", 1, 1
    for numero in range(nombre):
        if place >= places:
            rang, place, places = rang + 1, 0, alea.choice([1, 1, 1, 2, 3])
            siren = siren_fictif(rang)
        place += 1
        siret, commune = siret_fictif(siren, place), f"{alea.randint(1, 95):02d}{alea.randint(1, 999):03d}"
        yield {
            "siren": siren,
            "nic": siret[9:],
            "siret": siret,
            "statutDiffusionEtablissement": "O" if alea.random() < 0.9 else "P",
            "dateCreationEtablissement": "2012-03-04",
            "trancheEffectifsEtablissement": alea.choice(["NN", "", "11", "12"]),
            "anneeEffectifsEtablissement": "2023",
            "dateDernierTraitementEtablissement": "2026-03-21T08:12:33.000",
            "etablissementSiege": "true" if place == 1 else "false",
            "nombrePeriodesEtablissement": "3",
            "complementAdresseEtablissement": "BATIMENT B" if alea.random() < 0.15 else "",
            "numeroVoieEtablissement": str(alea.randint(1, 200)),
            "indiceRepetitionEtablissement": "B" if alea.random() < 0.05 else "",
            "typeVoieEtablissement": alea.choice(["RUE", "AVENUE", "BOULEVARD", "ALLEE", "PLACE"]),
            "libelleVoieEtablissement": alea.choice(_VOIES),
            "codePostalEtablissement": f"{commune[:2]}000",
            "libelleCommuneEtablissement": alea.choice(_COMMUNES),
            "codeCommuneEtablissement": commune,
            "identifiantAdresseEtablissement": f"{commune}_{alea.randint(1000, 9999)}_00012",
            "coordonneeLambertAbscisseEtablissement": "652089.43",
            "coordonneeLambertOrdonneeEtablissement": "6862305.11",
            "dateDebut": "2015-01-01",
            "etatAdministratifEtablissement": "A" if alea.random() < 0.6 else "F",
            "enseigne1Etablissement": f'CHEZ "{alea.choice(_NOMS)}", BAR' if numero % 50 == 0 else "",
            "activitePrincipaleEtablissement": alea.choice(["56.10A", "70.22Z", "85.59A"]),
            "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
            "caractereEmployeurEtablissement": "O",
            "activitePrincipaleNAF25Etablissement": "85.59H",
        }
