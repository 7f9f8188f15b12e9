"""What may be changed of a request that was sent: by oneself, by an avenant, or by asking the OPCO."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from jalon.dispositifs.base import ApresEnvoi
from jalon.dossiers.actions import demander_modification, mettre_a_jour, retirer_modification
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles.modifications import REOUVRABLES, VIVANTS
from jalon.dossiers.requetes import ce_qui_se_modifie, cote_de, modifications_de, portee_entreprise
from jalon.dossiers.requetes.modifications import CaseModifiable, RubriqueModifiable
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.composants.acces import espace, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.contrats import vie_du_contrat
from jalon.web.espace.commun import Espace
from jalon.web.espace.dossier import ouvrir_dossier
from jalon.web.espace.saisie.formulaires import champ_de_la_case


class FormulaireMiseAJour(forms.Form):
    """The boxes that the dispositif leaves to the company, as they are now; each is named by its path."""

    def __init__(self, libres: list[CaseModifiable], *args: Any) -> None:
        super().__init__(*args)
        for libre in libres:
            champ = champ_de_la_case(libre.case, aujourdhui())
            champ.error_messages["required"] = libre.case.manque
            champ.help_text = libre.case.aide
            self.fields[libre.chemin] = champ
            self.initial[libre.chemin] = libre.texte


class FormulaireModification(forms.Form):
    """What should be written instead, and why."""

    souhait = forms.CharField(
        label="Réponse souhaitée", max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Indiquez la réponse souhaitée"},
    )  # fmt: skip
    motif = forms.CharField(
        label="Pourquoi\u00a0?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Expliquez pourquoi cette réponse doit changer"},
    )  # fmt: skip

    def __init__(self, visee: CaseModifiable, *args: Any) -> None:
        super().__init__(*args)
        if visee.case.sensible:
            del self.fields["souhait"]


def _ouvrir(request: HttpRequest, siren: str, dossier_id: UUID) -> tuple[Espace, Dossier, list[RubriqueModifiable]]:
    """A request that was sent, on the company's side. Raises Introuvable."""
    ici, lu = ouvrir_dossier(request, siren, dossier_id)
    if lu.est_brouillon or cote_de(lu, ici.acteur) != Cote.ENTREPRISE:
        raise Introuvable
    return ici, lu, ce_qui_se_modifie(lu)


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def modifier(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """« Que puis-je modifier ? »: drawn from the declaration of the dispositif; the free boxes are changed here."""
    ici, lu, rubriques = _ouvrir(request, siren, dossier_id)
    libres = [c for r in rubriques for c in r.cases if c.comment == ApresEnvoi.LIBRE]
    formulaire = FormulaireMiseAJour(libres, request.POST or None)
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: mettre_a_jour(
                dossier_id=dossier_id, valeurs=formulaire.cleaned_data, par=ici.acteur, maintenant=maintenant()
            ),
        )
        if fait is not None:
            messages.success(request, "Le dossier est à jour, le conseiller est prévenu.")
            return redirect("espace_dossier", siren=siren, dossier_id=dossier_id)
    envoi, saisie = (ici.acteur.peut(lu.droit(n), portee_entreprise(lu)) for n in (Niveau.ENVOI, Niveau.SAISIE))
    return montrer(
        request, "espace/dossier_modifier.html", formulaire, ici=ici, dossier=lu, rubriques=rubriques,
        modifications=modifications_de(lu, ici.acteur), moi=ici.acteur.identite if saisie else None, peut_mettre_a_jour=bool(libres) and envoi and lu.etat in VIVANTS,
        peut_demander=saisie and lu.etat in REOUVRABLES, voit_rib=ici.voit(Domaine.RIB),
        peut_changer=vie_du_contrat(lu, ici.acteur)["peut_changer"],
    )  # fmt: skip


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def demander(request: HttpRequest, siren: str, dossier_id: UUID, chemin: str) -> HttpResponse:
    """Ask the OPCO to open one answer again."""
    ici, lu, rubriques = _ouvrir(request, siren, dossier_id)
    ici.acteur.exiger(lu.droit(Niveau.SAISIE), portee_entreprise(lu))
    visee = next(((r, c) for r in rubriques for c in r.cases if c.chemin == chemin), None)
    if visee is None:
        raise Introuvable
    rubrique, case = visee
    formulaire = FormulaireModification(case, request.POST or None)
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: demander_modification(
                dossier_id=dossier_id,
                chemin=chemin,
                souhait=formulaire.cleaned_data.get("souhait", ""),
                motif=formulaire.cleaned_data["motif"],
                par=ici.acteur,
                maintenant=maintenant(),
            ),
        )
        if fait is not None:
            messages.success(request, "La modification est demandée à l’OPCO.")
            return redirect("espace_dossier_modifier", siren=siren, dossier_id=dossier_id)
    return montrer(request, "espace/modification_demander.html", formulaire, ici=ici, dossier=lu, rubrique=rubrique, case=case)


@page(espace(None, Niveau.LECTURE, "POST"))
def retirer(request: HttpRequest, siren: str, dossier_id: UUID, modification_id: UUID) -> HttpResponse:
    """Take back what was asked, before its answer."""
    ici, _, _ = _ouvrir(request, siren, dossier_id)
    retirer_modification(dossier_id=dossier_id, modification_id=modification_id, par=ici.acteur, maintenant=maintenant())
    messages.success(request, "La demande de modification est retirée.")
    return redirect("espace_dossier_modifier", siren=siren, dossier_id=dossier_id)
