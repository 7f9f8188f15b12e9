"""What is cut, and who of the OPCO may cut or restore it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jalon.comptes.models import Personne
from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.models import Rattachement
from jalon.organisations.models import Organisation
from jalon.socle.acteurs import Acteur, Portee, Pouvoir
from jalon.socle.erreurs import Introuvable
from jalon.veille.enums import Cible
from jalon.veille.models import Coupure

COUPER = Pouvoir.COUPER_ACCES
INTROUVABLE = "Nous ne trouvons pas cet accès."


@dataclass(frozen=True, slots=True)
class Attache:
    """Somebody attached to an organisation, as the page of a cut lists her."""

    personne_id: UUID
    nom: str
    courriel: str
    coupe: bool


def liens_actifs(personne_id: UUID) -> QuerySet[Rattachement]:
    """Active links of an account, whatever is cut."""
    liens = Rattachement.objects.tous("coupure d’un compte\u00a0: où la personne agit")
    return liens.filter(personne_id=personne_id, etat=EtatRattachement.ACTIF)


def rattaches_a(siren: str) -> list[Attache]:
    """People attached to an organisation that the caller was shown, by name."""
    liens = Rattachement.objects.tous("coupure d’un accès à une organisation déjà obtenue par sa porte").filter(
        Q(siren=siren) | Q(prestataire_siren=siren), etat=EtatRattachement.ACTIF, personne__isnull=False
    )
    personnes = Personne.objects.filter(pk__in=liens.values("personne_id")).order_by("nom", "prenom", "id")
    return [Attache(p.pk, p.nom_complet, p.email, p.suspendue_le is not None) for p in personnes]


def compte_accessible(personne_id: UUID, acteur: Acteur, *, verrou: bool = False) -> Personne:
    """An account that the actor may cut: attached in her portefeuilles, or any for who handles the alerts.

    Raises Introuvable, DroitManquant.
    """
    acteur.exiger_pouvoir(COUPER, None)
    comptes = Personne.objects.select_for_update() if verrou else Personne.objects.all()
    trouve = comptes.filter(pk=personne_id, is_active=True).first()
    if trouve is None:
        raise Introuvable(INTROUVABLE)
    if acteur.portefeuilles(Pouvoir.VEILLER):
        return trouve
    if trouve.est_opco or not liens_actifs(personne_id).filter(portefeuille_id__in=acteur.portefeuilles(COUPER)).exists():
        raise Introuvable(INTROUVABLE)
    return trouve


def organisation_accessible(siren: str, acteur: Acteur, *, verrou: bool = False) -> Organisation:
    """An organisation that the actor may cut. Raises Introuvable (outside her portefeuilles), DroitManquant."""
    organisations = Organisation.objects.select_for_update() if verrou else Organisation.objects.all()
    trouvee = organisations.filter(siren=siren).first()
    if trouvee is None or trouvee.portefeuille_id not in acteur.portefeuilles(Pouvoir.CONSULTER):
        raise Introuvable(INTROUVABLE)
    acteur.exiger_pouvoir(COUPER, trouvee.portefeuille_id)
    return trouvee


def coupures_visibles(acteur: Acteur) -> QuerySet[Coupure]:
    """Cuts that the actor may restore with somebody else: hers by portefeuille, those of the OPCO's people, all for who
    handles the alerts. The newest first."""
    toutes = Coupure.objects.order_by("-le", "-id")
    if acteur.portefeuilles(Pouvoir.VEILLER):
        return toutes
    suivis = acteur.portefeuilles(COUPER)
    if not suivis:
        return toutes.none()
    lies = Rattachement.objects.tous("coupures visibles\u00a0: comptes rattachés dans un portefeuille").filter(
        etat=EtatRattachement.ACTIF, portefeuille_id__in=suivis, personne_id=OuterRef("personne_id")
    )
    organisations = Organisation.objects.filter(portefeuille_id__in=suivis, siren=OuterRef("siren"))
    return toutes.filter(
        Q(cible=Cible.ORGANISATION) & Exists(organisations)
        | Q(cible=Cible.COMPTE) & (Exists(lies) | Q(personne__est_opco=True))
        | Q(cible=Cible.CLE) & Exists(organisations)
    )


def coupure_accessible(coupure_id: UUID, acteur: Acteur, *, verrou: bool = False) -> Coupure:
    """One cut. Raises Introuvable, DroitManquant."""
    acteur.exiger_pouvoir(COUPER, None)
    vue = coupures_visibles(acteur).filter(pk=coupure_id).first()
    if vue is None:
        raise Introuvable("Nous ne trouvons pas cette coupure.")
    return Coupure.objects.select_for_update().get(pk=vue.pk) if verrou else vue


def portee_de(coupure: Coupure) -> Portee:
    """Whose journal tells it: the organisation's, or that of the only organisation where the account acts."""
    if coupure.cible == Cible.COMPTE and coupure.personne_id is not None:
        liens = list(liens_actifs(coupure.personne_id)[:2])
        return liens[0].portee if len(liens) == 1 else Portee()
    organisation = Organisation.objects.filter(siren=coupure.siren).first()
    return Portee(
        siren=coupure.siren,
        prestataire_siren=coupure.siren,
        portefeuille_id=organisation.portefeuille_id if organisation else None,
    )
