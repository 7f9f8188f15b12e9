"""The two official layouts: which columns we read, which values they take, and the row that they make.

Columns are found by name; those that we do not name are ignored, whatever their number and order (regles.md §4).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from jalon.organisations.enums import GenreFichier, SourceOrganisation
from jalon.organisations.regles import DENOMINATION_NON_PUBLIEE
from jalon.organisations.sirene.texte import LONGUEUR_RECHERCHE, normaliser_octets
from jalon.socle.erreurs import SaisieRefusee

Champs = Sequence[bytes]
Ligne = Callable[[Champs], bytes]

_BOOLEEN = frozenset({b"true", b"false"})
_DIFFUSIBLE = {b"O": b"t", b"P": b"f", b"N": b"f"}
_DIFFUSION = frozenset(_DIFFUSIBLE)
_ESPACE = b" ".join
_TAB = b"\t".join
_INCONNUE = DENOMINATION_NON_PUBLIEE.encode()
_REGISTRE = SourceOrganisation.REGISTRE.value.encode()


@dataclass(frozen=True, slots=True)
class Disposition:
    """One stock file. `cibles`: columns of the table, the key first; `fabriquer` gives the
    maker of rows (text format of COPY) for the ranks of the columns."""

    genre: GenreFichier
    nom_officiel: str
    table: str
    cle: str
    longueur_cle: int
    lues: tuple[str, ...]
    admises: Mapping[str, frozenset[bytes]]
    cibles: tuple[str, ...]
    fabriquer: Callable[[Mapping[str, int]], Ligne]

    @property
    def nom_cle(self) -> str:
        """« SIREN » or « SIRET »."""
        return self.cle.upper()

    def verifier(self, colonnes: Sequence[str], nom_fichier: str) -> None:
        """Raises SaisieRefusee naming every column that lacks, or the file that was given instead."""
        manquantes = [c for c in self.lues if c not in colonnes]
        if not manquantes:
            return
        if any(set(autre.lues) <= set(colonnes) for autre in DISPOSITIONS.values()):
            raise SaisieRefusee(f"Le fichier {nom_fichier} n’est pas {self.nom_officiel} : vérifiez l’ordre des deux fichiers.")
        pluriel = "s" if len(manquantes) > 1 else ""
        raise SaisieRefusee(
            f"Il manque {len(manquantes)} colonne{pluriel} dans {nom_fichier} ({self.nom_officiel}) : {', '.join(manquantes)}."
        )


def _unite_legale(rang: Mapping[str, int]) -> Ligne:
    siren, etat, diffusion = rang["siren"], rang["etatAdministratifUniteLegale"], rang["statutDiffusionUniteLegale"]
    denomination, usuelle = rang["denominationUniteLegale"], rang["denominationUsuelle1UniteLegale"]
    nom, nom_usage = rang["nomUniteLegale"], rang["nomUsageUniteLegale"]
    prenom, prenom_usuel = rang["prenom1UniteLegale"], rang["prenomUsuelUniteLegale"]
    juridique, naf = rang["categorieJuridiqueUniteLegale"], rang["activitePrincipaleUniteLegale"]
    effectifs, nic = rang["trancheEffectifsUniteLegale"], rang["nicSiegeUniteLegale"]

    def ligne(f: Champs) -> bytes:
        le_nom, le_prenom = f[nom_usage] or f[nom], f[prenom_usuel] or f[prenom]
        raison = cherche = f[denomination]
        if le_nom and not raison:
            raison, cherche = _ESPACE((le_prenom, le_nom)).strip(), _ESPACE((le_nom, le_prenom))
        elif not raison:
            raison = cherche = f[usuelle]
        return _TAB(
            (
                f[siren],
                raison or _INCONNUE,
                le_nom,
                le_prenom,
                f[juridique],
                f[naf],
                f[effectifs],
                f[nic],
                f[etat],
                _DIFFUSIBLE[f[diffusion]],
                normaliser_octets(cherche)[:LONGUEUR_RECHERCHE],
                _REGISTRE,
            )
        )

    return ligne


def _etablissement(rang: Mapping[str, int]) -> Ligne:
    def colonne(nom: str) -> int:
        return rang[f"{nom}Etablissement"]

    siret, siege = rang["siret"], rang["etablissementSiege"]
    usuelle, enseigne = colonne("denominationUsuelle"), colonne("enseigne1")
    numero, indice, type_voie, voie = (colonne(n) for n in ("numeroVoie", "indiceRepetition", "typeVoie", "libelleVoie"))
    complement, distribution = colonne("complementAdresse"), colonne("distributionSpeciale")
    code_postal, commune, ailleurs = colonne("codePostal"), colonne("libelleCommune"), colonne("libelleCommuneEtranger")
    code_commune, code_cedex, cedex = colonne("codeCommune"), colonne("codeCedex"), colonne("libelleCedex")
    pays, naf = colonne("libellePaysEtranger"), colonne("activitePrincipale")
    etat, diffusion = colonne("etatAdministratif"), colonne("statutDiffusion")

    def ligne(f: Champs) -> bytes:
        ou: Iterable[bytes] = (f[numero], f[type_voie], f[voie])
        if f[indice] or not all(ou):
            ou = filter(None, (f[numero], f[indice], f[type_voie], f[voie]))
        return _TAB(
            (
                f[siret],
                f[siege],
                f[usuelle] or f[enseigne],
                _ESPACE(ou),
                f[complement],
                f[distribution],
                f[code_postal],
                f[commune] or f[ailleurs],
                f[code_commune],
                f[code_cedex] and _ESPACE((f[code_cedex], f[cedex])),
                f[pays],
                f[naf],
                f[etat],
                _DIFFUSIBLE[f[diffusion]],
            )
        )

    return ligne


UNITES_LEGALES = Disposition(
    genre=GenreFichier.UNITES_LEGALES,
    nom_officiel="StockUniteLegale",
    table="organisations_organisation",
    cle="siren",
    longueur_cle=9,
    lues=(
        "siren",
        "statutDiffusionUniteLegale",
        "prenom1UniteLegale",
        "prenomUsuelUniteLegale",
        "trancheEffectifsUniteLegale",
        "etatAdministratifUniteLegale",
        "nomUniteLegale",
        "nomUsageUniteLegale",
        "denominationUniteLegale",
        "denominationUsuelle1UniteLegale",
        "categorieJuridiqueUniteLegale",
        "activitePrincipaleUniteLegale",
        "nicSiegeUniteLegale",
    ),
    admises={"etatAdministratifUniteLegale": frozenset({b"A", b"C"}), "statutDiffusionUniteLegale": _DIFFUSION},
    cibles=(
        "siren",
        "denomination",
        "nom",
        "prenoms",
        "categorie_juridique",
        "naf",
        "tranche_effectifs",
        "nic_siege",
        "etat",
        "diffusible",
        "recherche",
        "source",
    ),
    fabriquer=_unite_legale,
)
ETABLISSEMENTS = Disposition(
    genre=GenreFichier.ETABLISSEMENTS,
    nom_officiel="StockEtablissement",
    table="organisations_etablissement",
    cle="siret",
    longueur_cle=14,
    lues=(
        "siret",
        "statutDiffusionEtablissement",
        "etablissementSiege",
        "complementAdresseEtablissement",
        "numeroVoieEtablissement",
        "indiceRepetitionEtablissement",
        "typeVoieEtablissement",
        "libelleVoieEtablissement",
        "codePostalEtablissement",
        "libelleCommuneEtablissement",
        "libelleCommuneEtrangerEtablissement",
        "distributionSpecialeEtablissement",
        "codeCommuneEtablissement",
        "codeCedexEtablissement",
        "libelleCedexEtablissement",
        "libellePaysEtrangerEtablissement",
        "etatAdministratifEtablissement",
        "enseigne1Etablissement",
        "denominationUsuelleEtablissement",
        "activitePrincipaleEtablissement",
    ),
    admises={
        "etablissementSiege": _BOOLEEN,
        "etatAdministratifEtablissement": frozenset({b"A", b"F"}),
        "statutDiffusionEtablissement": _DIFFUSION,
    },
    cibles=(
        "siret",
        "siege",
        "nom_usuel",
        "adresse_voie",
        "complement",
        "distribution",
        "code_postal",
        "commune",
        "code_commune",
        "cedex",
        "pays",
        "naf",
        "etat",
        "diffusible",
    ),
    fabriquer=_etablissement,
)
DISPOSITIONS = {d.genre: d for d in (UNITES_LEGALES, ETABLISSEMENTS)}
