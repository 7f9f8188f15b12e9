"""Exports as their owner sees them, and what a list may give out."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from jalon.exports.acteurs import EXPORTER, ActeurQuiExporte, droits_de, restreint
from jalon.exports.budgets import CLE_OPCO, Budget, Sorties, jour_compte, phrase_du_reste
from jalon.exports.enums import EN_ATTENTE_OU_EN_COURS, LIBELLES_ETATS, Etape, EtatExport
from jalon.exports.models import Export, LignesDuJour, portee_d_un_export
from jalon.exports.regles import etat_au, phrase_d_avancement, pourcentage
from jalon.socle.acteurs import Acteur, Droit, Niveau, Pouvoir
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee
from jalon.socle.listes import Colonne, Lecture, Liste, liste, listes

COFFRE = "exports"
COLONNES = "colonnes"
HORS_EXPORT = frozenset({"page", "reglage"})
REQUETE_AU_PLUS = 4_000
MONTRES_AU_PLUS = 100
SANS_ENDROIT_COMMUN = (
    "Vos droits de lecture et d’export ne portent pas sur le même endroit. Un administrateur de l’organisation peut les étendre."
)


@dataclass(frozen=True, slots=True)
class Demande:
    """A list and its address, read."""

    liste: Liste
    requete: str
    lecture: Lecture
    colonnes: tuple[Colonne, ...]


def lire_demande(code: str, requete: str, jour: date) -> Demande:
    """The list, its filters and its columns. Raises Introuvable (no such list), SaisieRefusee (a filter that means nothing)."""
    voulue = liste(code)
    if voulue is None:
        raise Introuvable("Nous ne trouvons pas cette liste.")
    parametres = {nom: valeur for nom, valeur in parse_qsl(requete[:REQUETE_AU_PLUS]) if nom not in HORS_EXPORT}
    lecture = voulue.lire(parametres, jour)
    if lecture.refus:
        raise SaisieRefusee(lecture.refus[0])
    return Demande(voulue, urlencode(parametres), lecture, voulue.choisies(parametres.get(COLONNES, "")))


def peut_exporter(acteur: Acteur, voulue: Liste, siren: str | None) -> bool:
    """Whether the actor may take rows of that list out: exports and a domain of the list, on the same part of that organisation;
    at the OPCO, who consults, or holds the power of the list."""
    permise = voulue.pouvoir is None if siren is not None else voulue.est_a_l_opco(acteur)
    return permise and bool(droits_de(acteur, voulue, siren))


def exiger_export(acteur: Acteur, voulue: Liste, siren: str | None) -> ActeurQuiExporte:
    """The actor limited to what she may take out. Raises DroitManquant, with who can grant what lacks."""
    exporte = ActeurQuiExporte(acteur, siren)
    if not peut_exporter(acteur, voulue, siren):
        if siren is None:
            acteur.exiger_pouvoir(voulue.pouvoir or Pouvoir.CONSULTER, None)
        manquants = [EXPORTER] if not exporte.sortie else [Droit(d, Niveau.LECTURE) for d in voulue.domaines]
        if not any(restreint(acteur.perimetre(droit), siren) for droit in manquants):
            acteur.exiger(manquants[0], portee_d_un_export(siren))
        raise DroitManquant(SANS_ENDROIT_COMMUN)
    return exporte


def listes_exportables(acteur: Acteur, siren: str | None) -> list[Liste]:
    """The lists that the actor may take out there."""
    return [voulue for voulue in listes() if peut_exporter(acteur, voulue, siren)]


def budget_de(siren: str | None) -> Budget:
    """Rows of a day in a space; at the OPCO without SIREN. From the settings."""
    return Budget(*settings.JALON_EXPORTS["espace" if siren else "opco"])


@dataclass(frozen=True, slots=True)
class Jour:
    """The two counts of a day: of a person, of her organisation."""

    personne: str
    ensemble: str
    jour: date

    @classmethod
    def de(cls, personne_id: UUID | None, siren: str | None, le: datetime) -> "Jour":
        """Of who asks at that instant, in that space."""
        return cls(str(personne_id), siren or CLE_OPCO, jour_compte(le))


def jour_de(export: Export) -> Jour:
    """The counts in which that export is."""
    return Jour.de(export.demandeur_id, export.lieu, export.demande_le)


def sorties_du_jour(jour: Jour) -> Sorties:
    """What was counted so far. One query."""
    comptes = LignesDuJour.objects.filter(jour=jour.jour, cle__in=[jour.personne, jour.ensemble])
    lues = dict(comptes.values_list("cle", "lignes"))
    return Sorties(lues.get(jour.personne, 0), lues.get(jour.ensemble, 0))


def ce_qui_reste(acteur: Acteur, siren: str | None, maintenant: datetime) -> str:
    """How many rows the actor may still take out of there today, in words. One query."""
    return phrase_du_reste(budget_de(siren), sorties_du_jour(Jour.de(acteur.identite, siren, maintenant)))


def export_accessible(export_id: UUID, acteur: Acteur, *, verrou: bool = False) -> Export:
    """An export that the actor asked for. Raises Introuvable."""
    siens = Export.objects.visibles_par(acteur)
    trouve: Export | None = (siens.select_for_update(of=("self",)) if verrou else siens).filter(id=export_id).first()
    if trouve is None:
        raise Introuvable("Nous ne trouvons pas cet export.")
    return trouve


def exports_de(acteur: Acteur, siren: str | None) -> QuerySet[Export]:
    """Exports asked by the actor in that space, newest first."""
    siens: QuerySet[Export] = Export.objects.visibles_par(acteur).filter(siren=siren or "")
    return siens.order_by("-demande_le", "-id")[:MONTRES_AU_PLUS]


def tous_mes_exports(acteur: Acteur) -> QuerySet[Export]:
    """Exports asked by the actor, wherever, newest first."""
    siens: QuerySet[Export] = Export.objects.visibles_par(acteur)
    return siens.order_by("-demande_le", "-id")[:MONTRES_AU_PLUS]


@dataclass(frozen=True, slots=True)
class ExportMontre:
    """An export as a page shows it. `avancement`: percentage of the present step, None while nobody knows how many rows there are."""

    export: Export
    etat: EtatExport
    avancement: int | None

    @property
    def actif(self) -> bool:
        """Whether it waits or is being made: the page asks for news."""
        return self.etat in EN_ATTENTE_OU_EN_COURS

    @property
    def pret(self) -> bool:
        """Whether its file can be taken."""
        return self.etat == EtatExport.PRET

    @property
    def libelle_etat(self) -> str:
        """The state in words."""
        return LIBELLES_ETATS[self.etat]

    @property
    def phrase(self) -> str:
        """How far it is, or what became of it."""
        return phrase_d_avancement(
            self.etat, Etape(self.export.etape), self.export.lignes_faites, self.export.lignes_total,
            taille=self.export.taille, motif=self.export.motif,
        )  # fmt: skip


def montrer(export: Export, maintenant: datetime) -> ExportMontre:
    """What a page shows of it at that instant."""
    etat = etat_au(export.etat, export.expire_le, maintenant)
    return ExportMontre(export, etat, pourcentage(export.lignes_faites, export.lignes_total))


def relire(export: Export, acteur: Acteur) -> Export:
    """The same, as it is now."""
    present: Export = Export.objects.visibles_par(acteur).get(id=export.id)
    return present
