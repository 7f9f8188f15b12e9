"""One table of the states people see: words, tone and icon, for every kind of object."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Etiquette:
    """How a state is shown. `ton` is one of neutre, info, ok, warn, bad, violet."""

    libelle: str
    ton: str
    icone: str


ETIQUETTES: dict[str, dict[str, Etiquette]] = {
    "dossier": {
        "brouillon": Etiquette("Brouillon", "neutre", icone="circle-dashed"),
        "transmis": Etiquette("Transmis", "info", icone="send"),
        "en_instruction": Etiquette("En instruction", "violet", icone="hourglass"),
        "a_completer": Etiquette("À compléter", "warn", icone="triangle-alert"),
        "accorde": Etiquette("Accordé", "ok", icone="check"),
        "en_execution": Etiquette("En exécution", "ok", icone="play"),
        "refuse": Etiquette("Refusé", "bad", icone="x"),
        "solde": Etiquette("Soldé", "neutre", icone="archive"),
        "annule": Etiquette("Annulé", "neutre", icone="ban"),
        "rompu": Etiquette("Rompu", "warn", icone="split"),
        "refus_implicite": Etiquette("Refus implicite", "bad", icone="clock"),
        "acceptation_implicite": Etiquette("Acceptation implicite", "ok", icone="clock"),
    },
    "piece": {
        "attendue": Etiquette("À joindre", "warn", icone="circle-dashed"),
        "deposee": Etiquette("Déposée", "info", icone="upload"),
        "conforme": Etiquette("Conforme", "ok", icone="check"),
        "a_remplacer": Etiquette("À remplacer", "bad", icone="x"),
        "remplacee": Etiquette("Remplacée", "neutre", icone="archive"),
    },
    "document": {
        "en_attente": Etiquette("En analyse", "neutre", icone="hourglass"),
        "controlee": Etiquette("Contrôlée", "ok", icone="check"),
        "saine": Etiquette("Vérifiée", "ok", icone="shield-check"),
        "refusee": Etiquette("Refusée", "bad", icone="x"),
    },
    "facture": {
        "transmise": Etiquette("Transmise", "info", icone="send"),
        "acceptee": Etiquette("Acceptée", "ok", icone="check"),
        "rejetee": Etiquette("Rejetée", "bad", icone="x"),
        "en_paiement": Etiquette("En paiement", "violet", icone="hourglass"),
        "reglee": Etiquette("Réglée", "ok", icone="banknote"),
    },
    "echeance": {
        "a_venir": Etiquette("À venir", "neutre", icone="clock"),
        "ouverte": Etiquette("Ouverte", "info", icone="circle-dashed"),
        "facturee": Etiquette("Facturée", "violet", icone="send"),
        "reglee": Etiquette("Réglée", "ok", icone="banknote"),
        "perdue": Etiquette("Perdue", "bad", icone="ban"),
        "sans_versement": Etiquette("Rien à verser", "neutre", icone="check"),
    },
    "lot": {
        "prepare": Etiquette("Préparé", "info", icone="file-pen"),
        "signe": Etiquette("Signé", "violet", icone="shield-check"),
        "execute": Etiquette("Exécuté", "ok", icone="check"),
        "abandonne": Etiquette("Abandonné", "neutre", icone="ban"),
    },
    "trop_percu": {
        "a_reclamer": Etiquette("À réclamer", "warn", icone="triangle-alert"),
        "reclame": Etiquette("Réclamé", "info", icone="send"),
        "recouvre": Etiquette("Recouvré", "ok", icone="check"),
        "abandonne": Etiquette("Abandonné", "neutre", icone="ban"),
        "sans_objet": Etiquette("Sans objet", "neutre", icone="circle-dashed"),
    },
    "export": {
        "demande": Etiquette("En attente", "neutre", icone="clock"),
        "en_cours": Etiquette("En préparation", "violet", icone="hourglass"),
        "pret": Etiquette("Prêt", "ok", icone="check"),
        "echoue": Etiquette("Interrompu", "bad", icone="x"),
        "annule": Etiquette("Annulé", "neutre", icone="ban"),
        "expire": Etiquette("Effacé", "neutre", icone="archive"),
    },
    "rib": {
        "en_attente": Etiquette("En attente", "warn", icone="clock"),
        "active": Etiquette("Active", "ok", icone="check"),
        "gelee": Etiquette("Gelée", "bad", icone="lock"),
        "archivee": Etiquette("Archivée", "neutre", icone="archive"),
    },
    "decision": {
        "proposee": Etiquette("À confirmer", "warn", icone="hourglass"),
        "confirmee": Etiquette("Confirmée", "ok", icone="check"),
        "ecartee": Etiquette("Écartée", "neutre", icone="ban"),
        "expiree": Etiquette("Expirée", "neutre", icone="clock"),
    },
    "preparation": {
        "en_attente": Etiquette("À signer", "warn", icone="hourglass"),
        "signee": Etiquette("En cours d’application", "violet", icone="shield-check"),
        "appliquee": Etiquette("Appliquée", "ok", icone="check"),
        "ecartee": Etiquette("Écartée", "neutre", icone="ban"),
        "expiree": Etiquette("Expirée", "neutre", icone="clock"),
        "refusee": Etiquette("Refusée", "bad", icone="x"),
    },
    "cle": {
        "active": Etiquette("Active", "ok", icone="check"),
        "a_remplacer": Etiquette("À remplacer", "warn", icone="clock"),
        "expiree": Etiquette("Expirée", "neutre", icone="archive"),
        "revoquee": Etiquette("Révoquée", "neutre", icone="ban"),
        "coupee": Etiquette("Coupée par l’OPCO", "bad", icone="lock"),
    },
    "demande": {
        "en_attente": Etiquette("En attente", "warn", icone="clock"),
        "accordee": Etiquette("Accordée", "ok", icone="check"),
        "refusee": Etiquette("Refusée", "bad", icone="x"),
        "expiree": Etiquette("Expirée", "neutre", icone="clock"),
        "retiree": Etiquette("Retirée", "neutre", icone="ban"),
    },
    "code": {
        "demandee": Etiquette("Demandée", "info", icone="hourglass"),
        "ecartee": Etiquette("Écartée", "bad", icone="x"),
        "commandee": Etiquette("Commandée", "info", icone="file-pen"),
        "imprimee": Etiquette("Imprimée", "violet", icone="check"),
        "postee": Etiquette("Postée", "violet", icone="send"),
        "revenue": Etiquette("Revenue au courrier", "bad", icone="triangle-alert"),
        "utilise": Etiquette("Utilisé", "ok", icone="check"),
        "expire": Etiquette("Expiré", "neutre", icone="clock"),
        "remplace": Etiquette("Remplacé", "neutre", icone="archive"),
        "abandonne": Etiquette("Abandonné", "neutre", icone="ban"),
        "termine": Etiquette("Arrêté", "neutre", icone="ban"),
    },
    "rattachement": {
        "invite": Etiquette("Invitation envoyée", "info", icone="mail"),
        "actif": Etiquette("Actif", "ok", icone="check"),
        "retire": Etiquette("Retiré", "neutre", icone="ban"),
    },
    "organisation": {
        "registre": Etiquette("Au registre", "neutre", icone="building-2"),
        "a_verifier": Etiquette("À vérifier", "warn", icone="triangle-alert"),
        "verifiee": Etiquette("Vérifiée", "ok", icone="check"),
    },
    "ticket": {
        "ouvert": Etiquette("Ouvert", "info", icone="message-square"),
        "repondu": Etiquette("Répondu", "ok", icone="check"),
        "clos": Etiquette("Clos", "neutre", icone="archive"),
    },
    "commande": {
        "en_preparation": Etiquette("En préparation", "info", icone="hourglass"),
        "prete": Etiquette("Prête à imprimer", "warn", icone="clock"),
        "sans_lettre": Etiquette("Sans lettre", "neutre", icone="archive"),
        "imprimee": Etiquette("Imprimée", "ok", icone="check"),
        "effacee": Etiquette("Fichier effacé", "neutre", icone="archive"),
    },
}


def etiquette(etat: str, objet: str = "dossier") -> Etiquette:
    """Words, tone and icon of a state (an enum value, whatever its case). Raises KeyError for an unknown one."""
    return ETIQUETTES[objet][str(etat).lower()]
