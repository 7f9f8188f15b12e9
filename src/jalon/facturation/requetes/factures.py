"""One invoice, its certificate, and what the one who accepts it looks at."""

from uuid import UUID

from django.db.models import Q

from jalon.dossiers.models import Dossier
from jalon.facturation.enums import EtatFacture, NatureAction
from jalon.facturation.models import CertificatRealisation, Facture
from jalon.facturation.regles.certificat import ActionAccordee, SaisieCertificat, controler_service_fait
from jalon.journal.requetes import Ligne, chronologie
from jalon.pieces.models import Document
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import Introuvable
from jalon.socle.lectures import Lu, signaler


def facture_accessible(facture_id: UUID, acteur: Acteur, *, verrou: bool = False) -> Facture:
    """The invoice, if the actor may read it. Raises Introuvable."""
    trouvees = Facture.objects.visibles_par(acteur).filter(pk=facture_id)
    trouvees = trouvees.select_for_update(of=("self",)) if verrou else trouvees.select_related("document")
    facture: Facture | None = trouvees.first()
    if facture is None:
        raise Introuvable("Nous ne trouvons pas cette facture.")
    signaler(acteur, [Lu(facture.pk, _lectrice(facture, acteur))])
    return facture


def _lectrice(facture: Facture, acteur: Acteur) -> str:
    """SIREN on whose behalf the actor reads the invoice; empty for the OPCO."""
    perimetre = acteur.perimetre(Droit(Domaine.FACTURES, Niveau.LECTURE))
    if facture.siren in perimetre.sirens or facture.siret in perimetre.sirets:
        return facture.siren
    return facture.prestataire_siren if facture.prestataire_siren in perimetre.prestataires else ""


def certificat_de(facture: Facture) -> CertificatRealisation | None:
    """The certificate of an invoice already reached by its door; None for an advance, which is paid without it."""
    certificats = CertificatRealisation.objects.tous("certificat d’une facture déjà obtenue par sa porte")
    certificat: CertificatRealisation | None = certificats.select_related("document").filter(facture=facture).first()
    return certificat


def documents_de(facture: Facture) -> dict[str, Document]:
    """« facture », « certificat », « participation », « attestation » -> document, of an invoice already reached by its door; those that came."""
    certificat = certificat_de(facture)
    documents = {
        "facture": facture.document,
        "certificat": certificat.document if certificat else None,
        "participation": facture.copie_participation,
        "attestation": facture.attestation_debut,
    }
    return {nom: document for nom, document in documents.items() if document is not None}


def dossier_de(facture: Facture) -> Dossier:
    """The request behind an invoice already reached by its door."""
    dossier: Dossier = Dossier.objects.tous("dossier d’une facture déjà obtenue par sa porte").get(
        pk=facture.engagement.dossier_id
    )
    return dossier


def ecarts_de(facture: Facture) -> list[str]:
    """What the certificate says that differs from the agreement (contrôle de service fait), and what changed since it was sent."""
    certificat, dossier = certificat_de(facture), dossier_de(facture)
    if certificat is None:
        return _de_l_echeancier(facture)
    saisie = SaisieCertificat(
        nature=NatureAction(certificat.nature),
        date_debut=certificat.date_debut,
        date_fin=certificat.date_fin,
        heures_realisees=certificat.heures_realisees,
        nombre_stagiaires=certificat.nombre_stagiaires,
        signataire_nom=certificat.signataire_nom,
        signataire_qualite=certificat.signataire_qualite,
        lieu=certificat.lieu,
        signe_le=certificat.signe_le,
        conservation=certificat.conservation,
    )
    prevu = ActionAccordee(date_debut=dossier.date_debut, date_fin=dossier.date_fin, nombre_stagiaires=dossier.nombre_stagiaires)
    return [*controler_service_fait(saisie, prevu), *_de_l_echeancier(facture)]


def _de_l_echeancier(facture: Facture) -> list[str]:
    """Whether the schedule was counted again since the invoice was sent."""
    if facture.echeance is None or facture.echeance.remplacee_le is None:
        return []
    repris = formater_date(jour_de_paris(facture.echeance.remplacee_le))
    return [f"L’échéancier a été recalculé le {repris}, après cette facture\u00a0: vérifiez que ce montant est encore dû"]


def doublons_possibles(facture: Facture) -> list[Facture]:
    """Other invoices of the OPCO with the same file, or of the same sender with the same date and amount (exigences, T22).

    A CFA invoices the same payment of many contracts on the same day: of a schedule, the file alone tells.
    """
    autres = Facture.objects.tous("recherche d’une même facture présentée deux fois").exclude(pk=facture.pk)
    certificat = certificat_de(facture)
    certificats = CertificatRealisation.objects.tous("recherche d’un même certificat présenté deux fois")
    semblables = Q(document__sha256=facture.document.sha256)
    if facture.echeance_id is None:
        semblables |= Q(
            echeance__isnull=True,
            emetteur_siren=facture.emetteur_siren,
            date_emission=facture.date_emission,
            montant_ttc=facture.montant_ttc,
        )
    if certificat is not None:
        memes_certificats = certificats.filter(document__sha256=certificat.document.sha256).values("facture_id")
        semblables |= Q(pk__in=memes_certificats) & ~Q(engagement_id=facture.engagement_id)
    return list(autres.filter(semblables).exclude(etat=EtatFacture.REJETEE).order_by("deposee_le"))


def historique_de(facture: Facture) -> list[Ligne]:
    """Lines of the journal about an invoice already reached by its door, newest first: they hang on its request."""
    return [ligne for ligne in chronologie(dossier_de(facture)) if ligne.details.get("facture") == str(facture.pk)]
