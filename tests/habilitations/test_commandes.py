"""Ordering letters, completing addresses, second letters to head offices."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from jalon.habilitations.actions.commandes import (
    commander_codes,
    completer_adresse,
    declarer_avis_envoyes,
    preparer_suite,
)
from jalon.habilitations.actions.lettres import preparer_lettres
from jalon.habilitations.enums import EtatCommande, NatureAvis, Role
from jalon.habilitations.models import AdresseACompleter, AvisPostal, CommandeCodes, LettreCode, Rattachement
from jalon.habilitations.requetes.commandes import (
    adresses_a_completer,
    avis_a_envoyer,
    lettres_sans_adresse,
    manifeste,
    mes_commandes,
)
from jalon.journal.models import Evenement
from jalon.organisations.models import Etablissement, Organisation
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    acteur,
    agent,
    organisation,
    personne,
    portefeuille,
    rattacher,
    sirens,
)

pytestmark = pytest.mark.django_db


def _commander(par, profil=Profil.ADHERENT, **choix):  # type: ignore[no-untyped-def]
    return commander_codes(profil=profil, par=par, maintenant=LE, **choix)


def test_une_liste_fait_une_lettre_par_siren_et_un_travail() -> None:
    hugo = acteur(agent())
    commande = _commander(hugo, sirens=[SIREN, f" {AUTRE_SIREN[:3]} {AUTRE_SIREN[3:]}", SIREN])
    assert commande.etat == EtatCommande.EN_PREPARATION
    assert commande.critere == "liste de 2 SIREN"
    lettres = LettreCode.objects.filter(commande=commande)
    assert {x.siren for x in lettres} == {SIREN, AUTRE_SIREN}
    assert all(x.numero.startswith("L2611-") and x.page is None for x in lettres)
    travail = ProcrastinateJob.objects.get(task_name="habilitations.preparer_lettres")
    assert travail.args == {"commande_id": str(commande.id)}
    assert Evenement.objects.tous("essai").get(code="acces.commande").details["lettres"] == 2


def test_le_critere_prend_les_adherents_de_mes_portefeuilles_que_personne_n_administre() -> None:
    savoie = portefeuille("Savoie")
    ancien, recent, ailleurs, cesse, administre, jamais = sirens(6)
    organisation(ancien, adherent_depuis=date(2020, 1, 1), portefeuille=savoie)
    organisation(recent, adherent_depuis=date(2026, 12, 1), portefeuille=savoie)
    organisation(ailleurs, adherent_depuis=date(2020, 1, 1))
    organisation(cesse, adherent_depuis=date(2020, 1, 1), portefeuille=savoie, etat="C")
    organisation(administre, adherent_depuis=date(2020, 1, 1), portefeuille=savoie)
    organisation(jamais, portefeuille=savoie)
    rattacher(personne(), administre, probation_jusqu_a=LE + timedelta(hours=1))
    hugo = acteur(agent(portefeuilles=[savoie.id]))
    commande = _commander(hugo, adherents_au=date(2026, 11, 24))
    assert [x.siren for x in commande.lettres.all()] == [ancien]
    assert commande.ecartes == 1
    assert commande.critere == "adhérents au 24/11/2026"


def test_une_organisation_administree_ne_recoit_pas_de_lettre_sur_l_ordre_d_une_seule_personne() -> None:
    organisation()
    lien = rattacher(personne())
    with pytest.raises(SaisieRefusee, match="déjà un administrateur\u00a0: 123\u00a0456\u00a0782") as refus:
        _commander(acteur(agent()), sirens=[SIREN])
    assert refus.value.champ == "sirens"
    Rattachement.objects.tous("essai").filter(id=lien.id).update(probation_jusqu_a=LE + timedelta(seconds=1))
    assert _commander(acteur(agent()), sirens=[SIREN]).lettres.count() == 1


@pytest.mark.parametrize(
    ("profil", "choix", "phrase", "champ"),
    [
        (Profil.ADHERENT, {}, "liste de SIREN ou une date", "sirens"),
        (Profil.ADHERENT, {"sirens": [SIREN], "adherents_au": date(2026, 1, 1)}, "liste de SIREN ou une date", "sirens"),
        (Profil.ADHERENT, {"sirens": []}, "Aucune organisation", "sirens"),
        (Profil.ADHERENT, {"adherents_au": date(2026, 1, 1)}, "Aucune organisation", "adherents_au"),
        (Profil.PRESTATAIRE, {"adherents_au": date(2026, 1, 1)}, "Choisissez ce profil", "profil"),
        (Profil.ADHERENT, {"sirens": [SIREN, "123456789", "12"]}, "n’existent pas\u00a0: 123456789, 12", "sirens"),
    ],
)
def test_les_commandes_refusees(profil: Profil, choix: dict[str, object], phrase: str, champ: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        _commander(acteur(agent()), profil, **choix)
    assert refus.value.champ == champ
    assert not CommandeCodes.objects.exists()


def test_un_siren_d_un_autre_portefeuille_est_refuse_et_nomme() -> None:
    savoie = portefeuille("Savoie")
    organisation()
    with pytest.raises(SaisieRefusee, match="123\u00a0456\u00a0782"):
        _commander(acteur(agent(portefeuilles=[savoie.id])), sirens=[SIREN])


@pytest.mark.parametrize("role", [r for r in Role if r != Role.AEF])
def test_seule_l_aef_commande(role: Role) -> None:
    with pytest.raises(DroitManquant):
        _commander(acteur(agent(role)), sirens=[SIREN])


def test_une_entreprise_ne_commande_pas() -> None:
    aline = personne()
    rattacher(aline)
    with pytest.raises(DroitManquant):
        _commander(acteur(aline), sirens=[SIREN])


@pytest.mark.parametrize(
    ("organisation_", "etablissement"),
    [
        ({}, {"adresse_voie": "", "code_postal": "", "commune": "", "diffusible": False}),
        ({}, {"pays": "SUISSE"}),
        ({"nic_siege": ""}, {}),
    ],
)
def test_une_adresse_inutilisable_attend_l_aef_puis_part_dans_une_suite(
    organisation_: dict[str, object], etablissement: dict[str, object]
) -> None:
    organisation(**organisation_)
    Etablissement.objects.filter(siret__startswith=SIREN).update(**etablissement)
    organisation(AUTRE_SIREN, "INSTITUT DE LA TABLE")
    hugo = acteur(agent())
    commande = _commander(hugo, sirens=[SIREN, AUTRE_SIREN])
    preparer_lettres(commande_id=commande.id, maintenant=LE)
    assert [x.siren for x in manifeste(commande.id, hugo)] == [AUTRE_SIREN]
    assert [x.siren for x in lettres_sans_adresse(commande.id, hugo)] == [SIREN]
    assert [a.siren for a in adresses_a_completer(hugo)] == [SIREN]
    with pytest.raises(TransitionImpossible, match="Complétez d’abord"):
        preparer_suite(commande_id=commande.id, par=hugo, maintenant=LE)
    lignes = ["Madame Jeanne Ferrand", "", "3  rue des Ducs", "73000 CHAMBERY"]
    completer_adresse(siren=SIREN, lignes=lignes, preuve="Extrait Kbis du 12/11/2026", par=hugo, maintenant=LE)
    assert adresses_a_completer(hugo) == []
    suite = preparer_suite(commande_id=commande.id, par=hugo, maintenant=LE)
    preparer_lettres(commande_id=suite.id, maintenant=LE)
    (ligne,) = manifeste(suite.id, hugo)
    assert ligne.adresse == ("Madame Jeanne Ferrand", "3 rue des Ducs", "73000 CHAMBERY")
    assert suite.suite_de_id == commande.id
    with pytest.raises(TransitionImpossible):
        preparer_suite(commande_id=commande.id, par=hugo, maintenant=LE)
    assert LettreCode.objects.filter(siren=SIREN).count() == 1


def test_une_commande_sans_aucune_adresse_n_a_pas_de_fichier_puis_se_reprend() -> None:
    hugo = acteur(agent())
    commande = _commander(hugo, sirens=[SIREN])
    preparer_lettres(commande_id=commande.id, maintenant=LE)
    commande.refresh_from_db()
    assert commande.etat == EtatCommande.SANS_LETTRE
    (vue,) = mes_commandes(hugo)
    assert (vue.nombre_composees, vue.nombre_sans_adresse) == (0, 1)
    completer_adresse(siren=SIREN, lignes=["SARL X", "73000 CHAMBERY"], preuve="Appel", par=hugo, maintenant=LE)
    suivante = _commander(hugo, sirens=[SIREN])
    preparer_lettres(commande_id=suivante.id, maintenant=LE)
    assert len(manifeste(suivante.id, hugo)) == 1


def test_l_adresse_du_registre_passe_avant_celle_qui_fut_completee() -> None:
    organisation()
    AdresseACompleter.objects.create(siren=SIREN, lignes=["Ailleurs", "73000 X"], preuve="x", signalee_le=LE, completee_le=LE)
    hugo = acteur(agent())
    commande = _commander(hugo, sirens=[SIREN])
    preparer_lettres(commande_id=commande.id, maintenant=LE)
    (ligne,) = manifeste(commande.id, hugo)
    assert ligne.adresse == (
        "À l’attention du représentant légal de BELLERIVE RESTAURATION", "12 RUE ROYALE", "74000 ANNECY",
    )  # fmt: skip


def test_un_entrepreneur_individuel_est_nomme() -> None:
    organisation(nom="FERRAND")
    Organisation.objects.filter(siren=SIREN).update(nom="FERRAND", prenoms="JEANNE")
    hugo = acteur(agent())
    commande = _commander(hugo, sirens=[SIREN])
    preparer_lettres(commande_id=commande.id, maintenant=LE)
    assert manifeste(commande.id, hugo)[0].adresse[0] == "JEANNE FERRAND"


@pytest.mark.parametrize(
    ("lignes", "preuve", "phrase", "champ"),
    [
        ([], "x", "destinataire, puis l’adresse", "lignes"),
        (["73000 CHAMBERY"], "x", "destinataire, puis l’adresse", "lignes"),
        (["a", "b", "c", "d", "e", "f", "g", "73000 X"], "x", "7 lignes au plus", "lignes"),
        (["a" * 61, "73000 X"], "x", "60 signes au plus", "lignes"),
        (["SARL X", "CHAMBERY"], "x", "code postal", "lignes"),
        (["SARL X", "73000 CHAMBERY"], "  ", "d’où vient cette adresse", "preuve"),
    ],
)
def test_les_adresses_refusees(lignes: list[str], preuve: str, phrase: str, champ: str) -> None:
    AdresseACompleter.objects.create(siren=SIREN, signalee_le=LE)
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        completer_adresse(siren=SIREN, lignes=lignes, preuve=preuve, par=acteur(agent()), maintenant=LE)
    assert refus.value.champ == champ


def test_on_ne_complete_que_ce_qui_attend_et_dans_ses_portefeuilles() -> None:
    savoie = portefeuille("Savoie")
    valeurs = {"lignes": ["SARL X", "73000 CHAMBERY"], "preuve": "x", "maintenant": LE}
    with pytest.raises(Introuvable):
        completer_adresse(siren=SIREN, par=acteur(agent()), **valeurs)
    AdresseACompleter.objects.create(siren=SIREN, signalee_le=LE)
    with pytest.raises(Introuvable):
        completer_adresse(siren=SIREN, par=acteur(agent(portefeuilles=[savoie.id])), **valeurs)
    with pytest.raises(DroitManquant):
        completer_adresse(siren=SIREN, par=acteur(agent(Role.CONSEILLER)), **valeurs)
    assert adresses_a_completer(acteur(agent(portefeuilles=[savoie.id]))) == []


def test_la_commande_d_une_autre_aef_n_existe_pas() -> None:
    organisation()
    commande = _commander(acteur(agent()), sirens=[SIREN])
    autre = acteur(agent(prenom="Hélène"))
    assert list(mes_commandes(autre)) == []
    for lecture in (manifeste, lettres_sans_adresse):
        with pytest.raises(Introuvable):
            lecture(commande.id, autre)
    with pytest.raises(Introuvable):
        preparer_suite(commande_id=commande.id, par=autre, maintenant=LE)


def _avis(portefeuille_id: UUID = PORTEFEUILLE_PAR_DEFAUT) -> AvisPostal:
    return AvisPostal.objects.create(
        siren=SIREN, profil=Profil.ADHERENT, nature=NatureAvis.ADMINISTRATEUR_NOMME, personne=personne(),
        portefeuille_id=portefeuille_id, le=LE,
    )  # fmt: skip


def test_les_avis_aux_sieges_sont_declares_envoyes_une_fois() -> None:
    hugo = acteur(agent())
    un, deux = _avis(), _avis()
    assert avis_a_envoyer(hugo) == [un, deux]
    assert declarer_avis_envoyes(avis=[un.id], par=hugo, maintenant=LE) == 1
    assert declarer_avis_envoyes(avis=[un.id], par=hugo, maintenant=LE + timedelta(days=1)) == 1
    un.refresh_from_db()
    assert un.envoye_le == LE
    assert avis_a_envoyer(hugo) == [deux]
    assert Evenement.objects.tous("essai").filter(code="acces.avis_envoye").count() == 1


def test_les_avis_des_autres_portefeuilles_n_existent_pas() -> None:
    avis = _avis(portefeuille("Ain").id)
    hugo = acteur(agent())
    assert avis_a_envoyer(hugo) == []
    with pytest.raises(Introuvable):
        declarer_avis_envoyes(avis=[avis.id], par=hugo, maintenant=LE)
    with pytest.raises(DroitManquant):
        declarer_avis_envoyes(avis=[avis.id], par=acteur(personne()), maintenant=LE)
