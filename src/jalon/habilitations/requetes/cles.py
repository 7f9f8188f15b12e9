"""Keys of the API as their organisation sees them, without any secret."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jalon.comptes.requetes import noms
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.administrateurs import q_du_cote
from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.models import CleApi, Rattachement
from jalon.habilitations.phrases import libelle_droit
from jalon.habilitations.regles import dernier_jour
from jalon.habilitations.regles_des_cles import EtatCle, etat_de_cle, relire_droits, type_de_perimetre
from jalon.socle.acteurs import Acteur, Profil
from jalon.socle.erreurs import Introuvable

_FERMEES = frozenset({EtatCle.REVOQUEE, EtatCle.EXPIREE})


@dataclass(frozen=True, slots=True)
class CleVue:
    """One key: what it opens, until which day included, who made it. `createur_parti`: no longer attached to that side."""

    cle: CleApi
    etat: EtatCle
    droits: tuple[str, ...]
    perimetre: str
    dernier_jour: date
    creee_par: str
    createur_parti: bool
    revoquee_par: str

    @property
    def en_vigueur(self) -> bool:
        """Whether it may be revoked."""
        return self.etat not in _FERMEES


def cles_du_cote(siren: str, profil: Profil, acteur: Acteur, maintenant: datetime) -> list[CleVue]:
    """Keys of one side of a SIREN that the actor sees: those in force first, by name, then the closed ones. Three queries."""
    cles = list(CleApi.objects.visibles_par(acteur).filter(q_du_cote(siren, profil)).order_by("nom", "-creee_le"))
    gens = {i for cle in cles for i in (cle.creee_par, cle.revoquee_par) if i}
    qui = noms(gens)
    liens = Rattachement.objects.tous("créateurs de clés encore rattachés").filter(
        q_du_cote(siren, profil), personne_id__in=gens, etat=EtatRattachement.ACTIF
    )
    presents = set(liens.values_list("personne_id", flat=True))
    vues = [_vue(cle, qui, presents, maintenant) for cle in cles]
    return sorted(vues, key=lambda vue: not vue.en_vigueur)


def _vue(cle: CleApi, qui: dict[UUID, str], presents: set[UUID | None], maintenant: datetime) -> CleVue:
    return CleVue(
        cle=cle,
        etat=etat_de_cle(
            ancienne=cle.ancienne,
            expire_le=cle.expire_le,
            revoquee_le=cle.revoquee_le,
            coupee=cle.suspendue_le is not None,
            maintenant=maintenant,
        ),
        droits=tuple(libelle_droit(droit) for droit in relire_droits(cle.droits)),
        perimetre=type_de_perimetre(Profil(cle.profil), cle.sirets),
        dernier_jour=dernier_jour(cle.expire_le),
        creee_par=qui.get(cle.creee_par, "") if cle.creee_par else "",
        createur_parti=cle.creee_par is not None and cle.creee_par not in presents,
        revoquee_par=qui.get(cle.revoquee_par, "") if cle.revoquee_par else "",
    )


def cle_accessible(cle_id: UUID, acteur: Acteur) -> CleApi:
    """A key of an organisation whose accesses the actor sees; any, for the command line. Raises Introuvable."""
    if isinstance(acteur, ActeurSysteme):
        cles = CleApi.objects.tous("révocation par la ligne de commande")
    else:
        cles = CleApi.objects.visibles_par(acteur)
    cle: CleApi | None = cles.filter(id=cle_id).first()
    if cle is None:
        raise Introuvable
    return cle
