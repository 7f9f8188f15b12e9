"""Reads: a request by its door, its content as each side may read it, lists, tasks."""

from jalon.dossiers.requetes.acces import (
    cote_de,
    dossier_a_traiter,
    dossier_accessible,
    dossier_par_numero,
    portee_entreprise,
    portee_prestataire,
)
from jalon.dossiers.requetes.contenu import (
    contenu_en_clair,
    contenu_visible,
    peut_lire_les_sensibles,
    recapitulatif_de,
    reponses_a_juger,
    reponses_de,
    versions_de,
)
from jalon.dossiers.requetes.contexte import contexte_de, sirens_de
from jalon.dossiers.requetes.copies import exiger_de_copier, origine_de, reponses_a_copier
from jalon.dossiers.requetes.depots import limite_de_depot, reporter_les_limites
from jalon.dossiers.requetes.echanges import Echange, echange_de, fil_de, messages_de, messages_non_lus
from jalon.dossiers.requetes.filtre import FiltreDossiers, lire_brouillons, lire_dossiers
from jalon.dossiers.requetes.impression import est_imprimable, jour_du_formulaire, recapitulatif_en_papier
from jalon.dossiers.requetes.liste import Comptes, Page, comptes_par_etat, liste_dossiers, premiers_dossiers
from jalon.dossiers.requetes.lots import Lot, limite_par_dossier, lot_de
from jalon.dossiers.requetes.modifications import (
    ce_qui_se_modifie,
    modification_accessible,
    modifications_de,
)
from jalon.dossiers.requetes.operations import operation_accessible
from jalon.dossiers.requetes.pieces import (
    LIBELLE_COMPLEMENTAIRE,
    PIECE_COMPLEMENTAIRE,
    complement_en_cours,
    complements_de,
    libelle_de_piece,
    piece_accessible,
    pieces_attendues,
    pieces_de,
    pieces_utilisables,
    versions_de_piece,
)
from jalon.dossiers.requetes.porte_documents import documents_a_joindre, endroits_ou_garder, origine_affichee, peut_garder
from jalon.dossiers.requetes.registres import consulter, fiche_etablissement
from jalon.dossiers.requetes.salaries import PersonneDuDossier, personnes_a_reprendre
from jalon.dossiers.requetes.suivi import EtapeDossier, etapes, historique_de, qui_voit
from jalon.dossiers.requetes.taches import a_faire, messages_a_lire

__all__ = [
    "LIBELLE_COMPLEMENTAIRE",
    "PIECE_COMPLEMENTAIRE",
    "Comptes",
    "Echange",
    "EtapeDossier",
    "FiltreDossiers",
    "Lot",
    "Page",
    "PersonneDuDossier",
    "a_faire",
    "ce_qui_se_modifie",
    "complement_en_cours",
    "complements_de",
    "comptes_par_etat",
    "consulter",
    "contenu_en_clair",
    "contenu_visible",
    "contexte_de",
    "cote_de",
    "documents_a_joindre",
    "dossier_a_traiter",
    "dossier_accessible",
    "dossier_par_numero",
    "echange_de",
    "endroits_ou_garder",
    "est_imprimable",
    "etapes",
    "exiger_de_copier",
    "fiche_etablissement",
    "fil_de",
    "historique_de",
    "jour_du_formulaire",
    "libelle_de_piece",
    "limite_de_depot",
    "limite_par_dossier",
    "lire_brouillons",
    "lire_dossiers",
    "liste_dossiers",
    "lot_de",
    "messages_a_lire",
    "messages_de",
    "messages_non_lus",
    "modification_accessible",
    "modifications_de",
    "operation_accessible",
    "origine_affichee",
    "origine_de",
    "personnes_a_reprendre",
    "peut_garder",
    "peut_lire_les_sensibles",
    "piece_accessible",
    "pieces_attendues",
    "pieces_de",
    "pieces_utilisables",
    "portee_entreprise",
    "portee_prestataire",
    "premiers_dossiers",
    "qui_voit",
    "recapitulatif_de",
    "recapitulatif_en_papier",
    "reponses_a_copier",
    "reponses_a_juger",
    "reponses_de",
    "reporter_les_limites",
    "sirens_de",
    "versions_de",
    "versions_de_piece",
]
