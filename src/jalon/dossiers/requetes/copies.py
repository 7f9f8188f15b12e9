"""What may be copied of a request, and where a copy comes from."""

from typing import Any

from jalon.dispositifs.lecture import reponses_du_contenu
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers import chiffrement
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.acces import cote_de
from jalon.dossiers.requetes.contenu import contenu_en_clair
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import DroitManquant


def exiger_de_copier(dossier: Dossier, acteur: Acteur) -> None:
    """Requests are copied by the company that files them. Raises DroitManquant."""
    if cote_de(dossier, acteur) != Cote.ENTREPRISE:
        raise DroitManquant("Un dossier est dupliqué par l’entreprise qui l’a déposé.")


def reponses_a_copier(dossier: Dossier) -> dict[str, dict[str, Any]]:
    """Answers in clear: what was last sent, else what is typed. No page receives them."""
    declaration = dispositif_de(dossier.dispositif)
    if dossier.contenu is not None and dossier.version_formulaire == declaration.version:
        return reponses_du_contenu(declaration, contenu_en_clair(dossier))
    return chiffrement.dechiffrer_reponses(declaration, dossier.id, dossier.reponses)


def origine_de(dossier: Dossier, acteur: Acteur) -> Dossier | None:
    """The request that it was copied from, if the actor sees it."""
    if dossier.origine_id is None:
        return None
    vus = Dossier.objects.visibles_par(acteur).filter(pk=dossier.origine_id)
    origine: Dossier | None = vus.defer("reponses", "contenu", "recherche").first()
    return origine
