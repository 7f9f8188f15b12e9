"""E-mails about bank details: never an IBAN, a sentence and a link."""

from collections.abc import Mapping
from typing import ClassVar, Self
from uuid import UUID

from jalon.banque import coffre, requetes
from jalon.banque.models import CoordonneesBancaires
from jalon.courriers.messages import Destinataire, Message
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.habilitations.courriels import nom_de_l_organisation
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.socle.acteurs import Pouvoir, Profil
from jalon.socle.dates import PARIS
from jalon.socle.horloge import maintenant

CHEMIN_GEL = "/coordonnees-bancaires/gel/{jeton}/"
_DOSSIER = "banque/courriels"


class _SurDesCoordonnees(Message):
    """Names the organisation; read again when it is sent."""

    titre: ClassVar[str]

    def __init__(self, ligne: CoordonneesBancaires, destinataire: Destinataire) -> None:
        self.ligne = ligne
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        ligne = CoordonneesBancaires.objects.tous("avis sur ces coordonnées").filter(id=objet_id).first()
        return cls(ligne, destinataire) if ligne is not None else None

    def sujet(self) -> str:
        return f"{self.titre}\u00a0: {nom_de_l_organisation(self.ligne.organisation_siren)}"

    def contexte(self) -> Mapping[str, object]:
        return {
            "organisation": nom_de_l_organisation(self.ligne.organisation_siren),
            "chemin": f"/e/{self.ligne.organisation_siren}/coordonnees-bancaires/",
            "ajoutees_le": self.ligne.ajoutees_le.astimezone(PARIS),
            "utilisable_le": self.ligne.utilisable_a_partir_de.astimezone(PARIS),
        }

    def _administre(self) -> bool:
        actifs = administrateurs_actifs(self.ligne.organisation_siren, Profil(self.ligne.profil), maintenant())
        return self.destinataire.personne_id in {a.personne_id for a in actifs}


class AvisChangement(_SurDesCoordonnees):
    """To every administrator and to the former contact, with the one-click freeze."""

    genre = "banque.changement"
    gabarit = f"{_DOSSIER}/changement"
    titre = "Nouvelles coordonnées bancaires"

    def contexte(self) -> Mapping[str, object]:
        jeton = coffre.jeton_de_gel(self.ligne.id, self.ligne.jeton_gel_alea)
        return {**super().contexte(), "chemin_gel": CHEMIN_GEL.format(jeton=jeton), "premieres": self.ligne.rang == 1}

    def autorise(self) -> bool:
        return self.ligne.gelee_le is None and (self._administre() or self._ancien_contact())

    def _ancien_contact(self) -> bool:
        lignes = requetes.lignes_du_cote(self.ligne.organisation_siren, Profil(self.ligne.profil))
        precedente = next((c for c in lignes if c.rang == self.ligne.rang - 1), None)
        return precedente is not None and precedente.ajoutees_par == self.destinataire.personne_id


class AvisGel(_SurDesCoordonnees):
    """To every administrator and to the one who added the account."""

    genre = "banque.gel"
    gabarit = f"{_DOSSIER}/gel"
    titre = "Coordonnées bancaires gelées"

    def autorise(self) -> bool:
        return self._administre() or self.destinataire.personne_id == self.ligne.ajoutees_par


class GelSignale(_SurDesCoordonnees):
    """To those who treat invoices at the OPCO: the change is contested."""

    genre = "banque.gel_signale"
    gabarit = f"{_DOSSIER}/gel_signale"
    titre = "Changement de coordonnées bancaires contesté"

    def contexte(self) -> Mapping[str, object]:
        return {**super().contexte(), "chemin": f"/opco/organisations/{self.ligne.organisation_siren}/"}

    def autorise(self) -> bool:
        agents = personnes_du_pouvoir(Pouvoir.TRAITER_FACTURES, self.ligne.portefeuille_id, maintenant())
        return self.destinataire.personne_id in {p.id for p in agents}
