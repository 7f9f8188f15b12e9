"""The form to be signed: laid out in rows, accessible, the same at each printing, whatever was typed in it."""

import io
import re
from dataclasses import replace
from datetime import date

import pikepdf
import pypdfium2
import pytest

from jalon.editions.composition import composer_formulaire, nombre_de_pages
from jalon.editions.documents import Tableau
from jalon.editions.formulaire import (
    COLONNES,
    CasePapier,
    FormulairePapier,
    Marque,
    RubriquePapier,
    SignaturePapier,
    ranger,
)
from tests.editions.test_composition import EMETTEUR, HOSTILES, pages, texte

LE = date(2026, 11, 28)
RESERVE = (("Nom de l’organisme", ""), ("Date de la décision", ""))


def papier(**champs: object) -> FormulairePapier:
    base = FormulairePapier(
        emetteur=EMETTEUR,
        intitule="Contrat d’apprentissage",
        formulaire="CERFA 10103*14",
        reference="brouillon 0A1B2C3D",
        rubriques=(
            RubriquePapier(
                "L’employeur",
                (
                    CasePapier("Dénomination", "Hôtel du Lac"),
                    CasePapier("Complément", marque=Marque.FACULTATIVE),
                    CasePapier("Commune", marque=Marque.A_REMPLIR),
                    CasePapier("SIRET", "12345", Marque.A_CORRIGER),
                    CasePapier("Logement", marque=Marque.FACULTATIVE, unite="€ par mois"),
                    CasePapier("Handicap", marque=Marque.A_REMPLIR, options=("Oui", "Non")),
                    CasePapier("Date d’effet", marque=Marque.SANS_OBJET),
                ),
            ),
            RubriquePapier("La rémunération", tableau=Tableau(("Du", "Au"), (("01/09/2026", "31/08/2027"), ("", "")))),
        ),
        signatures=(SignaturePapier("L’employeur", "Hôtel du Lac", "Signature"),),
        reserve=RESERVE,
    )
    return replace(base, **champs)  # type: ignore[arg-type]


def composer(**champs: object) -> bytes:
    return composer_formulaire(papier(**champs), date_document=LE)


def une_case(reponse: str, libelle: str = "Case") -> tuple[RubriquePapier, ...]:
    return (RubriquePapier("Rubrique", (CasePapier(libelle, reponse),)),)


def test_le_pdf_est_accessible_et_ses_tableaux_ont_des_entetes() -> None:
    with pikepdf.open(io.BytesIO(composer())) as document:
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang).lower().startswith("fr")
        with document.open_metadata() as metadonnees:
            assert metadonnees["pdfuaid:part"] == "1"
            assert metadonnees["dc:title"] == "Contrat d’apprentissage, CERFA 10103*14, brouillon 0A1B2C3D"
        genres = [str(o.get("/S")) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o]
    assert genres.count("/H1") == 1
    assert genres.count("/H2") == 4
    assert genres.count("/H3") == 1
    assert (genres.count("/Table"), genres.count("/TH"), genres.count("/TD")) == (1, 2, 4)


def test_la_meme_entree_donne_les_memes_octets() -> None:
    assert composer() == composer()
    assert composer() != composer(reference="brouillon 0A1B2C3E")


def test_chaque_case_parait_dans_l_ordre_avec_sa_reponse() -> None:
    lu = texte(composer())
    reperes = [
        "Contrat d’apprentissage", "CERFA 10103*14", "L’employeur", "Dénomination Hôtel du Lac", "Complément", "Commune",
        "SIRET (à corriger) 12345", "Logement € par mois", "Handicap Oui Non", "Date d’effet Sans objet", "La rémunération",
        "Du Au 01/09/2026 31/08/2027", "Signataires", "Le Signature", "Cadre réservé à l’OPCO", "Nom de l’organisme",
        "Date de la décision",
    ]  # fmt: skip
    places = []
    for repere in reperes:
        places.append(lu.index(repere, places[-1] if places else 0))
    assert places == sorted(places)
    assert "CERFA 10103*14 · brouillon 0A1B2C3D · OPCO Exemple" in lu
    assert "Page 1 sur 1" in lu


def test_un_projet_le_dit_sur_chaque_page() -> None:
    longue = tuple(RubriquePapier(f"Rubrique {i}", (CasePapier("Case", "Réponse"),)) for i in range(60))
    assert "Projet" not in texte(composer(rubriques=longue))
    lues = pages(composer(rubriques=longue, projet="12 cases restent à remplir."))
    assert len(lues) > 2
    assert all("Projet, à compléter" in page for page in lues)
    assert "Projet, à compléter. 12 cases restent à remplir." in re.sub(r"\s+", " ", lues[0])


def test_une_note_et_un_cadre_rempli_s_impriment() -> None:
    lu = texte(composer(note="Exemplaire de relecture", reserve=(("Date de la décision", "28/11/2026"),), signatures=()))
    assert "Exemplaire de relecture" in lu
    assert "Date de la décision 28/11/2026" in lu
    assert "Signataires" not in lu
    assert "Cadre réservé" not in texte(composer(reserve=()))


@pytest.mark.parametrize("hostile", HOSTILES)
def test_un_texte_hostile_est_imprime_jamais_execute(hostile: str) -> None:
    attendu = re.sub(r"\s+", " ", hostile)
    lu = texte(
        composer(
            intitule=hostile, formulaire=hostile, projet=hostile, note=hostile,
            rubriques=(
                RubriquePapier(hostile, (CasePapier(hostile, hostile), CasePapier("x", options=(hostile,), unite=hostile))),
                RubriquePapier("Lignes", tableau=Tableau((hostile,), ((hostile,),))),
            ),
            signatures=(SignaturePapier(hostile, hostile, hostile, hostile),),
            reserve=((hostile, hostile),),
        )
    )  # fmt: skip
    assert lu.count(attendu) >= 16


@pytest.mark.parametrize("reponse", ["W" * 200, "x" * 4000, "mot " * 300, "@" * 199 + "a"])
def test_une_reponse_demesuree_reste_dans_la_page(reponse: str) -> None:
    pdf = composer(rubriques=une_case(reponse))
    assert re.sub(r"\s|\u200b", "", reponse) in re.sub(r"\s|\u200b", "", texte(pdf))
    assert debordement(pdf) <= 0


def debordement(pdf: bytes) -> float:
    """How far the text of a document goes beyond its right margin, in points."""
    marge, trop = 15 / 25.4 * 72, -1000.0
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        lu = page.get_textpage()
        bords = [lu.get_charbox(rang)[2] for rang in range(lu.count_chars()) if lu.get_text_range(rang, 1).strip()]
        trop = max(trop, *(bord - (page.get_width() - marge) for bord in bords))
    document.close()
    return trop


def test_un_mot_court_ne_deborde_pas_de_sa_case() -> None:
    for reponse in ("zoe@exemple.fr", "MMMMMMMMMMMM", "WWWWWWWW@WWWWW.COM", "1" * 38):
        assert debordement(composer(rubriques=une_case(reponse))) <= 0


@pytest.mark.parametrize("nombre", [1, 2, 3, 4, 5])
def test_les_signatures_tiennent_ensemble(nombre: int) -> None:
    signatures = tuple(SignaturePapier(f"Personne {i}", "Nom", "Signature") for i in range(nombre))
    lu = texte(composer(signatures=signatures))
    assert [lu.index(f"Personne {i}") for i in range(nombre)] == sorted(lu.index(f"Personne {i}") for i in range(nombre))
    assert nombre_de_pages(composer(signatures=signatures)) == 1


def test_les_cases_se_rangent_par_lignes_entieres_dans_l_ordre() -> None:
    cases = [CasePapier(f"Case {i}", "mot" * (i % 7), nouvelle=i % 5 == 0, elastique=i % 2 == 0) for i in range(40)]
    rangees = ranger(cases)
    assert [case for rangee in rangees for case, _ in rangee] == cases
    assert {sum(largeur for _, largeur in rangee) for rangee in rangees} == {COLONNES}
    assert all(rang == 0 or not case.nouvelle for rangee in rangees for rang, (case, _) in enumerate(rangee))
    assert all(largeur >= case.largeur for rangee in rangees for case, largeur in rangee)
    assert ranger([]) == []


def test_ce_qui_reste_va_aux_cases_qui_s_etirent() -> None:
    numero = CasePapier("Numéro", "12", elastique=False)
    voie = CasePapier("Voie", "rue des Alpes")
    assert [largeur for _, largeur in ranger([numero, voie])[0]] == [2, 10]
    assert [largeur for _, largeur in ranger([numero])[0]] == [12]


@pytest.mark.parametrize(
    ("case", "largeur"),
    [
        (CasePapier("Numéro", "12"), 2),
        (CasePapier("Complément", marque=Marque.SANS_OBJET), 2),
        (CasePapier("Voie", marque=Marque.FACULTATIVE, place=18), 3),
        (CasePapier("Voie", marque=Marque.A_REMPLIR, place=18), 4),
        (CasePapier("Courriel", "w" * 300), 12),
    ],
)
def test_une_case_prend_la_place_de_sa_reponse(case: CasePapier, largeur: int) -> None:
    assert case.largeur == largeur
