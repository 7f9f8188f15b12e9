"""Accounts and roles of the OPCO's people."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.comptes.models import Personne
from jalon.habilitations.acteurs import ActeurPersonne, ActeurSysteme
from jalon.habilitations.actions.invitations import lire_adresse
from jalon.habilitations.enums import LIBELLES_ROLES, EtatRattachement, Role
from jalon.habilitations.models import PortefeuilleDuRole, Rattachement, RoleOpco
from jalon.journal.actions import noter
from jalon.organisations.models import Portefeuille
from jalon.socle.acteurs import Acteur, Domaine, Portee
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.erreurs import DroitManquant, SaisieRefusee


@second_facteur_exige
def creer_compte_opco(
    *,
    email: str,
    prenom: str,
    nom: str,
    role: Role,
    portefeuilles: Collection[UUID],
    par: Acteur,
    maintenant: datetime,
) -> Personne:
    """Open an account of the OPCO, or give one more role to an existing one, over named portefeuilles.

    The account has no password: its owner sets one by « mot de passe oublié », which proves the address, then a second
    factor. Called by the command line, or by an administrateur OPCO.

    Raises DroitManquant, SaisieRefusee (address, name, no or unknown portefeuille, somebody of a company, role
    already held).
    """
    _exiger_administrateur_opco(par)
    adresse = lire_adresse(email)
    if not prenom.strip() or not nom.strip():
        raise SaisieRefusee("Indiquez le prénom et le nom", champ="nom")
    connus = set(Portefeuille.objects.filter(id__in=list(portefeuilles)).values_list("id", flat=True))
    if not connus or connus != set(portefeuilles):
        raise SaisieRefusee("Choisissez au moins un portefeuille existant", champ="portefeuilles")
    with transaction.atomic():
        personne = Personne.objects.select_for_update().filter(email=adresse).first()
        if personne is None:
            personne = Personne.objects.create_user(adresse, prenom=prenom.strip(), nom=nom.strip(), est_opco=True)
        elif not personne.est_opco:
            _faire_entrer(personne)
        if RoleOpco.objects.filter(personne=personne, role=role, fin__isnull=True).exists():
            raise SaisieRefusee(f"Cette personne a déjà le rôle «\u00a0{LIBELLES_ROLES[role]}\u00a0»", champ="role")
        donne = RoleOpco.objects.create(personne=personne, role=role, debut=maintenant, donne_par=par.identite)
        PortefeuilleDuRole.objects.bulk_create(PortefeuilleDuRole(role=donne, portefeuille_id=p) for p in sorted(connus))
        noter(
            "acces.role_opco", par=par, portee=Portee(domaine=Domaine.ACCES), objet=donne, le=maintenant,
            details={"personne": personne.nom_complet, "role": LIBELLES_ROLES[role], "portefeuilles": len(connus)},
        )  # fmt: skip
    return personne


@second_facteur_exige
def retirer_role_opco(*, role_id: UUID, par: Acteur, maintenant: datetime) -> RoleOpco:
    """End a role, from the next request. Raises DroitManquant, SaisieRefusee (unknown or already ended)."""
    _exiger_administrateur_opco(par)
    with transaction.atomic():
        role = RoleOpco.objects.select_for_update().filter(id=role_id, fin__isnull=True).first()
        if role is None:
            raise SaisieRefusee("Ce rôle a déjà pris fin", champ="role")
        role.fin = maintenant
        role.save(update_fields=["fin"])
        noter(
            "acces.role_opco_fin", par=par, portee=Portee(domaine=Domaine.ACCES), objet=role, le=maintenant,
            details={"personne": role.personne.nom_complet, "role": LIBELLES_ROLES[Role(role.role)]},
        )  # fmt: skip
    return role


def _exiger_administrateur_opco(par: Acteur) -> None:
    if isinstance(par, ActeurSysteme):
        return
    if not (isinstance(par, ActeurPersonne) and par.a_le_role(Role.ADMINISTRATEUR_OPCO)):
        raise DroitManquant("L’administrateur de l’OPCO attribue les rôles.")


def _faire_entrer(personne: Personne) -> None:
    """Nobody is at once of the OPCO and of a company that it serves."""
    raison = "une personne de l’OPCO n’appartient à aucune entreprise"
    if Rattachement.objects.tous(raison).filter(personne=personne, etat=EtatRattachement.ACTIF).exists():
        raise SaisieRefusee("Cette adresse est celle d’une personne rattachée à une entreprise", champ="email")
    personne.est_opco = True
    personne.save(update_fields=["est_opco"])
