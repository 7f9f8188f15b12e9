"""Reading budgets: scripted attackers are cut before the threshold, whatever the side they come from (exigences, S5, T9)."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jalon.comptes.models import Personne
from jalon.courriers.messages import Destinataire
from jalon.courriers.models import Courriel
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import dossier_accessible, liste_dossiers
from jalon.dossiers.requetes.liste import FiltreDossiers
from jalon.habilitations.acteur_cle import ActeurCle
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.cles import revoquer_cle
from jalon.habilitations.models import CleApi
from jalon.habilitations.regles_des_cles import EtatCle
from jalon.habilitations.requetes.cles import cles_du_cote
from jalon.socle.acteurs import Profil
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import TransitionImpossible
from jalon.socle.lectures import Carnet, Lu, carnet_ouvert, signaler
from jalon.veille.actions import compter_lectures, confirmer_retablissement, demander_retablissement, oublier_lectures
from jalon.veille.actions.coupures import suspendre_cle
from jalon.veille.courriels import AccesRetabli
from jalon.veille.enums import Lecteur
from jalon.veille.models import Alerte, CompteurLectures, Coupure, Lecture
from jalon.veille.regles import Budget, Compte, Verdict, juger, limite_de_personnes
from jalon.veille.requetes.lecteurs import budget_de, lecteur_de
from tests.dossiers import fabrique as dossiers
from tests.dossiers.fabrique import AUTRE_PORTEFEUILLE, AUTRE_SIREN, SIREN, SIREN_OF
from tests.fils import ensemble
from tests.habilitations.fabrique import cle_api
from tests.veille.outils import LE, acteur, aline, copies, emma, hugo, karim, navigateur, rattacher

JOUR = jour_de_paris(LE)
BUDGET = Budget(450, 1500, 5000)


@pytest.mark.parametrize(
    ("habitude", "limite"), [(0, 450), (90, 450), (91, 455), (200, 1000), (300, 1500), (301, 1500), (9000, 1500)]
)
def test_la_limite_suit_l_habitude_entre_deux_bornes(habitude: int, limite: int) -> None:
    assert limite_de_personnes(BUDGET, habitude) == limite


@pytest.mark.parametrize(
    ("en_pause", "compte", "organisation", "verdict"),
    [
        (False, None, False, Verdict.PASSER),
        (False, Compte(450, 5000, 0), False, Verdict.PASSER),
        (False, Compte(451, 0, 0), False, Verdict.COUPER),
        (False, Compte(451, 0, 0), True, Verdict.REFUSER),
        (False, Compte(0, 5001, 0), False, Verdict.COUPER),
        (False, Compte(1000, 0, 200), False, Verdict.PASSER),
        (False, Compte(1001, 0, 200), False, Verdict.COUPER),
        (True, None, False, Verdict.PATIENTER),
    ],
)
def test_le_jugement(en_pause: bool, compte: Compte | None, organisation: bool, verdict: Verdict) -> None:
    assert juger(en_pause=en_pause, compte=compte, budget=BUDGET, organisation=organisation) == verdict


@pytest.fixture
def monde(db: None) -> Dossier:
    dossiers.monde()
    return dossiers.transmis()


def _lire(par: Any, *lus: Lu, le: Any = LE) -> Verdict:
    carnet = Carnet(par, {(lu.objet_id, lu.personnes > 0): lu for lu in lus})
    return compter_lectures(carnet=carnet, maintenant=le)


def _compteur(cle: object) -> CompteurLectures:
    return CompteurLectures.objects.get(cle=str(cle))


def test_un_objet_ne_compte_qu_une_fois_par_jour(monde: Dossier) -> None:
    qui, objet = acteur(emma()), uuid4()
    for _ in range(3):
        assert _lire(qui, Lu(objet, personnes=4)) == Verdict.PASSER
    assert _lire(qui, Lu(objet, personnes=0)) == Verdict.PASSER
    compteur = _compteur(qui.identite)
    assert (compteur.personnes, compteur.lignes, compteur.jour) == (4, 1, JOUR)
    _lire(qui, Lu(objet, personnes=4), le=LE + timedelta(days=1))
    assert CompteurLectures.objects.filter(cle=str(qui.identite)).count() == 2


def test_le_jour_est_celui_de_paris(monde: Dossier) -> None:
    """23:30 UTC in summer is tomorrow in Paris."""
    qui, soir = acteur(emma()), LE.replace(month=7, hour=21, minute=59)
    _lire(qui, Lu(uuid4()), le=soir)
    _lire(qui, Lu(uuid4()), le=soir + timedelta(minutes=1))
    assert [c.personnes for c in CompteurLectures.objects.order_by("jour")] == [1, 1]


def test_une_reponse_de_liste_coute_une_instruction(monde: Dossier) -> None:
    qui = acteur(emma())
    lus = [Lu(uuid4(), personnes=0) for _ in range(25)] + [Lu(uuid4(), SIREN, 3)]
    with CaptureQueriesContext(connection) as requetes:
        assert _lire(qui, *lus) == Verdict.PASSER
    assert len(requetes) == 1
    assert (_compteur(qui.identite).lignes, _compteur(SIREN).personnes) == (25, 3)


def test_la_meme_reponse_montree_encore_ne_coute_rien_et_ne_compte_rien(monde: Dossier) -> None:
    qui, autre = acteur(emma()), acteur(emma())
    lus = [Lu(uuid4(), personnes=0) for _ in range(25)]
    assert _lire(qui, *lus) == Verdict.PASSER
    with CaptureQueriesContext(connection) as requetes:
        assert _lire(qui, *reversed(lus)) == Verdict.PASSER
    assert not len(requetes)
    assert _compteur(qui.identite).lignes == 25
    for par, quoi, le in ((qui, lus[1:], LE), (autre, lus, LE), (qui, lus, LE + timedelta(days=1))):
        with CaptureQueriesContext(connection) as requetes:
            _lire(par, *quoi, le=le)
        assert len(requetes) == 1, "une autre page, un autre lecteur, un autre jour"


def test_rien_de_lu_ne_coute_rien(monde: Dossier) -> None:
    with CaptureQueriesContext(connection) as requetes:
        assert _lire(None) == _lire(acteur(emma())) == _lire(ActeurSysteme("essai"), Lu(uuid4())) == Verdict.PASSER
    assert not [r for r in requetes if "veille" in r["sql"]]


def test_les_portes_disent_ce_qu_elles_donnent(monde: Dossier) -> None:
    """The company that typed it counts one; the adviser counts the trainees; a list counts rows."""
    adviser, auteur = acteur(emma()), acteur(aline())
    Dossier.objects.tous("essai").filter(pk=monde.pk).update(nombre_stagiaires=12, cree_par=auteur.identite)
    with carnet_ouvert() as carnet:
        dossier_accessible(monde.pk, adviser)
        liste_dossiers(adviser, None, FiltreDossiers(jour=JOUR))
    assert {(lu.organisation, lu.personnes) for lu in carnet.lus.values()} == {("", 12), ("", 0)}
    with carnet_ouvert() as carnet:
        dossier_accessible(monde.pk, auteur)
    assert [(lu.organisation, lu.personnes) for lu in carnet.lus.values()] == [(SIREN, 1)]
    signaler(adviser, [Lu(uuid4())])
    with carnet_ouvert() as carnet:
        pass
    assert not carnet.lus


def test_chaque_lecteur_a_son_budget(monde: Dossier, settings: Any) -> None:
    cabinet = aline(prenom="Chloé")
    for siren in (AUTRE_SIREN, SIREN_OF):
        rattacher(cabinet, siren)
    cle_api(SIREN)
    cas = {
        acteur(aline(prenom="Bruno")): Lecteur.ENTREPRISE,
        acteur(cabinet): Lecteur.CABINET,
        acteur(aline(SIREN_OF, prenom="Driss", profil=Profil.PRESTATAIRE)): Lecteur.PRESTATAIRE,
        acteur(emma()): Lecteur.OPCO,
        ActeurCle(CleApi.objects.tous("essai").get()): Lecteur.CLE,
    }
    assert {lecteur_de(a): attendu for a, attendu in cas.items()} == {x: x for x in cas.values()}
    settings.JALON_BUDGETS = {**settings.JALON_BUDGETS, "opco": (7, 8, 9)}
    assert budget_de(Lecteur.OPCO) == Budget(7, 8, 9)


def test_au_dela_de_la_moitie_les_nouveaux_dossiers_attendent_cinq_secondes(monde: Dossier) -> None:
    qui, vu = acteur(emma()), Lu(uuid4(), personnes=1)
    assert _lire(qui, vu, Lu(uuid4(), personnes=224)) == Verdict.PASSER
    assert _lire(qui, Lu(uuid4(), personnes=1)) == Verdict.PASSER
    assert _lire(qui, Lu(uuid4(), personnes=1)) == Verdict.PATIENTER
    assert _compteur(qui.identite).personnes == 226
    assert _lire(qui, vu) == Verdict.PASSER
    assert _lire(qui, Lu(uuid4()), le=LE + timedelta(seconds=4, microseconds=999_999)) == Verdict.PATIENTER
    assert _lire(qui, Lu(uuid4()), le=LE + timedelta(seconds=5)) == Verdict.PASSER


def test_une_habitude_eleve_la_limite(monde: Dossier) -> None:
    qui = acteur(emma())
    for rang in range(1, 31):
        CompteurLectures.objects.create(
            cle=str(qui.identite), jour=JOUR - timedelta(days=rang), personnes=200, lignes=0, habitude=0
        )
    CompteurLectures.objects.create(cle=str(qui.identite), jour=JOUR - timedelta(days=31), personnes=9000, lignes=0, habitude=0)
    assert _lire(qui, Lu(uuid4(), personnes=1000)) == Verdict.PASSER
    assert CompteurLectures.objects.get(cle=str(qui.identite), jour=JOUR).habitude == 200
    assert _lire(qui, Lu(uuid4(), personnes=1), le=LE + timedelta(minutes=1)) == Verdict.COUPER


def test_ensemble_les_comptes_d_une_organisation_ont_un_budget(monde: Dossier, settings: Any) -> None:
    settings.JALON_BUDGETS = {**settings.JALON_BUDGETS, "organisation": (30, 30, 1000)}
    un, deux, chef = acteur(aline()), acteur(aline(prenom="Louise")), karim()
    assert _lire(un, Lu(uuid4(), SIREN, 20)) == Verdict.PASSER
    ancien = Lu(uuid4(), SIREN, 10)
    assert _lire(deux, ancien) == Verdict.PASSER
    refuse = Lu(uuid4(), SIREN, 1)
    assert [_lire(deux, refuse), _lire(deux, refuse), _lire(deux, ancien, refuse)] == [Verdict.REFUSER] * 3, (
        "insister n’ouvre rien"
    )
    assert _lire(un, Lu(uuid4(), SIREN, 1)) == Verdict.REFUSER
    assert _lire(deux, ancien) == Verdict.PASSER
    assert _lire(deux, Lu(uuid4(), AUTRE_SIREN, 1)) == Verdict.PASSER
    assert not Coupure.objects.exists()
    alerte = Alerte.objects.get()
    assert (alerte.genre, alerte.siren) == ("budget_organisation", SIREN)
    assert Courriel.objects.get(objet_id=alerte.pk).adresse == chef.email


def test_la_purge_garde_ce_qu_il_faut(monde: Dossier) -> None:
    qui = acteur(emma())
    for jours in (0, 2, 3, 60, 61):
        _lire(qui, Lu(uuid4()), le=LE - timedelta(days=jours))
    oublier_lectures(aujourdhui=JOUR)
    assert Lecture.objects.count() == 2
    assert CompteurLectures.objects.count() == 4


# Scripted attackers, through the browser and the API.

NOMBRE = 24
PERSONNES = 25


@pytest.fixture
def horloge() -> Iterator[Any]:
    with time_machine.travel(LE, tick=False) as voyage:
        yield voyage


def _attaquer(
    horloge: Any, adresses: list[str], demander: Callable[[str], HttpResponse], patience: float = 5.0
) -> tuple[int, Counter[int]]:
    """Read as fast as allowed: after a pause, the same page again. Gives how many were served, and the answers."""
    servies, reponses = 0, Counter[int]()
    for adresse in adresses:
        for _ in range(2):
            reponse = demander(adresse)
            reponses[reponse.status_code] += 1
            if reponse.status_code != 429:
                break
            assert reponse["Retry-After"] == "5"
            horloge.shift(patience)
        servies += reponse.status_code == 200
    return servies, reponses


def _verifier_la_coupure(qui: Personne, seance: Client, servies: int, adresses: list[str]) -> None:
    assert servies * PERSONNES == 450
    assert Personne.objects.get(pk=qui.pk).suspendue_le is not None
    assert Coupure.objects.get(personne=qui).origine == "budget"
    alerte = Alerte.objects.get(genre="budget_compte")
    assert (alerte.acteur_id, (Coupure.objects.get(personne=qui).le - alerte.le).total_seconds()) == (qui.pk, 0)
    assert {seance.get(adresse).status_code for adresse in (*adresses, "/accueil/")} == {403}


def test_un_conseiller_pirate_est_coupe(monde: Dossier, horloge: Any) -> None:
    qui, chef = emma(), karim()
    cibles = copies(monde, NOMBRE, nombre_stagiaires=PERSONNES)
    adresses = [f"/opco/dossiers/{d.pk}/" for d in cibles]
    seance = navigateur(qui)
    servies, reponses = _attaquer(horloge, adresses, seance.get)  # type: ignore[arg-type,return-value]
    _verifier_la_coupure(qui, seance, servies, adresses)
    assert reponses[429] > 0
    page = navigateur(chef).get("/opco/").content.decode()
    assert "1 alerte à traiter" in page
    assert Courriel.objects.filter(genre="veille.alerte", adresse=chef.email).count() == 1


def test_une_entreprise_piratee_est_coupee(monde: Dossier, horloge: Any) -> None:
    qui = aline()
    adresses = [f"/e/{SIREN}/dossiers/{d.pk}/" for d in copies(monde, NOMBRE, nombre_stagiaires=PERSONNES)]
    seance = navigateur(qui)
    servies, _ = _attaquer(horloge, adresses, seance.get)  # type: ignore[arg-type,return-value]
    _verifier_la_coupure(qui, seance, servies, adresses)


def test_un_cabinet_de_cinq_cents_clients_pirate_est_coupe(monde: Dossier, horloge: Any) -> None:
    qui, clients = aline(prenom="Chloé"), [f"{7 * 10**8 + rang}" for rang in range(500)]
    for siren in clients:
        rattacher(qui, siren)
    cibles = copies(monde, NOMBRE, nombre_stagiaires=PERSONNES)
    for cible, siren in zip(cibles, clients, strict=False):
        Dossier.objects.tous("essai").filter(pk=cible.pk).update(siren=siren)
    adresses = [f"/e/{siren}/dossiers/{d.pk}/" for d, siren in zip(cibles, clients, strict=False)]
    seance = navigateur(qui)
    servies, _ = _attaquer(horloge, adresses, seance.get)  # type: ignore[arg-type,return-value]
    _verifier_la_coupure(qui, seance, servies, adresses)


def test_une_cle_piratee_est_coupee_puis_rendue_par_deux_personnes(monde: Dossier, horloge: Any, settings: Any) -> None:
    """An answer of the API names nobody: a request counts for one. The budget is that of the product, divided by 25."""
    settings.JALON_BUDGETS = {**settings.JALON_BUDGETS, "cle": (450 // PERSONNES, 450 // PERSONNES, 450)}
    secret = cle_api(SIREN).secret
    adresses = [f"/api/v1/dossiers/{d.numero}" for d in copies(monde, NOMBRE, nombre_stagiaires=PERSONNES)]
    client = Client()

    def demander(adresse: str) -> Any:
        return client.get(adresse, headers={"X-API-KEY": secret})

    servies, reponses = _attaquer(horloge, adresses, demander)
    assert servies * PERSONNES == 450
    assert (reponses[403], {demander(a).status_code for a in adresses}) == (1, {401})
    cle = CleApi.objects.tous("essai").get()
    assert (cle.suspendue_le is not None, cle.revoquee_le) == (True, None)
    assert demander(adresses[0]).json()["type"] == "urn:jalon:acces-coupe"
    coupure = Coupure.objects.get()
    assert (coupure.cible, Alerte.objects.get().genre) == ("cle", "budget_compte")
    le = coupure.le
    demander_retablissement(coupure_id=coupure.pk, motif="Logiciel corrigé", par=acteur(hugo()), maintenant=le)
    assert demander(adresses[0]).status_code == 401
    confirmer_retablissement(coupure_id=coupure.pk, par=acteur(emma()), maintenant=le)
    assert {demander(a).status_code for a in adresses[:2]} == {200}
    assert CleApi.objects.tous("essai").get().suspendue_le is None


def test_un_acces_retabli_recompte_son_jour_a_neuf_et_se_recoupe_s_il_recommence(monde: Dossier, settings: Any) -> None:
    settings.JALON_BUDGETS = {**settings.JALON_BUDGETS, "entreprise": (10, 10, 1000)}
    qui = aline()
    assert _lire(acteur(qui), Lu(uuid4(), personnes=11)) == Verdict.COUPER
    coupure = Coupure.objects.get()
    demander_retablissement(coupure_id=coupure.pk, motif="Vue avec elle", par=acteur(hugo()), maintenant=LE)
    confirmer_retablissement(coupure_id=coupure.pk, par=acteur(emma()), maintenant=LE)
    assert _lire(acteur(qui), Lu(uuid4(), personnes=1)) == Verdict.PASSER
    assert _lire(acteur(qui), Lu(uuid4(), personnes=10)) == Verdict.COUPER
    assert Coupure.objects.filter(levee_le__isnull=True).count() == 1


def test_une_cle_coupee_deux_fois_ne_l_est_qu_une_et_une_cle_revoquee_depuis_ne_se_rend_pas(monde: Dossier) -> None:
    cle = cle_api(SIREN).cle
    par, autre = ActeurSysteme("budget de lecture"), acteur(aline())
    coupure = suspendre_cle(cle=cle, motif="Trop", par=par, maintenant=LE)
    assert coupure is not None
    assert suspendre_cle(cle=cle, motif="Trop", par=par, maintenant=LE) is None
    (vue,) = cles_du_cote(SIREN, Profil.ADHERENT, autre, LE)
    assert (vue.etat, vue.en_vigueur) == (EtatCle.COUPEE, True)
    revoquer_cle(cle_id=cle.pk, motif="Remplacée", par=autre, maintenant=LE)
    with pytest.raises(TransitionImpossible, match="révoquée depuis"):
        demander_retablissement(coupure_id=coupure.pk, motif="x", par=acteur(hugo()), maintenant=LE)


def test_une_cle_rendue_peut_etre_coupee_de_nouveau(monde: Dossier) -> None:
    cle, par = cle_api(SIREN).cle, ActeurSysteme("budget de lecture")
    for _ in range(2):
        coupure = suspendre_cle(cle=cle, motif="Trop", par=par, maintenant=LE)
        assert coupure is not None
        demander_retablissement(coupure_id=coupure.pk, motif="Vu", par=acteur(hugo()), maintenant=LE)
        confirmer_retablissement(coupure_id=coupure.pk, par=acteur(emma()), maintenant=LE)
    retabli = AccesRetabli(coupure, Destinataire("a@exemple.fr", None))
    assert (retabli.contexte()["cle"], retabli.contexte()["libelle"]) == (True, str(cle))


def test_une_cle_ralentie_le_lit_en_json(monde: Dossier, horloge: Any, settings: Any) -> None:
    settings.JALON_BUDGETS = {**settings.JALON_BUDGETS, "cle": (4, 4, 100)}
    secret = cle_api(SIREN).secret
    numeros = [d.numero for d in copies(monde, 4, nombre_stagiaires=1)]
    reponses = [Client().get(f"/api/v1/dossiers/{n}", headers={"X-API-KEY": secret}) for n in numeros]
    assert [r.status_code for r in reponses] == [200, 200, 200, 429]
    assert reponses[3]["Content-Type"] == "application/problem+json"
    assert reponses[3].json()["type"] == "urn:jalon:lecture-ralentie"


def test_un_refus_ne_compte_rien_et_n_ecrit_rien(monde: Dossier) -> None:
    seance = navigateur(emma(AUTRE_PORTEFEUILLE))
    assert seance.get(f"/opco/dossiers/{monde.pk}/").status_code == 404
    assert not Lecture.objects.exists()


def test_deux_cent_quarante_lectures_a_la_fois_ne_depassent_pas_le_budget(
    base_reelle: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Threads read different objects at the same instant, without any pause: 450 people leave, and one cut is written."""
    del base_reelle
    monkeypatch.setattr("jalon.veille.actions.lectures.SECONDES_DE_PAUSE", 0)
    dossiers.monde()
    qui, fils, chacun = emma(), 20, 12
    acteurs = [acteur(qui) for _ in range(fils)]

    def lire(rang: int) -> int:
        return sum(2 * (_lire(acteurs[rang], Lu(uuid4(), personnes=2)) == Verdict.PASSER) for _ in range(chacun))

    resultats = ensemble([lambda r=r: lire(r) for r in range(fils)])  # type: ignore[misc]
    assert all(isinstance(r, int) for r in resultats), resultats
    assert sum(r for r in resultats if isinstance(r, int)) == 450
    assert Coupure.objects.count() == 1
    assert Alerte.objects.count() == 1
    assert _compteur(qui.pk).personnes == 2 * Lecture.objects.count()
