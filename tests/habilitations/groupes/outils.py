"""What the tests of groups share."""

from typing import Any

from jalon.comptes.models import Personne
from jalon.habilitations.actions.groupes import (
    ajouter_au_groupe,
    retirer_du_groupe,
)
from jalon.habilitations.models import GroupeEtablissements, Rattachement
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau
from tests.habilitations.fabrique import (
    LE,
    SIREN,
    acteur,
    cle_de_luhn,
)

SAISIR, LIRE = Droit(Domaine.PLAN, Niveau.SAISIE), Droit(Domaine.PLAN, Niveau.LECTURE)
FACTURER = Droit(Domaine.FACTURES, Niveau.ENVOI)
SIRET_3 = cle_de_luhn(f"{SIREN}0003")
"""Open, and in no group unless it is said."""


def perimetre_de(lien: Rattachement, droit: Droit = SAISIR) -> Any:
    assert lien.personne is not None
    return acteur(lien.personne).perimetre(droit)


def ajouter(par: Personne, vise: GroupeEtablissements, *sirets: str, le: Any = LE) -> GroupeEtablissements:
    return ajouter_au_groupe(groupe_id=vise.id, sirets=sirets, par=acteur(par, le), maintenant=le)


def retirer(par: Personne, vise: GroupeEtablissements, *sirets: str) -> GroupeEtablissements:
    return retirer_du_groupe(groupe_id=vise.id, sirets=sirets, par=acteur(par), maintenant=LE)


def codes() -> list[str]:
    return list(Evenement.objects.tous("essai").order_by("id").values_list("code", flat=True))
