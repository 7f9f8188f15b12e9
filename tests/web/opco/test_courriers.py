"""The AEF's pages about letters: asked, posted, come back, ended; the adviser's request."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.urls import reverse

from jalon.comptes.models import Personne
from jalon.habilitations.actions.commandes import commander_codes
from jalon.habilitations.actions.courriers_demandes import demander_lettre
from jalon.habilitations.actions.lettres import declarer_imprimees, preparer_lettres, telecharger_lettres
from jalon.habilitations.enums import EtatCode, Role
from jalon.habilitations.models import AdresseACompleter, CodeActivation, CommandeCodes, DemandeLettre, LettreCode
from jalon.socle.acteurs import Profil
from tests.habilitations.fabrique import AUTRE_SIREN, LE, SIREN, acteur, agent, organisation, personne, rattacher
from tests.seances import navigateur_de
from tests.web.composants.conftest import page_valide

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_cette_heure(tmp_path: Path, settings: Any) -> Iterator[None]:
    reglages = dict(settings.STORAGES)
    reglages["lettres"] = {**reglages["lettres"], "OPTIONS": {"location": tmp_path / "lettres"}}
    settings.STORAGES = reglages
    with time_machine.travel(LE, tick=False):
        yield


@pytest.fixture
def hugo() -> Personne:
    organisation()
    organisation(AUTRE_SIREN, "INSTITUT DE LA TABLE")
    return agent()


def _lire(reponse: HttpResponse, statut: int = 200) -> str:
    assert reponse.status_code == statut
    page = reponse.content.decode()
    page_valide(page)
    return page


def _demander(siren: str = SIREN, profil: Profil = Profil.ADHERENT) -> DemandeLettre:
    qui = personne("Bruno", "Marchetti")
    return demander_lettre(personne_id=qui.id, siren_saisi=siren, profil=profil, maintenant=LE)


def _imprimee(hugo: Personne) -> CommandeCodes:
    par = acteur(hugo)
    commande = commander_codes(profil=Profil.ADHERENT, sirens=[SIREN, AUTRE_SIREN], par=par, maintenant=LE)
    preparer_lettres(commande_id=commande.pk, maintenant=LE)
    telecharger_lettres(commande_id=commande.pk, par=par, maintenant=LE)
    return declarer_imprimees(commande_id=commande.pk, par=par, maintenant=LE)


def test_les_courriers_demandes_se_commandent_d_un_clic_sauf_les_deja_administres(hugo: Personne) -> None:
    rattacher(personne("Aline"), AUTRE_SIREN)
    une, administree = _demander(), _demander(AUTRE_SIREN)
    page = _lire(navigateur_de(hugo).get(reverse("opco_codes")))
    assert "Déjà administrée par 1 personne" in page
    coche = [ligne for ligne in page.split("<input")[1:] if 'name="demandes"' in ligne and "checked" in ligne.split(">")[0]]
    assert [str(une.pk) in ligne for ligne in coche] == [True]
    reponse = navigateur_de(hugo).post(reverse("opco_codes_demandes"), {"decision": "commander", "demandes": [str(une.pk)]})
    commande = CommandeCodes.objects.get()
    assert reponse["Location"] == reverse("opco_commande", args=[commande.pk])
    assert list(commande.lettres.values_list("siren", flat=True)) == [SIREN]
    administree.refresh_from_db()
    assert administree.lettre_id is None


def test_deux_profils_font_deux_commandes_et_la_page_des_codes(hugo: Personne) -> None:
    choisies = [str(_demander().pk), str(_demander(profil=Profil.PRESTATAIRE).pk)]
    reponse = navigateur_de(hugo).post(reverse("opco_codes_demandes"), {"decision": "commander", "demandes": choisies})
    assert reponse["Location"] == reverse("opco_codes")
    assert CommandeCodes.objects.count() == 2
    deja = navigateur_de(hugo).post(reverse("opco_codes_demandes"), {"decision": "commander", "demandes": choisies})
    assert "déjà été traitée" in _lire(deja, 422)


def test_une_demande_s_ecarte_avec_un_motif(hugo: Personne) -> None:
    demande = _demander()
    corps = {"decision": "ecarter", "demandes": [str(demande.pk)]}
    assert "Indiquez le motif" in _lire(navigateur_de(hugo).post(reverse("opco_codes_demandes"), corps), 422)
    corps["motif"] = "Appelez-nous"
    assert navigateur_de(hugo).post(reverse("opco_codes_demandes"), corps).status_code == 302
    demande.refresh_from_db()
    assert demande.motif_ecart == "Appelez-nous"
    assert "Courriers demandés" not in _lire(navigateur_de(hugo).get(reverse("opco_codes")))
    page = _lire(navigateur_de(demande.personne).get(reverse("mes_codes")))
    assert "Appelez-nous." in page


def test_les_lettres_se_declarent_postees_puis_revenues(hugo: Personne) -> None:
    commande = _imprimee(hugo)
    adresse, envoi = reverse("opco_commande", args=[commande.pk]), reverse("opco_commande_envoi", args=[commande.pk])
    lettre = LettreCode.objects.get(siren=SIREN)
    navigateur = navigateur_de(hugo)
    page = _lire(navigateur.get(adresse))
    assert page.count("À poster") == 2
    corps = {"decision": "postees", "le": "24/11/2026", "lettres": [str(lettre.pk)]}
    assert navigateur.post(envoi, corps).status_code == 302
    page = _lire(navigateur.get(adresse))
    assert page.count("Postée le 24/11/2026") == page.count("À poster") == 1
    assert navigateur.post(envoi, {"decision": "postees", "le": "24/11/2026"}).status_code == 302
    assert _lire(navigateur.get(adresse)).count("Postée le") == 2
    refus = _lire(navigateur.post(envoi, {**corps, "decision": "revenues", "le": "23/11/2026"}), 422)
    assert "pas avant" in refus
    assert f'value="{lettre.pk}" form="envoi" checked' in refus
    assert navigateur.post(envoi, {**corps, "decision": "revenues"}).status_code == 302
    page = _lire(navigateur.get(adresse))
    assert page.count("Revenue le 24/11/2026") == 1
    assert CodeActivation.objects.get(siren=SIREN).etat == EtatCode.TERMINE
    assert AdresseACompleter.objects.get().siren == SIREN
    assert reverse("opco_adresse", args=[SIREN]) in _lire(navigateur.get(reverse("opco_codes")))


def test_avant_l_impression_rien_ne_se_declare(hugo: Personne) -> None:
    commande = commander_codes(profil=Profil.ADHERENT, sirens=[SIREN], par=acteur(hugo), maintenant=LE)
    preparer_lettres(commande_id=commande.pk, maintenant=LE)
    assert "Envoi et retours" not in _lire(navigateur_de(hugo).get(reverse("opco_commande", args=[commande.pk])))
    refus = navigateur_de(hugo).post(
        reverse("opco_commande_envoi", args=[commande.pk]), {"decision": "postees", "le": "24/11/2026"}
    )
    assert "Déclarez d’abord les lettres imprimées" in _lire(refus, 422)


def test_l_aef_arrete_un_code_depuis_la_commande(hugo: Personne) -> None:
    commande = _imprimee(hugo)
    code = CodeActivation.objects.get(siren=SIREN)
    adresse = reverse("opco_code_arreter", args=[code.pk])
    navigateur = navigateur_de(hugo)
    assert adresse in _lire(navigateur.get(reverse("opco_commande", args=[commande.pk])))
    _lire(navigateur.get(adresse))
    assert navigateur.post(adresse, {"motif": "Signalée volée"}).status_code == 302
    code.refresh_from_db()
    assert (code.etat, code.motif_fin) == (EtatCode.TERMINE, "Signalée volée")
    page = _lire(navigateur.get(reverse("opco_commande", args=[commande.pk])))
    assert adresse not in page
    assert "Remplacée ou arrêtée, à ne pas envoyer" in page


def test_le_conseiller_demande_un_courrier_depuis_l_organisation(hugo: Personne) -> None:
    emma = agent(Role.CONSEILLER, prenom="Emma", nom="Lefort")
    adresse = reverse("opco_organisation_courrier", args=[SIREN])
    assert adresse in _lire(navigateur_de(emma).get(reverse("opco_organisation", args=[SIREN])))
    farid = agent(Role.GESTIONNAIRE, prenom="Farid")
    assert adresse not in _lire(navigateur_de(farid).get(reverse("opco_organisation", args=[SIREN])))
    _lire(navigateur_de(emma).get(adresse))
    corps = {"profil": "prestataire", "motif": "Lettre jamais reçue"}
    assert navigateur_de(emma).post(adresse, corps).status_code == 302
    demande = DemandeLettre.objects.get()
    assert (demande.profil, demande.personne_id) == (Profil.PRESTATAIRE, emma.id)
    assert "déjà été demandé" in _lire(navigateur_de(emma).post(adresse, corps), 422)
    assert "Lettre jamais reçue" in _lire(navigateur_de(hugo).get(reverse("opco_codes")))
