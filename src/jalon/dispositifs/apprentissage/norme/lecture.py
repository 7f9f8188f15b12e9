"""Reading a contract of the norm, and judging it with anomalies on the paths of the norm."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from jalon.dispositifs.alternance.calendrier import age
from jalon.dispositifs.apprentissage.declaration import CONTRAT_APPRENTISSAGE
from jalon.dispositifs.apprentissage.listes import CERFA, TYPES_PUBLICS, VERSION
from jalon.dispositifs.apprentissage.norme.chemins import LIBRES, PERIODES, RACINES, chemin_de, chemins, objets
from jalon.dispositifs.apprentissage.norme.valeurs import ValeurInattendue, texte_de
from jalon.dispositifs.apprentissage.rubriques import ContratApprentissage
from jalon.dispositifs.base import LIGNES, Anomalie, Contexte
from jalon.dispositifs.lecture import controler, lire_reponses
from jalon.socle.dates import analyser_date
from jalon.socle.erreurs import SaisieRefusee

PROPRIETE_INCONNUE = "propriete-inconnue"
PROPRIETE_ILLISIBLE = "propriete-illisible"
MAJORITE = 18
SOURCE = "Norme inter-OPCO des contrats d’apprentissage"


class NormeIllisible(ValueError):
    """Not a contract of the norm at all; the message is one line for a person."""


@dataclass(slots=True)
class LectureNorme:
    """`reponses`: what the form would have received. `lus`: (section, rang or « », box) -> path where it was read."""

    reponses: dict[str, dict[str, Any]]
    lus: dict[tuple[str, str], str] = field(default_factory=dict)
    anomalies: list[Anomalie] = field(default_factory=list)

    def ecarter(self, code: str, chemin: str, phrase: str) -> None:
        """Note a property that cannot be taken."""
        self.anomalies.append(Anomalie(code, phrase, (chemin,), source=SOURCE))

    @property
    def contenu(self) -> ContratApprentissage:
        """What is readable, for rules."""
        partiel = lire_reponses(CONTRAT_APPRENTISSAGE, self.reponses).partiel
        return cast("ContratApprentissage", partiel)

    def chemin(self, case: str) -> str:
        """The path of the norm of a box « section.champ » or « section.rang.champ »."""
        section, _, champ = case.partition(".")
        if (section, champ) in self.lus:
            return self.lus[section, champ]
        rang, _, nom = champ.rpartition(".")
        if (section, nom or champ) in SUPPORTS:
            return SUPPORTS[section, nom or champ]
        if champ == LIGNES or not champ:
            return RACINES[section]
        propre = chemin_de(section, CONTRAT_APPRENTISSAGE.section(section).case(nom))
        return propre.replace(PERIODES, f"{PERIODES}[{rang}]") if rang else propre


SUPPORTS = {
    ("employeur", "secteur"): "employeur.typeEmployeur",
    ("apprenti", "mineur"): "apprenti.dateNaissance",
    ("maitre2", "second"): "maitre2",
}
"""The property that an anomaly of a deduced box points to."""


def lire_norme(document: object) -> LectureNorme:
    """Read `{"cerfa": {…}}`. Raises NormeIllisible when it is not one; everything else is an anomaly on its path."""
    if not isinstance(document, Mapping):
        raise NormeIllisible('Un contrat s’écrit {"cerfa": {…}}')
    cerfa = document.get("cerfa")
    if not isinstance(cerfa, Mapping):
        raise NormeIllisible('La propriété «\u00a0cerfa\u00a0» manque\u00a0: un contrat s’écrit {"cerfa": {…}}')
    lecture = LectureNorme({code: {"valeurs": {}} for code in RACINES})
    for nom in document:
        if nom != "cerfa" and nom not in LIBRES:
            lecture.ecarter(PROPRIETE_INCONNUE, str(nom), "Retirez cette propriété\u00a0: la norme ne la connaît pas")
    for chemin, voulu, valeur in _aplatir(lecture, cerfa, "", ""):
        _ranger(lecture, chemin, voulu, valeur)
    _deduire(lecture)
    return lecture


def _aplatir(lecture: LectureNorme, objet: Mapping[str, Any], ici: str, voulu: str) -> Iterator[tuple[str, str, Any]]:
    """(path in the file, path of the norm, value) of every leaf; what is empty is left out."""
    for nom, valeur in objet.items():
        propre = "employeur" if nom == "employeurV2" and not voulu else str(nom)
        chemin, norme = f"{ici}.{nom}".lstrip("."), f"{voulu}.{propre}".lstrip(".")
        if valeur is None or valeur == "":
            if norme not in chemins() and norme not in LIBRES and norme not in objets() and norme != PERIODES:
                lecture.ecarter(PROPRIETE_INCONNUE, chemin, "Retirez cette propriété\u00a0: la norme ne la connaît pas")
        elif norme == PERIODES:
            _lire_periodes(lecture, chemin, valeur)
        elif norme in objets() and isinstance(valeur, Mapping):
            yield from _aplatir(lecture, valeur, chemin, norme)
        elif norme in objets():
            lecture.ecarter(PROPRIETE_ILLISIBLE, chemin, "Un objet est attendu ici")
        else:
            yield chemin, norme, valeur


def _ranger(lecture: LectureNorme, chemin: str, norme: str, valeur: Any) -> None:
    """Put a value in the box that it answers."""
    if norme in LIBRES:
        _verifier_libre(lecture, chemin, norme, valeur)
        return
    if norme not in chemins():
        lecture.ecarter(PROPRIETE_INCONNUE, chemin, "Retirez cette propriété\u00a0: la norme ne la connaît pas")
        return
    section, case = chemins()[norme]
    lecture.lus[section, case.nom] = chemin
    try:
        lecture.reponses[section]["valeurs"][case.nom] = texte_de(case, valeur)
    except ValeurInattendue as refus:
        lecture.ecarter(PROPRIETE_ILLISIBLE, chemin, f"{case.libelle}\u00a0: {refus}")


def _verifier_libre(lecture: LectureNorme, chemin: str, norme: str, valeur: Any) -> None:
    attendu = LIBRES[norme]
    if not isinstance(valeur, attendu) or (isinstance(valeur, bool) and attendu is not bool):
        lecture.ecarter(PROPRIETE_ILLISIBLE, chemin, "Cette valeur n’est pas du type attendu")
    elif norme == "versionCERFA" and str(valeur).strip() != VERSION:
        lecture.ecarter(PROPRIETE_ILLISIBLE, chemin, f"Utilisez le {CERFA.partition(',')[0]}, en vigueur depuis le 01/07/2025")


def _lire_periodes(lecture: LectureNorme, chemin: str, valeur: Any) -> None:
    lecture.lus["remunerations", LIGNES] = chemin
    if not isinstance(valeur, list):
        lecture.ecarter(PROPRIETE_ILLISIBLE, chemin, "Une liste de périodes est attendue ici")
        return
    lignes: list[dict[str, str]] = []
    for position, periode in enumerate(valeur):
        ici = f"{chemin}[{position}]"
        if isinstance(periode, Mapping):
            lignes.append(_lire_periode(lecture, ici, len(lignes), periode))
        else:
            lecture.ecarter(PROPRIETE_ILLISIBLE, ici, "Un objet est attendu ici")
    lecture.reponses["remunerations"]["valeurs"][LIGNES] = lignes


def _lire_periode(lecture: LectureNorme, ici: str, rang: int, periode: Mapping[str, Any]) -> dict[str, str]:
    textes: dict[str, str] = {}
    for nom, valeur in periode.items():
        connu = chemins().get(f"{PERIODES}.{nom}")
        if connu is None:
            lecture.ecarter(PROPRIETE_INCONNUE, f"{ici}.{nom}", "Retirez cette propriété\u00a0: la norme ne la connaît pas")
        elif valeur is not None and valeur != "":
            case = connu[1]
            lecture.lus["remunerations", f"{rang}.{case.nom}"] = f"{ici}.{nom}"
            try:
                textes[case.nom] = texte_de(case, valeur)
            except ValeurInattendue as refus:
                lecture.ecarter(PROPRIETE_ILLISIBLE, f"{ici}.{nom}", f"{case.libelle}\u00a0: {refus}")
    return textes


def _deduire(lecture: LectureNorme) -> None:
    """Answer the boxes that the norm does not carry."""
    valeurs = {code: lecture.reponses[code]["valeurs"] for code in lecture.reponses}
    valeurs["employeur"]["secteur"] = "public" if valeurs["employeur"].get("type_employeur") in TYPES_PUBLICS else "prive"
    valeurs["maitre2"]["second"] = "oui" if valeurs["maitre2"] else "non"
    naissance, conclusion = _jour(valeurs["apprenti"], "date_naissance"), _jour(valeurs["contrat"], "date_conclusion")
    if naissance is None or conclusion is None or naissance > conclusion:
        mineur = bool(valeurs["representant"])
    else:
        mineur = age(naissance, conclusion) < MAJORITE
    valeurs["apprenti"]["mineur"] = "oui" if mineur else "non"


def _jour(valeurs: Mapping[str, str], champ: str) -> date | None:
    try:
        return analyser_date(valeurs.get(champ, ""))
    except SaisieRefusee:
        return None


def controler_norme(document: object, contexte: Contexte) -> list[Anomalie]:
    """Every anomaly of a contract, on the paths of the norm. Raises NormeIllisible."""
    lecture = lire_norme(document)
    deja = {chemin for anomalie in lecture.anomalies for chemin in anomalie.cases}
    lue = lire_reponses(CONTRAT_APPRENTISSAGE, lecture.reponses)
    suite = []
    for anomalie in lue.anomalies + controler(CONTRAT_APPRENTISSAGE, lue.partiel, contexte):
        cases = tuple(dict.fromkeys(lecture.chemin(case) for case in anomalie.cases))
        if not (len(cases) == 1 and cases[0] in deja and not anomalie.source):
            suite.append(Anomalie(anomalie.controle, anomalie.message, cases, anomalie.gravite, anomalie.source))
    return lecture.anomalies + suite
