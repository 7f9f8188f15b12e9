"""Every automatic check of a request, with its result and where the rule comes from."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from jalon.dispositifs.base import Anomalie, Contenu, Contexte, Controle, Dispositif, Estimation
from jalon.dispositifs.lecture import pieces_demandees, reponses_du_contenu
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.enums import EtatDossier, EtatPiece
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.dossiers.requetes import contenu_en_clair, contexte_de, libelle_de_piece
from jalon.organisations.requetes import organisation
from jalon.pieces.enums import EtatDocument
from jalon.pieces.requetes import est_lisible, etat_affiche
from jalon.socle.identifiants import grouper

DOUBLONS_AU_PLUS = 5
REGISTRE = "Registre officiel des entreprises (Sirene)"


class Resultat(StrEnum):
    """Of a check."""

    CONFORME = "conforme"
    AVERTIT = "avertit"
    BLOQUE = "bloque"


@dataclass(frozen=True, slots=True)
class ControleVu:
    """One check. `titre`: what it judges, as a sentence that is true when the check passes."""

    identifiant: str
    titre: str
    source: str
    resultat: Resultat
    messages: tuple[str, ...] = ()

    @property
    def conforme(self) -> bool:
        """Whether nothing is to be looked at."""
        return self.resultat == Resultat.CONFORME

    def en_trace(self, jour: date) -> dict[str, object]:
        """What a decision keeps of it."""
        return {
            "controle": self.identifiant,
            "titre": self.titre,
            "resultat": self.resultat.value,
            "source": self.source,
            "messages": list(self.messages),
            "le": jour.isoformat(),
        }


def controles_de(dossier: Dossier, maintenant: datetime) -> list[ControleVu]:
    """Register, documents, then every control of the dispositif, on the content that was sent; what must be looked at first.

    The caller obtained the request by its door, as somebody of the OPCO.
    """
    declaration, contenu = dispositif_de(dossier.dispositif), contenu_en_clair(dossier)
    contexte = contexte_de(dossier, maintenant)
    vus = [
        *_du_registre(dossier),
        *_des_pieces(dossier, declaration, contenu),
        _des_doublons(dossier),
        *controles_du_contenu(declaration, contenu, contexte),
    ]
    ordre = [Resultat.BLOQUE, Resultat.AVERTIT, Resultat.CONFORME]
    return sorted(vus, key=lambda c: ordre.index(c.resultat))


def proposition_de(dossier: Dossier, maintenant: datetime) -> Estimation:
    """The lines that the barème gives for the content that was sent: what the form of the decision starts from."""
    declaration = dispositif_de(dossier.dispositif)
    return declaration.financement(contenu_en_clair(dossier), contexte_de(dossier, maintenant))


def controles_du_contenu(declaration: Dispositif, contenu: Contenu, contexte: Contexte) -> list[ControleVu]:
    """Every control of the dispositif, on one version of the content."""
    return [_du_controle(declaration, controle, contenu, contexte) for controle in declaration.controles]


def _du_controle(declaration: Dispositif, controle: Controle, contenu: Contenu, contexte: Contexte) -> ControleVu:
    anomalies = controle.appliquer(contenu, contexte)
    messages = tuple(dict.fromkeys(_message(declaration, a) for a in anomalies))
    resultat = Resultat.CONFORME
    if anomalies:
        resultat = Resultat.BLOQUE if any(a.bloque for a in anomalies) else Resultat.AVERTIT
    return ControleVu(controle.identifiant, controle.verifie, controle.source, resultat, messages)


def _message(declaration: Dispositif, anomalie: Anomalie) -> str:
    """The sentence, with the row it speaks of."""
    code, *reste = anomalie.cases[0].split(".")
    if len(reste) == 2 and reste[0].isdigit():
        return f"{declaration.section(code).fiche.element} {int(reste[0]) + 1}\u00a0: {anomalie.message}"
    return anomalie.message


def _du_registre(dossier: Dossier) -> list[ControleVu]:
    vus = []
    for titre, siren in (
        ("Entreprise au registre", dossier.siren),
        ("Organisme de formation au registre", dossier.prestataire_siren),
    ):
        if not siren:
            continue
        trouvee = organisation(siren)
        if trouvee is None or trouvee.a_verifier:
            phrase = f"SIREN {grouper(siren)} à vérifier\u00a0: la décision d’accord attend une preuve"
            vus.append(ControleVu("organisation-verifiee", titre, REGISTRE, Resultat.BLOQUE, (phrase,)))
        elif not trouvee.active:
            phrase = f"{trouvee.denomination} a cessé son activité d’après le registre"
            vus.append(ControleVu("organisation-active", titre, REGISTRE, Resultat.AVERTIT, (phrase,)))
        else:
            vus.append(ControleVu("organisation-verifiee", titre, REGISTRE, Resultat.CONFORME))
    return vus


def _des_doublons(dossier: Dossier) -> ControleVu:
    """Another living request of the same company, with the same provider, that begins on the same day (exigences, T22)."""
    autres = (
        Dossier.objects.tous("doublons d’un dossier déjà obtenu par sa porte")
        .filter(siren=dossier.siren, prestataire_siren=dossier.prestataire_siren, date_debut=dossier.date_debut)
        .exclude(pk=dossier.pk)
        .exclude(etat__in=[EtatDossier.BROUILLON, EtatDossier.REFUSE, EtatDossier.ANNULE])
        .order_by("numero")
        .values_list("numero", "titre", "nombre_stagiaires")[:DOUBLONS_AU_PLUS]
    )
    phrases = tuple(
        f"{numero}, «\u00a0{titre}\u00a0», {nombre}\u00a0salarié{'s' * (nombre > 1)}, commence le même jour"
        for numero, titre, nombre in autres
    )
    resultat = Resultat.AVERTIT if phrases else Resultat.CONFORME
    return ControleVu("autre-dossier", "Aucune autre demande pour la même action", "Dossiers de l’entreprise", resultat, phrases)


def _des_pieces(dossier: Dossier, declaration: Dispositif, contenu: Contenu) -> list[ControleVu]:
    """Documents asked by the answers, and others attached: present, and passed by the inspection."""
    en_vigueur = PieceDeposee.objects.tous("contrôles d’un dossier déjà obtenu par sa porte").filter(dossier=dossier)
    pieces = {p.code: p for p in en_vigueur.exclude(etat=EtatPiece.REMPLACEE).select_related("document")}
    vus = []
    for demandee in pieces_demandees(declaration, reponses_du_contenu(declaration, contenu), pieces):
        if not demandee.fournie:
            titre, source = demandee.piece.libelle, demandee.piece.source
            vus.append(ControleVu("piece-presente", titre, source, Resultat.AVERTIT, ("Cette pièce manque",)))
    return [*vus, *(_de_la_piece(declaration, piece) for piece in pieces.values())]


def _de_la_piece(declaration: Dispositif, piece: PieceDeposee) -> ControleVu:
    titre = libelle_de_piece(declaration, piece.code)
    source = "Antivirus" if piece.document.etat in {EtatDocument.SAINE, EtatDocument.EN_ATTENTE} else "Contrôle de structure"
    if not est_lisible(piece.document):
        return ControleVu("piece-saine", titre, source, Resultat.BLOQUE, (etat_affiche(piece.document),))
    if piece.etat == EtatPiece.A_REMPLACER:
        return ControleVu("piece-presente", titre, source, Resultat.AVERTIT, ("Une autre version de cette pièce est demandée",))
    return ControleVu("piece-saine", titre, source, Resultat.CONFORME)
