"""Where a request stands, told: the six steps, who sees it, what is to be done."""

from dataclasses import dataclass
from datetime import date, datetime

from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.acces import cote_de
from jalon.habilitations.requetes.visibilite import PersonneQuiVoit, qui_peut_voir
from jalon.journal.models import Evenement
from jalon.journal.requetes import Ligne, chronologie, en_lignes
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Acteur, Portee
from jalon.socle.dates import PARIS, formater_jour, jour_de_paris

FAIT, COURANT = "fait", "courant"
RANGS = {
    EtatDossier.BROUILLON: 0,
    EtatDossier.TRANSMIS: 1,
    EtatDossier.EN_INSTRUCTION: 2,
    EtatDossier.A_COMPLETER: 2,
    EtatDossier.REFUSE: 3,
    EtatDossier.ACCORDE: 3,
    EtatDossier.ROMPU: 4,
    EtatDossier.SOLDE: 5,
}
EVENEMENTS_AU_PLUS = 200


@dataclass(frozen=True, slots=True)
class EtapeDossier:
    """A step. `etat`: « fait », « courant » or empty."""

    titre: str
    detail: str = ""
    etat: str = ""


def etapes(dossier: Dossier, jour: date) -> list[EtapeDossier]:
    """The six steps of a request; the current one says what it waits for."""
    etat = EtatDossier(dossier.etat)
    rang = 4 if etat == EtatDossier.ACCORDE and dossier.date_debut and dossier.date_debut <= jour else _rang(dossier, etat)
    details = _details(dossier, jour)
    fini = etat in {EtatDossier.SOLDE, EtatDossier.REFUSE, EtatDossier.ANNULE, EtatDossier.ROMPU}
    lignes = []
    for position, (titre, detail) in enumerate(details):
        marque = (
            FAIT if position < rang or (position == rang and (fini or position == 1)) else COURANT if position == rang else ""
        )
        lignes.append(EtapeDossier(titre, detail, marque))
    if rang == 1:
        lignes[2] = EtapeDossier("En instruction", dossier.prochaine_etape(jour), COURANT)
    return lignes


def _rang(dossier: Dossier, etat: EtatDossier) -> int:
    """A cancelled request stops where it was."""
    if etat in RANGS:
        return RANGS[etat]
    return 3 if dossier.accorde_le else 2 if dossier.instructeur_id else 1


def _details(dossier: Dossier, jour: date) -> list[tuple[str, str]]:
    instruction = f"Par {dossier.instructeur_nom}" if dossier.instructeur_nom else ""
    if dossier.etat in {EtatDossier.A_COMPLETER, EtatDossier.EN_INSTRUCTION}:
        instruction = dossier.prochaine_etape(jour)
    periode = ""
    if dossier.date_debut and dossier.date_fin:
        periode = f"{formater_jour(dossier.date_debut, jour)} au {formater_jour(dossier.date_fin, jour)}"
    if dossier.etat == EtatDossier.ROMPU:
        periode = f"Rompu, déclaré le {_le_par(dossier.etat_depuis, jour)}"
    return [
        ("Saisi", _le_par(dossier.cree_le, jour, dossier.cree_par_nom)),
        ("Transmis", _le_a(dossier.transmis_le, jour)),
        ("En instruction", instruction),
        ("Décision", _decision(dossier, jour)),
        ("Exécution", periode),
        ("Soldé", _le_par(dossier.etat_depuis, jour) if dossier.etat == EtatDossier.SOLDE else ""),
    ]


def _decision(dossier: Dossier, jour: date) -> str:
    if dossier.etat == EtatDossier.ANNULE:
        return f"Annulé le {_le_par(dossier.etat_depuis, jour)}"
    if dossier.etat == EtatDossier.REFUSE:
        return f"Refusé le {_le_par(dossier.etat_depuis, jour)}"
    if dossier.accorde_le:
        return f"Accordé le {_le_par(dossier.accorde_le, jour)}"
    implicite = dossier.decision_implicite(jour)
    if implicite is not None:
        return implicite.phrase(jour)
    delai = dispositif_de(dossier.dispositif).delai_decision
    return f"Sous {delai.days} jours, dossier complet" if delai else ""


def _le_par(instant: datetime, jour: date, nom: str = "") -> str:
    quand = formater_jour(jour_de_paris(instant), jour)
    return f"{quand} par {nom}" if nom else quand


def _le_a(instant: datetime | None, jour: date) -> str:
    return f"{_le_par(instant, jour)} à {instant.astimezone(PARIS):%H:%M}" if instant else ""


def qui_voit(dossier: Dossier, maintenant: datetime) -> list[PersonneQuiVoit]:
    """The people whose rights reach this request now; nobody of the OPCO for a draft, nobody of the provider before a grant."""
    portee = dossier.portee
    return qui_peut_voir(
        Portee(
            siren=portee.siren,
            siret=portee.siret,
            prestataire_siren=portee.prestataire_siren if dossier.accorde_le else "",
            portefeuille_id=None if dossier.est_brouillon else portee.portefeuille_id,
            domaine=portee.domaine,
            prestataire_nomme=portee.prestataire_siren,
        ),
        maintenant,
        dossier.dispositif,
    )


def historique_de(dossier: Dossier, acteur: Acteur) -> list[Ligne]:
    """What happened to a request already obtained by its door, newest first; the provider reads what concerns it, since the grant;
    a company, what happened while the request was its own."""
    cote = cote_de(dossier, acteur)
    if cote in {Cote.PRESTATAIRE, Cote.ENTREPRISE}:
        du_prestataire = {"prestataire_siren": dossier.prestataire_siren, "domaine": dossier.domaine}
        evenements = Evenement.objects.tous("histoire d’un dossier déjà obtenu par sa porte, de ce côté").filter(
            objet_id=str(dossier.pk), **({"siren": dossier.siren} if cote == Cote.ENTREPRISE else du_prestataire)
        )
        return en_lignes(evenements.order_by("-le", "-id")[:EVENEMENTS_AU_PLUS])
    return chronologie(dossier, EVENEMENTS_AU_PLUS)
