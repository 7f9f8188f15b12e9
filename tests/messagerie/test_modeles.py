"""Model answers: a closed list of variables, mine and those of my portefeuilles."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from jalon.journal.models import Evenement
from jalon.messagerie.actions import creer_modele, modifier_modele, supprimer_modele
from jalon.messagerie.enums import Usage
from jalon.messagerie.models import ModeleReponse
from jalon.messagerie.regles import VARIABLES, remplir_modele, variables_inconnues
from jalon.messagerie.requetes import modele_accessible, modeles_de
from jalon.socle.acteurs import Pouvoir
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco
from tests.dossiers.fabrique import AUTRE_PORTEFEUILLE, PORTEFEUILLE, SIREN

pytestmark = pytest.mark.django_db
LE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def conseiller(portefeuille: UUID = PORTEFEUILLE, nom: str = "Emma Essai") -> FauxActeur:
    return acteur_opco(portefeuille, Pouvoir.INSTRUIRE, nom=nom)


def creer(par: FauxActeur, portefeuille: UUID | None = PORTEFEUILLE, **champs: Any) -> ModeleReponse:
    valeurs = {"titre": "Programme", "corps": "Bonjour {entreprise}", "usages": ["message"], **champs}
    return creer_modele(portefeuille_id=portefeuille, par=par, maintenant=LE, **valeurs)


@pytest.mark.parametrize(
    ("texte", "valeurs", "attendu"),
    [
        ("Dossier {numero} de {entreprise}", {"numero": "26", "entreprise": "Lac"}, "Dossier 26 de Lac"),
        ("Avant le {echeance}", {"echeance": ""}, "Avant le …"),
        ("{numero}{numero}", {"numero": "{titre}"}, "{titre}{titre}"),
        ("Sans rien", {}, "Sans rien"),
    ],
)
def test_un_modele_se_remplit_une_fois(texte: str, valeurs: dict[str, str], attendu: str) -> None:
    assert remplir_modele(texte, valeurs) == attendu


def test_seules_les_variables_de_la_liste() -> None:
    assert variables_inconnues("".join(f"{{{nom}}}" for nom in VARIABLES)) == []
    assert variables_inconnues("{nir} {numero} {nir} { numero }") == ["nir", " numero "]


@pytest.mark.parametrize(
    ("champs", "champ", "phrase"),
    [
        ({"titre": " "}, "titre", "Indiquez le nom du modèle"),
        ({"titre": "x" * 81}, "titre", "Ce nom comporte 80 caractères au plus, il y en a 1 de trop"),
        ({"corps": " "}, "corps", "Écrivez le texte du modèle"),
        ({"corps": "x" * 4001}, "corps", "Un modèle comporte 4000 caractères au plus, il y en a 1 de trop"),
        ({"corps": "Votre {nir}"}, "corps", "«\u00a0{nir}\u00a0» n’est pas une variable\u00a0: choisissez dans la liste"),
        ({"usages": []}, "usages", "Choisissez où ce modèle est proposé"),
        ({"usages": ["ailleurs"]}, "usages", "Choisissez où ce modèle est proposé"),
    ],
)
def test_un_modele_mal_fait_est_refuse(champs: dict[str, Any], champ: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        creer(conseiller(), **champs)
    assert (refus.value.champ, refus.value.message) == (champ, phrase)
    assert modeles_de(conseiller()) == []


def test_les_miens_et_ceux_de_mes_portefeuilles() -> None:
    emma, farid, ailleurs = conseiller(), conseiller(nom="Farid Essai"), conseiller(AUTRE_PORTEFEUILLE)
    commun, mien = creer(emma), creer(emma, None, titre="À moi", usages=["refus", "complement"])
    assert [m.pk for m in modeles_de(emma)] == [commun.pk, mien.pk] or [m.titre for m in modeles_de(emma)] == [
        "À moi",
        "Programme",
    ]
    assert modeles_de(farid) == [commun]
    assert modeles_de(ailleurs) == []
    assert modeles_de(acteur_entreprise(SIREN)) == []
    assert (modeles_de(emma, Usage.REFUS), modeles_de(emma, Usage.MESSAGE)) == ([mien], [commun])
    assert mien.usages == ["complement", "refus"]
    with pytest.raises(Introuvable):
        modele_accessible(mien.pk, farid)


def test_ecrire_un_modele_demande_d_instruire_la() -> None:
    with pytest.raises(DroitManquant):
        creer(conseiller(AUTRE_PORTEFEUILLE))
    for acteur in (acteur_opco(PORTEFEUILLE), acteur_entreprise(SIREN)):
        for portefeuille in (PORTEFEUILLE, None):
            with pytest.raises(DroitManquant):
                creer(acteur, portefeuille)


def test_modifier_et_supprimer_se_lisent_dans_le_journal() -> None:
    emma, farid = conseiller(), conseiller(nom="Farid Essai")
    commun, mien = creer(emma), creer(emma, None)
    modifie = modifier_modele(modele_id=commun.pk, titre="Autre", corps="{numero}", usages=["refus"], par=farid, maintenant=LE)
    assert (modifie.titre, modifie.corps, modifie.modifie_par_nom) == ("Autre", "{numero}", "Farid Essai")
    for acte in (
        lambda: modifier_modele(modele_id=mien.pk, titre="x", corps="x", usages=["refus"], par=farid, maintenant=LE),
        lambda: supprimer_modele(modele_id=mien.pk, par=farid, maintenant=LE),
        lambda: supprimer_modele(modele_id=commun.pk, par=conseiller(AUTRE_PORTEFEUILLE), maintenant=LE),
    ):
        with pytest.raises(Introuvable):
            acte()
    supprimer_modele(modele_id=commun.pk, par=emma, maintenant=LE)
    assert modeles_de(farid) == []
    codes = Evenement.objects.tous("essai").order_by("id").values_list("code", flat=True)
    assert sorted(codes) == ["modele.cree", "modele.cree", "modele.modifie", "modele.supprime"]
