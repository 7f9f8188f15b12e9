"""The register (legal units, establishments), our portefeuilles, and the state of the last import of each file.

Register data are public: these models are not protected. Identifiers are compared byte by byte (collation « C »), so that the
primary key of an establishment also serves every search by SIREN, which is its first nine digits.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jalon.organisations.enums import EtatEtablissement, EtatOrganisation, GenreFichier, SourceOrganisation
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.identifiants import nouvel_id


class Portefeuille(models.Model):
    """A set of organisations followed by the same people of the OPCO. Every organisation is in exactly one."""

    id = models.UUIDField(primary_key=True, default=nouvel_id, editable=False)
    nom = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.nom


class ReglePortefeuille(models.Model):
    """« This IDCC in this département goes to this portefeuille »; an empty box means any. The most precise rule wins."""

    portefeuille = models.ForeignKey(Portefeuille, on_delete=models.CASCADE, related_name="regles")
    idcc = models.CharField("IDCC", max_length=4, default="", blank=True)
    departement = models.CharField("département", max_length=3, default="", blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["idcc", "departement"], name="regle_portefeuille_unique")]

    def __str__(self) -> str:
        return f"{self.idcc or '*'} × {self.departement or '*'}"


class SirenPortefeuille(models.Model):
    """An organisation placed by name: wins over every rule."""

    siren = models.CharField("SIREN", max_length=9, primary_key=True, db_collation="C")
    portefeuille = models.ForeignKey(Portefeuille, on_delete=models.CASCADE, related_name="sirens")

    def __str__(self) -> str:
        return self.siren


class Organisation(models.Model):
    """A legal unit. From `idcc` on, what is ours and that an import of the register never overwrites."""

    siren = models.CharField("SIREN", max_length=9, primary_key=True, db_collation="C")
    denomination = models.TextField("dénomination")
    nom = models.TextField(default="", blank=True)
    prenoms = models.TextField("prénoms", default="", blank=True)
    categorie_juridique = models.TextField("catégorie juridique", default="", blank=True)
    naf = models.TextField("NAF", default="", blank=True)
    tranche_effectifs = models.TextField("tranche d’effectifs", default="", blank=True)
    nic_siege = models.TextField("NIC du siège", default="", blank=True)
    etat = models.CharField("état", max_length=1, choices=EtatOrganisation, default=EtatOrganisation.ACTIVE)
    diffusible = models.BooleanField(default=True)
    recherche = models.TextField(default="", blank=True, db_collation="C")
    source = models.CharField(max_length=10, choices=SourceOrganisation, default=SourceOrganisation.REGISTRE)

    idcc = models.CharField("IDCC", max_length=4, default="", db_default="", blank=True)
    effectif = models.IntegerField(null=True, blank=True)
    adherent_depuis = models.DateField("adhérent depuis", null=True, blank=True)
    preuve = models.TextField(default="", db_default="", blank=True)
    suspendue_le = models.DateTimeField("accès coupé depuis", null=True, blank=True)
    portefeuille = models.ForeignKey(
        Portefeuille,
        on_delete=models.PROTECT,
        default=PORTEFEUILLE_PAR_DEFAUT,
        db_default=PORTEFEUILLE_PAR_DEFAUT,
        db_index=False,
        related_name="organisations",
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["etat", "recherche"], name="organisation_recherche"),
            models.Index(fields=["adherent_depuis"], condition=Q(adherent_depuis__isnull=False), name="organisation_adherente"),
            models.Index(fields=["portefeuille"], condition=Q(source="a_verifier"), name="organisation_a_verifier"),
            models.Index(fields=["siren"], condition=Q(suspendue_le__isnull=False), name="organisation_suspendue"),
        ]

    def __str__(self) -> str:
        return self.denomination

    @property
    def siret_siege(self) -> str:
        """SIRET of the head office, empty when the register does not say."""
        return f"{self.siren}{self.nic_siege}" if self.nic_siege else ""

    @property
    def personne_physique(self) -> bool:
        """Whether it is a sole trader, written to by name."""
        return bool(self.nom)

    @property
    def active(self) -> bool:
        """Whether the register, or we, know it as living."""
        return self.etat == EtatOrganisation.ACTIVE

    @property
    def a_verifier(self) -> bool:
        """Whether its SIREN still waits for a proof."""
        return self.source == SourceOrganisation.A_VERIFIER


class EtablissementQuerySet(models.QuerySet["Etablissement"]):
    """Search by SIREN is a range of the primary key."""

    def du_siren(self, siren: str) -> "EtablissementQuerySet":
        """Establishments of one organisation, in the order of their NIC."""
        return self.filter(siret__gte=siren, siret__lt=f"{siren}:").order_by("siret")


class Etablissement(models.Model):
    """A place of an organisation. Closed ones are kept, with their state. Masked values are empty."""

    siret = models.CharField("SIRET", max_length=14, primary_key=True, db_collation="C")
    siege = models.BooleanField("siège", default=False)
    nom_usuel = models.TextField(default="", blank=True)
    adresse_voie = models.TextField("voie", default="", blank=True)
    complement = models.TextField("complément", default="", blank=True)
    distribution = models.TextField("distribution spéciale", default="", blank=True)
    code_postal = models.TextField(default="", blank=True)
    commune = models.TextField(default="", blank=True)
    code_commune = models.TextField("code officiel de la commune", default="", blank=True)
    cedex = models.TextField(default="", blank=True)
    pays = models.TextField(default="", blank=True)
    naf = models.TextField("NAF", default="", blank=True)
    etat = models.CharField("état", max_length=1, choices=EtatEtablissement, default=EtatEtablissement.OUVERT)
    diffusible = models.BooleanField(default=True)

    objects = EtablissementQuerySet.as_manager()

    def __str__(self) -> str:
        return self.siret

    @property
    def siren(self) -> str:
        """SIREN of the organisation (the first nine digits: no column, see `du_siren`)."""
        return self.siret[:9]

    @property
    def nic(self) -> str:
        """Number of the place inside the organisation."""
        return self.siret[9:]

    @property
    def ouvert(self) -> bool:
        """Whether the place is open."""
        return self.etat == EtatEtablissement.OUVERT


class ImportRegistre(models.Model):
    """How far the last import of a stock file went. `termine_le` empty: it can be taken up where it stopped."""

    genre = models.CharField(max_length=14, primary_key=True, choices=GenreFichier)
    nom = models.TextField()
    empreinte = models.CharField(max_length=64)
    position = models.BigIntegerField()
    ligne = models.BigIntegerField()
    lus = models.BigIntegerField(default=0)
    inseres = models.BigIntegerField(default=0)
    mis_a_jour = models.BigIntegerField(default=0)
    inchanges = models.BigIntegerField(default=0)
    rejetes = models.BigIntegerField(default=0)
    commence_le = models.DateTimeField()
    termine_le = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.nom} ({self.genre})"


class RejetImport(models.Model):
    """A line of the last import that was refused, and why."""

    registre = models.ForeignKey(ImportRegistre, on_delete=models.CASCADE, related_name="rejets")
    ligne = models.BigIntegerField()
    raison = models.TextField()

    def __str__(self) -> str:
        return f"ligne {self.ligne} : {self.raison}"
