"""What an error says: « Indiquez … », « Choisissez … », never « invalide » (design: « Wording of errors »).

A form that gives its own `error_messages` is left alone; only the stock sentences of Django and allauth are replaced.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import EmailValidator
from django.forms import BaseForm, BoundField

from jalon.comptes.cles_d_acces import CLE_REFUSEE

CHOIX = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.SelectMultiple)
NOMS = {
    "login": "votre adresse électronique",
    "email": "votre adresse électronique",
    "password": "votre mot de passe",
    "oldpassword": "votre mot de passe actuel",
    "password1": "un mot de passe",
    "password2": "une seconde fois le mot de passe",
    "code": "le code",
    "name": "un nom",
}
PAR_CODE = {
    "email_password_mismatch": "L’adresse ou le mot de passe ne correspondent pas. Vérifiez-les, ou demandez un nouveau mot de passe",
    "incorrect_code": "Ce code ne correspond pas. Vérifiez-le, ou attendez le suivant",
    "incorrect_password": "Ce mot de passe ne correspond pas à votre compte",
    "enter_current_password": "Ce mot de passe ne correspond pas à votre compte",
    "too_many_login_attempts": "Trop d’essais\u00a0: attendez cinq minutes, ou demandez un nouveau mot de passe",
    "rate_limited": "Trop d’essais en peu de temps\u00a0: attendez une minute, puis recommencez",
    "account_inactive": "Ce compte est fermé. Écrivez-nous par la page Aide et contact",
    "email_taken": "Cette adresse est déjà celle d’un compte. Connectez-vous, ou demandez un nouveau mot de passe",
    "duplicate_email": "Cette adresse est déjà la vôtre",
    "invalid_or_expired_key": "Ce code n’est plus valable. Demandez-en un nouveau",
    "invalid_password_reset": "Ce lien a déjà servi ou a expiré. Demandez-en un nouveau",
    "cannot_delete_authenticator": "Gardez au moins un second facteur\u00a0: ajoutez-en un autre avant de retirer celui-ci",
    "cannot_generate_recovery_codes": "Installez d’abord une application d’authentification ou une clé d’accès",
    "unverified_email": "Confirmez d’abord votre adresse électronique",
    "password_too_short": "Choisissez un mot de passe de 15 caractères au moins, par exemple quatre mots",
    "password_too_common": "Ce mot de passe est trop répandu. Choisissez-en un autre",
    "password_entirely_numeric": "Ajoutez des lettres\u00a0: des chiffres seuls se devinent",
    "password_too_similar": "Choisissez un mot de passe qui ne ressemble ni à votre nom, ni à votre adresse",
    "same_as_current": "Indiquez une adresse différente de l’actuelle",
}
ARTICLES = {
    "le ": "bénéficiaire certificat champ code commentaire coût début devis domaine fichier lieu mode montant mot motif nom nombre "
    "niveau numéro objet pays portefeuille périmètre prénom prix profil programme prestataire responsable rôle salaire sens sexe siren siret "
    "statut sujet taux téléphone texte titre titulaire type",
    "la ": "banque branche caisse catégorie civilité clé commune convention date décision demande durée facture fin fonction "
    "forme formation modalité nature part période personne pièce preuve quantité question raison référence réponse situation "
    "société ville voie",
    "l’": "action activité adresse année attestation effectif entreprise état établissement échéance heure iban identité "
    "intitulé opération organisation organisme origine unité",
    "les ": "conditions coûts dates droits établissements frais heures modalités objectifs périmètres pièces publics réponses salaires sections stagiaires",
}
ARTICLE_DE = {mot: article for article, mots in ARTICLES.items() for mot in mots.split()}
FORMATS: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.EmailField, "Indiquez une adresse électronique complète, par exemple prenom.nom@entreprise.fr"),
    (forms.DateField, "Écrivez la date sous la forme jour/mois/année, par exemple 30/11/2026"),
    (forms.DecimalField, "Écrivez un nombre, par exemple 12,5"),
    (forms.IntegerField, "Écrivez un nombre entier, par exemple 12"),
)
CACHE = "Rechargez la page, puis recommencez"
CACHES = {"credential": CLE_REFUSEE}
"""What nobody types cannot be corrected in a box."""
MOTS_DE_PASSE_DIFFERENTS = "Les deux mots de passe diffèrent. Saisissez deux fois le même"
BORNES = {
    "max_length": "", "min_length": "", "max_digits": "", "max_decimal_places": "", "max_whole_digits": "",
    "max_value": "qui ne dépasse pas", "min_value": "d’au moins",
}  # fmt: skip
COMPTE = ("", "Une réponse", "Deux réponses", "Trois réponses", "Quatre réponses", "Cinq réponses")


def phrases(champ: BoundField) -> list[str]:
    """Sentences of a field, in order, in our words."""
    return [_phrase(champ, erreur) for erreur in champ.errors.as_data()]


def phrases_generales(formulaire: BaseForm) -> list[str]:
    """Sentences that belong to no field."""
    de_la_cle = {"incorrect_code": CLE_REFUSEE} if "credential" in formulaire.fields else {}
    return [
        (PAR_CODE | de_la_cle).get(erreur.code or "", str(message).removesuffix("."))
        for erreur in formulaire.errors.as_data().get(NON_FIELD_ERRORS, [])
        for message in erreur.messages
    ]


def ancre(champ: BoundField) -> str:
    """Id of the control that a link of the summary reaches."""
    return f"{champ.auto_id}_0" if champ.use_fieldset else champ.id_for_label


def resume(formulaire: BaseForm) -> Iterator[tuple[str, str]]:
    """(anchor, sentence) of every error; the anchor is empty for what belongs to no field."""
    for phrase in phrases_generales(formulaire):
        yield "", phrase
    for champ in formulaire:
        if champ.is_hidden and champ.errors:
            yield "", CACHES.get(champ.name, CACHE)
        elif not champ.is_hidden:
            for phrase in phrases(champ):
                yield ancre(champ), phrase


def titre_du_resume(nombre: int) -> str:
    """« Deux réponses à corriger »."""
    debut = COMPTE[nombre] if nombre < len(COMPTE) else f"{nombre} réponses"
    return f"{debut} à corriger" if nombre else "Votre demande n’a pas abouti"


def _phrase(champ: BoundField, erreur: ValidationError) -> str:
    message = " ".join(erreur.messages).removesuffix(".")
    code = erreur.code or ""
    if code in PAR_CODE:
        return PAR_CODE[code]
    if champ.name == "password2" and not code:
        return MOTS_DE_PASSE_DIFFERENTS
    if code in BORNES and code not in champ.field.error_messages:
        return _borne(code, erreur.params or {})
    if str(erreur.message) not in _messages_de_serie(champ.field, code):
        return message
    if code in {"required", "invalid_choice", "missing", "empty"}:
        return _manquante(champ) or _absence(champ)
    return next((texte for genre, texte in FORMATS if code == "invalid" and isinstance(champ.field, genre)), message)


def _manquante(champ: BoundField) -> str:
    """The form's own sentence for an empty box, which also suits a choice that is not in the list."""
    dite = str(champ.field.error_messages.get("required", ""))
    return "" if dite in _messages_de_serie(champ.field, "required") else dite.removesuffix(".")


def _borne(code: str, mesures: Mapping[str, Any]) -> str:
    """A length or a value beyond its limit, with the difference."""
    limite, mesure = mesures.get("limit_value", 0), mesures.get("show_value", 0)
    if code == "max_length":
        return f"{limite} caractères au plus\u00a0: il y en a {mesure - limite} de trop"
    if code == "max_digits":
        return f"Écrivez un nombre de {mesures.get('max', 0)} chiffres au plus"
    if code == "max_decimal_places":
        return f"Écrivez {mesures.get('max', 0)} chiffres au plus après la virgule"
    if code == "max_whole_digits":
        return f"Écrivez {mesures.get('max', 0)} chiffres au plus avant la virgule"
    if code == "min_length":
        return f"{limite} caractères au moins\u00a0: il en manque {limite - mesure}"
    return f"Indiquez un nombre {BORNES[code]} {limite}"


def _absence(champ: BoundField) -> str:
    """What to do with an empty box, in the verb of its control."""
    libelle = str(champ.label)
    if champ.name in NOMS:
        return f"Indiquez {NOMS[champ.name]}"
    if isinstance(champ.field, forms.BooleanField):
        return f"Cochez «\u00a0{libelle}\u00a0»"
    if libelle.endswith("?"):
        return f"Répondez à la question «\u00a0{libelle}\u00a0»"
    verbe = "Choisissez" if isinstance(champ.field.widget, CHOIX) else "Indiquez"
    verbe = "Joignez" if isinstance(champ.field.widget, forms.FileInput) else verbe
    return f"{verbe} {_avec_article(libelle)}"


def _avec_article(libelle: str) -> str:
    premier = libelle.split(maxsplit=1)[0].lower() if libelle else ""
    minuscule = libelle if libelle[:2].isupper() else libelle[:1].lower() + libelle[1:]
    return f"{ARTICLE_DE[premier]}{minuscule}" if premier in ARTICLE_DE else f"«\u00a0{libelle}\u00a0»"


def _messages_de_serie(champ: forms.Field, code: str) -> set[str]:
    """Django's own sentences for a code, before their figures are filled in."""
    par_classe: list[dict[str, object]] = [getattr(c, "default_error_messages", {}) for c in type(champ).__mro__]
    return {*(str(phrases[code]) for phrases in par_classe if code in phrases), str(EmailValidator.message)}
