"""What may be changed of a request that was sent, and how: read on the declaration, never decided by a page."""

from collections.abc import Collection

from jalon.dispositifs.base import ApresEnvoi, Case, Dispositif, Section


def apres_envoi(dispositif: Dispositif, section: Section, case: Case) -> ApresEnvoi:
    """What the box says of itself; else an avenant where the life of the contract opens it, else the adviser."""
    if case.apres_envoi is not None:
        return case.apres_envoi
    vie = dispositif.vie
    ouvertes = [vie.ouvertes(avenant.code) for avenant in vie.avenants] if vie is not None else []
    if any(_ouvre(chemins, section, case) for chemins in ouvertes):
        return ApresEnvoi.AVENANT
    return ApresEnvoi.CONSEILLER


def _ouvre(chemins: Collection[str], section: Section, case: Case) -> bool:
    return section.code in chemins or f"{section.code}.{case.nom}" in chemins


def cases_libres(dispositif: Dispositif) -> list[tuple[Section, Case]]:
    """Boxes that the company changes by itself; never in a row."""
    return [
        (section, case)
        for section in dispositif.sections
        if not section.fiche.repetee
        for case in section.cases
        if apres_envoi(dispositif, section, case) == ApresEnvoi.LIBRE
    ]
