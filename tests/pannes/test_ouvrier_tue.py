"""kill -9 of a real worker in the middle of its three kinds of work: nothing lost, nothing doubled, nothing half done."""

from collections.abc import Iterator

import pytest

from jalon.courriers.enums import EtatCourriel
from tests.courriers.faux_smtp import Humeur, faux_smtp
from tests.pannes import scene
from tests.pannes.conftest import Terrain

LETTRES, ACCORDS = "jalon.habilitations.actions.lettres", "jalon.engagements.actions.edition"
COURRIELS, TRANSPORT = "jalon.courriers.actions", "jalon.courriers.transport"
FICHIER = "jalon.socle.coffre"
LETTRES_FAITES = "jalon.habilitations.taches:lettres.preparer_lettres/apres"
ACCORD_FAIT = "jalon.engagements.taches:actions.produire_accord/apres"
COURRIEL_FAIT = "jalon.courriers.taches:actions.envoyer_courriel/apres"

SUR_LES_LETTRES = (
    f"{LETTRES}:tirer_code/avant",
    f"{LETTRES}:tirer_code/apres/2",
    f"{LETTRES}:composer_lettres/apres",
    f"{FICHIER}:os.fsync/avant",
    f"{FICHIER}:Path.replace/avant",
    f"{FICHIER}:Path.replace/apres",
    f"{LETTRES}:_prevenir_les_administrateurs/avant",
    LETTRES_FAITES,
)
"""Before drawing, between two draws, typeset, temporary file written, synced, renamed, hashes stored, committed."""

SUR_LES_ACCORDS = (
    f"{ACCORDS}:composer_accord/apres",
    f"{FICHIER}:os.fsync/avant",
    f"{FICHIER}:Path.replace/apres",
    f"{ACCORDS}:enregistrer_edition/apres",
    f"{ACCORDS}:preparer/apres/2",
    ACCORD_FAIT,
)
"""Typeset, temporary file written, renamed, row stored, both sides told, committed."""

SUR_LES_COURRIELS = (
    f"{COURRIELS}:remettre/avant",
    f"{TRANSPORT}:os.fsync/avant",
    f"{TRANSPORT}:Path.replace/apres",
    f"{COURRIELS}:Courriel.save/apres",
    COURRIEL_FAIT,
)
"""Rendered, temporary file written, file in place, row marked, committed."""

APRES_LE_SERVEUR = f"{TRANSPORT}:_par_smtp/apres"
"""Accepted by the mail server, row not marked."""


def test_un_kill_9_au_milieu_des_trois_travaux_a_la_fois(terrain: Terrain, monkeypatch: pytest.MonkeyPatch) -> None:
    hugo = scene.peupler()
    travail, dossier = scene.commander(hugo), scene.accorder()
    scene.ecrire("zoe@essai.example")
    terrain.tuer(SUR_LES_LETTRES[6], SUR_LES_ACCORDS[4], SUR_LES_COURRIELS[2])
    scene.verifier_rien_de_fait(travail, hugo)
    assert scene.suites_de(dossier) == (False, 0, 0)
    terrain.reprendre()
    scene.verifier_lettres(travail, hugo)
    scene.verifier_aucun_orphelin(terrain.dossier, monkeypatch)
    scene.verifier_accords([dossier], terrain.dossier, monkeypatch)
    scene.verifier_courriels(terrain.courriels)


@pytest.mark.nuit
def test_un_kill_9_a_chaque_point_des_lettres(terrain: Terrain, monkeypatch: pytest.MonkeyPatch) -> None:
    hugo = scene.peupler()
    travaux = []
    for point in SUR_LES_LETTRES:
        travail = scene.commander(hugo)
        terrain.tuer(point)
        if point == LETTRES_FAITES:
            faits = scene.codes_de(travail.commande)
        else:
            scene.verifier_rien_de_fait(travail, hugo)
        travaux.append(travail)
    assert len(scene.provisoires(terrain.dossier)) == 2, "écrit sans être renommé, deux fois"
    terrain.reprendre()
    assert scene.codes_de(travail.commande) == faits, "un travail fini que l’on répète ne change rien"
    for travail in travaux:
        scene.verifier_lettres(travail, hugo)
    scene.verifier_aucun_orphelin(terrain.dossier, monkeypatch)


@pytest.mark.nuit
def test_un_kill_9_a_chaque_point_des_accords(terrain: Terrain, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.peupler()
    dossiers = []
    for point in SUR_LES_ACCORDS:
        dossiers.append(scene.accorder())
        terrain.tuer(point)
        assert scene.suites_de(dossiers[-1]) == ((True, 1, 2) if point == ACCORD_FAIT else (False, 0, 0))
    terrain.reprendre()
    scene.verifier_accords(dossiers, terrain.dossier, monkeypatch)
    scene.verifier_courriels(terrain.courriels)


@pytest.mark.nuit
def test_un_kill_9_a_chaque_point_des_courriels(terrain: Terrain) -> None:
    for rang, point in enumerate(SUR_LES_COURRIELS):
        courriel = scene.ecrire(f"a{rang}@essai.example")
        terrain.tuer(point)
        courriel.refresh_from_db()
        assert courriel.etat == (EtatCourriel.ENVOYE if point == COURRIEL_FAIT else EtatCourriel.A_ENVOYER)
        assert (courriel.texte == "") == (point == COURRIEL_FAIT), "le corps reste tant que le message n’est pas parti"
    assert len(list(terrain.courriels.glob("*.eml"))) == 3, "remis, mais pas toujours marqué"
    terrain.reprendre()
    scene.verifier_courriels(terrain.courriels)


@pytest.fixture
def humeur() -> Humeur:
    return Humeur()


@pytest.fixture
def smtp(humeur: Humeur) -> Iterator[str]:
    with faux_smtp(humeur) as url:
        yield url


@pytest.mark.nuit
def test_un_kill_9_apres_l_acceptation_du_serveur_redonne_le_meme_message(terrain: Terrain, humeur: Humeur, smtp: str) -> None:
    """At least once: the second delivery carries the same Message-ID, by which mail servers and readers know it."""
    terrain.smtp = smtp
    courriel = scene.ecrire("zoe@essai.example")
    terrain.tuer(APRES_LE_SERVEUR)
    assert len(humeur.recus) == 1
    terrain.reprendre()
    premier, second = (octets.partition(b"Message-ID: ")[2].partition(b"\r\n")[0] for _, octets in humeur.recus)
    assert premier == second
    assert premier.startswith(f"<{courriel.pk}@".encode())
    courriel.refresh_from_db()
    assert courriel.etat == EtatCourriel.ENVOYE


def test_les_points_sont_vingt() -> None:
    assert len(SUR_LES_LETTRES) + len(SUR_LES_ACCORDS) + len(SUR_LES_COURRIELS) + 1 == 20
