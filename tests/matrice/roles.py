"""The roles of the matrix, and how a line of expectations is read. Nothing here is imported from the product."""

from collections.abc import Mapping
from dataclasses import dataclass, field

DEHORS = ("anonyme", "sans_second_facteur", "sans_droit")
RATTACHES = (
    "a_admin", "a_lecteur", "a_saisie", "a_envoi", "a_dispositif", "a_siret", "a_autre_siret", "a_mixte", "a_probation", "double_admin",
    "c_collab", "p_convention", "a_expire", "a_revoque",
)  # fmt: skip
"""People of company A. `a_mixte`: reads the first establishment, sends for the second. `a_autre_siret`: the second alone, by a group. `a_dispositif`: as
`a_envoi`, for one dispositif of the plan alone. `double_admin`: administers B too.
`c_collab`: collaborator of a cabinet, by a mandate of A, with the rights of `a_envoi`. `p_convention`: of the provider of A, under a
convention: the requests of apprenticeship of A that name that provider, and nothing else of A nor of the provider."""
ETRANGERS = ("a_retire", "b_admin", "q_admin", "c_admin", "c_fini")
CABINET = ("c_admin", "c_collab", "c_fini")
"""`c_admin` administers the cabinet and has no client of his own; the mandate of `c_fini` ended yesterday."""
PRESTATAIRES = ("p_admin", "p_lecteur", "p_envoi", "p_expire")
OPCO = ("aef", "conseiller", "gestionnaire", "comptable", "responsable", "admin_opco", "opco_mixte", "opco_ailleurs")
"""`opco_mixte`: comptable here, every other role in another portefeuille. `opco_ailleurs`: every role, there."""
ROLES = (*DEHORS, *RATTACHES, *ETRANGERS, *PRESTATAIRES, *OPCO, "opco_fini")
CLES = ("cle_a", "cle_b", "cle_p", "cle_revoquee", "cle_expiree")

GROUPES: Mapping[str, tuple[str, ...]] = {
    "TOUS": (*ROLES, *CLES),
    "CONNECTES": ROLES[1:],
    "PERSONNES": ROLES[2:],
    "AGENTS": (*OPCO, "opco_fini"),
    "VIVANTS": RATTACHES[:-2],
    "LISENT": (
        "a_admin",
        "a_lecteur",
        "a_saisie",
        "a_envoi",
        "a_dispositif",
        "a_siret",
        "a_mixte",
        "a_probation",
        "double_admin",
        "c_collab",
    ),
    "SAISISSENT": ("a_admin", "a_saisie", "a_envoi", "a_dispositif", "a_siret", "a_probation", "double_admin", "c_collab"),
    "ENVOIENT": ("a_admin", "a_envoi", "a_dispositif", "a_siret", "a_probation", "double_admin", "c_collab"),
    "FACTURENT": ("a_admin", "a_envoi", "a_dispositif", "a_probation", "double_admin", "c_collab"),
    "GERENT": ("a_admin", "a_probation", "double_admin"),
    "ADMINS": ("a_admin", "double_admin"),
    "IGNORENT": ("a_envoi", "a_dispositif", "a_siret", "a_autre_siret", "a_mixte", "c_collab", "p_convention"),
    "P_VIVANTS": PRESTATAIRES[:-1],
    "OPCO": OPCO,
    "ICI": OPCO[:-1],
}
"""LISENT, SAISISSENT, ENVOIENT: a request of the first establishment of company A. GERENT: accès = Gestion. ADMINS: out of
probation. IGNORENT: nothing in « accès »."""


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
    chez_soi = {"espace": RATTACHES, "prestataire": (*PRESTATAIRES, "p_convention"), "cabinet": CABINET, "opco": OPCO}[sorte]
    return "403" if role in chez_soi else "404"


@dataclass(frozen=True, slots=True)
class Ligne:
    """One address and what each role is answered; `get` or `post` absent: 405 for everybody.

    `args` name objects of the world (« code=action » is said as it is). `corps` is a well-filled form, where « @nom » stands
    for an object of the world.
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
        return f"{self.nom}[{self.args or self.sorte}]"

    @property
    def methodes(self) -> tuple[str, ...]:
        """Those that the address knows."""
        return tuple(m for m, texte in (("GET", self.get), ("POST", self.post)) if texte is not None)

    def attendus(self, methode: str) -> dict[str, str]:
        """Answer declared for each role."""
        texte = self.get if methode == "GET" else self.post
        if texte is None:
            return dict.fromkeys((*ROLES, *CLES), "405")
        dits = lire(texte)
        return {role: dits.get(role) or par_defaut(self.sorte, role) for role in (*ROLES, *CLES)}
