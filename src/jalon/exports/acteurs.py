"""Who exports: the person of the job, rebuilt, and what she may take out. `habilitations` registers how she is rebuilt."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau, Perimetre, Portee, Pouvoir
from jalon.socle.listes import Liste

Reconstruire = Callable[[UUID, str | None, datetime], Acteur | None]
EXPORTER = Droit(Domaine.EXPORTS, Niveau.LECTURE)
LONGUEUR_SIREN = 9


class _Branchement:
    reconstruire: Reconstruire | None = None


def declarer_acteurs(reconstruire: Reconstruire) -> None:
    """Register what reads the rights of a person at an instant, on one SIREN or on all; None when her account is closed or cut."""
    _Branchement.reconstruire = staticmethod(reconstruire)


def acteur_de(personne_id: UUID, siren: str | None, maintenant: datetime) -> Acteur | None:
    """The person as she is at that instant, with rights read anew; None when she may do nothing."""
    return _Branchement.reconstruire(personne_id, siren, maintenant) if _Branchement.reconstruire else None


class ActeurQuiExporte:
    """Somebody in one organisation (None: in her portefeuilles of the OPCO), limited to where she may export: a row that she reads
    without the right to take it out is not in her file."""

    def __init__(self, acteur: Acteur, siren: str | None) -> None:
        self._acteur = acteur
        self._siren = siren
        self.sortie = restreint(acteur.perimetre(EXPORTER), siren)

    @property
    def identite(self) -> UUID | None:
        """Of the person."""
        return self._acteur.identite

    @property
    def libelle(self) -> str:
        """Of the person."""
        return self._acteur.libelle

    def perimetre(self, droit: Droit) -> Perimetre:
        """Where the right and that of exporting hold together."""
        return commun(restreint(self._acteur.perimetre(droit), self._siren), self.sortie)

    def dispositifs_restreints(self, domaine: Domaine) -> frozenset[str]:
        """Of the person."""
        return self._acteur.dispositifs_restreints(domaine)

    def portefeuilles(self, pouvoir: Pouvoir) -> frozenset[UUID]:
        """Of the person."""
        return self._acteur.portefeuilles(pouvoir)

    def peut(self, droit: Droit, portee: Portee) -> bool:
        """Whether both rights hold there."""
        return self.perimetre(droit).couvre(portee)

    def exiger(self, droit: Droit, portee: Portee) -> None:
        """Raise DroitManquant unless both rights hold there."""
        self._acteur.exiger(droit, portee)
        self._acteur.exiger(EXPORTER, portee)

    def exiger_pouvoir(self, pouvoir: Pouvoir, portefeuille_id: UUID | None) -> None:
        """As the person."""
        self._acteur.exiger_pouvoir(pouvoir, portefeuille_id)

    def exiger_second_facteur(self, maintenant: datetime) -> None:
        """As the person."""
        self._acteur.exiger_second_facteur(maintenant)


def commun(un: Perimetre, autre: Perimetre) -> Perimetre:
    """What both perimeters cover. A SIRET is inside its SIREN; a client under a convention is inside its whole company."""
    return Perimetre(
        sirens=un.sirens & autre.sirens,
        sirets=frozenset({*_sirets(un, autre), *_sirets(autre, un)}),
        prestataires=un.prestataires & autre.prestataires,
        portefeuilles=un.portefeuilles & autre.portefeuilles,
        couples=frozenset({*_couples(un, autre), *_couples(autre, un)}),
    )


def _sirets(un: Perimetre, autre: Perimetre) -> Iterator[str]:
    return (siret for siret in un.sirets if siret in autre.sirets or siret[:LONGUEUR_SIREN] in autre.sirens)


def _couples(un: Perimetre, autre: Perimetre) -> Iterator[tuple[str, str]]:
    """A pair is in another, or wholly in a place that the other covers."""
    for lieu, prestataire in un.couples:
        dedans = lieu in autre.sirens or lieu in autre.sirets or lieu[:LONGUEUR_SIREN] in autre.sirens
        entier = (lieu[:LONGUEUR_SIREN], prestataire) in autre.couples
        if dedans or entier or (lieu, prestataire) in autre.couples:
            yield lieu, prestataire


def restreint(perimetre: Perimetre, siren: str | None) -> Perimetre:
    """What a perimeter covers of one organisation; of the portefeuilles of the OPCO without SIREN."""
    if siren is None:
        return Perimetre(portefeuilles=perimetre.portefeuilles)
    return Perimetre(
        sirens=perimetre.sirens & {siren},
        sirets=frozenset(siret for siret in perimetre.sirets if siret.startswith(siren)),
        prestataires=perimetre.prestataires & {siren},
        couples=frozenset(couple for couple in perimetre.couples if couple[0].startswith(siren)),
    )


def droits_de(acteur: Acteur, liste: Liste, siren: str | None) -> dict[str, Perimetre]:
    """Everything by which the actor reads that list there and takes it out, by name; what is empty is left out."""
    exporte = ActeurQuiExporte(acteur, siren)
    tenus = {}
    for domaine in liste.domaines:
        tenus[domaine.value] = exporte.perimetre(Droit(domaine, Niveau.LECTURE))
        for code in sorted(acteur.dispositifs_restreints(domaine)):
            tenus[f"{domaine.value}/{code}"] = exporte.perimetre(Droit(domaine, Niveau.LECTURE, code))
    return {nom: perimetre for nom, perimetre in tenus.items() if perimetre}


def en_json(droits: Mapping[str, Perimetre]) -> dict[str, Any]:
    """The same, as it is kept beside the file."""
    return {
        nom: {
            "sirens": sorted(p.sirens),
            "sirets": sorted(p.sirets),
            "prestataires": sorted(p.prestataires),
            "portefeuilles": sorted(str(i) for i in p.portefeuilles),
            "couples": sorted(list(couple) for couple in p.couples),
        }
        for nom, p in droits.items()
    }


def de_json(garde: Mapping[str, Any]) -> dict[str, Perimetre]:
    """What was kept."""
    return {
        nom: Perimetre(
            sirens=frozenset(p["sirens"]),
            sirets=frozenset(p["sirets"]),
            prestataires=frozenset(p["prestataires"]),
            portefeuilles=frozenset(UUID(i) for i in p["portefeuilles"]),
            couples=frozenset((lieu, prestataire) for lieu, prestataire in p["couples"]),
        )
        for nom, p in garde.items()
    }


def ont_diminue(avant: Mapping[str, Perimetre], maintenant: Mapping[str, Perimetre]) -> bool:
    """Whether something that was held is not any more."""
    return any(p.sauf(commun(p, maintenant.get(nom, Perimetre()))) for nom, p in avant.items())
