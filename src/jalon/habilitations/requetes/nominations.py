"""Administrators in their first 72 hours, as those who may confirm or refuse them see them (exigences, T1c)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from jalon.habilitations.administrateurs import droits_d_administration, hors_probation, q_du_cote, tous_les_administrateurs
from jalon.habilitations.enums import EtatPerte, EtatRattachement
from jalon.habilitations.models import AdresseACompleter, CodeActivation, PerteSecondFacteur, Rattachement
from jalon.habilitations.regles import PROBATION, VALIDITE_DEMANDE
from jalon.habilitations.requetes.matrice import rattachement_accessible
from jalon.socle.acteurs import Acteur, Pouvoir, Profil
from jalon.socle.erreurs import Introuvable


@dataclass(frozen=True, slots=True)
class NominationAffichee:
    """Somebody who administers since less than 72 hours. `remplace`: a second factor was replaced, no code was used.

    `code_en_main`: the reader, of the OPCO, ordered the letter; `moi`: it is the reader.
    """

    id: UUID
    siren: str
    profil: Profil
    nom: str
    email: str
    jusqu_a: datetime
    remplace: bool = False
    code_en_main: bool = False
    moi: bool = False

    @property
    def depuis(self) -> datetime:
        """When the 72 hours began."""
        return self.jusqu_a - PROBATION


def nominations(siren: str, acteur: Acteur, maintenant: datetime, profil: Profil = Profil.ADHERENT) -> list[NominationAffichee]:
    """Administrators of one side in their first 72 hours, for somebody who sees its accesses. Three queries."""
    return _afficher(
        _en_cours(Rattachement.objects.visibles_par(acteur), maintenant).filter(q_du_cote(siren, profil)), acteur, maintenant
    )


def nominations_de_l_opco(acteur: Acteur, maintenant: datetime) -> list[NominationAffichee]:
    """Those of the portefeuilles where the actor confirms, the first to end first. One whose second factor was replaced is left
    out: two people of the OPCO decided of it, none of them alone shortens what follows. Four queries.
    """
    permis = list(acteur.portefeuilles(Pouvoir.CONFIRMER_NOMINATION))
    liens = _en_cours(Rattachement.objects.visibles_par(acteur), maintenant).filter(portefeuille_id__in=permis)
    return [n for n in _afficher(liens, acteur, maintenant) if not n.remplace]


def nomination_affichee(lien: Rattachement, acteur: Acteur, maintenant: datetime) -> NominationAffichee | None:
    """What is shown of a link already obtained by its door; None when nothing is to be confirmed there."""
    trouves = _en_cours(Rattachement.objects.tous("rattachement déjà obtenu par sa porte"), maintenant).filter(id=lien.id)
    return next(iter(_afficher(trouves, acteur, maintenant)), None)


def nomination_accessible(rattachement_id: UUID, acteur: Acteur) -> Rattachement:
    """A link of the portefeuilles where the actor of the OPCO confirms, or may consult. Raises Introuvable."""
    lien = rattachement_accessible(rattachement_id, acteur)
    if lien.portefeuille_id not in acteur.portefeuilles(Pouvoir.CONSULTER):
        raise Introuvable
    return lien


def decide_des_nominations(siren: str, profil: Profil, acteur: Acteur, maintenant: datetime) -> bool:
    """Whether the actor administers that side, out of her own 72 hours."""
    actifs = hors_probation(tous_les_administrateurs(siren, profil, maintenant), maintenant)
    return any(a.personne_id == acteur.identite for a in actifs)


def second_facteur_remplace(personnes: Collection[UUID], maintenant: datetime) -> set[UUID]:
    """Whose second factor was replaced less than 72 hours ago."""
    recentes = PerteSecondFacteur.objects.filter(
        personne_id__in=list(personnes), etat=EtatPerte.REMPLACEE, second_le__gt=maintenant - PROBATION
    )
    return set(recentes.values_list("personne_id", flat=True))


def a_eu_le_code_en_main(siren: str, profil: Profil, personne_id: UUID | None, maintenant: datetime) -> bool:
    """Whether somebody of the OPCO ordered, alone to download it, a letter of that side whose code served, or wrote the address
    where the letters go: with the code in her hands she would be both who asks and who checks (exigences, S9).
    """
    return (siren, profil) in _codes_en_main([siren], personne_id, maintenant)


def _codes_en_main(sirens: Collection[str], personne_id: UUID | None, maintenant: datetime) -> set[tuple[str, Profil]]:
    adresses = AdresseACompleter.objects.filter(siren__dans=list(sirens), completee_par=personne_id)
    servis = CodeActivation.objects.filter(
        siren__dans=list(sirens), usages__gt=0, expire_le__gt=maintenant - VALIDITE_DEMANDE
    ).filter(Q(lettre__commande__commandee_par_id=personne_id) | Q(siren__in=adresses.values("siren")))
    return {(siren, Profil(profil)) for siren, profil in servis.values_list("siren", "profil")}


def _en_cours(liens: QuerySet[Rattachement], maintenant: datetime) -> QuerySet[Rattachement]:
    administrent = droits_d_administration(maintenant).values("rattachement_id")
    return liens.filter(
        etat=EtatRattachement.ACTIF, probation_jusqu_a__gt=maintenant, personne__isnull=False, id__in=administrent
    ).select_related("personne")


def _afficher(liens: QuerySet[Rattachement], acteur: Acteur, maintenant: datetime) -> list[NominationAffichee]:
    lus = list(liens.order_by("probation_jusqu_a", "id"))
    if not lus:
        return []
    remplaces = second_facteur_remplace([x.personne_id for x in lus if x.personne_id], maintenant)
    en_main = (
        _codes_en_main([x.organisation_siren for x in lus], acteur.identite, maintenant)
        if acteur.portefeuilles(Pouvoir.CONSULTER)
        else set()
    )
    return [
        NominationAffichee(
            id=lien.id,
            siren=lien.organisation_siren,
            profil=Profil(lien.profil),
            nom=lien.personne.nom_complet,
            email=lien.personne.email,
            jusqu_a=lien.probation_jusqu_a,
            remplace=lien.personne_id in remplaces,
            code_en_main=(lien.organisation_siren, Profil(lien.profil)) in en_main,
            moi=lien.personne_id == acteur.identite,
        )
        for lien in lus
        if lien.personne is not None and lien.probation_jusqu_a is not None
    ]
