"""« Voir le portail comme… »: the first and the last line of it in the journal (docs/adr/0020-voir-comme.md)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import cle_d_envoi
from jalon.habilitations.actions.attribution import verrouiller, verrouiller_lien
from jalon.habilitations.courriels import EspaceVu, a_la_personne
from jalon.habilitations.enums import LIBELLES_FINS_DE_VUE, FinDeVue
from jalon.habilitations.models import Rattachement
from jalon.habilitations.regles_des_vues import DUREE_D_UNE_VUE
from jalon.habilitations.requetes.matrice import rattachement_accessible
from jalon.habilitations.requetes.vues import DEBUT, FIN, Vue, lien_a_regarder
from jalon.journal.actions import noter
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Acteur, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.dates import PARIS
from jalon.socle.erreurs import Introuvable
from jalon.socle.travaux import differer

TACHE_FIN = "habilitations.terminer_vue"


@second_facteur_exige
def commencer_vue(*, rattachement_id: UUID, par: Acteur, maintenant: datetime) -> Vue:
    """Let an administrator look at the space as a colleague sees it, for fifteen minutes: she is told by e-mail.

    Raises Introuvable (a link that she does not see), DroitManquant (not an administrator now, or in probation),
    TransitionImpossible (her own link, an invitation, an account that is closed, a link already withdrawn).
    """
    vu = rattachement_accessible(rattachement_id, par)
    with transaction.atomic():
        verrouiller(vu.organisation_siren, Profil(vu.profil))
        verrouiller_lien(rattachement_id)
        lien = lien_a_regarder(rattachement_id, par, maintenant)
        fin = maintenant + DUREE_D_UNE_VUE
        details = {"personne": lien.nom_affiche, "jusqu_a": f"{fin.astimezone(PARIS):%H:%M}"}
        debut = noter(DEBUT, par=par, portee=lien.portee, objet=lien, le=maintenant, details=details)
        preparer(EspaceVu, lien.id, a_la_personne(lien), le=maintenant, cle=cle_d_envoi(maintenant))
        differer(TACHE_FIN, le=fin, vue_id=str(debut.id))
    return Vue(debut.id, lien.id, lien.organisation_siren, maintenant)


def terminer_vue(*, vue_id: UUID, raison: FinDeVue, par: Acteur, maintenant: datetime) -> None:
    """Write that a view is over; nothing the second time, whoever comes first.

    Raises Introuvable when the view is somebody else's (a job may end any).
    """
    with transaction.atomic():
        debut = Evenement.objects.tous("fin d’une vue").filter(id=vue_id, code=DEBUT).first()
        if debut is None or par.identite not in {None, debut.acteur_id}:
            raise Introuvable
        lien = Rattachement.objects.tous("fin d’une vue").select_for_update().get(id=debut.objet_id)
        finies = Evenement.objects.tous("fin d’une vue").filter(objet_id=debut.objet_id, code=FIN)
        if finies.filter(details__vue=str(vue_id)).exists():
            return
        details = {
            "personne": debut.details["personne"],
            "administrateur": debut.acteur_libelle,
            "raison": LIBELLES_FINS_DE_VUE[raison],
            "vue": str(vue_id),
        }
        noter(FIN, par=par, portee=debut.portee, objet=lien, le=maintenant, details=details)
