"""A lost second factor: two people of the OPCO and a letter, 72 hours closed, told on every channel (exigences, T14)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction

from jalon.comptes.models import Personne
from jalon.courriers.actions import rendre
from jalon.courriers.messages import Destinataire
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.commandes import declarer_avis_envoyes
from jalon.habilitations.actions.droits import retirer_rattachement
from jalon.habilitations.actions.second_facteur import (
    annuler_perte,
    confirmer_perte,
    declarer_perte,
    refuser_perte,
    remplacer_second_facteur,
)
from jalon.habilitations.annonces import ANNONCES, PerteDeclaree, PerteRefusee, SecondFacteurRemplace
from jalon.habilitations.enums import EtatPerte, EtatRattachement, NatureAvis, Role
from jalon.habilitations.models import AvisPostal, PerteSecondFacteur, Rattachement
from jalon.habilitations.requetes.second_facteur import pertes_a_traiter
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    acteur,
    agent,
    organisation,
    personne,
    portefeuille,
    rattacher,
)
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
UNE_HEURE = timedelta(hours=1)
PREUVE = "Rappelée au standard du siège, date d’entrée donnée"


@pytest.fixture(autouse=True)
def _au_moment_de_l_essai() -> Iterator[None]:
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def aline() -> Personne:
    organisation()
    creee = personne("Aline", "Ferrand")
    rattacher(creee)
    return creee


def _postee(perte: PerteSecondFacteur, par: Personne) -> None:
    perte.refresh_from_db()
    assert perte.avis_id is not None
    declarer_avis_envoyes(avis=[perte.avis_id], par=acteur(par), maintenant=LE)


def _confirmee(aline: Personne, par: Personne) -> PerteSecondFacteur:
    perte = declarer_perte(par=acteur(aline), maintenant=LE)
    return confirmer_perte(perte_id=perte.id, preuve=PREUVE, par=acteur(par), maintenant=LE)


def _adresses(classe: type) -> set[str]:
    return set(Courriel.objects.filter(genre=classe.genre).values_list("adresse", flat=True))  # type: ignore[attr-defined]


def _etats() -> list[str]:
    return list(PerteSecondFacteur.objects.order_by("demandee_le", "id").values_list("etat", flat=True))


def test_du_debut_a_la_fin_par_deux_personnes_et_une_lettre(aline: Personne) -> None:
    louise, hugo, ines = personne("Louise", "Petit"), agent(), agent(prenom="Inès")
    rattacher(louise)
    EmailAddress.objects.create(user=aline, email="aline@maison.example", verified=True)
    EmailAddress.objects.create(user=aline, email="aline@douteuse.example", verified=False)
    seance = navigateur_de(aline).session
    UserSession.objects.create(user=aline, session_key=seance.session_key, ip="192.0.2.1", user_agent="x")
    perte = _confirmee(aline, hugo)
    (avis,) = AvisPostal.objects.all()
    assert (avis.siren, avis.profil, avis.nature, avis.personne_id) == (
        SIREN,
        Profil.ADHERENT,
        NatureAvis.SECOND_FACTEUR,
        aline.id,
    )
    assert Authenticator.objects.filter(user=aline).exists()
    _postee(perte, hugo)
    faite = remplacer_second_facteur(perte_id=perte.id, par=acteur(ines), maintenant=LE)
    assert (faite.etat, faite.premier_par, faite.second_par) == (EtatPerte.REMPLACEE, hugo.id, ines.id)
    assert faite.lettre_postee_le == LE
    assert not Authenticator.objects.filter(user=aline).exists()
    assert Authenticator.objects.filter(user=louise).exists()
    assert not UserSession.objects.filter(user=aline).exists()
    for classe in (PerteDeclaree, SecondFacteurRemplace):
        assert _adresses(classe) == {aline.email, "aline@maison.example", louise.email}
    codes = Evenement.objects.tous("essai").order_by("id").values_list("code", flat=True)
    assert {"acces.perte_declaree", "acces.perte_confirmee", "acces.avis_envoye", "acces.second_facteur_remplace"} == set(codes)


def test_72_heures_de_coordonnees_et_d_exports_fermes_a_la_seconde(aline: Personne) -> None:
    hugo, ines = agent(), agent(prenom="Inès")
    perte = _confirmee(aline, hugo)
    _postee(perte, hugo)
    remplacer_second_facteur(perte_id=perte.id, par=acteur(ines), maintenant=LE)
    fin = LE + timedelta(hours=72)
    for domaine in (Domaine.RIB, Domaine.EXPORTS):
        droit = Droit(domaine, Niveau.LECTURE)
        assert not acteur(aline, fin - timedelta(seconds=1)).a_un_droit(SIREN, droit)
        assert acteur(aline, fin).a_un_droit(SIREN, droit)
    assert acteur(aline).a_un_droit(SIREN, Droit(Domaine.PLAN, Niveau.GESTION))
    phrase = acteur(aline).phrase_droit_manquant(Droit(Domaine.RIB, Niveau.LECTURE), SIREN)
    assert "remplacement de votre second facteur" in phrase


def test_le_delai_ne_raccourcit_pas_une_probation_plus_longue_et_ne_touche_que_ses_liens_actifs(aline: Personne) -> None:
    organisation(AUTRE_SIREN, "AUTRE")
    longue = LE + timedelta(days=9)
    autre = rattacher(aline, AUTRE_SIREN, probation_jusqu_a=longue)
    louise = rattacher(personne("Louise", "Petit"))
    perte = _confirmee(aline, agent())
    _postee(perte, agent(prenom="Zoé"))
    remplacer_second_facteur(perte_id=perte.id, par=acteur(agent(prenom="Inès")), maintenant=LE)
    liens = Rattachement.objects.tous("essai")
    assert liens.get(id=autre.id).probation_jusqu_a == longue
    assert liens.get(personne=aline, siren=SIREN).probation_jusqu_a == LE + timedelta(hours=72)
    assert liens.get(id=louise.id).probation_jusqu_a is None


def test_la_meme_personne_ne_confirme_pas_deux_fois(aline: Personne) -> None:
    hugo = agent()
    perte = _confirmee(aline, hugo)
    _postee(perte, hugo)
    with pytest.raises(DroitManquant, match="une autre personne"):
        remplacer_second_facteur(perte_id=perte.id, par=acteur(hugo), maintenant=LE)
    with pytest.raises(TransitionImpossible, match="première personne a déjà"):
        confirmer_perte(perte_id=perte.id, preuve=PREUVE, par=acteur(agent(prenom="Inès")), maintenant=LE)
    assert Authenticator.objects.filter(user=aline).exists()


def test_sans_lettre_postee_rien_ne_se_remplace(aline: Personne) -> None:
    hugo, ines = agent(), agent(prenom="Inès")
    perte = _confirmee(aline, hugo)
    with pytest.raises(TransitionImpossible, match="pas déclarée postée"):
        remplacer_second_facteur(perte_id=perte.id, par=acteur(ines), maintenant=LE)
    AvisPostal.objects.update(envoye_le=LE + timedelta(seconds=1))
    with pytest.raises(TransitionImpossible, match="pas déclarée postée"):
        remplacer_second_facteur(perte_id=perte.id, par=acteur(ines), maintenant=LE)
    remplacer_second_facteur(perte_id=perte.id, par=acteur(ines), maintenant=LE + timedelta(seconds=1))


def test_sans_premiere_confirmation_rien_ne_se_remplace(aline: Personne) -> None:
    perte = declarer_perte(par=acteur(aline), maintenant=LE)
    with pytest.raises(TransitionImpossible, match="doit d’abord confirmer"):
        remplacer_second_facteur(perte_id=perte.id, par=acteur(agent()), maintenant=LE)


@pytest.mark.parametrize(
    "role", [Role.CONSEILLER, Role.GESTIONNAIRE, Role.COMPTABLE, Role.RESPONSABLE_FINANCIER, Role.ADMINISTRATEUR_OPCO]
)
def test_l_assistance_et_les_autres_metiers_ne_peuvent_rien(aline: Personne, role: Role) -> None:
    perte = declarer_perte(par=acteur(aline), maintenant=LE)
    emma = acteur(agent(role))
    for essai in (
        lambda: confirmer_perte(perte_id=perte.id, preuve=PREUVE, par=emma, maintenant=LE),
        lambda: remplacer_second_facteur(perte_id=perte.id, par=emma, maintenant=LE),
        lambda: refuser_perte(perte_id=perte.id, motif="non", par=emma, maintenant=LE),
    ):
        with pytest.raises(DroitManquant):
            essai()
    assert _etats() == [EtatPerte.DEMANDEE]


def test_ailleurs_la_demande_n_existe_pas(aline: Personne) -> None:
    perte = declarer_perte(par=acteur(aline), maintenant=LE)
    loin = acteur(agent(portefeuilles=[portefeuille().id]))
    for qui in (loin, acteur(aline), acteur(personne("Gaël", "Roux"))):
        with pytest.raises(Introuvable):
            confirmer_perte(perte_id=perte.id, preuve=PREUVE, par=qui, maintenant=LE)
    assert pertes_a_traiter(loin, LE) == []


@pytest.mark.parametrize("preuve", ["", "   "])
def test_une_confirmation_dit_comment(aline: Personne, preuve: str) -> None:
    perte = declarer_perte(par=acteur(aline), maintenant=LE)
    with pytest.raises(SaisieRefusee) as refus:
        confirmer_perte(perte_id=perte.id, preuve=preuve, par=acteur(agent()), maintenant=LE)
    assert refus.value.champ == "preuve"
    assert not AvisPostal.objects.exists()


def test_refuser_clot_et_se_dit(aline: Personne) -> None:
    hugo = agent()
    perte = _confirmee(aline, hugo)
    with pytest.raises(SaisieRefusee) as refus:
        refuser_perte(perte_id=perte.id, motif=" ", par=acteur(hugo), maintenant=LE)
    assert refus.value.champ == "motif"
    refuser_perte(perte_id=perte.id, motif="Voix inconnue du siège", par=acteur(hugo), maintenant=LE)
    assert _adresses(PerteRefusee) == {aline.email}
    for essai in (
        lambda: confirmer_perte(perte_id=perte.id, preuve=PREUVE, par=acteur(hugo), maintenant=LE),
        lambda: refuser_perte(perte_id=perte.id, motif="encore", par=acteur(hugo), maintenant=LE),
    ):
        with pytest.raises(TransitionImpossible, match="close"):
            essai()
    declarer_perte(par=acteur(aline), maintenant=LE + UNE_HEURE)
    assert _etats() == [EtatPerte.REFUSEE, EtatPerte.DEMANDEE]


def test_demander_deux_fois_n_ouvre_ni_n_annonce_qu_une_demande(aline: Personne) -> None:
    une = declarer_perte(par=acteur(aline), maintenant=LE)
    assert declarer_perte(par=acteur(aline), maintenant=LE + UNE_HEURE).id == une.id
    assert Courriel.objects.filter(genre=PerteDeclaree.genre).count() == 1


def test_apres_trente_jours_a_la_seconde_la_demande_est_morte(aline: Personne) -> None:
    hugo = agent()
    perte = declarer_perte(par=acteur(aline), maintenant=LE)
    fin = LE + timedelta(days=30)
    assert len(pertes_a_traiter(acteur(hugo), fin - timedelta(seconds=1))) == 1
    assert pertes_a_traiter(acteur(hugo), fin) == []
    with pytest.raises(TransitionImpossible, match="expiré"):
        confirmer_perte(perte_id=perte.id, preuve=PREUVE, par=acteur(hugo), maintenant=fin)
    declarer_perte(par=acteur(aline), maintenant=fin)
    assert _etats() == [EtatPerte.ANNULEE, EtatPerte.DEMANDEE]


def test_elle_l_annule_elle_meme(aline: Personne) -> None:
    hugo = agent()
    perte = _confirmee(aline, hugo)
    assert annuler_perte(par=acteur(aline), maintenant=LE) == 1
    assert annuler_perte(par=acteur(aline), maintenant=LE) == 0
    _postee(perte, hugo)
    with pytest.raises(TransitionImpossible, match="close"):
        remplacer_second_facteur(perte_id=perte.id, par=acteur(agent(prenom="Inès")), maintenant=LE)


def test_sans_organisation_ni_a_l_opco_il_n_y_a_pas_de_demande(aline: Personne) -> None:
    gael = personne("Gaël", "Roux")
    retiree = rattacher(gael, etat=EtatRattachement.RETIRE)
    assert retiree.etat == EtatRattachement.RETIRE
    for qui in (gael, agent()):
        with pytest.raises(SaisieRefusee, match="aucune organisation"):
            declarer_perte(par=acteur(qui), maintenant=LE)


def test_la_lettre_va_la_ou_elle_administre() -> None:
    organisation()
    organisation(AUTRE_SIREN, "AUTRE")
    aline, louise = personne(), personne("Louise", "Petit")
    rattacher(aline, SIREN, droits=[])
    rattacher(aline, AUTRE_SIREN)
    rattacher(louise, AUTRE_SIREN)
    perte = declarer_perte(par=acteur(aline), maintenant=LE)
    assert perte.siren == AUTRE_SIREN
    assert _adresses(PerteDeclaree) == {aline.email, louise.email}


def test_personne_ne_decide_pour_soi(aline: Personne) -> None:
    """An account of the OPCO belongs to no organisation; were it otherwise, the action and the base would refuse."""
    hugo = agent()
    perte = declarer_perte(par=acteur(aline), maintenant=LE)
    PerteSecondFacteur.objects.update(personne=hugo)
    with pytest.raises(DroitManquant, match="D’autres personnes"):
        confirmer_perte(perte_id=perte.id, preuve=PREUVE, par=acteur(hugo), maintenant=LE)


COMPLETE: dict[str, Any] = {
    "etat": EtatPerte.REMPLACEE, "premier_le": LE, "second_le": LE, "lettre_postee_le": LE,
}  # fmt: skip


@pytest.mark.parametrize(
    "faute",
    [
        {"premier": None}, {"second": None}, {"second": "hugo"}, {"lettre_postee_le": None},
        {"lettre_postee_le": LE + timedelta(seconds=1)}, {"premier": "aline"}, {"second": "aline"},
    ],
)  # fmt: skip
def test_la_base_refuse_ce_que_le_code_aurait_laisse_passer(aline: Personne, faute: dict[str, Any]) -> None:
    gens = {"hugo": agent().id, "ines": agent(prenom="Inès").id, "aline": aline.id, None: None}
    perte = declarer_perte(par=acteur(aline), maintenant=LE)
    qui = {"premier": "hugo", "second": "ines", **{k: v for k, v in faute.items() if k in {"premier", "second"}}}
    champs = COMPLETE | {k: v for k, v in faute.items() if k == "lettre_postee_le"}
    lignes = PerteSecondFacteur.objects.filter(id=perte.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        lignes.update(**champs, premier_par=gens[qui["premier"]], second_par=gens[qui["second"]])
    lignes.update(**COMPLETE, premier_par=gens["hugo"], second_par=gens["ines"])


def test_la_base_refuse_une_confirmation_sans_preuve_et_deux_demandes_ouvertes(aline: Personne) -> None:
    perte = _confirmee(aline, agent())
    for champs in ({"preuve": ""}, {"premier_par": None}, {"avis": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PerteSecondFacteur.objects.filter(id=perte.id).update(**champs)
    with pytest.raises(IntegrityError), transaction.atomic():
        PerteSecondFacteur.objects.create(
            personne=aline, siren=SIREN, profil="adherent", portefeuille_id=perte.portefeuille_id, etat="demandee", demandee_le=LE
        )


@pytest.mark.parametrize("classe", ANNONCES, ids=lambda c: c.genre)
def test_chaque_annonce_se_compose_sans_rien_de_personnel(aline: Personne, classe: type) -> None:
    louise = personne("Louise", "Petit")
    lien = rattacher(louise)
    perte = declarer_perte(par=acteur(aline), maintenant=LE)
    for qui in (aline, louise):
        message = classe.charger(perte.id, Destinataire(qui.email, qui.id))  # type: ignore[attr-defined]
        assert message.autorise()
        texte, html = rendre(message, message.sujet())
        assert ("otre second facteur" in texte) is (qui is aline)
        assert ("BELLERIVE" in texte) is (qui is louise)
        for interdit in ("Ferrand", "Aline", "Petit", "@", "&#", "{{", "{%"):
            assert interdit not in texte
            assert interdit == "@" or interdit not in html
    retirer_rattachement(rattachement_id=lien.id, motif="départ", par=acteur(aline), maintenant=LE)
    assert not classe.charger(perte.id, Destinataire(louise.email, louise.id)).autorise()  # type: ignore[attr-defined]
