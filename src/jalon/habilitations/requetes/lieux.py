"""Rights gathered place by place by the database: a person may hold them on thousands of SIRET."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, CharField, Q, Value, When
from django.db.models.functions import Cast, Concat

from jalon.dispositifs.registre import nom_de
from jalon.habilitations.enums import Attente, Etendue
from jalon.habilitations.models import DroitAccorde
from jalon.habilitations.models.rattachements import q_droit_en_attente, q_droit_en_vigueur, q_droit_sur_le_siret
from jalon.habilitations.regles import etendue_du_lieu
from jalon.socle.acteurs import LIBELLES_NIVEAUX, Domaine, Niveau

LIEUX_MONTRES = 3
"""Beyond, the places of one person that hold the same rights make one line."""
Signature = tuple[str, ...]


def droits_par_lieu(liens: Sequence[UUID], maintenant: datetime, siret: str) -> dict[UUID, dict[str, Signature]]:
    """By link, then by place (a SIRET, the id of a group, empty: the whole SIREN): the rights there as a list of texts,
    gathered by the database; `siret`: where that establishment is alone.
    """
    droits = DroitAccorde.objects.filter(
        q_droit_en_vigueur(maintenant) | q_droit_en_attente(maintenant), rattachement_id__in=list(liens)
    )
    if siret:
        droits = droits.filter(Q(etendue=Etendue.SIREN) | q_droit_sur_le_siret(siret))
    a_venir = Case(When(q_droit_en_attente(maintenant), then=Cast("debut", CharField())), default=Value(""))
    texte = Concat(
        "domaine", Value("|"), Cast("niveau", CharField()), Value("|"), "attente", Value("|"),
        a_venir, Value("|"), Cast("fin", CharField()), Value("|"), "dispositif", output_field=CharField(),
    )  # fmt: skip
    par_lien: dict[UUID, dict[str, Signature]] = {}
    lus = droits.values("rattachement_id", "siret", "groupe_id").annotate(
        textes=ArrayAgg(texte, order_by=("domaine", "dispositif", "niveau"))
    )
    for lu in lus.order_by("rattachement_id", "siret", "groupe__cle"):
        lieu = lu["siret"] or str(lu["groupe_id"] or "")
        par_lien.setdefault(lu["rattachement_id"], {})[lieu] = tuple(lu["textes"])
    return par_lien


@dataclass(frozen=True, slots=True)
class DroitDuLieu:
    """A right of a place, read from its text. `a_venir`: from when it counts, when it does not yet; `dispositif`: for it alone."""

    domaine: Domaine
    niveau: Niveau
    attente: Attente
    a_venir: datetime | None
    fin: datetime | None
    dispositif: str = ""


def lire(texte: str) -> DroitDuLieu:
    """A text of `droits_par_lieu`, as values."""
    domaine, niveau, attente, debut, fin, dispositif = texte.split("|")
    return DroitDuLieu(
        Domaine(domaine),
        Niveau(int(niveau)),
        Attente(attente),
        datetime.fromisoformat(debut) if debut else None,
        datetime.fromisoformat(fin) if fin else None,
        dispositif,
    )


def regrouper(lieux: Mapping[str, Signature]) -> Iterable[tuple[list[str], Signature]]:
    """Perimeters in order; establishments that share all their rights are one line when they are many, a group is always one."""
    memes: dict[tuple[Signature, str], list[str]] = {}
    for lieu, signature in lieux.items():
        etendue = etendue_du_lieu(lieu)
        memes.setdefault((signature, lieu if etendue == Etendue.GROUPE else etendue), []).append(lieu)
    for (signature, _), semblables in memes.items():
        if len(semblables) > LIEUX_MONTRES:
            yield semblables, signature
        else:
            yield from (([lieu], signature) for lieu in semblables)


@dataclass(frozen=True, slots=True)
class DroitAttendu:
    """A level given that does not count yet, and why."""

    niveau: Niveau
    attente: Attente
    debut: datetime

    @property
    def libelle(self) -> str:
        """« Envoi »."""
        return LIBELLES_NIVEAUX[self.niveau]


@dataclass(frozen=True, slots=True)
class DroitRestreint:
    """A level for one dispositif alone; `attendu`: given, and does not count yet."""

    dispositif: str
    niveau: Niveau
    attendu: DroitAttendu | None = None

    @property
    def libelle(self) -> str:
        """« Action de formation : Envoi »."""
        return f"{nom_de(self.dispositif)}\u00a0: {LIBELLES_NIVEAUX[self.niveau]}"


def restreints(lus: Iterable[DroitDuLieu]) -> dict[Domaine, list[DroitRestreint]]:
    """The rights limited to one dispositif, by domain."""
    par_domaine: dict[Domaine, list[DroitRestreint]] = {}
    for d in lus:
        if d.dispositif:
            attendu = DroitAttendu(d.niveau, d.attente, d.a_venir) if d.a_venir is not None else None
            par_domaine.setdefault(d.domaine, []).append(DroitRestreint(d.dispositif, d.niveau, attendu))
    return par_domaine
