"""Reading again the file of a preparation: what is applied is what was hashed, shown and signed."""

import hashlib
from collections.abc import Sequence

from jalon.habilitations.droits_prepares import JEUX_DE_COLONNES, Groupe, decouper, extraire, lire_lignes, renumeroter
from jalon.habilitations.models import OrganisationPreparee, PreparationDroits
from jalon.organisations.tableaux import lire_contenu
from jalon.socle.acteurs import Profil
from jalon.socle.erreurs import TransitionImpossible


def texte_de(preparation: PreparationDroits) -> list[str]:
    """The lines of the file. Raises TransitionImpossible when it no longer has its hash."""
    octets = bytes(preparation.contenu)
    if hashlib.sha256(octets).hexdigest() != preparation.sha256:
        raise TransitionImpossible(
            "Ce fichier n’a plus l’empreinte sous laquelle il a été enregistré\u00a0: rien n’est appliqué."
        )
    return decouper(octets)


def groupe_de(texte: Sequence[str], organisation: OrganisationPreparee) -> Groupe:
    """The lines of one organisation. Raises TransitionImpossible when they are not about it."""
    tableau = lire_contenu(str(organisation), extraire(texte, organisation.numeros), jeux=JEUX_DE_COLONNES)
    lues, refus = lire_lignes(renumeroter(tableau.lignes, organisation.numeros))
    groupe = Groupe(organisation.organisation_siren, Profil(organisation.profil), tuple(lues))
    if refus or any((ligne.siren, ligne.profil) != (groupe.siren, groupe.profil) for ligne in lues):
        raise TransitionImpossible("Les lignes de cette organisation ne sont plus les siennes\u00a0: rien n’est appliqué.")
    return groupe
