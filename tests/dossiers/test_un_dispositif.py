"""A right limited to one dispositif opens its requests, what hangs on them, and nothing else (docs/adr/0027)."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.comptes.models import Personne
from jalon.dossiers.actions import creer_brouillon, ecrire_message, enregistrer_section, reveler_case, transmettre_dossier
from jalon.dossiers.destinataires import personnes_de_l_entreprise, personnes_du_prestataire
from jalon.dossiers.models import DemandeComplement, Dossier, PieceDeposee, VersionContenu
from jalon.dossiers.requetes import (
    FiltreDossiers,
    a_faire,
    comptes_par_etat,
    contexte_de,
    cote_de,
    dossier_accessible,
    dossier_par_numero,
    historique_de,
    liste_dossiers,
    messages_de,
    peut_lire_les_sensibles,
    qui_voit,
)
from jalon.engagements.models import Engagement
from jalon.habilitations.acteur_cle import ActeurCle
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.cles import creer_cle_api
from jalon.habilitations.regles_des_cles import DemandeCle
from jalon.instruction.models import Decision
from jalon.journal.models import Evenement
from jalon.messagerie.enums import Cote
from jalon.organisations.models import Etablissement
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable
from jalon.socle.modeles import ModeleProtege
from tests.dispositifs.second import BILAN, second_dispositif
from tests.dossiers.fabrique import (
    JOUR,
    LE,
    NIR,
    SIREN,
    SIREN_OF,
    SIRET,
    accorde,
    aline,
    brouillon,
    brouillons,
    complet,
    monde,
    relire,
    stagiaires,
    transmis,
    valeurs,
)
from tests.habilitations import fabrique as h
from tests.habilitations.fabrique import cle_de_luhn, sur_le_siren, sur_un_dispositif

pytestmark = pytest.mark.django_db
ACTION, AUTRE = "action_formation", BILAN.code
PLAN = Domaine.PLAN
SIRET_2 = cle_de_luhn(f"{SIREN}0002")
SUITES: tuple[type[ModeleProtege], ...] = (PieceDeposee, VersionContenu, DemandeComplement, Decision)


@pytest.fixture(autouse=True)
def _monde() -> Iterator[None]:
    monde()
    Etablissement.objects.create(siret=SIRET_2, code_postal="69001", commune="Lyon", nom_usuel="Lyon")
    with second_dispositif():
        yield


def limite(*droits: Any, siren: str = SIREN, profil: Profil = Profil.ADHERENT, prenom: str = "Lina") -> Personne:
    """Somebody with these rights, on one dispositif by default."""
    qui = h.personne(prenom, "Essai")
    h.rattacher(qui, siren, profil, list(droits) or [sur_un_dispositif(ACTION, Niveau.ENVOI)])
    return qui


def lina(*droits: Any, **autres: Any) -> Acteur:
    return h.acteur(limite(*droits, **autres))


def de_l_autre(dossier: Dossier) -> Dossier:
    """The same request, of the other dispositif of the family."""
    Dossier.objects.tous("essai").filter(pk=dossier.pk).update(dispositif=AUTRE)
    return relire(dossier)


def vus(modele: type[ModeleProtege], acteur: Acteur, niveau: Niveau = Niveau.LECTURE) -> set[UUID]:
    colonne = "pk" if modele is Dossier else "dossier_id"
    return set(modele.objects.visibles_par(acteur, niveau).values_list(colonne, flat=True))


# What the right is ---------------------------------------------------------------------------------------------------


def test_un_droit_limite_ne_vaut_rien_pour_la_famille() -> None:
    acteur = h.acteur(limite())
    assert not acteur.perimetre(Droit(PLAN, Niveau.LECTURE))
    assert not acteur.perimetre(Droit(PLAN, Niveau.LECTURE, AUTRE))
    assert not acteur.perimetre(Droit(PLAN, Niveau.GESTION, ACTION))
    assert not acteur.perimetre(Droit(Domaine.ALTERNANCE, Niveau.LECTURE, ACTION))
    assert acteur.perimetre(Droit(PLAN, Niveau.ENVOI, ACTION)).sirens == {SIREN}
    assert acteur.dispositifs_restreints(PLAN) == {ACTION}
    assert acteur.dispositifs_restreints(Domaine.ALTERNANCE) == frozenset()
    assert acteur.sur(SIREN).dispositifs_restreints(PLAN) == {ACTION}
    assert acteur.rattachements[0].niveau_sur_le_siren(PLAN) == Niveau.AUCUN


def test_un_droit_sur_la_famille_vaut_pour_chacun_de_ses_dispositifs() -> None:
    acteur = h.acteur(limite(sur_le_siren(PLAN, Niveau.LECTURE), sur_un_dispositif(ACTION, Niveau.ENVOI)))
    assert acteur.perimetre(Droit(PLAN, Niveau.LECTURE)).sirens == {SIREN}
    assert acteur.perimetre(Droit(PLAN, Niveau.LECTURE, AUTRE)).sirens == {SIREN}
    assert not acteur.perimetre(Droit(PLAN, Niveau.SAISIE))
    assert not acteur.perimetre(Droit(PLAN, Niveau.SAISIE, AUTRE))
    assert acteur.perimetre(Droit(PLAN, Niveau.SAISIE, ACTION)).sirens == {SIREN}


@pytest.mark.parametrize(
    ("droit", "tenu"),
    [
        (Droit(PLAN, Niveau.LECTURE), True),
        (Droit(PLAN, Niveau.ENVOI), True),
        (Droit(PLAN, Niveau.GESTION), False),
        (Droit(PLAN, Niveau.ENVOI, ACTION), True),
        (Droit(PLAN, Niveau.LECTURE, AUTRE), False),
        (Droit(Domaine.ALTERNANCE, Niveau.LECTURE), False),
        (Droit(PLAN, Niveau.AUCUN), False),
    ],
)
def test_une_page_de_la_famille_s_ouvre_a_qui_y_voit_un_dispositif(droit: Droit, tenu: bool) -> None:
    assert h.acteur(limite()).a_un_droit(SIREN, droit) is tenu


def test_le_droit_limite_tient_sur_un_groupe_et_sur_un_siret() -> None:
    groupe = h.groupe("Lyon", [SIRET_2], SIREN)
    droits = [sur_un_dispositif(ACTION, Niveau.LECTURE, str(groupe.pk)), sur_un_dispositif(AUTRE, Niveau.SAISIE, SIRET)]
    acteur = h.acteur(limite(*droits))
    assert acteur.perimetre(Droit(PLAN, Niveau.LECTURE, ACTION)).sirets == {SIRET_2}
    assert acteur.perimetre(Droit(PLAN, Niveau.LECTURE, AUTRE)).sirets == {SIRET}
    assert not acteur.perimetre(Droit(PLAN, Niveau.LECTURE))
    assert acteur.dispositifs_restreints(PLAN) == {ACTION, AUTRE}


def test_un_code_a_tiret_n_est_pas_pris_pour_un_groupe() -> None:
    acteur = h.acteur(limite(sur_un_dispositif("a-tirets", Niveau.LECTURE, SIRET)))
    assert acteur.perimetre(Droit(PLAN, Niveau.LECTURE, "a-tirets")).sirets == {SIRET}


# What it shows -------------------------------------------------------------------------------------------------------


def test_il_ouvre_les_dossiers_de_ce_dispositif_et_aucun_autre() -> None:
    mien, autre = accorde(), de_l_autre(accorde())
    acteur = lina()
    assert vus(Dossier, acteur) == {mien.pk}
    assert vus(Dossier, acteur, Niveau.GESTION) == set()
    assert vus(Engagement, acteur) == {mien.pk}
    assert dossier_accessible(mien.pk, acteur, Niveau.ENVOI).pk == mien.pk
    assert (cote_de(mien, acteur), cote_de(autre, acteur)) == (Cote.ENTREPRISE, None)
    for niveau in (Niveau.LECTURE, Niveau.SAISIE):
        with pytest.raises(Introuvable):
            dossier_accessible(autre.pk, acteur, niveau)
    with pytest.raises(DroitManquant):
        dossier_accessible(mien.pk, acteur, Niveau.GESTION)


@pytest.mark.parametrize("modele", SUITES, ids=lambda m: m.__name__)
def test_il_ouvre_ce_qui_pend_a_ces_dossiers_et_rien_des_autres(modele: type[ModeleProtege]) -> None:
    mien, autre = accorde(), de_l_autre(accorde())
    if modele is DemandeComplement:
        for dossier in (mien, autre):
            demande = DemandeComplement(dossier=dossier, message="Merci", echeance=JOUR, le=LE)
            demande.porter(dossier.portee_des_suites).save(force_insert=True)
    assert vus(modele, aline()) == {mien.pk, autre.pk}
    assert vus(modele, lina()) == {mien.pk}
    assert vus(modele, lina(sur_un_dispositif(AUTRE, Niveau.LECTURE), prenom="Autre")) == {autre.pk}
    assert vus(modele, lina(), Niveau.GESTION) == set()


def test_les_listes_et_les_comptes_disent_la_meme_chose() -> None:
    mien, autre = transmis(), de_l_autre(transmis())
    mon_brouillon, autre_brouillon = brouillon(), de_l_autre(brouillon())
    acteur = lina()
    for siren in (SIREN, None):
        page = liste_dossiers(acteur, siren, FiltreDossiers(jour=JOUR))
        assert [d.pk for d in page.dossiers] == [mien.pk]
        assert comptes_par_etat(acteur, siren, JOUR).par_etat == {"transmis": 1, "brouillon": 1}
    cherche = FiltreDossiers(jour=JOUR, texte="hotel lac")
    assert {d.pk for d in liste_dossiers(aline(), SIREN, cherche).dossiers} == {mien.pk, autre.pk}
    assert [d.pk for d in liste_dossiers(acteur, None, cherche).dossiers] == [mien.pk]
    assert [d.pk for d in brouillons(acteur, SIREN)] == [mon_brouillon.pk]
    assert {dict(t.parametres)["dossier_id"] for t in a_faire(acteur, SIREN)} == {str(mon_brouillon.pk)}
    assert autre_brouillon.pk not in vus(Dossier, acteur)


@pytest.mark.parametrize(
    ("droits", "attendus"),
    [
        ([sur_un_dispositif(ACTION)], {"mien", "lyon"}),
        ([sur_un_dispositif(ACTION), h.sur_un_siret(SIRET_2, PLAN)], {"mien", "lyon", "lyon_autre"}),
        ([sur_un_dispositif(ACTION), sur_un_dispositif(ACTION, Niveau.ENVOI, SIRET_2)], {"mien", "lyon"}),
        ([sur_un_dispositif(ACTION, lieu=SIRET_2)], {"lyon"}),
        ([sur_un_dispositif(ACTION, lieu=SIRET_2), h.sur_un_siret(SIRET_2, PLAN)], {"lyon", "lyon_autre"}),
        ([sur_un_dispositif(ACTION, lieu=SIRET_2), sur_un_dispositif(AUTRE, lieu=SIRET_2)], {"lyon", "lyon_autre"}),
        ([sur_un_dispositif(ACTION), sur_un_dispositif(AUTRE)], {"mien", "autre", "lyon", "lyon_autre"}),
        ([sur_un_dispositif(ACTION), sur_le_siren(PLAN, Niveau.LECTURE)], {"mien", "autre", "lyon", "lyon_autre"}),
        ([sur_un_dispositif(ACTION), sur_le_siren(Domaine.ALTERNANCE)], {"mien", "lyon"}),
    ],
)
def test_rien_n_est_compte_deux_fois(droits: list[Any], attendus: set[str]) -> None:
    poses = {"mien": transmis(), "autre": transmis(), "lyon": transmis(), "lyon_autre": transmis()}
    for nom, dossier in poses.items():
        lieu = {"siret": SIRET_2} if nom.startswith("lyon") else {}
        sorte = {"dispositif": AUTRE} if nom.endswith("autre") else {}
        Dossier.objects.tous("essai").filter(pk=dossier.pk).update(**lieu, **sorte, modifie_le=LE)
    acteur = lina(*droits)
    ids = {poses[nom].pk for nom in attendus}
    assert vus(Dossier, acteur) == ids
    for siren in (SIREN, None):
        assert {d.pk for d in liste_dossiers(acteur, siren, FiltreDossiers(jour=JOUR)).dossiers} == ids
        assert comptes_par_etat(acteur, siren, JOUR).par_etat == {"transmis": len(ids)}


def test_les_listes_de_qui_n_est_pas_limite_ne_demandent_rien_de_plus() -> None:
    transmis()
    entier, restreint = lina(sur_le_siren(PLAN, Niveau.LECTURE), prenom="Entier"), lina()
    for acteur, regarde in ((entier, False), (restreint, True)):
        with CaptureQueriesContext(connection) as lues:
            liste_dossiers(acteur, SIREN, FiltreDossiers(jour=JOUR))
            comptes_par_etat(acteur, SIREN, JOUR)
            list(PieceDeposee.objects.visibles_par(acteur))
            list(Engagement.objects.visibles_par(acteur))
        sql = " ".join(q["sql"] for q in lues.captured_queries if "habilitations" not in q["sql"])
        # « = ANY » names the dispositifs where silence decides: nobody's right.
        assert bool(re.search(r'dispositif"? = (?!ANY)', sql)) is regarde
    assert str(Dossier.objects.visibles_par(entier).query) == str(
        Dossier.objects.visibles_par(aline(niveau=Niveau.LECTURE)).query
    ).replace("IN (alternance, plan)", "IN (plan)")


# What it lets do -----------------------------------------------------------------------------------------------------


def test_on_ne_commence_que_ce_dispositif() -> None:
    acteur = lina(sur_un_dispositif(ACTION, Niveau.SAISIE))
    fait = creer_brouillon(dispositif=ACTION, siren=SIREN, siret=SIRET, par=acteur, maintenant=LE)
    assert vus(Dossier, acteur) == {fait.pk}
    with pytest.raises(DroitManquant):
        creer_brouillon(dispositif=AUTRE, siren=SIREN, siret=SIRET, par=acteur, maintenant=LE)
    with pytest.raises(DroitManquant):
        creer_brouillon(dispositif=ACTION, siren=SIREN, par=lina(sur_un_dispositif(ACTION, Niveau.LECTURE)), maintenant=LE)
    assert Dossier.objects.tous("essai").count() == 1


def test_on_saisit_envoie_et_ecrit_pour_ce_dispositif() -> None:
    acteur = lina()
    dossier = complet(acteur)
    envoye = transmettre_dossier(dossier_id=dossier.pk, par=acteur, maintenant=LE)
    ecrire_message(dossier_id=envoye.pk, corps="Bonjour", par=acteur, maintenant=LE)
    assert [m.corps for m in messages_de(relire(envoye), acteur)] == ["Bonjour"]
    assert contexte_de(relire(envoye), LE, acteur).sirens == {SIREN}
    assert contexte_de(de_l_autre(envoye), LE, acteur).sirens == frozenset()


def test_on_n_agit_sur_aucun_dossier_d_un_autre_dispositif() -> None:
    acteur = lina()
    autre, envoye = de_l_autre(complet()), de_l_autre(transmis())
    refus: list[Any] = [
        lambda: transmettre_dossier(dossier_id=autre.pk, par=acteur, maintenant=LE),
        lambda: ecrire_message(dossier_id=envoye.pk, corps="Bonjour", par=acteur, maintenant=LE),
        lambda: enregistrer_section(
            dossier_id=autre.pk, section="action", version=1, valeurs=valeurs()["action"], par=acteur, maintenant=LE
        ),
    ]
    for acte in refus:
        with pytest.raises(Introuvable):
            acte()
    assert messages_de(envoye, acteur) == []


def test_le_brouillon_ne_suit_un_siret_que_si_ce_dispositif_y_est_ouvert() -> None:
    ici = lina(sur_un_dispositif(ACTION, Niveau.SAISIE, SIRET))
    partout = lina(sur_un_dispositif(ACTION, Niveau.SAISIE), prenom="Partout")
    for acteur, attendu in ((ici, SIRET), (partout, SIRET_2)):
        dossier = brouillon(acteur)
        version = dossier.reponses["entreprise"]["version"]
        saisie = {**valeurs()["entreprise"], "siret": SIRET_2}
        enregistrer_section(
            dossier_id=dossier.pk, section="entreprise", version=version, valeurs=saisie, par=acteur, maintenant=LE
        )
        assert relire(dossier).siret == attendu


def test_les_donnees_protegees_se_montrent_a_qui_saisit_ce_dispositif() -> None:
    dossier = transmis(stagiaires=stagiaires(1, avec_nir=True))
    lit, saisit = lina(sur_un_dispositif(ACTION, Niveau.LECTURE)), lina(prenom="Saisit")
    assert (peut_lire_les_sensibles(dossier, lit), peut_lire_les_sensibles(dossier, saisit)) == (False, True)
    montre: Any = {
        "dossier_id": dossier.pk,
        "section": "stagiaires",
        "champ": "nir",
        "rang": 0,
        "motif": "Vérifier",
        "maintenant": LE,
    }
    assert len(reveler_case(par=saisit, **montre)) == len(NIR)
    with pytest.raises(DroitManquant):
        reveler_case(par=lit, **montre)
    de_l_autre(dossier)
    with pytest.raises(Introuvable):
        reveler_case(par=saisit, **montre)


# Who is told, who sees -----------------------------------------------------------------------------------------------


def test_qui_voit_et_qui_est_prevenu_suit_le_dispositif() -> None:
    mien, autre = transmis(), de_l_autre(transmis())
    qui = limite()
    for dossier, nomme in ((mien, True), (autre, False)):
        assert (qui in personnes_de_l_entreprise(dossier, Niveau.ENVOI, LE)) is nomme
        assert ("Lina Essai" in {p.nom for p in qui_voit(dossier, LE)}) is nomme


def test_une_cle_limitee_lit_les_dossiers_de_ce_dispositif() -> None:
    mien, autre = transmis(), de_l_autre(transmis())
    demande = DemandeCle(nom="Paie", droits=[Droit(PLAN, Niveau.LECTURE, ACTION)], jusqu_au=JOUR)
    nouvelle = creer_cle_api(siren=SIREN, profil=Profil.ADHERENT, demande=demande, par=ActeurSysteme("essai"), maintenant=LE)
    cle = ActeurCle(nouvelle.cle)
    assert vus(Dossier, cle) == {mien.pk}
    assert dossier_par_numero(mien.numero or "", cle).pk == mien.pk
    with pytest.raises(Introuvable):
        dossier_par_numero(autre.numero or "", cle)


# The provider's side -------------------------------------------------------------------------------------------------


def test_le_prestataire_limite_lit_les_dossiers_accordes_de_ce_dispositif() -> None:
    mien, autre, attend = accorde(), de_l_autre(accorde()), transmis()
    qui = limite(sur_un_dispositif(ACTION, Niveau.LECTURE), siren=SIREN_OF, profil=Profil.PRESTATAIRE)
    acteur = h.acteur(qui)
    assert vus(Dossier, acteur) == {mien.pk}
    assert vus(Engagement, acteur) == {mien.pk}
    for modele in SUITES:
        assert vus(modele, acteur) == set()
    assert (cote_de(mien, acteur), cote_de(autre, acteur), cote_de(attend, acteur)) == (Cote.PRESTATAIRE, None, None)
    assert [d.pk for d in liste_dossiers(acteur, SIREN_OF, FiltreDossiers(jour=JOUR)).dossiers] == [mien.pk]
    assert comptes_par_etat(acteur, SIREN_OF, JOUR).total == 1
    assert (qui in personnes_du_prestataire(mien, Niveau.LECTURE, LE), qui in personnes_du_prestataire(autre, Niveau.LECTURE, LE)) == (
        True, False,
    )  # fmt: skip


def test_le_prestataire_limite_lit_l_histoire_du_dossier_et_rien_du_journal() -> None:
    dossier = accorde()
    limitee = lina(sur_un_dispositif(ACTION, Niveau.LECTURE), siren=SIREN_OF, profil=Profil.PRESTATAIRE)
    entiere = lina(sur_le_siren(PLAN, Niveau.LECTURE), siren=SIREN_OF, profil=Profil.PRESTATAIRE, prenom="Entiere")
    lues = [li.code for li in historique_de(dossier, limitee)]
    assert lues
    assert lues == [li.code for li in historique_de(dossier, entiere)]
    assert "dossier.cree" not in lues
    assert list(Evenement.objects.visibles_par(limitee)) == []
