"""The rules of portefeuille, replaced as a whole by a CSV: a forgotten line would send organisations to nobody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from jalon.journal.actions import noter
from jalon.organisations.actions.affectation import attribuer_portefeuilles
from jalon.organisations.models import Portefeuille, ReglePortefeuille, SirenPortefeuille
from jalon.organisations.regles import DEPARTEMENT, normaliser_idcc
from jalon.organisations.tableaux import Anomalie, LignesRefusees, Tableau, lire_tableau
from jalon.socle.acteurs import Acteur, Portee
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.identifiants import analyser_siren

PAR_REGLE = frozenset({"portefeuille", "idcc", "departement"})
PAR_SIREN = frozenset({"portefeuille", "siren"})
TOUS = "*"
NOM_MAX = 120

Cle = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BilanPortefeuilles:
    """What the import did: lines kept, portefeuilles made, organisations that moved."""

    lignes: int
    crees: tuple[str, ...]
    deplaces: int


def importer_portefeuilles(*, chemin: Path, par: Acteur, maintenant: datetime) -> BilanPortefeuilles:
    """Replace the rules (portefeuille;idcc;departement, « * » for any) or the list (portefeuille;siren), by the header.

    The other kind is left as it is. Portefeuilles are made when they are named for the first time, never removed. Then every
    organisation is placed again.

    Raises: SaisieRefusee (the file cannot be read), LignesRefusees (some lines cannot).
    """
    tableau = lire_tableau(chemin, jeux=[PAR_REGLE, PAR_SIREN])
    par_siren = "siren" in tableau.colonnes
    places = _lire(tableau, _cle_siren if par_siren else _cle_regle)
    with transaction.atomic():
        portefeuilles, crees = _portefeuilles(set(places.values()))
        if par_siren:
            _remplacer_liste({siren: portefeuilles[nom] for (siren,), nom in places.items()})
        else:
            _remplacer_regles({cle: portefeuilles[nom] for cle, nom in places.items()})
        deplaces = attribuer_portefeuilles()
        details = {"lignes": len(places), "fichier": tableau.nom}
        noter("portefeuilles.importes", par=par, portee=Portee(), objet=None, le=maintenant, details=details)
    return BilanPortefeuilles(len(places), tuple(crees), deplaces)


def _lire(tableau: Tableau, lire_cle: Callable[[Mapping[str, str]], Cle]) -> dict[Cle, str]:
    places: dict[Cle, str] = {}
    lignes: dict[Cle, int] = {}
    anomalies: list[Anomalie] = []
    for numero, valeurs in tableau.lignes:
        try:
            nom, cle = _nom(valeurs), lire_cle(valeurs)
        except SaisieRefusee as erreur:
            anomalies.append(Anomalie(numero, erreur.message))
            continue
        if cle in places:
            anomalies.append(Anomalie(numero, f"Ce cas est déjà traité ligne {lignes[cle]} : un seul portefeuille par cas"))
        places[cle], lignes[cle] = nom, numero
    if anomalies:
        raise LignesRefusees(tableau.nom, len(tableau.lignes), anomalies, "Corrigez-les, puis recommencez.")
    return places


def _nom(valeurs: Mapping[str, str]) -> str:
    nom = valeurs.get("portefeuille", "")
    if not nom:
        raise SaisieRefusee("Indiquez le portefeuille")
    if len(nom) > NOM_MAX:
        raise SaisieRefusee(f"Le nom d’un portefeuille comporte {NOM_MAX} caractères au plus")
    return nom


def _cle_siren(valeurs: Mapping[str, str]) -> Cle:
    return (analyser_siren(valeurs.get("siren", "")),)


def _cle_regle(valeurs: Mapping[str, str]) -> Cle:
    idcc, departement = valeurs.get("idcc", ""), valeurs.get("departement", "").upper()
    if not idcc or not departement:
        raise SaisieRefusee("Indiquez l’IDCC et le département, ou « * » pour tous")
    code = "" if idcc == TOUS else normaliser_idcc(idcc)
    if code is None:
        raise SaisieRefusee(f"Un IDCC comporte 4 chiffres au plus : « {idcc} »")
    if departement == TOUS:
        return code, ""
    departement = departement.zfill(2)
    if not DEPARTEMENT.fullmatch(departement):
        raise SaisieRefusee(f"Ce département n’existe pas : « {departement} » (01 à 95, 2A, 2B, 971 à 988)")
    return code, departement


def _portefeuilles(noms: set[str]) -> tuple[dict[str, Portefeuille], list[str]]:
    connus = {p.nom: p for p in Portefeuille.objects.filter(nom__in=noms)}
    crees = sorted(noms - connus.keys())
    Portefeuille.objects.bulk_create([Portefeuille(nom=nom) for nom in crees])
    return {p.nom: p for p in Portefeuille.objects.filter(nom__in=noms)}, crees


def _remplacer_liste(places: Mapping[str, Portefeuille]) -> None:
    SirenPortefeuille.objects.all().delete()
    SirenPortefeuille.objects.bulk_create(
        [SirenPortefeuille(siren=siren, portefeuille=p) for siren, p in places.items()], batch_size=5000
    )


def _remplacer_regles(places: Mapping[Cle, Portefeuille]) -> None:
    ReglePortefeuille.objects.all().delete()
    ReglePortefeuille.objects.bulk_create(
        [ReglePortefeuille(idcc=idcc, departement=dep, portefeuille=p) for (idcc, dep), p in places.items()]
    )
