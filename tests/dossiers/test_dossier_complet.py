"""One request as one PDF: what each side gets, what ends it, who may take it away."""

import hashlib
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pikepdf
import pypdfium2
import pytest
from pikepdf import Encryption

from jalon.comptes.models import Personne
from jalon.dossiers.actions import demander_dossier_complet, ouvrir_fichier_des_pieces, reliure
from jalon.dossiers.actions.operations import GARDE, FichierDOperation, avancer_operation, effacer_les_fichiers
from jalon.dossiers.enums import EtatOperation
from jalon.dossiers.models import Dossier, OperationEnNombre, PieceDeposee
from jalon.dossiers.requetes.operations import COFFRE
from jalon.engagements.actions import produire_accord
from jalon.engagements.models import Engagement
from jalon.habilitations.models import Rattachement, RoleOpco
from jalon.journal.models import Evenement, Revelation
from jalon.pieces.enums import EtatDocument, TypeDocument
from jalon.pieces.inspection.feuillets import page_d_une_image, pages_d_un_pdf
from jalon.pieces.inspection.motifs import Refus
from jalon.pieces.inspection.reliure import relier as relier_sur_place
from jalon.pieces.models import Document
from jalon.pieces.reliure import Feuillets
from jalon.pieces.requetes import COFFRE as COFFRE_DES_PIECES
from jalon.socle import coffre
from jalon.socle.acteurs import Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, TransitionImpossible
from jalon.socle.identifiants import nouvel_id
from jalon.veille.actions import ouvrir_exceptionnellement
from tests.dossiers import fabrique
from tests.dossiers.fabrique import AUTRE_PORTEFEUILLE, AUTRE_SIREN, NIR, SIREN, SIREN_OF
from tests.pieces.conftest import coffres
from tests.pieces.fabrique import pdf, photo
from tests.veille.outils import LE, acteur, aline, emma, rattacher

__all__ = ["coffres"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coffres")]
APRES = LE + timedelta(days=3)


@pytest.fixture(autouse=True)
def sur_place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same work without the two processes, which have their own tests, but for one journey."""
    if request.function is test_l_entreprise_a_la_demande_l_accord_et_les_pieces:
        return

    def mettre_en_pages(octets: bytes, genre: TypeDocument) -> Feuillets:
        try:
            pages = (pages_d_un_pdf if genre is TypeDocument.PDF else page_d_une_image)(octets)
        except Refus as refus:
            return Feuillets(refus.motif)
        with pikepdf.open(io.BytesIO(pages)) as document:
            return Feuillets(None, len(document.pages), pages)

    monkeypatch.setattr(reliure, "mettre_en_pages", mettre_en_pages)
    monkeypatch.setattr(reliure, "relier", lambda parties, signets: relier_sur_place(iter(parties), signets))


def contenir(piece: PieceDeposee, octets: bytes, genre: str = "application/pdf") -> PieceDeposee:
    """Give a document its content."""
    trouves = Document.objects.de_proprietaire([piece.document_id], "essai")
    trouves.update(sha256=hashlib.sha256(octets).hexdigest(), type_mime=genre, taille=len(octets))
    coffre.ranger(COFFRE_DES_PIECES, str(piece.document_id), octets)
    return piece


@pytest.fixture
def dossier() -> Dossier:
    fabrique.monde()
    accorde = fabrique.accorde()
    pieces = PieceDeposee.objects.tous("essai").filter(dossier=accorde)
    contenir(pieces.get(code="convention_signee"), pdf(pages=3))
    contenir(pieces.get(code="programme"), photo((300, 200)), "image/jpeg")
    return accorde


def demander(qui: Personne, dossier: Dossier, siren: str = SIREN, le: datetime = APRES) -> OperationEnNombre:
    return demander_dossier_complet(dossier_id=dossier.pk, siren=siren, par=acteur(qui, le), maintenant=le)


def finir(operation: OperationEnNombre, pas: int = 50, le: datetime = APRES) -> OperationEnNombre:
    while pas and avancer_operation(operation_id=operation.pk, maintenant=le):
        pas -= 1
    relue: OperationEnNombre = OperationEnNombre.objects.tous("essai").get(pk=operation.pk)
    return relue


def prendre(qui: Personne, operation: OperationEnNombre, le: datetime = APRES) -> FichierDOperation:
    return ouvrir_fichier_des_pieces(operation_id=operation.pk, par=acteur(qui, le), maintenant=le)


def textes(octets: bytes) -> list[str]:
    return [str(p.get_textpage().get_text_range()) for p in pypdfium2.PdfDocument(octets)]  # type: ignore[no-untyped-call]


def plan(octets: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(octets)) as document, document.open_outline() as signets:
        return [str(ligne.title) for ligne in signets.root]


def faits(code: str) -> int:
    return int(Evenement.objects.tous("essai").filter(code=code).count())


def documents_reveles() -> list[str]:
    return list(
        Revelation.objects.tous("essai").filter(sensible="document").order_by("id").values_list("objet_libelle", flat=True)
    )


def restes() -> set[str]:
    """Keys of the contents that are kept."""
    stockage = coffre.storages[COFFRE]
    return {nom for tiroir in coffre._dossiers(stockage) for nom in stockage.listdir(tiroir)[1]}


def test_l_entreprise_a_la_demande_l_accord_et_les_pieces(dossier: Dossier, django_capture_on_commit_callbacks: Any) -> None:
    qui = aline()
    engagement = Engagement.objects.tous("essai").get(dossier=dossier)
    produire_accord(engagement_id=engagement.pk, maintenant=APRES)
    operation = demander(qui, dossier)
    with django_capture_on_commit_callbacks(execute=True):
        faite = finir(operation)
    assert (faite.etat, faite.servis, faite.refus) == (EtatOperation.TERMINEE, [dossier.pk], [])
    assert (faite.franchies, faite.etapes) == (3, 3)
    assert restes() == {str(faite.pk)}
    fichier = prendre(qui, faite)
    assert (fichier.nom, fichier.type_mime) == (f"dossier-{dossier.numero}.pdf", "application/pdf")
    titres = plan(fichier.octets)
    assert titres[:3] == ["Sommaire", "Récapitulatif de la demande", "Accord de prise en charge"]
    assert set(titres[3:]) == {f["libelle"] for f in faite.feuillets}
    lus = textes(fichier.octets)
    assert "Hôtel du Lac" in lus[0]
    assert NIR not in "".join("".join(lus).split())
    assert len(documents_reveles()) == 3
    assert documents_reveles()[-1].startswith("Dossier complet (PDF), dossier")
    assert (faits("dossier.complet_demande"), faits("piece.ouverte"), faits("dossier.complet_telecharge")) == (1, 2, 1)


def test_ce_qui_ne_se_relie_pas_est_nomme_et_le_reste_est_livre(dossier: Dossier) -> None:
    pieces = PieceDeposee.objects.tous("essai").filter(dossier=dossier)
    contenir(pieces.get(code="programme"), pdf(encryption=Encryption(owner="a", user="b")))
    faite = finir(demander(qui := aline(), dossier))
    assert [refus["entier"] for refus in faite.refus] == [False]
    assert "mot de passe" in faite.refus[0]["phrase"]
    octets = prendre(qui, faite).octets
    assert len(plan(octets)) == 3
    assert "mot de passe" in textes(octets)[0]


@pytest.mark.parametrize(
    ("borne", "valeur", "phrase"),
    [("PAGES_AU_PLUS", 3, "2\u00a0000 pages"), ("OCTETS_AU_PLUS", 900, "60\u00a0Mo")],
)
def test_le_fichier_a_des_bornes(dossier: Dossier, monkeypatch: pytest.MonkeyPatch, borne: str, valeur: int, phrase: str) -> None:
    monkeypatch.setattr(reliure, borne, valeur)
    faite = finir(demander(aline(), dossier))
    assert [phrase in refus["phrase"] for refus in faite.refus] == [True]
    assert faite.servis == [dossier.pk]


def test_une_piece_retenue_par_l_antivirus_est_dite(dossier: Dossier) -> None:
    piece = PieceDeposee.objects.tous("essai").get(dossier=dossier, code="programme")
    Document.objects.de_proprietaire([piece.document_id], "essai").update(etat=EtatDocument.EN_ATTENTE)
    faite = finir(demander(aline(), dossier))
    assert "antivirus" in faite.refus[0]["phrase"]
    assert faits("piece.ouverte") == 1


def test_l_organisme_n_a_que_ce_qu_il_lit_et_on_le_lui_dit(dossier: Dossier) -> None:
    driss = aline(SIREN_OF, "Driss", profil=Profil.PRESTATAIRE)
    faite = finir(demander(driss, dossier, SIREN_OF))
    assert (faite.feuillets, faite.refus) == ([], [])
    octets = prendre(driss, faite).octets
    assert plan(octets) == ["Sommaire", "Récapitulatif de la demande"]
    assert "que par l’entreprise et par l’OPCO" in textes(octets)[0]
    assert faits("piece.ouverte") == 0


def test_la_conseillere_lit_dans_ses_portefeuilles(dossier: Dossier) -> None:
    qui = emma()
    assert len(plan(prendre(qui, finir(demander(qui, dossier, ""))).octets)) == 4


def test_demande_deux_fois_il_n_est_fait_qu_une(dossier: Dossier) -> None:
    qui = aline()
    premiere = demander(qui, dossier)
    assert demander(qui, dossier) == premiere
    assert demander(aline(prenom="Louise"), dossier) != premiere
    finir(premiere)
    assert demander(qui, dossier) != premiere


def test_ce_qui_ne_se_demande_pas(dossier: Dossier) -> None:
    autre = fabrique.brouillon()
    qui, ailleurs, etrangere = aline(), emma(AUTRE_PORTEFEUILLE), aline(AUTRE_SIREN, "Zoé")
    for personne, quoi, siren, erreur in (
        (qui, autre.pk, SIREN, TransitionImpossible),
        (qui, nouvel_id(), SIREN, Introuvable),
        (qui, dossier.pk, AUTRE_SIREN, Introuvable),
        (qui, dossier.pk, "", DroitManquant),
        (ailleurs, dossier.pk, "", Introuvable),
        (etrangere, dossier.pk, AUTRE_SIREN, Introuvable),
    ):
        with pytest.raises(erreur):
            demander_dossier_complet(dossier_id=quoi, siren=siren, par=acteur(personne, APRES), maintenant=APRES)
    assert OperationEnNombre.objects.tous("essai").count() == 0
    assert faits("dossier.complet_demande") == 0


def test_un_droit_retire_pendant_qu_il_se_fait_y_met_fin(dossier: Dossier, django_capture_on_commit_callbacks: Any) -> None:
    qui = aline()
    operation = demander(qui, dossier)
    finir(operation, pas=2)
    assert restes()
    Rattachement.objects.tous("essai").filter(personne=qui).update(etat="retire")
    with django_capture_on_commit_callbacks(execute=True):
        faite = finir(operation)
    assert (faite.etat, faite.servis, faite.faits) == (EtatOperation.TERMINEE, [], 1)
    assert [refus["entier"] for refus in faite.refus] == [True]
    assert restes() == set()
    assert faits("piece.ouverte") == 1
    with pytest.raises(Introuvable):
        prendre(qui, faite)


def test_qui_change_de_cote_ne_garde_rien(dossier: Dossier) -> None:
    """The provider of the request may still read it: not what the company reads of it."""
    qui = aline()
    rattacher(qui, SIREN_OF, Profil.PRESTATAIRE)
    en_route, faite = demander(qui, dossier), finir(demander(qui, dossier, SIREN_OF))
    assert faite.cote == "entreprise"
    prendre(qui, faite)
    finir(en_route, pas=1)
    Rattachement.objects.tous("essai").filter(personne=qui, siren=SIREN).update(etat="retire")
    assert "droits ont changé" in finir(en_route).refus[0]["phrase"]
    with pytest.raises(Introuvable, match="droits ont changé"):
        prendre(qui, faite)


def test_le_role_retire_a_l_opco_ferme_le_fichier(dossier: Dossier) -> None:
    qui = emma()
    faite = finir(demander(qui, dossier, ""))
    RoleOpco.objects.filter(personne=qui).delete()
    rattacher(qui, SIREN)
    with pytest.raises(DroitManquant):
        prendre(qui, faite)


def test_le_fichier_est_a_qui_l_a_demande_un_jour(dossier: Dossier) -> None:
    qui, louise = aline(), aline(prenom="Louise")
    faite = finir(demander(qui, dossier))
    with pytest.raises(Introuvable):
        prendre(louise, faite)
    assert effacer_les_fichiers(maintenant=APRES + GARDE - timedelta(seconds=1)) == 0
    prendre(qui, faite)
    assert effacer_les_fichiers(maintenant=APRES + GARDE) == 1
    assert restes() == set()
    with pytest.raises(Introuvable, match="gardé un jour"):
        prendre(qui, faite)


def test_une_piece_que_l_antivirus_refuse_ensuite_ferme_le_fichier(dossier: Dossier) -> None:
    faite = finir(demander(qui := aline(), dossier))
    ids = [UUID(f["piece"]) for f in faite.feuillets]
    piece = PieceDeposee.objects.tous("essai").filter(pk__in=ids).first()
    assert piece is not None
    Document.objects.de_proprietaire([piece.document_id], "essai").update(etat=EtatDocument.REFUSEE)
    with pytest.raises(Introuvable):
        prendre(qui, faite)


def test_l_acces_exceptionnel_vaut_une_heure_pour_ce_dossier(dossier: Dossier) -> None:
    qui = emma(AUTRE_PORTEFEUILLE)
    ouvrir_exceptionnellement(numero=dossier.numero or "", motif="Remplacement", par=acteur(qui, APRES), maintenant=APRES)
    lectrice = reliure.branchements.lecteur_de(dossier.pk, acteur(qui, APRES), APRES)
    operation = demander_dossier_complet(dossier_id=dossier.pk, par=lectrice, maintenant=APRES)
    faite = finir(operation)
    assert len(plan(prendre(qui, faite).octets)) == 4
    with pytest.raises(Introuvable):
        prendre(qui, faite, APRES + timedelta(hours=1))
    tard = APRES + timedelta(hours=1)
    encore = demander_dossier_complet(dossier_id=dossier.pk, par=lectrice, maintenant=APRES)
    assert finir(encore, le=tard).servis == []


@pytest.fixture
def coupe(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The worker dies once, just after it has written a content: nothing of its transaction stays."""
    ecrits: list[str] = []
    ranger = coffre.ranger

    def mourir(nom: str, cle: str, octets: bytes) -> None:
        ranger(nom, cle, octets)
        if nom == COFFRE and cle not in ecrits:
            ecrits.append(cle)
            raise SystemExit(9)

    monkeypatch.setattr(coffre, "ranger", mourir)
    return ecrits


def test_un_travail_tue_a_chaque_ecriture_reprend_et_ne_livre_rien_a_moitie(dossier: Dossier, coupe: list[str]) -> None:
    qui = aline()
    operation = demander(qui, dossier)
    for morts in (1, 2, 3):
        with pytest.raises(SystemExit):
            finir(operation)
        assert len(coupe) == morts
        with pytest.raises(Introuvable):
            prendre(qui, operation)
    faite = finir(operation)
    assert faite.servis == [dossier.pk]
    assert len(plan(prendre(qui, faite).octets)) == 4
    assert faits("piece.ouverte") == 2


def test_des_pieces_qui_ne_se_reunissent_pas_le_disent(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reliure, "relier", lambda *_: None)
    faite = finir(demander(aline(), dossier))
    assert (faite.servis, "une par une" in faite.refus[0]["phrase"]) == ([], True)
