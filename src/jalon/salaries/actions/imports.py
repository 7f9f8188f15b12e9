"""A file of employees: read, looked at, applied by packets. The file is never stored, its lines for an hour at most."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from jalon.comptes.models import Personne
from jalon.habilitations.acteurs import ActeurPersonne, ActeurSysteme
from jalon.journal.actions import noter
from jalon.salaries import coffre
from jalon.salaries.actions.commun import SAISIE, nouveau_salarie, toucher, verrouiller_annuaire
from jalon.salaries.enums import EtatImport, Sort, Source
from jalon.salaries.models import CHAMPS_DE_LA_FICHE, ImportSalaries, Salarie
from jalon.salaries.regles.fiches import CHAMPS
from jalon.salaries.regles.rapprochement import IGNORER, NOUVEAU, Ligne
from jalon.salaries.requetes.annuaire import annuaire_de, portee_de
from jalon.salaries.requetes.imports import CONSERVATION, import_accessible, imports_a_relancer, juger
from jalon.salaries.tableau import lire_fichier
from jalon.socle.acteurs import Acteur, Domaine
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import DroitManquant, SaisieRefusee, SaisiesRefusees, TransitionImpossible
from jalon.socle.travaux import differer

TACHE = "salaries.appliquer_import"
AU_PLUS = 30_000_000
AUSSITOT = 200
"""Lines applied in the request; more are a job."""
PAQUET = 1_000
REFUS_GARDES = 500
DEJA_LANCE = "Ce fichier est déjà appliqué, ou abandonné."


def deposer_fichier(*, siren: str, octets: bytes, par: Acteur, maintenant: datetime) -> ImportSalaries:
    """Read an Excel workbook, a CSV or a DSN, and keep its lines, encrypted, while somebody looks at them.

    A file sent before by the same person, and not applied, is given up.
    Raises: DroitManquant, SaisieRefusee (too big, unreadable, empty, cut short, DSN of another SIREN).
    """
    auteur = _auteur_habilite(siren, par)
    if len(octets) > AU_PLUS:
        raise SaisieRefusee("Ce fichier pèse plus de 30\u00a0Mo. Séparez-le en plusieurs", champ="fichier")
    tableau = lire_fichier(octets, siren)
    with transaction.atomic():
        _abandonner_les_precedents(siren, par)
        ligne = ImportSalaries(
            siren=siren,
            domaine=Domaine.SALARIES.value,
            source=(Source.DSN if tableau.de_dsn else Source.FICHIER).value,
            colonnes=dict(tableau.colonnes),
            total=len(tableau.lignes),
            demande_par=auteur,
            demande_le=maintenant,
        )
        ligne.contenu = coffre.sceller({"entetes": tableau.entetes, "lignes": tableau.lignes}, ligne.id)
        ligne.save(force_insert=True)
    return ligne


def _auteur_habilite(siren: str, par: Acteur) -> UUID:
    """Who acts, if she types employees somewhere in that company. Raises DroitManquant."""
    perimetre, identite = par.perimetre(SAISIE), par.identite
    if not any(siret.startswith(siren) for siret in perimetre.sirets):
        par.exiger(SAISIE, portee_de(siren, ""))
    if identite is None:
        raise DroitManquant("Un fichier de salariés s’importe au nom d’une personne.")
    return identite


def _abandonner_les_precedents(siren: str, par: Acteur) -> None:
    lignes = ImportSalaries.objects.tous("fichiers de la même personne qu’elle n’a pas appliqués")
    lignes.filter(siren=siren, demande_par=par.identite, etat=EtatImport.A_VALIDER).update(etat=EtatImport.ABANDONNE, contenu="")


def ajuster_colonnes(*, import_id: UUID, colonnes: Mapping[str, str], par: Acteur, maintenant: datetime) -> ImportSalaries:
    """Say which column holds each box: its rank, or nothing. Choices already made of the lines are dropped.

    Raises: Introuvable, TransitionImpossible (applied already), SaisieRefusee (no such column, one asked twice).
    """
    with transaction.atomic():
        ligne = _a_valider(import_id, par, maintenant)
        nombre = len(coffre.ouvrir(ligne)["entetes"])
        retenues: dict[str, int] = {}
        for code in CHAMPS:
            rang = colonnes.get(code, "")
            if not rang:
                continue
            if not rang.isdecimal() or len(rang) > 3 or int(rang) >= nombre:
                raise SaisieRefusee("Choisissez une colonne du fichier", champ=code)
            if int(rang) in retenues.values():
                raise SaisieRefusee("Cette colonne est déjà prise par une autre case", champ=code)
            retenues[code] = int(rang)
        ligne.colonnes, ligne.choix = retenues, {}
        ligne.save(update_fields=["colonnes", "choix"])
    return ligne


def _a_valider(import_id: UUID, par: Acteur, maintenant: datetime) -> ImportSalaries:
    ligne = import_accessible(import_id, par, maintenant, verrou=True)
    if ligne.etat != EtatImport.A_VALIDER:
        raise TransitionImpossible(DEJA_LANCE)
    return ligne


def lancer_import(*, import_id: UUID, choix: Mapping[str, str], par: Acteur, maintenant: datetime) -> ImportSalaries:
    """Apply the file that was looked at, at once when it is short, else in a job. `choix`: what was decided of the probable
    duplicates, by number of line; those that nobody decided are left out.

    Raises: Introuvable, TransitionImpossible (applied already), SaisiesRefusees (names, day of birth: no column),
    SaisieRefusee (a choice that is none).
    """
    with transaction.atomic():
        ligne = _a_valider(import_id, par, maintenant)
        manquantes = {
            c.code: "Choisissez la colonne qui le contient" for c in CHAMPS.values() if c.manque and c.code not in ligne.colonnes
        }
        if manquantes:
            raise SaisiesRefusees(manquantes)
        ligne.choix = {numero: _choix(valeur) for numero, valeur in choix.items() if valeur and numero.isdecimal()}
        ligne.etat, ligne.lance_le, ligne.avance_le = EtatImport.EN_COURS, maintenant, maintenant
        ligne.save(update_fields=["choix", "etat", "lance_le", "avance_le"])
        if ligne.total <= AUSSITOT:
            _avancer(ligne, par, maintenant)
        else:
            differer(TACHE, import_id=str(ligne.id))
    return ligne


def _choix(valeur: str) -> str:
    if valeur in {NOUVEAU, IGNORER}:
        return valeur
    try:
        return str(UUID(valeur))
    except ValueError:
        raise SaisieRefusee("Choisissez une des réponses proposées pour cette ligne", champ="choix") from None


def abandonner_import(*, import_id: UUID, par: Acteur, maintenant: datetime) -> None:
    """Forget a file that was looked at. Raises: Introuvable, TransitionImpossible (applied already)."""
    with transaction.atomic():
        ligne = _a_valider(import_id, par, maintenant)
        ligne.etat, ligne.contenu = EtatImport.ABANDONNE, ""
        ligne.save(update_fields=["etat", "contenu"])


def appliquer_import(*, import_id: UUID, maintenant: datetime) -> None:
    """Apply what remains of a file, a packet a transaction: killed, it is run again and goes on where it was.

    The rights of who asked are read again; without them it stops there.
    """
    while True:
        with transaction.atomic():
            lignes = ImportSalaries.objects.tous("import lancé par qui en avait le droit, relu à chaque paquet")
            ligne = lignes.select_for_update().filter(id=import_id, etat=EtatImport.EN_COURS).first()
            if ligne is None:
                return
            par = _auteur(ligne, maintenant)
            if par is None:
                _interrompre(ligne, maintenant)
                return
            _avancer(ligne, par, maintenant)


def _auteur(ligne: ImportSalaries, maintenant: datetime) -> ActeurPersonne | None:
    """Who asked, if she may still type employees there."""
    personne = Personne.objects.filter(pk=ligne.demande_par, is_active=True).first()
    if personne is None:
        return None
    par = ActeurPersonne(personne, maintenant)
    try:
        _auteur_habilite(ligne.siren, par)
    except DroitManquant:
        return None
    return par


def _avancer(ligne: ImportSalaries, par: Acteur, maintenant: datetime) -> None:
    """One packet. Each line is judged again under the lock: what changed since it was looked at is refused, never guessed."""
    verrouiller_annuaire(ligne.siren)
    perimetre = par.perimetre(SAISIE)
    cellules = coffre.ouvrir(ligne)["lignes"][ligne.avance : ligne.avance + PAQUET]
    annuaire = annuaire_de(ligne.siren, perimetre)
    jugees = juger(ligne, cellules, annuaire, perimetre, jour_de_paris(maintenant))
    _ecrire(ligne, jugees, maintenant)
    _rapporter(ligne, jugees)
    ligne.avance, ligne.avance_le = ligne.avance + len(cellules), maintenant
    if ligne.avance >= ligne.total:
        ligne.etat, ligne.contenu, ligne.choix, ligne.fini_le = EtatImport.TERMINE, "", {}, maintenant
        comptes = ligne.rapport["comptes"]
        details = {
            nom: comptes.get(sort, 0)
            for nom, sort in (("nouveaux", Sort.NOUVEAU), ("modifies", Sort.MODIFIE), ("refuses", Sort.REFUSE))
        }
        noter("salaries.import", par=par, portee=ligne.portee, objet=ligne, le=maintenant, details=details)
    ligne.save()


def _ecrire(ligne: ImportSalaries, jugees: Sequence[Ligne], maintenant: datetime) -> None:
    source = Source(ligne.source)
    tous = Salarie.objects.tous("fiches d’un import, chacune jugée selon les droits de son auteur")
    nouveaux = [nouveau_salarie(ligne.siren, j.apres, source, maintenant) for j in jugees if j.sort == Sort.NOUVEAU and j.apres]
    tous.bulk_create(nouveaux, batch_size=PAQUET)
    changees = {j.cible: j for j in jugees if j.sort == Sort.MODIFIE}
    salaries = list(tous.select_for_update().filter(pk__dans=list(changees))) if changees else []
    for salarie in salaries:
        jugee = changees[salarie.id]
        if jugee.apres is not None and jugee.lue is not None:
            coffre.poser_nir(toucher(salarie.ecrire(jugee.apres), maintenant), jugee.lue.fiche.nir)
    if salaries:
        champs = [
            *CHAMPS_DE_LA_FICHE,
            "nir_chiffre",
            "nir_empreinte",
            "recherche",
            "tri",
            "version",
            "modifie_le",
            "dernier_usage",
        ]
        tous.bulk_create(salaries, update_conflicts=True, unique_fields=["id"], update_fields=champs, batch_size=PAQUET)
    identiques = [j.cible for j in jugees if j.sort == Sort.IDENTIQUE]
    if identiques:
        tous.filter(pk__dans=identiques).update(dernier_usage=jour_de_paris(maintenant))


def _rapporter(ligne: ImportSalaries, jugees: Sequence[Ligne]) -> None:
    """Counts, and the lines refused by number and reason: no name is kept."""
    comptes = Counter(ligne.rapport.get("comptes", {}))
    comptes.update(j.sort.value for j in jugees)
    refus: list[Any] = [*ligne.rapport.get("refus", []), *([j.numero, j.raison] for j in jugees if j.sort == Sort.REFUSE)]
    ligne.rapport = {"comptes": dict(comptes), "refus": refus[:REFUS_GARDES]}


def _interrompre(ligne: ImportSalaries, maintenant: datetime) -> None:
    ligne.etat, ligne.contenu, ligne.choix, ligne.fini_le = EtatImport.INTERROMPU, "", {}, maintenant
    ligne.save(update_fields=["etat", "contenu", "choix", "fini_le"])
    systeme = ActeurSysteme("import de salariés")
    noter("salaries.import_interrompu", par=systeme, portee=ligne.portee, objet=ligne, le=maintenant)


def oublier_imports(*, maintenant: datetime) -> int:
    """Empty the files looked at for an hour. Gives how many."""
    lignes = ImportSalaries.objects.tous("fichiers regardés il y a plus d’une heure")
    anciens = lignes.filter(etat=EtatImport.A_VALIDER, demande_le__lte=maintenant - CONSERVATION)
    return int(anciens.update(etat=EtatImport.EXPIRE, contenu=""))


def relancer_imports(*, maintenant: datetime) -> int:
    """Queue again what was begun and stands still (job lost): it is idempotent. Gives how many."""
    cles = imports_a_relancer(maintenant)
    for cle in cles:
        differer(TACHE, import_id=str(cle))
    return len(cles)
