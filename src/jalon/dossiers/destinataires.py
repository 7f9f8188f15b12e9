"""People to tell about a request: those whose rights reach it now."""

from datetime import datetime

from django.db.models import Q

from jalon.comptes.models import Personne
from jalon.dossiers.models import Dossier
from jalon.habilitations.enums import EtatRattachement, Etendue
from jalon.habilitations.models import DroitAccorde
from jalon.habilitations.models.rattachements import q_droit_en_vigueur, q_droit_sur_le_siret
from jalon.habilitations.requetes.mandats import mandataires_sur
from jalon.socle.acteurs import (
    Domaine,
    Niveau,
    Portee,
    Profil,
)


def personnes_de_l_entreprise(dossier: Dossier, niveau: Niveau, maintenant: datetime) -> list[Personne]:
    """People of the company, or whoever works for it, who hold at least that level on the establishment."""
    du_siren = Q(rattachement__siren=dossier.siren, etendue=Etendue.SIREN)
    du_siret = Q(rattachement__profil=Profil.ADHERENT) & q_droit_sur_le_siret(dossier.siret)
    portee = dossier.portee_de_l_entreprise
    return _personnes(du_siren | du_siret if dossier.siret else du_siren, portee, dossier, niveau, maintenant)


def personnes_du_prestataire(dossier: Dossier, niveau: Niveau, maintenant: datetime) -> list[Personne]:
    """People of the provider who hold at least that level; nobody when there is no provider."""
    if not dossier.prestataire_siren:
        return []
    portee = Portee(prestataire_siren=dossier.prestataire_siren)
    return _personnes(Q(rattachement__prestataire_siren=dossier.prestataire_siren), portee, dossier, niveau, maintenant)


def _personnes(ou: Q, portee: Portee, dossier: Dossier, niveau: Niveau, maintenant: datetime) -> list[Personne]:
    """By a right of their own, or by a mandate."""
    droits = DroitAccorde.objects.filter(
        ou,
        q_droit_en_vigueur(maintenant),
        domaine=dossier.domaine,
        dispositif__in=["", dossier.dispositif],
        niveau__gte=niveau,
        rattachement__etat=EtatRattachement.ACTIF,
    )
    mandataires = mandataires_sur(portee, Domaine(dossier.domaine), maintenant)
    par_mandat = [m.personne.pk for m in mandataires if m.niveau >= niveau]
    ids = Q(pk__in=droits.values("rattachement__personne_id")) | Q(pk__in=par_mandat)
    return list(Personne.objects.filter(ids, is_active=True, suspendue_le__isnull=True).order_by("email"))
