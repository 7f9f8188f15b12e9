"""Contracts already sent, as the rules that count them read their documents; sensitive boxes are in clear."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jalon.dispositifs.apprentissage.listes import AVENANTS, DIPLOMES
from jalon.dispositifs.apprentissage.niveaux import niveau_du_diplome
from jalon.dispositifs.base.historique import DocumentConnu, Historique, Personne
from jalon.socle.texte import normaliser


def diplomes_du_niveau(niveau: int) -> list[str]:
    """Codes of the form whose level it is."""
    return [choix.code for choix in DIPLOMES.choix if niveau_du_diplome(choix.code) == niveau]


@dataclass(frozen=True, slots=True)
class ContratConnu:
    """What is read of a contract: its apprentice, its maîtres, its days."""

    apprenti: Personne
    maitres: tuple[Personne, ...]
    debut: date
    fin: date


def contrat_connu(document: Mapping[str, Any]) -> ContratConnu:
    """From the document of a contract."""
    maitres = [document["maitre1"], *([document["maitre2"]] if document["maitre2"].get("second") else [])]
    return ContratConnu(
        apprenti=_personne(document["apprenti"]),
        maitres=tuple(_personne(maitre) for maitre in maitres),
        debut=date.fromisoformat(document["contrat"]["date_debut"]),
        fin=date.fromisoformat(document["contrat"]["date_fin"]),
    )


def _personne(lue: Mapping[str, Any]) -> Personne:
    return normaliser(lue["nom"]), normaliser(lue["prenom"]), date.fromisoformat(lue["date_naissance"])


def apprentis_suivis(contrats: Iterable[ContratConnu], maitre: Personne, du: date, au: date) -> set[Personne]:
    """Apprentices that somebody follows on one of these days at least."""
    nom, prenom, naissance = maitre
    cherche = (normaliser(nom), normaliser(prenom), naissance)
    return {c.apprenti for c in contrats if cherche in c.maitres and c.debut <= au and du <= c.fin}


def meme_nir(nir: str, document: DocumentConnu) -> bool:
    """Whether a contract, not an avenant, is that person's."""
    contenu = document.contenu
    return contenu["contrat"]["type_contrat"] not in AVENANTS and document.lire(contenu["apprenti"]["nir"]) == nir


def _suivis(maitre: Personne, du: date, au: date, documents: Iterable[DocumentConnu]) -> int:
    return len(apprentis_suivis((contrat_connu(d.contenu) for d in documents), maitre, du, au))


HISTORIQUE = Historique(
    cases_du_niveau=lambda niveau: {"formation.diplome": diplomes_du_niveau(niveau)},
    du_niveau=lambda nir, documents: sum(meme_nir(nir, d) for d in documents),
    suivis=_suivis,
)
