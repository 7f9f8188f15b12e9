"""Files: looked at, applied by packets, killed and resumed, two at once, forgotten."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.models import Rattachement
from jalon.journal.models import Evenement
from jalon.salaries import coffre
from jalon.salaries.actions import (
    abandonner_import,
    ajuster_colonnes,
    appliquer_import,
    deposer_fichier,
    imports,
    lancer_import,
    oublier_imports,
    relancer_imports,
)
from jalon.salaries.enums import EtatImport, Sort
from jalon.salaries.models import ImportSalaries
from jalon.salaries.requetes import apercu_de, import_accessible
from jalon.socle.acteurs import Niveau
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, SaisiesRefusees, TransitionImpossible
from tests.habilitations import fabrique as acces
from tests.salaries.outils import (
    JOUR,
    LEO,
    MAINTENANT,
    SIREN,
    SIRET,
    SIRET_2,
    ZOE,
    ZOE_NIR,
    ajouter,
    aline,
    bruno,
    csv,
    deposer,
    dsn,
    gens,
    importer,
    tous,
)

pytestmark = pytest.mark.django_db
PAR = aline(Niveau.SAISIE)
MINUTE = timedelta(minutes=1)


def relire(ligne: ImportSalaries) -> ImportSalaries:
    relu: ImportSalaries = ImportSalaries.objects.tous("essai").get(pk=ligne.pk)
    return relu


def test_un_fichier_se_regarde_puis_s_applique_et_n_est_plus_garde() -> None:
    ajouter({**ZOE, "emploi": "Serveuse"})
    ajouter({**LEO, "matricule": "3"})
    fichier = csv(
        {**ZOE, "emploi": "Cheffe"},
        LEO,
        {**LEO, "nir": "123", "nom": "Faux"},
        {"nom": "Neuf", "prenom": "Ana", "date_naissance": "1/2/90"},
    )
    ligne = deposer(fichier, PAR)
    assert ZOE_NIR not in str(vars(ligne))
    assert "Serveuse" not in ligne.contenu
    vu = apercu_de(ligne, PAR, MAINTENANT)
    assert [(li.numero, li.sort) for li in vu.lignes] == [
        (2, Sort.MODIFIE), (3, Sort.IDENTIQUE), (4, Sort.REFUSE), (5, Sort.NOUVEAU),
    ]  # fmt: skip
    assert [(c.libelle, c.avant, c.apres) for c in vu.lignes[0].changements] == [("Emploi", "Serveuse", "Cheffe")]
    assert vu.lignes[2].raison.startswith("NIR (numéro de sécurité sociale)\u00a0: Le NIR comporte 15 caractères")
    lancer_import(import_id=ligne.id, choix={}, par=PAR, maintenant=MAINTENANT)
    fini = relire(ligne)
    assert (fini.etat, fini.contenu, fini.choix) == (EtatImport.TERMINE, "", {})
    assert fini.rapport["comptes"] == {"modifie": 1, "identique": 1, "refuse": 1, "nouveau": 1}
    assert fini.rapport["refus"] == [[4, vu.lignes[2].raison]]
    assert [(s.nom, s.emploi, s.source, s.matricule) for s in tous()] == [
        ("Étienne", "Cuisinier", "main", "3"), ("Exemple", "Cheffe", "main", ""), ("Neuf", "", "fichier", ""),
    ]  # fmt: skip
    assert Evenement.objects.tous("essai").get(code="salaries.import").details == {"nouveaux": 1, "modifies": 1, "refuses": 1}
    assert coffre.nir_en_clair(tous()[1]) == ZOE_NIR


def test_une_dsn_arrive_au_meme_endroit_et_celle_d_un_autre_siren_est_refusee() -> None:
    zoe = ["S21.G00.11.001,'00013'", f"S21.G00.30.001,'{ZOE_NIR[:13]}'", "S21.G00.30.002,'EXEMPLE'", "S21.G00.30.004,'Zoé'",
           "S21.G00.30.006,'15071995'", "S21.G00.40.001,'01032024'", "S21.G00.40.007,'01'"]  # fmt: skip
    ligne = importer(dsn(*zoe), PAR)
    (seule,) = tous()
    assert (seule.nom, seule.siret, seule.nature, seule.source, seule.entree) == (
        "EXEMPLE", SIRET, "cdi", "dsn", JOUR.replace(2024, 3, 1),
    )  # fmt: skip
    assert (coffre.nir_en_clair(seule), ligne.source) == (ZOE_NIR, "dsn")
    assert importer(dsn(*zoe), PAR).rapport["comptes"] == {"identique": 1}
    with pytest.raises(SaisieRefusee, match="SIREN"):
        deposer(dsn(*zoe, siren="123456782"), PAR)


def test_un_doublon_probable_attend_une_reponse() -> None:
    zoe = ajouter({**ZOE, "nir": ""})
    mariee = csv({**ZOE, "nom": "Mariée"})
    assert importer(mariee, PAR).rapport["comptes"] == {"doublon": 1}
    assert importer(mariee, PAR, ligne_2="ignorer").rapport["comptes"] == {"ignore": 1}
    with pytest.raises(SaisieRefusee, match="réponses proposées"):
        importer(mariee, PAR, ligne_2="n'importe")
    assert importer(mariee, PAR, ligne_2=str(zoe.id)).rapport["comptes"] == {"modifie": 1}
    assert [(s.id, s.nom, coffre.nir_en_clair(s)) for s in tous()] == [(zoe.id, "Mariée", ZOE_NIR)]
    assert importer(csv({**ZOE, "nir": "", "nom": "Autre"}), PAR, ligne_2="nouveau").rapport["comptes"] == {"nouveau": 1}


def test_les_colonnes_se_corrigent_et_le_necessaire_est_exige() -> None:
    ligne = deposer(b"A;B;C\nExemple;Zo\xc3\xa9;15/07/1995\n", PAR)
    assert apercu_de(ligne, PAR, MAINTENANT).manquantes == ("Nom de naissance", "Prénom", "Date de naissance")
    with pytest.raises(SaisiesRefusees) as refus:
        lancer_import(import_id=ligne.id, choix={}, par=PAR, maintenant=MAINTENANT)
    assert set(refus.value.champs) == {"nom", "prenom", "date_naissance"}
    juste = {"nom": "0", "prenom": "1", "date_naissance": "2"}
    for fautes, champ in (({"prenom": "0"}, "prenom"), ({"nom": "3"}, "nom"), ({"nom": "un"}, "nom")):
        with pytest.raises(SaisieRefusee) as erreur:
            ajuster_colonnes(import_id=ligne.id, colonnes=juste | fautes, par=PAR, maintenant=MAINTENANT)
        assert erreur.value.champ == champ
    ajuster_colonnes(import_id=ligne.id, colonnes=juste, par=PAR, maintenant=MAINTENANT)
    lancer_import(import_id=ligne.id, choix={}, par=PAR, maintenant=MAINTENANT)
    assert [s.nom_complet for s in tous()] == ["Zoé Exemple"]


def test_les_droits_d_un_etablissement_ne_touchent_que_lui() -> None:
    ajouter({**ZOE, "siret": SIRET_2})
    fichier = csv(ZOE, {**LEO, "siret": SIRET}, {"nom": "Neuf", "prenom": "Ana", "date_naissance": "1/2/1990", "siret": SIRET_2})
    ligne = importer(fichier, bruno())
    assert ligne.rapport["comptes"] == {"refuse": 2, "nouveau": 1}
    assert [(s.nom, s.siret) for s in tous()] == [("Étienne", SIRET), ("Exemple", SIRET_2)]
    for par in (aline(Niveau.LECTURE), aline(siren="123456782")):
        with pytest.raises(DroitManquant):
            deposer(fichier, par)


def test_un_fichier_n_est_qu_a_qui_l_a_envoye_et_une_heure() -> None:
    ligne = deposer(csv(ZOE), PAR)
    with pytest.raises(Introuvable):
        import_accessible(ligne.id, aline(), MAINTENANT)
    juste_avant = MAINTENANT + 60 * MINUTE - timedelta(microseconds=1)
    assert import_accessible(ligne.id, PAR, juste_avant).id == ligne.id
    assert oublier_imports(maintenant=juste_avant) == 0
    with pytest.raises(Introuvable):
        lancer_import(import_id=ligne.id, choix={}, par=PAR, maintenant=MAINTENANT + 60 * MINUTE)
    assert oublier_imports(maintenant=MAINTENANT + 60 * MINUTE) == 1
    assert (relire(ligne).etat, relire(ligne).contenu) == (EtatImport.EXPIRE, "")
    assert tous() == []


def test_un_fichier_abandonne_ou_remplace_est_oublie() -> None:
    premier, second = deposer(csv(ZOE), PAR), deposer(csv(LEO), PAR)
    assert (relire(premier).etat, relire(premier).contenu) == (EtatImport.ABANDONNE, "")
    abandonner_import(import_id=second.id, par=PAR, maintenant=MAINTENANT)
    assert relire(second).contenu == ""
    for acte in (abandonner_import, lambda **k: lancer_import(choix={}, **k)):
        with pytest.raises(TransitionImpossible):
            acte(import_id=second.id, par=PAR, maintenant=MAINTENANT)
    with pytest.raises(Introuvable):
        apercu_de(relire(second), PAR, MAINTENANT)


def test_un_fichier_trop_lourd_est_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "AU_PLUS", 10)
    with pytest.raises(SaisieRefusee, match="30\u00a0Mo"):
        deposer_fichier(siren=SIREN, octets=b"nom;prenom\n", par=PAR, maintenant=MAINTENANT)


@pytest.fixture
def louise() -> Any:
    """Somebody of the company, whose rights a job reads again."""
    acces.organisation(SIREN)
    qui = acces.personne("Louise")
    acces.rattacher(qui, SIREN)
    return acces.acteur(qui, MAINTENANT)


def test_un_grand_fichier_est_un_travail_qui_reprend_ou_il_en_etait(monkeypatch: pytest.MonkeyPatch, louise: Any) -> None:
    monkeypatch.setattr(imports, "PAQUET", 90)
    ligne = deposer(csv(*gens(205)), louise)
    lancer_import(import_id=ligne.id, choix={}, par=louise, maintenant=MAINTENANT)
    assert (relire(ligne).etat, tous()) == (EtatImport.EN_COURS, [])
    assert ProcrastinateJob.objects.filter(task_name=imports.TACHE, args={"import_id": str(ligne.id)}).count() == 1
    vrai, tours = imports._avancer, []

    def mourir(*args: Any) -> None:
        tours.append(1)
        vrai(*args)
        if len(tours) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(imports, "_avancer", mourir)
    with pytest.raises(KeyboardInterrupt):
        appliquer_import(import_id=ligne.id, maintenant=MAINTENANT)
    assert (len(tous()), relire(ligne).avance) == (90, 90)
    assert relancer_imports(maintenant=MAINTENANT + 15 * MINUTE - timedelta(microseconds=1)) == 0
    assert relancer_imports(maintenant=MAINTENANT + 15 * MINUTE) == 1
    appliquer_import(import_id=ligne.id, maintenant=MAINTENANT)
    appliquer_import(import_id=ligne.id, maintenant=MAINTENANT)
    assert (len(tous()), relire(ligne).etat, relire(ligne).contenu) == (205, EtatImport.TERMINE, "")
    assert relire(ligne).rapport["comptes"] == {"nouveau": 205}
    assert Evenement.objects.tous("essai").filter(code="salaries.import").count() == 1


def test_un_droit_retire_pendant_l_import_l_arrete(louise: Any) -> None:
    ligne = deposer(csv(*gens(201)), louise)
    lancer_import(import_id=ligne.id, choix={}, par=louise, maintenant=MAINTENANT)
    Rattachement.objects.tous("essai").update(etat=EtatRattachement.RETIRE)
    appliquer_import(import_id=ligne.id, maintenant=MAINTENANT)
    assert (relire(ligne).etat, relire(ligne).contenu, tous()) == (EtatImport.INTERROMPU, "", [])


def test_ce_qui_a_change_depuis_l_apercu_n_est_pas_devine() -> None:
    ligne = deposer(csv(ZOE), PAR)
    assert apercu_de(ligne, PAR, MAINTENANT).lignes[0].sort == Sort.NOUVEAU
    ajouter({**ZOE, "nir": "", "nom": "Mariée"})
    assert lancer_import(import_id=ligne.id, choix={}, par=PAR, maintenant=MAINTENANT).rapport["comptes"] == {"doublon": 1}


def test_cinq_mille_salaries_en_quelques_secondes(louise: Any) -> None:
    personnes = gens(5_000)
    depart = time.monotonic()
    ligne = deposer(csv(*personnes), louise)
    assert apercu_de(ligne, louise, MAINTENANT).comptes[Sort.NOUVEAU] == 5_000
    lancer_import(import_id=ligne.id, choix={}, par=louise, maintenant=MAINTENANT)
    with transaction.atomic(), connection.cursor():
        appliquer_import(import_id=ligne.id, maintenant=MAINTENANT)
    duree = time.monotonic() - depart
    assert relire(ligne).rapport["comptes"] == {"nouveau": 5_000}
    assert duree < 30, f"{duree:.1f} s"
