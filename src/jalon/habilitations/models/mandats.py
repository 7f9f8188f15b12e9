"""A mandate between two organisations, and how the mandated one spreads it over its people."""

from datetime import datetime
from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jalon.habilitations.enums import Attente, CoteDuMandat, OrigineMandat
from jalon.habilitations.models.rattachements import ModeleDesAcces, Rattachement
from jalon.pieces.enums import EtatDocument
from jalon.pieces.models import Document
from jalon.pieces.regles import ETATS_SERVIS
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau
from jalon.socle.identifiants import nouvel_id

EN_ATTENTE = (Attente.SECONDE_VOIX, Attente.VERIFICATION)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Mandat(ModeleDesAcces):
    """The client (one side of a SIREN: its portée) lets a cabinet, a CFA or another provider act for it, until a day included.

    `droits` is the text of `mandats.ecrire_niveaux`; `sirets` empty is the whole SIREN. `fin` is 24:00 in Paris of the last day.

    What waits for somebody else (exigences, T12) says why in `attente` and counts by itself from `compte_le`, unless it must be
    checked. A mandate that waits as a whole: `debut` is pushed back, or it is `retenu` in a burst (`debut_voulu`: the day that
    was asked). A widening that waits: `attendu_droits` and `attendu_sirets` stand beside what is in force.

    `origine` CONVENTION: it is written in the convention of training that `reference` names, signed on `signee_le`, whose copy is
    `piece`. It opens the requests of apprenticeship that name the mandataire and no other, once the copy has passed its checks.
    """

    origine = models.CharField(max_length=12, default=OrigineMandat.CLIENT, choices=[(o.value, o.value) for o in OrigineMandat])
    reference = models.CharField("référence de la convention", max_length=60, default="", blank=True)
    signee_le = models.DateField("convention signée le", null=True)
    piece = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")

    mandataire_siren = models.CharField("SIREN du mandataire", max_length=9)
    droits = models.CharField(max_length=200)
    sirets = ArrayField(models.CharField(max_length=14), default=list, blank=True)
    debut = models.DateTimeField()
    fin = models.DateTimeField()
    cree_le = models.DateTimeField()
    cree_par = models.UUIDField(null=True)
    modifie_le = models.DateTimeField()
    retenu = models.BooleanField("donné en rafale, ne compte pas avant vérification", default=False)
    attente = models.CharField(max_length=12, default=Attente.AUCUNE, blank=True, choices=[(a.value, a.value) for a in Attente])
    compte_le = models.DateTimeField("ce qui attend compte le", null=True)
    debut_voulu = models.DateTimeField("premier jour demandé", null=True)
    attendu_droits = models.CharField("droits qui attendent", max_length=200, default="", blank=True)
    attendu_sirets = ArrayField(models.CharField(max_length=14), default=list, blank=True)
    attendu_par = models.UUIDField("a donné ce qui attend", null=True)
    approuve_par = models.UUIDField(null=True)
    termine_le = models.DateTimeField(null=True)
    termine_par = models.UUIDField(null=True)
    termine_cote = models.CharField(max_length=10, default="", blank=True, choices=[(c.value, c.value) for c in CoteDuMandat])
    motif_fin = models.CharField("motif de la fin", max_length=500, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["siren", "prestataire_siren", "mandataire_siren"],
                condition=Q(termine_le__isnull=True, origine=OrigineMandat.CLIENT),
                name="mandat_unique_en_cours",
            ),
            models.UniqueConstraint(
                fields=["siren", "mandataire_siren", "reference"],
                condition=Q(termine_le__isnull=True, origine=OrigineMandat.CONVENTION),
                name="convention_unique_en_cours",
            ),
            models.CheckConstraint(
                condition=Q(origine=OrigineMandat.CLIENT, reference="", signee_le__isnull=True, piece__isnull=True)
                | Q(
                    origine=OrigineMandat.CONVENTION,
                    prestataire_siren="",
                    signee_le__isnull=False,
                    piece__isnull=False,
                    droits__regex=r"^alternance [123]$",
                    attente=Attente.AUCUNE,
                    retenu=False,
                )
                & ~Q(reference=""),
                name="mandat_origine_coherente",
            ),
            models.CheckConstraint(
                condition=Q(siren="") & ~Q(prestataire_siren="") | ~Q(siren="") & Q(prestataire_siren=""), name="mandat_un_client"
            ),
            models.CheckConstraint(condition=Q(fin__gt=models.F("debut")), name="mandat_fin_apres_debut"),
            models.CheckConstraint(
                condition=~Q(droits="") & ~Q(droits__regex=r"(acces|rib) 4"), name="mandat_sans_gestion_reservee"
            ),
            models.CheckConstraint(
                condition=~Q(attendu_droits__regex=r"(acces|rib) 4"), name="mandat_attendu_sans_gestion_reservee"
            ),
            models.CheckConstraint(
                condition=Q(retenu=False) | Q(attente=Attente.VERIFICATION, attendu_droits=""), name="mandat_retenu_a_verifier"
            ),
            models.CheckConstraint(
                condition=Q(attente=Attente.AUCUNE, attendu_droits="") | Q(compte_le__isnull=False, attente__in=EN_ATTENTE),
                name="mandat_attente_datee",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["mandataire_siren", "id"], condition=Q(termine_le__isnull=True), name="mandat_mandataire"),
            models.Index(
                fields=["mandataire_siren", "siren", "reference"],
                condition=Q(origine=OrigineMandat.CONVENTION),
                name="convention_reference",
            ),
            models.Index(fields=["fin"], condition=Q(termine_le__isnull=True), name="mandat_echeance"),
            models.Index(
                fields=["compte_le"], condition=Q(termine_le__isnull=True) & ~Q(attente=Attente.AUCUNE), name="mandat_attente"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_siren} {self.profil} -> {self.mandataire_siren}"

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """The domain « accès » at that level, at the client's or at the mandataire's."""
        chez_le_mandataire = acteur.perimetre(Droit(Domaine.ACCES, niveau)).prestataires
        du_client = super().filtre_perimetre(acteur, niveau)
        return du_client | Q(mandataire_siren__dans=chez_le_mandataire) if chez_le_mandataire else du_client

    @property
    def par_convention(self) -> bool:
        """Whether the provider declared it, under a convention."""
        return self.origine == OrigineMandat.CONVENTION

    @property
    def piece_bonne(self) -> bool:
        """Whether the copy of the convention has passed its checks; a mandate given by the client has none."""
        return self.piece is None or self.piece.etat in ETATS_SERVIS

    @property
    def piece_refusee(self) -> bool:
        """Whether the antivirus refused the copy since it was declared."""
        return self.piece is not None and self.piece.etat == EtatDocument.REFUSEE

    def en_vigueur(self, maintenant: datetime) -> bool:
        """Begun, neither over nor ended, not held, its convention checked."""
        return self.termine_le is None and not self.retenu and self.debut <= maintenant < self.fin and self.piece_bonne

    def attend(self, maintenant: datetime) -> bool:
        """Whether something of it waits for somebody else; once 24 hours have passed, what was wide waits no more."""
        if self.attente == Attente.VERIFICATION:
            return True
        return self.attente == Attente.SECONDE_VOIX and self.compte_le is not None and self.compte_le > maintenant

    def elargissement_echu(self, maintenant: datetime) -> bool:
        """Whether the widening that waited has come, and is to be written in its place."""
        return self.attendu_droits != "" and not self.attend(maintenant)


def q_mandat_en_vigueur(maintenant: datetime, prefixe: str = "") -> Q:
    """Dates are tested inside the query: no job has to close anything (exigences, T10)."""
    return Q(
        **{
            f"{prefixe}termine_le__isnull": True,
            f"{prefixe}retenu": False,
            f"{prefixe}debut__lte": maintenant,
            f"{prefixe}fin__gt": maintenant,
        }
    ) & (Q(**{f"{prefixe}piece__isnull": True}) | Q(**{f"{prefixe}piece__etat__in": sorted(ETATS_SERVIS)}))


def q_mandat_en_attente(maintenant: datetime) -> Q:
    """The same judgement as `attend`, on rows that are neither ended nor over."""
    echus = Q(attente=Attente.SECONDE_VOIX, compte_le__gt=maintenant)
    return Q(termine_le__isnull=True, fin__gt=maintenant) & (Q(attente=Attente.VERIFICATION) | echus)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Affectation(models.Model):
    """One collaborator on one mandate, through her link with the mandataire: the link withdrawn, nothing is left.

    What holds is, domain by domain, the smaller of `droits` and of the mandate's.
    """

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    mandat = models.ForeignKey(Mandat, on_delete=models.PROTECT, related_name="affectations")
    rattachement = models.ForeignKey(Rattachement, on_delete=models.PROTECT, related_name="affectations", db_index=False)
    droits = models.CharField(max_length=200)
    debut = models.DateTimeField()
    donnee_par = models.UUIDField(null=True)
    revoquee_le = models.DateTimeField(null=True)
    revoquee_par = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rattachement", "mandat"],
                include=["droits"],
                condition=Q(revoquee_le__isnull=True),
                name="affectation_unique_en_cours",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandat_id} {self.droits}"
