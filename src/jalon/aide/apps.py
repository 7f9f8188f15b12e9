from django.apps import AppConfig


class AideConfig(AppConfig):
    name = "jalon.aide"

    def ready(self) -> None:
        from jalon.aide.actions import suivre_les_portefeuilles
        from jalon.aide.courriels import MESSAGES
        from jalon.courriers.messages import declarer as declarer_courriels
        from jalon.journal.libelles import declarer as declarer_evenements
        from jalon.organisations.portefeuilles import declarer_suivi

        declarer_evenements(
            {
                "aide.ticket_recu": "Message reçu par le formulaire de contact",
                "aide.ticket_repondu": "{acteur} a répondu au message",
                "aide.ticket_clos": "{acteur} a clos le message",
            }
        )
        declarer_courriels(*MESSAGES)
        declarer_suivi(suivre_les_portefeuilles)
