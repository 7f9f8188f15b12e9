"""Columns of a request, copied from its answers."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func, TextField, Value

from jalon.dispositifs.base import Projection
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import lexemes
from jalon.organisations.requetes import etablissement, portefeuille_de
from jalon.socle.identifiants import grouper

LONGUEUR = 200
CHAMPS_PROJETES = [
    "titre",
    "reference_interne",
    "denomination",
    "prestataire_siret",
    "prestataire_siren",
    "prestataire_denomination",
    "nombre_stagiaires",
    "date_debut",
    "date_fin",
    "montant_demande",
    "recherche",
]
CHAMPS_DU_LIEU = ["siren", "siret", "portefeuille_id", "etablissement_nom"]


def projeter_sur(dossier: Dossier, projection: Projection, *, sinon: str = "") -> None:
    """Copy a projection onto the columns, the establishment excepted (`placer`), and the words that find the request.

    `sinon`: the provider's SIREN while none is answered.
    """
    dossier.titre = projection.titre[:LONGUEUR]
    dossier.reference_interne = projection.reference_interne[:LONGUEUR]
    dossier.denomination = projection.denomination[:LONGUEUR]
    dossier.prestataire_siret = projection.prestataire_siret
    dossier.prestataire_siren = projection.prestataire_siret[:9] or sinon
    dossier.prestataire_denomination = projection.prestataire_denomination[:LONGUEUR]
    dossier.nombre_stagiaires = projection.nombre_stagiaires
    dossier.date_debut, dossier.date_fin = projection.date_debut, projection.date_fin
    dossier.montant_demande = projection.montant_demande
    indexer(dossier, projection.recherche)


def placer(dossier: Dossier, siren: str, siret: str) -> None:
    """Make the request belong to an establishment (or to a company whose establishment is not chosen yet)."""
    if siren != dossier.siren or dossier.portefeuille_id is None:
        dossier.portefeuille_id = portefeuille_de(siren)
    dossier.siren, dossier.siret = siren, siret
    lieu = etablissement(siret) if siret else None
    nom = (lieu.nom_usuel or lieu.commune) if lieu else ""
    dossier.etablissement_nom = (nom or (grouper(siret) if siret else ""))[:LONGUEUR]


def indexer(dossier: Dossier, recherche: str) -> None:
    """Set the words of the request, and the marks of its perimeter; no sensitive box is ever among them."""
    textes = [
        recherche,
        dossier.numero or "",
        dossier.titre,
        dossier.reference_interne,
        dossier.denomination,
        dossier.etablissement_nom,
        dossier.prestataire_denomination,
        dossier.siren,
        dossier.siret,
        dossier.prestataire_siret,
    ]
    dossier.recherche = vecteur(lexemes(textes, marques_de(dossier)))


def marques_de(dossier: Dossier) -> list[tuple[str, object]]:
    """Columns of the portée that the index of words also carries."""
    return [(c, getattr(dossier, c)) for c in ("siren", "siret", "prestataire_siren", "portefeuille_id")]


def vecteur(mots: Iterable[str]) -> Func:
    """A tsvector of these lexemes, none of them parsed."""
    tableau = Value(list(mots), output_field=ArrayField(TextField()))
    return Func(tableau, function="array_to_tsvector", output_field=SearchVectorField())
