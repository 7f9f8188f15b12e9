"""What surrounds the boxes: steps, estimate, documents, where one goes next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from jalon.dispositifs.base import Estimation, Section
from jalon.dispositifs.lecture import EtatSection, PieceDemandee, StatutSection
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.pieces.requetes import est_lisible, type_affiche
from jalon.porte_documents.models import DocumentGarde
from jalon.porte_documents.requetes import pour_la_piece
from jalon.socle.montants import somme
from jalon.web.composants.elements import PieceAffichee

MARQUES = {
    StatutSection.COMPLET: "ok",
    StatutSection.PARTIEL: "partiel",
    StatutSection.A_CORRIGER: "erreur",
    StatutSection.A_COMMENCER: "",
}


@dataclass(frozen=True, slots=True)
class Etape:
    """A line of the side navigation."""

    code: str
    titre: str
    url: str
    etat: str
    detail: str
    courante: bool = False


@dataclass(frozen=True, slots=True)
class LigneMontant:
    """A line under the estimate."""

    libelle: str
    montant: Decimal
    total: bool = False


def url_section(dossier: Dossier, siren: str, section: str) -> str:
    """Address of a section of a draft; « pieces » and « verifier » are pages of their own."""
    if section in {"pieces", "verifier"}:
        return reverse(f"saisie_{section}", args=[siren, dossier.pk])
    return reverse("saisie_section", args=[siren, dossier.pk, section])


def etapes(
    dossier: Dossier,
    siren: str,
    sections: Sequence[Section],
    etats: Mapping[str, EtatSection],
    pieces: list[PieceDemandee],
    courante: str,
) -> list[Etape]:
    """Sections in the order of the form, then the documents, then the last look."""
    lignes = [
        Etape(
            section.code,
            section.fiche.titre,
            url_section(dossier, siren, section.code),
            MARQUES[etats[section.code].statut],
            etats[section.code].texte,
            section.code == courante,
        )
        for section in sections
    ]
    fournies = sum(1 for piece in pieces if piece.fournie)
    marque = "ok" if pieces and fournies == len(pieces) else "partiel" if fournies else ""
    texte = f"{fournies} déposée{'s' if fournies > 1 else ''} sur {len(pieces)}" if pieces else "Aucune pièce demandée"
    lignes.append(Etape("pieces", "Les pièces", url_section(dossier, siren, "pieces"), marque, texte, courante == "pieces"))
    restantes = sum(1 for ligne in lignes if ligne.etat != "ok")
    reste = f"{restantes} étape{'s' if restantes > 1 else ''} à terminer" if restantes else "Tout est prêt"
    adresse = url_section(dossier, siren, "verifier")
    return [*lignes, Etape("verifier", "Vérifier et transmettre", adresse, "", reste, courante == "verifier")]


def suivante(lignes: list[Etape], courante: str) -> Etape:
    """The step after this one."""
    codes = [ligne.code for ligne in lignes]
    return lignes[min(codes.index(courante) + 1, len(lignes) - 1)]


def precedente(lignes: list[Etape], courante: str) -> Etape | None:
    """The step before this one."""
    rang = [ligne.code for ligne in lignes].index(courante)
    return lignes[rang - 1] if rang else None


def lignes_de_l_estimation(estimation: Estimation) -> list[LigneMontant]:
    """Amount of each line, then what stays with the company. Where payments are dated, the participation is a line of its own:
    the OPCO takes it off, the company owes it to the CFA."""
    if estimation.echeances:
        return list(_lignes_d_un_contrat(estimation))
    lignes = [LigneMontant(ligne.libelle, ligne.montant_ht) for ligne in estimation.lignes]
    return [*lignes, LigneMontant("Reste à la charge de l’entreprise", estimation.reste_a_charge, total=True)]


def _lignes_d_un_contrat(estimation: Estimation) -> Iterator[LigneMontant]:
    participation = somme(e.brut - e.montant for e in estimation.echeances)
    payees = [ligne for ligne in estimation.lignes if ligne.montant_ht]
    yield from (LigneMontant(ligne.libelle, ligne.montant_demande) for ligne in payees)
    if participation:
        yield LigneMontant("Participation de l’employeur, déduite", -participation)
    yield LigneMontant("Total versé au CFA", estimation.total_ht, total=True)
    if participation:
        yield LigneMontant("Participation de l’employeur", participation)
    yield from (LigneMontant(ligne.libelle, ligne.montant_demande) for ligne in estimation.lignes if not ligne.montant_ht)
    if estimation.reste_connu:
        yield LigneMontant("Reste à la charge de l’employeur", estimation.reste_a_charge, total=True)


def pieces_affichees(
    dossier: Dossier, siren: str, demandees: list[PieceDemandee], deposees: list[PieceDeposee]
) -> list[PieceAffichee]:
    """Each document asked: attached with its facts, or to attach."""
    par_code = {piece.code: piece for piece in deposees}
    lignes = []
    for demandee in demandees:
        depose = par_code.get(demandee.fournie)
        if depose is None:
            adresse = f"{url_section(dossier, siren, 'pieces')}#piece-{demandee.piece.code}"
            lignes.append(PieceAffichee(demandee.piece.libelle, demandee.piece.aide, "", adresse, "Joindre"))
        else:
            adresse = reverse("piece_telecharger", args=[siren, dossier.pk, depose.pk])
            apercu = reverse("piece_apercu", args=[siren, dossier.pk, depose.pk]) if est_lisible(depose.document) else ""
            ligne = PieceAffichee(
                demandee.piece.libelle, type_affiche(depose.document), "ok", adresse, "Télécharger", apercu=apercu
            )
            lignes.append(ligne)
    return lignes


def gardes_proposes(gardes: Sequence[DocumentGarde], code: str, jour: date) -> list[tuple[str, str]]:
    """(id, « Programme 2026 (expiré depuis le 31/12/2025) ») of the documents that a piece may take, in the order of their use for it.

    None is chosen beforehand: the first one may be of another kind.
    """
    choix = [(str(garde.pk), _nom_du_choix(garde, jour)) for garde in pour_la_piece(gardes, code, jour)]
    return [("", "Choisissez"), *choix] if choix else []


def _nom_du_choix(garde: DocumentGarde, jour: date) -> str:
    validite = garde.validite(jour)
    precisions = ["organisme de formation"] if garde.prestataire_siren else []
    precisions += [validite[0].lower() + validite[1:]] if validite else []
    return f"{garde.libelle} ({', '.join(precisions)})" if precisions else garde.libelle
