from django.apps import AppConfig


class SalariesConfig(AppConfig):
    name = "jalon.salaries"
    verbose_name = "Salariés"

    def ready(self) -> None:
        from jalon.journal import libelles
        from jalon.salaries.colonnes import SALARIES
        from jalon.salaries.evenements import EVENEMENTS
        from jalon.socle import listes

        libelles.declarer(EVENEMENTS)
        listes.declarer(SALARIES)
