"""Saved views, where each person puts them on her home, and the digest of tasks that she asked for."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jalon.comptes.models import Personne
from jalon.socle.identifiants import nouvel_id
from jalon.vues.enums import NOMS_D_ICONES, Rythme
from jalon.vues.regles import NOM_MAX, PARAMETRES_MAX, Lieu


class VueEnregistree(models.Model):
    """A list as somebody filtered it. It holds an address, never rows: whoever opens it sees what her own rights show.

    `liste`: code of `socle.listes`; `parametres`: filters, columns and sort, as in the address. `siren`: the space where it holds;
    empty, all the places of its owner, or the OPCO's pages (`opco`). `partagee`: shown to the colleagues of that space.
    """

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    proprietaire = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="+")
    liste = models.CharField(max_length=40)
    parametres = models.CharField("paramètres", max_length=PARAMETRES_MAX, default="", blank=True)
    nom = models.CharField(max_length=NOM_MAX)
    icone = models.CharField("icône", max_length=30, choices=[(i, i) for i in sorted(NOMS_D_ICONES)])
    siren = models.CharField("SIREN", max_length=9, default="", blank=True)
    opco = models.BooleanField("pages de l’OPCO", default=False)
    partagee = models.BooleanField("partagée", default=False)
    cree_le = models.DateTimeField()
    modifie_le = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(siren="") | Q(opco=False), name="vue_un_seul_lieu"),
            models.CheckConstraint(condition=Q(partagee=False) | ~Q(siren="") | Q(opco=True), name="vue_partagee_quelque_part"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["proprietaire", "cree_le"], name="vue_proprietaire"),
            models.Index(fields=["siren", "cree_le"], condition=Q(partagee=True), name="vue_partagee_siren"),
        ]

    def __str__(self) -> str:
        return f"{self.liste} {self.id}"

    @property
    def lieu(self) -> Lieu:
        """Where it holds."""
        return Lieu(self.siren, self.opco)


class PlaceDeCarte(models.Model):
    """How one person has a quick access in one place: its rank, whether it is on her home, whether she is told what is new.

    `lieu`: key of `regles.Lieu`; `cle`: the id of a saved view, or the code of a ready-made one. `connues`: what she was told
    about, or saw when she asked; empty while nothing is asked.
    """

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="+")
    lieu = models.CharField(max_length=9)
    cle = models.CharField("clé", max_length=40)
    ordre = models.PositiveSmallIntegerField()
    affichee = models.BooleanField("à l’accueil", default=True)
    alerte = models.BooleanField("prévenir quand il y a du nouveau", default=False)
    connues = ArrayField(models.UUIDField(), default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["personne", "lieu", "cle"], name="place_de_carte_unique"),
        ]
        indexes: ClassVar = [models.Index(fields=["personne"], condition=Q(alerte=True), name="place_avec_alerte")]

    def __str__(self) -> str:
        return f"{self.lieu} {self.cle}"


class PreferenceRecapitulatif(models.Model):
    """How often somebody wants her tasks by e-mail; without a row, never."""

    personne = models.OneToOneField(Personne, on_delete=models.CASCADE, primary_key=True, related_name="+")
    rythme = models.CharField(max_length=12, choices=[(r.value, r.value) for r in Rythme])
    modifie_le = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["rythme"], condition=~Q(rythme=Rythme.JAMAIS), name="recapitulatif_voulu")]

    def __str__(self) -> str:
        return str(self.rythme)


class Recapitulatif(models.Model):
    """The digest of one period, for one person: the constraint lets nothing be sent twice."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="+")
    periode = models.CharField("période", max_length=10)
    prepare_le = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["personne", "periode"], name="recapitulatif_une_fois")]
        indexes: ClassVar = [models.Index(fields=["prepare_le"], name="recapitulatif_oubli")]

    def __str__(self) -> str:
        return str(self.periode)
