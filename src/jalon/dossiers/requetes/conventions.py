"""For which providers somebody may file in the name of a company, under their conventions."""

from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.acteurs import LONGUEUR_SIREN, Acteur, Domaine, Droit, Niveau
from jalon.socle.identifiants import grouper

SAISIE = Droit(Domaine.ALTERNANCE, Niveau.SAISIE)


def organismes_des_conventions(siren: str, acteur: Acteur) -> list[tuple[str, str]]:
    """SIREN and name of these providers, by name; the draft of somebody who files for several has to say for which."""
    sirens = {nomme for lieu, nomme in acteur.perimetre(SAISIE).couples if lieu[:LONGUEUR_SIREN] == siren}
    noms = noms_des_organisations(sirens)
    return sorted(((s, noms.get(s) or f"SIREN {grouper(s)}") for s in sirens), key=lambda organisme: organisme[1].casefold())
