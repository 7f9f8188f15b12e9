"""Files of prepared rights, stored, signed and applied with the real actions."""

from datetime import datetime
from pathlib import Path

from jalon.comptes.models import Personne
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.preparations import (
    BilanPreparation,
    Jugement,
    appliquer_preparation,
    deposer_droits,
    prevoir_droits,
    signer_preparation,
)
from jalon.habilitations.enums import Role
from jalon.habilitations.models import OrganisationPreparee, PreparationDroits
from tests.habilitations.fabrique import LE, SIREN, acteur, agent

EN_TETE = "siren;profil;adresse;prenom;nom;droits;perimetre;domaine;niveau;debut;fin"
SYSTEME = ActeurSysteme("droits préparés")


def ligne(
    adresse: str, droits: str = "Administration", *, siren: str = SIREN, profil: str = "adherent", suite: str = ";;;;"
) -> str:
    """A line of the file; `suite`: perimeter, domain, level, first and last day."""
    return f"{siren};{profil};{adresse};Bruno;Marchetti;{droits};{suite}"


def fichier(dossier: Path, *lignes: str, nom: str = "droits.csv") -> Path:
    """The file of these lines."""
    chemin = dossier / nom
    chemin.write_text("\n".join([EN_TETE, *lignes]) + "\n", encoding="utf-8")
    return chemin


def rien(*_: object) -> None:
    """Nobody looks."""


def prevoir(chemin: Path, le: datetime = LE) -> tuple[BilanPreparation, list[Jugement]]:
    """The preview, and what it showed."""
    vus: list[Jugement] = []
    return prevoir_droits(chemin=chemin, maintenant=le, suivi=rien, montrer=vus.append), vus


def deposer(chemin: Path, auteur: Personne, *, le: datetime = LE, ignorer_rejets: bool = False) -> BilanPreparation:
    """The file, stored."""
    return deposer_droits(
        chemin=chemin, auteur=auteur.email, ignorer_rejets=ignorer_rejets, par=SYSTEME, maintenant=le, suivi=rien, montrer=rien
    )


def deposee(dossier: Path, *lignes: str, auteur: Personne | None = None, le: datetime = LE) -> PreparationDroits:
    """A preparation that waits for its signatures."""
    preparation = deposer(fichier(dossier, *lignes), auteur or agent(Role.CONSEILLER, prenom="Emma"), le=le).preparation
    assert preparation is not None
    return preparation


def signer(preparation: PreparationDroits, par: Personne, le: datetime = LE) -> PreparationDroits:
    """One signature."""
    return signer_preparation(preparation_id=preparation.id, par=acteur(par, le), maintenant=le)


def appliquee(dossier: Path, *lignes: str, le: datetime = LE) -> PreparationDroits:
    """Signed by two, then applied."""
    preparation = deposee(dossier, *lignes, le=le)
    signer(preparation, agent(prenom="Hugo"), le)
    signer(preparation, agent(Role.ADMINISTRATEUR_OPCO, prenom="Karim"), le)
    appliquer_preparation(preparation_id=preparation.id, maintenant=le)
    preparation.refresh_from_db()
    return preparation


def organisations(preparation: PreparationDroits) -> list[OrganisationPreparee]:
    """Its organisations, by first line."""
    siennes = OrganisationPreparee.objects.tous("essai").filter(preparation=preparation)
    return sorted(siennes, key=lambda o: o.numeros[0])
