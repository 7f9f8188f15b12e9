"""What the bench prints: one line for each case and size, then the three goals. Pure."""

from collections.abc import Iterable, Sequence
from statistics import median

from jalon.bancs.dossiers.cas import ACCUEIL, ENVOI, LISTE, NUE
from jalon.bancs.dossiers.mesures import Mesure

PART_DE_LA_VUE_NUE = 1 / 3
COUT_AU_PLUS = 1.3
DELAI_AU_PLUS = 150.0
"""Milliseconds under which 95 % of the lists and home pages are served, to one person alone."""
TITRES = ("cas", "dossiers", "req/s", "±", "p50", "p95", "p99", "p95 seul", "à froid", "proc.", "SQL", "HTML")
FORMAT = "{:<58} {:>9} {:>7} {:>6} {:>7} {:>7} {:>7} {:>8} {:>8} {:>7} {:>4} {:>8}"


def tableau(mesures: Iterable[Mesure]) -> str:
    """Aligned lines: milliseconds, processor milliseconds per request, bytes."""
    lignes = [FORMAT.format(*TITRES)]
    lignes += [FORMAT.format(*_colonnes(m)) for m in mesures if m.debits]
    return "\n".join(lignes)


def _colonnes(m: Mesure) -> tuple[str, ...]:
    milieu = [f"{sorted(liste)[len(liste) // 2]:.1f}" for liste in (m.p50, m.p95, m.p99)]
    return (
        m.cle,
        f"{m.nombre}" if m.nombre else "",
        f"{m.debit:.1f}",
        f"{m.dispersion:.0%}",
        *milieu,
        f"{median(m.seul):.1f}" if m.seul else "",
        "" if m.froid is None else f"{m.froid:.0f}",
        f"{m.cout:.1f}",
        "" if m.requetes_sql is None else str(m.requetes_sql),
        str(m.taille),
    )


def rapports_a_la_vue_nue(mesures: Sequence[Mesure], nues: Sequence[Mesure]) -> str:
    """The list pages of each actor beside the bare view of the same rows, in the same run."""
    lignes = []
    for nue in nues:
        lignes.append(f"Par rapport à la {nue.cle} ({nue.debit:.0f} req/s, {nue.cout:.1f} ms de processeur) :")
        for m in mesures:
            if m.cle.startswith(f"{LISTE} · {nue.cle.removeprefix(f'{NUE} · ')} ·"):
                part = m.debit / nue.debit if nue.debit else 0.0
                cout = nue.cout / m.cout if m.cout else 0.0
                verdict = "atteint" if part >= PART_DE_LA_VUE_NUE else "MANQUÉ"
                lignes.append(f"  {m.cle:<58} {m.nombre:>9} : débit {part:.2f}, processeur {cout:.2f} (objectif 0,33 {verdict})")
    return "\n".join(lignes)


def delais(mesures: Iterable[Mesure]) -> str:
    """The lists and home pages of everybody beside the delay promised, 95 % of the requests of one connection."""
    lignes = [f"95 % sous {DELAI_AU_PLUS:.0f} ms, une connexion :"]
    for m in mesures:
        if m.seul and m.cle.startswith((LISTE, ACCUEIL)):
            lu = median(m.seul)
            lignes.append(f"  {m.cle:<58} {m.nombre:>9} : {lu:.0f} ms {'tenu' if lu <= DELAI_AU_PLUS else 'DÉPASSÉ'}")
    return "\n".join(lignes)


def croissance(mesures: Sequence[Mesure], petit: int, grand: int) -> str:
    """Cost of each case at the larger size beside the smaller one: by throughput, and by processor time, which is judged."""
    par_cle = {(m.cle, m.nombre): m for m in mesures}
    lignes = [f"De {petit} à {grand} dossiers :"]
    for m in mesures:
        if m.nombre != petit or m.cle.startswith(ENVOI) or (m.cle, grand) not in par_cle:
            continue
        grande = par_cle[m.cle, grand]
        temps = m.debit / grande.debit if grande.debit else 0.0
        cout = grande.cout / m.cout if m.cout else 0.0
        verdict = "" if not m.cle.startswith(LISTE) else " tenu" if cout <= COUT_AU_PLUS else " DÉPASSÉ"
        lignes.append(f"  {m.cle:<58} : temps × {temps:.2f}, processeur × {cout:.2f}{verdict}")
    return "\n".join(lignes)
