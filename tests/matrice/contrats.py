"""Granted contracts of company A with its provider, and rows of their life on every request, to prove who would see them."""

from datetime import UTC, date, datetime

from jalon.contrats.actions import commencer_avenant, declarer_rupture, enregistrer_avenant, transmettre_avenant
from jalon.contrats.enums import EtatAvenant
from jalon.contrats.models import Avenant, RuptureDeclaree, Transfert
from jalon.dossiers.models import Dossier
from jalon.instruction.models import Regularisation
from tests.contrats import fabrique
from tests.contrats.test_niveaux import publier
from tests.dossiers.fabrique import AUTRE_PORTEFEUILLE, joindre

EN_DECEMBRE = datetime(2026, 12, 10, 9, 0, tzinfo=UTC)
AVENANT = {"numero_precedent": "074202609000001", "date_conclusion": "08/12/2026", "date_effet": "15/12/2026", "heures": "30"}


def contrats(objets: dict[str, str]) -> None:
    """`apprentissage`: runs since 01/09/2026. `apprentissage_change`: an avenant waits for the OPCO. `apprentissage_rompu`: broken in
    December."""
    autres = list(Dossier.objects.tous("essai"))
    _a_regulariser(next(d for d in autres if d.portefeuille_id == AUTRE_PORTEFEUILLE))
    suivi = _a_regulariser(fabrique.accorde())
    objets["apprentissage"] = str(suivi.pk)
    change = fabrique.accorde()
    objets["apprentissage_change"] = str(change.pk)
    rompu = fabrique.accorde()
    objets["apprentissage_rompu"] = str(rompu.pk)
    declarer_rupture(
        dossier_id=rompu.pk, rupture=fabrique.accord_signe(date(2026, 12, 10), date(2026, 12, 9)), par=fabrique.aline(),
        maintenant=EN_DECEMBRE,
    )  # fmt: skip
    aline = fabrique.aline()
    commencer_avenant(dossier_id=change.pk, code="36", par=aline, maintenant=EN_DECEMBRE)
    enregistrer_avenant(dossier_id=change.pk, valeurs={"contrat": AVENANT}, par=aline, maintenant=EN_DECEMBRE)
    joindre(change, "avenant_signe", le=EN_DECEMBRE)
    transmettre_avenant(dossier_id=change.pk, par=aline, maintenant=EN_DECEMBRE)
    for dossier in autres:
        RuptureDeclaree(dossier=dossier, cote="prestataire", le=date(2026, 12, 9), declaree_le=EN_DECEMBRE).porter(
            dossier.portee_des_suites
        ).save(force_insert=True)
        avenant = Avenant(
            dossier=dossier, rang=1, code="36", etat=EtatAvenant.ABANDONNE, version_depart=1, commence_le=EN_DECEMBRE
        )
        avenant.porter(dossier.portee_des_suites).save(force_insert=True)
        Transfert(
            dossier=dossier, avenant=avenant, numero=dossier.numero or "", titre=dossier.titre, vers_siren="552100554", fil=dossier.fil,
            le=EN_DECEMBRE,
        ).porter(dossier.portee_des_suites).save(force_insert=True)  # fmt: skip
    publier(suivi)


def _a_regulariser(dossier: Dossier) -> Dossier:
    """Its branch has published a level since it was granted."""
    Regularisation(dossier=dossier, montant=9000, source="Essai", trouvee_le=fabrique.PENDANT).porter(dossier.portee).save()
    return dossier
