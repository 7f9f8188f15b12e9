"""What triggers remember of rights, whatever the way they are written; and that nobody rewrites it."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from jalon.habilitations.models import DroitAccorde, Rattachement
from jalon.socle.acteurs import Domaine
from jalon.socle.modeles import PerimetreOublie
from tests.habilitations.fabrique import LE, personne, rattacher, sur_le_siren

pytestmark = pytest.mark.django_db


def _histoire(modele: str) -> list[str]:
    evenements = apps.get_model("habilitations", modele).objects.order_by("pgh_id")
    return list(evenements.values_list("pgh_label", flat=True))


def test_l_histoire_suit_les_ecritures_en_masse_et_en_sql() -> None:
    lien = rattacher(personne(), droits=[sur_le_siren(Domaine.PLAN)])
    Rattachement.objects.tous("essai").filter(id=lien.id).update(motif_retrait="essai")
    DroitAccorde.objects.filter(rattachement=lien).update(revoque_le=LE)
    with connection.cursor() as curseur:
        curseur.execute("UPDATE habilitations_droitaccorde SET niveau = 1")
        curseur.execute("DELETE FROM habilitations_droitaccorde")
    assert _histoire("RattachementEvent") == ["insert", "update"]
    assert _histoire("DroitAccordeEvent") == ["insert", "update", "update", "delete"]


@pytest.mark.parametrize("modele", ["RattachementEvent", "DroitAccordeEvent", "MandatEvent", "AffectationEvent"])
@pytest.mark.parametrize("ordre", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_personne_ne_recrit_l_histoire(modele: str, ordre: str) -> None:
    table = apps.get_model("habilitations", modele)._meta.db_table
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ordre.format(table))


def test_les_acces_ne_se_lisent_pas_sans_dire_pour_qui() -> None:
    with pytest.raises(PerimetreOublie):
        Rattachement.objects.all()
