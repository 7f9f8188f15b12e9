"""The same act on many requests: each judged when its turn comes, by the rights of that moment; a file for one day."""

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from jalon.comptes.models import Personne
from jalon.dossiers.actions import creer_brouillon, demander_operation, ouvrir_fichier_des_pieces
from jalon.dossiers.actions.operations import GARDE, avancer_operation, effacer_les_fichiers
from jalon.dossiers.enums import EtatOperation, GenreOperation
from jalon.dossiers.models import Dossier, OperationEnNombre
from jalon.dossiers.requetes import operation_accessible
from jalon.habilitations.models import Rattachement
from jalon.journal.models import Evenement, Revelation
from jalon.pieces.enums import EtatDocument
from jalon.pieces.requetes import COFFRE as COFFRE_DES_PIECES
from jalon.socle import coffre, listes
from jalon.socle.erreurs import Introuvable, SaisieRefusee
from jalon.socle.identifiants import nouvel_id
from jalon.socle.listes import Lecture, Liste
from tests.acteurs import FauxActeur
from tests.dossiers.fabrique import joindre
from tests.habilitations.fabrique import LE, SIREN, SIRET, acteur, organisation, personne, rattacher
from tests.pieces.conftest import coffres

__all__ = ["coffres"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coffres")]


@pytest.fixture
def aline() -> Personne:
    organisation()
    creee = personne()
    rattacher(creee)
    return creee


def brouillon(qui: Personne) -> Dossier:
    return creer_brouillon(dispositif="action_formation", siren=SIREN, siret=SIRET, par=acteur(qui), maintenant=LE)


def demander(qui: Personne, genre: GenreOperation, *dossiers: Dossier, **autres: Any) -> OperationEnNombre:
    donnes = {"siren": SIREN, "dossiers": [d.pk for d in dossiers]} | autres
    return demander_operation(genre=genre, par=acteur(qui), maintenant=LE, **donnes)


def finir(operation: OperationEnNombre, pas: int = 50) -> OperationEnNombre:
    while pas and avancer_operation(operation_id=operation.pk, maintenant=LE):
        pas -= 1
    relue: OperationEnNombre = OperationEnNombre.objects.tous("essai").get(pk=operation.pk)
    return relue


def restants() -> set[UUID]:
    return set(Dossier.objects.tous("essai").values_list("pk", flat=True))


def test_chaque_brouillon_est_juge_a_son_tour_et_le_rapport_dit_les_autres(aline: Personne) -> None:
    un, deux, trois = (brouillon(aline) for _ in range(3))
    operation = demander(aline, GenreOperation.SUPPRIMER, un, deux, un, dossiers=[un.pk, nouvel_id(), deux.pk, un.pk])
    faite = finir(operation)
    assert (faite.etat, faite.faits, faite.reussis) == (EtatOperation.TERMINEE, 3, 2)
    assert [refus["phrase"] for refus in faite.refus] == ["Nous ne trouvons pas ce dossier."]
    assert restants() == {trois.pk}
    assert avancer_operation(operation_id=operation.pk, maintenant=LE) is False


def test_un_travail_interrompu_reprend_ou_il_en_etait(aline: Personne) -> None:
    trois = [brouillon(aline) for _ in range(3)]
    operation = demander(aline, GenreOperation.SUPPRIMER, *trois)
    en_cours = finir(operation, pas=1)
    assert (en_cours.etat, en_cours.faits, len(restants())) == (EtatOperation.EN_COURS, 1, 2)
    assert (finir(operation).reussis, restants()) == (3, set())


def test_un_droit_retire_en_route_arrete_ce_qui_reste(aline: Personne) -> None:
    trois = [brouillon(aline) for _ in range(3)]
    operation = demander(aline, GenreOperation.SUPPRIMER, *trois)
    finir(operation, pas=1)
    Rattachement.objects.tous("essai").update(etat="retire")
    faite = finir(operation)
    assert (faite.reussis, len(faite.refus), len(restants())) == (1, 2, 2)
    autre = demander(aline, GenreOperation.SUPPRIMER, trois[1])
    Personne.objects.filter(pk=aline.pk).update(is_active=False)
    assert finir(autre).etat == EtatOperation.ARRETEE


@pytest.fixture
def liste_d_essai(aline: Personne) -> Iterator[str]:
    """A list of every draft, as the app that owns one declares it."""
    del aline

    def lignes(par: Any, siren: str | None, lecture: Lecture, _jour: object) -> Iterator[Dossier]:
        yield from Dossier.objects.visibles_par(par).filter(siren=siren, titre=lecture.filtre["titre"]).order_by("cree_le", "id")

    listes.declarer(
        Liste(
            code="essai", libelle="Essai", nom_url="espace_brouillons", domaines=(), colonnes=(),
            lire=lambda parametres, _jour: Lecture(dict(parametres)), compter=lambda *_: listes.Compte(0), lignes=lignes,
        )
    )  # fmt: skip
    yield "essai"
    listes._LISTES.pop("essai")


def test_tout_selectionner_relit_le_filtre_au_moment_d_agir(aline: Personne, liste_d_essai: str) -> None:
    un, autre = brouillon(aline), brouillon(aline)
    Dossier.objects.tous("essai").filter(pk=un.pk).update(titre="HACCP")
    operation = demander(aline, GenreOperation.SUPPRIMER, liste=liste_d_essai, filtre={"titre": "HACCP"})
    tard = brouillon(aline)
    Dossier.objects.tous("essai").filter(pk=tard.pk).update(titre="HACCP")
    assert finir(operation).reussis == 2
    assert restants() == {autre.pk}


def test_les_pieces_saines_font_un_fichier_et_chacune_est_au_registre(aline: Personne) -> None:
    un, deux, vide = (brouillon(aline) for _ in range(3))
    for dossier in (un, deux):
        coffre.ranger(COFFRE_DES_PIECES, str(joindre(dossier, "programme").document_id), b"")
    joindre(deux, "convention_signee", etat=EtatDocument.EN_ATTENTE)
    faite = finir(demander(aline, GenreOperation.PIECES, un, deux, vide))
    assert faite.servis == [un.pk, deux.pk]
    assert faite.reussis == 2
    assert [refus["entier"] for refus in faite.refus] == [False, True]
    assert "antivirus" in faite.refus[0]["phrase"]
    octets = ouvrir_fichier_des_pieces(operation_id=faite.pk, par=acteur(aline), maintenant=LE).octets
    noms = zipfile.ZipFile(io.BytesIO(octets)).namelist()
    assert [nom.rpartition("/")[2] for nom in noms] == ["programme.pdf", "programme.pdf"]
    assert len(set(noms)) == 2
    assert Revelation.objects.tous("essai").count() == 2
    assert Evenement.objects.tous("essai").filter(code="dossier.operation_telechargee").count() == 1


def test_le_fichier_est_a_qui_l_a_demande_un_jour_et_tant_qu_elle_voit_tout(aline: Personne) -> None:
    dossier = brouillon(aline)
    coffre.ranger(COFFRE_DES_PIECES, str(joindre(dossier, "programme").document_id), b"")
    faite = finir(demander(aline, GenreOperation.PIECES, dossier))
    collegue = personne("Louise")
    rattacher(collegue)
    for par in (acteur(collegue), FauxActeur({})):
        with pytest.raises(Introuvable):
            ouvrir_fichier_des_pieces(operation_id=faite.pk, par=par, maintenant=LE)
    with pytest.raises(Introuvable):
        operation_accessible(faite.pk, acteur(collegue))
    assert effacer_les_fichiers(maintenant=LE + GARDE - timedelta(seconds=1)) == 0
    ouvrir_fichier_des_pieces(operation_id=faite.pk, par=acteur(aline), maintenant=LE)
    Rattachement.objects.tous("essai").filter(personne=aline).update(etat="retire")
    with pytest.raises(Introuvable, match="droits ont changé"):
        ouvrir_fichier_des_pieces(operation_id=faite.pk, par=acteur(aline), maintenant=LE)
    assert effacer_les_fichiers(maintenant=LE + GARDE) == 1
    Rattachement.objects.tous("essai").filter(personne=aline).update(etat="actif")
    with pytest.raises(Introuvable, match="gardé un jour"):
        ouvrir_fichier_des_pieces(operation_id=faite.pk, par=acteur(aline), maintenant=LE)
    with pytest.raises(coffre.ContenuAbsent):
        coffre.lire("operations", str(faite.pk))


@pytest.mark.parametrize(
    ("autres", "phrase"),
    [
        ({"dossiers": []}, "au moins un dossier"),
        ({"dossiers": [nouvel_id() for _ in range(2001)]}, "2\u00a0000 dossiers au plus"),
        ({"liste": "inconnue", "filtre": {}}, "n’existe plus"),
    ],
)
def test_ce_qui_ne_se_demande_pas(aline: Personne, autres: dict[str, Any], phrase: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase):
        demander(aline, GenreOperation.SUPPRIMER, **autres)
    assert OperationEnNombre.objects.tous("essai").count() == 0
