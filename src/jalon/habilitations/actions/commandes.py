"""Ordering letters of activation, and mending the addresses that the register cannot give."""

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from jalon.habilitations.enums import EtatCommande, EtatLettre
from jalon.habilitations.models import AdresseACompleter, AvisPostal, CommandeCodes, LettreCode
from jalon.habilitations.requetes.commandes import (
    adherents_a_inviter,
    adresse_accessible,
    commande_de,
    portefeuilles_des_sirens,
)
from jalon.habilitations.requetes.decisions import deja_administres, recuperations_ouvertes
from jalon.journal.actions import noter
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Acteur, Domaine, Portee, Pouvoir, Profil
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from jalon.socle.identifiants import analyser_siren, grouper
from jalon.socle.travaux import differer

SIRENS_MAX = 500_000
LIGNES_MAX = 7
SIGNES_PAR_LIGNE_MAX = 60


def commander_codes(
    *,
    profil: Profil,
    par: Acteur,
    maintenant: datetime,
    sirens: Collection[str] | None = None,
    adherents_au: date | None = None,
) -> CommandeCodes:
    """Order one letter per SIREN, by a list or by « adhérents au JJ/MM/AAAA » (Pouvoir.COMMANDER_CODES).

    The criterion takes the adherents of the actor's portefeuilles and leaves aside those already administered under
    that profile, counted in `ecartes`: a new letter names a new administrator. A list is taken as it is, but
    a SIREN already administered needs a recovery confirmed by two people, used by this order. The letters are drawn and
    typeset by a job.

    Raises DroitManquant (role), SaisieRefusee (neither or both, nothing to write to, a SIREN that does not exist, already administered or of
    another portefeuille, the criterion for providers).
    """
    par.exiger_pouvoir(Pouvoir.COMMANDER_CODES, None)
    ecartes = 0
    if (sirens is None) == (adherents_au is None):
        raise SaisieRefusee("Choisissez une liste de SIREN ou une date d’adhésion", champ="sirens")
    if adherents_au is not None:
        if profil == Profil.PRESTATAIRE:
            raise SaisieRefusee("Une date d’adhésion ne désigne que des adhérents. Choisissez ce profil", champ="profil")
        retenus, ecartes = adherents_a_inviter(par.portefeuilles(Pouvoir.COMMANDER_CODES), adherents_au, maintenant)
        critere = f"adhérents au {formater_date(adherents_au)}"
    else:
        retenus = _lire_liste(sirens or (), par)
        critere = f"liste de {len(retenus)} SIREN"
    if not retenus:
        raise SaisieRefusee("Aucune organisation ne répond à ce choix", champ="adherents_au" if adherents_au else "sirens")
    return passer_commande(profil=profil, critere=critere, sirens=retenus, par=par, maintenant=maintenant, ecartes=ecartes)


def _exiger_sans_administrateur(sirens: Collection[str], profil: Profil, maintenant: datetime) -> None:
    """Nobody of the OPCO alone has an administrator named beside another (exigences, S9). Raises SaisieRefusee."""
    administres = deja_administres(sirens, profil, maintenant)
    retenus = administres - recuperations_ouvertes(administres, profil, maintenant).keys()
    if retenus:
        raise SaisieRefusee(
            f"Ces SIREN ont déjà un administrateur\u00a0: {_quelques([grouper(s) for s in sorted(retenus)])}. Retirez-les de la liste\u00a0: "
            "leurs collaborateurs lui demandent un accès. S’il est injoignable, proposez une décision à deux",
            champ="sirens",
        )


def _employer_recuperations(sirens: Collection[str], profil: Profil, maintenant: datetime) -> None:
    for decision in recuperations_ouvertes(sirens, profil, maintenant).values():
        decision.employee_le = maintenant
        decision.save(update_fields=["employee_le"])


def passer_commande(
    *, profil: Profil, critere: str, sirens: Sequence[str], par: Acteur, maintenant: datetime, ecartes: int = 0
) -> CommandeCodes:
    """Write an order whose SIREN exist and are the actor's, and queue the job.

    Raises DroitManquant (nobody behind it), SaisieRefusee (a SIREN already administered, without a recovery confirmed by two).
    """
    _exiger_sans_administrateur(sirens, profil, maintenant)
    with transaction.atomic():
        commande = _creer(profil, critere, par, maintenant, ecartes=ecartes)
        numeros = _numeros(len(sirens), maintenant)
        LettreCode.objects.bulk_create(
            (
                LettreCode(commande=commande, numero=numero, siren=siren, etat=EtatLettre.A_COMPOSER)
                for numero, siren in zip(numeros, sirens, strict=True)
            ),
            batch_size=2_000,
        )
        _employer_recuperations(sirens, profil, maintenant)
        _noter_commande(commande, len(sirens), par, maintenant)
        differer("habilitations.preparer_lettres", commande_id=str(commande.id))
    return commande


def preparer_suite(*, commande_id: UUID, par: Acteur, maintenant: datetime) -> CommandeCodes:
    """Order again the letters whose address was completed meanwhile: they leave the first order for a new one.

    Raises Introuvable (somebody else's order), DroitManquant, TransitionImpossible (no address was completed).
    """
    par.exiger_pouvoir(Pouvoir.COMMANDER_CODES, None)
    with transaction.atomic():
        origine = commande_de(commande_id, par, verrou=True)
        completes = AdresseACompleter.objects.filter(completee_le__isnull=False).values("siren")
        lettres = LettreCode.objects.filter(
            commande=origine, etat=EtatLettre.ADRESSE_A_COMPLETER, siren__in=completes
        ).select_for_update()
        nombre = len(lettres)
        if not nombre:
            raise TransitionImpossible("Complétez d’abord au moins une adresse de cette commande.")
        suite = _creer(Profil(origine.profil), f"suite\u00a0: {nombre} adresses complétées", par, maintenant, de=origine)
        LettreCode.objects.filter(id__in=[x.id for x in lettres]).update(commande=suite, etat=EtatLettre.A_COMPOSER)
        _noter_commande(suite, nombre, par, maintenant)
        differer("habilitations.preparer_lettres", commande_id=str(suite.id))
    return suite


def completer_adresse(*, siren: str, lignes: Sequence[str], preuve: str, par: Acteur, maintenant: datetime) -> AdresseACompleter:
    """Write the address of a head office that the register cannot give, with the proof of where it was read.

    Raises Introuvable (nothing waits for that SIREN in the actor's portefeuilles), DroitManquant, SaisieRefusee (lines, proof).
    """
    par.exiger_pouvoir(Pouvoir.COMMANDER_CODES, None)
    with transaction.atomic():
        adresse = adresse_accessible(siren, par, verrou=True)
        adresse.lignes = _lire_lignes(lignes)
        adresse.preuve = preuve.strip()[:500]
        if not adresse.preuve:
            raise SaisieRefusee("Indiquez d’où vient cette adresse (pièce reçue, appel, date)", champ="preuve")
        adresse.completee_le, adresse.completee_par = maintenant, par.identite
        adresse.save()
        noter(
            "acces.adresse_completee", par=par, objet=adresse, le=maintenant,
            portee=Portee(portefeuille_id=portefeuille_de(siren), domaine=Domaine.ACCES), details={"siren": grouper(siren)},
        )  # fmt: skip
    return adresse


def declarer_avis_envoyes(*, avis: Collection[UUID], par: Acteur, maintenant: datetime) -> int:
    """Note that the second letters to these head offices left; those already noted are passed over.

    Raises DroitManquant, Introuvable (one of them is in no portefeuille of the actor).
    """
    par.exiger_pouvoir(Pouvoir.COMMANDER_CODES, None)
    with transaction.atomic():
        lignes = list(
            AvisPostal.objects.select_for_update().filter(
                id__in=avis, portefeuille_id__in=par.portefeuilles(Pouvoir.COMMANDER_CODES)
            )
        )
        if len(lignes) != len(set(avis)):
            raise Introuvable
        for ligne in (x for x in lignes if x.envoye_le is None):
            ligne.envoye_le, ligne.envoye_par = maintenant, par.identite
            ligne.save(update_fields=["envoye_le", "envoye_par"])
            noter(
                "acces.avis_envoye", par=par, objet=ligne, le=maintenant,
                portee=Portee(portefeuille_id=ligne.portefeuille_id, domaine=Domaine.ACCES),
                details={"siren": grouper(ligne.siren)},
            )  # fmt: skip
    return len(lignes)


def _lire_liste(sirens: Collection[str], par: Acteur) -> list[str]:
    lus, refuses = [], []
    for saisi in sirens:
        try:
            lus.append(analyser_siren(saisi))
        except SaisieRefusee:
            refuses.append(saisi.strip())
    if refuses:
        raise SaisieRefusee(f"Ces SIREN n’existent pas\u00a0: {_quelques(refuses)}. Vérifiez les 9 chiffres", champ="sirens")
    uniques = sorted(set(lus))
    if len(uniques) > SIRENS_MAX:
        raise SaisieRefusee(f"Une commande compte {SIRENS_MAX} SIREN au plus. Répartissez-les", champ="sirens")
    permis = par.portefeuilles(Pouvoir.COMMANDER_CODES)
    ailleurs = [grouper(s) for s, portefeuille in portefeuilles_des_sirens(uniques).items() if portefeuille not in permis]
    if ailleurs:
        raise SaisieRefusee(
            f"Ces SIREN ne sont pas dans vos portefeuilles\u00a0: {_quelques(ailleurs)}. Retirez-les de la liste", champ="sirens"
        )
    return uniques


def _quelques(noms: Sequence[str]) -> str:
    suite = f" et {len(noms) - 5} autres" if len(noms) > 5 else ""
    return ", ".join(noms[:5]) + suite


def _lire_lignes(lignes: Sequence[str]) -> list[str]:
    nettes = [" ".join(ligne.split()) for ligne in lignes if ligne.strip()]
    if len(nettes) < 2:
        raise SaisieRefusee("Indiquez le destinataire, puis l’adresse, une ligne par élément", champ="lignes")
    if len(nettes) > LIGNES_MAX:
        raise SaisieRefusee(f"Une adresse compte {LIGNES_MAX} lignes au plus", champ="lignes")
    if any(len(ligne) > SIGNES_PAR_LIGNE_MAX for ligne in nettes):
        raise SaisieRefusee(f"Une ligne d’adresse compte {SIGNES_PAR_LIGNE_MAX} signes au plus", champ="lignes")
    if not re.search(r"\b\d{5}\b", nettes[-1]):
        raise SaisieRefusee("La dernière ligne porte le code postal et la commune", champ="lignes")
    return nettes


def _creer(
    profil: Profil, critere: str, par: Acteur, maintenant: datetime, *, ecartes: int = 0, de: CommandeCodes | None = None
) -> CommandeCodes:
    if par.identite is None:
        raise DroitManquant("Une commande de codes est passée par une personne.")
    return CommandeCodes.objects.create(
        profil=profil,
        critere=critere,
        etat=EtatCommande.EN_PREPARATION,
        suite_de=de,
        commandee_par_id=par.identite,
        commandee_le=maintenant,
        ecartes=ecartes,
    )


def _numeros(nombre: int, maintenant: datetime) -> list[str]:
    """« L2611-000123 », from a sequence; holes are allowed."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT nextval('habilitations_numero_lettre') FROM generate_series(1, %s)", [nombre])
        return [f"L{jour_de_paris(maintenant):%y%m}-{rang:06d}" for (rang,) in curseur.fetchall()]


def _noter_commande(commande: CommandeCodes, nombre: int, par: Acteur, maintenant: datetime) -> None:
    noter(
        "acces.commande", par=par, portee=Portee(domaine=Domaine.ACCES), objet=commande, le=maintenant,
        details={"lettres": nombre, "critere": commande.critere, "profil": commande.profil},
    )  # fmt: skip
