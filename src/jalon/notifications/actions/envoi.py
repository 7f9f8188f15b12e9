"""Telling people: one row each, and the e-mail of those who want it at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.comptes.models import Personne
from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire
from jalon.courriers.requetes import adresses_servies
from jalon.notifications.annonces import Annonce, Sujet
from jalon.notifications.courriels import NotificationImmediate
from jalon.notifications.enums import Canal
from jalon.notifications.models import Notification
from jalon.notifications.regles import canal_a_l_arrivee, canal_retenu
from jalon.notifications.requetes import choix_de_tous, personnes_ouvertes


def notifier(
    *, origine: UUID, annonce: Annonce, sujet: Sujet, survenue_le: datetime, maintenant: datetime, sauf: UUID | None = None
) -> int:
    """Tell each person of a subject once for ever, but who did it (`sauf`) and who does not want that kind; gives how many are told.

    The same origin told again, by a job that was killed or by two at once, adds nothing.
    """
    lieux = {c.personne_id: c.lieu for c in reversed(sujet.personnes) if c.personne_id != sauf}
    personnes = personnes_ouvertes(lieux)
    choix = choix_de_tous(personnes)
    servies = adresses_servies(annonce.courriels, survenue_le)
    lignes = []
    for personne in personnes.values():
        lieu = lieux[personne.pk]
        voulu = canal_retenu(choix.get(personne.pk, {}), annonce.genre, lieu)
        canal = canal_a_l_arrivee(
            voulu, survenue_le=survenue_le, maintenant=maintenant, deja_ecrit=personne.email.lower() in servies
        )
        if canal is not Canal.AUCUN:
            lignes.append(_ligne(origine, annonce, sujet, personne, lieu, canal, survenue_le, maintenant))
    return _inscrire(lignes, personnes, maintenant)


def _ligne(
    origine: UUID,
    annonce: Annonce,
    sujet: Sujet,
    personne: Personne,
    lieu: str,
    canal: Canal,
    survenue_le: datetime,
    maintenant: datetime,
) -> Notification:
    return Notification(
        personne=personne,
        origine=origine,
        code=annonce.code,
        genre=annonce.genre.value,
        phrase=annonce.dire(sujet.reference),
        page=annonce.page_du_lieu(lieu),
        parametres={**sujet.parametres, **({"siren": lieu} if lieu and annonce.dans_un_espace else {})},
        lieu=lieu,
        niveau=sujet.niveau,
        dispositif=sujet.dispositif,
        canal=canal.value,
        survenue_le=survenue_le,
        creee_le=maintenant,
    ).porter(sujet.portee)


def _inscrire(lignes: list[Notification], personnes: dict[UUID, Personne], maintenant: datetime) -> int:
    """Those that were there already stay as they are, and no mail follows them."""
    if not lignes:
        return 0
    toutes = Notification.objects.tous("inscription de ce qui est annoncé à chacun")
    with transaction.atomic():
        toutes.bulk_create(lignes, ignore_conflicts=True)
        nouvelles = list(toutes.filter(pk__in=[ligne.pk for ligne in lignes]))
        for ligne in nouvelles:
            if ligne.canal == Canal.IMMEDIAT:
                adresse = personnes[ligne.personne_id].email
                preparer(NotificationImmediate, ligne.pk, [Destinataire(adresse, ligne.personne_id)], le=maintenant)
    return len(nouvelles)
