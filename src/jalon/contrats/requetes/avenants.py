"""Avenants: the one that is prepared or waits, those that were decided, what each changes."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from jalon.contrats.enums import EN_COURS, LIBELLES_ETATS, EtatAvenant
from jalon.contrats.models import Avenant
from jalon.contrats.requetes.contenus import (
    accordes,
    deja_verse,
    du_aujourd_hui,
    engagement_du_contrat,
    versions_du_contrat,
    vie_de,
)
from jalon.contrats.requetes.transferts import refus_de_transfert
from jalon.dispositifs.base import Anomalie, Contenu, Dispositif, EffetSurArgent, GenreAvenant
from jalon.dispositifs.lecture import Difference, controler, differences, lire_contenu, verifier
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.chiffrement import dechiffrer_reponses, masquer_reponses
from jalon.dossiers.models import Dossier, VersionContenu
from jalon.dossiers.requetes import contenu_en_clair, contexte_de, cote_de, peut_lire_les_sensibles
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Acteur, Pouvoir, Tache
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import SaisiesRefusees

TACHES_AU_PLUS = 10


@dataclass(frozen=True, slots=True)
class AvenantVu:
    """An avenant as it is told; `texte`: why it was refused, for the company and the OPCO."""

    avenant: Avenant
    libelle: str
    etat: str
    texte: str


@dataclass(frozen=True, slots=True)
class ApercuAvenant:
    """What an avenant changes: answers, then payments. `effet` is None where nothing can be counted yet. `autre_employeur`: the company
    to which the contract would pass."""

    differences: list[Difference]
    prevu: Decimal
    effet: EffetSurArgent | None
    autre_employeur: str = ""

    @property
    def du(self) -> Decimal | None:
        """What the contract would be worth, net of the participation."""
        return self.effet.du if self.effet else None


def avenant_en_cours(dossier: Dossier) -> Avenant | None:
    """The one in preparation or sent, of a contract reached by its door."""
    avenants = Avenant.objects.tous("avenant en cours d’un contrat déjà obtenu par sa porte")
    return avenants.filter(dossier=dossier, etat__in=EN_COURS).first()


def avenants_de(dossier: Dossier, acteur: Acteur) -> list[AvenantVu]:
    """Every avenant that the actor may read, newest first; the provider reads those in force, the OPCO none in preparation, and a company
    that took the contract over, those in force and its own."""
    cote = cote_de(dossier, acteur)
    if cote is None:
        return []
    lus = Avenant.objects.tous("avenants d’un contrat déjà obtenu par sa porte").filter(dossier=dossier).order_by("-rang")
    if cote == Cote.PRESTATAIRE:
        lus = lus.filter(etat=EtatAvenant.ACCEPTE)
    elif cote == Cote.OPCO:
        lus = lus.filter(transmis_le__isnull=False)
    else:
        lus = lus.filter(Q(siren=dossier.siren) | Q(etat=EtatAvenant.ACCEPTE))
    vie = vie_de(dossier)
    return [_vu(a, vie.genre(a.code), cote) for a in lus]


def _vu(avenant: Avenant, genre: GenreAvenant | None, cote: Cote) -> AvenantVu:
    texte = "" if cote == Cote.PRESTATAIRE else avenant.texte
    return AvenantVu(avenant, genre.libelle if genre else avenant.code, LIBELLES_ETATS[avenant.etat], texte)


def reponses_de_l_avenant(dossier: Dossier, avenant: Avenant, acteur: Acteur) -> dict[str, dict[str, Any]]:
    """Answers as the person reads them: sensitive boxes masked unless she may read them."""
    declaration = dispositif_de(dossier.dispositif)
    lire = dechiffrer_reponses if peut_lire_les_sensibles(dossier, acteur) else masquer_reponses
    return lire(declaration, dossier.id, avenant.reponses)


def reponses_a_juger_de_l_avenant(dossier: Dossier, avenant: Avenant) -> dict[str, dict[str, Any]]:
    """The same in clear, for rules alone."""
    return dechiffrer_reponses(dispositif_de(dossier.dispositif), dossier.id, avenant.reponses)


def juger_avenant(dossier: Dossier, avenant: Avenant, maintenant: datetime) -> Contenu:
    """The content of an avenant in preparation, if nothing stops it; a fault that the contract in force has already is not its own.

    Raises SaisiesRefusees (« section.champ » or « section.rang.champ » -> sentence).
    """
    declaration = dispositif_de(dossier.dispositif)
    reponses = reponses_a_juger_de_l_avenant(dossier, avenant)
    contexte = contexte_de(dossier, maintenant)
    verification = verifier(declaration, reponses, contexte)
    en_vigueur = contenu_en_clair(dossier)
    deja = {_marque(a) for a in controler(declaration, en_vigueur, contexte)}
    refus: dict[str, str] = {}
    for anomalie in verification.bloquantes:
        if anomalie.section != "pieces" and _marque(anomalie) not in deja:
            refus.setdefault(anomalie.cases[0], anomalie.message)
    if verification.contenu is not None:
        limites = vie_de(dossier).refus_d_avenant(avenant.code, en_vigueur, verification.contenu)
        refus = {**refus, **limites}
        siret = str(getattr(vars(verification.contenu)["employeur"], "siret", dossier.siret))
        refus_du_transfert = "" if limites else refus_de_transfert(dossier, siret, jour_de_paris(maintenant))
        if refus_du_transfert:
            refus["employeur.siret"] = refus_du_transfert
    if refus or verification.contenu is None:
        raise SaisiesRefusees(refus)
    return verification.contenu


def _marque(anomalie: Anomalie) -> tuple[str, tuple[str, ...], str]:
    return anomalie.controle, anomalie.cases, anomalie.message


def apercu_d_avenant(dossier: Dossier, avenant: Avenant, maintenant: datetime) -> ApercuAvenant:
    """What the avenant changes; the caller obtained the contract by its door."""
    declaration = dispositif_de(dossier.dispositif)
    versions = versions_au_depart(dossier, avenant)
    engagement = engagement_du_contrat(dossier)
    prevu = du_aujourd_hui(engagement)
    nouveau = _contenu(declaration, dossier, avenant)
    if nouveau is None:
        return ApercuAvenant([], prevu, None)
    effet = vie_de(dossier).reprendre(
        [*versions, nouveau], contexte_de(dossier, maintenant), deja_verse(engagement), accordes(engagement)
    )
    return ApercuAvenant(
        differences(declaration, versions[-1], nouveau), prevu, effet if effet.calcule else None, _autre(dossier, nouveau)
    )


def _autre(dossier: Dossier, contenu: Contenu) -> str:
    """Name and SIREN of another company; empty when it stays the same."""
    employeur = vars(contenu).get("employeur")
    siret = str(getattr(employeur, "siret", dossier.siret))
    return f"{getattr(employeur, 'denomination', '')} (SIREN {siret[:9]})" if siret[:9] != dossier.siren else ""


def _contenu(declaration: Dispositif, dossier: Dossier, avenant: Avenant) -> Contenu | None:
    if avenant.contenu is not None:
        return contenu_en_clair(dossier, avenant.contenu)
    contenu, _ = lire_contenu(declaration, reponses_a_juger_de_l_avenant(dossier, avenant))
    return contenu


def versions_au_depart(dossier: Dossier, avenant: Avenant) -> list[Contenu]:
    """The contents of the contract when the avenant was begun: it is judged on what it changes."""
    depart = VersionContenu.objects.tous("règles d’un contrat déjà obtenu par sa porte").filter(
        dossier=dossier, numero__gt=avenant.version_depart
    )
    versions = versions_du_contrat(dossier)
    return versions[: len(versions) - depart.count()] or versions


def a_faire(acteur: Acteur) -> list[Tache]:
    """Avenants that wait for the adviser, the oldest first. One query."""
    suivis = acteur.portefeuilles(Pouvoir.DECIDER)
    transmis = Avenant.objects.visibles_par(acteur).filter(etat=EtatAvenant.TRANSMIS, portefeuille_id__in=suivis)
    return [_tache(a) for a in transmis.select_related("dossier").order_by("transmis_le", "id")[:TACHES_AU_PLUS]]


def _tache(avenant: Avenant) -> Tache:
    dossier = avenant.dossier
    return Tache(
        titre=f"Décider de l’avenant {avenant.code}",
        detail=f"{dossier.titre} · {dossier.numero} · {dossier.denomination}",
        action="Examiner",
        nom_url="opco_avenant",
        parametres=(("dossier_id", str(dossier.id)),),
        icone="hourglass",
        echeance=None,
    )


def jour_d_effet(contenu: Contenu) -> date | None:
    """Its day of effect; None where the form has none."""
    effet: date | None = getattr(vars(contenu)["contrat"], "date_effet", None)
    return effet
