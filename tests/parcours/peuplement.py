"""What years of use would have left, written in a running demonstration before a journey: `python -m tests.parcours.peuplement NOM`.

A process of its own, so that the journeys themselves never reach the database.
"""

import os
import sys
from collections.abc import Callable
from datetime import timedelta

from jalon.cli import adopter_environnement_demo

CABINET, PAULE, NORA = "552100554", "paule@cimes.example", "nora@cimes.example"
CLIENTS = 64
GROUPE, ODILE, YANN = "600000004", "odile@horizon.example", "yann@horizon.example"
ETABLISSEMENTS = 40
PERSONNES = 30
PERDUE, DISPARU, ROSE = "600000012", "disparu@tilleuls.example", "rose@tilleuls.example"


def cabinet() -> None:
    """A cabinet of 64 clients, each by a mandate; its administrator follows them all, a collaborator none yet."""
    from jalon.dossiers.actions import creer_brouillon
    from jalon.socle.acteurs import Domaine, Niveau, Profil
    from jalon.socle.horloge import maintenant
    from tests.habilitations.fabrique import acteur, confier, donner, organisation, rattacher, sirens

    niveaux = {Domaine.PLAN: Niveau.ENVOI, Domaine.ALTERNANCE: Niveau.SAISIE, Domaine.FACTURES: Niveau.LECTURE}
    organisation(CABINET, "CABINET DES CIMES")
    paule = rattacher(_compte("Paule", "Alpin", PAULE), CABINET, Profil.PRESTATAIRE)
    rattacher(_compte("Nora", "Vidal", NORA), CABINET, Profil.PRESTATAIRE, [])
    le = maintenant()
    for rang, siren in enumerate(sirens(CLIENTS), start=1):
        organisation(siren, f"AUBERGE DU COL {rang:02d}")
        confier(donner(siren, CABINET, niveaux, fin=le + timedelta(days=100)), paule, niveaux)
    chez, moi = sirens(CLIENTS), acteur(paule.personne, le) if paule.personne else None
    for siren, nombre in ((chez[41], 3), (chez[6], 2), (chez[19], 1)):
        for _ in range(nombre):
            creer_brouillon(dispositif="action_formation", siren=siren, par=moi, maintenant=le)  # type: ignore[arg-type]


def seance_de_louise_vieillie() -> None:
    """Six minutes have passed since she confirmed who she is: what the journey cannot wait for."""
    from django.contrib.sessions.models import Session

    from jalon.comptes.models import Personne

    louise = str(Personne.objects.get(email="louise@bellerive.example").pk)
    for seance in Session.objects.all():
        lue = seance.get_decoded()
        if lue.get("_auth_user_id") == louise:
            preuves = [{**p, "at": p["at"] - 360} for p in lue["account_authentication_methods"]]
            seance.session_data = Session.get_session_store_class()().encode(lue | {"account_authentication_methods": preuves})
            seance.save()


def siret_du_groupe(rang: int) -> str:
    """The establishment where « Camille Martin rang » types."""
    from tests.habilitations.fabrique import cle_de_luhn

    return cle_de_luhn(f"{GROUPE}{rang + 2:04d}")


def groupe() -> None:
    """A group of 40 establishments and 30 people, most of them on one establishment; two administrators."""
    from jalon.organisations.models import Etablissement
    from jalon.socle.acteurs import Domaine, Niveau
    from jalon.socle.horloge import maintenant
    from tests.habilitations.fabrique import code_en_circulation, organisation, personne, rattacher, sur_le_siren, sur_un_siret

    organisation(GROUPE, "HORIZON HOTELS")
    lieux = [siret_du_groupe(rang) for rang in range(ETABLISSEMENTS - 1)]
    Etablissement.objects.bulk_create(
        Etablissement(
            siret=siret, nom_usuel=f"HOTEL {rang:02d}", commune="LYON", adresse_voie=f"{rang} RUE DU PORT", code_postal="69002"
        )
        for rang, siret in enumerate(lieux, start=2)
    )
    rattacher(_compte("Odile", "Marchand", ODILE), GROUPE)
    rattacher(_compte("Yann", "Kergoat", YANN), GROUPE)
    code_en_circulation(GROUPE, emis_le=maintenant() - timedelta(days=20))
    for rang in range(PERSONNES):
        rattacher(
            personne("Camille", f"Martin {rang:02d}"),
            GROUPE,
            droits=[sur_un_siret(lieux[rang], Domaine.PLAN), sur_le_siren(Domaine.FACTURES, Niveau.LECTURE)],
        )


def perdue() -> None:
    """A company whose only administrator is gone, and somebody who will follow him."""
    from tests.habilitations.fabrique import organisation, rattacher

    organisation(PERDUE, "MAISON DES TILLEULS")
    rattacher(_compte("Ancien", "Parti", DISPARU), PERDUE)
    _compte("Rose", "Tillier", ROSE)


def _compte(prenom: str, nom: str, adresse: str):  # type: ignore[no-untyped-def]
    from jalon.demo.distribution import Role, compte

    return compte(Role(prenom, nom, adresse, ""))


PEUPLEMENTS: dict[str, Callable[[], None]] = {
    "cabinet": cabinet, "groupe": groupe, "perdue": perdue, "seance_de_louise_vieillie": seance_de_louise_vieillie,
}  # fmt: skip

if __name__ == "__main__":
    adopter_environnement_demo()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalon.config.settings")
    import django

    django.setup()
    from django.db import transaction

    with transaction.atomic():
        PEUPLEMENTS[sys.argv[1]]()
