"""The pages of the groups of establishments, and the group as a place in the pages of the rights."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from jalon.comptes.models import Personne
from jalon.habilitations.models import DroitAccorde, GroupeEtablissements, Rattachement
from jalon.organisations.models import Etablissement
from jalon.socle.acteurs import Domaine, Droit, Niveau
from tests.habilitations.fabrique import (
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    cle_de_luhn,
    groupe,
    organisation,
    personne,
    rattacher,
    sur_le_siren,
    sur_un_groupe,
)
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
ICI = f"/e/{SIREN}/habilitations/"
GROUPES = f"{ICI}groupes/"
PLAN = Droit(Domaine.PLAN, Niveau.LECTURE)
AUCUN = {f"niveau_{d}": "0" for d in ("alternance", "factures", "reglements", "rib", "acces")}


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def aline() -> Personne:
    organisation()
    Etablissement.objects.create(siret=SIRET_2, code_postal="69001", commune="LYON", nom_usuel="Bellecour")
    creee = personne("Aline", "Ferrand")
    rattacher(creee)
    return creee


@pytest.fixture
def sud(aline: Personne) -> GroupeEtablissements:
    return groupe("Région Sud", [SIRET])


@pytest.fixture
def bruno(sud: GroupeEtablissements) -> Rattachement:
    return rattacher(personne("Bruno", "Marchetti"), droits=[sur_un_groupe(sud, Domaine.PLAN, Niveau.LECTURE)])


def _lire(qui: Personne, chemin: str, **parametres: Any) -> str:
    reponse = navigateur_de(qui).get(chemin, parametres)
    assert reponse.status_code == 200
    return reponse.content.decode()


def _envoyer(qui: Personne, chemin: str, corps: dict[str, Any] | None = None) -> tuple[int, str]:
    reponse = navigateur_de(qui).post(chemin, corps or {}, follow=True)
    return reponse.status_code, reponse.content.decode()


def _lu(lien: Rattachement) -> frozenset[str]:
    assert lien.personne is not None
    return acteur(lien.personne).perimetre(PLAN).sirets


def test_un_groupe_se_cree_et_se_remplit_sans_quitter_la_page(aline: Personne) -> None:
    assert "Aucun groupe" in _lire(aline, GROUPES)
    statut, page = _envoyer(aline, f"{GROUPES}nouveau/", {"nom": "Région Sud"})
    assert statut == 200
    assert "est créé. Ajoutez-lui des établissements." in page
    assert "Ajouter au groupe" in page
    cree = GroupeEtablissements.objects.tous("essai").get()
    chez_lui = f"{GROUPES}{cree.id}/"
    _, page = _envoyer(aline, f"{chez_lui}ajouter/?voir=hors", {"cible": "coches", "sirets": [SIRET]})
    assert "compte maintenant 1 établissement." in page
    assert "Région Sud" in _lire(aline, GROUPES, q="annecy")
    assert "Aucun groupe ne correspond" in _lire(aline, GROUPES, q="bellecour")
    _, page = _envoyer(aline, f"{chez_lui}renommer/", {"nom": "Région Nord"})
    assert "s’appelle maintenant «\u00a0Région Nord\u00a0»" in page
    assert "Personne n’a de droit sur ce groupe." in _lire(aline, f"{chez_lui}supprimer/")
    _, page = _envoyer(aline, f"{chez_lui}supprimer/")
    assert "est supprimé." in page
    assert navigateur_de(aline).get(chez_lui).status_code == 404


def test_la_page_d_un_groupe_montre_ce_qu_il_tient_et_qui_y_a_des_droits(
    aline: Personne, sud: GroupeEtablissements, bruno: Rattachement
) -> None:
    page = _lire(aline, f"{GROUPES}{sud.id}/")
    assert "1 personne." in page
    assert "Bruno Marchetti" in page
    assert SIRET in page
    assert SIRET_2 not in page
    page = _lire(aline, f"{GROUPES}{sud.id}/", voir="hors")
    assert SIRET_2 in page
    assert f'value="{SIRET}"' not in page
    assert "Aucun établissement ne correspond" in _lire(aline, f"{GROUPES}{sud.id}/", voir="hors", q="Nice")
    _, page = _envoyer(aline, f"{GROUPES}{sud.id}/ajouter/", {"cible": "coches", "sirets": [SIRET_2]})
    assert "soit toute l’entreprise à ce jour" in page
    assert _lu(bruno) == {SIRET, SIRET_2}
    assert "Tous les établissements ouverts sont déjà dans le groupe." in _lire(aline, f"{GROUPES}{sud.id}/", voir="hors")


def test_au_dela_de_vingt_personnes_les_autres_se_comptent(aline: Personne, sud: GroupeEtablissements) -> None:
    for rang in range(23):
        rattacher(personne(f"P{rang:02d}", "Zola"), droits=[sur_un_groupe(sud, Domaine.PLAN)])
    page = _lire(aline, f"{GROUPES}{sud.id}/")
    assert "23 personnes." in page
    assert "et 3 autres" in page
    assert "P20 Zola" not in page


def test_tout_ce_que_la_recherche_trouve_entre_ou_sort_d_un_coup(aline: Personne, sud: GroupeEtablissements) -> None:
    nicois = [cle_de_luhn(f"{SIREN}{rang:04d}") for rang in range(100, 220)]
    Etablissement.objects.bulk_create(Etablissement(siret=s, code_postal="06000", commune="NICE") for s in nicois)
    page = _lire(aline, f"{GROUPES}{sud.id}/", voir="hors", q="nice", page=2)
    assert "Tous les établissements trouvés (120)" in page
    assert "Page 2 sur 3" in page
    assert "page=3" in page
    _envoyer(aline, f"{GROUPES}{sud.id}/ajouter/?voir=hors&q=nice", {"cible": "trouves"})
    sud.refresh_from_db()
    assert sud.sirets == sorted([SIRET, *nicois])
    _envoyer(aline, f"{GROUPES}{sud.id}/retirer/?q=annecy", {"cible": "trouves"})
    sud.refresh_from_db()
    assert sud.sirets == sorted(nicois)


def test_une_colonne_de_siret_se_colle(aline: Personne, sud: GroupeEtablissements) -> None:
    colonne = f"{SIRET_2[:3]} {SIRET_2[3:6]}\u00a0{SIRET_2[6:]}\r\n{SIRET};\n"
    statut, _ = _envoyer(aline, f"{GROUPES}{sud.id}/ajouter/", {"cible": "liste", "liste": colonne})
    sud.refresh_from_db()
    assert (statut, sud.sirets) == (200, [SIRET, SIRET_2])


def test_ce_qui_est_refuse_revient_avec_ce_qui_etait_coche(aline: Personne, sud: GroupeEtablissements) -> None:
    rattacher(personne("Chloé", "Bertin"), droits=[sur_un_groupe(sud, Domaine.FACTURES, Niveau.ENVOI)])
    statut, page = _envoyer(aline, f"{GROUPES}{sud.id}/ajouter/", {"cible": "coches", "sirets": [SIRET_2]})
    assert statut == 422
    assert "le groupe couvrirait toute l’entreprise" in page
    assert f'value="{SIRET_2}" checked' in page
    statut, page = _envoyer(aline, f"{GROUPES}{sud.id}/supprimer/")
    assert statut == 422
    assert "porte les droits de Chloé Bertin" in page


def test_qui_consulte_les_acces_lit_les_groupes_sans_rien_y_changer(sud: GroupeEtablissements) -> None:
    paul = personne("Paul", "Roy")
    rattacher(paul, droits=[sur_le_siren(Domaine.ACCES, Niveau.LECTURE)])
    assert "Créer un groupe" not in _lire(paul, GROUPES)
    page = _lire(paul, f"{GROUPES}{sud.id}/", voir="hors")
    assert "ANNECY" in page
    assert "Renommer" not in page
    assert "Retirer du groupe" not in page
    assert navigateur_de(paul).post(f"{GROUPES}{sud.id}/ajouter/", {}).status_code == 403


def test_un_groupe_est_un_perimetre_de_la_matrice(aline: Personne, sud: GroupeEtablissements, bruno: Rattachement) -> None:
    page = _lire(aline, ICI, modifier=bruno.id, siret=sud.id)
    assert f'<option value="{sud.id}" selected>Groupe «\u00a0Région Sud\u00a0»</option>' in page
    chez_bruno = f"{ICI}{bruno.id}/droits/?siret={sud.id}"
    statut, _ = _envoyer(aline, chez_bruno, AUCUN | {"niveau_plan": "3", "perimetre": str(sud.id)})
    assert statut == 200
    en_cours = DroitAccorde.objects.get(rattachement=bruno, revoque_le=None)
    assert (en_cours.groupe_id, en_cours.niveau) == (sud.id, Niveau.ENVOI)
    _envoyer(aline, chez_bruno, AUCUN | {"niveau_plan": "1", "perimetre": SIRET_2})
    assert _lu(bruno) == {SIRET_2}, "la ligne a changé de périmètre"


def test_on_invite_sur_un_groupe(aline: Personne, sud: GroupeEtablissements) -> None:
    assert "Un groupe d’établissements, tel qu’il sera" in _lire(aline, f"{ICI}inviter/")
    corps = {"adresse": "zoe@essai.example", "etendue": "groupe", "groupes": [str(sud.id)], "modele": "lecture"}
    statut, page = _envoyer(aline, f"{ICI}inviter/", corps)
    assert statut == 200
    assert "L’invitation est envoyée" in page
    assert set(DroitAccorde.objects.filter(groupe=sud).values_list("niveau", flat=True)) == {Niveau.LECTURE}
    corps |= {"adresse": "max@essai.example", "modele": "administration"}
    assert "L’administration se donne sur toute l’entreprise" in _envoyer(aline, f"{ICI}inviter/", corps)[1]


def test_sans_groupe_rien_n_en_parle(aline: Personne) -> None:
    assert "tel qu’il sera" not in _lire(aline, f"{ICI}inviter/")
    assert "masse_groupe" not in _lire(aline, ICI)


def test_en_masse_on_donne_un_profil_sur_un_groupe(aline: Personne, sud: GroupeEtablissements, bruno: Rattachement) -> None:
    assert "le groupe «\u00a0Région Sud\u00a0», en plus" in _lire(aline, ICI)
    vide = rattacher(personne("Vide", "Sans"), droits=[])
    corps = {"personnes": [str(vide.id)], "acte": "lecture", "groupe": str(sud.id)}
    _, page = _envoyer(aline, f"{ICI}plusieurs/", corps)
    assert "Droits modifiés pour 1 personne." in page
    assert _lu(vide) == {SIRET}
    statut, page = _envoyer(aline, f"{ICI}plusieurs/", corps | {"acte": "administration"})
    assert statut == 422
    assert "pas sur un groupe" in page


def test_ce_que_je_peux_faire_nomme_le_groupe(bruno: Rattachement) -> None:
    assert bruno.personne is not None
    assert "groupe «\u00a0Région Sud\u00a0» (1 établissement)" in _lire(bruno.personne, f"/e/{SIREN}/mes-droits/")


def test_un_groupe_de_deux_mille_etablissements_s_ouvre_en_peu_de_requetes(
    aline: Personne, sud: GroupeEtablissements, django_assert_max_num_queries: Any
) -> None:
    sirets = [cle_de_luhn(f"{SIREN}{rang:04d}") for rang in range(100, 2100)]
    Etablissement.objects.bulk_create(Etablissement(siret=s, commune="NICE") for s in sirets)
    sud.sirets = sirets
    sud.save()
    droits = [sur_un_groupe(sud, d, Niveau.LECTURE) for d in (Domaine.PLAN, Domaine.FACTURES, Domaine.ALTERNANCE)]
    for rang in range(60):
        rattacher(personne(f"P{rang}", "Zola"), droits=droits)
    navigateur = navigateur_de(aline)
    for chemin in (GROUPES, f"{GROUPES}{sud.id}/", ICI):
        with django_assert_max_num_queries(40):
            reponse = navigateur.get(chemin)
        assert reponse.status_code == 200
        assert len(reponse.content) < 700_000
    assert acteur(personne("Gaël", "Nul"), LE + timedelta(days=1)).perimetre(PLAN).sirets == frozenset()
