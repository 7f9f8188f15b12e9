"""The kill switch: nothing passes afterwards, by any door; two people open again (exigences, S5, S8)."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from jalon.comptes.models import Personne
from jalon.courriers.messages import Destinataire
from jalon.courriers.models import Courriel
from jalon.dossiers.courriels import AccuseReception
from jalon.dossiers.destinataires import personnes_de_l_entreprise
from jalon.habilitations.acteur_cle import ActeurCle
from jalon.habilitations.actions.authentification import CleRefusee, authentifier_cle
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.journal.models import Evenement
from jalon.organisations.models import Organisation
from jalon.socle.acteurs import Niveau, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from jalon.veille.actions import confirmer_retablissement, couper_compte, couper_organisation, demander_retablissement
from jalon.veille.actions.annonces import annoncer_coupure
from jalon.veille.courriels import AccesRetabli, CoupureAnnoncee, MonAccesCoupe
from jalon.veille.models import Coupure
from jalon.veille.requetes.coupures import coupures_visibles
from tests.dossiers import fabrique as dossiers
from tests.dossiers.fabrique import AUTRE_PORTEFEUILLE, AUTRE_SIREN, SIREN, SIREN_OF
from tests.fils import ensemble
from tests.habilitations.fabrique import cle_api
from tests.veille.outils import LE, acteur, aline, emma, hugo, karim, navigateur, rattacher


@pytest.fixture
def monde(db: None) -> None:
    dossiers.monde()


def _couper(qui: Personne, par: Personne, motif: str = "Compte piraté") -> Coupure:
    return couper_compte(personne_id=qui.pk, motif=motif, par=acteur(par), maintenant=LE)


def _couper_siren(par: Personne, siren: str = SIREN, motif: str = "Fraude") -> Coupure:
    return couper_organisation(siren=siren, motif=motif, par=acteur(par), maintenant=LE)


def _retablir(coupure: Coupure, premiere: Personne, seconde: Personne) -> None:
    demander_retablissement(coupure_id=coupure.pk, motif="Identité vérifiée", par=acteur(premiere), maintenant=LE)
    confirmer_retablissement(coupure_id=coupure.pk, par=acteur(seconde), maintenant=LE)


def _cle(siren: str = SIREN, par: Any = None) -> str:
    return cle_api(siren, nom=f"Clé {uuid4().hex[:6]}", par=par).secret


def _acteur_de(cle: str) -> ActeurCle | None:
    return authentifier_cle(cle=cle, adresse="127.0.0.1", maintenant=LE)


def _coupee(cle: str) -> bool:
    with pytest.raises(CleRefusee) as refus:
        _acteur_de(cle)
    return refus.value.code == "acces-coupe"


def test_un_compte_coupe_ne_passe_plus_par_aucune_porte(monde: None) -> None:
    qui = aline()
    dossier = dossiers.accorde()
    piece = dossiers.joindre(dossier, "convention")
    cle = _cle(par=acteur(qui))
    seance = navigateur(qui)
    pages = [
        "/accueil/", "/mes-dossiers/", f"/e/{SIREN}/", f"/e/{SIREN}/dossiers/", f"/e/{SIREN}/dossiers/{dossier.pk}/",
        f"/e/{SIREN}/habilitations/", f"/e/{SIREN}/dossiers/{dossier.pk}/recapitulatif/", "/compte/2fa/",
        "/compte/password/change/", "/compte/email/", "/compte/sessions/",
    ]  # fmt: skip
    avant = [seance.get(page).status_code for page in pages]
    assert 200 in avant
    assert _acteur_de(cle) is not None
    _couper(qui, hugo())
    for page in (*pages, f"/e/{SIREN}/dossiers/{dossier.pk}/pieces/{piece.pk}/"):
        for reponse in (seance.get(page), seance.post(page)):
            assert reponse.status_code in {403, 404}, page
            assert dossier.titre not in reponse.content.decode()
    page = seance.get("/accueil/").content.decode()
    assert "Votre accès est suspendu" in page
    assert "Appeler le" in page
    assert seance.get("/accessibilite/").status_code == 200
    assert _coupee(cle)
    assert not acteur(qui).rattachements
    neuve = navigateur(qui)
    assert neuve.get(f"/e/{SIREN}/").status_code == 403
    assert seance.post("/compte/logout/").status_code == 302


def test_un_fragment_demande_par_htmx_ne_passe_pas_non_plus(monde: None) -> None:
    qui = aline()
    seance = navigateur(qui)
    _couper(qui, hugo())
    reponse = seance.get(f"/e/{SIREN}/dossiers/", headers={"HX-Request": "true"})
    assert (reponse.status_code, reponse["HX-Retarget"]) == (403, "#alerte")


def test_une_organisation_coupee_se_ferme_a_tous_et_les_autres_restent_ouvertes(monde: None) -> None:
    qui, seule = aline(), aline(prenom="Louise")
    rattacher(qui, AUTRE_SIREN)
    dossier = dossiers.transmis()
    cle, autre = _cle(), _cle(AUTRE_SIREN)
    seance, sienne = navigateur(qui), navigateur(seule)
    _couper_siren(hugo())
    for navig in (seance, sienne):
        reponse = navig.get(f"/e/{SIREN}/dossiers/{dossier.pk}/")
        assert reponse.status_code == 403
        assert "Votre accès est suspendu" in reponse.content.decode()
    assert seance.get(f"/e/{AUTRE_SIREN}/").status_code == 200
    assert "Accès suspendu" in sienne.get("/accueil/").content.decode()
    assert _coupee(cle)
    assert _acteur_de(autre) is not None
    etranger = navigateur(aline(AUTRE_SIREN, prenom="Gaël"))
    assert etranger.get(f"/e/{SIREN}/").status_code == 404


def test_le_prestataire_coupe_ne_lit_plus_rien(monde: None) -> None:
    driss = aline(SIREN_OF, prenom="Driss", profil=Profil.PRESTATAIRE)
    assert acteur(driss).appartient(SIREN_OF)
    _couper_siren(hugo(), SIREN_OF)
    assert not acteur(driss).appartient(SIREN_OF)


def test_une_personne_de_l_opco_coupee_perd_ses_roles(monde: None) -> None:
    adviser = emma()
    dossier = dossiers.transmis()
    seance = navigateur(adviser)
    assert seance.get(f"/opco/dossiers/{dossier.pk}/").status_code == 200
    _couper(adviser, karim())
    assert seance.get(f"/opco/dossiers/{dossier.pk}/").status_code == 403
    assert not acteur(adviser).roles_opco


def test_un_courriel_en_file_ne_part_plus_a_un_compte_coupe(monde: None) -> None:
    qui = aline()
    dossier = dossiers.transmis()
    assert [p.pk for p in personnes_de_l_entreprise(dossier, Niveau.LECTURE, LE)] == [qui.pk]
    assert administrateurs_actifs(SIREN, None, LE)
    message = AccuseReception.charger(dossier.pk, _destinataire(qui))
    assert message is not None
    assert message.autorise()
    _couper(qui, hugo())
    relu = AccuseReception.charger(dossier.pk, _destinataire(qui))
    assert relu is not None
    assert not relu.autorise()
    assert personnes_de_l_entreprise(dossier, Niveau.LECTURE, LE) == []
    assert administrateurs_actifs(SIREN, None, LE) == []


def _destinataire(qui: Personne) -> Any:
    return Destinataire(qui.email, qui.pk)


def test_chacun_est_prevenu_une_fois_et_le_journal_garde_tout(monde: None) -> None:
    qui, louise, chef = aline(), aline(prenom="Louise"), karim()
    coupure = _couper(qui, hugo())
    for _ in range(2):
        annoncer_coupure(coupure_id=coupure.pk, maintenant=LE)
    envois = {(c.genre, c.adresse) for c in Courriel.objects.filter(objet_id=coupure.pk)}
    assert envois == {
        (MonAccesCoupe.genre, qui.email), (CoupureAnnoncee.genre, louise.email), (CoupureAnnoncee.genre, chef.email),
    }  # fmt: skip
    assert Courriel.objects.filter(objet_id=coupure.pk).count() == 3
    evenement = Evenement.objects.tous("essai").get(code="veille.acces_coupe")
    assert (evenement.siren, evenement.details) == (SIREN, {"motif": "Compte piraté", "cible": qui.nom_complet})
    _retablir(coupure, hugo(prenom="Hélène"), emma())
    annoncer_coupure(coupure_id=coupure.pk, maintenant=LE)
    retablis = {c.adresse for c in Courriel.objects.filter(objet_id=coupure.pk, genre=AccesRetabli.genre)}
    assert retablis == {qui.email, louise.email, chef.email}
    assert Evenement.objects.tous("essai").filter(code__startswith="veille.").count() == 3


def test_les_messages_disent_a_qui_ils_parlent(monde: None) -> None:
    qui = aline()
    coupure = _couper(qui, hugo())
    mien, autre = MonAccesCoupe(coupure, _destinataire(qui)), MonAccesCoupe(coupure, _destinataire(hugo(prenom="H")))
    assert (mien.autorise(), autre.autorise()) == (True, False)
    annonce, retabli = CoupureAnnoncee(coupure, _destinataire(qui)), AccesRetabli(coupure, _destinataire(qui))
    assert (annonce.autorise(), retabli.autorise()) == (True, False)
    _retablir(coupure, hugo(prenom="Hélène"), emma())
    coupure.refresh_from_db()
    assert (mien.autorise(), annonce.autorise(), retabli.autorise()) == (False, False, True)
    assert MonAccesCoupe.charger(uuid4(), _destinataire(qui)) is None
    assert "suspendu" in mien.sujet()
    assert qui.nom not in f"{annonce.sujet()} {annonce.contexte()['chemin']} {retabli.sujet()}"


def test_deux_personnes_retablissent_un_compte(monde: None) -> None:
    qui, premiere, seconde = aline(), hugo(), emma()
    coupure = _couper(qui, premiere)
    with pytest.raises(TransitionImpossible, match="première personne"):
        confirmer_retablissement(coupure_id=coupure.pk, par=acteur(seconde), maintenant=LE)
    with pytest.raises(SaisieRefusee) as refus:
        demander_retablissement(coupure_id=coupure.pk, motif="  ", par=acteur(premiere), maintenant=LE)
    assert refus.value.champ == "motif"
    demander_retablissement(coupure_id=coupure.pk, motif="Vérifié", par=acteur(premiere), maintenant=LE)
    with pytest.raises(TransitionImpossible, match="déjà demandé"):
        demander_retablissement(coupure_id=coupure.pk, motif="Vérifié", par=acteur(seconde), maintenant=LE)
    with pytest.raises(TransitionImpossible, match="une autre personne"):
        confirmer_retablissement(coupure_id=coupure.pk, par=acteur(premiere), maintenant=LE)
    assert not acteur(qui).rattachements
    confirmer_retablissement(coupure_id=coupure.pk, par=acteur(seconde), maintenant=LE)
    assert acteur(qui).appartient(SIREN)
    with pytest.raises(TransitionImpossible, match="déjà rétabli"):
        confirmer_retablissement(coupure_id=coupure.pk, par=acteur(seconde), maintenant=LE)
    _couper(qui, premiere)
    assert not acteur(qui).rattachements


def test_deux_personnes_retablissent_une_organisation(monde: None) -> None:
    qui = aline()
    coupure = _couper_siren(hugo())
    with pytest.raises(TransitionImpossible, match="déjà coupé"):
        _couper_siren(emma())
    _retablir(coupure, hugo(prenom="Hélène"), emma())
    assert acteur(qui).appartient(SIREN)
    assert Organisation.objects.get(pk=SIREN).suspendue_le is None


def test_la_base_refuse_qu_une_seule_personne_retablisse(monde: None) -> None:
    coupure = _couper(aline(), hugo())
    seul = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        Coupure.objects.filter(pk=coupure.pk).update(demande_par=seul, levee_par=seul, levee_le=LE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Coupure.objects.filter(pk=coupure.pk).update(levee_le=LE, levee_par=seul)


def test_qui_peut_couper_quoi(monde: None) -> None:
    qui, ailleurs = aline(), aline(AUTRE_SIREN, prenom="Bruno")
    with pytest.raises(Introuvable):
        _couper(ailleurs, hugo())
    with pytest.raises(Introuvable):
        _couper_siren(hugo(), AUTRE_SIREN)
    with pytest.raises(Introuvable):
        _couper_siren(karim(), "999999999")
    with pytest.raises(Introuvable):
        couper_compte(personne_id=uuid4(), motif="x", par=acteur(karim()), maintenant=LE)
    with pytest.raises(Introuvable):
        _couper(emma(), hugo())
    with pytest.raises(DroitManquant):
        _couper(qui, ailleurs)
    chef = karim()
    with pytest.raises(TransitionImpossible, match="votre propre accès"):
        _couper(chef, chef)
    with pytest.raises(SaisieRefusee) as refus:
        _couper(qui, hugo(), motif=" ")
    assert refus.value.champ == "motif"
    with pytest.raises(SaisieRefusee):
        _couper_siren(hugo(), motif="")
    assert not Coupure.objects.exists()
    assert not Personne.objects.filter(suspendue_le__isnull=False).exists()
    _couper(ailleurs, karim())
    with pytest.raises(TransitionImpossible, match="déjà coupé"):
        _couper(ailleurs, karim("Kévin"))


def test_qui_voit_les_coupures_et_peut_les_lever(monde: None) -> None:
    qui = aline()
    coupures = [_couper(qui, hugo()), _couper_siren(karim(), AUTRE_SIREN), _couper(emma(), karim())]
    visibles = {
        nom: {c.pk for c in coupures_visibles(acteur(p))}
        for nom, p in (("karim", karim()), ("ici", hugo()), ("ailleurs", hugo(AUTRE_PORTEFEUILLE)), ("dehors", qui))
    }
    un, deux, opco = (c.pk for c in coupures)
    assert visibles == {"karim": {un, deux, opco}, "ici": {un, opco}, "ailleurs": {deux, opco}, "dehors": set()}
    with pytest.raises(Introuvable):
        demander_retablissement(coupure_id=deux, motif="x", par=acteur(hugo()), maintenant=LE)
    with pytest.raises(DroitManquant):
        demander_retablissement(coupure_id=un, motif="x", par=acteur(aline(prenom="Zoé")), maintenant=LE)


def test_deux_confirmations_a_la_fois_n_en_font_qu_une(base_reelle: str) -> None:
    del base_reelle
    dossiers.monde()
    qui = aline()
    coupure = _couper(qui, hugo())
    demander_retablissement(coupure_id=coupure.pk, motif="Vérifié", par=acteur(hugo(prenom="Hélène")), maintenant=LE)
    secondes = [acteur(emma()) for _ in range(6)]
    resultats = ensemble(
        [lambda a=a: confirmer_retablissement(coupure_id=coupure.pk, par=a, maintenant=LE) for a in secondes]  # type: ignore[misc]
    )
    assert sum(isinstance(r, Coupure) for r in resultats) == 1
    assert sum(isinstance(r, TransitionImpossible) for r in resultats) == 5


def test_couper_six_fois_a_la_fois_ne_coupe_qu_une_fois(base_reelle: str) -> None:
    del base_reelle
    dossiers.monde()
    qui = aline()
    acteurs = [acteur(hugo(prenom=f"H{rang}")) for rang in range(6)]
    resultats = ensemble(
        [lambda a=a: couper_compte(personne_id=qui.pk, motif="x", par=a, maintenant=LE) for a in acteurs]  # type: ignore[misc]
    )
    assert sum(isinstance(r, Coupure) for r in resultats) == 1
    assert Coupure.objects.count() == 1
