"""A file of rights for large filers: previewed, stored, signed by two people of the OPCO (FAQ, « Cas 1 »)."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.portefeuilles import suivre_les_portefeuilles
from jalon.habilitations.actions.preparations import ecarter_preparation, signer_preparation
from jalon.habilitations.enums import EtatPreparation, EtatRattachement, Role
from jalon.habilitations.models import DroitAccorde, OrganisationPreparee, PreparationDroits, Rattachement
from jalon.habilitations.requetes.preparations import (
    comptes_de,
    organisations_preparees,
    preparation_de,
    preparations,
    refus_de,
)
from jalon.journal.models import Evenement
from jalon.organisations.enums import EtatOrganisation
from jalon.organisations.models import Organisation
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.organisations.tableaux import LignesRefusees
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    SIRET,
    acteur,
    agent,
    organisation,
    personne,
    portefeuille,
    rattacher,
    sirens,
    sur_le_siren,
)
from tests.habilitations.preparations import (
    EN_TETE,
    deposee,
    deposer,
    fichier,
    ligne,
    organisations,
    prevoir,
    signer,
)

pytestmark = pytest.mark.django_db
BRUNO = "bruno@essai.example"
CHLOE = "chloe@essai.example"


@pytest.fixture(autouse=True)
def deux_organisations(db: None) -> None:
    organisation()
    organisation(AUTRE_SIREN, "CFA DU LAC")


def _raisons(chemin: Path) -> list[tuple[int, str]]:
    bilan, _ = prevoir(chemin)
    return [(r.numero, r.raison) for r in bilan.refus]


def test_l_apercu_dit_ce_qui_change_et_n_ecrit_rien(tmp_path: Path) -> None:
    chloe, lue = personne("Chloe", "Durand"), personne("Louis", "Petit")
    rattacher(chloe, droits=[sur_le_siren(Domaine.FACTURES, Niveau.LECTURE)])
    rattacher(lue, droits=[sur_le_siren(Domaine.FACTURES, Niveau.GESTION)])
    chemin = fichier(
        tmp_path,
        ligne(BRUNO),
        ligne(chloe.email, "", suite=f"{SIREN};Factures;Saisie;;"),
        ligne(lue.email, "", suite=f"{SIRET};Factures;Saisie;;"),
        ligne(BRUNO, "Comptabilité", siren=AUTRE_SIREN, profil="prestataire"),
    )
    avant = _etat()
    bilan, vus = prevoir(chemin)
    assert (bilan.lues, bilan.organisations, bilan.refus) == (4, 2, [])
    assert (bilan.a_creer, bilan.a_completer, bilan.inchangees, bilan.administrateurs) == (2, 1, 1, 1)
    assert bilan.sha256 == sha256(chemin.read_bytes()).hexdigest()
    assert [p.adresse for j in vus for p in j.changees] == [BRUNO, chloe.email, BRUNO]
    bruno, durand = vus[0].apercu.differences
    assert (bruno.invitee, durand.invitee) == (True, False)
    assert "Accès, toute l’organisation\u00a0: Aucun, puis Gestion" in bruno.phrases
    assert durand.phrases == ("Factures, toute l’organisation\u00a0: Lecture, puis Saisie",)
    assert _etat() == avant


def _etat() -> tuple[int, ...]:
    return (
        DroitAccorde.objects.count(), Rattachement.objects.tous("essai").count(), Evenement.objects.tous("essai").count(),
        PreparationDroits.objects.count(), Courriel.objects.count(),
    )  # fmt: skip


def _ferme(qui: Personne) -> Personne:
    Personne.objects.filter(id=qui.id).update(is_active=False)
    return qui


def _coupe(qui: Personne) -> Personne:
    Personne.objects.filter(id=qui.id).update(suspendue_le=LE)
    return qui


@pytest.mark.parametrize(
    ("fautive", "raison"),
    [
        (ligne("ici"), "Écrivez l’adresse électronique en entier"),
        (ligne(BRUNO, siren="552100554"), "Le SIREN 552\u00a0100\u00a0554 n’est pas au registre"),
        (ligne(BRUNO, "Lecture", suite="12345678200037;;;;"), "Choisissez un établissement de cette entreprise"),
        (ligne(BRUNO, "Lecture", suite="12345678200028;;;;"), "Le SIRET 123\u00a0456\u00a0782\u00a000028 n’est pas au registre"),
        (ligne(BRUNO, "Lecture", suite="73282932000074;;;;"), "Choisissez un établissement de cette entreprise"),
        (
            ligne(BRUNO, "", suite=f"{SIRET};Coordonnées bancaires;Saisie;;"),
            "«\u00a0Coordonnées bancaires\u00a0» se donne sur toute",
        ),
        (ligne(BRUNO, "", suite=f"{SIREN};Factures;Aucun;;"), "Choisissez au moins un droit"),
        (ligne(BRUNO, suite=";;;;31/12/2027"), "L’administration ne prend pas fin à une date"),
        (ligne(BRUNO, "Lecture", suite=";;;;23/11/2026"), "La fin du droit doit être aujourd’hui ou plus tard"),
        (ligne(BRUNO, "Lecture", suite=";;;02/01/2027;01/01/2027"), "La fin du droit doit suivre son début"),
        (
            ligne(BRUNO, "Lecture", siren=AUTRE_SIREN, profil="prestataire", suite="73282932000010;;;;"),
            "Pour un prestataire, les droits",
        ),
    ],
)
def test_une_ligne_impossible_est_refusee_avec_sa_raison(fautive: str, raison: str, tmp_path: Path) -> None:
    trouvees = _raisons(fichier(tmp_path, fautive))
    assert [numero for numero, _ in trouvees] == [2]
    assert trouvees[0][1].startswith(raison), trouvees


def test_une_adresse_de_l_opco_ou_un_compte_ferme_est_refuse(tmp_path: Path) -> None:
    hugo = agent(prenom="Hugo")
    sans_adresse_verifiee = personne("Karim", "Neuf", opco=True, prete=False)
    ferme, coupe = _ferme(personne("Gael", "Parti")), _coupe(personne("Zoe", "Coupee"))
    chemin = fichier(
        tmp_path, ligne(hugo.email), ligne(sans_adresse_verifiee.email, "Lecture"), ligne(ferme.email), ligne(coupe.email)
    )
    assert [(n, r[:24]) for n, r in _raisons(chemin)] == [
        (2, "Un compte de l’OPCO n’ag"),
        (3, "Un compte de l’OPCO n’ag"),
        (4, "Le compte de cette adres"),
        (5, "L’OPCO a coupé le compte"),
    ]


def test_une_organisation_cessee_est_refusee(tmp_path: Path) -> None:
    Organisation.objects.filter(siren=SIREN).update(etat=EtatOrganisation.CESSEE)
    assert _raisons(fichier(tmp_path, ligne(BRUNO))) == [(2, "Le SIREN 123\u00a0456\u00a0782 est cessé")]


def test_une_organisation_est_reprise_entiere_ou_pas(tmp_path: Path) -> None:
    chemin = fichier(tmp_path, ligne(BRUNO), ligne("ici"), ligne(CHLOE, "Lecture", siren=AUTRE_SIREN), ligne(CHLOE, siren="12"))
    autre = "Une autre ligne de cette organisation est refusée (ligne 3)\u00a0: elle est reprise entière, ou pas"
    trouvees = _raisons(chemin)
    assert [n for n, _ in trouvees] == [2, 3, 5]
    assert trouvees[0][1] == autre


def test_un_droit_ne_se_demande_pas_deux_fois(tmp_path: Path) -> None:
    chemin = fichier(tmp_path, ligne(BRUNO, "Lecture"), ligne(BRUNO, "", suite=f"{SIREN};Factures;Saisie;;"))
    assert (3, "Ce droit est déjà demandé à la ligne 2") in _raisons(chemin)


def test_ce_qui_retirerait_un_droit_est_refuse(tmp_path: Path) -> None:
    aline = personne("Aline", "Ferrand")
    rattacher(aline, droits=[sur_le_siren(Domaine.FACTURES, Niveau.LECTURE)])
    (trouvee,) = _raisons(fichier(tmp_path, ligne(aline.email, "", suite=f"{SIREN};Factures;Envoi;;31/12/2027")))
    assert trouvee[0] == 2
    assert "sans fin, que cette ligne retirerait" in trouvee[1]


@pytest.mark.parametrize(
    ("contenu", "raison"),
    [
        ("siren;profil\n", "sa première ligne doit nommer les colonnes"),
        (EN_TETE, "il ne contient que la ligne d’en-tête"),
        ("", "il est vide"),
        (b"\x00\x01", "ce n’est pas du texte"),
        (EN_TETE.encode() + b"\n\xff;;;\n", "il n’est pas en UTF-8"),
    ],
)
def test_un_fichier_qui_n_est_pas_le_bon(contenu: str | bytes, raison: str, tmp_path: Path) -> None:
    chemin = tmp_path / "droits.csv"
    chemin.write_bytes(contenu if isinstance(contenu, bytes) else contenu.encode())
    with pytest.raises(SaisieRefusee, match=raison):
        prevoir(chemin)
    with pytest.raises(SaisieRefusee, match="n’existe pas"):
        prevoir(tmp_path / "absent.csv")


def test_un_fichier_trop_long_est_refuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chemin = fichier(tmp_path, ligne(BRUNO), ligne(CHLOE))
    monkeypatch.setattr("jalon.habilitations.actions.preparations.depot.LIGNES_MAX", 1)
    with pytest.raises(SaisieRefusee, match="1 lignes au plus"):
        prevoir(chemin)
    monkeypatch.setattr("jalon.habilitations.actions.preparations.depot.OCTETS_MAX", 10)
    with pytest.raises(SaisieRefusee, match="Mo au plus"):
        prevoir(chemin)


def test_deposer_garde_le_fichier_et_ne_donne_rien(tmp_path: Path) -> None:
    emma, hugo = agent(Role.CONSEILLER, prenom="Emma"), agent(prenom="Hugo")
    gestionnaire = agent(Role.GESTIONNAIRE, prenom="Farid")
    chemin = fichier(tmp_path, ligne(BRUNO), ligne(CHLOE, "Lecture"), ligne("ici", siren=AUTRE_SIREN))
    bilan = deposer(chemin, emma, ignorer_rejets=True)
    preparation = PreparationDroits.objects.get()
    assert bilan.preparation == preparation
    assert bytes(preparation.contenu) == chemin.read_bytes()
    assert preparation.sha256 == sha256(chemin.read_bytes()).hexdigest()
    assert (preparation.auteur, preparation.lignes, preparation.etat) == (emma, 3, EtatPreparation.EN_ATTENTE)
    assert [n for n, _ in refus_de(preparation)] == [4]
    (organisee,) = organisations(preparation)
    assert (organisee.siren, organisee.numeros, organisee.personnes, organisee.administrateurs) == (SIREN, [2, 3], 2, 1)
    assert not Rattachement.objects.tous("essai").exists()
    assert not DroitAccorde.objects.exists()
    assert sorted(Courriel.objects.values_list("genre", "adresse")) == sorted(
        ("habilitations.preparation_a_signer", p.email) for p in (emma, hugo)
    )
    assert gestionnaire.email not in Courriel.objects.values_list("adresse", flat=True)
    trace = Evenement.objects.tous("essai").get(code="acces.preparation_deposee")
    assert trace.details["empreinte"] == preparation.sha256[:16]


def test_deposer_refuse_les_rejets_sauf_si_on_l_accepte(tmp_path: Path) -> None:
    emma = agent(Role.CONSEILLER, prenom="Emma")
    with pytest.raises(LignesRefusees, match="--ignorer-rejets"):
        deposer(fichier(tmp_path, ligne(BRUNO), ligne("ici", siren=AUTRE_SIREN)), emma)
    with pytest.raises(SaisieRefusee, match="ne change rien"):
        deposer(fichier(tmp_path, ligne("ici")), emma, ignorer_rejets=True)
    assert not PreparationDroits.objects.exists()


def test_un_fichier_qui_ne_change_rien_ne_se_depose_pas(tmp_path: Path) -> None:
    aline = personne("Aline", "Ferrand")
    rattacher(aline)
    with pytest.raises(SaisieRefusee, match="ne change rien"):
        deposer(fichier(tmp_path, ligne(aline.email, "Lecture")), agent(Role.CONSEILLER))


@pytest.mark.parametrize("role", list(Role))
def test_l_auteur_est_quelqu_un_qui_decide_a_deux(role: Role, tmp_path: Path) -> None:
    auteur = agent(role)
    if role in {Role.AEF, Role.CONSEILLER, Role.ADMINISTRATEUR_OPCO}:
        assert deposer(fichier(tmp_path, ligne(BRUNO)), auteur).preparation
        return
    with pytest.raises(SaisieRefusee, match="L’auteur doit être"):
        deposer(fichier(tmp_path, ligne(BRUNO)), auteur)
    with pytest.raises(SaisieRefusee, match="L’auteur doit être"):
        deposer(fichier(tmp_path, ligne(BRUNO)), personne("Paul", "Client"))


def test_le_meme_fichier_attend_une_seule_fois(tmp_path: Path) -> None:
    emma = agent(Role.CONSEILLER, prenom="Emma")
    chemin = fichier(tmp_path, ligne(BRUNO))
    premiere = deposer(chemin, emma).preparation
    encore = deposer(chemin, emma)
    assert (encore.deja, encore.preparation) == (True, premiere)
    assert PreparationDroits.objects.count() == 1
    tard = LE + timedelta(days=30)
    nouvelle = deposer(chemin, emma, le=tard)
    assert (nouvelle.deja, nouvelle.preparation == premiere) == (False, False)
    assert PreparationDroits.objects.get(id=premiere.id).etat == EtatPreparation.ECARTEE  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("modele", "changements"),
    [
        (PreparationDroits, {"contenu": b"autre"}),
        (PreparationDroits, {"sha256": "0" * 64}),
        (PreparationDroits, {"refus": [[9, "rien"]]}),
        (OrganisationPreparee, {"numeros": [9]}),
        (OrganisationPreparee, {"siren": AUTRE_SIREN}),
    ],
)
def test_la_base_garde_le_fichier_tel_qu_il_a_ete_depose(modele: Any, changements: dict[str, object], tmp_path: Path) -> None:
    deposee(tmp_path, ligne(BRUNO))
    lignes = modele.objects.tous("essai") if modele is OrganisationPreparee else modele.objects
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        lignes.update(**changements)


def test_il_faut_deux_personnes(tmp_path: Path) -> None:
    emma = agent(Role.CONSEILLER, prenom="Emma")
    preparation = deposee(tmp_path, ligne(BRUNO), auteur=emma)
    signee = signer(preparation, emma)
    assert (signee.etat, signee.premiere_par, signee.premiere_le) == (EtatPreparation.EN_ATTENTE, emma, LE)
    with pytest.raises(DroitManquant, match="Vous avez déjà signé"):
        signer(preparation, emma)
    with pytest.raises(IntegrityError, match="preparation_signee_par_deux"), transaction.atomic():
        PreparationDroits.objects.update(seconde_par=emma, etat=EtatPreparation.SIGNEE)
    with pytest.raises(IntegrityError, match="preparation_signee_par_deux"), transaction.atomic():
        PreparationDroits.objects.update(etat=EtatPreparation.APPLIQUEE)
    signee = signer(preparation, agent(prenom="Hugo"))
    assert (signee.etat, signee.seconde_le) == (EtatPreparation.SIGNEE, LE)
    with pytest.raises(TransitionImpossible, match="déjà été signée"):
        signer(preparation, agent(Role.ADMINISTRATEUR_OPCO, prenom="Karim"))
    assert Evenement.objects.tous("essai").filter(code="acces.preparation_signee").count() == 2


@pytest.mark.parametrize("role", list(Role))
def test_qui_signe(role: Role, tmp_path: Path) -> None:
    preparation = deposee(tmp_path, ligne(BRUNO))
    agente = agent(role, prenom="Ines")
    if role in {Role.AEF, Role.CONSEILLER, Role.ADMINISTRATEUR_OPCO}:
        assert signer(preparation, agente).premiere_par == agente
        return
    for acte in (lambda: signer(preparation, agente), lambda: preparation_de(preparation.id, acteur(agente))):
        with pytest.raises(Introuvable):
            acte()
    assert preparations(acteur(agente)) == []


def test_personne_d_une_entreprise_ne_lit_ni_ne_signe(tmp_path: Path) -> None:
    aline = personne("Aline", "Ferrand")
    rattacher(aline)
    preparation = deposee(tmp_path, ligne(BRUNO))
    with pytest.raises(Introuvable):
        signer(preparation, aline)
    with pytest.raises(Introuvable):
        signer_preparation(preparation_id=preparation.id, par=ActeurSysteme("essai"), maintenant=LE)


def test_il_faut_suivre_chaque_portefeuille_de_la_preparation(tmp_path: Path) -> None:
    savoie = portefeuille("Savoie")
    Organisation.objects.filter(siren=AUTRE_SIREN).update(portefeuille=savoie)
    ici, la_bas = agent(prenom="Ici"), agent(prenom="Labas", portefeuilles=[savoie.id])
    partout = agent(Role.CONSEILLER, prenom="Partout", portefeuilles=[PORTEFEUILLE_PAR_DEFAUT, savoie.id])
    preparation = deposee(tmp_path, ligne(BRUNO), ligne(CHLOE, siren=AUTRE_SIREN), auteur=partout)
    assert list(Courriel.objects.values_list("adresse", flat=True)) == [partout.email]
    with pytest.raises(DroitManquant, match="qui ne sont pas les vôtres\u00a0: Savoie"):
        signer(preparation, ici)
    with pytest.raises(DroitManquant, match="qui ne sont pas les vôtres"):
        signer(preparation, la_bas)
    assert signer(preparation, partout).premiere_par == partout
    vues = organisations_preparees(preparation, acteur(ici))
    assert [o.siren for o in vues.organisations] == [SIREN]
    assert comptes_de([preparation.id])[preparation.id].organisations == 2
    Organisation.objects.filter(siren=AUTRE_SIREN).update(portefeuille=PORTEFEUILLE_PAR_DEFAUT)
    suivre_les_portefeuilles([AUTRE_SIREN])
    assert signer(preparation, ici).etat == EtatPreparation.SIGNEE


def test_une_preparation_expire_au_bout_de_trente_jours(tmp_path: Path) -> None:
    preparation = deposee(tmp_path, ligne(BRUNO))
    fin = LE + timedelta(days=30)
    assert signer(preparation, agent(prenom="Hugo"), fin - timedelta(seconds=1)).premiere_par
    with pytest.raises(TransitionImpossible, match="30\u00a0jours"):
        signer(preparation, agent(Role.CONSEILLER, prenom="Lea"), fin)
    with pytest.raises(TransitionImpossible, match="30\u00a0jours"):
        ecarter_preparation(preparation_id=preparation.id, motif="Trop tard", par=acteur(agent(), fin), maintenant=fin)


def test_une_personne_seule_ecarte_avec_un_motif(tmp_path: Path) -> None:
    emma, hugo = agent(Role.CONSEILLER, prenom="Emma"), agent(prenom="Hugo")
    preparation = deposee(tmp_path, ligne(BRUNO), auteur=emma)
    with pytest.raises(SaisieRefusee, match="Indiquez pourquoi"):
        ecarter_preparation(preparation_id=preparation.id, motif=" ", par=acteur(hugo), maintenant=LE)
    ecartee = ecarter_preparation(preparation_id=preparation.id, motif="Adresse douteuse", par=acteur(hugo), maintenant=LE)
    assert (ecartee.etat, ecartee.ecartee_par, ecartee.motif_ecart) == (EtatPreparation.ECARTEE, hugo, "Adresse douteuse")
    assert Courriel.objects.filter(genre="habilitations.preparation_close").get().adresse == emma.email
    for acte in (
        lambda: signer(preparation, emma),
        lambda: ecarter_preparation(preparation_id=preparation.id, motif="Encore", par=acteur(hugo), maintenant=LE),
    ):
        with pytest.raises(TransitionImpossible, match="ou écartée"):
            acte()
    assert not Rattachement.objects.tous("essai").filter(etat=EtatRattachement.INVITE).exists()


def test_un_fichier_qui_n_a_plus_son_empreinte_ne_se_signe_pas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preparation = deposee(tmp_path, ligne(BRUNO))
    monkeypatch.setattr("jalon.habilitations.actions.preparations.lecture.bytes", lambda contenu: b"autre", raising=False)
    with pytest.raises(TransitionImpossible, match="n’a plus l’empreinte"):
        signer(preparation, agent())


def test_les_organisations_se_cherchent_et_se_feuillettent(tmp_path: Path) -> None:
    trente = sirens(30)
    for rang, siren in enumerate(trente):
        organisation(siren, f"SOCIETE {rang:02d}")
    preparation = deposee(tmp_path, *[ligne(f"p{rang}@essai.example", siren=siren) for rang, siren in enumerate(trente)])
    qui = acteur(agent())
    premiere = organisations_preparees(preparation, qui)
    assert (premiere.nombre, premiere.page, premiere.pages, len(premiere.organisations)) == (30, 1, 2, 25)
    assert organisations_preparees(preparation, qui, page=2).organisations[0].denomination == "SOCIETE 25"
    assert organisations_preparees(preparation, qui, page=9).page == 2
    for texte, trouvees in (("p12@essai.example", 1), ("Société 07", 1), (trente[3], 1), ("marchetti", 30), ("absent", 0)):
        assert organisations_preparees(preparation, qui, texte=texte).nombre == trouvees, texte
    assert organisations_preparees(preparation, qui, refusees=True).nombre == 0
    compte = comptes_de([preparation.id])[preparation.id]
    assert (compte.organisations, compte.personnes, compte.administrateurs, compte.traitees) == (30, 30, 30, 0)
