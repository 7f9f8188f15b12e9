"""Sending: every reason at once, one number whatever happens, the draft whole otherwise."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection

from jalon.courriers.models import Courriel
from jalon.dossiers.actions import transmettre_dossier
from jalon.dossiers.enums import EtatDossier, Partie
from jalon.dossiers.models import Dossier, VersionContenu
from jalon.dossiers.regles import DossierIncomplet
from jalon.dossiers.requetes import FiltreDossiers, dossier_par_numero, liste_dossiers
from jalon.journal.models import Evenement
from jalon.organisations.enums import SourceOrganisation
from jalon.organisations.models import Organisation
from jalon.pieces.enums import EtatDocument
from jalon.referentiels.models import ReglageDispositif
from jalon.socle.acteurs import Niveau
from jalon.socle.erreurs import DroitManquant, Introuvable, TransitionImpossible
from tests.acteurs import FauxActeur, acteur_entreprise
from tests.dossiers.fabrique import (
    AUTRE_SIREN,
    AUTRE_SIRET,
    JOUR,
    LE,
    SIREN,
    aline,
    brouillon,
    complet,
    driss,
    emma,
    joindre,
    monde,
    relire,
    remplir,
    stagiaires,
    transmis,
)
from tests.fils import ensemble
from tests.habilitations.fabrique import personne


@pytest.fixture
def _monde(db: None) -> None:
    monde()


def transmettre(dossier: Dossier, par: FauxActeur | None = None, apres: timedelta = timedelta(0)) -> Dossier:
    return transmettre_dossier(dossier_id=dossier.id, par=par or aline(), maintenant=LE + apres)


@pytest.mark.usefixtures("_monde")
def test_transmettre_donne_un_numero_et_fige_le_contenu() -> None:
    dossier = transmettre(complet())
    relu = relire(dossier)
    assert relu.etat == EtatDossier.TRANSMIS
    assert relu.numero is not None
    assert relu.numero.startswith("2611AF")
    assert len(relu.numero) == 12
    assert relu.contenu_version == 1
    assert relu.contenu is not None
    assert relu.contenu["action"]["intitule"] == "Hygiène alimentaire"
    assert (relu.attend_qui, relu.attend_avant) == (Partie.OPCO, date(2026, 12, 24))
    version = VersionContenu.objects.tous("essai").get(dossier=relu)
    assert (version.numero, version.contenu, version.prestataire_siren) == (1, relu.contenu, "")
    evenement = Evenement.objects.tous("essai").get(code="dossier.transmis")
    assert evenement.details == {"numero": relu.numero}
    assert dossier_par_numero(relu.numero.lower(), aline()).id == relu.id


@pytest.mark.usefixtures("_monde")
def test_l_accuse_part_a_la_personne_qui_transmet() -> None:
    aline_ = personne("Aline", "Ferrand")
    dossier = transmettre(complet(), aline(id=aline_.id))
    courriel = Courriel.objects.get(genre="dossiers.accuse")
    assert (courriel.adresse, courriel.objet_id) == (aline_.email, dossier.id)


@pytest.mark.usefixtures("_monde")
def test_un_brouillon_vide_dit_toutes_les_raisons_et_reste_entier() -> None:
    dossier = brouillon()
    avant = relire(dossier).reponses
    with pytest.raises(DossierIncomplet) as refus:
        transmettre(dossier)
    sections = {a.section for a in refus.value.anomalies}
    assert {"entreprise", "organisme", "action", "stagiaires", "couts"} <= sections
    assert all(a.bloque for a in refus.value.anomalies)
    relu = relire(dossier)
    assert (relu.etat, relu.numero, relu.reponses) == (EtatDossier.BROUILLON, None, avant)
    assert not VersionContenu.objects.tous("essai").exists()


@pytest.mark.usefixtures("_monde")
def test_les_pieces_manquantes_sont_des_raisons() -> None:
    dossier = complet()
    from jalon.dossiers.models import PieceDeposee

    PieceDeposee.objects.tous("essai").filter(code="programme").delete()
    with pytest.raises(DossierIncomplet) as refus:
        transmettre(dossier)
    assert [a.message for a in refus.value.anomalies] == ["Joignez le programme"]
    assert refus.value.anomalies[0].cases == ("pieces.programme",)


@pytest.mark.usefixtures("_monde")
@pytest.mark.parametrize("etat", [EtatDocument.EN_ATTENTE, EtatDocument.REFUSEE])
def test_une_piece_pas_encore_saine_attend(etat: EtatDocument) -> None:
    dossier = complet()
    joindre(dossier, "programme", etat=etat)
    with pytest.raises(DossierIncomplet) as refus:
        transmettre(dossier)
    assert "antivirus" in refus.value.anomalies[0].message


@pytest.mark.usefixtures("_monde")
def test_le_reglage_limite_le_nombre_de_salaries() -> None:
    dossier = complet(stagiaires=stagiaires(31))
    transmettre(dossier)
    ReglageDispositif.objects.create(
        code="action_formation", revision=99, dispositif="action_formation", limite_stagiaires=30, valide_du=date(2026, 1, 1)
    )
    second = remplir(brouillon(), stagiaires=stagiaires(31))
    with pytest.raises(DossierIncomplet) as refus:
        transmettre(second)
    assert "30 salariés" in refus.value.anomalies[0].message


@pytest.mark.usefixtures("_monde")
def test_un_double_clic_rend_le_meme_dossier() -> None:
    alice = aline()
    dossier = complet(alice)
    premier = transmettre(dossier, alice)
    second = transmettre(dossier, alice, timedelta(minutes=1))
    assert second.numero == premier.numero
    assert Evenement.objects.tous("essai").filter(code="dossier.transmis").count() == 1
    assert VersionContenu.objects.tous("essai").count() == 1


@pytest.mark.usefixtures("_monde")
@pytest.mark.parametrize("qui", ["une autre", "plus tard"])
def test_transmettre_de_nouveau_est_refuse_avec_le_numero(qui: str) -> None:
    alice = aline()
    premier = transmettre(complet(alice), alice)
    acteur, apres = (aline(), timedelta(minutes=1)) if qui == "une autre" else (alice, timedelta(hours=1))
    with pytest.raises(TransitionImpossible, match=str(premier.numero)):
        transmettre(premier, acteur, apres)


@pytest.mark.usefixtures("_monde")
@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [
        (aline(niveau=Niveau.SAISIE), DroitManquant),
        (acteur_entreprise(AUTRE_SIREN), Introuvable),
        (driss(), Introuvable),
        (emma(), Introuvable),
    ],
)
def test_transmettre_demande_le_droit_d_envoi(acteur: FauxActeur, erreur: type[Exception]) -> None:
    dossier = complet()
    with pytest.raises(erreur):
        transmettre(dossier, acteur)
    assert relire(dossier).etat == EtatDossier.BROUILLON


@pytest.mark.usefixtures("_monde")
def test_le_siret_d_une_autre_entreprise_bloque() -> None:
    dossier = remplir(brouillon(), entreprise__siret=AUTRE_SIRET)
    with pytest.raises(DossierIncomplet) as refus:
        transmettre(dossier)
    assert "entreprise-du-compte" in {a.controle for a in refus.value.anomalies if "entreprise.siret" in a.cases}


@pytest.mark.usefixtures("_monde")
def test_un_siren_absent_du_registre_est_accepte_et_signale() -> None:
    inconnu = acteur_entreprise("356000000")
    dossier = remplir(brouillon(inconnu, siret="35600000000048"), inconnu, organisme__siret="12345678200010")
    Organisation.objects.filter(siren=AUTRE_SIREN).delete()
    envoye = transmettre(dossier, inconnu)
    assert envoye.numero
    inconnue = Organisation.objects.get(siren="356000000")
    assert inconnue.source == SourceOrganisation.A_VERIFIER
    assert Organisation.objects.get(siren=AUTRE_SIREN).source == SourceOrganisation.A_VERIFIER


@pytest.mark.usefixtures("_monde")
def test_les_numeros_se_suivent_et_ne_se_ressemblent_pas() -> None:
    numeros = {transmis().numero for _ in range(3)}
    assert len(numeros) == 3


@pytest.mark.usefixtures("_monde")
def test_un_dossier_transmis_se_retrouve_par_son_numero_et_un_nom() -> None:
    dossier = transmis()
    for texte in (dossier.numero, "lefort", "hyg alim", "HACCP", SIREN[:5]):
        filtre = FiltreDossiers(jour=JOUR, texte=str(texte))
        assert [d.id for d in liste_dossiers(aline(), SIREN, filtre).dossiers] == [dossier.id], texte
    assert liste_dossiers(aline(), SIREN, FiltreDossiers(jour=JOUR, texte="absent")).dossiers == []


class _Panne(Exception):
    pass


def _interrompre_a(rang: int) -> Callable[..., Any]:
    compte = iter(range(1, 10_000))

    def executer(execute: Callable[..., Any], sql: str, params: object, many: bool, contexte: dict[str, Any]) -> Any:
        if next(compte) == rang:
            raise _Panne
        return execute(sql, params, many, contexte)

    return executer


def test_une_panne_entre_deux_requetes_laisse_le_brouillon_entier(base_reelle: str) -> None:
    monde()
    alice = aline(id=personne("Aline", "Ferrand").id)
    dossier = complet(alice)
    avant = relire(dossier)
    rang = 0
    while True:
        rang += 1
        try:
            with connection.execute_wrapper(_interrompre_a(rang)):
                transmettre(dossier, alice)
        except _Panne:
            apres = relire(dossier)
            assert (apres.etat, apres.numero, apres.contenu, apres.reponses) == (
                EtatDossier.BROUILLON,
                None,
                None,
                avant.reponses,
            )
            assert not VersionContenu.objects.tous("essai").exists()
            assert not Evenement.objects.tous("essai").filter(code="dossier.transmis").exists()
            assert not Courriel.objects.exists()
            continue
        break
    assert rang > 25, "le nombre de requêtes d’une transmission a beaucoup changé"
    assert relire(dossier).etat == EtatDossier.TRANSMIS
    assert VersionContenu.objects.tous("essai").count() == Courriel.objects.count() == 1


@pytest.mark.parametrize("rang", [1, 6, 12, 20])
def test_postgresql_tue_pendant_l_envoi_puis_l_envoi_repris(base_reelle: str, rang: int) -> None:
    """The connection is cut at some statement: the draft is whole, and the same click again sends it once."""
    monde()
    alice = aline()
    dossier = complet(alice)
    compte = iter(range(1, 10_000))
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_backend_pid()")
        (pid,) = curseur.fetchone()

    def couper(execute: Callable[..., Any], sql: str, params: object, many: bool, contexte: dict[str, Any]) -> Any:
        if next(compte) == rang:
            with psycopg.connect(base_reelle, autocommit=True) as autre:
                autre.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        return execute(sql, params, many, contexte)

    with pytest.raises(OperationalError), connection.execute_wrapper(couper):
        transmettre(dossier, alice)
    connection.close()
    assert (relire(dossier).etat, relire(dossier).numero) == (EtatDossier.BROUILLON, None)
    assert transmettre(dossier, alice).numero == transmettre(dossier, alice).numero
    assert VersionContenu.objects.tous("essai").count() == 1


def test_deux_transmissions_en_meme_temps_donnent_un_seul_numero(base_reelle: str) -> None:
    monde()
    alice = aline()
    for _ in range(10):
        dossier = complet(alice)
        envoyer = partial(transmettre_dossier, dossier_id=dossier.id, par=alice, maintenant=LE)
        numeros = [envoye.numero for envoye in ensemble([envoyer, envoyer])]  # type: ignore[attr-defined]
        assert numeros[0] == numeros[1] is not None
        assert VersionContenu.objects.tous("essai").filter(dossier=dossier).count() == 1
        assert Evenement.objects.tous("essai").filter(code="dossier.transmis", objet_id=str(dossier.id)).count() == 1
