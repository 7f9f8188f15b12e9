"""E-mails about exports: a sentence and a link, never a file and never a link that opens one by itself."""

from collections.abc import Mapping
from typing import Self
from uuid import UUID

from jalon.courriers.messages import Destinataire, Message
from jalon.exports.enums import EtatExport
from jalon.exports.models import Export


class _MessageDExport(Message):
    """About one export, to who asked for it."""

    attendu: EtatExport

    def __init__(self, export: Export) -> None:
        self.export = export

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        export = (
            Export.objects.tous("courriel à la personne qui a demandé cet export")
            .filter(id=objet_id, demandeur_id=destinataire.personne_id)
            .select_related("demandeur")
            .first()
        )
        return cls(export) if export is not None else None

    def autorise(self) -> bool:
        """Whether it still is as it was said, for an account still open."""
        demandeur = self.export.demandeur
        return self.export.etat == self.attendu and demandeur.is_active and demandeur.suspendue_le is None

    def contexte(self) -> Mapping[str, object]:
        chemin = f"/e/{self.export.siren}/exports/" if self.export.siren else "/opco/exports/"
        return {"libelle": self.export.libelle, "motif": self.export.motif, "chemin": chemin}


class ExportPret(_MessageDExport):
    """The file can be taken, by her alone, for seven days."""

    genre = "exports.pret"
    gabarit = "exports/courriels/pret"
    attendu = EtatExport.PRET

    def sujet(self) -> str:
        return f"Votre export «\u00a0{self.export.libelle}\u00a0» est prêt"


class ExportInterrompu(_MessageDExport):
    """There will be no file, and why."""

    genre = "exports.interrompu"
    gabarit = "exports/courriels/interrompu"
    attendu = EtatExport.ECHOUE

    def sujet(self) -> str:
        return f"Votre export «\u00a0{self.export.libelle}\u00a0» n’a pas abouti"


MESSAGES: tuple[type[Message], ...] = (ExportPret, ExportInterrompu)
