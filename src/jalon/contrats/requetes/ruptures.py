"""A rupture as each side declared it, as each may read it, and what it changes."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from jalon.contrats.models import RuptureDeclaree
from jalon.contrats.requetes.contenus import (
    accordes,
    deja_verse,
    du_aujourd_hui,
    engagement_du_contrat,
    versions_du_contrat,
    vie_de,
)
from jalon.dispositifs.base import EffetSurArgent, Mots, Rupture
from jalon.dispositifs.types.formats import nombre
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import contexte_de, cote_de, portee_prestataire
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import DroitManquant, SaisiesRefusees
from jalon.socle.montants import ZERO

MOTIF_TU = "Le motif reste entre l’employeur et {}"
MOTIF_INCONNU = "Motif inconnu {}"
HEURES = "Heures de formation suivies"
SUITE = "formation_jusqu_au"


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
        return self.effet.du

    @property
    def reste(self) -> Decimal:
        """What will be paid."""
        return self.effet.reste


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
        heures_faites=declaree.heures_faites,
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
    ecarts = () if cote == Cote.PRESTATAIRE else tuple(_ecarts(lues, vues, vie_de(dossier).mots))
    return RuptureVue(entreprise, prestataire, ecarts)


def _vue(dossier: Dossier, declaree: RuptureDeclaree, *, tue: bool) -> DeclarationVue:
    vie = vie_de(dossier)
    motif = vie.motif(declaree.motif)
    libelle = motif.libelle if motif else MOTIF_INCONNU.format(vie.mots.du_prestataire)
    faits: list[tuple[str, str]] = []
    preuve = motif.preuve if motif else ""
    if motif is not None and tue and not motif.dit_au_prestataire:
        libelle, preuve = MOTIF_TU.format(vie.mots.beneficiaire), ""
    elif motif is not None:
        dites = {code: formater_date(date.fromisoformat(jour)) for code, jour in declaree.dates.items()}
        faits = [(d.libelle, dites[d.code]) for d in motif.dates if d.code in dites]
        if declaree.jours_pratiques is not None:
            faits.append(("Jours de formation pratique faits", str(declaree.jours_pratiques)))
    if declaree.heures_faites is not None:
        faits.append((HEURES, nombre(declaree.heures_faites)))
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


def _ecarts(lues: dict[Cote, RuptureDeclaree], vues: dict[Cote, DeclarationVue], mots: Mots) -> list[str]:
    if len(lues) < 2:
        return []
    entreprise, autre, qui = lues[Cote.ENTREPRISE], lues[Cote.PRESTATAIRE], mots.prestataire
    ecarts = []
    if entreprise.le != autre.le:
        ecarts.append(
            f"L’entreprise dit que le contrat prend fin le {formater_date(entreprise.le)}, {qui} le {formater_date(autre.le)}"
        )
    if autre.motif and entreprise.motif != autre.motif:
        dit, signale = vues[Cote.ENTREPRISE].motif, vues[Cote.PRESTATAIRE].motif
        ecarts.append(f"L’entreprise donne pour motif «\u00a0{dit}\u00a0», {qui} «\u00a0{signale}\u00a0»")
    if entreprise.heures_faites is not None and autre.heures_faites not in {None, entreprise.heures_faites}:
        ecarts.append(
            f"L’entreprise dit que {nombre(entreprise.heures_faites)} heures de formation sont faites, {qui} "
            f"{nombre(autre.heures_faites)}"
        )
    return ecarts


def suite_declaree(dossier: Dossier, rupture: Rupture) -> date | None:
    """Until when the CFA said that it teaches, within what is funded after that rupture."""
    cfa = declarations(dossier).get(Cote.PRESTATAIRE)
    jusqu_au = cfa.formation_jusqu_au if cfa else None
    limite = vie_de(dossier).limite_du_maintien(versions_du_contrat(dossier)[-1], rupture)
    if jusqu_au is None or limite is None or jusqu_au <= rupture.le:
        return None
    return min(jusqu_au, limite)


def exiger_le_cfa(dossier: Dossier, par: Acteur) -> None:
    """Raise DroitManquant for whoever does not manage contracts at the CFA."""
    if cote_de(dossier, par) != Cote.PRESTATAIRE:
        raise DroitManquant(
            f"Ici, {vie_de(dossier).mots.prestataire} signale une rupture, et personne d’autre\u00a0: l’entreprise la déclare de son côté."
        )
    par.exiger(dossier.droit(Niveau.GESTION), portee_prestataire(dossier))


def juger_rupture(dossier: Dossier, rupture: Rupture, maintenant: datetime, cote: Cote) -> None:
    """Raise SaisiesRefusees with every sentence; the CFA is judged on the rupture that the company declared, once it did."""
    contrat, prestataire = versions_du_contrat(dossier)[-1], cote == Cote.PRESTATAIRE
    vie, jour = vie_de(dossier), jour_de_paris(maintenant)
    refus = vie.refus_de_rupture(contrat, rupture, jour, prestataire)
    declaree = declarations(dossier).get(Cote.ENTREPRISE)
    if prestataire and declaree is not None:
        officielle = replace(lire(declaree), formation_jusqu_au=rupture.formation_jusqu_au)
        refus |= {c: p for c, p in vie.refus_de_rupture(contrat, officielle, jour, False).items() if c == SUITE}
    if refus:
        raise SaisiesRefusees(refus)


def avec_la_suite(dossier: Dossier, rupture: Rupture) -> Rupture:
    """The rupture of the company, with the teaching that the CFA said goes on."""
    return replace(rupture, formation_jusqu_au=suite_declaree(dossier, rupture))


def rupture_a_compter(dossier: Dossier, rupture: Rupture, cote: Cote) -> Rupture:
    """What a declaration would make the payments follow: the company's day and motive, the CFA's teaching."""
    if cote == Cote.ENTREPRISE:
        return avec_la_suite(dossier, rupture)
    declaree = declarations(dossier).get(Cote.ENTREPRISE)
    return rupture if declaree is None else replace(lire(declaree), formation_jusqu_au=rupture.formation_jusqu_au)


def apercu_de_rupture(dossier: Dossier, rupture: Rupture, maintenant: datetime) -> Apercu:
    """What a rupture would change, without writing anything; the caller obtained the contract by its door and judged the rupture.

    Raises: TransitionImpossible, SaisiesRefusees (the payments cannot be counted with these days).
    """
    engagement = engagement_du_contrat(dossier)
    contexte = contexte_de(dossier, maintenant)
    versions, verse = versions_du_contrat(dossier), deja_verse(engagement)
    effet = vie_de(dossier).rompre(versions, contexte, rupture, verse, accordes(engagement))
    if not effet.calcule:
        raise SaisiesRefusees(
            {"le": " ".join(effet.estimation.avertissements) or "Les paiements ne se calculent pas à cette date"}
        )
    return Apercu(rupture, du_aujourd_hui(engagement), effet)


@dataclass(frozen=True, slots=True)
class Bilan:
    """Where the payments of a broken contract stand, in euros net of the participation."""

    du: Decimal
    verse: Decimal

    @property
    def reste(self) -> Decimal:
        """To be paid."""
        return max(ZERO, self.du - self.verse)

    @property
    def trop_verse(self) -> Decimal:
        """To be taken back from the CFA."""
        return max(ZERO, self.verse - self.du)


def bilan_de(dossier: Dossier) -> Bilan | None:
    """The payments of a broken contract reached by its door; None for any other."""
    if dossier.etat != EtatDossier.ROMPU:
        return None
    engagement = engagement_du_contrat(dossier)
    return Bilan(du_aujourd_hui(engagement), deja_verse(engagement))


def peut_se_rompre(dossier: Dossier) -> bool:
    """Whether a rupture may be declared, or corrected, in its state."""
    return dossier.etat in {EtatDossier.ACCORDE, EtatDossier.ROMPU}
