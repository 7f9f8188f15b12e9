"""Exports: one ready and one that waits on each side, and one of who administers two companies, asked in the other."""

from jalon.comptes.models import Personne
from jalon.exports.actions.demandes import demander_export
from jalon.exports.actions.production import produire_export
from jalon.exports.models import Export
from tests.dossiers.fabrique import AUTRE_SIREN, SIREN, SIREN_OF
from tests.habilitations.fabrique import acteur
from tests.matrice.lieux import MAINTENANT

DE_QUI = {
    "export": ("a_admin", SIREN),
    "export_p": ("p_admin", SIREN_OF),
    "export_opco": ("gestionnaire", None),
    "autre_export": ("double_admin", AUTRE_SIREN),
}


def _demander(qui: Personne, siren: str | None) -> Export:
    return demander_export(
        liste="dossiers",
        requete="",
        siren=siren,
        format_="csv",
        raison="Bilan",
        par=acteur(qui, MAINTENANT),
        maintenant=MAINTENANT,
    )


def exports(objets: dict[str, str], personnes: dict[str, Personne]) -> None:
    """By the actions, the job included."""
    for nom, (role, siren) in DE_QUI.items():
        pret = _demander(personnes[role], siren)
        produire_export(export_id=pret.pk, horloge=lambda: MAINTENANT)
        objets |= {nom: str(pret.pk), f"{nom}_attend": str(_demander(personnes[role], siren).pk)}
