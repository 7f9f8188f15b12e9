"""Making the file of an export, by a job that may be killed at any point and begins again."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire
from jalon.exports.acteurs import ActeurQuiExporte, acteur_de, de_json, droits_de, en_json, ont_diminue
from jalon.exports.actions.budget import BudgetDepasse, compter_en_plus, rendre_les_lignes
from jalon.exports.actions.suite import noter_export, passer_au_suivant, verrouiller_demandeur
from jalon.exports.actions.surveillance import annoncer_un_gros_export, signaler_le_depassement
from jalon.exports.budgets import refus_en_route
from jalon.exports.cellules import CLASSEUR, CSV, Lot, par_lots, rangeur
from jalon.exports.classeur import Plan, ecrire_classeur
from jalon.exports.courriels import ExportInterrompu, ExportPret
from jalon.exports.enums import EN_ATTENTE_OU_EN_COURS, Etape, EtatExport, FormatExport
from jalon.exports.models import Export
from jalon.exports.presentation import presenter
from jalon.exports.regles import (
    CONSERVATION,
    DELAI_COURRIEL,
    DROIT_RETIRE,
    FILTRE_PERIME,
    INTERROMPU_SANS_FIN,
    PASSAGES_AU_PLUS,
    noms_uniques,
)
from jalon.exports.requetes import COFFRE, Demande, budget_de, jour_de, lire_demande, peut_exporter
from jalon.exports.systeme import ProducteurDExports
from jalon.exports.tampon import Tampon
from jalon.exports.texte_csv import ouvrir_csv
from jalon.socle import coffre
from jalon.socle.acteurs import Acteur
from jalon.socle.coffre_par_blocs import ranger_flux
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import Introuvable, SaisieRefusee
from jalon.socle.identifiants import nouvel_id

Horloge = Callable[[], datetime]
PRODUCTEUR = ProducteurDExports()
BLOC = 1024 * 1024


class PassageDepasse(Exception):
    """The export was cancelled, or another run makes it: this one has nothing to do any more."""


class Interrompu(Exception):
    """The export ends without a file; the message says why."""


@dataclass(frozen=True, slots=True)
class Fichier:
    """What was written and put away."""

    lignes: int
    taille: int
    empreinte: str


def produire_export(*, export_id: UUID, horloge: Horloge) -> None:
    """Make the file of an export, whole, from the beginning. `horloge`: rights are read anew at each step, at its instant.

    Nothing happens when it is over, or while another export of the same person is being made: its end queues this one.
    A run that dies leaves nothing that can be read; the next one begins again, five times at most.
    """
    export = _commencer(export_id, horloge())
    if export is None:
        return
    try:
        fichier = _fabriquer(export, horloge)
        _finir(export, fichier, horloge())
    except Interrompu as raison:
        coffre.retirer(COFFRE, str(export.passage))
        _interrompre(export, str(raison), horloge())
    except PassageDepasse:
        coffre.retirer(COFFRE, str(export.passage))


def _lignes() -> Any:
    return Export.objects.tous("production par un travail, droits du demandeur relus à chaque pas")


def _commencer(export_id: UUID, maintenant: datetime) -> Export | None:
    """Take the export for this run; None when there is nothing to do now."""
    with transaction.atomic():
        export: Export | None = _verrouiller(export_id)
        if export is None or export.etat not in EN_ATTENTE_OU_EN_COURS:
            return None
        siens = _lignes().filter(demandeur_id=export.demandeur_id, etat=EtatExport.EN_COURS)
        if siens.exclude(id=export_id).exists():
            return None
        if export.passages >= PASSAGES_AU_PLUS:
            _echouer(export, INTERROMPU_SANS_FIN, maintenant)
            return None
        export.avancer(EtatExport.EN_COURS)
        export.passage, export.passages, export.avance_le = nouvel_id(), export.passages + 1, maintenant
        export.etape, export.lignes_faites = Etape.LECTURE, 0
        export.save(update_fields=["etat", "passage", "passages", "avance_le", "etape", "lignes_faites"])
    return export


def _verrouiller(export_id: UUID, passage: UUID | None = None) -> Export | None:
    """The export and its owner, locked in the order of every action; None when it is gone, or taken by another run."""
    lignes = _lignes().filter(id=export_id, **({"passage": passage} if passage else {}))
    proprietaire = lignes.values_list("demandeur_id", flat=True).first()
    if proprietaire is None:
        return None
    verrouiller_demandeur(proprietaire)
    export: Export | None = lignes.select_for_update(of=("self",)).first()
    return export


class Suivi:
    """One run: what it has done so far is written, and the rights of the person read anew, every few thousand rows."""

    def __init__(self, export: Export, demande: Demande, horloge: Horloge) -> None:
        self.export, self.demande, self.horloge = export, demande, horloge
        self.depart = de_json(export.droits)
        self.etape, self.total = Etape.LECTURE, export.lignes_total

    def acteur(self) -> Acteur:
        """The person as she is now. Raises Interrompu when she may not export what she asked for, all of it."""
        maintenant = self.horloge()
        acteur = acteur_de(self.export.demandeur_id, self.export.lieu, maintenant)
        if acteur is None or not peut_exporter(acteur, self.demande.liste, self.export.lieu):
            raise Interrompu(DROIT_RETIRE)
        if ont_diminue(self.depart, droits_de(acteur, self.demande.liste, self.export.lieu)):
            raise Interrompu(DROIT_RETIRE)
        return acteur

    def avancer(self, faites: int) -> None:
        """Write how far it is and look at the rights again; a run that was overtaken learns it here.

        Raises Interrompu, PassageDepasse.
        """
        siennes = _lignes().filter(id=self.export.id, passage=self.export.passage, etat=EtatExport.EN_COURS)
        ecrites = siennes.update(
            lignes_faites=faites, lignes_total=self.total, etape=self.etape, avance_le=self.horloge()
        )  # fmt: skip
        if not ecrites:
            raise PassageDepasse
        self.acteur()

    def compter(self, lues: int) -> None:
        """Count the rows that nobody knew of when it was asked. Raises Interrompu when the day does not allow them."""
        de_plus = lues - self.export.lignes_comptees
        if de_plus <= 0:
            return
        try:
            with signaler_le_depassement(self.export.lieu, self.acteur(), self.horloge()), transaction.atomic():
                siennes = _lignes().filter(id=self.export.id, passage=self.export.passage, etat=EtatExport.EN_COURS)
                if not siennes.update(lignes_comptees=lues):
                    raise PassageDepasse
                compter_en_plus(jour_de(self.export), de_plus, self.export.lieu)
        except BudgetDepasse:
            raise Interrompu(refus_en_route(budget_de(self.export.lieu))) from None
        self.export.lignes_comptees = lues

    def passer_a_l_ecriture(self, lignes: int) -> None:
        """Every row is read: how many there are is known."""
        self.etape, self.total = Etape.ECRITURE, lignes
        self.avancer(0)


def _fabriquer(export: Export, horloge: Horloge) -> Fichier:
    debut = horloge()
    jour = jour_de_paris(debut)
    try:
        demande = lire_demande(export.liste, export.requete, jour)
    except (Introuvable, SaisieRefusee):
        raise Interrompu(FILTRE_PERIME) from None
    suivi = Suivi(export, demande, horloge)
    acteur = suivi.acteur()
    _garder_les_droits(export, suivi, acteur)
    source = iter(demande.liste.lignes(ActeurQuiExporte(acteur, export.lieu), export.lieu, demande.lecture, jour))
    with tempfile.TemporaryFile() as cible:
        if export.format == FormatExport.CSV:
            lignes = _ecrire_csv(cible, demande, source, suivi, jour)
        else:
            lignes = _ecrire_xlsx(cible, export, demande, source, suivi, debut)
        suivi.avancer(lignes)
        return _deposer(export, cible, lignes)


def _garder_les_droits(export: Export, suivi: Suivi, acteur: Acteur) -> None:
    """By what the rows are read now: a right given since the request counts too, and may be taken back."""
    suivi.depart = droits_de(acteur, suivi.demande.liste, export.lieu)
    _lignes().filter(id=export.id, passage=export.passage).update(droits=en_json(suivi.depart))


def _lots(source: Iterator[Any], ranger: Callable[[Sequence[Any]], Lot], suivi: Suivi) -> Iterator[tuple[Lot, int]]:
    """(cells, number of rows), lot after lot."""
    lues = 0
    for lignes in par_lots(source):
        suivi.avancer(lues)
        lues += len(lignes)
        suivi.compter(lues)
        yield ranger(lignes), len(lignes)


def _ecrire_csv(cible: IO[bytes], demande: Demande, source: Iterator[Any], suivi: Suivi, jour: date) -> int:
    nombre = 0
    with ouvrir_csv(cible, noms_uniques([colonne.libelle for colonne in demande.colonnes])) as plume:
        for lot, lignes in _lots(source, rangeur(demande.colonnes, jour, CSV), suivi):
            plume.writerows(zip(*lot, strict=True))
            nombre += lignes
    return nombre


def _ecrire_xlsx(
    cible: IO[bytes], export: Export, demande: Demande, source: Iterator[Any], suivi: Suivi, debut: datetime
) -> int:  # fmt: skip
    with Tampon() as tampon:
        for lot, lignes in _lots(source, rangeur(demande.colonnes, jour_de_paris(debut), CLASSEUR), suivi):
            tampon.ajouter(lot, lignes)
        suivi.passer_a_l_ecriture(tampon.lignes)
        plan = Plan(export.libelle, demande.colonnes, presenter(export, demande, tampon.lignes, debut))
        ecrire_classeur(cible, plan, tampon.relire(), tampon.lignes, suivi.avancer)
        return tampon.lignes


def _deposer(export: Export, cible: IO[bytes], lignes: int) -> Fichier:
    """Put the file away, encrypted, whole or not at all, under the name of this run."""
    cible.seek(0)
    empreinte = hashlib.sha256()
    taille = 0
    while bloc := cible.read(BLOC):
        empreinte.update(bloc)
        taille += len(bloc)
    cible.seek(0)
    ranger_flux(COFFRE, str(export.passage), cible)
    return Fichier(lignes, taille, empreinte.hexdigest())


def _finir(export: Export, fichier: Fichier, maintenant: datetime) -> None:
    """Hand it over, unless the run was overtaken meanwhile."""
    with transaction.atomic():
        present = _verrouiller(export.id, export.passage)
        if present is None or present.etat != EtatExport.EN_COURS:
            raise PassageDepasse
        present.avancer(EtatExport.PRET)
        present.lignes_faites = present.lignes_total = fichier.lignes
        present.taille, present.empreinte = fichier.taille, fichier.empreinte
        present.fini_le, present.expire_le = maintenant, maintenant + CONSERVATION
        rendre_les_lignes(present, gardees=fichier.lignes)
        present.save()
        noter_export(code="export.pret", export=present, par=PRODUCTEUR, le=maintenant, lignes=fichier.lignes)
        annoncer_un_gros_export(present, fichier.lignes, maintenant)
        if maintenant - present.demande_le > DELAI_COURRIEL:
            _prevenir(ExportPret, present, maintenant)
        passer_au_suivant(present.demandeur_id)


def _interrompre(export: Export, motif: str, maintenant: datetime) -> None:
    with transaction.atomic():
        present = _verrouiller(export.id, export.passage)
        if present is not None and present.etat == EtatExport.EN_COURS:
            _echouer(present, motif, maintenant)


def abandonner(*, export_id: UUID, maintenant: datetime) -> None:
    """End an export that nothing moves any more."""
    with transaction.atomic():
        export = _verrouiller(export_id)
        if export is not None and export.etat in EN_ATTENTE_OU_EN_COURS:
            _echouer(export, INTERROMPU_SANS_FIN, maintenant)


def _echouer(export: Export, motif: str, maintenant: datetime) -> None:
    """End without a file, in the caller's transaction, and say why."""
    export.avancer(EtatExport.ECHOUE)
    export.passage, export.motif, export.fini_le = None, motif, maintenant
    rendre_les_lignes(export)
    export.save(update_fields=["etat", "passage", "motif", "fini_le", "lignes_comptees"])
    noter_export(code="export.interrompu", export=export, par=PRODUCTEUR, le=maintenant, motif=motif)
    _prevenir(ExportInterrompu, export, maintenant)
    passer_au_suivant(export.demandeur_id)


def _prevenir(message: type[ExportPret | ExportInterrompu], export: Export, maintenant: datetime) -> None:
    demandeur = export.demandeur
    preparer(message, export.id, [Destinataire(demandeur.email, demandeur.id)], le=maintenant)
