"""Exports in the browser: from the button of a list to the file, without JavaScript and with htmx."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.dossiers.models import Dossier
from jalon.exports.actions.production import produire_export
from jalon.exports.enums import EtatExport
from jalon.exports.models import Export
from jalon.exports.regles import CONSERVATION
from jalon.notifications.actions.preferences import choisir_canaux
from jalon.notifications.actions.suivi import lire_le_journal
from jalon.notifications.enums import Genre
from jalon.notifications.models import Notification
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.horloge import maintenant
from jalon.socle.identifiants import grouper
from jalon.web.composants import exports as composant
from tests.dossiers.fabrique import AUTRE_SIREN, SIREN, SIREN_OF, accorde, monde
from tests.exports.conftest import coffre_des_exports
from tests.exports.outils import feuilles
from tests.habilitations.fabrique import acteur, agent, personne, rattacher, sur_le_siren
from tests.matrice.requetes import contenu_de
from tests.seances import navigateur_de
from tests.web.composants.conftest import page_valide

__all__ = ["coffre_des_exports"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coffre_des_exports")]
EXPORTS = f"/e/{SIREN}/exports/"


@pytest.fixture(autouse=True)
def horloge() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-12-10T09:00:00+00:00", tick=False) as voyage:
        yield voyage


@pytest.fixture
def dossier() -> Dossier:
    monde()
    return accorde()


@pytest.fixture
def aline(dossier: Dossier) -> Client:
    rattacher(qui := personne("Aline", "Ferrand"), SIREN)
    return navigateur_de(qui)


def champs(page: str) -> dict[str, str]:
    """The hidden boxes of the first button « Excel »."""
    formulaire = page[page.index("exports/demander/") :]
    return {
        nom: formulaire.split(f'name="{nom}" value="')[1].split('"')[0].replace("&amp;", "&")
        for nom in ("liste", "requete", "libelle")
    }


def seul() -> Export:
    (export,) = Export.objects.tous("essai")
    return export


def lire(reponse: object) -> str:
    return reponse.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_du_bouton_de_la_liste_au_fichier(aline: Client, dossier: Dossier, horloge: time_machine.Traveller) -> None:
    liste = lire(aline.get(f"/e/{SIREN}/dossiers/?etat=accorde"))
    envoi = {**champs(liste), "raison": "Bilan", "format": "xlsx"}
    assert envoi["liste"] == "dossiers"
    assert envoi["requete"].startswith("etat=accorde&colonnes=titre%2Cnumero%2Creference_interne%2C")
    reponse = aline.post(f"{EXPORTS}demander/", envoi)
    assert (reponse.status_code, reponse["Location"]) == (302, EXPORTS)
    attente = lire(aline.get(EXPORTS))
    page_valide(attente)
    assert 'hx-trigger="every 2s"' in attente
    assert "Annuler" in attente
    produire_export(export_id=seul().pk, horloge=maintenant)
    prete = lire(aline.get(EXPORTS, headers={"HX-Request": "true"}))
    assert prete.lstrip().startswith('<section class="card tcard" id="exports"')
    assert "every 2s" not in prete
    assert "1\u00a0ligne, " in prete
    fichier = aline.post(f"{EXPORTS}{seul().pk}/telecharger/")
    octets = contenu_de(fichier)  # type: ignore[arg-type]
    assert fichier["Content-Disposition"] == f"attachment; filename*=UTF-8''dossiers-{SIREN}-2026-12-10.xlsx"
    assert int(fichier["Content-Length"]) == len(octets)
    assert "sandbox" in fichier["Content-Security-Policy"]
    lu = feuilles(octets)
    assert lu["Dossiers"][0][:4] == ["Demande", "Numéro", "Référence interne", "Établissement"]
    assert lu["Dossiers"][1][1] == dossier.numero
    assert ["Filtres", "État\u00a0: accordé"] in lu["À propos"]


def test_les_exports_tout_prets_ont_toutes_les_colonnes(aline: Client) -> None:
    page = lire(aline.get(EXPORTS))
    for libelle in ("Dossiers, avec le détail financier", "Brouillons", "Factures", "Règlements"):
        assert libelle in page
    tout = page[page.index('name="liste" value="dossiers"') - 400 :]
    aline.post(f"{EXPORTS}demander/", {**champs(tout), "raison": "Bilan", "format": "csv"})
    assert {"montant_demande", "montant_accorde", "montant_facture", "montant_paye", "reste_a_payer"} <= set(
        seul().requete.split("=")[1].split("%2C")
    )


def test_on_annule_sans_javascript(aline: Client) -> None:
    aline.post(f"{EXPORTS}demander/", {"liste": "dossiers", "raison": "Bilan", "format": "csv"})
    reponse = aline.post(f"{EXPORTS}{seul().pk}/annuler/", follow=True)
    assert "L’export est annulé." in lire(reponse)
    assert seul().etat == EtatExport.ANNULE


def test_ce_qui_fut_tape_reste_quand_on_corrige(aline: Client) -> None:
    reponse = aline.post(f"{EXPORTS}demander/", {"liste": "dossiers", "requete": "etat=accorde", "format": "csv", "raison": "12"})
    page = lire(reponse)
    page_valide(page)
    assert reponse.status_code == 422
    assert "Dites en quelques mots à quoi servira ce fichier" in page
    for garde in ('name="raison" value="12"', 'value="csv" selected', 'name="requete" value="etat=accorde"'):
        assert garde in page


def test_la_page_dit_ce_qui_reste_aujourd_hui(aline: Client) -> None:
    assert "200\u00a0000\u00a0lignes sur 200\u00a0000" in lire(aline.get(EXPORTS))
    aline.post(f"{EXPORTS}demander/", {"liste": "dossiers", "raison": "Bilan", "format": "csv"})
    assert "199\u00a0999\u00a0lignes sur 200\u00a0000" in lire(aline.get(EXPORTS))


def test_un_export_au_dela_du_jour_se_refuse_sur_la_page(aline: Client, settings: Settings) -> None:
    settings.JALON_EXPORTS = {"espace": (0, 0, 100), "opco": (0, 0, 100)}
    reponse = aline.post(f"{EXPORTS}demander/", {"liste": "dossiers", "raison": "Bilan", "format": "csv"})
    assert (reponse.status_code, "minuit, heure de Paris" in lire(reponse)) == (422, True)
    assert 'name="raison" value="Bilan"' in lire(reponse)


def test_un_export_pret_se_dit_dans_la_cloche_et_selon_la_preference(aline: Client, dossier: Dossier) -> None:
    """Wherever she is: the bell counts it, the sentence leads to her exports; by e-mail too when she wants it."""
    moi = Personne.objects.get(prenom="Aline")
    choisir_canaux(canaux={Genre.EXPORT_PRET: "immediat"}, lieu="", par=acteur(moi, maintenant()), maintenant=maintenant())
    aline.post(f"{EXPORTS}demander/", {"liste": "dossiers", "raison": "Bilan", "format": "csv"})
    lire_le_journal(maintenant=maintenant())
    assert not Notification.objects.tous("essai").filter(genre=Genre.EXPORT_PRET).exists()
    assert 'class="count">1<' in lire(aline.get("/mes/notifications/nombre/"))
    produire_export(export_id=seul().pk, horloge=maintenant)
    lire_le_journal(maintenant=maintenant())
    dite = Notification.objects.tous("essai").get(genre=Genre.EXPORT_PRET)
    assert 'class="count">2<' in lire(aline.get("/mes/notifications/nombre/"))
    assert Courriel.objects.filter(genre="notifications.immediate", destinataire_id=moi.pk).count() == 1
    boite = lire(aline.get("/mes/notifications/"))
    assert "Votre export «\u00a0Dossiers\u00a0» est prêt." in boite
    reponse = aline.get(f"/mes/notifications/{dite.pk}/")
    assert (reponse.status_code, reponse["Location"]) == (302, reverse("mes_exports"))


@pytest.mark.parametrize(
    ("envoi", "statut", "phrase"),
    [
        ({"liste": "dossiers", "format": "csv", "raison": " "}, 422, "à quoi servira ce fichier"),
        ({"liste": "dossiers", "raison": "Bilan", "format": ""}, 422, "Choisissez Excel ou CSV"),
        (
            {"liste": "dossiers", "raison": "Bilan", "format": "csv", "requete": "etat=inconnu"},
            422,
            "Le filtre «\u00a0État\u00a0» est ignoré",
        ),
        ({"liste": "dossiers", "raison": "Bilan", "format": "csv", "requete": "q=introuvable"}, 422, "il n’y a rien à exporter"),
        ({"liste": "inconnue", "raison": "Bilan", "format": "csv"}, 404, ""),
    ],
)
def test_une_demande_refusee_dit_pourquoi(aline: Client, envoi: dict[str, str], statut: int, phrase: str) -> None:
    reponse = aline.post(f"{EXPORTS}demander/", envoi)
    assert (reponse.status_code, phrase in lire(reponse)) == (statut, True)
    assert not Export.objects.tous("essai").exists()


def test_la_septieme_demande_attend(aline: Client) -> None:
    for _ in range(6):
        aline.post(f"{EXPORTS}demander/", {"liste": "dossiers", "raison": "Bilan", "format": "csv"})
    reponse = aline.post(f"{EXPORTS}demander/", {"liste": "dossiers", "raison": "Bilan", "format": "csv"})
    assert (reponse.status_code, "5 attendent leur tour" in lire(reponse)) == (422, True)


def test_le_bouton_n_est_que_la_ou_l_on_exporte(dossier: Dossier) -> None:
    rattacher(bruno := personne("Bruno", "Petit"), SIREN, droits=[sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
    navigateur = navigateur_de(bruno)
    assert "exports/demander" not in lire(navigateur.get(f"/e/{SIREN}/dossiers/"))
    assert navigateur.get(EXPORTS).status_code == 403
    assert "exports/demander" not in lire(navigateur.get(reverse("mes_dossiers")))


def test_mes_exports_de_partout_dans_mon_compte(aline: Client, dossier: Dossier, horloge: time_machine.Traveller) -> None:
    aline.post(f"{EXPORTS}demander/", {"liste": "dossiers", "raison": "Bilan", "format": "csv"})
    produire_export(export_id=seul().pk, horloge=maintenant)
    page = lire(aline.get(reverse("mes_exports")))
    assert f"{EXPORTS}{seul().pk}/telecharger/" in page
    assert f"SIREN {grouper(SIREN)}" in page
    horloge.shift(CONSERVATION + timedelta(seconds=1))
    Personne.objects.update(last_login=None)
    assert "telecharger" not in lire(navigateur_de(Personne.objects.get(prenom="Aline")).get(reverse("mes_exports")))


def test_l_opco_exporte_tous_les_dossiers_de_ses_portefeuilles(dossier: Dossier, horloge: time_machine.Traveller) -> None:
    (portefeuille,) = {dossier.portefeuille_id}
    assert portefeuille is not None
    hugo = navigateur_de(agent(portefeuilles=[portefeuille]))
    liste = lire(hugo.get(reverse("opco_dossiers")))
    assert hugo.post("/opco/exports/demander/", {**champs(liste), "raison": "Bilan", "format": "xlsx"}).status_code == 302
    produire_export(export_id=seul().pk, horloge=maintenant)
    assert "telecharger" in lire(hugo.get("/opco/exports/"))
    octets = contenu_de(hugo.post(f"/opco/exports/{seul().pk}/telecharger/"))  # type: ignore[arg-type]
    assert dossier.numero in feuilles(octets)["Dossiers"][1]


def test_un_export_d_un_autre_de_mes_espaces_n_est_pas_ici(aline: Client, dossier: Dossier) -> None:
    aline.post(f"{EXPORTS}demander/", {"liste": "dossiers", "raison": "Bilan", "format": "csv"})
    moi = Personne.objects.get(prenom="Aline")
    rattacher(moi, AUTRE_SIREN)
    rattacher(moi, SIREN_OF, Profil.PRESTATAIRE)
    reponse = aline.post(f"/e/{AUTRE_SIREN}/exports/{seul().pk}/annuler/")
    assert (reponse.status_code, f'href="/e/{SIREN}/' in lire(reponse)) == (404, True)
    assert seul().etat == EtatExport.DEMANDE


def test_un_petit_export_est_la_des_la_page_suivante(aline: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A living worker makes it while the answer waits, a second at most."""
    vivant = type("Etat", (), {"ouvrier_vivant": True})()
    monkeypatch.setattr(composant, "etat_de_la_file", lambda: vivant)
    monkeypatch.setattr(composant, "PAS", 0)
    monkeypatch.setattr(composant.time, "sleep", lambda _: produire_export(export_id=seul().pk, horloge=composant.maintenant))
    page = lire(aline.post(f"{EXPORTS}demander/", {"liste": "dossiers", "raison": "Bilan", "format": "csv"}, follow=True))
    assert f"{seul().pk}/telecharger/" in page


def test_sans_ouvrier_la_page_n_attend_pas(aline: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composant.time, "sleep", lambda _: pytest.fail("attend"))
    assert aline.post(f"{EXPORTS}demander/", {"liste": "dossiers", "raison": "Bilan", "format": "csv"}).status_code == 302
