"""The company that asks, and who trains."""

from jalon.dispositifs.base import Apport, ApresEnvoi, Repertoire, Rubrique, case, quand
from jalon.dispositifs.types import CodePostal, Courriel, Idcc, Nda, NomPropre, Siret, Telephone


class Entreprise(
    Rubrique, code="entreprise", titre="L’entreprise", aide="Indiquez l’établissement où travaillent les salariés à former."
):
    """The company and the establishment that the action is for."""

    siret: Siret = case("SIRET de l’établissement", "le SIRET de l’établissement", aide="14 chiffres", groupe="Établissement")
    denomination: str = case(
        "Dénomination",
        "la dénomination de l’entreprise",
        registre="denomination",
        autocompletion="organization",
        groupe="Établissement",
    )
    code_postal: CodePostal = case(
        "Code postal",
        "le code postal de l’établissement",
        registre="code_postal",
        autocompletion="postal-code",
        groupe="Établissement",
    )
    idcc: Idcc = case(
        "Convention collective (IDCC)",
        "l’IDCC de la convention collective",
        aide="4 chiffres, sur la fiche de paie. 9999 s’il n’y a pas de convention collective.",
        registre="idcc",
        groupe="Branche et taille",
    )
    effectif: int = case(
        "Effectif de l’entreprise",
        "l’effectif de l’entreprise",
        aide="Nombre de salariés de toute l’entreprise, pour le calcul des contributions de formation.",
        unite="salariés",
        maxi=999999,
        groupe="Branche et taille",
    )
    contact_nom: NomPropre = case(
        "Personne à contacter",
        "le nom de la personne à contacter",
        autocompletion="name",
        groupe="Suivi du dossier",
        apres_envoi=ApresEnvoi.LIBRE,
    )
    contact_courriel: Courriel = case(
        "Adresse électronique",
        "l’adresse électronique du contact",
        autocompletion="email",
        groupe="Suivi du dossier",
        apres_envoi=ApresEnvoi.LIBRE,
    )
    contact_telephone: Telephone | None = case(
        "Téléphone",
        "le téléphone du contact",
        obligatoire=False,
        autocompletion="tel",
        groupe="Suivi du dossier",
        apres_envoi=ApresEnvoi.LIBRE,
    )
    reference_interne: str | None = case(
        "Votre référence",
        "votre référence",
        aide="Le nom que vous donnez à ce dossier. Elle figure sur les courriels et les exports.",
        obligatoire=False,
        groupe="Suivi du dossier",
        apres_envoi=ApresEnvoi.LIBRE,
    )


class Organisme(Rubrique, code="organisme", titre="L’organisme de formation"):
    """Who trains: a provider, or the company itself."""

    interne: bool = case(
        "Formation interne",
        "si la formation est interne",
        aide="Oui si l’entreprise forme elle-même ses salariés, avec son propre formateur.",
    )
    siret: Siret | None = case("SIRET de l’organisme", "le SIRET de l’organisme", aide="14 chiffres", si=quand("interne", "non"))
    denomination: str | None = case(
        "Dénomination", "la dénomination de l’organisme", registre="denomination", si=quand("interne", "non")
    )
    nda: Nda | None = case(
        "Numéro de déclaration d’activité (NDA)",
        "le numéro de déclaration d’activité",
        aide="11 chiffres, sur le devis ou la convention",
        registre=Apport(Repertoire.ORGANISMES, "siret", "nda"),
        si=quand("interne", "non"),
    )
    qualiopi: bool | None = case(
        "Organisme certifié Qualiopi", "si l’organisme est certifié Qualiopi", si=quand("interne", "non")
    )
    contact_nom: NomPropre | None = case(
        "Personne à contacter", "le nom du contact", obligatoire=False, si=quand("interne", "non")
    )
    contact_courriel: Courriel | None = case(
        "Adresse électronique", "l’adresse électronique du contact", obligatoire=False, si=quand("interne", "non")
    )
