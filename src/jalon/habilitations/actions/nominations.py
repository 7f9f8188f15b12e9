"""A second proof about an administrator named by a code: confirmed before her 72 hours end, or refused (exigences, T1c)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire, cle_d_envoi
from jalon.habilitations.actions.attribution import verrouiller, verrouiller_lien
from jalon.habilitations.actions.droits import clore_rattachement
from jalon.habilitations.administrateurs import Administrateur, hors_probation, q_du_cote, tous_les_administrateurs
from jalon.habilitations.courriels import AccesRetire, NominationDecidee, a_la_personne
from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.models import Rattachement
from jalon.habilitations.phrases import CODE_EN_MAIN
from jalon.habilitations.regles import PROBATION
from jalon.habilitations.requetes.matrice import rattachement_accessible
from jalon.habilitations.requetes.nominations import a_eu_le_code_en_main, second_facteur_remplace
from jalon.journal.actions import noter
from jalon.socle.acteurs import Acteur, Pouvoir, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.erreurs import DroitManquant, SaisieRefusee, TransitionImpossible


@second_facteur_exige
def decider_nomination(
    *, rattachement_id: UUID, confirmer: bool, constat: str, par: Acteur, maintenant: datetime
) -> Rattachement:
    """Confirm an administrator in her first 72 hours, saying what was seen: what was closed opens at once. Or refuse her, with a
    reason: her access ends, and those that she opened meanwhile with it, even if nobody administers any more.

    It belongs to another administrator, out of probation, of the same side; or to the AEF or the adviser of the portefeuille,
    who did not have the code in her hands, and not after a second factor was replaced (two people decided of it).

    Raises Introuvable, SaisieRefusee (nothing said), TransitionImpossible (the 72 hours are over, no administrator, withdrawn),
    DroitManquant (herself, in probation too, another role, the maker of the letter).
    """
    vu = rattachement_accessible(rattachement_id, par)
    siren, profil = vu.organisation_siren, Profil(vu.profil)
    constat = " ".join(constat.split())[:500]
    if not constat:
        raise SaisieRefusee("Indiquez ce que vous avez vérifié, ou le motif du refus", champ="constat")
    with transaction.atomic():
        verrouiller(siren, profil)
        lien = verrouiller_lien(rattachement_id)
        administrateurs = tous_les_administrateurs(siren, profil, maintenant)
        _exiger_le_pouvoir(lien, administrateurs, par, maintenant, confirmer=confirmer)
        if not lien.en_probation(maintenant) or not any(a.rattachement_id == lien.id for a in administrateurs):
            raise TransitionImpossible("Cette personne n’est plus un administrateur dans ses 72\u00a0premières heures.")
        prevenus = [Destinataire(a.email, a.personne_id) for a in administrateurs if a.personne_id != par.identite]
        noter(
            "acces.nomination_confirmee" if confirmer else "acces.nomination_refusee",
            par=par, portee=lien.portee, objet=lien, le=maintenant,
            details={"personne": lien.nom_affiche, "constat": constat},
        )  # fmt: skip
        if confirmer:
            lien.probation_jusqu_a = maintenant
            lien.save(update_fields=["probation_jusqu_a"])
        else:
            _mettre_fin(lien, constat, par, maintenant)
            prevenus = [d for d in prevenus if d.personne_id != lien.personne_id]
        preparer(NominationDecidee, lien.id, prevenus, le=maintenant, cle=cle_d_envoi(maintenant))
    return lien


def _exiger_le_pouvoir(
    lien: Rattachement, administrateurs: list[Administrateur], par: Acteur, maintenant: datetime, *, confirmer: bool
) -> None:
    if lien.personne_id == par.identite:
        raise DroitManquant("Une autre personne que vous confirme votre nomination.")
    if any(a.personne_id == par.identite for a in hors_probation(administrateurs, maintenant)):
        return
    if not par.portefeuilles(Pouvoir.CONSULTER):
        raise DroitManquant(
            "Un administrateur hors de ses 72\u00a0premières heures, ou l’OPCO, confirme ou refuse un nouvel administrateur."
        )
    par.exiger_pouvoir(Pouvoir.CONFIRMER_NOMINATION, lien.portefeuille_id)
    if lien.personne_id is not None and second_facteur_remplace([lien.personne_id], maintenant):
        raise DroitManquant(
            "Le second facteur de cette personne vient d’être remplacé par deux personnes de l’OPCO\u00a0: un administrateur de "
            "l’organisation peut abréger les 72\u00a0heures, l’OPCO non."
        )
    if confirmer and a_eu_le_code_en_main(lien.organisation_siren, Profil(lien.profil), par.identite, maintenant):
        raise DroitManquant(CODE_EN_MAIN)


def _mettre_fin(lien: Rattachement, motif: str, par: Acteur, maintenant: datetime) -> None:
    """Her link, and those that she opened since she was named: invitations that wait, people in probation after hers."""
    debut = lien.probation_jusqu_a - PROBATION if lien.probation_jusqu_a is not None else maintenant
    ouverts = (
        Rattachement.objects.tous("accès ouverts par un administrateur refusé, sous le verrou du SIREN")
        .select_for_update(of=("self",))
        .select_related("personne")
        .filter(
            q_du_cote(lien.organisation_siren, Profil(lien.profil)),
            cree_par=lien.personne_id,
            cree_le__gte=debut,
            etat__in=[EtatRattachement.ACTIF, EtatRattachement.INVITE],
        )
        .exclude(id=lien.id)
        .order_by("id")
    )
    for accede in (lien, *ouverts):
        clore_rattachement(accede, motif, par, maintenant)
        preparer(AccesRetire, accede.id, a_la_personne(accede), le=maintenant)
