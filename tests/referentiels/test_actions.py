"""What the OPCO writes: success, every refusal, and two people at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jalon.journal.requetes import chronologie
from jalon.referentiels.actions import (
    accorder_exception_depot,
    ajouter_ligne_bareme,
    modifier_ligne_bareme,
    modifier_plafond_annuel,
    regler_dispositif,
    retirer_ligne_bareme,
    rouvrir_guichet,
    suspendre_guichet,
    terminer_exception_depot,
)
from jalon.referentiels.models import GuichetSuspendu, LigneBareme, PlafondAnnuel, ReglageDispositif
from jalon.referentiels.requetes import (
    decrire_reference,
    exceptions_de_depot,
    exceptions_en_cours,
    guichets_suspendus,
    idcc,
    jeu_de_regles,
    lignes_en_vigueur,
    plafonds_en_vigueur,
    revisions_de_ligne,
)
from jalon.socle.baremes import Gravite
from jalon.socle.erreurs import (
    ConflitDeVersion,
    DroitManquant,
    ErreurMetier,
    Introuvable,
    SaisieRefusee,
    SaisiesRefusees,
    TransitionImpossible,
)
from jalon.socle.identifiants import nouvel_id
from jalon.socle.reglages import DecisionAutomatique
from tests.acteurs import FauxActeur

AF = "action_formation"
MAINTENANT = datetime(2026, 11, 23, 9, tzinfo=UTC)
AUJOURD_HUI = date(2026, 11, 23)
DEMAIN = date(2026, 11, 24)
HIER = date(2026, 11, 22)

pytestmark = pytest.mark.usefixtures("referentiels")


def ligne(code: str = "hcr-presentiel") -> LigneBareme:
    return LigneBareme.objects.get(code=code, revision=1)


def modifier(par: FauxActeur, **changements: Any) -> LigneBareme:
    base = {
        "ligne_id": ligne().id,
        "valeurs": {"taux_horaire": Decimal("22.00")},
        "a_partir_du": DEMAIN,
        "motif": "CA du 20/11/2026",
    }
    return modifier_ligne_bareme(par=par, maintenant=MAINTENANT, **{**base, **changements})


# ----------------------------------------------------------------- barème


def test_une_ligne_modifiee_garde_l_ancienne_pour_les_jours_d_avant(karim: FauxActeur) -> None:
    nouvelle = modifier(karim, source_url="https://exemple.fr/ca")
    assert (nouvelle.revision, nouvelle.origine, nouvelle.idcc) == (2, "opco", "1979")
    assert nouvelle.forfait_nuit == Decimal("120.00")
    taux = {
        jour: next(x.taux_horaire for x in lignes_en_vigueur(AF, jour) if x.code == "hcr-presentiel")
        for jour in (AUJOURD_HUI, DEMAIN)
    }
    assert taux == {AUJOURD_HUI: Decimal("25.00"), DEMAIN: Decimal("22.00")}
    assert [r.revision for r in revisions_de_ligne("hcr-presentiel")] == [2, 1]
    (evenement,) = chronologie(nouvelle)
    assert evenement.phrase == "Ligne de barème hcr-presentiel modifiée par Karim Essai à compter du 24/11/2026"
    assert evenement.details["taux_horaire"] == {"avant": "25.00", "apres": "22.00"}
    assert evenement.details["motif"] == "CA du 20/11/2026"


def test_une_modification_temporaire_rend_ensuite_l_ancienne_regle(karim: FauxActeur) -> None:
    modifier(karim, jusqu_au=date(2026, 12, 31))
    assert {x.code: x.revision for x in lignes_en_vigueur(AF, date(2026, 12, 31))}["hcr-presentiel"] == 2
    assert {x.code: x.revision for x in lignes_en_vigueur(AF, date(2027, 1, 1))}["hcr-presentiel"] == 1


def test_une_ligne_retiree_laisse_la_place_a_la_regle_generale(karim: FauxActeur) -> None:
    retirer_ligne_bareme(ligne_id=ligne().id, a_partir_du=DEMAIN, motif="Fin", par=karim, maintenant=MAINTENANT)
    assert "hcr-presentiel" in {x.code for x in lignes_en_vigueur(AF, AUJOURD_HUI)}
    assert "hcr-presentiel" not in {x.code for x in lignes_en_vigueur(AF, DEMAIN)}


@pytest.mark.parametrize(
    ("changements", "erreur", "champ"),
    [
        ({"ligne_id": nouvel_id()}, Introuvable, None),
        ({"a_partir_du": HIER}, SaisieRefusee, "a_partir_du"),
        ({"jusqu_au": AUJOURD_HUI}, SaisieRefusee, "jusqu_au"),
        ({"motif": " "}, SaisieRefusee, "motif"),
        ({"valeurs": {"taux_horaire": Decimal("-0.01")}}, SaisiesRefusees, "taux_horaire"),
        ({"valeurs": {"intra_min": -1}}, SaisiesRefusees, "intra_min"),
        ({"valeurs": {"code": "autre"}}, SaisiesRefusees, "code"),
        ({"valeurs": {"idcc": "3043"}}, SaisiesRefusees, "idcc"),
    ],
)
def test_une_modification_impossible_est_refusee(
    karim: FauxActeur, changements: dict[str, Any], erreur: type[ErreurMetier], champ: str | None
) -> None:
    with pytest.raises(erreur) as refus:
        modifier(karim, **changements)
    if isinstance(refus.value, SaisiesRefusees):
        assert champ in refus.value.champs
    else:
        assert refus.value.champ == champ
    assert not LigneBareme.objects.filter(revision=2).exists()


def test_une_ligne_modifiee_entre_temps_est_un_conflit(karim: FauxActeur) -> None:
    ouverte = ligne()
    modifier(karim)
    with pytest.raises(ConflitDeVersion) as conflit:
        modifier(karim, ligne_id=ouverte.id, valeurs={"taux_horaire": Decimal("30.00")})
    assert conflit.value.en_base == {"taux_horaire": Decimal("22.00")}
    assert conflit.value.saisi == {"taux_horaire": Decimal("30.00")}


def test_une_ligne_s_ajoute_pour_une_branche_qui_n_en_a_pas(karim: FauxActeur) -> None:
    ajoutee = ajouter_ligne_bareme(
        version="akto-2026", criteres={"idcc": "3219", "modalite": "distance"}, valeurs={"taux_horaire": Decimal(18)},
        a_partir_du=DEMAIN, motif="CA", par=karim, maintenant=MAINTENANT,
    )  # fmt: skip
    assert ajoutee in lignes_en_vigueur(AF, DEMAIN)
    assert ajoutee not in lignes_en_vigueur(AF, AUJOURD_HUI)
    assert chronologie(ajoutee)[0].code == "bareme.ajoute"


@pytest.mark.parametrize(
    ("changements", "erreur"),
    [
        ({"version": "inconnue"}, Introuvable),
        ({"criteres": {"idcc": "0001"}}, SaisieRefusee),
        ({"criteres": {"dispositif": "x"}}, SaisiesRefusees),
        ({"valeurs": {"taux_horaire": Decimal(-1)}}, SaisiesRefusees),
        ({"a_partir_du": HIER}, SaisieRefusee),
        ({"motif": ""}, SaisieRefusee),
    ],
)
def test_un_ajout_impossible_est_refuse(karim: FauxActeur, changements: dict[str, Any], erreur: type[ErreurMetier]) -> None:
    base: dict[str, Any] = {
        "version": "akto-2026",
        "criteres": {"idcc": "3219"},
        "valeurs": {},
        "a_partir_du": DEMAIN,
        "motif": "CA",
        **changements,
    }
    with pytest.raises(erreur):
        ajouter_ligne_bareme(**base, par=karim, maintenant=MAINTENANT)


def test_un_plafond_annuel_se_modifie(karim: FauxActeur) -> None:
    plafond = PlafondAnnuel.objects.get(code="hcr-11-25")
    nouveau = modifier_plafond_annuel(
        plafond_id=plafond.id, montant=Decimal(3500), a_partir_du=date(2027, 1, 1), motif="CA", par=karim, maintenant=MAINTENANT
    )
    en_vigueur = {p.code: p.montant for p in plafonds_en_vigueur(AF, date(2027, 1, 1))}
    assert en_vigueur["hcr-11-25"] == nouveau.montant == Decimal(3500)
    with pytest.raises(SaisiesRefusees):
        modifier_plafond_annuel(
            plafond_id=nouveau.id, montant=Decimal(-1), a_partir_du=DEMAIN, motif="CA", par=karim, maintenant=MAINTENANT
        )


# ---------------------------------------------------------------- guichets


def suspendre(par: FauxActeur, **changements: Any) -> GuichetSuspendu:
    base = {"dispositif": AF, "idcc": "1979", "du": DEMAIN, "au": date(2026, 12, 31), "message": "Fonds épuisés."}
    return suspendre_guichet(par=par, maintenant=MAINTENANT, **{**base, **changements})


def test_un_guichet_se_suspend_puis_se_rouvre(karim: FauxActeur) -> None:
    guichet = suspendre(karim)
    assert jeu_de_regles(AF).guichet_ferme("1979", "legal", DEMAIN) is not None
    assert jeu_de_regles(AF).guichet_ferme("1979", "legal", AUJOURD_HUI) is None
    assert guichet in guichets_suspendus(AF, AUJOURD_HUI)
    rouvrir_guichet(guichet_id=guichet.id, le=date(2026, 12, 10), par=karim, maintenant=MAINTENANT)
    assert jeu_de_regles(AF).guichet_ferme("1979", "legal", date(2026, 12, 9)) is not None
    assert jeu_de_regles(AF).guichet_ferme("1979", "legal", date(2026, 12, 10)) is None
    assert guichet not in guichets_suspendus(AF, AUJOURD_HUI)
    assert [e.code for e in chronologie(guichet)] == ["guichet.rouvert", "guichet.suspendu"]


@pytest.mark.parametrize(
    ("changements", "champ"),
    [
        ({"du": HIER}, "du"),
        ({"au": AUJOURD_HUI}, "au"),
        ({"idcc": "0001"}, "idcc"),
        ({"fonds": "europeen"}, "fonds"),
        ({"message": " "}, "message"),
    ],
)
def test_une_suspension_mal_dite_est_refusee(karim: FauxActeur, changements: dict[str, Any], champ: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        suspendre(karim, **changements)
    assert refus.value.champ == champ


@pytest.mark.parametrize(
    ("du", "au", "permis"),
    [
        (date(2026, 12, 31), None, False),
        (date(2027, 1, 1), None, True),
        (AUJOURD_HUI, AUJOURD_HUI, True),
        (AUJOURD_HUI, DEMAIN, False),
    ],
)
def test_deux_suspensions_ne_se_chevauchent_pas(karim: FauxActeur, du: date, au: date | None, permis: bool) -> None:
    suspendre(karim)
    if permis:
        suspendre(karim, du=du, au=au)
        return
    with pytest.raises(TransitionImpossible, match=r"déjà suspendu du 24/11/2026 au 31/12/2026"):
        suspendre(karim, du=du, au=au)


def test_un_guichet_ne_rouvre_qu_une_fois_et_pas_dans_le_passe(karim: FauxActeur) -> None:
    guichet = suspendre(karim)
    with pytest.raises(SaisieRefusee):
        rouvrir_guichet(guichet_id=guichet.id, le=HIER, par=karim, maintenant=MAINTENANT)
    with pytest.raises(TransitionImpossible):
        rouvrir_guichet(guichet_id=guichet.id, le=date(2027, 1, 1), par=karim, maintenant=MAINTENANT)
    with pytest.raises(Introuvable):
        rouvrir_guichet(guichet_id=nouvel_id(), le=DEMAIN, par=karim, maintenant=MAINTENANT)
    rouvrir_guichet(guichet_id=guichet.id, le=DEMAIN, par=karim, maintenant=MAINTENANT)
    with pytest.raises(TransitionImpossible):
        rouvrir_guichet(guichet_id=guichet.id, le=DEMAIN, par=karim, maintenant=MAINTENANT)


# ---------------------------------------------------------------- réglages


def regler(par: FauxActeur, **changements: Any) -> ReglageDispositif:
    base = {
        "dispositif": AF,
        "limite_stagiaires": 30,
        "delai_depot_jours": 30,
        "gravite_delai": Gravite.BLOQUE,
        "decision_automatique": DecisionAutomatique.AUCUNE,
        "motif": "Réglage de la démonstration",
    }
    return regler_dispositif(par=par, maintenant=MAINTENANT, **{**base, **changements})


def test_un_dispositif_se_regle_a_partir_d_un_jour(karim: FauxActeur) -> None:
    regler(karim, a_partir_du=DEMAIN)
    regles = jeu_de_regles(AF)
    hier, demain = regles.reglage(AUJOURD_HUI), regles.reglage(DEMAIN)
    assert hier is not None
    assert (hier.limite_stagiaires, hier.gravite_delai) == (None, Gravite.AVERTIT)
    assert demain is not None
    assert (demain.limite_stagiaires, demain.gravite_delai) == (30, Gravite.BLOQUE)
    assert [regles.decision_automatique(le) for le in (AUJOURD_HUI, DEMAIN)] == ["proposee", "aucune"]
    regler(karim, limite_stagiaires=None)
    encore = jeu_de_regles(AF).reglage(AUJOURD_HUI)
    assert encore is not None
    assert encore.limite_stagiaires is None
    assert encore.revision == 3


@pytest.mark.parametrize(
    ("changements", "erreur"),
    [
        ({"dispositif": "inconnu"}, Introuvable),
        ({"limite_stagiaires": 0}, SaisieRefusee),
        ({"delai_depot_jours": -1}, SaisieRefusee),
        ({"delai_depot_jours": 366}, SaisieRefusee),
        ({"a_partir_du": HIER}, SaisieRefusee),
        ({"motif": ""}, SaisieRefusee),
    ],
)
def test_un_reglage_impossible_est_refuse(karim: FauxActeur, changements: dict[str, Any], erreur: type[ErreurMetier]) -> None:
    with pytest.raises(erreur):
        regler(karim, **changements)
    assert ReglageDispositif.objects.filter(dispositif=AF).count() == 1


def test_une_exception_au_delai_est_datee(karim: FauxActeur) -> None:
    fenetre = {"dispositif": AF, "debut_du": AUJOURD_HUI, "debut_au": DEMAIN, "motif": "Panne"}
    accorder_exception_depot(**fenetre, depot_au=DEMAIN, par=karim, maintenant=MAINTENANT)  # type: ignore[arg-type]
    assert jeu_de_regles(AF).exception(DEMAIN, DEMAIN) is not None
    for mal in ({"debut_au": HIER}, {"depot_au": HIER}, {"motif": " "}):
        with pytest.raises(SaisieRefusee):
            accorder_exception_depot(**{**fenetre, "depot_au": DEMAIN, **mal}, par=karim, maintenant=MAINTENANT)  # type: ignore[arg-type]


def test_une_exception_s_arrete_le_soir_meme(karim: FauxActeur) -> None:
    fenetre = {"dispositif": AF, "debut_du": HIER, "debut_au": DEMAIN, "depot_au": DEMAIN, "motif": "Panne"}
    exception = accorder_exception_depot(par=karim, maintenant=MAINTENANT, **fenetre)  # type: ignore[arg-type]
    autre = accorder_exception_depot(par=karim, maintenant=MAINTENANT, **{**fenetre, "dispositif": "apprentissage"})  # type: ignore[arg-type]
    terminer_exception_depot(exception_id=exception.id, par=karim, maintenant=MAINTENANT)
    regles = jeu_de_regles(AF)
    assert [regles.exception(HIER, le) is not None for le in (AUJOURD_HUI, DEMAIN)] == [True, False]
    assert regles.limite_exceptionnelle(HIER) == AUJOURD_HUI
    assert regles.limite_exceptionnelle(DEMAIN + timedelta(days=1)) is None
    assert exceptions_de_depot({AF, "apprentissage"})["apprentissage"].limite_exceptionnelle(HIER) == DEMAIN
    assert exceptions_en_cours(DEMAIN) == [autre]
    with pytest.raises(TransitionImpossible):
        terminer_exception_depot(exception_id=exception.id, par=karim, maintenant=MAINTENANT)
    with pytest.raises(Introuvable):
        terminer_exception_depot(exception_id=nouvel_id(), par=karim, maintenant=MAINTENANT)


# ------------------------------------------------------------------ droits


def test_seul_qui_regle_les_baremes_les_ecrit(emma: FauxActeur) -> None:
    plafond = PlafondAnnuel.objects.get(code="hcr-11-25")
    essais: list[Callable[[], object]] = [
        lambda: modifier(emma),
        lambda: retirer_ligne_bareme(ligne_id=ligne().id, a_partir_du=DEMAIN, motif="x", par=emma, maintenant=MAINTENANT),
        lambda: ajouter_ligne_bareme(
            version="akto-2026", criteres={}, valeurs={}, a_partir_du=DEMAIN, motif="x", par=emma, maintenant=MAINTENANT
        ),
        lambda: modifier_plafond_annuel(
            plafond_id=plafond.id, montant=Decimal(1), a_partir_du=DEMAIN, motif="x", par=emma, maintenant=MAINTENANT
        ),
        lambda: suspendre(emma),
        lambda: rouvrir_guichet(guichet_id=GuichetSuspendu.objects.all()[0].id, le=DEMAIN, par=emma, maintenant=MAINTENANT),
        lambda: regler(emma),
        lambda: accorder_exception_depot(
            dispositif=AF, debut_du=DEMAIN, debut_au=DEMAIN, depot_au=DEMAIN, motif="x", par=emma, maintenant=MAINTENANT
        ),
        lambda: terminer_exception_depot(exception_id=nouvel_id(), par=emma, maintenant=MAINTENANT),
    ]
    for essai in essais:
        with pytest.raises(DroitManquant):
            essai()


# ------------------------------------------------------------------- lectures


def test_une_convention_se_lit_par_son_code() -> None:
    hcr = idcc("1979")
    assert hcr is not None
    assert "cafés" in hcr.libelle
    assert idcc("0001") is None


def test_le_jeu_d_une_branche_ne_porte_que_ses_regles() -> None:
    jeu = jeu_de_regles(AF, "1979")
    assert {x.idcc for x in jeu.lignes} == {"*", "1979"}
    assert jeu_de_regles("inconnu").lignes == ()


@pytest.mark.parametrize(
    ("reference", "lue"),
    [
        ("akto-2026:hcr-presentiel@1", "Règles de prise en charge AKTO 2026, règle hcr-presentiel"),
        ("akto-2026:hcr-presentiel@2", "Règles de prise en charge AKTO 2026, règle hcr-presentiel, révision 2"),
        (
            "akto-2026:a@1 + akto-2026:b@3",
            "Règles de prise en charge AKTO 2026, règle a et Règles de prise en charge AKTO 2026, règle b, révision 3",
        ),
        ("disparue:a@1", "disparue, règle a"),
        ("cfa-2025@1 + repas@2", "règle cfa-2025 et règle repas, révision 2"),
        ("", ""),
    ],
)
def test_une_reference_se_lit_en_francais(reference: str, lue: str) -> None:
    assert decrire_reference(reference) == lue
