"""The documents that an organisation keeps to attach them to its requests."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from jalon.pieces.models import Document
from jalon.porte_documents.enums import GENRES, TOUS_LES_DOSSIERS, USAGES, Genre
from jalon.porte_documents.regles import LIBELLE_AU_PLUS, est_expire, phrase_de_validite
from jalon.socle.acteurs import FAMILLES, Acteur, Droit, Niveau
from jalon.socle.modeles import ModeleProtege, un_parmi


class DocumentGarde(ModeleProtege):
    """A document of a company (`siren`, of one establishment when `siret` is set) or of a provider (`prestataire_siren`).

    `domaine`: the family of requests that it serves, and whose right opens it; empty: every family. `document`: its file, shared with
    the requests that took it. `version`: goes up with each change. `origine`: the request that it was kept from, in words.
    """

    libelle = models.CharField("nom du document", max_length=LIBELLE_AU_PLUS)
    genre = models.CharField(max_length=12, choices=[(g.value, g.value) for g in Genre])
    valide_jusqu_au = models.DateField("valable jusqu’au", null=True, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    origine = models.CharField(max_length=200, default="", blank=True)
    ajoute_le = models.DateTimeField("ajouté le")
    ajoute_par = models.UUIDField("ajouté par", null=True)
    ajoute_par_nom = models.CharField(max_length=200, default="", blank=True)
    modifie_le = models.DateTimeField("modifié le")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["siren", "libelle"], condition=~Q(siren=""), name="garde_entreprise"),
            models.Index(fields=["prestataire_siren", "libelle"], condition=~Q(prestataire_siren=""), name="garde_prestataire"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(siren="") & Q(prestataire_siren="") | Q(siren="", siret="") & ~Q(prestataire_siren=""),
                name="garde_d_un_seul",
            ),
            models.CheckConstraint(condition=Q(genre__in=[g.value for g in Genre]), name="garde_genre_connu"),
            models.CheckConstraint(condition=Q(domaine__in=sorted(USAGES)), name="garde_usage_connu"),
        ]

    def __str__(self) -> str:
        return self.libelle

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """The organisation, or the establishment, where the right holds on the family; on one family at least when it serves all.

        The OPCO reads documents in requests only. A right on one dispositif, or under a convention, opens no porte-documents.
        """
        vues = []
        for famille in FAMILLES:
            perimetre = acteur.perimetre(Droit(famille, niveau))
            cotes = (
                ("siren", perimetre.sirens),
                ("siret", perimetre.sirets),
                ("prestataire_siren", perimetre.prestataires),
            )
            lieux = [un_parmi(champ, valeurs) for champ, valeurs in cotes if valeurs]
            if lieux:
                vues.append(Q(domaine__in=(TOUS_LES_DOSSIERS, famille.value)) & Q(*lieux, _connector=Q.OR))
        return Q(*vues, _connector=Q.OR) if vues else Q(pk__in=[])

    @property
    def organisation_siren(self) -> str:
        """Whose it is."""
        return self.siren or self.prestataire_siren

    @property
    def libelle_genre(self) -> str:
        """« Certificat Qualiopi »."""
        return GENRES[Genre(self.genre)]

    @property
    def libelle_usage(self) -> str:
        """« Tous les dossiers »."""
        return USAGES[self.domaine]

    def est_expire(self, jour: date) -> bool:
        """Whether its validity is over that day."""
        return est_expire(self.valide_jusqu_au, jour)

    def validite(self, jour: date) -> str:
        """« Valable jusqu’au 31/12/2026 »."""
        return phrase_de_validite(self.valide_jusqu_au, jour)
