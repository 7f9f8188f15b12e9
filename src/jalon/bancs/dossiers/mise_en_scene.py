"""From an empty, migrated database to a scene: requests, people, sessions, complete drafts."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from jalon.bancs.dossiers import distribution
from jalon.bancs.dossiers.chargement import Suivi, charger_dossiers
from jalon.bancs.dossiers.envois import preparer_envois
from jalon.bancs.dossiers.lignes import numero_de
from jalon.bancs.dossiers.mots import COURANT, RARE
from jalon.bancs.dossiers.population import CONSEILLERE, PART_CONSEILLERE, Groupe, Population, peupler, portefeuille_id
from jalon.bancs.dossiers.scene import Acteur, Scene
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.socle import horloge

ADRESSE_ENTREPRISE = "entreprise@banc.example"
ADRESSE_GRANDE = "grande@banc.example"


def mettre_en_scene(url: str, proprietaire: str, nombre: int, *, processus: int, envois: int, suivi: Suivi) -> Scene:
    """Load `nombre` requests and everybody who looks at them; the database must be migrated and hold none.

    `url` is that of the application's role, for the loading processes, `proprietaire` that of the owner of the tables; `envois` drafts are made ready to be sent.
    """
    maintenant = horloge.maintenant()
    secondes = charger_dossiers(url, proprietaire, nombre, maintenant, processus=processus, suivi=suivi)
    population = peupler(nombre)
    with transaction.atomic():
        louise = distribution.administratrice(population.expeditrice, "expeditrice@banc.example", maintenant)
        prets = preparer_envois(population, ActeurPersonne(louise, maintenant), envois, maintenant)
        siren = population.expeditrice.siren
        return Scene(
            nombre=nombre,
            chargement=secondes,
            acteurs=_acteurs(population, maintenant),
            expeditrice=Acteur(
                "entreprise qui transmet", distribution.ouvrir_seance(louise), *_espace(siren), ("siren", (siren,))
            ),
            envois=tuple(reverse("saisie_transmettre", args=[siren, pk]) for pk in prets),
            rare=RARE,
            courant=COURANT,
        )


def _acteurs(population: Population, maintenant: datetime) -> tuple[Acteur, ...]:
    return (
        *_entreprises(population, maintenant), *_cabinets(population, maintenant), _conseillere(population, maintenant),
        _prestataire(population, maintenant),
    )  # fmt: skip


def _numero(population: Population, groupe: int, maintenant: datetime) -> str:
    return numero_de(population, population.plus_ancien(groupe), maintenant)


def _entreprises(population: Population, maintenant: datetime) -> tuple[Acteur, Acteur]:
    """An ordinary one, then the one that files a request in a hundred."""
    ordinaire, grande = population.entreprise, population.grande
    aline = distribution.administratrice(ordinaire, ADRESSE_ENTREPRISE, maintenant)
    ines = distribution.administratrice(grande, ADRESSE_GRANDE, maintenant)
    return (
        Acteur(
            f"entreprise de {ordinaire.dossiers} dossiers",
            distribution.ouvrir_seance(aline),
            *_espace(ordinaire.siren),
            critere=("siren", (ordinaire.siren,)),
            numero=_numero(population, Groupe.ENTREPRISE, maintenant),
        ),
        Acteur(
            "grande entreprise",
            distribution.ouvrir_seance(ines),
            *_espace(grande.siren),
            critere=("siren", (grande.siren,)),
            numero=_numero(population, Groupe.GRANDE, maintenant),
        ),
    )


def _cabinets(population: Population, maintenant: datetime) -> tuple[Acteur, Acteur]:
    """Attached to each of its clients, then by mandates."""
    chloe = distribution.comptable(population, maintenant)
    nora = distribution.grand_cabinet(population, maintenant)
    return (
        Acteur(
            f"cabinet de {len(population.clientes)} SIREN",
            distribution.ouvrir_seance(chloe),
            reverse("mes_dossiers"),
            reverse("espace_accueil", args=[population.clientes[0].siren]),
            critere=("siren", tuple(e.siren for e in population.clientes)),
            numero=_numero(population, Groupe.CABINET, maintenant),
            choix=reverse("accueil"),
        ),
        Acteur(
            f"cabinet de {len(population.mandantes)} clients par mandat",
            distribution.ouvrir_seance(nora),
            reverse("mes_dossiers"),
            reverse("espace_accueil", args=[population.mandantes[0].siren]),
            critere=("siren", tuple(e.siren for e in population.mandantes)),
            choix=reverse("espace_clients", args=[population.grand_cabinet.siren]),
        ),
    )


def _conseillere(population: Population, maintenant: datetime) -> Acteur:
    emma = distribution.conseillere(maintenant)
    return Acteur(
        f"conseillère de {population.nombre // PART_CONSEILLERE} dossiers",
        distribution.ouvrir_seance(emma),
        reverse("opco_dossiers"),
        reverse("opco_accueil"),
        critere=("portefeuille_id", (str(portefeuille_id(CONSEILLERE)),)),
        numero=_numero(population, Groupe.CONSEILLERE, maintenant),
    )


def _prestataire(population: Population, maintenant: datetime) -> Acteur:
    driss = distribution.prestataire(population, maintenant)
    return Acteur(
        "prestataire",
        distribution.ouvrir_seance(driss),
        *_espace(population.prestataire.siren),
        critere=("prestataire_siren", (population.prestataire.siren,)),
    )


def _espace(siren: str) -> tuple[str, str]:
    return reverse("espace_dossiers", args=[siren]), reverse("espace_accueil", args=[siren])
