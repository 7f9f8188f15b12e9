"""A request, whatever its dispositif: what was typed, what was sent, and the columns that lists read."""

from dataclasses import replace
from datetime import date, datetime
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from jalon.dispositifs.base import Silence
from jalon.dispositifs.registre import DISPOSITIFS
from jalon.dossiers.enums import LIBELLES_DU_SILENCE, LIBELLES_ETATS, EtatDossier, Partie
from jalon.dossiers.regles import TABLE, Attente, CompteARebours, compte_a_rebours, etat_affiche, prochaine_etape
from jalon.messagerie.models import Fil
from jalon.socle.acteurs import FAMILLES, Acteur, Domaine, Droit, Niveau, Perimetre, Portee
from jalon.socle.modeles import ModeleProtege, q_des_couples, un_parmi

ETATS_CONNUS = [e.value for e in EtatDossier]
DEBUT = Coalesce("date_debut", Value(date(9999, 12, 31)))
"""First day as the lists order it: never absent."""


def _cotes(perimetre: Perimetre, *, prestataire: bool, chemin: str) -> list[Q]:
    """One condition for each side where the perimeter holds something."""
    cotes = []
    if perimetre.sirens:
        cotes.append(un_parmi("siren", perimetre.sirens))
    if perimetre.sirets:
        cotes.append(un_parmi("siret", perimetre.sirets))
    if perimetre.portefeuilles:
        cotes.append(un_parmi("portefeuille_id", perimetre.portefeuilles) & ~Q(**{f"{chemin}etat": EtatDossier.BROUILLON}))
    if prestataire and perimetre.prestataires:
        cotes.append(un_parmi("prestataire_siren", perimetre.prestataires) & Q(accorde_le__isnull=False))
    return [*cotes, *q_des_couples(perimetre, f"{chemin}prestataire_siren")]


def perimetres_restreints(acteur: Acteur, domaine: Domaine, niveau: Niveau) -> dict[str, Perimetre]:
    """Where the actor holds a right limited to one dispositif, by its code, besides the whole family."""
    codes = sorted(acteur.dispositifs_restreints(domaine))
    if not codes:
        return {}
    entier = acteur.perimetre(Droit(domaine, niveau))
    restreints = {code: acteur.perimetre(Droit(domaine, niveau, code)).sauf(entier) for code in codes}
    return {code: perimetre for code, perimetre in restreints.items() if perimetre}


def q_des_cotes(acteur: Acteur, niveau: Niveau, *, prestataire: bool, chemin: str = "") -> Q:
    """Rows seen from each side, by family of dispositifs or for one of them: the company's own, drafts included, all of them or those
    that name the provider with whom it signed a convention; the portefeuilles of the OPCO without drafts; and, if asked, what was
    granted to be done by the provider. `chemin`: where the columns of the request itself are (« dossier__ »)."""
    familles: dict[Perimetre, list[str]] = {}
    for domaine in FAMILLES:
        familles.setdefault(acteur.perimetre(Droit(domaine, niveau)), []).append(domaine.value)
    vues = []
    for perimetre, domaines in familles.items():
        cotes = _cotes(perimetre, prestataire=prestataire, chemin=chemin)
        if cotes:
            vues.append(Q(domaine__in=domaines) & Q(*cotes, _connector=Q.OR))
    for domaine in FAMILLES:
        for code, perimetre in perimetres_restreints(acteur, domaine, niveau).items():
            cotes = _cotes(perimetre, prestataire=prestataire, chemin=chemin)
            if cotes:
                du_dispositif = Q(domaine=domaine.value, **{f"{chemin}dispositif": code})
                vues.append(du_dispositif & Q(*cotes, _connector=Q.OR))
    return Q(*vues, _connector=Q.OR) if vues else Q(pk__in=[])


class Dossier(ModeleProtege):
    """A request. It belongs to an establishment, never to the person who typed it.

    `reponses`: what was typed, by section; `contenu`: the last validated document. Sensitive boxes are ciphertext in both,
    for this row only. From `denomination` to `recherche`, projections of the answers, never typed. `complet_le`: from when
    the OPCO's delay runs. `attend_…`: who must act, by when, why. `fil`: company and OPCO; `fil_prestataire`: provider and OPCO.
    `convention_siren`: the provider for whom the draft was begun, under its convention with the company; it is the provider of
    the draft until another one is answered. `origine`: the request that it was copied from. `lot`: shared by the parts of a
    request that was split, `lot_rang` their order.
    """

    numero = models.CharField("numéro", max_length=14, null=True, unique=True)
    dispositif = models.CharField(max_length=40)
    version_formulaire = models.PositiveSmallIntegerField(default=1)
    etat = models.CharField("état", max_length=16, default=EtatDossier.BROUILLON, choices=[(e, e) for e in ETATS_CONNUS])
    etat_depuis = models.DateTimeField()

    reponses = models.JSONField(default=dict)
    contenu = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    contenu_version = models.PositiveIntegerField(default=0)

    denomination = models.CharField("dénomination", max_length=200, default="", blank=True)
    etablissement_nom = models.CharField("établissement", max_length=200, default="", blank=True)
    prestataire_siret = models.CharField("SIRET du prestataire", max_length=14, default="", blank=True)
    prestataire_denomination = models.CharField("prestataire", max_length=200, default="", blank=True)
    convention_siren = models.CharField(
        "SIREN du prestataire sous convention", max_length=9, default="", db_default="", blank=True
    )
    titre = models.CharField(max_length=200, default="", blank=True)
    reference_interne = models.CharField("référence de l’entreprise", max_length=200, default="", blank=True)
    nombre_stagiaires = models.PositiveIntegerField(default=0)
    date_debut = models.DateField("début", null=True)
    date_fin = models.DateField("fin", null=True)
    montant_demande = models.DecimalField("demandé", max_digits=12, decimal_places=2, null=True)
    montant_accorde = models.DecimalField("accordé", max_digits=12, decimal_places=2, null=True)
    montant_a_payer = models.DecimalField("à payer au plus", max_digits=12, decimal_places=2, null=True)
    montant_facture = models.DecimalField("facturé", max_digits=12, decimal_places=2, default=0)
    montant_paye = models.DecimalField("payé", max_digits=12, decimal_places=2, default=0)
    recherche = SearchVectorField(null=True)

    cree_le = models.DateTimeField()
    cree_par = models.UUIDField(null=True)
    cree_par_nom = models.CharField(max_length=200, default="", blank=True)
    modifie_le = models.DateTimeField()
    transmis_le = models.DateTimeField(null=True)
    transmis_par = models.UUIDField(null=True)
    complet_le = models.DateTimeField(null=True)
    instructeur_id = models.UUIDField(null=True)
    instructeur_nom = models.CharField(max_length=200, default="", blank=True)
    accorde_le = models.DateTimeField(null=True)

    attend_qui = models.CharField(max_length=12, default="", blank=True, choices=[(p.value, p.value) for p in Partie])
    attend_avant = models.DateField(null=True)
    attend_motif = models.CharField(max_length=200, default="", blank=True)
    fil = models.ForeignKey(Fil, on_delete=models.PROTECT, related_name="+")
    fil_prestataire = models.ForeignKey(Fil, on_delete=models.PROTECT, null=True, related_name="+")

    origine = models.ForeignKey(
        "self", verbose_name="copié de", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lot = models.UUIDField("lot de scission", null=True, blank=True)
    lot_rang = models.PositiveSmallIntegerField("rang dans le lot", default=0, db_default=0, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["lot", "lot_rang"], condition=Q(lot__isnull=False), name="dossier_lot"),
            models.Index(fields=["siren", "modifie_le", "id"], include=["etat", "domaine", "date_debut"], name="dossier_siren"),
            models.Index(fields=["siret", "modifie_le", "id"], include=["etat", "domaine", "date_debut"], name="dossier_siret"),
            models.Index(
                fields=["prestataire_siren", "modifie_le", "id"],
                include=["etat", "domaine", "date_debut"],
                condition=Q(accorde_le__isnull=False),
                name="dossier_prestataire",
            ),
            models.Index(
                fields=["prestataire_siren", "siren", "modifie_le", "id"],
                include=["siret", "etat", "date_debut"],
                condition=Q(domaine=Domaine.ALTERNANCE) & ~Q(prestataire_siren=""),
                name="dossier_convention",
            ),
            models.Index(
                fields=["portefeuille_id", "etat", "modifie_le", "id"],
                include=["domaine", "date_debut"],
                condition=~Q(etat=EtatDossier.BROUILLON),
                name="dossier_portefeuille",
            ),
            models.Index(
                fields=["portefeuille_id", "attend_avant", "id"],
                condition=Q(attend_qui=Partie.OPCO),
                name="dossier_file_opco",
            ),
            models.Index(
                fields=["siren", "attend_avant", "id"],
                condition=Q(attend_qui=Partie.ENTREPRISE),
                name="dossier_attend_entreprise",
            ),
            models.Index(
                fields=["siren", "date_fin"],
                condition=Q(etat=EtatDossier.ACCORDE, montant_facture__lt=F("montant_a_payer")),
                name="dossier_a_facturer",
            ),
            models.Index("siren", DEBUT, "id", include=["etat", "domaine", "date_debut"], name="dossier_siren_debut"),
            models.Index(
                "prestataire_siren",
                DEBUT,
                "id",
                include=["etat", "domaine", "date_debut"],
                condition=Q(accorde_le__isnull=False),
                name="dossier_prestataire_debut",
            ),
            models.Index(
                "portefeuille_id",
                "etat",
                DEBUT,
                "id",
                include=["domaine", "date_debut"],
                condition=~Q(etat=EtatDossier.BROUILLON),
                name="dossier_portefeuille_debut",
            ),
            models.Index(
                fields=["siren", "transmis_le", "id"],
                include=["etat", "domaine", "date_debut"],
                condition=Q(transmis_le__isnull=False),
                name="dossier_siren_depot",
            ),
            models.Index(
                fields=["prestataire_siren", "transmis_le", "id"],
                include=["etat", "domaine", "date_debut"],
                condition=Q(accorde_le__isnull=False, transmis_le__isnull=False),
                name="dossier_prestataire_depot",
            ),
            models.Index(
                fields=["portefeuille_id", "etat", "transmis_le", "id"],
                include=["domaine", "date_debut"],
                condition=~Q(etat=EtatDossier.BROUILLON) & Q(transmis_le__isnull=False),
                name="dossier_portefeuille_depot",
            ),
            models.Index(fields=["siren", "modifie_le", "id"], condition=Q(etat=EtatDossier.BROUILLON), name="dossier_brouillon"),
            GinIndex(fields=["recherche"], name="dossier_recherche"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(etat__in=ETATS_CONNUS), name="dossier_etat_connu"),
            models.CheckConstraint(
                condition=Q(etat=EtatDossier.BROUILLON, numero__isnull=True, contenu__isnull=True, transmis_le__isnull=True)
                | ~Q(etat=EtatDossier.BROUILLON) & Q(numero__isnull=False, contenu__isnull=False, transmis_le__isnull=False),
                name="dossier_numero_si_transmis",
            ),
            models.CheckConstraint(
                condition=Q(montant_facture__gte=0) & Q(montant_paye__gte=0), name="dossier_montants_positifs"
            ),
        ]

    def __str__(self) -> str:
        return self.numero or f"brouillon {self.id}"

    @classmethod
    def filtre_perimetre(cls, acteur: Acteur, niveau: Niveau) -> Q:
        """Company, OPCO and provider, each from its own moment on."""
        return q_des_cotes(acteur, niveau, prestataire=True)

    @property
    def est_brouillon(self) -> bool:
        """Whether it was never sent."""
        return self.etat == EtatDossier.BROUILLON

    def droit(self, niveau: Niveau) -> Droit:
        """What it takes to act on it: the level in its family, or for its dispositif."""
        return Droit(Domaine(self.domaine), niveau, self.dispositif)

    @property
    def portee_de_l_entreprise(self) -> Portee:
        """The company's part of the portée: a right held as a provider, or at the OPCO, gives nothing there; who acts for the
        company under a convention, only if the request names her provider."""
        return Portee(siren=self.siren, siret=self.siret, domaine=Domaine(self.domaine), prestataire_nomme=self.prestataire_siren)

    @property
    def portee_des_suites(self) -> Portee:
        """Whose are the rows that hang on the request: never the provider's."""
        return replace(self.portee, prestataire_siren="")

    @property
    def portee_du_journal(self) -> Portee:
        """Whose are the events of the request: the provider's too, once it was granted."""
        return self.portee if self.accorde_le else self.portee_des_suites

    @property
    def attente(self) -> Attente:
        """Who must act, by when, why."""
        return Attente(Partie(self.attend_qui), self.attend_avant, self.attend_motif)

    def attendre(self, attente: Attente) -> None:
        """Copy who must act onto the columns."""
        self.attend_qui, self.attend_avant, self.attend_motif = attente.qui.value, attente.avant, attente.motif

    def avancer(self, vers: EtatDossier, *, le: datetime, attente: Attente) -> None:
        """Move along the table of states and say who must act next. Raises TransitionImpossible."""
        TABLE.exiger(self.etat, vers)
        self.etat, self.etat_depuis, self.modifie_le = vers.value, le, le
        self.attendre(attente)

    def compte_a_rebours(self, jour: date) -> CompteARebours | None:
        """Where the OPCO's delay stands that day; None when nothing runs, or when its silence has no effect."""
        declaration = DISPOSITIFS.get(self.dispositif)
        return compte_a_rebours(self.etat, self.attente, declaration.silence if declaration else Silence.SANS_EFFET, jour)

    def decision_implicite(self, jour: date) -> CompteARebours | None:
        """What the OPCO's silence has decided, once its delay is over; an express decision replaces it."""
        compte = self.compte_a_rebours(jour)
        return compte if compte is not None and compte.ne else None

    def etat_affiche(self, jour: date) -> str:
        """The state as people read it that day."""
        implicite = self.decision_implicite(jour)
        return implicite.affiche if implicite else etat_affiche(self.etat, self.date_debut, jour)

    def libelle_etat(self, jour: date) -> str:
        """Its words: « En exécution », « Refus implicite »."""
        return (LIBELLES_ETATS | LIBELLES_DU_SILENCE)[self.etat_affiche(jour)]

    def prochaine_etape(self, jour: date) -> str:
        """What happens next, in a few words; once silence has decided, since when."""
        implicite = self.decision_implicite(jour)
        return implicite.phrase(jour) if implicite else prochaine_etape(self.attente, jour)
