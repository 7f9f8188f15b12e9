"""Two at once, with real commits."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

from jalon.referentiels import paquet
from jalon.referentiels.actions import charger_referentiels, modifier_ligne_bareme
from jalon.referentiels.models import LigneBareme
from tests.acteurs import FauxActeur
from tests.fils import ensemble, genres


def test_deux_chargements_simultanes_ne_doublent_rien(base_reelle: str) -> None:
    LigneBareme.objects.all().delete()
    ensemble([charger_referentiels] * 4)
    assert LigneBareme.objects.count() == len(paquet.jeu_de_regles("action_formation").lignes)


def test_deux_modifications_simultanees_font_une_revision_et_un_conflit(base_reelle: str, karim: FauxActeur) -> None:
    charger_referentiels()
    identifiant = LigneBareme.objects.get(code="hcr-presentiel").id

    def modifier_aussi(taux: int) -> LigneBareme:
        return modifier_ligne_bareme(
            ligne_id=identifiant, valeurs={"taux_horaire": Decimal(taux)}, a_partir_du=date(2026, 11, 24), motif="CA",
            par=karim, maintenant=datetime(2026, 11, 23, 9, tzinfo=UTC),
        )  # fmt: skip

    assert genres(ensemble([partial(modifier_aussi, taux) for taux in (21, 22)])) == {"LigneBareme": 1, "ConflitDeVersion": 1}
    assert LigneBareme.objects.filter(code="hcr-presentiel").count() == 2
