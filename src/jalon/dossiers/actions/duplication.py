"""A draft that begins with the answers of another request."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from jalon.dispositifs.base import Dispositif
from jalon.dispositifs.lecture import copier, remplir_depuis_les_registres
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.brouillons import creer_brouillon
from jalon.dossiers.actions.telechargements import designation
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.acces import dossier_accessible
from jalon.dossiers.requetes.contenu import peut_lire_les_sensibles
from jalon.dossiers.requetes.copies import exiger_de_copier, reponses_a_copier
from jalon.dossiers.requetes.depots import CASE_SIRET, section_de_l_entreprise
from jalon.dossiers.requetes.registres import consulter
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import SaisieRefusee


def dupliquer_dossier(
    *, dossier_id: UUID, rubriques: Collection[str], siret: str = "", par: Acteur, maintenant: datetime
) -> Dossier:
    """A draft of the same company, in the present form, with the rubriques chosen; never a document, a date or a decision.

    Protected boxes are copied for who may read them, encrypted for the new row: to copy is to read (docs/adr/0042).
    Raises: Introuvable, DroitManquant (to read the request, to type for that establishment), SaisieRefusee (nothing chosen, closed
    dispositif: it says what replaces it).
    """
    with transaction.atomic():
        source = dossier_accessible(dossier_id, par)
        exiger_de_copier(source, par)
        declaration = dispositif_de(source.dispositif)
        choisies = set(rubriques) & {section.code for section in declaration.sections}
        if not choisies:
            raise SaisieRefusee("Choisissez au moins une rubrique à copier", champ="rubriques")
        sensibles = peut_lire_les_sensibles(source, par)
        reponses = copier(declaration, reponses_a_copier(source), choisies, sensibles=sensibles)
        copie = creer_brouillon(
            dispositif=source.dispositif,
            siren=source.siren,
            siret=siret,
            prestataire=source.prestataire_siren,
            reponses=_de_l_etablissement(declaration, reponses, siret),
            par=par,
            maintenant=maintenant,
        )
        copie.origine = source
        copie.save(update_fields=["origine"])
        details = {"origine": designation(source) if source.numero else "brouillon précédent"}
        noter("dossier.duplique", par=par, portee=copie.portee_du_journal, objet=copie, le=maintenant, details=details)
    return copie


def _de_l_etablissement(
    declaration: Dispositif, reponses: Mapping[str, Mapping[str, Any]], siret: str
) -> dict[str, Mapping[str, Any]]:
    """For another establishment, what the register says of it takes the place of what was said of the first one."""
    section = section_de_l_entreprise(declaration)
    valeurs = reponses.get(section.code, {})
    if valeurs.get(CASE_SIRET) == siret:
        return dict(reponses)
    propres = {case.nom for case in section.cases if not case.registre and case.nom != CASE_SIRET}
    gardees = {nom: valeur for nom, valeur in valeurs.items() if nom in propres}
    if siret:
        gardees = remplir_depuis_les_registres(declaration, section.code, {**gardees, CASE_SIRET: siret}, consulter).valeurs
    return {**reponses, section.code: gardees}
