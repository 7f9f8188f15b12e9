from django.apps import AppConfig

from jalon.journal.libelles import declarer


class ReferentielsConfig(AppConfig):
    name = "jalon.referentiels"

    def ready(self) -> None:
        declarer(
            {
                "bareme.modifie": "Ligne de barème {code} modifiée par {acteur} à compter du {du}",
                "bareme.retire": "Ligne de barème {code} retirée par {acteur} à compter du {du}",
                "bareme.ajoute": "Ligne de barème {code} ajoutée par {acteur} à compter du {du}",
                "bareme.plafond-modifie": "Plafond annuel {code} modifié par {acteur} à compter du {du}",
                "guichet.suspendu": "Guichet {code} suspendu par {acteur} à compter du {du}",
                "guichet.rouvert": "Guichet {code} rouvert par {acteur} à compter du {du}",
                "dispositif.regle": "Réglages du dispositif {code} modifiés par {acteur} à compter du {du}",
                "paiements.regles": "Réglage des paiements modifié par {acteur} à compter du {du}",
                "dispositif.exception-depot": "Exception au délai de dépôt ({code}) accordée par {acteur}",
                "dispositif.exception-terminee": "Exception au délai de dépôt ({code}) arrêtée par {acteur} au {depot_au}",
                "referentiel.importe": "{referentiel} : {fichier} importé par {acteur}, {inseres} ajoutés, {mis_a_jour} mis à jour",
            }
        )
