"""What happened to my accesses: the card that the e-mails about withdrawals and refusals announce."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.requetes.espaces import Nature, Nouvelle, nouvelles_de_mes_acces
from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.acteurs import Profil
from jalon.socle.identifiants import grouper

AFFICHEES = 20


@dataclass(frozen=True, slots=True)
class NouvelleAffichee:
    """A line of the card."""

    nature: Nature
    phrase: str
    le: datetime
    motif: str
    demande_id: UUID | None


def nouvelles_affichees(acteur: ActeurPersonne) -> list[NouvelleAffichee]:
    """Sentences of the last thirty days, newest first; one query more when there is something to say. They are for her alone:
    who looks at her pages reads none, neither hers nor his own.
    """
    if acteur.regarde_seulement:
        return []
    lues = nouvelles_de_mes_acces(acteur)[:AFFICHEES]
    noms = noms_des_organisations({n.siren for n in lues}) if lues else {}
    return [NouvelleAffichee(n.nature, _phrase(n, noms.get(n.siren, "")), n.le, n.motif, n.demande_id) for n in lues]


def _phrase(nouvelle: Nouvelle, nom: str) -> str:
    numero = f"SIREN {grouper(nouvelle.siren)}"
    cote = "prestataire" if nouvelle.profil == Profil.PRESTATAIRE else "adhérent"
    place = f"l’espace {cote} de {nom} ({numero})" if nom else f"l’espace {cote} du {numero}"
    return {
        Nature.RETRAIT: f"Votre accès à {place} a été retiré",
        Nature.REFUS: f"Votre demande d’accès à {place} a été refusée",
        Nature.ATTENTE: f"Votre demande d’accès à {place} attend une réponse",
    }[nouvelle.nature]
