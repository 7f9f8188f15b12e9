"""What the OPCO notes of a provider."""

from datetime import date, datetime

from django.db import transaction

from jalon.facturation.models import DeclarationActivite
from jalon.facturation.regles.debut import refus_de_la_declaration
from jalon.journal.actions import noter
from jalon.organisations.requetes import organisation
from jalon.socle.acteurs import Acteur, Domaine, Portee, Pouvoir
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import Introuvable, SaisieRefusee


def noter_declaration_activite(
    *, siren: str, enregistree_le: date, differe: bool, par: Acteur, maintenant: datetime
) -> DeclarationActivite:
    """Note the day when the déclaration d’activité of a provider was registered; noted again, it is corrected.

    `differe`: its first payment waits for the third month of each contract, while the declaration is recent (R6332-25, V).
    Raises: Introuvable (unknown, or of another portefeuille), DroitManquant (Pouvoir.TRAITER_FACTURES), SaisieRefusee (a day to come).
    """
    connue = organisation(siren)
    if connue is None or connue.portefeuille_id not in par.portefeuilles(Pouvoir.CONSULTER):
        raise Introuvable("Nous ne trouvons pas cette organisation.")
    par.exiger_pouvoir(Pouvoir.TRAITER_FACTURES, connue.portefeuille_id)
    refus = refus_de_la_declaration(enregistree_le, jour_de_paris(maintenant))
    if refus:
        raise SaisieRefusee(refus, champ="enregistree_le")
    with transaction.atomic():
        declaree, _ = DeclarationActivite.objects.update_or_create(
            siren=siren,
            defaults={
                "enregistree_le": enregistree_le,
                "differe": differe,
                "saisie_le": maintenant,
                "saisie_par_nom": par.libelle[:200],
            },
        )
        noter(
            "organisme.declaration_activite",
            par=par,
            portee=Portee(prestataire_siren=siren, portefeuille_id=connue.portefeuille_id, domaine=Domaine.FACTURES),
            objet=connue,
            le=maintenant,
            details={"le": formater_date(enregistree_le)},
        )
    return declaree
