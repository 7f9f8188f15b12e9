"""Pages of the porte-documents: from a file kept once to the pieces of requests, and back."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.pieces.actions import dessiner_apercu
from jalon.pieces.enums import EtatDocument
from jalon.pieces.models import Document
from jalon.porte_documents.models import DocumentGarde
from jalon.porte_documents.requetes import Lieu
from jalon.socle.acteurs import Domaine, Niveau, Profil
from tests.dossiers.fabrique import brouillon, relire, remplir
from tests.habilitations.fabrique import LE, SIREN, SIRET, personne, rattacher, sur_le_siren, sur_un_siret
from tests.pieces.conftest import coffres
from tests.porte_documents.conftest import sans_inspection
from tests.porte_documents.outils import UNE_PAGE, ajouter, gardes
from tests.seances import navigateur_de

__all__ = ["coffres", "sans_inspection"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_cette_heure(coffres: Path, sans_inspection: None) -> Iterator[None]:
    caches["processus"].clear()
    with time_machine.travel(LE, tick=False):
        yield


def page(reponse: HttpResponse, statut: int = 200) -> str:
    texte = unescape(reponse.content.decode())
    assert reponse.status_code == statut, texte[:2000]
    return texte


def adresse(nom: str, *args: object) -> str:
    return reverse(nom, args=[SIREN, *args])


def lire(navigateur: Client, nom: str, *args: object, **parametres: str) -> str:
    return page(navigateur.get(adresse(nom, *args), parametres))


def envoi(**autres: object) -> dict[str, Any]:
    fichier = SimpleUploadedFile("programme.pdf", UNE_PAGE)
    return {
        "libelle": "Programme 2026",
        "genre": "programme",
        "domaine": "",
        "fichier": fichier,
        "lieu_choisi": "adherent",
        **autres,
    }


def mettre(acteur: ActeurPersonne, **autres: Any) -> DocumentGarde:
    return ajouter(acteur, Lieu(SIREN), **autres)


def sans_piece(acteur: ActeurPersonne) -> Dossier:
    """A draft whose every section is typed, and that waits for its documents."""
    dossier = remplir(brouillon(acteur, siret=SIRET), acteur)
    PieceDeposee.objects.tous("essai").filter(dossier=dossier).delete()
    return dossier


def test_un_document_ajoute_se_prend_dans_un_dossier(aline: ActeurPersonne, navigateur: Client) -> None:
    vide = lire(navigateur, "espace_documents")
    assert "Aucun document pour l’instant" in vide
    assert f'href="{adresse("espace_rib")}"' in vide
    liste = page(navigateur.post(adresse("espace_document_ajouter"), envoi(valide_jusqu_au="31/12/2025"), follow=True))
    assert "« Programme 2026 » est dans le porte-documents." in liste.replace("\u00a0", " ")
    assert "Expiré depuis le 31/12/2025" in liste
    dossier = sans_piece(aline)
    pieces = lire(navigateur, "saisie_pieces", dossier.pk)
    garde = gardes()[0]
    assert f'<option value="{garde.pk}">Programme 2026 (expiré depuis le 31/12/2025)</option>' in pieces
    assert 'aria-label="Prendre dans le porte-documents, Programme"' in pieces
    assert '<option value="" selected>Choisissez</option>' in pieces
    pris = navigateur.post(adresse("saisie_pieces", dossier.pk), {"code": "programme", "document": str(garde.pk)})
    assert pris["Location"] == adresse("saisie_pieces", dossier.pk)
    pieces = lire(navigateur, "saisie_pieces", dossier.pk)
    assert "Prise dans le porte-documents\u00a0: Programme 2026" in pieces
    assert 'id="garde-programme"' not in pieces
    assert "Prise dans le porte-documents" not in lire(navigateur, "espace_documents")


def test_htmx_rend_les_pieces_seules(aline: ActeurPersonne, navigateur: Client) -> None:
    garde, dossier = mettre(aline), sans_piece(aline)
    corps = {"code": "programme", "document": str(garde.pk)}
    fragment = page(navigateur.post(adresse("saisie_pieces", dossier.pk), corps, headers={"HX-Request": "true"}))
    assert "<html" not in fragment
    assert "Prise dans le porte-documents" in fragment


@pytest.mark.parametrize("choix", ["", "absent"])
def test_prendre_sans_choisir_se_dit_a_cote_de_la_boite(aline: ActeurPersonne, navigateur: Client, choix: str) -> None:
    mettre(aline)
    dossier = sans_piece(aline)
    refus = page(navigateur.post(adresse("saisie_pieces", dossier.pk), {"code": "programme", "document": choix}), 422)
    assert 'id="garde-programme_error"' in refus
    assert "Choisissez un document du porte-documents, puis joignez-le" in refus
    assert 'href="#garde-programme"' in refus


def test_un_document_refuse_entre_temps_se_dit(aline: ActeurPersonne, navigateur: Client) -> None:
    autre, garde, dossier = mettre(aline), mettre(aline), sans_piece(aline)
    Document.objects.de_proprietaire([garde.document_id], "essai").update(etat=EtatDocument.EN_ATTENTE)
    corps = {"code": "programme", "document": str(garde.pk)}
    refus = page(navigateur.post(adresse("saisie_pieces", dossier.pk), corps), 422)
    assert "Ce document est en cours d’analyse" in refus
    assert f'value="{autre.pk}"' in refus
    assert f'value="{garde.pk}"' not in refus


def test_une_piece_se_garde_depuis_un_brouillon(aline: ActeurPersonne, navigateur: Client) -> None:
    dossier = remplir(brouillon(aline, siret=SIRET), aline)
    piece = PieceDeposee.objects.tous("essai").get(dossier=dossier, code="programme")
    garder = adresse("piece_garder", dossier.pk, piece.pk)
    assert f'href="{garder}"' in lire(navigateur, "saisie_pieces", dossier.pk)
    formulaire = page(navigateur.get(garder))
    assert 'value="Programme"' in formulaire
    assert '<option value="programme" selected>' in formulaire
    corps = {"libelle": "Programme hygiène", "genre": "programme", "valide_jusqu_au": "", "siret": SIRET}
    envoye = navigateur.post(garder, corps)
    assert envoye["Location"] == adresse("saisie_pieces", dossier.pk)
    garde = gardes()[0]
    assert (garde.libelle, garde.siret, garde.domaine, garde.document_id) == (
        "Programme hygiène",
        SIRET,
        "plan",
        piece.document_id,
    )
    assert f"Programme, {relire(dossier)}" in lire(navigateur, "espace_documents")
    assert "déjà dans le porte-documents" in page(navigateur.post(garder, corps), 422)


def test_modifier_remplacer_puis_supprimer(aline: ActeurPersonne, navigateur: Client) -> None:
    garde = mettre(aline)
    modifier, remplacer, supprimer = (
        adresse(f"espace_document_{acte}", garde.pk) for acte in ("modifier", "remplacer", "supprimer")
    )
    formulaire = lire(navigateur, "espace_document_modifier", garde.pk)
    assert f'href="{remplacer}"' in formulaire
    assert f'href="{supprimer}"' in formulaire
    corps = {"libelle": "Programme 2027", "genre": "annexe", "domaine": "plan", "valide_jusqu_au": "31/12/2027", "version": "1"}
    liste = page(navigateur.post(modifier, corps, follow=True))
    assert "Valable jusqu’au 31/12/2027" in liste
    assert "a changé pendant votre saisie" in page(navigateur.post(modifier, corps), 422)
    fichier = SimpleUploadedFile("v2.pdf", UNE_PAGE)
    assert "v2.pdf" in page(navigateur.post(remplacer, {"version": "2", "fichier": fichier}, follow=True))
    assert "Supprimer Programme 2027" in page(navigateur.get(supprimer))
    assert "n’est plus dans le porte-documents" in page(navigateur.post(supprimer, follow=True))
    assert gardes() == []


def test_un_fichier_s_ouvre_et_se_regarde(aline: ActeurPersonne, navigateur: Client) -> None:
    garde = mettre(aline)
    fichier = navigateur.get(adresse("espace_document_telecharger", garde.pk))
    assert fichier.content == UNE_PAGE
    assert fichier["Content-Disposition"].startswith("attachment")
    assert "L’aperçu est en préparation" in lire(navigateur, "espace_document_apercu", garde.pk)
    dessiner_apercu(document_id=garde.document_id, maintenant=LE)
    image = adresse("espace_document_apercu_page", garde.pk, 1)
    apercu = lire(navigateur, "espace_document_apercu", garde.pk)
    assert f'src="{image}"' in apercu
    assert f'<a href="{adresse("espace_documents")}">Porte-documents</a>' in apercu
    vue = navigateur.get(image)
    assert (vue["Content-Type"], vue["Cache-Control"]) == ("image/png", "no-store")
    assert navigateur.get(adresse("espace_document_apercu_page", garde.pk, 2)).status_code == 404
    Document.objects.de_proprietaire([garde.document_id], "essai").update(etat=EtatDocument.REFUSEE)
    assert navigateur.get(adresse("espace_document_telecharger", garde.pk)).status_code == 409
    assert adresse("espace_document_telecharger", garde.pk) not in lire(navigateur, "espace_documents")


def test_qui_lit_seulement_ne_change_rien(aline: ActeurPersonne) -> None:
    lectrice = personne("Louise", "Lit")
    rattacher(lectrice, droits=[sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
    garde, navigateur = mettre(aline), navigateur_de(lectrice)
    liste = lire(navigateur, "espace_documents")
    assert "Programme 2026" in liste
    assert adresse("espace_document_ajouter") not in liste
    assert adresse("espace_document_modifier", garde.pk) not in liste
    assert "Coordonnées bancaires" in liste
    assert adresse("espace_rib") not in liste
    for nom, args in (("ajouter", ()), ("modifier", (garde.pk,)), ("remplacer", (garde.pk,)), ("supprimer", (garde.pk,))):
        refus = page(navigateur.get(adresse(f"espace_document_{nom}", *args)), 403)
        assert "le droit de saisie sur le plan de développement. Demandez-le à Aline Ferrand" in refus


def test_sur_un_etablissement_on_range_et_on_lit_pour_lui_seul(aline: ActeurPersonne) -> None:
    bruno = personne("Bruno", "Saisit")
    rattacher(bruno, droits=[sur_un_siret(SIRET, Domaine.PLAN, Niveau.SAISIE)])
    mettre(aline, libelle="Pour toute l’entreprise")
    navigateur = navigateur_de(bruno)
    assert 'name="lieu_choisi"' not in lire(navigateur, "espace_document_ajouter")
    liste = page(navigateur.post(adresse("espace_document_ajouter"), envoi(libelle="Pour Annecy"), follow=True))
    assert "Pour Annecy" in liste
    assert "Pour toute l’entreprise" not in liste
    assert [g.siret for g in gardes() if g.libelle == "Pour Annecy"] == [SIRET]
    refus = page(navigateur.post(adresse("espace_document_ajouter"), envoi(domaine="alternance")), 422)
    assert "Vous ne préparez pas ces dossiers-là à cet endroit" in refus
    assert 'value="Programme 2026"' in refus


def test_un_seul_endroit_ne_se_demande_pas_a_un_organisme(aline: ActeurPersonne) -> None:
    driss = personne("Driss", "Forme")
    rattacher(driss, SIREN, Profil.PRESTATAIRE)
    navigateur = navigateur_de(driss)
    assert 'name="lieu_choisi"' not in lire(navigateur, "espace_document_ajouter")
    page(navigateur.post(adresse("espace_document_ajouter"), envoi(), follow=True))
    assert (gardes()[0].siren, gardes()[0].prestataire_siren) == ("", SIREN)


def test_le_menu_ouvre_le_porte_documents_a_qui_le_lit(aline: ActeurPersonne, navigateur: Client) -> None:
    lien = f'href="{adresse("espace_documents")}"'
    assert lien in lire(navigateur, "espace_accueil")
    comptable = personne("Chloé", "Compte")
    rattacher(comptable, droits=[sur_le_siren(Domaine.FACTURES, Niveau.ENVOI)])
    sans = navigateur_de(comptable)
    assert lien not in lire(sans, "espace_accueil")
    assert sans.get(adresse("espace_documents")).status_code == 403


def test_la_liste_se_filtre_et_le_dit(aline: ActeurPersonne, navigateur: Client) -> None:
    mettre(aline)
    mettre(aline, libelle="Certificat", genre="qualiopi")
    liste = lire(navigateur, "espace_documents", genre="qualiopi")
    assert "Certificat" in liste
    assert "Programme 2026" not in liste
    assert "1 document<" in liste
    assert "Aucun document ne correspond" in lire(navigateur, "espace_documents", q="absent")


def test_la_liste_ne_demande_pas_plus_de_requetes_quand_elle_grandit(aline: ActeurPersonne, navigateur: Client) -> None:
    mettre(aline)
    nombres = []
    for _ in range(2):
        lire(navigateur, "espace_documents")
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            lire(navigateur, "espace_documents")
        nombres.append(len(requetes))
        for rang in range(5):
            mettre(aline, libelle=f"Document {rang}")
    assert nombres[0] == nombres[1]


def test_un_document_vaut_jusqu_a_la_fin_de_son_jour_a_paris(aline: ActeurPersonne) -> None:
    mettre(aline, valide_jusqu_au=LE.date())
    minuit = LE.replace(hour=22, minute=59, second=59)
    for instant, attendu in ((minuit, "Valable jusqu’au"), (minuit + timedelta(seconds=1), "Expiré depuis le")):
        with time_machine.travel(instant, tick=False):
            liste = lire(navigateur_de(aline.personne), "espace_documents")
            trouve = re.search(r"(Valable jusqu’au|Expiré depuis le) ", liste)
            assert trouve is not None
            assert trouve.group(1) == attendu
