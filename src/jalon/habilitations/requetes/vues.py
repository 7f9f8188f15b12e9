"""« Voir le portail comme… »: as whom one may look, and who looked as oneself."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jalon.comptes.models import Personne
from jalon.habilitations import phrases
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.models import Rattachement
from jalon.habilitations.regles_des_vues import DUREE_D_UNE_VUE
from jalon.habilitations.requetes.matrice import rattachement_accessible
from jalon.habilitations.vu_comme import ActeurVuComme
from jalon.journal.requetes import Ligne, chronologie
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, TransitionImpossible

DEBUT, FIN = "acces.vue_debut", "acces.vue_fin"
LIGNES_MONTREES = 10


@dataclass(frozen=True, slots=True)
class Vue:
    """A view in progress; `id` is that of its first line in the journal."""

    id: UUID
    rattachement_id: UUID
    siren: str
    debut: datetime

    @property
    def fin(self) -> datetime:
        """When it ends by itself."""
        return self.debut + DUREE_D_UNE_VUE


def lien_a_regarder(rattachement_id: UUID, acteur: Acteur, maintenant: datetime) -> Rattachement:
    """The link of a colleague as whom the actor may look, on a side that she administers out of her first 72 hours.

    Raises Introuvable (a link that she does not see), DroitManquant, TransitionImpossible (her own link, an invitation, an
    account that is closed).
    """
    lien = rattachement_accessible(rattachement_id, acteur)
    siren, profil = lien.organisation_siren, Profil(lien.profil)
    actifs = administrateurs_actifs(siren, profil, maintenant)
    if acteur.identite is None or acteur.identite not in {a.personne_id for a in actifs}:
        raise DroitManquant(phrases.droit_manquant(Droit(Domaine.ACCES, Niveau.GESTION), [a.nom for a in actifs]))
    if lien.etat == EtatRattachement.RETIRE:
        raise Introuvable
    if lien.personne is None:
        raise TransitionImpossible("Cette personne n’a pas encore rejoint l’espace\u00a0: elle n’y voit rien.")
    if lien.personne_id == acteur.identite:
        raise TransitionImpossible("C’est votre propre accès\u00a0: vos pages sont déjà celles que vous voyez.")
    if not lien.personne.is_active or lien.personne.suspendue_le is not None:
        raise TransitionImpossible("Ce compte est fermé\u00a0: cette personne ne voit plus rien.")
    return lien


def acteur_de_la_vue(vue: Vue, administrateur: ActeurPersonne) -> ActeurVuComme | None:
    """Who looks, with the rights of this instant; None once the colleague has left, or the administrator lost her right."""
    personnes = Personne.objects.filter(
        pk__in=Rattachement.objects.tous("vue comme une collègue\u00a0: le lien est jugé ensuite")
        .filter(id=vue.rattachement_id)
        .values("personne_id")
    )
    collegue = personnes.first()
    if collegue is None:
        return None
    acteur = ActeurVuComme(administrateur, collegue, vue.rattachement_id)
    return acteur if acteur.appartient(vue.siren) else None


def vues_de_mes_pages(rattachement_id: UUID) -> list[Ligne]:
    """Who looked at the space as the person of that link, newest first. The caller holds the link as her own."""
    lignes = chronologie(Rattachement(id=rattachement_id))
    return [ligne for ligne in lignes if ligne.code in {DEBUT, FIN}][:LIGNES_MONTREES]
