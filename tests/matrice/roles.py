"""The roles of the matrix, and how a line of expectations is read. Nothing here is imported from the product."""

from collections.abc import Mapping
from dataclasses import dataclass, field

DEHORS = ("anonyme", "sans_second_facteur", "sans_droit")
RATTACHES = (
    "a_admin", "a_lecteur", "a_saisie", "a_envoi", "a_siret", "a_autre_siret", "a_probation", "a_expire", "a_revoque",
)  # fmt: skip
ETRANGERS = ("a_retire", "b_admin", "q_admin")
PRESTATAIRES = ("p_admin", "p_lecteur")
OPCO = ("aef", "conseiller", "gestionnaire", "comptable", "responsable", "admin_opco", "opco_ailleurs")
ROLES = (*DEHORS, *RATTACHES, *ETRANGERS, *PRESTATAIRES, *OPCO, "opco_fini")
CLES = ("cle_a", "cle_b", "cle_p", "cle_revoquee")

GROUPES: Mapping[str, tuple[str, ...]] = {
    "TOUS": (*ROLES, *CLES),
    "CONNECTES": ROLES[1:],
    "PERSONNES": ROLES[2:],
    "RATTACHES": RATTACHES,
    "LISENT": ("a_admin", "a_lecteur", "a_saisie", "a_envoi", "a_siret", "a_probation"),
    "SAISISSENT": ("a_admin", "a_saisie", "a_envoi", "a_siret", "a_probation"),
    "ENVOIENT": ("a_admin", "a_envoi", "a_siret", "a_probation"),
    "FACTURES": ("a_admin", "a_lecteur", "a_saisie", "a_envoi", "a_siret", "a_autre_siret", "a_probation"),
    "FACTURENT": ("a_admin", "a_envoi", "a_probation"),
    "AVEUGLES": ("a_autre_siret", "a_expire", "a_revoque"),
    "FERMES": ("a_expire", "a_revoque"),
    "PRESTATAIRES": PRESTATAIRES,
    "OPCO": OPCO,
    "ICI": OPCO[:-1],
}
"""LISENT, SAISISSENT, ENVOIENT: a request of the first establishment of company A. AVEUGLES: attached, but no right there."""


def developper(noms: str) -> set[str]:
    """Roles named, groups opened."""
    return {role for nom in noms.split() for role in GROUPES.get(nom, (nom,))}


def lire(texte: str) -> dict[str, str]:
    """« oui: a b; 404: c » -> role by role; what is not said keeps the answer of its kind."""
    attendus: dict[str, str] = {}
    for morceau in filter(None, (m.strip() for m in texte.split(";"))):
        reponse, _, noms = morceau.partition(":")
        attendus |= dict.fromkeys(developper(noms), reponse.strip())
    return attendus


def par_defaut(sorte: str, role: str) -> str:
    """What a kind of page answers to a role of which the line says nothing: a refusal."""
    if sorte == "api":
        return "401"
    if role in {"anonyme", *CLES}:
        return "connexion"
    if sorte == "connecte":
        return "oui"
    if role == "sans_second_facteur":
        return "second"
    if sorte == "personne":
        return "oui"
    chez_soi = {"espace": RATTACHES, "prestataire": PRESTATAIRES, "opco": OPCO}[sorte]
    return "403" if role in chez_soi else "404"


@dataclass(frozen=True)
class Ligne:
    """One address and what each role is answered; `get` or `post` absent: 405 for everybody.

    `args` name objects of the world (« code=action » is said as it is). `corps` is a well-filled form.
    """

    nom: str
    sorte: str
    args: str = ""
    get: str | None = None
    post: str | None = None
    corps: Mapping[str, object] = field(default_factory=dict)

    @property
    def identifiant(self) -> str:
        """For reports."""
        return f"{self.nom}[{self.sorte}]"

    def attendu(self, methode: str, role: str) -> str:
        """Answer declared for that role and method."""
        texte = self.get if methode == "GET" else self.post
        if texte is None:
            return "405"
        return lire(texte).get(role) or par_defaut(self.sorte, role)
