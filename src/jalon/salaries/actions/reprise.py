"""What goes between the directory and the requests; called by the app of the requests, which judges its own rights first."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.journal.actions import noter
from jalon.salaries import coffre
from jalon.salaries.actions.commun import SAISIE, nouveau_salarie, verrouiller_annuaire
from jalon.salaries.actions.nir import noter_la_revelation
from jalon.salaries.enums import Source
from jalon.salaries.models import Inscription, Salarie
from jalon.salaries.regles.fiches import Fiche
from jalon.salaries.regles.rapprochement import Annuaire, Lue, rapprocher
from jalon.salaries.requetes.annuaire import annuaire_de, portee_de
from jalon.socle.acteurs import Acteur, Perimetre
from jalon.socle.dates import jour_de_paris


def nir_a_reprendre(*, salarie: Salarie, par: Acteur, maintenant: datetime) -> str:
    """The NIR that a request takes from the directory, where it stays masked; said in the register like any other reading.

    Empty when there is none.
    """
    if not salarie.nir_chiffre:
        return ""
    noter_la_revelation(salarie, "Repris dans un dossier, sans être affiché", par, maintenant)
    return coffre.nir_en_clair(salarie)


def inscrire(*, salaries: Collection[UUID], dossier_id: UUID, maintenant: datetime) -> None:
    """Say that a request names these employees: it counts as a use of their records."""
    Inscription.objects.bulk_create(
        [Inscription(salarie_id=cle, dossier_id=dossier_id, le=maintenant) for cle in salaries], ignore_conflicts=True
    )
    lignes = Salarie.objects.tous("un dossier nomme ces salariés")
    lignes.filter(pk__dans=list(salaries)).update(dernier_usage=jour_de_paris(maintenant))


def oublier_dossier(*, dossier_id: UUID) -> None:
    """A draft is thrown away: it names nobody any more."""
    Inscription.objects.filter(dossier_id=dossier_id).delete()


def suivre_dossier(*, siren: str, personnes: Sequence[Fiche], dossier_id: UUID, maintenant: datetime) -> None:
    """A request was sent: those that it names, as the directory knows them, and no other. Adds nobody."""
    with transaction.atomic():
        nommes = {
            c
            for c in _connus(annuaire_de(siren, Perimetre(sirens=frozenset({siren})), personnes), siren, personnes)
            if c is not None
        }
        Inscription.objects.filter(dossier_id=dossier_id).exclude(salarie_id__in=nommes).delete()
        inscrire(salaries=nommes, dossier_id=dossier_id, maintenant=maintenant)


def _connus(annuaire: Annuaire, siren: str, personnes: Sequence[Fiche]) -> list[UUID | None]:
    """Who of the directory each of them is, for certain."""
    lues = [Lue(rang, p, coffre.empreinte_nir(p.nir, siren)) for rang, p in enumerate(personnes)]
    return [ligne.cible for ligne in rapprocher(annuaire, lues, {})]


def reprendre_personnes(*, siren: str, personnes: Sequence[Fiche], dossier_id: UUID, par: Acteur, maintenant: datetime) -> int:
    """Add to the directory the people of a request that somebody ticked; those already there are only tied to it.

    Somebody who looks like another one is added: who ticked her says that she is not there. Gives how many were added.
    Raises DroitManquant.
    """
    with transaction.atomic():
        for siret in {p.siret for p in personnes}:
            par.exiger(SAISIE, portee_de(siren, siret))
        verrouiller_annuaire(siren)
        connus = _connus(annuaire_de(siren, par.perimetre(SAISIE), personnes), siren, personnes)
        nouveaux = [
            nouveau_salarie(siren, p, Source.DOSSIER, maintenant)
            for p, connu in zip(personnes, connus, strict=True)
            if connu is None
        ]
        Salarie.objects.tous("reprise des personnes cochées d’un dossier").bulk_create(nouveaux)
        nommes = {s.id for s in nouveaux} | {c for c in connus if c is not None}
        inscrire(salaries=nommes, dossier_id=dossier_id, maintenant=maintenant)
        if nouveaux:
            details = {"nombre": len(nouveaux)}
            noter("salaries.reprise", par=par, portee=portee_de(siren, ""), objet=None, le=maintenant, details=details)
    return len(nouveaux)
