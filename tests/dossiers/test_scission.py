"""« Scinder »: the drafts that the limit asks, linked together, once whatever the clicks."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jalon.dispositifs.base import LIGNES
from jalon.dispositifs.types.formats import lire_montant
from jalon.dossiers.actions import creer_brouillon, scinder_dossier, supprimer_brouillon, transmettre_dossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import lot_de, pieces_de, reponses_de
from jalon.journal.models import Evenement
from jalon.referentiels.models import ReglageDispositif
from jalon.socle.acteurs import Domaine, Niveau, Perimetre
from jalon.socle.erreurs import DroitManquant, Introuvable, TransitionImpossible
from tests.acteurs import FauxActeur
from tests.dossiers.fabrique import (
    JOUR,
    LE,
    SIREN,
    SIRET,
    aline,
    brouillon,
    driss,
    emma,
    joindre,
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


def limiter(limite: int, du: date = date(2026, 1, 1)) -> None:
    ReglageDispositif.objects.create(
        code="action_formation", revision=99 + limite, dispositif="action_formation", limite_stagiaires=limite, valide_du=du
    )


def scinder(dossier: Dossier, **autres: Any) -> list[Dossier]:
    return scinder_dossier(dossier_id=dossier.id, **({"par": aline(), "maintenant": LE} | autres))


def demande(nombre: int = 7) -> Dossier:
    return remplir(brouillon(), stagiaires=stagiaires(nombre, avec_nir=True), couts__cout_pedagogique="1000")


def test_sept_salaries_par_trois_font_trois_brouillons_lies_entre_eux() -> None:
    limiter(3)
    dossier = demande()
    noms = [ligne["nom_naissance"] for ligne in lignes_de(dossier)]
    parts = scinder(dossier)
    assert parts[0].pk == dossier.pk
    assert [p.nombre_stagiaires for p in parts] == [3, 2, 2]
    assert [ligne["nom_naissance"] for p in parts for ligne in lignes_de(p)] == noms
    couts = [lire_montant(p.reponses["couts"]["valeurs"]["cout_pedagogique"]) for p in parts]
    assert sum(couts) == Decimal(1000)
    assert [p.montant_demande for p in parts] == couts
    assert {(p.siren, p.siret, p.titre, p.date_debut, p.attend_avant) for p in parts} == {
        (SIREN, SIRET, dossier.titre, dossier.date_debut, dossier.attend_avant)
    }
    lots = [lot_de(p, aline()) for p in parts]
    assert [(lot.place, lot.total, len(lot.autres)) for lot in lots if lot] == [(1, 3, 2), (2, 3, 2), (3, 3, 2)]


def test_les_pieces_restent_et_les_nir_suivent_chiffres_pour_leur_ligne() -> None:
    limiter(2)
    dossier = demande(3)
    nirs = [ligne["nir"] for ligne in stagiaires(3, avec_nir=True)]
    premiere, seconde = scinder(dossier)
    assert len(pieces_de(premiere, aline())) == 2
    assert pieces_de(seconde, aline()) == []
    lus = [li["nir"] for p in (premiere, seconde) for li in reponses_de(relire(p), aline())["stagiaires"]["valeurs"][LIGNES]]
    assert lus == nirs
    assert not any(nir in str(relire(seconde).reponses) for nir in nirs)


def test_chaque_part_se_transmet_a_part_et_garde_sa_place() -> None:
    limiter(2)
    parts = scinder(demande(4))
    for code in ("convention_signee", "programme"):
        joindre(parts[1], code)
    envoye = transmettre_dossier(dossier_id=parts[1].pk, par=aline(), maintenant=LE)
    lot = lot_de(envoye, emma())
    assert lot is not None
    assert (lot.place, lot.total, list(lot.autres)) == (2, 2, [])
    supprimer_brouillon(dossier_id=parts[0].pk, par=aline(), maintenant=LE)
    seul = lot_de(relire(envoye), aline())
    assert seul is not None
    assert (seul.place, seul.total) == (1, 1)


def test_un_second_clic_rend_les_memes_et_une_part_qui_grossit_se_scinde_encore() -> None:
    limiter(3)
    dossier = demande()
    premiers = scinder(dossier)
    assert [p.pk for p in scinder(relire(dossier))] == [p.pk for p in premiers]
    assert Dossier.objects.tous("essai").count() == 3
    limiter(1, JOUR)
    ReglageDispositif.objects.filter(limite_stagiaires=3).delete()
    assert len(scinder(relire(dossier))) == 5
    assert Evenement.objects.tous("essai").filter(code="dossier.issu_d_une_scission").count() == 4


def test_la_limite_est_celle_du_jour() -> None:
    limiter(2, JOUR + timedelta(days=1))
    dossier = demande(3)
    with pytest.raises(TransitionImpossible, match="rien à scinder"):
        scinder(dossier)
    assert len(scinder(dossier, maintenant=LE + timedelta(days=1))) == 2


def test_les_portes() -> None:
    limiter(1)
    dossier = demande(2)
    lecteur = FauxActeur({Domaine.PLAN: (Niveau.LECTURE, Perimetre(sirens=frozenset({SIREN})))})
    for erreur, par in ((DroitManquant, lecteur), (Introuvable, driss()), (Introuvable, emma())):
        with pytest.raises(erreur):
            scinder(dossier, par=par)
    vide = creer_brouillon(dispositif="action_formation", siren=SIREN, siret=SIRET, par=aline(), maintenant=LE)
    with pytest.raises(TransitionImpossible, match="rien à scinder"):
        scinder(vide)
    ReglageDispositif.objects.filter(limite_stagiaires=1).delete()
    with pytest.raises(TransitionImpossible, match="transmis"):
        scinder(transmis())
    assert relire(dossier).lot is None
