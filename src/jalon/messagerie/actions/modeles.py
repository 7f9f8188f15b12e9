"""Model answers: those of a portefeuille are everybody's there who examines, those of a person are hers alone."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.journal.actions import noter
from jalon.messagerie.enums import Usage
from jalon.messagerie.models import ModeleReponse
from jalon.messagerie.regles import LONGUEUR_TITRE, exiger_des_usages, lire_modele, lire_texte
from jalon.messagerie.requetes import modele_accessible
from jalon.socle.acteurs import Acteur, Portee, Pouvoir
from jalon.socle.erreurs import DroitManquant


def creer_modele(
    *,
    titre: str,
    corps: str,
    usages: Collection[str],
    portefeuille_id: UUID | None,
    par: Acteur,
    maintenant: datetime,
) -> ModeleReponse:
    """Keep words to take up; without a portefeuille they are the actor's own.

    Raises: DroitManquant (Pouvoir.INSTRUIRE there, or somewhere), SaisieRefusee.
    """
    with transaction.atomic():
        if portefeuille_id is not None:
            par.exiger_pouvoir(Pouvoir.INSTRUIRE, portefeuille_id)
        elif not par.portefeuilles(Pouvoir.INSTRUIRE) or par.identite is None:
            raise DroitManquant("Les modèles de réponse servent à ceux qui instruisent les dossiers.")
        modele = ModeleReponse(portefeuille_id=portefeuille_id, personne_id=None if portefeuille_id else par.identite)
        _ecrire(modele, titre, corps, usages, par, maintenant)
        modele.save(force_insert=True)
        _noter("modele.cree", modele, par, maintenant)
    return modele


def modifier_modele(
    *, modele_id: UUID, titre: str, corps: str, usages: Collection[str], par: Acteur, maintenant: datetime
) -> ModeleReponse:
    """Change the words; what was written with the old ones stays. Raises: Introuvable, SaisieRefusee."""
    with transaction.atomic():
        modele = modele_accessible(modele_id, par, verrou=True)
        _ecrire(modele, titre, corps, usages, par, maintenant)
        modele.save(update_fields=["titre", "corps", "usages", "modifie_par_nom", "modifie_le"])
        _noter("modele.modifie", modele, par, maintenant)
    return modele


def supprimer_modele(*, modele_id: UUID, par: Acteur, maintenant: datetime) -> None:
    """Take the words out of the list. Raises Introuvable."""
    with transaction.atomic():
        modele = modele_accessible(modele_id, par, verrou=True)
        _noter("modele.supprime", modele, par, maintenant)
        modele.delete()


def _ecrire(modele: ModeleReponse, titre: str, corps: str, usages: Collection[str], par: Acteur, maintenant: datetime) -> None:
    modele.titre = lire_texte(" ".join(titre.split()), "titre", "Indiquez le nom du modèle", LONGUEUR_TITRE, "Ce nom")
    modele.corps = lire_modele(corps)
    exiger_des_usages(usages, [u.value for u in Usage])
    modele.usages = [u.value for u in Usage if u in usages]
    modele.modifie_par_nom, modele.modifie_le = par.libelle[:200], maintenant


def _noter(code: str, modele: ModeleReponse, par: Acteur, maintenant: datetime) -> None:
    noter(code, par=par, portee=Portee(), objet=modele, le=maintenant, details={"titre": modele.titre})
