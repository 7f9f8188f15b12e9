from django.apps import AppConfig


class AideConfig(AppConfig):
    name = "jalon.aide"

    def ready(self) -> None:
        from jalon.aide.actions.tickets import suivre_les_portefeuilles
        from jalon.aide.courriels import MESSAGES
        from jalon.aide.courriels_webinaires import MESSAGES_DES_WEBINAIRES
        from jalon.aide.evenements import EVENEMENTS
        from jalon.courriers.messages import declarer as declarer_courriels
        from jalon.journal.libelles import declarer as declarer_evenements
        from jalon.organisations.portefeuilles import declarer_suivi

        declarer_evenements(EVENEMENTS)
        declarer_courriels(*MESSAGES, *MESSAGES_DES_WEBINAIRES)
        declarer_suivi(suivre_les_portefeuilles)
