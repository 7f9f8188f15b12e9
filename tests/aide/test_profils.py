"""Branche and région: chosen, kept, and what they leave out of the help."""

import pytest

from jalon.aide.actions.profils import choisir_profil
from jalon.aide.guides import GUIDES, lire_guide
from jalon.aide.models import ProfilAide
from jalon.aide.profils import REGIONS, Profil, branches, lire_profil, qui_concernent
from jalon.aide.requetes import profil_de
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.journal.models import Evenement
from jalon.referentiels.paquet import conventions
from jalon.socle.erreurs import Introuvable, SaisiesRefusees
from tests.habilitations.fabrique import LE, acteur, personne

TETE = "titre: Un essai\nresume: À lire\ntheme: Premiers pas"
TOUS = lire_guide("tous", f"{TETE}\n\nTexte")
RESTAURATION = lire_guide("restauration", f"{TETE}\nbranches: 1979, 1501\n\nTexte")
REUNION = lire_guide("reunion", f"{TETE}\nregions: 04\n\nTexte")


@pytest.mark.parametrize(
    ("profil", "vus"),
    [
        (Profil(), {"tous", "restauration", "reunion"}),
        (Profil("1979"), {"tous", "restauration", "reunion"}),
        (Profil("0016"), {"tous", "reunion"}),
        (Profil("1979", "84"), {"tous", "restauration"}),
        (Profil("0016", "84"), {"tous"}),
        (Profil("", "04"), {"tous", "restauration", "reunion"}),
    ],
)
def test_un_profil_ecarte_ce_qui_est_pour_d_autres(profil: Profil, vus: set[str]) -> None:
    assert {g.code for g in qui_concernent([TOUS, RESTAURATION, REUNION], profil)} == vus


def test_les_guides_ne_nomment_que_des_branches_et_des_regions_connues() -> None:
    for guide in GUIDES.values():
        assert set(guide.branches) <= set(conventions())
        assert set(guide.regions) <= set(REGIONS)


def test_les_branches_sont_celles_de_l_opco_ou_toutes() -> None:
    assert set(branches("OPCO Mobilités")) == {c for c, f in conventions().items() if f.opco == "OPCO Mobilités"}
    assert set(branches("")) == set(branches("Inconnu")) == set(conventions())


@pytest.mark.parametrize(("branche", "region", "champ"), [("9998", "", "branche"), ("", "99", "region")])
def test_un_choix_inconnu_est_refuse(branche: str, region: str, champ: str) -> None:
    with pytest.raises(SaisiesRefusees) as refus:
        lire_profil(branche=branche, region=region)
    assert set(refus.value.champs) == {champ}


@pytest.mark.django_db
def test_chacun_choisit_le_sien_et_le_change() -> None:
    aline, bruno = personne(), personne("Bruno")
    assert profil_de(aline.pk) == Profil()
    for region in ("84", "04"):
        choisir_profil(branche="1979", region=region, par=acteur(aline), maintenant=LE)
    assert profil_de(aline.pk) == Profil("1979", "04")
    assert profil_de(aline.pk).fuseau == "Indian/Reunion"
    assert profil_de(bruno.pk) == Profil()
    choisir_profil(branche="", region="", par=acteur(aline), maintenant=LE)
    assert profil_de(aline.pk) == Profil()
    assert Evenement.objects.tous("essai").filter(code="aide.profil_choisi").count() == 3


@pytest.mark.django_db
def test_un_choix_refuse_n_ecrit_rien() -> None:
    with pytest.raises(SaisiesRefusees):
        choisir_profil(branche="9998", region="", par=acteur(personne()), maintenant=LE)
    with pytest.raises(Introuvable):
        choisir_profil(branche="", region="84", par=ActeurSysteme("essai"), maintenant=LE)
    assert not ProfilAide.objects.exists()
