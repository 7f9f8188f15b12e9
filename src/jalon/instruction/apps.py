from django.apps import AppConfig


class InstructionConfig(AppConfig):
    name = "jalon.instruction"
    verbose_name = "Instruction"

    def ready(self) -> None:
        from jalon.courriers import messages
        from jalon.dossiers.actions import suivi_de_la_table
        from jalon.dossiers.branchements import declarer_attribution, declarer_reception
        from jalon.instruction.actions import attribuer_dossier, examiner_apres_analyse, examiner_apres_reception
        from jalon.instruction.courriels import MESSAGES
        from jalon.journal import libelles
        from jalon.organisations import portefeuilles
        from jalon.pieces.suites import declarer_suite_d_analyse

        libelles.declarer(
            {
                "dossier.pris_en_charge": "Dossier pris en charge par {acteur}",
                "dossier.attribue": "Dossier confié à {conseiller} par {acteur}",
                "dossier.complement_demande": "Complément demandé par {acteur} pour le {echeance}\u00a0: {objets}",
                "dossier.accorde": "Demande accordée par {acteur}\u00a0: {montant} HT",
                "dossier.refuse": "Demande refusée par {acteur}\u00a0: {motif}",
                "dossier.accorde_automatiquement": "Demande accordée par {acteur}, toutes les vérifications passant\u00a0: {montant} HT",
                "dossier.silence": "{decision} depuis le {depuis}\u00a0: l’OPCO n’a pas répondu dans le délai",
            }
        )
        messages.declarer(*MESSAGES)
        declarer_reception(examiner_apres_reception)
        declarer_attribution(attribuer_dossier)
        declarer_suite_d_analyse(examiner_apres_analyse)
        portefeuilles.declarer_suivi(suivi_de_la_table("instruction_decision"))
