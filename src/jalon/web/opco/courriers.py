"""Letters that people asked for, what became of those that left, codes ended by the OPCO."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.habilitations.actions.courriers_demandes import commander_demandees, demander_lettre_opco, ecarter_demandees
from jalon.habilitations.actions.envois import declarer_postees, declarer_revenues
from jalon.habilitations.requetes.commandes import commande_de, lettres_demandees
from jalon.habilitations.requetes.suivi import code_accessible
from jalon.organisations.requetes import noms_des_organisations, portefeuille_de
from jalon.organisations.requetes import organisation as lire_organisation
from jalon.socle.acteurs import Pouvoir, Profil
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.arret import FormulaireArret
from jalon.web.opco.codes import montrer_codes, montrer_commande
from jalon.web.opco.commun import acteur_opco, exiger_portefeuille
from jalon.web.opco.formulaires_codes import ECARTER, REVENUES, FormulaireCourrier, FormulaireDemandees, FormulaireEnvoi


@page(opco(Pouvoir.COMMANDER_CODES, "POST"))
def demandees(request: HttpRequest) -> HttpResponse:
    """Order the letters ticked, or set them aside with a reason."""
    acteur = acteur_opco(request)
    attendues = lettres_demandees(acteur, maintenant())
    formulaire = FormulaireDemandees(attendues, noms_des_organisations({d.siren for d in attendues}), request.POST)
    if formulaire.decision == ECARTER:
        ecartees = tenter(
            formulaire,
            lambda: ecarter_demandees(
                demandes=formulaire.choisies(), motif=formulaire.cleaned_data["motif"], par=acteur, maintenant=maintenant()
            ),
        )
        if ecartees is None:
            return montrer_codes(request, acteur, refusees=formulaire)
        messages.success(request, "Ces demandes sont écartées, et les personnes prévenues.")
        return redirect("opco_codes")
    commandes = tenter(
        formulaire, lambda: commander_demandees(demandes=formulaire.choisies(), par=acteur, maintenant=maintenant())
    )
    if commandes is None:
        return montrer_codes(request, acteur, refusees=formulaire)
    messages.success(request, "Les lettres sont commandées. Leur PDF sera prêt en quelques secondes.")
    return redirect("opco_commande", commande_id=commandes[0].pk) if len(commandes) == 1 else redirect("opco_codes")


@page(opco(Pouvoir.COMMANDER_CODES, "POST"))
def envoi(request: HttpRequest, commande_id: UUID) -> HttpResponse:
    """Declare letters posted (those ticked, or all), or come back (those ticked)."""
    acteur = acteur_opco(request)
    commande_de(commande_id, acteur)
    formulaire = FormulaireEnvoi(request.POST)
    revenues = formulaire.decision == REVENUES

    def declarer() -> int:
        le, choisies = formulaire.cleaned_data["le"], formulaire.choisies()
        if revenues:
            return declarer_revenues(commande_id=commande_id, lettres=choisies or (), le=le, par=acteur, maintenant=maintenant())
        return declarer_postees(commande_id=commande_id, lettres=choisies, le=le, par=acteur, maintenant=maintenant())

    nombre = tenter(formulaire, declarer)
    if nombre is None:
        return montrer_commande(request, acteur, commande_id, formulaire)
    s = "s" if nombre > 1 else ""
    if revenues:
        messages.success(request, f"{nombre} lettre{s} notée{s} revenue{s}\u00a0: code arrêté, adresse à compléter.")
    else:
        messages.success(request, f"{nombre} lettre{s} notée{s} postée{s}.")
    return redirect("opco_commande", commande_id=commande_id)


@page(opco(Pouvoir.COMMANDER_CODES, "GET", "POST"))
def arreter(request: HttpRequest, code_id: UUID) -> HttpResponse:
    """End a code of an organisation of the portefeuilles, with a reason."""
    acteur = acteur_opco(request)
    code = code_accessible(code_id, acteur)
    exiger_portefeuille(acteur, portefeuille_de(code.siren), Pouvoir.COMMANDER_CODES)
    formulaire = FormulaireArret(request.POST or None)
    if request.method == "POST" and formulaire.arreter(code, acteur) is not None:
        messages.success(request, "Le code est arrêté, et les administrateurs de l’organisation prévenus.")
        return redirect("opco_codes")
    nom = noms_des_organisations({code.siren}).get(code.siren, "")
    return montrer(request, "opco/code_arreter.html", formulaire, code=code, nom=nom)


@page(opco(Pouvoir.DEMANDER_CODES, "GET", "POST"))
def courrier(request: HttpRequest, siren: str) -> HttpResponse:
    """Ask for a letter to the head office of an organisation that one follows."""
    acteur = acteur_opco(request)
    lue = lire_organisation(siren)
    if lue is None:
        raise Introuvable
    exiger_portefeuille(acteur, lue.portefeuille_id, Pouvoir.DEMANDER_CODES)
    formulaire = FormulaireCourrier(request.POST or None)
    if request.method == "POST":
        faite = tenter(
            formulaire,
            lambda: demander_lettre_opco(
                siren=siren,
                profil=Profil(formulaire.cleaned_data["profil"]),
                motif=formulaire.cleaned_data["motif"],
                par=acteur,
                maintenant=maintenant(),
            ),
        )
        if faite is not None:
            messages.success(request, "Le courrier est demandé\u00a0: l’AEF le commandera avec les autres.")
            return redirect("opco_organisation", siren=siren)
    return montrer(request, "opco/organisation_courrier.html", formulaire, organisation=lue)
