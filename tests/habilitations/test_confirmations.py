"""Acts that ask for a second factor of less than five minutes: inside the action, whatever calls it (exigences, T5, T9, T12)."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

from jalon.banque import actions as actions_de_banque
from jalon.comptes.models import Personne
from jalon.exports import actions as actions_des_exports
from jalon.habilitations import actions as actions_des_droits
from jalon.habilitations.acteur_cle import ActeurCle
from jalon.habilitations.acteurs import ActeurPersonne, ActeurSysteme
from jalon.habilitations.vu_comme import ActeurVuComme
from jalon.reglements import actions as actions_des_reglements
from jalon.socle.confirmation import MARQUE
from jalon.socle.erreurs import SecondFacteurRequis
from jalon.socle.identifiants import nouvel_id
from jalon.veille import actions as actions_de_veille
from jalon.veille.requetes.exceptions import ActeurExceptionnel
from tests.habilitations.fabrique import LE, SIREN, cle_api

SANS = {
    # Closes, or stops: waiting for a phone would leave open what must not be.
    "habilitations.actions.cles.revoquer_cle": "une clé qui fuit se ferme à l’instant",
    "habilitations.actions.conventions.refuser_convention": "ferme à l’instant ce que le client n’a pas donné",
    "habilitations.actions.fin_de_code.terminer_code": "un code en de mauvaises mains s’arrête à l’instant",
    "habilitations.actions.decisions.ecarter_decision": "n’ouvre rien : ce qui était proposé n’aura pas lieu",
    "habilitations.actions.preparations.signatures.ecarter_preparation": "n’ouvre rien : aucun droit n’est posé",
    "habilitations.actions.vues.terminer_vue": "referme",
    "banque.actions.geler_coordonnees": "un compte contesté se gèle à l’instant",
    "veille.actions.coupures.couper_compte": "coupe à l’instant",
    "veille.actions.coupures.couper_organisation": "coupe à l’instant",
    "veille.actions.coupures.suspendre_compte": "le budget de lecture coupe, personne n’est là",
    "veille.actions.coupures.suspendre_cle": "le budget de lecture coupe, personne n’est là",
    # Asks for something that others decide, or takes it back.
    "habilitations.actions.rejoindre.retirer_demande": "reprend sa propre demande",
    "habilitations.actions.second_facteur.declarer_perte": "qui l’a perdu ne peut pas le donner",
    "habilitations.actions.second_facteur.annuler_perte": "referme sa propre demande",
    "habilitations.actions.courriers_demandes.demander_lettre_opco": "met une lettre en file, sans en ouvrir le code",
    # Letters: nobody reads a code before the PDF is downloaded, which asks for it.
    "habilitations.actions.commandes.commander_codes": "les codes ne se lisent que dans le PDF, qui le demande",
    "habilitations.actions.commandes.preparer_suite": "les codes ne se lisent que dans le PDF, qui le demande",
    "habilitations.actions.courriers_demandes.commander_demandees": "les codes ne se lisent que dans le PDF, qui le demande",
    "habilitations.actions.courriers_demandes.ecarter_demandees": "n’ouvre rien",
    "habilitations.actions.commandes.completer_adresse": "avec une preuve ; la lettre se commande ensuite",
    "habilitations.actions.commandes.declarer_avis_envoyes": "dit ce qui est parti",
    "habilitations.actions.lettres.declarer_imprimees": "dit ce qui est imprimé",
    "habilitations.actions.envois.declarer_postees": "dit ce qui est posté",
    "habilitations.actions.envois.declarer_revenues": "dit ce qui est revenu, et arrête les codes",
    # Reads.
    "habilitations.actions.conventions.ouvrir_convention": "un document, inscrit au registre comme les pièces d’un dossier",
    "habilitations.actions.preparations.suites.prevoir_organisation": "montre, n’écrit rien",
    "veille.actions.alertes.lever_alerte": "signale",
    "veille.actions.alertes.traiter_alerte": "note ce qui a été regardé",
    "veille.actions.alertes.verifier_le_registre": "vérifie",
    "veille.actions.exceptions.ouvrir_exceptionnellement": "motif écrit, une heure, alerte aussitôt (T20)",
    "veille.actions.pieges.poser_piege": "la ligne de commande seule",
    "veille.actions.pieges.retirer_piege": "la ligne de commande seule",
    # Exports: nothing leaves before the download, which asks for it.
    "exports.actions.demandes.demander_export": "le fichier ne se prend que par le téléchargement, qui le demande",
    "exports.actions.demandes.annuler_export": "n’ouvre rien",
    "exports.actions.suite.noter_export": "la ligne au journal des actions ci-dessus",
    # Money: prepared by one, signed by another who gives hers.
    "reglements.actions.preparation.preparer_lot": "un lot préparé ne part pas : une autre personne le signe, avec le sien",
    "reglements.actions.preparation.retirer_virement": "retire une ligne d’un lot qui n’est pas parti",
    "reglements.actions.preparation.abandonner_lot": "arrête un lot",
    "reglements.actions.execution.declarer_execute": "dit ce que la banque a fait du fichier",
    # Parts of the actions above.
    "habilitations.actions.commandes.passer_commande": "ce que partagent les commandes de lettres",
    "habilitations.actions.octrois.annoncer_octroi": "prévient de ce qu’une action vient de faire",
}
"""Actions of somebody that need no second factor of less than five minutes, and why."""


def _modules(racine: ModuleType) -> Iterator[ModuleType]:
    yield racine
    for trouve in pkgutil.walk_packages(getattr(racine, "__path__", []), f"{racine.__name__}."):
        yield import_module(trouve.name)


def _actions() -> dict[str, Callable[..., Any]]:
    """Every public action in which somebody acts, by its name."""
    trouvees = {}
    for racine in (actions_des_droits, actions_de_banque, actions_de_veille, actions_des_reglements, actions_des_exports):
        for module in _modules(racine):
            for nom, fonction in inspect.getmembers(module, inspect.isfunction):
                sienne = fonction.__module__ == module.__name__ and not nom.startswith("_")
                parametres = inspect.signature(fonction).parameters
                if sienne and "par" in parametres and parametres["par"].kind is inspect.Parameter.KEYWORD_ONLY:
                    trouvees[f"{module.__name__.removeprefix('jalon.')}.{nom}"] = fonction
    return trouvees


ACTIONS = _actions()
EXIGEANTES = {nom: action for nom, action in ACTIONS.items() if getattr(action, MARQUE, False)}


def test_chaque_action_demande_un_second_facteur_ou_dit_pourquoi_elle_n_en_demande_pas() -> None:
    assert len(ACTIONS) > 60
    assert sorted(ACTIONS.keys() - EXIGEANTES.keys()) == sorted(SANS)


@pytest.mark.parametrize("nom", EXIGEANTES)
@pytest.mark.parametrize("ecart", [None, timedelta(minutes=5, microseconds=1), timedelta(microseconds=-1)])
def test_l_action_refuse_sans_second_facteur_recent_avant_de_rien_lire(nom: str, ecart: timedelta | None) -> None:
    """Nothing else is given: it is refused before anything else is looked at, without a query (no database in this test)."""
    qui = ActeurPersonne(Personne(prenom="Aline", nom="Ferrand"), LE, None if ecart is None else LE - ecart)
    with pytest.raises(SecondFacteurRequis):
        EXIGEANTES[nom](par=qui, maintenant=LE)


@pytest.mark.parametrize("nom", EXIGEANTES)
@pytest.mark.parametrize("ecart", [timedelta(0), timedelta(minutes=5)])
def test_l_action_s_ouvre_jusqu_a_la_cinquieme_minute(nom: str, ecart: timedelta) -> None:
    qui = ActeurPersonne(Personne(prenom="Aline", nom="Ferrand"), LE, LE - ecart)
    with pytest.raises(TypeError, match="missing"):
        EXIGEANTES[nom](par=qui, maintenant=LE)


@pytest.mark.django_db
def test_chaque_acteur_garde_le_second_facteur_de_la_personne() -> None:
    moi = ActeurPersonne(Personne(prenom="Aline", nom="Ferrand"), LE, LE)
    collegue = Personne(prenom="Bruno", nom="Petit")
    for qui in (moi, moi.sur(SIREN), ActeurVuComme(moi, collegue, nouvel_id()), ActeurExceptionnel(moi, nouvel_id())):
        qui.exiger_second_facteur(LE + timedelta(minutes=5))
        with pytest.raises(SecondFacteurRequis):
            qui.exiger_second_facteur(LE + timedelta(minutes=5, seconds=1))


@pytest.mark.django_db
def test_une_cle_n_en_a_jamais_et_la_ligne_de_commande_n_en_demande_pas() -> None:
    with pytest.raises(SecondFacteurRequis, match="Une clé ne suffit pas"):
        ActeurCle(cle_api().cle).exiger_second_facteur(LE)
    ActeurSysteme("essai").exiger_second_facteur(LE)
