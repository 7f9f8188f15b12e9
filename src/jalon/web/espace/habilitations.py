"""Who may do what: the matrix, invitations, withdrawals, requests."""

from collections.abc import (
    Iterable,
)
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalon.habilitations.actions.droits import modifier_droits, retirer_rattachement
from jalon.habilitations.actions.invitations import inviter_personne
from jalon.habilitations.models import Rattachement
from jalon.habilitations.profils import PROFILS
from jalon.habilitations.regles import (
    DemandeDroit,
)
from jalon.habilitations.requetes.demandes import (
    demandes_en_attente,
    etat_de_l_administration,
)
from jalon.habilitations.requetes.groupes import noms_des_groupes
from jalon.habilitations.requetes.matrice import (
    AccesDetaille,
    FiltreMatrice,
    acces_detaille,
    matrice,
)
from jalon.habilitations.requetes.nominations import nominations
from jalon.habilitations.requetes.octrois import acces_a_revoir, attend_quelqu_un, octrois_en_attente
from jalon.socle.acteurs import (
    LIBELLES_DOMAINES,
    Domaine,
    Droit,
    Niveau,
    Profil,
)
from jalon.socle.horloge import maintenant
from jalon.web.composants.acces import (
    confirme,
    espace,
    page,
)
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.decision import (
    FormulaireDecision,
    FormulaireOctroi,
    avec_leur_formulaire,
    avec_leur_octroi,
)
from jalon.web.composants.phrases import resume
from jalon.web.espace.commun import Espace, etablissements_choisissables, exiger_ici, ouvrir_espace
from jalon.web.espace.droits.formulaires import FormulaireInvitation, FormulaireLigne, FormulaireMasse, colonnes_de


def cote_demande(request: HttpRequest, ici: Espace) -> Profil:
    """The side of the organisation that the page is about: asked, or the first of the person."""
    demande = request.GET.get("profil") or request.POST.get("cote", "")
    return next((p for p in ici.profils if p.value == demande), ici.profil)


@page(espace(Domaine.ACCES, Niveau.LECTURE))
def habilitations(request: HttpRequest, siren: str) -> HttpResponse:
    """Requests that wait, then people × perimeters × domains; `?modifier=` opens a row."""
    ici = ouvrir_espace(request, siren)
    return montrer_matrice(request, ici, cote_demande(request, ici))


def montrer_matrice(
    request: HttpRequest,
    ici: Espace,
    profil: Profil,
    *,
    ligne: FormulaireLigne | None = None,
    modifiee: str = "",
    decision: FormulaireDecision | None = None,
    masse: FormulaireMasse | None = None,
) -> HttpResponse:
    """The page of the rights; a form that was refused comes back with its reasons."""
    le = maintenant()
    filtre = FiltreMatrice(request.GET.get("q", "").strip()[:100], _chiffres(request.GET.get("lieu", "")), _rang(request))
    vue = matrice(ici.siren, ici.acteur, le, profil, filtre)
    ouverte = modifiee or request.GET.get("modifier", ""), request.GET.get("siret", "")
    if ligne is None and ouverte in {(str(li.rattachement_id), li.lieu) for li in vue.lignes}:
        acces = acces_detaille(UUID(ouverte[0]), ici.acteur, le)
        ligne = FormulaireLigne(profil, _perimetres(ici, profil), acces.sur(ouverte[1]), ouverte[1])
    actifs, en_probation = etat_de_l_administration(ici.siren, profil, le)
    contexte = _a_decider(ici, profil, decision) | {
        "ici": ici,
        "profil": profil,
        "vue": vue,
        "lignes": vue.lignes,
        "colonnes": [(d, LIBELLES_DOMAINES[d]) for d in colonnes_de(profil)],
        "jeux": {code: p.libelle for code, p in PROFILS.items()},
        "administre": ici.acteur.a_un_droit(ici.siren, Droit(Domaine.ACCES, Niveau.GESTION), profil),
        "confirme": ici.acteur.est_administrateur(ici.siren, profil),
        "actifs": actifs,
        "en_probation": en_probation,
        "ouverte": ouverte,
        "formulaire": ligne,
        "masse": masse or FormulaireMasse(groupes_proposes(ici, profil)),
        "filtre": filtre,
        "requete": urlencode({"profil": profil.value, "q": filtre.texte, "lieu": filtre.siret, "page": vue.page}),
        "precedent": _adresse(request, vue.page - 1) if vue.page > 1 else "",
        "suivant": _adresse(request, vue.page + 1) if vue.page < vue.pages else "",
        "erreurs": [e for f in (ligne, decision, masse) if f is not None for e in resume(f)],
    }
    statut = HTTPStatus.UNPROCESSABLE_ENTITY if contexte["erreurs"] else HTTPStatus.OK
    return render(request, "espace/habilitations.html", contexte, status=statut)


def _a_decider(ici: Espace, profil: Profil, decision: FormulaireDecision | None) -> dict[str, object]:
    """What waits above the table."""
    le, refuse = maintenant(), decision if isinstance(decision, FormulaireOctroi) else None
    octrois = octrois_en_attente(ici.siren, ici.acteur, le, profil)
    return {
        "demandes": avec_leur_formulaire(demandes_en_attente(ici.siren, ici.acteur, le, profil), decision),
        "nominations": nominations(ici.siren, ici.acteur, le, profil),
        "octrois": avec_leur_octroi(octrois, refuse),
        "a_revoir": acces_a_revoir(ici.siren, ici.acteur, le, profil).count(),
    }


def _chiffres(saisie: str) -> str:
    return "".join(c for c in saisie if c in "0123456789")[:14]


def _rang(request: HttpRequest) -> int:
    demande = request.GET.get("page", "")
    return int(demande) if demande.isdecimal() and len(demande) < 6 else 1


def _adresse(request: HttpRequest, rang: int) -> str:
    """The same table at another page; the row that was open is closed."""
    parametres = request.GET.copy()
    for nom in ("modifier", "siret"):
        parametres.pop(nom, None)
    parametres["page"] = str(rang)
    return f"{request.path}?{parametres.urlencode()}"


def retour_a_la_matrice(request: HttpRequest, siren: str) -> str:
    """The table as it was searched and turned when a change was made in it."""
    garde = urlencode({nom: request.GET[nom] for nom in ("profil", "q", "lieu", "page") if request.GET.get(nom)})
    return reverse("espace_habilitations", args=[siren]) + (f"?{garde}" if garde else "")


def _perimetres(ici: Espace, profil: Profil) -> list[tuple[str, str]]:
    if profil == Profil.PRESTATAIRE:
        return [("", "Tout l’organisme")]
    groupes = [(ident, f"Groupe «\u00a0{nom}\u00a0»") for ident, nom in groupes_proposes(ici, profil).items()]
    return [("", "Toute l’entreprise"), *groupes, *etablissements_choisissables(ici.siren)]


def groupes_proposes(ici: Espace, profil: Profil) -> dict[str, str]:
    """Groups on which rights may be given, by name: a provider has none."""
    return noms_des_groupes(ici.siren) if profil == Profil.ADHERENT else {}


def _acces(ici: Espace, rattachement_id: UUID) -> AccesDetaille:
    acces = acces_detaille(rattachement_id, ici.acteur, maintenant())
    exiger_ici(ici, acces.siren)
    return acces


def annonce_d_un_octroi(fait: str, lien: Rattachement) -> str:
    """What was done, and whether some of it waits for somebody else."""
    if attend_quelqu_un(lien, maintenant()):
        return f"{fait}. Certains attendent\u00a0: 24\u00a0heures, ou la confirmation d’une autre personne."
    return f"{fait}. Ils comptent dès le prochain clic de cette personne." if lien.personne_id else f"{fait}."


@page(confirme(espace(Domaine.ACCES, Niveau.LECTURE, "POST")))
def modifier(request: HttpRequest, siren: str, rattachement_id: UUID) -> HttpResponse:
    """Make one row exactly what is chosen; the other perimeters of the person stay as they are."""
    ici = ouvrir_espace(request, siren)
    acces = _acces(ici, rattachement_id)
    ancien = request.GET.get("siret", "")
    formulaire = FormulaireLigne(acces.profil, _perimetres(ici, acces.profil), acces.sur(ancien), ancien, request.POST)

    def changer() -> Rattachement:
        nouveau = formulaire.cleaned_data["perimetre"]
        autres: Iterable[DemandeDroit] = (
            d for d in acces.droits if d.lieu not in {ancien, nouveau} or d.domaine not in formulaire.domaines
        )
        return modifier_droits(
            rattachement_id=rattachement_id,
            droits=[*autres, *formulaire.case(nouveau)],
            par=ici.acteur,
            maintenant=maintenant(),
        )

    fait = tenter(formulaire, changer)
    if fait is None:
        return montrer_matrice(request, ici, acces.profil, ligne=formulaire, modifiee=str(rattachement_id))
    messages.success(request, annonce_d_un_octroi("Les droits sont modifiés", fait))
    return redirect(retour_a_la_matrice(request, siren))


@page(confirme(espace(Domaine.ACCES, Niveau.GESTION, "GET", "POST")))
def inviter(request: HttpRequest, siren: str) -> HttpResponse:
    """Give rights to an address: they wait there until it signs in."""
    ici = ouvrir_espace(request, siren)
    profil = cote_demande(request, ici)
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
            messages.success(request, annonce_d_un_octroi(f"L’invitation est envoyée à {faite.courriel_invite}", faite))
            return redirect("espace_habilitations", siren=siren)
    return montrer(request, "espace/inviter.html", formulaire, ici=ici, profil=profil)


class FormulaireMotif(forms.Form):
    """The reason that the other side reads."""

    motif = forms.CharField(
        label="Motif", max_length=500, widget=forms.Textarea, help_text="La personne concernée le lira.",
        error_messages={"required": "Indiquez le motif"},
    )  # fmt: skip


@page(confirme(espace(None, Niveau.LECTURE, "GET", "POST")))
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
