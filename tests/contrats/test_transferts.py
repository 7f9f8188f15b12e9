"""An avenant that changes the company: rights move at the OPCO's decision only, what was of the former one stays with it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from jalon.contrats.actions import accepter_avenant, commencer_avenant, enregistrer_avenant, transmettre_avenant
from jalon.contrats.courriels import ContratCede
from jalon.contrats.models import Avenant, Transfert
from jalon.contrats.requetes import (
    apercu_d_avenant,
    avenants_de,
    echanges_d_avant,
    transferts_de,
    transferts_sortis,
)
from jalon.courriers.messages import Destinataire
from jalon.courriers.models import Courriel
from jalon.dossiers.actions import ecrire_message
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import dossier_accessible, historique_de, messages_de, pieces_de
from jalon.engagements.models import Engagement
from jalon.engagements.requetes import engagement_de
from jalon.facturation.actions import annuler_facture
from jalon.facturation.models import Facture
from jalon.instruction.requetes import decision_de
from jalon.journal.models import Evenement
from jalon.organisations.models import Etablissement, Organisation
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Perimetre, Pouvoir
from jalon.socle.erreurs import Introuvable, SaisiesRefusees, TransitionImpossible
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco
from tests.contrats.fabrique import PENDANT, accorde, driss, relire, total
from tests.dossiers.fabrique import (
    AUTRE_PORTEFEUILLE,
    AUTRE_SIREN,
    AUTRE_SIRET,
    PORTEFEUILLE,
    SIREN,
    SIREN_OF,
    SIRET,
    aline,
    document,
    emma,
    joindre,
    monde,
)
from tests.habilitations.fabrique import personne, rattacher

pytestmark = pytest.mark.django_db
PROPRES = {"numero_precedent": "074202609000001", "date_conclusion": "08/03/2027", "date_effet": "10/03/2027"}
LOUISE = acteur_entreprise(AUTRE_SIREN, nom="Louise Essai")
HUGO = acteur_opco(AUTRE_PORTEFEUILLE, Pouvoir.INSTRUIRE, Pouvoir.DECIDER, nom="Hugo Essai")


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()
    Organisation.objects.filter(siren=AUTRE_SIREN).update(adherent_depuis=date(2020, 1, 1))


def transmis(dossier: Dossier | None = None, *, siret: str = AUTRE_SIRET, effet: str = "10/03/2027", code: str = "31") -> Dossier:
    """A sent avenant that names another company."""
    dossier = dossier or accorde()
    commencer_avenant(dossier_id=dossier.id, code=code, par=aline(), maintenant=PENDANT)
    employeur = {"siret": siret, "denomination": "Bellerive"}
    valeurs = {"contrat": {**PROPRES, "date_effet": effet}, "employeur": employeur}
    enregistrer_avenant(dossier_id=dossier.id, valeurs=valeurs, par=aline(), maintenant=PENDANT)
    joindre(dossier, "avenant_signe", le=PENDANT)
    transmettre_avenant(dossier_id=dossier.id, par=aline(), maintenant=PENDANT)
    return relire(dossier)


def accepter(dossier: Dossier, par: Acteur | None = None) -> Dossier:
    accepter_avenant(dossier_id=dossier.id, par=par or emma(), maintenant=PENDANT + timedelta(days=1))
    return relire(dossier)


def voit(dossier: Dossier, acteur: Acteur) -> bool:
    try:
        dossier_accessible(dossier.id, acteur)
    except Introuvable:
        return False
    return True


def test_avant_la_decision_rien_ne_bouge() -> None:
    dossier = transmis()
    assert [voit(dossier, a) for a in (aline(), emma(), driss(), LOUISE, HUGO)] == [True, True, True, False, False]
    apercu = apercu_d_avenant(dossier, Avenant.objects.tous("essai").get(), PENDANT)
    assert apercu.autre_employeur == f"Bellerive (SIREN {AUTRE_SIREN})"
    assert apercu.du == apercu.prevu


def test_a_la_decision_le_contrat_et_son_accord_changent_de_mains() -> None:
    avant = accorde()
    argent, version = total(avant), Engagement.objects.tous("essai").get().version
    dossier = accepter(transmis(avant))
    assert (dossier.siren, dossier.siret, dossier.denomination) == (AUTRE_SIREN, AUTRE_SIRET, "Bellerive")
    assert [voit(dossier, a) for a in (aline(), emma(), driss(), LOUISE, HUGO)] == [False, False, True, True, True]
    engagement = Engagement.objects.tous("essai").get()
    assert engagement.portee == dossier.portee
    assert (engagement_de(dossier, LOUISE), engagement_de(dossier, aline())) == (engagement, None)
    assert total(dossier) == argent, "not a cent is made"
    assert (engagement.version, engagement.edition) == (version + 1, None), "typeset again with its new party"
    assert (dossier.instructeur_id, dossier.cree_par_nom) == (None, "")


def test_ce_qui_etait_a_l_ancienne_entreprise_n_est_pas_lu_par_la_nouvelle() -> None:
    dossier = accorde()
    secret = "Notre trésorerie est au plus mal"
    ecrire_message(dossier_id=dossier.id, corps=secret, par=aline(), maintenant=PENDANT)
    assert [p.code for p in pieces_de(dossier, aline())]
    dossier = accepter(transmis(dossier))
    assert dossier.reponses["employeur"]["valeurs"]["denomination"] == "Bellerive"
    assert messages_de(dossier, LOUISE) == []
    assert pieces_de(dossier, LOUISE) == []
    assert decision_de(dossier, LOUISE) is None
    codes = [ligne.code for ligne in historique_de(dossier, LOUISE)]
    assert "contrat.repris" in codes
    assert not {"dossier.transmis", "contrat.cede", "avenant.transmis"} & set(codes)
    assert [(a.avenant.code, a.avenant.etat) for a in avenants_de(dossier, LOUISE)] == [("31", "accepte")]
    assert secret not in str([vars(m) for m in messages_de(dossier, driss())])
    assert [m.corps for m in echanges_d_avant(dossier, HUGO)] == [secret]
    assert (echanges_d_avant(dossier, LOUISE), echanges_d_avant(dossier, driss())) == ([], [])
    assert [p.code for p in pieces_de(dossier, HUGO)], "the OPCO reads them all, whoever follows it"
    assert pieces_de(dossier, emma()) == []


def test_le_journal_le_dit_aux_deux_et_l_ancienne_garde_la_trace() -> None:
    dossier = accepter(transmis())
    evenements = Evenement.objects.tous("essai").filter(code__in=["contrat.cede", "contrat.repris"])
    assert {(e.code, e.siren, e.prestataire_siren, e.details["employeur"]) for e in evenements} == {
        ("contrat.cede", SIREN, "", "Bellerive"),
        ("contrat.repris", AUTRE_SIREN, "", "Hôtel du Lac"),
    }
    (trace,) = transferts_sortis(aline(), SIREN)
    assert (trace.numero, trace.titre, trace.vers_siren) == (dossier.numero, dossier.titre, AUTRE_SIREN)
    assert transferts_sortis(LOUISE, AUTRE_SIREN) == transferts_sortis(LOUISE, SIREN) == []
    assert [t.denomination for t in transferts_de(dossier, LOUISE)] == ["Hôtel du Lac"]
    assert transferts_de(dossier, driss()) == []
    with pytest.raises(Exception, match="transfert_fige"):
        Transfert.objects.tous("essai").update(vers_siren=SIREN)


def test_qui_ne_tient_qu_un_autre_etablissement_n_en_voit_pas_la_trace() -> None:
    accepter(transmis())
    ailleurs = FauxActeur({Domaine.ALTERNANCE: (Niveau.GESTION, Perimetre(sirets=frozenset({f"{SIREN}00099"})))})
    ici = FauxActeur({Domaine.ALTERNANCE: (Niveau.LECTURE, Perimetre(sirets=frozenset({SIRET})))})
    assert [len(transferts_sortis(a, SIREN)) for a in (ailleurs, ici)] == [0, 1]


def test_chaque_entreprise_recoit_son_courriel() -> None:
    rattacher(personne("Aline", "Lac"), SIREN)
    rattacher(personne("Louise", "Belle"), AUTRE_SIREN)
    accepter(transmis())
    envois = {
        c.genre: c for c in Courriel.objects.filter(genre__in=["contrats.cede", "contrats.repris", "contrats.avenant_decide"])
    }
    assert set(envois) == {"contrats.cede", "contrats.repris"}
    cede = envois["contrats.cede"]
    message = ContratCede.charger(cede.objet_id, Destinataire("", cede.destinataire_id))
    assert message is not None
    assert message.autorise()
    assert message.contexte()["chemin"] == f"/e/{SIREN}/contrats-transferes/"
    autre = ContratCede.charger(cede.objet_id, Destinataire("", envois["contrats.repris"].destinataire_id))
    assert autre is not None
    assert not autre.autorise()


def facture(dossier: Dossier) -> Facture:
    """An invoice of the CFA, sent before."""
    engagement = Engagement.objects.tous("essai").get(dossier=dossier)
    echeance = engagement.echeances.get(numero=1)
    ligne = Facture(
        engagement=engagement, echeance=echeance, dossier_numero=engagement.numero, genre="facture", emetteur_siren=SIREN_OF,
        emetteur_siret=f"{SIREN_OF}00069", numero="F1", numero_normalise="f1", date_emission=date(2027, 3, 1),
        montant_ht=Decimal("100.00"), taux_tva=0, montant_tva=0, montant_ttc=Decimal("100.00"), montant_a_payer=Decimal("100.00"),
        document=document(), beneficiaire_profil="prestataire", beneficiaire_siren=SIREN_OF, deposee_le=PENDANT, etat_depuis=PENDANT,
    ).porter(engagement.portee)  # fmt: skip
    ligne.domaine = "factures"
    ligne.save(force_insert=True)
    return ligne


def test_une_facture_envoyee_reste_a_qui_l_a_envoyee() -> None:
    dossier = accorde()
    envoyee = facture(dossier)
    accepter(transmis(dossier))
    vues = [Facture.objects.visibles_par(a).filter(pk=envoyee.pk).exists() for a in (aline(), driss(), LOUISE)]
    assert vues == [True, True, False]
    annuler_facture(facture_id=envoyee.pk, par=driss(), maintenant=PENDANT)


REFUS: list[tuple[dict[str, Any], str]] = [
    ({"adherent_depuis": None}, "n’adhère pas"),
    ({"adherent_depuis": date(2027, 6, 1)}, "n’adhère pas"),
    ({"etat": "C"}, "fermé"),
    ({"suspendue_le": PENDANT}, "coupé"),
]


@pytest.mark.parametrize(("changements", "mot"), REFUS)
def test_une_entreprise_qui_ne_peut_pas_le_reprendre_est_refusee_deux_fois(changements: dict[str, Any], mot: str) -> None:
    dossier = transmis()
    Organisation.objects.filter(siren=AUTRE_SIREN).update(**changements)
    with pytest.raises(TransitionImpossible, match=mot):
        accepter(dossier)
    with pytest.raises(SaisiesRefusees) as refus:
        transmis()
    assert mot in refus.value.champs["employeur.siret"]
    assert relire(dossier).siren == SIREN
    assert not Transfert.objects.tous("essai").exists()


def test_une_entreprise_inconnue_est_refusee() -> None:
    Etablissement.objects.filter(siret=AUTRE_SIRET).delete()
    with pytest.raises(SaisiesRefusees) as refus:
        transmis()
    assert "registre" in refus.value.champs["employeur.siret"]


def test_les_droits_attendent_le_jour_d_effet() -> None:
    dossier = transmis(effet="20/03/2027")
    with pytest.raises(TransitionImpossible, match="20/03/2027"):
        accepter(dossier)
    assert relire(dossier).siren == SIREN


def test_dans_la_meme_entreprise_l_accord_suit_l_etablissement_sans_transfert() -> None:
    autre = f"{SIREN}00021"
    Etablissement.objects.create(siret=autre, code_postal="73000", commune="Chambéry")
    dossier = accepter(transmis(siret=autre))
    engagement = Engagement.objects.tous("essai").get()
    assert (dossier.siret, engagement.siret, engagement.version) == (autre, autre, 2)
    assert not Transfert.objects.tous("essai").exists()
    assert messages_de(dossier, aline()) == []
    assert voit(dossier, aline())
    assert dossier.portefeuille_id == PORTEFEUILLE
