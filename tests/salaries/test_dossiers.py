"""Between the directory and the requests: picked while typing, tied when sent, added when asked."""

from datetime import timedelta
from uuid import UUID

import pytest

from jalon.dispositifs.base import LIGNES
from jalon.dispositifs.lecture import section_de_la_personne, valeurs_de_la_personne
from jalon.dispositifs.registre import DISPOSITIFS
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions import (
    enregistrer_section,
    inscrire_salaries,
    reprendre_salaries,
    supprimer_brouillon,
    transmettre_dossier,
)
from jalon.dossiers.chiffrement import dechiffrer_valeurs
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import personnes_a_reprendre, reponses_de
from jalon.journal.models import Revelation
from jalon.salaries import coffre
from jalon.salaries.actions import declarer_depart
from jalon.salaries.branchements import parcours
from jalon.salaries.models import Inscription, Salarie
from jalon.salaries.requetes import dossiers_de
from jalon.socle.acteurs import Domaine, Niveau, Perimetre
from jalon.socle.erreurs import ConflitDeVersion, DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from jalon.socle.identifiants import masquer_nir
from tests.acteurs import FauxActeur, acteur_entreprise
from tests.dispositifs.exemples import ZOE as STAGIAIRE
from tests.dossiers import fabrique
from tests.dossiers.fabrique import AUTRE_SIREN, LE, SIREN, SIRET, brouillon, complet, relire, remplir
from tests.salaries.outils import LEO, LEO_NIR, ZOE, ZOE_NIR, ajouter, relu, tous
from tests.salaries.outils import aline as toute

pytestmark = pytest.mark.django_db
ALINE = acteur_entreprise(SIREN)


@pytest.fixture(autouse=True)
def _monde() -> None:
    fabrique.monde()


def inscrire(dossier: Dossier, *salaries: Salarie, section: str = "stagiaires", par: FauxActeur = ALINE) -> object:
    return inscrire_salaries(dossier_id=dossier.id, section=section, salaries=[s.id for s in salaries], par=par, maintenant=LE)


def claires(dossier: Dossier, section: str) -> dict[str, object]:
    lu = relire(dossier)
    return dechiffrer_valeurs(dispositif_de(lu.dispositif), lu.id, section, lu.reponses[section]["valeurs"])


def test_chaque_formulaire_sait_quelle_rubrique_nomme_la_personne() -> None:
    rubriques = {d.code: s.code for d in DISPOSITIFS.values() if (s := section_de_la_personne(d)) is not None}
    assert rubriques["action_formation"] == "stagiaires"
    assert rubriques["apprentissage"] == "apprenti"
    assert rubriques["professionnalisation"] == "salarie"
    stagiaires = section_de_la_personne(dispositif_de("action_formation"))
    assert stagiaires is not None
    valeurs = valeurs_de_la_personne(stagiaires, {**ZOE, "nature": "autre", "sexe": "F"})
    assert (valeurs["nom_naissance"], valeurs["type_contrat"], valeurs["sexe"]) == ("Exemple", "", "F")
    assert "heures" not in valeurs


def test_des_salaries_choisis_s_ajoutent_a_la_liste_leur_nir_reste_masque() -> None:
    zoe, leo, dossier = ajouter({**ZOE, "nature": "cdi"}), ajouter(LEO), brouillon()
    inscrire(dossier, zoe, leo)
    inscrire(dossier, zoe)
    lignes = claires(dossier, "stagiaires")[LIGNES]
    assert [(li["nom_naissance"], li["prenom"], li["nir"], li["type_contrat"]) for li in lignes] == [  # type: ignore[attr-defined]
        ("Exemple", "Zoé", ZOE_NIR, "cdi"), ("Étienne", "Léo", LEO_NIR, ""),
    ]  # fmt: skip
    assert ZOE_NIR not in str(relire(dossier).reponses)
    vues = reponses_de(relire(dossier), ALINE)["stagiaires"]["valeurs"][LIGNES]
    assert [li["nir"] for li in vues] == [masquer_nir(ZOE_NIR), masquer_nir(LEO_NIR)]
    assert Revelation.objects.tous("essai").filter(objet_id=str(zoe.id)).count() == 2
    assert dossiers_de(zoe) == [dossier.id]
    assert relu(zoe.id).dernier_usage == LE.date()


def test_le_masque_renvoye_garde_le_nir_et_reste_masque_meme_sous_un_autre_nom() -> None:
    zoe, dossier = ajouter(ZOE), brouillon()
    inscrire(dossier, zoe)
    (vue,) = reponses_de(relire(dossier), ALINE)["stagiaires"]["valeurs"][LIGNES]
    for nom in ("Exemple", "Exemplaire"):
        version = relire(dossier).reponses["stagiaires"]["version"]
        enregistrer_section(
            dossier_id=dossier.id, section="stagiaires", version=version, valeurs={LIGNES: [{**vue, "nom_naissance": nom}]},
            par=ALINE, maintenant=LE,
        )  # fmt: skip
        assert claires(dossier, "stagiaires")[LIGNES][0]["nir"] == ZOE_NIR  # type: ignore[index]
        assert ZOE_NIR not in str(reponses_de(relire(dossier), ALINE))
    with pytest.raises(ConflitDeVersion) as conflit:
        enregistrer_section(
            dossier_id=dossier.id, section="stagiaires", version=1, valeurs={LIGNES: []}, par=ALINE, maintenant=LE
        )
    assert ZOE_NIR not in str(conflit.value.en_base)


def test_un_nir_tape_reste_lisible_a_cote_d_un_nir_repris() -> None:
    zoe, dossier = ajouter(ZOE), brouillon()
    inscrire(dossier, zoe)
    (vue,) = reponses_de(relire(dossier), ALINE)["stagiaires"]["valeurs"][LIGNES]
    enregistrer_section(
        dossier_id=dossier.id, section="stagiaires", version=1, par=ALINE, maintenant=LE,
        valeurs={LIGNES: [vue, {**STAGIAIRE, "nir": LEO_NIR}]},
    )  # fmt: skip
    assert [li["nir"] for li in reponses_de(relire(dossier), ALINE)["stagiaires"]["valeurs"][LIGNES]] == [
        masquer_nir(ZOE_NIR), LEO_NIR,
    ]  # fmt: skip


def test_un_contrat_ne_nomme_qu_une_personne_dont_l_identite_est_remplacee() -> None:
    zoe, leo = ajouter({**ZOE, "courriel": "zoe@exemple.fr"}), ajouter({**LEO, "nir": ""})
    dossier = brouillon(dispositif="apprentissage")
    enregistrer_section(
        dossier_id=dossier.id,
        section="apprenti",
        version=0,
        valeurs={"nom": "Ancien", "commune": "Annecy"},
        par=ALINE,
        maintenant=LE,
    )
    with pytest.raises(SaisieRefusee, match="une seule"):
        inscrire(dossier, zoe, leo, section="apprenti")
    inscrire(dossier, zoe, section="apprenti")
    valeurs = claires(dossier, "apprenti")
    assert [valeurs[n] for n in ("nom", "prenom", "nir", "sexe", "courriel", "commune")] == [
        "Exemple", "Zoé", ZOE_NIR, "F", "zoe@exemple.fr", "Annecy",
    ]  # fmt: skip
    assert reponses_de(relire(dossier), ALINE)["apprenti"]["valeurs"]["nir"] == masquer_nir(ZOE_NIR)
    inscrire(dossier, leo, section="apprenti")
    valeurs = claires(dossier, "apprenti")
    assert [valeurs[n] for n in ("nom", "nir", "courriel")] == ["Étienne", "", ""]


def test_choisir_demande_le_droit_de_saisir_le_dossier_et_de_lire_le_salarie() -> None:
    zoe, dossier = ajouter(ZOE), brouillon()
    ailleurs = ajouter(LEO, toute(siren=AUTRE_SIREN), siren=AUTRE_SIREN)
    sans_salaries = acteur_entreprise(SIREN, domaines=[Domaine.PLAN])
    sans_saisie = acteur_entreprise(SIREN, Niveau.LECTURE)
    for par, salarie, erreur in (
        (sans_salaries, zoe, Introuvable),
        (sans_saisie, zoe, DroitManquant),
        (ALINE, ailleurs, Introuvable),
        (acteur_entreprise(AUTRE_SIREN), zoe, Introuvable),
    ):
        with pytest.raises(erreur):
            inscrire(dossier, salarie, par=par)
    with pytest.raises(SaisieRefusee, match="au moins une"):
        inscrire(dossier)
    for section in ("action", "absente"):
        with pytest.raises(Introuvable):
            inscrire(dossier, zoe, section=section)
    assert "stagiaires" not in relire(dossier).reponses
    assert not Inscription.objects.exists()


def test_une_personne_vue_ailleurs_n_entre_pas_dans_le_dossier_d_une_autre_entreprise() -> None:
    ailleurs = ajouter(LEO, toute(siren=AUTRE_SIREN), siren=AUTRE_SIREN)
    double = FauxActeur({d: (Niveau.GESTION, Perimetre(sirens=frozenset({SIREN, AUTRE_SIREN}))) for d in Domaine})
    with pytest.raises(Introuvable):
        inscrire(brouillon(), ailleurs, par=double)


def test_un_dossier_transmis_ne_change_plus_et_se_rattache_a_qui_il_nomme() -> None:
    zoe = ajouter(
        {"nom": STAGIAIRE["nom_naissance"], "prenom": STAGIAIRE["prenom"], "date_naissance": STAGIAIRE["date_naissance"]}
    )
    leo = ajouter(LEO)
    dossier = brouillon()
    inscrire(dossier, leo)
    remplir(dossier)
    assert dossiers_de(leo) == [dossier.id]
    transmettre_dossier(dossier_id=dossier.id, par=ALINE, maintenant=LE)
    assert (dossiers_de(zoe), dossiers_de(leo)) == ([dossier.id], [])
    with pytest.raises(TransitionImpossible):
        inscrire(dossier, leo)
    (etape,) = parcours(acteur_entreprise(SIREN, Niveau.LECTURE), dossiers_de(zoe))
    assert (etape.dossier_id, etape.numero) == (dossier.id, relire(dossier).numero)
    assert parcours(acteur_entreprise(AUTRE_SIREN), dossiers_de(zoe)) == []
    assert len(tous()) == 2


def test_un_brouillon_supprime_ne_nomme_plus_personne() -> None:
    zoe, dossier = ajouter(ZOE), brouillon()
    inscrire(dossier, zoe)
    supprimer_brouillon(dossier_id=dossier.id, par=ALINE, maintenant=LE)
    assert dossiers_de(zoe) == []


def envoye(**changements: object) -> UUID:
    return transmettre_dossier(dossier_id=complet(**changements).id, par=ALINE, maintenant=LE).id


def test_les_personnes_d_un_dossier_s_ajoutent_quand_on_les_coche() -> None:
    lignes = [{**STAGIAIRE, "nir": ZOE_NIR}, {**STAGIAIRE, "nom_naissance": "Autre", "prenom": "Ana", "nir": ""}]
    dossier = relire(Dossier(pk=envoye(stagiaires__lignes=lignes)))
    assert tous() == []
    assert [(p.rang, p.absente, p.fiche.nir) for p in personnes_a_reprendre(dossier, ALINE)] == [(0, True, ""), (1, True, "")]
    sans = acteur_entreprise(SIREN, domaines=[Domaine.PLAN])
    with pytest.raises(DroitManquant):
        reprendre_salaries(dossier_id=dossier.id, rangs=[0], par=sans, maintenant=LE)
    for rangs in ([], [7]):
        with pytest.raises(SaisieRefusee):
            reprendre_salaries(dossier_id=dossier.id, rangs=rangs, par=ALINE, maintenant=LE)
    assert reprendre_salaries(dossier_id=dossier.id, rangs=[0, 0], par=ALINE, maintenant=LE) == 1
    (zoe,) = tous()
    assert (zoe.source, zoe.siret, coffre.nir_en_clair(zoe), dossiers_de(zoe)) == ("dossier", SIRET, ZOE_NIR, [dossier.id])
    assert [p.absente for p in personnes_a_reprendre(dossier, ALINE)] == [False, True]
    assert reprendre_salaries(dossier_id=dossier.id, rangs=[0, 1], par=ALINE, maintenant=LE) == 1
    assert reprendre_salaries(dossier_id=dossier.id, rangs=[0, 1], par=ALINE, maintenant=LE) == 0
    assert len(tous()) == 2


def test_qui_est_parti_n_est_plus_propose_mais_reste_nomme() -> None:
    zoe = ajouter(ZOE)
    declarer_depart(salarie_id=zoe.id, jour=(LE - timedelta(days=1)).date(), par=ALINE, maintenant=LE)
    inscrire(brouillon(), relu(zoe.id))
    assert len(dossiers_de(zoe)) == 1
