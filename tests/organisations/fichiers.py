"""Small stock files in the official layouts, and the import as a test calls it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from jalon.bancs.sirene_fictif import COLONNES_ETABLISSEMENT, COLONNES_UNITE_LEGALE, ecrire_csv, siren_fictif, siret_fictif
from jalon.organisations.actions import importer_registre
from jalon.organisations.models import ImportRegistre
from jalon.organisations.sirene.dispositions import ETABLISSEMENTS, UNITES_LEGALES
from jalon.organisations.sirene.fichiers import FichierSirene, ouvrir_fichier
from tests.acteurs import FauxActeur

MAINTENANT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SIREN = siren_fictif(1)
SIRET = siret_fictif(SIREN, 1)


def unite(siren: str = SIREN, **valeurs: str) -> dict[str, str]:
    """One legal unit, a company unless told otherwise."""
    return {
        "siren": siren,
        "statutDiffusionUniteLegale": "O",
        "etatAdministratifUniteLegale": "A",
        "denominationUniteLegale": "BOULANGERIE DU PORT",
        "categorieJuridiqueUniteLegale": "5710",
        "activitePrincipaleUniteLegale": "10.71C",
        "trancheEffectifsUniteLegale": "11",
        "nicSiegeUniteLegale": siret_fictif(siren, 1)[9:],
        **valeurs,
    }


def lieu(siret: str = SIRET, **valeurs: str) -> dict[str, str]:
    """One establishment, an open head office in Nantes unless told otherwise."""
    return {
        "siren": siret[:9],
        "nic": siret[9:],
        "siret": siret,
        "statutDiffusionEtablissement": "O",
        "etablissementSiege": "true",
        "numeroVoieEtablissement": "12",
        "typeVoieEtablissement": "RUE",
        "libelleVoieEtablissement": "DES TILLEULS",
        "codePostalEtablissement": "44000",
        "libelleCommuneEtablissement": "NANTES",
        "codeCommuneEtablissement": "44109",
        "etatAdministratifEtablissement": "A",
        "activitePrincipaleEtablissement": "10.71C",
        **valeurs,
    }


def fichier_unites(dossier: Path, lignes: Iterable[Mapping[str, str]], colonnes: Sequence[str] = COLONNES_UNITE_LEGALE) -> Path:
    """A StockUniteLegale."""
    chemin = dossier / "StockUniteLegale_utf8.csv"
    ecrire_csv(chemin, colonnes, lignes)
    return chemin


def fichier_lieux(dossier: Path, lignes: Iterable[Mapping[str, str]], colonnes: Sequence[str] = COLONNES_ETABLISSEMENT) -> Path:
    """A StockEtablissement."""
    chemin = dossier / "StockEtablissement_utf8.csv"
    ecrire_csv(chemin, colonnes, lignes)
    return chemin


def ne_rien_suivre(fichier: FichierSirene, etape: str, octets: int) -> None:
    """Nobody looks."""


def importer(*, unites: Path | None = None, lieux: Path | None = None, **options: object) -> list[ImportRegistre]:
    """`jalon importer sirene`, without the command."""
    demandes = ((unites, UNITES_LEGALES), (lieux, ETABLISSEMENTS))
    reglages = {"suivi": ne_rien_suivre, **options}
    return importer_registre(
        fichiers=[ouvrir_fichier(chemin, disposition) for chemin, disposition in demandes if chemin],
        par=FauxActeur(nom="import du registre"),
        maintenant=MAINTENANT,
        **reglages,  # type: ignore[arg-type]
    )
