"""What a demand for a complement may ask."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from jalon.dispositifs.base import LIGNES, Dispositif
from jalon.dossiers.regles import cle_de_piece
from jalon.dossiers.regles.complements import LONGUEUR_MOTIF
from jalon.socle.erreurs import SaisieRefusee

LONGUEUR_TEXTE = 2000
ECHEANCE_AU_PLUS_JOURS = 180


def refus_de_demande(
    dispositif: Dispositif,
    *,
    pieces: Collection[str],
    cases: Collection[str],
    lignes: dict[str, int],
    message: str,
    motifs: Mapping[str, str],
    echeance: date,
    jour: date,
    pieces_libres: Collection[str],
) -> dict[str, str]:
    """Field -> what to mend. `lignes`: number of rows of each repeated section; `pieces_libres`: codes that no declaration names.

    Each thing asked has its reason in `motifs`, or the message speaks for it.
    """
    refus = {}
    if not pieces and not cases:
        refus["pieces"] = "Choisissez au moins une pièce à joindre ou une réponse à reprendre"
    connues = {piece.code for piece in dispositif.pieces} | set(pieces_libres)
    if any(code not in connues for code in pieces):
        refus["pieces"] = "Choisissez des pièces de cette demande"
    if any(not chemin_connu(dispositif, chemin, lignes) for chemin in cases):
        refus["cases"] = "Choisissez des réponses de cette demande"
    demandees = [*map(cle_de_piece, pieces), *cases]
    if message.strip() or not demandees or any(not motifs.get(cle) for cle in demandees):
        refus |= refus_de_texte(message, "message", "Écrivez ce que l’entreprise doit compléter, ou un motif pour chaque élément")
    refus |= _refus_des_motifs(motifs, demandees)
    delai = (echeance - jour).days
    if delai < 1:
        refus["echeance"] = "Choisissez une échéance à partir de demain"
    elif delai > ECHEANCE_AU_PLUS_JOURS:
        refus["echeance"] = f"Choisissez une échéance dans les {ECHEANCE_AU_PLUS_JOURS}\u00a0jours"
    return refus


def _refus_des_motifs(motifs: Mapping[str, str], demandees: Collection[str]) -> dict[str, str]:
    """A reason is short, and that of something asked."""
    if any(cle not in demandees for cle in motifs):
        return {"motifs": "Ce motif ne correspond à rien de demandé"}
    trop_longs = [cle for cle, motif in motifs.items() if len(motif) > LONGUEUR_MOTIF]
    return {f"motif-{cle}": f"Écrivez {LONGUEUR_MOTIF}\u00a0caractères au plus" for cle in trop_longs}


def lire_motif(texte: str, manque: str) -> str:
    """A reason on one line. Raises SaisieRefusee when it is empty or too long."""
    raison = " ".join(texte.split())
    if not raison:
        raise SaisieRefusee(manque, champ="motif")
    if len(raison) > LONGUEUR_MOTIF:
        raise SaisieRefusee(f"Écrivez {LONGUEUR_MOTIF}\u00a0caractères au plus", champ="motif")
    return raison


def refus_de_texte(texte: str, champ: str, manque: str) -> dict[str, str]:
    """Empty, or too long."""
    if not texte.strip():
        return {champ: manque}
    if len(texte) > LONGUEUR_TEXTE:
        return {champ: f"Écrivez {LONGUEUR_TEXTE}\u00a0caractères au plus"}
    return {}


def chemin_connu(dispositif: Dispositif, chemin: str, lignes: dict[str, int]) -> bool:
    """Whether « section », « section.champ » or « section.rang.champ » names something of the form."""
    code, *reste = chemin.split(".")
    try:
        section = dispositif.section(code)
        if reste and reste != [LIGNES]:
            section.case(reste[-1])
    except KeyError:
        return False
    if len(reste) < 2:
        return True
    return len(reste) == 2 and reste[0].isdigit() and int(reste[0]) < lignes.get(code, 0)


def libelles_demandes(dispositif: Dispositif, cases: Sequence[str]) -> list[str]:
    """Words for the boxes asked: « Date de début », « Salarié 2, NIR », « Les coûts »."""
    libelles = []
    for chemin in cases:
        code, *reste = chemin.split(".")
        section = dispositif.section(code)
        if not reste or reste == [LIGNES]:
            libelles.append(section.fiche.titre)
            continue
        libelle = section.case(reste[-1]).libelle
        libelles.append(f"{section.fiche.element} {int(reste[0]) + 1}, {libelle}" if len(reste) == 2 else libelle)
    return libelles
