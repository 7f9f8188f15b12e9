"""What an adviser does with a request."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Message, cle_d_envoi
from jalon.dispositifs.base import Dispositif, Estimation
from jalon.dispositifs.lecture import accorder
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.courriels import destinataires
from jalon.dossiers.destinataires import personnes_de_l_entreprise
from jalon.dossiers.enums import EtatDossier, EtatPiece
from jalon.dossiers.models import DemandeComplement, Dossier, PieceDeposee
from jalon.dossiers.regles import (
    SANS_ATTENTE,
    TABLE,
    Attente,
    attente_accord,
    attente_complement,
    attente_instruction,
)
from jalon.dossiers.requetes import (
    PIECE_COMPLEMENTAIRE,
    contenu_en_clair,
    contexte_de,
    dossier_a_traiter,
    libelle_de_piece,
)
from jalon.dossiers.requetes.pieces import codes_admis
from jalon.engagements.actions import engager
from jalon.instruction.courriels import ComplementDemande, DossierRefuse
from jalon.instruction.enums import LIBELLES_MOTIFS, MotifRefus, SensDecision
from jalon.instruction.models import Decision
from jalon.instruction.regles import libelles_demandes, refus_de_demande, refus_de_texte
from jalon.journal.actions import noter
from jalon.messagerie.actions import ouvrir_fil
from jalon.organisations.requetes import organisation
from jalon.socle.acteurs import Acteur, Niveau, Pouvoir
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import SaisiesRefusees, TransitionImpossible
from jalon.socle.identifiants import grouper
from jalon.socle.montants import formater_montant

CHAMPS_DE_L_ETAT = ["etat", "etat_depuis", "modifie_le", "attend_qui", "attend_avant", "attend_motif"]
LONGUEUR_COMMENTAIRE = 1000


def prendre_en_charge(*, dossier_id: UUID, par: Acteur, maintenant: datetime) -> Dossier:
    """Open a request that was sent: it is examined by this adviser. An adviser may take over from another.

    Raises: Introuvable, DroitManquant (Pouvoir.INSTRUIRE), TransitionImpossible.
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.INSTRUIRE, verrou=True)
        if dossier.etat == EtatDossier.TRANSMIS:
            dossier.avancer(EtatDossier.EN_INSTRUCTION, le=maintenant, attente=_attente_de_decision(dossier))
        elif dossier.etat not in {EtatDossier.EN_INSTRUCTION, EtatDossier.A_COMPLETER}:
            TABLE.exiger(dossier.etat, EtatDossier.EN_INSTRUCTION)
        if dossier.instructeur_id == par.identite:
            return dossier
        dossier.instructeur_id, dossier.instructeur_nom = par.identite, par.libelle[:200]
        dossier.save(update_fields=[*CHAMPS_DE_L_ETAT, "instructeur_id", "instructeur_nom"])
        _noter("dossier.pris_en_charge", dossier, par, maintenant)
    return dossier


def _attente_de_decision(dossier: Dossier) -> Attente:
    complet_le = dossier.complet_le or dossier.etat_depuis
    return attente_instruction(jour_de_paris(complet_le), dispositif_de(dossier.dispositif).delai_decision)


def demander_complement(
    *,
    dossier_id: UUID,
    pieces: Sequence[str],
    cases: Sequence[str],
    message: str,
    echeance: date,
    par: Acteur,
    maintenant: datetime,
) -> DemandeComplement:
    """Ask the company for documents and answers again: those only are reopened, until a day.

    `pieces`: codes of the declaration, or « complementaire »; `cases`: « section », « section.champ » or « section.rang.champ ».
    Raises: Introuvable, DroitManquant (Pouvoir.INSTRUIRE), TransitionImpossible, SaisiesRefusees.
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.INSTRUIRE, verrou=True)
        TABLE.exiger(dossier.etat, EtatDossier.A_COMPLETER)
        declaration = dispositif_de(dossier.dispositif)
        refus = refus_de_demande(
            declaration,
            pieces=pieces,
            cases=cases,
            lignes=_lignes(dossier),
            message=message,
            echeance=echeance,
            jour=jour_de_paris(maintenant),
            pieces_libres=(PIECE_COMPLEMENTAIRE,),
        )
        if refus:
            raise SaisiesRefusees(refus)
        demande = DemandeComplement(
            dossier=dossier,
            pieces=list(dict.fromkeys(pieces)),
            cases=list(dict.fromkeys(cases)),
            message=message.strip(),
            echeance=echeance,
            demandee_par=par.identite,
            demandee_par_nom=par.libelle[:200],
            le=maintenant,
        ).porter(dossier.portee_des_suites)
        demande.save(force_insert=True)
        _redemander_les_pieces(dossier, declaration, demande)
        _attendre_l_entreprise(dossier, declaration, demande, par, maintenant)
    return demande


def _attendre_l_entreprise(
    dossier: Dossier, declaration: Dispositif, demande: DemandeComplement, par: Acteur, maintenant: datetime
) -> None:
    """Say what is waited for, until which day, to everybody who reads the request."""
    objets = [libelle_de_piece(declaration, c) for c in demande.pieces] + libelles_demandes(declaration, demande.cases)
    dossier.avancer(EtatDossier.A_COMPLETER, le=maintenant, attente=attente_complement(demande.echeance, objets))
    dossier.save(update_fields=CHAMPS_DE_L_ETAT)
    echeance = formater_date(demande.echeance)
    _noter("dossier.complement_demande", dossier, par, maintenant, echeance=echeance, objets=", ".join(objets))
    _ecrire_a_l_entreprise(ComplementDemande, dossier, maintenant)


def _lignes(dossier: Dossier) -> dict[str, int]:
    """Number of rows of each repeated section of the content."""
    contenu: dict[str, Any] = dossier.contenu or {}
    return {code: len(rubrique) for code, rubrique in contenu.items() if isinstance(rubrique, list)}


def _redemander_les_pieces(dossier: Dossier, declaration: Dispositif, demande: DemandeComplement) -> None:
    """The documents in force under these codes are to be replaced; the reason is that of the demand."""
    codes = codes_admis(declaration, demande.pieces)
    pieces = PieceDeposee.objects.tous("complément sur un dossier déjà obtenu par sa porte")
    pieces.filter(dossier=dossier, code__in=codes, etat=EtatPiece.DEPOSEE).update(
        etat=EtatPiece.A_REMPLACER, motif=demande.message[:500]
    )


def accorder_dossier(
    *, dossier_id: UUID, montants_par_ligne: Mapping[str, Decimal], commentaire: str = "", par: Acteur, maintenant: datetime
) -> Decision:
    """Grant a request: an amount for each line (poste -> euros HT), frozen with the version of the barème, and engaged at once.

    Raises: Introuvable, DroitManquant (Pouvoir.DECIDER), TransitionImpossible (state, company still to be verified, yearly budget),
    SaisiesRefusees (by poste), SaisieRefusee (nothing granted).
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.DECIDER, verrou=True)
        TABLE.exiger(dossier.etat, EtatDossier.ACCORDE)
        exiger_organisation_verifiee(dossier)
        if len(commentaire) > LONGUEUR_COMMENTAIRE:
            raise SaisiesRefusees({"commentaire": f"Écrivez {LONGUEUR_COMMENTAIRE}\u00a0caractères au plus"})
        declaration = dispositif_de(dossier.dispositif)
        contexte = contexte_de(dossier, maintenant)
        estimation = accorder(declaration, contenu_en_clair(dossier), contexte, montants_par_ligne)
        engagement = engager(
            dossier=dossier, estimation=estimation, commentaire=commentaire.strip(), par=par, maintenant=maintenant
        )
        decision = _decider(dossier, SensDecision.ACCORD, "", commentaire.strip(), estimation, par, maintenant)
        dossier.accorde_le = maintenant
        dossier.montant_accorde, dossier.montant_a_payer = engagement.montant_ht, engagement.montant_a_payer
        dossier.fil_prestataire = ouvrir_fil(maintenant=maintenant) if dossier.prestataire_siren else None
        dossier.avancer(EtatDossier.ACCORDE, le=maintenant, attente=attente_accord(estimation.mode_paiement))
        dossier.save(update_fields=[*CHAMPS_DE_L_ETAT, "accorde_le", "montant_accorde", "montant_a_payer", "fil_prestataire"])
        _noter("dossier.accorde", dossier, par, maintenant, montant=formater_montant(engagement.montant_ht))
    return decision


def exiger_organisation_verifiee(dossier: Dossier) -> None:
    """Raise TransitionImpossible while the SIREN of the company, or of the provider, waits for a proof."""
    for siren in filter(None, (dossier.siren, dossier.prestataire_siren)):
        trouvee = organisation(siren)
        if trouvee is not None and trouvee.a_verifier:
            raise TransitionImpossible(
                f"Le SIREN {grouper(siren)} n’est pas encore vérifié\u00a0: vérifiez l’organisation avec une preuve, puis accordez."
            )


def refuser_dossier(*, dossier_id: UUID, motif: MotifRefus, texte: str, par: Acteur, maintenant: datetime) -> Decision:
    """Refuse a request, with a motive of the list and words for the company.

    Raises: Introuvable, DroitManquant (Pouvoir.DECIDER), TransitionImpossible, SaisiesRefusees.
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.DECIDER, verrou=True)
        TABLE.exiger(dossier.etat, EtatDossier.REFUSE)
        refus = refus_de_texte(texte, "texte", "Expliquez le refus à l’entreprise")
        if motif not in LIBELLES_MOTIFS:
            refus["motif"] = "Choisissez le motif du refus"
        if refus:
            raise SaisiesRefusees(refus)
        decision = _decider(dossier, SensDecision.REFUS, motif, texte.strip(), None, par, maintenant)
        demandes = DemandeComplement.objects.tous("refus d’un dossier déjà obtenu par sa porte")
        demandes.filter(dossier=dossier, satisfaite_le__isnull=True).update(satisfaite_le=maintenant)
        dossier.avancer(EtatDossier.REFUSE, le=maintenant, attente=SANS_ATTENTE)
        dossier.save(update_fields=CHAMPS_DE_L_ETAT)
        _noter("dossier.refuse", dossier, par, maintenant, motif=LIBELLES_MOTIFS[MotifRefus(motif)])
        _ecrire_a_l_entreprise(DossierRefuse, dossier, maintenant)
    return decision


def _decider(
    dossier: Dossier, sens: SensDecision, motif: str, texte: str, estimation: Estimation | None, par: Acteur, maintenant: datetime
) -> Decision:
    lignes = estimation.lignes if estimation else ()
    decision = Decision(
        dossier=dossier,
        sens=sens.value,
        motif=motif,
        texte=texte,
        bareme_reference=estimation.bareme_reference if estimation else "",
        contenu_version=dossier.contenu_version,
        lignes=[
            {"poste": x.poste, "libelle": x.libelle, "demande": x.montant_demande, "accorde": x.montant_ht, "motif": x.motif}
            for x in lignes
        ],
        par=par.identite,
        par_nom=par.libelle[:200],
        le=maintenant,
    ).porter(dossier.portee_des_suites)
    decision.save(force_insert=True)
    return decision


def _noter(code: str, dossier: Dossier, par: Acteur, maintenant: datetime, **details: object) -> None:
    noter(code, par=par, portee=dossier.portee_du_journal, objet=dossier, le=maintenant, details=details)


def _ecrire_a_l_entreprise(classe: type[Message], dossier: Dossier, maintenant: datetime) -> None:
    gens = personnes_de_l_entreprise(dossier, Niveau.SAISIE, maintenant)
    preparer(classe, dossier.id, destinataires(gens), le=maintenant, cle=cle_d_envoi(maintenant))
