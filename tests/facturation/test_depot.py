"""Sending an invoice: rights of each side, the grant, the number, the files, withdrawing."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from jalon.courriers.models import Courriel
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.facturation.actions import Fichier, annuler_facture
from jalon.facturation.enums import EtatFacture, GenreFacture, MotifRejet
from jalon.facturation.models import CertificatRealisation, Facture
from jalon.facturation.requetes import (
    a_facturer,
    a_faire,
    certificat_de,
    documents_de,
    engagement_a_facturer,
    facture_accessible,
    historique_de,
    parts_a_facturer,
)
from jalon.facturation.suites import refuser_si_facture
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.pieces.inspection.motifs import Motif
from jalon.pieces.models import Document
from jalon.pieces.regles import PHRASES
from jalon.pieces.requetes import lire_document
from jalon.socle.acteurs import Domaine, Niveau, Perimetre
from jalon.socle.baremes import ModePaiement
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisiesRefusees, TransitionImpossible
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco, acteur_prestataire
from tests.banque.outils import MAINTENANT, PORTEFEUILLE, SIREN, SIREN_PRESTATAIRE
from tests.facturation.outils import (
    AUJOURDHUI,
    DEBUT,
    PEDAGOGIE,
    SALAIRES,
    SIRET,
    SIRET_PRESTATAIRE,
    accorder,
    deposer,
    entreprise,
    fichier,
    gestionnaire,
    organisme,
    relire,
    saisie_certificat,
    saisie_facture,
)
from tests.pieces.corpus_facturx import facturx
from tests.pieces.fabrique import pdf

pytestmark = pytest.mark.django_db


def nombre() -> int:
    return Facture.objects.tous("essai").count()


def test_l_organisme_transmet_sa_facture_et_le_dossier_le_sait() -> None:
    engagement = accorder()
    facture = deposer(engagement, saisie_facture("600.00", numero=" F 2026  7 "))
    assert (facture.numero, facture.etat, facture.genre) == ("F 2026 7", "transmise", "facture")
    assert (facture.emetteur_siren, facture.emetteur_siret) == (SIREN_PRESTATAIRE, SIRET_PRESTATAIRE)
    assert (facture.beneficiaire_profil, facture.beneficiaire_siren) == ("prestataire", SIREN_PRESTATAIRE)
    assert (facture.montant_tva, facture.montant_ttc, facture.montant_a_payer) == (
        Decimal("120.00"),
        Decimal("720.00"),
        Decimal("720.00"),
    )
    assert facture.portee.domaine == Domaine.FACTURES
    assert (facture.siren, facture.siret, facture.prestataire_siren) == (SIREN, SIRET, SIREN_PRESTATAIRE)
    certificat = certificat_de(facture)
    assert certificat is not None
    assert certificat.heures_realisees == Decimal("42.00")
    assert set(documents_de(facture)) == {"facture", "certificat"}
    assert relire(engagement.dossier_id).montant_facture == Decimal("720.00")
    assert [ligne.phrase for ligne in historique_de(facture)] == ["Facture F 2026 7 transmise par Aline Essai"]


def test_en_remboursement_l_entreprise_demande_le_ht_avec_la_facture_de_l_organisme() -> None:
    engagement = accorder(mode=ModePaiement.REMBOURSEMENT)
    facture = deposer(engagement, saisie_facture("1500.00", a_payer="1000.00"), par=entreprise())
    assert facture.montant_a_payer == Decimal("1000.00")
    assert (facture.emetteur_siren, facture.beneficiaire_siren) == (SIREN_PRESTATAIRE, SIREN)
    assert facture.beneficiaire_nom == "Bellerive Restauration"


def test_en_subrogation_les_salaires_vont_a_l_entreprise_et_jamais_a_l_organisme() -> None:
    engagement = accorder(lignes=[PEDAGOGIE, SALAIRES])
    with pytest.raises(SaisiesRefusees, match=r"Il reste 1\s200,00\s€ à facturer"):
        deposer(engagement, saisie_facture("1300.00", taux="0"))
    deposer(engagement)
    depenses = deposer(engagement, saisie_facture("300.00", taux="0"), par=entreprise(), genre=GenreFacture.ETAT_DEPENSES)
    assert (depenses.emetteur_siren, depenses.beneficiaire_profil) == (SIREN, "adherent")
    assert relire(engagement.dossier_id).montant_facture == engagement.montant_a_payer == Decimal("1500.00")
    with pytest.raises(DroitManquant):
        deposer(engagement, saisie_facture("1.00"), genre=GenreFacture.ETAT_DEPENSES)


def test_une_formation_interne_se_justifie_par_l_etat_des_depenses_seul() -> None:
    engagement = accorder(
        mode=ModePaiement.REMBOURSEMENT, lignes=[("pedagogie", "500.00", False), SALAIRES], prestataire="", taux_tva="0"
    )
    depenses = deposer(engagement, saisie_facture("800.00", taux="0"), par=entreprise(), genre=GenreFacture.ETAT_DEPENSES)
    assert depenses.montant_a_payer == Decimal("800.00")
    with pytest.raises(SaisiesRefusees, match="ne prévoit rien"):
        deposer(engagement, saisie_facture("1.00", taux="0"), par=entreprise())


@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [
        (acteur_prestataire(SIREN_PRESTATAIRE, Niveau.SAISIE), DroitManquant),
        (entreprise(), DroitManquant),
        (gestionnaire(), DroitManquant),
        (FauxActeur({Domaine.PLAN: (Niveau.GESTION, Perimetre(prestataires=frozenset({SIREN_PRESTATAIRE})))}), DroitManquant),
        (acteur_prestataire("552100554"), Introuvable),
        (acteur_opco(PORTEFEUILLE.__class__(int=7)), Introuvable),
        (ActeurSysteme("essai"), Introuvable),
    ],
    ids=["saisie", "autre-cote", "opco", "autre-domaine", "etranger", "autre-portefeuille", "systeme"],
)
def test_seul_qui_envoie_les_factures_du_cote_paye_transmet(acteur: FauxActeur, erreur: type[Exception]) -> None:
    engagement = accorder()
    with pytest.raises(erreur):
        deposer(engagement, par=acteur)
    assert nombre() == 0


def test_l_organisme_ne_demande_pas_le_remboursement_de_l_entreprise() -> None:
    with pytest.raises(DroitManquant):
        deposer(accorder(mode=ModePaiement.REMBOURSEMENT))


def test_un_droit_sur_un_siret_suffit_pour_ses_dossiers() -> None:
    engagement = accorder(mode=ModePaiement.REMBOURSEMENT)
    ici = FauxActeur({Domaine.FACTURES: (Niveau.ENVOI, Perimetre(sirets=frozenset({SIRET})))})
    ailleurs = FauxActeur({Domaine.FACTURES: (Niveau.ENVOI, Perimetre(sirets=frozenset({f"{SIREN}00028"})))})
    with pytest.raises(Introuvable):
        deposer(engagement, par=ailleurs)
    assert deposer(engagement, par=ici).etat == EtatFacture.TRANSMISE


def test_le_total_des_factures_ne_depasse_jamais_l_accord() -> None:
    engagement = accorder()
    deposer(engagement, saisie_facture("400.00"))
    deposer(engagement, saisie_facture("600.00"))
    with pytest.raises(SaisiesRefusees) as refus:
        deposer(engagement, saisie_facture("0.01", taux="0"))
    assert set(refus.value.champs) == {"montant_ht"}
    assert nombre() == 2


def test_un_taux_de_tva_plus_faible_ne_permet_pas_de_facturer_plus_de_ht() -> None:
    with pytest.raises(SaisiesRefusees, match="HT à facturer"):
        deposer(accorder(), saisie_facture("1200.00", taux="0"))


def test_un_numero_ne_se_presente_qu_une_fois_par_organisme() -> None:
    premier, second = accorder(), accorder()
    deposer(premier, saisie_facture(numero="F-2026/012"))
    with pytest.raises(SaisiesRefusees, match="déjà été transmis") as refus:
        deposer(second, saisie_facture(numero="f 2026 012"))
    assert set(refus.value.champs) == {"numero"}
    autre = accorder(prestataire="552100554")
    assert deposer(autre, saisie_facture(numero="F-2026/012"), par=acteur_prestataire("552100554")).numero == "F-2026/012"


def test_la_base_refuse_un_numero_deja_presente() -> None:
    facture = deposer(accorder())
    copie = Facture.objects.tous("essai").get(pk=facture.pk)
    copie.pk = copie.id = Facture._meta.get_field("id").get_default()
    copie._state.adding = True
    with pytest.raises(IntegrityError, match="facture_numero_une_fois"), transaction.atomic():
        copie.save(force_insert=True)


def test_tout_ce_qui_est_mal_saisi_est_dit_d_un_coup_et_rien_n_est_garde() -> None:
    engagement = accorder()
    with pytest.raises(SaisiesRefusees) as refus:
        deposer(engagement, saisie_facture(numero=" ", ttc="3.00"), certificat=saisie_certificat(lieu="", conservation=False))
    assert set(refus.value.champs) == {"numero", "montant_ttc", "lieu", "conservation"}
    assert nombre() == 0


@pytest.mark.parametrize("etat", [EtatDossier.ANNULE, EtatDossier.SOLDE, EtatDossier.REFUSE])
def test_un_dossier_ferme_ne_se_facture_plus(etat: EtatDossier) -> None:
    with pytest.raises(TransitionImpossible, match="n’est plus à facturer"):
        deposer(accorder(etat=etat))


def test_un_dossier_deja_facture_ne_s_annule_plus() -> None:
    engagement = accorder()
    dossier = relire(engagement.dossier_id)
    refuser_si_facture(dossier, entreprise(), MAINTENANT)
    facture = deposer(engagement)
    with pytest.raises(TransitionImpossible, match="ne s’annule plus"):
        refuser_si_facture(dossier, entreprise(), MAINTENANT)
    annuler_facture(facture_id=facture.pk, par=organisme(), maintenant=MAINTENANT)
    refuser_si_facture(dossier, entreprise(), MAINTENANT)


def test_l_emetteur_annule_puis_renvoie_sous_le_meme_numero() -> None:
    engagement = accorder()
    premiere = deposer(engagement, saisie_facture(numero="F-1"))
    annulee = annuler_facture(facture_id=premiere.pk, par=organisme(), maintenant=MAINTENANT)
    assert (annulee.etat, annulee.motif_rejet) == ("rejetee", MotifRejet.ANNULEE_EMETTEUR)
    assert relire(engagement.dossier_id).montant_facture == Decimal("0.00")
    seconde = deposer(engagement, saisie_facture(numero="F-1"))
    assert seconde.pk != premiere.pk
    with pytest.raises(TransitionImpossible):
        annuler_facture(facture_id=premiere.pk, par=organisme(), maintenant=MAINTENANT)


@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [
        (acteur_prestataire(SIREN_PRESTATAIRE, Niveau.SAISIE), DroitManquant),
        (entreprise(), DroitManquant),
        (gestionnaire(), DroitManquant),
        (acteur_prestataire("552100554"), Introuvable),
    ],
)
def test_un_autre_que_l_emetteur_n_annule_pas(acteur: FauxActeur, erreur: type[Exception]) -> None:
    facture = deposer(accorder())
    with pytest.raises(erreur):
        annuler_facture(facture_id=facture.pk, par=acteur, maintenant=MAINTENANT)


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [("montant_a_payer", 1), ("montant_ht", 1), ("numero", "X"), ("beneficiaire_siren", SIREN), ("siren", "552100554")],
)
def test_la_base_refuse_de_modifier_une_facture(champ: str, valeur: object) -> None:
    facture = deposer(accorder())
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Facture.objects.tous("essai").filter(pk=facture.pk).update(**{champ: valeur})


def test_la_base_refuse_de_supprimer_une_facture_ou_de_toucher_au_certificat() -> None:
    facture = deposer(accorder())
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("DELETE FROM facturation_facture WHERE id = %s", [facture.pk])
    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        CertificatRealisation.objects.tous("essai").filter(facture=facture).update(heures_realisees=1)


def test_de_vrais_fichiers_passent_par_le_controle_des_pieces(documents_reels: None) -> None:
    facture = deposer(accorder(), fichier_facture=fichier("f.pdf", pdf()), fichier_certificat=fichier("c.pdf", pdf()))
    assert lire_document(documents_de(facture)["certificat"])
    deposes = set(Document.objects.de_proprietaire([facture.document_id], "essai").values_list("depose_le", flat=True))
    assert deposes == {MAINTENANT}


def test_les_deux_fichiers_refuses_le_sont_d_un_coup_et_rien_n_est_garde(documents_reels: None) -> None:
    engagement = accorder()
    with pytest.raises(SaisiesRefusees) as refus:
        deposer(
            engagement,
            fichier_facture=Fichier("f.pdf", io.BytesIO(b"pas un pdf")),
            fichier_certificat=Fichier("c.exe", io.BytesIO(b"MZ")),
        )
    assert set(refus.value.champs) == {"facture", "certificat"}
    assert nombre() == 0


def test_la_facture_seule_peut_etre_une_factur_x(documents_reels: None) -> None:
    octets = facturx()
    engagement = accorder(lignes=[PEDAGOGIE, SALAIRES])
    facture = deposer(
        engagement, saisie_facture("100.00"), fichier_facture=fichier("f.pdf", octets), fichier_certificat=fichier("c.pdf", pdf())
    )
    assert facture.etat == EtatFacture.TRANSMISE
    assert lire_document(documents_de(facture)["facture"]) == octets
    with pytest.raises(SaisiesRefusees) as refus:
        deposer(
            engagement, saisie_facture("1.00", numero="F-2"),
            fichier_facture=fichier("f.pdf", facturx()), fichier_certificat=fichier("c.pdf", facturx()),
        )  # fmt: skip
    assert refus.value.champs == {"certificat": PHRASES[Motif.FICHIERS_JOINTS]}
    with pytest.raises(SaisiesRefusees) as refus:
        deposer(
            engagement, saisie_facture("300.00", taux="0", numero="D-1"), par=entreprise(), genre=GenreFacture.ETAT_DEPENSES,
            fichier_facture=fichier("d.pdf", facturx()), fichier_certificat=fichier("c.pdf", pdf()),
        )  # fmt: skip
    assert refus.value.champs == {"facture": PHRASES[Motif.FICHIERS_JOINTS]}


def test_ce_qui_reste_a_facturer_suit_le_cote_et_les_droits() -> None:
    engagement = accorder(lignes=[PEDAGOGIE, SALAIRES])
    assert [(r.genre, r.reste) for r in a_facturer(organisme(), SIREN_PRESTATAIRE, AUJOURDHUI)] == [
        (GenreFacture.FACTURE, Decimal("1200.00"))
    ]
    assert [(r.genre, r.reste) for r in a_facturer(entreprise(), SIREN, AUJOURDHUI)] == [
        (GenreFacture.ETAT_DEPENSES, Decimal("300.00"))
    ]
    deposer(engagement, saisie_facture("400.00"))
    assert [r.reste for r in a_facturer(organisme(), None, AUJOURDHUI)] == [Decimal("720.00")]
    assert a_facturer(acteur_prestataire(SIREN_PRESTATAIRE, Niveau.SAISIE), None, AUJOURDHUI) == []
    assert a_facturer(gestionnaire(), None, AUJOURDHUI) == []
    assert a_facturer(organisme(), None, DEBUT - timedelta(days=1)) == []
    deposer(engagement, saisie_facture("600.00"))
    assert a_facturer(organisme(), None, AUJOURDHUI) == []
    assert [r.genre for r in parts_a_facturer(engagement, entreprise(), SIREN, AUJOURDHUI)] == [GenreFacture.ETAT_DEPENSES]


def test_les_taches_de_chaque_cote() -> None:
    engagement = accorder()
    tache = a_faire(organisme(), SIREN_PRESTATAIRE, AUJOURDHUI)[0]
    assert tache.nom_url == "espace_facture_nouvelle"
    assert dict(tache.parametres)["engagement_id"] == str(engagement.pk)
    assert a_faire(organisme(), SIREN_PRESTATAIRE, date(2026, 10, 13)) == []
    assert a_faire(gestionnaire(), None, AUJOURDHUI) == []
    facture = deposer(engagement)
    assert dict(a_faire(gestionnaire(), None, AUJOURDHUI)[0].parametres) == {"facture_id": str(facture.pk)}
    assert a_faire(acteur_opco(PORTEFEUILLE), None, AUJOURDHUI) == []


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_d_accords(django_assert_num_queries: object) -> None:
    for _ in range(4):
        accorder()
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert len(a_facturer(organisme(), None, AUJOURDHUI)) == 4


def test_l_accord_se_facture_du_cote_qui_est_paye() -> None:
    engagement = accorder(lignes=[PEDAGOGIE, SALAIRES])
    for genre, qui, autre in (
        (GenreFacture.FACTURE, organisme(), entreprise()),
        (GenreFacture.ETAT_DEPENSES, entreprise(), organisme()),
    ):
        assert engagement_a_facturer(engagement.pk, genre, qui).pk == engagement.pk
        with pytest.raises(DroitManquant):
            engagement_a_facturer(engagement.pk, genre, autre)
        with pytest.raises(Introuvable):
            engagement_a_facturer(engagement.pk, genre, acteur_prestataire("552100554"))
    with pytest.raises(DroitManquant):
        engagement_a_facturer(engagement.pk, GenreFacture.FACTURE, acteur_prestataire(SIREN_PRESTATAIRE, Niveau.SAISIE))


def test_l_etat_de_depenses_de_l_employeur_ne_se_montre_pas_a_l_organisme() -> None:
    engagement = accorder(lignes=[PEDAGOGIE, SALAIRES])
    facture = deposer(engagement)
    etat = deposer(engagement, saisie_facture("300.00", taux="0"), genre=GenreFacture.ETAT_DEPENSES, par=entreprise())
    assert etat.prestataire_siren == ""
    certificat = certificat_de(etat)
    assert certificat is not None
    assert certificat.prestataire_siren == ""
    assert facture_accessible(facture.pk, organisme()).pk == facture.pk
    with pytest.raises(Introuvable):
        facture_accessible(etat.pk, organisme())
    for acteur in (entreprise(), gestionnaire()):
        assert facture_accessible(etat.pk, acteur).pk == etat.pk


def test_une_facture_est_vue_des_deux_cotes_et_de_l_opco_et_de_personne_d_autre() -> None:
    facture = deposer(accorder())
    for acteur in (organisme(), entreprise(), gestionnaire(), acteur_opco(PORTEFEUILLE)):
        assert facture_accessible(facture.pk, acteur).pk == facture.pk
    sans_factures = FauxActeur({Domaine.PLAN: (Niveau.GESTION, Perimetre(sirens=frozenset({SIREN})))})
    for acteur in (acteur_entreprise("552100554"), acteur_prestataire(SIREN), sans_factures, ActeurSysteme("x")):
        with pytest.raises(Introuvable):
            facture_accessible(facture.pk, acteur)


def test_transmettre_n_envoie_pas_de_courriel() -> None:
    deposer(accorder())
    assert not Courriel.objects.filter(genre__startswith="facturation").exists()
    assert Dossier.objects.tous("essai").count() == 1
