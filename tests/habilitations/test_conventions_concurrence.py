"""Conventions declared, declared again and refused at once, with real commits: never twice, never against the client's will."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from jalon.habilitations.actions import conventions
from jalon.habilitations.actions.conventions import declarer_convention, refuser_convention
from jalon.habilitations.enums import CoteDuMandat
from jalon.habilitations.models import Affectation, Mandat
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Profil
from jalon.socle.dates import fin_du_jour
from jalon.socle.erreurs import SaisieRefusee
from tests.facturation.outils import document_leger
from tests.fils import ensemble, genres
from tests.habilitations.fabrique import CABINET, LE, acteur, organisation, personne, rattacher, sirens
from tests.habilitations.vagues import deux_cents

ESSAIS = 20
JOUR = LE.date()


@pytest.fixture(autouse=True)
def _sans_inspection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conventions, "deposer_document", document_leger)


def _cfa(combien: int = 2) -> list[Any]:
    organisation(CABINET, "CFA DES ALPES")
    gens = [personne(f"Driss{rang}") for rang in range(combien)]
    for qui in gens:
        rattacher(qui, CABINET, Profil.PRESTATAIRE)
    return [acteur(qui) for qui in gens]


def _declarer(siren: str, par: Any, reference: str = "CONV", **autres: Any) -> Callable[[], object]:
    choix = {"debut": JOUR, "fin": date(2027, 6, 30), "maintenant": LE, **autres}
    return lambda: declarer_convention(
        mandataire=CABINET, client_saisi=siren, reference=reference, signee_le=JOUR, nom="convention.pdf",
        contenu=io.BytesIO(b"%PDF"), par=par, **choix,
    )  # fmt: skip


@deux_cents(40)
def test_la_meme_declaree_a_deux_ne_l_est_qu_une_fois() -> None:
    gens = _cfa()
    resultats = ensemble([_declarer(siren, par) for siren in sirens(ESSAIS) for par in gens])
    assert genres(resultats) == {"Mandat": ESSAIS, SaisieRefusee.__name__: ESSAIS}
    assert Mandat.objects.tous("essai").count() == Affectation.objects.count() == ESSAIS


@deux_cents(40)
def test_declarer_de_nouveau_pendant_que_l_entreprise_refuse_ne_passe_jamais() -> None:
    """The day when the mandate ends: declared again a second before midnight it is refused, and so it is after the refusal."""
    (driss,) = _cfa(1)
    actes: list[Callable[[], object]] = []
    for siren in sirens(ESSAIS):
        aline = personne(f"A{siren}")
        rattacher(aline, siren)
        mandat = _declarer(siren, driss)()
        assert isinstance(mandat, Mandat)
        actes += [_declarer(siren, driss), _refuser(mandat, acteur(aline))]
    resultats = ensemble(actes)
    assert genres(resultats[1::2]) == {"Mandat": ESSAIS}
    assert genres(resultats[::2]) == {SaisieRefusee.__name__: ESSAIS}
    assert not Affectation.objects.filter(revoquee_le__isnull=True).exists()
    assert set(Mandat.objects.tous("essai").values_list("termine_cote", flat=True)) == {CoteDuMandat.CLIENT.value}


def _refuser(mandat: Mandat, par: Any) -> Callable[[], object]:
    return lambda: refuser_convention(mandat_id=mandat.id, par=par, maintenant=LE)


@deux_cents(40)
def test_la_declaration_de_trop_ne_previent_qu_une_fois(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conventions, "DECLARATIONS_PAR_JOUR", 5)
    (driss,) = _cfa(1)
    resultats = ensemble([_declarer(siren, driss) for siren in sirens(40)])
    assert genres(resultats) == {"Mandat": 40}
    assert Evenement.objects.tous("essai").filter(code="acces.conventions_en_nombre").count() == 1


@deux_cents(20)
def test_declaree_a_deux_le_lendemain_de_sa_fin_elle_ne_revit_qu_une_fois() -> None:
    gens = _cfa()
    clients = sirens(10)
    for siren in clients:
        _declarer(siren, gens[0], fin=JOUR)()
    apres = {"maintenant": fin_du_jour(JOUR), "debut": JOUR + timedelta(days=1)}
    resultats = ensemble([_declarer(siren, par, **apres) for siren in clients for par in gens])
    assert genres(resultats) == {"Mandat": 10, SaisieRefusee.__name__: 10}
    assert Mandat.objects.tous("essai").filter(termine_le__isnull=True).count() == 10
