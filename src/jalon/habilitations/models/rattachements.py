"""A person attached to an organisation, the rights given there, and the requests of access."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jalon.comptes.models import Personne
from jalon.habilitations.enums import (
    Attente,
    EtatDemande,
    EtatRattachement,
    Etendue,
    JeuDeDroits,
    OrigineDemande,
    OrigineRattachement,
)
from jalon.habilitations.profils import droits_du_profil
from jalon.habilitations.regles import DemandeDroit
from jalon.socle.acteurs import FAMILLES, Acteur, Domaine, Droit, Niveau, Portee, Profil
from jalon.socle.identifiants import nouvel_id
from jalon.socle.modeles import ModeleProtege, q_du_perimetre


def portee_des_acces(siren: str, profil: Profil | str, portefeuille_id: UUID | None = None) -> Portee:
    """Whose rows about access are: the company's, or the provider's, never both; read by the OPCO's portefeuille."""
    if profil == Profil.PRESTATAIRE:
        return Portee(prestataire_siren=siren, portefeuille_id=portefeuille_id, domaine=Domaine.ACCES)
    return Portee(siren=siren, portefeuille_id=portefeuille_id, domaine=Domaine.ACCES)


class ModeleDesAcces(ModeleProtege):
    """Seen by who holds the level in « accès » on that side of the organisation."""

    profil = models.CharField(max_length=12, choices=[(p.value, p.value) for p in Profil])

    class Meta:
        abstract = True

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """The domain « accès » at that level."""
        return q_du_perimetre(acteur.perimetre(Droit(Domaine.ACCES, niveau)))

    @property
    def organisation_siren(self) -> str:
        """SIREN of the organisation, whatever its side."""
        return self.prestataire_siren if self.profil == Profil.PRESTATAIRE else self.siren


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Rattachement(ModeleDesAcces):
    """Somebody (or an invited address) attached to one side of a SIREN. It is left, never deleted."""

    personne = models.ForeignKey(Personne, on_delete=models.PROTECT, null=True, related_name="+")
    courriel_invite = models.EmailField("adresse invitée", default="", blank=True)
    prenom_invite = models.CharField("prénom", max_length=80, default="", blank=True)
    nom_invite = models.CharField("nom", max_length=80, default="", blank=True)
    etat = models.CharField(max_length=8, choices=[(e.value, e.value) for e in EtatRattachement])
    origine = models.CharField(max_length=12, choices=[(o.value, o.value) for o in OrigineRattachement])
    probation_jusqu_a = models.DateTimeField(null=True)
    cree_le = models.DateTimeField()
    cree_par = models.UUIDField(null=True)
    actif_depuis = models.DateTimeField(null=True)
    retire_le = models.DateTimeField(null=True)
    retire_par = models.UUIDField(null=True)
    motif_retrait = models.CharField(max_length=500, default="", blank=True)
    revu_le = models.DateTimeField("droits confirmés le", null=True)
    revu_par = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["personne", "siren", "prestataire_siren"],
                condition=Q(etat=EtatRattachement.ACTIF),
                name="rattachement_actif_unique",
            ),
            models.UniqueConstraint(
                fields=["courriel_invite", "siren", "prestataire_siren"],
                condition=Q(etat=EtatRattachement.INVITE),
                name="rattachement_invite_unique",
            ),
            models.CheckConstraint(
                condition=(
                    Q(profil=Profil.ADHERENT, prestataire_siren="") & ~Q(siren="")
                    | Q(profil=Profil.PRESTATAIRE, siren="") & ~Q(prestataire_siren="")
                ),
                name="rattachement_un_cote",
            ),
            models.CheckConstraint(
                condition=Q(personne__isnull=False) | ~Q(etat=EtatRattachement.ACTIF), name="rattachement_actif_nomme"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["siren", "etat"], name="rattachement_siren"),
            models.Index(fields=["prestataire_siren", "etat"], name="rattachement_prestataire"),
            models.Index(fields=["courriel_invite", "etat"], name="rattachement_invite"),
            models.Index(
                fields=["portefeuille_id", "probation_jusqu_a"],
                condition=Q(probation_jusqu_a__isnull=False),
                name="rattachement_probation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_siren} {self.profil} {self.etat}"

    @property
    def nom_affiche(self) -> str:
        """The person's name, or the invited address."""
        return self.personne.nom_complet if self.personne is not None else self.courriel_invite

    def en_probation(self, maintenant: datetime) -> bool:
        """Whether the 72 hours after a first use of a code still run."""
        return self.probation_jusqu_a is not None and maintenant < self.probation_jusqu_a


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class DroitAccorde(models.Model):
    """One level in one domain on one perimeter, with dates. Changed by revoking the row and giving another.

    On a group, what it opens is the SIRET that the group holds when it is read. With a `dispositif`, it opens the requests of
    that one, and nothing of the rest of its domain.

    `debut_souhaite`: the first instant asked, when it was to come; `debut` is never before what T12 allows.
    """

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    rattachement = models.ForeignKey(Rattachement, on_delete=models.PROTECT, related_name="droits")
    etendue = models.CharField(max_length=6, choices=[(e.value, e.value) for e in Etendue])
    siret = models.CharField("SIRET", max_length=14, default="", blank=True)
    groupe = models.ForeignKey("habilitations.GroupeEtablissements", on_delete=models.PROTECT, null=True, related_name="+")
    domaine = models.CharField(max_length=12, choices=[(d.value, d.value) for d in Domaine])
    dispositif = models.CharField("code du seul dispositif ouvert", max_length=40, default="", blank=True)
    niveau = models.PositiveSmallIntegerField(choices=[(n.value, n.name) for n in Niveau if n > Niveau.AUCUN])
    debut = models.DateTimeField()
    fin = models.DateTimeField(null=True)
    revoque_le = models.DateTimeField(null=True)
    accorde_par = models.UUIDField(null=True)
    revoque_par = models.UUIDField(null=True)
    attente = models.CharField(max_length=12, default=Attente.AUCUNE, blank=True, choices=[(a.value, a.value) for a in Attente])
    debut_souhaite = models.DateTimeField(null=True)
    approuve_par = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rattachement", "etendue", "siret", "groupe", "domaine", "dispositif"],
                condition=Q(revoque_le__isnull=True, attente=Attente.AUCUNE),
                nulls_distinct=False,
                name="droit_unique_en_vigueur",
            ),
            models.UniqueConstraint(
                fields=["rattachement", "etendue", "siret", "groupe", "domaine", "dispositif"],
                condition=Q(revoque_le__isnull=True) & ~Q(attente=Attente.AUCUNE),
                nulls_distinct=False,
                name="droit_unique_en_attente",
            ),
            models.CheckConstraint(
                condition=(
                    Q(etendue=Etendue.SIREN, siret="", groupe__isnull=True)
                    | Q(etendue=Etendue.SIRET, groupe__isnull=True) & ~Q(siret="")
                    | Q(etendue=Etendue.GROUPE, siret="", groupe__isnull=False)
                ),
                name="droit_etendue_coherente",
            ),
            models.CheckConstraint(
                condition=Q(niveau__gte=Niveau.LECTURE, niveau__lte=Niveau.GESTION), name="droit_niveau_connu"
            ),
            models.CheckConstraint(condition=Q(fin__isnull=True) | Q(fin__gt=models.F("debut")), name="droit_fin_apres_debut"),
            models.CheckConstraint(
                condition=Q(dispositif="") | Q(domaine__in=[d.value for d in FAMILLES]) & Q(dispositif__regex=r"^[a-z0-9_-]+$"),
                name="droit_dispositif_d_une_famille",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.etendue, self.lieu, self.domaine, self.dispositif, str(self.niveau))))

    @property
    def droit(self) -> Droit:
        """The level, without its place nor its days."""
        return Droit(Domaine(self.domaine), Niveau(self.niveau), self.dispositif)

    @property
    def lieu(self) -> str:
        """The place as a text: a SIRET, the id of a group, nothing for the whole SIREN."""
        return self.siret or (str(self.groupe_id) if self.groupe_id else "")

    @property
    def lieux_ouverts(self) -> tuple[str, ...]:
        """The SIRET that it opens now; one empty text for the whole SIREN. Reads the group, when there is one."""
        return (self.siret,) if self.groupe is None else tuple(self.groupe.sirets)

    def en_vigueur(self, maintenant: datetime) -> bool:
        """The same judgement as `q_droit_en_vigueur`, on a row already read."""
        return (
            self.revoque_le is None
            and self.attente != Attente.VERIFICATION
            and self.debut <= maintenant
            and (self.fin is None or self.fin > maintenant)
        )


def q_droit_en_vigueur(maintenant: datetime, prefixe: str = "") -> Q:
    """Dates are tested inside the query: started, not over, not revoked, not waiting for a check (exigences, T10, T12)."""
    return (
        Q(**{f"{prefixe}debut__lte": maintenant})
        & (Q(**{f"{prefixe}fin__isnull": True}) | Q(**{f"{prefixe}fin__gt": maintenant}))
        & Q(**{f"{prefixe}revoque_le__isnull": True})
        & ~Q(**{f"{prefixe}attente": Attente.VERIFICATION})
    )


def q_droit_sur_le_siret(siret: str, prefixe: str = "") -> Q:
    """On that establishment alone, or on a group that holds it."""
    return Q(**{f"{prefixe}siret": siret}) | Q(**{f"{prefixe}groupe__sirets__contains": [siret]})


def q_droit_en_attente(maintenant: datetime, prefixe: str = "") -> Q:
    """Given, in force later: a day that has not come, 24 hours that run, a check that nobody has made."""
    a_venir = Q(**{f"{prefixe}debut__gt": maintenant}) | Q(**{f"{prefixe}attente": Attente.VERIFICATION})
    return a_venir & Q(**{f"{prefixe}revoque_le__isnull": True})


class DemandeAcces(ModeleDesAcces):
    """Somebody asks for an access.

    After a later right use of a code: to administer, decided by an administrator, or by the AEF if there is none. Without
    a code (`origine`): a set of rights on the whole SIREN or on these SIRET, decided by the administrators alone.
    `prevenus`: who was told when it was made.
    """

    personne = models.ForeignKey(Personne, on_delete=models.PROTECT, related_name="+")
    origine = models.CharField(max_length=10, default=OrigineDemande.CODE, choices=[(o.value, o.value) for o in OrigineDemande])
    jeu = models.CharField(
        "droits demandés", max_length=16, default=JeuDeDroits.ADMINISTRATION, choices=[(j.value, j.value) for j in JeuDeDroits]
    )
    sirets = ArrayField(models.CharField(max_length=14), default=list, blank=True)
    raison = models.CharField("pourquoi", max_length=500, default="", blank=True)
    prevenus = ArrayField(models.UUIDField(), default=list, blank=True)
    etat = models.CharField(max_length=10, default=EtatDemande.EN_ATTENTE, choices=[(e.value, e.value) for e in EtatDemande])
    demandee_le = models.DateTimeField()
    decidee_le = models.DateTimeField(null=True)
    decidee_par = models.UUIDField(null=True)
    motif = models.CharField(max_length=500, default="", blank=True)
    rattachement = models.ForeignKey(Rattachement, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["personne", "siren", "prestataire_siren"],
                condition=Q(etat=EtatDemande.EN_ATTENTE),
                name="demande_en_attente_unique",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["etat", "demandee_le"], name="demande_attente")]

    def __str__(self) -> str:
        return f"{self.organisation_siren} {self.profil} {self.etat}"

    @property
    def droits_demandes(self) -> list[DemandeDroit]:
        """The boxes that the set means on the perimeter asked."""
        return droits_du_profil(JeuDeDroits(self.jeu), self.sirets)


class VerrouSiren(models.Model):
    """The row locked first by every change of rights on one side of a SIREN (exigences, T13)."""

    cle = models.CharField(max_length=24, primary_key=True)

    def __str__(self) -> str:
        return self.cle
