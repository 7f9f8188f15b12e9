"""Freezing, confirming, revealing; the e-mails and the one-click link."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from jalon.banque import coffre, requetes
from jalon.banque.actions import confirmer_coordonnees, geler_coordonnees, geler_par_jeton, reveler_iban
from jalon.banque.enums import EtatCoordonnees, MethodeConfirmation, OrigineGel
from jalon.banque.models import CoordonneesBancaires
from jalon.banque.regles import payables
from jalon.comptes.models import Personne
from jalon.courriers.actions import envoyer_courriel
from jalon.courriers.models import Courriel
from jalon.habilitations.enums import Role
from jalon.habilitations.models import PortefeuilleDuRole, RoleOpco
from jalon.journal.models import Evenement
from jalon.journal.requetes import chronologie
from jalon.socle import horloge
from jalon.socle.acteurs import Niveau, Pouvoir, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco
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
    titulaire_de,
)

pytestmark = pytest.mark.django_db


def jeton(ligne: CoordonneesBancaires) -> str:
    return coffre.jeton_de_gel(ligne.id, ligne.jeton_gel_alea)


def gestionnaire(**autres: object) -> FauxActeur:
    return acteur_opco(PORTEFEUILLE, Pouvoir.TRAITER_FACTURES, **autres)


def agent(adresse: str) -> Personne:
    """Somebody who treats invoices at the OPCO."""
    qui = Personne.objects.create_user(adresse, prenom="Farid", nom="Essai", est_opco=True)
    role = RoleOpco.objects.create(personne=qui, role=Role.GESTIONNAIRE, debut=MAINTENANT - JOUR)
    PortefeuilleDuRole.objects.create(role=role, portefeuille_id=PORTEFEUILLE)
    return qui


def envoyer(monkeypatch: pytest.MonkeyPatch, genre: str, adresse: str) -> str:
    """Send one queued e-mail as the worker does and give its text; empty when nothing was sent."""
    monkeypatch.setattr(horloge, "maintenant", lambda: MAINTENANT)
    monkeypatch.setattr("jalon.banque.courriels.maintenant", lambda: MAINTENANT)
    courriel = Courriel.objects.get(genre=genre, adresse=adresse)
    envoyer_courriel(courriel_id=courriel.id, maintenant=MAINTENANT)
    fichier = Path(settings.JALON_DOSSIER_COURRIELS) / f"{courriel.id}.eml"
    if not fichier.exists():
        return ""
    import email
    from email import policy

    message = email.message_from_bytes(fichier.read_bytes(), policy=policy.default)
    corps = [message.get_body(preferencelist=(genre,)) for genre in ("plain", "html")]
    return str(message["subject"]) + "\n" + "\n".join(c.get_content() for c in corps if c is not None)


def test_le_lien_de_l_avis_gele_sans_connexion_et_une_seule_fois(monkeypatch: pytest.MonkeyPatch) -> None:
    administrer(personne("aline@exemple.fr"), SIREN)
    ajouter(IBANS[1])
    texte = envoyer(monkeypatch, "banque.changement", "aline@exemple.fr")
    trouve = texte.split("/coordonnees-bancaires/gel/")[1].split("/")[0]
    assert IBANS[1] not in texte
    assert "2606" not in texte
    assert requetes.gel_propose(trouve, MAINTENANT).etat == EtatCoordonnees.EN_ATTENTE

    ligne = geler_par_jeton(jeton=trouve, maintenant=MAINTENANT + JOUR)
    assert (ligne.gel_origine, ligne.gelee_le) == (OrigineGel.LIEN, MAINTENANT + JOUR)
    assert payables(requetes.lignes_du_cote(SIREN, Profil.ADHERENT), MAINTENANT + DELAI) is None
    assert geler_par_jeton(jeton=trouve, maintenant=MAINTENANT + 2 * JOUR).gelee_le == MAINTENANT + JOUR
    assert Evenement.objects.tous("essai").filter(code="banque.gel").count() == 1
    assert requetes.gel_propose(trouve, MAINTENANT + JOUR).etat == EtatCoordonnees.GELEE


def test_la_base_ne_garde_pas_le_jeton() -> None:
    ligne = ajouter()
    valeurs = {str(getattr(ligne, champ.attname)) for champ in ligne._meta.fields}
    assert jeton(ligne) not in valeurs
    assert ligne.jeton_gel_empreinte == coffre.empreinte_jeton(jeton(ligne))


@pytest.mark.parametrize("faux", ["", "gel_", "gel_" + "0" * 64])
def test_un_lien_inconnu_ne_gele_rien(faux: str) -> None:
    ajouter()
    with pytest.raises(Introuvable):
        geler_par_jeton(jeton=faux, maintenant=MAINTENANT)
    with pytest.raises(Introuvable):
        requetes.gel_propose(faux, MAINTENANT)


def test_le_lien_ne_gele_pas_des_coordonnees_deja_remplacees() -> None:
    ancienne = ajouter(IBANS[0])
    ajouter(IBANS[1], le=MAINTENANT + 10 * JOUR)
    with pytest.raises(TransitionImpossible, match="remplacées"):
        geler_par_jeton(jeton=jeton(ancienne), maintenant=MAINTENANT + 20 * JOUR)


def test_un_gel_par_le_lien_previent_l_organisation_et_l_opco(monkeypatch: pytest.MonkeyPatch) -> None:
    aline = personne("aline@exemple.fr")
    administrer(aline, SIREN)
    agent("farid@opco.fr")
    ligne = ajouter(par=titulaire_de(SIREN, Profil.ADHERENT, personne("saisie@exemple.fr")))
    geler_par_jeton(jeton=jeton(ligne), maintenant=MAINTENANT)
    prevenus = set(Courriel.objects.filter(genre="banque.gel").values_list("adresse", flat=True))
    assert prevenus == {"aline@exemple.fr", "saisie@exemple.fr"}
    assert "contesté" in envoyer(monkeypatch, "banque.gel_signale", "farid@opco.fr")
    assert "sont gelées" in envoyer(monkeypatch, "banque.gel", "aline@exemple.fr")
    assert "sont gelées" in envoyer(monkeypatch, "banque.gel", "saisie@exemple.fr")
    alertes = requetes.alertes(gestionnaire(), MAINTENANT)
    assert [a.phrase for a in alertes] == ["Gelées par le lien de l’avis\u00a0: le changement est contesté"]
    assert requetes.alertes(gestionnaire(), MAINTENANT + 31 * JOUR) == []


def test_l_avis_ne_part_pas_a_qui_n_administre_plus_ni_apres_un_gel(monkeypatch: pytest.MonkeyPatch) -> None:
    lien = administrer(personne("parti@exemple.fr"), SIREN)
    ligne = ajouter()
    lien.droits.update(revoque_le=MAINTENANT - JOUR)
    assert envoyer(monkeypatch, "banque.changement", "parti@exemple.fr") == ""
    lien.droits.update(revoque_le=None)
    Courriel.objects.update(etat="a_envoyer")
    geler_par_jeton(jeton=jeton(ligne), maintenant=MAINTENANT)
    assert envoyer(monkeypatch, "banque.changement", "parti@exemple.fr") == ""


def test_l_ancien_contact_recoit_l_avis_meme_parti(monkeypatch: pytest.MonkeyPatch) -> None:
    ajouter(IBANS[0], par=titulaire_de(SIREN, Profil.ADHERENT, personne("parti@exemple.fr")))
    ajouter(IBANS[1], le=MAINTENANT + 10 * JOUR)
    assert "/gel/gel_" in envoyer(monkeypatch, "banque.changement", "parti@exemple.fr")


def test_l_organisation_gele_avec_un_motif() -> None:
    ligne = ajouter()
    acteur = titulaire_de(SIREN, Profil.ADHERENT)
    with pytest.raises(SaisieRefusee, match="Indiquez le motif"):
        geler_coordonnees(coordonnees_id=ligne.id, motif="  ", par=acteur, maintenant=MAINTENANT)
    gelee = geler_coordonnees(coordonnees_id=ligne.id, motif="Compte clos", par=acteur, maintenant=MAINTENANT)
    assert gelee.gel_origine == OrigineGel.ORGANISATION
    assert chronologie(gelee)[0].phrase == "Coordonnées bancaires gelées par Aline Essai\u00a0: Compte clos"
    with pytest.raises(TransitionImpossible, match="déjà gelées"):
        geler_coordonnees(coordonnees_id=ligne.id, motif="Encore", par=acteur, maintenant=MAINTENANT)
    assert ajouter(IBANS[1], le=MAINTENANT + timedelta(hours=1)).rang == 2


def test_l_opco_gele_dans_ses_portefeuilles() -> None:
    ligne = ajouter()
    gelee = geler_coordonnees(coordonnees_id=ligne.id, motif="Fraude", par=gestionnaire(), maintenant=MAINTENANT)
    assert gelee.gel_origine == OrigineGel.OPCO


def test_qui_ne_peut_que_lire_ne_gele_pas_et_un_etranger_ne_trouve_rien() -> None:
    ligne = ajouter()
    for lecteur in (
        acteur_entreprise(SIREN, Niveau.LECTURE),
        acteur_opco(PORTEFEUILLE),
        acteur_opco(PORTEFEUILLE, Pouvoir.DECIDER),
    ):
        with pytest.raises(DroitManquant):
            geler_coordonnees(coordonnees_id=ligne.id, motif="Non", par=lecteur, maintenant=MAINTENANT)
    with pytest.raises(Introuvable):
        geler_coordonnees(coordonnees_id=ligne.id, motif="Non", par=acteur_entreprise(SIREN_PRESTATAIRE), maintenant=MAINTENANT)
    assert requetes.lignes_du_cote(SIREN, Profil.ADHERENT)[0].gelee_le is None


def test_une_personne_de_l_opco_confirme_le_titulaire_une_fois() -> None:
    ligne = ajouter()
    confirmee = confirmer_coordonnees(
        coordonnees_id=ligne.id,
        methode=MethodeConfirmation.CONTRE_APPEL,
        commentaire="",
        par=gestionnaire(),
        maintenant=MAINTENANT,
    )
    assert (confirmee.confirmees_le, confirmee.confirmation_methode) == (MAINTENANT, "contre_appel")
    with pytest.raises(TransitionImpossible, match="déjà confirmées"):
        confirmer_coordonnees(
            coordonnees_id=ligne.id, methode=MethodeConfirmation.CONTRE_APPEL, commentaire="", par=gestionnaire(),
            maintenant=MAINTENANT,
        )  # fmt: skip


def test_les_refus_de_la_confirmation() -> None:
    auteur = personne("deux@exemple.fr")
    ligne = ajouter(par=titulaire_de(SIREN, Profil.ADHERENT, auteur))

    def confirmer(par: FauxActeur, methode: MethodeConfirmation = MethodeConfirmation.VOP_CONFORME) -> None:
        confirmer_coordonnees(coordonnees_id=ligne.id, methode=methode, commentaire=" ", par=par, maintenant=MAINTENANT)

    with pytest.raises(DroitManquant):
        confirmer(titulaire_de(SIREN, Profil.ADHERENT))
    with pytest.raises(DroitManquant, match="ne peut pas les confirmer"):
        confirmer(gestionnaire(id=auteur.id))
    with pytest.raises(Introuvable):
        confirmer(acteur_entreprise(SIREN_PRESTATAIRE))
    with pytest.raises(SaisieRefusee, match="Indiquez pourquoi"):
        confirmer(gestionnaire(), MethodeConfirmation.VOP_PROCHE)
    geler_coordonnees(coordonnees_id=ligne.id, motif="Fraude", par=gestionnaire(), maintenant=MAINTENANT)
    with pytest.raises(TransitionImpossible, match="gelées"):
        confirmer(gestionnaire())


@pytest.mark.parametrize(
    "acteur",
    [
        titulaire_de(SIREN, Profil.ADHERENT),
        gestionnaire(),
        acteur_opco(PORTEFEUILLE, Pouvoir.PREPARER_LOTS),
        acteur_opco(PORTEFEUILLE, Pouvoir.SIGNER_LOTS),
    ],
    ids=["organisation", "gestionnaire", "comptable", "responsable"],
)
def test_l_iban_s_affiche_contre_un_motif_ecrit_au_journal(acteur: FauxActeur) -> None:
    ligne = ajouter(IBANS[1])
    assert reveler_iban(coordonnees_id=ligne.id, motif="Appel de la banque", par=acteur, maintenant=MAINTENANT) == IBANS[1]
    trace = Evenement.objects.tous("essai").get(code="banque.iban_affiche")
    assert (trace.acteur_id, trace.details) == (acteur.id, {"motif": "Appel de la banque"})
    assert IBANS[1] not in str(list(Evenement.objects.tous("essai").values()))


def test_l_iban_ne_s_affiche_pas_sans_droit_ni_motif() -> None:
    ligne = ajouter()
    for acteur, erreur in (
        (acteur_entreprise(SIREN, Niveau.ENVOI), DroitManquant),
        (acteur_opco(PORTEFEUILLE, Pouvoir.DECIDER), DroitManquant),
        (acteur_entreprise(SIREN_PRESTATAIRE), Introuvable),
    ):
        with pytest.raises(erreur):
            reveler_iban(coordonnees_id=ligne.id, motif="Curiosité", par=acteur, maintenant=MAINTENANT)
    with pytest.raises(SaisieRefusee, match="Indiquez pourquoi"):
        reveler_iban(coordonnees_id=ligne.id, motif="", par=gestionnaire(), maintenant=MAINTENANT)
    assert not Evenement.objects.tous("essai").filter(code="banque.iban_affiche").exists()
