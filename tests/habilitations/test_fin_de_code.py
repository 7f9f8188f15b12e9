"""Ending a code: who may, what it stops, who is told."""

from datetime import timedelta

import pytest

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.activation import CodePerime, utiliser_code
from jalon.habilitations.actions.fin_de_code import terminer_code
from jalon.habilitations.enums import EtatCode, Role
from jalon.habilitations.models import CodeActivation
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from jalon.socle.identifiants import nouvel_id
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    acteur,
    agent,
    code_en_circulation,
    organisation,
    personne,
    portefeuille,
    rattacher,
    sur_le_siren,
)

pytestmark = pytest.mark.django_db
MOTIF = "Lettre perdue dans un train"


@pytest.fixture
def aline() -> Personne:
    organisation()
    seule = personne("Aline", "Ferrand")
    rattacher(seule)
    return seule


def _terminer(ligne: CodeActivation, par: Personne, motif: str = MOTIF, le=LE) -> CodeActivation:  # type: ignore[no-untyped-def]
    return terminer_code(code_id=ligne.id, motif=motif, par=acteur(par, le), maintenant=le)


def test_un_administrateur_arrete_un_code_et_les_autres_l_apprennent(aline: Personne) -> None:
    chloe = personne("Chloé", "Bertin")
    rattacher(chloe, probation_jusqu_a=LE + timedelta(hours=1))
    rattacher(personne("Driss"), SIREN, Profil.PRESTATAIRE)
    code, ligne = code_en_circulation()
    termine = _terminer(ligne, aline, f"  {MOTIF} ")
    assert (termine.etat, termine.termine_le, termine.termine_par, termine.motif_fin) == (EtatCode.TERMINE, LE, aline.id, MOTIF)
    assert set(Courriel.objects.values_list("genre", "adresse")) == {
        ("habilitations.code_termine", aline.email),
        ("habilitations.code_termine", chloe.email),
    }
    evenement = Evenement.objects.tous("essai").get()
    assert (evenement.code, evenement.siren, evenement.details) == (
        "acces.code_termine", SIREN, {"profil": "adherent", "motif": MOTIF},
    )  # fmt: skip
    with pytest.raises(CodePerime, match="arrêté"):
        utiliser_code(personne_id=personne("Bruno").id, siren_saisi=SIREN, profil=Profil.ADHERENT, code_saisi=code, maintenant=LE)


def test_l_aef_arrete_un_code_de_son_portefeuille() -> None:
    organisation()
    _, ligne = code_en_circulation()
    ailleurs = agent(portefeuilles=[portefeuille("Savoie").id])
    with pytest.raises(Introuvable):
        _terminer(ligne, ailleurs)
    assert _terminer(ligne, agent()).etat == EtatCode.TERMINE


@pytest.mark.parametrize("role", [r for r in Role if r != Role.AEF])
def test_les_autres_roles_de_l_opco_n_arretent_pas_de_code(role: Role) -> None:
    organisation()
    _, ligne = code_en_circulation()
    with pytest.raises(DroitManquant, match="commander des codes"):
        _terminer(ligne, agent(role))


def test_qui_n_administre_pas_encore_ou_pas_ici_n_arrete_rien(aline: Personne) -> None:
    chloe, eva, driss, gael = personne("Chloé"), personne("Eva"), personne("Driss"), personne("Gaël")
    rattacher(chloe, probation_jusqu_a=LE + timedelta(seconds=1))
    rattacher(eva, droits=[sur_le_siren(Domaine.ACCES, Niveau.LECTURE)])
    rattacher(driss, SIREN, Profil.PRESTATAIRE)
    rattacher(gael, AUTRE_SIREN)
    _, ligne = code_en_circulation()
    for qui in (chloe, eva):
        with pytest.raises(DroitManquant, match="Aline Ferrand"):
            _terminer(ligne, qui)
    for qui in (driss, gael, personne("Zoé")):
        with pytest.raises(Introuvable):
            _terminer(ligne, qui)
    with pytest.raises(Introuvable):
        terminer_code(code_id=nouvel_id(), motif=MOTIF, par=acteur(aline), maintenant=LE)
    assert CodeActivation.objects.get().etat == EtatCode.ACTIF
    assert _terminer(ligne, chloe, le=LE + timedelta(seconds=1)).etat == EtatCode.TERMINE


def test_un_motif_est_demande(aline: Personne) -> None:
    _, ligne = code_en_circulation()
    with pytest.raises(SaisieRefusee, match="pourquoi") as refus:
        _terminer(ligne, aline, " ")
    assert refus.value.champ == "motif"


def test_un_code_qui_ne_vaut_plus_ne_s_arrete_pas(aline: Personne) -> None:
    _, ligne = code_en_circulation()
    with pytest.raises(TransitionImpossible, match="ne vaut déjà plus"):
        _terminer(ligne, aline, le=ligne.expire_le)
    for etat in (EtatCode.REMPLACE, EtatCode.ABANDONNE, EtatCode.TERMINE):
        CodeActivation.objects.update(etat=etat)
        with pytest.raises(TransitionImpossible):
            _terminer(ligne, aline)
    CodeActivation.objects.update(etat=EtatCode.ACTIF)
    assert _terminer(ligne, aline, le=ligne.expire_le - timedelta(seconds=1)).etat == EtatCode.TERMINE
