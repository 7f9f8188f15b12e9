"""Whose digest is due, and what it says, read again with the rights of the moment."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jalon.comptes import jetons
from jalon.comptes.models import Personne
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.dates import jour_de_paris
from jalon.socle.identifiants import grouper
from jalon.vues.enums import Rythme
from jalon.vues.models import PreferenceRecapitulatif, Recapitulatif
from jalon.vues.regles import periode_due
from jalon.vues.requetes.taches import Attentes, attentes_des_clients, taches_de_l_opco, taches_du_lieu

ESPACES_AU_PLUS = 20
"""Places of her own that one mail tells; clients are told all together."""
_SEL = "recapitulatif"


@dataclass(frozen=True, slots=True)
class LigneRecapitulatif:
    """A place, how many tasks wait there, how many are late."""

    nom: str
    nombre: int
    en_retard: int


@dataclass(frozen=True, slots=True)
class ContenuRecapitulatif:
    """What a digest says: figures and names of organisations, nothing else."""

    lignes: tuple[LigneRecapitulatif, ...]
    clients: Attentes

    @property
    def vide(self) -> bool:
        """Whether there is nothing to say: then nothing is sent."""
        return not (self.lignes or self.clients.total)

    @property
    def total(self) -> int:
        """Every task told."""
        return sum(ligne.nombre for ligne in self.lignes) + self.clients.total


def rythme_de(personne_id: UUID) -> Rythme:
    """What she asked; never, until she does."""
    preference = PreferenceRecapitulatif.objects.filter(personne_id=personne_id).first()
    return Rythme(preference.rythme) if preference is not None else Rythme.JAMAIS


def a_prevenir(jour: date) -> list[tuple[UUID, str]]:
    """(person, period) of the digests due that day and not prepared yet. One query."""
    dues = {rythme: periode for rythme in Rythme if (periode := periode_due(rythme, jour))}
    faits = Recapitulatif.objects.filter(periode__in=dues.values()).values_list("personne_id", "periode")
    deja = set(faits)
    voulus = PreferenceRecapitulatif.objects.filter(
        rythme__in=list(dues), personne__is_active=True, personne__suspendue_le__isnull=True
    ).values_list("personne_id", "rythme")
    attendus = [(personne_id, dues[Rythme(rythme)]) for personne_id, rythme in voulus.order_by("personne_id")]
    return [a for a in attendus if a not in deja]


def contenu_de(personne: Personne, maintenant: datetime) -> ContenuRecapitulatif:
    """What waits for that person now."""
    acteur = ActeurPersonne(personne, maintenant)
    jour = jour_de_paris(maintenant)
    return ContenuRecapitulatif(tuple(_lignes(acteur, jour)), _clients(acteur, jour))


def _lignes(acteur: ActeurPersonne, jour: date) -> list[LigneRecapitulatif]:
    sirens = list(dict.fromkeys(r.siren for r in acteur.rattachements if not r.mandataire))[:ESPACES_AU_PLUS]
    noms = noms_des_organisations(sirens) if sirens else {}
    par_lieu = [(noms.get(s) or f"SIREN {grouper(s)}", taches_du_lieu(acteur, s)) for s in sirens]
    if acteur.roles_opco:
        par_lieu.append(("OPCO", taches_de_l_opco(acteur)))
    return [
        LigneRecapitulatif(nom, len(taches), sum(1 for t in taches if t.echeance is not None and t.echeance < jour))
        for nom, taches in par_lieu
        if taches
    ]


def _clients(acteur: ActeurPersonne, jour: date) -> Attentes:
    cabinet = next((r.mandataire for r in acteur.rattachements if r.mandataire), "")
    return attentes_des_clients(acteur, cabinet, jour) if cabinet else Attentes()


def jeton_d_arret(personne_id: UUID) -> str:
    """What the link of a digest carries: it stops that digest, and opens nothing."""
    return jetons.jeton_d_arret(personne_id, _SEL)


def personne_du_jeton(jeton: str) -> Personne:
    """Raises Introuvable: a link that we did not write, an account that is gone."""
    return jetons.personne_du_jeton(jeton, _SEL)
