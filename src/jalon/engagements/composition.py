"""The agreement as it is printed, from frozen columns only. It names no trainee."""

from decimal import Decimal

from django.conf import settings

from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dispositifs.types.formats import nombre
from jalon.dossiers.models import Dossier
from jalon.editions.documents import Accord, EcheanceAccord, Emetteur, LigneAccord, Paires, Partie
from jalon.engagements.models import EcheanceEngagement, Engagement, LigneEngagement
from jalon.socle.baremes import ModePaiement
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.identifiants import grouper

MODES = {
    ModePaiement.SUBROGATION: (
        "Subrogation",
        "L’OPCO paie directement l’organisme de formation, TVA comprise, pour la part pédagogique accordée.",
    ),
    ModePaiement.REMBOURSEMENT: (
        "Remboursement",
        "L’entreprise paie l’organisme de formation\u00a0; l’OPCO la rembourse hors taxes, dans la limite de l’accord.",
    ),
}
A_LA_FIN = (
    "Les montants accordés sont des plafonds\u00a0: l’OPCO paie ce qui a été réalisé, sur facture et certificat de réalisation."
)
PAR_ECHEANCE = (
    "L’OPCO paie chaque échéance sur facture du CFA, à partir de son ouverture. La facture du dernier solde vient avec le certificat de "
    "réalisation et, si l’employeur doit une participation, la copie de la facture que le CFA lui a envoyée (Code du travail, "
    "R6332-25). Une rupture ou un avenant change l’échéancier."
)
RECOURS = (
    "Si vous n’êtes pas d’accord avec cette décision, écrivez d’abord à votre conseiller dans les échanges du dossier.",
    "Si le désaccord persiste, adressez une réclamation à l’OPCO par le formulaire de contact du portail.",
)


def accord_de(engagement: Engagement, lignes: list[LigneEngagement], echeances: list[EcheanceEngagement]) -> Accord:
    """The document of an agreement."""
    dossier, mode = engagement.dossier, ModePaiement(engagement.mode_paiement)
    libelle, sens = MODES[mode]
    return Accord(
        emetteur=Emetteur(nom=settings.JALON_OPCO, site=settings.JALON_URL, telephone=settings.JALON_ASSISTANCE_TELEPHONE),
        numero=engagement.numero,
        dispositif=dispositif_de(dossier.dispositif).libelle,
        parties=_parties(dossier),
        action=_action(dossier),
        lignes=tuple(_ligne(ligne) for ligne in lignes),
        echeances=tuple(_echeance(echeance) for echeance in echeances),
        total_ht=engagement.montant_ht,
        taux_tva=engagement.taux_tva if engagement.montant_tva else Decimal(0),
        total_ttc=engagement.montant_ttc,
        mode_paiement=libelle,
        sens_mode_paiement=f"{sens} {engagement.motif_paiement}".strip(),
        conditions=_conditions(engagement),
        recours=RECOURS,
        signataire=engagement.accorde_par_nom,
        fait_le=jour_de_paris(engagement.accorde_le),
    )


def _parties(dossier: Dossier) -> tuple[Partie, ...]:
    entreprise = Partie("Entreprise", dossier.denomination, (f"SIRET {grouper(dossier.siret)}", dossier.etablissement_nom))
    if not dossier.prestataire_siret:
        return (entreprise,)
    organisme = Partie(
        "Organisme de formation", dossier.prestataire_denomination, (f"SIRET {grouper(dossier.prestataire_siret)}",)
    )
    return (entreprise, organisme)


def _action(dossier: Dossier) -> Paires:
    paires = [("Intitulé", dossier.titre)]
    if dossier.date_debut and dossier.date_fin:
        paires.append(("Dates", f"Du {formater_date(dossier.date_debut)} au {formater_date(dossier.date_fin)}"))
    paires.append(("Salariés", str(dossier.nombre_stagiaires)))
    if dossier.reference_interne:
        paires.append(("Référence de l’entreprise", dossier.reference_interne))
    return tuple(paires)


def _ligne(ligne: LigneEngagement) -> LigneAccord:
    quantite = f"{nombre(ligne.quantite)}\u00a0{ligne.unite}".strip()
    return LigneAccord(ligne.libelle, quantite, ligne.prix_unitaire, ligne.montant_ht)


def _echeance(echeance: EcheanceEngagement) -> EcheanceAccord:
    nom = f"{echeance.codification}, année {echeance.annee}{', solde' if echeance.solde else ''}"
    return EcheanceAccord(nom, echeance.date_ouverture, echeance.part, echeance.montant, echeance.perdu_apres)


def _conditions(engagement: Engagement) -> tuple[str, ...]:
    conditions = [
        PAR_ECHEANCE if engagement.echelonne else A_LA_FIN,
        "Signalez tout changement de dates, de durée ou de participants avant qu’il ait lieu, dans les échanges du dossier.",
    ]
    if engagement.bareme_reference:
        conditions.append(f"Règle de prise en charge appliquée\u00a0: {engagement.bareme_reference}.")
    if engagement.commentaire:
        conditions.append(engagement.commentaire)
    return tuple(conditions)
