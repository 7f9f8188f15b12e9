"""The threads of a request, for who answers at the OPCO."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.dossiers.actions import confier_echange, ecrire_message, ouvrir_jointe
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Pouvoir
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.fichiers import reponse_fichier
from jalon.web.opco.formulaires_instruction import FormulaireConfier, FormulaireMessage
from jalon.web.opco.instruction import collegues_de, contexte_du_dossier, ouvrir_dossier


@page(opco(Pouvoir.INSTRUIRE, "POST"))
def ecrire(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Write to the company or to the provider."""
    acteur, lu = ouvrir_dossier(request, dossier_id, Pouvoir.INSTRUIRE)
    formulaire = FormulaireMessage(request.POST, request.FILES)
    ecrit = tenter(
        formulaire,
        lambda: ecrire_message(
            dossier_id=dossier_id,
            corps=formulaire.cleaned_data["corps"],
            fichiers=formulaire.joints(),
            avec=Cote(formulaire.cleaned_data["avec"]),
            par=acteur,
            maintenant=maintenant(),
        ),
    )
    if ecrit is None:
        return montrer(request, "opco/dossier.html", formulaire, **contexte_du_dossier(request, acteur, lu))
    messages.success(request, "Votre message est envoyé.")
    return redirect("opco_dossier", dossier_id=dossier_id)


@page(opco(Pouvoir.INSTRUIRE, "GET", "POST"))
def confier(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Give a thread to a colleague: the other side reads who answers."""
    acteur, lu = ouvrir_dossier(request, dossier_id, Pouvoir.INSTRUIRE)
    formulaire = FormulaireConfier(collegues_de(lu), request.POST or None)
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: confier_echange(
                dossier_id=dossier_id,
                a=UUID(formulaire.cleaned_data["a"]),
                avec=Cote(formulaire.cleaned_data["avec"]),
                par=acteur,
                maintenant=maintenant(),
            ),
        )
        if fait is not None:
            messages.success(request, f"L’échange est confié à {fait.confie_a_nom}.")
            return redirect("opco_dossier", dossier_id=dossier_id)
    return montrer(request, "opco/echange_confier.html", formulaire, dossier=lu)


@page(opco(Pouvoir.CONSULTER))
def jointe(request: HttpRequest, dossier_id: UUID, jointe_id: UUID) -> HttpResponse:
    """A document of a message, as a download; the journal keeps it."""
    acteur, _ = ouvrir_dossier(request, dossier_id)
    lue, octets = ouvrir_jointe(dossier_id=dossier_id, jointe_id=jointe_id, par=acteur, maintenant=maintenant())
    return reponse_fichier(octets, lue.document.nom, lue.document.type_mime)
