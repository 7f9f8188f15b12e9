"""Reading a file of prepared rights: telling what it would change, and storing it for two people to sign."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from jalon.comptes.models import Personne
from jalon.comptes.requetes import personne_par_adresse
from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.invitations import lire_adresse
from jalon.habilitations.actions.preparations.jugement import Jugement, juger
from jalon.habilitations.courriels.preparations import PreparationASigner
from jalon.habilitations.droits_prepares import (
    JEUX_DE_COLONNES,
    LIGNES_MAX,
    OCTETS_MAX,
    Groupe,
    grouper_lignes,
    lire_lignes,
)
from jalon.habilitations.enums import EtatPreparation
from jalon.habilitations.fichier import Refus
from jalon.habilitations.models import OrganisationPreparee, PreparationDroits
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.requetes.preparations import signataires_possibles
from jalon.journal.actions import noter
from jalon.organisations.tableaux import Anomalie, LignesRefusees, lire_contenu, lire_octets
from jalon.socle.acteurs import Acteur, Domaine, Portee, Pouvoir
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.texte import normaliser

LIGNES_D_UN_COUP = 2_000
Suivi = Callable[[int, int], None]
Montrer = Callable[[Jugement], None]


@dataclass(slots=True)
class BilanPreparation:
    """What the file holds: people to create, to complete, or left as they are; refused lines; where it waits, once stored."""

    nom: str
    sha256: str
    lues: int
    organisations: int = 0
    a_creer: int = 0
    a_completer: int = 0
    inchangees: int = 0
    administrateurs: int = 0
    refus: list[Refus] = field(default_factory=list)
    preparation: PreparationDroits | None = None
    deja: bool = False

    def compter(self, jugement: Jugement) -> None:
        """Add one organisation."""
        if jugement.refus:
            self.refus += jugement.refus
            return
        changees = jugement.changees
        self.organisations += bool(changees)
        self.a_creer += sum(p.lien is None for p in changees)
        self.a_completer += sum(p.lien is not None for p in changees)
        self.inchangees += len(jugement.personnes) - len(changees)
        self.administrateurs += sum(p.administre for p in changees)


def prevoir_droits(*, chemin: Path, maintenant: datetime, suivi: Suivi, montrer: Montrer) -> BilanPreparation:
    """What a file would change, organisation by organisation, without writing anything.

    Raises SaisieRefusee (not there, not a table, columns missing, too long).
    """
    octets = _lire(chemin)
    bilan, groupes = _ouvrir(chemin.name, octets)
    for jugement in _juger_tout(groupes, maintenant, suivi):
        bilan.compter(jugement)
        montrer(jugement)
    bilan.refus.sort(key=lambda refus: refus.numero)
    return bilan


@second_facteur_exige
def deposer_droits(
    *, chemin: Path, auteur: str, ignorer_rejets: bool, par: Acteur, maintenant: datetime, suivi: Suivi, montrer: Montrer
) -> BilanPreparation:
    """Store the file, its hash and its organisations, for two people of the OPCO to sign. Nothing is given to anybody.

    The same file that waits already is found again, not stored twice. An organisation with a refused line is set aside whole.
    Raises SaisieRefusee (as above; author; nothing to prepare), LignesRefusees (unless `ignorer_rejets`).
    """
    responsable = _auteur(auteur, maintenant)
    octets = _lire(chemin)
    bilan, groupes = _ouvrir(chemin.name, octets)
    with transaction.atomic():
        vivante = _vivante(bilan.sha256, maintenant)
        if vivante is not None:
            bilan.preparation, bilan.deja = vivante, True
            return bilan
        retenues = []
        for jugement in _juger_tout(groupes, maintenant, suivi):
            bilan.compter(jugement)
            montrer(jugement)
            if jugement.changees and not jugement.refus:
                retenues.append(_organisation(jugement))
        bilan.refus.sort(key=lambda refus: refus.numero)
        _exiger_de_quoi_faire(bilan, retenues, ignorer_rejets=ignorer_rejets)
        bilan.preparation = _enregistrer(bilan, octets, retenues, responsable, par, maintenant)
    return bilan


def _lire(chemin: Path) -> bytes:
    octets = lire_octets(chemin)
    if len(octets) > OCTETS_MAX:
        raise SaisieRefusee(f"Un fichier de droits pèse {OCTETS_MAX >> 20}\u00a0Mo au plus\u00a0: découpez {chemin.name}.")
    return octets


def _ouvrir(nom: str, octets: bytes) -> tuple[BilanPreparation, list[Groupe]]:
    tableau = lire_contenu(nom, octets, jeux=JEUX_DE_COLONNES)
    if len(tableau.lignes) > LIGNES_MAX:
        raise SaisieRefusee(f"Un fichier de droits compte {LIGNES_MAX} lignes au plus\u00a0: découpez {nom}.")
    lues, refus = lire_lignes(tableau.lignes)
    bilan = BilanPreparation(nom[:200], hashlib.sha256(octets).hexdigest(), len(tableau.lignes), refus=refus)
    return bilan, grouper_lignes(lues)


def _juger_tout(groupes: Sequence[Groupe], maintenant: datetime, suivi: Suivi) -> Iterator[Jugement]:
    """Some thousands of lines at a time: what is held in memory does not grow with the number of organisations."""
    total, faites = sum(len(g.lignes) for g in groupes), 0
    for paquet in _paquets(groupes):
        yield from juger(paquet, maintenant)
        faites += sum(len(g.lignes) for g in paquet)
        suivi(faites, total)


def _paquets(groupes: Sequence[Groupe]) -> Iterator[list[Groupe]]:
    paquet: list[Groupe] = []
    lignes = 0
    for groupe in groupes:
        paquet.append(groupe)
        lignes += len(groupe.lignes)
        if lignes >= LIGNES_D_UN_COUP:
            yield paquet
            paquet, lignes = [], 0
    if paquet:
        yield paquet


def _auteur(saisie: str, maintenant: datetime) -> Personne:
    """The person of the OPCO who answers for the file: she may sign, once. Raises SaisieRefusee."""
    personne = personne_par_adresse(lire_adresse(saisie))
    if personne is None or not ActeurPersonne(personne, maintenant).portefeuilles(Pouvoir.DECIDER_A_DEUX):
        raise SaisieRefusee("L’auteur doit être une personne de l’OPCO dont le rôle permet les décisions à deux.")
    return personne


def _vivante(sha256: str, maintenant: datetime) -> PreparationDroits | None:
    """The same file, still waiting or being applied; a lapsed one makes room."""
    meme = PreparationDroits.objects.select_for_update().filter(
        sha256=sha256, etat__in=[EtatPreparation.EN_ATTENTE, EtatPreparation.SIGNEE]
    )
    trouvee = meme.defer("contenu").first()
    if trouvee is None or not trouvee.expiree(maintenant):
        return trouvee
    trouvee.etat, trouvee.motif_ecart, trouvee.ecartee_le = EtatPreparation.ECARTEE, "Préparation expirée", maintenant
    trouvee.save(update_fields=["etat", "motif_ecart", "ecartee_le"])
    return None


def _exiger_de_quoi_faire(bilan: BilanPreparation, retenues: Sequence[OrganisationPreparee], *, ignorer_rejets: bool) -> None:
    if bilan.refus and not ignorer_rejets:
        anomalies = [Anomalie(r.numero, r.raison) for r in bilan.refus]
        raise LignesRefusees(bilan.nom, bilan.lues, anomalies, "Corrigez-les, ou ajoutez --ignorer-rejets.")
    if not retenues:
        raise SaisieRefusee(f"Le fichier {bilan.nom} ne change rien\u00a0: il n’y a rien à préparer.")


def _organisation(jugement: Jugement) -> OrganisationPreparee:
    groupe, nom = jugement.groupe, jugement.denomination
    gens = " ".join(f"{p.adresse} {p.prenom} {p.nom}" for p in jugement.personnes)
    return OrganisationPreparee(
        profil=groupe.profil,
        denomination=nom,
        numeros=[ligne.numero for ligne in groupe.lignes],
        recherche=normaliser(f"{groupe.siren} {nom} {gens}"),
        personnes=len(jugement.personnes),
        administrateurs=sum(p.administre for p in jugement.personnes),
    ).porter(portee_des_acces(groupe.siren, groupe.profil, jugement.portefeuille_id))


def _enregistrer(
    bilan: BilanPreparation,
    octets: bytes,
    retenues: Sequence[OrganisationPreparee],
    auteur: Personne,
    par: Acteur,
    maintenant: datetime,
) -> PreparationDroits:
    preparation = PreparationDroits.objects.create(
        nom=bilan.nom,
        contenu=octets,
        sha256=bilan.sha256,
        lignes=bilan.lues,
        refus=[[r.numero, r.raison] for r in bilan.refus],
        auteur=auteur,
        deposee_le=maintenant,
    )
    for organisation in retenues:
        organisation.preparation = preparation
    OrganisationPreparee.objects.tous("dépôt d’une préparation de droits").bulk_create(retenues, batch_size=500)
    noter(
        "acces.preparation_deposee", par=par, portee=Portee(domaine=Domaine.ACCES), objet=preparation, le=maintenant,
        details={"fichier": bilan.nom, "organisations": len(retenues), "auteur": auteur.nom_complet, "empreinte": bilan.sha256[:16]},
    )  # fmt: skip
    a_prevenir = [Destinataire(p.email, p.id) for p in signataires_possibles(preparation, maintenant)]
    preparer(PreparationASigner, preparation.id, a_prevenir, le=maintenant)
    return preparation
