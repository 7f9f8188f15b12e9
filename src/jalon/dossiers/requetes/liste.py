"""Lists of requests: pages by key, counts that are never exact beyond a bound."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.core.cache import caches
from django.db import connection

from jalon.dossiers.enums import ACCEPTATION_IMPLICITE, EN_EXECUTION, REFUS_IMPLICITE, EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.demande import ORDRES, Cle, Demande, dispositifs_du_silence
from jalon.dossiers.requetes.depots import reporter_les_limites
from jalon.dossiers.requetes.filtre import FiltreDossiers
from jalon.dossiers.requetes.parcours import cles_de_page
from jalon.dossiers.requetes.perimetre import HORS_BROUILLON, Branche, Colonne, branches, portefeuilles_instruits
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Acteur
from jalon.socle.lectures import Lu, signaler
from jalon.socle.listes import COMPTE_AU_PLUS, Compte
from jalon.socle.pages import autour, lire_curseur
from jalon.socle.requetes_preparees import curseur_prepare

PAR_PAGE = 25
MEMOIRE_DES_COMPTES = 300
"""Seconds that a count beyond the bound is kept, in each process."""
COLONNES = (
    "siren", "siret", "prestataire_siren", "portefeuille_id", "domaine", "numero", "dispositif", "etat", "denomination",
    "etablissement_nom", "titre", "reference_interne", "date_debut", "date_fin", "montant_accorde", "montant_paye", "modifie_le",
    "accorde_le", "attend_qui", "attend_avant", "attend_motif",
)  # fmt: skip
"""What a line of a list shows, whatever its columns; anything else that is not asked costs a query each."""


@dataclass(frozen=True, slots=True)
class Page:
    """Up to 25 requests, and the cursors of the pages around; an empty cursor: no such page."""

    dossiers: list[Dossier]
    suivant: str = ""
    precedent: str = ""


@dataclass(frozen=True, slots=True)
class Comptes:
    """Requests by shown state. `plafonnes`: states counted up to the bound only; `inconnu`: the perimeter is too wide to count."""

    par_etat: dict[str, int] = field(default_factory=dict)
    plafonnes: frozenset[str] = frozenset()
    inconnu: bool = False

    @property
    def total(self) -> int:
        """Sum of what was counted, drafts left out."""
        return sum(n for etat, n in self.par_etat.items() if etat != EtatDossier.BROUILLON)

    def texte(self, etat: str = "") -> str:
        """« 48 », « plus de 10 000 », or empty when it is not known; without a state, the total."""
        if self.inconnu and etat:
            return ""
        nombre = self.par_etat.get(etat, 0) if etat else self.total
        return Compte(nombre, plafonne=self.inconnu or etat in self.plafonnes or bool(not etat and self.plafonnes)).texte


def demande_de(acteur: Acteur, siren: str | None, filtre: FiltreDossiers, cote: Cote | None = None) -> Demande:
    """The walk that answers a filter, from its first row."""
    vues = portefeuilles_instruits(acteur) if filtre.file else branches(acteur, siren, cote)
    large = any(b.colonne is Colonne.PORTEFEUILLE or len(b.valeurs) > 1 for b in vues)
    return Demande(
        branches=vues,
        jour=filtre.jour,
        etats=filtre.etats,
        dispositif=filtre.dispositif,
        siret=filtre.siret,
        prestataire=filtre.prestataire,
        depot=filtre.depot,
        debut=filtre.debut,
        tsquery=filtre.tsquery(large=large),
        ordre=filtre.tri.code,
        croissant=not filtre.tri.descendant,
        file=filtre.file,
        suivi=filtre.suivi,
        instructeur=acteur.identite,
    )


def liste_dossiers(
    acteur: Acteur, siren: str | None, filtre: FiltreDossiers, curseur: str = "", *, cote: Cote | None = None
) -> Page:
    """A page of the requests that the actor sees, in the order of the filter.

    With `siren`, those of that space (company or provider); without, all. `cote` keeps one side. A cursor that cannot be read is
    the first page. Two queries, three for drafts that a dated exception may leave more time.
    """
    if filtre.introuvable:
        return Page([])
    ordre = filtre.tri.code
    apres, arriere = lire_curseur(curseur, date if ORDRES[ordre].type_sql == "date" else datetime, ordre)
    demande = demande_de(acteur, siren, filtre, cote)
    demande = replace(demande, apres=apres, croissant=demande.croissant is not arriere, limite=PAR_PAGE + 1)
    cles = cles_de_page(demande)
    encore, cles = len(cles) > PAR_PAGE, cles[:PAR_PAGE]
    if arriere:
        cles.reverse()
    dossiers = charger(acteur, cles, filtre.champs)
    if not cles:
        return Page([])
    signaler(acteur, [Lu(d.pk, personnes=0) for d in dossiers])
    return Page(dossiers, *autour(cles[0], cles[-1], ordre=ordre, encore=encore, arriere=arriere, debut=apres is None))


def premiers_dossiers(acteur: Acteur, filtre: FiltreDossiers, nombre: int) -> list[Dossier]:
    """The first ones of a list, all places together. Two queries."""
    dossiers = charger(acteur, cles_de_page(replace(demande_de(acteur, None, filtre), limite=nombre)), filtre.champs)
    signaler(acteur, [Lu(d.pk, personnes=0) for d in dossiers])
    return dossiers


def charger(acteur: Acteur, cles: list[Cle], champs: tuple[str, ...] = ()) -> list[Dossier]:
    """The rows, asked again within the perimeter of the actor, with the columns that a line of a list shows, these fields, no other."""
    ordre = {cle: rang for rang, (_, cle) in enumerate(cles)}
    visibles = Dossier.objects.visibles_par(acteur).filter(pk__dans=list(ordre)).only(*COLONNES, *champs)
    lus = sorted(visibles, key=lambda d: ordre[d.pk]) if cles else []
    reporter_les_limites(lus)
    return lus


def comptes_par_etat(acteur: Acteur, siren: str | None, jour: date, *, cote: Cote | None = None) -> Comptes:
    """How many requests in each shown state, bounded: one query by side.

    Exact up to the bound; beyond, up to five minutes old, since reading 10,000 entries of each state costs more than the page.
    """
    cherchees = branches(acteur, siren, cote)
    cle = hashlib.sha256(repr((cherchees, jour)).encode()).hexdigest()
    comptes: Comptes | None = caches["processus"].get(cle)
    if comptes is None:
        comptes = _tout_compter(cherchees, jour)
        if comptes.inconnu or comptes.plafonnes:
            caches["processus"].set(cle, comptes, MEMOIRE_DES_COMPTES)
    return comptes


def _tout_compter(cherchees: list[Branche], jour: date) -> Comptes:
    par_etat: dict[str, int] = {}
    for branche in cherchees:
        par_portefeuille = branche.colonne is Colonne.PORTEFEUILLE
        trouves = _compter_par_etat(branche, jour) if par_portefeuille else _compter(branche, jour)
        if trouves is None:
            return Comptes(inconnu=True)
        for etat, nombre in trouves.items():
            par_etat[etat] = par_etat.get(etat, 0) + nombre
    plafonnes = {etat for etat, nombre in par_etat.items() if nombre > COMPTE_AU_PLUS}
    return Comptes(par_etat, frozenset(plafonnes))


AFFICHE = "CASE WHEN {0}.etat = 'accorde' AND {0}.date_debut <= %s THEN '" + EN_EXECUTION + "' ELSE {0}.etat END"


def _compter(branche: Branche, jour: date) -> dict[str, int] | None:
    """Every state of a company's or provider's perimeter; None beyond the bound."""
    accorde = "AND d.accorde_le IS NOT NULL" if branche.colonne is Colonne.PRESTATAIRE else ""
    filtres = list(branche.filtres())
    propres = "".join(f" AND {condition}" for condition, _ in filtres)
    sql = f"""
        SELECT {AFFICHE.format("x")}, count(*) FROM (
            SELECT y.etat, y.date_debut FROM unnest(%s::text[]) AS v(cle) CROSS JOIN LATERAL (
                SELECT d.etat, d.date_debut FROM dossiers_dossier d
                WHERE d.{branche.colonne.value} = v.cle AND d.domaine = ANY(%s::text[]) {accorde} {propres} LIMIT %s
            ) y LIMIT %s
        ) x GROUP BY 1
    """  # noqa: S608
    borne = COMPTE_AU_PLUS + 1
    valeurs = [valeur for _, valeur in filtres]
    parametres = [jour, list(branche.valeurs), list(branche.domaines), *valeurs, borne, borne]
    if branche.colonne is not Colonne.PRESTATAIRE:
        du_silence, siens = _decides_par_silence(branche, jour)
        sql, parametres = f"{sql} UNION ALL {du_silence}", [*parametres, *siens]
    comptes = _lire_comptes(sql, parametres)
    return comptes if sum(comptes.values()) <= COMPTE_AU_PLUS else None


def _decides_par_silence(branche: Branche, jour: date) -> tuple[str, list[Any]]:
    """What the OPCO's silence decided, counted under its own state and taken from the one that is stored. The rows read are those
    that wait for the OPCO and are late: few, and found by an index."""
    type_sql = "uuid" if branche.colonne is Colonne.PORTEFEUILLE else "text"
    codes = dispositifs_du_silence()
    filtres = list(branche.filtres())
    sql = f"""
        SELECT z.cle, sum(z.n) FROM (
            SELECT CASE WHEN i.dispositif = ANY(%s::text[]) THEN '{REFUS_IMPLICITE}' ELSE '{ACCEPTATION_IMPLICITE}' END AS affiche,
                i.etat::text AS etat, count(*) AS n
            FROM unnest(%s::{type_sql}[]) AS v(cle) CROSS JOIN LATERAL (
                SELECT d.etat, d.dispositif FROM dossiers_dossier d
                WHERE d.{branche.colonne.value} = v.cle AND d.domaine = ANY(%s::text[])
                AND d.etat = ANY(ARRAY['transmis', 'en_instruction']) AND d.attend_qui = 'opco' AND d.attend_avant < %s
                AND d.dispositif = ANY(%s::text[]) {"".join(f" AND {condition}" for condition, _ in filtres)} LIMIT %s
            ) i GROUP BY 1, 2
        ) k CROSS JOIN LATERAL (VALUES (k.affiche, k.n), (k.etat, -k.n)) AS z(cle, n) GROUP BY 1
    """  # noqa: S608
    tous = [code for des_siens in codes.values() for code in des_siens]
    valeurs = [valeur for _, valeur in filtres]
    parametres = [codes[REFUS_IMPLICITE], list(branche.valeurs), list(branche.domaines), jour, tous, *valeurs, COMPTE_AU_PLUS]
    return sql, parametres


def _compter_par_etat(branche: Branche, jour: date) -> dict[str, int]:
    """Each state of the portefeuilles, each up to the bound."""
    sql = """
        SELECT e.etat, sum(x.nombre)::int, sum(x.commences)::int
        FROM unnest(%s::uuid[]) AS v(cle) CROSS JOIN unnest(%s::text[]) AS e(etat) CROSS JOIN LATERAL (
            SELECT count(*) AS nombre, count(*) FILTER (WHERE y.date_debut <= %s) AS commences FROM (
                SELECT d.date_debut FROM dossiers_dossier d
                WHERE d.portefeuille_id = v.cle AND d.etat = e.etat AND d.etat <> 'brouillon' AND d.domaine = ANY(%s::text[]) LIMIT %s
            ) y
        ) x GROUP BY 1
    """
    du_silence, siens = _decides_par_silence(branche, jour)
    parametres: list[Any] = [
        list(branche.valeurs),
        list(HORS_BROUILLON),
        jour,
        list(branche.domaines),
        COMPTE_AU_PLUS + 1,
        *siens,
    ]
    with connection.cursor() as curseur:
        curseur.execute(f"{sql} UNION ALL SELECT s.cle, s.sum::int, 0 FROM ({du_silence}) s", parametres)  # noqa: S608
        lus = curseur.fetchall()
    comptes: dict[str, int] = {}
    for etat, nombre, commences in sorted(lus, key=lambda ligne: -ligne[1]):
        if etat == EtatDossier.ACCORDE:
            comptes |= {etat: nombre - commences, EN_EXECUTION: commences}
        elif comptes.get(etat, 0) <= COMPTE_AU_PLUS:
            comptes[etat] = comptes.get(etat, 0) + nombre
    return {etat: nombre for etat, nombre in comptes.items() if nombre}


def _lire_comptes(sql: str, parametres: list[Any]) -> dict[str, int]:
    with curseur_prepare() as curseur:
        curseur.execute(sql, parametres)
        comptes: dict[str, int] = {}
        for etat, nombre in curseur.fetchall():
            comptes[etat] = comptes.get(etat, 0) + int(nombre)
        return {etat: nombre for etat, nombre in comptes.items() if nombre}
