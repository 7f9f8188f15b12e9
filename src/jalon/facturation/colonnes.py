"""What a list of invoices may show, each column once: for the table, its sort, the quick access and the export."""

from jalon.facturation.enums import LIBELLES_ETATS, LIBELLES_GENRES, LIBELLES_MOTIFS, GenreFacture, MotifRejet
from jalon.socle.colonnes import jour, jour_de, montant, texte
from jalon.socle.listes import Colonne

ETAT = Colonne(code="etat", libelle="État", valeur=lambda f, _: LIBELLES_ETATS[f.etat], champs=("etat",))
GENRE = Colonne(
    code="genre",
    libelle="Nature",
    valeur=lambda f, _: LIBELLES_GENRES[GenreFacture(f.genre)],
    champs=("genre",),
    d_office=False,
)
MOTIF = Colonne(
    code="motif_rejet",
    libelle="Motif du rejet",
    valeur=lambda f, _: LIBELLES_MOTIFS[MotifRejet(f.motif_rejet)] if f.motif_rejet else None,
    champs=("motif_rejet",),
    d_office=False,
)
TAUX = Colonne(
    code="taux_tva",
    libelle="Taux de TVA",
    valeur=lambda f, _: f"{f.taux_tva.normalize():f}".replace(".", ",") + "\u00a0%",
    champs=("taux_tva",),
    d_office=False,
)

COLONNES_DES_FACTURES = (
    texte("numero", "Facture", tri=True, d_office=True),
    jour("date_emission", "Émise le", tri=True, d_office=True),
    texte("dossier_titre", "Formation", d_office=True),
    texte("dossier_numero", "Dossier", d_office=True),
    GENRE,
    texte("emetteur_nom", "Émetteur", d_office=True),
    texte("emetteur_siret", "SIRET de l’émetteur"),
    texte("siren", "SIREN de l’entreprise"),
    texte("siret", "SIRET de l’entreprise"),
    texte("prestataire_siren", "SIREN de l’organisme"),
    texte("beneficiaire_nom", "Payée à"),
    texte("beneficiaire_siren", "SIREN du bénéficiaire"),
    ETAT,
    jour_de("etat_depuis", "Dans cet état depuis"),
    MOTIF,
    texte("texte_rejet", "À corriger"),
    montant("montant_ht", "HT"),
    TAUX,
    montant("montant_tva", "TVA"),
    montant("montant_ttc", "TTC"),
    montant("montant_a_payer", "À payer", tri=True, d_office=True),
    texte("deposee_par_nom", "Envoyée par"),
    jour_de("deposee_le", "Déposée le", tri=True, d_office=True),
)
