"""The actor of somebody who looks at one space as a colleague would see it, and can change nothing there."""

from functools import cached_property
from uuid import UUID

from jalon.comptes.models import Personne
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.lectures import DroitLu, RattachementLu, RoleLu, lire_rattachements
from jalon.habilitations.regles_des_vues import Lisible, lisibles_par_les_deux
from jalon.socle.acteurs import Niveau

LONGUEUR_DU_LIBELLE = 200


class ActeurVuComme(ActeurPersonne):
    """An administrator, with the rights of a colleague on one side of one SIREN: no more than hers, nothing above LECTURE.

    What is counted, noted or cut is the administrator; the pages are the colleague's. Every right comes from `rattachements`,
    which holds one link at most: no other SIREN, no mandate, no role at the OPCO.
    """

    def __init__(self, administrateur: ActeurPersonne, collegue: Personne, rattachement_id: UUID) -> None:
        super().__init__(administrateur.personne, administrateur.maintenant, administrateur.second_facteur_le)
        self.administrateur = administrateur
        self.collegue = collegue
        self.rattachement_id = rattachement_id

    @property
    def libelle(self) -> str:
        """« Aline Ferrand, vue de Bruno Marchetti »."""
        return f"{self.personne.nom_complet}, vue de {self.collegue.nom_complet}"[:LONGUEUR_DU_LIBELLE]

    @property
    def soi(self) -> ActeurPersonne:
        """The administrator, with all her rights."""
        return self.administrateur

    def sur(self, siren: str) -> ActeurPersonne:
        """Herself: there is one organisation already."""
        del siren
        return self

    @property
    def personne_montree(self) -> Personne:
        """The colleague."""
        return self.collegue

    @property
    def regarde_seulement(self) -> bool:
        """Always."""
        return True

    @property
    def ouverte(self) -> bool:
        """Whether the colleague still has the link, and the administrator still administers that side."""
        return bool(self.rattachements)

    @cached_property
    def rattachements(self) -> tuple[RattachementLu, ...]:
        """The colleague's link, cut down to what both read; nothing once it is withdrawn, cut, or once she administers no more."""
        liens = [
            r for r in lire_rattachements(self.collegue, self.maintenant) if r.id == self.rattachement_id and not r.mandataire
        ]
        return tuple(reduit for lien in liens if (reduit := self._reduire(lien)) is not None)

    def _reduire(self, lien: RattachementLu) -> RattachementLu | None:
        siens = [
            r
            for r in self.administrateur.rattachements
            if (r.siren, r.profil) == (lien.siren, lien.profil) and r.administre(self.maintenant)
        ]
        if not siens or lien.id in {r.id for r in siens}:
            return None
        communs = lisibles_par_les_deux(_lisibles(lien), (x for r in siens for x in _lisibles(r)))
        droits = tuple(DroitLu(siret, domaine, Niveau.LECTURE, dispositif) for domaine, siret, dispositif in sorted(communs))
        return RattachementLu(lien.id, lien.siren, lien.profil, lien.probation_jusqu_a, droits)

    @cached_property
    def roles_opco(self) -> tuple[RoleLu, ...]:
        """None, whoever she is."""
        return ()


def _lisibles(lien: RattachementLu) -> list[Lisible]:
    return [(d.domaine, d.siret, d.dispositif) for d in lien.droits]
