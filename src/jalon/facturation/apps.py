from django.apps import AppConfig

LIBELLES = {
    "facture.transmise": "Facture {numero} transmise par {acteur}",
    "facture.annulee": "Facture {numero} annulée par {acteur}",
    "facture.acceptee": "Facture {numero} acceptée par {acteur}",
    "facture.rejetee": "Facture {numero} rejetée par {acteur}\u00a0: {motif}",
    "facture.compte_actualise": "Compte à payer de la facture {numero} actualisé par {acteur}",
    "facture.en_paiement": "Facture {numero} mise en paiement par {acteur}",
    "facture.retiree_du_paiement": "Facture {numero} retirée du paiement par {acteur}",
    "organisme.declaration_activite": "Déclaration d’activité de l’organisme notée par {acteur}\u00a0: enregistrée le {le}",
    "trop_percu.constate": "Trop-perçu constaté ({poste})\u00a0: {montant} à rendre",
    "trop_percu.recompte": "Trop-perçu recompté ({poste})\u00a0: {montant} à rendre",
    "trop_percu.reclame": "Trop-perçu réclamé par {acteur} ({poste})\u00a0: {montant} avant le {avant}",
    "trop_percu.recu": "Remboursement reçu ({poste})\u00a0: {montant}, référence {reference}",
    "trop_percu.abandon_propose": "Abandon d’un trop-perçu proposé par {acteur} ({poste})",
    "trop_percu.abandonne": "Trop-perçu abandonné par {acteur} ({poste})\u00a0: {montant}",
    "trop_percu.abandon_ecarte": "Abandon d’un trop-perçu écarté par {acteur} ({poste})",
    "facture.reglee": "Facture {numero} réglée, référence {reference}",
}


class FacturationConfig(AppConfig):
    name = "jalon.facturation"

    def ready(self) -> None:
        from jalon.courriers.messages import declarer as declarer_courriels
        from jalon.dossiers.actions import suivi_de_la_table
        from jalon.dossiers.branchements import declarer_annulation
        from jalon.engagements.branchements import declarer_facture, declarer_recalcul
        from jalon.facturation.courriels import CompteManquant, FactureRejetee, TropPercuConstate, TropPercuReclame
        from jalon.facturation.listes import FACTURES
        from jalon.facturation.suites import apres_un_recalcul, facture_sur_l_accord, refuser_si_facture
        from jalon.journal.libelles import declarer as declarer_libelles
        from jalon.organisations import portefeuilles
        from jalon.socle.listes import declarer as declarer_liste

        declarer_libelles(LIBELLES)
        declarer_courriels(FactureRejetee, CompteManquant, TropPercuConstate, TropPercuReclame)
        declarer_liste(FACTURES)
        declarer_annulation(refuser_si_facture)
        declarer_facture(facture_sur_l_accord)
        declarer_recalcul(apres_un_recalcul)
        portefeuilles.declarer_suivi(suivi_de_la_table("facturation_troppercu"))
