"""Filters, columns and sort of a URL: what is understood, and what is told and left out."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jalon.socle.colonnes import jour, jour_de, montant, texte
from jalon.socle.filtres import TOUJOURS, TOUT_MONTANT, Adresse, Fourchette, Periode, Tri, champs_de

ETATS = {"transmis": "Transmis", "accorde": "Accordé"}
COLONNES = (
    texte("titre", "Demande", d_office=True),
    montant("montant", "Montant", champ="facture__montant"),
    jour("debut", "Début", tri=True),
    jour_de("modifie_le", "Modifié", tri=True, d_office=True),
)
LIRE: dict[str, Callable[[Adresse], Any]] = {
    "etat": lambda a: a.parmi("etat", "État", ETATS),
    "un": lambda a: a.un_parmi("etat", "État", ETATS),
    "siret": lambda a: a.siren_ou_siret("siret", "SIRET"),
    "periode": lambda a: a.periode("depot", "Déposé"),
    "montant": lambda a: a.fourchette("montant", "À payer"),
    "tri": lambda a: a.tri(COLONNES, Tri("modifie_le")),
    "colonnes": lambda a: [c.code for c in a.colonnes(COLONNES)],
}


@pytest.mark.parametrize(
    ("quoi", "parametres", "lu", "refus"),
    [
        ("etat", {}, (), []),
        ("etat", {"etat": "accorde,transmis,accorde"}, ("accorde", "transmis"), []),
        ("etat", {"etat": "accorde,vendu"}, ("accorde",), ["«\u00a0vendu\u00a0» n’existe pas, ou plus"]),
        ("un", {"etat": "vendu"}, "", ["Le filtre «\u00a0État\u00a0» est ignoré"]),
        ("siret", {"siret": "123 456 782"}, "123456782", []),
        ("siret", {"siret": "12345678200010"}, "12345678200010", []),
        ("siret", {"siret": "123456789"}, "", ["ce SIREN n’existe pas"]),
        ("siret", {"siret": "1234567820001"}, "", ["il en manque 1"]),
        ("siret", {"siret": "abc"}, "", ["ne comporte que des chiffres"]),
        ("periode", {}, TOUJOURS, []),
        ("periode", {"depot_du": "2026-01-01"}, Periode(du=date(2026, 1, 1)), []),
        ("periode", {"depot_du": "2026-01-01", "depot_au": "31/01/2026"}, Periode(date(2026, 1, 1), date(2026, 1, 31)), []),
        ("periode", {"depot_du": "2026-02-01", "depot_au": "2026-01-31"}, TOUJOURS, ["la fin de la période précède son début"]),
        ("periode", {"depot_du": "2026-02-30", "depot_au": "2026-03-01"}, Periode(au=date(2026, 3, 1)), ["Déposé à partir du"]),
        ("montant", {"montant_min": "1 000,50"}, Fourchette(mini=Decimal("1000.50")), []),
        ("montant", {"montant_min": "5", "montant_max": "4"}, TOUT_MONTANT, ["le plus grand montant est inférieur"]),
        ("montant", {"montant_max": "beaucoup"}, TOUT_MONTANT, ["À payer jusqu’à"]),
        ("tri", {}, Tri("modifie_le"), []),
        ("tri", {"tri": "debut"}, Tri("debut", descendant=False), []),
        ("tri", {"tri": "-debut"}, Tri("debut"), []),
        ("tri", {"tri": "titre"}, Tri("modifie_le"), ["ne se range pas par «\u00a0titre\u00a0»"]),
        ("tri", {"tri": "-inconnue"}, Tri("modifie_le"), ["ne se range pas par «\u00a0inconnue\u00a0»"]),
        ("colonnes", {}, ["titre", "modifie_le"], []),
        ("colonnes", {"colonnes": "montant,titre,montant"}, ["montant", "titre"], []),
        ("colonnes", {"colonnes": "montant,nir"}, ["montant"], ["La colonne «\u00a0nir\u00a0» n’existe pas"]),
    ],
)
def test_ce_qui_ne_veut_rien_dire_se_dit_et_se_laisse(
    quoi: str, parametres: dict[str, str], lu: object, refus: list[str]
) -> None:
    adresse = Adresse(parametres)
    assert LIRE[quoi](adresse) == lu
    assert len(adresse.refus) == len(refus)
    assert all(attendu in dit for attendu, dit in zip(refus, adresse.refus, strict=True))


def test_un_tri_s_ecrit_comme_il_se_lit() -> None:
    assert [str(Tri("debut")), str(Tri("debut", descendant=False))] == ["-debut", "debut"]


def test_les_champs_se_demandent_une_fois() -> None:
    assert champs_de([*COLONNES, COLONNES[0]]) == ("titre", "facture__montant", "debut", "modifie_le")
