"""What is refused gives no hint that the object exists, and there is no way round the token, the method or the second factor."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from jalon.socle.identifiants import nouvel_id
from tests.matrice.attendus_entreprise import CHEZ_L_ENTREPRISE
from tests.matrice.attendus_opco import CHEZ_L_OPCO
from tests.matrice.attendus_prestataire import CHEZ_LE_PRESTATAIRE
from tests.matrice.monde import Monde
from tests.matrice.requetes import adresse, classer, corps, demander, empreinte_de_la_base, essai
from tests.matrice.roles import Ligne
from tests.matrice.table import METIER, TABLE

DE_B = {
    "brouillon": "autre_brouillon", "piece_brouillon": "piece_autre_brouillon", "brouillon_2": "autre_brouillon",
    "transmis": "autre_incomplet", "piece_transmis": "piece_autre_incomplet", "incomplet": "autre_incomplet",
    "apprentissage": "autre_accorde", "apprentissage_change": "autre_accorde", "apprentissage_rompu": "autre_accorde",
    "engagement_contrat_accorde": "engagement_autre_accorde",
    "contrat": "autre_incomplet", "contrat_brouillon": "autre_brouillon", "contrat_accorde": "autre_accorde",
    "bilan": "autre_incomplet", "piece_bilan": "piece_autre_incomplet", "bilan_accorde": "autre_accorde",
    "bilan_brouillon": "autre_brouillon", "piece_bilan_brouillon": "piece_autre_brouillon",
    "jointe_accorde": "jointe_autre_accorde",
    "accorde": "autre_accorde", "piece_accorde": "piece_autre_accorde", "engagement_accorde": "engagement_autre_accorde",
    "engagement_rembourse": "engagement_autre_accorde", "facture": "autre_facture", "facture_a": "autre_facture",
    "etat_depenses": "autre_facture", "rattachement": "autre_rattachement", "rattachement_saisie": "autre_rattachement",
    "rattachement_admin": "autre_rattachement", "rattachement_p": "autre_rattachement", "rattachement_p_admin": "autre_rattachement",
    "demande": "autre_demande", "demande_p": "demande_q", "rib": "autre_rib", "rib_p": "rib_q",
    "mandat": "autre_mandat", "mandat_recu": "autre_mandat", "mandat_p": "autre_mandat",
    "convention": "autre_convention", "autre_convention": "autre_convention", "alternance": "autre_incomplet",
    "piece_alternance": "piece_autre_incomplet", "alternance_accorde": "autre_accorde",
    "mandat_attend": "autre_mandat_attend", "mandat_p_attend": "mandat_q_attend",
    "ligne_cle_a": "ligne_cle_b", "ligne_cle_revoquee": "ligne_cle_b", "ligne_cle_p": "ligne_cle_q",
    "operation": "autre_operation", "modification_a": "autre_modification",
    "code_a": "autre_code", "export": "autre_export", "export_attend": "autre_export", "export_p": "autre_export",
    "export_p_attend": "autre_export",
    "salarie": "autre_salarie", "import_salaries": "autre_import",
    "garde": "autre_garde", "garde_siret": "autre_garde", "garde_alternance": "autre_garde", "garde_p": "autre_garde_p",
    "garde_p_alternance": "autre_garde_p",
    "groupe": "autre_groupe", "groupe_libre": "autre_groupe",
    "octroi": "autre_octroi", "octroi_p": "octroi_q", "nomination": "autre_nomination", "nomination_p": "nomination_q",
}  # fmt: skip
"""For each object of A and of its provider, one of B or of its own."""
DE_L_OPCO = {
    "accorde", "brouillon", "piece_brouillon", "transmis", "piece_transmis", "instruit", "siren_d", "siren_f", "commande",
    "operation_opco", "siren", "commande_suite", "demande_opco", "demande", "decision", "ticket", "facture", "a_actualiser", "lot",
    "lot_signe", "rib", "trop_percu", "trop_percu_propose", "perte", "perte_confirmee",
    "commande_imprimee", "code_c", "export_opco", "export_opco_attend",
    "incomplet", "jointe_accorde", "modification", "modele",
    "octroi", "octroi_opco", "nomination", "mandat_rafale", "mandat_attend", "convention",
    "preparation", "preparee", "preparation_faite", "preparee_faite", "contrat", "contrat_brouillon", "contrat_accorde",
}  # fmt: skip
SANS_OBJET = {"siren", "prestataire", "siren_c", "siren_d", "siren_f"}
VIEUX = {
    "espace_mandat_nouveau": "a_admin", "espace_mandat_modifier": "a_admin", "espace_repartition": "a_admin",
    "opco_retablir": "aef", "espace_rib_ajouter": "a_admin", "espace_rib_reveler": "a_admin", "espace_cle_nouvelle": "a_admin", "opco_commande_pdf": "aef", "opco_lot_signer": "responsable", "opco_trop_percu_confirmer": "responsable",
    "espace_operation_fichier": "a_admin", "opco_operation_fichier": "conseiller", "espace_droits_fichier": "a_admin", "espace_droits_export": "a_admin", "espace_droits_appliquer": "a_admin",
    "espace_acces_historique_export": "a_admin", "opco_lot_fichier": "comptable", "opco_decision_proposer": "aef", "opco_decision_confirmer": "aef",
    "mfa_activate_totp": "sans_second_facteur", "mfa_deactivate_totp": "a_admin", "mfa_generate_recovery_codes": "a_admin",
    "mfa_add_webauthn": "a_admin", "espace_inviter": "a_admin", "espace_modifier_droits": "a_admin",
    "espace_groupe_nouveau": "a_admin", "espace_groupe_ajouter": "a_admin", "espace_groupe_retirer": "a_admin", "espace_groupe_renommer": "a_admin",
    "espace_groupe_supprimer": "a_admin",
    "espace_retirer": "a_admin", "espace_voir_comme": "a_admin", "espace_nomination": "a_admin", "espace_mandat_decider": "a_admin", "opco_mandat_decider": "aef", "opco_nomination": "aef", "espace_octroi": "a_admin", "espace_droits_masse": "a_admin", "espace_revue": "a_admin",
    "espace_collaborateur_nouveau": "a_admin", "opco_octroi": "aef", "espace_demande": "a_admin", "opco_acces_decider": "aef", "opco_perte_confirmer": "aef",
    "opco_preparation_signer": "aef", "opco_preparation_relancer": "aef", "espace_convention_nouvelle": "a_admin",
    "opco_rib_decider": "gestionnaire", "opco_rib_reveler": "gestionnaire", "espace_mandat_terminer": "a_admin",
    "espace_dossier_formulaire_entier": "a_admin", "opco_dossier_formulaire_entier": "conseiller",
    "espace_salarie_nir": "a_admin",
    "opco_perte_remplacer": "aef", "opco_perte_refuser": "aef", "opco_convention_arreter": "aef", "opco_reglage_paiements": "admin_opco", "opco_etat_nouveau": "admin_opco",
    "espace_export_telecharger": "a_admin", "opco_export_telecharger": "gestionnaire",
}  # fmt: skip
"""Asks for an identity confirmed in the last five minutes (exigences, T5, T12; the means of signing in too)."""


def _sans_hasard(page: str, objets: Mapping[str, str]) -> str:
    for valeur in objets.values():
        page = page.replace(valeur, "…")
    return re.sub(r'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": ?|nonce=)"[^"]*"', "", page)


def _reponse(monde: Monde, ligne: Ligne, methode: str, role: str, objets: Mapping[str, str]) -> tuple[str, str]:
    with essai():
        reponse = demander(monde, ligne, methode, role, objets)
        return classer(reponse), _sans_hasard(reponse.content.decode(errors="replace"), objets)


def _objets(ligne: Ligne) -> set[str]:
    return {mot for mot in ligne.args.split() if "=" not in mot} - SANS_OBJET


def test_chaque_objet_a_son_jumeau() -> None:
    assert {o for ligne in (*CHEZ_L_ENTREPRISE, *CHEZ_LE_PRESTATAIRE) for o in _objets(ligne)} == set(DE_B)


@pytest.mark.parametrize("methode", ["GET", "POST"])
@pytest.mark.parametrize(("role", "lignes"), [("a_admin", CHEZ_L_ENTREPRISE), ("p_admin", CHEZ_LE_PRESTATAIRE)], ids=["a", "p"])
def test_chez_un_autre_ou_nulle_part_la_meme_reponse(monde: Monde, methode: str, role: str, lignes: list[Ligne]) -> None:
    ailleurs = {nom: monde.objets[jumeau] for nom, jumeau in DE_B.items()}
    nulle_part = {nom: str(nouvel_id()) for nom in DE_B}
    for ligne in (li for li in lignes if _objets(li) and methode in li.methodes):
        autre = _reponse(monde, ligne, methode, role, ailleurs)
        assert autre[0] == "404", ligne.identifiant
        assert autre == _reponse(monde, ligne, methode, role, nulle_part), ligne.identifiant


def test_dans_un_autre_portefeuille_ou_nulle_part_la_meme_reponse(monde: Monde) -> None:
    ici = {nom: monde.objets[nom] for nom in DE_L_OPCO}
    nulle_part = {nom: "999999998" if nom.startswith("siren") else str(nouvel_id()) for nom in DE_L_OPCO}
    for ligne in CHEZ_L_OPCO:
        for methode in ligne.methodes if DE_L_OPCO & set(ligne.args.split()) else ():
            autre = _reponse(monde, ligne, methode, "opco_ailleurs", ici)
            assert autre[0] == "404", ligne.identifiant
            assert autre == _reponse(monde, ligne, methode, "opco_ailleurs", nulle_part), ligne.identifiant


def test_dans_un_autre_de_mes_espaces_la_page_propose_d_en_changer(monde: Monde) -> None:
    ailleurs = {nom: monde.objets[jumeau] for nom, jumeau in DE_B.items()}
    chez_b = f"/e/{monde.objets['autre_siren']}/"
    with essai():
        avant = empreinte_de_la_base()
        for ligne in (li for li in CHEZ_L_ENTREPRISE if _objets(li)):
            for methode in ligne.methodes:
                reponse = demander(monde, ligne, methode, "double_admin", ailleurs)
                lien = re.search(rf'class="btn btn--1" href="({chez_b}[^"]*)"', reponse.content.decode())
                assert (classer(reponse), lien is not None) == ("404", True), f"{methode} {ligne.identifiant}"
                assert lien is not None
                attendu = adresse(ligne, monde.objets | ailleurs | {"siren": monde.objets["autre_siren"]})
                assert lien[1] == (attendu if methode == "GET" else chez_b)
        assert empreinte_de_la_base() == avant


def test_le_lien_propose_ouvre_la_page(monde: Monde) -> None:
    for nom in ("espace_dossier", "espace_facture", "espace_rib_reveler", "espace_retirer"):
        ligne = next(li for li in CHEZ_L_ENTREPRISE if li.nom == nom)
        objets = monde.objets | {o: monde.objets[j] for o, j in DE_B.items()} | {"siren": monde.objets["autre_siren"]}
        with essai():
            assert classer(demander(monde, ligne, "GET", "double_admin", objets)) == "oui", nom


def _qui(ligne: Ligne) -> str:
    return {"espace": "a_admin", "prestataire": "p_admin", "cabinet": "c_admin", "opco": "gestionnaire"}[ligne.sorte]


def test_sans_jeton_personne_n_ecrit(monde: Monde) -> None:
    with essai():
        avant = empreinte_de_la_base()
        for ligne in (li for li in METIER if li.post is not None):
            navigateur = monde.client(_qui(ligne), csrf=True)
            reponse = navigateur.post(adresse(ligne, monde.objets), corps(ligne, monde.objets))
            assert reponse.status_code == 403, ligne.identifiant
        assert empreinte_de_la_base() == avant


def test_les_autres_methodes_n_existent_pas(monde: Monde) -> None:
    for ligne in METIER:
        navigateur, ou = monde.client(_qui(ligne)), adresse(ligne, monde.objets)
        for methode in ("PUT", "PATCH", "DELETE", "OPTIONS"):
            assert navigateur.generic(methode, ou).status_code == 405, f"{methode} {ligne.identifiant}"


@pytest.mark.parametrize("role", ["anonyme", "a_saisie", "p_lecteur", "opco_mixte"])
def test_un_fragment_est_refuse_comme_la_page(monde: Monde, role: str) -> None:
    """htmx asks for pieces of pages: a lost session is 401 there, so that the page opens its own dialog (T4)."""
    for ligne in METIER:
        for methode in ligne.methodes:
            attendu = ligne.attendus(methode)[role]
            if attendu in {"connexion", "403", "404"}:
                with essai():
                    reponse = demander(monde, ligne, methode, role, entetes={"HX-Request": "true"})
                assert classer(reponse) == attendu.replace("connexion", "401"), f"{methode} {ligne.identifiant}"


def _vieillir(navigateur: Client) -> None:
    seance = navigateur.session
    seance["account_authentication_methods"] = [
        preuve | {"at": preuve["at"] - 301} for preuve in seance["account_authentication_methods"]
    ]
    seance.save()


@pytest.mark.parametrize(("nom", "role"), VIEUX.items())
def test_une_preuve_ancienne_mene_a_la_confirmation(monde: Monde, nom: str, role: str) -> None:
    ligne = next(li for li in TABLE if li.nom == nom)
    with essai():
        navigateur = monde.client(role)
        _vieillir(navigateur)
        avant = empreinte_de_la_base()
        for methode in ligne.methodes:
            envoyer = navigateur.get if methode == "GET" else navigateur.post
            reponse: HttpResponse = envoyer(adresse(ligne, monde.objets), corps(ligne, monde.objets))  # type: ignore[assignment]
            assert urlsplit(reponse["Location"]).path.endswith("/reauthenticate/"), methode
        assert empreinte_de_la_base() == avant
