"""An avenant: begun, typed and sent by the company; accepted or refused by the OPCO (Code du travail, D6224-5)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from jalon.contrats.actions.transferts import employeur_d_avant, exiger_transferable, passer_a_l_autre_employeur
from jalon.contrats.courriels import (
    AvenantAuCfa,
    AvenantDecide,
    AvenantTransmis,
    ecrire_a_l_entreprise,
    ecrire_au_cfa,
    ecrire_au_conseiller,
)
from jalon.contrats.enums import EtatAvenant
from jalon.contrats.models import Avenant
from jalon.contrats.requetes.avenants import avenant_en_cours, jour_d_effet, juger_avenant
from jalon.contrats.requetes.contenus import accordes, deja_verse, engagement_du_contrat, versions_du_contrat, vie_de
from jalon.contrats.requetes.preuves import avenant_signe
from jalon.dispositifs.base import GenreAvenant
from jalon.dispositifs.lecture import ecrire_contenu, lire_section, reponses_du_contenu
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.versions import CHAMPS_DU_CONTENU, figer_contenu
from jalon.dossiers.chiffrement import chiffrer_document, chiffrer_valeurs, dechiffrer_valeurs, reprendre_masques
from jalon.dossiers.enums import EtatDossier, MotifVersion
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import fusionner
from jalon.dossiers.requetes import contenu_en_clair, contexte_de, dossier_a_traiter, dossier_accessible
from jalon.engagements.actions import reprendre_echeancier
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Niveau, Pouvoir
from jalon.socle.dates import formater_date
from jalon.socle.erreurs import SaisieRefusee, SaisiesRefusees, TransitionImpossible

PROPRES = {"date_conclusion": "", "date_effet": ""}
"""What an avenant says of itself is typed again."""
LONGUEUR_TEXTE = 2000
SANS_SIGNATURE = "Joignez l’avenant signé par l’employeur et l’apprenti, puis transmettez"


def commencer_avenant(*, dossier_id: UUID, code: str, par: Acteur, maintenant: datetime) -> Avenant:
    """Start an avenant of that code, from the contract in force. One at a time.

    Raises: Introuvable, DroitManquant (Gestion), TransitionImpossible (not granted, one is in progress), SaisieRefusee (unknown code).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.GESTION, verrou=True)
        vie = vie_de(dossier)
        _exiger_accorde(dossier)
        if not vie.avenants:
            raise TransitionImpossible("Ce dossier ne change pas par un avenant\u00a0: écrivez à l’OPCO dans les échanges.")
        genre = vie.genre(code)
        if genre is None:
            raise SaisieRefusee("Choisissez la nature de l’avenant", champ="code")
        if avenant_en_cours(dossier) is not None:
            raise TransitionImpossible("Un avenant est déjà en cours sur ce contrat\u00a0: terminez-le, ou abandonnez-le.")
        tous = Avenant.objects.tous("rang d’un avenant sur un contrat déjà verrouillé").filter(dossier=dossier)
        avenant = Avenant(
            dossier=dossier,
            rang=(tous.aggregate(dernier=Max("rang"))["dernier"] or 0) + 1,
            code=code,
            version_depart=dossier.contenu_version,
            reponses=_reponses_de_depart(dossier, genre),
            commence_le=maintenant,
            commence_par=par.identite,
            commence_par_nom=par.libelle[:200],
        ).porter(dossier.portee_des_suites)
        avenant.save(force_insert=True)
        _noter("avenant.commence", dossier, avenant, par, maintenant)
    return avenant


def _reponses_de_depart(dossier: Dossier, genre: GenreAvenant) -> dict[str, Any]:
    declaration = dispositif_de(dossier.dispositif)
    reponses = reponses_du_contenu(declaration, contenu_en_clair(dossier))
    reponses["contrat"]["valeurs"] |= {**PROPRES, "type_contrat": _type_de_contrat(genre)}
    return {
        section: {"version": 0, "valeurs": chiffrer_valeurs(declaration, dossier.id, section, gardee["valeurs"])}
        for section, gardee in reponses.items()
    }


def _type_de_contrat(genre: GenreAvenant) -> str:
    return genre.type_contrat or genre.code


def enregistrer_avenant(
    *, dossier_id: UUID, valeurs: Mapping[str, Mapping[str, Any]], par: Acteur, maintenant: datetime
) -> Avenant:
    """Keep what was typed, valid or not, in the boxes that the code opens; every other one stays as it is in the contract.

    `valeurs`: section -> answers. A mask posted back stands for the value it hides.
    Raises: Introuvable, DroitManquant (Gestion), TransitionImpossible (none in preparation).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.GESTION, verrou=True)
        avenant = _en_preparation(dossier)
        declaration = dispositif_de(dossier.dispositif)
        vie = vie_de(dossier)
        ouvertes, genre = vie.ouvertes(avenant.code), vie.genre(avenant.code)
        for section in (s.code for s in declaration.sections if s.code in valeurs):
            gardee = avenant.reponses[section]
            anciennes = dechiffrer_valeurs(declaration, dossier.id, section, gardee["valeurs"])
            nouvelles = {**anciennes, **reprendre_masques(declaration, section, valeurs[section], anciennes)}
            retenues = fusionner(ouvertes, section, anciennes, nouvelles)
            if section == "contrat" and genre is not None:
                retenues["type_contrat"] = _type_de_contrat(genre)
            lecture = lire_section(declaration, section, retenues, avenant.reponses)
            lues = chiffrer_valeurs(declaration, dossier.id, section, lecture.valeurs_normalisees)
            avenant.reponses[section] = {"version": gardee["version"] + 1, "valeurs": lues}
        avenant.save(update_fields=["reponses"])
        dossier.modifie_le = maintenant
        dossier.save(update_fields=["modifie_le"])
    return avenant


def transmettre_avenant(*, dossier_id: UUID, par: Acteur, maintenant: datetime) -> Avenant:
    """Send the avenant: its boxes are judged, then what its code limits, then its signed document; the OPCO decides on it.

    A fault that the contract in force has already is not its own.
    Raises: Introuvable, DroitManquant (Gestion), TransitionImpossible, SaisiesRefusees (« section.champ » -> sentence).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.GESTION, verrou=True)
        avenant = _en_preparation(dossier)
        _exiger_accorde(dossier)
        declaration = dispositif_de(dossier.dispositif)
        contenu = juger_avenant(dossier, avenant, maintenant)
        if avenant_signe(dossier, avenant) is None:
            raise SaisiesRefusees({"pieces.avenant_signe": SANS_SIGNATURE})
        avenant.contenu = chiffrer_document(declaration, dossier.id, ecrire_contenu(contenu))
        avenant.etat, avenant.date_effet = EtatAvenant.TRANSMIS, jour_d_effet(contenu)
        avenant.transmis_le, avenant.transmis_par_nom = maintenant, par.libelle[:200]
        avenant.save(update_fields=["contenu", "etat", "date_effet", "transmis_le", "transmis_par_nom"])
        _noter("avenant.transmis", dossier, avenant, par, maintenant)
        ecrire_au_conseiller(AvenantTransmis, dossier, maintenant)
    return avenant


def abandonner_avenant(*, dossier_id: UUID, par: Acteur, maintenant: datetime) -> Avenant:
    """Give up an avenant that the OPCO has not decided. Raises: Introuvable, DroitManquant (Gestion), TransitionImpossible."""
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.GESTION, verrou=True)
        avenant = _exiger_en_cours(dossier)
        avenant.etat, avenant.decide_le = EtatAvenant.ABANDONNE, maintenant
        avenant.decide_par, avenant.decide_par_nom = par.identite, par.libelle[:200]
        avenant.save(update_fields=["etat", "decide_le", "decide_par", "decide_par_nom"])
        _noter("avenant.abandonne", dossier, avenant, par, maintenant)
    return avenant


def accepter_avenant(*, dossier_id: UUID, par: Acteur, maintenant: datetime) -> Avenant:
    """The avenant is in force: a version of the contract, and its payments counted again.

    With another company in it, the contract and its agreement pass to that one, from the day of effect on.
    Raises: Introuvable, DroitManquant (Pouvoir.DECIDER), TransitionImpossible (none was sent, the contract ended, the other company
    cannot take it over, or not yet).
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.DECIDER, verrou=True)
        avenant = _transmis(dossier)
        _exiger_accorde(dossier)
        declaration = dispositif_de(dossier.dispositif)
        contenu = contenu_en_clair(dossier, avenant.contenu)
        exiger_transferable(dossier, contenu, avenant.date_effet, maintenant)
        avant = employeur_d_avant(dossier, maintenant)
        figer_contenu(dossier, declaration, contenu, MotifVersion.AVENANT, par, maintenant)
        passes = passer_a_l_autre_employeur(dossier, avenant, avant, par, maintenant)
        dossier.modifie_le = maintenant
        dossier.save(update_fields=["modifie_le", *CHAMPS_DU_CONTENU, *passes])
        _decider(avenant, EtatAvenant.ACCEPTE, "", par, maintenant)
        _noter("avenant.accepte", dossier, avenant, par, maintenant, accepte=True)
        engagement = engagement_du_contrat(dossier)
        effet = vie_de(dossier).reprendre(
            versions_du_contrat(dossier), contexte_de(dossier, maintenant), deja_verse(engagement), accordes(engagement)
        )
        reprendre_echeancier(
            engagement=engagement, estimation=effet.estimation, motif=f"avenant {avenant.code}", par=par, maintenant=maintenant
        )
        if not passes:
            ecrire_a_l_entreprise(AvenantDecide, dossier, maintenant)
        ecrire_au_cfa(AvenantAuCfa, dossier, maintenant)
    return avenant


def refuser_avenant(*, dossier_id: UUID, texte: str, par: Acteur, maintenant: datetime) -> Avenant:
    """The contract stays as it was; the company reads why.

    Raises: Introuvable, DroitManquant (Pouvoir.DECIDER), TransitionImpossible (none was sent), SaisieRefusee (no words).
    """
    with transaction.atomic():
        dossier = dossier_a_traiter(dossier_id, par, Pouvoir.DECIDER, verrou=True)
        avenant = _transmis(dossier)
        raison = texte.strip()
        if not raison:
            raise SaisieRefusee("Expliquez le refus à l’entreprise", champ="texte")
        if len(raison) > LONGUEUR_TEXTE:
            raise SaisieRefusee(f"Écrivez {LONGUEUR_TEXTE}\u00a0caractères au plus", champ="texte")
        _decider(avenant, EtatAvenant.REFUSE, raison, par, maintenant)
        _noter("avenant.refuse", dossier, avenant, par, maintenant)
        ecrire_a_l_entreprise(AvenantDecide, dossier, maintenant)
    return avenant


def _decider(avenant: Avenant, etat: EtatAvenant, texte: str, par: Acteur, maintenant: datetime) -> None:
    avenant.etat, avenant.texte, avenant.decide_le = etat, texte, maintenant
    avenant.decide_par, avenant.decide_par_nom = par.identite, par.libelle[:200]
    avenant.save(update_fields=["etat", "texte", "decide_le", "decide_par", "decide_par_nom"])


def _exiger_accorde(dossier: Dossier) -> None:
    if dossier.etat != EtatDossier.ACCORDE:
        raise TransitionImpossible("Un avenant change un contrat accordé et en cours\u00a0: celui-ci ne l’est pas.")


def _exiger_en_cours(dossier: Dossier) -> Avenant:
    vie_de(dossier)
    avenant = avenant_en_cours(dossier)
    if avenant is None:
        raise TransitionImpossible("Aucun avenant n’est en cours sur ce contrat.")
    return avenant


def _en_preparation(dossier: Dossier) -> Avenant:
    avenant = _exiger_en_cours(dossier)
    if avenant.etat != EtatAvenant.BROUILLON:
        raise TransitionImpossible("Cet avenant est transmis\u00a0: il ne change plus. Abandonnez-le pour en faire un autre.")
    return avenant


def _transmis(dossier: Dossier) -> Avenant:
    avenant = _exiger_en_cours(dossier)
    if avenant.etat != EtatAvenant.TRANSMIS:
        raise TransitionImpossible("Cet avenant n’est pas encore transmis par l’entreprise.")
    return avenant


def _noter(code: str, dossier: Dossier, avenant: Avenant, par: Acteur, maintenant: datetime, *, accepte: bool = False) -> None:
    """The CFA reads the line of an avenant in force; what is prepared, waits or is refused stays between company and OPCO."""
    effet = formater_date(avenant.date_effet) if avenant.date_effet else ""
    portee = dossier.portee_du_journal if accepte else dossier.portee_des_suites
    noter(code, par=par, portee=portee, objet=dossier, le=maintenant, details={"code": avenant.code, "effet": effet})
