"""An adviser asks the company again, or takes back what was asked."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from jalon.dispositifs.base import Dispositif, Silence
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.reponses import clore_la_demande, rendre_les_reponses_transmises
from jalon.dossiers.enums import EtatComplement, EtatDossier, EtatPiece
from jalon.dossiers.models import DemandeComplement, Dossier, PieceDeposee
from jalon.dossiers.regles import TABLE, attente_complement, cases_liees, cle_de_piece
from jalon.dossiers.requetes import PIECE_COMPLEMENTAIRE, complement_en_cours, dossier_a_traiter, libelle_de_piece
from jalon.dossiers.requetes.pieces import codes_admis
from jalon.instruction.actions.communs import CHAMPS_DE_L_ETAT, ecrire_a_l_entreprise, noter_sur
from jalon.instruction.actions.examens import attente_de_decision
from jalon.instruction.actions.silence import exiger_rien_d_accepte
from jalon.instruction.courriels import ComplementDemande, ComplementRetire
from jalon.instruction.regles import libelles_demandes, lire_motif, refus_de_demande
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import SaisiesRefusees, TransitionImpossible


def demander_complement(
    *,
    dossier_id: UUID,
    pieces: Sequence[str],
    cases: Sequence[str],
    message: str,
    echeance: date,
    motifs: Mapping[str, str] | None = None,
    par: Acteur,
    maintenant: datetime,
) -> DemandeComplement:
    """Ask the company for documents and answers again: those only are reopened, and what depends on them, until a day.

    After a refusal by silence, the request is examined again: the delay runs anew from the day when it is complete (ADR 36).
    `pieces`: codes of the declaration, or « complementaire »; `cases`: « section », « section.champ » or « section.rang.champ »;
    `motifs`: why, by path of box or « pieces.code »; `message`: for the whole, may be empty once each thing has its own reason.
    Raises: Introuvable, DroitManquant (Pouvoir.INSTRUIRE), TransitionImpossible, SaisiesRefusees.
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.INSTRUIRE, verrou=True)
        TABLE.exiger(dossier.etat, EtatDossier.A_COMPLETER)
        exiger_rien_d_accepte(dossier, maintenant)
        demande = DemandeComplement(
            dossier=dossier,
            pieces=list(dict.fromkeys(pieces)),
            cases=list(dict.fromkeys(cases)),
            motifs={cle: motif.strip() for cle, motif in (motifs or {}).items() if motif.strip()},
            message=message.strip(),
            echeance=echeance,
            demandee_par=par.identite,
            demandee_par_nom=par.libelle[:200],
            le=maintenant,
            version=dossier.contenu_version,
        ).porter(dossier.portee_des_suites)
        ouvrir_la_demande(dossier, demande, par, maintenant)
    return demande


def ouvrir_la_demande(dossier: Dossier, demande: DemandeComplement, par: Acteur, maintenant: datetime) -> None:
    """Judge and keep a demand on a request that the caller locked and may examine, and tell the company. Raises SaisiesRefusees."""
    declaration = dispositif_de(dossier.dispositif)
    refus = refus_de_demande(
        declaration,
        pieces=demande.pieces,
        cases=demande.cases,
        lignes=_lignes(dossier),
        message=demande.message,
        motifs=demande.motifs,
        echeance=demande.echeance,
        jour=jour_de_paris(maintenant),
        pieces_libres=(PIECE_COMPLEMENTAIRE,),
    )
    if refus:
        raise SaisiesRefusees(refus)
    demande.liees = cases_liees(declaration, demande.cases)
    demande.save(force_insert=True)
    _redemander_les_pieces(dossier, declaration, demande)
    _attendre_l_entreprise(dossier, declaration, demande, par, maintenant)


def _attendre_l_entreprise(
    dossier: Dossier, declaration: Dispositif, demande: DemandeComplement, par: Acteur, maintenant: datetime
) -> None:
    """Say what is waited for, until which day, to everybody who reads the request."""
    objets = [libelle_de_piece(declaration, c) for c in demande.pieces] + libelles_demandes(declaration, demande.cases)
    dossier.avancer(EtatDossier.A_COMPLETER, le=maintenant, attente=attente_complement(demande.echeance, objets))
    dossier.save(update_fields=CHAMPS_DE_L_ETAT)
    echeance = formater_date(demande.echeance)
    noter_sur("dossier.complement_demande", dossier, par, maintenant, echeance=echeance, objets=", ".join(objets))
    ecrire_a_l_entreprise(ComplementDemande, dossier, maintenant)


def _lignes(dossier: Dossier) -> dict[str, int]:
    """Number of rows of each repeated section of the content."""
    contenu: dict[str, Any] = dossier.contenu or {}
    return {code: len(rubrique) for code, rubrique in contenu.items() if isinstance(rubrique, list)}


def _redemander_les_pieces(dossier: Dossier, declaration: Dispositif, demande: DemandeComplement) -> None:
    """The documents in force under these codes are to be replaced, each for its reason, else for that of the demand."""
    for code in demande.pieces:
        motif = demande.motifs.get(cle_de_piece(code)) or demande.message
        visees = _pieces(dossier).filter(code__in=codes_admis(declaration, [code]), etat=EtatPiece.DEPOSEE)
        visees.update(etat=EtatPiece.A_REMPLACER, motif=motif[:500])


def _pieces(dossier: Dossier) -> "QuerySet[PieceDeposee]":
    pieces: QuerySet[PieceDeposee] = PieceDeposee.objects.tous("complément sur un dossier déjà obtenu par sa porte")
    return pieces.filter(dossier=dossier)


def retirer_complement(*, dossier_id: UUID, motif: str, par: Acteur, maintenant: datetime) -> Dossier:
    """Take back what was asked: the request is examined as it was sent, answers typed meanwhile are given up, documents stay.

    The delay runs as if nothing had been asked where silence accepts; elsewhere it runs anew, so that a demand made by mistake
    never turns into a refusal by silence (ADR 43).
    Raises: Introuvable, DroitManquant (Pouvoir.INSTRUIRE), SaisieRefusee (no reason), TransitionImpossible (nothing is waited for).
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.INSTRUIRE, verrou=True)
        demande = complement_en_cours(dossier) if dossier.etat == EtatDossier.A_COMPLETER else None
        if demande is None:
            raise TransitionImpossible(
                "Aucun complément n’est attendu sur ce dossier : l’entreprise vient peut-être de répondre."
            )
        raison = lire_motif(motif, "Indiquez pourquoi vous retirez cette demande")
        clore_la_demande(demande, EtatComplement.RETIRE, maintenant, motif=raison)
        _pieces(dossier).filter(etat=EtatPiece.A_REMPLACER).update(etat=EtatPiece.DEPOSEE, motif="")
        rendre_les_reponses_transmises(dossier, par.libelle, maintenant)
        if dispositif_de(dossier.dispositif).silence != Silence.ACCEPTATION:
            dossier.complet_le = maintenant
        dossier.avancer(EtatDossier.EN_INSTRUCTION, le=maintenant, attente=attente_de_decision(dossier))
        dossier.save(update_fields=[*CHAMPS_DE_L_ETAT, "complet_le", "reponses"])
        noter_sur("dossier.complement_retire", dossier, par, maintenant, motif=raison)
        ecrire_a_l_entreprise(ComplementRetire, dossier, maintenant)
    return dossier
