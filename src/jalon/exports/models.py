"""Exports: what was asked, by whom, how far it is, and the file while there is one."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jalon.comptes.models import Personne
from jalon.exports.enums import LIBELLES_ETATS, LIBELLES_FORMATS, Etape, EtatExport, FormatExport
from jalon.exports.regles import ETATS
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Portee
from jalon.socle.modeles import ModeleProtege


class Export(ModeleProtege):
    """One file asked for. Its owner alone sees it: colleagues read in the journal that it was made and taken out.

    `liste` and `requete`: which list, under which address (filters, columns, order); `filtres`: the same in words. `passage`: the run that makes it; another
    run, a cancellation, ends the former at its next step. `droits`: by what the rows were read. `lignes_total`: None while nobody knows.
    `raison`: why, in the words of who asked. `lignes_comptees`: what it takes of the budgets of the day when it was asked.
    """

    demandeur = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="+")
    liste = models.CharField(max_length=40)
    libelle = models.CharField(max_length=120)
    requete = models.TextField(default="", blank=True)
    filtres = models.TextField(default="", blank=True)
    raison = models.CharField(max_length=200, default="", blank=True)
    format = models.CharField(max_length=4, choices=[(f.value, LIBELLES_FORMATS[f]) for f in FormatExport])
    etat = models.CharField(
        max_length=8, default=EtatExport.DEMANDE, choices=[(e.value, LIBELLES_ETATS[e]) for e in EtatExport]
    )  # fmt: skip
    etape = models.CharField(max_length=8, default=Etape.LECTURE, choices=[(e.value, e.value) for e in Etape])
    lignes_faites = models.PositiveIntegerField(default=0)
    lignes_total = models.PositiveIntegerField(null=True)
    lignes_comptees = models.PositiveIntegerField("lignes comptées", default=0)
    passage = models.UUIDField(null=True)
    passages = models.PositiveSmallIntegerField(default=0)
    droits = models.JSONField(default=dict)
    nom_fichier = models.CharField(max_length=120, default="", blank=True)
    taille = models.PositiveBigIntegerField(default=0)
    empreinte = models.CharField(max_length=64, default="", blank=True)
    motif = models.CharField(max_length=300, default="", blank=True)
    demande_le = models.DateTimeField()
    avance_le = models.DateTimeField()
    fini_le = models.DateTimeField(null=True)
    expire_le = models.DateTimeField(null=True)
    telecharge_le = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(etat__in=[e.value for e in EtatExport]), name="export_etat_connu"),
            models.CheckConstraint(
                condition=~Q(etat=EtatExport.PRET.value) | Q(passage__isnull=False, expire_le__isnull=False) & ~Q(empreinte=""),
                name="export_pret_a_son_fichier",
            ),
            models.UniqueConstraint(
                fields=["demandeur"], condition=Q(etat=EtatExport.EN_COURS.value), name="export_un_seul_en_cours"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["demandeur", "-demande_le"], name="export_demandeur"),
            models.Index(fields=["expire_le"], condition=Q(etat=EtatExport.PRET.value), name="export_a_effacer"),
            models.Index(fields=["passage"], name="export_passage"),
        ]

    def __str__(self) -> str:
        return self.libelle

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """Who asked for it, whatever her rights: what is in the file is judged at each download."""
        del niveau
        return Q(demandeur_id=acteur.identite) if acteur.identite is not None else Q(pk__in=[])

    @property
    def lieu(self) -> str | None:
        """The SIREN of the space where it was asked; None at the OPCO."""
        return self.siren or None

    def avancer(self, vers: EtatExport) -> None:
        """Move along the table of states. Raises TransitionImpossible."""
        ETATS.exiger(self.etat, vers)
        self.etat = vers


class LignesDuJour(models.Model):
    """Rows that a person (`cle`: her id), the people of an organisation (its SIREN) or the OPCO take out on a day of Paris."""

    pk = models.CompositePrimaryKey("cle", "jour")
    cle = models.CharField("clé", max_length=36)
    jour = models.DateField()
    lignes = models.PositiveBigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["jour"], name="lignes_du_jour_oubli")]

    def __str__(self) -> str:
        return f"{self.cle} {self.jour} {self.lignes}"


def portee_d_un_export(siren: str | None) -> Portee:
    """The journal of accesses of the organisation, whatever its side, tells what was taken out of it; nobody's at the OPCO."""
    return Portee(siren=siren or "", prestataire_siren=siren or "", domaine=Domaine.ACCES)
