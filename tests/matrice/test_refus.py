"""What is refused leaves no trace: no write, no hint that the object exists, no way round the token or the second factor."""

import re
from collections.abc import Mapping

import pytest

from jalon.socle.identifiants import nouvel_id
from tests.matrice.attendus_espace import CHEZ_L_ENTREPRISE, CHEZ_LE_PRESTATAIRE
from tests.matrice.attendus_opco import CHEZ_L_OPCO
from tests.matrice.monde import Monde
from tests.matrice.requetes import adresse, classer, corps, demander, empreinte_de_la_base, essai
from tests.matrice.roles import Ligne

pytestmark = pytest.mark.nuit

METIER = [*CHEZ_L_ENTREPRISE, *CHEZ_LE_PRESTATAIRE, *CHEZ_L_OPCO]
REFUS = {"connexion", "second", "403", "404"}
FAUSSAIRES = (
    "anonyme", "sans_second_facteur", "sans_droit", "a_lecteur", "a_saisie", "a_expire", "a_revoque", "a_retire", "b_admin",
    "p_lecteur", "q_admin", "aef", "comptable", "opco_ailleurs", "opco_fini",
)  # fmt: skip
JUMEAUX = {
    "brouillon": "autre_brouillon", "piece_brouillon": "autre_piece", "transmis": "autre_accorde", "accorde": "autre_accorde",
    "engagement": "autre_engagement", "facture": "autre_facture", "rattachement": "autre_rattachement",
    "demande": "autre_demande", "rib": "autre_rib",
}  # fmt: skip
CONFIRMES = {
    "espace_rib_ajouter": "a_admin", "espace_rib_reveler": "a_admin", "opco_commande_pdf": "aef",
    "opco_lot_signer": "responsable", "opco_lot_fichier": "comptable",
}  # fmt: skip


@pytest.mark.parametrize("role", FAUSSAIRES)
def test_un_envoi_refuse_ne_change_rien(monde: Monde, role: str) -> None:
    lignes = [ligne for ligne in METIER if ligne.attendu("POST", role) in REFUS]
    assert len(lignes) > 20
    with essai():
        avant = empreinte_de_la_base()
        for ligne in lignes:
            assert classer(demander(monde, ligne, "POST", role)) in REFUS, ligne.identifiant
        apres = empreinte_de_la_base()
        assert {table for table, trace in apres.items() if avant[table] != trace} == set()


def _sans_hasard(page: str, objets: Mapping[str, str]) -> str:
    for valeur in objets.values():
        page = page.replace(valeur, "…")
    return re.sub(r'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": ?|nonce=)"[^"]*"', "", page)


def _reponse(monde: Monde, ligne: Ligne, methode: str, role: str, objets: Mapping[str, str]) -> tuple[str, str]:
    with essai():
        reponse = demander(monde, ligne, methode, role, objets)
        return classer(reponse), _sans_hasard(reponse.content.decode(errors="replace"), objets)


def _designe_un_objet(ligne: Ligne, connus: Mapping[str, str]) -> bool:
    return bool(set(ligne.args.split()) & set(connus))


@pytest.mark.parametrize("methode", ["GET", "POST"])
def test_chez_une_autre_entreprise_ou_nulle_part_la_meme_reponse(monde: Monde, methode: str) -> None:
    ailleurs = {nom: monde.objets[jumeau] for nom, jumeau in JUMEAUX.items()}
    nulle_part = dict.fromkeys(JUMEAUX, str(nouvel_id()))
    for ligne in CHEZ_L_ENTREPRISE:
        if not _designe_un_objet(ligne, JUMEAUX) or ligne.attendu(methode, "a_admin") == "405":
            continue
        autre = _reponse(monde, ligne, methode, "a_admin", ailleurs)
        assert autre[0] == "404", ligne.identifiant
        assert autre == _reponse(monde, ligne, methode, "a_admin", nulle_part), ligne.identifiant


OBJETS_DE_L_OPCO = (
    "accorde",
    "transmis",
    "piece_transmis",
    "instruit",
    "commande",
    "demande_opco",
    "ticket",
    "facture",
    "lot",
    "lot_signe",
)


def test_dans_un_autre_portefeuille_ou_nulle_part_la_meme_reponse(monde: Monde) -> None:
    ici = {nom: monde.objets[nom] for nom in OBJETS_DE_L_OPCO}
    nulle_part = dict.fromkeys(OBJETS_DE_L_OPCO, str(nouvel_id()))
    for ligne in CHEZ_L_OPCO:
        methode = "POST" if ligne.get is None else "GET"
        if _designe_un_objet(ligne, ici):
            autre = _reponse(monde, ligne, methode, "opco_ailleurs", ici)
            assert autre[0] == "404", ligne.identifiant
            assert autre == _reponse(monde, ligne, methode, "opco_ailleurs", nulle_part), ligne.identifiant


def test_sans_jeton_personne_n_ecrit(monde: Monde) -> None:
    with essai():
        avant = empreinte_de_la_base()
        for ligne in METIER:
            role = {"espace": "a_admin", "prestataire": "p_admin", "opco": "gestionnaire"}[ligne.sorte]
            if ligne.post is not None:
                navigateur = monde.client(role, csrf=True)
                reponse = navigateur.post(adresse(ligne, monde.objets), corps(ligne, monde.objets))
                assert reponse.status_code == 403, ligne.identifiant
        assert empreinte_de_la_base() == avant


@pytest.mark.parametrize(("nom", "role"), CONFIRMES.items())
def test_un_second_facteur_ancien_mene_a_la_confirmation(monde: Monde, nom: str, role: str) -> None:
    ligne = next(li for li in METIER if li.nom == nom)
    with essai():
        navigateur = monde.client(role)
        seance = navigateur.session
        seance["account_authentication_methods"] = [
            {"method": "mfa", "at": seance["account_authentication_methods"][0]["at"] - 301}
        ]
        seance.save()
        avant = empreinte_de_la_base()
        reponse = navigateur.post(adresse(ligne, monde.objets), corps(ligne, monde.objets))
        assert classer(reponse) == "confirmer"  # type: ignore[arg-type]
        assert empreinte_de_la_base() == avant
