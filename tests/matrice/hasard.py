"""Requests drawn at random: a line that the role may use, ids of others put in its path, its query, its form, its hidden boxes."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from random import Random
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse

from tests.dossiers.fabrique import AUTRE_PORTEFEUILLE, AUTRE_SIREN, AUTRE_SIRET, SIREN, SIRET
from tests.matrice.argent import ANCIEN_IBAN_A, IBAN_A, IBAN_B, IBAN_P, IBAN_Q, MONTANT_DE_B
from tests.matrice.demandes import NIR, NIR_B
from tests.matrice.lieux import CANARI_A, CANARI_B, SIREN_Q, SIRET_2, SIRET_Q
from tests.matrice.monde import Monde
from tests.matrice.requetes import PASSAGERES, adresse, contenu_de, corps
from tests.matrice.roles import CLES, ROLES, Ligne, developper
from tests.matrice.table import TABLE

LIGNES = [ligne for ligne in TABLE if ligne.sorte not in {"public", "connecte"} and ligne.methodes]
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
QUESTIONS = (
    "q", "siren", "siret", "profil", "page", "etat", "modifier", "avec", "portefeuille", "personne", "rattachement", "mandat",
    "client", "numero", "id", "dossier", "prestataire", "trie", "apres", "du", "au", "code", "acteur",
)  # fmt: skip
"""What is written after « ? », whether the page reads it or not."""
CACHES = (
    "siren", "siret", "id", "dossier_id", "personne_id", "rattachement_id", "mandat_id", "portefeuille_id", "organisation",
    "prestataire_siren", "mandataire", "mandats", "personnes", "sirets", "collaborateur", "demandes", "lettres", "avis", "numero",
    "cle_id", "rib", "facture_id",
)  # fmt: skip
"""Boxes that a form of the product may hide, or that a program would try."""
DEBUTS = ("canar", "Beller", "b_adm", "PERSONNE B", "Personne b")
"""Beginnings of words of B: enough to find them where a search is not closed, too short to be taken for an answer."""
CHEZ_B = (AUTRE_SIREN, AUTRE_SIRET, SIREN_Q, SIRET_Q, str(AUTRE_PORTEFEUILLE))
CHEZ_A = (SIREN, SIRET, SIRET_2)
VEILLENT = developper("admin_opco opco_ailleurs opco_mixte")
"""They handle every alert, and may cut any account or give it back: what that writes is theirs to write."""
DE_LA_VEILLE = {"opco_couper_compte", "opco_alerte", "opco_retablir"}


@dataclass(frozen=True, slots=True)
class Victime:
    """What belongs to one side: words that give it away, and marks of its rows; `connue_de`: who may see some of it."""

    nom: str
    mots: tuple[str, ...]
    marques: tuple[str, ...]
    connue_de: frozenset[str]
    ecrite_par: frozenset[str]


EN_A = frozenset(developper("VIVANTS ICI P_VIVANTS cle_a cle_p c_admin"))
EN_B = frozenset(developper("double_admin b_admin q_admin opco_ailleurs opco_mixte cle_b"))
VICTIMES = (
    Victime("B", (CANARI_B, "Bellerive", "b_admin", MONTANT_DE_B.replace(".", ",")), CHEZ_B, EN_B, EN_B | {"admin_opco"}),
    Victime("A", (CANARI_A,), CHEZ_A, frozenset(developper("LISENT ICI cle_a")), EN_A | developper("opco_ailleurs opco_mixte")),
)
NUMEROS: Mapping[str, frozenset[str]] = {
    NIR: frozenset(developper("a_admin a_saisie a_envoi a_dispositif a_siret double_admin c_collab")),
    NIR_B: frozenset(developper("double_admin b_admin")),
    IBAN_A: frozenset(developper("ADMINS comptable responsable opco_mixte")),
    ANCIEN_IBAN_A: frozenset(developper("ADMINS comptable responsable opco_mixte")),
    IBAN_P: frozenset(developper("p_admin comptable responsable opco_mixte")),
    IBAN_B: frozenset(developper("double_admin b_admin opco_ailleurs opco_mixte")),
    IBAN_Q: frozenset(developper("q_admin opco_ailleurs opco_mixte")),
}
"""Who may be given a number in clear, on some page at least: the pages are said in `secrets.EN_CLAIR`, tried one by one there."""


@dataclass(frozen=True, slots=True)
class Coup:
    """One request: somebody, an address and its ids, a form and what was put in it."""

    role: str
    ligne: Ligne
    methode: str
    objets: Mapping[str, str]
    corps: Mapping[str, Any] = field(default_factory=dict)
    question: Mapping[str, str] = field(default_factory=dict)
    en_json: bool = False
    fragment: bool = False

    def __str__(self) -> str:
        ou = " ".join(f"{nom}={self.objets[nom]}" for nom in self.ligne.args.split() if nom in self.objets)
        return f"{self.role} {self.methode} {self.ligne.nom} {ou} ?{urlencode(self.question)} {dict(self.corps)}"


class Tireur:
    """Draws requests; the same seed gives the same ones, since objects are drawn by their names."""

    def __init__(self, monde: Monde, graine: int) -> None:
        self._alea = Random(graine)  # noqa: S311
        self._monde = monde
        noms = sorted(nom for nom, valeur in monde.objets.items() if UUID.fullmatch(valeur))
        self._uuids = noms
        self._autrui = [n for n in noms if "autre" in n or n.endswith(("_q", "_b"))]
        self._lieux = (AUTRE_SIREN, AUTRE_SIRET, SIREN_Q, SIRET_Q, SIREN, SIRET, SIRET_2, monde.objets["cabinet"])

    def tirer(self) -> Coup:
        """Most often a line that the role may use: the doors are tried by the matrix, what is behind them is tried here."""
        alea, role = self._alea, self._alea.choice((*ROLES, *CLES))
        ligne = alea.choice(LIGNES)
        methode = alea.choice(ligne.methodes)
        for _ in range(40):
            if alea.random() < 0.02 or ligne.attendus(methode)[role] in {"oui", "422"}:
                break
            ligne = alea.choice(LIGNES)
            methode = alea.choice(ligne.methodes)
        corps = self._corps(ligne) if methode == "POST" else {}
        objets = self._objets(ligne)
        return Coup(role, ligne, methode, objets, corps, self._question(), alea.random() < 0.1, alea.random() < 0.15)

    def _objets(self, ligne: Ligne) -> dict[str, str]:
        """Of the ids of the path, none, the last, one, or all are somebody else's."""
        noms = [nom for nom in ligne.args.split() if "=" not in nom]
        connus = {nom: self._monde.objets.get(nom, "") for nom in noms}
        manieres = ((), noms[-1:], self._alea.sample(noms, min(len(noms), 1)), noms)
        echanges = self._alea.choices(manieres, weights=(5, 3, 1, 1))[0]
        return connus | {nom: self._jumeau(nom) for nom in echanges}

    def _jumeau(self, nom: str) -> str:
        """Half of the time, the same thing on the other side; else, anything of the same shape."""
        valeurs = self._monde.objets
        jumeaux = [j for j in (f"autre_{nom}", f"{nom.removesuffix('_p')}_q", f"{nom.removesuffix('_a')}_b") if j in valeurs]
        if jumeaux and self._alea.random() < 0.5:
            return valeurs[self._alea.choice(jumeaux)]
        return self._autre(valeurs.get(nom, ""))

    def _autre(self, valeur: str) -> str:
        """Something of the same shape, four times out of five of another organisation."""
        alea = self._alea
        if UUID.fullmatch(valeur):
            return self._monde.objets[alea.choice(self._autrui if alea.random() < 0.8 else self._uuids)]
        if re.fullmatch(r"\d{9}|\d{14}", valeur):
            return alea.choice([v for v in self._lieux if len(v) == len(valeur)])
        return self._monde.objets["numero_b"] if valeur == self._monde.objets["numero"] else valeur

    def _quelconque(self) -> str:
        tirees = (
            self._monde.objets[self._alea.choice(self._autrui)],
            self._alea.choice(self._lieux),
            self._monde.objets["numero_b"],
        )
        return self._alea.choice((*tirees, "prestataire", "0", ""))

    def _corps(self, ligne: Ligne) -> dict[str, Any]:
        rempli = corps(ligne, self._monde.objets)
        for nom, valeur in rempli.items():
            if self._alea.random() < 0.5:
                rempli[nom] = [self._autre(v) for v in valeur] if isinstance(valeur, list) else self._changer(valeur)
        for nom in self._alea.sample(CACHES, self._alea.randint(0, 4)):
            rempli.setdefault(nom, self._quelconque())
        return rempli

    def _changer(self, valeur: Any) -> Any:
        return self._autre(valeur) if isinstance(valeur, str) else valeur

    def _question(self) -> dict[str, str]:
        noms = self._alea.sample(QUESTIONS, self._alea.choice((0, 0, 1, 2, 3)))
        return {
            nom: self._alea.choice(DEBUTS) if nom == "q" and self._alea.random() < 0.7 else self._quelconque() for nom in noms
        }


def jouer(monde: Monde, coup: Coup) -> HttpResponse:
    """Send it."""
    cache.clear()
    navigateur = monde.client(coup.role)
    chemin = adresse(coup.ligne, {**monde.objets, **coup.objets})
    if coup.question:
        chemin = f"{chemin}?{urlencode(coup.question)}"
    entetes = {"HX-Request": "true"} if coup.fragment else None
    if coup.methode == "GET":
        return navigateur.get(chemin, headers=entetes)  # type: ignore[return-value, arg-type]
    if coup.en_json:
        lisible = {nom: valeur for nom, valeur in coup.corps.items() if isinstance(valeur, str | list)}
        return navigateur.post(chemin, json.dumps(lisible), content_type="application/json")  # type: ignore[return-value]
    return navigateur.post(chemin, coup.corps, headers=entetes)  # type: ignore[return-value, arg-type]


REVELENT = {("opco_rib_reveler", "gestionnaire")}
"""Shown on demand, with a reason and a line in the register: the account of a company of her portefeuille (exigences, P2)."""


def fuites(coup: Coup, reponse: HttpResponse) -> Iterator[str]:
    """Words and numbers of somebody whom the role may not see, anywhere in the answer, headers included."""
    recu = b"\n".join([contenu_de(reponse), repr(list(reponse.items())).encode()])
    for victime in VICTIMES:
        if coup.role not in victime.connue_de and not (coup.role in VEILLENT and coup.ligne.nom in DE_LA_VEILLE):
            yield from (f"« {mot} » est à {victime.nom}" for mot in victime.mots if mot.encode() in recu)
    serre = recu.translate(None, b" \xc2\xa0")
    if (coup.ligne.nom, coup.role) not in REVELENT:
        yield from (f"{n} en clair" for n, admis in NUMEROS.items() if coup.role not in admis and n.encode() in serre)


def lignes_des_victimes() -> dict[str, frozenset[str]]:
    """Digests of the rows that bear a mark of each victim, ids of its organisation, establishments or portefeuille."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [nom for (nom,) in curseur.fetchall() if nom not in PASSAGERES]
        lues = {}
        for victime in VICTIMES:
            motif = "|".join(victime.marques)
            curseur.execute(
                " UNION ALL ".join(f"SELECT '{n}' || md5(t::text) FROM \"{n}\" t WHERE t::text ~ %s" for n in tables),  # noqa: S608
                [motif] * len(tables),
            )
            lues[victime.nom] = frozenset(chain.from_iterable(curseur.fetchall()))
    return lues


def degats(coup: Coup, avant: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Rows of a victim that are not as they were; what others may add about it (a request, a mandate) is no harm."""
    if coup.role in VEILLENT and coup.ligne.nom in DE_LA_VEILLE:
        return
    apres = lignes_des_victimes()
    for victime in VICTIMES:
        touchees = avant[victime.nom] - apres[victime.nom]
        if coup.role not in victime.ecrite_par and touchees:
            yield f"lignes de {victime.nom} changées : {sorted({t[:-32] for t in touchees})}"
