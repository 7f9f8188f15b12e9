"""The list of employees: its columns, its filters. No column holds a NIR."""

from collections.abc import Iterator, Mapping
from datetime import date

from jalon.dispositifs.types.formats import ecrire_nombre
from jalon.salaries.enums import NATURES, SEXES, SOURCES, UNITES, Nature, Sexe, Source, Unite
from jalon.salaries.models import Salarie
from jalon.salaries.requetes import Filtre, Presence, compter, toutes_les_lignes
from jalon.socle.acteurs import Acteur, Domaine
from jalon.socle.identifiants import siret_valide
from jalon.socle.listes import Colonne, Compte, Genre, Lecture, Liste

TEXTE_AU_PLUS = 100


def _nature(salarie: Salarie) -> str:
    return NATURES[Nature(salarie.nature)] if salarie.nature else ""


def _quotite(salarie: Salarie) -> str:
    return "" if salarie.quotite is None else f"{ecrire_nombre(salarie.quotite)} {UNITES[Unite(salarie.quotite_unite)]}"


def _sexe(salarie: Salarie) -> str:
    return SEXES[Sexe(salarie.sexe)] if salarie.sexe else ""


COLONNES = (
    Colonne(code="nom", libelle="Nom de naissance", valeur=lambda s, _: s.nom, champs=("nom",)),
    Colonne(code="prenom", libelle="Prénom", valeur=lambda s, _: s.prenom, champs=("prenom",)),
    Colonne(code="nom_usage", libelle="Nom d’usage", valeur=lambda s, _: s.nom_usage, champs=("nom_usage",), d_office=False),
    Colonne(code="date_naissance", libelle="Date de naissance", valeur=lambda s, _: s.date_naissance,
            champs=("date_naissance",), genre=Genre.JOUR),
    Colonne(code="sexe", libelle="Sexe", valeur=lambda s, _: _sexe(s), champs=("sexe",), d_office=False),
    Colonne(code="matricule", libelle="Matricule", valeur=lambda s, _: s.matricule, champs=("matricule",)),
    Colonne(code="emploi", libelle="Emploi", valeur=lambda s, _: s.emploi, champs=("emploi",)),
    Colonne(code="nature", libelle="Contrat", valeur=lambda s, _: _nature(s), champs=("nature",)),
    Colonne(code="siret", libelle="SIRET", valeur=lambda s, _: s.siret, champs=("siret",)),
    Colonne(code="courriel", libelle="Courriel", valeur=lambda s, _: s.courriel, champs=("courriel",), d_office=False),
    Colonne(code="pcs", libelle="Code PCS", valeur=lambda s, _: s.pcs, champs=("pcs",), d_office=False),
    Colonne(code="idcc", libelle="IDCC", valeur=lambda s, _: s.idcc, champs=("idcc",), d_office=False),
    Colonne(code="quotite", libelle="Temps de travail", valeur=lambda s, _: _quotite(s), champs=("quotite", "quotite_unite"),
            d_office=False),
    Colonne(code="entree", libelle="Entrée", valeur=lambda s, _: s.entree, champs=("entree",), genre=Genre.JOUR),
    Colonne(code="sortie", libelle="Départ", valeur=lambda s, _: s.sortie, champs=("sortie",), genre=Genre.JOUR),
    Colonne(code="source", libelle="Origine", valeur=lambda s, _: SOURCES[Source(s.source)], champs=("source",), d_office=False),
)  # fmt: skip


def lire(parametres: Mapping[str, str], jour: date) -> Lecture:
    """The filters of a URL; what means nothing is left out, and said."""
    refus = []
    presence, siret = parametres.get("presence", ""), parametres.get("siret", "")
    if presence not in {"", *Presence}:
        refus.append("Le filtre de présence n’existe pas")
        presence = ""
    if siret and not siret_valide(siret):
        refus.append("Le filtre d’établissement n’est pas un SIRET")
        siret = ""
    texte = parametres.get("q", "").strip()[:TEXTE_AU_PLUS]
    return Lecture(Filtre(jour=jour, texte=texte, presence=presence, siret=siret), tuple(refus))


def _compter(acteur: Acteur, siren: str | None, lecture: Lecture, jour: date) -> Compte:
    del jour
    return compter(acteur, siren, lecture.filtre)


def _lignes(acteur: Acteur, siren: str | None, lecture: Lecture, jour: date) -> Iterator[Salarie]:
    del jour
    return toutes_les_lignes(acteur, siren, lecture.filtre)


SALARIES = Liste(
    code="salaries",
    libelle="Salariés",
    nom_url="espace_salaries",
    domaines=(Domaine.SALARIES,),
    colonnes=COLONNES,
    lire=lire,
    compter=_compter,
    lignes=_lignes,
)
