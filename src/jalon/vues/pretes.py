"""Ready-made quick accesses: a list and its address, computed from the day, for each kind of home."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from jalon.vues.enums import Public

PREFIXE = "prete:"


@dataclass(frozen=True, slots=True, kw_only=True)
class VuePrete:
    """`parametres`: filters of the list that day. `urgente`: its figure is drawn as an alert, since it waits for the reader."""

    code: str
    liste: str
    nom: str
    icone: str
    publics: tuple[Public, ...]
    parametres: Callable[[date], str]
    urgente: bool = False

    @property
    def cle(self) -> str:
        """Its key among the cards."""
        return PREFIXE + self.code


def _fixes(**parametres: str) -> Callable[[date], str]:
    return lambda jour: urlencode(parametres)  # noqa: ARG005


def pretes(publics: frozenset[Public]) -> list[VuePrete]:
    """Those of these kinds of home, in their order, each once."""
    return [v for v in PRETES if publics & set(v.publics)]


def _cette_annee(dispositif: str) -> Callable[[date], str]:
    return lambda jour: urlencode({"dispositif": dispositif, "depot_du": f"{jour.year}-01-01"})


TOUS = tuple(Public)
DES_ESPACES = (Public.ENTREPRISE, Public.PRESTATAIRE)
PRETES: tuple[VuePrete, ...] = (
    VuePrete(
        code="pieces-demandees",
        liste="dossiers",
        nom="Pièces demandées",
        icone="triangle-alert",
        publics=(Public.ENTREPRISE, Public.CABINET),
        parametres=_fixes(etat="a_completer"),
        urgente=True,
    ),
    VuePrete(
        code="a-prendre",
        liste="dossiers",
        nom="Dossiers à prendre",
        icone="folder-open",
        publics=(Public.OPCO,),
        parametres=_fixes(etat="transmis"),
        urgente=True,
    ),
    VuePrete(
        code="complements-attendus",
        liste="dossiers",
        nom="Compléments attendus",
        icone="hourglass",
        publics=(Public.OPCO,),
        parametres=_fixes(etat="a_completer"),
    ),
    VuePrete(
        code="factures-rejetees",
        liste="factures",
        nom="Factures rejetées",
        icone="x",
        publics=DES_ESPACES,
        parametres=_fixes(etat="rejetee"),
        urgente=True,
    ),
    VuePrete(
        code="brouillons",
        liste="brouillons",
        nom="Brouillons",
        icone="file-pen",
        publics=(Public.ENTREPRISE,),
        parametres=_fixes(),
    ),
    VuePrete(
        code="en-instruction",
        liste="dossiers",
        nom="En attente de décision",
        icone="hourglass",
        publics=(Public.ENTREPRISE, Public.CABINET),
        parametres=_fixes(etat="transmis,en_instruction"),
    ),
    VuePrete(
        code="en-cours",
        liste="dossiers",
        nom="Formations en cours",
        icone="calendar",
        publics=(Public.ENTREPRISE, Public.PRESTATAIRE, Public.CABINET),
        parametres=_fixes(etat="en_execution"),
    ),
    VuePrete(
        code="apprentissage-annee",
        liste="dossiers",
        nom="Contrats d’apprentissage déposés cette année",
        icone="folder-open",
        publics=(Public.ENTREPRISE, Public.CABINET, Public.OPCO),
        parametres=_cette_annee("apprentissage"),
    ),
    VuePrete(
        code="factures-a-traiter",
        liste="factures",
        nom="Factures à traiter",
        icone="receipt-text",
        publics=TOUS,
        parametres=_fixes(etat="transmise"),
    ),
)
