"""The actors: a person, the system. Rights are read once per instance, that is per request or job."""

from datetime import datetime
from functools import cached_property
from uuid import UUID

from jalon.comptes.models import Personne
from jalon.comptes.requetes import personne as personne_par_id
from jalon.habilitations import phrases, suspensions
from jalon.habilitations.acteur_systeme import ActeurSysteme
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.habilitations.enums import Role
from jalon.habilitations.lectures import FERMES_EN_PROBATION, DroitLu, RattachementLu, RoleLu, lire_rattachements, lire_roles
from jalon.habilitations.roles import POUVOIRS
from jalon.socle import horloge
from jalon.socle.acteurs import Domaine, Droit, Niveau, Perimetre, Portee, Pouvoir, Profil
from jalon.socle.confirmation import verifier_second_facteur
from jalon.socle.dates import PARIS
from jalon.socle.erreurs import DroitManquant

__all__ = ["ActeurPersonne", "ActeurSurPlace", "ActeurSysteme", "acteur_du_travail"]


class ActeurPersonne:
    """Somebody signed in. Built by web, api and jobs, it reads the clock unless an instant is given.

    `second_facteur_le`: when she last gave the second factor asked of her, in the session that acts; a job has none.
    """

    def __init__(self, personne: Personne, maintenant: datetime | None = None, second_facteur_le: datetime | None = None) -> None:
        self.personne = personne
        self.maintenant = maintenant or horloge.maintenant()
        self.second_facteur_le = second_facteur_le
        self._perimetres: dict[Droit, Perimetre] = {}

    @property
    def identite(self) -> UUID | None:
        """Id of the person."""
        return self.personne.id

    @property
    def libelle(self) -> str:
        """Display name."""
        return self.personne.nom_complet

    @property
    def soi(self) -> "ActeurPersonne":
        """The same person with all her rights: another actor only when she looks at a space as a colleague."""
        return self

    @property
    def personne_montree(self) -> Personne:
        """Whose pages these are."""
        return self.personne

    @property
    def regarde_seulement(self) -> bool:
        """Whether nothing may be written in her name, not even that she has read."""
        return False

    def sur(self, siren: str) -> "ActeurPersonne":
        """The same person with what she holds in that organisation alone: all that its own pages ask the database with."""
        return ActeurSurPlace(self, siren)

    @cached_property
    def rattachements(self) -> tuple[RattachementLu, ...]:
        """Active links with their rights in force (RIB and exports already removed during probation)."""
        return lire_rattachements(self.personne, self.maintenant)

    @cached_property
    def roles_opco(self) -> tuple[RoleLu, ...]:
        """Roles in force at the OPCO; costs no query to people of companies."""
        return lire_roles(self.personne, self.maintenant) if self.personne.est_opco else ()

    def a_le_role(self, role: Role) -> bool:
        """Whether that role is in force, on any portefeuille."""
        return any(r.role == role for r in self.roles_opco)

    def sirens(self, profil: Profil) -> frozenset[str]:
        """SIREN attached under that profile."""
        return frozenset(r.siren for r in self.rattachements if r.profil == profil)

    def profils(self, siren: str) -> tuple[Profil, ...]:
        """Sides of that SIREN where the person is attached, or acts by mandate."""
        return tuple(dict.fromkeys(r.profil for r in self._liens(siren)))

    def mandataires(self, siren: str) -> tuple[str, ...]:
        """SIREN in whose name the person acts there, when she has no link of her own with it."""
        liens = self._liens(siren)
        return tuple(dict.fromkeys(r.mandataire for r in liens)) if all(r.mandataire for r in liens) else ()

    def clients(self, mandataire: str) -> tuple[RattachementLu, ...]:
        """Mandates in force given to that SIREN, that the person has a part of."""
        return tuple(r for r in self.rattachements if r.mandataire == mandataire)

    def appartient(self, siren: str) -> bool:
        """Whether the person is attached to that SIREN, on any side."""
        return siren in self._par_siren

    def a_des_droits(self, siren: str) -> bool:
        """Whether any right is in force there, or comes from there: a link outlives the rights that it was given, and a
        collaborator of a cabinet may have no other than those over its clients.
        """
        return any(r.droits for r in self.rattachements if siren in {r.siren, r.mandataire})

    def a_un_droit(self, siren: str, droit: Droit, profil: Profil | None = None) -> bool:
        """Whether that level is held on the SIREN or on at least one of its SIRET; without a dispositif, for one at least."""
        return any(
            d.domaine == droit.domaine
            and d.niveau >= droit.niveau > Niveau.AUCUN
            and (not droit.dispositif or d.dispositif in {"", droit.dispositif})
            for r in self._liens(siren, profil)
            for d in r.droits
        )

    def est_administrateur(self, siren: str, profil: Profil | None = None) -> bool:
        """Accès = Gestion on the whole SIREN, active, out of probation."""
        return any(r.administre(self.maintenant) for r in self._liens(siren, profil))

    def en_probation(self, siren: str, profil: Profil | None = None) -> bool:
        """Whether the 72 hours still run on that SIREN."""
        return any(r.en_probation(self.maintenant) for r in self._liens(siren, profil))

    def _liens(self, siren: str, profil: Profil | None = None) -> list[RattachementLu]:
        return [r for r in self._par_siren.get(siren, ()) if profil in (None, r.profil)]

    @cached_property
    def _par_siren(self) -> dict[str, list[RattachementLu]]:
        """Looked at a dozen times by a page, among 5,000 clients."""
        par_siren: dict[str, list[RattachementLu]] = {}
        for lien in self.rattachements:
            par_siren.setdefault(lien.siren, []).append(lien)
        return par_siren

    def perimetre(self, droit: Droit) -> Perimetre:
        """Where at least that level is held; for LECTURE, the portefeuilles one may consult too."""
        if droit not in self._perimetres:
            self._perimetres[droit] = self._calculer(droit)
        return self._perimetres[droit]

    def _calculer(self, droit: Droit) -> Perimetre:
        if droit.niveau <= Niveau.AUCUN:
            return Perimetre()
        sirens, sirets, prestataires = set(), set(), set()
        couples: set[tuple[str, str]] = set()
        for profil, droits, liens, prestataire in self._memes_droits:
            for d in droits:
                if d.domaine != droit.domaine or d.niveau < droit.niveau or d.dispositif not in {"", droit.dispositif}:
                    continue
                if prestataire:
                    couples.update((d.siret or siren, prestataire) for siren in liens)
                elif profil == Profil.PRESTATAIRE:
                    prestataires.update(liens)
                elif d.siret:
                    sirets.add(d.siret)
                else:
                    sirens.update(liens)
        vus = self.portefeuilles(Pouvoir.CONSULTER) if droit.niveau == Niveau.LECTURE else frozenset()
        return Perimetre(frozenset(sirens), frozenset(sirets), frozenset(prestataires), vus, frozenset(couples))

    def dispositifs_restreints(self, domaine: Domaine) -> frozenset[str]:
        """Codes for which a right limited to one dispositif is held."""
        return frozenset(code for tenu, code in self._restreints if tenu == domaine)

    @cached_property
    def _restreints(self) -> frozenset[tuple[Domaine, str]]:
        """Empty for nearly everybody: lists then ask nothing more of the database."""
        return frozenset((d.domaine, d.dispositif) for memes in self._memes_droits for d in memes[1] if d.dispositif)

    @cached_property
    def _memes_droits(self) -> list[tuple[Profil, tuple[DroitLu, ...], list[str], str]]:
        """SIREN of the links that share one list of rights: a cabinet of 5,000 clients has a few such lists. Last comes the
        provider of the convention under which they are held."""
        groupes: dict[tuple[Profil, int, str], tuple[Profil, tuple[DroitLu, ...], list[str], str]] = {}
        for lien in self.rattachements:
            cle = (lien.profil, id(lien.droits), lien.prestataire)
            groupes.setdefault(cle, (lien.profil, lien.droits, [], lien.prestataire))[2].append(lien.siren)
        return list(groupes.values())

    def portefeuilles(self, pouvoir: Pouvoir) -> frozenset[UUID]:
        """Portefeuilles where a role gives that power."""
        return frozenset(p for r in self.roles_opco if pouvoir in POUVOIRS[r.role] for p in r.portefeuilles)

    def peut(self, droit: Droit, portee: Portee) -> bool:
        """Whether the right holds there."""
        return self.perimetre(droit).couvre(portee)

    def exiger(self, droit: Droit, portee: Portee) -> None:
        """Raise DroitManquant, with who can grant it, unless the right holds."""
        if not self.peut(droit, portee):
            cote = Profil.ADHERENT if self.appartient(portee.siren) or not portee.prestataire_siren else Profil.PRESTATAIRE
            siren = portee.siren if cote == Profil.ADHERENT else portee.prestataire_siren
            raise DroitManquant(self.phrase_droit_manquant(droit, siren, cote))

    def exiger_pouvoir(self, pouvoir: Pouvoir, portefeuille_id: UUID | None) -> None:
        """Raise DroitManquant unless a role gives that power on that portefeuille (on any when None)."""
        accordes = self.portefeuilles(pouvoir)
        if not accordes or (portefeuille_id is not None and portefeuille_id not in accordes):
            raise DroitManquant(phrases.pouvoir_manquant(pouvoir))

    def exiger_second_facteur(self, maintenant: datetime) -> None:
        """Raise SecondFacteurRequis unless she gave a second factor in the last five minutes."""
        verifier_second_facteur(self.second_facteur_le, maintenant)

    def phrase_droit_manquant(self, droit: Droit, siren: str, profil: Profil | None = None) -> str:
        """Which right is missing on that SIREN and who can give it, told to its own people alone; in probation, when it opens."""
        if not self.appartient(siren):
            return phrases.OPCO_CONSULTE if self.personne.est_opco else phrases.AUTRE_ORGANISATION
        fin = self._fin_de_probation(siren, profil) if droit.domaine in FERMES_EN_PROBATION else None
        if fin is not None:
            return phrases.ferme_en_probation(droit.domaine, f"{fin.astimezone(PARIS):%d/%m/%Y à %H:%M}")
        noms = [a.nom for a in administrateurs_actifs(siren, profil, self.maintenant)]
        return phrases.droit_manquant(droit, list(dict.fromkeys(noms)))

    def suspendu_sur(self, siren: str) -> bool:
        """Whether the person is attached to that SIREN, and the OPCO has cut it. Asked once the page was refused."""
        return suspensions.rattache_a_une_suspendue(self.personne.pk, siren)

    def phrase_aucun_droit(self, siren: str) -> str:
        """For a link without any right in force: who can give one."""
        noms = [a.nom for a in administrateurs_actifs(siren, None, self.maintenant)]
        return phrases.aucun_droit(list(dict.fromkeys(noms)))

    def _fin_de_probation(self, siren: str, profil: Profil | None) -> datetime | None:
        fins = [r.probation_jusqu_a for r in self._liens(siren, profil) if r.en_probation(self.maintenant)]
        return max((f for f in fins if f is not None), default=None)


def acteur_du_travail(personne_id: UUID, siren: str | None, maintenant: datetime) -> ActeurPersonne | None:
    """For a job: a person as she is at that instant, in one organisation or everywhere; None once her account is closed or cut."""
    personne = personne_par_id(personne_id)
    if personne is None or personne.suspendue_le is not None:
        return None
    entier = ActeurPersonne(personne, maintenant)
    return entier.sur(siren) if siren else entier


class ActeurSurPlace(ActeurPersonne):
    """Somebody in one organisation alone: her other clients, up to 5,000, are not sent to the database for a page of this one."""

    def __init__(self, entier: ActeurPersonne, siren: str) -> None:
        super().__init__(entier.personne, entier.maintenant, entier.second_facteur_le)
        self.entier, self.siren = entier, siren

    @property
    def soi(self) -> ActeurPersonne:
        """With all her rights: what she may read in a day depends on them."""
        return self.entier

    @cached_property
    def rattachements(self) -> tuple[RattachementLu, ...]:
        """Those of that SIREN."""
        return tuple(r for r in self.entier.rattachements if r.siren == self.siren)

    @cached_property
    def roles_opco(self) -> tuple[RoleLu, ...]:
        """The same."""
        return self.entier.roles_opco
