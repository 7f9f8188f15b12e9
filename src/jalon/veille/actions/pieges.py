"""Honey dossiers: requests that nobody has a reason to read. Set by command only (exigences, S5)."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from jalon.dispositifs.lecture import ecrire_contenu, lire_reponses, projeter
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.projections import projeter_sur
from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.regles import attente_transmis, former_numero
from jalon.journal.actions import noter
from jalon.messagerie.actions import ouvrir_fil
from jalon.socle.acteurs import Acteur, Domaine, Portee
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import Introuvable
from jalon.veille.fiction import DISPOSITIF, reponses_fictives, siret_de_personne
from jalon.veille.models import Piege

PORTEFEUILLE_DES_PIEGES = UUID("00000000-0000-7000-8000-000000000666")
"""No portefeuille has this id, so that no role can ever follow it: only a fault, or an intruder, leads there."""


def poser_piege(*, par: Acteur, maintenant: datetime) -> Piege:
    """Write a sent request of nobody, that any reading betrays: no list, task, statistic by portefeuille or mail shows it."""
    declaration, jour = dispositif_de(DISPOSITIF), jour_de_paris(maintenant)
    siret = siret_de_personne()
    reponses = reponses_fictives(siret, jour)
    contenu = ecrire_contenu(lire_reponses(declaration, reponses).partiel)
    with transaction.atomic():
        numero = former_numero(jour, declaration.lettres, _rang_suivant())
        dossier = Dossier(
            dispositif=declaration.code, version_formulaire=declaration.version, etat=EtatDossier.TRANSMIS,
            etat_depuis=maintenant, reponses=reponses, contenu=contenu,
            contenu_version=1, numero=numero, cree_le=maintenant,
            modifie_le=maintenant, transmis_le=maintenant, complet_le=maintenant, fil=ouvrir_fil(maintenant=maintenant),
        )  # fmt: skip
        projeter_sur(dossier, projeter(declaration, reponses))
        dossier.porter(
            Portee(siren=siret[:9], siret=siret, portefeuille_id=PORTEFEUILLE_DES_PIEGES, domaine=Domaine(declaration.famille))
        )
        dossier.attendre(attente_transmis(jour, declaration.delai_decision))
        dossier.save(force_insert=True)
        piege = Piege.objects.create(pk=dossier.pk, numero=numero, pose_le=maintenant)
        noter("veille.piege_pose", par=par, portee=Portee(domaine=Domaine.ACCES), objet=piege, le=maintenant)
    return piege


def retirer_piege(*, numero: str, par: Acteur, maintenant: datetime) -> None:
    """Forget a trap: its request stays, followed by nobody. Raises Introuvable."""
    with transaction.atomic():
        piege = Piege.objects.select_for_update().filter(numero=numero.strip().upper()).first()
        if piege is None:
            raise Introuvable("Aucun piège ne porte ce numéro.")
        noter("veille.piege_retire", par=par, portee=Portee(domaine=Domaine.ACCES), objet=piege, le=maintenant)
        piege.delete()


def _rang_suivant() -> int:
    with connection.cursor() as curseur:
        curseur.execute("SELECT nextval('dossiers_numero')")
        return int(curseur.fetchone()[0])
