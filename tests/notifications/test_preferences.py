"""Which way of telling holds: a table; and what is refused."""

import pytest

from jalon.habilitations.acteurs import ActeurSysteme
from jalon.journal.models import Evenement
from jalon.notifications.actions.preferences import choisir_canaux
from jalon.notifications.enums import LIBELLES_CANAUX, LIBELLES_GENRES, Canal, Genre
from jalon.notifications.models import Preference
from jalon.notifications.regles import PAR_DEFAUT, canal_retenu, sans_courriel
from jalon.notifications.requetes import canaux_du_lieu, choix_de
from jalon.socle.erreurs import Introuvable, SaisieRefusee
from tests.fils import ensemble
from tests.habilitations.fabrique import AUTRE_SIREN, LE, SIREN, acteur, personne

G = Genre.FACTURE_PAYEE
CAS = [
    ({}, SIREN, Canal.PORTAIL),
    ({(G, ""): Canal.AUCUN}, SIREN, Canal.AUCUN),
    ({(G, ""): Canal.AUCUN, (G, SIREN): Canal.IMMEDIAT}, SIREN, Canal.IMMEDIAT),
    ({(G, ""): Canal.AUCUN, (G, SIREN): Canal.IMMEDIAT}, AUTRE_SIREN, Canal.AUCUN),
    ({(G, SIREN): Canal.IMMEDIAT}, AUTRE_SIREN, Canal.PORTAIL),
    ({(G, SIREN): Canal.RECAPITULATIF}, "", Canal.PORTAIL),
    ({(Genre.RIB_GELE, ""): Canal.AUCUN}, SIREN, Canal.PORTAIL),
]


@pytest.mark.parametrize(("choix", "lieu", "attendu"), CAS)
def test_le_choix_de_l_espace_puis_celui_de_partout_puis_le_notre(
    choix: dict[tuple[Genre, str], Canal], lieu: str, attendu: Canal
) -> None:
    assert canal_retenu(choix, G, lieu) is attendu


def test_chaque_genre_et_chaque_canal_se_lisent_en_francais() -> None:
    assert set(LIBELLES_GENRES) == set(PAR_DEFAUT) == set(Genre)
    assert set(LIBELLES_CANAUX) == set(Canal)
    assert [sans_courriel(c) for c in Canal] == [Canal.AUCUN, *[Canal.PORTAIL] * 3]


@pytest.mark.django_db
def test_choisir_puis_revenir_a_ce_qui_vaut_partout() -> None:
    qui = personne()
    choisir_canaux(canaux={G: "aucun"}, lieu="", par=acteur(qui), maintenant=LE)
    choisir_canaux(canaux={G: "immediat"}, lieu="123 456 782", par=acteur(qui), maintenant=LE)
    assert choix_de(qui.pk) == {(G, ""): Canal.AUCUN, (G, SIREN): Canal.IMMEDIAT}
    assert canaux_du_lieu(qui.pk, SIREN)[G] is Canal.IMMEDIAT
    assert canaux_du_lieu(qui.pk, AUTRE_SIREN)[G] is None
    choisir_canaux(canaux={G: ""}, lieu=SIREN, par=acteur(qui), maintenant=LE)
    assert choix_de(qui.pk) == {(G, ""): Canal.AUCUN}
    assert Evenement.objects.tous("essai").filter(code="notifications.preferences", objet_id=str(qui.pk)).count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("canal", "lieu", "champ"), [("", "", G.value), ("autre", SIREN, G.value), ("portail", "123456789", None)]
)
def test_ce_qui_ne_veut_rien_dire_est_refuse(canal: str, lieu: str, champ: str | None) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        choisir_canaux(canaux={G: canal}, lieu=lieu, par=acteur(personne()), maintenant=LE)
    assert refus.value.champ == champ
    assert not Preference.objects.exists()


@pytest.mark.django_db
def test_le_systeme_n_a_pas_de_preferences() -> None:
    with pytest.raises(Introuvable):
        choisir_canaux(canaux={G: "portail"}, lieu="", par=ActeurSysteme("essai"), maintenant=LE)


@pytest.mark.usefixtures("base_reelle")
def test_deux_fenetres_a_la_fois_gardent_un_seul_choix() -> None:
    qui = personne()
    ensemble([lambda c=c: choisir_canaux(canaux={G: c}, lieu="", par=acteur(qui), maintenant=LE) for c in ("aucun", "portail")])
    assert Preference.objects.count() == 1
