"""A rupture as each side declared it, as each may read it, and what it changes."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from jalon.contrats.models import RuptureDeclaree
from jalon.contrats.requetes.contenus import deja_verse, engagement_du_contrat, versions_du_contrat, vie_de
from jalon.dispositifs.base import EffetSurArgent, Rupture
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import contexte_de, cote_de
from jalon.engagements.requetes import echeances_de
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Acteur
from jalon.socle.dates import formater_date
from jalon.socle.erreurs import SaisiesRefusees
from jalon.socle.montants import somme

MOTIF_TU = "Licenciement\u00a0: le motif reste entre l’employeur et l’apprenti"
MOTIF_INCONNU = "Motif inconnu du CFA"


@dataclass(frozen=True, slots=True)
class DeclarationVue:
    """What one side declared. `faits`: (words, answer); `preuve`: what it must be able to show."""

    cote: Cote
    le: date
    motif: str
    faits: tuple[tuple[str, str], ...]
    preuve: str
    formation_jusqu_au: date | None
    declaree_le: datetime
    declaree_par_nom: str


@dataclass(frozen=True, slots=True)
class RuptureVue:
    """Both declarations; `ecarts`: sentences on what they do not say alike, for the OPCO and the company."""

    entreprise: DeclarationVue | None
    prestataire: DeclarationVue | None
    ecarts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Apercu:
    """« Voici ce que cela change »: what was planned, then the payments counted again."""

    rupture: Rupture
    prevu: Decimal
    effet: EffetSurArgent

    @property
    def du(self) -> Decimal:
        """What the contract is worth now, net of the participation."""
        return somme(e.montant for e in self.effet.estimation.echeances)

    @property
    def reste(self) -> Decimal:
        """What will be paid."""
        return somme(e.montant for e in self.effet.a_verser)


def declarations(dossier: Dossier) -> dict[Cote, RuptureDeclaree]:
    """Those in force, by side, of a contract reached by its door."""
    lues = RuptureDeclaree.objects.tous("rupture d’un contrat déjà obtenu par sa porte")
    return {Cote(d.cote): d for d in lues.filter(dossier=dossier, remplacee_le__isnull=True)}


def lire(declaree: RuptureDeclaree) -> Rupture:
    """As a value for rules."""
    return Rupture(
        le=declaree.le,
        motif=declaree.motif,
        dates={code: date.fromisoformat(jour) for code, jour in declaree.dates.items()},
        jours_pratiques=declaree.jours_pratiques,
        formation_jusqu_au=declaree.formation_jusqu_au,
        representant_signe=declaree.representant_signe,
    )


def rupture_de(dossier: Dossier, acteur: Acteur) -> RuptureVue | None:
    """What was declared, as the actor may read it; None: nothing was. The provider reads no motive of a dismissal."""
    lues = declarations(dossier)
    cote = cote_de(dossier, acteur)
    if not lues or cote is None:
        return None
    vues = {c: _vue(dossier, declaree, tue=cote == Cote.PRESTATAIRE) for c, declaree in lues.items()}
    entreprise, prestataire = vues.get(Cote.ENTREPRISE), vues.get(Cote.PRESTATAIRE)
    return RuptureVue(entreprise, prestataire, () if cote == Cote.PRESTATAIRE else tuple(_ecarts(lues, vues)))


def _vue(dossier: Dossier, declaree: RuptureDeclaree, *, tue: bool) -> DeclarationVue:
    motif = vie_de(dossier).motif(declaree.motif)
    libelle = motif.libelle if motif else MOTIF_INCONNU
    faits: list[tuple[str, str]] = []
    preuve = motif.preuve if motif else ""
    if motif is not None and tue and not motif.dit_au_prestataire:
        libelle, preuve = MOTIF_TU, ""
    elif motif is not None:
        dites = {code: formater_date(date.fromisoformat(jour)) for code, jour in declaree.dates.items()}
        faits = [(d.libelle, dites[d.code]) for d in motif.dates if d.code in dites]
        if declaree.jours_pratiques is not None:
            faits.append(("Jours de formation pratique faits", str(declaree.jours_pratiques)))
    return DeclarationVue(
        cote=Cote(declaree.cote),
        le=declaree.le,
        motif=libelle,
        faits=tuple(faits),
        preuve=preuve,
        formation_jusqu_au=declaree.formation_jusqu_au,
        declaree_le=declaree.declaree_le,
        declaree_par_nom=declaree.declaree_par_nom,
    )


def _ecarts(lues: dict[Cote, RuptureDeclaree], vues: dict[Cote, DeclarationVue]) -> list[str]:
    if len(lues) < 2:
        return []
    entreprise, cfa = lues[Cote.ENTREPRISE], lues[Cote.PRESTATAIRE]
    ecarts = []
    if entreprise.le != cfa.le:
        ecarts.append(
            f"L’entreprise dit que le contrat prend fin le {formater_date(entreprise.le)}, le CFA le {formater_date(cfa.le)}"
        )
    if cfa.motif and entreprise.motif != cfa.motif:
        dit, signale = vues[Cote.ENTREPRISE].motif, vues[Cote.PRESTATAIRE].motif
        ecarts.append(f"L’entreprise donne pour motif «\u00a0{dit}\u00a0», le CFA «\u00a0{signale}\u00a0»")
    return ecarts


def suite_declaree(dossier: Dossier, rupture: Rupture) -> date | None:
    """Until when the CFA said that it teaches, within what is funded after that rupture."""
    cfa = declarations(dossier).get(Cote.PRESTATAIRE)
    jusqu_au = cfa.formation_jusqu_au if cfa else None
    limite = vie_de(dossier).limite_du_maintien(versions_du_contrat(dossier)[-1], rupture)
    if jusqu_au is None or limite is None or jusqu_au <= rupture.le:
        return None
    return min(jusqu_au, limite)


def apercu_de_rupture(dossier: Dossier, rupture: Rupture, maintenant: datetime) -> Apercu:
    """What a rupture would change, without writing anything; the caller obtained the contract by its door and judged the rupture.

    Raises: TransitionImpossible, SaisiesRefusees (the payments cannot be counted with these days).
    """
    engagement = engagement_du_contrat(dossier)
    contexte = contexte_de(dossier, maintenant)
    effet = vie_de(dossier).rompre(versions_du_contrat(dossier), contexte, rupture, deja_verse(engagement))
    if not effet.estimation.echeances:
        raise SaisiesRefusees(
            {"le": " ".join(effet.estimation.avertissements) or "Les paiements ne se calculent pas à cette date"}
        )
    return Apercu(rupture, somme(e.montant for e in echeances_de(engagement)), effet)


def peut_se_rompre(dossier: Dossier) -> bool:
    """Whether a rupture may be declared, or corrected, in its state."""
    return dossier.etat in {EtatDossier.ACCORDE, EtatDossier.ROMPU}
