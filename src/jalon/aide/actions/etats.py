"""Messages of state: the OPCO programmes them, and ends them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.aide.enums import LIBELLES_NIVEAUX_ETAT, NiveauEtat
from jalon.aide.models import MessageEtat
from jalon.aide.regles_etats import SaisieEtat, controler_etat, moment
from jalon.aide.requetes_etats import oublier_les_etats
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Portee, Pouvoir
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.erreurs import Introuvable, TransitionImpossible


@second_facteur_exige
def programmer_etat(*, saisie: SaisieEtat, par: Acteur, maintenant: datetime) -> MessageEtat:
    """Say something of the portal at the top of its pages, now or from another day: everybody reads it and believes it.

    Raises DroitManquant, SaisiesRefusees.
    """
    par.exiger_pouvoir(Pouvoir.REGLER_BAREMES, None)
    controler_etat(saisie, maintenant)
    with transaction.atomic():
        message = MessageEtat(
            niveau=saisie.niveau,
            texte=saisie.texte_net,
            debut=saisie.debut,
            fin_prevue=saisie.fin,
            publics=list(saisie.publics),
            guide=saisie.guide,
            auteur=par.libelle,
        )
        message.save(force_insert=True)
        details = {
            "niveau": LIBELLES_NIVEAUX_ETAT[NiveauEtat(message.niveau)].lower(),
            "texte": message.texte,
            "debut": moment(message.debut),
            "fin": moment(message.fin_prevue),
        }
        noter("aide.etat_programme", par=par, portee=Portee(), objet=message, le=maintenant, details=details)
        transaction.on_commit(oublier_les_etats)
    return message


def terminer_etat(*, message_id: UUID, par: Acteur, maintenant: datetime) -> MessageEtat:
    """Take it off the pages, at once; before its beginning, it is never shown.

    Raises DroitManquant, Introuvable, TransitionImpossible (over already).
    """
    par.exiger_pouvoir(Pouvoir.REGLER_BAREMES, None)
    with transaction.atomic():
        message = MessageEtat.objects.select_for_update().filter(pk=message_id).first()
        if message is None:
            raise Introuvable("Nous ne trouvons pas ce message.")
        fin = message.etat.fin
        if fin is not None and fin <= maintenant:
            raise TransitionImpossible("Ce message est déjà terminé.")
        message.terminee_le = maintenant
        message.save(update_fields=["terminee_le"])
        noter("aide.etat_termine", par=par, portee=Portee(), objet=message, le=maintenant, details={"texte": message.texte})
        transaction.on_commit(oublier_les_etats)
    return message
