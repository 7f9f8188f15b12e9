"""A dispositif declared by the tests alone, with the silence of their choice: nothing of it is written elsewhere in the product."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

from jalon.dispositifs.action_formation import ACTION_FORMATION
from jalon.dispositifs.action_formation.rubriques import ActionFormation
from jalon.dispositifs.base import Contexte, Controle, Dispositif, Estimation, Gravite, LigneEstimation, Silence, controle
from jalon.dispositifs.registre import DISPOSITIFS
from jalon.socle.baremes import ModePaiement

CODE = "essai"
SOURCE = "Code du travail, D6325-2"
DELAI = timedelta(days=20)


def _financement(contenu: ActionFormation, contexte: Contexte) -> Estimation:
    del contexte
    cout = contenu.couts.cout_pedagogique
    ligne = LigneEstimation(
        poste="pedagogie", libelle="Formation", quantite=Decimal(1), unite="action", prix_unitaire=cout, montant_demande=cout,
        montant_ht=cout, motif="Pris en charge en entier",
    )  # fmt: skip
    return Estimation(
        lignes=(ligne,), mode_paiement=ModePaiement.REMBOURSEMENT, motif_paiement="Remboursé.", bareme_reference="essai:tout@1",
        annee=2027,
    )  # fmt: skip


def _accord(contenu: ActionFormation, contexte: Contexte, montants: Mapping[str, Decimal]) -> Estimation:
    estimation = _financement(contenu, contexte)
    return replace(estimation, lignes=tuple(replace(x, montant_ht=montants[x.poste]) for x in estimation.lignes))


def _veille(debut: date, delai: int, code_postal: str) -> date:
    del delai, code_postal
    return debut - timedelta(days=1)


ESSAI = replace(
    ACTION_FORMATION, code=CODE, lettres="ES", libelle="Essai", controles=(), financement=_financement, accord=_accord,
    delai_decision=DELAI, source_silence=SOURCE, limite_de_depot=_veille,
)  # fmt: skip


@contextmanager
def dispositif_essai(silence: Silence = Silence.REFUS, **changements: object) -> Iterator[Dispositif]:
    """It is declared, after the others, as long as that lasts."""
    declare = replace(ESSAI, silence=silence, **changements)  # type: ignore[arg-type]
    with patch.dict(DISPOSITIFS, {CODE: declare}):
        yield declare


def controle_de(phrase: str | Exception | None, gravite: Gravite = Gravite.AVERTIT) -> Controle:
    """A control that always finds the same thing."""

    @controle("essai", verifie="Tout va bien", cases=["action.date_debut"], source=SOURCE, gravite=gravite)
    def juger(contenu: ActionFormation, contexte: Contexte) -> str | None:
        """Always the same."""
        del contenu, contexte
        if isinstance(phrase, Exception):
            raise phrase
        return phrase

    return juger
