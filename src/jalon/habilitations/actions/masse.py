"""Several people at once: the same acts as one by one, all done or none."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from jalon.habilitations.actions.attribution import administration, verrouiller, verrouiller_lien
from jalon.habilitations.actions.droits import modifier_droits, retirer_rattachement
from jalon.habilitations.enums import JeuDeDroits
from jalon.habilitations.models import Rattachement
from jalon.habilitations.profils import ADMINISTRATION, ADMINISTRATION_ENTIERE, droits_du_profil, limiter
from jalon.habilitations.regles import DemandeDroit
from jalon.habilitations.requetes.matrice import boites_de, rattachement_accessible
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible

PERSONNES_MAX = 200


@second_facteur_exige
def appliquer_profil(
    *,
    siren: str,
    rattachements: Sequence[UUID],
    profil: JeuDeDroits,
    par: Acteur,
    maintenant: datetime,
    groupe: UUID | None = None,
    dispositif: str = "",
) -> list[Rattachement]:
    """Give the rights of a profile to several people, each on the perimeters that she has, or on one group besides them; the
    administration is always on the whole SIREN. With `dispositif`, they read the requests of that one alone. The fourth that
    widens waits for a check, as one by one (exigences, T12).

    Raises Introuvable (a dispositif included), DroitManquant, SaisieRefusee (nobody, too many, a person who has no perimeter;
    what one refuses, with the person's name), or the administration on a group or for a dispositif.
    """
    if groupe is not None and profil == ADMINISTRATION:
        raise SaisieRefusee("L’administration se donne sur toute l’entreprise, pas sur un groupe", champ="groupe")

    if dispositif and profil == ADMINISTRATION:
        raise SaisieRefusee(ADMINISTRATION_ENTIERE, champ="dispositif")

    def du_profil(lieux: Iterable[str] = ()) -> list[DemandeDroit]:
        droits = droits_du_profil(profil, lieux)
        return limiter(droits, dispositif) if dispositif else droits

    def boites(actuelles: Sequence[DemandeDroit]) -> list[DemandeDroit]:
        if groupe is not None:
            return [*(d for d in actuelles if d.groupe != groupe), *du_profil([str(groupe)])]
        lieux = {d.lieu for d in actuelles}
        if not lieux and profil != ADMINISTRATION:
            raise SaisieRefusee("aucun périmètre en cours. Donnez-lui d’abord des droits dans le tableau")
        entier = du_profil() if "" in lieux or profil == ADMINISTRATION else []
        par_lieu = du_profil(lieux - {""}) if lieux - {""} and profil != ADMINISTRATION else []
        return entier + par_lieu

    return _pour_chacune(siren, rattachements, boites, par, maintenant)


@second_facteur_exige
def fixer_la_fin(
    *, siren: str, rattachements: Sequence[UUID], fin: date, par: Acteur, maintenant: datetime
) -> list[Rattachement]:
    """Give one last day to every right of several people.

    Raises Introuvable, DroitManquant, SaisieRefusee (nobody, too many, a day already past, an administrator; with the
    person's name).
    """

    def boites(actuelles: Sequence[DemandeDroit]) -> list[DemandeDroit]:
        return [replace(d, jusqu_au=fin) for d in actuelles]

    return _pour_chacune(siren, rattachements, boites, par, maintenant)


def _pour_chacune(
    siren: str,
    rattachements: Sequence[UUID],
    boites: Callable[[Sequence[DemandeDroit]], list[DemandeDroit]],
    par: Acteur,
    maintenant: datetime,
) -> list[Rattachement]:
    liens = _choisis(siren, rattachements, par)
    with transaction.atomic():
        for profil in sorted({lien.profil for lien in liens}):
            verrouiller(siren, Profil(profil))
        actuelles = boites_de(liens, maintenant)
        faits = []
        for lien in liens:
            with _au_nom_de(lien):
                droits = boites(actuelles.get(lien.id, ()))
                faits.append(modifier_droits(rattachement_id=lien.id, droits=droits, par=par, maintenant=maintenant))
    return faits


def _choisis(siren: str, rattachements: Sequence[UUID], par: Acteur) -> list[Rattachement]:
    uniques = list(dict.fromkeys(rattachements))
    if not uniques:
        raise SaisieRefusee("Choisissez au moins une personne", champ="personnes")
    if len(uniques) > PERSONNES_MAX:
        raise SaisieRefusee(f"Choisissez {PERSONNES_MAX} personnes au plus", champ="personnes")
    liens = [rattachement_accessible(ident, par) for ident in uniques]
    if any(lien.organisation_siren != siren for lien in liens):
        raise Introuvable
    return liens


@contextmanager
def _au_nom_de(lien: Rattachement) -> Iterator[None]:
    """What is refused for one person says which one. Raises SaisieRefusee."""
    try:
        yield
    except (SaisieRefusee, TransitionImpossible) as refus:
        champ = "dernier_jour" if refus.champ == "fin" else "personnes"
        raise SaisieRefusee(f"{lien.nom_affiche}\u00a0: {_minuscule(refus.message)}", champ=champ) from None


def _minuscule(phrase: str) -> str:
    return phrase[:1].lower() + phrase[1:].removesuffix(".")


@second_facteur_exige
def confirmer_revue(*, siren: str, rattachements: Sequence[UUID], par: Acteur, maintenant: datetime) -> list[Rattachement]:
    """Note that the rights of several people are still the right ones, for twelve months (exigences, T10).

    Raises Introuvable, DroitManquant (not an administrator now, or in probation), SaisieRefusee (nobody, too many, oneself).
    """
    liens = _choisis(siren, rattachements, par)
    if any(lien.personne_id == par.identite for lien in liens):
        raise SaisieRefusee("Vos propres droits se confirment par un autre administrateur", champ="personnes")
    with transaction.atomic():
        for profil in sorted({lien.profil for lien in liens}):
            verrouiller(siren, Profil(profil))
            if administration(siren, Profil(profil), par, maintenant).en_probation:
                raise DroitManquant(
                    "Pendant les 72\u00a0heures qui suivent votre nomination, vous ne pouvez pas revoir les droits."
                )
        revus = [verrouiller_lien(lien.id) for lien in liens]
        for lien in revus:
            lien.revu_le, lien.revu_par = maintenant, par.identite
            lien.save(update_fields=["revu_le", "revu_par"])
            noter(
                "acces.revue", par=par, portee=lien.portee, objet=lien, le=maintenant, details={"personne": lien.nom_affiche}
            )  # fmt: skip
    return revus


@second_facteur_exige
def retirer_en_masse(
    *, siren: str, rattachements: Sequence[UUID], motif: str, par: Acteur, maintenant: datetime
) -> list[Rattachement]:
    """Withdraw several accesses for one reason, that each person reads.

    Raises Introuvable, DroitManquant, SaisieRefusee (nobody, too many, no reason; the last administrator or
    an access already withdrawn, with the person's name).
    """
    liens = _choisis(siren, rattachements, par)
    if not motif.strip():
        raise SaisieRefusee("Indiquez le motif du retrait\u00a0: la personne le lira", champ="motif")
    with transaction.atomic():
        faits = []
        for lien in liens:
            with _au_nom_de(lien):
                faits.append(retirer_rattachement(rattachement_id=lien.id, motif=motif, par=par, maintenant=maintenant))
    return faits
