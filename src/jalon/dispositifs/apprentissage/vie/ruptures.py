"""The judgement of a declared rupture: its day, the delays of its motive, the teaching that goes on after it."""

from datetime import date, timedelta

from jalon.dispositifs.alternance.calendrier import UN_JOUR, age
from jalon.dispositifs.apprentissage.convention import DemandeApprentissage
from jalon.dispositifs.apprentissage.financement.annees import MOIS_DE_MAINTIEN
from jalon.dispositifs.apprentissage.vie.motifs import (
    JOURS_D_ESSAI,
    JOURS_DE_PREAVIS,
    JOURS_POUR_INFORMER,
    MOIS_D_ANNONCE,
    MOIS_POUR_SE_REINSCRIRE,
    MOTIF_INCONNU,
    MOTIFS,
    Jour,
    Motif,
)
from jalon.dispositifs.base.vie import MotifDeRupture, Rupture
from jalon.socle.dates import formater_date, mois_apres

MAJORITE = 18
PAR_CODE = {motif.code: motif for motif in MOTIFS}
LE, MOTIF, JOURS, SUITE, REPRESENTANT = "le", "motif", "jours_pratiques", "formation_jusqu_au", "representant_signe"


def dans_les_45_jours(contenu: DemandeApprentissage, rupture: Rupture) -> bool:
    """Whether the 45 days of practical training are surely not over, whatever the motive: it sets the participation (R6332-25-1).

    They never end before 45 calendar days have passed; beyond, only who declares it knows how many were worked.
    """
    return rupture.motif == Motif.ESSAI or rupture.le < contenu.contrat.date_pratique + timedelta(days=JOURS_D_ESSAI)


def au_plus_tot(contenu: DemandeApprentissage, rupture: Rupture) -> date | None:
    """Earliest last day of the contract for the motive and its days; None while one of these is missing.

    Sources: L6222-18, D6222-21-1 (referral + 5 days, then + 7), R6222-23 (one month), and a rupture never goes back in time.
    """
    debut, jours = contenu.contrat.date_debut, rupture.dates
    motif = PAR_CODE.get(rupture.motif)
    if motif is None or any(d.code not in jours for d in motif.dates):
        return None
    if motif.code == Motif.INITIATIVE:
        apres_l_essai = contenu.contrat.date_pratique + timedelta(days=JOURS_D_ESSAI)
        return max(apres_l_essai, jours[Jour.EMPLOYEUR_INFORME] + timedelta(days=JOURS_DE_PREAVIS))
    if motif.code == Motif.DIPLOME:
        return max(debut, jours[Jour.DIPLOME], mois_apres(jours[Jour.EMPLOYEUR_INFORME], MOIS_D_ANNONCE))
    return max([debut, *(jours[d.code] for d in motif.dates)])


def informer_au_plus_tot(saisine: date) -> date:
    """First day to tell the employer after the mediator was asked (D6222-21-1)."""
    return saisine + timedelta(days=JOURS_POUR_INFORMER)


def limite_de_reinscription(exclusion: date) -> date:
    """Last day to be enrolled in another CFA (L6222-18-1)."""
    return mois_apres(exclusion, MOIS_POUR_SE_REINSCRIRE)


def limite_du_maintien(contenu: DemandeApprentissage, rupture: Rupture) -> date | None:
    """Last day of teaching that may be funded after the rupture; None when the law plans none.

    L6222-18-2 names the ruptures of L6222-18 only: neither the exclusion (L6222-18-1), nor the diploma (L6222-19).
    """
    motif = PAR_CODE.get(rupture.motif)
    if motif is not None and not motif.maintien:
        return None
    return min(contenu.contrat.date_fin, mois_apres(rupture.le, MOIS_DE_MAINTIEN))


def refus_de_rupture(
    contenu: DemandeApprentissage, rupture: Rupture, aujourd_hui: date, prestataire: bool = False
) -> dict[str, str]:
    """Box -> sentence; empty when the rupture may be declared.

    The CFA only signals: it may not know the motive, gives no date but that of its own exclusion, and never has to prove a delay.
    """
    motif = PAR_CODE.get(rupture.motif)
    refus: dict[str, str] = {}
    if motif is None or (prestataire and not motif.dit_au_prestataire):
        if not prestataire or rupture.motif != MOTIF_INCONNU:
            refus[MOTIF] = "Choisissez le motif de la rupture"
    elif prestataire:
        refus |= _refus_de_l_exclusion(motif, rupture, aujourd_hui)
    else:
        refus |= _refus_du_motif(contenu, motif, rupture, aujourd_hui)
    return refus | _refus_du_jour(contenu, rupture) | _refus_de_la_suite(contenu, rupture)


def _refus_du_jour(contenu: DemandeApprentissage, rupture: Rupture) -> dict[str, str]:
    contrat = contenu.contrat
    if rupture.le < contrat.date_debut:
        debut = formater_date(contrat.date_debut)
        return {LE: f"Le contrat commence le {debut}\u00a0: avant ce jour, il ne se rompt pas, il s’annule"}
    if rupture.le >= contrat.date_fin:
        fin = formater_date(contrat.date_fin)
        return {LE: f"Le contrat finit de lui-même le {fin}\u00a0: indiquez un jour antérieur, ou ne déclarez pas de rupture"}
    return {}


def _refus_de_l_exclusion(motif: MotifDeRupture, rupture: Rupture, aujourd_hui: date) -> dict[str, str]:
    return _refus_des_dates(motif, rupture, aujourd_hui) if motif.code == Motif.EXCLUSION else {}


def _refus_du_motif(contenu: DemandeApprentissage, motif: MotifDeRupture, rupture: Rupture, aujourd_hui: date) -> dict[str, str]:
    refus = _refus_des_dates(motif, rupture, aujourd_hui)
    if motif.jours_pratiques:
        refus |= _refus_des_jours_pratiques(contenu, rupture)
    if motif.code == Motif.INITIATIVE and not refus:
        refus |= _refus_de_l_initiative(contenu, rupture)
    plus_tot = au_plus_tot(contenu, rupture)
    if not refus and plus_tot is not None and rupture.le < plus_tot:
        refus[LE] = f"Avec ces dates, le contrat prend fin le {formater_date(plus_tot)} au plus tôt ({motif.source})"
    return refus


def _refus_des_dates(motif: MotifDeRupture, rupture: Rupture, aujourd_hui: date) -> dict[str, str]:
    refus = {}
    for demandee in motif.dates:
        jour = rupture.dates.get(demandee.code)
        if jour is None:
            refus[demandee.code] = f"Indiquez {demandee.objet}"
        elif jour > aujourd_hui:
            refus[demandee.code] = "Cette date est à venir\u00a0: déclarez la rupture quand c’est fait"
    return refus


def _refus_des_jours_pratiques(contenu: DemandeApprentissage, rupture: Rupture) -> dict[str, str]:
    """45 at most, and no more than there are days on the calendar."""
    jours, possibles = rupture.jours_pratiques, max(0, (rupture.le - contenu.contrat.date_pratique).days + 1)
    if jours is None or jours < 0:
        return {JOURS: "Indiquez le nombre de jours de formation pratique faits dans l’entreprise, 0 s’il n’y en a eu aucun"}
    if jours > JOURS_D_ESSAI:
        return {
            JOURS: f"Après {JOURS_D_ESSAI} jours de formation pratique, le contrat ne se rompt plus librement\u00a0: choisissez un autre motif"
        }
    if jours > possibles:
        pratique = formater_date(contenu.contrat.date_pratique)
        return {JOURS: f"La formation pratique a commencé le {pratique}\u00a0: cela fait {possibles} jours au plus"}
    return {}


def _refus_de_l_initiative(contenu: DemandeApprentissage, rupture: Rupture) -> dict[str, str]:
    saisine, informe = rupture.dates[Jour.MEDIATEUR], rupture.dates[Jour.EMPLOYEUR_INFORME]
    if dans_les_45_jours(contenu, rupture):
        return {MOTIF: "Dans les 45 premiers jours de formation pratique, l’apprenti rompt librement\u00a0: choisissez ce motif"}
    if informe < (plus_tot := informer_au_plus_tot(saisine)):
        return {
            Jour.EMPLOYEUR_INFORME: f"L’employeur est informé cinq jours au moins après la saisine\u00a0: le {formater_date(plus_tot)} au plus tôt"
        }
    if age(contenu.apprenti.date_naissance, informe) < MAJORITE and not rupture.representant_signe:
        return {
            REPRESENTANT: "L’apprenti est mineur\u00a0: son représentant légal signe aussi l’acte. Sans réponse de sa part, l’apprenti demande au médiateur, qui intervient sous quinze jours"
        }
    return {}


def _refus_de_la_suite(contenu: DemandeApprentissage, rupture: Rupture) -> dict[str, str]:
    suite = rupture.formation_jusqu_au
    if suite is None:
        return {}
    limite = limite_du_maintien(contenu, rupture)
    if limite is None:
        return {SUITE: "La loi ne prévoit pas de formation maintenue pour ce motif\u00a0: laissez cette case vide"}
    if suite < rupture.le + UN_JOUR:
        return {SUITE: "La formation maintenue commence après la rupture\u00a0: vérifiez ces deux dates"}
    if suite > limite:
        return {
            SUITE: f"L’OPCO finance la suite jusqu’au {formater_date(limite)} au plus\u00a0: indiquez ce jour si elle continue au-delà"
        }
    return {}
