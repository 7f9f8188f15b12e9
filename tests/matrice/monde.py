"""One world for the whole matrix: companies A and B, their providers, one object of each kind on each side, one person per role."""

import io
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from django.conf import settings
from django.test import Client
from django.test.client import ClientHandler

from jalon.comptes.models import Personne
from jalon.organisations.models import Etablissement
from jalon.pieces.models import Document
from jalon.pieces.requetes import COFFRE
from jalon.socle import coffre
from jalon.socle.acteurs import Acteur
from tests.dossiers import fabrique
from tests.dossiers.fabrique import AUTRE_PORTEFEUILLE, AUTRE_SIREN, PORTEFEUILLE, SIREN, SIREN_OF, SIRET
from tests.facturation.outils import document_leger
from tests.habilitations import fabrique as acces
from tests.matrice.argent import argent
from tests.matrice.contrats import contrats
from tests.matrice.demandes import demandes
from tests.matrice.divers import cles, divers
from tests.matrice.exports import exports
from tests.matrice.gens import Peuple, ouvrir_les_seances
from tests.matrice.lieux import (
    MAINTENANT,
    SIREN_C,
    SIREN_D,
    SIREN_E,
    SIREN_F,
    SIREN_K,
    SIREN_Q,
    SIRET_2,
    SIRET_Q,
)
from tests.matrice.operations import operations
from tests.matrice.porte_documents import porte_documents
from tests.matrice.salaries import salaries
from tests.matrice.surveillance import veille

__all__ = ["MAINTENANT", "Monde", "batir", "document_conserve"]


@dataclass
class Monde:
    """Ids of the objects by name; people, links and sessions by role; keys of the API by name."""

    objets: dict[str, str] = field(default_factory=dict)
    personnes: dict[str, Personne] = field(default_factory=dict)
    liens: dict[str, str] = field(default_factory=dict)
    seances: dict[str, str] = field(default_factory=dict)
    cles: dict[str, str] = field(default_factory=dict)
    guichets: dict[bool, ClientHandler] = field(default_factory=dict)
    """One chain of middleware for every browser that checks tokens, one for every other."""

    def client(self, role: str, *, csrf: bool = False) -> Client:
        """A browser of that role: the same session, a fresh jar of cookies."""
        navigateur = Client(enforce_csrf_checks=csrf, raise_request_exception=False)
        navigateur.handler = self.guichets.setdefault(csrf, navigateur.handler)
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
    _lieux()
    peuple = Peuple()
    monde.personnes = peuple.personnes
    monde.objets["personne_conseiller"] = str(peuple.personnes["conseiller"].pk)
    monde.liens = {role: str(lien.pk) for role, lien in peuple.liens.items()}
    monde.objets |= {
        "siren": SIREN, "autre_siren": AUTRE_SIREN, "prestataire": SIREN_OF, "siren_c": SIREN_C, "siren_d": SIREN_D,
        "siren_f": SIREN_F, "cabinet": SIREN_K, "siret": SIRET, "siret_2": SIRET_2, "groupe": str(peuple.groupe.pk),
        "cle_d_autrui": str(peuple.cle_d_autrui.pk),
    }  # fmt: skip
    for nom, role in {
        "rattachement": "a_lecteur", "rattachement_saisie": "a_saisie", "rattachement_admin": "a_admin",
        "rattachement_p": "p_lecteur", "rattachement_p_admin": "p_admin", "autre_rattachement": "b_admin",
        "rattachement_k": "c_collab",
    }.items():  # fmt: skip
        monde.objets[nom] = str(peuple.liens[role].pk)
    monde.objets |= {nom: str(mandat.pk) for nom, mandat in peuple.mandats.items()}
    demandes(monde.objets)
    contrats(monde.objets)
    argent(monde.objets)
    divers(monde.objets, peuple.personnes)
    operations(monde.objets, peuple.personnes)
    salaries(monde.objets, peuple.personnes)
    porte_documents(monde.objets)
    veille(monde.objets, peuple.personnes)
    exports(monde.objets, peuple.personnes)
    monde.cles = cles(monde.objets)
    monde.seances = ouvrir_les_seances(peuple.personnes)
    return monde


def _lieux() -> None:
    fabrique.monde()
    Etablissement.objects.create(siret=SIRET_2, code_postal="69001", commune="Lyon", nom_usuel="Lyon")
    fabrique.organisation(SIREN_K, "Cabinet Essai", PORTEFEUILLE)
    fabrique.organisation(SIREN_Q, "Autre Organisme", AUTRE_PORTEFEUILLE, sirets=(SIRET_Q,))
    fabrique.organisation(SIREN_C, "Sans Administrateur", sirets=(f"{SIREN_C}00010",))
    acces.organisation(SIREN_C, "Sans Administrateur", portefeuille_id=PORTEFEUILLE)
    for siren in (SIREN_D, SIREN_E):
        fabrique.organisation(siren, "Sans Adresse")
