"""How a record is read, whom a line speaks of, how a table is read."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jalon.salaries import tableau
from jalon.salaries.enums import Sort
from jalon.salaries.regles.fiches import CHAMPS, changements, completer, ecrire_fiche, lire_fiche, textes_de
from jalon.salaries.regles.rapprochement import AILLEURS, HORS_DES_DROITS, Annuaire, Connu, Lue, rapprocher
from jalon.salaries.tableau import lire_fichier, proposer_colonnes, textes_de_la_ligne
from jalon.socle.erreurs import SaisieRefusee, SaisiesRefusees
from jalon.socle.identifiants import nouvel_id
from jalon.socle.texte import normaliser
from tests.salaries.outils import JOUR, LEO, SIREN, SIRET, ZOE, ZOE_NIR, classeur, csv, dsn, nir

FICHE = lire_fiche(ZOE, SIREN, JOUR)


@pytest.mark.parametrize(
    ("champ", "texte", "valeur"),
    [
        ("date_naissance", "15/7/95", date(1995, 7, 15)),
        ("date_naissance", "1995-07-15", date(1995, 7, 15)),
        ("sexe", "Féminin", "F"), ("sexe", "01", "M"), ("sexe", "Mme", "F"),
        ("nir", "2 95 07 75 111 222", ZOE_NIR), ("nir", ZOE_NIR, ZOE_NIR),
        ("pcs", "684A", "684a"), ("idcc", "16", "0016"), ("nature", "Contrat à durée indéterminée", "cdi"),
        ("nature", "INTERIM", "interim"), ("courriel", " Zoe@Exemple.FR ", "zoe@exemple.fr"), ("siret", "130 025 265 00013", SIRET),
    ],
)  # fmt: skip
def test_une_case_repare_ce_qu_elle_peut(champ: str, texte: str, valeur: object) -> None:
    assert getattr(lire_fiche({**ZOE, champ: texte}, SIREN, JOUR), champ) == valeur


@pytest.mark.parametrize(
    ("textes", "champ", "phrase"),
    [
        ({"nom": ""}, "nom", "Indiquez le nom de naissance"),
        ({"nom": "Exempl3"}, "nom", "sans chiffre"),
        ({"nom": "x" * 81}, "nom", "80 caractères au plus"),
        ({"prenom": " "}, "prenom", "Indiquez le prénom"),
        ({"date_naissance": ""}, "date_naissance", "Indiquez la date de naissance"),
        ({"date_naissance": "99/99/1995"}, "date_naissance", "calendrier"),
        ({"date_naissance": "17/11/2012"}, "date_naissance", "moins de 14"),
        ({"nir": ZOE_NIR[:13] + "99"}, "nir", "clé de ce NIR"),
        ({"nir": "12345"}, "nir", "15 caractères"),
        ({"sexe": "x"}, "sexe", "F (femme) ou M (homme)"),
        ({"pcs": "abc"}, "pcs", "684a"),
        ({"siret": "12345678200010"}, "siret", "établissement de cette entreprise"),
        ({"siret": "123"}, "siret", "14 chiffres"),
        ({"quotite": "35"}, "quotite_unite", "par semaine ou par mois"),
        ({"entree": "02/01/2026", "sortie": "01/01/2026"}, "sortie", "précéder l’entrée"),
        ({"courriel": "zoe"}, "courriel", "adresse complète"),
        ({"idcc": "abcd"}, "idcc", "4 chiffres"),
        ({"nature": "stage"}, "nature", "CDI, CDD"),
    ],
)  # fmt: skip
def test_une_case_qui_ne_se_lit_pas_dit_comment_la_reparer(textes: dict[str, str], champ: str, phrase: str) -> None:
    with pytest.raises(SaisiesRefusees) as refus:
        lire_fiche({**ZOE, **textes}, SIREN, JOUR)
    assert phrase in refus.value.champs[champ]
    assert ZOE_NIR not in str(refus.value.champs)


def test_quatorze_ans_le_jour_meme_suffisent() -> None:
    assert lire_fiche({**ZOE, "date_naissance": "16/11/2012"}, SIREN, JOUR).date_naissance == date(2012, 11, 16)


def test_le_nir_dit_le_sexe_quand_rien_ne_le_dit() -> None:
    assert FICHE.sexe == "F"
    assert lire_fiche({**ZOE, "nir": nir("7950775111222")}, SIREN, JOUR).sexe == "M"
    assert lire_fiche({**ZOE, "sexe": "M"}, SIREN, JOUR).sexe == "M"


def test_une_fiche_s_ecrit_comme_elle_se_lit_et_jamais_son_nir() -> None:
    fiche = lire_fiche({**ZOE, "quotite": "151,67", "quotite_unite": "mois", "entree": "01/03/2024"}, SIREN, JOUR)
    assert lire_fiche(textes_de(fiche), SIREN, JOUR) == fiche
    assert "nir" not in ecrire_fiche(fiche)
    assert fiche.quotite == Decimal("151.67")


def test_une_cellule_vide_n_efface_rien_et_un_changement_ne_dit_pas_le_nir() -> None:
    connue = replace(FICHE, emploi="Serveuse", matricule="12", nir="")
    apres = completer(connue, replace(FICHE, emploi="Cheffe de rang"))
    assert (apres.matricule, apres.emploi) == ("12", "Cheffe de rang")
    assert [(c.libelle, c.avant, c.apres) for c in changements(connue, apres)] == [("Emploi", "Serveuse", "Cheffe de rang")]


def connu(empreinte: str = "", visible: bool = True, **autres: object) -> Connu:
    return Connu(nouvel_id(), replace(FICHE, nir="", **autres), empreinte, visible)  # type: ignore[arg-type]


def sort(connus: list[Connu], empreinte: str = "", choix: str = "", permise: bool = True, **autres: object) -> object:
    lue = Lue(2, replace(FICHE, **autres), empreinte, permise)  # type: ignore[arg-type]
    return rapprocher(Annuaire.de(connus), [lue], {"2": choix})[0]


@pytest.mark.parametrize(
    ("present", "lue", "attendu"),
    [
        ([], {}, Sort.NOUVEAU),
        ([connu("a")], {"empreinte": "a"}, Sort.IDENTIQUE),
        ([connu("a", nom="Autrement")], {"empreinte": "a"}, Sort.MODIFIE),
        ([connu()], {}, Sort.IDENTIQUE),
        ([connu("a")], {}, Sort.IDENTIQUE),
        ([connu()], {"empreinte": "a"}, Sort.MODIFIE),
        ([connu(nom="EXÊMPLE", prenom="zoe marie")], {}, Sort.MODIFIE),
        ([connu("a")], {"empreinte": "b"}, Sort.NOUVEAU),
        ([connu(), connu()], {}, Sort.DOUBLON),
        ([connu(nom="Mariée")], {}, Sort.DOUBLON),
        ([connu(prenom="Zoey", matricule="7")], {"matricule": "7"}, Sort.DOUBLON),
        ([connu(prenom="Zoey", matricule="7", date_naissance=date(1990, 1, 1))], {"matricule": "7"}, Sort.NOUVEAU),
        ([connu(nom="Mariée")], {"choix": "nouveau"}, Sort.NOUVEAU),
        ([connu(nom="Mariée")], {"choix": "ignorer"}, Sort.IGNORE),
        ([connu(nom="Mariée")], {"choix": str(nouvel_id())}, Sort.DOUBLON),
        ([connu("a", visible=False)], {"empreinte": "a"}, Sort.REFUSE),
        ([connu(nom="Mariée", visible=False)], {}, Sort.REFUSE),
        ([], {"permise": False}, Sort.REFUSE),
        ([connu("a")], {"empreinte": "a", "permise": False}, Sort.IDENTIQUE),
        ([connu("a")], {"empreinte": "a", "permise": False, "siret": SIRET}, Sort.REFUSE),
    ],
)  # fmt: skip
def test_de_qui_parle_une_ligne(present: list[Connu], lue: dict[str, object], attendu: Sort) -> None:
    ligne = sort(present, **lue)  # type: ignore[arg-type]
    assert ligne.sort == attendu  # type: ignore[attr-defined]
    if attendu == Sort.REFUSE:
        assert ligne.raison in {AILLEURS, HORS_DES_DROITS}  # type: ignore[attr-defined]


def test_un_doublon_reconnu_est_modifie() -> None:
    mariee = connu(nom="Mariée")
    ligne = sort([mariee], choix=str(mariee.id))
    assert (ligne.sort, ligne.cible) == (Sort.MODIFIE, mariee.id)  # type: ignore[attr-defined]


def test_la_meme_personne_deux_fois_dans_le_fichier_n_est_ecrite_qu_une() -> None:
    lues = [Lue(2, FICHE, "a"), Lue(3, replace(FICHE, emploi="Autre"), "a"), Lue(4, FICHE, "b")]
    sorts = [(li.sort, li.raison) for li in rapprocher(Annuaire.de([]), lues, {})]
    assert [s for s, _ in sorts] == [Sort.NOUVEAU, Sort.REFUSE, Sort.NOUVEAU]
    assert "déjà à la ligne 2" in sorts[1][1]


def test_les_colonnes_se_reconnaissent_a_leur_nom() -> None:
    entetes = ["N° de Sécurité Sociale", "NOM", "Prénom", "Né(e) le", "Poste", "Date d'entrée", "Inconnue", "nom"]
    assert proposer_colonnes(entetes) == {"nir": 0, "nom": 1, "prenom": 2, "date_naissance": 3, "emploi": 4, "entree": 5}
    assert proposer_colonnes([c.libelle for c in CHAMPS.values()]) == {code: rang for rang, code in enumerate(CHAMPS)}
    assert all(normaliser(e) == e for c in CHAMPS.values() for e in c.entetes)


def test_un_classeur_et_un_csv_disent_la_meme_chose() -> None:
    excel = lire_fichier(
        classeur(["nom", "prenom", "date_naissance", "nir"], ["Exemple", "Zoé", "15/07/1995", int(ZOE_NIR)]), SIREN
    )
    texte = lire_fichier(csv({**ZOE}), SIREN)
    assert [textes_de_la_ligne(c, excel.colonnes) for _, c in excel.lignes] == [ZOE]
    assert [textes_de_la_ligne(c, texte.colonnes) for _, c in texte.lignes] == [ZOE]
    assert texte.lignes[0][0] == 2
    latin = lire_fichier(csv(LEO).decode().encode("cp1252"), SIREN)
    assert textes_de_la_ligne(latin.lignes[0][1], latin.colonnes)["nom"] == "Étienne"


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (b"", "vide"), (b"\n\n", "vide"), (b"nom;prenom", "Ajoutez une ligne"), (b"\xd0\xcf\x11\xe0reste", ".xls"),
        (b"PK\x03\x04reste", "ne s’ouvre pas"), (b"nom\x00\x01", "ni un classeur"),
        (b"nom\n" + b"a\n" * 20_001, "20000 salariés au plus"),
        (dsn(siren="123456782"), "Cette DSN est celle du SIREN"),
    ],
)  # fmt: skip
def test_un_fichier_qui_ne_se_lit_pas_dit_pourquoi(octets: bytes, phrase: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        lire_fichier(octets, SIREN)
    assert phrase in refus.value.message
    assert refus.value.champ == "fichier"


def test_un_classeur_qui_cache_un_geant_est_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    petit = classeur(["nom", "prenom"], ["Exemple", "Zoé"])
    for borne in ("DEPLIE_AU_PLUS", "CELLULES_DU_CLASSEUR"):
        with monkeypatch.context() as rustine:
            rustine.setattr(tableau, borne, 3)
            with pytest.raises(SaisieRefusee, match="trop grand"):
                lire_fichier(petit, SIREN)
