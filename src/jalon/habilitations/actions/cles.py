"""Keys of the API: making one, closing one, telling that one ends."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.attribution import Administration, administration, verrouiller
from jalon.habilitations.administrateurs import administrateurs_de, tous_les_administrateurs
from jalon.habilitations.cles import empreinte_de_cle, nouvelle_cle
from jalon.habilitations.courriels import CleBientotExpiree, CleCreee
from jalon.habilitations.models import CleApi, DroitAccorde
from jalon.habilitations.models.rattachements import portee_des_acces, q_droit_en_vigueur
from jalon.habilitations.phrases import CLES_EN_PROBATION
from jalon.habilitations.regles import RAPPELS_DE_FIN, DemandeDroit, avant_la_fin, rappel_du, verifier_droits
from jalon.habilitations.regles_des_cles import (
    MOTIF_MAX,
    DemandeCle,
    DroitTenu,
    ecrire_droits,
    en_cases,
    lire_adresses,
    lire_droits,
    lire_nom,
    verifier_createur,
    verifier_fin,
    verifier_rotation,
)
from jalon.habilitations.requetes.cles import cle_accessible
from jalon.journal.actions import noter
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Portee, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import DroitManquant, SaisieRefusee, TransitionImpossible
from jalon.socle.identifiants import analyser_siren, nouvel_id


@dataclass(frozen=True, slots=True)
class CleNouvelle:
    """The row, and the key itself: it is shown this once."""

    cle: CleApi
    secret: str = field(repr=False)


@second_facteur_exige
def creer_cle_api(
    *, siren: str, profil: Profil, demande: DemandeCle, par: Acteur, maintenant: datetime, cle_id: UUID | None = None
) -> CleNouvelle:
    """Make a key for one side of a SIREN: only its hash is kept, and every administrator is told.

    By the command line, or by an administrator out of probation who gives at most what she holds herself. `cle_id` is the id that
    the key will bear: a form sent twice makes one key.

    Raises DroitManquant, SaisieRefusee (name, scopes, establishments, addresses, last day, a third key of that name),
    TransitionImpossible (the form was sent already).
    """
    siren = analyser_siren(siren)
    jour = jour_de_paris(maintenant)
    nom, droits = lire_nom(demande.nom), lire_droits(demande.droits)
    adresses = lire_adresses(" ".join(demande.adresses))
    sirets = sorted(set(demande.sirets))
    cases = verifier_droits(en_cases(droits, sirets), siren, profil, jour)
    expire_le = verifier_fin(demande.jusqu_au, jour)
    with transaction.atomic():
        verrouiller(siren, profil)
        _exiger_le_droit_de_donner(siren, profil, cases, expire_le, par, maintenant)
        portee = portee_des_acces(siren, profil, portefeuille_de(siren))
        _exiger_un_premier_envoi(cle_id)
        verifier_rotation(nom, _noms_actifs(portee, maintenant))
        secret = nouvelle_cle(settings.JALON_PREFIXE_CLES, profil)
        cle = CleApi(
            id=cle_id or nouvel_id(),
            profil=profil,
            nom=nom,
            droits=ecrire_droits(droits),
            sirets=sirets,
            adresses=adresses,
            empreinte=empreinte_de_cle(secret),
            indice=secret[-4:],
            creee_le=maintenant,
            creee_par=par.identite,
            expire_le=expire_le,
        ).porter(portee)
        cle.save(force_insert=True)
        noter("acces.cle_creee", par=par, portee=portee, objet=cle, le=maintenant, details={"nom": nom, "droits": cle.droits})
        tous = tous_les_administrateurs(siren, profil, maintenant)
        preparer(CleCreee, cle.id, [Destinataire(a.email, a.personne_id) for a in tous], le=maintenant)
    return CleNouvelle(cle, secret)


def _exiger_un_premier_envoi(cle_id: UUID | None) -> None:
    if cle_id is not None and CleApi.objects.tous("formulaire déjà envoyé").filter(id=cle_id).exists():
        raise TransitionImpossible(
            "Cette clé est déjà créée, et n’est affichée qu’une fois. Si elle est perdue, révoquez-la et créez-en une autre."
        )


def revoquer_cle(*, cle_id: UUID, motif: str, par: Acteur, maintenant: datetime) -> CleApi:
    """Close a key, with a reason that the journal keeps: the next call is refused.

    Raises Introuvable, DroitManquant (not an administrator, or in probation), SaisieRefusee (no reason), TransitionImpossible.
    """
    motif = " ".join(motif.split())
    if not motif:
        raise SaisieRefusee("Indiquez le motif de la révocation", champ="motif")
    vue = cle_accessible(cle_id, par)
    siren, profil = vue.organisation_siren, Profil(vue.profil)
    with transaction.atomic():
        verrouiller(siren, profil)
        _exiger_administrateur(siren, profil, par, maintenant)
        cle: CleApi = CleApi.objects.tous("relue sous le verrou du SIREN").select_for_update().get(id=cle_id)
        if cle.revoquee_le is not None:
            raise TransitionImpossible("Cette clé est déjà révoquée.")
        cle.revoquee_le, cle.revoquee_par, cle.motif_revocation = maintenant, par.identite, motif[:MOTIF_MAX]
        cle.save(update_fields=["revoquee_le", "revoquee_par", "motif_revocation"])
        details = {"nom": cle.nom, "motif": cle.motif_revocation}
        noter("acces.cle_revoquee", par=par, portee=cle.portee, objet=cle, le=maintenant, details=details)
    return cle


def prevenir_des_expirations(*, maintenant: datetime) -> int:
    """Write to the administrators thirty days, then seven, before the end of a key. Told once for each; gives how many are due."""
    bientot = CleApi.objects.tous("clés bientôt expirées").filter(
        revoquee_le__isnull=True, expire_le__gt=maintenant, expire_le__lte=maintenant + max(RAPPELS_DE_FIN)
    )
    dues = [(cle, jours) for cle in bientot if (jours := _rappel_du(cle, maintenant)) is not None]
    for profil in Profil:
        du_cote = [(cle, jours) for cle, jours in dues if cle.profil == profil]
        a_prevenir = administrateurs_de({cle.organisation_siren for cle, _ in du_cote}, profil, maintenant)
        for cle, jours in du_cote:
            tous = a_prevenir.get(cle.organisation_siren, [])
            destinataires = [Destinataire(a.email, a.personne_id) for a in tous]
            preparer(CleBientotExpiree, cle.id, destinataires, le=maintenant, cle=f"{jours}j")
    return len(dues)


def _rappel_du(cle: CleApi, maintenant: datetime) -> int | None:
    return rappel_du(avant_la_fin(cle.expire_le, RAPPELS_DE_FIN), maintenant, fin=cle.expire_le, depuis=cle.creee_le)


def _exiger_administrateur(siren: str, profil: Profil, par: Acteur, maintenant: datetime) -> Administration | None:
    if isinstance(par, ActeurSysteme):
        return None
    contexte = administration(siren, profil, par, maintenant)
    if contexte.en_probation:
        raise DroitManquant(CLES_EN_PROBATION)
    return contexte


def _exiger_le_droit_de_donner(
    siren: str,
    profil: Profil,
    cases: Sequence[DemandeDroit],
    expire_le: datetime,
    par: Acteur,
    maintenant: datetime,
) -> None:
    contexte = _exiger_administrateur(siren, profil, par, maintenant)
    if contexte is None:
        return
    siens = DroitAccorde.objects.filter(q_droit_en_vigueur(maintenant), rattachement_id=contexte.moi.rattachement_id)
    tenus = [
        DroitTenu(siret, Domaine(d.domaine), Niveau(d.niveau), d.fin, d.dispositif)
        for d in siens.select_related("groupe")
        for siret in d.lieux_ouverts
    ]
    verifier_createur(cases, tenus, expire_le)


def _noms_actifs(portee: Portee, maintenant: datetime) -> list[str]:
    """Labels of the keys in force on that side, one for each key."""
    actives = CleApi.objects.tous("deux clés actives au plus, sous le verrou du SIREN").filter(
        siren=portee.siren, prestataire_siren=portee.prestataire_siren, revoquee_le__isnull=True, expire_le__gt=maintenant
    )
    return list(actives.values_list("nom", flat=True))
