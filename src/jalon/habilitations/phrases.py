"""Sentences that say which right is missing and who can give it: names, never addresses."""

from collections.abc import Sequence

from jalon.socle.acteurs import LIBELLES_DOMAINES, LIBELLES_NIVEAUX, Domaine, Droit, Niveau, Pouvoir

SANS_ADMINISTRATEUR = (
    "Aucun administrateur ne peut vous le donner pour l’instant\u00a0: écrivez à l’OPCO par le formulaire de contact."
)
OPCO_CONSULTE = "Votre rôle à l’OPCO permet de consulter, pas d’agir à la place de l’entreprise."
AUTRE_ORGANISATION = "Cette action revient à l’autre organisation du dossier\u00a0: vous pouvez consulter."
COMPTE_DE_L_OPCO = "Un compte de l’OPCO n’agit pour aucune entreprise ni aucun prestataire\u00a0: les codes ne sont pas pour lui."
_ACTES = {
    Niveau.AUCUN: "d’agir",
    Niveau.LECTURE: "de lecture",
    Niveau.SAISIE: "de saisie",
    Niveau.ENVOI: "d’envoi",
    Niveau.GESTION: "de gestion",
}
_SUR = {
    Domaine.ALTERNANCE: "sur l’alternance",
    Domaine.PLAN: "sur le plan de développement",
    Domaine.FACTURES: "sur les factures",
    Domaine.REGLEMENTS: "sur les règlements",
    Domaine.RIB: "sur les coordonnées bancaires",
    Domaine.SALARIES: "sur les salariés",
    Domaine.EXPORTS: "sur les exports",
    Domaine.ACCES: "sur les accès",
}
_POUVOIRS = {
    Pouvoir.CONSULTER: "consulter ces dossiers",
    Pouvoir.COMMANDER_CODES: "commander des codes d’activation",
    Pouvoir.DEMANDER_CODES: "demander un courrier d’activation",
    Pouvoir.DECIDER_ACCES: "décider d’une demande d’accès",
    Pouvoir.VERIFIER_ORGANISATION: "vérifier une organisation",
    Pouvoir.INSTRUIRE: "instruire ce dossier",
    Pouvoir.DECIDER: "décider de ce dossier",
    Pouvoir.TRAITER_FACTURES: "traiter cette facture",
    Pouvoir.PREPARER_LOTS: "préparer un lot de virements",
    Pouvoir.SIGNER_LOTS: "signer un lot de virements",
    Pouvoir.REPONDRE_TICKETS: "répondre aux demandes de contact",
    Pouvoir.REGLER_BAREMES: "régler les barèmes",
}


def enumerer(noms: Sequence[str]) -> str:
    """« A, B ou C »."""
    return noms[0] if len(noms) == 1 else f"{', '.join(noms[:-1])} ou {noms[-1]}"


def droit_manquant(droit: Droit, administrateurs: Sequence[str]) -> str:
    """« Il vous manque le droit d’envoi sur les factures. Demandez-le à Camille Ferrand. »."""
    return f"Il vous manque le droit {_ACTES[droit.niveau]} {_SUR[droit.domaine]}. {_a_qui(administrateurs)}"


def aucun_droit(administrateurs: Sequence[str]) -> str:
    """« Il vous faut un droit en cours sur cette organisation. Demandez-le à Camille Ferrand. »."""
    return f"Il vous faut un droit en cours sur cette organisation. {_a_qui(administrateurs)}"


def demande_aux_administrateurs(administrateurs: Sequence[str]) -> str:
    """Who decides of a request, told to the OPCO or to an administrator in his first 72 hours."""
    return f"Cette demande revient à {enumerer(administrateurs)}\u00a0: ces personnes administrent déjà l’organisation."


def _a_qui(administrateurs: Sequence[str]) -> str:
    return f"Demandez-le à {enumerer(administrateurs)}." if administrateurs else SANS_ADMINISTRATEUR


def pouvoir_manquant(pouvoir: Pouvoir) -> str:
    """Refusal made to somebody of the OPCO."""
    return (
        f"Votre rôle ne permet pas de {_POUVOIRS[pouvoir]} dans ce portefeuille. L’administrateur de l’OPCO attribue les rôles."
    )


def ferme_en_probation(domaine: Domaine, quand: str) -> str:
    """What a new administrator reads during the first 72 hours."""
    return (
        f"{LIBELLES_DOMAINES[domaine]}\u00a0: l’accès s’ouvre le {quand}, 72\u00a0heures après votre nomination. "
        "Ce délai laisse à votre organisation le temps de signaler une erreur."
    )


def libelle_droit(droit: Droit) -> str:
    """« Saisie · Factures »."""
    return f"{LIBELLES_NIVEAUX[droit.niveau]} · {LIBELLES_DOMAINES[droit.domaine]}"
