"""« Dupliquer »: what was chosen, in a draft of the present form; rights to read the one and to type the other."""

from datetime import date
from typing import Any

import pytest
import time_machine

from jalon.dispositifs.base import LIGNES
from jalon.dispositifs.pro_a import FERMETURE
from jalon.dossiers.actions import dupliquer_dossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import historique_de, origine_de, pieces_de, reponses_de
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Niveau, Perimetre
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee
from tests.acteurs import FauxActeur
from tests.dispositifs.exemples import ZOE
from tests.dossiers.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    SIRET,
    accorde,
    aline,
    brouillon,
    complet,
    driss,
    emma,
    monde,
    nir_valide,
    relire,
)  # fmt: skip

pytestmark = pytest.mark.django_db
NIR = nir_valide()
TOUTES = ("entreprise", "organisme", "action", "stagiaires", "couts")


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()


def dupliquer(dossier: Dossier, *rubriques: str, **autres: Any) -> Dossier:
    donnes = {"siret": SIRET, "par": aline(), "maintenant": LE} | autres
    return relire(dupliquer_dossier(dossier_id=dossier.id, rubriques=rubriques or TOUTES, **donnes))


def avec(niveau: Niveau, **perimetre: Any) -> FauxActeur:
    return FauxActeur({Domaine.PLAN: (niveau, Perimetre(**perimetre))})


def test_un_dossier_accorde_se_copie_sans_piece_date_ni_montant_accorde() -> None:
    source = accorde(stagiaires=[{**ZOE, "nir": NIR}])
    copie = dupliquer(source)
    assert copie.est_brouillon
    assert (copie.numero, copie.contenu, copie.montant_accorde, copie.accorde_le) == (None, None, None, None)
    assert (copie.date_debut, copie.date_fin, copie.attend_avant) == (None, None, None)
    assert (copie.titre, copie.siret, copie.prestataire_siret) == (source.titre, SIRET, source.prestataire_siret)
    assert pieces_de(copie, aline()) == []
    lues = reponses_de(copie, aline())
    assert lues["stagiaires"]["valeurs"][LIGNES][0]["nir"] == NIR
    assert NIR not in str(copie.reponses)
    assert copie.fil_id != source.fil_id


def test_la_copie_dit_d_ou_elle_vient() -> None:
    source = accorde()
    copie = dupliquer(source)
    assert origine_de(copie, aline()) == source
    assert origine_de(copie, FauxActeur({})) is None
    phrases = [str(ligne.phrase) for ligne in historique_de(copie, aline())]
    assert any(f"copié du dossier {source.numero}" in phrase for phrase in phrases), phrases


def test_seules_les_rubriques_choisies_sont_copiees() -> None:
    copie = dupliquer(complet(), "action", "inconnue")
    assert set(copie.reponses) == {"entreprise", "action"}
    assert copie.reponses["entreprise"]["valeurs"]["siret"] == SIRET
    assert not copie.reponses["entreprise"]["valeurs"]["contact_nom"]
    with pytest.raises(SaisieRefusee, match="au moins une rubrique"):
        dupliquer(complet(), "inconnue")


def test_pour_un_autre_etablissement_le_registre_dit_le_sien() -> None:
    sans_lieu = dupliquer(complet(), "entreprise", siret="")
    valeurs = sans_lieu.reponses["entreprise"]["valeurs"]
    assert (valeurs["siret"], valeurs["code_postal"], sans_lieu.siret) == ("", "", "")
    assert valeurs["contact_nom"] == "Aline Roche"


def test_en_probation_les_nir_ne_se_copient_pas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jalon.dossiers.actions.duplication.peut_lire_les_sensibles", lambda *_: False)
    copie = dupliquer(complet(stagiaires=[{**ZOE, "nir": NIR}]))
    assert not copie.reponses["stagiaires"]["valeurs"][LIGNES][0]["nir"]
    assert copie.nombre_stagiaires == 1


def test_lire_la_source_et_saisir_la_cible() -> None:
    dossier = complet()
    lecteur = avec(Niveau.LECTURE, sirens=frozenset({SIREN}))
    for erreur, par in ((DroitManquant, lecteur), (Introuvable, avec(Niveau.SAISIE, sirens=frozenset({AUTRE_SIREN})))):
        with pytest.raises(erreur):
            dupliquer(dossier, par=par)
    for autre in (driss(), emma()):
        with pytest.raises(DroitManquant, match="l’entreprise qui l’a déposé"):
            dupliquer(accorde(), par=autre)
    assert Evenement.objects.tous("essai").filter(code="dossier.duplique").count() == 0


def test_ce_qui_ne_se_demande_plus_dit_ce_qui_le_remplace() -> None:
    with time_machine.travel(date(2025, 6, 1)):
        ancien = Dossier.objects.tous("essai").get(pk=brouillon().pk)
    Dossier.objects.tous("essai").filter(pk=ancien.pk).update(dispositif="pro_a", domaine=Domaine.ALTERNANCE)
    assert LE.date() >= FERMETURE
    tout = FauxActeur({Domaine.ALTERNANCE: (Niveau.ENVOI, Perimetre(sirens=frozenset({SIREN})))})
    with pytest.raises(SaisieRefusee, match="Période de reconversion"):
        dupliquer(ancien, "entreprise", par=tout)
