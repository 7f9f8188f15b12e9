"""Typing: a section at a time, whatever its state, never lost and never silently overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from jalon.dispositifs.base import Dispositif, Projection
from jalon.dispositifs.lecture import LectureSection, Remplissage, lire_section, projeter, remplir_depuis_les_registres
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.projections import CHAMPS_DU_LIEU, CHAMPS_PROJETES, placer, projeter_sur
from jalon.dossiers.actions.reponses import commencer_la_reponse
from jalon.dossiers.chiffrement import (
    chiffrer_valeurs,
    dechiffrer_valeurs,
    masquer_les_reprises,
    masquer_reponses,
    reprendre_masques,
)
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import attente_brouillon, fusionner
from jalon.dossiers.requetes.acces import dossier_accessible
from jalon.dossiers.requetes.contenu import peut_lire_les_sensibles
from jalon.dossiers.requetes.depots import limite_de_depot, section_de_l_entreprise
from jalon.dossiers.requetes.pieces import complement_en_cours
from jalon.dossiers.requetes.registres import consulter
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import ConflitDeVersion, Introuvable, TransitionImpossible


@dataclass(frozen=True, slots=True)
class Enregistrement:
    """What was kept: the request, the new version of the section, and the reading of it (sentences for each box).

    `remplies`: boxes that a register just filled, and which one. `redessiner`: whether boxes hold something else than what was
    typed in them.
    """

    dossier: Dossier
    version: int
    lecture: LectureSection
    remplies: Mapping[str, str] = field(default_factory=dict)
    redessiner: bool = False


def enregistrer_section(
    *, dossier_id: UUID, section: str, version: int, valeurs: Mapping[str, Any], par: Acteur, maintenant: datetime
) -> Enregistrement:
    """Keep what was typed in a section, valid or not, formats repaired.

    `version` is the one that was read (0: never typed). While a complement is waited for, only the boxes asked again change.
    A mask posted back in a sensitive box stands for the value it hides. The same answers sent twice are kept once.
    Raises: Introuvable (also an unknown section), DroitManquant, TransitionImpossible, ConflitDeVersion (with both values).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.SAISIE, verrou=True)
        declaration = dispositif_de(dossier.dispositif)
        if section not in {s.code for s in declaration.sections}:
            raise Introuvable
        gardee: dict[str, Any] = dossier.reponses.get(section) or {"version": 0, "valeurs": {}}
        anciennes = dechiffrer_valeurs(declaration, dossier.id, section, gardee["valeurs"])
        rempli = _a_garder(dossier, declaration, section, valeurs, gardee | {"valeurs": anciennes})
        lecture = lire_section(declaration, section, rempli.valeurs, dossier.reponses)
        retenues = lecture.valeurs_normalisees
        if version != gardee["version"]:
            if retenues == anciennes:
                return Enregistrement(dossier, gardee["version"], lecture)
            raise _conflit(dossier, declaration, section, gardee, valeurs, par)
        dossier.reponses[section] = {
            "version": version + 1,
            "valeurs": chiffrer_valeurs(declaration, dossier.id, section, retenues),
            "par": par.libelle,
            "le": maintenant.isoformat(),
            "remplies": rempli.remplies,
            **({"reprises": gardee["reprises"]} if "reprises" in gardee else {}),
        }
        _enregistrer(dossier, declaration, lecture, par, maintenant)
    return Enregistrement(dossier, version + 1, lecture, rempli.nouvelles, bool(rempli.nouvelles or rempli.videes))


def _a_garder(
    dossier: Dossier, declaration: Dispositif, section: str, valeurs: Mapping[str, Any], gardee: Mapping[str, Any]
) -> Remplissage:
    """What was typed, masks resolved, the registers' answers added, boxes that are closed left as they were."""
    anciennes = gardee["valeurs"]
    nouvelles = reprendre_masques(declaration, section, valeurs, anciennes)
    if dossier.etat == EtatDossier.BROUILLON:
        return remplir_depuis_les_registres(
            declaration, section, nouvelles, consulter, anciennes=anciennes, remplies=gardee.get("remplies")
        )
    demande = complement_en_cours(dossier) if dossier.etat == EtatDossier.A_COMPLETER else None
    if demande is None:
        raise TransitionImpossible("Ce dossier est transmis\u00a0: ses réponses ne changent plus que si l’OPCO le demande.")
    return Remplissage(fusionner(demande.ouvertes, section, anciennes, nouvelles))


def _conflit(
    dossier: Dossier, declaration: Dispositif, section: str, gardee: Mapping[str, Any], saisi: Mapping[str, Any], par: Acteur
) -> ConflitDeVersion:
    qui = str(gardee.get("par", ""))
    claires = {**gardee, "valeurs": dechiffrer_valeurs(declaration, dossier.id, section, gardee["valeurs"])}
    lisibles = (
        masquer_les_reprises(declaration, dossier.id, section, claires)
        if peut_lire_les_sensibles(dossier, par)
        else masquer_reponses(declaration, dossier.id, {section: gardee})[section]["valeurs"]
    )
    auteur = f"{qui} a modifié cette rubrique" if qui else "Cette rubrique a été modifiée"
    return ConflitDeVersion(
        f"{auteur} pendant votre saisie. Choisissez la réponse à garder.", en_base=lisibles, saisi=saisi, par=qui
    )


def _enregistrer(dossier: Dossier, declaration: Dispositif, lecture: LectureSection, par: Acteur, maintenant: datetime) -> None:
    """Write the answers. Columns follow a draft at once; those of a sent request follow its next version."""
    dossier.modifie_le = maintenant
    champs = ["reponses", "modifie_le"]
    commencer_la_reponse(dossier, maintenant)
    if dossier.etat == EtatDossier.BROUILLON:
        debut = dossier.date_debut
        projection = projeter(declaration, dossier.reponses, {lecture.section.code: lecture})
        _suivre_le_siret(dossier, projection, par)
        projeter_sur(dossier, _tenir_le_prestataire(dossier, projection, par), sinon=dossier.convention_siren)
        champs += CHAMPS_PROJETES + CHAMPS_DU_LIEU
        if dossier.date_debut != debut or lecture.section is section_de_l_entreprise(declaration):
            limite = limite_de_depot(dossier, declaration, jour_de_paris(maintenant))
            dossier.attendre(attente_brouillon(limite))
            champs += ["attend_qui", "attend_avant", "attend_motif"]
    dossier.save(update_fields=champs)


def _suivre_le_siret(dossier: Dossier, projection: Projection, par: Acteur) -> None:
    """The draft moves to the establishment typed, if the actor may type there too; otherwise it stays where it was, and the
    controls say that this SIRET is not one of hers."""
    siret = projection.siret
    if not siret or siret == dossier.siret:
        return
    ailleurs = replace(dossier.portee_de_l_entreprise, siren=siret[:9], siret=siret)
    if par.peut(dossier.droit(Niveau.SAISIE), ailleurs):
        placer(dossier, siret[:9], siret)


def _tenir_le_prestataire(dossier: Dossier, projection: Projection, par: Acteur) -> Projection:
    """The draft names the provider typed, if the actor may type for it there too; otherwise it stays the one that it was: who
    acts under a convention neither takes the draft of another provider, nor gives hers to it."""
    tape = projection.prestataire_siret[:9] or dossier.convention_siren
    if par.peut(dossier.droit(Niveau.SAISIE), replace(dossier.portee_de_l_entreprise, prestataire_nomme=tape)):
        return projection
    meme = dossier.prestataire_siret[:9] == dossier.prestataire_siren
    return replace(
        projection,
        prestataire_siret=dossier.prestataire_siret if meme else "",
        prestataire_denomination=dossier.prestataire_denomination if meme else "",
    )
