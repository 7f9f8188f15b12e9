"""Import of the stock files: each slice of whole lines is one transaction (rows, refusals, how far we are)."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from psycopg import sql

from jalon.journal.actions import noter
from jalon.organisations.actions.affectation import attribuer_portefeuilles
from jalon.organisations.models import ImportRegistre
from jalon.organisations.sirene.conversion import Conversion, Rejet
from jalon.organisations.sirene.dispositions import Disposition
from jalon.organisations.sirene.fichiers import FichierSirene, Tranche
from jalon.socle.acteurs import Acteur, Portee
from jalon.socle.erreurs import TransitionImpossible

TAILLE_TRANCHE = 16 << 20
VERROU = 7_031_958

Suivi = Callable[[FichierSirene, str, int], None]


@dataclass(frozen=True, slots=True)
class Effet:
    """What one slice did."""

    inseres: int = 0
    mis_a_jour: int = 0
    inchanges: int = 0


def importer_registre(
    *, fichiers: Sequence[FichierSirene], par: Acteur, maintenant: datetime, suivi: Suivi, taille_tranche: int = TAILLE_TRANCHE
) -> list[ImportRegistre]:
    """Bring the register up to date with stock files, then place the organisations in their portefeuille.

    Every file is checked whole before the first line is written, unless its import was interrupted: then it goes on from
    the last slice written. `suivi(fichier, etape, octets)` is told how far « controle » and « import » are.

    Raises: SaisieRefusee (a file cannot be read), TransitionImpossible (another import is running).
    """
    with _seul(), _sans_ramasse_miettes():
        reprises = [_reprise(fichier) for fichier in fichiers]
        for fichier, reprise in zip(fichiers, reprises, strict=True):
            if reprise is None:
                fichier.controler(partial(suivi, fichier, "controle"))
        registres = [
            _importer(fichier, reprise or _commencer(fichier, maintenant), suivi, taille_tranche)
            for fichier, reprise in zip(fichiers, reprises, strict=True)
        ]
        with transaction.atomic():
            for registre in registres:
                _terminer(registre, par, maintenant)
            attribuer_portefeuilles()
    return registres


@contextmanager
def _seul() -> Iterator[None]:
    """One import at a time, whatever the machine; released by PostgreSQL if the process dies."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_try_advisory_lock(%s)", [VERROU])
        if not curseur.fetchone()[0]:
            raise TransitionImpossible("Un import du registre est déjà en cours : attendez qu’il se termine.")
    try:
        yield
    finally:
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_unlock(%s)", [VERROU])


@contextmanager
def _sans_ramasse_miettes() -> Iterator[None]:
    """Millions of short-lived lists and no cycle: the garbage collector would cost a fifth of the time."""
    actif = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if actif:
            gc.enable()


def _reprise(fichier: FichierSirene) -> ImportRegistre | None:
    """The interrupted import of this very file, if there is one."""
    return ImportRegistre.objects.filter(
        genre=fichier.disposition.genre, empreinte=fichier.empreinte, termine_le__isnull=True
    ).first()


def _commencer(fichier: FichierSirene, maintenant: datetime) -> ImportRegistre:
    with transaction.atomic():
        ImportRegistre.objects.filter(genre=fichier.disposition.genre).delete()
        return ImportRegistre.objects.create(
            genre=fichier.disposition.genre,
            nom=fichier.chemin.name,
            empreinte=fichier.empreinte,
            position=fichier.debut,
            ligne=2,
            commence_le=maintenant,
        )


def _importer(fichier: FichierSirene, registre: ImportRegistre, suivi: Suivi, taille_tranche: int) -> ImportRegistre:
    for tranche in fichier.tranches(registre.position, registre.ligne, taille_tranche):
        _importer_tranche(fichier, tranche)
        suivi(fichier, "import", tranche.fin)
    registre.refresh_from_db()
    return registre


def _terminer(registre: ImportRegistre, par: Acteur, maintenant: datetime) -> None:
    registre.termine_le = maintenant
    registre.save(update_fields=["termine_le"])
    comptes = {"inseres": registre.inseres, "mis_a_jour": registre.mis_a_jour, "rejetes": registre.rejetes}
    details = {"fichier": registre.nom, **comptes}
    noter("registre.importe", par=par, portee=Portee(), objet=registre, le=maintenant, details=details)


def _importer_tranche(fichier: FichierSirene, tranche: Tranche) -> None:
    conversion = Conversion(fichier, tranche)
    with transaction.atomic():
        effet = _ajouter(fichier.disposition, conversion) or _fusionner(fichier.disposition, conversion)
        _garder_rejets(fichier.disposition, conversion.rejets)
        ImportRegistre.objects.filter(pk=fichier.disposition.genre).update(
            position=tranche.fin,
            ligne=F("ligne") + tranche.lignes,
            lus=F("lus") + conversion.lus,
            inseres=F("inseres") + effet.inseres,
            mis_a_jour=F("mis_a_jour") + effet.mis_a_jour,
            inchanges=F("inchanges") + effet.inchanges,
            rejetes=F("rejetes") + len(conversion.rejets),
        )


def _ajouter(disposition: Disposition, conversion: Conversion) -> Effet | None:
    """COPY straight into the table, when no key of the slice is there yet; None (nothing written) when one is.

    The files are sorted by key: the first and last keys of the slice say, most of the time, whether it is worth trying.
    """
    bornes = conversion.bornes()
    if bornes is None or _une_cle_connue(disposition, bornes):
        return None
    try:
        with transaction.atomic():
            _copier(disposition.table, disposition.cibles, conversion.lignes())
    except IntegrityError:
        return None
    return Effet(inseres=conversion.lus - len(conversion.rejets))


def _une_cle_connue(disposition: Disposition, bornes: tuple[str, str]) -> bool:
    requete = sql.SQL("SELECT EXISTS (SELECT FROM {} WHERE {} BETWEEN %s AND %s)").format(
        sql.Identifier(disposition.table), sql.Identifier(disposition.cle)
    )
    with connection.cursor() as curseur:
        curseur.execute(requete, bornes)
        return bool(curseur.fetchone()[0])


def _fusionner(disposition: Disposition, conversion: Conversion) -> Effet:
    """COPY into a temporary table, then insert what is new and update what changed."""
    noms = {
        "table": sql.Identifier(disposition.table),
        "cle": sql.Identifier(disposition.cle),
        "colonnes": sql.SQL(", ").join(map(sql.Identifier, disposition.cibles)),
        "nouvelles": sql.SQL(", ").join(sql.SQL("lot.{}").format(sql.Identifier(c)) for c in disposition.cibles),
        "actuelles": sql.SQL(", ").join(sql.SQL("t.{}").format(sql.Identifier(c)) for c in disposition.cibles),
    }
    with connection.cursor() as curseur:
        curseur.execute(sql.SQL("CREATE TEMPORARY TABLE lot AS SELECT {colonnes} FROM {table} WITH NO DATA").format(**noms))
        _copier("lot", disposition.cibles, conversion.lignes(reperer_doubles=True))
        if conversion.doubles:
            curseur.execute(sql.SQL("DELETE FROM lot a USING lot b WHERE a.{cle} = b.{cle} AND a.ctid < b.ctid").format(**noms))
        curseur.execute("ANALYZE lot")
        curseur.execute(
            sql.SQL("INSERT INTO {table} ({colonnes}) SELECT {colonnes} FROM lot ON CONFLICT ({cle}) DO NOTHING").format(**noms)
        )
        inseres = curseur.rowcount
        curseur.execute(
            sql.SQL(
                "UPDATE {table} AS t SET ({colonnes}) = ROW({nouvelles}) FROM lot"
                " WHERE t.{cle} = lot.{cle} AND ({actuelles}) IS DISTINCT FROM ({nouvelles})"
            ).format(**noms)
        )
        mis_a_jour = curseur.rowcount
        curseur.execute("DROP TABLE lot")
    bons = conversion.lus - len(conversion.rejets)
    return Effet(inseres, mis_a_jour, bons - inseres - mis_a_jour)


def _garder_rejets(disposition: Disposition, rejets: Sequence[Rejet]) -> None:
    if not rejets:
        return
    lignes = (f"{disposition.genre}\t{r.ligne}\t{_echapper(r.raison)}\n".encode() for r in rejets)
    _copier("organisations_rejetimport", ("registre_id", "ligne", "raison"), lignes)


def _echapper(texte: str) -> str:
    return texte.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ")


def _copier(table: str, colonnes: Sequence[str], blocs: Iterable[bytes]) -> None:
    ordre = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, colonnes)))
    with connection.wrap_database_errors, connection.cursor() as curseur, curseur.cursor.copy(ordre) as copie:
        for bloc in blocs:
            copie.write(bloc)
