"""The last day to send a draft: the law's, the OPCO's, and the dated exceptions."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from jalon.dispositifs.action_formation import ACTION_FORMATION
from jalon.dispositifs.apprentissage import APPRENTISSAGE
from jalon.dispositifs.professionnalisation import PROFESSIONNALISATION
from jalon.dossiers.actions import enregistrer_section
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import a_faire
from jalon.referentiels.actions import accorder_exception_depot, regler_dispositif, terminer_exception_depot
from jalon.referentiels.models import ExceptionDepot
from jalon.socle.acteurs import Pouvoir
from jalon.socle.baremes import Gravite
from jalon.socle.reglages import DecisionAutomatique
from tests.acteurs import acteur_opco
from tests.dispositifs.silencieux import CODE, dispositif_essai
from tests.dossiers.fabrique import (
    JOUR,
    LE,
    PORTEFEUILLE,
    SIREN,
    aline,
    brouillon,
    brouillons,
    monde,
    relire,
    valeurs,
)

KARIM = acteur_opco(PORTEFEUILLE, Pouvoir.REGLER_BAREMES)


@pytest.mark.parametrize(
    ("debut", "code_postal", "limite"),
    [
        (date(2026, 9, 1), "74000", date(2026, 9, 7)),  # Tuesday: Saturday counts, Sunday does not
        (date(2026, 8, 31), "74000", date(2026, 9, 5)),
        (date(2026, 12, 21), "75001", date(2026, 12, 28)),
        (date(2026, 12, 21), "67000", date(2026, 12, 29)),  # 26 December, in Alsace-Moselle
        (date(2026, 12, 21), "", date(2026, 12, 28)),
        (date(2028, 2, 28), "74000", date(2028, 3, 4)),  # 29 February between
    ],
)
def test_le_contrat_d_apprentissage_se_transmet_dans_les_cinq_jours_ouvrables(
    debut: date, code_postal: str, limite: date
) -> None:
    """Code du travail, D6224-1: whatever the OPCO's own delay."""
    assert APPRENTISSAGE.limite_de_depot(debut, 30, code_postal) == limite


@pytest.mark.parametrize(
    ("debut", "limite"),
    [
        (date(2026, 9, 1), date(2026, 9, 6)),  # a Sunday: « cinq jours », not « ouvrables »
        (date(2028, 2, 27), date(2028, 3, 3)),
        (date(2026, 12, 28), date(2027, 1, 2)),
    ],
)
def test_le_contrat_de_professionnalisation_s_adresse_dans_les_cinq_jours(debut: date, limite: date) -> None:
    """Code du travail, D6325-1."""
    assert PROFESSIONNALISATION.limite_de_depot(debut, 30, "67000") == limite


def test_une_action_se_depose_avant_son_debut() -> None:
    assert ACTION_FORMATION.limite_de_depot(date(2027, 1, 11), 30, "67000") == date(2026, 12, 12)


@pytest.fixture
def _monde(db: None) -> None:
    monde()


def remplir(dossier: Dossier, section: str, le: datetime = LE, **changements: Any) -> Dossier:
    """One section typed, changed."""
    version = relire(dossier).reponses.get(section, {}).get("version", 0)
    reponses = {**valeurs()[section], **changements}
    if section == "entreprise":
        reponses["siret"] = dossier.siret
    enregistrer_section(dossier_id=dossier.id, section=section, version=version, valeurs=reponses, par=aline(), maintenant=le)
    return relire(dossier)


@pytest.mark.usefixtures("_monde")
def test_la_limite_suit_le_premier_jour_et_le_reglage() -> None:
    dossier = brouillon()
    assert dossier.attend_avant is None
    assert remplir(dossier, "action").attend_avant == date(2026, 12, 12)
    assert remplir(dossier, "action", date_debut="12/01/2027").attend_avant == date(2026, 12, 13)
    regler_dispositif(
        dispositif="action_formation", limite_stagiaires=None, delai_depot_jours=10, gravite_delai=Gravite.AVERTIT,
        decision_automatique=DecisionAutomatique.PROPOSEE, motif="Conseil", par=KARIM, maintenant=LE,
    )  # fmt: skip
    assert remplir(dossier, "action", date_debut="11/01/2027").attend_avant == date(2027, 1, 1)


@pytest.mark.usefixtures("_monde")
def test_le_code_postal_de_l_employeur_donne_ses_jours_feries() -> None:
    def selon_le_code_postal(debut: date, delai: int, code_postal: str) -> date:
        return APPRENTISSAGE.limite_de_depot(debut, delai, code_postal)

    with dispositif_essai(limite_de_depot=selon_le_code_postal):
        dossier = brouillon(dispositif=CODE)
        remplir(dossier, "action", date_debut="21/12/2026", date_fin="22/12/2026")
        assert remplir(dossier, "entreprise", code_postal="75 001").attend_avant == date(2026, 12, 28)
        assert remplir(dossier, "entreprise", code_postal="67000").attend_avant == date(2026, 12, 29)


def ouvrir(dispositif: str, debut: date, depot_au: date) -> ExceptionDepot:
    """A dated exception for the actions that begin that day."""
    return accorder_exception_depot(
        dispositif=dispositif,
        debut_du=debut,
        debut_au=debut,
        depot_au=depot_au,
        motif="Panne du portail",
        par=KARIM,
        maintenant=LE,
    )


@pytest.mark.usefixtures("_monde")
def test_une_exception_ouverte_apres_coup_repousse_le_delai_affiche() -> None:
    """The window of an outage is retroactive: drafts saved before it have the time that it gives, as long as it lasts."""
    debut, fin = date(2026, 12, 14), JOUR + timedelta(days=9)
    with dispositif_essai():
        en_retard = remplir(brouillon(), "action", date_debut="14/12/2026", date_fin="15/12/2026")
        autre_jour = remplir(brouillon(), "action", date_debut="13/12/2026", date_fin="15/12/2026")
        autre_dispositif = remplir(brouillon(dispositif=CODE), "action", date_debut="14/12/2026", date_fin="15/12/2026")
        exception = ouvrir("action_formation", debut, fin)
        lus = {d.pk: d.attend_avant for d in brouillons(aline(), SIREN)}
        assert lus == {
            en_retard.pk: fin,
            autre_jour.pk: date(2026, 11, 13),
            autre_dispositif.pk: date(2026, 12, 13),
        }
        assert {t.echeance for t in a_faire(aline(), SIREN)} == set(lus.values())
        terminer_exception_depot(exception_id=exception.pk, par=KARIM, maintenant=LE)
        assert {d.pk: d.attend_avant for d in brouillons(aline(), SIREN)}[en_retard.pk] == JOUR


@pytest.mark.usefixtures("_monde")
def test_une_exception_plus_courte_que_le_delai_ne_l_avance_pas() -> None:
    dossier = remplir(brouillon(), "action")
    ouvrir("action_formation", date(2027, 1, 11), JOUR)
    assert [d.attend_avant for d in brouillons(aline(), SIREN)] == [dossier.attend_avant]


@pytest.mark.usefixtures("_monde")
def test_un_brouillon_en_retard_le_dit() -> None:
    remplir(brouillon(), "action", date_debut="14/12/2026", date_fin="15/12/2026")
    lu = brouillons(aline(), SIREN)[0]
    assert lu.prochaine_etape(JOUR) == "Terminer et transmettre le dossier, en retard depuis le 15\u00a0nov."
    assert lu.prochaine_etape(date(2026, 11, 14)).endswith("avant le sam. 14\u00a0nov.")
