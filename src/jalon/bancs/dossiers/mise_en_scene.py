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


def mettre_en_scene(url: str, nombre: int, *, processus: int, envois: int, suivi: Suivi) -> Scene:
    """Load `nombre` requests and everybody who looks at them; the database must be migrated and hold none.

    `url` is that of the application's role, for the loading processes; `envois` drafts are made ready to be sent.
    """
    maintenant = horloge.maintenant()
    secondes = charger_dossiers(url, nombre, maintenant, processus=processus, suivi=suivi)
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
    def numero(groupe: int) -> str:
        return numero_de(population, population.plus_ancien(groupe), maintenant)

    aline = distribution.administratrice(population.entreprise, ADRESSE_ENTREPRISE, maintenant)
    chloe = distribution.comptable(population, maintenant)
    nora = distribution.grand_cabinet(population, maintenant)
    emma = distribution.conseillere(maintenant)
    driss = distribution.prestataire(population, maintenant)
    seance, suivis = distribution.ouvrir_seance, population.nombre // PART_CONSEILLERE
    return (
        Acteur(
            f"entreprise de {population.entreprise.dossiers} dossiers",
            seance(aline),
            *_espace(population.entreprise.siren),
            critere=("siren", (population.entreprise.siren,)),
            numero=numero(Groupe.ENTREPRISE),
        ),
        Acteur(
            f"cabinet de {len(population.clientes)} SIREN",
            seance(chloe),
            reverse("mes_dossiers"),
            reverse("espace_accueil", args=[population.clientes[0].siren]),
            critere=("siren", tuple(e.siren for e in population.clientes)),
            numero=numero(Groupe.CABINET),
            choix=reverse("accueil"),
        ),
        Acteur(
            f"cabinet de {len(population.mandantes)} clients par mandat",
            seance(nora),
            reverse("mes_dossiers"),
            reverse("espace_accueil", args=[population.mandantes[0].siren]),
            critere=("siren", tuple(e.siren for e in population.mandantes)),
            choix=reverse("espace_clients", args=[population.grand_cabinet.siren]),
        ),
        Acteur(
            f"conseillère de {suivis} dossiers",
            seance(emma),
            reverse("opco_dossiers"),
            reverse("opco_accueil"),
            critere=("portefeuille_id", (str(portefeuille_id(CONSEILLERE)),)),
            numero=numero(Groupe.CONSEILLERE),
        ),
        Acteur(
            "prestataire",
            seance(driss),
            *_espace(population.prestataire.siren),
            critere=("prestataire_siren", (population.prestataire.siren,)),
        ),
    )


def _espace(siren: str) -> tuple[str, str]:
    return reverse("espace_dossiers", args=[siren]), reverse("espace_accueil", args=[siren])
