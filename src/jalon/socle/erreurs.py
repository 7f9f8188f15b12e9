"""Business errors: each carries a stable code for programs and a sentence for people."""

from collections.abc import Mapping, Sequence


class ErreurMetier(Exception):
    """Base of every refusal. `message` is shown as it stands; `champ` names the box concerned, if one is."""

    code = "refus"

    def __init__(self, message: str, *, champ: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.champ = champ
        if code is not None:
            self.code = code


class Introuvable(ErreurMetier):
    """Unknown, or outside every perimeter of the actor: the two are never told apart (404)."""

    code = "introuvable"

    def __init__(self, message: str = "Nous ne trouvons pas cette page ou ce dossier.") -> None:
        super().__init__(message)


class AutreEspace(Introuvable):
    """In another space of the actor than the one of the address (404): the page proposes to switch to `siren`."""

    def __init__(self, siren: str) -> None:
        super().__init__()
        self.siren = siren


class DroitManquant(ErreurMetier):
    """Seen, but not allowed (403): says which right is missing and who may give it."""

    code = "droit-manquant"


class AccesSuspendu(DroitManquant):
    """The OPCO cut the account or the organisation (403): nothing passes until two of its people restore the access."""

    code = "acces-suspendu"


class SecondFacteurRequis(ErreurMetier):
    """The act asks for a second factor less than five minutes old."""

    code = "second-facteur-requis"

    def __init__(self, message: str = "Confirmez votre identité pour continuer.") -> None:
        super().__init__(message)


class SaisieRefusee(ErreurMetier):
    """A value cannot be read (422)."""

    code = "saisie-refusee"


class SaisiesRefusees(ErreurMetier):
    """Several boxes are refused at once (422). `champs`: box name -> sentence."""

    code = "saisie-refusee"

    def __init__(self, champs: Mapping[str, str]) -> None:
        super().__init__(next(iter(champs.values()), "Des réponses sont à corriger."))
        self.champs = dict(champs)


class TransitionImpossible(ErreurMetier):
    """The state of the thing does not allow the act (409)."""

    code = "transition-impossible"


class ConflitDeVersion(ErreurMetier):
    """Somebody else changed the same section since it was read (409). Both values are kept for the screen."""

    code = "conflit"

    def __init__(self, message: str, *, en_base: Mapping[str, object], saisi: Mapping[str, object], par: str) -> None:
        super().__init__(message)
        self.en_base = dict(en_base)
        self.saisi = dict(saisi)
        self.par = par


class TropDEssais(ErreurMetier):
    """A limit of tries is reached (429)."""

    code = "trop-d-essais"


class Empechements(ErreurMetier):
    """Every blocking reason at once, each with the box it belongs to (422)."""

    code = "empechements"

    def __init__(self, message: str, raisons: Sequence[object]) -> None:
        super().__init__(message)
        self.raisons = list(raisons)
