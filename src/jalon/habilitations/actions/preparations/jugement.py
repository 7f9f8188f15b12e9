"""What prepared rights would change, organisation by organisation, in the state of the moment: read, never written."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from jalon.comptes.models import Personne
from jalon.comptes.requetes import adresses_de_l_opco, comptes_par_adresse
from jalon.habilitations.actions.fichier import Apercu, Difference, phrase_de_la_case
from jalon.habilitations.actions.invitations import lire_adresse
from jalon.habilitations.actions.reprise import tenus_de
from jalon.habilitations.droits_prepares import Groupe, LignePreparee
from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.fichier import Refus
from jalon.habilitations.models import Rattachement
from jalon.habilitations.phrases import COMPTE_DE_L_OPCO
from jalon.habilitations.regles import VALIDITE_INVITATION, Case, DemandeDroit, donne_l_administration, verifier_droits
from jalon.habilitations.regles_des_preparations import Tenu, ajouts, des_aujourdhui
from jalon.organisations.enums import EtatOrganisation
from jalon.organisations.models import Organisation
from jalon.organisations.requetes import organisations_par_siren, sirets_connus
from jalon.socle.acteurs import Profil
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.identifiants import grouper

Lien = tuple[str, Profil, str]
"""SIREN, side, address."""


@dataclass(frozen=True, slots=True)
class PersonnePreparee:
    """Somebody of the file, and what is to be written for her. `administre`: she will administer, and does not yet."""

    adresse: str
    prenom: str
    nom: str
    lien: Rattachement | None
    compte: Personne | None
    ajouts: tuple[DemandeDroit, ...]
    phrases: tuple[str, ...]
    administre: bool


@dataclass(frozen=True, slots=True)
class Jugement:
    """One side of one SIREN: its people, or why it is refused whole. `denomination`: empty when the register lacks it."""

    groupe: Groupe
    denomination: str
    portefeuille_id: UUID | None
    personnes: tuple[PersonnePreparee, ...]
    refus: tuple[Refus, ...]

    @property
    def changees(self) -> list[PersonnePreparee]:
        """Those for whom something is to be written."""
        return [p for p in self.personnes if p.ajouts]

    @property
    def apercu(self) -> Apercu:
        """The differences, as for the file of a company."""
        return Apercu(
            tuple(Difference(p.adresse, p.phrases, invitee=p.lien is None, attend=False) for p in self.changees), self.refus
        )


@dataclass(frozen=True, slots=True)
class _Etat:
    """What the database says about some organisations and addresses."""

    organisations: dict[str, Organisation]
    sirets: set[str]
    comptes: dict[str, Personne]
    de_l_opco: set[str]
    liens: dict[Lien, Rattachement]
    tenus: dict[UUID, list[Tenu]] = field(default_factory=dict)


def juger(groupes: Sequence[Groupe], maintenant: datetime) -> list[Jugement]:
    """What each of these organisations would become. Seven queries, whatever their number."""
    etat = _lire(groupes, maintenant)
    return [_juger(groupe, etat, maintenant) for groupe in groupes]


def _lire(groupes: Sequence[Groupe], maintenant: datetime) -> _Etat:
    adresses = {ligne.adresse for groupe in groupes for ligne in groupe.lignes}
    sirets = {d.siret for groupe in groupes for ligne in groupe.lignes for d in ligne.droits if d.siret}
    comptes = comptes_par_adresse(adresses)
    liens = _liens({groupe.siren for groupe in groupes}, adresses, comptes, maintenant)
    return _Etat(
        organisations_par_siren({groupe.siren for groupe in groupes}),
        sirets_connus(sirets),
        comptes,
        adresses_de_l_opco(adresses),
        liens,
        tenus_de(liens.values(), maintenant),
    )


def _liens(
    sirens: Collection[str], adresses: Collection[str], comptes: dict[str, Personne], maintenant: datetime
) -> dict[Lien, Rattachement]:
    """By address: the active link of its account, else the invitation that waits there."""
    par_personne = {personne.id: adresse for adresse, personne in comptes.items()}
    actifs = Q(personne_id__in=list(par_personne), etat=EtatRattachement.ACTIF)
    invites = Q(courriel_invite__in=list(adresses), etat=EtatRattachement.INVITE, cree_le__gt=maintenant - VALIDITE_INVITATION)
    trouves = Rattachement.objects.tous("liens des personnes d’un fichier de droits préparés").filter(
        Q(siren__dans=list(sirens)) | Q(prestataire_siren__dans=list(sirens)), actifs | invites
    )
    liens: dict[Lien, Rattachement] = {}
    for lien in sorted(trouves.select_related("personne"), key=lambda x: x.etat == EtatRattachement.ACTIF):
        adresse = par_personne[lien.personne_id] if lien.personne_id else lien.courriel_invite
        liens[lien.organisation_siren, Profil(lien.profil), adresse] = lien
    return liens


def _juger(groupe: Groupe, etat: _Etat, maintenant: datetime) -> Jugement:
    organisation = etat.organisations.get(groupe.siren)
    empechement = _empechement(organisation, groupe)
    if organisation is None or empechement:
        return Jugement(groupe, "", None, (), tuple(Refus(ligne.numero, empechement) for ligne in groupe.lignes))
    personnes, refus = [], []
    for adresse, lignes in groupe.par_adresse().items():
        personne, siens = _personne(adresse, lignes, groupe, etat, maintenant)
        refus += siens
        if personne is not None:
            personnes.append(personne)
    if refus:
        fautives = {r.numero for r in refus}
        raison = (
            f"Une autre ligne de cette organisation est refusée (ligne {min(fautives)})\u00a0: elle est reprise entière, ou pas"
        )
        refus += [Refus(ligne.numero, raison) for ligne in groupe.lignes if ligne.numero not in fautives]
    ordonnes = tuple(sorted(refus, key=lambda r: r.numero))
    return Jugement(groupe, organisation.denomination, organisation.portefeuille_id, tuple(personnes), ordonnes)


def _empechement(organisation: Organisation | None, groupe: Groupe) -> str:
    if organisation is None:
        return f"Le SIREN {grouper(groupe.siren)} n’est pas au registre\u00a0: importez-le d’abord"
    if organisation.etat == EtatOrganisation.CESSEE:
        return f"Le SIREN {grouper(groupe.siren)} est cessé"
    return ""


def _personne(
    adresse: str, lignes: Sequence[LignePreparee], groupe: Groupe, etat: _Etat, maintenant: datetime
) -> tuple[PersonnePreparee | None, list[Refus]]:
    compte = etat.comptes.get(adresse)
    raison = _adresse_refusee(adresse, compte, etat)
    if raison:
        return None, [Refus(ligne.numero, raison) for ligne in lignes]
    aujourdhui = jour_de_paris(maintenant)
    voulus: list[DemandeDroit] = []
    origine: dict[Case, int] = {}
    refus: list[Refus] = []
    for ligne in lignes:
        droits = [des_aujourdhui(droit, aujourdhui) for droit in ligne.droits]
        raison = _droits_refuses(droits, groupe, etat, maintenant) or _deja_demandes(droits, origine)
        if raison:
            refus.append(Refus(ligne.numero, raison))
            continue
        origine |= {droit.case: ligne.numero for droit in droits}
        voulus += droits
    lien = etat.liens.get((groupe.siren, groupe.profil, adresse))
    tenus = etat.tenus.get(lien.id, []) if lien is not None else []
    a_donner, conflits = ajouts(tenus, voulus)
    refus += [Refus(origine[case], phrase) for case, phrase in conflits.items()]
    if refus:
        return None, refus
    avant = {t.droit.case: t.droit for t in tenus if t.en_vigueur}
    administre = donne_l_administration(a_donner) and not donne_l_administration(list(avant.values()))
    phrases = tuple(phrase_de_la_case(d.case, avant.get(d.case), d) for d in sorted(a_donner, key=lambda d: d.case))
    premiere = lignes[0]
    return PersonnePreparee(adresse, premiere.prenom, premiere.nom, lien, compte, tuple(a_donner), phrases, administre), []


def _adresse_refusee(adresse: str, compte: Personne | None, etat: _Etat) -> str:
    try:
        lire_adresse(adresse)
    except SaisieRefusee as erreur:
        return erreur.message
    if adresse in etat.de_l_opco:
        return COMPTE_DE_L_OPCO.removesuffix(".")
    if compte is not None and not compte.is_active:
        return "Le compte de cette adresse est fermé"
    if compte is not None and compte.suspendue_le is not None:
        return "L’OPCO a coupé le compte de cette adresse"
    return ""


def _droits_refuses(droits: Sequence[DemandeDroit], groupe: Groupe, etat: _Etat, maintenant: datetime) -> str:
    try:
        verifier_droits(droits, groupe.siren, groupe.profil, jour_de_paris(maintenant))
    except SaisieRefusee as erreur:
        return erreur.message
    inconnu = next((d.siret for d in droits if d.siret and d.siret not in etat.sirets), "")
    return f"Le SIRET {grouper(inconnu)} n’est pas au registre" if inconnu else ""


def _deja_demandes(droits: Sequence[DemandeDroit], origine: dict[Case, int]) -> str:
    doublon = next((origine[d.case] for d in droits if d.case in origine), None)
    return f"Ce droit est déjà demandé à la ligne {doublon}" if doublon is not None else ""
