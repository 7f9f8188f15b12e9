"""Guided tours: short, and offered no more to who has seen them."""

import pytest

from jalon.aide.actions.visites import retenir_visite
from jalon.aide.visites import VISITES, Visite
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.journal.models import Evenement
from jalon.socle.erreurs import Introuvable
from tests.habilitations.fabrique import LE, acteur, personne


@pytest.mark.parametrize("visite", VISITES.values(), ids=lambda v: v.code)
def test_une_visite_a_quatre_a_six_etapes_courtes(visite: Visite) -> None:
    assert 4 <= len(visite.etapes) <= 6
    assert len({e.ancre for e in visite.etapes}) == len({e.titre for e in visite.etapes}) == len(visite.etapes)
    assert all(e.texte.endswith(".") and len(e.texte) <= 120 for e in visite.etapes)
    assert len(visite.code) <= 12


@pytest.mark.django_db
def test_une_visite_vue_se_retient_une_fois() -> None:
    aline = personne()
    for code in ("entreprise", "opco", "entreprise"):
        retenir_visite(code=code, par=acteur(aline), maintenant=LE)
    aline.refresh_from_db()
    assert aline.visites_vues == ["entreprise", "opco"]
    assert Evenement.objects.tous("essai").filter(code="aide.visite_vue").count() == 2


@pytest.mark.django_db
def test_une_visite_inconnue_ou_de_personne_n_est_pas_retenue() -> None:
    aline = personne()
    for code, par in (("ailleurs", acteur(aline)), ("opco", ActeurSysteme("essai"))):
        with pytest.raises(Introuvable):
            retenir_visite(code=code, par=par, maintenant=LE)
    aline.refresh_from_db()
    assert aline.visites_vues == []
