"""Who sees which row, said again by hand from « who may see what », without the filters of the product."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID

from jalon.reglements.models import Virement
from jalon.socle.acteurs import FAMILLES, Domaine, Niveau, Perimetre, Pouvoir
from jalon.socle.modeles import ModeleProtege
from tests.acteurs import FauxActeur
from tests.dispositifs.second import BILAN
from tests.dossiers.fabrique import PORTEFEUILLE, SIREN, SIREN_OF, SIRET
from tests.matrice.lieux import MOI, SIREN_Q

COTES = ("siren", "siret", "prestataire_siren", "portefeuille_id")
CHEZ_MOI: Mapping[str, Any] = {"siren": SIREN, "siret": SIRET, "prestataire_siren": SIREN_OF, "portefeuille_id": PORTEFEUILLE}
"""The four components of a perimeter, and what is mine in each."""
CHAMPS = {"siren": "sirens", "siret": "sirets", "prestataire_siren": "prestataires", "portefeuille_id": "portefeuilles"}
SUITES = frozenset(
    {
        "PieceDeposee",
        "VersionContenu",
        "DemandeComplement",
        "DemandeModification",
        "Decision",
        "RuptureDeclaree",
        "Avenant",
        "Transfert",
    }
)
DOMAINES = (*FAMILLES, Domaine.SALARIES, Domaine.FACTURES, Domaine.REGLEMENTS, Domaine.RIB, Domaine.ACCES)


TENUS = (Niveau.LECTURE, Niveau.ENVOI, Niveau.GESTION)
DISPOSITIFS_DU_PLAN = ("action_formation", BILAN.code)


@dataclass(frozen=True)
class Sujet:
    """Somebody whose perimeter has one component only: a level in one domain (or for one dispositif of it alone), or one power in
    one portefeuille.

    `prestataire`: she acts for the company under a convention with that provider.
    """

    cote: str
    domaine: Domaine | None = None
    niveau: Niveau = Niveau.AUCUN
    pouvoir: Pouvoir | None = None
    dispositif: str = ""
    prestataire: str = ""

    @property
    def acteur(self) -> FauxActeur:
        """As the product knows it. A role of the OPCO always consults."""
        if self.pouvoir is not None:
            ici: frozenset[UUID] = frozenset({PORTEFEUILLE})
            return FauxActeur(pouvoirs={Pouvoir.CONSULTER: ici, self.pouvoir: ici}, id=MOI)
        assert self.domaine is not None
        ici = CHEZ_MOI[self.cote]
        couple = Perimetre(couples=frozenset({(ici, self.prestataire)}))
        mien = couple if self.prestataire else Perimetre(**{CHAMPS[self.cote]: frozenset({ici})})
        if self.dispositif:
            return FauxActeur(restreints={(self.domaine, self.dispositif): (self.niveau, mien)}, id=MOI)
        return FauxActeur({self.domaine: (self.niveau, mien)}, id=MOI)

    def tient(self, domaine: str, niveau: Niveau) -> bool:
        """Whether the level is held in the domain; the OPCO consults every domain, and does nothing for a company."""
        if self.pouvoir is not None:
            return niveau == Niveau.LECTURE
        return self.domaine == domaine and self.niveau >= niveau


def sujets() -> Iterator[Sujet]:
    """Each side × domain × level, each side × dispositif × level; a convention of mine with my provider, and with another one, for a
    domain or for one dispositif; then each power."""
    for cote in COTES[:-1]:
        for domaine in DOMAINES:
            yield from (Sujet(cote, domaine, niveau) for niveau in TENUS)
        for code in DISPOSITIFS_DU_PLAN:
            yield from (Sujet(cote, Domaine.PLAN, niveau, dispositif=code) for niveau in TENUS)
    for cote, prestataire, niveau in product(("siren", "siret"), (SIREN_OF, SIREN_Q), (Niveau.LECTURE, Niveau.ENVOI)):
        yield from (Sujet(cote, domaine, niveau, prestataire=prestataire) for domaine in DOMAINES)
        for code in DISPOSITIFS_DU_PLAN:
            yield Sujet(cote, Domaine.PLAN, niveau, dispositif=code, prestataire=prestataire)
    yield from (Sujet("portefeuille_id", pouvoir=pouvoir) for pouvoir in Pouvoir)


def voit(ligne: ModeleProtege, sujet: Sujet, niveau: Niveau) -> bool:
    """Whether that row is for that person at that level."""
    nom = type(ligne).__name__
    if nom in A_PART:
        return A_PART[nom](ligne, sujet, niveau)
    if sujet.dispositif and sujet.dispositif != _dispositif(nom, ligne):
        return False
    mien = getattr(ligne, sujet.cote) == CHEZ_MOI[sujet.cote]
    if nom == "Mandat" and sujet.cote == "prestataire_siren":
        mien = SIREN_OF in {ligne.prestataire_siren, ligne.mandataire_siren}  # type: ignore[attr-defined]
    if sujet.prestataire:
        nomme = ligne.dossier if nom in SUITES else ligne  # type: ignore[attr-defined]
        mien = mien and nomme.prestataire_siren == sujet.prestataire
    return mien and sujet.cote in _cotes(nom, ligne) and any(_tient(sujet, nom, d, niveau) for d in _domaines(nom, ligne))


def _est_mon_fichier(ligne: Any, sujet: Sujet, niveau: Niveau) -> bool:
    """A file of employees is for who sent it, while she types employees somewhere in that company."""
    mien = sujet.cote in {"siren", "siret"} and not sujet.prestataire and sujet.pouvoir is None
    return mien and (ligne.siren, ligne.demande_par) == (SIREN, MOI) and sujet.tient(Domaine.SALARIES, max(niveau, Niveau.SAISIE))


A_PART: Mapping[str, Callable[[Any, Sujet, Niveau], bool]] = {
    "Ticket": lambda ligne, sujet, _: sujet.pouvoir == Pouvoir.REPONDRE_TICKETS and ligne.portefeuille_id == PORTEFEUILLE,
    "Regularisation": lambda ligne, sujet, _: sujet.pouvoir == Pouvoir.DECIDER and ligne.portefeuille_id == PORTEFEUILLE,
    "ModeleReponse": lambda ligne, sujet, _: sujet.pouvoir == Pouvoir.INSTRUIRE and ligne.portefeuille_id == PORTEFEUILLE,
    "LotVirements": lambda ligne, sujet, _: (
        sujet.pouvoir in {Pouvoir.PREPARER_LOTS, Pouvoir.SIGNER_LOTS} and _lignes_du_lot(ligne) == {PORTEFEUILLE}
    ),
    "Revelation": lambda _, sujet, __: sujet.pouvoir == Pouvoir.VEILLER,
    "ImportSalaries": _est_mon_fichier,
    **dict.fromkeys(("Export", "OperationEnNombre", "Notification"), lambda *_: False),
}
"""Rows whose rule is their own: a power of the OPCO, or who sent a file. What is of one person is of none of these."""


def _dispositif(nom: str, ligne: Any) -> str:
    """Of which dispositif a row is; what hangs on no request is of none, and the journal is read by who reads whole families."""
    if nom == "Dossier":
        return str(ligne.dispositif)
    return str(ligne.dossier.dispositif) if nom in {*SUITES, "Engagement"} else ""


def _tient(sujet: Sujet, nom: str, domaine: str, niveau: Niveau) -> bool:
    """The journal of accesses is for those who administer them, at whatever level it is asked."""
    if nom == "Evenement" and domaine == Domaine.ACCES:
        niveau = Niveau.GESTION
    return sujet.tient(domaine, niveau)


def _cotes(nom: str, ligne: Any) -> set[str]:
    """Sides to which a row is shown: a draft is not for the OPCO; the provider reads a request once granted, and nothing that
    hangs on it; a payment is for both sides once it is made."""
    cotes = set(COTES)
    if nom == "Dossier":
        return cotes - {*_si(ligne.etat == "brouillon", "portefeuille_id"), *_si(ligne.accorde_le is None, "prestataire_siren")}
    if nom in SUITES:
        return cotes - {"prestataire_siren", *_si(ligne.dossier.etat == "brouillon", "portefeuille_id")}
    if nom == "Virement" and ligne.execute_le is None:
        return {"portefeuille_id"}
    return cotes


def _si(vrai: bool, cote: str) -> set[str]:
    return {cote} if vrai else set()


def _domaines(nom: str, ligne: ModeleProtege) -> set[str]:
    """Domains of which one opens the row."""
    seuls: Mapping[str, set[str]] = {
        "Facture": {Domaine.FACTURES}, "TropPercu": {Domaine.FACTURES}, "CertificatRealisation": {Domaine.FACTURES}, "Virement": {Domaine.REGLEMENTS},
        "CoordonneesBancaires": {Domaine.RIB}, "Rattachement": {Domaine.ACCES}, "DemandeAcces": {Domaine.ACCES},
        "CleApi": {Domaine.ACCES}, "DecisionADeux": {Domaine.ACCES},
        "GroupeEtablissements": {Domaine.ACCES}, "Mandat": {Domaine.ACCES}, "Engagement": {Domaine.FACTURES, ligne.domaine},
    }  # fmt: skip
    if nom == "DocumentGarde" and not ligne.domaine:
        return {famille.value for famille in FAMILLES}
    return seuls.get(nom, {ligne.domaine})


def _lignes_du_lot(lot: ModeleProtege) -> set[UUID | None]:
    return set(Virement.objects.tous("essai").filter(lot=lot).values_list("portefeuille_id", flat=True))
