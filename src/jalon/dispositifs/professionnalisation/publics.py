"""For whom the contract is, and who is helped more."""

from jalon.dispositifs.alternance.calendrier import age
from jalon.dispositifs.base import si_repondu
from jalon.dispositifs.professionnalisation.listes import SANS_DIPLOME
from jalon.dispositifs.professionnalisation.rubriques import ContratProfessionnalisation
from jalon.socle.baremes_alternance import PublicAlternance

AGE_MAXIMUM_JEUNES = 25
AIDE = "6"
RECHERCHE_D_EMPLOI = "9"
GEIQ = "2"
MOIS_DE_LONGUE_DUREE = 12


def est_prioritaire(contenu: ContratProfessionnalisation) -> bool:
    """Whether the employee is one of L6325-1-1: neither second cycle nor vocational diploma under 26, enrolled for more than a
    year, or one of a minimum social or of an aided contract. Raises CaseAbsente."""
    salarie = contenu.salarie
    if beneficiaire_d_un_minimum(contenu):
        return True
    if salarie.inscrit and (salarie.mois_inscription or 0) > MOIS_DE_LONGUE_DUREE:
        return True
    jeune = age(salarie.date_naissance, contenu.contrat.date_debut) <= AGE_MAXIMUM_JEUNES
    return jeune and salarie.diplome == SANS_DIPLOME


def beneficiaire_d_un_minimum(contenu: ContratProfessionnalisation) -> bool:
    """RSA, ASS or AAH, or an aided contract before (L6325-1, 3°)."""
    return bool(contenu.salarie.minimum_social) or contenu.salarie.situation == AIDE


def public(contenu: ContratProfessionnalisation) -> PublicAlternance:
    """The hourly forfait that applies: 15 € for the people of L6325-1-1 and the courses of a GEIQ (D6332-86)."""
    geiq = si_repondu(lambda: contenu.employeur.specifique, defaut="") == GEIQ
    prioritaire = geiq or si_repondu(lambda: est_prioritaire(contenu), defaut=False)
    return PublicAlternance.PRIORITAIRE if prioritaire else PublicAlternance.GENERAL
