"""Reading bank details. Nothing here returns an IBAN in clear."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Concat

from jalon.banque import regles
from jalon.banque.coffre import empreinte_jeton
from jalon.banque.enums import EtatCoordonnees, OrigineGel
from jalon.banque.models import CoordonneesBancaires
from jalon.banque.sensibles import nouvel_administrateur
from jalon.comptes.requetes import noms
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.organisations.requetes import organisation
from jalon.socle.acteurs import Acteur, Domaine, Droit, GenreTache, Niveau, Pouvoir, Profil, Tache
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import Introuvable
from jalon.socle.lectures import Lu, signaler

DUREE_ALERTE = timedelta(days=30)
NON_VERIFIE = "personne à l’OPCO n’a encore vérifié ces coordonnées bancaires"
TITULAIRE = Concat("siren", "prestataire_siren")


@dataclass(frozen=True, slots=True)
class LigneHistorique:
    """One account of an organisation, as shown: masked, with its state and who added it."""

    coordonnees: CoordonneesBancaires
    etat: EtatCoordonnees
    ajoutees_par: str
    confirmees_par: str


@dataclass(frozen=True, slots=True)
class GelPropose:
    """What the public page of the freeze link shows, before its confirmation."""

    organisation: str
    iban_masque: str
    ajoutees_le: datetime
    etat: EtatCoordonnees


@dataclass(frozen=True, slots=True)
class Alerte:
    """Something about an account that the OPCO looks at."""

    coordonnees: CoordonneesBancaires
    phrase: str


@dataclass(frozen=True, slots=True)
class CompteAVerifier:
    """An account in use, or about to be, that nobody at the OPCO has made sure of. `partages`: other SIREN that declared it."""

    coordonnees: CoordonneesBancaires
    etat: EtatCoordonnees
    ajoutees_par: str
    partages: int


@dataclass(frozen=True, slots=True)
class CompteDetaille:
    """What somebody at the OPCO looks at before she confirms an account or refuses it; the IBAN stays masked.

    `autres`: the other accounts of that side, newest first; `administrateurs`: whom to call back; `administrateur_depuis`: when
    the last one of them came, even if he has left since.
    """

    ligne: LigneHistorique
    organisation: str
    autres: list[LigneHistorique]
    partages: int
    administrateurs: list[str]
    administrateur_depuis: datetime | None
    a_verifier: bool


def lignes_du_cote(siren: str, profil: Profil, *, verrou: bool = False) -> list[CoordonneesBancaires]:
    """Every row of one side of a SIREN, in the order of their rank. With `verrou`, locked: a freeze waits."""
    cote = {"prestataire_siren": siren} if profil == Profil.PRESTATAIRE else {"siren": siren}
    lignes = CoordonneesBancaires.objects.tous("coordonnées d’un côté d’un SIREN, jugées par leurs dates")
    lignes = lignes.filter(**cote, profil=profil).order_by("rang")
    return list(lignes.select_for_update() if verrou else lignes)


def coordonnees_a_figer(siren: str, profil: Profil, maintenant: datetime) -> CoordonneesBancaires | None:
    """The account an accepted invoice will be paid to: the payable one, or else the one whose 72 hours run."""
    lignes = lignes_du_cote(siren, profil)
    return regles.payables(lignes, maintenant) or regles.en_attente(lignes, maintenant)


def raison_non_payable(identifiant: UUID, lignes: Sequence[CoordonneesBancaires], maintenant: datetime, *, verifie: bool) -> str:
    """Why that account of the organisation cannot be paid now; empty when it can. `verifie`: whether it must have been verified."""
    ligne = next((c for c in lignes if c.id == identifiant), None)
    if ligne is None:
        return "les coordonnées bancaires ne sont pas celles du bénéficiaire"
    etat = regles.etat_a(ligne, lignes, maintenant)
    return {
        EtatCoordonnees.ACTIVE: NON_VERIFIE if verifie and ligne.confirmees_le is None else "",
        EtatCoordonnees.EN_ATTENTE: "le délai de 72\u00a0heures des coordonnées bancaires court encore",
        EtatCoordonnees.GELEE: "les coordonnées bancaires sont gelées",
        EtatCoordonnees.ARCHIVEE: "les coordonnées bancaires ont été remplacées depuis l’acceptation",
    }[etat]


def coordonnees_accessibles(
    coordonnees_id: UUID, acteur: Acteur, *, niveau: Niveau = Niveau.LECTURE, verrou: bool = False
) -> CoordonneesBancaires:
    """One row that the actor may see. Raises Introuvable; DroitManquant when seen without that level."""
    visibles = CoordonneesBancaires.objects.visibles_par(acteur).filter(id=coordonnees_id)
    ligne: CoordonneesBancaires | None = (visibles.select_for_update() if verrou else visibles).first()
    if ligne is None:
        raise Introuvable("Nous ne trouvons pas ces coordonnées bancaires.")
    signaler(acteur, [Lu(ligne.pk)])
    if niveau > Niveau.LECTURE:
        acteur.exiger(Droit(Domaine.RIB, niveau), ligne.portee)
    return ligne


def historique(siren: str, profil: Profil, acteur: Acteur, maintenant: datetime) -> list[LigneHistorique]:
    """Every account of one side of a SIREN, newest first; empty when the actor may not see them."""
    cote = {"prestataire_siren": siren} if profil == Profil.PRESTATAIRE else {"siren": siren}
    visibles = CoordonneesBancaires.objects.visibles_par(acteur).filter(**cote, profil=profil)
    lignes = list(visibles.order_by("-rang"))
    qui = noms({i for c in lignes for i in (c.ajoutees_par, c.confirmees_par) if i})
    return [
        LigneHistorique(
            c,
            regles.etat_a(c, lignes, maintenant),
            qui.get(c.ajoutees_par, "") if c.ajoutees_par else "",
            qui.get(c.confirmees_par, "") if c.confirmees_par else "",
        )
        for c in lignes
    ]


def ligne_du_jeton(jeton: str, *, verrou: bool = False) -> CoordonneesBancaires:
    """The row of a freeze link. Raises Introuvable."""
    lignes = CoordonneesBancaires.objects.tous("le lien de gel reçu par courriel vaut titre")
    lignes = lignes.filter(jeton_gel_empreinte=empreinte_jeton(jeton))
    ligne: CoordonneesBancaires | None = (lignes.select_for_update() if verrou else lignes).first()
    if ligne is None:
        raise Introuvable("Ce lien n’est pas reconnu. Vérifiez qu’il est complet, ou écrivez-nous.")
    return ligne


def gel_propose(jeton: str, maintenant: datetime) -> GelPropose:
    """What the freeze link is about. Raises Introuvable."""
    ligne = ligne_du_jeton(jeton)
    lignes = lignes_du_cote(ligne.organisation_siren, Profil(ligne.profil))
    connue = organisation(ligne.organisation_siren)
    return GelPropose(
        connue.denomination if connue else ligne.organisation_siren,
        ligne.iban_masque,
        ligne.ajoutees_le,
        regles.etat_a(ligne, lignes, maintenant),
    )


def autres_titulaires(empreinte: str, siren: str) -> int:
    """Number of other SIREN that declared the same account, whatever their side."""
    lignes = CoordonneesBancaires.objects.tous("un même IBAN sur plusieurs SIREN").filter(iban_empreinte=empreinte)
    sirens = lignes.annotate(titulaire_siren=TITULAIRE).exclude(titulaire_siren=siren).values("titulaire_siren")
    return int(sirens.distinct().count())


def alertes(acteur: Acteur, maintenant: datetime) -> list[Alerte]:
    """For those who treat invoices: accounts frozen by the link of the notice, accounts declared by several SIREN."""
    miens = acteur.portefeuilles(Pouvoir.TRAITER_FACTURES)
    if not miens:
        return []
    ailleurs = (
        CoordonneesBancaires.objects.tous("un même IBAN sur plusieurs SIREN")
        .annotate(titulaire_siren=TITULAIRE)
        .filter(iban_empreinte=OuterRef("iban_empreinte"))
        .exclude(titulaire_siren=OuterRef("titulaire_siren"))
    )
    recents = Q(gelee_le__gte=maintenant - DUREE_ALERTE, gel_origine=OrigineGel.LIEN)
    lignes = (
        CoordonneesBancaires.objects.visibles_par(acteur)
        .filter(portefeuille_id__in=miens)
        .annotate(titulaire_siren=TITULAIRE)
        .annotate(partage=Exists(ailleurs))
        .filter(recents | Q(partage=True, gelee_le__isnull=True))
        .order_by(F("gelee_le").desc(nulls_last=True), "-ajoutees_le")
    )
    return [Alerte(c, _phrase_alerte(c)) for c in lignes]


def _phrase_alerte(ligne: CoordonneesBancaires) -> str:
    if ligne.gelee_le is not None:
        return "Gelées par le lien de l’avis\u00a0: le changement est contesté"
    return "Le même IBAN est déclaré par plusieurs SIREN"


def comptes_a_verifier(acteur: Acteur, maintenant: datetime) -> list[CompteAVerifier]:
    """For those who treat invoices, in their portefeuilles: the soonest paid first. A frozen or replaced account is left out."""
    remplacantes = CoordonneesBancaires.objects.tous("un compte remplacé ne se vérifie plus").filter(
        Q(gelee_le__isnull=True) | Q(gelee_le__gt=F("utilisable_a_partir_de")),
        siren=OuterRef("siren"),
        prestataire_siren=OuterRef("prestataire_siren"),
        rang__gt=OuterRef("rang"),
        utilisable_a_partir_de__lte=maintenant,
    )
    lignes = list(
        CoordonneesBancaires.objects.visibles_par(acteur)
        .filter(portefeuille_id__in=acteur.portefeuilles(Pouvoir.TRAITER_FACTURES), gelee_le=None, confirmees_le=None)
        .exclude(Exists(remplacantes))
        .order_by("utilisable_a_partir_de", "id")
    )
    partages = _partages(lignes)
    qui = noms({c.ajoutees_par for c in lignes if c.ajoutees_par})
    return [
        CompteAVerifier(
            c,
            EtatCoordonnees.EN_ATTENTE if maintenant < c.utilisable_a_partir_de else EtatCoordonnees.ACTIVE,
            qui.get(c.ajoutees_par, "") if c.ajoutees_par else "",
            partages[c.iban_empreinte] - 1,
        )
        for c in lignes
    ]


def _partages(lignes: Sequence[CoordonneesBancaires]) -> dict[str, int]:
    """How many SIREN declared each of these accounts."""
    declares = CoordonneesBancaires.objects.tous("un même IBAN sur plusieurs SIREN").filter(
        iban_empreinte__in={c.iban_empreinte for c in lignes}
    )
    comptes = declares.annotate(titulaire_siren=TITULAIRE).values("iban_empreinte")
    return dict(comptes.annotate(n=Count("titulaire_siren", distinct=True)).values_list("iban_empreinte", "n"))


def compte_detaille(coordonnees_id: UUID, acteur: Acteur, maintenant: datetime) -> CompteDetaille:
    """One account that the actor may see, as it is verified. Raises Introuvable."""
    ligne = coordonnees_accessibles(coordonnees_id, acteur)
    siren, profil = ligne.organisation_siren, Profil(ligne.profil)
    lignes = historique(siren, profil, acteur, maintenant)
    vue = next(li for li in lignes if li.coordonnees.id == ligne.id)
    connue = organisation(siren)
    return CompteDetaille(
        ligne=vue,
        organisation=connue.denomination if connue else "",
        autres=[li for li in lignes if li is not vue],
        partages=autres_titulaires(ligne.iban_empreinte, siren),
        administrateurs=[a.nom for a in administrateurs_actifs(siren, profil, maintenant)],
        administrateur_depuis=next((e.le for e in nouvel_administrateur(None, siren, profil)), None),
        a_verifier=vue.etat in {EtatCoordonnees.EN_ATTENTE, EtatCoordonnees.ACTIVE} and ligne.confirmees_le is None,
    )


def a_faire(acteur: Acteur, maintenant: datetime) -> list[Tache]:
    """One line for those who treat invoices: how many accounts wait to be verified, and when the first will be paid."""
    comptes = comptes_a_verifier(acteur, maintenant)
    if not comptes:
        return []
    nombre = len(comptes)
    fins = [c.coordonnees.utilisable_a_partir_de for c in comptes if c.etat == EtatCoordonnees.EN_ATTENTE]
    return [
        Tache(
            titre="Vérifier des coordonnées bancaires",
            detail=f"{nombre} compte{'s' if nombre > 1 else ''} que personne à l’OPCO n’a vérifié{'s' if nombre > 1 else ''}",
            action="Vérifier",
            nom_url="opco_ribs",
            parametres=(),
            icone="landmark",
            echeance=jour_de_paris(fins[0]) if fins else None,
            rubrique="reglements",
        )
    ]


def comptes_a_confirmer(acteur: Acteur, siren: str, maintenant: datetime) -> list[Tache]:
    """For who manages the accounts of that SIREN: those that somebody else added, and that will be paid unless frozen. One query."""
    lignes = CoordonneesBancaires.objects.visibles_par(acteur, Niveau.GESTION).filter(
        Q(siren=siren) | Q(prestataire_siren=siren), gelee_le=None, utilisable_a_partir_de__gt=maintenant
    )
    return [
        Tache(
            titre="Confirmer un nouveau compte bancaire, ou le geler",
            detail=f"{ligne.iban_masque} sera payé à partir de cette date",
            action="Vérifier",
            nom_url="espace_rib",
            parametres=(("siren", siren),),
            icone="landmark",
            echeance=jour_de_paris(ligne.utilisable_a_partir_de),
            rubrique="reglements",
            genre=GenreTache.RIB,
            ancre=f"compte-{ligne.pk}",
        )
        for ligne in lignes.exclude(ajoutees_par=acteur.identite).order_by("utilisable_a_partir_de", "id")
    ]
