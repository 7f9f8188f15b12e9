"""« Mon code ne marche pas »: questions that anybody can answer from the letter in hand, and where they lead.

Nothing here reads the database: the way says nothing about any SIREN (exigences, T16).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its answers: (words, step that follows)."""

    titre: str
    aide: str
    reponses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """What is wrong, what to do, and the links that do it: (words, name of the address)."""

    titre: str
    explication: tuple[str, ...]
    actions: tuple[tuple[str, str], ...]


DEPART = "message"
SAISIR, REJOINDRE = ("Saisir le code", "activation"), ("Demander un accès aux administrateurs", "rejoindre")
COURRIER, SUIVRE = ("Demander un nouveau courrier", "courrier"), ("Suivre mes courriers", "mes_codes")
ECRIRE = ("Écrire par le formulaire de contact", "contact")

QUESTIONS: Mapping[str, Question] = {
    DEPART: Question(
        "Que dit la page quand vous saisissez le code\u00a0?",
        "Choisissez la phrase la plus proche.",
        (
            ("«\u00a0Nous ne reconnaissons pas ce code\u00a0»", "profil"),
            ("«\u00a0Ce code est celui du profil adhérent\u00a0», ou prestataire", "autre-profil"),
            ("«\u00a0Ce code n’est plus valable\u00a0»", "perime"),
            ("Un caractère est mal recopié, ou il en manque", "frappe"),
            ("Trop d’essais aujourd’hui", "essais"),
            ("«\u00a0Votre demande est transmise\u00a0»", "collegue"),
            ("Je n’ai pas de lettre", "attente"),
        ),
    ),
    "profil": Question(
        "Avez-vous choisi le profil écrit en tête de la lettre\u00a0?",
        "L’en-tête dit «\u00a0SIREN – adhérent\u00a0» ou «\u00a0SIREN – prestataire\u00a0». Une organisation peut avoir reçu les deux lettres.",
        (("Oui, le même", "siren"), ("Non, ou je ne l’avais pas vu", "autre-profil")),
    ),
    "siren": Question(
        "Le SIREN saisi est-il celui imprimé sur la lettre\u00a0?",
        "Un groupe a plusieurs SIREN, et une lettre pour chacun.",
        (("Oui, les neuf mêmes chiffres", "date"), ("Non, ou j’ai pris celui d’une autre société du groupe", "autre-siren")),
    ),
    "date": Question(
        "La date de fin imprimée sur la lettre est-elle passée\u00a0?",
        "Un code vaut trois mois, jusqu’au soir du jour imprimé.",
        (("Non, elle est à venir", "derniere"), ("Oui, elle est passée", "perime")),
    ),
    "derniere": Question(
        "Est-ce la dernière lettre reçue par le siège\u00a0?",
        "Une nouvelle lettre éteint le code de la précédente, pour le même SIREN et le même profil.",
        (("Oui", "usage"), ("Non, ou je ne sais pas", "remplacee")),
    ),
    "usage": Question(
        "Un collègue a-t-il déjà saisi ce code\u00a0?",
        "Le premier qui le saisit administre l’espace. Il peut aussi vous inviter.",
        (("Oui, ou c’est possible", "collegue"), ("Non", "frappe")),
    ),
    "attente": Question(
        "Un courrier a-t-il été demandé pour ce SIREN et ce profil\u00a0?",
        "Il est toujours envoyé au siège social, à l’attention du représentant légal.",
        (
            ("Non, ou je ne sais pas", "sans-lettre"),
            ("Oui, il y a moins de dix jours", "patience"),
            ("Oui, il y a plus de dix jours", "perdue"),
        ),
    ),
}

CAUSES: Mapping[str, Cause] = {
    "autre-profil": Cause(
        "Le profil choisi n’est pas celui de la lettre",
        (
            (
                "Chaque code est lié à un profil. Choisissez celui de l’en-tête, «\u00a0SIREN – adhérent\u00a0» ou "
                "«\u00a0SIREN – prestataire\u00a0», puis saisissez le code de nouveau."
            ),
        ),
        (SAISIR,),
    ),
    "autre-siren": Cause(
        "Le SIREN saisi n’est pas celui de la lettre",
        ("Un code n’ouvre que le SIREN imprimé sur sa lettre. Recopiez ces neuf chiffres, puis saisissez le code.",),
        (SAISIR, COURRIER),
    ),
    "perime": Cause(
        "Le code a plus de trois mois, ou a été arrêté",
        (
            "Passé cette date, il ne sert plus. Demandez un nouveau courrier\u00a0: il part au siège.",
            "Si un collègue administre déjà l’espace, demandez-lui plutôt un accès\u00a0: c’est plus rapide.",
        ),
        (COURRIER, REJOINDRE),
    ),
    "remplacee": Cause(
        "Une lettre plus récente a pu remplacer celle-ci",
        (
            (
                "Demandez au siège, au service du courrier ou au représentant légal, la dernière lettre reçue. Si elle ne se retrouve "
                "pas, demandez-en une nouvelle."
            ),
        ),
        (SAISIR, COURRIER),
    ),
    "frappe": Cause(
        "Un caractère est sans doute mal recopié",
        (
            "Le code compte 14\u00a0caractères, des lettres et des chiffres. Il ne contient ni 0, ni O, ni 1, ni I.",
            "Les confusions les plus fréquentes\u00a0: 8 et B, 5 et S, 2 et Z, U et V. Les tirets et les espaces ne comptent pas.",
            "Si chaque caractère est le bon, écrivez-nous, sans jamais donner le code.",
        ),
        (SAISIR, ECRIRE),
    ),
    "essais": Cause(
        "La limite d’essais du jour est atteinte",
        (
            (
                "Elle protège les entreprises de ceux qui devinent. Le code reste valable\u00a0: réessayez demain. Ce délai ne peut pas "
                "être levé."
            ),
        ),
        (SAISIR,),
    ),
    "collegue": Cause(
        "Un collègue a déjà utilisé ce code",
        (
            (
                "Le code fonctionne, mais il a déjà désigné un administrateur. En le saisissant, vous avez demandé à administrer "
                "l’espace\u00a0: la réponse arrive par courriel, et votre page d’accueil montre la demande."
            ),
            "Si vous n’avez pas besoin d’administrer, demandez plutôt un accès aux administrateurs, sans code.",
        ),
        (REJOINDRE, SAISIR),
    ),
    "sans-lettre": Cause(
        "Il faut une lettre, ou l’accord d’un administrateur",
        (
            "Si quelqu’un administre déjà l’espace de votre entreprise, demandez-lui un accès\u00a0: aucun code n’est nécessaire.",
            "Sinon, demandez un courrier. Un code n’est jamais donné par courriel ni par téléphone.",
        ),
        (REJOINDRE, COURRIER),
    ),
    "patience": Cause(
        "Le courrier est en route",
        (
            (
                "Comptez une dizaine de jours entre la demande et la réception. Prévenez le service du courrier de votre siège\u00a0: "
                "la lettre est à l’attention du représentant légal."
            ),
        ),
        (SUIVRE,),
    ),
    "perdue": Cause(
        "Le courrier s’est sans doute perdu",
        (
            "Vérifiez d’abord auprès du siège. La page de suivi dit si votre lettre a été postée, ou si elle est revenue.",
            "Vous pouvez demander un nouveau courrier sept jours après le précédent\u00a0; il éteint l’ancien code.",
        ),
        (SUIVRE, COURRIER, ECRIRE),
    ),
}
