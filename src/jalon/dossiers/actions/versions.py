"""A new version of the content: validated, numbered, immutable; sensitive boxes encrypted."""

from datetime import datetime

from jalon.dispositifs.base import Contenu, Dispositif
from jalon.dispositifs.lecture import ecrire_contenu, projeter_contenu
from jalon.dossiers.actions.projections import CHAMPS_DU_LIEU, CHAMPS_PROJETES, placer, projeter_sur
from jalon.dossiers.chiffrement import chiffrer_document
from jalon.dossiers.enums import MotifVersion
from jalon.dossiers.models import Dossier, VersionContenu
from jalon.socle.acteurs import Acteur

CHAMPS_DU_CONTENU = ["contenu", "contenu_version", *CHAMPS_PROJETES, *CHAMPS_DU_LIEU]


def figer_contenu(
    dossier: Dossier, declaration: Dispositif, contenu: Contenu, motif: MotifVersion, par: Acteur, maintenant: datetime
) -> None:
    """Set the content, its number and the columns that follow from it, and keep the version. The caller saves the request."""
    document = chiffrer_document(declaration, dossier.id, ecrire_contenu(contenu))
    dossier.contenu, dossier.contenu_version = document, dossier.contenu_version + 1
    projection = projeter_contenu(declaration, contenu)
    placer(dossier, projection.siret[:9], projection.siret)
    projeter_sur(dossier, projection)
    VersionContenu(
        dossier=dossier, numero=dossier.contenu_version, contenu=document, le=maintenant, par=par.identite, motif=motif.value
    ).porter(dossier.portee_des_suites).save(force_insert=True)
