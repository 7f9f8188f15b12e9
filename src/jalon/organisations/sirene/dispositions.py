"""The two official layouts: which columns we read, which values they take, and the row that they make.

Columns are found by name; those that we do not name are ignored, whatever their number and order (regles.md §4).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

from jalon.organisations.enums import GenreFichier, SourceOrganisation
from jalon.organisations.regles import DENOMINATION_NON_PUBLIEE
from jalon.organisations.sirene.texte import LONGUEUR_RECHERCHE, normaliser_octets
from jalon.socle.erreurs import SaisieRefusee

Colonne = Sequence[bytes]
Colonnes = Mapping[str, Colonne]

_BOOLEEN = frozenset({b"true", b"false"})
_DIFFUSIBLE = {b"O": b"t", b"P": b"f", b"N": b"f"}
_DIFFUSION = frozenset(_DIFFUSIBLE)
_ESPACE = b" ".join
_INCONNUE = DENOMINATION_NON_PUBLIEE.encode()
_REGISTRE = SourceOrganisation.REGISTRE.value.encode()


@dataclass(frozen=True, slots=True)
class Disposition:
    """One stock file. `cibles`: columns of the table, the key first; `fabriquer` makes
    them, in that order, from the columns read."""

    genre: GenreFichier
    nom_officiel: str
    table: str
    cle: str
    longueur_cle: int
    lues: tuple[str, ...]
    admises: Mapping[str, frozenset[bytes]]
    cibles: tuple[str, ...]
    fabriquer: Callable[[Colonnes], list[Iterable[bytes]]]

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


def _l_une_ou_l_autre(preferee: Colonne, sinon: Colonne) -> Colonne:
    return [a or b for a, b in zip(preferee, sinon, strict=True)] if any(preferee) else sinon


def _unites_legales(lues: Colonnes) -> list[Iterable[bytes]]:
    noms = _l_une_ou_l_autre(lues["nomUsageUniteLegale"], lues["nomUniteLegale"])
    prenoms = _l_une_ou_l_autre(lues["prenomUsuelUniteLegale"], lues["prenom1UniteLegale"])
    denominations, recherches = [], []
    quatuor = zip(lues["denominationUniteLegale"], noms, prenoms, lues["denominationUsuelle1UniteLegale"], strict=True)
    for officielle, nom, prenom, usuelle in quatuor:
        raison = cherche = officielle or usuelle
        if nom and not officielle:
            raison, cherche = _ESPACE((prenom, nom)).strip(), _ESPACE((nom, prenom))
        denominations.append(raison or _INCONNUE)
        recherches.append(normaliser_octets(cherche)[:LONGUEUR_RECHERCHE])
    return [
        lues["siren"],
        denominations,
        noms,
        prenoms,
        lues["categorieJuridiqueUniteLegale"],
        lues["activitePrincipaleUniteLegale"],
        lues["trancheEffectifsUniteLegale"],
        lues["nicSiegeUniteLegale"],
        lues["etatAdministratifUniteLegale"],
        map(_DIFFUSIBLE.__getitem__, lues["statutDiffusionUniteLegale"]),
        recherches,
        repeat(_REGISTRE, len(noms)),
    ]


def _etablissements(lues: Colonnes) -> list[Iterable[bytes]]:
    def colonne(nom: str) -> Colonne:
        return lues[f"{nom}Etablissement"]

    return [
        lues["siret"],
        lues["etablissementSiege"],
        _l_une_ou_l_autre(colonne("denominationUsuelle"), colonne("enseigne1")),
        [
            _ESPACE((numero, nature, voie))
            if numero and nature and voie and not indice
            else _assembler(numero, indice, nature, voie)
            for numero, indice, nature, voie in zip(
                colonne("numeroVoie"), colonne("indiceRepetition"), colonne("typeVoie"), colonne("libelleVoie"), strict=True
            )
        ],
        colonne("complementAdresse"),
        colonne("distributionSpeciale"),
        colonne("codePostal"),
        _l_une_ou_l_autre(colonne("libelleCommuneEtranger"), colonne("libelleCommune")),
        colonne("codeCommune"),
        [code and _ESPACE((code, nom)) for code, nom in zip(colonne("codeCedex"), colonne("libelleCedex"), strict=True)],
        colonne("libellePaysEtranger"),
        colonne("activitePrincipale"),
        colonne("etatAdministratif"),
        map(_DIFFUSIBLE.__getitem__, colonne("statutDiffusion")),
    ]


def _assembler(*morceaux: bytes) -> bytes:
    return _ESPACE(filter(None, morceaux))


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
    fabriquer=_unites_legales,
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
    fabriquer=_etablissements,
)
DISPOSITIONS = {d.genre: d for d in (UNITES_LEGALES, ETABLISSEMENTS)}
