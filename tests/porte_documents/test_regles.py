"""Names, kinds, validity."""

from datetime import date

import pytest

from jalon.dispositifs.registre import DISPOSITIFS
from jalon.porte_documents.enums import Genre
from jalon.porte_documents.regles import (
    GENRE_DE_PIECE,
    LIBELLE_AU_PLUS,
    RIB_REFUSE,
    Description,
    est_expire,
    genre_de_piece,
    parle_d_un_rib,
    phrase_de_validite,
    rang_pour_la_piece,
    verifier,
)
from jalon.porte_documents.requetes import Lieu
from jalon.socle.acteurs import Profil
from jalon.socle.erreurs import Introuvable, SaisiesRefusees

JOUR = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("texte", "rib"),
    [
        ("RIB", True),
        ("rib-2026.pdf", True),
        ("mon_RIB.pdf", True),
        ("Relevé d’identité bancaire", True),
        ("IBAN de l’entreprise", True),
        ("Coordonnées bancaires", True),
        ("Attribution du marché", False),
        ("ribambelle.pdf", False),
        ("", False),
    ],
)
def test_un_rib_se_reconnait_a_son_nom(texte: str, rib: bool) -> None:
    assert parle_d_un_rib(texte) is rib


@pytest.mark.parametrize(
    ("dite", "refus"),
    [
        ({"libelle": "  "}, {"libelle": "Donnez un nom à ce document"}),
        ({"libelle": "x" * (LIBELLE_AU_PLUS + 1)}, {"libelle": "120 caractères au plus\u00a0: il y en a 1 de trop"}),
        ({"libelle": "RIB de l’entreprise"}, {"libelle": RIB_REFUSE}),
        ({"genre": "facture"}, {"genre": "Choisissez ce qu’est ce document"}),
        ({"domaine": "rib"}, {"domaine": "Choisissez les dossiers auxquels il sert"}),
        (
            {"libelle": "", "genre": ""},
            {"libelle": "Donnez un nom à ce document", "genre": "Choisissez ce qu’est ce document"},
        ),
    ],
)
def test_ce_qui_est_dit_se_verifie_boite_par_boite(dite: dict[str, str], refus: dict[str, str]) -> None:
    with pytest.raises(SaisiesRefusees) as leve:
        verifier(Description(**({"libelle": "Programme", "genre": "programme", "domaine": ""} | dite)))  # type: ignore[arg-type]
    assert leve.value.champs == refus


def test_un_nom_perd_ses_espaces_autour_et_tient_sa_limite() -> None:
    dite = verifier(Description(libelle=f"  {'x' * LIBELLE_AU_PLUS} ", genre="autre", domaine="plan"))
    assert dite.libelle == "x" * LIBELLE_AU_PLUS


@pytest.mark.parametrize(
    ("fin", "expire", "phrase"),
    [
        (None, False, ""),
        (date(2026, 11, 25), False, "Valable jusqu’au 25/11/2026"),
        (date(2026, 11, 24), False, "Valable jusqu’au 24/11/2026"),
        (date(2026, 11, 23), True, "Expiré depuis le 23/11/2026"),
    ],
)
def test_un_document_vaut_encore_son_dernier_jour(fin: date | None, expire: bool, phrase: str) -> None:
    assert (est_expire(fin, JOUR), phrase_de_validite(fin, JOUR)) == (expire, phrase)


def test_ceux_du_genre_de_la_piece_viennent_d_abord_et_les_expires_en_dernier() -> None:
    choix = [("autre", None), ("programme", date(2026, 1, 1)), ("programme", None), ("autre", date(2026, 1, 1))]
    ranges = sorted(choix, key=lambda c: rang_pour_la_piece(c[0], "programme", c[1], JOUR))
    assert ranges == [choix[2], choix[0], choix[1], choix[3]]


def test_chaque_genre_de_piece_est_celui_d_une_piece_declaree() -> None:
    codes = {p.code for d in DISPOSITIFS.values() for exigee in d.pieces for p in (exigee, *exigee.une_de)}
    assert set(GENRE_DE_PIECE) <= codes
    assert genre_de_piece("cerfa_signe") == Genre.AUTRE


@pytest.mark.parametrize(("siret", "profil"), [("12345678200010", Profil.ADHERENT), ("13002526500013", Profil.PRESTATAIRE)])
def test_un_etablissement_est_de_son_entreprise(siret: str, profil: Profil) -> None:
    with pytest.raises(Introuvable):
        Lieu("130025265", profil, siret)
