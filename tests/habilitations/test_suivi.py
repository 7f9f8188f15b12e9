"""The screen of the codes: all of mine, the countdown, never a code, and nothing of organisations where I hold nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.comptes.models import Personne
from jalon.habilitations.enums import EtatCode, EtatCommande, EtatSuivi
from jalon.habilitations.models import CodeActivation, CommandeCodes, DemandeLettre, LettreCode
from jalon.habilitations.requetes.suivi import suivi_des_codes
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Domaine, Niveau, Profil
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    DEPUIS,
    LE,
    SIREN,
    acteur,
    code_en_circulation,
    organisation,
    personne,
    rattacher,
    sirens,
    sur_le_siren,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def aline() -> Personne:
    organisation()
    seule = personne("Aline", "Ferrand")
    rattacher(seule)
    return seule


def _demande(qui: Personne, siren: str = SIREN, lettre: LettreCode | None = None, **champs: Any) -> DemandeLettre:
    return DemandeLettre.objects.create(
        **{"siren": siren, "profil": Profil.ADHERENT, "portefeuille_id": PORTEFEUILLE_PAR_DEFAUT, "personne": qui,
           "demandee_le": LE, "ouvre": True, "lettre": lettre, **champs}
    )  # fmt: skip


def test_un_groupe_suit_tous_ses_codes_en_cinq_requetes(aline: Personne) -> None:
    rattacher(aline, AUTRE_SIREN, Profil.PRESTATAIRE)
    rattacher(aline, SIREN, Profil.PRESTATAIRE, [sur_le_siren(Domaine.PLAN)])
    for siren in sirens(40):
        organisation(siren, f"FILIALE {siren}")
        rattacher(aline, siren)
        code_en_circulation(siren)
    code_en_circulation(AUTRE_SIREN)
    code_en_circulation(AUTRE_SIREN, Profil.PRESTATAIRE)
    code_en_circulation(SIREN, Profil.PRESTATAIRE)
    moi = acteur(aline)
    assert moi.rattachements
    with CaptureQueriesContext(connection) as requetes:
        suivi = suivi_des_codes(moi)
    assert len(requetes) <= 5
    assert suivi.total == len(suivi.lignes) == 41
    assert (suivi.lignes[0].siren, suivi.lignes[0].profil, suivi.lignes[0].nom) == (AUTRE_SIREN, Profil.PRESTATAIRE, "")
    assert all(li.administre and li.code_id and li.etat == EtatSuivi.IMPRIMEE for li in suivi.lignes)
    assert [li.siren for li in suivi_des_codes(moi, sirens(40)[3]).lignes] == [sirens(40)[3]]
    assert suivi_des_codes(moi, "filiale").total == 40


def test_la_derniere_lettre_d_un_siren_est_celle_qui_compte(aline: Personne) -> None:
    _, ancienne = code_en_circulation(emis_le=DEPUIS)
    CodeActivation.objects.update(etat=EtatCode.REMPLACE)
    _, nouvelle = code_en_circulation(emis_le=LE - timedelta(days=1))
    (ligne,) = suivi_des_codes(acteur(aline)).lignes
    assert ligne.code_id == nouvelle.id != ancienne.id
    assert (ligne.jours_restants, str(ligne.valable_jusqu_au)) == (92, "2027-02-23")
    _demande(personne("Bruno"))
    (ligne,) = suivi_des_codes(acteur(aline)).lignes
    assert (ligne.etat, ligne.depuis, ligne.code_id) == (EtatSuivi.DEMANDEE, LE, None)


def test_chaque_etape_a_sa_date(aline: Personne) -> None:
    _, ligne = code_en_circulation()
    CommandeCodes.objects.update(imprimee_le=LE)

    def lue() -> tuple[EtatSuivi, object]:
        (vue,) = suivi_des_codes(acteur(aline)).lignes
        return vue.etat, vue.depuis

    assert lue() == (EtatSuivi.IMPRIMEE, LE)
    CommandeCodes.objects.update(etat=EtatCommande.PRETE)
    assert lue() == (EtatSuivi.COMMANDEE, DEPUIS)
    LettreCode.objects.update(postee_le=LE.date())
    assert lue() == (EtatSuivi.POSTEE, LE.date())
    CodeActivation.objects.update(premier_usage_le=LE)
    assert lue() == (EtatSuivi.UTILISE, LE)
    CodeActivation.objects.update(etat=EtatCode.TERMINE, termine_le=LE, motif_fin="Perdue")
    (vue,) = suivi_des_codes(acteur(aline)).lignes
    assert (vue.etat, vue.depuis, vue.motif, vue.jours_restants, vue.code_id) == (EtatSuivi.TERMINE, LE, "Perdue", 0, None)
    LettreCode.objects.update(revenue_le=LE.date())
    assert lue() == (EtatSuivi.REVENUE, LE.date())
    CodeActivation.objects.update(etat=EtatCode.ACTIF)
    LettreCode.objects.update(revenue_le=None)
    (vue,) = suivi_des_codes(acteur(aline, ligne.expire_le)).lignes
    assert (vue.etat, vue.code_id, vue.valable_jusqu_au) == (EtatSuivi.EXPIRE, None, None)


def test_qui_attend_suit_sa_lettre_et_rien_de_plus(aline: Personne) -> None:
    bruno = personne("Bruno", "Marchetti")
    _, ligne = code_en_circulation()
    code_en_circulation(AUTRE_SIREN)
    assert suivi_des_codes(acteur(bruno)).lignes == []
    demande = _demande(bruno)
    (vue,) = suivi_des_codes(acteur(bruno)).lignes
    assert (vue.etat, vue.nom, vue.administre) == (EtatSuivi.DEMANDEE, "", False)
    DemandeLettre.objects.filter(id=demande.id).update(lettre=ligne.lettre)
    LettreCode.objects.update(postee_le=LE.date())
    CodeActivation.objects.update(premier_usage_le=LE, usages=1, motif_fin="secret")
    (vue,) = suivi_des_codes(acteur(bruno)).lignes
    assert (vue.etat, vue.nom, vue.code_id, vue.motif) == (EtatSuivi.POSTEE, "", None, "")
    assert vue.jours_restants > 0
    DemandeLettre.objects.update(lettre=None, ecartee_le=LE, motif_ecart="Appelez-nous")
    (vue,) = suivi_des_codes(acteur(bruno)).lignes
    assert (vue.etat, vue.motif) == (EtatSuivi.ECARTEE, "Appelez-nous")
    assert [li.etat for li in suivi_des_codes(acteur(aline)).lignes] == [EtatSuivi.UTILISE]


def test_qui_est_en_probation_suit_sans_pouvoir_arreter() -> None:
    organisation()
    chloe = personne("Chloé")
    rattacher(chloe, probation_jusqu_a=LE + timedelta(hours=1))
    code_en_circulation()
    (vue,) = suivi_des_codes(acteur(chloe)).lignes
    assert (vue.administre, vue.code_id) == (True, None)
    (vue,) = suivi_des_codes(acteur(chloe, LE + timedelta(hours=1))).lignes
    assert vue.code_id is not None


def test_qui_n_administre_pas_ne_suit_rien() -> None:
    organisation()
    eva = personne("Eva")
    rattacher(eva, droits=[sur_le_siren(Domaine.ACCES, Niveau.ENVOI)])
    code_en_circulation()
    assert suivi_des_codes(acteur(eva)).total == 0
