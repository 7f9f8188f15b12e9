"""E-mails about invoices: no amount, no account, a sentence and a link."""

from collections.abc import Mapping
from typing import ClassVar, Self
from uuid import UUID

from jalon.comptes.requetes import personne
from jalon.courriers.messages import Destinataire, Message
from jalon.facturation.enums import LIBELLES_MOTIFS, EtatFacture, MotifRejet
from jalon.facturation.models import Facture, TropPercu
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.acteurs import Domaine, Droit, Niveau, Portee, Profil
from jalon.socle.dates import formater_date
from jalon.socle.horloge import maintenant

_DOSSIER = "facturation/courriels"


class SurUneFacture(Message):
    """Names the invoice by its number; the recipient's right is read again when it is sent."""

    titre: ClassVar[str]
    etat_attendu: ClassVar[EtatFacture]
    domaine: ClassVar[Domaine] = Domaine.FACTURES

    def __init__(self, facture: Facture, destinataire: Destinataire) -> None:
        self.facture = facture
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        facture = Facture.objects.tous("courriel sur cette facture").filter(pk=objet_id).first()
        return cls(facture, destinataire) if facture is not None else None

    def sujet(self) -> str:
        return f"{self.titre}\u00a0: {self.facture.numero}, dossier {self.facture.dossier_numero}"

    def contexte(self) -> Mapping[str, object]:
        chemin = f"/e/{self.facture.beneficiaire_siren}/factures/{self.facture.pk}/"
        return {"numero": self.facture.numero, "dossier": self.facture.dossier_numero, "chemin": chemin}

    def autorise(self) -> bool:
        return self.facture.etat == self.etat_attendu and self._peut_lire()

    def _peut_lire(self) -> bool:
        qui = personne(self.destinataire.personne_id) if self.destinataire.personne_id else None
        if qui is None:
            return False
        siren = self.facture.beneficiaire_siren
        cote = Portee(siren=siren, siret=self.facture.siret)
        if self.facture.beneficiaire_profil == Profil.PRESTATAIRE:
            cote = Portee(prestataire_siren=siren)
        return ActeurPersonne(qui, maintenant()).peut(Droit(self.domaine, Niveau.LECTURE), cote)


class FactureRejetee(SurUneFacture):
    """To the sender: the reason from the list; the words are read in the space."""

    genre = "facturation.rejetee"
    gabarit = f"{_DOSSIER}/rejetee"
    titre = "Facture rejetée"
    etat_attendu = EtatFacture.REJETEE

    def contexte(self) -> Mapping[str, object]:
        return {**super().contexte(), "motif": LIBELLES_MOTIFS[MotifRejet(self.facture.motif_rejet)]}


class CompteManquant(SurUneFacture):
    """To the sender: accepted, but there is no account to pay."""

    genre = "facturation.compte_manquant"
    gabarit = f"{_DOSSIER}/compte_manquant"
    titre = "Coordonnées bancaires à ajouter"
    etat_attendu = EtatFacture.ACCEPTEE

    def contexte(self) -> Mapping[str, object]:
        return {**super().contexte(), "chemin": f"/e/{self.facture.beneficiaire_siren}/coordonnees-bancaires/"}

    def autorise(self) -> bool:
        return self.facture.coordonnees_id is None and super().autorise()


class SurUnTropPercu(Message):
    """Names the request by its number; the recipient's right is read again when it is sent."""

    titre: ClassVar[str]

    def __init__(self, trop_percu: TropPercu, destinataire: Destinataire) -> None:
        self.trop_percu = trop_percu
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        trop_percu = TropPercu.objects.tous("courriel sur ce trop-perçu").filter(pk=objet_id).first()
        return cls(trop_percu, destinataire) if trop_percu is not None else None

    def sujet(self) -> str:
        return f"{self.titre}\u00a0: dossier {self.trop_percu.dossier_numero}"

    def contexte(self) -> Mapping[str, object]:
        avant = formater_date(self.trop_percu.reclame_avant) if self.trop_percu.reclame_avant else ""
        chemin = f"/e/{self.trop_percu.beneficiaire_siren}/trop-percus/"
        return {"dossier": self.trop_percu.dossier_numero, "avant": avant, "chemin": chemin}

    def autorise(self) -> bool:
        qui = personne(self.destinataire.personne_id) if self.destinataire.personne_id else None
        if qui is None or not self.trop_percu.ouvert:
            return False
        siren = self.trop_percu.beneficiaire_siren
        cote = Portee(siren=siren, siret=self.trop_percu.siret)
        if self.trop_percu.beneficiaire_profil == Profil.PRESTATAIRE:
            cote = Portee(prestataire_siren=siren)
        return ActeurPersonne(qui, maintenant()).peut(Droit(Domaine.FACTURES, Niveau.LECTURE), cote)


class TropPercuConstate(SurUnTropPercu):
    """To who was paid: an agreement counted again is less than what was paid."""

    genre = "facturation.trop_percu_constate"
    gabarit = f"{_DOSSIER}/trop_percu_constate"
    titre = "Un trop-perçu est constaté"


class TropPercuReclame(SurUnTropPercu):
    """To who was paid: the OPCO asks for it back, before a day."""

    genre = "facturation.trop_percu_reclame"
    gabarit = f"{_DOSSIER}/trop_percu_reclame"
    titre = "L’OPCO vous réclame un trop-perçu"
