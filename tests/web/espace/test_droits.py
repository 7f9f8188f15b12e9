"""The pages around the rights: what waits, several people at once, the file, the review, the journal, one's own rights."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jalon.comptes.models import Personne
from jalon.habilitations.actions.droits import modifier_droits
from jalon.habilitations.enums import EtatRattachement, Etendue
from jalon.habilitations.models import DroitAccorde, Rattachement
from jalon.habilitations.regles import DemandeDroit
from jalon.organisations.models import Etablissement
from jalon.socle.acteurs import Domaine, Droit, Niveau
from tests.habilitations.fabrique import (
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    agent,
    organisation,
    personne,
    rattacher,
    sur_le_siren,
    sur_un_siret,
)
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
ICI = f"/e/{SIREN}/habilitations/"
LIRE = [sur_le_siren(Domaine.FACTURES, Niveau.LECTURE)]
FACTURES = Droit(Domaine.FACTURES, Niveau.ENVOI)
NIVEAUX = {f"niveau_{d}": "0" for d in ("alternance", "plan", "reglements", "rib", "acces")}


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def aline() -> Personne:
    organisation()
    creee = personne("Aline", "Ferrand")
    rattacher(creee)
    return creee


@pytest.fixture
def louise(aline: Personne) -> Personne:
    creee = personne("Louise", "Rey")
    rattacher(creee)
    return creee


@pytest.fixture
def bruno(aline: Personne) -> Rattachement:
    return rattacher(personne("Bruno", "Marchetti"), droits=LIRE)


def _lire(qui: Personne, chemin: str = ICI, **parametres: Any) -> str:
    reponse = navigateur_de(qui).get(chemin, parametres)
    assert reponse.status_code == 200
    return reponse.content.decode()


def _envoyer(qui: Personne, chemin: str, corps: dict[str, Any] | None = None) -> tuple[int, str]:
    """Status after following the way, and the page reached."""
    reponse = navigateur_de(qui).post(chemin, corps or {}, follow=True)
    return reponse.status_code, reponse.content.decode()


def _donner_un_droit_large(bruno: Rattachement, par: Personne) -> None:
    modifier_droits(
        rattachement_id=bruno.id, droits=[sur_le_siren(Domaine.FACTURES, Niveau.ENVOI)], par=acteur(par), maintenant=LE
    )  # fmt: skip


def test_un_seul_administrateur_est_invite_a_en_nommer_un_second(aline: Personne) -> None:
    assert "Un seul administrateur" in _lire(aline)
    rattacher(personne("Louise", "Rey"))
    assert "Un seul administrateur" not in _lire(aline)


def test_une_ligne_ou_plusieurs_changees_rendent_la_meme_recherche(aline: Personne, bruno: Rattachement) -> None:
    """Among two hundred people, a change does not send back to the first page."""
    ou = "profil=adherent&q=marchetti"
    page = _lire(aline, f"{ICI}?{ou}&modifier={bruno.id}&siret=")
    assert f"{ICI}{bruno.id}/droits/?siret=&amp;profil=adherent&amp;q=marchetti" in page
    corps = {**NIVEAUX, "perimetre": "", "niveau_factures": "1", "niveau_plan": "1"}
    reponse = navigateur_de(aline).post(f"{ICI}{bruno.id}/droits/?siret=&{ou}&page=1", corps)
    assert reponse["Location"] == f"{ICI}?{ou}&page=1"
    masse = {"personnes": [str(bruno.id)], "acte": "lecture", "cote": "adherent"}
    assert navigateur_de(aline).post(f"{ICI}plusieurs/?{ou}&lieu=", masse)["Location"] == f"{ICI}?{ou}"


def test_un_droit_large_attend_et_le_second_administrateur_le_confirme(
    aline: Personne, louise: Personne, bruno: Rattachement
) -> None:
    corps = {**NIVEAUX, "perimetre": "", "niveau_factures": "3"}
    statut, page = _envoyer(aline, f"{ICI}{bruno.id}/droits/?siret=", corps)
    assert statut == 200
    assert "la confirmation d’une autre personne" in page
    assert "Droits en attente de confirmation" in page
    assert f"{ICI}{bruno.id}/octroi/" not in page, "qui donne ne confirme pas"
    assert f"{ICI}{bruno.id}/octroi/" in _lire(louise)
    assert "Confirmer des droits donnés" in _lire(louise, f"/e/{SIREN}/taches/")
    assert "Confirmer des droits donnés" not in _lire(aline, f"/e/{SIREN}/taches/")
    statut, page = _envoyer(louise, f"{ICI}{bruno.id}/octroi/", {"decision": "accorder"})
    assert "Ces droits sont confirmés." in page
    assert bruno.personne is not None
    assert acteur(bruno.personne).perimetre(FACTURES)


def test_celui_qui_donne_lit_pourquoi_il_ne_confirme_pas(aline: Personne, bruno: Rattachement) -> None:
    _donner_un_droit_large(bruno, aline)
    statut, page = _envoyer(aline, f"{ICI}{bruno.id}/octroi/", {"decision": "accorder"})
    assert statut == 403
    assert "une autre personne doit les confirmer" in page


def test_une_rafale_arrive_sur_l_accueil_de_l_opco_qui_la_leve(aline: Personne, bruno: Rattachement) -> None:
    hugo = agent()
    assert "Vérifier des droits donnés en rafale" not in _lire(hugo, "/opco/")
    liens = [rattacher(personne(f"P{rang}"), droits=LIRE) for rang in range(3)]
    for lien in (*liens, bruno):
        modifier_droits(
            rattachement_id=lien.id, droits=[sur_le_siren(Domaine.PLAN, Niveau.ENVOI)], par=acteur(aline), maintenant=LE
        )
    assert "Vérifier des droits donnés en rafale" in _lire(hugo, "/opco/")
    page = _lire(hugo, "/opco/acces/")
    assert f"/opco/acces/octrois/{bruno.id}/" in page
    assert "Aline Ferrand" in page
    statut, page = _envoyer(hugo, f"/opco/acces/octrois/{bruno.id}/", {"decision": "refuser", "motif": "Inconnu"})
    assert statut == 200
    assert "ils ne compteront pas" in page
    assert "Vérifier des droits donnés en rafale" not in _lire(hugo, "/opco/")
    assert not bruno.droits.filter(revoque_le=None).exists()


def test_une_ligne_se_donne_d_un_jour_a_un_autre_et_garde_ses_jours(aline: Personne, bruno: Rattachement) -> None:
    chemin = f"{ICI}{bruno.id}/droits/?siret="
    corps = {**NIVEAUX, "perimetre": "", "niveau_factures": "1", "niveau_plan": "3", "debut": "01/12/2026", "fin": "31/12/2026"}
    assert _envoyer(aline, chemin, corps)[0] == 200
    plan = bruno.droits.get(domaine=Domaine.PLAN)
    assert (plan.debut, plan.fin) == (
        LE.replace(day=30, hour=23, minute=0), LE.replace(month=12, day=31, hour=23, minute=0),
    )  # fmt: skip
    factures = bruno.droits.get(domaine=Domaine.FACTURES, revoque_le=None)
    assert factures.debut <= LE, "un droit déjà en cours ne se reporte pas"
    page = _lire(aline, ICI, modifier=str(bruno.id), siret="")
    assert 'name="fin" form="edition" value="31/12/2026"' in page
    assert _envoyer(aline, chemin, {**corps, "debut": "", "fin": "31/12/2026", "niveau_plan": "3"})[0] == 200
    assert bruno.droits.get(domaine=Domaine.FACTURES, revoque_le=None).fin == LE.replace(month=12, day=31, hour=23, minute=0)


def test_l_invitation_porte_ses_jours(aline: Personne) -> None:
    corps = {
        "adresse": "zoe@essai.example",
        "etendue": "siren",
        "modele": "gestionnaire_rh",
        "debut": "01/12/2026",
        "fin": "31/12/2026",
    }
    statut, page = _envoyer(aline, f"{ICI}inviter/", corps)
    assert statut == 200
    assert "L’invitation est envoyée à zoe@essai.example." in page
    droits = DroitAccorde.objects.filter(rattachement__courriel_invite="zoe@essai.example")
    assert {(d.debut, d.fin) for d in droits} == {
        (LE.replace(day=30, hour=23, minute=0), LE.replace(month=12, day=31, hour=23, minute=0))
    }


def test_plusieurs_personnes_recoivent_un_profil_ou_une_fin(aline: Personne, bruno: Rattachement) -> None:
    chloe = rattacher(personne("Chloé", "Bertin"), droits=LIRE)
    choisies = [str(bruno.id), str(chloe.id)]
    statut, page = _envoyer(aline, f"{ICI}plusieurs/", {"personnes": choisies, "acte": "gestionnaire_rh"})
    assert statut == 200
    assert "Droits modifiés pour 2 personnes." in page
    statut, page = _envoyer(
        aline, f"{ICI}plusieurs/", {"personnes": choisies, "acte": "fin", "dernier_jour": "31/12/2026"}
    )  # fmt: skip
    assert "Un droit finit le 31/12/2026" in page
    statut, page = _envoyer(aline, f"{ICI}plusieurs/", {"personnes": choisies, "acte": "comptabilite"})
    assert "dont 2 en attente d’une confirmation" in page


def test_deux_cents_personnes_et_deux_mille_siret_en_douze_requetes_au_plus(
    aline: Personne, django_assert_max_num_queries: Any
) -> None:
    lieux = [f"{SIREN}{rang:05}" for rang in range(2_000)]
    Etablissement.objects.bulk_create(Etablissement(siret=s, siege=False) for s in lieux if s != SIRET)
    for rang in range(200):
        rattacher(personne(f"P{rang}"), droits=[sur_un_siret(lieux[rang], Domaine.PLAN)])
    grand = rattacher(personne("Aaa", "Partout"), droits=[])
    DroitAccorde.objects.bulk_create(
        DroitAccorde(rattachement=grand, etendue=Etendue.SIRET, siret=s, domaine=Domaine.PLAN, niveau=2, debut=LE) for s in lieux
    )
    client = navigateur_de(aline)
    client.get(ICI)
    socle = _requetes_du_cadre(client)
    with django_assert_max_num_queries(socle + 12):
        page = client.get(ICI).content.decode()
    assert "202 personnes, page 1 sur 9" in page
    assert "2000 établissements" in page
    assert page.count("<tr ") <= 27
    assert "2 personnes" in client.get(ICI, {"lieu": lieux[1_500]}).content.decode(), "toute l’entreprise, et partout"


def _requetes_du_cadre(client: Client) -> int:
    """Queries that every page of the space costs: session, person, rights, shell."""
    with CaptureQueriesContext(connection) as prises:
        client.get(f"/e/{SIREN}/habilitations/inviter/")
    return len(prises) - 1


def test_le_fichier_se_relit_puis_s_applique(aline: Personne, bruno: Rattachement) -> None:
    client = navigateur_de(aline)
    exporte = client.post(f"{ICI}fichier/export/")
    assert exporte["Content-Disposition"] == f'attachment; filename="droits-{SIREN}.csv"'
    contenu = exporte.content.decode().replace("Factures;;Lecture", "Factures;;Envoi")
    page = client.post(f"{ICI}fichier/", {"fichier": SimpleUploadedFile("droits.csv", contenu.encode())}).content.decode()
    assert "Ce qui change pour 1 personne" in page
    assert "certains droits attendront une confirmation" in page
    assert bruno.droits.get().niveau == Niveau.LECTURE
    reponse = client.post(f"{ICI}fichier/appliquer/", {"contenu": contenu}, follow=True)
    assert "droits modifiés pour 1 personne." in reponse.content.decode()
    assert bruno.droits.filter(revoque_le=None).count() == 2


def test_un_fichier_deja_conforme_le_dit_et_un_ancien_tableur_se_lit(aline: Personne) -> None:
    contenu = navigateur_de(aline).post(f"{ICI}fichier/export/").content.decode()
    page = _envoyer(aline, f"{ICI}fichier/", {"fichier": SimpleUploadedFile("d.csv", contenu.encode())})[1]
    assert "Aucune différence" in page
    ancien = contenu.removeprefix("\ufeff").encode("cp1252")
    assert "Aucune différence" in _envoyer(aline, f"{ICI}fichier/", {"fichier": SimpleUploadedFile("d.csv", ancien)})[1]


def test_une_ligne_refusee_se_dit_et_rien_n_est_applique(aline: Personne, bruno: Rattachement) -> None:
    contenu = "adresse;perimetre;domaine;niveau\nzoe@essai.example;toute l'organisation;plan;lecture\nzoe;x;y;z\n"
    for chemin, corps in (
        ("fichier/", {"fichier": SimpleUploadedFile("d.csv", contenu.encode())}),
        ("fichier/appliquer/", {"contenu": contenu}),
    ):
        statut, page = _envoyer(aline, ICI + chemin, corps)
        assert statut == 422
        assert "<strong>Ligne 3</strong>" in page
        assert "Appliquer ces changements" not in page
    assert not Rattachement.objects.tous("essai").filter(etat=EtatRattachement.INVITE).exists()


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [(b"x" * 1_000_001, "plus de 1\u00a0Mo"), (b"adresse\n\x81\x8d\xff", "au format CSV"), (b"", "Ce fichier est vide")],
)
def test_un_fichier_qui_n_en_est_pas_un(aline: Personne, octets: bytes, phrase: str) -> None:
    statut, page = _envoyer(aline, f"{ICI}fichier/", {"fichier": SimpleUploadedFile("d.csv", octets)})
    assert statut == 422
    assert phrase in page
    assert _envoyer(aline, f"{ICI}fichier/appliquer/", {})[0] == 422


@pytest.mark.parametrize("chemin", ["fichier/export/", "journal/export/", "fichier/appliquer/"])
def test_sortir_ou_faire_entrer_demande_un_second_facteur_recent(aline: Personne, chemin: str) -> None:
    client = navigateur_de(aline)
    with time_machine.travel(LE + timedelta(minutes=5), tick=False):
        reponse = client.post(ICI + chemin, {"contenu": "x"})
    assert reponse.status_code == 302
    assert "/reauthenticate/" in reponse["Location"]


def test_la_revue_confirme_ou_retire(aline: Personne, bruno: Rattachement) -> None:
    chloe = rattacher(personne("Chloé", "Bertin"), droits=LIRE)
    assert "Rien à revoir" in _lire(aline, f"{ICI}revue/")
    vieux = LE - timedelta(days=400)
    Rattachement.objects.tous("essai").filter(id__in=[bruno.id, chloe.id]).update(actif_depuis=vieux, cree_le=vieux)
    assert "Revoir les droits donnés" in _lire(aline, f"/e/{SIREN}/taches/")
    page = _lire(aline, f"{ICI}revue/")
    assert "2 accès à revoir" in page
    assert "Lecture\u00a0: Factures (toute l’organisation)" in page
    assert "1 accès confirmés pour un an." in _envoyer(aline, f"{ICI}revue/", {"personnes": [bruno.id], "acte": "confirmer"})[1]
    retrait = {"personnes": [chloe.id], "acte": "retirer", "motif": "Partie"}
    page = _envoyer(aline, f"{ICI}revue/", retrait)[1]
    assert "Rien à revoir" in page
    chloe.refresh_from_db()
    assert chloe.motif_retrait == "Partie"


def test_le_journal_se_filtre_et_s_exporte(aline: Personne, bruno: Rattachement) -> None:
    _donner_un_droit_large(bruno, aline)
    client = navigateur_de(aline)
    page = client.get(f"{ICI}journal/").content.decode()
    assert "a modifié les droits de Bruno Marchetti" in page
    assert "Factures, toute l’organisation\u00a0: Lecture, puis Envoi" in page
    for parametres, present in (
        ({"q": "marchetti"}, True),
        ({"q": "personne d’autre"}, False),
        ({"genre": "droits"}, True),
        ({"genre": "retraits"}, False),
        ({"du": "24/11/2026", "au": "24/11/2026"}, True),
        ({"du": "25/11/2026"}, False),
        ({"au": "23/11/2026"}, False),
    ):
        lue = client.get(f"{ICI}journal/", parametres).content.decode()
        assert ("a modifié les droits de Bruno Marchetti" in lue) is present, parametres
    assert "jour/mois/année" in client.get(f"{ICI}journal/", {"du": "demain"}).content.decode()
    exporte = client.post(f"{ICI}journal/export/?q=marchetti").content.decode()
    assert exporte.splitlines()[1].startswith("24/11/2026 10:00:00;Aline Ferrand;")
    assert "Lecture, puis Envoi" in exporte
    assert len(exporte.splitlines()) == 2


def test_ce_que_je_peux_faire_se_lit_en_phrases(aline: Personne) -> None:
    Etablissement.objects.create(siret=SIRET_2, siege=False, commune="THÔNES")
    bruno = personne("Bruno", "Marchetti")
    lien = rattacher(bruno, droits=[sur_un_siret(SIRET_2, Domaine.PLAN, Niveau.ENVOI)])
    ajoute = DemandeDroit(Etendue.SIREN, "", Domaine.FACTURES, Niveau.ENVOI, LE.replace(month=12, day=31).date())
    modifier_droits(
        rattachement_id=lien.id, droits=[sur_un_siret(SIRET_2, Domaine.PLAN, Niveau.ENVOI), ajoute], par=acteur(aline), maintenant=LE
    )  # fmt: skip
    page = _lire(bruno, f"/e/{SIREN}/mes-droits/")
    assert "<strong>Préparer et envoyer les dossiers du plan de développement</strong>, THÔNES" in page
    assert "Préparer et envoyer les factures" in page
    assert "ou dès qu’un autre administrateur confirme, jusqu’au 31/12/2026 inclus" in page
    assert "Demandez à Aline Ferrand." in page
    assert "Gérer les accès des autres personnes" in _lire(aline, f"/e/{SIREN}/mes-droits/")


def test_ce_que_je_peux_faire_dit_ce_qui_est_ferme_en_probation() -> None:
    organisation()
    noe = personne("Noé", "Vidal")
    rattacher(noe, probation_jusqu_a=LE + timedelta(hours=72))
    page = _lire(noe, f"/e/{SIREN}/mes-droits/")
    assert page.count("(fermé pendant vos 72 premières heures)") == 2
    assert "écrivez à l’OPCO" in page
