"""Telling what came into the views that somebody follows: as notifications, by the way that she chose."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from jalon.comptes.models import Personne
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.notifications.actions.envoi import notifier
from jalon.notifications.annonces import Concerne, Sujet
from jalon.socle.dates import jour_de_paris
from jalon.vues.models import PlaceDeCarte
from jalon.vues.notifications import annonce_du_lieu
from jalon.vues.requetes.alertes import Alerte, vues_suivies


def annoncer_alertes(*, maintenant: datetime) -> int:
    """Tell each person what came since she was told; gives how many views had something. One transaction each: what is told is known
    from then on, so that a job killed or repeated tells nothing twice."""
    suivies = PlaceDeCarte.objects.filter(alerte=True, personne__is_active=True, personne__suspendue_le__isnull=True)
    personnes = list(suivies.values_list("personne_id", flat=True).distinct().order_by("personne_id"))
    return sum(_annoncer(personne_id, maintenant) for personne_id in personnes)


def _annoncer(personne_id: UUID, maintenant: datetime) -> int:
    with transaction.atomic():
        personne = Personne.objects.select_for_update(of=("self",), no_key=True).get(pk=personne_id)
        suivies = vues_suivies(ActeurPersonne(personne, maintenant), jour_de_paris(maintenant))
        nouvelles = [alerte for alerte in suivies if alerte.nouvelles]
        for alerte in nouvelles:
            _dire(alerte, personne, maintenant)
        for alerte in suivies:
            if list(alerte.presentes) != alerte.place.connues:
                PlaceDeCarte.objects.filter(pk=alerte.place.pk).update(connues=list(alerte.presentes))
    return len(nouvelles)


def _dire(alerte: Alerte, personne: Personne, maintenant: datetime) -> None:
    nombre, lieu = len(alerte.nouvelles), alerte.acces.lieu
    pluriel = "s" if nombre > 1 else ""
    sujet = Sujet(
        reference=f"{nombre} nouvelle{pluriel} ligne{pluriel} dans la liste «\u00a0{alerte.acces.liste.libelle}\u00a0»",
        personnes=(Concerne(personne.pk, lieu.siren),),
    )
    cles = ",".join(str(cle) for cle in alerte.nouvelles)
    notifier(
        origine=uuid5(alerte.place.pk, f"{maintenant.isoformat()} {cles}"),
        annonce=annonce_du_lieu(lieu),
        sujet=sujet,
        survenue_le=maintenant,
        maintenant=maintenant,
    )
