"""Judgements of the company and of the provider."""

from jalon.dispositifs.action_formation.bareme import fonds_vise
from jalon.dispositifs.action_formation.controles.sources import PRISE_EN_CHARGE, PROCEDURE
from jalon.dispositifs.action_formation.rubriques import ActionFormation
from jalon.dispositifs.base import GUICHET_SUSPENDU, Contexte, Gravite, controle, guichet_suspendu
from jalon.socle.baremes import SEUIL_FONDS_LEGAUX
from jalon.socle.texte import normaliser


@controle(
    "entreprise-du-compte",
    verifie="L’établissement est l’un de ceux de l’entreprise",
    cases=["entreprise.siret"],
    source=PROCEDURE,
)
def entreprise_du_compte(contenu: ActionFormation, contexte: Contexte) -> str | None:
    """The establishment belongs to a company that the actor files for."""
    if contexte.sirens is None or contenu.entreprise.siret[:9] in contexte.sirens:
        return None
    return "Choisissez un établissement de votre entreprise\u00a0: ce SIRET n’en fait pas partie"


@controle(
    "entreprise-au-registre",
    verifie="L’établissement est ouvert au registre",
    cases=["entreprise.siret"],
    source=PROCEDURE,
    gravite=Gravite.AVERTIT,
)
def entreprise_au_registre(contenu: ActionFormation, contexte: Contexte) -> str | None:
    """The establishment is in the register and open; otherwise the decision waits for a check."""
    return _au_registre(contenu.entreprise.siret, contexte)


@controle(
    "idcc-connu",
    verifie="La convention collective existe et relève de l’OPCO",
    cases=["entreprise.idcc"],
    source="Code du travail, L6332-17",
    gravite=Gravite.AVERTIT,
)
def idcc_connu(contenu: ActionFormation, contexte: Contexte) -> str | None:
    """The agreement is in the public table, and belongs to this OPCO."""
    if contexte.idcc is None:
        return None
    fiche = contexte.idcc(contenu.entreprise.idcc)
    if fiche is None:
        return "Vérifiez l’IDCC\u00a0: il ne figure pas dans la liste publique des conventions collectives"
    if contexte.opco and fiche.opco and normaliser(fiche.opco) != normaliser(contexte.opco):
        return f"Vérifiez l’IDCC\u00a0: cette convention relève en principe de l’opérateur {fiche.opco}"
    return None


@controle(
    "effectif-50",
    verifie="L’entreprise compte moins de 50 salariés",
    cases=["entreprise.effectif"],
    source="Code du travail, L6332-17",
    gravite=Gravite.AVERTIT,
)
def effectif_50(contenu: ActionFormation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The legal section finances companies under fifty employees only."""
    if contenu.entreprise.effectif < SEUIL_FONDS_LEGAUX:
        return None
    return (
        "À partir de 50 salariés, les fonds légaux du plan ne financent plus l’action. "
        "Votre conseiller examine un financement sur les fonds de la branche ou de l’entreprise"
    )


@controle(GUICHET_SUSPENDU, verifie="Le guichet de la branche est ouvert", cases=["entreprise.idcc"], source=PRISE_EN_CHARGE)
def guichet_ouvert(contenu: ActionFormation, contexte: Contexte) -> str | None:
    """The branch takes requests on that fund on the day of deposit; a draft is kept meanwhile."""
    return guichet_suspendu(contenu.entreprise.idcc, fonds_vise(contenu, contexte), contexte)


@controle(
    "organisme-au-registre",
    verifie="L’organisme est ouvert au registre",
    cases=["organisme.siret"],
    source=PROCEDURE,
    gravite=Gravite.AVERTIT,
)
def organisme_au_registre(contenu: ActionFormation, contexte: Contexte) -> str | None:
    """The provider is in the register and open; otherwise the decision waits for a check."""
    return _au_registre(contenu.organisme.siret, contexte)


@controle(
    "organisme-distinct",
    verifie="L’organisme n’est pas l’entreprise elle-même",
    cases=["organisme.siret"],
    source="Code du travail, L6353-1",
)
def organisme_distinct(contenu: ActionFormation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """A convention is made between a buyer and a provider: not with oneself."""
    siret = contenu.organisme.siret
    if siret is None or siret[:9] != contenu.entreprise.siret[:9]:
        return None
    return "Ce SIRET est celui de votre entreprise. Indiquez celui de l’organisme, ou répondez «\u00a0Oui\u00a0» à «\u00a0Formation interne\u00a0»"


@controle(
    "organisme-certifie",
    verifie="L’organisme est certifié Qualiopi",
    cases=["organisme.qualiopi"],
    source="Code du travail, R6316-1",
)
def organisme_certifie(contenu: ActionFormation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """A provider paid by an OPCO meets the national quality criteria."""
    if contenu.organisme.qualiopi is not False:
        return None
    return "Choisissez un organisme certifié Qualiopi\u00a0: l’OPCO ne finance que ceux-là"


def _au_registre(siret: str | None, contexte: Contexte) -> str | None:
    if siret is None or contexte.etablissement is None:
        return None
    fiche = contexte.etablissement(siret)
    if fiche is None:
        return (
            "Ce SIRET ne figure pas dans notre copie du registre. Le dossier est accepté, sa décision attendra une vérification"
        )
    if not fiche.ouvert:
        return "Vérifiez le SIRET\u00a0: cet établissement est fermé au registre"
    return None
