"""Two at once, with real commits."""

from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Barrier, Thread

from django.db import connection

from jalon.referentiels import paquet
from jalon.referentiels.actions import charger_referentiels, modifier_ligne_bareme
from jalon.referentiels.models import LigneBareme
from jalon.socle.erreurs import ConflitDeVersion
from tests.acteurs import FauxActeur


def test_deux_chargements_simultanes_ne_doublent_rien(base_reelle: str) -> None:
    LigneBareme.objects.all().delete()
    echecs: list[BaseException] = []

    def charger() -> None:
        try:
            charger_referentiels()
        except BaseException as echec:  # noqa: BLE001
            echecs.append(echec)
        finally:
            connection.close()

    fils = [Thread(target=charger) for _ in range(4)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert echecs == []
    assert LigneBareme.objects.count() == len(paquet.jeu_de_regles("action_formation").lignes)


def test_deux_modifications_simultanees_font_une_revision_et_un_conflit(base_reelle: str, karim: FauxActeur) -> None:
    charger_referentiels()
    identifiant = LigneBareme.objects.get(code="hcr-presentiel").id
    depart, issues = Barrier(2), []

    def modifier_aussi(taux: int) -> None:
        depart.wait()
        try:
            modifier_ligne_bareme(
                ligne_id=identifiant, valeurs={"taux_horaire": Decimal(taux)}, a_partir_du=date(2026, 11, 24), motif="CA",
                par=karim, maintenant=datetime(2026, 11, 23, 9, tzinfo=UTC),
            )  # fmt: skip
            issues.append("fait")
        except ConflitDeVersion:
            issues.append("conflit")
        finally:
            connection.close()

    fils = [Thread(target=modifier_aussi, args=(taux,)) for taux in (21, 22)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert sorted(issues) == ["conflit", "fait"]
    assert LigneBareme.objects.filter(code="hcr-presentiel").count() == 2
