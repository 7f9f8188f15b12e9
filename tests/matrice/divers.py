"""Requests of access, letters, keys of the API, messages of the contact form, barèmes."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from jalon.aide.actions.tickets import ouvrir_ticket
from jalon.aide.models import MessageEtat, Webinaire
from jalon.comptes.models import Personne
from jalon.dossiers.actions import demander_modification
from jalon.habilitations.acteurs import ActeurPersonne, ActeurSysteme
from jalon.habilitations.actions.cles import creer_cle_api, revoquer_cle
from jalon.habilitations.actions.commandes import commander_codes, completer_adresse
from jalon.habilitations.actions.courriers_demandes import demander_lettre
from jalon.habilitations.actions.decisions import proposer_decision
from jalon.habilitations.actions.lettres import (
    declarer_imprimees,
    preparer_lettres,
    telecharger_lettres,
)
from jalon.habilitations.actions.preparations import appliquer_preparation
from jalon.habilitations.actions.second_facteur import confirmer_perte, declarer_perte
from jalon.habilitations.enums import (
    Attente,
    EtatDemande,
    Etendue,
    JeuDeDroits,
    NatureAvis,
    NatureDecision,
    OrigineDemande,
)
from jalon.habilitations.models import (
    AvisPostal,
    CleApi,
    CodeActivation,
    DemandeAcces,
    DroitAccorde,
)
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.regles_des_cles import DemandeCle
from jalon.notifications.enums import Canal, Genre
from jalon.notifications.models import Notification
from jalon.organisations.actions import declarer_organisation_inconnue
from jalon.organisations.models import Organisation
from jalon.referentiels.actions import accorder_exception_depot, suspendre_guichet
from jalon.referentiels.models import LigneBareme
from jalon.socle.acteurs import (
    FAMILLES,
    Domaine,
    Droit,
    Niveau,
    Pouvoir,
    Profil,
)
from jalon.socle.identifiants import nouvel_id
from jalon.vues.models import VueEnregistree
from tests.acteurs import acteur_opco
from tests.dossiers.fabrique import AUTRE_PORTEFEUILLE, AUTRE_SIREN, PORTEFEUILLE, SIREN, SIREN_OF
from tests.habilitations import fabrique as acces
from tests.habilitations.preparations import deposee, ligne, organisations, signer
from tests.matrice.gens import JOUR
from tests.matrice.lieux import CANARI_B, MAINTENANT, SIREN_C, SIREN_D, SIREN_E, SIREN_F, SIREN_Q

SYSTEME = ActeurSysteme("essai")
HIER = MAINTENANT - JOUR
RAPPEL = date(2027, 2, 3)
LIRE = [Droit(famille, Niveau.LECTURE) for famille in FAMILLES]


def divers(objets: dict[str, str], personnes: dict[str, Personne]) -> None:
    """Everything but the keys."""
    _demandes(objets, personnes["attend"], personnes["sans_droit"])
    modification = demander_modification(
        dossier_id=UUID(objets["transmis"]), chemin="action.objectifs", souhait="Servir", motif="Mal écrit",
        par=acces.acteur(personnes["a_admin"], HIER), maintenant=HIER,
    )  # fmt: skip
    objets["modification_a"] = str(modification.pk)
    _decisions(objets, personnes)
    _preparations(objets, personnes)
    octrois(objets)
    _groupes(objets)
    _vues(objets, personnes["a_admin"])
    _nominations(objets)
    _lettres(objets, acces.acteur(personnes["aef"], MAINTENANT), personnes["attend"])
    declarer_organisation_inconnue(siren=SIREN_F, par=SYSTEME, maintenant=HIER)
    Organisation.objects.filter(siren=SIREN_F).update(portefeuille_id=PORTEFEUILLE)
    guichet = suspendre_guichet(
        dispositif="action_formation", idcc="0016", du=MAINTENANT.date(), message="Budget consommé",
        par=acteur_opco(PORTEFEUILLE, Pouvoir.REGLER_BAREMES), maintenant=MAINTENANT,
    )  # fmt: skip
    exception = accorder_exception_depot(
        dispositif="action_formation", debut_du=HIER.date(), debut_au=MAINTENANT.date(), depot_au=(MAINTENANT + JOUR).date(),
        motif="Panne", par=acteur_opco(PORTEFEUILLE, Pouvoir.REGLER_BAREMES), maintenant=MAINTENANT,
    )  # fmt: skip
    objets |= _pertes(personnes)
    objets |= {
        "webinaire": _webinaire(),
        "etat": _etat(),
        "ticket": _ticket(SIREN, "Bonjour, une question."),
        "autre_ticket": _ticket(AUTRE_SIREN, CANARI_B),
        "guichet": str(guichet.pk),
        "exception": str(exception.pk),
        "ligne": str(LigneBareme.objects.order_by("id")[0].pk),
    }


def _pertes(personnes: dict[str, Personne]) -> dict[str, str]:
    """A lost second factor that waits, and one that a first person confirmed, the letter being posted."""
    premier = acces.acteur(acces.agent(portefeuilles=[PORTEFEUILLE], prenom="Premier"), MAINTENANT)
    demandees = [declarer_perte(par=acces.acteur(personnes[r], MAINTENANT), maintenant=HIER) for r in ("a_envoi", "a_saisie")]
    confirmee = confirmer_perte(perte_id=demandees[1].pk, preuve="Rappelée au siège", par=premier, maintenant=HIER)
    AvisPostal.objects.filter(pk=confirmee.avis_id).update(envoye_le=HIER)
    return {"perte": str(demandees[0].pk), "perte_confirmee": str(confirmee.pk)}


def octrois(objets: dict[str, str]) -> None:
    """Rights given by somebody of no role, that wait: two wide ones, and some of a burst."""
    for nom, siren, profil, attente, portefeuille in (
        ("octroi", SIREN, Profil.ADHERENT, Attente.SECONDE_VOIX, PORTEFEUILLE),
        ("octroi_p", SIREN_OF, Profil.PRESTATAIRE, Attente.SECONDE_VOIX, PORTEFEUILLE),
        ("octroi_opco", SIREN, Profil.ADHERENT, Attente.VERIFICATION, PORTEFEUILLE),
        ("autre_octroi", AUTRE_SIREN, Profil.ADHERENT, Attente.SECONDE_VOIX, AUTRE_PORTEFEUILLE),
        ("octroi_q", SIREN_Q, Profil.PRESTATAIRE, Attente.SECONDE_VOIX, AUTRE_PORTEFEUILLE),
    ):
        lien = acces.rattacher(acces.personne("Attend", nom), siren, profil, [acces.sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
        lien.portefeuille_id = portefeuille
        lien.save(update_fields=["portefeuille_id"])
        DroitAccorde.objects.create(
            rattachement=lien, etendue=Etendue.SIREN, domaine=Domaine.FACTURES, niveau=Niveau.ENVOI, attente=attente,
            debut=MAINTENANT + JOUR, accorde_par=nouvel_id(),
        )  # fmt: skip
        objets[nom] = str(lien.pk)


def _vues(objets: dict[str, str], elle: Personne) -> None:
    """Two quick accesses of one person of A: one that her colleagues see, one that is hers alone; and what she was told."""
    for nom, partagee in (("vue", True), ("vue_privee", False)):
        vue = VueEnregistree.objects.create(
            proprietaire=elle,
            liste="dossiers",
            nom=nom,
            icone="star",
            siren=SIREN,
            partagee=partagee,
            cree_le=HIER,
            modifie_le=HIER,
        )
        objets[nom] = str(vue.pk)
    ligne = Notification.objects.tous("essai").create(
        personne=elle, origine=nouvel_id(), code="export.pret", genre=Genre.EXPORT_PRET, phrase="Essai", page="mes_exports",
        canal=Canal.PORTAIL, survenue_le=HIER, creee_le=HIER,
    )  # fmt: skip
    objets["notification"] = str(ligne.pk)


def _groupes(objets: dict[str, str]) -> None:
    """A group that carries no right, and that of another company."""
    for nom, siren, portefeuille in (("groupe_libre", SIREN, PORTEFEUILLE), ("autre_groupe", AUTRE_SIREN, AUTRE_PORTEFEUILLE)):
        groupe = acces.groupe(nom, siren=siren)
        groupe.portefeuille_id = portefeuille
        groupe.save(update_fields=["portefeuille_id"])
        objets[nom] = str(groupe.pk)


def _nominations(objets: dict[str, str]) -> None:
    """Administrators of no role, in their first 72 hours."""
    for nom, siren, profil, portefeuille in (
        ("nomination", SIREN, Profil.ADHERENT, PORTEFEUILLE),
        ("nomination_p", SIREN_OF, Profil.PRESTATAIRE, PORTEFEUILLE),
        ("autre_nomination", AUTRE_SIREN, Profil.ADHERENT, AUTRE_PORTEFEUILLE),
        ("nomination_q", SIREN_Q, Profil.PRESTATAIRE, AUTRE_PORTEFEUILLE),
    ):
        lien = acces.rattacher(acces.personne("Nommée", nom), siren, profil, probation_jusqu_a=MAINTENANT + JOUR)
        lien.portefeuille_id = portefeuille
        lien.save(update_fields=["portefeuille_id"])
        objets[nom] = str(lien.pk)


def _demandes(objets: dict[str, str], attend: Personne, seule: Personne) -> None:
    for nom, siren, profil, portefeuille in (
        ("demande", SIREN, Profil.ADHERENT, PORTEFEUILLE),
        ("demande_p", SIREN_OF, Profil.PRESTATAIRE, PORTEFEUILLE),
        ("autre_demande", AUTRE_SIREN, Profil.ADHERENT, AUTRE_PORTEFEUILLE),
        ("demande_q", SIREN_Q, Profil.PRESTATAIRE, AUTRE_PORTEFEUILLE),
        ("demande_opco", SIREN_C, Profil.ADHERENT, PORTEFEUILLE),
    ):
        demande = DemandeAcces(personne=attend, profil=profil, etat=EtatDemande.EN_ATTENTE, demandee_le=HIER)
        demande.porter(portee_des_acces(siren, profil, portefeuille)).save(force_insert=True)
        objets[nom] = str(demande.pk)
    la_sienne = DemandeAcces(
        personne=seule, profil=Profil.PRESTATAIRE, origine=OrigineDemande.SANS_CODE, jeu=JeuDeDroits.LECTURE, demandee_le=HIER
    )
    la_sienne.porter(portee_des_acces(SIREN_OF, Profil.PRESTATAIRE, PORTEFEUILLE)).save(force_insert=True)
    objets["ma_demande"] = str(la_sienne.pk)


def _decisions(objets: dict[str, str], personnes: dict[str, Personne]) -> None:
    for nom, siren, par in (
        ("decision", SIREN, personnes["conseiller"]),
        ("autre_decision", AUTRE_SIREN, personnes["opco_ailleurs"]),
    ):
        decision = proposer_decision(
            nature=NatureDecision.RECUPERATION, siren=siren, profil=Profil.ADHERENT, motif="Injoignable", preuve="Courrier du gérant",
            par=acces.acteur(par, HIER), maintenant=HIER,
        )  # fmt: skip
        objets[nom] = str(decision.pk)


def _preparations(objets: dict[str, str], personnes: dict[str, Personne]) -> None:
    """Rights prepared here and there, that nobody has signed; others applied, whose people are awaited."""
    with TemporaryDirectory() as dossier:
        chemin = Path(dossier)
        ici = deposee(chemin, ligne("prepare@essai.example", siren=SIREN), auteur=personnes["conseiller"], le=HIER)
        deposee(chemin, ligne("prepare@essai.example", siren=AUTRE_SIREN), auteur=personnes["opco_ailleurs"], le=HIER)
        deposee(
            chemin, ligne("prepare@essai.example", "Lecture", siren=SIREN_OF, profil="prestataire"),
            auteur=personnes["conseiller"], le=HIER,
        )  # fmt: skip
        faite = deposee(
            chemin, ligne("attendue@essai.example", "Lecture", siren=SIREN_C), auteur=personnes["conseiller"], le=HIER
        )
    for prenom in ("Une", "Deux"):
        signer(faite, acces.agent(portefeuilles=[PORTEFEUILLE], prenom=prenom), HIER)
    appliquer_preparation(preparation_id=faite.pk, maintenant=HIER)
    objets |= {
        "preparation": str(ici.pk),
        "preparee": str(organisations(ici)[0].pk),
        "preparation_faite": str(faite.pk),
        "preparee_faite": str(organisations(faite)[0].pk),
    }


def _lettres(objets: dict[str, str], aef: ActeurPersonne, attend: Personne) -> None:
    commande = commander_codes(profil=Profil.ADHERENT, sirens=[SIREN_C], par=aef, maintenant=HIER)
    preparer_lettres(commande_id=commande.pk, maintenant=HIER)
    telecharger_lettres(commande_id=commande.pk, par=aef, maintenant=HIER)
    sans_adresse = commander_codes(profil=Profil.ADHERENT, sirens=[SIREN_D, SIREN_E], par=aef, maintenant=HIER)
    preparer_lettres(commande_id=sans_adresse.pk, maintenant=HIER)
    completer_adresse(siren=SIREN_E, lignes=["Société E", "74000 ANNECY"], preuve="Extrait Kbis", par=aef, maintenant=HIER)
    imprimee = commander_codes(profil=Profil.PRESTATAIRE, sirens=[SIREN_C], par=aef, maintenant=HIER)
    preparer_lettres(commande_id=imprimee.pk, maintenant=HIER)
    telecharger_lettres(commande_id=imprimee.pk, par=aef, maintenant=HIER)
    declarer_imprimees(commande_id=imprimee.pk, par=aef, maintenant=HIER)
    attendue = demander_lettre(personne_id=attend.pk, siren_saisi=SIREN_C, profil=Profil.PRESTATAIRE, maintenant=HIER)
    objets |= {
        "commande": str(commande.pk),
        "commande_suite": str(sans_adresse.pk),
        "commande_imprimee": str(imprimee.pk),
        "lettre_demandee": str(attendue.pk),
        "code_a": str(acces.code_en_circulation(SIREN, emis_le=HIER)[1].pk),
        "autre_code": str(acces.code_en_circulation(AUTRE_SIREN, emis_le=HIER)[1].pk),
        "code_c": str(CodeActivation.objects.get(siren=SIREN_C, profil=Profil.ADHERENT).pk),
        "avis": _avis(SIREN_C, attend, PORTEFEUILLE),
        "autre_avis": _avis(AUTRE_SIREN, attend, AUTRE_PORTEFEUILLE),
    }


def _avis(siren: str, personne: Personne, portefeuille: UUID) -> str:
    nature = NatureAvis.DEMANDE_RECUE
    avis = AvisPostal(
        siren=siren, profil=Profil.ADHERENT, nature=nature, personne=personne, portefeuille_id=portefeuille, le=HIER
    )
    avis.save(force_insert=True)
    return str(avis.pk)


def _webinaire() -> str:
    prevu = Webinaire.objects.create(
        titre="Premiers pas", resume="Ouvrir son espace.", debut=MAINTENANT + 7 * JOUR, duree=45, places=100,
        lien="https://visio.example/premiers-pas",
    )  # fmt: skip
    return str(prevu.pk)


def _etat() -> str:
    message = MessageEtat.objects.create(
        niveau="information", texte="Un nouveau guide est écrit.", debut=HIER, publics=["communes"], auteur="Karim Essai"
    )
    return str(message.pk)


def _ticket(siren: str, message: str) -> str:
    ticket = ouvrir_ticket(
        nom="Paul Visiteur", email="paul@essai.example", siren=siren, objet="autre", message=message,
        adresse_ip="127.0.0.1", maintenant=HIER, telephone="01 23 45 67 89", rappel_le=RAPPEL, rappel_moment="matin",
    )  # fmt: skip
    return str(ticket.pk)


def cles(objets: dict[str, str]) -> dict[str, str]:
    """A key of each side of the world, one revoked, one expired. Their rows are the objects « ligne_… »."""
    donnees = {}
    for nom, siren, profil in (
        ("cle_a", SIREN, Profil.ADHERENT), ("cle_b", AUTRE_SIREN, Profil.ADHERENT), ("cle_p", SIREN_OF, Profil.PRESTATAIRE),
        ("cle_revoquee", SIREN, Profil.ADHERENT), ("cle_expiree", AUTRE_SIREN, Profil.ADHERENT), ("cle_q", SIREN_Q, Profil.PRESTATAIRE),
    ):  # fmt: skip
        demande = DemandeCle(nom=nom, droits=LIRE, jusqu_au=MAINTENANT.date() + 90 * JOUR)
        nouvelle = creer_cle_api(siren=siren, profil=profil, demande=demande, par=SYSTEME, maintenant=HIER)
        donnees[nom], objets[f"ligne_{nom}"] = nouvelle.secret, str(nouvelle.cle.pk)
    toutes = CleApi.objects.tous("essai")
    revoquer_cle(cle_id=toutes.get(nom="cle_revoquee").pk, motif="Essai", par=SYSTEME, maintenant=MAINTENANT)
    toutes.filter(nom="cle_expiree").update(expire_le=MAINTENANT)
    return donnees
