"""What every page of the OPCO shares: its navigation, limited to the powers of the person."""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from jalon.aide.enums import PublicEtat
from jalon.comptes.models import Personne
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.enums import LIBELLES_ROLES
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.socle.acteurs import Pouvoir
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import maintenant
from jalon.web.composants import liens
from jalon.web.composants.coquille import Coquille, Groupe, Lien, PerimetreAffiche, compte_de

RUBRIQUES: tuple[tuple[str, tuple[tuple[str, str, str, Pouvoir], ...]], ...] = (
    (
        "Dossiers",
        (
            ("File d’attente", "opco_file", "list-checks", Pouvoir.INSTRUIRE),
            ("Tous les dossiers", "opco_dossiers", "folder-open", Pouvoir.CONSULTER),
            ("Niveaux publiés", "opco_regularisations", "banknote", Pouvoir.DECIDER),
            ("Organisations à vérifier", "opco_organisations", "building-2", Pouvoir.VERIFIER_ORGANISATION),
            ("Exports", "opco_exports", "file-spreadsheet", Pouvoir.CONSULTER),
            ("Accès exceptionnel", "opco_acces_exceptionnel", "key-round", Pouvoir.CONSULTER),
        ),
    ),
    (
        "Accès",
        (
            ("Codes d’activation", "opco_codes", "mail", Pouvoir.COMMANDER_CODES),
            ("Demandes d’accès", "opco_acces", "user-plus", Pouvoir.DECIDER_ACCES),
            ("Nouveaux administrateurs", "opco_nominations", "user-check", Pouvoir.CONFIRMER_NOMINATION),
            ("Conventions déclarées", "opco_conventions", "briefcase", Pouvoir.DEMANDER_CODES),
            ("Décisions à deux", "opco_decisions", "users", Pouvoir.DECIDER_A_DEUX),
            ("Droits préparés", "opco_preparations", "file-pen", Pouvoir.DECIDER_A_DEUX),
            ("Seconds facteurs perdus", "opco_pertes", "shield-check", Pouvoir.DECIDER_ACCES),
            ("Messages reçus", "opco_tickets", "message-square", Pouvoir.REPONDRE_TICKETS),
            ("Webinaires", "opco_webinaires", "calendar", Pouvoir.REPONDRE_TICKETS),
            ("Accès coupés", "opco_coupures", "ban", Pouvoir.COUPER_ACCES),
            ("Veille", "opco_veille", "shield-check", Pouvoir.VEILLER),
        ),
    ),
    (
        "Finances",
        (
            ("Factures", "opco_factures", "receipt-text", Pouvoir.TRAITER_FACTURES),
            ("Trop-perçus", "opco_trop_percus", "rotate-ccw", Pouvoir.TRAITER_FACTURES),
            ("Comptes à vérifier", "opco_ribs", "landmark", Pouvoir.TRAITER_FACTURES),
            ("Virements à préparer", "opco_lots", "banknote", Pouvoir.PREPARER_LOTS),
            ("Virements à signer", "opco_lots_a_signer", "file-pen", Pouvoir.SIGNER_LOTS),
        ),
    ),
    (
        "Réglages",
        (
            ("Barèmes", "opco_baremes", "sliders-horizontal", Pouvoir.REGLER_BAREMES),
            ("Délais et décisions", "opco_reglages", "clock", Pouvoir.REGLER_BAREMES),
            ("État du service", "opco_etats", "triangle-alert", Pouvoir.REGLER_BAREMES),
            ("Modèles de réponse", "opco_modeles", "message-square", Pouvoir.INSTRUIRE),
        ),
    ),
)


def acteur_opco(request: HttpRequest) -> ActeurPersonne:
    """The person of the OPCO (the gate was passed already); the shell is built only if a template draws it."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    request.coquille = lambda: coquille_de_l_opco(acteur)  # type: ignore[attr-defined]
    return acteur


def exiger_portefeuille(acteur: ActeurPersonne, portefeuille_id: UUID | None, pouvoir: Pouvoir) -> None:
    """Raise Introuvable outside the portefeuilles of the person, DroitManquant where another role than hers has that power."""
    if portefeuille_id not in acteur.portefeuilles(Pouvoir.CONSULTER):
        raise Introuvable
    acteur.exiger_pouvoir(pouvoir, portefeuille_id)


def conseillers_de(acteur: ActeurPersonne) -> list[Personne]:
    """Those who examine in the portefeuilles of the person, by name."""
    ici = maintenant()
    portefeuilles = acteur.portefeuilles(Pouvoir.INSTRUIRE)
    gens = {p.pk: p for portefeuille in portefeuilles for p in personnes_du_pouvoir(Pouvoir.INSTRUIRE, portefeuille, ici)}
    return sorted(gens.values(), key=lambda p: p.nom_complet)


def coquille_de_l_opco(acteur: ActeurPersonne) -> Coquille:
    """Navigation of the OPCO's people."""
    accueil = reverse("opco_accueil")
    groupes = [Groupe("", (Lien("Accueil", accueil, icone="house"),))]
    for titre, lignes in RUBRIQUES:
        ouverts = tuple(Lien(nom, reverse(url), icone=ico) for nom, url, ico, pouvoir in lignes if acteur.portefeuilles(pouvoir))
        if ouverts:
            groupes.append(Groupe(titre, ouverts))
    roles = ", ".join(LIBELLES_ROLES[r.role] for r in acteur.roles_opco)
    portefeuilles = len(acteur.portefeuilles(Pouvoir.CONSULTER))
    return Coquille(
        groupes=tuple(groupes),
        perimetre="OPCO",
        detail=f"{portefeuilles} portefeuille{'s' if portefeuilles > 1 else ''}",
        icone_perimetre="landmark",
        perimetres=(PerimetreAffiche("OPCO", "Instruction et paiement", accueil, courant=True),),
        role=roles,
        compte=compte_de(acteur.personne),
        accueil=accueil,
        aide=Lien("Aide", liens.AIDE, icone="life-buoy"),
        recherche=reverse("opco_recherche"),
        publics=(PublicEtat.OPCO,),
    )
