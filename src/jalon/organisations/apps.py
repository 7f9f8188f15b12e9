from django.apps import AppConfig

from jalon.journal import libelles


class OrganisationsConfig(AppConfig):
    name = "jalon.organisations"
    verbose_name = "Organisations"

    def ready(self) -> None:
        libelles.declarer(
            {
                "organisation.declaree": "SIREN absent du registre déclaré par {acteur} : à vérifier",
                "organisation.verifiee": "Organisation vérifiée par {acteur}",
                "registre.importe": "Registre mis à jour par {acteur} : {fichier}, {inseres} insérés, {mis_a_jour} mis à jour",
                "adherents.importes": "Adhérents mis à jour par {acteur} : {lus} lus, {a_verifier} à vérifier",
                "portefeuilles.importes": "Règles de portefeuille remplacées par {acteur} : {lignes} lignes",
            }
        )
