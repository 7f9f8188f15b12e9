from django.apps import AppConfig


class VeilleConfig(AppConfig):
    name = "jalon.veille"

    def ready(self) -> None:
        from jalon.courriers.messages import declarer as declarer_courriels
        from jalon.dossiers import branchements
        from jalon.exports.surveillance import declarer_alerte
        from jalon.journal.libelles import declarer as declarer_evenements
        from jalon.veille.actions.exports import alerter_sur_un_export
        from jalon.veille.courriels import MESSAGES
        from jalon.veille.evenements import EVENEMENTS
        from jalon.veille.requetes.exceptions import acteur_exceptionnel

        declarer_evenements(EVENEMENTS)
        declarer_courriels(*MESSAGES)
        declarer_alerte(alerter_sur_un_export)
        branchements.declarer_lecture_exceptionnelle(acteur_exceptionnel)
