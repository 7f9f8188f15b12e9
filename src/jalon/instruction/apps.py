from django.apps import AppConfig


class InstructionConfig(AppConfig):
    name = "jalon.instruction"
    verbose_name = "Instruction"

    def ready(self) -> None:
        from jalon.courriers import messages
        from jalon.dossiers.actions import suivi_de_la_table
        from jalon.instruction.courriels import MESSAGES
        from jalon.journal import libelles
        from jalon.organisations import portefeuilles

        libelles.declarer(
            {
                "dossier.pris_en_charge": "Dossier pris en charge par {acteur}",
                "dossier.complement_demande": "Complément demandé par {acteur} pour le {echeance}\u00a0: {objets}",
                "dossier.accorde": "Demande accordée par {acteur}\u00a0: {montant} HT",
                "dossier.refuse": "Demande refusée par {acteur}\u00a0: {motif}",
            }
        )
        messages.declarer(*MESSAGES)
        portefeuilles.declarer_suivi(suivi_de_la_table("instruction_decision"))
