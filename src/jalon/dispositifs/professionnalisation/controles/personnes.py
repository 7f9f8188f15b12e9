"""Judgements of the employer, the employee and the tutors."""

from jalon.dispositifs.alternance.calendrier import age
from jalon.dispositifs.alternance.paiement import FONDS
from jalon.dispositifs.alternance.sources import COHERENCE, INSEE, PRISE_EN_CHARGE, PROCEDURE
from jalon.dispositifs.alternance.verifications import (
    convention_collective,
    departement_et_nir,
    du_compte,
    etablissement_au_registre,
    naissance_et_nir,
    sexe_et_nir,
)
from jalon.dispositifs.base import GUICHET_SUSPENDU, Contexte, Gravite, controle, guichet_suspendu
from jalon.dispositifs.professionnalisation.publics import (
    AGE_MAXIMUM_JEUNES,
    RECHERCHE_D_EMPLOI,
    beneficiaire_d_un_minimum,
)
from jalon.dispositifs.professionnalisation.rubriques import ContratProfessionnalisation
from jalon.socle.texte import normaliser

AGE_MINIMUM, MAJORITE = 16, 18
INTERIM = "tt"
ETT = "1"
SCOLAIRE = "1"


@controle(
    "employeur-du-compte", verifie="L’établissement est l’un de ceux de l’entreprise", cases=["employeur.siret"], source=PROCEDURE
)
def employeur_du_compte(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:
    """The establishment belongs to a company that the actor files for."""
    return du_compte(contenu.employeur.siret, contexte)


@controle(
    "employeur-au-registre",
    verifie="L’établissement de l’employeur est ouvert au registre",
    cases=["employeur.siret"],
    source="Code du travail, D6325-1",
    gravite=Gravite.AVERTIT,
)
def employeur_au_registre(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:
    """The establishment is in the register, and open."""
    return etablissement_au_registre(contenu.employeur.siret, contexte)


@controle(
    "employeur-idcc",
    verifie="La convention collective existe et relève de l’OPCO",
    cases=["employeur.idcc"],
    source="Code du travail, D6332-85",
    gravite=Gravite.AVERTIT,
)
def employeur_idcc(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:
    """The agreement is in the public table, and belongs to this OPCO."""
    return convention_collective(contenu.employeur.idcc, contexte)


@controle(
    "employeur-travail-temporaire",
    verifie="Un contrat de travail temporaire est celui d’une entreprise de travail temporaire",
    cases=["nature.nature", "employeur.specifique"],
    source="Code du travail, D6325-10",
)
def employeur_travail_temporaire(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Only an agency concludes a contract of that nature."""
    if contenu.nature.nature != INTERIM or contenu.employeur.specifique == ETT:
        return None
    return "Choisissez CDI ou CDD, ou indiquez que l’employeur est une entreprise de travail temporaire"


@controle(
    "salarie-public",
    verifie="Le salarié a de 16 à 25 ans, cherche un emploi, ou perçoit un minimum social",
    cases=["salarie.date_naissance", "salarie.inscrit", "salarie.minimum_social"],
    source="Code du travail, L6325-1",
)
def salarie_public(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """16 to 25 on the first day; from 26, someone who looks for a job; or RSA, ASS, AAH, aided contract."""
    salarie = contenu.salarie
    atteint = age(salarie.date_naissance, contenu.contrat.date_debut)
    if atteint < AGE_MINIMUM:
        return "Le salarié doit avoir 16 ans au moins au début du contrat\u00a0: vérifiez sa date de naissance"
    if atteint <= AGE_MAXIMUM_JEUNES or salarie.inscrit or salarie.situation == RECHERCHE_D_EMPLOI:
        return None
    if beneficiaire_d_un_minimum(contenu):
        return None
    return (
        "À partir de 26 ans, le contrat est ouvert aux demandeurs d’emploi et aux bénéficiaires d’un minimum social\u00a0: "
        "vérifiez l’inscription à France Travail et le minimum social"
    )


@controle(
    "salarie-naissance-passee", verifie="La date de naissance est passée", cases=["salarie.date_naissance"], source=COHERENCE
)
def salarie_naissance_passee(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:
    """Nobody is born after today."""
    if contenu.salarie.date_naissance <= contexte.aujourdhui:
        return None
    return "Vérifiez l’année de naissance\u00a0: cette date est à venir"


@controle(
    "salarie-scolaire",
    verifie="Le contrat n’est pas une période en entreprise d’un élève ou d’un étudiant",
    cases=["salarie.situation"],
    source="Code du travail, D6325-4",
    gravite=Gravite.AVERTIT,
)
def salarie_scolaire(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Said to who files: the status after the contract begins is not on the form."""
    if contenu.salarie.situation not in {SCOLAIRE, "3"}:
        return None
    return "Assurez-vous que le salarié n’a plus le statut d’élève ou d’étudiant\u00a0: une période de stage n’est pas un tel contrat"


@controle(
    "salarie-nir-sexe",
    verifie="Le premier chiffre du NIR correspond au sexe",
    cases=["salarie.nir", "salarie.sexe"],
    source=INSEE,
)
def salarie_nir_sexe(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """First digit of the number."""
    return sexe_et_nir(contenu.salarie.nir, contenu.salarie.sexe)


@controle(
    "salarie-nir-naissance",
    verifie="Le NIR correspond à l’année et au mois de naissance",
    cases=["salarie.nir", "salarie.date_naissance"],
    source=INSEE,
)
def salarie_nir_naissance(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Digits 2 to 5 of the number."""
    return naissance_et_nir(contenu.salarie.nir, contenu.salarie.date_naissance)


@controle(
    "salarie-nir-departement",
    verifie="Le NIR correspond au département de naissance",
    cases=["salarie.nir", "salarie.departement_naissance"],
    source=INSEE,
    gravite=Gravite.AVERTIT,
)
def salarie_nir_departement(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Characters 6 to 8 of the number."""
    return departement_et_nir(contenu.salarie.nir, contenu.salarie.departement_naissance)


@controle(
    "tuteur-majeur",
    verifie="Le tuteur a deux ans d’expérience au moins, donc 18 ans",
    cases=["tuteur.date_naissance"],
    source="Code du travail, D6325-6",
)
def tuteur_majeur(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Two years of professional experience from sixteen on: eighteen at the start."""
    if age(contenu.tuteur.date_naissance, contenu.contrat.date_debut) >= MAJORITE:
        return None
    return "Le tuteur doit avoir deux ans d’expérience professionnelle\u00a0: vérifiez sa date de naissance"


@controle(
    "tuteur-distinct",
    verifie="Le tuteur n’est pas le salarié",
    cases=["tuteur.nom", "salarie.nom"],
    source="Code du travail, D6325-6",
)
def tuteur_distinct(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Nobody is one's own tutor."""
    tuteur, salarie = contenu.tuteur, contenu.salarie
    meme_nom = normaliser(f"{tuteur.nom} {tuteur.prenom}") == normaliser(f"{salarie.nom} {salarie.prenom}")
    if not meme_nom or tuteur.date_naissance != salarie.date_naissance:
        return None
    return "Le tuteur et le salarié sont la même personne\u00a0: vérifiez l’un et l’autre"


@controle(
    "attestation-tuteur",
    verifie="L’employeur atteste que le tuteur est éligible",
    cases=["tuteur.attestation"],
    source="Code du travail, D6325-6, D6325-9",
)
def attestation_tuteur(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Voluntary, qualified, two years of experience, three trainees at most (two for the employer)."""
    return None if contenu.tuteur.attestation else "Le contrat ne peut être transmis sans cette attestation de l’employeur"


@controle(
    "attestation-pieces",
    verifie="L’employeur atteste disposer des pièces justificatives",
    cases=["opco.attestation_pieces"],
    source="Code du travail, D6325-1",
)
def attestation_pieces(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The contract carries that statement."""
    return None if contenu.opco.attestation_pieces else "Le contrat ne peut être transmis sans cette attestation de l’employeur"


@controle(GUICHET_SUSPENDU, verifie="Le guichet de la branche est ouvert", cases=["employeur.idcc"], source=PRISE_EN_CHARGE)
def guichet_ouvert(contenu: ContratProfessionnalisation, contexte: Contexte) -> str | None:
    """The branch takes requests on the day of deposit; a draft is kept meanwhile."""
    return guichet_suspendu(contenu.employeur.idcc, FONDS, contexte)
