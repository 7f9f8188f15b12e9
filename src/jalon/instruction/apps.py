from django.apps import AppConfig


class InstructionConfig(AppConfig):
    name = "jalon.instruction"
    verbose_name = "Instruction"

    def ready(self) -> None:
        from jalon.courriers import messages
        from jalon.dossiers.actions import suivi_d_une_suite
        from jalon.dossiers.branchements import declarer_attribution, declarer_reception
        from jalon.instruction.actions import (
            attribuer_dossier,
            chercher_apres_import,
            examiner_apres_analyse,
            examiner_apres_reception,
            reexaminer_apres_import,
            reexaminer_apres_reglage,
        )
        from jalon.instruction.courriels import MESSAGES
        from jalon.instruction.listes import FILE
        from jalon.instruction.notifications import ANNONCES
        from jalon.journal import libelles
        from jalon.notifications import annonces
        from jalon.organisations import portefeuilles
        from jalon.pieces.suites import declarer_suite_d_analyse
        from jalon.referentiels.suites import declarer_suite_d_import, declarer_suite_de_reglage
        from jalon.socle import listes

        libelles.declarer(
            {
                "dossier.pris_en_charge": "Dossier pris en charge par {acteur}",
                "dossier.attribue": "Dossier confié à {conseiller} par {acteur}",
                "dossier.complement_demande": "Complément demandé par {acteur} pour le {echeance}\u00a0: {objets}",
                "dossier.complement_retire": "Demande de complément retirée par {acteur}\u00a0: {motif}",
                "modification.acceptee": "Modification acceptée par {acteur}\u00a0: {objet}",
                "modification.refusee": "Modification refusée par {acteur}\u00a0: {objet}. {motif}",
                "dossier.accorde": "Demande accordée par {acteur}\u00a0: {montant} HT",
                "dossier.refuse": "Demande refusée par {acteur}\u00a0: {motif}",
                "dossier.accorde_automatiquement": "Demande accordée par {acteur}, toutes les vérifications passant\u00a0: {montant} HT",
                "dossier.niveau_publie": "La branche a publié le niveau de prise en charge : {montant} par an ({source})",
                "dossier.silence": "{decision} depuis le {depuis}\u00a0: l’OPCO n’a pas répondu dans le délai",
            }
        )
        listes.declarer(FILE)
        messages.declarer(*MESSAGES)
        annonces.declarer(ANNONCES)
        declarer_reception(examiner_apres_reception)
        declarer_attribution(attribuer_dossier)
        declarer_suite_d_analyse(examiner_apres_analyse)
        declarer_suite_d_import(chercher_apres_import)
        declarer_suite_d_import(reexaminer_apres_import)
        declarer_suite_de_reglage(reexaminer_apres_reglage)
        for table in ("instruction_decision", "instruction_regularisation"):
            portefeuilles.declarer_suivi(suivi_d_une_suite(table))
