"""Lines of a file of prepared rights, and what they add to the rights held: tables of cases."""

from datetime import date

import pytest

from jalon.habilitations.droits_prepares import (
    JEUX_DE_COLONNES,
    decouper,
    extraire,
    grouper_lignes,
    lire_ligne,
    lire_lignes,
    renumeroter,
)
from jalon.habilitations.enums import Etendue, JeuDeDroits
from jalon.habilitations.profils import droits_du_profil
from jalon.habilitations.regles import DemandeDroit
from jalon.habilitations.regles_des_preparations import Tenu, ajouts, des_aujourdhui
from jalon.organisations.tableaux import lire_contenu
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.erreurs import SaisieRefusee
from tests.habilitations.fabrique import AUTRE_SIREN, SIREN, SIRET, SIRET_2

LIGNE = {"siren": SIREN, "profil": "adherent", "adresse": "Bruno@Essai.example", "droits": "Lecture"}
FINE = {**LIGNE, "droits": "", "perimetre": SIREN, "domaine": "Factures", "niveau": "Saisie"}
DECEMBRE, MI_DECEMBRE, JUIN = date(2026, 12, 1), date(2026, 12, 15), date(2027, 6, 30)


def boite(niveau: Niveau, fin: date | None = None, debut: date | None = None, siret: str = "") -> DemandeDroit:
    """A box of « factures »."""
    return DemandeDroit(Etendue.SIRET if siret else Etendue.SIREN, siret, Domaine.FACTURES, niveau, fin, debut)


@pytest.mark.parametrize(
    ("droits", "jeu"),
    [
        ("Lecture", JeuDeDroits.LECTURE),
        ("gestionnaire rh", JeuDeDroits.GESTIONNAIRE_RH),
        ("COMPTABILITE", JeuDeDroits.COMPTABILITE),
        ("Comptabilité", JeuDeDroits.COMPTABILITE),
        ("Administration", JeuDeDroits.ADMINISTRATION),
    ],
)
def test_un_profil_de_droits_vaut_ses_cases(droits: str, jeu: JeuDeDroits) -> None:
    assert list(lire_ligne(7, {**LIGNE, "droits": droits}).droits) == droits_du_profil(jeu)


@pytest.mark.parametrize(
    ("perimetre", "siret"),
    [("", ""), ("toute l'organisation", ""), (SIREN, ""), ("123 456 782", ""), (SIRET, SIRET), ("123 456 782 00010", SIRET)],
)
def test_un_profil_de_droits_porte_sur_un_etablissement_ou_sur_tout(perimetre: str, siret: str) -> None:
    droits = lire_ligne(2, {**LIGNE, "perimetre": perimetre, "debut": "01/12/2026", "fin": "30/06/2027"}).droits
    assert list(droits) == droits_du_profil(JeuDeDroits.LECTURE, [siret] if siret else [], DECEMBRE, JUIN)


@pytest.mark.parametrize(
    ("changements", "droit"),
    [
        ({}, boite(Niveau.SAISIE)),
        ({"perimetre": "Toute l'organisation"}, boite(Niveau.SAISIE)),
        ({"perimetre": SIRET_2}, boite(Niveau.SAISIE, siret=SIRET_2)),
        ({"niveau": "lecture", "debut": "01/12/2026", "fin": "2027-06-30"}, boite(Niveau.LECTURE, JUIN, DECEMBRE)),
    ],
)
def test_un_droit_case_par_case(changements: dict[str, str], droit: DemandeDroit) -> None:
    lue = lire_ligne(3, {**FINE, **changements, "prenom": "Bruno", "nom": "Marchetti"})
    assert lue.droits == (droit,)
    assert (lue.numero, lue.siren, lue.profil, lue.adresse) == (3, SIREN, Profil.ADHERENT, "bruno@essai.example")
    assert (lue.prenom, lue.nom) == ("Bruno", "Marchetti")


@pytest.mark.parametrize(
    ("changements", "raison"),
    [
        ({"siren": "12"}, "Le SIREN comporte 9 chiffres"),
        ({"siren": "123456789"}, "Ce SIREN n’existe pas"),
        ({"siren": ""}, "Indiquez le SIREN"),
        ({"profil": "client"}, "Écrivez le profil\u00a0: adherent ou prestataire"),
        ({"profil": ""}, "Écrivez le profil"),
        ({"adresse": ""}, "Indiquez l’adresse électronique"),
        (
            {"droits": "Chef"},
            "Choisissez le profil de droits parmi\u00a0: Gestionnaire RH, Lecture, Comptabilité, Administration",
        ),
        ({"droits": "Lecture", "domaine": "Factures"}, "Indiquez un profil de droits, ou un domaine et un niveau"),
        ({"droits": "Lecture", "niveau": "Envoi"}, "Indiquez un profil de droits, ou un domaine et un niveau"),
        ({"droits": "Administration", "perimetre": SIRET}, "L’administration se donne sur toute l’organisation"),
        ({"droits": "Lecture", "perimetre": "Annecy"}, "Écrivez le périmètre en SIRET"),
        ({"droits": "", "domaine": "Factures", "niveau": "Saisie", "perimetre": ""}, "Écrivez le périmètre en SIRET"),
        ({"droits": "", "perimetre": SIREN, "domaine": "Cuisine", "niveau": "Saisie"}, "Choisissez le domaine parmi"),
        ({"droits": "", "perimetre": SIREN, "domaine": "Factures", "niveau": "Chef"}, "Choisissez le niveau parmi"),
        ({"fin": "bientôt"}, "Écrivez la date"),
        ({"nom": "Marchetti\nBruno"}, "Une case contient un retour à la ligne"),
    ],
)
def test_une_ligne_refusee_dit_pourquoi(changements: dict[str, str], raison: str) -> None:
    lues, refus = lire_lignes([(4, {**LIGNE, **changements})])
    assert lues == []
    assert (refus[0].numero, refus[0].raison[: len(raison)]) == (4, raison)
    with pytest.raises(SaisieRefusee):
        lire_ligne(4, {**LIGNE, **changements})


def test_les_lignes_se_groupent_par_cote_de_siren_et_par_adresse() -> None:
    lignes = [
        lire_ligne(2, LIGNE),
        lire_ligne(3, {**LIGNE, "siren": AUTRE_SIREN}),
        lire_ligne(4, {**LIGNE, "profil": "Prestataire"}),
        lire_ligne(5, {**FINE, "adresse": "bruno@essai.example"}),
    ]
    groupes = grouper_lignes(lignes)
    assert [(g.siren, g.profil, [x.numero for x in g.lignes]) for g in groupes] == [
        (SIREN, Profil.ADHERENT, [2, 5]),
        (AUTRE_SIREN, Profil.ADHERENT, [3]),
        (SIREN, Profil.PRESTATAIRE, [4]),
    ]
    assert {a: [x.numero for x in g] for a, g in groupes[0].par_adresse().items()} == {"bruno@essai.example": [2, 5]}


@pytest.mark.parametrize("fin_de_ligne", ["\n", "\r\n"])
def test_les_lignes_d_une_organisation_se_relisent_dans_le_fichier(fin_de_ligne: str) -> None:
    texte = [
        "siren;profil;adresse;droits",
        f"{SIREN};adherent;a@essai.example;Lecture",
        "",
        f'{SIREN};adherent;"b@essai.example";Lecture',
        f"{SIREN};adherent;é@essai.example;Lecture",
    ]
    octets = "\ufeff".encode() + fin_de_ligne.join(texte).encode()
    tableau = lire_contenu("droits.csv", octets, jeux=JEUX_DE_COLONNES)
    numeros = [numero for numero, _ in tableau.lignes]
    assert numeros == [2, 4, 5]
    relu = lire_contenu("x", extraire(decouper(octets), [5, 4]), jeux=JEUX_DE_COLONNES)
    assert renumeroter(relu.lignes, [4, 5]) == list(tableau.lignes[1:])


TIENT = boite(Niveau.SAISIE)
CAS = [
    ("rien n’est tenu", [], boite(Niveau.LECTURE), boite(Niveau.LECTURE)),
    ("plus haut, aussi longtemps", [Tenu(TIENT)], boite(Niveau.ENVOI), boite(Niveau.ENVOI)),
    ("plus haut, sans fin", [Tenu(boite(Niveau.LECTURE, JUIN))], boite(Niveau.ENVOI), boite(Niveau.ENVOI)),
    ("plus haut, plus tard", [Tenu(TIENT)], boite(Niveau.ENVOI, None, DECEMBRE), boite(Niveau.ENVOI, None, DECEMBRE)),
    ("le même", [Tenu(TIENT)], TIENT, None),
    ("moins haut", [Tenu(TIENT)], boite(Niveau.LECTURE, JUIN), None),
    ("couvert par le SIREN", [Tenu(TIENT)], boite(Niveau.SAISIE, siret=SIRET), None),
    ("le même, plus longtemps", [Tenu(boite(Niveau.SAISIE, DECEMBRE))], boite(Niveau.SAISIE, JUIN), boite(Niveau.SAISIE, JUIN)),
    (
        "le même, plus longtemps, depuis un jour à venir: prolongé sans trou",
        [Tenu(boite(Niveau.SAISIE, MI_DECEMBRE))], boite(Niveau.SAISIE, JUIN, DECEMBRE), boite(Niveau.SAISIE, JUIN),
    ),
    ("plus haut, mais plus court", [Tenu(TIENT)], boite(Niveau.ENVOI, JUIN), "sans fin"),
    ("plus haut, mais plus court qu’une date", [Tenu(boite(Niveau.SAISIE, JUIN))], boite(Niveau.ENVOI, DECEMBRE), "30/06/2027"),
    ("moins haut, mais plus long", [Tenu(boite(Niveau.SAISIE, DECEMBRE))], boite(Niveau.LECTURE), "01/12/2026"),
    ("prévu, plus haut", [Tenu(boite(Niveau.ENVOI, None, DECEMBRE), en_vigueur=False)], boite(Niveau.LECTURE), "sans fin"),
    ("prévu, le même", [Tenu(boite(Niveau.ENVOI, None, DECEMBRE), en_vigueur=False)], boite(Niveau.ENVOI, None, DECEMBRE), None),
    ("prévu, avancé", [Tenu(boite(Niveau.ENVOI, None, DECEMBRE), en_vigueur=False)], boite(Niveau.ENVOI), boite(Niveau.ENVOI)),
    ("prévu, retardé", [Tenu(boite(Niveau.SAISIE, None, DECEMBRE), en_vigueur=False)], boite(Niveau.ENVOI, None, JUIN), "sans fin"),
    ("en attente, le même", [Tenu(boite(Niveau.ENVOI), en_vigueur=False, attend=True)], boite(Niveau.ENVOI), boite(Niveau.ENVOI)),
    ("en attente, plus haut", [Tenu(boite(Niveau.GESTION), en_vigueur=False, attend=True)], boite(Niveau.ENVOI), "confirmation"),
]  # fmt: skip


@pytest.mark.parametrize(("tenus", "voulu", "attendu"), [cas[1:] for cas in CAS], ids=[cas[0] for cas in CAS])
def test_ce_qui_s_ajoute_n_enleve_rien(tenus: list[Tenu], voulu: DemandeDroit, attendu: DemandeDroit | str | None) -> None:
    donnes, conflits = ajouts(tenus, [voulu])
    if isinstance(attendu, str):
        assert donnes == []
        assert attendu in conflits[voulu.case]
    else:
        assert donnes == ([attendu] if attendu else [])
        assert conflits == {}


def test_un_debut_passe_depuis_la_preparation_est_aujourd_hui() -> None:
    droit = boite(Niveau.LECTURE, None, DECEMBRE)
    assert des_aujourdhui(droit, date(2026, 11, 30)) == droit
    assert des_aujourdhui(droit, DECEMBRE) == boite(Niveau.LECTURE)
    assert des_aujourdhui(droit, JUIN) == boite(Niveau.LECTURE)
    assert des_aujourdhui(boite(Niveau.LECTURE), JUIN) == boite(Niveau.LECTURE)
