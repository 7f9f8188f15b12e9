"""A second contract, begun from the one that it follows."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.contrats.requetes.contenus import suites_possibles, vie_de
from jalon.dispositifs.lecture import reponses_du_contenu
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions import creer_brouillon, enregistrer_section
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import contenu_en_clair, dossier_accessible
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.erreurs import SaisieRefusee, TransitionImpossible


def commencer_nouveau_contrat(*, dossier_id: UUID, code: str, par: Acteur, maintenant: datetime) -> Dossier:
    """A draft of the same apprentice, of that type of contract: people are copied, and the employer when it is the same one; never a
    date, a document or the decision. The number of the former contract is the ministry's: it is typed.

    Raises: Introuvable, DroitManquant (Saisie), TransitionImpossible (not granted), SaisieRefusee (a type that cannot follow it).
    """
    with transaction.atomic():
        ancien = dossier_accessible(dossier_id, par, Niveau.SAISIE, verrou=True)
        vie = vie_de(ancien)
        possibles = suites_possibles(ancien)
        if not possibles:
            raise TransitionImpossible("Un nouveau contrat suit un contrat accordé\u00a0: celui-ci ne l’est pas.")
        if code not in {suite.code for suite in possibles}:
            raise SaisieRefusee("Choisissez le type du nouveau contrat", champ="code")
        reponses = reponses_du_contenu(dispositif_de(ancien.dispositif), contenu_en_clair(ancien))
        sections = vie.reponses_de_la_suite(code, reponses)
        brouillon = creer_brouillon(
            dispositif=ancien.dispositif,
            siren=ancien.siren,
            siret=ancien.siret if "employeur" in sections else "",
            prestataire=ancien.prestataire_siren,
            par=par,
            maintenant=maintenant,
        )
        for section, valeurs in sections.items():
            version = int(brouillon.reponses.get(section, {}).get("version", 0))
            brouillon = enregistrer_section(
                dossier_id=brouillon.id, section=section, version=version, valeurs=valeurs, par=par, maintenant=maintenant
            ).dossier
        noter("contrat.suivi", par=par, portee=ancien.portee_des_suites, objet=ancien, le=maintenant)
    return brouillon
