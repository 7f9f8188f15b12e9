"""Keys of the API: shape, life, what they reach, who makes and closes them."""

import json
import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from jalon.courriers.models import Courriel
from jalon.habilitations.acteur_cle import ActeurCle
from jalon.habilitations.acteurs import ActeurPersonne, ActeurSysteme
from jalon.habilitations.actions.authentification import CleRefusee, authentifier_cle
from jalon.habilitations.actions.cles import CleNouvelle, creer_cle_api, prevenir_des_expirations, revoquer_cle
from jalon.habilitations.cles import bien_recopiee, empreinte_de_cle, nouvelle_cle, porte_notre_marque
from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.models import CleApi, DroitAccorde
from jalon.habilitations.regles_des_cles import PLAFONDS, DemandeCle, EtatCle
from jalon.habilitations.requetes.cles import cles_du_cote
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Perimetre, Portee, Pouvoir, Profil
from jalon.socle.dates import fin_du_jour
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, SecondFacteurRequis, TransitionImpossible
from jalon.socle.identifiants import nouvel_id
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    organisation,
    personne,
    rattacher,
    sur_le_siren,
    sur_un_siret,
)

LIRE = (Droit(Domaine.PLAN, Niveau.LECTURE), Droit(Domaine.ALTERNANCE, Niveau.LECTURE))
SYSTEME = ActeurSysteme("ligne de commande")
PLAN_LECTURE = Droit(Domaine.PLAN, Niveau.LECTURE)
JOUR = date(2026, 11, 24)
DERNIER = date(2027, 2, 22)
ICI = "203.0.113.7"


def _creer(par: Any = SYSTEME, le: datetime = LE, **champs: Any) -> CleNouvelle:
    demande = {"nom": "Paie", "droits": LIRE, "jusqu_au": DERNIER}
    demande |= {nom: champs.pop(nom) for nom in ("nom", "droits", "jusqu_au", "sirets", "adresses") if nom in champs}
    valeurs: dict[str, Any] = {"siren": SIREN, "profil": Profil.ADHERENT, **champs}
    return creer_cle_api(par=par, maintenant=le, demande=DemandeCle(**demande), **valeurs)


def _cles() -> Any:
    return CleApi.objects.tous("essai")


def _revoquer(cle: CleApi, par: Any = SYSTEME, le: datetime = LE) -> CleApi:
    return revoquer_cle(cle_id=cle.id, motif="Logiciel remplacé", par=par, maintenant=le)


def _appeler(secret: str, le: datetime = LE, adresse: str = ICI) -> ActeurCle | None:
    return authentifier_cle(cle=secret, adresse=adresse, maintenant=le)


# Shape -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("profil", "debut"), [(Profil.ADHERENT, "jalon_ent_"), (Profil.PRESTATAIRE, "jalon_org_")])
def test_une_cle_a_la_forme_annoncee_et_un_controle(profil: Profil, debut: str) -> None:
    cle = nouvelle_cle("jalon_", profil)
    assert cle.startswith(debut)
    assert len(cle) == len(debut) + 43 + 6
    assert porte_notre_marque(cle, "jalon_")
    assert bien_recopiee(cle, "jalon_")
    assert len({nouvelle_cle("jalon_", profil) for _ in range(500)}) == 500


@given(st.integers(10, 58), st.characters(codec="ascii", categories=["Lu", "Ll", "Nd"]))
def test_une_cle_mal_recopiee_est_vue_sans_la_chercher(rang: int, autre: str) -> None:
    cle = nouvelle_cle("jalon_", Profil.ADHERENT)
    fausse = cle[:rang] + autre + cle[rang + 1 :]
    assert bien_recopiee(fausse, "jalon_") is (fausse == cle)


@pytest.mark.parametrize(
    ("texte", "marque"),
    [
        ("", False), ("jalon_", False), ("jalon_ent", False), ("jalon_ent_", True), ("autre_ent_" + "a" * 49, False),
        ("jalon_org_" + "é" * 49, True), (nouvelle_cle("jalon_", Profil.ADHERENT)[:-1], True),
        (nouvelle_cle("jalon_", Profil.ADHERENT) + "0", True),
    ],
    ids=["vide", "prefixe", "tronquee", "marque-seule", "autre-prefixe", "accents", "un-signe-de-moins", "un-signe-de-trop"],
)  # fmt: skip
def test_ce_qui_n_est_pas_une_cle(texte: str, marque: bool) -> None:
    assert porte_notre_marque(texte, "jalon_") is marque
    assert not bien_recopiee(texte, "jalon_")


@pytest.mark.django_db
def test_une_cle_mal_recopiee_est_refusee_sans_une_requete(django_assert_num_queries: Any) -> None:
    secret = _creer().secret
    for fausse in (secret[:-1], secret + "x", secret[:20] + secret[21:], secret[:12] + secret[13] + secret[12] + secret[14:]):
        if fausse == secret:
            continue
        with django_assert_num_queries(0), pytest.raises(CleRefusee, match="mal recopiée") as refus:
            _appeler(fausse)
        assert refus.value.code == "cle-mal-recopiee"


@pytest.mark.django_db
def test_le_prefixe_se_regle_et_les_cles_d_avant_servent_encore(settings: Any) -> None:
    avant = _creer().secret
    settings.JALON_PREFIXE_CLES = "akto_"
    apres = _creer(nom="Autre").secret
    assert apres.startswith("akto_ent_")
    assert _appeler(avant) is not None
    assert _appeler(apres) is not None
    with pytest.raises(CleRefusee, match="mal recopiée"):
        _appeler(apres[:-1])


# What is kept ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_la_cle_n_est_montree_qu_une_fois_et_seule_son_empreinte_reste(caplog: pytest.LogCaptureFixture) -> None:
    organisation()
    aline = personne("Aline")
    rattacher(aline)
    with caplog.at_level(logging.DEBUG):
        nouvelle = _creer(acteur(aline))
        assert _appeler(nouvelle.secret) is not None
        with pytest.raises(CleRefusee):
            _appeler(nouvelle.secret[:-1])
        _revoquer(nouvelle.cle)
    ligne = _cles().get()
    assert ligne.empreinte == empreinte_de_cle(nouvelle.secret)
    assert ligne.indice == nouvelle.secret[-4:]
    assert ligne.expire_le == fin_du_jour(DERNIER)
    corps = nouvelle.secret[10:40]
    for tout in (caplog.text, repr(nouvelle), repr(vars(ligne)) + str(ligne), _toute_la_base()):
        assert nouvelle.secret not in tout
        assert corps not in tout
    assert SIREN in _toute_la_base()


def _toute_la_base() -> str:
    """Every row of every table, as a dump would hold them."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        tables = [nom for (nom,) in curseur.fetchall()]
        lignes = []
        for table in tables:
            curseur.execute(f"SELECT t::text FROM {table} t")  # noqa: S608
            lignes += [ligne for (ligne,) in curseur.fetchall()]
    return "\n".join(lignes)


@pytest.mark.django_db
def test_la_base_refuse_une_cle_qui_n_ouvre_rien_ou_qui_administre() -> None:
    cle = _creer().cle
    for droits in ([], ["plan:1", "acces:4"]):
        with pytest.raises(IntegrityError), transaction.atomic():
            _cles().filter(id=cle.id).update(droits=droits)


# What it opens -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("profil", list(Profil))
def test_la_cle_ouvre_ses_droits_sur_son_siren_et_rien_d_autre(profil: Profil) -> None:
    porteur = _appeler(_creer(profil=profil).secret)
    assert porteur is not None
    if profil == Profil.ADHERENT:
        assert porteur.perimetre(PLAN_LECTURE) == Perimetre(sirens=frozenset({SIREN}))
        assert porteur.peut(PLAN_LECTURE, Portee(siren=SIREN))
        porteur.exiger(PLAN_LECTURE, Portee(siren=SIREN))
    else:
        assert porteur.perimetre(PLAN_LECTURE) == Perimetre(prestataires=frozenset({SIREN}))
        assert not porteur.peut(PLAN_LECTURE, Portee(siren=SIREN))
    for domaine in Domaine:
        for niveau in Niveau:
            permis = domaine in {Domaine.PLAN, Domaine.ALTERNANCE} and niveau == Niveau.LECTURE
            assert bool(porteur.perimetre(Droit(domaine, niveau))) is permis
    assert not any(porteur.portefeuilles(p) for p in Pouvoir)
    with pytest.raises(DroitManquant, match=r"Cette clé n’a pas le droit «\sEnvoi · Plan") as refus:
        porteur.exiger(Droit(Domaine.PLAN, Niveau.ENVOI), Portee(siren=SIREN))
    assert refus.value.code == "droit-manquant"
    with pytest.raises(DroitManquant):
        porteur.exiger_pouvoir(Pouvoir.CONSULTER, None)
    assert porteur.libelle == f"Clé Paie (…{_cles().get().indice})"
    assert porteur.identite == _cles().get().id


@pytest.mark.django_db
def test_la_cle_a_une_des_droits_ou_se_le_fait_dire() -> None:
    porteur = _appeler(_creer(droits=[Droit(Domaine.FACTURES, Niveau.ENVOI)]).secret)
    assert porteur is not None
    porteur.exiger_un_droit(PLAN_LECTURE, Droit(Domaine.FACTURES, Niveau.LECTURE))
    with pytest.raises(DroitManquant, match=r"«\sLecture · Plan de développement\s» ou «\sLecture · Alternance\s»"):
        porteur.exiger_un_droit(*LIRE)


@pytest.mark.django_db
def test_la_cle_de_certains_etablissements_n_en_sort_pas() -> None:
    porteur = _appeler(_creer(sirets=[SIRET_2, SIRET, SIRET]).secret)
    assert porteur is not None
    assert _cles().get().sirets == [SIRET, SIRET_2]
    assert porteur.perimetre(PLAN_LECTURE) == Perimetre(sirets=frozenset({SIRET, SIRET_2}))
    assert porteur.peut(PLAN_LECTURE, Portee(siren=SIREN, siret=SIRET))
    assert not porteur.peut(PLAN_LECTURE, Portee(siren=SIREN, siret="12345678200036"))


@pytest.mark.django_db
def test_la_cle_ne_sert_que_depuis_ses_adresses() -> None:
    nouvelle = _creer(adresses=[ICI, "2001:db8::/48", " 198.51.100.0/24 "])
    assert nouvelle.cle.adresses == [ICI, "2001:db8::/48", "198.51.100.0/24"]
    for adresse in (ICI, "2001:db8::1", "198.51.100.255", f"::ffff:{ICI}"):
        assert _appeler(nouvelle.secret, adresse=adresse) is not None
    avant = _cles().get().dernier_usage_le
    for adresse in ("203.0.113.8", "2001:db9::1", "", "inconnue", "::ffff:203.0.113.8"):
        with pytest.raises(DroitManquant, match="ne peut pas servir depuis l’adresse") as refus:
            _appeler(nouvelle.secret, LE + timedelta(hours=1), adresse)
        assert refus.value.code == "adresse-refusee"
    assert _cles().get().dernier_usage_le == avant, "un appel refusé n’est pas un usage"


# Its life ----------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_une_cle_vaut_jusqu_a_minuit_a_paris_a_la_seconde() -> None:
    secret = _creer(jusqu_au=DERNIER).secret
    minuit = datetime.fromisoformat("2027-02-23T00:00:00+01:00")
    assert _appeler(secret, minuit - timedelta(microseconds=1)) is not None
    with pytest.raises(CleRefusee, match="a expiré le 23/02/2027 à 00:00") as refus:
        _appeler(secret, minuit)
    assert refus.value.code == "cle-expiree"


@pytest.mark.django_db
def test_une_revocation_compte_a_l_appel_suivant() -> None:
    nouvelle = _creer()
    assert _appeler(nouvelle.secret) is not None
    revoquee = _revoquer(nouvelle.cle)
    assert (revoquee.revoquee_le, revoquee.motif_revocation) == (LE, "Logiciel remplacé")
    with pytest.raises(CleRefusee, match="a été révoquée le 24/11/2026 à 10:00") as refus:
        _appeler(nouvelle.secret)
    assert refus.value.code == "cle-revoquee"
    assert "Logiciel remplacé" not in refus.value.message
    with pytest.raises(TransitionImpossible, match="déjà révoquée"):
        _revoquer(nouvelle.cle)
    assert Evenement.objects.tous("essai").get(code="acces.cle_revoquee").details["motif"] == "Logiciel remplacé"


@pytest.mark.django_db
def test_une_cle_que_personne_n_a_donnee_n_apprend_rien(django_assert_num_queries: Any) -> None:
    for inconnue in (nouvelle_cle("jalon_", Profil.ADHERENT), "cle-d-un-autre-portail", "é" * 20):
        with django_assert_num_queries(1):
            assert _appeler(inconnue) is None
    with django_assert_num_queries(0):
        assert _appeler("x" * 513) is None


@pytest.mark.django_db
def test_la_cle_est_trouvee_par_son_empreinte_indexee() -> None:
    with connection.cursor() as curseur:
        curseur.execute("SET enable_seqscan = off")
        curseur.execute("EXPLAIN SELECT * FROM habilitations_cleapi WHERE empreinte = 'x'")
        plan = "\n".join(ligne for (ligne,) in curseur.fetchall())
        curseur.execute("SET enable_seqscan = on")
    assert "habilitations_cleapi_empreinte" in plan


@pytest.mark.django_db
def test_le_dernier_usage_est_note_une_fois_par_minute(django_assert_num_queries: Any) -> None:
    secret = _creer().secret
    assert _cles().get().dernier_usage_le is None
    with django_assert_num_queries(2):
        _appeler(secret, LE)
    for secondes, note in ((1, 0), (59, 0), (60, 60), (119, 60), (121, 121)):
        with django_assert_num_queries(2 if note == secondes else 1):
            _appeler(secret, LE + timedelta(seconds=secondes))
        assert _cles().get().dernier_usage_le == LE + timedelta(seconds=note)


# Making one --------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_deux_cles_actives_du_meme_nom_au_plus() -> None:
    _creer()
    seconde = _creer(nom="  Paie ").cle
    for nom in ("Paie", "PAIE", " paié"):
        with pytest.raises(SaisieRefusee, match="l’ancienne et sa remplaçante") as refus:
            _creer(nom=nom)
        assert refus.value.champ == "nom"
    _creer(nom="Paie du siège")
    _creer(siren=AUTRE_SIREN)
    _creer(profil=Profil.PRESTATAIRE)
    _revoquer(seconde)
    _creer()
    _creer(le=fin_du_jour(DERNIER), jusqu_au=date(2027, 3, 1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("champs", "champ", "phrase"),
    [
        ({"nom": " "}, "nom", "80 signes"),
        ({"nom": "x" * 81}, "nom", "80 signes"),
        ({"nom": "…"}, "nom", "lettres ou des chiffres"),
        ({"droits": []}, "droits", "au moins un droit"),
        ({"droits": [Droit(Domaine.PLAN, Niveau.AUCUN)]}, "droits", "au moins un droit"),
        ({"droits": [Droit(Domaine.ACCES, Niveau.GESTION)]}, "droits", "au plus « Lecture »"),
        ({"droits": [Droit(Domaine.ACCES, Niveau.SAISIE)]}, "droits", "au plus « Lecture »"),
        ({"droits": [Droit(Domaine.RIB, Niveau.GESTION)]}, "droits", "au plus « Lecture »"),
        ({"droits": [Droit(Domaine.EXPORTS, Niveau.LECTURE)]}, "droits", "aucun droit"),
        ({"droits": [PLAN_LECTURE, Droit(Domaine.PLAN, Niveau.SAISIE)]}, "droits", "deux fois"),
        ({"sirets": ["73282932000074"]}, "droits", "établissement de cette entreprise"),
        ({"sirets": [SIRET], "droits": [Droit(Domaine.RIB, Niveau.LECTURE)]}, "droits", "toute l’entreprise"),
        ({"sirets": [SIRET], "profil": Profil.PRESTATAIRE}, "droits", "toute l’organisation"),
        ({"jusqu_au": JOUR - timedelta(days=1)}, "jusqu_au", "à venir"),
        ({"jusqu_au": date(2027, 11, 25)}, "jusqu_au", "au plus tard le 24/11/2027"),
        ({"adresses": ["203.0.113"]}, "adresses", "n’est pas une adresse IP"),
        ({"adresses": ["203.0.113.7/24"]}, "adresses", "écrivez 203.0.113.0/24"),
        ({"adresses": ["2001:db8::1/48"]}, "adresses", "écrivez 2001:db8::/48"),
        ({"adresses": ["0.0.0.0/0"]}, "adresses", "couvre toutes les adresses"),
        ({"adresses": ["::/0"]}, "adresses", "couvre toutes les adresses"),
        ({"adresses": ["fe80::1%eth0"]}, "adresses", "n’a de sens que sur votre réseau"),
        ({"adresses": [f"203.0.113.{n}" for n in range(21)]}, "adresses", "20 adresses"),
        ({"siren": "123456789"}, None, "n’existe pas"),
    ],
)  # fmt: skip
def test_les_cles_refusees(champs: dict[str, Any], champ: str | None, phrase: str) -> None:
    with pytest.raises(SaisieRefusee) as refus:
        _creer(**champs)
    assert phrase in refus.value.message.replace("\u00a0", " ")
    assert refus.value.champ == champ
    assert not _cles().exists()
    assert not Evenement.objects.tous("essai").exists()


@pytest.mark.django_db
def test_une_cle_peut_tout_ce_que_permet_son_plafond() -> None:
    droits = [Droit(domaine, niveau) for domaine, niveau in PLAFONDS.items()]
    cle = _creer(droits=droits, jusqu_au=JOUR, le=LE).cle
    assert cle.droits == sorted(f"{d.domaine}:{d.niveau.value}" for d in droits)
    assert cle.expire_le == fin_du_jour(JOUR)
    assert _creer(nom="Longue", jusqu_au=date(2027, 11, 24)).cle.expire_le == fin_du_jour(date(2027, 11, 24))


@pytest.mark.django_db
def test_un_administrateur_hors_probation_cree_et_revoque_ses_cles() -> None:
    aline, bruno, gael, nouveau = personne("Aline"), personne("Bruno"), personne("Gaël"), personne("Nouveau")
    rattacher(aline)
    rattacher(bruno, droits=[sur_le_siren(Domaine.ACCES, Niveau.LECTURE)])
    rattacher(nouveau, probation_jusqu_a=LE + timedelta(hours=1))
    nouvelle = _creer(acteur(aline))
    assert nouvelle.cle.creee_par == aline.id
    for autre in (bruno, gael, nouveau):
        with pytest.raises(DroitManquant):
            _creer(acteur(autre), nom="Autre")
    for autre in (bruno, nouveau):
        with pytest.raises(DroitManquant):
            _revoquer(nouvelle.cle, acteur(autre))
    with pytest.raises(Introuvable):
        _revoquer(nouvelle.cle, acteur(gael))
    with pytest.raises(SaisieRefusee, match="motif"):
        revoquer_cle(cle_id=nouvelle.cle.id, motif="  ", par=acteur(aline), maintenant=LE)
    assert _appeler(nouvelle.secret) is not None
    _revoquer(nouvelle.cle, acteur(aline))
    assert _cles().count() == 1
    _creer(acteur(nouveau, LE + timedelta(hours=1)), LE + timedelta(hours=1))


@pytest.mark.django_db
@pytest.mark.parametrize("ecart", [None, timedelta(minutes=5, seconds=1), timedelta(seconds=-1)])
def test_creer_demande_un_second_facteur_de_moins_de_cinq_minutes(ecart: timedelta | None) -> None:
    aline = personne("Aline")
    rattacher(aline)
    with pytest.raises(SecondFacteurRequis):
        _creer(ActeurPersonne(aline, LE, None if ecart is None else LE - ecart))
    assert not _cles().exists()
    _creer(ActeurPersonne(aline, LE, LE - timedelta(minutes=5)))


@pytest.mark.django_db
def test_nul_ne_donne_a_une_cle_plus_qu_il_ne_tient() -> None:
    aline = personne("Aline")
    lien = rattacher(
        aline,
        droits=[
            sur_le_siren(Domaine.ACCES), sur_le_siren(Domaine.PLAN, Niveau.SAISIE), sur_un_siret(SIRET, Domaine.ALTERNANCE),
            sur_le_siren(Domaine.FACTURES),
        ],
    )  # fmt: skip
    DroitAccorde.objects.filter(rattachement=lien, domaine=Domaine.FACTURES).update(fin=fin_du_jour(date(2027, 1, 31)))
    moi = acteur(aline)
    alternance, factures = Droit(Domaine.ALTERNANCE, Niveau.LECTURE), Droit(Domaine.FACTURES, Niveau.LECTURE)
    trop: Sequence[dict[str, Any]] = [
        {"droits": [Droit(Domaine.PLAN, Niveau.ENVOI)]},
        {"droits": [alternance]},
        {"droits": [alternance], "sirets": [SIRET, SIRET_2]},
        {"droits": [Droit(Domaine.REGLEMENTS, Niveau.LECTURE)]},
    ]
    for champs in trop:
        with pytest.raises(SaisieRefusee, match="une clé ne peut pas en recevoir plus que vous"):
            _creer(moi, **champs)
    with pytest.raises(SaisieRefusee, match=r"prend fin le 31/01/2027.*ne peut pas durer au-delà") as refus:
        _creer(moi, droits=[factures], jusqu_au=date(2027, 2, 1))
    assert refus.value.champ == "jusqu_au"
    assert not _cles().exists()
    _creer(moi, droits=[Droit(Domaine.PLAN, Niveau.SAISIE), factures], jusqu_au=date(2027, 1, 31))
    _creer(moi, nom="Annecy", droits=[alternance], sirets=[SIRET])
    DroitAccorde.objects.filter(rattachement=lien, domaine=Domaine.PLAN).update(revoque_le=LE)
    with pytest.raises(SaisieRefusee, match="une clé ne peut pas en recevoir plus que vous"):
        _creer(moi, nom="Autre", droits=[PLAN_LECTURE])


@pytest.mark.django_db
def test_un_formulaire_envoye_deux_fois_fait_une_cle() -> None:
    ident = nouvel_id()
    assert _creer(cle_id=ident).cle.id == ident
    with pytest.raises(TransitionImpossible, match="n’est affichée qu’une fois"):
        _creer(cle_id=ident)
    assert _cles().count() == 1


@pytest.mark.django_db
def test_la_cle_reste_a_l_organisation_quand_son_createur_s_en_va() -> None:
    aline, louise = personne("Aline"), personne("Louise", "Morel")
    lien = rattacher(aline)
    rattacher(louise)
    nouvelle = _creer(acteur(aline))
    (vue,) = cles_du_cote(SIREN, Profil.ADHERENT, acteur(louise), LE)
    assert (vue.creee_par, vue.createur_parti) == (aline.nom_complet, False)
    lien.etat = EtatRattachement.RETIRE
    lien.save(update_fields=["etat"])
    assert _appeler(nouvelle.secret) is not None
    (vue,) = cles_du_cote(SIREN, Profil.ADHERENT, acteur(louise), LE)
    assert vue.createur_parti
    _revoquer(nouvelle.cle, acteur(louise))


# Seeing them -------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_la_liste_dit_l_etat_de_chaque_cle(django_assert_num_queries: Any) -> None:
    aline, bruno = personne("Aline"), personne("Bruno")
    rattacher(aline)
    rattacher(bruno, droits=[sur_le_siren(Domaine.PLAN)])
    _creer(nom="A", jusqu_au=date(2027, 1, 1))
    _creer(nom="B", jusqu_au=date(2026, 12, 1))
    _creer(nom="C", jusqu_au=JOUR)
    _revoquer(_creer(acteur(aline), nom="D", sirets=[SIRET]).cle, acteur(aline))
    _creer(siren=AUTRE_SIREN)
    _creer(profil=Profil.PRESTATAIRE)
    moi = acteur(aline, fin_du_jour(JOUR))
    assert moi.rattachements
    with django_assert_num_queries(3):
        vues = cles_du_cote(SIREN, Profil.ADHERENT, moi, fin_du_jour(JOUR))
    assert [(v.cle.nom, v.etat, v.en_vigueur) for v in vues] == [
        ("A", EtatCle.ACTIVE, True), ("B", EtatCle.A_REMPLACER, True), ("C", EtatCle.EXPIREE, False), ("D", EtatCle.REVOQUEE, False),
    ]  # fmt: skip
    assert [v.dernier_jour for v in vues[:3]] == [date(2027, 1, 1), date(2026, 12, 1), JOUR]
    assert (vues[3].perimetre, vues[3].revoquee_par, vues[0].perimetre) == (
        "1\u00a0établissement", aline.nom_complet, "Toute l’entreprise",
    )  # fmt: skip
    assert vues[0].droits == ("Lecture · Alternance", "Lecture · Plan de développement")
    assert cles_du_cote(SIREN, Profil.ADHERENT, acteur(bruno), LE) == []


# Telling about them ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_tous_les_administrateurs_apprennent_la_creation() -> None:
    aline, louise, bruno = personne("Aline"), personne("Louise"), personne("Bruno")
    rattacher(aline)
    rattacher(louise, probation_jusqu_a=LE + timedelta(hours=1))
    rattacher(bruno, droits=[sur_le_siren(Domaine.PLAN)])
    cle = _creer(acteur(aline)).cle
    envoyes = Courriel.objects.filter(genre="habilitations.cle_creee", objet_id=cle.id)
    assert set(envoyes.values_list("adresse", flat=True)) == {aline.email, louise.email}
    evenement = Evenement.objects.tous("essai").get(code="acces.cle_creee")
    assert evenement.details == {"nom": "Paie", "droits": ["alternance:1", "plan:1"]}
    assert "empreinte" not in json.dumps(evenement.details)


@pytest.mark.django_db
def test_les_administrateurs_sont_prevenus_a_trente_puis_sept_jours_une_seule_fois() -> None:
    aline = personne("Aline")
    rattacher(aline)
    rattacher(aline, SIREN, Profil.PRESTATAIRE)
    cle = _creer(jusqu_au=date(2027, 3, 1)).cle
    _creer(nom="Courte", jusqu_au=date(2026, 12, 20))
    _creer(profil=Profil.PRESTATAIRE, jusqu_au=date(2027, 3, 1))
    _revoquer(_creer(nom="Révoquée", jusqu_au=date(2027, 3, 1)).cle)
    rappels = Courriel.objects.filter(genre="habilitations.cle_bientot_expiree", objet_id=cle.id)
    fin = cle.expire_le

    def prevenus(le: datetime) -> list[str]:
        prevenir_des_expirations(maintenant=le)
        prevenir_des_expirations(maintenant=le)
        return sorted(rappels.values_list("cle", flat=True))

    assert prevenus(fin - timedelta(days=30, seconds=1)) == []
    assert prevenus(fin - timedelta(days=30)) == ["30j"]
    assert prevenus(fin - timedelta(days=7, seconds=1)) == ["30j"]
    assert prevenus(fin - timedelta(days=7)) == ["30j", "7j"]
    assert prevenus(fin) == ["30j", "7j"]
    tous = Courriel.objects.filter(genre="habilitations.cle_bientot_expiree")
    assert tous.count() == 4
    assert set(tous.values_list("adresse", flat=True)) == {aline.email}


@pytest.mark.django_db
def test_une_cle_courte_n_a_que_le_rappel_qui_a_un_sens() -> None:
    rattacher(personne("Aline"))
    cle = _creer(jusqu_au=date(2026, 12, 10)).cle
    assert prevenir_des_expirations(maintenant=LE) == 0
    assert prevenir_des_expirations(maintenant=cle.expire_le - timedelta(days=7)) == 1
    assert list(Courriel.objects.filter(genre="habilitations.cle_bientot_expiree").values_list("cle", flat=True)) == ["7j"]
