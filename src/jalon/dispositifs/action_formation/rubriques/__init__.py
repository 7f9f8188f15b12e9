"""The boxes, in the order of the form."""

from decimal import Decimal

from jalon.dispositifs.action_formation.rubriques.action import Action
from jalon.dispositifs.action_formation.rubriques.conditions import EXTERNE, FORMATION
from jalon.dispositifs.action_formation.rubriques.couts import Couts
from jalon.dispositifs.action_formation.rubriques.organisations import Entreprise, Organisme
from jalon.dispositifs.action_formation.rubriques.stagiaires import Stagiaire
from jalon.dispositifs.base import Contenu
from jalon.socle.montants import ZERO, somme

__all__ = ["EXTERNE", "FORMATION", "Action", "ActionFormation", "Couts", "Entreprise", "Organisme", "Stagiaire"]


class ActionFormation(Contenu):
    """A request for an action of the plan de développement des compétences."""

    entreprise: Entreprise
    organisme: Organisme
    action: Action
    stagiaires: tuple[Stagiaire, ...]
    couts: Couts

    @property
    def cout_salaires(self) -> Decimal:
        """Pay asked for the hours of training, in euros."""
        if not self.couts.salaires_demandes:
            return ZERO
        return somme(stagiaire.heures * (stagiaire.salaire_horaire or ZERO) for stagiaire in self.stagiaires)

    @property
    def cout_annexe(self) -> Decimal:
        """Meals, nights and travel asked, in euros."""
        if not self.couts.frais_demandes:
            return ZERO
        couts = self.couts
        return somme(montant or ZERO for montant in (couts.montant_repas, couts.montant_nuits, couts.montant_transport))

    @property
    def montant_demande(self) -> Decimal:
        """Everything asked, HT."""
        return somme([self.couts.cout_pedagogique, self.cout_salaires, self.cout_annexe])
