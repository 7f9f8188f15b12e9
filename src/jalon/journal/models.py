"""The journal: one line per event, inserted only (the application's role cannot update or delete it)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jalon.socle.acteurs import FAMILLES, Acteur, Domaine, Droit, Niveau
from jalon.socle.modeles import ModeleProtege, q_du_perimetre

DES_ACCES = (Domaine.ACCES.value, Domaine.RIB.value)
"""What concerns an organisation itself: who acts for it, on which account it is paid."""


class Evenement(ModeleProtege):
    """What happened, to what, by whom, when. Details never hold a NIR, an IBAN, a code or a file."""

    le = models.DateTimeField()
    code = models.CharField(max_length=60)
    acteur_id = models.UUIDField(null=True)
    acteur_libelle = models.CharField(max_length=200)
    objet_type = models.CharField(max_length=40, default="")
    objet_id = models.CharField(max_length=40, default="")
    details = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["objet_id", "-le"], name="journal_objet"),
            models.Index(fields=["siren", "-le"], name="journal_siren"),
            models.Index(
                fields=["prestataire_siren", "-le"],
                condition=Q(domaine__in=DES_ACCES) & ~Q(prestataire_siren=""),
                name="journal_prestataire",
            ),
            models.Index(fields=["acteur_id", "-le"], name="journal_acteur"),
        ]

    def __str__(self) -> str:
        return f"{self.le:%Y-%m-%d %H:%M} {self.code}"

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """An event is read by who reads its domain; events of access are read by administrators alone."""
        q = Q(pk__in=[])
        for domaine in (*FAMILLES, Domaine.FACTURES, Domaine.REGLEMENTS, Domaine.RIB):
            q |= Q(domaine=domaine) & q_du_perimetre(acteur.perimetre(Droit(domaine, niveau)))
        return q | Q(domaine=Domaine.ACCES) & q_du_perimetre(acteur.perimetre(Droit(Domaine.ACCES, Niveau.GESTION)))
