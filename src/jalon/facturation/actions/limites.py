"""What stops an invoice: the state of the request, its number, what is granted, the payment that it asks."""

from datetime import datetime

from jalon.dossiers.enums import PAYABLES
from jalon.dossiers.models import Dossier
from jalon.engagements.models import Engagement
from jalon.engagements.requetes import lignes_de
from jalon.facturation.accord import deja_demande, part_de
from jalon.facturation.actions.ecriture import NUMERO_PRIS, Demandee, emetteur_de
from jalon.facturation.echeances import annexes_accordees, annexes_demandees, suivi_de
from jalon.facturation.enums import EtatFacture, GenreFacture
from jalon.facturation.models import Facture
from jalon.facturation.regles import depassement, normaliser_numero
from jalon.facturation.regles.echeances import depassement_de_l_echeance, depassement_des_annexes, refus_de_l_echeance
from jalon.facturation.regles.montants import montants_demandes
from jalon.socle.baremes import ModePaiement
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import SaisiesRefusees, TransitionImpossible
from jalon.socle.montants import euros


def exiger_accorde(dossier: Dossier) -> None:
    """Raise TransitionImpossible when nothing is to be paid any more."""
    if dossier.etat not in PAYABLES:
        raise TransitionImpossible("Ce dossier n’est plus à facturer\u00a0: il est soldé ou annulé.")


def exiger_libre(engagement: Engagement, dossier: Dossier, demande: Demandee, maintenant: datetime) -> None:
    """The number is new for its sender, and what is granted covers the amount. Raises SaisiesRefusees."""
    siren = emetteur_de(engagement, dossier, demande.genre).siren
    memes = Facture.objects.tous("un numéro, une seule fois par émetteur").filter(
        emetteur_siren=siren, numero_normalise=normaliser_numero(demande.saisie.numero)
    )
    if memes.exclude(etat=EtatFacture.REJETEE).exists():
        raise SaisiesRefusees({"numero": NUMERO_PRIS})
    if engagement.echelonne and demande.genre == GenreFacture.FACTURE:
        _exiger_dans_l_echeancier(engagement, demande, maintenant)
        return
    if demande.echeance is not None:
        raise SaisiesRefusees({"echeance": "Cet accord n’a pas d’échéancier\u00a0: facturez la formation une fois réalisée"})
    montants = montants_demandes(demande.saisie, demande.genre, ModePaiement(engagement.mode_paiement))
    exces = depassement(part_de(engagement, demande.genre), deja_demande(engagement, demande.genre), montants)
    if exces:
        champ = "montant_ht" if demande.saisie.montant_a_payer is None else "montant_a_payer"
        raise SaisiesRefusees({champ: exces})


def _exiger_dans_l_echeancier(engagement: Engagement, demande: Demandee, maintenant: datetime) -> None:
    """Open, not lost, not waiting already, never more than its amount; VAT as it is granted."""
    saisie = demande.saisie
    if saisie.montant_tva > euros(saisie.montant_ht * engagement.taux_tva / 100):
        raise SaisiesRefusees({"taux_tva": "L’accord ne prévoit pas cette TVA\u00a0: reprenez le taux de l’accord"})
    if demande.echeance is None:
        exces = depassement_des_annexes(
            annexes_accordees(lignes_de(engagement)), annexes_demandees([engagement.pk])[engagement.pk], saisie.montant_ht
        )
    else:
        suivi = suivi_de(engagement, jour_de_paris(maintenant))
        ligne = suivi.numero(demande.echeance) if suivi else None
        if ligne is None:
            raise SaisiesRefusees({"echeance": "Choisissez une échéance de l’échéancier"})
        refus = refus_de_l_echeance(ligne)
        if refus:
            raise SaisiesRefusees({"echeance": refus})
        exces = depassement_de_l_echeance(ligne, saisie.montant_ht)
    if exces:
        raise SaisiesRefusees({"montant_ht": exces})
