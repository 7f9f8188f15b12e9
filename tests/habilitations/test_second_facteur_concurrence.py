"""A lost second factor: its owner and people of the OPCO act at the same instant (exigences, R7, T14)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from jalon.habilitations.actions.commandes import declarer_avis_envoyes
from jalon.habilitations.actions.second_facteur import (
    annuler_perte,
    confirmer_perte,
    declarer_perte,
    refuser_perte,
    remplacer_second_facteur,
)
from jalon.habilitations.enums import EtatPerte
from jalon.habilitations.models import AvisPostal, PerteSecondFacteur
from jalon.journal.models import Evenement
from tests.fils import ensemble, genres
from tests.habilitations.fabrique import LE, acteur, agent, organisation, personne, rattacher
from tests.habilitations.vagues import deux_cents

REFUSE = "TransitionImpossible"


def _agents(nombre: int) -> list[Any]:
    """People of the OPCO whose roles were read already."""
    tous = [acteur(agent(prenom=f"Agent{rang}")) for rang in range(nombre)]
    assert all(qui.roles_opco for qui in tous)
    return tous


def _perdant(rang: int) -> Any:
    bruno = personne(f"Bruno{rang}")
    rattacher(bruno)
    return acteur(bruno)


def _confirmer(perte: PerteSecondFacteur, par: Any) -> PerteSecondFacteur:
    return confirmer_perte(perte_id=perte.id, preuve="Rappelée au siège", par=par, maintenant=LE)


def _remplacer(perte: PerteSecondFacteur, par: Any) -> PerteSecondFacteur:
    return remplacer_second_facteur(perte_id=perte.id, par=par, maintenant=LE)


def _refuser(perte: PerteSecondFacteur, par: Any) -> PerteSecondFacteur:
    return refuser_perte(perte_id=perte.id, motif="Voix inconnue", par=par, maintenant=LE)


def _confirmee(qui: Any, hugo: Any) -> PerteSecondFacteur:
    """Confirmed by a first person, its letter posted."""
    perte = _confirmer(declarer_perte(par=qui, maintenant=LE), hugo)
    declarer_avis_envoyes(avis=[perte.avis_id], par=hugo, maintenant=LE)  # type: ignore[list-item]
    return perte


def _remplacements() -> int:
    return Evenement.objects.tous("essai").filter(code="acces.second_facteur_remplace").count()


@deux_cents(20)
def test_deux_secondes_confirmations_en_meme_temps_n_en_font_qu_une() -> None:
    """Twenty lost second factors, each replaced by two people at once."""
    organisation()
    rattacher(personne())
    hugo, *autres = _agents(3)
    actes: list[Callable[[], object]] = []
    for rang in range(20):
        perte = _confirmee(_perdant(rang), hugo)
        actes += [partial(_remplacer, perte, qui) for qui in autres]
    resultats = ensemble(actes)
    for rang in range(20):
        assert genres(resultats[2 * rang : 2 * rang + 2]) == {"PerteSecondFacteur": 1, REFUSE: 1}
    assert _remplacements() == 20


@deux_cents(20)
def test_deux_premieres_confirmations_en_meme_temps_n_ecrivent_qu_une_lettre() -> None:
    """One first person, one letter; and who confirmed first is never the one who replaces."""
    organisation()
    rattacher(personne())
    agents = _agents(2)
    pertes = [declarer_perte(par=_perdant(rang), maintenant=LE) for rang in range(20)]
    resultats = ensemble([partial(_confirmer, perte, qui) for perte in pertes for qui in agents])
    for rang in range(20):
        assert genres(resultats[2 * rang : 2 * rang + 2]) == {"PerteSecondFacteur": 1, REFUSE: 1}
    assert AvisPostal.objects.count() == 20


@deux_cents(20)
def test_remplacer_refuser_et_annuler_en_meme_temps_une_seule_fin() -> None:
    """The second person replaces, another refuses, the owner takes back: one of the three, and what it says is what happened."""
    organisation()
    rattacher(personne())
    hugo, seconde, troisieme = _agents(3)
    pertes, actes = [], []
    for rang in range(20):
        qui = _perdant(rang)
        perte = _confirmee(qui, hugo)
        pertes.append(perte)
        actes += [
            partial(_remplacer, perte, seconde), partial(_refuser, perte, troisieme), partial(annuler_perte, par=qui, maintenant=LE)
        ]  # fmt: skip
    resultats = ensemble(actes)
    remplacees = 0
    for rang, perte in enumerate(pertes):
        remplacement, refus, annulation = resultats[3 * rang : 3 * rang + 3]
        gagne = [
            etat
            for etat, fait in (
                (EtatPerte.REMPLACEE, isinstance(remplacement, PerteSecondFacteur)),
                (EtatPerte.REFUSEE, isinstance(refus, PerteSecondFacteur)),
                (EtatPerte.ANNULEE, annulation == 1),
            )
            if fait
        ]
        assert gagne == [PerteSecondFacteur.objects.get(id=perte.id).etat]
        remplacees += gagne == [EtatPerte.REMPLACEE]
    assert _remplacements() == remplacees


@deux_cents(20)
def test_la_personne_qui_declare_plusieurs_fois_a_la_fois_ne_fait_qu_une_demande() -> None:
    organisation()
    rattacher(personne())
    gens = [_perdant(rang) for rang in range(20)]
    resultats = ensemble([partial(declarer_perte, par=qui, maintenant=LE) for qui in gens for _ in range(3)])
    assert genres(resultats) == {"PerteSecondFacteur": 60}
    assert PerteSecondFacteur.objects.count() == 20
