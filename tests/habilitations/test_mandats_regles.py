"""Rules of mandates, as tables of cases."""

from datetime import UTC, date, datetime

import pytest

from jalon.habilitations.enums import Etendue
from jalon.habilitations.mandats import (
    Etablissements,
    decrire,
    dernier_jour_permis,
    ecrire_niveaux,
    exiger_de_tenir,
    lire_niveaux,
    niveaux_tenus,
    plus_petits,
    verifier_mandat,
)
from jalon.habilitations.regles import DemandeDroit
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.dates import fin_du_jour
from jalon.socle.erreurs import SaisieRefusee, SaisiesRefusees
from tests.habilitations.fabrique import AUTRE_SIREN, SIREN, SIRET, SIRET_2, sur_le_siren, sur_un_siret

PLAN, FACTURES, ACCES, RIB = Domaine.PLAN, Domaine.FACTURES, Domaine.ACCES, Domaine.RIB
LECTURE, SAISIE, ENVOI, GESTION = Niveau.LECTURE, Niveau.SAISIE, Niveau.ENVOI, Niveau.GESTION
JOUR, FIN = date(2026, 11, 28), date(2027, 5, 31)
TOUT = Etablissements(SIREN, Profil.ADHERENT)


def test_les_niveaux_s_ecrivent_d_une_seule_facon() -> None:
    assert ecrire_niveaux({FACTURES: SAISIE, PLAN: ENVOI, RIB: Niveau.AUCUN}) == "plan 3,factures 2"
    assert lire_niveaux("plan 3,factures 2") == {PLAN: ENVOI, FACTURES: SAISIE}
    assert lire_niveaux("") == {}
    assert decrire({FACTURES: SAISIE, PLAN: ENVOI}) == [("Plan de développement", ENVOI), ("Factures", SAISIE)]


@pytest.mark.parametrize(
    ("mandat", "part", "attendu"),
    [
        ({PLAN: ENVOI}, {PLAN: LECTURE}, {PLAN: LECTURE}),
        ({PLAN: LECTURE}, {PLAN: GESTION}, {PLAN: LECTURE}),
        ({PLAN: ENVOI}, {FACTURES: ENVOI}, {}),
        ({PLAN: ENVOI, FACTURES: SAISIE}, {PLAN: ENVOI, FACTURES: SAISIE}, {PLAN: ENVOI, FACTURES: SAISIE}),
        ({}, {PLAN: ENVOI}, {}),
    ],
)
def test_il_reste_le_plus_petit_des_deux(
    mandat: dict[Domaine, Niveau], part: dict[Domaine, Niveau], attendu: dict[Domaine, Niveau]
) -> None:
    assert plus_petits(mandat, part) == attendu


@pytest.mark.parametrize(
    ("debut", "dernier"),
    [
        (date(2026, 11, 28), date(2027, 11, 27)),
        (date(2027, 1, 1), date(2027, 12, 31)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 3, 1), date(2028, 2, 29)),
    ],
)
def test_douze_mois_au_plus(debut: date, dernier: date) -> None:
    assert dernier_jour_permis(debut) == dernier


@pytest.mark.parametrize(
    ("niveaux", "lieux", "debut", "fin", "champ"),
    [
        ({PLAN: ENVOI, ACCES: GESTION}, TOUT, JOUR, FIN, "niveau_acces"),
        ({PLAN: ENVOI, RIB: GESTION}, TOUT, JOUR, FIN, "niveau_rib"),
        ({PLAN: Niveau.AUCUN}, TOUT, JOUR, FIN, "droits"),
        ({RIB: LECTURE}, Etablissements(SIREN, Profil.ADHERENT, (SIRET,)), JOUR, FIN, "droits"),
        ({PLAN: LECTURE}, Etablissements(AUTRE_SIREN, Profil.ADHERENT, (SIRET,)), JOUR, FIN, "droits"),
        ({PLAN: LECTURE}, Etablissements(SIREN, Profil.PRESTATAIRE, (SIRET,)), JOUR, FIN, "droits"),
        ({PLAN: LECTURE}, TOUT, date(2026, 11, 27), FIN, "debut"),
        ({PLAN: LECTURE}, TOUT, date(2027, 6, 1), FIN, "fin"),
        ({PLAN: LECTURE}, TOUT, JOUR, date(2027, 11, 28), "fin"),
    ],
)
def test_un_mandat_qui_ne_peut_pas_etre_donne(
    niveaux: dict[Domaine, Niveau], lieux: Etablissements, debut: date, fin: date, champ: str
) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        verifier_mandat(niveaux, lieux, debut, fin, JOUR)
    assert refus.value.champ == champ


@pytest.mark.parametrize(
    ("niveaux", "lieux", "debut", "fin"),
    [
        ({PLAN: GESTION, FACTURES: ENVOI, RIB: ENVOI, ACCES: LECTURE}, TOUT, JOUR, date(2027, 11, 27)),
        ({PLAN: LECTURE}, Etablissements(SIREN, Profil.ADHERENT, (SIRET, SIRET_2)), date(2027, 1, 1), date(2027, 12, 31)),
        ({FACTURES: ENVOI}, Etablissements(SIREN, Profil.PRESTATAIRE), JOUR, JOUR),
    ],
)
def test_un_mandat_qui_peut_l_etre(niveaux: dict[Domaine, Niveau], lieux: Etablissements, debut: date, fin: date) -> None:
    verifier_mandat(niveaux, lieux, debut, fin, JOUR)


@pytest.mark.parametrize(
    ("boites", "sirets", "plan", "factures"),
    [
        ([sur_le_siren(PLAN, ENVOI)], (), ENVOI, Niveau.AUCUN),
        ([sur_un_siret(SIRET, PLAN, ENVOI)], (), Niveau.AUCUN, Niveau.AUCUN),
        ([sur_un_siret(SIRET, PLAN, ENVOI)], (SIRET,), ENVOI, Niveau.AUCUN),
        ([sur_un_siret(SIRET, PLAN, ENVOI)], (SIRET, SIRET_2), Niveau.AUCUN, Niveau.AUCUN),
        ([sur_un_siret(SIRET, PLAN, ENVOI), sur_le_siren(PLAN, LECTURE)], (SIRET, SIRET_2), LECTURE, Niveau.AUCUN),
        ([sur_le_siren(FACTURES, SAISIE), sur_le_siren(PLAN, LECTURE)], (SIRET,), LECTURE, SAISIE),
    ],
)
def test_ce_que_tient_celui_qui_donne(
    boites: list[DemandeDroit], sirets: tuple[str, ...], plan: Niveau, factures: Niveau
) -> None:
    tenus = niveaux_tenus(boites, sirets)
    assert (tenus[PLAN], tenus[FACTURES]) == (plan, factures)


def test_nul_ne_donne_plus_qu_il_ne_tient() -> None:
    exiger_de_tenir({PLAN: ENVOI}, {PLAN: ENVOI})
    with pytest.raises(SaisiesRefusees) as refus:
        exiger_de_tenir({PLAN: ENVOI, FACTURES: LECTURE, RIB: LECTURE}, {PLAN: SAISIE, RIB: GESTION})
    phrase = "Vous ne pouvez pas confier plus que votre propre droit, jusqu’à la fin du mandat\u00a0: «\u00a0{}\u00a0»"
    assert refus.value.champs == {"niveau_plan": phrase.format("Saisie"), "niveau_factures": phrase.format("Aucun")}


def test_les_boites_d_un_perimetre() -> None:
    lieux = Etablissements(SIREN, Profil.ADHERENT, (SIRET, SIRET_2))
    assert [(d.etendue, d.siret) for d in lieux.droits({PLAN: LECTURE})] == [(Etendue.SIRET, SIRET), (Etendue.SIRET, SIRET_2)]
    assert [(d.etendue, d.siret) for d in TOUT.droits({PLAN: LECTURE})] == [(Etendue.SIREN, "")]


@pytest.mark.parametrize(
    ("dernier", "fin"),
    [
        (date(2026, 11, 28), datetime(2026, 11, 28, 23, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 22, tzinfo=UTC)),
        (date(2027, 10, 31), datetime(2027, 10, 31, 23, tzinfo=UTC)),
        (date(2027, 10, 30), datetime(2027, 10, 30, 22, tzinfo=UTC)),
    ],
)
def test_le_dernier_jour_finit_a_minuit_a_paris_changement_d_heure_compris(dernier: date, fin: datetime) -> None:
    assert fin_du_jour(dernier) == fin
