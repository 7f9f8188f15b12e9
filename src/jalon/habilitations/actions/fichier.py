"""Rights out to a file and in from one: the same acts as by hand, all applied or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from jalon.habilitations import fichier
from jalon.habilitations.actions.attribution import administration, verrouiller
from jalon.habilitations.actions.droits import modifier_droits
from jalon.habilitations.actions.invitations import inviter_personne
from jalon.habilitations.fichier import LigneLue, Refus
from jalon.habilitations.models import Rattachement
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.phrases import phrase_du_changement
from jalon.habilitations.regles import DROITS_D_EXPORT, Case, DemandeDroit, verifier_droits
from jalon.habilitations.requetes.groupes import noms_des_groupes
from jalon.habilitations.requetes.matrice import boites_de, liens_visibles
from jalon.habilitations.requetes.octrois import attend_quelqu_un
from jalon.journal.actions import noter
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Acteur, Niveau, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import ErreurMetier, SaisieRefusee


@dataclass(frozen=True, slots=True)
class Difference:
    """What the file changes for one person. `invitee`: she has no access yet; `attend`: some of it waits for somebody else."""

    nom: str
    phrases: tuple[str, ...]
    invitee: bool
    attend: bool


@dataclass(frozen=True, slots=True)
class Apercu:
    """What applying the file would do; nothing is applied while a line is refused."""

    differences: tuple[Difference, ...]
    refus: tuple[Refus, ...]


class ImportRefuse(SaisieRefusee):
    """At least one line is refused: nothing was applied."""

    def __init__(self, apercu: Apercu) -> None:
        super().__init__("Une ligne au moins est refusée\u00a0: rien n’a été appliqué", champ="fichier")
        self.apercu = apercu


@second_facteur_exige
def exporter_droits(*, siren: str, profil: Profil, par: Acteur, maintenant: datetime) -> str:
    """The rights of one side of a SIREN as a CSV file, in force or to come. Raises DroitManquant (exports included: closed in probation)."""
    portee = portee_des_acces(siren, profil, portefeuille_de(siren))
    for droit in DROITS_D_EXPORT:
        par.exiger(droit, portee)
    with transaction.atomic():
        liens = sorted(liens_visibles(siren, par, maintenant, profil), key=_adresse)
        boites, groupes = boites_de(liens, maintenant), noms_des_groupes(siren)
        lignes = [(_adresse(lien), lien.nom_affiche, droit) for lien in liens for droit in boites.get(lien.id, ())]
        noter("acces.export", par=par, portee=portee, objet=None, le=maintenant, details={"droits": len(lignes)})
    return fichier.ecrire(lignes, groupes)


def _adresse(lien: Rattachement) -> str:
    return lien.personne.email if lien.personne is not None else lien.courriel_invite


@second_facteur_exige
def prevoir_import(*, siren: str, profil: Profil, contenu: str, par: Acteur, maintenant: datetime) -> Apercu:
    """What applying the file would change, line refused by line: it is applied, looked at, then undone.

    Raises DroitManquant (not an administrator now), SaisieRefusee (the file as a whole).
    """
    with transaction.atomic():
        apercu = _appliquer(siren, profil, contenu, par, maintenant)
        transaction.set_rollback(True)
    return apercu


@second_facteur_exige
def importer_droits(*, siren: str, profil: Profil, contenu: str, par: Acteur, maintenant: datetime) -> Apercu:
    """Make the rights of every person of the file exactly those that it says; who is not in it is left as she is.

    An address without access is invited. Every rule of the screen holds, T12 included.

    Raises DroitManquant (not an administrator now), SaisieRefusee (the file as a whole), ImportRefuse (lines).
    """
    with transaction.atomic():
        apercu = _appliquer(siren, profil, contenu, par, maintenant)
        if apercu.refus:
            raise ImportRefuse(apercu)
        noter(
            "acces.import", par=par, portee=portee_des_acces(siren, profil, portefeuille_de(siren)), objet=None,
            le=maintenant, details={"personnes": len(apercu.differences)},
        )  # fmt: skip
    return apercu


def _appliquer(siren: str, profil: Profil, contenu: str, par: Acteur, maintenant: datetime) -> Apercu:
    verrouiller(siren, profil)
    administration(siren, profil, par, maintenant)
    groupes = noms_des_groupes(siren)
    lues, refus = fichier.lire(contenu, groupes)
    liens = {_adresse(lien).lower(): lien for lien in liens_visibles(siren, par, maintenant, profil)}
    avant = boites_de(liens.values(), maintenant)
    par_adresse: dict[str, list[LigneLue]] = {}
    for lue in lues:
        par_adresse.setdefault(lue.adresse, []).append(lue)
    differences = []
    for adresse, lignes in par_adresse.items():
        connu = liens.get(adresse)
        droits = [ligne.droit for ligne in lignes]
        try:
            lien = (
                modifier_droits(rattachement_id=connu.id, droits=droits, par=par, maintenant=maintenant)
                if connu is not None
                else inviter_personne(siren=siren, profil=profil, adresse=adresse, droits=droits, par=par, maintenant=maintenant)
            )
        except ErreurMetier as erreur:
            refus.append(Refus(_fautive(lignes, erreur, siren, profil, maintenant), erreur.message))
            continue
        difference = _difference(lien, avant.get(lien.id, ()), groupes, maintenant, invitee=connu is None)
        if difference is not None:
            differences.append(difference)
    return Apercu(tuple(differences), tuple(sorted(refus, key=lambda r: r.numero)))


def _fautive(lignes: Sequence[LigneLue], erreur: ErreurMetier, siren: str, profil: Profil, maintenant: datetime) -> int:
    """The line that a sentence is about: the first that is refused alone in the same words, else the first of the person."""
    for ligne in lignes:
        try:
            verifier_droits([ligne.droit], siren, profil, jour_de_paris(maintenant))
        except SaisieRefusee as refus:
            if refus.message == erreur.message:
                return ligne.numero
    return lignes[0].numero


def _difference(
    lien: Rattachement, avant: Sequence[DemandeDroit], groupes: Mapping[str, str], maintenant: datetime, *, invitee: bool
) -> Difference | None:
    apres = boites_de([lien], maintenant).get(lien.id, ())
    anciens, nouveaux = {d.case: d for d in avant}, {d.case: d for d in apres}
    cases = sorted({*anciens, *nouveaux})
    phrases = tuple(
        phrase_de_la_case(case, anciens.get(case), nouveaux.get(case), groupes)
        for case in cases
        if anciens.get(case) != nouveaux.get(case)
    )
    return Difference(lien.nom_affiche, phrases, invitee, attend_quelqu_un(lien, maintenant)) if phrases else None


def phrase_de_la_case(
    case: Case,
    ancien: DemandeDroit | None,
    nouveau: DemandeDroit | None,
    groupes: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """« Factures, toute l’organisation : Lecture, puis Saisie, jusqu’au 31/12/2026 ». `groupes`: name of each group, by id."""
    avant, apres = (d.niveau if d is not None else Niveau.AUCUN for d in (ancien, nouveau))
    morceaux = [phrase_du_changement(case, avant, apres, groupes)]
    if nouveau is not None and nouveau.a_partir_du is not None:
        morceaux.append(f"à partir du {formater_date(nouveau.a_partir_du)}")
    if nouveau is not None and nouveau.jusqu_au is not None:
        morceaux.append(f"jusqu’au {formater_date(nouveau.jusqu_au)}")
    return ", ".join(morceaux)
