"""Protected models: every way in that forgets for whom raises, whatever the shape of the query."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, models
from django.db.models import Q
from django.test.utils import isolate_apps

from jalon.journal.models import Evenement
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Perimetre, Portee
from jalon.socle.modeles import ModeleProtege, PerimetreOublie, q_du_perimetre

ENTREES: dict[str, Callable[[Any], Any]] = {
    "all": lambda m: m.objects.all(),
    "filter": lambda m: m.objects.filter(siren="123456782"),
    "exclude": lambda m: m.objects.exclude(siren=""),
    "get": lambda m: m.objects.get(id=uuid4()),
    "get_or_create": lambda m: m.objects.get_or_create(siren="123456782"),
    "create": lambda m: m.objects.create(siren="123456782"),
    "bulk_create": lambda m: m.objects.bulk_create([m()]),
    "update": lambda m: m.objects.update(siren=""),
    "count": lambda m: m.objects.count(),
    "exists": lambda m: m.objects.exists(),
    "values": lambda m: m.objects.values("id"),
    "first": lambda m: m.objects.first(),
    "iterator": lambda m: list(m.objects.iterator()),
    "none": lambda m: m.objects.none(),
    "get_queryset": lambda m: m.objects.get_queryset(),
    "manager par defaut": lambda m: m._default_manager.all(),
    "raison vide": lambda m: m.objects.tous(""),
}


@pytest.mark.parametrize("entree", ENTREES.values(), ids=list(ENTREES))
def test_une_requete_qui_oublie_pour_qui_leve_une_erreur(entree: Callable[[Any], Any]) -> None:
    with pytest.raises(PerimetreOublie):
        entree(Evenement)


@isolate_apps("jalon.socle")
def test_une_relation_inverse_est_fermee() -> None:
    class Parent(models.Model):  # noqa: DJ008
        class Meta:
            app_label = "socle"

    class Enfant(ModeleProtege):
        parent = models.ForeignKey(Parent, on_delete=models.CASCADE, related_name="enfants")

        class Meta:
            app_label = "socle"

        @classmethod
        def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
            return Q()

    enfants: Any = Parent(id=1).enfants  # type: ignore[attr-defined]
    for entree in (
        enfants.all,
        lambda: enfants.filter(siren=""),
        enfants.create,
        lambda: enfants.tous("raison"),
        lambda: enfants.visibles_par(object()),
        lambda: models.prefetch_related_objects([Parent(id=1)], "enfants"),
    ):
        with pytest.raises(PerimetreOublie):
            entree()


def test_un_modele_sans_filtre_ne_s_interroge_pas() -> None:
    with pytest.raises(NotImplementedError):
        ModeleProtege.filtre_perimetre(object(), Niveau.LECTURE)  # type: ignore[arg-type]


def test_la_portee_fait_l_aller_retour() -> None:
    portee = Portee("123456782", "12345678200012", "356000000", uuid4(), Domaine.PLAN)
    assert Evenement().porter(portee).portee == portee
    assert Evenement().porter(Portee()).portee == Portee()


LIGNES = {
    "entreprise": Portee(siren="123456782", siret="12345678200012", domaine=Domaine.PLAN),
    "autre etablissement": Portee(siren="123456782", siret="12345678200020", domaine=Domaine.PLAN),
    "autre entreprise": Portee(siren="356000000", domaine=Domaine.PLAN),
    "prestataire": Portee(siren="356000000", prestataire_siren="418166096", domaine=Domaine.PLAN),
    "portefeuille": Portee(portefeuille_id=uuid4(), domaine=Domaine.PLAN),
    "personne": Portee(),
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("perimetre", "vues"),
    [
        (Perimetre(), set()),
        (Perimetre(sirens=frozenset({""})), set()),
        (Perimetre(sirens=frozenset({"123456782"})), {"entreprise", "autre etablissement"}),
        (Perimetre(sirens=frozenset({"123456782", "999999999"})), {"entreprise", "autre etablissement"}),
        (Perimetre(sirets=frozenset({"12345678200020"})), {"autre etablissement"}),
        (Perimetre(sirets=frozenset({"12345678200020", "12345678200012"})), {"entreprise", "autre etablissement"}),
        (Perimetre(prestataires=frozenset({"418166096"})), {"prestataire"}),
        (Perimetre(prestataires=frozenset({"123456782"})), set()),
        (Perimetre(portefeuilles=frozenset({LIGNES["portefeuille"].portefeuille_id})), {"portefeuille"}),  # type: ignore[arg-type]
        (Perimetre(portefeuilles=frozenset({LIGNES["portefeuille"].portefeuille_id, uuid4()})), {"portefeuille"}),  # type: ignore[arg-type]
        (
            Perimetre(frozenset({"123456782"}), prestataires=frozenset({"418166096"})),
            {"entreprise", "autre etablissement", "prestataire"},
        ),
    ],
)
def test_le_perimetre_choisit_les_memes_lignes_en_base_et_en_memoire(perimetre: Perimetre, vues: set[str]) -> None:
    for code, portee in LIGNES.items():
        Evenement(le="2026-11-23T12:00:00Z", code=code, acteur_libelle="x").porter(portee).save(force_insert=True)
    lues = Evenement.objects.tous("essai").filter(q_du_perimetre(perimetre)).values_list("code", flat=True)
    assert set(lues) == vues
    assert {code for code, portee in LIGNES.items() if perimetre.couvre(portee)} == vues


@pytest.mark.django_db
def test_mille_sirens_tiennent_dans_un_seul_parametre_et_gardent_l_index() -> None:
    sirens = frozenset(f"{i:09d}" for i in range(1000))
    requete = Evenement.objects.tous("essai").filter(q_du_perimetre(Perimetre(sirens=sirens)))
    sql, parametres = requete.query.sql_with_params()
    assert len(parametres) == 1
    assert "ANY" in sql
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL enable_seqscan = off")
        curseur.execute(f"EXPLAIN {sql}", parametres)
        assert "journal_siren" in "\n".join(ligne[0] for ligne in curseur.fetchall())
