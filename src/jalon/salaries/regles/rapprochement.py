"""Who, of those already there, a line of a file speaks of. Pure.

Certain: the same NIR; or the same surname, first given name and day of birth, when one side has no NIR. Anything near is a
probable duplicate: somebody chooses. Two different NIR are two people, whatever their names.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from jalon.salaries.enums import Sort
from jalon.salaries.regles.fiches import Changement, Fiche, changements, completer
from jalon.socle.texte import normaliser

AILLEURS = "Cette personne est déjà parmi les salariés d’un établissement que vos droits n’ouvrent pas"
HORS_DES_DROITS = "Vos droits ne portent pas sur cet établissement. Indiquez le SIRET d’un établissement que vous gérez"
NOUVEAU, IGNORER = "nouveau", "ignorer"


@dataclass(frozen=True, slots=True)
class Connu:
    """Somebody already there; her NIR is known by its blind index alone. `visible`: whether who imports may change her."""

    id: UUID
    fiche: Fiche
    empreinte: str
    visible: bool = True


@dataclass(frozen=True, slots=True)
class Lue:
    """A line that could be read; `permise`: whether who imports may put somebody there."""

    numero: int
    fiche: Fiche
    empreinte: str
    permise: bool = True


@dataclass(frozen=True, slots=True)
class Ligne:
    """What a line does. `candidats`: those that a probable duplicate may be. `apres`: the record as it will be."""

    numero: int
    sort: Sort
    raison: str = ""
    nom: str = ""
    lue: Lue | None = None
    cible: UUID | None = None
    apres: Fiche | None = None
    changements: tuple[Changement, ...] = ()
    candidats: tuple[Connu, ...] = ()


@dataclass(slots=True)
class Annuaire:
    """Those already there, by what finds them."""

    par_id: dict[UUID, Connu] = field(default_factory=dict)
    par_empreinte: dict[str, Connu] = field(default_factory=dict)
    par_identite: dict[str, list[Connu]] = field(default_factory=lambda: defaultdict(list))
    par_matricule: dict[str, list[Connu]] = field(default_factory=lambda: defaultdict(list))
    proches: dict[tuple[str, str], list[Connu]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def de(cls, connus: Iterable[Connu]) -> "Annuaire":
        """An index of these people."""
        annuaire = cls()
        for connu in connus:
            annuaire.ajouter(connu)
        return annuaire

    def ajouter(self, connu: Connu) -> None:
        """One more."""
        fiche = connu.fiche
        self.par_id[connu.id] = connu
        if connu.empreinte:
            self.par_empreinte[connu.empreinte] = connu
        self.par_identite[fiche.identite].append(connu)
        if fiche.matricule:
            self.par_matricule[fiche.matricule].append(connu)
        self.proches[_voisinage(fiche)].append(connu)

    def probables(self, fiche: Fiche, empreinte: str, sauf: UUID | None = None) -> tuple[Connu, ...]:
        """Those that may be the same person, without certainty; never one whose NIR is another one."""
        cites = [
            *self.par_identite.get(fiche.identite, ()),
            *self._par_matricule(fiche),
            *self.proches.get(_voisinage(fiche), ()),
        ]
        uniques = {c.id: c for c in cites if c.id != sauf and not (empreinte and c.empreinte and empreinte != c.empreinte)}
        return tuple(uniques.values())

    def _par_matricule(self, fiche: Fiche) -> list[Connu]:
        memes = self.par_matricule.get(fiche.matricule, []) if fiche.matricule else []
        return [c for c in memes if c.fiche.date_naissance == fiche.date_naissance]


def _voisinage(fiche: Fiche) -> tuple[str, str]:
    return fiche.prenom_seul, fiche.date_naissance.isoformat()


def rapprocher(annuaire: Annuaire, lues: Sequence[Lue], choix: Mapping[str, str]) -> list[Ligne]:
    """What each line does; `choix`: by number of line, « nouveau », « ignorer » or the id of the person that she is.

    The second line that speaks of the same person is refused: nobody can tell which one is right.
    """
    deja: dict[str, int] = {}
    lignes = []
    for lue in lues:
        cle = lue.empreinte or lue.fiche.identite
        premiere = deja.setdefault(cle, lue.numero)
        if premiere != lue.numero:
            raison = f"La même personne est déjà à la ligne {premiere}. Gardez une seule des deux lignes"
            lignes.append(Ligne(lue.numero, Sort.REFUSE, raison, nom_de(lue.fiche)))
            continue
        lignes.append(_rapprocher(annuaire, lue, choix.get(str(lue.numero), "")))
    return lignes


def _rapprocher(annuaire: Annuaire, lue: Lue, choix: str) -> Ligne:
    certain = _certain(annuaire, lue)
    if certain is not None:
        return _comparer(certain, lue)
    candidats = annuaire.probables(lue.fiche, lue.empreinte)
    if candidats and choix != NOUVEAU:
        choisi = next((c for c in candidats if str(c.id) == choix), None)
        if choisi is not None:
            return _comparer(choisi, lue)
        sort = Sort.IGNORE if choix == IGNORER else Sort.DOUBLON
        visibles = tuple(c for c in candidats if c.visible)
        if not visibles:
            return Ligne(lue.numero, Sort.REFUSE, AILLEURS, nom_de(lue.fiche))
        return Ligne(lue.numero, sort, nom=nom_de(lue.fiche), lue=lue, candidats=visibles)
    if not lue.permise:
        return Ligne(lue.numero, Sort.REFUSE, HORS_DES_DROITS, nom_de(lue.fiche))
    return Ligne(lue.numero, Sort.NOUVEAU, nom=nom_de(lue.fiche), lue=lue, apres=lue.fiche)


def _certain(annuaire: Annuaire, lue: Lue) -> Connu | None:
    connu = annuaire.par_empreinte.get(lue.empreinte) if lue.empreinte else None
    if connu is not None:
        return connu
    memes = [c for c in annuaire.par_identite.get(lue.fiche.identite, ()) if not (lue.empreinte and c.empreinte)]
    return memes[0] if len(memes) == 1 else None


def _comparer(connu: Connu, lue: Lue) -> Ligne:
    nom = nom_de(lue.fiche)
    if not connu.visible:
        return Ligne(lue.numero, Sort.REFUSE, AILLEURS, nom)
    apres = completer(connu.fiche, replace(lue.fiche, nir=""))
    differences = changements(connu.fiche, apres)
    if lue.empreinte and not connu.empreinte:
        differences = (*differences, Changement("NIR", "", "ajouté"))
    if not lue.permise and connu.fiche.siret != apres.siret:
        return Ligne(lue.numero, Sort.REFUSE, HORS_DES_DROITS, nom)
    sort = Sort.MODIFIE if differences else Sort.IDENTIQUE
    return Ligne(lue.numero, sort, nom=nom, lue=lue, cible=connu.id, apres=apres, changements=differences)


def nom_de(fiche: Fiche) -> str:
    """« Zoé Exemple »."""
    return f"{fiche.prenom} {fiche.nom}"


def recherche_de(fiche: Fiche) -> str:
    """What a search looks in: accents and case ignored."""
    return normaliser(f"{fiche.nom} {fiche.nom_usage} {fiche.prenom} {fiche.matricule} {fiche.emploi}")


def tri_de(fiche: Fiche) -> str:
    """What the list is sorted by."""
    return normaliser(f"{fiche.nom} {fiche.prenom}")[:160]
