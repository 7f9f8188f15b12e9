"""Conventions, rights limited to one dispositif and rights on a place, held together: what is seen is seen, and counted, once."""

from itertools import product

import pytest

from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import FiltreDossiers, comptes_par_etat, liste_dossiers
from jalon.socle.acteurs import Domaine, Niveau, Perimetre
from tests.acteurs import FauxActeur
from tests.dispositifs.second import BILAN
from tests.dossiers.fabrique import JOUR, SIREN, SIREN_OF, SIRET
from tests.dossiers.test_listes import poser

pytestmark = pytest.mark.django_db
ACTION, AUTRE = "action_formation", BILAN.code
LYON = f"{SIREN}00021"
SIREN_Q = "356000000"
RIEN = Perimetre()
ENTIERS = {
    "rien": RIEN,
    "lyon": Perimetre(sirets=frozenset({LYON})),
    "convention": Perimetre(couples=frozenset({(SIREN, SIREN_OF)})),
    "convention à Lyon": Perimetre(couples=frozenset({(LYON, SIREN_OF)})),
    "convention et Lyon": Perimetre(sirets=frozenset({LYON}), couples=frozenset({(SIREN, SIREN_OF)})),
    "deux conventions": Perimetre(couples=frozenset({(SIREN, SIREN_OF), (LYON, SIREN_Q)})),
}
LIMITES = {
    "rien": RIEN,
    "siren": Perimetre(sirens=frozenset({SIREN})),
    "siège": Perimetre(sirets=frozenset({SIRET})),
    "convention": Perimetre(couples=frozenset({(SIREN, SIREN_OF)})),
    "convention à Lyon": Perimetre(couples=frozenset({(LYON, SIREN_OF)})),
    "siren et autre convention": Perimetre(sirens=frozenset({SIREN}), couples=frozenset({(SIREN, SIREN_Q)})),
}


def couvre(perimetre: Perimetre, dossier: Dossier) -> bool:
    """By the definition of a perimeter, row by row."""
    noms = {(dossier.siren, dossier.prestataire_siren), (dossier.siret, dossier.prestataire_siren)}
    return dossier.siren in perimetre.sirens or dossier.siret in perimetre.sirets or bool(noms & perimetre.couples)


@pytest.mark.parametrize(("entier", "limite"), list(product(ENTIERS, LIMITES)))
def test_ce_qui_est_vu_de_deux_facons_ne_compte_qu_une_fois(entier: str, limite: str) -> None:
    poses = []
    for siret, prestataire, dispositif in product((SIRET, LYON), ("", SIREN_OF, SIREN_Q), (ACTION, AUTRE)):
        (dossier,) = poser(1, siret=siret, prestataire_siren=prestataire)
        Dossier.objects.tous("essai").filter(pk=dossier.pk).update(dispositif=dispositif)
        dossier.dispositif = dispositif
        poses.append(dossier)
    acteur = FauxActeur(
        {Domaine.PLAN: (Niveau.LECTURE, ENTIERS[entier])},
        restreints={(Domaine.PLAN, ACTION): (Niveau.LECTURE, LIMITES[limite])},
    )
    attendus = {d.pk for d in poses if couvre(ENTIERS[entier], d) or (d.dispositif == ACTION and couvre(LIMITES[limite], d))}
    assert {d.pk for d in Dossier.objects.visibles_par(acteur)} == attendus
    for siren in (SIREN, None):
        lus = [d.pk for d in liste_dossiers(acteur, siren, FiltreDossiers(jour=JOUR)).dossiers]
        assert (set(lus), len(lus)) == (attendus, len(attendus))
        assert comptes_par_etat(acteur, siren, JOUR).par_etat == ({"transmis": len(attendus)} if attendus else {})
