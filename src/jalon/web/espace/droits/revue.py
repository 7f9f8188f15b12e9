"""The yearly review: rights that nobody has confirmed for twelve months."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.actions.masse import confirmer_revue, retirer_en_masse
from jalon.habilitations.models import Rattachement
from jalon.habilitations.phrases import resume_des_droits
from jalon.habilitations.requetes.matrice import boites_de
from jalon.habilitations.requetes.octrois import acces_a_revoir
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import confirme, espace, page
from jalon.web.composants.actes import tenter
from jalon.web.composants.phrases import resume
from jalon.web.espace.commun import ouvrir_espace
from jalon.web.espace.droits.formulaires import FormulaireRevue
from jalon.web.espace.habilitations import cote_demande

MONTRES = 100
"""One screen: what is confirmed gives its place to the next ones."""


@page(confirme(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST")))
def revue(request: HttpRequest, siren: str) -> HttpResponse:
    """Confirm or withdraw the rights of several people at once."""
    ici = ouvrir_espace(request, siren)
    formulaire = FormulaireRevue(request.POST if request.method == "POST" else None)
    if request.method == "POST":

        def repondre() -> list[Rattachement]:
            choix = formulaire.cleaned_data
            if choix["acte"] == "retirer":
                return retirer_en_masse(
                    siren=siren, rattachements=choix["personnes"], motif=choix["motif"], par=ici.acteur, maintenant=maintenant()
                )
            return confirmer_revue(siren=siren, rattachements=choix["personnes"], par=ici.acteur, maintenant=maintenant())

        faits = tenter(formulaire, repondre)
        if faits is not None:
            retires = formulaire.cleaned_data["acte"] == "retirer"
            fait = "retirés, et les personnes prévenues" if retires else "confirmés pour un an"
            messages.success(request, f"{len(faits)} accès {fait}.")
            return redirect("espace_revue", siren=siren)
    profil = cote_demande(request, ici)
    tous = acces_a_revoir(siren, ici.acteur, maintenant(), profil)
    liens = list(tous[:MONTRES])
    boites = boites_de(liens, maintenant())
    contexte = {
        "ici": ici,
        "profil": profil,
        "formulaire": formulaire,
        "acces": [(lien, resume_des_droits(boites.get(lien.id, ()))) for lien in liens],
        "nombre": tous.count(),
        "choisies": set(request.POST.getlist("personnes")),
        "erreurs": list(resume(formulaire)) if formulaire.is_bound else [],
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if contexte["erreurs"] else HTTPStatus.OK
    return render(request, "espace/droits/revue.html", contexte, status=statut)
