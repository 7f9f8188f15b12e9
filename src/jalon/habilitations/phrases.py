"""Sentences that say which right is missing and who can give it: names, never addresses."""

from collections.abc import Collection, Mapping, Sequence

from jalon.dispositifs.registre import nom_de
from jalon.habilitations.enums import Etendue
from jalon.habilitations.regles import Case, DemandeDroit, etendue_du_lieu
from jalon.socle.acteurs import (
    LIBELLES_DOMAINES,
    LIBELLES_NIVEAUX,
    Domaine,
    Droit,
    Niveau,
    Pouvoir,
)
from jalon.socle.identifiants import grouper

SANS_ADMINISTRATEUR = (
    "Aucun administrateur ne peut vous le donner pour l’instant\u00a0: écrivez à l’OPCO par le formulaire de contact."
)
OPCO_CONSULTE = "Votre rôle à l’OPCO permet de consulter, pas d’agir à la place de l’entreprise."
AUTRE_ORGANISATION = "Cette action revient à l’autre organisation du dossier\u00a0: vous pouvez consulter."
COMPTE_DE_L_OPCO = "Un compte de l’OPCO n’agit pour aucune entreprise ni aucun prestataire\u00a0: les codes ne sont pas pour lui."
CLES_EN_PROBATION = "Les clés de l’API s’ouvrent à vous 72\u00a0heures après votre nomination."
CODE_EN_MAIN = (
    "Vous avez commandé la lettre de ce code, ou donné l’adresse où elle est partie\u00a0: une autre personne de l’OPCO doit "
    "accorder l’administration."
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
_VERBES = {
    Niveau.AUCUN: "Ne rien voir sur",
    Niveau.LECTURE: "Consulter",
    Niveau.SAISIE: "Préparer, sans envoyer,",
    Niveau.ENVOI: "Préparer et envoyer",
    Niveau.GESTION: "Gérer",
}
_OBJETS = {
    Domaine.ALTERNANCE: "les dossiers d’alternance",
    Domaine.PLAN: "les dossiers du plan de développement",
    Domaine.FACTURES: "les factures",
    Domaine.REGLEMENTS: "les règlements",
    Domaine.RIB: "les coordonnées bancaires",
    Domaine.SALARIES: "les salariés",
    Domaine.EXPORTS: "les exports",
    Domaine.ACCES: "les accès des autres personnes",
}
_POUVOIRS = {
    Pouvoir.CONSULTER: "consulter ces dossiers",
    Pouvoir.COMMANDER_CODES: "commander des codes d’activation",
    Pouvoir.DEMANDER_CODES: "demander un courrier d’activation",
    Pouvoir.DECIDER_ACCES: "décider d’une demande d’accès",
    Pouvoir.CONFIRMER_NOMINATION: "confirmer ou refuser un nouvel administrateur",
    Pouvoir.DECIDER_A_DEUX: "proposer ou confirmer une décision à deux",
    Pouvoir.VERIFIER_ORGANISATION: "vérifier une organisation",
    Pouvoir.INSTRUIRE: "instruire ce dossier",
    Pouvoir.DECIDER: "décider de ce dossier",
    Pouvoir.TRAITER_FACTURES: "traiter cette facture",
    Pouvoir.PREPARER_LOTS: "préparer un lot de virements",
    Pouvoir.SIGNER_LOTS: "signer un lot de virements",
    Pouvoir.REPONDRE_TICKETS: "répondre aux demandes de contact",
    Pouvoir.REGLER_BAREMES: "régler les barèmes",
    Pouvoir.COUPER_ACCES: "couper ou rétablir un accès",
    Pouvoir.VEILLER: "traiter les alertes",
}


def enumerer(noms: Sequence[str]) -> str:
    """« A, B ou C »."""
    return noms[0] if len(noms) == 1 else f"{', '.join(noms[:-1])} ou {noms[-1]}"


def enumerer_noms(noms: Sequence[str], cites: int) -> str:
    """« A, B et C », « A, B, C et 4 autres personnes »."""
    reste = len(noms) - cites
    if reste > 0:
        return f"{', '.join(noms[:cites])} et {reste} autre{'s' if reste > 1 else ''} personne{'s' if reste > 1 else ''}"
    return noms[0] if len(noms) == 1 else f"{', '.join(noms[:-1])} et {noms[-1]}"


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
        f"{LIBELLES_DOMAINES[domaine]}\u00a0: l’accès s’ouvre le {quand}, 72\u00a0heures après votre nomination ou le remplacement de votre second facteur. "
        "Ce délai laisse à votre organisation le temps de signaler une erreur."
    )


def libelle_droit(droit: Droit) -> str:
    """« Saisie · Factures », « Envoi · Action de formation seulement »."""
    return f"{LIBELLES_NIVEAUX[droit.niveau]} · {libelle_objet(droit.domaine, droit.dispositif)}"


def libelle_objet(domaine: Domaine, dispositif: str) -> str:
    """« Plan de développement », « Action de formation seulement »."""
    return f"{nom_de(dispositif)} seulement" if dispositif else LIBELLES_DOMAINES[domaine]


def nom_du_lieu(lieu: str, groupes: Mapping[str, str]) -> str:
    """« SIRET 123 456 782 00010 », « groupe « Région Sud » », « toute l’organisation »."""
    if lieu in groupes:
        return f"groupe «\u00a0{groupes[lieu]}\u00a0»"
    if etendue_du_lieu(lieu) == Etendue.GROUPE:
        return "groupe supprimé"
    return f"SIRET {grouper(lieu)}" if lieu else "toute l’organisation"


def phrase_du_changement(case: Case, avant: Niveau, apres: Niveau, groupes: Mapping[str, str]) -> str:
    """« Factures, toute l’organisation : Lecture, puis Saisie »; `groupes`: their names by id."""
    ou = nom_du_lieu(case.lieu, groupes)
    return (
        f"{libelle_objet(case.domaine, case.dispositif)}, {ou}\u00a0: {LIBELLES_NIVEAUX[avant]}, puis {LIBELLES_NIVEAUX[apres]}"
    )


def phrases_des_membres(sirets: Sequence[str], nombre: int, *, etendu: bool) -> list[str]:
    """« Ajouté : SIRET 123 456 782 00010 », then how many others."""
    acte, autres = "Ajouté" if etendu else "Retiré", nombre - len(sirets)
    suite = [f"{acte}\u00a0: {autres} autre{'s' if autres > 1 else ''}"] if autres else []
    return [*(f"{acte}\u00a0: SIRET {grouper(siret)}" for siret in sirets), *suite]


def acte_permis(droit: Droit) -> str:
    """« Préparer et envoyer les dossiers d’alternance », « Consulter les dossiers d’un seul dispositif : Action de formation »."""
    seul = f"les dossiers d’un seul dispositif\u00a0: {nom_de(droit.dispositif)}"
    return f"{_VERBES[droit.niveau]} {seul if droit.dispositif else _OBJETS[droit.domaine]}"


def _compter(lieux: Collection[str]) -> str:
    """« 2 établissements et 1 groupe »."""
    groupes = sum(etendue_du_lieu(lieu) == Etendue.GROUPE for lieu in lieux)
    comptes = ((len(lieux) - groupes, "établissement"), (groupes, "groupe"))
    return " et ".join(f"{nombre} {mot}{'s' if nombre > 1 else ''}" for nombre, mot in comptes if nombre)


def resume_des_droits(droits: Sequence[DemandeDroit]) -> str:
    """« Envoi : Plan de développement ; Lecture : Factures (toute l’organisation) »."""
    if not droits:
        return "Aucun droit en cours"
    par_niveau: dict[Niveau, list[str]] = {}
    for droit in droits:
        objets = par_niveau.setdefault(droit.niveau, [])
        objet = libelle_objet(droit.domaine, droit.dispositif)
        if objet not in objets:
            objets.append(objet)
    parties = [
        f"{LIBELLES_NIVEAUX[niveau]}\u00a0: {', '.join(objets)}" for niveau, objets in sorted(par_niveau.items(), reverse=True)
    ]
    lieux = {d.lieu for d in droits}
    lieu = "toute l’organisation" if "" in lieux else _compter(lieux)
    niveaux = "\u00a0; ".join(parties)
    return f"{niveaux} ({lieu})"
