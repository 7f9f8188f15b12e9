"""A name that the database holds does not change: an e-mail that waits, an event of last year, a job in the queue would be lost."""

from tests.architecture.noms import LISTE, noms_du_produit


def test_les_noms_deja_ecrits_en_base_restent_et_les_nouveaux_sont_en_liste() -> None:
    connus, presents = set(LISTE.read_text().split("\n")) - {""}, set(noms_du_produit())
    assert connus - presents == set(), "des lignes déjà écrites portent ces noms"
    assert presents - connus == set(), "ajoutez-les : python -m tests.architecture.noms"
