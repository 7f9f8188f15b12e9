"""What an answer may never hold for a role: words of another company, NIR and IBAN in clear."""

from collections.abc import Iterator, Mapping

from tests.matrice.argent import ANCIEN_IBAN_A, IBAN_A, IBAN_B, IBAN_P, IBAN_Q
from tests.matrice.demandes import NIR, NIR_B
from tests.matrice.lieux import CANARI_A, CANARI_B
from tests.matrice.roles import OPCO, PRESTATAIRES, RATTACHES, Ligne, developper
from tests.salaries.outils import LEO_NIR, ZOE_NIR

LISENT_A = developper("LISENT ICI cle_a")
LISENT_B = developper("double_admin b_admin q_admin opco_ailleurs opco_mixte cle_b")
MOTS_DE_B = (CANARI_B, "Bellerive", "b_admin")
"""Titles, references, messages, invoices and account of company B; its name; that of its administrator."""
SANS_RAISON = "Votre compte ne permet pas d’ouvrir cette page"
"""What a page of refusal says when nobody told it why."""
NUMEROS = {"NIR": (NIR, NIR_B, ZOE_NIR, LEO_NIR), "IBAN": (IBAN_A, ANCIEN_IBAN_A, IBAN_P, IBAN_B, IBAN_Q)}
EN_CLAIR: Mapping[tuple[str, str, str], str] = {
    (
        "saisie_section",
        "siren brouillon code=stagiaires",
        "NIR",
    ): "a_admin a_saisie a_envoi a_dispositif a_siret double_admin c_collab",
    ("espace_salarie_nir", "siren salarie", "NIR"): "ADMINS",
    ("espace_rib_reveler", "siren rib", "IBAN"): "ADMINS",
    ("espace_rib_reveler", "prestataire rib_p", "IBAN"): "p_admin",
    ("opco_rib_reveler", "rib", "IBAN"): "gestionnaire",
    ("opco_lot_fichier", "lot_signe", "IBAN"): "comptable responsable opco_mixte",
}
"""The only answers that give a number in clear: who types the request, out of probation; who shows the account of her own
organisation, or verifies it at the OPCO, with a reason, or a NIR of its directory; the file for the bank."""


VEILLE_PARTOUT: Mapping[tuple[str, str], str] = {("opco_couper_compte", "compte_b"): "admin_opco"}
"""Who handles the alerts reads the name of the account that she is about to cut, whatever its portefeuille."""


def refus_mal_dit(role: str, page: bytes) -> Iterator[str]:
    """A page of refusal says why, and names people of one's own side alone; the OPCO knows who administers what it follows."""
    if SANS_RAISON.encode() in page:
        yield "le refus ne dit pas pourquoi"
    miens = next((groupe for groupe in (RATTACHES, PRESTATAIRES, OPCO) if role in groupe), ())
    miens = (*RATTACHES, *PRESTATAIRES) if role == "p_convention" else miens
    if miens is not OPCO:
        nommes = (*RATTACHES, *PRESTATAIRES, "b_admin", "q_admin")
        yield from (f"le refus nomme {qui}" for qui in nommes if qui not in miens and f"Personne {qui}".encode() in page)


def indiscretions(ligne: Ligne, methode: str, role: str, contenu: bytes) -> Iterator[str]:
    """What is said to that role and should not be."""
    if ligne.sorte == "public":
        return
    if role not in LISENT_B:
        vus = {"b_admin"} if role in developper(VEILLE_PARTOUT.get((ligne.nom, ligne.args), "")) else set()
        yield from (f"« {mot} » est à B" for mot in MOTS_DE_B if mot not in vus and mot.encode() in contenu)
    if role not in LISENT_A and CANARI_A.encode() in contenu:
        yield f"« {CANARI_A} » est à A"
    serre = contenu.translate(None, b" \xc2\xa0")
    for genre, numeros in NUMEROS.items():
        if any(numero.encode() in serre for numero in numeros) and role not in developper(
            EN_CLAIR.get((ligne.nom, ligne.args, genre), "")
        ):
            yield f"{genre} en clair"
