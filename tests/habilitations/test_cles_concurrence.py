"""Keys made, revoked and used at once, with real commits (exigences, R7, S8, T15)."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from jalon.habilitations.acteur_cle import ActeurCle
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.authentification import CleRefusee, authentifier_cle
from jalon.habilitations.actions.cles import CleNouvelle, creer_cle_api, revoquer_cle
from jalon.habilitations.actions.droits import retirer_rattachement
from jalon.habilitations.models import CleApi
from jalon.habilitations.regles_des_cles import DemandeCle
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import DroitManquant, SaisieRefusee, TransitionImpossible
from jalon.socle.identifiants import nouvel_id
from tests.fils import ensemble, genres
from tests.habilitations.fabrique import LE, SIREN, acteur, organisation, personne, rattacher, sirens
from tests.habilitations.vagues import deux_cents

SYSTEME = ActeurSysteme("ligne de commande")
LIRE = (Droit(Domaine.PLAN, Niveau.LECTURE),)


def _creer(nom: str, siren: str = SIREN, par: Any = SYSTEME, **autres: Any) -> CleNouvelle:
    demande = DemandeCle(nom=nom, droits=LIRE, jusqu_au=LE.date() + timedelta(days=90))
    return creer_cle_api(siren=siren, profil=Profil.ADHERENT, demande=demande, par=par, maintenant=LE, **autres)


def _revoquer(cle: CleApi, par: Any = SYSTEME) -> CleApi:
    return revoquer_cle(cle_id=cle.id, motif="Logiciel remplacé", par=par, maintenant=LE)


def _cles() -> Any:
    return CleApi.objects.tous("essai")


@deux_cents(40)
def test_a_plusieurs_a_la_fois_il_n_y_a_jamais_trois_cles_du_meme_nom() -> None:
    for tour in range(40):
        resultats = ensemble([lambda nom=f"Paie {tour}": _creer(nom) for _ in range(6)])  # type: ignore[misc]
        assert genres(resultats) == {CleNouvelle.__name__: 2, SaisieRefusee.__name__: 4}
    assert _cles().count() == 80


@deux_cents(40)
def test_un_formulaire_envoye_plusieurs_fois_a_la_fois_fait_une_cle() -> None:
    for tour in range(40):
        ident = nouvel_id()
        resultats = ensemble([lambda i=ident, n=f"N{tour}": _creer(n, cle_id=i) for _ in range(5)])  # type: ignore[misc]
        assert genres(resultats) == {CleNouvelle.__name__: 1, TransitionImpossible.__name__: 4}


@deux_cents(40)
def test_une_rotation_a_plusieurs_ne_laisse_jamais_plus_de_deux_cles_actives() -> None:
    """Two in use: one is revoked while three ask for its successor; one of them at most takes the place, and never a third."""
    for tour in range(40):
        nom = f"Paie {tour}"
        ancienne, _ = _creer(nom), _creer(nom)
        actes: list[Callable[[], object]] = [lambda c=ancienne: _revoquer(c.cle)]  # type: ignore[misc]
        actes += [lambda n=nom: _creer(n) for _ in range(3)]  # type: ignore[misc]
        revocation, *creations = ensemble(actes)
        assert isinstance(revocation, CleApi)
        assert set(genres(creations)) <= {CleNouvelle.__name__, SaisieRefusee.__name__}
        faites = sum(isinstance(r, CleNouvelle) for r in creations)
        assert faites <= 1
        assert _cles().filter(nom=nom, revoquee_le=None).count() == 1 + faites


@deux_cents(40)
def test_revoquer_a_plusieurs_ne_revoque_qu_une_fois() -> None:
    for tour in range(40):
        nouvelle = _creer(f"Paie {tour}")
        resultats = ensemble([lambda c=nouvelle.cle: _revoquer(c) for _ in range(4)])  # type: ignore[misc]
        assert genres(resultats) == {"CleApi": 1, TransitionImpossible.__name__: 3}
    assert Evenement.objects.tous("essai").filter(code="acces.cle_revoquee").count() == 40


@deux_cents(40)
def test_aucun_appel_commence_apres_la_revocation_ne_passe() -> None:
    """Three programs call without stopping while the key is revoked: what began before may pass, what begins after never does."""
    for tour in range(40):
        nouvelle, revoquee = _creer(f"Paie {tour}"), threading.Event()

        def revoquer(cle: CleApi = nouvelle.cle, faite: threading.Event = revoquee) -> CleApi:
            revoque = _revoquer(cle)
            faite.set()
            return revoque

        def appeler(secret: str = nouvelle.secret, faite: threading.Event = revoquee) -> str:
            for _ in range(500):
                apres = faite.is_set()
                try:
                    passe = isinstance(authentifier_cle(cle=secret, adresse="", maintenant=LE), ActeurCle)
                except CleRefusee:
                    return "refusée"
                assert passe
                if apres:
                    return "passée après la révocation"
            return "jamais refusée"

        _, *appels = ensemble([revoquer, appeler, appeler, appeler])
        assert appels == ["refusée"] * 3


@deux_cents(20)
def test_un_administrateur_qu_on_retire_ne_fait_plus_de_cle_ensuite() -> None:
    """Made before or refused after; every key made was made by who still administered."""
    actes: list[Callable[[], object]] = []
    for siren in sirens(20):
        organisation(siren)
        aline, louise = personne(f"A{siren}"), personne(f"L{siren}")
        rattacher(aline, siren)
        lien = rattacher(louise, siren)
        actes.append(partial(_creer, "Paie", siren, acteur(louise)))
        actes.append(partial(retirer_rattachement, rattachement_id=lien.id, motif="essai", par=acteur(aline), maintenant=LE))
    resultats = ensemble(actes)
    assert set(genres(resultats[::2])) <= {CleNouvelle.__name__, DroitManquant.__name__}
    assert genres(resultats[1::2]) == {"Rattachement": 20}
