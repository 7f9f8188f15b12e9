"""The paper form of a request, filled with its answers, for whoever types them or examines them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise

from django.conf import settings

from jalon.dispositifs.base import Case, Formulaire, Reserve
from jalon.dispositifs.lecture import (
    CaseImprimee,
    EtatCase,
    FormulaireRempli,
    RubriqueImprimee,
    avec_son_code,
    remplir,
    reponses_du_contenu,
)
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.acces import cote_de
from jalon.dossiers.requetes.contenu import (
    contenu_en_clair,
    exiger_les_reponses_entieres,
    exiger_les_sensibles,
    recapitulatif_de,
    reponses_a_juger,
)
from jalon.dossiers.requetes.contexte import contexte_de
from jalon.editions.documents import Emetteur, Paires, Recapitulatif, RubriqueRecap, Tableau
from jalon.editions.formulaire import PLACE, CasePapier, FormulairePapier, Marque, RubriquePapier, SignaturePapier
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Acteur
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import Introuvable

COLONNES_AU_PLUS = 6
LIGNES_VIDES = 4
OPTIONS_AU_PLUS = 4
PLACES = {
    "date": 8, "code_postal": 5, "departement": 4, "entier": 5, "montant": 8, "heures": 5, "jours": 5, "taux": 5, "telephone": 10,
    "siret": 14, "nir": 15, "naf": 5, "idcc": 5, "uai": 8, "rncp": 9, "code_diplome": 9, "deca": 15, "nda": 11, "nsf": 4,
    "courriel": 26, "choix": 26, "multi": 30,
}  # fmt: skip
"""Signs that an empty box of each kind must take by hand."""
ELASTIQUES = frozenset({"texte", "texte_long", "courriel", "choix", "multi"})
COURTE, PLACE_COURTE = 20, 6
"""A text that may not be longer than this is a number of street or the like."""
SANS_SENSIBLES = "Exemplaire de relecture\u00a0: le NIR y est masqué. Pour signer, imprimez l’exemplaire entier."


def est_imprimable(dossier: Dossier) -> bool:
    """Whether its dispositif has a paper form."""
    return dispositif_de(dossier.dispositif).imprime is not None


def formulaire_rempli(dossier: Dossier, acteur: Acteur, maintenant: datetime, *, masquer: bool) -> FormulaireRempli:
    """The form with what is typed while the company may still change it, else with what was sent.

    Raises: Introuvable (its dispositif has no paper form), DroitManquant (the provider; who reads without typing; without
    the mask, who is in probation).
    """
    dispositif = dispositif_de(dossier.dispositif)
    if dispositif.imprime is None:
        raise Introuvable("Cette demande ne s’imprime pas\u00a0: elle n’a pas de formulaire à signer.")
    (exiger_les_reponses_entieres if masquer else exiger_les_sensibles)(dossier, acteur)
    if _en_saisie(dossier, acteur):
        contexte = contexte_de(dossier, maintenant)
        return remplir(dispositif.imprime, reponses_a_juger(dossier, acteur), masquer=masquer, contexte=contexte)
    return remplir(dispositif.imprime, reponses_du_contenu(dispositif, contenu_en_clair(dossier)), masquer=masquer)


def emetteur() -> Emetteur:
    """The OPCO of this portal."""
    return Emetteur(nom=settings.JALON_OPCO, site=settings.JALON_URL, telephone=settings.JALON_ASSISTANCE_TELEPHONE)


def reference_de(dossier: Dossier) -> str:
    """« dossier 2611CA000318 », « brouillon 0A1B2C3D »."""
    return f"dossier {dossier.numero}" if dossier.numero else f"brouillon {dossier.id.hex[-8:].upper()}"


def recapitulatif_en_papier(dossier: Dossier, acteur: Acteur) -> Recapitulatif:
    """What was sent, in the order of the form, as the actor may read it: sensitive boxes masked, absent for the provider."""
    return Recapitulatif(
        emetteur=emetteur(),
        intitule=dispositif_de(dossier.dispositif).libelle,
        reference=dossier.numero or "",
        meta=(("Entreprise", dossier.denomination), ("Action", dossier.titre)),
        rubriques=tuple(
            RubriqueRecap(r.titre, tuple((ligne.case.libelle, ligne.texte) for ligne in r.lignes))
            for r in recapitulatif_de(dossier, acteur)
        ),
    )


def _en_saisie(dossier: Dossier, acteur: Acteur) -> bool:
    """A form asked again is signed again: the company prints what it is typing, the OPCO what it received."""
    if dossier.est_brouillon:
        return True
    return dossier.etat == EtatDossier.A_COMPLETER and cote_de(dossier, acteur) == Cote.ENTREPRISE


def jour_du_formulaire(dossier: Dossier) -> date:
    """The day that the document bears: of the answers, so that the same ones give the same bytes."""
    return jour_de_paris(dossier.modifie_le if dossier.transmis_le is None else dossier.transmis_le)


def en_papier(dossier: Dossier, rempli: FormulaireRempli, *, masque: bool) -> FormulairePapier:
    """The same, as it is typeset."""
    return FormulairePapier(
        emetteur=emetteur(),
        intitule=rempli.formulaire.libelle,
        formulaire=rempli.formulaire.formulaire,
        reference=reference_de(dossier),
        rubriques=tuple(r for rubrique in rempli.rubriques for r in _rubriques(rubrique)),
        signatures=tuple(
            SignaturePapier(s.signataire.qui, s.nom, s.signataire.acte, s.signataire.precision) for s in rempli.signataires
        ),
        reserve=_reserve(dossier, rempli.formulaire),
        projet=_projet(rempli),
        note=SANS_SENSIBLES if masque and rempli.sensibles else "",
    )


def _projet(rempli: FormulaireRempli) -> str:
    """« 12 cases restent à remplir. 1 réponse est à corriger. »"""
    phrases = []
    if rempli.restantes:
        pluriel = rempli.restantes > 1
        phrases.append(f"{rempli.restantes}\u00a0case{'s' * pluriel} reste{'nt' * pluriel} à remplir.")
    if rempli.a_corriger:
        pluriel = rempli.a_corriger > 1
        verbe = "sont" if pluriel else "est"
        phrases.append(
            f"{rempli.a_corriger}\u00a0réponse{'s' * pluriel} {verbe} à corriger\u00a0: «\u00a0Vérifier\u00a0» dit pourquoi."
        )
    return " ".join(phrases)


def _rubriques(rubrique: RubriqueImprimee) -> Iterator[RubriquePapier]:
    """One for a section; for a repeated one a table, or one for each row when it has too many columns."""
    fiche, cases = rubrique.section.fiche, rubrique.section.cases
    if not fiche.repetee:
        yield RubriquePapier(fiche.titre, _cases(rubrique.lignes[0]))
    elif len(cases) > COLONNES_AU_PLUS:
        vides = tuple(CaseImprimee(case, EtatCase.FACULTATIVE) for case in cases)
        for rang, ligne in enumerate(rubrique.lignes or (vides,), start=1):
            yield RubriquePapier(f"{fiche.element} {rang}", _cases(ligne))
    else:
        rangees = tuple(tuple(c.texte for c in ligne) for ligne in rubrique.lignes)
        vides_en_texte = (("",) * len(cases),) * min(fiche.maximum, LIGNES_VIDES)
        yield RubriquePapier(fiche.titre, tableau=Tableau(tuple(c.libelle for c in cases), rangees or vides_en_texte))


def _cases(ligne: Sequence[CaseImprimee]) -> tuple[CasePapier, ...]:
    """A change of group begins a row."""
    premiere, *suivantes = ligne
    nouvelles = (a.case.groupe != b.case.groupe for a, b in pairwise(ligne))
    return (_case(premiere), *(_case(c, nouvelle=n) for c, n in zip(suivantes, nouvelles, strict=True)))


def _case(imprimee: CaseImprimee, *, nouvelle: bool = False) -> CasePapier:
    case = imprimee.case
    courte = case.genre == "texte" and case.format.longueur <= COURTE
    return CasePapier(
        libelle=case.libelle,
        texte=imprimee.texte,
        marque=Marque(imprimee.etat),
        unite=case.unite,
        options=_options(case),
        place=PLACE_COURTE if courte else PLACES.get(case.genre, PLACE),
        nouvelle=nouvelle,
        elastique=case.genre in ELASTIQUES and not courte,
    )


def _options(case: Case) -> tuple[str, ...]:
    """What may be ticked by hand, when it is short."""
    if case.genre == "oui_non":
        return ("Oui", "Non")
    choix = case.choix.choix if case.choix is not None else ()
    return tuple(avec_son_code(c.code, c.libelle) for c in choix) if 0 < len(choix) <= OPTIONS_AU_PLUS else ()


def _reserve(dossier: Dossier, formulaire: Formulaire) -> Paires:
    """What the OPCO knows, once the request is sent; everything is empty before."""
    decide_le = dossier.accorde_le or (dossier.etat_depuis if dossier.etat == EtatDossier.REFUSE else None)
    connues = {
        Reserve.ORGANISME: settings.JALON_OPCO if dossier.numero else "",
        Reserve.RECEPTION: _jour(dossier.complet_le),
        Reserve.DECISION: _jour(decide_le),
    }
    return tuple((case.libelle, connues.get(case.valeur, "")) for case in formulaire.reserve)


def _jour(instant: datetime | None) -> str:
    return formater_date(jour_de_paris(instant)) if instant else ""
