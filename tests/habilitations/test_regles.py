"""Three calendar months; what the matrix accepts."""

from datetime import (
    UTC,
    date,
    datetime,
    timedelta,
)

import pytest

from jalon.habilitations.enums import (
    EtatCode,
    EtatCommande,
    EtatSuivi,
    Etendue,
    JeuDeDroits,
)
from jalon.habilitations.profils import droits_du_profil
from jalon.habilitations.regles import (
    RAPPELS_CODE,
    RAPPELS_DE_FIN,
    DemandeDroit,
    avant_la_fin,
    dernier_jour,
    donne_l_administration,
    fin_de_validite,
    rappel_du,
    tous_les_droits,
    verifier_droits,
)
from jalon.habilitations.regles_des_boites import dans_la_demande, reunir, tient_deja
from jalon.habilitations.regles_du_suivi import VieDuCode, etat_du_suivi, jours_restants
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.erreurs import SaisieRefusee
from tests.habilitations.fabrique import AUTRE_SIREN, SIREN, SIRET, sur_le_siren, sur_un_siret

JOUR = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("emission", "dernier"),
    [
        (datetime(2026, 11, 24, 9, tzinfo=UTC), date(2027, 2, 24)),
        (datetime(2026, 11, 30, 9, tzinfo=UTC), date(2027, 2, 28)),
        (datetime(2027, 11, 30, 9, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2026, 12, 31, 9, tzinfo=UTC), date(2027, 3, 31)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 4, 1)),
        (datetime(2026, 1, 31, 9, tzinfo=UTC), date(2026, 4, 30)),
    ],
)
def test_un_code_vaut_trois_mois_de_calendrier_a_paris(emission: datetime, dernier: date) -> None:
    fin = fin_de_validite(emission)
    assert dernier_jour(fin) == dernier
    assert fin > datetime.combine(dernier, datetime.min.time(), UTC)


def test_l_administrateur_recoit_gestion_partout() -> None:
    droits = tous_les_droits()
    assert {d.domaine for d in droits} == set(Domaine)
    assert all(d.niveau == Niveau.GESTION and d.etendue == Etendue.SIREN for d in droits)
    assert donne_l_administration(droits)
    assert verifier_droits(droits, SIREN, Profil.ADHERENT, JOUR) == droits


def test_les_cases_a_aucun_ne_sont_pas_gardees() -> None:
    gardes = verifier_droits([sur_le_siren(Domaine.PLAN), sur_le_siren(Domaine.RIB, Niveau.AUCUN)], SIREN, Profil.ADHERENT, JOUR)
    assert gardes == [sur_le_siren(Domaine.PLAN)]


@pytest.mark.parametrize(
    ("droits", "profil", "phrase"),
    [
        ([], Profil.ADHERENT, "au moins un droit"),
        ([sur_le_siren(Domaine.PLAN, Niveau.AUCUN)], Profil.ADHERENT, "au moins un droit"),
        ([sur_le_siren(Domaine.PLAN), sur_le_siren(Domaine.PLAN, Niveau.LECTURE)], Profil.ADHERENT, "deux fois"),
        ([sur_un_siret(SIRET, Domaine.PLAN)], Profil.PRESTATAIRE, "toute l’organisation"),
        ([sur_un_siret(SIRET, Domaine.RIB)], Profil.ADHERENT, "Coordonnées bancaires"),
        ([sur_un_siret(SIRET, Domaine.ACCES)], Profil.ADHERENT, "Accès"),
        ([sur_un_siret(f"{AUTRE_SIREN}00074", Domaine.PLAN)], Profil.ADHERENT, "établissement de cette entreprise"),
        ([sur_un_siret("12345678200011", Domaine.PLAN)], Profil.ADHERENT, "établissement de cette entreprise"),
        ([sur_un_siret("", Domaine.PLAN)], Profil.ADHERENT, "établissement de cette entreprise"),
        ([DemandeDroit(Etendue.SIREN, SIRET, Domaine.PLAN, Niveau.SAISIE)], Profil.ADHERENT, "ou un établissement"),
        ([DemandeDroit(Etendue.SIREN, "", Domaine.ACCES, Niveau.GESTION, JOUR)], Profil.ADHERENT, "ne prend pas fin"),
        (
            [DemandeDroit(Etendue.SIREN, "", Domaine.PLAN, Niveau.SAISIE, date(2026, 11, 23))],
            Profil.ADHERENT,
            "aujourd’hui ou plus tard",
        ),
    ],
)
def test_les_droits_qui_ne_se_donnent_pas(droits: list[DemandeDroit], profil: Profil, phrase: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        verifier_droits(droits, SIREN, profil, JOUR)
    assert refus.value.champ == ("fin" if any(d.jusqu_au for d in droits) else "droits")


def test_un_membre_de_cabinet_peut_n_avoir_aucun_droit_propre() -> None:
    aucun = [sur_le_siren(Domaine.PLAN, Niveau.AUCUN)]
    assert verifier_droits(aucun, SIREN, Profil.PRESTATAIRE, JOUR, membre=True) == []
    with pytest.raises(SaisieRefusee):
        verifier_droits(aucun, SIREN, Profil.PRESTATAIRE, JOUR)


INSTANT = datetime(2026, 11, 24, 9, tzinfo=UTC)
UNE_SECONDE = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("ecoule", "relance"),
    [
        (timedelta(days=7) - UNE_SECONDE, None),
        (timedelta(days=7), 7),
        (timedelta(days=21) - UNE_SECONDE, 7),
        (timedelta(days=21), 21),
        (timedelta(days=30) - UNE_SECONDE, 21),
        (timedelta(days=30), None),
    ],
)
def test_une_demande_se_rappelle_a_7_puis_21_jours(ecoule: timedelta, relance: int | None) -> None:
    moments = {7: INSTANT + timedelta(days=7), 21: INSTANT + timedelta(days=21)}
    assert rappel_du(moments, INSTANT + ecoule, fin=INSTANT + timedelta(days=30)) == relance


@pytest.mark.parametrize(
    ("reste", "rappel"),
    [
        (timedelta(days=14) + UNE_SECONDE, None),
        (timedelta(days=14), 14),
        (timedelta(days=3) + UNE_SECONDE, 14),
        (timedelta(days=3), 3),
        (UNE_SECONDE, 3),
        (timedelta(), None),
    ],
)
def test_un_code_se_rappelle_14_puis_3_jours_avant_sa_fin(reste: timedelta, rappel: int | None) -> None:
    assert rappel_du(avant_la_fin(INSTANT, RAPPELS_CODE), INSTANT - reste, fin=INSTANT) == rappel


FIN = date(2027, 5, 31)


@pytest.mark.parametrize(
    ("depuis", "jour", "attendu"),
    [
        (date(2026, 6, 1), date(2027, 4, 30), None),
        (date(2026, 6, 1), date(2027, 5, 1), 30),
        (date(2026, 6, 1), date(2027, 5, 23), 30),
        (date(2026, 6, 1), date(2027, 5, 24), 7),
        (date(2026, 6, 1), FIN, 7),
        (date(2026, 6, 1), date(2027, 6, 1), None),
        (date(2027, 5, 1), date(2027, 5, 10), 30),
        (date(2027, 5, 2), date(2027, 5, 10), None),
        (date(2027, 5, 2), date(2027, 5, 24), 7),
        (date(2027, 5, 25), date(2027, 5, 26), None),
    ],
)
def test_une_cle_et_un_mandat_se_rappellent_30_puis_7_jours_avant_leur_fin(depuis: date, jour: date, attendu: int | None) -> None:
    moments = avant_la_fin(FIN, RAPPELS_DE_FIN)
    assert rappel_du(moments, jour, fin=FIN + timedelta(days=1), depuis=depuis) == attendu


PRETE, IMPRIMEE, EFFACEE = EtatCommande.PRETE, EtatCommande.IMPRIMEE, EtatCommande.EFFACEE
BIENTOT = INSTANT + UNE_SECONDE


@pytest.mark.parametrize(
    ("vie", "etat"),
    [
        (VieDuCode(), EtatSuivi.DEMANDEE),
        (VieDuCode(ecartee=True), EtatSuivi.ECARTEE),
        (VieDuCode(commande=EtatCommande.EN_PREPARATION), EtatSuivi.COMMANDEE),
        (VieDuCode(commande=IMPRIMEE), EtatSuivi.COMMANDEE),
        (VieDuCode(commande=PRETE, code=EtatCode.ACTIF, expire_le=BIENTOT), EtatSuivi.COMMANDEE),
        (VieDuCode(commande=IMPRIMEE, code=EtatCode.ACTIF, expire_le=BIENTOT), EtatSuivi.IMPRIMEE),
        (VieDuCode(commande=EFFACEE, code=EtatCode.ACTIF, expire_le=BIENTOT), EtatSuivi.IMPRIMEE),
        (VieDuCode(commande=IMPRIMEE, postee=True, code=EtatCode.ACTIF, expire_le=BIENTOT), EtatSuivi.POSTEE),
        (VieDuCode(commande=IMPRIMEE, postee=True, revenue=True, code=EtatCode.TERMINE), EtatSuivi.REVENUE),
        (VieDuCode(commande=IMPRIMEE, postee=True, code=EtatCode.ACTIF, expire_le=INSTANT, utilise=True), EtatSuivi.EXPIRE),
        (VieDuCode(commande=IMPRIMEE, postee=True, code=EtatCode.ACTIF, expire_le=BIENTOT, utilise=True), EtatSuivi.UTILISE),
        (VieDuCode(commande=IMPRIMEE, postee=True, code=EtatCode.REMPLACE, expire_le=INSTANT), EtatSuivi.REMPLACE),
        (VieDuCode(commande=EFFACEE, code=EtatCode.ABANDONNE, expire_le=BIENTOT), EtatSuivi.ABANDONNE),
        (VieDuCode(commande=IMPRIMEE, code=EtatCode.TERMINE, expire_le=BIENTOT, utilise=True), EtatSuivi.TERMINE),
    ],
)
def test_ou_en_est_un_code(vie: VieDuCode, etat: EtatSuivi) -> None:
    assert etat_du_suivi(vie, INSTANT) == etat


@pytest.mark.parametrize(
    ("maintenant", "jours"),
    [
        (datetime(2027, 2, 27, 22, 59, 59, tzinfo=UTC), 2),
        (datetime(2027, 2, 27, 23, 0, tzinfo=UTC), 1),
        (datetime(2027, 2, 28, 22, 59, 59, tzinfo=UTC), 1),
        (datetime(2027, 2, 28, 23, 0, tzinfo=UTC), 0),
        (datetime(2027, 6, 1, tzinfo=UTC), 0),
    ],
)
def test_le_compte_a_rebours_compte_les_jours_de_paris(maintenant: datetime, jours: int) -> None:
    fin = fin_de_validite(datetime(2026, 11, 30, 9, tzinfo=UTC))
    assert dernier_jour(fin) == date(2027, 2, 28)
    assert jours_restants(fin, maintenant) == jours


@pytest.mark.parametrize("jeu", list(JeuDeDroits))
def test_chaque_jeu_se_donne_tel_quel(jeu: JeuDeDroits) -> None:
    droits = droits_du_profil(jeu)
    assert verifier_droits(droits, SIREN, Profil.ADHERENT, JOUR) == droits
    assert donne_l_administration(droits) is (jeu == JeuDeDroits.ADMINISTRATION)
    sur_place = droits_du_profil(jeu, [SIRET])
    if jeu == JeuDeDroits.ADMINISTRATION:
        assert sur_place == droits
        return
    assert verifier_droits(sur_place, SIREN, Profil.ADHERENT, JOUR) == sur_place
    assert dans_la_demande(sur_place, droits)
    assert not dans_la_demande(droits, sur_place)
    assert tient_deja(sur_place, droits)
    assert not tient_deja(droits, sur_place)


S, L, C, A = JeuDeDroits.GESTIONNAIRE_RH, JeuDeDroits.LECTURE, JeuDeDroits.COMPTABILITE, JeuDeDroits.ADMINISTRATION


@pytest.mark.parametrize(
    ("demande", "accordables"),
    [(A, {A, S, C, L}), (S, {S, C, L}), (C, {C, S, L}), (L, {L})],
    ids=["administration", "saisie", "comptabilite", "lecture"],
)
def test_un_autre_jeu_se_donne_s_il_ne_monte_pas_plus_haut(demande: JeuDeDroits, accordables: set[JeuDeDroits]) -> None:
    assert {j for j in JeuDeDroits if dans_la_demande(droits_du_profil(j), droits_du_profil(demande))} == accordables


@pytest.mark.parametrize("domaine", [Domaine.RIB, Domaine.ACCES, Domaine.EXPORTS, Domaine.SALARIES])
def test_ce_qui_est_reserve_ne_se_donne_que_demande(domaine: Domaine) -> None:
    lire = [sur_le_siren(domaine, Niveau.LECTURE)]
    assert not dans_la_demande(lire, droits_du_profil(S))
    assert dans_la_demande(lire, droits_du_profil(A))
    assert not dans_la_demande(lire, [])


def test_reunir_garde_le_plus_haut_puis_le_plus_long() -> None:
    def plan(niveau: Niveau, fin: date | None = None) -> DemandeDroit:
        return DemandeDroit(Etendue.SIREN, "", Domaine.PLAN, niveau, fin)

    tard, tot = date(2027, 3, 1), date(2027, 2, 1)
    assert reunir([plan(Niveau.GESTION, tot)], [plan(Niveau.LECTURE)]) == [plan(Niveau.GESTION, tot)]
    assert reunir([plan(Niveau.LECTURE)], [plan(Niveau.GESTION, tot)]) == [plan(Niveau.GESTION, tot)]
    assert reunir([plan(Niveau.LECTURE, tot)], [plan(Niveau.LECTURE, tard)]) == [plan(Niveau.LECTURE, tard)]
    assert reunir([plan(Niveau.LECTURE)], [plan(Niveau.LECTURE, tard)]) == [plan(Niveau.LECTURE)]
    ailleurs = sur_un_siret(SIRET, Domaine.PLAN)
    assert reunir([plan(Niveau.LECTURE)], [ailleurs]) == [plan(Niveau.LECTURE), ailleurs]
