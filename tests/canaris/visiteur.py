"""A browser without scripts that keeps every answer it gets: pages, fragments, downloads, redirections."""

import http.client
import mimetypes
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib

from jalon.demo.distribution import MOT_DE_PASSE, secret_totp
from tests.canaris.recherche import trouver
from tests.parcours.outils import code_totp

FORMULAIRE = "application/x-www-form-urlencoded"
CONFIRMER = "/reauthenticate/"
SANS_VALEUR = {"submit", "button", "file", "image", "reset"}
A_COCHER = {"checkbox", "radio"}
REDIRECTIONS = 10

Fichiers = dict[str, bytes]


@dataclass(frozen=True)
class Echange:
    """One answer, and to whom."""

    qui: str
    methode: str
    adresse: str
    statut: int
    entetes: tuple[tuple[str, str], ...]
    corps: bytes

    @property
    def est_page(self) -> bool:
        """Whether it is HTML."""
        return dict(self.entetes).get("content-type", "").startswith("text/html")

    @property
    def texte(self) -> str:
        """Its body, read."""
        return self.corps.decode()

    @property
    def arbre(self) -> Element:
        """Its body as a tree."""
        arbre: Element = html5lib.parse(self.texte, namespaceHTMLElements=False)
        return arbre

    def fuites(self) -> set[str]:
        """Canaries in the headers or in the body."""
        return trouver(repr(self.entetes).encode()) | trouver(self.corps)

    def liens(self) -> list[str]:
        """Addresses of the same site that the page offers, in the order of the page."""
        return [
            f"{u.path}?{u.query}" if u.query else u.path
            for element in self.arbre.iter()
            for nom in ("href", "hx-get")
            if (u := urlsplit(urljoin(self.adresse, element.get(nom, "#")))) and not u.netloc and u.path.startswith("/")
        ]

    @property
    def dit(self) -> str:
        """What one reads, on one line."""
        return _dire(self.arbre)

    def lien(self, texte: str) -> str:
        """Address of the link that says so."""
        for lien in self.arbre.iter("a"):
            if _dire(lien).startswith(texte):
                return urljoin(self.adresse, lien.get("href", ""))
        raise AssertionError(f"{self.adresse} : pas de lien « {texte} »")


@dataclass
class Visiteur:
    """Somebody (`qui` is the address of the account) in front of the site."""

    port: int
    qui: str
    echanges: list[Echange]
    temoins: dict[str, str] = field(default_factory=dict)
    codes_servis: set[int] = field(default_factory=set)

    def demander(self, methode: str, adresse: str, corps: bytes | None = None, genre: str = "", **entetes: str) -> Echange:
        """One request, its answer kept; redirections are not followed."""
        connexion = http.client.HTTPConnection("localhost", self.port, timeout=120)
        envoyes = {"Cookie": "; ".join(f"{n}={v}" for n, v in self.temoins.items()), **entetes}
        if genre:
            envoyes["Content-Type"] = genre
        try:
            connexion.request(methode, adresse, corps, {nom.replace("_", "-"): valeur for nom, valeur in envoyes.items()})
            recue = connexion.getresponse()
            recus = tuple((nom.lower(), valeur) for nom, valeur in recue.getheaders())
            echange = Echange(self.qui, methode, adresse, recue.status, recus, recue.read())
        finally:
            connexion.close()
        for nom, valeur in recus:
            if nom == "set-cookie":
                self.temoins |= {t.key: t.value for t in SimpleCookie(valeur).values()}
        self.echanges.append(echange)
        return echange

    def aller(self, adresse: str) -> Echange:
        """Open an address and whatever it leads to."""
        return self._suivre(self.demander("GET", adresse))

    def _suivre(self, echange: Echange) -> Echange:
        for _ in range(REDIRECTIONS):
            if echange.statut not in {301, 302, 303}:
                return echange
            arrivee = urlsplit(urljoin(echange.adresse, dict(echange.entetes)["location"]))
            echange = self.demander("GET", f"{arrivee.path}?{arrivee.query}" if arrivee.query else arrivee.path)
        raise AssertionError(f"{echange.adresse} : redirigé sans fin")

    def envoyer(self, page: Echange, bouton: str, fichiers: Fichiers | None = None, tenant: str = "", **champs: str) -> Echange:
        """Fill the form that has that button (and holds that value) and press it; what it held already is sent as it is."""
        formulaire, presse = _formulaire(page, bouton, tenant)
        valeurs = [(nom, valeur) for nom, valeur in _valeurs(formulaire) if nom not in champs]
        valeurs += champs.items()
        if presse.get("name"):
            valeurs.append((presse.get("name", ""), presse.get("value", "")))
        adresse = urljoin(page.adresse, formulaire.get("action") or page.adresse)
        if fichiers is None:
            genre, corps = FORMULAIRE, urlencode(valeurs).encode()
        else:
            genre, corps = _multiple(valeurs, fichiers)
        return self._suivre(self.demander("POST", adresse, corps, genre))

    def se_connecter(self) -> None:
        """Password, then the code of the authenticator."""
        page = self.envoyer(self.aller("/"), "Se connecter", login=self.qui, password=MOT_DE_PASSE)
        page = self.envoyer(page, "Se connecter", code=self._code())
        assert "/compte/" not in page.adresse, page.texte

    def confirmer(self, page: Echange) -> Echange:
        """The second factor asked again on the way to a page, then that page."""
        return self.envoyer(page, "Confirmer", code=self._code()) if CONFIRMER in page.adresse else page

    def _code(self) -> str:
        """Six digits that the authenticator shows or is about to: a code serves once."""
        while True:
            present = int(time.time()) // 30
            for periode in {present, present + 1, present - 1} - self.codes_servis:
                self.codes_servis.add(periode)
                return code_totp(secret_totp(self.qui), periode)
            time.sleep(0.5)


def _dire(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _formulaire(page: Echange, bouton: str, tenant: str) -> tuple[Element, Element]:
    """The form of a button, which may stand outside of it, and the button."""
    arbre = page.arbre
    for formulaire in arbre.iter("form"):
        identifiant = formulaire.get("id")
        ailleurs = (b for b in arbre.iter("button") if identifiant and b.get("form") == identifiant)
        for presse in (*formulaire.iter("button"), *ailleurs):
            envoie = presse.get("type", "submit") == "submit" and _dire(presse).startswith(bouton)
            if envoie and (not tenant or tenant in {valeur for _, valeur in _valeurs(formulaire)}):
                return formulaire, presse
    raise AssertionError(f"{page.adresse} ({page.statut}) : pas de bouton « {bouton} »\n{_dire(arbre)}")


def _valeurs(formulaire: Element) -> Iterable[tuple[str, str]]:
    """What a browser would send of the form as it stands."""
    for element in formulaire.iter():
        nom, genre = element.get("name", ""), element.get("type", "text")
        if not nom or element.get("disabled") is not None:
            continue
        if element.tag == "select":
            choix = list(element.iter("option"))
            choisis = [o for o in choix if o.get("selected") is not None] or choix[:1]
            yield from ((nom, o.get("value", "")) for o in choisis)
        elif element.tag == "textarea":
            yield nom, "".join(element.itertext())
        elif (
            element.tag == "input" and genre not in SANS_VALEUR and (genre not in A_COCHER or element.get("checked") is not None)
        ):
            yield nom, element.get("value", "on" if genre in A_COCHER else "")


def _multiple(valeurs: Iterable[tuple[str, str]], fichiers: Fichiers) -> tuple[str, bytes]:
    """A multipart body: fields, then one PDF for each file box."""
    frontiere = secrets.token_hex(16)
    morceaux = [f'Content-Disposition: form-data; name="{nom}"\r\n\r\n{valeur}'.encode() for nom, valeur in valeurs]
    for nom, contenu in fichiers.items():
        entete = f'Content-Disposition: form-data; name="{nom}"; filename="{nom}.pdf"\r\n'
        morceaux.append(f"{entete}Content-Type: {mimetypes.types_map['.pdf']}\r\n\r\n".encode() + contenu)
    corps = b"".join(f"--{frontiere}\r\n".encode() + morceau + b"\r\n" for morceau in morceaux)
    return f"multipart/form-data; boundary={frontiere}", corps + f"--{frontiere}--\r\n".encode()
