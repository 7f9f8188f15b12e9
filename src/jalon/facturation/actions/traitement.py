"""The OPCO accepts or rejects; the account that will be paid is frozen on the invoice."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.banque import coffre
from jalon.banque.regles import payables
from jalon.banque.requetes import coordonnees_a_figer, lignes_du_cote
from jalon.facturation.actions.commun import noter_facture, reporter, verrouiller_facture
from jalon.facturation.avis import prevenir
from jalon.facturation.courriels import CompteManquant, FactureRejetee
from jalon.facturation.enums import LIBELLES_MOTIFS, EtatFacture, MotifRejet
from jalon.facturation.models import Facture
from jalon.facturation.requetes.factures import documents_de, doublons_possibles, ecarts_de, facture_accessible
from jalon.pieces.requetes import est_lisible
from jalon.socle.acteurs import Acteur, Pouvoir, Profil
from jalon.socle.erreurs import SaisieRefusee, TransitionImpossible

CHAMPS_DU_COMPTE = ["coordonnees", "coordonnees_figees_le", "titulaire", "iban_chiffre", "bic"]


def accepter_facture(*, facture_id: UUID, par: Acteur, maintenant: datetime, service_fait: str = "") -> Facture:
    """Accept after the contrôle de service fait, and freeze the beneficiary's account on the invoice.

    The account may still be in its 72 hours: it is a batch that waits for it. Without any account the invoice is accepted
    and its beneficiary is asked for one. `service_fait`: a note, asked when something differs or looks like a duplicate.
    Raises Introuvable, DroitManquant, SaisieRefusee (note), TransitionImpossible (state, document not readable).
    """
    service_fait = service_fait.strip()
    with transaction.atomic():
        vue = facture_accessible(facture_id, par)
        par.exiger_pouvoir(Pouvoir.TRAITER_FACTURES, vue.portefeuille_id)
        dossier, facture = verrouiller_facture(vue)
        facture.avancer(EtatFacture.ACCEPTEE, EtatFacture.TRANSMISE)
        if not all(est_lisible(document) for document in documents_de(facture).values()):
            raise TransitionImpossible("Un document de cette facture n’a pas encore passé le contrôle de l’antivirus.")
        if not service_fait and (ecarts_de(facture) or doublons_possibles(facture)):
            raise SaisieRefusee("Indiquez pourquoi vous acceptez malgré les points signalés", champ="service_fait")
        facture.service_fait = service_fait[:1000]
        _decider(facture, par, maintenant)
        _figer(facture, maintenant)
        facture.save(update_fields=["etat", "etat_depuis", "decidee_par", "decidee_par_nom", "service_fait", *CHAMPS_DU_COMPTE])
        noter_facture("facture.acceptee", facture, dossier, par, maintenant)
        if facture.coordonnees_id is None:
            prevenir(CompteManquant, facture, maintenant)
    return facture


def _decider(facture: Facture, par: Acteur, maintenant: datetime) -> None:
    facture.etat_depuis = maintenant
    facture.decidee_par, facture.decidee_par_nom = par.identite, par.libelle[:200]


def _figer(facture: Facture, maintenant: datetime) -> None:
    """Copy the account of the beneficiary, encrypted for this invoice."""
    compte = coordonnees_a_figer(facture.beneficiaire_siren, Profil(facture.beneficiaire_profil), maintenant)
    facture.coordonnees = compte
    facture.coordonnees_figees_le = maintenant if compte else None
    facture.titulaire, facture.bic = (compte.titulaire, compte.bic) if compte else ("", "")
    facture.iban_chiffre = coffre.chiffrer_iban(coffre.iban_en_clair(compte), facture.pk) if compte else ""


def actualiser_coordonnees(*, facture_id: UUID, par: Acteur, maintenant: datetime) -> Facture:
    """Freeze the present account of the beneficiary on an accepted invoice whose own cannot be paid (frozen, replaced, none).

    Raises Introuvable, DroitManquant, TransitionImpossible (not accepted, account still good, no other account).
    """
    with transaction.atomic():
        vue = facture_accessible(facture_id, par)
        par.exiger_pouvoir(Pouvoir.TRAITER_FACTURES, vue.portefeuille_id)
        dossier, facture = verrouiller_facture(vue)
        if facture.etat != EtatFacture.ACCEPTEE:
            raise TransitionImpossible("Le compte à payer se change entre l’acceptation et la préparation du lot.")
        profil = Profil(facture.beneficiaire_profil)
        actuel = payables(lignes_du_cote(facture.beneficiaire_siren, profil), maintenant)
        retenu = coordonnees_a_figer(facture.beneficiaire_siren, profil, maintenant)
        if actuel is not None and actuel.pk == facture.coordonnees_id:
            raise TransitionImpossible("Le compte de cette facture est toujours celui du bénéficiaire.")
        if retenu is None or retenu.pk == facture.coordonnees_id:
            raise TransitionImpossible("Le bénéficiaire n’a pas d’autres coordonnées bancaires.")
        _figer(facture, maintenant)
        facture.save(update_fields=CHAMPS_DU_COMPTE)
        noter_facture("facture.compte_actualise", facture, dossier, par, maintenant)
    return facture


def rejeter_facture(*, facture_id: UUID, motif: MotifRejet, texte: str, par: Acteur, maintenant: datetime) -> Facture:
    """Reject with a reason from the list and words; the sender may send a right invoice, under the same number if need be.

    Raises Introuvable, DroitManquant, SaisieRefusee (reason, words), TransitionImpossible (already in a batch, paid…).
    """
    texte = texte.strip()
    if motif == MotifRejet.ANNULEE_EMETTEUR:
        raise SaisieRefusee("Choisissez un motif de rejet de la liste", champ="motif")
    if not texte:
        raise SaisieRefusee("Indiquez ce que l’émetteur doit corriger", champ="texte")
    with transaction.atomic():
        vue = facture_accessible(facture_id, par)
        par.exiger_pouvoir(Pouvoir.TRAITER_FACTURES, vue.portefeuille_id)
        dossier, facture = verrouiller_facture(vue)
        facture.avancer(EtatFacture.REJETEE, EtatFacture.TRANSMISE, EtatFacture.ACCEPTEE)
        facture.motif_rejet, facture.texte_rejet = motif.value, texte[:1000]
        _decider(facture, par, maintenant)
        facture.save(update_fields=["etat", "etat_depuis", "decidee_par", "decidee_par_nom", "motif_rejet", "texte_rejet"])
        noter_facture("facture.rejetee", facture, dossier, par, maintenant, motif=LIBELLES_MOTIFS[motif])
        reporter(dossier.pk, maintenant)
        prevenir(FactureRejetee, facture, maintenant)
    return facture
