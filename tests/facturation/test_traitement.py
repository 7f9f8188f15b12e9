"""Accepting, rejecting, the frozen account; lists."""

import email
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from jalon.banque.actions import geler_coordonnees
from jalon.courriers.actions import envoyer_courriel
from jalon.courriers.models import Courriel
from jalon.facturation.actions import accepter_facture, actualiser_coordonnees, annuler_facture, rejeter_facture
from jalon.facturation.enums import EtatFacture, MotifRejet
from jalon.facturation.models import Facture
from jalon.facturation.requetes import (
    FiltreFactures,
    comptes_par_etat,
    doublons_possibles,
    ecarts_de,
    historique_de,
    liste_factures,
)
from jalon.habilitations.models import DroitAccorde
from jalon.pieces.enums import EtatDocument
from jalon.pieces.models import Document
from jalon.socle.acteurs import Pouvoir, Profil
from jalon.socle.chiffre import dechiffrer
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco, acteur_prestataire
from tests.banque.outils import (
    DELAI,
    IBANS,
    JOUR,
    MAINTENANT,
    PORTEFEUILLE,
    SIREN,
    SIREN_PRESTATAIRE,
    administrer,
    ajouter,
    personne,
)
from tests.facturation.outils import (
    accorder,
    deposer,
    deposer_et_accepter,
    entreprise,
    fichier,
    gestionnaire,
    organisme,
    relire,
    saisie_certificat,
    saisie_facture,
)

pytestmark = pytest.mark.django_db


def rib(iban: str = IBANS[1], *, le: object = MAINTENANT - 30 * JOUR) -> object:
    return ajouter(iban, siren=SIREN_PRESTATAIRE, profil=Profil.PRESTATAIRE, le=le)  # type: ignore[arg-type]


def accepter(facture: Facture, par: FauxActeur | None = None, note: str = "") -> Facture:
    return accepter_facture(facture_id=facture.pk, par=par or gestionnaire(), maintenant=MAINTENANT, service_fait=note)


def test_l_acceptation_fige_le_compte_du_beneficiaire_chiffre_pour_la_facture() -> None:
    compte = rib()
    facture = accepter(deposer(accorder()))
    assert (facture.etat, facture.coordonnees_id) == ("acceptee", compte.pk)  # type: ignore[attr-defined]
    assert (facture.titulaire, facture.bic) == ("Bellerive Restauration", compte.bic)  # type: ignore[attr-defined]
    assert dechiffrer(facture.iban_chiffre, facture.pk) == IBANS[1]
    assert facture.iban_chiffre != compte.iban_chiffre  # type: ignore[attr-defined]
    assert historique_de(facture)[0].phrase.startswith(f"Facture {facture.numero} acceptée par")


def test_un_compte_dans_ses_72_heures_est_fige_et_attend() -> None:
    compte = rib(le=MAINTENANT)
    assert accepter(deposer(accorder())).coordonnees_id == compte.pk  # type: ignore[attr-defined]


def test_le_compte_actif_est_fige_plutot_que_celui_qui_attend() -> None:
    actif = rib()
    rib(IBANS[2], le=MAINTENANT)
    assert accepter(deposer(accorder())).coordonnees_id == actif.pk  # type: ignore[attr-defined]


def test_sans_compte_la_facture_est_acceptee_et_le_beneficiaire_prevenu(monkeypatch: pytest.MonkeyPatch) -> None:
    driss = personne("driss@exemple.fr")
    administrer(driss, SIREN_PRESTATAIRE, Profil.PRESTATAIRE)
    facture = accepter(deposer(accorder(), par=organisme(id=driss.id)))
    assert facture.coordonnees_id is None
    texte = envoyer("facturation.compte_manquant")
    assert "n’a pas encore de coordonnées bancaires" in texte
    assert f"/e/{SIREN_PRESTATAIRE}/coordonnees-bancaires/" in texte


def test_la_base_refuse_de_payer_une_facture_sans_compte() -> None:
    facture = accepter(deposer(accorder()))
    with pytest.raises(IntegrityError, match="facture_compte_si_payee"), transaction.atomic():
        Facture.objects.tous("essai").filter(pk=facture.pk).update(etat=EtatFacture.EN_PAIEMENT)


@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [
        (acteur_opco(PORTEFEUILLE, Pouvoir.DECIDER, Pouvoir.PREPARER_LOTS), DroitManquant),
        (organisme(), DroitManquant),
        (entreprise(), DroitManquant),
        (acteur_entreprise("552100554"), Introuvable),
        (acteur_opco(PORTEFEUILLE.__class__(int=7), Pouvoir.TRAITER_FACTURES), Introuvable),
    ],
)
def test_seul_le_gestionnaire_accepte_ou_rejette(acteur: FauxActeur, erreur: type[Exception]) -> None:
    facture = deposer(accorder())
    with pytest.raises(erreur):
        accepter(facture, acteur)
    with pytest.raises(erreur):
        rejeter_facture(facture_id=facture.pk, motif=MotifRejet.MONTANT, texte="Non", par=acteur, maintenant=MAINTENANT)


def test_un_ecart_ou_un_doublon_demande_une_note() -> None:
    facture = deposer(accorder(), certificat=saisie_certificat(nombre_stagiaires=1))
    assert ecarts_de(facture) == ["1 stagiaires présents, 2 accordés"]
    with pytest.raises(SaisieRefusee, match="Indiquez pourquoi vous acceptez") as refus:
        accepter(facture, note="  ")
    assert refus.value.champ == "service_fait"
    assert accepter(facture, note="Un absent excusé").service_fait == "Un absent excusé"


def test_la_meme_facture_presentee_deux_fois_est_signalee() -> None:
    premiere = deposer(accorder(), fichier_facture=fichier("f.pdf", b"les memes octets"))
    meme_fichier = deposer(accorder(), saisie_facture("12.00"), fichier_facture=fichier("g.pdf", b"les memes octets"))
    memes_montants = deposer(accorder(), saisie_facture("1000.00"))
    certificat = b"le meme certificat"
    un = deposer(accorder(), saisie_facture("13.00"), fichier_certificat=fichier("c.pdf", certificat))
    deux = deposer(accorder(), saisie_facture("14.00"), fichier_certificat=fichier("c.pdf", certificat))
    assert doublons_possibles(meme_fichier) == [premiere]
    assert doublons_possibles(memes_montants) == [premiere]
    assert doublons_possibles(deux) == [un]
    annuler_facture(facture_id=premiere.pk, par=organisme(), maintenant=MAINTENANT)
    assert doublons_possibles(meme_fichier) == []


def test_un_document_non_analyse_bloque_l_acceptation() -> None:
    facture = deposer(accorder())
    Document.objects.de_proprietaire([facture.document_id], "essai").update(etat=EtatDocument.EN_ATTENTE.value)
    with pytest.raises(TransitionImpossible, match="antivirus"):
        accepter(facture)


def test_une_facture_traitee_ne_l_est_pas_deux_fois() -> None:
    facture = accepter(deposer(accorder()))
    with pytest.raises(TransitionImpossible):
        accepter(facture)
    with pytest.raises(TransitionImpossible, match="déjà traitée"):
        annuler_facture(facture_id=facture.pk, par=organisme(), maintenant=MAINTENANT)


def test_un_rejet_rend_le_montant_previent_et_permet_de_renvoyer() -> None:
    driss = personne("driss@exemple.fr")
    administrer(driss, SIREN_PRESTATAIRE, Profil.PRESTATAIRE)
    engagement = accorder()
    facture = deposer(engagement, saisie_facture(numero="F-9"), par=organisme(id=driss.id))
    rejetee = rejeter_facture(
        facture_id=facture.pk, motif=MotifRejet.MENTIONS, texte=" Il manque le NDA ", par=gestionnaire(), maintenant=MAINTENANT
    )
    assert (rejetee.etat, rejetee.motif_rejet, rejetee.texte_rejet) == ("rejetee", "mentions", "Il manque le NDA")
    assert relire(engagement.dossier_id).montant_facture == Decimal("0.00")
    texte = envoyer("facturation.rejetee")
    assert "mentions obligatoires absentes" in texte
    assert "1 200" not in texte
    assert deposer(engagement, saisie_facture(numero="F-9")).etat == "transmise"


def test_les_refus_du_rejet() -> None:
    facture = deposer(accorder())
    for motif, texte in ((MotifRejet.MONTANT, "  "), (MotifRejet.ANNULEE_EMETTEUR, "Non")):
        with pytest.raises(SaisieRefusee):
            rejeter_facture(facture_id=facture.pk, motif=motif, texte=texte, par=gestionnaire(), maintenant=MAINTENANT)
    rejeter_facture(facture_id=facture.pk, motif=MotifRejet.AUTRE, texte="Non", par=gestionnaire(), maintenant=MAINTENANT)
    with pytest.raises(TransitionImpossible):
        rejeter_facture(facture_id=facture.pk, motif=MotifRejet.AUTRE, texte="Non", par=gestionnaire(), maintenant=MAINTENANT)


def test_une_facture_acceptee_peut_encore_etre_rejetee_avant_le_lot() -> None:
    facture = accepter(deposer(accorder()))
    rejetee = rejeter_facture(
        facture_id=facture.pk, motif=MotifRejet.DOUBLON, texte="Déjà reçue", par=gestionnaire(), maintenant=MAINTENANT
    )
    assert rejetee.etat == "rejetee"


def test_le_courriel_ne_part_pas_a_qui_n_a_plus_le_droit() -> None:
    driss = personne("driss@exemple.fr")
    administrer(driss, SIREN_PRESTATAIRE, Profil.PRESTATAIRE)
    facture = deposer(accorder(), par=organisme(id=driss.id))
    rejeter_facture(facture_id=facture.pk, motif=MotifRejet.AUTRE, texte="Non", par=gestionnaire(), maintenant=MAINTENANT)
    DroitAccorde.objects.update(revoque_le=MAINTENANT - JOUR)
    assert envoyer("facturation.rejetee") == ""


def test_sans_personne_pour_auteur_les_administrateurs_sont_prevenus() -> None:
    administrer(personne("driss@exemple.fr"), SIREN_PRESTATAIRE, Profil.PRESTATAIRE)
    facture = deposer(accorder())
    rejeter_facture(facture_id=facture.pk, motif=MotifRejet.AUTRE, texte="Non", par=gestionnaire(), maintenant=MAINTENANT)
    assert [c.adresse for c in Courriel.objects.filter(genre="facturation.rejetee")] == ["driss@exemple.fr"]


def envoyer(genre: str) -> str:
    courriel = Courriel.objects.get(genre=genre)
    envoyer_courriel(courriel_id=courriel.id, maintenant=MAINTENANT)
    chemin = Path(settings.JALON_DOSSIER_COURRIELS) / f"{courriel.id}.eml"
    if not chemin.exists():
        return ""
    message = email.message_from_bytes(chemin.read_bytes(), policy=email.policy.default)
    corps = [message.get_body(preferencelist=(sorte,)) for sorte in ("plain", "html")]
    return "\n".join([str(message["subject"]), *(c.get_content() for c in corps if c is not None)])


def test_un_compte_gele_ou_absent_s_actualise_sur_la_facture_acceptee() -> None:
    ancien = rib()
    facture = accepter(deposer(accorder()))

    def actualiser(le: object, par: FauxActeur | None = None) -> Facture:
        return actualiser_coordonnees(facture_id=facture.pk, par=par or gestionnaire(), maintenant=le)  # type: ignore[arg-type]

    with pytest.raises(TransitionImpossible, match="toujours celui"):
        actualiser(MAINTENANT)
    geler_coordonnees(coordonnees_id=ancien.pk, motif="Clos", par=gestionnaire(), maintenant=MAINTENANT)  # type: ignore[attr-defined]
    with pytest.raises(TransitionImpossible, match="pas d’autres"):
        actualiser(MAINTENANT)
    nouveau = rib(IBANS[2], le=MAINTENANT + JOUR)
    for intrus in (organisme(), acteur_opco(PORTEFEUILLE, Pouvoir.PREPARER_LOTS)):
        with pytest.raises(DroitManquant):
            actualiser(MAINTENANT + JOUR, intrus)
    actualisee = actualiser(MAINTENANT + JOUR + DELAI)
    assert actualisee.coordonnees_id == nouveau.pk  # type: ignore[attr-defined]
    assert dechiffrer(actualisee.iban_chiffre, actualisee.pk) == IBANS[2]
    assert historique_de(actualisee)[0].phrase.startswith("Compte à payer")


def test_le_compte_ne_s_actualise_qu_entre_l_acceptation_et_le_lot() -> None:
    rib()
    facture = deposer(accorder())
    with pytest.raises(TransitionImpossible, match="entre l’acceptation"):
        actualiser_coordonnees(facture_id=facture.pk, par=gestionnaire(), maintenant=MAINTENANT)


def test_la_liste_se_filtre_et_se_page_par_cle() -> None:
    engagement = accorder(lignes=[("pedagogie", "100000.00", True)])
    factures = [deposer(engagement, saisie_facture(f"{n + 1}.00"), le=MAINTENANT) for n in range(30)]
    accepter(factures[3])
    vues: list[object] = []
    curseur = ""
    for _ in range(2):
        page = liste_factures(organisme(), SIREN_PRESTATAIRE, FiltreFactures(), curseur)
        vues += [f.pk for f in page.factures]
        curseur = page.suivant
    assert curseur == ""
    assert len(vues) == len(set(vues)) == 30
    assert vues[0] == factures[-1].pk
    acceptees = liste_factures(gestionnaire(), None, FiltreFactures(etats=frozenset({"acceptee"})))
    assert [f.pk for f in acceptees.factures] == [factures[3].pk]
    cherchees = liste_factures(entreprise(), SIREN, FiltreFactures(texte=f"Hygiène {factures[7].numero}"))
    assert [f.pk for f in cherchees.factures] == [factures[7].pk]
    assert comptes_par_etat(organisme(), None) == {"transmise": 29, "acceptee": 1}
    assert liste_factures(organisme(), SIREN_PRESTATAIRE, FiltreFactures(), "n-importe-quoi").factures[0].pk == factures[-1].pk


def test_la_liste_d_un_etranger_est_vide() -> None:
    deposer_et_accepter(accorder())
    for acteur in (acteur_entreprise("552100554"), acteur_prestataire("552100554"), FauxActeur()):
        assert liste_factures(acteur, None, FiltreFactures()).factures == []
    assert liste_factures(entreprise(), "552100554", FiltreFactures()).factures == []
