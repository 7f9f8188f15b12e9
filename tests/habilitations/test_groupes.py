"""Groups of establishments: who may change them, what they open at each request, and what is refused."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from jalon.comptes.models import Personne
from jalon.courriers.messages import Destinataire
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.cles import creer_cle_api
from jalon.habilitations.actions.droits import modifier_droits
from jalon.habilitations.actions.fichier import exporter_droits, importer_droits, prevoir_import
from jalon.habilitations.actions.groupes import (
    ajouter_au_groupe,
    creer_groupe,
    renommer_groupe,
    retirer_du_groupe,
    supprimer_groupe,
)
from jalon.habilitations.actions.invitations import inviter_personne
from jalon.habilitations.actions.mandats import donner_mandat
from jalon.habilitations.actions.masse import appliquer_profil, fixer_la_fin
from jalon.habilitations.actions.octrois import decider_octroi
from jalon.habilitations.actions.portefeuilles import suivre_les_portefeuilles
from jalon.habilitations.courriels import GroupeModifie
from jalon.habilitations.enums import Attente, Etendue, JeuDeDroits
from jalon.habilitations.models import DroitAccorde, GroupeEtablissements, Rattachement
from jalon.habilitations.profils import droits_du_profil
from jalon.habilitations.regles import (
    GROUPE_INCONNU,
    DemandeDroit,
    attente_d_un_octroi,
    droit_sur,
    etendue_du_lieu,
    verifier_droits,
)
from jalon.habilitations.regles_des_boites import couvre, dans_la_demande, reunir, tient_deja
from jalon.habilitations.regles_des_cles import DemandeCle
from jalon.habilitations.regles_des_groupes import GROUPES_MAX, deviendrait_large, lire_nom, tient_tout, verifier_sirets
from jalon.habilitations.requetes.groupes import (
    groupe_accessible,
    groupes_entiers,
    lieux_du_groupe,
    liste_des_groupes,
    porteurs,
)
from jalon.habilitations.requetes.histoire import FiltreHistoire, histoire_des_acces
from jalon.habilitations.requetes.matrice import FiltreMatrice, matrice
from jalon.habilitations.requetes.mes_droits import mes_droits
from jalon.habilitations.requetes.octrois import octrois_en_attente
from jalon.habilitations.requetes.visibilite import qui_peut_voir
from jalon.journal.models import Evenement
from jalon.organisations.models import Etablissement, Organisation
from jalon.socle.acteurs import Domaine, Droit, Niveau, Portee, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, SaisiesRefusees, TransitionImpossible
from jalon.socle.identifiants import nouvel_id
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    CABINET,
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    cle_de_luhn,
    groupe,
    organisation,
    personne,
    portefeuille,
    rattacher,
    sur_le_siren,
    sur_un_groupe,
    sur_un_siret,
)

pytestmark = pytest.mark.django_db
SAISIR, LIRE = Droit(Domaine.PLAN, Niveau.SAISIE), Droit(Domaine.PLAN, Niveau.LECTURE)
FACTURER = Droit(Domaine.FACTURES, Niveau.ENVOI)
SIRET_3 = cle_de_luhn(f"{SIREN}0003")
"""Open, and in no group unless it is said."""


@pytest.fixture
def aline() -> Personne:
    organisation()
    Etablissement.objects.create(siret=SIRET_2, code_postal="69001", commune="LYON", nom_usuel="Lyon Bellecour")
    Etablissement.objects.create(siret=SIRET_3, code_postal="13001", commune="MARSEILLE")
    creee = personne("Aline", "Ferrand")
    rattacher(creee)
    return creee


@pytest.fixture
def sud(aline: Personne) -> GroupeEtablissements:
    return groupe("Région Sud", [SIRET])


@pytest.fixture
def bruno(sud: GroupeEtablissements) -> Rattachement:
    return rattacher(personne("Bruno", "Marchetti"), droits=[sur_un_groupe(sud, Domaine.PLAN)])


def _lu(lien: Rattachement, droit: Droit = SAISIR) -> Any:
    assert lien.personne is not None
    return acteur(lien.personne).perimetre(droit)


def _ajouter(par: Personne, vise: GroupeEtablissements, *sirets: str, le: Any = LE) -> GroupeEtablissements:
    return ajouter_au_groupe(groupe_id=vise.id, sirets=sirets, par=acteur(par, le), maintenant=le)


def _retirer(par: Personne, vise: GroupeEtablissements, *sirets: str) -> GroupeEtablissements:
    return retirer_du_groupe(groupe_id=vise.id, sirets=sirets, par=acteur(par), maintenant=LE)


def _codes() -> list[str]:
    return list(Evenement.objects.tous("essai").order_by("id").values_list("code", flat=True))


# What a group opens -----------------------------------------------------------------------------------------------------


def test_un_droit_sur_un_groupe_ouvre_ses_etablissements_et_eux_seuls(bruno: Rattachement) -> None:
    lu = _lu(bruno)
    assert (lu.sirens, lu.sirets) == (frozenset(), {SIRET})
    assert bruno.personne is not None
    qui = acteur(bruno.personne)
    assert qui.peut(SAISIR, Portee(SIREN, SIRET, domaine=Domaine.PLAN))
    assert not qui.peut(SAISIR, Portee(SIREN, SIRET_2, domaine=Domaine.PLAN))
    assert not qui.peut(SAISIR, Portee(SIREN, domaine=Domaine.PLAN))
    assert not _lu(bruno, Droit(Domaine.ALTERNANCE, Niveau.LECTURE))


def test_ce_qui_entre_s_ouvre_aussitot_et_ce_qui_sort_se_ferme_aussitot(
    aline: Personne, sud: GroupeEtablissements, bruno: Rattachement
) -> None:
    _ajouter(aline, sud, SIRET_2)
    assert _lu(bruno).sirets == {SIRET, SIRET_2}
    _retirer(aline, sud, SIRET)
    assert _lu(bruno).sirets == {SIRET_2}
    _retirer(aline, sud, SIRET_2)
    assert not _lu(bruno), "un groupe vide n’ouvre rien"


def test_un_groupe_mis_de_cote_n_ouvre_plus_rien(sud: GroupeEtablissements, bruno: Rattachement) -> None:
    GroupeEtablissements.objects.tous("essai").filter(id=sud.id).update(supprime_le=LE)
    assert not _lu(bruno)


def test_un_droit_sur_un_groupe_s_ajoute_aux_autres(sud: GroupeEtablissements) -> None:
    lien = rattacher(
        personne("Chloé", "Bertin"),
        droits=[sur_un_groupe(sud, Domaine.PLAN), sur_un_siret(SIRET_2, Domaine.PLAN), sur_le_siren(Domaine.FACTURES)],
    )
    assert _lu(lien).sirets == {SIRET, SIRET_2}
    assert not _lu(lien).sirens
    assert _lu(lien, FACTURER).sirens == {SIREN}


def test_deux_groupes_ont_chacun_leurs_etablissements(sud: GroupeEtablissements) -> None:
    nord = groupe("Nord", [SIRET_3])
    lien = rattacher(
        personne("Chloé", "Bertin"),
        droits=[sur_un_groupe(sud, Domaine.PLAN), sur_un_groupe(nord, Domaine.FACTURES, Niveau.ENVOI)],
    )
    assert (_lu(lien).sirets, _lu(lien, FACTURER).sirets) == ({SIRET}, {SIRET_3})


def test_les_exports_d_un_groupe_se_ferment_en_probation(sud: GroupeEtablissements) -> None:
    lien = rattacher(
        personne("Noé", "Vidal"), droits=[sur_un_groupe(sud, Domaine.EXPORTS, Niveau.LECTURE), sur_un_groupe(sud, Domaine.PLAN)],
        probation_jusqu_a=LE + timedelta(hours=1),
    )  # fmt: skip
    assert not _lu(lien, Droit(Domaine.EXPORTS, Niveau.LECTURE))
    assert _lu(lien).sirets == {SIRET}


def test_qui_n_a_pas_de_groupe_lit_ses_droits_en_une_requete(aline: Personne, bruno: Rattachement) -> None:
    assert bruno.personne is not None
    for qui, nombre in ((aline, 1), (bruno.personne, 2)):
        lu = acteur(qui)
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            assert lu.rattachements
        assert len(requetes) == nombre


# Rules ------------------------------------------------------------------------------------------------------------------


def test_un_lieu_se_dit_en_un_texte() -> None:
    ident = nouvel_id()
    assert [etendue_du_lieu(x) for x in ("", SIRET, str(ident))] == [Etendue.SIREN, Etendue.SIRET, Etendue.GROUPE]
    for lieu in ("", SIRET, str(ident)):
        droit = droit_sur(lieu, Domaine.PLAN, Niveau.LECTURE, date(2026, 12, 1), date(2026, 11, 25))
        assert (droit.lieu, droit.etendue) == (lieu, etendue_du_lieu(lieu))
        assert (droit.jusqu_au, droit.a_partir_du) == (date(2026, 12, 1), date(2026, 11, 25))
    assert droit_sur(str(ident), Domaine.PLAN, Niveau.LECTURE).groupe == ident
    assert {d.groupe for d in droits_du_profil(JeuDeDroits.LECTURE, [str(ident)])} == {ident}


def test_un_groupe_n_est_pas_toute_l_entreprise() -> None:
    un, autre = (droit_sur(str(nouvel_id()), Domaine.PLAN, Niveau.LECTURE) for _ in range(2))
    tout, place = sur_le_siren(Domaine.PLAN, Niveau.LECTURE), sur_un_siret(SIRET, Domaine.PLAN, Niveau.LECTURE)
    for tenu, voulu, oui in ((un, un, 1), (un, autre, 0), (un, tout, 0), (un, place, 0), (place, un, 0), (tout, un, 1)):
        assert couvre(tenu, voulu) == bool(oui)
        assert tient_deja([voulu], [tenu]) == bool(oui)
    for accorde, demande, oui in ((un, un, 1), (un, autre, 0), (tout, un, 0), (un, place, 0), (un, tout, 1)):
        assert dans_la_demande([accorde], [demande]) == bool(oui)
    assert reunir([un, tout], [autre]) == [un, tout, autre]


@pytest.mark.parametrize("domaine", list(Domaine))
def test_ce_qui_est_reserve_a_toute_l_entreprise_se_refuse_sur_un_groupe(domaine: Domaine) -> None:
    droit = droit_sur(str(nouvel_id()), domaine, Niveau.LECTURE)
    if domaine in {Domaine.RIB, Domaine.ACCES}:
        with pytest.raises(SaisieRefusee, match="pas sur un groupe d’établissements"):
            verifier_droits([droit], SIREN, Profil.ADHERENT, LE.date())
    else:
        assert verifier_droits([droit], SIREN, Profil.ADHERENT, LE.date()) == [droit]
    with pytest.raises(SaisieRefusee, match="prestataire"):
        verifier_droits([droit], SIREN, Profil.PRESTATAIRE, LE.date())


@pytest.mark.parametrize(
    "faux",
    [
        DemandeDroit(Etendue.GROUPE, "", Domaine.PLAN, Niveau.LECTURE),
        DemandeDroit(Etendue.GROUPE, SIRET, Domaine.PLAN, Niveau.LECTURE, groupe=nouvel_id()),
        DemandeDroit(Etendue.SIREN, "", Domaine.PLAN, Niveau.LECTURE, groupe=nouvel_id()),
    ],
)
def test_un_groupe_se_dit_sans_siret_et_seul(faux: DemandeDroit) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        verifier_droits([faux], SIREN, Profil.ADHERENT, LE.date())
    assert refus.value.champ == "droits"


def test_un_groupe_de_tous_les_etablissements_est_large_comme_l_entreprise() -> None:
    vise = nouvel_id()
    for domaine, niveau, entiers, attend in (
        (Domaine.FACTURES, Niveau.SAISIE, [vise], True),
        (Domaine.FACTURES, Niveau.LECTURE, [vise], False),
        (Domaine.PLAN, Niveau.GESTION, [vise], False),
        (Domaine.FACTURES, Niveau.GESTION, [], False),
        (Domaine.FACTURES, Niveau.GESTION, [nouvel_id()], False),
    ):
        attente, debut = attente_d_un_octroi(droit_sur(str(vise), domaine, niveau), 1, LE, entiers)
        assert (attente == Attente.SECONDE_VOIX) == attend
        assert debut == (LE + timedelta(hours=24) if attend else LE)


def test_les_fermes_ne_comptent_pas_pour_tenir_toute_l_entreprise() -> None:
    assert tient_tout(["1", "2"], ["1", "2"])
    assert tient_tout(["1", "2", "ferme"], ["1", "2"])
    assert not tient_tout(["1"], ["1", "2"])
    assert not tient_tout([], [])
    finance, plan = droit_sur("", Domaine.FACTURES, Niveau.SAISIE), droit_sur("", Domaine.PLAN, Niveau.GESTION)
    assert deviendrait_large([finance], ["1"], ["1", "2"], ["1", "2"])
    assert not deviendrait_large([plan], ["1"], ["1", "2"], ["1", "2"])
    assert not deviendrait_large([finance], ["1"], ["1", "2"], ["1", "2", "3"])
    assert not deviendrait_large([finance], ["1", "2"], ["1", "2", "ferme"], ["1", "2"])


@pytest.mark.parametrize(
    ("saisi", "phrase"),
    [
        ("", "Donnez un nom"),
        ("  ", "Donnez un nom"),
        ("x" * 81, "80 caractères"),
        ("«\u00a0!\u00a0»", "une lettre ou un chiffre"),
    ],
)
def test_un_nom_se_lit_ou_dit_ce_qui_manque(saisi: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        lire_nom(saisi)
    assert refus.value.champ == "nom"
    assert lire_nom("  Région   Sud ") == ("Région Sud", "region sud")
    assert len(lire_nom("Œ" * 80)[1]) == 80, "« œ » devient deux lettres"


def test_des_etablissements_se_verifient() -> None:
    assert verifier_sirets([SIRET_2, SIRET, SIRET], SIREN, {SIRET, SIRET_2}) == [SIRET, SIRET_2]
    for faux in ([SIRET_2], ["123"], [f"{AUTRE_SIREN}00010"]):
        with pytest.raises(SaisieRefusee, match="de cette entreprise"):
            verifier_sirets(faux, SIREN, {SIRET, "123", f"{AUTRE_SIREN}00010"})


# Acts -------------------------------------------------------------------------------------------------------------------


def test_un_groupe_se_cree_vide_se_remplit_se_renomme_se_supprime(aline: Personne) -> None:
    cree = creer_groupe(siren=SIREN, nom="Nord", par=acteur(aline), maintenant=LE)
    assert (cree.sirets, cree.cree_par, cree.siren, cree.domaine) == ([], aline.id, SIREN, Domaine.ACCES)
    assert _ajouter(aline, cree, SIRET_3, SIRET_2, SIRET_3).sirets == sorted([SIRET_2, SIRET_3])
    assert _retirer(aline, cree, SIRET_2, SIRET).sirets == [SIRET_3]
    renomme = renommer_groupe(groupe_id=cree.id, nom="Nord-Est", par=acteur(aline), maintenant=LE)
    assert (renomme.nom, renomme.cle) == ("Nord-Est", "nord est")
    supprimer_groupe(groupe_id=cree.id, par=acteur(aline), maintenant=LE)
    assert _codes() == [
        "acces.groupe_cree", "acces.groupe_etendu", "acces.groupe_reduit", "acces.groupe_renomme", "acces.groupe_supprime",
    ]  # fmt: skip
    with pytest.raises(Introuvable):
        groupe_accessible(cree.id, acteur(aline))
    assert not Courriel.objects.exists(), "personne n’y a de droit"
    assert creer_groupe(siren=SIREN, nom="Nord-Est", par=acteur(aline), maintenant=LE).id != cree.id, "le nom est libre"


def test_l_histoire_nomme_le_groupe_et_ses_etablissements(
    aline: Personne, sud: GroupeEtablissements, bruno: Rattachement
) -> None:
    _ajouter(aline, sud, SIRET_2)
    (ligne,) = histoire_des_acces(acteur(aline), SIREN, FiltreHistoire(genre="groupes", texte="sud"))
    assert "Région Sud" in ligne.phrase
    assert ligne.details["changements"] == ["Ajouté\u00a0: SIRET 123\u00a0456\u00a0782\u00a000028"]
    assert ligne.details["personnes"] == 1
    with connection.cursor() as curseur:
        curseur.execute("SELECT sirets FROM habilitations_groupeetablissementsevent WHERE id = %s ORDER BY pgh_id", [sud.id])
        assert curseur.fetchall() == [([SIRET],), ([SIRET, SIRET_2],)]
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            curseur.execute("DELETE FROM habilitations_groupeetablissementsevent")


def test_beaucoup_d_etablissements_se_comptent_au_journal(aline: Personne, sud: GroupeEtablissements) -> None:
    sirets = [cle_de_luhn(f"{SIREN}{rang:04d}") for rang in range(100, 160)]
    Etablissement.objects.bulk_create(Etablissement(siret=s, commune="NICE") for s in sirets)
    _ajouter(aline, sud, *sirets)
    dits = Evenement.objects.tous("essai").get().details["changements"]
    assert (len(dits), dits[-1]) == (51, "Ajouté\u00a0: 10 autres")


def test_les_autres_administrateurs_et_les_personnes_sont_prevenus(
    aline: Personne, sud: GroupeEtablissements, bruno: Rattachement
) -> None:
    louise = personne("Louise", "Rey")
    rattacher(louise)
    _ajouter(aline, sud, SIRET_2, le=LE - timedelta(seconds=1))
    _retirer(aline, sud, SIRET)
    assert bruno.personne is not None
    envoyes = sorted(Courriel.objects.values_list("genre", "adresse"))
    assert envoyes == sorted(
        2 * [("habilitations.groupe_modifie", louise.email), ("habilitations.droits_modifies", bruno.personne.email)]
    )
    with time_machine.travel(LE, tick=False):
        for qui, oui in ((louise, True), (bruno.personne, False)):
            avis = GroupeModifie.charger(sud.id, Destinataire(qui.email, qui.id))
            assert avis is not None
            assert avis.autorise() == oui
    assert GroupeModifie.charger(nouvel_id(), Destinataire(louise.email, louise.id)) is None


def test_rien_ne_change_rien_ne_s_ecrit(aline: Personne, sud: GroupeEtablissements, bruno: Rattachement) -> None:
    _ajouter(aline, sud, SIRET)
    _retirer(aline, sud, SIRET_2)
    renommer_groupe(groupe_id=sud.id, nom="Région Sud", par=acteur(aline), maintenant=LE)
    assert (_codes(), Courriel.objects.exists()) == ([], False)


def test_un_nom_est_pris_une_fois_par_entreprise(aline: Personne, sud: GroupeEtablissements) -> None:
    for nom in ("region  sud", "RÉGION SUD"):
        with pytest.raises(SaisieRefusee, match="porte déjà ce nom") as refus:
            creer_groupe(siren=SIREN, nom=nom, par=acteur(aline), maintenant=LE)
        assert refus.value.champ == "nom"
    nord = groupe("Nord")
    with pytest.raises(SaisieRefusee, match="porte déjà ce nom"):
        renommer_groupe(groupe_id=nord.id, nom="Région Sud", par=acteur(aline), maintenant=LE)
    assert renommer_groupe(groupe_id=sud.id, nom="RÉGION SUD", par=acteur(aline), maintenant=LE).nom == "RÉGION SUD"
    rattacher(aline, AUTRE_SIREN)
    assert creer_groupe(siren=AUTRE_SIREN, nom="Région Sud", par=acteur(aline), maintenant=LE)
    with pytest.raises(IntegrityError, match="groupe_nom_unique"), transaction.atomic():
        groupe("Nord")


def test_une_entreprise_a_un_nombre_de_groupes(aline: Personne) -> None:
    for rang in range(GROUPES_MAX):
        groupe(f"Groupe {rang}")
    with pytest.raises(SaisieRefusee, match="200 groupes au plus"):
        creer_groupe(siren=SIREN, nom="De trop", par=acteur(aline), maintenant=LE)


def test_un_etablissement_d_ailleurs_ou_inconnu_n_entre_pas(aline: Personne, sud: GroupeEtablissements) -> None:
    organisation(AUTRE_SIREN)
    for siret in (f"{AUTRE_SIREN}00010", cle_de_luhn(f"{SIREN}0999"), "absent"):
        with pytest.raises(SaisieRefusee, match="de cette entreprise") as refus:
            _ajouter(aline, sud, SIRET_2, siret)
        assert refus.value.champ == "sirets"
    for acte in (_ajouter, _retirer):
        with pytest.raises(SaisieRefusee, match="au moins un établissement"):
            acte(aline, sud)
    sud.refresh_from_db()
    assert sud.sirets == [SIRET]


def test_un_etablissement_ferme_reste_et_se_retire(aline: Personne, sud: GroupeEtablissements, bruno: Rattachement) -> None:
    Etablissement.objects.filter(siret=SIRET).update(etat="F")
    assert _lu(bruno).sirets == {SIRET}
    assert [lieu.ferme for lieu in lieux_du_groupe(sud).lieux] == [True]
    assert _retirer(aline, sud, SIRET).sirets == []
    assert SIRET not in lieux_du_groupe(groupe_accessible(sud.id, acteur(aline)), dedans=False).trouves


def test_supprimer_un_groupe_qui_porte_des_droits_se_refuse(
    aline: Personne, sud: GroupeEtablissements, bruno: Rattachement
) -> None:
    with pytest.raises(TransitionImpossible, match=r"les droits de Bruno Marchetti\u00a0: retirez-les"):
        supprimer_groupe(groupe_id=sud.id, par=acteur(aline), maintenant=LE)
    DroitAccorde.objects.filter(rattachement=bruno).update(debut=LE + timedelta(days=1), attente=Attente.DATE)
    with pytest.raises(TransitionImpossible):
        supprimer_groupe(groupe_id=sud.id, par=acteur(aline), maintenant=LE)
    for rang in range(4):
        rattacher(personne(f"P{rang}", "Zola"), droits=[sur_un_groupe(sud, Domaine.PLAN)])
    with pytest.raises(TransitionImpossible, match="Bruno Marchetti, P0 Zola, P1 Zola et 2 autres personnes"):
        supprimer_groupe(groupe_id=sud.id, par=acteur(aline), maintenant=LE)
    DroitAccorde.objects.filter(groupe=sud).update(revoque_le=LE)
    assert supprimer_groupe(groupe_id=sud.id, par=acteur(aline), maintenant=LE).supprime_par == aline.id


ACTES: dict[str, Callable[..., object]] = {
    "creer": lambda vise, **autres: creer_groupe(siren=SIREN, nom="Autre", **autres),
    "renommer": lambda vise, **autres: renommer_groupe(groupe_id=vise.id, nom="Autre", **autres),
    "ajouter": lambda vise, **autres: ajouter_au_groupe(groupe_id=vise.id, sirets=[SIRET_2], **autres),
    "retirer": lambda vise, **autres: retirer_du_groupe(groupe_id=vise.id, sirets=[SIRET], **autres),
    "supprimer": lambda vise, **autres: supprimer_groupe(groupe_id=vise.id, **autres),
}


@pytest.mark.parametrize("nom", ACTES)
def test_seul_un_administrateur_change_un_groupe(nom: str, aline: Personne, sud: GroupeEtablissements) -> None:
    lecteur, etranger = personne("Paul", "Roy"), personne("Gaël", "Nul")
    rattacher(lecteur, droits=[sur_le_siren(Domaine.ACCES, Niveau.LECTURE), sur_un_groupe(sud, Domaine.PLAN)])
    rattacher(etranger, AUTRE_SIREN)
    with pytest.raises(DroitManquant, match="Aline Ferrand"):
        ACTES[nom](sud, par=acteur(lecteur), maintenant=LE)
    with pytest.raises(DroitManquant if nom == "creer" else Introuvable):
        ACTES[nom](sud, par=acteur(etranger), maintenant=LE)
    if nom != "creer":
        GroupeEtablissements.objects.tous("essai").filter(id=sud.id).update(supprime_le=LE)
        with pytest.raises(Introuvable):
            ACTES[nom](sud, par=acteur(aline), maintenant=LE)
    assert _codes() == []


@pytest.mark.parametrize("nom", ["ajouter", "retirer"])
def test_en_probation_un_groupe_qui_porte_des_droits_ne_change_pas(
    nom: str, sud: GroupeEtablissements, bruno: Rattachement
) -> None:
    noe = personne("Noé", "Vidal")
    rattacher(noe, probation_jusqu_a=LE + timedelta(seconds=1))
    with pytest.raises(DroitManquant, match="72"):
        ACTES[nom](sud, par=acteur(noe), maintenant=LE)
    DroitAccorde.objects.filter(groupe=sud).update(revoque_le=LE)
    assert ACTES[nom](sud, par=acteur(noe), maintenant=LE)


def test_la_fin_de_la_probation_ouvre_les_groupes(sud: GroupeEtablissements, bruno: Rattachement) -> None:
    noe = personne("Noé", "Vidal")
    rattacher(noe, probation_jusqu_a=LE)
    assert ACTES["ajouter"](sud, par=acteur(noe), maintenant=LE)


# T12 --------------------------------------------------------------------------------------------------------------------


def test_un_ajout_compte_pour_un_acces_donne_et_le_quatrieme_de_l_heure_se_refuse(
    aline: Personne, sud: GroupeEtablissements, bruno: Rattachement
) -> None:
    sirets = [cle_de_luhn(f"{SIREN}{rang:04d}") for rang in range(100, 106)]
    Etablissement.objects.bulk_create(Etablissement(siret=s) for s in sirets)
    for rang, siret in enumerate(sirets[:3]):
        _ajouter(aline, sud, siret, le=LE + timedelta(minutes=rang))
    with pytest.raises(SaisieRefusee, match="en une heure"):
        _ajouter(aline, sud, sirets[3], le=LE + timedelta(minutes=59, seconds=59))
    assert _lu(bruno).sirets == {SIRET, *sirets[:3]}
    _ajouter(aline, sud, sirets[3], le=LE + timedelta(hours=1))
    vide = groupe("Vide")
    _ajouter(aline, vide, *sirets, le=LE + timedelta(hours=1))
    _retirer(aline, sud, SIRET)


def test_un_groupe_financier_ne_devient_pas_toute_l_entreprise(aline: Personne, sud: GroupeEtablissements) -> None:
    lien = rattacher(personne("Chloé", "Bertin"), droits=[sur_un_groupe(sud, Domaine.FACTURES, Niveau.ENVOI)])
    _ajouter(aline, sud, SIRET_2)
    with pytest.raises(SaisieRefusee, match="toute l’entreprise"):
        _ajouter(aline, sud, SIRET_3)
    assert _lu(lien, FACTURER).sirets == {SIRET, SIRET_2}
    Etablissement.objects.filter(siret=SIRET_3).update(etat="F")
    _ajouter(aline, sud, SIRET_3)
    assert groupes_entiers(SIREN, [sud.id]) == {sud.id}


def test_un_droit_financier_sur_un_groupe_entier_attend(aline: Personne, bruno: Rattachement) -> None:
    louise = personne("Louise", "Rey")
    rattacher(louise)
    entier = groupe("Partout", [SIRET, SIRET_2, SIRET_3])
    partiel = groupe("Ailleurs", [SIRET_2])
    droits = [sur_un_groupe(g, Domaine.FACTURES, Niveau.ENVOI) for g in (entier, partiel)]
    modifier_droits(rattachement_id=bruno.id, droits=droits, par=acteur(aline), maintenant=LE)
    assert _lu(bruno, FACTURER).sirets == {SIRET_2}
    (octroi,) = octrois_en_attente(SIREN, acteur(louise), LE)
    assert octroi.droits == ("Envoi · Factures, groupe «\u00a0Partout\u00a0»",)
    decider_octroi(rattachement_id=bruno.id, accorder=True, par=acteur(louise), maintenant=LE)
    assert _lu(bruno, FACTURER).sirets == {SIRET, SIRET_2, SIRET_3}


def test_ce_qui_attend_sur_un_groupe_remplace_le_droit_du_meme_groupe_seulement(aline: Personne, bruno: Rattachement) -> None:
    louise = personne("Louise", "Rey")
    rattacher(louise)
    entier, partiel = groupe("Partout", [SIRET, SIRET_2, SIRET_3]), groupe("Ailleurs", [SIRET_2])
    lire = [sur_un_groupe(g, Domaine.FACTURES, Niveau.LECTURE) for g in (entier, partiel)]
    modifier_droits(rattachement_id=bruno.id, droits=lire, par=acteur(aline), maintenant=LE)
    monte = [sur_un_groupe(entier, Domaine.FACTURES, Niveau.ENVOI), lire[1]]
    modifier_droits(rattachement_id=bruno.id, droits=monte, par=acteur(aline), maintenant=LE)
    assert _lu(bruno, Droit(Domaine.FACTURES, Niveau.LECTURE)).sirets == {SIRET, SIRET_2, SIRET_3}
    plus_tard = LE + timedelta(hours=25)
    modifier_droits(rattachement_id=bruno.id, droits=monte, par=acteur(aline, plus_tard), maintenant=plus_tard)
    restent = DroitAccorde.objects.filter(rattachement=bruno, revoque_le=None)
    assert sorted((d.groupe_id == entier.id, d.niveau, d.attente) for d in restent) == [(False, 1, ""), (True, 3, "")]


def test_confirmer_sur_un_groupe_laisse_les_autres_groupes(aline: Personne, bruno: Rattachement) -> None:
    louise = personne("Louise", "Rey")
    rattacher(louise)
    entier, partiel = groupe("Partout", [SIRET, SIRET_2, SIRET_3]), groupe("Ailleurs", [SIRET_2])
    lire = [sur_un_groupe(g, Domaine.FACTURES, Niveau.LECTURE) for g in (entier, partiel)]
    for droits in (lire, [sur_un_groupe(entier, Domaine.FACTURES, Niveau.ENVOI), lire[1]]):
        modifier_droits(rattachement_id=bruno.id, droits=droits, par=acteur(aline), maintenant=LE)
    decider_octroi(rattachement_id=bruno.id, accorder=True, par=acteur(louise), maintenant=LE)
    restent = DroitAccorde.objects.filter(rattachement=bruno, revoque_le=None)
    assert sorted((d.groupe_id == entier.id, d.niveau) for d in restent) == [(False, 1), (True, 3)]


# Given as on a SIRET ----------------------------------------------------------------------------------------------------


def test_un_droit_se_donne_sur_un_groupe_de_l_entreprise_seulement(aline: Personne, sud: GroupeEtablissements) -> None:
    lien = rattacher(personne("Chloé", "Bertin"), droits=[])
    ailleurs = groupe("Ailleurs", siren=AUTRE_SIREN)
    supprime = groupe("Ancien")
    GroupeEtablissements.objects.tous("essai").filter(id=supprime.id).update(supprime_le=LE)
    for faux in (ailleurs, supprime, GroupeEtablissements()):
        with pytest.raises(SaisieRefusee, match=GROUPE_INCONNU):
            modifier_droits(rattachement_id=lien.id, droits=[sur_un_groupe(faux, Domaine.PLAN)], par=acteur(aline), maintenant=LE)
    droits = [sur_un_groupe(sud, Domaine.PLAN), sur_un_siret(SIRET_2, Domaine.PLAN)]
    modifier_droits(rattachement_id=lien.id, droits=droits, par=acteur(aline), maintenant=LE)
    modifier_droits(rattachement_id=lien.id, droits=droits, par=acteur(aline), maintenant=LE)
    assert DroitAccorde.objects.filter(rattachement=lien).count() == 2
    dits = Evenement.objects.tous("essai").get(code="acces.droits").details["changements"]
    assert dits[0] == "Plan de développement, groupe «\u00a0Région Sud\u00a0»\u00a0: Aucun, puis Saisie"
    modifier_droits(rattachement_id=lien.id, droits=droits[1:], par=acteur(aline), maintenant=LE)
    assert _lu(lien).sirets == {SIRET_2}


def test_la_base_refuse_une_etendue_incoherente(sud: GroupeEtablissements, bruno: Rattachement) -> None:
    for faux in (
        {"etendue": Etendue.GROUPE},
        {"etendue": Etendue.GROUPE, "groupe": sud, "siret": SIRET},
        {"etendue": Etendue.SIREN, "groupe": sud},
        {"etendue": Etendue.SIRET, "groupe": sud, "siret": SIRET},
    ):
        with pytest.raises(IntegrityError, match="droit_etendue_coherente"), transaction.atomic():
            DroitAccorde.objects.create(rattachement=bruno, domaine=Domaine.FACTURES, niveau=1, debut=LE, **faux)
    siens = {"rattachement": bruno, "domaine": Domaine.FACTURES, "niveau": 1, "debut": LE}
    for double in (
        {"etendue": Etendue.GROUPE, "groupe": sud},
        {"etendue": Etendue.SIREN},
        {"etendue": Etendue.SIRET, "siret": SIRET},
    ):
        DroitAccorde.objects.create(**siens, **double)
        with pytest.raises(IntegrityError, match="droit_unique_en_vigueur"), transaction.atomic():
            DroitAccorde.objects.create(**siens, **double)


def test_on_invite_sur_un_groupe(aline: Personne, sud: GroupeEtablissements) -> None:
    faite = inviter_personne(
        siren=SIREN, profil=Profil.ADHERENT, adresse="zoe@essai.example", droits=droits_du_profil(JeuDeDroits.LECTURE, [str(sud.id)]),
        par=acteur(aline), maintenant=LE,
    )  # fmt: skip
    assert {(d.groupe_id, d.etendue) for d in faite.droits.all()} == {(sud.id, Etendue.GROUPE)}
    assert [lien.id for lien in porteurs(sud, LE)] == [faite.id]


def test_en_masse_un_profil_suit_les_groupes_de_chacun(aline: Personne, sud: GroupeEtablissements, bruno: Rattachement) -> None:
    appliquer_profil(siren=SIREN, rattachements=[bruno.id], profil=JeuDeDroits.LECTURE, par=acteur(aline), maintenant=LE)
    assert (_lu(bruno, LIRE).sirets, _lu(bruno).sirets) == ({SIRET}, frozenset())
    fixer_la_fin(siren=SIREN, rattachements=[bruno.id], fin=date(2026, 12, 25), par=acteur(aline), maintenant=LE)
    en_cours = DroitAccorde.objects.filter(rattachement=bruno, revoque_le=None)
    assert {(d.groupe_id, d.fin is None) for d in en_cours} == {(sud.id, False)}


def test_en_masse_un_profil_se_donne_sur_un_groupe_en_plus(aline: Personne, sud: GroupeEtablissements) -> None:
    liens = [
        rattacher(
            personne("Chloé", "Bertin"), droits=[sur_un_siret(SIRET_2, Domaine.PLAN), sur_un_groupe(sud, Domaine.FACTURES)]
        ),
        rattacher(personne("Vide", "Sans"), droits=[]),
    ]
    faire = {
        "siren": SIREN,
        "rattachements": [x.id for x in liens],
        "par": acteur(aline),
        "maintenant": LE,
        "groupe": sud.id,
    }
    appliquer_profil(profil=JeuDeDroits.LECTURE, **faire)
    assert [_lu(x, LIRE).sirets for x in liens] == [{SIRET, SIRET_2}, {SIRET}]
    assert [_lu(x).sirets for x in liens] == [{SIRET_2}, frozenset()]
    assert not _lu(liens[0], Droit(Domaine.FACTURES, Niveau.SAISIE)), "le profil remplace ce qu’elle avait sur ce groupe"
    with pytest.raises(SaisieRefusee, match="pas sur un groupe") as refus:
        appliquer_profil(profil=JeuDeDroits.ADMINISTRATION, **faire)
    assert refus.value.champ == "groupe"


def test_le_fichier_nomme_les_groupes_et_les_relit(aline: Personne, sud: GroupeEtablissements, bruno: Rattachement) -> None:
    contenu = exporter_droits(siren=SIREN, profil=Profil.ADHERENT, par=acteur(aline), maintenant=LE)
    assert ";groupe Région Sud;Plan de développement;;Saisie;;" in contenu
    lu = importer_droits(siren=SIREN, profil=Profil.ADHERENT, contenu=contenu, par=acteur(aline), maintenant=LE)
    assert (lu.differences, lu.refus) == ((), ())
    assert bruno.personne is not None
    tete = "adresse;perimetre;domaine;niveau\n"
    monte = f"{tete}{bruno.personne.email};GROUPE region sud;plan;envoi\n"
    apercu = prevoir_import(siren=SIREN, profil=Profil.ADHERENT, contenu=monte, par=acteur(aline), maintenant=LE)
    assert apercu.differences[0].phrases == (
        "Plan de développement, groupe «\u00a0Région Sud\u00a0»\u00a0: Saisie, puis Envoi",
    )  # fmt: skip
    faux = f"{tete}{bruno.personne.email};groupe Inconnu;plan;envoi\n{bruno.personne.email};partout;plan;envoi\n"
    refus = prevoir_import(siren=SIREN, profil=Profil.ADHERENT, contenu=faux, par=acteur(aline), maintenant=LE).refus
    assert [r.raison for r in refus] == [
        "Aucun groupe de cette entreprise ne s’appelle «\u00a0Inconnu\u00a0»",
        "Écrivez le périmètre en SIRET, «\u00a0groupe\u00a0» suivi de son nom, ou «\u00a0toute l'organisation\u00a0»",
    ]


def test_en_probation_on_ne_donne_pas_les_exports_d_un_groupe(sud: GroupeEtablissements, bruno: Rattachement) -> None:
    noe = personne("Noé", "Vidal")
    rattacher(noe, probation_jusqu_a=LE + timedelta(hours=1))
    nord = groupe("Nord", [SIRET_3])
    tenus = [sur_un_groupe(sud, Domaine.EXPORTS, Niveau.LECTURE)]
    DroitAccorde.objects.create(
        rattachement=bruno, etendue=Etendue.GROUPE, groupe=sud, domaine=Domaine.EXPORTS, niveau=1, debut=LE
    )
    modifier_droits(rattachement_id=bruno.id, droits=tenus, par=acteur(noe), maintenant=LE)
    with pytest.raises(DroitManquant, match="72"):
        modifier_droits(
            rattachement_id=bruno.id, droits=[*tenus, sur_un_groupe(nord, Domaine.EXPORTS, Niveau.LECTURE)], par=acteur(noe),
            maintenant=LE,
        )  # fmt: skip


def test_une_cle_ne_va_pas_plus_loin_que_le_groupe_de_son_createur(aline: Personne) -> None:
    lien = Rattachement.objects.tous("essai").get(personne=aline)
    DroitAccorde.objects.filter(rattachement=lien, domaine=Domaine.PLAN).delete()
    DroitAccorde.objects.create(
        rattachement=lien, etendue=Etendue.GROUPE, groupe=groupe("Région Sud", [SIRET]), domaine=Domaine.PLAN, niveau=4, debut=LE
    )
    for sirets, passe in ((), False), ((SIRET_2,), False), ((SIRET,), True):
        demande = DemandeCle(nom="Paie", droits=[LIRE], jusqu_au=LE.date() + timedelta(days=90), sirets=sirets)
        faire = {"siren": SIREN, "profil": Profil.ADHERENT, "demande": demande, "par": acteur(aline), "maintenant": LE}
        if passe:
            assert creer_cle_api(**faire, second_facteur_le=LE)
        else:
            with pytest.raises((SaisieRefusee, SaisiesRefusees, DroitManquant)):
                creer_cle_api(**faire, second_facteur_le=LE)


def test_un_mandat_ne_va_pas_plus_loin_que_le_groupe_de_son_auteur(aline: Personne) -> None:
    organisation(CABINET)
    lien = Rattachement.objects.tous("essai").get(personne=aline)
    DroitAccorde.objects.filter(rattachement=lien, domaine=Domaine.PLAN).delete()
    DroitAccorde.objects.create(
        rattachement=lien, etendue=Etendue.GROUPE, groupe=groupe("Région Sud", [SIRET]), domaine=Domaine.PLAN, niveau=4, debut=LE
    )
    for sirets, passe in ((), False), ((SIRET, SIRET_2), False), ((SIRET,), True):
        faire = {
            "siren": SIREN, "profil": Profil.ADHERENT, "mandataire_saisi": CABINET, "niveaux": {Domaine.PLAN: Niveau.SAISIE},
            "sirets": sirets, "debut": None, "fin": LE.date() + timedelta(days=90), "par": acteur(aline), "maintenant": LE,
        }  # fmt: skip
        if passe:
            assert donner_mandat(**faire)
        else:
            with pytest.raises(SaisiesRefusees, match="votre propre droit"):
                donner_mandat(**faire)


def test_un_groupe_suit_le_portefeuille_de_son_entreprise(sud: GroupeEtablissements) -> None:
    ailleurs = portefeuille("Ailleurs")
    Organisation.objects.filter(siren=SIREN).update(portefeuille_id=ailleurs.id)
    suivre_les_portefeuilles([SIREN])
    sud.refresh_from_db()
    assert sud.portefeuille_id == ailleurs.id


# Read -------------------------------------------------------------------------------------------------------------------


def test_la_matrice_montre_le_groupe_et_le_trouve(aline: Personne, sud: GroupeEtablissements, bruno: Rattachement) -> None:
    def noms(**filtre: str) -> list[tuple[str, str]]:
        vue = matrice(SIREN, acteur(aline), LE, filtre=FiltreMatrice(**filtre))
        return [(ligne.nom, ligne.perimetre) for ligne in vue.lignes]

    de_bruno = ("Bruno Marchetti", "groupe «\u00a0Région Sud\u00a0»")
    d_aline = ("Aline Ferrand", "toute l’entreprise")
    assert noms() == [d_aline, de_bruno]
    assert noms(texte="region sud") == [de_bruno]
    assert noms(texte="annecy") == [de_bruno], "par un établissement du groupe"
    assert noms(texte="bellecour") == []
    assert noms(siret=SIRET) == [d_aline, de_bruno]
    assert noms(siret=SIRET_2) == [d_aline]
    ligne = matrice(SIREN, acteur(aline), LE).lignes[1]
    assert (ligne.lieu, ligne.nombre, ligne.niveaux[Domaine.PLAN]) == (str(sud.id), 1, Niveau.SAISIE)


def test_dans_la_matrice_un_groupe_ne_se_fond_pas_dans_des_etablissements(aline: Personne) -> None:
    groupes = [groupe(f"Groupe {rang}", [SIRET]) for rang in range(5)]
    sirets = [cle_de_luhn(f"{SIREN}{rang:04d}") for rang in range(100, 105)]
    droits = [sur_un_siret(s, Domaine.PLAN) for s in sirets] + [sur_un_groupe(g, Domaine.PLAN) for g in groupes]
    rattacher(personne("Bruno", "Marchetti"), droits=droits)
    lignes = matrice(SIREN, acteur(aline), LE, filtre=FiltreMatrice(texte="Bruno")).lignes
    assert sorted(li.nombre for li in lignes) == [1, 1, 1, 1, 1, 5]


def test_ce_que_je_peux_faire_nomme_le_groupe(sud: GroupeEtablissements, bruno: Rattachement) -> None:
    assert bruno.personne is not None
    (cote,) = mes_droits(acteur(bruno.personne), SIREN)
    assert [d.lieu for d in cote.droits] == ["groupe «\u00a0Région Sud\u00a0» (1 établissement)"]
    assert "Plan de développement" not in cote.manquants


def test_qui_voit_un_dossier_passe_par_le_groupe(sud: GroupeEtablissements, bruno: Rattachement) -> None:
    def voient(siret: str) -> set[str]:
        return {v.nom for v in qui_peut_voir(Portee(SIREN, siret, domaine=Domaine.PLAN), LE)}

    assert voient(SIRET) == {"Aline Ferrand", "Bruno Marchetti"}
    assert voient(SIRET_2) == {"Aline Ferrand"}


def test_la_liste_compte_et_se_cherche(aline: Personne, sud: GroupeEtablissements, bruno: Rattachement) -> None:
    groupe("Partout", [SIRET, SIRET_2, SIRET_3])
    groupe("Ailleurs", siren=AUTRE_SIREN)

    def lus(texte: str = "") -> list[tuple[str, int, int, bool]]:
        return [(g.nom, g.etablissements, g.personnes, g.entier) for g in liste_des_groupes(SIREN, acteur(aline), LE, texte)]

    assert lus() == [("Partout", 3, 0, True), ("Région Sud", 1, 1, False)]
    assert lus("région") == lus()[1:]
    assert lus("Bellecour") == lus()[:1]
    assert lus("Strasbourg") == []
    assert bruno.personne is not None
    assert liste_des_groupes(SIREN, acteur(bruno.personne), LE) == []


def test_les_etablissements_se_cherchent_et_se_tournent_page_a_page(aline: Personne, sud: GroupeEtablissements) -> None:
    sirets = [cle_de_luhn(f"{SIREN}{rang:04d}") for rang in range(100, 200)]
    Etablissement.objects.bulk_create(Etablissement(siret=s, code_postal="06000", commune="NICE") for s in sirets)
    vue = lieux_du_groupe(sud, dedans=False)
    assert (len(vue.lieux), len(vue.trouves), vue.pages) == (50, 102, 3)
    for avant, apres in pairwise(lieux_du_groupe(sud, page=p, dedans=False).lieux for p in (1, 2, 3)):
        assert not {x.siret for x in avant} & {x.siret for x in apres}
    assert lieux_du_groupe(sud, page=99, dedans=False).page == 3
    assert lieux_du_groupe(sud, "nice", dedans=False).trouves == tuple(sirets)
    assert lieux_du_groupe(sud, "06 000", dedans=False).trouves == ()
    assert lieux_du_groupe(sud, f"{SIREN[:3]} {SIREN[3:6]} {SIREN[6:]} {SIRET_2[9:]}", dedans=False).trouves == (SIRET_2,)
    assert [x.siege for x in lieux_du_groupe(sud).lieux] == [True]
