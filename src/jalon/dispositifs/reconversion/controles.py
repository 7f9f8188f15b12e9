"""What is judged before a request is transmitted, and again when it is examined."""

from datetime import timedelta
from decimal import Decimal

from jalon.dispositifs.alternance.calendrier import dernier_jour
from jalon.dispositifs.alternance.paiement import FONDS
from jalon.dispositifs.alternance.sources import COHERENCE, INSEE, PRISE_EN_CHARGE, PROCEDURE
from jalon.dispositifs.alternance.verifications import (
    convention_collective,
    du_compte,
    etablissement_au_registre,
    naissance_et_nir,
    sexe_et_nir,
)
from jalon.dispositifs.base import GUICHET_SUSPENDU, Contexte, Gravite, charge, controle, guichet_suspendu
from jalon.dispositifs.reconversion.listes import SOCLE
from jalon.dispositifs.reconversion.rubriques import PeriodeDeReconversion
from jalon.dispositifs.types.formats import nombre
from jalon.socle.dates import formater_date

HEURES_MINIMUM, HEURES_MAXIMUM, HEURES_PAR_ACCORD = Decimal(150), Decimal(450), Decimal(2100)
MOIS_MAXIMUM, MOIS_PAR_ACCORD, MOIS_DE_CDD = 12, 36, 6
JOURS_AVANT = timedelta(days=30)
MOITIE = Decimal("0.5")


@controle(
    "entreprise-du-compte",
    verifie="L’établissement est l’un de ceux de l’entreprise",
    cases=["entreprise.siret"],
    source=PROCEDURE,
)
def entreprise_du_compte(contenu: PeriodeDeReconversion, contexte: Contexte) -> str | None:
    """The establishment belongs to a company that the actor files for."""
    return du_compte(contenu.entreprise.siret, contexte)


@controle(
    "entreprise-au-registre",
    verifie="L’établissement est ouvert au registre",
    cases=["entreprise.siret"],
    source="Code du travail, R6324-1",
    gravite=Gravite.AVERTIT,
)
def entreprise_au_registre(contenu: PeriodeDeReconversion, contexte: Contexte) -> str | None:
    """The establishment is in the register, and open."""
    return etablissement_au_registre(contenu.entreprise.siret, contexte)


@controle(
    "entreprise-idcc",
    verifie="La convention collective existe et relève de l’OPCO",
    cases=["entreprise.idcc"],
    source="Code du travail, D6332-89",
    gravite=Gravite.AVERTIT,
)
def entreprise_idcc(contenu: PeriodeDeReconversion, contexte: Contexte) -> str | None:
    """The agreement is in the public table, and belongs to this OPCO."""
    return convention_collective(contenu.entreprise.idcc, contexte)


@controle(
    "salarie-nir-sexe",
    verifie="Le premier chiffre du NIR correspond au sexe",
    cases=["salarie.nir", "salarie.sexe"],
    source=INSEE,
)
def salarie_nir_sexe(contenu: PeriodeDeReconversion, contexte: Contexte) -> str | None:  # noqa: ARG001
    """First digit of the number."""
    return sexe_et_nir(contenu.salarie.nir, contenu.salarie.sexe)


@controle(
    "salarie-nir-naissance",
    verifie="Le NIR correspond à l’année et au mois de naissance",
    cases=["salarie.nir", "salarie.date_naissance"],
    source=INSEE,
)
def salarie_nir_naissance(contenu: PeriodeDeReconversion, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Digits 2 to 5 of the number."""
    return naissance_et_nir(contenu.salarie.nir, contenu.salarie.date_naissance)


@controle(
    "periode-accord-avant",
    verifie="L’accord écrit précède la période",
    cases=["periode.date_accord", "periode.date_debut"],
    source="Code du travail, L6324-3",
)
def periode_accord_avant(contenu: PeriodeDeReconversion, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The written agreement organises the period: it is signed before."""
    if contenu.periode.date_accord <= contenu.periode.date_debut:
        return None
    return "L’accord écrit se signe avant le début de la période\u00a0: vérifiez ces deux dates"


@controle(
    "periode-depot",
    verifie="La demande est envoyée dans les trente jours qui précèdent le début",
    cases=["periode.date_debut"],
    source="Code du travail, R6324-1",
    gravite=Gravite.AVERTIT,
)
def periode_depot(contenu: PeriodeDeReconversion, contexte: Contexte) -> str | None:
    """Not earlier than thirty days before, not after the start. Said: the article names no sanction."""
    debut = contenu.periode.date_debut
    if debut - JOURS_AVANT <= contexte.jour_depot < debut:
        return None
    if contexte.jour_depot >= debut:
        return "La demande s’envoie avant le début de la période\u00a0: elle est en retard"
    return f"La demande s’envoie dans les trente jours qui précèdent le début, à partir du {formater_date(debut - JOURS_AVANT)}"


@controle(
    "periode-duree",
    verifie="La période dure douze mois au plus, trente-six par accord",
    cases=["periode.date_fin", "periode.date_debut"],
    source="Code du travail, L6324-4",
)
def periode_duree(contenu: PeriodeDeReconversion, contexte: Contexte) -> str | None:  # noqa: ARG001
    """From the first day to the last; the socle of knowledge is left out of the limit."""
    periode = contenu.periode
    if periode.date_fin < periode.date_debut:
        return "La fin de la période suit son début\u00a0: vérifiez ces deux dates"
    mois = MOIS_PAR_ACCORD if periode.par_accord else MOIS_MAXIMUM
    limite = dernier_jour(periode.date_debut, mois)
    if contenu.formation.certification == SOCLE or periode.date_fin <= limite:
        return None
    return f"La période dure {mois} mois au plus{'' if periode.par_accord else ' sans accord'}\u00a0: elle finit le {formater_date(limite)} au plus tard"


@controle(
    "formation-heures",
    verifie="La formation fait de 150 à 450 heures, 2 100 au plus par accord",
    cases=["formation.heures"],
    source="Code du travail, L6324-4",
)
def formation_heures(contenu: PeriodeDeReconversion, contexte: Contexte) -> str | None:  # noqa: ARG001
    """The socle of knowledge is left out of both bounds."""
    heures = contenu.formation.heures
    maximum = HEURES_PAR_ACCORD if contenu.periode.par_accord else HEURES_MAXIMUM
    if contenu.formation.certification == SOCLE or HEURES_MINIMUM <= heures <= maximum:
        return None
    return f"La formation fait de {nombre(HEURES_MINIMUM)} à {nombre(maximum)} heures dans ce cas"


@controle(
    "accueil-distinct",
    verifie="L’entreprise d’accueil n’est pas celle du salarié",
    cases=["accueil.siret", "entreprise.siret"],
    source="Code du travail, L6324-3",
)
def accueil_distinct(contenu: PeriodeDeReconversion, contexte: Contexte) -> str | None:  # noqa: ARG001
    """An external period takes place in another company."""
    siret = contenu.accueil.siret
    if siret is None or siret[:9] != contenu.entreprise.siret[:9]:
        return None
    return (
        "Une reconversion externe a lieu dans une autre entreprise\u00a0: indiquez la sienne, ou choisissez «\u00a0interne\u00a0»"
    )


@controle(
    "accueil-cdd",
    verifie="Le CDD de l’entreprise d’accueil dure six mois au moins",
    cases=["accueil.date_fin", "accueil.date_debut"],
    source="Code du travail, L6324-3",
)
def accueil_cdd(contenu: PeriodeDeReconversion, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Six months, from its first day."""
    accueil = contenu.accueil
    if accueil.date_debut is None or accueil.date_fin is None:
        return None
    plus_tot = dernier_jour(accueil.date_debut, MOIS_DE_CDD)
    if accueil.date_fin >= plus_tot:
        return None
    return f"Le CDD dure six mois au moins\u00a0: il finit le {formater_date(plus_tot)} au plus tôt"


@controle(
    "formation-rncp-actif",
    verifie="La certification est inscrite au RNCP le jour de l’accord",
    cases=["formation.rncp", "periode.date_accord"],
    source="Code du travail, L6324-1, L6314-1",
)
def formation_rncp_actif(contenu: PeriodeDeReconversion, contexte: Contexte) -> str | None:
    """Registered on the day of the agreement."""
    if contenu.formation.rncp is None:
        return None
    fiche = charge(contexte.certification, "le répertoire national des certifications (RNCP)")(contenu.formation.rncp)
    if fiche is None:
        return "Vérifiez le code RNCP\u00a0: il ne figure pas au répertoire national"
    jour = contenu.periode.date_accord
    return (
        None
        if fiche.active(jour)
        else f"Cette certification n’était pas active au RNCP le {formater_date(jour)}\u00a0: vérifiez le code"
    )


@controle(
    "organisme-distinct",
    verifie="L’organisme n’est pas l’entreprise elle-même",
    cases=["formation.siret"],
    source="Code du travail, L6353-1",
)
def organisme_distinct(contenu: PeriodeDeReconversion, contexte: Contexte) -> str | None:  # noqa: ARG001
    """A convention is made between a buyer and a provider."""
    if contenu.formation.siret[:9] != contenu.entreprise.siret[:9]:
        return None
    return "Ce SIRET est celui de l’entreprise\u00a0: indiquez celui de l’organisme de formation"


@controle(
    "couts-cpf",
    verifie="Une reconversion interne mobilise la moitié des droits du compte au plus",
    cases=["couts.cpf", "couts.cpf_droits"],
    source="Code du travail, L6324-10",
)
def couts_cpf(contenu: PeriodeDeReconversion, contexte: Contexte) -> str | None:  # noqa: ARG001
    """Half of what stands on the account; without a limit when the period is external."""
    couts = contenu.couts
    if not couts.cpf or contenu.periode.mode == "externe":
        return None
    if couts.cpf_droits is None:
        return "Indiquez les droits inscrits au compte\u00a0: la moitié au plus peut être mobilisée"
    if couts.cpf <= couts.cpf_droits * MOITIE:
        return None
    return "Une reconversion interne mobilise au plus la moitié des droits inscrits au compte personnel de formation"


@controle(
    "couts-cpf-dans-le-prix",
    verifie="La part du compte personnel de formation ne dépasse pas le prix",
    cases=["couts.cpf", "couts.prix"],
    source=COHERENCE,
)
def couts_cpf_dans_le_prix(contenu: PeriodeDeReconversion, contexte: Contexte) -> str | None:  # noqa: ARG001
    """A part is not larger than the whole."""
    if not contenu.couts.cpf or contenu.couts.cpf <= contenu.couts.prix:
        return None
    return "La part du compte personnel de formation ne peut dépasser le prix de la formation"


@controle(GUICHET_SUSPENDU, verifie="Le guichet de la branche est ouvert", cases=["entreprise.idcc"], source=PRISE_EN_CHARGE)
def guichet_ouvert(contenu: PeriodeDeReconversion, contexte: Contexte) -> str | None:
    """The branch takes requests on the day of deposit; a draft is kept meanwhile."""
    return guichet_suspendu(contenu.entreprise.idcc, FONDS, contexte)
