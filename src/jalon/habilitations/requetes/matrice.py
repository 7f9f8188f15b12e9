"""People × perimeters × domains: the screen of the rights, one page of people at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.administrateurs import droits_d_administration, q_du_cote
from jalon.habilitations.enums import EtatRattachement, Etendue
from jalon.habilitations.models import DroitAccorde, Rattachement
from jalon.habilitations.models.rattachements import q_droit_en_attente, q_droit_en_vigueur, q_droit_sur_le_siret
from jalon.habilitations.regles import VALIDITE_INVITATION, DemandeDroit, dernier_jour
from jalon.habilitations.requetes.groupes import noms_des_groupes
from jalon.habilitations.requetes.lieux import (
    DroitAttendu,
    DroitRestreint,
    Signature,
    droits_par_lieu,
    lire,
    regrouper,
    restreints,
)
from jalon.organisations.requetes import etablissements_de
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Profil
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import Introuvable
from jalon.socle.identifiants import grouper
from jalon.socle.texte import normaliser

PERSONNES_PAR_PAGE = 25
Objet = tuple[Domaine, str]
"""A domain, and one dispositif of it (empty: all of them)."""


@dataclass(frozen=True, slots=True)
class FiltreMatrice:
    """What is looked for: words of a name, of an address, of a place; a SIRET where rights hold; a page from 1."""

    texte: str = ""
    siret: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class LigneMatrice:
    """One person on one perimeter, or on several places that hold the same rights (`nombre`).

    `niveaux`: for the whole domain; `restreints`: for one dispositif of it alone. `suivante`: not the first line of that person. `lieu`: a SIRET, the id of a group, empty for the whole SIREN.
    """

    rattachement_id: UUID
    personne_id: UUID | None
    nom: str
    initiales: str
    email: str
    role: str
    perimetre: str
    lieu: str
    niveaux: Mapping[Domaine, Niveau]
    attendus: Mapping[Domaine, DroitAttendu]
    restreints: Mapping[Domaine, Sequence[DroitRestreint]]
    fin: date | None
    moi: bool
    invite: bool
    administrateur: bool
    probation_jusqu_a: datetime | None
    suivante: bool = False
    nombre: int = 1


@dataclass(frozen=True, slots=True)
class PageMatrice:
    """A page of people, and how many there are."""

    lignes: tuple[LigneMatrice, ...]
    personnes: int
    page: int
    pages: int


def liens_visibles(siren: str, acteur: Acteur, maintenant: datetime, profil: Profil) -> QuerySet[Rattachement]:
    """Links of one side of a SIREN that the actor sees: active, or invited and still waiting."""
    liens: QuerySet[Rattachement] = (
        Rattachement.objects.visibles_par(acteur)
        .filter(q_du_cote(siren, profil), etat__in=[EtatRattachement.ACTIF, EtatRattachement.INVITE])
        .exclude(etat=EtatRattachement.INVITE, cree_le__lte=maintenant - VALIDITE_INVITATION)
        .select_related("personne")
    )
    return liens


def matrice(
    siren: str,
    acteur: Acteur,
    maintenant: datetime,
    profil: Profil = Profil.ADHERENT,
    filtre: FiltreMatrice = FiltreMatrice(),
) -> PageMatrice:
    """A page of people of one side of a SIREN: administrators first, then by name, invitations last. Six queries at most, a search included."""
    lieux = {e.siret: e.nom_usuel or e.commune or grouper(e.siret) for e in etablissements_de(siren)}
    if profil == Profil.ADHERENT:
        lieux |= {ident: f"groupe «\u00a0{nom}\u00a0»" for ident, nom in noms_des_groupes(siren).items()}
    trouves = _chercher(siren, acteur, maintenant, profil, filtre, lieux)
    pages = max(1, -(-len(trouves) // PERSONNES_PAR_PAGE))
    page = min(max(filtre.page, 1), pages)
    montres = trouves[(page - 1) * PERSONNES_PAR_PAGE : page * PERSONNES_PAR_PAGE]
    droits = droits_par_lieu([lien.id for lien, _ in montres], maintenant, filtre.siret)
    lignes = [
        ligne
        for lien, administre in montres
        for ligne in _lignes(lien, droits.get(lien.id, {}), lieux, acteur, maintenant, administre=administre)
    ]
    return PageMatrice(tuple(lignes), len(trouves), page, pages)


def _chercher(
    siren: str, acteur: Acteur, maintenant: datetime, profil: Profil, filtre: FiltreMatrice, lieux: Mapping[str, str]
) -> list[tuple[Rattachement, bool]]:
    liens = liens_visibles(siren, acteur, maintenant, profil)
    vivants = DroitAccorde.objects.filter(q_droit_en_vigueur(maintenant) | q_droit_en_attente(maintenant))
    if filtre.siret:
        ici = vivants.filter(Q(etendue=Etendue.SIREN) | q_droit_sur_le_siret(filtre.siret))
        liens = liens.filter(id__in=ici.values("rattachement_id"))
    cherche = normaliser(filtre.texte)
    trouves = list(liens)
    if cherche:
        sirets = [lieu for lieu, nom in lieux.items() if lieu.isdecimal() and cherche in normaliser(f"{nom} {lieu}")]
        groupes = [lieu for lieu, nom in lieux.items() if not lieu.isdecimal() and cherche in normaliser(nom)]
        ou = Q(siret__dans=sirets) | Q(groupe__in=groupes) | Q(groupe__sirets__overlap=sirets)
        la = set(vivants.filter(ou, rattachement__in=liens).values_list("rattachement_id", flat=True))
        trouves = [x for x in trouves if x.id in la or cherche in normaliser(f"{nom_du_lien(x)} {_adresse(x)}")]
    administrent = set(
        droits_d_administration(maintenant)
        .filter(q_du_cote(siren, profil, "rattachement__"))
        .values_list("rattachement_id", flat=True)
    )
    trouves.sort(key=lambda x: (x.etat == EtatRattachement.INVITE, x.id not in administrent, nom_du_lien(x).lower(), x.id))
    return [(lien, lien.id in administrent) for lien in trouves]


def nom_du_lien(lien: Rattachement) -> str:
    """Name of the person, or the one given with the invitation, or the invited address."""
    if lien.personne is not None:
        return lien.personne.nom_complet
    return f"{lien.prenom_invite} {lien.nom_invite}".strip() or lien.courriel_invite


def _adresse(lien: Rattachement) -> str:
    return lien.personne.email if lien.personne is not None else lien.courriel_invite


def _lignes(
    lien: Rattachement,
    droits: Mapping[str, Signature],
    lieux: Mapping[str, str],
    acteur: Acteur,
    maintenant: datetime,
    *,
    administre: bool,
) -> list[LigneMatrice]:
    invite = lien.etat == EtatRattachement.INVITE
    nom = nom_du_lien(lien)
    montree = acteur.personne_montree.id if isinstance(acteur, ActeurPersonne) else acteur.identite
    lignes = []
    for rang, (semblables, signature) in enumerate(regrouper(droits or {"": ()})):
        lus = [lire(texte) for texte in signature]
        entiers = [d for d in lus if not d.dispositif]
        comptent = [d for d in entiers if d.a_venir is None]
        niveaux = {
            domaine: max((d.niveau for d in comptent if d.domaine == domaine), default=Niveau.AUCUN) for domaine in Domaine
        }
        lignes.append(
            LigneMatrice(
                rattachement_id=lien.id,
                personne_id=lien.personne_id,
                nom=nom,
                initiales=lien.personne.initiales if lien.personne else nom[:2].upper(),
                email=_adresse(lien),
                role=_role(administre=administre, invite=invite),
                perimetre=_perimetre(semblables, lieux, Profil(lien.profil)),
                lieu=semblables[0],
                niveaux=niveaux,
                attendus={d.domaine: DroitAttendu(d.niveau, d.attente, d.a_venir) for d in entiers if d.a_venir is not None},
                restreints=restreints(lus),
                fin=min((dernier_jour(d.fin) for d in lus if d.fin is not None), default=None),
                moi=lien.personne_id is not None and lien.personne_id == montree,
                invite=invite,
                administrateur=administre,
                probation_jusqu_a=lien.probation_jusqu_a if lien.en_probation(maintenant) else None,
                suivante=rang > 0,
                nombre=len(semblables),
            )
        )
    return lignes


def _role(*, administre: bool, invite: bool) -> str:
    if invite:
        return "Invitation envoyée"
    return "Administration" if administre else "Utilisation"


def _perimetre(semblables: Sequence[str], lieux: Mapping[str, str], profil: Profil) -> str:
    if len(semblables) > 1:
        return f"{len(semblables)} établissements"
    if semblables[0]:
        return lieux.get(semblables[0], grouper(semblables[0]))
    return "toute l’organisation" if profil == Profil.PRESTATAIRE else "toute l’entreprise"


@dataclass(frozen=True, slots=True)
class AccesDetaille:
    """One link, to edit its row."""

    rattachement: Rattachement
    siren: str
    profil: Profil
    droits: tuple[DemandeDroit, ...]

    def sur(self, lieu: str) -> dict[Objet, DemandeDroit]:
        """The boxes of one perimeter, by domain and dispositif (empty: the whole domain)."""
        return {(d.domaine, d.dispositif): d for d in self.droits if d.lieu == lieu}


def rattachement_accessible(rattachement_id: UUID, acteur: Acteur) -> Rattachement:
    """A link in an organisation whose accesses the actor sees, or her own. Raises Introuvable."""
    lien: Rattachement | None = _celui(Rattachement.objects.visibles_par(acteur), rattachement_id).first()
    if lien is None and acteur.identite is not None:
        siens = Rattachement.objects.tous("le rattachement de la personne elle-même").filter(personne_id=acteur.identite)
        lien = _celui(siens, rattachement_id).first()
    if lien is None:
        raise Introuvable
    return lien


def _celui(liens: QuerySet[Rattachement], rattachement_id: UUID) -> QuerySet[Rattachement]:
    return liens.filter(id=rattachement_id).select_related("personne")


def acces_detaille(rattachement_id: UUID, acteur: Acteur, maintenant: datetime) -> AccesDetaille:
    """A link that the actor sees, or her own, with its boxes as they would be sent back. Raises Introuvable."""
    lien = rattachement_accessible(rattachement_id, acteur)
    if lien.etat == EtatRattachement.RETIRE:
        raise Introuvable
    return AccesDetaille(lien, lien.organisation_siren, Profil(lien.profil), boites_de([lien], maintenant).get(lien.id, ()))


def boites_de(liens: Iterable[Rattachement], maintenant: datetime) -> dict[UUID, tuple[DemandeDroit, ...]]:
    """The boxes of some links as they would be sent back to change nothing: what waits takes the place of what it outdoes.

    One query.
    """
    vivants = DroitAccorde.objects.filter(
        q_droit_en_vigueur(maintenant) | q_droit_en_attente(maintenant), rattachement_id__in=[x.id for x in liens]
    )
    par_lien: dict[UUID, dict[object, DemandeDroit]] = {}
    for ligne in sorted(vivants, key=lambda d: (d.lieu, d.domaine, not d.en_vigueur(maintenant))):
        boite = en_demande(ligne, maintenant)
        par_lien.setdefault(ligne.rattachement_id, {})[boite.case] = boite
    return {lien: tuple(boites.values()) for lien, boites in par_lien.items()}


def en_demande(ligne: DroitAccorde, maintenant: datetime) -> DemandeDroit:
    """A row as the box that would be sent back to keep it."""
    a_venir = ligne.debut_souhaite if ligne.debut_souhaite and ligne.debut_souhaite > maintenant else None
    return DemandeDroit(
        Etendue(ligne.etendue),
        ligne.siret,
        Domaine(ligne.domaine),
        Niveau(ligne.niveau),
        dernier_jour(ligne.fin) if ligne.fin else None,
        jour_de_paris(a_venir) if a_venir else None,
        ligne.groupe_id,
        ligne.dispositif,
    )
