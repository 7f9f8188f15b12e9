"""`jalon banc stagiaires`: a request of 2,000 people: one box kept, its pages, its sending, its document and what the adviser sees.

Everything happens in one transaction that is given up: nothing stays in the database. Beside each time, the same of a request of
twenty people: what does not grow with the list.
"""

import json
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from statistics import median

import click
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jalon.bancs.dossiers.distribution import administratrice, ouvrir_seance
from jalon.bancs.dossiers.population import Entite
from jalon.bancs.saisie import NOMS_DES_CASES
from jalon.dispositifs.base import LIGNES
from jalon.dispositifs.lecture import differences, recapituler, verifier
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions import creer_brouillon, enregistrer_section
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import contexte_de, dossier_accessible, reponses_a_juger
from jalon.editions.composition import composer_recapitulatif
from jalon.editions.documents import Emetteur, Recapitulatif, RubriqueRecap
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.organisations.models import Etablissement, Organisation
from jalon.socle import horloge

SIRET = "13002526500013"
PEU = 20
OBJECTIF = 2000
"""Milliseconds of server, at the 95th percentile, to keep one change."""
SECTION = "stagiaires"
LETTRES = "abcdefghijklmnopqrstuvwxyz"
SECTIONS: dict[str, dict[str, object]] = {
    "organisme": {"interne": "oui"},
    "action": {
        "intitule": "Sécurité au travail", "objectifs": "Prévenir les accidents", "type_action": "formation", "theme": "metier",
        "certification": "aucune", "date_debut": "01/03/2027", "date_fin": "05/03/2027", "duree_heures": "14", "nombre_jours": "2",
        "modalite": "presentiel", "lieu": "Annecy",
    },
    "couts": {"cout_pedagogique": "40000", "salaires_demandes": "oui", "frais_demandes": "non"},
}  # fmt: skip


@click.command("stagiaires")
@click.option("--fois", default=30, show_default=True, type=click.IntRange(20, 500), help="Enregistrements mesurés.")
@click.option("--nombre", default=2000, show_default=True, type=click.IntRange(21, 2000), help="Salariés du grand dossier.")
def commande(fois: int, nombre: int) -> None:
    """Enregistre un changement dans un dossier de 2 000 salariés, l’affiche, le vérifie et le compose."""
    with transaction.atomic():
        pires = [_mesurer(taille, fois) for taille in (PEU, nombre)]
        transaction.set_rollback(True)
    verdict = "atteint" if pires[-1] <= OBJECTIF else "manqué"
    click.echo(f"Objectif de {OBJECTIF} ms {verdict}.")


def _personnes(nombre: int) -> list[dict[str, str]]:
    """So many different people, each with a NIR that is right."""
    lignes = []
    for n in range(nombre):
        debut = f"29507741{n:05d}"
        lignes.append({
            "nom_naissance": f"Exemple {LETTRES[n // 676 % 26]}{LETTRES[n // 26 % 26]}{LETTRES[n % 26]}", "prenom": "Zoé",
            "date_naissance": "07/07/1995", "sexe": "F", "nir": f"{debut}{97 - int(debut) % 97:02d}", "categorie": "employe",
            "niveau": "4", "type_contrat": "cdi", "rqth": "non", "heures": "14", "salaire_horaire": "18,50",
        })  # fmt: skip
    return lignes


def _preparer(nombre: int) -> tuple[Dossier, ActeurPersonne, Client]:
    """A draft of so many people, and somebody of its company signed in."""
    maintenant, siren = horloge.maintenant(), SIRET[:9]
    Organisation.objects.update_or_create(siren=siren, defaults={"denomination": "HOTEL DU LAC", "idcc": "1979"})
    Etablissement.objects.update_or_create(siret=SIRET, defaults={"code_postal": "74000", "commune": "ANNECY"})
    hotel = Entite(siren, "Hôtel du Lac", groupe=0, portefeuille=1, dossiers=1, lieux=((SIRET, "Annecy"),))
    louise = administratrice(hotel, f"stagiaires{nombre}@banc.example", maintenant)
    par = ActeurPersonne(louise, maintenant)
    dossier = creer_brouillon(dispositif="action_formation", siren=siren, siret=SIRET, par=par, maintenant=maintenant)
    entreprise = {**dossier.reponses["entreprise"]["valeurs"], "effectif": "2100", "contact_nom": "Louise Essai"}
    sections = SECTIONS | {
        "entreprise": {**entreprise, "contact_courriel": "louise@banc.example"}, SECTION: {LIGNES: _personnes(nombre)},
    }  # fmt: skip
    for section, valeurs in sections.items():
        version = dossier.reponses.get(section, {"version": 0})["version"]
        dossier = enregistrer_section(
            dossier_id=dossier.pk, section=section, version=version, valeurs=valeurs, par=par, maintenant=maintenant
        ).dossier
    navigateur = Client(SERVER_NAME="localhost")
    navigateur.cookies["jalon_seance"] = ouvrir_seance(louise)
    return dossier, par, navigateur


def _mesurer(nombre: int, fois: int) -> float:
    """Milliseconds at the 95th percentile to keep one change."""
    dossier, par, navigateur = _preparer(nombre)
    octets = len(json.dumps(dossier.reponses))
    click.echo(f"{nombre} salariés, réponses de {octets / 1000:.0f} ko")
    p95 = _enregistrements(navigateur, dossier, fois)
    for nom, adresse in (("rubrique", [SECTION]), ("vérifier", [])):
        url = reverse("saisie_section" if adresse else "saisie_verifier", args=[dossier.siren, dossier.pk, *adresse])
        _dire(nom, partial(_page, navigateur, url))
    lu = dossier_accessible(dossier.pk, par)
    declaration, reponses, contexte = (
        dispositif_de(lu.dispositif),
        reponses_a_juger(lu, par),
        contexte_de(lu, horloge.maintenant()),
    )
    verification = verifier(declaration, reponses, contexte)
    _dire("contrôles", lambda: verifier(declaration, reponses, contexte))
    contenu = verification.contenu
    if contenu is None:
        raise click.ClickException(f"Le dossier d’essai ne se lit pas\u00a0: {verification.bloquantes[0].message}.")
    autre = contenu.model_copy(update={SECTION: tuple(reversed(getattr(contenu, SECTION)))})
    _dire("différences, liste renversée", lambda: differences(declaration, contenu, autre))
    rubriques = tuple(
        RubriqueRecap(r.titre, tuple((li.case.libelle, li.texte) for li in r.lignes)) for r in recapituler(declaration, contenu)
    )
    document = Recapitulatif(
        emetteur=Emetteur(nom="Banc", site="http://localhost", telephone=""), intitule=declaration.libelle, reference="BANC",
        meta=(), rubriques=rubriques,
    )  # fmt: skip
    _dire("récapitulatif PDF", lambda: composer_recapitulatif(document, date_document=date(2026, 11, 28)), fois=1)
    return p95


def _page(navigateur: Client, url: str) -> bytes:
    return navigateur.get(url).content


def _dire(nom: str, acte: Callable[[], object], fois: int = 5) -> None:
    """Median of a few, and the size of what comes out of it."""
    durees, fait = [], None
    for _ in range(fois):
        debut = time.perf_counter()
        fait = acte()
        durees.append((time.perf_counter() - debut) * 1000)
    taille = f", {len(fait) / 1000:.0f} ko" if isinstance(fait, bytes) else ""
    click.echo(f"  {nom}\u00a0: médiane {median(durees):.0f} ms{taille}")


def _enregistrements(navigateur: Client, dossier: Dossier, fois: int) -> float:
    adresse = reverse("saisie_enregistrer", args=[dossier.siren, dossier.pk, SECTION])
    gardee = dossier.reponses[SECTION]
    page = navigateur.get(reverse("saisie_section", args=[dossier.siren, dossier.pk, SECTION])).content.decode()
    ouverte = {**gardee["valeurs"][LIGNES][0], "nir": _personnes(1)[0]["nir"]}
    apres = str(len(gardee["valeurs"][LIGNES]) - 1)
    envoi = {"_cases": NOMS_DES_CASES.findall(page)[0], "_depart": "0", "_apres": apres, "_rangs": "0"}
    envoi |= {f"{SECTION}-0-{nom}": texte for nom, texte in ouverte.items()}
    durees = []
    for rang in range(fois):
        change = {
            f"{SECTION}-0-heures": str(7 + rang % 2),
            "_case": f"{SECTION}-0-heures",
            "version": str(gardee["version"] + rang),
        }
        debut = time.perf_counter()
        reponse = navigateur.post(adresse, envoi | change, headers={"HX-Request": "true"})
        durees.append((time.perf_counter() - debut) * 1000)
        if reponse.status_code != 200:
            raise click.ClickException(f"{adresse} répond {reponse.status_code} au {rang + 1}e enregistrement.")
    with CaptureQueriesContext(connection) as vues:
        change["version"] = str(gardee["version"] + fois)
        navigateur.post(adresse, envoi | change | {f"{SECTION}-0-heures": "9"}, headers={"HX-Request": "true"})
    durees.sort()
    p95 = durees[len(durees) * 95 // 100]
    click.echo(
        f"  enregistrer une case\u00a0: médiane {median(durees):.0f} ms, 95\u00a0% sous {p95:.0f} ms, {len(vues)} requêtes SQL, "
        f"réponse de {len(reponse.content) / 1000:.0f} ko"
    )
    return p95
