"""Activation codes: ordering letters, completing addresses, downloading the PDF. No page ever shows a code."""

import re
from http import HTTPStatus
from uuid import UUID

from django.contrib import (
    messages,
)
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.commandes import (
    commander_codes,
    completer_adresse,
    declarer_avis_envoyes,
    preparer_suite,
)
from jalon.habilitations.actions.lettres import declarer_imprimees, telecharger_lettres
from jalon.habilitations.enums import (
    EtatCommande,
)
from jalon.habilitations.requetes.commandes import (
    adresse_accessible,
    adresses_a_completer,
    avis_a_envoyer,
    commande_de,
    lettres_demandees,
    lettres_sans_adresse,
    manifeste,
    mes_commandes,
)
from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.acteurs import Pouvoir, Profil
from jalon.socle.horloge import maintenant
from jalon.socle.texte import entier_ou
from jalon.web.composants.acces import exiger_second_facteur_recent, opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.fichiers import reponse_fichier
from jalon.web.composants.phrases import resume
from jalon.web.opco.commun import acteur_opco
from jalon.web.opco.formulaires_codes import (
    FormulaireAdresse,
    FormulaireAvis,
    FormulaireCommande,
    FormulaireDemandees,
    FormulaireEnvoi,
)


@page(opco(Pouvoir.COMMANDER_CODES, "GET", "POST"))
def codes(request: HttpRequest) -> HttpResponse:
    """Orders of the person, the form of a new one, addresses and second letters that wait."""
    acteur = acteur_opco(request)
    formulaire = FormulaireCommande(request.POST or None)
    if request.method == "POST":
        commande = tenter(
            formulaire,
            lambda: commander_codes(
                profil=Profil(formulaire.cleaned_data["profil"]),
                sirens=_liste(formulaire) if formulaire.cleaned_data["critere"] == "liste" else None,
                adherents_au=formulaire.cleaned_data["adherents_au"]
                if formulaire.cleaned_data["critere"] == "adherents"
                else None,
                par=acteur,
                maintenant=maintenant(),
            ),
        )
        if commande is not None:
            return redirect("opco_commande", commande_id=commande.pk)
    return montrer_codes(request, acteur, formulaire)


def montrer_codes(
    request: HttpRequest,
    acteur: ActeurPersonne,
    formulaire: FormulaireCommande | None = None,
    *,
    donnees_des_avis: QueryDict | None = None,
    refusees: FormulaireDemandees | None = None,
) -> HttpResponse:
    """The page of codes; `refusees`: the form of letters asked that comes back with its reasons."""
    formulaire = formulaire or FormulaireCommande()
    a_completer, avis, attendues = adresses_a_completer(acteur), avis_a_envoyer(acteur), lettres_demandees(acteur, maintenant())
    noms = noms_des_organisations({a.siren for a in a_completer} | {a.siren for a in avis} | {d.siren for d in attendues})
    des_avis = FormulaireAvis(avis, noms, donnees_des_avis)
    demandees = refusees or FormulaireDemandees(attendues, noms)
    erreurs = [*resume(formulaire), *resume(des_avis), *resume(demandees)]
    contexte = {
        "commandes": mes_commandes(acteur),
        "a_completer": a_completer,
        "avis": des_avis if avis else None,
        "demandees": demandees if attendues or refusees else None,
        "noms": noms,
        "formulaire": formulaire,
        "erreurs": erreurs,
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if erreurs else HTTPStatus.OK
    return render(request, "opco/codes.html", contexte, status=statut)


def _liste(formulaire: FormulaireCommande) -> list[str]:
    return [s for s in re.split(r"[\n,;]+", formulaire.cleaned_data["sirens"]) if s.strip()]


@page(opco(Pouvoir.COMMANDER_CODES))
def commande(request: HttpRequest, commande_id: UUID) -> HttpResponse:
    """One order: state, manifest, letters replaced since, letters without an address, what left and came back."""
    return montrer_commande(request, acteur_opco(request), commande_id, FormulaireEnvoi())


def montrer_commande(request: HttpRequest, acteur: ActeurPersonne, commande_id: UUID, envoi: FormulaireEnvoi) -> HttpResponse:
    """The page of an order; `envoi` is its form about letters that left, which may come back with its reasons."""
    lue = commande_de(commande_id, acteur)
    lignes = manifeste(commande_id, acteur)
    sans_adresse = lettres_sans_adresse(commande_id, acteur)
    noms = noms_des_organisations({ligne.siren for ligne in lignes} | {lettre.siren for lettre in sans_adresse})
    remplacees = [ligne for ligne in lignes if ligne.remplacee]
    sur_papier = lue.etat == EtatCommande.IMPRIMEE or (lue.etat == EtatCommande.EFFACEE and lue.telechargements > 0)
    contexte = {
        "commande": lue,
        "manifeste": lignes,
        "remplacees": remplacees,
        "sans_adresse": sans_adresse,
        "noms": noms,
        "envoi": envoi if sur_papier and lignes else None,
        "cochees": envoi.data.getlist("lettres") if isinstance(envoi.data, QueryDict) else [],
        "erreurs": list(resume(envoi)),
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if envoi.errors else HTTPStatus.OK
    return render(request, "opco/commande.html", contexte, status=statut)


@page(opco(Pouvoir.COMMANDER_CODES, "POST"))
def telecharger(request: HttpRequest, commande_id: UUID) -> HttpResponse:
    """The PDF, to the person who ordered it, with a second factor of less than five minutes; journaled."""
    acteur = acteur_opco(request)
    exiger_second_facteur_recent(request)
    fichier = telecharger_lettres(commande_id=commande_id, par=acteur, maintenant=maintenant())
    return reponse_fichier(fichier.octets, fichier.nom, "application/pdf")


@page(opco(Pouvoir.COMMANDER_CODES, "POST"))
def imprimees(request: HttpRequest, commande_id: UUID) -> HttpResponse:
    """Declare the letters printed, but those whose replacement the page showed: the PDF is deleted."""
    remplacees = entier_ou(request.POST.get("remplacees", ""), 0)
    declarer_imprimees(commande_id=commande_id, remplacees=remplacees, par=acteur_opco(request), maintenant=maintenant())
    messages.success(request, "Les lettres sont déclarées imprimées. Le fichier est effacé.")
    return redirect("opco_commande", commande_id=commande_id)


@page(opco(Pouvoir.COMMANDER_CODES, "POST"))
def suite(request: HttpRequest, commande_id: UUID) -> HttpResponse:
    """Order again the letters whose address was completed."""
    nouvelle = preparer_suite(commande_id=commande_id, par=acteur_opco(request), maintenant=maintenant())
    return redirect("opco_commande", commande_id=nouvelle.pk)


@page(opco(Pouvoir.COMMANDER_CODES, "GET", "POST"))
def adresse(request: HttpRequest, siren: str) -> HttpResponse:
    """Complete the address of a head office, with a proof."""
    acteur = acteur_opco(request)
    adresse_accessible(siren, acteur)
    formulaire = FormulaireAdresse(request.POST or None)
    if request.method == "POST":
        faite = tenter(
            formulaire,
            lambda: completer_adresse(
                siren=siren,
                lignes=formulaire.cleaned_data["lignes"].splitlines(),
                preuve=formulaire.cleaned_data["preuve"],
                par=acteur,
                maintenant=maintenant(),
            ),
        )
        if faite is not None:
            messages.success(request, "L’adresse est enregistrée. La lettre partira avec la prochaine préparation.")
            return redirect("opco_codes")
    nom = noms_des_organisations({siren}).get(siren, "")
    return montrer(request, "opco/adresse.html", formulaire, siren=siren, nom=nom)


@page(opco(Pouvoir.COMMANDER_CODES, "POST"))
def avis_envoyes(request: HttpRequest) -> HttpResponse:
    """Declare that the second letters to head offices were posted."""
    acteur = acteur_opco(request)
    formulaire = FormulaireAvis(avis_a_envoyer(acteur), {}, request.POST)
    if not formulaire.is_valid():
        return montrer_codes(request, acteur, donnees_des_avis=request.POST)
    choisis = [UUID(v) for v in formulaire.cleaned_data["avis"]]
    nombre = declarer_avis_envoyes(avis=choisis, par=acteur, maintenant=maintenant())
    messages.success(
        request,
        f"{nombre} courrier{'s' if nombre > 1 else ''} déclaré{'s' if nombre > 1 else ''} posté{'s' if nombre > 1 else ''}.",
    )
    return redirect("opco_codes")
