"""Mandates that wait: wide ones, bursts, widenings; who confirms them; boundaries to the second (exigences, T12)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.affectations import confier_mandats
from jalon.habilitations.actions.mandats import donner_mandat, modifier_mandat, terminer_mandat
from jalon.habilitations.actions.mandats_en_attente import decider_mandat, installer_mandats
from jalon.habilitations.enums import Attente, CoteDuMandat, Role
from jalon.habilitations.mandats import Contenu, Niveaux, attente_d_un_mandat, ce_qui_elargit, ce_qui_reste
from jalon.habilitations.models import Mandat
from jalon.habilitations.requetes.mandats import mandat_affiche, mandats_a_verifier, mandats_en_attente, mandats_recus
from jalon.habilitations.requetes.taches import a_faire, a_faire_opco
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Portee, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from tests.habilitations.fabrique import (
    CABINET,
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    agent,
    confier,
    organisation,
    personne,
    portefeuille,
    rattacher,
    sirens,
)

pytestmark = pytest.mark.django_db
PLAN, FACTURES, REGLEMENTS = Domaine.PLAN, Domaine.FACTURES, Domaine.REGLEMENTS
LECTURE, SAISIE, ENVOI = Niveau.LECTURE, Niveau.SAISIE, Niveau.ENVOI
FIN = date(2027, 5, 31)
SECONDE, HEURE, JOUR = timedelta(seconds=1), timedelta(hours=1), timedelta(hours=24)
LARGE: Niveaux = {PLAN: ENVOI, FACTURES: SAISIE}
ETROIT: Niveaux = {PLAN: ENVOI, FACTURES: LECTURE}
TOUT = {PLAN: Niveau.GESTION, FACTURES: Niveau.GESTION, REGLEMENTS: Niveau.GESTION}


class Scene:
    """A company with two administrators; a cabinet, its administrator and one collaborator."""

    def __init__(self) -> None:
        organisation()
        organisation(CABINET, "ALPES COMPTA")
        self.aline, self.louise = personne("Aline"), personne("Louise", "Rey")
        self.paul, self.chloe = personne("Paul", "Alpes"), personne("Chloé", "Bertin")
        for administratrice in (self.aline, self.louise):
            rattacher(administratrice)
        rattacher(self.paul, CABINET, Profil.PRESTATAIRE)
        self.lien = rattacher(self.chloe, CABINET, Profil.PRESTATAIRE, [])

    def donner(self, niveaux: Niveaux = LARGE, le: datetime = LE, **autres: Any) -> Mandat:
        choix: dict[str, Any] = {"mandataire_saisi": CABINET, "par": acteur(self.aline, le), "fin": FIN, **autres}
        donne = donner_mandat(siren=SIREN, profil=Profil.ADHERENT, niveaux=niveaux, maintenant=le, **choix)
        if donne.mandataire_siren == CABINET:
            confier(donne, self.lien, TOUT)
        return donne

    def modifier(self, mandat: Mandat, niveaux: Niveaux, le: datetime = LE, **autres: Any) -> Mandat:
        choix: dict[str, Any] = {"par": acteur(self.aline, le), "fin": FIN, **autres}
        return modifier_mandat(mandat_id=mandat.id, niveaux=niveaux, maintenant=le, **choix)

    def decider(self, mandat: Mandat, par: Personne, le: datetime = LE, *, accorder: bool = True, motif: str = "Non") -> Mandat:
        return decider_mandat(mandat_id=mandat.id, accorder=accorder, motif=motif, par=acteur(par, le), maintenant=le)

    def tient(self, le: datetime, siret: str = SIRET) -> dict[Domaine, Niveau]:
        """What the collaborator really holds at that instant, on an establishment."""
        qui = acteur(self.chloe, le)
        portee = Portee(siren=SIREN, siret=siret)
        hauts = {d: max((n for n in Niveau if n and qui.peut(Droit(d, n), portee)), default=Niveau.AUCUN) for d in Domaine}
        return {d: n for d, n in hauts.items() if n}

    def rafale(self, le: datetime = LE) -> None:
        """Three narrow mandates to as many cabinets."""
        for mandataire in sirens(3):
            self.donner(ETROIT, le, mandataire_saisi=mandataire)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def _a_qui(genre: str) -> set[str]:
    return set(Courriel.objects.filter(genre=f"habilitations.{genre}").values_list("adresse", flat=True))


def _journal(code: str) -> list[tuple[str, str]]:
    return list(Evenement.objects.tous("essai").filter(code=code).order_by("id").values_list("siren", "prestataire_siren"))


# Rules -----------------------------------------------------------------------------------------------------------------

C = Contenu


@pytest.mark.parametrize(
    ("avant", "apres", "elargit", "reste"),
    [
        (C({PLAN: ENVOI}), C({PLAN: ENVOI}), 0, C({PLAN: ENVOI})),
        (C({PLAN: ENVOI}), C({PLAN: LECTURE}), 0, C({PLAN: LECTURE})),
        (C({PLAN: LECTURE}), C({PLAN: ENVOI}), 1, C({PLAN: LECTURE})),
        (C({PLAN: ENVOI}), C({PLAN: LECTURE, FACTURES: SAISIE}), 1, C({PLAN: LECTURE})),
        (C({PLAN: ENVOI}), C({FACTURES: SAISIE}), 1, None),
        (C({PLAN: ENVOI}), C({PLAN: ENVOI}, (SIRET,)), 0, C({PLAN: ENVOI}, (SIRET,))),
        (C({PLAN: ENVOI}, (SIRET,)), C({PLAN: ENVOI}), 1, C({PLAN: ENVOI}, (SIRET,))),
        (C({PLAN: ENVOI}, (SIRET,)), C({PLAN: ENVOI}, (SIRET, SIRET_2)), 1, C({PLAN: ENVOI}, (SIRET,))),
        (C({PLAN: ENVOI}, (SIRET,)), C({PLAN: ENVOI}, (SIRET_2,)), 1, None),
        (C({PLAN: ENVOI, FACTURES: Niveau.AUCUN}), C({PLAN: ENVOI}), 0, C({PLAN: ENVOI})),
    ],
)
def test_ce_qui_elargit_un_mandat_et_ce_qui_reste(avant: Contenu, apres: Contenu, elargit: int, reste: Contenu | None) -> None:
    assert len(ce_qui_elargit(avant, apres)) == elargit
    assert ce_qui_reste(avant, apres) == reste


@pytest.mark.parametrize(
    ("contenu", "rang", "debut", "attendu"),
    [
        (C(ETROIT), 3, LE, (Attente.AUCUNE, LE)),
        (C(ETROIT), 4, LE, (Attente.VERIFICATION, LE)),
        (C(LARGE), 1, LE, (Attente.SECONDE_VOIX, LE + JOUR)),
        (C(LARGE), 1, LE + JOUR - SECONDE, (Attente.SECONDE_VOIX, LE + JOUR)),
        (C(LARGE), 1, LE + JOUR, (Attente.AUCUNE, LE + JOUR)),
        (C(LARGE), 4, LE, (Attente.VERIFICATION, LE + JOUR)),
        (C(LARGE, (SIRET,)), 1, LE, (Attente.AUCUNE, LE)),
        (C({REGLEMENTS: SAISIE}), 1, LE, (Attente.SECONDE_VOIX, LE + JOUR)),
        (C({Domaine.RIB: SAISIE}), 1, LE, (Attente.SECONDE_VOIX, LE + JOUR)),
        (C({Domaine.RIB: LECTURE}), 1, LE, (Attente.AUCUNE, LE)),
        (C({PLAN: Niveau.GESTION, Domaine.ACCES: ENVOI}), 1, LE, (Attente.AUCUNE, LE)),
    ],
)
def test_ce_qui_attend_dans_un_mandat(contenu: Contenu, rang: int, debut: datetime, attendu: object) -> None:
    """Exigences, T12: the whole SIREN with a finance domain at Saisie or more; the fourth of an hour."""
    assert attente_d_un_mandat(contenu.boites(), rang, debut, LE) == attendu


# A new mandate ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("le", [LE, datetime(2027, 10, 30, 14, 0, tzinfo=UTC), datetime(2027, 3, 27, 14, 0, tzinfo=UTC)])
def test_un_mandat_etendu_compte_apres_24_heures_a_la_seconde(scene: Scene, le: datetime) -> None:
    """An ordinary day; across each change of hour."""
    mandat = scene.donner(le=le, fin=(le + 100 * JOUR).date())
    assert (mandat.attente, mandat.compte_le, mandat.debut) == (Attente.SECONDE_VOIX, le + JOUR, le + JOUR)
    assert scene.tient(le + JOUR - SECONDE) == {}
    assert scene.tient(le + JOUR) == dict(LARGE)
    assert _a_qui("mandat_en_attente") == {scene.aline.email, scene.louise.email}
    assert mandat_affiche(mandat, le).etat == "en_attente"
    assert mandat_affiche(mandat, le + JOUR).etat == "en_cours"
    assert not mandat.attend(le + JOUR)


def test_un_mandat_etroit_ou_sur_des_etablissements_compte_aussitot(scene: Scene) -> None:
    assert scene.donner(ETROIT).attente == Attente.AUCUNE
    assert scene.tient(LE) == dict(ETROIT)
    autre = scene.donner(LARGE, mandataire_saisi=sirens(1)[0], sirets=[SIRET])
    assert (autre.attente, autre.debut) == (Attente.AUCUNE, LE)
    assert not _a_qui("mandat_en_attente")


def test_une_seconde_administratrice_confirme_sans_attendre(scene: Scene) -> None:
    mandat = scene.donner()
    with pytest.raises(DroitManquant, match="une autre personne"):
        scene.decider(mandat, scene.aline)
    confirme = scene.decider(mandat, scene.louise, LE + HEURE)
    assert (confirme.debut, confirme.attente, confirme.approuve_par) == (LE + HEURE, Attente.AUCUNE, scene.louise.id)
    assert scene.tient(LE + HEURE) == dict(LARGE)
    assert _journal("acces.mandat_confirme") == [(SIREN, ""), ("", CABINET)]
    assert _a_qui("mandat_decide") == {scene.aline.email, scene.paul.email}
    with pytest.raises(TransitionImpossible):
        scene.decider(mandat, scene.louise, LE + HEURE)


def test_un_mandat_a_venir_confirme_commence_le_jour_demande(scene: Scene) -> None:
    demain = date(2026, 11, 25)
    mandat = scene.donner(debut=demain)
    assert mandat.debut == LE + JOUR
    minuit = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    assert scene.decider(mandat, scene.louise).debut == minuit
    assert (scene.tient(minuit - SECONDE), scene.tient(minuit)) == ({}, dict(LARGE))
    plus_tard = scene.donner(mandataire_saisi=sirens(1)[0], debut=date(2026, 12, 24))
    assert plus_tard.attente == Attente.AUCUNE


def test_un_mandat_refuse_prend_fin(scene: Scene) -> None:
    mandat = scene.donner()
    with pytest.raises(SaisieRefusee) as refus:
        scene.decider(mandat, scene.louise, accorder=False, motif=" ")
    assert refus.value.champ == "motif"
    fini = scene.decider(mandat, scene.louise, accorder=False, motif="Cabinet inconnu")
    assert (fini.termine_le, fini.termine_cote, fini.motif_fin) == (LE, CoteDuMandat.CLIENT, "Cabinet inconnu")
    assert scene.tient(LE + JOUR) == {}
    assert _journal("acces.mandat_refuse") == [(SIREN, ""), ("", CABINET)]


def test_qui_ne_decide_pas_d_un_mandat_etendu(scene: Scene) -> None:
    mandat = scene.donner()
    nora = personne("Nora")
    rattacher(nora, probation_jusqu_a=LE + HEURE)
    for qui in (scene.paul, nora, agent(Role.CONSEILLER)):
        with pytest.raises(DroitManquant):
            scene.decider(mandat, qui)
    with pytest.raises(TransitionImpossible):
        scene.decider(mandat, agent())
    with pytest.raises(Introuvable):
        scene.decider(mandat, personne("Gaël"))
    assert scene.tient(LE) == {}


@pytest.mark.parametrize(("fin", "passe"), [(date(2026, 11, 24), False), (date(2026, 11, 25), True)])
def test_un_mandat_etendu_finit_apres_avoir_compte(scene: Scene, fin: date, *, passe: bool) -> None:
    if passe:
        assert scene.donner(fin=fin).attente == Attente.SECONDE_VOIX
        return
    with pytest.raises(SaisieRefusee) as refus:
        scene.donner(fin=fin)
    assert refus.value.champ == "fin"
    assert not Mandat.objects.tous("essai").exists()


# Bursts ----------------------------------------------------------------------------------------------------------------


def test_le_quatrieme_mandat_d_une_heure_est_retenu(scene: Scene) -> None:
    hugo, emma = agent(), agent(Role.CONSEILLER, prenom="Emma")
    scene.rafale()
    mandat = scene.donner(ETROIT, LE + HEURE - SECONDE)
    assert (mandat.attente, mandat.retenu) == (Attente.VERIFICATION, True)
    assert scene.tient(LE + 30 * JOUR) == {}
    assert _a_qui("mandat_a_verifier") == {hugo.email}
    assert _journal("acces.rafale") == [(SIREN, "")]
    assert [m.id for m in mandats_a_verifier(acteur(hugo), LE)] == [mandat.id]
    assert mandats_a_verifier(acteur(emma), LE) == []
    assert mandats_a_verifier(acteur(agent(Role.AEF, [portefeuille("Bretagne").id])), LE) == []
    assert "1 plus de trois" in next(t.detail for t in a_faire_opco(acteur(hugo)) if "rafale" in t.titre)
    scene.decider(mandat, hugo, LE + HEURE)
    assert scene.tient(LE + HEURE) == dict(ETROIT)


def test_une_heure_plus_tard_le_compte_repart(scene: Scene) -> None:
    scene.rafale()
    assert scene.donner(ETROIT, LE + HEURE).attente == Attente.AUCUNE


def test_l_aef_leve_la_rafale_et_un_mandat_etendu_garde_ses_24_heures(scene: Scene) -> None:
    scene.rafale()
    mandat = scene.donner()
    leve = scene.decider(mandat, agent(), LE + HEURE)
    assert (leve.retenu, leve.attente, leve.debut) == (False, Attente.SECONDE_VOIX, LE + JOUR)
    assert (scene.tient(LE + JOUR - SECONDE), scene.tient(LE + JOUR)) == ({}, dict(LARGE))
    with pytest.raises(TransitionImpossible):
        scene.decider(mandat, agent(), LE + HEURE)
    scene.decider(mandat, scene.louise, LE + 2 * HEURE)
    assert scene.tient(LE + 2 * HEURE) == dict(LARGE)


def test_un_mandat_retenu_puis_modifie_ne_s_ouvre_pas_sans_verification(scene: Scene) -> None:
    scene.rafale()
    mandat = scene.donner(ETROIT)
    scene.modifier(mandat, {PLAN: LECTURE})
    assert scene.tient(LE + JOUR) == {}
    scene.modifier(mandat, {PLAN: ENVOI, REGLEMENTS: LECTURE})
    assert scene.tient(LE + JOUR) == {}


# Widening --------------------------------------------------------------------------------------------------------------


def test_elargir_laisse_ce_qui_est_donne_jusqu_a_ce_que_cela_compte(scene: Scene) -> None:
    mandat = scene.donner({PLAN: ENVOI, FACTURES: LECTURE, REGLEMENTS: LECTURE})
    change = scene.modifier(mandat, {PLAN: LECTURE, FACTURES: ENVOI})
    assert (change.attente, change.compte_le) == (Attente.SECONDE_VOIX, LE + JOUR)
    assert scene.tient(LE) == {PLAN: LECTURE, FACTURES: LECTURE}
    affiche = mandat_affiche(change, LE)
    assert (affiche.etat, affiche.attendus) == ("en_cours", (("Plan de développement", LECTURE), ("Factures", ENVOI)))
    assert installer_mandats(maintenant=LE + JOUR - SECONDE) == 0
    assert scene.tient(LE + JOUR) == {PLAN: LECTURE, FACTURES: LECTURE}
    assert installer_mandats(maintenant=LE + JOUR) == 1
    assert scene.tient(LE + JOUR) == {PLAN: LECTURE, FACTURES: ENVOI}
    assert installer_mandats(maintenant=LE + JOUR) == 0
    assert _journal("acces.mandat_elargi") == [(SIREN, ""), ("", CABINET)]


def test_un_elargissement_confirme_ou_refuse(scene: Scene) -> None:
    mandat = scene.donner(ETROIT)
    scene.modifier(mandat, LARGE)
    scene.decider(mandat, scene.louise, accorder=False, motif="Trop")
    assert (scene.tient(LE), scene.tient(LE + JOUR)) == (dict(ETROIT), dict(ETROIT))
    assert installer_mandats(maintenant=LE + JOUR) == 0
    scene.modifier(mandat, LARGE)
    scene.decider(mandat, scene.louise)
    assert scene.tient(LE) == dict(LARGE)


def test_renouveler_les_memes_droits_n_attend_pas(scene: Scene) -> None:
    mandat = scene.donner()
    apres = LE + 2 * JOUR
    change = scene.modifier(mandat, LARGE, apres, fin=date(2027, 11, 1))
    assert (change.attente, change.attend(apres)) == (Attente.AUCUNE, False)
    assert scene.tient(apres) == dict(LARGE)
    moins = scene.modifier(mandat, ETROIT, apres, fin=date(2027, 11, 2))
    assert moins.attente == Attente.AUCUNE
    assert scene.tient(apres) == dict(ETROIT)


def test_donner_de_nouveau_apres_le_terme_attend(scene: Scene) -> None:
    scene.donner(fin=date(2026, 11, 30))
    assert scene.donner(le=LE + 30 * JOUR).attente == Attente.SECONDE_VOIX


def test_un_elargissement_en_rafale_se_tient_a_cote(scene: Scene) -> None:
    mandat = scene.donner(ETROIT, LE - JOUR)
    scene.rafale()
    change = scene.modifier(mandat, {PLAN: Niveau.GESTION, FACTURES: LECTURE})
    assert (change.attente, change.retenu) == (Attente.VERIFICATION, False)
    assert scene.tient(LE) == dict(ETROIT)
    assert installer_mandats(maintenant=LE + 30 * JOUR) == 0
    scene.decider(mandat, agent())
    assert scene.tient(LE) == {PLAN: Niveau.GESTION, FACTURES: LECTURE}


def test_l_aef_leve_la_rafale_d_un_elargissement_etendu_qui_garde_ses_24_heures(scene: Scene) -> None:
    mandat = scene.donner(ETROIT, LE - JOUR)
    scene.rafale()
    scene.modifier(mandat, LARGE)
    scene.decider(mandat, agent())
    assert scene.tient(LE) == dict(ETROIT)
    assert (installer_mandats(maintenant=LE + JOUR - SECONDE), installer_mandats(maintenant=LE + JOUR)) == (0, 1)


def test_changer_d_etablissement_en_rafale_ferme_l_ancien_et_retient_le_nouveau(scene: Scene) -> None:
    mandat = scene.donner(ETROIT, LE - JOUR, sirets=[SIRET])
    scene.rafale()
    scene.modifier(mandat, ETROIT, sirets=[SIRET_2])
    assert (scene.tient(LE), scene.tient(LE, SIRET_2)) == ({}, {})
    scene.decider(mandat, scene.louise)
    assert (scene.tient(LE), scene.tient(LE, SIRET_2)) == ({}, dict(ETROIT))


def test_modifier_de_nouveau_remplace_ce_qui_attend(scene: Scene) -> None:
    mandat = scene.donner(ETROIT)
    scene.modifier(mandat, LARGE)
    encore = scene.modifier(mandat, {PLAN: ENVOI})
    assert (encore.attente, encore.attendu_droits) == (Attente.AUCUNE, "")
    assert scene.tient(LE + 2 * JOUR) == {PLAN: ENVOI}


def test_elargir_un_mandat_qui_attend_fait_attendre_le_tout(scene: Scene) -> None:
    mandat = scene.donner()
    change = scene.modifier(mandat, {**LARGE, REGLEMENTS: LECTURE}, LE + HEURE)
    assert (change.attente, change.debut) == (Attente.SECONDE_VOIX, LE + HEURE + JOUR)
    assert scene.tient(LE + JOUR) == {}
    reduit = scene.modifier(mandat, LARGE, LE + 2 * HEURE)
    assert (reduit.attente, reduit.debut) == (Attente.SECONDE_VOIX, LE + HEURE + JOUR)


def test_ce_qui_a_compte_se_confie_sans_attendre_le_travail(scene: Scene) -> None:
    mandat = scene.donner(ETROIT)
    scene.modifier(mandat, LARGE)

    def confier_tout(le: datetime) -> None:
        confier_mandats(
            mandataire=CABINET, rattachement_id=scene.lien.id, mandats=[mandat.id], niveaux=TOUT, par=acteur(scene.paul, le),
            maintenant=le,
        )  # fmt: skip

    confier_tout(LE + JOUR - SECONDE)
    assert scene.tient(LE + JOUR - SECONDE) == dict(ETROIT)
    confier_tout(LE + JOUR)
    assert scene.tient(LE + JOUR) == dict(LARGE)


def test_un_mandat_fini_n_est_plus_elargi(scene: Scene) -> None:
    mandat = scene.donner(ETROIT)
    scene.modifier(mandat, LARGE)
    terminer_mandat(mandat_id=mandat.id, cote=CoteDuMandat.CLIENT, motif="Fin", par=acteur(scene.aline), maintenant=LE)
    assert installer_mandats(maintenant=LE + JOUR) == 0
    with pytest.raises(TransitionImpossible):
        scene.decider(mandat, scene.louise)


# What is shown ---------------------------------------------------------------------------------------------------------


def test_les_taches_et_les_listes_disent_ce_qui_attend(scene: Scene) -> None:
    mandat = scene.donner()

    def taches(qui: Personne) -> list[tuple[str, object]]:
        return [(t.detail, t.echeance) for t in a_faire(acteur(qui), SIREN) if t.titre == "Confirmer un mandat"]

    (tache,) = taches(scene.louise)
    assert tache == (
        f"{scene.aline.nom_complet} a donné à ALPES COMPTA un mandat qui attend une seconde personne",
        (LE + JOUR).date(),
    )
    assert taches(scene.aline) == []
    assert [m.id for m in mandats_en_attente(SIREN, acteur(scene.louise), LE, Profil.ADHERENT)] == [mandat.id]
    assert mandats_en_attente(SIREN, acteur(scene.louise), LE + JOUR, Profil.ADHERENT) == []
    assert [m.etat for m in mandats_recus(CABINET, acteur(scene.paul), LE)] == ["en_attente"]


def test_un_elargissement_plus_petit_que_celui_qui_attend_prend_sa_place(scene: Scene) -> None:
    mandat = scene.donner({PLAN: LECTURE})
    attendu = scene.modifier(mandat, LARGE)
    assert (attendu.attente, attendu.attendu_par) == (Attente.SECONDE_VOIX, scene.aline.id)
    repris = scene.modifier(mandat, {PLAN: SAISIE}, LE + SECONDE)
    assert (repris.attente, repris.compte_le, repris.attendu_droits, repris.attendu_par, repris.retenu) == (
        Attente.AUCUNE, None, "", None, False,
    )  # fmt: skip
    assert scene.tient(LE + SECONDE) == scene.tient(LE + 2 * JOUR) == {PLAN: SAISIE}
