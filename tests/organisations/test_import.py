"""The import of the register: what it writes, what it keeps, and how it goes on after being stopped."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from jalon.bancs.sirene_fictif import siren_fictif, siret_fictif
from jalon.journal.models import Evenement
from jalon.organisations.actions import registre
from jalon.organisations.enums import SourceOrganisation
from jalon.organisations.models import Etablissement, ImportRegistre, Organisation, RejetImport
from jalon.organisations.sirene.fichiers import FichierSirene
from jalon.socle.erreurs import SaisieRefusee
from tests.organisations.fichiers import SIREN, SIRET, fichier_lieux, fichier_unites, importer, lieu, unite

pytestmark = pytest.mark.django_db
TRANCHE = 2048


def _comptes(fait: ImportRegistre) -> tuple[int, int, int, int, int]:
    return fait.lus, fait.inseres, fait.mis_a_jour, fait.inchanges, fait.rejetes


def _table() -> list[tuple[object, ...]]:
    return list(Etablissement.objects.order_by("siret").values_list())


def _beaucoup(nombre: int = 200) -> list[dict[str, str]]:
    return [lieu(siret_fictif(siren_fictif(n), 1), libelleVoieEtablissement=f"RUE {n}") for n in range(nombre)]


def _arreter_a(octets: int) -> Callable[[FichierSirene, str, int], None]:
    def suivi(fichier: FichierSirene, etape: str, lus: int) -> None:
        if etape == "import" and lus >= octets:
            raise KeyboardInterrupt

    return suivi


def test_les_deux_fichiers(tmp_path: Path) -> None:
    faits = importer(unites=fichier_unites(tmp_path, [unite()]), lieux=fichier_lieux(tmp_path, [lieu()]))
    assert [_comptes(f) for f in faits] == [(1, 1, 0, 0, 0)] * 2
    organisation = Organisation.objects.get(siren=SIREN)
    assert organisation.denomination == "BOULANGERIE DU PORT"
    assert organisation.source == SourceOrganisation.REGISTRE
    assert organisation.siret_siege == SIRET
    etablissement = Etablissement.objects.get(siret=SIRET)
    assert (etablissement.siren, etablissement.nic, etablissement.siege) == (SIREN, SIRET[9:], True)
    assert etablissement.adresse_voie == "12 RUE DES TILLEULS"


def test_relancer_ne_change_rien(tmp_path: Path) -> None:
    chemin = fichier_lieux(tmp_path, _beaucoup())
    importer(lieux=chemin)
    avant = _table()
    (fait,) = importer(lieux=chemin)
    assert _comptes(fait) == (200, 0, 0, 200, 0)
    assert _table() == avant


def test_une_livraison_plus_recente(tmp_path: Path) -> None:
    importer(lieux=fichier_lieux(tmp_path, [lieu(), lieu(siret_fictif(SIREN, 2))]))
    nouvelles = [
        lieu(etatAdministratifEtablissement="F"),
        lieu(siret_fictif(SIREN, 2)),
        lieu(siret_fictif(SIREN, 3)),
    ]
    (fait,) = importer(lieux=fichier_lieux(tmp_path, nouvelles))
    assert _comptes(fait) == (3, 1, 1, 1, 0)
    assert not Etablissement.objects.get(siret=SIRET).ouvert


def test_ce_qui_est_a_nous_n_est_pas_touche(tmp_path: Path) -> None:
    importer(unites=fichier_unites(tmp_path, [unite()]))
    Organisation.objects.filter(siren=SIREN).update(idcc="1486", effectif=12, adherent_depuis="2026-01-01", preuve="Kbis")
    importer(unites=fichier_unites(tmp_path, [unite(denominationUniteLegale="AUTRE NOM")]))
    organisation = Organisation.objects.get(siren=SIREN)
    assert organisation.denomination == "AUTRE NOM"
    assert (organisation.idcc, organisation.effectif, str(organisation.adherent_depuis), organisation.preuve) == (
        "1486",
        12,
        "2026-01-01",
        "Kbis",
    )


def test_un_siren_a_verifier_qui_entre_au_registre_ne_l_est_plus(tmp_path: Path) -> None:
    Organisation.objects.create(siren=SIREN, denomination="?", source=SourceOrganisation.A_VERIFIER)
    (fait,) = importer(unites=fichier_unites(tmp_path, [unite()]))
    assert _comptes(fait) == (1, 0, 1, 0, 0)
    assert Organisation.objects.get(siren=SIREN).source == SourceOrganisation.REGISTRE


def test_les_rejets_sont_gardes_avec_leur_ligne_et_leur_raison(tmp_path: Path) -> None:
    lignes = [lieu(), {**lieu(), "siret": "12\\34"}, lieu(siret_fictif(SIREN, 2))]
    (fait,) = importer(lieux=fichier_lieux(tmp_path, lignes))
    assert _comptes(fait) == (3, 2, 0, 0, 1)
    rejet = RejetImport.objects.get()
    assert rejet.ligne == 3
    assert "n’a pas 14 chiffres" in rejet.raison


def test_un_nouvel_import_oublie_les_rejets_du_precedent(tmp_path: Path) -> None:
    importer(lieux=fichier_lieux(tmp_path, [{**lieu(), "siret": ""}]))
    importer(lieux=fichier_lieux(tmp_path, [lieu()]))
    assert not RejetImport.objects.exists()


@pytest.mark.parametrize("deja_la", [False, True])
def test_un_numero_repete_la_derniere_ligne_l_emporte(tmp_path: Path, deja_la: bool) -> None:
    if deja_la:
        importer(lieux=fichier_lieux(tmp_path, [lieu()]))
    lignes = [lieu(libelleVoieEtablissement="UN"), lieu(siret_fictif(SIREN, 2)), lieu(libelleVoieEtablissement="DEUX")]
    (fait,) = importer(lieux=fichier_lieux(tmp_path, lignes))
    assert _comptes(fait) == ((3, 1, 1, 0, 1) if deja_la else (3, 2, 0, 0, 1))
    assert Etablissement.objects.get(siret=SIRET).adresse_voie == "12 RUE DEUX"
    assert RejetImport.objects.get().ligne == 2


def test_un_fichier_melange_donne_la_meme_table(tmp_path: Path) -> None:
    lignes = _beaucoup()
    importer(lieux=fichier_lieux(tmp_path, lignes))
    attendu = _table()
    Etablissement.objects.all().delete()
    (fait,) = importer(lieux=fichier_lieux(tmp_path, [*lignes[1::2], *lignes[::2]]), taille_tranche=TRANCHE)
    assert _comptes(fait) == (200, 200, 0, 0, 0)
    assert _table() == attendu


@pytest.mark.parametrize("tranche", [1, 300, 1 << 20])
def test_la_taille_des_tranches_ne_change_rien(tmp_path: Path, tranche: int) -> None:
    lignes = [*_beaucoup(20), {**lieu(), "siret": "?"}, lieu(enseigne1Etablissement='CHEZ\n"LULU"'), *_beaucoup(30)]
    (fait,) = importer(lieux=fichier_lieux(tmp_path, lignes), taille_tranche=tranche)
    assert Etablissement.objects.count() == 30
    assert Etablissement.objects.get(siret=SIRET).adresse_voie == "12 RUE RUE 1"
    assert fait.lus == 52
    assert fait.lus == fait.inseres + fait.mis_a_jour + fait.inchanges + fait.rejetes


def test_un_import_interrompu_reprend_ou_il_en_etait(tmp_path: Path) -> None:
    lignes = [*_beaucoup(), {**lieu(), "siret": "?"}]
    chemin = fichier_lieux(tmp_path, lignes)
    importer(lieux=chemin)
    attendu, comptes = _table(), _comptes(ImportRegistre.objects.get())
    Etablissement.objects.all().delete()
    ImportRegistre.objects.all().delete()
    moitie = chemin.stat().st_size // 2

    with pytest.raises(KeyboardInterrupt):
        importer(lieux=chemin, taille_tranche=TRANCHE, suivi=_arreter_a(moitie))
    ecrites = Etablissement.objects.count()
    assert 90 <= ecrites <= 115
    etapes: list[tuple[str, int]] = []
    (fait,) = importer(lieux=chemin, taille_tranche=TRANCHE, suivi=lambda _, etape, octets: etapes.append((etape, octets)))

    assert _table() == attendu
    assert _comptes(fait) == comptes
    assert fait.termine_le is not None
    assert {etape for etape, _ in etapes} == {"import"}
    assert etapes[0][1] > moitie
    assert list(RejetImport.objects.values_list("ligne", flat=True)) == [202]


def test_arrete_apres_le_premier_fichier_il_n_est_pas_relu(tmp_path: Path) -> None:
    unites = fichier_unites(tmp_path, [unite()])
    lieux = fichier_lieux(tmp_path, _beaucoup())

    def arreter(fichier: FichierSirene, etape: str, octets: int) -> None:
        if etape == "import" and fichier.chemin == lieux:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importer(unites=unites, lieux=lieux, taille_tranche=TRANCHE, suivi=arreter)
    faits = importer(unites=unites, lieux=lieux, taille_tranche=TRANCHE)
    assert [_comptes(f) for f in faits] == [(1, 1, 0, 0, 0), (200, 200, 0, 0, 0)]
    assert all(f.termine_le for f in faits)


def test_un_autre_fichier_ne_reprend_pas_l_import_interrompu(tmp_path: Path) -> None:
    chemin = fichier_lieux(tmp_path, _beaucoup())
    with pytest.raises(KeyboardInterrupt):
        importer(lieux=chemin, taille_tranche=TRANCHE, suivi=_arreter_a(1))
    (fait,) = importer(lieux=fichier_lieux(tmp_path, _beaucoup(201)), taille_tranche=TRANCHE)
    assert fait.lus == 201
    assert Etablissement.objects.count() == 201


def test_rien_n_est_ecrit_quand_le_second_fichier_est_refuse(tmp_path: Path) -> None:
    lieux = fichier_lieux(tmp_path, [lieu(libelleVoieEtablissement="ÉGLISE")])
    lieux.write_bytes(lieux.read_text(encoding="utf-8").encode("latin-1"))
    with pytest.raises(SaisieRefusee, match="UTF-8"):
        importer(unites=fichier_unites(tmp_path, [unite()]), lieux=lieux)
    assert not Organisation.objects.exists()
    assert not ImportRegistre.objects.exists()


def test_l_import_est_au_journal(tmp_path: Path) -> None:
    importer(lieux=fichier_lieux(tmp_path, [lieu()]))
    evenement = Evenement.objects.tous("vérification d’un test").get(code="registre.importe")
    assert evenement.details == {"fichier": "StockEtablissement_utf8.csv", "inseres": 1, "mis_a_jour": 0, "rejetes": 0}


def test_le_verrou_est_rendu_apres_un_refus(tmp_path: Path) -> None:
    with pytest.raises(SaisieRefusee):
        importer(lieux=fichier_lieux(tmp_path, []))
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert curseur.fetchone() == (0,)


def test_une_panne_de_la_base_pendant_la_copie_laisse_la_tranche_entiere_ou_rien(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chemin = fichier_lieux(tmp_path, _beaucoup())
    moitie = chemin.stat().st_size // 2
    garder = registre._garder_rejets

    def casser(*arguments: object) -> None:
        garder(*arguments)  # type: ignore[arg-type]
        if ImportRegistre.objects.get().position > moitie:
            with connection.cursor() as curseur:
                curseur.execute("SELECT 1 / 0")

    monkeypatch.setattr(registre, "_garder_rejets", casser)
    with pytest.raises(DatabaseError):
        importer(lieux=chemin, taille_tranche=TRANCHE)
    avant = ImportRegistre.objects.get()
    assert Etablissement.objects.count() == avant.lus
    monkeypatch.setattr(registre, "_garder_rejets", garder)
    (fait,) = importer(lieux=chemin, taille_tranche=TRANCHE)
    assert _comptes(fait) == (200, 200, 0, 0, 0)
