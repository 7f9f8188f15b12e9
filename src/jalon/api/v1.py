"""Version 1: what a provider's or a company's software reads."""

from datetime import date, datetime
from decimal import Decimal

from django.http import HttpRequest
from ninja import NinjaAPI, Schema

from jalon.api.authentification import CleDansLEntete, appelant
from jalon.api.erreurs import brancher
from jalon.dispositifs.base import Silence
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import dossier_par_numero
from jalon.socle.acteurs import FAMILLES, Droit, Niveau
from jalon.socle.horloge import aujourdhui, maintenant

api = NinjaAPI(
    title="Jalon",
    version="1",
    urls_namespace="api-1",
    auth=CleDansLEntete(),
    docs_url=None,
    openapi_url=None,
    description="Suivi des dossiers de formation. Erreurs : application/problem+json.",
)
brancher(api)

LIRE_LES_DOSSIERS = tuple(Droit(famille, Niveau.LECTURE) for famille in FAMILLES)

REFUSE = "REFUSE"
SENS = {Silence.REFUS: "REFUS", Silence.ACCEPTATION: "ACCEPTATION"}
ETATS_DE_LA_NORME = {
    EtatDossier.TRANSMIS: "TRANSMIS",
    EtatDossier.EN_INSTRUCTION: "EN_COURS_INSTRUCTION",
    EtatDossier.A_COMPLETER: "EN_COURS_INSTRUCTION",
    EtatDossier.ACCORDE: "ENGAGE",
    EtatDossier.REFUSE: REFUSE,
    EtatDossier.ANNULE: "ANNULE",
    EtatDossier.ROMPU: "RUPTURE",
    EtatDossier.SOLDE: "SOLDE",
}
"""States of the inter-OPCO norm (regles.md §3.3); a draft has no number and is never served."""


class Statut(Schema):
    """The service answers."""

    statut: str
    horodatage: datetime


class Attente(Schema):
    """Who must act, by when, why."""

    qui: str
    avant: date | None
    motif: str


class DecisionImplicite(Schema):
    """What the OPCO's silence decided: REFUS or ACCEPTATION, since that day, by that article; until an express decision."""

    sens: str
    depuis: date
    source: str


class DossierLu(Schema):
    """One request, without anything about people."""

    numero: str
    etat: str
    dispositif: str
    intitule: str
    siren: str
    siret: str
    prestataireSiren: str  # noqa: N815  names of the norm
    referenceInterne: str  # noqa: N815
    dateDebut: date | None  # noqa: N815
    dateFin: date | None  # noqa: N815
    transmisLe: datetime | None  # noqa: N815
    montantDemande: Decimal | None  # noqa: N815
    montantAccorde: Decimal | None  # noqa: N815
    montantFacture: Decimal | None  # noqa: N815
    montantPaye: Decimal | None  # noqa: N815
    attente: Attente | None
    decisionImplicite: DecisionImplicite | None  # noqa: N815


@api.get("/status", response=Statut, url_name="status")
def statut(request: HttpRequest) -> Statut:
    """Tell that the service answers and that the key is good."""
    return Statut(statut="ok", horodatage=maintenant())


@api.get("/dossiers/{numero}", response=DossierLu, url_name="dossier")
def lire_dossier(request: HttpRequest, numero: str) -> DossierLu:
    """A dossier by its number, when the key's perimeter holds it; otherwise 404, whether it exists or not."""
    return _representer(dossier_par_numero(numero, appelant(request, *LIRE_LES_DOSSIERS)))


def _representer(dossier: Dossier) -> DossierLu:
    attente = None
    if dossier.attend_qui:
        attente = Attente(qui=dossier.attend_qui, avant=dossier.attend_avant, motif=dossier.attend_motif)
    implicite = _decision_implicite(dossier)
    return DossierLu(
        numero=dossier.numero or "",
        etat=REFUSE if implicite and implicite.sens == SENS[Silence.REFUS] else ETATS_DE_LA_NORME[EtatDossier(dossier.etat)],
        dispositif=dossier.dispositif,
        intitule=dossier.titre,
        siren=dossier.siren,
        siret=dossier.siret,
        prestataireSiren=dossier.prestataire_siren,
        referenceInterne=dossier.reference_interne,
        dateDebut=dossier.date_debut,
        dateFin=dossier.date_fin,
        transmisLe=dossier.transmis_le,
        montantDemande=dossier.montant_demande,
        montantAccorde=dossier.montant_accorde,
        montantFacture=dossier.montant_facture,
        montantPaye=dossier.montant_paye,
        attente=attente,
        decisionImplicite=implicite,
    )


def _decision_implicite(dossier: Dossier) -> DecisionImplicite | None:
    """Derived from the day when it is read. The norm has a word for a refusal alone: an acceptance engages nothing before the OPCO
    confirms the amounts (ADR 36), and a provider would invoice what is said to be ENGAGE."""
    implicite = dossier.decision_implicite(aujourdhui())
    if implicite is None:
        return None
    source = dispositif_de(dossier.dispositif).source_silence
    return DecisionImplicite(sens=SENS[implicite.silence], depuis=implicite.depuis, source=source)
