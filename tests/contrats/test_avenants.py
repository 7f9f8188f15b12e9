"""An avenant: begun, typed, sent, decided; the contract and its payments follow, and only then."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jalon.contrats.actions import (
    abandonner_avenant,
    accepter_avenant,
    commencer_avenant,
    declarer_rupture,
    enregistrer_avenant,
    refuser_avenant,
    transmettre_avenant,
)
from jalon.contrats.enums import EtatAvenant
from jalon.contrats.models import Avenant
from jalon.contrats.requetes import a_faire, apercu_d_avenant, avenant_en_cours, avenants_de, reponses_de_l_avenant
from jalon.dispositifs.base import LIGNES
from jalon.dossiers.actions import annuler_dossier
from jalon.dossiers.chiffrement import dechiffrer_reponses
from jalon.dossiers.models import Dossier, VersionContenu
from jalon.dossiers.requetes import contenu_en_clair
from jalon.journal.models import Evenement
from jalon.pieces.enums import EtatDocument
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, SaisiesRefusees, TransitionImpossible
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco
from tests.contrats.fabrique import (
    PENDANT,
    TROIS_MOIS_AVANT,
    accord_signe,
    accorde,
    aline,
    driss,
    emma,
    en_instruction,
    relire,
    total,
)
from tests.dispositifs.apprentissage.demandes import APPRENTISSAGE, reponses
from tests.dossiers.fabrique import AUTRE_SIREN, PORTEFEUILLE, SIREN_OF, joindre, monde

pytestmark = pytest.mark.django_db
PROPRES = {"numero_precedent": "074202609000001", "date_conclusion": "08/03/2027", "date_effet": "15/03/2027"}


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()


def commencer(dossier: Dossier, code: str = "36", par: Acteur | None = None) -> Avenant:
    return commencer_avenant(dossier_id=dossier.id, code=code, par=par or aline(), maintenant=PENDANT)


def saisir(dossier: Dossier, par: Acteur | None = None, **sections: dict[str, Any]) -> Avenant:
    valeurs = {"contrat": {**PROPRES, **sections.pop("contrat", {})}, **sections}
    return enregistrer_avenant(dossier_id=dossier.id, valeurs=valeurs, par=par or aline(), maintenant=PENDANT)


def transmettre(dossier: Dossier, par: Acteur | None = None, *, signe: bool = True) -> Avenant:
    if signe:
        joindre(dossier, "avenant_signe", le=PENDANT)
    return transmettre_avenant(dossier_id=dossier.id, par=par or aline(), maintenant=PENDANT)


def accepter(dossier: Dossier, par: Acteur | None = None) -> Avenant:
    return accepter_avenant(dossier_id=dossier.id, par=par or emma(), maintenant=PENDANT + timedelta(days=1))


def refuser(dossier: Dossier, texte: str = "Convention non signée", par: Acteur | None = None) -> Avenant:
    return refuser_avenant(dossier_id=dossier.id, texte=texte, par=par or emma(), maintenant=PENDANT + timedelta(days=1))


def change_les_heures() -> Dossier:
    """A sent avenant 36."""
    dossier = accorde()
    commencer(dossier)
    saisir(dossier, contrat={"heures": "30"})
    transmettre(dossier)
    return relire(dossier)


def test_un_avenant_accepte_est_une_version_du_contrat() -> None:
    dossier = accorde()
    commencer(dossier)
    saisir(dossier, contrat={"heures": "30"})
    assert contenu_en_clair(relire(dossier)).contrat.heures == 35  # type: ignore[attr-defined]
    transmettre(dossier)
    accepter(dossier)
    relu = relire(dossier)
    contenu = contenu_en_clair(relu)
    assert (contenu.contrat.heures, contenu.contrat.type_contrat) == (30, "36")  # type: ignore[attr-defined]
    versions = VersionContenu.objects.tous("essai").filter(dossier=dossier).order_by("numero")
    assert [v.motif for v in versions] == ["transmission", "avenant"]
    assert total(dossier) == Decimal("12000.00"), "hours change no payment"
    codes = list(
        Evenement.objects.tous("essai")
        .filter(objet_id=str(dossier.pk), code__startswith="avenant")
        .values_list("code", flat=True)
    )
    assert sorted(codes) == ["avenant.accepte", "avenant.commence", "avenant.transmis"]
    pour_le_cfa = Evenement.objects.tous("essai").filter(
        objet_id=str(dossier.pk), prestataire_siren=SIREN_OF, code__startswith="avenant"
    )
    assert [e.code for e in pour_le_cfa] == ["avenant.accepte"]


def test_une_prolongation_acceptee_paie_ses_jours() -> None:
    dossier = accorde()
    commencer(dossier, "33")
    lignes = [
        *reponses()["remunerations"][LIGNES],
        {"ordre": "3.1", "date_debut": "01/09/2028", "date_fin": "31/08/2029", "taux": "61", "base": "SMIC"},
    ]
    saisir(
        dossier, contrat={"date_effet": "01/09/2028", "date_fin": "31/08/2029"}, formation={"date_fin": "05/07/2029", "duree": "1800"},
        remunerations={LIGNES: lignes},
    )  # fmt: skip
    apercu = apercu_d_avenant(relire(dossier), transmettre(dossier), PENDANT)
    assert (apercu.prevu, apercu.du) == (Decimal("12000.00"), Decimal("18000.00"))
    assert {d.libelle for d in apercu.differences} >= {"Date de fin du contrat, ou de la période d’apprentissage"}
    assert total(dossier) == Decimal("12000.00")
    accepter(dossier)
    assert total(dossier) == Decimal("18000.00")
    assert relire(dossier).date_fin == date(2029, 8, 31)


def test_seules_les_cases_du_code_changent() -> None:
    dossier = accorde()
    avenant = commencer(dossier)
    saisir(
        dossier, contrat={"heures": "30", "date_debut": "01/01/2020", "type_contrat": "33"},
        apprenti={"prenom": "Zelda", "telephone": "0611111111"}, cfa={"siret": "12345678200010"},
    )  # fmt: skip
    gardees = dechiffrer_reponses(APPRENTISSAGE, dossier.id, Avenant.objects.tous("essai").get(pk=avenant.pk).reponses)
    contrat, apprenti = gardees["contrat"]["valeurs"], gardees["apprenti"]["valeurs"]
    assert (contrat["heures"], contrat["date_debut"], contrat["type_contrat"]) == ("30", "01/09/2026", "36")
    assert (apprenti["prenom"], apprenti["telephone"]) == ("Zoé", "0611111111")
    assert gardees["cfa"]["valeurs"]["siret"].replace(" ", "").startswith("418166096")


def test_le_numero_de_securite_sociale_reste_chiffre() -> None:
    dossier = change_les_heures()
    avenant = Avenant.objects.tous("essai").get(dossier=dossier)
    nir = reponses()["apprenti"]["nir"]
    assert nir[:13] not in str(avenant.reponses)
    assert nir[:13] not in str(avenant.contenu)
    assert nir[:13] not in str(reponses_de_l_avenant(dossier, avenant, emma()))


def test_ce_qui_manque_ou_depasse_est_dit_par_case() -> None:
    dossier = accorde()
    commencer(dossier)
    with pytest.raises(SaisiesRefusees) as refus:
        transmettre(dossier)
    assert {"contrat.numero_precedent", "contrat.date_conclusion", "contrat.date_effet"} <= set(refus.value.champs)
    saisir(dossier)
    with pytest.raises(SaisiesRefusees) as refus:
        transmettre(dossier)
    assert set(refus.value.champs) == {"contrat.type_contrat"}
    saisir(dossier, contrat={"heures": "30", "date_effet": "01/01/2030"})
    with pytest.raises(SaisiesRefusees) as refus:
        transmettre(dossier)
    assert "contrat.date_effet" in refus.value.champs
    saisir(dossier, contrat={"heures": "80"})
    with pytest.raises(SaisiesRefusees) as refus:
        transmettre(dossier)
    assert "contrat.heures" in refus.value.champs
    assert Avenant.objects.tous("essai").get().etat == EtatAvenant.BROUILLON


def test_l_avenant_signe_part_avec_lui() -> None:
    dossier = accorde()
    joindre(dossier, "avenant_signe", le=PENDANT - timedelta(days=1))
    commencer(dossier)
    saisir(dossier, contrat={"heures": "30"})
    with pytest.raises(SaisiesRefusees) as refus:
        transmettre(dossier, signe=False)
    assert set(refus.value.champs) == {"pieces.avenant_signe"}
    joindre(dossier, "avenant_signe", etat=EtatDocument.REFUSEE, le=PENDANT)
    with pytest.raises(SaisiesRefusees):
        transmettre(dossier, signe=False)
    assert transmettre(dossier).etat == EtatAvenant.TRANSMIS


def test_le_contrat_ne_passe_pas_a_une_autre_entreprise_par_un_avenant() -> None:
    dossier = accorde()
    commencer(dossier, "31")
    saisir(dossier, employeur={"siret": f"{AUTRE_SIREN}00010", "denomination": "Bellerive"})
    with pytest.raises(SaisiesRefusees) as refus:
        transmettre(dossier)
    assert set(refus.value.champs) == {"employeur.siret"}


def test_un_seul_avenant_a_la_fois() -> None:
    dossier = accorde()
    commencer(dossier)
    with pytest.raises(TransitionImpossible, match="déjà en cours"):
        commencer(dossier, "38")
    abandonner_avenant(dossier_id=dossier.id, par=aline(), maintenant=PENDANT)
    assert commencer(dossier, "38").rang == 2


def test_un_code_inconnu_est_refuse() -> None:
    with pytest.raises(SaisieRefusee):
        commencer(accorde(), "11")


def test_un_avenant_transmis_ne_change_plus() -> None:
    dossier = change_les_heures()
    with pytest.raises(TransitionImpossible, match="transmis"):
        saisir(dossier, contrat={"heures": "20"})
    with pytest.raises(TransitionImpossible, match="transmis"):
        transmettre(dossier)


def test_l_opco_ne_decide_que_de_ce_qui_est_transmis() -> None:
    dossier = accorde()
    for decider in (accepter, refuser):
        with pytest.raises(TransitionImpossible, match="Aucun avenant"):
            decider(dossier)
    commencer(dossier)
    for decider in (accepter, refuser):
        with pytest.raises(TransitionImpossible, match="pas encore transmis"):
            decider(dossier)


def test_un_refus_s_explique_et_le_contrat_reste_comme_il_etait() -> None:
    dossier = change_les_heures()
    for texte in (" ", "x" * 2001):
        with pytest.raises(SaisieRefusee):
            refuser(dossier, texte)
    refuser(dossier)
    assert contenu_en_clair(relire(dossier)).contrat.heures == 35  # type: ignore[attr-defined]
    assert avenant_en_cours(dossier) is None
    vus = avenants_de(dossier, aline())
    assert [(v.avenant.etat, v.texte) for v in vus] == [("refuse", "Convention non signée")]


def test_chaque_cote_voit_ce_qui_le_concerne() -> None:
    dossier = accorde()
    commencer(dossier)
    assert [len(avenants_de(dossier, a)) for a in (aline(), emma(), driss())] == [1, 0, 0]
    saisir(dossier, contrat={"heures": "30"})
    transmettre(dossier)
    assert [len(avenants_de(dossier, a)) for a in (aline(), emma(), driss())] == [1, 1, 0]
    accepter(dossier)
    assert [len(avenants_de(dossier, a)) for a in (aline(), emma(), driss())] == [1, 1, 1]
    assert avenants_de(dossier, acteur_entreprise(AUTRE_SIREN)) == []


def test_l_avenant_transmis_est_une_tache_du_conseiller() -> None:
    change_les_heures()
    assert [t.titre for t in a_faire(emma())] == ["Décider de l’avenant 36"]
    assert a_faire(acteur_opco(PORTEFEUILLE)) == []
    assert a_faire(aline()) == []


@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [
        (aline(niveau=Niveau.ENVOI), DroitManquant),
        (driss(), DroitManquant),
        (emma(), DroitManquant),
        (acteur_entreprise(AUTRE_SIREN), Introuvable),
    ],
)
def test_un_avenant_demande_la_gestion(acteur: FauxActeur, erreur: type[Exception]) -> None:
    dossier = accorde()
    with pytest.raises(erreur):
        commencer(dossier, par=acteur)
    commencer(dossier)
    with pytest.raises(erreur):
        saisir(dossier, acteur)
    with pytest.raises(erreur):
        transmettre(dossier, acteur)
    with pytest.raises(erreur):
        abandonner_avenant(dossier_id=dossier.id, par=acteur, maintenant=PENDANT)


@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [
        (aline(), DroitManquant),
        (driss(), DroitManquant),
        (acteur_opco(PORTEFEUILLE), DroitManquant),
        (acteur_entreprise(AUTRE_SIREN), Introuvable),
    ],
)
def test_decider_d_un_avenant_demande_le_pouvoir(acteur: FauxActeur, erreur: type[Exception]) -> None:
    dossier = change_les_heures()
    for decider in (lambda: accepter(dossier, acteur), lambda: refuser(dossier, par=acteur)):
        with pytest.raises(erreur):
            decider()
    assert Avenant.objects.tous("essai").get().etat == EtatAvenant.TRANSMIS


def test_un_avenant_ne_change_qu_un_contrat_accorde() -> None:
    with pytest.raises(TransitionImpossible, match="accordé et en cours"):
        commencer(en_instruction())


def test_la_rupture_et_l_annulation_mettent_fin_a_l_avenant() -> None:
    rompu = change_les_heures()
    declarer_rupture(dossier_id=rompu.id, rupture=accord_signe(), par=aline(), maintenant=PENDANT)
    assert Avenant.objects.tous("essai").get(dossier=rompu).etat == EtatAvenant.ABANDONNE
    with pytest.raises(TransitionImpossible):
        accepter(rompu)
    annule = accorde(**TROIS_MOIS_AVANT)
    avant = PENDANT.replace(year=2026, month=11)
    commencer_avenant(dossier_id=annule.id, code="36", par=aline(), maintenant=avant)
    annuler_dossier(dossier_id=annule.id, motif="Renoncement", par=aline(), maintenant=avant)
    assert Avenant.objects.tous("essai").get(dossier=annule).etat == EtatAvenant.ABANDONNE
    assert total(annule) == Decimal("0.00")


def test_deux_avenants_de_suite_partent_chacun_du_precedent() -> None:
    dossier = change_les_heures()
    accepter(dossier)
    commencer(dossier)
    saisir(dossier, maitre1={"emploi": "Chef"})
    transmettre(dossier)
    accepter(dossier)
    contenu = contenu_en_clair(relire(dossier))
    assert (contenu.contrat.heures, contenu.maitre1.emploi) == (30, "Chef")  # type: ignore[attr-defined]
    assert total(dossier) == Decimal("12000.00")
