"""Giving a right on one dispositif alone: box by box, with a profile, in a file; what it never becomes (docs/adr/0027)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic

from jalon.comptes.models import Personne
from jalon.dispositifs.registre import DISPOSITIFS, dispositifs_de, nom_de
from jalon.habilitations.acteur_cle import ActeurCle
from jalon.habilitations.actions.cles import creer_cle_api
from jalon.habilitations.actions.droits import modifier_droits
from jalon.habilitations.actions.fichier import exporter_droits, importer_droits, prevoir_import
from jalon.habilitations.actions.invitations import inviter_personne
from jalon.habilitations.actions.mandats import donner_mandat
from jalon.habilitations.actions.masse import appliquer_profil
from jalon.habilitations.actions.octrois import decider_octroi
from jalon.habilitations.droits_prepares import lire_ligne
from jalon.habilitations.enums import Attente, Etendue, JeuDeDroits
from jalon.habilitations.fichier import COLONNES, TOUT
from jalon.habilitations.models import DroitAccorde, Rattachement
from jalon.habilitations.phrases import acte_permis, libelle_droit, resume_des_droits
from jalon.habilitations.profils import PROFILS, droits_du_profil, limiter
from jalon.habilitations.regles import DemandeDroit, donne_l_administration, tous_les_droits, verifier_droits
from jalon.habilitations.regles_des_boites import couvre, dans_la_demande, reunir, tient_deja
from jalon.habilitations.regles_des_cles import DemandeCle, ecrire_droits, relire_droits
from jalon.habilitations.regles_des_preparations import Tenu, ajouts
from jalon.habilitations.regles_des_vues import lisibles_par_les_deux
from jalon.habilitations.requetes.matrice import FiltreMatrice, boites_de, matrice
from jalon.habilitations.requetes.mes_droits import mes_droits
from jalon.habilitations.requetes.visibilite import qui_peut_voir
from jalon.habilitations.vu_comme import ActeurVuComme
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Portee, Profil
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, SaisiesRefusees
from tests.dispositifs.second import BILAN, second_dispositif
from tests.habilitations.fabrique import (
    CABINET,
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    groupe,
    organisation,
    personne,
    rattacher,
    sur_le_siren,
    sur_un_dispositif,
    sur_un_siret,
)

pytestmark = pytest.mark.django_db
ACTION, AUTRE = "action_formation", BILAN.code
PLAN, FACTURES = Domaine.PLAN, Domaine.FACTURES
JOUR = jour_de_paris(LE)
L, S, E, G = Niveau.LECTURE, Niveau.SAISIE, Niveau.ENVOI, Niveau.GESTION


@pytest.fixture(autouse=True)
def _deux() -> Iterator[None]:
    with second_dispositif():
        yield


@pytest.fixture
def aline() -> Personne:
    organisation()
    creee = personne("Aline", "Ferrand")
    rattacher(creee)
    return creee


@pytest.fixture
def bruno(aline: Personne) -> Rattachement:
    return rattacher(personne("Bruno", "Marchetti"), droits=[sur_un_siret(SIRET, PLAN, S)])


def _modifier(lien: Rattachement, droits: list[DemandeDroit], par: Personne) -> None:
    modifier_droits(rattachement_id=lien.id, droits=droits, par=acteur(par), maintenant=LE)


def _boites(lien: Rattachement) -> set[DemandeDroit]:
    return set(boites_de([lien], LE).get(lien.id, ()))


def _phrases(lien: Rattachement) -> list[str]:
    dernier = Evenement.objects.tous("essai").filter(objet_id=str(lien.pk)).latest("id")
    phrases: list[str] = dernier.details["changements"]
    return phrases


# Rules ---------------------------------------------------------------------------------------------------------------


def test_le_registre_dit_les_dispositifs_d_une_famille() -> None:
    assert [d.code for d in dispositifs_de(PLAN)] == [ACTION, AUTRE]
    assert [d.code for d in dispositifs_de(Domaine.ALTERNANCE)] == [
        "apprentissage",
        "professionnalisation",
        "reconversion",
        "pro_a",
    ]
    assert dispositifs_de(FACTURES) == []
    assert (nom_de(ACTION), nom_de("parti")) == ("Action de formation", "parti")
    assert DISPOSITIFS[ACTION].libelle != nom_de(ACTION)


@pytest.mark.parametrize(
    ("domaine", "dispositif", "permis"),
    [
        (PLAN, ACTION, True),
        (PLAN, AUTRE, True),
        (PLAN, "", True),
        (PLAN, "inconnu", False),
        (Domaine.ALTERNANCE, ACTION, False),
        (FACTURES, ACTION, False),
        (Domaine.ACCES, ACTION, False),
    ],
)
def test_on_ne_donne_que_les_dispositifs_declares_de_la_famille(domaine: Domaine, dispositif: str, permis: bool) -> None:
    droit = DemandeDroit(Etendue.SIREN, "", domaine, L, dispositif=dispositif)
    if permis:
        assert verifier_droits([droit], SIREN, Profil.ADHERENT, JOUR) == [droit]
        return
    with pytest.raises(SaisieRefusee, match="n’est pas un dispositif de") as refus:
        verifier_droits([droit], SIREN, Profil.ADHERENT, JOUR)
    assert refus.value.champ == "droits"


def test_un_niveau_par_dispositif_et_un_pour_la_famille() -> None:
    droits = [sur_le_siren(PLAN, L), sur_un_dispositif(ACTION, E), sur_un_dispositif(AUTRE, S)]
    assert verifier_droits(droits, SIREN, Profil.PRESTATAIRE, JOUR) == droits
    with pytest.raises(SaisieRefusee, match="demandé deux fois"):
        verifier_droits([sur_un_dispositif(ACTION, E), sur_un_dispositif(ACTION, S)], SIREN, Profil.ADHERENT, JOUR)
    with pytest.raises(SaisieRefusee, match="toute l’organisation"):
        verifier_droits([sur_un_dispositif(ACTION, E, SIRET)], SIREN, Profil.PRESTATAIRE, JOUR)


@pytest.mark.parametrize(
    ("tenu", "voulu", "oui"),
    [
        (sur_le_siren(PLAN, E), sur_un_dispositif(ACTION, E), True),
        (sur_un_dispositif(ACTION, E), sur_un_dispositif(ACTION, S), True),
        (sur_un_dispositif(ACTION, E), sur_un_dispositif(ACTION, S, SIRET), True),
        (sur_un_dispositif(ACTION, G), sur_le_siren(PLAN, L), False),
        (sur_un_dispositif(ACTION, G), sur_un_dispositif(AUTRE, L), False),
        (sur_le_siren(PLAN, L), sur_un_dispositif(ACTION, E), False),
        (sur_le_siren(FACTURES, G), sur_un_dispositif(ACTION, L), False),
    ],
)
def test_la_famille_donne_le_dispositif_et_jamais_l_inverse(tenu: DemandeDroit, voulu: DemandeDroit, oui: bool) -> None:
    assert couvre(tenu, voulu) is oui
    assert tient_deja([voulu], [tenu]) is oui
    a_donner, conflits = ajouts([Tenu(tenu)], [voulu])
    assert (a_donner, conflits) == (([] if oui else [voulu]), {})


def test_deux_boites_ne_se_confondent_pas() -> None:
    droits = [sur_le_siren(PLAN, L), sur_un_dispositif(ACTION, E), sur_un_dispositif(AUTRE, S)]
    assert reunir(droits[:1], droits[1:]) == droits
    assert reunir(droits, [sur_un_dispositif(ACTION, S)]) == droits
    assert len({d.case for d in droits}) == 3
    assert dans_la_demande([sur_un_dispositif(ACTION, L)], droits_du_profil(JeuDeDroits.LECTURE))


def test_l_administration_n_est_jamais_un_droit_limite() -> None:
    assert not any(d.dispositif for d in tous_les_droits())
    assert not donne_l_administration([sur_un_dispositif(ACTION, G)])


@pytest.mark.parametrize(
    ("d_elle", "de_moi", "communs"),
    [
        ({("plan", "", ACTION)}, {("plan", "", "")}, {("plan", "", ACTION)}),
        ({("plan", "", "")}, {("plan", "", ACTION)}, {("plan", "", ACTION)}),
        ({("plan", "", ACTION)}, {("plan", "", AUTRE)}, set()),
        ({("plan", "", ACTION)}, {("plan", "1", "")}, {("plan", "1", ACTION)}),
        ({("plan", "1", "")}, {("plan", "", ACTION)}, {("plan", "1", ACTION)}),
        ({("plan", "1", "")}, {("plan", "1", ACTION), ("plan", "1", AUTRE)}, {("plan", "1", ACTION), ("plan", "1", AUTRE)}),
        ({("plan", "1", ACTION)}, {("plan", "2", ""), ("plan", "1", AUTRE)}, set()),
        ({("plan", "", "")}, {("plan", "1", ACTION), ("plan", "2", "")}, {("plan", "1", ACTION), ("plan", "2", "")}),
    ],
)
def test_on_lit_ce_que_les_deux_lisent(d_elle: Any, de_moi: Any, communs: Any) -> None:
    assert lisibles_par_les_deux(d_elle, de_moi) == communs


def test_un_profil_se_limite_a_un_dispositif() -> None:
    limites = limiter(droits_du_profil(JeuDeDroits.LECTURE, [SIRET]), ACTION)
    assert limites == [
        sur_un_dispositif(ACTION, L, SIRET),
        sur_un_siret(SIRET, FACTURES, L),
        sur_un_siret(SIRET, Domaine.REGLEMENTS, L),
    ]
    assert limiter(droits_du_profil(JeuDeDroits.GESTIONNAIRE_RH), AUTRE) == [sur_un_dispositif(AUTRE, E)]
    assert all(PLAN in p.niveaux for p in PROFILS.values())
    with pytest.raises(Introuvable):
        limiter([], "inconnu")


def test_les_phrases_nomment_le_dispositif() -> None:
    droit = Droit(PLAN, E, ACTION)
    assert libelle_droit(droit) == "Envoi · Action de formation seulement"
    assert acte_permis(droit) == "Préparer et envoyer les dossiers d’un seul dispositif\u00a0: Action de formation"
    assert resume_des_droits([sur_un_dispositif(ACTION, E), sur_le_siren(FACTURES, L)]) == (
        "Envoi\u00a0: Action de formation seulement\u00a0; Lecture\u00a0: Factures (toute l’organisation)"
    )


# The table -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "champs",
    [
        {"domaine": FACTURES, "dispositif": ACTION},
        {"domaine": Domaine.ACCES, "dispositif": ACTION},
        {"domaine": PLAN, "dispositif": "plan 4,acces"},
        {"domaine": PLAN, "dispositif": "A/B"},
    ],
)
def test_la_base_refuse_un_dispositif_hors_d_une_famille(bruno: Rattachement, champs: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="droit_dispositif_d_une_famille"), atomic():
        DroitAccorde.objects.create(rattachement=bruno, etendue=Etendue.SIREN, niveau=L, debut=LE, **champs)


def test_la_base_tient_une_boite_par_dispositif(bruno: Rattachement) -> None:
    commun = {"rattachement": bruno, "etendue": Etendue.SIREN, "domaine": PLAN, "niveau": L, "debut": LE}
    un = DroitAccorde.objects.create(**commun, dispositif=ACTION)
    DroitAccorde.objects.create(**commun, dispositif=AUTRE)
    DroitAccorde.objects.create(**commun)
    with pytest.raises(IntegrityError, match="droit_unique_en_vigueur"), atomic():
        DroitAccorde.objects.create(**commun, dispositif=ACTION)
    assert str(un) == f"siren plan {ACTION} 1"


# Giving it -----------------------------------------------------------------------------------------------------------


def test_on_donne_on_change_et_on_retire_un_droit_limite(aline: Personne, bruno: Rattachement) -> None:
    assert bruno.personne is not None
    _modifier(bruno, [sur_le_siren(PLAN, L), sur_un_dispositif(ACTION, E)], aline)
    assert _phrases(bruno) == [
        "Plan de développement, toute l’organisation\u00a0: Aucun, puis Lecture",
        "Action de formation seulement, toute l’organisation\u00a0: Aucun, puis Envoi",
        "Plan de développement, SIRET 123\u00a0456\u00a0782\u00a000010\u00a0: Saisie, puis Aucun",
    ]
    assert acteur(bruno.personne).perimetre(Droit(PLAN, E, ACTION)).sirens == {SIREN}
    garde = DroitAccorde.objects.get(rattachement=bruno, dispositif="", revoque_le__isnull=True)
    _modifier(bruno, [sur_le_siren(PLAN, L), sur_un_dispositif(AUTRE, S), sur_un_dispositif(ACTION, G)], aline)
    assert _boites(bruno) == {sur_le_siren(PLAN, L), sur_un_dispositif(AUTRE, S), sur_un_dispositif(ACTION, G)}
    assert DroitAccorde.objects.get(rattachement=bruno, dispositif="", revoque_le__isnull=True) == garde
    _modifier(bruno, [sur_le_siren(PLAN, L)], aline)
    assert acteur(bruno.personne).dispositifs_restreints(PLAN) == frozenset()
    assert _boites(bruno) == {sur_le_siren(PLAN, L)}


def test_un_dispositif_inconnu_ne_s_ecrit_pas(aline: Personne, bruno: Rattachement) -> None:
    avant = _boites(bruno)
    with pytest.raises(SaisieRefusee, match="n’est pas un dispositif"):
        _modifier(bruno, [sur_un_dispositif("inconnu", E)], aline)
    assert _boites(bruno) == avant


def test_un_droit_limite_qui_attend_prend_la_place_de_sa_boite_et_d_aucune_autre(aline: Personne, bruno: Rattachement) -> None:
    louise = personne("Louise", "Rey")
    rattacher(louise)
    _modifier(bruno, [sur_un_dispositif(ACTION, L), sur_un_dispositif(AUTRE, L), sur_le_siren(PLAN, L)], aline)
    DroitAccorde.objects.create(
        rattachement=bruno, etendue=Etendue.SIREN, domaine=PLAN, dispositif=ACTION, niveau=E, debut=LE,
        attente=Attente.VERIFICATION, accorde_par=aline.id,
    )  # fmt: skip
    decider_octroi(rattachement_id=bruno.id, accorder=True, par=acteur(louise), maintenant=LE)
    en_vigueur = DroitAccorde.objects.filter(rattachement=bruno, revoque_le__isnull=True, attente="")
    assert {(d.dispositif, d.niveau) for d in en_vigueur} == {(ACTION, E), (AUTRE, L), ("", L)}


def test_un_droit_limite_a_venir_s_installe_dans_sa_boite(aline: Personne, bruno: Rattachement) -> None:
    _modifier(bruno, [sur_un_dispositif(ACTION, L), sur_un_dispositif(AUTRE, L)], aline)
    DroitAccorde.objects.create(
        rattachement=bruno, etendue=Etendue.SIREN, domaine=PLAN, dispositif=ACTION, niveau=E, debut=LE, attente=Attente.DATE
    )
    _modifier(bruno, [sur_un_dispositif(ACTION, E), sur_un_dispositif(AUTRE, L)], aline)
    vivants = DroitAccorde.objects.filter(rattachement=bruno, revoque_le__isnull=True)
    assert {(d.dispositif, d.niveau, d.attente) for d in vivants} == {(ACTION, E, ""), (AUTRE, L, "")}


def test_on_invite_pour_un_seul_dispositif(aline: Personne) -> None:
    lien = inviter_personne(
        siren=SIREN, profil=Profil.ADHERENT, adresse="zoe@essai.example", droits=[sur_un_dispositif(ACTION, S)],
        par=acteur(aline), maintenant=LE,
    )  # fmt: skip
    assert _boites(lien) == {sur_un_dispositif(ACTION, S)}
    assert _phrases(lien) == ["Action de formation seulement, toute l’organisation\u00a0: Aucun, puis Saisie"]


def test_un_profil_se_donne_a_plusieurs_pour_un_seul_dispositif(aline: Personne, bruno: Rattachement) -> None:
    commun: dict[str, Any] = {"siren": SIREN, "rattachements": [bruno.id], "par": acteur(aline), "maintenant": LE}
    sud = groupe("Sud", [SIRET_2])
    appliquer_profil(**commun, profil=JeuDeDroits.GESTIONNAIRE_RH, dispositif=ACTION)
    assert _boites(bruno) == {sur_un_dispositif(ACTION, E, SIRET)}
    appliquer_profil(**commun, profil=JeuDeDroits.GESTIONNAIRE_RH, dispositif=AUTRE, groupe=sud.id)
    assert _boites(bruno) == {sur_un_dispositif(ACTION, E, SIRET), sur_un_dispositif(AUTRE, E, str(sud.id))}
    with pytest.raises(SaisieRefusee) as refus:
        appliquer_profil(**commun, profil=JeuDeDroits.ADMINISTRATION, dispositif=ACTION)
    assert refus.value.champ == "dispositif"
    with pytest.raises(Introuvable):
        appliquer_profil(**commun, profil=JeuDeDroits.LECTURE, dispositif="inconnu")


def test_qui_est_limite_ne_confie_rien_de_la_famille(aline: Personne) -> None:
    """Neither a key nor a mandate of a whole family comes from who holds one dispositif of it."""
    qui = personne("Lina", "Essai")
    admin = [d for d in tous_les_droits() if d.domaine != PLAN]
    rattacher(qui, droits=[*admin, sur_un_dispositif(ACTION, G)])
    demande = DemandeCle(nom="Paie", droits=[Droit(PLAN, L)], jusqu_au=JOUR)
    with pytest.raises(SaisieRefusee, match="Vous n’avez pas vous-même le droit"):
        creer_cle_api(siren=SIREN, profil=Profil.ADHERENT, demande=demande, par=acteur(qui), maintenant=LE)
    organisation(CABINET, "Cabinet")
    with pytest.raises(SaisiesRefusees) as refus:
        donner_mandat(
            siren=SIREN, profil=Profil.ADHERENT, mandataire_saisi=CABINET, niveaux={PLAN: L}, fin=JOUR,
            par=acteur(qui), maintenant=LE,
        )  # fmt: skip
    assert set(refus.value.champs) == {"niveau_plan"}


def test_une_cle_se_limite_a_un_dispositif(aline: Personne) -> None:
    lina = personne("Lina", "Essai")
    rattacher(lina, droits=[*(d for d in tous_les_droits() if d.domaine != PLAN), sur_un_dispositif(ACTION, S)])

    def creer(*droits: Droit) -> ActeurCle:
        demande = DemandeCle(nom="Paie", droits=droits, jusqu_au=JOUR)
        commun: dict[str, Any] = {"siren": SIREN, "profil": Profil.ADHERENT, "par": acteur(lina), "maintenant": LE}
        return ActeurCle(creer_cle_api(**commun, demande=demande).cle)

    cle = creer(Droit(PLAN, L, ACTION), Droit(Domaine.ALTERNANCE, L))
    assert cle.cle.droits == ["alternance:1", f"plan/{ACTION}:1"]
    assert cle.perimetre(Droit(PLAN, L, ACTION)).sirens == {SIREN}
    assert not cle.perimetre(Droit(PLAN, L))
    assert not cle.perimetre(Droit(PLAN, L, AUTRE))
    assert not cle.perimetre(Droit(PLAN, S, ACTION))
    assert cle.perimetre(Droit(Domaine.ALTERNANCE, L)).sirens == {SIREN}
    assert (cle.dispositifs_restreints(PLAN), cle.dispositifs_restreints(Domaine.ALTERNANCE)) == ({ACTION}, frozenset())
    cle.exiger_un_droit(Droit(PLAN, L))
    with pytest.raises(DroitManquant):
        cle.exiger_un_droit(Droit(PLAN, S), Droit(FACTURES, L))
    for trop in (Droit(PLAN, L), Droit(PLAN, L, AUTRE), Droit(PLAN, E, ACTION)):
        with pytest.raises(SaisieRefusee, match="Vous n’avez pas vous-même le droit"):
            creer(trop)
    with pytest.raises(SaisieRefusee, match="n’est pas un dispositif"):
        creer(Droit(FACTURES, L, ACTION))


def test_les_droits_d_une_cle_s_ecrivent_et_se_relisent() -> None:
    droits = [Droit(FACTURES, L), Droit(PLAN, L), Droit(PLAN, E, ACTION), Droit(PLAN, S, AUTRE)]
    ecrits = ecrire_droits([*droits, Droit(PLAN, L, ACTION), Droit(PLAN, Niveau.AUCUN, "rien")])
    assert ecrits == ["factures:1", f"plan/{ACTION}:3", f"plan/{AUTRE}:2", "plan:1"]
    assert set(relire_droits(ecrits)) == set(droits)


# In a file -----------------------------------------------------------------------------------------------------------


def _fichier(*lignes: str, colonnes: str = ";".join(COLONNES)) -> str:
    return "\r\n".join([colonnes, *lignes])


def _importer(par: Personne, contenu: str, acte: Any = importer_droits) -> Any:
    return acte(siren=SIREN, profil=Profil.ADHERENT, contenu=contenu, par=acteur(par), maintenant=LE)


def test_le_fichier_sort_et_rentre_avec_ses_dispositifs(aline: Personne, bruno: Rattachement) -> None:
    _modifier(bruno, [sur_le_siren(PLAN, L), sur_un_dispositif(ACTION, E), sur_un_dispositif(AUTRE, S, SIRET)], aline)
    contenu = exporter_droits(siren=SIREN, profil=Profil.ADHERENT, par=acteur(aline), maintenant=LE)
    assert f";{TOUT};Plan de développement;;Lecture;;\r\n" in contenu
    assert f";{TOUT};Plan de développement;Action de formation;Envoi;;\r\n" in contenu
    assert f";{SIRET};Plan de développement;Bilan de compétences;Saisie;;\r\n" in contenu
    apercu = _importer(aline, contenu)
    assert (apercu.differences, apercu.refus) == ((), ())


@pytest.mark.parametrize("ecrit", ["Action de formation", "action_formation", "ACTION DE FORMATION", DISPOSITIFS[ACTION].libelle])
def test_un_dispositif_s_ecrit_par_son_nom_ou_son_code(aline: Personne, bruno: Rattachement, ecrit: str) -> None:
    assert bruno.personne is not None
    apercu = _importer(aline, _fichier(f"{bruno.personne.email};;{TOUT};plan;{ecrit};envoi;;"), prevoir_import)
    assert [d.phrases for d in apercu.differences] == [
        (
            "Action de formation seulement, toute l’organisation\u00a0: Aucun, puis Envoi",
            "Plan de développement, SIRET 123\u00a0456\u00a0782\u00a000010\u00a0: Saisie, puis Aucun",
        )
    ]


def test_un_ancien_fichier_se_lit_encore(aline: Personne, bruno: Rattachement) -> None:
    assert bruno.personne is not None
    ancien = "adresse;nom;perimetre;domaine;niveau;debut;fin"
    _importer(aline, _fichier(f"{bruno.personne.email};;{TOUT};plan;envoi;;", colonnes=ancien))
    assert _boites(bruno) == {sur_le_siren(PLAN, E)}


@pytest.mark.parametrize(
    ("domaine", "dispositif", "phrase"),
    [
        ("plan", "Contrat d’apprentissage", "Choisissez le dispositif parmi\u00a0: Action de formation, Bilan de compétences"),
        ("factures", "Action de formation", "«\u00a0Factures\u00a0» ne se limite pas à un dispositif"),
        ("alternance", "Action de formation", "Choisissez le dispositif parmi\u00a0: Contrat d’apprentissage, "),
    ],
)
def test_un_dispositif_du_fichier_qui_ne_va_pas(aline: Personne, domaine: str, dispositif: str, phrase: str) -> None:
    apercu = _importer(aline, _fichier(f"zoe@essai.example;;{TOUT};{domaine};{dispositif};envoi;;"), prevoir_import)
    assert [(r.numero, r.raison.startswith(phrase)) for r in apercu.refus] == [(2, True)]


def test_des_droits_prepares_nomment_un_dispositif() -> None:
    cellules = {
        "siren": SIREN,
        "profil": "adherent",
        "adresse": "a@b.fr",
        "perimetre": TOUT,
        "domaine": "plan",
        "niveau": "envoi",
    }
    assert lire_ligne(2, cellules | {"dispositif": "Action de formation"}).droits == (sur_un_dispositif(ACTION, E),)
    assert lire_ligne(2, cellules).droits == (sur_le_siren(PLAN, E),)
    avec_profil = {"siren": SIREN, "profil": "adherent", "adresse": "a@b.fr", "droits": "Gestionnaire RH"}
    assert lire_ligne(2, avec_profil | {"dispositif": "bilan"}).droits == (sur_un_dispositif(AUTRE, E),)
    with pytest.raises(SaisieRefusee, match="L’administration ne se limite pas"):
        lire_ligne(2, avec_profil | {"droits": "Administration", "dispositif": "bilan"})
    with pytest.raises(SaisieRefusee, match="Choisissez le dispositif parmi"):
        lire_ligne(2, avec_profil | {"dispositif": "inconnu"})


# Read ----------------------------------------------------------------------------------------------------------------


def test_le_tableau_montre_le_droit_limite_a_part(aline: Personne, bruno: Rattachement) -> None:
    _modifier(bruno, [sur_un_dispositif(ACTION, E), sur_un_dispositif(AUTRE, L), sur_le_siren(FACTURES, L)], aline)
    ligne = next(li for li in matrice(SIREN, acteur(aline), LE).lignes if li.nom == "Bruno Marchetti")
    assert (ligne.niveaux[PLAN], ligne.niveaux[FACTURES]) == (Niveau.AUCUN, L)
    assert [r.libelle for r in ligne.restreints[PLAN]] == [
        "Action de formation\u00a0: Envoi",
        "Bilan de compétences\u00a0: Lecture",
    ]
    assert ligne.attendus == {}
    assert all(r.attendu is None for r in ligne.restreints[PLAN])
    DroitAccorde.objects.filter(rattachement=bruno, dispositif=ACTION).update(attente=Attente.VERIFICATION)
    ligne = next(li for li in matrice(SIREN, acteur(aline), LE, filtre=FiltreMatrice("bruno")).lignes)
    assert [r.attendu is not None for r in ligne.restreints[PLAN]] == [True, False]


def test_ce_que_je_peux_faire_nomme_le_dispositif(aline: Personne, bruno: Rattachement) -> None:
    assert bruno.personne is not None
    _modifier(bruno, [sur_un_dispositif(ACTION, E), sur_le_siren(PLAN, L)], aline)
    (cote,) = mes_droits(acteur(bruno.personne), SIREN)
    assert [d.phrase for d in cote.droits] == [
        "Consulter les dossiers du plan de développement",
        "Préparer et envoyer les dossiers d’un seul dispositif\u00a0: Action de formation",
    ]


def test_qui_voit_un_dossier_compte_les_droits_limites_de_son_dispositif(aline: Personne, bruno: Rattachement) -> None:
    _modifier(bruno, [sur_un_dispositif(ACTION, E)], aline)
    portee = Portee(siren=SIREN, siret=SIRET, domaine=PLAN)
    noms = {code: {p.nom for p in qui_peut_voir(portee, LE, code)} for code in (ACTION, AUTRE, "")}
    assert noms == {ACTION: {"Aline Ferrand", "Bruno Marchetti"}, AUTRE: {"Aline Ferrand"}, "": {"Aline Ferrand"}}


def test_voir_comme_une_personne_limitee_montre_ses_pages(aline: Personne, bruno: Rattachement) -> None:
    assert bruno.personne is not None
    _modifier(bruno, [sur_un_dispositif(ACTION, E)], aline)
    vu = ActeurVuComme(acteur(aline), bruno.personne, bruno.id)
    assert vu.perimetre(Droit(PLAN, L, ACTION)).sirens == {SIREN}
    assert not vu.perimetre(Droit(PLAN, L))
    assert not vu.perimetre(Droit(PLAN, S, ACTION))
    assert vu.dispositifs_restreints(PLAN) == {ACTION}
