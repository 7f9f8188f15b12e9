"""Keys of the API."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.attribution import administration, verrouiller
from jalon.habilitations.cles import empreinte_de_cle, nouvelle_cle
from jalon.habilitations.enums import VerbeApi
from jalon.habilitations.models import CleApi
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.regles import CLES_ACTIVES_MAX, JOURS_DE_CLE_MAX
from jalon.journal.actions import noter
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Acteur, Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from jalon.socle.identifiants import analyser_siren


def creer_cle_api(
    *,
    nom: str,
    siren: str,
    profil: Profil,
    verbes: Collection[VerbeApi],
    jours: int,
    par: Acteur,
    maintenant: datetime,
) -> str:
    """Make a key for one side of a SIREN and return it: it is shown this once, only its hash is kept.

    By the command line, or by an administrator out of probation. Two keys of the same name may be active, so that one
    replaces the other without a stop.

    Raises DroitManquant, SaisieRefusee (name, verbs, duration, two active keys already).
    """
    siren = analyser_siren(siren)
    nom = " ".join(nom.split())
    if not nom or len(nom) > 80:
        raise SaisieRefusee("Donnez à la clé un nom de 80\u00a0signes au plus", champ="nom")
    if not verbes:
        raise SaisieRefusee("Choisissez ce que la clé permet", champ="verbes")
    if not 1 <= jours <= JOURS_DE_CLE_MAX:
        raise SaisieRefusee(f"Une clé dure de 1 à {JOURS_DE_CLE_MAX}\u00a0jours", champ="jours")
    with transaction.atomic():
        verrouiller(siren, profil)
        _exiger_administrateur(siren, profil, par, maintenant)
        portee = portee_des_acces(siren, profil, portefeuille_de(siren))
        actives = CleApi.objects.tous("deux clés actives au plus, sous le verrou du SIREN").filter(
            nom=nom, siren=portee.siren, prestataire_siren=portee.prestataire_siren,
            revoquee_le__isnull=True, expire_le__gt=maintenant,
        )  # fmt: skip
        if actives.count() >= CLES_ACTIVES_MAX:
            raise SaisieRefusee("Deux clés de ce nom sont déjà actives\u00a0: révoquez-en une d’abord", champ="nom")
        secret = nouvelle_cle()
        cle = CleApi(
            profil=profil,
            nom=nom,
            verbes=sorted(v.value for v in set(verbes)),
            empreinte=empreinte_de_cle(secret),
            indice=secret[-4:],
            creee_le=maintenant,
            creee_par=par.identite,
            expire_le=maintenant + timedelta(days=jours),
        ).porter(portee)
        cle.save(force_insert=True)
        noter("acces.cle_creee", par=par, portee=portee, objet=cle, le=maintenant, details={"nom": nom})
    return secret


def revoquer_cle(*, cle_id: UUID, par: Acteur, maintenant: datetime) -> CleApi:
    """Close a key: the next call is refused. Raises Introuvable, DroitManquant, TransitionImpossible."""
    if isinstance(par, ActeurSysteme):
        vue = CleApi.objects.tous("révocation par la ligne de commande").filter(id=cle_id).first()
    else:
        vue = CleApi.objects.visibles_par(par).filter(id=cle_id).first()
    if vue is None:
        raise Introuvable
    siren, profil = vue.organisation_siren, Profil(vue.profil)
    with transaction.atomic():
        verrouiller(siren, profil)
        if not isinstance(par, ActeurSysteme):
            administration(siren, profil, par, maintenant)
        cle: CleApi = CleApi.objects.tous("relue sous le verrou du SIREN").select_for_update().get(id=cle_id)
        if cle.revoquee_le is not None:
            raise TransitionImpossible("Cette clé est déjà révoquée.")
        cle.revoquee_le, cle.revoquee_par = maintenant, par.identite
        cle.save(update_fields=["revoquee_le", "revoquee_par"])
        noter("acces.cle_revoquee", par=par, portee=cle.portee, objet=cle, le=maintenant, details={"nom": cle.nom})
    return cle


def _exiger_administrateur(siren: str, profil: Profil, par: Acteur, maintenant: datetime) -> None:
    if isinstance(par, ActeurSysteme):
        return
    if administration(siren, profil, par, maintenant).en_probation:
        raise DroitManquant("Les clés de l’API s’ouvrent à vous 72\u00a0heures après votre nomination.")
