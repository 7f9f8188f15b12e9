"""The batch: nothing half done wherever it stops, no code anywhere but in the encrypted PDF."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from jalon.courriers.models import Courriel
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions import commandes, lettres
from jalon.habilitations.actions.lettres import (
    COFFRE,
    FichierLettres,
    LettresImpossibles,
    declarer_imprimees,
    effacer_lettres_anciennes,
    nettoyer_fichiers,
    preparer_lettres,
    relancer_commandes,
    telecharger_lettres,
)
from jalon.habilitations.codes import Code, tirer_code
from jalon.habilitations.enums import EtatCode, EtatCommande, EtatLettre, Role
from jalon.habilitations.models import CodeActivation, CommandeCodes, LettreCode, RoleOpco
from jalon.habilitations.regles import fin_de_validite
from jalon.habilitations.requetes.commandes import manifeste
from jalon.journal.models import Evenement
from jalon.socle import coffre
from jalon.socle.acteurs import Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, TransitionImpossible
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    acteur,
    agent,
    organisation,
    personne,
    rattacher,
    recuperation_confirmee,
    sirens,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _dossier_des_lettres(tmp_path: Path, settings: Any) -> None:
    reglages = dict(settings.STORAGES)
    reglages["lettres"] = {**reglages["lettres"], "OPTIONS": {"location": tmp_path / "lettres"}}
    settings.STORAGES = reglages


@pytest.fixture
def hugo() -> ActeurPersonne:
    organisation()
    return acteur(agent())


@pytest.fixture
def tires(monkeypatch: pytest.MonkeyPatch) -> list[Code]:
    """Every code drawn during the test, so that it can be looked for everywhere."""
    codes: list[Code] = []

    def tirer() -> Code:
        codes.append(tirer_code())
        return codes[-1]

    monkeypatch.setattr(lettres, "tirer_code", tirer)
    return codes


def _commander(par: ActeurPersonne, *liste: str, profil: Profil = Profil.ADHERENT) -> CommandeCodes:
    return commandes.commander_codes(profil=profil, sirens=liste or (SIREN,), par=par, maintenant=LE)


def _prete(par: ActeurPersonne, *liste: str) -> CommandeCodes:
    commande = _commander(par, *liste)
    preparer_lettres(commande_id=commande.id, maintenant=LE)
    commande.refresh_from_db()
    return commande


def _texte(pdf: bytes, page: int = 0) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return str(document[page].get_textpage().get_text_range())
    finally:
        document.close()


def _fichiers() -> list[Path]:
    racine = Path(settings.STORAGES["lettres"]["OPTIONS"]["location"])
    return [f for f in racine.rglob("*") if f.is_file()] if racine.exists() else []


def test_une_commande_devient_prete_avec_ses_pages_et_ses_empreintes(hugo: ActeurPersonne, tires: list[Code]) -> None:
    liste = sirens(3)
    for siren in liste:
        organisation(siren, f"SOCIETE {siren}")
    commande = _prete(hugo, *liste)
    assert commande.etat == EtatCommande.PRETE
    assert commande.pages == 3
    fichier = telecharger_lettres(commande_id=commande.id, par=hugo, maintenant=LE)
    par_siren = {c.siren: c for c in CodeActivation.objects.all()}
    for lettre in LettreCode.objects.order_by("page"):
        assert lettre.etat == EtatLettre.COMPOSEE
        texte = " ".join(_texte(fichier.octets, (lettre.page or 0) - 1).split())
        assert f"SOCIETE {lettre.siren}" in texte
        (code,) = [c for c in tires if c.clair in texte.replace("-", "")]
        ligne = par_siren[lettre.siren]
        assert ligne.empreinte == code.empreinte(lettre.siren, Profil.ADHERENT)
        assert ligne.expire_le == fin_de_validite(LE)
    assert "SIREN – adhérent" in _texte(fichier.octets)


def test_l_en_tete_dit_le_profil(hugo: ActeurPersonne) -> None:
    commande = _commander(hugo, profil=Profil.PRESTATAIRE)
    preparer_lettres(commande_id=commande.id, maintenant=LE)
    assert "SIREN – prestataire" in _texte(telecharger_lettres(commande_id=commande.id, par=hugo, maintenant=LE).octets)


def test_preparer_deux_fois_ne_refait_rien(hugo: ActeurPersonne, tires: list[Code]) -> None:
    commande = _prete(hugo)
    preparer_lettres(commande_id=commande.id, maintenant=LE + timedelta(hours=1))
    assert len(tires) == 1
    assert CodeActivation.objects.count() == 1
    relue = CommandeCodes.objects.get()
    assert (relue.etat, relue.prete_le) == (EtatCommande.PRETE, LE)


def test_un_nouveau_code_tue_l_ancien_du_meme_profil_et_lui_seul(hugo: ActeurPersonne) -> None:
    _prete(hugo)
    prestataire = _commander(hugo, profil=Profil.PRESTATAIRE)
    preparer_lettres(commande_id=prestataire.id, maintenant=LE)
    _prete(hugo)
    etats = sorted(CodeActivation.objects.values_list("profil", "etat"))
    assert etats == [("adherent", EtatCode.ACTIF), ("adherent", EtatCode.REMPLACE), ("prestataire", EtatCode.ACTIF)]


def test_les_administrateurs_en_place_sont_prevenus_qu_une_lettre_part(hugo: ActeurPersonne) -> None:
    aline = personne()
    rattacher(aline)
    recuperation_confirmee()
    organisation(AUTRE_SIREN)
    _prete(hugo, SIREN, AUTRE_SIREN)
    assert list(Courriel.objects.values_list("genre", "adresse")) == [("habilitations.code_emis", aline.email)]


# Interruptions: an exception raised at each step stands for a kill; the transaction is rolled back, the job repeated.

ETAPES: list[tuple[str, Callable[[], tuple[object, str]]]] = [
    ("adresser", lambda: (lettres, "adresses_des_lettres")),
    ("tirer", lambda: (lettres, "tirer_code")),
    ("composer", lambda: (lettres, "composer_lettres")),
    ("ranger", lambda: (coffre, "ranger")),
    ("enregistrer", lambda: (lettres, "_enregistrer")),
    ("prevenir", lambda: (lettres, "_prevenir_les_administrateurs")),
]


class _Coupure(BaseException):
    """Like a kill: nothing in the product catches it."""


@pytest.mark.parametrize("avant", [True, False], ids=["avant", "apres"])
@pytest.mark.parametrize(("nom", "cible"), ETAPES, ids=[e[0] for e in ETAPES])
def test_une_coupure_a_chaque_etape_ne_laisse_ni_code_ni_orphelin(
    hugo: ActeurPersonne, monkeypatch: pytest.MonkeyPatch, nom: str, cible: Callable[[], tuple[Any, str]], avant: bool
) -> None:
    organisation(AUTRE_SIREN)
    ancien, _ = _prete(hugo), None
    commande = _commander(hugo, SIREN, AUTRE_SIREN)
    module, fonction = cible()
    vraie = getattr(module, fonction)

    def couper(*args: object, **kwargs: object) -> object:
        if avant:
            raise _Coupure
        vraie(*args, **kwargs)
        raise _Coupure

    with monkeypatch.context() as patch:
        patch.setattr(module, fonction, couper)
        with pytest.raises(_Coupure):
            preparer_lettres(commande_id=commande.id, maintenant=LE)
    commande.refresh_from_db()
    assert commande.etat == EtatCommande.EN_PREPARATION
    assert CodeActivation.objects.get().lettre.commande_id == ancien.id
    assert CodeActivation.objects.get().etat == EtatCode.ACTIF
    preparer_lettres(commande_id=commande.id, maintenant=LE)
    assert CodeActivation.objects.filter(etat=EtatCode.ACTIF).count() == 2
    assert {f.name for f in _fichiers()} == {str(ancien.id), str(commande.id)}
    texte = telecharger_lettres(commande_id=commande.id, par=hugo, maintenant=LE).octets
    _tous_les_codes_du_pdf_valent(texte)


def _tous_les_codes_du_pdf_valent(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[i].get_textpage().get_text_range() for i in range(len(document))]
    finally:
        document.close()
    for lettre in LettreCode.objects.filter(code__etat=EtatCode.ACTIF).select_related("code", "commande"):
        for page in pages:
            if lettre.numero in page:
                lu = next(m for m in page.split() if m.count("-") == 3)
                attendu = Code(lu.replace("-", "")).empreinte(lettre.siren, Profil(lettre.commande.profil))
                assert lettre.code.empreinte == attendu


class _Ciseaux:
    """Cut before the n-th statement (savepoints aside: they are the test's)."""

    def __init__(self, rang: int) -> None:
        self.reste = rang

    def __call__(self, suite: Any, sql: Any, params: Any, many: Any, contexte: Any) -> Any:
        if "SAVEPOINT" not in sql:
            self.reste -= 1
            if not self.reste:
                raise _Coupure
        return suite(sql, params, many, contexte)


def test_une_coupure_entre_deux_requetes_quelconques_ne_laisse_rien_a_moitie(hugo: ActeurPersonne) -> None:
    commande = _commander(hugo)

    for rang in range(1, 60):
        coupe = _Ciseaux(rang)
        try:
            with connection.execute_wrapper(coupe):
                preparer_lettres(commande_id=commande.id, maintenant=LE)
        except _Coupure:
            assert not CodeActivation.objects.exists()
            continue
        break
    else:
        pytest.fail("la préparation n’a jamais abouti")
    assert rang > 8
    assert CodeActivation.objects.count() == 1
    assert len(_fichiers()) == 1


def test_un_fichier_d_une_autre_tentative_n_est_jamais_remis(hugo: ActeurPersonne) -> None:
    commande = _prete(hugo)
    coffre.ranger(COFFRE, str(commande.id), b"%PDF- codes morts")
    with pytest.raises(coffre.ContenuAbsent):
        telecharger_lettres(commande_id=commande.id, par=hugo, maintenant=LE)
    commande.refresh_from_db()
    assert commande.telechargements == 0


def test_l_echec_de_la_composition_ne_cite_jamais_une_lettre(
    hugo: ActeurPersonne, tires: list[Code], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    commande = _commander(hugo)

    def echouer(liste: Any, **_: Any) -> None:
        assert liste[0].code not in repr(liste)
        raise lettres.CompositionImpossible(f"unexpected {liste[0].code}")

    monkeypatch.setattr(lettres, "composer_lettres", echouer)
    with pytest.raises(LettresImpossibles) as erreur, caplog.at_level(logging.DEBUG):
        preparer_lettres(commande_id=commande.id, maintenant=LE)
    logging.getLogger("jalon.travaux").warning("échec", exc_info=erreur.value)
    assert tires
    assert erreur.value.__cause__ is None
    assert erreur.value.__suppress_context__
    for code in tires:
        assert code.clair not in str(erreur.value)
        assert code.clair not in caplog.text


def _tout_ce_que_la_base_contient() -> str:
    """Every column of every table as text."""
    morceaux = []
    with connection.cursor() as curseur:
        for table in connection.introspection.table_names(curseur):
            curseur.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            morceaux += [ligne for (ligne,) in curseur.fetchall()]
    return "\n".join(morceaux)


def test_le_code_n_est_nulle_part(
    hugo: ActeurPersonne, tires: list[Code], caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    rattacher(personne())
    recuperation_confirmee()
    with caplog.at_level(logging.DEBUG):
        commande = _prete(hugo)
        fichier = telecharger_lettres(commande_id=commande.id, par=hugo, maintenant=LE)
        declarer_imprimees(commande_id=commande.id, par=hugo, maintenant=LE)
    (code,) = tires
    groupe = "-".join(code.clair[i : i + 4] for i in range(0, 14, 4))
    ecrits = capsys.readouterr()
    lignes = [*CodeActivation.objects.all(), *LettreCode.objects.all(), *CommandeCodes.objects.all()]
    lieux = {
        "base": _tout_ce_que_la_base_contient(),
        "traces": caplog.text,
        "sorties": ecrits.out + ecrits.err,
        "repr": repr([(x, vars(x)) for x in lignes]) + repr(fichier) + repr(code),
        "travaux": repr(list(ProcrastinateJob.objects.values())),
        "journal": repr(list(Evenement.objects.tous("essai").values())),
        "courriels": repr(list(Courriel.objects.values())),
    }
    assert SIREN in lieux["base"]
    for lieu, texte in lieux.items():
        assert code.clair not in texte, lieu
        assert groupe not in texte, lieu
        assert code.clair.lower() not in texte.lower(), lieu


def test_le_pdf_est_chiffre_au_repos(hugo: ActeurPersonne) -> None:
    commande = _prete(hugo)
    (fichier,) = _fichiers()
    assert b"%PDF" not in fichier.read_bytes()
    assert fichier.stat().st_mode & 0o077 == 0
    assert telecharger_lettres(commande_id=commande.id, par=hugo, maintenant=LE).octets.startswith(b"%PDF")
    assert isinstance(repr(FichierLettres("x", b"y")), str)


def test_chaque_telechargement_est_une_ligne_du_journal(hugo: ActeurPersonne) -> None:
    commande = _prete(hugo)
    for _ in range(2):
        telecharger_lettres(commande_id=commande.id, par=hugo, maintenant=LE)
    commande.refresh_from_db()
    assert commande.telechargements == 2
    assert Evenement.objects.tous("essai").filter(code="acces.lettres_telechargees").count() == 2


def test_seule_l_aef_qui_a_commande_telecharge_et_declare(hugo: ActeurPersonne) -> None:
    commande = _prete(hugo)
    autre = acteur(agent(prenom="Hélène"))
    for action in (telecharger_lettres, declarer_imprimees):
        with pytest.raises(Introuvable):
            action(commande_id=commande.id, par=autre, maintenant=LE)
        with pytest.raises(DroitManquant):
            action(commande_id=commande.id, par=acteur(personne()), maintenant=LE)
    RoleOpco.objects.filter(personne_id=hugo.identite).update(role=Role.CONSEILLER)
    for action in (telecharger_lettres, declarer_imprimees):
        with pytest.raises(DroitManquant):
            action(commande_id=commande.id, par=acteur(hugo.personne), maintenant=LE)


def test_declarer_imprimees_demande_un_telechargement_et_efface_le_fichier(
    hugo: ActeurPersonne, django_capture_on_commit_callbacks: Any
) -> None:
    commande = _prete(hugo)
    with pytest.raises(TransitionImpossible, match="Téléchargez d’abord"):
        declarer_imprimees(commande_id=commande.id, par=hugo, maintenant=LE)
    telecharger_lettres(commande_id=commande.id, par=hugo, maintenant=LE)
    with django_capture_on_commit_callbacks(execute=True):
        declarer_imprimees(commande_id=commande.id, par=hugo, maintenant=LE)
    assert _fichiers() == []
    commande.refresh_from_db()
    assert (commande.etat, commande.imprimee_le, commande.fichier_efface_le) == (EtatCommande.IMPRIMEE, LE, LE)
    assert CodeActivation.objects.get().etat == EtatCode.ACTIF
    for action in (telecharger_lettres, declarer_imprimees):
        with pytest.raises(TransitionImpossible, match="n’existe plus"):
            action(commande_id=commande.id, par=hugo, maintenant=LE)


def test_une_lettre_dont_le_code_est_remplace_n_est_jamais_declaree_imprimee(hugo: ActeurPersonne) -> None:
    organisation(AUTRE_SIREN)
    commande = _prete(hugo, SIREN, AUTRE_SIREN)
    telecharger_lettres(commande_id=commande.id, par=hugo, maintenant=LE)
    _prete(hugo, SIREN)
    (morte,) = [ligne for ligne in manifeste(commande.id, hugo) if ligne.remplacee]
    assert morte.siren == SIREN
    for vues in (0, 2):
        with pytest.raises(TransitionImpossible, match=f"des pages {morte.page},"):
            declarer_imprimees(commande_id=commande.id, remplacees=vues, par=hugo, maintenant=LE)
    commande.refresh_from_db()
    assert commande.etat == EtatCommande.PRETE
    declarer_imprimees(commande_id=commande.id, remplacees=1, par=hugo, maintenant=LE)
    evenement = Evenement.objects.tous("essai").get(code="acces.lettres_imprimees")
    assert evenement.details["lettres"] == 1


def test_une_commande_dont_tous_les_codes_sont_remplaces_ne_se_telecharge_ni_ne_se_declare(hugo: ActeurPersonne) -> None:
    commande = _prete(hugo)
    telecharger_lettres(commande_id=commande.id, par=hugo, maintenant=LE)
    _prete(hugo)
    with pytest.raises(TransitionImpossible, match="N’envoyez aucune"):
        telecharger_lettres(commande_id=commande.id, par=hugo, maintenant=LE)
    for vues in (0, 1):
        with pytest.raises(TransitionImpossible, match="N’envoyez aucune"):
            declarer_imprimees(commande_id=commande.id, remplacees=vues, par=hugo, maintenant=LE)


def test_une_commande_en_preparation_ne_se_telecharge_pas(hugo: ActeurPersonne) -> None:
    commande = _commander(hugo)
    with pytest.raises(TransitionImpossible, match="en préparation"):
        telecharger_lettres(commande_id=commande.id, par=hugo, maintenant=LE)


def test_au_bout_de_sept_jours_le_fichier_est_efface(hugo: ActeurPersonne, django_capture_on_commit_callbacks: Any) -> None:
    telechargee, oubliee = _prete(hugo), None
    organisation(AUTRE_SIREN)
    oubliee = _prete(hugo, AUTRE_SIREN)
    telecharger_lettres(commande_id=telechargee.id, par=hugo, maintenant=LE)
    assert effacer_lettres_anciennes(maintenant=LE + timedelta(days=6)) == 0
    assert len(_fichiers()) == 2
    tard = LE + timedelta(days=7) - timedelta(minutes=30)
    with pytest.raises(TransitionImpossible):
        telecharger_lettres(commande_id=telechargee.id, par=hugo, maintenant=tard)
    with django_capture_on_commit_callbacks(execute=True):
        assert effacer_lettres_anciennes(maintenant=tard) == 2
    assert _fichiers() == []
    assert set(CommandeCodes.objects.values_list("etat", flat=True)) == {EtatCommande.EFFACEE}
    etats = dict(CodeActivation.objects.values_list("lettre__commande_id", "etat"))
    assert etats == {telechargee.id: EtatCode.ACTIF, oubliee.id: EtatCode.ABANDONNE}
    assert effacer_lettres_anciennes(maintenant=tard) == 0


def test_les_fichiers_d_aucune_commande_prete_sont_retires(hugo: ActeurPersonne, monkeypatch: pytest.MonkeyPatch) -> None:
    prete, interrompue = _prete(hugo), _commander(hugo)
    coffre.ranger(COFFRE, str(interrompue.id), b"reste d'un essai")
    coffre.ranger(COFFRE, "01930000-0000-7000-8000-000000000000", b"commande inconnue")
    assert nettoyer_fichiers() == 0
    monkeypatch.setattr(lettres, "AGE_ORPHELIN", timedelta(seconds=-1))
    assert nettoyer_fichiers() == 2
    assert [f.name for f in _fichiers()] == [str(prete.id)]


def test_une_commande_oubliee_de_la_file_est_relancee(hugo: ActeurPersonne) -> None:
    commande = _commander(hugo)
    assert relancer_commandes(maintenant=LE + timedelta(minutes=59)) == 0
    assert relancer_commandes(maintenant=LE + timedelta(hours=1)) == 1
    assert ProcrastinateJob.objects.filter(args__commande_id=str(commande.id)).count() == 2
