from django.apps import AppConfig


class HabilitationsConfig(AppConfig):
    name = "jalon.habilitations"

    def ready(self) -> None:
        from jalon.courriers.messages import declarer as declarer_courriels
        from jalon.exports.acteurs import declarer_acteurs
        from jalon.exports.surveillance import declarer_administrateurs
        from jalon.habilitations.acteurs import acteur_du_travail
        from jalon.habilitations.actions.portefeuilles import suivre_les_portefeuilles
        from jalon.habilitations.administrateurs import adresses_des_administrateurs
        from jalon.habilitations.annonces import ANNONCES
        from jalon.habilitations.courriels import MESSAGES
        from jalon.habilitations.courriels.conventions import MESSAGES as MESSAGES_DES_CONVENTIONS
        from jalon.habilitations.courriels.mandats import MESSAGES as MESSAGES_DES_MANDATS
        from jalon.habilitations.courriels.preparations import MESSAGES as MESSAGES_DES_PREPARATIONS
        from jalon.habilitations.evenements import EVENEMENTS
        from jalon.habilitations.notifications import ANNONCES as ANNONCES_DES_ACCES
        from jalon.journal.libelles import declarer as declarer_evenements
        from jalon.notifications import annonces
        from jalon.notifications.acteurs import declarer_acteurs as declarer_lecteurs
        from jalon.organisations.portefeuilles import declarer_suivi

        declarer_evenements(EVENEMENTS)
        declarer_courriels(*MESSAGES, *ANNONCES, *MESSAGES_DES_MANDATS, *MESSAGES_DES_CONVENTIONS, *MESSAGES_DES_PREPARATIONS)
        declarer_suivi(suivre_les_portefeuilles)
        declarer_acteurs(acteur_du_travail)
        declarer_administrateurs(adresses_des_administrateurs)
        declarer_lecteurs(acteur_du_travail)
        annonces.declarer(ANNONCES_DES_ACCES)
