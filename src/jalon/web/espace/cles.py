"""Keys of the API: seen by who sees the accesses, made and revoked by who administers them."""

from typing import ClassVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jalon.habilitations.actions.cles import creer_cle_api, revoquer_cle
from jalon.habilitations.phrases import CLES_EN_PROBATION
from jalon.habilitations.profils import limiter
from jalon.habilitations.regles_des_cles import (
    MOTIF_MAX,
    NOM_MAX,
    PLAFONDS,
    DemandeCle,
    dernier_jour_possible,
)
from jalon.habilitations.requetes.cles import cle_accessible, cles_du_cote
from jalon.socle.acteurs import FAMILLES, Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import DroitManquant
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.socle.identifiants import nouvel_id
from jalon.web.composants.acces import espace, exiger_second_facteur_recent, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.champs import ChampDate
from jalon.web.espace.commun import Espace, exiger_ici, ouvrir_espace
from jalon.web.espace.droits.formulaires import DISPOSITIF_INCONNU, choix_de_dispositif, proposer
from jalon.web.espace.formulaires_perimetre import DOMAINES, FormulairePerimetre, boite_du_niveau

ADRESSES_EN_SIGNES = 2000


class FormulaireCle(FormulairePerimetre):
    """For which software, to do what, where, until when, from where. The id makes a second sending harmless."""

    phrase_du_niveau: ClassVar = "Choisissez ce que la clé permet sur «\u00a0{libelle}\u00a0»"
    nom = forms.CharField(
        label="Nom de la clé", max_length=NOM_MAX, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Le logiciel qui s’en servira, par exemple «\u00a0Paie Lyon\u00a0».",
        error_messages={"required": "Indiquez le nom du logiciel qui se servira de cette clé"},
    )  # fmt: skip
    jusqu_au = ChampDate(
        label="Dernier jour", help_text="Dans douze mois au plus. La clé sert encore ce jour-là.",
        widget=forms.DateInput(attrs={"autocomplete": "off", "class": "w-m"}),
        error_messages={"required": "Indiquez le dernier jour de la clé"},
    )  # fmt: skip
    dispositif = forms.ChoiceField(
        label="Dossiers ouverts par la clé", required=False, error_messages={"invalid_choice": DISPOSITIF_INCONNU}
    )
    adresses = forms.CharField(
        label="Adresses permises", max_length=ADRESSES_EN_SIGNES, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Une adresse ou un réseau par ligne, par exemple 203.0.113.7 ou 2001:db8::/48. Sans rien, la clé sert de partout.",
    )  # fmt: skip
    field_order = ("nom", "etendue", "sirets", "jusqu_au", "dispositif", "adresses")

    def __init__(self, siren: str, profil: Profil, *args: object, **kwargs: object) -> None:
        super().__init__(siren, profil, *args, **kwargs)
        self.initial.update(jusqu_au=dernier_jour_possible(aujourdhui()), cle_id=nouvel_id())
        self.initial.update(
            {boite_du_niveau(d): str((Niveau.LECTURE if d in FAMILLES else Niveau.AUCUN).value) for d in DOMAINES}
        )
        self.fields["cle_id"] = forms.UUIDField(widget=forms.HiddenInput)
        proposer(self.fields["dispositif"], choix_de_dispositif())

    @classmethod
    def plafond(cls, domaine: Domaine) -> Niveau:
        """The highest level of a key there."""
        return PLAFONDS[domaine]

    def demande(self) -> DemandeCle:
        """What the boxes mean."""
        lues = self.cleaned_data
        droits = [Droit(domaine, niveau) for domaine, niveau in self.niveaux().items()]
        return DemandeCle(
            nom=lues["nom"],
            droits=limiter(droits, lues["dispositif"]) if lues["dispositif"] else droits,
            jusqu_au=lues["jusqu_au"],
            sirets=self.lieux(),
            adresses=lues["adresses"].split(),
        )


class FormulaireRevocation(forms.Form):
    """Why."""

    motif = forms.CharField(
        label="Motif", max_length=MOTIF_MAX, help_text="Il figure au journal des accès.",
        error_messages={"required": "Indiquez le motif de la révocation"},
    )  # fmt: skip


def _cote(request: HttpRequest, ici: Espace) -> Profil:
    demande = request.GET.get("profil", "")
    return next((p for p in ici.profils if p.value == demande), ici.profil)


def _exiger_de_gerer(ici: Espace, profil: Profil) -> None:
    """Raise DroitManquant unless the person administers that side, out of her first 72 hours."""
    if ici.acteur.est_administrateur(ici.siren, profil):
        return
    gestion = Droit(Domaine.ACCES, Niveau.GESTION)
    if ici.acteur.a_un_droit(ici.siren, gestion, profil):
        raise DroitManquant(CLES_EN_PROBATION)
    raise DroitManquant(ici.acteur.phrase_droit_manquant(gestion, ici.siren, profil))


@page(espace(Domaine.ACCES, Niveau.LECTURE))
def cles(request: HttpRequest, siren: str) -> HttpResponse:
    """The keys of each side that the person sees: those in force, then those that ended."""
    ici = ouvrir_espace(request, siren)
    lecture = Droit(Domaine.ACCES, Niveau.LECTURE)
    cotes = [
        (profil, cles_du_cote(siren, profil, ici.acteur, maintenant()), ici.acteur.est_administrateur(siren, profil))
        for profil in ici.profils
        if ici.acteur.a_un_droit(siren, lecture, profil)
    ]
    return render(request, "espace/cles.html", {"ici": ici, "cotes": cotes})


@page(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST"))
def nouvelle(request: HttpRequest, siren: str) -> HttpResponse:
    """A new key, identity confirmed in the last five minutes. The answer shows it, this once: nothing redirects away from it."""
    ici = ouvrir_espace(request, siren)
    profil = _cote(request, ici)
    _exiger_de_gerer(ici, profil)
    exiger_second_facteur_recent(request)
    formulaire = FormulaireCle(siren, profil, request.POST or None)
    if request.method == "POST":
        creee = tenter(
            formulaire,
            lambda: creer_cle_api(
                siren=siren,
                profil=profil,
                demande=formulaire.demande(),
                cle_id=formulaire.cleaned_data["cle_id"],
                par=ici.acteur,
                maintenant=maintenant(),
            ),
        )
        if creee is not None:
            return render(request, "espace/cle_creee.html", {"ici": ici, "cle": creee.cle, "secret": creee.secret})
    return montrer(request, "espace/cle_nouvelle.html", formulaire, ici=ici, profil=profil)


@page(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST"))
def revoquer(request: HttpRequest, siren: str, cle_id: UUID) -> HttpResponse:
    """Close a key for good, with a reason; it counts at the next call."""
    ici = ouvrir_espace(request, siren)
    cle = cle_accessible(cle_id, ici.acteur)
    exiger_ici(ici, cle.organisation_siren)
    _exiger_de_gerer(ici, Profil(cle.profil))
    formulaire = FormulaireRevocation(request.POST or None)
    if request.method == "POST":
        faite = tenter(
            formulaire,
            lambda: revoquer_cle(cle_id=cle_id, motif=formulaire.cleaned_data["motif"], par=ici.acteur, maintenant=maintenant()),
        )
        if faite is not None:
            messages.success(request, f"La clé «\u00a0{faite.nom}\u00a0» est révoquée\u00a0: le prochain appel sera refusé.")
            return redirect("espace_cles", siren=siren)
    return montrer(request, "espace/cle_revoquer.html", formulaire, ici=ici, cle=cle)
