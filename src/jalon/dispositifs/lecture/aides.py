"""What is computed to help typing: sentences beside boxes, rows that the portal can type."""

from collections.abc import Mapping

from jalon.dispositifs.base import CaseAbsente, Contenu, Contexte, Dispositif, Proposition, ReferentielAbsent
from jalon.dispositifs.lecture.contenu import objet_de


def indications_de(dispositif: Dispositif, section: str, contenu: Contenu, contexte: Contexte) -> Mapping[str, str]:
    """Sentences beside the boxes of a section, by name; empty while an answer that they need is missing."""
    dites = {}
    for chemin, fonction in dispositif.indications.items():
        code, _, nom = chemin.partition(".")
        if code != section:
            continue
        try:
            dites[nom] = fonction(contenu, contexte)
        except (CaseAbsente, ReferentielAbsent):
            dites[nom] = ""
    return dites


def proposition_de(dispositif: Dispositif, section: str, contenu: Contenu, contexte: Contexte) -> Proposition | None:
    """Rows that may be taken in a repeated section; None when nothing is ever proposed there."""
    fonction = dispositif.propositions.get(section)
    if fonction is None:
        return None
    try:
        return fonction(contenu, contexte)
    except CaseAbsente as absente:
        return Proposition(attend=objet_de(dispositif, absente))
    except ReferentielAbsent as absent:
        return Proposition(attend=absent.nom)
