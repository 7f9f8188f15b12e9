"""Sentences that say which right is missing and who can give it: names, never addresses."""

from collections.abc import Sequence

from jalon.socle.acteurs import LIBELLES_DOMAINES, LIBELLES_NIVEAUX, Domaine, Droit, Niveau, Pouvoir

SANS_ADMINISTRATEUR = (
    "Aucun administrateur ne peut vous le donner pour l’instant\u00a0: écrivez à l’OPCO par le formulaire de contact."
)
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
    manque = f"Il vous manque le droit {_ACTES[droit.niveau]} {_SUR[droit.domaine]}."
    return f"{manque} Demandez-le à {enumerer(administrateurs)}." if administrateurs else f"{manque} {SANS_ADMINISTRATEUR}"


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
