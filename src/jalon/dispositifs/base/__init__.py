"""The vocabulary of declarations."""

from jalon.dispositifs.base.cases import ApresEnvoi, Case, Condition, case, quand
from jalon.dispositifs.base.contexte import (
    Contexte,
    FicheEtablissement,
    ReferentielAbsent,
    charge,
)
from jalon.dispositifs.base.controles import Anomalie, Controle, Ecart, controle, controles_du_module, par_ligne
from jalon.dispositifs.base.dispositif import Dispositif, Formulaire, PieceExigee, Projection, Section, Silence, cases_vues
from jalon.dispositifs.base.estimation import Echeance, Estimation, Explication, LigneEstimation, reste_a_verser
from jalon.dispositifs.base.guichet import GUICHET_SUSPENDU, guichet_suspendu
from jalon.dispositifs.base.historique import DocumentConnu, Historique
from jalon.dispositifs.base.papier import CaseReservee, Reserve, Signataire
from jalon.dispositifs.base.propositions import LigneProposee, Proposition
from jalon.dispositifs.base.registres import Apport, Repertoire, du_siret
from jalon.dispositifs.base.rubriques import LIGNES, CaseAbsente, Contenu, FicheRubrique, Rubrique, cases_de, si_repondu
from jalon.dispositifs.base.scission import Scission
from jalon.dispositifs.base.vie import (
    Accordes,
    DateDemandee,
    EffetSurArgent,
    GenreAvenant,
    MotifDeRupture,
    Mots,
    Rupture,
    SuiteDeContrat,
    VieDuContrat,
)
from jalon.socle.baremes import FicheIdcc, Gravite, ModePaiement
from jalon.socle.fiches_referentiels import FicheCertification, FicheOrganisme

__all__ = [
    "GUICHET_SUSPENDU",
    "LIGNES",
    "Accordes",
    "Anomalie",
    "Apport",
    "ApresEnvoi",
    "Case",
    "CaseAbsente",
    "CaseReservee",
    "Condition",
    "Contenu",
    "Contexte",
    "Controle",
    "DateDemandee",
    "Dispositif",
    "DocumentConnu",
    "Ecart",
    "Echeance",
    "EffetSurArgent",
    "Estimation",
    "Explication",
    "FicheCertification",
    "FicheEtablissement",
    "FicheIdcc",
    "FicheOrganisme",
    "FicheRubrique",
    "Formulaire",
    "GenreAvenant",
    "Gravite",
    "Historique",
    "LigneEstimation",
    "LigneProposee",
    "ModePaiement",
    "MotifDeRupture",
    "Mots",
    "PieceExigee",
    "Projection",
    "Proposition",
    "ReferentielAbsent",
    "Repertoire",
    "Reserve",
    "Rubrique",
    "Rupture",
    "Scission",
    "Section",
    "Signataire",
    "Silence",
    "SuiteDeContrat",
    "VieDuContrat",
    "case",
    "cases_de",
    "cases_vues",
    "charge",
    "controle",
    "controles_du_module",
    "du_siret",
    "guichet_suspendu",
    "par_ligne",
    "quand",
    "reste_a_verser",
    "si_repondu",
]
