"""Adding an account: who may, when, and who is told (exigences, T5, S4)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from jalon.banque import coffre, requetes, sensibles
from jalon.banque.enums import EtatCoordonnees
from jalon.banque.models import CoordonneesBancaires
from jalon.banque.regles import payables
from jalon.banque.sensibles import EvenementSensible
from jalon.courriers.models import Courriel
from jalon.habilitations.acteurs import ActeurPersonne, ActeurSysteme
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Niveau, Pouvoir, Profil
from jalon.socle.chiffre import ValeurIllisible
from jalon.socle.erreurs import (
    DroitManquant,
    SaisieRefusee,
    SaisiesRefusees,
    SecondFacteurRequis,
    TransitionImpossible,
)
from tests.acteurs import acteur_entreprise, acteur_opco, acteur_prestataire
from tests.banque.outils import (
    DELAI,
    IBANS,
    JOUR,
    MAINTENANT,
    PORTEFEUILLE,
    SIREN,
    SIREN_PRESTATAIRE,
    administrer,
    ajouter,
    personne,
    titulaire_de,
)

pytestmark = pytest.mark.django_db


def toutes() -> list[CoordonneesBancaires]:
    return list(CoordonneesBancaires.objects.tous("essai").order_by("rang"))


def test_les_premieres_coordonnees_sont_chiffrees_et_payables_a_la_72e_heure() -> None:
    ligne = ajouter(IBANS[1])
    assert ligne.iban_masque == "FR14\u00a0••••\u00a0…\u00a02606"
    assert (ligne.rang, ligne.siren, ligne.prestataire_siren, ligne.domaine) == (1, SIREN, "", "rib")
    assert ligne.portefeuille_id == PORTEFEUILLE
    assert IBANS[1] not in ligne.iban_chiffre
    assert coffre.iban_en_clair(ligne) == IBANS[1]
    juste_avant = MAINTENANT + DELAI - timedelta(seconds=1)
    assert payables(requetes.lignes_du_cote(SIREN, Profil.ADHERENT), juste_avant) is None
    assert payables(requetes.lignes_du_cote(SIREN, Profil.ADHERENT), MAINTENANT + DELAI) == ligne
    assert Evenement.objects.tous("essai").get(objet_id=str(ligne.id)).code == "banque.ajout"


def test_les_deux_cotes_d_un_meme_siren_sont_separes() -> None:
    entreprise, prestataire = ajouter(IBANS[0]), ajouter(IBANS[1], profil=Profil.PRESTATAIRE)
    assert (entreprise.rang, prestataire.rang) == (1, 1)
    assert prestataire.portee.prestataire_siren == SIREN
    assert payables(requetes.lignes_du_cote(SIREN, Profil.PRESTATAIRE), MAINTENANT + DELAI) == prestataire


def test_tout_ce_qui_est_mal_saisi_est_dit_d_un_coup() -> None:
    with pytest.raises(SaisiesRefusees) as refus:
        ajouter("FR7630006000011234567890188", titulaire="")
    assert set(refus.value.champs) == {"titulaire", "iban"}
    assert toutes() == []


@pytest.mark.parametrize(
    "acteur",
    [
        acteur_entreprise(SIREN, Niveau.ENVOI),
        acteur_entreprise("732829320"),
        acteur_prestataire(SIREN),
        acteur_opco(PORTEFEUILLE, *Pouvoir),
        ActeurSysteme("essai"),
    ],
    ids=["envoi", "autre-siren", "autre-cote", "opco", "systeme"],
)
def test_seul_qui_gere_le_rib_de_ce_cote_ajoute(acteur: object) -> None:
    with pytest.raises(DroitManquant):
        ajouter(par=acteur)  # type: ignore[arg-type]
    assert toutes() == []


def test_un_administrateur_en_probation_ne_peut_pas_ajouter_et_lit_quand_il_pourra() -> None:
    qui = personne("nouvel@exemple.fr")
    administrer(qui, SIREN, depuis=MAINTENANT, probation_jusqu_a=MAINTENANT + DELAI)
    with pytest.raises(DroitManquant, match="s’ouvre le 19/11/2026"):
        ajouter(par=ActeurPersonne(qui, MAINTENANT, MAINTENANT))
    apres = MAINTENANT + DELAI
    assert ajouter(le=apres, par=ActeurPersonne(qui, apres, apres)).rang == 1


@pytest.mark.parametrize("age", [None, timedelta(minutes=6), -timedelta(minutes=1)])
def test_un_second_facteur_recent_est_exige(age: timedelta | None) -> None:
    with pytest.raises(SecondFacteurRequis):
        ajouter(par=replace(titulaire_de(SIREN, Profil.ADHERENT), second_facteur_le=None if age is None else MAINTENANT - age))
    assert toutes() == []


def test_une_seule_demande_attend_a_la_fois() -> None:
    ajouter(IBANS[0])
    with pytest.raises(TransitionImpossible, match="déjà en attente jusqu’au 19/11/2026 à 10:00"):
        ajouter(IBANS[1], le=MAINTENANT + JOUR)
    assert len(toutes()) == 1


def test_un_changement_est_une_nouvelle_ligne_et_garde_l_ancienne() -> None:
    premiere = ajouter(IBANS[0])
    le = MAINTENANT + 10 * JOUR
    seconde = ajouter(IBANS[1], le=le)
    assert [c.rang for c in toutes()] == [1, 2]
    assert payables(requetes.lignes_du_cote(SIREN, Profil.ADHERENT), le) == premiere
    assert payables(requetes.lignes_du_cote(SIREN, Profil.ADHERENT), le + DELAI) == seconde
    histoire = requetes.historique(SIREN, Profil.ADHERENT, titulaire_de(SIREN, Profil.ADHERENT), le + DELAI)
    assert [(h.coordonnees.rang, h.etat) for h in histoire] == [(2, EtatCoordonnees.ACTIVE), (1, EtatCoordonnees.ARCHIVEE)]


def test_le_meme_iban_que_l_actif_est_refuse() -> None:
    ajouter(IBANS[0])
    with pytest.raises(SaisieRefusee, match="déjà celui de vos coordonnées actives"):
        ajouter(IBANS[0], le=MAINTENANT + 10 * JOUR)


def test_un_nouvel_administrateur_ferme_le_changement_sept_jours_mais_pas_le_premier_ajout() -> None:
    administrer(personne("a@exemple.fr"), SIREN, depuis=MAINTENANT)
    ajouter(IBANS[0], le=MAINTENANT + DELAI)
    administrer(personne("b@exemple.fr"), SIREN, depuis=MAINTENANT + 7 * JOUR)
    with pytest.raises(TransitionImpossible, match=r"nouvel administrateur.*à partir du 30/11/2026 à 10:00") as refus:
        ajouter(IBANS[1], le=MAINTENANT + 14 * JOUR - timedelta(seconds=1))
    assert refus.value.code == "delai-apres-evenement-sensible"
    assert ajouter(IBANS[1], le=MAINTENANT + 14 * JOUR).rang == 2


def test_un_administrateur_de_l_autre_cote_ou_retire_depuis_compte_selon_le_cote() -> None:
    ajouter(IBANS[0])
    administrer(personne("p@exemple.fr"), SIREN, Profil.PRESTATAIRE, depuis=MAINTENANT + 9 * JOUR)
    assert ajouter(IBANS[1], le=MAINTENANT + 10 * JOUR).rang == 2
    lien = administrer(personne("c@exemple.fr"), SIREN, depuis=MAINTENANT + 14 * JOUR)
    lien.droits.update(revoque_le=MAINTENANT + 15 * JOUR)
    with pytest.raises(TransitionImpossible):
        ajouter(IBANS[2], le=MAINTENANT + 16 * JOUR)


def test_un_second_facteur_recree_ferme_le_changement_sept_jours() -> None:
    from allauth.mfa.models import Authenticator

    qui = personne("aline@exemple.fr")
    ajouter(IBANS[0], par=titulaire_de(SIREN, Profil.ADHERENT, qui))
    moyen = Authenticator.objects.create(user=qui, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.filter(pk=moyen.pk).update(created_at=MAINTENANT + 9 * JOUR)
    with pytest.raises(TransitionImpossible, match="votre second facteur a changé"):
        ajouter(IBANS[1], le=MAINTENANT + 10 * JOUR, par=titulaire_de(SIREN, Profil.ADHERENT, qui))
    assert ajouter(IBANS[1], le=MAINTENANT + 16 * JOUR, par=titulaire_de(SIREN, Profil.ADHERENT, qui)).rang == 2


@pytest.mark.parametrize(
    ("administrateur", "facteur", "dit"),
    [(3, 5, "votre second facteur a changé"), (5, 3, "un nouvel administrateur a été nommé")],
)
def test_de_deux_changements_sensibles_le_dernier_compte_et_se_dit(administrateur: int, facteur: int, dit: str) -> None:
    from allauth.mfa.models import Authenticator

    qui = personne("aline@exemple.fr")
    ajouter(IBANS[0], par=titulaire_de(SIREN, Profil.ADHERENT, qui))
    administrer(personne("c@exemple.fr"), SIREN, depuis=MAINTENANT + administrateur * JOUR)
    moyen = Authenticator.objects.create(user=qui, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.filter(pk=moyen.pk).update(created_at=MAINTENANT + facteur * JOUR)
    with pytest.raises(TransitionImpossible, match=dit):
        ajouter(IBANS[1], le=MAINTENANT + 11 * JOUR, par=titulaire_de(SIREN, Profil.ADHERENT, qui))


def test_une_source_declaree_par_une_autre_application_compte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sensibles, "_SOURCES", list(sensibles._SOURCES))
    change = EvenementSensible(MAINTENANT + 9 * JOUR, "votre mot de passe a changé")
    sensibles.declarer_evenement_sensible(lambda qui, siren, profil: [change] if siren == SIREN else [])
    ajouter(IBANS[0])
    with pytest.raises(TransitionImpossible, match="votre mot de passe a changé le 25/11/2026"):
        ajouter(IBANS[1], le=MAINTENANT + 10 * JOUR)


def test_tous_les_administrateurs_et_l_ancien_contact_sont_prevenus() -> None:
    aline, louise, parti = personne("aline@exemple.fr"), personne("louise@exemple.fr"), personne("parti@exemple.fr")
    administrer(aline, SIREN)
    administrer(louise, SIREN)
    administrer(personne("probation@exemple.fr"), SIREN, probation_jusqu_a=MAINTENANT + 99 * JOUR)
    administrer(personne("autre@exemple.fr"), SIREN_PRESTATAIRE)
    ajouter(IBANS[0], par=titulaire_de(SIREN, Profil.ADHERENT, parti))
    seconde = ajouter(IBANS[1], le=MAINTENANT + 10 * JOUR, par=titulaire_de(SIREN, Profil.ADHERENT, aline))
    prevenus = set(Courriel.objects.filter(genre="banque.changement", objet_id=seconde.id).values_list("adresse", flat=True))
    assert prevenus == {"aline@exemple.fr", "louise@exemple.fr", "parti@exemple.fr"}


def test_un_iban_sur_plusieurs_siren_alerte_l_opco_et_lui_seul() -> None:
    ajouter(IBANS[0])
    ajouter(IBANS[0], profil=Profil.PRESTATAIRE)
    assert not Evenement.objects.tous("essai").filter(code="banque.iban_partage").exists()
    suspecte = ajouter(IBANS[0], siren=SIREN_PRESTATAIRE, profil=Profil.PRESTATAIRE)
    alarme = Evenement.objects.tous("essai").get(code="banque.iban_partage")
    assert (alarme.siren, alarme.prestataire_siren, alarme.portefeuille_id) == ("", "", PORTEFEUILLE)
    assert alarme.details == {"nombre": 1}
    gestionnaire = acteur_opco(PORTEFEUILLE, Pouvoir.TRAITER_FACTURES)
    alertes = requetes.alertes(gestionnaire, MAINTENANT)
    assert suspecte in [a.coordonnees for a in alertes]
    assert {a.phrase for a in alertes} == {"Le même IBAN est déclaré par plusieurs SIREN"}
    assert requetes.alertes(acteur_opco(PORTEFEUILLE), MAINTENANT) == []
    assert requetes.alertes(titulaire_de(SIREN, Profil.ADHERENT), MAINTENANT) == []


def test_sans_partage_il_n_y_a_pas_d_alerte() -> None:
    ajouter(IBANS[0])
    ajouter(IBANS[0], profil=Profil.PRESTATAIRE)
    ajouter(IBANS[1], siren=SIREN_PRESTATAIRE)
    assert requetes.alertes(acteur_opco(PORTEFEUILLE, Pouvoir.TRAITER_FACTURES), MAINTENANT) == []


def test_un_iban_copie_sur_une_autre_ligne_n_y_est_pas_lisible() -> None:
    victime, voleur = ajouter(IBANS[0]), ajouter(IBANS[1], siren=SIREN_PRESTATAIRE)
    voleuses = CoordonneesBancaires.objects.tous("essai d’une écriture directe en base")
    voleuses.filter(id=victime.id).update(iban_chiffre=voleur.iban_chiffre)
    with pytest.raises(ValeurIllisible, match="autre propriétaire"):
        coffre.iban_en_clair(toutes()[0] if toutes()[0].id == victime.id else toutes()[1])


def test_un_autre_iban_chiffre_pour_la_meme_ligne_est_rejete() -> None:
    ligne = ajouter(IBANS[0])
    ligne.iban_chiffre = coffre.chiffrer_iban(IBANS[1], ligne.id)
    with pytest.raises(ValeurIllisible, match="n’est pas celui de la ligne"):
        coffre.iban_en_clair(ligne)


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("iban_empreinte", "x"),
        ("siren", SIREN_PRESTATAIRE),
        ("titulaire", "Voleur"),
        ("bic", "X"),
        ("ajoutees_le", MAINTENANT - 365 * JOUR),
        ("utilisable_a_partir_de", MAINTENANT - 365 * JOUR),
        ("rang", 9),
        ("jeton_gel_empreinte", "x"),
    ],
)
def test_la_base_refuse_de_modifier_ce_qui_identifie_un_compte(champ: str, valeur: object) -> None:
    ajouter()
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        CoordonneesBancaires.objects.tous("essai d’une écriture directe en base").update(**{champ: valeur})


def test_la_base_refuse_de_supprimer_et_de_degeler() -> None:
    ligne = ajouter()
    lignes = CoordonneesBancaires.objects.tous("essai").filter(id=ligne.id)
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        lignes.delete()
    lignes.update(gelee_le=MAINTENANT)
    for autre in (None, MAINTENANT + JOUR):
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            lignes.update(gelee_le=autre)


def test_la_base_refuse_un_delai_plus_court_que_72_heures_et_un_rang_pris() -> None:
    ligne = ajouter()
    for champs in ({"rang": 2, "utilisable_a_partir_de": MAINTENANT + DELAI - timedelta(seconds=1)}, {"rang": 1}):
        copie = CoordonneesBancaires.objects.tous("essai").get(id=ligne.id)
        copie.pk = None
        copie.jeton_gel_empreinte = "autre"
        copie._state.adding = True
        copie.id = CoordonneesBancaires._meta.get_field("id").get_default()
        for champ, valeur in champs.items():
            setattr(copie, champ, valeur)
        with pytest.raises(IntegrityError), transaction.atomic():
            copie.save(force_insert=True)


def test_l_histoire_est_ecrite_par_la_base_et_ne_s_efface_pas() -> None:
    ligne = ajouter()
    CoordonneesBancaires.objects.tous("essai").filter(id=ligne.id).update(gelee_le=MAINTENANT)
    with connection.cursor() as curseur:
        curseur.execute("SELECT pgh_label FROM banque_coordonneesbancairesevent ORDER BY pgh_id")
        assert [r[0] for r in curseur.fetchall()] == ["insert", "update"]
        curseur.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'banque_coordonneesbancairesevent'"
        )
        assert "iban_chiffre" not in {r[0] for r in curseur.fetchall()}
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("DELETE FROM banque_coordonneesbancairesevent")


def test_rien_n_est_vu_hors_de_son_perimetre() -> None:
    ligne = ajouter()
    assert requetes.historique(SIREN, Profil.ADHERENT, acteur_entreprise(SIREN_PRESTATAIRE), MAINTENANT) == []
    assert requetes.historique(SIREN, Profil.PRESTATAIRE, acteur_prestataire(SIREN), MAINTENANT) == []
    assert requetes.historique(SIREN, Profil.ADHERENT, acteur_opco(PORTEFEUILLE), MAINTENANT)[0].coordonnees == ligne
    assert payables([ligne], MAINTENANT) is None
