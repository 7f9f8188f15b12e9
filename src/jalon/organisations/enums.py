"""Closed vocabularies of the register and of who we work with."""

from django.db import models


class SourceOrganisation(models.TextChoices):
    """Where we know an organisation from."""

    REGISTRE = "registre", "Registre officiel"
    A_VERIFIER = "a_verifier", "SIREN à vérifier"
    VERIFIEE = "verifiee", "Vérifiée par l’OPCO"


class EtatOrganisation(models.TextChoices):
    """Administrative state of a legal unit, in the codes of the register."""

    ACTIVE = "A", "Active"
    CESSEE = "C", "Cessée"


class EtatEtablissement(models.TextChoices):
    """Administrative state of an establishment, in the codes of the register."""

    OUVERT = "A", "Ouvert"
    FERME = "F", "Fermé"


class GenreFichier(models.TextChoices):
    """The two stock files of the register."""

    UNITES_LEGALES = "unites_legales", "Unités légales"
    ETABLISSEMENTS = "etablissements", "Établissements"
