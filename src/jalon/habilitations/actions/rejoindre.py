"""Asking to join an organisation without a code, and taking the request back (docs/adr/0013)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.attribution import verrouiller
from jalon.habilitations.actions.porteur import porteur
from jalon.habilitations.administrateurs import Administrateur, hors_probation, tous_les_administrateurs
from jalon.habilitations.codes import masquer_codes
from jalon.habilitations.courriels import DemandeRecue
from jalon.habilitations.enums import EtatDemande, JeuDeDroits, OrigineDemande
from jalon.habilitations.essais import Limite, consommer
from jalon.habilitations.models import DemandeAcces
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.profils import droits_du_profil
from jalon.habilitations.regles import (
    DEMANDES_PAR_COMPTE,
    DEMANDES_PAR_SIREN,
    VALIDITE_DEMANDE,
    droit_sur,
    verifier_droits,
)
from jalon.habilitations.regles_des_boites import tient_deja
from jalon.habilitations.requetes.demandes import ma_demande
from jalon.journal.actions import noter
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Acteur, Profil
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import ErreurMetier, SaisieRefusee, TransitionImpossible, TropDEssais
from jalon.socle.identifiants import analyser_siren, analyser_siret

LONGUEUR_SIREN = 9
RAISON_MAX = 500
SIRETS_MAX = 200


class PersonneNeDecide(ErreurMetier):
    """No active administrator: unknown SIREN, nobody yet, or only in the first 72 hours. Never told apart (422)."""

    code = "personne-ne-decide"

    def __init__(self) -> None:
        super().__init__(
            "Aucun administrateur ne peut répondre à une demande pour ce SIREN et ce profil. Le chemin est un code "
            "d’activation, envoyé par courrier au siège\u00a0: si vous avez la lettre, saisissez son code\u00a0; sinon, demandez "
            "un courrier."
        )


@dataclass(frozen=True, slots=True)
class _Souhait:
    """What is asked, read from what was typed."""

    siren: str
    profil: Profil
    jeu: JeuDeDroits
    sirets: tuple[str, ...]
    raison: str


def demander_acces(
    *,
    personne_id: UUID,
    numero_saisi: str,
    profil: Profil,
    jeu: JeuDeDroits,
    raison: str,
    maintenant: datetime,
    sirets_saisis: Sequence[str] | None = None,
) -> DemandeAcces:
    """Ask the administrators for a set of rights on the whole SIREN (`sirets_saisis` None) or on these establishments.

    Counted, durably, before anything about the organisation is read: who decides is told to somebody whose name these
    people then receive, a few times a day at most (exigences, T16).

    Raises DroitManquant (address not verified, account of the OPCO, no second factor), SaisieRefusee (number, SIRET, reason,
    what cannot be given on establishments), TropDEssais, PersonneNeDecide, TransitionImpossible (already holds it, or waits).
    """
    par = porteur(personne_id, maintenant, puis="faites votre demande")
    souhait = _lire(numero_saisi, profil, jeu, sirets_saisis, raison, maintenant)
    _compter(personne_id, souhait.siren, maintenant)
    _decideurs(souhait, maintenant)
    with transaction.atomic():
        verrouiller(souhait.siren, profil)
        actifs = _decideurs(souhait, maintenant)
        _exiger_du_nouveau(souhait, par, maintenant)
        portee = portee_des_acces(souhait.siren, profil, portefeuille_de(souhait.siren))
        demande = DemandeAcces(
            personne=par.personne,
            profil=profil,
            origine=OrigineDemande.SANS_CODE,
            jeu=jeu,
            sirets=list(souhait.sirets),
            raison=souhait.raison,
            prevenus=[a.personne_id for a in actifs],
            demandee_le=maintenant,
        ).porter(portee)
        demande.save(force_insert=True)
        noter("acces.demande", par=par, portee=portee, objet=demande, le=maintenant)
        preparer(DemandeRecue, demande.id, [Destinataire(a.email, a.personne_id) for a in actifs], le=maintenant)
    return demande


def _lire(
    numero: str, profil: Profil, jeu: JeuDeDroits, sirets: Sequence[str] | None, raison: str, maintenant: datetime
) -> _Souhait:
    siren = _lire_numero(numero)
    lus = () if sirets is None else _lire_sirets(sirets, siren)
    raison = masquer_codes(raison.strip())
    if not raison:
        raise SaisieRefusee("Dites en une phrase qui vous êtes et pourquoi vous en avez besoin", champ="raison")
    if sirets is not None and profil == Profil.PRESTATAIRE:
        raise SaisieRefusee("Pour un prestataire, les droits portent sur toute l’organisation", champ="etendue")
    if lus and jeu == JeuDeDroits.ADMINISTRATION:
        raise SaisieRefusee("L’administration se donne sur toute l’entreprise", champ="jeu")
    verifier_droits(droits_du_profil(jeu, lus), siren, profil, jour_de_paris(maintenant))
    return _Souhait(siren, profil, jeu, lus, raison[:RAISON_MAX])


def _lire_numero(saisi: str) -> str:
    """SIREN of what was typed: a SIREN, or a SIRET."""
    try:
        return (
            analyser_siren(saisi) if len(re.sub(r"\D", "", saisi)) <= LONGUEUR_SIREN else analyser_siret(saisi)[:LONGUEUR_SIREN]
        )
    except SaisieRefusee as erreur:
        raise SaisieRefusee(erreur.message, champ="numero") from None


def _lire_sirets(saisis: Sequence[str], siren: str) -> tuple[str, ...]:
    lus: list[str] = []
    for saisi in saisis:
        try:
            lus.append(analyser_siret(saisi))
        except SaisieRefusee as erreur:
            raise SaisieRefusee(f"{saisi.strip()[:20]}\u00a0: {erreur.message}", champ="sirets") from None
    if not lus:
        raise SaisieRefusee("Indiquez au moins un SIRET", champ="sirets")
    if len(lus) > SIRETS_MAX:
        raise SaisieRefusee(f"Une demande compte {SIRETS_MAX} SIRET au plus. Demandez toute l’entreprise", champ="sirets")
    autre = next((s for s in lus if not s.startswith(siren)), None)
    if autre is not None:
        raise SaisieRefusee(f"{autre} n’est pas un établissement de ce SIREN", champ="sirets")
    return tuple(dict.fromkeys(lus))


def _compter(personne_id: UUID, siren: str, maintenant: datetime) -> None:
    """Count the try; the limit of the SIREN only delays, and then costs the account nothing (exigences, T1b)."""
    compte = Limite("acces-compte", str(personne_id), DEMANDES_PAR_COMPTE)
    organisation = Limite("acces-siren", siren, DEMANDES_PAR_SIREN)
    atteinte = consommer([compte, organisation], jour_de_paris(maintenant))
    if atteinte == compte:
        raise TropDEssais(f"Vous avez fait vos {DEMANDES_PAR_COMPTE}\u00a0demandes du jour. Réessayez demain.")
    if atteinte == organisation:
        raise TropDEssais("Trop de demandes ont été faites aujourd’hui pour ce SIREN. Réessayez demain.")


def _decideurs(souhait: _Souhait, maintenant: datetime) -> list[Administrateur]:
    """Who decides. Raises PersonneNeDecide."""
    actifs = hors_probation(tous_les_administrateurs(souhait.siren, souhait.profil, maintenant), maintenant)
    if not actifs:
        raise PersonneNeDecide
    return actifs


def _exiger_du_nouveau(souhait: _Souhait, par: ActeurPersonne, maintenant: datetime) -> None:
    """What the person holds and what she asked already, read under the lock."""
    tenus = [
        droit_sur(d.siret, d.domaine, d.niveau, dispositif=d.dispositif)
        for lien in par.rattachements
        if (lien.siren, lien.profil) == (souhait.siren, souhait.profil)
        for d in lien.droits
    ]
    if tient_deja(droits_du_profil(souhait.jeu, souhait.sirets), tenus):
        raise TransitionImpossible("Vous avez déjà ces droits sur ce périmètre.")
    portee = portee_des_acces(souhait.siren, souhait.profil)
    en_attente: DemandeAcces | None = (
        DemandeAcces.objects.tous("demande de la personne elle-même, sous le verrou du SIREN")
        .filter(
            personne=par.personne,
            siren=portee.siren,
            prestataire_siren=portee.prestataire_siren,
            etat=EtatDemande.EN_ATTENTE,
        )
        .first()
    )
    if en_attente is None:
        return
    if en_attente.demandee_le + VALIDITE_DEMANDE > maintenant:
        raise TransitionImpossible(
            "Une demande attend déjà une réponse pour ce SIREN et ce profil. Retirez-la pour en faire une autre."
        )
    en_attente.etat = EtatDemande.EXPIREE
    en_attente.save(update_fields=["etat"])


def retirer_demande(*, demande_id: UUID, par: Acteur, maintenant: datetime) -> DemandeAcces:
    """Take one's own request back, before it is decided.

    Raises Introuvable (unknown, or somebody else's), TransitionImpossible (decided, lapsed or taken back already).
    """
    vue = ma_demande(demande_id, par)
    with transaction.atomic():
        verrouiller(vue.organisation_siren, Profil(vue.profil))
        demande = ma_demande(demande_id, par, verrou=True)
        if demande.etat != EtatDemande.EN_ATTENTE:
            raise TransitionImpossible("Cette demande a déjà reçu une réponse, ou a été retirée.")
        if demande.demandee_le + VALIDITE_DEMANDE <= maintenant:
            raise TransitionImpossible("Cette demande a expiré au bout de 30\u00a0jours.")
        demande.etat, demande.decidee_le, demande.decidee_par = EtatDemande.RETIREE, maintenant, par.identite
        demande.save(update_fields=["etat", "decidee_le", "decidee_par"])
        noter("acces.demande_retiree", par=par, portee=demande.portee, objet=demande, le=maintenant)
    return demande
