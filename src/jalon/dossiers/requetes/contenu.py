"""What a request says, as each side may read it. Sensitive boxes leave the row masked, or not at all."""

from collections.abc import Collection, Sequence
from typing import Any

from jalon.dispositifs.base import Contenu, Dispositif
from jalon.dispositifs.lecture import RubriqueAffichee, recapituler, relire_contenu
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers import chiffrement
from jalon.dossiers.models import Dossier, VersionContenu
from jalon.dossiers.requetes.acces import cote_de, portee_entreprise
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Acteur, Niveau, Pouvoir
from jalon.socle.erreurs import DroitManquant


def peut_lire_les_sensibles(dossier: Dossier, acteur: Acteur) -> bool:
    """Whoever types for the company, out of probation (exigences, T1c)."""
    if isinstance(acteur, ActeurPersonne) and acteur.en_probation(dossier.siren):
        return False
    return acteur.peut(dossier.droit(Niveau.SAISIE), portee_entreprise(dossier))


def exiger_les_reponses_entieres(dossier: Dossier, acteur: Acteur) -> None:
    """Who types for the company; at the OPCO, who examines. Never the provider. Raises DroitManquant."""
    if cote_de(dossier, acteur) == Cote.OPCO:
        acteur.exiger_pouvoir(Pouvoir.INSTRUIRE, dossier.portefeuille_id)
    else:
        acteur.exiger(dossier.droit(Niveau.SAISIE), portee_entreprise(dossier))


def exiger_les_sensibles(dossier: Dossier, acteur: Acteur) -> None:
    """The same people, out of probation (exigences, T1c). Raises DroitManquant."""
    exiger_les_reponses_entieres(dossier, acteur)
    if isinstance(acteur, ActeurPersonne) and acteur.en_probation(dossier.siren):
        raise DroitManquant("Les données protégées s’afficheront à la fin des 72 premières heures.")


def reponses_de(dossier: Dossier, acteur: Acteur) -> dict[str, dict[str, Any]]:
    """What was typed, by section. Sensitive boxes in clear for who may, masked otherwise, and always when they came from the
    directory of employees: a mask posted back changes nothing.

    Raises DroitManquant: only the company reads what was typed; others read the content that was sent.
    """
    _exiger_l_entreprise(dossier, acteur)
    dispositif = dispositif_de(dossier.dispositif)
    if not peut_lire_les_sensibles(dossier, acteur):
        return chiffrement.masquer_reponses(dispositif, dossier.id, dossier.reponses)
    lues = chiffrement.dechiffrer_reponses(dispositif, dossier.id, dossier.reponses)
    return {
        code: {**lue, "valeurs": chiffrement.masquer_les_reprises(dispositif, dossier.id, code, lue)}
        for code, lue in lues.items()
    }


def reponses_a_juger(dossier: Dossier, acteur: Acteur) -> dict[str, dict[str, Any]]:
    """The same in clear, for rules alone: a masked box is as good or as wrong as what it hides; no page receives it."""
    _exiger_l_entreprise(dossier, acteur)
    return chiffrement.dechiffrer_reponses(dispositif_de(dossier.dispositif), dossier.id, dossier.reponses)


def _exiger_l_entreprise(dossier: Dossier, acteur: Acteur) -> None:
    if cote_de(dossier, acteur) != Cote.ENTREPRISE:
        raise DroitManquant("Les réponses en cours de saisie appartiennent à l’entreprise.")


def contenu_en_clair(dossier: Dossier, document: dict[str, Any] | None = None) -> Contenu:
    """The last content (or a given version) for rules and comparisons; no page receives it. Raises LookupError for a draft."""
    source = dossier.contenu if document is None else document
    if source is None:
        raise LookupError("un brouillon n’a pas de contenu")
    dispositif = dispositif_de(dossier.dispositif)
    return relire_contenu(dispositif, chiffrement.dechiffrer_document(dispositif, dossier.id, source))


def contenu_visible(dossier: Dossier, acteur: Acteur) -> Contenu | None:
    """The content that was sent, without sensitive boxes; the provider only reads the boxes declared for it. None: not sent."""
    if dossier.contenu is None:
        return None
    dispositif = dispositif_de(dossier.dispositif)
    gardees = dispositif.vu_du_prestataire if cote_de(dossier, acteur) == Cote.PRESTATAIRE else None
    return _reduire(dispositif, contenu_en_clair(dossier), gardees)


def recapitulatif_de(dossier: Dossier, acteur: Acteur) -> list[RubriqueAffichee]:
    """The content in words, in the order of the form: sensitive boxes masked, absent for the provider. Empty: not sent."""
    if dossier.contenu is None:
        return []
    dispositif = dispositif_de(dossier.dispositif)
    if cote_de(dossier, acteur) == Cote.PRESTATAIRE:
        return recapituler(dispositif, _reduire(dispositif, contenu_en_clair(dossier), dispositif.vu_du_prestataire))
    return recapituler(dispositif, contenu_en_clair(dossier))


def _reduire(dispositif: Dispositif, contenu: Contenu, gardees: Collection[str] | None) -> Contenu:
    """A partial content without the sensitive boxes, mandatory or not, that holds these ones only; None: every other one."""
    reduit: dict[str, Any] = {}
    for section in dispositif.sections:
        noms = [
            case.nom
            for case in section.cases
            if not case.sensible and (gardees is None or f"{section.code}.{case.nom}" in gardees)
        ]
        valeur = getattr(contenu, section.code)
        rubriques = valeur if section.fiche.repetee else (valeur,)
        reduites = tuple(section.rubrique.partiel({nom: getattr(r, nom) for nom in noms}) for r in rubriques)
        reduit[section.code] = reduites if section.fiche.repetee else reduites[0]
    return dispositif.contenu.partiel(reduit)


def versions_de(dossier: Dossier, acteur: Acteur) -> Sequence[VersionContenu]:
    """Every version of the content that the actor may see, oldest first; none for the provider."""
    return list(VersionContenu.objects.visibles_par(acteur).filter(dossier=dossier).order_by("numero"))
