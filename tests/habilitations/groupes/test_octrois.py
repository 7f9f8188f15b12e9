"""What waits on a group (exigences, T12)."""

from datetime import timedelta

import pytest

from jalon.comptes.models import Personne
from jalon.habilitations.actions.droits import modifier_droits
from jalon.habilitations.actions.octrois import decider_octroi
from jalon.habilitations.models import DroitAccorde, GroupeEtablissements, Rattachement
from jalon.habilitations.requetes.groupes import (
    groupes_entiers,
)
from jalon.habilitations.requetes.octrois import octrois_en_attente
from jalon.organisations.models import Etablissement
from jalon.socle.acteurs import Domaine, Droit, Niveau
from jalon.socle.erreurs import SaisieRefusee
from tests.habilitations.fabrique import (
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    cle_de_luhn,
    groupe,
    personne,
    rattacher,
    sur_un_groupe,
)
from tests.habilitations.groupes.outils import FACTURER, SIRET_3, ajouter, perimetre_de, retirer

pytestmark = pytest.mark.django_db


def test_un_ajout_compte_pour_un_acces_donne_et_le_quatrieme_de_l_heure_se_refuse(
    aline: Personne, sud: GroupeEtablissements, bruno: Rattachement
) -> None:
    sirets = [cle_de_luhn(f"{SIREN}{rang:04d}") for rang in range(100, 106)]
    Etablissement.objects.bulk_create(Etablissement(siret=s) for s in sirets)
    for rang, siret in enumerate(sirets[:3]):
        ajouter(aline, sud, siret, le=LE + timedelta(minutes=rang))
    with pytest.raises(SaisieRefusee, match="en une heure"):
        ajouter(aline, sud, sirets[3], le=LE + timedelta(minutes=59, seconds=59))
    assert perimetre_de(bruno).sirets == {SIRET, *sirets[:3]}
    ajouter(aline, sud, sirets[3], le=LE + timedelta(hours=1))
    vide = groupe("Vide")
    ajouter(aline, vide, *sirets, le=LE + timedelta(hours=1))
    retirer(aline, sud, SIRET)


def test_un_groupe_financier_ne_devient_pas_toute_l_entreprise(aline: Personne, sud: GroupeEtablissements) -> None:
    lien = rattacher(personne("Chloé", "Bertin"), droits=[sur_un_groupe(sud, Domaine.FACTURES, Niveau.ENVOI)])
    ajouter(aline, sud, SIRET_2)
    with pytest.raises(SaisieRefusee, match="toute l’entreprise"):
        ajouter(aline, sud, SIRET_3)
    assert perimetre_de(lien, FACTURER).sirets == {SIRET, SIRET_2}
    Etablissement.objects.filter(siret=SIRET_3).update(etat="F")
    ajouter(aline, sud, SIRET_3)
    assert groupes_entiers(SIREN, [sud.id]) == {sud.id}


def test_un_droit_financier_sur_un_groupe_entier_attend(aline: Personne, bruno: Rattachement) -> None:
    louise = personne("Louise", "Rey")
    rattacher(louise)
    entier = groupe("Partout", [SIRET, SIRET_2, SIRET_3])
    partiel = groupe("Ailleurs", [SIRET_2])
    droits = [sur_un_groupe(g, Domaine.FACTURES, Niveau.ENVOI) for g in (entier, partiel)]
    modifier_droits(rattachement_id=bruno.id, droits=droits, par=acteur(aline), maintenant=LE)
    assert perimetre_de(bruno, FACTURER).sirets == {SIRET_2}
    (octroi,) = octrois_en_attente(SIREN, acteur(louise), LE)
    assert octroi.droits == ("Envoi · Factures, groupe «\u00a0Partout\u00a0»",)
    decider_octroi(rattachement_id=bruno.id, accorder=True, par=acteur(louise), maintenant=LE)
    assert perimetre_de(bruno, FACTURER).sirets == {SIRET, SIRET_2, SIRET_3}


def test_ce_qui_attend_sur_un_groupe_remplace_le_droit_du_meme_groupe_seulement(aline: Personne, bruno: Rattachement) -> None:
    louise = personne("Louise", "Rey")
    rattacher(louise)
    entier, partiel = groupe("Partout", [SIRET, SIRET_2, SIRET_3]), groupe("Ailleurs", [SIRET_2])
    lire = [sur_un_groupe(g, Domaine.FACTURES, Niveau.LECTURE) for g in (entier, partiel)]
    modifier_droits(rattachement_id=bruno.id, droits=lire, par=acteur(aline), maintenant=LE)
    monte = [sur_un_groupe(entier, Domaine.FACTURES, Niveau.ENVOI), lire[1]]
    modifier_droits(rattachement_id=bruno.id, droits=monte, par=acteur(aline), maintenant=LE)
    assert perimetre_de(bruno, Droit(Domaine.FACTURES, Niveau.LECTURE)).sirets == {SIRET, SIRET_2, SIRET_3}
    plus_tard = LE + timedelta(hours=25)
    modifier_droits(rattachement_id=bruno.id, droits=monte, par=acteur(aline, plus_tard), maintenant=plus_tard)
    restent = DroitAccorde.objects.filter(rattachement=bruno, revoque_le=None)
    assert sorted((d.groupe_id == entier.id, d.niveau, d.attente) for d in restent) == [(False, 1, ""), (True, 3, "")]


def test_confirmer_sur_un_groupe_laisse_les_autres_groupes(aline: Personne, bruno: Rattachement) -> None:
    louise = personne("Louise", "Rey")
    rattacher(louise)
    entier, partiel = groupe("Partout", [SIRET, SIRET_2, SIRET_3]), groupe("Ailleurs", [SIRET_2])
    lire = [sur_un_groupe(g, Domaine.FACTURES, Niveau.LECTURE) for g in (entier, partiel)]
    for droits in (lire, [sur_un_groupe(entier, Domaine.FACTURES, Niveau.ENVOI), lire[1]]):
        modifier_droits(rattachement_id=bruno.id, droits=droits, par=acteur(aline), maintenant=LE)
    decider_octroi(rattachement_id=bruno.id, accorder=True, par=acteur(louise), maintenant=LE)
    restent = DroitAccorde.objects.filter(rattachement=bruno, revoque_le=None)
    assert sorted((d.groupe_id == entier.id, d.niveau) for d in restent) == [(False, 1), (True, 3)]
