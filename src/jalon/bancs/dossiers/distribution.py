"""The people of the bench: accounts with a second factor, rights, open sessions."""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from jalon.bancs.dossiers.population import CONSEILLERE, Entite, Population, portefeuille_id
from jalon.comptes.models import Personne
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.opco import creer_compte_opco
from jalon.habilitations.enums import EtatRattachement, Etendue, OrigineRattachement, Role
from jalon.habilitations.mandats import ecrire_niveaux
from jalon.habilitations.models import Affectation, DroitAccorde, Mandat, Rattachement
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.regles import tous_les_droits
from jalon.socle.acteurs import Domaine, Niveau, Profil

ANCIENNETE = timedelta(days=400)
DOMAINES_DU_CABINET = (Domaine.PLAN, Domaine.FACTURES, Domaine.REGLEMENTS)


def administratrice(entite: Entite, adresse: str, maintenant: datetime) -> Personne:
    """Somebody who holds every right on a company."""
    personne = _compte(adresse)
    droits = [(d.domaine, d.niveau) for d in tous_les_droits()]
    _rattacher(personne, [(entite.siren, entite.portefeuille)], Profil.ADHERENT, droits, maintenant)
    return personne


def comptable(population: Population, maintenant: datetime) -> Personne:
    """Somebody of a cabinet, who reads the requests, invoices and payments of 500 companies."""
    personne = _compte("cabinet@banc.example")
    lieux = [(e.siren, e.portefeuille) for e in population.clientes]
    _rattacher(personne, lieux, Profil.ADHERENT, [(d, Niveau.LECTURE) for d in DOMAINES_DU_CABINET], maintenant)
    return personne


def grand_cabinet(population: Population, maintenant: datetime) -> Personne:
    """A collaborator of a cabinet, who follows all its 5,000 clients by mandate and has no right of her own there."""
    personne, siren = _compte("grand-cabinet@banc.example"), population.grand_cabinet.siren
    _rattacher(personne, [(siren, 1)], Profil.PRESTATAIRE, [], maintenant)
    lien = Rattachement.objects.tous("banc, grand cabinet").get(personne=personne)
    droits, debut = ecrire_niveaux(dict.fromkeys(DOMAINES_DU_CABINET, Niveau.ENVOI)), maintenant - timedelta(days=30)
    mandats = Mandat.objects.tous("banc, grand cabinet").bulk_create(
        Mandat(
            profil=Profil.ADHERENT,
            mandataire_siren=siren,
            droits=droits,
            debut=debut,
            fin=maintenant + timedelta(days=300),
            cree_le=debut,
            modifie_le=debut,
        ).porter(portee_des_acces(e.siren, Profil.ADHERENT, portefeuille_id(e.portefeuille)))
        for e in population.mandantes
    )
    Affectation.objects.bulk_create(Affectation(mandat=m, rattachement=lien, droits=droits, debut=debut) for m in mandats)
    return personne


def prestataire(population: Population, maintenant: datetime) -> Personne:
    """Somebody who holds every right of a provider."""
    personne = _compte("prestataire@banc.example")
    droits = [(d.domaine, d.niveau) for d in tous_les_droits()]
    _rattacher(personne, [(population.prestataire.siren, 1)], Profil.PRESTATAIRE, droits, maintenant)
    return personne


def conseillere(maintenant: datetime) -> Personne:
    """The adviser, over one portefeuille."""
    personne = creer_compte_opco(
        email="conseillere@banc.example",
        prenom="Emma",
        nom="Banc",
        role=Role.CONSEILLER,
        portefeuilles=[portefeuille_id(CONSEILLERE)],
        par=ActeurSysteme("banc"),
        maintenant=maintenant - ANCIENNETE,
    )
    _equiper(personne)
    return personne


def ouvrir_seance(personne: Personne) -> str:
    """Key of a session signed in with a password and a second factor, as allauth leaves it."""
    seance = SessionStore()
    instant = time.time()
    seance[SESSION_KEY] = str(personne.pk)
    seance[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    seance[HASH_SESSION_KEY] = personne.get_session_auth_hash()
    seance["account_authentication_methods_user"] = str(personne.pk)
    seance["account_authentication_methods"] = [
        {"method": "password", "at": instant, "email": personne.email},
        {"method": "mfa", "at": instant, "type": _second_facteur(personne)},
    ]
    seance.create()
    return str(seance.session_key)


def _compte(adresse: str) -> Personne:
    personne = Personne.objects.create_user(adresse, prenom="Aline", nom="Banc")
    _equiper(personne)
    return personne


def _equiper(personne: Personne) -> None:
    EmailAddress.objects.create(user=personne, email=personne.email, verified=True, primary=True)
    Authenticator.objects.create(user=personne, type=_second_facteur(personne), data={"secret": ""})


def _second_facteur(personne: Personne) -> str:
    """A passkey for the people of the OPCO, an application for the others."""
    return str(Authenticator.Type.WEBAUTHN if personne.est_opco else Authenticator.Type.TOTP)


def _rattacher(
    personne: Personne,
    lieux: Iterable[tuple[str, int]],
    profil: Profil,
    droits: Iterable[tuple[Domaine, Niveau]],
    maintenant: datetime,
) -> None:
    debut = maintenant - ANCIENNETE
    liens = [
        Rattachement(
            personne=personne,
            profil=profil,
            etat=EtatRattachement.ACTIF,
            origine=OrigineRattachement.INVITATION,
            cree_le=debut,
            actif_depuis=debut,
        ).porter(portee_des_acces(siren, profil, portefeuille_id(portefeuille)))
        for siren, portefeuille in lieux
    ]
    retenus = list(droits)
    for lien in liens:
        lien.save(force_insert=True)
    DroitAccorde.objects.bulk_create(
        DroitAccorde(rattachement=lien, etendue=Etendue.SIREN, domaine=domaine, niveau=niveau, debut=debut)
        for lien in liens
        for domaine, niveau in retenus
    )
