"""Handing over the form to be signed."""

from django.http import HttpResponse

from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import jour_du_formulaire
from jalon.editions.composition import composer_formulaire
from jalon.editions.formulaire import FormulairePapier
from jalon.web.composants.fichiers import reponse_fichier


def reponse_formulaire(dossier: Dossier, papier: FormulairePapier) -> HttpResponse:
    """The PDF, named after the request and never after a person: « apprentissage-2611CA000318.pdf »."""
    octets = composer_formulaire(papier, date_document=jour_du_formulaire(dossier))
    nom = "-".join(filter(None, [dossier.dispositif, dossier.numero or "brouillon", "relecture" if papier.note else ""]))
    return reponse_fichier(octets, f"{nom}.pdf", "application/pdf")
