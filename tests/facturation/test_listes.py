"""Lists of invoices: what is looked for, pages both ways, counts, whole reading."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.dossiers.models import Dossier
from jalon.facturation.actions import rejeter_facture
from jalon.facturation.enums import EtatFacture, GenreFacture, MotifRejet
from jalon.facturation.listes import FACTURES
from jalon.facturation.models import Facture
from jalon.facturation.requetes import listes
from jalon.facturation.requetes.listes import FiltreFactures, liste_factures
from jalon.socle.acteurs import Acteur
from jalon.socle.baremes import ModePaiement
from jalon.socle.dates import jour_de_paris
from tests.acteurs import FauxActeur, acteur_entreprise
from tests.banque.outils import MAINTENANT, SIREN, SIREN_PRESTATAIRE
from tests.facturation.outils import (
    SALAIRES,
    SIRET_PRESTATAIRE,
    accorder,
    deposer,
    entreprise,
    gestionnaire,
    organisme,
    saisie_facture,
)

pytestmark = pytest.mark.django_db
JOUR = jour_de_paris(MAINTENANT)


def trouvees(acteur: Acteur, siren: str | None, **parametres: str) -> list[str]:
    """Numbers that a URL finds, by the pages; the count and the whole reading say the same."""
    lecture = FACTURES.lire(parametres, JOUR)
    page = liste_factures(acteur, siren, lecture.filtre)
    lues = [f.numero for f in page.factures]
    while page.suivant:
        page = liste_factures(acteur, siren, lecture.filtre, page.suivant)
        lues += [f.numero for f in page.factures]
    assert [f.numero for f in FACTURES.lignes(acteur, siren, lecture, JOUR)] == lues
    assert FACTURES.compter(acteur, siren, lecture, JOUR).nombre == len(lues)
    return lues


def test_chaque_filtre_de_l_adresse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listes, "PAR_PAGE", 1)
    engagement = accorder()
    Dossier.objects.tous("essai").filter(pk=engagement.dossier_id).update(reference_interne="RH-2026/Été")
    engagement.refresh_from_db()
    premiere = deposer(
        engagement, saisie_facture("100.00", numero="AV-1", le=date(2026, 10, 20)), le=MAINTENANT - timedelta(days=9)
    )
    deposer(accorder(), saisie_facture("200.00", numero="AV-2", le=date(2026, 11, 2)), le=MAINTENANT)
    salaires = accorder(lignes=[SALAIRES], mode=ModePaiement.REMBOURSEMENT)
    deposer(salaires, saisie_facture("300.00", numero="SA-3", taux="0"), genre=GenreFacture.ETAT_DEPENSES, par=entreprise())
    rejeter_facture(facture_id=premiere.pk, motif=MotifRejet.MONTANT, texte="Trop", par=gestionnaire(), maintenant=MAINTENANT)
    toutes = trouvees(entreprise(), SIREN)
    assert sorted(toutes) == ["AV-1", "AV-2", "SA-3"]
    assert trouvees(entreprise(), SIREN, tri="deposee_le") == toutes[::-1]
    cas: list[tuple[dict[str, str], set[str]]] = [
        ({"etat": "rejetee"}, {"AV-1"}),
        ({"etat": "rejetee,transmise"}, set(toutes)),
        ({"genre": "etat_depenses"}, {"SA-3"}),
        ({"emetteur": SIREN_PRESTATAIRE}, {"AV-1", "AV-2"}),
        ({"emetteur": SIRET_PRESTATAIRE, "etat": "transmise"}, {"AV-2"}),
        ({"depot_au": (JOUR - timedelta(days=9)).isoformat()}, {"AV-1"}),
        ({"depot_du": JOUR.isoformat(), "depot_au": JOUR.isoformat()}, {"AV-2", "SA-3"}),
        ({"emission_du": "2026-11-01"}, {"AV-2"}),
        ({"montant_min": "240"}, {"AV-2", "SA-3"}),
        ({"montant_min": "120", "montant_max": "240"}, {"AV-1", "AV-2"}),
        ({"q": "hygiene AV"}, {"AV-1", "AV-2"}),
        ({"q": "rh 2026 ete"}, {"AV-1"}),
        ({"q": "bellerive"}, set(toutes)),
    ]
    for parametres, attendues in cas:
        assert set(trouvees(entreprise(), SIREN, **parametres)) == attendues, parametres
    assert set(trouvees(organisme(), SIREN_PRESTATAIRE)) == {"AV-1", "AV-2"}
    assert set(trouvees(gestionnaire(), None)) == set(toutes)
    for etranger in (acteur_entreprise("552100554"), FauxActeur()):
        assert trouvees(etranger, None) == trouvees(etranger, SIREN) == []


def test_les_pages_avancent_et_reculent_au_meme_instant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Invoices of one instant keep an order; the way back gives the same pages."""
    monkeypatch.setattr(listes, "PAR_PAGE", 2)
    for _ in range(5):
        deposer(accorder())
    for parametres in ({}, {"tri": "deposee_le"}):
        filtre: FiltreFactures = FACTURES.lire(parametres, JOUR).filtre
        pages = [liste_factures(entreprise(), SIREN, filtre)]
        while pages[-1].suivant:
            pages.append(liste_factures(entreprise(), SIREN, filtre, pages[-1].suivant))
        assert [len(p.factures) for p in pages] == [2, 2, 1]
        assert len({f.pk for p in pages for f in p.factures}) == 5
        retour = liste_factures(entreprise(), SIREN, filtre, pages[2].precedent)
        assert [f.pk for f in retour.factures] == [f.pk for f in pages[1].factures]
        debut = liste_factures(entreprise(), SIREN, filtre, retour.precedent)
        assert ([f.pk for f in debut.factures], debut.precedent) == ([f.pk for f in pages[0].factures], "")


TRIS = ("numero", "date_emission", "montant_a_payer", "deposee_le")


@pytest.mark.parametrize("code", TRIS)
def test_chaque_tri_avance_recule_et_s_exporte_dans_le_meme_ordre(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Numbers by their code points, whatever the case; equal keys are told apart by the identifier."""
    monkeypatch.setattr(listes, "PAR_PAGE", 2)
    for rang, (numero, montant) in enumerate([("b-2", "90"), ("A-10", "100"), ("Z-1", "100"), ("é-4", "80"), ("A-9", "100")]):
        deposer(
            accorder(), saisie_facture(montant, numero=numero, le=date(2026, 10, 20 - rang % 3)), le=MAINTENANT + timedelta(rang)
        )
    rangees = trouvees(entreprise(), SIREN, tri=code)
    assert trouvees(entreprise(), SIREN, tri=f"-{code}") == rangees[::-1]
    if code == "numero":
        assert rangees == ["A-10", "A-9", "b-2", "é-4", "Z-1"]
    if code == "montant_a_payer":
        assert rangees[:2] == ["é-4", "b-2"]
    filtre = FACTURES.lire({"tri": code}, JOUR).filtre
    pages = [liste_factures(entreprise(), SIREN, filtre)]
    while pages[-1].suivant:
        pages.append(liste_factures(entreprise(), SIREN, filtre, pages[-1].suivant))
    retour = liste_factures(entreprise(), SIREN, filtre, pages[2].precedent)
    assert [f.pk for f in retour.factures] == [f.pk for f in pages[1].factures]
    autre = FACTURES.lire({"tri": "deposee_le" if code != "deposee_le" else "numero"}, JOUR).filtre
    assert liste_factures(entreprise(), SIREN, autre, pages[0].suivant).precedent == "", "un autre ordre : la première page"


@pytest.mark.parametrize("code", TRIS)
@pytest.mark.parametrize("cote", ["siren", "prestataire", "portefeuille"])
def test_chaque_tri_suit_un_index(code: str, cote: str) -> None:
    deposer(accorder())
    acteur, siren = {
        "siren": (entreprise(), SIREN),
        "prestataire": (organisme(), SIREN_PRESTATAIRE),
        "portefeuille": (gestionnaire(), None),
    }[cote]
    filtre = FACTURES.lire({"tri": code, "etat": "transmise"}, JOUR).filtre
    with connection.cursor() as curseur, CaptureQueriesContext(connection) as requetes:
        curseur.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
        liste_factures(acteur, siren, filtre)
        curseur.execute(f"EXPLAIN {requetes[-1]['sql']}")
        plan = "\n".join(ligne for (ligne,) in curseur.fetchall())
    nom = {"numero": "_numero", "date_emission": "_emission", "montant_a_payer": "_montant", "deposee_le": ""}[code]
    assert f"facture_{cote}{nom} " in plan
    assert "Sort" not in plan


def test_toutes_les_colonnes_en_une_requete(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        deposer(accorder())
    lecture = FACTURES.lire({"colonnes": ",".join(c.code for c in FACTURES.colonnes)}, JOUR)
    with django_assert_num_queries(1):
        lues = [[c.valeur(f, JOUR) for c in FACTURES.colonnes] for f in FACTURES.lignes(entreprise(), SIREN, lecture, JOUR)]
    assert len(lues) == 3
    assert lues[0][[c.code for c in FACTURES.colonnes].index("taux_tva")] == "20\u00a0%"


def test_un_compte_s_arrete_a_sa_borne(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listes, "COMPTE_AU_PLUS", 1)
    deposer(accorder())
    compter = lambda: FACTURES.compter(entreprise(), SIREN, FACTURES.lire({}, JOUR), JOUR)  # noqa: E731
    assert compter().texte == "1"
    deposer(accorder())
    assert compter().plafonne
    assert Facture.objects.tous("essai").filter(etat=EtatFacture.TRANSMISE).count() == 2
