"""Keys of the former portal: taken over as they are, told line by line, never shown."""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from jalon.habilitations.acteur_cle import ActeurCle
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.anciennes_cles import BilanAnciennesCles, importer_anciennes_cles
from jalon.habilitations.actions.authentification import CleRefusee, authentifier_cle
from jalon.habilitations.actions.cles import creer_cle_api, revoquer_cle
from jalon.habilitations.cles import nouvelle_cle
from jalon.habilitations.models import CleApi
from jalon.habilitations.regles_des_cles import DemandeCle, EtatCle, etat_de_cle
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Perimetre, Profil
from jalon.socle.dates import fin_du_jour
from jalon.socle.erreurs import SaisieRefusee
from tests.fils import ensemble
from tests.habilitations.fabrique import AUTRE_SIREN, LE, SIREN, organisation, sirens

SYSTEME = ActeurSysteme("reprise de l’ancien portail")
CLE = "a6f0c2d4-8b1e-4c77-9f52-ancienne-cle"
AUTRE_CLE = "AKTO/2021+cle=tres;longue"
HEXA = sha256(b"autre chose").hexdigest()
PLAN_LECTURE = Droit(Domaine.PLAN, Niveau.LECTURE)
EN_TETE = "cle;siren;libelle\n"


@pytest.fixture
def importer(tmp_path: Path) -> Callable[..., BilanAnciennesCles]:
    """Write the file, run the import."""

    def lancer(contenu: str | bytes, *, le: datetime = LE, **options: Any) -> BilanAnciennesCles:
        chemin = tmp_path / "cles.csv"
        chemin.write_bytes(contenu if isinstance(contenu, bytes) else contenu.encode())
        valeurs: dict[str, Any] = {
            "profil": Profil.PRESTATAIRE, "hexadecimales": False, "appliquer": True, "par": SYSTEME, "maintenant": le, **options
        }  # fmt: skip
        return importer_anciennes_cles(chemin=chemin, **valeurs)

    return lancer


@pytest.fixture
def deux_organisations(db: None) -> None:
    organisation()
    organisation(AUTRE_SIREN, "CFA DU LAC")


def _cles() -> Any:
    return CleApi.objects.tous("essai")


def _raisons(bilan: BilanAnciennesCles) -> list[tuple[int, str]]:
    return [(a.ligne, a.raison.replace("\u00a0", " ")) for a in bilan.anomalies]


@pytest.mark.usefixtures("deux_organisations")
def test_une_ancienne_cle_sert_comme_avant_jusqu_a_sa_date(importer: Any) -> None:
    bilan = importer(
        f'cle;sha256;siren;libellé;profil\n{CLE};;123 456 782;Ypareo;\n"{AUTRE_CLE}";;{AUTRE_SIREN};Paie;Adherent\n'
        f";{sha256(b'jamais-vue-en-clair').hexdigest().upper()};{AUTRE_SIREN};Hyperplanning;prestataire\n"
    )
    assert (bilan.lues, len(bilan.nouvelles), bilan.deja, bilan.anomalies) == (3, 3, (), ())
    for secret, siren, profil in (
        (CLE, SIREN, Profil.PRESTATAIRE), (AUTRE_CLE, AUTRE_SIREN, Profil.ADHERENT), ("jamais-vue-en-clair", AUTRE_SIREN, Profil.PRESTATAIRE),
    ):  # fmt: skip
        porteur = authentifier_cle(cle=secret, adresse="", maintenant=LE)
        assert porteur is not None
        ici = frozenset({siren})
        attendu = Perimetre(sirens=ici) if profil == Profil.ADHERENT else Perimetre(prestataires=ici)
        assert porteur.perimetre(PLAN_LECTURE) == attendu
        for domaine in Domaine:
            for niveau in Niveau:
                lit = niveau == Niveau.LECTURE and domaine in {Domaine.PLAN, Domaine.ALTERNANCE}
                assert bool(porteur.perimetre(Droit(domaine, niveau))) is lit
    ligne = _cles().get(nom="Ypareo")
    assert (ligne.ancienne, ligne.indice, ligne.empreinte) == (True, "", sha256(CLE.encode()).hexdigest())
    assert ActeurCle(ligne).libelle == "Ancienne clé Ypareo"
    fin = fin_du_jour(date(2027, 11, 24))
    assert ligne.expire_le == bilan.expire_le == fin
    assert authentifier_cle(cle=CLE, adresse="", maintenant=fin - timedelta(microseconds=1)) is not None
    with pytest.raises(CleRefusee, match="a expiré"):
        authentifier_cle(cle=CLE, adresse="", maintenant=fin)
    etat = etat_de_cle(ancienne=True, expire_le=fin, revoquee_le=None, coupee=False, maintenant=LE)
    assert etat == EtatCle.A_REMPLACER
    assert Evenement.objects.tous("essai").filter(code="acces.cle_reprise").count() == 3


@pytest.mark.usefixtures("deux_organisations")
def test_la_date_de_remplacement_se_regle(importer: Any, settings: Any) -> None:
    settings.JALON_ANCIENNES_CLES = 6
    importer(f"{EN_TETE}{CLE};{SIREN};Ypareo\n")
    assert _cles().get().expire_le == fin_du_jour(date(2027, 5, 24))


@pytest.mark.usefixtures("deux_organisations")
def test_sans_appliquer_rien_n_est_ecrit(importer: Any) -> None:
    bilan = importer(f"{EN_TETE}{CLE};{SIREN};Ypareo\n", appliquer=False)
    assert [(c.ligne, c.siren, c.profil) for c in bilan.nouvelles] == [(2, SIREN, Profil.PRESTATAIRE)]
    assert not _cles().exists()
    assert not Evenement.objects.tous("essai").exists()


@pytest.mark.usefixtures("deux_organisations")
def test_le_meme_fichier_une_seconde_fois_ne_change_rien(importer: Any) -> None:
    contenu = f"{EN_TETE}{CLE};{SIREN};Ypareo\n{AUTRE_SIREN}-cle-deux;{AUTRE_SIREN};Paie\n"
    importer(contenu)
    revoquer_cle(cle_id=_cles().get(nom="Paie").id, motif="Perdue", par=SYSTEME, maintenant=LE)
    avant = list(_cles().order_by("id").values())
    evenements = Evenement.objects.tous("essai").count()
    bilan = importer(contenu.replace("Ypareo", "Autre libellé"), le=LE + timedelta(days=40))
    assert (len(bilan.nouvelles), len(bilan.deja), bilan.anomalies) == (0, 2, ())
    assert list(_cles().order_by("id").values()) == avant, "une clé révoquée le reste, un libellé changé aussi"
    assert Evenement.objects.tous("essai").count() == evenements


@pytest.mark.usefixtures("deux_organisations")
def test_les_lignes_refusees_sont_dites_et_les_autres_reprises(importer: Any) -> None:
    importer(f"{EN_TETE}{CLE}-prise;{AUTRE_SIREN};Paie\n")
    inconnu = sirens(1)[0]
    bilan = importer(
        "cle;sha256;siren;libelle;profil\n"
        f"{CLE};;{SIREN};Ypareo;\n"
        f"{CLE};;{SIREN};Ypareo;\n"
        f";;{SIREN};Rien;\n"
        f"{CLE}-2;{HEXA};{SIREN};Les deux;\n"
        "\n"
        f"{HEXA};;{SIREN};Hexadécimale;\n"
        f";{HEXA[:-1]};{SIREN};Courte;\n"
        f";{HEXA[:-1]}g;{SIREN};Pas hexadécimale;\n"
        f"trop-courte;;{SIREN};Courte;\n"
        f"{'x' * 513};;{SIREN};Longue;\n"
        f"une cle avec espaces;;{SIREN};Espaces;\n"
        f"clé-avec-un-accent;;{SIREN};Accent;\n"
        f"{nouvelle_cle('jalon_', Profil.ADHERENT)};;{SIREN};Des nôtres;\n"
        f"{CLE}-3;;123456789;Faux SIREN;\n"
        f"{CLE}-4;;{inconnu};Inconnu;\n"
        f"{CLE}-5;;{SIREN};;\n"
        f"{CLE}-6;;{SIREN};Clé {CLE}-6;\n"
        f"{CLE}-7;;{SIREN};{HEXA};\n"
        f"{CLE}-8;;{SIREN};Profil;entreprise\n"
        f"{CLE}-prise;;{SIREN};Paie;\n"
        f"{CLE}-prise;;{AUTRE_SIREN};Paie;adherent\n"
        f"{CLE}-9\n"
    )  # fmt: skip
    assert [c.ligne for c in bilan.nouvelles] == [2]
    attendues = [
        (3, "déjà à la ligne 2"), (4, "l’un des deux"), (5, "l’un des deux"), (7, "la forme d’un SHA-256"),
        (8, "celui-ci compte 63 signes"), (9, "64 chiffres hexadécimaux"), (10, "de 16 à 512 signes, celle-ci en compte 11"),
        (11, "celle-ci en compte 513"), (12, "en-tête HTTP"), (13, "en-tête HTTP"), (14, "JALON_PREFIXE_CLES"),
        (15, "n’existe pas"), (16, "n’est pas au registre"), (17, "un nom de 80 signes"), (18, "le libellé contient la clé"),
        (19, "le libellé contient la clé"), (20, "adherent ou prestataire"), (21, "celle d’une autre organisation"),
        (22, "déjà à la ligne 21"), (23, "un nom de 80 signes"),
    ]  # fmt: skip
    assert [ligne for ligne, _ in _raisons(bilan)] == [ligne for ligne, _ in attendues]
    for (ligne, raison), (_, attendue) in zip(_raisons(bilan), attendues, strict=True):
        assert attendue in raison, ligne
        assert CLE not in raison
        assert HEXA not in raison
    assert _cles().count() == 2


@pytest.mark.usefixtures("deux_organisations")
def test_l_autre_cote_de_la_meme_organisation_n_est_pas_la_meme_cle(importer: Any) -> None:
    importer(f"{EN_TETE}{CLE};{SIREN};Ypareo\n")
    bilan = importer(f"{EN_TETE}{CLE};{SIREN};Ypareo\n", profil=Profil.ADHERENT)
    assert _raisons(bilan) == [(2, "cette clé est déjà celle d’une autre organisation, ou de son autre côté")]


@pytest.mark.usefixtures("deux_organisations")
def test_des_cles_hexadecimales_se_declarent(importer: Any) -> None:
    importer(f"{EN_TETE}{HEXA};{SIREN};Hexadécimale\n", hexadecimales=True)
    assert authentifier_cle(cle=HEXA, adresse="", maintenant=LE) is not None
    assert authentifier_cle(cle="autre chose", adresse="", maintenant=LE) is None


@pytest.mark.usefixtures("deux_organisations")
@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        ("", "il est vide"),
        ("cle;siren\nx;y\n", "doit nommer les colonnes"),
        (f"{CLE};{SIREN};Ypareo\n", "doit nommer les colonnes"),
        (EN_TETE, "ne contient que la ligne d’en-tête"),
        (f"{EN_TETE}é;{SIREN};x\n".encode("latin-1"), "pas en UTF-8"),
        (b"cle;siren;libelle\n\0", "pas du texte"),
    ],
)
def test_un_fichier_qui_n_est_pas_le_bon_est_refuse_sans_etre_recopie(importer: Any, contenu: Any, phrase: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        importer(contenu)
    assert CLE not in refus.value.message
    assert not _cles().exists()


@pytest.mark.usefixtures("deux_organisations")
def test_un_fichier_de_tableur_est_lu(importer: Any) -> None:
    bilan = importer(f"\ufeffClé,SIREN,Libellé\r\n  {CLE}  ,{SIREN},Ypareo\r\n,,\r\n".encode())
    assert (bilan.lues, len(bilan.nouvelles)) == (1, 1)
    assert authentifier_cle(cle=CLE, adresse="", maintenant=LE) is not None


@pytest.mark.usefixtures("deux_organisations")
def test_le_contenu_du_fichier_n_est_ni_trace_ni_garde(importer: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        bilan = importer(f"{EN_TETE}{CLE};{SIREN};Ypareo\ncourte;{SIREN};Courte\n")
    garde = repr(list(_cles().values())) + repr(list(Evenement.objects.tous("essai").values()))
    for tout in (caplog.text, repr(bilan), str(bilan.anomalies), garde):
        assert CLE not in tout
    assert "Ypareo" not in repr(bilan)


@pytest.mark.usefixtures("deux_organisations")
def test_l_ancienne_et_sa_remplacante_servent_ensemble_puis_l_ancienne_se_revoque(importer: Any) -> None:
    importer(f"{EN_TETE}{CLE};{SIREN};Ypareo\n")
    demande = DemandeCle("Ypareo", [PLAN_LECTURE], date(2027, 11, 24))
    creation: dict[str, Any] = {
        "siren": SIREN,
        "profil": Profil.PRESTATAIRE,
        "demande": demande,
        "par": SYSTEME,
        "maintenant": LE,
    }
    secret = creer_cle_api(**creation).secret
    assert authentifier_cle(cle=CLE, adresse="", maintenant=LE) is not None
    assert authentifier_cle(cle=secret, adresse="", maintenant=LE) is not None
    with pytest.raises(SaisieRefusee, match="déjà actives"):
        creer_cle_api(**creation)
    revoquer_cle(cle_id=_cles().get(ancienne=True).id, motif="Remplacée", par=SYSTEME, maintenant=LE)
    with pytest.raises(CleRefusee, match="révoquée"):
        authentifier_cle(cle=CLE, adresse="", maintenant=LE)


@pytest.mark.usefixtures("base_reelle")
def test_deux_imports_a_la_fois_reprennent_chaque_cle_une_fois(tmp_path: Path) -> None:
    organisation()
    chemin = tmp_path / "cles.csv"
    chemin.write_text(EN_TETE + "".join(f"{CLE}-{n};{SIREN};Logiciel {n}\n" for n in range(50)))
    options: dict[str, Any] = {"profil": Profil.PRESTATAIRE, "hexadecimales": False, "appliquer": True}
    bilans = ensemble([lambda: importer_anciennes_cles(chemin=chemin, par=SYSTEME, maintenant=LE, **options) for _ in range(4)])
    assert {type(b) for b in bilans} == {BilanAnciennesCles}
    assert _cles().count() == 50
    assert Evenement.objects.tous("essai").filter(code="acces.cle_reprise").count() == 50
