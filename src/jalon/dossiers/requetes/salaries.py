"""The people that a request names, for the directory of employees; the requests that name somebody of it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from jalon.dispositifs.lecture import section_de_la_personne, textes_des_personnes
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dispositifs.registre import nom_de
from jalon.dossiers.chiffrement import dechiffrer_document
from jalon.dossiers.models import Dossier
from jalon.salaries.branchements import Etape
from jalon.salaries.enums import Nature
from jalon.salaries.regles.fiches import Fiche, lire_fiche
from jalon.salaries.requetes import absentes
from jalon.socle.acteurs import Acteur, Domaine
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import SaisiesRefusees

NATURES = frozenset(Nature)


@dataclass(frozen=True, slots=True)
class PersonneDuDossier:
    """Somebody that a request names; `rang` finds her again. `absente`: the directory does not have her."""

    rang: int
    fiche: Fiche
    absente: bool


def personnes_du_dossier(dossier: Dossier) -> dict[int, Fiche]:
    """Who the content that was sent names, by rank, NIR in clear; who cannot make a record (no day of birth…) is left out."""
    declaration = dispositif_de(dossier.dispositif)
    section = section_de_la_personne(declaration)
    if section is None or dossier.contenu is None or dossier.transmis_le is None:
        return {}
    document = dechiffrer_document(declaration, dossier.id, dossier.contenu)
    fiches = {}
    for rang, textes in enumerate(textes_des_personnes(section, document)):
        try:
            lue = lire_fiche(_adapter(textes, dossier), dossier.siren, jour_de_paris(dossier.transmis_le))
        except SaisiesRefusees:
            continue
        fiches[rang] = lue
    return fiches


def _adapter(textes: dict[str, str], dossier: Dossier) -> dict[str, str]:
    """In the words of the directory: the establishment of the request, the nature of the contract that it asks."""
    nature = textes.get("nature", "")
    if dossier.domaine == Domaine.ALTERNANCE:
        nature = Nature.ALTERNANCE.value
    elif nature not in NATURES:
        nature = Nature.AUTRE.value if nature else ""
    return {**textes, "siret": dossier.siret, "nature": nature}


def personnes_a_reprendre(dossier: Dossier, acteur: Acteur) -> list[PersonneDuDossier]:
    """Everybody that the request names, and whether the directory lacks her. No NIR: only names leave here."""
    personnes = personnes_du_dossier(dossier)
    manquent = absentes(dossier.siren, list(personnes.values()), acteur)
    return [
        PersonneDuDossier(rang, replace(fiche, nir=""), absente)
        for (rang, fiche), absente in zip(personnes.items(), manquent, strict=True)
    ]


def parcours(acteur: Acteur, dossiers: Collection[UUID]) -> list[Etape]:
    """The trainings and contracts of these ids that the actor may read, latest first."""
    lignes = (
        Dossier.objects.visibles_par(acteur)
        .filter(pk__dans=list(dossiers))
        .only("siren", "siret", "dispositif", "titre", "numero", "etat", "date_debut", "date_fin")
    )
    lus = sorted(lignes, key=lambda d: (d.date_debut or date.max, d.pk), reverse=True)
    return [Etape(d.pk, nom_de(d.dispositif), d.titre, d.numero or "", d.etat, d.date_debut, d.date_fin) for d in lus]
