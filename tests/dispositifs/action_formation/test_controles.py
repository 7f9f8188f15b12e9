"""Tables of cases of the controls, with the values at each limit."""

from datetime import date, timedelta
from typing import Any

import pytest

from jalon.dispositifs.action_formation.controles.action import dates_ordre
from jalon.dispositifs.base import FicheEtablissement, FicheIdcc, Gravite
from jalon.socle.baremes import GuichetSuspendu, ReglageDispositif
from jalon.socle.reglages import ExceptionDepot
from tests.dispositifs.exemples import (
    AUJOURD_HUI,
    SIRET_ENTREPRISE,
    SIRET_ORGANISME,
    YANIS,
    ZOE,
    anomalies,
    contenu,
    contexte,
    regles,
    trouvee,
)


def dans(jours: int) -> str:
    return f"{AUJOURD_HUI + timedelta(days=jours):%d/%m/%Y}"


def reglage(**changements: Any) -> tuple[ReglageDispositif, ...]:
    return (ReglageDispositif(code="action_formation", dispositif="action_formation", valide_du=date(2019, 1, 1), **changements),)


def test_l_exemple_n_a_aucune_anomalie() -> None:
    assert anomalies() == []


def test_un_controle_s_appelle_comme_une_fonction() -> None:
    assert dates_ordre(contenu(), contexte()) is None


@pytest.mark.parametrize(
    ("identifiant", "changements", "case", "phrase"),
    [
        ("dates-ordre", {"action__date_fin": "10/01/2027"}, "action.date_fin", "doit suivre son début (11/01/2027)"),
        ("jours-dans-la-periode", {"action__nombre_jours": "2,5"}, "action.nombre_jours", "de 2 au plus"),
        (
            "distance-dans-la-duree",
            {"action__modalite": "mixte", "action__heures_distance": "15"},
            "action.heures_distance",
            "14",
        ),
        ("distance-dans-la-duree", {"action__modalite": "mixte", "action__heures_distance": "14"}, None, "À distance"),
        ("distance-dans-la-duree", {"action__modalite": "mixte", "action__heures_distance": "0"}, None, "En présentiel"),
        ("bilan-24-heures", {"action__type_action": "bilan", "action__duree_heures": "24,01"}, None, "24 heures au plus"),
        ("vae-certification", {"action__type_action": "vae"}, "action.certification", "RNCP"),
        (
            "certification-repertoire",
            {"action__certification": "rs", "action__code_certification": "RNCP37239"},
            "action.code_certification",
            "Indiquez un code RS",
        ),
        ("organisme-distinct", {"organisme__siret": "130 025 265 00021"}, "organisme.siret", "Formation interne"),
        ("organisme-certifie", {"organisme__qualiopi": "non"}, "organisme.qualiopi", "Qualiopi"),
        ("effectif-50", {"entreprise__effectif": "50"}, "entreprise.effectif", "50 salariés"),
        ("date-vraisemblable", {"action__date_debut": dans(731), "action__date_fin": dans(732)}, None, "deux ans"),
        ("frais-annexes-detail", {"couts__frais_demandes": "oui"}, "couts.montant_repas", "Indiquez le coût"),
        ("frais-annexes-detail", {"couts__frais_demandes": "oui", "couts__montant_repas": "9"}, "couts.repas", "repas"),
        ("frais-annexes-detail", {"couts__frais_demandes": "oui", "couts__montant_nuits": "9"}, "couts.nuits", "nuitées"),
        ("demande-vide", {"couts__cout_pedagogique": "0"}, "couts.cout_pedagogique", "coût pédagogique"),
        ("prix-organisme", {"couts__cout_pedagogique": "0"}, "couts.cout_pedagogique", "prix de l’action"),
        ("heures-dans-la-duree", {"stagiaires": [ZOE, {**YANIS, "heures": "14,01"}]}, "stagiaires.1.heures", "14 au plus"),
        ("stagiaire-en-double", {"stagiaires": [ZOE, YANIS, {**ZOE, "prenom": "ZOE"}]}, "stagiaires.2.nom_naissance", "déjà"),
        (
            "duree-minimale",
            {"entreprise__idcc": "3043", "action__duree_heures": "3 h 29"},
            "action.duree_heures",
            "3,5\u00a0heures",
        ),
    ],
)
def test_un_controle_trouve_l_ecart(identifiant: str, changements: dict[str, Any], case: str | None, phrase: str) -> None:
    anomalie = trouvee(identifiant, **changements)
    assert anomalie is not None
    assert phrase in anomalie.message
    assert case is None or anomalie.cases == (case,)


@pytest.mark.parametrize(
    ("identifiant", "changements"),
    [
        ("dates-ordre", {"action__date_fin": "11/01/2027"}),
        ("jours-dans-la-periode", {"action__nombre_jours": "2"}),
        ("distance-dans-la-duree", {"action__modalite": "mixte", "action__heures_distance": "13,99"}),
        ("distance-dans-la-duree", {"action__modalite": "mixte", "action__heures_distance": "0,01"}),
        ("bilan-24-heures", {"action__type_action": "bilan", "action__duree_heures": "24"}),
        ("bilan-24-heures", {"action__duree_heures": "24,01"}),
        (
            "vae-certification",
            {"action__type_action": "vae", "action__certification": "rncp", "action__code_certification": "RNCP1"},
        ),
        ("certification-repertoire", {"action__certification": "rs", "action__code_certification": "RS5080"}),
        ("certification-repertoire", {"action__certification": "cqp"}),
        ("organisme-distinct", {"organisme__interne": "oui", "organisme__siret": SIRET_ENTREPRISE}),
        ("organisme-certifie", {"organisme__interne": "oui", "organisme__qualiopi": "non"}),
        ("effectif-50", {"entreprise__effectif": "49"}),
        ("date-vraisemblable", {"action__date_debut": dans(730), "action__date_fin": dans(731)}),
        ("frais-annexes-detail", {"couts__frais_demandes": "oui", "couts__montant_transport": "9"}),
        ("demande-vide", {"couts__cout_pedagogique": "0", "couts__frais_demandes": "oui", "couts__montant_transport": "9"}),
        ("prix-organisme", {"couts__cout_pedagogique": "0", "organisme__interne": "oui"}),
        ("heures-dans-la-duree", {"stagiaires": [{**ZOE, "heures": "14"}]}),
        ("stagiaire-en-double", {"stagiaires": [ZOE, {**ZOE, "date_naissance": "16/07/1995"}]}),
        (
            "duree-minimale",
            {"entreprise__idcc": "3043", "action__duree_heures": "3 h 30", "stagiaires": [{**ZOE, "heures": "3,5"}]},
        ),
        ("duree-minimale", {"action__duree_heures": "3 h 29"}),
    ],
)
def test_un_controle_admet_la_limite(identifiant: str, changements: dict[str, Any]) -> None:
    assert trouvee(identifiant, **changements) is None


# ------------------------------------------------------------- délai de dépôt


@pytest.mark.parametrize(("jours", "trouve"), [(31, False), (30, False), (29, True), (0, True), (-5, True)])
def test_un_dossier_se_depose_trente_jours_avant_le_debut(jours: int, trouve: bool) -> None:
    anomalie = trouvee("delai-depot", action__date_debut=dans(jours), action__date_fin=dans(jours + 1))
    assert (anomalie is not None) == trouve


def test_un_depot_tardif_avertit_ou_bloque_selon_le_reglage() -> None:
    tard: dict[str, Any] = {"action__date_debut": dans(29), "action__date_fin": dans(30)}
    anomalie = trouvee("delai-depot", **tard)
    assert anomalie is not None
    assert not anomalie.bloque
    assert anomalie.message == "Un dossier se dépose 30 jours avant le début de l’action, ici le 22/11/2026 au plus tard"
    bloquant = contexte(regles=regles(reglages=reglage(gravite_delai=Gravite.BLOQUE)))
    anomalie = trouvee("delai-depot", bloquant, **tard)
    assert anomalie is not None
    assert anomalie.bloque


def test_le_delai_est_celui_du_reglage_en_vigueur() -> None:
    court = contexte(regles=regles(reglages=reglage(delai_depot_jours=15)))
    assert trouvee("delai-depot", court, action__date_debut=dans(15), action__date_fin=dans(16)) is None
    assert trouvee("delai-depot", court, action__date_debut=dans(14), action__date_fin=dans(15)) is not None
    sans = contexte(regles=regles(reglages=()))
    assert trouvee("delai-depot", sans, action__date_debut=dans(0), action__date_fin=dans(1)) is None


@pytest.mark.parametrize(
    ("debut", "depot", "trouve"),
    [
        (date(2025, 12, 17), date(2026, 1, 16), False),
        (date(2026, 1, 5), date(2026, 1, 16), False),
        (date(2026, 1, 5), date(2026, 1, 17), True),
        (date(2025, 12, 16), date(2026, 1, 16), True),
        (date(2026, 1, 6), date(2026, 1, 16), True),
    ],
)
def test_une_exception_datee_leve_le_delai(debut: date, depot: date, trouve: bool) -> None:
    """The window opened by an OPCO after an outage: starts from 17/12/2025 to 05/01/2026, until 16/01/2026."""
    exception = ExceptionDepot(
        code="panne", dispositif="action_formation", debut_du=date(2025, 12, 17), debut_au=date(2026, 1, 5),
        depot_au=date(2026, 1, 16), motif="Panne du portail",
    )  # fmt: skip
    apres_panne = contexte(aujourdhui=depot, regles=regles(exceptions=(exception,)))
    jour = f"{debut:%d/%m/%Y}"
    assert (trouvee("delai-depot", apres_panne, action__date_debut=jour, action__date_fin=jour) is not None) == trouve


def test_le_delai_se_compte_du_depot_une_fois_transmis() -> None:
    plus_tard = contexte(aujourdhui=date(2027, 1, 5), depose_le=AUJOURD_HUI)
    assert trouvee("delai-depot", plus_tard) is None
    assert trouvee("delai-depot", contexte(aujourdhui=date(2027, 1, 5))) is not None


# ------------------------------------------------------------ guichet suspendu


@pytest.mark.parametrize(
    ("jour", "rouvert_le", "ferme"),
    [
        (date(2026, 9, 21), None, False),
        (date(2026, 9, 22), None, True),
        (date(2026, 12, 31), None, True),
        (date(2027, 1, 1), None, False),
        (date(2026, 11, 30), date(2026, 12, 1), True),
        (date(2026, 12, 1), date(2026, 12, 1), False),
    ],
)
def test_un_guichet_suspendu_bloque_entre_ses_dates(jour: date, rouvert_le: date | None, ferme: bool) -> None:
    guichet = GuichetSuspendu(
        code="g", dispositif="action_formation", idcc="1979", du=date(2026, 9, 22), au=date(2026, 12, 31), fonds="legal",
        message="Les fonds sont épuisés.", rouvert_le=rouvert_le,
    )  # fmt: skip
    anomalie = trouvee("guichet-suspendu", contexte(aujourdhui=jour, regles=regles(guichets=(guichet,))))
    assert (anomalie is not None) == ferme
    if anomalie:
        assert anomalie.bloque
        assert anomalie.message == (
            "Le guichet de votre branche est suspendu jusqu’au 31/12/2026. Les fonds sont épuisés. Votre brouillon est conservé"
        )


def test_la_raison_du_guichet_se_voit_des_que_la_branche_est_connue() -> None:
    anomalie = trouvee("guichet-suspendu", entreprise__idcc="2149", action__type_action="", action__date_debut="")
    assert anomalie is not None
    assert "épuisés" in anomalie.message


@pytest.mark.parametrize(
    ("idcc", "effectif", "ferme"),
    [
        ("2149", "49", True),
        ("2149", "50", False),  # not on the suspended fund: the adviser looks for another
        ("1516", "20", False),  # an own, conventional fund of the branch pays
        ("1979", "20", False),
    ],
)
def test_seul_le_fonds_epuise_est_suspendu(idcc: str, effectif: str, ferme: bool) -> None:
    anomalie = trouvee("guichet-suspendu", entreprise__idcc=idcc, entreprise__effectif=effectif)
    assert (anomalie is not None) == ferme


# ------------------------------------------------------ registre et périmètre


def test_l_etablissement_est_celui_d_une_entreprise_de_l_acteur() -> None:
    assert trouvee("entreprise-du-compte", contexte(sirens=frozenset({"130025265"}))) is None
    anomalie = trouvee("entreprise-du-compte", contexte(sirens=frozenset({"418166096"})))
    assert anomalie is not None
    assert anomalie.bloque
    assert trouvee("entreprise-du-compte", contexte(sirens=frozenset())) is not None
    assert trouvee("entreprise-du-compte", contexte(sirens=None)) is None


def test_un_siret_hors_registre_ou_ferme_avertit_sans_bloquer() -> None:
    fiches = {SIRET_ENTREPRISE: FicheEtablissement(siret=SIRET_ENTREPRISE, denomination="X", ouvert=False)}
    au_registre = contexte(etablissement=fiches.get)
    ferme, inconnu = trouvee("entreprise-au-registre", au_registre), trouvee("organisme-au-registre", au_registre)
    assert ferme is not None
    assert "fermé" in ferme.message
    assert inconnu is not None
    assert "attendra une vérification" in inconnu.message
    assert not ferme.bloque
    assert not inconnu.bloque
    connus = {s: FicheEtablissement(siret=s, denomination="X") for s in (SIRET_ENTREPRISE, SIRET_ORGANISME)}
    assert anomalies(contexte(etablissement=connus.get)) == []


def test_l_idcc_est_dans_la_table_et_de_notre_operateur() -> None:
    table = {
        "1979": FicheIdcc(code="1979", libelle="HCR", opco="AKTO"),
        "0016": FicheIdcc(code="0016", libelle="Transports routiers", opco="OPCO Mobilités"),
        "9999": FicheIdcc(code="9999", libelle="Sans convention"),
    }
    connu = contexte(idcc=table.get, opco="AKTO")
    assert trouvee("idcc-connu", connu) is None
    assert trouvee("idcc-connu", connu, entreprise__idcc="9999") is None
    ailleurs, inconnu = trouvee("idcc-connu", connu, entreprise__idcc="16"), trouvee("idcc-connu", connu, entreprise__idcc="1234")
    assert ailleurs is not None
    assert "OPCO Mobilités" in ailleurs.message
    assert inconnu is not None
    assert "liste publique" in inconnu.message
    assert trouvee("idcc-connu", contexte(idcc=table.get), entreprise__idcc="16") is None


# ------------------------------------------------------------------ stagiaires


@pytest.mark.parametrize(("nombre", "trouve"), [(29, False), (30, False), (31, True)])
def test_le_nombre_de_salaries_est_celui_du_reglage(nombre: int, trouve: bool) -> None:
    limite = contexte(regles=regles(reglages=reglage(limite_stagiaires=30)))
    lignes = [{**ZOE, "nom_naissance": "Nom" + "abcdefghijklmnopqrstuvwxyzéèàùç"[i]} for i in range(nombre)]
    anomalie = trouvee("stagiaires-nombre", limite, stagiaires=lignes)
    assert (anomalie is not None) == trouve
    if anomalie:
        assert anomalie.message == "Un dossier accueille 30 salariés au plus, celui-ci en compte 31. Scindez-le en 2 dossiers"
    assert trouvee("stagiaires-nombre", stagiaires=lignes) is None


@pytest.mark.parametrize(
    ("naissance", "identifiant"),
    [
        ("12/01/2013", "age-minimum"),
        ("11/01/2013", None),
        ("11/01/1951", "age-inhabituel"),
        ("12/01/1951", None),
        ("15/07/2030", "age-minimum"),
    ],
)
def test_l_age_au_debut_de_l_action_est_vraisemblable(naissance: str, identifiant: str | None) -> None:
    controles = [a.controle for a in anomalies(stagiaires=[{**ZOE, "date_naissance": naissance}])]
    assert controles == ([identifiant] if identifiant else [])


def nir(treize: str) -> str:
    return treize + f"{97 - int(treize) % 97:02d}"


@pytest.mark.parametrize(
    ("numero", "attendus"),
    [
        (nir("2950799999999"), []),
        (nir("1950799999999"), ["nir-sexe"]),
        (nir("8950799999999"), []),  # provisional, woman
        (nir("7950799999999"), ["nir-sexe"]),  # provisional, man
        (nir("2960799999999"), ["nir-naissance"]),
        (nir("2950899999999"), ["nir-naissance"]),
        (nir("2951399999999"), []),  # conventional month
        (nir("2952099999999"), []),
        (nir("2951299999999"), ["nir-naissance"]),
        (nir("1960799999999"), ["nir-sexe", "nir-naissance"]),
    ],
)
def test_le_nir_concorde_avec_le_sexe_et_la_naissance(numero: str, attendus: list[str]) -> None:
    trouvees = anomalies(stagiaires=[YANIS, {**ZOE, "nir": numero}])
    assert [a.controle for a in trouvees] == attendus
    assert all(a.cases == ("stagiaires.1.nir",) and not a.bloque for a in trouvees)
    assert all(numero not in a.message for a in trouvees)


def test_deux_lignes_de_meme_nir_sont_la_meme_personne() -> None:
    numero = nir("2950799999999")
    lignes = [{**ZOE, "nir": numero}, {**ZOE, "nir": numero, "nom_naissance": "Autre"}]
    anomalie = trouvee("stagiaire-en-double", stagiaires=lignes)
    assert anomalie is not None
    assert anomalie.bloque


def test_une_ligne_incomplete_n_empeche_pas_de_juger_les_autres() -> None:
    lignes = [{**ZOE, "heures": ""}, {**YANIS, "heures": "15"}]
    anomalie = trouvee("heures-dans-la-duree", stagiaires=lignes)
    assert anomalie is not None
    assert anomalie.cases == ("stagiaires.1.heures",)


# ---------------------------------------------------------------------- pièces


def test_un_devis_tient_lieu_de_convention_s_il_porte_toutes_les_mentions() -> None:
    devis = contexte(pieces=frozenset({"devis_approuve", "programme"}))
    anomalie = trouvee("devis-mentions", devis, action__mentions_devis=["objet", "moyens", "periode", "distance"])
    assert anomalie is not None
    assert anomalie.message.endswith("modalités de déroulement, de suivi et de sanction\u00a0; prix et modalités de règlement")
    toutes = ["objet", "moyens", "periode", "distance", "deroulement", "prix"]
    assert anomalies(devis, action__mentions_devis=toutes) == []
    avec_convention = contexte(pieces=frozenset({"devis_approuve", "convention_signee", "programme"}))
    assert anomalies(avec_convention) == []


def test_un_devis_ne_tient_pas_lieu_de_convention_pour_un_bilan() -> None:
    """D6353-1 II: actions of L6313-1 1° only."""
    devis = contexte(pieces=frozenset({"devis_approuve"}))
    messages = [a.message for a in anomalies(devis, action__type_action="bilan") if a.controle == "piece-manquante"]
    assert messages == ["Joignez la convention signée"]
