"""Pure judgements about mandates between two organisations: no Django, no clock, no I/O."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jalon.habilitations.enums import Attente, Etendue
from jalon.habilitations.regles import DELAI_DROIT_LARGE, OCTROIS_PAR_HEURE, DemandeDroit, verifier_droits
from jalon.habilitations.regles_des_boites import couvre
from jalon.socle.acteurs import LIBELLES_DOMAINES, LIBELLES_NIVEAUX, Domaine, Niveau, Profil
from jalon.socle.dates import formater_date
from jalon.socle.erreurs import SaisieRefusee, SaisiesRefusees

Niveaux = Mapping[Domaine, Niveau]

JAMAIS_EN_GESTION = frozenset({Domaine.ACCES, Domaine.RIB})
"""A third party neither grants rights nor changes an account (exigences, T5, T10)."""


@dataclass(frozen=True, slots=True)
class Etablissements:
    """Where a mandate holds: chosen SIRET of one side of a SIREN, the whole of it when none is chosen."""

    siren: str
    profil: Profil
    sirets: tuple[str, ...] = ()

    def droits(self, niveaux: Niveaux) -> list[DemandeDroit]:
        """The same as boxes of the matrix."""
        if not self.sirets:
            return [DemandeDroit(Etendue.SIREN, "", d, n) for d, n in niveaux.items()]
        return [DemandeDroit(Etendue.SIRET, s, d, n) for s in self.sirets for d, n in niveaux.items()]


def ecrire_niveaux(niveaux: Niveaux) -> str:
    """« alternance 3,plan 3,factures 2 »: one text for the same levels, in the order of the domains."""
    return ",".join(f"{d.value} {niveaux[d].value}" for d in Domaine if niveaux.get(d, Niveau.AUCUN) > Niveau.AUCUN)


def lire_niveaux(texte: str) -> dict[Domaine, Niveau]:
    """The levels of such a text."""
    lus = (morceau.split(" ") for morceau in texte.split(",") if morceau)
    return {Domaine(domaine): Niveau(int(niveau)) for domaine, niveau in lus}


def plus_petits(plafond: Niveaux, part: Niveaux) -> dict[Domaine, Niveau]:
    """In each domain the smaller of both levels; a domain that one of them leaves out is left out."""
    petits = {d: min(n, part.get(d, Niveau.AUCUN)) for d, n in plafond.items()}
    return {d: n for d, n in petits.items() if n > Niveau.AUCUN}


def dernier_jour_permis(debut: date) -> date:
    """Last day of twelve months that begin on that day: 28/11/2026 -> 27/11/2027, 29/02/2028 -> 28/02/2029 (exigences, T10)."""
    try:
        anniversaire = debut.replace(year=debut.year + 1)
    except ValueError:
        anniversaire = date(debut.year + 1, 3, 1)
    return anniversaire - timedelta(days=1)


def verifier_mandat(niveaux: Niveaux, lieux: Etablissements, debut: date, fin: date, aujourdhui: date) -> None:
    """Raises SaisieRefusee with the first thing that a mandate cannot be: rights, perimeter, dates."""
    for domaine in JAMAIS_EN_GESTION:
        if niveaux.get(domaine, Niveau.AUCUN) >= Niveau.GESTION:
            raise SaisieRefusee(
                f"«\u00a0{LIBELLES_DOMAINES[domaine]}\u00a0» ne se donne jamais en gestion à un tiers\u00a0: choisissez un niveau "
                "plus bas",
                champ=f"niveau_{domaine.value}",
            )
    if max(niveaux.values(), default=Niveau.AUCUN) == Niveau.AUCUN:
        raise SaisieRefusee("Choisissez au moins un droit à confier", champ="droits")
    verifier_droits(lieux.droits(niveaux), lieux.siren, lieux.profil, aujourdhui)
    if debut < aujourdhui:
        raise SaisieRefusee("Le mandat commence aujourd’hui ou plus tard", champ="debut")
    if fin < debut:
        raise SaisieRefusee("La fin du mandat doit suivre son début", champ="fin")
    if fin > dernier_jour_permis(debut):
        limite = formater_date(dernier_jour_permis(debut))
        raise SaisieRefusee(
            f"Un mandat dure 12\u00a0mois au plus\u00a0: jusqu’au {limite}. Vous pourrez le renouveler", champ="fin"
        )


@dataclass(frozen=True, slots=True)
class Contenu:
    """What a mandate gives, and where; no SIRET is the whole of the client."""

    niveaux: Niveaux
    sirets: tuple[str, ...] = ()

    def boites(self) -> list[DemandeDroit]:
        """The same as boxes of the matrix, without those that give nothing."""
        lieux = self.sirets or ("",)
        etendue = Etendue.SIRET if self.sirets else Etendue.SIREN
        return [DemandeDroit(etendue, s, d, n) for s in lieux for d, n in self.niveaux.items() if n > Niveau.AUCUN]


def ce_qui_elargit(avant: Contenu | None, apres: Contenu) -> list[DemandeDroit]:
    """The boxes that were not given: another domain, place, or a higher level. A later last day alone widens nothing, the
    mandate still running (exigences, T12).
    """
    tenus = avant.boites() if avant is not None else []
    return [b for b in apres.boites() if not any(couvre(t, b) for t in tenus)]


def ce_qui_reste(avant: Contenu, apres: Contenu) -> Contenu | None:
    """What both give: it stays in force while the rest waits. None when they share nothing."""
    niveaux = plus_petits(avant.niveaux, apres.niveaux)
    if not avant.sirets or not apres.sirets:
        sirets = avant.sirets or apres.sirets
    else:
        sirets = tuple(s for s in avant.sirets if s in apres.sirets)
        niveaux = niveaux if sirets else {}
    return Contenu(niveaux, sirets) if niveaux else None


def attente_d_un_mandat(
    nouveaux: Sequence[DemandeDroit], rang: int, debut: datetime, maintenant: datetime
) -> tuple[Attente, datetime]:
    """Why what widens a mandate waits, and from when it counts: as the widest of its boxes would (exigences, T12).

    `rang`: among what its giver gave in the hour, to people or by mandates.
    """
    large = any(b.large for b in nouveaux)
    plus_tot = maintenant + DELAI_DROIT_LARGE if large else maintenant
    if rang > OCTROIS_PAR_HEURE:
        return Attente.VERIFICATION, max(debut, plus_tot)
    return (Attente.SECONDE_VOIX, plus_tot) if plus_tot > debut else (Attente.AUCUNE, debut)


def niveaux_tenus(droits: Iterable[DemandeDroit], sirets: Collection[str]) -> dict[Domaine, Niveau]:
    """What these boxes give on the whole SIREN, or on every one of the SIRET named."""
    boites = list(droits)

    def sur(siret: str, domaine: Domaine) -> Niveau:
        tenus = (d.niveau for d in boites if d.domaine == domaine and d.siret in {"", siret})
        return max(tenus, default=Niveau.AUCUN)

    return {domaine: min(sur(s, domaine) for s in (sirets or [""])) for domaine in Domaine}


def exiger_de_tenir(niveaux: Niveaux, tenus: Niveaux) -> None:
    """Nobody gives more than she holds. Raises SaisiesRefusees with every box that is too high."""
    trop = {
        f"niveau_{d.value}": "Vous ne pouvez pas confier plus que votre propre droit, jusqu’à la fin du mandat\u00a0: "
        f"«\u00a0{LIBELLES_NIVEAUX[tenus.get(d, Niveau.AUCUN)]}\u00a0»"
        for d, n in niveaux.items()
        if n > tenus.get(d, Niveau.AUCUN)
    }
    if trop:
        raise SaisiesRefusees(trop)


def decrire(niveaux: Niveaux) -> Sequence[tuple[str, Niveau]]:
    """(« Factures », level) of what is given, for a page."""
    return [(LIBELLES_DOMAINES[d], niveaux[d]) for d in Domaine if niveaux.get(d, Niveau.AUCUN) > Niveau.AUCUN]
