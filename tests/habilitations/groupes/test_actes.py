"""Who may change a group, and what is told of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from jalon.comptes.models import Personne
from jalon.courriers.messages import Destinataire
from jalon.courriers.models import Courriel
from jalon.habilitations.actions.groupes import (
    ajouter_au_groupe,
    creer_groupe,
    renommer_groupe,
    retirer_du_groupe,
    supprimer_groupe,
)
from jalon.habilitations.courriels import GroupeModifie
from jalon.habilitations.enums import Attente
from jalon.habilitations.models import DroitAccorde, GroupeEtablissements, Rattachement
from jalon.habilitations.regles_des_groupes import GROUPES_MAX
from jalon.habilitations.requetes.groupes import (
    groupe_accessible,
    lieux_du_groupe,
)
from jalon.habilitations.requetes.histoire import FiltreHistoire, histoire_des_acces
from jalon.journal.models import Evenement
from jalon.organisations.models import Etablissement
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from jalon.socle.identifiants import nouvel_id
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    cle_de_luhn,
    groupe,
    organisation,
    personne,
    rattacher,
    sur_le_siren,
    sur_un_groupe,
)
from tests.habilitations.groupes.outils import SIRET_3, ajouter, codes, perimetre_de, retirer

pytestmark = pytest.mark.django_db


def test_un_groupe_se_cree_vide_se_remplit_se_renomme_se_supprime(aline: Personne) -> None:
    cree = creer_groupe(siren=SIREN, nom="Nord", par=acteur(aline), maintenant=LE)
    assert (cree.sirets, cree.cree_par, cree.siren, cree.domaine) == ([], aline.id, SIREN, Domaine.ACCES)
    assert ajouter(aline, cree, SIRET_3, SIRET_2, SIRET_3).sirets == sorted([SIRET_2, SIRET_3])
    assert retirer(aline, cree, SIRET_2, SIRET).sirets == [SIRET_3]
    renomme = renommer_groupe(groupe_id=cree.id, nom="Nord-Est", par=acteur(aline), maintenant=LE)
    assert (renomme.nom, renomme.cle) == ("Nord-Est", "nord est")
    supprimer_groupe(groupe_id=cree.id, par=acteur(aline), maintenant=LE)
    assert codes() == [
        "acces.groupe_cree", "acces.groupe_etendu", "acces.groupe_reduit", "acces.groupe_renomme", "acces.groupe_supprime",
    ]  # fmt: skip
    with pytest.raises(Introuvable):
        groupe_accessible(cree.id, acteur(aline))
    assert not Courriel.objects.exists(), "personne n’y a de droit"
    assert creer_groupe(siren=SIREN, nom="Nord-Est", par=acteur(aline), maintenant=LE).id != cree.id, "le nom est libre"


def test_l_histoire_nomme_le_groupe_et_ses_etablissements(
    aline: Personne, sud: GroupeEtablissements, bruno: Rattachement
) -> None:
    ajouter(aline, sud, SIRET_2)
    (ligne,) = histoire_des_acces(acteur(aline), SIREN, FiltreHistoire(genre="groupes", texte="sud"))
    assert "Région Sud" in ligne.phrase
    assert ligne.details["changements"] == ["Ajouté\u00a0: SIRET 123\u00a0456\u00a0782\u00a000028"]
    assert ligne.details["personnes"] == 1
    with connection.cursor() as curseur:
        curseur.execute("SELECT sirets FROM habilitations_groupeetablissementsevent WHERE id = %s ORDER BY pgh_id", [sud.id])
        assert curseur.fetchall() == [([SIRET],), ([SIRET, SIRET_2],)]
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            curseur.execute("DELETE FROM habilitations_groupeetablissementsevent")


def test_beaucoup_d_etablissements_se_comptent_au_journal(aline: Personne, sud: GroupeEtablissements) -> None:
    sirets = [cle_de_luhn(f"{SIREN}{rang:04d}") for rang in range(100, 160)]
    Etablissement.objects.bulk_create(Etablissement(siret=s, commune="NICE") for s in sirets)
    ajouter(aline, sud, *sirets)
    dits = Evenement.objects.tous("essai").get().details["changements"]
    assert (len(dits), dits[-1]) == (51, "Ajouté\u00a0: 10 autres")


def test_les_autres_administrateurs_et_les_personnes_sont_prevenus(
    aline: Personne, sud: GroupeEtablissements, bruno: Rattachement
) -> None:
    louise = personne("Louise", "Rey")
    rattacher(louise)
    ajouter(aline, sud, SIRET_2, le=LE - timedelta(seconds=1))
    retirer(aline, sud, SIRET)
    assert bruno.personne is not None
    envoyes = sorted(Courriel.objects.values_list("genre", "adresse"))
    assert envoyes == sorted(
        2 * [("habilitations.groupe_modifie", louise.email), ("habilitations.droits_modifies", bruno.personne.email)]
    )
    with time_machine.travel(LE, tick=False):
        for qui, oui in ((louise, True), (bruno.personne, False)):
            avis = GroupeModifie.charger(sud.id, Destinataire(qui.email, qui.id))
            assert avis is not None
            assert avis.autorise() == oui
    assert GroupeModifie.charger(nouvel_id(), Destinataire(louise.email, louise.id)) is None


def test_rien_ne_change_rien_ne_s_ecrit(aline: Personne, sud: GroupeEtablissements, bruno: Rattachement) -> None:
    ajouter(aline, sud, SIRET)
    retirer(aline, sud, SIRET_2)
    renommer_groupe(groupe_id=sud.id, nom="Région Sud", par=acteur(aline), maintenant=LE)
    assert (codes(), Courriel.objects.exists()) == ([], False)


def test_un_nom_est_pris_une_fois_par_entreprise(aline: Personne, sud: GroupeEtablissements) -> None:
    for nom in ("region  sud", "RÉGION SUD"):
        with pytest.raises(SaisieRefusee, match="porte déjà ce nom") as refus:
            creer_groupe(siren=SIREN, nom=nom, par=acteur(aline), maintenant=LE)
        assert refus.value.champ == "nom"
    nord = groupe("Nord")
    with pytest.raises(SaisieRefusee, match="porte déjà ce nom"):
        renommer_groupe(groupe_id=nord.id, nom="Région Sud", par=acteur(aline), maintenant=LE)
    assert renommer_groupe(groupe_id=sud.id, nom="RÉGION SUD", par=acteur(aline), maintenant=LE).nom == "RÉGION SUD"
    rattacher(aline, AUTRE_SIREN)
    assert creer_groupe(siren=AUTRE_SIREN, nom="Région Sud", par=acteur(aline), maintenant=LE)
    with pytest.raises(IntegrityError, match="groupe_nom_unique"), transaction.atomic():
        groupe("Nord")


def test_une_entreprise_a_un_nombre_de_groupes(aline: Personne) -> None:
    for rang in range(GROUPES_MAX):
        groupe(f"Groupe {rang}")
    with pytest.raises(SaisieRefusee, match="200 groupes au plus"):
        creer_groupe(siren=SIREN, nom="De trop", par=acteur(aline), maintenant=LE)


def test_un_etablissement_d_ailleurs_ou_inconnu_n_entre_pas(aline: Personne, sud: GroupeEtablissements) -> None:
    organisation(AUTRE_SIREN)
    for siret in (f"{AUTRE_SIREN}00010", cle_de_luhn(f"{SIREN}0999"), "absent"):
        with pytest.raises(SaisieRefusee, match="de cette entreprise") as refus:
            ajouter(aline, sud, SIRET_2, siret)
        assert refus.value.champ == "sirets"
    for acte in (ajouter, retirer):
        with pytest.raises(SaisieRefusee, match="au moins un établissement"):
            acte(aline, sud)
    sud.refresh_from_db()
    assert sud.sirets == [SIRET]


def test_un_etablissement_ferme_reste_et_se_retire(aline: Personne, sud: GroupeEtablissements, bruno: Rattachement) -> None:
    Etablissement.objects.filter(siret=SIRET).update(etat="F")
    assert perimetre_de(bruno).sirets == {SIRET}
    assert [lieu.ferme for lieu in lieux_du_groupe(sud).lieux] == [True]
    assert retirer(aline, sud, SIRET).sirets == []
    assert SIRET not in lieux_du_groupe(groupe_accessible(sud.id, acteur(aline)), dedans=False).trouves


def test_supprimer_un_groupe_qui_porte_des_droits_se_refuse(
    aline: Personne, sud: GroupeEtablissements, bruno: Rattachement
) -> None:
    with pytest.raises(TransitionImpossible, match=r"les droits de Bruno Marchetti\u00a0: retirez-les"):
        supprimer_groupe(groupe_id=sud.id, par=acteur(aline), maintenant=LE)
    DroitAccorde.objects.filter(rattachement=bruno).update(debut=LE + timedelta(days=1), attente=Attente.DATE)
    with pytest.raises(TransitionImpossible):
        supprimer_groupe(groupe_id=sud.id, par=acteur(aline), maintenant=LE)
    for rang in range(4):
        rattacher(personne(f"P{rang}", "Zola"), droits=[sur_un_groupe(sud, Domaine.PLAN)])
    with pytest.raises(TransitionImpossible, match="Bruno Marchetti, P0 Zola, P1 Zola et 2 autres personnes"):
        supprimer_groupe(groupe_id=sud.id, par=acteur(aline), maintenant=LE)
    DroitAccorde.objects.filter(groupe=sud).update(revoque_le=LE)
    assert supprimer_groupe(groupe_id=sud.id, par=acteur(aline), maintenant=LE).supprime_par == aline.id


ACTES: dict[str, Callable[..., object]] = {
    "creer": lambda vise, **autres: creer_groupe(siren=SIREN, nom="Autre", **autres),
    "renommer": lambda vise, **autres: renommer_groupe(groupe_id=vise.id, nom="Autre", **autres),
    "ajouter": lambda vise, **autres: ajouter_au_groupe(groupe_id=vise.id, sirets=[SIRET_2], **autres),
    "retirer": lambda vise, **autres: retirer_du_groupe(groupe_id=vise.id, sirets=[SIRET], **autres),
    "supprimer": lambda vise, **autres: supprimer_groupe(groupe_id=vise.id, **autres),
}


@pytest.mark.parametrize("nom", ACTES)
def test_seul_un_administrateur_change_un_groupe(nom: str, aline: Personne, sud: GroupeEtablissements) -> None:
    lecteur, etranger = personne("Paul", "Roy"), personne("Gaël", "Nul")
    rattacher(lecteur, droits=[sur_le_siren(Domaine.ACCES, Niveau.LECTURE), sur_un_groupe(sud, Domaine.PLAN)])
    rattacher(etranger, AUTRE_SIREN)
    with pytest.raises(DroitManquant, match="Aline Ferrand"):
        ACTES[nom](sud, par=acteur(lecteur), maintenant=LE)
    with pytest.raises(DroitManquant if nom == "creer" else Introuvable):
        ACTES[nom](sud, par=acteur(etranger), maintenant=LE)
    if nom != "creer":
        GroupeEtablissements.objects.tous("essai").filter(id=sud.id).update(supprime_le=LE)
        with pytest.raises(Introuvable):
            ACTES[nom](sud, par=acteur(aline), maintenant=LE)
    assert codes() == []


@pytest.mark.parametrize("nom", ["ajouter", "retirer"])
def test_en_probation_un_groupe_qui_porte_des_droits_ne_change_pas(
    nom: str, sud: GroupeEtablissements, bruno: Rattachement
) -> None:
    noe = personne("Noé", "Vidal")
    rattacher(noe, probation_jusqu_a=LE + timedelta(seconds=1))
    with pytest.raises(DroitManquant, match="72"):
        ACTES[nom](sud, par=acteur(noe), maintenant=LE)
    DroitAccorde.objects.filter(groupe=sud).update(revoque_le=LE)
    assert ACTES[nom](sud, par=acteur(noe), maintenant=LE)


def test_la_fin_de_la_probation_ouvre_les_groupes(sud: GroupeEtablissements, bruno: Rattachement) -> None:
    noe = personne("Noé", "Vidal")
    rattacher(noe, probation_jusqu_a=LE)
    assert ACTES["ajouter"](sud, par=acteur(noe), maintenant=LE)
