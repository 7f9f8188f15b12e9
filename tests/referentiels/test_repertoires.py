"""Imports of the RNCP-RS export, of the UAI directory, of the list of providers and of the SIRET-OPCO table; reads of them."""

import zipfile
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.referentiels import requetes
from jalon.referentiels.actions import importer_organismes, importer_rncp, importer_siro, importer_uai
from jalon.referentiels.models import (
    AncienNda,
    Certification,
    EtablissementUai,
    HabilitationCertification,
    ImportReferentiel,
    OrganismeFormation,
    RattachementOpco,
    RejetReferentiel,
)
from jalon.socle.erreurs import SaisieRefusee
from tests.acteurs import FauxActeur
from tests.referentiels.classeurs import MAINTENANT

REELS = Path(__file__).parents[2] / ".." / "shared" / "donnees"
pytestmark = pytest.mark.django_db
reels = pytest.mark.skipif(not REELS.exists(), reason="extraits réels absents")


def importer(action: Callable[..., ImportReferentiel], chemin: Path, **options: object) -> ImportReferentiel:
    return action(chemin=chemin, par=FauxActeur(nom="import"), maintenant=MAINTENANT, **options)


def archive(chemin: Path, membres: Mapping[str, str], encodage: str = "utf-8") -> Path:
    with zipfile.ZipFile(chemin, "w") as sortie:
        for nom, texte in membres.items():
            sortie.writestr(nom, texte.encode(encodage))
    return chemin


def texte(chemin: Path, contenu: str, encodage: str = "utf-8") -> Path:
    chemin.write_text(contenu, encoding=encodage)
    return chemin


def comptes(fait: ImportReferentiel) -> tuple[int, ...]:
    return fait.lus, fait.inseres, fait.mis_a_jour, fait.inchanges, fait.retires, fait.rejetes


STANDARD = (
    '"Id_Fiche";"Numero_Fiche";"Intitule";"Abrege_Libelle";"Abrege_Intitule";"Nomenclature_Europe_Niveau";'
    '"Nomenclature_Europe_Intitule";"Date_dernier_jo";"Date_Decision";"Date_Fin_Enregistrement";"Date_Effet";'
    '"Type_Enregistrement";"Validation_Partielle";"Actif"\r\n'
)


def fiche(
    code: str = "RNCP38228",
    decision: str = "",
    fin: str = "31/08/2028",
    effet: str = "",
    actif: str = "ACTIVE",
    niveau: str = "NIV3",
) -> str:
    return f'"1";"{code}";"Agent ""vérificateur""; extincteurs";"CAP";"Certificat";"{niveau}";"Niveau";"";"{decision}";"{fin}";"{effet}";"Droit";"";"{actif}"\r\n'


def export(dossier: Path, *fiches: str, **autres: str) -> Path:
    membres = {"export_fiches_CSV_Standard_2024_02_22.csv": STANDARD + "".join(fiches)}
    return archive(
        dossier / "rncp.zip", {**membres, **{f"export_fiches_CSV_{nom}_2024_02_22.csv": t for nom, t in autres.items()}}
    )


def test_une_certification_est_active_entre_ses_deux_jours_inclus(tmp_path: Path) -> None:
    fait = importer(importer_rncp, export(tmp_path, fiche(effet="01/09/2023", decision="15/06/2023")))
    assert (comptes(fait), fait.edition) == ((1, 1, 0, 0, 0, 0), date(2024, 2, 22))
    lue = requetes.certification("RNCP38228")
    assert lue is not None
    assert (lue.intitule, lue.niveau) == ('Agent "vérificateur"; extincteurs', "3")
    jours = [date(2023, 8, 31), date(2023, 9, 1), date(2028, 8, 31), date(2028, 9, 1)]
    assert [lue.active(jour) for jour in jours] == [False, True, True, False]
    assert requetes.certification("RNCP1") is None


@pytest.mark.parametrize(
    ("valeurs", "du", "au"),
    [
        ({"decision": "15/06/2023"}, date(2023, 6, 15), date(2028, 8, 31)),
        ({"fin": ""}, None, None),
        ({"actif": "INACTIVE"}, None, date(2024, 2, 21)),
        ({"actif": "INACTIVE", "fin": ""}, None, date(2024, 2, 21)),
        ({"actif": "INACTIVE", "fin": "31/12/2006"}, None, date(2006, 12, 31)),
        ({"actif": "INACTIVE", "fin": "22/02/2024"}, None, date(2024, 2, 21)),
    ],
)
def test_les_jours_d_une_certification(tmp_path: Path, valeurs: dict[str, str], du: date | None, au: date | None) -> None:
    importer(importer_rncp, export(tmp_path, fiche(**valeurs)))
    lue = Certification.objects.get()
    assert (lue.active_du, lue.active_au) == (du, au)


def test_l_archive_dit_qui_certifie_qui_forme_et_ce_qui_remplace(tmp_path: Path) -> None:
    chemin = export(
        tmp_path,
        fiche("RNCP509", niveau=""),
        fiche("RS5000", niveau="NIV6"),
        Certificateurs='"Numero_Fiche";"Siret_Certificateur";"Nom_Certificateur"\r\n"RNCP509";"\t11004301500012";"MINISTÈRE"\r\n',
        Partenaires=(
            '"Numero_Fiche";"Nom_Partenaire";"Siret_Partenaire";"Habilitation_Partenaire"\r\n'
            '"RS5000";"ALYRA";"\t82815245400033";"HABILITATION_ORGA_FORM"\r\n"RS5000";"AILLEURS";"";"HABILITATION_FORMER"\r\n'
        ),
        Nsf='"Numero_Fiche";"Nsf_Code";"Nsf_Intitule"\r\n"RNCP509";"251";"251 : M"\r\n"RNCP509";"221w";"221w : C"\r\n',
        Ancienne_Nouvelle_Certification=(
            '"Numero_Fiche";"Ancienne_Certification";"Nouvelle_Certification"\r\n'
            '"RNCP509";;"RNCP38228"\r\n"RNCP38228";"RNCP509";\r\n"RNCP40000";"RNCP509";\r\n'
        ),
    )
    fait = importer(importer_rncp, chemin)
    assert comptes(fait) == (2, 2, 0, 0, 0, 1)
    assert RejetReferentiel.objects.get().raison == "le SIRET «  » n’a pas 14 chiffres"
    lue = Certification.objects.get(code="RNCP509")
    assert (lue.nsf, lue.niveau) == (["221w", "251"], "")
    remplacee = requetes.certification("RNCP509")
    assert remplacee is not None
    assert remplacee.remplacee_par == ("RNCP38228", "RNCP40000")
    assert requetes.habilitations("RS5000", "82815245400033") == {"HABILITATION_ORGA_FORM"}
    assert requetes.habilitations("RNCP509", "11004301500012") == {"CERTIFICATEUR"}
    assert requetes.habilitations("RNCP509", "82815245400033") == frozenset()
    avant = list(Certification.objects.order_by("code").values_list())
    assert comptes(importer(importer_rncp, chemin)) == (2, 0, 0, 2, 0, 1)
    assert list(Certification.objects.order_by("code").values_list()) == avant
    assert HabilitationCertification.objects.count() == 2


def test_une_fiche_illisible_est_rejetee_et_une_fiche_disparue_retiree(tmp_path: Path) -> None:
    importer(importer_rncp, export(tmp_path, fiche("RNCP1"), fiche("RNCP2"), fiche("RNCP3")))
    fait = importer(
        importer_rncp, export(tmp_path, fiche("RNCP1"), fiche("RNCP2", niveau="NIV4"), fiche("X"), fiche("RNCP4", fin="?"))
    )
    assert comptes(fait) == (4, 0, 1, 1, 1, 2)
    assert set(Certification.objects.values_list("code", "niveau")) == {("RNCP1", "3"), ("RNCP2", "4")}
    raisons = {str(r).split(" : ")[1] for r in RejetReferentiel.objects.all()}
    assert raisons == {"le numéro de fiche « X » ne peut pas être lu", "la date « ? » ne peut pas être lue"}


def test_un_fichier_tronque_ne_vide_pas_la_table_sans_qu_on_l_accepte(tmp_path: Path) -> None:
    importer(importer_rncp, export(tmp_path, *(fiche(f"RNCP{n}") for n in range(1, 6))))
    moitie = export(tmp_path, fiche("RNCP1"), fiche("RNCP2"))
    with pytest.raises(
        SaisieRefusee, match=r"il ferait disparaître 3 lignes sur 5\. S’il est complet, ajoutez --accepter-retraits"
    ):
        importer(importer_rncp, moitie)
    assert (Certification.objects.count(), ImportReferentiel.objects.count()) == (5, 1)
    assert importer(importer_rncp, moitie, accepter_retraits=True).retires == 3


ACCE = (
    "numero_uai;nature_uai;nature_uai_libe;etat_etablissement;denomination_principale;appellation_officielle;patronyme_uai;"
    "numero_siren_siret_uai;date_ouverture;date_fermeture;code_postal_uai;commune_libe\n"
)


def ecole(uai: str = "0010001W", nom: str = "Lycée Bérard", siret: str = "19010001200017", fermeture: str = "") -> str:
    return f"{uai};320;Lycée professionnel;1;LP LYCEE;{nom};ALEXANDRE BERARD;{siret};01/05/1965;{fermeture};01500;Ambérieu\n"


def test_l_archive_acce_est_lue_dans_son_encodage(tmp_path: Path) -> None:
    membres = {
        "ACCE_UAI.csv": ACCE + ecole() + ecole("0010002X", nom="", siret="190100012", fermeture="31/08/2020") + ecole("ABC"),
        "ACCE_UAI_MERE.csv": "numero_uai_trouve;numero_uai_mere;appellation_officielle\n0010017N;0010016M;Lycée\n",
        "ACCE_UAI_ZONE.csv": "numero_uai;type_zone_uai\n0010001W;42\n",
    }
    fait = importer(importer_uai, archive(tmp_path / "acce.zip", membres, "iso-8859-1"))
    assert comptes(fait) == (3, 2, 0, 0, 0, 1)
    assert RejetReferentiel.objects.get().raison == "l’UAI « ABC » n’a pas sept chiffres et une lettre"
    lycee = EtablissementUai.objects.get(uai="0010001W")
    assert (lycee.denomination, lycee.siret, lycee.ouvert_le) == ("Lycée Bérard", "19010001200017", date(1965, 5, 1))
    ferme = EtablissementUai.objects.get(uai="0010002X")
    assert (ferme.denomination, ferme.siret, ferme.ferme_le) == ("LP LYCEE ALEXANDRE BERARD", "", date(2020, 8, 31))
    assert [requetes.uai(code) for code in ("0010001W", "0010002X", "0010003Y")] == [True, True, False]


def test_le_fichier_de_l_onisep_complete_sans_effacer(tmp_path: Path) -> None:
    importer(importer_uai, texte(tmp_path / "acce.csv", ACCE + ecole() + ecole("0010002X")))
    onisep = '"code UAI";"n° SIRET";"type d\'établissement";"nom";"CP";"commune"\n"0010001W";"19010001200025";"lycée";"Lycée A";"01500";"A"\n'
    fait = importer(importer_uai, texte(tmp_path / "onisep.csv", onisep + '"0561910X";"";"cfa";"CFA";"56000";"Vannes"\n'))
    assert comptes(fait) == (2, 1, 1, 0, 0, 0)
    lycee = EtablissementUai.objects.get(uai="0010001W")
    assert (lycee.denomination, lycee.siret, lycee.ouvert_le) == ("Lycée A", "19010001200025", date(1965, 5, 1))
    assert EtablissementUai.objects.count() == 3


def test_le_fichier_du_ministere_n_a_pas_de_siret_et_n_efface_pas_celui_d_un_autre(tmp_path: Path) -> None:
    importer(importer_uai, texte(tmp_path / "acce.csv", ACCE + ecole()))
    depp = "numero_uai;appellation_officielle;denomination_principale;code_postal_uai;libelle_commune\n0010001W;Lycée B;LP;01500;Ambérieu\n"
    importer(importer_uai, texte(tmp_path / "depp.csv", depp))
    assert EtablissementUai.objects.values_list("denomination", "siret").get() == ("Lycée B", "19010001200017")


POINTS = (
    "numeroDeclarationActivite;numerosDeclarationActivitePrecedent;denomination;siren;siretEtablissementDeclarant;"
    "adressePhysiqueOrganismeFormation.voie;adressePhysiqueOrganismeFormation.codePostal;adressePhysiqueOrganismeFormation.ville;"
    "certifications.actionsDeFormation;certifications.bilansDeCompetences;certifications.VAE;"
    "certifications.actionsDeFormationParApprentissage\n"
)


def of(
    nda: str = "11755555555",
    siret: str = "41816609600069",
    apprentissage: str = "true",
    precedents: str = "",
    siren: str = "418166096",
) -> str:
    return f"{nda};{precedents};CFA Fictif;{siren};{siret};1 rue;75001;Paris;true;false;;{apprentissage}\n"


@pytest.mark.parametrize("entetes", [POINTS, POINTS.lower().replace(".", "_")], ids=["points", "tirets-bas"])
def test_la_liste_des_organismes_se_lit_sous_ses_deux_ecritures(tmp_path: Path, entetes: str) -> None:
    fait = importer(
        importer_organismes, texte(tmp_path / "liste-publique-des-of-2026-11-20.csv", entetes + of(precedents="11700000001"))
    )
    assert (comptes(fait), fait.edition) == ((1, 1, 0, 0, 0, 0), date(2026, 11, 20))
    lu = requetes.organisme("41816609600069")
    assert lu is not None
    assert (lu.denomination, lu.nda, lu.qualiopi_apprentissage) == ("CFA Fictif", "11755555555", True)
    en_base = OrganismeFormation.objects.get()
    assert (en_base.qualiopi_formation, en_base.qualiopi_bilan, en_base.qualiopi_vae) == (True, False, False)
    assert requetes.organisme_du_nda("11755555555") == lu
    assert requetes.organisme_du_nda("11700000001") == lu
    assert requetes.organisme_du_nda("11700000002") is None
    assert requetes.organisme("41816609600077") is None


def test_les_cas_de_la_liste_des_organismes(tmp_path: Path) -> None:
    lignes = (
        of("1755555555", apprentissage="false")  # the leading zero of an overseas region is lost
        + of("11755555555", precedents="11700000001, 11700000002")
        + of("11755555556", siret="69")
        + of("11755555557", siret="", siren="")
        + of("117")
        + of("11755555558", siret="12")
        + of("11755555559", siret="abc")
    )
    fait = importer(importer_organismes, texte(tmp_path / "of.csv", POINTS + lignes))
    assert (fait.inseres, fait.rejetes) == (5, 2)
    assert set(OrganismeFormation.objects.values_list("nda", "siret")) == {
        ("01755555555", "41816609600069"),
        ("11755555555", "41816609600069"),
        ("11755555556", "41816609600069"),
        ("11755555557", ""),
        ("11755555558", "41816609600012"),
    }
    lu = requetes.organisme("41816609600069")
    assert lu is not None
    assert (lu.nda, lu.qualiopi_apprentissage) == ("11755555556", True)
    importer(importer_organismes, texte(tmp_path / "of.csv", POINTS + lignes.replace("11700000001, ", "")))
    assert list(AncienNda.objects.values_list("ancien", "nda")) == [("11700000002", "11755555555")]


def test_un_nda_reattribue_designe_d_abord_qui_le_porte(tmp_path: Path) -> None:
    lignes = of("11755555555", apprentissage="false") + of("11755555556", precedents="11755555555")
    importer(importer_organismes, texte(tmp_path / "of.csv", POINTS + lignes))
    lu = requetes.organisme_du_nda("11755555555")
    assert lu is not None
    assert lu.nda == "11755555555"


SIRO = "SIRET|IDCC|OPCO_PROPRIETAIRE|OPCO_GESTION\n"


def test_la_table_siret_opco(tmp_path: Path) -> None:
    lignes = (
        "41816609600069|1979|AKTO|AKTO\n"
        "41816609600077| 16 |OPCO MOBILITES|\n"
        "41816609600085||OPCO2I|OPCO 2I\n"
        "41816609600093|9999||\n"
        "41816609600101|804||\n41816609600101|1979|AKTO|AKTO\n"
        "4181660960010|1979|AKTO|AKTO\n41816609600119|ABC|AKTO|AKTO\n41816609600127|1979|AKTO\n"
    )
    chemin = texte(tmp_path / "SIRO_202601.csv", SIRO + lignes)
    fait = importer(importer_siro, chemin)
    assert (comptes(fait), fait.edition) == ((9, 6, 0, 0, 0, 3), date(2026, 1, 1))

    def lire(siret: str) -> tuple[object, ...] | None:
        lu = requetes.opco_du_siret(siret)
        return lu and (lu.opco, lu.opco_gestion, lu.idccs)

    assert lire("41816609600069") == ("AKTO", "AKTO", ("1979",))
    assert lire("41816609600077") == ("OPCO MOBILITES", "OPCO MOBILITES", ("0016",))
    assert lire("41816609600085") == ("OPCO2I", "OPCO 2I", ())
    assert lire("41816609600093") == ("", "", ("9999",))
    assert lire("41816609600101") == ("AKTO", "AKTO", ("0804", "1979"))
    assert lire("41816609600119") is None
    assert [str(r).split(", ")[1] for r in requetes.rejets_du_dernier_import_officiel("siro")] == [
        "ligne 8 : le SIRET « 4181660960010 » n’a pas 14 chiffres",
        "ligne 9 : l’IDCC « ABC » ne peut pas être lu",
        "ligne 10 : 3 valeurs au lieu de 4",
    ]
    assert comptes(importer(importer_siro, chemin)) == (9, 0, 0, 6, 0, 3)
    suivante = texte(
        tmp_path / "SIRO_202602.csv", SIRO + "".join(lignes.replace("OPCO2I|", "OPCO EP|").splitlines(keepends=True)[:5])
    )
    assert comptes(importer(importer_siro, suivante)) == (5, 0, 1, 4, 1, 0)
    assert RattachementOpco.objects.count() == 5


@pytest.mark.parametrize("action", [importer_rncp, importer_uai, importer_organismes, importer_siro])
def test_un_fichier_qui_n_en_est_pas_un_est_refuse(tmp_path: Path, action: Callable[..., ImportReferentiel]) -> None:
    (tmp_path / "vide").touch()
    (tmp_path / "binaire").write_bytes(b"PK\0\0" * 100)
    texte(tmp_path / "autre.csv", "une;autre\n1;2\n")
    archive(tmp_path / "rien.zip", {"readme.md": "x"})
    phrases = {
        "absent": "il n’existe pas",
        "vide": "il est vide",
        "binaire": "ce n’est pas un fichier CSV",
        "autre.csv": "il manque . colonnes",
        "rien.zip": "l’archive ne contient aucun fichier CSV",
        ".": "c’est un dossier",
    }
    for nom, phrase in phrases.items():
        with pytest.raises(SaisieRefusee, match=phrase):
            importer(action, tmp_path / nom)
    assert not ImportReferentiel.objects.exists()


def test_deux_fichiers_possibles_dans_une_archive_sont_nommes(tmp_path: Path) -> None:
    chemin = archive(tmp_path / "siro.zip", {"SIRO_202601.csv": SIRO, "SIRO_202602.csv": SIRO})
    with pytest.raises(SaisieRefusee, match=r"plusieurs fichiers .* \(SIRO_202601.csv, SIRO_202602.csv\)"):
        importer(importer_siro, chemin)


def test_une_ligne_binaire_ou_une_archive_abimee_ne_laisse_rien(tmp_path: Path) -> None:
    bonne = SIRO + "41816609600069|1979|AKTO|AKTO\n"
    with pytest.raises(SaisieRefusee, match="il contient des octets nuls"):
        importer(importer_siro, texte(tmp_path / "siro.csv", bonne + "4181\0|\n"))
    with pytest.raises(SaisieRefusee, match="la ligne 3 n’est pas du CSV"):
        importer(importer_siro, texte(tmp_path / "siro.csv", bonne + "4" * 200_000))
    chemin = archive(tmp_path / "siro.zip", {"siro.csv": bonne * 500})
    octets = chemin.read_bytes()
    chemin.write_bytes(octets[:60] + b"\xff" * 8 + octets[68:])
    with pytest.raises(SaisieRefusee, match="sa lecture échoue"):
        importer(importer_siro, chemin)
    assert not RattachementOpco.objects.exists()


def test_chaque_lecture_tient_en_une_requete() -> None:
    lectures: list[Callable[[], object]] = [
        lambda: requetes.certification("RNCP1"),
        lambda: requetes.habilitations("RNCP1", "41816609600069"),
        lambda: requetes.organisme("41816609600069"),
        lambda: requetes.organisme_du_nda("11755555555"),
        lambda: requetes.uai("0010001W"),
        lambda: requetes.opco_du_siret("41816609600069"),
        requetes.referentiels_charges,
    ]
    for lire in lectures:
        with CaptureQueriesContext(connection) as capture:
            lire()
        assert len(capture) == 1


def test_ce_qui_est_charge_et_de_quand(tmp_path: Path) -> None:
    def charger(action: Callable[..., ImportReferentiel], nom: str, contenu: str, heures: int) -> None:
        chemin = texte(tmp_path / nom, contenu)
        action(chemin=chemin, par=FauxActeur(nom="import"), maintenant=MAINTENANT + timedelta(hours=heures))

    ligne = "41816609600069|1979|{}|AKTO\n"
    charger(importer_siro, "SIRO_202602.csv", SIRO + ligne.format("AKTO"), 0)
    charger(importer_siro, "SIRO_202601.csv", SIRO + ligne.format("OPCO EP"), 1)
    charger(importer_uai, "uai-2026-02-01.csv", ACCE + ecole(), 2)
    charger(importer_uai, "uai-2025-02-01.csv", ACCE + ecole("0010002X"), 24)
    etats = {etat.commande.split()[2]: etat for etat in requetes.referentiels_charges()}
    assert len(etats) == 5
    siro, uai, rncp = etats["siro"], etats["uai"], etats["rncp"]
    assert (siro.edition, siro.fichier, siro.lus) == (date(2026, 1, 1), "SIRO_202601.csv", 1), "what is in place"
    assert (uai.edition, uai.fichier, uai.importe_le) == (date(2026, 2, 1), "uai-2026-02-01.csv", MAINTENANT.date()), "the newest"
    assert (rncp.edition, rncp.importe_le) == (None, None)


@reels
def test_l_export_rncp_reel_se_lit() -> None:
    fait = importer(importer_rncp, REELS / "rncp-extrait-2024-02-22.zip")
    assert (fait.rejetes, fait.edition) == (0, date(2024, 2, 22))
    lue = requetes.certification("RNCP509")
    assert lue is not None
    assert (lue.intitule, lue.niveau) == ("Agent vérificateur d'appareils extincteurs", "3")
    assert (lue.active(date(2023, 8, 31)), lue.active(date(2023, 9, 1)), lue.remplacee_par) == (True, False, ("RNCP38228",))
    assert requetes.habilitations("RNCP509", "11004301500012") == {"CERTIFICATEUR"}
    assert "HABILITATION_ORGA_FORM" in requetes.habilitations("RS5000", "82815245400033")


@reels
def test_l_archive_acce_reelle_se_lit() -> None:
    fait = importer(importer_uai, REELS / "acce-uai-extrait.zip")
    assert (fait.rejetes, fait.inseres) == (0, EtablissementUai.objects.count())
    assert requetes.uai("0010001W")
    assert "Bérard" in EtablissementUai.objects.get(uai="0010001W").denomination
