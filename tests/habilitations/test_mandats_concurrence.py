"""Giving, spreading, ending and leaving at once, with real commits: nothing outlives what gave it (exigences, R7, S8)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from jalon.habilitations.actions.affectations import confier_mandats, reprendre_mandats
from jalon.habilitations.actions.droits import retirer_rattachement
from jalon.habilitations.actions.mandats import donner_mandat, modifier_mandat, terminer_mandat
from jalon.habilitations.actions.mandats_en_attente import decider_mandat, installer_mandats
from jalon.habilitations.enums import CoteDuMandat
from jalon.habilitations.mandats import Niveaux
from jalon.habilitations.models import Affectation, Mandat, Rattachement
from jalon.habilitations.regles import dernier_jour
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.erreurs import DroitManquant, ErreurMetier, Introuvable, SaisieRefusee, TransitionImpossible
from tests.fils import ensemble, genres
from tests.habilitations.fabrique import (
    CABINET,
    DROITS_DU_MANDAT,
    LE,
    SIREN,
    acteur,
    confier,
    donner,
    organisation,
    personne,
    rattacher,
    sirens,
)
from tests.habilitations.vagues import deux_cents

pytestmark = pytest.mark.usefixtures("base_reelle")
FIN = dernier_jour(donner.__kwdefaults__["fin"])
ESSAIS = 40


def _cabinet() -> tuple[Any, Rattachement, Any]:
    organisation(CABINET, "ALPES COMPTA")
    paul, chloe = personne("Paul"), personne("Chloé")
    rattacher(paul, CABINET, Profil.PRESTATAIRE)
    return paul, rattacher(chloe, CABINET, Profil.PRESTATAIRE, []), chloe


def _confier(mandats: list[Mandat], lien: Rattachement, par: Any) -> Callable[[], object]:
    cles = [m.id for m in mandats]
    return lambda: confier_mandats(
        mandataire=CABINET, rattachement_id=lien.id, mandats=cles, niveaux=DROITS_DU_MANDAT, par=par, maintenant=LE
    )


def _terminer(mandat: Mandat, cote: CoteDuMandat, par: Any) -> Callable[[], object]:
    return lambda: terminer_mandat(mandat_id=mandat.id, cote=cote, motif="essai", par=par, maintenant=LE)


@deux_cents(40)
def test_confier_pendant_que_le_client_met_fin_ne_laisse_aucune_part() -> None:
    """Forty mandates, each spread and ended at once."""
    paul, lien, chloe = _cabinet()
    actes: list[Callable[[], object]] = []
    for siren in sirens(ESSAIS):
        aline = personne(f"A{siren}")
        rattacher(aline, siren)
        mandat = donner(siren)
        actes += [_confier([mandat], lien, acteur(paul)), _terminer(mandat, CoteDuMandat.CLIENT, acteur(aline))]
    resultats = ensemble(actes)
    assert genres(resultats[1::2]) == {"Mandat": ESSAIS}
    assert set(genres(resultats[::2])) <= {"int", Introuvable.__name__}
    assert not Affectation.objects.filter(revoquee_le__isnull=True).exists()
    assert acteur(chloe).clients(CABINET) == ()


@deux_cents(40)
def test_confier_pendant_qu_on_retire_la_collaboratrice_ne_lui_laisse_rien() -> None:
    paul, _, _ = _cabinet()
    mandats = [donner(siren) for siren in sirens(3)]
    gens = [personne(f"C{rang}") for rang in range(ESSAIS)]
    liens = [rattacher(qui, CABINET, Profil.PRESTATAIRE, []) for qui in gens]
    actes: list[Callable[[], object]] = []
    for lien in liens:
        actes += [_confier(mandats, lien, acteur(paul)), _retirer(lien, acteur(paul))]
    resultats = ensemble(actes)
    assert set(genres(resultats[::2])) <= {"int", Introuvable.__name__}
    assert not Affectation.objects.filter(revoquee_le__isnull=True).exists()
    assert all(acteur(qui).clients(CABINET) == () for qui in gens)


def _retirer(lien: Rattachement, par: Any) -> Callable[[], object]:
    return lambda: retirer_rattachement(rattachement_id=lien.id, motif="essai", par=par, maintenant=LE)


@deux_cents(20)
def test_donner_a_deux_le_meme_mandat_n_en_fait_qu_un() -> None:
    _cabinet()
    actes: list[Callable[[], object]] = []
    for siren in sirens(20):
        for nom in ("A", "B"):
            qui = personne(f"{nom}{siren}")
            rattacher(qui, siren)
            actes.append(_donner(siren, acteur(qui)))
    assert genres(ensemble(actes)) == {"Mandat": 20, SaisieRefusee.__name__: 20}
    assert Mandat.objects.tous("essai").count() == 20


def _donner(siren: str, par: Any) -> Callable[[], object]:
    return lambda: donner_mandat(
        siren=siren,
        profil=Profil.ADHERENT,
        mandataire_saisi=CABINET,
        niveaux={Domaine.PLAN: Niveau.LECTURE},
        fin=FIN,
        par=par,
        maintenant=LE,
    )


@deux_cents(20)
def test_les_deux_cotes_mettent_fin_ensemble_une_seule_fois_et_rien_ne_le_ranime() -> None:
    """Ended by both sides while its client renews it and its administrator takes it back: one end, for good."""
    paul, lien, _ = _cabinet()
    actes: list[Callable[[], object]] = []
    mandats = []
    for siren in sirens(20):
        aline = personne(f"A{siren}")
        rattacher(aline, siren)
        mandat = donner(siren)
        confier(mandat, lien)
        mandats.append(mandat)
        actes += [
            _terminer(mandat, CoteDuMandat.CLIENT, acteur(aline)),
            _terminer(mandat, CoteDuMandat.MANDATAIRE, acteur(paul)),
            _modifier(mandat, acteur(aline)),
            _reprendre(mandat, lien, acteur(paul)),
        ]
    resultats = ensemble(actes)
    for rang in range(20):
        fins = resultats[4 * rang : 4 * rang + 2]
        assert sum(isinstance(r, TransitionImpossible) for r in fins) == 1
    assert not Mandat.objects.tous("essai").filter(termine_le__isnull=True).exists()
    assert not Affectation.objects.filter(revoquee_le__isnull=True).exists()


def _modifier(mandat: Mandat, par: Any) -> Callable[[], object]:
    return lambda: modifier_mandat(mandat_id=mandat.id, niveaux={Domaine.PLAN: Niveau.LECTURE}, fin=FIN, par=par, maintenant=LE)


def _reprendre(mandat: Mandat, lien: Rattachement, par: Any) -> Callable[[], object]:
    return lambda: reprendre_mandats(mandataire=CABINET, rattachement_id=lien.id, mandats=[mandat.id], par=par, maintenant=LE)


@deux_cents(20)
def test_un_administrateur_qu_on_retire_ne_donne_plus_de_mandat_ensuite() -> None:
    """Given before or refused after; never given by who is no administrator any more."""
    _cabinet()
    actes: list[Callable[[], object]] = []
    for siren in sirens(20):
        aline, louise = personne(f"A{siren}"), personne(f"L{siren}")
        rattacher(aline, siren)
        lien = rattacher(louise, siren)
        actes += [_donner(siren, acteur(louise)), _retirer(lien, acteur(aline))]
    resultats = ensemble(actes)
    assert set(genres(resultats[::2])) <= {"Mandat", DroitManquant.__name__}
    assert genres(resultats[1::2]) == {"Rattachement": 20}
    assert not any(isinstance(r, ErreurMetier) and not isinstance(r, DroitManquant) for r in resultats)


def _donner_a(siren: str, mandataire: str, par: Any, niveaux: Niveaux) -> Callable[[], object]:
    return lambda: donner_mandat(
        siren=siren, profil=Profil.ADHERENT, mandataire_saisi=mandataire, niveaux=niveaux, fin=FIN, par=par, maintenant=LE
    )


def test_une_rafale_de_mandats_ensemble_n_en_laisse_passer_que_trois() -> None:
    """Twelve at once for three companies of one administrator: the counter is hers, whatever the company (exigences, T12)."""
    aline = personne("Aline")
    clients = sirens(3)
    for siren in clients:
        rattacher(aline, siren)
    tiers = sirens(7)[3:]
    actes = [
        _donner_a(siren, mandataire, acteur(aline), {Domaine.PLAN: Niveau.LECTURE}) for siren in clients for mandataire in tiers
    ]
    assert genres(ensemble(actes)) == {"Mandat": 12}
    retenus = Mandat.objects.tous("essai").values_list("retenu", "attente")
    assert sorted(retenus) == [(False, "")] * 3 + [(True, "verification")] * 9


@deux_cents(8)
def test_confirmer_et_refuser_un_mandat_ensemble() -> None:
    organisation()
    aline, voix = personne("Aline"), [personne("Louise"), personne("Zoé"), personne("Inès"), personne("Nora")]
    for qui in (aline, *voix):
        rattacher(qui)
    for mandataire in sirens(8):
        mandat: Any = _donner_a(SIREN, mandataire, acteur(aline), {Domaine.FACTURES: Niveau.SAISIE})()
        actes = [
            partial(decider_mandat, mandat_id=mandat.id, accorder=rang % 2 == 0, motif="x", par=acteur(qui), maintenant=LE)
            for rang, qui in enumerate(voix)
        ]
        assert genres(ensemble(actes)) == {"Mandat": 1, "TransitionImpossible": 3}
        mandat.refresh_from_db(from_queryset=Mandat.objects.tous("essai"))
        assert (mandat.termine_le is None) == (mandat.debut == LE)


def test_installer_pendant_qu_on_confie_et_qu_on_refuse() -> None:
    """The hour has come: a refusal comes too late, a gift takes what now counts, and the widening is written once."""
    paul, lien, _ = _cabinet()
    organisation()
    aline, louise = personne("Aline"), personne("Louise")
    for qui in (aline, louise):
        rattacher(qui)
    mandat = donner(niveaux={Domaine.PLAN: Niveau.LECTURE}, debut=LE)
    modifier_mandat(mandat_id=mandat.id, niveaux=DROITS_DU_MANDAT, fin=FIN, par=acteur(aline), maintenant=LE)
    plus_tard = LE + timedelta(hours=24)
    actes: list[Callable[[], object]] = [
        *[lambda: installer_mandats(maintenant=plus_tard) for _ in range(3)],
        partial(decider_mandat, mandat_id=mandat.id, accorder=False, motif="x", par=acteur(louise, plus_tard), maintenant=plus_tard),
        partial(
            confier_mandats, mandataire=CABINET, rattachement_id=lien.id, mandats=[mandat.id], niveaux=DROITS_DU_MANDAT,
            par=acteur(paul, plus_tard), maintenant=plus_tard,
        ),
    ]  # fmt: skip
    resultats = ensemble(actes)
    assert genres(resultats) == {"int": 4, "TransitionImpossible": 1}
    relu = Mandat.objects.tous("essai").get(id=mandat.id)
    assert (relu.droits, relu.attendu_droits) == ("plan 3,factures 2", "")
    assert Affectation.objects.get(mandat=mandat).droits == "plan 3,factures 2"
