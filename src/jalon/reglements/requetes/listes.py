"""Lists of payments: what is looked for, a page by key, the count up to the bound, or all of it piece by piece."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from jalon.reglements.colonnes import COLONNES_DES_REGLEMENTS
from jalon.reglements.models import Virement
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau
from jalon.socle.filtres import CHIFFRES_DU_SIREN, TOUJOURS, TOUT_MONTANT, Adresse, Fourchette, Periode, Tri, champs_de
from jalon.socle.listes import COMPTE_AU_PLUS, Compte, Lecture
from jalon.socle.modeles import cotes_du_siren
from jalon.socle.pages import PageDeLignes, ordre_de, paginer
from jalon.socle.texte import normaliser

PAR_PAGE = 25
MORCEAU = 2_000
MOTS_CHERCHES = 6
ORDRE_HABITUEL = Tri("execute_le")
LECTURE = Droit(Domaine.REGLEMENTS, Niveau.LECTURE)
CHAMPS = (
    "facture", "facture_numero", "dossier_numero", "beneficiaire", "beneficiaire_profil", "montant", "execute_le", "reference",
    "end_to_end", "iban_masque", "siren", "siret", "prestataire_siren", "portefeuille_id", "domaine",
)  # fmt: skip
"""What a line of a list shows, whatever its columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreReglements:
    """What is looked for. Words: references, invoice, dossier, training, internal reference, who is paid.

    `beneficiaire`: a SIREN. `champs`: what the chosen columns read.
    """

    texte: str = ""
    beneficiaire: str = ""
    periode: Periode = TOUJOURS
    montant: Fourchette = TOUT_MONTANT
    tri: Tri = ORDRE_HABITUEL
    champs: tuple[str, ...] = ()


def lire_reglements(parametres: Mapping[str, str], jour: date) -> Lecture:
    """The list of payments that a URL asks."""
    del jour
    adresse = Adresse(parametres)
    filtre = FiltreReglements(
        texte=adresse.brut("q"),
        beneficiaire=adresse.siren_ou_siret("beneficiaire", "Bénéficiaire")[:CHIFFRES_DU_SIREN],
        periode=adresse.periode("date", "Versé"),
        montant=adresse.fourchette("montant", "Montant"),
        tri=adresse.tri(COLONNES_DES_REGLEMENTS, ORDRE_HABITUEL),
        champs=champs_de(adresse.colonnes(COLONNES_DES_REGLEMENTS)),
    )
    return Lecture(filtre, tuple(adresse.refus))


def executes(acteur: Acteur) -> QuerySet[Virement]:
    """Every payment made that the actor sees."""
    visibles: QuerySet[Virement] = Virement.objects.visibles_par(acteur).filter(execute_le__isnull=False)
    return visibles


def page_de_reglements(acteur: Acteur, siren: str | None, filtre: FiltreReglements, curseur: str) -> PageDeLignes:
    """A page of the lines of payment: of one SIREN (company and provider sides), or of everything."""
    cotes = [_montrer(lignes, filtre) for lignes in _filtrer(acteur, siren, filtre)]
    return paginer(cotes, filtre.tri.code, descendant=filtre.tri.descendant, curseur=curseur, par_page=PAR_PAGE)


def compter_reglements(acteur: Acteur, siren: str | None, lecture: Lecture, jour: date) -> Compte:
    """How many payments the filter keeps, up to the bound."""
    del jour
    cles: set[Any] = set()
    for lignes in _filtrer(acteur, siren, lecture.filtre):
        cles.update(lignes.values_list("pk", flat=True)[: COMPTE_AU_PLUS + 1])
    return Compte(min(len(cles), COMPTE_AU_PLUS), plafonne=len(cles) > COMPTE_AU_PLUS)


def lignes_des_reglements(acteur: Acteur, siren: str | None, lecture: Lecture, jour: date) -> Iterator[Virement]:
    """Every payment that the filter keeps, in its order, through a cursor of the server."""
    del jour
    filtre: FiltreReglements = lecture.filtre
    du_lieu = Q() if siren is None else Q(siren=siren) | Q(prestataire_siren=siren)
    lignes = executes(acteur).filter(du_lieu, _conditions(filtre))
    ordre = ordre_de(Virement, filtre.tri.code, descendant=filtre.tri.descendant)
    return _montrer(lignes, filtre).order_by(*ordre).iterator(chunk_size=MORCEAU)


def _montrer(lignes: QuerySet[Virement], filtre: FiltreReglements) -> QuerySet[Virement]:
    """The fields of a line, in one query; the invoice only if a column reads it."""
    jointe = any(champ.startswith("facture__") for champ in filtre.champs)
    lues = lignes.select_related("facture") if jointe else lignes
    return lues.only(*CHAMPS, *filtre.champs)


def _filtrer(acteur: Acteur, siren: str | None, filtre: FiltreReglements) -> list[QuerySet[Virement]]:
    """One query for each side of the place where the actor sees something."""
    visibles = executes(acteur).filter(_conditions(filtre))
    return [visibles.filter(cote) for cote in cotes_du_siren(acteur.perimetre(LECTURE), siren)]


def _conditions(filtre: FiltreReglements) -> Q:
    ou = Q()
    if filtre.beneficiaire:
        ou &= Q(beneficiaire_siren=filtre.beneficiaire)
    bornes = (
        ("execute_le__gte", filtre.periode.du),
        ("execute_le__lte", filtre.periode.au),
        ("montant__gte", filtre.montant.mini),
        ("montant__lte", filtre.montant.maxi),
    )
    for condition, borne in bornes:
        ou &= Q(**{condition: borne}) if borne is not None else Q()
    for mot in normaliser(filtre.texte).split()[:MOTS_CHERCHES]:
        ou &= Q(recherche__contains=mot)
    return ou
