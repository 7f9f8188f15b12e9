"""Showing one sensitive box: an act, with a reason, written in the journal (exigences, T3, P2)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from jalon.dispositifs.base import Case
from jalon.dispositifs.lecture import sensibles
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.telechargements import designation
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.acces import dossier_accessible
from jalon.dossiers.requetes.contenu import exiger_les_sensibles
from jalon.journal.actions import noter, noter_revelation
from jalon.journal.enums import Sensible
from jalon.socle.acteurs import Acteur
from jalon.socle.chiffre import dechiffrer
from jalon.socle.erreurs import Introuvable, SaisieRefusee


def reveler_case(
    *, dossier_id: UUID, section: str, champ: str, rang: int | None, motif: str, par: Acteur, maintenant: datetime
) -> str:
    """The value of one sensitive box of the content that was sent. The journal says who, which box, why; never the value.

    Raises: Introuvable (dossier, box or row), DroitManquant, SaisieRefusee (no reason).
    """
    raison = " ".join(motif.split())[:200]
    if not raison:
        raise SaisieRefusee("Indiquez pourquoi vous affichez cette donnée", champ="motif")
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par)
        exiger_les_sensibles(dossier, par)
        jeton = _jeton(dossier, section, champ, rang)
        case = dispositif_de(dossier.dispositif).section(section).case(champ)
        noter_case_montree(dossier=dossier, case=case, motif=raison, rang=rang, par=par, maintenant=maintenant)
    return dechiffrer(jeton, dossier.id)


def noter_case_montree(
    *, dossier: Dossier, case: Case, motif: str, rang: int | None = None, par: Acteur, maintenant: datetime
) -> None:
    """Say, in the caller's transaction, that a sensitive box is shown: a line in the journal, another in the register."""
    details = {"case": case.libelle, "motif": motif, **({"rang": rang + 1} if rang is not None else {})}
    portee = dossier.portee_des_suites
    noter("dossier.donnee_affichee", par=par, portee=portee, objet=dossier, le=maintenant, details=details)
    libelle = f"{case.libelle}, {designation(dossier)}"
    noter_revelation(sensible=Sensible.NIR, par=par, portee=portee, objet=dossier, libelle=libelle, motif=motif, le=maintenant)


def _jeton(dossier: Dossier, section: str, champ: str, rang: int | None) -> str:
    if (section, champ) not in sensibles(dispositif_de(dossier.dispositif)) or dossier.contenu is None:
        raise Introuvable
    rubrique: Any = dossier.contenu.get(section)
    try:
        ligne = rubrique if rang is None else rubrique[rang]
        jeton = ligne[champ]
    except (TypeError, KeyError, IndexError):
        raise Introuvable from None
    if not jeton:
        raise Introuvable
    return str(jeton)
