"""What the company changes by itself in a request that was sent, and what it asks the OPCO to open again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import cle_d_envoi
from jalon.dispositifs.base import ApresEnvoi, Case, Contenu, Dispositif, Section
from jalon.dispositifs.lecture import afficher, apres_envoi, cases_libres, lire_case, lire_contenu, reponses_du_contenu
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.echanges import ecrire_dans_le_fil
from jalon.dossiers.actions.versions import CHAMPS_DU_CONTENU, figer_contenu
from jalon.dossiers.courriels import DossierMisAJour, destinataire_instructeur
from jalon.dossiers.enums import EtatModification, MotifVersion
from jalon.dossiers.models import DemandeModification, Dossier
from jalon.dossiers.regles.modifications import REOUVRABLES, VIVANTS
from jalon.dossiers.requetes.acces import dossier_accessible
from jalon.dossiers.requetes.contenu import contenu_en_clair
from jalon.dossiers.requetes.modifications import case_du_chemin, demande_en_attente, modification_accessible
from jalon.journal.actions import noter
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisiesRefusees, TransitionImpossible

LONGUEUR = 500


def mettre_a_jour(*, dossier_id: UUID, valeurs: Mapping[str, str], par: Acteur, maintenant: datetime) -> Dossier:
    """Change at once the boxes that the dispositif leaves to the company; a new version of the content, told to the adviser.

    `valeurs`: « section.champ » -> what was typed. The same answers again write nothing.
    Raises: Introuvable (a box that is not one of those), DroitManquant (Envoi), TransitionImpossible (draft, ended), SaisiesRefusees.
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.ENVOI, verrou=True)
        if dossier.etat not in VIVANTS:
            raise TransitionImpossible("Ce dossier ne se met plus à jour\u00a0: il n’est pas transmis, ou il est terminé.")
        declaration = dispositif_de(dossier.dispositif)
        libres = {f"{section.code}.{case.nom}": (section, case) for section, case in cases_libres(declaration)}
        if set(valeurs) - set(libres):
            raise Introuvable
        ancien = contenu_en_clair(dossier)
        contenu, lues = _avec(declaration, ancien, {libres[chemin]: tape for chemin, tape in valeurs.items()})
        changees = [case.libelle for section, case in lues if _valeur(ancien, section, case) != _valeur(contenu, section, case)]
        if not changees:
            return dossier
        for (section, case), texte in lues.items():
            dossier.reponses[section.code]["valeurs"][case.nom] = texte
            dossier.reponses[section.code]["version"] += 1
        figer_contenu(dossier, declaration, contenu, MotifVersion.MISE_A_JOUR, par, maintenant)
        dossier.modifie_le = maintenant
        dossier.save(update_fields=["reponses", "modifie_le", *CHAMPS_DU_CONTENU])
        details = {"objets": ", ".join(changees)}
        noter("dossier.mis_a_jour", par=par, portee=dossier.portee_des_suites, objet=dossier, le=maintenant, details=details)
        preparer(DossierMisAJour, dossier.id, destinataire_instructeur(dossier), le=maintenant, cle=cle_d_envoi(maintenant))
    return dossier


def _avec(
    declaration: Dispositif, ancien: Contenu, tapees: Mapping[tuple[Section, Case], str]
) -> tuple[Contenu, dict[tuple[Section, Case], Any]]:
    """The content with these answers, and each as it is kept. Raises SaisiesRefusees, by path."""
    reponses = reponses_du_contenu(declaration, ancien)
    lues = {}
    refus = {}
    for (section, case), tape in tapees.items():
        lue = lire_case(case, tape)
        if lue.erreur or (case.obligatoire and lue.vide):
            refus[f"{section.code}.{case.nom}"] = lue.erreur or case.manque
        lues[section, case] = lue.texte
        reponses[section.code]["valeurs"][case.nom] = lue.texte
    contenu, anomalies = lire_contenu(declaration, reponses)
    if refus or contenu is None:
        raise SaisiesRefusees(refus or {a.cases[0]: a.message for a in anomalies})
    return contenu, lues


def _valeur(contenu: Contenu, section: Section, case: Case) -> Any:
    return getattr(getattr(contenu, section.code), case.nom)


def demander_modification(
    *, dossier_id: UUID, chemin: str, souhait: str, motif: str, par: Acteur, maintenant: datetime
) -> DemandeModification:
    """Ask the OPCO to open one answer again; the thread says which, what it holds and what is wished (never a sensitive value).

    Raises: Introuvable (no such box), DroitManquant (Saisie), TransitionImpossible (draft, decided, changed otherwise, asked
    already), SaisiesRefusees.
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.SAISIE, verrou=True)
        if dossier.etat not in REOUVRABLES:
            raise TransitionImpossible(
                "Une réponse ne se rouvre qu’entre l’envoi et la décision\u00a0: écrivez à l’OPCO dans les échanges du dossier."
            )
        declaration = dispositif_de(dossier.dispositif)
        section, case, valeur = case_du_chemin(dossier, chemin)
        if apres_envoi(declaration, section, case) == ApresEnvoi.LIBRE:
            raise TransitionImpossible("Vous pouvez modifier cette réponse vous-même, sans rien demander.")
        if demande_en_attente(dossier, chemin):
            raise TransitionImpossible("Cette modification est déjà demandée\u00a0: l’OPCO va vous répondre.")
        lu, raison = _lire_la_demande(case, souhait, motif)
        demande = DemandeModification(
            dossier=dossier, chemin=chemin, libelle=_libelle(section, case, chemin), souhait=lu, motif=raison,
            par=par.identite, par_nom=par.libelle[:200], le=maintenant,
        ).porter(dossier.portee_des_suites)  # fmt: skip
        demande.save(force_insert=True)
        corps = _corps(demande, afficher(case, valeur))
        ecrire_dans_le_fil(dossier=dossier, fil=dossier.fil_id, cote=Cote.ENTREPRISE, corps=corps, par=par, maintenant=maintenant)
        details = {"objet": demande.libelle}
        noter("modification.demandee", par=par, portee=dossier.portee_des_suites, objet=dossier, le=maintenant, details=details)
    return demande


def retirer_modification(*, dossier_id: UUID, modification_id: UUID, par: Acteur, maintenant: datetime) -> DemandeModification:
    """Take back a change that was asked, before the OPCO answers; the thread says so.

    Raises: Introuvable, DroitManquant (Saisie, or somebody else asked it), TransitionImpossible (answered, or taken back already).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.SAISIE, verrou=True)
        demande = modification_accessible(dossier, modification_id, par)
        if demande.par is None or demande.par != par.identite:
            raise DroitManquant(
                f"Seule la personne qui l’a demandée, {demande.par_nom}, peut retirer cette modification. "
                "Vous pouvez écrire à l’OPCO dans les échanges du dossier."
            )
        if demande.etat != EtatModification.DEMANDEE:
            raise TransitionImpossible(f"Cette demande n’attend plus de réponse\u00a0: {demande.libelle_etat.lower()}.")
        demande.etat = EtatModification.RETIREE.value
        demande.decidee_par_nom, demande.decidee_le = par.libelle[:200], maintenant
        demande.save(update_fields=["etat", "decidee_par_nom", "decidee_le"])
        corps = f"Demande de modification retirée\u00a0: {demande.libelle}"
        ecrire_dans_le_fil(dossier=dossier, fil=dossier.fil_id, cote=Cote.ENTREPRISE, corps=corps, par=par, maintenant=maintenant)
        details = {"objet": demande.libelle}
        noter("modification.retiree", par=par, portee=dossier.portee_des_suites, objet=dossier, le=maintenant, details=details)
    return demande


def _lire_la_demande(case: Case, souhait: str, motif: str) -> tuple[str, str]:
    """The wish as the box would keep it, and the reason. Raises SaisiesRefusees."""
    raison, voulu = " ".join(motif.split()), "" if case.sensible else " ".join(souhait.split())
    refus = {}
    if not raison:
        refus["motif"] = "Expliquez pourquoi cette réponse doit changer"
    elif len(raison) > LONGUEUR:
        refus["motif"] = f"Écrivez {LONGUEUR}\u00a0caractères au plus"
    if not voulu and not case.sensible:
        refus["souhait"] = "Indiquez la réponse souhaitée"
    elif len(voulu) > LONGUEUR:
        refus["souhait"] = f"Écrivez {LONGUEUR}\u00a0caractères au plus"
    if refus:
        raise SaisiesRefusees(refus)
    return voulu, raison


def _libelle(section: Section, case: Case, chemin: str) -> str:
    rang = chemin.split(".")[1]
    if section.fiche.repetee and rang.isdigit():
        return f"{section.fiche.element} {int(rang) + 1}, {case.libelle}"[:200]
    return f"{section.fiche.titre}, {case.libelle}"[:200]


def _corps(demande: DemandeModification, presente: str) -> str:
    souhait = f"\nRéponse souhaitée\u00a0: {demande.souhait}" if demande.souhait else ""
    return (
        f"Demande de modification\u00a0: {demande.libelle}\nRéponse actuelle\u00a0: {presente[:LONGUEUR] or 'vide'}{souhait}\n"
        f"Motif\u00a0: {demande.motif}"
    )
