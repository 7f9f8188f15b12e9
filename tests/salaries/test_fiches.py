"""Records, one at a time: added, changed, gone, deleted, joined, their NIR shown."""

from datetime import date, timedelta

import pytest

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.journal.models import Evenement, Revelation
from jalon.salaries import coffre
from jalon.salaries.actions import (
    declarer_depart,
    fusionner_salaries,
    inscrire,
    modifier_salarie,
    reveler_nir,
    supprimer_salarie,
)
from jalon.salaries.actions.fiches import DoublonProbable
from jalon.salaries.colonnes import COLONNES, SALARIES
from jalon.salaries.models import Inscription, Salarie
from jalon.salaries.regles.fiches import ecrire_fiche
from jalon.salaries.requetes import chercher, compter, doublons_de, liste_salaries, salarie_accessible, toutes_les_lignes
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.chiffre import ValeurIllisible
from jalon.socle.erreurs import (
    DroitManquant,
    Introuvable,
    SaisieRefusee,
    SaisiesRefusees,
    SecondFacteurRequis,
    TransitionImpossible,
)
from jalon.socle.identifiants import nouvel_id
from tests.acteurs import FauxActeur, acteur_opco
from tests.dossiers.fabrique import PORTEFEUILLE
from tests.habilitations import fabrique as acces
from tests.salaries.outils import (
    AUTRE_SIREN,
    JOUR,
    LEO,
    MAINTENANT,
    SIREN,
    SIRET,
    SIRET_2,
    ZOE,
    ZOE_NIR,
    ajouter,
    aline,
    bruno,
    relu,
    tous,
)

pytestmark = pytest.mark.django_db
LECTRICE = aline(Niveau.LECTURE)
SAISIE = aline(Niveau.SAISIE)


def changer(salarie: Salarie, par: FauxActeur = SAISIE, version: int | None = None, **textes: str) -> Salarie:
    vus = {**ecrire_fiche(relu(salarie.id).fiche), **textes}
    numero = salarie.version if version is None else version
    return modifier_salarie(salarie_id=salarie.id, version=numero, textes=vus, par=par, maintenant=MAINTENANT)


def test_une_personne_ajoutee_est_chiffree_et_le_journal_ne_la_nomme_pas() -> None:
    zoe = relu(ajouter(ZOE, SAISIE).id)
    assert (zoe.nom_complet, zoe.date_naissance, zoe.sexe, zoe.source, zoe.dernier_usage) == (
        "Zoé Exemple", date(1995, 7, 15), "F", "main", JOUR,
    )  # fmt: skip
    assert ZOE_NIR not in str(vars(zoe))
    assert coffre.nir_en_clair(zoe) == ZOE_NIR
    evenement = Evenement.objects.tous("essai").get(code="salaries.ajout")
    assert (evenement.siren, evenement.objet_id, evenement.details) == (SIREN, str(zoe.id), {})


def test_le_nir_d_une_entreprise_ne_se_rapproche_pas_de_celui_d_une_autre() -> None:
    ici, ailleurs = ajouter(ZOE), ajouter(ZOE, aline(siren=AUTRE_SIREN), siren=AUTRE_SIREN)
    assert ici.nir_empreinte != ailleurs.nir_empreinte
    ailleurs.nir_chiffre = ici.nir_chiffre
    with pytest.raises(ValeurIllisible):
        coffre.nir_en_clair(ailleurs)


@pytest.mark.parametrize(
    ("par", "textes"),
    [(LECTRICE, {}), (FauxActeur(), {}), (bruno(), {}), (bruno(), {"siret": SIRET_2}), (aline(siren=AUTRE_SIREN), {})],
)
def test_n_ajoute_que_qui_saisit_la_ou_elle_travaille(par: FauxActeur, textes: dict[str, str]) -> None:
    with pytest.raises(DroitManquant):
        ajouter({**ZOE, **textes}, par)
    assert tous() == []
    assert ajouter({**ZOE, "siret": SIRET}, bruno()).siret == SIRET


def test_une_ressemblance_se_confirme_et_un_nir_deja_la_se_refuse() -> None:
    zoe = ajouter({**ZOE, "siret": SIRET_2})
    with pytest.raises(SaisieRefusee, match="Ce NIR est déjà celui de Zoé Exemple") as refus:
        ajouter({**LEO, "nir": ZOE_NIR})
    assert refus.value.champ == "nir"
    with pytest.raises(SaisieRefusee, match="autre établissement"):
        ajouter({**LEO, "nir": ZOE_NIR, "siret": SIRET}, bruno())
    sans = {**ZOE, "nir": "", "nom": "Mariée"}
    with pytest.raises(DoublonProbable) as doublon:
        ajouter(sans)
    assert [c.id for c in doublon.value.candidats] == [zoe.id]
    assert doublon.value.champ == "autre"
    ajouter(sans, autre=True)
    ajouter({**sans, "nom": "Autrement", "siret": SIRET}, bruno(), autre=False)
    assert len(tous()) == 3


def test_une_fiche_se_modifie_sans_redire_son_nir() -> None:
    zoe = ajouter(ZOE)
    apres = changer(zoe, emploi="Serveuse", nir="")
    assert (relu(zoe.id).emploi, apres.version, coffre.nir_en_clair(relu(zoe.id))) == ("Serveuse", 2, ZOE_NIR)
    assert Evenement.objects.tous("essai").get(code="salaries.modification").details == {"champs": "Emploi"}
    assert changer(apres).version == 2
    with pytest.raises(TransitionImpossible, match="a changé pendant"):
        changer(zoe, version=1, emploi="Autre")
    leo = ajouter(LEO)
    with pytest.raises(SaisieRefusee, match="déjà celui de Zoé"):
        changer(leo, nir=ZOE_NIR)
    with pytest.raises(SaisiesRefusees):
        changer(leo, nom="")
    with pytest.raises(DroitManquant):
        changer(leo, LECTRICE, emploi="Autre")
    with pytest.raises(Introuvable):
        changer(leo, bruno(), emploi="Autre")
    ici = ajouter({**ZOE, "nir": "", "nom": "Autre", "prenom": "Ana", "siret": SIRET})
    with pytest.raises(DroitManquant):
        changer(ici, bruno(), siret=SIRET_2)
    assert changer(ici, bruno(), emploi="Chef").emploi == "Chef"


def test_un_depart_ne_precede_pas_l_entree() -> None:
    zoe = ajouter({**ZOE, "entree": "01/09/2026"})
    with pytest.raises(SaisieRefusee, match="01/09/2026"):
        declarer_depart(salarie_id=zoe.id, jour=date(2026, 8, 31), par=SAISIE, maintenant=MAINTENANT)
    declarer_depart(salarie_id=zoe.id, jour=date(2026, 9, 1), par=SAISIE, maintenant=MAINTENANT)
    assert relu(zoe.id).sortie == date(2026, 9, 1)
    with pytest.raises(DroitManquant):
        declarer_depart(salarie_id=zoe.id, jour=JOUR, par=LECTRICE, maintenant=MAINTENANT)
    with pytest.raises(Introuvable):
        declarer_depart(salarie_id=nouvel_id(), jour=JOUR, par=SAISIE, maintenant=MAINTENANT)


def test_une_fiche_qu_un_dossier_nomme_ne_se_supprime_pas() -> None:
    zoe, leo = ajouter(ZOE), ajouter(LEO)
    inscrire(salaries=[zoe.id], dossier_id=nouvel_id(), maintenant=MAINTENANT)
    with pytest.raises(TransitionImpossible, match="un dossier la nomme"):
        supprimer_salarie(salarie_id=zoe.id, par=aline(), maintenant=MAINTENANT)
    with pytest.raises(DroitManquant):
        supprimer_salarie(salarie_id=leo.id, par=SAISIE, maintenant=MAINTENANT)
    supprimer_salarie(salarie_id=leo.id, par=aline(), maintenant=MAINTENANT)
    assert tous() == [zoe]


def test_deux_fiches_d_une_personne_n_en_font_plus_qu_une() -> None:
    sans = ajouter({**ZOE, "nir": "", "nom": "Mariée", "emploi": "Serveuse"})
    avec = ajouter({**ZOE, "emploi": "Cuisinière", "matricule": "12"}, autre=True)
    dossier, autre = nouvel_id(), nouvel_id()
    inscrire(salaries=[avec.id, sans.id], dossier_id=dossier, maintenant=MAINTENANT)
    inscrire(salaries=[avec.id], dossier_id=autre, maintenant=MAINTENANT)
    assert [c.id for c in doublons_de(sans, aline())] == [avec.id]
    with pytest.raises(DroitManquant):
        fusionner_salaries(garde_id=sans.id, absorbe_id=avec.id, par=SAISIE, maintenant=MAINTENANT)
    with pytest.raises(TransitionImpossible, match="deux fiches différentes"):
        fusionner_salaries(garde_id=sans.id, absorbe_id=sans.id, par=aline(), maintenant=MAINTENANT)
    fusionner_salaries(garde_id=sans.id, absorbe_id=avec.id, par=aline(), maintenant=MAINTENANT)
    (reste,) = tous()
    assert (reste.id, reste.nom, reste.emploi, reste.matricule) == (sans.id, "Mariée", "Serveuse", "12")
    assert coffre.nir_en_clair(reste) == ZOE_NIR
    assert set(Inscription.objects.values_list("salarie_id", "dossier_id")) == {(sans.id, dossier), (sans.id, autre)}


def test_deux_nir_sont_deux_personnes() -> None:
    zoe, leo = ajouter(ZOE), ajouter(LEO)
    with pytest.raises(TransitionImpossible, match="deux personnes"):
        fusionner_salaries(garde_id=zoe.id, absorbe_id=leo.id, par=aline(), maintenant=MAINTENANT)
    assert len(tous()) == 2


def test_un_nir_s_affiche_une_fois_contre_un_motif_inscrit_au_registre() -> None:
    zoe = ajouter(ZOE)
    assert reveler_nir(salarie_id=zoe.id, motif=" Contrôle  de paie ", par=SAISIE, maintenant=MAINTENANT) == ZOE_NIR
    revelation = Revelation.objects.tous("essai").get()
    assert (revelation.sensible, revelation.objet_id, revelation.motif) == ("nir", str(zoe.id), "Contrôle de paie")
    assert Evenement.objects.tous("essai").get(code="salaries.nir_affiche").details == {"motif": "Contrôle de paie"}
    assert ZOE_NIR not in str(vars(revelation))


def test_un_nir_ne_s_affiche_pas_sans_droit_ni_motif_ni_second_facteur() -> None:
    zoe, sans = ajouter(ZOE), ajouter({**LEO, "nir": ""})
    vieille = aline()
    vieille.second_facteur_le = MAINTENANT - timedelta(minutes=5, seconds=1)
    sans_rien = {"maintenant": MAINTENANT, "motif": "Paie"}
    for par, erreur in ((LECTRICE, DroitManquant), (vieille, SecondFacteurRequis), (FauxActeur(), Introuvable)):
        with pytest.raises(erreur):
            reveler_nir(salarie_id=zoe.id, par=par, **sans_rien)  # type: ignore[arg-type]
    with pytest.raises(Introuvable):
        reveler_nir(salarie_id=sans.id, par=SAISIE, **sans_rien)  # type: ignore[arg-type]
    with pytest.raises(SaisieRefusee, match="pourquoi"):
        reveler_nir(salarie_id=zoe.id, par=SAISIE, motif="  ", maintenant=MAINTENANT)
    assert not Revelation.objects.tous("essai").exists()


def test_pendant_la_probation_un_nir_reste_masque() -> None:
    acces.organisation(SIREN)
    qui = acces.personne()
    acces.rattacher(qui, SIREN, probation_jusqu_a=MAINTENANT + timedelta(hours=1))
    par = ActeurPersonne(qui, MAINTENANT, second_facteur_le=MAINTENANT)
    zoe = ajouter(ZOE)
    with pytest.raises(DroitManquant, match="72 premières heures"):
        reveler_nir(salarie_id=zoe.id, motif="Paie", par=par, maintenant=MAINTENANT)


def test_la_liste_cherche_sans_accents_filtre_et_se_parcourt() -> None:
    noms = [f"Nom{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60)]
    for n, nom in enumerate(noms):
        ajouter({"nom": nom, "prenom": "Éloïse", "date_naissance": "01/01/1990", "siret": SIRET if n % 2 else ""}, autre=True)
    parti = ajouter({**LEO, "sortie": "15/11/2026"})
    reste = ajouter({**ZOE, "sortie": "16/11/2026"})
    par = aline(Niveau.LECTURE)

    def noms_de(**filtre: str) -> list[str]:
        lus, curseur = [], ""
        while True:
            page = liste_salaries(par, SIREN, SALARIES.lire(filtre, JOUR).filtre, curseur)
            lus += [s.nom for s in page.salaries]
            curseur = page.suivant
            if not curseur:
                return lus

    assert noms_de() == ["Étienne", "Exemple", *noms]
    assert noms_de(q="ELOISE nomb") == [n for n in noms if n.startswith("Nomb")]
    assert noms_de(q="etienne léo cuis") == ["Étienne"]
    assert noms_de(q="…") == []
    assert noms_de(presence="partis") == ["Étienne"]
    assert noms_de(presence="presents") == ["Exemple", *noms]
    assert noms_de(siret=SIRET) == noms[1::2]
    deuxieme = liste_salaries(
        par, SIREN, SALARIES.lire({}, JOUR).filtre, liste_salaries(par, SIREN, SALARIES.lire({}, JOUR).filtre).suivant
    )
    premiere = liste_salaries(par, SIREN, SALARIES.lire({}, JOUR).filtre, deuxieme.precedent)
    assert (premiere.salaries[0].nom, premiere.precedent, len(premiere.salaries)) == ("Étienne", "", 25)
    assert liste_salaries(par, SIREN, SALARIES.lire({}, JOUR).filtre, "!!").salaries[0].nom == "Étienne"
    assert [s.id for s in chercher(par, SIREN, "etienne", JOUR)] == []
    assert [s.id for s in chercher(par, SIREN, "exemple", JOUR)] == [reste.id]
    assert chercher(par, SIREN, "…", JOUR) == []
    assert [s.nom for s in chercher(par, SIREN, "", JOUR)] == ["Exemple", *noms[:7]]
    assert compter(par, SIREN, SALARIES.lire({"presence": "partis"}, JOUR).filtre).nombre == 1
    assert [s.id for s in toutes_les_lignes(par, SIREN, SALARIES.lire({"presence": "partis"}, JOUR).filtre)] == [parti.id]


def test_la_liste_declaree_montre_chaque_colonne_et_jamais_le_nir() -> None:
    zoe = ajouter({**ZOE, "quotite": "35", "quotite_unite": "semaine", "nature": "cdi", "siret": SIRET})
    lecture = SALARIES.lire({"presence": "absents", "siret": "12"}, JOUR)
    assert len(lecture.refus) == 2
    (ligne,) = SALARIES.lignes(LECTRICE, SIREN, lecture, JOUR)
    valeurs = {c.code: c.valeur(ligne, JOUR) for c in COLONNES}
    assert (valeurs["quotite"], valeurs["nature"], valeurs["sexe"]) == ("35 heures par semaine", "CDI", "Femme")
    assert {champ for c in COLONNES for champ in c.champs} <= {f.name for f in Salarie._meta.get_fields()}
    assert not {"nir_chiffre", "nir_empreinte"} & {champ for c in COLONNES for champ in c.champs}
    assert ZOE_NIR not in str(valeurs)
    assert SALARIES.compter(LECTRICE, SIREN, lecture, JOUR).nombre == 1
    assert zoe.id == ligne.id


def test_l_opco_ni_l_etranger_ne_voient_le_repertoire() -> None:
    zoe = ajouter({**ZOE, "siret": SIRET_2})
    for par in (acteur_opco(PORTEFEUILLE), bruno(), aline(siren=AUTRE_SIREN), FauxActeur()):
        assert liste_salaries(par, SIREN, SALARIES.lire({}, JOUR).filtre).salaries == []
        with pytest.raises(Introuvable):
            salarie_accessible(zoe.id, par)
    assert zoe.portee.domaine == Domaine.SALARIES
