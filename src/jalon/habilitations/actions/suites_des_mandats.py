"""What every act on a mandate shares: its lock, its end, its line for each side, who is told."""

from datetime import datetime
from uuid import UUID

from jalon.courriers.messages import Destinataire
from jalon.habilitations.administrateurs import tous_les_administrateurs
from jalon.habilitations.courriels import nom_de_l_organisation
from jalon.habilitations.enums import CoteDuMandat
from jalon.habilitations.models import Mandat
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.regles import dernier_jour
from jalon.journal.actions import noter
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Acteur, Profil
from jalon.socle.dates import formater_date
from jalon.socle.erreurs import TransitionImpossible


def verrouiller_mandat(mandat_id: UUID, maintenant: datetime) -> Mandat:
    """A mandate read again under the lock of one of its sides. Raises TransitionImpossible (ended, over)."""
    mandat: Mandat = Mandat.objects.tous("relu sous le verrou d’un des côtés").select_for_update().get(id=mandat_id)
    if mandat.termine_le is not None:
        raise TransitionImpossible("Il a déjà été mis fin à ce mandat.")
    if mandat.fin <= maintenant:
        raise TransitionImpossible("Le dernier jour de ce mandat est passé\u00a0: il peut en être donné un nouveau.")
    return mandat


def exiger_un_mandat_donne(mandat: Mandat) -> None:
    """What a convention says is not changed by one side alone. Raises TransitionImpossible."""
    if mandat.par_convention:
        raise TransitionImpossible(
            "Ce mandat est écrit dans une convention\u00a0: il ne se modifie pas. Refusez-le, ou donnez un autre mandat."
        )


def clore_mandat(mandat: Mandat, cote: CoteDuMandat, motif: str, par: Acteur, maintenant: datetime) -> None:
    """Write that it is over, and every part of it."""
    mandat.termine_le, mandat.termine_par = maintenant, par.identite
    mandat.termine_cote, mandat.motif_fin = cote, motif
    mandat.save(update_fields=["termine_le", "termine_par", "termine_cote", "motif_fin"])
    mandat.affectations.filter(revoquee_le__isnull=True).update(revoquee_le=maintenant, revoquee_par=par.identite)


def noter_des_deux_cotes(code: str, mandat: Mandat, par: Acteur, maintenant: datetime, **autres: str) -> None:
    """The same line for the client and for the mandataire: each reads its own journal."""
    mandataire = mandat.mandataire_siren
    details = {
        "client": nom_de_l_organisation(mandat.organisation_siren),
        "mandataire": nom_de_l_organisation(mandataire),
        "jusqu_au": formater_date(dernier_jour(mandat.fin)),
        **autres,
    }
    for portee in (mandat.portee, portee_des_acces(mandataire, Profil.PRESTATAIRE, portefeuille_de(mandataire))):
        noter(code, par=par, portee=portee, objet=mandat, le=maintenant, details=details)


def administrateurs_des_deux_cotes(mandat: Mandat, par: Acteur | None, maintenant: datetime) -> list[Destinataire]:
    """Those of both sides, but who acts."""
    cotes = ((mandat.organisation_siren, Profil(mandat.profil)), (mandat.mandataire_siren, Profil.PRESTATAIRE))
    trouves = [a for siren, profil in cotes for a in tous_les_administrateurs(siren, profil, maintenant)]
    return [Destinataire(a.email, a.personne_id) for a in trouves if par is None or a.personne_id != par.identite]
