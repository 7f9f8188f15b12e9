"""Pure judgements about codes and rights: no Django, no clock, no I/O."""

import calendar
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jalon.habilitations.enums import Etendue
from jalon.socle.acteurs import LIBELLES_DOMAINES, Domaine, Niveau, Profil
from jalon.socle.dates import fin_du_jour, jour_de_paris
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.identifiants import siret_valide

PROBATION = timedelta(hours=72)
VALIDITE_DEMANDE = timedelta(days=30)
VALIDITE_INVITATION = timedelta(days=30)
CONSERVATION_LETTRES = timedelta(days=7) - timedelta(minutes=30)
"""Seven days at most: the deletion runs every ten minutes, so it is due half an hour before."""
REPRISE_DE_COMMANDE = timedelta(hours=1)
CONSERVATION_ESSAIS = timedelta(days=30)
MOIS_DE_VALIDITE = 3
ESSAIS_PAR_COMPTE = 5
ESSAIS_PAR_SIREN = 20
DOMAINES_DU_SIREN = frozenset({Domaine.RIB, Domaine.ACCES})


@dataclass(frozen=True, slots=True)
class DemandeDroit:
    """One box of the matrix: a level in a domain, on the whole SIREN or on one SIRET, until a day included."""

    etendue: Etendue
    siret: str
    domaine: Domaine
    niveau: Niveau
    jusqu_au: date | None = None

    @property
    def case(self) -> tuple[Etendue, str, Domaine]:
        """Which box it is."""
        return (self.etendue, self.siret, self.domaine)


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


def fin_de_validite(emission: datetime) -> datetime:
    """24:00 in Paris of the same day three calendar months later (30/11 -> 28/02)."""
    jour = jour_de_paris(emission)
    rang = jour.month - 1 + MOIS_DE_VALIDITE
    annee, mois = jour.year + rang // 12, rang % 12 + 1
    dernier = calendar.monthrange(annee, mois)[1]
    return fin_du_jour(date(annee, mois, min(jour.day, dernier)))


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
        _verifier_perimetre(droit, siren, profil)
        _verifier_fin(droit, aujourdhui)
    return retenus


def _verifier_perimetre(droit: DemandeDroit, siren: str, profil: Profil) -> None:
    if droit.etendue == Etendue.SIREN:
        if droit.siret:
            raise SaisieRefusee("Choisissez toute l’entreprise, ou un établissement", champ="droits")
        return
    if profil == Profil.PRESTATAIRE:
        raise SaisieRefusee("Pour un prestataire, les droits portent sur toute l’organisation", champ="droits")
    if droit.domaine in DOMAINES_DU_SIREN:
        raise SaisieRefusee(
            f"«\u00a0{LIBELLES_DOMAINES[droit.domaine]}\u00a0» se donne sur toute l’entreprise, pas sur un établissement",
            champ="droits",
        )
    if not siret_valide(droit.siret) or not droit.siret.startswith(siren):
        raise SaisieRefusee("Choisissez un établissement de cette entreprise", champ="droits")


def _verifier_fin(droit: DemandeDroit, aujourdhui: date) -> None:
    if droit.jusqu_au is None:
        return
    if droit.domaine == Domaine.ACCES and droit.niveau >= Niveau.GESTION:
        raise SaisieRefusee("L’administration ne prend pas fin à une date\u00a0: elle se retire", champ="droits")
    if droit.jusqu_au < aujourdhui:
        raise SaisieRefusee("La fin du droit doit être aujourd’hui ou plus tard", champ="droits")
