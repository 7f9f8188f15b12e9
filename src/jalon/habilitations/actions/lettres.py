"""The batch job that makes the letters of an order, their only download, their end.

A code exists in clear in the memory of this job and in the encrypted PDF, nowhere else.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire
from jalon.editions.composition import CompositionImpossible, composer_lettres
from jalon.editions.documents import Emetteur, Lettre
from jalon.habilitations.administrateurs import administrateurs_de
from jalon.habilitations.codes import Code, tirer_code
from jalon.habilitations.courriels import CodeEmis
from jalon.habilitations.enums import EtatCode, EtatCommande, EtatLettre
from jalon.habilitations.models import AdresseACompleter, CodeActivation, CommandeCodes, LettreCode
from jalon.habilitations.regles import CONSERVATION_LETTRES, REPRISE_DE_COMMANDE, dernier_jour, fin_de_validite
from jalon.habilitations.requetes.commandes import adresses_des_lettres, commande_de, lettres_remplacees
from jalon.journal.actions import noter
from jalon.socle import coffre
from jalon.socle.acteurs import Acteur, Domaine, Portee, Pouvoir, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import TransitionImpossible
from jalon.socle.travaux import differer

LOT = 2_000
COFFRE = "lettres"
AGE_ORPHELIN = timedelta(hours=1)


class LettresImpossibles(RuntimeError):
    """The letters could not be typeset. The message of the typesetting is dropped: it could quote a letter."""


@dataclass(frozen=True, slots=True, repr=False)
class FichierLettres:
    """What the AEF downloads, once per click."""

    nom: str
    octets: bytes


def preparer_lettres(*, commande_id: UUID, maintenant: datetime) -> None:
    """Draw, typeset, write the PDF (temporary file, fsync, rename), then store hashes, pages and state at once.

    Everything is inside one transaction that holds the order's row: interrupted anywhere, no code is valid, and the
    repeated job removes the file left behind. Idempotent: an order already prepared is left as it is.
    """
    with transaction.atomic():
        commande = CommandeCodes.objects.select_for_update().filter(id=commande_id).first()
        if commande is None or commande.etat != EtatCommande.EN_PREPARATION:
            return
        lettres = _adresser(commande, maintenant)
        commande.prete_le = maintenant
        if not lettres:
            commande.etat = EtatCommande.SANS_LETTRE
            commande.save(update_fields=["etat", "prete_le"])
            return
        codes = {lettre.numero: tirer_code() for lettre in lettres}
        pdf, pages = _composer(commande, lettres, codes, maintenant)
        coffre.ranger(COFFRE, str(commande.id), pdf)
        commande.sha256 = hashlib.sha256(pdf).hexdigest()
        _enregistrer(commande, lettres, codes, pages, maintenant)


def _adresser(commande: CommandeCodes, maintenant: datetime) -> list[LettreCode]:
    """Give each letter its address; those without one are set aside for the AEF."""
    lettres = list(LettreCode.objects.filter(commande=commande, etat=EtatLettre.A_COMPOSER).order_by("numero"))
    adresses = adresses_des_lettres([x.siren for x in lettres])
    for lettre in lettres:
        lettre.adresse = adresses.get(lettre.siren, [])
    sans = [x for x in lettres if not x.adresse]
    for lettre in sans:
        lettre.etat = EtatLettre.ADRESSE_A_COMPLETER
    LettreCode.objects.bulk_update(sans, ["etat"], batch_size=LOT)
    AdresseACompleter.objects.bulk_create(
        (AdresseACompleter(siren=x.siren, signalee_le=maintenant) for x in sans), ignore_conflicts=True, batch_size=LOT
    )
    return [x for x in lettres if x.adresse]


def _composer(
    commande: CommandeCodes, lettres: Sequence[LettreCode], codes: Mapping[str, Code], maintenant: datetime
) -> tuple[bytes, dict[str, int]]:
    emetteur = Emetteur(nom=settings.JALON_OPCO, site=settings.JALON_URL, telephone=settings.JALON_ASSISTANCE_TELEPHONE)
    fin = dernier_jour(fin_de_validite(maintenant))
    profil, jour = Profil(commande.profil), jour_de_paris(maintenant)
    try:
        return composer_lettres(
            [Lettre(x.numero, x.siren, profil, tuple(x.adresse), codes[x.numero].clair, fin) for x in lettres],
            emetteur=emetteur,
            titre=f"Lettres d’activation du {formater_date(jour)}",
            date_document=jour,
        )
    except CompositionImpossible:
        raise LettresImpossibles(f"commande {commande.id}, {len(lettres)} lettres") from None


def _enregistrer(
    commande: CommandeCodes,
    lettres: Sequence[LettreCode],
    codes: Mapping[str, Code],
    pages: Mapping[str, int],
    maintenant: datetime,
) -> None:
    profil, sirens = Profil(commande.profil), [x.siren for x in lettres]
    for lettre in lettres:
        lettre.etat, lettre.page = EtatLettre.COMPOSEE, pages[lettre.numero]
    LettreCode.objects.bulk_update(lettres, ["etat", "page", "adresse"], batch_size=LOT)
    CodeActivation.objects.filter(siren__dans=sirens, profil=profil, etat=EtatCode.ACTIF).update(etat=EtatCode.REMPLACE)
    nouveaux = CodeActivation.objects.bulk_create(
        (
            CodeActivation(
                lettre=x,
                siren=x.siren,
                profil=profil,
                empreinte=codes[x.numero].empreinte(x.siren, profil),
                emis_le=maintenant,
                expire_le=fin_de_validite(maintenant),
            )
            for x in lettres
        ),
        batch_size=LOT,
    )
    commande.etat, commande.pages = EtatCommande.PRETE, len(lettres)
    commande.save(update_fields=["etat", "pages", "sha256", "prete_le"])
    _prevenir_les_administrateurs(nouveaux, profil, maintenant)


def _prevenir_les_administrateurs(codes: Sequence[CodeActivation], profil: Profil, maintenant: datetime) -> None:
    """Whoever administers already is told that a letter goes: its first use will name somebody else."""
    en_place = administrateurs_de([c.siren for c in codes], profil, maintenant)
    for code in (c for c in codes if c.siren in en_place):
        preparer(CodeEmis, code.id, [Destinataire(a.email, a.personne_id) for a in en_place[code.siren]], le=maintenant)


@second_facteur_exige
def telecharger_lettres(*, commande_id: UUID, par: Acteur, maintenant: datetime) -> FichierLettres:
    """Hand the PDF to the AEF who ordered it, and to nobody else; each download is a line of the journal.

    The second factor of less than five minutes is asked by the page. Raises Introuvable, DroitManquant,
    TransitionImpossible (not ready, printed, deleted, every code replaced).
    """
    par.exiger_pouvoir(Pouvoir.COMMANDER_CODES, None)
    with transaction.atomic():
        commande = _prete(commande_id, par, maintenant)
        commande.telechargements += 1
        commande.telechargee_le = maintenant
        commande.save(update_fields=["telechargements", "telechargee_le"])
        noter("acces.lettres_telechargees", par=par, portee=Portee(domaine=Domaine.ACCES), objet=commande, le=maintenant)
        octets = _lire(commande)
    return FichierLettres(f"lettres-activation-{jour_de_paris(commande.commandee_le):%Y-%m-%d}.pdf", octets)


def _lire(commande: CommandeCodes) -> bytes:
    """The PDF whose hashes are stored, and no other: letters of another attempt would carry dead codes."""
    octets = coffre.lire(COFFRE, str(commande.id))
    if hashlib.sha256(octets).hexdigest() != commande.sha256:
        raise coffre.ContenuAbsent(f"commande {commande.id} : le fichier n’est pas celui qui a été enregistré")
    return octets


def declarer_imprimees(*, commande_id: UUID, remplacees: int = 0, par: Acteur, maintenant: datetime) -> CommandeCodes:
    """Note that the letters are printed, and delete the PDF once that is written.

    `remplacees`: letters that the person withdrew because a newer order replaced their code, or somebody ended it. A code never comes back to life, so
    the number is enough to know that she saw them all. Raises Introuvable, DroitManquant, TransitionImpossible (not ready, never
    downloaded, already done, a dead code that was not withdrawn).
    """
    par.exiger_pouvoir(Pouvoir.COMMANDER_CODES, None)
    with transaction.atomic():
        commande = _prete(commande_id, par, maintenant)
        if not commande.telechargements:
            raise TransitionImpossible(
                "Téléchargez d’abord les lettres\u00a0: le fichier est effacé dès qu’elles sont imprimées."
            )
        mortes = lettres_remplacees(commande)
        if len(mortes) != remplacees:
            pages = ", ".join(str(lettre.page) for lettre in mortes[:20]) + ("…" if len(mortes) > 20 else "")
            raise TransitionImpossible(
                f"Des codes de cette commande ont été remplacés ou arrêtés. Retirez de l’envoi les lettres des pages {pages}, "
                "puis déclarez les autres imprimées."
            )
        commande.etat, commande.imprimee_le = EtatCommande.IMPRIMEE, maintenant
        _effacer(commande, maintenant)
        noter(
            "acces.lettres_imprimees", par=par, portee=Portee(domaine=Domaine.ACCES), objet=commande, le=maintenant,
            details={"lettres": commande.pages - remplacees},
        )  # fmt: skip
    return commande


def _prete(commande_id: UUID, par: Acteur, maintenant: datetime) -> CommandeCodes:
    commande = commande_de(commande_id, par, verrou=True)
    if commande.etat == EtatCommande.EN_PREPARATION:
        raise TransitionImpossible("Les lettres sont en préparation. Revenez dans quelques instants.")
    perimee = commande.prete_le is not None and commande.prete_le + CONSERVATION_LETTRES <= maintenant
    if commande.etat != EtatCommande.PRETE or perimee:
        raise TransitionImpossible("Le fichier de ces lettres n’existe plus. Passez une nouvelle commande si besoin.")
    if len(lettres_remplacees(commande)) == commande.pages:
        raise TransitionImpossible("Tous ces codes ont été remplacés ou arrêtés. N’envoyez aucune de ces lettres.")
    return commande


def _effacer(commande: CommandeCodes, maintenant: datetime) -> None:
    """The row first; the file once the transaction is done. A kill in between is mended by `nettoyer_fichiers`."""
    commande.fichier_efface_le = maintenant
    commande.save(update_fields=["etat", "imprimee_le", "fichier_efface_le"])
    transaction.on_commit(lambda: coffre.retirer(COFFRE, str(commande.id)))


def effacer_lettres_anciennes(*, maintenant: datetime) -> int:
    """Delete the PDF of orders ready for seven days; the codes that nobody ever downloaded die with it."""
    anciennes = CommandeCodes.objects.filter(etat=EtatCommande.PRETE, prete_le__lte=maintenant - CONSERVATION_LETTRES)
    nombre = 0
    for trouvee in anciennes.order_by("id"):
        with transaction.atomic():
            commande = anciennes.select_for_update().filter(id=trouvee.id).first()
            if commande is None:
                continue
            if not commande.telechargements:
                CodeActivation.objects.filter(lettre__commande=commande, etat=EtatCode.ACTIF).update(etat=EtatCode.ABANDONNE)
            commande.etat = EtatCommande.EFFACEE
            _effacer(commande, maintenant)
            nombre += 1
    return nombre


def relancer_commandes(*, maintenant: datetime) -> int:
    """Queue again the orders still in preparation after an hour (job lost or given up): the job is idempotent."""
    en_retard = CommandeCodes.objects.filter(etat=EtatCommande.EN_PREPARATION, commandee_le__lte=maintenant - REPRISE_DE_COMMANDE)
    idents = list(en_retard.order_by("id").values_list("id", flat=True))
    for ident in idents:
        differer("habilitations.preparer_lettres", commande_id=str(ident))
    return len(idents)


def nettoyer_fichiers() -> int:
    """Delete the files of an hour that belong to no order ready; an order being prepared holds its row and is passed over."""
    coffre.retirer_provisoires(COFFRE, AGE_ORPHELIN)
    nombre = 0
    for cle in list(coffre.cles_anciennes(COFFRE, AGE_ORPHELIN)):
        with transaction.atomic():
            commandes = CommandeCodes.objects.filter(id=cle)
            libre = commandes.select_for_update(skip_locked=True).first()
            if (libre is None and not commandes.exists()) or (libre is not None and libre.etat != EtatCommande.PRETE):
                coffre.retirer(COFFRE, cle)
                nombre += 1
    return nombre
