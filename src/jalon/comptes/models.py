"""People. An account is a person, never an organisation; what a person may do is in `habilitations`."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from jalon.socle.identifiants import nouvel_id


class GestionnairePersonnes(BaseUserManager["Personne"]):
    """Accounts by e-mail, case ignored."""

    def get_by_natural_key(self, username: str | None) -> "Personne":
        return self.get(email=(username or "").lower())

    def create_user(self, email: str, password: str | None = None, **champs: Any) -> "Personne":
        """A person with a hashed password (unusable when None)."""
        personne = self.model(email=email.strip().lower(), **champs)
        personne.set_password(password)
        personne.save()
        return personne


class Personne(AbstractBaseUser):
    """Somebody who signs in. `suspendue_le`: the OPCO cut every access (exigences, S5); set and taken back by `veille` alone."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    email = models.EmailField("adresse électronique", unique=True)
    prenom = models.CharField("prénom", max_length=80, blank=True)
    nom = models.CharField("nom", max_length=80, blank=True)
    est_opco = models.BooleanField("travaille à l’OPCO", default=False)
    is_active = models.BooleanField("compte ouvert", default=True)
    visites_vues = ArrayField(models.CharField(max_length=12), default=list, blank=True, verbose_name="visites guidées déjà vues")
    suspendue_le = models.DateTimeField("accès coupé depuis", null=True, blank=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[GestionnairePersonnes] = GestionnairePersonnes()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["prenom", "nom"]

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="personne_email_sans_casse")]

    def __str__(self) -> str:
        return self.nom_complet

    @property
    def nom_complet(self) -> str:
        """« Aline Martin », or the address while no name is known."""
        return f"{self.prenom} {self.nom}".strip() or self.email

    @property
    def initiales(self) -> str:
        """Two letters for the avatar."""
        return (self.prenom[:1] + self.nom[:1]).upper() or self.email[:2].upper()


class Appareil(models.Model):
    """A browser that signed in to an account. It holds a signed number in a cookie; we keep its keyed hash alone."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    personne = models.ForeignKey(Personne, on_delete=models.CASCADE, related_name="+")
    empreinte = models.CharField(max_length=64)
    navigateur = models.CharField(max_length=60)
    premier_le = models.DateTimeField()
    dernier_le = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["personne", "empreinte"], name="appareil_unique")]
        indexes: ClassVar = [models.Index(fields=["dernier_le"], name="appareil_oubli")]

    def __str__(self) -> str:
        return self.navigateur
