"""Who is an adherent, since when: a CSV kept by the OPCO."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction

from jalon.journal.actions import noter
from jalon.organisations.actions.affectation import attribuer_portefeuilles
from jalon.organisations.enums import SourceOrganisation
from jalon.organisations.regles import DENOMINATION_NON_PUBLIEE, normaliser_idcc
from jalon.organisations.tableaux import Anomalie, LignesRefusees, Tableau, lire_tableau
from jalon.socle.acteurs import Acteur, Portee
from jalon.socle.dates import analyser_date
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.identifiants import analyser_siren

COLONNES = frozenset({"siren", "date"})
CONSEIL = "Corrigez-les, ou relancez avec --ignorer-rejets pour importer les autres."
EFFECTIF_MAX = 5_000_000
METTRE_A_JOUR = """
UPDATE organisations_organisation o
SET adherent_depuis = lot.depuis, idcc = coalesce(lot.idcc, o.idcc), effectif = coalesce(lot.effectif, o.effectif)
FROM adherent lot
WHERE o.siren = lot.siren AND (o.adherent_depuis, o.idcc, o.effectif)
    IS DISTINCT FROM (lot.depuis, coalesce(lot.idcc, o.idcc), coalesce(lot.effectif, o.effectif))
"""
DECLARER = """
INSERT INTO organisations_organisation
    (siren, denomination, nom, prenoms, categorie_juridique, naf, tranche_effectifs, nic_siege, etat, diffusible, recherche, source)
SELECT siren, %s, '', '', '', '', '', '', 'A', true, '', %s FROM adherent
ON CONFLICT (siren) DO NOTHING
"""
RETIRER = """
UPDATE organisations_organisation SET adherent_depuis = NULL
WHERE adherent_depuis IS NOT NULL AND siren NOT IN (SELECT siren FROM adherent)
"""


@dataclass(frozen=True, slots=True)
class Adhesion:
    """One line: None means that the file does not say, so that what we know is kept."""

    siren: str
    depuis: date
    idcc: str | None
    effectif: int | None


@dataclass(frozen=True, slots=True)
class BilanAdherents:
    """What the import did. `a_verifier`: SIREN that the register does not know; `retires`: no longer adherents."""

    lus: int
    mis_a_jour: int
    inchanges: int
    a_verifier: int
    retires: int
    deplaces: int
    anomalies: tuple[Anomalie, ...]


def importer_adherents(
    *, chemin: Path, par: Acteur, maintenant: datetime, ignorer_rejets: bool = False, liste_complete: bool = False
) -> BilanAdherents:
    """Read SIREN;date (optionally idcc;effectif) and write who is an adherent since when, in one transaction.

    An unknown SIREN becomes « à vérifier ». With `liste_complete`, whoever is not in the file is no longer an adherent.

    Raises: SaisieRefusee (the file cannot be read), LignesRefusees (some lines cannot, unless `ignorer_rejets`).
    """
    tableau = lire_tableau(chemin, jeux=[COLONNES])
    adhesions, anomalies = _lire(tableau)
    if anomalies and (not ignorer_rejets or not adhesions):
        raise LignesRefusees(tableau.nom, len(tableau.lignes), anomalies, CONSEIL)
    with transaction.atomic(), connection.cursor() as curseur:
        _poser(adhesions)
        curseur.execute(DECLARER, [DENOMINATION_NON_PUBLIEE, SourceOrganisation.A_VERIFIER])
        a_verifier = curseur.rowcount
        curseur.execute(METTRE_A_JOUR)
        mis_a_jour = curseur.rowcount
        retires = 0
        if liste_complete:
            curseur.execute(RETIRER)
            retires = curseur.rowcount
        curseur.execute("DROP TABLE adherent")
        deplaces = attribuer_portefeuilles()
        details = {"lus": len(adhesions), "a_verifier": a_verifier, "retires": retires, "fichier": tableau.nom}
        noter("adherents.importes", par=par, portee=Portee(), objet=None, le=maintenant, details=details)
    return BilanAdherents(
        lus=len(tableau.lignes),
        mis_a_jour=mis_a_jour,
        inchanges=len(adhesions) - mis_a_jour,
        a_verifier=a_verifier,
        retires=retires,
        deplaces=deplaces,
        anomalies=tuple(anomalies),
    )


def _lire(tableau: Tableau) -> tuple[list[Adhesion], list[Anomalie]]:
    adhesions: dict[str, Adhesion] = {}
    anomalies: list[Anomalie] = []
    for numero, valeurs in tableau.lignes:
        try:
            adhesion = _adhesion(valeurs)
        except SaisieRefusee as erreur:
            anomalies.append(Anomalie(numero, erreur.message))
            continue
        if adhesion.siren in adhesions:
            anomalies.append(Anomalie(numero, f"Le SIREN {adhesion.siren} figure déjà plus haut"))
        adhesions.setdefault(adhesion.siren, adhesion)
    return list(adhesions.values()), anomalies


def _adhesion(valeurs: Mapping[str, str]) -> Adhesion:
    siren = analyser_siren(valeurs.get("siren", ""))
    depuis = analyser_date(valeurs.get("date", ""))
    idcc, effectif = valeurs.get("idcc", ""), valeurs.get("effectif", "")
    code = normaliser_idcc(idcc)
    if idcc and code is None:
        raise SaisieRefusee(f"Un IDCC comporte 4 chiffres au plus : « {idcc} »")
    if effectif and not (effectif.isascii() and effectif.isdigit() and int(effectif) <= EFFECTIF_MAX):
        raise SaisieRefusee(f"L’effectif est un nombre entier de personnes : « {effectif} »")
    return Adhesion(siren, depuis, code, int(effectif) if effectif else None)


def _poser(adhesions: Iterable[Adhesion]) -> None:
    with connection.cursor() as curseur:
        curseur.execute("CREATE TEMPORARY TABLE adherent (siren text PRIMARY KEY, depuis date NOT NULL, idcc text, effectif int)")
        with connection.wrap_database_errors, curseur.cursor.copy("COPY adherent FROM STDIN") as copie:
            for adhesion in adhesions:
                copie.write_row((adhesion.siren, adhesion.depuis, adhesion.idcc, adhesion.effectif))
        curseur.execute("ANALYZE adherent")
