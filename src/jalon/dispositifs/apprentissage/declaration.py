"""The form 10103*14: its boxes and its controls, from which reading and judging are derived, and who signs it."""

from jalon.dispositifs.apprentissage.controles import CONTROLES
from jalon.dispositifs.apprentissage.listes import CERFA, VERSION
from jalon.dispositifs.apprentissage.rubriques import ContratApprentissage
from jalon.dispositifs.apprentissage.rubriques.apprenti import MINEUR
from jalon.dispositifs.base import CaseReservee, Formulaire, Reserve, Signataire

PARTIES = "Code du travail, R6222-2"

CONTRAT_APPRENTISSAGE = Formulaire(
    code="apprentissage",
    libelle="Contrat d’apprentissage",
    contenu=ContratApprentissage,
    controles=CONTROLES,
    formulaire=f"CERFA {VERSION}",
    signataires=(
        Signataire(qui="L’employeur", nom=("employeur.denomination",), source=PARTIES),
        Signataire(qui="L’apprenti(e)", nom=("apprenti.prenom", "apprenti.nom"), source=PARTIES),
        Signataire(
            qui="Le représentant légal",
            nom=("representant.prenom", "representant.nom"),
            precision="Pour un(e) apprenti(e) mineur(e) et non émancipé(e)",
            si=(MINEUR,),
            source=PARTIES,
        ),
        Signataire(
            qui="Le directeur du CFA",
            nom=("cfa.denomination",),
            acte="Visa et cachet",
            source=CERFA,
        ),
    ),
    reserve=(
        CaseReservee("Nom de l’organisme", Reserve.ORGANISME),
        CaseReservee("SIRET de l’organisme"),
        CaseReservee("Date de réception du dossier complet", Reserve.RECEPTION),
        CaseReservee("Date de la décision", Reserve.DECISION),
        CaseReservee("Numéro de dépôt"),
        CaseReservee("Numéro d’avenant"),
    ),
)
