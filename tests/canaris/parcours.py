"""The path from the request to the transfer, played by its people with planted values, then every page of everybody."""

import re
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

import psycopg
from psycopg import sql

from jalon.config.embarque import Grappe
from jalon.demo.distribution import DISTRIBUTION
from jalon.demo.dossiers import document_fictif
from jalon.socle.dates import formater_date
from tests.canaris.recherche import IBAN, NIR
from tests.canaris.visiteur import FORMULAIRE, Echange, Visiteur
from tests.cli.outils import attendre
from tests.coquille.conftest import Folder
from tests.parcours.saisie import Demande

BELLERIVE, INSTITUT, LYON = "123456782", "812600021", "12345678200010"
INTITULE = "Service du vin au verre"
AVANT_LE_COMPTE, APRES_LE_COMPTE, JUSQU_A_LA_FIN = timedelta(hours=200), timedelta(hours=73), timedelta(days=50)
EN_GROUPES = {canari.nom: next(e for e in canari.ecritures() if " " in e) for canari in (NIR, IBAN)}
ZOE = {"stagiaires-0-nir": EN_GROUPES["NIR"], "stagiaires-0-date_naissance": "15/07/1995"}
UUID = "[0-9a-f]{8}-[0-9a-f-]{27}"
A_L_ECART = ("/static", "/compte/logout")
PLAFOND = 1500
COUPER = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


@dataclass
class Scene:
    """The running demonstration, its people signed in, and everything they were answered."""

    folder: Folder
    port: int
    echanges: list[Echange] = field(default_factory=list)
    gens: dict[str, Visiteur] = field(default_factory=dict)
    avance: timedelta = timedelta()
    fichier: bytes = b""

    @property
    def grappe(self) -> Grappe:
        """Its PostgreSQL."""
        return Grappe(self.folder.dossier / "postgresql")

    @property
    def courriels(self) -> Path:
        """Where its e-mails are written."""
        return self.folder.dossier / "courriels"

    def entrer(self) -> None:
        """Sign everybody in; « anonyme » stays outside."""
        for role in DISTRIBUTION:
            self.gens[role.prenom] = Visiteur(self.port, role.adresse, self.echanges)
            self.gens[role.prenom].se_connecter()
        self.gens["anonyme"] = Visiteur(self.port, "anonyme", self.echanges)

    def avancer(self, duree: timedelta) -> None:
        """Move the one clock of the product."""
        resultat = self.folder.jalon("horloge", f"+{duree // timedelta(hours=1)}h")
        assert resultat.returncode == 0, resultat.stderr
        self.avance += duree

    def jour(self, plus: int = 0) -> date:
        """The day of the product, and so many more."""
        return date.today() + self.avance + timedelta(days=plus)


def jouer(scene: Scene) -> bytes:
    """Account, request, complement, grant, invoice, batch, transfer; gives the file for the bank."""
    scene.avancer(AVANT_LE_COMPTE)
    _ajouter_le_compte(scene.gens["Driss"])
    scene.avancer(APRES_LE_COMPTE)
    debut = scene.jour(45)
    dossier, numero = _deposer(scene.gens["Aline"], debut)
    identifiant = dossier.rstrip("/").rpartition("/")[2]
    _completer(scene, dossier, identifiant)
    _accorder(scene.gens["Emma"], identifiant)
    scene.avancer(JUSQU_A_LA_FIN)
    _accepter(scene.gens["Farid"], _facturer(scene.gens["Driss"], numero, debut))
    _verifier_le_compte(scene.gens["Farid"])
    fichier = _payer(scene.gens["Inès"], scene.gens["Jeanne"], scene.jour())
    _montrer_le_compte(scene.gens["Driss"])
    return fichier


def _ajouter_le_compte(driss: Visiteur) -> None:
    """Refused once for its BIC, then kept."""
    page = driss.confirmer(driss.aller(f"/e/{INSTITUT}/coordonnees-bancaires/ajouter/?profil=prestataire"))
    titulaire = "Institut des métiers de la table"
    page = driss.envoyer(page, "Enregistrer le compte", titulaire=titulaire, iban=EN_GROUPES["IBAN"], bic="FAUX")
    assert page.statut == 422
    page = driss.envoyer(page, "Enregistrer le compte", titulaire=titulaire, iban=EN_GROUPES["IBAN"], bic="")
    assert page.adresse == f"/e/{INSTITUT}/coordonnees-bancaires/", page.dit


def _commencer(aline: Visiteur) -> str:
    page = aline.envoyer(aline.aller(f"/e/{BELLERIVE}/dossiers/nouveau/"), "Commencer la saisie", siret=LYON)
    return page.adresse.removesuffix("saisie/entreprise/")


def _deposer(aline: Visiteur, debut: date) -> tuple[str, str]:
    """Typed section by section, documented, sent; the address of the request and its number."""
    dossier = _commencer(aline)
    for section, valeurs in Demande(INTITULE, debut).sections.items():
        _saisir(aline, f"{dossier}saisie/{section}/", valeurs | (ZOE if section == "stagiaires" else {}))
    for code in ("convention_signee", "programme"):
        _joindre(aline, f"{dossier}pieces/", code, debut)
    page = aline.envoyer(aline.aller(f"{dossier}verifier/"), "Transmettre le dossier")
    numero = re.search(r"\b\d{4}AF\d{6}\b", page.texte)
    assert numero, page.dit
    return dossier, numero[0]


def _saisir(aline: Visiteur, adresse: str, valeurs: Mapping[str, str]) -> None:
    """One section; the boxes that depend on an answer come when the page comes back."""
    page = aline.aller(adresse)
    for _ in range(3):
        presents = {e.get("name") for e in page.arbre.iter() if e.get("name")}
        page = aline.envoyer(page, "Enregistrer et continuer", **{n: v for n, v in valeurs.items() if n in presents})
        if page.adresse != adresse:
            return
    raise AssertionError(f"{adresse} refusée\n{page.dit}")


def _joindre(aline: Visiteur, adresse: str, code: str, jour: date) -> None:
    contenu = document_fictif("Document", "Action fictive", jour)
    page = aline.envoyer(aline.aller(adresse), "Joindre", {"fichier": contenu}, tenant=code)
    assert "fichier.pdf" in page.dit, page.dit


def _completer(scene: Scene, dossier: str, identifiant: str) -> None:
    """The adviser asks the trainees again; they are reopened, typed again and sent."""
    emma, aline = scene.gens["Emma"], scene.gens["Aline"]
    page = emma.envoyer(emma.aller(f"/opco/dossiers/{identifiant}/"), "Prendre en charge")
    page = emma.aller(f"/opco/dossiers/{identifiant}/complement/")
    cases = [c.get("value", "") for c in page.arbre.iter("input") if c.get("name") == "cases"]
    choisie = next(c for c in cases if c.startswith("stagiaires"))
    echeance = formater_date(scene.jour(10))
    page = emma.envoyer(page, "Demander le complément", cases=choisie, message="Vérifiez le NIR.", echeance=echeance)
    assert "À compléter" in page.dit, page.dit
    _saisir(aline, f"{dossier}saisie/stagiaires/", {"stagiaires-0-nir": NIR.valeur})
    page = aline.envoyer(aline.aller(f"{dossier}verifier/"), "Envoyer le complément")
    assert page.adresse == dossier, page.dit


def _accorder(emma: Visiteur, identifiant: str) -> None:
    page = emma.envoyer(emma.aller(f"/opco/dossiers/{identifiant}/accorder/"), "Accorder la prise en charge")
    assert "Accordé" in page.dit, page.dit


def _facturer(driss: Visiteur, numero: str, debut: date) -> str:
    """Send the invoice and its certificate; the number of the invoice."""
    page = driss.aller(driss.aller(f"/e/{INSTITUT}/factures/").lien(f"Facturer {numero}"))
    facture, apres = f"F-{numero[-6:]}", formater_date(debut + timedelta(days=2))
    contenu = document_fictif("Facture", "Action fictive", debut)
    page = driss.envoyer(
        page, "Envoyer la facture", {"facture": contenu, "certificat": contenu + b"\n"}, numero=facture, date_emission=apres,
        date_debut=formater_date(debut), date_fin=formater_date(debut + timedelta(days=1)), heures_realisees="14",
        nombre_stagiaires="1", signataire_nom="Driss Haddad", signataire_qualite="Directeur", lieu="Lyon", signe_le=apres,
        conservation="on",
    )  # fmt: skip
    assert "Transmise" in page.dit, page.dit
    return facture


def _accepter(farid: Visiteur, facture: str) -> None:
    page = farid.aller(farid.aller("/opco/factures/").lien(facture))
    page = farid.envoyer(page, "Accepter la facture", service_fait="on")
    assert "Acceptée" in page.dit, page.dit


def _verifier_le_compte(farid: Visiteur) -> None:
    """Without it, nothing is paid there."""
    for _ in range(2):
        comptes = farid.aller("/opco/coordonnees-bancaires/").liens()
        page = farid.aller(next(lien for lien in comptes if re.search(r"/opco/coordonnees-bancaires/[0-9a-f-]{36}/", lien)))
        page = farid.confirmer(
            farid.envoyer(page, "Enregistrer la décision", decision="confirmer", methode="contre_appel", commentaire="")
        )
        if "Le compte est confirmé" in page.dit:
            break
    assert "Le compte est confirmé" in page.dit, page.dit


def _payer(ines: Visiteur, jeanne: Visiteur, jour: date) -> bytes:
    """Prepared, signed by another, handed over, executed; gives the file."""
    lot = ines.envoyer(ines.aller("/opco/virements/preparer/"), "Préparer le lot").adresse
    for _ in range(2):
        page = jeanne.confirmer(jeanne.envoyer(jeanne.aller(lot), "Signer le lot"))
        if "Signé" in page.dit:
            break
    for _ in range(2):
        page = ines.confirmer(ines.envoyer(ines.aller(lot), "Fichier bancaire"))
        if not page.est_page:
            break
    fichier = page.corps
    page = ines.envoyer(ines.aller(lot), "Déclarer exécuté", date_execution=formater_date(jour), reference="VIR-CANARI")
    assert "Exécuté" in page.dit, page.dit
    return fichier


def _montrer_le_compte(driss: Visiteur) -> None:
    """Shown once, against a reason."""
    page = driss.confirmer(driss.aller(driss.aller(f"/e/{INSTITUT}/coordonnees-bancaires/").lien("Afficher")))
    page = driss.envoyer(page, "Afficher l’IBAN", motif="Vérification avec la banque")
    assert "data-iban" in page.texte, page.dit


def couper_la_base(scene: Scene) -> None:
    """PostgreSQL drops the connection on the very statement that writes the planted value, and its log quotes the statement."""
    aline = scene.gens["Aline"]
    adresse = f"{_commencer(aline)}saisie/stagiaires/"
    nir = {"stagiaires-0-nom_naissance": "Lefort", "stagiaires-0-nir": EN_GROUPES["NIR"]}
    page = aline.aller(adresse)
    with _coupure(scene.grappe, "dossiers_dossier"):
        page = aline.envoyer(page, "Enregistrer et continuer", **nir)
    assert page.statut == 503
    page = aline.envoyer(page, "Réessayer")
    page = aline.aller(adresse)
    version = next(e.get("value", "") for e in page.arbre.iter("input") if e.get("name") == "version")
    champs = urlencode({**nir, "version": version, "_case": "stagiaires-0-nir", "_depart": "0", "_fin": "1"}).encode()
    jeton = aline.temoins["jalon_jeton"]
    fragment = aline.demander("POST", f"{adresse}enregistrer/", champs, FORMULAIRE, HX_Request="true", X_CSRFToken=jeton)
    assert fragment.statut == 200
    page = aline.confirmer(aline.aller(f"/e/{BELLERIVE}/coordonnees-bancaires/ajouter/?profil=adherent"))
    with _coupure(scene.grappe, "banque_coordonneesbancaires"):
        page = aline.envoyer(page, "Enregistrer le compte", titulaire="Bellerive Restauration", iban=EN_GROUPES["IBAN"])
    assert page.statut == 503
    page = aline.envoyer(page, "Réessayer")
    assert page.adresse == f"/e/{BELLERIVE}/coordonnees-bancaires/", page.dit


@contextmanager
def _coupure(grappe: Grappe, table: str) -> Iterator[None]:
    """Whoever writes in that table meanwhile waits, then loses its connection."""
    verrou = threading.Event()

    def couper() -> None:
        with psycopg.connect(grappe.url("postgres", "jalon"), options="-c lock_timeout=30s") as connexion:
            connexion.execute(sql.SQL("LOCK TABLE {} IN SHARE MODE").format(sql.Identifier(table)))
            verrou.set()
            attendre(lambda: connexion.execute(COUPER).fetchone(), "personne n’écrit", 30)

    with ThreadPoolExecutor(max_workers=1) as fil:
        coupe = fil.submit(couper)
        assert verrou.wait(30)
        yield
        coupe.result(timeout=60)


def visiter_tout(scene: Scene) -> None:
    """Every link of every person; what one found, all ask for; every link of every e-mail; the API."""
    trouvees: set[str] = set()
    for qui in scene.gens.values():
        trouvees |= _visiter(qui, "/", "/demo/comptes", "/demo/courriels", "/nulle-part/")
    messages = [fichier.read_text() for fichier in scene.courriels.glob("*.eml")]
    liens = {lien for texte in messages for lien in re.findall(r"http://localhost:\d+(/[^\s\"<>=]*)", texte)}
    assert any("/gel/" in lien for lien in liens)
    for qui in scene.gens.values():
        for adresse in {a for a in trouvees if re.search(UUID, a)} | (liens if qui.qui == "anonyme" else set()):
            qui.aller(adresse)
    cle = scene.folder.jalon("cle-api", "creer", BELLERIVE, "--nom", "Essai", "--profil", "adherent").stdout.strip()
    for numero in set(re.findall(r"\b\d{4}AF\d{6}\b", " ".join(messages))):
        assert scene.gens["anonyme"].demander("GET", f"/api/v1/dossiers/{numero}", X_API_KEY=cle).statut == 200


def _visiter(qui: Visiteur, *departs: str) -> set[str]:
    """Follow every link from page to page, as a page and as a fragment."""
    vues: set[str] = set()
    file = deque(departs)
    while file:
        adresse = file.popleft()
        if adresse in vues or adresse.startswith(A_L_ECART):
            continue
        vues.add(adresse)
        page = qui.aller(adresse)
        qui.demander("GET", adresse, HX_Request="true")
        if page.est_page:
            file.extend(page.liens())
    assert len(vues) < PLAFOND, "un lien tourne sans fin"
    return vues
