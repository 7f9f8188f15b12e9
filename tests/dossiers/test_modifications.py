"""After the sending: what the company changes by itself, and what it asks the OPCO to open again."""

from datetime import date, timedelta
from typing import Any

import pytest

from jalon.courriers.models import Courriel
from jalon.dispositifs.base import ApresEnvoi
from jalon.dispositifs.lecture import apres_envoi, cases_libres
from jalon.dispositifs.registre import DISPOSITIFS, dispositif
from jalon.dossiers.actions import demander_modification, enregistrer_section, mettre_a_jour, retirer_modification
from jalon.dossiers.enums import EtatDossier, EtatModification, MotifVersion
from jalon.dossiers.models import DemandeModification, Dossier
from jalon.dossiers.requetes import (
    ce_qui_se_modifie,
    complement_en_cours,
    messages_de,
    modifications_de,
    reponses_de,
    versions_de,
)
from jalon.instruction.actions import (
    accepter_modification,
    demander_complement,
    prendre_en_charge,
    refuser_dossier,
    refuser_modification,
)
from jalon.instruction.enums import MotifRefus
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Niveau, Pouvoir
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, SaisiesRefusees, TransitionImpossible
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco
from tests.dispositifs.exemples import YANIS, ZOE
from tests.dossiers.fabrique import (
    AUTRE_PORTEFEUILLE,
    AUTRE_SIREN,
    LE,
    PORTEFEUILLE,
    accorde,
    aline,
    brouillon,
    driss,
    emma,
    en_instruction,
    monde,
    nir_valide,
    relire,
    transmis,
)
from tests.fils import ensemble, genres
from tests.habilitations import fabrique as h

APRES = LE + timedelta(days=3)
ECHEANCE = date(2026, 12, 11)
NIR = nir_valide("2950774123456")
ALINE = aline()
LIBRES = {"entreprise.contact_nom", "entreprise.contact_courriel", "entreprise.contact_telephone", "entreprise.reference_interne"}


@pytest.fixture
def _monde(db: None) -> None:
    monde()


def mettre(dossier: Dossier, par: FauxActeur | None = None, **valeurs: str) -> Dossier:
    chemins = {f"entreprise.{nom}": valeur for nom, valeur in valeurs.items()}
    return mettre_a_jour(dossier_id=dossier.id, valeurs=chemins, par=par or aline(), maintenant=APRES)


def demander(dossier: Dossier, par: FauxActeur | None = None, **champs: str) -> DemandeModification:
    valeurs = {"chemin": "action.lieu", "souhait": "Lyon", "motif": "La salle a changé", **champs}
    return demander_modification(dossier_id=dossier.id, par=par or ALINE, maintenant=APRES, **valeurs)


def accepter(dossier: Dossier, demande: DemandeModification, par: FauxActeur | None = None) -> Any:
    return accepter_modification(
        dossier_id=dossier.id, modification_id=demande.pk, echeance=ECHEANCE, par=par or emma(), maintenant=APRES
    )


def refuser(dossier: Dossier, demande: DemandeModification, par: FauxActeur | None = None, motif: str = "Trop tard") -> Any:
    return refuser_modification(
        dossier_id=dossier.id, modification_id=demande.pk, motif=motif, par=par or emma(), maintenant=APRES
    )


def retirer(dossier: Dossier, demande: DemandeModification, par: FauxActeur | None = None) -> DemandeModification:
    return retirer_modification(dossier_id=dossier.id, modification_id=demande.pk, par=par or ALINE, maintenant=APRES)


def comment(code: str, chemin: str) -> ApresEnvoi:
    declaration = dispositif(code)
    section = declaration.section(chemin.split(".", maxsplit=1)[0])
    return apres_envoi(declaration, section, section.case(chemin.split(".")[1]))


@pytest.mark.parametrize(
    ("code", "chemin", "attendu"),
    [
        ("action_formation", "entreprise.contact_courriel", ApresEnvoi.LIBRE),
        ("action_formation", "entreprise.reference_interne", ApresEnvoi.LIBRE),
        ("action_formation", "organisme.contact_nom", ApresEnvoi.CONSEILLER),
        ("action_formation", "action.lieu", ApresEnvoi.CONSEILLER),
        ("apprentissage", "employeur.telephone", ApresEnvoi.AVENANT),
        ("apprentissage", "contrat.heures", ApresEnvoi.AVENANT),
        ("apprentissage", "apprenti.nir", ApresEnvoi.CONSEILLER),
    ],
)
def test_comment_une_reponse_change_apres_l_envoi(code: str, chemin: str, attendu: ApresEnvoi) -> None:
    """A signed contract changes by an avenant (Code du travail, D6224-5)."""
    assert comment(code, chemin) == attendu


def test_un_contrat_ne_laisse_rien_changer_sans_avenant() -> None:
    """Its payments are counted from the versions of its content: none may come from a free change."""
    assert [d.code for d in DISPOSITIFS.values() if d.vie is not None and cases_libres(d)] == []
    assert {f"{s.code}.{c.nom}" for s, c in cases_libres(dispositif("action_formation"))} == LIBRES


@pytest.mark.usefixtures("_monde")
def test_mettre_a_jour_fait_une_version_et_previent_le_conseiller() -> None:
    conseiller = h.agent(h.Role.CONSEILLER, [PORTEFEUILLE], "Emma", "Vasseur")
    dossier = accorde()
    Dossier.objects.tous("essai").filter(pk=dossier.pk).update(instructeur_id=conseiller.pk)
    mis = mettre(dossier, contact_nom="Chloé Bertin", reference_interne="RH-9", contact_telephone="")
    assert (mis.contenu["entreprise"]["contact_nom"], relire(dossier).reference_interne) == ("Chloé Bertin", "RH-9")
    assert reponses_de(relire(dossier), aline())["entreprise"]["valeurs"]["contact_nom"] == "Chloé Bertin"
    assert [v.motif for v in versions_de(dossier, aline())] == [MotifVersion.TRANSMISSION, MotifVersion.MISE_A_JOUR]
    assert Courriel.objects.get(genre="dossiers.mis_a_jour").adresse == conseiller.email
    evenement = Evenement.objects.tous("essai").get(code="dossier.mis_a_jour")
    assert evenement.details["objets"] == "Personne à contacter, Votre référence"
    assert mettre(relire(dossier), contact_nom="Chloé Bertin").contenu_version == 2


@pytest.mark.usefixtures("_monde")
def test_mettre_a_jour_ne_fait_rien_passer_d_un_complement_en_cours() -> None:
    dossier = en_instruction()
    demander_complement(
        dossier_id=dossier.id, pieces=[], cases=["action.lieu"], message="Lieu", echeance=ECHEANCE, par=emma(), maintenant=LE
    )
    gardee = reponses_de(relire(dossier), aline())["action"]
    valeurs = {**gardee["valeurs"], "lieu": "Lyon"}
    enregistrer_section(
        dossier_id=dossier.id, section="action", version=gardee["version"], valeurs=valeurs, par=aline(), maintenant=APRES
    )
    mis = mettre(dossier, contact_nom="Chloé Bertin")
    assert (mis.contenu["action"]["lieu"], mis.etat) == ("Annecy", EtatDossier.A_COMPLETER)
    assert reponses_de(relire(dossier), aline())["action"]["valeurs"]["lieu"] == "Lyon"


@pytest.mark.usefixtures("_monde")
def test_mettre_a_jour_est_refuse() -> None:
    dossier = transmis()
    for valeurs, champ in (({"contact_courriel": "aline"}, "contact_courriel"), ({"contact_nom": ""}, "contact_nom")):
        with pytest.raises(SaisiesRefusees) as refus:
            mettre(dossier, **valeurs)
        assert list(refus.value.champs) == [f"entreprise.{champ}"]
    with pytest.raises(Introuvable):
        mettre(dossier, siret="13002526500013")
    for acteur, erreur in (
        (aline(niveau=Niveau.SAISIE), DroitManquant),
        (emma(), DroitManquant),
        (driss(), Introuvable),
        (acteur_entreprise(AUTRE_SIREN), Introuvable),
    ):
        with pytest.raises(erreur):
            mettre(dossier, acteur, contact_nom="Autre")
    with pytest.raises(TransitionImpossible):
        mettre(brouillon(), contact_nom="Autre")
    prendre_en_charge(dossier_id=dossier.id, par=emma(), maintenant=LE)
    refuser_dossier(dossier_id=dossier.id, motif=MotifRefus.DOUBLON, texte="Doublon", par=emma(), maintenant=LE)
    with pytest.raises(TransitionImpossible):
        mettre(dossier, contact_nom="Autre")
    assert relire(dossier).contenu_version == 1


@pytest.mark.usefixtures("_monde")
def test_une_modification_demandee_se_lit_dans_l_echange_puis_rouvre_la_case() -> None:
    dossier = en_instruction()
    demande = demander(dossier)
    (message,) = messages_de(dossier, emma())
    assert message.corps == (
        "Demande de modification\u00a0: L’action, Lieu\nRéponse actuelle\u00a0: Annecy\nRéponse souhaitée\u00a0: Lyon\n"
        "Motif\u00a0: La salle a changé"
    ) or message.corps.endswith("Motif\u00a0: La salle a changé")
    complement = accepter(dossier, demande)
    assert (complement.cases, complement.echeance, relire(dossier).etat) == (["action.lieu"], ECHEANCE, EtatDossier.A_COMPLETER)
    assert complement.motifs["action.lieu"].endswith("La salle a changé")
    (lue,) = modifications_de(dossier, aline())
    assert (lue.etat, lue.decidee_par_nom) == (EtatModification.ACCEPTEE, "Emma Essai")
    assert modifications_de(dossier, driss()) == []
    autre = demander(dossier, chemin="action.certification", souhait="RNCP")
    assert accepter(dossier, autre).pk == complement.pk
    en_cours = complement_en_cours(dossier)
    assert en_cours is not None
    assert (en_cours.cases, en_cours.liees) == (["action.lieu", "action.certification"], ["action.code_certification"])
    for acte in (accepter, refuser):
        with pytest.raises(TransitionImpossible, match="acceptée"):
            acte(dossier, demande)


@pytest.mark.usefixtures("_monde")
def test_une_modification_refusee_dit_pourquoi() -> None:
    dossier = en_instruction()
    demande = demander(dossier)
    with pytest.raises(SaisieRefusee):
        refuser(dossier, demande, motif=" ")
    refuser(dossier, demande)
    assert messages_de(dossier, aline())[-1].corps.endswith("Motif\u00a0: Trop tard")
    (lue,) = modifications_de(dossier, aline())
    assert (lue.etat, lue.reponse, relire(dossier).etat) == (EtatModification.REFUSEE, "Trop tard", EtatDossier.EN_INSTRUCTION)
    assert demander(dossier).etat == EtatModification.DEMANDEE


@pytest.mark.usefixtures("_monde")
def test_une_donnee_protegee_ne_se_lit_ni_ne_s_ecrit_dans_la_demande() -> None:
    dossier = en_instruction(stagiaires=[{**ZOE, "nir": NIR}, YANIS])
    demande = demander(dossier, chemin="stagiaires.0.nir", souhait="2950774123457", motif="Une faute de frappe")
    assert (demande.souhait, demande.libelle.startswith("Salarié 1, ")) == ("", True)
    assert NIR not in messages_de(dossier, emma())[-1].corps
    assert "2950774123457" not in messages_de(dossier, emma())[-1].corps


@pytest.mark.usefixtures("_monde")
def test_demander_une_modification_est_refuse() -> None:
    dossier = transmis()
    for champs, champ in (
        ({"souhait": " "}, "souhait"),
        ({"motif": ""}, "motif"),
        ({"souhait": "x" * 501}, "souhait"),
        ({"motif": "x" * 501}, "motif"),
    ):
        with pytest.raises(SaisiesRefusees) as refus:
            demander(dossier, **champs)
        assert list(refus.value.champs) == [champ]
    for chemin in (
        "action",
        "action.inconnu",
        "inconnue.lieu",
        "stagiaires.nir",
        "stagiaires.9.nir",
        "stagiaires.-1.nir",
        "action.0.lieu",
    ):
        with pytest.raises(Introuvable):
            demander(dossier, chemin=chemin)
    with pytest.raises(TransitionImpossible, match="vous-même"):
        demander(dossier, chemin="entreprise.contact_nom")
    for acteur, erreur in (
        (aline(niveau=Niveau.LECTURE), DroitManquant),
        (emma(), DroitManquant),
        (driss(), Introuvable),
    ):
        with pytest.raises(erreur):
            demander(dossier, acteur)
    demande = demander(dossier)
    with pytest.raises(TransitionImpossible, match="déjà demandée"):
        demander(dossier)
    with pytest.raises(TransitionImpossible, match="en charge"):
        accepter(dossier, demande)
    for acte in (accepter, refuser):
        for par, attendue in (
            (acteur_opco(PORTEFEUILLE), DroitManquant),
            (acteur_opco(PORTEFEUILLE, Pouvoir.DECIDER), DroitManquant),
            (aline(), DroitManquant),
            (emma(AUTRE_PORTEFEUILLE), Introuvable),
        ):
            with pytest.raises(attendue):
                acte(dossier, demande, par)
        with pytest.raises(Introuvable):
            acte(en_instruction(), demande)
    for fini in (brouillon(), accorde(action__date_debut="18/01/2027", action__date_fin="19/01/2027")):
        with pytest.raises(TransitionImpossible):
            demander(fini)


@pytest.mark.usefixtures("_monde")
def test_la_page_dit_comment_chaque_reponse_change() -> None:
    rubriques = ce_qui_se_modifie(transmis())
    comments = {c.chemin: c.comment for r in rubriques for c in r.cases}
    assert {chemin for chemin, comment in comments.items() if comment == ApresEnvoi.LIBRE} == LIBRES
    assert comments["stagiaires.1.prenom"] == ApresEnvoi.CONSEILLER
    assert "action.code_certification" not in comments


def test_deux_demandes_ou_deux_reponses_au_meme_instant(base_reelle: str) -> None:
    monde()
    dossier = en_instruction()
    resultats = ensemble([lambda: demander(dossier), lambda: demander(dossier)])
    assert genres(resultats) == {"DemandeModification": 1, "TransitionImpossible": 1}
    (demande,) = modifications_de(dossier, aline())
    resultats = ensemble([lambda: accepter(dossier, demande), lambda: refuser(dossier, demande)])
    assert genres(resultats)["TransitionImpossible"] == 1


@pytest.mark.usefixtures("_monde")
def test_qui_a_demande_retire_avant_la_reponse() -> None:
    dossier = en_instruction()
    demande = demander(dossier)
    lue = retirer(dossier, demande)
    assert (lue.etat, lue.decidee_par_nom, lue.decidee_le) == (EtatModification.RETIREE, ALINE.libelle, APRES)
    assert messages_de(dossier, emma())[-1].corps == "Demande de modification retirée\u00a0: L’action, Lieu"
    assert Evenement.objects.tous("essai").filter(code="modification.retiree").count() == 1
    assert demander(dossier).etat == EtatModification.DEMANDEE, "elle peut être demandée de nouveau"
    with pytest.raises(TransitionImpossible, match="retirée"):
        accepter(dossier, lue)


@pytest.mark.usefixtures("_monde")
def test_retirer_une_modification_est_refuse() -> None:
    dossier = en_instruction()
    demande = demander(dossier)
    collegue = acteur_entreprise(dossier.siren, Niveau.ENVOI, nom="Louise Roux")
    lectrice = acteur_entreprise(dossier.siren, Niveau.LECTURE, id=ALINE.identite)
    for par, erreur, phrase in (
        (collegue, DroitManquant, "Aline"),
        (lectrice, DroitManquant, "pas agir"),
        (acteur_entreprise(AUTRE_SIREN), Introuvable, "trouvons"),
        (emma(), DroitManquant, "."),
    ):
        with pytest.raises(erreur, match=phrase):
            retirer(dossier, demande, par)
    with pytest.raises(Introuvable):
        retirer(en_instruction(), demande)
    refuser(dossier, demande)
    with pytest.raises(TransitionImpossible, match="refusée"):
        retirer(dossier, demande)
    assert Evenement.objects.tous("essai").filter(code="modification.retiree").count() == 0


def test_retirer_et_repondre_au_meme_instant(base_reelle: str) -> None:
    monde()
    dossier = en_instruction()
    demande = demander(dossier)
    resultats = ensemble([lambda: retirer(dossier, demande), lambda: refuser(dossier, demande)])
    assert genres(resultats) == {"DemandeModification": 1, "TransitionImpossible": 1}
