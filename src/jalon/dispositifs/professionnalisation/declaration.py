"""The form 12434*03: its boxes and its controls, from which reading and judging are derived, and who signs it."""

from jalon.dispositifs.base import CaseReservee, Formulaire, Reserve, Signataire
from jalon.dispositifs.professionnalisation.controles import CONTROLES
from jalon.dispositifs.professionnalisation.listes import CERFA, VERSION
from jalon.dispositifs.professionnalisation.rubriques import ContratProfessionnalisation

CONTRAT_PROFESSIONNALISATION = Formulaire(
    code="professionnalisation",
    libelle="Contrat de professionnalisation",
    contenu=ContratProfessionnalisation,
    controles=CONTROLES,
    formulaire=f"CERFA {VERSION}",
    signataires=(
        Signataire(qui="L’employeur", nom=("employeur.denomination",), source=CERFA),
        Signataire(qui="Le salarié", nom=("salarie.prenom", "salarie.nom"), source=CERFA),
        Signataire(qui="Le représentant légal", precision="Si le salarié est mineur", source=CERFA),
    ),
    reserve=(
        CaseReservee("Nom de l’organisme", Reserve.ORGANISME),
        CaseReservee("Date de réception du dossier complet", Reserve.RECEPTION),
        CaseReservee("Date de la décision", Reserve.DECISION),
    ),
)
