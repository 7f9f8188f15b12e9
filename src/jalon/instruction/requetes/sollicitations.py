"""What companies and providers wait for, besides a decision: an answer that they recalled, a change that they asked."""

from django.db.models import F, Q, QuerySet

from jalon.dossiers.enums import EtatModification
from jalon.dossiers.models import DemandeModification, Dossier
from jalon.dossiers.regles.modifications import REOUVRABLES
from jalon.socle.acteurs import Acteur, Pouvoir, Tache

TACHES_AU_PLUS = 10


def sollicitations(acteur: Acteur) -> list[Tache]:
    """The oldest first: reminders of threads that are the actor's, or nobody's, then changes asked. Three queries."""
    suivis = acteur.portefeuilles(Pouvoir.INSTRUIRE)
    visibles = Dossier.objects.visibles_par(acteur).filter(portefeuille_id__in=suivis).defer("reponses", "contenu", "recherche")
    relances = [tache for chemin in ("fil", "fil_prestataire") for tache in _relances(visibles, chemin, acteur)]
    demandees = (
        DemandeModification.objects.visibles_par(acteur)
        .filter(portefeuille_id__in=suivis, etat=EtatModification.DEMANDEE, dossier__etat__in=sorted(REOUVRABLES))
        .filter(Q(dossier__instructeur_id=acteur.identite) | Q(dossier__instructeur_id__isnull=True))
        .select_related("dossier")
        .order_by("le", "id")[:TACHES_AU_PLUS]
    )
    modifications = [_tache("Décider d’une modification demandée", d.dossier, "Examiner", "file-pen") for d in demandees]
    return [*relances, *modifications]


def _relances(visibles: "QuerySet[Dossier]", chemin: str, acteur: Acteur) -> list[Tache]:
    a_moi = Q(**{f"{chemin}__confie_a": acteur.identite})
    a_l_instructeur = Q(**{f"{chemin}__confie_a__isnull": True})
    examine = Q(instructeur_id=acteur.identite) | Q(instructeur_id__isnull=True)
    attendus = visibles.filter(a_moi | a_l_instructeur & examine, **{f"{chemin}__relance_le__isnull": False})
    lus = attendus.order_by(F(f"{chemin}__relance_le"), "id")[:TACHES_AU_PLUS]
    return [_tache("Répondre à un message relancé", dossier, "Répondre", "message-square") for dossier in lus]


def _tache(titre: str, dossier: Dossier, action: str, icone: str) -> Tache:
    detail = f"{dossier.titre} · {dossier.numero} · {dossier.denomination}"
    return Tache(titre, detail, action, "opco_dossier", (("dossier_id", str(dossier.id)),), icone)
