"""Protected models and the few places that see every row."""

from django.apps import apps
from django.db import models

from jalon.socle.modeles import GestionnaireProtege, ModeleProtege
from tests.architecture.tous import LISTE, appels_a_tous


def _proteges() -> list[type[ModeleProtege]]:
    return [modele for modele in apps.get_models() if issubclass(modele, ModeleProtege)]


def test_chaque_modele_protege_dit_qui_le_voit() -> None:
    assert _proteges()
    for modele in _proteges():
        assert modele.filtre_perimetre.__func__ is not ModeleProtege.filtre_perimetre.__func__, modele  # type: ignore[attr-defined]


def test_un_modele_protege_n_a_pas_d_autre_entree() -> None:
    for modele in _proteges():
        assert [type(gestionnaire) for gestionnaire in modele._meta.managers] == [GestionnaireProtege], modele


def test_chaque_acces_a_toutes_les_lignes_est_dans_la_liste_relue() -> None:
    autorises = set(LISTE.read_text().splitlines())
    trouves = appels_a_tous()
    assert trouves - autorises == set(), "nouveaux appels à tous() : relisez-les puis python -m tests.architecture.tous"
    assert autorises - trouves == set(), "appels disparus : python -m tests.architecture.tous"


def test_chaque_raison_est_ecrite_en_toutes_lettres() -> None:
    assert [appel for appel in appels_a_tous() if "illisible" in appel or "sans raison" in appel] == []


def test_les_montants_sont_des_decimaux_de_douze_chiffres() -> None:
    fautes = []
    for modele in apps.get_models():
        if not modele.__module__.startswith("jalon."):
            continue
        for champ in modele._meta.get_fields():
            if isinstance(champ, models.FloatField):
                fautes.append(f"{modele._meta.label}.{champ.name}: nombre à virgule flottante")
            if isinstance(champ, models.Field) and champ.name.startswith("montant") and not isinstance(champ, models.JSONField):
                decimal = isinstance(champ, models.DecimalField) and (champ.max_digits, champ.decimal_places) == (12, 2)
                if not decimal:
                    fautes.append(f"{modele._meta.label}.{champ.name}")
    assert fautes == []
