"""The contents of a granted contract, and what was paid on it: what its rules are counted from."""

from decimal import Decimal

from jalon.dispositifs.base import Contenu, Dispositif, SuiteDeContrat, VieDuContrat
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.enums import PAYABLES, EtatDossier, MotifVersion
from jalon.dossiers.models import Dossier, VersionContenu
from jalon.dossiers.requetes import contenu_en_clair
from jalon.engagements.branchements import deja_facture
from jalon.engagements.models import Engagement
from jalon.engagements.requetes import echeances_de, lignes_du_premier_accord
from jalon.socle.erreurs import TransitionImpossible
from jalon.socle.montants import somme

SUIVIS = PAYABLES | {EtatDossier.SOLDE}


def vie_de(dossier: Dossier) -> VieDuContrat:
    """What may happen to the contract. Raises TransitionImpossible when the request is none."""
    declaration: Dispositif = dispositif_de(dossier.dispositif)
    if declaration.vie is None:
        raise TransitionImpossible("Ce dossier n’est pas un contrat\u00a0: il n’a ni avenant ni rupture.")
    return declaration.vie


def versions_du_contrat(dossier: Dossier) -> list[Contenu]:
    """The content that was granted, then after each avenant accepted; for rules only, no page receives it."""
    versions = VersionContenu.objects.tous("règles d’un contrat déjà obtenu par sa porte").filter(dossier=dossier)
    documents: list[dict[str, object]] = []
    for version in versions.order_by("numero"):
        if version.motif != MotifVersion.AVENANT:
            documents.clear()
        documents.append(version.contenu)
    return [contenu_en_clair(dossier, document) for document in documents]


def engagement_du_contrat(dossier: Dossier) -> Engagement:
    """Its agreement. Raises TransitionImpossible when there is none that counts."""
    accords = Engagement.objects.tous("argent d’un contrat déjà obtenu par sa porte")
    engagement: Engagement | None = accords.filter(dossier=dossier, annule_le__isnull=True).first()
    if engagement is None:
        raise TransitionImpossible("Ce contrat n’a pas d’accord de prise en charge.")
    return engagement


def deja_verse(engagement: Engagement) -> Decimal:
    """Euros net of the participation, invoiced and not rejected: on its payments, or on all its lines without a schedule."""
    return deja_facture(engagement.pk)


def du_aujourd_hui(engagement: Engagement) -> Decimal:
    """What the agreement in force pays: its schedule, net of the participation; without one, all its lines."""
    return somme(e.montant for e in echeances_de(engagement)) if engagement.echelonne else engagement.montant_ht


def accordes(engagement: Engagement) -> dict[str, Decimal]:
    """Poste -> euros HT of the first grant, which the adviser may have set: the rate of what is counted again."""
    return {ligne.poste: ligne.montant_ht for ligne in lignes_du_premier_accord(engagement)}


def suites_possibles(dossier: Dossier) -> tuple[SuiteDeContrat, ...]:
    """Kinds of new contract that may follow a granted one, in its state; none before it is granted."""
    if dossier.etat not in SUIVIS:
        return ()
    rompu = dossier.etat == EtatDossier.ROMPU
    return tuple(s for s in vie_de(dossier).suites if s.rompu is None or s.rompu == rompu)
