"""The employees of a company, the requests that name them, the files being imported."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from jalon.salaries.enums import EtatImport, Nature, Sexe, Source, Unite
from jalon.salaries.regles.fiches import Fiche
from jalon.salaries.regles.rapprochement import recherche_de, tri_de
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau
from jalon.socle.modeles import ModeleProtege, q_du_perimetre

CHAMPS_DE_LA_FICHE = (
    "nom", "nom_usage", "prenom", "date_naissance", "sexe", "matricule", "courriel", "emploi", "pcs", "nature", "idcc", "siret",
    "quotite", "quotite_unite", "entree", "sortie",
)  # fmt: skip
"""What a record says, its NIR apart."""


def q_des_salaries(acteur: Acteur, niveau: Niveau) -> Q:
    """The domain « salariés » at that level. The OPCO reads employees in requests, never in the directory of a company: no row
    names a portefeuille.
    """
    return q_du_perimetre(acteur.perimetre(Droit(Domaine.SALARIES, niveau)))


class Salarie(ModeleProtege):
    """Somebody who works, or worked, for a company. `siret` empty: of no establishment in particular.

    `nir_empreinte` tells the same person within one company; `recherche` and `tri` hold neither accent nor case, and no NIR.
    `dernier_usage`: the last day when the record was typed, brought by a file or used by a request: with `sortie`, it says when
    the record is deleted.
    """

    nom = models.CharField("nom de naissance", max_length=80)
    nom_usage = models.CharField("nom d’usage", max_length=80, default="", blank=True)
    prenom = models.CharField("prénom", max_length=80)
    date_naissance = models.DateField("date de naissance")
    sexe = models.CharField(max_length=1, default="", blank=True, choices=[(s.value, s.value) for s in Sexe])
    nir_chiffre = models.TextField("NIR chiffré", default="", blank=True)
    nir_empreinte = models.CharField("empreinte du NIR", max_length=64, default="", blank=True)
    matricule = models.CharField(max_length=30, default="", blank=True)
    courriel = models.CharField(max_length=254, default="", blank=True)
    emploi = models.CharField(max_length=120, default="", blank=True)
    pcs = models.CharField("code PCS", max_length=8, default="", blank=True)
    nature = models.CharField(
        "nature du contrat", max_length=12, default="", blank=True, choices=[(n.value, n.value) for n in Nature]
    )
    idcc = models.CharField("IDCC", max_length=4, default="", blank=True)
    quotite = models.DecimalField("temps de travail, en heures", max_digits=6, decimal_places=2, null=True, blank=True)
    quotite_unite = models.CharField(max_length=8, default="", blank=True, choices=[(u.value, u.value) for u in Unite])
    entree = models.DateField("date d’entrée", null=True, blank=True)
    sortie = models.DateField("date de départ", null=True, blank=True)
    source = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Source])
    version = models.PositiveIntegerField(default=1)
    recherche = models.CharField(max_length=420)
    tri = models.CharField(max_length=160)
    cree_le = models.DateTimeField()
    modifie_le = models.DateTimeField()
    dernier_usage = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["siren", "nir_empreinte"], condition=~Q(nir_empreinte=""), name="salarie_un_nir"),
            models.CheckConstraint(condition=~Q(siren=""), name="salarie_d_une_entreprise"),
            models.CheckConstraint(
                condition=Q(nir_chiffre="", nir_empreinte="") | ~Q(nir_chiffre="") & ~Q(nir_empreinte=""),
                name="salarie_nir_entier",
            ),
            models.CheckConstraint(
                condition=Q(sortie__isnull=True) | Q(entree__isnull=True) | Q(sortie__gte=F("entree")), name="salarie_part_apres"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["siren", "tri", "id"], name="salarie_liste"),
            models.Index(fields=["sortie"], condition=Q(sortie__isnull=False), name="salarie_parti"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """The company, or its establishments, where the right holds."""
        return q_des_salaries(acteur, niveau)

    @property
    def nom_complet(self) -> str:
        """« Zoé Exemple »."""
        return f"{self.prenom} {self.nom}"

    @property
    def fiche(self) -> Fiche:
        """What the record says, without its NIR."""
        return Fiche(**{nom: getattr(self, nom) for nom in CHAMPS_DE_LA_FICHE})

    def ecrire(self, fiche: Fiche) -> Self:
        """Take what a record says, its NIR apart; returns self."""
        for nom in CHAMPS_DE_LA_FICHE:
            setattr(self, nom, getattr(fiche, nom))
        self.recherche, self.tri = recherche_de(fiche)[:420], tri_de(fiche)
        return self


class Inscription(models.Model):
    """A request names an employee of the directory. The request is of an upper app: known by its id."""

    salarie = models.ForeignKey(Salarie, on_delete=models.CASCADE, related_name="+")
    dossier_id = models.UUIDField()
    le = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["salarie", "dossier_id"], name="inscription_une_fois")]
        indexes: ClassVar = [models.Index(fields=["dossier_id"], name="inscription_dossier")]

    def __str__(self) -> str:
        return f"{self.salarie_id} {self.dossier_id}"


class ImportSalaries(ModeleProtege):
    """A file of employees: looked at by who sent it, then applied. The file itself is not kept.

    `contenu`: the lines that were read, encrypted for this row; emptied when they are applied, given up, or an hour old.
    `colonnes`: box -> rank of its column. `choix`: by number of line. `avance`: lines already applied, so that a job that was
    killed goes on. `rapport`: counts, and the lines refused by number, without a name.
    """

    etat = models.CharField(max_length=10, choices=[(e.value, e.value) for e in EtatImport], default=EtatImport.A_VALIDER)
    source = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Source])
    contenu = models.TextField(default="", blank=True)
    colonnes = models.JSONField(default=dict)
    choix = models.JSONField(default=dict)
    total = models.PositiveIntegerField()
    avance = models.PositiveIntegerField(default=0)
    rapport = models.JSONField(default=dict)
    demande_par = models.UUIDField()
    demande_le = models.DateTimeField()
    lance_le = models.DateTimeField(null=True)
    avance_le = models.DateTimeField(null=True)
    fini_le = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(contenu="") | Q(etat__in=[EtatImport.A_VALIDER, EtatImport.EN_COURS]),
                name="import_oublie_son_contenu",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["siren", "-demande_le"], name="import_salaries_siren"),
            models.Index(fields=["demande_le"], condition=Q(etat__in=["a_valider", "en_cours"]), name="import_salaries_ouverts"),
        ]

    def __str__(self) -> str:
        return f"{self.siren} {self.etat}"

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """Who sent it, while she may type employees in that company: its lines are of every establishment."""
        droit = acteur.perimetre(Droit(Domaine.SALARIES, max(niveau, Niveau.SAISIE)))
        sirens = droit.sirens | {siret[:9] for siret in droit.sirets}
        return Q(demande_par=acteur.identite, siren__dans=sirens) if sirens and acteur.identite else Q(pk__in=[])
