"""The quick accesses of a home: ready-made, hers, shared; in her order, ten at most, each with its count."""

from dataclasses import dataclass
from datetime import date

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle.acteurs import Profil
from jalon.socle.listes import Compte, Liste, liste
from jalon.vues.enums import Public
from jalon.vues.models import PlaceDeCarte, VueEnregistree
from jalon.vues.pretes import VuePrete, pretes
from jalon.vues.regles import CARTES_AU_PLUS, Lieu, parametres_de
from jalon.vues.requetes.comptes import compter_vue
from jalon.vues.requetes.vues import peut_retirer_le_partage, voit_la_liste, vues_du_lieu


@dataclass(frozen=True, slots=True, kw_only=True)
class Acces:
    """A quick access as one person has it in one place. `partagee_par`: the colleague whose it is; empty when it is hers or
    ready-made. `retirable`: she administers, and may stop the sharing."""

    cle: str
    nom: str
    icone: str
    liste: Liste
    parametres: str
    lieu: Lieu
    affichee: bool
    alerte: bool
    urgente: bool = False
    vue: VueEnregistree | None = None
    partagee_par: str = ""
    retirable: bool = False

    @property
    def mienne(self) -> bool:
        """Whether she may rename and delete it."""
        return self.vue is not None and not self.partagee_par


@dataclass(frozen=True, slots=True)
class Carte:
    """A quick access with its count that day; `refus`: what its filters no longer mean, a sentence each, and then no count."""

    acces: Acces
    compte: Compte | None
    refus: tuple[str, ...] = ()

    @property
    def alerte(self) -> bool:
        """Whether its figure waits for the reader."""
        return self.acces.urgente and self.compte is not None and self.compte.nombre > 0


def acces_du_lieu(acteur: ActeurPersonne, lieu: Lieu, jour: date) -> list[Acces]:
    """All of them, hidden ones included, in her order: where she put none, ready-made first, then hers, then shared. Two queries."""
    places = {p.cle: p for p in PlaceDeCarte.objects.filter(personne_id=acteur.personne_montree.pk, lieu=lieu.cle)}
    connus = [_prete(v, lieu, jour, places) for v in pretes(publics_de(acteur, lieu)) if _montrable(acteur, v, lieu)]
    connus += [_vue(acteur, v, lieu, places) for v in vues_du_lieu(acteur, lieu)]
    rangs = {a.cle: (places[a.cle].ordre if a.cle in places else len(places) + rang) for rang, a in enumerate(connus)}
    return sorted(connus, key=lambda a: rangs[a.cle])


def publics_de(acteur: ActeurPersonne, lieu: Lieu) -> frozenset[Public]:
    """The kinds of home of that place."""
    if lieu.opco:
        return frozenset({Public.OPCO})
    if not lieu.siren:
        return frozenset({Public.CABINET})
    cotes = {Profil.ADHERENT: Public.ENTREPRISE, Profil.PRESTATAIRE: Public.PRESTATAIRE}
    return frozenset(cotes[p] for p in acteur.profils(lieu.siren))


def _montrable(acteur: ActeurPersonne, prete: VuePrete, lieu: Lieu) -> bool:
    connue = liste(prete.liste)
    return connue is not None and voit_la_liste(acteur, connue, lieu)


def _prete(prete: VuePrete, lieu: Lieu, jour: date, places: dict[str, PlaceDeCarte]) -> Acces:
    place = places.get(prete.cle)
    return Acces(
        cle=prete.cle,
        nom=prete.nom,
        icone=prete.icone,
        liste=_connue(prete.liste),
        parametres=prete.parametres(jour),
        lieu=lieu,
        affichee=place is None or place.affichee,
        alerte=place is not None and place.alerte,
        urgente=prete.urgente,
    )


def _vue(acteur: ActeurPersonne, vue: VueEnregistree, lieu: Lieu, places: dict[str, PlaceDeCarte]) -> Acces:
    """One that holds everywhere is on the home of one space only when it was put there."""
    place = places.get(str(vue.pk))
    sienne = vue.proprietaire_id == acteur.personne_montree.pk
    return Acces(
        cle=str(vue.pk),
        nom=vue.nom,
        icone=vue.icone,
        liste=_connue(vue.liste),
        parametres=vue.parametres,
        lieu=vue.lieu,
        affichee=place.affichee if place is not None else vue.lieu == lieu,
        alerte=place is not None and place.alerte,
        vue=vue,
        partagee_par="" if sienne else vue.proprietaire.nom_complet,
        retirable=not sienne and peut_retirer_le_partage(acteur, vue),
    )


def _connue(code: str) -> Liste:
    connue = liste(code)
    if connue is None:
        raise LookupError(f"liste non déclarée : {code}")
    return connue


def cartes_de_l_accueil(acteur: ActeurPersonne, lieu: Lieu, jour: date) -> list[Carte]:
    """The first ten that she has on her home, counted within her own rights."""
    affichees = [a for a in acces_du_lieu(acteur, lieu, jour) if a.affichee]
    return [carte_de(acteur, a, jour) for a in affichees[:CARTES_AU_PLUS]]


def carte_de(acteur: ActeurPersonne, acces: Acces, jour: date) -> Carte:
    """One of them, counted; not counted when its filters say nothing any more."""
    lecture = acces.liste.lire(parametres_de(acces.parametres), jour)
    if lecture.refus:
        return Carte(acces, None, lecture.refus)
    return Carte(acces, compter_vue(acteur, acces, lecture, jour))
