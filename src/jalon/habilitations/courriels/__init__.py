"""E-mails about access. Each is a sentence and a link; the recipient's right is read again when it is sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from jalon.courriers.messages import Destinataire, Message
from jalon.habilitations.administrateurs import administrateurs_actifs, tous_les_administrateurs
from jalon.habilitations.enums import (
    LIBELLES_DECISIONS,
    EtatCode,
    EtatDecision,
    EtatDemande,
    EtatRattachement,
    NatureDecision,
    OrigineDemande,
)
from jalon.habilitations.models import (
    CleApi,
    CodeActivation,
    DecisionADeux,
    DemandeAcces,
    DemandeLettre,
    Rattachement,
)
from jalon.habilitations.regles import (
    VALIDITE_DEMANDE,
    dernier_jour,
)
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.organisations.requetes import organisation
from jalon.socle.acteurs import Pouvoir, Profil
from jalon.socle.dates import formater_date
from jalon.socle.horloge import maintenant
from jalon.socle.identifiants import grouper

_DOSSIER = "habilitations/courriels"


def cle_d_envoi(le: datetime) -> str:
    """Key of a message that may be sent several times about the same thing, once per act."""
    return f"{le:%Y%m%dT%H%M%S%f}"


def a_la_personne(lien: Rattachement) -> list[Destinataire]:
    """The person of a link, or the invited address."""
    if lien.personne is not None:
        return [Destinataire(lien.personne.email, lien.personne_id)]
    return [Destinataire(lien.courriel_invite)]


def nom_de_l_organisation(siren: str) -> str:
    """« Bellerive Restauration (SIREN 123 456 782) »."""
    trouvee = organisation(siren)
    return f"{trouvee.denomination} (SIREN {grouper(siren)})" if trouvee else f"SIREN {grouper(siren)}"


class _SurUnAcces(Message):
    """About a link: names the organisation, links to a page."""

    titre: ClassVar[str]
    chemin: ClassVar[str] = "/accueil/"

    def __init__(self, lien: Rattachement, destinataire: Destinataire) -> None:
        self.lien = lien
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        lien = Rattachement.objects.tous("courriel sur ce rattachement").filter(id=objet_id).first()
        return cls(lien, destinataire) if lien is not None else None

    def sujet(self) -> str:
        return f"{self.titre}\u00a0: {nom_de_l_organisation(self.lien.organisation_siren)}"

    def contexte(self) -> Mapping[str, object]:
        return {
            "organisation": nom_de_l_organisation(self.lien.organisation_siren),
            "prestataire": self.lien.profil == Profil.PRESTATAIRE,
            "chemin": self.chemin,
        }

    def destinataire_administre(self) -> bool:
        """Whether the recipient still administers that side, probation included."""
        tous = tous_les_administrateurs(self.lien.organisation_siren, Profil(self.lien.profil), maintenant())
        return self.destinataire.personne_id in {a.personne_id for a in tous}


class InvitationRecue(_SurUnAcces):
    """To the invited address."""

    genre = "habilitations.invitation"
    gabarit = f"{_DOSSIER}/invitation"
    titre = "Vous êtes invité à rejoindre un espace"

    def autorise(self) -> bool:
        return self.lien.etat == EtatRattachement.INVITE


class DroitsModifies(_SurUnAcces):
    """To the person whose rights changed."""

    genre = "habilitations.droits_modifies"
    gabarit = f"{_DOSSIER}/droits_modifies"
    titre = "Vos droits ont changé"

    def autorise(self) -> bool:
        return self.lien.etat != EtatRattachement.RETIRE


class AccesRetire(_SurUnAcces):
    """To the person whose access was withdrawn: the reason is on her home page."""

    genre = "habilitations.acces_retire"
    gabarit = f"{_DOSSIER}/acces_retire"
    titre = "Votre accès a été retiré"


class _AuxAdministrateurs(_SurUnAcces):
    """To those who administer at the moment of sending."""

    def autorise(self) -> bool:
        return self.destinataire_administre()


class AdministrateurNomme(_AuxAdministrateurs):
    """A code was used and gave the administration (exigences, T1c)."""

    genre = "habilitations.administrateur_nomme"
    gabarit = f"{_DOSSIER}/administrateur_nomme"
    titre = "Un administrateur a été nommé"


class NouvelAcces(_AuxAdministrateurs):
    """Somebody was invited, let in, or made administrator by another administrator (exigences, T12)."""

    genre = "habilitations.nouvel_acces"
    gabarit = f"{_DOSSIER}/nouvel_acces"
    titre = "Un nouvel accès a été donné"


class OctroiEnAttente(_AuxAdministrateurs):
    """A wide right, or the fourth grant of an hour, waits for somebody else (exigences, T12)."""

    genre = "habilitations.octroi_en_attente"
    gabarit = f"{_DOSSIER}/octroi_en_attente"
    titre = "Des droits attendent une confirmation"


class OctroiDecide(_AuxAdministrateurs):
    """Somebody confirmed or refused what waited."""

    genre = "habilitations.octroi_decide"
    gabarit = f"{_DOSSIER}/octroi_decide"
    titre = "Des droits en attente ont reçu une réponse"


class OctroiAVerifier(_SurUnAcces):
    """To the AEF of the portefeuille: one person gave many rights in an hour."""

    genre = "habilitations.octroi_a_verifier"
    gabarit = f"{_DOSSIER}/octroi_a_verifier"
    titre = "Des droits donnés en rafale sont à vérifier"

    def autorise(self) -> bool:
        aef = personnes_du_pouvoir(Pouvoir.DECIDER_ACCES, self.lien.portefeuille_id, maintenant())
        return self.destinataire.personne_id in {p.id for p in aef}


class RetraitAnnonce(_AuxAdministrateurs):
    """Somebody left or was removed."""

    genre = "habilitations.retrait_annonce"
    gabarit = f"{_DOSSIER}/retrait_annonce"
    titre = "Un accès a pris fin"


class _SurUneDemande(Message):
    """About a request of access."""

    titre: ClassVar[str]

    def __init__(self, demande: DemandeAcces, destinataire: Destinataire) -> None:
        self.demande = demande
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        demande = DemandeAcces.objects.tous("courriel sur cette demande").filter(id=objet_id).first()
        return cls(demande, destinataire) if demande is not None else None

    def sujet(self) -> str:
        return f"{self.titre}\u00a0: {nom_de_l_organisation(self.demande.organisation_siren)}"

    def contexte(self) -> Mapping[str, object]:
        return {
            "organisation": nom_de_l_organisation(self.demande.organisation_siren),
            "prestataire": self.demande.profil == Profil.PRESTATAIRE,
            "chemin": "/accueil/",
            "accordee": self.demande.etat == EtatDemande.ACCORDEE,
            "avec_code": self.demande.origine == OrigineDemande.CODE,
        }


class DemandeRecue(_SurUneDemande):
    """To those who decide: active administrators, or the AEF when there is none."""

    genre = "habilitations.demande_recue"
    gabarit = f"{_DOSSIER}/demande_recue"
    titre = "Une demande d’accès attend votre réponse"

    def autorise(self) -> bool:
        if self.demande.etat != EtatDemande.EN_ATTENTE:
            return False
        le = maintenant()
        actifs = administrateurs_actifs(self.demande.organisation_siren, Profil(self.demande.profil), le)
        sans_personne = not actifs and self.demande.origine == OrigineDemande.CODE
        aef = personnes_du_pouvoir(Pouvoir.DECIDER_ACCES, self.demande.portefeuille_id, le) if sans_personne else []
        return self.destinataire.personne_id in {*(a.personne_id for a in actifs), *(p.id for p in aef)}


class DemandeRelancee(DemandeRecue):
    """To those who decide, 7 then 21 days later; given up once the request has lapsed."""

    genre = "habilitations.demande_relancee"
    gabarit = f"{_DOSSIER}/demande_relancee"
    titre = "Une demande d’accès attend toujours votre réponse"

    def autorise(self) -> bool:
        return maintenant() < self.demande.demandee_le + VALIDITE_DEMANDE and super().autorise()


class DemandeDecidee(_SurUneDemande):
    """To the person who asked."""

    genre = "habilitations.demande_decidee"
    gabarit = f"{_DOSSIER}/demande_decidee"
    titre = "Votre demande d’accès a reçu une réponse"


class _SurUnCode(Message):
    """About a code: its letter, never what it carries."""

    titre: ClassVar[str]
    chemin: ClassVar[str] = "/accueil/"

    def __init__(self, code: CodeActivation, destinataire: Destinataire) -> None:
        self.code = code
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        code = CodeActivation.objects.filter(id=objet_id).first()
        return cls(code, destinataire) if code is not None else None

    def organisation(self) -> str:
        """How the organisation is named to that recipient."""
        return nom_de_l_organisation(self.code.siren)

    def sujet(self) -> str:
        return f"{self.titre}\u00a0: {self.organisation()}"

    def contexte(self) -> Mapping[str, object]:
        return {
            "organisation": self.organisation(),
            "prestataire": self.code.profil == Profil.PRESTATAIRE,
            "chemin": self.chemin,
            "fin": formater_date(dernier_jour(self.code.expire_le)),
        }

    def autorise(self) -> bool:
        tous = tous_les_administrateurs(self.code.siren, Profil(self.code.profil), maintenant())
        return self.destinataire.personne_id in {a.personne_id for a in tous}


class CodeEmis(_SurUnCode):
    """To the administrators of an organisation for which a new letter was made: its first use will name somebody."""

    genre = "habilitations.code_emis"
    gabarit = f"{_DOSSIER}/code_emis"
    titre = "Un courrier d’activation va partir"


class _SurUneDecision(Message):
    """About a decision that takes two people of the OPCO."""

    def __init__(self, decision: DecisionADeux, destinataire: Destinataire) -> None:
        self.decision = decision
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        decision = DecisionADeux.objects.tous("courriel sur cette décision").filter(id=objet_id).first()
        return cls(decision, destinataire) if decision is not None else None

    def contexte(self) -> Mapping[str, object]:
        return {
            "organisation": nom_de_l_organisation(self.decision.organisation_siren),
            "prestataire": self.decision.profil == Profil.PRESTATAIRE,
            "decision": LIBELLES_DECISIONS[NatureDecision(self.decision.nature)],
            "etat": self.decision.etat,
            "chemin": self.chemin,
        }

    chemin: ClassVar[str] = "/contact/"


class DecisionAConfirmer(_SurUneDecision):
    """To the people of the OPCO who may confirm."""

    genre = "habilitations.decision_a_confirmer"
    gabarit = f"{_DOSSIER}/decision_a_confirmer"
    chemin = "/opco/decisions/"

    def sujet(self) -> str:
        return f"Une décision attend une seconde personne\u00a0: {nom_de_l_organisation(self.decision.organisation_siren)}"

    def autorise(self) -> bool:
        if self.decision.etat != EtatDecision.PROPOSEE:
            return False
        confirmeurs = personnes_du_pouvoir(Pouvoir.DECIDER_A_DEUX, self.decision.portefeuille_id, maintenant())
        return self.destinataire.personne_id in {p.id for p in confirmeurs}


class DecisionAnnoncee(_SurUneDecision):
    """To the administrators of the organisations concerned, at each step (exigences, T14)."""

    genre = "habilitations.decision_annoncee"
    gabarit = f"{_DOSSIER}/decision_annoncee"

    def sujet(self) -> str:
        return f"Accès à l’espace\u00a0: {nom_de_l_organisation(self.decision.organisation_siren)}"

    def autorise(self) -> bool:
        cotes = [siren for siren in (self.decision.organisation_siren, self.decision.repreneur_siren) if siren]
        tous = [a for siren in cotes for a in tous_les_administrateurs(siren, Profil(self.decision.profil), maintenant())]
        return self.destinataire.personne_id in {a.personne_id for a in tous}


class _SurUneCle(Message):
    """About a key in force: names it and its last day, never more."""

    titre: ClassVar[str]

    def __init__(self, cle: CleApi, destinataire: Destinataire) -> None:
        self.cle = cle
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        cle = CleApi.objects.tous("courriel sur cette clé").filter(id=objet_id).first()
        return cls(cle, destinataire) if cle is not None else None

    def sujet(self) -> str:
        return f"{self.titre}\u00a0: {nom_de_l_organisation(self.cle.organisation_siren)}"

    def contexte(self) -> Mapping[str, object]:
        return {
            "organisation": nom_de_l_organisation(self.cle.organisation_siren),
            "prestataire": self.cle.profil == Profil.PRESTATAIRE,
            "nom": self.cle.nom,
            "ancienne": self.cle.ancienne,
            "dernier_jour": formater_date(dernier_jour(self.cle.expire_le)),
            "chemin": "/accueil/",
        }

    def autorise(self) -> bool:
        le = maintenant()
        if self.cle.revoquee_le is not None or self.cle.expire_le <= le:
            return False
        tous = tous_les_administrateurs(self.cle.organisation_siren, Profil(self.cle.profil), le)
        return self.destinataire.personne_id in {a.personne_id for a in tous}


class CleCreee(_SurUneCle):
    """Somebody made a key: every administrator hears of it, who made it included."""

    genre = "habilitations.cle_creee"
    gabarit = f"{_DOSSIER}/cle_creee"
    titre = "Une clé d’API vient d’être créée"


class CleBientotExpiree(_SurUneCle):
    """Thirty days, then seven, before its end."""

    genre = "habilitations.cle_bientot_expiree"
    gabarit = f"{_DOSSIER}/cle_bientot_expiree"
    titre = "Une clé d’API expire bientôt"


class CodeTermine(_SurUnCode):
    """To the administrators: a code was ended, by one of them, by the OPCO, or because its letter came back."""

    genre = "habilitations.code_termine"
    gabarit = f"{_DOSSIER}/code_termine"
    titre = "Un code d’activation a été arrêté"


class CodeBientotPerime(_SurUnCode):
    """To those who asked for the letter, while nobody used it. They hold nothing there: the SIREN alone is named (T16)."""

    genre = "habilitations.code_bientot_perime"
    gabarit = f"{_DOSSIER}/code_bientot_perime"
    titre = "Un code d’activation va expirer"
    chemin = "/acces/codes/"

    def organisation(self) -> str:
        return f"SIREN {grouper(self.code.siren)}"

    def autorise(self) -> bool:
        vivant = self.code.etat == EtatCode.ACTIF and maintenant() < self.code.expire_le
        qui_attend = DemandeLettre.objects.filter(lettre_id=self.code.lettre_id).values_list("personne_id", flat=True)
        return vivant and self.code.premier_usage_le is None and self.destinataire.personne_id in qui_attend


class LettreEcartee(Message):
    """To the person whose request of a letter the AEF set aside: the reason is on her page."""

    genre = "habilitations.lettre_ecartee"
    gabarit = f"{_DOSSIER}/lettre_ecartee"

    def __init__(self, demande: DemandeLettre, destinataire: Destinataire) -> None:
        self.demande = demande
        self.destinataire = destinataire

    @classmethod
    def charger(cls, objet_id: UUID, destinataire: Destinataire) -> Self | None:
        demande = DemandeLettre.objects.filter(id=objet_id).first()
        return cls(demande, destinataire) if demande is not None else None

    def sujet(self) -> str:
        return f"Votre demande de courrier d’activation\u00a0: SIREN {grouper(self.demande.siren)}"

    def contexte(self) -> Mapping[str, object]:
        return {
            "organisation": f"SIREN {grouper(self.demande.siren)}",
            "prestataire": self.demande.profil == Profil.PRESTATAIRE,
            "chemin": "/acces/codes/",
        }

    def autorise(self) -> bool:
        return self.demande.ecartee_le is not None


MESSAGES: tuple[type[Message], ...] = (
    InvitationRecue,
    DroitsModifies,
    AccesRetire,
    AdministrateurNomme,
    NouvelAcces,
    OctroiEnAttente,
    OctroiDecide,
    OctroiAVerifier,
    RetraitAnnonce,
    DemandeRecue,
    DemandeRelancee,
    DemandeDecidee,
    CodeEmis,
    DecisionAConfirmer,
    DecisionAnnoncee,
    CleCreee,
    CleBientotExpiree,
    CodeTermine,
    CodeBientotPerime,
    LettreEcartee,
)
