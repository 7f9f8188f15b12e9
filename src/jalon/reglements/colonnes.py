"""What a list of payments may show, each column once: for the table, its sort, the quick access and the export.

The account that was paid is not among them: no list holds an IBAN, even masked.
"""

from jalon.facturation.enums import LIBELLES_GENRES, GenreFacture
from jalon.socle.acteurs import Profil
from jalon.socle.colonnes import jour, montant, texte
from jalon.socle.listes import Colonne

COTES = {Profil.ADHERENT: "Entreprise", Profil.PRESTATAIRE: "Organisme de formation"}
COTE = Colonne(
    code="beneficiaire_profil",
    libelle="Versé à",
    valeur=lambda v, _: COTES[Profil(v.beneficiaire_profil)],
    champs=("beneficiaire_profil",),
    d_office=False,
)
GENRE = Colonne(
    code="genre",
    libelle="Nature",
    valeur=lambda v, _: LIBELLES_GENRES[GenreFacture(v.facture.genre)],
    champs=("facture__genre",),
    d_office=False,
)

COLONNES_DES_REGLEMENTS = (
    texte("reference", "Référence", tri=True, d_office=True),
    jour("execute_le", "Date", tri=True, d_office=True),
    texte("facture_numero", "Facture", d_office=True),
    texte("dossier_numero", "Dossier", d_office=True),
    texte("dossier_titre", "Formation", champ="facture__dossier_titre"),
    GENRE,
    jour("facture_emise", "Facture émise le", champ="facture__date_emission"),
    texte("emetteur_nom", "Émetteur", champ="facture__emetteur_nom"),
    texte("beneficiaire", "Bénéficiaire", d_office=True),
    texte("beneficiaire_siren", "SIREN du bénéficiaire"),
    COTE,
    texte("siren", "SIREN de l’entreprise"),
    texte("siret", "SIRET de l’entreprise"),
    texte("prestataire_siren", "SIREN de l’organisme"),
    texte("end_to_end", "Référence du virement"),
    montant("montant_ttc", "Facturé TTC", champ="facture__montant_ttc"),
    montant("montant", "Montant", tri=True, d_office=True),
)
