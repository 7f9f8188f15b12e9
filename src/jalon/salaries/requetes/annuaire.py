"""Everybody of a company, for what tells the same person."""

from collections.abc import Collection, Iterable

from django.db.models import Q

from jalon.salaries import coffre
from jalon.salaries.models import CHAMPS_DE_LA_FICHE, Salarie
from jalon.salaries.regles.fiches import Fiche
from jalon.salaries.regles.rapprochement import Annuaire, Connu
from jalon.socle.acteurs import Domaine, Perimetre, Portee

COLONNES = ("id", "nir_empreinte", *CHAMPS_DE_LA_FICHE)


def annuaire_de(siren: str, perimetre: Perimetre, autour: Iterable[Fiche] | None = None) -> Annuaire:
    """Every record of a company, those outside the perimeter too: the same person is not there twice. These are told to
    nobody: they are only not written again.

    `autour`: those alone who may be one of these people: two records of a person share her NIR or her day of birth.
    """
    lignes = Salarie.objects.tous("la même personne ne figure qu’une fois dans une entreprise").filter(siren=siren)
    if autour is not None:
        fiches = list(autour)
        empreintes = {e for f in fiches if (e := coffre.empreinte_nir(f.nir, siren))}
        naissances = {f.date_naissance for f in fiches}
        lignes = lignes.filter(Q(date_naissance__dans=naissances) | Q(nir_empreinte__dans=empreintes))
    return Annuaire.de(_connu(valeurs, siren, perimetre) for valeurs in lignes.order_by("id").values_list(*COLONNES))


def _connu(valeurs: Collection[object], siren: str, perimetre: Perimetre) -> Connu:
    identifiant, empreinte, *reste = valeurs
    fiche = Fiche(**dict(zip(CHAMPS_DE_LA_FICHE, reste, strict=True)))  # type: ignore[arg-type]
    visible = perimetre.couvre(portee_de(siren, fiche.siret))
    return Connu(identifiant, fiche, str(empreinte), visible)  # type: ignore[arg-type]


def portee_de(siren: str, siret: str) -> Portee:
    """Whose a record is."""
    return Portee(siren=siren, siret=siret, domaine=Domaine.SALARIES)
