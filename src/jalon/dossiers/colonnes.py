"""What a list of requests may show, each column once: for the table, its sort, the quick access and the export."""

from decimal import Decimal

from jalon.dispositifs.registre import nom_de
from jalon.dossiers.enums import PAYABLES, Partie
from jalon.dossiers.models import Dossier
from jalon.socle.colonnes import entier, jour, jour_de, montant, texte
from jalon.socle.listes import Colonne, Genre
from jalon.socle.montants import ZERO

LIBELLES_PARTIES = {
    Partie.PERSONNE: "",
    Partie.ENTREPRISE: "Entreprise",
    Partie.OPCO: "OPCO",
    Partie.PRESTATAIRE: "Organisme de formation",
}
CHAMPS_DE_L_ETAT = ("etat", "date_debut", "dispositif", "attend_qui", "attend_avant", "attend_motif")
"""What the shown state and the next step are derived from."""


def reste_a_payer(dossier: Dossier) -> Decimal | None:
    """Euros that may still be paid; none before a grant, nothing once the request is closed or cancelled."""
    if dossier.montant_a_payer is None:
        return None
    return max(dossier.montant_a_payer - dossier.montant_paye, ZERO) if dossier.etat in PAYABLES else ZERO


def reste_a_facturer(dossier: Dossier) -> Decimal | None:
    """Euros that may still be invoiced, as `reste_a_payer`."""
    if dossier.montant_a_payer is None:
        return None
    return max(dossier.montant_a_payer - dossier.montant_facture, ZERO) if dossier.etat in PAYABLES else ZERO


TITRE, NUMERO, REFERENCE = (
    texte("titre", "Demande", d_office=True),
    texte("numero", "Numéro", d_office=True),
    texte("reference_interne", "Référence interne", d_office=True),
)
DISPOSITIF = Colonne(
    code="dispositif", libelle="Dispositif", valeur=lambda d, _: nom_de(d.dispositif), champs=("dispositif",), d_office=False
)
ENTREPRISE = texte("denomination", "Entreprise", d_office=True)
ETABLISSEMENT = Colonne(
    code="etablissement_nom",
    libelle="Établissement",
    valeur=lambda d, _: d.etablissement_nom or d.denomination or None,
    champs=("etablissement_nom", "denomination"),
)
ETAT = Colonne(code="etat", libelle="État", valeur=lambda d, jour: d.libelle_etat(jour), champs=CHAMPS_DE_L_ETAT)
ETAPE = Colonne(
    code="prochaine_etape",
    libelle="Prochaine étape",
    valeur=lambda d, jour: d.prochaine_etape(jour),
    champs=CHAMPS_DE_L_ETAT,
)
QUI = Colonne(
    code="attend_qui",
    libelle="Qui doit agir",
    valeur=lambda d, _: LIBELLES_PARTIES[Partie(d.attend_qui)] or None,
    champs=("attend_qui",),
    d_office=False,
)
STAGIAIRES = entier("nombre_stagiaires", "Stagiaires")
A_FACTURER = Colonne(
    code="reste_a_facturer",
    libelle="Reste à facturer",
    valeur=lambda d, _: reste_a_facturer(d),
    champs=("montant_a_payer", "montant_facture", "etat"),
    genre=Genre.MONTANT,
    d_office=False,
)
A_PAYER = Colonne(
    code="reste_a_payer",
    libelle="Reste à payer",
    valeur=lambda d, _: reste_a_payer(d),
    champs=("montant_a_payer", "montant_paye", "etat"),
    genre=Genre.MONTANT,
    d_office=False,
)

COLONNES_DES_DOSSIERS = (
    TITRE,
    NUMERO,
    REFERENCE,
    DISPOSITIF,
    ENTREPRISE,
    texte("siren", "SIREN"),
    ETABLISSEMENT,
    texte("siret", "SIRET"),
    texte("prestataire_denomination", "Organisme de formation"),
    texte("prestataire_siret", "SIRET de l’organisme"),
    ETAT,
    jour_de("etat_depuis", "Dans cet état depuis"),
    ETAPE,
    QUI,
    jour("attend_avant", "À faire avant"),
    texte("attend_motif", "Ce qui est attendu"),
    STAGIAIRES,
    jour("date_debut", "Début", tri=True),
    jour("date_fin", "Fin"),
    jour_de("transmis_le", "Déposé le", tri=True),
    jour_de("complet_le", "Complet le"),
    jour_de("accorde_le", "Accordé le"),
    texte("instructeur_nom", "Suivi par"),
    montant("montant_demande", "Demandé"),
    montant("montant_accorde", "Accordé", d_office=True),
    montant("montant_a_payer", "À payer au plus"),
    montant("montant_facture", "Facturé"),
    A_FACTURER,
    montant("montant_paye", "Payé", d_office=True),
    A_PAYER,
    jour_de("modifie_le", "Modifié", tri=True, d_office=True),
)

COLONNES_DES_BROUILLONS = (
    TITRE,
    REFERENCE,
    DISPOSITIF,
    ETABLISSEMENT,
    texte("siret", "SIRET"),
    texte("prestataire_denomination", "Organisme de formation"),
    STAGIAIRES,
    jour("date_debut", "Début", tri=True),
    jour("date_fin", "Fin"),
    montant("montant_demande", "Demandé"),
    texte("cree_par_nom", "Commencé par", d_office=True),
    jour_de("cree_le", "Commencé le"),
    jour("attend_avant", "À transmettre avant", d_office=True),
    jour_de("modifie_le", "Modifié", tri=True),
)
