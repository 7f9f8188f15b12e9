"""No row of somebody else is ever in `visibles_par`, and the proof falls when a filter is widened (exigences, S2)."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.apps import apps
from django.db.models import Q

from jalon.socle.acteurs import Acteur, Droit, Niveau, Perimetre, Pouvoir
from jalon.socle.modeles import ModeleProtege
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco, acteur_prestataire
from tests.dossiers.fabrique import AUTRE_PORTEFEUILLE, AUTRE_SIREN, AUTRE_SIRET, PORTEFEUILLE, SIREN, SIREN_OF, SIRET
from tests.matrice.monde import SIREN_Q, Monde

pytestmark = pytest.mark.nuit

MODELES = [m for m in apps.get_models() if issubclass(m, ModeleProtege)]
PLUS_LARGES: dict[str, Perimetre] = {
    "sirens": Perimetre(sirens=frozenset({AUTRE_SIREN})),
    "sirets": Perimetre(sirets=frozenset({AUTRE_SIRET})),
    "prestataires": Perimetre(prestataires=frozenset({SIREN_Q})),
    "portefeuilles": Perimetre(portefeuilles=frozenset({AUTRE_PORTEFEUILLE})),
}
"""For each component, the values of somebody else."""


def acteurs() -> dict[str, FauxActeur]:
    """One actor per component of a perimeter, each with all that its component can give."""
    tous = tuple(Pouvoir)
    un_siret = FauxActeur({d: (Niveau.GESTION, Perimetre(sirets=frozenset({SIRET}))) for d in acteur_entreprise(SIREN).droits})
    return {
        "sirens": acteur_entreprise(SIREN),
        "sirets": un_siret,
        "prestataires": acteur_prestataire(SIREN_OF),
        "portefeuilles": acteur_opco(PORTEFEUILLE, *tous),
        "rien": FauxActeur(),
    }


def dedans(composante: str, ligne: ModeleProtege) -> bool:
    """Said here again, without the product: whose the row is."""
    return {
        "sirens": ligne.siren == SIREN,
        "sirets": ligne.siret == SIRET,
        "prestataires": ligne.prestataire_siren == SIREN_OF,
        "portefeuilles": ligne.portefeuille_id == PORTEFEUILLE,
        "rien": False,
    }[composante]


def fuites(modele: type[ModeleProtege], composante: str, acteur: Acteur) -> list[ModeleProtege]:
    """Rows seen, at any level, that are somebody else's."""
    vues = [ligne for niveau in Niveau for ligne in modele.objects.visibles_par(acteur, niveau)]
    return [ligne for ligne in vues if not dedans(composante, ligne)]


def toutes_les_fuites(modele: type[ModeleProtege]) -> list[ModeleProtege]:
    """For every component."""
    return [ligne for composante, acteur in acteurs().items() for ligne in fuites(modele, composante, acteur)]


@pytest.mark.parametrize("modele", MODELES, ids=lambda m: m.__name__)
def test_personne_ne_voit_une_ligne_d_autrui(monde: Monde, modele: type[ModeleProtege]) -> None:
    assert toutes_les_fuites(modele) == []


@pytest.mark.parametrize("modele", MODELES, ids=lambda m: m.__name__)
def test_un_filtre_retire_fait_tomber_la_preuve(
    monde: Monde, modele: type[ModeleProtege], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert modele.objects.tous("essai").exists(), "aucune ligne : la preuve ne dirait rien"
    monkeypatch.setattr(modele, "filtre_perimetre", classmethod(lambda cls, acteur, niveau: ~Q(pk__in=[])))
    assert toutes_les_fuites(modele)
    assert fuites(modele, "rien", FauxActeur())


def _elargi(composante: str) -> type[FauxActeur]:
    """Actors whose perimeter is one value too wide."""
    trop = PLUS_LARGES[composante]

    class ActeurTropLarge(FauxActeur):
        def perimetre(self, droit: Droit) -> Perimetre:
            vrai = super().perimetre(droit)
            return replace(vrai, **{composante: getattr(vrai, composante) | getattr(trop, composante)})

        def portefeuilles(self, pouvoir: Pouvoir) -> frozenset[UUID]:
            return super().portefeuilles(pouvoir) | trop.portefeuilles

    return ActeurTropLarge


@pytest.mark.parametrize("composante", PLUS_LARGES)
def test_une_composante_elargie_fait_tomber_la_preuve(monde: Monde, composante: str) -> None:
    acteur = acteurs()[composante]
    large = _elargi(composante)(acteur.droits, acteur.pouvoirs)
    assert [ligne for modele in MODELES for ligne in fuites(modele, composante, large)]
