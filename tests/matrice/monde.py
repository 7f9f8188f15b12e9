"""One world for the whole matrix: three companies, two providers, one object of each kind, one person per role."""

import hashlib
import io
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, BinaryIO
from uuid import UUID

from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client

from jalon.aide.actions import ouvrir_ticket
from jalon.comptes.models import Personne
from jalon.dossiers.actions import transmettre_dossier
from jalon.dossiers.models import Dossier
from jalon.engagements.actions import produire_accord
from jalon.engagements.models import Engagement
from jalon.facturation.actions import accepter_facture
from jalon.facturation.models import Facture
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.cles import creer_cle_api, revoquer_cle
from jalon.habilitations.actions.commandes import commander_codes
from jalon.habilitations.actions.lettres import preparer_lettres, telecharger_lettres
from jalon.habilitations.enums import EtatDemande, EtatRattachement, Role, VerbeApi
from jalon.habilitations.models import CleApi, DemandeAcces, DroitAccorde, PortefeuilleDuRole, Rattachement, RoleOpco
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.regles import DemandeDroit
from jalon.instruction.actions import accorder_dossier, demander_complement, prendre_en_charge
from jalon.messagerie.enums import Cote
from jalon.pieces.models import Document
from jalon.pieces.requetes import COFFRE
from jalon.referentiels.actions import suspendre_guichet
from jalon.referentiels.models import LigneBareme
from jalon.reglements.actions import preparer_lot, signer_lot, telecharger_xml
from jalon.reglements.models import LotVirements
from jalon.socle import coffre
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Pouvoir, Profil
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco, acteur_prestataire
from tests.banque import outils as banque
from tests.dossiers import fabrique as dossiers
from tests.dossiers.fabrique import AUTRE_PORTEFEUILLE, AUTRE_SIREN, AUTRE_SIRET, LE, PORTEFEUILLE, SIREN, SIREN_OF, SIRET
from tests.facturation.outils import deposer as deposer_facture
from tests.facturation.outils import document_leger, saisie_certificat, saisie_facture
from tests.habilitations import fabrique as acces
from tests.habilitations.fabrique import cle_de_luhn, sur_le_siren, sur_un_siret

MAINTENANT = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
JOUR = timedelta(days=1)
SIRET_2 = cle_de_luhn(f"{SIREN}0002")
SIREN_C = cle_de_luhn("40000001")
SIREN_Q = cle_de_luhn("40000002")
MOTIF = "Motif de la matrice"
SYSTEME = ActeurSysteme("essai")
TARD = {"action__date_debut": "14/06/2027", "action__date_fin": "15/06/2027"}


@dataclass
class Monde:
    """Ids of the objects by name, people by role, keys of the API by name."""

    objets: dict[str, str] = field(default_factory=dict)
    personnes: dict[str, Personne] = field(default_factory=dict)
    seances: dict[str, str] = field(default_factory=dict)
    cles: dict[str, str] = field(default_factory=dict)

    def client(self, role: str, *, csrf: bool = False) -> Client:
        """A browser of that role: the same session, a fresh jar of cookies."""
        navigateur = Client(enforce_csrf_checks=csrf, raise_request_exception=False)
        if role in self.seances:
            navigateur.cookies[settings.SESSION_COOKIE_NAME] = self.seances[role]
        if role in self.cles:
            navigateur.defaults["HTTP_X_API_KEY"] = self.cles[role]
        return navigateur


def document_conserve(*, nom: str, contenu: BinaryIO, par: Acteur, maintenant: datetime, **autres: object) -> Document:
    """A document whose content can be read back, without its inspection."""
    octets = contenu.read()
    document = document_leger(nom=nom, contenu=io.BytesIO(octets), par=par, maintenant=maintenant)
    coffre.ranger(COFFRE, str(document.pk), octets)
    return document


def batir() -> Monde:
    """Everything, by the real actions wherever there is one."""
    monde = Monde()
    dossiers.monde()
    dossiers.organisation(SIREN_C, "Sans Administrateur", sirets=(f"{SIREN_C}00010",))
    dossiers.organisation(SIREN_Q, "Autre Organisme", AUTRE_PORTEFEUILLE)
    acces.organisation(SIREN_C, "Sans Administrateur", portefeuille_id=PORTEFEUILLE)
    dossiers.Etablissement.objects.create(siret=SIRET_2, code_postal="69001", commune="Lyon", nom_usuel="Lyon")
    monde.objets |= {"siren": SIREN, "autre_siren": AUTRE_SIREN, "siren_c": SIREN_C, "prestataire": SIREN_OF}
    _peupler(monde)
    _demandes(monde)
    _argent(monde)
    _acces(monde)
    _divers(monde)
    _ouvrir_les_seances(monde)
    return monde


# People ----------------------------------------------------------------------------------------------------------------


def _droits(niveaux: Mapping[Domaine, Niveau], siret: str = "") -> list[DemandeDroit]:
    if siret:
        return [sur_un_siret(siret, d, n) for d, n in niveaux.items()]
    return [sur_le_siren(d, n) for d, n in niveaux.items()]


LECTURE = dict.fromkeys(Domaine, Niveau.LECTURE)
SAISIE = {Domaine.PLAN: Niveau.SAISIE, Domaine.FACTURES: Niveau.SAISIE}
ENVOI = {Domaine.PLAN: Niveau.ENVOI, Domaine.FACTURES: Niveau.ENVOI, Domaine.REGLEMENTS: Niveau.LECTURE}
SUR_UN_SIRET = {Domaine.PLAN: Niveau.ENVOI, Domaine.FACTURES: Niveau.LECTURE}


def _peupler(monde: Monde) -> None:
    gens = monde.personnes

    def entrer(role: str, siren: str, droits: list[DemandeDroit] | None = None, **autres: Any) -> Rattachement:
        gens[role] = acces.personne("Personne", role)
        return acces.rattacher(gens[role], siren, autres.pop("profil", Profil.ADHERENT), droits, **autres)

    gens["sans_second_facteur"] = acces.personne("Personne", "simple", prete=False)
    EmailAddress.objects.create(
        user=gens["sans_second_facteur"], email=gens["sans_second_facteur"].email, verified=True, primary=True
    )
    gens["sans_droit"] = acces.personne("Personne", "seule")
    entrer("a_admin", SIREN)
    monde.objets["rattachement"] = str(entrer("a_lecteur", SIREN, _droits(LECTURE)).pk)
    entrer("a_saisie", SIREN, _droits(SAISIE))
    entrer("a_envoi", SIREN, _droits(ENVOI))
    entrer("a_siret", SIREN, _droits(SUR_UN_SIRET, SIRET))
    entrer("a_autre_siret", SIREN, _droits(SUR_UN_SIRET, SIRET_2))
    entrer("a_probation", SIREN, probation_jusqu_a=MAINTENANT + JOUR)
    expire = entrer("a_expire", SIREN)
    DroitAccorde.objects.filter(rattachement=expire).update(fin=MAINTENANT - JOUR)
    revoque = entrer("a_revoque", SIREN)
    DroitAccorde.objects.filter(rattachement=revoque).update(revoque_le=MAINTENANT - JOUR)
    entrer("a_retire", SIREN, etat=EtatRattachement.RETIRE)
    monde.objets["autre_rattachement"] = str(entrer("b_admin", AUTRE_SIREN).pk)
    entrer("p_admin", SIREN_OF, profil=Profil.PRESTATAIRE)
    entrer("p_lecteur", SIREN_OF, _droits(LECTURE), profil=Profil.PRESTATAIRE)
    entrer("q_admin", SIREN_Q, profil=Profil.PRESTATAIRE)
    for role, nom in (
        (Role.AEF, "aef"), (Role.CONSEILLER, "conseiller"), (Role.GESTIONNAIRE, "gestionnaire"), (Role.COMPTABLE, "comptable"),
        (Role.RESPONSABLE_FINANCIER, "responsable"), (Role.ADMINISTRATEUR_OPCO, "admin_opco"),
    ):  # fmt: skip
        gens[nom] = acces.agent(role, (PORTEFEUILLE,), "Agent", nom)
    gens["opco_ailleurs"] = acces.agent(Role.AEF, (AUTRE_PORTEFEUILLE,), "Agent", "ailleurs")
    for role in set(Role) - {Role.AEF}:
        donne = RoleOpco.objects.create(personne=gens["opco_ailleurs"], role=role, debut=acces.DEPUIS)
        PortefeuilleDuRole.objects.create(role=donne, portefeuille_id=AUTRE_PORTEFEUILLE)
    gens["opco_fini"] = acces.agent(Role.CONSEILLER, (PORTEFEUILLE,), "Agent", "fini")
    RoleOpco.objects.filter(personne=gens["opco_fini"]).update(fin=MAINTENANT - JOUR)


def _ouvrir_les_seances(monde: Monde) -> None:
    """Sign everybody in, second factor given a moment ago."""
    for role, personne in monde.personnes.items():
        navigateur = Client()
        navigateur.force_login(personne)
        seance = navigateur.session
        seance["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
        seance[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(personne.pk)
        seance.save()
        monde.seances[role] = seance.session_key or ""


# Requests --------------------------------------------------------------------------------------------------------------


def _autre_entreprise() -> FauxActeur:
    return acteur_entreprise(AUTRE_SIREN)


def brouillon_de(siret: str, par: Acteur, **changements: Any) -> Dossier:
    """A complete draft whose documents can be downloaded."""
    rempli = dossiers.remplir(dossiers.brouillon(par, siret=siret), par, **changements)
    for piece in dossiers.PieceDeposee.objects.tous("essai").filter(dossier=rempli):
        coffre.ranger(COFFRE, str(piece.document_id), b"")
    return rempli


def _envoyer(siret: str, par: Acteur, **changements: Any) -> Dossier:
    return transmettre_dossier(dossier_id=brouillon_de(siret, par, **changements).pk, par=par, maintenant=LE)


def accorder(siret: str, par: Acteur, portefeuille: UUID, **changements: Any) -> Engagement:
    """Sent, examined, granted, its agreement produced."""
    envoye = _envoyer(siret, par, **changements)
    conseiller = dossiers.emma(portefeuille)
    prendre_en_charge(dossier_id=envoye.pk, par=conseiller, maintenant=LE + JOUR)
    lu = dossiers.relire(envoye)
    accorder_dossier(
        dossier_id=lu.pk, montants_par_ligne=dossiers.montants_proposes(lu), par=conseiller, maintenant=LE + 2 * JOUR
    )
    engagement: Engagement = Engagement.objects.tous("essai").get(dossier=lu)
    produire_accord(engagement_id=engagement.pk, maintenant=LE + 2 * JOUR)
    return engagement


def _piece_de(dossier_id: UUID) -> str:
    return str(dossiers.PieceDeposee.objects.tous("essai").filter(dossier_id=dossier_id).order_by("id")[0].pk)


def _demandes(monde: Monde) -> None:
    objets = monde.objets
    brouillon = brouillon_de(SIRET, dossiers.aline())
    transmis = _envoyer(SIRET, dossiers.aline(), **TARD)
    instruit = _envoyer(SIRET, dossiers.aline(), **TARD)
    prendre_en_charge(dossier_id=instruit.pk, par=dossiers.emma(), maintenant=LE + JOUR)
    incomplet = _envoyer(SIRET, dossiers.aline(), **TARD)
    prendre_en_charge(dossier_id=incomplet.pk, par=dossiers.emma(), maintenant=LE + JOUR)
    demander_complement(
        dossier_id=incomplet.pk, pieces=["programme"], cases=[], message="Programme illisible",
        echeance=(LE + 20 * JOUR).date(), par=dossiers.emma(), maintenant=LE + JOUR,
    )  # fmt: skip
    engagement = accorder(SIRET, dossiers.aline(), PORTEFEUILLE)
    autre = brouillon_de(AUTRE_SIRET, _autre_entreprise(), organisme__siret=f"{SIREN_Q}00010")
    autre_accorde = accorder(AUTRE_SIRET, _autre_entreprise(), AUTRE_PORTEFEUILLE, **NON_SUBROGE)
    objets |= {
        "brouillon": str(brouillon.pk),
        "piece_brouillon": _piece_de(brouillon.pk),
        "transmis": str(transmis.pk),
        "piece_transmis": _piece_de(transmis.pk),
        "instruit": str(instruit.pk),
        "accorde": str(engagement.dossier_id),
        "numero": dossiers.Dossier.objects.tous("essai").get(pk=engagement.dossier_id).numero or "",
        "engagement": str(engagement.pk),
        "autre_brouillon": str(autre.pk),
        "autre_piece": _piece_de(autre.pk),
        "autre_accorde": str(autre_accorde.dossier_id),
        "autre_engagement": str(autre_accorde.pk),
    }


NON_SUBROGE = {"couts__subrogation": "non"}


# Money -----------------------------------------------------------------------------------------------------------------


def facturer(engagement_id: str, ht: str, numero: str, par: Acteur) -> Facture:
    """An invoice of the example request, sent at the end of January."""
    engagement = Engagement.objects.tous("essai").get(pk=engagement_id)
    return deposer_facture(
        engagement,
        saisie_facture(ht, numero=numero, le=date(2027, 1, 14)),
        certificat=saisie_certificat(
            date_debut=date(2027, 1, 11), date_fin=date(2027, 1, 12), signe_le=date(2027, 1, 13), heures_realisees=Decimal(28)
        ),
        par=par,
        le=MAINTENANT - 10 * JOUR,
    )


def lot_de(facture: Facture) -> LotVirements:
    """The invoice accepted, alone in a prepared batch."""
    gestionnaire = acteur_opco(PORTEFEUILLE, Pouvoir.TRAITER_FACTURES)
    accepter_facture(facture_id=facture.pk, par=gestionnaire, maintenant=MAINTENANT - 9 * JOUR, service_fait="Contrôlé")
    comptable = acteur_opco(PORTEFEUILLE, Pouvoir.PREPARER_LOTS)
    return preparer_lot(par=comptable, maintenant=MAINTENANT - 8 * JOUR, factures={facture.pk}).lot


def signer_et_remettre(lot: LotVirements) -> None:
    """Signed by somebody else, its file handed over."""
    quand = MAINTENANT - 7 * JOUR
    responsable = acteur_opco(PORTEFEUILLE, Pouvoir.SIGNER_LOTS, Pouvoir.PREPARER_LOTS)
    signer_lot(lot_id=lot.pk, second_facteur_le=quand, par=responsable, maintenant=quand)
    telecharger_xml(lot_id=lot.pk, second_facteur_le=quand, par=responsable, maintenant=quand)


def _argent(monde: Monde) -> None:
    objets, ancien = monde.objets, MAINTENANT - 60 * JOUR
    organisme = acteur_prestataire(SIREN_OF)
    banque.ajouter(banque.IBANS[1], siren=SIREN_OF, profil=Profil.PRESTATAIRE, le=ancien)
    objets["rib"] = str(banque.ajouter(banque.IBANS[0], siren=SIREN, le=ancien).pk)
    objets["autre_rib"] = str(banque.ajouter(banque.IBANS[2], siren=AUTRE_SIREN, le=ancien).pk)
    objets["facture"] = str(facturer(objets["engagement"], "100.00", "F-1", organisme).pk)
    payable = facturer(objets["engagement"], "50.00", "F-2", organisme)
    signe = facturer(objets["engagement"], "60.00", "F-3", organisme)
    acceptee = facturer(objets["engagement"], "70.00", "F-4", organisme)
    objets["lot"] = str(lot_de(payable).pk)
    lot_signe = lot_de(signe)
    signer_et_remettre(lot_signe)
    objets["lot_signe"] = str(lot_signe.pk)
    gestionnaire = acteur_opco(PORTEFEUILLE, Pouvoir.TRAITER_FACTURES)
    accepter_facture(facture_id=acceptee.pk, par=gestionnaire, maintenant=MAINTENANT - 9 * JOUR, service_fait="Contrôlé")
    objets["acceptee"] = str(acceptee.pk)
    autre = facturer(objets["autre_engagement"], "80.00", "G-1", _autre_entreprise())
    objets["autre_facture"] = str(autre.pk)


# Access, letters, messages, barème --------------------------------------------------------------------------------------


def _demande(personne: Personne, siren: str, portefeuille: UUID) -> str:
    demande = DemandeAcces(
        personne=personne, profil=Profil.ADHERENT, etat=EtatDemande.EN_ATTENTE, demandee_le=MAINTENANT - JOUR
    ).porter(portee_des_acces(siren, Profil.ADHERENT, portefeuille))
    demande.save(force_insert=True)
    return str(demande.pk)


def _acces(monde: Monde) -> None:
    attend = acces.personne("Personne", "attend")
    monde.objets["demande"] = _demande(attend, SIREN, PORTEFEUILLE)
    monde.objets["autre_demande"] = _demande(attend, AUTRE_SIREN, AUTRE_PORTEFEUILLE)
    monde.objets["demande_opco"] = _demande(attend, SIREN_C, PORTEFEUILLE)
    aef = acces.acteur(monde.personnes["aef"], MAINTENANT)
    commande = commander_codes(profil=Profil.ADHERENT, sirens=[SIREN_C], par=aef, maintenant=MAINTENANT - JOUR)
    preparer_lettres(commande_id=commande.pk, maintenant=MAINTENANT - JOUR)
    telecharger_lettres(commande_id=commande.pk, par=aef, maintenant=MAINTENANT - JOUR)
    monde.objets["commande"] = str(commande.pk)
    for nom, siren, profil in (
        ("cle_a", SIREN, Profil.ADHERENT), ("cle_b", AUTRE_SIREN, Profil.ADHERENT),
        ("cle_p", SIREN_OF, Profil.PRESTATAIRE), ("cle_revoquee", SIREN, Profil.ADHERENT),
    ):  # fmt: skip
        monde.cles[nom] = creer_cle_api(
            nom=nom,
            siren=siren,
            profil=profil,
            verbes=[VerbeApi.DOSSIERS_LIRE],
            jours=90,
            par=SYSTEME,
            maintenant=MAINTENANT - JOUR,
        )
    revoquee = CleApi.objects.tous("essai").get(nom="cle_revoquee")
    revoquer_cle(cle_id=revoquee.pk, par=SYSTEME, maintenant=MAINTENANT)


def _divers(monde: Monde) -> None:
    ticket = ouvrir_ticket(
        nom="Paul Visiteur", email="paul@essai.example", siren=SIREN, objet="autre", message="Bonjour, une question.",
        adresse_ip="127.0.0.1", maintenant=MAINTENANT - JOUR,
    )  # fmt: skip
    guichet = suspendre_guichet(
        dispositif="action_formation", idcc="1979", du=MAINTENANT.date(), message="Budget consommé",
        par=acteur_opco(PORTEFEUILLE, Pouvoir.REGLER_BAREMES), maintenant=MAINTENANT,
    )  # fmt: skip
    monde.objets |= {
        "ticket": str(ticket.pk),
        "guichet": str(guichet.pk),
        "ligne": str(LigneBareme.objects.order_by("id")[0].pk),
        "cote": Cote.ENTREPRISE.value,
        "sha": hashlib.sha256(b"inconnu").hexdigest(),
    }
