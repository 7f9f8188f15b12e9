"""Loading the packaged data: complete, repeatable, respectful of what the OPCO wrote."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from jalon.referentiels import paquet
from jalon.referentiels.actions import BilanChargement, charger_referentiels, modifier_ligne_bareme, rouvrir_guichet
from jalon.referentiels.models import GuichetSuspendu, Idcc, LigneBareme, PlafondAnnuel
from jalon.referentiels.requetes import jeu_de_regles
from jalon.socle.baremes import LigneBareme as FicheLigne
from tests.acteurs import FauxActeur

MAINTENANT = datetime(2026, 11, 23, 9, tzinfo=UTC)
TOTAL = sum(
    len(regles)
    for jeu in [paquet.jeu_de_regles("action_formation")]
    for regles in (jeu.lignes, jeu.plafonds, jeu.guichets, jeu.modes, jeu.reglages)
) + sum(len(paquet.jeu_de_regles(d).reglages) for d in ("apprentissage", "professionnalisation", "reconversion"))


def changer_paquet(monkeypatch: pytest.MonkeyPatch, code: str, **valeurs: Any) -> None:
    """As a new version of the software would, with another value in one line."""
    lire = paquet.lire_fiches

    def lire_autrement(fichier: str, classe: type[Any]) -> Any:
        for fiche in lire(fichier, classe):
            yield replace(fiche, **valeurs) if isinstance(fiche, FicheLigne) and fiche.code == code else fiche

    monkeypatch.setattr(paquet, "lire_fiches", lire_autrement)


@pytest.mark.usefixtures("referentiels")
def test_la_base_donne_les_memes_regles_que_le_paquet() -> None:
    en_base, du_paquet = jeu_de_regles("action_formation"), paquet.jeu_de_regles("action_formation")
    for nom in ("lignes", "plafonds", "guichets", "modes", "reglages"):
        assert sorted(getattr(en_base, nom), key=lambda r: r.code) == sorted(getattr(du_paquet, nom), key=lambda r: r.code)
    assert Idcc.objects.count() == len(paquet.conventions())


@pytest.mark.django_db
def test_un_second_chargement_ne_change_rien() -> None:
    LigneBareme.objects.all().delete()
    PlafondAnnuel.objects.all().delete()
    charger_referentiels()
    avant = set(LigneBareme.objects.values_list("id", flat=True))
    assert charger_referentiels() == BilanChargement(inchangees=TOTAL)
    assert set(LigneBareme.objects.values_list("id", flat=True)) == avant


@pytest.mark.usefixtures("referentiels")
def test_une_regle_corrigee_dans_le_paquet_devient_une_revision(monkeypatch: pytest.MonkeyPatch) -> None:
    changer_paquet(monkeypatch, "hcr-presentiel", taux_horaire=Decimal("26.00"))
    assert charger_referentiels() == BilanChargement(corrigees=1, inchangees=TOTAL - 1)
    revisions = LigneBareme.objects.filter(code="hcr-presentiel").order_by("revision")
    assert [(r.revision, r.taux_horaire, r.origine) for r in revisions] == [
        (1, Decimal("25.00"), "paquet"),
        (2, Decimal("26.00"), "paquet"),
    ]
    assert charger_referentiels() == BilanChargement(inchangees=TOTAL)


@pytest.mark.usefixtures("referentiels")
def test_une_regle_de_l_opco_n_est_jamais_ecrasee(monkeypatch: pytest.MonkeyPatch, karim: FauxActeur) -> None:
    ligne = LigneBareme.objects.get(code="hcr-presentiel")
    modifier_ligne_bareme(
        ligne_id=ligne.id, valeurs={"taux_horaire": Decimal(22)}, a_partir_du=date(2027, 1, 1), motif="CA du 20/11",
        par=karim, maintenant=MAINTENANT,
    )  # fmt: skip
    changer_paquet(monkeypatch, "hcr-presentiel", taux_horaire=Decimal("26.00"))
    assert charger_referentiels() == BilanChargement(conservees=1, inchangees=TOTAL - 1)
    assert LigneBareme.objects.filter(code="hcr-presentiel").count() == 2


@pytest.mark.usefixtures("referentiels")
def test_un_guichet_rouvert_le_reste(karim: FauxActeur) -> None:
    guichet = GuichetSuspendu.objects.get(code="pdc-2026-2149")
    rouvrir_guichet(guichet_id=guichet.id, le=date(2026, 12, 1), par=karim, maintenant=MAINTENANT)
    charger_referentiels()
    guichet.refresh_from_db()
    assert guichet.rouvert_le == date(2026, 12, 1)
