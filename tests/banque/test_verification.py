"""Accounts that wait for somebody at the OPCO: which, for whom, what is shown of them (exigences, T5)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.banque.actions import confirmer_coordonnees, geler_coordonnees
from jalon.banque.enums import EtatCoordonnees, MethodeConfirmation
from jalon.banque.models import CoordonneesBancaires
from jalon.banque.requetes import a_faire, compte_detaille, comptes_a_verifier
from jalon.socle.acteurs import Pouvoir, Profil
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import Introuvable, SecondFacteurRequis, TransitionImpossible
from jalon.socle.identifiants import nouvel_id
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco
from tests.banque.outils import (
    DELAI,
    IBANS,
    JOUR,
    MAINTENANT,
    PORTEFEUILLE,
    SIREN,
    SIREN_PRESTATAIRE,
    administrer,
    ajouter,
    personne,
    titulaire_de,
)
from tests.fils import ensemble, genres
from tests.habilitations.fabrique import organisation, sirens
from tests.habilitations.vagues import deux_cents

AU_TERME = MAINTENANT + DELAI


def farid(**autres: object) -> FauxActeur:
    """Treats invoices in the portefeuille."""
    return acteur_opco(PORTEFEUILLE, Pouvoir.TRAITER_FACTURES, **autres)


def _confirmer(ligne: CoordonneesBancaires, par: FauxActeur | None = None) -> CoordonneesBancaires:
    return confirmer_coordonnees(
        coordonnees_id=ligne.id,
        methode=MethodeConfirmation.CONTRE_APPEL,
        commentaire="",
        par=par or farid(),
        maintenant=MAINTENANT,
    )


def _geler(ligne: CoordonneesBancaires, par: FauxActeur | None = None) -> CoordonneesBancaires:
    return geler_coordonnees(coordonnees_id=ligne.id, motif="Inconnu du gérant", par=par or farid(), maintenant=MAINTENANT)


@pytest.mark.django_db
def test_un_compte_attend_des_qu_il_est_ajoute_puis_une_fois_payable_jusqu_a_ce_qu_on_le_verifie() -> None:
    premier = ajouter(IBANS[0])
    second = ajouter(IBANS[1], siren=SIREN_PRESTATAIRE, profil=Profil.PRESTATAIRE, le=MAINTENANT - JOUR)

    def lus(le: object) -> list[tuple[object, str]]:
        return [(c.coordonnees.id, c.etat) for c in comptes_a_verifier(farid(), le)]  # type: ignore[arg-type]

    assert lus(MAINTENANT) == [(second.id, EtatCoordonnees.EN_ATTENTE), (premier.id, EtatCoordonnees.EN_ATTENTE)]
    juste_avant = AU_TERME - timedelta(microseconds=1)
    assert lus(juste_avant) == [(second.id, EtatCoordonnees.ACTIVE), (premier.id, EtatCoordonnees.EN_ATTENTE)]
    assert lus(AU_TERME) == [(second.id, EtatCoordonnees.ACTIVE), (premier.id, EtatCoordonnees.ACTIVE)]
    _confirmer(second)
    assert lus(AU_TERME) == [(premier.id, EtatCoordonnees.ACTIVE)]
    _geler(premier)
    assert lus(AU_TERME) == []


@pytest.mark.django_db
def test_un_compte_remplace_n_attend_plus_mais_celui_qu_un_compte_gele_devait_remplacer_si() -> None:
    ancien = ajouter(IBANS[0], le=MAINTENANT - 30 * JOUR)
    nouveau = ajouter(IBANS[1])

    def lus(le: object) -> set[object]:
        return {c.coordonnees.id for c in comptes_a_verifier(farid(), le)}  # type: ignore[arg-type]

    assert lus(MAINTENANT) == {ancien.id, nouveau.id}
    assert lus(AU_TERME) == {nouveau.id}
    _geler(nouveau)
    assert lus(AU_TERME) == {ancien.id}


@pytest.mark.django_db
def test_un_compte_gele_apres_avoir_servi_ne_fait_pas_revenir_l_ancien() -> None:
    ajouter(IBANS[0], le=MAINTENANT - 30 * JOUR)
    nouveau = ajouter(IBANS[1], le=MAINTENANT - 10 * JOUR)
    _geler(nouveau)
    assert comptes_a_verifier(farid(), MAINTENANT) == []


@pytest.mark.django_db
def test_seul_qui_traite_les_factures_dans_le_portefeuille_les_voit() -> None:
    ligne = ajouter(IBANS[0])
    ailleurs = acteur_opco(nouvel_id(), Pouvoir.TRAITER_FACTURES)
    for autre in (acteur_opco(PORTEFEUILLE, Pouvoir.INSTRUIRE), ailleurs, acteur_entreprise(SIREN)):
        assert comptes_a_verifier(autre, MAINTENANT) == []
        assert a_faire(autre, MAINTENANT) == []
    with pytest.raises(Introuvable):
        compte_detaille(ligne.id, ailleurs, MAINTENANT)
    assert [c.coordonnees for c in comptes_a_verifier(farid(), MAINTENANT)] == [ligne]


@pytest.mark.django_db
def test_la_tache_dit_combien_et_pour_quand() -> None:
    assert a_faire(farid(), MAINTENANT) == []
    ajouter(IBANS[0])
    (tache,) = a_faire(farid(), MAINTENANT)
    assert (tache.detail, tache.echeance) == ("1 compte que personne à l’OPCO n’a vérifié", jour_de_paris(AU_TERME))
    ajouter(IBANS[1], siren=SIREN_PRESTATAIRE, profil=Profil.PRESTATAIRE)
    (tache,) = a_faire(farid(), AU_TERME)
    assert (tache.detail, tache.echeance) == ("2 comptes que personne à l’OPCO n’a vérifiés", None)


@pytest.mark.django_db
def test_ce_qui_sert_a_decider_est_dit() -> None:
    organisation()
    aline, louise = personne("aline@exemple.fr"), personne("louise@exemple.fr", "Louise")
    administrer(aline, SIREN, depuis=MAINTENANT - 40 * JOUR)
    administrer(louise, SIREN, depuis=MAINTENANT - 20 * JOUR)
    ancien = ajouter(IBANS[0], le=MAINTENANT - 10 * JOUR)
    ajouter(IBANS[1], siren=SIREN_PRESTATAIRE, profil=Profil.PRESTATAIRE)
    ligne = ajouter(IBANS[1], par=titulaire_de(SIREN, Profil.ADHERENT, aline))
    compte = compte_detaille(ligne.id, farid(), MAINTENANT)
    assert (compte.organisation, compte.partages, compte.a_verifier) == ("BELLERIVE RESTAURATION", 1, True)
    assert compte.ligne.ajoutees_par == aline.nom_complet
    assert [(a.coordonnees, a.etat) for a in compte.autres] == [(ancien, EtatCoordonnees.ACTIVE)]
    assert compte.administrateurs == [aline.nom_complet, louise.nom_complet]
    assert compte.administrateur_depuis == MAINTENANT - 20 * JOUR
    assert comptes_a_verifier(farid(), MAINTENANT)[-1].partages == 1
    _confirmer(ligne, farid(nom="Farid Essai"))
    assert not compte_detaille(ligne.id, farid(), MAINTENANT).a_verifier
    assert not compte_detaille(ancien.id, farid(), AU_TERME).a_verifier, "remplacé"


@pytest.mark.django_db
def test_la_liste_coute_autant_pour_un_compte_que_pour_six() -> None:
    ajouter(IBANS[0])
    with CaptureQueriesContext(connection) as un:
        comptes_a_verifier(farid(), MAINTENANT)
    for siren in sirens(5):
        ajouter(IBANS[0], siren=siren)
    with CaptureQueriesContext(connection) as six:
        comptes_a_verifier(farid(), MAINTENANT)
    assert len(un) == len(six) <= 3


@pytest.mark.django_db
def test_confirmer_demande_un_second_facteur_recent_mais_pas_geler() -> None:
    ligne, sans = ajouter(IBANS[0]), farid(second_facteur_le=None)
    with pytest.raises(SecondFacteurRequis):
        _confirmer(ligne, sans)
    assert _geler(ligne, sans).gelee_le == MAINTENANT


@deux_cents(20)
def test_confirmer_a_deux_pendant_que_l_organisation_gele() -> None:
    """Two agents and the company at once: one confirmation at most, none after the freeze, and the freeze always stands."""
    comptes = [ajouter(IBANS[0], siren=siren, le=MAINTENANT) for siren in sirens(20)]
    actes = []
    for ligne in comptes:
        actes += [lambda c=ligne: _confirmer(c), lambda c=ligne: _confirmer(c)]  # type: ignore[misc]
        actes.append(lambda c=ligne: _geler(c, acteur_entreprise(c.siren)))  # type: ignore[misc]
    resultats = ensemble(actes)
    for rang, ligne in enumerate(comptes):
        trois = resultats[3 * rang : 3 * rang + 3]
        assert sum(isinstance(r, TransitionImpossible) for r in trois[:2]) >= 1, genres(trois)
        relue = CoordonneesBancaires.objects.tous("essai").get(id=ligne.id)
        assert relue.gelee_le == MAINTENANT
        assert (relue.confirmees_le is None) == all(isinstance(r, TransitionImpossible) for r in trois[:2])
