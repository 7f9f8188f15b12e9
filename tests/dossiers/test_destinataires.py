"""Who is told about a request: people with a right of their own, and those who act by mandate, as far as it reaches."""

import pytest

from jalon.dossiers.destinataires import personnes_de_l_entreprise, personnes_du_prestataire
from jalon.dossiers.models import Dossier
from jalon.socle.acteurs import Domaine, Niveau, Profil
from tests.dossiers import fabrique
from tests.dossiers.fabrique import SIREN, SIREN_OF, SIRET
from tests.habilitations.fabrique import CABINET, LE, confier, donner, groupe, personne, rattacher, sur_un_groupe

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("niveau", "sirets", "prevenue"),
    [
        (Niveau.ENVOI, [], True),
        (Niveau.SAISIE, [], False),
        (Niveau.ENVOI, [SIRET], True),
        (Niveau.ENVOI, [f"{SIREN}99999"], False),
    ],
)
def test_la_collaboratrice_par_mandat_est_prevenue(niveau: Niveau, sirets: list[str], prevenue: bool) -> None:
    fabrique.monde()
    dossier = Dossier(siren=SIREN, siret=SIRET, prestataire_siren=SIREN_OF, domaine=Domaine.PLAN)
    chloe = personne("Chloé", "Bertin")
    lien = rattacher(chloe, CABINET, Profil.PRESTATAIRE, [])
    confier(donner(SIREN, niveaux={Domaine.PLAN: Niveau.ENVOI}, sirets=sirets), lien, {Domaine.PLAN: niveau})
    assert (chloe in personnes_de_l_entreprise(dossier, Niveau.ENVOI, LE)) == prevenue
    assert chloe not in personnes_du_prestataire(dossier, Niveau.LECTURE, LE)


def test_un_mandat_du_prestataire_previent_de_son_cote() -> None:
    fabrique.monde()
    dossier = Dossier(siren=SIREN, siret=SIRET, prestataire_siren=SIREN_OF, domaine=Domaine.PLAN)
    chloe = personne("Chloé", "Bertin")
    lien = rattacher(chloe, CABINET, Profil.PRESTATAIRE, [])
    confier(donner(SIREN_OF, profil=Profil.PRESTATAIRE), lien)
    assert chloe in personnes_du_prestataire(dossier, Niveau.LECTURE, LE)
    assert chloe not in personnes_de_l_entreprise(dossier, Niveau.LECTURE, LE)


@pytest.mark.parametrize(
    ("sirets", "niveau", "prevenu"),
    [
        ([SIRET], Niveau.ENVOI, True),
        ([SIRET], Niveau.SAISIE, False),
        ([f"{SIREN}99999"], Niveau.ENVOI, False),
        ([], Niveau.ENVOI, False),
    ],
)
def test_qui_a_un_droit_sur_le_groupe_est_prevenu_de_ses_etablissements(sirets: list[str], niveau: Niveau, prevenu: bool) -> None:
    fabrique.monde()
    dossier = Dossier(siren=SIREN, siret=SIRET, domaine=Domaine.PLAN)
    bruno = personne("Bruno", "Marchetti")
    rattacher(bruno, SIREN, droits=[sur_un_groupe(groupe("Région Sud", sirets, SIREN), Domaine.PLAN, niveau)])
    assert (bruno in personnes_de_l_entreprise(dossier, Niveau.ENVOI, LE)) == prevenu
    sans_lieu = Dossier(siren=SIREN, domaine=Domaine.PLAN)
    assert bruno not in personnes_de_l_entreprise(sans_lieu, Niveau.LECTURE, LE)
