"""Sending a draft to the OPCO."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from jalon.courriers.actions import preparer
from jalon.dispositifs.base import Anomalie, Contenu, Dispositif
from jalon.dispositifs.base.controles import PIECE_MANQUANTE
from jalon.dispositifs.lecture import pieces_demandees, verifier
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.salaries import suivre_les_salaries
from jalon.dossiers.actions.versions import CHAMPS_DU_CONTENU, figer_contenu
from jalon.dossiers.branchements import suites_de_la_reception
from jalon.dossiers.chiffrement import dechiffrer_reponses
from jalon.dossiers.courriels import AccuseReception, destinataire_de, destinataires
from jalon.dossiers.destinataires import personnes_de_l_entreprise
from jalon.dossiers.enums import EtatDossier, MotifVersion
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import DossierIncomplet, attente_transmis, former_numero
from jalon.dossiers.requetes.acces import dossier_accessible, exiger_l_envoi
from jalon.dossiers.requetes.contexte import contexte_de
from jalon.dossiers.requetes.pieces import pieces_en_analyse
from jalon.journal.actions import noter
from jalon.organisations.actions import declarer_organisation_inconnue
from jalon.organisations.requetes import organisation
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import TransitionImpossible

REPETITION = timedelta(minutes=15)
CHAMPS_DE_LA_TRANSMISSION = [
    "numero", "etat", "etat_depuis", "modifie_le", "transmis_le", "transmis_par", "complet_le",
    "attend_qui", "attend_avant", "attend_motif",
]  # fmt: skip


def transmettre_dossier(*, dossier_id: UUID, par: Acteur, maintenant: datetime) -> Dossier:
    """Send a draft: judged as a whole, numbered, its content frozen as version 1, acknowledged by e-mail.

    The same person who sends it again within 15 minutes (double click, answer lost on the way) is given the sent request back:
    nothing is done twice. A company that the register does not know is accepted, and so is such a provider: the decision waits for a check.
    Raises: Introuvable, DroitManquant, TransitionImpossible (sent already, closed dispositif), DossierIncomplet (every reason).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.ENVOI, verrou=True)
        if not dossier.est_brouillon:
            return _deja_transmis(dossier, par, maintenant)
        declaration = dispositif_de(dossier.dispositif)
        if fermeture := declaration.fermeture(jour_de_paris(maintenant)):
            raise TransitionImpossible(f"{fermeture}.")
        contenu = _juger(dossier, declaration, par, maintenant)
        jour = jour_de_paris(maintenant)
        dossier.numero = former_numero(jour, declaration.lettres, rang_suivant())
        figer_contenu(dossier, declaration, contenu, MotifVersion.TRANSMISSION, par, maintenant)
        exiger_l_envoi(dossier, par)
        dossier.transmis_le, dossier.transmis_par, dossier.complet_le = maintenant, par.identite, maintenant
        dossier.avancer(EtatDossier.TRANSMIS, le=maintenant, attente=attente_transmis(jour, declaration.delai_decision))
        dossier.save(update_fields=[*CHAMPS_DE_LA_TRANSMISSION, *CHAMPS_DU_CONTENU])
        declarer_les_inconnues(dossier, par, maintenant)
        portee = dossier.portee_du_journal
        noter("dossier.transmis", par=par, portee=portee, objet=dossier, le=maintenant, details={"numero": dossier.numero})
        gens = destinataire_de(par) or destinataires(personnes_de_l_entreprise(dossier, Niveau.ENVOI, maintenant))
        preparer(AccuseReception, dossier.id, gens, le=maintenant)
        suivre_les_salaries(dossier, maintenant)
        for suite in suites_de_la_reception():
            suite(dossier, maintenant)
    return dossier


def declarer_les_inconnues(dossier: Dossier, par: Acteur, maintenant: datetime) -> None:
    """Companies and providers that the register does not know are accepted, « à vérifier »: the decision waits for a proof."""
    for siren in filter(None, (dossier.siren, dossier.prestataire_siren)):
        if organisation(siren) is None:
            declarer_organisation_inconnue(siren=siren, par=par, maintenant=maintenant)


def _deja_transmis(dossier: Dossier, par: Acteur, maintenant: datetime) -> Dossier:
    if (
        dossier.transmis_le is not None
        and dossier.transmis_par == par.identite
        and maintenant - dossier.transmis_le <= REPETITION
    ):
        return dossier
    le = f" le {formater_date(jour_de_paris(dossier.transmis_le))}" if dossier.transmis_le else ""
    raise TransitionImpossible(f"Ce dossier a déjà été transmis{le}, sous le numéro {dossier.numero}.")


def _juger(dossier: Dossier, declaration: Dispositif, par: Acteur, maintenant: datetime) -> Contenu:
    """The content, if nothing blocks. Raises DossierIncomplet."""
    reponses = dechiffrer_reponses(declaration, dossier.id, dossier.reponses)
    verification = verifier(declaration, reponses, contexte_de(dossier, maintenant, par))
    en_analyse = pieces_en_analyse(dossier)
    bloquantes = verification.bloquantes
    if en_analyse:
        demandees = {code: p.piece.code for p in pieces_demandees(declaration, reponses) for code in p.codes}
        attendues = {demandees[code] for code in en_analyse if code in demandees}
        bloquantes = [_preciser(a, attendues) for a in bloquantes]
    if bloquantes or verification.contenu is None:
        raise DossierIncomplet(bloquantes)
    return verification.contenu


def _preciser(anomalie: Anomalie, en_analyse: set[str]) -> Anomalie:
    """A document that is there but not usable yet is not « missing »."""
    code = anomalie.cases[0].removeprefix("pieces.")
    if anomalie.controle != PIECE_MANQUANTE or code not in en_analyse:
        return anomalie
    message = "Cette pièce est en cours d’analyse, ou vient d’être refusée par l’antivirus. Revenez dans quelques minutes, ou joignez-la de nouveau"
    return Anomalie(anomalie.controle, message, anomalie.cases, anomalie.gravite, anomalie.source)


def rang_suivant() -> int:
    """The next number of the sequence."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT nextval('dossiers_numero')")
        return int(curseur.fetchone()[0])
