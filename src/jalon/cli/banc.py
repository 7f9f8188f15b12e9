"""`jalon banc …`: measures. Each one says what it needs; only those that read the product's database start Django."""

import os
from importlib import import_module

import click

from jalon.cli import adopter_environnement_demo

BANCS = {
    "dossiers": ("jalon.cli.banc_dossiers", "commande", False),
    "contrats": ("jalon.bancs.contrats", "commande", False),
    "export": ("jalon.bancs.exports", "commande", False),
    "import-sirene": ("jalon.bancs.import_sirene", "commande", True),
    "npec": ("jalon.bancs.import_npec", "commande", True),
    "saisie": ("jalon.bancs.saisie", "commande", True),
    "stagiaires": ("jalon.bancs.stagiaires", "commande", True),
    "dossiers-scene": ("jalon.bancs.dossiers.commandes", "scene", True),
    "dossiers-inspection": ("jalon.bancs.dossiers.commandes", "inspection", True),
}
AIDES = {
    "dossiers": "Charge des dossiers fictifs et mesure les pages qui les listent et les transmettent.",
    "contrats": "Contrôle et estime des contrats d’apprentissage fictifs, en un processus.",
    "export": "Écrit un classeur Excel par le produit, à côté de sa bibliothèque seule et de XlsxWriter.",
    "import-sirene": "Compare l’import du registre à un COPY nu des mêmes colonnes.",
    "npec": "Importe un référentiel NPEC de taille réelle, à côté d’un COPY nu, et mesure la lecture d’un niveau.",
    "saisie": "Enregistre une case d’un contrat d’apprentissage complet et mesure le temps du serveur.",
    "stagiaires": "Enregistre un changement dans un dossier de 2 000 salariés, l’affiche, le vérifie et le compose.",
}


class GroupeDesBancs(click.Group):
    """Loads a measure when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(AIDES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in BANCS:
            return None
        if ctx.resilient_parsing:
            return click.Command(cmd_name, short_help=AIDES.get(cmd_name, ""))
        module, nom, avec_django = BANCS[cmd_name]
        if avec_django:
            adopter_environnement_demo()
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.config.settings")
            import_module("django").setup()
        commande = getattr(import_module(module), nom)
        return commande if isinstance(commande, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commandes"):
            formatter.write_dl(list(AIDES.items()))


@click.group("banc", cls=GroupeDesBancs)
def commande() -> None:
    """Mesure les performances, sur cette seule machine. Chaque mesure est bornée et s’arrête d’elle-même."""
