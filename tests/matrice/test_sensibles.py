"""Each sensitive field × each role: in clear, masked, or absent (exigences, T3, T1c, P2)."""

import re
from uuid import UUID

import pypdfium2
import pytest

from jalon.banque.actions import reveler_iban
from jalon.dossiers.actions import reveler_case
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Acteur
from jalon.socle.erreurs import DroitManquant, Introuvable
from tests.habilitations.fabrique import acteur
from tests.matrice.argent import ANCIEN_IBAN_A, IBAN_A, IBAN_P
from tests.matrice.demandes import NIR, NIR_DE_L_APPRENTI
from tests.matrice.lieux import MAINTENANT
from tests.matrice.monde import Monde
from tests.matrice.requetes import contenu_de, demander, essai
from tests.matrice.roles import ROLES, Ligne, lire
from tests.matrice.table import TABLE
from tests.salaries.outils import ZOE_NIR

MASQUES = {
    NIR: "295***********",
    NIR_DE_L_APPRENTI: "207***********",
    ZOE_NIR: "295***********",
    **{iban: f"{iban[:4]}••••…{iban[-4:]}" for iban in (IBAN_A, ANCIEN_IBAN_A, IBAN_P)},
}
MASQUE_POUR_A = "masqué: LISENT"
MASQUE_EN_BANQUE = "masqué: ADMINS a_lecteur"

CHAMPS = [
    ("saisie_section", "siren brouillon code=stagiaires", "GET", NIR, "clair: a_admin a_saisie a_envoi a_dispositif a_siret double_admin c_collab; masqué: a_probation"),
    ("espace_dossier", "siren brouillon", "GET", NIR, ""),
    ("espace_dossier", "siren transmis", "GET", NIR, MASQUE_POUR_A),
    ("espace_dossier", "siren accorde", "GET", NIR, MASQUE_POUR_A),
    ("espace_dossier_recapitulatif", "siren accorde", "GET", NIR, MASQUE_POUR_A),
    ("espace_dossier_accord", "siren accorde", "GET", NIR, ""),
    ("espace_dossier_formulaire", "siren contrat_brouillon", "GET", NIR, "masqué: GERENT p_convention"),
    ("espace_dossier_formulaire_entier", "siren contrat_brouillon", "GET", NIR, "clair: ADMINS p_convention"),
    ("espace_dossier_formulaire", "siren contrat_accorde", "GET", NIR_DE_L_APPRENTI, "masqué: GERENT p_convention"),
    ("espace_dossier_formulaire_entier", "siren contrat_accorde", "GET", NIR_DE_L_APPRENTI, "clair: ADMINS p_convention"),
    ("opco_dossier_formulaire", "contrat_accorde", "GET", NIR_DE_L_APPRENTI, "masqué: conseiller gestionnaire"),
    ("opco_dossier_formulaire_entier", "contrat_accorde", "GET", NIR_DE_L_APPRENTI, "clair: conseiller gestionnaire"),
    ("espace_dossier", "prestataire accorde", "GET", NIR, ""),
    ("espace_dossier_recapitulatif", "prestataire accorde", "GET", NIR, ""),
    ("espace_dossier_accord", "prestataire accorde", "GET", NIR, ""),
    ("opco_dossier", "accorde", "GET", NIR, "masqué: ICI"),
    ("espace_salaries", "siren", "GET", ZOE_NIR, ""),
    ("espace_salarie", "siren salarie", "GET", ZOE_NIR, "masqué: GERENT a_lecteur"),
    ("espace_salarie_modifier", "siren salarie", "GET", ZOE_NIR, ""),
    ("espace_salarie_nir", "siren salarie", "GET", ZOE_NIR, "masqué: ADMINS"),
    ("espace_salarie_nir", "siren salarie", "POST", ZOE_NIR, "clair: ADMINS"),
    ("espace_rib", "siren", "GET", IBAN_A, MASQUE_EN_BANQUE),
    ("espace_rib", "siren", "GET", ANCIEN_IBAN_A, MASQUE_EN_BANQUE),
    ("espace_factures_historique", "siren", "GET", IBAN_A, MASQUE_EN_BANQUE),
    ("espace_rib_geler", "siren rib", "GET", IBAN_A, "masqué: ADMINS"),
    ("espace_rib_reveler", "siren rib", "GET", IBAN_A, "masqué: ADMINS"),
    ("espace_rib_reveler", "siren rib", "POST", IBAN_A, "clair: ADMINS"),
    ("espace_acces_historique", "siren", "GET", IBAN_A, ""),
    ("espace_facture", "siren facture", "GET", IBAN_P, ""),
    ("espace_reglements", "siren", "GET", IBAN_P, ""),
    ("espace_rib", "prestataire", "GET", IBAN_P, "masqué: p_admin p_lecteur"),
    ("espace_rib_reveler", "prestataire rib_p", "POST", IBAN_P, "clair: p_admin"),
    ("espace_reglements", "prestataire", "GET", IBAN_P, "masqué: p_admin p_lecteur"),
    ("opco_facture", "facture", "GET", IBAN_P, ""),
    ("opco_organisation", "siren", "GET", IBAN_A, ""),
    ("opco_ribs", "", "GET", IBAN_A, "masqué: gestionnaire"),
    ("opco_rib", "rib", "GET", IBAN_A, "masqué: gestionnaire"),
    ("opco_rib", "rib", "GET", ANCIEN_IBAN_A, "masqué: gestionnaire"),
    ("opco_rib_reveler", "rib", "GET", IBAN_A, "masqué: gestionnaire"),
    ("opco_rib_reveler", "rib", "POST", IBAN_A, "clair: gestionnaire"),
    ("opco_lot", "lot", "GET", IBAN_P, "masqué: comptable responsable opco_mixte"),
    ("opco_lot_fichier", "lot_signe", "POST", IBAN_P, "clair: comptable responsable opco_mixte"),
]  # fmt: skip
"""Where a number could show, for each role that the page lets in; what is not said is absent."""


def _texte(contenu: bytes) -> str:
    """What is read of an answer, spaces apart."""
    if contenu.startswith(b"%PDF"):
        texte = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(contenu))
    else:
        texte = contenu.decode()
    return re.sub(r"[\s\u00a0]", "", texte)


def _montre(monde: Monde, ligne: Ligne, methode: str, role: str, numero: str) -> str:
    with essai():
        texte = _texte(contenu_de(demander(monde, ligne, methode, role)))
    return "clair" if numero in texte else "masqué" if MASQUES[numero] in texte else "absent"


@pytest.mark.parametrize(
    ("nom", "args", "methode", "numero", "attendus"), CHAMPS, ids=[f"{n}[{a}]-{m}-{v[:4]}" for n, a, m, v, _ in CHAMPS]
)
def test_le_champ_se_montre_comme_le_dit_la_table(
    monde: Monde, nom: str, args: str, methode: str, numero: str, attendus: str
) -> None:
    dits, ligne = lire(attendus), next(li for li in TABLE if (li.nom, li.args) == (nom, args))
    permis = [role for role in ROLES if ligne.attendus(methode)[role] == "oui"]
    montres = {role: _montre(monde, ligne, methode, role, numero) for role in permis}
    assert montres == {role: dits.pop(role, "absent") for role in permis}
    assert dits == {}, "la page leur est refusée"


@pytest.mark.parametrize("cle", ["cle_a", "cle_p"])
def test_l_api_n_en_dit_rien(monde: Monde, cle: str) -> None:
    ligne = next(li for li in TABLE if li.nom == "api-1:dossier")
    assert _montre(monde, ligne, "GET", cle, NIR) == "absent"


SAISISSENT = "a_admin a_saisie a_envoi a_dispositif a_siret double_admin c_collab"
NIR_MONTRE = f"oui: {SAISISSENT} conseiller gestionnaire; 403: a_lecteur a_mixte a_probation P_VIVANTS aef comptable responsable admin_opco opco_mixte"
"""Who types for the company, out of probation; who examines at the OPCO."""
IBAN_MONTRE = "oui: ADMINS gestionnaire comptable responsable opco_mixte; 403: a_lecteur aef conseiller admin_opco"
"""Who manages the account of the company, out of probation; who treats invoices, prepares or signs orders at the OPCO."""


def _reveler(monde: Monde, champ: str, par: Acteur) -> str:
    """The number, or the refusal."""
    try:
        if champ == "iban":
            return reveler_iban(coordonnees_id=UUID(monde.objets["rib"]), motif="Contrôle", par=par, maintenant=MAINTENANT)
        return reveler_case(
            dossier_id=UUID(monde.objets["accorde"]), section="stagiaires", champ="nir", rang=0, motif="Contrôle", par=par,
            maintenant=MAINTENANT,
        )  # fmt: skip
    except DroitManquant:
        return "403"
    except Introuvable:
        return "404"


@pytest.mark.parametrize("role", ROLES[2:])
@pytest.mark.parametrize(("champ", "numero", "attendus"), [("nir", NIR, NIR_MONTRE), ("iban", IBAN_A, IBAN_MONTRE)])
def test_montrer_un_numero_est_un_acte_motive_et_note(monde: Monde, role: str, champ: str, numero: str, attendus: str) -> None:
    par, attendu = acteur(monde.personnes[role], MAINTENANT), lire(attendus).get(role, "404")
    with essai():
        evenements = Evenement.objects.tous("essai").order_by("le", "id")
        avant = evenements.count()
        assert _reveler(monde, champ, par) == (numero if attendu == "oui" else attendu)
        notes = list(evenements[avant:])
        assert [(n.acteur_id, n.details["motif"]) for n in notes] == ([(par.identite, "Contrôle")] if attendu == "oui" else [])
        assert numero not in str([n.details for n in notes])
