"""Looking at one organisation of a preparation, and writing again to those who have not come."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire, cle_d_envoi
from jalon.habilitations.actions.attribution import verrouiller
from jalon.habilitations.actions.preparations.jugement import Jugement, juger
from jalon.habilitations.actions.preparations.lecture import groupe_de, texte_de
from jalon.habilitations.courriels.preparations import AccesPrepare
from jalon.habilitations.models import PreparationDroits, Rattachement
from jalon.habilitations.requetes.preparations import invitations_en_attente, organisation_preparee, relance_possible
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.erreurs import TransitionImpossible


def prevoir_organisation(*, preparation_id: UUID, organisation_id: UUID, par: Acteur, maintenant: datetime) -> Jugement:
    """What the lines of one organisation would change now. Raises Introuvable, TransitionImpossible (the file lost its hash)."""
    organisation = organisation_preparee(preparation_id, organisation_id, par)
    texte = texte_de(PreparationDroits.objects.get(id=preparation_id))
    (jugement,) = juger([groupe_de(texte, organisation)], maintenant)
    return jugement


@second_facteur_exige
def relancer_invitations(*, preparation_id: UUID, organisation_id: UUID, par: Acteur, maintenant: datetime) -> list[Rattachement]:
    """Write again to the addresses of an organisation that nobody came with: thirty days begin again. What was signed is not
    changed; three months after it was applied, it is to be prepared again.

    The second factor of less than five minutes is asked by the page. Raises Introuvable, TransitionImpossible (nobody is
    awaited, three months have passed).
    """
    organisation = organisation_preparee(preparation_id, organisation_id, par)
    with transaction.atomic():
        verrouiller(organisation.organisation_siren, Profil(organisation.profil))
        if not relance_possible(organisation, maintenant):
            raise TransitionImpossible(
                "Ces droits ont été appliqués il y a plus de trois mois\u00a0: préparez-les de nouveau."
                if organisation.invitations
                else "Personne n’est attendu\u00a0: il n’y a personne à relancer."
            )
        attendus = list(invitations_en_attente(organisation, verrou=True))
        if not attendus:
            raise TransitionImpossible("Tout le monde est venu\u00a0: il n’y a personne à relancer.")
        for lien in attendus:
            lien.cree_le = maintenant
            lien.save(update_fields=["cree_le"])
            preparer(AccesPrepare, lien.id, [Destinataire(lien.courriel_invite)], le=maintenant, cle=cle_d_envoi(maintenant))
        noter(
            "acces.preparation_relancee", par=par, portee=organisation.portee, objet=organisation, le=maintenant,
            details={"personnes": len(attendus)},
        )  # fmt: skip
        organisation.relancee_le = maintenant
        organisation.save(update_fields=["relancee_le"])
    return attendus
