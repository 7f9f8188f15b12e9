"""What an export may be, how long it lasts, how its columns, sheets and file are named. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from jalon.exports.enums import LIBELLES_ETATS, Etape, EtatExport, FormatExport
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.etats import TableEtats, Transition
from jalon.socle.listes import Genre

CONSERVATION = timedelta(days=7)
MEMOIRE = timedelta(days=90)
"""How long the line of an export without file is kept: its address may hold a name that was searched for."""
EN_ATTENTE_AU_PLUS = 5
PASSAGES_AU_PLUS = 5
"""Times that a worker may begin: beyond, what kills it would kill it again."""
SANS_AVANCER_AU_PLUS = timedelta(days=2)
DELAI_COURRIEL = timedelta(seconds=10)
"""Long work only is announced by e-mail (design, « Long work »)."""
LIGNES_PAR_LOT = 2_000
"""Rows read or written between two controls of the rights."""
LIGNES_PAR_FEUILLE = 1_048_575
"""What a sheet of Excel holds under its header."""
SIGNES_PAR_CELLULE = 32_767
LARGEUR_AU_PLUS = 60
LARGEURS = {Genre.TEXTE: 22.0, Genre.ENTIER: 12.0, Genre.MONTANT: 16.0, Genre.JOUR: 12.0, Genre.INSTANT: 18.0}
RAISON_AU_PLUS = 200
LETTRES_D_UNE_RAISON = 3
RAISONS = (
    "Suivi des demandes en cours",
    "Rapprochement comptable",
    "Bilan ou statistiques",
    "Préparation d’une réunion",
    "Réponse à un contrôle",
)
"""Proposed beside the box; anything else may be typed."""
SANS_RAISON = "Dites en quelques mots à quoi servira ce fichier, par exemple «\u00a0Rapprochement comptable\u00a0»"
INTERROMPU_SANS_FIN = "le fichier n’a pas pu être produit. Demandez-le de nouveau, ou appelez l’assistance si cela se répète"
DROIT_RETIRE = "vos droits ont changé pendant la préparation"
FILTRE_PERIME = "un filtre de la liste ne veut plus rien dire"

_E = EtatExport
ETATS = TableEtats(
    EtatExport,
    {etat.value: libelle for etat, libelle in LIBELLES_ETATS.items()},
    (
        Transition(_E.DEMANDE, _E.EN_COURS, "préparer", "Jalon"),
        Transition(_E.EN_COURS, _E.EN_COURS, "reprendre du début", "Jalon"),
        Transition(_E.EN_COURS, _E.PRET, "rendre prêt", "Jalon"),
        Transition(_E.DEMANDE, _E.ANNULE, "annuler", "demandeur"),
        Transition(_E.EN_COURS, _E.ANNULE, "annuler", "demandeur"),
        Transition(_E.DEMANDE, _E.ECHOUE, "interrompre", "Jalon"),
        Transition(_E.EN_COURS, _E.ECHOUE, "interrompre", "Jalon"),
        Transition(_E.PRET, _E.EXPIRE, "effacer", "Jalon"),
    ),
)


def lire_raison(texte: str) -> str:
    """Why the file is wanted, on one line. Raises SaisieRefusee when nothing is said."""
    raison = " ".join(texte.split())
    if sum(signe.isalpha() for signe in raison) < LETTRES_D_UNE_RAISON:
        raise SaisieRefusee(SANS_RAISON, champ="raison")
    if len(raison) > RAISON_AU_PLUS:
        raise SaisieRefusee(f"Tenez en {RAISON_AU_PLUS} signes (il y en a {len(raison)})", champ="raison")
    return raison


def trop_d_exports(nombre: int) -> str | None:
    """The refusal of one more, when that many already wait or run; None when it may be asked for."""
    if nombre <= EN_ATTENTE_AU_PLUS:
        return None
    return (
        f"Un export est en préparation et {nombre - 1} attendent leur tour. Attendez que l’un d’eux soit prêt, "
        "ou annulez-en un, puis recommencez."
    )


def noms_uniques(libelles: Sequence[str]) -> tuple[str, ...]:
    """Headings as they are, the second of the same name numbered: a spreadsheet, and what reads it, wants them different."""
    vus: dict[str, int] = {}
    noms = []
    for libelle in libelles:
        vus[libelle] = vus.get(libelle, 0) + 1
        noms.append(libelle if vus[libelle] == 1 else f"{libelle} ({vus[libelle]})")
    return tuple(noms)


def largeur(libelle: str, genre: Genre) -> float:
    """Width of a column in characters: its heading with the arrow of the filter, or what such a value takes."""
    return min(max(LARGEURS[genre], len(libelle) + 4.0), LARGEUR_AU_PLUS)


def feuilles(titre: str, lignes: int) -> tuple[tuple[str, int], ...]:
    """(name, number of rows) of the sheets of data: one, or several beyond what a sheet of Excel holds."""
    nom = re.sub(r"[\[\]:*?/\\']", " ", titre).strip()[:24].strip() or "Données"
    pleines, reste = divmod(lignes, LIGNES_PAR_FEUILLE)
    nombres = [LIGNES_PAR_FEUILLE] * pleines + ([reste] if reste or not pleines else [])
    return tuple((nom if len(nombres) == 1 else f"{nom} {rang}", n) for rang, n in enumerate(nombres, start=1))


def nom_du_fichier(titre: str, siren: str, jour: date, format_: FormatExport) -> str:
    """« dossiers-123456782-2026-11-28.xlsx »: no accent, no space."""
    nu = unicodedata.normalize("NFKD", titre.replace("’", " ")).encode("ascii", "ignore").decode().lower()
    morceaux = [re.sub(r"[^a-z0-9]+", "-", nu).strip("-")[:60] or "export", siren, jour.isoformat()]
    return f"{'-'.join(m for m in morceaux if m)}.{format_.value}"


def etat_au(etat: str, expire_le: datetime | None, maintenant: datetime) -> EtatExport:
    """The state as it is shown: a file whose time is over is none, even before the job that deletes it."""
    if etat == EtatExport.PRET and expire_le is not None and maintenant >= expire_le:
        return EtatExport.EXPIRE
    return EtatExport(etat)


def pourcentage(faites: int, total: int | None) -> int | None:
    """How far a step is, between 0 and 100; None while nobody knows how many rows there are."""
    return min(100, faites * 100 // total) if total else None


def milliers(nombre: int) -> str:
    """« 1 048 575 »."""
    return f"{nombre:,}".replace(",", "\u00a0")


def lignes_en_mots(nombre: int) -> str:
    """« 1 ligne », « 1 248 lignes »."""
    return f"{milliers(nombre)}\u00a0ligne{'s' if nombre > 1 else ''}"


def octets_en_mots(taille: int) -> str:
    """« 12 Ko », « 3,4 Mo »."""
    if taille < 1_000_000:
        return f"{max(1, round(taille / 1000))}\u00a0Ko"
    return f"{taille / 1_000_000:.1f}\u00a0Mo".replace(".", ",")


def phrase_d_avancement(
    etat: EtatExport, etape: Etape, faites: int, total: int | None, *, taille: int, motif: str
) -> str:  # fmt: skip
    """How far an export is, or what became of it."""
    if etat == EtatExport.EN_COURS:
        verbe = "écrite" if etape == Etape.ECRITURE else "lue"
        pluriel = "s" if faites > 1 else ""
        return f"{lignes_en_mots(faites)} {verbe}{pluriel}" + (f" sur {milliers(total)}" if total else "")
    if etat == EtatExport.PRET:
        return f"{lignes_en_mots(faites)}, {octets_en_mots(taille)}"
    if etat == EtatExport.ECHOUE:
        return f"{motif[:1].upper()}{motif[1:]}."
    return {
        EtatExport.EXPIRE: "Le fichier a été effacé au bout de sept jours.",
        EtatExport.ANNULE: "Annulé à votre demande.",
    }.get(etat, "")
