"""Asking, making, taking, cancelling, deleting: what succeeds, and every refusal."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jalon.comptes.models import Personne
from jalon.courriers.actions import rendre
from jalon.courriers.messages import Destinataire
from jalon.courriers.models import Courriel
from jalon.exports.actions import production
from jalon.exports.actions.demandes import annuler_export
from jalon.exports.actions.production import produire_export
from jalon.exports.actions.purge import purger_exports, retirer_orphelins
from jalon.exports.courriels import ExportInterrompu, ExportPret
from jalon.exports.enums import Etape, EtatExport
from jalon.exports.models import Export
from jalon.exports.regles import CONSERVATION, DELAI_COURRIEL, DROIT_RETIRE, MEMOIRE, PASSAGES_AU_PLUS, SANS_AVANCER_AU_PLUS
from jalon.exports.requetes import COFFRE, exports_de, montrer, tous_mes_exports
from jalon.habilitations.models import DroitAccorde
from jalon.journal.models import Evenement, Revelation
from jalon.socle import coffre, listes
from jalon.socle.acteurs import Domaine, Niveau, Portee
from jalon.socle.erreurs import (
    DroitManquant,
    Introuvable,
    SaisieRefusee,
    SecondFacteurRequis,
    TransitionImpossible,
    TropDEssais,
)
from jalon.socle.identifiants import nouvel_id
from tests.exports.outils import CODE, Ligne, Scene, demander, feuilles, poser, produire, telecharger
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    SIRET,
    acteur,
    agent,
    organisation,
    personne,
    rattacher,
    sur_le_siren,
    sur_un_siret,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("coffre_des_exports")]
SECONDE = timedelta(seconds=1)


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr("jalon.exports.cellules.LIGNES_PAR_LOT", 2)
    ailleurs = Ligne(nom="Ailleurs", portee=Portee(siren=AUTRE_SIREN))
    return poser(monkeypatch, [*(Ligne(nom=f"N{rang}") for rang in range(7)), ailleurs])


@pytest.fixture
def aline() -> Personne:
    organisation()
    creee = personne("Aline", "Ferrand")
    rattacher(creee)
    return creee


def relu(export: Export) -> Export:
    return Export.objects.tous("essai").get(pk=export.pk)


def evenements() -> list[str]:
    return list(
        Evenement.objects.tous("essai").filter(code__startswith="export.").order_by("le", "id").values_list("code", flat=True)
    )


def fichiers(dossier: Path) -> list[Path]:
    return [f for f in dossier.rglob("*") if f.is_file()] if dossier.exists() else []


# Asking -----------------------------------------------------------------------------------------------------------------


def test_un_export_demande_attend_son_tour(scene: Scene, aline: Personne) -> None:
    export = demander(acteur(aline), requete="q=N&page=3")
    assert (export.etat, export.lignes_total, export.requete) == (EtatExport.DEMANDE, 7, "q=N")
    assert export.nom_fichier == f"dossiers-d-essai-{SIREN}-2026-11-24.xlsx"
    assert evenements() == ["export.demande"]
    (trace,) = Evenement.objects.visibles_par(acteur(aline)).filter(code="export.demande")
    assert trace.details == {"libelle": "Dossiers d’essai", "format": "Excel", "raison": "Bilan du mois"}


@pytest.mark.parametrize(
    ("autres", "erreur", "phrase"),
    [
        ({"liste": "inconnue"}, Introuvable, "cette liste"),
        ({"requete": "tri=age"}, SaisieRefusee, "Ce tri n’existe plus"),
        ({"requete": "q=personne"}, SaisieRefusee, "rien à exporter"),
        ({"format_": "ods"}, SaisieRefusee, "Excel ou CSV"),
        ({"raison": " 12 ! "}, SaisieRefusee, "servira ce fichier"),
        ({"raison": "b" * 201}, SaisieRefusee, "200 signes"),
        ({"siren": AUTRE_SIREN}, DroitManquant, "organisation"),
        ({"siren": None}, DroitManquant, "OPCO|rôle"),
    ],
)
def test_une_demande_refusee_n_ecrit_rien(scene: Scene, aline: Personne, autres: Any, erreur: Any, phrase: str) -> None:
    with pytest.raises(erreur, match=phrase):
        demander(acteur(aline), **autres)
    assert not Export.objects.tous("essai").exists()
    assert evenements() == []


@pytest.mark.parametrize(
    ("droits", "phrase"),
    [
        ([sur_le_siren(Domaine.PLAN)], "exports"),
        ([sur_le_siren(Domaine.EXPORTS)], "plan"),
        ([sur_un_siret(SIRET, Domaine.PLAN), sur_un_siret(f"{SIREN}00028", Domaine.EXPORTS)], "même endroit"),
    ],
)
def test_il_faut_lire_et_exporter_au_meme_endroit(scene: Scene, aline: Personne, droits: Any, phrase: str) -> None:
    bruno = personne("Bruno", "Petit")
    rattacher(bruno, droits=droits)
    with pytest.raises(DroitManquant, match=phrase):
        demander(acteur(bruno))


def test_les_72_premieres_heures_les_exports_restent_fermes(scene: Scene) -> None:
    organisation()
    louise = personne("Louise", "Roux")
    rattacher(louise, probation_jusqu_a=LE + SECONDE)
    with pytest.raises(DroitManquant, match="Exports"):
        demander(acteur(louise))
    assert demander(acteur(louise, LE + SECONDE), maintenant=LE + SECONDE).etat == EtatExport.DEMANDE


def test_six_exports_en_tout_par_personne(scene: Scene, aline: Personne) -> None:
    premier, *_ = [demander(acteur(aline)) for _ in range(6)]
    with pytest.raises(TropDEssais, match="5 attendent leur tour"):
        demander(acteur(aline))
    rattacher(louise := personne("Louise", "Roux"))
    demander(acteur(louise))
    annuler_export(export_id=premier.pk, par=acteur(aline), maintenant=LE)
    demander(acteur(aline))


# Making ------------------------------------------------------------------------------------------------------------------


def test_le_classeur_dit_qui_quand_quels_filtres_combien(scene: Scene, aline: Personne) -> None:
    export = produire(demander(acteur(aline), requete="q=N&colonnes=siren,nom"), LE + SECONDE)
    assert (export.etat, export.lignes_faites, export.lignes_total) == (EtatExport.PRET, 7, 7)
    assert (export.fini_le, export.expire_le) == (LE + SECONDE, LE + SECONDE + CONSERVATION)
    lu = feuilles(telecharger(export, acteur(aline)))
    assert lu["Dossiers d’essai"] == [["SIREN", "Nom"], *([SIREN, f"N{rang}"] for rang in range(7))]
    dit = {quoi: str(valeur).replace("\u00a0", " ") for quoi, valeur in lu["À propos"]}
    assert dit["Demandé par"] == "Aline Ferrand"
    assert dit["Raison"] == "Bilan du mois"
    assert dit["Demandé le"] == "24/11/2026 à 10:00 (heure de Paris)"
    assert dit["Organisation"] == "SIREN 123 456 782"
    assert (dit["Filtres"], dit["Colonnes"], dit["Nombre de lignes"]) == ("q : N", "SIREN, Nom", "7")
    assert dit["Données sensibles"] == "Ce fichier ne contient ni NIR ni IBAN."


def test_le_csv_vient_du_meme_chemin(scene: Scene, aline: Personne) -> None:
    scene.contenu = [Ligne(nom="=1+1"), Ligne(nom="b")]
    export = produire(demander(acteur(aline), format_="csv", requete="colonnes=nom,montant"))
    assert telecharger(export, acteur(aline)).decode() == "\ufeffNom;Montant\r\n'=1+1;1250,50\r\nb;1250,50\r\n"
    assert export.lignes_faites == 2


def test_on_n_exporte_que_la_ou_l_on_peut(scene: Scene, aline: Personne) -> None:
    """Reading the whole company, taking out one establishment: the rows of the others are not in the file."""
    scene.contenu = [Ligne(nom="Annecy", portee=Portee(siren=SIREN, siret=SIRET)), Ligne(nom="Lyon", portee=Portee(siren=SIREN))]
    bruno = personne("Bruno", "Petit")
    rattacher(bruno, droits=[sur_le_siren(Domaine.PLAN), sur_un_siret(SIRET, Domaine.EXPORTS, Niveau.LECTURE)])
    export = produire(demander(acteur(bruno)))
    assert [ligne[0] for ligne in feuilles(telecharger(export, acteur(bruno)))["Dossiers d’essai"]] == ["Nom", "Annecy"]


def test_l_opco_exporte_ses_portefeuilles(scene: Scene, aline: Personne) -> None:
    hugo = agent()
    (portefeuille,) = acteur(hugo).roles_opco[0].portefeuilles
    scene.contenu = [Ligne(nom="ici", portee=Portee(portefeuille_id=portefeuille)), Ligne(nom="ailleurs")]
    export = produire(demander(acteur(hugo), siren=None))
    lu = feuilles(telecharger(export, acteur(hugo)))
    assert [ligne[0] for ligne in lu["Dossiers d’essai"]] == ["Nom", "ici"]
    assert ["Organisation", "OPCO"] in lu["À propos"]


def test_repeter_un_travail_fini_ne_change_rien(scene: Scene, aline: Personne, coffre_des_exports: Path) -> None:
    export = produire(demander(acteur(aline)))
    assert produire(export, LE + SECONDE).fini_le == LE
    assert len(fichiers(coffre_des_exports)) == 1
    assert evenements() == ["export.demande", "export.pret"]


def test_un_passage_depasse_par_un_autre_s_arrete_sans_rien_laisser(
    scene: Scene, aline: Personne, coffre_des_exports: Path
) -> None:
    """A worker taken for dead lives on: the second run makes the file, the first one leaves no trace."""
    export = demander(acteur(aline))

    def doubler(rang: int) -> None:
        if rang == 4:
            scene.entre = lambda rang: None
            produire(export, LE + SECONDE)

    scene.entre = doubler
    fini = produire(export)
    assert (fini.etat, fini.passages, fini.fini_le) == (EtatExport.PRET, 2, LE + SECONDE)
    assert [f.name for f in fichiers(coffre_des_exports)] == [str(fini.passage)]


def test_doubler_apres_la_derniere_ligne_ne_donne_qu_un_fichier(
    scene: Scene, aline: Personne, coffre_des_exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = demander(acteur(aline))
    vrai = production.ranger_flux

    def ranger(*arguments: Any) -> None:
        vrai(*arguments)
        monkeypatch.setattr(production, "ranger_flux", vrai)
        produire(export, LE + SECONDE)

    monkeypatch.setattr(production, "ranger_flux", ranger)
    fini = produire(export)
    assert (fini.etat, fini.fini_le) == (EtatExport.PRET, LE + SECONDE)
    assert [f.name for f in fichiers(coffre_des_exports)] == [str(fini.passage)]


@pytest.mark.parametrize("format_", ["xlsx", "csv"])
def test_annuler_arrete_au_pas_suivant(scene: Scene, aline: Personne, coffre_des_exports: Path, format_: str) -> None:
    export = demander(acteur(aline), format_=format_)
    lues: list[int] = []

    def annuler(rang: int) -> None:
        lues.append(rang)
        if rang == 3:
            annuler_export(export_id=export.pk, par=acteur(aline), maintenant=LE)

    scene.entre = annuler
    assert produire(export).etat == EtatExport.ANNULE
    assert lues == [0, 1, 2, 3]
    assert fichiers(coffre_des_exports) == []
    assert evenements() == ["export.demande", "export.annule"]


def retirer(domaine: Domaine) -> Callable[[], object]:
    return lambda: DroitAccorde.objects.filter(domaine=domaine).update(revoque_le=LE)


@pytest.mark.parametrize(
    "perdre",
    [
        retirer(Domaine.EXPORTS),
        retirer(Domaine.PLAN),
        lambda: Personne.objects.update(suspendue_le=LE),
        lambda: Personne.objects.update(is_active=False),
    ],
)
@pytest.mark.parametrize("rang", [0, 5])
def test_un_droit_retire_en_route_l_interrompt_et_le_dit(
    scene: Scene, aline: Personne, coffre_des_exports: Path, perdre: Callable[[], object], rang: int
) -> None:
    """Before the first row, or later: no file, a sentence, an e-mail, and nothing left in the storage."""
    export = demander(acteur(aline))
    scene.entre = lambda vu: perdre() and None if vu == rang else None
    fini = produire(export)
    assert (fini.etat, fini.motif) == (EtatExport.ECHOUE, DROIT_RETIRE)
    assert fichiers(coffre_des_exports) == []
    assert evenements()[-1] == "export.interrompu"
    assert Courriel.objects.filter(genre=ExportInterrompu.genre, destinataire_id=aline.pk).count() == 1
    with pytest.raises((TransitionImpossible, DroitManquant)):
        telecharger(fini, acteur(aline))


@pytest.mark.parametrize("etape", [Etape.LECTURE, Etape.ECRITURE])
def test_un_droit_retire_pendant_l_ecriture_l_interrompt_aussi(
    scene: Scene, aline: Personne, coffre_des_exports: Path, monkeypatch: pytest.MonkeyPatch, etape: Etape
) -> None:
    vrai = production.Suivi.avancer

    def avancer(suivi: production.Suivi, faites: int) -> None:
        if suivi.etape == etape and faites == 4:
            retirer(Domaine.EXPORTS)()
        vrai(suivi, faites)

    monkeypatch.setattr(production.Suivi, "avancer", avancer)
    fini = produire(demander(acteur(aline)))
    assert (fini.etat, fini.etape, fini.lignes_faites) == (EtatExport.ECHOUE, etape, 4)
    assert fichiers(coffre_des_exports) == []


def test_perdre_un_etablissement_en_route_l_interrompt(scene: Scene, aline: Personne) -> None:
    """Part of the rows may not be read any more: the file would hold them."""
    bruno = personne("Bruno", "Petit")
    autre = f"{SIREN}00028"
    lieux = [sur_un_siret(lieu, d, Niveau.LECTURE) for lieu in (SIRET, autre) for d in (Domaine.PLAN, Domaine.EXPORTS)]
    rattacher(bruno, droits=lieux)
    scene.contenu = [Ligne(portee=Portee(siret=lieu)) for lieu in (SIRET, autre)] * 2
    export = demander(acteur(bruno))
    scene.entre = lambda _: DroitAccorde.objects.filter(siret=autre).update(revoque_le=LE) and None
    assert produire(export).motif == DROIT_RETIRE


def test_un_filtre_perime_entre_temps_l_interrompt(scene: Scene, aline: Personne, monkeypatch: pytest.MonkeyPatch) -> None:
    export = demander(acteur(aline), requete="q=N")
    monkeypatch.setattr(scene, "lire", lambda parametres, jour: listes.Lecture("", ("perdu",)))
    monkeypatch.setitem(listes._LISTES, CODE, scene.liste())
    assert produire(export).etat == EtatExport.ECHOUE
    monkeypatch.delitem(listes._LISTES, CODE)
    assert produire(demander_malgre_tout(aline)).etat == EtatExport.ECHOUE


def demander_malgre_tout(qui: Personne) -> Export:
    """An export of a list that has left the product."""
    return Export.objects.tous("essai").create(
        demandeur=qui, liste="partie", libelle="Partie", format="xlsx", siren=SIREN, demande_le=LE, avance_le=LE
    )


def test_ce_qui_tue_l_ouvrier_finit_par_s_arreter(scene: Scene, aline: Personne) -> None:
    export = demander(acteur(aline))

    def mourir(rang: int) -> None:
        raise MemoryError

    scene.entre = mourir
    for _ in range(PASSAGES_AU_PLUS):
        with pytest.raises(MemoryError):
            produire(export)
        assert relu(export).etat == EtatExport.EN_COURS
    assert produire(export).etat == EtatExport.ECHOUE


def test_un_seul_a_la_fois_puis_le_suivant_tout_seul(
    scene: Scene, aline: Personne, django_capture_on_commit_callbacks: Any
) -> None:
    premier, second = demander(acteur(aline)), demander(acteur(aline), maintenant=LE + SECONDE)

    def pendant(rang: int) -> None:
        assert produire(second).etat == EtatExport.DEMANDE

    scene.entre = pendant
    assert produire(premier).etat == EtatExport.PRET
    scene.entre = lambda rang: None
    assert travaux(second) == 2, "à la demande, puis à la fin du premier"
    assert produire(second).etat == EtatExport.PRET


def travaux(export: Export) -> int:
    from procrastinate.contrib.django.models import ProcrastinateJob

    return int(ProcrastinateJob.objects.filter(task_name="exports.produire", args__export_id=str(export.pk)).count())


@pytest.mark.parametrize(("duree", "prevenue"), [(DELAI_COURRIEL, 0), (DELAI_COURRIEL + SECONDE, 1)])
def test_un_courriel_part_quand_ce_fut_long(scene: Scene, aline: Personne, duree: timedelta, prevenue: int) -> None:
    export = produire(demander(acteur(aline)), LE + duree)
    assert Courriel.objects.filter(genre=ExportPret.genre, objet_id=export.pk).count() == prevenue


def test_le_courriel_se_tait_quand_ce_n_est_plus_vrai(scene: Scene, aline: Personne) -> None:
    export = produire(demander(acteur(aline)), LE + timedelta(minutes=1))
    a_aline = Destinataire(aline.email, aline.pk)
    message = ExportPret.charger(export.pk, a_aline)
    assert message is not None
    assert message.autorise()
    assert message.contexte()["chemin"] == f"/e/{SIREN}/exports/"
    for ecrit in (*rendre(message, message.sujet()), *rendre(ExportInterrompu(export), "x")):
        assert "Dossiers d’essai" in ecrit
        assert f"/e/{SIREN}/exports/" in ecrit
        assert str(export.pk) not in ecrit
    assert ExportPret.charger(export.pk, Destinataire("a@b.example", nouvel_id())) is None
    Personne.objects.update(suspendue_le=LE)
    suspendu = ExportPret.charger(export.pk, a_aline)
    assert suspendu is not None
    assert not suspendu.autorise()
    assert not ExportInterrompu(relu(export)).autorise()


# Taking ------------------------------------------------------------------------------------------------------------------


def test_chaque_telechargement_est_inscrit(scene: Scene, aline: Personne) -> None:
    export = produire(demander(acteur(aline)))
    assert telecharger(export, acteur(aline)) == telecharger(export, acteur(aline), LE + SECONDE)
    assert evenements() == ["export.demande", "export.pret", "export.telecharge", "export.telecharge"]
    assert Revelation.objects.tous("essai").filter(objet_id=str(export.pk), sensible="document").count() == 2
    assert relu(export).telecharge_le == LE + SECONDE


def test_une_collegue_meme_administratrice_ne_voit_pas_mon_export(scene: Scene, aline: Personne) -> None:
    export = produire(demander(acteur(aline)))
    rattacher(louise := personne("Louise", "Roux"))
    with pytest.raises(Introuvable):
        telecharger(export, acteur(louise))
    with pytest.raises(Introuvable):
        annuler_export(export_id=export.pk, par=acteur(louise), maintenant=LE)
    assert list(exports_de(acteur(louise), SIREN)) == list(tous_mes_exports(acteur(louise))) == []
    assert list(exports_de(acteur(aline), SIREN)) == list(tous_mes_exports(acteur(aline))) == [export]


@pytest.mark.parametrize("domaine", [Domaine.PLAN, Domaine.EXPORTS])
def test_les_droits_sont_relus_a_chaque_telechargement(scene: Scene, aline: Personne, domaine: Domaine) -> None:
    export = produire(demander(acteur(aline)))
    telecharger(export, acteur(aline))
    retirer(domaine)()
    with pytest.raises(DroitManquant):
        telecharger(export, acteur(aline))
    assert evenements().count("export.telecharge") == 1


def test_un_etablissement_perdu_ferme_le_fichier_qui_le_contient(scene: Scene, aline: Personne) -> None:
    bruno, autre = personne("Bruno", "Petit"), f"{SIREN}00028"
    rattacher(bruno, droits=[sur_un_siret(s, d, Niveau.LECTURE) for s in (SIRET, autre) for d in (Domaine.PLAN, Domaine.EXPORTS)])
    scene.contenu = [Ligne(portee=Portee(siret=SIRET))]
    export = produire(demander(acteur(bruno)))
    DroitAccorde.objects.filter(siret=autre).update(revoque_le=LE)
    with pytest.raises(DroitManquant, match="ne couvrent plus"):
        telecharger(export, acteur(bruno))


def test_sans_second_facteur_recent_rien_ne_sort(scene: Scene, aline: Personne) -> None:
    from jalon.habilitations.acteurs import ActeurPersonne

    export = produire(demander(acteur(aline)))
    for donne in (None, LE - timedelta(minutes=5, seconds=1)):
        with pytest.raises(SecondFacteurRequis):
            telecharger(export, ActeurPersonne(aline, LE, donne))


@pytest.mark.parametrize("le", [LE + CONSERVATION, LE + CONSERVATION + SECONDE])
def test_au_bout_de_sept_jours_le_fichier_ne_se_prend_plus(scene: Scene, aline: Personne, le: datetime) -> None:
    export = produire(demander(acteur(aline)))
    telecharger(export, acteur(aline), LE + CONSERVATION - SECONDE)
    with pytest.raises(TransitionImpossible, match="Effacé"):
        telecharger(export, acteur(aline), le)
    assert montrer(relu(export), le).etat == EtatExport.EXPIRE


def test_ce_qui_n_est_pas_pret_ne_se_prend_pas(scene: Scene, aline: Personne) -> None:
    with pytest.raises(TransitionImpossible, match="En attente"):
        telecharger(demander(acteur(aline)), acteur(aline))


def test_ce_qui_est_fini_ne_s_annule_pas(scene: Scene, aline: Personne) -> None:
    export = produire(demander(acteur(aline)))
    with pytest.raises(TransitionImpossible):
        annuler_export(export_id=export.pk, par=acteur(aline), maintenant=LE)
    assert relu(export).etat == EtatExport.PRET


# Deleting ----------------------------------------------------------------------------------------------------------------


def test_le_fichier_est_efface_a_sept_jours_la_ligne_plus_tard(
    scene: Scene, aline: Personne, coffre_des_exports: Path, django_capture_on_commit_callbacks: Any
) -> None:
    export = produire(demander(acteur(aline)), LE + timedelta(minutes=1))
    fin = LE + timedelta(minutes=1) + CONSERVATION
    assert purger_exports(maintenant=fin - SECONDE) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert purger_exports(maintenant=fin) == 1
    assert fichiers(coffre_des_exports) == []
    assert (relu(export).etat, evenements()[-1]) == (EtatExport.EXPIRE, "export.efface")
    purger_exports(maintenant=LE + timedelta(minutes=1) + MEMOIRE)
    assert Export.objects.tous("essai").filter(pk=export.pk).exists()
    purger_exports(maintenant=LE + timedelta(minutes=1) + MEMOIRE + SECONDE)
    assert not Export.objects.tous("essai").exists()
    assert not Courriel.objects.filter(objet_id=export.pk).exists()


def test_un_export_que_rien_ne_fait_avancer_est_interrompu(scene: Scene, aline: Personne) -> None:
    export = demander(acteur(aline))
    purger_exports(maintenant=LE + SANS_AVANCER_AU_PLUS)
    assert relu(export).etat == EtatExport.DEMANDE
    purger_exports(maintenant=LE + SANS_AVANCER_AU_PLUS + SECONDE)
    assert relu(export).etat == EtatExport.ECHOUE


def test_un_contenu_sans_ligne_est_retire_les_autres_restent(
    scene: Scene, aline: Personne, coffre_des_exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = produire(demander(acteur(aline)))
    coffre.ranger(COFFRE, str(nouvel_id()), b"orphelin")
    retirer_orphelins()
    assert len(fichiers(coffre_des_exports)) == 2
    monkeypatch.setattr("jalon.exports.actions.purge.AGE_ORPHELIN", timedelta(seconds=-5))
    retirer_orphelins()
    assert [f.name for f in fichiers(coffre_des_exports)] == [str(export.passage)]


def test_un_travail_pour_un_export_oublie_ne_fait_rien() -> None:
    produire_export(export_id=nouvel_id(), horloge=lambda: LE)
