"""The people of the matrix, one per role, and their sessions."""

import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.test import Client

from jalon.comptes.models import Personne
from jalon.habilitations.enums import Attente, EtatRattachement, OrigineMandat, Role
from jalon.habilitations.models import DroitAccorde, Mandat, PortefeuilleDuRole, Rattachement, RoleOpco
from jalon.habilitations.regles import DemandeDroit
from jalon.pieces.requetes import COFFRE
from jalon.socle import coffre
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.identifiants import nouvel_id
from tests.dossiers.fabrique import AUTRE_PORTEFEUILLE, AUTRE_SIREN, PORTEFEUILLE, SIREN, SIREN_OF, SIRET, document
from tests.habilitations import fabrique as acces
from tests.habilitations.fabrique import sirens as fabriquer_sirens
from tests.habilitations.fabrique import sur_le_siren, sur_un_siret
from tests.matrice.lieux import MAINTENANT, SIREN_K, SIREN_Q, SIRET_2

JOUR = timedelta(days=1)
PLAN, FACTURES, REGLEMENTS = Domaine.PLAN, Domaine.FACTURES, Domaine.REGLEMENTS
LECTURE = dict.fromkeys(Domaine, Niveau.LECTURE)
SAISIE = {PLAN: Niveau.SAISIE, FACTURES: Niveau.SAISIE}
ENVOI = {PLAN: Niveau.ENVOI, FACTURES: Niveau.ENVOI, REGLEMENTS: Niveau.LECTURE}
SANS_LE_PLAN = {FACTURES: Niveau.ENVOI, REGLEMENTS: Niveau.LECTURE}
SUR_UN_SIRET = {PLAN: Niveau.ENVOI, FACTURES: Niveau.LECTURE}
DEUX_SIRET = [
    *(sur_un_siret(SIRET, domaine, Niveau.LECTURE) for domaine in (PLAN, FACTURES)),
    *(sur_un_siret(SIRET_2, domaine, Niveau.ENVOI) for domaine in (PLAN, FACTURES)),
]
AGENTS = {
    "aef": Role.AEF, "conseiller": Role.CONSEILLER, "gestionnaire": Role.GESTIONNAIRE, "comptable": Role.COMPTABLE,
    "responsable": Role.RESPONSABLE_FINANCIER, "admin_opco": Role.ADMINISTRATEUR_OPCO,
}  # fmt: skip


def _droits(niveaux: Mapping[Domaine, Niveau], siret: str = "") -> list[DemandeDroit]:
    return [sur_un_siret(siret, d, n) if siret else sur_le_siren(d, n) for d, n in niveaux.items()]


class Peuple:
    """People by role, and their links."""

    mandats: dict[str, Mandat]

    def __init__(self) -> None:
        self.personnes: dict[str, Personne] = {}
        self.liens: dict[str, Rattachement] = {}
        self._dehors()
        self._de_l_entreprise()
        self._des_autres()
        self._de_l_opco()
        portefeuilles = {
            SIREN: PORTEFEUILLE,
            SIREN_OF: PORTEFEUILLE,
            AUTRE_SIREN: AUTRE_PORTEFEUILLE,
            SIREN_Q: AUTRE_PORTEFEUILLE,
            SIREN_K: PORTEFEUILLE,
        }
        for lien in Rattachement.objects.tous("essai"):
            lien.portefeuille_id = portefeuilles[lien.organisation_siren]
            lien.save(update_fields=["portefeuille_id"])
        for mandat in Mandat.objects.tous("essai"):
            mandat.portefeuille_id = portefeuilles[mandat.organisation_siren]
            mandat.save(update_fields=["portefeuille_id"])
        Authenticator.objects.update(created_at=acces.DEPUIS)
        Personne.objects.update(password=make_password("Une phrase de passe de la matrice"))

    def _entrer(self, role: str, siren: str, droits: list[DemandeDroit] | None = None, **autres: Any) -> Rattachement:
        self.personnes.setdefault(role, acces.personne("Personne", role))
        profil = autres.pop("profil", Profil.ADHERENT)
        self.liens[role] = acces.rattacher(self.personnes[role], siren, profil, droits, **autres)
        return self.liens[role]

    def _dehors(self) -> None:
        simple = self.personnes["sans_second_facteur"] = acces.personne("Personne", "simple", prete=False)
        EmailAddress.objects.create(user=simple, email=simple.email, verified=True, primary=True)
        self.personnes["sans_droit"] = acces.personne("Personne", "seule")
        attend = self.personnes["attend"] = acces.personne("Personne", "attend")
        self.cle_d_autrui = Authenticator.objects.create(user=attend, type=Authenticator.Type.WEBAUTHN, data={"name": "Clé"})

    def _de_l_entreprise(self) -> None:
        self._entrer("a_admin", SIREN)
        self._entrer("a_lecteur", SIREN, _droits(LECTURE))
        self._entrer("a_saisie", SIREN, _droits(SAISIE))
        self._entrer("a_envoi", SIREN, _droits(ENVOI))
        self._entrer("a_dispositif", SIREN, [acces.sur_un_dispositif("action_formation", Niveau.ENVOI), *_droits(SANS_LE_PLAN)])
        self._entrer("a_siret", SIREN, _droits(SUR_UN_SIRET, SIRET))
        self.groupe = acces.groupe("Lyon", [SIRET_2], SIREN)
        self.groupe.portefeuille_id = PORTEFEUILLE
        self.groupe.save(update_fields=["portefeuille_id"])
        self._entrer("a_autre_siret", SIREN, [acces.sur_un_groupe(self.groupe, d, n) for d, n in SUR_UN_SIRET.items()])
        self._entrer("a_mixte", SIREN, DEUX_SIRET)
        self._entrer("a_probation", SIREN, probation_jusqu_a=MAINTENANT + JOUR)
        self._entrer("double_admin", AUTRE_SIREN)
        self._entrer("double_admin", SIREN)
        self._expirer(self._entrer("a_expire", SIREN))
        revoque = self._entrer("a_revoque", SIREN)
        DroitAccorde.objects.filter(rattachement=revoque).update(revoque_le=MAINTENANT - JOUR)
        self._entrer("a_retire", SIREN, etat=EtatRattachement.RETIRE)

    def _des_autres(self) -> None:
        self._entrer("b_admin", AUTRE_SIREN)
        self._entrer("p_admin", SIREN_OF, profil=Profil.PRESTATAIRE)
        self._entrer("p_lecteur", SIREN_OF, _droits(LECTURE), profil=Profil.PRESTATAIRE)
        facture = {PLAN: Niveau.LECTURE, FACTURES: Niveau.ENVOI}
        self._entrer("p_envoi", SIREN_OF, _droits(facture), profil=Profil.PRESTATAIRE)
        self._expirer(self._entrer("p_expire", SIREN_OF, profil=Profil.PRESTATAIRE))
        self._entrer("q_admin", SIREN_Q, profil=Profil.PRESTATAIRE)
        self._du_cabinet()
        self._sous_convention()

    def _du_cabinet(self) -> None:
        """Mandates: of A to the cabinet, then to its provider; of its provider, and of B, to the other provider."""
        self._entrer("c_admin", SIREN_K, profil=Profil.PRESTATAIRE)
        for role in ("c_collab", "c_fini"):
            self._entrer(role, SIREN_K, [], profil=Profil.PRESTATAIRE)
        ans = {"debut": acces.DEPUIS, "fin": MAINTENANT + 60 * JOUR}
        self.mandats = {
            "mandat": acces.donner(SIREN, SIREN_K, ENVOI, **ans),
            "mandat_recu": acces.donner(SIREN, SIREN_OF, {PLAN: Niveau.SAISIE}, **ans),
            "mandat_p": acces.donner(SIREN_OF, SIREN_K, ENVOI, profil=Profil.PRESTATAIRE, **ans),
            "autre_mandat": acces.donner(AUTRE_SIREN, SIREN_Q, ENVOI, **ans),
        }
        self.mandats |= self._en_attente(ans)
        acces.confier(self.mandats["mandat"], self.liens["c_collab"], ENVOI)
        fini = acces.donner(SIREN, SIREN_K, ENVOI, debut=acces.DEPUIS, fin=MAINTENANT - JOUR, termine_le=MAINTENANT - JOUR)
        acces.confier(fini, self.liens["c_fini"], ENVOI)

    def _sous_convention(self) -> None:
        """Of A with its provider, and of B with the other one."""
        self._entrer("p_convention", SIREN_OF, [], profil=Profil.PRESTATAIRE)
        for nom, siren, prestataire in (("convention", SIREN, SIREN_OF), ("autre_convention", AUTRE_SIREN, SIREN_Q)):
            copie = document()
            coffre.ranger(COFFRE, str(copie.pk), b"")
            self.mandats[nom] = acces.donner(
                siren, prestataire, {Domaine.ALTERNANCE: Niveau.ENVOI}, debut=acces.DEPUIS, fin=MAINTENANT + 60 * JOUR,
                origine=OrigineMandat.CONVENTION, reference=f"CONV {siren}", signee_le=acces.DEPUIS.date(), piece=copie,
            )  # fmt: skip
        acces.confier(self.mandats["convention"], self.liens["p_convention"], {Domaine.ALTERNANCE: Niveau.ENVOI})

    @staticmethod
    def _en_attente(ans: Mapping[str, Any]) -> dict[str, Mandat]:
        """Mandates that wait for somebody else: wide, and of a burst."""
        large = {"attente": Attente.SECONDE_VOIX, "compte_le": MAINTENANT + JOUR, "attendu_par": nouvel_id()}
        rafale = {"attente": Attente.VERIFICATION, "retenu": True, "compte_le": MAINTENANT, "attendu_par": nouvel_id()}
        tiers = fabriquer_sirens(5)
        return {
            "mandat_attend": acces.donner(SIREN, tiers[0], ENVOI, **{**ans, "debut": MAINTENANT + JOUR}, **large),
            "mandat_p_attend": acces.donner(
                SIREN_OF, tiers[1], ENVOI, profil=Profil.PRESTATAIRE, **{**ans, "debut": MAINTENANT + JOUR}, **large
            ),
            "mandat_rafale": acces.donner(SIREN, tiers[2], {PLAN: Niveau.SAISIE}, **ans, **rafale),
            "autre_mandat_attend": acces.donner(AUTRE_SIREN, tiers[3], ENVOI, **{**ans, "debut": MAINTENANT + JOUR}, **large),
            "mandat_q_attend": acces.donner(
                SIREN_Q, tiers[4], ENVOI, profil=Profil.PRESTATAIRE, **{**ans, "debut": MAINTENANT + JOUR}, **large
            ),
        }

    @staticmethod
    def _expirer(lien: Rattachement) -> None:
        DroitAccorde.objects.filter(rattachement=lien).update(fin=MAINTENANT - JOUR)

    def _de_l_opco(self) -> None:
        for nom, role in AGENTS.items():
            self.personnes[nom] = acces.agent(role, (PORTEFEUILLE,), "Agent", nom)
        self.personnes["opco_ailleurs"] = acces.agent(Role.AEF, (AUTRE_PORTEFEUILLE,), "Agent", "ailleurs")
        self._ailleurs("opco_ailleurs", set(Role) - {Role.AEF})
        self.personnes["opco_mixte"] = acces.agent(Role.COMPTABLE, (PORTEFEUILLE,), "Agent", "mixte")
        self._ailleurs("opco_mixte", set(Role) - {Role.COMPTABLE})
        self.personnes["opco_fini"] = acces.agent(Role.CONSEILLER, (PORTEFEUILLE,), "Agent", "fini")
        RoleOpco.objects.filter(personne=self.personnes["opco_fini"]).update(fin=MAINTENANT - JOUR)

    def _ailleurs(self, nom: str, roles: set[Role]) -> None:
        for role in roles:
            donne = RoleOpco.objects.create(personne=self.personnes[nom], role=role, debut=acces.DEPUIS)
            PortefeuilleDuRole.objects.create(role=donne, portefeuille_id=AUTRE_PORTEFEUILLE)


def ouvrir_les_seances(personnes: Mapping[str, Personne]) -> dict[str, str]:
    """Sign everybody in, identity confirmed a moment ago with the second factor; role -> key of the session."""
    seances = {}
    for role, personne in personnes.items():
        navigateur = Client()
        navigateur.force_login(Personne.objects.get(pk=personne.pk))
        seance = navigateur.session
        seance["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp", "reauthenticated": True}]
        seance[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(personne.pk)
        seance.save()
        seances[role] = seance.session_key or ""
    return seances
