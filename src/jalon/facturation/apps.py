from django.apps import AppConfig

LIBELLES = {
    "facture.transmise": "Facture {numero} transmise par {acteur}",
    "facture.annulee": "Facture {numero} annulée par {acteur}",
    "facture.acceptee": "Facture {numero} acceptée par {acteur}",
    "facture.rejetee": "Facture {numero} rejetée par {acteur}\u00a0: {motif}",
    "facture.compte_actualise": "Compte à payer de la facture {numero} actualisé par {acteur}",
    "facture.en_paiement": "Facture {numero} mise en paiement par {acteur}",
    "facture.retiree_du_paiement": "Facture {numero} retirée du paiement par {acteur}",
    "facture.reglee": "Facture {numero} réglée, référence {reference}",
}


class FacturationConfig(AppConfig):
    name = "jalon.facturation"

    def ready(self) -> None:
        from jalon.courriers.messages import declarer as declarer_courriels
        from jalon.dossiers.branchements import declarer_annulation
        from jalon.engagements.branchements import declarer_facture
        from jalon.facturation.courriels import CompteManquant, FactureRejetee
        from jalon.facturation.listes import FACTURES
        from jalon.facturation.notifications import ANNONCES
        from jalon.facturation.suites import facture_sur_les_echeances, refuser_si_facture
        from jalon.journal.libelles import declarer as declarer_libelles
        from jalon.notifications import annonces
        from jalon.socle.listes import declarer as declarer_liste

        declarer_libelles(LIBELLES)
        declarer_courriels(FactureRejetee, CompteManquant)
        declarer_liste(FACTURES)
        annonces.declarer(ANNONCES)
        declarer_annulation(refuser_si_facture)
        declarer_facture(facture_sur_les_echeances)
