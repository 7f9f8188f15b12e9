"""Contracts that passed to another company: what each company, and the OPCO, may read of it."""

from datetime import date

from jalon.contrats.models import Transfert
from jalon.contrats.regles import NouvelEmployeur, refus_du_nouvel_employeur
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import cote_de
from jalon.messagerie.enums import Cote
from jalon.messagerie.models import Message
from jalon.messagerie.requetes import messages_du_fil
from jalon.organisations.requetes import etablissement, organisation
from jalon.socle.acteurs import Acteur

TRANSFERTS_AU_PLUS = 200


def nouvel_employeur(siret: str) -> NouvelEmployeur:
    """What the register says of the company of an establishment."""
    entreprise, lieu = organisation(siret[:9]), etablissement(siret)
    if entreprise is None or lieu is None:
        return NouvelEmployeur(siret=siret)
    return NouvelEmployeur(
        siret=siret,
        connu=not entreprise.a_verifier,
        actif=entreprise.active,
        adherent_depuis=entreprise.adherent_depuis,
        suspendu=entreprise.suspendue_le is not None,
        etablissement_ouvert=lieu.ouvert,
    )


def refus_de_transfert(dossier: Dossier, siret: str, jour: date) -> str:
    """Why the contract cannot pass to that establishment; empty when it can, or stays in its company."""
    return "" if siret[:9] == dossier.siren else refus_du_nouvel_employeur(nouvel_employeur(siret), jour)


def transferts_sortis(acteur: Acteur, siren: str) -> list[Transfert]:
    """Contracts that left a company, newest first: the former employer keeps their trace. One query."""
    return list(
        Transfert.objects.visibles_par(acteur)
        .select_related("avenant")
        .filter(siren=siren)
        .order_by("-le", "-id")[:TRANSFERTS_AU_PLUS]
    )


def transferts_de(dossier: Dossier, acteur: Acteur) -> list[Transfert]:
    """The companies that the contract left, oldest first, for who holds it by its door; the provider knows it by the avenant."""
    if cote_de(dossier, acteur) not in {Cote.ENTREPRISE, Cote.OPCO}:
        return []
    lus = Transfert.objects.tous("employeurs d’avant d’un contrat déjà obtenu par sa porte")
    return list(lus.filter(dossier=dossier).select_related("avenant").order_by("le", "id"))


def echanges_d_avant(dossier: Dossier, acteur: Acteur) -> list[Message]:
    """What the former companies and the OPCO wrote, for the OPCO only."""
    if cote_de(dossier, acteur) != Cote.OPCO:
        return []
    return [message for transfert in transferts_de(dossier, acteur) for message in messages_du_fil(transfert.fil_id)]
