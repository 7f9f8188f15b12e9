"""Deleting what has had its time."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from jalon.courriers.actions import oublier_courriels_de
from jalon.exports.actions.budget import oublier_les_comptes
from jalon.exports.actions.production import PRODUCTEUR, abandonner
from jalon.exports.actions.suite import noter_export
from jalon.exports.courriels import MESSAGES
from jalon.exports.enums import EN_ATTENTE_OU_EN_COURS, EtatExport
from jalon.exports.models import Export
from jalon.exports.regles import MEMOIRE, SANS_AVANCER_AU_PLUS
from jalon.exports.requetes import COFFRE
from jalon.socle import coffre

AGE_ORPHELIN = timedelta(days=1)


def purger_exports(*, maintenant: datetime) -> int:
    """Delete the files that are seven days old, end what has not moved for two days, forget old lines; gives how many files.

    One transaction each: killed, the job takes up where it was.
    """
    tous = Export.objects.tous("fin de conservation des exports")
    for figee in _ids(tous.filter(etat__in=EN_ATTENTE_OU_EN_COURS, avance_le__lt=maintenant - SANS_AVANCER_AU_PLUS)):
        abandonner(export_id=figee, maintenant=maintenant)
    effaces = sum(_effacer(i, maintenant) for i in _ids(tous.filter(etat=EtatExport.PRET, expire_le__lte=maintenant)))
    for ancienne in _ids(tous.filter(~Q(etat__in=[*EN_ATTENTE_OU_EN_COURS, EtatExport.PRET]), fini_le__lt=maintenant - MEMOIRE)):
        _oublier(ancienne)
    oublier_les_comptes(maintenant)
    return effaces


def _ids(lignes: object) -> list[UUID]:
    return list(lignes.values_list("id", flat=True))  # type: ignore[attr-defined]


def _effacer(export_id: UUID, maintenant: datetime) -> int:
    with transaction.atomic():
        pretes = Export.objects.tous("fin de conservation d’un export").filter(id=export_id, etat=EtatExport.PRET)
        export: Export | None = pretes.select_for_update(of=("self",), skip_locked=True).first()
        if export is None:
            return 0
        cle = str(export.passage)
        export.avancer(EtatExport.EXPIRE)
        export.passage = None
        export.save(update_fields=["etat", "passage"])
        noter_export(code="export.efface", export=export, par=PRODUCTEUR, le=maintenant)
        transaction.on_commit(lambda: coffre.retirer(COFFRE, cle))
    return 1


def _oublier(export_id: UUID) -> None:
    """The line, its address and its e-mails; the journal keeps what was taken out."""
    with transaction.atomic():
        Export.objects.tous("oubli d’un export sans fichier").filter(id=export_id).delete()
        oublier_courriels_de(objets={message: [export_id] for message in MESSAGES})


def retirer_orphelins() -> None:
    """Delete the contents without a row, a day old: a run killed before it handed over, a deletion killed in the middle."""
    coffre.retirer_provisoires(COFFRE, AGE_ORPHELIN)
    for cle in coffre.cles_anciennes(COFFRE, AGE_ORPHELIN):
        if not Export.objects.tous("recherche d’un contenu sans ligne").filter(passage=UUID(cle)).exists():
            coffre.retirer(COFFRE, cle)
