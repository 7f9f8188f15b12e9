"""Asking for a new letter to a head office, and what the AEF does of it (docs/adr/0014).

A letter is made by the order of an AEF alone: its code replaces the old one when the letter is produced, not when it is asked.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire
from jalon.habilitations.actions.attribution import verrouiller
from jalon.habilitations.actions.commandes import passer_commande
from jalon.habilitations.actions.porteur import lire_siren, porteur
from jalon.habilitations.codes import masquer_codes
from jalon.habilitations.courriels import LettreEcartee
from jalon.habilitations.essais import Limite, consommer
from jalon.habilitations.models import CommandeCodes, DemandeLettre
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.regles import DELAI_ENTRE_LETTRES, LETTRES_PAR_COMPTE
from jalon.journal.actions import noter
from jalon.organisations.requetes import organisation, portefeuille_de
from jalon.socle.acteurs import Acteur, Pouvoir, Profil
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible, TropDEssais
from jalon.socle.identifiants import grouper

MOTIF_MAX = 500


def demander_lettre(*, personne_id: UUID, siren_saisi: str, profil: Profil, maintenant: datetime) -> DemandeLettre:
    """Ask for a letter to the head office of a SIREN. The answer is the same whether that SIREN is known, administered, or
    written to already: nobody is told what others did there (exigences, T16).

    Raises DroitManquant (address not verified, account of the OPCO, no second factor), SaisieRefusee (what is not a SIREN),
    TropDEssais, TransitionImpossible (the person asked the same less than seven days ago, or still waits).
    """
    par = porteur(personne_id, maintenant, puis="demandez le courrier")
    siren = lire_siren(siren_saisi)
    limite = Limite("lettre-compte", str(personne_id), LETTRES_PAR_COMPTE)
    if consommer([limite], jour_de_paris(maintenant)) is not None:
        raise TropDEssais(f"Vous avez demandé {LETTRES_PAR_COMPTE}\u00a0courriers aujourd’hui. Réessayez demain.")
    with transaction.atomic():
        verrouiller(siren, profil)
        recente = _du_siren(siren, profil).filter(_recentes(maintenant) | _EN_ATTENTE, personne_id=personne_id).last()
        if recente is not None:
            raise TransitionImpossible(_deja_demandee(recente, maintenant))
        return _ecrire(siren, profil, personne_id, "", par, maintenant)


def _deja_demandee(demande: DemandeLettre, maintenant: datetime) -> str:
    """What the person is told of her own request."""
    debut = f"Vous avez déjà demandé ce courrier le {formater_date(jour_de_paris(demande.demandee_le))}."
    possible = demande.demandee_le + DELAI_ENTRE_LETTRES
    if possible <= maintenant:
        return f"{debut} L’OPCO ne l’a pas encore commandé\u00a0: inutile de le demander de nouveau."
    return f"{debut} Une nouvelle demande sera possible le {formater_date(jour_de_paris(possible))}."


def demander_lettre_opco(*, siren: str, profil: Profil, motif: str, par: Acteur, maintenant: datetime) -> DemandeLettre:
    """Ask for a letter on behalf of an organisation that one follows (Pouvoir.DEMANDER_CODES), with the reason.

    Raises Introuvable (unknown, or outside the portefeuilles of the actor), DroitManquant, SaisieRefusee (no reason),
    TransitionImpossible (asked less than seven days ago, or not ordered yet, by whoever it was).
    """
    connue = organisation(siren)
    if connue is None or connue.portefeuille_id not in par.portefeuilles(Pouvoir.CONSULTER):
        raise Introuvable
    par.exiger_pouvoir(Pouvoir.DEMANDER_CODES, connue.portefeuille_id)
    motif = masquer_codes(motif.strip())[:MOTIF_MAX]
    if not motif:
        raise SaisieRefusee("Indiquez pourquoi ce courrier est nécessaire", champ="motif")
    if par.identite is None:
        raise DroitManquant("Un courrier est demandé par une personne.")
    with transaction.atomic():
        verrouiller(siren, profil)
        recente = _du_siren(siren, profil).filter(_recentes(maintenant) | _EN_ATTENTE, ecartee_le__isnull=True).last()
        if recente is not None:
            jour = formater_date(jour_de_paris(recente.demandee_le))
            raise TransitionImpossible(
                f"Un courrier a déjà été demandé le {jour} pour ce profil\u00a0: sept jours séparent deux envois."
            )
        return _ecrire(siren, profil, par.identite, motif, par, maintenant)


_EN_ATTENTE = Q(lettre__isnull=True, ecartee_le__isnull=True)


def _du_siren(siren: str, profil: Profil) -> QuerySet[DemandeLettre]:
    return DemandeLettre.objects.filter(siren=siren, profil=profil).order_by("demandee_le", "id")


def _recentes(maintenant: datetime) -> Q:
    return Q(demandee_le__gt=maintenant - DELAI_ENTRE_LETTRES)


def _ecrire(siren: str, profil: Profil, personne_id: UUID, motif: str, par: Acteur, maintenant: datetime) -> DemandeLettre:
    """A request that opens seven days, or that waits for the letter of the one that did."""
    ouverte = _du_siren(siren, profil).filter(_recentes(maintenant), ouvre=True, ecartee_le__isnull=True).last()
    demande = DemandeLettre.objects.create(
        siren=siren,
        profil=profil,
        portefeuille_id=portefeuille_de(siren),
        personne_id=personne_id,
        demandee_le=maintenant,
        motif=motif,
        ouvre=ouverte is None,
        lettre=ouverte.lettre if ouverte is not None else None,
    )
    _noter("acces.lettre_demandee", demande, par, maintenant)
    return demande


def commander_demandees(*, demandes: Collection[UUID], par: Acteur, maintenant: datetime) -> list[CommandeCodes]:
    """Order the letters asked: one order per profile, one letter per SIREN, for everybody who asked for it.

    Raises DroitManquant, Introuvable (one of them is in no portefeuille of the actor), TransitionImpossible (ordered or
    set aside meanwhile).
    """
    par.exiger_pouvoir(Pouvoir.COMMANDER_CODES, None)
    with transaction.atomic():
        attendues = _en_attente(demandes, par)
        commandes = []
        for profil in Profil:
            du_profil = [d for d in attendues if d.profil == profil]
            sirens = sorted({d.siren for d in du_profil})
            if not sirens:
                continue
            s = "s" if len(sirens) > 1 else ""
            critere = f"{len(sirens)} courrier{s} demandé{s}"
            commande = passer_commande(profil=profil, critere=critere, sirens=sirens, par=par, maintenant=maintenant)
            lettres = dict(commande.lettres.values_list("siren", "id"))
            for demande in du_profil:
                demande.lettre_id = lettres[demande.siren]
            DemandeLettre.objects.bulk_update(du_profil, ["lettre"])
            commandes.append(commande)
    return commandes


def ecarter_demandees(*, demandes: Collection[UUID], motif: str, par: Acteur, maintenant: datetime) -> int:
    """Set requests of letters aside, with a reason that those who asked read; gives how many SIREN × profile.

    Raises DroitManquant, Introuvable, SaisieRefusee (no reason), TransitionImpossible (ordered or set aside meanwhile).
    """
    par.exiger_pouvoir(Pouvoir.COMMANDER_CODES, None)
    motif = masquer_codes(motif.strip())[:MOTIF_MAX]
    if not motif:
        raise SaisieRefusee("Indiquez le motif\u00a0: la personne le lira", champ="motif")
    with transaction.atomic():
        attendues = _en_attente(demandes, par)
        for demande in attendues:
            demande.ecartee_le, demande.ecartee_par, demande.motif_ecart = maintenant, par.identite, motif
            demande.save(update_fields=["ecartee_le", "ecartee_par", "motif_ecart"])
            preparer(LettreEcartee, demande.id, [Destinataire(demande.personne.email, demande.personne_id)], le=maintenant)
        for demande in _une_par_lettre(attendues):
            _noter("acces.lettre_ecartee", demande, par, maintenant)
    return len(_une_par_lettre(attendues))


def _en_attente(demandes: Collection[UUID], par: Acteur) -> list[DemandeLettre]:
    """Every request that waits for the same letters as these, locked, each SIREN first: nobody joins them meanwhile."""
    permis = list(par.portefeuilles(Pouvoir.COMMANDER_CODES))
    designees = list(DemandeLettre.objects.filter(id__in=list(demandes), portefeuille_id__in=permis))
    if not designees or len(designees) != len(set(demandes)):
        raise Introuvable
    couples = {(d.siren, d.profil) for d in designees}
    for siren, profil in sorted(couples):
        verrouiller(siren, Profil(profil))
    meme_siren = DemandeLettre.objects.filter(
        siren__in={siren for siren, _ in couples}, portefeuille_id__in=permis, lettre__isnull=True, ecartee_le__isnull=True
    )
    verrouillees = meme_siren.select_for_update(of=("self",)).select_related("personne").order_by("id")
    attendues = [d for d in verrouillees if (d.siren, d.profil) in couples]
    if {(d.siren, d.profil) for d in attendues} != couples:
        raise TransitionImpossible("Une de ces demandes a déjà été traitée. Actualisez la page, puis choisissez de nouveau.")
    return attendues


def _une_par_lettre(demandes: Iterable[DemandeLettre]) -> list[DemandeLettre]:
    return list({(d.siren, d.profil): d for d in demandes}.values())


def _noter(code: str, demande: DemandeLettre, par: Acteur, maintenant: datetime) -> None:
    noter(
        code, par=par, objet=demande, le=maintenant,
        portee=portee_des_acces(demande.siren, demande.profil, demande.portefeuille_id),
        details={"siren": grouper(demande.siren), "profil": demande.profil},
    )  # fmt: skip
