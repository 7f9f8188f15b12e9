"""Ending a code before its three months."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire
from jalon.habilitations.actions.attribution import verrouiller
from jalon.habilitations.administrateurs import hors_probation, tous_les_administrateurs
from jalon.habilitations.codes import masquer_codes
from jalon.habilitations.courriels import CodeTermine
from jalon.habilitations.enums import EtatCode
from jalon.habilitations.models import CodeActivation
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.phrases import droit_manquant
from jalon.habilitations.requetes.suivi import code_accessible
from jalon.journal.actions import noter
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau, Pouvoir, Profil
from jalon.socle.erreurs import DroitManquant, SaisieRefusee, TransitionImpossible

MOTIF_MAX = 500


def terminer_code(*, code_id: UUID, motif: str, par: Acteur, maintenant: datetime) -> CodeActivation:
    """End a living code, with a reason; its administrators are told. It belongs to an active administrator, and to the AEF.

    An administrator in the first 72 hours may not: she came by a code herself, and would close the door behind her.
    The row of the code is locked before the SIREN, as when it is used: whichever comes first, the other sees it.

    Raises Introuvable (unknown, or neither mine nor of my portefeuilles), DroitManquant, SaisieRefusee (no reason),
    TransitionImpossible (expired, replaced or ended already).
    """
    code_accessible(code_id, par)
    motif = masquer_codes(motif.strip())[:MOTIF_MAX]
    if not motif:
        raise SaisieRefusee("Indiquez pourquoi vous arrêtez ce code", champ="motif")
    with transaction.atomic():
        code = CodeActivation.objects.select_for_update().get(id=code_id)
        siren, profil = code.siren, Profil(code.profil)
        verrouiller(siren, profil)
        _exiger_le_pouvoir(siren, profil, par, maintenant)
        if code.etat != EtatCode.ACTIF or code.expire_le <= maintenant:
            raise TransitionImpossible("Ce code ne vaut déjà plus\u00a0: il a expiré, a été remplacé ou arrêté.")
        fermer(code, motif, par, maintenant)
    return code


def fermer(code: CodeActivation, motif: str, par: Acteur, maintenant: datetime) -> None:
    """Write the end of a code whose row is locked, and tell its administrators."""
    siren, profil = code.siren, Profil(code.profil)
    code.etat, code.motif_fin = EtatCode.TERMINE, motif
    code.termine_le, code.termine_par = maintenant, par.identite
    code.save(update_fields=["etat", "motif_fin", "termine_le", "termine_par"])
    portee = portee_des_acces(siren, profil, portefeuille_de(siren))
    noter(
        "acces.code_termine", par=par, portee=portee, objet=code, le=maintenant, details={"profil": profil.value, "motif": motif}
    )
    en_place = tous_les_administrateurs(siren, profil, maintenant)
    preparer(CodeTermine, code.id, [Destinataire(a.email, a.personne_id) for a in en_place], le=maintenant)


def _exiger_le_pouvoir(siren: str, profil: Profil, par: Acteur, maintenant: datetime) -> None:
    actifs = hors_probation(tous_les_administrateurs(siren, profil, maintenant), maintenant)
    if any(par.identite is not None and a.personne_id == par.identite for a in actifs):
        return
    if portefeuille_de(siren) in par.portefeuilles(Pouvoir.COMMANDER_CODES):
        return
    if par.portefeuilles(Pouvoir.CONSULTER):
        par.exiger_pouvoir(Pouvoir.COMMANDER_CODES, portefeuille_de(siren))
    raise DroitManquant(droit_manquant(Droit(Domaine.ACCES, Niveau.GESTION), [a.nom for a in actifs]))
