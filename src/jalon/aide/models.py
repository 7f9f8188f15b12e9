"""Tickets of the public contact form and our answers; webinars; what people choose of the help; what is said of the portal itself."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jalon.aide.enums import (
    LIBELLES_DEMI_JOURNEES,
    LIBELLES_ETATS,
    LIBELLES_NIVEAUX_ETAT,
    LIBELLES_OBJETS,
    DemiJournee,
    EtatTicket,
    NiveauEtat,
    ObjetTicket,
    PublicEtat,
)
from jalon.aide.profils import Profil
from jalon.aide.regles_etats import TEXTE_MAX, Etat
from jalon.aide.regles_webinaires import LIEN_MAX, TITRE_MAX
from jalon.comptes.models import Personne
from jalon.socle.acteurs import Acteur, Niveau, Pouvoir
from jalon.socle.dates import PARIS, formater_date
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


class Webinaire(models.Model):
    """A webinar of the agenda, read by everybody but for `lien`. `duree` in minutes; empty `region`, `branche`: for all."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    titre = models.CharField(max_length=TITRE_MAX)
    resume = models.TextField("résumé")
    debut = models.DateTimeField("début")
    duree = models.PositiveSmallIntegerField("durée")
    places = models.PositiveSmallIntegerField()
    lien = models.URLField("lien de connexion", max_length=LIEN_MAX)
    region = models.CharField("région", max_length=3, default="", blank=True)
    branche = models.CharField("IDCC", max_length=4, default="", blank=True)
    annule_le = models.DateTimeField("annulé le", null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["debut"], name="webinaire_debut")]

    def __str__(self) -> str:
        return self.titre

    @property
    def branches(self) -> tuple[str, ...]:
        """As guides say for whom they are."""
        return (self.branche,) if self.branche else ()

    @property
    def regions(self) -> tuple[str, ...]:
        """As guides say for whom they are."""
        return (self.region,) if self.region else ()

    @property
    def pour_qui(self) -> str:
        """« La Réunion », empty for everybody."""
        return Profil(self.branche, self.region).libelle

    @property
    def quand(self) -> str:
        """« 01/12/2026 à 10:00 », in Paris."""
        local = self.debut.astimezone(PARIS)
        return f"{formater_date(local.date())} à {local:%H:%M}"


class InscriptionWebinaire(models.Model):
    """A place taken; deleted when it is given back."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    webinaire = models.ForeignKey(Webinaire, on_delete=models.CASCADE, related_name="+")
    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="+")
    le = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["webinaire", "personne"], name="inscription_unique")]

    def __str__(self) -> str:
        return f"{self.webinaire_id} {self.personne_id}"


class MessageEtat(models.Model):
    """What the OPCO says of the portal at the top of its pages. Never changed: another one corrects it, and the history stays true.

    `fin_prevue` empty: until somebody ends it; `terminee_le`: when somebody did; `guide`: the code of a guide of ours.
    """

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    niveau = models.CharField(max_length=12, choices=[(n.value, LIBELLES_NIVEAUX_ETAT[n]) for n in NiveauEtat])
    texte = models.CharField("message", max_length=TEXTE_MAX)
    debut = models.DateTimeField("début")
    fin_prevue = models.DateTimeField("fin prévue", null=True)
    terminee_le = models.DateTimeField("terminé le", null=True)
    publics = ArrayField(models.CharField(max_length=12))
    guide = models.CharField("code du guide", max_length=40, default="", blank=True)
    auteur = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(fin_prevue__gt=F("debut")), name="etat_fin_apres_debut")]
        indexes: ClassVar = [models.Index(fields=["-debut"], name="etat_debut")]

    def __str__(self) -> str:
        return self.texte

    @property
    def etat(self) -> Etat:
        """As pages show it."""
        fins = [instant for instant in (self.fin_prevue, self.terminee_le) if instant is not None]
        return Etat(
            id=self.pk,
            niveau=NiveauEtat(self.niveau),
            texte=self.texte,
            debut=self.debut,
            fin=min(fins, default=None),
            publics=frozenset(map(PublicEtat, self.publics)),
            code_du_guide=self.guide,
        )
