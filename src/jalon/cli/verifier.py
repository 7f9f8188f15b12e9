"""`jalon verifier`: is this installation fit to serve? One line per point; exit code 1 when one is red."""

import smtplib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import psycopg
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from jalon.cli.constats import COULEURS, Constat, Verdict, juger, lire
from jalon.cli.pannes import premiere_ligne
from jalon.cli.referentiels import referentiels
from jalon.cli.registre import registre
from jalon.courriers.transport import joindre_le_serveur
from jalon.journal.models import Evenement
from jalon.pieces.requetes import antivirus
from jalon.referentiels.requetes import opcos_des_idcc
from jalon.socle.dates import formater_duree
from jalon.socle.horloge import heure_reelle, maintenant
from jalon.socle.identifiants import nouvel_id
from jalon.socle.relance import etat_de_la_file
from jalon.socle.sante import DISQUE_A_SURVEILLER, DISQUE_PLEIN, migrations_manquantes, part_occupee
from jalon.socle.texte import normaliser

VERSION_MINIMALE = 150000
LONGUEUR_DES_CLES = 32
ATTENTE_MAXIMALE = timedelta(seconds=60)
ECART_MAXIMAL = timedelta(seconds=2)
IBAN_D_EXEMPLE = "FR7630006000011234567890189"


def base() -> Iterator[Constat]:
    """It answers, in a version that we know, with every migration."""
    version, numero = lire("SELECT current_setting('server_version'), current_setting('server_version_num')::int")
    yield juger(
        "Base de données",
        isinstance(numero, int) and numero >= VERSION_MINIMALE,
        f"PostgreSQL {version} répond.",
        f"PostgreSQL {version} est trop ancien\u00a0: passez à la version 15 ou plus récente.",
    )
    manquantes = migrations_manquantes()
    yield juger(
        "Migrations",
        not manquantes,
        "Toutes sont appliquées.",
        f"Il en manque {len(manquantes)}, à partir de {manquantes[0] if manquantes else ''}\u00a0: lancez «\u00a0jalon preparer-base\u00a0».",
    )


def role() -> Iterator[Constat]:
    """The running role changes neither the schema nor the journal."""
    nom, superutilisateur, cree, proprietaire = lire(
        "SELECT current_user, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),"
        " has_schema_privilege('public', 'CREATE'),"
        " EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user)"
    )
    yield juger(
        "Rôle de la base",
        not (superutilisateur or cree or proprietaire),
        f"«\u00a0{nom}\u00a0» lit et écrit, sans changer le schéma.",
        f"«\u00a0{nom}\u00a0» peut changer le schéma\u00a0: donnez à DATABASE_URL un rôle distinct de DATABASE_URL_PROPRIETAIRE.",
        excuse_en_demo=True,
    )
    table = connection.ops.quote_name(Evenement._meta.db_table)
    (modifiable,) = lire(f"SELECT has_table_privilege('{table}', 'UPDATE, DELETE, TRUNCATE')")
    yield juger(
        "Journal",
        not modifiable,
        "L’application y ajoute, sans rien y changer.",
        f"«\u00a0{nom}\u00a0» peut modifier ou effacer le journal\u00a0: relancez «\u00a0jalon preparer-base\u00a0» avec deux rôles distincts.",
    )


def travaux() -> Iterator[Constat]:
    """A worker lives and keeps up."""
    etat = etat_de_la_file()
    signe = int(etat.signe.total_seconds()) if etat.signe is not None else None
    yield juger(
        "Travaux",
        etat.ouvrier_vivant,
        f"Un processus vit (signe il y a {signe} s).",
        "Aucun processus ne donne signe de vie\u00a0: lancez «\u00a0jalon worker\u00a0».",
    )
    yield juger(
        "File des travaux",
        etat.attente < ATTENTE_MAXIMALE,
        "À jour.",
        f"Un travail attend depuis {etat.attente.total_seconds() / 60:.0f} min\u00a0: ajoutez un «\u00a0jalon worker\u00a0».",
    )
    if etat.echoues:
        yield Constat(
            Verdict.ATTENTION,
            "Travaux échoués",
            f"{etat.echoues} ont été abandonnés\u00a0: leur raison est dans le journal technique.",
        )


def stockage() -> Iterator[Constat]:
    """Each storage takes, gives back and forgets; the disk has room."""
    for nom in settings.STORAGES:
        if nom == "staticfiles":
            continue
        cle = f"verifier-{nouvel_id()}"
        try:
            ecrit = storages[nom].save(cle, ContentFile(b"verifier"))
            with storages[nom].open(ecrit) as fichier:
                relu = fichier.read() == b"verifier"
            storages[nom].delete(ecrit)
        except OSError as erreur:
            yield Constat(
                Verdict.MAUVAIS, f"Stockage «\u00a0{nom}\u00a0»", f"N’accepte pas d’écriture\u00a0: {erreur.strerror or erreur}."
            )
        else:
            yield juger(f"Stockage «\u00a0{nom}\u00a0»", relu, "Écrit, relit, efface.", "Ne rend pas ce qu’on y écrit.")
    part = part_occupee(Path(settings.JALON_VAR))
    phrase = f"Occupé à {part:.0%}."
    yield juger("Disque", part < DISQUE_A_SURVEILLER, phrase, f"{phrase} Faites de la place.", grave=part >= DISQUE_PLEIN)
    yield juger(
        "Fichiers statiques",
        (Path(settings.STATIC_ROOT) / "staticfiles.json").exists(),
        "Rassemblés.",
        "Absents\u00a0: lancez «\u00a0jalon django collectstatic --no-input\u00a0».",
    )


def cles() -> Iterator[Constat]:
    """Secrets are there, long, and not shared between uses."""
    secrets = {"SECRET_KEY": settings.SECRET_KEY, "JALON_CLE_EMPREINTES": settings.JALON_CLE_EMPREINTES}
    secrets |= {f"JALON_CLES[{rang}]": cle for rang, cle in enumerate(settings.JALON_CLES)}
    courtes = [nom for nom, cle in secrets.items() if len(cle) < LONGUEUR_DES_CLES]
    yield juger(
        "Clés",
        not courtes and len(set(secrets.values())) == len(secrets),
        f"{len(secrets)} clés distinctes d’au moins {LONGUEUR_DES_CLES} signes.",
        f"Trop courtes\u00a0: {', '.join(courtes)}." if courtes else "Deux usages partagent la même clé.",
    )


def horloge() -> Iterator[Constat]:
    """Base and machine agree on the hour."""
    (instant,) = lire("SELECT clock_timestamp()")
    ecart = abs(datetime.now(UTC) - instant) if isinstance(instant, datetime) else timedelta.max
    yield juger("Heure", ecart < ECART_MAXIMAL, "La base et cette machine sont à la même heure.",
                 f"La base et cette machine ont {ecart.total_seconds():.0f} s d’écart\u00a0: réglez leur horloge (NTP).")  # fmt: skip
    ici = maintenant()
    avance = ici - heure_reelle(ici)
    if avance:
        yield Constat(Verdict.ATTENTION, "Heure de démonstration", f"En avance de {formater_duree(avance)}.")


def antivirus_des_pieces() -> Iterator[Constat]:
    """ClamAV answers with fresh signatures; without it a document is « contrôlée » only."""
    etat = antivirus(maintenant())
    yield juger("Antivirus", etat.pret, etat.phrase, etat.phrase, excuse_en_demo=not etat.configure)


def courriels() -> Iterator[Constat]:
    """E-mails leave this machine."""
    if not settings.JALON_SMTP:
        ou = f"Écrits dans {settings.JALON_DOSSIER_COURRIELS}, personne ne les reçoit\u00a0: indiquez SMTP_URL."
        yield juger("Courriels", False, "", ou, excuse_en_demo=True)
        return
    try:
        joindre_le_serveur(settings.JALON_SMTP)
    except (OSError, smtplib.SMTPException) as erreur:
        yield Constat(Verdict.MAUVAIS, "Courriels", f"Le serveur SMTP ne répond pas\u00a0: {premiere_ligne(erreur)}.")
    else:
        yield Constat(Verdict.BON, "Courriels", "Le serveur SMTP répond.")


def navigateur() -> Iterator[Constat]:
    """What people reach is encrypted, and says nothing of its errors."""
    yield juger(
        "Mode de mise au point", not settings.DEBUG, "Fermé.", "DEBUG est ouvert\u00a0: les pages d’erreur montrent le code."
    )
    yield juger("Adresse", settings.JALON_URL.startswith("https://"), f"{settings.JALON_URL}, chiffrée.",
                 f"{settings.JALON_URL} n’est pas chiffrée\u00a0: servez en https.", excuse_en_demo=True)  # fmt: skip
    if settings.JALON_URL.startswith("https://"):
        yield juger("Mandataires", settings.ALLAUTH_TRUSTED_PROXY_COUNT > 0, f"{settings.ALLAUTH_TRUSTED_PROXY_COUNT} déclaré(s).",
                     "JALON_MANDATAIRES vaut 0\u00a0: les limites d’essais verraient tout le monde à la même adresse.", grave=False)  # fmt: skip
    if settings.JALON_DEMO:
        yield Constat(Verdict.ATTENTION, "Démonstration", "JALON_DEMO=1\u00a0: comptes fictifs, horloge réglable.")


def payeur() -> Iterator[Constat]:
    """The account that transfers leave from is the OPCO's."""
    iban = settings.JALON_COMPTE_PAYEUR["iban"]
    try:
        IBAN(iban)
    except SchwiftyException:
        yield Constat(Verdict.MAUVAIS, "Compte payeur", "JALON_PAYEUR_IBAN n’est pas un IBAN.")
        return
    yield juger("Compte payeur", iban != IBAN_D_EXEMPLE, f"{settings.JALON_COMPTE_PAYEUR['nom']}.",
                 "C’est le compte d’exemple\u00a0: indiquez JALON_PAYEUR_NOM, JALON_PAYEUR_IBAN et JALON_PAYEUR_BIC.",
                 excuse_en_demo=True)  # fmt: skip


def conventions() -> Iterator[Constat]:
    """Our name in the table of agreements, so that those of another OPCO are told apart."""
    notre, connus = settings.JALON_OPCO_IDCC, opcos_des_idcc()
    noms = (
        f"Noms connus\u00a0: {', '.join(connus)}."
        if connus
        else "La table est vide\u00a0: lancez «\u00a0jalon preparer-base\u00a0»."
    )
    if not notre:
        sans = f"Celles d’un autre OPCO ne sont pas signalées\u00a0: indiquez JALON_OPCO_IDCC. {noms}"
        yield Constat(Verdict.ATTENTION, "Conventions collectives", sans)
        return
    yield juger("Conventions collectives", normaliser(notre) in map(normaliser, connus), f"Celles de {notre} sont reconnues.",
                 f"JALON_OPCO_IDCC vaut «\u00a0{notre}\u00a0», absent de la table\u00a0: tout serait signalé. {noms}")  # fmt: skip


CONTROLES: tuple[Callable[[], Iterator[Constat]], ...] = (
    base, role, registre, travaux, stockage, cles, horloge, antivirus_des_pieces, courriels, navigateur, payeur,
    conventions, referentiels,
)  # fmt: skip
SUJETS = {
    base: "Base de données",
    role: "Rôle de la base",
    registre: "Registre des consultations",
    travaux: "Travaux",
    horloge: "Heure",
    conventions: "Conventions collectives",
    referentiels: "Référentiels officiels",
}


def constats() -> Iterator[Constat]:
    """Every point; one that the database prevents from being looked at is red, the others go on."""
    for controle in CONTROLES:
        try:
            yield from controle()
        except (DatabaseError, psycopg.Error) as erreur:
            yield Constat(
                Verdict.MAUVAIS, SUJETS.get(controle, controle.__name__), f"La base ne répond pas\u00a0: {premiere_ligne(erreur)}"
            )


@click.command("verifier")
def commande() -> None:
    """Contrôle l’installation\u00a0: ✓ bon, !\u00a0à surveiller, ✗ à corriger (code de sortie 1)."""
    lignes = list(constats())
    largeur = max(len(constat.sujet) for constat in lignes)
    for constat in lignes:
        click.echo(f"{click.style(constat.verdict, COULEURS[constat.verdict])} {constat.sujet:<{largeur}}  {constat.phrase}")
    rouges = sum(constat.verdict is Verdict.MAUVAIS for constat in lignes)
    if rouges:
        click.echo(f"{rouges} point{'s' if rouges > 1 else ''} à corriger.", err=True)
        raise SystemExit(1)
