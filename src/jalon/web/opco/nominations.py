"""Administrators in their first 72 hours, in the portefeuilles of the AEF or of the adviser."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.requetes.nominations import nomination_accessible, nomination_affichee, nominations_de_l_opco
from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.acteurs import Pouvoir
from jalon.socle.erreurs import TransitionImpossible
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import confirme, opco, page
from jalon.web.composants.actes import montrer
from jalon.web.composants.nomination import FormulaireNomination
from jalon.web.opco.commun import acteur_opco, exiger_portefeuille


@page(opco(Pouvoir.CONFIRMER_NOMINATION))
def liste(request: HttpRequest) -> HttpResponse:
    """Those whose 72 hours run, the first to end first."""
    trouvees = nominations_de_l_opco(acteur_opco(request), maintenant())
    noms = noms_des_organisations({n.siren for n in trouvees})
    return render(request, "opco/nominations.html", {"nominations": trouvees, "noms": noms})


@page(confirme(opco(Pouvoir.CONFIRMER_NOMINATION, "GET", "POST")))
def decider(request: HttpRequest, rattachement_id: UUID) -> HttpResponse:
    """Say what was seen, or why not."""
    acteur = acteur_opco(request)
    lien = nomination_accessible(rattachement_id, acteur)
    exiger_portefeuille(acteur, lien.portefeuille_id, Pouvoir.CONFIRMER_NOMINATION)
    nomination = nomination_affichee(lien, acteur, maintenant())
    if nomination is None:
        raise TransitionImpossible("Cette personne n’est plus un administrateur dans ses 72\u00a0premières heures.")
    formulaire = FormulaireNomination(rattachement_id, request.POST or None)
    if request.method == "POST" and formulaire.decider(acteur) is not None:
        messages.success(request, formulaire.annonce)
        return redirect("opco_nominations")
    nom = noms_des_organisations({nomination.siren}).get(nomination.siren, "")
    return montrer(request, "opco/nomination.html", formulaire, nomination=nomination, nom=nom)
