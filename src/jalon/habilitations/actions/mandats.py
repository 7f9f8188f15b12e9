"""Mandates: given and renewed by the client's administrator, ended by either side at once (exigences, T10, S8)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import cle_d_envoi
from jalon.habilitations.actions.attribution import Administration, administration, droits_en_cours, verrouiller
from jalon.habilitations.actions.mandats_en_attente import annoncer_attente, installer_si_echu, poser_contenu
from jalon.habilitations.actions.suites_des_mandats import (
    administrateurs_des_deux_cotes,
    clore_mandat,
    exiger_un_mandat_donne,
    noter_des_deux_cotes,
    verrouiller_mandat,
)
from jalon.habilitations.courriels import nom_de_l_organisation
from jalon.habilitations.courriels.mandats import EcheanceMandat, MandatDonne, MandatModifie, MandatTermine
from jalon.habilitations.enums import CoteDuMandat, OrigineMandat
from jalon.habilitations.mandats import (
    Contenu,
    Etablissements,
    Niveaux,
    exiger_de_tenir,
    niveaux_tenus,
    verifier_mandat,
)
from jalon.habilitations.models import Mandat, Rattachement
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.notifications import annoncer_la_fin_du_mandat
from jalon.habilitations.regles import RAPPELS_DE_FIN, avant_la_fin, dernier_jour, droit_sur, rappel_du
from jalon.habilitations.requetes.mandats import mandat_accessible, mandats_a_echeance
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.dates import debut_du_jour, fin_du_jour, jour_de_paris
from jalon.socle.erreurs import DroitManquant, SaisieRefusee
from jalon.socle.identifiants import analyser_siren


@second_facteur_exige
def donner_mandat(
    *,
    siren: str,
    profil: Profil,
    mandataire_saisi: str,
    niveaux: Niveaux,
    fin: date,
    par: Acteur,
    maintenant: datetime,
    sirets: Sequence[str] = (),
    debut: date | None = None,
) -> Mandat:
    """Let a cabinet, a CFA or another provider act for one side of a SIREN, from a day (now by default) until a day included.

    The mandataire is a SIREN, whether it already has people here or not: its own administrator spreads the mandate. A wide one
    waits for a second administrator or 24 hours; one given in a burst, for a check (exigences, T12).

    Raises DroitManquant (not an administrator now, or in probation), SaisieRefusee (SIREN, rights, perimeter, dates, a mandate
    that still runs), SaisiesRefusees (more than the giver holds).
    """
    mandataire = _lire_mandataire(mandataire_saisi, siren)
    aujourdhui = jour_de_paris(maintenant)
    premier = debut or aujourdhui
    lieux = Etablissements(siren, profil, tuple(dict.fromkeys(sirets)))
    with transaction.atomic():
        verrouiller(siren, profil)
        contexte = _donneur(siren, profil, par, maintenant)
        verifier_mandat(niveaux, lieux, premier, fin, aujourdhui)
        exiger_de_tenir(niveaux, _tenus(contexte, lieux, fin))
        mandat = _mandat_neuf(siren, profil, mandataire, par, maintenant)
        mandat.debut, mandat.fin = max(maintenant, debut_du_jour(premier)), fin_du_jour(fin)
        _ecarter_le_precedent(mandat, par, maintenant)
        poser_contenu(mandat, Contenu(niveaux, lieux.sirets), contexte.moi.personne_id, maintenant, nouveau=True)
        mandat.save(force_insert=True)
        noter_des_deux_cotes("acces.mandat_donne", mandat, par, maintenant)
        preparer(MandatDonne, mandat.id, administrateurs_des_deux_cotes(mandat, par, maintenant), le=maintenant)
        annoncer_attente(mandat, par, maintenant)
    return mandat


@second_facteur_exige
def modifier_mandat(
    *, mandat_id: UUID, niveaux: Niveaux, fin: date, par: Acteur, maintenant: datetime, sirets: Sequence[str] = ()
) -> Mandat:
    """Make a mandate exactly this, from the next request; a later end renews it, for twelve months from today at most. What is
    widened may wait for somebody else, and leaves meanwhile what was given (exigences, T12).

    What collaborators hold follows when it shrinks; it never grows by itself: their administrator spreads again.

    Raises Introuvable, TransitionImpossible (ended, over, or written in a convention), and what `donner_mandat` raises.
    """
    vu = mandat_accessible(mandat_id, par)
    siren, profil = vu.organisation_siren, Profil(vu.profil)
    aujourdhui = jour_de_paris(maintenant)
    lieux = Etablissements(siren, profil, tuple(dict.fromkeys(sirets)))
    with transaction.atomic():
        verrouiller(siren, profil)
        contexte = _donneur(siren, profil, par, maintenant)
        mandat = verrouiller_mandat(mandat_id, maintenant)
        exiger_un_mandat_donne(mandat)
        verifier_mandat(niveaux, lieux, max(jour_de_paris(mandat.debut), aujourdhui), fin, aujourdhui)
        exiger_de_tenir(niveaux, _tenus(contexte, lieux, fin))
        installer_si_echu(mandat, maintenant)
        mandat.fin, mandat.modifie_le = fin_du_jour(fin), maintenant
        poser_contenu(mandat, Contenu(niveaux, lieux.sirets), contexte.moi.personne_id, maintenant)
        mandat.save()
        noter_des_deux_cotes("acces.mandat_modifie", mandat, par, maintenant)
        cle = cle_d_envoi(maintenant)
        preparer(MandatModifie, mandat.id, administrateurs_des_deux_cotes(mandat, par, maintenant), le=maintenant, cle=cle)
        annoncer_attente(mandat, par, maintenant)
    return mandat


@second_facteur_exige
def terminer_mandat(*, mandat_id: UUID, cote: CoteDuMandat, motif: str, par: Acteur, maintenant: datetime) -> Mandat:
    """End a mandate at once, for either side, with a reason that the other side reads. Counts from the next request.

    Raises Introuvable, DroitManquant (not an administrator of that side), SaisieRefusee (no reason), TransitionImpossible.
    """
    vu = mandat_accessible(mandat_id, par)
    motif = motif.strip()
    if not motif:
        raise SaisieRefusee("Indiquez le motif\u00a0: l’autre organisation le lira", champ="motif")
    with transaction.atomic():
        if cote == CoteDuMandat.CLIENT:
            siren, profil = vu.organisation_siren, Profil(vu.profil)
        else:
            siren, profil = vu.mandataire_siren, Profil.PRESTATAIRE
        verrouiller(siren, profil)
        administration(siren, profil, par, maintenant)
        mandat = verrouiller_mandat(mandat_id, maintenant)
        clore_mandat(mandat, cote, motif[:500], par, maintenant)
        noter_des_deux_cotes("acces.mandat_termine", mandat, par, maintenant)
        preparer(MandatTermine, mandat.id, administrateurs_des_deux_cotes(mandat, par, maintenant), le=maintenant)
    return mandat


def rappeler_mandats(*, maintenant: datetime) -> int:
    """Tell both sides 30 and 7 days before the end of a mandate, each once for that end; gives how many were told."""
    aujourdhui = jour_de_paris(maintenant)
    prevenus = 0
    for mandat in mandats_a_echeance(maintenant, OrigineMandat.CLIENT):
        fin = dernier_jour(mandat.fin)
        depuis = jour_de_paris(max(mandat.debut, mandat.modifie_le))
        jours = rappel_du(avant_la_fin(fin, RAPPELS_DE_FIN), aujourdhui, fin=fin + timedelta(days=1), depuis=depuis)
        if jours is not None:
            a_prevenir = administrateurs_des_deux_cotes(mandat, None, maintenant)
            rappel = f"{fin:%Y%m%d}-{jours}"
            preparer(EcheanceMandat, mandat.id, a_prevenir, le=maintenant, cle=rappel)
            annoncer_la_fin_du_mandat(mandat, rappel, maintenant)
            prevenus += 1
    return prevenus


def _lire_mandataire(saisi: str, siren: str) -> str:
    try:
        mandataire = analyser_siren(saisi)
    except SaisieRefusee as erreur:
        raise SaisieRefusee(erreur.message, champ="mandataire") from None
    if mandataire == siren:
        raise SaisieRefusee("Une organisation ne se donne pas de mandat à elle-même", champ="mandataire")
    return mandataire


def _donneur(siren: str, profil: Profil, par: Acteur, maintenant: datetime) -> Administration:
    contexte = administration(siren, profil, par, maintenant)
    if contexte.en_probation:
        raise DroitManquant("Les mandats s’ouvrent à vous 72\u00a0heures après votre nomination.")
    return contexte


def _tenus(contexte: Administration, lieux: Etablissements, fin: date) -> dict[Domaine, Niveau]:
    """What the giver holds there until the last day of the mandate, read under the lock."""
    lien = Rattachement.objects.tous("droits du mandant, sous le verrou du SIREN").get(id=contexte.moi.rattachement_id)
    boites = [
        droit_sur(siret, Domaine(d.domaine), Niveau(d.niveau))
        for d in droits_en_cours(lien)
        if not d.dispositif and (d.fin is None or d.fin >= fin_du_jour(fin))
        for siret in d.lieux_ouverts
    ]
    return niveaux_tenus(boites, lieux.sirets)


def _mandat_neuf(siren: str, profil: Profil, mandataire: str, par: Acteur, maintenant: datetime) -> Mandat:
    """Without its dates nor its content."""
    mandat = Mandat(profil=profil, mandataire_siren=mandataire, cree_le=maintenant, cree_par=par.identite, modifie_le=maintenant)
    return mandat.porter(portee_des_acces(siren, profil, portefeuille_de(siren)))


def _ecarter_le_precedent(mandat: Mandat, par: Acteur, maintenant: datetime) -> None:
    precedent: Mandat | None = (
        Mandat.objects.tous("mandat précédent des mêmes organisations, sous le verrou du client")
        .select_for_update()
        .filter(siren=mandat.siren, prestataire_siren=mandat.prestataire_siren, mandataire_siren=mandat.mandataire_siren)
        .filter(termine_le__isnull=True)
        .filter(origine=OrigineMandat.CLIENT)
        .first()
    )
    if precedent is None:
        return
    if precedent.fin > maintenant:
        raise SaisieRefusee(
            f"{nom_de_l_organisation(mandat.mandataire_siren)} a déjà un mandat en cours\u00a0: modifiez-le ou mettez-y fin",
            champ="mandataire",
        )
    clore_mandat(precedent, CoteDuMandat.TERME, "Dernier jour du mandat passé", par, maintenant)
