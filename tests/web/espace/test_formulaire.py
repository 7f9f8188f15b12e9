"""The form to be signed, from its buttons to the file that the browser keeps."""

from collections.abc import Iterator

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.dossiers.models import Dossier
from jalon.habilitations.enums import Role
from jalon.journal.models import Revelation
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.identifiants import grouper_nir
from tests.dossiers import contrats, fabrique
from tests.dossiers.fabrique import AUTRE_SIREN, PORTEFEUILLE, SIREN, SIREN_OF
from tests.editions.test_composition import texte
from tests.habilitations.fabrique import LE, agent, personne, rattacher, sur_le_siren
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
ENTIER, RELECTURE = "espace_dossier_formulaire_entier", "espace_dossier_formulaire"
BOUTONS = ("Imprimer le formulaire à signer", "Relire sans le NIR (PDF)")
NIR = contrats.NIR_ENTIER


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def brouillon() -> Dossier:
    fabrique.monde()
    return contrats.contrat_complet(le=LE)


@pytest.fixture
def envoye() -> Dossier:
    fabrique.monde()
    with time_machine.travel(contrats.LE, tick=False):
        return contrats.contrat_transmis()


def qui(niveau: Niveau = Niveau.SAISIE, siren: str = SIREN, profil: Profil = Profil.ADHERENT, **options: object) -> Personne:
    """Somebody of a company who holds that level on contracts, and reads invoices."""
    creee = personne("Aline", f"Essai {niveau}")
    droits = [sur_le_siren(Domaine.ALTERNANCE, niveau), sur_le_siren(Domaine.FACTURES, Niveau.LECTURE)]
    rattacher(creee, siren, profil, droits, **options)  # type: ignore[arg-type]
    return creee


def lire(navigateur: Client, nom: str, dossier: Dossier, siren: str = SIREN) -> HttpResponse:
    return navigateur.get(reverse(nom, args=[siren, dossier.pk]))  # type: ignore[return-value]


def page(navigateur: Client, nom: str, dossier: Dossier) -> str:
    reponse = lire(navigateur, nom, dossier)
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_du_bouton_au_pdf_a_signer(brouillon: Dossier) -> None:
    navigateur = navigateur_de(qui())
    pieces = page(navigateur, "saisie_pieces", brouillon)
    assert "CERFA 10103*14" in pieces
    for nom, bouton in zip((ENTIER, RELECTURE), BOUTONS, strict=True):
        assert f'href="{reverse(nom, args=[SIREN, brouillon.pk])}"' in pieces
        assert bouton in pieces
    recu = lire(navigateur, ENTIER, brouillon)
    assert (recu.status_code, recu["Content-Type"], recu["Cache-Control"]) == (200, "application/pdf", "no-store")
    assert recu["Content-Disposition"] == "attachment; filename*=UTF-8''apprentissage-brouillon.pdf"
    assert grouper_nir(NIR).replace("\u00a0", " ") in texte(recu.content)
    assert Revelation.objects.tous("essai").filter(motif="Formulaire imprimé").count() == 1


def test_la_relecture_n_a_pas_le_nir_et_n_est_pas_confirmee(brouillon: Dossier) -> None:
    navigateur = navigateur_de(qui(), "password")
    recu = lire(navigateur, RELECTURE, brouillon)
    assert recu.status_code == 200
    assert recu["Content-Disposition"].endswith("apprentissage-brouillon-relecture.pdf")
    assert NIR[5:13] not in texte(recu.content).replace(" ", "")


def test_l_exemplaire_entier_passe_par_la_confirmation_de_l_identite(brouillon: Dossier) -> None:
    detour = lire(navigateur_de(qui(), "password"), ENTIER, brouillon)
    assert detour.status_code == 302
    assert reverse("mfa_reauthenticate") in detour["Location"]
    assert reverse(ENTIER, args=[SIREN, brouillon.pk]) in detour["Location"].replace("%2F", "/")
    assert not Revelation.objects.tous("essai").exists()


@pytest.mark.parametrize("nom", [ENTIER, RELECTURE])
def test_qui_lit_seulement_ne_l_imprime_pas_et_ne_le_voit_pas_propose(nom: str, envoye: Dossier) -> None:
    navigateur = navigateur_de(qui(Niveau.LECTURE), raise_request_exception=False)
    assert BOUTONS[0] not in page(navigateur, "espace_dossier", envoye)
    assert lire(navigateur, nom, envoye).status_code == 403


@pytest.mark.parametrize("nom", [ENTIER, RELECTURE])
def test_une_autre_entreprise_et_le_cfa_n_y_ont_pas_acces(nom: str, envoye: Dossier) -> None:
    voisine = navigateur_de(qui(siren=AUTRE_SIREN), raise_request_exception=False)
    assert lire(voisine, nom, envoye, AUTRE_SIREN).status_code == 404
    assert lire(voisine, nom, envoye).status_code == 404
    Dossier.objects.tous("essai").filter(pk=envoye.pk).update(accorde_le=LE)
    cfa = navigateur_de(qui(Niveau.GESTION, SIREN_OF, Profil.PRESTATAIRE), raise_request_exception=False)
    assert BOUTONS[0] not in cfa.get(reverse("espace_dossier", args=[SIREN_OF, envoye.pk])).content.decode()
    assert lire(cfa, nom, envoye, SIREN_OF).status_code == 403


def test_un_dossier_transmis_se_reimprime_sous_son_numero(envoye: Dossier) -> None:
    navigateur = navigateur_de(qui())
    vu = page(navigateur, "espace_dossier", envoye)
    assert all(bouton in vu for bouton in BOUTONS)
    recu = lire(navigateur, ENTIER, envoye)
    assert recu["Content-Disposition"].endswith(f"apprentissage-{envoye.numero}.pdf")
    assert f"dossier {envoye.numero}" in texte(recu.content)


def test_pendant_la_probation_l_exemplaire_entier_n_est_pas_propose(brouillon: Dossier) -> None:
    navigateur = navigateur_de(qui(Niveau.GESTION, probation_jusqu_a=LE.replace(day=26)), raise_request_exception=False)
    pieces = page(navigateur, "saisie_pieces", brouillon)
    assert BOUTONS[0] not in pieces
    assert BOUTONS[1] in pieces
    assert "72 premières heures" in pieces
    assert lire(navigateur, ENTIER, brouillon).status_code == 403


def test_une_demande_sans_formulaire_n_en_propose_pas() -> None:
    fabrique.monde()
    sans, creee = fabrique.complet(), personne("Bruno", "Essai")
    rattacher(creee, SIREN)
    navigateur = navigateur_de(creee, raise_request_exception=False)
    assert BOUTONS[0] not in page(navigateur, "saisie_pieces", sans)
    assert lire(navigateur, RELECTURE, sans).status_code == 404


def test_la_conseillere_imprime_ce_qu_elle_instruit(envoye: Dossier) -> None:
    navigateur = navigateur_de(agent(Role.CONSEILLER, [PORTEFEUILLE]))
    vu = navigateur.get(reverse("opco_dossier", args=[envoye.pk])).content.decode()
    entier, relecture = (reverse(f"opco_dossier_formulaire{nom}", args=[envoye.pk]) for nom in ("_entier", ""))
    assert f'href="{entier}"' in vu
    assert f'href="{relecture}"' in vu
    assert grouper_nir(NIR).replace("\u00a0", " ") in texte(navigateur.get(entier).content)
    assert NIR[5:13] not in texte(navigateur.get(relecture).content).replace(" ", "")
