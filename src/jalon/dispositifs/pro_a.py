"""Pro-A (reconversion ou promotion par l'alternance): closed on 1 January 2026, kept to be read.

The law of 2025 replaced it by the période de reconversion (Code du travail, L6324-1). The rules of its money went with it
(the articles D6332-89 and D6332-90 that set them now speak of reconversions): nothing of it is computed or granted any more.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from jalon.dispositifs.base import Contenu, Contexte, Dispositif, Estimation, Rubrique, case
from jalon.dispositifs.types import CodePostal, Heures, Idcc, Montant, Nda, NirSansCle, NomPropre, Rncp, Siret
from jalon.socle.acteurs import Domaine
from jalon.socle.texte import normaliser

FERMETURE = date(2026, 1, 1)
FERMEE = (
    "La Pro-A n’existe plus depuis le 1er janvier 2026\u00a0: ce dossier se lit seulement. Demandez une période de reconversion."
)


class Entreprise(Rubrique, code="entreprise", titre="L’entreprise"):
    """The employer."""

    siret: Siret = case("SIRET de l’établissement", "le SIRET de l’établissement")
    denomination: str = case("Dénomination", "la dénomination de l’entreprise", registre="denomination")
    code_postal: CodePostal = case("Code postal", "le code postal de l’établissement", registre="code_postal")
    idcc: Idcc = case("Convention collective (IDCC)", "l’IDCC de la convention collective", registre="idcc")


class Salarie(Rubrique, code="salarie", titre="Le salarié"):
    """Who learnt."""

    nom: NomPropre = case("Nom de naissance", "le nom de naissance")
    prenom: NomPropre = case("Prénom", "le prénom")
    nir: NirSansCle = case("NIR (numéro de sécurité sociale)", "le NIR", sensible=True)


class Avenant(Rubrique, code="avenant", titre="L’avenant au contrat de travail"):
    """The amendment that opened the period."""

    date_conclusion: date = case("Date de conclusion", "la date de conclusion")
    date_debut: date = case("Date de début", "la date de début")
    date_fin: date = case("Date de fin", "la date de fin")


class Formation(Rubrique, code="formation", titre="La formation"):
    """What was prepared, by whom, at what price."""

    intitule: str = case("Intitulé de la certification", "l’intitulé de la certification")
    rncp: Rncp | None = case("Code RNCP", "le code RNCP", obligatoire=False)
    organisme: str = case("Organisme de formation", "la dénomination de l’organisme")
    siret: Siret = case("SIRET de l’organisme", "le SIRET de l’organisme")
    nda: Nda | None = case("Numéro de déclaration d’activité (NDA)", "le numéro de déclaration d’activité", obligatoire=False)
    heures: Heures = case("Durée de la formation", "la durée de la formation", unite="heures")
    prix: Montant = case("Prix de la formation HT", "le prix de la formation", unite="€")


class AvenantProA(Contenu):
    """A former request."""

    entreprise: Entreprise
    salarie: Salarie
    avenant: Avenant
    formation: Formation


def financement(contenu: AvenantProA, contexte: Contexte) -> Estimation:
    """Nothing any more, and why."""
    del contenu, contexte
    return Estimation(avertissements=(FERMEE,))


def accord(contenu: AvenantProA, contexte: Contexte, montants: Mapping[str, Decimal]) -> Estimation:
    """Nothing is granted: an estimate without a line cannot be engaged."""
    del montants
    return financement(contenu, contexte)


PRO_A = Dispositif(
    code="pro_a",
    lettres="PA",
    famille=Domaine.ALTERNANCE,
    libelle="Pro-A (reconversion ou promotion par l’alternance)",
    formulaire="CERFA 16155",
    contenu=AvenantProA,
    financement=financement,
    accord=accord,
    projections={
        "titre": lambda c: f"{c.salarie.prenom} {c.salarie.nom}, {c.formation.intitule}",
        "siret": lambda c: c.entreprise.siret,
        "denomination": lambda c: c.entreprise.denomination,
        "prestataire_siret": lambda c: c.formation.siret,
        "prestataire_denomination": lambda c: c.formation.organisme,
        "nombre_stagiaires": lambda c: 1 if c.salarie.nom else 0,
        "date_debut": lambda c: c.avenant.date_debut,
        "date_fin": lambda c: c.avenant.date_fin,
        "montant_demande": lambda c: c.formation.prix,
        "recherche": lambda c: normaliser(
            f"{c.salarie.prenom} {c.salarie.nom} {c.entreprise.denomination} {c.formation.intitule}"
        ),
    },
    vu_du_prestataire=frozenset(
        f"{rubrique.fiche.code}.{champ}"
        for rubrique, champs in ((Entreprise, ("denomination", "siret")), (Formation, tuple(Formation.model_fields)))
        for champ in champs
    ),
    ferme_le=FERMETURE,
    remplace_par="Période de reconversion",
)
