"""What kind of reader an actor is, and what it may read in a day."""

from django.conf import settings

from jalon.habilitations.acteur_cle import ActeurCle
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.acteurs import Acteur, Profil
from jalon.veille.enums import Lecteur
from jalon.veille.regles import Budget

CLIENTS_D_UN_CABINET = 3
"""From that many companies on, an account works for others than its own."""


def lecteur_de(acteur: Acteur) -> Lecteur:
    """The kind of an actor; the links of a person were read for this request already."""
    if isinstance(acteur, ActeurCle):
        return Lecteur.CLE
    if not isinstance(acteur, ActeurPersonne):
        return Lecteur.ENTREPRISE
    acteur = acteur.soi
    if acteur.personne.est_opco:
        return Lecteur.OPCO
    entreprises = acteur.sirens(Profil.ADHERENT)
    if len(entreprises) >= CLIENTS_D_UN_CABINET:
        return Lecteur.CABINET
    return Lecteur.ENTREPRISE if entreprises else Lecteur.PRESTATAIRE


def budget_de(lecteur: Lecteur) -> Budget:
    """Its budget, from the settings."""
    return Budget(*settings.JALON_BUDGETS[lecteur.value])


def budget_d_une_organisation() -> Budget:
    """What all the people and keys of one organisation may read together, from the settings."""
    return Budget(*settings.JALON_BUDGETS["organisation"])
