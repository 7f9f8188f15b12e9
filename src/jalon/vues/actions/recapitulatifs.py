"""The digest of tasks: asking for it, stopping it, preparing it once for each period."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from jalon.comptes.models import Personne
from jalon.courriers.actions import oublier_courriels_de, preparer
from jalon.courriers.messages import Destinataire
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Portee
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import Introuvable
from jalon.vues.courriels import RecapitulatifDesTaches
from jalon.vues.enums import LIBELLES_RYTHMES, Rythme
from jalon.vues.models import PreferenceRecapitulatif, Recapitulatif
from jalon.vues.regles import lire_rythme
from jalon.vues.requetes.recapitulatifs import a_prevenir, contenu_de, personne_du_jeton

CONSERVATION = timedelta(days=90)


def choisir_rythme(*, rythme: str, par: Acteur, maintenant: datetime) -> Rythme:
    """How often she wants her tasks by e-mail. Raises SaisieRefusee, Introuvable (a key, the system)."""
    choisi = lire_rythme(rythme)
    if par.identite is None:
        raise Introuvable
    with transaction.atomic():
        _ecrire(par.identite, choisi, par, maintenant)
    return choisi


def arreter_recapitulatif(*, jeton: str, maintenant: datetime) -> None:
    """Stop the digest by the link that it carries; no account is asked. Raises Introuvable."""
    personne = personne_du_jeton(jeton)
    with transaction.atomic():
        _ecrire(personne.pk, Rythme.JAMAIS, ActeurPersonne(personne, maintenant), maintenant)


def _ecrire(personne_id: UUID, rythme: Rythme, par: Acteur, maintenant: datetime) -> None:
    preference, _ = PreferenceRecapitulatif.objects.update_or_create(
        personne_id=personne_id, defaults={"rythme": rythme.value, "modifie_le": maintenant}
    )
    details = {"rythme": LIBELLES_RYTHMES[rythme].lower()}
    noter("vues.rythme_choisi", par=par, portee=Portee(), objet=preference, le=maintenant, details=details)


def preparer_recapitulatifs(*, maintenant: datetime) -> int:
    """Queue the digests that are due, for who has something to read. One transaction each: killed, the job goes on where it was,
    and what is written once for a period is never prepared again."""
    return sum(_preparer(personne_id, periode, maintenant) for personne_id, periode in a_prevenir(jour_de_paris(maintenant)))


def _preparer(personne_id: UUID, periode: str, maintenant: datetime) -> bool:
    with transaction.atomic():
        personne = Personne.objects.select_for_update(of=("self",)).get(pk=personne_id)
        recapitulatif, nouveau = Recapitulatif.objects.get_or_create(
            personne=personne, periode=periode, defaults={"prepare_le": maintenant}
        )
        if not nouveau:
            return False
        if contenu_de(personne, maintenant).vide:
            return False
        preparer(RecapitulatifDesTaches, recapitulatif.pk, [Destinataire(personne.email, personne.pk)], le=maintenant)
    return True


def oublier_recapitulatifs(*, maintenant: datetime) -> int:
    """Delete what was prepared more than ninety days ago."""
    anciens = Recapitulatif.objects.filter(prepare_le__lt=maintenant - CONSERVATION)
    ids = list(anciens.values_list("pk", flat=True))
    with transaction.atomic():
        oublier_courriels_de(objets={RecapitulatifDesTaches: ids})
        anciens.filter(pk__in=ids).delete()
    return len(ids)
