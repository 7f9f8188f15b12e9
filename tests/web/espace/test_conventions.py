"""A convention from end to end through the pages: declared, seen by the client, refused; listed for the adviser."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.dispositifs.action_formation import ACTION_FORMATION
from jalon.dispositifs.registre import DISPOSITIFS
from jalon.dossiers.models import Dossier
from jalon.habilitations.actions import conventions
from jalon.habilitations.enums import Role
from jalon.habilitations.models import Mandat
from jalon.pieces.enums import EtatDocument
from jalon.pieces.models import Document
from jalon.socle.acteurs import Domaine, Profil
from tests.facturation.outils import document_leger
from tests.habilitations.fabrique import AUTRE_SIREN, CABINET, LE, SIREN, agent, organisation, personne, rattacher, sirens
from tests.matrice.monde import document_conserve
from tests.seances import navigateur_de
from tests.web.composants.conftest import page_valide

pytestmark = pytest.mark.django_db
CONVENTION = {
    "client": SIREN, "reference": "CONV-1", "signee_le": "20/11/2026", "debut": "24/11/2026", "fin": "31/08/2027", "niveau": "3",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _a_cette_heure(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(conventions, "deposer_document", document_conserve)
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture(autouse=True)
def _organisations() -> None:
    organisation()
    organisation(CABINET, "CFA DES ALPES")


@pytest.fixture
def aline() -> Client:
    qui = personne()
    rattacher(qui)
    return navigateur_de(qui)


@pytest.fixture
def driss() -> Personne:
    qui = personne("Driss", "Cfa")
    rattacher(qui, CABINET, Profil.PRESTATAIRE)
    return qui


def _lire(navigateur: Client, nom: str, *args: object, suite: str = "") -> str:
    reponse = navigateur.get(reverse(nom, args=args) + suite, follow=True)
    assert reponse.status_code == 200, reponse.status_code
    page = reponse.content.decode()
    page_valide(page)
    return page


def _declarer(navigateur: Client, **autres: str) -> str:
    envoi = {**CONVENTION, **autres, "piece": SimpleUploadedFile("convention.pdf", b"%PDF-1.7", "application/pdf")}
    page = navigateur.post(reverse("espace_convention_nouvelle", args=[CABINET]), envoi, follow=True).content.decode()
    page_valide(page)
    return page


def test_de_la_declaration_au_refus(aline: Client, driss: Personne) -> None:
    cfa = navigateur_de(driss)
    assert "Aucune convention déclarée" in _lire(cfa, "espace_conventions", CABINET)
    assert "Déclarer la convention" in _lire(cfa, "espace_convention_nouvelle", CABINET)
    page = _declarer(cfa)
    assert "La convention est déclarée. Elle compte dès maintenant" in page
    assert "BELLERIVE RESTAURATION" in page
    mandat = Mandat.objects.tous("essai").get()
    assert "Aucune convention ne correspond" in _lire(cfa, "espace_conventions", CABINET, suite="?q=absente")
    for mots in ("bellerive", "CONV-1", "123 456"):
        assert "1 convention" in _lire(cfa, "espace_conventions", CABINET, suite=f"?q={mots}")
    assert "Déclaré par l’organisme, convention CONV-1" in _lire(aline, "espace_mandats", SIREN)
    chez_aline = _lire(aline, "espace_mandat", SIREN, mandat.id)
    for mots in ("Convention avec CFA DES ALPES", "signée le 20/11/2026", "Refuser cette convention", "Driss Cfa"):
        assert mots in chez_aline
    assert "Modifier ou renouveler" not in chez_aline
    assert aline.get(reverse("espace_mandat_modifier", args=[SIREN, mandat.id])).status_code == 409
    assert "Refuser cette convention" not in _lire(cfa, "espace_mandat", CABINET, mandat.id)
    copie = aline.get(reverse("espace_convention_piece", args=[SIREN, mandat.id]))
    assert (copie.status_code, b"".join(copie) if copie.streaming else copie.content) == (200, b"%PDF-1.7")  # type: ignore[arg-type]
    assert "Par mandat" in _lire(cfa, "espace_accueil", SIREN)

    refusee = aline.post(reverse("espace_convention_refuser", args=[SIREN, mandat.id]), follow=True).content.decode()
    page_valide(refusee)
    for mots in ("La convention est refusée", "Motif\u00a0: L’entreprise refuse cette convention"):
        assert mots in refusee
    assert "Refuser cette convention" not in refusee
    assert cfa.get(reverse("espace_accueil", args=[SIREN])).status_code == 404
    assert "L’entreprise a refusé cette convention" in _declarer(cfa)


def test_une_copie_en_controle_se_dit_et_ne_se_telecharge_pas(aline: Client, driss: Personne) -> None:
    cfa = navigateur_de(driss)
    _declarer(cfa)
    mandat = Mandat.objects.tous("essai").get()
    document = Document.objects.de_proprietaire([mandat.piece_id], "essai")  # type: ignore[list-item]
    document.update(etat=EtatDocument.EN_ATTENTE)
    for page in (_lire(cfa, "espace_conventions", CABINET), _lire(aline, "espace_mandat", SIREN, mandat.id)):
        assert "Copie en cours de contrôle" in page
        assert "Télécharger la convention" not in page
    assert aline.get(reverse("espace_convention_piece", args=[SIREN, mandat.id])).status_code == 409
    document.update(etat=EtatDocument.REFUSEE)
    assert "Copie refusée" in _lire(cfa, "espace_conventions", CABINET)


def test_une_declaration_dont_la_copie_attend_le_dit(driss: Personne, monkeypatch: pytest.MonkeyPatch) -> None:
    def en_attente(**autres: object) -> Document:
        depose = document_leger(**autres)  # type: ignore[arg-type]
        depose.etat = EtatDocument.EN_ATTENTE
        depose.save(update_fields=["etat"])
        return depose

    monkeypatch.setattr(conventions, "deposer_document", en_attente)
    assert "Elle comptera quand sa copie aura été contrôlée" in _declarer(navigateur_de(driss))


def test_une_entreprise_ne_declare_rien(aline: Client) -> None:
    for nom in ("espace_conventions", "espace_convention_nouvelle"):
        reponse = aline.get(reverse(nom, args=[SIREN]))
        assert reponse.status_code == 403
        assert "pas par l’entreprise" in reponse.content.decode()


def test_la_liste_se_tourne_page_par_page(driss: Personne) -> None:
    cfa = navigateur_de(driss)
    for rang in range(52):
        _declarer(cfa, reference=f"REF-{rang:03d}")
    premiere = _lire(cfa, "espace_conventions", CABINET)
    assert "52 conventions" in premiere
    assert premiere.count("REF-") == 50
    suite = re.search(r'href="[^"]*(\?[^"]*apres=[^"]*)" rel="next"', premiere)
    assert suite is not None
    assert _lire(cfa, "espace_conventions", CABINET, suite=unescape(suite[1])).count("REF-") == 2


def test_le_conseil_voit_celles_que_personne_n_administre(driss: Personne, aline: Client) -> None:
    cfa = navigateur_de(driss)
    seul = sirens(1)[0]
    organisation(seul, "SANS COMPTE")
    conseil = navigateur_de(agent(Role.CONSEILLER))
    assert "Aucune convention" in _lire(conseil, "opco_conventions")
    _declarer(cfa)
    _declarer(cfa, client=seul, reference="CONV-2")
    page = _lire(conseil, "opco_conventions")
    assert "SANS COMPTE" in page
    assert "CONV-2" in page
    assert "CONV-1" not in page
    toutes = _lire(conseil, "opco_conventions", suite="?toutes=1&q=conv-1")
    assert "CONV-1" in toutes
    assert "CONV-2" not in toutes
    assert "Mettre fin" not in toutes
    aef = navigateur_de(agent())
    assert "agit pour l’entreprise, au nom d’un CFA" in _lire(aef, "opco_codes")
    mandat = Mandat.objects.tous("essai").get(reference="CONV-1")
    fin = reverse("opco_convention_arreter", args=[mandat.id])
    assert fin in _lire(aef, "opco_conventions", suite="?toutes=1")
    assert "Mettre fin à cette convention" in _lire(aef, "opco_convention_arreter", mandat.id)
    faite = aef.post(fin, {"motif": "Signature contestée"}, follow=True).content.decode()
    assert "La convention a pris fin" in faite
    assert "Motif\u00a0: Signature contestée" in _lire(aline, "espace_mandat", SIREN, mandat.id)
    assert "Signature contestée" in _lire(aef, "opco_convention_arreter", mandat.id)


def test_sous_les_conventions_de_deux_cfa_la_page_demande_pour_lequel(driss: Personne, monkeypatch: pytest.MonkeyPatch) -> None:
    essai = "essai_alternance"
    monkeypatch.setitem(DISPOSITIFS, essai, _de_l_alternance(essai))
    cfa = navigateur_de(driss)
    _declarer(cfa)
    assert "Pour quel organisme" not in _lire(cfa, "saisie_nouveau", SIREN)
    organisation(AUTRE_SIREN, "CFA DU LITTORAL")
    rattacher(driss, AUTRE_SIREN, Profil.PRESTATAIRE)
    envoi = {**CONVENTION, "piece": SimpleUploadedFile("convention.pdf", b"%PDF-1.7", "application/pdf")}
    cfa.post(reverse("espace_convention_nouvelle", args=[AUTRE_SIREN]), envoi)
    page = _lire(cfa, "saisie_nouveau", SIREN)
    assert "Pour quel organisme de formation déposez-vous" in page
    assert page.index("CFA DES ALPES</option>") < page.index("CFA DU LITTORAL</option>")
    nouveau = reverse("saisie_nouveau", args=[SIREN])
    refus = cfa.post(nouveau, {"dispositif": essai, "siret": "", "prestataire": ""})
    assert (refus.status_code, "Choisissez l’organisme de formation pour lequel vous déposez" in refus.content.decode()) == (
        422,
        True,
    )
    assert cfa.post(nouveau, {"dispositif": essai, "siret": "", "prestataire": SIREN}).status_code == 422
    assert cfa.post(nouveau, {"dispositif": essai, "siret": "", "prestataire": AUTRE_SIREN}).status_code == 302
    assert Dossier.objects.tous("essai").get().prestataire_siren == AUTRE_SIREN


def test_ce_que_je_peux_faire_dit_sous_quelle_convention(driss: Personne) -> None:
    cfa = navigateur_de(driss)
    _declarer(cfa)
    _declarer(cfa, reference="CONV-2")
    _declarer(cfa, reference="CONV-3", client=f"{SIREN}00010", niveau="1")
    page = _lire(cfa, "espace_mes_droits", SIREN)
    assert page.count("dont CFA DES ALPES est l’organisme de formation") == 2
    assert page.count("Côté entreprise") == 1
    assert "Coordonnées bancaires" in page.split("Ce que vous n’avez pas")[1]
    assert "Alternance" not in page.split("Ce que vous n’avez pas")[1]


def test_sous_sa_convention_le_cfa_commence_un_brouillon_a_son_nom(driss: Personne, monkeypatch: pytest.MonkeyPatch) -> None:
    essai = "essai_alternance"
    monkeypatch.setitem(DISPOSITIFS, essai, _de_l_alternance(essai))
    cfa = navigateur_de(driss)
    _declarer(cfa)
    nouveau = reverse("saisie_nouveau", args=[SIREN])
    assert cfa.get(nouveau).status_code == 200
    assert cfa.post(nouveau, {"dispositif": "action_formation", "siret": ""}).status_code == 422
    assert cfa.post(nouveau, {"dispositif": essai, "siret": ""}).status_code == 302
    dossier = Dossier.objects.tous("essai").get()
    assert (dossier.siren, dossier.prestataire_siren) == (SIREN, CABINET)
    assert str(dossier.id) in _lire(cfa, "espace_brouillons", SIREN)


def _de_l_alternance(code: str) -> object:
    return replace(ACTION_FORMATION, code=code, lettres="EA", famille=Domaine.ALTERNANCE)
