"""E-mails about invoices: no amount, no account, a sentence and a link."""

from collections.abc import Mapping
from typing import ClassVar, Self
from uuid import UUID

from jalon.comptes.requetes import personne
from jalon.courriers.messages import Destinataire, Message
from jalon.facturation.enums import LIBELLES_MOTIFS, EtatFacture, MotifRejet
from jalon.facturation.models import Facture
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.acteurs import Domaine, Droit, Niveau, Portee, Profil
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
