"""A program that calls with a key: its scopes, on one side of one organisation."""

from datetime import datetime
from typing import NoReturn
from uuid import UUID

from jalon.habilitations import phrases
from jalon.habilitations.models import CleApi
from jalon.habilitations.regles_des_cles import relire_droits
from jalon.socle.acteurs import Domaine, Droit, Niveau, Perimetre, Portee, Pouvoir, Profil
from jalon.socle.erreurs import DroitManquant, SecondFacteurRequis


class ActeurCle:
    """A program holding a key: the scopes of the key, on one side of one SIREN or on some of its SIRET."""

    def __init__(self, cle: CleApi) -> None:
        self.cle = cle
        self._droits = relire_droits(cle.droits)

    @property
    def identite(self) -> UUID | None:
        """Id of the key."""
        return self.cle.id

    @property
    def libelle(self) -> str:
        """« Clé Paie (…4f2c) », « Ancienne clé Paie »."""
        return f"Ancienne clé {self.cle.nom}" if self.cle.ancienne else f"Clé {self.cle.nom} (…{self.cle.indice})"

    def perimetre(self, droit: Droit) -> Perimetre:
        """The SIREN or the SIRET of the key, for the rights that its scopes open."""
        if not self._tient(droit):
            return Perimetre()
        if self.cle.sirets:
            return Perimetre(sirets=frozenset(self.cle.sirets))
        siren = frozenset({self.cle.organisation_siren})
        return Perimetre(prestataires=siren) if self.cle.profil == Profil.PRESTATAIRE else Perimetre(sirens=siren)

    def _tient(self, droit: Droit) -> bool:
        return any(d.dispositif in {"", droit.dispositif} for d in self._de_ce_niveau(droit))

    def _de_ce_niveau(self, droit: Droit) -> list[Droit]:
        return [d for d in self._droits if d.domaine == droit.domaine and d.niveau >= droit.niveau > Niveau.AUCUN]

    def dispositifs_restreints(self, domaine: Domaine) -> frozenset[str]:
        """Codes of its scopes that are limited to one dispositif."""
        return frozenset(d.dispositif for d in self._droits if d.domaine == domaine and d.dispositif)

    def portefeuilles(self, pouvoir: Pouvoir) -> frozenset[UUID]:
        """None: a key is never somebody of the OPCO."""
        del pouvoir
        return frozenset()

    def peut(self, droit: Droit, portee: Portee) -> bool:
        """Whether a scope of the key opens that right there."""
        return self.perimetre(droit).couvre(portee)

    def exiger(self, droit: Droit, portee: Portee) -> None:
        """Raise DroitManquant unless a scope of the key opens that right there."""
        if not self.peut(droit, portee):
            raise _droit_manquant([droit])

    def exiger_un_droit(self, *droits: Droit) -> None:
        """Raise DroitManquant unless the key has one of these scopes, wherever it is, for one dispositif at least."""
        if not any(self._de_ce_niveau(droit) for droit in droits):
            raise _droit_manquant(droits)

    def exiger_pouvoir(self, pouvoir: Pouvoir, portefeuille_id: UUID | None) -> NoReturn:
        """Always raises DroitManquant."""
        del portefeuille_id
        raise DroitManquant(phrases.pouvoir_manquant(pouvoir))

    def exiger_second_facteur(self, maintenant: datetime) -> NoReturn:
        """Always raises SecondFacteurRequis: a program has none to give."""
        del maintenant
        raise SecondFacteurRequis("Une clé ne suffit pas pour cet acte\u00a0: une personne le fait depuis son espace.")


def _droit_manquant(droits: tuple[Droit, ...] | list[Droit]) -> DroitManquant:
    voulus = phrases.enumerer([f"«\u00a0{phrases.libelle_droit(droit)}\u00a0»" for droit in droits])
    return DroitManquant(
        f"Cette clé n’a pas le droit {voulus}. Un administrateur de l’organisation en crée les clés.", code="droit-manquant"
    )
