"""Tables of the rules, written again by hand: a line that goes, or a number that moves, is seen (exigences, S13)."""

import hashlib
import hmac
import string
import zlib
from datetime import UTC, date, datetime, timedelta
from unittest import mock

import pytest
from django.conf import settings

from jalon.banque.regles import PAYS_DU_BIC, PAYS_SEPA, analyser_iban
from jalon.habilitations import mandats, phrases, regles, regles_des_cles
from jalon.habilitations.cles import bien_recopiee, nouvelle_cle
from jalon.habilitations.codes import caractere_de_controle, lire_code
from jalon.habilitations.enums import Etendue, JeuDeDroits, Role
from jalon.habilitations.fichier import COLONNES, LIGNES_MAX, OBLIGATOIRES
from jalon.habilitations.profils import PROFILS
from jalon.habilitations.regles import RAPPELS_DE_FIN, DemandeDroit, avant_la_fin, rappel_du, verifier_droits
from jalon.habilitations.regles_des_cles import DroitTenu, EtatCle, etat_de_cle, verifier_createur
from jalon.habilitations.requetes.histoire import GENRES, LIGNES_A_L_ECRAN, LIGNES_A_L_EXPORT
from jalon.habilitations.roles import POUVOIRS
from jalon.socle.acteurs import Domaine, Droit, Niveau, Pouvoir, Profil
from jalon.socle.dates import formater_jour
from jalon.socle.erreurs import SaisieRefusee

SIREN = "123456782"
JOUR = date(2026, 11, 24)


def test_les_pays_ou_l_on_paie() -> None:
    """Those of the SEPA area, by the letters that begin an IBAN (European Payments Council, EPC409-09)."""
    union = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
    autres = "AD AL CH GB GI IS LI MC MD ME MK NO RS SM VA"
    assert set(PAYS_SEPA) == {*union.split(), *autres.split()}
    banques = {"FR": "FR MC GP MQ GF RE YT PM BL MF NC PF WF", "MC": "MC FR", "GB": "GB GG JE IM"}
    assert {pays: set(bics) for pays, bics in PAYS_DU_BIC.items()} == {pays: set(b.split()) for pays, b in banques.items()}


def test_les_delais_et_les_limites() -> None:
    """Exigences, T1, T1b, T1c, T10, T12, T15; FAQ, « Codes d’activation et sécurité »."""
    jour, heure = timedelta(days=1), timedelta(hours=1)
    attendues = {
        "PROBATION": 72 * heure, "VALIDITE_DEMANDE": 30 * jour, "VALIDITE_INVITATION": 30 * jour,
        "RELANCES_DEMANDE": (7 * jour, 21 * jour), "RAPPELS_CODE": (14 * jour, 3 * jour), "DELAI_ENTRE_LETTRES": 7 * jour,
        "CONSERVATION_LETTRES": 167 * heure + timedelta(minutes=30), "REPRISE_DE_COMMANDE": heure,
        "CONSERVATION_ESSAIS": 30 * jour, "MOIS_DE_VALIDITE": 3, "MOIS_ENTRE_DEUX_REVUES": 12, "ESSAIS_PAR_COMPTE": 5,
        "ESSAIS_PAR_SIREN": 20, "DEMANDES_PAR_COMPTE": 5, "DEMANDES_PAR_SIREN": 20, "LETTRES_PAR_COMPTE": 20,
        "DELAI_DROIT_LARGE": 24 * heure, "FENETRE_OCTROIS": heure, "OCTROIS_PAR_HEURE": 3,
        "DOMAINES_DU_SIREN": {Domaine.RIB, Domaine.ACCES},
        "DOMAINES_FINANCIERS": {Domaine.FACTURES, Domaine.REGLEMENTS, Domaine.RIB},
        "DOMAINES_DU_METIER": {Domaine.PLAN, Domaine.ALTERNANCE, Domaine.FACTURES, Domaine.REGLEMENTS},
    }  # fmt: skip
    assert {nom: getattr(regles, nom) for nom in attendues} == attendues
    assert set(mandats.JAMAIS_EN_GESTION) == {Domaine.ACCES, Domaine.RIB}
    assert regles_des_cles.MOIS_DE_CLE_MAX == 12
    assert tuple(RAPPELS_DE_FIN) == (30 * jour, 7 * jour)


def test_les_profils_de_droits() -> None:
    """FAQ, « Gestion des administrateurs et des rôles »."""
    lire, envoyer, gerer = Niveau.LECTURE, Niveau.ENVOI, Niveau.GESTION
    assert {code: dict(profil.niveaux) for code, profil in PROFILS.items()} == {
        JeuDeDroits.GESTIONNAIRE_RH: {Domaine.PLAN: envoyer, Domaine.ALTERNANCE: envoyer},
        JeuDeDroits.LECTURE: dict.fromkeys((Domaine.PLAN, Domaine.ALTERNANCE, Domaine.FACTURES, Domaine.REGLEMENTS), lire),
        JeuDeDroits.COMPTABILITE: {Domaine.PLAN: lire, Domaine.FACTURES: envoyer, Domaine.REGLEMENTS: lire},
        JeuDeDroits.ADMINISTRATION: dict.fromkeys(Domaine, gerer),
    }
    lecture = PROFILS[JeuDeDroits.LECTURE]
    assert lecture.libelle == "Lecture\u00a0: consulte les dossiers, les factures et les règlements"


@pytest.mark.parametrize("domaine", Domaine)
def test_chaque_domaine_se_dit_a_chaque_niveau(domaine: Domaine) -> None:
    dites = {phrases.acte_permis(Droit(domaine, niveau)) for niveau in Niveau}
    assert len(dites) == len(Niveau)
    assert all(phrase[0].isupper() and len(phrase) > len("Gérer ") for phrase in dites)


def test_les_genres_de_l_histoire_des_acces() -> None:
    genres = {nom: (libelle, set(codes)) for nom, (libelle, codes) in GENRES.items()}
    droits = {
        "droits",
        "invitation",
        "rafale",
        "octroi_confirme",
        "octroi_refuse",
        "import",
        "droits_prepares",
        "droits_rejoints",
    }
    arrivees = {"rattachement", "code_administrateur", "code_demande", "demande_accordee", "demande_refusee"}
    arrivees |= {"nomination_confirmee", "nomination_refusee"}
    mandats = {"donne", "modifie", "confirme", "refuse", "elargi", "termine", "confie", "repris"}
    exports = {"demande", "pret", "telecharge", "annule", "interrompu", "efface"}
    groupes = {"cree", "renomme", "etendu", "reduit", "supprime"}
    assert genres == {
        "droits": ("Droits donnés ou changés", {f"acces.{c}" for c in droits}),
        "retraits": ("Accès retirés", {"acces.retrait"}),
        "arrivees": ("Arrivées et demandes", {f"acces.{c}" for c in arrivees}),
        "mandats": ("Mandats", {f"acces.mandat_{c}" for c in mandats}),
        "revues": ("Revues des droits", {"acces.revue"}),
        "groupes": ("Groupes d’établissements", {f"acces.groupe_{c}" for c in groupes}),
        "vues": ("Espace vu comme une autre personne", {"acces.vue_debut", "acces.vue_fin"}),
        "exports": ("Exports", {"acces.export", "acces.export_journal", *(f"export.{c}" for c in exports)}),
    }
    assert (LIGNES_A_L_ECRAN, LIGNES_A_L_EXPORT) == (200, 10_000)


@pytest.mark.parametrize("niveau", [n for n in Niveau if n > Niveau.AUCUN])
@pytest.mark.parametrize("domaine", Domaine)
def test_seule_l_administration_ne_prend_pas_fin_a_une_date(domaine: Domaine, niveau: Niveau) -> None:
    droit = DemandeDroit(Etendue.SIREN, "", domaine, niveau, jusqu_au=JOUR)
    if domaine == Domaine.ACCES and niveau == Niveau.GESTION:
        with pytest.raises(SaisieRefusee, match="ne prend pas fin") as refus:
            verifier_droits([droit], SIREN, Profil.ADHERENT, JOUR)
        assert refus.value.champ == "fin"
    else:
        assert verifier_droits([droit], SIREN, Profil.ADHERENT, JOUR) == [droit]


def test_une_cle_ne_dure_pas_plus_que_le_plus_long_des_droits_de_son_createur() -> None:
    case = DemandeDroit(Etendue.SIREN, "", Domaine.PLAN, Niveau.LECTURE)
    fins = [datetime(2026, 12, 31, 23, tzinfo=UTC), datetime(2027, 1, 31, 23, tzinfo=UTC)]
    tenus = [DroitTenu("", Domaine.PLAN, Niveau.LECTURE, fin) for fin in fins]
    verifier_createur([case], tenus, fins[1])
    with pytest.raises(SaisieRefusee, match="prend fin le 31/01/2027") as refus:
        verifier_createur([case], tenus, fins[1] + timedelta(seconds=1))
    assert refus.value.champ == "jusqu_au"


# Codes in circulation: what a letter bears today must be read for three months, whatever changes here ------------------------


def test_un_code_deja_imprime_se_lit_toujours() -> None:
    """Check characters and keyed hash as the letters and the database have them."""
    assert [caractere_de_controle(t) for t in ("2222222222222", "GC6DP4LM7B966", "ZYXWVUTSRQPNM")] == ["2", "4", "7"]
    code = lire_code("gc6d-p4lm-7b96-64")
    cle = f"{settings.JALON_CLE_EMPREINTES}\x1fcode-activation".encode()
    attendue = hmac.new(cle, f"{SIREN}|adherent|GC6DP4LM7B9664".encode(), hashlib.sha256).hexdigest()
    assert code.empreinte(SIREN, Profil.ADHERENT) == attendue
    assert repr(code) == "Code(••••)"


@pytest.mark.parametrize(
    ("saisi", "phrase"),
    [
        ("", "Indiquez le code"),
        ("GC6DP4LM7B966", "il en manque 1"),
        ("GC6DP4LM7B96644", "il y en a 1 de trop"),
        ("GC6DP4LM7B966O", "jamais 0, O, 1 ni I"),
        ("GC6DP4LM7B9665", "mal recopié"),
    ],
)
def test_un_code_mal_saisi_dit_ce_qui_manque_pres_de_sa_case(saisi: str, phrase: str) -> None:
    with pytest.raises(SaisieRefusee, match=phrase) as refus:
        lire_code(saisi)
    assert refus.value.champ == "code"


def test_la_forme_d_une_cle() -> None:
    """32 random bytes written in 43 signs, then six signs of CRC32; no accents, nothing more, nothing less."""
    with mock.patch("secrets.token_bytes", side_effect=lambda combien: b"\xff" * combien) as tirage:
        cle = nouvelle_cle("jalon_", Profil.ADHERENT)
    tirage.assert_called_once_with(32)
    corps = cle[:-6]
    assert corps == f"jalon_ent_{_en_base_62(2**256 - 1):0>43}"
    assert cle[-6:] == f"{_en_base_62(zlib.crc32(corps.encode())):0>6}"
    assert bien_recopiee(cle, "jalon_")
    longue = f"{corps}0"
    assert not bien_recopiee(longue + f"{_en_base_62(zlib.crc32(longue.encode())):0>6}", "jalon_")
    accentuee = corps[:-1] + "é"
    assert not bien_recopiee(accentuee + f"{_en_base_62(zlib.crc32(accentuee.encode())):0>6}", "jalon_")


def _en_base_62(nombre: int) -> str:
    signes = string.digits + string.ascii_uppercase + string.ascii_lowercase
    return _en_base_62(nombre // 62) + signes[nombre % 62] if nombre else ""


def test_un_droit_qui_commence_a_l_instant_ne_se_fait_pas_attendre() -> None:
    minuit = datetime(2026, 11, 23, 23, tzinfo=UTC)
    droit = DemandeDroit(Etendue.SIREN, "", Domaine.PLAN, Niveau.LECTURE, a_partir_du=JOUR)
    assert droit.debut_souhaite(minuit) is None
    assert droit.debut_souhaite(minuit - timedelta(microseconds=1)) == minuit


def test_le_rappel_d_une_cle_a_l_instant_pres() -> None:
    creee, expire = datetime(2026, 11, 24, 9, tzinfo=UTC), datetime(2027, 2, 22, 23, tzinfo=UTC)
    trente, sept, rien = expire - timedelta(days=30), expire - timedelta(days=7), timedelta(microseconds=1)
    instants = [creee, trente - rien, trente, sept - rien, sept, expire - rien, expire]
    rappels = avant_la_fin(expire, RAPPELS_DE_FIN)
    assert [rappel_du(rappels, le, fin=expire, depuis=creee) for le in instants] == [None, None, 30, 30, 7, 7, None]
    assert rappel_du(rappels, sept - rien, fin=expire, depuis=trente + rien) is None, "créée après ce rappel"


def test_le_fichier_des_droits_a_ses_huit_colonnes() -> None:
    assert ",".join(COLONNES) == "adresse,nom,perimetre,domaine,dispositif,niveau,debut,fin"
    assert (set(OBLIGATOIRES), LIGNES_MAX) == ({"adresse", "perimetre", "domaine", "niveau"}, 5_000)


# Roles of the OPCO, sentences, accounts --------------------------------------------------------------------------------------

ROLES = {
    Role.AEF: "consulter commander_codes demander_codes decider_acces decider_a_deux verifier_organisation repondre_tickets "
    "couper_acces confirmer_nomination",
    Role.CONSEILLER: "consulter decider_a_deux demander_codes verifier_organisation instruire decider repondre_tickets couper_acces "
    "confirmer_nomination",
    Role.GESTIONNAIRE: "consulter instruire traiter_factures",
    Role.COMPTABLE: "consulter preparer_lots",
    Role.RESPONSABLE_FINANCIER: "consulter signer_lots",
    Role.ADMINISTRATEUR_OPCO: "consulter decider_a_deux regler_baremes repondre_tickets couper_acces veiller",
}


@pytest.mark.parametrize("role", Role)
def test_ce_que_chaque_metier_de_l_opco_peut(role: Role) -> None:
    assert {pouvoir.name.lower() for pouvoir in POUVOIRS[role]} == set(ROLES[role].split())


@pytest.mark.parametrize("niveau", Niveau)
@pytest.mark.parametrize("domaine", Domaine)
def test_chaque_droit_a_son_nom(domaine: Domaine, niveau: Niveau) -> None:
    assert " sur l" in phrases.droit_manquant(Droit(domaine, niveau), ["Aline Ferrand"])


def test_une_cle_de_rib_fausse_sous_une_cle_d_iban_juste_se_voit() -> None:
    """Both keys are checked: the account 12345678901 has the key 89, and no other."""
    for cle_rib in range(1, 98):
        compte = f"3000600001{12345678901}{cle_rib:02d}"
        iban = f"FR{98 - int(f'{compte}152700') % 97:02d}{compte}"
        if cle_rib == 89:
            assert analyser_iban(iban).iban == iban
        else:
            with pytest.raises(SaisieRefusee, match="La clé de cet IBAN ne correspond pas"):
                analyser_iban(iban)


def test_une_cle_est_a_remplacer_trente_jours_avant_sa_fin() -> None:
    expire, rien = datetime(2027, 2, 22, 23, tzinfo=UTC), timedelta(microseconds=1)
    trente = expire - timedelta(days=30)
    instants = [
        (trente - rien, EtatCle.ACTIVE),
        (trente, EtatCle.A_REMPLACER),
        (expire - rien, EtatCle.A_REMPLACER),
        (expire, EtatCle.EXPIREE),
    ]
    for le, etat in instants:
        assert etat_de_cle(ancienne=False, expire_le=expire, revoquee_le=None, coupee=False, maintenant=le) == etat


@pytest.mark.parametrize(
    ("debut", "fin", "champ"),
    [(-1, None, "debut"), (None, -1, "fin"), (2, 1, "fin"), (0, 0, ""), (1, 1, ""), (None, 0, "")],
)
def test_un_droit_va_d_un_jour_a_venir_a_un_autre(debut: int | None, fin: int | None, champ: str) -> None:
    de, a = (JOUR + timedelta(days=n) if n is not None else None for n in (debut, fin))
    droit = DemandeDroit(Etendue.SIREN, "", Domaine.PLAN, Niveau.LECTURE, jusqu_au=a, a_partir_du=de)
    if champ:
        with pytest.raises(SaisieRefusee) as refus:
            verifier_droits([droit], SIREN, Profil.ADHERENT, JOUR)
        assert refus.value.champ == champ
    else:
        assert verifier_droits([droit], SIREN, Profil.ADHERENT, JOUR) == [droit]


def test_les_jours_et_les_mois_se_disent_en_toutes_leurs_lettres() -> None:
    semaine = [formater_jour(JOUR + timedelta(days=rang), JOUR) for rang in range(7)]
    assert [jour.split()[0] for jour in semaine] == ["mar.", "mer.", "jeu.", "ven.", "sam.", "dim.", "lun."]
    annee = [formater_jour(date(2028, mois, 2), JOUR) for mois in range(1, 13)]
    assert [jour.split()[1] for jour in annee] == (
        ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
    )


def test_chaque_domaine_et_chaque_pouvoir_ont_leurs_mots() -> None:
    for table, noms in ((phrases._VERBES, Niveau), (phrases._OBJETS, Domaine), (phrases._POUVOIRS, Pouvoir)):
        assert set(table) == set(noms)


def test_une_adresse_ipv6_se_compare_sans_sa_zone() -> None:
    assert regles_des_cles.adresse_permise("fe80::1%eth0", {"fe80::/10"})
    assert not regles_des_cles.adresse_permise("fe80::1%eth0", {"10.0.0.0/8"})
