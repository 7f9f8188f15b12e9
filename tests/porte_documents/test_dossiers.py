"""Taken for a request, kept from a request: one file, as long as somebody points to it."""

from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from jalon.dossiers.actions import (
    deposer_piece,
    garder_piece,
    ouvrir_piece,
    prendre_piece,
    retirer_piece,
    supprimer_brouillon,
    transmettre_dossier,
)
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.dossiers.requetes import documents_a_joindre, endroits_ou_garder, origine_affichee, pieces_de, pieces_utilisables
from jalon.journal.models import Evenement
from jalon.pieces.actions import analyser_document, supprimer_document
from jalon.pieces.actions import documents as receptions
from jalon.pieces.antivirus import Verdict
from jalon.pieces.enums import EtatDocument
from jalon.pieces.models import Document
from jalon.pieces.requetes import COFFRE, DocumentIndisponible, lire_document
from jalon.porte_documents.actions import ouvrir_document, remplacer_fichier, retirer_document
from jalon.porte_documents.models import DocumentGarde
from jalon.porte_documents.requetes import Lieu, pour_la_piece
from jalon.socle import coffre
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Perimetre
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, SaisiesRefusees, TransitionImpossible
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_sous_convention
from tests.dossiers.fabrique import (
    AUTRE_SIREN,
    AUTRE_SIRET,
    JOUR,
    LE,
    SIREN,
    SIREN_OF,
    SIRET,
    aline,
    brouillon,
    complet,
    driss,
    emma,
    joindre,
    monde,
    relire,
    transmis,
)
from tests.pieces.conftest import coffres
from tests.porte_documents.outils import CHEZ_P, DEUX_PAGES, HIER, TROIS_PAGES, UNE_PAGE, ajouter, description, documents, gardes

__all__ = ["coffres"]
pytestmark = pytest.mark.django_db
ALTERNANCE = [Domaine.ALTERNANCE]


@pytest.fixture(autouse=True)
def _monde(coffres: Path, sans_inspection: None) -> None:
    monde()


def prendre(dossier: Dossier, document_id: UUID, par: Acteur | None = None, code: str = "programme") -> PieceDeposee:
    return prendre_piece(dossier_id=dossier.pk, code=code, document_id=document_id, par=par or aline(), maintenant=LE)


def garder(piece: PieceDeposee, par: Acteur | None = None, *, siret: str = "", **autres: object) -> DocumentGarde:
    dite = description(**autres)
    return garder_piece(
        dossier_id=piece.dossier_id, piece_id=piece.pk, siret=siret, description=dite, par=par or aline(), maintenant=LE
    )


def retirer(garde: DocumentGarde) -> None:
    retirer_document(document_id=garde.pk, par=aline(), maintenant=LE)


def deposer(dossier: Dossier) -> PieceDeposee:
    return deposer_piece(
        dossier_id=dossier.pk, code="programme", nom="p.pdf", contenu=BytesIO(UNE_PAGE), par=aline(), maintenant=LE
    )


def test_une_piece_prise_partage_le_fichier_et_dit_d_ou_elle_vient() -> None:
    garde, dossier = ajouter(libelle="Programme 2026"), brouillon()
    piece = prendre(dossier, garde.pk)
    assert (piece.document_id, piece.origine, piece.code, piece.deposee_par_nom) == (
        garde.document_id, "Programme 2026", "programme", "Aline Essai",
    )  # fmt: skip
    assert origine_affichee(piece) == "Prise dans le porte-documents\u00a0: Programme 2026"
    assert pieces_utilisables(dossier) == {"programme"}
    assert [e.code for e in Evenement.objects.tous("essai").filter(objet_id=str(dossier.pk), code__startswith="piece.")] == [
        "piece.prise"
    ]
    assert ouvrir_piece(dossier_id=dossier.pk, piece_id=piece.pk, par=aline(), maintenant=LE)[1] == UNE_PAGE
    assert origine_affichee(deposer(brouillon())) == ""


def test_une_piece_prise_remplace_celle_qui_etait_la() -> None:
    garde, dossier = ajouter(), brouillon()
    deposer(dossier)
    prise = prendre(dossier, garde.pk)
    assert [p.pk for p in pieces_de(dossier, aline())] == [prise.pk]
    assert PieceDeposee.objects.tous("essai").count() == 2


def test_un_dossier_transmis_ne_change_plus_quoi_qu_il_arrive_au_porte_documents(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    remplace, retire = ajouter(), ajouter(libelle="Convention", genre="convention", octets=DEUX_PAGES)
    dossier = complet()
    programme, convention = prendre(dossier, remplace.pk), prendre(dossier, retire.pk, code="convention_signee")
    transmettre_dossier(dossier_id=dossier.pk, par=aline(), maintenant=LE)
    with django_capture_on_commit_callbacks(execute=True):
        remplacer_fichier(
            document_id=remplace.pk, version=1, nom="v2.pdf", contenu=BytesIO(TROIS_PAGES), par=aline(), maintenant=LE
        )
        retirer(retire)
    lues = [ouvrir_piece(dossier_id=dossier.pk, piece_id=p.pk, par=aline(), maintenant=LE) for p in (programme, convention)]
    assert [octets for _, octets in lues] == [UNE_PAGE, DEUX_PAGES]
    assert [piece.origine for piece, _ in lues] == ["Programme 2026", "Convention"]


def test_le_fichier_part_avec_le_dernier_qui_y_tient(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    garde, un, deux = ajouter(), brouillon(), brouillon()
    pieces = [prendre(dossier, garde.pk) for dossier in (un, deux)]
    fichier = garde.document
    with django_capture_on_commit_callbacks(execute=True):
        retirer(garde)
        retirer_piece(dossier_id=un.pk, piece_id=pieces[0].pk, par=aline(), maintenant=LE)
    assert lire_document(fichier) == UNE_PAGE
    with django_capture_on_commit_callbacks(execute=True):
        supprimer_brouillon(dossier_id=deux.pk, par=aline(), maintenant=LE)
    assert documents() == set()
    with pytest.raises(coffre.ContenuAbsent):
        coffre.lire(COFFRE, str(fichier.pk))


def test_retirer_la_piece_ne_touche_pas_le_porte_documents(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    garde, dossier = ajouter(), brouillon()
    piece = prendre(dossier, garde.pk)
    prendre(dossier, garde.pk, code="convention_signee")
    with django_capture_on_commit_callbacks(execute=True):
        retirer_piece(dossier_id=dossier.pk, piece_id=piece.pk, par=aline(), maintenant=LE)
        supprimer_brouillon(dossier_id=dossier.pk, par=aline(), maintenant=LE)
    assert ouvrir_document(document_id=garde.pk, par=aline(), maintenant=LE)[1] == UNE_PAGE


def test_un_document_que_quelqu_un_tient_ne_se_supprime_pas() -> None:
    garde = ajouter()
    assert supprimer_document(document=garde.document) is False
    DocumentGarde.objects.tous("essai").filter(pk=garde.pk).delete()
    assert supprimer_document(document=garde.document) is True
    assert supprimer_document(document=garde.document) is True
    with pytest.raises(Introuvable):
        receptions.retenir_document(document_id=garde.document_id)


@pytest.mark.parametrize("etat", [EtatDocument.EN_ATTENTE, EtatDocument.REFUSEE])
def test_un_document_non_controle_ne_se_propose_ni_ne_se_prend(etat: EtatDocument) -> None:
    garde, dossier = ajouter(), brouillon()
    Document.objects.de_proprietaire([garde.document_id], "essai").update(etat=etat)
    assert documents_a_joindre(dossier, aline()) == []
    with pytest.raises(DocumentIndisponible):
        prendre(dossier, garde.pk)
    assert pieces_de(dossier, aline()) == []


def test_le_refus_de_l_antivirus_se_dit_dans_chaque_dossier(
    monkeypatch: pytest.MonkeyPatch, settings: object, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    garde, dossiers = ajouter(), [brouillon(), brouillon()]
    for dossier in dossiers:
        prendre(dossier, garde.pk)
    settings.CLAMAV_ADRESSE = "clamd:3310"  # type: ignore[attr-defined]
    monkeypatch.setattr(receptions, "analyser", lambda *_, **__: Verdict.INFECTE)
    with django_capture_on_commit_callbacks(execute=True):
        analyser_document(document_id=garde.document_id, maintenant=LE)
    refus = Evenement.objects.tous("essai").filter(code="piece.refusee")
    assert {e.objet_id for e in refus} == {str(d.pk) for d in dossiers}
    assert gardes()[0].document.etat == EtatDocument.REFUSEE
    with pytest.raises(coffre.ContenuAbsent):
        coffre.lire(COFFRE, str(garde.document_id))


def test_on_ne_prend_que_ce_qui_sert_au_dossier_et_que_l_on_lit() -> None:
    dossier = complet()
    bons = [ajouter(libelle="Commun"), ajouter(libelle="Plan", domaine="plan")]
    autres = [ajouter(libelle="Alternance", domaine="alternance"), ajouter(acteur_entreprise(AUTRE_SIREN), Lieu(AUTRE_SIREN))]
    chez_p = ajouter(driss(), CHEZ_P, libelle="Qualiopi de P", genre="qualiopi")
    assert [g.pk for g in documents_a_joindre(dossier, aline())] == [g.pk for g in bons]
    double = FauxActeur(
        {
            Domaine.PLAN: (Niveau.GESTION, Perimetre(sirens=frozenset({SIREN, AUTRE_SIREN}), prestataires=frozenset({SIREN_OF}))),
            Domaine.ALTERNANCE: (Niveau.GESTION, Perimetre(sirens=frozenset({SIREN}))),
        }
    )
    assert {g.pk for g in documents_a_joindre(dossier, double)} == {*(g.pk for g in bons), chez_p.pk}
    for garde in autres:
        with pytest.raises(Introuvable):
            prendre(dossier, garde.pk, double)
    with pytest.raises(Introuvable):
        prendre(dossier, chez_p.pk)
    with pytest.raises(Introuvable):
        prendre(dossier, uuid4())
    assert prendre(dossier, chez_p.pk, double).origine == "Qualiopi de P"


def test_sous_convention_le_prestataire_prend_ce_qui_est_a_lui() -> None:
    """The company's own porte-documents stays closed to it."""
    dossier = complet()
    de_a, de_p = ajouter(), ajouter(driss(), CHEZ_P, libelle="Programme de P")
    convention = acteur_sous_convention(SIREN, SIREN_OF, domaine=Domaine.PLAN)
    couples = convention.droits[Domaine.PLAN][1].couples
    perimetre = Perimetre(couples=couples, prestataires=frozenset({SIREN_OF}))
    du_cfa = FauxActeur({Domaine.PLAN: (Niveau.ENVOI, perimetre)})
    assert documents_a_joindre(dossier, convention) == []
    assert [g.pk for g in documents_a_joindre(dossier, du_cfa)] == [de_p.pk]
    with pytest.raises(Introuvable):
        prendre(dossier, de_a.pk, du_cfa)
    assert prendre(dossier, de_p.pk, du_cfa).document_id == de_p.document_id


def test_les_documents_d_une_piece_se_rangent_pour_elle() -> None:
    for libelle, autres in {
        "a": {"genre": "autre"}, "b": {"genre": "programme", "valide_jusqu_au": HIER}, "c": {"genre": "programme"},
    }.items():  # fmt: skip
        ajouter(libelle=libelle, **autres)
    ranges = pour_la_piece(documents_a_joindre(brouillon(), aline()), "programme", JOUR)
    assert [g.libelle for g in ranges] == ["c", "a", "b"]


def test_prendre_demande_la_saisie_du_dossier() -> None:
    garde, dossier = ajouter(), brouillon()
    with pytest.raises(DroitManquant):
        prendre(dossier, garde.pk, aline(niveau=Niveau.LECTURE))
    for acteur in (acteur_entreprise(AUTRE_SIREN), driss(), emma(), FauxActeur()):
        with pytest.raises(Introuvable):
            prendre(dossier, garde.pk, acteur)
    with pytest.raises(Introuvable):
        prendre(dossier, garde.pk, code="inconnue")
    assert pieces_de(dossier, aline()) == []


def test_un_dossier_transmis_ne_prend_rien_qui_ne_soit_demande() -> None:
    garde, dossier = ajouter(), transmis()
    with pytest.raises(TransitionImpossible):
        prendre(dossier, garde.pk)


def test_une_piece_se_garde_sans_copie_et_pour_la_famille_de_son_dossier() -> None:
    dossier = complet()
    piece = deposer(dossier)
    garde = garder(piece, libelle="Programme gardé", domaine="alternance", valide_jusqu_au=HIER)
    relu = gardes()[0]
    assert (relu.document_id, relu.domaine, relu.siren, relu.siret) == (piece.document_id, "plan", SIREN, "")
    assert relu.origine == f"Programme, {relire(dossier)}"
    assert (relu.libelle, relu.valide_jusqu_au) == ("Programme gardé", HIER)
    retirer(garde)
    assert ouvrir_piece(dossier_id=dossier.pk, piece_id=piece.pk, par=aline(), maintenant=LE)[1] == UNE_PAGE


def test_une_piece_ne_se_garde_qu_une_fois_par_cote() -> None:
    piece = deposer(complet())
    garder(piece)
    with pytest.raises(SaisieRefusee, match="déjà dans le porte-documents"):
        garder(piece, libelle="Encore")
    assert len(gardes()) == 1


@pytest.mark.parametrize("etat", [EtatDocument.EN_ATTENTE, EtatDocument.REFUSEE])
def test_une_piece_non_controlee_ne_se_garde_pas(etat: EtatDocument) -> None:
    piece = joindre(complet(), "programme", etat=etat)
    with pytest.raises(DocumentIndisponible):
        garder(piece)
    with pytest.raises(SaisiesRefusees):
        garder(piece, libelle="RIB")
    assert gardes() == []


SUR_SON_SIRET = {d: (Niveau.ENVOI, Perimetre(sirets=frozenset({SIRET}))) for d in (Domaine.PLAN, Domaine.ALTERNANCE)}


def test_garder_demande_la_saisie_la_ou_le_document_se_range() -> None:
    dossier = complet()
    piece = deposer(dossier)
    refuses = [
        (aline(niveau=Niveau.LECTURE), ""),
        (FauxActeur(SUR_SON_SIRET), ""),
        (acteur_sous_convention(SIREN, SIREN_OF, domaine=Domaine.PLAN), ""),
    ]
    for acteur, siret in refuses:
        with pytest.raises(DroitManquant):
            garder(piece, acteur, siret=siret)
    with pytest.raises(DroitManquant):
        garder(joindre(transmis(), "programme"), emma())
    for acteur in (acteur_entreprise(AUTRE_SIREN), driss(), acteur_entreprise(SIREN, domaines=ALTERNANCE)):
        with pytest.raises(Introuvable):
            garder(piece, acteur)
    with pytest.raises(Introuvable):
        garder(piece, siret=AUTRE_SIRET)
    assert gardes() == []
    assert garder(piece, FauxActeur(SUR_SON_SIRET), siret=SIRET).siret == SIRET
    assert endroits_ou_garder(dossier, aline()) == ["", SIRET]
    assert endroits_ou_garder(dossier, FauxActeur(SUR_SON_SIRET)) == [SIRET]
    assert endroits_ou_garder(dossier, aline(niveau=Niveau.LECTURE)) == []


def test_la_piece_d_un_autre_dossier_ne_se_garde_pas() -> None:
    piece, autre = deposer(complet()), brouillon()
    with pytest.raises(Introuvable):
        garder_piece(dossier_id=autre.pk, piece_id=piece.pk, siret="", description=description(), par=aline(), maintenant=LE)
