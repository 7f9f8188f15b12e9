"""A contract passes to another company, at the OPCO's decision and then only: what was of the former one stays with it."""

from dataclasses import dataclass
from datetime import date, datetime

from jalon.comptes.models import Personne
from jalon.contrats.courriels import (
    ContratCede,
    ContratRepris,
    ecrire_a_l_entreprise,
    ecrire_sur_le_transfert,
)
from jalon.contrats.models import Avenant, Transfert
from jalon.contrats.regles import refus_du_jour
from jalon.contrats.requetes.contenus import engagement_du_contrat
from jalon.contrats.requetes.transferts import refus_de_transfert
from jalon.dispositifs.base import Contenu
from jalon.dossiers.actions import suivre_le_dossier as suivre_les_suites
from jalon.dossiers.destinataires import personnes_de_l_entreprise
from jalon.dossiers.models import Dossier
from jalon.engagements.actions import suivre_le_dossier
from jalon.journal.actions import noter
from jalon.messagerie.actions import ouvrir_fil
from jalon.messagerie.models import Fil
from jalon.socle.acteurs import Acteur, Niveau, Portee
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import TransitionImpossible

CHAMPS_DU_TRANSFERT = ["reponses", "fil", "cree_par", "cree_par_nom", "instructeur_id", "instructeur_nom"]


@dataclass(frozen=True, slots=True)
class EmployeurDAvant:
    """Whose the contract was, and who is told that it left."""

    portee: Portee
    denomination: str
    fil: Fil
    personnes: list[Personne]

    @property
    def siren(self) -> str:
        """Of the former company."""
        return self.portee.siren


def employeur_d_avant(dossier: Dossier, maintenant: datetime) -> EmployeurDAvant:
    """Read before the avenant moves the contract."""
    personnes = personnes_de_l_entreprise(dossier, Niveau.SAISIE, maintenant)
    return EmployeurDAvant(dossier.portee_des_suites, dossier.denomination, dossier.fil, personnes)


def exiger_transferable(dossier: Dossier, contenu: Contenu, effet: date | None, maintenant: datetime) -> None:
    """Raise TransitionImpossible when the contract would pass to a company that cannot take it, or before its day."""
    siret, jour = siret_de_l_employeur(contenu, dossier), jour_de_paris(maintenant)
    if siret[:9] == dossier.siren:
        return
    refus = refus_de_transfert(dossier, siret, jour) or refus_du_jour(effet or jour, jour)
    if refus:
        raise TransitionImpossible(refus)


def siret_de_l_employeur(contenu: Contenu, dossier: Dossier) -> str:
    """The establishment that the content names."""
    return str(getattr(vars(contenu).get("employeur"), "siret", dossier.siret))


def passer_a_l_autre_employeur(
    dossier: Dossier, avenant: Avenant, avant: EmployeurDAvant, par: Acteur, maintenant: datetime
) -> list[str]:
    """After the content moved the contract: its agreement follows; documents, versions and invoices of before stay as they are.

    The new company begins with its own exchanges and with the answers of the avenant, and nobody of the former one is named on its pages;
    the adviser of another portefeuille is let go. The names of the columns to save; nothing when the company is the same.
    """
    engagement = engagement_du_contrat(dossier)
    suivre_le_dossier(engagement=engagement, dossier=dossier)
    if dossier.siren == avant.siren:
        return []
    transfert = Transfert(
        dossier=dossier,
        avenant=avenant,
        numero=dossier.numero or "",
        titre=dossier.titre,
        denomination=avant.denomination,
        vers_siren=dossier.siren,
        vers_denomination=dossier.denomination,
        fil=avant.fil,
        le=maintenant,
    ).porter(avant.portee)
    transfert.save(force_insert=True)
    suivre_les_suites(dossier)
    dossier.reponses, dossier.fil = avenant.reponses, ouvrir_fil(maintenant=maintenant)
    dossier.cree_par, dossier.cree_par_nom = None, ""
    if dossier.portefeuille_id != avant.portee.portefeuille_id:
        dossier.instructeur_id, dossier.instructeur_nom = None, ""
    _dire_aux_deux(dossier, transfert, avenant, par, maintenant)
    ecrire_sur_le_transfert(ContratCede, transfert, avant.personnes, maintenant)
    ecrire_a_l_entreprise(ContratRepris, dossier, maintenant)
    return CHAMPS_DU_TRANSFERT


def _dire_aux_deux(dossier: Dossier, transfert: Transfert, avenant: Avenant, par: Acteur, maintenant: datetime) -> None:
    """One line for each company; the provider reads that of the avenant."""
    effet = formater_date(avenant.date_effet) if avenant.date_effet else ""
    lignes = (
        ("contrat.cede", transfert.portee, transfert.vers_denomination),
        ("contrat.repris", dossier.portee_des_suites, transfert.denomination),
    )
    for code, portee, employeur in lignes:
        details = {"employeur": employeur, "effet": effet}
        noter(code, par=par, portee=portee, objet=dossier, le=maintenant, details=details)
