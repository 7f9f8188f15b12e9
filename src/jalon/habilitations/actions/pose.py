"""Writing the boxes of a link: what stays, what is withdrawn, what is given now, what waits (exigences, T10, T12)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from jalon.habilitations.actions.attribution import droits_en_cours
from jalon.habilitations.enums import Attente, Etendue
from jalon.habilitations.models import DroitAccorde, Rattachement
from jalon.habilitations.phrases import phrase_du_changement
from jalon.habilitations.regles import GROUPE_INCONNU, Case, DemandeDroit, attente_d_un_octroi
from jalon.habilitations.regles_des_boites import couvre, reunir
from jalon.habilitations.requetes.groupes import groupes_entiers, noms_des_groupes
from jalon.habilitations.requetes.matrice import en_demande
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.erreurs import SaisieRefusee


@dataclass(frozen=True, slots=True)
class Pose:
    """What became of the boxes of a link. `avant`: what was in force, box by box; `groupes`: names of groups."""

    retires: tuple[DroitAccorde, ...] = ()
    donnes: tuple[DroitAccorde, ...] = ()
    elargit: bool = False
    avant: Mapping[Case, Niveau] = field(default_factory=dict)
    groupes: Mapping[str, str] = field(default_factory=dict)

    @property
    def change(self) -> bool:
        """Whether anything was written."""
        return bool(self.retires or self.donnes)

    @property
    def attentes(self) -> frozenset[Attente]:
        """Why some of it waits for somebody else; a day to come is nobody's wait."""
        return frozenset(Attente(d.attente) for d in self.donnes) - {Attente.AUCUNE, Attente.DATE}

    @property
    def phrases(self) -> list[str]:
        """One sentence per box changed, for the history."""
        apres = {_case(d): Niveau(d.niveau) for d in self.donnes}
        cases = sorted({*apres, *(_case(r) for r in self.retires)})
        return [
            phrase_du_changement(case, self.avant.get(case, Niveau.AUCUN), apres.get(case, Niveau.AUCUN), self.groupes)
            for case in cases
        ]


def poser_droits(
    lien: Rattachement,
    droits: Sequence[DemandeDroit],
    par: UUID | None,
    maintenant: datetime,
    rang: Callable[[], int] | None = None,
) -> Pose:
    """Make the boxes of a link exactly these, under the lock of the SIREN: what differs is revoked, then given again.

    `rang` counts one grant of the giver and tells its rank; it is asked only when an access widens. None: nothing is held,
    the right code or the OPCO has proved it. What waits leaves in force the lower right of its box. Raises SaisieRefusee
    when a right would end before it begins, or is asked on a group that is none of the company's.
    """
    _installer_les_echus(lien, maintenant)
    lignes = droits_en_cours(lien)
    groupes = _groupes(lien, droits, lignes)
    voulus = {d.case: d if d.debut_souhaite(maintenant) else replace(d, a_partir_du=None) for d in droits}
    egales = {_case(li): li for li in lignes if en_demande(li, maintenant) == voulus.get(_case(li))}
    tenus = [en_demande(li, maintenant) for li in lignes if li.en_vigueur(maintenant)]
    demandes = [d for case, d in voulus.items() if case not in egales]
    nouveaux = {d.case for d in demandes if not any(couvre(t, d) for t in tenus)}
    numero = rang() if rang is not None and nouveaux else None
    entiers = groupes_entiers(lien.siren, {d.groupe for d in demandes if d.groupe is not None})
    donnes = [_ligne(lien, d, par, maintenant, numero if d.case in nouveaux else None, entiers) for d in demandes]
    attendues = {_case(li) for li in (*donnes, *egales.values()) if not li.en_vigueur(maintenant)}
    retires = [
        li
        for li in lignes
        if li is not egales.get(_case(li)) and not (_case(li) in attendues and _plus_bas(li, voulus[_case(li)], maintenant))
    ]
    for ligne in retires:
        ligne.revoque_le, ligne.revoque_par = maintenant, par
        ligne.save(update_fields=["revoque_le", "revoque_par"])
    DroitAccorde.objects.bulk_create(donnes)
    return Pose(tuple(retires), tuple(donnes), bool(nouveaux), {t.case: t.niveau for t in tenus}, groupes)


def ajouter_droits(
    lien: Rattachement,
    droits: Sequence[DemandeDroit],
    par: UUID | None,
    maintenant: datetime,
    rang: Callable[[], int] | None = None,
) -> Pose:
    """Give these boxes besides those of the link, what waits included: in each, the higher level stays. See `poser_droits`."""
    siens = [en_demande(li, maintenant) for li in droits_en_cours(lien) if li.fin is None or li.fin > maintenant]
    return poser_droits(lien, reunir(siens, droits), par, maintenant, rang)


def _installer_les_echus(lien: Rattachement, maintenant: datetime) -> None:
    """A right that waited and has come takes the place of the lower one that stood beside it."""
    en_cours = lien.droits.filter(revoque_le__isnull=True)
    venus = en_cours.filter(attente__in=[Attente.DATE, Attente.SECONDE_VOIX], debut__lte=maintenant)
    for venu in venus:
        meme = en_cours.filter(
            etendue=venu.etendue,
            siret=venu.siret,
            groupe=venu.groupe_id,
            domaine=venu.domaine,
            dispositif=venu.dispositif,
            attente=Attente.AUCUNE,
        )
        meme.update(revoque_le=maintenant, revoque_par=venu.accorde_par)
        venu.attente = Attente.AUCUNE
        venu.save(update_fields=["attente"])


def _case(ligne: DroitAccorde) -> Case:
    return Case(Etendue(ligne.etendue), ligne.lieu, Domaine(ligne.domaine), ligne.dispositif)


def _groupes(lien: Rattachement, droits: Sequence[DemandeDroit], lignes: Sequence[DroitAccorde]) -> dict[str, str]:
    """Names of the groups of the company, read when one is asked or held. Raises SaisieRefusee for one that is not there."""
    demandes = {str(d.groupe) for d in droits if d.groupe is not None}
    if not demandes and not any(ligne.groupe_id for ligne in lignes):
        return {}
    groupes = noms_des_groupes(lien.siren)
    if not demandes <= groupes.keys():
        raise SaisieRefusee(GROUPE_INCONNU, champ="droits")
    return groupes


def _plus_bas(ligne: DroitAccorde, voulu: DemandeDroit, maintenant: datetime) -> bool:
    return ligne.en_vigueur(maintenant) and ligne.niveau < voulu.niveau


def _ligne(
    lien: Rattachement, droit: DemandeDroit, par: UUID | None, maintenant: datetime, rang: int | None, entiers: Collection[UUID]
) -> DroitAccorde:
    souhait = droit.debut_souhaite(maintenant)
    attente, debut = (Attente.DATE if souhait else Attente.AUCUNE), souhait or maintenant
    if rang is not None:
        attente, debut = attente_d_un_octroi(droit, rang, maintenant, entiers)
    if droit.fin is not None and droit.fin <= debut:
        raise SaisieRefusee(
            "Ce droit ne compte que 24\u00a0heures après avoir été donné\u00a0: choisissez une fin plus tardive", champ="fin"
        )
    return DroitAccorde(
        rattachement=lien, etendue=droit.etendue, siret=droit.siret, groupe_id=droit.groupe,
        domaine=droit.domaine, dispositif=droit.dispositif, niveau=droit.niveau,
        debut=debut, fin=droit.fin, accorde_par=par, attente=attente, debut_souhaite=souhait,
    )  # fmt: skip
