"""What a fault left unseen once, in what the actions write, keep and say (exigences, S13)."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from jalon.habilitations.actions.activation import utiliser_code
from jalon.habilitations.actions.affectations import confier_mandats, reprendre_mandats
from jalon.habilitations.actions.commandes import commander_codes
from jalon.habilitations.actions.courriers_demandes import demander_lettre_opco
from jalon.habilitations.actions.decisions import confirmer_decision, ecarter_decision
from jalon.habilitations.actions.groupes import _relire
from jalon.habilitations.actions.lettres import preparer_lettres
from jalon.habilitations.actions.nominations import decider_nomination
from jalon.habilitations.actions.pose import _installer_les_echus
from jalon.habilitations.enums import Attente, EtatCode, EtatRattachement, Etendue, NatureDecision, OrigineMandat
from jalon.habilitations.models import Affectation, CodeActivation, DecisionADeux, DemandeLettre, DroitAccorde, Rattachement
from jalon.habilitations.requetes.mandats import mandats_en_attente, mandats_recus
from jalon.habilitations.requetes.mes_droits import mes_droits
from jalon.journal.models import Evenement
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Domaine, Niveau, Pouvoir, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee
from jalon.socle.identifiants import nouvel_id
from tests.acteurs import FauxActeur, acteur_opco
from tests.dossiers.fabrique import document
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    CABINET,
    DEPUIS,
    LE,
    SIREN,
    acteur,
    agent,
    code_en_circulation,
    confier,
    decision,
    donner,
    groupe,
    organisation,
    personne,
    portefeuille,
    rattacher,
    sur_le_siren,
)

pytestmark = pytest.mark.django_db
JOUR, HEURE = timedelta(days=1), timedelta(hours=1)


class Anonyme(FauxActeur):
    """Has the powers, and nobody behind it."""

    @property
    def identite(self) -> None:
        """Nobody."""


def test_un_usage_suivant_retient_qui_a_ete_prevenu() -> None:
    organisation()
    louise, aline, bruno = personne("Louise"), personne("Aline"), personne("Bruno")
    rattacher(louise)
    code, _ = code_en_circulation()
    for qui in (aline, bruno):
        suite = utiliser_code(
            personne_id=qui.id, siren_saisi=SIREN, profil=Profil.ADHERENT, code_saisi=code, maintenant=LE
        )  # fmt: skip
    assert suite.demande is not None
    assert (suite.demande.prevenus, suite.demande.etat) == ([louise.id], "en_attente")


class _Cabinet:
    """Paul administers the cabinet; Chloé and Nina work there, on two clients."""

    def __init__(self) -> None:
        for siren in (SIREN, AUTRE_SIREN, CABINET):
            organisation(siren)
        self.paul = personne("Paul")
        rattacher(self.paul, CABINET, Profil.PRESTATAIRE)
        self.chloe, self.nina = (rattacher(personne(p), CABINET, Profil.PRESTATAIRE, []) for p in ("Chloé", "Nina"))
        self.mandats = [donner(SIREN), donner(AUTRE_SIREN)]
        for lien in (self.chloe, self.nina):
            for mandat in self.mandats:
                confier(mandat, lien)

    def tenues(self) -> set[tuple[Any, Any, str]]:
        """Parts that count: whose, of which mandate, at which levels."""
        vives = Affectation.objects.filter(revoquee_le__isnull=True)
        return set(vives.values_list("rattachement_id", "mandat_id", "droits"))


def test_confier_ou_reprendre_un_client_ne_touche_ni_l_autre_ni_la_collegue() -> None:
    ici = _Cabinet()
    avant = ici.tenues()
    change, reste = ici.mandats
    choix: dict[str, Any] = {
        "mandataire": CABINET, "rattachement_id": ici.chloe.id, "mandats": [change.id], "par": acteur(ici.paul), "maintenant": LE,
    }  # fmt: skip
    assert confier_mandats(niveaux={Domaine.PLAN: Niveau.LECTURE}, **choix) == 1
    assert ici.tenues() == {t for t in avant if t[:2] != (ici.chloe.id, change.id)} | {(ici.chloe.id, change.id, "plan 1")}
    assert confier_mandats(niveaux={Domaine.PLAN: Niveau.LECTURE}, **choix) == 0
    assert reprendre_mandats(**choix) == 1
    assert ici.tenues() == {t for t in avant if t[:2] != (ici.chloe.id, change.id)}
    assert {m.id: m.collaborateurs for m in mandats_recus(CABINET, acteur(ici.paul), LE)} == {change.id: 1, reste.id: 2}
    for mauvais in ({"mandats": []}, {"mandats": [change.id], "niveaux": {Domaine.RIB: Niveau.LECTURE}}):
        with pytest.raises(SaisieRefusee) as refus:
            confier_mandats(**{"niveaux": {}, **choix, **mauvais})
        assert refus.value.champ == "mandats"
    for etranger in ({"mandats": [nouvel_id()]}, {"rattachement_id": nouvel_id()}):
        with pytest.raises(Introuvable):
            confier_mandats(**{"niveaux": {Domaine.PLAN: Niveau.LECTURE}, **choix, **etranger})


def test_un_courrier_est_demande_par_une_personne() -> None:
    organisation()
    emma = acteur_opco(PORTEFEUILLE_PAR_DEFAUT, Pouvoir.DEMANDER_CODES)
    with pytest.raises(DroitManquant, match="par une personne"):
        demander_lettre_opco(
            siren=SIREN, profil=Profil.ADHERENT, motif="Perdu", par=Anonyme(pouvoirs=emma.pouvoirs), maintenant=LE
        )  # fmt: skip
    assert not DemandeLettre.objects.exists()


def test_une_decision_prise_a_deux_est_au_journal() -> None:
    organisation()
    rattacher(personne("Aline"))
    hugo = agent(prenom="Hugo")
    for acte, code in ((confirmer_decision, "confirmee"), (ecarter_decision, "ecartee")):
        proposee = decision()
        suite = {"motif": "Non"} if acte is ecarter_decision else {}
        acte(decision_id=proposee.id, par=acteur(hugo), maintenant=LE, **suite)  # type: ignore[operator]
        note = Evenement.objects.tous("essai").get(code=f"acces.decision_{code}")
        assert (note.objet_id, note.acteur_id, note.le) == (str(proposee.id), hugo.id, LE)
        assert note.details == {"decision": "nommer un administrateur par un nouveau courrier"}
        lue = DecisionADeux.objects.tous("essai").get(id=proposee.id)
        assert (lue.nature, lue.etat, lue.decidee_par_id, lue.decidee_le) == (NatureDecision.RECUPERATION, code, hugo.id, LE)


def test_un_groupe_supprime_ou_inconnu_ne_se_relit_pas() -> None:
    supprime = groupe("Sud")
    assert _relire(supprime.id) == supprime
    supprime.supprime_le = LE
    supprime.save(update_fields=["supprime_le"])
    for ident in (supprime.id, nouvel_id()):
        with pytest.raises(Introuvable):
            _relire(ident)


def test_de_nouvelles_lettres_ne_remplacent_que_les_codes_qui_valent(tmp_path: Path, settings: Any) -> None:
    reglages = dict(settings.STORAGES)
    reglages["lettres"] = {**reglages["lettres"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = reglages
    organisation()
    organisation(AUTRE_SIREN)
    arrete = code_en_circulation()[1]
    CodeActivation.objects.filter(id=arrete.id).update(etat=EtatCode.TERMINE)
    remplace, ailleurs = code_en_circulation()[1], code_en_circulation(AUTRE_SIREN)[1]
    commande = commander_codes(profil=Profil.ADHERENT, sirens=[SIREN], par=acteur(agent()), maintenant=LE)
    preparer_lettres(commande_id=commande.id, maintenant=LE)
    etats = dict(CodeActivation.objects.values_list("id", "etat"))
    assert [etats[c.id] for c in (arrete, remplace, ailleurs)] == [EtatCode.TERMINE, EtatCode.REMPLACE, EtatCode.ACTIF]


def test_refuser_une_nomination_ne_retire_que_ce_qui_a_ete_ouvert_depuis() -> None:
    organisation()
    aline, louise = personne("Aline"), personne("Louise")
    rattacher(louise)
    lien = rattacher(aline, probation_jusqu_a=LE + 71 * HEURE)
    avant, pendant, autre = (rattacher(personne(p), droits=[sur_le_siren(Domaine.PLAN)]) for p in ("Bo", "Cy", "Dé"))
    tous = Rattachement.objects.tous("essai")
    tous.filter(id=avant.id).update(cree_par=aline.id, cree_le=LE - HEURE - timedelta(seconds=1))
    tous.filter(id=pendant.id).update(cree_par=aline.id, cree_le=LE - HEURE)
    tous.filter(id=autre.id).update(cree_par=louise.id, cree_le=LE)
    decider_nomination(rattachement_id=lien.id, confirmer=False, constat="Inconnue", par=acteur(louise), maintenant=LE)
    etats = dict(tous.values_list("id", "etat"))
    assert [etats[x.id] for x in (lien, pendant)] == [EtatRattachement.RETIRE] * 2
    assert [etats[x.id] for x in (avant, autre)] == [EtatRattachement.ACTIF] * 2


def test_un_droit_qui_a_attendu_prend_la_place_du_plus_petit_et_reste() -> None:
    organisation()
    lien = rattacher(personne("Bruno"), droits=[sur_le_siren(Domaine.PLAN, Niveau.LECTURE), sur_le_siren(Domaine.FACTURES)])
    for domaine, debut in ((Domaine.PLAN, LE - HEURE), (Domaine.ALTERNANCE, LE), (Domaine.FACTURES, LE + HEURE)):
        DroitAccorde.objects.create(
            rattachement=lien, etendue=Etendue.SIREN, domaine=domaine, niveau=Niveau.ENVOI, debut=debut, attente=Attente.DATE
        )
    _installer_les_echus(lien, LE)
    tenus = lien.droits.filter(revoque_le__isnull=True).order_by("domaine", "debut")
    assert list(tenus.values_list("domaine", "niveau", "attente")) == [
        ("alternance", Niveau.ENVOI, Attente.AUCUNE),
        ("factures", Niveau.GESTION, Attente.AUCUNE),
        ("factures", Niveau.ENVOI, Attente.DATE),
        ("plan", Niveau.ENVOI, Attente.AUCUNE),
    ]
    assert list(lien.droits.filter(revoque_le__isnull=False).values_list("domaine", "niveau", "revoque_le")) == [
        ("plan", Niveau.LECTURE, LE)
    ]


def test_les_droits_tenus_par_un_mandat_ou_par_une_convention_se_disent_chacun_par_ses_mots() -> None:
    organisation()
    organisation(CABINET, "CFA DES ALPES")
    bruno = personne("Bruno")
    lien = rattacher(bruno, CABINET, Profil.PRESTATAIRE, [])
    confier(donner(niveaux={Domaine.PLAN: Niveau.LECTURE}), lien, {Domaine.PLAN: Niveau.LECTURE})
    convention = donner(
        niveaux={Domaine.ALTERNANCE: Niveau.LECTURE}, origine=OrigineMandat.CONVENTION, reference="C", piece=document(),
        signee_le=date(2026, 11, 2),
    )  # fmt: skip
    confier(convention, lien, {Domaine.ALTERNANCE: Niveau.LECTURE})
    phrases = [d.phrase for cote in mes_droits(acteur(bruno), SIREN) for d in cote.droits]
    (convenue,) = [p for p in phrases if "alternance" in p]
    assert convenue.endswith(" dont CFA DES ALPES est l’organisme de formation")
    (mandatee,) = set(phrases) - {convenue}
    assert mandatee.endswith(", par le mandat donné à CFA DES ALPES")


def test_un_mandat_qui_attend_dit_quoi_et_donne_par_qui() -> None:
    organisation()
    organisation(CABINET, "ALPES COMPTA")
    aline, louise = personne("Aline"), personne("Louise")
    for qui in (aline, louise):
        rattacher(qui)
    donner(attente=Attente.SECONDE_VOIX, compte_le=LE + JOUR, attendu_par=aline.id)
    assert mandats_en_attente(SIREN, acteur(aline), LE, Profil.ADHERENT) == []
    (lu,) = mandats_en_attente(SIREN, acteur(louise), LE, Profil.ADHERENT)
    assert (lu.client, lu.client_nom, lu.mandataire, lu.mandataire_nom) == (
        SIREN, "BELLERIVE RESTAURATION", CABINET, "ALPES COMPTA",
    )  # fmt: skip
    assert (lu.attente, lu.compte_le, lu.donne_par, lu.a_moi, lu.etat) == (
        Attente.SECONDE_VOIX, LE + JOUR, aline.nom_complet, False, "en_attente",
    )  # fmt: skip
    assert (lu.debut, lu.jusqu_au, lu.sirets, lu.collaborateurs) == (DEPUIS, date(2027, 6, 12), (), 0)
    assert (lu.reference, lu.motif_fin, lu.attendus, lu.par_convention) == ("", "", (), False)


def test_un_siren_d_un_autre_portefeuille_ne_se_commande_pas() -> None:
    organisation()
    ines = agent(portefeuilles=[portefeuille().id], prenom="Inès")
    with pytest.raises(SaisieRefusee, match="pas dans vos portefeuilles") as refus:
        commander_codes(profil=Profil.ADHERENT, sirens=[SIREN], par=acteur(ines), maintenant=LE)
    assert refus.value.champ == "sirens"
