"""Writing prepared rights for one person: her link, what it gains, and what her coming as an administrator makes known.

Two people of the OPCO signed: nothing waits for a second voice, nothing is in probation (docs/adr/0021-droits-prepares.md).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from jalon.comptes.models import Personne
from jalon.comptes.requetes import second_facteur_installe
from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire, cle_d_envoi
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.attribution import droits_en_cours
from jalon.habilitations.actions.pose import Pose, ajouter_droits
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.habilitations.courriels import NouvelAcces
from jalon.habilitations.enums import EtatRattachement, NatureAvis, OrigineRattachement
from jalon.habilitations.models import AvisPostal, DroitAccorde, Rattachement
from jalon.habilitations.regles import DemandeDroit, donne_l_administration
from jalon.habilitations.regles_des_preparations import Tenu, ajouts
from jalon.habilitations.requetes.matrice import en_demande
from jalon.habilitations.requetes.octrois import A_CONFIRMER
from jalon.habilitations.second_facteur import Exigence, exigence
from jalon.journal.actions import noter
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Acteur, Droit, Profil


def poser_les_ajouts(lien: Rattachement, droits: Sequence[DemandeDroit], par: UUID | None, maintenant: datetime) -> Pose:
    """Add these boxes to a link, under the lock of its SIREN. What waited there for a second voice, as high at most, has it."""
    cases = {d.case for d in droits}
    for ligne in droits_en_cours(lien):
        if ligne.attente in A_CONFIRMER and not ligne.en_vigueur(maintenant) and en_demande(ligne, maintenant).case in cases:
            ligne.revoque_le, ligne.revoque_par = maintenant, par
            ligne.save(update_fields=["revoque_le", "revoque_par"])
    return ajouter_droits(lien, droits, par, maintenant)


def peut_entrer(personne: Personne, droits: Sequence[DemandeDroit]) -> bool:
    """Whether her account has what the pages will ask for these rights: she cannot skip the second factor."""
    demandee = exigence(
        opco=personne.est_opco,
        droits=[Droit(d.domaine, d.niveau) for d in droits],
        lecteurs_dispenses=settings.JALON_SECOND_FACTEUR_LECTEURS == "facultatif",
        cle_pour_l_opco=False,
    )
    return demandee == Exigence.AUCUNE or second_facteur_installe(personne.id)


def droits_du_lien(lien: Rattachement, maintenant: datetime) -> list[DemandeDroit]:
    """The boxes of a link that are not over."""
    return [en_demande(li, maintenant) for li in droits_en_cours(lien) if li.fin is None or li.fin > maintenant]


def faire_entrer(lien: Rattachement, personne: Personne, par: Acteur, maintenant: datetime) -> None:
    """Bind an invitation to the account behind its address, under the lock of its SIREN."""
    lien.personne, lien.etat, lien.actif_depuis = personne, EtatRattachement.ACTIF, maintenant
    lien.save(update_fields=["personne", "etat", "actif_depuis"])
    noter("acces.rattachement", par=par, portee=lien.portee, objet=lien, le=maintenant)
    if lien.origine == OrigineRattachement.REPRISE:
        annoncer_l_administrateur(lien, personne, maintenant)


def reunir_la_reprise(lien: Rattachement, deja: Rattachement, personne: Personne, maintenant: datetime) -> None:
    """Add what was prepared for an address to the link that its owner got meanwhile by another way.

    What cannot be added without taking something away from her is left out: the company's administrator sees to it.
    """
    tenus = tenus_de([deja], maintenant).get(deja.id, [])
    administrait = donne_l_administration([t.droit for t in tenus if t.en_vigueur])
    voulus = droits_du_lien(lien, maintenant)
    pose = poser_les_ajouts(deja, ajouts(tenus, voulus)[0], lien.cree_par, maintenant)
    if not pose.change:
        return
    noter(
        "acces.droits_rejoints", par=ActeurPersonne(personne, maintenant), portee=deja.portee, objet=deja, le=maintenant,
        details={"personne": deja.nom_affiche, "changements": pose.phrases},
    )  # fmt: skip
    if not administrait:
        annoncer_l_administrateur(deja, personne, maintenant)


def tenus_de(liens: Iterable[Rattachement], maintenant: datetime) -> dict[UUID, list[Tenu]]:
    """The rights of some links, to come and waiting included. One query."""
    vivants = DroitAccorde.objects.filter(
        Q(fin__isnull=True) | Q(fin__gt=maintenant), revoque_le__isnull=True, rattachement_id__in=[x.id for x in liens]
    )
    tenus: dict[UUID, list[Tenu]] = {}
    for ligne in vivants:
        en_vigueur = ligne.en_vigueur(maintenant)
        attend = ligne.attente in A_CONFIRMER and not en_vigueur
        tenus.setdefault(ligne.rattachement_id, []).append(Tenu(en_demande(ligne, maintenant), en_vigueur, attend))
    return tenus


def annoncer_l_administrateur(lien: Rattachement, personne: Personne, maintenant: datetime) -> None:
    """A prepared administrator has come: a letter to the head office and a word to those in place, as for a code (T1c)."""
    if not donne_l_administration(droits_du_lien(lien, maintenant)):
        return
    siren, profil = lien.organisation_siren, Profil(lien.profil)
    AvisPostal.objects.create(
        siren=siren,
        profil=profil,
        nature=NatureAvis.ADMINISTRATEUR_NOMME,
        personne=personne,
        portefeuille_id=portefeuille_de(siren),
        le=maintenant,
    )
    autres = [a for a in administrateurs_actifs(siren, profil, maintenant) if a.personne_id != personne.id]
    preparer(
        NouvelAcces,
        lien.id,
        [Destinataire(a.email, a.personne_id) for a in autres],
        le=maintenant,
        cle=cle_d_envoi(maintenant),
    )
