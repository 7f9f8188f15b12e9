"""Profiles of rights: what most people need, in one choice. Data and arithmetic, no judgement; fine mode is box by box."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.habilitations.enums import Etendue, JeuDeDroits
from jalon.habilitations.regles import DOMAINES_DU_SIREN, DemandeDroit, droit_sur
from jalon.socle.acteurs import FAMILLES, Domaine, Droit, Niveau

ADMINISTRATION = JeuDeDroits.ADMINISTRATION
Limite = TypeVar("Limite", DemandeDroit, Droit)
ADMINISTRATION_ENTIERE = "L’administration ne se limite pas à un dispositif"


@dataclass(frozen=True, slots=True)
class ProfilDeDroits:
    """A name, what it does in a sentence, and a level by domain."""

    code: JeuDeDroits
    nom: str
    phrase: str
    niveaux: Mapping[Domaine, Niveau]

    @property
    def libelle(self) -> str:
        """« Lecture : consulte les dossiers, les factures et les règlements »."""
        return f"{self.nom}\u00a0: {self.phrase}"


PROFILS: Mapping[JeuDeDroits, ProfilDeDroits] = {
    profil.code: profil
    for profil in (
        ProfilDeDroits(
            JeuDeDroits.GESTIONNAIRE_RH,
            "Gestionnaire RH",
            "saisit et envoie les dossiers",
            {Domaine.PLAN: Niveau.ENVOI, Domaine.ALTERNANCE: Niveau.ENVOI},
        ),
        ProfilDeDroits(
            JeuDeDroits.LECTURE,
            "Lecture",
            "consulte les dossiers, les factures et les règlements",
            {
                Domaine.PLAN: Niveau.LECTURE,
                Domaine.ALTERNANCE: Niveau.LECTURE,
                Domaine.FACTURES: Niveau.LECTURE,
                Domaine.REGLEMENTS: Niveau.LECTURE,
            },
        ),
        ProfilDeDroits(
            JeuDeDroits.COMPTABILITE,
            "Comptabilité",
            "consulte les dossiers, envoie les factures, suit les règlements",
            {Domaine.PLAN: Niveau.LECTURE, Domaine.FACTURES: Niveau.ENVOI, Domaine.REGLEMENTS: Niveau.LECTURE},
        ),
        ProfilDeDroits(
            ADMINISTRATION, "Administration", "tous les droits, sur toute l’entreprise", dict.fromkeys(Domaine, Niveau.GESTION)
        ),
    )
}


def limiter(droits: Iterable[Limite], dispositif: str) -> list[Limite]:
    """The same rights, where requests are those of one dispositif alone: its family is limited to it, the other ones are left out."""
    famille = dispositif_de(dispositif).famille
    return [
        replace(d, dispositif=dispositif) if d.domaine == famille else d
        for d in droits
        if d.domaine == famille or d.domaine not in FAMILLES
    ]


def droits_du_profil(
    code: JeuDeDroits, lieux: Iterable[str] = (), a_partir_du: date | None = None, jusqu_au: date | None = None
) -> list[DemandeDroit]:
    """The boxes of a profile on some SIRET or groups, or on the whole SIREN when none is named (the administration always).

    What is given on a whole SIREN alone is left out elsewhere.
    """
    niveaux, nommes = PROFILS[code].niveaux, sorted(set(lieux))
    if code == ADMINISTRATION or not nommes:
        return [DemandeDroit(Etendue.SIREN, "", d, n, jusqu_au, a_partir_du) for d, n in niveaux.items()]
    return [
        droit_sur(lieu, d, n, jusqu_au, a_partir_du) for lieu in nommes for d, n in niveaux.items() if d not in DOMAINES_DU_SIREN
    ]
