"""Break-glass: opening one request outside one's portefeuilles, for an hour (exigences, T20)."""

from datetime import datetime, timedelta

from django.db import transaction

from jalon.dossiers.models import Dossier
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.essais import Limite, consommer
from jalon.journal.actions import noter
from jalon.socle.acteurs import Pouvoir
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import SaisieRefusee, SaisiesRefusees, TropDEssais
from jalon.veille.actions.alertes import lever_alerte
from jalon.veille.enums import GenreAlerte
from jalon.veille.models import AccesExceptionnel
from jalon.veille.regles import ESSAIS_D_ACCES_EXCEPTIONNEL, MINUTES_D_ACCES_EXCEPTIONNEL
from jalon.veille.requetes.exceptions import dossier_transmis

GENRE = "acces_exceptionnel"


def ouvrir_exceptionnellement(*, numero: str, motif: str, par: ActeurPersonne, maintenant: datetime) -> Dossier:
    """Give access to the request of that exact number, for an hour; the administrators of the OPCO are alerted.

    A request of one's own portefeuilles is given back without ceremony. Numbers are tried ten times a day at most, right or wrong:
    what exists is learnt one alert at a time. Raises DroitManquant, SaisiesRefusees (number, reason), SaisieRefusee (no such
    number), TropDEssais.
    """
    par.exiger_pouvoir(Pouvoir.CONSULTER, None)
    numero, raison = "".join(numero.split()).upper(), " ".join(motif.split())[:500]
    manquants = {"numero": "Indiquez le numéro du dossier"} if not numero else {}
    if not raison:
        manquants["motif"] = "Indiquez pourquoi vous devez lire ce dossier"
    if manquants:
        raise SaisiesRefusees(manquants)
    limite = Limite(GENRE, str(par.identite), ESSAIS_D_ACCES_EXCEPTIONNEL)
    if consommer([limite], jour_de_paris(maintenant)) is not None:
        raise TropDEssais(
            "Vous avez atteint les dix accès exceptionnels d’une journée. Adressez-vous à l’administrateur de l’OPCO."
        )
    with transaction.atomic():
        dossier = dossier_transmis(numero)
        if dossier is None:
            raise SaisieRefusee("Aucun dossier transmis ne porte ce numéro. Vérifiez chaque signe", champ="numero")
        if dossier.portefeuille_id in par.portefeuilles(Pouvoir.CONSULTER):
            return dossier
        fin = maintenant + timedelta(minutes=MINUTES_D_ACCES_EXCEPTIONNEL)
        acces = AccesExceptionnel.objects.create(personne=par.personne, dossier=dossier, motif=raison, debut=maintenant, fin=fin)
        portee = dossier.portee_des_suites
        noter("veille.acces_exceptionnel", par=par, portee=portee, objet=dossier, le=maintenant, details={"motif": raison})
        lever_alerte(
            genre=GenreAlerte.ACCES_EXCEPTIONNEL,
            sujet=str(acces.pk),
            detail=f"Dossier {dossier.numero}, hors de ses portefeuilles. Motif\u00a0: {raison}",
            siren=dossier.siren,
            objet_id=dossier.pk,
            par=par,
            maintenant=maintenant,
        )
    return dossier
