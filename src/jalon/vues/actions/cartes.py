"""Arranging one's home: what is shown there, in which order, and what one is told about. Nobody else is concerned: no journal."""

from datetime import datetime

from django.db import transaction

from jalon.comptes.models import Personne
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import Introuvable, SaisieRefusee
from jalon.vues.enums import Sens
from jalon.vues.models import PlaceDeCarte
from jalon.vues.regles import CARTES_AU_PLUS, Lieu, deplacer
from jalon.vues.requetes.alertes import cles_presentes
from jalon.vues.requetes.cartes import Acces, acces_du_lieu

ACCUEIL_PLEIN = f"La page d’accueil montre {CARTES_AU_PLUS} accès rapides au plus. Masquez-en un sous «\u00a0Mes accès rapides\u00a0», puis recommencez"


def deplacer_carte(*, lieu: Lieu, cle: str, sens: Sens, par: ActeurPersonne, maintenant: datetime) -> None:
    """Move a quick access before or after its neighbour. Raises Introuvable."""
    with transaction.atomic():
        connus = _connus(par, lieu, maintenant)
        _exiger(connus, cle)
        _ranger(par, lieu, connus, deplacer([a.cle for a in connus], cle, sens))


def afficher_carte(*, lieu: Lieu, cle: str, affichee: bool, par: ActeurPersonne, maintenant: datetime) -> None:
    """Put a quick access on the home, or take it away. Raises Introuvable, SaisieRefusee (ten are there)."""
    with transaction.atomic():
        acces = _exiger(_connus(par, lieu, maintenant), cle)
        poser(par, lieu, cle, affichee=affichee, alerte=acces.alerte, maintenant=maintenant)


def regler_alerte(*, lieu: Lieu, cle: str, alerte: bool, par: ActeurPersonne, maintenant: datetime) -> None:
    """Be told, or not, of what comes into that view. What it shows now is known already. Raises Introuvable."""
    with transaction.atomic():
        connus = _connus(par, lieu, maintenant)
        acces = _exiger(connus, cle)
        _ranger(par, lieu, connus, [a.cle for a in connus])
        connues = cles_presentes(par, acces, jour_de_paris(maintenant)) if alerte else []
        PlaceDeCarte.objects.filter(personne_id=par.personne.pk, lieu=lieu.cle, cle=cle).update(alerte=alerte, connues=connues)


def poser(par: ActeurPersonne, lieu: Lieu, cle: str, *, affichee: bool, alerte: bool, maintenant: datetime) -> None:
    """Write where a quick access is, in the caller's transaction. Raises SaisieRefusee (ten are on the home already)."""
    connus = _connus(par, lieu, maintenant)
    autres = sum(1 for a in connus if a.affichee and a.cle != cle)
    if affichee and autres >= CARTES_AU_PLUS:
        raise SaisieRefusee(ACCUEIL_PLEIN, champ="place")
    _ranger(par, lieu, connus, [a.cle for a in connus])
    acces = _exiger(connus, cle)
    changes: dict[str, object] = {"affichee": affichee, "alerte": alerte}
    if alerte and not acces.alerte:
        changes["connues"] = cles_presentes(par, acces, jour_de_paris(maintenant))
    PlaceDeCarte.objects.filter(personne_id=par.personne.pk, lieu=lieu.cle, cle=cle).update(**changes)


def _connus(par: ActeurPersonne, lieu: Lieu, maintenant: datetime) -> list[Acces]:
    """Hers there; who arranges twice at once does it one after the other."""
    Personne.objects.select_for_update(of=("self",)).get(pk=par.personne.pk)
    return acces_du_lieu(par, lieu, jour_de_paris(maintenant))


def _exiger(connus: list[Acces], cle: str) -> Acces:
    trouve = next((a for a in connus if a.cle == cle), None)
    if trouve is None:
        raise Introuvable
    return trouve


def _ranger(par: ActeurPersonne, lieu: Lieu, connus: list[Acces], ordre: list[str]) -> None:
    """One row each, ranked as told; what is no longer hers keeps no place."""
    par_cle = {a.cle: a for a in connus}
    places = [
        PlaceDeCarte(personne_id=par.personne.pk, lieu=lieu.cle, cle=cle, ordre=rang, affichee=par_cle[cle].affichee)
        for rang, cle in enumerate(ordre)
    ]
    perdues = PlaceDeCarte.objects.filter(personne_id=par.personne.pk, lieu=lieu.cle).exclude(cle__in=ordre)
    perdues.delete()
    PlaceDeCarte.objects.bulk_create(
        places, update_conflicts=True, unique_fields=["personne", "lieu", "cle"], update_fields=["ordre"]
    )
