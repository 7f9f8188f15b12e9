"""E-mails about exports: a sentence and a link, never a file and never a link that opens one by itself."""

from collections.abc import Mapping
from typing import Self
from uuid import UUID

from jalon.courriers.messages import Destinataire, Message
from jalon.exports.enums import EtatExport
from jalon.exports.models import Export
from jalon.exports.regles import lignes_en_mots
from jalon.exports.surveillance import administrateurs_de
from jalon.socle.horloge import maintenant


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


class GrosExport(Message):
    """To the administrators of the organisation: a large file was made. Who asked for it, and why, stays in the portal."""

    genre = "exports.gros_export"
    gabarit = "exports/courriels/gros_export"

    def __init__(self, export: Export, destinataire: Destinataire) -> None:
        self.export = export
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        export = Export.objects.tous("courriel aux administrateurs de l’organisation").filter(id=objet_id).first()
        return cls(export, destinataire) if export is not None else None

    def sujet(self) -> str:
        return "Un export volumineux a été préparé dans votre espace"

    def autorise(self) -> bool:
        """Whether the recipient still administers that organisation."""
        siens = administrateurs_de(self.export.siren, maintenant())
        return self.destinataire.personne_id in {a.personne_id for a in siens}

    def contexte(self) -> Mapping[str, object]:
        lignes = lignes_en_mots(self.export.lignes_faites)
        return {"lignes": lignes, "chemin": f"/e/{self.export.siren}/habilitations/journal/"}


MESSAGES: tuple[type[Message], ...] = (ExportPret, ExportInterrompu, GrosExport)
