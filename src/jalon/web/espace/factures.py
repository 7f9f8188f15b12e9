"""Invoices: the list, one invoice, sending one with its certificate."""

from decimal import Decimal
from typing import BinaryIO, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from jalon.banque.requetes import historique as historique_bancaire
from jalon.engagements.models import Engagement
from jalon.facturation.actions import Fichier, annuler_facture, deposer_facture, ouvrir_document
from jalon.facturation.enums import LIBELLES_ETATS, LIBELLES_GENRES, LIBELLES_MOTIFS, EtatFacture, GenreFacture, NatureAction
from jalon.facturation.models import Facture
from jalon.facturation.regles import SaisieCertificat, SaisieFacture
from jalon.facturation.requetes import (
    FiltreFactures,
    a_facturer,
    certificat_de,
    engagement_a_facturer,
    facture_accessible,
    historique_de,
    liste_factures,
    parts_a_facturer,
)
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.baremes import ModePaiement
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.composants.acces import espace, page
from jalon.web.composants.actes import montrer, tenter
from jalon.web.composants.champs import ChampDate, ChampMontant
from jalon.web.composants.fichiers import reponse_fichier
from jalon.web.espace.commun import Espace, exiger_ici, ouvrir_espace

TAUX = [("0", "Exonérée (0\u00a0%)"), ("20", "20\u00a0%"), ("10", "10\u00a0%"), ("5.5", "5,5\u00a0%")]


class FormulaireFacture(forms.Form):
    """The invoice as it stands on paper, then the certificate."""

    numero = forms.CharField(
        label="Numéro de la facture", max_length=40, error_messages={"required": "Indiquez le numéro de la facture"}
    )
    date_emission = ChampDate(label="Date d’émission")
    montant_ht = ChampMontant(label="Montant HT")
    taux_tva = forms.ChoiceField(label="Taux de TVA", choices=TAUX)
    montant_ttc = ChampMontant(label="Montant TTC")
    facture = forms.FileField(
        label="La facture",
        help_text="PDF (Factur-X compris), JPEG ou PNG, 10\u00a0Mo au plus.",
        error_messages={"required": "Joignez la facture"},
    )
    date_debut = ChampDate(label="Début réalisé")
    date_fin = ChampDate(label="Fin réalisée")
    heures_realisees = forms.DecimalField(
        label="Heures réalisées", max_digits=8, decimal_places=2, localize=True,
        help_text="Pour tous les salariés ensemble.", error_messages={"required": "Indiquez les heures réalisées", "invalid": "Écrivez un nombre d’heures, par exemple 28"},
    )  # fmt: skip
    nombre_stagiaires = forms.IntegerField(
        label="Nombre de salariés formés",
        min_value=1,
        error_messages={
            "required": "Indiquez le nombre de salariés formés",
            "invalid": "Écrivez un nombre entier, par exemple 2",
        },
    )
    signataire_nom = forms.CharField(
        label="Nom du signataire", max_length=120, error_messages={"required": "Indiquez le nom du signataire du certificat"}
    )
    signataire_qualite = forms.CharField(
        label="Qualité du signataire", max_length=120, error_messages={"required": "Indiquez la qualité du signataire"}
    )
    lieu = forms.CharField(label="Fait à", max_length=120, error_messages={"required": "Indiquez le lieu de signature"})
    signe_le = ChampDate(label="Signé le", error_messages={"required": "Indiquez le jour de signature du certificat"})
    certificat = forms.FileField(
        label="Le certificat de réalisation",
        help_text="PDF, JPEG ou PNG, 10 Mo au plus.",
        error_messages={"required": "Joignez le certificat de réalisation"},
    )
    conservation = forms.BooleanField(
        label="Je m’engage à conserver les justificatifs de la formation",
        error_messages={"required": "Cochez cet engagement\u00a0: il figure sur le certificat"},
    )

    def saisie_facture(self) -> SaisieFacture:
        """What is judged of the invoice."""
        lu = self.cleaned_data
        return SaisieFacture(
            numero=lu["numero"], date_emission=lu["date_emission"], montant_ht=lu["montant_ht"],
            taux_tva=Decimal(lu["taux_tva"]), montant_ttc=lu["montant_ttc"],
        )  # fmt: skip

    def saisie_certificat(self) -> SaisieCertificat:
        """What is judged of the certificate."""
        lu = self.cleaned_data
        return SaisieCertificat(
            nature=NatureAction.ACTION_FORMATION, date_debut=lu["date_debut"], date_fin=lu["date_fin"],
            heures_realisees=lu["heures_realisees"], nombre_stagiaires=lu["nombre_stagiaires"],
            signataire_nom=lu["signataire_nom"], signataire_qualite=lu["signataire_qualite"], lieu=lu["lieu"],
            signe_le=lu["signe_le"], conservation=lu["conservation"],
        )  # fmt: skip

    def fichier(self, nom: str) -> Fichier:
        """An uploaded file, as the action takes it."""
        recu: UploadedFile[bytes] = self.cleaned_data[nom]
        return Fichier(recu.name or "", cast("BinaryIO", recu.file))


@page(espace(Domaine.FACTURES))
def liste(request: HttpRequest, siren: str) -> HttpResponse:
    """Invoices of the place, what may still be invoiced."""
    ici = ouvrir_espace(request, siren)
    etat, texte = request.GET.get("etat", ""), request.GET.get("q", "").strip()[:200]
    etat = etat if etat in set(EtatFacture) else ""
    filtre = FiltreFactures(texte=texte, etats=frozenset({etat}) if etat else frozenset())
    resultat = liste_factures(ici.acteur, siren, filtre, request.GET.get("page", ""))
    suite = QueryDict(mutable=True)
    suite.update({n: v for n, v in (("etat", etat), ("q", texte), ("page", resultat.suivant)) if v})
    contexte = {
        "ici": ici,
        "voit_rib": ici.voit(Domaine.RIB),
        "page": resultat,
        "suivant": f"{request.path}?{suite.urlencode()}" if resultat.suivant else "",
        "etat": etat,
        "texte": texte,
        "etats": [("", "Tous"), *((e.value, LIBELLES_ETATS[e]) for e in EtatFacture)],
        "restes": a_facturer(ici.acteur, siren, aujourdhui()) if ici.voit(Domaine.FACTURES, niveau=Niveau.ENVOI) else [],
    }
    return render(request, "espace/factures.html", contexte)


@page(espace(Domaine.RIB))
def historique(request: HttpRequest, siren: str) -> HttpResponse:
    """Accounts, present and past, where people look for them."""
    ici = ouvrir_espace(request, siren)
    cotes = [(profil, historique_bancaire(siren, profil, ici.acteur, maintenant())) for profil in ici.profils]
    return render(request, "espace/factures_historique.html", {"ici": ici, "cotes": cotes})


def ouvrir_facture(request: HttpRequest, siren: str, facture_id: UUID) -> tuple[Espace, Facture]:
    """The invoice of the URL, in the space of the URL. Raises Introuvable."""
    ici = ouvrir_espace(request, siren)
    lue = facture_accessible(facture_id, ici.acteur)
    exiger_ici(ici, lue.siren, lue.prestataire_siren)
    return ici, lue


@page(espace(Domaine.FACTURES))
def facture(request: HttpRequest, siren: str, facture_id: UUID) -> HttpResponse:
    """One invoice: state, amounts, documents, history."""
    ici, lue = ouvrir_facture(request, siren, facture_id)
    contexte = {
        "ici": ici,
        "facture": lue,
        "certificat": certificat_de(lue),
        "motif": LIBELLES_MOTIFS.get(lue.motif_rejet, ""),  # type: ignore[call-overload]
        "genre": LIBELLES_GENRES[GenreFacture(lue.genre)],
        "evenements": historique_de(lue),
        "peut_annuler": lue.etat == EtatFacture.TRANSMISE and ici.voit(Domaine.FACTURES, niveau=Niveau.ENVOI),
    }
    return render(request, "espace/facture.html", contexte)


@page(espace(Domaine.FACTURES))
def document(request: HttpRequest, siren: str, facture_id: UUID, nom: str) -> HttpResponse:
    """The invoice or the certificate, as a download."""
    ici, _ = ouvrir_facture(request, siren, facture_id)
    fichier, octets = ouvrir_document(facture_id=facture_id, nom=nom, par=ici.acteur, maintenant=maintenant())
    return reponse_fichier(octets, fichier.nom, fichier.type_mime)


@page(espace(Domaine.FACTURES, Niveau.ENVOI, "POST"))
def annuler(request: HttpRequest, siren: str, facture_id: UUID) -> HttpResponse:
    """Withdraw an invoice that nobody has treated."""
    ici, _ = ouvrir_facture(request, siren, facture_id)
    annuler_facture(facture_id=facture_id, par=ici.acteur, maintenant=maintenant())
    messages.success(request, "La facture est annulée. Vous pouvez en envoyer une autre.")
    return redirect("espace_factures", siren=siren)


@page(espace(Domaine.FACTURES, Niveau.ENVOI, "GET", "POST"))
def nouvelle(request: HttpRequest, siren: str, engagement_id: UUID, genre: str) -> HttpResponse:
    """Send an invoice with its certificate, against an engagement."""
    ici = ouvrir_espace(request, siren)
    if genre not in set(GenreFacture):
        raise Introuvable
    engagement = engagement_a_facturer(engagement_id, GenreFacture(genre), ici.acteur)
    exiger_ici(ici, engagement.siren, engagement.prestataire_siren)
    reste = next((r for r in parts_a_facturer(engagement, ici.acteur, siren) if r.genre == genre), None)
    if reste is None:
        raise Introuvable
    formulaire = FormulaireFacture(request.POST or None, request.FILES or None, initial=_prerempli(engagement, reste.reste))
    if request.method == "POST":
        envoyee = tenter(
            formulaire,
            lambda: deposer_facture(
                engagement_id=engagement_id,
                facture=formulaire.saisie_facture(),
                certificat=formulaire.saisie_certificat(),
                fichier_facture=formulaire.fichier("facture"),
                fichier_certificat=formulaire.fichier("certificat"),
                par=ici.acteur,
                maintenant=maintenant(),
                genre=GenreFacture(genre),
            ),
        )
        if envoyee is not None:
            messages.success(request, f"La facture {envoyee.numero} est transmise à l’OPCO.")
            return redirect("espace_facture", siren=siren, facture_id=envoyee.pk)
    return montrer(request, "espace/facture_nouvelle.html", formulaire, ici=ici, engagement=engagement, reste=reste)


def _prerempli(engagement: Engagement, reste: Decimal) -> dict[str, object]:
    """What the agreement already says: the amounts that are left."""
    subrogation = engagement.mode_paiement == ModePaiement.SUBROGATION
    taux = engagement.taux_tva
    ht = (reste / (1 + taux / 100)).quantize(Decimal("0.01")) if subrogation else reste
    return {"montant_ht": ht, "taux_tva": f"{taux.normalize():f}", "montant_ttc": reste if subrogation else ht * (1 + taux / 100)}
