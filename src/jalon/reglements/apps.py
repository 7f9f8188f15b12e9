from django.apps import AppConfig

LIBELLES = {
    "lot.prepare": "Lot {lot} préparé par {acteur}\u00a0: {nombre} virements, {total}",
    "lot.ligne_retiree": "Facture {facture} retirée du lot {lot} par {acteur}\u00a0: {motif}",
    "lot.abandonne": "Lot {lot} abandonné par {acteur}\u00a0: {motif}",
    "lot.signe": "Lot {lot} signé par {acteur}\u00a0: {nombre} virements, {total}",
    "lot.fichier_remis": "Fichier du lot {lot} téléchargé par {acteur}",
    "lot.execute": "Lot {lot} déclaré exécuté par {acteur}, référence {reference}",
}


class ReglementsConfig(AppConfig):
    name = "jalon.reglements"

    def ready(self) -> None:
        from jalon.courriers.messages import declarer as declarer_courriels
        from jalon.journal.libelles import declarer as declarer_libelles
        from jalon.reglements.courriels import LotASigner, ReglementEffectue
        from jalon.reglements.listes import REGLEMENTS
        from jalon.socle.listes import declarer as declarer_liste

        declarer_libelles(LIBELLES)
        declarer_liste(REGLEMENTS)
        declarer_courriels(LotASigner, ReglementEffectue)
