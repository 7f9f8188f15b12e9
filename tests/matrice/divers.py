"""Requests of access, letters, keys of the API, messages of the contact form, barèmes."""

from uuid import UUID

from jalon.aide.actions import ouvrir_ticket
from jalon.comptes.models import Personne
from jalon.habilitations.acteurs import ActeurPersonne, ActeurSysteme
from jalon.habilitations.actions.cles import creer_cle_api, revoquer_cle
from jalon.habilitations.actions.commandes import commander_codes, completer_adresse
from jalon.habilitations.actions.lettres import preparer_lettres, telecharger_lettres
from jalon.habilitations.enums import Attente, EtatDemande, Etendue, NatureAvis, VerbeApi
from jalon.habilitations.models import AvisPostal, CleApi, DemandeAcces, DroitAccorde
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.organisations.actions import declarer_organisation_inconnue
from jalon.organisations.models import Organisation
from jalon.referentiels.actions import suspendre_guichet
from jalon.referentiels.models import LigneBareme
from jalon.socle.acteurs import Domaine, Niveau, Pouvoir, Profil
from jalon.socle.identifiants import nouvel_id
from tests.acteurs import acteur_opco
from tests.dossiers.fabrique import AUTRE_PORTEFEUILLE, AUTRE_SIREN, PORTEFEUILLE, SIREN, SIREN_OF
from tests.habilitations import fabrique as acces
from tests.matrice.gens import JOUR
from tests.matrice.lieux import CANARI_B, MAINTENANT, SIREN_C, SIREN_D, SIREN_E, SIREN_F, SIREN_Q

SYSTEME = ActeurSysteme("essai")
HIER = MAINTENANT - JOUR


def divers(objets: dict[str, str], personnes: dict[str, Personne]) -> None:
    """Everything but the keys."""
    _demandes(objets, personnes["attend"])
    octrois(objets)
    _lettres(objets, acces.acteur(personnes["aef"], MAINTENANT), personnes["attend"])
    declarer_organisation_inconnue(siren=SIREN_F, par=SYSTEME, maintenant=HIER)
    Organisation.objects.filter(siren=SIREN_F).update(portefeuille_id=PORTEFEUILLE)
    guichet = suspendre_guichet(
        dispositif="action_formation", idcc="0016", du=MAINTENANT.date(), message="Budget consommé",
        par=acteur_opco(PORTEFEUILLE, Pouvoir.REGLER_BAREMES), maintenant=MAINTENANT,
    )  # fmt: skip
    objets |= {
        "ticket": _ticket(SIREN, "Bonjour, une question."),
        "autre_ticket": _ticket(AUTRE_SIREN, CANARI_B),
        "guichet": str(guichet.pk),
        "ligne": str(LigneBareme.objects.order_by("id")[0].pk),
    }


def octrois(objets: dict[str, str]) -> None:
    """Rights given by somebody of no role, that wait: two wide ones, and some of a burst."""
    for nom, siren, profil, attente, portefeuille in (
        ("octroi", SIREN, Profil.ADHERENT, Attente.SECONDE_VOIX, PORTEFEUILLE),
        ("octroi_p", SIREN_OF, Profil.PRESTATAIRE, Attente.SECONDE_VOIX, PORTEFEUILLE),
        ("octroi_opco", SIREN, Profil.ADHERENT, Attente.VERIFICATION, PORTEFEUILLE),
        ("autre_octroi", AUTRE_SIREN, Profil.ADHERENT, Attente.SECONDE_VOIX, AUTRE_PORTEFEUILLE),
        ("octroi_q", SIREN_Q, Profil.PRESTATAIRE, Attente.SECONDE_VOIX, AUTRE_PORTEFEUILLE),
    ):
        lien = acces.rattacher(acces.personne("Attend", nom), siren, profil, [acces.sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
        lien.portefeuille_id = portefeuille
        lien.save(update_fields=["portefeuille_id"])
        DroitAccorde.objects.create(
            rattachement=lien, etendue=Etendue.SIREN, domaine=Domaine.FACTURES, niveau=Niveau.ENVOI, attente=attente,
            debut=MAINTENANT + JOUR, accorde_par=nouvel_id(),
        )  # fmt: skip
        objets[nom] = str(lien.pk)


def _demandes(objets: dict[str, str], attend: Personne) -> None:
    for nom, siren, profil, portefeuille in (
        ("demande", SIREN, Profil.ADHERENT, PORTEFEUILLE),
        ("demande_p", SIREN_OF, Profil.PRESTATAIRE, PORTEFEUILLE),
        ("autre_demande", AUTRE_SIREN, Profil.ADHERENT, AUTRE_PORTEFEUILLE),
        ("demande_q", SIREN_Q, Profil.PRESTATAIRE, AUTRE_PORTEFEUILLE),
        ("demande_opco", SIREN_C, Profil.ADHERENT, PORTEFEUILLE),
    ):
        demande = DemandeAcces(personne=attend, profil=profil, etat=EtatDemande.EN_ATTENTE, demandee_le=HIER)
        demande.porter(portee_des_acces(siren, profil, portefeuille)).save(force_insert=True)
        objets[nom] = str(demande.pk)


def _lettres(objets: dict[str, str], aef: ActeurPersonne, attend: Personne) -> None:
    commande = commander_codes(profil=Profil.ADHERENT, sirens=[SIREN_C], par=aef, maintenant=HIER)
    preparer_lettres(commande_id=commande.pk, maintenant=HIER)
    telecharger_lettres(commande_id=commande.pk, par=aef, maintenant=HIER)
    sans_adresse = commander_codes(profil=Profil.ADHERENT, sirens=[SIREN_D, SIREN_E], par=aef, maintenant=HIER)
    preparer_lettres(commande_id=sans_adresse.pk, maintenant=HIER)
    completer_adresse(siren=SIREN_E, lignes=["Société E", "74000 ANNECY"], preuve="Extrait Kbis", par=aef, maintenant=HIER)
    objets |= {
        "commande": str(commande.pk),
        "commande_suite": str(sans_adresse.pk),
        "avis": _avis(SIREN_C, attend, PORTEFEUILLE),
        "autre_avis": _avis(AUTRE_SIREN, attend, AUTRE_PORTEFEUILLE),
    }


def _avis(siren: str, personne: Personne, portefeuille: UUID) -> str:
    nature = NatureAvis.DEMANDE_RECUE
    avis = AvisPostal(
        siren=siren, profil=Profil.ADHERENT, nature=nature, personne=personne, portefeuille_id=portefeuille, le=HIER
    )
    avis.save(force_insert=True)
    return str(avis.pk)


def _ticket(siren: str, message: str) -> str:
    ticket = ouvrir_ticket(
        nom="Paul Visiteur", email="paul@essai.example", siren=siren, objet="autre", message=message,
        adresse_ip="127.0.0.1", maintenant=HIER,
    )  # fmt: skip
    return str(ticket.pk)


def cles() -> dict[str, str]:
    """A key of each side of the world, one revoked, one expired."""
    donnees = {}
    for nom, siren, profil in (
        ("cle_a", SIREN, Profil.ADHERENT), ("cle_b", AUTRE_SIREN, Profil.ADHERENT), ("cle_p", SIREN_OF, Profil.PRESTATAIRE),
        ("cle_revoquee", SIREN, Profil.ADHERENT), ("cle_expiree", AUTRE_SIREN, Profil.ADHERENT), ("cle_q", SIREN_Q, Profil.PRESTATAIRE),
    ):  # fmt: skip
        donnees[nom] = creer_cle_api(
            nom=nom, siren=siren, profil=profil, verbes=[VerbeApi.DOSSIERS_LIRE], jours=90, par=SYSTEME, maintenant=HIER
        )
    toutes = CleApi.objects.tous("essai")
    revoquer_cle(cle_id=toutes.get(nom="cle_revoquee").pk, par=SYSTEME, maintenant=MAINTENANT)
    toutes.filter(nom="cle_expiree").update(expire_le=MAINTENANT)
    return donnees
