"""The lists as pages show them: requests, drafts, invoices, payments."""

from typing import Any

from django.http import HttpRequest

from jalon.dispositifs.registre import DISPOSITIFS
from jalon.dossiers.enums import EN_EXECUTION, LIBELLES_ETATS, EtatDossier
from jalon.dossiers.listes import BROUILLONS, DOSSIERS
from jalon.dossiers.requetes import comptes_par_etat, liste_dossiers
from jalon.dossiers.requetes.filtre import ETATS_FILTRABLES, MOI, PERSONNE
from jalon.facturation.enums import LIBELLES_ETATS as ETATS_DES_FACTURES
from jalon.facturation.enums import LIBELLES_GENRES
from jalon.facturation.listes import FACTURES
from jalon.facturation.requetes import liste_factures
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.instruction.listes import FILE
from jalon.instruction.requetes.file import ETATS as ETATS_DE_LA_FILE
from jalon.instruction.requetes.file import SUIVIS
from jalon.messagerie.enums import Cote
from jalon.reglements.listes import REGLEMENTS
from jalon.reglements.requetes import reglements_visibles
from jalon.socle.acteurs import Acteur
from jalon.socle.filtres import Fourchette, Periode
from jalon.web.composants.listes import Critere, Ecran, Vue, adresse, contexte_commun, pages_de, parametres
from jalon.web.composants.moment import ce_jour

VUES = ("", EtatDossier.A_COMPLETER.value, EtatDossier.EN_INSTRUCTION.value, EtatDossier.ACCORDE.value, EN_EXECUTION)
NOMS_DES_DISPOSITIFS = {code: d.nom for code, d in sorted(DISPOSITIFS.items(), key=lambda paire: paire[1].nom)}


def _etat(libelles: dict[str, str]) -> Critere:
    return Critere(nom="etat", libelle="État", lu=lambda f: f.etats, choix=libelles)


def _periode(nom: str, libelle: str, champ: str) -> tuple[Critere, Critere]:
    def borne(cote: str) -> Any:
        def lire(filtre: Any) -> Any:
            periode: Periode = getattr(filtre, champ)
            return getattr(periode, cote)

        return lire

    return (
        Critere(nom=f"{nom}_du", libelle=f"{libelle} à partir du", lu=borne("du"), genre="date"),
        Critere(nom=f"{nom}_au", libelle=f"{libelle} jusqu’au", lu=borne("au"), genre="date"),
    )


def _fourchette(nom: str, libelle: str) -> tuple[Critere, Critere]:
    def borne(cote: str) -> Any:
        def lire(filtre: Any) -> Any:
            montants: Fourchette = filtre.montant
            return getattr(montants, cote)

        return lire

    return (
        Critere(nom=f"{nom}_min", libelle=f"{libelle}, au moins", lu=borne("mini")),
        Critere(nom=f"{nom}_max", libelle=f"{libelle}, au plus", lu=borne("maxi")),
    )


DISPOSITIF = Critere(nom="dispositif", libelle="Dispositif", lu=lambda f: f.dispositif, choix=NOMS_DES_DISPOSITIFS)
LIEU = Critere(nom="siret", libelle="SIREN ou SIRET", lu=lambda f: f.siret)

ECRAN_DOSSIERS = Ecran(
    liste=DOSSIERS,
    objet="dossier",
    tete=("titre", "numero", "reference_interne"),
    aide="Nom, numéro, SIRET, formation",
    criteres=(DISPOSITIF, _etat(ETATS_FILTRABLES)),
    autres=(
        LIEU,
        Critere(nom="prestataire", libelle="SIREN de l’organisme", lu=lambda f: f.prestataire),
        *_periode("depot", "Déposé", "depot"),
        *_periode("debut", "Début", "debut"),
    ),
)
ECRAN_FILE = Ecran(
    liste=FILE,
    objet="dossier",
    tete=("titre", "numero"),
    aide="Nom, numéro, SIRET, formation",
    criteres=(DISPOSITIF, _etat(ETATS_DE_LA_FILE)),
    autres=(
        Critere(nom="suivi", libelle="Instruit par", lu=lambda f: f.suivi, choix=SUIVIS),
        LIEU,
        Critere(nom="prestataire", libelle="SIREN de l’organisme", lu=lambda f: f.prestataire),
        *_periode("depot", "Déposé", "depot"),
    ),
)
ECRAN_BROUILLONS = Ecran(
    liste=BROUILLONS,
    objet="dossier",
    tete=("titre", "reference_interne"),
    aide="Nom, SIRET, formation, référence",
    criteres=(DISPOSITIF,),
    autres=(LIEU, *_periode("debut", "Début", "debut")),
)
AUTRES_DES_FACTURES = (
    Critere(
        nom="genre", libelle="Nature", lu=lambda f: f.genre, choix={g.value: n for g, n in LIBELLES_GENRES.items()}, tous="Toutes"
    ),
    Critere(nom="emetteur", libelle="SIREN de l’émetteur", lu=lambda f: f.emetteur),
    *_periode("depot", "Déposée", "depot"),
    *_periode("emission", "Émise", "emission"),
    *_fourchette("montant", "À payer"),
)
ECRAN_FACTURES = Ecran(
    liste=FACTURES,
    objet="facture",
    tete=("numero", "date_emission"),
    aide="Numéro, dossier, émetteur",
    criteres=(_etat(ETATS_DES_FACTURES),),
    autres=AUTRES_DES_FACTURES,
)
ECRAN_FACTURES_OPCO = Ecran(
    liste=FACTURES,
    objet="facture",
    tete=("numero", "date_emission"),
    aide="Numéro, dossier, émetteur",
    criteres=(_etat(ETATS_DES_FACTURES),),
    autres=AUTRES_DES_FACTURES,
    vides={"etat": "tous"},
)
ECRAN_REGLEMENTS = Ecran(
    liste=REGLEMENTS,
    objet="reglement",
    tete=("reference",),
    aide="Référence, facture, dossier",
    criteres=_periode("date", "Versé", "periode"),
    autres=(
        Critere(nom="beneficiaire", libelle="SIREN du bénéficiaire", lu=lambda f: f.beneficiaire),
        *_fourchette("montant", "Montant"),
    ),
)


def contexte_des_dossiers(
    request: HttpRequest, acteur: ActeurPersonne, siren: str | None, *, cote: Cote | None = None
) -> dict[str, Any]:
    """The list of requests. `espace`: the place of the URL, where its links stay; `par_lieu`: one company's list."""
    jour = ce_jour()
    lecture = DOSSIERS.lire(parametres(request), jour)
    page = liste_dossiers(acteur, siren, lecture.filtre, request.GET.get("page", ""), cote=cote)
    sans = "etablissement_nom" if siren is None else "denomination"
    return {
        **contexte_commun(request, ECRAN_DOSSIERS, lecture, page.dossiers, jour, sans=sans),
        **pages_de(request, page.precedent, page.suivant),
        "espace": siren or "",
        "opco": False,
        "peut_saisir": False,
        "selection": False,
        "vues": _vues(request, comptes_par_etat(acteur, siren, jour, cote=cote), lecture.filtre.etats),
    }


def contexte_de_la_file(request: HttpRequest, acteur: ActeurPersonne) -> dict[str, Any]:
    """What waits for the OPCO where the person examines."""
    jour = ce_jour()
    lecture = FILE.lire(parametres(request), jour)
    page = liste_dossiers(acteur, None, lecture.filtre, request.GET.get("page", ""))
    suivis = (("", "Tous"), (MOI, "Pris en charge par moi"), (PERSONNE, "Pris en charge par personne"))
    return {
        **contexte_commun(request, ECRAN_FILE, lecture, page.dossiers, jour),
        **pages_de(request, page.precedent, page.suivant),
        "vues": [
            Vue(libelle=libelle, url=adresse(request, suivi=code, page=""), courant=lecture.filtre.suivi == code)
            for code, libelle in suivis
        ],
    }


def _vues(request: HttpRequest, comptes: Any, etats: frozenset[str]) -> list[Vue]:
    return [
        Vue(
            libelle="Tous" if not code else LIBELLES_ETATS[code],
            url=adresse(request, etat=code, page=""),
            courant=etats == (frozenset({code}) if code else frozenset()),
            nombre=comptes.texte(code) or None,
        )
        for code in VUES
    ]


def contexte_des_brouillons(request: HttpRequest, acteur: Acteur, siren: str) -> dict[str, Any]:
    """The drafts of a company."""
    jour = ce_jour()
    lecture = BROUILLONS.lire(parametres(request), jour)
    page = liste_dossiers(acteur, siren, lecture.filtre, request.GET.get("page", ""))
    return {
        **contexte_commun(request, ECRAN_BROUILLONS, lecture, page.dossiers, jour),
        **pages_de(request, page.precedent, page.suivant),
    }


def contexte_des_factures(request: HttpRequest, acteur: Acteur, siren: str | None, sinon: str = "") -> dict[str, Any]:
    """The list of invoices; `sinon`: the state shown when the URL says none, « tous » then meaning all of them."""
    jour = ce_jour()
    lus = parametres(request)
    if sinon:
        lus["etat"] = lus.get("etat", sinon).replace("tous", "")
    lecture = FACTURES.lire(lus, jour)
    page = liste_factures(acteur, siren, lecture.filtre, request.GET.get("page", ""))
    ecran = ECRAN_FACTURES_OPCO if sinon else ECRAN_FACTURES
    contexte = contexte_commun(request, ecran, lecture, page.factures, jour, lus=lus)
    if sinon and "etat" not in request.GET:
        contexte["filtree"] = len(contexte["puces"]) > 1
    return contexte | pages_de(request, page.precedent, page.suivant)


def contexte_des_reglements(request: HttpRequest, acteur: Acteur, siren: str) -> dict[str, Any]:
    """The list of payments."""
    jour = ce_jour()
    lecture = REGLEMENTS.lire(parametres(request), jour)
    page = reglements_visibles(acteur, siren, request.GET.get("page", ""), lecture.filtre)
    return {
        **contexte_commun(request, ECRAN_REGLEMENTS, lecture, page.lignes, jour),
        **pages_de(request, page.precedent, page.suivant),
        "comptes": {ligne.pk: r.compte for ligne, r in zip(page.lignes, page.reglements, strict=True)},
    }
