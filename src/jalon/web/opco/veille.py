"""« Veille »: alerts, cut accesses, the register of what was shown. And the exceptional access to one request."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.comptes.requetes import noms
from jalon.journal.enums import Sensible
from jalon.journal.requetes import FiltreRevelations, revelations
from jalon.socle.acteurs import Pouvoir
from jalon.socle.horloge import maintenant
from jalon.veille.actions import ouvrir_exceptionnellement, traiter_alerte
from jalon.veille.enums import LIBELLES_ALERTES, GenreAlerte
from jalon.veille.models import Alerte
from jalon.veille.requetes.alertes import alerte_accessible, alertes_visibles
from jalon.veille.requetes.coupures import coupures_visibles
from jalon.web.composants.acces import opco, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.champs import ChampDate
from jalon.web.opco.commun import acteur_opco

MONTREES = 50
SENSIBLES = {Sensible.NIR: "Donnée protégée", Sensible.IBAN: "IBAN", Sensible.DOCUMENT: "Document"}
ETATS = (("", "À traiter"), ("traitees", "Traitées"))


class FormulaireConsultations(forms.Form):
    """Filters of the register: the URL is the state."""

    q = forms.CharField(label="Personne, objet, motif ou SIREN", max_length=100, required=False)
    genre = forms.ChoiceField(
        label="Ce qui a été montré", required=False, choices=[("", "Tout"), *((s.value, SENSIBLES[s]) for s in Sensible)]
    )
    du = ChampDate(label="Du", required=False)
    au = ChampDate(label="Au", required=False)

    def cases(self) -> list[dict[str, object]]:
        """Boxes as the filters draw them: small, nothing said about their being optional."""
        return [
            {
                "libelle": champ.label,
                "nom": champ.html_name,
                "valeur": champ.value() or "",
                "erreur": next(iter(champ.errors), ""),
                "choix": list(getattr(champ.field, "choices", ())),
            }
            for champ in self
        ]

    def filtre(self) -> FiltreRevelations:
        """What could be read; a box that cannot be is as if it were empty."""
        self.is_valid()
        lus = self.cleaned_data if self.is_bound else {}
        genre = lus.get("genre")
        return FiltreRevelations(
            texte=(lus.get("q") or "").strip(), sensible=Sensible(genre) if genre else None, du=lus.get("du"), au=lus.get("au")
        )


class FormulaireNote(forms.Form):
    """What was understood and done."""

    note = forms.CharField(
        label="Ce que vous avez vérifié et décidé", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez ce que vous avez vérifié et décidé"},
    )  # fmt: skip


class FormulaireExceptionnel(forms.Form):
    """The exact number, and why."""

    numero = forms.CharField(
        label="Numéro du dossier", max_length=30, help_text="Par exemple 2611AF000123.",
        error_messages={"required": "Indiquez le numéro du dossier"},
    )  # fmt: skip
    motif = forms.CharField(
        label="Pourquoi devez-vous lire ce dossier\u00a0?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Par exemple\u00a0: remplacement d’un collègue absent, réclamation transmise par la direction.",
        error_messages={"required": "Indiquez pourquoi vous devez lire ce dossier"},
    )  # fmt: skip


@page(opco(Pouvoir.VEILLER))
def veille(request: HttpRequest) -> HttpResponse:
    """What waits, what is cut, what was shown."""
    acteur = acteur_opco(request)
    etat = request.GET.get("etat", "")
    etat = etat if etat in dict(ETATS) else ""
    filtres = FormulaireConsultations(request.GET if {"q", "genre", "du", "au"} & set(request.GET) else None)
    alertes = alertes_visibles(acteur).filter(traitee_le__isnull=etat != "traitees")
    lignes = revelations(acteur, filtres.filtre())
    contexte = {
        "alertes": [(a, LIBELLES_ALERTES[GenreAlerte(a.genre)]) for a in alertes[:MONTREES]],
        "etats": [(code, libelle, code == etat) for code, libelle in ETATS],
        "coupures": coupures_visibles(acteur).filter(levee_le__isnull=True)[:MONTREES],
        "filtres": filtres.cases(),
        "consultations": [(r, SENSIBLES[Sensible(r.sensible)]) for r in lignes],
    }
    return render(request, "opco/veille.html", contexte)


@page(opco(Pouvoir.VEILLER, "GET", "POST"))
def alerte(request: HttpRequest, alerte_id: UUID) -> HttpResponse:
    """One alert: who, what; then the note that closes it."""
    acteur = acteur_opco(request)
    lue = alerte_accessible(alerte_id, acteur)
    formulaire = FormulaireNote(request.POST or None)
    if request.method == "POST":
        traitee = tenter(
            formulaire,
            lambda: traiter_alerte(
                alerte_id=alerte_id, note=formulaire.cleaned_data["note"], par=acteur, maintenant=maintenant()
            ),
        )
        if traitee is not None:
            messages.success(request, "L’alerte est traitée.")
            return redirect("opco_veille")
    return montrer(
        request, "opco/alerte.html", formulaire, alerte=lue, libelle=LIBELLES_ALERTES[GenreAlerte(lue.genre)],
        compte=_compte_de(lue),
    )  # fmt: skip


def _compte_de(alerte: Alerte) -> UUID | None:
    """The account to cut, when the alert is about a person."""
    return alerte.acteur_id if alerte.acteur_id is not None and noms({alerte.acteur_id}) else None


@page(opco(Pouvoir.CONSULTER, "GET", "POST"))
def acces_exceptionnel(request: HttpRequest) -> HttpResponse:
    """One request outside one's portefeuilles, for an hour, by its exact number and a reason."""
    acteur = acteur_opco(request)
    formulaire = FormulaireExceptionnel(request.POST or None)
    if request.method == "POST":
        ouvert = tenter(
            formulaire, lambda: ouvrir_exceptionnellement(par=acteur, maintenant=maintenant(), **formulaire.cleaned_data)
        )
        if ouvert is not None:
            return redirect("opco_dossier", dossier_id=ouvert.pk)
    return montrer(request, "opco/acces_exceptionnel.html", formulaire)
