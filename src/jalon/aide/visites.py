"""The tour of each home page: a few steps, each about an element that is there whatever the rights of who reads. No database."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Etape:
    """A title, a sentence, and the identifier of the element that it shows."""

    titre: str
    texte: str
    ancre: str


@dataclass(frozen=True, slots=True)
class Visite:
    """`resume` says to whom it is offered and why."""

    code: str
    titre: str
    resume: str
    etapes: tuple[Etape, ...]


LIEU = Etape("Où vous agissez", "L’organisation ouverte et votre rôle. Si vous en avez plusieurs, changez-en ici.", "lieu")
NAVIGATION = Etape(
    "Vos rubriques", "Seules celles que vos droits ouvrent sont montrées. Le menu les réunit sur un téléphone.", "navigation"
)
RECHERCHE = Etape(
    "Tout retrouver", "Un numéro, un nom, une facture\u00a0: cherchez d’ici, ou de partout avec Ctrl K.", "recherche-generale"
)
ACCES = Etape("Vos accès rapides", "Une liste filtrée que vous ouvrez souvent se garde ici, avec son compte.", "h-qa")
AIDE = Etape("Besoin d’aide", "Le téléphone et le formulaire. Les guides et le glossaire sont dans Aide et contact.", "h-aide")

_TOUTES = (
    Visite(
        "entreprise", "L’accueil d’une entreprise", "Six repères pour déposer et suivre vos demandes.",
        (
            LIEU, NAVIGATION,
            Etape("Ce qui vous attend", "Chaque tâche dit quoi faire, pour qui et avant quand. Son bouton y mène.", "todo"),
            ACCES, RECHERCHE, AIDE,
        ),
    ),
    Visite(
        "prestataire", "L’accueil d’un prestataire ou d’un CFA", "Six repères pour suivre vos dossiers et facturer.",
        (
            LIEU, NAVIGATION,
            Etape("Ce qui vous attend", "Une échéance ouverte, un certificat à envoyer, une facture à reprendre\u00a0: tout est ici.", "todo"),
            ACCES, RECHERCHE, AIDE,
        ),
    ),
    Visite(
        "cabinet", "L’accueil d’un cabinet", "Cinq repères pour suivre vos clients.",
        (
            LIEU,
            Etape("Vos clients", "Ceux qui vous sont confiés, et ce qui attend chez chacun. Un clic ouvre son espace.", "h-clients"),
            ACCES, NAVIGATION, RECHERCHE,
        ),
    ),
    Visite(
        "opco", "L’accueil de l’OPCO", "Cinq repères pour instruire, payer et régler.",
        (
            LIEU, NAVIGATION,
            Etape("Ce qui attend votre rôle", "Les tâches de vos portefeuilles, la première échéance d’abord.", "h-todo"),
            ACCES, RECHERCHE,
        ),
    ),
)  # fmt: skip
VISITES: Mapping[str, Visite] = {visite.code: visite for visite in _TOUTES}
