"""The mandate written in a convention: declared by the provider, in force once its copy is checked, refused by the client."""

import io
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from jalon.courriers.models import Courriel
from jalon.habilitations.actions import conventions
from jalon.habilitations.actions.conventions import declarer_convention, ouvrir_convention, refuser_convention
from jalon.habilitations.actions.mandats import donner_mandat, modifier_mandat, rappeler_mandats, terminer_mandat
from jalon.habilitations.conventions import LONGUEUR_REFERENCE, RENOUVELABLE, lire_client, refus_des_termes
from jalon.habilitations.enums import CoteDuMandat, NatureAvis, OrigineMandat, Role
from jalon.habilitations.models import Affectation, AvisPostal, Mandat
from jalon.habilitations.requetes.conventions import conventions_declarees, conventions_suivies
from jalon.habilitations.requetes.mandats import mandat_affiche, mandataires_sur
from jalon.habilitations.requetes.pages_de_mandats import mandats_donnes
from jalon.journal.models import Evenement, Revelation
from jalon.organisations.models import Organisation
from jalon.organisations.requetes import organisation as organisation_connue
from jalon.pieces.enums import EtatDocument
from jalon.pieces.models import Document
from jalon.pieces.requetes import COFFRE, DocumentIndisponible
from jalon.socle import coffre
from jalon.socle.acteurs import Domaine, Droit, Niveau, Portee, Profil
from jalon.socle.dates import PARIS, debut_du_jour, fin_du_jour
from jalon.socle.erreurs import (
    DroitManquant,
    Introuvable,
    SaisieRefusee,
    SaisiesRefusees,
    TransitionImpossible,
)
from tests.facturation.outils import document_leger
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    SIRET,
    acteur,
    agent,
    confier,
    organisation,
    personne,
    rattacher,
    sirens,
)

pytestmark = pytest.mark.django_db

CFA = AUTRE_SIREN
FIN = date(2027, 8, 31)
ENVOI = Droit(Domaine.ALTERNANCE, Niveau.ENVOI)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _sans_inspection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conventions, "deposer_document", document_leger)


class Scene:
    """A company and its administrator; a CFA, its administrator Driss and one collaborator."""

    def __init__(self) -> None:
        organisation()
        organisation(CFA, "CFA DES ALPES")
        self.aline, self.driss, self.nora = personne("Aline"), personne("Driss", "Cfa"), personne("Nora", "Cfa")
        rattacher(self.aline)
        self.lien = rattacher(self.driss, CFA, Profil.PRESTATAIRE)
        self.autre_lien = rattacher(self.nora, CFA, Profil.PRESTATAIRE, [])

    def declarer(self, **autres: Any) -> Mandat:
        choix: Mapping[str, Any] = {
            "mandataire": CFA, "client_saisi": SIREN, "reference": "CONV-2026-001", "signee_le": date(2026, 11, 20),
            "debut": date(2026, 9, 1), "fin": FIN, "nom": "convention.pdf", "contenu": io.BytesIO(b"%PDF-1.7"),
            "par": acteur(self.driss), "maintenant": LE,
        }  # fmt: skip
        return declarer_convention(**{**choix, **autres})


@pytest.fixture
def scene() -> Scene:
    return Scene()


def _a_qui(genre: str) -> list[str]:
    return sorted(Courriel.objects.filter(genre=f"habilitations.{genre}").values_list("adresse", flat=True))


def _journal(code: str) -> list[tuple[str, str]]:
    return list(Evenement.objects.tous("essai").filter(code=code).order_by("id").values_list("siren", "prestataire_siren"))


def _sur(prestataire: str, siren: str = SIREN, siret: str = SIRET) -> Portee:
    return Portee(siren=siren, siret=siret, domaine=Domaine.ALTERNANCE, prestataire_nomme=prestataire)


# Rules -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("saisi", "lu"),
    [
        (SIREN, (SIREN, ())),
        ("123 456 782", (SIREN, ())),
        (SIRET, (SIREN, (SIRET,))),
        ("123 456 782 00010", (SIREN, (SIRET,))),
    ],
)
def test_le_client_est_un_siren_ou_un_siret(saisi: str, lu: object) -> None:
    assert lire_client(saisi, CFA) == lu


@pytest.mark.parametrize("saisi", ["", "12345678", "123456783", "12345678200011", CFA, f"{CFA}00010"])
def test_un_client_illisible_ou_soi_meme_est_refuse(saisi: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        lire_client(saisi, CFA)
    assert refus.value.champ == "client"


JOUR = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("changement", "champs"),
    [
        ({}, set()),
        ({"signee_le": JOUR}, set()),
        ({"signee_le": date(2026, 11, 25)}, {"signee_le"}),
        ({"fin": JOUR}, set()),
        ({"fin": date(2026, 11, 23)}, {"fin"}),
        ({"fin": date(2027, 11, 23)}, set()),
        ({"fin": date(2027, 11, 24)}, {"fin"}),
        ({"debut": date(2027, 1, 10), "fin": date(2028, 1, 9)}, set()),
        ({"debut": date(2027, 1, 10), "fin": date(2028, 1, 10)}, {"fin"}),
        ({"debut": date(2027, 1, 10), "fin": date(2027, 1, 9)}, {"fin"}),
        ({"niveau": Niveau.SAISIE}, set()),
        ({"niveau": Niveau.LECTURE}, set()),
        ({"niveau": Niveau.AUCUN}, {"niveau"}),
        ({"niveau": Niveau.GESTION, "signee_le": date(2027, 1, 1)}, {"niveau", "signee_le"}),
    ],
)
def test_ce_qu_une_convention_peut_etre(changement: Mapping[str, Any], champs: set[str]) -> None:
    donnees = {"niveau": Niveau.ENVOI, "signee_le": date(2026, 7, 1), "debut": date(2026, 9, 1), "fin": FIN, "aujourdhui": JOUR}
    assert set(refus_des_termes(**{**donnees, **changement})) == champs  # type: ignore[arg-type]


# Declaring -------------------------------------------------------------------------------------------------------------


def test_le_cfa_declare_et_l_entreprise_est_prevenue(scene: Scene) -> None:
    mandat = scene.declarer(reference="  CONV  2026 ")
    assert (mandat.siren, mandat.mandataire_siren, mandat.profil, mandat.droits) == (SIREN, CFA, "adherent", "alternance 3")
    assert (mandat.origine, mandat.reference, mandat.signee_le) == ("convention", "CONV 2026", date(2026, 11, 20))
    assert (mandat.debut, mandat.fin, mandat.sirets) == (LE, fin_du_jour(FIN), [])
    assert _journal("acces.convention_declaree") == [(SIREN, ""), ("", CFA)]
    assert _a_qui("convention_declaree") == [scene.aline.email]
    assert not AvisPostal.objects.exists()
    assert Affectation.objects.get().rattachement_id == scene.lien.id
    cfa = acteur(scene.driss)
    assert cfa.perimetre(ENVOI).couples == {(SIREN, CFA)}
    assert cfa.peut(ENVOI, _sur(CFA))
    for ailleurs in (_sur(""), _sur(SIREN), _sur(CFA, CFA, ""), Portee(siren=SIREN, siret=SIRET)):
        assert not cfa.peut(ENVOI, ailleurs)
    for autre in (Droit(Domaine.ALTERNANCE, Niveau.GESTION), Droit(Domaine.PLAN, Niveau.LECTURE)):
        assert not cfa.peut(autre, _sur(CFA))
    assert (cfa.profils(SIREN), cfa.mandataires(SIREN)) == ((Profil.ADHERENT,), (CFA,))


def test_la_convention_d_un_etablissement_n_ouvre_que_lui(scene: Scene) -> None:
    scene.declarer(client_saisi=SIRET, niveau=Niveau.SAISIE)
    cfa = acteur(scene.driss)
    assert cfa.perimetre(Droit(Domaine.ALTERNANCE, Niveau.SAISIE)).couples == {(SIRET, CFA)}
    assert not cfa.perimetre(ENVOI).couples
    assert not cfa.peut(Droit(Domaine.ALTERNANCE, Niveau.LECTURE), _sur(CFA, siret=f"{SIREN}00028"))


def test_un_mandat_donne_a_cote_ne_se_melange_pas(scene: Scene) -> None:
    """Levels of one never come out as those of the other, whatever the texts that they share."""
    donner_mandat(
        siren=SIREN, profil=Profil.ADHERENT, mandataire_saisi=CFA, niveaux={Domaine.ALTERNANCE: Niveau.ENVOI}, fin=FIN,
        par=acteur(scene.aline), maintenant=LE,
    )  # fmt: skip
    scene.declarer()
    cfa = acteur(scene.driss)
    assert (cfa.perimetre(ENVOI).sirens, cfa.perimetre(ENVOI).couples) == (frozenset(), {(SIREN, CFA)})
    confier(Mandat.objects.tous("essai").get(origine=OrigineMandat.CLIENT), scene.lien, {Domaine.ALTERNANCE: Niveau.ENVOI})
    cfa = acteur(scene.driss)
    assert (cfa.perimetre(ENVOI).sirens, cfa.perimetre(ENVOI).couples) == ({SIREN}, {(SIREN, CFA)})


def test_rien_ne_compte_avant_que_la_piece_ait_passe_ses_controles(scene: Scene) -> None:
    mandat = scene.declarer()
    document = Document.objects.de_proprietaire([mandat.piece_id], "essai")  # type: ignore[list-item]
    for etat, compte, affiche in (
        (EtatDocument.EN_ATTENTE, False, "a_controler"),
        (EtatDocument.SAINE, True, "en_cours"),
        (EtatDocument.REFUSEE, False, "piece_refusee"),
        (EtatDocument.CONTROLEE, True, "en_cours"),
    ):
        document.update(etat=etat)
        relu = Mandat.objects.tous("essai").get(id=mandat.id)
        assert acteur(scene.driss).peut(ENVOI, _sur(CFA)) == compte
        assert bool(mandataires_sur(_sur(CFA), Domaine.ALTERNANCE, LE)) == compte
        assert (relu.en_vigueur(LE), mandat_affiche(relu, LE).etat, mandat_affiche(relu, LE).vivant) == (compte, affiche, True)


def test_qui_agit_sur_un_dossier_qui_nomme_le_cfa_et_sur_aucun_autre(scene: Scene) -> None:
    scene.declarer()
    assert [m.personne for m in mandataires_sur(_sur(CFA), Domaine.ALTERNANCE, LE)] == [scene.driss]
    du_cfa = Portee(siren=SIREN, siret=SIRET, prestataire_siren=CFA)
    assert [m.personne for m in mandataires_sur(du_cfa, Domaine.ALTERNANCE, LE)] == [scene.driss]
    for autre in (_sur(""), _sur(SIREN), Portee(siren=SIREN, siret=SIRET)):
        assert mandataires_sur(autre, Domaine.ALTERNANCE, LE) == []


@pytest.mark.parametrize(
    ("instant", "compte"),
    [
        (datetime(2027, 8, 31, 23, 59, 59, tzinfo=PARIS), True),
        (datetime(2027, 9, 1, 0, 0, 0, tzinfo=PARIS), False),
        (LE, True),
        (LE - timedelta(seconds=1), False),
    ],
)
def test_elle_compte_de_la_declaration_a_minuit_du_dernier_jour_a_paris(scene: Scene, instant: datetime, compte: bool) -> None:
    scene.declarer()
    assert acteur(scene.driss, instant).peut(ENVOI, _sur(CFA)) == compte


def test_a_travers_le_changement_d_heure_et_a_partir_du_premier_jour(scene: Scene) -> None:
    mandat = scene.declarer(debut=date(2027, 3, 28), fin=date(2027, 10, 31))
    assert (mandat.debut, mandat.fin) == (debut_du_jour(date(2027, 3, 28)), fin_du_jour(date(2027, 10, 31)))
    assert mandat_affiche(mandat, LE).etat == "a_venir"
    for instant, compte in (
        (datetime(2027, 3, 27, 23, 59, 59, tzinfo=PARIS), False),
        (datetime(2027, 3, 28, 0, 0, 0, tzinfo=PARIS), True),
        (datetime(2027, 10, 31, 23, 59, 59, tzinfo=PARIS), True),
        (datetime(2027, 11, 1, 0, 0, 0, tzinfo=PARIS), False),
    ):
        assert acteur(scene.driss, instant).peut(ENVOI, _sur(CFA)) == compte


@pytest.mark.parametrize(
    ("changement", "champ"),
    [
        ({"client_saisi": CFA}, "client"),
        ({"reference": " "}, "reference"),
        ({"reference": "x" * (LONGUEUR_REFERENCE + 1)}, "reference"),
        ({"fin": date(2027, 11, 24)}, "fin"),
    ],
)
def test_une_saisie_refusee_n_ecrit_rien(scene: Scene, changement: Mapping[str, Any], champ: str) -> None:
    with pytest.raises((SaisieRefusee, SaisiesRefusees)) as refus:
        scene.declarer(**changement)
    erreur = refus.value
    assert champ in (erreur.champs if isinstance(erreur, SaisiesRefusees) else {erreur.champ: ""})
    assert not Mandat.objects.tous("essai").exists()


def test_un_fichier_refuse_se_dit_dans_sa_case(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuser(**autres: object) -> Document:
        raise SaisieRefusee("Ce fichier est vide")

    monkeypatch.setattr(conventions, "deposer_document", refuser)
    with pytest.raises(SaisieRefusee) as refus:
        scene.declarer()
    assert (refus.value.champ, Mandat.objects.tous("essai").exists()) == ("piece", False)


def test_seul_un_administrateur_hors_probation_declare(scene: Scene) -> None:
    neuf = personne("Neuf")
    rattacher(neuf, CFA, Profil.PRESTATAIRE, probation_jusqu_a=LE + MINUTE)
    for qui in (scene.aline, scene.nora, neuf):
        with pytest.raises(DroitManquant):
            scene.declarer(par=acteur(qui))
    assert Document.objects.de_proprietaire([], "essai").exists() is False
    scene.declarer(par=acteur(neuf, LE + MINUTE), maintenant=LE + MINUTE)


def test_un_refus_ne_garde_pas_le_fichier(scene: Scene) -> None:
    """The second one of the same reference is refused, and its copy is not kept."""
    premiere = scene.declarer()
    with pytest.raises(SaisieRefusee, match="déjà déclarée") as refus:
        scene.declarer()
    assert refus.value.champ == "reference"
    assert list(_documents()) == [premiere.piece_id]
    assert scene.declarer(reference="CONV-2026-002").id != premiere.id


def _documents() -> list[object]:
    with connection.cursor() as curseur:
        curseur.execute("SELECT id FROM pieces_document")
        return [ident for (ident,) in curseur]


def test_la_meme_se_declare_de_nouveau_une_fois_echue_ou_sa_piece_refusee(scene: Scene) -> None:
    premiere = scene.declarer(fin=JOUR)
    apres = fin_du_jour(JOUR)
    with pytest.raises(SaisieRefusee):
        scene.declarer(fin=JOUR, maintenant=apres - timedelta(seconds=1))
    seconde = scene.declarer(maintenant=apres)
    assert Mandat.objects.tous("essai").get(id=premiere.id).termine_cote == CoteDuMandat.TERME
    Document.objects.de_proprietaire([seconde.piece_id], "essai").update(etat=EtatDocument.REFUSEE)  # type: ignore[list-item]
    assert scene.declarer(maintenant=apres).id != seconde.id


def test_elle_se_declare_de_nouveau_dans_ses_trente_derniers_jours_pour_plus_longtemps(scene: Scene) -> None:
    fin = fin_du_jour(JOUR + timedelta(days=40))
    premiere = scene.declarer(fin=JOUR + timedelta(days=40))
    with pytest.raises(SaisieRefusee, match="déjà déclarée"):
        scene.declarer(maintenant=fin - RENOUVELABLE - timedelta(seconds=1))
    with pytest.raises(SaisieRefusee, match="déjà déclarée"):
        scene.declarer(fin=JOUR + timedelta(days=40), maintenant=fin - RENOUVELABLE)
    seconde = scene.declarer(maintenant=fin - RENOUVELABLE)
    ancienne = Mandat.objects.tous("essai").get(id=premiere.id)
    assert (ancienne.termine_cote, ancienne.termine_le) == (CoteDuMandat.TERME, seconde.cree_le)
    assert acteur(scene.driss, seconde.cree_le).peut(ENVOI, _sur(CFA))


def test_tout_ce_qui_est_faux_se_dit_en_une_fois(scene: Scene) -> None:
    with pytest.raises(SaisiesRefusees) as refus:
        scene.declarer(client_saisi="12", reference=" ", signee_le=date(2027, 1, 1), fin=JOUR - timedelta(days=1))
    assert set(refus.value.champs) == {"client", "reference", "signee_le", "fin"}


def test_sans_administrateur_le_siege_est_prevenu_par_courrier_une_fois(scene: Scene) -> None:
    autre, inconnu = sirens(2)
    organisation(autre, "SANS COMPTE")
    scene.declarer(client_saisi=autre)
    scene.declarer(client_saisi=autre, reference="CONV-2")
    avis = AvisPostal.objects.get()
    assert (avis.siren, avis.nature, avis.personne) == (autre, NatureAvis.CONVENTION_DECLAREE, scene.driss)
    assert _a_qui("convention_declaree") == []
    AvisPostal.objects.update(envoye_le=LE)
    scene.declarer(client_saisi=autre, reference="CONV-3")
    assert AvisPostal.objects.count() == 2
    scene.declarer(client_saisi=inconnu)
    connue = organisation_connue(inconnu)
    assert connue is not None
    assert (connue.a_verifier, AvisPostal.objects.count()) == (True, 3)
    conseil = acteur(agent(Role.CONSEILLER))
    assert {m.client for m in conventions_suivies(conseil, LE, seules=True).lignes} == {autre, inconnu}
    assert conventions_suivies(acteur(agent(Role.COMPTABLE)), LE, seules=False).lignes == []
    rattacher(personne("Neuve"), autre)
    assert [m.client for m in conventions_suivies(conseil, LE, seules=True).lignes] == [inconnu]
    assert conventions_suivies(conseil, fin_du_jour(FIN), seules=False).lignes == []


def test_au_dela_de_deux_cents_par_jour_l_opco_est_prevenu_une_fois_et_rien_n_est_retenu(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conventions, "DECLARATIONS_PAR_JOUR", 2)
    hugo = agent()
    agent(Role.COMPTABLE, prenom="Inès")
    for rang in range(2):
        scene.declarer(reference=f"C{rang}")
    assert _a_qui("conventions_en_nombre") == []
    for rang in range(2, 5):
        assert scene.declarer(reference=f"C{rang}").en_vigueur(LE)
    assert _a_qui("conventions_en_nombre") == [hugo.email]
    assert _journal("acces.conventions_en_nombre") == [("", CFA)]
    demain = debut_du_jour(date(2026, 11, 25))
    for rang in range(5, 8):
        scene.declarer(reference=f"C{rang}", maintenant=demain)
    assert len(_journal("acces.conventions_en_nombre")) == 2


# Refusing, ending ------------------------------------------------------------------------------------------------------


def test_l_entreprise_refuse_d_un_geste_et_cela_compte_aussitot(scene: Scene) -> None:
    mandat = scene.declarer()
    assert acteur(scene.driss).peut(ENVOI, _sur(CFA))
    fini = refuser_convention(mandat_id=mandat.id, par=acteur(scene.aline), maintenant=LE)
    assert (fini.termine_cote, fini.motif_fin) == ("client", "L’entreprise refuse cette convention")
    assert not acteur(scene.driss).peut(ENVOI, _sur(CFA))
    assert _journal("acces.convention_refusee") == [(SIREN, ""), ("", CFA)]
    assert _a_qui("mandat_termine") == [scene.driss.email]
    with pytest.raises(TransitionImpossible):
        refuser_convention(mandat_id=mandat.id, par=acteur(scene.aline), maintenant=LE)
    with pytest.raises(SaisieRefusee, match="a refusé cette convention le 24/11/2026"):
        scene.declarer()


def test_seul_un_administrateur_du_client_refuse(scene: Scene) -> None:
    mandat = scene.declarer()
    with pytest.raises(DroitManquant):
        refuser_convention(mandat_id=mandat.id, par=acteur(scene.driss), maintenant=LE)
    for etranger in (scene.nora, personne("Gaël")):
        with pytest.raises(Introuvable):
            refuser_convention(mandat_id=mandat.id, par=acteur(etranger), maintenant=LE)
    with pytest.raises(TransitionImpossible):
        refuser_convention(mandat_id=mandat.id, par=acteur(scene.aline), maintenant=fin_du_jour(FIN))
    donne = donner_mandat(
        siren=SIREN, profil=Profil.ADHERENT, mandataire_saisi=CFA, niveaux={Domaine.PLAN: Niveau.ENVOI}, fin=FIN,
        par=acteur(scene.aline), maintenant=LE,
    )  # fmt: skip
    with pytest.raises(Introuvable):
        refuser_convention(mandat_id=donne.id, par=acteur(scene.aline), maintenant=LE)


def test_chaque_cote_y_met_fin_avec_un_motif_et_le_refus_du_cfa_n_empeche_rien(scene: Scene) -> None:
    mandat = scene.declarer()
    terminer_mandat(mandat_id=mandat.id, cote=CoteDuMandat.MANDATAIRE, motif="Rupture", par=acteur(scene.driss), maintenant=LE)
    assert not acteur(scene.driss).peut(ENVOI, _sur(CFA))
    seconde = scene.declarer()
    terminer_mandat(mandat_id=seconde.id, cote=CoteDuMandat.CLIENT, motif="Non", par=acteur(scene.aline), maintenant=LE)
    with pytest.raises(SaisieRefusee):
        scene.declarer()


def test_ce_que_dit_une_convention_ne_se_modifie_pas(scene: Scene) -> None:
    mandat = scene.declarer()
    with pytest.raises(TransitionImpossible, match="convention"):
        modifier_mandat(
            mandat_id=mandat.id, niveaux={Domaine.PLAN: Niveau.ENVOI}, fin=FIN, par=acteur(scene.aline), maintenant=LE
        )
    assert rappeler_mandats(maintenant=mandat.fin - timedelta(days=7)) == 0


@pytest.mark.parametrize(
    "faux",
    [
        {"droits": "alternance 4"},
        {"droits": "alternance 3,plan 1"},
        {"reference": ""},
        {"signee_le": None},
        {"piece": None},
        {"retenu": True, "attente": "verification", "compte_le": LE},
        {"origine": OrigineMandat.CLIENT},
    ],
)
def test_la_base_elle_meme_refuse_une_convention_trop_large(scene: Scene, faux: Mapping[str, Any]) -> None:
    mandat = scene.declarer()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandat.objects.tous("essai").filter(id=mandat.id).update(**faux)


# Reading ---------------------------------------------------------------------------------------------------------------


def test_la_copie_se_lit_des_deux_cotes_et_chaque_lecture_est_inscrite(scene: Scene) -> None:
    mandat = scene.declarer()
    assert mandat.piece_id is not None
    coffre.ranger(COFFRE, str(mandat.piece_id), b"%PDF-1.7")
    for rang, qui in enumerate((scene.aline, scene.driss, agent()), start=1):
        document, octets = ouvrir_convention(mandat_id=mandat.id, par=acteur(qui), maintenant=LE)
        assert (document.nom, octets, Revelation.objects.tous("essai").count()) == ("convention.pdf", b"%PDF-1.7", rang)
    with pytest.raises(Introuvable):
        ouvrir_convention(mandat_id=mandat.id, par=acteur(scene.nora), maintenant=LE)
    Document.objects.de_proprietaire([mandat.piece_id], "essai").update(etat=EtatDocument.EN_ATTENTE)
    with pytest.raises(DocumentIndisponible):
        ouvrir_convention(mandat_id=mandat.id, par=acteur(scene.aline), maintenant=LE)
    donne = donner_mandat(
        siren=SIREN, profil=Profil.ADHERENT, mandataire_saisi=CFA, niveaux={Domaine.PLAN: Niveau.ENVOI}, fin=FIN,
        par=acteur(scene.aline), maintenant=LE,
    )  # fmt: skip
    with pytest.raises(Introuvable):
        ouvrir_convention(mandat_id=donne.id, par=acteur(scene.aline), maintenant=LE)


def test_les_listes_des_deux_cotes(scene: Scene) -> None:
    une = scene.declarer()
    deux = scene.declarer(reference="CONV-2", client_saisi=SIRET, maintenant=LE + MINUTE)
    refuser_convention(mandat_id=une.id, par=acteur(scene.aline), maintenant=LE + MINUTE)
    lues = conventions_declarees(CFA, acteur(scene.driss), LE + MINUTE).lignes
    assert [(m.id, m.etat, m.sirets, m.reference) for m in lues] == [
        (deux.id, "en_cours", (SIRET,), "CONV-2"),
        (une.id, "termine", (), "CONV-2026-001"),
    ]
    assert conventions_declarees(CFA, acteur(scene.nora), LE).lignes == []
    plus_tard = LE + timedelta(days=366)
    assert [m.id for m in conventions_declarees(CFA, acteur(scene.driss, plus_tard), plus_tard).lignes] == [deux.id]
    (donnee, *_) = mandats_donnes(SIREN, acteur(scene.aline), LE + MINUTE, Profil.ADHERENT).lignes
    assert (donnee.par_convention, donnee.signee_le, donnee.mandataire_nom) == (True, date(2026, 11, 20), "CFA DES ALPES")


def test_un_client_suspendu_ou_un_depart_ferment_tout(scene: Scene) -> None:
    scene.declarer()
    Organisation.objects.filter(siren=SIREN).update(suspendue_le=LE)
    assert not acteur(scene.driss).peut(ENVOI, _sur(CFA))
    Organisation.objects.filter(siren=SIREN).update(suspendue_le=None)
    Affectation.objects.update(revoquee_le=LE)
    assert not acteur(scene.driss).peut(ENVOI, _sur(CFA))
