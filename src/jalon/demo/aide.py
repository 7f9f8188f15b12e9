"""The help of the demonstration: webinars past and to come, model answers of the advisers, one message of state."""

from datetime import datetime

from jalon.aide.actions.etats import programmer_etat
from jalon.aide.actions.webinaires import programmer_webinaire, s_inscrire
from jalon.aide.enums import NiveauEtat, PublicEtat
from jalon.aide.regles_etats import SaisieEtat
from jalon.aide.regles_webinaires import SaisieWebinaire
from jalon.demo.dossiers import Metteur
from jalon.messagerie.actions import creer_modele
from jalon.messagerie.enums import Usage
from jalon.socle.acteurs import Pouvoir
from jalon.socle.dates import PARIS

WEBINAIRES = (
    (
        -12,
        "Ouvrir l’espace de son entreprise",
        "Le code reçu par courrier, le premier administrateur, les droits des collègues.",
        60,
        "",
        "",
    ),
    (
        6,
        "Déposer un contrat d’apprentissage",
        "Les cases qui arrêtent, les pièces, le délai de cinq jours ouvrables.",
        45,
        "",
        "",
    ),
    (
        13,
        "Bien facturer un contrat",
        "L’échéancier, le certificat de réalisation, les motifs de rejet. Pour les CFA.",
        45,
        "",
        "",
    ),
    (20, "Former en hôtellerie-restauration", "Ce que la branche finance en plus, et comment le demander.", 30, "84", "1979"),
)
"""(days from now, title, summary, minutes, région, branche): at ten o'clock."""
PLACES = 80
MODELES = (
    ("Programme à préciser", [Usage.MESSAGE, Usage.COMPLEMENT], "Bonjour,\n\nLe programme joint au dossier {numero} ne dit pas la durée de chaque partie. Pouvez-vous nous envoyer celui que l’organisme de formation a complété\u00a0?\n\nMerci,\n{conseiller}, {opco}"),
    ("Pièce illisible", [Usage.COMPLEMENT], "Une page du document est coupée ou trop pâle pour être lue. Joignez-le de nouveau, en entier, avant le {echeance}."),
    ("Dossier bien reçu", [Usage.MESSAGE], "Bonjour,\n\nVotre demande «\u00a0{titre}\u00a0» est arrivée. Je la regarde et reviens vers vous ici même, sans que vous ayez à nous relancer.\n\n{conseiller}"),
    ("Formation hors du champ", [Usage.REFUS], "La formation «\u00a0{titre}\u00a0» ne développe pas de compétences propres à un emploi\u00a0: elle n’entre pas dans ce que l’OPCO peut financer."),
)  # fmt: skip
"""(name, where it is proposed, words)."""
MESSAGE = "De nouveaux webinaires sont à l’agenda de l’aide. Inscrivez-vous, les places sont comptées."


def remplir_l_aide(metteur: Metteur) -> None:
    """Once the roles are given."""
    _programmer(metteur)
    conseiller = metteur.par("emma")
    portefeuille = min(conseiller.portefeuilles(Pouvoir.INSTRUIRE))
    for titre, usages, corps in MODELES:
        creer_modele(
            titre=titre, corps=corps, usages=usages, portefeuille_id=portefeuille, par=conseiller, maintenant=metteur.le(-30)
        )
    saisie = SaisieEtat(
        niveau=NiveauEtat.INFORMATION, texte=MESSAGE, debut=metteur.le(0, -2), fin=metteur.le(30),
        publics=(PublicEtat.ENTREPRISES, PublicEtat.PRESTATAIRES, PublicEtat.CABINETS),
    )  # fmt: skip
    programmer_etat(saisie=saisie, par=metteur.par("karim", metteur.le(0, -2)), maintenant=metteur.le(0, -2))


def _programmer(metteur: Metteur) -> None:
    avant = metteur.le(-30)
    for jours, titre, resume, duree, region, branche in WEBINAIRES:
        saisie = SaisieWebinaire(
            titre=titre, resume=resume, debut=_dix_heures(metteur.le(jours)), duree=duree, places=PLACES,
            lien="https://visio.example/jalon", region=region, branche=branche,
        )  # fmt: skip
        webinaire = programmer_webinaire(saisie=saisie, par=metteur.par("hugo"), maintenant=avant)
        for prenom in ("aline", "chloe"):
            s_inscrire(webinaire_id=webinaire.pk, par=metteur.par(prenom), maintenant=avant)


def _dix_heures(instant: datetime) -> datetime:
    return instant.astimezone(PARIS).replace(hour=10, minute=0, second=0, microsecond=0)
