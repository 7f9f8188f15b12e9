"""The end of the retention time, to the day."""

from datetime import date

import pytest
from django.conf import LazySettings

from jalon.journal.models import Evenement
from jalon.salaries.actions import inscrire, purge, purger_salaries
from jalon.salaries.models import Inscription, Salarie
from jalon.socle.dates import debut_du_jour
from jalon.socle.identifiants import nouvel_id
from tests.salaries.outils import AUTRE_SIREN, LEO, SIREN, ZOE, ajouter, aline, tous

pytestmark = pytest.mark.django_db
LIMITE = date(2023, 11, 16)
LE = debut_du_jour(date(2026, 11, 16))


def dater(salarie: Salarie, sortie: date | None, usage: date) -> Salarie:
    Salarie.objects.tous("essai").filter(pk=salarie.pk).update(sortie=sortie, dernier_usage=usage)
    return salarie


@pytest.mark.parametrize(
    ("sortie", "usage", "reste"),
    [
        (date(2023, 11, 15), date(2023, 11, 15), False),
        (LIMITE, date(2020, 1, 1), True),
        (date(2020, 1, 1), LIMITE, True),
        (None, date(2015, 1, 1), True),
    ],
)
def test_part_qui_est_parti_et_n_a_pas_servi_depuis_trois_ans(sortie: date | None, usage: date, reste: bool) -> None:
    dater(ajouter(ZOE), sortie, usage)
    assert purger_salaries(maintenant=LE) == (0 if reste else 1)
    assert bool(tous()) is reste


def test_la_duree_se_regle(settings: LazySettings) -> None:
    settings.JALON_CONSERVATION_SALARIES = 12
    dater(ajouter(ZOE), date(2025, 11, 15), date(2025, 11, 15))
    assert purger_salaries(maintenant=LE) == 1


def test_la_purge_va_par_paquets_et_dit_combien_sans_nommer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purge, "PAQUET", 2)
    vieux = date(2020, 1, 1)
    for n, nom in enumerate(("Un", "Deux", "Trois")):
        dater(ajouter({**ZOE, "nom": nom, "nir": ""}, autre=True), date(2020, 1, n + 1), vieux)
    zoe = dater(ajouter(LEO, aline(siren=AUTRE_SIREN), siren=AUTRE_SIREN), vieux, vieux)
    inscrire(salaries=[zoe.id], dossier_id=nouvel_id(), maintenant=LE)
    assert purger_salaries(maintenant=LE) == 3
    assert Inscription.objects.count() == 1
    dater(zoe, vieux, vieux)
    monkeypatch.setattr(purge, "EFFACES_AU_PLUS", 1)
    assert purger_salaries(maintenant=LE) == 1
    assert not Inscription.objects.exists()
    lignes = Evenement.objects.tous("essai").filter(code="salaries.purge").order_by("le", "id")
    assert [(e.siren, e.details["nombre"]) for e in lignes] == [(SIREN, 2), (SIREN, 1), (AUTRE_SIREN, 1)]
