"""Base of protected models: a row carries its portée, and no query starts without an actor."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from jalon.socle.acteurs import Acteur, Domaine, Niveau, Perimetre, Portee
from jalon.socle.identifiants import nouvel_id


class PerimetreOublie(RuntimeError):
    """A protected model was queried without saying for whom."""


@models.Field.register_lookup
class Dans(models.Lookup):
    """`champ__dans=[…]` -> `champ = ANY(…)`: one parameter whatever the number of SIREN."""

    lookup_name = "dans"

    def get_prep_lookup(self) -> list[Any]:
        return sorted(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        gauche, params = self.process_lhs(compiler, connection)
        champ = self.lhs.output_field
        if isinstance(champ, models.CharField):
            valeurs = self.rhs
        else:
            valeurs = [champ.get_db_prep_value(v, connection, prepared=False) for v in self.rhs]
        return f"{gauche} = ANY(%s::{champ.db_type(connection)}[])", (*params, valeurs)


def un_parmi(champ: str, valeurs: Collection[object]) -> Q:
    """`=` for one value, `= ANY` for several."""
    return Q(**{champ: next(iter(valeurs))}) if len(valeurs) == 1 else Q(**{f"{champ}__dans": list(valeurs)})


def q_des_couples(perimetre: Perimetre, prestataire: str = "prestataire_siren") -> list[Q]:
    """One condition for each provider under whose conventions clients are acted for; none when there is no such convention.

    `prestataire`: path of the column that names the provider.
    """
    conditions = []
    for nomme, (sirens, sirets) in perimetre.couples_par_prestataire().items():
        lieux = [un_parmi(champ, valeurs) for champ, valeurs in (("siren", sirens), ("siret", sirets)) if valeurs]
        conditions.append(Q(**{prestataire: nomme}) & Q(*lieux, _connector=Q.OR))
    return conditions


def q_du_perimetre(perimetre: Perimetre) -> Q:
    """The rows inside a perimeter; an empty perimeter matches nothing."""
    morceaux = [
        ("siren", perimetre.sirens),
        ("siret", perimetre.sirets),
        ("prestataire_siren", perimetre.prestataires),
        ("portefeuille_id", perimetre.portefeuilles),
    ]
    q = Q(pk__in=[])
    for champ, valeurs in morceaux:
        if valeurs:
            q |= un_parmi(champ, valeurs)
    for couples in q_des_couples(perimetre):
        q |= couples
    return q


def cotes_du_siren(perimetre: Perimetre, siren: str | None) -> list[Q]:
    """The sides of a SIREN where something may be seen, each with its own index; without a SIREN, one condition that keeps everything.

    None of them judges the right: `visibles_par` does.
    """
    if siren is None:
        return [Q()]
    lieux = {*perimetre.sirens, *(s[:9] for s in perimetre.sirets), *(lieu[:9] for lieu, _ in perimetre.couples)}
    entreprise, prestataire = siren in lieux, siren in perimetre.prestataires
    if perimetre.portefeuilles:
        entreprise = prestataire = True
    return [q for q, vu in ((Q(siren=siren), entreprise), (Q(prestataire_siren=siren), prestataire)) if vu]


class GestionnaireProtege(models.Manager[Any]):
    """The only ways in: `visibles_par(acteur)`, or `tous(raison)` where the allow-list says so."""

    use_in_migrations = False

    def get_queryset(self) -> models.QuerySet[Any]:
        raise PerimetreOublie(f"{self.model.__name__} : demandez visibles_par(acteur), ou tous(raison)")

    def _lignes(self) -> models.QuerySet[Any]:
        if hasattr(self, "instance"):
            raise PerimetreOublie(f"{self.model.__name__} : relation inverse fermée, passez par {self.model.__name__}.objects")
        return models.QuerySet(self.model, using=self._db)

    def visibles_par(self, acteur: Acteur, niveau: Niveau = Niveau.LECTURE) -> models.QuerySet[Any]:
        """Rows that the actor may read (or act on, at a higher level)."""
        return self._lignes().filter(self.model.filtre_perimetre(acteur, niveau))

    def tous(self, raison: str) -> models.QuerySet[Any]:
        """Every row; the reason is written where it is asked, and tests hold the list of places."""
        if not raison:
            raise PerimetreOublie("tous() demande une raison")
        return self._lignes()


class ModeleProtege(models.Model):
    """A row that belongs to somebody. Subclasses write `filtre_perimetre`."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    siren = models.CharField("SIREN", max_length=9, default="", blank=True)
    siret = models.CharField("SIRET", max_length=14, default="", blank=True)
    prestataire_siren = models.CharField("SIREN du prestataire", max_length=9, default="", blank=True)
    portefeuille_id = models.UUIDField("portefeuille", null=True, blank=True)
    domaine = models.CharField(max_length=12, default="", blank=True, choices=[(d.value, d.value) for d in Domaine])

    objects: ClassVar[GestionnaireProtege] = GestionnaireProtege()

    class Meta:
        abstract = True

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """Condition of visibility for that actor at that level."""
        raise NotImplementedError

    @property
    def portee(self) -> Portee:
        """The columns of the portée as a value."""
        return Portee(
            siren=self.siren,
            siret=self.siret,
            prestataire_siren=self.prestataire_siren,
            portefeuille_id=self.portefeuille_id,
            domaine=Domaine(self.domaine) if self.domaine else None,
        )

    def porter(self, portee: Portee) -> Self:
        """Copy a portée onto the columns; returns self."""
        self.siren = portee.siren
        self.siret = portee.siret
        self.prestataire_siren = portee.prestataire_siren
        self.portefeuille_id = portee.portefeuille_id
        self.domaine = portee.domaine.value if portee.domaine else ""
        return self
