"""Bad input in a page: refused with 422, said beside the box and in the summary, in our words, and nothing typed is lost."""

import re
from collections.abc import Mapping

import pytest
from django.http import HttpResponse

from tests.matrice.monde import Monde
from tests.matrice.requetes import essai
from tests.saisies.cas import Champs, Saisie
from tests.saisies.envoi import adresse, envoyer
from tests.saisies.lecture import Page, postes
from tests.saisies.toutes import SAISIES

INTERDITS = re.compile(
    r"invalide|veuillez|erreur|obligatoire|ce champ|assurez-vous|this field|enter a|select a|ensure", re.IGNORECASE
)
FAUTES = [(s, changes, phrases) for s in SAISIES for changes, phrases in s.fautes]


def _identifiant(cas: object) -> str:
    if isinstance(cas, Saisie):
        return cas.nom
    return ",".join(f"{nom}={str(valeur)[:12]}" for nom, valeur in cas.items()) if isinstance(cas, Mapping) else ""


def _envoyer(monde: Monde, saisie: Saisie, changes: Champs) -> tuple[HttpResponse, dict[str, object]]:
    corps = {nom: valeur for nom, valeur in {**saisie.corps, **changes}.items() if valeur is not None}
    with essai():
        if saisie.avant is not None:
            saisie.avant(monde)
        return envoyer(monde, saisie.role, adresse(monde, saisie.nom, saisie.args), corps), corps


@pytest.mark.parametrize(("saisie", "changes", "phrases"), FAUTES, ids=_identifiant)
def test_une_saisie_refusee_dit_quoi_faire_et_ne_perd_rien(
    saisie: Saisie, changes: Champs, phrases: Mapping[str, str], monde: Monde
) -> None:
    reponse, corps = _envoyer(monde, saisie, changes)
    assert reponse.status_code == 422
    page = Page(reponse.content.decode())
    assert page.titre.startswith("Erreur\u00a0: "), page.titre
    assert sorted(phrase for _, phrase in page.resume) == sorted(phrases.values())
    for champ, phrase in phrases.items():
        assert not INTERDITS.search(phrase)
        _lie_a_sa_boite(page, champ, phrase)
    for nom, valeurs in postes({n: v for n, v in corps.items() if n != "decision"}):
        _garde(page, nom, valeurs)


def _lie_a_sa_boite(page: Page, champ: str, phrase: str) -> None:
    (ancre,) = (a for a, dite in page.resume if dite == phrase)
    if not champ:
        assert ancre == ""
        return
    boite = page.par_id(ancre)
    assert boite.get("name") == champ
    assert phrase in page.dit_de(boite)
    assert boite.get("type") == "radio" or boite.get("aria-invalid") == "true"


def _garde(page: Page, nom: str, valeurs: list[str]) -> None:
    """A list offers what it offers: a value that is none of them is said, not kept."""
    boites = page.boites(nom)
    offertes = {o.get("value") for b in boites for o in [b, *b.iter("option")]}
    a_choisir = any(b.tag == "select" or b.get("type") in {"radio", "checkbox"} for b in boites)
    attendues = [v for v in valeurs if not a_choisir or v in offertes]
    assert set(attendues) <= {v.replace("\r\n", "\n") for v in page.valeurs(nom)}, nom
