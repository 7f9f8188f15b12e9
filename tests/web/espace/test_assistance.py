"""Typing helped: what registers filled is said, periods are proposed, the estimate shows its reasons; with and without script."""

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jalon.dispositifs.lecture import verifier
from jalon.dispositifs.registre import dispositif
from jalon.dossiers.actions import creer_brouillon
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import contexte_de, reponses_a_juger
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.organisations.models import Etablissement
from tests.dossiers.contrats import commence, contrat_saisi, garder
from tests.dossiers.fabrique import relire
from tests.habilitations.fabrique import LE, SIREN, SIRET, acteur, organisation, personne, rattacher

pytestmark = pytest.mark.django_db
CFA = "41816609600069"
REQUETES_AU_PLUS = 19
HORS_DU_PRODUIT = ("demo_decalage", "SAVEPOINT")
"""The clock of the demonstration, and the transaction of the test."""


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    caches["processus"].clear()
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def aline() -> ActeurPersonne:
    organisation(categorie_juridique="5710", idcc="1979")
    Etablissement.objects.create(siret=CFA, adresse_voie="3 RUE DU CFA", code_postal="74000", commune="ANNECY")
    creee = personne("Aline", "Ferrand")
    rattacher(creee)
    return acteur(creee)


def adresse(dossier: Dossier, section: str, nom: str = "saisie_section") -> str:
    return reverse(nom, args=[SIREN, dossier.pk, section])


def corps(dossier: Dossier, section: str, **valeurs: str) -> dict[str, Any]:
    """What the page of a simple section posts."""
    gardee = relire(dossier).reponses.get(section, {"version": 0, "valeurs": {}})
    declaree = dispositif("apprentissage").section(section)
    tapees = {case.nom: str(gardee["valeurs"].get(case.nom) or "") for case in declaree.cases} | valeurs
    return {**tapees, "version": str(gardee["version"]), "_cases": ",".join(tapees)}


def lire(navigateur: Client, chemin: str) -> str:
    reponse = navigateur.get(chemin)
    assert reponse.status_code == 200
    return unescape(reponse.content.decode())


def enregistrer(navigateur: Client, dossier: Dossier, section: str, **valeurs: str) -> str:
    """What htmx gives back."""
    reponse = navigateur.post(
        adresse(dossier, section, "saisie_enregistrer"), corps(dossier, section, **valeurs), headers={"HX-Request": "true"}
    )
    assert reponse.status_code == 200
    return unescape(reponse.content.decode())


REMPLI = "Rempli d’après le registre Sirene.</span>"


def test_le_siret_du_cfa_remplit_sa_section_et_le_dit_sans_script(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = commence(aline, siret=SIRET)
    reponse = navigateur.post(adresse(dossier, "cfa"), corps(dossier, "cfa", siret=CFA))
    page = unescape(reponse.content.decode())
    assert reponse.status_code == 422
    assert "Rempli d’après le registre Sirene\u00a0: Numéro, Voie, Code postal, Commune. À vérifier." in page
    assert page.count(REMPLI) == 4
    assert 'value="RUE DU CFA"' in page
    assert relire(dossier).reponses["cfa"]["valeurs"]["numero"] == "3"
    assert REMPLI in lire(navigateur, adresse(dossier, "cfa"))


def test_htmx_redessine_ce_que_le_registre_a_rempli_et_l_annonce(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = commence(aline, siret=SIRET)
    fragment = enregistrer(navigateur, dossier, "cfa", siret=CFA)
    assert 'id="cases" hx-swap-oob="true"' in fragment
    assert 'id="remplies" hx-swap-oob="innerHTML"' in fragment
    assert "Rempli d’après le registre Sirene\u00a0: Numéro, Voie, Code postal, Commune." in fragment
    assert 'value="ANNECY"' in fragment
    encore = enregistrer(navigateur, dossier, "cfa", denomination="CFA des Alpes")
    assert 'id="cases"' not in encore
    assert "Rempli d’après" not in encore


def test_une_case_corrigee_ne_se_dit_plus_du_registre(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = commence(aline, siret=SIRET)
    assert lire(navigateur, adresse(dossier, "employeur")).count(REMPLI) == 8
    enregistrer(navigateur, dossier, "employeur", commune="Annecy-le-Vieux")
    page = lire(navigateur, adresse(dossier, "employeur"))
    assert page.count(REMPLI) == 7
    assert 'value="Annecy-le-Vieux"' in page


def test_le_nir_propose_le_sexe_et_le_mois_de_naissance(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = commence(aline, siret=SIRET)
    place = '<span class="hint__plus" id="indication-id_date_naissance"'
    assert f"{place}></span>" in lire(navigateur, adresse(dossier, "apprenti"))
    fragment = enregistrer(navigateur, dossier, "apprenti", nir="2060774010012")
    dit = "D’après le NIR\u00a0: né(e) en juillet 2006. Indiquez le jour, et vérifiez l’année."
    assert f'{place} hx-swap-oob="true">{dit}</span>' in fragment
    assert "Rempli d’après le NIR\u00a0: Sexe. À vérifier." in fragment
    page = lire(navigateur, adresse(dossier, "apprenti"))
    assert dit in page
    assert "Rempli d’après le NIR.</span>" in page
    enregistrer(navigateur, dossier, "apprenti", nir="2060774010012", date_naissance="15/07/2006")
    assert dit not in lire(navigateur, adresse(dossier, "apprenti"))


def test_le_salaire_minimum_se_lit_a_cote_de_sa_case_et_suit_les_dates(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = commence(aline, siret=SIRET)
    assert "Au moins" not in lire(navigateur, adresse(dossier, "contrat"))
    garder(dossier, "apprenti", {"date_naissance": "15/07/2006"}, aline)
    fragment = enregistrer(navigateur, dossier, "contrat", date_debut="01/09/2026", date_fin="31/08/2028")
    place = '<span class="hint__plus" id="indication-id_salaire"'
    minimum = "Au moins 802,82\u00a0€ par mois. De 18 à 20 ans, 1re année\u00a0: 43\u00a0%. SMIC\u00a0: 1\u00a0867,02\u00a0€"
    assert f'{place} hx-swap-oob="true">{minimum} (Code du travail, D6222-26).' in fragment
    assert minimum in lire(navigateur, adresse(dossier, "contrat"))
    garder(dossier, "apprenti", {"date_naissance": "01/01/1990"}, aline)
    assert "Au moins 1\u00a0867,02\u00a0€ par mois" in lire(navigateur, adresse(dossier, "contrat"))
    enregistrer(navigateur, dossier, "contrat", date_debut="01/09/2026", date_fin="31/08/2028", heures="17", minutes="30")
    assert "Au moins 933,51\u00a0€ par mois" in lire(navigateur, adresse(dossier, "contrat"))


def test_les_periodes_se_proposent_avec_leurs_raisons_puis_s_inscrivent(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = commence(aline, siret=SIRET)
    chemin = adresse(dossier, "remunerations")
    assert "Indiquez la date de début d’exécution\u00a0: les périodes" in lire(navigateur, chemin)
    garder(dossier, "apprenti", {"date_naissance": "15/07/2006"}, aline)
    garder(dossier, "contrat", {"date_conclusion": "20/08/2026", "date_debut": "01/09/2026", "date_fin": "31/08/2028"}, aline)
    page = lire(navigateur, chemin)
    assert "Du 01/09/2026 au 31/07/2027\u00a0: 43\u00a0% du SMIC" in page
    assert "De 21 à 25 ans, 1re année\u00a0: 53\u00a0%." in page
    assert "Code du travail, D6222-26, D6222-31" in page
    assert "Au moins 989,52\u00a0€ brut par mois à partir du 01/08/2027 (SMIC de 1\u00a0867,02\u00a0€)" in page
    assert "La formation n’est pas encore décrite" in page
    assert "Proposer les périodes" in page
    reponse = navigateur.post(chemin, {"proposer": "1", "version": "0"}, follow=True)
    assert "Les périodes proposées sont inscrites." in unescape(reponse.content.decode())
    lignes = relire(dossier).reponses["remunerations"]["valeurs"]["lignes"]
    assert [(x["ordre"], x["date_debut"], x["date_fin"], x["taux"], x["base"]) for x in lignes] == [
        ("1.1", "01/09/2026", "31/07/2027", "43", "SMIC"),
        ("1.2", "01/08/2027", "31/08/2027", "53", "SMIC"),
        ("2.1", "01/09/2027", "31/08/2028", "61", "SMIC"),
    ]
    assert "remuneration-" not in " ".join(controles_de(dossier, aline))
    page = lire(navigateur, chemin)
    assert "Ces périodes sont inscrites ci-dessous." in page
    assert 'name="proposer"' not in page
    lignes[1]["taux"] = "60"
    garder(dossier, "remunerations", {"lignes": lignes}, aline)
    assert "Remplacer par ces périodes" in lire(navigateur, chemin)


def controles_de(dossier: Dossier, par: ActeurPersonne) -> list[str]:
    lu = relire(dossier)
    return [
        a.controle for a in verifier(dispositif(lu.dispositif), reponses_a_juger(lu, par), contexte_de(lu, LE, par)).anomalies
    ]


def test_remplacer_des_periodes_saisies_se_dit_avant(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = contrat_saisi(aline, siret=SIRET)
    chemin, lignes = adresse(dossier, "remunerations"), dossier.reponses["remunerations"]["valeurs"]["lignes"]
    garder(dossier, "remunerations", {"lignes": [*lignes[:2], {**lignes[2], "taux": "100"}]}, aline)
    page = lire(navigateur, chemin)
    assert "Remplacer par ces périodes" in page
    assert "Les 3 périodes déjà saisies seront effacées." in page
    assert "Proposer les périodes" not in page
    version = relire(dossier).reponses["remunerations"]["version"]
    garder(dossier, "remunerations", {"lignes": []}, aline)
    assert navigateur.post(chemin, {"proposer": "1", "version": str(version)}).status_code == 409
    assert relire(dossier).reponses["remunerations"]["valeurs"]["lignes"] == []


def test_la_proposition_suit_les_lignes_tapees(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = contrat_saisi(aline, siret=SIRET)
    garder(dossier, "remunerations", {"lignes": []}, aline)
    reponse = navigateur.post(
        adresse(dossier, "remunerations", "saisie_enregistrer"),
        {
            "version": str(relire(dossier).reponses["remunerations"]["version"]),
            "_cases": "ordre,date_debut,date_fin,taux,base",
            "remunerations-0-taux": "43",
        },
        headers={"HX-Request": "true"},
    )
    fragment = unescape(reponse.content.decode())
    assert 'id="proposition" hx-swap-oob="true"' in fragment
    assert "La période déjà saisie sera effacée." in fragment


def test_sans_proposition_le_bouton_forge_ne_fait_rien(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = commence(aline, siret=SIRET)
    for section in ("remunerations", "contrat"):
        assert navigateur.post(adresse(dossier, section), {"proposer": "1", "version": "0"}).status_code == 302
        assert section not in relire(dossier).reponses


def test_l_estimation_donne_ses_raisons_ses_dates_et_le_reste_a_charge(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = commence(aline, siret=SIRET)
    assert "l’estimation apparaîtra ici" in lire(navigateur, adresse(dossier, "contrat"))
    dossier = contrat_saisi(aline, siret=SIRET, formation__typeDiplome=62)
    page = lire(navigateur, adresse(dossier, "convention"))
    for attendu in (
        "Année 1, du 01/09/2026 au 31/08/2027",
        "Participation de l’employeur, déduite",
        "Total versé au CFA",
        "Restauration",
        "Prix du CFA au-delà de la prise en charge",
        "Reste à la charge de l’employeur",
        "Voir d’où vient chaque montant",
        "Code du travail, R6332-25-1",
        "Voir les dates de paiement au CFA",
        "01/03/2027",
        "E2, année 1",
        "justificatifs avant le 31/12/2028",
    ):
        assert attendu in page, attendu


def test_le_reste_a_charge_attend_le_prix_et_le_total_suit_la_saisie(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = contrat_saisi(aline, siret=SIRET, formation__typeDiplome=62)
    fragment = enregistrer(navigateur, dossier, "convention", prix="")
    assert "Reste à la charge de l’employeur" not in fragment
    assert "Indiquez le prix du CFA, dans la convention" in fragment
    assert '<b id="total-estime" hx-swap-oob="true">' in fragment
    assert "Reste à la charge de l’employeur" in enregistrer(navigateur, dossier, "convention", prix="20000")


def test_le_contrat_de_professionnalisation_dit_aussi_son_salaire_minimum(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = creer_brouillon(dispositif="professionnalisation", siren=SIREN, siret=SIRET, par=aline, maintenant=LE)
    for section, valeurs in (
        ("salarie", {"date_naissance": "15/07/2006", "diplome": "41"}),
        ("contrat", {"date_debut": "01/09/2026", "date_fin": "31/08/2027", "heures": "35"}),
    ):
        garder(dossier, section, valeurs, aline)
    attendu = "Au moins 1\u00a0213,56\u00a0€ par mois\u00a0: 65\u00a0% du SMIC (Code du travail, D6325-15"
    assert attendu in lire(navigateur, adresse(dossier, "contrat"))
    garder(dossier, "salarie", {"date_naissance": "15/07/1996"}, aline)
    garder(dossier, "contrat", {"salaire_conventionnel": "3000"}, aline)
    page = lire(navigateur, adresse(dossier, "contrat"))
    assert "Au moins 2\u00a0550,00\u00a0€ par mois\u00a0: 100\u00a0% du SMIC, et 85\u00a0% du minimum" in page
    garder(dossier, "contrat", {"date_fin": "01/01/2026"}, aline)
    assert "Au moins" not in lire(navigateur, adresse(dossier, "contrat"))


def test_une_estimation_impossible_ne_se_dit_pas_nulle(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = contrat_saisi(aline, siret=SIRET)
    garder(dossier, "formation", {"diplome": "13"}, aline)
    page = lire(navigateur, adresse(dossier, "formation"))
    assert "Ces réponses ne permettent pas encore de l’estimer." in page
    assert "est__n" not in page


def test_garder_une_case_demande_peu_a_la_base(aline: ActeurPersonne, navigateur: Client) -> None:
    """Whatever the form's length: the request, its thread of rights, the rules, the documents; never a query for each box."""
    dossier = contrat_saisi(aline, siret=SIRET)
    enregistrer(navigateur, dossier, "contrat", salaire="900")
    with CaptureQueriesContext(connection) as vues:
        enregistrer(navigateur, dossier, "contrat", salaire="901")
    textes = [v["sql"] for v in vues.captured_queries if not any(m in v["sql"] for m in HORS_DU_PRODUIT)]
    assert len(textes) <= REQUETES_AU_PLUS, "\n".join(texte[:160] for texte in textes)
