"""Threads in their life: documents, who read, who answers, a silence recalled."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from jalon.courriers.models import Courriel
from jalon.dossiers.actions import (
    FichierJoint,
    confier_echange,
    demander_modification,
    ecrire_message,
    marquer_messages_lus,
    ouvrir_jointe,
    relancer_opco,
)
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import echange_de
from jalon.instruction.requetes import sollicitations
from jalon.journal.models import Revelation
from jalon.messagerie.enums import Cote
from jalon.messagerie.models import Message, PieceJointe
from jalon.messagerie.regles import JOINTES_AU_PLUS, premier_jour_de_relance
from jalon.pieces.enums import EtatDocument
from jalon.pieces.models import Document
from jalon.pieces.requetes import DocumentIndisponible
from jalon.socle.acteurs import Niveau, Pouvoir
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from jalon.socle.modeles import PerimetreOublie
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco
from tests.dossiers.fabrique import (
    AUTRE_PORTEFEUILLE,
    AUTRE_SIREN,
    LE,
    PORTEFEUILLE,
    SIREN,
    accorde,
    aline,
    brouillon,
    driss,
    emma,
    en_instruction,
    monde,
    transmis,
)
from tests.fils import ensemble, genres
from tests.habilitations import fabrique as h
from tests.pieces.conftest import coffres
from tests.pieces.fabrique import photo

JOUR = timedelta(days=1)
MINUTE = timedelta(minutes=1)


__all__ = ["coffres"]


@pytest.fixture
def _monde(db: None, coffres: Path) -> None:
    monde()


def ecrire(dossier: Dossier, par: FauxActeur, le: datetime = LE, avec: Cote = Cote.ENTREPRISE, joints: int = 0) -> Message:
    fichiers = [FichierJoint(f"photo-{n}.jpg", io.BytesIO(photo())) for n in range(joints)]
    return ecrire_message(dossier_id=dossier.id, corps="Bonjour", par=par, maintenant=le, avec=avec, fichiers=fichiers)


def relancer(dossier: Dossier, le: datetime, par: FauxActeur | None = None) -> None:
    relancer_opco(dossier_id=dossier.id, par=par or aline(), maintenant=le)


@pytest.mark.usefixtures("_monde")
def test_un_message_porte_des_pieces_lues_par_ses_deux_cotes_seulement() -> None:
    dossier = accorde()
    ecrire(dossier, aline(), joints=2)
    lu = echange_de(dossier, emma())
    assert lu is not None
    ((_, jointes),) = lu.ecrits
    assert [j.document.nom for j in jointes] == ["photo-0.jpg", "photo-1.jpg"]
    jointe, octets = ouvrir_jointe(dossier_id=dossier.id, jointe_id=jointes[0].pk, par=emma(), maintenant=LE)
    assert (jointe.document.type_mime, octets[:2]) == ("image/jpeg", b"\xff\xd8")
    assert Revelation.objects.tous("essai").filter(objet_id=str(dossier.pk)).count() == 1
    for acteur in (driss(), acteur_entreprise(AUTRE_SIREN), emma(AUTRE_PORTEFEUILLE)):
        with pytest.raises(Introuvable):
            ouvrir_jointe(dossier_id=dossier.id, jointe_id=jointes[0].pk, par=acteur, maintenant=LE)
    with pytest.raises(Introuvable):
        ouvrir_jointe(dossier_id=dossier.id, jointe_id=uuid4(), par=emma(), maintenant=LE)
    Document.objects.de_proprietaire([jointes[0].document_id], "essai").update(etat=EtatDocument.EN_ATTENTE)
    with pytest.raises(DocumentIndisponible):
        ouvrir_jointe(dossier_id=dossier.id, jointe_id=jointes[0].pk, par=emma(), maintenant=LE)


@pytest.mark.usefixtures("_monde")
def test_un_fichier_refuse_n_ecrit_rien_et_ne_garde_rien() -> None:
    dossier, bon = transmis(), FichierJoint("a.jpg", io.BytesIO(photo()))
    mauvais = FichierJoint("b.docx", io.BytesIO(b"PK"))
    with pytest.raises(SaisieRefusee, match=r"^b\.docx") as refus:
        ecrire_message(dossier_id=dossier.id, corps="Bonjour", par=aline(), maintenant=LE, fichiers=[bon, mauvais])
    assert refus.value.champ == "fichiers"
    trop = [FichierJoint("a.jpg", io.BytesIO(b""))] * (JOINTES_AU_PLUS + 1)
    with pytest.raises(SaisieRefusee, match="5 fichiers au plus"):
        ecrire_message(dossier_id=dossier.id, corps="Bonjour", par=aline(), maintenant=LE, fichiers=trop)
    with pytest.raises(SaisieRefusee, match="Écrivez votre message"):
        ecrire_message(dossier_id=dossier.id, corps=" ", par=aline(), maintenant=LE, fichiers=[bon])
    lu = echange_de(dossier, aline())
    assert lu is not None
    assert lu.ecrits == []
    assert not Document.objects.en_attente().exists()
    with pytest.raises(PerimetreOublie):
        PieceJointe.objects.all()
    with pytest.raises(PerimetreOublie):
        PieceJointe.objects.de_fils([], "")


@pytest.mark.usefixtures("_monde")
def test_chaque_cote_sait_si_l_autre_a_lu() -> None:
    dossier, moi, elle = en_instruction(), aline(), emma()
    consulte = acteur_opco(PORTEFEUILLE, nom="Inès Essai")
    ecrire(dossier, moi)

    def lu_par() -> list[tuple[str, datetime | None]]:
        echange = echange_de(dossier, moi)
        assert echange is not None
        return [(m.lu_par_nom, m.lu_le) for m, _ in echange.ecrits]

    marquer_messages_lus(dossier_id=dossier.id, par=moi, maintenant=LE + MINUTE)
    marquer_messages_lus(dossier_id=dossier.id, par=consulte, maintenant=LE + MINUTE)
    assert lu_par() == [("", None)]
    marquer_messages_lus(dossier_id=dossier.id, par=elle, maintenant=LE + 2 * MINUTE)
    marquer_messages_lus(dossier_id=dossier.id, par=emma(), maintenant=LE + 3 * MINUTE)
    assert lu_par() == [("Emma Essai", LE + 2 * MINUTE)]
    ecrire(dossier, elle, le=LE + 4 * MINUTE)
    assert lu_par()[1] == ("", None)
    marquer_messages_lus(dossier_id=dossier.id, par=aline(nom="Bruno Essai"), maintenant=LE + 5 * MINUTE)
    assert lu_par()[1] == ("Bruno Essai", LE + 5 * MINUTE)


@pytest.mark.usefixtures("_monde")
def test_qui_doit_repondre() -> None:
    dossier = accorde()
    vide = echange_de(dossier, aline())
    assert vide is not None
    assert (vide.attendu, vide.repond, vide.relance_des) == (None, "", None)
    ecrire(dossier, aline())
    ecrire(dossier, driss())
    for acteur in (aline(), driss()):
        lu = echange_de(dossier, acteur)
        assert lu is not None
        assert (lu.attendu, lu.repond, lu.relance_des) == (Cote.OPCO, "Emma Essai", date(2026, 11, 29))
    ecrire(dossier, emma(), le=LE + MINUTE)
    lu = echange_de(dossier, emma())
    assert lu is not None
    assert (lu.attendu, lu.repond, lu.relance_des) == (Cote.ENTREPRISE, dossier.denomination, None)
    prestataire = echange_de(dossier, emma(), Cote.PRESTATAIRE)
    assert prestataire is not None
    assert (prestataire.attendu, prestataire.relance_des) == (Cote.OPCO, None)
    assert echange_de(transmis(), emma(), Cote.PRESTATAIRE) is None
    assert echange_de(dossier, acteur_entreprise(AUTRE_SIREN)) is None


@pytest.mark.parametrize(
    ("ecrit", "relance", "attendu"),
    [
        (date(2026, 11, 23), None, date(2026, 11, 28)),
        (date(2026, 11, 23), date(2026, 11, 28), date(2026, 12, 3)),
        (date(2026, 12, 10), date(2026, 11, 28), date(2026, 12, 15)),
    ],
)
def test_le_premier_jour_d_une_relance(ecrit: date, relance: date | None, attendu: date) -> None:
    assert premier_jour_de_relance(ecrit, relance) == attendu


@pytest.mark.usefixtures("_monde")
def test_relancer_des_le_sixieme_jour_puis_tous_les_cinq_jours() -> None:
    """Days are those of Paris: the fifth one ends at 23:00 UTC in November."""
    conseiller = h.agent(h.Role.CONSEILLER, [PORTEFEUILLE], "Emma", "Vasseur")
    collegue = h.agent(h.Role.CONSEILLER, [PORTEFEUILLE], "Farid", "Benali")
    h.agent(h.Role.COMPTABLE, [PORTEFEUILLE], "Inès", "Roy")
    dossier = en_instruction()
    with pytest.raises(TransitionImpossible, match="a répondu"):
        relancer(dossier, LE)
    ecrire(dossier, aline())
    with pytest.raises(TransitionImpossible, match="à partir du 29/11/2026"):
        relancer(dossier, datetime(2026, 11, 28, 22, 59, 59, tzinfo=UTC))
    Courriel.objects.all().delete()
    relancer(dossier, datetime(2026, 11, 28, 23, 0, 0, tzinfo=UTC))
    assert set(Courriel.objects.values_list("genre", "adresse")) == {
        ("dossiers.relance", conseiller.email),
        ("dossiers.relance", collegue.email),
    }
    with pytest.raises(TransitionImpossible, match="à partir du 04/12/2026"):
        relancer(dossier, datetime(2026, 12, 3, 22, 59, 59, tzinfo=UTC))
    relancer(dossier, datetime(2026, 12, 3, 23, 0, 0, tzinfo=UTC))
    ecrire(dossier, emma(), le=LE + 12 * JOUR)
    with pytest.raises(TransitionImpossible, match="a répondu"):
        relancer(dossier, LE + 30 * JOUR)


@pytest.mark.usefixtures("_monde")
def test_relancer_va_a_qui_repond() -> None:
    conseiller = h.agent(h.Role.CONSEILLER, [PORTEFEUILLE], "Emma", "Vasseur")
    collegue = h.agent(h.Role.CONSEILLER, [PORTEFEUILLE], "Farid", "Benali")
    dossier = en_instruction()
    Dossier.objects.tous("essai").filter(pk=dossier.pk).update(instructeur_id=conseiller.pk)
    ecrire(dossier, aline())
    relancer(dossier, LE + 6 * JOUR)
    assert set(Courriel.objects.filter(genre="dossiers.relance").values_list("adresse", flat=True)) == {conseiller.email}
    confie = confier_echange(dossier_id=dossier.id, a=collegue.pk, par=emma(), maintenant=LE)
    assert (confie.confie_a, confie.confie_a_nom) == (collegue.pk, collegue.nom_complet)
    assert Courriel.objects.get(genre="dossiers.echange_confie").adresse == collegue.email
    relancer(dossier, LE + 12 * JOUR)
    lu = echange_de(dossier, aline())
    assert lu is not None
    assert (lu.repond, lu.relance_le) == (collegue.nom_complet, (LE + 12 * JOUR).date())
    assert Courriel.objects.filter(genre="dossiers.relance", adresse=collegue.email).count() == 1
    Courriel.objects.all().delete()
    ecrire(dossier, aline(), le=LE + 13 * JOUR)
    assert list(Courriel.objects.values_list("adresse", flat=True)) == [collegue.email]


@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [
        (aline(niveau=Niveau.LECTURE), DroitManquant),
        (emma(), TransitionImpossible),
        (driss(), Introuvable),
        (acteur_entreprise(AUTRE_SIREN), Introuvable),
    ],
)
@pytest.mark.usefixtures("_monde")
def test_relancer_demande_d_ecrire(acteur: FauxActeur, erreur: type[Exception]) -> None:
    dossier = transmis()
    ecrire(dossier, aline())
    with pytest.raises(erreur):
        relancer(dossier, LE + 10 * JOUR, acteur)


@pytest.mark.usefixtures("_monde")
def test_confier_reste_dans_le_portefeuille() -> None:
    ici = h.agent(h.Role.CONSEILLER, [PORTEFEUILLE], "Emma", "Vasseur")
    ailleurs = h.agent(h.Role.CONSEILLER, [AUTRE_PORTEFEUILLE], "Hugo", "Petit")
    comptable = h.agent(h.Role.COMPTABLE, [PORTEFEUILLE], "Inès", "Roy")
    dossier = en_instruction()
    for personne in (ailleurs, comptable):
        with pytest.raises(SaisieRefusee):
            confier_echange(dossier_id=dossier.id, a=personne.pk, par=emma(), maintenant=LE)
    with pytest.raises(Introuvable):
        confier_echange(dossier_id=dossier.id, a=ici.pk, par=emma(), maintenant=LE, avec=Cote.PRESTATAIRE)
    for acteur, erreur in ((acteur_opco(PORTEFEUILLE), DroitManquant), (aline(), DroitManquant), (driss(), Introuvable)):
        with pytest.raises(erreur):
            confier_echange(dossier_id=dossier.id, a=ici.pk, par=acteur, maintenant=LE)
    assert not Courriel.objects.filter(genre="dossiers.echange_confie").exists()
    with pytest.raises(TransitionImpossible):
        relancer(brouillon(), LE)


def test_deux_relances_au_meme_instant_n_en_font_qu_une(base_reelle: str) -> None:
    monde()
    h.rattacher(h.personne("Aline", "Ferrand"), SIREN)
    dossier = transmis()
    ecrire(dossier, aline())
    resultats = genres(ensemble([lambda: relancer(dossier, LE + 6 * JOUR) for _ in range(3)]))
    assert resultats == {"NoneType": 1, "TransitionImpossible": 2}


@pytest.mark.usefixtures("_monde")
def test_ce_qui_attend_une_reponse_est_une_tache_de_qui_repond() -> None:
    farid = h.agent(h.Role.CONSEILLER, [PORTEFEUILLE], "Farid", "Benali")
    moi, lui = emma(), acteur_opco(PORTEFEUILLE, Pouvoir.INSTRUIRE, nom="Farid Benali")
    lui.id = farid.pk
    ailleurs = emma(AUTRE_PORTEFEUILLE)

    def titres(acteur: FauxActeur) -> list[str]:
        return [tache.titre for tache in sollicitations(acteur)]

    dossier = accorde()
    Dossier.objects.tous("essai").filter(pk=dossier.pk).update(instructeur_id=moi.id)
    assert titres(moi) == []
    ecrire(dossier, aline())
    ecrire(dossier, driss())
    relancer(dossier, LE + 6 * JOUR)
    relancer(dossier, LE + 6 * JOUR, driss())
    assert (titres(moi), titres(lui), titres(ailleurs)) == (["Répondre à un message relancé"] * 2, [], [])
    confier_echange(dossier_id=dossier.id, a=farid.pk, par=moi, maintenant=LE)
    assert (len(titres(moi)), len(titres(lui))) == (1, 1)
    ecrire(dossier, moi, le=LE + 7 * JOUR)
    assert (len(titres(moi)), titres(lui), titres(aline())) == (1, [], [])
    demander_modification(
        dossier_id=transmis(action__date_debut="18/01/2027", action__date_fin="19/01/2027").id, chemin="action.lieu",
        souhait="Lyon", motif="La salle a changé", par=aline(), maintenant=LE,
    )  # fmt: skip
    assert titres(lui) == ["Décider d’une modification demandée"]
