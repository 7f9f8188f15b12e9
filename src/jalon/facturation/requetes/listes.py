"""Lists of invoices: pages by key, counted up to the bound, or read whole piece by piece."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db.models import Count, Q, QuerySet

from jalon.facturation.colonnes import COLONNES_DES_FACTURES
from jalon.facturation.enums import LIBELLES_ETATS, LIBELLES_GENRES
from jalon.facturation.models import Facture
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau
from jalon.socle.dates import debut_du_jour
from jalon.socle.filtres import CHIFFRES_DU_SIREN, TOUJOURS, TOUT_MONTANT, Adresse, Fourchette, Periode, Tri, champs_de
from jalon.socle.lectures import Lu, signaler
from jalon.socle.listes import COMPTE_AU_PLUS, Compte, Lecture
from jalon.socle.modeles import cotes_du_siren
from jalon.socle.pages import ordre_de, paginer
from jalon.socle.texte import normaliser

PAR_PAGE = 25
MORCEAU = 2_000
MOTS_CHERCHES = 6
ORDRE_HABITUEL = Tri("deposee_le")
CLES = {"numero": "numero_normalise"}
"""The field that orders a column, when another one is shown."""
LECTURE = Droit(Domaine.FACTURES, Niveau.LECTURE)
CHAMPS = (
    "numero", "numero_normalise", "date_emission", "dossier_titre", "dossier_numero", "emetteur_nom", "etat", "montant_a_payer", "deposee_le", "siren",
    "siret", "prestataire_siren", "portefeuille_id", "domaine",
)  # fmt: skip
"""What a line of a list shows, whatever its columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreFactures:
    """What is looked for. No state: all of them. Words: number, dossier, training, sender, company, internal reference.

    `emetteur`: a SIREN or a SIRET. `depot`: days when it was sent. `champs`: what the chosen columns read.
    """

    etats: frozenset[str] = frozenset()
    texte: str = ""
    genre: str = ""
    emetteur: str = ""
    depot: Periode = TOUJOURS
    emission: Periode = TOUJOURS
    montant: Fourchette = TOUT_MONTANT
    tri: Tri = ORDRE_HABITUEL
    champs: tuple[str, ...] = ()

    @property
    def cle(self) -> str:
        """The field that an index keeps in the order asked."""
        return CLES.get(self.tri.code, self.tri.code)


@dataclass(frozen=True, slots=True)
class Page:
    """Up to 25 invoices, and the cursors of the pages around; empty when there is none."""

    factures: list[Facture]
    suivant: str = ""
    precedent: str = ""


def lire_factures(parametres: Mapping[str, str], jour: date) -> Lecture:
    """The list of invoices that a URL asks."""
    del jour
    adresse = Adresse(parametres)
    filtre = FiltreFactures(
        etats=frozenset(adresse.parmi("etat", "État", LIBELLES_ETATS)),
        texte=adresse.brut("q"),
        genre=adresse.un_parmi("genre", "Nature", {g.value: libelle for g, libelle in LIBELLES_GENRES.items()}),
        emetteur=adresse.siren_ou_siret("emetteur", "Émetteur"),
        depot=adresse.periode("depot", "Déposée"),
        emission=adresse.periode("emission", "Émise"),
        montant=adresse.fourchette("montant", "À payer"),
        tri=adresse.tri(COLONNES_DES_FACTURES, ORDRE_HABITUEL),
        champs=champs_de(adresse.colonnes(COLONNES_DES_FACTURES)),
    )
    return Lecture(filtre, tuple(adresse.refus))


def liste_factures(acteur: Acteur, siren: str | None, filtre: FiltreFactures, curseur: str = "") -> Page:
    """A page of the invoices that the actor sees: of one SIREN (company and provider sides), or of everything."""
    cotes = [_montrer(lignes, filtre) for lignes in _filtrer(acteur, siren, filtre)]
    page = paginer(cotes, filtre.cle, descendant=filtre.tri.descendant, curseur=curseur, par_page=PAR_PAGE)
    signaler(acteur, [Lu(f.pk, personnes=0) for f in page.lignes])
    return Page(page.lignes, page.suivant, page.precedent)


def compter_factures(acteur: Acteur, siren: str | None, lecture: Lecture, jour: date) -> Compte:
    """How many invoices the filter keeps, up to the bound."""
    del jour
    cles: set[Any] = set()
    for lignes in _filtrer(acteur, siren, lecture.filtre):
        cles.update(lignes.values_list("pk", flat=True)[: COMPTE_AU_PLUS + 1])
    return Compte(min(len(cles), COMPTE_AU_PLUS), plafonne=len(cles) > COMPTE_AU_PLUS)


def lignes_des_factures(acteur: Acteur, siren: str | None, lecture: Lecture, jour: date) -> Iterator[Facture]:
    """Every invoice that the filter keeps, in its order, through a cursor of the server."""
    del jour
    filtre: FiltreFactures = lecture.filtre
    lignes = Facture.objects.visibles_par(acteur).filter(_du_lieu(siren), _conditions(filtre))
    ordre = ordre_de(Facture, filtre.cle, descendant=filtre.tri.descendant)
    flot = _montrer(lignes, filtre).order_by(*ordre).iterator(chunk_size=MORCEAU)
    while morceau := list(islice(flot, MORCEAU)):
        signaler(acteur, (Lu(f.pk, personnes=0) for f in morceau))
        yield from morceau


def comptes_par_etat(acteur: Acteur, siren: str | None) -> dict[str, int]:
    """State -> number of invoices that the actor sees."""
    vues = Facture.objects.visibles_par(acteur).filter(_du_lieu(siren))
    return dict(vues.order_by().values_list("etat").annotate(nombre=Count("pk")))


def _montrer(lignes: QuerySet[Facture], filtre: FiltreFactures) -> QuerySet[Facture]:
    return lignes.only(*CHAMPS, *filtre.champs)


def _du_lieu(siren: str | None) -> Q:
    return Q() if siren is None else Q(siren=siren) | Q(prestataire_siren=siren)


def _filtrer(acteur: Acteur, siren: str | None, filtre: FiltreFactures) -> list[QuerySet[Facture]]:
    """One query for each side of the place where the actor sees something."""
    visibles = Facture.objects.visibles_par(acteur).filter(_conditions(filtre))
    return [visibles.filter(cote) for cote in cotes_du_siren(acteur.perimetre(LECTURE), siren)]


def _conditions(filtre: FiltreFactures) -> Q:
    ou = Q()
    if filtre.etats:
        ou &= Q(etat__in=sorted(filtre.etats))
    if filtre.genre:
        ou &= Q(genre=filtre.genre)
    if filtre.emetteur:
        colonne = "emetteur_siren" if len(filtre.emetteur) == CHIFFRES_DU_SIREN else "emetteur_siret"
        ou &= Q(**{colonne: filtre.emetteur})
    if filtre.depot.du:
        ou &= Q(deposee_le__gte=debut_du_jour(filtre.depot.du))
    if filtre.depot.au:
        ou &= Q(deposee_le__lt=debut_du_jour(filtre.depot.au + timedelta(days=1)))
    for bornes, champ in ((filtre.emission, "date_emission"), (filtre.montant, "montant_a_payer")):
        debut, fin = (bornes.du, bornes.au) if isinstance(bornes, Periode) else (bornes.mini, bornes.maxi)
        ou &= Q(**{f"{champ}__gte": debut}) if debut is not None else Q()
        ou &= Q(**{f"{champ}__lte": fin}) if fin is not None else Q()
    for mot in normaliser(filtre.texte).split()[:MOTS_CHERCHES]:
        ou &= Q(recherche__contains=mot)
    return ou
