"""A change of bank details is told to whoever may read them there, by its own sentence, once."""

import pytest

from jalon.banque.actions import geler_coordonnees
from jalon.notifications.actions.suivi import lire_le_journal
from jalon.notifications.models import Notification
from jalon.socle.acteurs import Profil
from tests.banque.outils import MAINTENANT, SIREN, SIREN_PRESTATAIRE, administrer, ajouter, personne, titulaire_de

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("siren", "profil"), [(SIREN, Profil.ADHERENT), (SIREN_PRESTATAIRE, Profil.PRESTATAIRE)])
def test_l_ajout_et_le_gel_se_disent_a_qui_tient_les_coordonnees(siren: str, profil: Profil) -> None:
    aline, ailleurs = personne("aline@exemple.fr"), personne("gael@exemple.fr")
    administrer(aline, siren, profil)
    administrer(ailleurs, SIREN_PRESTATAIRE if siren == SIREN else SIREN)
    ligne = ajouter(siren=siren, profil=profil)
    geler_coordonnees(coordonnees_id=ligne.id, motif="Courriel douteux", par=titulaire_de(siren, profil), maintenant=MAINTENANT)
    lire_le_journal(maintenant=MAINTENANT)
    dites = Notification.objects.tous("essai").filter(code__startswith="banque.", canal="portail").order_by("code")
    assert {n.personne_id for n in dites} == {aline.pk}
    assert [(n.code, n.page) for n in dites] == [("banque.ajout", "espace_rib"), ("banque.gel", "espace_rib")]
    ajoutees, gelees = (n.phrase for n in dites)
    assert ajoutees.startswith("Des coordonnées bancaires sont ajoutées pour ")
    assert gelees.startswith("Des coordonnées bancaires sont gelées pour ")
