"""A group as the pages read it."""

from itertools import pairwise

import pytest

from jalon.comptes.models import Personne
from jalon.habilitations.models import GroupeEtablissements, Rattachement
from jalon.habilitations.requetes.groupes import (
    lieux_du_groupe,
    liste_des_groupes,
)
from jalon.habilitations.requetes.matrice import FiltreMatrice, matrice
from jalon.habilitations.requetes.mes_droits import mes_droits
from jalon.habilitations.requetes.visibilite import qui_peut_voir
from jalon.organisations.models import Etablissement
from jalon.socle.acteurs import Domaine, Niveau, Portee
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    cle_de_luhn,
    groupe,
    personne,
    rattacher,
    sur_un_groupe,
    sur_un_siret,
)
from tests.habilitations.groupes.outils import SIRET_3

pytestmark = pytest.mark.django_db


def test_la_matrice_montre_le_groupe_et_le_trouve(aline: Personne, sud: GroupeEtablissements, bruno: Rattachement) -> None:
    def noms(**filtre: str) -> list[tuple[str, str]]:
        vue = matrice(SIREN, acteur(aline), LE, filtre=FiltreMatrice(**filtre))
        return [(ligne.nom, ligne.perimetre) for ligne in vue.lignes]

    de_bruno = ("Bruno Marchetti", "groupe «\u00a0Région Sud\u00a0»")
    d_aline = ("Aline Ferrand", "toute l’entreprise")
    assert noms() == [d_aline, de_bruno]
    assert noms(texte="region sud") == [de_bruno]
    assert noms(texte="annecy") == [de_bruno], "par un établissement du groupe"
    assert noms(texte="bellecour") == []
    assert noms(siret=SIRET) == [d_aline, de_bruno]
    assert noms(siret=SIRET_2) == [d_aline]
    ligne = matrice(SIREN, acteur(aline), LE).lignes[1]
    assert (ligne.lieu, ligne.nombre, ligne.niveaux[Domaine.PLAN]) == (str(sud.id), 1, Niveau.SAISIE)


def test_dans_la_matrice_un_groupe_ne_se_fond_pas_dans_des_etablissements(aline: Personne) -> None:
    groupes = [groupe(f"Groupe {rang}", [SIRET]) for rang in range(5)]
    sirets = [cle_de_luhn(f"{SIREN}{rang:04d}") for rang in range(100, 105)]
    droits = [sur_un_siret(s, Domaine.PLAN) for s in sirets] + [sur_un_groupe(g, Domaine.PLAN) for g in groupes]
    rattacher(personne("Bruno", "Marchetti"), droits=droits)
    lignes = matrice(SIREN, acteur(aline), LE, filtre=FiltreMatrice(texte="Bruno")).lignes
    assert sorted(li.nombre for li in lignes) == [1, 1, 1, 1, 1, 5]


def test_ce_que_je_peux_faire_nomme_le_groupe(sud: GroupeEtablissements, bruno: Rattachement) -> None:
    assert bruno.personne is not None
    (cote,) = mes_droits(acteur(bruno.personne), SIREN)
    assert [d.lieu for d in cote.droits] == ["groupe «\u00a0Région Sud\u00a0» (1 établissement)"]
    assert "Plan de développement" not in cote.manquants


def test_qui_voit_un_dossier_passe_par_le_groupe(sud: GroupeEtablissements, bruno: Rattachement) -> None:
    def voient(siret: str) -> set[str]:
        return {v.nom for v in qui_peut_voir(Portee(SIREN, siret, domaine=Domaine.PLAN), LE)}

    assert voient(SIRET) == {"Aline Ferrand", "Bruno Marchetti"}
    assert voient(SIRET_2) == {"Aline Ferrand"}


def test_la_liste_compte_et_se_cherche(aline: Personne, sud: GroupeEtablissements, bruno: Rattachement) -> None:
    groupe("Partout", [SIRET, SIRET_2, SIRET_3])
    groupe("Ailleurs", siren=AUTRE_SIREN)

    def lus(texte: str = "") -> list[tuple[str, int, int, bool]]:
        return [(g.nom, g.etablissements, g.personnes, g.entier) for g in liste_des_groupes(SIREN, acteur(aline), LE, texte)]

    assert lus() == [("Partout", 3, 0, True), ("Région Sud", 1, 1, False)]
    assert lus("région") == lus()[1:]
    assert lus("Bellecour") == lus()[:1]
    assert lus("Strasbourg") == []
    assert bruno.personne is not None
    assert liste_des_groupes(SIREN, acteur(bruno.personne), LE) == []


def test_les_etablissements_se_cherchent_et_se_tournent_page_a_page(aline: Personne, sud: GroupeEtablissements) -> None:
    sirets = [cle_de_luhn(f"{SIREN}{rang:04d}") for rang in range(100, 200)]
    Etablissement.objects.bulk_create(Etablissement(siret=s, code_postal="06000", commune="NICE") for s in sirets)
    vue = lieux_du_groupe(sud, dedans=False)
    assert (len(vue.lieux), len(vue.trouves), vue.pages) == (50, 102, 3)
    for avant, apres in pairwise(lieux_du_groupe(sud, page=p, dedans=False).lieux for p in (1, 2, 3)):
        assert not {x.siret for x in avant} & {x.siret for x in apres}
    assert lieux_du_groupe(sud, page=99, dedans=False).page == 3
    assert lieux_du_groupe(sud, "nice", dedans=False).trouves == tuple(sirets)
    assert lieux_du_groupe(sud, "06 000", dedans=False).trouves == ()
    assert lieux_du_groupe(sud, f"{SIREN[:3]} {SIREN[3:6]} {SIREN[6:]} {SIRET_2[9:]}", dedans=False).trouves == (SIRET_2,)
    assert [x.siege for x in lieux_du_groupe(sud).lieux] == [True]
