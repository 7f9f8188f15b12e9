"""Tickets of the public contact form and our answers; what people choose of the help."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jalon.aide.enums import LIBELLES_DEMI_JOURNEES, LIBELLES_ETATS, LIBELLES_OBJETS, DemiJournee, EtatTicket, ObjetTicket
from jalon.comptes.models import Personne
from jalon.socle.acteurs import Acteur, Niveau, Pouvoir
from jalon.socle.identifiants import nouvel_id
from jalon.socle.modeles import ModeleProtege


class Ticket(ModeleProtege):
    """A message of somebody whom nobody has identified.

    It belongs to a portefeuille alone: the SIREN that a stranger typed gives no company the right to read it, so it
    is not in the portée. `espace`: the space, her own, that somebody signed in had left. The call wished is by the clock of Paris.
    """

    numero = models.CharField(max_length=16, unique=True)
    nom = models.CharField(max_length=120)
    email = models.EmailField("adresse électronique")
    siren_declare = models.CharField("SIREN", max_length=9, default="", blank=True)
    objet = models.CharField(max_length=24, choices=[(o.value, LIBELLES_OBJETS[o]) for o in ObjetTicket])
    message = models.TextField()
    etat = models.CharField(max_length=8, default=EtatTicket.OUVERT, choices=[(e.value, LIBELLES_ETATS[e]) for e in EtatTicket])
    page = models.CharField("nom de la page quittée", max_length=60, default="", blank=True)
    espace = models.CharField("SIREN de l’espace quitté", max_length=9, default="", blank=True)
    telephone = models.CharField("téléphone", max_length=16, default="", blank=True)
    rappel_le = models.DateField("jour souhaité du rappel", null=True)
    rappel_moment = models.CharField(
        "demi-journée du rappel", max_length=10, default="", blank=True,
        choices=[(d.value, LIBELLES_DEMI_JOURNEES[d]) for d in DemiJournee],
    )  # fmt: skip
    rappele_le = models.DateTimeField("rappelé le", null=True)
    rappele_par = models.CharField("rappelé par", max_length=200, default="", blank=True)
    recu_le = models.DateTimeField()
    clos_le = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["portefeuille_id", "recu_le"], condition=Q(etat=EtatTicket.OUVERT), name="ticket_a_traiter"),
            models.Index(fields=["portefeuille_id", "-recu_le"], name="ticket_portefeuille"),
        ]

    def __str__(self) -> str:
        return self.numero

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """Who answers the tickets of the portefeuille; the level plays no part: reading is answering."""
        del niveau
        return Q(portefeuille_id__in=list(acteur.portefeuilles(Pouvoir.REPONDRE_TICKETS)))

    @property
    def libelle_objet(self) -> str:
        """The subject in words."""
        return LIBELLES_OBJETS[ObjetTicket(self.objet)]

    @property
    def libelle_moment(self) -> str:
        """The half-day of the call in words, empty when no call is asked."""
        return LIBELLES_DEMI_JOURNEES[DemiJournee(self.rappel_moment)].lower() if self.rappel_moment else ""


class ReponseTicket(models.Model):
    """What we answered, as it was sent."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="reponses")
    corps = models.TextField()
    auteur_id = models.UUIDField(null=True)
    auteur = models.CharField(max_length=200)
    le = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ticket", "le"], name="reponse_ticket")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.le:%Y-%m-%d}"


class ProfilAide(models.Model):
    """Branche (IDCC) and région (INSEE code) that somebody chose to be shown what concerns her; without a row, everything."""

    personne = models.OneToOneField(Personne, on_delete=models.CASCADE, primary_key=True, related_name="+")
    branche = models.CharField("IDCC", max_length=4, default="", blank=True)
    region = models.CharField("région", max_length=3, default="", blank=True)
    modifie_le = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.branche} {self.region}".strip()
