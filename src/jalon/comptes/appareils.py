"""What is said of a browser and of an address: pure, nothing is asked of anybody else (no geolocation)."""

import ipaddress
from datetime import timedelta

NAVIGATEURS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMES = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
NOM_AU_PLUS = 60
COOKIE_APPAREIL = "appareil"
SEL_APPAREIL = "jalon.comptes.appareil"
MEMOIRE_D_UN_APPAREIL = timedelta(days=390)
"""Thirteen months: what the CNIL allows a cookie to last."""


def nom_du_navigateur(agent: str) -> str:
    """« Firefox, Windows » from a User-Agent; the browser's own words when neither is known."""
    trouves = [next((nom for cle, nom in table if cle in agent), "") for table in (NAVIGATEURS, SYSTEMES)]
    return ", ".join(t for t in trouves if t) or agent[:NOM_AU_PLUS]


def genre_d_appareil(agent: str) -> str:
    """« Téléphone », « Tablette » or « Ordinateur », as the browser presents itself."""
    if "iPad" in agent or ("Android" in agent and "Mobile" not in agent):
        return "Tablette"
    return "Téléphone" if "Mobile" in agent or "iPhone" in agent else "Ordinateur"


def lieu_de_l_adresse(adresse: str) -> str:
    """Where an IP address stands, as far as it says by itself."""
    try:
        lue = ipaddress.ip_address(adresse)
    except ValueError:
        return "Adresse inconnue"
    if lue.is_loopback:
        return "Cette machine"
    return "Réseau local" if lue.is_private else "Internet"
