"""Real acts of the product, and who is told: who may see it now, on which page, once."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.courriers.messages import genres
from jalon.courriers.models import Courriel
from jalon.dossiers.actions import ecrire_message, relancer_opco
from jalon.dossiers.actions.pieces import noter_le_refus
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.droits import retirer_rattachement
from jalon.habilitations.enums import Role
from jalon.habilitations.models import DroitAccorde
from jalon.journal.actions import noter
from jalon.journal.libelles import _LIBELLES
from jalon.messagerie.enums import Cote
from jalon.notifications.actions.lectures import marquer_lue
from jalon.notifications.actions.suivi import lire_le_journal
from jalon.notifications.annonces import _ANNONCES, genres_deja_ecrits
from jalon.notifications.enums import Canal, Genre
from jalon.notifications.models import Notification
from jalon.notifications.requetes import NE_CONCERNE_PLUS, mes_notifications, nombre_de_non_lues
from jalon.pieces.enums import EtatDocument
from jalon.pieces.models import Document
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.erreurs import Introuvable
from tests.dossiers.fabrique import AUTRE_SIREN, LE, PORTEFEUILLE, SIREN, SIREN_OF, accorde, monde, transmis
from tests.habilitations.fabrique import acteur, agent, personne, rattacher, sur_le_siren

pytestmark = pytest.mark.django_db
PLAN = [sur_le_siren(Domaine.PLAN, Niveau.SAISIE)]


@pytest.fixture(autouse=True)
def _a_cette_heure() -> Iterator[None]:
    with time_machine.travel(LE, tick=False):
        yield


def _dites(genre: Genre) -> dict[UUID, str]:
    lire_le_journal(maintenant=LE)
    lignes = Notification.objects.tous("essai").filter(genre=genre)
    return {n.personne_id: reverse(n.page, kwargs=n.parametres) for n in lignes}


def _gens() -> tuple[Personne, Personne, Personne]:
    """Of the company, of another, of another domain."""
    monde()
    aline, gael, chloe = personne("Aline"), personne("Gaël"), personne("Chloé")
    rattacher(aline, SIREN, droits=PLAN)
    rattacher(gael, AUTRE_SIREN)
    rattacher(chloe, SIREN, droits=[sur_le_siren(Domaine.FACTURES, Niveau.GESTION)])
    return aline, gael, chloe


def test_un_dossier_transmis_est_dit_a_qui_le_voit_et_a_nul_autre() -> None:
    aline, _, _ = _gens()
    dossier = transmis()
    assert _dites(Genre.DOSSIER_TRANSMIS) == {aline.pk: f"/e/{SIREN}/dossiers/{dossier.pk}/"}
    dite = Notification.objects.tous("essai").get(genre=Genre.DOSSIER_TRANSMIS)
    assert dossier.numero in dite.phrase
    assert dite.dispositif == dossier.dispositif


def test_un_droit_perdu_depuis_cache_la_phrase() -> None:
    aline, _, _ = _gens()
    transmis()
    lire_le_journal(maintenant=LE)
    assert [m.lisible for m in mes_notifications(acteur(aline))[0]] == [True]
    DroitAccorde.objects.filter(rattachement__personne=aline).delete()
    (montree,), suite = mes_notifications(acteur(aline))
    assert (montree.lisible, montree.phrase, suite) == (False, NE_CONCERNE_PLUS, False)


def test_un_message_est_dit_a_qui_repond_et_le_courriel_de_l_acte_suffit() -> None:
    aline, _, _ = _gens()
    emma = agent(Role.CONSEILLER, (PORTEFEUILLE,), "Emma")
    dossier = transmis()
    Dossier.objects.tous("essai").update(instructeur_id=emma.pk)
    ecrire_message(dossier_id=dossier.pk, corps="Bonjour", par=acteur(aline), maintenant=LE)
    assert _dites(Genre.MESSAGE_RECU) == {emma.pk: f"/opco/dossiers/{dossier.pk}/"}
    ecrire_message(dossier_id=dossier.pk, corps="Merci", par=acteur(emma), maintenant=LE)
    assert _dites(Genre.MESSAGE_RECU)[aline.pk] == f"/e/{SIREN}/dossiers/{dossier.pk}/"
    assert not Courriel.objects.filter(genre__startswith="notifications.").exists()


def test_une_relance_est_dite_a_l_opco() -> None:
    aline, _, _ = _gens()
    emma = agent(Role.CONSEILLER, (PORTEFEUILLE,), "Emma")
    dossier = transmis()
    ecrire_message(dossier_id=dossier.pk, corps="Bonjour", par=acteur(aline), maintenant=LE - timedelta(days=30))
    relancer_opco(dossier_id=dossier.pk, par=acteur(aline), maintenant=LE)
    assert _dites(Genre.RELANCE_RECUE) == {emma.pk: f"/opco/dossiers/{dossier.pk}/"}


def test_un_message_a_l_organisme_ne_se_dit_pas_a_l_entreprise() -> None:
    aline, _, _ = _gens()
    driss, emma = personne("Driss"), agent(Role.CONSEILLER, (PORTEFEUILLE,), "Emma")
    rattacher(driss, SIREN_OF, Profil.PRESTATAIRE, droits=PLAN)
    dossier = accorde()
    ecrire_message(dossier_id=dossier.pk, corps="Bonjour", par=acteur(emma), maintenant=LE, avec=Cote.PRESTATAIRE)
    assert _dites(Genre.MESSAGE_RECU) == {driss.pk: f"/e/{SIREN_OF}/dossiers/{dossier.pk}/"}
    assert aline.pk not in _dites(Genre.MESSAGE_RECU)


def test_une_piece_refusee_par_l_antivirus_part_par_courriel() -> None:
    aline, _, _ = _gens()
    dossier = transmis()
    piece = PieceDeposee.objects.tous("essai").filter(dossier=dossier).first()
    assert piece is not None
    noter_le_refus(piece.document_id, LE)
    assert _dites(Genre.PIECE_REFUSEE) == {}
    Document.objects.de_proprietaire([piece.document_id], "essai").update(etat=EtatDocument.REFUSEE)
    noter_le_refus(piece.document_id, LE)
    assert set(_dites(Genre.PIECE_REFUSEE)) == {aline.pk}
    assert Notification.objects.tous("essai").get(genre=Genre.PIECE_REFUSEE).canal == Canal.IMMEDIAT


def test_un_acces_retire_est_dit_a_elle_seule() -> None:
    monde()
    karim, bruno = personne("Karim"), personne("Bruno")
    rattacher(karim, SIREN)
    rattacher(personne("Louise"), SIREN)
    lien = rattacher(bruno, SIREN, droits=PLAN)
    retirer_rattachement(rattachement_id=lien.pk, motif="Départ", par=acteur(karim), maintenant=LE)
    assert _dites(Genre.ACCES_RETIRE) == {bruno.pk: "/accueil/"}


def test_un_objet_disparu_ne_dit_rien() -> None:
    aline, _, _ = _gens()
    dossier = transmis()
    for code in ("acces.demande", "acces.droits", "export.pret", "message.ecrit", "facture.rejetee", "dossier.refuse"):
        details = dict.fromkeys(("personne", "numero", "motif", "cote", "libelle", "lignes"), "x")
        dossier.pk = UUID(int=7)
        noter(code, par=ActeurSysteme("essai"), portee=dossier.portee, objet=dossier, le=LE, details=details)
    lire_le_journal(maintenant=LE)
    assert set(Notification.objects.tous("essai").values_list("genre", flat=True)) == {Genre.DOSSIER_TRANSMIS}
    assert nombre_de_non_lues(acteur(aline)) == 1


def test_chacun_ne_marque_que_les_siennes() -> None:
    aline, gael, _ = _gens()
    transmis()
    lire_le_journal(maintenant=LE)
    dite = Notification.objects.tous("essai").get()
    with pytest.raises(Introuvable):
        marquer_lue(notification_id=dite.pk, par=acteur(gael), maintenant=LE)
    with pytest.raises(Introuvable):
        marquer_lue(notification_id=dite.pk, par=ActeurSysteme("essai"), maintenant=LE)
    for heures in (1, 2):
        marquer_lue(notification_id=dite.pk, par=acteur(aline), maintenant=LE + timedelta(hours=heures))
    assert Notification.objects.tous("essai").get().lue_le == LE + timedelta(hours=1)


def test_ce_qui_est_annonce_existe() -> None:
    """Events, e-mails and pages that the tables name are those of the product; every kind is told of something."""
    assert {a.genre for a in _ANNONCES.values()} == set(Genre)
    assert genres_deja_ecrits() == set(Genre) - {Genre.PIECE_REFUSEE, Genre.ALERTE_VUE}
    for annonce in _ANNONCES.values():
        assert set(annonce.courriels) <= set(genres()), annonce.code
        assert annonce.lire is None or annonce.code in _LIBELLES, annonce.code
        assert annonce.dire("X").endswith("."), annonce.code
