"""The queue of an adviser: what waits for the OPCO in her portefeuilles, the first due first."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from jalon.dossiers.models import Dossier
from jalon.instruction.models import Decision
from jalon.socle.acteurs import Acteur, Pouvoir, Tache
from jalon.socle.lectures import Lu, signaler
from jalon.socle.pages import ecrire_curseur, lire_curseur

PAR_PAGE = 25
ORDRE = "attend_avant"
TACHES_AU_PLUS = 10
ATTENDUS = """
    SELECT x.attend_avant, x.id FROM unnest(%(portefeuilles)s::uuid[]) AS v(cle) CROSS JOIN LATERAL (
        SELECT d.attend_avant, d.id FROM dossiers_dossier d
        WHERE d.portefeuille_id = v.cle AND d.attend_qui = 'opco' AND d.etat = ANY(%(etats)s::text[])
        {instructeur} {apres}
        ORDER BY d.attend_avant, d.id LIMIT %(limite)s
    ) x ORDER BY x.attend_avant, x.id LIMIT %(limite)s
"""
ETATS = ["transmis", "en_instruction"]


@dataclass(frozen=True, slots=True)
class PageFile:
    """Up to 25 requests, and the cursor of the next ones; empty: no more."""

    dossiers: list[Dossier]
    suivant: str = ""


def file_d_attente(acteur: Acteur, curseur: str = "", *, les_miens: bool = False, etats: tuple[str, ...] = ()) -> PageFile:
    """A page of the queue of the portefeuilles where the actor may examine; `les_miens`: only those she took. Two queries."""
    cles = _attendus(acteur, lire_curseur(curseur, date, ORDRE)[0], les_miens=les_miens, etats=etats, limite=PAR_PAGE + 1)
    suivant = ecrire_curseur(*cles[PAR_PAGE - 1], ordre=ORDRE) if len(cles) > PAR_PAGE else ""
    return PageFile(_charger(acteur, cles[:PAR_PAGE]), suivant)


def _attendus(
    acteur: Acteur, apres: tuple[date, UUID] | None, *, les_miens: bool, etats: tuple[str, ...], limite: int
) -> list[tuple[date, UUID]]:
    suivis = acteur.portefeuilles(Pouvoir.INSTRUIRE)
    if not suivis:
        return []
    sql = ATTENDUS.format(
        instructeur="AND d.instructeur_id = %(instructeur)s" if les_miens else "",
        apres="AND (d.attend_avant, d.id) > (%(avant)s::date, %(id)s::uuid)" if apres else "",
    )
    parametres: dict[str, Any] = {
        "portefeuilles": sorted(suivis),
        "etats": [e for e in ETATS if e in etats] if etats else ETATS,
        "instructeur": acteur.identite,
        "avant": apres[0] if apres else None,
        "id": apres[1] if apres else None,
        "limite": limite,
    }
    with connection.cursor() as curseur:
        curseur.execute(sql, parametres)
        return list(curseur.fetchall())


def _charger(acteur: Acteur, cles: list[tuple[date, UUID]]) -> list[Dossier]:
    ordre = {cle: rang for rang, (_, cle) in enumerate(cles)}
    visibles = Dossier.objects.visibles_par(acteur).filter(pk__in=list(ordre)).defer("reponses", "contenu", "recherche")
    lus = sorted(visibles, key=lambda d: ordre[d.pk]) if cles else []
    signaler(acteur, [Lu(d.pk, personnes=0) for d in lus])
    return lus


def a_faire(acteur: Acteur, jour: date) -> list[Tache]:
    """The first requests that wait for the actor as an adviser: hers, then those that nobody took. At most two queries each."""
    miens = _attendus(acteur, None, les_miens=True, etats=(), limite=TACHES_AU_PLUS)
    libres = _attendus(acteur, None, les_miens=False, etats=("transmis",), limite=TACHES_AU_PLUS)
    cles = list(dict.fromkeys([*miens, *libres]))[:TACHES_AU_PLUS]
    return [_tache(dossier, jour) for dossier in _charger(acteur, cles)]


def _tache(dossier: Dossier, jour: date) -> Tache:
    compte = dossier.compte_a_rebours(jour)
    silence = f" · {compte.phrase(jour)}" if compte is not None and compte.ton else ""
    return Tache(
        titre=dossier.attend_motif,
        detail=f"{dossier.titre} · {dossier.numero} · {dossier.denomination}{silence}",
        action="Examiner",
        nom_url="opco_dossier",
        parametres=(("dossier_id", str(dossier.id)),),
        icone="hourglass",
        echeance=dossier.attend_avant,
    )


def decision_de(dossier: Dossier, acteur: Acteur) -> Decision | None:
    """The decision on a request, for the company and the OPCO; None while there is none, and for the provider."""
    return Decision.objects.visibles_par(acteur).filter(dossier=dossier).first()
