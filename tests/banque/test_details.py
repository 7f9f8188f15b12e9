"""What a fault left unseen once, about bank details (exigences, S13)."""

from collections.abc import Callable
from typing import Any

import pytest

from jalon.banque.actions import confirmer_coordonnees, geler_coordonnees, reveler_iban
from jalon.banque.enums import MethodeConfirmation
from jalon.banque.models import portee_bancaire
from jalon.banque.requetes import comptes_a_verifier
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Pouvoir, Profil
from jalon.socle.erreurs import SaisieRefusee, SaisiesRefusees
from tests.acteurs import FauxActeur, acteur_opco
from tests.banque.outils import DELAI, IBANS, JOUR, MAINTENANT, PORTEFEUILLE, SIREN, SIREN_PRESTATAIRE, ajouter

LONG = "m" * 600


def farid() -> FauxActeur:
    """Treats invoices in the portefeuille."""
    return acteur_opco(PORTEFEUILLE, Pouvoir.TRAITER_FACTURES)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("titulaire", "iban", "champs"),
    [("", IBANS[0], {"titulaire"}), ("Bellerive", "FR76", {"iban"}), (" ", "FR76", {"titulaire", "iban"})],
)
def test_chaque_faute_de_saisie_se_dit_a_sa_case_et_une_seule_suffit(titulaire: str, iban: str, champs: set[str]) -> None:
    with pytest.raises(SaisiesRefusees) as refus:
        ajouter(iban, titulaire=titulaire)
    assert set(refus.value.champs) == champs


@pytest.mark.django_db
def test_le_compte_plus_recent_d_une_autre_organisation_ne_remplace_rien() -> None:
    premier = ajouter(IBANS[0], siren=SIREN, le=MAINTENANT - 30 * JOUR)
    ajouter(IBANS[1], siren=SIREN_PRESTATAIRE, le=MAINTENANT - 20 * JOUR)
    dernier = ajouter(IBANS[2], siren=SIREN_PRESTATAIRE, le=MAINTENANT - 10 * JOUR)
    lus = {c.coordonnees.id for c in comptes_a_verifier(farid(), MAINTENANT + DELAI)}
    assert lus == {premier.id, dernier.id}


@pytest.mark.django_db
def test_un_motif_ou_un_commentaire_trop_long_est_coupe_jamais_refuse() -> None:
    gelee = geler_coordonnees(coordonnees_id=ajouter(IBANS[0]).id, motif=LONG, par=farid(), maintenant=MAINTENANT)
    autre = ajouter(IBANS[1], siren=SIREN_PRESTATAIRE, profil=Profil.PRESTATAIRE)
    confirmee = confirmer_coordonnees(
        coordonnees_id=autre.id, methode=MethodeConfirmation.VOP_PROCHE, commentaire=LONG, par=farid(), maintenant=MAINTENANT
    )
    reveler_iban(coordonnees_id=autre.id, motif=LONG, par=farid(), maintenant=MAINTENANT)
    notes = {e.code: e.details for e in Evenement.objects.tous("essai").filter(code__startswith="banque.")}
    assert {len(gelee.gel_motif), len(confirmee.confirmation_commentaire), len(notes["banque.iban_affiche"]["motif"])} == {500}
    assert notes["banque.gel"] == {"origine": gelee.gel_origine, "motif": "m" * 500}
    assert notes["banque.confirmation"] == {"methode": "vop_proche"}


@pytest.mark.parametrize(("profil", "siren", "prestataire"), [(Profil.ADHERENT, SIREN, ""), (Profil.PRESTATAIRE, "", SIREN)])
def test_un_compte_est_d_un_seul_cote_et_du_domaine_des_rib(profil: Profil, siren: str, prestataire: str) -> None:
    portee = portee_bancaire(SIREN, profil, PORTEFEUILLE)
    assert (portee.siren, portee.prestataire_siren, portee.portefeuille_id) == (siren, prestataire, PORTEFEUILLE)
    assert portee.domaine == Domaine.RIB


@pytest.mark.django_db
def test_ce_qui_manque_se_dit_a_sa_case() -> None:
    ligne = ajouter(IBANS[0])
    commun: dict[str, Any] = {"coordonnees_id": ligne.id, "par": farid(), "maintenant": MAINTENANT}
    refus: dict[str, Callable[[], object]] = {
        "motif": lambda: geler_coordonnees(motif=" ", **commun),
        "commentaire": lambda: confirmer_coordonnees(methode=MethodeConfirmation.VOP_PROCHE, commentaire=" ", **commun),
    }
    for champ, acte in (*refus.items(), ("motif", lambda: reveler_iban(motif=" ", **commun))):
        with pytest.raises(SaisieRefusee) as refusee:
            acte()
        assert refusee.value.champ == champ
    with pytest.raises(SaisieRefusee) as refusee:
        ajouter(IBANS[0], le=MAINTENANT + DELAI)
    assert refusee.value.champ == "iban"
    assert not Evenement.objects.tous("essai").filter(code__in=["banque.gel", "banque.iban_affiche"]).exists()
