"""What the registers say of a number that is typed, as the sheets that fill boxes."""

from collections.abc import Callable

from jalon.dispositifs.alternance.nir import lire_le_nir
from jalon.dispositifs.base import FicheCertification, FicheEtablissement, Repertoire
from jalon.organisations.regles import numero_et_voie
from jalon.organisations.requetes import etablissement, organisation
from jalon.referentiels.paquet_alternance import types_employeur
from jalon.referentiels.requetes import (
    certification,
    certification_du_diplome,
    ecole,
    ecole_du_siret,
    organisme,
)

PREMIER_TYPE_PUBLIC = "21"


def fiche_etablissement(siret: str) -> FicheEtablissement | None:
    """What the register says of a SIRET; None when it does not know it."""
    lieu, entite = etablissement(siret), organisation(siret[:9])
    if lieu is None:
        return None
    numero, voie = numero_et_voie(lieu.adresse_voie)
    type_employeur = types_employeur().get(entite.categorie_juridique, "") if entite else ""
    return FicheEtablissement(
        siret=siret,
        denomination=entite.denomination if entite else "",
        numero=numero,
        voie=voie,
        complement=lieu.complement,
        code_postal=lieu.code_postal,
        commune=lieu.commune,
        naf=lieu.naf or (entite.naf if entite else ""),
        secteur=_secteur(type_employeur),
        type_employeur=type_employeur,
        effectif="" if entite is None or entite.effectif is None else str(entite.effectif),
        idcc=entite.idcc if entite else "",
        ouvert=lieu.ouvert,
    )


def _secteur(type_employeur: str) -> str:
    if not type_employeur:
        return ""
    return "public" if type_employeur >= PREMIER_TYPE_PUBLIC else "prive"


def _certification_du_diplome(cfd: str) -> FicheCertification:
    """A code diplôme says a kind of diploma by itself, even when no register knows it."""
    return certification_du_diplome(cfd) or FicheCertification(code="", intitule="", cfd=cfd)


LECTURES: dict[Repertoire, Callable[[str], object | None]] = {
    Repertoire.SIRENE: fiche_etablissement,
    Repertoire.ORGANISMES: organisme,
    Repertoire.UAI: ecole,
    Repertoire.UAI_DU_SIRET: ecole_du_siret,
    Repertoire.RNCP: certification,
    Repertoire.CODE_DIPLOME: _certification_du_diplome,
    Repertoire.NIR: lire_le_nir,
}


def consulter(repertoire: Repertoire, numero: str) -> object | None:
    """The sheet of a readable number; None when the register does not know it, or was never loaded."""
    return LECTURES[repertoire](numero)
