"""What may be changed of a request that was sent, as its pages tell it, and what the company asked to change."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from jalon.dispositifs.base import ApresEnvoi, Case, Contenu, Section
from jalon.dispositifs.lecture import Demandes, afficher, apres_envoi, reponses_du_contenu
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.enums import EtatModification
from jalon.dossiers.models import DemandeModification, Dossier
from jalon.dossiers.requetes.contenu import contenu_en_clair
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import Introuvable

LIGNES_AU_PLUS = 30
"""Rows of a repeated section that are told one by one; beyond, the page says to write to the OPCO."""


@dataclass(frozen=True, slots=True)
class CaseModifiable:
    """A box that was asked: its path, what it holds in words (masked if sensitive), how it changes."""

    chemin: str
    libelle: str
    texte: str
    comment: ApresEnvoi
    case: Case


@dataclass(frozen=True, slots=True)
class RubriqueModifiable:
    """A section, or a row of a repeated one."""

    titre: str
    cases: list[CaseModifiable]


def ce_qui_se_modifie(dossier: Dossier) -> list[RubriqueModifiable]:
    """Every box that was asked of a request already obtained by its door, in the order of the form."""
    declaration, contenu = dispositif_de(dossier.dispositif), contenu_en_clair(dossier)
    demandes = Demandes(declaration, reponses_du_contenu(declaration, contenu))
    rubriques = []
    for section in declaration.sections:
        for titre, prefixe, rubrique in _lignes(section, contenu):
            cases = [
                CaseModifiable(
                    f"{prefixe}.{case.nom}", case.libelle, afficher(case, getattr(rubrique, case.nom)),
                    apres_envoi(declaration, section, case), case,
                )
                for case in section.cases
                if section.fiche.repetee or demandes.demandee(section, case)
            ]  # fmt: skip
            rubriques.append(RubriqueModifiable(titre, cases))
    return rubriques


def _lignes(section: Section, contenu: Contenu) -> list[tuple[str, str, Any]]:
    valeur = getattr(contenu, section.code)
    if not section.fiche.repetee:
        return [(section.fiche.titre, section.code, valeur)]
    lignes = enumerate(valeur[:LIGNES_AU_PLUS])
    return [(f"{section.fiche.element} {rang + 1}", f"{section.code}.{rang}", ligne) for rang, ligne in lignes]


def case_du_chemin(dossier: Dossier, chemin: str) -> tuple[Section, Case, Any]:
    """The box that a path names in the content, and its value; for rules and messages. Raises Introuvable."""
    declaration, contenu = dispositif_de(dossier.dispositif), contenu_en_clair(dossier)
    code, *reste = chemin.split(".")
    try:
        section = declaration.section(code)
        case = section.case(reste[-1])
        rubrique = getattr(contenu, code)
        if section.fiche.repetee:
            rubrique = rubrique[int(reste[0])]
    except (KeyError, IndexError, ValueError):
        raise Introuvable("Nous ne trouvons pas cette réponse dans la demande.") from None
    if len(reste) != (2 if section.fiche.repetee else 1) or (section.fiche.repetee and not reste[0].isdigit()):
        raise Introuvable("Nous ne trouvons pas cette réponse dans la demande.")
    return section, case, getattr(rubrique, case.nom)


def demande_en_attente(dossier: Dossier, chemin: str) -> bool:
    """Whether the company already waits for an answer about that box."""
    demandes = DemandeModification.objects.tous("modifications d’un dossier déjà obtenu par sa porte")
    return bool(demandes.filter(dossier=dossier, chemin=chemin, etat=EtatModification.DEMANDEE).exists())


def modifications_de(dossier: Dossier, acteur: Acteur) -> list[DemandeModification]:
    """Every change asked on a request, newest first; none for the provider."""
    return list(DemandeModification.objects.visibles_par(acteur).filter(dossier=dossier).order_by("-le", "-id"))


def modification_accessible(dossier: Dossier, modification_id: UUID, acteur: Acteur) -> DemandeModification:
    """One of them. Raises Introuvable."""
    visibles = DemandeModification.objects.visibles_par(acteur).filter(dossier=dossier, pk=modification_id)
    trouvee: DemandeModification | None = visibles.first()
    if trouvee is None:
        raise Introuvable("Nous ne trouvons pas cette demande de modification.")
    return trouvee
