"""Sharing a draft between several, where the OPCO limits the people of one request."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from jalon.dispositifs.lecture import scinder
from jalon.dispositifs.lecture.scission import Valeurs
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.brouillons import creer_brouillon
from jalon.dossiers.actions.saisie import enregistrer_section
from jalon.dossiers.chiffrement import dechiffrer_reponses
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.acces import dossier_accessible
from jalon.dossiers.requetes.lots import limite_par_dossier
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import TransitionImpossible
from jalon.socle.identifiants import nouvel_id

DE_LA_SCISSION = "parts de la scission d’un brouillon déjà obtenu par sa porte"


def scinder_dossier(*, dossier_id: UUID, par: Acteur, maintenant: datetime) -> list[Dossier]:
    """As few drafts as the limit allows: this one keeps its share, the others begin with the same answers. Documents stay here.

    Protected boxes follow their row, encrypted again for its new owner, whoever splits: nobody reads more than before.
    Asked again (double click), it gives back the parts that there are.
    Raises: Introuvable, DroitManquant, TransitionImpossible (sent, no limit, or it holds in the limit), SaisieRefusee (closed).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.SAISIE, verrou=True)
        if not dossier.est_brouillon:
            raise TransitionImpossible("Ce dossier est transmis\u00a0: il ne se scinde plus.")
        declaration = dispositif_de(dossier.dispositif)
        limite = limite_par_dossier(dossier.dispositif, jour_de_paris(maintenant))
        reponses = dechiffrer_reponses(declaration, dossier.id, dossier.reponses)
        parts = scinder(declaration, reponses, limite) if limite else []
        if len(parts) < 2:
            if dossier.lot is None:
                raise TransitionImpossible("Ce dossier tient dans la limite\u00a0: il n’y a rien à scinder.")
            return _parts(dossier)
        _reduire(dossier, parts[0], par, maintenant)
        rang = _entrer_dans_un_lot(dossier)
        for place, part in enumerate(parts[1:], start=rang + 1):
            _commencer(dossier, part, place, par, maintenant)
        details = {"nombre": len(parts)}
        noter("dossier.scinde", par=par, portee=dossier.portee_du_journal, objet=dossier, le=maintenant, details=details)
        return _parts(dossier)


def _parts(dossier: Dossier) -> list[Dossier]:
    return list(Dossier.objects.tous(DE_LA_SCISSION).filter(lot=dossier.lot).defer("recherche").order_by("lot_rang", "id"))


def _reduire(dossier: Dossier, part: Valeurs, par: Acteur, maintenant: datetime) -> None:
    """Keep, in the draft, its share of each section."""
    declaration = dispositif_de(dossier.dispositif)
    anciennes = dechiffrer_reponses(declaration, dossier.id, dossier.reponses)
    for section, valeurs in part.items():
        if valeurs != anciennes[section]["valeurs"]:
            version = int(anciennes[section].get("version", 0))
            enregistrer_section(
                dossier_id=dossier.id, section=section, version=version, valeurs=valeurs, par=par, maintenant=maintenant
            )


def _entrer_dans_un_lot(dossier: Dossier) -> int:
    """The last place taken in the batch of the draft, which is a new one unless it was split before."""
    lignes = Dossier.objects.tous(DE_LA_SCISSION)
    if dossier.lot is None:
        dossier.lot, dossier.lot_rang = nouvel_id(), 1
        lignes.filter(pk=dossier.pk).update(lot=dossier.lot, lot_rang=1)
    return int(lignes.filter(lot=dossier.lot).aggregate(dernier=Max("lot_rang"))["dernier"])


def _commencer(dossier: Dossier, part: Valeurs, place: int, par: Acteur, maintenant: datetime) -> None:
    """A draft of the same establishment, with its share."""
    nouveau = creer_brouillon(
        dispositif=dossier.dispositif,
        siren=dossier.siren,
        siret=dossier.siret,
        prestataire=dossier.convention_siren,
        reponses=part,
        par=par,
        maintenant=maintenant,
    )
    Dossier.objects.tous(DE_LA_SCISSION).filter(pk=nouveau.pk).update(lot=dossier.lot, lot_rang=place)
    noter("dossier.issu_d_une_scission", par=par, portee=nouveau.portee_du_journal, objet=nouveau, le=maintenant)
