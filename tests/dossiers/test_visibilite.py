"""Who sees a request, from which side, from which moment, and what each side may do."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from jalon.dossiers.actions import annuler_dossier
from jalon.dossiers.models import DemandeComplement, Dossier, PieceDeposee, VersionContenu
from jalon.dossiers.requetes import (
    cote_de,
    dossier_a_traiter,
    dossier_accessible,
    dossier_par_numero,
    historique_de,
    piece_accessible,
    pieces_de,
    qui_voit,
    versions_de,
)
from jalon.instruction.actions import demander_complement
from jalon.journal.models import Evenement
from jalon.messagerie.enums import Cote
from jalon.organisations.actions import attribuer_portefeuilles
from jalon.organisations.models import SirenPortefeuille
from jalon.socle.acteurs import Domaine, Niveau, Perimetre, Pouvoir
from jalon.socle.erreurs import DroitManquant, Introuvable
from jalon.socle.modeles import PerimetreOublie
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco, acteur_prestataire
from tests.dossiers.fabrique import (
    AUTRE_PORTEFEUILLE,
    AUTRE_SIREN,
    LE,
    PORTEFEUILLE,
    SIREN,
    SIREN_OF,
    SIRET,
    accorde,
    aline,
    brouillon,
    driss,
    emma,
    en_instruction,
    monde,
    relire,
    transmis,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()


def sur_un_siret(siret: str, niveau: Niveau = Niveau.LECTURE) -> FauxActeur:
    return FauxActeur({Domaine.PLAN: (niveau, Perimetre(sirets=frozenset({siret})))})


ACTEURS: dict[str, Callable[[], FauxActeur]] = {
    "entreprise": aline,
    "entreprise en lecture": lambda: aline(niveau=Niveau.LECTURE),
    "un établissement": lambda: sur_un_siret(SIRET),
    "autre établissement": lambda: sur_un_siret("13002526500021"),
    "autre entreprise": lambda: acteur_entreprise(AUTRE_SIREN),
    "autre domaine": lambda: aline(domaines=(Domaine.ALTERNANCE, Domaine.FACTURES)),
    "prestataire": driss,
    "autre prestataire": lambda: acteur_prestataire(AUTRE_SIREN),
    "l’entreprise comme prestataire": lambda: acteur_prestataire(SIREN),
    "le prestataire comme entreprise": lambda: acteur_entreprise(SIREN_OF),
    "conseillère": emma,
    "autre portefeuille": lambda: emma(AUTRE_PORTEFEUILLE),
    "personne": FauxActeur,
}
VOIENT_LE_BROUILLON = {"entreprise", "entreprise en lecture", "un établissement"}
VOIENT_LE_TRANSMIS = VOIENT_LE_BROUILLON | {"conseillère"}
VOIENT_L_ACCORDE = VOIENT_LE_TRANSMIS | {"prestataire"}


@pytest.mark.parametrize(
    ("fabriquer", "attendus"),
    [
        (brouillon, VOIENT_LE_BROUILLON),
        (transmis, VOIENT_LE_TRANSMIS),
        (en_instruction, VOIENT_LE_TRANSMIS),
        (accorde, VOIENT_L_ACCORDE),
    ],
    ids=["brouillon", "transmis", "en instruction", "accordé"],
)
def test_qui_voit_a_chaque_moment(fabriquer: Callable[[], Dossier], attendus: set[str]) -> None:
    dossier = fabriquer()
    vus = set()
    for nom, acteur in ACTEURS.items():
        try:
            dossier_accessible(dossier.id, acteur())
            vus.add(nom)
        except Introuvable:
            assert cote_de(dossier, acteur()) is None, nom
        else:
            assert cote_de(dossier, acteur()) is not None, nom
    assert vus == attendus


def test_un_prestataire_garde_un_dossier_annule_apres_son_accord() -> None:
    dossier = accorde()
    annuler_dossier(dossier_id=dossier.id, motif="report", par=aline(), maintenant=LE + timedelta(days=3))
    assert dossier_accessible(dossier.id, driss()).id == dossier.id


def test_ce_qui_pend_au_dossier_n_est_jamais_au_prestataire() -> None:
    dossier = en_instruction()
    demander_complement(
        dossier_id=dossier.id, pieces=["programme"], cases=[], message="Illisible", echeance=LE.date() + timedelta(days=9),
        par=emma(), maintenant=LE,
    )  # fmt: skip
    for modele in (PieceDeposee, VersionContenu, DemandeComplement):
        assert modele.objects.visibles_par(aline()).exists()
        assert modele.objects.visibles_par(emma()).exists()
        for acteur in (driss(), emma(AUTRE_PORTEFEUILLE), acteur_entreprise(AUTRE_SIREN), FauxActeur()):
            assert not modele.objects.visibles_par(acteur).exists()
    accorde_ = accorde()
    assert pieces_de(accorde_, driss()) == []
    assert versions_de(accorde_, driss()) == []
    piece = pieces_de(accorde_, aline())[0]
    assert piece_accessible(accorde_, piece.id, emma()).id == piece.id
    with pytest.raises(Introuvable):
        piece_accessible(accorde_, piece.id, driss())


def test_les_pieces_d_un_brouillon_ne_sont_pas_a_l_opco() -> None:
    from tests.dossiers.fabrique import joindre

    joindre(brouillon(), "programme")
    assert PieceDeposee.objects.visibles_par(aline()).exists()
    assert not PieceDeposee.objects.visibles_par(emma()).exists()


def test_interroger_sans_acteur_est_une_erreur() -> None:
    for modele in (Dossier, PieceDeposee, VersionContenu, DemandeComplement):
        with pytest.raises(PerimetreOublie):
            modele.objects.all()


def test_agir_pour_l_entreprise_ne_se_tient_ni_de_l_opco_ni_du_prestataire() -> None:
    dossier = accorde()
    for acteur in (emma(), driss()):
        for niveau in (Niveau.SAISIE, Niveau.ENVOI, Niveau.GESTION):
            with pytest.raises(DroitManquant):
                dossier_accessible(dossier.id, acteur, niveau)


def test_un_etablissement_agit_avec_son_niveau() -> None:
    dossier = brouillon()
    assert dossier_accessible(dossier.id, sur_un_siret(SIRET, Niveau.SAISIE), Niveau.SAISIE)
    with pytest.raises(DroitManquant):
        dossier_accessible(dossier.id, sur_un_siret(SIRET, Niveau.SAISIE), Niveau.ENVOI)


def test_traiter_demande_un_pouvoir_dans_ce_portefeuille() -> None:
    dossier = transmis()
    assert dossier_a_traiter(dossier.id, emma(), Pouvoir.INSTRUIRE)
    with pytest.raises(DroitManquant):
        dossier_a_traiter(dossier.id, acteur_opco(PORTEFEUILLE), Pouvoir.INSTRUIRE)
    with pytest.raises(DroitManquant):
        dossier_a_traiter(dossier.id, aline(), Pouvoir.INSTRUIRE)
    with pytest.raises(Introuvable):
        dossier_a_traiter(dossier.id, emma(AUTRE_PORTEFEUILLE), Pouvoir.INSTRUIRE)
    with pytest.raises(DroitManquant):
        dossier_a_traiter(brouillon().id, aline(), Pouvoir.INSTRUIRE)


def test_un_numero_d_ailleurs_est_introuvable() -> None:
    dossier = transmis()
    for acteur in (acteur_entreprise(AUTRE_SIREN), driss(), FauxActeur()):
        with pytest.raises(Introuvable):
            dossier_par_numero(str(dossier.numero), acteur)


def test_une_personne_des_deux_cotes_est_d_abord_de_l_entreprise() -> None:
    dossier = accorde()
    perimetre = Perimetre(frozenset({SIREN}), frozenset(), frozenset({SIREN_OF}), frozenset({PORTEFEUILLE}))
    assert cote_de(dossier, FauxActeur({Domaine.PLAN: (Niveau.LECTURE, perimetre)})) == Cote.ENTREPRISE


def test_le_dossier_suit_l_entreprise_qui_change_de_portefeuille() -> None:
    dossier = accorde()
    SirenPortefeuille.objects.create(siren=SIREN, portefeuille_id=AUTRE_PORTEFEUILLE)
    attribuer_portefeuilles(sirens=[SIREN])
    suivante = emma(AUTRE_PORTEFEUILLE)
    assert dossier_accessible(dossier.id, suivante)
    with pytest.raises(Introuvable):
        dossier_accessible(dossier.id, emma())
    assert pieces_de(relire(dossier), suivante)
    assert versions_de(relire(dossier), suivante)


def test_le_prestataire_ne_lit_de_l_histoire_que_ce_qui_suit_l_accord() -> None:
    dossier = accorde()
    assert {ligne.code for ligne in historique_de(dossier, aline())} >= {"dossier.cree", "dossier.transmis", "dossier.accorde"}
    assert {ligne.code for ligne in historique_de(dossier, emma())} >= {"dossier.transmis", "dossier.accorde"}
    assert {ligne.code for ligne in historique_de(dossier, driss())} == {"dossier.accorde"}
    assert not Evenement.objects.visibles_par(driss()).exclude(prestataire_siren=SIREN_OF).exists()


def test_qui_voit_ce_dossier_dit_les_personnes_de_chaque_cote() -> None:
    from jalon.habilitations.enums import Role
    from tests.habilitations import fabrique as h

    h.rattacher(h.personne("Aline", "Ferrand"), SIREN)
    h.rattacher(h.personne("Driss", "Haddad"), SIREN_OF, h.Profil.PRESTATAIRE)
    h.agent(Role.CONSEILLER, [PORTEFEUILLE], "Emma", "Vasseur")
    noms = lambda d: {p.nom for p in qui_voit(d, h.LE)}  # noqa: E731
    assert noms(brouillon()) == {"Aline Ferrand"}
    assert noms(transmis()) == {"Aline Ferrand", "Emma Vasseur"}
    assert noms(accorde()) == {"Aline Ferrand", "Emma Vasseur", "Driss Haddad"}
