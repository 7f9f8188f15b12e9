"""E-mails about payments: no amount, no account, a sentence and a link."""

from collections.abc import Mapping
from typing import Self
from uuid import UUID

from jalon.comptes.requetes import personne
from jalon.courriers.messages import Destinataire, Message
from jalon.facturation.courriels import SurUneFacture
from jalon.facturation.enums import EtatFacture
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.reglements.enums import EtatLot
from jalon.reglements.models import LotVirements
from jalon.socle.acteurs import Pouvoir
from jalon.socle.horloge import maintenant

_DOSSIER = "reglements/courriels"


class ReglementEffectue(SurUneFacture):
    """To the sender of the invoice, or to the administrators of the side that is paid."""

    genre = "reglements.effectue"
    gabarit = f"{_DOSSIER}/effectue"
    titre = "Règlement effectué"
    etat_attendu = EtatFacture.REGLEE


class LotASigner(Message):
    """To those who may sign it."""

    genre = "reglements.a_signer"
    gabarit = f"{_DOSSIER}/a_signer"

    def __init__(self, lot: LotVirements, destinataire: Destinataire) -> None:
        self.lot = lot
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        lot = LotVirements.objects.tous("courriel sur ce lot").defer("xml_chiffre").filter(pk=objet_id).first()
        return cls(lot, destinataire) if lot is not None else None

    def sujet(self) -> str:
        return f"Lot de virements à signer\u00a0: {self.lot.numero}"

    def contexte(self) -> Mapping[str, object]:
        return {"numero": self.lot.numero, "chemin": f"/opco/virements/{self.lot.pk}/"}

    def autorise(self) -> bool:
        qui = personne(self.destinataire.personne_id) if self.destinataire.personne_id else None
        if qui is None or self.lot.etat != EtatLot.PREPARE:
            return False
        acteur = ActeurPersonne(qui, maintenant())
        visible = LotVirements.objects.visibles_par(acteur).filter(pk=self.lot.pk).exists()
        return visible and bool(acteur.portefeuilles(Pouvoir.SIGNER_LOTS))
