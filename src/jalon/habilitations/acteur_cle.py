"""A program that calls with a key: recognised by one indexed lookup, judged again at each call (exigences, T11, T15)."""

from datetime import datetime
from typing import NoReturn, Self
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from jalon.habilitations import phrases
from jalon.habilitations.cles import LONGUEUR_MAX, bien_recopiee, empreinte_de_cle, porte_notre_marque
from jalon.habilitations.models import CleApi
from jalon.habilitations.regles_des_cles import USAGE_NOTE_APRES, adresse_permise, lire_portees
from jalon.socle.acteurs import Droit, Niveau, Perimetre, Portee, Pouvoir, Profil
from jalon.socle.dates import PARIS
from jalon.socle.erreurs import DroitManquant, ErreurMetier

_REMPLACER = "Un administrateur de l’organisation peut en créer une autre."


class CleRefusee(ErreurMetier):
    """A key that no longer counts, or was mistyped (401). Told to its holder alone: an unknown key is told nothing."""

    code = "cle-refusee"


class ActeurCle:
    """A program holding a key: the scopes of the key, on one side of one SIREN or on some of its SIRET."""

    def __init__(self, cle: CleApi) -> None:
        self.cle = cle
        self._droits = lire_portees(cle.droits)

    @classmethod
    def authentifier(cls, cle: str, adresse: str, maintenant: datetime) -> Self | None:
        """The actor of a key in force, None for a key that nobody gave.

        Raises CleRefusee (mistyped: no query was made; revoked, expired), DroitManquant (address not in its list).
        """
        if porte_notre_marque(cle, settings.JALON_PREFIXE_CLES) and not bien_recopiee(cle, settings.JALON_PREFIXE_CLES):
            raise CleRefusee(
                "Cette clé est mal recopiée\u00a0: un caractère manque, est en trop ou a changé. Recopiez-la en entier.",
                code="cle-mal-recopiee",
            )
        if len(cle) > LONGUEUR_MAX:
            return None
        toutes = CleApi.objects.tous("clé présentée par un programme")
        trouvee = toutes.filter(empreinte=empreinte_de_cle(cle)).first()
        if trouvee is None:
            return None
        _juger(trouvee, adresse, maintenant)
        if trouvee.dernier_usage_le is None or trouvee.dernier_usage_le <= maintenant - USAGE_NOTE_APRES:
            recent = Q(dernier_usage_le__gt=maintenant - USAGE_NOTE_APRES)
            toutes.filter(~recent | Q(dernier_usage_le=None), id=trouvee.id).update(dernier_usage_le=maintenant)
        return cls(trouvee)

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
        return any(d.domaine == droit.domaine and d.niveau >= droit.niveau > Niveau.AUCUN for d in self._droits)

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
            raise _portee_manquante([droit])

    def exiger_portee(self, *droits: Droit) -> None:
        """Raise DroitManquant unless the key has one of these scopes, wherever it is."""
        if not any(self._tient(droit) for droit in droits):
            raise _portee_manquante(droits)

    def exiger_pouvoir(self, pouvoir: Pouvoir, portefeuille_id: UUID | None) -> NoReturn:
        """Always raises DroitManquant."""
        del portefeuille_id
        raise DroitManquant(phrases.pouvoir_manquant(pouvoir))


def _portee_manquante(droits: tuple[Droit, ...] | list[Droit]) -> DroitManquant:
    voulus = phrases.enumerer([f"«\u00a0{phrases.libelle_droit(droit)}\u00a0»" for droit in droits])
    return DroitManquant(
        f"Cette clé n’a pas la portée {voulus}. Un administrateur de l’organisation en crée les clés.", code="portee-manquante"
    )


def _juger(cle: CleApi, adresse: str, maintenant: datetime) -> None:
    """Dates are read in the row at each call: a key ends with the request that follows its revocation."""
    if cle.revoquee_le is not None:
        raise CleRefusee(f"Cette clé a été révoquée le {_instant(cle.revoquee_le)}. {_REMPLACER}", code="cle-revoquee")
    if maintenant >= cle.expire_le:
        raise CleRefusee(f"Cette clé a expiré le {_instant(cle.expire_le)}. {_REMPLACER}", code="cle-expiree")
    if not adresse_permise(adresse, cle.adresses):
        raise DroitManquant(
            f"Cette clé ne peut pas servir depuis l’adresse {adresse or 'inconnue'}. Un administrateur de l’organisation tient la "
            "liste des adresses permises.",
            code="adresse-refusee",
        )


def _instant(instant: datetime) -> str:
    return f"{instant.astimezone(PARIS):%d/%m/%Y à %H:%M}"
