"""What becomes of a declared convention: the OPCO ends it, both sides are reminded of its end."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire
from jalon.habilitations.actions.attribution import verrouiller
from jalon.habilitations.actions.suites_des_mandats import (
    administrateurs_des_deux_cotes,
    clore_mandat,
    noter_des_deux_cotes,
    verrouiller_mandat,
)
from jalon.habilitations.administrateurs import tous_les_administrateurs
from jalon.habilitations.courriels.conventions import ConventionBientotFinie, ConventionsBientotFinies
from jalon.habilitations.courriels.mandats import MandatTermine
from jalon.habilitations.enums import CoteDuMandat, OrigineMandat
from jalon.habilitations.models import Mandat
from jalon.habilitations.regles import RAPPELS_DE_FIN, avant_la_fin, dernier_jour, rappel_du
from jalon.habilitations.requetes.conventions import convention_suivie
from jalon.habilitations.requetes.mandats import mandats_a_echeance
from jalon.socle.acteurs import Acteur, Pouvoir, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import SaisieRefusee


@second_facteur_exige
def arreter_convention(*, mandat_id: UUID, motif: str, par: Acteur, maintenant: datetime) -> Mandat:
    """The OPCO ends the mandate of a convention at once, with a reason that both sides read; the same convention can not be declared
    again.

    Raises Introuvable (outside the portefeuilles of the person, or not a convention), DroitManquant (another role decides),
    SaisieRefusee (no reason), TransitionImpossible (ended, over).
    """
    vu = convention_suivie(mandat_id, par)
    par.exiger_pouvoir(Pouvoir.DECIDER_ACCES, vu.portefeuille_id)
    motif = motif.strip()
    if not motif:
        raise SaisieRefusee("Indiquez le motif\u00a0: l’entreprise et l’organisme le liront", champ="motif")
    with transaction.atomic():
        verrouiller(vu.siren, Profil.ADHERENT)
        mandat = verrouiller_mandat(mandat_id, maintenant)
        clore_mandat(mandat, CoteDuMandat.OPCO, motif[:500], par, maintenant)
        noter_des_deux_cotes("acces.convention_arretee", mandat, par, maintenant, reference=mandat.reference)
        preparer(MandatTermine, mandat.id, administrateurs_des_deux_cotes(mandat, par, maintenant), le=maintenant)
    return mandat


def rappeler_conventions(*, maintenant: datetime) -> int:
    """Tell, 30 and 7 days before, that conventions end: the client of each, and the provider once for all those that end the same
    day, for they end by the thousand. Each once; gives how many conventions.
    """
    aujourdhui = jour_de_paris(maintenant)
    prevenus: set[tuple[str, date]] = set()
    nombre = 0
    for mandat in mandats_a_echeance(maintenant, OrigineMandat.CONVENTION):
        fin = dernier_jour(mandat.fin)
        depuis = jour_de_paris(max(mandat.debut, mandat.cree_le))
        jours = rappel_du(avant_la_fin(fin, RAPPELS_DE_FIN), aujourdhui, fin=fin + timedelta(days=1), depuis=depuis)
        if jours is None:
            continue
        cle = f"{fin:%Y%m%d}-{jours}"
        chez_le_client = _administrateurs(mandat.siren, Profil.ADHERENT, maintenant)
        preparer(ConventionBientotFinie, mandat.id, chez_le_client, le=maintenant, cle=cle)
        if (mandat.mandataire_siren, fin) not in prevenus:
            prevenus.add((mandat.mandataire_siren, fin))
            chez_le_prestataire = _administrateurs(mandat.mandataire_siren, Profil.PRESTATAIRE, maintenant)
            preparer(ConventionsBientotFinies, _premiere(mandat), chez_le_prestataire, le=maintenant, cle=cle)
        nombre += 1
    return nombre


def _premiere(mandat: Mandat) -> UUID:
    """The first convention that the same provider declared until the same day, over or not: what its one reminder is about."""
    memes = Mandat.objects.tous("un seul rappel par prestataire et par jour de fin").filter(
        mandataire_siren=mandat.mandataire_siren, origine=OrigineMandat.CONVENTION, fin=mandat.fin
    )
    premiere: UUID = memes.order_by("id").values_list("id", flat=True)[0]
    return premiere


def _administrateurs(siren: str, profil: Profil, maintenant: datetime) -> list[Destinataire]:
    return [Destinataire(a.email, a.personne_id) for a in tous_les_administrateurs(siren, profil, maintenant)]
