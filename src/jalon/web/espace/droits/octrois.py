"""Confirming or refusing rights that wait, and changing several people at once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.habilitations.actions.masse import appliquer_profil, fixer_la_fin
from jalon.habilitations.enums import JeuDeDroits
from jalon.habilitations.models import Rattachement
from jalon.habilitations.requetes.matrice import rattachement_accessible
from jalon.habilitations.requetes.octrois import attend_quelqu_un
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import confirme, espace, page
from jalon.web.composants.actes import tenter
from jalon.web.composants.decision import FormulaireOctroi
from jalon.web.espace.commun import exiger_ici, ouvrir_espace
from jalon.web.espace.droits.formulaires import FIXER_LA_FIN, FormulaireMasse
from jalon.web.espace.habilitations import cote_demande, groupes_proposes, montrer_matrice, retour_a_la_matrice


@page(confirme(espace(Domaine.ACCES, Niveau.GESTION, "POST")))
def decider(request: HttpRequest, siren: str, rattachement_id: UUID) -> HttpResponse:
    """Be the second voice of a wide right, or lift a burst; a refusal needs a reason."""
    ici = ouvrir_espace(request, siren)
    lien = rattachement_accessible(rattachement_id, ici.acteur)
    exiger_ici(ici, lien.organisation_siren)
    formulaire = FormulaireOctroi(rattachement_id, request.POST)
    if formulaire.decider(ici.acteur) is None:
        return montrer_matrice(request, ici, Profil(lien.profil), decision=formulaire)
    messages.success(request, formulaire.annonce)
    return redirect("espace_habilitations", siren=siren)


@page(confirme(espace(Domaine.ACCES, Niveau.GESTION, "POST")))
def masse(request: HttpRequest, siren: str) -> HttpResponse:
    """A profile or a last day for the people ticked in the table: all of them, or none."""
    ici = ouvrir_espace(request, siren)
    profil = cote_demande(request, ici)
    formulaire = FormulaireMasse(groupes_proposes(ici, profil), request.POST)

    def changer() -> list[Rattachement]:
        choix = formulaire.cleaned_data
        if choix["acte"] == FIXER_LA_FIN:
            return fixer_la_fin(
                siren=siren, rattachements=choix["personnes"], fin=choix["dernier_jour"], par=ici.acteur, maintenant=maintenant()
            )
        return appliquer_profil(
            siren=siren,
            rattachements=choix["personnes"],
            profil=JeuDeDroits(choix["acte"]),
            par=ici.acteur,
            maintenant=maintenant(),
            groupe=UUID(choix["groupe"]) if choix.get("groupe") else None,
            dispositif=choix["dispositif"],
        )

    faits = tenter(formulaire, changer)
    if faits is None:
        return montrer_matrice(request, ici, profil, masse=formulaire)
    attendent = sum(attend_quelqu_un(lien, maintenant()) for lien in faits)
    suite = f", dont {attendent} en attente d’une confirmation" if attendent else ""
    messages.success(request, f"Droits modifiés pour {len(faits)} personne{'s' if len(faits) > 1 else ''}{suite}.")
    return redirect(retour_a_la_matrice(request, siren))
