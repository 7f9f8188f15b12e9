"""Seeding the tables from the packaged files, again and again, without touching what the OPCO wrote."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from django.db import models as orm
from django.db import transaction

from jalon.referentiels import models, paquet
from jalon.referentiels.enums import Origine
from jalon.referentiels.requetes import en_fiche
from jalon.socle import baremes
from jalon.socle.baremes import FicheIdcc


@dataclass(frozen=True, slots=True)
class BilanChargement:
    """Rules added, corrected by a new revision, left as they are, and left because the OPCO wrote its own."""

    ajoutees: int = 0
    corrigees: int = 0
    inchangees: int = 0
    conservees: int = 0

    def __add__(self, autre: "BilanChargement") -> "BilanChargement":
        return BilanChargement(*(getattr(self, f.name) + getattr(autre, f.name) for f in fields(self)))


REVISABLES: tuple[tuple[str, type[orm.Model], type[Any]], ...] = (
    ("lignes.csv", models.LigneBareme, baremes.LigneBareme),
    ("plafonds.csv", models.PlafondAnnuel, baremes.PlafondAnnuel),
    ("modes.csv", models.RegleModePaiement, baremes.RegleModePaiement),
    ("reglages.csv", models.ReglageDispositif, baremes.ReglageDispositif),
)


def charger_referentiels() -> BilanChargement:
    """Load the packaged reference data. Idempotent; safe when two processes do it at once."""
    with transaction.atomic():
        models.Idcc.objects.bulk_create(
            [models.Idcc(**_valeurs(fiche)) for fiche in paquet.lire_fiches("idcc.csv", FicheIdcc)],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["libelle", "opco"],
        )
        models.VersionBareme.objects.bulk_create(
            [models.VersionBareme(**_valeurs(version)) for version in paquet.versions()], ignore_conflicts=True
        )
        bilan = _charger_guichets()
        for fichier, modele, classe in REVISABLES:
            bilan += _charger_revisions(modele, list(paquet.lire_fiches(fichier, classe)))
    return bilan


def _charger_guichets() -> BilanChargement:
    """A suspension is added once; whatever became of it since is the OPCO's."""
    fiches = list(paquet.lire_fiches("guichets.csv", baremes.GuichetSuspendu))
    connus = set(models.GuichetSuspendu.objects.values_list("code", flat=True))
    nouvelles = [models.GuichetSuspendu(**_valeurs(fiche)) for fiche in fiches if fiche.code not in connus]
    models.GuichetSuspendu.objects.bulk_create(nouvelles, ignore_conflicts=True)
    return BilanChargement(ajoutees=len(nouvelles), inchangees=len(fiches) - len(nouvelles))


def _charger_revisions(modele: type[Any], fiches: Iterable[Any]) -> BilanChargement:
    """A rule that changed in the package becomes a new revision; a rule that the OPCO revised is left alone."""
    dernieres: dict[str, Any] = {}
    for ligne in modele.objects.select_for_update().order_by("revision"):
        dernieres[ligne.code] = ligne
    ajoutees, corrigees, inchangees, conservees = [], [], 0, 0
    for fiche in fiches:
        derniere = dernieres.get(fiche.code)
        if derniere is None:
            ajoutees.append(_ligne(modele, fiche))
        elif derniere.origine == Origine.OPCO:
            conservees += 1
        elif en_fiche(derniere, type(fiche)) == replace(fiche, revision=derniere.revision):
            inchangees += 1
        else:
            corrigees.append(_ligne(modele, replace(fiche, revision=derniere.revision + 1)))
    modele.objects.bulk_create([*ajoutees, *corrigees], ignore_conflicts=True)
    return BilanChargement(len(ajoutees), len(corrigees), inchangees, conservees)


def _ligne(modele: type[Any], fiche: Any) -> Any:
    return modele(**_valeurs(fiche), origine=Origine.PAQUET)


def _valeurs(fiche: Any) -> dict[str, Any]:
    """Columns of a frozen structure; a foreign key is given by its value."""
    valeurs = {f.name: getattr(fiche, f.name) for f in fields(fiche)}
    if "version" in valeurs:
        valeurs["version_id"] = valeurs.pop("version")
    return valeurs
