"""Every address, asked by every role that may, with a NIR and an IBAN planted in the world: neither comes back in clear."""

import logging
from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpResponse
from pytest_django.plugin import DjangoDbBlocker

from jalon.courriers.actions import preparer_direct
from jalon.socle.identifiants import masquer_nir
from tests.canaris.recherche import IBAN, NIR, trouver
from tests.dispositifs.exemples import ZOE
from tests.matrice import argent
from tests.matrice.attendus_entreprise import LIT, RIB, SAISIT
from tests.matrice.attendus_opco import VOIT
from tests.matrice.conftest import monde_bati
from tests.matrice.demandes import DE_A, DU_CONTRAT
from tests.matrice.monde import MAINTENANT, Monde
from tests.matrice.requetes import demander, essai
from tests.matrice.roles import Ligne, developper
from tests.matrice.table import TABLE, roles_de
from tests.salaries.outils import ZOE as SALARIEE

TYPER = {f"stagiaires-0-{nom}": valeur for nom, valeur in {**ZOE, "nir": NIR.valeur}.items()} | {
    "_depart": "0",
    "_fin": "1",
    "_cases": ",".join(ZOE),
}
SECTION = ("espace", "siren brouillon code=stagiaires")
AUTRES = [
    Ligne("saisie_section", *SECTION, get=SAISIT, post=SAISIT, corps={**TYPER, "version": "1"}),
    Ligne("saisie_section", *SECTION, post=SAISIT, corps={**TYPER, "version": "99"}),
    Ligne("saisie_enregistrer", *SECTION, post=SAISIT, corps={**TYPER, "version": "1"}),
    Ligne("espace_dossier_recapitulatif", "espace", "siren transmis", get=LIT),
    Ligne("opco_dossier", "opco", "transmis", get=VOIT),
    Ligne("espace_rib_ajouter", "espace", "siren", post="oui: a_admin", corps={**RIB, "iban": IBAN.valeur, "titulaire": ""}),
    Ligne("espace_salarie_nouveau", "espace", "siren", post="422: a_admin", corps={"nir": NIR.valeur}),
    Ligne("opco_lot", "opco", "lot_signe", get="oui: comptable responsable"),
]
"""What the matrix does not ask: the section of trainees, an account refused, the batch already signed."""

PERMIS = {
    ("saisie_section", "GET", "NIR"): developper("SAISISSENT") - {"a_probation"},
    ("saisie_section", "POST", "NIR"): developper("SAISISSENT"),
    ("saisie_enregistrer", "POST", "NIR"): developper("SAISISSENT") - {"a_probation"},
    ("espace_dossier_formulaire_entier", "GET", "NIR"): developper("ADMINS p_convention"),
    ("espace_salarie_nir", "POST", "NIR"): developper("ADMINS"),
    ("espace_salarie_nouveau", "POST", "NIR"): {"a_admin"},
    ("espace_rib_ajouter", "POST", "IBAN"): {"a_admin"},
    ("espace_rib_reveler", "POST", "IBAN"): developper("ADMINS p_admin"),
    ("opco_rib_reveler", "POST", "IBAN"): {"gestionnaire"},
    ("opco_lot_fichier", "POST", "IBAN"): developper("comptable responsable opco_mixte"),
}
"""Where a planted value comes back in clear, and to whom: whoever types in the section of trainees (a
section changed meanwhile by somebody else gives back what was typed), whoever prints the form to be signed, whoever corrects the account
or the employee that was refused, whoever shows an IBAN or the NIR of an employee against a reason, whoever is handed the file for the bank. Nothing else."""

REFUS = {"connexion", "second", "confirmer", "403", "404", "405"}


@pytest.fixture(scope="module")
def monde(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Monde]:
    """The world of the matrix, where a trainee of company A and both accounts are the planted ones."""
    with pytest.MonkeyPatch.context() as rustine:
        rustine.setitem(DE_A["stagiaires"][0], "nir", NIR.valeur)
        rustine.setitem(SALARIEE, "nir", NIR.valeur)
        rustine.setitem(DU_CONTRAT, "apprenti__nir", NIR.valeur)
        rustine.setattr(argent, "IBAN_A", IBAN.valeur)
        rustine.setattr(argent, "IBAN_P", IBAN.valeur)
        with monde_bati(django_db_blocker, "canaris") as bati:
            yield bati


def lire(reponse: HttpResponse) -> bytes:
    """Everything that a browser receives."""
    corps = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content  # type: ignore[attr-defined]
    return b"\n".join([corps, repr(reponse.items()).encode(), reponse.cookies.output().encode()])


def questions() -> Iterator[tuple[Ligne, str, str]]:
    """Every line, method and role that is answered something."""
    for ligne in [*TABLE, *AUTRES]:
        for methode in ("GET", "POST"):
            yield from ((ligne, methode, role) for role in roles_de(ligne, methode) if ligne.attendus(methode)[role] not in REFUS)


def test_aucune_reponse_ne_porte_un_nir_ou_un_iban_hors_de_la_liste(monde: Monde, caplog: pytest.LogCaptureFixture) -> None:
    trouves: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    posees = 0
    with caplog.at_level(logging.DEBUG):
        for ligne, methode, role in questions():
            with essai():
                recu = lire(demander(monde, ligne, methode, role))
            posees += 1
            for canari in trouver(recu):
                trouves[ligne.nom, methode, canari].add(role)
    assert trouves == PERMIS
    assert posees > 500
    assert caplog.records
    assert trouver(caplog.text.encode()) == set(), "les traces, avant même leur masque"


def contenu_de_la_base() -> bytes:
    """Every column of every table as text."""
    morceaux = []
    with connection.cursor() as curseur:
        for table in connection.introspection.table_names(curseur):
            curseur.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            morceaux += [ligne for (ligne,) in curseur.fetchall()]
    return "\n".join(morceaux).encode()


def test_aucune_ligne_de_la_base_ne_porte_un_nir_ou_un_iban(monde: Monde) -> None:
    with essai():
        for ligne in AUTRES:
            if ligne.post is not None:
                demander(monde, ligne, "POST", "a_admin")
        lu = contenu_de_la_base()
        assert monde.objets["numero"].encode() in lu
        assert trouver(lu) == set()
        preparer_direct(adresse="zoe@essai.example", sujet=f"NIR {masquer_nir(NIR.valeur)}", texte="", html="", le=MAINTENANT)
        assert trouver(contenu_de_la_base()) == set()
        preparer_direct(
            adresse="zoe@essai.example", sujet=f"IBAN {' '.join(IBAN.ecritures())}"[:200], texte="", html="", le=MAINTENANT
        )
        assert trouver(contenu_de_la_base()) == {"IBAN"}, "la recherche sait rougir"
