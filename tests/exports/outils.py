"""A list made for these tests: rows of one SIREN in memory, seen by who reads the plan there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from jalon.exports.actions.demandes import demander_export
from jalon.exports.actions.production import produire_export
from jalon.exports.actions.telechargement import telecharger_export
from jalon.exports.models import Export
from jalon.socle import listes
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau, Portee
from jalon.socle.listes import Colonne, Compte, Genre, Lecture, Liste
from tests.habilitations.fabrique import LE, SIREN

CODE = "essai"


@dataclass(frozen=True)
class Ligne:
    """A row of an organisation, or of one of its establishments."""

    nom: str = "Inès Moreau"
    montant: Decimal | None = Decimal("1250.5")
    debut: date | None = date(2026, 9, 1)
    depose_le: datetime | None = datetime(2026, 7, 14, 22, 30, 15, tzinfo=UTC)
    heures: int | None = 35
    portee: Portee = field(default_factory=lambda: Portee(siren=SIREN))


COLONNES = (
    Colonne(code="nom", libelle="Nom", valeur=lambda li, _: li.nom),
    Colonne(code="montant", libelle="Montant", valeur=lambda li, _: li.montant, genre=Genre.MONTANT),
    Colonne(code="debut", libelle="Début", valeur=lambda li, _: li.debut, genre=Genre.JOUR),
    Colonne(code="depose_le", libelle="Déposé le", valeur=lambda li, _: li.depose_le, genre=Genre.INSTANT),
    Colonne(code="heures", libelle="Heures", valeur=lambda li, _: li.heures, genre=Genre.ENTIER),
    Colonne(code="siren", libelle="SIREN", valeur=lambda li, _: li.portee.siren, d_office=False),
)


class Scene:
    """What the list holds, and what happens between two of its rows."""

    def __init__(self, lignes: list[Ligne]) -> None:
        self.contenu = lignes
        self.entre: Callable[[int], None] = lambda rang: None

    def _vues(self, acteur: Acteur, lecture: Lecture) -> list[Ligne]:
        perimetre = acteur.perimetre(Droit(Domaine.PLAN, Niveau.LECTURE))
        return [li for li in self.contenu if perimetre.couvre(li.portee) and lecture.filtre in li.nom]

    def lire(self, parametres: Mapping[str, str], jour: date) -> Lecture:
        refus = ("Ce tri n’existe plus",) if parametres.get("tri") == "age" else ()
        return Lecture(parametres.get("q", ""), refus)

    def compter(self, acteur: Acteur, siren: str | None, lecture: Lecture, jour: date) -> Compte:
        return Compte(len(self._vues(acteur, lecture)))

    def lignes(self, acteur: Acteur, siren: str | None, lecture: Lecture, jour: date) -> Iterator[Any]:
        for rang, ligne in enumerate(self._vues(acteur, lecture)):
            self.entre(rang)
            yield ligne

    def liste(self, **autres: Any) -> Liste:
        champs = {
            "code": CODE, "libelle": "Dossiers d’essai", "nom_url": "espace_dossiers", "domaines": (Domaine.PLAN,),
            "colonnes": COLONNES, "lire": self.lire, "compter": self.compter, "lignes": self.lignes,
        }  # fmt: skip
        return Liste(**champs | autres)  # type: ignore[arg-type]


def poser(monkeypatch: Any, lignes: list[Ligne]) -> Scene:
    """Declare the list for one test."""
    scene = Scene(lignes)
    monkeypatch.setitem(listes._LISTES, CODE, scene.liste())
    return scene


def demander(par: Acteur, **autres: Any) -> Export:
    """Ask for the list as it stands."""
    voulu: dict[str, Any] = {
        "liste": CODE,
        "requete": "",
        "siren": SIREN,
        "format_": "xlsx",
        "raison": "Bilan du mois",
        "maintenant": LE,
    }
    return demander_export(par=par, **voulu | autres)


def produire(export: Export, le: datetime = LE) -> Export:
    """What the worker does."""
    produire_export(export_id=export.pk, horloge=lambda: le)
    return Export.objects.tous("essai").get(pk=export.pk)


def telecharger(export: Export, par: Acteur, le: datetime = LE) -> bytes:
    """The bytes that its owner receives."""
    _, contenu = telecharger_export(export_id=export.pk, par=par, maintenant=le)
    return b"".join(contenu)


def feuilles(octets: bytes) -> dict[str, list[list[Any]]]:
    """Sheets of a workbook as another library reads them."""
    classeur = CalamineWorkbook.from_filelike(BytesIO(octets))
    return {nom: classeur.get_sheet_by_name(nom).to_python() for nom in classeur.sheet_names}


def xml(octets: bytes) -> str:
    """All the sheets, as they are written."""
    with ZipFile(BytesIO(octets)) as archive:
        noms = [nom for nom in archive.namelist() if nom.startswith("xl/worksheets/sheet")]
        return "".join(archive.read(nom).decode() for nom in noms)
