"""Taking over the keys of the former portal: they keep working as they are, until their day of rotation (exigences, T15)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from jalon.habilitations.actions.attribution import verrouiller
from jalon.habilitations.anciennes_cles import DROITS, JEUX_DE_COLONNES, AncienneCle, Lecture, lire_ligne
from jalon.habilitations.models import CleApi
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.regles_des_cles import ecrire_droits
from jalon.journal.actions import noter
from jalon.organisations.requetes import noms_des_organisations, portefeuille_de
from jalon.organisations.tableaux import Anomalie, lire_tableau
from jalon.socle.acteurs import Acteur, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.dates import fin_du_jour, jour_de_paris, mois_apres
from jalon.socle.erreurs import SaisieRefusee


@dataclass(frozen=True, slots=True)
class BilanAnciennesCles:
    """What the file holds: keys to take (or taken), keys already here, refused lines."""

    lues: int
    nouvelles: tuple[AncienneCle, ...]
    deja: tuple[AncienneCle, ...]
    anomalies: tuple[Anomalie, ...]
    expire_le: datetime


@second_facteur_exige
def importer_anciennes_cles(
    *, chemin: Path, profil: Profil, hexadecimales: bool, appliquer: bool, par: Acteur, maintenant: datetime
) -> BilanAnciennesCles:
    """Read a file of former keys, tell what it would do, and do it when `appliquer`.

    One transaction a line, so that an import cut short is simply run again: a key already here is left as it is, revoked ones
    included. Refused lines stop nothing else. Raises SaisieRefusee (not there, not a table, columns missing).
    """
    tableau = lire_tableau(chemin, jeux=JEUX_DE_COLONNES)
    lues, anomalies = _lire(tableau.lignes, Lecture(profil, hexadecimales, settings.JALON_PREFIXE_CLES))
    connus = noms_des_organisations({cle.siren for cle in lues})
    en_base = CleApi.objects.tous("anciennes clés déjà reprises").filter(empreinte__in=[cle.empreinte for cle in lues])
    deja_la = {cle.empreinte: cle for cle in en_base}
    nouvelles, deja = [], []
    for cle in lues:
        existante = deja_la.get(cle.empreinte)
        if cle.siren not in connus:
            anomalies.append(Anomalie(cle.ligne, "ce SIREN n’est pas au registre\u00a0: importez-le d’abord"))
        elif existante is None:
            nouvelles.append(cle)
        elif (existante.organisation_siren, existante.profil) == (cle.siren, cle.profil):
            deja.append(cle)
        else:
            anomalies.append(Anomalie(cle.ligne, "cette clé est déjà celle d’une autre organisation, ou de son autre côté"))
    expire_le = fin_du_jour(mois_apres(jour_de_paris(maintenant), settings.JALON_ANCIENNES_CLES))
    if appliquer:
        for cle in nouvelles:
            _reprendre(cle, expire_le, par, maintenant)
    anomalies.sort(key=lambda anomalie: anomalie.ligne)
    return BilanAnciennesCles(len(tableau.lignes), tuple(nouvelles), tuple(deja), tuple(anomalies), expire_le)


def _lire(lignes: Iterable[tuple[int, Mapping[str, str]]], lecture: Lecture) -> tuple[list[AncienneCle], list[Anomalie]]:
    lues: dict[str, AncienneCle] = {}
    anomalies = []
    for numero, valeurs in lignes:
        try:
            cle = lire_ligne(numero, valeurs, lecture)
        except SaisieRefusee as refus:
            anomalies.append(Anomalie(numero, refus.message))
            continue
        premiere = lues.setdefault(cle.empreinte, cle)
        if premiere is not cle:
            anomalies.append(Anomalie(numero, f"cette clé est déjà à la ligne {premiere.ligne}"))
    return list(lues.values()), anomalies


def _reprendre(ancienne: AncienneCle, expire_le: datetime, par: Acteur, maintenant: datetime) -> None:
    with transaction.atomic():
        verrouiller(ancienne.siren, ancienne.profil)
        portee = portee_des_acces(ancienne.siren, ancienne.profil, portefeuille_de(ancienne.siren))
        cle, creee = CleApi.objects.tous("reprise d’une ancienne clé, sous le verrou du SIREN").get_or_create(
            empreinte=ancienne.empreinte,
            defaults={
                "profil": ancienne.profil,
                "nom": ancienne.nom,
                "droits": ecrire_droits(DROITS),
                "ancienne": True,
                "creee_le": maintenant,
                "creee_par": par.identite,
                "expire_le": expire_le,
                "siren": portee.siren,
                "prestataire_siren": portee.prestataire_siren,
                "portefeuille_id": portee.portefeuille_id,
                "domaine": portee.domaine,
            },
        )
        if creee:
            noter("acces.cle_reprise", par=par, portee=portee, objet=cle, le=maintenant, details={"nom": cle.nom})
