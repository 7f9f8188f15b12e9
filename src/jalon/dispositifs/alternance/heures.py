"""A training paid by the hour that stops before its end, or changes: what was done is paid, at the rate that was granted.

The law pays after the training is done (Code du travail, R6332-25, I), by a forfait per hour (D6332-85, D6332-86, D6332-89,
D6332-90): no hour that was not followed, and never another rate than the one of the agreement.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from jalon.dispositifs.base import Accordes, EffetSurArgent, Estimation, Explication, LigneEstimation, MotifDeRupture, Rupture
from jalon.dispositifs.types.formats import nombre
from jalon.socle.dates import formater_date
from jalon.socle.montants import ZERO, euros

FORMATION = "formation"
SOURCE = "Code du travail, R6332-25, D6332-85, D6332-86"


@dataclass(frozen=True, slots=True, kw_only=True)
class Realise:
    """What is done of a training: `heures` on the `prevues` of the first grant; `prix`: of the provider by hour, when it is known.

    `autres`: poste of another line -> share of it that is still due, between 0 and 1.
    """

    heures: Decimal
    prevues: Decimal
    autres: dict[str, Decimal]
    prix: Decimal | None = None


def recompter(estimation: Estimation, accordes: Accordes, realise: Realise) -> Estimation:
    """The lines of the grant, each for what is done of it; without a grant, as the barème counts them."""
    return replace(estimation, lignes=tuple(_ligne(x, accordes.get(x.poste, x.montant_ht), realise) for x in estimation.lignes))


def _ligne(ligne: LigneEstimation, accorde: Decimal, realise: Realise) -> LigneEstimation:
    if ligne.poste != FORMATION:
        part = realise.autres.get(ligne.poste, Decimal(1))
        return replace(ligne, montant_ht=euros(accorde * part))
    montant = euros(accorde * realise.heures / realise.prevues) if realise.prevues else ZERO
    if realise.prix is not None:
        montant = min(montant, euros(realise.heures * realise.prix))
    demande = euros(realise.heures * realise.prix) if realise.prix is not None else montant
    return replace(ligne, quantite=realise.heures, montant_demande=max(demande, montant), montant_ht=montant)


def effet(
    estimation: Estimation,
    accordes: Accordes,
    realise: Realise,
    deja_verse: Decimal,
    debut: date,
    fin: date,
    source: str = SOURCE,
) -> EffetSurArgent:
    """What it changes. `fin`: last day of the contract. Where the barème is missing, nothing is counted."""
    if not estimation.lignes:
        return EffetSurArgent(estimation=estimation, deja_verse=deja_verse, a_verser=(), trop_verse=ZERO)
    comptee = recompter(estimation, accordes, realise)
    du = next((x.montant_ht for x in comptee.lignes if x.poste == FORMATION), ZERO)
    libelle = f"{nombre(realise.heures)} heures payées sur les {nombre(realise.prevues)} de l’accord, au même taux"
    comptee = replace(comptee, explications=(Explication(libelle=libelle, montant=du, source=source),))
    return EffetSurArgent(
        estimation=comptee,
        deja_verse=deja_verse,
        a_verser=(),
        trop_verse=max(ZERO, euros(deja_verse - comptee.total_ht)),
        jours_du_contrat=max(0, (fin - debut).days + 1),
        heures=realise.heures,
    )


def refus_de_rupture(
    motifs: Sequence[MotifDeRupture],
    rupture: Rupture,
    aujourd_hui: date,
    *,
    debut: date,
    fin: date,
    heures: Decimal,
    prestataire: bool,
) -> dict[str, str]:
    """Box -> sentence: the motive, its days, the last day, the hours followed. The provider may not know the motive and gives no day."""
    motif = next((m for m in motifs if m.code == rupture.motif), None)
    refus: dict[str, str] = {}
    if motif is None or (prestataire and not motif.dit_au_prestataire):
        if not prestataire or rupture.motif:
            refus["motif"] = "Choisissez le motif de la rupture"
    elif not prestataire:
        refus |= _refus_des_jours(motif, rupture, aujourd_hui)
    if rupture.formation_jusqu_au is not None:
        refus["formation_jusqu_au"] = "La loi ne prévoit pas de formation maintenue ici\u00a0: laissez cette case vide"
    return refus | _refus_du_dernier_jour(rupture, debut, fin) | _refus_des_heures(rupture, heures)


def _refus_des_jours(motif: MotifDeRupture, rupture: Rupture, aujourd_hui: date) -> dict[str, str]:
    refus: dict[str, str] = {}
    for demandee in motif.dates:
        jour = rupture.dates.get(demandee.code)
        if jour is None:
            refus[demandee.code] = f"Indiquez {demandee.objet}"
        elif jour > aujourd_hui:
            refus[demandee.code] = "Cette date est à venir\u00a0: déclarez la rupture quand c’est fait"
        elif rupture.le < jour:
            refus["le"] = f"Le contrat ne prend pas fin avant le {formater_date(jour)}\u00a0: vérifiez ces deux dates"
    return refus


def _refus_du_dernier_jour(rupture: Rupture, debut: date, fin: date) -> dict[str, str]:
    if rupture.le < debut:
        return {"le": f"Le contrat commence le {formater_date(debut)}\u00a0: avant ce jour, il ne se rompt pas, il s’annule"}
    if rupture.le >= fin:
        jour = formater_date(fin)
        return {"le": f"Le contrat finit de lui-même le {jour}\u00a0: indiquez un jour antérieur, ou ne déclarez pas de rupture"}
    return {}


def _refus_des_heures(rupture: Rupture, prevues: Decimal) -> dict[str, str]:
    if rupture.heures_faites is None or rupture.heures_faites < 0:
        return {"heures_faites": "Indiquez les heures de formation suivies jusqu’à la rupture, 0 s’il n’y en a eu aucune"}
    if rupture.heures_faites > prevues:
        return {"heures_faites": f"La formation fait {nombre(prevues)} heures en tout\u00a0: vérifiez les heures suivies"}
    return {}
