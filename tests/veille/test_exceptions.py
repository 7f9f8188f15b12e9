"""Break-glass and honey dossiers (exigences, S5, T20)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner

from jalon.cli import piege as commande_piege
from jalon.courriers.models import Courriel
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import dossier_accessible
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.models import CompteurEssais
from jalon.journal.models import Evenement, Revelation
from jalon.organisations.models import Organisation, Portefeuille
from jalon.socle.acteurs import Domaine, Droit, Niveau, Pouvoir
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, SaisiesRefusees, TropDEssais
from jalon.socle.identifiants import analyser_siren
from jalon.veille.actions import ouvrir_exceptionnellement, poser_piege, retirer_piege, traiter_alerte
from jalon.veille.actions.pieges import PORTEFEUILLE_DES_PIEGES
from jalon.veille.models import AccesExceptionnel, Alerte, Piege
from jalon.veille.requetes.exceptions import acteur_exceptionnel
from tests.dossiers import fabrique as dossiers
from tests.dossiers.fabrique import AUTRE_PORTEFEUILLE, PORTEFEUILLE
from tests.veille.outils import LE, acteur, aline, emma, hugo, karim, navigateur

MOTIF = "Remplacement d’une collègue"


@pytest.fixture
def dossier(db: None) -> Dossier:
    dossiers.monde()
    return dossiers.accorde()


def _ouvrir(qui: Any, numero: str | None, motif: str = MOTIF, le: Any = LE) -> Dossier:
    return ouvrir_exceptionnellement(numero=numero or "", motif=motif, par=acteur(qui, le), maintenant=le)


def test_le_numero_exact_et_un_motif_ouvrent_ce_dossier_et_lui_seul_pour_une_heure(dossier: Dossier) -> None:
    ailleurs, chef, autre = emma(AUTRE_PORTEFEUILLE), karim(), dossiers.transmis()
    piece = dossiers.joindre(dossier, "programme")
    with time_machine.travel(LE, tick=False) as voyage:
        seance = navigateur(ailleurs)
        adresse = f"/opco/dossiers/{dossier.pk}/"
        assert seance.get(adresse).status_code == 404
        page = seance.post("/opco/acces-exceptionnel/", {"numero": f" {dossier.numero.lower()} ", "motif": MOTIF})  # type: ignore[union-attr]
        assert (page.status_code, page["Location"]) == (302, adresse)
        assert seance.get(adresse).status_code == 200
        assert seance.get(f"{adresse}accord/").status_code in {200, 404}
        assert seance.get(f"{adresse}pieces/{piece.pk}/").status_code != 403
        assert seance.get(f"/opco/dossiers/{autre.pk}/").status_code == 404
        for nom in ("message", "complement", "accorder", "refuser"):
            assert seance.post(f"{adresse}{nom}/", {"corps": "x", "avec": "entreprise"}).status_code == 403
        assert dossier.numero not in seance.get("/opco/dossiers/").content.decode()
        voyage.shift(timedelta(minutes=60) - timedelta(microseconds=1))
        assert navigateur(ailleurs).get(adresse).status_code == 200
        voyage.shift(timedelta(microseconds=1))
        assert navigateur(ailleurs).get(adresse).status_code == 404
    alerte = Alerte.objects.get()
    assert (alerte.genre, alerte.acteur_id, alerte.objet_id) == ("acces_exceptionnel", ailleurs.pk, dossier.pk)
    assert MOTIF in alerte.detail
    assert Courriel.objects.get(objet_id=alerte.pk).adresse == chef.email
    evenement = Evenement.objects.tous("essai").get(code="veille.acces_exceptionnel")
    assert (evenement.objet_id, evenement.details) == (str(dossier.pk), {"motif": MOTIF})


def test_le_dossier_de_ses_portefeuilles_s_ouvre_sans_ceremonie(dossier: Dossier) -> None:
    assert _ouvrir(emma(), dossier.numero) == dossier
    assert not AccesExceptionnel.objects.exists()
    assert not Alerte.objects.exists()


def test_l_acces_est_celui_d_une_personne(dossier: Dossier) -> None:
    qui, voisine = emma(AUTRE_PORTEFEUILLE), hugo(AUTRE_PORTEFEUILLE)
    _ouvrir(qui, dossier.numero)
    assert acteur_exceptionnel(dossier.pk, acteur(voisine), LE) is None
    ouvert = acteur_exceptionnel(dossier.pk, acteur(qui), LE)
    assert ouvert is not None
    assert dossier_accessible(dossier.pk, ouvert) == dossier
    assert ouvert.portefeuilles(Pouvoir.CONSULTER) == {PORTEFEUILLE, AUTRE_PORTEFEUILLE}
    assert ouvert.portefeuilles(Pouvoir.INSTRUIRE) == {AUTRE_PORTEFEUILLE}
    assert not ouvert.perimetre(Droit(Domaine.PLAN, Niveau.SAISIE))
    assert acteur_exceptionnel(dossier.pk, acteur(qui), LE - timedelta(microseconds=1)) is None


def test_les_roles_finis_ne_gardent_pas_l_acces(dossier: Dossier) -> None:
    qui = emma(AUTRE_PORTEFEUILLE)
    _ouvrir(qui, dossier.numero)
    qui.suspendue_le = LE
    qui.save()
    assert acteur_exceptionnel(dossier.pk, acteur(qui), LE) is None


@pytest.mark.parametrize(
    ("numero", "motif", "champs"),
    [("", MOTIF, {"numero"}), ("  ", "", {"numero", "motif"}), ("2611AF000001", "   ", {"motif"})],
)
def test_ce_qui_manque_est_dit_et_ne_compte_pas(dossier: Dossier, numero: str, motif: str, champs: set[str]) -> None:
    with pytest.raises(SaisiesRefusees) as refus:
        _ouvrir(emma(AUTRE_PORTEFEUILLE), numero, motif)
    assert set(refus.value.champs) == champs
    assert not CompteurEssais.objects.exists()


def test_un_numero_inconnu_un_brouillon_et_dix_essais(dossier: Dossier) -> None:
    qui = emma(AUTRE_PORTEFEUILLE)
    dossiers.brouillon()
    for _ in range(10):
        with pytest.raises(SaisieRefusee, match="Aucun dossier transmis") as refus:
            _ouvrir(qui, "2611AF999999")
        assert refus.value.champ == "numero"
    with pytest.raises(TropDEssais):
        _ouvrir(qui, dossier.numero)
    assert not AccesExceptionnel.objects.exists()
    assert _ouvrir(qui, dossier.numero, le=LE + timedelta(days=1)) == dossier


def test_personne_d_autre_n_a_d_acces_exceptionnel(dossier: Dossier) -> None:
    with pytest.raises(DroitManquant):
        _ouvrir(aline(), dossier.numero)


def test_un_piege_n_est_de_personne(dossier: Dossier) -> None:
    piege = poser_piege(par=ActeurSysteme("essai"), maintenant=LE)
    pose = Dossier.objects.tous("essai").get(pk=piege.pk)
    assert analyser_siren(pose.siren).startswith("000")
    assert not Organisation.objects.filter(siren=pose.siren).exists()
    assert not Portefeuille.objects.filter(pk=pose.portefeuille_id).exists()
    assert (pose.numero, pose.etat, pose.nombre_stagiaires) == (piege.numero, "transmis", 1)
    assert pose.portefeuille_id == PORTEFEUILLE_DES_PIEGES
    for qui in (karim(), emma(), hugo()):
        assert not Dossier.objects.visibles_par(acteur(qui)).filter(pk=pose.pk).exists()
        page = navigateur(qui).get("/opco/dossiers/").content.decode()
        assert piege.numero not in page


def test_lire_un_piege_alerte_aussitot_une_fois(dossier: Dossier) -> None:
    qui, chef = emma(), karim()
    piege = poser_piege(par=ActeurSysteme("essai"), maintenant=LE)
    _ouvrir(qui, piege.numero)
    Dossier.objects.tous("essai").filter(pk=piege.pk).update(modifie_le=LE)
    with time_machine.travel(LE, tick=False):
        seance = navigateur(qui)
        for _ in range(2):
            page = seance.get(f"/opco/dossiers/{piege.pk}/")
            assert page.status_code == 200
            assert piege.numero in page.content.decode()
    alerte = Alerte.objects.get(genre="piege")
    assert (alerte.acteur_id, alerte.objet_id, alerte.le) == (qui.pk, piege.pk, LE)
    assert Courriel.objects.filter(objet_id=alerte.pk, adresse=chef.email).count() == 1


def test_un_piege_vu_dans_une_liste_alerte_aussi(dossier: Dossier) -> None:
    """A perimeter that leaks: the trap is moved where the adviser looks."""
    piege = poser_piege(par=ActeurSysteme("essai"), maintenant=LE)
    Dossier.objects.tous("essai").filter(pk=piege.pk).update(portefeuille_id=PORTEFEUILLE)
    assert piege.numero in navigateur(emma()).get("/opco/dossiers/").content.decode()
    assert Alerte.objects.get().genre == "piege"


def test_retirer_un_piege(dossier: Dossier) -> None:
    piege = poser_piege(par=ActeurSysteme("essai"), maintenant=LE)
    retirer_piege(numero=f" {piege.numero.lower()}", par=ActeurSysteme("essai"), maintenant=LE)
    assert not Piege.objects.exists()
    with pytest.raises(Introuvable):
        retirer_piege(numero=piege.numero, par=ActeurSysteme("essai"), maintenant=LE)
    codes = [e.code for e in Evenement.objects.tous("essai").filter(code__startswith="veille.piege").order_by("id")]
    assert codes == ["veille.piege_pose", "veille.piege_retire"]


def test_la_commande_des_pieges(dossier: Dossier) -> None:
    lancer = CliRunner().invoke
    assert "Aucun piège" in lancer(commande_piege.commande, ["lister"]).output
    numeros = lancer(commande_piege.commande, ["poser", "--nombre", "3"]).output.split()
    assert len(set(numeros)) == Piege.objects.count() == 3
    assert all(numero in lancer(commande_piege.commande, ["lister"]).output for numero in numeros)
    assert "n’est plus un piège" in lancer(commande_piege.commande, ["retirer", numeros[0]]).output
    assert Piege.objects.count() == 2


def test_une_alerte_se_traite_avec_une_note(dossier: Dossier) -> None:
    chef, autre = karim(), karim("Kévin")
    _ouvrir(emma(AUTRE_PORTEFEUILLE), dossier.numero)
    alerte = Alerte.objects.get()
    with pytest.raises(DroitManquant):
        traiter_alerte(alerte_id=alerte.pk, note="x", par=acteur(emma()), maintenant=LE)
    with pytest.raises(Introuvable):
        traiter_alerte(alerte_id=dossier.pk, note="x", par=acteur(chef), maintenant=LE)
    with pytest.raises(SaisieRefusee) as refus:
        traiter_alerte(alerte_id=alerte.pk, note=" ", par=acteur(chef), maintenant=LE)
    assert refus.value.champ == "note"
    traiter_alerte(alerte_id=alerte.pk, note="Appelée, c’était prévu", par=acteur(chef), maintenant=LE)
    with pytest.raises(Exception, match="déjà traité"):
        traiter_alerte(alerte_id=alerte.pk, note="x", par=acteur(autre), maintenant=LE)
    page = navigateur(chef).get("/opco/veille/?etat=traitees").content.decode()
    assert "Appelée, c’était prévu" in page
    assert "Aucune alerte" in navigateur(chef).get("/opco/veille/").content.decode()


def test_la_veille_montre_et_filtre_les_consultations(dossier: Dossier) -> None:
    chef, qui = karim(), emma()
    seance = navigateur(qui)
    reponse = seance.get(f"/opco/dossiers/{dossier.pk}/accord/")
    if reponse.status_code == 404:
        Revelation(
            le=LE, sensible="document", acteur_id=qui.pk, acteur_libelle=qui.nom_complet, objet_type="x", objet_id="x",
            objet_libelle="Accord de prise en charge", motif="Téléchargement",
        ).save(force_insert=True)  # fmt: skip
    veille = navigateur(chef)
    for recherche, trouve in {
        "": True, "?q=Emma": True, "?q=prise": True, "?q=absente": False, "?genre=document": True, "?genre=nir": False,
        "?du=01/01/2030": False, "?au=01/01/2020": False, "?du=01/01/2020&au=31/12/2029": True, "?du=demain": True, "?genre=x": True,
    }.items():  # fmt: skip
        page = veille.get(f"/opco/veille/{recherche}").content.decode()
        assert ("Accord de prise en charge" in page) is trouve, recherche
