"""Lists of mandates, one page at a time: searched in the database, turned by key, so that no list is ever read whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from jalon.habilitations.administrateurs import q_du_cote
from jalon.habilitations.models import Mandat
from jalon.habilitations.requetes.mandats import FINIS_MONTRES, MandatAffiche, affichages
from jalon.organisations.models import Organisation
from jalon.socle.acteurs import Acteur, Profil
from jalon.socle.texte import normaliser

PAR_PAGE = 50
SANS_PLACE = -1


@dataclass(frozen=True, slots=True)
class PageDeMandats:
    """`trouves`: how many the search finds; `apres`: the key that the next page is asked with, empty at the last one."""

    lignes: Sequence[MandatAffiche]
    trouves: int
    apres: str


def mandats_donnes(
    siren: str, acteur: Acteur, maintenant: datetime, profil: Profil, *, cherche: str = "", apres: str = ""
) -> PageDeMandats:
    """Mandates given by one side of a SIREN: those that run or will, then those that ended in the last twelve months."""
    mandats = Mandat.objects.visibles_par(acteur).filter(q_du_cote(siren, profil), q_montre(maintenant))
    return tourner(mandats.filter(q_cherche(cherche, "mandataire_siren")), apres, acteur, maintenant)


def q_montre(maintenant: datetime) -> Q:
    """Those that run or will, and those that ended in the last twelve months."""
    depuis = maintenant - FINIS_MONTRES
    return Q(termine_le__isnull=True, fin__gt=depuis) | Q(termine_le__gt=depuis)


def q_cherche(texte: str, *colonnes: str) -> Q:
    """Each word in the reference or in the name of an organisation of these columns; or the beginning of a SIREN, grouped or not."""
    mots = texte.split()
    tous = Q()
    for mot in mots:
        tous &= Q(Q(reference__icontains=mot), *(_nommee(colonne, mot) for colonne in colonnes), _connector=Q.OR)
    chiffres = "".join(mots)
    if not chiffres.isascii() or not chiffres.isdigit():
        return tous
    return tous | Q(*(Q(**{f"{colonne}__startswith": chiffres}) for colonne in colonnes), _connector=Q.OR)


def _nommee(colonne: str, mot: str) -> Exists | Q:
    """Punctuation alone is in no name."""
    net = normaliser(mot)
    return Exists(Organisation.objects.filter(siren=OuterRef(colonne), recherche__contains=net)) if net else Q(pk__in=[])


def tourner(mandats: QuerySet[Mandat], apres: str, acteur: Acteur, maintenant: datetime) -> PageDeMandats:
    """One page: what may still serve first, then last declared or given first. A key that means nothing gives the first page."""
    rang = Case(When(termine_le__isnull=True, fin__gt=maintenant, then=Value(0)), default=Value(1), output_field=IntegerField())
    ranges = mandats.annotate(rang=rang)
    place, dernier = _lire(apres)
    suite = ranges.filter(Q(rang__gt=place) | Q(rang=place, id__lt=dernier)) if dernier is not None else ranges
    lus = list(suite.select_related("piece").order_by("rang", "-id")[: PAR_PAGE + 1])
    montres = lus[:PAR_PAGE]
    cle = f"{montres[-1].rang}{montres[-1].id.hex}" if len(lus) > PAR_PAGE else ""
    return PageDeMandats(affichages(montres, maintenant, acteur), mandats.count(), cle)


def _lire(apres: str) -> tuple[int, UUID | None]:
    """The rank and the id of a key."""
    try:
        return ("01".index(apres[0]), UUID(hex=apres[1:])) if apres else (SANS_PLACE, None)
    except ValueError:
        return SANS_PLACE, None
