"""Three calendar months; what the matrix accepts."""

from datetime import UTC, date, datetime

import pytest

from jalon.habilitations.enums import Etendue
from jalon.habilitations.regles import (
    DemandeDroit,
    dernier_jour,
    donne_l_administration,
    fin_de_validite,
    tous_les_droits,
    verifier_droits,
)
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
