"""One request as one PDF, and the documents of many at the OPCO, through the pages and without script."""

import io
import zipfile

import pypdfium2
import pytest
from django.urls import reverse

from jalon.dossiers.actions.operations import avancer_operation
from jalon.dossiers.models import OperationEnNombre
from tests.dossiers.fabrique import SIREN, SIREN_OF
from tests.matrice.monde import MAINTENANT, Monde
from tests.matrice.requetes import essai

BOUTON = "Dossier complet (un seul PDF)"


def faire() -> OperationEnNombre:
    derniere: OperationEnNombre = OperationEnNombre.objects.tous("essai").latest("id")
    while avancer_operation(operation_id=derniere.pk, maintenant=MAINTENANT):
        pass
    return derniere


@pytest.mark.parametrize(
    ("role", "dossier", "bouton", "lieu"),
    [
        ("a_admin", "espace_dossier", "espace_dossier_complet", [SIREN]),
        ("p_admin", "espace_dossier", "espace_dossier_complet", [SIREN_OF]),
        ("conseiller", "opco_dossier", "opco_dossier_complet", []),
        ("comptable", "opco_dossier", "opco_dossier_complet", []),
    ],
)
def test_le_dossier_complet_se_demande_se_suit_et_se_prend(
    monde: Monde, role: str, dossier: str, bouton: str, lieu: list[str]
) -> None:
    navigateur, accorde = monde.client(role), monde.objets["accorde"]
    page = navigateur.get(reverse(dossier, args=[*lieu, accorde])).content.decode()
    adresse = reverse(bouton, args=[*lieu, accorde])
    assert BOUTON in page
    assert f'action="{adresse}"' in page
    with essai():
        attente = navigateur.post(adresse, follow=True)
        assert "En attente" in attente.content.decode()
        suivi = attente.redirect_chain[-1][0]
        en_bout = navigateur.get(suivi, headers={"hx-request": "true"}).content.decode()
        assert "<html" not in en_bout
        assert 'hx-trigger="every 2s"' in en_bout
        faite = faire()
        fini = navigateur.get(suivi).content.decode()
        assert "Télécharger le PDF" in fini
        assert ("Pièces qui ne sont pas dans le fichier" in fini) == (role != "p_admin")
        assert reverse(dossier, args=[*lieu, accorde]) in fini
        genre = dossier.partition("_")[0]
        fichier = navigateur.get(reverse(f"{genre}_operation_fichier", args=[*lieu, faite.pk]))
        assert fichier.headers["Content-Type"] == "application/pdf"
        assert "attachment" in fichier.headers["Content-Disposition"]
        assert len(pypdfium2.PdfDocument(fichier.content)) >= 2  # type: ignore[no-untyped-call]


def test_un_droit_retire_se_lit_sur_la_page(monde: Monde) -> None:
    navigateur, accorde = monde.client("conseiller"), monde.objets["accorde"]
    with essai():
        suivi = navigateur.post(reverse("opco_dossier_complet", args=[accorde]), follow=True).redirect_chain[-1][0]
        OperationEnNombre.objects.tous("essai").filter(pk=suivi.split("/")[3]).update(cote="entreprise")
        faire()
        fini = navigateur.get(suivi).content.decode()
        assert "Le fichier n’a pas été fait" in fini
        assert "Vos droits ont changé depuis" in fini
        assert "fichier/" not in fini


def test_la_conseillere_prend_les_pieces_des_dossiers_coches(monde: Monde) -> None:
    navigateur = monde.client("conseiller")
    assert "Télécharger les pièces" in navigateur.get(reverse("opco_file")).content.decode()
    choisis = [monde.objets["transmis"], monde.objets["autre_incomplet"]]
    with essai():
        attente = navigateur.post(reverse("opco_operations"), {"acte": "pieces", "dossiers": choisis}, follow=True)
        suivi = attente.redirect_chain[-1][0]
        faite = faire()
        fini = navigateur.get(suivi).content.decode()
        assert "Terminé&nbsp;: 1 sur 2" in fini
        assert "Nous ne trouvons pas ce dossier" in fini
        fichier = navigateur.get(f"{suivi}fichier/")
        assert len(zipfile.ZipFile(io.BytesIO(fichier.content)).namelist()) == 2
        OperationEnNombre.objects.tous("essai").filter(pk=faite.pk).update(servis=choisis)
        assert navigateur.get(f"{suivi}fichier/").status_code == 404
