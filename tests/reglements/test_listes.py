"""Lists of payments: what is looked for, pages both ways, counts, whole reading."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.reglements.listes import REGLEMENTS
from jalon.reglements.requetes import listes, reglements_visibles
from jalon.socle.acteurs import Acteur
from jalon.socle.dates import jour_de_paris
from tests.acteurs import FauxActeur, acteur_entreprise
from tests.banque.outils import MAINTENANT, SIREN, SIREN_PRESTATAIRE
from tests.facturation.outils import entreprise, organisme
from tests.reglements.outils import executer, factures_acceptees, preparer, rib_du_prestataire, signer, telecharger

pytestmark = pytest.mark.django_db
LE = MAINTENANT + timedelta(hours=5)
JOUR = jour_de_paris(LE)


@pytest.fixture(autouse=True)
def _payes() -> None:
    rib_du_prestataire()
    factures_acceptees(3)
    lot = signer(preparer().lot)
    telecharger(lot)
    executer(lot, reference="RELEVÉ-12")


def trouves(acteur: Acteur, siren: str | None, **parametres: str) -> list[str]:
    """Invoices whose payment a URL finds, by the pages; the count and the whole reading say the same."""
    lecture = REGLEMENTS.lire(parametres, JOUR)
    page = reglements_visibles(acteur, siren, "", lecture.filtre)
    lus, premiere = [r.facture_numero for r in page], page
    while page.suivant:
        precedente, page = page, reglements_visibles(acteur, siren, page.suivant, lecture.filtre)
        assert [r.facture_id for r in reglements_visibles(acteur, siren, page.precedent, lecture.filtre)] == [
            r.facture_id for r in precedente
        ]
        lus += [r.facture_numero for r in page]
    assert premiere.precedent == ""
    assert [v.facture_numero for v in REGLEMENTS.lignes(acteur, siren, lecture, JOUR)] == lus
    assert REGLEMENTS.compter(acteur, siren, lecture, JOUR).nombre == len(lus)
    return lus


def test_chaque_filtre_de_l_adresse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listes, "PAR_PAGE", 1)
    tous = trouves(organisme(), SIREN_PRESTATAIRE)
    assert len(set(tous)) == 3
    assert trouves(entreprise(), SIREN, tri="execute_le") == tous[::-1]
    hier = (JOUR - timedelta(days=1)).isoformat()
    cas: list[tuple[dict[str, str], int]] = [
        ({"q": "releve 12"}, 3),
        ({"q": f"HYGIÈNE {tous[1]}"}, 1),
        ({"q": "institut horizon"}, 3),
        ({"q": "ailleurs"}, 0),
        ({"date_du": JOUR.isoformat(), "date_au": JOUR.isoformat()}, 3),
        ({"date_au": hier}, 0),
        ({"montant_min": "1 201,20"}, 2),
        ({"montant_max": "1200"}, 1),
        ({"beneficiaire": SIREN_PRESTATAIRE}, 3),
        ({"beneficiaire": SIREN}, 0),
    ]
    for parametres, attendus in cas:
        assert len(trouves(entreprise(), SIREN, **parametres)) == attendus, parametres
    for etranger in (acteur_entreprise("552100554"), FauxActeur()):
        assert trouves(etranger, None) == trouves(etranger, SIREN) == []


@pytest.mark.parametrize("code", ["reference", "montant", "execute_le"])
@pytest.mark.parametrize("cote", ["siren", "prestataire_siren"])
def test_chaque_tri_suit_un_index_et_ses_pages(monkeypatch: pytest.MonkeyPatch, code: str, cote: str) -> None:
    monkeypatch.setattr(listes, "PAR_PAGE", 1)
    acteur, siren = (entreprise(), SIREN) if cote == "siren" else (organisme(), SIREN_PRESTATAIRE)
    assert trouves(acteur, siren, tri=f"-{code}") == trouves(acteur, siren, tri=code)[::-1]
    filtre = REGLEMENTS.lire({"tri": code}, JOUR).filtre
    with connection.cursor() as curseur, CaptureQueriesContext(connection) as requetes:
        curseur.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
        reglements_visibles(acteur, siren, "", filtre)
        curseur.execute(f"EXPLAIN {requetes[-1]['sql']}")
        plan = "\n".join(ligne for (ligne,) in curseur.fetchall())
    nom = f"virement_{cote[:11]}" + ("" if code == "execute_le" else f"_{code}")
    assert f"{nom} " in plan
    assert "Sort" not in plan


def test_toutes_les_colonnes_en_une_requete(django_assert_num_queries: Any) -> None:
    """With those of the invoice; never an account, even masked."""
    lecture = REGLEMENTS.lire({"colonnes": ",".join(c.code for c in REGLEMENTS.colonnes)}, JOUR)
    with django_assert_num_queries(1):
        lus = [[c.valeur(v, JOUR) for c in REGLEMENTS.colonnes] for v in REGLEMENTS.lignes(organisme(), None, lecture, JOUR)]
    assert len(lus) == 3
    assert not any("••••" in str(valeur) for ligne in lus for valeur in ligne)


def test_un_compte_s_arrete_a_sa_borne(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listes, "COMPTE_AU_PLUS", 2)
    assert REGLEMENTS.compter(entreprise(), SIREN, REGLEMENTS.lire({}, JOUR), JOUR).texte == "plus de 10\u00a0000"
