"""Threads of a request: the company and the OPCO have one, the provider and the OPCO another, since the grant."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.acces import cote_de
from jalon.messagerie.enums import Cote
from jalon.messagerie.models import Fil, Message, PieceJointe
from jalon.messagerie.regles import premier_jour_de_relance
from jalon.messagerie.requetes import jointe_des_fils, jointes_du_fil, messages_du_fil, non_lus
from jalon.socle.acteurs import Acteur
from jalon.socle.dates import jour_de_paris

COTES_DES_FILS = (Cote.ENTREPRISE, Cote.PRESTATAIRE)


def fil_de(dossier: Dossier, acteur: Acteur, avec: Cote = Cote.ENTREPRISE) -> UUID | None:
    """The thread that the actor may read. Only the OPCO chooses: `avec` the company or the provider. None: no such thread."""
    cote = cote_de(dossier, acteur)
    if cote == Cote.ENTREPRISE or (cote == Cote.OPCO and avec == Cote.ENTREPRISE):
        return dossier.fil_id
    if cote == Cote.PRESTATAIRE or (cote == Cote.OPCO and avec == Cote.PRESTATAIRE):
        return dossier.fil_prestataire_id
    return None


def fils_de(dossier: Dossier, acteur: Acteur) -> list[UUID]:
    """Every thread that the actor may read."""
    fils = (fil_de(dossier, acteur, avec) for avec in COTES_DES_FILS)
    return list(dict.fromkeys(fil for fil in fils if fil is not None))


def messages_de(dossier: Dossier, acteur: Acteur, avec: Cote = Cote.ENTREPRISE) -> list[Message]:
    """Messages of the thread that the actor may read, oldest first."""
    fil = fil_de(dossier, acteur, avec)
    return messages_du_fil(fil) if fil else []


def messages_non_lus(dossier: Dossier, acteur: Acteur) -> int:
    """How many messages of others wait for the actor, both threads together for the OPCO."""
    return sum(non_lus(fils_de(dossier, acteur), acteur).values())


@dataclass(frozen=True, slots=True)
class Echange:
    """A thread as one side reads it: messages, each with its documents; who is expected to answer; when one may remind the OPCO.

    `attendu`: the side, None while nothing was written; `repond`: its name. `relance_des`: None when nothing of mine waits.
    """

    avec: Cote
    ecrits: list[tuple[Message, list[PieceJointe]]]
    attendu: Cote | None
    repond: str
    confie_a: UUID | None
    relance_le: date | None
    relance_des: date | None

    def relance_possible(self, jour: date) -> bool:
        """Whether the OPCO may be reminded that day."""
        return self.relance_des is not None and self.relance_des <= jour


def echange_de(dossier: Dossier, acteur: Acteur, avec: Cote = Cote.ENTREPRISE) -> Echange | None:
    """The thread that the actor may read. None: no such thread. Three queries."""
    fil_id, cote = fil_de(dossier, acteur, avec), cote_de(dossier, acteur)
    if fil_id is None or cote is None:
        return None
    fil, messages, jointes = Fil.objects.get(pk=fil_id), messages_du_fil(fil_id), jointes_du_fil(fil_id)
    interlocuteur = avec if cote == Cote.OPCO else cote
    attendu = None if not messages else interlocuteur if messages[-1].cote == Cote.OPCO else Cote.OPCO
    relance_le = jour_de_paris(fil.relance_le) if fil.relance_le else None
    a_relancer = cote != Cote.OPCO and attendu == Cote.OPCO
    return Echange(
        avec=interlocuteur,
        ecrits=[(message, jointes.get(message.pk, [])) for message in messages],
        attendu=attendu,
        repond=_repond(dossier, fil, attendu),
        confie_a=fil.confie_a,
        relance_le=relance_le,
        relance_des=premier_jour_de_relance(jour_de_paris(messages[-1].le), relance_le) if a_relancer else None,
    )


def _repond(dossier: Dossier, fil: Fil, attendu: Cote | None) -> str:
    """Its name, as the other side reads it: who has the thread, else who examines the request, else the OPCO."""
    if attendu == Cote.OPCO:
        return fil.confie_a_nom or dossier.instructeur_nom or "L’OPCO"
    return dossier.denomination if attendu == Cote.ENTREPRISE else dossier.prestataire_denomination if attendu else ""


def jointe_accessible(dossier: Dossier, jointe_id: UUID, acteur: Acteur) -> PieceJointe:
    """One document of a message that the actor may read. Raises Introuvable."""
    return jointe_des_fils(fils_de(dossier, acteur), jointe_id)
