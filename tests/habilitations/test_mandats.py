"""Mandates: given, changed, ended, spread; each refusal writes nothing."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from jalon.courriers.models import Courriel
from jalon.habilitations.actions.affectations import confier_mandats, reprendre_mandats
from jalon.habilitations.actions.droits import retirer_rattachement
from jalon.habilitations.actions.mandats import donner_mandat, modifier_mandat, rappeler_mandats, terminer_mandat
from jalon.habilitations.enums import CoteDuMandat, EtatRattachement
from jalon.habilitations.models import Affectation, DroitAccorde, Mandat, Rattachement
from jalon.habilitations.requetes.mandats import (
    collaborateurs,
    collaborateurs_du_mandat,
    mandat_affiche,
    mandats_recus,
    parts_de,
)
from jalon.habilitations.requetes.pages_de_mandats import mandats_donnes
from jalon.journal.models import Evenement
from jalon.notifications.models import Notification
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.dates import fin_du_jour
from jalon.socle.erreurs import DroitManquant, ErreurMetier, Introuvable, SaisieRefusee, SaisiesRefusees, TransitionImpossible
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    CABINET,
    LE,
    SIREN,
    SIRET,
    acteur,
    confier,
    donner,
    organisation,
    personne,
    rattacher,
    sirens,
    sur_le_siren,
)

pytestmark = pytest.mark.django_db

PLAN, FACTURES = Domaine.PLAN, Domaine.FACTURES
DROITS = {PLAN: Niveau.ENVOI, FACTURES: Niveau.LECTURE}
FIN = date(2027, 5, 31)


class Scene:
    """A company, its administrator; a cabinet, its administrator and one collaborator."""

    def __init__(self) -> None:
        organisation()
        organisation(CABINET, "ALPES COMPTA")
        self.aline, self.paul, self.chloe = personne("Aline"), personne("Paul", "Alpes"), personne("Chloé", "Bertin")
        rattacher(self.aline)
        rattacher(self.paul, CABINET, Profil.PRESTATAIRE)
        self.lien = rattacher(self.chloe, CABINET, Profil.PRESTATAIRE, [])

    def donner(self, **autres: Any) -> Mandat:
        choix: Mapping[str, Any] = {
            "siren": SIREN, "profil": Profil.ADHERENT, "mandataire_saisi": CABINET, "niveaux": DROITS, "fin": FIN,
            "par": acteur(self.aline), "maintenant": LE,
        }  # fmt: skip
        return donner_mandat(**{**choix, **autres})

    def confier(self, *mandats: Mandat, **autres: Any) -> int:
        choix: Mapping[str, Any] = {
            "mandataire": CABINET, "rattachement_id": self.lien.id, "mandats": [m.id for m in mandats],
            "niveaux": DROITS, "par": acteur(self.paul), "maintenant": LE,
        }  # fmt: skip
        return confier_mandats(**{**choix, **autres})


@pytest.fixture
def scene() -> Scene:
    return Scene()


def _a_qui(genre: str) -> set[str]:
    return set(Courriel.objects.filter(genre=f"habilitations.{genre}").values_list("adresse", flat=True))


def _journal(code: str) -> list[tuple[str, str]]:
    lignes = Evenement.objects.tous("essai").filter(code=code).order_by("id")
    return list(lignes.values_list("siren", "prestataire_siren"))


# Giving ----------------------------------------------------------------------------------------------------------------


def test_l_administratrice_donne_un_mandat_et_les_deux_cotes_le_savent(scene: Scene) -> None:
    louise = personne("Louise", "Rey")
    rattacher(louise)
    mandat = scene.donner(mandataire_saisi="552 100 554")
    assert (mandat.siren, mandat.mandataire_siren, mandat.droits) == (SIREN, CABINET, "plan 3,factures 1")
    assert (mandat.debut, mandat.fin) == (LE, fin_du_jour(FIN))
    assert _journal("acces.mandat_donne") == [(SIREN, ""), ("", CABINET)]
    assert _a_qui("mandat_donne") == {louise.email, scene.paul.email}
    phrase = Evenement.objects.tous("essai").filter(code="acces.mandat_donne")[0].details
    assert phrase["mandataire"] == "ALPES COMPTA (SIREN 552\u00a0100\u00a0554)"


def test_un_mandat_peut_commencer_plus_tard_et_porter_sur_des_etablissements(scene: Scene) -> None:
    mandat = scene.donner(debut=date(2026, 12, 1), sirets=[SIRET, SIRET], niveaux={PLAN: Niveau.LECTURE})
    assert mandat.sirets == [SIRET]
    assert mandat.debut == fin_du_jour(date(2026, 11, 30))
    assert mandat_affiche(mandat, LE).etat == "a_venir"


def test_un_prestataire_donne_aussi_un_mandat(scene: Scene) -> None:
    driss = personne("Driss")
    rattacher(driss, AUTRE_SIREN, Profil.PRESTATAIRE)
    mandat = scene.donner(siren=AUTRE_SIREN, profil=Profil.PRESTATAIRE, par=acteur(driss))
    assert (mandat.siren, mandat.prestataire_siren, mandat.mandataire_siren) == ("", AUTRE_SIREN, CABINET)
    assert _journal("acces.mandat_donne") == [("", AUTRE_SIREN), ("", CABINET)]


@pytest.mark.parametrize(
    ("changement", "erreur", "champ"),
    [
        ({"mandataire_saisi": ""}, SaisieRefusee, "mandataire"),
        ({"mandataire_saisi": "552100555"}, SaisieRefusee, "mandataire"),
        ({"mandataire_saisi": SIREN}, SaisieRefusee, "mandataire"),
        ({"niveaux": {PLAN: Niveau.AUCUN}}, SaisieRefusee, "droits"),
        ({"niveaux": {Domaine.ACCES: Niveau.GESTION}}, SaisieRefusee, "niveau_acces"),
        ({"niveaux": {Domaine.RIB: Niveau.GESTION}}, SaisieRefusee, "niveau_rib"),
        ({"fin": date(2027, 11, 24)}, SaisieRefusee, "fin"),
        ({"fin": date(2026, 11, 23)}, SaisieRefusee, "fin"),
        ({"debut": date(2026, 11, 23)}, SaisieRefusee, "debut"),
        ({"sirets": ["73282932000074"]}, SaisieRefusee, "droits"),
        ({"siren": AUTRE_SIREN}, DroitManquant, None),
        ({"profil": Profil.PRESTATAIRE}, DroitManquant, None),
    ],
)
def test_un_mandat_refuse_n_ecrit_rien(scene: Scene, changement: Any, erreur: type[ErreurMetier], champ: str | None) -> None:
    with pytest.raises(erreur) as refus:
        scene.donner(**changement)
    assert refus.value.champ == champ
    assert not Mandat.objects.tous("essai").exists()
    assert not Courriel.objects.exists()


def test_douze_mois_tout_juste_passent(scene: Scene) -> None:
    assert scene.donner(fin=date(2027, 11, 23)).fin == fin_du_jour(date(2027, 11, 23))


def test_un_administrateur_en_probation_ne_donne_pas_de_mandat(scene: Scene) -> None:
    nouvelle = personne("Nina")
    rattacher(nouvelle, probation_jusqu_a=LE + timedelta(seconds=1))
    with pytest.raises(DroitManquant, match="72\u00a0heures"):
        scene.donner(par=acteur(nouvelle))


def test_un_utilisateur_ne_donne_pas_de_mandat(scene: Scene) -> None:
    bruno = personne("Bruno")
    rattacher(bruno, droits=[sur_le_siren(PLAN), sur_le_siren(Domaine.ACCES, Niveau.LECTURE)])
    with pytest.raises(DroitManquant):
        scene.donner(par=acteur(bruno))


def test_le_mandat_ne_donne_jamais_plus_que_celle_qui_le_donne(scene: Scene) -> None:
    louise = personne("Louise", "Rey")
    lien = rattacher(louise, droits=[sur_le_siren(Domaine.ACCES), sur_le_siren(PLAN, Niveau.SAISIE)])
    with pytest.raises(SaisiesRefusees) as refus:
        scene.donner(par=acteur(louise))
    assert set(refus.value.champs) == {"niveau_plan", "niveau_factures"}
    scene.donner(par=acteur(louise), niveaux={PLAN: Niveau.SAISIE})
    Mandat.objects.tous("essai").update(termine_le=LE)
    DroitAccorde.objects.filter(rattachement=lien, domaine=PLAN).update(fin=fin_du_jour(FIN) - timedelta(seconds=1))
    with pytest.raises(SaisiesRefusees):
        scene.donner(par=acteur(louise), niveaux={PLAN: Niveau.SAISIE})


def test_un_seul_mandat_en_cours_entre_deux_organisations(scene: Scene) -> None:
    scene.donner()
    with pytest.raises(SaisieRefusee, match="a déjà un mandat en cours"):
        scene.donner()


def test_un_mandat_echu_laisse_la_place_au_suivant(scene: Scene) -> None:
    ancien = donner(fin=LE)
    part = confier(ancien, scene.lien)
    nouveau = scene.donner()
    ancien, part = Mandat.objects.tous("essai").get(pk=ancien.pk), Affectation.objects.get(pk=part.pk)
    assert (ancien.termine_cote, ancien.termine_le, part.revoquee_le) == ("terme", LE, LE)
    assert nouveau.termine_le is None


# Changing, renewing ----------------------------------------------------------------------------------------------------


def _modifier(scene: Scene, mandat: Mandat, **autres: Any) -> Mandat:
    choix: Mapping[str, Any] = {"niveaux": DROITS, "fin": FIN, "par": acteur(scene.aline), "maintenant": LE}
    return modifier_mandat(mandat_id=mandat.id, **{**choix, **autres})


def test_renouveler_c_est_changer_le_dernier_jour(scene: Scene) -> None:
    mandat = donner(debut=LE - timedelta(days=360), fin=LE + timedelta(hours=10))
    change = _modifier(scene, mandat, fin=date(2027, 11, 23), sirets=[SIRET], niveaux={PLAN: Niveau.LECTURE})
    assert (change.fin, change.droits, change.sirets) == (fin_du_jour(date(2027, 11, 23)), "plan 1", [SIRET])
    assert _journal("acces.mandat_modifie") == [(SIREN, ""), ("", CABINET)]
    assert _a_qui("mandat_modifie") == {scene.paul.email}
    assert mandat.debut == Mandat.objects.tous("essai").get(pk=mandat.pk).debut


@pytest.mark.parametrize(
    ("changement", "erreur"),
    [
        ({"fin": date(2027, 11, 24)}, SaisieRefusee),
        ({"fin": date(2026, 11, 23)}, SaisieRefusee),
        ({"niveaux": {}}, SaisieRefusee),
        ({"niveaux": {Domaine.RIB: Niveau.GESTION}}, SaisieRefusee),
    ],
)
def test_une_modification_refusee_n_ecrit_rien(scene: Scene, changement: Any, erreur: type[ErreurMetier]) -> None:
    mandat = donner()
    with pytest.raises(erreur):
        _modifier(scene, mandat, **changement)
    assert Mandat.objects.tous("essai").get(pk=mandat.pk).modifie_le == mandat.modifie_le


def test_le_mandataire_lit_le_mandat_mais_ne_le_change_pas(scene: Scene) -> None:
    mandat = donner()
    with pytest.raises(DroitManquant):
        _modifier(scene, mandat, par=acteur(scene.paul))
    with pytest.raises(Introuvable):
        _modifier(scene, mandat, par=acteur(scene.chloe))


def test_on_ne_renouvelle_pas_au_dela_de_ce_qu_on_tient(scene: Scene) -> None:
    louise = personne("Louise", "Rey")
    rattacher(louise, droits=[sur_le_siren(Domaine.ACCES)])
    with pytest.raises(SaisiesRefusees):
        _modifier(scene, donner(), par=acteur(louise))


@pytest.mark.parametrize("champs", [{"termine_le": LE}, {"fin": LE}])
def test_un_mandat_fini_ne_revient_pas(scene: Scene, champs: Any) -> None:
    mandat = donner(**champs)
    with pytest.raises(TransitionImpossible):
        _modifier(scene, mandat)
    with pytest.raises(TransitionImpossible):
        terminer_mandat(mandat_id=mandat.id, cote=CoteDuMandat.CLIENT, motif="x", par=acteur(scene.aline), maintenant=LE)


# Ending ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cote", [CoteDuMandat.CLIENT, CoteDuMandat.MANDATAIRE])
def test_chaque_cote_met_fin_au_mandat(scene: Scene, cote: CoteDuMandat) -> None:
    mandat = donner()
    part = confier(mandat, scene.lien)
    qui, autre = (scene.aline, scene.paul) if cote == CoteDuMandat.CLIENT else (scene.paul, scene.aline)
    assert acteur(scene.chloe).appartient(SIREN)
    terminer_mandat(mandat_id=mandat.id, cote=cote, motif=" Changement de cabinet ", par=acteur(qui), maintenant=LE)
    fini = Mandat.objects.tous("essai").get(pk=mandat.pk)
    assert (fini.termine_le, fini.termine_cote, fini.termine_par, fini.motif_fin) == (LE, cote, qui.id, "Changement de cabinet")
    assert Affectation.objects.get(pk=part.pk).revoquee_le == LE
    assert not acteur(scene.chloe).appartient(SIREN)
    assert _journal("acces.mandat_termine") == [(SIREN, ""), ("", CABINET)]
    assert _a_qui("mandat_termine") == {autre.email}


def test_mettre_fin_demande_un_motif_et_d_administrer_ce_cote(scene: Scene) -> None:
    mandat = donner()
    bruno = personne("Bruno")
    rattacher(bruno, droits=[sur_le_siren(Domaine.ACCES, Niveau.LECTURE)])

    def finir(qui: Any, cote: CoteDuMandat, motif: str = "x") -> None:
        terminer_mandat(mandat_id=mandat.id, cote=cote, motif=motif, par=acteur(qui), maintenant=LE)

    with pytest.raises(SaisieRefusee):
        finir(scene.aline, CoteDuMandat.CLIENT, "  ")
    for qui, cote in ((bruno, CoteDuMandat.CLIENT), (scene.aline, CoteDuMandat.MANDATAIRE), (scene.paul, CoteDuMandat.CLIENT)):
        with pytest.raises(DroitManquant):
            finir(qui, cote)
    with pytest.raises(Introuvable):
        finir(scene.chloe, CoteDuMandat.MANDATAIRE)
    assert Mandat.objects.tous("essai").get(pk=mandat.pk).termine_le is None


# Spreading -------------------------------------------------------------------------------------------------------------


def test_l_administrateur_du_cabinet_confie_ses_clients(scene: Scene) -> None:
    autres = [donner(s) for s in sirens(2)]
    assert scene.confier(donner(), *autres, niveaux={PLAN: Niveau.GESTION, FACTURES: Niveau.LECTURE}) == 3
    assert set(Affectation.objects.values_list("droits", flat=True)) == {"plan 3,factures 1"}
    assert acteur(scene.chloe).sirens(Profil.ADHERENT) == {SIREN, *sirens(2)}
    assert _journal("acces.mandat_confie") == [("", CABINET)]
    assert _a_qui("clients_confies") == {scene.chloe.email}


def test_confier_encore_remplace_et_ne_double_rien(scene: Scene) -> None:
    mandat = donner()
    assert scene.confier(mandat) == 1
    assert scene.confier(mandat) == 0
    assert scene.confier(mandat, niveaux={PLAN: Niveau.LECTURE}) == 1
    parts = Affectation.objects.order_by("id")
    assert [(p.droits, p.revoquee_le) for p in parts] == [("plan 3,factures 1", LE), ("plan 1", None)]
    assert Courriel.objects.filter(genre="habilitations.clients_confies").count() == 1


@pytest.mark.parametrize(
    ("changer", "erreur"),
    [
        (lambda s, m: {"mandats": []}, SaisieRefusee),
        (lambda s, m: {"mandats": [m.id] * 10_001}, SaisieRefusee),
        (lambda s, m: {"niveaux": {Domaine.REGLEMENTS: Niveau.LECTURE}}, SaisieRefusee),
        (lambda s, m: {"mandats": [m.id, donner(AUTRE_SIREN, sirens(1)[0]).id]}, Introuvable),
        (lambda s, m: {"mandats": [donner(AUTRE_SIREN, fin=LE).id]}, Introuvable),
        (lambda s, m: {"mandats": [donner(AUTRE_SIREN, termine_le=LE).id]}, Introuvable),
        (lambda s, m: {"rattachement_id": rattacher(personne("Eve"), AUTRE_SIREN, Profil.PRESTATAIRE).id}, Introuvable),
        (
            lambda s, m: {
                "rattachement_id": rattacher(personne("Eve"), CABINET, Profil.PRESTATAIRE, etat=EtatRattachement.RETIRE).id
            },
            Introuvable,
        ),
        (lambda s, m: {"par": acteur(s.chloe)}, DroitManquant),
        (lambda s, m: {"par": acteur(s.aline)}, DroitManquant),
        (lambda s, m: {"mandataire": AUTRE_SIREN}, DroitManquant),
    ],
)
def test_une_repartition_refusee_n_ecrit_rien(
    scene: Scene, changer: Callable[[Scene, Mandat], Any], erreur: type[ErreurMetier]
) -> None:
    mandat = donner()
    with pytest.raises(erreur):
        scene.confier(mandat, **changer(scene, mandat))
    assert not Affectation.objects.exists()


def test_un_administrateur_en_probation_ne_repartit_pas_mais_peut_reprendre(scene: Scene) -> None:
    nouveau = personne("Nino")
    rattacher(nouveau, CABINET, Profil.PRESTATAIRE, probation_jusqu_a=LE + timedelta(hours=1))
    mandat = donner()
    with pytest.raises(DroitManquant):
        scene.confier(mandat, par=acteur(nouveau))
    scene.confier(mandat)
    choix: Any = {"mandataire": CABINET, "rattachement_id": scene.lien.id, "maintenant": LE}
    assert reprendre_mandats(mandats=[mandat.id], par=acteur(nouveau), **choix) == 1
    assert not acteur(scene.chloe).appartient(SIREN)
    assert _journal("acces.mandat_repris") == [("", CABINET)]


def test_reprendre_refuse_ce_qui_n_est_pas_a_soi(scene: Scene) -> None:
    mandat = donner()
    scene.confier(mandat)
    choix: Any = {"mandataire": CABINET, "rattachement_id": scene.lien.id, "mandats": [mandat.id], "maintenant": LE}
    with pytest.raises(SaisieRefusee):
        reprendre_mandats(**{**choix, "mandats": []}, par=acteur(scene.paul))
    with pytest.raises(DroitManquant):
        reprendre_mandats(**choix, par=acteur(scene.chloe))
    ailleurs = rattacher(personne("Eve"), AUTRE_SIREN, Profil.PRESTATAIRE)
    with pytest.raises(Introuvable):
        reprendre_mandats(**{**choix, "rattachement_id": ailleurs.id}, par=acteur(scene.paul))
    assert Affectation.objects.filter(revoquee_le__isnull=True).count() == 1


def test_quitter_le_cabinet_enleve_tout_d_un_coup(scene: Scene) -> None:
    for siren in sirens(3):
        confier(donner(siren), scene.lien)
    assert len(acteur(scene.chloe).clients(CABINET)) == 3
    retirer_rattachement(rattachement_id=scene.lien.id, motif="Départ", par=acteur(scene.paul), maintenant=LE)
    assert acteur(scene.chloe).rattachements == ()
    assert not Affectation.objects.filter(revoquee_le__isnull=True).exists()
    rattacher(scene.chloe, CABINET, Profil.PRESTATAIRE, [])
    assert acteur(scene.chloe).clients(CABINET) == ()


def test_le_lien_retire_suffit_meme_si_les_parts_restaient(scene: Scene) -> None:
    confier(donner(), scene.lien)
    Rattachement.objects.tous("essai").filter(id=scene.lien.id).update(etat=EtatRattachement.RETIRE)
    assert acteur(scene.chloe).rattachements == ()


# Reminders, lists ------------------------------------------------------------------------------------------------------


def test_les_rappels_partent_une_fois_aux_deux_cotes(scene: Scene) -> None:
    fin = fin_du_jour(date(2026, 12, 20))
    donner(fin=fin)
    donner(AUTRE_SIREN, fin=fin + timedelta(days=60))
    donner(sirens(1)[0], fin=fin, termine_le=LE)
    assert [rappeler_mandats(maintenant=LE + timedelta(days=j)) for j in (-5, 0, 1, 19, 20, 30)] == [0, 1, 1, 1, 1, 0]
    partis = Courriel.objects.filter(genre="habilitations.mandat_echeance")
    assert set(partis.values_list("adresse", "cle")) == {
        (qui.email, f"20261220-{jours}") for qui in (scene.aline, scene.paul) for jours in (30, 7)
    }
    dites = Notification.objects.tous("essai").filter(code="habilitations.mandat_bientot_fini", canal="portail")
    assert sorted(dites.values_list("personne_id", "lieu")) == sorted([(scene.aline.pk, SIREN), (scene.paul.pk, CABINET)] * 2)


def test_un_mandat_renouvele_hier_n_est_pas_rappele_pour_sa_nouvelle_fin_trop_proche(scene: Scene) -> None:
    donner(fin=fin_du_jour(date(2026, 12, 10)), debut=LE)
    assert rappeler_mandats(maintenant=LE) == 0


def test_les_listes_de_chaque_cote(scene: Scene) -> None:
    organisation(AUTRE_SIREN, "ACIERIES DU NORD")
    en_cours, autre = donner(), donner(AUTRE_SIREN)
    fini = donner(mandataire=sirens(1)[0], termine_le=LE - timedelta(days=1), motif_fin="Fini")
    donner(mandataire=sirens(2)[1], termine_le=LE - timedelta(days=400))
    confier(en_cours, scene.lien, {PLAN: Niveau.LECTURE})
    chez_aline = mandats_donnes(SIREN, acteur(scene.aline), LE, Profil.ADHERENT).lignes
    assert [(m.id, m.etat, m.vivant) for m in chez_aline] == [(en_cours.id, "en_cours", True), (fini.id, "termine", False)]
    assert chez_aline[0].collaborateurs == 1
    assert [m.client_nom for m in mandats_recus(CABINET, acteur(scene.paul), LE)] == [
        "ACIERIES DU NORD",
        "BELLERIVE RESTAURATION",
    ]
    assert mandats_recus(CABINET, acteur(scene.chloe), LE) == []
    assert mandats_recus(CABINET, acteur(scene.aline), LE) != [autre]
    assert [(p.nom, p.droits) for p in collaborateurs_du_mandat(en_cours, LE)] == [
        ("Chloé Bertin", (("Plan de développement", Niveau.LECTURE),))
    ]
    assert [(c.nom, c.clients) for c in collaborateurs(CABINET, acteur(scene.paul), LE)] == [
        ("Chloé Bertin", 1),
        ("Paul Alpes", 0),
    ]
    assert parts_de(scene.lien.id, CABINET, acteur(scene.paul)) == {en_cours.id: "plan 1"}
    with pytest.raises(Introuvable):
        parts_de(scene.lien.id, CABINET, acteur(scene.aline))
