"""Raising an alert, once for the same thing in a day, and closing it with a note."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire
from jalon.journal import chaine
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Domaine, Portee
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import SaisieRefusee, TransitionImpossible
from jalon.veille.courriels import AlerteLevee
from jalon.veille.enums import LIBELLES_ALERTES, GenreAlerte
from jalon.veille.models import Alerte
from jalon.veille.requetes.alertes import alerte_accessible, veilleurs


def lever_alerte(
    *,
    genre: GenreAlerte,
    sujet: str,
    detail: str,
    par: Acteur,
    maintenant: datetime,
    siren: str = "",
    objet_id: UUID | None = None,
) -> Alerte:
    """Write an alert and tell the administrators of the OPCO by e-mail; the same subject twice in a day is told once."""
    with transaction.atomic():
        alerte, neuve = Alerte.objects.get_or_create(
            cle=f"{genre.value} {sujet} {jour_de_paris(maintenant):%Y-%m-%d}",
            defaults={
                "genre": genre.value, "le": maintenant, "acteur_id": par.identite, "acteur_libelle": par.libelle[:200],
                "siren": siren, "objet_id": objet_id, "detail": detail[:500],
            },
        )  # fmt: skip
        if neuve:
            preparer(AlerteLevee, alerte.pk, [Destinataire(p.email, p.pk) for p in veilleurs(maintenant)], le=maintenant)
    return alerte


def traiter_alerte(*, alerte_id: UUID, note: str, par: Acteur, maintenant: datetime) -> Alerte:
    """Close an alert with what was understood and done.

    Raises Introuvable, DroitManquant, SaisieRefusee (no note), TransitionImpossible (already handled).
    """
    with transaction.atomic():
        alerte = alerte_accessible(alerte_id, par, verrou=True)
        if alerte.traitee_le is not None:
            raise TransitionImpossible(f"{alerte.traitee_par_nom} a déjà traité cette alerte.")
        alerte.note = " ".join(note.split())[:1000]
        if not alerte.note:
            raise SaisieRefusee("Écrivez ce que vous avez vérifié et décidé", champ="note")
        alerte.traitee_le, alerte.traitee_par, alerte.traitee_par_nom = maintenant, par.identite, par.libelle[:200]
        alerte.save(update_fields=["note", "traitee_le", "traitee_par", "traitee_par_nom"])
        details = {"alerte": LIBELLES_ALERTES[GenreAlerte(alerte.genre)], "note": alerte.note}
        noter(
            "veille.alerte_traitee", par=par, portee=Portee(domaine=Domaine.ACCES), objet=alerte, le=maintenant, details=details
        )
    return alerte


def verifier_le_registre(*, par: Acteur, maintenant: datetime) -> chaine.EtatDeLaChaine:
    """Verify the whole chain over the register of revelations; a break is an alert, once a day (exigences, P2)."""
    with connection.cursor() as curseur:
        etat = chaine.verifier(curseur)
    if etat.rupture is not None:
        ou = f"Bloc {etat.rupture.rang}" if etat.rupture.rang else "Hors de la chaîne"
        lever_alerte(
            genre=GenreAlerte.CHAINE,
            sujet="registre",
            detail=f"{ou}\u00a0: {etat.rupture.raison}.",
            par=par,
            maintenant=maintenant,
        )
    return etat
