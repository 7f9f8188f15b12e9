"""A document kept, said otherwise, replaced, opened, let go."""

import io
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from jalon.journal.libelles import phrase
from jalon.journal.models import Evenement, Revelation
from jalon.pieces.actions import dessiner_apercu
from jalon.pieces.enums import EtatDocument
from jalon.pieces.models import Document
from jalon.pieces.requetes import COFFRE, DocumentIndisponible
from jalon.porte_documents.actions import fiches as module
from jalon.porte_documents.actions import (
    lire_page_d_apercu,
    modifier_document,
    ouvrir_apercu,
    ouvrir_document,
    remplacer_fichier,
    retirer_document,
)
from jalon.porte_documents.models import DocumentGarde
from jalon.porte_documents.regles import RIB_REFUSE
from jalon.porte_documents.requetes import Filtre, Lieu, documents_de, lieux_ou_ranger, tient_ici
from jalon.socle import coffre
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Perimetre, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, SaisiesRefusees, TransitionImpossible
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_prestataire, acteur_sous_convention
from tests.dossiers.fabrique import AUTRE_SIREN, LE, PORTEFEUILLE, SIREN, SIREN_OF, SIRET, aline, driss, emma, monde
from tests.pieces.conftest import coffres
from tests.porte_documents.outils import CHEZ_A, CHEZ_P, DEMAIN, DEUX_PAGES, UNE_PAGE, ajouter, description, documents, gardes

__all__ = ["coffres"]
pytestmark = pytest.mark.django_db
SIRET_2 = f"{SIREN}00021"
Acte = Callable[[DocumentGarde, Acteur], object]


@pytest.fixture(autouse=True)
def _monde(coffres: Path, sans_inspection: None) -> None:
    monde()


def sur_un_siret(niveau: Niveau = Niveau.SAISIE) -> FauxActeur:
    return FauxActeur({Domaine.PLAN: (niveau, Perimetre(sirets=frozenset({SIRET})))})


def du_plan(niveau: Niveau = Niveau.SAISIE) -> FauxActeur:
    return acteur_entreprise(SIREN, niveau, [Domaine.PLAN])


def modifier(garde: DocumentGarde, par: Acteur | None = None, *, version: int = 1, **autres: object) -> DocumentGarde:
    dite = description(**autres)
    return modifier_document(document_id=garde.pk, version=version, description=dite, par=par or aline(), maintenant=LE)


def remplacer(garde: DocumentGarde, par: Acteur | None = None, *, version: int = 1, octets: bytes | None = None) -> DocumentGarde:
    contenu = io.BytesIO(DEUX_PAGES if octets is None else octets)
    return remplacer_fichier(
        document_id=garde.pk, version=version, nom="v2.pdf", contenu=contenu, par=par or aline(), maintenant=LE
    )


def lignes_du_journal() -> list[str]:
    lignes = Evenement.objects.tous("essai").filter(code__startswith="porte_documents.").order_by("id")
    return [phrase(e.code, e.acteur_libelle, e.details) for e in lignes]


def test_un_document_ajoute_se_garde_avec_ce_qui_en_est_dit() -> None:
    garde = ajouter(valide_jusqu_au=DEMAIN, genre="qualiopi", libelle=" Certificat Qualiopi ")
    relu = gardes()[0]
    assert (relu.libelle, relu.libelle_genre, relu.libelle_usage) == (
        "Certificat Qualiopi", "Certificat Qualiopi", "Tous les dossiers",
    )  # fmt: skip
    assert (relu.siren, relu.siret, relu.prestataire_siren, relu.portefeuille_id, relu.domaine) == (SIREN, "", "", None, "")
    assert (relu.version, relu.ajoute_le, relu.ajoute_par_nom, relu.origine) == (1, LE, "Aline Essai", "")
    assert relu.document.etat == EtatDocument.CONTROLEE
    assert ouvrir_document(document_id=garde.pk, par=aline(), maintenant=LE)[1] == UNE_PAGE
    assert lignes_du_journal()[0] == "Document ajouté au porte-documents par Aline Essai\u00a0: Certificat Qualiopi"


def test_une_boite_mal_remplie_ne_garde_rien() -> None:
    with pytest.raises(SaisiesRefusees):
        ajouter(libelle="", genre="absent")
    assert (gardes(), documents()) == ([], set())


@pytest.mark.parametrize(("nom", "octets", "dit"), [("rib.pdf", None, RIB_REFUSE), ("programme.pdf", b"pas un pdf", "")])
def test_un_fichier_refuse_ne_laisse_rien(nom: str, octets: bytes | None, dit: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        ajouter(nom=nom, octets=octets)
    assert refus.value.champ == "fichier"
    assert dit in refus.value.message
    assert (gardes(), documents()) == ([], set())


def test_un_porte_documents_plein_refuse_et_ne_garde_pas_le_fichier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DOCUMENTS_AU_PLUS", 1)
    ajouter(driss(), CHEZ_P)
    premier = ajouter()
    with pytest.raises(SaisieRefusee, match="plein"):
        ajouter()
    assert len(gardes()) == 2
    assert documents() == {g.document_id for g in gardes()} >= {premier.document_id}


@pytest.mark.parametrize(
    ("acteur", "lieu", "usage"),
    [
        (aline(niveau=Niveau.LECTURE), CHEZ_A, ""),
        (acteur_entreprise(AUTRE_SIREN), CHEZ_A, ""),
        (driss(), CHEZ_A, ""),
        (aline(), CHEZ_P, ""),
        (acteur_prestataire(SIREN_OF, Niveau.LECTURE), CHEZ_P, ""),
        (emma(), CHEZ_A, ""),
        (FauxActeur(), CHEZ_A, ""),
        (du_plan(), CHEZ_A, "alternance"),
        (sur_un_siret(), CHEZ_A, ""),
        (sur_un_siret(), Lieu(SIREN, siret=SIRET_2), "plan"),
        (acteur_sous_convention(SIREN, SIREN_OF), CHEZ_A, "alternance"),
        (acteur_entreprise(SIREN, domaines=[Domaine.FACTURES, Domaine.RIB, Domaine.ACCES]), CHEZ_A, ""),
    ],
)
def test_ajouter_demande_la_saisie_ou_le_document_se_range(acteur: FauxActeur, lieu: Lieu, usage: str) -> None:
    with pytest.raises(DroitManquant):
        ajouter(acteur, lieu, domaine=usage)
    assert (gardes(), documents()) == ([], set())


@pytest.mark.parametrize(
    ("acteur", "lieu", "usage"),
    [
        (du_plan(), CHEZ_A, "plan"),
        (du_plan(), CHEZ_A, ""),
        (sur_un_siret(), Lieu(SIREN, siret=SIRET), ""),
        (aline(), Lieu(SIREN, siret=SIRET), "alternance"),
        (driss(), CHEZ_P, "alternance"),
    ],
)
def test_la_saisie_d_une_famille_suffit(acteur: FauxActeur, lieu: Lieu, usage: str) -> None:
    garde = ajouter(acteur, lieu, domaine=usage)
    assert garde.portee == lieu.portee(usage)


TOUT_VU = {"tous": "Partout", "plan": "Plan", "alternance": "Alternance", "siret": "Annecy", "p": "Chez P"}


@pytest.mark.parametrize(
    ("acteur", "vus"),
    [
        (aline(niveau=Niveau.LECTURE), "tous plan alternance siret"),
        (du_plan(Niveau.LECTURE), "tous plan siret"),
        (acteur_entreprise(SIREN, domaines=[Domaine.ALTERNANCE]), "tous alternance"),
        (acteur_entreprise(SIREN, domaines=[Domaine.FACTURES]), ""),
        (sur_un_siret(Niveau.LECTURE), "siret"),
        (FauxActeur({Domaine.PLAN: (Niveau.ENVOI, Perimetre(sirets=frozenset({SIRET_2})))}), ""),
        (acteur_prestataire(SIREN_OF, Niveau.LECTURE), "p"),
        (acteur_entreprise(AUTRE_SIREN), ""),
        (acteur_sous_convention(SIREN, SIREN_OF), ""),
        (FauxActeur(restreints={(Domaine.PLAN, "action_formation"): (Niveau.ENVOI, Perimetre(frozenset({SIREN})))}), ""),
        (emma(), ""),
        (FauxActeur(), ""),
    ],
)
def test_chacun_voit_ce_que_ses_dossiers_lui_ouvrent(acteur: FauxActeur, vus: str) -> None:
    ajouter(libelle="Partout")
    ajouter(libelle="Plan", domaine="plan")
    ajouter(libelle="Alternance", domaine="alternance")
    ajouter(lieu=Lieu(SIREN, siret=SIRET), libelle="Annecy", domaine="plan")
    ajouter(driss(), CHEZ_P, libelle="Chez P")
    vues = {g.libelle for siren in (SIREN, SIREN_OF) for g in documents_de(acteur, siren, Filtre())}
    assert vues == {TOUT_VU[cle] for cle in vus.split()}


@pytest.mark.parametrize(
    ("acteur", "siren", "lit", "range_"),
    [
        (aline(), SIREN, True, True),
        (aline(niveau=Niveau.LECTURE), SIREN, True, False),
        (du_plan(), SIREN, True, True),
        (sur_un_siret(), SIREN, True, True),
        (sur_un_siret(), AUTRE_SIREN, False, False),
        (driss(), SIREN_OF, True, True),
        (driss(), SIREN, False, False),
        (acteur_entreprise(SIREN, domaines=[Domaine.FACTURES]), SIREN, False, False),
        (acteur_sous_convention(SIREN, SIREN_OF), SIREN, False, False),
        (acteur_sous_convention(SIREN, SIREN_OF), SIREN_OF, False, False),
        (FauxActeur(), SIREN, False, False),
    ],
)
def test_le_porte_documents_s_ouvre_a_qui_tient_une_famille_entiere(
    acteur: FauxActeur, siren: str, lit: bool, range_: bool
) -> None:
    assert (tient_ici(acteur, siren), tient_ici(acteur, siren, Niveau.SAISIE)) == (lit, range_)


def test_une_liste_se_filtre_par_mots_et_par_genre() -> None:
    ajouter(libelle="Été à Nîmes")
    ajouter(libelle="attestation", genre="attestation", nom="hygiene.pdf")
    lus = partial(documents_de, aline(), SIREN)
    assert [g.libelle for g in lus(Filtre())] == ["attestation", "Été à Nîmes"]
    assert [g.libelle for g in lus(Filtre("nimes ete"))] == ["Été à Nîmes"]
    assert [g.libelle for g in lus(Filtre("HYGIÈNE"))] == ["attestation"]
    assert [g.libelle for g in lus(Filtre(genre="programme"))] == ["Été à Nîmes"]
    assert (len(lus(Filtre(genre="absent"))), Filtre(genre="absent").vide, Filtre("x").vide) == (2, True, False)


def test_on_ne_propose_de_ranger_que_la_ou_l_on_saisit() -> None:
    sirets = [SIRET, SIRET_2]
    tous = [CHEZ_A, Lieu(SIREN, siret=SIRET), Lieu(SIREN, siret=SIRET_2)]
    assert lieux_ou_ranger(aline(), SIREN, sirets) == tous
    assert lieux_ou_ranger(sur_un_siret(), SIREN, sirets) == [tous[1]]
    assert lieux_ou_ranger(driss(), SIREN_OF, []) == [CHEZ_P]
    assert lieux_ou_ranger(aline(niveau=Niveau.LECTURE), SIREN, sirets) == []


def test_modifier_change_ce_qui_est_dit_et_rien_d_autre() -> None:
    garde = ajouter()
    modifie = modifier(garde, libelle="Programme 2027", genre="annexe", domaine="plan", valide_jusqu_au=DEMAIN)
    relu = gardes()[0]
    assert (relu.libelle, relu.genre, relu.domaine, relu.valide_jusqu_au) == ("Programme 2027", "annexe", "plan", DEMAIN)
    assert (relu.version, relu.document_id, modifie.pk) == (2, garde.document_id, garde.pk)
    assert lignes_du_journal()[1:] == ["Document du porte-documents modifié par Aline Essai\u00a0: Annexe pédagogique"]
    assert (
        modifier(garde, version=2, libelle="Programme 2027", genre="annexe", domaine="plan", valide_jusqu_au=DEMAIN).version == 2
    )
    assert len(lignes_du_journal()) == 2


def test_ce_qu_un_collegue_vient_de_changer_ne_s_ecrase_pas() -> None:
    garde = ajouter()
    modifier(garde, libelle="Programme 2027")
    with pytest.raises(TransitionImpossible):
        modifier(garde, libelle="Programme 2028")
    with pytest.raises(TransitionImpossible):
        remplacer(garde)
    assert gardes()[0].libelle == "Programme 2027"
    assert documents() == {garde.document_id}


def test_remplacer_garde_le_nouveau_fichier_et_oublie_l_ancien(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    garde = ajouter()
    with django_capture_on_commit_callbacks(execute=True):
        nouveau = remplacer(garde)
    assert (nouveau.version, nouveau.document.nom) == (2, "v2.pdf")
    assert documents() == {nouveau.document_id} != {garde.document_id}
    with pytest.raises(coffre.ContenuAbsent):
        coffre.lire(COFFRE, str(garde.document_id))
    assert ouvrir_document(document_id=garde.pk, par=aline(), maintenant=LE)[1] == DEUX_PAGES
    assert (
        lignes_du_journal()[1]
        == "Fichier remplacé dans le porte-documents par Aline Essai\u00a0: Programme de formation, version 2"
    )


def test_un_remplacant_refuse_laisse_l_ancien() -> None:
    garde = ajouter()
    with pytest.raises(SaisieRefusee) as refus:
        remplacer(garde, octets=b"pas un pdf")
    assert (refus.value.champ, gardes()[0].document_id, documents()) == ("fichier", garde.document_id, {garde.document_id})


def test_retirer_efface_le_document_et_son_fichier(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    garde = ajouter()
    with django_capture_on_commit_callbacks(execute=True):
        retirer_document(document_id=garde.pk, par=aline(), maintenant=LE)
    assert (gardes(), documents()) == ([], set())
    with pytest.raises(coffre.ContenuAbsent):
        coffre.lire(COFFRE, str(garde.document_id))
    assert lignes_du_journal()[1] == "Document retiré du porte-documents par Aline Essai\u00a0: Programme de formation"


def _retirer(garde: DocumentGarde, par: Acteur) -> object:
    return retirer_document(document_id=garde.pk, par=par, maintenant=LE)


def _ouvrir(garde: DocumentGarde, par: Acteur) -> object:
    return ouvrir_document(document_id=garde.pk, par=par, maintenant=LE)


def _regarder(garde: DocumentGarde, par: Acteur) -> object:
    return ouvrir_apercu(document_id=garde.pk, par=par, maintenant=LE)


def _lire_une_page(garde: DocumentGarde, par: Acteur) -> object:
    return lire_page_d_apercu(document_id=garde.pk, numero=1, par=par, maintenant=LE)


@pytest.mark.parametrize("acte", [modifier, remplacer, _retirer])
@pytest.mark.parametrize(
    "acteur", [aline(niveau=Niveau.LECTURE), acteur_entreprise(SIREN, Niveau.LECTURE, [Domaine.PLAN])], ids=["lecture", "plan"]
)
def test_ecrire_demande_la_saisie(acte: Acte, acteur: FauxActeur) -> None:
    garde = ajouter()
    with pytest.raises(DroitManquant):
        acte(garde, acteur)
    assert (gardes()[0].version, documents()) == (1, {garde.document_id})


@pytest.mark.parametrize("acte", [modifier, remplacer, _retirer, _ouvrir, _regarder, _lire_une_page])
@pytest.mark.parametrize(
    "acteur",
    [acteur_entreprise(AUTRE_SIREN), driss(), emma(PORTEFEUILLE), sur_un_siret(), acteur_sous_convention(SIREN, SIREN_OF)],
    ids=["autre", "prestataire", "opco", "siret", "convention"],
)
def test_ce_qui_n_est_pas_a_soi_est_introuvable(acte: Acte, acteur: FauxActeur) -> None:
    garde = ajouter()
    with pytest.raises(Introuvable):
        acte(garde, acteur)
    garde.pk = uuid4()
    with pytest.raises(Introuvable):
        acte(garde, aline())
    assert len(lignes_du_journal()) == 1


def test_on_ne_change_l_usage_que_vers_une_famille_ou_l_on_saisit() -> None:
    commun, du_seul_plan = ajouter(), ajouter(domaine="plan")
    with pytest.raises(DroitManquant):
        modifier(commun, du_plan(), domaine="alternance")
    with pytest.raises(Introuvable):
        modifier(du_seul_plan, acteur_entreprise(SIREN, domaines=[Domaine.ALTERNANCE]), domaine="alternance")
    assert [g.domaine for g in gardes()] in (["", "plan"], ["plan", ""])
    assert modifier(du_seul_plan, du_plan()).domaine == ""


def test_un_telechargement_s_inscrit_au_registre() -> None:
    garde = ajouter(libelle="Programme 2026")
    ouvrir_document(document_id=garde.pk, par=aline(niveau=Niveau.LECTURE), maintenant=LE)
    inscrite = Revelation.objects.tous("essai").get()
    assert (inscrite.objet_id, inscrite.objet_libelle, inscrite.sensible) == (str(garde.pk), "Programme 2026", "document")
    assert inscrite.motif == "Téléchargement depuis le porte-documents"
    assert lignes_du_journal()[1] == "Document du porte-documents ouvert par Aline Essai\u00a0: Programme de formation"


@pytest.mark.parametrize("etat", [EtatDocument.EN_ATTENTE, EtatDocument.REFUSEE])
def test_un_document_non_controle_ne_s_ouvre_pas(etat: EtatDocument) -> None:
    garde = ajouter()
    Document.objects.de_proprietaire([garde.document_id], "essai").update(etat=etat)
    for acte in (_ouvrir, _regarder, _lire_une_page):
        with pytest.raises(DocumentIndisponible):
            acte(garde, aline())
    assert not Revelation.objects.tous("essai").exists()


def test_un_apercu_s_inscrit_une_fois_par_ouverture() -> None:
    garde, lectrice = ajouter(), aline(niveau=Niveau.LECTURE)
    _regarder(garde, lectrice)
    assert not Revelation.objects.tous("essai").exists()
    dessiner_apercu(document_id=garde.document_id, maintenant=LE)
    _regarder(garde, lectrice)
    _lire_une_page(garde, lectrice)
    assert Revelation.objects.tous("essai").count() == 1
    lire_page_d_apercu(document_id=garde.pk, numero=1, par=lectrice, maintenant=LE + timedelta(minutes=10, seconds=1))
    assert Revelation.objects.tous("essai").count() == 2
    with pytest.raises(Introuvable):
        lire_page_d_apercu(document_id=garde.pk, numero=2, par=lectrice, maintenant=LE)


def test_les_deux_cotes_d_une_organisation_ne_se_melangent_pas() -> None:
    """A company that trains too keeps two porte-documents: the rights of one side do not open the other."""
    ajouter(acteur_prestataire(SIREN), Lieu(SIREN, Profil.PRESTATAIRE), libelle="Organisme")
    ajouter(libelle="Entreprise")
    assert [g.libelle for g in documents_de(aline(), SIREN, Filtre())] == ["Entreprise"]
    assert [g.libelle for g in documents_de(acteur_prestataire(SIREN), SIREN, Filtre())] == ["Organisme"]
