"""What the registers fill while a contract is typed, and what the rules may know of it."""

from datetime import date
from typing import Any

import pytest
from django.core.cache import caches

from jalon.dispositifs.lecture import ecrire_contenu, lire_contenu, verifier
from jalon.dispositifs.registre import dispositif
from jalon.dossiers.chiffrement import chiffrer_document
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import contexte_de, fiche_etablissement, reponses_a_juger
from jalon.organisations.models import Etablissement, Organisation
from jalon.organisations.regles import numero_et_voie
from jalon.referentiels.models import Certification, EtablissementUai, ImportReferentiel, OrganismeFormation
from jalon.socle.acteurs import Domaine, Niveau, Perimetre
from tests.acteurs import FauxActeur
from tests.dossiers.contrats import commence, contrat_saisi, garder, reponses_du_contrat
from tests.dossiers.fabrique import AUTRE_SIREN, AUTRE_SIRET, LE, SIREN, SIRET, aline, monde, relire

pytestmark = pytest.mark.django_db
CFA = "41816609600069"


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()
    caches["processus"].clear()
    Organisation.objects.filter(siren=SIREN).update(categorie_juridique="5710", effectif=38)
    Etablissement.objects.filter(siret=SIRET).update(adresse_voie="12 B RUE DES ALPES", naf="55.10Z", complement="BAT A")


def charger(referentiel: str) -> None:
    """Say that a register was imported."""
    ImportReferentiel.objects.create(
        referentiel=referentiel, empreinte=referentiel, nom="essai", edition=date(2026, 1, 1), importe_le=LE
    )
    caches["processus"].clear()


def certification(**champs: Any) -> None:
    Certification.objects.create(
        code="RNCP37889", intitule="Management en hôtellerie", abrege="BTS", niveau="5", cfd="32033422", **champs
    )


def test_un_contrat_commence_avec_ce_que_le_registre_sait_de_l_employeur() -> None:
    gardee = relire(commence()).reponses["employeur"]
    attendu = {
        "denomination": "Hôtel du Lac", "numero": "12 B", "voie": "RUE DES ALPES", "complement": "BAT A", "code_postal": "74000",
        "commune": "Annecy", "naf": "55.10Z", "secteur": "prive", "type_employeur": "12", "effectif": "38", "idcc": "1979",
    }  # fmt: skip
    assert {nom: valeur for nom, valeur in gardee["valeurs"].items() if valeur} == {"siret": SIRET, **attendu}
    assert gardee["remplies"] == dict.fromkeys(attendu, "sirene")


@pytest.mark.parametrize(
    ("categorie", "secteur", "type_employeur"),
    [
        ("5499", "prive", "12"),
        ("9220", "prive", "15"),
        ("6521", "prive", "14"),
        ("6316", "prive", "13"),
        ("7210", "public", "22"),
        ("7364", "public", "25"),
        ("1000", "", ""),
        ("4110", "", ""),
        ("7113", "", ""),
        ("", "", ""),
    ],
)
def test_le_type_d_employeur_vient_de_la_categorie_juridique_ou_reste_a_choisir(
    categorie: str, secteur: str, type_employeur: str
) -> None:
    Organisation.objects.filter(siren=SIREN).update(categorie_juridique=categorie, effectif=None)
    fiche = fiche_etablissement(SIRET)
    assert fiche is not None
    assert (fiche.secteur, fiche.type_employeur, fiche.effectif) == (secteur, type_employeur, "")


@pytest.mark.parametrize(
    ("adresse", "numero", "voie"),
    [
        ("12 RUE DES ALPES", "12", "RUE DES ALPES"),
        ("12 BIS RUE DES ALPES", "12 BIS", "RUE DES ALPES"),
        ("12 B RUE DES ALPES", "12 B", "RUE DES ALPES"),
        ("PLACE DU 8 MAI 1945", "", "PLACE DU 8 MAI 1945"),
        ("0 RUE X", "", "0 RUE X"),
        ("12", "", "12"),
        ("12 3 RUE X", "", "12 3 RUE X"),
        ("", "", ""),
    ],
)
def test_le_numero_se_separe_de_la_voie(adresse: str, numero: str, voie: str) -> None:
    assert numero_et_voie(adresse) == (numero, voie)


def test_le_siret_puis_l_uai_remplissent_le_cfa() -> None:
    EtablissementUai.objects.create(
        uai="0561910X", denomination="CFA des Alpes", siret=CFA, code_postal="74000", commune="Annecy"
    )
    OrganismeFormation.objects.create(nda="84740000074", siret=CFA, denomination="CFA DES ALPES (LISTE)")
    dossier = commence()
    gardee = garder(dossier, "cfa", {"siret": CFA})
    assert gardee["valeurs"]["uai"] == "0561910X"
    assert gardee["valeurs"]["denomination"] == "Savoir Faire"
    assert gardee["remplies"]["uai"] == "uai-du-siret"
    autre = garder(commence(), "cfa", {"uai": "0561910X"})
    assert (autre["valeurs"]["siret"], autre["valeurs"]["commune"]) == (CFA, "Annecy")
    EtablissementUai.objects.create(uai="0010856A", denomination="Annexe", siret=CFA)
    assert garder(commence(), "cfa", {"siret": CFA})["valeurs"]["uai"] == ""


def test_le_rncp_et_le_code_du_diplome_se_retrouvent() -> None:
    certification()
    gardee = garder(commence(), "formation", {"rncp": "37889"})
    assert gardee["valeurs"]["intitule"] == "Management en hôtellerie"
    assert (gardee["valeurs"]["diplome"], gardee["valeurs"]["code_diplome"]) == ("54", "32033422")
    assert garder(commence(), "formation", {"code_diplome": "32033422"})["valeurs"]["rncp"] == "RNCP37889"
    Certification.objects.create(code="RNCP2", intitule="Autre", cfd="32033422")
    deux = garder(commence(), "formation", {"code_diplome": "32033422"})
    assert (deux["valeurs"]["rncp"], deux["valeurs"]["diplome"]) == ("", "54")


def test_le_nir_propose_le_sexe_sans_devenir_lisible() -> None:
    dossier = commence()
    gardee = garder(dossier, "apprenti", {"nir": "2060774010012"})
    assert gardee["valeurs"]["sexe"] == "F"
    assert gardee["remplies"] == {"sexe": "nir"}
    assert "0774010" not in str(relire(dossier).reponses)


def controles(dossier: Dossier) -> dict[str, str]:
    """Controls that found something in a draft, with their sentence."""
    lu = relire(dossier)
    verification = verifier(dispositif(lu.dispositif), reponses_a_juger(lu, aline()), contexte_de(lu, LE, aline()))
    return {a.controle: a.message for a in verification.anomalies}


def test_un_referentiel_qui_n_est_pas_charge_ne_se_juge_pas_et_le_dit() -> None:
    contexte = contexte_de(commence(), LE)
    assert (contexte.certification, contexte.organisme, contexte.uai) == (None, None, None)
    assert "referentiel-absent" in controles(contrat_saisi())
    for referentiel in ("rncp", "organismes", "uai"):
        charger(referentiel)
    charge = contexte_de(commence(), LE)
    assert charge.certification is not None
    assert charge.organisme is not None
    assert charge.uai is not None
    trouves = controles(contrat_saisi())
    assert {"formation-rncp-actif", "cfa-annuaire", "cfa-certifie"} <= set(trouves)
    assert "referentiel-absent" not in trouves
    certification(active_du=date(2023, 9, 1), active_au=date(2031, 8, 31))
    EtablissementUai.objects.create(uai="0561910X", denomination="CFA des Alpes", siret=CFA)
    OrganismeFormation.objects.create(nda="84740000074", siret=CFA, denomination="CFA", qualiopi_apprentissage=True)
    assert not {"formation-rncp-actif", "cfa-annuaire", "cfa-certifie"} & set(controles(contrat_saisi()))


def test_ce_qui_est_charge_ne_se_demande_qu_une_fois_par_minute() -> None:
    dossier = commence()
    charger("rncp")
    assert contexte_de(dossier, LE).certification is not None
    ImportReferentiel.objects.all().delete()
    assert contexte_de(dossier, LE).certification is not None
    caches["processus"].clear()
    assert contexte_de(dossier, LE).certification is None


def envoye(etat: str = EtatDossier.ACCORDE, **changements: Any) -> Dossier:
    """A contract as if it had been sent and decided: its document is written, sensitive boxes encrypted."""
    dossier, declaration = contrat_saisi(**changements), dispositif("apprentissage")
    contenu, anomalies = lire_contenu(declaration, reponses_a_juger(dossier, aline()))
    assert contenu is not None, anomalies
    tous = Dossier.objects.tous("préparation d’un essai")
    tous.filter(pk=dossier.pk).update(
        contenu=chiffrer_document(declaration, dossier.pk, ecrire_contenu(contenu)),
        etat=etat,
        numero=f"CA-2026-{tous.count():06}",
        transmis_le=LE,
    )
    return relire(dossier)


def test_un_maitre_qui_suit_deja_deux_apprentis_est_signale() -> None:
    envoye(apprenti__nom="Girard")
    dossier = contrat_saisi()
    assert "maitre-nombre-apprentis" not in controles(dossier)
    envoye(apprenti__nom="Moreau")
    assert "maitre-nombre-apprentis" in controles(dossier)


AU = (date(2026, 9, 1), date(2028, 8, 31))


def maitre() -> tuple[str, str, date]:
    lu = reponses_du_contrat()["maitre1"]
    jour, mois, annee = lu["date_naissance"].split("/")
    return lu["nom"].upper(), lu["prenom"], date(int(annee), int(mois), int(jour))


def suivis(**autre: Any) -> int:
    contexte = contexte_de(relire(commence()), LE)
    assert contexte.apprentis_du_maitre is not None
    arguments = {"maitre": maitre(), "siren": SIREN, "du": AU[0], "au": AU[1]} | autre
    return contexte.apprentis_du_maitre(*arguments.values())


@pytest.mark.parametrize("etat", [EtatDossier.BROUILLON, EtatDossier.REFUSE, EtatDossier.ANNULE, EtatDossier.ROMPU])
def test_un_contrat_sans_suite_ne_compte_pas_pour_le_maitre(etat: str) -> None:
    if etat == EtatDossier.BROUILLON:
        contrat_saisi()
    else:
        envoye(etat)
    assert suivis() == 0


def test_un_maitre_se_compte_dans_son_entreprise_pendant_le_contrat() -> None:
    envoye()
    assert suivis() == 1
    assert suivis(siren=AUTRE_SIREN) == 0
    assert suivis(maitre=("Autre", "Nom", date(1980, 1, 1))) == 0
    assert suivis(du=date(2028, 9, 1), au=date(2029, 8, 31)) == 0
    assert suivis(du=date(2028, 8, 31), au=date(2029, 8, 31)) == 1
    assert suivis(du=date(2025, 9, 1), au=date(2026, 8, 31)) == 0
    assert suivis(du=date(2025, 9, 1), au=date(2026, 9, 1)) == 1


def test_qui_ne_lit_pas_un_etablissement_n_y_compte_rien() -> None:
    """Somebody of another place of the company learns nothing of the contracts there; the OPCO counts them."""
    un = envoye()
    nir = reponses_a_juger(un, aline())["apprenti"]["valeurs"]["nir"]
    ailleurs = FauxActeur({Domaine.ALTERNANCE: (Niveau.GESTION, Perimetre(sirets=frozenset({"13002526500021"})))})
    nouveau = commence()
    for acteur, compte in ((ailleurs, 0), (aline(), 1), (None, 1)):
        contexte = contexte_de(nouveau, LE, acteur)
        assert contexte.contrats_du_niveau is not None
        assert contexte.apprentis_du_maitre is not None
        assert contexte.contrats_du_niveau(nir, 5) == compte
        assert contexte.apprentis_du_maitre(maitre(), SIREN, *AU) == compte


def test_les_contrats_d_un_niveau_se_comptent_par_le_nir_dans_l_entreprise() -> None:
    un = envoye(EtatDossier.ROMPU)
    nir = reponses_a_juger(un, aline())["apprenti"]["valeurs"]["nir"]
    contexte = contexte_de(commence(), LE)
    assert contexte.contrats_du_niveau is not None
    assert contexte.contrats_du_niveau(nir, 5) == 1
    assert contexte.contrats_du_niveau(nir, 6) == 0
    assert contexte.contrats_du_niveau("1010101001001", 5) == 0
    ailleurs = contexte_de(Dossier(siren=AUTRE_SIREN, siret=AUTRE_SIRET, dispositif="apprentissage"), LE)
    assert ailleurs.contrats_du_niveau is not None
    assert ailleurs.contrats_du_niveau(nir, 5) == 0
    soi = contexte_de(un, LE)
    assert soi.contrats_du_niveau is not None
    assert soi.contrats_du_niveau(nir, 5) == 0
    envoye(EtatDossier.REFUSE)
    assert contexte.contrats_du_niveau(nir, 5) == 1
