"""Rights prepared in a file: who reads them, who may sign them, how far their application is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from jalon.comptes.models import Personne
from jalon.habilitations.enums import EtatOrganisationPreparee, EtatPreparation, EtatRattachement
from jalon.habilitations.models import OrganisationPreparee, PreparationDroits, Rattachement
from jalon.habilitations.regles import VALIDITE_DEMANDE, fin_de_validite
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.organisations.requetes import noms_des_portefeuilles
from jalon.socle.acteurs import Acteur, Pouvoir, Tache
from jalon.socle.erreurs import Introuvable
from jalon.socle.texte import normaliser

MONTREES = 50
PAR_PAGE = 25


@dataclass(frozen=True, slots=True)
class Comptes:
    """Organisations and people of a preparation, and how far it is."""

    organisations: int
    personnes: int
    administrateurs: int
    appliquees: int
    refusees: int

    @property
    def traitees(self) -> int:
        """Those that are no more to be done."""
        return self.appliquees + self.refusees


@dataclass(frozen=True, slots=True)
class PageDOrganisations:
    """A page of organisations, and how many answer the search."""

    organisations: tuple[OrganisationPreparee, ...]
    nombre: int
    page: int
    pages: int


def _siennes(acteur: Acteur) -> QuerySet[OrganisationPreparee]:
    """Organisations prepared in the portefeuilles where the actor may sign."""
    visibles: QuerySet[OrganisationPreparee] = OrganisationPreparee.objects.visibles_par(acteur).filter(
        portefeuille_id__in=list(acteur.portefeuilles(Pouvoir.DECIDER_A_DEUX))
    )
    return visibles


def _preparations(acteur: Acteur) -> QuerySet[PreparationDroits]:
    """Those with at least one organisation of the actor, without the content of the file."""
    return (
        PreparationDroits.objects.filter(id__in=_siennes(acteur).values("preparation_id"))
        .defer("contenu", "refus")
        .select_related("auteur", "premiere_par", "seconde_par", "ecartee_par")
    )


def preparations(acteur: Acteur) -> list[PreparationDroits]:
    """The last ones, newest first."""
    return list(_preparations(acteur).order_by("-deposee_le", "-id")[:MONTREES])


def preparation_de(preparation_id: UUID, acteur: Acteur) -> PreparationDroits:
    """One of the actor's portefeuilles. Raises Introuvable."""
    trouvee = _preparations(acteur).filter(id=preparation_id).first()
    if trouvee is None:
        raise Introuvable
    return trouvee


def organisation_preparee(preparation_id: UUID, organisation_id: UUID, acteur: Acteur) -> OrganisationPreparee:
    """One organisation of a preparation, in the actor's portefeuilles. Raises Introuvable."""
    trouvee = _siennes(acteur).filter(id=organisation_id, preparation_id=preparation_id).first()
    if trouvee is None:
        raise Introuvable
    return trouvee


def organisations_preparees(
    preparation: PreparationDroits, acteur: Acteur, *, texte: str = "", refusees: bool = False, page: int = 1
) -> PageDOrganisations:
    """Those of the actor's portefeuilles, by name; found by SIREN, name of the organisation, name or address of a person."""
    trouvees = _siennes(acteur).filter(preparation=preparation)
    for mot in normaliser(texte).split():
        trouvees = trouvees.filter(recherche__contains=mot)
    if refusees:
        trouvees = trouvees.filter(etat=EtatOrganisationPreparee.REFUSEE)
    nombre = trouvees.count()
    pages = max(1, -(-nombre // PAR_PAGE))
    courante = min(max(page, 1), pages)
    montrees = trouvees.order_by("denomination", "id")[(courante - 1) * PAR_PAGE : courante * PAR_PAGE]
    return PageDOrganisations(tuple(montrees), nombre, courante, pages)


def comptes_de(preparations: Collection[UUID]) -> dict[UUID, Comptes]:
    """The figures of some preparations, whole. One query."""
    appliquees, refusees = EtatOrganisationPreparee.APPLIQUEE, EtatOrganisationPreparee.REFUSEE
    lus = (
        OrganisationPreparee.objects.tous("chiffres d’une préparation, pour qui la signe")
        .filter(preparation_id__in=list(preparations))
        .values("preparation_id")
        .annotate(
            organisations=Count("id"),
            gens=Sum("personnes"),
            admins=Sum("administrateurs"),
            faites=Count("id", filter=Q(etat=appliquees)),
            non=Count("id", filter=Q(etat=refusees)),
        )
    )
    return {lu["preparation_id"]: Comptes(lu["organisations"], lu["gens"], lu["admins"], lu["faites"], lu["non"]) for lu in lus}


def refus_de(preparation: PreparationDroits) -> list[tuple[int, str]]:
    """Lines set aside when the file was stored."""
    return [
        (numero, raison) for numero, raison in PreparationDroits.objects.values_list("refus", flat=True).get(pk=preparation.pk)
    ]


def _portefeuilles(preparation: PreparationDroits) -> set[UUID]:
    siennes = OrganisationPreparee.objects.tous("portefeuilles d’une préparation, pour savoir qui la signe")
    return set(siennes.filter(preparation=preparation).values_list("portefeuille_id", flat=True).distinct())


def portefeuilles_manquants(preparation: PreparationDroits, acteur: Acteur) -> list[str]:
    """Names of the portefeuilles of a preparation where the actor may not decide with another: she cannot sign it."""
    return noms_des_portefeuilles(_portefeuilles(preparation) - acteur.portefeuilles(Pouvoir.DECIDER_A_DEUX))


def signataires_possibles(preparation: PreparationDroits, maintenant: datetime) -> list[Personne]:
    """People of the OPCO who may sign: their role reaches every portefeuille of the preparation."""
    par_portefeuille = [
        {p.id: p for p in personnes_du_pouvoir(Pouvoir.DECIDER_A_DEUX, portefeuille, maintenant)}
        for portefeuille in _portefeuilles(preparation)
    ]
    if not par_portefeuille:
        return []
    premier, *autres = par_portefeuille
    return [p for ident, p in premier.items() if all(ident in reste for reste in autres)]


def relance_possible(organisation: OrganisationPreparee, maintenant: datetime) -> bool:
    """Whether those who were invited may be written to again: three months after it was applied, as long as a code lives."""
    return (
        bool(organisation.invitations)
        and organisation.traitee_le is not None
        and maintenant < fin_de_validite(organisation.traitee_le)
    )


def invitations_en_attente(organisation: OrganisationPreparee, *, verrou: bool = False) -> QuerySet[Rattachement]:
    """The addresses of an organisation that nobody came with yet, whatever became of their thirty days."""
    liens: QuerySet[Rattachement] = Rattachement.objects.tous("invitations d’une préparation appliquée").filter(
        id__in=organisation.invitations, etat=EtatRattachement.INVITE
    )
    return liens.select_for_update().order_by("id") if verrou else liens.order_by("courriel_invite")


def a_faire(acteur: Acteur, maintenant: datetime) -> list[Tache]:
    """Preparations that the actor may sign and has not."""
    vivantes = _preparations(acteur).filter(
        Q(premiere_par__isnull=True) | ~Q(premiere_par_id=acteur.identite),
        etat=EtatPreparation.EN_ATTENTE,
        deposee_le__gt=maintenant - VALIDITE_DEMANDE,
    )
    return [
        Tache(
            titre="Signer ou écarter des droits préparés",
            detail=preparation.nom,
            action="Lire",
            nom_url="opco_preparation",
            parametres=(("preparation_id", str(preparation.pk)),),
            icone="file-pen",
            rubrique="acces",
        )
        for preparation in vivantes.order_by("deposee_le", "id")
        if not portefeuilles_manquants(preparation, acteur)
    ]


def preparations_signees() -> list[UUID]:
    """Those that a job applies."""
    return list(PreparationDroits.objects.filter(etat=EtatPreparation.SIGNEE).order_by("id").values_list("id", flat=True))
