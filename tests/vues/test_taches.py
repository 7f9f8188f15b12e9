"""Every kind of task appears when it should, leads to the very place, and goes once it is done."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.dossiers.actions import ecrire_message, marquer_messages_lus
from jalon.dossiers.enums import EtatPiece
from jalon.dossiers.models import PieceDeposee
from jalon.facturation.actions import rejeter_facture
from jalon.facturation.enums import MotifRejet
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.enums import Role
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Domaine, GenreTache, Niveau, Profil, Tache
from jalon.vues.requetes.taches import (
    attentes_des_clients,
    nombre_de_taches,
    taches_de_l_opco,
    taches_des_clients,
    taches_du_lieu,
)
from tests.acteurs import acteur_entreprise
from tests.banque.outils import IBANS, SIREN_PRESTATAIRE, ajouter, titulaire_de
from tests.dossiers import fabrique as dossiers
from tests.dossiers.contrats import contrat_complet
from tests.dossiers.test_complements import demander
from tests.facturation import outils as factures
from tests.habilitations.fabrique import (
    CABINET,
    LE,
    SIREN,
    acteur,
    agent,
    confier,
    donner,
    organisation,
    personne,
    rattacher,
    sur_le_siren,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_cette_heure(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("jalon.facturation.actions.depot.deposer_document", factures.document_leger)
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def aline() -> ActeurPersonne:
    """Reads and writes everything of the company; a colleague administers with her."""
    dossiers.monde()
    elle = personne("Aline")
    for qui in (elle, personne("Louise")):
        rattacher(qui, dossiers.SIREN)
    return acteur(elle, dossiers.LE)


def _genres(qui: ActeurPersonne, siren: str = dossiers.SIREN) -> dict[GenreTache, Tache]:
    return {t.genre: t for t in taches_du_lieu(acteur(qui.personne, qui.maintenant), siren)}


def _ouvre(tache: Tache) -> str:
    return reverse(tache.nom_url, kwargs=dict(tache.parametres)) + (f"#{tache.ancre}" if tache.ancre else "")


def test_un_brouillon_se_termine_puis_se_depose_avant_une_date(aline: ActeurPersonne) -> None:
    brouillon = dossiers.brouillon()
    assert _genres(aline)[GenreTache.BROUILLON].echeance is None
    dossiers.remplir(brouillon)
    tache = _genres(aline)[GenreTache.DEPOT]
    assert tache.echeance == dossiers.relire(brouillon).attend_avant
    assert (tache.siret, _ouvre(tache)) == (dossiers.SIRET, reverse("saisie_verifier", args=[dossiers.SIREN, brouillon.pk]))


def test_un_contrat_rempli_attend_sa_signature(aline: ActeurPersonne) -> None:
    contrat = contrat_complet()
    signe = PieceDeposee.objects.tous("essai").filter(dossier=contrat, code="cerfa_signe")
    assert GenreTache.SIGNATURE not in _genres(aline)
    signe.update(etat=EtatPiece.REMPLACEE)
    tache = _genres(aline)[GenreTache.SIGNATURE]
    assert _ouvre(tache) == reverse("saisie_pieces", args=[dossiers.SIREN, contrat.pk]) + "#h-imprimer"
    contrat.reponses.pop(next(iter(contrat.reponses)))
    contrat.save(update_fields=["reponses"])
    assert GenreTache.SIGNATURE not in _genres(aline)


def test_un_complement_mene_a_la_piece_ou_a_la_case(aline: ActeurPersonne) -> None:
    premier, second = dossiers.en_instruction(), dossiers.en_instruction()
    demander(premier, pieces=["programme"])
    demander(second, cases=["action.intitule"])
    vues = _genres(aline)
    assert _ouvre(vues[GenreTache.PIECE]).endswith(f"{premier.pk}/pieces/#piece-programme")
    assert _ouvre(vues[GenreTache.COMPLEMENT]).endswith(f"{second.pk}/saisie/action/#id_intitule")


def test_un_message_de_l_opco_attend_d_etre_lu_par_qui_peut_repondre(aline: ActeurPersonne) -> None:
    dossier = dossiers.accorde()
    ecrire = {"dossier_id": dossier.pk, "maintenant": LE}
    ecrire_message(corps="Bonjour", par=dossiers.emma(), **ecrire)
    tache = _genres(aline)[GenreTache.MESSAGE]
    assert _ouvre(tache) == reverse("espace_dossier", args=[dossiers.SIREN, dossier.pk]) + "#h-msg"
    driss = acteur(personne("Driss"), dossiers.LE)
    rattacher(driss.personne, dossiers.SIREN_OF, Profil.PRESTATAIRE)
    assert GenreTache.MESSAGE not in _genres(driss, dossiers.SIREN_OF)
    ecrire_message(corps="Bonjour", par=dossiers.emma(), avec=Cote.PRESTATAIRE, **ecrire)
    assert GenreTache.MESSAGE in _genres(driss, dossiers.SIREN_OF)
    ecrire_message(corps="Bonjour", par=driss, dossier_id=dossier.pk, maintenant=LE + timedelta(minutes=1))
    assert GenreTache.MESSAGE not in _genres(driss, dossiers.SIREN_OF)
    marquer_messages_lus(dossier_id=dossier.pk, par=aline, maintenant=LE)
    assert GenreTache.MESSAGE not in _genres(aline)


def test_qui_ne_peut_que_lire_n_a_rien_a_faire(aline: ActeurPersonne) -> None:
    dossiers.brouillon()
    bruno = personne("Bruno")
    rattacher(bruno, dossiers.SIREN, droits=[sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
    assert taches_du_lieu(acteur(bruno, dossiers.LE), dossiers.SIREN) == []


def test_une_formation_finie_attend_son_certificat_puis_la_facture_rejetee_sa_correction() -> None:
    organisation(SIREN_PRESTATAIRE, "Institut Horizon")
    driss = _gens(SIREN_PRESTATAIRE, Profil.PRESTATAIRE)
    engagement = factures.accorder()
    tache = _genres(driss, SIREN_PRESTATAIRE)[GenreTache.CERTIFICAT]
    assert "certificat" in tache.titre
    facture = factures.deposer(engagement)
    assert _genres(driss, SIREN_PRESTATAIRE) == {}
    rejeter_facture(
        facture_id=facture.pk, motif=MotifRejet.MONTANT, texte="Voyez l’accord", par=factures.gestionnaire(), maintenant=LE
    )
    vues = _genres(driss, SIREN_PRESTATAIRE)
    assert set(vues) == {GenreTache.FACTURE_REJETEE}
    assert _ouvre(vues[GenreTache.FACTURE_REJETEE]).endswith(f"{facture.pk}/#rejet")
    factures.deposer(engagement, le=LE + timedelta(minutes=1))
    assert _genres(driss, SIREN_PRESTATAIRE) == {}


def test_une_echeance_ouverte_se_facture() -> None:
    organisation(SIREN_PRESTATAIRE, "Institut Horizon")
    driss = _gens(SIREN_PRESTATAIRE, Profil.PRESTATAIRE)
    factures.accorder_contrat()
    assert set(_genres(driss, SIREN_PRESTATAIRE)) == {GenreTache.ECHEANCE}


def test_un_compte_ajoute_par_un_autre_se_confirme_ou_se_gele() -> None:
    organisation()
    aline = _gens(SIREN)
    louise = Personne.objects.get(prenom="Louise")
    ligne = ajouter(IBANS[0], par=titulaire_de(SIREN, Profil.ADHERENT, louise), le=LE)
    tache = _genres(aline, SIREN)[GenreTache.RIB]
    assert _ouvre(tache).endswith(f"#compte-{ligne.pk}")
    assert GenreTache.RIB not in _genres(acteur(louise), SIREN)
    fini = acteur(aline.personne, ligne.utilisable_a_partir_de)
    assert GenreTache.RIB not in {t.genre for t in taches_du_lieu(fini, SIREN)}
    juste_avant = acteur(aline.personne, ligne.utilisable_a_partir_de - timedelta(seconds=1))
    assert GenreTache.RIB in {t.genre for t in taches_du_lieu(juste_avant, SIREN)}


def test_un_mandat_se_renouvelle_dans_ses_trente_derniers_jours() -> None:
    organisation()
    organisation(CABINET, "CABINET ESSAI")
    aline = _gens(SIREN)
    mandat = donner(fin=LE + timedelta(days=30))
    tache = _genres(aline, SIREN)[GenreTache.MANDAT]
    assert _ouvre(tache) == reverse("espace_mandat_modifier", args=[SIREN, mandat.pk]) + "#id_fin"
    mandat.fin += timedelta(seconds=1)
    mandat.save()
    assert GenreTache.MANDAT not in _genres(aline, SIREN)


def test_un_cabinet_voit_les_taches_de_ses_clients_et_d_eux_seuls() -> None:
    dossiers.monde()
    organisation(CABINET, "CABINET ESSAI")
    chloe = personne("Chloé")
    lien = rattacher(chloe, CABINET, Profil.PRESTATAIRE, droits=[])
    confier(donner(dossiers.SIREN), lien)
    rattacher(chloe, dossiers.AUTRE_SIREN)
    dossiers.brouillon()
    dossiers.brouillon(acteur_entreprise(dossiers.AUTRE_SIREN), siret=dossiers.AUTRE_SIRET)
    elle = acteur(chloe, dossiers.LE)
    (tache,) = taches_des_clients(elle, CABINET)
    assert dict(tache.parametres)["siren"] == dossiers.SIREN
    attentes = attentes_des_clients(elle, CABINET, dossiers.LE.date())
    assert (attentes.brouillons, attentes.total) == (1, 1)


def test_le_nombre_de_l_en_tete_est_retenu_une_minute(aline: ActeurPersonne, django_assert_num_queries: Any) -> None:
    dossiers.brouillon()
    assert nombre_de_taches(aline, dossiers.SIREN) == 1
    with django_assert_num_queries(0):
        assert nombre_de_taches(acteur_memorise(aline), dossiers.SIREN) == 1


def acteur_memorise(qui: ActeurPersonne) -> ActeurPersonne:
    """Another request of the same person."""
    return ActeurPersonne(qui.personne, qui.maintenant)


def test_les_taches_d_un_espace_coutent_autant_pour_vingt_dossiers(
    aline: ActeurPersonne, django_assert_max_num_queries: Any
) -> None:
    for _ in range(8):
        dossiers.brouillon()
    with django_assert_max_num_queries(24):
        assert len(taches_du_lieu(acteur_memorise(aline), dossiers.SIREN)) == 8


def test_les_taches_de_l_opco_suivent_les_pouvoirs() -> None:
    dossiers.monde()
    dossiers.transmis()
    emma = agent(Role.CONSEILLER, [dossiers.PORTEFEUILLE], "Emma")
    assert [t.nom_url for t in taches_de_l_opco(acteur(emma, dossiers.LE))] == ["opco_dossier"]
    assert taches_de_l_opco(acteur(personne("Gaël"), dossiers.LE)) == []


def _gens(siren: str, profil: Profil = Profil.ADHERENT) -> ActeurPersonne:
    """Two administrators, so that nothing is to be done about access."""
    elle = personne("Aline")
    for qui in (elle, personne("Louise")):
        rattacher(qui, siren, profil)
    return acteur(elle)
