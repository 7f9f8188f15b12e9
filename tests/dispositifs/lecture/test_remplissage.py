"""Empty boxes filled from the registers: never what was typed, and following the number they came from."""

from typing import Any

import pytest

from jalon.dispositifs.apprentissage.certifications import diplome_vise
from jalon.dispositifs.apprentissage.declaration import CONTRAT_APPRENTISSAGE
from jalon.dispositifs.base import FicheCertification, FicheEtablissement, FicheOrganisme, Repertoire
from jalon.dispositifs.lecture import Remplissage, dits_des_registres, remplir_depuis_les_registres
from jalon.dispositifs.registre import DISPOSITIFS
from jalon.socle.fiches_referentiels import FicheEcole

LAC, ALPES, CFA = "13002526500013", "35600000049837", "41816609600069"
NIR = "206077401001234"
FICHES: dict[tuple[Repertoire, str], object] = {
    (Repertoire.SIRENE, LAC): FicheEtablissement(
        siret=LAC, denomination="HOTEL DU LAC", numero="12", voie="RUE DES ALPES", code_postal="74000", commune="ANNECY",
        naf="55.10Z", secteur="prive", type_employeur="12", effectif="20", idcc="1979",
    ),
    (Repertoire.SIRENE, ALPES): FicheEtablissement(siret=ALPES, denomination="AUX ALPES", commune="GRENOBLE"),
    (Repertoire.SIRENE, CFA): FicheEtablissement(siret=CFA, denomination="CFA DES ALPES", voie="RUE DU CFA", commune="ANNECY"),
    (Repertoire.UAI, "0561910X"): FicheEcole(uai="0561910X", denomination="CFA (ANNUAIRE)", siret=CFA, code_postal="74000"),
    (Repertoire.UAI_DU_SIRET, CFA): FicheEcole(uai="0561910X", denomination="CFA (ANNUAIRE)", siret=CFA),
    (Repertoire.ORGANISMES, CFA): FicheOrganisme(siret=CFA, denomination="CFA (LISTE)", nda="84740000074"),
    (Repertoire.RNCP, "RNCP37889"): FicheCertification(
        code="RNCP37889", intitule="Management en hôtellerie", niveau="5", abrege="BTS", cfd="32033422"
    ),
    (Repertoire.CODE_DIPLOME, "32033422"): FicheCertification(
        code="RNCP37889", intitule="Management en hôtellerie", niveau="5", abrege="BTS", cfd="32033422"
    ),
    (Repertoire.CODE_DIPLOME, "50022139"): FicheCertification(code="", intitule="", cfd="50022139"),
}  # fmt: skip


def consulter(repertoire: Repertoire, numero: str) -> object | None:
    return FICHES.get((repertoire, numero))


def remplir(section: str, valeurs: dict[str, Any], **avant: Any) -> Remplissage:
    return remplir_depuis_les_registres(CONTRAT_APPRENTISSAGE, section, valeurs, consulter, **avant)


def non_vides(rempli: Remplissage) -> dict[str, Any]:
    return {nom: valeur for nom, valeur in rempli.valeurs.items() if valeur}


def test_le_siret_remplit_l_employeur_et_dit_d_ou() -> None:
    rempli = remplir("employeur", {"siret": "130 025 265 00013"})
    assert non_vides(rempli) == {
        "siret": "130 025 265 00013", "denomination": "HOTEL DU LAC", "numero": "12", "voie": "RUE DES ALPES",
        "code_postal": "74000", "commune": "ANNECY", "naf": "55.10Z", "secteur": "prive", "type_employeur": "12",
        "effectif": "20", "idcc": "1979",
    }  # fmt: skip
    assert set(rempli.remplies) == set(rempli.nouvelles) == set(non_vides(rempli)) - {"siret"}
    assert set(rempli.remplies.values()) == {"sirene"}


def test_ce_qui_est_tape_reste() -> None:
    rempli = remplir("employeur", {"siret": LAC, "denomination": "Le Lac", "code_postal": ""})
    assert rempli.valeurs["denomination"] == "Le Lac"
    assert rempli.valeurs["code_postal"] == "74000"
    assert "denomination" not in rempli.remplies


@pytest.mark.parametrize("siret", ["", "123", "abc", "12345678200010"])
def test_un_siret_illisible_ou_inconnu_ne_remplit_rien(siret: str) -> None:
    assert remplir("employeur", {"siret": siret, "denomination": ""}) == Remplissage({"siret": siret, "denomination": ""})


def test_un_siret_qui_ne_change_pas_ne_se_relit_pas() -> None:
    avant = {"siret": LAC, "denomination": ""}
    assert remplir("employeur", avant, anciennes=avant).nouvelles == {}


def test_une_case_videe_expres_reste_vide() -> None:
    premier = remplir("employeur", {"siret": LAC})
    apres = remplir("employeur", premier.valeurs | {"commune": ""}, anciennes=premier.valeurs, remplies=premier.remplies)
    assert apres.valeurs["commune"] == ""
    assert "commune" not in apres.remplies
    assert apres.remplies["voie"] == "sirene"


def test_une_case_corrigee_n_appartient_plus_au_registre() -> None:
    premier = remplir("employeur", {"siret": LAC})
    corrigee = premier.valeurs | {"commune": "Annecy-le-Vieux"}
    apres = remplir("employeur", corrigee, anciennes=premier.valeurs, remplies=premier.remplies)
    assert "commune" not in apres.remplies
    change = remplir("employeur", corrigee | {"siret": ALPES}, anciennes=corrigee, remplies=apres.remplies)
    assert change.valeurs["commune"] == "Annecy-le-Vieux"


def test_un_autre_siret_remplace_ce_que_le_premier_avait_rempli() -> None:
    premier = remplir("employeur", {"siret": LAC})
    apres = remplir("employeur", premier.valeurs | {"siret": ALPES}, anciennes=premier.valeurs, remplies=premier.remplies)
    assert (apres.valeurs["denomination"], apres.valeurs["commune"]) == ("AUX ALPES", "GRENOBLE")
    assert (apres.valeurs["voie"], apres.valeurs["idcc"]) == ("", "")
    assert {"voie", "idcc"} <= apres.videes
    assert set(apres.remplies) == {"denomination", "commune"}


def test_un_siret_inconnu_a_la_suite_ne_laisse_pas_l_adresse_d_un_autre() -> None:
    premier = remplir("employeur", {"siret": LAC})
    inconnu = premier.valeurs | {"siret": "12345678200010"}
    apres = remplir("employeur", inconnu, anciennes=premier.valeurs, remplies=premier.remplies)
    assert non_vides(apres) == {"siret": "12345678200010"}
    assert apres.remplies == {}


def test_le_cfa_se_remplit_par_son_siret_ou_par_son_uai() -> None:
    par_siret = remplir("cfa", {"siret": CFA})
    assert par_siret.valeurs["uai"] == "0561910X"
    assert par_siret.valeurs["denomination"] == "CFA DES ALPES"
    assert par_siret.valeurs["code_postal"] == "74000"
    assert par_siret.remplies["uai"] == "uai-du-siret"
    par_uai = remplir("cfa", {"uai": "0561910x"})
    assert (par_uai.valeurs["siret"], par_uai.valeurs["denomination"]) == (CFA, "CFA (ANNUAIRE)")
    assert (par_uai.valeurs["voie"], par_uai.remplies["voie"]) == ("RUE DU CFA", "sirene")


def test_le_code_rncp_remplit_la_certification_et_le_code_du_diplome_la_retrouve() -> None:
    attendu = {"rncp": "RNCP37889", "diplome": "54", "intitule": "Management en hôtellerie", "code_diplome": "32033422"}
    assert non_vides(remplir("formation", {"rncp": "RNCP37889"})) == attendu
    assert non_vides(remplir("formation", {"code_diplome": "32033422"})) == attendu
    assert non_vides(remplir("formation", {"code_diplome": "50022139"})) == {"code_diplome": "50022139", "diplome": "33"}


def test_une_section_de_lignes_n_a_pas_de_registre() -> None:
    lignes = {"lignes": [{"ordre": "1.1"}]}
    assert remplir("remunerations", lignes) == Remplissage(lignes)


@pytest.mark.parametrize(
    ("abrege", "niveau", "cfd", "code"),
    [
        ("BTS", "5", "", "54"),
        ("CAP", "3", "", "33"),
        ("Bac Pro", "4", "", "41"),
        ("BUT", "6", "", "64"),
        ("Licence Professionnelle", "6", "", "62"),
        ("Master", "7", "", "73"),
        ("Doctorat", "8", "", "80"),
        ("TP", "3", "", "38"),
        ("TP", "4", "", "49"),
        ("BP", "4", "", "49"),
        ("", "5", "", "58"),
        ("", "6", "", ""),
        ("", "7", "", ""),
        ("MC", "3", "", "35"),
        ("MC", "4", "", ""),
        ("DE", "6", "25012345", "62"),
        ("LP", "6", "25012345", "62"),
        ("inconnu", "5", "32033422", "54"),
        ("inconnu", "5", "", ""),
        ("BTS", "", "", "54"),
    ],
)
def test_le_diplome_du_formulaire_se_deduit_ou_reste_a_choisir(abrege: str, niveau: str, cfd: str, code: str) -> None:
    fiche = FicheCertification(code="RNCP1", intitule="Essai", niveau=niveau, abrege=abrege, cfd=cfd)
    assert diplome_vise(fiche) == code


def test_ce_qui_est_declare_existe() -> None:
    """Each source reads an attribute that its sheet has, from a box of the same section."""
    fiches = {r: f for (r, _), f in FICHES.items()}
    for dispositif in (*DISPOSITIFS.values(), CONTRAT_APPRENTISSAGE):
        for section in dispositif.sections:
            for case in section.cases:
                for apport in case.registre:
                    assert section.case(apport.cle)
                    assert apport.repertoire == Repertoire.NIR or isinstance(apport.texte(fiches[apport.repertoire]), str)


def test_un_registre_qui_ne_dit_qu_une_partie_le_dit_a_cote_de_la_case_vide() -> None:
    section = CONTRAT_APPRENTISSAGE.section("apprenti")

    class Fiche:
        naissance = "né en juillet"

    def lire(repertoire: Repertoire, numero: str) -> object | None:
        return Fiche() if (repertoire, numero[:5]) == (Repertoire.NIR, "20607") else None

    assert dits_des_registres(section, {"nir": NIR[:13]}, lire) == {"date_naissance": "né en juillet"}
    assert dits_des_registres(section, {"nir": NIR[:13], "date_naissance": "15/07/2006"}, lire) == {}
    assert dits_des_registres(section, {"nir": "2 06 ** ** *** *** **"}, lire) == {}
    assert dits_des_registres(section, {}, lire) == {}
