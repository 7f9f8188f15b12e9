"""What the OPCO says of the portal, as those who write it see it."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.aide.actions.etats import programmer_etat, terminer_etat
from jalon.aide.enums import LIBELLES_NIVEAUX_ETAT, LIBELLES_PUBLICS, NiveauEtat, PublicEtat
from jalon.aide.guides import GUIDES
from jalon.aide.regles_etats import TEXTE_MAX, SaisieEtat
from jalon.aide.requetes_etats import etats_programmes
from jalon.socle.acteurs import Pouvoir
from jalon.socle.dates import PARIS
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import confirme, opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.champs import ChampDate
from jalon.web.opco.commun import acteur_opco

HEURE_ATTENDUE = "Écrivez l’heure sous la forme 10:00"
EXPLICATIONS = {
    NiveauEtat.PERTURBATION: "quelque chose ne marche pas, le message reste affiché",
    NiveauEtat.MAINTENANCE: "un arrêt prévu, le message reste affiché",
    NiveauEtat.INFORMATION: "une nouvelle, chacun peut la fermer pour sa session",
}


class FormulaireEtat(forms.Form):
    """Judged by the action; days and hours are of Paris."""

    niveau = forms.ChoiceField(
        label="Niveau",
        widget=forms.RadioSelect,
        choices=[(n.value, f"{libelle}\u00a0: {EXPLICATIONS[n]}") for n, libelle in LIBELLES_NIVEAUX_ETAT.items()],
        error_messages={"required": "Choisissez le niveau du message", "invalid_choice": "Choisissez le niveau du message"},
    )
    texte = forms.CharField(
        label="Message",
        max_length=TEXTE_MAX,
        help_text=f"Ce qui se passe, pour qui, jusqu’à quand. {TEXTE_MAX}\u00a0signes au plus.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez le message"},
    )
    debut_jour = ChampDate(label="Premier jour", required=False, help_text="Vide\u00a0: tout de suite.")
    debut_heure = forms.TimeField(
        label="Heure de début",
        required=False,
        widget=forms.TimeInput(format="%H:%M"),
        help_text="Vide\u00a0: minuit, à l’heure de Paris.",
        error_messages={"invalid": HEURE_ATTENDUE},
    )
    fin_jour = ChampDate(label="Dernier jour", required=False, help_text="Vide\u00a0: jusqu’à ce que vous le terminiez.")
    fin_heure = forms.TimeField(
        label="Heure de fin",
        required=False,
        widget=forms.TimeInput(format="%H:%M"),
        help_text="Vide\u00a0: la fin de la journée.",
        error_messages={"invalid": HEURE_ATTENDUE},
    )
    publics = forms.MultipleChoiceField(
        label="Qui le voit",
        widget=forms.CheckboxSelectMultiple,
        choices=[(p.value, libelle) for p, libelle in LIBELLES_PUBLICS.items()],
        initial=[p.value for p in PublicEtat],
        error_messages={"required": "Cochez au moins un public", "invalid_choice": "Cochez des publics de cette liste"},
    )
    guide = forms.ChoiceField(
        label="Guide à lire",
        required=False,
        choices=[("", "Aucun"), *((g.code, g.titre) for g in GUIDES.values())],
        error_messages={"invalid_choice": "Choisissez un guide de cette liste"},
    )

    def clean(self) -> dict[str, Any]:
        """An hour alone is of no day."""
        lues = super().clean() or self.cleaned_data
        for bout in ("debut", "fin"):
            if lues.get(f"{bout}_heure") is not None and not lues.get(f"{bout}_jour") and f"{bout}_jour" not in self.errors:
                self.add_error(f"{bout}_jour", "Indiquez aussi le jour")
        return lues

    def saisie(self, le: datetime) -> SaisieEtat:
        """What the action reads."""
        lues = self.cleaned_data
        debut, fin = lues["debut_jour"], lues["fin_jour"]
        return SaisieEtat(
            niveau=lues["niveau"],
            texte=lues["texte"],
            debut=datetime.combine(debut, lues["debut_heure"] or time(), PARIS) if debut else le,
            fin=datetime.combine(fin, lues["fin_heure"] or time(23, 59, 59), PARIS) if fin else None,
            publics=tuple(lues["publics"]),
            guide=lues["guide"],
        )


@page(opco(Pouvoir.REGLER_BAREMES))
def liste(request: HttpRequest) -> HttpResponse:
    """What is to come, in course, and was shown in the last 90 days."""
    le = maintenant()
    lignes = [(m, m.etat, _quand(m.etat.fin, m.debut, le)) for m in etats_programmes(acteur_opco(request), le)]
    return render(request, "opco/etats.html", {"lignes": lignes})


def _quand(fin: datetime | None, debut: datetime, le: datetime) -> str:
    if fin is not None and fin <= max(debut, le):
        return "Terminé" if fin > debut else "Retiré avant d’être affiché"
    return "À venir" if debut > le else "En cours"


@page(confirme(opco(Pouvoir.REGLER_BAREMES, "GET", "POST")))
def nouveau(request: HttpRequest) -> HttpResponse:
    """One more; a form sent back with a refusal keeps everything typed."""
    acteur, le = acteur_opco(request), maintenant()
    formulaire = FormulaireEtat(request.POST or None)
    if request.method == "POST":
        fait = tenter(formulaire, lambda: programmer_etat(saisie=formulaire.saisie(le), par=acteur, maintenant=le))
        if fait is not None:
            messages.success(
                request, "Le message est programmé. Il paraît sur chaque page dans les 30\u00a0secondes qui suivent son début."
            )
            return redirect("opco_etats")
    return montrer(request, "opco/etat_nouveau.html", formulaire)


@page(opco(Pouvoir.REGLER_BAREMES, "POST"))
def terminer(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Take it off."""
    terminer_etat(message_id=message_id, par=acteur_opco(request), maintenant=maintenant())
    messages.success(request, "Le message est terminé\u00a0: il disparaît des pages dans les 30\u00a0secondes.")
    return redirect("opco_etats")
