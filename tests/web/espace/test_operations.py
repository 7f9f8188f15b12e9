"""Lists acted upon in number, without script: what is ticked, the consequences told, the report."""

from typing import Any

import pytest
from django.urls import reverse

from jalon.dossiers.actions.operations import avancer_operation
from jalon.dossiers.models import Dossier, OperationEnNombre
from tests.dossiers.fabrique import SIREN, relire
from tests.matrice.monde import MAINTENANT, Monde
from tests.matrice.requetes import essai


def derniere() -> OperationEnNombre:
    lue: OperationEnNombre = OperationEnNombre.objects.tous("essai").latest("id")
    return lue


def demander(monde: Monde, corps: dict[str, Any], role: str = "a_admin") -> Any:
    return monde.client(role).post(reverse("espace_operations", args=[SIREN]), corps, follow=True)


def test_supprimer_se_confirme_se_suit_et_se_rapporte(monde: Monde) -> None:
    choisis = [monde.objets["brouillon"], monde.objets["transmis"]]
    liste = monde.client("a_admin").get(reverse("espace_brouillons", args=[SIREN])).content.decode()
    assert 'form="selection"' in liste
    assert "Tout désélectionner" in liste
    with essai():
        avant = OperationEnNombre.objects.tous("essai").count()
        confirmation = demander(monde, {"acte": "supprimer", "dossiers": choisis}).content.decode()
        assert "2 brouillons&nbsp;: les réponses et les pièces seront effacées" in confirmation
        assert OperationEnNombre.objects.tous("essai").count() == avant
        page = demander(monde, {"acte": "supprimer", "dossiers": choisis, "confirmer": "1"})
        assert "En attente" in page.content.decode()
        while avancer_operation(operation_id=derniere().pk, maintenant=MAINTENANT):
            pass
        rapport = monde.client("a_admin").get(reverse("espace_operation", args=[SIREN, derniere().pk])).content.decode()
        assert "Terminé&nbsp;: 1 sur 2" in rapport
        assert "Ce dossier a été transmis" in rapport
        assert not Dossier.objects.tous("essai").filter(pk=choisis[0]).exists()


@pytest.mark.parametrize(
    ("corps", "phrase"),
    [
        ({"acte": "supprimer", "confirmer": "1"}, "Choisissez au moins un dossier"),
        ({"acte": "pieces", "dossiers": "abc"}, "Choisissez au moins un dossier"),
        ({"acte": "pieces", "tout": "1", "liste": "inconnue"}, "Cette liste n’existe plus"),
        ({"acte": "attribuer", "dossiers": "abc"}, "Choisissez ce qu’il faut faire"),
        ({}, "Choisissez ce qu’il faut faire"),
    ],
)
def test_ce_qui_se_demande_mal_se_dit_et_n_ecrit_rien(monde: Monde, corps: dict[str, Any], phrase: str) -> None:
    with essai():
        avant = OperationEnNombre.objects.tous("essai").count()
        assert phrase in demander(monde, corps).content.decode()
        assert OperationEnNombre.objects.tous("essai").count() == avant


def test_la_conseillere_confie_des_dossiers_a_qui_instruit_dans_le_portefeuille(monde: Monde) -> None:
    navigateur = monde.client("conseiller")
    file = navigateur.get(reverse("opco_file")).content.decode()
    assert "Confier à" in file
    adresse, dossiers = reverse("opco_operations"), [monde.objets["transmis"], monde.objets["accorde"]]
    with essai():
        for acte, phrase in (
            ("attribuer", "Choisissez à qui confier"),
            ("supprimer", "Choisissez ce qu’il faut faire"),
            ("pieces", ""),
        ):
            corps = {"acte": acte, "dossiers": dossiers if phrase else "abc"}
            assert (phrase or "Choisissez au moins un dossier") in navigateur.post(adresse, corps, follow=True).content.decode()
        for role, reussis in (("gestionnaire", 1), ("comptable", 0)):
            qui = monde.personnes[role]
            navigateur.post(adresse, {"acte": "attribuer", "dossiers": dossiers, "conseiller": str(qui.pk)})
            while avancer_operation(operation_id=derniere().pk, maintenant=MAINTENANT):
                pass
            assert derniere().reussis == reussis
        transmis = relire(Dossier.objects.tous("essai").get(pk=dossiers[0]))
        assert transmis.instructeur_id == monde.personnes["gestionnaire"].pk
        assert transmis.etat == "transmis"
        rapport = navigateur.get(reverse("opco_operation", args=[derniere().pk])).content.decode()
        assert "Choisissez un conseiller de ce portefeuille" in rapport
        assert "Ce dossier n’est plus à instruire" in rapport
