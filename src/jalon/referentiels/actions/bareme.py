"""What the OPCO writes in its barème."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from jalon.referentiels.actions.revisions import (
    derniere_revision,
    exiger_dates,
    exiger_motif,
    exiger_valeurs,
    noter_revision,
    reviser,
)
from jalon.referentiels.enums import Origine
from jalon.referentiels.models import Idcc, LigneBareme, PlafondAnnuel, VersionBareme
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.baremes import TOUS
from jalon.socle.erreurs import Introuvable, SaisieRefusee
from jalon.socle.identifiants import nouvel_id

VALEURS = frozenset(
    {
        *("taux_horaire", "forfait_jour_intra", "intra_min", "intra_max", "plafond_jour", "plafond_heures"),
        *("forfait_action", "forfait_stagiaire", "taux_salaire", "salaire_sans_pedagogie"),
        *("forfait_repas", "plafond_repas", "forfait_nuit", "plafond_nuits", "forfait_transport"),
        *("annexes_hors_plafond", "duree_minimale", "note", "enveloppe"),
    }
)
CRITERES = frozenset(
    {
        *("idcc", "effectif_min", "effectif_max", "zone", "type_action", "modalite", "certification", "theme"),
        *("interne", "fonds"),
    }
)


def modifier_ligne_bareme(
    *,
    ligne_id: UUID,
    valeurs: Mapping[str, Any],
    a_partir_du: date,
    motif: str,
    par: Acteur,
    maintenant: datetime,
    jusqu_au: date | None = None,
    source_url: str = "",
) -> LigneBareme:
    """Give a line other amounts from a day on; with `jusqu_au`, the former ones come back afterwards.

    Raises DroitManquant, Introuvable, SaisieRefusee (dates, reason), SaisiesRefusees (amounts, by column),
    ConflitDeVersion (revised by somebody else meanwhile).
    """
    par.exiger_pouvoir(Pouvoir.REGLER_BAREMES, None)
    exiger_valeurs(LigneBareme, valeurs, VALEURS)
    exiger_dates(a_partir_du, jusqu_au, maintenant)
    raison = exiger_motif(motif)
    with transaction.atomic():
        ancienne = derniere_revision(LigneBareme, ligne_id, valeurs)
        ligne = reviser(ancienne, valeurs, du=a_partir_du, au=jusqu_au, source_url=source_url)
        noter_revision("bareme.modifie", ligne, ancienne, raison, par=par, le=maintenant)
    return ligne


def retirer_ligne_bareme(*, ligne_id: UUID, a_partir_du: date, motif: str, par: Acteur, maintenant: datetime) -> LigneBareme:
    """End a line from a day on: more general lines then apply.

    Raises DroitManquant, Introuvable, SaisieRefusee, ConflitDeVersion.
    """
    par.exiger_pouvoir(Pouvoir.REGLER_BAREMES, None)
    exiger_dates(a_partir_du, None, maintenant)
    raison = exiger_motif(motif)
    with transaction.atomic():
        ancienne = derniere_revision(LigneBareme, ligne_id, {})
        ligne = reviser(ancienne, {}, du=a_partir_du, au=None, source_url="", retiree=True)
        noter_revision("bareme.retire", ligne, ancienne, raison, par=par, le=maintenant)
    return ligne


def ajouter_ligne_bareme(
    *,
    version: str,
    criteres: Mapping[str, Any],
    valeurs: Mapping[str, Any],
    a_partir_du: date,
    motif: str,
    par: Acteur,
    maintenant: datetime,
    jusqu_au: date | None = None,
    source_url: str = "",
) -> LigneBareme:
    """Add a line for a kind of action that has none of its own; criteria left out are « * ».

    Raises DroitManquant, Introuvable (version), SaisieRefusee (branch, dates, reason), SaisiesRefusees (by column).
    """
    par.exiger_pouvoir(Pouvoir.REGLER_BAREMES, None)
    exiger_valeurs(LigneBareme, {**criteres, **valeurs}, VALEURS | CRITERES)
    exiger_dates(a_partir_du, jusqu_au, maintenant)
    raison = exiger_motif(motif)
    branche = criteres.get("idcc", TOUS)
    exiger_branche(branche)
    publiee = VersionBareme.objects.filter(code=version).first()
    if publiee is None:
        raise Introuvable("Cette version du barème n’existe pas.")
    with transaction.atomic():
        ligne = LigneBareme(
            **criteres,
            **valeurs,
            code=f"opco-{branche.replace(TOUS, 'toutes')}-{nouvel_id().hex[-8:]}",
            version=publiee,
            dispositif=publiee.dispositif,
            valide_du=a_partir_du,
            valide_au=jusqu_au,
            source_url=source_url,
            origine=Origine.OPCO,
        )
        ligne.save(force_insert=True)
        noter_revision("bareme.ajoute", ligne, None, raison, par=par, le=maintenant)
    return ligne


def modifier_plafond_annuel(
    *, plafond_id: UUID, montant: Decimal, a_partir_du: date, motif: str, par: Acteur, maintenant: datetime, source_url: str = ""
) -> PlafondAnnuel:
    """Give a yearly ceiling another amount for the actions that begin from a day on.

    Raises DroitManquant, Introuvable, SaisieRefusee, SaisiesRefusees, ConflitDeVersion.
    """
    par.exiger_pouvoir(Pouvoir.REGLER_BAREMES, None)
    valeurs = {"montant": montant}
    exiger_valeurs(PlafondAnnuel, valeurs, frozenset(valeurs))
    exiger_dates(a_partir_du, None, maintenant)
    raison = exiger_motif(motif)
    with transaction.atomic():
        ancien = derniere_revision(PlafondAnnuel, plafond_id, valeurs)
        plafond = reviser(ancien, valeurs, du=a_partir_du, au=None, source_url=source_url)
        noter_revision("bareme.plafond-modifie", plafond, ancien, raison, par=par, le=maintenant)
    return plafond


def exiger_branche(idcc: str) -> None:
    """Raises SaisieRefusee unless the branch is « * » or in the public table."""
    if idcc != TOUS and not Idcc.objects.filter(code=idcc).exists():
        raise SaisieRefusee("Choisissez un IDCC de la liste publique", champ="idcc")
