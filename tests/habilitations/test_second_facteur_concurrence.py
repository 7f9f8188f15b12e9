"""Two people of the OPCO confirm at the same instant: one replacement (exigences, R7, T14)."""

from jalon.habilitations.actions.commandes import declarer_avis_envoyes
from jalon.habilitations.actions.second_facteur import confirmer_perte, declarer_perte, remplacer_second_facteur
from jalon.journal.models import Evenement
from tests.habilitations.fabrique import LE, acteur, agent, organisation, personne, rattacher
from tests.habilitations.test_concurrence import ensemble, genres
from tests.habilitations.vagues import deux_cents


@deux_cents(20)
def test_deux_secondes_confirmations_en_meme_temps_n_en_font_qu_une() -> None:
    """Twenty lost second factors, each replaced by two people at once."""
    organisation()
    rattacher(personne())
    hugo, autres = acteur(agent()), [acteur(agent(prenom=f"Agent{rang}")) for rang in range(2)]
    assert all(qui.roles_opco for qui in autres)
    actes = []
    for rang in range(20):
        bruno = personne(f"Bruno{rang}")
        rattacher(bruno)
        perte = declarer_perte(par=acteur(bruno), maintenant=LE)
        confirmee = confirmer_perte(perte_id=perte.id, preuve="Rappelée au siège", par=hugo, maintenant=LE)
        declarer_avis_envoyes(avis=[confirmee.avis_id], par=hugo, maintenant=LE)  # type: ignore[list-item]
        actes += [lambda p=perte, q=q: remplacer_second_facteur(perte_id=p.id, par=q, maintenant=LE) for q in autres]  # type: ignore[misc]
    resultats = ensemble(actes)
    for rang in range(20):
        assert sum(isinstance(r, Exception) for r in resultats[2 * rang : 2 * rang + 2]) == 1, genres(resultats)
    assert Evenement.objects.tous("essai").filter(code="acces.second_facteur_remplace").count() == 20
