"""Pure judgements about codes and rights: no Django, no clock, no I/O."""

from collections.abc import (
    Collection,
    Iterable,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeVar
from uuid import UUID

from jalon.dispositifs.registre import dispositifs_de, nom_de
from jalon.habilitations.enums import (
    Attente,
    Etendue,
)
from jalon.socle.acteurs import (
    LIBELLES_DOMAINES,
    Domaine,
    Droit,
    Niveau,
    Profil,
)
from jalon.socle.dates import (
    debut_du_jour,
    fin_du_jour,
    jour_de_paris,
    mois_apres,
    mois_avant,
)
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.identifiants import siret_valide

Moment = TypeVar("Moment", date, datetime)

PROBATION = timedelta(hours=72)
VALIDITE_DEMANDE = timedelta(days=30)
RELANCES_DEMANDE = (timedelta(days=7), timedelta(days=21))
RAPPELS_CODE = (timedelta(days=14), timedelta(days=3))
RAPPELS_DE_FIN = (timedelta(days=30), timedelta(days=7))
"""Before the end of a key or of a mandate."""
DELAI_ENTRE_LETTRES = timedelta(days=7)
VALIDITE_INVITATION = timedelta(days=30)
CONSERVATION_LETTRES = timedelta(days=7) - timedelta(minutes=30)
"""Seven days at most: the deletion runs every ten minutes, so it is due half an hour before."""
REPRISE_DE_COMMANDE = timedelta(hours=1)
CONSERVATION_ESSAIS = timedelta(days=30)
MOIS_DE_VALIDITE = 3
ESSAIS_PAR_COMPTE = 5
ESSAIS_PAR_SIREN = 20
DEMANDES_PAR_COMPTE = 5
DEMANDES_PAR_SIREN = 20
LETTRES_PAR_COMPTE = 20
DOMAINES_DU_SIREN = frozenset({Domaine.RIB, Domaine.ACCES})
DOMAINES_FINANCIERS = frozenset({Domaine.FACTURES, Domaine.REGLEMENTS, Domaine.RIB})
DELAI_DROIT_LARGE = timedelta(hours=24)
FENETRE_OCTROIS = timedelta(hours=1)
OCTROIS_PAR_HEURE = 3
"""Exigences, T12: a wide right waits for a second voice or 24 hours; beyond three in an hour, somebody else checks."""
MOIS_ENTRE_DEUX_REVUES = 12
DROITS_D_EXPORT = (Droit(Domaine.ACCES, Niveau.GESTION), Droit(Domaine.EXPORTS, Niveau.LECTURE))
"""What it takes to take the rights or their journal out: the second is closed during the first 72 hours (exigences, T1c)."""
GROUPE_INCONNU = "Choisissez un groupe d’établissements de cette entreprise"
DOMAINES_DU_METIER = frozenset({Domaine.PLAN, Domaine.ALTERNANCE, Domaine.FACTURES, Domaine.REGLEMENTS})


class Case(NamedTuple):
    """Which box of the matrix: one level at a time."""

    etendue: Etendue
    lieu: str
    domaine: Domaine
    dispositif: str = ""


@dataclass(frozen=True, slots=True)
class DemandeDroit:
    """One box of the matrix: a level in a domain, on the whole SIREN, one SIRET or a group, from a day to another, both included.

    `dispositif`: on the requests of that one alone, and of no other of the domain (docs/adr/0027-droit-sur-un-dispositif.md).
    """

    etendue: Etendue
    siret: str
    domaine: Domaine
    niveau: Niveau
    jusqu_au: date | None = None
    a_partir_du: date | None = None
    groupe: UUID | None = None
    dispositif: str = ""

    @property
    def lieu(self) -> str:
        """The place as a text: a SIRET, the id of a group, nothing for the whole SIREN."""
        return self.siret or (str(self.groupe) if self.groupe else "")

    @property
    def case(self) -> Case:
        """Which box it is."""
        return Case(self.etendue, self.lieu, self.domaine, self.dispositif)

    @property
    def droit(self) -> Droit:
        """The level, without its place nor its days."""
        return Droit(self.domaine, self.niveau, self.dispositif)

    @property
    def fin(self) -> datetime | None:
        """24:00 in Paris of the last day."""
        return fin_du_jour(self.jusqu_au) if self.jusqu_au else None

    def debut_souhaite(self, maintenant: datetime) -> datetime | None:
        """00:00 in Paris of the first day, when it is to come."""
        debut = debut_du_jour(self.a_partir_du) if self.a_partir_du else None
        return debut if debut is not None and debut > maintenant else None

    @property
    def large(self) -> bool:
        """The whole SIREN with a finance domain at Saisie or more, or accès = Gestion (exigences, T12)."""
        if self.domaine == Domaine.ACCES:
            return self.niveau >= Niveau.GESTION
        return self.etendue == Etendue.SIREN and self.financier

    @property
    def financier(self) -> bool:
        """A finance domain at Saisie or more: wide on the whole SIREN, or on a group that holds all of it."""
        return self.domaine in DOMAINES_FINANCIERS and self.niveau >= Niveau.SAISIE


def etendue_du_lieu(lieu: str) -> Etendue:
    """What a text of `DemandeDroit.lieu` is about."""
    if not lieu:
        return Etendue.SIREN
    return Etendue.SIRET if lieu.isdecimal() else Etendue.GROUPE


def droit_sur(
    lieu: str,
    domaine: Domaine,
    niveau: Niveau,
    jusqu_au: date | None = None,
    a_partir_du: date | None = None,
    dispositif: str = "",
) -> DemandeDroit:
    """The box of a domain, or of one dispositif, on the place that a text says."""
    etendue = etendue_du_lieu(lieu)
    if etendue == Etendue.GROUPE:
        return DemandeDroit(etendue, "", domaine, niveau, jusqu_au, a_partir_du, UUID(lieu), dispositif)
    return DemandeDroit(etendue, lieu, domaine, niveau, jusqu_au, a_partir_du, None, dispositif)


def tous_les_droits() -> list[DemandeDroit]:
    """What an administrator holds: Gestion everywhere on the whole SIREN."""
    return [DemandeDroit(Etendue.SIREN, "", domaine, Niveau.GESTION) for domaine in Domaine]


def droits_sur_un_etablissement(siret: str) -> list[DemandeDroit]:
    """What the administrators of a successor hold on an establishment that it took over: all but what is of the whole SIREN."""
    niveaux = {
        Domaine.ALTERNANCE: Niveau.ENVOI,
        Domaine.PLAN: Niveau.ENVOI,
        Domaine.FACTURES: Niveau.ENVOI,
        Domaine.REGLEMENTS: Niveau.LECTURE,
        Domaine.SALARIES: Niveau.SAISIE,
    }
    return [DemandeDroit(Etendue.SIRET, siret, domaine, niveau) for domaine, niveau in niveaux.items()]


def rappel_du(moments: Mapping[int, Moment], maintenant: Moment, *, fin: Moment, depuis: Moment | None = None) -> int | None:
    """Which reminder is due, of those named by their number of days: the last one reached, none from `fin` on.

    A reminder older than `depuis` is none: what was made or changed since is told by that act itself.
    """
    if maintenant >= fin:
        return None
    atteints = {le: jours for jours, le in moments.items() if le <= maintenant and (depuis is None or depuis <= le)}
    return atteints[max(atteints)] if atteints else None


def avant_la_fin(fin: Moment, rappels: Iterable[timedelta]) -> dict[int, Moment]:
    """The moments of these reminders."""
    return {rappel.days: fin - rappel for rappel in rappels}


def fin_de_validite(emission: datetime) -> datetime:
    """24:00 in Paris of the same day three calendar months later (30/11 -> 28/02)."""
    return fin_du_jour(mois_apres(jour_de_paris(emission), MOIS_DE_VALIDITE))


def dernier_jour(fin: datetime) -> date:
    """The last day included, of an instant made by `fin_du_jour`."""
    return jour_de_paris(fin - timedelta(seconds=1))


def donne_l_administration(droits: Collection[DemandeDroit]) -> bool:
    """Whether Accès = Gestion on the whole SIREN is among them."""
    return any(d.etendue == Etendue.SIREN and d.domaine == Domaine.ACCES and d.niveau >= Niveau.GESTION for d in droits)


def verifier_droits(
    droits: Sequence[DemandeDroit], siren: str, profil: Profil, aujourdhui: date, *, membre: bool = False
) -> list[DemandeDroit]:
    """The boxes above « Aucun », checked. Raises SaisieRefusee with the first one that cannot be given.

    `membre`: none at all will do, for a collaborator of a cabinet who acts by mandate only.
    """
    retenus = [d for d in droits if d.niveau > Niveau.AUCUN]
    if not retenus and not membre:
        raise SaisieRefusee("Choisissez au moins un droit, ou retirez l’accès de cette personne", champ="droits")
    if len({d.case for d in retenus}) != len(retenus):
        raise SaisieRefusee("Le même droit est demandé deux fois. Gardez un seul niveau par case", champ="droits")
    for droit in retenus:
        _verifier_dispositif(droit)
        _verifier_perimetre(droit, siren, profil)
        _verifier_dates(droit, aujourdhui)
    return retenus


_LIEUX = {Etendue.SIRET: "un établissement", Etendue.GROUPE: "un groupe d’établissements"}


def _verifier_perimetre(droit: DemandeDroit, siren: str, profil: Profil) -> None:
    if droit.etendue == Etendue.SIREN:
        if droit.lieu:
            raise SaisieRefusee("Choisissez toute l’entreprise, ou un établissement", champ="droits")
        return
    if profil == Profil.PRESTATAIRE:
        raise SaisieRefusee("Pour un prestataire, les droits portent sur toute l’organisation", champ="droits")
    if droit.domaine in DOMAINES_DU_SIREN:
        raise SaisieRefusee(
            f"«\u00a0{LIBELLES_DOMAINES[droit.domaine]}\u00a0» se donne sur toute l’entreprise, pas sur {_LIEUX[droit.etendue]}",
            champ="droits",
        )
    if droit.etendue == Etendue.GROUPE:
        if droit.siret or droit.groupe is None:
            raise SaisieRefusee(GROUPE_INCONNU, champ="droits")
        return
    if not siret_valide(droit.siret) or not droit.siret.startswith(siren):
        raise SaisieRefusee("Choisissez un établissement de cette entreprise", champ="droits")


def _verifier_dispositif(droit: DemandeDroit) -> None:
    """Empty, or one that is declared, of that family: invoices, payments and accesses are of no dispositif."""
    if droit.dispositif and droit.dispositif not in {d.code for d in dispositifs_de(droit.domaine)}:
        raise SaisieRefusee(
            f"«\u00a0{nom_de(droit.dispositif)}\u00a0» n’est pas un dispositif de «\u00a0{LIBELLES_DOMAINES[droit.domaine]}\u00a0»",
            champ="droits",
        )


def _verifier_dates(droit: DemandeDroit, aujourdhui: date) -> None:
    if droit.a_partir_du is not None and droit.a_partir_du < aujourdhui:
        raise SaisieRefusee("Le début du droit doit être aujourd’hui ou plus tard", champ="debut")
    if droit.jusqu_au is None:
        return
    if droit.domaine == Domaine.ACCES and droit.niveau >= Niveau.GESTION:
        raise SaisieRefusee("L’administration ne prend pas fin à une date\u00a0: elle se retire", champ="fin")
    if droit.jusqu_au < aujourdhui:
        raise SaisieRefusee("La fin du droit doit être aujourd’hui ou plus tard", champ="fin")
    if droit.a_partir_du is not None and droit.jusqu_au < droit.a_partir_du:
        raise SaisieRefusee("La fin du droit doit suivre son début", champ="fin")


def attente_d_un_octroi(
    droit: DemandeDroit, rang: int, maintenant: datetime, entiers: Collection[UUID] = ()
) -> tuple[Attente, datetime]:
    """Why a right that widens an access waits, and from when it counts; `rang`: among the grants of its giver in the hour;
    `entiers`: groups that hold the whole SIREN.

    Exigences, T12. A day asked beyond the 24 hours is delay enough: the others have that time to object.
    """
    souhait = droit.debut_souhaite(maintenant)
    debut = souhait or maintenant
    large = droit.large or (droit.groupe in entiers and droit.financier)
    plus_tot = maintenant + DELAI_DROIT_LARGE if large else maintenant
    if rang > OCTROIS_PAR_HEURE:
        return Attente.VERIFICATION, max(debut, plus_tot)
    if plus_tot > debut:
        return Attente.SECONDE_VOIX, plus_tot
    return (Attente.DATE if souhait else Attente.AUCUNE), debut


def revue_due_avant(maintenant: datetime) -> datetime:
    """A link whose rights were last confirmed before that instant is to be reviewed: 00:00 of the same day, 12 months ago."""
    return debut_du_jour(mois_avant(jour_de_paris(maintenant), MOIS_ENTRE_DEUX_REVUES) + timedelta(days=1))
