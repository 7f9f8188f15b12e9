"""Starting a draft, throwing it away."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from jalon.dispositifs.base import Dispositif
from jalon.dispositifs.lecture import lire_section, projeter, remplir_depuis_les_registres
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.projections import placer, projeter_sur
from jalon.dossiers.chiffrement import chiffrer_valeurs
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.dossiers.regles import attente_brouillon
from jalon.dossiers.requetes.acces import dossier_accessible
from jalon.dossiers.requetes.depots import CASE_SIRET, limite_de_depot, section_de_l_entreprise
from jalon.dossiers.requetes.registres import consulter
from jalon.journal.actions import noter
from jalon.messagerie.actions import ouvrir_fil
from jalon.pieces.actions import supprimer_document
from jalon.salaries.actions import oublier_dossier
from jalon.socle.acteurs import Acteur, Droit, Niveau, Portee
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import SaisieRefusee, TransitionImpossible
from jalon.socle.identifiants import analyser_siren, analyser_siret


def creer_brouillon(
    *,
    dispositif: str,
    siren: str,
    siret: str = "",
    prestataire: str = "",
    reponses: Mapping[str, Mapping[str, Any]] | None = None,
    par: Acteur,
    maintenant: datetime,
) -> Dossier:
    """Start a request for an establishment of a company; without `siret`, for the company as a whole until it is typed.

    What the register knows of the establishment is filled in; the effectif is never inferred from its bracket: it is what the
    company declared to the OPCO, or it is asked.
    Begun under a convention, it names its provider from the start: `prestataire` says which (SIREN), when there are several.
    `reponses`: first answers in clear, by section, of a draft that is not begun empty.
    Raises: Introuvable (unknown dispositif), SaisieRefusee (closed dispositif, SIRET, provider to choose), DroitManquant.
    """
    declaration = dispositif_de(dispositif)
    if fermeture := declaration.fermeture(jour_de_paris(maintenant)):
        raise SaisieRefusee(fermeture, champ="dispositif")
    siren, siret = analyser_siren(siren), analyser_siret(siret) if siret else ""
    if siret and siret[:9] != siren:
        raise SaisieRefusee("Choisissez un établissement de cette entreprise", champ="siret")
    droit = Droit(declaration.famille, Niveau.SAISIE, declaration.code)
    portee = Portee(siren=siren, siret=siret, domaine=declaration.famille)
    convention = _prestataire_de_la_convention(par, droit, portee, prestataire)
    par.exiger(droit, replace(portee, prestataire_nomme=convention))
    with transaction.atomic():
        dossier = _brouillon_vide(declaration, convention, par, maintenant)
        placer(dossier, siren, siret)
        if reponses is None:
            dossier.reponses = _reponses_initiales(declaration, siret, par, maintenant)
            projeter_sur(dossier, projeter(declaration, dossier.reponses), sinon=convention)
        else:
            _preremplir(dossier, declaration, reponses, par, maintenant)
            par.exiger(droit, dossier.portee_de_l_entreprise)
        dossier.attendre(attente_brouillon(limite_de_depot(dossier, declaration, jour_de_paris(maintenant))))
        dossier.save(force_insert=True)
        noter("dossier.cree", par=par, portee=dossier.portee_du_journal, objet=dossier, le=maintenant)
    return dossier


def _brouillon_vide(declaration: Dispositif, convention: str, par: Acteur, maintenant: datetime) -> Dossier:
    """Without its place nor its answers, with its thread."""
    return Dossier(
        dispositif=declaration.code,
        version_formulaire=declaration.version,
        etat=EtatDossier.BROUILLON,
        etat_depuis=maintenant,
        cree_le=maintenant,
        cree_par=par.identite,
        cree_par_nom=par.libelle[:200],
        modifie_le=maintenant,
        fil=ouvrir_fil(maintenant=maintenant),
        domaine=declaration.famille.value,
        convention_siren=convention,
    )


def _prestataire_de_la_convention(par: Acteur, droit: Droit, portee: Portee, choisi: str) -> str:
    """The provider under whose convention the actor files there; empty when she files without any. Raises SaisieRefusee."""
    perimetre = par.perimetre(droit)
    if perimetre.couvre(portee):
        return ""
    possibles = sorted({nomme for lieu, nomme in perimetre.couples if lieu in {portee.siren, portee.siret}})
    if choisi:
        return choisi if choisi in possibles else ""
    if len(possibles) > 1:
        raise SaisieRefusee("Choisissez l’organisme de formation pour lequel vous déposez", champ="prestataire")
    return possibles[0] if possibles else ""


def _reponses_initiales(declaration: Dispositif, siret: str, par: Acteur, maintenant: datetime) -> dict[str, Any]:
    """The first section that asks a SIRET is the company's."""
    if not siret:
        return {}
    section = section_de_l_entreprise(declaration)
    rempli = remplir_depuis_les_registres(declaration, section.code, {CASE_SIRET: siret}, consulter)
    return {
        section.code: {
            "version": 1,
            "valeurs": lire_section(declaration, section.code, rempli.valeurs).valeurs_normalisees,
            "par": par.libelle,
            "le": maintenant.isoformat(),
            "remplies": rempli.remplies,
        }
    }


def _preremplir(
    dossier: Dossier, declaration: Dispositif, reponses: Mapping[str, Mapping[str, Any]], par: Acteur, maintenant: datetime
) -> None:
    """Answers in the present form, formats repaired, protected boxes encrypted for this row; boxes that it has no more are left out."""
    claires = {section: {"valeurs": valeurs} for section, valeurs in reponses.items()}
    lues = {s.code: lire_section(declaration, s.code, reponses.get(s.code, {}), claires) for s in declaration.sections}
    gardees = {code: lue.valeurs_normalisees for code, lue in lues.items() if reponses.get(code)}
    dossier.reponses = {
        code: {
            "version": 1,
            "valeurs": chiffrer_valeurs(declaration, dossier.id, code, valeurs),
            "par": par.libelle,
            "le": maintenant.isoformat(),
        }
        for code, valeurs in gardees.items()
    }
    projeter_sur(dossier, projeter(declaration, claires, lues), sinon=dossier.convention_siren)


def supprimer_brouillon(*, dossier_id: UUID, par: Acteur, maintenant: datetime) -> None:
    """Delete a draft, its answers, its documents and its thread; the journal keeps that it existed.

    Raises: Introuvable, DroitManquant, TransitionImpossible (it was sent).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.SAISIE, verrou=True)
        if not dossier.est_brouillon:
            raise TransitionImpossible(
                "Ce dossier a été transmis\u00a0: il ne se supprime plus, il peut être annulé avant son début."
            )
        pieces = PieceDeposee.objects.tous("suppression d’un brouillon déjà obtenu par sa porte").filter(dossier=dossier)
        documents = [piece.document for piece in pieces.select_related("document").order_by("document_id")]
        noter("dossier.brouillon_supprime", par=par, portee=dossier.portee_du_journal, objet=dossier, le=maintenant)
        pieces.delete()
        for document in documents:
            supprimer_document(document=document)
        fil = dossier.fil
        oublier_dossier(dossier_id=dossier.id)
        Dossier.objects.tous("suppression d’un brouillon déjà obtenu par sa porte").filter(pk=dossier.pk).delete()
        fil.delete()
