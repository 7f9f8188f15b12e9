"""The clients of a cabinet: its portfolio, and their spreading over its people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as rendre
from django.urls import reverse

from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.requetes.clients import attentes_par_siren
from jalon.facturation.requetes.clients import a_facturer_par_siren, rejetees_par_siren
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.affectations import confier_mandats, reprendre_mandats
from jalon.habilitations.actions.invitations import inviter_personne
from jalon.habilitations.mandats import decrire, lire_niveaux, plus_petits
from jalon.habilitations.requetes.mandats import Collaborateur, MandatAffiche, collaborateurs, mandats_recus, parts_de
from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.socle.identifiants import grouper
from jalon.socle.texte import normaliser
from jalon.vues.regles import Lieu
from jalon.web.composants.acces import confirme, espace, exiger_second_facteur_recent, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.moment import ce_jour
from jalon.web.composants.visite import visite_proposee
from jalon.web.composants.vues import cartes_affichees
from jalon.web.espace.commun import ouvrir_espace
from jalon.web.espace.formulaires_mandats import SansGestionReservee
from jalon.web.espace.formulaires_perimetre import DOMAINES, boite_du_niveau

PAR_PAGE = 50
COLONNES = {
    "nom": "Client",
    "a_faire": "À faire",
    "a_completer": "À compléter",
    "brouillons": "Brouillons",
    "a_facturer": "À facturer",
    "rejetees": "Factures refusées",
}


@dataclass(frozen=True, slots=True)
class Client:
    """A client and what waits there. « À faire » is the sum of the others."""

    siren: str
    nom: str
    profils: tuple[Profil, ...]
    a_completer: int = 0
    brouillons: int = 0
    a_facturer: int = 0
    rejetees: int = 0

    @property
    def a_faire(self) -> int:
        """Everything that waits."""
        return self.a_completer + self.brouillons + self.a_facturer + self.rejetees


def correspond(texte: str, nom: str, siren: str) -> bool:
    """Whether the name holds every word typed, or the SIREN begins with the digits typed, grouped or not."""
    mots = normaliser(texte).split()
    return all(mot in normaliser(nom) for mot in mots) or siren.startswith("".join(mots))


def chercher(clients: list[Client], texte: str) -> list[Client]:
    """Those that match these words."""
    return [c for c in clients if correspond(texte, c.nom, c.siren)]


def portefeuille(acteur: ActeurPersonne, mandataire: str) -> list[Client]:
    """The clients that the person follows for that cabinet, with their counts: five queries, whatever their number."""
    profils: dict[str, dict[Profil, None]] = {}
    for lien in acteur.clients(mandataire):
        profils.setdefault(lien.siren, {})[lien.profil] = None
    noms = noms_des_organisations(profils)
    attentes = attentes_par_siren(acteur)
    a_facturer = a_facturer_par_siren(acteur, aujourdhui())
    rejetees = rejetees_par_siren(acteur)
    return [
        Client(
            siren=siren,
            nom=noms.get(siren) or f"SIREN {grouper(siren)}",
            profils=tuple(cotes),
            a_completer=attentes[siren].get(EtatDossier.A_COMPLETER, 0) if siren in attentes else 0,
            brouillons=attentes[siren].get(EtatDossier.BROUILLON, 0) if siren in attentes else 0,
            a_facturer=a_facturer[siren],
            rejetees=rejetees[siren],
        )
        for siren, cotes in profils.items()
    ]


def ordonner(clients: Iterable[Client], tri: str) -> list[tuple[str, Client]]:
    """Clients with the key of their place: by name, or the largest figure first, then by name."""

    def cle(client: Client) -> str:
        rang = "" if tri == "nom" else f"{999_999 - getattr(client, tri):06d} "
        return f"{rang}{client.nom.casefold()} {client.siren}"

    return sorted(((cle(c), c) for c in clients), key=lambda place: place[0])


def page_apres(places: Sequence[tuple[str, Any]], apres: str) -> tuple[list[Any], str]:
    """What comes after that key, and the key of the last when more follows."""
    suivants = [place for place in places if place[0] > apres][: PAR_PAGE + 1]
    montres = suivants[:PAR_PAGE]
    return [ligne for _, ligne in montres], montres[-1][0] if len(suivants) > PAR_PAGE else ""


def _suite(request: HttpRequest, apres: str, **garde: str) -> str:
    return f"{request.path}?{urlencode({n: v for n, v in (*garde.items(), ('apres', apres)) if v})}" if apres else ""


@page(espace(None))
def clients(request: HttpRequest, siren: str) -> HttpResponse:
    """« Mes clients »: search, sort, go."""
    ici = ouvrir_espace(request, siren)
    cherche, tri = request.GET.get("q", "").strip()[:200], request.GET.get("tri", "")
    tri = tri if tri in COLONNES else "a_faire"
    tous = portefeuille(ici.acteur, siren)
    trouves = chercher(tous, cherche)
    montres, apres = page_apres(ordonner(trouves, tri), request.GET.get("apres", ""))
    contexte = {
        "visite_proposee": visite_proposee(request, "cabinet"),
        "ici": ici,
        "clients": montres,
        "total": len(tous),
        "trouves": len(trouves),
        "cherche": cherche,
        "tri": tri,
        "colonnes": [(code, libelle, _sens(code, tri)) for code, libelle in COLONNES.items()],
        "suivant": _suite(request, apres, q=cherche, tri=tri),
        "cartes": cartes_affichees(ici.acteur, Lieu(), ce_jour()) if tous else [],
        "page_des_vues": reverse("mes_vues"),
        "repartit": ici.prestataire and ici.voit(Domaine.ACCES, niveau=Niveau.GESTION),
    }
    return rendre(request, "espace/clients.html", contexte)


def _sens(code: str, tri: str) -> str:
    if code != tri:
        return "none"
    return "ascending" if code == "nom" else "descending"


def niveau_propose(domaine: Domaine) -> str:
    """The highest that a third party may hold: the mandate itself is then the limit."""
    return str(SansGestionReservee.plafond(domaine).value)


class FormulaireRepartition(SansGestionReservee):
    """To whom, which clients, how far; the clients are ticked in the table, and only those of the search are taken."""

    collaborateur = forms.ChoiceField(
        label="Personne",
        error_messages={
            "required": "Choisissez la personne concernée",
            "invalid_choice": "Choisissez une personne de cette liste",
        },
    )
    cible = forms.ChoiceField(
        label="Clients", widget=forms.RadioSelect, initial="coches",
        choices=[("coches", "Ceux que j’ai cochés"), ("tous", "Tous ceux de la recherche, sur toutes les pages")],
        error_messages={"required": "Choisissez quels clients sont concernés"},
    )  # fmt: skip
    acte = forms.ChoiceField(
        label="Action", widget=forms.RadioSelect, initial="confier",
        choices=[("confier", "Les confier, dans la limite des niveaux choisis"), ("reprendre", "Les reprendre")],
        error_messages={"required": "Choisissez de confier ou de reprendre ces clients"},
    )  # fmt: skip

    def __init__(self, gens: Sequence[Collaborateur], trouves: Sequence[MandatAffiche], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.trouves = trouves
        qui = self.fields["collaborateur"]
        if isinstance(qui, forms.ChoiceField):
            qui.choices = [("", "Choisissez une personne"), *((str(c.rattachement_id), c.nom) for c in gens)]

    def choisis(self, coches: Sequence[str]) -> list[UUID]:
        """Ids of the mandates."""
        tous = self.cleaned_data["cible"] == "tous"
        return [m.id for m in self.trouves if tous or str(m.id) in coches]


@page(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST"))
def repartition(request: HttpRequest, siren: str) -> HttpResponse:
    """Mandates received × one collaborator: tick, choose how far, give or take back."""
    ici = ouvrir_espace(request, siren)
    exiger_second_facteur_recent(request)
    cherche = request.GET.get("q", "").strip()[:200]
    gens = collaborateurs(siren, ici.acteur, maintenant())
    demande = request.GET.get("collaborateur", "")
    choisi = next((c for c in gens if str(c.rattachement_id) == demande), None)
    recus = mandats_recus(siren, ici.acteur, maintenant())
    trouves = [m for m in recus if correspond(cherche, m.client_nom, m.client)]
    depart = {boite_du_niveau(d): niveau_propose(d) for d in DOMAINES} | {"collaborateur": demande}
    coches = request.POST.getlist("mandats")
    formulaire = FormulaireRepartition(gens, trouves, request.POST or None, initial=depart)
    if request.method == "POST":
        fait = tenter(formulaire, lambda: _appliquer(formulaire, coches, siren, ici.acteur))
        if fait is not None:
            messages.success(request, fait)
            retour = {"collaborateur": formulaire.cleaned_data["collaborateur"], "q": cherche}
            return redirect(f"{request.path}?{urlencode(retour)}")
    places = [(f"{normaliser(m.client_nom)} {m.client} {m.profil}", m) for m in trouves]
    montres, apres = page_apres(sorted(places, key=lambda place: place[0]), request.GET.get("apres", ""))
    contexte = {
        "ici": ici,
        "gens": gens,
        "choisi": choisi,
        "mandats": _parts(montres, parts_de(choisi.rattachement_id, siren, ici.acteur) if choisi else {}),
        "coches": coches,
        "cherche": cherche,
        "trouves": len(trouves),
        "total": len(recus),
        "suivant": _suite(request, apres, q=cherche, collaborateur=demande),
    }
    return montrer(request, "espace/repartition.html", formulaire, **contexte)


def _parts(mandats: Sequence[MandatAffiche], parts: Mapping[UUID, str]) -> list[tuple[MandatAffiche, object]]:
    """Each mandate with what the person holds of it."""
    return [(m, decrire(plus_petits(m.niveaux, lire_niveaux(parts.get(m.id, ""))))) for m in mandats]


def _appliquer(formulaire: FormulaireRepartition, coches: Sequence[str], siren: str, acteur: ActeurPersonne) -> str:
    lien, choisis, le = UUID(formulaire.cleaned_data["collaborateur"]), formulaire.choisis(coches), maintenant()
    if formulaire.cleaned_data["acte"] == "reprendre":
        nombre = reprendre_mandats(mandataire=siren, rattachement_id=lien, mandats=choisis, par=acteur, maintenant=le)
        return f"Clients repris\u00a0: {nombre}. Cela compte dès le prochain clic de cette personne."
    nombre = confier_mandats(
        mandataire=siren, rattachement_id=lien, mandats=choisis, niveaux=formulaire.niveaux(), par=acteur, maintenant=le
    )
    return f"Clients confiés ou modifiés\u00a0: {nombre}. Chaque droit reste dans la limite du mandat."


class FormulaireCollaborateur(forms.Form):
    """Somebody of the cabinet, without any right of her own."""

    prenom = forms.CharField(label="Prénom", max_length=80, required=False)
    nom = forms.CharField(label="Nom", max_length=80, required=False)
    adresse = forms.CharField(
        label="Adresse électronique", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Indiquez l’adresse électronique de la personne"},
    )  # fmt: skip


@page(confirme(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST")))
def inviter(request: HttpRequest, siren: str) -> HttpResponse:
    """Invite a collaborator: she acts only for the clients that she is then given."""
    ici = ouvrir_espace(request, siren)
    formulaire = FormulaireCollaborateur(request.POST or None)
    if request.method == "POST":
        faite = tenter(
            formulaire,
            lambda: inviter_personne(
                siren=siren,
                profil=Profil.PRESTATAIRE,
                adresse=formulaire.cleaned_data["adresse"],
                droits=[],
                par=ici.acteur,
                maintenant=maintenant(),
                prenom=formulaire.cleaned_data["prenom"],
                nom=formulaire.cleaned_data["nom"],
            ),
        )
        if faite is not None:
            messages.success(request, f"L’invitation est envoyée à {faite.courriel_invite}.")
            return redirect("espace_repartition", siren=siren)
    return montrer(request, "espace/collaborateur_nouveau.html", formulaire, ici=ici)
