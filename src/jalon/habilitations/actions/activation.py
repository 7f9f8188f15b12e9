"""Using an activation code (exigences, T1, T1b, T1c)."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import (
    preparer,
)
from jalon.courriers.messages import Destinataire, cle_d_envoi
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.attribution import (
    verrouiller,
)
from jalon.habilitations.actions.porteur import lire_siren, porteur
from jalon.habilitations.actions.pose import poser_droits
from jalon.habilitations.administrateurs import hors_probation, tous_les_administrateurs
from jalon.habilitations.codes import Code, lire_code
from jalon.habilitations.courriels import AdministrateurNomme, DemandeRecue
from jalon.habilitations.enums import (
    EtatCode,
    EtatDemande,
    EtatRattachement,
    NatureAvis,
    OrigineDemande,
    OrigineRattachement,
)
from jalon.habilitations.essais import Limite, consommer
from jalon.habilitations.models import AvisPostal, CodeActivation, DemandeAcces, Rattachement
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.regles import (
    ESSAIS_PAR_COMPTE,
    ESSAIS_PAR_SIREN,
    PROBATION,
    VALIDITE_DEMANDE,
    tous_les_droits,
)
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.journal.actions import noter
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Pouvoir, Profil
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import (
    ErreurMetier,
    TransitionImpossible,
    TropDEssais,
)

PHRASE_CODE_REFUSE = (
    "Nous ne reconnaissons pas ce code pour ce SIREN et ce profil. Vérifiez d’abord le profil\u00a0: l’en-tête de la lettre dit "
    "«\u00a0SIREN – adhérent\u00a0» ou «\u00a0SIREN – prestataire\u00a0»\u00a0; puis le SIREN de la lettre\u00a0; puis chaque "
    "caractère du code\u00a0; enfin que la lettre est la dernière reçue. Si le code ne fonctionne toujours pas, écrivez-nous "
    "par le formulaire de contact."
)
_AUTRE_PROFIL = {
    Profil.ADHERENT: "Ce code est celui du profil adhérent. Choisissez ce profil, puis saisissez-le de nouveau.",
    Profil.PRESTATAIRE: "Ce code est celui du profil prestataire. Choisissez ce profil, puis saisissez-le de nouveau.",
}


class CodeRefuse(ErreurMetier):
    """Wrong code, unknown SIREN or no code at all: never told apart (422)."""

    code = "code-refuse"

    def __init__(self) -> None:
        super().__init__(PHRASE_CODE_REFUSE)


class CodePerime(ErreurMetier):
    """The code is right, but expired, replaced or ended: told to its holder only (409)."""

    code = "code-perime"

    def __init__(self) -> None:
        super().__init__(
            "Ce code n’est plus valable\u00a0: il a plus de trois mois, une lettre plus récente l’a remplacé, ou il a été arrêté. "
            "Demandez un nouveau courrier au siège."
        )


class CodeDeLAutreProfil(ErreurMetier):
    """The code is right for the other profile: told to its holder only (409)."""

    code = "code-autre-profil"

    def __init__(self, profil: Profil) -> None:
        super().__init__(_AUTRE_PROFIL[profil], champ="profil")


@dataclass(frozen=True, slots=True)
class SuiteDuCode:
    """What a right code gave: the administration (then `demande` is None), or a request that others decide."""

    siren: str
    profil: Profil
    rattachement: Rattachement | None = None
    demande: DemandeAcces | None = None

    @property
    def administrateur(self) -> bool:
        """Whether the person now administers, in probation."""
        return self.rattachement is not None


def utiliser_code(*, personne_id: UUID, siren_saisi: str, profil: Profil, code_saisi: str, maintenant: datetime) -> SuiteDuCode:
    """Use a code: its first right use gives the administration for 72 hours of probation, the next ones make a request.

    The try is counted, durably, before the code is looked for; whatever the answer, the same hashes and the same
    queries are computed until it is judged. The code row is locked: two simultaneous first uses give one administrator
    and one request.

    Raises DroitManquant (address not verified, account of the OPCO, no second factor), SaisieRefusee (what cannot be a
    SIREN or a code; costs no try), TropDEssais, CodeRefuse, CodePerime, CodeDeLAutreProfil, TransitionImpossible (already
    administrator).
    """
    par = porteur(personne_id, maintenant, puis="saisissez le code")
    siren = lire_siren(siren_saisi)
    code = lire_code(code_saisi)
    _compter(personne_id, siren, maintenant)
    with transaction.atomic():
        ligne = _juger(siren, profil, code, maintenant)
        return _employer(ligne, par, maintenant)


def _compter(personne_id: UUID, siren: str, maintenant: datetime) -> None:
    """Count the try; the limit of the SIREN only delays, and then costs the account nothing (exigences, T1b)."""
    compte = Limite("code-compte", str(personne_id), ESSAIS_PAR_COMPTE)
    organisation = Limite("code-siren", siren, ESSAIS_PAR_SIREN)
    atteinte = consommer([compte, organisation], jour_de_paris(maintenant))
    if atteinte == compte:
        raise TropDEssais(
            f"Vous avez fait vos {ESSAIS_PAR_COMPTE}\u00a0essais du jour. Réessayez demain, ou écrivez-nous par le "
            "formulaire de contact."
        )
    if atteinte == organisation:
        raise TropDEssais(
            "Trop de codes ont été essayés aujourd’hui pour ce SIREN. Votre code reste valable\u00a0: réessayez demain, ou "
            "écrivez-nous par le formulaire de contact."
        )


def _juger(siren: str, profil: Profil, code: Code, maintenant: datetime) -> CodeActivation:
    """The row of a right and living code, locked. One query and one hash per profile, whatever the answer."""
    attendues = {p: code.empreinte(siren, p) for p in Profil}
    lignes = CodeActivation.objects.select_for_update().filter(siren=siren).order_by("id")
    trouvee = None
    for ligne in lignes:
        if hmac.compare_digest(ligne.empreinte, attendues[Profil(ligne.profil)]):
            trouvee = ligne
    if trouvee is None:
        raise CodeRefuse
    if trouvee.etat != EtatCode.ACTIF or trouvee.expire_le <= maintenant:
        raise CodePerime
    if trouvee.profil != profil:
        raise CodeDeLAutreProfil(Profil(trouvee.profil))
    return trouvee


def _employer(ligne: CodeActivation, par: ActeurPersonne, maintenant: datetime) -> SuiteDuCode:
    siren, profil = ligne.siren, Profil(ligne.profil)
    verrouiller(siren, profil)
    administrateurs = tous_les_administrateurs(siren, profil, maintenant)
    if any(a.personne_id == par.identite for a in administrateurs):
        raise TransitionImpossible("Vous administrez déjà cet espace. Conservez la lettre\u00a0: le code reste valable.")
    premier = ligne.premier_usage_le is None
    ligne.usages += 1
    ligne.premier_usage_le = ligne.premier_usage_le or maintenant
    ligne.save(update_fields=["usages", "premier_usage_le"])
    actifs = [Destinataire(a.email, a.personne_id) for a in hors_probation(administrateurs, maintenant)]
    if premier:
        rattachement = _nommer(ligne, par, maintenant)
        autres = [Destinataire(a.email, a.personne_id) for a in administrateurs]
        preparer(AdministrateurNomme, rattachement.id, autres, le=maintenant, cle=cle_d_envoi(maintenant))
        return SuiteDuCode(siren, profil, rattachement=rattachement)
    demande, nouvelle = _demander(ligne, par, actifs, maintenant)
    if nouvelle:
        a_prevenir = actifs or [
            Destinataire(p.email, p.id) for p in personnes_du_pouvoir(Pouvoir.DECIDER_ACCES, demande.portefeuille_id, maintenant)
        ]
        preparer(DemandeRecue, demande.id, a_prevenir, le=maintenant)
    return SuiteDuCode(siren, profil, demande=demande)


def _nommer(ligne: CodeActivation, par: ActeurPersonne, maintenant: datetime) -> Rattachement:
    """Every right on the whole SIREN, on the person's link there if there is one; the 72 hours begin now."""
    portee = portee_des_acces(ligne.siren, ligne.profil, portefeuille_de(ligne.siren))
    lien = (
        Rattachement.objects.tous("rattachement du porteur d’un code juste, sous le verrou du SIREN")
        .select_for_update()
        .filter(
            personne=par.personne,
            siren=portee.siren,
            prestataire_siren=portee.prestataire_siren,
            etat=EtatRattachement.ACTIF,
        )
        .first()
    )
    if lien is None:
        lien = Rattachement(
            personne=par.personne,
            profil=ligne.profil,
            etat=EtatRattachement.ACTIF,
            origine=OrigineRattachement.CODE,
            cree_le=maintenant,
            cree_par=par.identite,
            actif_depuis=maintenant,
        ).porter(portee)
    lien.probation_jusqu_a = maintenant + PROBATION
    lien.save()
    poser_droits(lien, tous_les_droits(), par.identite, maintenant)
    noter("acces.code_administrateur", par=par, portee=portee, objet=lien, le=maintenant)
    _avertir_le_siege(ligne, par, NatureAvis.ADMINISTRATEUR_NOMME, maintenant)
    return lien


def _demander(
    ligne: CodeActivation, par: ActeurPersonne, actifs: Sequence[Destinataire], maintenant: datetime
) -> tuple[DemandeAcces, bool]:
    """The person's pending request, or a new one when there is none, it has lapsed, or it was made without a code."""
    portee = portee_des_acces(ligne.siren, ligne.profil, portefeuille_de(ligne.siren))
    en_attente: DemandeAcces | None = (
        DemandeAcces.objects.tous("demande du porteur d’un code juste, sous le verrou du SIREN")
        .filter(
            personne=par.personne,
            siren=portee.siren,
            prestataire_siren=portee.prestataire_siren,
            etat=EtatDemande.EN_ATTENTE,
        )
        .first()
    )
    vivante = en_attente is not None and en_attente.demandee_le + VALIDITE_DEMANDE > maintenant
    if en_attente is not None and vivante and en_attente.origine == OrigineDemande.CODE:
        return en_attente, False
    if en_attente is not None:
        en_attente.etat = EtatDemande.EXPIREE
        en_attente.save(update_fields=["etat"])
    demande = DemandeAcces(personne=par.personne, profil=ligne.profil, demandee_le=maintenant).porter(portee)
    demande.prevenus = [a.personne_id for a in actifs if a.personne_id is not None]
    demande.save(force_insert=True)
    noter("acces.code_demande", par=par, portee=portee, objet=demande, le=maintenant)
    _avertir_le_siege(ligne, par, NatureAvis.DEMANDE_RECUE, maintenant)
    return demande, True


def _avertir_le_siege(ligne: CodeActivation, par: ActeurPersonne, nature: NatureAvis, maintenant: datetime) -> None:
    AvisPostal.objects.create(
        siren=ligne.siren,
        profil=ligne.profil,
        nature=nature,
        personne=par.personne,
        portefeuille_id=portefeuille_de(ligne.siren),
        le=maintenant,
    )
