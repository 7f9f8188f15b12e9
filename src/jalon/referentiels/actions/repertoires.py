"""Imports of the registers and lists that a new edition replaces: RNCP-RS, UAI, training providers, SIRET to OPCO."""

from datetime import date, datetime
from pathlib import Path

from jalon.referentiels.actions.fusion import Cible, fusionner
from jalon.referentiels.actions.officiels import (
    Depot,
    Suivi,
    date_de_l_edition,
    import_unique,
    ne_rien_suivre,
    refuser_les_retraits_massifs,
    terminer,
)
from jalon.referentiels.enums import ReferentielOfficiel
from jalon.referentiels.models import ImportReferentiel
from jalon.referentiels.officiels.organismes import ListeDesOrganismes
from jalon.referentiels.officiels.rncp import ExportRncp
from jalon.referentiels.officiels.siro import TableSiro
from jalon.referentiels.officiels.uai import RepertoireUai
from jalon.socle.acteurs import Acteur

CERTIFICATIONS = Cible(
    table="referentiels_certification",
    cle=("code",),
    valeurs=("intitule", "abrege", "niveau", "enregistrement", "actif", "active_du", "active_au", "cfd", "nsf", "remplacee_par"),
    retire=True,
)
HABILITATIONS = Cible(
    table="referentiels_habilitationcertification",
    cle=("certification", "siret", "habilitation"),
    valeurs=("nom",),
    retire=True,
)
ORGANISMES = Cible(
    table="referentiels_organismeformation",
    cle=("nda",),
    valeurs=("siret", "denomination", "code_postal", "ville", "qualiopi_formation", "qualiopi_bilan", "qualiopi_vae",
             "qualiopi_apprentissage"),
    retire=True,
)  # fmt: skip
ANCIENS_NDA = Cible(table="referentiels_anciennda", cle=("ancien", "nda"), valeurs=(), retire=True)
RATTACHEMENTS = Cible(table="referentiels_rattachementopco", cle=("siret", "idcc"), valeurs=("opco", "opco_gestion"), retire=True)


def importer_rncp(
    *,
    chemin: Path,
    par: Acteur,
    maintenant: datetime,
    edition: date | None = None,
    accepter_retraits: bool = False,
    suivi: Suivi = ne_rien_suivre,
) -> ImportReferentiel:
    """Make the certifications, and who may certify or train, what the export says.

    Raises: SaisieRefusee (not the export, cannot be read, half of the table would go), TransitionImpossible (another import).
    """
    export = ExportRncp(chemin)
    jour = date_de_l_edition(edition, export.edition, maintenant)
    with import_unique():
        effet = fusionner(CERTIFICATIONS, export.certifications(jour, lambda lus: suivi(lus, export.fiches.taille)))
        refuser_les_retraits_massifs(chemin, effet, accepter=accepter_retraits)
        refuser_les_retraits_massifs(chemin, fusionner(HABILITATIONS, export.habilitations()), accepter=accepter_retraits)
        return terminer(Depot(ReferentielOfficiel.RNCP, chemin, par, maintenant), jour, effet, export.fiches.lus, export.rejets)


def importer_uai(
    *, chemin: Path, par: Acteur, maintenant: datetime, edition: date | None = None, suivi: Suivi = ne_rien_suivre
) -> ImportReferentiel:
    """Add schools to the directory, or bring them up to date. None goes away: files of several sources complete each other.

    Raises: SaisieRefusee (not a directory, cannot be read), TransitionImpossible (another import is running).
    """
    repertoire = RepertoireUai(chemin)
    jour = date_de_l_edition(edition, repertoire.edition, maintenant)
    cible = Cible(table="referentiels_etablissementuai", cle=("uai",), valeurs=repertoire.colonnes)
    with import_unique():
        effet = fusionner(cible, repertoire.etablissements(lambda lus: suivi(lus, repertoire.tableau.taille)))
        return terminer(
            Depot(ReferentielOfficiel.UAI, chemin, par, maintenant),
            jour,
            effet,
            repertoire.tableau.lus,
            repertoire.tableau.rejets,
        )


def importer_organismes(
    *,
    chemin: Path,
    par: Acteur,
    maintenant: datetime,
    edition: date | None = None,
    accepter_retraits: bool = False,
    suivi: Suivi = ne_rien_suivre,
) -> ImportReferentiel:
    """Make the providers, and their former NDA, what the public list says.

    Raises: SaisieRefusee (not the list, cannot be read, half of the table would go), TransitionImpossible (another import).
    """
    liste = ListeDesOrganismes(chemin)
    jour = date_de_l_edition(edition, liste.edition, maintenant)
    with import_unique():
        effet = fusionner(ORGANISMES, liste.organismes(lambda lus: suivi(lus, liste.tableau.taille)))
        refuser_les_retraits_massifs(chemin, effet, accepter=accepter_retraits)
        fusionner(ANCIENS_NDA, liste.anciens)
        return terminer(
            Depot(ReferentielOfficiel.ORGANISMES, chemin, par, maintenant), jour, effet, liste.tableau.lus, liste.tableau.rejets
        )


def importer_siro(
    *,
    chemin: Path,
    par: Acteur,
    maintenant: datetime,
    edition: date | None = None,
    accepter_retraits: bool = False,
    suivi: Suivi = ne_rien_suivre,
) -> ImportReferentiel:
    """Make the OPCO of each establishment what the table says.

    Raises: SaisieRefusee (not the table, cannot be read, half of it would go), TransitionImpossible (another import).
    """
    table = TableSiro(chemin)
    jour = date_de_l_edition(edition, table.edition, maintenant)
    with import_unique():
        effet = fusionner(RATTACHEMENTS, table.rattachements(lambda lus: suivi(lus, table.tableau.taille)))
        refuser_les_retraits_massifs(chemin, effet, accepter=accepter_retraits)
        return terminer(
            Depot(ReferentielOfficiel.SIRO, chemin, par, maintenant), jour, effet, table.tableau.lus, table.tableau.rejets
        )
