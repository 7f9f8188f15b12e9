"""The file of rights: out and in again without a difference, refused line by line, never half applied."""

from datetime import date
from typing import Any

import pytest

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.fichier import Apercu, ImportRefuse, exporter_droits, importer_droits, prevoir_import
from jalon.habilitations.enums import EtatRattachement, Etendue
from jalon.habilitations.fichier import ecrire, lire
from jalon.habilitations.models import DroitAccorde, Rattachement
from jalon.habilitations.regles import DemandeDroit
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import DroitManquant, SaisieRefusee
from tests.habilitations.fabrique import LE, SIREN, SIRET, acteur, organisation, personne, rattacher, sur_le_siren, sur_un_siret

pytestmark = pytest.mark.django_db
ENTETE = "adresse;nom;perimetre;domaine;niveau;debut;fin\n"
TOUT = "toute l'organisation"


@pytest.fixture
def aline() -> Personne:
    organisation()
    creee = personne("Aline", "Ferrand")
    rattacher(creee)
    return creee


@pytest.fixture
def bruno(aline: Personne) -> Rattachement:
    return rattacher(personne("Bruno", "Marchetti"), droits=[sur_un_siret(SIRET, Domaine.PLAN, Niveau.SAISIE)])


def _importer(par: Personne, *lignes: str, acte: Any = importer_droits) -> Apercu:
    contenu = ENTETE + "\n".join(lignes)
    resultat: Apercu = acte(siren=SIREN, profil=Profil.ADHERENT, contenu=contenu, par=acteur(par), maintenant=LE)
    return resultat


def _exporter(par: Personne) -> str:
    return exporter_droits(siren=SIREN, profil=Profil.ADHERENT, par=acteur(par), maintenant=LE)


def _adresse(lien: Rattachement) -> str:
    assert lien.personne is not None
    return lien.personne.email


def test_ce_qui_sort_rentre_sans_difference(aline: Personne, bruno: Rattachement) -> None:
    DroitAccorde.objects.filter(rattachement=bruno).update(fin=LE.replace(month=12, day=31, hour=23, minute=0))
    contenu = _exporter(aline)
    assert f"{_adresse(bruno)};Bruno Marchetti;{SIRET};Plan de développement;;Saisie;;31/12/2026\r\n" in contenu
    assert contenu.count("\r\n") == 1 + 1 + len(Domaine)
    apercu = importer_droits(siren=SIREN, profil=Profil.ADHERENT, contenu=contenu, par=acteur(aline), maintenant=LE)
    assert apercu == Apercu((), ())
    assert list(Evenement.objects.tous("essai").order_by("id").values_list("code", flat=True)) == ["acces.export", "acces.import"]


def test_un_nom_qui_serait_une_formule_est_neutralise() -> None:
    assert ";'=1+1;" in ecrire([("a@b.fr", "=1+1", sur_le_siren(Domaine.PLAN))], {})


def test_l_apercu_dit_les_differences_sans_rien_ecrire(aline: Personne, bruno: Rattachement) -> None:
    lignes = [
        f"{_adresse(bruno)};;{SIRET};Plan de développement;Envoi;;",
        f"zoe@essai.example;;{TOUT};factures;lecture;;31/12/2026",
    ]
    apercu = _importer(aline, *lignes, acte=prevoir_import)
    de_bruno, de_zoe = apercu.differences
    assert de_bruno.phrases == ("Plan de développement, SIRET 123\u00a0456\u00a0782\u00a000010\u00a0: Saisie, puis Envoi",)
    assert (de_bruno.invitee, de_bruno.attend) == (False, False)
    assert de_zoe.phrases == ("Factures, toute l’organisation\u00a0: Aucun, puis Lecture, jusqu’au 31/12/2026",)
    assert de_zoe.invitee
    assert apercu.refus == ()
    assert not Courriel.objects.exists()
    assert not Evenement.objects.tous("essai").exists()
    assert DroitAccorde.objects.get(rattachement=bruno).niveau == Niveau.SAISIE


def test_appliquer_fait_ce_que_l_apercu_disait(aline: Personne, bruno: Rattachement) -> None:
    autre = rattacher(personne("Chloé", "Bertin"), droits=[sur_le_siren(Domaine.PLAN)])
    _importer(aline, f"{_adresse(bruno).upper()};;{TOUT};Factures;Envoi;;", f"zoe@essai.example;;{TOUT};plan;Lecture;01/12/2026;")
    assert bruno.personne is not None
    assert not acteur(bruno.personne).perimetre(Droit(Domaine.PLAN, Niveau.LECTURE))
    assert not acteur(bruno.personne).perimetre(Droit(Domaine.FACTURES, Niveau.ENVOI)), "un droit large attend"
    zoe = Rattachement.objects.tous("essai").get(courriel_invite="zoe@essai.example")
    assert zoe.etat == EtatRattachement.INVITE
    assert zoe.droits.get().debut == LE.replace(month=11, day=30, hour=23, minute=0)
    assert autre.droits.get().revoque_le is None, "qui n’est pas dans le fichier reste comme il est"


def test_une_ligne_refusee_et_rien_n_est_applique(aline: Personne, bruno: Rattachement) -> None:
    lignes = [
        f"{_adresse(bruno)};;{SIRET};Plan de développement;Envoi;;",
        f"paul;;{TOUT};plan;Lecture;;",
        f"zoe@essai.example;;{TOUT};plan;Lecture;;",
        "zoe@essai.example;;73282932000074;factures;Lecture;;",
        f"noe@essai.example;;{TOUT};cantine;Lecture;;",
    ]
    with pytest.raises(ImportRefuse) as refus:
        _importer(aline, *lignes)
    assert [(r.numero, r.raison) for r in refus.value.apercu.refus] == [
        (3, "Écrivez l’adresse électronique en entier, par exemple prenom.nom@entreprise.fr"),
        (5, "Choisissez un établissement de cette entreprise"),
        (6, "Choisissez le domaine parmi\u00a0: Alternance, Plan de développement, Factures, Règlements, Coordonnées bancaires, Salariés, Exports, Accès"),
    ]  # fmt: skip
    assert DroitAccorde.objects.get(rattachement=bruno).niveau == Niveau.SAISIE
    assert not Rattachement.objects.tous("essai").filter(etat=EtatRattachement.INVITE).exists()
    assert not Courriel.objects.exists()
    assert not Evenement.objects.tous("essai").exists()


def test_le_dernier_administrateur_ne_disparait_pas_par_un_fichier(aline: Personne) -> None:
    apercu = _importer(aline, f"{aline.email};;{TOUT};plan;Lecture;;", acte=prevoir_import)
    assert [r.numero for r in apercu.refus] == [2]
    assert "dernier administrateur" in apercu.refus[0].raison


def test_seul_un_administrateur_exporte_et_importe(aline: Personne) -> None:
    lecteur = personne("Paul", "Roy")
    rattacher(lecteur, droits=[sur_le_siren(Domaine.ACCES, Niveau.LECTURE)])
    with pytest.raises(DroitManquant):
        _exporter(lecteur)
    for acte in (importer_droits, prevoir_import):
        with pytest.raises(DroitManquant):
            _importer(lecteur, f"z@essai.example;;{TOUT};plan;Lecture;;", acte=acte)


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        ("", "aucune ligne"),
        (ENTETE, "aucune ligne"),
        ("adresse;domaine;niveau\na;b;c", "colonne «\u00a0perimetre\u00a0»"),
        (ENTETE + "a@b.fr;;x;plan;Lecture;;\n" * 5001, "5000 lignes"),
    ],
)
def test_un_fichier_illisible_est_refuse_en_entier(contenu: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        lire(contenu, {})
    assert refus.value.champ == "fichier"


@pytest.mark.parametrize(
    ("ligne", "phrase"),
    [
        (f";;{TOUT};plan;Lecture;;", "Indiquez l’adresse"),
        ("a@b.fr;;;plan;Lecture;;", "Écrivez le périmètre"),
        ("a@b.fr;;Annecy;plan;Lecture;;", "Écrivez le périmètre"),
        (f"a@b.fr;;{TOUT};plan;Maximum;;", "Choisissez le niveau"),
        (f"a@b.fr;;{TOUT};plan;Lecture;demain;", "jour/mois/année"),
        (f"a@b.fr;;{TOUT};plan;Lecture;;31/02/2026", "calendrier"),
    ],
)
def test_une_ligne_illisible_dit_pourquoi(ligne: str, phrase: str) -> None:
    lues, refus = lire(ENTETE + ligne, {})
    assert lues == []
    assert [r.numero for r in refus] == [2]
    assert phrase in refus[0].raison


def test_une_ligne_se_lit_sous_toutes_ses_formes() -> None:
    lues, refus = lire(ENTETE + f"A@B.fr ; ;{SIRET[:3]} {SIRET[3:]};PLAN DE DEVELOPPEMENT;lecture;1/12/26;2026-12-31", {})
    assert refus == []
    attendu = DemandeDroit(Etendue.SIRET, SIRET, Domaine.PLAN, Niveau.LECTURE, date(2026, 12, 31), date(2026, 12, 1))
    assert (lues[0].adresse, lues[0].droit) == ("a@b.fr", attendu)
