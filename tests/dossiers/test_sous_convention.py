"""Who files for a company under a convention sees and does what names her provider, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from jalon.dispositifs.action_formation import ACTION_FORMATION
from jalon.dispositifs.registre import DISPOSITIFS
from jalon.dossiers.actions import (
    completer_dossier,
    creer_brouillon,
    ecrire_message,
    enregistrer_section,
    reveler_case,
    supprimer_brouillon,
    transmettre_dossier,
)
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import (
    FiltreDossiers,
    a_faire,
    comptes_par_etat,
    contenu_visible,
    cote_de,
    dossier_accessible,
    historique_de,
    liste_dossiers,
    messages_de,
    pieces_de,
    reponses_de,
    sirens_de,
)
from jalon.dossiers.requetes.clients import attentes_par_siren
from jalon.instruction.actions import demander_complement, prendre_en_charge
from jalon.messagerie.enums import Cote
from jalon.referentiels.models import ReglageDispositif
from jalon.socle.acteurs import Domaine, Niveau, Perimetre
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee
from jalon.socle.identifiants import nouvel_id
from tests.acteurs import FauxActeur, acteur_sous_convention
from tests.dossiers import fabrique
from tests.dossiers.fabrique import (
    AUTRE_SIREN,
    AUTRE_SIRET,
    LE,
    SIREN,
    SIREN_OF,
    SIRET,
    SIRET_OF,
    brouillons,
)
from tests.matrice.lieux import SIREN_Q, SIRET_Q

ALTERNANCE = "essai_alternance"


@pytest.fixture(autouse=True)
def monde(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Companies, providers, and a dispositif of the family of apprenticeship."""
    fabrique.monde()
    fabrique.organisation(SIREN_Q, "Autre Organisme", sirets=(SIRET_Q,))
    essai = replace(ACTION_FORMATION, code=ALTERNANCE, lettres="EA", famille=Domaine.ALTERNANCE)
    monkeypatch.setitem(DISPOSITIFS, ALTERNANCE, essai)
    for reglage in list(ReglageDispositif.objects.filter(dispositif=ACTION_FORMATION.code)):
        reglage.pk, reglage.code, reglage.dispositif = nouvel_id(), ALTERNANCE, ALTERNANCE
        reglage.save(force_insert=True)


def driss(lieu: str = SIREN, prestataire: str = SIREN_OF, niveau: Niveau = Niveau.ENVOI) -> FauxActeur:
    """Somebody of the CFA, for its client."""
    return acteur_sous_convention(lieu, prestataire, niveau, nom="Driss Essai")


def commencer(par: FauxActeur, *, siret: str = SIRET) -> Dossier:
    return creer_brouillon(dispositif=ALTERNANCE, siren=siret[:9], siret=siret, par=par, maintenant=LE)


def taper_l_organisme(dossier: Dossier, par: FauxActeur, siret: str) -> Dossier:
    relu = fabrique.relire(dossier)
    version = relu.reponses.get("organisme", {}).get("version", 0)
    valeurs = {**fabrique.valeurs()["organisme"], "siret": siret}
    enregistrer_section(dossier_id=dossier.id, section="organisme", version=version, valeurs=valeurs, par=par, maintenant=LE)
    return fabrique.relire(dossier)


def complet(par: FauxActeur, **changements: object) -> Dossier:
    return fabrique.remplir(commencer(par), par, **changements)


def test_un_brouillon_nomme_son_cfa_avant_toute_reponse() -> None:
    cfa = driss()
    dossier = creer_brouillon(dispositif=ALTERNANCE, siren=SIREN, par=cfa, maintenant=LE)
    assert (dossier.prestataire_siren, dossier.convention_siren, dossier.reponses) == (SIREN_OF, SIREN_OF, {})
    assert dossier_accessible(dossier.id, cfa, Niveau.ENVOI).pk == dossier.pk
    assert cote_de(dossier, cfa) == Cote.ENTREPRISE
    assert [d.pk for d in brouillons(cfa)] == [d.pk for d in brouillons(cfa, SIREN)] == [dossier.pk]
    assert [t.parametres[1][1] for t in a_faire(cfa, SIREN)] == [str(dossier.pk)]
    assert attentes_par_siren(cfa) == {SIREN: {"brouillon": 1}}
    assert sirens_de(cfa, dossier) == {SIREN}
    dossier.prestataire_siren = SIREN_Q
    assert sirens_de(cfa, dossier) == frozenset()


def test_hors_de_sa_convention_rien_ne_se_commence() -> None:
    with pytest.raises(DroitManquant):
        creer_brouillon(dispositif=ALTERNANCE, siren=AUTRE_SIREN, siret=AUTRE_SIRET, par=driss(), maintenant=LE)
    with pytest.raises(DroitManquant):
        creer_brouillon(dispositif="action_formation", siren=SIREN, siret=SIRET, par=driss(), maintenant=LE)
    with pytest.raises(DroitManquant):
        commencer(driss(niveau=Niveau.LECTURE))
    sur_un_lieu = driss(SIRET)
    with pytest.raises(DroitManquant):
        creer_brouillon(dispositif=ALTERNANCE, siren=SIREN, par=sur_un_lieu, maintenant=LE)
    assert commencer(sur_un_lieu).prestataire_siren == SIREN_OF


def test_avec_deux_conventions_l_organisme_se_choisit() -> None:
    couples = frozenset({(SIREN, SIREN_OF), (SIRET, SIREN_Q)})
    deux = FauxActeur({Domaine.ALTERNANCE: (Niveau.ENVOI, Perimetre(couples=couples))})
    nouveau = {"dispositif": ALTERNANCE, "siren": SIREN, "siret": SIRET, "par": deux, "maintenant": LE}
    with pytest.raises(SaisieRefusee) as refus:
        creer_brouillon(**nouveau)  # type: ignore[arg-type]
    assert refus.value.champ == "prestataire"
    assert creer_brouillon(**nouveau, prestataire=SIREN_Q).prestataire_siren == SIREN_Q  # type: ignore[arg-type]
    with pytest.raises(DroitManquant):
        creer_brouillon(**nouveau, prestataire=AUTRE_SIREN)  # type: ignore[arg-type]


def test_qui_depose_de_son_propre_droit_ne_nomme_personne() -> None:
    dossier = commencer(fabrique.aline())
    assert (dossier.prestataire_siren, dossier.convention_siren) == ("", "")
    choisi = creer_brouillon(
        dispositif=ALTERNANCE, siren=SIREN, siret=SIRET, prestataire=SIREN_OF, par=fabrique.aline(), maintenant=LE
    )
    assert (choisi.prestataire_siren, choisi.convention_siren) == ("", "")


def lieux() -> Iterator[FauxActeur]:
    yield driss()
    yield driss(SIRET)


def test_ce_que_l_entreprise_depose_seule_ou_avec_un_autre_ne_se_voit_pas() -> None:
    seule = commencer(fabrique.aline())
    autre = taper_l_organisme(commencer(fabrique.aline()), fabrique.aline(), SIRET_Q)
    sien = taper_l_organisme(commencer(fabrique.aline()), fabrique.aline(), SIRET_OF)
    for cfa in lieux():
        for cache in (seule, autre):
            with pytest.raises(Introuvable):
                dossier_accessible(cache.id, cfa)
            assert cote_de(cache, cfa) is None
        assert dossier_accessible(sien.id, cfa, Niveau.SAISIE).pk == sien.pk
        assert comptes_par_etat(cfa, SIREN, LE.date()).par_etat == {"brouillon": 1}
        assert [d.pk for d in brouillons(cfa, SIREN)] == [sien.pk]


def test_le_brouillon_reste_celui_de_son_cfa_quoi_que_celui_ci_tape() -> None:
    cfa = driss()
    dossier = taper_l_organisme(commencer(cfa), cfa, SIRET_Q)
    assert dossier.reponses["organisme"]["valeurs"]["siret"] == SIRET_Q
    assert (dossier.prestataire_siren, dossier.prestataire_siret, dossier.prestataire_denomination) == (SIREN_OF, "", "")
    assert f"r:{SIREN_OF}" in str(dossier.recherche)
    dossier = taper_l_organisme(dossier, cfa, SIRET_OF)
    assert (dossier.prestataire_siren, dossier.prestataire_siret) == (SIREN_OF, SIRET_OF)
    nomme = dossier.prestataire_denomination
    dossier = taper_l_organisme(dossier, cfa, SIRET_Q)
    assert (dossier.prestataire_siret, dossier.prestataire_denomination) == (SIRET_OF, nomme)
    assert taper_l_organisme(dossier, cfa, "").prestataire_siren == SIREN_OF


def test_un_brouillon_de_l_entreprise_ne_change_pas_de_cfa_par_la_main_du_cfa() -> None:
    sien = taper_l_organisme(commencer(fabrique.aline()), fabrique.aline(), SIRET_OF)
    for tape in (SIRET_Q, ""):
        assert taper_l_organisme(sien, driss(), tape).prestataire_siret == SIRET_OF


def test_l_entreprise_en_change_quand_elle_veut() -> None:
    cfa = driss()
    dossier = commencer(cfa)
    entreprise = {**fabrique.valeurs()["entreprise"], "siret": SIRET}
    enregistrer_section(
        dossier_id=dossier.id, section="entreprise", version=1, valeurs=entreprise, par=fabrique.aline(), maintenant=LE
    )
    assert fabrique.relire(dossier).prestataire_siren == SIREN_OF
    assert taper_l_organisme(dossier, fabrique.aline(), SIRET_Q).prestataire_siren == SIREN_Q
    with pytest.raises(Introuvable):
        dossier_accessible(dossier.id, cfa)


def test_le_brouillon_ne_passe_pas_chez_une_entreprise_sans_convention() -> None:
    cfa = driss()
    dossier = commencer(cfa)
    version = dossier.reponses["entreprise"]["version"]
    entreprise = {**fabrique.valeurs()["entreprise"], "siret": AUTRE_SIRET}
    enregistrer_section(dossier_id=dossier.id, section="entreprise", version=version, valeurs=entreprise, par=cfa, maintenant=LE)
    assert fabrique.relire(dossier).siren == SIREN
    deux = FauxActeur(
        {Domaine.ALTERNANCE: (Niveau.ENVOI, Perimetre(couples=frozenset({(SIREN, SIREN_OF), (AUTRE_SIREN, SIREN_OF)})))}
    )
    entreprise["raison_sociale"] = "Bellerive"
    enregistrer_section(
        dossier_id=dossier.id, section="entreprise", version=version + 1, valeurs=entreprise, par=deux, maintenant=LE
    )
    assert fabrique.relire(dossier).siren == AUTRE_SIREN


def test_le_cfa_transmet_suit_et_complete() -> None:
    cfa = driss()
    dossier = complet(cfa)
    transmis = transmettre_dossier(dossier_id=dossier.id, par=cfa, maintenant=LE)
    assert (transmis.prestataire_siren, transmis.numero is not None) == (SIREN_OF, True)
    assert [d.pk for d in liste_dossiers(cfa, SIREN, FiltreDossiers(jour=LE.date())).dossiers] == [dossier.pk]
    trouves = liste_dossiers(cfa, SIREN, FiltreDossiers(jour=LE.date(), texte="hygiene"), cote=Cote.ENTREPRISE)
    assert [d.pk for d in trouves.dossiers] == [dossier.pk]
    assert liste_dossiers(cfa, SIREN, FiltreDossiers(jour=LE.date()), cote=Cote.PRESTATAIRE).dossiers == []
    assert len(pieces_de(transmis, cfa)) == 2
    assert [ligne.code for ligne in historique_de(transmis, cfa)][-1] == "dossier.cree"
    ecrire_message(dossier_id=dossier.id, corps="Bonjour", par=cfa, maintenant=LE)
    assert [m.corps for m in messages_de(transmis, cfa)] == ["Bonjour"]
    assert contenu_visible(transmis, cfa) is not None
    assert reponses_de(transmis, cfa)
    emma = fabrique.emma()
    prendre_en_charge(dossier_id=dossier.id, par=emma, maintenant=LE + timedelta(hours=1))
    demander_complement(
        dossier_id=dossier.id, pieces=[], cases=["organisme.siret"], message="Lequel ?",
        echeance=(LE + timedelta(days=20)).date(), par=emma, maintenant=LE + timedelta(hours=2),
    )  # fmt: skip
    assert [t.titre for t in a_faire(cfa, SIREN)] == ["Corriger les réponses demandées"]
    apres = LE + timedelta(hours=3)
    taper_l_organisme(dossier, cfa, SIRET_Q)
    with pytest.raises(DroitManquant, match="convention d’un seul organisme"):
        completer_dossier(dossier_id=dossier.id, par=cfa, maintenant=apres)
    taper_l_organisme(dossier, cfa, SIRET_OF)
    assert completer_dossier(dossier_id=dossier.id, par=cfa, maintenant=apres).prestataire_siren == SIREN_OF


def test_le_cfa_n_envoie_pas_ce_qui_nomme_un_autre() -> None:
    cfa = driss()
    dossier = complet(cfa)
    taper_l_organisme(dossier, cfa, SIRET_Q)
    with pytest.raises(DroitManquant, match="convention d’un seul organisme"):
        transmettre_dossier(dossier_id=dossier.id, par=cfa, maintenant=LE)
    assert fabrique.relire(dossier).est_brouillon
    transmis = transmettre_dossier(dossier_id=dossier.id, par=fabrique.aline(), maintenant=LE)
    assert transmis.prestataire_siren == SIREN_Q
    with pytest.raises(Introuvable):
        dossier_accessible(dossier.id, cfa)


def test_en_lecture_ou_en_saisie_le_cfa_n_envoie_pas() -> None:
    dossier = complet(driss())
    with pytest.raises(DroitManquant):
        transmettre_dossier(dossier_id=dossier.id, par=driss(niveau=Niveau.SAISIE), maintenant=LE)
    with pytest.raises(DroitManquant):
        supprimer_brouillon(dossier_id=dossier.id, par=driss(niveau=Niveau.LECTURE), maintenant=LE)
    supprimer_brouillon(dossier_id=dossier.id, par=driss(niveau=Niveau.SAISIE), maintenant=LE)


def test_les_donnees_protegees_suivent_la_meme_regle() -> None:
    lignes = fabrique.stagiaires(1, avec_nir=True)
    sien = transmettre_dossier(dossier_id=complet(driss(), stagiaires=lignes).id, par=driss(), maintenant=LE)
    vu = {"section": "stagiaires", "champ": "nir", "rang": 0, "motif": "Contrôle", "maintenant": LE}
    assert len(reveler_case(dossier_id=sien.id, par=driss(), **vu)) == 15  # type: ignore[arg-type]
    with pytest.raises(DroitManquant):
        reveler_case(dossier_id=sien.id, par=driss(niveau=Niveau.LECTURE), **vu)  # type: ignore[arg-type]
    for etranger in (driss(AUTRE_SIREN), driss(prestataire=SIREN_Q)):
        with pytest.raises(Introuvable):
            reveler_case(dossier_id=sien.id, par=etranger, **vu)  # type: ignore[arg-type]
