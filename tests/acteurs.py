"""An actor for the tests of lower layers: rights are given as values, no table of `habilitations` is needed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from uuid import UUID

from jalon.socle.acteurs import Domaine, Droit, Niveau, Perimetre, Portee, Pouvoir
from jalon.socle.confirmation import verifier_second_facteur
from jalon.socle.erreurs import DroitManquant
from jalon.socle.identifiants import nouvel_id

A_L_INSTANT = datetime.max.replace(tzinfo=UTC)


@dataclass
class FauxActeur:
    """`droits`: domain -> (level, perimeter); `restreints`: the same for one dispositif, by its code; `pouvoirs`: power ->
    portefeuilles. Gave a second factor just before each act, unless `second_facteur_le` says when, or that there is none.
    """

    droits: Mapping[Domaine, tuple[Niveau, Perimetre]] = field(default_factory=dict)
    pouvoirs: Mapping[Pouvoir, frozenset[UUID]] = field(default_factory=dict)
    restreints: Mapping[tuple[Domaine, str], tuple[Niveau, Perimetre]] = field(default_factory=dict)
    nom: str = "Aline Essai"
    id: UUID = field(default_factory=nouvel_id)
    second_facteur_le: datetime | None = A_L_INSTANT

    @property
    def identite(self) -> UUID | None:
        return self.id

    @property
    def libelle(self) -> str:
        return self.nom

    def perimetre(self, droit: Droit) -> Perimetre:
        lu = _tenu(self.droits.get(droit.domaine), droit)
        seul = _tenu(self.restreints.get((droit.domaine, droit.dispositif)), droit)
        lu = Perimetre(**{f.name: getattr(lu, f.name) | getattr(seul, f.name) for f in fields(lu)})
        if droit.niveau == Niveau.LECTURE:
            vus = lu.portefeuilles | self.portefeuilles(Pouvoir.CONSULTER)
            return Perimetre(lu.sirens, lu.sirets, lu.prestataires, vus, lu.couples)
        return lu

    def dispositifs_restreints(self, domaine: Domaine) -> frozenset[str]:
        return frozenset(code for d, code in self.restreints if d == domaine)

    def portefeuilles(self, pouvoir: Pouvoir) -> frozenset[UUID]:
        return self.pouvoirs.get(pouvoir, frozenset())

    def peut(self, droit: Droit, portee: Portee) -> bool:
        return self.perimetre(droit).couvre(portee)

    def exiger(self, droit: Droit, portee: Portee) -> None:
        if not self.peut(droit, portee):
            raise DroitManquant("Vous pouvez consulter, pas agir.")

    def exiger_pouvoir(self, pouvoir: Pouvoir, portefeuille_id: UUID | None) -> None:
        accordes = self.portefeuilles(pouvoir)
        if not accordes or (portefeuille_id is not None and portefeuille_id not in accordes):
            raise DroitManquant("Votre rôle ne le permet pas.")

    def exiger_second_facteur(self, maintenant: datetime) -> None:
        verifier_second_facteur(maintenant if self.second_facteur_le == A_L_INSTANT else self.second_facteur_le, maintenant)


def _tenu(tenu: tuple[Niveau, Perimetre] | None, droit: Droit) -> Perimetre:
    niveau, perimetre = tenu or (Niveau.AUCUN, Perimetre())
    return perimetre if niveau >= droit.niveau > Niveau.AUCUN else Perimetre()


def acteur_entreprise(
    siren: str, niveau: Niveau = Niveau.GESTION, domaines: Iterable[Domaine] = tuple(Domaine), **autres: object
) -> FauxActeur:
    """Somebody of a company, with one level everywhere on the whole SIREN."""
    return FauxActeur({d: (niveau, Perimetre(sirens=frozenset({siren}))) for d in domaines}, **autres)  # type: ignore[arg-type]


def acteur_prestataire(siren: str, niveau: Niveau = Niveau.GESTION, **autres: object) -> FauxActeur:
    """Somebody of a training provider."""
    perimetre = Perimetre(prestataires=frozenset({siren}))
    return FauxActeur(dict.fromkeys(Domaine, (niveau, perimetre)), **autres)  # type: ignore[arg-type]


def acteur_sous_convention(
    lieu: str, prestataire: str, niveau: Niveau = Niveau.ENVOI, domaine: Domaine = Domaine.ALTERNANCE, **autres: object
) -> FauxActeur:
    """Somebody of a provider, who acts for a company (SIREN or SIRET) under their convention."""
    return FauxActeur({domaine: (niveau, Perimetre(couples=frozenset({(lieu, prestataire)})))}, **autres)  # type: ignore[arg-type]


def acteur_opco(portefeuille: UUID, *pouvoirs: Pouvoir, **autres: object) -> FauxActeur:
    """Somebody of the OPCO, over one portefeuille."""
    tous = {p: frozenset({portefeuille}) for p in (Pouvoir.CONSULTER, *pouvoirs)}
    return FauxActeur(pouvoirs=tous, **autres)  # type: ignore[arg-type]
