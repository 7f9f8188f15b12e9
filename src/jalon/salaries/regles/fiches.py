"""What is kept of an employee: only what requests ask. Boxes read alike in the form, in a spreadsheet and in a DSN. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from jalon.dispositifs.types.formats import ecrire_nombre, lire_heures, lire_naissance, nettoyer
from jalon.dispositifs.types.identifiants import lire_courriel, lire_idcc, lire_nom
from jalon.salaries.enums import NATURES, SEXES, UNITES, Nature, Sexe, Unite
from jalon.socle.dates import analyser_date, formater_date, mois_avant
from jalon.socle.erreurs import SaisieRefusee, SaisiesRefusees
from jalon.socle.identifiants import analyser_siret, completer_nir, grouper
from jalon.socle.texte import normaliser

AGE_MINIMUM_EN_MOIS = 14 * 12
HOMMES = frozenset("137")
"""First figure of the NIR of a man; 3 and 7: provisional numbers (regles.md §4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fiche:
    """One employee. `nir`: 15 characters in clear, or empty, also where it is not read. `quotite`: hours by `quotite_unite`."""

    nom: str
    prenom: str
    date_naissance: date
    nom_usage: str = ""
    sexe: str = ""
    nir: str = ""
    matricule: str = ""
    courriel: str = ""
    emploi: str = ""
    pcs: str = ""
    nature: str = ""
    idcc: str = ""
    siret: str = ""
    quotite: Decimal | None = None
    quotite_unite: str = ""
    entree: date | None = None
    sortie: date | None = None

    @property
    def identite(self) -> str:
        """Tells people apart when no NIR is known: surname, first given name and day of birth, accents and case ignored."""
        return f"{normaliser(self.nom)}|{self.prenom_seul}|{self.date_naissance.isoformat()}"

    @property
    def prenom_seul(self) -> str:
        """The first given name: a DSN gives all of them."""
        return normaliser(self.prenom).partition(" ")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Champ:
    """A box: how it is read and shown; `entetes`: headings that spreadsheets give it, normalised."""

    code: str
    libelle: str
    lire: Callable[[str], Any]
    afficher: Callable[[Any], str] = str
    manque: str = ""
    longueur: int = 80
    entetes: tuple[str, ...] = ()


def _texte(texte: str) -> str:
    return nettoyer(texte)


def _parmi(libelles: Mapping[Any, str], autres: Mapping[str, StrEnum], phrase: str) -> Callable[[str], str]:
    connus = {**{normaliser(code.value): code for code in libelles}, **{normaliser(t): c for c, t in libelles.items()}, **autres}

    def lire(texte: str) -> str:
        trouve = connus.get(normaliser(texte))
        if trouve is None:
            raise SaisieRefusee(phrase)
        return str(trouve.value)

    return lire


def _pcs(texte: str) -> str:
    net = re.sub(r"[\s.]", "", texte).lower()
    if not re.fullmatch(r"\d{3}[a-z]|\d{2}", net):
        raise SaisieRefusee("Le code PCS comporte 3 chiffres et une lettre, par exemple 684a")
    return net


_SEXES = {"feminin": Sexe.FEMININ, "masculin": Sexe.MASCULIN, "h": Sexe.MASCULIN, "1": Sexe.MASCULIN, "01": Sexe.MASCULIN,
          "2": Sexe.FEMININ, "02": Sexe.FEMININ, "mme": Sexe.FEMININ, "madame": Sexe.FEMININ, "monsieur": Sexe.MASCULIN}  # fmt: skip
_NATURES = {
    "contrat a duree indeterminee": Nature.CDI, "contrat a duree determinee": Nature.CDD, "ctt": Nature.INTERIM,
    "apprentissage": Nature.ALTERNANCE, "contrat d apprentissage": Nature.ALTERNANCE, "apprenti": Nature.ALTERNANCE,
    "professionnalisation": Nature.ALTERNANCE, "contrat de professionnalisation": Nature.ALTERNANCE,
}  # fmt: skip
_UNITES = {"hebdomadaire": Unite.SEMAINE, "mensuel": Unite.MOIS, "mensuelle": Unite.MOIS}

CHAMPS: Mapping[str, Champ] = {
    champ.code: champ
    for champ in (
        Champ(code="nom", libelle="Nom de naissance", lire=lire_nom, manque="Indiquez le nom de naissance",
              entetes=("nom", "nom de famille", "nom naissance", "nom patronymique")),
        Champ(code="nom_usage", libelle="Nom d’usage", lire=lire_nom, entetes=("nom usage", "nom marital", "nom d epouse")),
        Champ(code="prenom", libelle="Prénom", lire=lire_nom, manque="Indiquez le prénom",
              entetes=("prenoms", "premier prenom")),
        Champ(code="date_naissance", libelle="Date de naissance", lire=lire_naissance, afficher=formater_date, longueur=30,
              manque="Indiquez la date de naissance", entetes=("naissance", "ne le", "nee le", "ne e le", "date naissance")),
        Champ(code="sexe", libelle="Sexe", lire=_parmi(SEXES, _SEXES, "Écrivez F (femme) ou M (homme)"), longueur=20,
              afficher=lambda v: SEXES[Sexe(v)], entetes=("civilite", "genre")),
        Champ(code="nir", libelle="NIR (numéro de sécurité sociale)", lire=completer_nir, longueur=40,
              entetes=("nir", "numero de securite sociale", "n securite sociale", "n de securite sociale", "n ss", "num secu", "numero secu",
                       "securite sociale", "numero ss", "insee")),
        Champ(code="matricule", libelle="Matricule", lire=_texte, longueur=30, entetes=("numero de salarie", "code salarie")),
        Champ(code="courriel", libelle="Courriel", lire=lire_courriel, longueur=254,
              entetes=("email", "e mail", "mail", "mel", "adresse electronique", "adresse mail")),
        Champ(code="emploi", libelle="Emploi", lire=_texte, longueur=120,
              entetes=("emploi occupe", "poste", "fonction", "intitule du poste", "libelle emploi")),
        Champ(code="pcs", libelle="Code PCS", lire=_pcs, longueur=8, entetes=("pcs", "pcs ese")),
        Champ(code="nature", libelle="Nature du contrat", longueur=80, afficher=lambda v: NATURES[Nature(v)],
              lire=_parmi(NATURES, _NATURES, "Écrivez CDI, CDD, intérim, saisonnier, alternance ou autre"),
              entetes=("contrat", "type de contrat", "type contrat")),
        Champ(code="idcc", libelle="Convention collective (IDCC)", lire=lire_idcc, longueur=12,
              entetes=("idcc", "convention collective", "code idcc")),
        Champ(code="siret", libelle="SIRET de l’établissement", lire=analyser_siret, afficher=grouper, longueur=30,
              entetes=("siret", "etablissement", "siret etablissement")),
        Champ(code="quotite", libelle="Temps de travail", lire=lire_heures, afficher=ecrire_nombre, longueur=20,
              entetes=("heures", "duree du travail", "horaire", "quotite", "heures hebdomadaires", "heures mensuelles")),
        Champ(code="quotite_unite", libelle="Unité du temps de travail", longueur=30, afficher=lambda v: UNITES[Unite(v)],
              lire=_parmi(UNITES, _UNITES, "Écrivez semaine ou mois"), entetes=("unite",)),
        Champ(code="entree", libelle="Date d’entrée", lire=analyser_date, afficher=formater_date, longueur=30,
              entetes=("entree", "date d embauche", "embauche", "date embauche", "date entree", "debut du contrat", "anciennete")),
        Champ(code="sortie", libelle="Date de départ", lire=analyser_date, afficher=formater_date, longueur=30,
              entetes=("sortie", "date de sortie", "depart", "date sortie", "fin de contrat", "date de fin")),
    )
}  # fmt: skip
"""Every box, in the order of the form."""


def lire_fiche(textes: Mapping[str, str], siren: str, aujourdhui: date) -> Fiche:
    """The record that these texts describe, what is not known left out. Raises SaisiesRefusees, every box at once."""
    valeurs: dict[str, Any] = {}
    refus: dict[str, str] = {}
    for champ in CHAMPS.values():
        texte = textes.get(champ.code, "").strip()
        try:
            if texte:
                valeurs[champ.code] = _lire(champ, texte)
            elif champ.manque:
                refus[champ.code] = champ.manque
        except SaisieRefusee as erreur:
            refus[champ.code] = erreur.message
    refus |= {nom: phrase for nom, phrase in _incoherences(valeurs, siren, aujourdhui).items() if nom not in refus}
    if refus:
        raise SaisiesRefusees(refus)
    return _deduire(Fiche(**valeurs))


def _lire(champ: Champ, texte: str) -> Any:
    valeur = champ.lire(texte)
    if isinstance(valeur, str) and len(valeur) > champ.longueur:
        raise SaisieRefusee(f"{champ.longueur} caractères au plus\u00a0: il y en a {len(valeur) - champ.longueur} de trop")
    return valeur


def _incoherences(valeurs: Mapping[str, Any], siren: str, aujourdhui: date) -> dict[str, str]:
    phrases = {}
    naissance, entree, sortie = (valeurs.get(nom) for nom in ("date_naissance", "entree", "sortie"))
    if naissance and naissance > mois_avant(aujourdhui, AGE_MINIMUM_EN_MOIS):
        phrases["date_naissance"] = "Vérifiez la date de naissance\u00a0: cette personne aurait moins de 14\u00a0ans"
    if entree and sortie and sortie < entree:
        phrases["sortie"] = "Le départ ne peut pas précéder l’entrée"
    if "siret" in valeurs and not valeurs["siret"].startswith(siren):
        phrases["siret"] = "Choisissez un établissement de cette entreprise"
    if "quotite" in valeurs and "quotite_unite" not in valeurs:
        phrases["quotite_unite"] = "Dites si ces heures sont par semaine ou par mois"
    return phrases


def _deduire(fiche: Fiche) -> Fiche:
    """The sex that the NIR says, when it is not said; no unit without hours."""
    if not fiche.sexe and fiche.nir:
        fiche = replace(fiche, sexe=(Sexe.MASCULIN if fiche.nir[0] in HOMMES else Sexe.FEMININ).value)
    return fiche if fiche.quotite is not None else replace(fiche, quotite_unite="")


def ecrire_fiche(fiche: Fiche) -> dict[str, str]:
    """The texts of a record as its form shows them; the NIR is never among them."""
    return {nom: texte for nom, texte in textes_de(fiche).items() if nom != "nir"}


def textes_de(fiche: Fiche) -> dict[str, str]:
    """Every text of a record, NIR in clear included: for a form filled by the server, never for a page."""
    textes = {}
    for champ in fields(fiche):
        valeur = getattr(fiche, champ.name)
        if isinstance(valeur, date):
            textes[champ.name] = formater_date(valeur)
        elif isinstance(valeur, Decimal):
            textes[champ.name] = ecrire_nombre(valeur)
        else:
            textes[champ.name] = valeur or ""
    return textes


def completer(connue: Fiche, lue: Fiche) -> Fiche:
    """What is known, with what a file says: an empty cell erases nothing."""
    return replace(connue, **{c.name: v for c in fields(lue) if (v := getattr(lue, c.name)) not in {"", None}})


@dataclass(frozen=True, slots=True)
class Changement:
    """A box, what it said, what it will say. A NIR is never told: only that there is one."""

    libelle: str
    avant: str
    apres: str


def changements(avant: Fiche, apres: Fiche) -> tuple[Changement, ...]:
    """What differs, NIR left out: it is compared by its blind index."""
    return tuple(
        Changement(champ.libelle, _afficher(champ, avant), _afficher(champ, apres))
        for champ in CHAMPS.values()
        if champ.code != "nir" and getattr(avant, champ.code) != getattr(apres, champ.code)
    )


def _afficher(champ: Champ, fiche: Fiche) -> str:
    valeur = getattr(fiche, champ.code)
    return "" if valeur in {"", None} else champ.afficher(valeur)
