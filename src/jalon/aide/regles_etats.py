"""What a message of state may be, and which ones a page shows. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from jalon.aide.enums import LIBELLES_NIVEAUX_ETAT, LIBELLES_PUBLICS, NiveauEtat, PublicEtat
from jalon.aide.guides import GUIDES, Guide
from jalon.socle.dates import PARIS, formater_date
from jalon.socle.erreurs import SaisiesRefusees

TEXTE_MAX = 240
PASSE_MAX, AVENIR_MAX = timedelta(days=1), timedelta(days=365)
HISTORIQUE = timedelta(days=90)
ORDRE = tuple(NiveauEtat)


@dataclass(frozen=True, slots=True)
class SaisieEtat:
    """What the OPCO says. `fin` None: until somebody ends it; `guide`: the code of one, or nothing."""

    niveau: str
    texte: str
    debut: datetime
    fin: datetime | None
    publics: tuple[str, ...]
    guide: str = ""

    @property
    def texte_net(self) -> str:
        """On one line."""
        return " ".join(self.texte.split())


@dataclass(frozen=True, slots=True)
class Etat:
    """A message as pages show it; `fin` is when it stops, planned or ended before."""

    id: UUID
    niveau: NiveauEtat
    texte: str
    debut: datetime
    fin: datetime | None
    publics: frozenset[PublicEtat]
    code_du_guide: str = ""

    @property
    def libelle(self) -> str:
        """« Perturbation »."""
        return LIBELLES_NIVEAUX_ETAT[self.niveau]

    @property
    def pour_qui(self) -> str:
        """« Entreprises, OPCO », « Tout le monde »."""
        if self.publics == set(PublicEtat):
            return "Tout le monde"
        return ", ".join(LIBELLES_PUBLICS[p] for p in PublicEtat if p in self.publics)

    @property
    def guide(self) -> Guide | None:
        """The guide to read; None when it names none, or one that is no longer written."""
        return GUIDES.get(self.code_du_guide)

    @property
    def se_ferme(self) -> bool:
        """Whether somebody may close it for her session: what hinders the work stays."""
        return self.niveau == NiveauEtat.INFORMATION

    def en_cours(self, le: datetime) -> bool:
        """Shown from its first second to the one before its end."""
        return self.debut <= le and (self.fin is None or le < self.fin)


def controler_etat(saisie: SaisieEtat, maintenant: datetime) -> None:
    """Raise SaisiesRefusees with every box to mend."""
    champs: dict[str, str] = {}
    if saisie.niveau not in set(NiveauEtat):
        champs["niveau"] = "Choisissez le niveau du message"
    if not 0 < len(saisie.texte_net) <= TEXTE_MAX:
        champs["texte"] = f"Écrivez un message de {TEXTE_MAX}\u00a0signes au plus"
    if not maintenant - PASSE_MAX <= saisie.debut <= maintenant + AVENIR_MAX:
        champs["debut_jour"] = "Choisissez un début entre hier et dans un an"
    if saisie.fin is not None and saisie.fin <= max(saisie.debut, maintenant):
        champs["fin_jour"] = "Choisissez une fin à venir, après le début"
    if not saisie.publics or not set(saisie.publics) <= set(PublicEtat):
        champs["publics"] = "Cochez au moins un public"
    if saisie.guide and saisie.guide not in GUIDES:
        champs["guide"] = "Choisissez un guide de cette liste"
    if champs:
        raise SaisiesRefusees(champs)


def a_montrer(etats: Iterable[Etat], publics: Iterable[PublicEtat], le: datetime) -> list[Etat]:
    """Those in course for one of the audiences: what hinders most first, then the newest."""
    pour = frozenset(publics)
    choisis = [e for e in etats if e.publics & pour and e.en_cours(le)]
    return sorted(choisis, key=lambda e: (ORDRE.index(e.niveau), -e.debut.timestamp(), e.id))


def moment(instant: datetime | None) -> str:
    """« 01/12/2026 à 10:00 », in Paris."""
    if instant is None:
        return "nouvel ordre"
    local = instant.astimezone(PARIS)
    return f"{formater_date(local.date())} à {local:%H:%M}"
