"""The one door to a request."""

from uuid import UUID

from django.db.models import Q, QuerySet

from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Portee, Pouvoir
from jalon.socle.erreurs import DroitManquant, Introuvable
from jalon.socle.lectures import Lu, signaler

INTROUVABLE = "Nous ne trouvons pas ce dossier."


def portee_entreprise(dossier: Dossier) -> Portee:
    """The company's part of the portée, for who does not hold the row itself."""
    return dossier.portee_de_l_entreprise


def portee_prestataire(dossier: Dossier) -> Portee:
    """The provider's part of the portée."""
    return Portee(prestataire_siren=dossier.prestataire_siren, domaine=Domaine(dossier.domaine))


def cote_de(dossier: Dossier, acteur: Acteur) -> Cote | None:
    """The side from which the actor sees the request: company first, then OPCO, then provider; None: does not see it."""
    perimetre = acteur.perimetre(dossier.droit(Niveau.LECTURE))
    if dossier.siren in perimetre.sirens or dossier.siret in perimetre.sirets or perimetre.accouple(portee_entreprise(dossier)):
        return Cote.ENTREPRISE
    if dossier.etat != EtatDossier.BROUILLON and dossier.portefeuille_id in perimetre.portefeuilles:
        return Cote.OPCO
    if dossier.accorde_le is not None and dossier.prestataire_siren in perimetre.prestataires:
        return Cote.PRESTATAIRE
    return None


def organisation_lectrice(dossier: Dossier, acteur: Acteur) -> str:
    """SIREN on whose behalf the actor reads the request; empty for the OPCO."""
    cote = cote_de(dossier, acteur)
    if cote == Cote.PRESTATAIRE:
        return dossier.prestataire_siren
    return dossier.siren if cote == Cote.ENTREPRISE else ""


def _personnes_lues(dossier: Dossier, acteur: Acteur) -> int:
    """Employees of others; a request that one has typed oneself counts for one."""
    return 1 if dossier.cree_par == acteur.identite else max(1, dossier.nombre_stagiaires)


def _un_seul(trouves: QuerySet[Dossier], acteur: Acteur, *, verrou: bool, nomme: bool = True) -> Dossier:
    """The only row, said to be read; `nomme`: the answer will name the employees.

    Raises: Introuvable.
    """
    dossier = (trouves.select_for_update(of=("self",)) if verrou else trouves).defer("recherche").first()
    if dossier is None:
        raise Introuvable(INTROUVABLE)
    personnes = _personnes_lues(dossier, acteur) if nomme else 1
    signaler(acteur, [Lu(dossier.pk, organisation_lectrice(dossier, acteur), personnes)])
    return dossier


def dossier_accessible(dossier_id: UUID, acteur: Acteur, niveau: Niveau = Niveau.LECTURE, *, verrou: bool = False) -> Dossier:
    """The request, if the actor may read it; above LECTURE, if she may act on it for the company.

    Raises: Introuvable (unknown, or outside every perimeter), DroitManquant (seen, not allowed).
    """
    dossier = _un_seul(Dossier.objects.visibles_par(acteur).filter(pk=dossier_id), acteur, verrou=verrou)
    if niveau > Niveau.LECTURE:
        acteur.exiger(dossier.droit(niveau), portee_entreprise(dossier))
    return dossier


def exiger_l_envoi(dossier: Dossier, acteur: Acteur) -> None:
    """Read again once the content has placed the request and named its provider. Raises DroitManquant."""
    droit, portee = dossier.droit(Niveau.ENVOI), portee_entreprise(dossier)
    if not acteur.peut(droit, portee) and dossier.siren in {lieu[:9] for lieu, _ in acteur.perimetre(droit).couples}:
        raise DroitManquant(
            "Vous agissez pour cette entreprise sous la convention d’un seul organisme de formation, et ce dossier en nomme un "
            "autre, ou aucun. Corrigez le SIRET de l’organisme, ou laissez l’entreprise transmettre."
        )
    acteur.exiger(droit, portee)


def dossier_a_traiter(dossier_id: UUID, acteur: Acteur, pouvoir: Pouvoir, *, verrou: bool = False) -> Dossier:
    """The request, if a role at the OPCO gives that power on its portefeuille.

    Raises: Introuvable, DroitManquant.
    """
    dossier = _un_seul(Dossier.objects.visibles_par(acteur).filter(pk=dossier_id), acteur, verrou=verrou)
    if dossier.etat == EtatDossier.BROUILLON:
        raise DroitManquant("Ce dossier est un brouillon\u00a0: il appartient encore à l’entreprise.")
    acteur.exiger_pouvoir(pouvoir, dossier.portefeuille_id)
    return dossier


def dossier_par_numero(numero: str, acteur: Acteur) -> Dossier:
    """The request of that number, if the actor may read it, for programs: no employee is named. Raises Introuvable."""
    return _un_seul(
        Dossier.objects.visibles_par(acteur).filter(Q(numero=numero.strip().upper())), acteur, verrou=False, nomme=False
    )
