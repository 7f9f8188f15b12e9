"""Whether a request passes every check: what a decision without an adviser is proposed, or taken, on."""

from dataclasses import dataclass
from datetime import datetime

from jalon.dispositifs.base import Contenu, Contexte, Dispositif, Estimation
from jalon.dispositifs.lecture import reponses_du_contenu
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import DECIDENT
from jalon.dossiers.requetes import contenu_en_clair, contexte_de
from jalon.dossiers.requetes.depots import section_de_l_entreprise
from jalon.instruction.requetes.controles import ControleVu, Resultat, controles_de
from jalon.organisations.requetes import organisation
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.reglages import DecisionAutomatique

GUICHETS, DELAI, MONTANTS = "Guichets suspendus par l’OPCO", "Délai de réponse de l’OPCO", "Barème de l’OPCO"
CASE_IDCC = "idcc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Examen:
    """`mode`: what the OPCO lets the portal do that day; `controles`: every check, what must be looked at first; `proposition`: the
    lines as the barème gives them."""

    mode: DecisionAutomatique
    controles: tuple[ControleVu, ...]
    proposition: Estimation

    @property
    def favorable(self) -> bool:
        """Whether the grant is proposed: nothing blocks, nothing warns, nothing could not be checked."""
        return self.mode != DecisionAutomatique.AUCUNE and all(controle.conforme for controle in self.controles)

    @property
    def empechement(self) -> str:
        """The first reason why it is not; empty when it is."""
        if self.mode == DecisionAutomatique.AUCUNE:
            return "l’OPCO ne propose pas de décision automatique pour ce dispositif"
        premier = next((c for c in self.controles if not c.conforme), None)
        return f"«\u00a0{premier.titre}\u00a0» est à regarder" if premier else ""


def examiner(dossier: Dossier, maintenant: datetime) -> Examen:
    """Every check of the adviser's page, and those that only matter when nobody looks: counters, delay, amounts.

    The caller obtained the request by its door, as somebody of the OPCO, or is the job that decides.
    """
    declaration, contenu = dispositif_de(dossier.dispositif), contenu_en_clair(dossier)
    contexte = contexte_de(dossier, maintenant)
    proposition = declaration.financement(contenu, contexte)
    propres = [
        _des_guichets(dossier, declaration, contenu, contexte),
        _du_delai(dossier, maintenant),
        _des_montants(proposition),
    ]
    a_regarder_d_abord = sorted([*propres, *controles_de(dossier, maintenant)], key=lambda c: c.conforme)
    return Examen(
        mode=contexte.regles.decision_automatique(contexte.aujourdhui),
        controles=tuple(a_regarder_d_abord),
        proposition=proposition,
    )


def examen_de(dossier: Dossier, maintenant: datetime) -> Examen | None:
    """The same for the adviser's page; None when the request does not wait for a decision."""
    return examiner(dossier, maintenant) if dossier.etat in DECIDENT else None


def _des_guichets(dossier: Dossier, declaration: Dispositif, contenu: Contenu, contexte: Contexte) -> ControleVu:
    """No counter of the branch is closed that day, whatever the fund: which one pays is then for somebody to say."""
    reponses = reponses_du_contenu(declaration, contenu).get(section_de_l_entreprise(declaration).code, {})
    trouvee = organisation(dossier.siren)
    branches = {str(reponses.get("valeurs", {}).get(CASE_IDCC) or ""), trouvee.idcc if trouvee else ""}
    fermes = [g for g in contexte.regles.guichets for b in branches if g.ferme(b, g.fonds, contexte.aujourdhui)]
    resultat = Resultat.AVERTIT if fermes else Resultat.CONFORME
    return ControleVu(
        "guichet-ouvert", "Aucun guichet de la branche n’est suspendu", GUICHETS, resultat, tuple({g.message for g in fermes})
    )


def _du_delai(dossier: Dossier, maintenant: datetime) -> ControleVu:
    """Once silence has decided, an express decision is another one: somebody takes it."""
    implicite = dossier.decision_implicite(jour_de_paris(maintenant))
    source = dispositif_de(dossier.dispositif).source_silence or DELAI
    if implicite is None:
        return ControleVu("delai-de-reponse", "La réponse est donnée dans le délai", source, Resultat.CONFORME)
    phrase = f"{implicite.nom} depuis le {formater_date(implicite.depuis)}"
    return ControleVu("delai-de-reponse", "La réponse est donnée dans le délai", source, Resultat.AVERTIT, (phrase,))


def _des_montants(proposition: Estimation) -> ControleVu:
    """Something is paid, and nothing was said of how it was counted."""
    phrases = tuple(proposition.avertissements)
    if proposition.attend or proposition.total_ht <= 0:
        phrases = (*phrases, "Le barème ne donne aucun montant à accorder")
    resultat = Resultat.AVERTIT if phrases else Resultat.CONFORME
    source = proposition.bareme_reference or MONTANTS
    return ControleVu("montants-du-bareme", "Les montants se calculent sans réserve", source, resultat, phrases)
