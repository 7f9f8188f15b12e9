"""Orders of letters, letters, codes. No column ever holds a code: only its keyed hash."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jalon.comptes.models import Personne
from jalon.habilitations.enums import EtatCode, EtatCommande, EtatLettre, NatureAvis
from jalon.socle.acteurs import Profil
from jalon.socle.identifiants import nouvel_id

PROFILS = [(p.value, p.value) for p in Profil]


class CommandeCodes(models.Model):
    """What an AEF ordered: one PDF of letters, deleted once printed and after seven days at most."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    profil = models.CharField(max_length=12, choices=PROFILS)
    critere = models.CharField(max_length=120)
    etat = models.CharField(max_length=16, choices=[(e.value, e.value) for e in EtatCommande])
    suite_de = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="suites")
    commandee_par = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    commandee_le = models.DateTimeField()
    prete_le = models.DateTimeField(null=True)
    ecartes = models.PositiveIntegerField("SIREN déjà administrés, laissés de côté", default=0)
    pages = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, default="", blank=True)
    telechargements = models.PositiveIntegerField(default=0)
    telechargee_le = models.DateTimeField(null=True)
    imprimee_le = models.DateTimeField(null=True)
    fichier_efface_le = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["commandee_par", "-commandee_le"], name="commande_auteur")]

    def __str__(self) -> str:
        return f"{self.critere} {self.etat}"


class LettreCode(models.Model):
    """One letter: its number, the SIREN, the address that was printed, the page. This is the manifest."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    commande = models.ForeignKey(CommandeCodes, on_delete=models.PROTECT, related_name="lettres")
    numero = models.CharField(max_length=16, unique=True)
    siren = models.CharField("SIREN", max_length=9)
    etat = models.CharField(max_length=20, choices=[(e.value, e.value) for e in EtatLettre])
    adresse = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    page = models.PositiveIntegerField(null=True)
    postee_le = models.DateField(null=True)
    revenue_le = models.DateField("revenue, n’habite pas à l’adresse indiquée", null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["commande", "siren"], name="lettre_une_par_siren"),
            models.CheckConstraint(
                condition=Q(revenue_le__isnull=True) | Q(revenue_le__gte=models.F("postee_le")), name="lettre_revenue_apres_poste"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["siren"], name="lettre_siren")]

    def __str__(self) -> str:
        return self.numero


class CodeActivation(models.Model):
    """The keyed hash of one code, bound to a SIREN and a profile. Kept for its three months, never burnt."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    lettre = models.OneToOneField(LettreCode, on_delete=models.PROTECT, related_name="code")
    siren = models.CharField("SIREN", max_length=9)
    profil = models.CharField(max_length=12, choices=PROFILS)
    empreinte = models.CharField(max_length=64, unique=True)
    etat = models.CharField(max_length=10, default=EtatCode.ACTIF, choices=[(e.value, e.value) for e in EtatCode])
    emis_le = models.DateTimeField()
    expire_le = models.DateTimeField()
    premier_usage_le = models.DateTimeField(null=True)
    usages = models.PositiveIntegerField(default=0)
    termine_le = models.DateTimeField(null=True)
    termine_par = models.UUIDField(null=True)
    motif_fin = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["siren", "profil"], condition=Q(etat=EtatCode.ACTIF), name="code_actif_unique")
        ]
        indexes: ClassVar = [models.Index(fields=["siren"], name="code_siren")]

    def __str__(self) -> str:
        return f"{self.siren} {self.profil} {self.etat}"


class DemandeLettre(models.Model):
    """Somebody asks for a new letter to a head office: a person for herself, or an adviser (`motif`). The AEF orders it.

    `ouvre`: it opens the seven days during which no other letter is made for that SIREN and profile; the requests of
    others meanwhile wait for the same letter.
    """

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    siren = models.CharField("SIREN", max_length=9)
    profil = models.CharField(max_length=12, choices=PROFILS)
    portefeuille_id = models.UUIDField("portefeuille")
    personne = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    demandee_le = models.DateTimeField()
    motif = models.CharField(max_length=500, default="", blank=True)
    ouvre = models.BooleanField()
    lettre = models.ForeignKey(LettreCode, on_delete=models.PROTECT, null=True, related_name="demandes")
    ecartee_le = models.DateTimeField(null=True)
    ecartee_par = models.UUIDField(null=True)
    motif_ecart = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["personne", "siren", "profil"],
                condition=Q(lettre__isnull=True, ecartee_le__isnull=True),
                name="demande_lettre_en_attente_unique",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["siren", "profil", "demandee_le"], name="demande_lettre_siren"),
            models.Index(fields=["personne", "-demandee_le"], name="demande_lettre_personne"),
            models.Index(
                fields=["portefeuille_id", "demandee_le"],
                condition=Q(lettre__isnull=True, ecartee_le__isnull=True),
                name="demande_lettre_attente",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.siren} {self.profil}"


class AdresseACompleter(models.Model):
    """A head office that the register cannot address, or whose letter came back; completed by the AEF with a proof, then
    used by every order. `revenues`: addresses, line by line, from which a letter came back: never printed again.
    """

    siren = models.CharField("SIREN", max_length=9, primary_key=True)
    revenues = ArrayField(models.TextField(), default=list, blank=True)
    lignes = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    preuve = models.CharField(max_length=500, default="", blank=True)
    signalee_le = models.DateTimeField()
    completee_le = models.DateTimeField(null=True)
    completee_par = models.UUIDField(null=True)

    def __str__(self) -> str:
        return self.siren


class AvisPostal(models.Model):
    """A line of post to the head office: its code was used, by whom, and what came of it (exigences, T1, T1c).

    It is written with the use itself and stays in the list of the AEF of the portefeuille, with the address of the
    head office, until the AEF declares that the letters left. Jalon does not typeset this second letter.
    """

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    siren = models.CharField("SIREN", max_length=9)
    profil = models.CharField(max_length=12, choices=PROFILS)
    nature = models.CharField(max_length=24, choices=[(n.value, n.value) for n in NatureAvis])
    personne = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    portefeuille_id = models.UUIDField("portefeuille")
    le = models.DateTimeField()
    envoye_le = models.DateTimeField(null=True)
    envoye_par = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["portefeuille_id", "envoye_le"], name="avis_postal_attente")]

    def __str__(self) -> str:
        return f"{self.siren} {self.nature}"
