"""What « Mes clients » counts for all at once is what the pages of each place list one by one."""

from datetime import timedelta

import pytest

from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.clients import attentes_par_siren
from jalon.engagements.models import Engagement
from jalon.facturation.models import Facture
from jalon.facturation.requetes import a_facturer
from jalon.facturation.requetes.clients import a_facturer_par_siren, rejetees_par_siren
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.acteurs import Niveau
from tests.dossiers.fabrique import AUTRE_SIREN, SIREN, SIREN_OF
from tests.habilitations.fabrique import acteur
from tests.matrice.lieux import MAINTENANT, SIREN_Q
from tests.matrice.monde import Monde
from tests.matrice.requetes import essai

PLACES = (SIREN, AUTRE_SIREN, SIREN_OF, SIREN_Q)
GENS = (
    "c_collab",
    "a_admin",
    "a_siret",
    "a_lecteur",
    "double_admin",
    "b_admin",
    "p_admin",
    "p_lecteur",
    "q_admin",
    "c_admin",
    "c_fini",
)
APRES = MAINTENANT + timedelta(days=800)
"""Every training is over."""


def _acteur(monde: Monde, role: str) -> ActeurPersonne:
    return acteur(monde.personnes[role], MAINTENANT)


@pytest.mark.parametrize("role", GENS)
def test_les_demandes_qui_attendent(monde: Monde, role: str) -> None:
    qui = _acteur(monde, role)
    comptes = attentes_par_siren(qui)
    for siren in PLACES:
        miennes = Dossier.objects.visibles_par(qui, Niveau.SAISIE).filter(siren=siren)
        for etat in (EtatDossier.A_COMPLETER, EtatDossier.BROUILLON):
            assert comptes.get(siren, {}).get(etat, 0) == miennes.filter(etat=etat).count()


@pytest.mark.parametrize("role", GENS)
def test_ce_qui_reste_a_facturer(monde: Monde, role: str) -> None:
    qui, jour = _acteur(monde, role), APRES.date()
    with essai():
        Dossier.objects.tous("essai").filter(pk__in=Engagement.objects.tous("essai").values("dossier")).update(date_fin=jour)
        comptes = a_facturer_par_siren(qui, jour)
        veille = jour - timedelta(days=1)
        ouverts = {siren: [x for x in a_facturer(qui, siren, veille) if x.engagement.echelonne] for siren in PLACES}
        assert a_facturer_par_siren(qui, veille) == {siren: len(lignes) for siren, lignes in ouverts.items() if lignes}
        for siren in PLACES:
            assert comptes[siren] == len({ligne.engagement.pk for ligne in a_facturer(qui, siren, jour)}), siren


def test_on_compte_quelque_chose(monde: Monde) -> None:
    """The other proofs would hold of empty tables."""
    with essai():
        Dossier.objects.tous("essai").filter(pk__in=Engagement.objects.tous("essai").values("dossier")).update(
            date_fin=MAINTENANT.date()
        )
        assert a_facturer_par_siren(_acteur(monde, "c_collab"), MAINTENANT.date())[SIREN] > 0
        assert a_facturer_par_siren(_acteur(monde, "p_admin"), MAINTENANT.date())[SIREN_OF] > 0
    assert attentes_par_siren(_acteur(monde, "c_collab"))[SIREN]


def test_les_factures_refusees_et_non_remplacees(monde: Monde) -> None:
    with essai():
        depense = Facture.objects.tous("essai").get(pk=monde.objets["facture_a"])
        Facture.objects.tous("essai").filter(engagement=depense.engagement).exclude(pk=depense.pk).update(
            etat="rejetee", motif_rejet="annulee_emetteur"
        )
        Facture.objects.tous("essai").filter(pk=depense.pk).update(etat="rejetee", motif_rejet="montant")
        attendu = {depense.beneficiaire_siren: 1}
        assert rejetees_par_siren(_acteur(monde, "c_collab")) == attendu
        assert rejetees_par_siren(_acteur(monde, "a_lecteur")) == {}
        assert rejetees_par_siren(_acteur(monde, "b_admin")) == {}
        Facture.objects.tous("essai").filter(pk=depense.pk).update(motif_rejet="annulee_emetteur")
        assert rejetees_par_siren(_acteur(monde, "c_collab")) == {}
