"""People and files for the tests of the directory. Every NIR is made up, its key computed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

from stdnum.fr import nir as _nir

from jalon.salaries.actions import ajouter_salarie, deposer_fichier, lancer_import
from jalon.salaries.models import ImportSalaries, Salarie
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Perimetre
from tests.acteurs import FauxActeur, acteur_entreprise
from tests.habilitations.fabrique import cle_de_luhn

MAINTENANT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
JOUR = MAINTENANT.date()
SIREN, AUTRE_SIREN = "130025265", "123456782"
SIRET, SIRET_2 = "13002526500013", cle_de_luhn("1300252650002")


def nir(treize: str) -> str:
    """15 characters."""
    return treize + str(_nir.calc_check_digits(treize))


ZOE_NIR, LEO_NIR = nir("2950775111222"), nir("1880669333444")
ZOE = {"nom": "Exemple", "prenom": "Zoé", "date_naissance": "15/07/1995", "nir": ZOE_NIR}
LEO = {"nom": "Étienne", "prenom": "Léo", "date_naissance": "02/06/1988", "nir": LEO_NIR, "emploi": "Cuisinier"}


def aline(niveau: Niveau = Niveau.GESTION, siren: str = SIREN) -> FauxActeur:
    """Somebody of the company, on the whole SIREN."""
    return acteur_entreprise(siren, niveau)


def bruno(niveau: Niveau = Niveau.SAISIE) -> FauxActeur:
    """Somebody of the first establishment alone."""
    return FauxActeur({d: (niveau, Perimetre(sirets=frozenset({SIRET}))) for d in Domaine}, nom="Bruno Essai")


def ajouter(textes: Mapping[str, str], par: Acteur | None = None, **autres: object) -> Salarie:
    """Add somebody by the action."""
    reste = {"siren": SIREN, "maintenant": MAINTENANT, "autre": False, **autres}
    return ajouter_salarie(textes=textes, par=par or aline(), **reste)  # type: ignore[arg-type]


def csv(*lignes: Mapping[str, str], colonnes: Sequence[str] = ()) -> bytes:
    """A CSV whose headings are the codes of the boxes."""
    noms = list(colonnes or dict.fromkeys(nom for ligne in lignes for nom in ligne))
    return "\n".join([";".join(noms), *(";".join(ligne.get(nom, "") for nom in noms) for ligne in lignes)]).encode()


def deposer(octets: bytes, par: Acteur | None = None, le: datetime = MAINTENANT, siren: str = SIREN) -> ImportSalaries:
    """Send a file."""
    return deposer_fichier(siren=siren, octets=octets, par=par or aline(), maintenant=le)


def importer(octets: bytes, par: Acteur | None = None, le: datetime = MAINTENANT, **choix: str) -> ImportSalaries:
    """Send a file and apply it as it is; `choix`: ligne_2="nouveau"."""
    qui = par or aline()
    ligne = deposer(octets, qui, le)
    decide = {nom.removeprefix("ligne_"): valeur for nom, valeur in choix.items()}
    return lancer_import(import_id=ligne.id, choix=decide, par=qui, maintenant=le)


def gens(nombre: int, depart: int = 0) -> list[dict[str, str]]:
    """That many people, each with a NIR."""
    lettres = "abcdefghijklmnopqrstuvwxyz"
    return [
        {
            "nom": f"Nom{lettres[n // 676 % 26]}{lettres[n // 26 % 26]}{lettres[n % 26]}", "prenom": "Ana",
            "date_naissance": f"{n % 28 + 1:02}/{n // 28 % 12 + 1:02}/{1960 + n // 336 % 40}", "nir": nir(f"28{n % 90 + 10}075{n:06}"),
        }
        for n in range(depart, depart + nombre)
    ]  # fmt: skip


def tous(siren: str = SIREN) -> list[Salarie]:
    """The directory, by name."""
    return list(Salarie.objects.tous("essai").filter(siren=siren).order_by("tri", "id"))


def relu(cle: UUID) -> Salarie:
    """A record, read again."""
    salarie: Salarie = Salarie.objects.tous("essai").get(pk=cle)
    return salarie


def classeur(*lignes: Sequence[object]) -> bytes:
    """A workbook of one sheet of texts, made with the standard library."""
    import zipfile
    from xml.sax.saxutils import escape

    def cellule(valeur: object) -> str:
        if isinstance(valeur, int | float):
            return f"<c><v>{valeur}</v></c>"
        return f'<c t="inlineStr"><is><t>{escape(str(valeur))}</t></is></c>'

    rangees = "".join(f'<row r="{i}">{"".join(map(cellule, ligne))}</row>' for i, ligne in enumerate(lignes, 1))
    ns = "http://schemas.openxmlformats.org"
    sortie = BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{ns}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
            'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml"'
            ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{ns}/package/2006/relationships"><Relationship Id="r1" Target="xl/workbook.xml" '
            f'Type="{ns}/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{ns}/spreadsheetml/2006/main" xmlns:r="{ns}/officeDocument/2006/relationships"><sheets>'
            '<sheet name="Salariés" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{ns}/package/2006/relationships"><Relationship Id="r1" Target="worksheets/sheet1.xml" '
            f'Type="{ns}/officeDocument/2006/relationships/worksheet"/></Relationships>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{ns}/spreadsheetml/2006/main"><sheetData>{rangees}</sheetData></worksheet>',
        )
    return sortie.getvalue()


def dsn(*rubriques: str, siren: str = SIREN, total: str = "", declarations: str = "1", fin: bytes = b"\n") -> bytes:
    """A DSN around these rubrics of people; `total` lies when it is given."""
    tete = ["S10.G00.00.001,'LogicielExemple'", "S20.G00.05.001,'01'", "S20.G00.05.005,'01102026'", f"S21.G00.06.001,'{siren}'"]
    lignes = [*tete, *rubriques]
    lignes += [f"S90.G00.90.001,'{total or len(lignes)}'", f"S90.G00.90.002,'{declarations}'"]
    return fin.join(ligne.encode("iso-8859-1") for ligne in lignes) + fin
