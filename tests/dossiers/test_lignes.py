"""Rows taken in number: added once, or put instead; nothing of a refused table is written."""

from typing import Any

import pytest

from jalon.dispositifs.base import LIGNES
from jalon.dossiers.actions import importer_lignes
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import reponses_de
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Niveau, Perimetre
from jalon.socle.erreurs import ConflitDeVersion, DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from tests.acteurs import FauxActeur
from tests.dossiers.fabrique import (
    LE,
    NIR,
    SIREN,
    aline,
    brouillon,
    driss,
    lignes_de,
    monde,
    relire,
    remplir,
    stagiaires,
    transmis,
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()


def importer(dossier: Dossier, lignes: list[dict[str, Any]], **autres: Any) -> Any:
    donnes = {"section": "stagiaires", "par": aline(), "maintenant": LE} | autres
    return importer_lignes(dossier_id=dossier.id, lignes=lignes, **donnes)


def test_le_meme_tableau_deux_fois_n_ajoute_personne_de_plus() -> None:
    dossier = remplir(brouillon())
    lignes = stagiaires(3)
    assert (importer(dossier, lignes).ajoutees, importer(dossier, [*lignes, *stagiaires(4)[3:]]).deja) == (3, 3)
    relu = relire(dossier)
    assert relu.nombre_stagiaires == len(lignes_de(relu)) == 6
    assert Evenement.objects.tous("essai").filter(code="dossier.liste_importee").count() == 2


def test_un_nir_importe_est_chiffre_et_se_relit() -> None:
    dossier = brouillon()
    importer(dossier, [{**stagiaires(1)[0], "nir": NIR}])
    relu = relire(dossier)
    assert NIR not in str(relu.reponses)
    assert reponses_de(relu, aline())["stagiaires"]["valeurs"][LIGNES][0]["nir"] == NIR


def test_remplacer_demande_la_version_qui_a_ete_lue() -> None:
    dossier = remplir(brouillon())
    with pytest.raises(ConflitDeVersion):
        importer(dossier, stagiaires(2), version=0)
    assert relire(dossier).nombre_stagiaires == 2
    importer(dossier, stagiaires(5), version=1)
    assert relire(dossier).nombre_stagiaires == 5
    assert {ligne["nom_naissance"] for ligne in lignes_de(relire(dossier))} == {s["nom_naissance"] for s in stagiaires(5)}


def test_au_dela_du_maximum_rien_ne_s_ecrit() -> None:
    dossier = remplir(brouillon())
    with pytest.raises(SaisieRefusee, match="Retirez-en 2"):
        importer(dossier, stagiaires(2000))
    assert relire(dossier).nombre_stagiaires == 2


def test_les_portes() -> None:
    dossier = brouillon()
    lecteur = FauxActeur({Domaine.PLAN: (Niveau.LECTURE, Perimetre(sirens=frozenset({SIREN})))})
    for erreur, autres in (
        (Introuvable, {"section": "action"}),
        (Introuvable, {"section": "inconnue"}),
        (Introuvable, {"par": driss()}),
        (DroitManquant, {"par": lecteur}),
    ):
        with pytest.raises(erreur):
            importer(dossier, stagiaires(1), **autres)
    with pytest.raises(TransitionImpossible):
        importer(transmis(), stagiaires(1))
    assert "stagiaires" not in relire(dossier).reponses
