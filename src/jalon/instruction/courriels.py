"""E-mails about what the OPCO asks and decides, and about its silence."""

from collections.abc import Mapping

from jalon.courriers.messages import Message
from jalon.dossiers.courriels import CourrielDeDossier
from jalon.dossiers.regles import CompteARebours
from jalon.messagerie.enums import Cote
from jalon.socle.dates import formater_date
from jalon.socle.horloge import aujourdhui


class ComplementDemande(CourrielDeDossier):
    """To those who type for the company: something is asked, by a day."""

    genre = "instruction.complement_demande"
    gabarit = "instruction/courriels/complement_demande"
    titre = "Votre dossier est à compléter"


class ComplementRetire(CourrielDeDossier):
    """To those who type for the company: nothing is asked any more."""

    genre = "instruction.complement_retire"
    gabarit = "instruction/courriels/complement_retire"
    titre = "Le complément n’est plus demandé"


class DossierRefuse(CourrielDeDossier):
    """To those who type for the company: the reason is on the page."""

    genre = "instruction.refus"
    gabarit = "instruction/courriels/refus"
    titre = "Votre demande est refusée"


class CourrielDuSilence(CourrielDeDossier):
    """About the OPCO's delay, as it stands when the message leaves: a decision taken meanwhile stops it."""

    @property
    def compte(self) -> CompteARebours | None:
        """Where the delay stands now."""
        return self.dossier.compte_a_rebours(aujourdhui())

    def contexte(self) -> Mapping[str, object]:
        compte = self.compte
        return {
            **super().contexte(),
            "decision": compte.nom if compte else "",
            "refuse": compte is not None and compte.refuse,
            "depuis": formater_date(compte.depuis) if compte else "",
            "opco_lit": self.cote == Cote.OPCO,
        }


class SilenceProche(CourrielDuSilence):
    """To the adviser: five days are left, then silence decides."""

    genre = "instruction.silence_proche"
    gabarit = "instruction/courriels/silence_proche"
    titre = "Le délai de réponse se termine"

    def autorise(self) -> bool:
        return super().autorise() and self.compte is not None and not self.compte.ne


class SilenceNe(CourrielDuSilence):
    """To both sides: silence has decided."""

    genre = "instruction.silence_ne"
    gabarit = "instruction/courriels/silence_ne"
    titre = "Le délai de réponse est passé"

    def autorise(self) -> bool:
        return super().autorise() and self.compte is not None and self.compte.ne


MESSAGES: tuple[type[Message], ...] = (ComplementDemande, ComplementRetire, DossierRefuse, SilenceProche, SilenceNe)
