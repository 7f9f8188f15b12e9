"""« Voir le portail comme… »: every address, asked by an administrator who looks as each sort of colleague. What the colleague
reads, she reads; the rest is refused; nothing at all is written, whatever the method."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.urls import reverse

from jalon.veille.enums import GenreAlerte
from jalon.veille.models import Alerte, CompteurLectures, Lecture, Piege
from tests.matrice.attendus_autres import PUBLIQUES
from tests.matrice.monde import MAINTENANT, Monde
from tests.matrice.requetes import adresse, classer, contenu_de, demander, empreinte_de_la_base, essai
from tests.matrice.roles import RATTACHES, Ligne
from tests.matrice.secrets import indiscretions
from tests.matrice.table import METIER, TABLE

MONTRENT = frozenset(
    {
        "espace_accueil", "espace_taches", "espace_recherche", "espace_dossiers", "espace_brouillons", "espace_dossier", "espace_factures",
        "espace_factures_historique", "espace_facture", "espace_reglements", "espace_habilitations", "espace_mandats",
        "espace_mandat", "espace_cles", "espace_rib", "espace_mes_droits",
    }
)  # fmt: skip
"""The pages of a space that only show: neither a form, nor a file, nor what reveals a NIR or an IBAN."""
POUR_TOUS = {ligne.nom for ligne in PUBLIQUES if ligne.sorte == "public"} | {
    "entree", "seance", "account_logout", "vue_quitter", "openid_entrer", "openid_retour", "openid_inconnue",
}  # fmt: skip
"""What does not depend on who looks, and the way out."""
SORTIES = {"account_logout": "connexion", "vue_quitter": "oui"}
VUES = [
    *(("a_admin", role) for role in RATTACHES if role not in {"a_admin", "c_collab", "p_convention"}),
    ("p_admin", "p_lecteur"),
    ("p_admin", "p_envoi"),
    ("p_admin", "p_expire"),
]
"""Who looks, and as whom: `c_collab` and `p_convention` act by mandate, nobody of A may look as them."""


def _attendu(ligne: Ligne, methode: str, moi: str, collegue: str) -> str:
    if ligne.sorte == "api":
        return ligne.attendus(methode)[moi]
    if methode == "POST":
        return SORTIES.get(ligne.nom, "403")
    if ligne.nom in POUR_TOUS:
        return ligne.attendus(methode)[moi]
    ici = ligne.sorte == ("espace" if moi == "a_admin" else "prestataire")
    return ligne.attendus(methode)[collegue] if ici and ligne.nom in MONTRENT else "403"


def _regarder(monde: Monde, moi: str, lien: str) -> None:
    siren = monde.objets["siren" if moi == "a_admin" else "prestataire"]
    reponse = monde.client(moi).post(reverse("espace_voir_comme", args=[siren, lien]))
    assert classer(reponse) == "oui"  # type: ignore[arg-type]


def _ecarts(monde: Monde, moi: str, collegue: str, lignes: list[Ligne]) -> Iterator[str]:
    for ligne in lignes:
        for methode in ("GET", "POST"):
            if methode == "POST" and ligne.nom in SORTIES:
                continue
            reponse = demander(monde, ligne, methode, moi)
            obtenu, attendu = classer(reponse), _attendu(ligne, methode, moi, collegue)
            if obtenu != attendu:
                yield f"{methode} {ligne.identifiant} : {obtenu} au lieu de {attendu}"
            if ligne.sorte != "api":
                yield from (
                    f"{methode} {ligne.identifiant} : {fuite}"
                    for fuite in indiscretions(ligne, methode, collegue, contenu_de(reponse))
                )


def _tout_essayer(monde: Monde, moi: str, collegue: str, lignes: list[Ligne]) -> None:
    with essai():
        _regarder(monde, moi, monde.liens[collegue])
        avant = empreinte_de_la_base()
        ecarts = list(_ecarts(monde, moi, collegue, lignes))
        apres = empreinte_de_la_base()
    assert not ecarts, "\n".join(ecarts)
    assert avant == apres


@pytest.mark.parametrize(("moi", "collegue"), [("a_admin", "a_lecteur"), ("p_admin", "p_envoi")], ids=lambda role: role)
def test_aucune_adresse_n_ecrit_ni_ne_mene_ailleurs(monde: Monde, moi: str, collegue: str) -> None:
    _tout_essayer(monde, moi, collegue, TABLE)


@pytest.mark.parametrize(("moi", "collegue"), VUES, ids=lambda role: role)
def test_qui_regarde_comme_une_autre_lit_ce_qu_elle_lit(monde: Monde, moi: str, collegue: str) -> None:
    _tout_essayer(monde, moi, collegue, [ligne for ligne in METIER if ligne.nom in MONTRENT])


def test_aucune_autre_methode_n_ecrit_non_plus(monde: Monde) -> None:
    with essai():
        _regarder(monde, "a_admin", monde.liens["a_lecteur"])
        avant = empreinte_de_la_base()
        navigateur = monde.client("a_admin")
        for ligne in TABLE:
            if ligne.sorte != "api" and ligne.nom not in SORTIES:
                for methode in ("PUT", "PATCH", "DELETE"):
                    reponse = navigateur.generic(methode, adresse(ligne, {**monde.objets, "inconnu": monde.objets["accorde"]}))
                    assert (ligne.nom, methode, reponse.status_code) == (ligne.nom, methode, 403)
        assert avant == empreinte_de_la_base()


@pytest.mark.parametrize("nom", sorted(SORTIES))
def test_les_sorties_restent_ouvertes(monde: Monde, nom: str) -> None:
    ligne = next(ligne for ligne in TABLE if ligne.nom == nom)
    with essai():
        _regarder(monde, "a_admin", monde.liens["a_lecteur"])
        assert classer(demander(monde, ligne, "POST", "a_admin")) == SORTIES[nom]


def test_ce_qui_est_lu_compte_pour_qui_regarde_et_la_nomme(monde: Monde) -> None:
    moi, collegue, accorde = monde.personnes["a_admin"], monde.personnes["a_lecteur"], UUID(monde.objets["accorde"])
    with essai():
        Piege.objects.create(objet_id=accorde, numero="2611AF000001", pose_le=MAINTENANT)
        _regarder(monde, "a_admin", monde.liens["a_lecteur"])
        avant = set(Lecture.objects.values_list("lecteur_id", "objet_id", "ouvert"))
        assert monde.client("a_admin").get(reverse("espace_dossier", args=[monde.objets["siren"], accorde])).status_code == 200
        lues = set(Lecture.objects.values_list("lecteur_id", "objet_id", "ouvert")) - avant
        assert {lecteur for lecteur, _, _ in lues} == {moi.pk}
        assert (moi.pk, accorde, True) in lues
        assert not CompteurLectures.objects.filter(cle=str(collegue.pk)).exists()
        alerte = Alerte.objects.get(genre=GenreAlerte.PIEGE, objet_id=accorde)
        assert (alerte.acteur_id, alerte.acteur_libelle) == (moi.pk, f"{moi.nom_complet}, vue de {collegue.nom_complet}")
