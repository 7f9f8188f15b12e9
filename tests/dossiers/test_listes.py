"""Lists: pages by key that neither lose nor repeat, filters, counts, and how many queries they cost."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.dispositifs.base import Silence
from jalon.dossiers.actions.projections import indexer
from jalon.dossiers.enums import EN_EXECUTION, EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import FiltreDossiers, Page, a_faire, comptes_par_etat, liste_dossiers, parcours
from jalon.dossiers.requetes import liste as module_liste
from jalon.instruction.requetes import lire_file
from jalon.messagerie.actions import ouvrir_fil
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Perimetre, Pouvoir
from tests.acteurs import FauxActeur, acteur_opco
from tests.dispositifs.silencieux import CODE, dispositif_essai
from tests.dossiers.fabrique import (
    AUTRE_PORTEFEUILLE,
    AUTRE_SIREN,
    AUTRE_SIRET,
    JOUR,
    LE,
    PORTEFEUILLE,
    SIREN,
    SIREN_OF,
    SIRET,
    aline,
    brouillon,
    brouillons,
    driss,
    emma,
    monde,
)
from tests.habilitations import fabrique as h

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()


def poser(
    nombre: int, *, etat: EtatDossier = EtatDossier.TRANSMIS, siret: str = SIRET, mot: str = "", **champs: Any
) -> list[Dossier]:
    """Rows without content, one a minute; `mot` goes in the title of each."""
    fil = ouvrir_fil(maintenant=LE)
    deja = Dossier.objects.tous("essai").count()
    lignes = []
    for rang in range(deja, deja + nombre):
        instant = LE + timedelta(minutes=rang)
        envoye = etat != EtatDossier.BROUILLON
        dossier = Dossier(
            numero=f"2611AF{rang:06d}" if envoye else None, contenu={} if envoye else None, transmis_le=LE if envoye else None,
            dispositif="action_formation", etat=etat, etat_depuis=LE, cree_le=LE, modifie_le=instant, fil=fil,
            siren=siret[:9], siret=siret, portefeuille_id=PORTEFEUILLE, domaine="plan", titre=f"Formation {mot or rang}",
            attend_qui="opco" if etat in {EtatDossier.TRANSMIS, EtatDossier.EN_INSTRUCTION} else "",
            attend_avant=JOUR + timedelta(days=rang % 7), **champs,
        )  # fmt: skip
        indexer(dossier, "")
        dossier.save(force_insert=True)
        lignes.append(dossier)
    return lignes


def parcourir(acteur: Acteur, siren: str | None, filtre: FiltreDossiers, **autres: Any) -> list[Dossier]:
    """Every page, forwards, then back to the first, checking that both ways agree."""
    page = liste_dossiers(acteur, siren, filtre, **autres)
    assert page.precedent == ""
    pages = [page]
    while page.suivant:
        page = liste_dossiers(acteur, siren, filtre, page.suivant, **autres)
        pages.append(page)
    retour = pages[-1]
    for attendue in reversed(pages[:-1]):
        retour = liste_dossiers(acteur, siren, filtre, retour.precedent, **autres)
        assert [d.id for d in retour.dossiers] == [d.id for d in attendue.dossiers]
    assert retour.precedent == ""
    return [d for p in pages for d in p.dossiers]


def filtre(**champs: Any) -> FiltreDossiers:
    return FiltreDossiers(jour=JOUR, **champs)


@pytest.mark.parametrize("nombre", [0, 1, 24, 25, 26, 50, 51, 60])
def test_les_pages_ne_perdent_ni_ne_repetent_rien(nombre: int) -> None:
    poses = poser(nombre)
    vus = parcourir(aline(), SIREN, filtre())
    assert [d.id for d in vus] == [d.id for d in reversed(poses)]


def test_des_dossiers_modifies_au_meme_instant_gardent_un_ordre() -> None:
    poses = poser(60)
    Dossier.objects.tous("essai").update(modifie_le=LE)
    vus = parcourir(aline(), SIREN, filtre())
    assert [d.id for d in vus] == sorted((d.id for d in poses), reverse=True)


def test_chaque_cote_a_sa_liste() -> None:
    ici = poser(3)
    accordes = poser(2, etat=EtatDossier.ACCORDE, prestataire_siren=SIREN_OF, accorde_le=LE)
    refuses = poser(1, etat=EtatDossier.REFUSE, prestataire_siren=SIREN_OF)
    ailleurs = poser(2, siret=AUTRE_SIRET)
    dossier = brouillon()
    ids = lambda acteur, siren=None, **k: {d.id for d in liste_dossiers(acteur, siren, filtre(**k)).dossiers}  # noqa: E731
    des_notres = {d.id for d in (*ici, *accordes, *refuses)}
    assert ids(aline(), SIREN) == des_notres
    assert ids(aline()) == des_notres
    assert ids(aline(), AUTRE_SIREN) == set()
    assert ids(driss(), SIREN_OF) == {d.id for d in accordes}
    assert ids(driss(), SIREN) == set()
    assert ids(emma()) == des_notres | {d.id for d in ailleurs}
    assert ids(emma(), SIREN) == set()
    assert ids(aline(), SIREN, etats=frozenset({"brouillon"})) == {dossier.id}
    assert ids(emma(), etats=frozenset({"brouillon"})) == set()
    assert ids(FauxActeur()) == set()
    deux = FauxActeur(
        {Domaine.PLAN: (Niveau.LECTURE, Perimetre(sirens=frozenset({SIREN})))}, {Pouvoir.CONSULTER: frozenset({PORTEFEUILLE})}
    )
    assert ids(deux) == des_notres | {d.id for d in ailleurs}
    assert {d.id for d in liste_dossiers(deux, None, filtre(), cote=Cote.ENTREPRISE).dossiers} == des_notres
    assert len(liste_dossiers(deux, None, filtre(), cote=Cote.OPCO).dossiers) == len(des_notres) + len(ailleurs)


def test_un_droit_par_etablissement_et_par_domaine() -> None:
    poses = poser(2)
    poser(2, siret=AUTRE_SIRET)
    sur_siret = FauxActeur({Domaine.PLAN: (Niveau.LECTURE, Perimetre(sirets=frozenset({SIRET})))})
    assert {d.id for d in liste_dossiers(sur_siret, SIREN, filtre()).dossiers} == {d.id for d in poses}
    alternance = FauxActeur({Domaine.ALTERNANCE: (Niveau.GESTION, Perimetre(sirens=frozenset({SIREN})))})
    assert liste_dossiers(alternance, SIREN, filtre()).dossiers == []


def test_filtrer_par_etat_distingue_accorde_et_en_execution() -> None:
    futurs = poser(2, etat=EtatDossier.ACCORDE, date_debut=JOUR + timedelta(days=1), accorde_le=LE)
    en_cours = poser(3, etat=EtatDossier.ACCORDE, date_debut=JOUR, accorde_le=LE)
    transmis = poser(1)
    for acteur, siren in ((aline(), SIREN), (emma(), None)):
        cas = {
            frozenset({"accorde"}): futurs,
            frozenset({EN_EXECUTION}): en_cours,
            frozenset({"accorde", EN_EXECUTION}): [*futurs, *en_cours],
            frozenset({"transmis", EN_EXECUTION}): [*transmis, *en_cours],
        }
        for etats, attendus in cas.items():
            assert {d.id for d in liste_dossiers(acteur, siren, filtre(etats=etats)).dossiers} == {d.id for d in attendus}
    comptes = comptes_par_etat(aline(), SIREN, JOUR)
    assert comptes.par_etat == {"accorde": 2, EN_EXECUTION: 3, "transmis": 1}
    assert comptes_par_etat(emma(), None, JOUR).par_etat == comptes.par_etat


def attendre(dossiers: list[Dossier], dispositif: str, avant: date) -> list[Dossier]:
    """They wait for the OPCO until that day."""
    ids = [d.pk for d in dossiers]
    Dossier.objects.tous("essai").filter(pk__in=ids).update(dispositif=dispositif, attend_qui="opco", attend_avant=avant)
    return dossiers


@pytest.mark.parametrize("silence", [Silence.REFUS, Silence.ACCEPTATION])
def test_ce_que_le_silence_a_decide_se_cherche_et_se_compte_sous_son_etat(silence: Silence) -> None:
    affiche = {Silence.REFUS: "refus_implicite", Silence.ACCEPTATION: "acceptation_implicite"}[silence]
    hier = JOUR - timedelta(days=1)
    with dispositif_essai(silence):
        decides = attendre(poser(2, etat=EtatDossier.EN_INSTRUCTION), CODE, hier) + attendre(poser(1), CODE, hier)
        attendent = attendre(poser(1, etat=EtatDossier.EN_INSTRUCTION), CODE, JOUR)
        attendent += attendre(poser(1, etat=EtatDossier.EN_INSTRUCTION), "action_formation", hier)
        transmis = poser(1)
        for acteur, siren in ((aline(), SIREN), (emma(), None)):
            for etats, attendus in (
                ({affiche}, decides),
                ({"en_instruction"}, attendent),
                ({"transmis"}, transmis),
                ({"en_instruction", affiche}, [*attendent, *decides]),
                (set(), [*decides, *attendent, *transmis]),
            ):
                for texte in ("", "formation"):
                    trouves = liste_dossiers(acteur, siren, filtre(etats=frozenset(etats), texte=texte)).dossiers
                    assert {d.id for d in trouves} == {d.id for d in attendus}
            assert comptes_par_etat(acteur, siren, JOUR).par_etat == {affiche: 3, "en_instruction": 2, "transmis": 1}


def test_filtrer_par_dispositif_et_etablissement() -> None:
    poses = poser(2)
    poser(1, siret="13002526500021")
    assert {d.id for d in liste_dossiers(aline(), SIREN, filtre(siret=SIRET)).dossiers} == {d.id for d in poses}
    assert liste_dossiers(aline(), SIREN, filtre(dispositif="apprentissage")).dossiers == []
    assert len(liste_dossiers(aline(), SIREN, filtre(dispositif="action_formation")).dossiers) == 3


@pytest.mark.parametrize("texte", ["haccp", "HACCP", "hac", "formation haccp", "« haccp »", "haccp:*", "h'accp | haccp"])
def test_un_texte_se_cherche_par_debut_de_mots(texte: str) -> None:
    poses = poser(3, mot="HACCP")
    poser(3, mot="Excel")
    trouves = {d.id for d in liste_dossiers(aline(), SIREN, filtre(texte=texte)).dossiers}
    assert trouves == ({d.id for d in poses} if "|" not in texte else set())


@pytest.mark.parametrize("texte", ["':*", "&", "!!", "()", "\\"])
def test_des_signes_seuls_ne_trouvent_rien(texte: str) -> None:
    poser(1)
    assert liste_dossiers(aline(), SIREN, filtre(texte=texte)).dossiers == []


def test_une_marque_de_perimetre_ne_se_cherche_pas() -> None:
    poser(1)
    assert liste_dossiers(aline(), SIREN, filtre(texte=f"p:{PORTEFEUILLE}")).dossiers == []


def acteurs_de_recherche() -> dict[str, tuple[FauxActeur, str | None]]:
    large = frozenset({SIREN, AUTRE_SIREN, *h.sirens(80)})
    return {
        "entreprise": (aline(), SIREN),
        "cabinet": (FauxActeur({Domaine.PLAN: (Niveau.LECTURE, Perimetre(sirens=large))}), None),
        "opco": (emma(), None),
        "prestataire": (driss(), SIREN_OF),
    }


@pytest.mark.parametrize("essais", [[], [1], [3], [3, 40], [2000]], ids=str)
@pytest.mark.parametrize("qui", ["entreprise", "cabinet", "opco", "prestataire"])
def test_la_recherche_donne_la_meme_chose_par_les_deux_chemins(
    essais: list[int], qui: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the number of newest rows tried first, the pages are those of a plain scan."""
    monkeypatch.setattr(parcours, "_essais", lambda demande: essais)
    monkeypatch.setattr(parcours, "MARQUES_AU_PLUS", 64 if essais != [3] else 0)
    monkeypatch.setattr(module_liste, "PAR_PAGE", 4)
    hasard = random.Random(20261124)  # noqa: S311
    for _ in range(30):
        poser(
            1,
            mot=hasard.choice(["haccp", "excel", "excel avance"]),
            siret=hasard.choice([SIRET, AUTRE_SIRET]),
            etat=hasard.choice([EtatDossier.TRANSMIS, EtatDossier.ACCORDE]),
            prestataire_siren=SIREN_OF,
            accorde_le=LE,
            date_debut=JOUR,
        )
    acteur, siren = acteurs_de_recherche()[qui]
    for champs in ({}, {"etats": frozenset({"transmis"})}):
        for texte in ("haccp", "excel", "ava exc", "formation", "absent"):
            attendus = [
                d.id
                for d in Dossier.objects.visibles_par(acteur).order_by("-modifie_le", "-id")
                if all(any(m.startswith(mot) for m in d.titre.lower().split()) for mot in texte.split())
                and (not champs or d.etat == "transmis")
            ]
            vus = parcourir(acteur, siren, filtre(texte=texte, **champs))
            if qui == "entreprise":
                assert {d.siren for d in vus} <= {SIREN}
            assert [d.id for d in vus] == attendus, (texte, champs)


@pytest.mark.parametrize("curseur", ["", "abc", "%%%", "PjIwMjY", "é", "Pk5vbiB4"])
def test_un_curseur_illisible_est_la_premiere_page(curseur: str) -> None:
    poser(3)
    page = liste_dossiers(aline(), SIREN, filtre(), curseur)
    assert (len(page.dossiers), page.precedent) == (3, "")


def test_les_comptes_se_disent_jusqu_a_une_borne(monkeypatch: pytest.MonkeyPatch) -> None:
    poser(4)
    poser(2, etat=EtatDossier.REFUSE)
    brouillon()
    comptes = comptes_par_etat(aline(), SIREN, JOUR)
    assert (comptes.texte(), comptes.texte("transmis"), comptes.texte("brouillon"), comptes.texte("solde")) == (
        "6",
        "4",
        "1",
        "0",
    )
    monkeypatch.setattr(module_liste, "COMPTE_AU_PLUS", 3)
    trop = comptes_par_etat(aline(), SIREN, JOUR)
    assert (trop.texte(), trop.texte("transmis")) == ("plus de 10\u00a0000", "")
    opco = comptes_par_etat(emma(), None, JOUR)
    assert (opco.texte(), opco.texte("transmis"), opco.texte("refuse")) == ("plus de 10\u00a0000", "plus de 10\u00a0000", "2")
    assert comptes_par_etat(FauxActeur(), None, JOUR).texte() == "0"


def test_un_compte_exact_est_relu_et_un_compte_plafonne_est_garde(monkeypatch: pytest.MonkeyPatch) -> None:
    poser(2)
    assert comptes_par_etat(emma(), None, JOUR).texte("transmis") == "2"
    poser(1)
    assert comptes_par_etat(emma(), None, JOUR).texte("transmis") == "3"
    monkeypatch.setattr(module_liste, "COMPTE_AU_PLUS", 2)
    for _ in range(2):
        with CaptureQueriesContext(connection) as requetes:
            assert comptes_par_etat(emma(), None, JOUR).texte("transmis") == "plus de 10\u00a0000"
    assert len(requetes) == 0
    assert comptes_par_etat(acteur_opco(AUTRE_PORTEFEUILLE, Pouvoir.CONSULTER), None, JOUR).texte("transmis") == "0"


def test_une_liste_et_son_accueil_tiennent_en_douze_requetes() -> None:
    poser(30)
    brouillon()
    personne = h.personne("Aline", "Ferrand")
    h.rattacher(personne, SIREN)
    acteur = h.acteur(personne, LE)
    with CaptureQueriesContext(
        connection,
    ) as requetes:
        liste_dossiers(acteur, SIREN, filtre(texte="formation"))
        comptes_par_etat(acteur, SIREN, JOUR)
        a_faire(acteur, SIREN)
        brouillons(acteur, SIREN)
    assert len(requetes) <= 8, [q["sql"][:80] for q in requetes]


def test_un_large_perimetre_coute_autant_de_requetes(django_assert_max_num_queries: Any) -> None:
    poser(5)
    sirens = frozenset({SIREN, *h.sirens(500)})
    cabinet = FauxActeur({Domaine.PLAN: (Niveau.LECTURE, Perimetre(sirens=sirens))})
    with django_assert_max_num_queries(5):
        assert len(liste_dossiers(cabinet, None, filtre()).dossiers) == 5
        assert comptes_par_etat(cabinet, None, JOUR).total == 5


@pytest.mark.parametrize("profondeur", [1, 2, 3])
def test_un_large_perimetre_ne_perd_rien_quand_un_siren_domine(profondeur: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Walks are short at first: a company that fills whole pages alone is walked further."""
    monkeypatch.setattr(parcours, "PROFONDEUR", profondeur)
    monkeypatch.setattr(parcours, "MARGE", 0)
    sirens = h.sirens(40)
    poses = poser(20) + poser(40, siret=f"{sirens[0]}00010")
    poses += [poser(1, siret=f"{siren}00010")[0] for siren in sirens[1:]] + poser(30)
    cabinet = FauxActeur({Domaine.PLAN: (Niveau.LECTURE, Perimetre(sirens=frozenset({SIREN, *sirens})))})
    assert [d.id for d in parcourir(cabinet, None, filtre())] == [d.id for d in reversed(poses)]


def test_la_page_ne_charge_pas_les_reponses() -> None:
    poser(1)
    (dossier,) = liste_dossiers(aline(), SIREN, filtre()).dossiers
    assert {"reponses", "contenu", "recherche"} <= dossier.get_deferred_fields()


def test_la_file_de_la_conseillere_commence_par_le_plus_urgent() -> None:
    poses = poser(60) + poser(5, etat=EtatDossier.EN_INSTRUCTION, instructeur_id=None)
    poser(3, etat=EtatDossier.REFUSE)

    def file(acteur: Acteur, curseur: str = "", **parametres: str) -> Page:
        return liste_dossiers(acteur, None, lire_file(parametres, JOUR).filtre, curseur)

    vus, curseur = [], ""
    while True:
        page = file(emma(), curseur)
        vus += page.dossiers
        curseur = page.suivant
        if not curseur:
            break
    assert {d.id for d in vus} == {d.id for d in poses}
    assert [(d.attend_avant, d.id) for d in vus] == sorted((d.attend_avant, d.id) for d in poses)
    assert file(acteur_opco(PORTEFEUILLE)).dossiers == []
    assert file(aline()).dossiers == []
    assert len(file(emma(), etat="en_instruction").dossiers) == 5
    assert file(emma(), suivi="moi").dossiers == []
    assert len(file(emma(), suivi="personne").dossiers) == 25
    assert len(file(emma(), "illisible").dossiers) == 25
