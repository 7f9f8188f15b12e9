"""Saved views by their doors: whose they are, who may see the list that they show, who may remove them."""

from uuid import UUID

from django.db.models import Q, QuerySet

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.acteurs import Domaine, Droit, Niveau, Portee
from jalon.socle.erreurs import DroitManquant, Introuvable
from jalon.socle.listes import Liste, liste
from jalon.vues.models import VueEnregistree
from jalon.vues.regles import VUES_AU_PLUS, Lieu

NULLE_PART = "Vos droits ne portent sur cette liste dans aucun de vos espaces. Un administrateur de l’organisation concernée peut les donner."


def voit_la_liste(acteur: ActeurPersonne, liste_vue: Liste, lieu: Lieu) -> bool:
    """Whether that list shows something of its domains to the actor there."""
    if lieu.opco:
        return liste_vue.est_a_l_opco(acteur)
    if liste_vue.pouvoir is not None:
        return False
    lieux = [lieu.siren] if lieu.siren else [r.siren for r in acteur.rattachements]
    return any(acteur.a_un_droit(siren, Droit(d, Niveau.LECTURE)) for siren in lieux for d in liste_vue.domaines)


def exiger_la_liste(acteur: ActeurPersonne, code: str, lieu: Lieu) -> Liste:
    """The list of that code, as the actor may see it there. Raises Introuvable, DroitManquant."""
    connue = liste(code)
    if connue is None or (connue.pouvoir is not None and not lieu.opco) or not _est_du_lieu(acteur, lieu):
        raise Introuvable
    if not voit_la_liste(acteur, connue, lieu):
        raise DroitManquant(
            acteur.phrase_droit_manquant(Droit(connue.domaines[0], Niveau.LECTURE), lieu.siren) if lieu.siren else NULLE_PART
        )
    return connue


def _est_du_lieu(acteur: ActeurPersonne, lieu: Lieu) -> bool:
    if lieu.opco:
        return bool(acteur.roles_opco)
    return acteur.appartient(lieu.siren) if lieu.siren else bool(acteur.rattachements)


def vues_du_lieu(acteur: ActeurPersonne, lieu: Lieu) -> list[VueEnregistree]:
    """Hers there, then those that colleagues share there, of the lists that she may see; oldest first. One query.

    Who looks at a colleague's pages reads none of what that one kept for herself.
    """
    ici = Q(siren=lieu.siren, opco=lieu.opco)
    moi = acteur.personne_montree.pk
    siennes = Q(proprietaire_id=moi) & (ici | Q(siren="", opco=False) if lieu.siren else ici)
    if acteur.regarde_seulement:
        siennes = Q(pk__in=[])
    partagees = ici & Q(partagee=True) if lieu.siren or lieu.opco else Q(pk__in=[])
    lues = VueEnregistree.objects.filter(siennes | partagees).select_related("proprietaire").order_by("cree_le", "id")
    visibles = [v for v in lues[: 2 * VUES_AU_PLUS] if _visible(acteur, v)]
    return sorted(visibles, key=lambda v: v.proprietaire_id != moi)


def _visible(acteur: ActeurPersonne, vue: VueEnregistree) -> bool:
    connue = liste(vue.liste)
    return connue is not None and voit_la_liste(acteur, connue, vue.lieu)


def vue_accessible(vue_id: UUID, acteur: ActeurPersonne, *, verrou: bool = False) -> VueEnregistree:
    """A view of the actor, or shared with her. Raises Introuvable: unknown, somebody else's, of a place that she has left."""
    vues: QuerySet[VueEnregistree] = VueEnregistree.objects.filter(pk=vue_id).select_related("proprietaire")
    vue = (vues.select_for_update(of=("self",)) if verrou else vues).first()
    if vue is None:
        raise Introuvable
    sienne = vue.proprietaire_id == acteur.personne.pk
    if not sienne and not (vue.partagee and _est_du_lieu(acteur, vue.lieu) and _visible(acteur, vue)):
        raise Introuvable
    return vue


def vue_a_moi(vue_id: UUID, acteur: ActeurPersonne, *, verrou: bool = False) -> VueEnregistree:
    """The same, for its owner alone. Raises Introuvable, DroitManquant (a colleague's)."""
    vue = vue_accessible(vue_id, acteur, verrou=verrou)
    if vue.proprietaire_id != acteur.personne.pk:
        raise DroitManquant(
            f"Cet accès rapide est partagé par {vue.proprietaire.nom_complet}, qui peut seul le modifier. "
            "Ouvrez-le, puis gardez-le sous un autre nom pour en avoir un à vous."
        )
    return vue


def peut_retirer_le_partage(acteur: ActeurPersonne, vue: VueEnregistree) -> bool:
    """Whether she administers the space where a colleague shares it; at the OPCO, its author alone."""
    portee = Portee(siren=vue.siren, prestataire_siren=vue.siren)
    return bool(vue.siren) and acteur.peut(Droit(Domaine.ACCES, Niveau.GESTION), portee)


def nombre_de_vues(acteur: ActeurPersonne) -> int:
    """How many she keeps, everywhere."""
    return VueEnregistree.objects.filter(proprietaire_id=acteur.personne.pk).count()
