"""The answer to a demand for a complement while it is being prepared: begun, or given up with the demand."""

from datetime import datetime

from django.db.models import QuerySet

from jalon.dispositifs.lecture import reponses_du_contenu
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.chiffrement import chiffrer_valeurs, dechiffrer_valeurs
from jalon.dossiers.enums import EtatComplement, EtatDossier
from jalon.dossiers.models import DemandeComplement, Dossier
from jalon.dossiers.requetes.contenu import contenu_en_clair


def commencer_la_reponse(dossier: Dossier, maintenant: datetime) -> None:
    """Note, once, that something was kept for the demand that waits, under the lock of the request."""
    if dossier.etat == EtatDossier.A_COMPLETER:
        _ouvertes(dossier).filter(commencee_le__isnull=True).update(commencee_le=maintenant)


def clore_la_demande(
    demande: DemandeComplement, issue: EtatComplement, maintenant: datetime, *, motif: str = "", version: int | None = None
) -> None:
    """End a demand, under the lock of its request."""
    demande.satisfaite_le, demande.issue, demande.motif_fin, demande.version_rendue = maintenant, issue.value, motif, version
    demande.save(update_fields=["satisfaite_le", "issue", "motif_fin", "version_rendue"])


def clore_sans_suite(dossier: Dossier, maintenant: datetime) -> None:
    """The demand that waits ends with the request (refused, cancelled), under its lock."""
    _ouvertes(dossier).update(satisfaite_le=maintenant, issue=EtatComplement.SANS_SUITE)


def rendre_les_reponses_transmises(dossier: Dossier, par: str, maintenant: datetime) -> None:
    """Put back the answers of the content that was sent: what was typed for a demand that is taken back must not slip into the
    next version. A section that changes gets a new version: who is typing in it sees the conflict. The caller saves `reponses`."""
    declaration = dispositif_de(dossier.dispositif)
    for section, transmises in reponses_du_contenu(declaration, contenu_en_clair(dossier)).items():
        gardee = dossier.reponses.get(section) or {"version": 0, "valeurs": {}}
        if dechiffrer_valeurs(declaration, dossier.id, section, gardee["valeurs"]) != transmises["valeurs"]:
            dossier.reponses[section] = {
                "version": gardee["version"] + 1,
                "valeurs": chiffrer_valeurs(declaration, dossier.id, section, transmises["valeurs"]),
                "par": par,
                "le": maintenant.isoformat(),
                "remplies": {},
            }


def _ouvertes(dossier: Dossier) -> "QuerySet[DemandeComplement]":
    demandes = DemandeComplement.objects.tous("demande en cours d’un dossier déjà obtenu par sa porte")
    return demandes.filter(dossier=dossier, satisfaite_le__isnull=True)
