"""What each template is given, as typed values: the French words of amounts and dates are settled here."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from jalon.editions.regles import date_longue, grouper_code, pourcentage
from jalon.socle.acteurs import Profil
from jalon.socle.dates import formater_date
from jalon.socle.identifiants import grouper
from jalon.socle.montants import formater_montant

Paires = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Emetteur:
    """The OPCO that signs: its site (URL of the portal), its address on one line, the telephone of its assistance."""

    nom: str
    site: str
    adresse: str = ""
    telephone: str = ""
    baseline: str = "Financement de la formation"

    @property
    def site_affiche(self) -> str:
        """The site as one types it: « monespace.opco.example »."""
        return self.site.removeprefix("https://").removeprefix("http://").rstrip("/")

    def donnees(self) -> dict[str, Any]:
        """Values for the templates."""
        lignes = [x for x in (self.nom, self.adresse) if x]
        return {"nom": self.nom, "baseline": self.baseline, "pied": " · ".join(lignes), "pied_court": self.site_affiche}


@dataclass(frozen=True, slots=True)
class Lettre:
    """One letter. `adresse`: at most 7 lines, the first names the addressee (« À l’attention du représentant légal de … »)."""

    numero: str
    siren: str
    profil: Profil
    adresse: tuple[str, ...]
    code: str = field(repr=False)
    valable_jusqu_au: date

    def donnees(self) -> dict[str, Any]:
        """Values for the template."""
        return {
            "numero": self.numero,
            "siren": grouper(self.siren),
            "profil": self.profil.value,
            "adresse": [ligne for ligne in self.adresse if ligne.strip()],
            "code": grouper_code(self.code),
            "valable_jusqu_au": date_longue(self.valable_jusqu_au),
        }


@dataclass(frozen=True, slots=True)
class Partie:
    """A side of the agreement: « Entreprise », « Organisme de formation », with its lines (SIRET, address…)."""

    role: str
    denomination: str
    lignes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LigneAccord:
    """One granted line. `quantite` is text with its unit (« 35 h »)."""

    libelle: str
    quantite: str
    prix_unitaire: Decimal
    montant_ht: Decimal


@dataclass(frozen=True, slots=True)
class EcheanceAccord:
    """A payment to come. `nom`: « E2, année 1 »; `part` in percent of its year."""

    nom: str
    ouverture: date
    part: Decimal
    montant: Decimal
    perdu_apres: date | None = None

    @property
    def ouverte_le(self) -> str:
        """From which day, and until which one where its documents are waited for."""
        limite = f", au plus tard le {formater_date(self.perdu_apres)}" if self.perdu_apres else ""
        return f"{formater_date(self.ouverture)}{limite}"


@dataclass(frozen=True, slots=True)
class Accord:
    """An accord de prise en charge. It names no trainee: no NIR, no date of birth, no salary."""

    emetteur: Emetteur
    numero: str
    dispositif: str
    parties: tuple[Partie, ...]
    action: Paires
    lignes: tuple[LigneAccord, ...]
    total_ht: Decimal
    taux_tva: Decimal
    total_ttc: Decimal
    mode_paiement: str
    sens_mode_paiement: str
    conditions: tuple[str, ...]
    recours: tuple[str, ...]
    signataire: str
    fait_le: date
    fait_a: str = "PARIS"
    echeances: tuple[EcheanceAccord, ...] = ()

    def donnees(self) -> dict[str, Any]:
        """Values for the template."""
        return {
            "emetteur": self.emetteur.donnees(),
            "numero": self.numero,
            "dispositif": self.dispositif,
            "essentiel": [
                ["Montant accordé HT", formater_montant(self.total_ht)],
                ["Montant TTC", formater_montant(self.total_ttc)],
                ["Mode de paiement", self.mode_paiement],
            ],
            "parties": [{"role": p.role, "denomination": p.denomination, "lignes": list(p.lignes)} for p in self.parties],
            "action": [list(p) for p in self.action],
            "lignes": [
                {
                    "libelle": ligne.libelle,
                    "quantite": ligne.quantite,
                    "prix_unitaire": formater_montant(ligne.prix_unitaire) if ligne.prix_unitaire else "—",
                    "montant_ht": formater_montant(ligne.montant_ht),
                }
                for ligne in self.lignes
            ],
            "echeances": [
                {
                    "nom": echeance.nom,
                    "ouverture": echeance.ouverte_le,
                    "part": pourcentage(echeance.part),
                    "montant": formater_montant(echeance.montant),
                }
                for echeance in self.echeances
            ],
            "totaux": [
                {"libelle": "Total HT", "montant": formater_montant(self.total_ht), "fort": False},
                {
                    "libelle": f"TVA {pourcentage(self.taux_tva)}",
                    "montant": formater_montant(self.total_ttc - self.total_ht),
                    "fort": False,
                },
                {"libelle": "Total TTC", "montant": formater_montant(self.total_ttc), "fort": True},
            ],
            "mode_paiement": self.mode_paiement,
            "sens_mode_paiement": self.sens_mode_paiement,
            "conditions": list(self.conditions),
            "recours": list(self.recours),
            "signataire": self.signataire,
            "lieu_date": f"{self.fait_a}, le {date_longue(self.fait_le)}",
        }


@dataclass(frozen=True, slots=True)
class Tableau:
    """Repeated rows; beyond six columns each row is printed as a record named « nom_rangee N »."""

    entetes: tuple[str, ...]
    rangees: tuple[tuple[str, ...], ...]
    nom_rangee: str = "Ligne"


@dataclass(frozen=True, slots=True)
class RubriqueRecap:
    """A section of the form: pairs of label and value, then rows, then a note."""

    titre: str
    lignes: Paires = ()
    tableau: Tableau | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Recapitulatif:
    """A dossier in the order of its boxes. Sensitive boxes arrive masked."""

    emetteur: Emetteur
    intitule: str
    reference: str
    rubriques: tuple[RubriqueRecap, ...]
    sous_titre: str = ""
    meta: Paires = ()

    def donnees(self) -> dict[str, Any]:
        """Values for the template."""
        return {
            "emetteur": self.emetteur.donnees(),
            "intitule": self.intitule,
            "reference": self.reference,
            "sous_titre": self.sous_titre,
            "meta": [list(p) for p in self.meta],
            "rubriques": [
                {
                    "titre": r.titre,
                    "lignes": [list(p) for p in r.lignes],
                    "tableau": None
                    if r.tableau is None
                    else {
                        "entetes": list(r.tableau.entetes),
                        "rangees": [list(x) for x in r.tableau.rangees],
                        "nom_rangee": r.tableau.nom_rangee,
                    },
                    "note": r.note,
                }
                for r in self.rubriques
            ],
        }
