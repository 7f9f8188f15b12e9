"""What a group opens at each request, and what is refused."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.comptes.models import Personne
from jalon.habilitations.models import GroupeEtablissements, Rattachement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Portee
from tests.habilitations.fabrique import (
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    groupe,
    personne,
    rattacher,
    sur_le_siren,
    sur_un_groupe,
    sur_un_siret,
)
from tests.habilitations.groupes.outils import FACTURER, SAISIR, SIRET_3, ajouter, perimetre_de, retirer

pytestmark = pytest.mark.django_db


def test_un_droit_sur_un_groupe_ouvre_ses_etablissements_et_eux_seuls(bruno: Rattachement) -> None:
    lu = perimetre_de(bruno)
    assert (lu.sirens, lu.sirets) == (frozenset(), {SIRET})
    assert bruno.personne is not None
    qui = acteur(bruno.personne)
    assert qui.peut(SAISIR, Portee(SIREN, SIRET, domaine=Domaine.PLAN))
    assert not qui.peut(SAISIR, Portee(SIREN, SIRET_2, domaine=Domaine.PLAN))
    assert not qui.peut(SAISIR, Portee(SIREN, domaine=Domaine.PLAN))
    assert not perimetre_de(bruno, Droit(Domaine.ALTERNANCE, Niveau.LECTURE))


def test_ce_qui_entre_s_ouvre_aussitot_et_ce_qui_sort_se_ferme_aussitot(
    aline: Personne, sud: GroupeEtablissements, bruno: Rattachement
) -> None:
    ajouter(aline, sud, SIRET_2)
    assert perimetre_de(bruno).sirets == {SIRET, SIRET_2}
    retirer(aline, sud, SIRET)
    assert perimetre_de(bruno).sirets == {SIRET_2}
    retirer(aline, sud, SIRET_2)
    assert not perimetre_de(bruno), "un groupe vide n’ouvre rien"


def test_un_groupe_mis_de_cote_n_ouvre_plus_rien(sud: GroupeEtablissements, bruno: Rattachement) -> None:
    GroupeEtablissements.objects.tous("essai").filter(id=sud.id).update(supprime_le=LE)
    assert not perimetre_de(bruno)


def test_un_droit_sur_un_groupe_s_ajoute_aux_autres(sud: GroupeEtablissements) -> None:
    lien = rattacher(
        personne("Chloé", "Bertin"),
        droits=[sur_un_groupe(sud, Domaine.PLAN), sur_un_siret(SIRET_2, Domaine.PLAN), sur_le_siren(Domaine.FACTURES)],
    )
    assert perimetre_de(lien).sirets == {SIRET, SIRET_2}
    assert not perimetre_de(lien).sirens
    assert perimetre_de(lien, FACTURER).sirens == {SIREN}


def test_deux_groupes_ont_chacun_leurs_etablissements(sud: GroupeEtablissements) -> None:
    nord = groupe("Nord", [SIRET_3])
    lien = rattacher(
        personne("Chloé", "Bertin"),
        droits=[sur_un_groupe(sud, Domaine.PLAN), sur_un_groupe(nord, Domaine.FACTURES, Niveau.ENVOI)],
    )
    assert (perimetre_de(lien).sirets, perimetre_de(lien, FACTURER).sirets) == ({SIRET}, {SIRET_3})


def test_les_exports_d_un_groupe_se_ferment_en_probation(sud: GroupeEtablissements) -> None:
    lien = rattacher(
        personne("Noé", "Vidal"), droits=[sur_un_groupe(sud, Domaine.EXPORTS, Niveau.LECTURE), sur_un_groupe(sud, Domaine.PLAN)],
        probation_jusqu_a=LE + timedelta(hours=1),
    )  # fmt: skip
    assert not perimetre_de(lien, Droit(Domaine.EXPORTS, Niveau.LECTURE))
    assert perimetre_de(lien).sirets == {SIRET}


def test_qui_n_a_pas_de_groupe_lit_ses_droits_en_une_requete(aline: Personne, bruno: Rattachement) -> None:
    assert bruno.personne is not None
    for qui, nombre in ((aline, 1), (bruno.personne, 2)):
        lu = acteur(qui)
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            assert lu.rattachements
        assert len(requetes) == nombre
