"""Who may do what: the matrix, invitations, withdrawals, requests, history."""

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalon.habilitations.actions.droits import modifier_droits, retirer_rattachement
from jalon.habilitations.actions.invitations import inviter_personne
from jalon.habilitations.enums import LIBELLES_JEUX, Etendue, JeuDeDroits
from jalon.habilitations.regles import DemandeDroit, droits_du_jeu
from jalon.habilitations.requetes.demandes import demandes_en_attente, etat_de_l_administration
from jalon.habilitations.requetes.matrice import AccesDetaille, acces_detaille, matrice
from jalon.journal.requetes import journal_des_acces
from jalon.socle.acteurs import LIBELLES_DOMAINES, LIBELLES_NIVEAUX, Domaine, Droit, Niveau, Profil
from jalon.socle.horloge import maintenant
from jalon.socle.texte import normaliser
from jalon.web.composants.acces import espace, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.decision import FormulaireDecision, avec_leur_formulaire
from jalon.web.composants.phrases import resume
from jalon.web.espace.commun import Espace, etablissements_choisissables, exiger_ici, ouvrir_espace

COLONNES = (Domaine.ALTERNANCE, Domaine.PLAN, Domaine.FACTURES, Domaine.REGLEMENTS, Domaine.RIB, Domaine.ACCES)
NIVEAUX = [(str(niveau.value), libelle) for niveau, libelle in LIBELLES_NIVEAUX.items()]
JEUX = [(jeu.value, libelle) for jeu, libelle in LIBELLES_JEUX.items()]


def profil_choisi(request: HttpRequest, ici: Espace) -> Profil:
    """The side that the address or the form names, else the first of the person."""
    demande = request.GET.get("profil") or request.POST.get("cote", "")
    return next((p for p in ici.profils if p.value == demande), ici.profil)


class FormulaireInvitation(forms.Form):
    """Whom, on which perimeter, to do what."""

    prenom = forms.CharField(label="Prénom", max_length=80, required=False)
    nom = forms.CharField(label="Nom", max_length=80, required=False)
    adresse = forms.CharField(
        label="Adresse électronique", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Indiquez l’adresse électronique de la personne"},
    )  # fmt: skip
    etendue = forms.ChoiceField(label="Périmètre", widget=forms.RadioSelect, initial=Etendue.SIREN.value)
    sirets = forms.MultipleChoiceField(
        label="Établissements", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez des établissements de cette entreprise"},
    )  # fmt: skip
    modele = forms.ChoiceField(
        label="Droits", widget=forms.RadioSelect, choices=JEUX,
        help_text="Vous pourrez ajuster chaque droit ensuite, dans le tableau.",
        error_messages={"required": "Choisissez les droits de cette personne"},
    )  # fmt: skip

    def __init__(self, siren: str, profil: Profil, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.profil = profil
        etendue, sirets = self.fields["etendue"], self.fields["sirets"]
        if isinstance(etendue, forms.ChoiceField) and isinstance(sirets, forms.MultipleChoiceField):
            tout = "Toute l’entreprise, établissements à venir compris"
            etendue.choices = [(Etendue.SIREN.value, tout), (Etendue.SIRET.value, "Certains établissements")]
            sirets.choices = list(etablissements_choisissables(siren))
        if profil == Profil.PRESTATAIRE:
            del self.fields["etendue"], self.fields["sirets"]

    @property
    def par_etablissement(self) -> bool:
        """Whether rights may be given on establishments: never on the side of a provider."""
        return "etendue" in self.fields

    def clean(self) -> dict[str, object]:
        donnees: dict[str, object] = super().clean() or {}
        if donnees.get("etendue") == Etendue.SIRET.value:
            if not donnees.get("sirets") and "sirets" not in self.errors:
                self.add_error("sirets", "Choisissez au moins un établissement")
            if donnees.get("modele") == "administration":
                self.add_error("modele", "L’administration se donne sur toute l’entreprise")
        return donnees

    def droits(self) -> list[DemandeDroit]:
        """The boxes that the choices mean."""
        par_lieu = self.cleaned_data.get("etendue") == Etendue.SIRET.value
        return droits_du_jeu(JeuDeDroits(self.cleaned_data["modele"]), self.cleaned_data["sirets"] if par_lieu else ())


class FormulaireLigne(forms.Form):
    """One row of the matrix: a level per domain, on the perimeter chosen."""

    perimetre = forms.ChoiceField(label="Périmètre", required=False)

    def __init__(
        self, perimetres: Sequence[tuple[str, str]], niveaux: Mapping[Domaine, Niveau], siret: str, *args: object
    ) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        champ = self.fields["perimetre"]
        if isinstance(champ, forms.ChoiceField):
            champ.choices = list(perimetres)
        self.initial["perimetre"] = siret
        for domaine in COLONNES:
            nom = f"niveau_{domaine.value}"
            libelle = LIBELLES_DOMAINES[domaine]
            dites = {"required": f"Choisissez le niveau de droit «\u00a0{libelle}\u00a0»"}
            self.fields[nom] = forms.ChoiceField(label=libelle, choices=NIVEAUX, error_messages=dites)
            self.initial[nom] = str(niveaux.get(domaine, Niveau.AUCUN).value)

    def case(self, siret: str) -> list[DemandeDroit]:
        """The boxes of the row, those left at « Aucun » included."""
        etendue = Etendue.SIRET if siret else Etendue.SIREN
        lus = [(domaine, Niveau(int(self.cleaned_data[f"niveau_{domaine.value}"]))) for domaine in COLONNES]
        return [DemandeDroit(etendue, siret, domaine, niveau) for domaine, niveau in lus]


@page(espace(Domaine.ACCES, Niveau.LECTURE))
def habilitations(request: HttpRequest, siren: str) -> HttpResponse:
    """Requests that wait, then people × perimeters × domains; `?modifier=` opens a row."""
    ici = ouvrir_espace(request, siren)
    return montrer_matrice(request, ici, profil_choisi(request, ici), None)


def montrer_matrice(
    request: HttpRequest,
    ici: Espace,
    profil: Profil,
    formulaire: FormulaireLigne | None,
    modifiee: str = "",
    decision: FormulaireDecision | None = None,
) -> HttpResponse:
    """The page of the rights; a row or a decision comes back in its form with its reasons."""
    lignes = matrice(ici.siren, ici.acteur, maintenant(), profil)
    cherche = request.GET.get("q", "").strip()
    montrees = [li for li in lignes if normaliser(cherche) in normaliser(f"{li.nom} {li.email} {li.perimetre}")]
    ouverte = modifiee or request.GET.get("modifier", ""), request.GET.get("siret", "")
    if formulaire is None and ouverte[0]:
        ligne = next((li for li in lignes if (str(li.rattachement_id), li.siret) == ouverte), None)
        formulaire = FormulaireLigne(_perimetres(ici, profil), ligne.niveaux, ouverte[1]) if ligne is not None else None
    actifs, en_probation = etat_de_l_administration(ici.siren, profil, maintenant())
    contexte = {
        "ici": ici,
        "profil": profil,
        "lignes": montrees,
        "colonnes": [(d, LIBELLES_DOMAINES[d]) for d in COLONNES],
        "demandes": avec_leur_formulaire(demandes_en_attente(ici.siren, ici.acteur, maintenant(), profil), decision),
        "jeux": LIBELLES_JEUX,
        "administre": ici.acteur.a_un_droit(ici.siren, Droit(Domaine.ACCES, Niveau.GESTION), profil),
        "actifs": actifs,
        "en_probation": en_probation,
        "ouverte": ouverte,
        "formulaire": formulaire,
        "cherche": cherche,
        "erreurs": [e for f in (formulaire, decision) if f is not None for e in resume(f)],
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if contexte["erreurs"] else HTTPStatus.OK
    return render(request, "espace/habilitations.html", contexte, status=statut)


def _perimetres(ici: Espace, profil: Profil) -> list[tuple[str, str]]:
    tout = [("", "Toute l’entreprise" if profil == Profil.ADHERENT else "Tout l’organisme")]
    return tout + (list(etablissements_choisissables(ici.siren)) if profil == Profil.ADHERENT else [])


def _acces(ici: Espace, rattachement_id: UUID) -> AccesDetaille:
    acces = acces_detaille(rattachement_id, ici.acteur, maintenant())
    exiger_ici(ici, acces.siren)
    return acces


@page(espace(Domaine.ACCES, Niveau.LECTURE, "POST"))
def modifier(request: HttpRequest, siren: str, rattachement_id: UUID) -> HttpResponse:
    """Make one row exactly what is chosen; the other perimeters of the person stay as they are."""
    ici = ouvrir_espace(request, siren)
    acces = _acces(ici, rattachement_id)
    ancien = request.GET.get("siret", "")
    formulaire = FormulaireLigne(_perimetres(ici, acces.profil), {}, ancien, request.POST)

    def changer() -> object:
        nouveau = formulaire.cleaned_data["perimetre"]
        autres: Iterable[DemandeDroit] = (
            d for d in acces.droits if d.siret not in {ancien, nouveau} or d.domaine not in COLONNES
        )
        return modifier_droits(
            rattachement_id=rattachement_id,
            droits=[*autres, *formulaire.case(nouveau)],
            par=ici.acteur,
            maintenant=maintenant(),
        )

    if tenter(formulaire, changer) is None:
        return montrer_matrice(request, ici, acces.profil, formulaire, modifiee=str(rattachement_id))
    messages.success(request, "Les droits sont modifiés. Ils comptent dès le prochain clic de cette personne.")
    return redirect("espace_habilitations", siren=siren)


@page(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST"))
def inviter(request: HttpRequest, siren: str) -> HttpResponse:
    """Give rights to an address: they wait there until it signs in."""
    ici = ouvrir_espace(request, siren)
    profil = profil_choisi(request, ici)
    formulaire = FormulaireInvitation(siren, profil, request.POST or None)
    if request.method == "POST":
        faite = tenter(
            formulaire,
            lambda: inviter_personne(
                siren=siren,
                profil=profil,
                adresse=formulaire.cleaned_data["adresse"],
                droits=formulaire.droits(),
                par=ici.acteur,
                maintenant=maintenant(),
                prenom=formulaire.cleaned_data["prenom"],
                nom=formulaire.cleaned_data["nom"],
            ),
        )
        if faite is not None:
            messages.success(request, f"L’invitation est envoyée à {faite.courriel_invite}.")
            return redirect("espace_habilitations", siren=siren)
    return montrer(request, "espace/inviter.html", formulaire, ici=ici, profil=profil)


class FormulaireMotif(forms.Form):
    """The reason that the other side reads."""

    motif = forms.CharField(
        label="Motif", max_length=500, widget=forms.Textarea, help_text="La personne concernée le lira.",
        error_messages={"required": "Indiquez le motif"},
    )  # fmt: skip


@page(espace(None, Niveau.LECTURE, "GET", "POST"))
def retirer(request: HttpRequest, siren: str, rattachement_id: UUID) -> HttpResponse:
    """One action with a reason, told to the other side; it counts from the next click. Everybody may leave."""
    ici = ouvrir_espace(request, siren)
    acces = _acces(ici, rattachement_id)
    if acces.rattachement.personne_id != ici.acteur.identite:
        ici.acteur.exiger(Droit(Domaine.ACCES, Niveau.GESTION), acces.rattachement.portee)
    formulaire = FormulaireMotif(request.POST or None)
    if request.method == "POST":
        fait = tenter(
            formulaire,
            lambda: retirer_rattachement(
                rattachement_id=rattachement_id,
                motif=formulaire.cleaned_data["motif"],
                par=ici.acteur,
                maintenant=maintenant(),
            ),
        )
        if fait is not None:
            messages.success(request, "L’accès est retiré, et la personne prévenue.")
            soi_meme = fait.personne_id == ici.acteur.identite
            return redirect("accueil") if soi_meme else redirect("espace_habilitations", siren=siren)
    lien = acces.rattachement
    nom = lien.personne.nom_complet if lien.personne else lien.courriel_invite
    retour = reverse("espace_habilitations" if ici.voit(Domaine.ACCES) else "espace_accueil", args=[siren])
    return montrer(request, "espace/retirer_acces.html", formulaire, ici=ici, nom=nom, retour=retour)


@page(espace(Domaine.ACCES, Niveau.GESTION))
def historique(request: HttpRequest, siren: str) -> HttpResponse:
    """Every change of rights or of account of the company or provider, newest first."""
    ici = ouvrir_espace(request, siren)
    return render(request, "espace/acces_historique.html", {"ici": ici, "evenements": journal_des_acces(ici.acteur, siren)})
