"""Records of employees: one, a page of them, those that a search finds. No NIR leaves here but masked."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.salaries.models import Inscription, Salarie
from jalon.salaries.regles.rapprochement import Connu
from jalon.salaries.requetes.annuaire import annuaire_de
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau
from jalon.socle.erreurs import DroitManquant, Introuvable
from jalon.socle.lectures import Lu, signaler
from jalon.socle.listes import COMPTE_AU_PLUS, Compte
from jalon.socle.pages import autour, lire_curseur
from jalon.socle.texte import normaliser

PAR_PAGE = 25
PROPOSES = 8
PAQUET = 500
ORDRE = "tri"
INTROUVABLE = "Nous ne trouvons pas ce salarié."
SANS_NIR = ("nir_chiffre", "nir_empreinte")
"""What a line of a list never loads."""
CHAMPS_TROUVES = ("id", "siren", "nom", "nom_usage", "prenom", "emploi", "sortie")
"""What an answer of the search of everything loads."""


class Presence(StrEnum):
    """Which employees are looked at."""

    PRESENTS = "presents"
    PARTIS = "partis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtre:
    """What is looked for that day. Gone: the day of leaving is over."""

    jour: date
    texte: str = ""
    presence: str = ""
    siret: str = ""

    @property
    def vide(self) -> bool:
        """Whether nothing narrows the list."""
        return not (self.texte.strip() or self.presence or self.siret)


@dataclass(frozen=True, slots=True)
class Page:
    """Up to 25 records, and the cursors of the pages around; an empty cursor: no such page."""

    salaries: list[Salarie]
    suivant: str = ""
    precedent: str = ""


def _visibles(acteur: Acteur, siren: str | None, filtre: Filtre) -> QuerySet[Salarie]:
    lignes: QuerySet[Salarie] = Salarie.objects.visibles_par(acteur).defer(*SANS_NIR)
    if siren is not None:
        lignes = lignes.filter(siren=siren)
    for mot in normaliser(filtre.texte).split():
        lignes = lignes.filter(recherche__contains=mot)
    if filtre.siret:
        lignes = lignes.filter(siret=filtre.siret)
    parti = Q(sortie__lt=filtre.jour)
    if filtre.presence == Presence.PARTIS:
        return lignes.filter(parti)
    return lignes.exclude(parti) if filtre.presence == Presence.PRESENTS else lignes


def liste_salaries(acteur: Acteur, siren: str | None, filtre: Filtre, curseur: str = "") -> Page:
    """A page of the records that the actor sees, by name. A cursor that cannot be read is the first page. One query."""
    if filtre.texte.strip() and not normaliser(filtre.texte):
        return Page([])
    apres, arriere = lire_curseur(curseur, str, ORDRE)
    lignes = _visibles(acteur, siren, filtre)
    if apres is not None:
        tri, cle = apres
        au_dela = Q(tri__lt=tri) | Q(tri=tri, id__lt=cle) if arriere else Q(tri__gt=tri) | Q(tri=tri, id__gt=cle)
        lignes = lignes.filter(au_dela)
    lues = list(lignes.order_by(*(("-tri", "-id") if arriere else ("tri", "id")))[: PAR_PAGE + 1])
    encore, lues = len(lues) > PAR_PAGE, lues[:PAR_PAGE]
    if arriere:
        lues.reverse()
    if not lues:
        return Page([])
    signaler(acteur, [Lu(s.pk, personnes=0) for s in lues])
    premiere, derniere = ((s.tri, s.pk) for s in (lues[0], lues[-1]))
    return Page(lues, *autour(premiere, derniere, ordre=ORDRE, encore=encore, arriere=arriere, debut=apres is None))


def compter(acteur: Acteur, siren: str | None, filtre: Filtre) -> Compte:
    """How many, exact up to 10,000."""
    nombre = _visibles(acteur, siren, filtre).order_by()[: COMPTE_AU_PLUS + 1].count()
    return Compte(min(nombre, COMPTE_AU_PLUS), plafonne=nombre > COMPTE_AU_PLUS)


def toutes_les_lignes(acteur: Acteur, siren: str | None, filtre: Filtre) -> Iterator[Salarie]:
    """Every record that the actor sees, by name, streamed."""
    yield from _visibles(acteur, siren, filtre).order_by("tri", "id").iterator(chunk_size=PAQUET)


def salarie_accessible(salarie_id: UUID, acteur: Acteur, niveau: Niveau = Niveau.LECTURE, *, verrou: bool = False) -> Salarie:
    """The record, if the actor may read it; above LECTURE, if she may act on it.

    Raises: Introuvable (unknown, or outside every perimeter), DroitManquant (seen, not allowed).
    """
    lignes = Salarie.objects.visibles_par(acteur).filter(pk=salarie_id)
    salarie: Salarie | None = (lignes.select_for_update(of=("self",)) if verrou else lignes).first()
    if salarie is None:
        raise Introuvable(INTROUVABLE)
    signaler(acteur, [Lu(salarie.pk, salarie.siren)])
    if niveau > Niveau.LECTURE:
        acteur.exiger(Droit(Domaine.SALARIES, niveau), salarie.portee)
    return salarie


def salarie_au_nir_lisible(salarie_id: UUID, acteur: Acteur) -> Salarie:
    """The record, if the actor may have its NIR shown: who types employees, out of probation (exigences, T1c).

    Raises: Introuvable, DroitManquant.
    """
    salarie = salarie_accessible(salarie_id, acteur, Niveau.SAISIE)
    if isinstance(acteur, ActeurPersonne) and acteur.en_probation(salarie.siren):
        raise DroitManquant("Les données protégées s’afficheront à la fin des 72 premières heures.")
    return salarie


def choisis(acteur: Acteur, siren: str, cles: Collection[UUID]) -> list[Salarie]:
    """Those of these ids that the actor sees in that company, by name."""
    lignes: QuerySet[Salarie] = Salarie.objects.visibles_par(acteur).defer(*SANS_NIR)
    return list(lignes.filter(siren=siren, pk__dans=list(cles)).order_by("tri", "id")) if cles else []


def chercher(acteur: Acteur, siren: str, texte: str, jour: date) -> list[Salarie]:
    """The first employees still there whose names hold what is typed."""
    if texte.strip() and not normaliser(texte):
        return []
    filtre = Filtre(jour=jour, texte=texte, presence=Presence.PRESENTS)
    trouves = list(_visibles(acteur, siren, filtre).order_by("tri", "id")[:PROPOSES])
    signaler(acteur, [Lu(s.pk, personnes=0) for s in trouves])
    return trouves


def trouver(acteur: Acteur, siren: str | None, texte: str, jour: date, nombre: int) -> list[Salarie]:
    """The first employees, gone or not, whose record holds what is typed, in one company or in all of the actor's. One query."""
    if not normaliser(texte):
        return []
    lignes = _visibles(acteur, siren, Filtre(jour=jour, texte=texte)).only(*CHAMPS_TROUVES)
    trouves = list(lignes.order_by("tri", "id")[:nombre])
    signaler(acteur, [Lu(s.pk, personnes=0) for s in trouves])
    return trouves


def doublons_de(salarie: Salarie, acteur: Acteur) -> tuple[Connu, ...]:
    """Those who may be the same person, and that the actor may join with her."""
    annuaire = annuaire_de(salarie.siren, acteur.perimetre(Droit(Domaine.SALARIES, Niveau.GESTION)), [salarie.fiche])
    return tuple(connu for connu in annuaire.probables(salarie.fiche, salarie.nir_empreinte, sauf=salarie.id) if connu.visible)


def dossiers_de(salarie: Salarie) -> list[UUID]:
    """Requests that name somebody already obtained by her door, latest first."""
    return list(Inscription.objects.filter(salarie=salarie).order_by("-le").values_list("dossier_id", flat=True))


def nommes_par(dossier_id: UUID) -> set[UUID]:
    """Employees that a request names."""
    return set(Inscription.objects.filter(dossier_id=dossier_id).values_list("salarie_id", flat=True))
