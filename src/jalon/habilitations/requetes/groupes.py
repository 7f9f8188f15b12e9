"""Groups of establishments: those of a company, what one holds, who has rights on it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.models import DroitAccorde, GroupeEtablissements, Rattachement
from jalon.habilitations.models.rattachements import q_droit_en_attente, q_droit_en_vigueur
from jalon.habilitations.regles_des_groupes import tient_tout
from jalon.organisations.enums import EtatEtablissement
from jalon.organisations.models import Etablissement
from jalon.organisations.requetes import etablissements_de
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import Introuvable
from jalon.socle.identifiants import grouper
from jalon.socle.texte import normaliser

ETABLISSEMENTS_PAR_PAGE = 50


def groupes_de(siren: str) -> QuerySet[GroupeEtablissements]:
    """Groups of a company that are in use, by name; the names of places are no secret to who is shown a right on one."""
    groupes: QuerySet[GroupeEtablissements] = GroupeEtablissements.objects.tous(
        "noms et membres des groupes de l’entreprise dont on juge ou montre les droits"
    ).filter(siren=siren, supprime_le__isnull=True)
    return groupes.order_by("cle")


def noms_des_groupes(siren: str) -> dict[str, str]:
    """Name of each group, by its id as a text."""
    return {str(ident): nom for ident, nom in groupes_de(siren).values_list("id", "nom")}


def groupe_accessible(groupe_id: UUID, acteur: Acteur) -> GroupeEtablissements:
    """A group in use, of a company whose accesses the actor sees. Raises Introuvable."""
    groupe: GroupeEtablissements | None = (
        GroupeEtablissements.objects.visibles_par(acteur).filter(id=groupe_id, supprime_le__isnull=True).first()
    )
    if groupe is None:
        raise Introuvable
    return groupe


def sirets_ouverts(siren: str) -> set[str]:
    """Open establishments of a company."""
    return set(Etablissement.objects.du_siren(siren).filter(etat=EtatEtablissement.OUVERT).values_list("siret", flat=True))


def groupes_entiers(siren: str, idents: Collection[UUID]) -> frozenset[UUID]:
    """Those of the groups that hold every open establishment. Two queries, none when no group is asked."""
    if not idents:
        return frozenset()
    ouverts = sirets_ouverts(siren)
    tenus = groupes_de(siren).filter(id__in=list(idents)).values_list("id", "sirets")
    return frozenset(ident for ident, sirets in tenus if tient_tout(sirets, ouverts))


def droits_du_groupe(groupe: GroupeEtablissements, maintenant: datetime) -> QuerySet[DroitAccorde]:
    """Rights that it carries, in force or to come, of links that are not withdrawn."""
    return DroitAccorde.objects.filter(
        q_droit_en_vigueur(maintenant) | q_droit_en_attente(maintenant),
        groupe=groupe,
        rattachement__etat__in=[EtatRattachement.ACTIF, EtatRattachement.INVITE],
    )


def porteurs(groupe: GroupeEtablissements, maintenant: datetime) -> list[Rattachement]:
    """Links that have a right on it, by name: people, and invitations that wait."""
    idents = droits_du_groupe(groupe, maintenant).values("rattachement_id")
    liens = Rattachement.objects.tous("qui a des droits sur ce groupe").filter(id__in=idents).select_related("personne")
    return sorted(liens, key=lambda lien: (lien.nom_affiche.lower(), lien.id))


@dataclass(frozen=True, slots=True)
class GroupeAffiche:
    """A line of the list of groups."""

    id: UUID
    nom: str
    etablissements: int
    personnes: int
    entier: bool


def liste_des_groupes(siren: str, acteur: Acteur, maintenant: datetime, texte: str = "") -> list[GroupeAffiche]:
    """Groups that the actor sees, whose name or one of the establishments has these words. Three queries."""
    groupes = list(
        GroupeEtablissements.objects.visibles_par(acteur).filter(siren=siren, supprime_le__isnull=True).order_by("cle")
    )
    lieux = etablissements_de(siren) if groupes else []
    ouverts = {e.siret for e in lieux if e.ouvert}
    cherche = normaliser(texte)
    la = {e.siret for e in lieux if cherche and cherche in _texte(e)}
    droits = DroitAccorde.objects.filter(
        q_droit_en_vigueur(maintenant) | q_droit_en_attente(maintenant),
        groupe__in=groupes,
        rattachement__etat__in=[EtatRattachement.ACTIF, EtatRattachement.INVITE],
    )
    personnes: dict[UUID, int] = {}
    for groupe_id, _ in droits.values_list("groupe_id", "rattachement_id").distinct():
        personnes[groupe_id] = personnes.get(groupe_id, 0) + 1
    return [
        GroupeAffiche(g.id, g.nom, len(g.sirets), personnes.get(g.id, 0), tient_tout(g.sirets, ouverts))
        for g in groupes
        if not cherche or cherche in g.cle or not la.isdisjoint(g.sirets)
    ]


@dataclass(frozen=True, slots=True)
class LieuAffiche:
    """An establishment to tick."""

    siret: str
    nom: str
    ville: str
    siege: bool
    ferme: bool


@dataclass(frozen=True, slots=True)
class PageDeLieux:
    """A page of establishments, and every SIRET that the search finds."""

    lieux: tuple[LieuAffiche, ...]
    trouves: tuple[str, ...]
    page: int
    pages: int


def lieux_du_groupe(groupe: GroupeEtablissements, texte: str = "", page: int = 1, *, dedans: bool = True) -> PageDeLieux:
    """Establishments of the company that are in the group, or those that are not (open ones alone), found by these words."""
    cherche, chiffres = normaliser(texte), "".join(texte.split())
    membres = set(groupe.sirets)
    trouves = [
        e
        for e in etablissements_de(groupe.siren)
        if (e.siret in membres) == dedans
        and (dedans or e.ouvert)
        and (not cherche or cherche in _texte(e) or (chiffres.isdecimal() and chiffres in e.siret))
    ]
    pages = max(1, -(-len(trouves) // ETABLISSEMENTS_PAR_PAGE))
    rang = min(max(page, 1), pages)
    montres = trouves[(rang - 1) * ETABLISSEMENTS_PAR_PAGE : rang * ETABLISSEMENTS_PAR_PAGE]
    return PageDeLieux(tuple(_afficher(montres)), tuple(e.siret for e in trouves), rang, pages)


def _texte(lieu: Etablissement) -> str:
    return normaliser(f"{lieu.nom_usuel} {lieu.commune} {lieu.code_postal} {lieu.siret}")


def _afficher(lieux: Iterable[Etablissement]) -> Iterable[LieuAffiche]:
    for e in lieux:
        yield LieuAffiche(
            e.siret, e.nom_usuel or e.commune or grouper(e.siret), f"{e.code_postal} {e.commune}".strip(), e.siege, not e.ouvert
        )
