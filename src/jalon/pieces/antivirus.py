"""ClamAV (clamd), by a Unix socket or host:port, within a delay: an answer, or the sentence of its silence."""

import io
import socket
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket, CommunicationError

AGE_MAXIMUM = timedelta(hours=48)
FORMAT_DATE = "%a %b %d %H:%M:%S %Y"


class Verdict(StrEnum):
    """What the antivirus says of a content."""

    SAIN = "sain"
    INFECTE = "infecte"
    INDISPONIBLE = "indisponible"


@dataclass(frozen=True, slots=True)
class EtatAntivirus:
    """State of the antivirus; `phrase` says what is wrong, or what is in force."""

    configure: bool
    joignable: bool
    pret: bool
    version: str
    signatures: int | None
    signatures_du: datetime | None
    phrase: str


class _ParSocket(ClamdUnixSocket):
    """The library sets its delay after connecting: a full queue of connections would wait for ever."""

    def _init_socket(self) -> None:
        try:
            self.clamd_socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.clamd_socket.settimeout(self.timeout)
            self.clamd_socket.connect(self.unix_socket)
        except OSError as erreur:
            raise CommunicationError(self._error_message(erreur)) from erreur


class _LectureBornee(io.BytesIO):
    """A content that stops being sent once the delay is over."""

    def __init__(self, octets: bytes, echeance: float) -> None:
        super().__init__(octets)
        self._echeance = echeance

    def read(self, taille: int | None = -1, /) -> bytes:
        if time.monotonic() > self._echeance:
            raise TimeoutError("l’antivirus reçoit trop lentement")
        return super().read(taille)


def _client(adresse: str, secondes: float) -> ClamdNetworkSocket:
    if "/" in adresse:
        return _ParSocket(adresse.removeprefix("unix://").removeprefix("unix:"), secondes)  # type: ignore[arg-type]
    hote, _, port = adresse.removeprefix("tcp://").rpartition(":")
    return ClamdNetworkSocket(hote.strip("[]") or adresse, int(port) if port.isdigit() else 3310, secondes)


def analyser(octets: bytes, *, adresse: str, secondes: float) -> Verdict:
    """Ask the antivirus; a silence, an error or an answer that cannot be read is INDISPONIBLE, never SAIN."""
    tampon = _LectureBornee(octets, time.monotonic() + secondes)
    try:
        reponses = _client(adresse, secondes).instream(tampon)
    except (ClamdError, OSError, ValueError):
        return Verdict.INDISPONIBLE
    etats = {etat for etat, _ in reponses.values()}
    if "FOUND" in etats:
        return Verdict.INFECTE
    return Verdict.SAIN if etats == {"OK"} else Verdict.INDISPONIBLE


def interroger(*, adresse: str, secondes: float, maintenant: datetime) -> EtatAntivirus:
    """Read the version and the date of the signatures. Ready: answers, numbered database, less than 48 h old."""
    if not adresse:
        return EtatAntivirus(
            False,
            False,
            False,
            "",
            None,
            None,
            "Aucun antivirus n’est configuré (CLAMAV_ADRESSE)\u00a0: les pièces sont seulement contrôlées",
        )
    try:
        reponse = _client(adresse, secondes).version()
    except (ClamdError, OSError, ValueError):
        return EtatAntivirus(True, False, False, "", None, None, "L’antivirus ne répond pas\u00a0: les pièces déposées attendent")
    return _etat(reponse, maintenant)


def _etat(reponse: str, maintenant: datetime) -> EtatAntivirus:
    version, numero, jour = (*reponse.strip().split("/", 2), "", "")[:3]
    if not version.startswith("ClamAV"):
        return EtatAntivirus(True, False, False, "", None, None, "L’antivirus répond autre chose que sa version")
    date = _analyser_date(jour)
    if not numero.isdigit() or date is None:
        return EtatAntivirus(True, True, False, version, None, None, "L’antivirus n’a pas de base de signatures officielle")
    if maintenant - date > AGE_MAXIMUM:
        phrase = f"Les signatures de l’antivirus datent du {date:%d/%m/%Y}\u00a0: elles ont plus de 48\u00a0heures"
        return EtatAntivirus(True, True, False, version, int(numero), date, phrase)
    phrase = f"Antivirus prêt\u00a0: {version}, signatures {numero} du {date:%d/%m/%Y}"
    return EtatAntivirus(True, True, True, version, int(numero), date, phrase)


def _analyser_date(texte: str) -> datetime | None:
    try:
        return datetime.strptime(texte.strip(), FORMAT_DATE).replace(tzinfo=UTC)
    except ValueError:
        return None
