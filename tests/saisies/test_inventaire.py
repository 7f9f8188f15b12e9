"""Nothing escapes: every form, every box, every address that takes a POST has its bad input, or says why it has none."""

from collections.abc import Iterator

import pytest
from django import forms
from django.urls import URLPattern, URLResolver, get_resolver

from jalon.comptes import cles_d_acces
from jalon.comptes.formulaires import Identite
from jalon.web.composants.echanges import FormulaireEchange
from jalon.web.composants.guide import FormulaireExemple
from jalon.web.espace.droits.formulaires_des_fichiers import FormulaireContenu
from jalon.web.espace.formulaires_factures import FormulaireEcheance
from jalon.web.espace.formulaires_mandats import SansGestionReservee
from jalon.web.espace.formulaires_perimetre import FormulaireNiveaux, FormulairePerimetre
from jalon.web.espace.porte_documents.formulaires import FormulaireGarde
from jalon.web.espace.saisie.formulaires import FormulaireSection
from jalon.web.opco.veille import FormulaireConsultations
from tests.saisies import test_entree, test_lots
from tests.saisies.cas import Saisie
from tests.saisies.test_comptes import COMPTES, SANS_CASE
from tests.saisies.test_comptes import SEANCES as COMPTES_EN_COURS
from tests.saisies.toutes import SAISIES

AILLEURS: dict[type[forms.BaseForm], str] = {
    FormulaireSection: "test_entree.py, une section à la fois",
    FormulaireEcheance: "web/espace/test_echeancier.py\u00a0: ses cases communes sont celles de la facture",
    **dict.fromkeys(
        (FormulaireNiveaux, FormulairePerimetre, SansGestionReservee),
        "les cases communes des clés, des mandats et de leur répartition",
    ),
    Identite: "test_comptes.py, avec l’inscription",
    FormulaireContenu: "caché\u00a0: web/espace/test_droits.py",
    FormulaireConsultations: "tests/veille/test_exceptions.py\u00a0: des filtres, ce qui ne se lit pas ne filtre rien",
    **dict.fromkeys(
        (cles_d_acces._DitPourquoi, *cles_d_acces._DitPourquoi.__subclasses__()),
        "rien ne s’y tape\u00a0: tests/parcours/test_cle_d_acces.py",
    ),
    FormulaireEchange: "ce que les deux formulaires de message ont en commun",
    FormulaireGarde: "ce que les formulaires du porte-documents ont en commun",
    FormulaireExemple: "le guide des composants, en démonstration seulement",
}
BOUTONS = {
    "theme": "un thème inconnu n’est pas retenu",
    "gel": "confirmation d’un lien reçu",
    "recapitulatif_arreter": "confirmation d’un lien reçu",
    "notifications_arreter": "confirmation d’un lien reçu",
    "notifications_lues": "un bouton",
    "notification_lue": "un bouton",
    "vue_supprimer": "confirmation",
    "vue_partage_retirer": "un bouton",
    "espace_vues": "des boutons : tests/web/espace/test_acces_rapides.py",
    "mes_vues": "les boutons des pages d’un espace",
    "opco_vues": "les boutons des pages d’un espace",
    "demo-saisie": "le guide des composants",
    "demo-erreur": "le guide des composants",
    "saisie_supprimer": "confirmation",
    "saisie_scinder": "un bouton",
    "espace_operations": "des cases à cocher\u00a0: web/espace/test_operations.py",
    "opco_operations": "des cases à cocher\u00a0: web/espace/test_operations.py",
    "espace_dossier_complet": "un bouton",
    "opco_dossier_complet": "un bouton",
    "espace_salarie_supprimer": "confirmation",
    "espace_document_supprimer": "confirmation",
    "piece_retirer": "un bouton par pièce",
    "espace_facture_annuler": "un bouton",
    "contrat_avenant_abandonner": "un bouton",
    "opco_trop_percu_confirmer": "un bouton",
    "opco_trop_percu_ecarter": "un bouton",
    "espace_droits_export": "un bouton",
    "espace_acces_historique_export": "un bouton",
    "espace_export_annuler": "un bouton",
    "espace_export_telecharger": "un bouton",
    "opco_export_annuler": "un bouton",
    "opco_export_telecharger": "un bouton",
    "espace_groupe_supprimer": "confirmation",
    "espace_convention_refuser": "un bouton",
    "espace_droits_appliquer": "le fichier déjà relu",
    "opco_dossier_prendre": "un bouton",
    "espace_dossier_relancer": "un bouton",
    "opco_modification_accepter": "un bouton",
    "espace_modification_retirer": "un bouton",
    "opco_modele_supprimer": "un bouton",
    "opco_ticket_clore": "un bouton",
    "opco_ticket_rappele": "un bouton",
    "opco_webinaire_annuler": "un bouton",
    "opco_etat_terminer": "un bouton",
    "etat_fermer": "un bouton",
    "visite_vue": "un bouton",
    "webinaire_inscription": "un bouton",
    "webinaire_retrait": "un bouton",
    "opco_facture_actualiser": "un bouton",
    "opco_guichet_rouvrir": "un bouton",
    "opco_exception_terminer": "un bouton",
    "opco_dossier_accepter": "un bouton",
    "opco_decision_confirmer": "un bouton",
    "opco_preparation_signer": "un bouton",
    "opco_preparation_relancer": "un bouton",
    "opco_commande_pdf": "un bouton",
    "opco_commande_imprimee": "un bouton",
    "opco_commande_suite": "un bouton",
    "opco_perte_remplacer": "un bouton",
    "session_fermer": "un bouton par session",
    "second_facteur_perdu": "un bouton",
    "openid_entrer": "un bouton",
    "openid_lier": "un bouton",
    "openid_delier": "un bouton",
    "ma_demande_retirer": "un bouton",
    "espace_voir_comme": "un bouton, après la page qui dit qui le saura",
    "vue_quitter": "un bouton",
}
"""Addresses that take a POST without any box to fill."""


def _formulaires(classe: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for fille in classe.__subclasses__():
        if fille.__module__.startswith("jalon."):
            yield fille
        yield from _formulaires(fille)


def _motifs() -> Iterator[tuple[str, URLPattern]]:
    def parcourir(motifs: list[URLPattern | URLResolver]) -> Iterator[tuple[str, URLPattern]]:
        for motif in motifs:
            if isinstance(motif, URLResolver):
                yield from parcourir(motif.url_patterns)
            else:
                yield motif.name or "", motif

    return parcourir(get_resolver().url_patterns)


def test_chaque_formulaire_a_ses_saisies_refusees() -> None:
    assert list(_motifs())  # pages are loaded, and their forms with them
    assert {s.formulaire for s in SAISIES} | set(AILLEURS) == set(_formulaires())


@pytest.mark.parametrize("formulaire", sorted({s.formulaire for s in SAISIES}, key=lambda f: f.__module__ + f.__name__))
def test_chaque_case_est_refusee_au_moins_une_fois(formulaire: type[forms.Form]) -> None:
    def refusees(saisie: Saisie) -> set[str]:
        return {champ for _, phrases in saisie.fautes for champ in phrases}

    adresses = [s for s in SAISIES if s.formulaire is formulaire]
    for saisie in adresses:
        assert saisie.fautes
        assert set(formulaire.base_fields) <= refusees(saisie), saisie.nom


def test_chaque_adresse_qui_recoit_a_ses_saisies_refusees() -> None:
    recoivent = {nom for nom, motif in _motifs() if "POST" in getattr(getattr(motif.callback, "regle", None), "methodes", ())}
    assert {s.nom for s in SAISIES} | set(BOUTONS) | test_entree.ADRESSES | test_lots.ADRESSES == recoivent


def test_chaque_page_de_compte_a_les_siennes() -> None:
    de_compte = {nom for nom, _ in _motifs() if nom.startswith(("account_", "mfa_", "usersessions_"))}
    assert set(COMPTES) | set(COMPTES_EN_COURS) | set(SANS_CASE) == de_compte
