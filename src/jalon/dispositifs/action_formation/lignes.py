"""Each line of the estimate, before the yearly ceiling."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from jalon.dispositifs.action_formation.rubriques import ActionFormation
from jalon.dispositifs.base import LigneEstimation
from jalon.dispositifs.types.formats import nombre
from jalon.socle.baremes import LigneBareme
from jalon.socle.montants import ZERO, euros, formater_montant

CENTIEME = Decimal("0.01")
LIBELLES_PARTS = {"presentiel": "Coût pédagogique, en présentiel", "distance": "Coût pédagogique, à distance"}


class Forfait(NamedTuple):
    """The most that the barème gives: a quantity at a price."""

    quantite: Decimal
    unite: str
    prix: Decimal
    motif: str

    @property
    def montant(self) -> Decimal:
        """In euros, half-up to the cent."""
        return euros(self.quantite * self.prix)


def pedagogie(contenu: ActionFormation, applicables: list[tuple[LigneBareme | None, Decimal]]) -> list[LigneEstimation]:
    """One line, or two for an action partly at a distance: its price is then shared as its hours are."""
    cout = contenu.couts.cout_pedagogique
    if len(applicables) == 1:
        return [_pedagogie(contenu, applicables[0][0], Decimal(1), cout, "pedagogie", "Coût pédagogique")]
    lignes, reste = [], cout
    for rang, (nom, libelle) in enumerate(LIBELLES_PARTS.items()):
        bareme, part = applicables[rang]
        demande = reste if rang == len(applicables) - 1 else euros(cout * part)
        lignes.append(_pedagogie(contenu, bareme, part, demande, f"pedagogie-{nom}", libelle))
        reste = euros(reste - demande)
    return lignes


def _pedagogie(
    contenu: ActionFormation, bareme: LigneBareme | None, part: Decimal, demande: Decimal, poste: str, libelle: str
) -> LigneEstimation:
    forfait = _forfait_pedagogique(contenu, bareme, part)
    montant, motif = forfait.montant, forfait.motif
    jours = contenu.action.nombre_jours
    if bareme is not None and bareme.plafond_jour is not None and jours:
        par_jour = euros(bareme.plafond_jour * jours * part)
        if par_jour < montant:
            montant, motif = (
                par_jour,
                f"{formater_montant(bareme.plafond_jour)} par jour au plus, pendant {nombre(jours)}\u00a0jours",
            )
    return _ligne(poste, libelle, forfait._replace(motif=motif), montant, demande, soumise_a_tva=not contenu.organisme.interne)


def _forfait_pedagogique(contenu: ActionFormation, bareme: LigneBareme | None, part: Decimal) -> Forfait:
    """By action, by trainee, by day of an intra, else by hour."""
    nombre_stagiaires = len(contenu.stagiaires)
    if bareme is None:
        return Forfait(ZERO, "heures", ZERO, "Aucune règle publiée, montant examiné par votre conseiller")
    if bareme.forfait_action is not None:
        return Forfait(Decimal(1), "action", bareme.forfait_action, f"{formater_montant(bareme.forfait_action)} par action")
    if bareme.forfait_stagiaire is not None:
        motif = f"{formater_montant(bareme.forfait_stagiaire)} par salarié"
        return Forfait(Decimal(nombre_stagiaires), "salariés", bareme.forfait_stagiaire, motif)
    if contenu.action.organisation == "intra" and bareme.forfait_jour_intra is not None and _groupe(bareme, nombre_stagiaires):
        jours = ((contenu.action.nombre_jours or ZERO) * part).quantize(CENTIEME, ROUND_HALF_UP)
        return Forfait(
            jours, "jours", bareme.forfait_jour_intra, f"{formater_montant(bareme.forfait_jour_intra)} par jour en intra"
        )
    if not bareme.taux_horaire:
        return Forfait(ZERO, "heures", ZERO, bareme.note.rstrip(".") or "Cette modalité n’est pas prise en charge")
    heures = (_heures_financees(contenu, bareme) * part).quantize(CENTIEME, ROUND_HALF_UP)
    return Forfait(heures, "heures", bareme.taux_horaire, f"{formater_montant(bareme.taux_horaire)} par heure{_au_plus(bareme)}")


def _groupe(bareme: LigneBareme, stagiaires: int) -> bool:
    """Whether the size of the group gives right to the daily rate of an intra."""
    return (bareme.intra_min or 0) <= stagiaires and (bareme.intra_max is None or stagiaires <= bareme.intra_max)


def _heures_financees(contenu: ActionFormation, bareme: LigneBareme) -> Decimal:
    """Hours of every trainee, each one capped."""
    plafond = bareme.plafond_heures
    return sum((s.heures if plafond is None else min(s.heures, plafond) for s in contenu.stagiaires), Decimal(0))


def _au_plus(bareme: LigneBareme) -> str:
    return f", {nombre(bareme.plafond_heures)}\u00a0heures au plus par salarié" if bareme.plafond_heures is not None else ""


def salaires(contenu: ActionFormation, bareme: LigneBareme | None) -> LigneEstimation:
    """Pay during training: the hourly rate of the branch, within the real cost of each trainee."""
    demande = contenu.cout_salaires
    taux = bareme.taux_salaire if bareme is not None else None
    if bareme is None or taux is None:
        refus = Forfait(ZERO, "heures", ZERO, "Les salaires ne sont pas pris en charge pour cette action")
        return _ligne("salaires", "Salaires", refus, ZERO, demande)
    if bareme.salaire_sans_pedagogie and contenu.couts.cout_pedagogique:
        refus = Forfait(ZERO, "heures", taux, "Votre branche finance les salaires quand l’action n’a pas de coût pédagogique")
        return _ligne("salaires", "Salaires", refus, ZERO, demande)
    plafond = bareme.plafond_heures
    montant = Decimal(0)
    for stagiaire in contenu.stagiaires:
        heures = stagiaire.heures if plafond is None else min(stagiaire.heures, plafond)
        montant += heures * min(stagiaire.salaire_horaire or ZERO, taux)
    motif = f"{formater_montant(taux)} par heure au plus{_au_plus(bareme)}, dans la limite du salaire réel"
    return _ligne(
        "salaires", "Salaires", Forfait(_heures_financees(contenu, bareme), "heures", taux, motif), euros(montant), demande
    )


def annexes(contenu: ActionFormation, bareme: LigneBareme | None) -> list[LigneEstimation]:
    """Meals, nights and travel: those asked."""
    couts = contenu.couts
    stagiaires = len(contenu.stagiaires)
    forfait_repas, plafond_repas = (bareme.forfait_repas, bareme.plafond_repas) if bareme else (None, None)
    forfait_nuit, plafond_nuits = (bareme.forfait_nuit, bareme.plafond_nuits) if bareme else (None, None)
    lignes = [
        _annexe("repas", "Repas", "repas", couts.montant_repas, _compter(couts.repas, plafond_repas, stagiaires), forfait_repas),
        _annexe(
            "nuits", "Hébergement", "nuits", couts.montant_nuits, _compter(couts.nuits, plafond_nuits, stagiaires), forfait_nuit
        ),
        _annexe(
            "transport",
            "Transport",
            "salariés",
            couts.montant_transport,
            stagiaires,
            bareme.forfait_transport if bareme else None,
        ),
    ]
    return [ligne for ligne in lignes if ligne.montant_demande]


def _compter(demandes: int | None, plafond_par_stagiaire: int | None, stagiaires: int) -> int:
    if plafond_par_stagiaire is None:
        return demandes or 0
    return min(demandes or 0, plafond_par_stagiaire * stagiaires)


def _annexe(
    poste: str, libelle: str, unite: str, demande: Decimal | None, quantite: int, prix: Decimal | None
) -> LigneEstimation:
    if prix is None:
        refus = Forfait(ZERO, unite, ZERO, "Ces frais ne sont pas pris en charge pour cette action")
        return _ligne(poste, libelle, refus, ZERO, demande or ZERO)
    forfait = Forfait(Decimal(quantite), unite, prix, f"{formater_montant(prix)} au plus pour chacun")
    return _ligne(poste, libelle, forfait, forfait.montant, demande or ZERO)


def _ligne(
    poste: str, libelle: str, forfait: Forfait, montant: Decimal, demande: Decimal, *, soumise_a_tva: bool = False
) -> LigneEstimation:
    """A line, never above what is asked."""
    motif = f"{forfait.motif}, limité au coût indiqué" if montant > demande else forfait.motif
    return LigneEstimation(
        poste=poste,
        libelle=libelle,
        quantite=forfait.quantite,
        unite=forfait.unite,
        prix_unitaire=forfait.prix,
        montant_demande=demande,
        montant_ht=min(montant, demande),
        motif=motif,
        soumise_a_tva=soumise_a_tva,
    )
