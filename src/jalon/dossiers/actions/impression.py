"""Printing the form to be signed: with its sensitive boxes, it shows them, and is written down as such (exigences, T3, P2)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.dossiers.actions.sensibles import noter_case_montree
from jalon.dossiers.actions.telechargements import noter_telechargement
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.acces import dossier_accessible
from jalon.dossiers.requetes.impression import en_papier, formulaire_rempli
from jalon.editions.formulaire import FormulairePapier
from jalon.socle.acteurs import Acteur
from jalon.socle.confirmation import second_facteur_exige

MOTIF = "Formulaire imprimé"


def relire_formulaire(*, dossier_id: UUID, par: Acteur, maintenant: datetime) -> tuple[Dossier, FormulairePapier]:
    """The form without its sensitive boxes, noted as a document handed over.

    Raises: Introuvable (the request, or its dispositif has no paper form), DroitManquant (the provider; who reads without typing).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par)
        rempli = formulaire_rempli(dossier, par, maintenant, masquer=True)
        noter_telechargement(dossier_id=dossier_id, document="Formulaire sans le NIR", par=par, maintenant=maintenant)
    return dossier, en_papier(dossier, rempli, masque=True)


@second_facteur_exige
def imprimer_formulaire(*, dossier_id: UUID, par: Acteur, maintenant: datetime) -> tuple[Dossier, FormulairePapier]:
    """The whole form, ready to sign. Each sensitive box that holds an answer is one line of the journal and of the register.

    Raises: Introuvable, DroitManquant (as `relire_formulaire`, and in probation).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par)
        rempli = formulaire_rempli(dossier, par, maintenant, masquer=False)
        noter_telechargement(dossier_id=dossier_id, document="Formulaire à signer", par=par, maintenant=maintenant)
        for case in rempli.sensibles:
            noter_case_montree(dossier=dossier, case=case, motif=MOTIF, par=par, maintenant=maintenant)
    return dossier, en_papier(dossier, rempli, masque=False)
