"""A file being looked at: what each of its lines would do."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from jalon.salaries import coffre
from jalon.salaries.enums import EtatImport, Sort
from jalon.salaries.models import ImportSalaries
from jalon.salaries.regles.fiches import CHAMPS, lire_fiche
from jalon.salaries.regles.rapprochement import Annuaire, Ligne, Lue, rapprocher
from jalon.salaries.requetes.annuaire import annuaire_de, portee_de
from jalon.salaries.tableau import textes_de_la_ligne
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau, Perimetre
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import Introuvable, SaisiesRefusees

CONSERVATION = timedelta(hours=1)
IMMOBILE = timedelta(minutes=15)
SAISIE = Droit(Domaine.SALARIES, Niveau.SAISIE)


@dataclass(frozen=True, slots=True)
class Apercu:
    """What applying the file would do. `manquantes`: boxes without which nobody can be read, that no column holds."""

    entetes: tuple[str, ...]
    lignes: tuple[Ligne, ...]
    manquantes: tuple[str, ...]

    @property
    def comptes(self) -> Mapping[Sort, int]:
        """Lines by what they do."""
        return Counter(ligne.sort for ligne in self.lignes)

    def de(self, *sorts: Sort) -> list[Ligne]:
        """Those that do that."""
        return [ligne for ligne in self.lignes if ligne.sort in sorts]


def import_accessible(import_id: UUID, acteur: Acteur, maintenant: datetime, *, verrou: bool = False) -> ImportSalaries:
    """The file that the actor sent, even once it is applied; one that was looked at for an hour is gone. Raises Introuvable."""
    lignes = ImportSalaries.objects.visibles_par(acteur, Niveau.SAISIE).filter(pk=import_id)
    lignes = lignes.exclude(etat=EtatImport.A_VALIDER, demande_le__lte=maintenant - CONSERVATION)
    trouve: ImportSalaries | None = (lignes.select_for_update() if verrou else lignes).first()
    if trouve is None:
        raise Introuvable("Ce fichier n’est plus là\u00a0: il n’est gardé qu’une heure. Choisissez-le de nouveau.")
    return trouve


def apercu_de(ligne: ImportSalaries, acteur: Acteur, maintenant: datetime) -> Apercu:
    """What each line would do now, for that actor. Raises Introuvable when the lines are no longer kept."""
    if not ligne.contenu:
        raise Introuvable
    contenu = coffre.ouvrir(ligne)
    perimetre = acteur.perimetre(SAISIE)
    manquantes = tuple(c.libelle for c in CHAMPS.values() if c.manque and c.code not in ligne.colonnes)
    if manquantes:
        return Apercu(tuple(contenu["entetes"]), (), manquantes)
    annuaire = annuaire_de(ligne.siren, perimetre)
    lignes = juger(ligne, contenu["lignes"], annuaire, perimetre, jour_de_paris(maintenant))
    return Apercu(tuple(contenu["entetes"]), tuple(lignes), ())


def juger(
    ligne: ImportSalaries, cellules: Sequence[tuple[int, Sequence[str]]], annuaire: Annuaire, perimetre: Perimetre, jour: date
) -> list[Ligne]:
    """What each of these lines does, in their order."""
    refusees, lues = [], []
    for numero, textes in cellules:
        try:
            lues.append(_lire(numero, textes_de_la_ligne(textes, ligne.colonnes), ligne.siren, perimetre, jour))
        except SaisiesRefusees as erreur:
            refusees.append(Ligne(numero, Sort.REFUSE, _raison(erreur)))
    return sorted([*refusees, *rapprocher(annuaire, lues, ligne.choix)], key=lambda li: li.numero)


def _lire(numero: int, textes: Mapping[str, str], siren: str, perimetre: Perimetre, jour: date) -> Lue:
    fiche = lire_fiche(textes, siren, jour)
    permise = perimetre.couvre(portee_de(siren, fiche.siret))
    return Lue(numero, fiche, coffre.empreinte_nir(fiche.nir, siren), permise)


def _raison(erreur: SaisiesRefusees) -> str:
    """« NIR : la clé… ; Sexe : … ». A sentence never repeats what was typed."""
    return "\u00a0; ".join(f"{CHAMPS[champ].libelle}\u00a0: {phrase}" for champ, phrase in erreur.champs.items())


def imports_a_relancer(maintenant: datetime) -> list[UUID]:
    """Files being applied of which nothing was done for a quarter of an hour: the job was lost."""
    lignes = ImportSalaries.objects.tous("import lancé dont le travail s’est perdu")
    immobiles = lignes.filter(etat=EtatImport.EN_COURS, avance_le__lte=maintenant - IMMOBILE)
    return list(immobiles.order_by("avance_le").values_list("id", flat=True)[:100])
