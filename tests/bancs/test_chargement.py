"""The loader gives what the product itself would read: counts, sides, words."""

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest
from django.test import Client

from jalon.bancs.dossiers.chargement import index_mis_de_cote
from jalon.bancs.dossiers.lignes import lignes
from jalon.bancs.dossiers.mise_en_scene import mettre_en_scene
from jalon.bancs.dossiers.population import DOSSIERS_GRANDE, GRAINE, PART_GRANDE, Groupe, Population, peupler
from jalon.bancs.dossiers.scene import JETON, Acteur, Scene
from jalon.comptes.models import Personne
from jalon.dossiers.actions.projections import indexer
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier, VersionContenu
from jalon.dossiers.requetes import FiltreDossiers, comptes_par_etat, liste_dossiers
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.journal.models import Evenement
from jalon.socle.dates import jour_de_paris

NOMBRE = 500
ENVOIS = 2


@pytest.fixture
def scene(base_reelle: str, proprietaire_de_la_base_reelle: str) -> Iterator[Scene]:
    faits: list[int] = []
    scene = mettre_en_scene(base_reelle, proprietaire_de_la_base_reelle, NOMBRE, processus=1, envois=ENVOIS, suivi=faits.append)
    assert faits[-1] == NOMBRE
    return scene


@pytest.fixture
def population() -> Population:
    return peupler(NOMBRE)


def acteur(adresse: str) -> ActeurPersonne:
    return ActeurPersonne(Personne.objects.get(email=adresse))


def tout_voir(qui: ActeurPersonne, siren: str | None = None, texte: str = "") -> list[Dossier]:
    filtre = FiltreDossiers(jour=jour_de_paris(datetime.now(UTC)), texte=texte)
    page = liste_dossiers(qui, siren, filtre)
    vus = list(page.dossiers)
    while page.suivant:
        page = liste_dossiers(qui, siren, filtre, page.suivant)
        vus += page.dossiers
    return vus


def test_chaque_acteur_voit_ses_dossiers_et_eux_seuls(scene: Scene, population: Population) -> None:
    jour = jour_de_paris(datetime.now(UTC))
    entreprise, grande, cabinet, conseillere, prestataire = (
        acteur(f"{nom}@banc.example") for nom in ("entreprise", "grande", "cabinet", "conseillere", "prestataire")
    )
    siens = tout_voir(entreprise)
    assert len(siens) == population.entreprise.dossiers == 120
    assert {d.siren for d in siens} == {population.entreprise.siren}
    assert len({d.siret for d in siens}) > 1

    assert len(tout_voir(grande)) == population.grande.dossiers == DOSSIERS_GRANDE
    clientes = {e.siren for e in population.clientes}
    suivis = tout_voir(cabinet)
    assert len(clientes) == 500
    assert len(suivis) == sum(e.dossiers for e in population.clientes) == NOMBRE // 4
    assert {d.siren for d in suivis} <= clientes

    au_portefeuille = tout_voir(conseillere)
    assert len(au_portefeuille) == NOMBRE // 5
    assert comptes_par_etat(conseillere, None, jour).total == NOMBRE // 5

    vus = tout_voir(prestataire)
    assert vus
    assert all(d.accorde_le and d.prestataire_siren == population.prestataire.siren for d in vus)
    assert [d.modifie_le for d in siens] == sorted((d.modifie_le for d in siens), reverse=True)


def test_les_mots_trouvent_comme_dans_le_produit(scene: Scene) -> None:
    entreprise, rare, courant, numero = scene.acteurs[0], scene.rare, scene.courant, scene.acteurs[0].numero
    assert entreprise.numero
    qui = acteur("entreprise@banc.example")
    assert len(tout_voir(qui, texte=rare)) == 3
    assert [d.numero for d in tout_voir(qui, texte=numero)] == [numero]
    trouves = tout_voir(qui, texte=courant)
    assert len(trouves) > 5
    assert all("écurité" in d.titre for d in trouves)
    assert len(tout_voir(acteur("cabinet@banc.example"), texte=rare)) == 4
    assert len(tout_voir(acteur("conseillere@banc.example"), texte=rare)) == 8


def test_le_vecteur_de_mots_est_celui_du_produit(scene: Scene) -> None:
    lus = Dossier.objects.visibles_par(acteur("entreprise@banc.example"))[:5]
    for dossier in lus:
        charge = set(_lexemes(dossier))
        noms = " ".join(s["nom_naissance"] for s in dossier.contenu["stagiaires"])
        indexer(dossier, noms)
        dossier.save(update_fields=["recherche"])
        assert set(_lexemes(dossier)) <= charge


def _lexemes(dossier: Dossier) -> list[str]:
    lus = Dossier.objects.visibles_par(acteur("entreprise@banc.example")).filter(pk=dossier.pk)
    return [mot.split(":")[0] if mot[1] != ":" else mot for mot in lus.values_list("recherche", flat=True)[0].split()]


def test_chaque_dossier_transmis_a_sa_version_et_sa_ligne_de_journal(scene: Scene) -> None:
    qui = acteur("entreprise@banc.example")
    dossiers = Dossier.objects.visibles_par(qui)
    assert {d.pk for d in dossiers} == {v.dossier_id for v in VersionContenu.objects.visibles_par(qui)}
    assert Evenement.objects.visibles_par(qui).filter(code="dossier.transmis").count() == 120
    assert {EtatDossier(d.etat) for d in dossiers} >= {EtatDossier.SOLDE, EtatDossier.ACCORDE}


def test_un_dossier_ne_depend_que_de_son_rang(population: Population) -> None:
    maintenant = datetime(2026, 11, 23, 12, tzinfo=UTC)
    d_un_coup = [ligne.dossier for ligne in lignes(population, 0, 40, maintenant)]
    par_morceaux = [ligne.dossier for debut in (0, 20) for ligne in lignes(peupler(NOMBRE), debut, debut + 20, maintenant)]
    assert d_un_coup == par_morceaux
    assert GRAINE


def test_les_contenus_sont_courts(population: Population) -> None:
    for ligne in lignes(population, 0, NOMBRE, datetime(2026, 11, 23, 12, tzinfo=UTC)):
        if ligne.version:
            assert len(ligne.version.split("\t")[8].encode()) <= 300


def test_la_population_tient_ses_comptes_a_toutes_les_tailles() -> None:
    for nombre in (500, 10_000, 60_000):
        population = peupler(nombre)
        par_groupe = {g: sum(e.dossiers for e in population.entites if e.groupe == g) for g in range(5)}
        assert sum(par_groupe.values()) == nombre == len(population.affectations)
        assert par_groupe[Groupe.ENTREPRISE] == 120
        assert par_groupe[Groupe.CABINET] == min(2_500, nombre // 4)
        assert par_groupe[Groupe.CONSEILLERE] == nombre // 5
        assert par_groupe[Groupe.GRANDE] == max(DOSSIERS_GRANDE, nombre // PART_GRANDE) == population.grande.dossiers
        assert len({e.siren for e in population.entites}) == len(population.entites)


def test_les_seances_ouvrent_les_pages_et_les_brouillons_partent(scene: Scene) -> None:
    for qui in scene.acteurs:
        for adresse in (qui.liste, qui.accueil):
            assert _client(qui).get(adresse).status_code == 200, (qui.nom, adresse)
    client = _client(scene.expeditrice)
    for adresse in scene.envois:
        reponse = client.post(adresse, {"csrfmiddlewaretoken": JETON})
        assert reponse.status_code == 302, reponse.content.decode()[:2000]
    assert len(tout_voir(acteur("expeditrice@banc.example"))) == ENVOIS


def _client(qui: Acteur) -> Client:
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    client.cookies["jalon_seance"] = qui.seance
    client.cookies["jalon_jeton"] = JETON
    return client


def _index(url: str) -> set[tuple[str, str]]:
    with psycopg.connect(url) as connexion:
        lus = connexion.execute("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'").fetchall()
    return {(nom, definition.partition(" WHERE ")[0]) for nom, definition in lus}


def test_les_index_mis_de_cote_reviennent_meme_si_le_chargement_echoue(
    base_reelle: str, proprietaire_de_la_base_reelle: str
) -> None:
    avant = _index(base_reelle)
    mise_de_cote = index_mis_de_cote(proprietaire_de_la_base_reelle)
    mise_de_cote.__enter__()
    pendant = _index(base_reelle)
    assert not mise_de_cote.__exit__(ZeroDivisionError, ZeroDivisionError(), None)
    assert _index(base_reelle) == avant > pendant
    assert {nom for nom, _ in avant - pendant} >= {"dossier_siren", "dossier_recherche"}
    assert "dossiers_dossier_pkey" in {nom for nom, _ in pendant}


def test_les_dossiers_ne_se_chargent_pas_deux_fois(scene: Scene, base_reelle: str, proprietaire_de_la_base_reelle: str) -> None:
    with pytest.raises(psycopg.errors.UniqueViolation):
        mettre_en_scene(base_reelle, proprietaire_de_la_base_reelle, NOMBRE, processus=1, envois=1, suivi=lambda n: None)
