from django.apps import AppConfig


class PorteDocumentsConfig(AppConfig):
    name = "jalon.porte_documents"
    verbose_name = "Porte-documents"

    def ready(self) -> None:
        from jalon.journal import libelles
        from jalon.porte_documents.evenements import EVENEMENTS

        libelles.declarer(EVENEMENTS)
