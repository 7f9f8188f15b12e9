"""Making keys, seeing them, telling of them (exigences, T15)."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from jalon.courriers.models import Courriel
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.cles import prevenir_des_expirations, revoquer_cle
from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.models import DroitAccorde
from jalon.habilitations.regles_des_cles import PLAFONDS, EtatCle
from jalon.habilitations.requetes.cles import cles_du_cote
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.dates import fin_du_jour
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, SecondFacteurRequis, TransitionImpossible
from jalon.socle.identifiants import nouvel_id
from tests.habilitations.cles import DERNIER, JOUR, PLAN_LECTURE, appeler, cles, creer, revoquer
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    personne,
    rattacher,
    sur_le_siren,
    sur_un_siret,
)


@pytest.mark.django_db
def test_deux_cles_actives_du_meme_nom_au_plus() -> None:
    creer()
    seconde = creer(nom="  Paie ").cle
    for nom in ("Paie", "PAIE", " paié"):
        with pytest.raises(SaisieRefusee, match="l’ancienne et sa remplaçante") as refus:
            creer(nom=nom)
        assert refus.value.champ == "nom"
    creer(nom="Paie du siège")
    creer(siren=AUTRE_SIREN)
    creer(profil=Profil.PRESTATAIRE)
    revoquer(seconde)
    creer()
    creer(le=fin_du_jour(DERNIER), jusqu_au=date(2027, 3, 1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("champs", "champ", "phrase"),
    [
        ({"nom": " "}, "nom", "80 signes"),
        ({"nom": "x" * 81}, "nom", "80 signes"),
        ({"nom": "…"}, "nom", "lettres ou des chiffres"),
        ({"droits": []}, "droits", "au moins un droit"),
        ({"droits": [Droit(Domaine.PLAN, Niveau.AUCUN)]}, "droits", "au moins un droit"),
        ({"droits": [Droit(Domaine.ACCES, Niveau.GESTION)]}, "droits", "au plus « Lecture »"),
        ({"droits": [Droit(Domaine.ACCES, Niveau.SAISIE)]}, "droits", "au plus « Lecture »"),
        ({"droits": [Droit(Domaine.RIB, Niveau.GESTION)]}, "droits", "au plus « Lecture »"),
        ({"droits": [Droit(Domaine.EXPORTS, Niveau.LECTURE)]}, "droits", "aucun droit"),
        ({"droits": [PLAN_LECTURE, Droit(Domaine.PLAN, Niveau.SAISIE)]}, "droits", "deux fois"),
        ({"sirets": ["73282932000074"]}, "droits", "établissement de cette entreprise"),
        ({"sirets": [SIRET], "droits": [Droit(Domaine.RIB, Niveau.LECTURE)]}, "droits", "toute l’entreprise"),
        ({"sirets": [SIRET], "profil": Profil.PRESTATAIRE}, "droits", "toute l’organisation"),
        ({"jusqu_au": JOUR - timedelta(days=1)}, "jusqu_au", "à venir"),
        ({"jusqu_au": date(2027, 11, 25)}, "jusqu_au", "au plus tard le 24/11/2027"),
        ({"adresses": ["203.0.113"]}, "adresses", "n’est pas une adresse IP"),
        ({"adresses": ["203.0.113.7/24"]}, "adresses", "écrivez 203.0.113.0/24"),
        ({"adresses": ["2001:db8::1/48"]}, "adresses", "écrivez 2001:db8::/48"),
        ({"adresses": ["0.0.0.0/0"]}, "adresses", "couvre toutes les adresses"),
        ({"adresses": ["::/0"]}, "adresses", "couvre toutes les adresses"),
        ({"adresses": ["fe80::1%eth0"]}, "adresses", "n’a de sens que sur votre réseau"),
        ({"adresses": [f"203.0.113.{n}" for n in range(21)]}, "adresses", "20 adresses"),
        ({"siren": "123456789"}, None, "n’existe pas"),
    ],
)  # fmt: skip
def test_les_cles_refusees(champs: dict[str, Any], champ: str | None, phrase: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        creer(**champs)
    assert phrase in refus.value.message.replace("\u00a0", " ")
    assert refus.value.champ == champ
    assert not cles().exists()
    assert not Evenement.objects.tous("essai").exists()


@pytest.mark.django_db
def test_une_cle_peut_tout_ce_que_permet_son_plafond() -> None:
    droits = [Droit(domaine, niveau) for domaine, niveau in PLAFONDS.items()]
    cle = creer(droits=droits, jusqu_au=JOUR, le=LE).cle
    assert cle.droits == sorted(f"{d.domaine}:{d.niveau.value}" for d in droits)
    assert cle.expire_le == fin_du_jour(JOUR)
    assert creer(nom="Longue", jusqu_au=date(2027, 11, 24)).cle.expire_le == fin_du_jour(date(2027, 11, 24))


@pytest.mark.django_db
def test_un_administrateur_hors_probation_cree_et_revoque_ses_cles() -> None:
    aline, bruno, gael, nouveau = personne("Aline"), personne("Bruno"), personne("Gaël"), personne("Nouveau")
    rattacher(aline)
    rattacher(bruno, droits=[sur_le_siren(Domaine.ACCES, Niveau.LECTURE)])
    rattacher(nouveau, probation_jusqu_a=LE + timedelta(hours=1))
    nouvelle = creer(acteur(aline))
    assert nouvelle.cle.creee_par == aline.id
    for autre in (bruno, gael, nouveau):
        with pytest.raises(DroitManquant):
            creer(acteur(autre), nom="Autre")
    for autre in (bruno, nouveau):
        with pytest.raises(DroitManquant):
            revoquer(nouvelle.cle, acteur(autre))
    with pytest.raises(Introuvable):
        revoquer(nouvelle.cle, acteur(gael))
    with pytest.raises(SaisieRefusee, match="motif"):
        revoquer_cle(cle_id=nouvelle.cle.id, motif="  ", par=acteur(aline), maintenant=LE)
    assert appeler(nouvelle.secret) is not None
    revoquer(nouvelle.cle, acteur(aline))
    assert cles().count() == 1
    creer(acteur(nouveau, LE + timedelta(hours=1)), LE + timedelta(hours=1))


@pytest.mark.django_db
@pytest.mark.parametrize("ecart", [None, timedelta(minutes=5, seconds=1), timedelta(seconds=-1)])
def test_creer_demande_un_second_facteur_de_moins_de_cinq_minutes(ecart: timedelta | None) -> None:
    aline = personne("Aline")
    rattacher(aline)
    with pytest.raises(SecondFacteurRequis):
        creer(ActeurPersonne(aline, LE, None if ecart is None else LE - ecart))
    assert not cles().exists()
    creer(ActeurPersonne(aline, LE, LE - timedelta(minutes=5)))


@pytest.mark.django_db
def test_nul_ne_donne_a_une_cle_plus_qu_il_ne_tient() -> None:
    aline = personne("Aline")
    lien = rattacher(
        aline,
        droits=[
            sur_le_siren(Domaine.ACCES), sur_le_siren(Domaine.PLAN, Niveau.SAISIE), sur_un_siret(SIRET, Domaine.ALTERNANCE),
            sur_le_siren(Domaine.FACTURES),
        ],
    )  # fmt: skip
    DroitAccorde.objects.filter(rattachement=lien, domaine=Domaine.FACTURES).update(fin=fin_du_jour(date(2027, 1, 31)))
    moi = acteur(aline)
    alternance, factures = Droit(Domaine.ALTERNANCE, Niveau.LECTURE), Droit(Domaine.FACTURES, Niveau.LECTURE)
    trop: Sequence[dict[str, Any]] = [
        {"droits": [Droit(Domaine.PLAN, Niveau.ENVOI)]},
        {"droits": [alternance]},
        {"droits": [alternance], "sirets": [SIRET, SIRET_2]},
        {"droits": [Droit(Domaine.REGLEMENTS, Niveau.LECTURE)]},
    ]
    for champs in trop:
        with pytest.raises(SaisieRefusee, match="une clé ne peut pas en recevoir plus que vous"):
            creer(moi, **champs)
    with pytest.raises(SaisieRefusee, match=r"prend fin le 31/01/2027.*ne peut pas durer au-delà") as refus:
        creer(moi, droits=[factures], jusqu_au=date(2027, 2, 1))
    assert refus.value.champ == "jusqu_au"
    assert not cles().exists()
    creer(moi, droits=[Droit(Domaine.PLAN, Niveau.SAISIE), factures], jusqu_au=date(2027, 1, 31))
    creer(moi, nom="Annecy", droits=[alternance], sirets=[SIRET])
    DroitAccorde.objects.filter(rattachement=lien, domaine=Domaine.PLAN).update(revoque_le=LE)
    with pytest.raises(SaisieRefusee, match="une clé ne peut pas en recevoir plus que vous"):
        creer(moi, nom="Autre", droits=[PLAN_LECTURE])


@pytest.mark.django_db
def test_un_formulaire_envoye_deux_fois_fait_une_cle() -> None:
    ident = nouvel_id()
    assert creer(cle_id=ident).cle.id == ident
    with pytest.raises(TransitionImpossible, match="n’est affichée qu’une fois"):
        creer(cle_id=ident)
    assert cles().count() == 1


@pytest.mark.django_db
def test_la_cle_reste_a_l_organisation_quand_son_createur_s_en_va() -> None:
    aline, louise = personne("Aline"), personne("Louise", "Morel")
    lien = rattacher(aline)
    rattacher(louise)
    nouvelle = creer(acteur(aline))
    (vue,) = cles_du_cote(SIREN, Profil.ADHERENT, acteur(louise), LE)
    assert (vue.creee_par, vue.createur_parti) == (aline.nom_complet, False)
    lien.etat = EtatRattachement.RETIRE
    lien.save(update_fields=["etat"])
    assert appeler(nouvelle.secret) is not None
    (vue,) = cles_du_cote(SIREN, Profil.ADHERENT, acteur(louise), LE)
    assert vue.createur_parti
    revoquer(nouvelle.cle, acteur(louise))


# Seeing them -------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_la_liste_dit_l_etat_de_chaque_cle(django_assert_num_queries: Any) -> None:
    aline, bruno = personne("Aline"), personne("Bruno")
    rattacher(aline)
    rattacher(bruno, droits=[sur_le_siren(Domaine.PLAN)])
    creer(nom="A", jusqu_au=date(2027, 1, 1))
    creer(nom="B", jusqu_au=date(2026, 12, 1))
    creer(nom="C", jusqu_au=JOUR)
    revoquer(creer(acteur(aline), nom="D", sirets=[SIRET]).cle, acteur(aline))
    creer(siren=AUTRE_SIREN)
    creer(profil=Profil.PRESTATAIRE)
    moi = acteur(aline, fin_du_jour(JOUR))
    assert moi.rattachements
    with django_assert_num_queries(3):
        vues = cles_du_cote(SIREN, Profil.ADHERENT, moi, fin_du_jour(JOUR))
    assert [(v.cle.nom, v.etat, v.en_vigueur) for v in vues] == [
        ("A", EtatCle.ACTIVE, True), ("B", EtatCle.A_REMPLACER, True), ("C", EtatCle.EXPIREE, False), ("D", EtatCle.REVOQUEE, False),
    ]  # fmt: skip
    assert [v.dernier_jour for v in vues[:3]] == [date(2027, 1, 1), date(2026, 12, 1), JOUR]
    assert (vues[3].perimetre, vues[3].revoquee_par, vues[0].perimetre) == (
        "1\u00a0établissement", aline.nom_complet, "Toute l’entreprise",
    )  # fmt: skip
    assert vues[0].droits == ("Lecture · Alternance", "Lecture · Plan de développement")
    assert cles_du_cote(SIREN, Profil.ADHERENT, acteur(bruno), LE) == []


# Telling about them ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_tous_les_administrateurs_apprennent_la_creation() -> None:
    aline, louise, bruno = personne("Aline"), personne("Louise"), personne("Bruno")
    rattacher(aline)
    rattacher(louise, probation_jusqu_a=LE + timedelta(hours=1))
    rattacher(bruno, droits=[sur_le_siren(Domaine.PLAN)])
    cle = creer(acteur(aline)).cle
    envoyes = Courriel.objects.filter(genre="habilitations.cle_creee", objet_id=cle.id)
    assert set(envoyes.values_list("adresse", flat=True)) == {aline.email, louise.email}
    evenement = Evenement.objects.tous("essai").get(code="acces.cle_creee")
    assert evenement.details == {"nom": "Paie", "droits": ["alternance:1", "plan:1"]}
    assert "empreinte" not in json.dumps(evenement.details)


@pytest.mark.django_db
def test_les_administrateurs_sont_prevenus_a_trente_puis_sept_jours_une_seule_fois() -> None:
    aline = personne("Aline")
    rattacher(aline)
    rattacher(aline, SIREN, Profil.PRESTATAIRE)
    cle = creer(jusqu_au=date(2027, 3, 1)).cle
    creer(nom="Courte", jusqu_au=date(2026, 12, 20))
    creer(profil=Profil.PRESTATAIRE, jusqu_au=date(2027, 3, 1))
    revoquer(creer(nom="Révoquée", jusqu_au=date(2027, 3, 1)).cle)
    rappels = Courriel.objects.filter(genre="habilitations.cle_bientot_expiree", objet_id=cle.id)
    fin = cle.expire_le

    def prevenus(le: datetime) -> list[str]:
        prevenir_des_expirations(maintenant=le)
        prevenir_des_expirations(maintenant=le)
        return sorted(rappels.values_list("cle", flat=True))

    assert prevenus(fin - timedelta(days=30, seconds=1)) == []
    assert prevenus(fin - timedelta(days=30)) == ["30j"]
    assert prevenus(fin - timedelta(days=7, seconds=1)) == ["30j"]
    assert prevenus(fin - timedelta(days=7)) == ["30j", "7j"]
    assert prevenus(fin) == ["30j", "7j"]
    tous = Courriel.objects.filter(genre="habilitations.cle_bientot_expiree")
    assert tous.count() == 4
    assert set(tous.values_list("adresse", flat=True)) == {aline.email}


@pytest.mark.django_db
def test_une_cle_courte_n_a_que_le_rappel_qui_a_un_sens() -> None:
    rattacher(personne("Aline"))
    cle = creer(jusqu_au=date(2026, 12, 10)).cle
    assert prevenir_des_expirations(maintenant=LE) == 0
    assert prevenir_des_expirations(maintenant=cle.expire_le - timedelta(days=7)) == 1
    assert list(Courriel.objects.filter(genre="habilitations.cle_bientot_expiree").values_list("cle", flat=True)) == ["7j"]
