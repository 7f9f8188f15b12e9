"""Bank details: archived, never overwritten. The database itself refuses to change what identifies an account."""

from typing import ClassVar
from uuid import UUID

import pghistory
import pgtrigger
from django.db import models
from django.db.models import ExpressionWrapper, F, Q, Value

from jalon.banque.enums import MethodeConfirmation, OrigineGel
from jalon.banque.regles import DELAI_AVANT_PAIEMENT
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau, Portee, Profil
from jalon.socle.modeles import ModeleProtege, q_du_perimetre

_FIGES = [
    "siren", "siret", "prestataire_siren", "profil", "titulaire", "iban_empreinte", "iban_masque", "bic", "banque", "rang",
    "ajoutees_le", "ajoutees_par", "utilisable_a_partir_de", "jeton_gel_alea", "jeton_gel_empreinte",
]  # fmt: skip


def portee_bancaire(siren: str, profil: Profil | str, portefeuille_id: UUID | None = None) -> Portee:
    """Whose the account is: the company's, or the provider's, never both."""
    if profil == Profil.PRESTATAIRE:
        return Portee(prestataire_siren=siren, portefeuille_id=portefeuille_id, domaine=Domaine.RIB)
    return Portee(siren=siren, portefeuille_id=portefeuille_id, domaine=Domaine.RIB)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["iban_chiffre", "jeton_gel_alea", "jeton_gel_empreinte"],
    append_only=True,
)
class CoordonneesBancaires(ModeleProtege):
    """One account of one side of a SIREN. A change is a new row; its state is read from the dates (`regles.etat_a`).

    `iban_chiffre` may only be encrypted again with a newer key: `iban_empreinte`, frozen, tells whether it is still the
    same account. `rang` orders the rows of one side, and lets two simultaneous additions through only one after the other.
    """

    profil = models.CharField(max_length=12, choices=[(p.value, p.value) for p in Profil])
    rang = models.PositiveIntegerField()
    titulaire = models.CharField(max_length=70)
    iban_chiffre = models.TextField()
    iban_empreinte = models.CharField(max_length=64)
    iban_masque = models.CharField("IBAN", max_length=40)
    bic = models.CharField("BIC", max_length=11)
    banque = models.CharField(max_length=140, default="", blank=True)
    ajoutees_le = models.DateTimeField()
    ajoutees_par = models.UUIDField(null=True)
    utilisable_a_partir_de = models.DateTimeField()
    jeton_gel_alea = models.CharField(max_length=64)
    jeton_gel_empreinte = models.CharField(max_length=64, unique=True)
    gelee_le = models.DateTimeField(null=True)
    gelee_par = models.UUIDField(null=True)
    gel_origine = models.CharField(max_length=12, default="", blank=True, choices=[(o.value, o.value) for o in OrigineGel])
    gel_motif = models.CharField(max_length=500, default="", blank=True)
    confirmees_le = models.DateTimeField(null=True)
    confirmees_par = models.UUIDField(null=True)
    confirmation_methode = models.CharField(
        max_length=14, default="", blank=True, choices=[(m.value, m.value) for m in MethodeConfirmation]
    )
    confirmation_commentaire = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["siren", "prestataire_siren", "rang"], name="coordonnees_une_a_la_fois"),
            models.CheckConstraint(
                condition=(
                    Q(profil=Profil.ADHERENT, prestataire_siren="") & ~Q(siren="")
                    | Q(profil=Profil.PRESTATAIRE, siren="") & ~Q(prestataire_siren="")
                ),
                name="coordonnees_un_cote",
            ),
            models.CheckConstraint(
                condition=Q(
                    utilisable_a_partir_de__gte=ExpressionWrapper(
                        F("ajoutees_le") + Value(DELAI_AVANT_PAIEMENT),
                        output_field=models.DateTimeField(),
                    )
                ),
                name="coordonnees_delai_72h",
            ),
            models.CheckConstraint(
                condition=Q(confirmees_par__isnull=True) | ~Q(confirmees_par=F("ajoutees_par")),
                name="coordonnees_confirmees_par_un_autre",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["iban_empreinte"], name="coordonnees_empreinte"),
            models.Index(fields=["prestataire_siren"], name="coordonnees_prestataire"),
            models.Index(fields=["portefeuille_id", "-ajoutees_le"], name="coordonnees_portefeuille"),
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(name="coordonnees_figees", fields=_FIGES),
            pgtrigger.Protect(name="coordonnees_gardees", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="coordonnees_gel_definitif",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__gelee_le__isnull=False) & pgtrigger.Q(old__gelee_le__df=pgtrigger.F("new__gelee_le")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_siren} {self.profil} {self.iban_masque}"

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """The domain RIB at that level; the OPCO reads its portefeuilles, masked as for everybody."""
        return q_du_perimetre(acteur.perimetre(Droit(Domaine.RIB, niveau)))

    @property
    def organisation_siren(self) -> str:
        """SIREN of the holder, whatever its side."""
        return self.prestataire_siren if self.profil == Profil.PRESTATAIRE else self.siren
