"""What the life of contracts asks of a company and of a CFA."""

from django.db.models import Exists, OuterRef, Q

from jalon.contrats.models import RuptureDeclaree
from jalon.dispositifs.base import Mots
from jalon.dispositifs.registre import DISPOSITIFS
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import portee_entreprise, portee_prestataire
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Acteur, GenreTache, Niveau, Tache

TACHES_AU_PLUS = 20


def ruptures_a_faire(acteur: Acteur, siren: str) -> list[Tache]:
    """For who manages contracts there: a rupture that the CFA signalled, to confirm; a broken contract of which the CFA has not said
    whether it teaches on. One query."""
    signalee = Exists(
        RuptureDeclaree.objects.tous("rupture signalée ou non, sur des contrats vus par l’acteur").filter(
            dossier=OuterRef("pk"), cote=Cote.PRESTATAIRE, remplacee_le__isnull=True
        )
    )
    attendus = (
        Dossier.objects.visibles_par(acteur)
        .filter(
            Q(siren=siren, etat=EtatDossier.ACCORDE) & Q(signalee)
            | Q(prestataire_siren=siren, etat=EtatDossier.ROMPU, dispositif__in=_maintenus()) & ~Q(signalee)
        )
        .defer("reponses", "contenu", "recherche")
        .order_by("modifie_le", "id")
    )
    return [_tache(d, siren) for d in attendus[:TACHES_AU_PLUS] if _gere(d, acteur)]


def _maintenus() -> list[str]:
    """Codes of the dispositifs whose teaching may go on, funded, after a rupture."""
    return [d.code for d in DISPOSITIFS.values() if d.vie is not None and d.vie.maintient]


def _gere(dossier: Dossier, acteur: Acteur) -> bool:
    portee = portee_prestataire(dossier) if dossier.etat == EtatDossier.ROMPU else portee_entreprise(dossier)
    return acteur.peut(dossier.droit(Niveau.GESTION), portee)


def _qui(dossier: Dossier) -> str:
    vie = DISPOSITIFS[dossier.dispositif].vie
    return (vie.mots if vie else Mots()).prestataire


def _tache(dossier: Dossier, siren: str) -> Tache:
    rompu = dossier.etat == EtatDossier.ROMPU
    return Tache(
        titre="Dire si la formation continue après la rupture" if rompu else f"Confirmer la rupture que {_qui(dossier)} signale",
        detail=f"{dossier.titre} · {dossier.numero}",
        action="Répondre" if rompu else "Déclarer",
        nom_url="contrat_rupture",
        parametres=(("siren", siren), ("dossier_id", str(dossier.id))),
        icone="split",
        genre=GenreTache.RUPTURE,
        siret="" if rompu else dossier.siret,
        ancre="contenu",
    )
