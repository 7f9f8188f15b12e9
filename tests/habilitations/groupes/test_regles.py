"""What is judged of a group without a database."""

from datetime import date, timedelta

import pytest

from jalon.habilitations.enums import Attente, Etendue, JeuDeDroits
from jalon.habilitations.profils import droits_du_profil
from jalon.habilitations.regles import (
    DemandeDroit,
    attente_d_un_octroi,
    droit_sur,
    etendue_du_lieu,
    verifier_droits,
)
from jalon.habilitations.regles_des_boites import couvre, dans_la_demande, reunir, tient_deja
from jalon.habilitations.regles_des_groupes import deviendrait_large, lire_nom, tient_tout, verifier_sirets
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.identifiants import nouvel_id
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    sur_le_siren,
    sur_un_siret,
)

pytestmark = pytest.mark.django_db


def test_un_lieu_se_dit_en_un_texte() -> None:
    ident = nouvel_id()
    assert [etendue_du_lieu(x) for x in ("", SIRET, str(ident))] == [Etendue.SIREN, Etendue.SIRET, Etendue.GROUPE]
    for lieu in ("", SIRET, str(ident)):
        droit = droit_sur(lieu, Domaine.PLAN, Niveau.LECTURE, date(2026, 12, 1), date(2026, 11, 25))
        assert (droit.lieu, droit.etendue) == (lieu, etendue_du_lieu(lieu))
        assert (droit.jusqu_au, droit.a_partir_du) == (date(2026, 12, 1), date(2026, 11, 25))
    assert droit_sur(str(ident), Domaine.PLAN, Niveau.LECTURE).groupe == ident
    assert {d.groupe for d in droits_du_profil(JeuDeDroits.LECTURE, [str(ident)])} == {ident}


def test_un_groupe_n_est_pas_toute_l_entreprise() -> None:
    un, autre = (droit_sur(str(nouvel_id()), Domaine.PLAN, Niveau.LECTURE) for _ in range(2))
    tout, place = sur_le_siren(Domaine.PLAN, Niveau.LECTURE), sur_un_siret(SIRET, Domaine.PLAN, Niveau.LECTURE)
    for tenu, voulu, oui in ((un, un, 1), (un, autre, 0), (un, tout, 0), (un, place, 0), (place, un, 0), (tout, un, 1)):
        assert couvre(tenu, voulu) == bool(oui)
        assert tient_deja([voulu], [tenu]) == bool(oui)
    for accorde, demande, oui in ((un, un, 1), (un, autre, 0), (tout, un, 0), (un, place, 0), (un, tout, 1)):
        assert dans_la_demande([accorde], [demande]) == bool(oui)
    assert reunir([un, tout], [autre]) == [un, tout, autre]


@pytest.mark.parametrize("domaine", list(Domaine))
def test_ce_qui_est_reserve_a_toute_l_entreprise_se_refuse_sur_un_groupe(domaine: Domaine) -> None:
    droit = droit_sur(str(nouvel_id()), domaine, Niveau.LECTURE)
    if domaine in {Domaine.RIB, Domaine.ACCES}:
        with pytest.raises(SaisieRefusee, match="pas sur un groupe d’établissements"):
            verifier_droits([droit], SIREN, Profil.ADHERENT, LE.date())
    else:
        assert verifier_droits([droit], SIREN, Profil.ADHERENT, LE.date()) == [droit]
    with pytest.raises(SaisieRefusee, match="prestataire"):
        verifier_droits([droit], SIREN, Profil.PRESTATAIRE, LE.date())


@pytest.mark.parametrize(
    "faux",
    [
        DemandeDroit(Etendue.GROUPE, "", Domaine.PLAN, Niveau.LECTURE),
        DemandeDroit(Etendue.GROUPE, SIRET, Domaine.PLAN, Niveau.LECTURE, groupe=nouvel_id()),
        DemandeDroit(Etendue.SIREN, "", Domaine.PLAN, Niveau.LECTURE, groupe=nouvel_id()),
    ],
)
def test_un_groupe_se_dit_sans_siret_et_seul(faux: DemandeDroit) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        verifier_droits([faux], SIREN, Profil.ADHERENT, LE.date())
    assert refus.value.champ == "droits"


def test_un_groupe_de_tous_les_etablissements_est_large_comme_l_entreprise() -> None:
    vise = nouvel_id()
    for domaine, niveau, entiers, attend in (
        (Domaine.FACTURES, Niveau.SAISIE, [vise], True),
        (Domaine.FACTURES, Niveau.LECTURE, [vise], False),
        (Domaine.PLAN, Niveau.GESTION, [vise], False),
        (Domaine.FACTURES, Niveau.GESTION, [], False),
        (Domaine.FACTURES, Niveau.GESTION, [nouvel_id()], False),
    ):
        attente, debut = attente_d_un_octroi(droit_sur(str(vise), domaine, niveau), 1, LE, entiers)
        assert (attente == Attente.SECONDE_VOIX) == attend
        assert debut == (LE + timedelta(hours=24) if attend else LE)


def test_les_fermes_ne_comptent_pas_pour_tenir_toute_l_entreprise() -> None:
    assert tient_tout(["1", "2"], ["1", "2"])
    assert tient_tout(["1", "2", "ferme"], ["1", "2"])
    assert not tient_tout(["1"], ["1", "2"])
    assert not tient_tout([], [])
    finance, plan = droit_sur("", Domaine.FACTURES, Niveau.SAISIE), droit_sur("", Domaine.PLAN, Niveau.GESTION)
    assert deviendrait_large([finance], ["1"], ["1", "2"], ["1", "2"])
    assert not deviendrait_large([plan], ["1"], ["1", "2"], ["1", "2"])
    assert not deviendrait_large([finance], ["1"], ["1", "2"], ["1", "2", "3"])
    assert not deviendrait_large([finance], ["1", "2"], ["1", "2", "ferme"], ["1", "2"])


@pytest.mark.parametrize(
    ("saisi", "phrase"),
    [
        ("", "Donnez un nom"),
        ("  ", "Donnez un nom"),
        ("x" * 81, "80 caractères"),
        ("«\u00a0!\u00a0»", "une lettre ou un chiffre"),
    ],
)
def test_un_nom_se_lit_ou_dit_ce_qui_manque(saisi: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        lire_nom(saisi)
    assert refus.value.champ == "nom"
    assert lire_nom("  Région   Sud ") == ("Région Sud", "region sud")
    assert len(lire_nom("Œ" * 80)[1]) == 80, "« œ » devient deux lettres"


def test_des_etablissements_se_verifient() -> None:
    assert verifier_sirets([SIRET_2, SIRET, SIRET], SIREN, {SIRET, SIRET_2}) == [SIRET, SIRET_2]
    for faux in ([SIRET_2], ["123"], [f"{AUTRE_SIREN}00010"]):
        with pytest.raises(SaisieRefusee, match="de cette entreprise"):
            verifier_sirets(faux, SIREN, {SIRET, "123", f"{AUTRE_SIREN}00010"})
