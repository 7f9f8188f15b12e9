from django.apps import AppConfig

LIBELLES = {
    "banque.ajout": "Coordonnées bancaires ajoutées par {acteur}",
    "banque.gel": "Coordonnées bancaires gelées par {acteur}\u00a0: {motif}",
    "banque.confirmation": "Titulaire des coordonnées bancaires confirmé par {acteur}",
    "banque.iban_affiche": "IBAN affiché par {acteur}\u00a0: {motif}",
    "banque.iban_partage": "Même IBAN déclaré par d’autres SIREN ({nombre})",
}


class BanqueConfig(AppConfig):
    name = "jalon.banque"

    def ready(self) -> None:
        from jalon.banque.courriels import AvisChangement, AvisGel, GelSignale
        from jalon.banque.notifications import ANNONCES
        from jalon.banque.sensibles import declarer_evenement_sensible, nouveau_second_facteur, nouvel_administrateur
        from jalon.courriers.messages import declarer as declarer_courriels
        from jalon.journal.libelles import declarer as declarer_libelles
        from jalon.notifications import annonces

        annonces.declarer(ANNONCES)
        declarer_libelles(LIBELLES)
        declarer_courriels(AvisChangement, AvisGel, GelSignale)
        declarer_evenement_sensible(nouvel_administrateur)
        declarer_evenement_sensible(nouveau_second_facteur)
