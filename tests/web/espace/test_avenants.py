"""An avenant through the pages: begun, typed, sent by the company; decided by the adviser."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.contrats.models import Avenant
from jalon.courriers.models import Courriel
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import contenu_en_clair
from jalon.habilitations.enums import Role
from jalon.socle.acteurs import Profil
from tests.contrats.fabrique import PENDANT, accorde, relire, total
from tests.dossiers.fabrique import PORTEFEUILLE, SIREN, SIREN_OF, joindre, monde
from tests.habilitations.fabrique import agent, personne, rattacher
from tests.seances import navigateur_de
from tests.web.espace.test_ruptures import page

pytestmark = pytest.mark.django_db
PROPRES = {
    "contrat-numero_precedent": "074202609000001", "contrat-date_conclusion": "08/03/2027", "contrat-date_effet": "15/03/2027",
    "signature-fait_a": "Annecy",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    monde()
    with time_machine.travel(PENDANT, tick=False):
        yield


@pytest.fixture
def aline() -> Client:
    qui = personne()
    rattacher(qui, SIREN)
    return navigateur_de(qui)


@pytest.fixture
def driss() -> Client:
    qui = personne("Driss", "Cfa")
    rattacher(qui, SIREN_OF, Profil.PRESTATAIRE)
    return navigateur_de(qui)


@pytest.fixture
def emma() -> Client:
    return navigateur_de(agent(Role.CONSEILLER, [PORTEFEUILLE], "Emma", "Essai"))


def contrat() -> Dossier:
    dossier = accorde()
    Dossier.objects.tous("essai").filter(pk=dossier.pk).update(instructeur_id=Personne.objects.get(prenom="Emma").pk)
    return relire(dossier)


def adresse(dossier: Dossier, nom: str = "contrat_avenant") -> str:
    return reverse(nom, args=[SIREN, dossier.pk])


def postables(html: str) -> dict[str, str]:
    """What a browser would post back from the text boxes, lists and radios of the page."""
    import html5lib

    arbre = html5lib.parse(html, namespaceHTMLElements=False)
    formulaire = next(f for f in arbre.iter("form") if f.get("id") == "avenant")
    valeurs: dict[str, str] = {}
    for boite in formulaire.iter("input"):
        if boite.get("type") in {"text", "hidden", None} or (boite.get("type") == "radio" and boite.get("checked") is not None):
            valeurs[boite.get("name")] = boite.get("value") or ""
    for liste in formulaire.iter("select"):
        choisie = next((o for o in liste.iter("option") if o.get("selected") is not None), None)
        valeurs[liste.get("name")] = choisie.get("value") or "" if choisie is not None else ""
    return valeurs


def test_d_un_bout_a_l_autre(aline: Client, driss: Client, emma: Client) -> None:
    dossier = contrat()
    assert "Faire un avenant" in page(aline, reverse("espace_dossier", args=[SIREN, dossier.pk]))
    assert "Prolongation après un échec" in page(aline, adresse(dossier))
    assert "Choisissez la nature" in page(aline, adresse(dossier), 422, {"code": ""})
    assert aline.post(adresse(dossier), {"code": "36"}).status_code == 302
    formulaire = page(aline, adresse(dossier))
    assert "Durée hebdomadaire" in formulaire
    assert "Date de début d’exécution" not in formulaire
    assert "Prénom" in formulaire, "of the maître"
    assert "2 07 07" not in formulaire
    html = page(aline, adresse(dossier), 422, {**postables(formulaire), "apercu": "1"})
    assert "la date d’effet de l’avenant" in html
    remplies = {**postables(formulaire), **PROPRES, "contrat-heures": "30"}
    assert aline.post(adresse(dossier), {**remplies, "enregistrer": "1"}).status_code == 302
    assert "Reprendre l’avenant" in page(aline, reverse("espace_dossier", args=[SIREN, dossier.pk]))
    apercu = page(aline, adresse(dossier), donnees={**postables(page(aline, adresse(dossier))), "apercu": "1"})
    assert "Voici ce que cela change" in apercu
    assert "35\u00a0h devient 30\u00a0h" in apercu
    assert "disabled" in apercu
    assert "Joignez l’avenant signé" in page(aline, adresse(dossier), 422, {"transmettre": "1"})
    preuve = reverse("contrat_preuve", args=[SIREN, dossier.pk])
    assert "Avenant signé" in page(aline, preuve)
    joindre(dossier, "avenant_signe", le=PENDANT)
    assert aline.post(adresse(dossier), {"transmettre": "1"}).status_code == 302
    assert "l’OPCO doit décider" in page(aline, adresse(dossier))
    assert "Examiner l’avenant" in page(emma, reverse("opco_dossier", args=[dossier.pk]))
    assert "Décider de l’avenant 36" in page(emma, reverse("opco_accueil"))
    examen = page(emma, reverse("opco_avenant", args=[dossier.pk]))
    assert "35\u00a0h devient 30\u00a0h" in examen
    assert contenu_en_clair(relire(dossier)).contrat.heures == 35  # type: ignore[attr-defined]
    assert emma.post(reverse("opco_avenant", args=[dossier.pk]), {"decision": "accepter", "texte": ""}).status_code == 302
    assert contenu_en_clair(relire(dossier)).contrat.heures == 30  # type: ignore[attr-defined]
    assert "Accepté, effet le 15/03/2027" in page(aline, reverse("espace_dossier", args=[SIREN, dossier.pk]))
    assert "Accepté" in page(driss, reverse("espace_dossier", args=[SIREN_OF, dossier.pk]))
    genres = set(Courriel.objects.filter(objet_id=dossier.pk).values_list("genre", flat=True))
    assert {"contrats.avenant_transmis", "contrats.avenant_decide", "contrats.avenant_au_cfa"} <= genres
    assert emma.get(reverse("opco_avenant", args=[dossier.pk])).status_code == 404


def test_une_prolongation_montre_ses_paiements(aline: Client, emma: Client) -> None:
    dossier = contrat()
    aline.post(adresse(dossier), {"code": "33"})
    valeurs = {
        **postables(page(aline, adresse(dossier))), **PROPRES, "contrat-date_effet": "01/09/2028", "contrat-date_fin": "31/08/2029",
        "formation-date_fin": "05/07/2029", "formation-duree": "1800",
        "remunerations-3-ordre": "3.1", "remunerations-3-date_debut": "01/09/2028", "remunerations-3-date_fin": "31/08/2029",
        "remunerations-3-taux": "60", "remunerations-3-base": "SMIC",
    }  # fmt: skip
    html = page(aline, adresse(dossier), 422, {**valeurs, "apercu": "1"})
    assert "le taux est au moins le dernier du contrat" in html
    apercu = page(aline, adresse(dossier), donnees={**valeurs, "remunerations-3-taux": "61", "apercu": "1"})
    assert "18\u202f000,00\u00a0€" in apercu or "18\u00a0000,00\u00a0€" in apercu
    joindre(dossier, "avenant_signe", le=PENDANT)
    aline.post(adresse(dossier), {"transmettre": "1"})
    assert total(dossier) == 12000
    emma.post(reverse("opco_avenant", args=[dossier.pk]), {"decision": "accepter", "texte": ""})
    assert total(dossier) == 18000


def test_un_refus_s_explique(aline: Client, emma: Client) -> None:
    dossier = contrat()
    aline.post(adresse(dossier), {"code": "36"})
    aline.post(adresse(dossier), {**postables(page(aline, adresse(dossier))), **PROPRES, "contrat-heures": "30", "apercu": "1"})
    joindre(dossier, "avenant_signe", le=PENDANT)
    aline.post(adresse(dossier), {"transmettre": "1"})
    url = reverse("opco_avenant", args=[dossier.pk])
    assert "Expliquez le refus" in page(emma, url, 422, {"decision": "refuser", "texte": " "})
    assert "Choisissez d’accepter ou de refuser" in page(emma, url, 422, {"decision": "", "texte": ""})
    assert emma.post(url, {"decision": "refuser", "texte": "Il manque la signature"}).status_code == 302
    assert "Il manque la signature" in page(aline, reverse("espace_dossier", args=[SIREN, dossier.pk]))


def test_un_avenant_s_abandonne(aline: Client, emma: Client) -> None:
    dossier = contrat()
    aline.post(adresse(dossier), {"code": "36"})
    assert aline.post(adresse(dossier, "contrat_avenant_abandonner")).status_code == 302
    assert Avenant.objects.tous("essai").get().etat == "abandonne"
