"""An administrator in her first 72 hours, confirmed or refused by another administrator."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.habilitations.requetes.matrice import rattachement_accessible
from jalon.habilitations.requetes.nominations import decide_des_nominations, nomination_affichee
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.erreurs import TransitionImpossible
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import confirme, espace, page
from jalon.web.composants.actes import montrer
from jalon.web.composants.nomination import FormulaireNomination
from jalon.web.espace.commun import exiger_ici, ouvrir_espace


@page(confirme(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST")))
def decider(request: HttpRequest, siren: str, rattachement_id: UUID) -> HttpResponse:
    """Say what was seen, or why not; it counts from the next click."""
    ici = ouvrir_espace(request, siren)
    lien = rattachement_accessible(rattachement_id, ici.acteur)
    exiger_ici(ici, lien.organisation_siren)
    nomination = nomination_affichee(lien, ici.acteur, maintenant())
    if nomination is None:
        raise TransitionImpossible("Cette personne n’est plus un administrateur dans ses 72\u00a0premières heures.")
    formulaire = FormulaireNomination(rattachement_id, request.POST or None)
    if request.method == "POST" and formulaire.decider(ici.acteur) is not None:
        messages.success(request, formulaire.annonce)
        return redirect("espace_habilitations", siren=siren)
    decide = decide_des_nominations(siren, Profil(lien.profil), ici.acteur, maintenant()) and not nomination.moi
    return montrer(request, "espace/nomination.html", formulaire, ici=ici, nomination=nomination, decide=decide)
