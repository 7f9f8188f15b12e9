"""Taking the file of an export."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.exports.acteurs import de_json, droits_de, ont_diminue
from jalon.exports.actions.suite import noter_export
from jalon.exports.enums import LIBELLES_ETATS, EtatExport
from jalon.exports.models import Export, portee_d_un_export
from jalon.exports.regles import etat_au
from jalon.exports.requetes import COFFRE, exiger_export, export_accessible
from jalon.journal.actions import noter_revelation
from jalon.journal.enums import Sensible
from jalon.socle.acteurs import Acteur
from jalon.socle.coffre_par_blocs import lire_flux
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.erreurs import DroitManquant, Introuvable, TransitionImpossible
from jalon.socle.listes import liste

DROITS_MOINDRES = (
    "Ce fichier contient des lignes que vos droits ne couvrent plus. Demandez un nouvel export\u00a0: "
    "il contiendra ce que vous pouvez lire aujourd’hui."
)


@second_facteur_exige
def telecharger_export(
    *, export_id: UUID, par: Acteur, maintenant: datetime
) -> tuple[Export, Iterator[bytes]]:  # fmt: skip
    """The file, block by block, to who asked for it, as long as she may read all that is in it.

    Raises Introuvable (not asked by the actor), TransitionImpossible (not ready, or deleted since), DroitManquant.
    """
    with transaction.atomic():
        export = export_accessible(export_id, par, verrou=True)
        etat = etat_au(export.etat, export.expire_le, maintenant)
        if etat != EtatExport.PRET:
            raise TransitionImpossible(f"Cet export n’a pas de fichier\u00a0: il est «\u00a0{LIBELLES_ETATS[etat]}\u00a0».")
        voulue = liste(export.liste)
        if voulue is None:
            raise Introuvable("Nous ne trouvons pas cette liste.")
        exiger_export(par, voulue, export.lieu)
        if ont_diminue(de_json(export.droits), droits_de(par, voulue, export.lieu)):
            raise DroitManquant(DROITS_MOINDRES)
        contenu = lire_flux(COFFRE, str(export.passage))
        export.telecharge_le = maintenant
        export.save(update_fields=["telecharge_le"])
        noter_export(code="export.telecharge", export=export, par=par, le=maintenant, lignes=export.lignes_faites)
        noter_revelation(
            sensible=Sensible.DOCUMENT, par=par, portee=portee_d_un_export(export.lieu), objet=export, le=maintenant,
            libelle=f"Export {export.libelle}, {export.lignes_faites} lignes", motif="Téléchargement depuis les exports",
        )  # fmt: skip
    return export, contenu
