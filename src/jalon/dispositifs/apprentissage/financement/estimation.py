"""The estimate of a contract: level, years, payments, participation, annex costs, each line with its reason."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jalon.dispositifs.alternance.calendrier import anniversaire, moins_d_un_an
from jalon.dispositifs.apprentissage.financement.annees import (
    Prorata,
    annees_financees,
    expliquer_les_annees,
    fin_financee,
    prorata,
)
from jalon.dispositifs.apprentissage.financement.annexes import frais_annexes
from jalon.dispositifs.apprentissage.financement.donnees import DonneesFinancement, EstimationContrat
from jalon.dispositifs.apprentissage.financement.echeances import (
    deduire,
    echeances_des_annees,
    participation_due,
    parts_du_contrat,
)
from jalon.dispositifs.apprentissage.financement.niveau import NiveauAnnuel, niveau_annuel
from jalon.dispositifs.base import Echeance, Explication
from jalon.socle.baremes_alternance import JeuAlternance, ParticipationEmployeur
from jalon.socle.dates import ANNEE_MAX, ANNEE_MIN, formater_date
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.montants import ZERO, euros, formater_montant, somme

ANNEES_AU_PLUS = 10
"""Far above any contract: a date typed wrong is refused instead of making a schedule of a century."""


def estimer(donnees: DonneesFinancement, jeu: JeuAlternance) -> EstimationContrat:
    """What the OPCO will pay the CFA, and when. Raises SaisieRefusee on impossible values, RegleAbsente without a rule."""
    _verifier(donnees)
    echeancier = jeu.echeancier(donnees.conclusion)
    regle = prorata(donnees, echeancier)
    niveau = niveau_annuel(donnees, jeu)
    annees = annees_financees(donnees, niveau, regle, fin_financee(donnees))
    total = somme(annee.montant for annee in annees)
    du_contrat = _du_contrat(donnees, niveau, regle, total)
    sa_regle = jeu.participation(donnees.niveau, donnees.conclusion, donnees.idcc)
    participation = min(participation_due(donnees, sa_regle, du_contrat), total)
    parts = parts_du_contrat(jeu, echeancier, court=moins_d_un_an(donnees.debut, donnees.fin))
    echeances = deduire(echeances_des_annees(annees, parts, echeancier.mois_du_solde), participation)
    annexes = frais_annexes(donnees, jeu)
    reste = None if donnees.prix is None else max(ZERO, euros(donnees.prix - total))
    explications = (
        *niveau.explications,
        *expliquer_les_annees(donnees, regle, annees),
        *_de_la_rupture(donnees, annees[-1].fin, total),
        *_de_la_participation(donnees, participation, sa_regle),
        *_du_dernier_solde(echeances[-1]),
        *annexes.explications,
        *_du_reste(donnees, reste),
    )
    references = [echeancier.reference, *niveau.references, *([sa_regle.reference] if sa_regle else []), *annexes.references]
    return EstimationContrat(
        npec=niveau.initial.brut,
        minoration=niveau.initial.brut - niveau.initial.net,
        majoration=max(niveau.majoration(annee.numero) for annee in annees),
        participation_employeur=participation,
        annees=annees,
        echeances=echeances,
        frais_annexes=annexes.frais,
        total=total,
        reste_a_charge=reste,
        explications=explications,
        references=tuple(dict.fromkeys(references)),
    )


def _verifier(donnees: DonneesFinancement) -> None:
    if not ANNEE_MIN <= donnees.debut.year <= ANNEE_MAX - ANNEES_AU_PLUS:
        raise SaisieRefusee("Vérifiez l’année de début du contrat", champ="debut")
    if donnees.fin < donnees.debut:
        raise SaisieRefusee("Le contrat finit avant de commencer\u00a0: vérifiez ses dates", champ="fin")
    if donnees.fin >= anniversaire(donnees.debut, ANNEES_AU_PLUS):
        raise SaisieRefusee(f"Le contrat dure plus de {ANNEES_AU_PLUS} ans\u00a0: vérifiez sa date de fin", champ="fin")
    if donnees.rupture is not None and donnees.rupture.le < donnees.debut:
        raise SaisieRefusee("Le contrat est rompu avant de commencer\u00a0: il s’annule", champ="rupture")
    if any(montant < 0 for montant in (donnees.npec or ZERO, *donnees.rqth_par_annee, *(t.npec for t in donnees.tranches))):
        raise SaisieRefusee("Un niveau de prise en charge n’est pas négatif", champ="npec")


def _du_contrat(donnees: DonneesFinancement, niveau: NiveauAnnuel, regle: Prorata, total: Decimal) -> Decimal:
    """Amount of the days done under the contract, without those of a teaching that goes on after a rupture."""
    if donnees.rupture is None or donnees.rupture.formation_jusqu_au is None:
        return total
    faits = annees_financees(donnees, niveau, regle, min(donnees.fin, donnees.rupture.le))
    return somme(annee.montant for annee in faits)


def _de_la_participation(
    donnees: DonneesFinancement, participation: Decimal, regle: ParticipationEmployeur | None
) -> Iterator[Explication]:
    if regle is None:
        return
    if donnees.rupture is not None and donnees.rupture.periode_essai:
        cas = f", {regle.taux_essai:f}\u00a0% des jours faits\u00a0: rupture dans les 45 premiers jours de formation pratique"
    elif donnees.employeur_apres_rupture:
        cas = ", réduite pour le nouvel employeur après une rupture"
    else:
        cas = f", pour un diplôme de niveau {regle.niveau_min} ou plus"
    yield Explication(
        libelle=f"Participation que l’employeur paie au CFA, retirée du premier versement{cas}",
        montant=-participation,
        source="Code du travail, R6332-25-1",
    )


def _de_la_rupture(donnees: DonneesFinancement, fin: date, total: Decimal) -> Iterator[Explication]:
    if donnees.rupture is None:
        return
    le = min(donnees.rupture.le, donnees.fin)
    if fin > le:
        suite, source = f"formation maintenue, financée jusqu’au {formater_date(fin)}", "Code du travail, L6222-18-2, R6332-25"
    else:
        suite, source = "seuls les jours faits sont dus", "Code du travail, R6332-25"
    yield Explication(libelle=f"Contrat rompu le {formater_date(le)}\u00a0: {suite}", montant=total, source=source)


def _du_dernier_solde(solde: Echeance) -> Iterator[Explication]:
    if solde.perdu_apres is not None:
        yield Explication(
            libelle=f"Dernier solde, perdu si le CFA n’envoie pas ses justificatifs au plus tard le {formater_date(solde.perdu_apres)}",
            montant=solde.montant,
            source="Code du travail, R6332-25",
        )


def _du_reste(donnees: DonneesFinancement, reste: Decimal | None) -> Iterator[Explication]:
    if reste is not None and donnees.prix is not None:
        yield Explication(
            libelle=f"Reste à la charge de l’employeur sur le prix du CFA ({formater_montant(donnees.prix)}), en plus de sa participation",
            montant=reste,
            source="Code du travail, L6332-14",
        )
