"""The schedule on the pages: decided by the OPCO, read by the company and the CFA, invoiced payment by payment."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from jalon.engagements.actions import reprendre_echeancier
from jalon.engagements.models import Engagement
from jalon.engagements.requetes import echeances_de
from jalon.facturation.models import Facture
from jalon.habilitations.enums import Role
from jalon.socle.acteurs import Profil
from tests.dossiers.fabrique import PORTEFEUILLE, SIREN, SIREN_OF, emma, relire
from tests.engagements.contrats import accorde, en_instruction, estimation, monde
from tests.facturation.outils import document_leger
from tests.habilitations import fabrique as h
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
NOVEMBRE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NIVEAU_6 = {"formation__typeDiplome": 63}
SOLDE = datetime(2028, 9, 4, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monde(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monde()
    monkeypatch.setattr("jalon.facturation.actions.depot.deposer_document", document_leger)
    with time_machine.travel(NOVEMBRE, tick=False):
        yield


def texte(reponse: Any) -> str:
    """What is read, every space alike."""
    nu = re.sub(r"<[^>]+>", " ", reponse.content.decode()).replace("&nbsp;", " ").replace("&#x27;", "'")
    return re.sub(r"\s+", " ", nu)


def du_cfa() -> Client:
    driss = h.personne("Driss", "Haddad")
    h.rattacher(driss, SIREN_OF, Profil.PRESTATAIRE)
    return navigateur_de(driss)


def de_l_entreprise() -> Client:
    aline = h.personne("Aline", "Ferrand")
    h.rattacher(aline, SIREN)
    return navigateur_de(aline)


def de_l_opco() -> Client:
    return navigateur_de(h.agent(Role.CONSEILLER, [PORTEFEUILLE], "Emma", "Roy"))


def test_le_conseiller_accorde_ce_que_la_loi_fixe_sans_taper_un_montant() -> None:
    dossier, emma_ = en_instruction(**NIVEAU_6), de_l_opco()
    adresse = reverse("opco_dossier_accorder", args=[dossier.pk])
    page = emma_.get(adresse)
    lu = texte(page)
    assert 'name="annee_1"' not in page.content.decode()
    assert "La loi fixe les montants" in lu
    for mot in (
        "E1",
        "01/09/2026",
        "Perdue après le 31/12/2028",
        "Code du travail, R6332-25-1",
        "Repas",
        "Comment c’est calculé",
    ):
        assert mot in lu or mot == "Repas"
    assert reverse("opco_dossier_refuser", args=[dossier.pk]) in page.content.decode()
    assert emma_.post(adresse, {"annee_1": "1,00", "commentaire": "Bonne formation"}).status_code == 302
    fige = Engagement.objects.tous("essai").get(dossier=dossier)
    assert fige.commentaire == "Bonne formation"
    assert relire(dossier).etat == "accorde"
    assert sum(e.montant for e in echeances_de(fige)) < fige.montant_ht


def test_un_commentaire_trop_long_n_accorde_rien() -> None:
    dossier, emma_ = en_instruction(), de_l_opco()
    reponse = emma_.post(reverse("opco_dossier_accorder", args=[dossier.pk]), {"commentaire": "x" * 1001})
    assert reponse.status_code == 422
    assert not Engagement.objects.tous("essai").exists()


def test_sans_calcul_possible_le_bouton_n_est_pas_la(monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = en_instruction()
    vide = estimation()
    monkeypatch.setattr(
        "jalon.web.opco.instruction.proposition_de", lambda *_: type(vide)(avertissements=("Vérifiez le diplôme visé.",))
    )
    lu = texte(de_l_opco().get(reverse("opco_dossier_accorder", args=[dossier.pk])))
    assert "Vérifiez le diplôme visé." in lu
    assert "Accorder 0" not in lu


def test_chacun_lit_l_echeancier_et_le_cfa_ne_lit_pas_les_raisons() -> None:
    fige = accorde(**NIVEAU_6)
    opco = texte(de_l_opco().get(reverse("opco_dossier", args=[fige.dossier_id])))
    entreprise = texte(de_l_entreprise().get(reverse("espace_dossier", args=[SIREN, fige.dossier_id])))
    cfa = texte(du_cfa().get(reverse("espace_dossier", args=[SIREN_OF, fige.dossier_id])))
    total = sum((e.montant for e in echeances_de(fige)), Decimal(0))
    for lu in (opco, entreprise, cfa):
        assert "Échéancier" in lu
        assert "Ouverte" in lu
        assert "À venir" in lu
        assert "Perdue après le 31/12/2028" in lu
        assert f"{total:,.2f}".replace(",", " ").replace(".", ",") in lu
    for lu in (opco, entreprise):
        assert "Comment les montants sont calculés" in lu
    assert "Comment les montants sont calculés" not in cfa
    assert "Envoyer la facture" in cfa
    assert "Envoyer la facture" not in entreprise


def test_le_trop_verse_se_dit() -> None:
    fige = accorde(**NIVEAU_6)
    cfa = du_cfa()
    cfa.post(nouvelle(fige), envoi())
    assert Facture.objects.tous("essai").count() == 1
    reprendre_echeancier(
        engagement=fige, estimation=estimation("1000", **NIVEAU_6), motif="Essai", par=emma(), maintenant=NOVEMBRE
    )
    for navigateur, adresse in (
        (cfa, reverse("espace_dossier", args=[SIREN_OF, fige.dossier_id])),
        (de_l_opco(), reverse("opco_dossier", args=[fige.dossier_id])),
    ):
        assert "Trop-versé" in texte(navigateur.get(adresse))


def nouvelle(fige: Engagement) -> str:
    return reverse("espace_facture_nouvelle", args=[SIREN_OF, fige.pk, "facture"])


def envoi(**plus: Any) -> dict[str, Any]:
    """What the CFA types for E1: 40 % of 6 000 €, less 750 €."""
    corps: dict[str, Any] = {
        "echeance": "1", "numero": "CFA-1", "date_emission": "20/11/2026", "montant_ht": "1 650,00", "taux_tva": "0",
        "montant_ttc": "1 650,00", "facture": fichier("facture.pdf"),
    }  # fmt: skip
    return {nom: valeur for nom, valeur in {**corps, **plus}.items() if valeur is not None}


def fichier(nom: str) -> io.BytesIO:
    recu = io.BytesIO(nom.encode())
    recu.name = nom
    return recu


def test_le_cfa_facture_une_echeance_ouverte_puis_plus_rien() -> None:
    fige, cfa = accorde(**NIVEAU_6), du_cfa()
    page = cfa.get(nouvelle(fige))
    lu = texte(page)
    assert "E1, année 1, 1 650,00 € à facturer" in lu
    assert "E2" not in lu
    assert "Frais annexes, 360,00 € à facturer" in lu
    assert "certificat" not in lu.lower()
    assert 'value="1650,00"' in page.content.decode()
    recue = cfa.post(nouvelle(fige), envoi(), follow=True)
    assert "transmise à l’OPCO" in texte(recue)
    facture = Facture.objects.tous("essai").get()
    assert (facture.echeance.numero, facture.montant_a_payer) == (1, Decimal("1650.00"))  # type: ignore[union-attr]
    lu = texte(recue)
    assert "Échéance" in lu
    assert "Certificat de réalisation" not in lu
    opco = de_l_opco_factures().get(reverse("opco_facture", args=[facture.pk]))
    assert "Échéance" in texte(opco)
    lu = texte(cfa.get(reverse("espace_dossier", args=[SIREN_OF, fige.dossier_id])))
    assert "Facturée" in lu
    assert cfa.get(nouvelle(fige)).status_code == 200
    assert "E1" not in texte(cfa.get(nouvelle(fige)))
    cfa.post(
        nouvelle(fige), envoi(echeance="annexes", numero="CFA-2", montant_ht="360", montant_ttc="360", facture=fichier("f2"))
    )
    assert Facture.objects.tous("essai").filter(echeance__isnull=True).count() == 1
    assert cfa.get(nouvelle(fige)).status_code == 404


def de_l_opco_factures() -> Client:
    return navigateur_de(h.agent(Role.GESTIONNAIRE, [PORTEFEUILLE], "Farid", "Benali"))


@pytest.mark.parametrize(
    ("change", "refus"),
    [
        ({"echeance": None}, "Choisissez l’échéance facturée"),
        ({"echeance": "2"}, "Choisissez une échéance ouverte"),
        ({"echeance": "x"}, "Choisissez une échéance ouverte"),
        ({"montant_ht": "1650,01", "montant_ttc": "1650,01"}, "a encore 1 650,00 € à verser"),
        ({"taux_tva": "20", "montant_ttc": "1980"}, "reprenez le taux de l’accord"),
        ({"echeance": "annexes", "montant_ht": "361", "montant_ttc": "361"}, "360,00 € de frais annexes accordés"),
        ({"numero": ""}, "Indiquez le numéro de la facture"),
        ({"facture": None}, "Joignez la facture"),
    ],
)
def test_ce_qui_se_tape_mal_se_dit_et_n_envoie_rien(change: dict[str, Any], refus: str) -> None:
    fige = accorde(**NIVEAU_6)
    reponse = du_cfa().post(nouvelle(fige), envoi(**change))
    assert reponse.status_code == 422
    assert refus in texte(reponse)
    assert not Facture.objects.tous("essai").exists()


DERNIER = {
    "echeance": "8", "numero": "CFA-8", "date_emission": "04/09/2028", "montant_ht": "600", "montant_ttc": "600",
    "date_debut": "01/09/2026", "date_fin": "31/08/2028", "heures_realisees": "800", "nombre_stagiaires": "1",
    "signataire_nom": "Driss Haddad", "signataire_qualite": "Directeur", "lieu": "Lyon", "signe_le": "01/09/2028", "conservation": "on",
}  # fmt: skip


def test_le_dernier_solde_demande_le_certificat_et_la_participation() -> None:
    fige = accorde(**NIVEAU_6)
    with time_machine.travel(SOLDE, tick=False):
        cfa = du_cfa()
        lu = texte(cfa.get(f"{nouvelle(fige)}?echeance=8"))
        assert "E8, année 2, solde, 600,00 € à facturer" in lu
        assert "À remplir pour le dernier solde seulement" in lu
        vide = cfa.post(nouvelle(fige), envoi(**{**DERNIER, **dict.fromkeys(("date_debut", "lieu", "conservation"), "")}))
        assert vide.status_code == 422
        for phrase in ("Indiquez le lieu de signature", "Joignez le certificat de réalisation", "Cochez cet engagement"):
            assert phrase in texte(vide)
        sans = cfa.post(nouvelle(fige), envoi(**DERNIER, certificat=fichier("certificat.pdf")))
        assert sans.status_code == 422
        assert "sans elle, le solde n’est pas dû" in texte(sans)
        avance = cfa.post(nouvelle(fige), envoi(echeance="2", montant_ht="1 800", montant_ttc="1 800", numero="CFA-2"))
        assert avance.status_code == 302
        bon = cfa.post(
            nouvelle(fige),
            envoi(**DERNIER, certificat=fichier("certificat.pdf"), participation=fichier("participation.pdf")),
            follow=True,
        )
        assert "Facture de participation de l’employeur" in texte(bon)
        facture = Facture.objects.tous("essai").get(echeance__numero=8)
        adresse = reverse("espace_facture", args=[SIREN_OF, facture.pk])
        assert "800 heures" in texte(cfa.get(adresse))
        opco = texte(de_l_opco_factures().get(reverse("opco_facture", args=[facture.pk])))
        assert "Facture de participation de l’employeur" in opco
