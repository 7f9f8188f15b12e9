"""Following codes, asking for a letter, ending a code, through the pages; the guide of a code that is refused."""

from collections.abc import Iterator

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.habilitations.enums import EtatCode
from jalon.habilitations.models import CodeActivation, CompteurEssais, DemandeLettre, LettreCode
from jalon.web.public.pannes_de_code import CAUSES, DEPART, QUESTIONS
from tests.habilitations.fabrique import AUTRE_SIREN, LE, SIREN, code_en_circulation, organisation, personne, rattacher, sirens
from tests.seances import navigateur_de
from tests.web.composants.conftest import page_valide

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def aline() -> Personne:
    organisation()
    seule = personne("Aline", "Ferrand")
    rattacher(seule)
    return seule


def _lire(reponse: HttpResponse, statut: int = 200) -> str:
    assert reponse.status_code == statut
    page = reponse.content.decode()
    page_valide(page)
    return page


def test_un_courrier_se_demande_et_se_suit_sans_rien_apprendre_du_siren() -> None:
    inconnu, administre = sirens(2)
    organisation(administre, "SOCIETE SECRETE")
    rattacher(personne("Chloé", "Bertin"), administre)
    bruno = personne("Bruno", "Marchetti")
    navigateur, pages = navigateur_de(bruno), set()
    for siren in (inconnu, administre):
        reponse = navigateur.post(reverse("courrier"), {"profil": "adherent", "siren": siren})
        assert reponse["Location"] == reverse("mes_codes")
        page = _lire(navigateur.get(reponse["Location"]))
        for secret in ("SECRETE", "Bertin"):
            assert secret not in page
        groupe = f"{siren[:3]}\u00a0{siren[3:6]}\u00a0{siren[6:]}"
        assert groupe in page
        pages.add(page[page.index("<main") : page.index("</main>")].replace(groupe, "?").replace(siren, "?"))
        DemandeLettre.objects.all().delete()
    assert len(pages) == 1
    assert _lire(navigateur.get(reverse("courrier"), {"siren": SIREN, "profil": "adherent"})).count(f'value="{SIREN}"') == 1


def test_une_demande_trop_proche_se_dit_dans_le_formulaire() -> None:
    navigateur = navigateur_de(personne("Bruno"))
    corps = {"profil": "adherent", "siren": SIREN}
    assert navigateur.post(reverse("courrier"), corps).status_code == 302
    assert "sera possible le 01/12/2026" in _lire(navigateur.post(reverse("courrier"), corps), 422)


def test_l_ecran_des_codes_montre_le_compte_a_rebours_et_jamais_le_code(aline: Personne) -> None:
    code, _ = code_en_circulation()
    LettreCode.objects.update(postee_le=LE.date())
    navigateur = navigateur_de(aline)
    page = _lire(navigateur.get(reverse("mes_codes")))
    assert "Postée" in page
    assert "Encore 63 jours" in page
    assert "jusqu’au 25/01/2027" in page
    assert code not in page
    for rang, siren in enumerate(sirens(9)):
        organisation(siren, f"FILIALE {rang}")
        rattacher(aline, siren)
        code_en_circulation(siren)
    page = _lire(navigateur.get(reverse("mes_codes"), {"q": "filiale 3"}))
    assert "FILIALE 3" in page
    assert "FILIALE 4" not in page
    assert "Effacer la recherche" in _lire(navigateur.get(reverse("mes_codes"), {"q": "absente"}))
    with time_machine.travel("2027-01-25 12:00:00+00:00", tick=False):
        assert "Dernier jour" in _lire(navigateur_de(aline).get(reverse("mes_codes"), {"q": SIREN}))


def test_un_compte_sans_rien_a_suivre_lit_comment_demander() -> None:
    page = _lire(navigateur_de(personne("Gaël")).get(reverse("mes_codes")))
    assert "Aucun courrier à suivre" in page


def test_un_administrateur_arrete_un_code_avec_un_motif(aline: Personne) -> None:
    _, ligne = code_en_circulation()
    navigateur = navigateur_de(aline)
    adresse = reverse("espace_code_arreter", args=[SIREN, ligne.pk])
    assert adresse in _lire(navigateur.get(reverse("mes_codes")))
    _lire(navigateur.get(adresse))
    assert "Indiquez pourquoi" in _lire(navigateur.post(adresse, {"motif": " "}), 422)
    assert navigateur.post(adresse, {"motif": "Lettre perdue"}).status_code == 302
    assert CodeActivation.objects.get().etat == EtatCode.TERMINE
    assert "Lettre perdue." in _lire(navigateur.get(reverse("mes_codes")))
    assert "ne vaut déjà plus" in _lire(navigateur.post(adresse, {"motif": "Encore"}), 422)
    assert "a arrêté le code d’activation" in _lire(navigateur.get(reverse("espace_acces_historique", args=[SIREN])))


def test_le_code_d_un_autre_espace_ne_s_arrete_pas_ici(aline: Personne) -> None:
    organisation(AUTRE_SIREN)
    _, ligne = code_en_circulation(AUTRE_SIREN)
    navigateur = navigateur_de(aline)
    adresse = reverse("espace_code_arreter", args=[SIREN, ligne.pk])
    assert navigateur.get(adresse).status_code == navigateur.post(adresse, {"motif": "x"}).status_code == 404
    rattacher(aline, AUTRE_SIREN)
    reponse = navigateur_de(aline).get(adresse)
    assert reponse.status_code == 404
    assert reverse("espace_code_arreter", args=[AUTRE_SIREN, ligne.pk]) in reponse.content.decode()
    assert CodeActivation.objects.get().etat == EtatCode.ACTIF


def test_chaque_reponse_mene_quelque_part_et_chaque_cause_est_atteinte() -> None:
    navigateur, vues, a_voir = Client(), set(), [DEPART]
    while a_voir:
        etape = a_voir.pop()
        if etape in vues:
            continue
        vues.add(etape)
        page = _lire(navigateur.get(reverse("aide_code_etape", args=[etape])))
        if etape in QUESTIONS:
            a_voir += [suivante for _, suivante in QUESTIONS[etape].reponses]
            assert all(reverse("aide_code_etape", args=[s]) in page for _, s in QUESTIONS[etape].reponses)
        else:
            assert all(f'href="{reverse(nom)}' in page for _, nom in CAUSES[etape].actions)
    assert vues == set(QUESTIONS) | set(CAUSES)
    assert not set(QUESTIONS) & set(CAUSES)
    assert _lire(navigateur.get(reverse("aide_code"))).count("<h1>") == 1
    assert navigateur.get(reverse("aide_code_etape", args=["inconnue"])).status_code == 404


def test_le_guide_ne_lit_pas_la_base(django_assert_num_queries: object) -> None:
    navigateur = Client()
    navigateur.get(reverse("aide_code"))
    with django_assert_num_queries(0):  # type: ignore[operator]
        navigateur.get(reverse("aide_code_etape", args=["perime"]))


def test_un_code_refuse_mene_au_guide() -> None:
    navigateur = navigateur_de(personne("Bruno"))
    corps = {"profil": "adherent", "siren": SIREN, "code": "GC6DP4LM7B9664"}
    page = _lire(navigateur.post(reverse("activation"), corps), 422)
    assert page.count(f'href="{reverse("aide_code")}"') == 2
    assert "Trouver pourquoi" not in _lire(navigateur.get(reverse("activation")))
    assert CompteurEssais.objects.filter(genre="code-compte").get().nombre == 1
