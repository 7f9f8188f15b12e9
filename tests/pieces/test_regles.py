"""Names, sizes, types, states: pure judgement."""

import pytest

from jalon.pieces.enums import EtatDocument, TypeDocument
from jalon.pieces.regles import ETATS, afficher_taille, enumerer_types, nettoyer_nom, refus_de_taille, refus_de_type
from jalon.socle.erreurs import TransitionImpossible

MO = 1024 * 1024


@pytest.mark.parametrize(
    ("recu", "garde"),
    [
        ("Convention signée.pdf", "Convention signée.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\bruno\\devis.PDF", "devis.pdf"),
        ("/etc/../a/b.png", "b.png"),
        ("devis\u202efdp.pdf", "devisfdp.pdf"),
        ("devis\x00\x1b[31m\r\n.pdf", "devis[31m.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("  .devis. .pdf", "devis.pdf"),
        ('a<b>c:"d|e?f*.pdf', "a-b-c--d-e-f-.pdf"),
        ("CON.pdf", "document CON.pdf"),
        ("lpt1.png", "document lpt1.png"),
        (".pdf", "document.pdf"),
        ("", "document"),
        ("...", "document"),
        ("a  b\u00a0c.pdf", "a b c.pdf"),
        ("\ufeffdevis\u200b.pdf", "devis.pdf"),
        ("facture.exe.pdf", "facture.exe.pdf"),
    ],
)
def test_un_nom_est_nettoye(recu: str, garde: str) -> None:
    assert nettoyer_nom(recu) == garde


def test_un_nom_trop_long_garde_son_extension() -> None:
    propre = nettoyer_nom("é" * 400 + ".jpeg")
    assert len(propre) == 120
    assert propre.endswith("é.jpeg")


@pytest.mark.parametrize(
    ("octets", "affiche"),
    [
        (1, "1\u00a0octet"),
        (900, "900\u00a0octets"),
        (412 * 1024, "412\u00a0Ko"),
        (int(1.1 * MO), "1,1\u00a0Mo"),
        (10 * MO, "10\u00a0Mo"),
    ],
)
def test_une_taille_s_affiche(octets: int, affiche: str) -> None:
    assert afficher_taille(octets) == affiche


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (14 * MO, "Ce fichier pèse 14\u00a0Mo, la limite est de 10\u00a0Mo"),
        (10 * MO + 1, "Ce fichier pèse 10,1\u00a0Mo, la limite est de 10\u00a0Mo"),
        (None, "Ce fichier pèse plus de 10\u00a0Mo, la limite. Réduisez-le, puis joignez-le de nouveau"),
    ],
)
def test_un_fichier_trop_lourd_dit_la_limite(octets: int | None, phrase: str) -> None:
    assert refus_de_taille(octets, 10 * MO) == phrase


def test_les_types_acceptes_sont_enumeres() -> None:
    assert enumerer_types(list(TypeDocument)) == "un PDF, un JPEG ou un PNG"
    assert enumerer_types([TypeDocument.PDF, TypeDocument.PNG]) == "un PDF ou un PNG"
    assert enumerer_types([TypeDocument.PDF]) == "un PDF"


def test_un_type_hors_de_la_liste_est_refuse_meme_bien_forme() -> None:
    assert refus_de_type("a.png", b"\x89PNG\r\n\x1a\n", [TypeDocument.PDF]) == "Joignez un PDF"
    assert refus_de_type("a.png", b"\x89PNG\r\n\x1a\n", [TypeDocument.PNG]) is None


def test_un_document_refuse_ne_revient_jamais() -> None:
    assert not [t for t in ETATS.transitions if t.depuis == EtatDocument.REFUSEE]
    assert not [t for t in ETATS.transitions if t.vers == EtatDocument.EN_ATTENTE]
    with pytest.raises(TransitionImpossible):
        ETATS.exiger(EtatDocument.REFUSEE, EtatDocument.SAINE)


def test_tous_les_etats_sont_nommes_et_atteignables() -> None:
    assert set(ETATS.libelles) == set(EtatDocument)
    assert "stateDiagram" in ETATS.en_markdown("Document")
