"""« À faire »: what each app derives for one person, in one place or for all her clients. Never stored."""

from dataclasses import dataclass
from datetime import date

from django.core.cache import caches

from jalon.banque.requetes import a_faire as comptes_a_verifier
from jalon.banque.requetes import comptes_a_confirmer
from jalon.contrats.requetes import a_faire as avenants_a_faire
from jalon.contrats.requetes import ruptures_a_faire
from jalon.dossiers.requetes import a_faire as dossiers_a_faire
from jalon.dossiers.requetes import messages_a_lire
from jalon.dossiers.requetes.clients import attentes_par_siren
from jalon.facturation.requetes import a_faire as factures_a_faire
from jalon.facturation.requetes import trop_percus_a_faire
from jalon.facturation.requetes.a_facturer import taches_du_beneficiaire
from jalon.facturation.requetes.clients import a_facturer_par_siren, rejetees_par_siren
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.requetes.preparations import a_faire as preparations_a_faire
from jalon.habilitations.requetes.taches import a_faire as acces_a_faire
from jalon.habilitations.requetes.taches import a_faire_opco
from jalon.instruction.requetes import a_faire as instructions_a_faire
from jalon.instruction.requetes import regularisations_a_faire, sollicitations
from jalon.reglements.requetes import a_faire as virements_a_faire
from jalon.socle.acteurs import FAMILLES, Domaine, Droit, Niveau, Pouvoir, Tache
from jalon.socle.dates import jour_de_paris

MEMOIRE_DU_NOMBRE = 60
"""Seconds that the figure of the header is kept: the page of tasks itself is always derived again."""


def taches_du_lieu(entier: ActeurPersonne, siren: str) -> list[Tache]:
    """What the person must do there; nothing for who only looks, whom the pages tell so."""
    if entier.regarde_seulement:
        return []
    acteur, jour = entier.sur(siren), jour_de_paris(entier.maintenant)
    taches = list(acces_a_faire(acteur, siren))
    if any(_tient(acteur, siren, d, Niveau.LECTURE) for d in FAMILLES):
        taches += [*dossiers_a_faire(acteur, siren), *messages_a_lire(acteur, siren, jour)]
    if _tient(acteur, siren, Domaine.ALTERNANCE, Niveau.GESTION):
        taches += ruptures_a_faire(acteur, siren)
    if _tient(acteur, siren, Domaine.FACTURES, Niveau.ENVOI):
        taches += [*factures_a_faire(acteur, siren, jour), *trop_percus_a_faire(acteur, siren, jour)]
    if _tient(acteur, siren, Domaine.RIB, Niveau.GESTION):
        taches += comptes_a_confirmer(acteur, siren, acteur.maintenant)
    return taches


def _tient(acteur: ActeurPersonne, siren: str, domaine: Domaine, niveau: Niveau) -> bool:
    return acteur.a_un_droit(siren, Droit(domaine, niveau))


def taches_de_l_opco(acteur: ActeurPersonne) -> list[Tache]:
    """What waits for somebody of the OPCO, by her powers; the contact form is beside."""
    jour, taches = jour_de_paris(acteur.maintenant), list[Tache]()
    if acteur.portefeuilles(Pouvoir.INSTRUIRE):
        taches += [*instructions_a_faire(acteur, jour), *sollicitations(acteur)]
    if acteur.portefeuilles(Pouvoir.DECIDER):
        taches += [*avenants_a_faire(acteur), *regularisations_a_faire(acteur)]
    if acteur.portefeuilles(Pouvoir.CONFIRMER_NOMINATION):
        taches += a_faire_opco(acteur)
    if acteur.portefeuilles(Pouvoir.TRAITER_FACTURES):
        taches += [*factures_a_faire(acteur, None, jour), *trop_percus_a_faire(acteur, None, jour)]
        taches += comptes_a_verifier(acteur, acteur.maintenant)
    if acteur.portefeuilles(Pouvoir.DECIDER_A_DEUX):
        taches += preparations_a_faire(acteur, acteur.maintenant)
    return [*taches, *virements_a_faire(acteur, acteur.maintenant)]


def taches_des_clients(acteur: ActeurPersonne, mandataire: str) -> list[Tache]:
    """The first due of each kind, across the clients that the person follows for that cabinet: bounded, whatever their number."""
    if acteur.regarde_seulement:
        return []
    clients = {lien.siren for lien in acteur.clients(mandataire)}
    taches = [*dossiers_a_faire(acteur), *taches_du_beneficiaire(acteur, None, jour_de_paris(acteur.maintenant))]
    return [t for t in taches if dict(t.parametres).get("siren") in clients]


@dataclass(frozen=True, slots=True)
class Attentes:
    """What waits at the clients of a cabinet, all together."""

    a_completer: int = 0
    brouillons: int = 0
    a_facturer: int = 0
    rejetees: int = 0

    @property
    def total(self) -> int:
        """Everything."""
        return self.a_completer + self.brouillons + self.a_facturer + self.rejetees


def attentes_des_clients(acteur: ActeurPersonne, mandataire: str, jour: date) -> Attentes:
    """Counted over all of them: four queries, whatever their number."""
    clients = {lien.siren for lien in acteur.clients(mandataire)}
    attentes = attentes_par_siren(acteur)
    a_facturer, rejetees = a_facturer_par_siren(acteur, jour), rejetees_par_siren(acteur)
    return Attentes(
        a_completer=sum(n.get("a_completer", 0) for s, n in attentes.items() if s in clients),
        brouillons=sum(n.get("brouillon", 0) for s, n in attentes.items() if s in clients),
        a_facturer=sum(n for s, n in a_facturer.items() if s in clients),
        rejetees=sum(n for s, n in rejetees.items() if s in clients),
    )


def nombre_de_taches(acteur: ActeurPersonne, siren: str) -> int:
    """The figure of the header: up to a minute old, by person and place, so that no page waits for it."""
    connu = nombre_connu(acteur, siren)
    if connu is None:
        connu = len(taches_du_lieu(acteur, siren))
        retenir_le_nombre(acteur, siren, connu)
    return connu


def nombre_connu(acteur: ActeurPersonne, siren: str) -> int | None:
    """The figure, if it was counted less than a minute ago in this process."""
    connu: int | None = caches["processus"].get(_cle(acteur, siren))
    return connu


def retenir_le_nombre(acteur: ActeurPersonne, siren: str, nombre: int) -> None:
    """A page that derived the tasks gives the header its figure."""
    caches["processus"].set(_cle(acteur, siren), nombre, MEMOIRE_DU_NOMBRE)


def _cle(acteur: ActeurPersonne, siren: str) -> str:
    return f"taches-{acteur.personne.pk}-{siren}-{acteur.regarde_seulement:d}"
