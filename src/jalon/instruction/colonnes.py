"""What the queue of the OPCO may show, each column once: for the table, its sort, the quick access and the export."""

from dataclasses import replace
from datetime import date

from jalon.dossiers.colonnes import (
    CHAMPS_DE_L_ETAT,
    DISPOSITIF,
    ETABLISSEMENT,
    ETAPE,
    ETAT,
    NUMERO,
    REFERENCE,
    STAGIAIRES,
    TITRE,
)
from jalon.dossiers.models import Dossier
from jalon.socle.colonnes import jour, jour_de, montant, texte
from jalon.socle.listes import Colonne


def _silence(dossier: Dossier, jour_: date) -> str | None:
    compte = dossier.compte_a_rebours(jour_)
    return compte.phrase(jour_) if compte is not None else None


SILENCE = Colonne(code="silence", libelle="Silence", valeur=_silence, champs=CHAMPS_DE_L_ETAT, d_office=False)
INSTRUCTEUR = Colonne(
    code="instructeur_nom",
    libelle="Instruit par",
    valeur=lambda d, _: d.instructeur_nom or "Personne",
    champs=("instructeur_nom",),
)

COLONNES_DE_LA_FILE = (
    TITRE,
    NUMERO,
    replace(REFERENCE, d_office=False),
    DISPOSITIF,
    texte("denomination", "Entreprise", d_office=True),
    texte("siren", "SIREN"),
    replace(ETABLISSEMENT, d_office=False),
    texte("siret", "SIRET"),
    texte("prestataire_denomination", "Organisme de formation"),
    texte("prestataire_siret", "SIRET de l’organisme"),
    ETAT,
    jour_de("etat_depuis", "Dans cet état depuis"),
    replace(ETAPE, d_office=False),
    jour("attend_avant", "Réponse avant le", tri=True, d_office=True),
    SILENCE,
    texte("attend_motif", "Ce qui est attendu"),
    INSTRUCTEUR,
    STAGIAIRES,
    jour("date_debut", "Début"),
    jour_de("transmis_le", "Déposé le", tri=True),
    montant("montant_demande", "Demandé HT", d_office=True),
)
