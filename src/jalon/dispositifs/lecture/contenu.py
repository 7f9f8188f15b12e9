"""Reading the whole: answers -> document, with every reason why it cannot be one."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jalon.dispositifs.base import LIGNES, Anomalie, Case, CaseAbsente, Contenu, Contexte, Dispositif, Estimation, Formulaire
from jalon.dispositifs.base.controles import CASE_ILLISIBLE, CASE_MANQUANTE
from jalon.dispositifs.lecture.cases import Reponses, valeurs_de
from jalon.dispositifs.lecture.pieces import anomalies_des_pieces
from jalon.dispositifs.lecture.sections import LectureSection, lire_section
from jalon.socle.erreurs import SaisiesRefusees
from jalon.socle.montants import euros, formater_montant


@dataclass(frozen=True, slots=True)
class LectureContenu:
    """`partiel` holds what is readable: rules may read it, a missing box stops them (CaseAbsente)."""

    sections: dict[str, LectureSection]
    partiel: Contenu
    anomalies: list[Anomalie]


@dataclass(frozen=True, slots=True)
class Verification:
    """What « Vérifier » says. `contenu` is None while a box is missing or cannot be read."""

    contenu: Contenu | None
    partiel: Contenu
    sections: dict[str, LectureSection]
    anomalies: list[Anomalie]

    @property
    def bloquantes(self) -> list[Anomalie]:
        """What prevents sending."""
        return [a for a in self.anomalies if a.bloque]

    @property
    def avertissements(self) -> list[Anomalie]:
        """What is said without preventing."""
        return [a for a in self.anomalies if not a.bloque]

    def de_la_section(self, code: str) -> list[Anomalie]:
        """What is mended in one section."""
        return [a for a in self.anomalies if a.section == code]


def lire_reponses(
    dispositif: Formulaire, reponses: Reponses, connues: Mapping[str, LectureSection] | None = None
) -> LectureContenu:
    """Read every section of a draft; `connues`: those that were just read."""
    deja = connues or {}
    sections = {
        section.code: deja.get(section.code)
        or lire_section(dispositif, section.code, valeurs_de(reponses, section.code), reponses)
        for section in dispositif.sections
    }
    valeurs: dict[str, Any] = {}
    for code, lecture in sections.items():
        rubriques = [lecture.section.rubrique.partiel(lues) for lues in lecture.lues]
        if not lecture.section.fiche.repetee:
            valeurs[code] = rubriques[0]
        elif LIGNES not in lecture.phrases:
            valeurs[code] = tuple(rubriques)
    anomalies = [a for lecture in sections.values() for a in _anomalies(lecture)]
    return LectureContenu(sections, dispositif.contenu.partiel(valeurs), anomalies)


def _anomalies(lecture: LectureSection) -> list[Anomalie]:
    """In the order of the boxes."""
    ordre = {case.nom: rang for rang, case in enumerate(lecture.section.cases)}

    def place(nom: str) -> tuple[int, int]:
        rang, _, champ = nom.rpartition(".")
        return (int(rang or 0), ordre.get(champ, -1))

    code = lecture.section.code
    return [
        Anomalie(CASE_ILLISIBLE if nom in lecture.erreurs else CASE_MANQUANTE, lecture.phrases[nom], (f"{code}.{nom}",))
        for nom in sorted(lecture.phrases, key=place)
    ]


def lire_contenu(dispositif: Formulaire, reponses: Reponses) -> tuple[Contenu | None, list[Anomalie]]:
    """The validated, immutable document, or None with a sentence for each box to mend."""
    lecture = lire_reponses(dispositif, reponses)
    return _valider(dispositif, lecture), lecture.anomalies


def _valider(dispositif: Formulaire, lecture: LectureContenu) -> Contenu | None:
    if lecture.anomalies:
        return None
    valeurs: dict[str, Any] = {}
    for code, section in lecture.sections.items():
        rubriques = [{nom: valeur for nom, valeur in lues.items() if valeur is not None} for lues in section.lues]
        valeurs[code] = rubriques if section.section.fiche.repetee else rubriques[0]
    return dispositif.contenu.model_validate(valeurs)


def verifier(
    dispositif: Formulaire, reponses: Reponses, contexte: Contexte, *, lue: LectureContenu | None = None
) -> Verification:
    """Every reason at once: empty and wrong boxes, missing documents, then the controls that can be judged.

    `lue`: the answers, when they were just read.
    """
    lecture = lue or lire_reponses(dispositif, reponses)
    anomalies = list(lecture.anomalies)
    if contexte.pieces is not None:
        anomalies += anomalies_des_pieces(dispositif, reponses, contexte.pieces)
    anomalies += controler(dispositif, lecture.partiel, contexte)
    return Verification(_valider(dispositif, lecture), lecture.partiel, lecture.sections, anomalies)


def controler(dispositif: Formulaire, contenu: Contenu, contexte: Contexte) -> list[Anomalie]:
    """The controls alone, on a document or on a partial one: what the adviser sees."""
    return [anomalie for controle in dispositif.controles for anomalie in controle.appliquer(contenu, contexte)]


def estimer(dispositif: Dispositif, reponses: Reponses, contexte: Contexte, *, lue: LectureContenu | None = None) -> Estimation:
    """The estimate of a draft; with `attend` while a box that it needs is missing. `lue`: the answers, when they were just read."""
    try:
        return dispositif.financement((lue or lire_reponses(dispositif, reponses)).partiel, contexte)
    except CaseAbsente as absente:
        return Estimation(attend=objet_de(dispositif, absente))


def accorder(dispositif: Dispositif, contenu: Contenu, contexte: Contexte, montants: Mapping[str, Decimal]) -> Estimation:
    """The estimate with the amounts that the OPCO grants (poste -> euros HT); mode of payment and totals follow.

    Raises SaisiesRefusees, by poste: unknown, negative, above what was asked, or other than what the law sets.
    """
    lignes = dispositif.financement(contenu, contexte).lignes
    if not dispositif.montants_libres:
        return _accorder_ce_que_la_loi_fixe(dispositif, contenu, contexte, montants, {x.poste: x.montant_ht for x in lignes})
    demandes = {ligne.poste: ligne.montant_demande for ligne in lignes}
    refus = {}
    for poste in set(montants) - set(demandes):
        refus[poste] = "Choisissez une ligne de la demande"
    for poste, demande in demandes.items():
        montant = montants.get(poste)
        if montant is None:
            refus[poste] = "Indiquez le montant accordé, 0 si la ligne est refusée"
        elif not 0 <= montant <= demande or montant != euros(montant):
            refus[poste] = f"Le montant accordé va de 0 à {formater_montant(demande)}, le montant demandé"
    if refus:
        raise SaisiesRefusees(refus)
    return dispositif.accord(contenu, contexte, montants)


def _accorder_ce_que_la_loi_fixe(
    dispositif: Dispositif, contenu: Contenu, contexte: Contexte, montants: Mapping[str, Decimal], prevus: Mapping[str, Decimal]
) -> Estimation:
    """All or nothing: an amount that is given is the one that was estimated."""
    phrase = "La loi fixe ce montant\u00a0: accordez-le en entier, ou refusez la demande"
    refus = {poste: phrase for poste, montant in montants.items() if montant != prevus.get(poste)}
    if refus:
        raise SaisiesRefusees(refus)
    return dispositif.accord(contenu, contexte, montants)


def objet_de(dispositif: Formulaire, absente: CaseAbsente) -> str:
    """What is missing, with its article: « le coût pédagogique », « au moins un salarié »."""
    if not absente.section:
        return dispositif.section(absente.champ).fiche.objet
    return dispositif.section(absente.section).case(absente.champ).objet


def ecrire_contenu(contenu: Contenu) -> dict[str, Any]:
    """The document as JSON values, by name: what is stored at transmission."""
    return contenu.model_dump(mode="json")


def relire_contenu(dispositif: Formulaire, document: Mapping[str, Any]) -> Contenu:
    """A stored document, checked again. Raises pydantic.ValidationError (sensitive boxes must be in clear, or None)."""
    return dispositif.contenu.model_validate(document)


def reponses_du_contenu(dispositif: Formulaire, contenu: Contenu) -> dict[str, dict[str, Any]]:
    """Answers that would give this document: to complete it, or to start a copy."""
    reponses: dict[str, dict[str, Any]] = {}
    for section in dispositif.sections:
        rubrique = getattr(contenu, section.code)
        rubriques = rubrique if section.fiche.repetee else [rubrique]
        textes = [{case.nom: _texte(case, getattr(r, case.nom)) for case in section.cases} for r in rubriques]
        reponses[section.code] = {"version": 0, "valeurs": {LIGNES: textes} if section.fiche.repetee else textes[0]}
    return reponses


def _texte(case: Case, valeur: Any) -> str | list[str]:
    if case.multiple:
        return [case.format.ecrire(v) for v in valeur]
    return "" if valeur is None else case.format.ecrire(valeur)
