"""Rights gathered place by place by the database: a person may hold them on thousands of SIRET."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Cast, Concat

from jalon.habilitations.enums import Attente
from jalon.habilitations.models import DroitAccorde
from jalon.habilitations.models.rattachements import q_droit_en_attente, q_droit_en_vigueur
from jalon.socle.acteurs import Domaine, Niveau

LIEUX_MONTRES = 3
"""Beyond, the places of one person that hold the same rights make one line."""
Signature = tuple[str, ...]


def droits_par_lieu(liens: Sequence[UUID], maintenant: datetime, siret: str) -> dict[UUID, dict[str, Signature]]:
    """By link, then by SIRET (empty: the whole SIREN): the rights there as a list of texts, gathered by the database."""
    droits = DroitAccorde.objects.filter(
        q_droit_en_vigueur(maintenant) | q_droit_en_attente(maintenant), rattachement_id__in=list(liens)
    )
    if siret:
        droits = droits.filter(siret__in=["", siret])
    a_venir = Case(When(q_droit_en_attente(maintenant), then=Cast("debut", CharField())), default=Value(""))
    texte = Concat(
        "domaine", Value("|"), Cast("niveau", CharField()), Value("|"), "attente", Value("|"),
        a_venir, Value("|"), Cast("fin", CharField()), output_field=CharField(),
    )  # fmt: skip
    par_lien: dict[UUID, dict[str, Signature]] = {}
    lus = droits.values("rattachement_id", "siret").annotate(textes=ArrayAgg(texte, order_by=("domaine", "niveau")))
    for lu in lus.order_by("rattachement_id", "siret"):
        par_lien.setdefault(lu["rattachement_id"], {})[lu["siret"]] = tuple(lu["textes"])
    return par_lien


@dataclass(frozen=True, slots=True)
class DroitDuLieu:
    """A right of a place, read from its text. `a_venir`: from when it counts, when it does not yet."""

    domaine: Domaine
    niveau: Niveau
    attente: Attente
    a_venir: datetime | None
    fin: datetime | None


def lire(texte: str) -> DroitDuLieu:
    """A text of `droits_par_lieu`, as values."""
    domaine, niveau, attente, debut, fin = texte.split("|")
    return DroitDuLieu(
        Domaine(domaine),
        Niveau(int(niveau)),
        Attente(attente),
        datetime.fromisoformat(debut) if debut else None,
        datetime.fromisoformat(fin) if fin else None,
    )


def regrouper(lieux: Mapping[str, Signature]) -> Iterable[tuple[list[str], Signature]]:
    """Perimeters in order; places that share all their rights are one line when they are many."""
    memes: dict[Signature, list[str]] = {}
    for siret, signature in lieux.items():
        memes.setdefault(signature if siret else (*signature, ""), []).append(siret)
    for signature, sirets in memes.items():
        nette = tuple(texte for texte in signature if texte)
        if len(sirets) > LIEUX_MONTRES:
            yield sirets, nette
        else:
            yield from (([siret], nette) for siret in sirets)
