"""Codes of employees and of the files that bring them."""

from enum import StrEnum


class Sexe(StrEnum):
    """As forms write it."""

    FEMININ = "F"
    MASCULIN = "M"


class Nature(StrEnum):
    """Nature of the contract of employment; the codes of the requests of training that have it too."""

    CDI = "cdi"
    CDD = "cdd"
    INTERIM = "interim"
    SAISONNIER = "saisonnier"
    ALTERNANCE = "alternance"
    AUTRE = "autre"


class Unite(StrEnum):
    """What the working time is counted by."""

    SEMAINE = "semaine"
    MOIS = "mois"


class Source(StrEnum):
    """Where a record came from."""

    MAIN = "main"
    DOSSIER = "dossier"
    FICHIER = "fichier"
    DSN = "dsn"


class EtatImport(StrEnum):
    """A_VALIDER: looked at, for an hour. INTERROMPU: stopped, its author having lost the right."""

    A_VALIDER = "a_valider"
    EN_COURS = "en_cours"
    TERMINE = "termine"
    INTERROMPU = "interrompu"
    ABANDONNE = "abandonne"
    EXPIRE = "expire"


class Sort(StrEnum):
    """What a line of a file does. DOUBLON: somebody must choose."""

    NOUVEAU = "nouveau"
    MODIFIE = "modifie"
    IDENTIQUE = "identique"
    DOUBLON = "doublon"
    REFUSE = "refuse"
    IGNORE = "ignore"


SEXES = {Sexe.FEMININ: "Femme", Sexe.MASCULIN: "Homme"}
NATURES = {
    Nature.CDI: "CDI",
    Nature.CDD: "CDD",
    Nature.INTERIM: "Contrat de travail temporaire",
    Nature.SAISONNIER: "Contrat saisonnier",
    Nature.ALTERNANCE: "Contrat d’apprentissage ou de professionnalisation",
    Nature.AUTRE: "Autre",
}
UNITES = {Unite.SEMAINE: "heures par semaine", Unite.MOIS: "heures par mois"}
SOURCES = {Source.MAIN: "Saisie", Source.DOSSIER: "Dossier", Source.FICHIER: "Fichier", Source.DSN: "DSN"}
