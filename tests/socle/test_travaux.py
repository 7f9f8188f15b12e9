"""Jobs: in the caller's transaction, ids only, tried again, given back when their worker dies."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
import time_machine
from django.db import OperationalError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException, TaskNotFound
from procrastinate.jobs import Job
from procrastinate.psycopg_connector import PsycopgConnector

from jalon.socle import horloge
from jalon.socle.relance import SECONDES_SANS_SIGNE, avancer_travaux, etat_de_la_file, relancer_travaux_interrompus
from jalon.socle.taches import purger_travaux
from jalon.socle.travaux import ATTENTE_MAXIMALE, TENTATIVES, Reprise, declencher_periodiques, differer

NOM = "courriers.envoyer"
IDENTIFIANT = "0199f3a4-5b6c-7d8e-9f01-23456789abcd"


def _sql(ordre: str, *parametres: object) -> list[Any]:
    with connection.cursor() as curseur:
        curseur.execute(ordre, parametres)
        return curseur.fetchall() if curseur.description else []


def _travaux() -> list[tuple[Any, ...]]:
    return _sql("SELECT status, args FROM procrastinate_jobs ORDER BY id")


def _ajouter(etat: str, ouvrier: int | None = None, verrou: str | None = None, **dates: datetime) -> int:
    ((identifiant,),) = _sql(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id, queueing_lock, scheduled_at)"
        " VALUES ('essai', %s, %s, %s, %s, %s) RETURNING id",
        NOM, etat, ouvrier, verrou, dates.get("prevu"),
    )  # fmt: skip
    return int(identifiant)


def _ouvrier(silence: float) -> int:
    ((identifiant,),) = _sql(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id", silence
    )
    return int(identifiant)


@pytest.mark.django_db
def test_un_travail_existe_si_et_seulement_si_la_transaction_existe() -> None:
    def echouer() -> None:
        with transaction.atomic():
            differer(NOM, courriel_id=IDENTIFIANT)
            assert len(_travaux()) == 1
            raise LookupError

    with pytest.raises(LookupError):
        echouer()
    assert _travaux() == []
    differer(NOM, courriel_id=IDENTIFIANT)
    ((etat, arguments),) = _travaux()
    assert etat == "todo"
    assert json.loads(arguments) == {"courriel_id": IDENTIFIANT}


@pytest.mark.django_db
def test_differer_depuis_un_travail_reste_dans_sa_transaction() -> None:
    """A worker replaces the connector of the app by a pool: ours must not follow."""
    with app.replace_connector(PsycopgConnector()):
        differer(NOM, courriel_id=IDENTIFIANT)
    assert len(_travaux()) == 1


@pytest.mark.django_db
def test_un_nom_inconnu_ou_autre_chose_qu_un_identifiant_est_refuse() -> None:
    with pytest.raises(TaskNotFound):
        differer("courriers.envoier", courriel_id=IDENTIFIANT)
    for intrus in (12, None, {"nir": "1"}, "x" * 81):
        with pytest.raises(TypeError):
            differer(NOM, courriel_id=intrus)  # type: ignore[arg-type]
    assert _travaux() == []


@pytest.mark.django_db
def test_une_panne_de_la_file_est_une_panne_de_la_base(monkeypatch: pytest.MonkeyPatch) -> None:
    def tomber(*_: object, **__: object) -> None:
        raise ConnectorException

    monkeypatch.setattr("procrastinate.jobs.JobDeferrer.defer", tomber)
    with pytest.raises(OperationalError):
        differer(NOM, courriel_id=IDENTIFIANT)


@pytest.mark.django_db
def test_une_date_de_notre_horloge_devient_une_date_de_la_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(horloge._Horloge, "decalage", staticmethod(lambda: timedelta(days=3)))
    differer(NOM, le=datetime(2026, 12, 10, 12, tzinfo=UTC), courriel_id=IDENTIFIANT)
    assert _sql("SELECT scheduled_at FROM procrastinate_jobs") == [(datetime(2026, 12, 7, 12, tzinfo=UTC),)]


@pytest.mark.parametrize(
    ("essais", "attente"),
    [(0, 3), (1, 9), (2, 27), (6, 2187), (7, ATTENTE_MAXIMALE), (50, ATTENTE_MAXIMALE), (TENTATIVES - 1, ATTENTE_MAXIMALE)],
)
def test_les_reprises_s_espacent_jusqu_a_une_heure(essais: int, attente: int) -> None:
    travail = Job(id=1, queue="q", lock=None, queueing_lock=None, task_name=NOM, attempts=essais)
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False):
        decision = Reprise().get_retry_decision(exception=ValueError(), job=travail)
    assert decision is not None
    assert decision.retry_at == datetime(2026, 11, 23, 12, tzinfo=UTC) + timedelta(seconds=attente)


def test_les_reprises_durent_trois_jours_puis_cessent() -> None:
    total = sum(min(3 ** (n + 1), ATTENTE_MAXIMALE) for n in range(TENTATIVES))
    assert timedelta(days=3) < timedelta(seconds=total) < timedelta(days=4)
    epuise = Job(id=1, queue="q", lock=None, queueing_lock=None, task_name=NOM, attempts=TENTATIVES)
    assert Reprise().get_retry_decision(exception=ValueError(), job=epuise) is None


@pytest.mark.django_db
def test_seuls_les_travaux_d_un_processus_muet_sont_rendus_a_la_file() -> None:
    vivant, mort = _ouvrier(SECONDES_SANS_SIGNE - 5), _ouvrier(SECONDES_SANS_SIGNE + 5)
    rendus = {_ajouter("doing", mort), _ajouter("doing", None)}
    gardes = {_ajouter("doing", vivant), _ajouter("succeeded", mort), _ajouter("failed", mort)}
    attente = _ajouter("todo")
    assert relancer_travaux_interrompus() == 2
    assert {i for (i,) in _sql("SELECT id FROM procrastinate_jobs WHERE status = 'todo'")} == {*rendus, attente}
    assert {i for (i,) in _sql("SELECT id FROM procrastinate_jobs WHERE status != 'todo'")} == gardes
    assert _sql("SELECT DISTINCT attempts FROM procrastinate_jobs WHERE id = ANY(%s)", list(rendus)) == [(1,)]
    assert relancer_travaux_interrompus() == 0


@pytest.mark.django_db
def test_une_periodique_deja_revenue_dans_la_file_n_empeche_pas_de_rendre_les_autres() -> None:
    ancienne = _ajouter("doing", None, "periodique")
    suivante = _ajouter("todo", None, "periodique")
    autre = _ajouter("doing", None)
    assert relancer_travaux_interrompus() == 2
    etats = dict(_sql("SELECT id, status FROM procrastinate_jobs"))
    assert etats == {ancienne: "aborted", suivante: "todo", autre: "todo"}


def test_deux_relances_simultanees_ne_rendent_pas_deux_fois_le_meme_travail(base_reelle: str) -> None:
    travail = _ajouter("doing", None)
    with psycopg.connect(base_reelle) as autre:
        autre.execute("SELECT id FROM procrastinate_jobs WHERE id = %s FOR UPDATE", [travail])
        assert relancer_travaux_interrompus() == 0
    assert relancer_travaux_interrompus() == 1
    assert _sql("SELECT attempts FROM procrastinate_jobs") == [(1,)]


@pytest.mark.django_db
def test_l_etat_de_la_file_dit_l_attente_et_la_vie_des_processus() -> None:
    vide = etat_de_la_file()
    assert (vide.attente, vide.signe, vide.echoues, vide.ouvrier_vivant) == (timedelta(), None, 0, False)
    _ouvrier(100)
    assert not etat_de_la_file().ouvrier_vivant
    _ouvrier(2)
    assert etat_de_la_file().ouvrier_vivant
    instant = datetime.now(UTC)
    _ajouter("todo", prevu=instant + timedelta(hours=1))
    _ajouter("doing")
    _ajouter("failed")
    assert etat_de_la_file().attente == timedelta()
    assert etat_de_la_file().echoues == 1
    _ajouter("todo", prevu=instant - timedelta(seconds=90))
    assert timedelta(seconds=85) < etat_de_la_file().attente < timedelta(seconds=120)
    differer(NOM, courriel_id=IDENTIFIANT)
    _sql("UPDATE procrastinate_events SET at = at - interval '10 minutes' WHERE type = 'deferred'")
    assert timedelta(minutes=9) < etat_de_la_file().attente < timedelta(minutes=11)


@pytest.mark.django_db
def test_les_travaux_finis_disparaissent_apres_trente_jours() -> None:
    for etat, jours in (("succeeded", 31), ("failed", 31), ("succeeded", 29), ("todo", 31), ("doing", 31)):
        travail = _ajouter(etat)
        _sql("DELETE FROM procrastinate_events WHERE job_id = %s", travail)
        _sql(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'deferred', now() - make_interval(days => %s))",
            travail,
            jours,
        )
    purger_travaux()
    assert sorted(etat for (etat,) in _sql("SELECT status FROM procrastinate_jobs")) == ["doing", "succeeded", "todo"]


@pytest.mark.django_db
def test_avancer_l_horloge_rapproche_ce_qui_attend_une_date() -> None:
    instant = datetime.now(UTC).replace(microsecond=0)
    futur = _ajouter("todo", prevu=instant + timedelta(days=7))
    fini = _ajouter("succeeded", prevu=instant + timedelta(days=7))
    avancer_travaux(timedelta(days=6))
    dates = dict(_sql("SELECT id, scheduled_at FROM procrastinate_jobs"))
    assert dates == {futur: instant + timedelta(days=1), fini: instant + timedelta(days=7)}


@pytest.mark.django_db
def test_les_periodiques_se_declenchent_une_fois_meme_si_elles_attendent_deja() -> None:
    declencher_periodiques()
    declencher_periodiques()
    noms = [nom for (nom,) in _sql("SELECT task_name FROM procrastinate_jobs")]
    assert "socle.purger_travaux" in noms
    assert len(noms) == len(set(noms))


def test_chaque_travail_ne_prend_que_des_identifiants_en_texte() -> None:
    import inspect

    for nom, travail in app.tasks.items():
        if nom.startswith("builtin:") or ("." in nom and nom.startswith("procrastinate")):
            continue
        fonction: Callable[..., object] = inspect.unwrap(travail.func)
        for parametre in inspect.signature(fonction).parameters.values():
            if parametre.kind is inspect.Parameter.VAR_KEYWORD:
                continue
            assert parametre.annotation in {str, "str"}, f"{nom} : {parametre}"
            assert parametre.name.endswith(("_id", "siren", "siret")), f"{nom} : {parametre}"
