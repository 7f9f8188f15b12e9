"""`jalon sceller`: a process of its own, with a role of its own, that seals the register of revelations minute by minute.

It reads one variable, DATABASE_URL_SCEAU: neither Django nor the secrets of the application are loaded, and neither the web nor the
worker knows that connection. The digest of each block is printed: kept with the logs of another machine, it dates the chain.
"""

import os
import signal
import sys
import threading

import click
import psycopg

from jalon.config.environnement import ReglageManquant, lire_base
from jalon.journal import chaine

SECONDES_ENTRE_BLOCS = 60.0
SECONDES_APRES_UNE_PANNE = 5.0


def sceller_une_fois(url: str) -> int:
    """One block over what waits; gives how many rows. Raises psycopg.Error."""
    with psycopg.connect(url, connect_timeout=5) as connexion, connexion.cursor() as curseur:
        nombre = chaine.sceller(curseur)
        if nombre:
            curseur.execute("SELECT rang, empreinte FROM journal_blocscelle ORDER BY rang DESC LIMIT 1")
            rang, empreinte = curseur.fetchone() or (0, "")
    if nombre:
        click.echo(f"bloc {rang}\u00a0: {nombre} lignes, empreinte {empreinte}")
        sys.stdout.flush()
    return nombre


def _servir(url: str) -> None:
    arret = threading.Event()
    for numero in (signal.SIGTERM, signal.SIGINT):
        signal.signal(numero, lambda *_: arret.set())
    while not arret.is_set():
        attente = SECONDES_ENTRE_BLOCS
        try:
            sceller_une_fois(url)
        except psycopg.Error as erreur:
            attente = SECONDES_APRES_UNE_PANNE
            motif = (str(erreur).strip() or type(erreur).__name__).splitlines()[0]
            click.echo(f"La base ne répond pas, nouvel essai dans {attente:.0f} secondes\u00a0: {motif}", err=True)
        arret.wait(attente)


@click.command("sceller")
@click.option("--une-fois", is_flag=True, help="Scelle ce qui attend, puis s’arrête.")
def commande(une_fois: bool) -> None:
    """Scelle chaque minute le registre des consultations, avec le rôle de DATABASE_URL_SCEAU. S’arrête avec SIGTERM ou Ctrl-C."""
    url = os.environ.get("DATABASE_URL_SCEAU", "")
    if not url:
        raise ReglageManquant("Indiquez DATABASE_URL_SCEAU, la connexion du rôle qui scelle (voir docs/exploitation.md).")
    lire_base("DATABASE_URL_SCEAU", url)
    if not une_fois:
        _servir(url)
        return
    if not sceller_une_fois(url):
        click.echo("Rien à sceller.")
