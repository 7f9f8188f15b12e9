"""People of a request that the directory lacks."""

from collections.abc import Sequence

from jalon.salaries import coffre
from jalon.salaries.enums import Sort
from jalon.salaries.regles.fiches import Fiche
from jalon.salaries.regles.rapprochement import Lue, rapprocher
from jalon.salaries.requetes.annuaire import annuaire_de, portee_de
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau


def absentes(siren: str, personnes: Sequence[Fiche], acteur: Acteur) -> list[bool]:
    """Whether the directory lacks each of these people, as far as the actor may add them."""
    perimetre = acteur.perimetre(Droit(Domaine.SALARIES, Niveau.SAISIE))
    annuaire = annuaire_de(siren, perimetre, personnes)
    lues = [
        Lue(rang, p, coffre.empreinte_nir(p.nir, siren), perimetre.couvre(portee_de(siren, p.siret)))
        for rang, p in enumerate(personnes)
    ]
    return [ligne.sort in {Sort.NOUVEAU, Sort.DOUBLON} for ligne in rapprocher(annuaire, lues, {})]
