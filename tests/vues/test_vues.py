"""Keeping a list, sharing it, removing it: who may, what it shows, what it refuses."""

import pytest

from jalon.comptes.models import Personne
from jalon.habilitations.models import DroitAccorde
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee
from jalon.socle.identifiants import nouvel_id
from jalon.vues import regles
from jalon.vues.actions import vues as actions
from jalon.vues.actions.vues import modifier_vue, retirer_partage, supprimer_vue
from jalon.vues.models import PlaceDeCarte, VueEnregistree
from jalon.vues.regles import Lieu
from jalon.vues.requetes.cartes import acces_du_lieu, cartes_de_l_accueil
from tests.habilitations.fabrique import AUTRE_SIREN, LE, acteur, agent, organisation, personne, rattacher, sur_le_siren
from tests.vues.fabrique import ICI, ListeDEssai, garder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("essais")]
JOUR = LE.date()


@pytest.fixture
def aline() -> Personne:
    organisation()
    creee = personne("Aline")
    rattacher(creee)
    return creee


@pytest.fixture
def bruno(aline: Personne) -> Personne:
    """Reads the plan, administers nothing."""
    creee = personne("Bruno", "Marchetti")
    rattacher(creee, droits=[sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
    return creee


def _noms(qui: Personne, lieu: Lieu = ICI) -> list[str]:
    return [c.acces.nom for c in cartes_de_l_accueil(acteur(qui), lieu, JOUR)]


def test_une_liste_gardee_est_sur_l_accueil_avec_son_compte(aline: Personne, essais: ListeDEssai) -> None:
    essais.lignes = {ICI.siren: [nouvel_id(), nouvel_id()], AUTRE_SIREN: [nouvel_id()]}
    vue = garder(acteur(aline))
    assert vue.parametres == "etat=a_completer"
    (carte,) = cartes_de_l_accueil(acteur(aline), ICI, JOUR)
    assert (carte.acces.nom, carte.compte and carte.compte.texte, carte.refus) == ("Mes essais", "2", ())
    assert carte.acces.mienne
    assert [e.code for e in Evenement.objects.tous("essai")] == ["vues.vue_gardee"]


def test_une_vue_non_epinglee_n_est_pas_sur_l_accueil(aline: Personne) -> None:
    garder(acteur(aline), accueil=False)
    assert _noms(aline) == []
    assert [a.nom for a in acces_du_lieu(acteur(aline), ICI, JOUR)] == ["Mes essais"]


@pytest.mark.parametrize(
    ("champs", "champ"),
    [
        ({"nom": " "}, "nom"),
        ({"icone": "skull"}, "icone"),
        ({"parametres": "perime=1"}, None),
        ({"parametres": "q=2+95+07+12+345+678"}, None),
        ({"parametres": "q=FR76+3000+6000+0112+3456+7890+189"}, None),
        ({"lieu": Lieu(), "partagee": True}, "partage"),
    ],
)
def test_ce_qui_ne_se_garde_pas(aline: Personne, champs: dict[str, object], champ: str | None) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        garder(acteur(aline), **champs)
    assert refus.value.champ == champ
    assert not VueEnregistree.objects.exists()


def test_on_ne_garde_ni_une_liste_inconnue_ni_celle_qu_on_ne_lit_pas(aline: Personne) -> None:
    finances = personne("Carla")
    rattacher(finances, droits=[sur_le_siren(Domaine.FACTURES, Niveau.LECTURE)])
    with pytest.raises(Introuvable):
        garder(acteur(aline), code_liste="inconnue")
    with pytest.raises(Introuvable):
        garder(acteur(aline), lieu=Lieu(AUTRE_SIREN))
    with pytest.raises(Introuvable):
        garder(acteur(aline), lieu=Lieu(opco=True))
    with pytest.raises(DroitManquant):
        garder(acteur(finances))


def test_le_nombre_de_vues_et_de_cartes_est_borne(aline: Personne, monkeypatch: pytest.MonkeyPatch) -> None:
    for rang in range(regles.CARTES_AU_PLUS):
        garder(acteur(aline), nom=f"Vue {rang}")
    with pytest.raises(SaisieRefusee, match="10") as refus:
        garder(acteur(aline), nom="De trop")
    assert refus.value.champ == "place"
    assert VueEnregistree.objects.count() == regles.CARTES_AU_PLUS
    garder(acteur(aline), nom="À part", accueil=False)
    monkeypatch.setattr(actions, "VUES_AU_PLUS", 11)
    with pytest.raises(SaisieRefusee, match="Supprimez-en"):
        garder(acteur(aline), nom="Encore", accueil=False)


def test_une_vue_partagee_montre_a_chacun_ses_propres_lignes(aline: Personne, bruno: Personne, essais: ListeDEssai) -> None:
    essais.lignes = {ICI.siren: [nouvel_id()]}
    rattacher(aline, AUTRE_SIREN)
    vue = garder(acteur(aline), partagee=True)
    (carte,) = cartes_de_l_accueil(acteur(bruno), ICI, JOUR)
    assert (carte.acces.partagee_par, carte.acces.mienne, carte.acces.retirable) == (aline.nom_complet, False, False)
    finances = personne("Carla")
    rattacher(finances, droits=[sur_le_siren(Domaine.FACTURES, Niveau.LECTURE)])
    assert _noms(finances) == []
    etrangere = personne("Denise")
    rattacher(etrangere, AUTRE_SIREN)
    for acte in (modifier_vue, supprimer_vue, retirer_partage):
        autres = {"nom": "x", "icone": "star", "partagee": True} if acte is modifier_vue else {}
        with pytest.raises(Introuvable):
            acte(vue_id=vue.pk, par=acteur(etrangere), maintenant=LE, **autres)  # type: ignore[operator]
        with pytest.raises(DroitManquant):
            acte(vue_id=vue.pk, par=acteur(bruno), maintenant=LE, **autres)  # type: ignore[operator]
    assert VueEnregistree.objects.filter(pk=vue.pk, partagee=True).exists()


def test_une_vue_gardee_pour_soi_n_existe_pour_personne_d_autre(aline: Personne, bruno: Personne) -> None:
    vue = garder(acteur(bruno))
    assert _noms(aline) == []
    with pytest.raises(Introuvable):
        retirer_partage(vue_id=vue.pk, par=acteur(aline), maintenant=LE)
    with pytest.raises(Introuvable):
        supprimer_vue(vue_id=vue.pk, par=acteur(aline), maintenant=LE)


def test_une_administratrice_retire_le_partage_d_un_collegue_qui_garde_sa_vue(aline: Personne, bruno: Personne) -> None:
    vue = garder(acteur(bruno), partagee=True)
    (acces,) = acces_du_lieu(acteur(aline), ICI, JOUR)
    assert acces.retirable
    retirer_partage(vue_id=vue.pk, par=acteur(aline), maintenant=LE)
    assert (_noms(aline), _noms(bruno)) == ([], ["Mes essais"])
    assert Evenement.objects.tous("essai").order_by("-le", "-id")[0].code == "vues.partage_retire"


def test_renommer_partager_puis_ne_plus_partager(aline: Personne, bruno: Personne) -> None:
    vue = garder(acteur(aline))
    champs = {"vue_id": vue.pk, "icone": "check", "par": acteur(aline), "maintenant": LE}
    modifier_vue(nom="Autre nom", partagee=True, **champs)  # type: ignore[arg-type]
    assert _noms(bruno) == ["Autre nom"]
    with pytest.raises(SaisieRefusee):
        modifier_vue(nom="", partagee=True, **champs)  # type: ignore[arg-type]
    modifier_vue(nom="Autre nom", partagee=False, **champs)  # type: ignore[arg-type]
    assert (_noms(bruno), _noms(aline)) == ([], ["Autre nom"])


def test_supprimer_efface_la_vue_de_tous_les_accueils(aline: Personne) -> None:
    vue = garder(acteur(aline))
    assert PlaceDeCarte.objects.filter(cle=str(vue.pk)).exists()
    supprimer_vue(vue_id=vue.pk, par=acteur(aline), maintenant=LE)
    assert not PlaceDeCarte.objects.filter(cle=str(vue.pk)).exists()
    with pytest.raises(Introuvable):
        supprimer_vue(vue_id=vue.pk, par=acteur(aline), maintenant=LE)


def test_une_vue_de_tous_mes_espaces_s_ajoute_a_chacun_sans_s_y_imposer(aline: Personne, essais: ListeDEssai) -> None:
    rattacher(aline, AUTRE_SIREN)
    essais.lignes = {ICI.siren: [nouvel_id()], AUTRE_SIREN: [nouvel_id()]}
    garder(acteur(aline), lieu=Lieu())
    (carte,) = cartes_de_l_accueil(acteur(aline), Lieu(), JOUR)
    assert carte.compte is not None
    assert carte.compte.nombre == 2
    (acces,) = acces_du_lieu(acteur(aline), ICI, JOUR)
    assert not acces.affichee


def test_les_vues_de_l_opco_se_partagent_entre_ses_gens(aline: Personne) -> None:
    hugo, lea = agent(prenom="Hugo"), agent(prenom="Lea")
    opco = Lieu(opco=True)
    vue = garder(acteur(hugo), lieu=opco, partagee=True)
    assert (_noms(lea, opco), _noms(aline)) == (["Mes essais"], [])
    with pytest.raises(DroitManquant):
        retirer_partage(vue_id=vue.pk, par=acteur(lea), maintenant=LE)


def test_un_filtre_qui_ne_veut_plus_rien_dire_le_dit_sans_compter(aline: Personne, essais: ListeDEssai) -> None:
    vue = garder(acteur(aline))
    VueEnregistree.objects.filter(pk=vue.pk).update(parametres="perime=1")
    (carte,) = cartes_de_l_accueil(acteur(aline), ICI, JOUR)
    assert (carte.compte, carte.refus, essais.comptes) == (None, ("Cet établissement est fermé.",), 0)


def test_seul_un_compte_au_dela_de_la_borne_est_retenu_et_jamais_au_dela_d_un_droit(aline: Personne, essais: ListeDEssai) -> None:
    garder(acteur(aline))
    essais.lignes = {ICI.siren: [nouvel_id()]}
    for _ in range(2):
        cartes_de_l_accueil(acteur(aline), ICI, JOUR)
    assert essais.comptes == 2
    essais.plafonne = True
    for _ in range(3):
        (carte,) = cartes_de_l_accueil(acteur(aline), ICI, JOUR)
    assert essais.comptes == 3
    assert carte.compte is not None
    assert carte.compte.texte == "plus de 10\u00a0000"
    DroitAccorde.objects.filter(rattachement__personne=aline, domaine=Domaine.PLAN).delete()
    rattacher(aline, profil=Profil.PRESTATAIRE, droits=[sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
    cartes_de_l_accueil(acteur(aline), ICI, JOUR)
    assert essais.comptes == 4
