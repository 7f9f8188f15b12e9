"""Starting a request, and throwing a draft away."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.dispositifs.base import Dispositif
from jalon.dispositifs.registre import DISPOSITIFS
from jalon.dossiers.actions import creer_brouillon, supprimer_brouillon
from jalon.dossiers.requetes.conventions import organismes_des_conventions
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import DroitManquant
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.composants.acces import espace, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.espace.commun import etablissements_choisissables, ouvrir_espace
from jalon.web.espace.saisie.ouverture import ouvrir_saisie
from jalon.web.espace.saisie.presentation import url_section


class FormulaireNouveau(forms.Form):
    """What is asked, for which establishment."""

    dispositif = forms.ChoiceField(label="Que demandez-vous\u00a0?", widget=forms.RadioSelect)
    siret = forms.ChoiceField(label="Pour quel établissement\u00a0?")

    def __init__(
        self, siren: str, permis: Sequence[Dispositif], organismes: Sequence[tuple[str, str]], *args: object, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        dispositif, siret = self.fields["dispositif"], self.fields["siret"]
        if isinstance(dispositif, forms.ChoiceField) and isinstance(siret, forms.ChoiceField):
            dispositif.choices = [(d.code, d.libelle) for d in permis]
            siret.choices = [("", "Je l’indiquerai ensuite"), *etablissements_choisissables(siren)]
        siret.required = False
        if len(organismes) > 1:
            self.fields["prestataire"] = forms.ChoiceField(
                label="Pour quel organisme de formation déposez-vous\u00a0?", required=False, choices=[("", "Choisissez"), *organismes],
                help_text="Vous agissez pour cette entreprise sous des conventions\u00a0: le dossier nommera cet organisme, et lui seul le "
                "suivra.",
                error_messages={"invalid_choice": "Choisissez un organisme de cette liste"},
            )  # fmt: skip
        self.initial.setdefault("dispositif", permis[0].code)

    @property
    def demande_pour_qui(self) -> bool:
        """Whether the conventions of several providers let the person file there."""
        return "prestataire" in self.fields


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def nouveau(request: HttpRequest, siren: str) -> HttpResponse:
    """Choose the dispositif and the establishment, then type. Requests are filed by companies, never by providers; only the
    dispositifs that the person may prepare somewhere in the company are offered.
    """
    ici = ouvrir_espace(request, siren)
    if not ici.adherent:
        raise DroitManquant("Une demande est déposée par l’entreprise, pas par l’organisme de formation.")
    jour = aujourdhui()
    permis = [
        d
        for d in DISPOSITIFS.values()
        if not d.fermeture(jour) and ici.acteur.a_un_droit(siren, Droit(d.famille, Niveau.SAISIE, d.code), Profil.ADHERENT)
    ]
    if not permis:
        raise DroitManquant(ici.acteur.phrase_droit_manquant(Droit(Domaine.PLAN, Niveau.SAISIE), siren, Profil.ADHERENT))
    formulaire = FormulaireNouveau(siren, permis, organismes_des_conventions(siren, ici.acteur), request.POST or None)
    if request.method == "POST":
        dossier = tenter(
            formulaire,
            lambda: creer_brouillon(
                siren=siren,
                dispositif=formulaire.cleaned_data["dispositif"],
                siret=formulaire.cleaned_data["siret"],
                prestataire=formulaire.cleaned_data.get("prestataire", ""),
                par=ici.acteur,
                maintenant=maintenant(),
            ),
        )
        if dossier is not None:
            premiere = DISPOSITIFS[dossier.dispositif].sections[0].code
            return redirect(url_section(dossier, siren, premiere))
    return montrer(request, "espace/saisie/nouveau.html", formulaire, ici=ici)


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def supprimer(request: HttpRequest, siren: str, dossier_id: UUID) -> HttpResponse:
    """A page that repeats the consequences, then the deletion."""
    saisie = ouvrir_saisie(request, siren, dossier_id)
    if request.method == "POST":
        supprimer_brouillon(dossier_id=dossier_id, par=saisie.ici.acteur, maintenant=maintenant())
        messages.success(request, "Le brouillon et ses pièces sont supprimés.")
        return redirect("espace_brouillons", siren=siren)
    return render(request, "espace/saisie/supprimer.html", {"ici": saisie.ici, "dossier": saisie.dossier})
