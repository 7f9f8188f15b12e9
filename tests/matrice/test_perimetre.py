"""`visibles_par` gives each person exactly what is hers, and the proof falls for every mutant of every filter (exigences, S2)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection

from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import requete_de_texte
from jalon.dossiers.requetes import FiltreDossiers, comptes_par_etat, liste_dossiers, parcours, perimetre
from jalon.dossiers.requetes import liste as liste_des_dossiers
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Perimetre
from jalon.socle.modeles import ModeleProtege
from tests.acteurs import FauxActeur
from tests.dossiers.fabrique import SIREN_OF
from tests.matrice.lieux import MAINTENANT, SIREN_Q
from tests.matrice.monde import Monde
from tests.matrice.mutants import colonnes, muter
from tests.matrice.visibilite import CHAMPS, COTES, DOMAINES, SUITES, Sujet, sujets, voit

MODELES: Mapping[str, type[ModeleProtege]] = {m.__name__: m for m in apps.get_models() if issubclass(m, ModeleProtege)}
NIVEAUX = (Niveau.LECTURE, Niveau.SAISIE, Niveau.ENVOI, Niveau.GESTION)
PORTEE = frozenset(COTES)
D_UNE_DEMANDE = (PORTEE - {"prestataire_siren"}) | {
    "domaine",
    "dossier__etat",
    "dossier__dispositif",
    "dossier__prestataire_siren",
}
CONDITIONS: Mapping[str, frozenset[str]] = {
    "Dossier": PORTEE | {"domaine", "dispositif", "etat", "accorde_le"},
    **dict.fromkeys(sorted(SUITES), D_UNE_DEMANDE),
    "Engagement": PORTEE | {"domaine", "dossier__dispositif"},
    "Evenement": PORTEE | {"domaine"},
    "Virement": PORTEE | {"execute_le"},
    **dict.fromkeys(("Facture", "CertificatRealisation", "TropPercu", "CoordonneesBancaires"), PORTEE),
    **dict.fromkeys(
        ("Rattachement", "DemandeAcces", "CleApi", "DecisionADeux", "GroupeEtablissements", "OrganisationPreparee"), PORTEE
    ),
    "Salarie": PORTEE,
    "DocumentGarde": frozenset({"siren", "siret", "prestataire_siren", "domaine"}),
    "ImportSalaries": frozenset({"siren", "demande_par"}),
    "Mandat": PORTEE | {"mandataire_siren"},
    "Ticket": frozenset({"portefeuille_id"}),
    "Regularisation": frozenset({"portefeuille_id"}),
    "ModeleReponse": frozenset({"portefeuille_id", "personne_id"}),
    "LotVirements": frozenset({"lignes"}),
    "Revelation": frozenset(),
    "Export": frozenset({"demandeur_id"}),
    "OperationEnNombre": frozenset({"personne"}),
    "Notification": frozenset({"personne_id"}),
}
"""What each filter looks at, by hand. What it does not look at opens nothing: a provider sees nothing of what hangs on a request,
no company sees a message of the contact form or a batch; an export, an act in number and a notification are of one person."""
SANS_NIVEAU = {
    "Ticket",
    "Regularisation",
    "ModeleReponse",
    "LotVirements",
    "Revelation",
    "Export",
    "OperationEnNombre",
    "Notification",
}
"""A power of the OPCO is held or not; the register of revelations is read whole, by who handles the alerts; an export is of one person."""
MUTANTS = [
    (nom, mutation)
    for nom, lues in CONDITIONS.items()
    for mutation in ("tout", *sorted(lues), *(() if nom in SANS_NIVEAU else ("niveau",)))
]


@cache
def _lignes(nom: str) -> list[ModeleProtege]:
    return list(MODELES[nom].objects.tous("essai"))


@cache
def _attendues(nom: str, sujet: Sujet, niveau: Niveau) -> frozenset[UUID]:
    return frozenset(ligne.pk for ligne in _lignes(nom) if voit(ligne, sujet, niveau))


def _vues(nom: str, acteur: Acteur, niveau: Niveau) -> frozenset[UUID]:
    return frozenset(MODELES[nom].objects.visibles_par(acteur, niveau).values_list("pk", flat=True))


def fuites(nom: str) -> Iterator[tuple[Sujet, Niveau, frozenset[UUID]]]:
    """Who sees rows that are not hers."""
    for sujet in sujets():
        for niveau in NIVEAUX:
            trop = _vues(nom, sujet.acteur, niveau) - _attendues(nom, sujet, niveau)
            if trop:
                yield sujet, niveau, trop


def test_tous_les_modeles_proteges_sont_eprouves() -> None:
    assert set(MODELES) == set(CONDITIONS)


@pytest.mark.parametrize("nom", MODELES)
def test_chacun_voit_ce_qui_est_a_lui_et_rien_d_autre(monde: Monde, nom: str) -> None:
    assert list(fuites(nom)) == []
    for sujet in sujets():
        for niveau in NIVEAUX:
            assert _vues(nom, sujet.acteur, niveau) == _attendues(nom, sujet, niveau), (sujet, niveau)
    assert _vues(nom, FauxActeur(), Niveau.LECTURE) == frozenset()


@pytest.mark.parametrize("nom", MODELES)
def test_chaque_filtre_regarde_ce_qui_est_dit(monde: Monde, nom: str) -> None:
    lues = {c for sujet in sujets() for n in NIVEAUX for c in colonnes(MODELES[nom].filtre_perimetre(sujet.acteur, n))}
    assert lues == CONDITIONS[nom]


@pytest.mark.parametrize(("nom", "mutation"), MUTANTS)
def test_chaque_mutant_fait_tomber_la_preuve(monde: Monde, nom: str, mutation: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mute = muter(MODELES[nom], mutation)
    monkeypatch.setattr(MODELES[nom], "filtre_perimetre", classmethod(lambda cls, acteur, niveau: mute(acteur, niveau)))
    trouvees = (trop for sujet, _, trop in fuites(nom) if mutation not in COTES or sujet.cote == mutation)
    assert next(trouvees, None), f"rien ne tombe quand « {mutation} » n’est plus regardé"


SOUS_CONVENTION = [
    (nom, cote, mutation)
    for nom in ("Dossier", "Engagement", "Evenement", *sorted(SUITES))
    for cote in ("siren", "siret")
    for mutation in (cote, "dossier__prestataire_siren" if nom in SUITES else "prestataire_siren", "domaine")
]
"""What is looked at for who acts for a company under a convention: the company and the provider, never one without the other."""


@pytest.mark.parametrize(("nom", "cote", "mutation"), SOUS_CONVENTION)
def test_une_convention_ne_montre_rien_si_l_un_des_deux_manque(
    monde: Monde, nom: str, cote: str, mutation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mute = muter(MODELES[nom], mutation)
    monkeypatch.setattr(MODELES[nom], "filtre_perimetre", classmethod(lambda cls, acteur, niveau: mute(acteur, niveau)))
    trouvees = (trop for sujet, _, trop in fuites(nom) if sujet.prestataire and sujet.cote == cote)
    assert next(trouvees, None), f"rien ne tombe quand « {mutation} » n’est plus regardé"


def _tous(cote: str) -> FauxActeur:
    """Somebody to whom one component of the perimeter is wide open."""
    valeurs = frozenset(getattr(li, cote) for nom in MODELES for li in _lignes(nom)) - {"", None}
    return FauxActeur(dict.fromkeys(DOMAINES, (Niveau.GESTION, Perimetre(**{CHAMPS[cote]: valeurs}))))


@pytest.mark.parametrize(("nom", "cote"), [(n, c) for n, lues in CONDITIONS.items() for c in COTES if c not in lues])
def test_une_composante_qu_un_filtre_ne_regarde_pas_n_ouvre_rien(monde: Monde, nom: str, cote: str) -> None:
    assert _vues(nom, _tous(cote), Niveau.LECTURE) == frozenset()


# Lists of requests are walked in SQL of their own ----------------------------------------------------------------------

Preuve = Callable[[Sujet], bool]
JOUR = MAINTENANT.date()


def _liste_fidele(sujet: Sujet) -> bool:
    """Counts and pages hold what `visibles_par` gives, drafts counted apart."""
    visibles = [li for li in _lignes("Dossier") if voit(li, sujet, Niveau.LECTURE)]
    comptes = comptes_par_etat(sujet.acteur, None, JOUR)
    page = liste_dossiers(sujet.acteur, None, FiltreDossiers(jour=JOUR))
    envoyes = {li.pk for li in visibles if li.etat != "brouillon"}  # type: ignore[attr-defined]
    return sum(comptes.par_etat.values()) == len(visibles) and {d.pk for d in page.dossiers} == envoyes


def test_les_listes_de_dossiers_disent_la_meme_chose(monde: Monde) -> None:
    assert [sujet for sujet in sujets() if not _liste_fidele(sujet)] == []


@pytest.mark.parametrize("cote", COTES)
def test_une_liste_trop_large_fait_tomber_la_preuve(monde: Monde, cote: str, monkeypatch: pytest.MonkeyPatch) -> None:
    vraies = liste_des_dossiers.branches
    toutes = tuple(str(v) for v in {getattr(li, cote) for li in _lignes("Dossier")} - {"", None})

    def trop_larges(*args: Any) -> list[Any]:
        return [replace(b, valeurs=toutes) if b.colonne.value == cote else b for b in vraies(*args)]

    monkeypatch.setattr(liste_des_dossiers, "branches", trop_larges)
    assert not all(_liste_fidele(sujet) for sujet in sujets() if sujet.cote == cote and not sujet.prestataire)
    if cote in {"siren", "siret"}:
        assert not all(_liste_fidele(sujet) for sujet in sujets() if sujet.cote == cote and sujet.prestataire)


def _lectures_sql(sujet: Sujet) -> list[bool]:
    """Whether something shows in the walk, in the search of words, in the counts."""
    vues = perimetre.branches(sujet.acteur, None)
    demande = parcours.Demande(branches=vues, jour=JOUR, tsquery=requete_de_texte("hygiene"))
    marche, mots = parcours.cles_de_page(replace(demande, tsquery="")), parcours._par_les_mots(demande)
    comptes = comptes_par_etat(sujet.acteur, None, JOUR + timedelta(days=1)).par_etat
    return [bool(marche), bool(mots), bool(comptes)]


@pytest.mark.parametrize("cote", ["siren", "siret"])
def test_les_trois_requetes_des_listes_regardent_le_prestataire(monde: Monde, cote: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sujet = Sujet(cote, Domaine.PLAN, Niveau.LECTURE, prestataire=SIREN_Q)
    assert _lectures_sql(sujet) == [False, False, False]
    assert _lectures_sql(replace(sujet, prestataire=SIREN_OF)) == [True, True, True]
    filtres = perimetre.Branche.filtres

    def sans_le_prestataire(branche: perimetre.Branche) -> Iterator[tuple[str, object]]:
        return (("%s::text IS NOT NULL" if "d.prestataire_siren = " in sql else sql, valeur) for sql, valeur in filtres(branche))

    monkeypatch.setattr(perimetre.Branche, "filtres", sans_le_prestataire)
    assert _lectures_sql(sujet) == [True, True, True]


@pytest.mark.parametrize(
    ("cote", "condition", "mute"),
    [
        ("prestataire_siren", "d.accorde_le IS NOT NULL", "TRUE"),
        ("siren", "d.domaine = ANY(%s::text[])", "(%s::text[] IS NOT NULL)"),
        *((cote, "d.dispositif = %s", "(%s::text IS NOT NULL)") for cote in COTES[:-1]),
    ],
)
def test_une_condition_retiree_des_listes_fait_tomber_la_preuve(monde: Monde, cote: str, condition: str, mute: str) -> None:
    retires = 0

    def retirer(executer: Callable[..., Any], sql: str, *autres: Any) -> Any:
        nonlocal retires
        retires += condition in sql
        return executer(sql.replace(condition, mute), *autres)

    with connection.execute_wrapper(retirer):
        assert not all(_liste_fidele(sujet) for sujet in sujets() if sujet.cote == cote)
    assert retires


def test_les_dossiers_sont_assez_nombreux_pour_la_preuve(monde: Monde) -> None:
    assert {li.etat for li in _lignes("Dossier")} >= {"brouillon", "transmis", "en_instruction", "a_completer", "accorde"}  # type: ignore[attr-defined]
    assert Dossier.objects.tous("essai").values("domaine").distinct().count() == 2
