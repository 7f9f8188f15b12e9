"""Judgements of the employer."""

from jalon.dispositifs.alternance.sources import COHERENCE, PROCEDURE
from jalon.dispositifs.alternance.verifications import convention_collective, du_compte, etablissement_au_registre
from jalon.dispositifs.apprentissage.listes import TYPES_PUBLICS
from jalon.dispositifs.apprentissage.rubriques import ContratApprentissage
from jalon.dispositifs.base import Contexte, Gravite, controle

INTERIM, SAISONNIER_A_DEUX = "3", "4"
ETT, SAISONNIER, FAMILIAL = "1", "3", "4"
EPIC = "30"


@controle(
    "employeur-du-compte",
    verifie="L’établissement est l’un de ceux de l’entreprise",
    cases=["employeur.siret"],
    source=PROCEDURE,
)
def employeur_du_compte(contenu: ContratApprentissage, contexte: Contexte) -> str | None:
    """The establishment belongs to a company that the actor files for."""
    return du_compte(contenu.employeur.siret, contexte)


@controle(
    "employeur-au-registre",
    verifie="L’établissement de l’employeur est ouvert au registre",
    cases=["employeur.siret"],
    source="Code du travail, D6224-1",
    gravite=Gravite.AVERTIT,
)
def employeur_au_registre(contenu: ContratApprentissage, contexte: Contexte) -> str | None:
    """The establishment where the contract is executed is in the register, and open."""
    return etablissement_au_registre(contenu.employeur.siret, contexte)


@controle(
    "employeur-secteur",
    verifie="Le type d’employeur correspond au secteur, privé ou public",
    cases=["employeur.type_employeur", "employeur.secteur"],
    source=COHERENCE,
)
def employeur_secteur(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Types 11 to 16 are private employers, 21 to 30 public ones."""
    if (contenu.employeur.type_employeur in TYPES_PUBLICS) == (contenu.employeur.secteur == "public"):
        return None
    return "Choisissez un type d’employeur du même secteur, privé ou public"


@controle(
    "employeur-public",
    verifie="L’employeur emploie ses salariés dans les conditions du droit privé",
    cases=["employeur.type_employeur"],
    source="Code du travail, L6227-1, D6275-1",
    gravite=Gravite.AVERTIT,
)
def employeur_public(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """A public body whose staff is not under private law files elsewhere; an EPIC files with us."""
    if contenu.employeur.type_employeur not in TYPES_PUBLICS or contenu.employeur.type_employeur == EPIC:
        return None
    return (
        "Un employeur public dont le personnel ne relève pas du droit privé transmet ses contrats "
        "à la direction départementale du travail (DDETS), et non à l’OPCO"
    )


@controle(
    "employeur-idcc",
    verifie="La convention collective existe et relève de l’OPCO",
    cases=["employeur.idcc"],
    source="Code du travail, D6332-78",
    gravite=Gravite.AVERTIT,
)
def employeur_idcc(contenu: ContratApprentissage, contexte: Contexte) -> str | None:
    """The agreement is in the public table, and belongs to this OPCO."""
    return convention_collective(contenu.employeur.idcc, contexte)


@controle(
    "employeur-travail-temporaire",
    verifie="Le mode «\u00a0travail temporaire\u00a0» est celui d’une entreprise de travail temporaire",
    cases=["entete.mode", "employeur.specifique"],
    source=COHERENCE,
)
def employeur_travail_temporaire(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Only an agency concludes a contract of that mode."""
    if contenu.entete.mode != INTERIM or contenu.employeur.specifique == ETT:
        return None
    return "Choisissez un autre mode contractuel, ou indiquez que l’employeur est une entreprise de travail temporaire"


@controle(
    "employeur-saisonnier",
    verifie="Le mode «\u00a0saisonnier à deux employeurs\u00a0» est celui d’un employeur saisonnier",
    cases=["entete.mode", "employeur.specifique"],
    source="Code du travail, L6222-5-1",
)
def employeur_saisonnier(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Two employers conclude one contract for seasonal activities only."""
    if contenu.entete.mode != SAISONNIER_A_DEUX or contenu.employeur.specifique == SAISONNIER:
        return None
    return "Choisissez un autre mode contractuel, ou indiquez que l’employeur est saisonnier"


@controle(
    "employeur-ascendant",
    verifie="L’apprentissage familial concerne un apprenti mineur, par une déclaration signée de lui et visée du CFA",
    cases=["employeur.specifique"],
    source="Code du travail, L6222-5, R6224-8",
    gravite=Gravite.AVERTIT,
)
def employeur_ascendant(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """A minor employed by an ascendant: a declaration replaces the contract."""
    if contenu.employeur.specifique != FAMILIAL:
        return None
    if contenu.apprenti.mineur:
        return "La déclaration de l’ascendant remplace le contrat\u00a0: l’apprenti la signe, et le directeur du CFA la vise"
    return "Vérifiez cette réponse\u00a0: l’apprentissage familial ne concerne qu’un apprenti mineur"


@controle(
    "attestation-maitre",
    verifie="L’employeur atteste des compétences du maître d’apprentissage",
    cases=["maitre1.attestation"],
    source="Code du travail, R6222-3, L6223-8-1",
)
def attestation_maitre(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The contract carries that statement."""
    return None if contenu.maitre1.attestation else "Le contrat ne peut être transmis sans cette attestation de l’employeur"


@controle(
    "attestation-pieces",
    verifie="L’employeur atteste disposer des pièces justificatives",
    cases=["signature.attestation_pieces"],
    source="Code du travail, D6224-1",
)
def attestation_pieces(contenu: ContratApprentissage, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The contract carries that statement."""
    if contenu.signature.attestation_pieces:
        return None
    return "Le contrat ne peut être transmis sans cette attestation de l’employeur"
