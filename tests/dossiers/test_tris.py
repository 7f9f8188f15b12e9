"""Orders, filters, counts and whole reading of the lists of requests, whatever the perimeter."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.dossiers.actions.projections import indexer
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.listes import BROUILLONS, DOSSIERS
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import flot, liste_dossiers, parcours
from jalon.dossiers.requetes import liste as module_liste
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Perimetre
from jalon.socle.dates import debut_du_jour
from jalon.socle.filtres import Periode, Tri
from tests.acteurs import FauxActeur
from tests.dossiers.fabrique import (
    AUTRE_SIREN,
    AUTRE_SIRET,
    JOUR,
    LE,
    SIREN,
    SIREN_OF,
    SIRET,
    SIRET_OF,
    aline,
    brouillon,
    driss,
    emma,
    monde,
)
from tests.dossiers.test_listes import filtre, parcourir, poser

pytestmark = pytest.mark.django_db
LOIN = date(9999, 12, 31)
CLES: dict[str, Callable[[Dossier], Any]] = {
    "modifie_le": lambda d: d.modifie_le,
    "date_debut": lambda d: d.date_debut or LOIN,
    "transmis_le": lambda d: d.transmis_le,
}


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()


def meler(nombre: int) -> None:
    """Two companies, two states, few distinct days, some without any."""
    hasard = random.Random(20261128)  # noqa: S311
    for _ in range(nombre):
        (dossier,) = poser(
            1,
            siret=hasard.choice([SIRET, AUTRE_SIRET]),
            etat=hasard.choice([EtatDossier.TRANSMIS, EtatDossier.ACCORDE]),
            mot=hasard.choice(["haccp", "excel"]),
            prestataire_siren=SIREN_OF,
            prestataire_siret=SIRET_OF,
            accorde_le=LE,
            date_debut=hasard.choice([None, JOUR, JOUR + timedelta(days=3)]),
        )
        Dossier.objects.tous("essai").filter(pk=dossier.pk).update(transmis_le=LE + timedelta(days=hasard.randrange(3)))


def acteurs() -> dict[str, tuple[Acteur, str | None]]:
    deux = FauxActeur({Domaine.PLAN: (Niveau.LECTURE, Perimetre(sirens=frozenset({SIREN, AUTRE_SIREN})))})
    return {"entreprise": (aline(), SIREN), "cabinet": (deux, None), "opco": (emma(), None), "prestataire": (driss(), SIREN_OF)}


@pytest.mark.parametrize("qui", ["entreprise", "cabinet", "opco", "prestataire"])
def test_chaque_ordre_est_exact_dans_les_deux_sens(qui: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ties are settled by the identifier; without a first day, after all the others, and before them in the other sense."""
    monkeypatch.setattr(module_liste, "PAR_PAGE", 7)
    monkeypatch.setattr(parcours, "RECENTS", 9)
    meler(40)
    acteur, siren = acteurs()[qui]
    vus = list(Dossier.objects.visibles_par(acteur))
    for code, cle in CLES.items():
        for descendant in (True, False):
            for texte in ("", "haccp"):
                attendus = [d.pk for d in sorted(vus, key=lambda d: (cle(d), d.pk), reverse=descendant) if texte in d.titre]
                trouves = parcourir(acteur, siren, filtre(tri=Tri(code, descendant), texte=texte))
                assert [d.pk for d in trouves] == attendus, (code, descendant, texte)


def test_un_curseur_d_un_autre_ordre_est_la_premiere_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module_liste, "PAR_PAGE", 2)
    poses = poser(5)
    page = liste_dossiers(aline(), SIREN, filtre())
    autre = liste_dossiers(aline(), SIREN, filtre(tri=Tri("transmis_le", descendant=False)), page.suivant)
    assert ([d.pk for d in autre.dossiers], autre.precedent) == ([d.pk for d in poses[:2]], "")


@pytest.mark.parametrize(
    ("qui", "code", "index"),
    [
        ("entreprise", "date_debut", "dossier_siren_debut"),
        ("entreprise", "transmis_le", "dossier_siren_depot"),
        ("prestataire", "date_debut", "dossier_prestataire_debut"),
        ("prestataire", "transmis_le", "dossier_prestataire_depot"),
        ("opco", "date_debut", "dossier_portefeuille_debut"),
        ("opco", "transmis_le", "dossier_portefeuille_depot"),
        ("brouillons", "modifie_le", "dossier_brouillon"),
    ],
)
def test_chaque_ordre_a_son_index(qui: str, code: str, index: str) -> None:
    """The walk reads an index already in its order: no sort of what a value holds."""
    poser(3, etat=EtatDossier.ACCORDE, prestataire_siren=SIREN_OF, accorde_le=LE)
    acteur, siren = acteurs()["entreprise" if qui == "brouillons" else qui]
    champs = {"etats": frozenset({"brouillon"})} if qui == "brouillons" else {}
    with CaptureQueriesContext(connection) as requetes:
        liste_dossiers(acteur, siren, filtre(tri=Tri(code), **champs))
    with connection.cursor() as curseur:
        for methode in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
            curseur.execute(f"SET LOCAL enable_{methode} = off")
        curseur.execute(f"EXPLAIN {requetes[0]['sql']}")
        plan = "\n".join(ligne for (ligne,) in curseur.fetchall())
    assert index in plan, plan


def test_les_bornes_d_une_periode_sont_des_jours_de_paris() -> None:
    dates = [debut_du_jour(JOUR) - timedelta(seconds=1), debut_du_jour(JOUR), debut_du_jour(JOUR + timedelta(days=1)) - timedelta(seconds=1), debut_du_jour(JOUR + timedelta(days=1))]  # fmt: skip
    poses = poser(4)
    for dossier, le in zip(poses, dates, strict=True):
        Dossier.objects.tous("essai").filter(pk=dossier.pk).update(transmis_le=le)
    ids = lambda periode: {d.pk for d in liste_dossiers(aline(), SIREN, filtre(depot=periode)).dossiers}  # noqa: E731
    assert ids(Periode(JOUR, JOUR)) == {poses[1].pk, poses[2].pk}
    assert ids(Periode(du=JOUR)) == {d.pk for d in poses[1:]}
    assert ids(Periode(au=JOUR)) == {d.pk for d in poses[:3]}


def test_les_filtres_valent_de_chaque_cote() -> None:
    meler(24)
    sans = poser(1, date_debut=None)[0]
    tous = {d.pk: d for d in Dossier.objects.tous("essai")}
    cas: list[tuple[dict[str, Any], Callable[[Dossier], bool]]] = [
        ({"siret": SIREN}, lambda d: d.siren == SIREN),
        ({"siret": AUTRE_SIRET}, lambda d: d.siret == AUTRE_SIRET),
        ({"prestataire": SIREN_OF}, lambda d: d.prestataire_siren == SIREN_OF),
        ({"prestataire": SIRET_OF}, lambda d: d.prestataire_siret == SIRET_OF),
        ({"prestataire": AUTRE_SIREN}, lambda d: False),
        ({"debut": Periode(JOUR, JOUR)}, lambda d: d.date_debut == JOUR),
        ({"debut": Periode(du=JOUR)}, lambda d: d.date_debut is not None),
        ({"debut": Periode(au=JOUR), "tri": Tri("date_debut")}, lambda d: d.date_debut == JOUR),
        ({"siret": SIRET, "texte": "excel"}, lambda d: d.siret == SIRET and "excel" in d.titre),
    ]
    for qui, (acteur, siren) in acteurs().items():
        vus: set[UUID] = {d.pk for d in Dossier.objects.visibles_par(acteur)}
        for champs, garde in cas:
            attendus = {cle for cle in vus if garde(tous[cle])}
            assert {d.pk for d in parcourir(acteur, siren, filtre(**champs))} == attendus, (qui, champs)
    assert sans.pk in {d.pk for d in parcourir(aline(), SIREN, filtre(debut=Periode(), tri=Tri("date_debut")))}


@pytest.mark.parametrize("courants", [False, True])
@pytest.mark.parametrize(
    "parametres", [{}, {"q": "haccp"}, {"etat": "accorde"}, {"tri": "date_debut"}, {"prestataire": SIREN_OF}]
)
def test_le_flot_et_le_compte_disent_la_liste(
    parametres: dict[str, str], courants: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By pieces or by pages, by the words or in walking: the same rows, in the same order."""
    monkeypatch.setattr(flot, "MORCEAU", 4)
    monkeypatch.setattr(flot, "mots_courants", lambda *_: courants)
    meler(22)
    brouillon()
    lecture = DOSSIERS.lire(parametres, JOUR)
    for acteur, siren in acteurs().values():
        pages = [d.pk for d in parcourir(acteur, siren, lecture.filtre)]
        assert [d.pk for d in DOSSIERS.lignes(acteur, siren, lecture, JOUR)] == pages
        compte = DOSSIERS.compter(acteur, siren, lecture, JOUR)
        assert (compte.nombre, compte.plafonne) == (len(pages), False)
    assert list(DOSSIERS.lignes(FauxActeur(), None, lecture, JOUR)) == []
    assert DOSSIERS.compter(FauxActeur(), None, lecture, JOUR).nombre == 0


@pytest.mark.parametrize(
    ("attendues", "total", "courants"),
    [(200_000, 200_000, True), (44_722, 200_000, True), (44_721, 200_000, False), (10_000, 200_000, False), (0, 0, False)],
)
def test_des_mots_sont_courants_quand_marcher_lit_moins(
    attendues: int, total: int, courants: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcours, "_attendues", lambda _: (attendues, total))
    demande = module_liste.demande_de(aline(), SIREN, filtre(texte="formation"))
    assert parcours.mots_courants(demande, 10_000) is courants


def test_un_compte_s_arrete_a_sa_borne(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flot, "COMPTE_AU_PLUS", 3)
    poser(3)
    lire = lambda **p: DOSSIERS.compter(aline(), SIREN, DOSSIERS.lire(p, JOUR), JOUR)  # noqa: E731
    assert (lire().nombre, lire().plafonne) == (3, False)
    poser(1)
    for parametres in ({}, {"q": "formation"}):
        assert lire(**parametres).texte == "plus de 10\u00a0000"
    assert lire(q="&").nombre == 0
    assert list(DOSSIERS.lignes(aline(), SIREN, DOSSIERS.lire({"q": "&"}, JOUR), JOUR)) == []


@pytest.mark.parametrize("liste", [DOSSIERS, BROUILLONS], ids=lambda liste: liste.code)
def test_toutes_les_colonnes_se_lisent_en_deux_requetes(liste: Any, django_assert_num_queries: Any) -> None:
    """No column costs a query by row; none shows a NIR or an IBAN."""
    poser(3, etat=EtatDossier.ACCORDE, accorde_le=LE, date_debut=JOUR, montant_a_payer=1000, montant_facture=400)
    poser(3, etat=EtatDossier.BROUILLON)
    lecture = liste.lire({"colonnes": ",".join(c.code for c in liste.colonnes)}, JOUR)
    assert lecture.refus == ()
    with django_assert_num_queries(2):
        lues = [{c.code: c.valeur(d, JOUR) for c in liste.colonnes} for d in liste.lignes(aline(), SIREN, lecture, JOUR)]
    assert len(lues) == 3
    assert all(isinstance(v, str | int | date | None) or v >= 0 for ligne in lues for v in ligne.values())
    assert not any(isinstance(v, datetime) for ligne in lues for v in ligne.values())
    if liste is DOSSIERS:
        assert {(ligne["etat"], ligne["reste_a_facturer"], ligne["reste_a_payer"]) for ligne in lues} == {
            ("En exécution", 600, 1000)
        }


@pytest.mark.parametrize("quoi", ["numero", "titre", "reference_interne", "denomination", "nom"])
def test_la_recherche_ignore_accents_et_majuscules(quoi: str) -> None:
    """Number, title, internal reference, company; and the names that the form projects."""
    dossier = Dossier.objects.tous("essai").get(pk=poser(1)[0].pk)
    poser(1)
    dossier.titre, dossier.reference_interne, dossier.denomination = "Œnologie à Nîmes", "RH-2026/Été", "Hôtel du Lac"
    indexer(dossier, "Zoé Lefèvre")
    dossier.save(update_fields=["titre", "reference_interne", "denomination", "recherche"])
    texte = {
        "numero": str(dossier.numero).lower(),
        "titre": "OENOLOGIE nimes",
        "reference_interne": "rh 2026 ete",
        "denomination": "hotel lac",
        "nom": "zoe lefevre",
    }[quoi]
    assert [d.pk for d in liste_dossiers(aline(), SIREN, filtre(texte=texte)).dossiers] == [dossier.pk]
