"""The journal of accesses of an organisation: what changed, filtered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from jalon.journal.requetes import Ligne, journal_des_acces
from jalon.socle.acteurs import Acteur
from jalon.socle.dates import debut_du_jour, fin_du_jour

LIGNES_A_L_ECRAN = 200
LIGNES_A_L_EXPORT = 10_000
GENRES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "droits": (
        "Droits donnés ou changés",
        (
            "acces.droits", "acces.invitation", "acces.rafale", "acces.octroi_confirme", "acces.octroi_refuse", "acces.import",
            "acces.droits_prepares", "acces.droits_rejoints",
        ),
    ),
    "retraits": ("Accès retirés", ("acces.retrait",)),
    "arrivees": (
        "Arrivées et demandes",
        (
            "acces.rattachement", "acces.code_administrateur", "acces.code_demande", "acces.demande_accordee",
            "acces.demande_refusee", "acces.nomination_confirmee", "acces.nomination_refusee",
        ),
    ),
    "mandats": (
        "Mandats",
        (
            "acces.mandat_donne", "acces.mandat_modifie", "acces.mandat_confirme", "acces.mandat_refuse", "acces.mandat_elargi",
            "acces.mandat_termine", "acces.mandat_confie", "acces.mandat_repris",
        ),
    ),
    "revues": ("Revues des droits", ("acces.revue",)),
    "groupes": (
        "Groupes d’établissements",
        (
            "acces.groupe_cree", "acces.groupe_renomme", "acces.groupe_etendu", "acces.groupe_reduit", "acces.groupe_supprime",
        ),
    ),
    "vues": ("Espace vu comme une autre personne", ("acces.vue_debut", "acces.vue_fin")),
    "exports": (
        "Exports",
        (
            "acces.export", "acces.export_journal", "export.demande", "export.pret", "export.telecharge", "export.annule",
            "export.interrompu", "export.efface",
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FiltreHistoire:
    """Words of a name, of an address or of a group; a kind of change; days included."""

    texte: str = ""
    genre: str = ""
    du: date | None = None
    au: date | None = None


def histoire_des_acces(
    acteur: Acteur, siren: str, filtre: FiltreHistoire = FiltreHistoire(), limite: int = LIGNES_A_L_ECRAN
) -> list[Ligne]:
    """Who may act for an organisation, and what was done with its account: the events that the actor may read, newest first."""
    q = Q()
    if filtre.texte:
        q &= (
            Q(acteur_libelle__icontains=filtre.texte)
            | Q(details__personne__icontains=filtre.texte)
            | Q(details__adresse__icontains=filtre.texte)
            | Q(details__groupe__icontains=filtre.texte)
        )
    if filtre.genre in GENRES:
        q &= Q(code__in=GENRES[filtre.genre][1])
    if filtre.du is not None:
        q &= Q(le__gte=debut_du_jour(filtre.du))
    if filtre.au is not None:
        q &= Q(le__lt=fin_du_jour(filtre.au))
    return journal_des_acces(acteur, siren, limite, q)
