"""The form itself: what it asks beyond the norm, typed box by box as the portal will."""

from typing import Any

from jalon.dispositifs.apprentissage.declaration import CONTRAT_APPRENTISSAGE
from jalon.dispositifs.apprentissage.norme import lire_norme
from jalon.dispositifs.lecture import (
    ecrire_contenu,
    lire_contenu,
    recapituler,
    relire_contenu,
    reponses_du_contenu,
    schema_json,
    verifier,
)
from tests.dispositifs.apprentissage.cas import REPRESENTANT, ne_le
from tests.dispositifs.apprentissage.contrats import contexte, contrat


def reponses(**changements: Any) -> dict[str, dict[str, Any]]:
    return lire_norme(contrat(**changements)).reponses


def trouvees(donnees: dict[str, dict[str, Any]]) -> set[str]:
    return {a.controle for a in verifier(CONTRAT_APPRENTISSAGE, donnees, contexte()).anomalies}


def test_le_document_se_relit_et_se_recopie() -> None:
    contenu, anomalies = lire_contenu(CONTRAT_APPRENTISSAGE, reponses())
    assert contenu is not None
    assert anomalies == []
    assert relire_contenu(CONTRAT_APPRENTISSAGE, ecrire_contenu(contenu)) == contenu
    assert lire_contenu(CONTRAT_APPRENTISSAGE, reponses_du_contenu(CONTRAT_APPRENTISSAGE, contenu)) == (contenu, [])


def test_le_secteur_et_le_type_d_employeur_s_accordent() -> None:
    donnees = reponses()
    donnees["employeur"]["valeurs"]["secteur"] = "public"
    assert trouvees(donnees) == {"employeur-secteur"}
    donnees = reponses(employeur__typeEmployeur=30, employeur__regimeSpecifique=True)
    assert trouvees(donnees) == set()
    donnees["employeur"]["valeurs"]["secteur"] = "prive"
    assert trouvees(donnees) == {"employeur-secteur"}


def test_la_minorite_se_dit_et_se_verifie() -> None:
    donnees = reponses(**ne_le("2008-08-25"), apprenti__responsableLegal=REPRESENTANT)
    assert "apprenti-representant" not in trouvees(donnees)
    donnees["apprenti"]["valeurs"]["mineur"] = "non"
    assert "apprenti-representant" in trouvees(donnees)
    donnees = reponses(**ne_le("2008-08-24"))
    assert not {"apprenti-mineur", "apprenti-representant"} & trouvees(donnees)
    donnees["apprenti"]["valeurs"]["mineur"] = "oui"
    assert "apprenti-mineur" in trouvees(donnees)


def test_les_rubriques_sont_dans_l_ordre_du_papier() -> None:
    titres = [section.fiche.titre for section in CONTRAT_APPRENTISSAGE.sections]
    assert titres == [
        "Le mode contractuel",
        "L’employeur",
        "L’apprenti(e)",
        "Le représentant légal",
        "Le maître d’apprentissage",
        "Le second maître d’apprentissage",
        "Le contrat",
        "La rémunération",
        "Le centre de formation (CFA)",
        "La formation",
        "Le lieu principal de formation",
        "Les signatures",
    ]


def test_le_nir_est_masque_partout_ou_il_se_montre() -> None:
    assert CONTRAT_APPRENTISSAGE.section("apprenti").case("nir").sensible
    contenu, _ = lire_contenu(CONTRAT_APPRENTISSAGE, reponses())
    assert contenu is not None
    assert "0774010" not in str(recapituler(CONTRAT_APPRENTISSAGE, contenu))


def test_le_schema_de_l_api_en_decoule() -> None:
    schema = schema_json(CONTRAT_APPRENTISSAGE)
    assert set(schema["properties"]) == {section.code for section in CONTRAT_APPRENTISSAGE.sections}
    assert schema["$defs"]["Apprenti"]["properties"]["nir"]["x-sensible"] is True
