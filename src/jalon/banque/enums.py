"""States of bank details, who froze them, how the OPCO checked them."""

from enum import StrEnum


class EtatCoordonnees(StrEnum):
    """Derived from dates, never stored. GELEE is final: the same account is added again, with a new delay."""

    EN_ATTENTE = "en_attente"
    ACTIVE = "active"
    GELEE = "gelee"
    ARCHIVEE = "archivee"


class OrigineGel(StrEnum):
    """Who stopped the account: the link of the notice, the organisation, the OPCO."""

    LIEN = "lien"
    ORGANISATION = "organisation"
    OPCO = "opco"


class MethodeConfirmation(StrEnum):
    """How a second person, at the OPCO, made sure of the holder."""

    VOP_CONFORME = "vop_conforme"
    VOP_PROCHE = "vop_proche"
    CONTRE_APPEL = "contre_appel"
    RIB_ORIGINAL = "rib_original"


LIBELLES_ETATS: dict[str, str] = {
    EtatCoordonnees.EN_ATTENTE: "En attente",
    EtatCoordonnees.ACTIVE: "Actives",
    EtatCoordonnees.GELEE: "Gelées",
    EtatCoordonnees.ARCHIVEE: "Archivées",
}
LIBELLES_METHODES = {
    MethodeConfirmation.VOP_CONFORME: "Vérification du bénéficiaire\u00a0: nom conforme",
    MethodeConfirmation.VOP_PROCHE: "Vérification du bénéficiaire\u00a0: nom proche",
    MethodeConfirmation.CONTRE_APPEL: "Appel à un interlocuteur connu",
    MethodeConfirmation.RIB_ORIGINAL: "Relevé d’identité bancaire de la banque",
}
