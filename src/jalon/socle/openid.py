"""What an installation says of its OpenID server, read from the environment by `config`, used by `web`."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Openid:
    """An OpenID server such as ProConnect: who it is, who we are for it, the levels of proof accepted, its name on the button."""

    emetteur: str
    client: str
    secret: str
    acr: tuple[str, ...]
    nom: str

    @property
    def origine(self) -> str:
        """Where the form of the sign-in page ends: browsers follow it there only if the content policy says so."""
        adresse = urlsplit(self.emetteur)
        return f"{adresse.scheme}://{adresse.netloc}"
