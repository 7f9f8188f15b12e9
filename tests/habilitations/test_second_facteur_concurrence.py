"""Two people of the OPCO confirm at the same instant: one replacement."""

import threading

from django.db import connection

from jalon.comptes.models import Personne
from jalon.habilitations.actions.commandes import declarer_avis_envoyes
from jalon.habilitations.actions.second_facteur import confirmer_perte, declarer_perte, remplacer_second_facteur
from jalon.journal.models import Evenement
from jalon.socle.erreurs import ErreurMetier
from tests.habilitations.fabrique import LE, acteur, agent, organisation, personne, rattacher


def test_deux_secondes_confirmations_en_meme_temps_n_en_font_qu_une(base_reelle: str) -> None:
    organisation()
    aline = personne()
    rattacher(aline)
    hugo, autres = agent(), [agent(prenom=f"Agent{rang}") for rang in range(4)]
    perte = declarer_perte(par=acteur(aline), maintenant=LE)
    confirmee = confirmer_perte(perte_id=perte.id, preuve="Rappelée au siège", par=acteur(hugo), maintenant=LE)
    declarer_avis_envoyes(avis=[confirmee.avis_id], par=acteur(hugo), maintenant=LE)  # type: ignore[list-item]
    barriere, faites, refus = threading.Barrier(4), [], []  # type: ignore[var-annotated]

    def essayer(qui: Personne) -> None:
        barriere.wait()
        try:
            faites.append(remplacer_second_facteur(perte_id=perte.id, par=acteur(qui), maintenant=LE))
        except ErreurMetier as erreur:
            refus.append(erreur)
        finally:
            connection.close()

    fils = [threading.Thread(target=essayer, args=[qui]) for qui in autres]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert (len(faites), len(refus)) == (1, 3)
    assert Evenement.objects.tous("essai").filter(code="acces.second_facteur_remplace").count() == 1
