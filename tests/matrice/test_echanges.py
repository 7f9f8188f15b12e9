"""Ids swapped in forms, in addresses and in filters (exigences, S1b): nothing of somebody else is written, nor shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from jalon.banque.models import CoordonneesBancaires
from jalon.dossiers.models import Dossier
from jalon.facturation.models import Facture
from jalon.socle.pages import ecrire_curseur
from tests.dossiers.fabrique import AUTRE_SIREN, AUTRE_SIRET, SIREN, SIRET
from tests.matrice.lieux import SIREN_C, SIRET_2
from tests.matrice.monde import Monde
from tests.matrice.requetes import adresse, classer, contenu_de, corps, demander, empreinte_de_la_base, essai
from tests.matrice.roles import Ligne
from tests.matrice.table import METIER


@dataclass(frozen=True)
class Echange:
    """A form of the table where some values are replaced; the answer that is due."""

    nom: str
    role: str
    valeurs: Mapping[str, object]
    attendu: str
    args: str = ""
    suite: str = ""

    @property
    def ligne(self) -> Ligne:
        """The line of the table, its form changed."""
        trouvee = next(li for li in METIER if li.nom == self.nom and (not self.args or li.args == self.args))
        return replace(trouvee, corps={**trouvee.corps, **self.valeurs})


REFUSES = [
    Echange("saisie_nouveau", "a_admin", {"siret": AUTRE_SIRET}, "422"),
    Echange("saisie_nouveau", "a_siret", {"siret": SIRET_2}, "403"),
    Echange("saisie_nouveau", "a_mixte", {"siret": SIRET}, "403"),
    Echange("saisie_pieces", "a_admin", {"code": "inconnue"}, "404"),
    Echange("espace_inviter", "a_admin", {"etendue": "siret", "sirets": [AUTRE_SIRET]}, "422"),
    Echange("espace_inviter", "a_admin", {"etendue": "siret", "sirets": [SIRET, AUTRE_SIRET]}, "422"),
    Echange("espace_modifier_droits", "a_admin", {"perimetre": AUTRE_SIRET}, "422"),
    Echange("espace_modifier_droits", "a_admin", {"niveau_acces": "9"}, "422"),
    Echange("espace_modifier_droits", "a_probation", {"niveau_rib": "4"}, "403"),
    Echange("espace_modifier_droits", "a_probation", {"niveau_acces": "4"}, "403"),
    Echange("espace_droits_masse", "a_admin", {"personnes": ["@rattachement", "@autre_rattachement"]}, "404"),
    Echange("espace_droits_masse", "double_admin", {"personnes": ["@rattachement", "@autre_rattachement"]}, "404"),
    Echange("espace_droits_masse", "a_probation", {"acte": "administration"}, "403"),
    Echange("espace_droits_masse", "a_admin", {"personnes": ["@rattachement_p"]}, "404"),
    Echange("espace_revue", "a_admin", {"personnes": ["@autre_rattachement"]}, "404"),
    Echange("espace_revue", "double_admin", {"personnes": ["@autre_rattachement"], "acte": "retirer", "motif": "Non"}, "404"),
    Echange(
        "espace_droits_appliquer",
        "a_admin",
        {"contenu": f"adresse;perimetre;domaine;niveau\nx@essai.example;{AUTRE_SIRET};plan;lecture\n"},
        "422",
    ),
    Echange("espace_octroi", "a_probation", {"decision": "refuser", "motif": "Non"}, "403"),
    Echange("espace_nomination", "a_probation", {"decision": "refuser"}, "403"),
    Echange("espace_demande", "a_probation", {"decision": "refuser", "motif": "Non"}, "403"),
    Echange("espace_demande", "a_admin", {"jeu": "lecture", "etendue": "siret", "sirets": [AUTRE_SIRET]}, "422"),
    Echange("opco_codes_demandes", "aef", {"demandes": ["@avis"]}, "404"),
    Echange("opco_commande_envoi", "aef", {"lettres": ["@avis"]}, "404"),
    Echange("opco_codes", "aef", {"sirens": AUTRE_SIREN}, "422"),
    Echange("opco_codes", "aef", {"sirens": f"{SIREN_C}\n{AUTRE_SIREN}"}, "422"),
    Echange("opco_avis", "aef", {"avis": ["@autre_avis"]}, "404"),
    Echange("opco_avis", "aef", {"avis": ["@avis", "@autre_avis"]}, "404"),
    Echange("opco_dossier_complement", "conseiller", {"pieces": ["inconnue"]}, "422"),
    Echange("opco_dossier_accorder", "conseiller", {"pedagogie": "99999"}, "422"),
    Echange("opco_dossier_message", "conseiller", {"avec": "opco"}, "422"),
    Echange("opco_acces_decider", "aef", {"decision": "accorder"}, "403", args="demande"),
]


@pytest.mark.parametrize("echange", REFUSES, ids=lambda e: f"{e.nom}-{e.role}-{'-'.join(e.valeurs)}")
def test_une_valeur_d_autrui_dans_un_formulaire_n_ecrit_rien(monde: Monde, echange: Echange) -> None:
    with essai():
        avant = empreinte_de_la_base()
        assert classer(demander(monde, echange.ligne, "POST", echange.role)) == echange.attendu
        assert empreinte_de_la_base() == avant


@pytest.mark.parametrize(("role", "siret"), [("a_admin", AUTRE_SIRET), ("a_siret", SIRET_2), ("double_admin", AUTRE_SIRET)])
def test_le_siret_saisi_ne_donne_la_demande_qu_a_qui_y_saisit_aussi(monde: Monde, role: str, siret: str) -> None:
    ligne = next(li for li in METIER if li.nom == "saisie_section" and li.args.endswith("code=action"))
    ligne = replace(ligne, args="siren brouillon code=entreprise", corps={"version": "2", "_cases": "siret", "siret": siret})
    with essai():
        demander(monde, ligne, "POST", role)
        lu = Dossier.objects.tous("essai").get(pk=monde.objets["brouillon"])
        assert lu.reponses["entreprise"]["valeurs"]["siret"] == siret
        suit = role == "double_admin"
        assert (lu.siren, lu.siret) == ((AUTRE_SIREN, AUTRE_SIRET) if suit else (SIREN, SIRET))


def test_le_cote_demande_est_l_un_des_miens(monde: Monde) -> None:
    ligne = next(li for li in METIER if li.nom == "espace_rib_ajouter" and li.sorte == "espace")
    with essai():
        chemin = f"{adresse(ligne, monde.objets)}?profil=prestataire"
        assert monde.client("a_admin").post(chemin, corps(ligne, monde.objets)).status_code == 302
        ajoutee = CoordonneesBancaires.objects.tous("essai").latest("ajoutees_le")
        assert (ajoutee.profil, ajoutee.siren, ajoutee.prestataire_siren) == ("adherent", SIREN, "")


CROISES = [
    ("piece_telecharger", "a_admin", {"piece_brouillon": "piece_transmis"}),
    ("piece_telecharger", "a_admin", {"piece_brouillon": "piece_autre_brouillon"}),
    ("piece_telecharger", "double_admin", {"piece_brouillon": "piece_autre_brouillon"}),
    ("piece_telecharger", "double_admin", {"brouillon": "autre_brouillon"}),
    ("piece_apercu", "a_admin", {"piece_brouillon": "piece_transmis"}),
    ("piece_apercu", "double_admin", {"piece_brouillon": "piece_autre_brouillon"}),
    ("piece_apercu_page", "a_admin", {"piece_brouillon": "piece_transmis"}),
    ("piece_apercu_page", "double_admin", {"piece_brouillon": "piece_autre_brouillon"}),
    ("piece_retirer", "a_admin", {"piece_brouillon": "piece_brouillon_2"}),
    ("piece_retirer", "double_admin", {"piece_brouillon": "piece_autre_brouillon"}),
    ("piece_retirer", "double_admin", {"brouillon": "autre_brouillon"}),
    ("piece_garder", "a_admin", {"piece_brouillon": "piece_brouillon_2"}),
    ("piece_garder", "double_admin", {"piece_brouillon": "piece_autre_brouillon"}),
    ("piece_garder", "double_admin", {"brouillon": "autre_brouillon"}),
    ("espace_document_modifier", "double_admin", {"garde": "autre_garde"}),
    ("espace_document_telecharger", "double_admin", {"garde": "autre_garde"}),
    ("opco_piece", "conseiller", {"piece_transmis": "piece_autre_incomplet"}),
    ("opco_piece", "conseiller", {"piece_transmis": "piece_instruit"}),
    ("opco_piece_apercu", "opco_mixte", {"piece_transmis": "piece_autre_incomplet"}),
    ("opco_piece_apercu_page", "conseiller", {"piece_transmis": "piece_instruit"}),
    ("opco_piece", "opco_mixte", {"piece_transmis": "piece_autre_incomplet"}),
]


@pytest.mark.parametrize(("nom", "role", "echanges"), CROISES, ids=lambda v: "" if isinstance(v, Mapping) else v)
def test_deux_objets_qui_ne_vont_pas_ensemble_sont_introuvables(
    monde: Monde, nom: str, role: str, echanges: Mapping[str, str]
) -> None:
    ligne = next(li for li in METIER if li.nom == nom)
    with essai():
        avant = empreinte_de_la_base()
        objets = {a: monde.objets[b] for a, b in echanges.items()}
        assert classer(demander(monde, ligne, ligne.methodes[0], role, objets)) == "404"
        assert empreinte_de_la_base() == avant


FILTRES = [
    ("espace_habilitations", "a_admin", "modifier={autre_rattachement}&siret={autre_siret}"),
    ("espace_habilitations", "a_admin", "q=b_admin"),
    ("espace_habilitations", "a_admin", "profil=prestataire"),
    ("espace_dossiers", "a_admin", "q=Bellerive"),
    ("espace_dossiers", "a_siret", f"siret={SIRET_2}"),
    ("espace_brouillons", "a_admin", "q=Bellerive"),
    ("espace_factures", "a_admin", "q=canari"),
    ("espace_factures", "a_admin", "page={curseur}"),
    ("espace_reglements", "a_admin", "page=20990101.00000000000000000000000000000000"),
    ("mes_dossiers", "a_admin", "q=Bellerive"),
    ("recherche", "a_admin", "q=Bellerive"),
    ("recherche", "sans_droit", "q=2611"),
    ("espace_recherche", "a_admin", "q=b_admin"),
    ("espace_recherche", "a_siret", "q=2611"),
    ("opco_recherche", "conseiller", "q=Bellerive"),
    ("opco_dossiers", "conseiller", "q=Bellerive"),
    ("opco_factures", "gestionnaire", "q=canari&etat=tous"),
    ("opco_factures", "gestionnaire", "etat=tous&page={curseur}"),
    ("opco_tickets", "aef", "etat=ouvert"),
    ("opco_lots", "comptable", ""),
    ("opco_codes", "aef", ""),
    ("opco_acces", "aef", ""),
]
"""What people may write after the « ? » of a list."""


@pytest.mark.parametrize(("nom", "role", "filtre"), FILTRES, ids=lambda v: v[:30])
def test_un_filtre_ne_fait_rien_voir_d_autrui(monde: Monde, nom: str, role: str, filtre: str) -> None:
    autre = Facture.objects.tous("essai").get(pk=monde.objets["autre_facture"])
    valeurs = {
        **monde.objets,
        "autre_siret": AUTRE_SIRET,
        "curseur": ecrire_curseur(autre.deposee_le, autre.pk, ordre="deposee_le"),
    }
    ligne = next((li for li in METIER if li.nom == nom), Ligne(nom, "personne", get=""))
    reponse = monde.client(role).get(f"{adresse(ligne, monde.objets)}?{filtre.format(**valeurs)}")
    page = contenu_de(reponse).decode()  # type: ignore[arg-type]
    assert reponse.status_code == 200
    assert [nom for nom, cle in monde.objets.items() if "autre" in nom and cle in page] == []
