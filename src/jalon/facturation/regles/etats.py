"""The table of moves of an invoice."""

from jalon.facturation.enums import LIBELLES_ETATS, EtatFacture
from jalon.socle.etats import TableEtats, Transition

_E = EtatFacture

TABLE = TableEtats(
    EtatFacture,
    LIBELLES_ETATS,
    [
        Transition(_E.TRANSMISE, _E.ACCEPTEE, "accepter après contrôle de service fait", "le gestionnaire"),
        Transition(_E.TRANSMISE, _E.REJETEE, "rejeter avec un motif, ou annuler", "le gestionnaire ou l’émetteur"),
        Transition(_E.ACCEPTEE, _E.REJETEE, "rejeter avec un motif", "le gestionnaire"),
        Transition(_E.ACCEPTEE, _E.EN_PAIEMENT, "mettre dans un lot de virements", "le comptable"),
        Transition(_E.EN_PAIEMENT, _E.ACCEPTEE, "retirer du lot", "le comptable ou le responsable financier"),
        Transition(_E.EN_PAIEMENT, _E.REGLEE, "déclarer le lot exécuté", "le comptable ou le responsable financier"),
    ],
)


def page_des_etats() -> str:
    """The page of documentation of the states of an invoice."""
    return TABLE.en_markdown("États d’une facture")
