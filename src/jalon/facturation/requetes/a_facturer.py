"""What can still be invoiced, and what people of each side are asked to do about it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q

from jalon.dossiers.enums import PAYABLES, EtatDossier
from jalon.engagements.models import Engagement
from jalon.engagements.requetes import engagement_accessible
from jalon.facturation.accord import portee_du_beneficiaire, profil_beneficiaire, restes_a_facturer
from jalon.facturation.echeances import quelque_chose_d_ouvert
from jalon.facturation.enums import LIBELLES_GENRES, LIBELLES_MOTIFS, EtatFacture, GenreFacture, MotifRejet
from jalon.facturation.models import Facture
from jalon.facturation.rejets import factures_a_corriger
from jalon.socle.acteurs import Acteur, Domaine, Droit, GenreTache, Niveau, Portee, Pouvoir, Profil, Tache
from jalon.socle.modeles import q_du_perimetre
from jalon.socle.montants import ZERO, formater_montant

LIMITE = 50
REJETS_AU_PLUS = 20
ENVOI = Droit(Domaine.FACTURES, Niveau.ENVOI)


@dataclass(frozen=True, slots=True)
class AFacturer:
    """What one side may still ask for on one engagement."""

    engagement: Engagement
    genre: GenreFacture
    profil: Profil
    reste: Decimal

    def attendu(self, jour: date) -> bool:
        """Whether that side is asked to send it: a payment that is open, or a training that is over, or broken."""
        fin = self.engagement.dossier.date_fin
        rompu = self.engagement.dossier.etat == EtatDossier.ROMPU
        return self.engagement.echelonne or rompu or (fin is not None and fin <= jour)

    @property
    def libelle(self) -> str:
        """« Facture de l’organisme »."""
        return LIBELLES_GENRES[self.genre]


def a_facturer(acteur: Acteur, siren: str | None, jour: date) -> list[AFacturer]:
    """For who may send invoices: agreements whose training has begun and that are not invoiced whole, oldest end first; those paid
    by a schedule, while a payment is open or annex costs are left.

    With `siren`, those of that space; at most 50 engagements. Four queries; seven with a schedule.
    """
    engagements = (
        Engagement.objects.visibles_par(acteur)
        .filter(q_du_perimetre(acteur.perimetre(ENVOI)))
        .filter(dossier__date_debut__lte=jour, dossier__montant_facture__lt=F("montant_a_payer"))
        .filter(Q(echelonne=False) | quelque_chose_d_ouvert(jour), dossier__etat__in=PAYABLES)
        .select_related("dossier")
        .order_by("dossier__date_fin", "id")
    )
    if siren is not None:
        engagements = engagements.filter(Q(siren=siren) | Q(prestataire_siren=siren))
    return _detailler(list(engagements[:LIMITE]), acteur, siren, jour)


def parts_a_facturer(engagement: Engagement, acteur: Acteur, siren: str | None, jour: date) -> list[AFacturer]:
    """What the actor may still ask for on one engagement reached by its door, for the side of that SIREN; its training may
    begin later."""
    return _detailler([engagement], acteur, siren, jour) if engagement.dossier.etat in PAYABLES else []


def _detailler(engagements: list[Engagement], acteur: Acteur, siren: str | None, jour: date) -> list[AFacturer]:
    trouves = []
    for (cle, genre), reste in restes_a_facturer(engagements, jour).items():
        engagement = next(e for e in engagements if e.pk == cle)
        profil = profil_beneficiaire(engagement, genre)
        portee = portee_du_beneficiaire(engagement, profil)
        ici = siren is None or siren in {portee.siren, portee.prestataire_siren}
        if reste > ZERO and ici and acteur.peut(ENVOI, portee):
            trouves.append(AFacturer(engagement, genre, profil, reste))
    return trouves


def engagement_a_facturer(engagement_id: UUID, genre: GenreFacture, acteur: Acteur) -> Engagement:
    """The agreement, if the actor sends that kind of invoice for the side that it pays. Raises Introuvable, DroitManquant."""
    engagement = engagement_accessible(engagement_id, acteur)
    acteur.exiger(ENVOI, portee_du_beneficiaire(engagement, profil_beneficiaire(engagement, genre)))
    return engagement


def a_faire(acteur: Acteur, siren: str | None, jour: date) -> list[Tache]:
    """Invoices that a company or a provider has to send, once the training is over or a payment open; without SIREN, those the OPCO
    treats."""
    if siren is None:
        return _a_traiter(acteur)
    return taches_du_beneficiaire(acteur, siren, jour)


def taches_du_beneficiaire(acteur: Acteur, siren: str | None, jour: date) -> list[Tache]:
    """Refused invoices to send again, open payments to invoice, trainings that are over: the certificate goes with the invoice.

    Without SIREN, wherever the actor sends invoices. What is to be sent again is not told twice.
    """
    rejets = rejets_a_corriger(acteur, siren)
    attendues = [ligne for ligne in a_facturer(acteur, siren, jour) if ligne.attendu(jour)]
    refusees = {(f.engagement_id, f.genre) for f in rejets}
    nouvelles = [li for li in attendues if li.engagement.echelonne or (li.engagement.pk, li.genre) not in refusees]
    return [*(_tache_du_rejet(f) for f in rejets), *(_tache(ligne) for ligne in nouvelles)]


def rejets_a_corriger(acteur: Acteur, siren: str | None = None) -> list[Facture]:
    """For who sends invoices for the side that is paid: those refused and not replaced, the oldest refusal first. One query."""
    refusees = factures_a_corriger(acteur).filter(**({"beneficiaire_siren": siren} if siren else {}))
    lues = list(refusees.order_by("etat_depuis", "id")[:REJETS_AU_PLUS])
    return [f for f in lues if acteur.peut(ENVOI, _portee(f))]


def _portee(facture: Facture) -> Portee:
    """The side that is paid: it alone sends again."""
    if facture.beneficiaire_profil == Profil.PRESTATAIRE:
        return Portee(prestataire_siren=facture.prestataire_siren, domaine=Domaine.FACTURES)
    return Portee(siren=facture.siren, siret=facture.siret, domaine=Domaine.FACTURES)


def _tache_du_rejet(facture: Facture) -> Tache:
    return Tache(
        titre=f"Corriger la facture {facture.numero}",
        detail=f"{facture.dossier_numero} · {facture.dossier_titre} · {LIBELLES_MOTIFS[MotifRejet(facture.motif_rejet)]}",
        action="Voir le motif et la renvoyer",
        nom_url="espace_facture",
        parametres=(("siren", facture.beneficiaire_siren), ("facture_id", str(facture.pk))),
        icone="triangle-alert",
        rubrique="factures",
        genre=GenreTache.FACTURE_REJETEE,
        siret=_portee(facture).siret,
        ancre="rejet",
    )


def _tache(ligne: AFacturer) -> Tache:
    engagement, echelonne = ligne.engagement, ligne.engagement.echelonne
    portee = portee_du_beneficiaire(engagement, ligne.profil)
    titre = f"Envoyer\u00a0: {ligne.libelle.lower()}"
    return Tache(
        titre=titre if echelonne else f"{titre}, avec le certificat de réalisation",
        detail=f"{engagement.numero} · {engagement.dossier.titre} · {formater_montant(ligne.reste)} à facturer",
        action="Facturer",
        nom_url="espace_facture_nouvelle",
        parametres=(
            ("siren", portee.siren or portee.prestataire_siren),
            ("engagement_id", str(engagement.pk)),
            ("genre", ligne.genre.value),
        ),
        icone="receipt-text",
        rubrique="factures",
        genre=GenreTache.ECHEANCE if echelonne else GenreTache.CERTIFICAT,
        siret=portee.siret,
        ancre="contenu",
    )


def _a_traiter(acteur: Acteur) -> list[Tache]:
    miens = acteur.portefeuilles(Pouvoir.TRAITER_FACTURES)
    factures = Facture.objects.visibles_par(acteur).filter(etat=EtatFacture.TRANSMISE, portefeuille_id__in=miens)
    return [
        Tache(
            titre=f"Contrôler la facture {facture.numero}",
            detail=f"{facture.emetteur_nom} · {facture.dossier_numero} · {formater_montant(facture.montant_a_payer)}",
            action="Contrôler",
            nom_url="opco_facture",
            parametres=(("facture_id", str(facture.pk)),),
            icone="receipt-text",
            rubrique="factures",
        )
        for facture in factures.order_by("deposee_le", "id")[:LIMITE]
    ]
