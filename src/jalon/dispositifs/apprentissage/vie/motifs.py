"""The motives of a rupture, each with the text that allows it, what it asks, and what proves it (complements.md §3.2)."""

from enum import StrEnum

from jalon.dispositifs.base.vie import DateDemandee, MotifDeRupture

JOURS_D_ESSAI = 45
"""Days of practical training in the company, consecutive or not (Code du travail, L6222-18)."""

JOURS_POUR_INFORMER = 5
"""Calendar days from the mediator's referral until the employer is told (Code du travail, D6222-21-1)."""

JOURS_DE_PREAVIS = 7
"""Calendar days from then until the rupture (Code du travail, D6222-21-1)."""

MOIS_D_ANNONCE = 1
"""From the written information of the employer until the end, when the diploma is obtained (Code du travail, R6222-23)."""

MOIS_POUR_SE_REINSCRIRE = 2
"""From the exclusion by the CFA until another one must have enrolled the apprentice (Code du travail, L6222-18-1)."""


class Motif(StrEnum):
    """Ours: the labels of the DECA codes are not published."""

    ESSAI = "essai"
    ACCORD = "accord"
    INITIATIVE = "initiative"
    EXCLUSION = "exclusion"
    DIPLOME = "diplome"
    LIQUIDATION = "liquidation"
    FORCE_MAJEURE = "force_majeure"
    FAUTE_GRAVE = "faute_grave"
    INAPTITUDE = "inaptitude"
    DECES = "deces"


class Jour(StrEnum):
    """Days that motives ask for."""

    SIGNATURE = "signature"
    MEDIATEUR = "mediateur"
    EMPLOYEUR_INFORME = "employeur_informe"
    EXCLUSION = "exclusion"
    DIPLOME = "diplome"
    NOTIFICATION = "notification"


def _demandee(jour: Jour, libelle: str, objet: str, aide: str = "") -> DateDemandee:
    return DateDemandee(code=jour.value, libelle=libelle, objet=objet, aide=aide)


_NOTIFICATION = _demandee(
    Jour.NOTIFICATION,
    "Licenciement notifié le",
    "le jour où le licenciement a été notifié",
    "La date de la lettre de licenciement",
)
_INFORME = _demandee(Jour.EMPLOYEUR_INFORME, "Employeur informé le", "le jour où l’employeur a été informé")
_LETTRE_DE_LICENCIEMENT = "la lettre de licenciement"

MOTIFS = (
    MotifDeRupture(
        code=Motif.ESSAI,
        libelle="Dans les 45 premiers jours de formation pratique, par l’un ou l’autre",
        source="Code du travail, L6222-18",
        aide="Seuls comptent les jours passés dans l’entreprise, à la suite ou non\u00a0: ceux du CFA ne comptent pas.",
        preuve="l’écrit qui constate la rupture",
        jours_pratiques=True,
    ),
    MotifDeRupture(
        code=Motif.ACCORD,
        libelle="D’un commun accord",
        source="Code du travail, L6222-18",
        aide="L’accord est écrit, et signé par l’employeur et l’apprenti (et par son représentant légal s’il est mineur).",
        preuve="l’accord de rupture signé par les deux parties",
        dates=(_demandee(Jour.SIGNATURE, "Accord signé le", "le jour de la signature de l’accord"),),
    ),
    MotifDeRupture(
        code=Motif.INITIATIVE,
        libelle="À l’initiative de l’apprenti",
        source="Code du travail, L6222-18, D6222-21-1",
        aide=(
            "L’apprenti saisit d’abord le médiateur, informe l’employeur cinq jours après au plus tôt, puis le contrat prend fin "
            "sept jours plus tard au plus tôt."
        ),
        preuve="l’acte de rupture, et ce qui prouve la saisine du médiateur",
        representant=True,
        dates=(_demandee(Jour.MEDIATEUR, "Médiateur saisi le", "le jour où le médiateur a été saisi"), _INFORME),
    ),
    MotifDeRupture(
        code=Motif.EXCLUSION,
        libelle="Licenciement après une exclusion définitive du CFA",
        source="Code du travail, L6222-18-1",
        aide="L’exclusion est la cause du licenciement. L’apprenti a deux mois pour s’inscrire dans un autre CFA.",
        preuve="la décision d’exclusion du CFA, et la lettre de licenciement",
        dates=(_demandee(Jour.EXCLUSION, "Exclusion prononcée le", "le jour où le CFA a prononcé l’exclusion"),),
        maintien=False,
    ),
    MotifDeRupture(
        code=Motif.DIPLOME,
        libelle="Diplôme ou titre obtenu, à l’initiative de l’apprenti",
        source="Code du travail, L6222-19, R6222-23",
        aide="L’apprenti informe l’employeur, par écrit, un mois au moins avant la fin du contrat.",
        preuve="l’écrit de l’apprenti à l’employeur, et ce qui prouve l’obtention",
        dates=(_INFORME, _demandee(Jour.DIPLOME, "Diplôme obtenu le", "le jour de l’obtention du diplôme")),
        maintien=False,
    ),
    MotifDeRupture(
        code=Motif.LIQUIDATION,
        libelle="Liquidation judiciaire de l’entreprise",
        source="Code du travail, L6222-18",
        aide="Le liquidateur notifie la rupture à l’apprenti.",
        preuve="la notification du liquidateur",
        dates=(_demandee(Jour.NOTIFICATION, "Rupture notifiée le", "le jour où le liquidateur a notifié la rupture"),),
    ),
    MotifDeRupture(
        code=Motif.FORCE_MAJEURE,
        libelle="Force majeure",
        source="Code du travail, L6222-18",
        preuve=_LETTRE_DE_LICENCIEMENT,
        dates=(_NOTIFICATION,),
        dit_au_prestataire=False,
    ),
    MotifDeRupture(
        code=Motif.FAUTE_GRAVE,
        libelle="Faute grave de l’apprenti",
        source="Code du travail, L6222-18",
        preuve=_LETTRE_DE_LICENCIEMENT,
        dates=(_NOTIFICATION,),
        dit_au_prestataire=False,
    ),
    MotifDeRupture(
        code=Motif.INAPTITUDE,
        libelle="Inaptitude constatée par le médecin du travail",
        source="Code du travail, L6222-18",
        aide="L’employeur n’a pas à chercher de reclassement.",
        preuve="l’avis d’inaptitude, sans donnée de santé, et la lettre de licenciement",
        dates=(_NOTIFICATION,),
        dit_au_prestataire=False,
    ),
    MotifDeRupture(
        code=Motif.DECES,
        libelle="Décès de l’employeur maître d’apprentissage, dans une entreprise unipersonnelle",
        source="Code du travail, L6222-18",
        preuve=_LETTRE_DE_LICENCIEMENT,
        dates=(_NOTIFICATION,),
        dit_au_prestataire=False,
    ),
)
MOTIF_INCONNU = ""
"""What the CFA declares when it only knows that the contract is broken."""
