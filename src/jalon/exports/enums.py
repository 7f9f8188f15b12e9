"""States and formats of an export."""

from enum import StrEnum


class EtatExport(StrEnum):
    """DEMANDE waits for a worker; EN_COURS is being made; PRET has its file for seven days; the others have none."""

    DEMANDE = "demande"
    EN_COURS = "en_cours"
    PRET = "pret"
    ECHOUE = "echoue"
    ANNULE = "annule"
    EXPIRE = "expire"


class FormatExport(StrEnum):
    """What the file is."""

    XLSX = "xlsx"
    CSV = "csv"


class Etape(StrEnum):
    """What is going on: rows are read, then a workbook is written from them."""

    LECTURE = "lecture"
    ECRITURE = "ecriture"


LIBELLES_ETATS = {
    EtatExport.DEMANDE: "En attente",
    EtatExport.EN_COURS: "En préparation",
    EtatExport.PRET: "Prêt",
    EtatExport.ECHOUE: "Interrompu",
    EtatExport.ANNULE: "Annulé",
    EtatExport.EXPIRE: "Effacé",
}
LIBELLES_FORMATS = {FormatExport.XLSX: "Excel", FormatExport.CSV: "CSV"}
EN_ATTENTE_OU_EN_COURS = (EtatExport.DEMANDE, EtatExport.EN_COURS)
