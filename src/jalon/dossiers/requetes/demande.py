"""What is asked of a walk through a list, and how SQL says it of a row `d`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from jalon.dispositifs.registre import DISPOSITIFS
from jalon.dossiers.enums import EN_EXECUTION, LIBELLES_DU_SILENCE, EtatDossier
from jalon.dossiers.regles import DECIDENT
from jalon.dossiers.regles.silence import AFFICHES
from jalon.dossiers.requetes.filtre import BROUILLON, MOI, ORDRE_HABITUEL, PERSONNE
from jalon.dossiers.requetes.perimetre import HORS_BROUILLON, Branche
from jalon.socle.dates import debut_du_jour
from jalon.socle.filtres import CHIFFRES_DU_SIREN, TOUJOURS, Periode

Cle = tuple[datetime | date, UUID]


@dataclass(frozen=True, slots=True)
class Ordre:
    """A key that an index holds for each column of the portée. `sql`: of a row `{0}`; `condition`: what the index says of its rows,
    said again so that it is used. A request without first day comes after all the others, and before them in the other sense.
    """

    sql: str
    type_sql: str
    condition: str = ""


ORDRES = {
    ORDRE_HABITUEL.code: Ordre("{0}modifie_le", "timestamptz"),
    "date_debut": Ordre("COALESCE({0}date_debut, '9999-12-31'::date)", "date"),
    "attend_avant": Ordre("{0}attend_avant", "date", "{0}attend_avant IS NOT NULL"),
    "transmis_le": Ordre("{0}transmis_le", "timestamptz", "{0}transmis_le IS NOT NULL"),
}
ORDRE_DE_LA_FILE = "attend_avant"
ETATS_DE_LA_FILE = (EtatDossier.TRANSMIS.value, EtatDossier.EN_INSTRUCTION.value)
LUES_DES_MOTS = (
    "id, siren, siret, prestataire_siren, prestataire_siret, portefeuille_id, domaine, etat, dispositif, modifie_le, transmis_le, "
    "date_debut, accorde_le, attend_qui, attend_avant, instructeur_id"
)
"""What conditions and orders read of a row found by its words."""


def dispositifs_du_silence() -> dict[str, list[str]]:
    """By state shown once silence has decided, the dispositifs where it decides so."""
    return {affiche: sorted(d.code for d in DISPOSITIFS.values() if d.silence == s) for s, affiche in AFFICHES.items()}


@dataclass(frozen=True, slots=True)
class Demande:
    """What is asked of a walk. `etats` may hold « en_execution » and what silence decided; `apres`: key of the last row seen, in the order of the walk.

    `file`: what waits for the OPCO; `suivi`: followed by `instructeur`, or by nobody. `ordre`: a code of ORDRES. `en_marchant`: words are looked for in each row walked through, when they are too common for their
    index to help.
    """

    branches: Sequence[Branche]
    jour: date
    etats: frozenset[str] = frozenset()
    dispositif: str = ""
    siret: str = ""
    prestataire: str = ""
    depot: Periode = TOUJOURS
    debut: Periode = TOUJOURS
    tsquery: str = ""
    ordre: str = ORDRE_HABITUEL.code
    apres: Cle | None = None
    croissant: bool = False
    limite: int = 26
    en_marchant: bool = False
    file: bool = False
    suivi: str = ""
    instructeur: UUID | None = None

    @property
    def etats_stockes(self) -> list[str]:
        """States looked for in the table."""
        if not self.etats:
            return list(ETATS_DE_LA_FILE if self.file else HORS_BROUILLON)
        stockes = {EN_EXECUTION: {EtatDossier.ACCORDE.value}}
        stockes |= {affiche: {e.value for e in DECIDENT} for affiche in LIBELLES_DU_SILENCE}
        return sorted({stocke for etat in self.etats for stocke in stockes.get(etat, {etat})})

    @property
    def une_marche_par_portefeuille(self) -> bool:
        """Whether the index of the order holds every state of a portefeuille together: that of what waits for the OPCO."""
        return self.file and self.ordre == ORDRE_DE_LA_FILE

    @property
    def brouillons(self) -> bool:
        """Whether drafts alone are asked: few rows, in an index of theirs."""
        return self.etats == BROUILLON


@dataclass(slots=True)
class Requete:
    """SQL under construction."""

    parametres: list[Any] = field(default_factory=list)

    def param(self, valeur: Any, type_sql: str = "") -> str:
        """A placeholder for a value."""
        self.parametres.append(valeur)
        return f"%s::{type_sql}" if type_sql else "%s"


def cle_de_tri(demande: Demande) -> str:
    """The key of the order."""
    return ORDRES[demande.ordre].sql.format("d.")


def ordre_de(demande: Demande) -> str:
    """The order of the walk; ties are settled by the identifier."""
    sens = "ASC" if demande.croissant else "DESC"
    return f"{cle_de_tri(demande)} {sens}, d.id {sens}"


def conditions(requete: Requete, demande: Demande, branche: Branche) -> list[str]:
    """What every branch asks of a row, besides its value and its state."""
    ou = [f"d.domaine = ANY({requete.param(list(branche.domaines), 'text[]')})"]
    for condition, valeur in branche.filtres():
        requete.param(valeur)
        ou.append(condition)
    if EtatDossier.ACCORDE in demande.etats and EN_EXECUTION not in demande.etats:
        ou.append(f"(d.etat <> 'accorde' OR d.date_debut IS NULL OR d.date_debut > {requete.param(demande.jour, 'date')})")
    elif EN_EXECUTION in demande.etats and EtatDossier.ACCORDE not in demande.etats:
        ou.append(f"(d.etat <> 'accorde' OR d.date_debut <= {requete.param(demande.jour, 'date')})")
    ou += _de_la_file(requete, demande) if demande.file else _du_silence(requete, demande)
    if demande.dispositif:
        ou.append(f"d.dispositif = {requete.param(demande.dispositif)}")
    if demande.siret:
        ou.append(f"d.{_colonne_de('', demande.siret)} = {requete.param(demande.siret)}")
    if demande.prestataire:
        ou.append(f"d.{_colonne_de('prestataire_', demande.prestataire)} = {requete.param(demande.prestataire)}")
    ou += _des_periodes(requete, demande)
    if demande.en_marchant:
        ou.append(f"d.recherche @@ {requete.param(demande.tsquery, 'tsquery')}")
    ordre = ORDRES[demande.ordre]
    if ordre.condition:
        ou.append(ordre.condition.format("d."))
    if demande.apres:
        signe = ">" if demande.croissant else "<"
        le, cle = requete.param(demande.apres[0], ordre.type_sql), requete.param(demande.apres[1], "uuid")
        ou.append(f"({cle_de_tri(demande)}, d.id) {signe} ({le}, {cle})")
    return ou


def _de_la_file(requete: Requete, demande: Demande) -> list[str]:
    """What waits for the OPCO, even when its silence has decided: it may still answer."""
    ou = ["d.attend_qui = 'opco'"]
    if demande.suivi == MOI:
        ou.append(f"d.instructeur_id = {requete.param(demande.instructeur, 'uuid')}")
    elif demande.suivi == PERSONNE:
        ou.append("d.instructeur_id IS NULL")
    return ou


def _du_silence(requete: Requete, demande: Demande) -> list[str]:
    """What the OPCO's silence decided is looked for under its own state, no more under the one that is stored."""
    if not demande.etats & {*DECIDENT, *LIBELLES_DU_SILENCE}:
        return []
    cas = "".join(
        f" WHEN d.attend_qui = 'opco' AND d.attend_avant < {requete.param(demande.jour, 'date')}"
        f" AND d.dispositif = ANY({requete.param(codes, 'text[]')}) THEN {affiche in demande.etats}"
        for affiche, codes in dispositifs_du_silence().items()
    )
    stockes = requete.param(sorted(demande.etats), "text[]")
    return [f"(d.etat <> ALL(ARRAY['transmis', 'en_instruction']) OR CASE{cas} ELSE d.etat = ANY({stockes}) END)"]


def _colonne_de(prefixe: str, chiffres: str) -> str:
    return f"{prefixe}{'siren' if len(chiffres) == CHIFFRES_DU_SIREN else 'siret'}"


def _des_periodes(requete: Requete, demande: Demande) -> list[str]:
    """Days in Paris, both included; of the first day of training, written as the key of its order."""
    ou = []
    if demande.depot.du:
        ou.append(f"d.transmis_le >= {requete.param(debut_du_jour(demande.depot.du), 'timestamptz')}")
    if demande.depot.au:
        ou.append(f"d.transmis_le < {requete.param(debut_du_jour(demande.depot.au + timedelta(days=1)), 'timestamptz')}")
    debut = ORDRES["date_debut"].sql.format("d.")
    if demande.debut.du:
        ou.append(f"{debut} >= {requete.param(demande.debut.du, 'date')} AND d.date_debut IS NOT NULL")
    if demande.debut.au:
        ou.append(f"{debut} <= {requete.param(demande.debut.au, 'date')}")
    return ou
