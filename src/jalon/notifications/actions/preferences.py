"""What a person wants to be told, and how."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.comptes.models import Personne
from jalon.journal.actions import noter
from jalon.notifications.acteurs import acteur_de
from jalon.notifications.arret import personne_du_jeton
from jalon.notifications.enums import Canal, Genre
from jalon.notifications.models import Preference
from jalon.notifications.regles import PARTOUT, canal_retenu, lire_canal, lire_lieu, sans_courriel
from jalon.notifications.requetes import choix_de
from jalon.socle.acteurs import Acteur, Portee
from jalon.socle.erreurs import Introuvable


def choisir_canaux(*, canaux: Mapping[Genre, str], lieu: str, par: Acteur, maintenant: datetime) -> None:
    """How she is told of each kind, in one place or everywhere; an empty answer in a place means: as everywhere.

    Raises SaisieRefusee (an answer or a SIREN that does not exist), Introuvable (a key, the system).
    """
    ici = lire_lieu(lieu)
    lus = {genre: lire_canal(saisi, genre) if saisi or ici == PARTOUT else None for genre, saisi in canaux.items()}
    if par.identite is None:
        raise Introuvable
    with transaction.atomic():
        _ecrire(par.identite, {(genre, ici): canal for genre, canal in lus.items()}, par, maintenant)


def arreter_les_courriels(*, jeton: str, maintenant: datetime) -> None:
    """Nothing more by e-mail, by the link of an e-mail; no account is asked. Raises Introuvable."""
    personne = personne_du_jeton(jeton)
    par = acteur_de(personne.pk, maintenant)
    if par is None:
        raise Introuvable("Ce compte est fermé\u00a0: il ne reçoit plus de courriel.")
    with transaction.atomic():
        choix = choix_de(personne.pk)
        cles = {*choix, *((genre, PARTOUT) for genre in Genre)}
        _ecrire(personne.pk, {cle: sans_courriel(canal_retenu(choix, *cle)) for cle in cles}, par, maintenant)


def _ecrire(personne_id: UUID, voulus: Mapping[tuple[Genre, str], Canal | None], par: Acteur, maintenant: datetime) -> None:
    """One row for each choice, none for « as everywhere »; two windows of the same person write one after the other."""
    personne = Personne.objects.select_for_update(of=("self",), no_key=True).get(pk=personne_id)
    for (genre, lieu), canal in voulus.items():
        lignes = Preference.objects.filter(personne=personne, genre=genre, lieu=lieu)
        if canal is None:
            lignes.delete()
        else:
            Preference.objects.update_or_create(
                personne=personne, genre=genre.value, lieu=lieu, defaults={"canal": canal.value, "modifiee_le": maintenant}
            )
    noter("notifications.preferences", par=par, portee=Portee(), objet=personne, le=maintenant)
