"""Tables filled by `jalon importer …` from the official files, and what each import did. Public data: nothing is protected.

`edition` is the day that the file which said a thing last was published; `rang` its line there.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jalon.referentiels.enums import ReferentielOfficiel

REFERENTIELS = [(r.value, r.libelle) for r in ReferentielOfficiel]


class NiveauNpec(models.Model):
    """A yearly level of funding (NPEC) of a certification in a branch, for contracts concluded from a day on.

    Every value ever published is kept. `valeur` is what the file says: an amount, or « NC » / « NR » where there is none.
    """

    pk = models.CompositePrimaryKey("rncp", "cpne", "applicable_du", "valeur")
    rncp = models.CharField("code RNCP", max_length=10, db_collation="C")
    cpne = models.CharField("code CPNE", max_length=10, db_collation="C")
    applicable_du = models.DateField("applicable aux contrats conclus à partir du")
    valeur = models.CharField(max_length=15, db_collation="C")
    montant = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    statut = models.TextField(default="", blank=True)
    edition = models.DateField("édition du référentiel")
    rang = models.PositiveIntegerField("ligne du fichier")

    class Meta:
        verbose_name = "niveau de prise en charge"

    def __str__(self) -> str:
        return f"{self.rncp} × CPNE {self.cpne} : {self.valeur}"


class BrancheNpec(models.Model):
    """The joint commission (CPNE) that an agreement depends on. The last edition that names an agreement is the one read."""

    pk = models.CompositePrimaryKey("idcc", "cpne")
    idcc = models.CharField("IDCC", max_length=4, db_collation="C")
    cpne = models.CharField("code CPNE", max_length=10, db_collation="C")
    libelle = models.TextField("CPNE", default="", blank=True)
    edition = models.DateField("édition du référentiel")

    class Meta:
        verbose_name = "branche du référentiel NPEC"

    def __str__(self) -> str:
        return f"IDCC {self.idcc} → CPNE {self.cpne}"


class Certification(models.Model):
    """A certification of the national registers (RNCP, RS): active between two days, both included when they are known."""

    code = models.CharField(primary_key=True, max_length=10, db_collation="C")
    intitule = models.TextField("intitulé")
    abrege = models.TextField("type de diplôme", default="", blank=True)
    niveau = models.CharField(max_length=2, default="", blank=True)
    enregistrement = models.TextField("type d’enregistrement", default="", blank=True)
    actif = models.BooleanField(default=True)
    active_du = models.DateField(null=True, blank=True)
    active_au = models.DateField(null=True, blank=True)
    cfd = models.CharField("code diplôme", max_length=9, default="", blank=True)
    nsf = ArrayField(models.CharField(max_length=5), default=list)
    remplacee_par = ArrayField(models.CharField(max_length=10), default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["cfd"], name="certification_cfd")]

    def __str__(self) -> str:
        return f"{self.code} – {self.intitule}"


class HabilitationCertification(models.Model):
    """Who certifies, or may train for, a certification; `habilitation` in the words of the official export."""

    pk = models.CompositePrimaryKey("certification", "siret", "habilitation")
    certification = models.CharField(max_length=10, db_collation="C")
    siret = models.CharField("SIRET", max_length=14, db_collation="C")
    habilitation = models.TextField()
    nom = models.TextField(default="", blank=True)

    class Meta:
        verbose_name = "habilitation à former ou à certifier"

    def __str__(self) -> str:
        return f"{self.certification} : {self.nom} ({self.habilitation})"


class EtablissementUai(models.Model):
    """A school of the national directory. Never removed: one that closed keeps its number."""

    uai = models.CharField("UAI", primary_key=True, max_length=8, db_collation="C")
    denomination = models.TextField("dénomination")
    siret = models.CharField("SIRET", max_length=14, default="", db_default="", blank=True)
    nature = models.TextField(default="", db_default="", blank=True)
    code_postal = models.TextField(default="", db_default="", blank=True)
    commune = models.TextField(default="", db_default="", blank=True)
    ouvert_le = models.DateField(null=True, blank=True)
    ferme_le = models.DateField("fermé le", null=True, blank=True)

    class Meta:
        verbose_name = "établissement du répertoire UAI"
        indexes: ClassVar = [models.Index(fields=["siret"], name="uai_siret")]

    def __str__(self) -> str:
        return f"{self.uai} – {self.denomination}"


class OrganismeFormation(models.Model):
    """A provider of the public list (code du travail, L6351-7-1), by its NDA; one SIRET may declare several."""

    nda = models.CharField("NDA", primary_key=True, max_length=11, db_collation="C")
    siret = models.CharField("SIRET", max_length=14, db_collation="C", db_index=True)
    denomination = models.TextField("dénomination")
    code_postal = models.TextField(default="", blank=True)
    ville = models.TextField(default="", blank=True)
    qualiopi_formation = models.BooleanField(default=False)
    qualiopi_bilan = models.BooleanField(default=False)
    qualiopi_vae = models.BooleanField(default=False)
    qualiopi_apprentissage = models.BooleanField(default=False)

    class Meta:
        verbose_name = "organisme de formation"

    def __str__(self) -> str:
        return f"{self.denomination} ({self.nda})"


class AncienNda(models.Model):
    """A former NDA, and the one that replaced it."""

    pk = models.CompositePrimaryKey("ancien", "nda")
    ancien = models.CharField("NDA précédent", max_length=11, db_collation="C")
    nda = models.CharField("NDA", max_length=11, db_collation="C")

    class Meta:
        verbose_name = "NDA précédent"

    def __str__(self) -> str:
        return f"{self.ancien} → {self.nda}"


class RattachementOpco(models.Model):
    """The OPCO of an establishment (« table SIRET-OPCO »), one line per agreement; names as the file writes them."""

    pk = models.CompositePrimaryKey("siret", "idcc")
    siret = models.CharField("SIRET", max_length=14, db_collation="C")
    idcc = models.CharField("IDCC", max_length=4, db_collation="C")
    opco = models.TextField("OPCO propriétaire")
    opco_gestion = models.TextField("OPCO gestionnaire")

    class Meta:
        verbose_name = "rattachement à un OPCO"

    def __str__(self) -> str:
        return f"{self.siret} → {self.opco}"


class ImportReferentiel(models.Model):
    """What the import of a file did. The same file again replaces its line."""

    pk = models.CompositePrimaryKey("referentiel", "empreinte")
    referentiel = models.CharField("référentiel", max_length=10, choices=REFERENTIELS)
    empreinte = models.CharField(max_length=64)
    nom = models.TextField()
    edition = models.DateField("édition")
    lus = models.BigIntegerField(default=0)
    inseres = models.BigIntegerField(default=0)
    mis_a_jour = models.BigIntegerField(default=0)
    inchanges = models.BigIntegerField(default=0)
    retires = models.BigIntegerField(default=0)
    rejetes = models.BigIntegerField(default=0)
    importe_le = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.nom} ({self.referentiel})"


class RejetReferentiel(models.Model):
    """A line of the last import of a referential that was refused, and why."""

    referentiel = models.CharField("référentiel", max_length=10, choices=REFERENTIELS)
    fichier = models.TextField()
    ligne = models.PositiveIntegerField()
    raison = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["referentiel", "ligne"], name="rejet_referentiel")]

    def __str__(self) -> str:
        return f"{self.fichier}, ligne {self.ligne} : {self.raison}"
