"""Requests of the former portal, of a dispositif that is closed: taken over to be read, no decision is taken again."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from jalon.dispositifs.base import Dispositif
from jalon.dispositifs.lecture import projeter_contenu
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.projections import indexer
from jalon.dossiers.actions.transmission import rang_suivant
from jalon.dossiers.actions.versions import figer_contenu
from jalon.dossiers.enums import MotifVersion
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import former_numero
from jalon.dossiers.regles.reprise import AncienDossier, colonnes_de, lire_ligne
from jalon.journal.actions import noter
from jalon.messagerie.actions import ouvrir_fil
from jalon.organisations.requetes import noms_des_organisations
from jalon.organisations.tableaux import Anomalie, lire_tableau
from jalon.socle.acteurs import Acteur
from jalon.socle.dates import debut_du_jour, jour_de_paris
from jalon.socle.erreurs import SaisieRefusee, TransitionImpossible

ANCIEN_PORTAIL = UUID("5f3a1c52-7d1e-5b0a-9d64-2f0c8e7a4b11")
"""Names the id of a former request by its number: taken twice, it is the same row."""


@dataclass(frozen=True, slots=True)
class BilanReprise:
    """What the file holds: requests to take (or taken), requests already here, refused lines."""

    lues: int
    nouveaux: tuple[AncienDossier, ...]
    deja: tuple[AncienDossier, ...]
    anomalies: tuple[Anomalie, ...]


def importer_historique(*, dispositif: str, chemin: Path, appliquer: bool, par: Acteur, maintenant: datetime) -> BilanReprise:
    """Read a file of former requests, tell what it would do, and do it when `appliquer`.

    One transaction a line, so that an import cut short is simply run again: a request already here is left as it is. Refused lines
    stop nothing else. Raises SaisieRefusee (not there, not a table, columns missing), TransitionImpossible (still open).
    """
    declaration = dispositif_de(dispositif)
    if not declaration.fermeture(jour_de_paris(maintenant)):
        raise TransitionImpossible(
            f"«\u00a0{declaration.nom}\u00a0» se demande encore\u00a0: seul un dispositif fermé se reprend."
        )
    tableau = lire_tableau(chemin, jeux=(colonnes_de(declaration),))
    lus, anomalies = _lire(declaration, tableau.lignes)
    connus = noms_des_organisations({_siren(declaration, d) for d in lus})
    ids = {d.numero: uuid5(ANCIEN_PORTAIL, f"{dispositif}:{d.numero}") for d in lus}
    deja_la = set(Dossier.objects.tous("anciens dossiers déjà repris").filter(pk__in=ids.values()).values_list("pk", flat=True))
    nouveaux: list[AncienDossier] = []
    deja: list[AncienDossier] = []
    for ancien in lus:
        if _siren(declaration, ancien) not in connus:
            anomalies.append(Anomalie(ancien.ligne, "l’entreprise n’est pas au registre\u00a0: importez-la d’abord"))
        else:
            (deja if ids[ancien.numero] in deja_la else nouveaux).append(ancien)
    if appliquer:
        for ancien in nouveaux:
            with suppress(IntegrityError):  # Taken meanwhile by another run: its id is unique.
                _reprendre(declaration, ids[ancien.numero], ancien, par, maintenant)
    anomalies.sort(key=lambda anomalie: anomalie.ligne)
    return BilanReprise(len(tableau.lignes), tuple(nouveaux), tuple(deja), tuple(anomalies))


def _lire(declaration: Dispositif, lignes: Iterable[tuple[int, Mapping[str, str]]]) -> tuple[list[AncienDossier], list[Anomalie]]:
    lus: dict[str, AncienDossier] = {}
    anomalies = []
    for numero, valeurs in lignes:
        try:
            ancien = lire_ligne(declaration, numero, valeurs)
        except SaisieRefusee as refus:
            anomalies.append(Anomalie(numero, refus.message))
            continue
        premier = lus.setdefault(ancien.numero, ancien)
        if premier is not ancien:
            anomalies.append(Anomalie(numero, f"cet ancien numéro est déjà à la ligne {premier.ligne}"))
    return list(lus.values()), anomalies


def _siren(declaration: Dispositif, ancien: AncienDossier) -> str:
    return projeter_contenu(declaration, ancien.contenu).siret[:9]


def _reprendre(declaration: Dispositif, identifiant: UUID, ancien: AncienDossier, par: Acteur, maintenant: datetime) -> None:
    transmis = debut_du_jour(ancien.transmis_le)
    accorde = debut_du_jour(ancien.accorde_le) if ancien.accorde_le else None
    with transaction.atomic():
        dossier = Dossier(
            id=identifiant,
            numero=former_numero(ancien.transmis_le, declaration.lettres, rang_suivant()),
            dispositif=declaration.code,
            version_formulaire=declaration.version,
            domaine=declaration.famille.value,
            etat=ancien.etat.value,
            etat_depuis=accorde or transmis,
            cree_le=transmis,
            cree_par_nom="Ancien portail",
            modifie_le=accorde or transmis,
            transmis_le=transmis,
            complet_le=transmis,
            accorde_le=accorde,
            montant_accorde=ancien.accorde,
            montant_a_payer=ancien.accorde,
            montant_facture=ancien.paye,
            montant_paye=ancien.paye,
            fil=ouvrir_fil(maintenant=maintenant),
            fil_prestataire=ouvrir_fil(maintenant=maintenant) if accorde else None,
        )
        figer_contenu(dossier, declaration, ancien.contenu, MotifVersion.TRANSMISSION, par, maintenant)
        dossier.reference_interne = f"Ancien n°\u00a0{ancien.numero}"
        indexer(dossier, projeter_contenu(declaration, ancien.contenu).recherche)
        dossier.save(force_insert=True)
        details = {"numero": ancien.numero}
        noter("dossier.repris", par=par, portee=dossier.portee_du_journal, objet=dossier, le=maintenant, details=details)
