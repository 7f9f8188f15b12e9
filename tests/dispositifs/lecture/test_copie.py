"""What a copy takes: the rubriques chosen, never a date but a birth, protected boxes if asked."""

from jalon.dispositifs.action_formation import ACTION_FORMATION as AF
from jalon.dispositifs.base import LIGNES
from jalon.dispositifs.lecture import copier, rubriques_a_copier
from jalon.dispositifs.registre import DISPOSITIFS
from tests.dispositifs.exemples import ZOE, reponses

NIR = "295071234567869"


def test_les_rubriques_choisies_sans_les_dates() -> None:
    copie = copier(AF, reponses(stagiaires=[{**ZOE, "nir": NIR}]), {"action", "stagiaires", "inconnue"}, sensibles=True)
    assert set(copie) == {"action", "stagiaires"}
    assert copie["action"]["intitule"] == "Hygiène alimentaire"
    assert not {"date_debut", "date_fin"} & set(copie["action"])
    (ligne,) = copie["stagiaires"][LIGNES]
    assert (ligne["date_naissance"], ligne["nir"]) == ("15/07/1995", NIR)


def test_les_donnees_protegees_ne_se_copient_que_pour_qui_les_lit() -> None:
    copie = copier(AF, reponses(stagiaires=[{**ZOE, "nir": NIR}]), {"stagiaires"}, sensibles=False)
    assert NIR not in str(copie)


def test_aucun_dispositif_ne_laisse_passer_une_date() -> None:
    for dispositif in DISPOSITIFS.values():
        sections = dispositif.sections
        pleines = {
            s.code: {
                "valeurs": {LIGNES: [dict.fromkeys((c.nom for c in s.cases), "x")]}
                if s.fiche.repetee
                else dict.fromkeys((c.nom for c in s.cases), "x")
            }
            for s in sections
        }
        for code, valeurs in copier(dispositif, pleines, {s.code for s in sections}, sensibles=False).items():
            (ligne,) = valeurs.get(LIGNES, [valeurs])
            for nom in ligne:
                case = dispositif.section(code).case(nom)
                assert case.genre != "date" or "naissance" in nom, (dispositif.code, code, nom)
                assert not case.sensible


def test_une_rubrique_vide_ne_se_propose_pas() -> None:
    donnees = reponses()
    donnees["couts"]["valeurs"] = dict.fromkeys(donnees["couts"]["valeurs"], "")
    donnees["stagiaires"]["valeurs"] = {LIGNES: []}
    assert [s.code for s in rubriques_a_copier(AF, donnees)] == ["entreprise", "organisme", "action"]
