"""Bad input while a request is typed: whatever was typed stays, a box that cannot be read says why, documents too."""

from collections.abc import Mapping

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jalon.dispositifs.base import LIGNES
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.dossiers.requetes import reponses_de
from jalon.pieces.actions import deposer_document
from tests.dossiers.fabrique import aline
from tests.matrice.monde import Monde
from tests.matrice.requetes import essai
from tests.saisies.cas import FACTURE
from tests.saisies.envoi import adresse, envoyer
from tests.saisies.lecture import Page

ADRESSES = {"saisie_section", "saisie_enregistrer", "saisie_pieces", "saisie_transmettre"}
DATE = "Écrivez la date sous la forme jour/mois/année, par exemple 30/11/2026"
HEURES = "Écrivez une durée en heures, par exemple 3,5 ou 3\u00a0h\u00a030"
FAUTES: list[tuple[str, dict[str, str], dict[str, str]]] = [
    (
        "entreprise",
        {"siret": "123", "idcc": "abc", "effectif": "beaucoup", "contact_courriel": "paul", "contact_telephone": "12"},
        {
            "siret": "Le SIRET comporte 14 chiffres, il en manque 11",
            "idcc": "L’IDCC comporte 4 chiffres, par exemple 1979",
            "effectif": "Écrivez un nombre entier, par exemple 12",
            "contact_courriel": "Écrivez une adresse complète, par exemple camille.ferrand@exemple.fr",
            "contact_telephone": "Le numéro de téléphone comporte 10 chiffres, par exemple 01\u00a023\u00a045\u00a067\u00a089",
        },
    ),
    (
        "action",
        {"intitule": "", "date_debut": "bientôt", "duree_heures": "longtemps"},
        {"intitule": "Indiquez l’intitulé de l’action", "date_debut": DATE, "duree_heures": HEURES},
    ),
    (
        "couts",
        {"cout_pedagogique": "cher"},
        {"cout_pedagogique": "Écrivez un montant en euros, par exemple 1\u00a0250,00"},
    ),
]


def _adresse(monde: Monde, nom: str, *args: str) -> str:
    return reverse(nom, args=[monde.objets["siren"], monde.objets["brouillon"], *args])


def _corps(monde: Monde, section: str, changes: Mapping[str, str]) -> dict[str, object]:
    """The section as it is kept, with what changes."""
    dossier = Dossier.objects.tous("essai").get(pk=monde.objets["brouillon"])
    gardee = reponses_de(dossier, aline())[section]
    page = Page(monde.client("a_admin").get(_adresse(monde, "saisie_section", section)).content.decode())
    return {**gardee["valeurs"], "version": gardee["version"], "_cases": page.valeurs("_cases")[0], **changes}


@pytest.mark.parametrize(("section", "changes", "phrases"), FAUTES, ids=lambda x: x if isinstance(x, str) else "")
def test_une_section_refusee_garde_tout_et_dit_quoi_ecrire(
    section: str, changes: Mapping[str, str], phrases: Mapping[str, str], monde: Monde
) -> None:
    with essai():
        reponse = monde.client("a_admin").post(_adresse(monde, "saisie_section", section), _corps(monde, section, changes))
        assert reponse.status_code == 422
        page = Page(reponse.content.decode())
        assert page.titre.startswith("Erreur\u00a0: ")
        assert sorted(p for _, p in page.resume) == sorted(phrases.values())
        for nom, phrase in phrases.items():
            (ancre,) = (a for a, p in page.resume if p == phrase)
            boite = page.par_id(ancre)
            assert boite.get("name") == nom
            assert boite.get("aria-invalid") == "true"
            assert phrase in page.dit_de(boite)
        for nom, valeur in changes.items():
            assert page.valeurs(nom) == [valeur]
        gardee = Dossier.objects.tous("essai").get(pk=monde.objets["brouillon"])
        assert {n: reponses_de(gardee, aline())[section]["valeurs"][n] for n in changes} == dict(changes)


def test_la_case_quittee_revient_avec_sa_phrase(monde: Monde) -> None:
    with essai():
        corps = {**_corps(monde, "action", {"date_debut": "bientôt"}), "_case": "date_debut"}
        adresse = _adresse(monde, "saisie_enregistrer", "action")
        reponse = monde.client("a_admin").post(adresse, corps, headers={"HX-Request": "true"})
        html = reponse.content.decode()
        assert reponse.status_code == 200
        assert 'id="champ-id_date_debut" hx-swap-oob="true"' in html
        assert DATE in html
        assert 'value="bientôt"' in html


def test_une_ligne_de_la_liste_dit_de_quel_salarie_elle_parle(monde: Monde) -> None:
    fautes = {"date_naissance": DATE, "nir": "Le NIR comporte 15 caractères, clé comprise\u00a0: il en manque 12"}
    with essai():
        dossier = Dossier.objects.tous("essai").get(pk=monde.objets["brouillon"])
        gardee = reponses_de(dossier, aline())["stagiaires"]
        (ligne, *_) = gardee["valeurs"][LIGNES]
        saisies = {"date_naissance": "hier", "nir": "123"}
        corps = {f"stagiaires-0-{nom}": valeur for nom, valeur in {**ligne, **saisies}.items()}
        corps |= {"version": gardee["version"], "_cases": ",".join(ligne), "_depart": "0", "_fin": "1"}
        reponse = monde.client("a_admin").post(_adresse(monde, "saisie_section", "stagiaires"), corps)
    assert reponse.status_code == 422
    page = Page(reponse.content.decode())
    assert page.resume == [(f"id_stagiaires-0-{nom}", f"Salarié 1\u00a0: {phrase}") for nom, phrase in fautes.items()]
    for nom, phrase in fautes.items():
        boite = page.par_id(f"id_stagiaires-0-{nom}")
        assert boite.get("value") == saisies[nom]
        assert phrase in page.dit_de(boite)


@pytest.mark.parametrize(
    ("nom", "octets", "phrase"),
    [
        ("", b"", "Choisissez un fichier, puis joignez-le"),
        ("vide.pdf", b"", "Ce fichier est vide. Vérifiez le document, puis joignez-le de nouveau"),
        ("calcul.xlsx", b"PK\x03\x04", "Enregistrez ce tableau en PDF depuis votre tableur, puis joignez-le"),
    ],
)
@pytest.mark.parametrize("fragment", [False, True], ids=["page", "fragment"])
def test_une_piece_refusee_le_dit_a_sa_place(nom: str, octets: bytes, phrase: str, fragment: bool, monde: Monde) -> None:
    navigateur = monde.client("a_admin")
    programme = PieceDeposee.objects.tous("essai").get(dossier_id=monde.objets["brouillon"], code="programme")
    envoi = {"fichier": SimpleUploadedFile(nom, octets)} if nom else {}
    with essai(), pytest.MonkeyPatch.context() as rustine:
        rustine.setattr("jalon.dossiers.actions.pieces.deposer_document", deposer_document)  # the world does not look at files
        navigateur.post(_adresse(monde, "piece_retirer", str(programme.pk)))
        entetes = {"HX-Request": "true"} if fragment else {}
        reponse = navigateur.post(_adresse(monde, "saisie_pieces"), {"code": "programme", **envoi}, headers=entetes)
    html = reponse.content.decode()
    assert reponse.status_code == 422
    page = Page(f'<!DOCTYPE html><html lang="fr"><head><title>x</title></head><body>{html}</body></html>' if fragment else html)
    if not fragment:
        assert page.titre.startswith("Erreur\u00a0: ")
        assert page.resume == [("fichier-programme", phrase)]
    boite = page.par_id("fichier-programme")
    assert boite.get("aria-invalid") == "true"
    assert phrase in page.dit_de(boite)


def test_une_facture_illisible_le_dit_a_sa_place_et_garde_le_reste(monde: Monde) -> None:
    fichiers = {
        "facture": SimpleUploadedFile("facture.pdf", b"%PDF-1.7 rien"),
        "certificat": SimpleUploadedFile("certificat.exe", b"MZ"),
    }
    phrases = {
        "facture": "Ce fichier est incomplet, sa fin manque. Joignez-le de nouveau depuis le document d’origine",
        "certificat": "Joignez un PDF, un JPEG ou un PNG",
    }
    with essai(), pytest.MonkeyPatch.context() as rustine:
        rustine.setattr("jalon.facturation.actions.depot.deposer_document", deposer_document)
        chemin = adresse(monde, "espace_facture_nouvelle", "prestataire engagement_accorde genre=facture")
        reponse = envoyer(monde, "p_admin", chemin, {**FACTURE, **fichiers})
    assert reponse.status_code == 422
    page = Page(reponse.content.decode())
    assert sorted(page.resume) == sorted((f"id_{nom}", phrase) for nom, phrase in phrases.items())
    for nom, phrase in phrases.items():
        assert phrase in page.dit_de(page.par_id(f"id_{nom}"))
    assert page.valeurs("numero") == [FACTURE["numero"]]


def test_un_envoi_trop_tot_liste_ce_qui_manque_avec_ses_liens(monde: Monde) -> None:
    with essai():
        navigateur = monde.client("a_admin")
        version = _corps(monde, "action", {})["version"]
        navigateur.post(_adresse(monde, "saisie_section", "action"), {"version": version, "_cases": "intitule", "intitule": ""})
        reponse = navigateur.post(_adresse(monde, "saisie_transmettre"))
    assert reponse.status_code == 422
    page = Page(reponse.content.decode())
    assert page.titre.startswith("Erreur\u00a0: ")
    assert page.resume
    for lien, phrase in page.resume:
        assert lien.startswith(f"/e/{monde.objets['siren']}/dossiers/{monde.objets['brouillon']}/"), phrase
