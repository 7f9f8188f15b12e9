"""The kind of diploma of the form, from what the registers say of a certification; empty when they do not settle it."""

from jalon.dispositifs.apprentissage.niveaux import niveau_du_diplome
from jalon.socle.fiches_referentiels import FicheCertification
from jalon.socle.texte import normaliser

NIVEAU_AU_PLUS = 7
PAR_ABREGE = {
    "cap": "33",
    "bep": "34",
    "mc": "35",
    "bac pro": "41",
    "bts": "54",
    "dut": "55",
    "but": "64",
    "lp": "62",
    "licence professionnelle": "62",
    "licence": "63",
    "master": "73",
    "titre ingenieur": "75",
    "doctorat": "80",
}
"""Kinds of the RNCP export that are a line of the form."""
SANS_LIGNE = frozenset({"tp", "bp", "cqp", ""})
AUTRES = {"3": "38", "4": "49", "5": "58"}
"""Kinds that have no line of their own, by level: from level 6 on, a diploma of a school may have one."""
PAR_CODE = {
    "250": "62",
    "251": "64",
    "320": "54",
    "350": "55",
    "400": "41",
    "500": "33",
    "510": "34",
}
"""First characters of the code diplôme, those that the list of the form *14 still has (regles.md §1.3)."""


def diplome_vise(fiche: FicheCertification) -> str:
    """Code of the form; its level must be that of the certification."""
    code = _par_abrege(fiche) or PAR_CODE.get(fiche.cfd[:3], "")
    if not code:
        return ""
    niveau = niveau_du_diplome(code)
    return code if not fiche.niveau or min(int(fiche.niveau), NIVEAU_AU_PLUS) == niveau else ""


def _par_abrege(fiche: FicheCertification) -> str:
    abrege = normaliser(fiche.abrege)
    if abrege in SANS_LIGNE and fiche.code:
        return AUTRES.get(fiche.niveau, "")
    return PAR_ABREGE.get(abrege, "")
