"""Counting what is read, and cutting who reads too much: one statement for each answer that shows something (exigences, S5, T9).

The statement is atomic for the total: two answers at the same instant add up, neither forgets the other. What is beyond the budget
is counted but never leaves. `docs/adr/0017-budgets-de-lecture.md` gives the figures.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.cache import caches
from django.db import transaction

from jalon.comptes.models import Personne
from jalon.habilitations.acteur_cle import ActeurCle
from jalon.habilitations.acteurs import ActeurPersonne, ActeurSysteme
from jalon.socle.acteurs import Acteur
from jalon.socle.dates import jour_de_paris
from jalon.socle.lectures import Carnet, Lu
from jalon.socle.requetes_preparees import curseur_prepare
from jalon.veille.actions.alertes import lever_alerte
from jalon.veille.actions.coupures import suspendre_cle, suspendre_compte
from jalon.veille.enums import GenreAlerte, Origine
from jalon.veille.models import CompteurLectures, Lecture, Piege
from jalon.veille.regles import MULTIPLE_DE_L_HABITUDE, SECONDES_DE_PAUSE, Budget, Compte, Verdict, juger
from jalon.veille.requetes.lecteurs import budget_d_une_organisation, budget_de, lecteur_de

JOURS_DE_LECTURES = 2
JOURS_DE_COMPTEURS = 60
MEMOIRE = 3600
"""Seconds that a process remembers what it has counted: a page shown again costs no query."""

_COMPTER = """
WITH vus AS (
    SELECT * FROM unnest(
        %(objets)s::uuid[], %(ouverts)s::bool[], %(personnes)s::int[], %(lignes)s::int[], %(organisations)s::text[]
    ) AS v(objet_id, ouvert, personnes, lignes, organisation)
), nouveaux AS (
    SELECT * FROM vus v WHERE NOT EXISTS (
        SELECT FROM veille_lecture l
        WHERE (l.lecteur_id, l.jour, l.objet_id, l.ouvert) = (%(lecteur)s, %(jour)s, v.objet_id, v.ouvert)
    )
), porte AS (
    SELECT EXISTS (SELECT FROM nouveaux) AND EXISTS (
        SELECT FROM veille_compteurlectures WHERE (cle, jour) = (%(cle)s, %(jour)s) AND pause_jusqu_a > %(le)s
    ) AS fermee
), ecrits AS (
    INSERT INTO veille_lecture (lecteur_id, jour, objet_id, ouvert)
    SELECT %(lecteur)s, %(jour)s, objet_id, ouvert FROM nouveaux, porte WHERE NOT fermee ORDER BY objet_id, ouvert
    ON CONFLICT DO NOTHING RETURNING objet_id, ouvert
), sommes AS (
    SELECT %(cle)s AS cle, coalesce(sum(v.personnes), 0) AS personnes, sum(v.lignes) AS lignes
    FROM ecrits JOIN vus v USING (objet_id, ouvert) HAVING count(*) > 0
    UNION ALL
    SELECT v.organisation, sum(v.personnes), 0 FROM ecrits JOIN vus v USING (objet_id, ouvert)
    WHERE v.organisation <> '' AND v.ouvert GROUP BY 1
), comptes AS (
    INSERT INTO veille_compteurlectures AS c (cle, jour, personnes, lignes, habitude)
    SELECT s.cle, %(jour)s, s.personnes, s.lignes, coalesce((
        SELECT avg(h.personnes)::int FROM veille_compteurlectures h
        WHERE h.cle = s.cle AND h.jour < %(jour)s AND h.jour >= %(jour)s::date - 30
    ), 0)
    FROM sommes s ORDER BY s.cle
    ON CONFLICT (cle, jour) DO UPDATE SET
        personnes = c.personnes + EXCLUDED.personnes, lignes = c.lignes + EXCLUDED.lignes,
        pause_jusqu_a = CASE WHEN c.cle = %(cle)s
            AND 2 * (c.personnes + EXCLUDED.personnes) > least(greatest(%(base)s, %(multiple)s * c.habitude), %(plafond)s)
            THEN %(le)s + %(pause)s ELSE c.pause_jusqu_a END
    RETURNING c.cle, c.personnes, c.lignes, c.habitude
)
SELECT (SELECT fermee FROM porte), ARRAY(SELECT objet_id FROM ecrits),
    ARRAY(SELECT objet_id FROM veille_piege WHERE objet_id = ANY(%(montres)s::uuid[])),
    ARRAY(SELECT ARRAY[cle, personnes::text, lignes::text, habitude::text] FROM comptes)
"""


def compter_lectures(*, carnet: Carnet, maintenant: datetime) -> Verdict:
    """Count what an answer is about to show, and say whether it may leave.

    PATIENTER: beyond half of the budget, new objects come one answer every five seconds. REFUSER: nothing of it was shown, so that
    asking again is refused again. COUPER: the account or the key was cut. A trap raises an alert in every case.
    """
    acteur, lus = carnet.acteur, list(carnet.lus.values())
    if acteur is None or acteur.identite is None or not lus:
        return Verdict.PASSER
    compte_deja = _cle(acteur.identite, lus, maintenant)
    if caches["processus"].get(compte_deja):
        return Verdict.PASSER
    budget = budget_de(lecteur_de(acteur))
    en_pause, nouveaux, pieges, comptes = _compter(acteur.identite, lus, budget, maintenant)
    for piege in pieges:
        _signaler_le_piege(piege, acteur, maintenant)
    sien = juger(en_pause=en_pause, compte=comptes.pop(str(acteur.identite), None), budget=budget, organisation=False)
    if sien == Verdict.COUPER:
        _couper(acteur, maintenant)
    commun = budget_d_une_organisation()
    verdicts = [sien]
    for siren, compte in sorted(comptes.items()):
        verdict = juger(en_pause=False, compte=compte, budget=commun, organisation=True)
        if verdict == Verdict.REFUSER:
            _alerter_sur_l_organisation(siren, compte, acteur, maintenant)
        verdicts.append(verdict)
    if Verdict.REFUSER in verdicts:
        Lecture.objects.filter(lecteur_id=acteur.identite, jour=jour_de_paris(maintenant), objet_id__in=nouveaux).delete()
    if max(verdicts) == Verdict.PASSER:
        caches["processus"].set(compte_deja, value=True, timeout=MEMOIRE)
    return max(verdicts)


def _cle(lecteur: UUID, lus: Sequence[Lu], maintenant: datetime) -> str:
    """One name for an answer shown to somebody on a day: the same again was counted, and adds nothing to any total."""
    lignes = sorted(b"%b%d%b" % (lu.objet_id.bytes, lu.personnes, lu.organisation.encode()) for lu in lus)
    empreinte = hashlib.blake2b(b" ".join(lignes), digest_size=16).hexdigest()
    return f"lu-{lecteur}-{jour_de_paris(maintenant)}-{empreinte}"


def _compter(
    lecteur: UUID, lus: Sequence[Lu], budget: Budget, maintenant: datetime
) -> tuple[bool, list[UUID], list[UUID], dict[str, Compte]]:
    """Whether the reader must wait, what was new, the traps, and the totals by reader and organisation."""
    ouverts, lignes = [lu for lu in lus if lu.personnes], [lu for lu in lus if not lu.personnes]
    if lignes:
        ouverts.append(Lu(_page(lignes), personnes=0))
    parametres: dict[str, Any] = {
        "lecteur": lecteur,
        "cle": str(lecteur),
        "jour": jour_de_paris(maintenant),
        "le": maintenant,
        "pause": timedelta(seconds=SECONDES_DE_PAUSE),
        "objets": [lu.objet_id for lu in ouverts],
        "ouverts": [lu.personnes > 0 for lu in ouverts],
        "personnes": [lu.personnes for lu in ouverts],
        "lignes": [0 if lu.personnes else len(lignes) for lu in ouverts],
        "organisations": [lu.organisation for lu in ouverts],
        "montres": [lu.objet_id for lu in lus],
        "base": budget.personnes,
        "plafond": budget.plafond,
        "multiple": MULTIPLE_DE_L_HABITUDE,
    }
    with curseur_prepare() as curseur:
        curseur.execute(_COMPTER, parametres)
        fermee, nouveaux, pieges, lignes = curseur.fetchone()
    return fermee, nouveaux, pieges, {cle: Compte(int(p), int(n), int(h)) for cle, p, n, h in lignes}


def _page(lignes: Sequence[Lu]) -> UUID:
    """One name for a page of a list, made of its rows: shown again as it was, it counts for nothing."""
    cles = b"".join(sorted(lu.objet_id.bytes for lu in lignes))
    return UUID(bytes=hashlib.blake2b(cles, digest_size=16).digest())


def _couper(acteur: Acteur, maintenant: datetime) -> None:
    """Close the account or the key, once; the alert is written with it."""
    systeme = ActeurSysteme("budget de lecture")
    motif = "A lu en un jour plus de personnes que son budget ne le permet."
    with transaction.atomic():
        if isinstance(acteur, ActeurPersonne):
            personne = Personne.objects.select_for_update().get(pk=acteur.personne.pk)
            if personne.suspendue_le is None:
                suspendre_compte(personne=personne, origine=Origine.BUDGET, motif=motif, par=systeme, maintenant=maintenant)
        elif isinstance(acteur, ActeurCle):
            suspendre_cle(cle=acteur.cle, motif=motif, par=systeme, maintenant=maintenant)
        lever_alerte(
            genre=GenreAlerte.BUDGET_COMPTE,
            sujet=str(acteur.identite),
            detail="L’accès est coupé. Ce qui dépassait le budget n’est pas parti.",
            par=acteur,
            maintenant=maintenant,
        )


def _alerter_sur_l_organisation(siren: str, compte: Compte, acteur: Acteur, maintenant: datetime) -> None:
    lever_alerte(
        genre=GenreAlerte.BUDGET_ORGANISATION,
        sujet=siren,
        detail=f"Ensemble, ses comptes ont ouvert {compte.personnes} fiches de personnes\u00a0: la suite est refusée jusqu’à demain.",
        siren=siren,
        par=acteur,
        maintenant=maintenant,
    )


def _signaler_le_piege(objet_id: UUID, acteur: Acteur, maintenant: datetime) -> None:
    lever_alerte(
        genre=GenreAlerte.PIEGE,
        sujet=f"{objet_id} {acteur.identite}",
        detail=f"Le dossier piège {Piege.objects.get(pk=objet_id).numero} a été lu\u00a0: personne n’a de raison de l’ouvrir.",
        objet_id=objet_id,
        par=acteur,
        maintenant=maintenant,
    )


def oublier_lectures(*, aujourdhui: date) -> None:
    """Delete which objects were read two days ago, and the totals that no habit uses any more."""
    Lecture.objects.filter(jour__lt=aujourdhui - timedelta(days=JOURS_DE_LECTURES)).delete()
    CompteurLectures.objects.filter(jour__lt=aujourdhui - timedelta(days=JOURS_DE_COMPTEURS)).delete()
