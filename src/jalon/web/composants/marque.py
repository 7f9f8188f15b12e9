"""What an OPCO sets: name, tagline, own name and help line (design: « White label »)."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Marque:
    """Words of the white label; the palette lives in app.css."""

    nom: str
    accroche: str
    opco: str
    telephone: str

    @property
    def telephone_lien(self) -> str:
        """`tel:` address of the help line, digits only."""
        return "tel:" + "".join(c for c in self.telephone if c.isdecimal() or c == "+")


def marque() -> Marque:
    """The brand of this installation."""
    return Marque(
        nom=getattr(settings, "JALON_NOM", "Jalon"),
        accroche=getattr(settings, "JALON_ACCROCHE", "Financement de la formation"),
        opco=settings.JALON_OPCO,
        telephone=settings.JALON_ASSISTANCE_TELEPHONE,
    )
