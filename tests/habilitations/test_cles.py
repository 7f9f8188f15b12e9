"""Keys of the API: their shape, what is kept, what they open, until when (exigences, T15)."""

import logging
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from jalon.habilitations.actions.authentification import CleRefusee
from jalon.habilitations.cles import bien_recopiee, empreinte_de_cle, nouvelle_cle, porte_notre_marque
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Perimetre, Portee, Pouvoir, Profil
from jalon.socle.dates import fin_du_jour
from jalon.socle.erreurs import DroitManquant, TransitionImpossible
from tests.habilitations.cles import DERNIER, ICI, LIRE, PLAN_LECTURE, appeler, cles, creer, revoquer
from tests.habilitations.fabrique import (
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    organisation,
    personne,
    rattacher,
)

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
    secret = creer().secret
    for fausse in (secret[:-1], secret + "x", secret[:20] + secret[21:], secret[:12] + secret[13] + secret[12] + secret[14:]):
        if fausse == secret:
            continue
        with django_assert_num_queries(0), pytest.raises(CleRefusee, match="mal recopiée") as refus:
            appeler(fausse)
        assert refus.value.code == "cle-mal-recopiee"


@pytest.mark.django_db
def test_le_prefixe_se_regle_et_les_cles_d_avant_servent_encore(settings: Any) -> None:
    avant = creer().secret
    settings.JALON_PREFIXE_CLES = "akto_"
    apres = creer(nom="Autre").secret
    assert apres.startswith("akto_ent_")
    assert appeler(avant) is not None
    assert appeler(apres) is not None
    with pytest.raises(CleRefusee, match="mal recopiée"):
        appeler(apres[:-1])


# What is kept ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_la_cle_n_est_montree_qu_une_fois_et_seule_son_empreinte_reste(caplog: pytest.LogCaptureFixture) -> None:
    organisation()
    aline = personne("Aline")
    rattacher(aline)
    with caplog.at_level(logging.DEBUG):
        nouvelle = creer(acteur(aline))
        assert appeler(nouvelle.secret) is not None
        with pytest.raises(CleRefusee):
            appeler(nouvelle.secret[:-1])
        revoquer(nouvelle.cle)
    ligne = cles().get()
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
    cle = creer().cle
    for droits in ([], ["plan:1", "acces:4"]):
        with pytest.raises(IntegrityError), transaction.atomic():
            cles().filter(id=cle.id).update(droits=droits)


# What it opens -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("profil", list(Profil))
def test_la_cle_ouvre_ses_droits_sur_son_siren_et_rien_d_autre(profil: Profil) -> None:
    porteur = appeler(creer(profil=profil).secret)
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
    assert porteur.libelle == f"Clé Paie (…{cles().get().indice})"
    assert porteur.identite == cles().get().id


@pytest.mark.django_db
def test_la_cle_a_une_des_droits_ou_se_le_fait_dire() -> None:
    porteur = appeler(creer(droits=[Droit(Domaine.FACTURES, Niveau.ENVOI)]).secret)
    assert porteur is not None
    porteur.exiger_un_droit(PLAN_LECTURE, Droit(Domaine.FACTURES, Niveau.LECTURE))
    with pytest.raises(DroitManquant, match=r"«\sLecture · Plan de développement\s» ou «\sLecture · Alternance\s»"):
        porteur.exiger_un_droit(*LIRE)


@pytest.mark.django_db
def test_la_cle_de_certains_etablissements_n_en_sort_pas() -> None:
    porteur = appeler(creer(sirets=[SIRET_2, SIRET, SIRET]).secret)
    assert porteur is not None
    assert cles().get().sirets == [SIRET, SIRET_2]
    assert porteur.perimetre(PLAN_LECTURE) == Perimetre(sirets=frozenset({SIRET, SIRET_2}))
    assert porteur.peut(PLAN_LECTURE, Portee(siren=SIREN, siret=SIRET))
    assert not porteur.peut(PLAN_LECTURE, Portee(siren=SIREN, siret="12345678200036"))


@pytest.mark.django_db
def test_la_cle_ne_sert_que_depuis_ses_adresses() -> None:
    nouvelle = creer(adresses=[ICI, "2001:db8::/48", " 198.51.100.0/24 "])
    assert nouvelle.cle.adresses == [ICI, "2001:db8::/48", "198.51.100.0/24"]
    for adresse in (ICI, "2001:db8::1", "198.51.100.255", f"::ffff:{ICI}"):
        assert appeler(nouvelle.secret, adresse=adresse) is not None
    avant = cles().get().dernier_usage_le
    for adresse in ("203.0.113.8", "2001:db9::1", "", "inconnue", "::ffff:203.0.113.8"):
        with pytest.raises(DroitManquant, match="ne peut pas servir depuis l’adresse") as refus:
            appeler(nouvelle.secret, LE + timedelta(hours=1), adresse)
        assert refus.value.code == "adresse-refusee"
    assert cles().get().dernier_usage_le == avant, "un appel refusé n’est pas un usage"


# Its life ----------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_une_cle_vaut_jusqu_a_minuit_a_paris_a_la_seconde() -> None:
    secret = creer(jusqu_au=DERNIER).secret
    minuit = datetime.fromisoformat("2027-02-23T00:00:00+01:00")
    assert appeler(secret, minuit - timedelta(microseconds=1)) is not None
    with pytest.raises(CleRefusee, match="a expiré le 23/02/2027 à 00:00") as refus:
        appeler(secret, minuit)
    assert refus.value.code == "cle-expiree"


@pytest.mark.django_db
def test_une_revocation_compte_a_l_appel_suivant() -> None:
    nouvelle = creer()
    assert appeler(nouvelle.secret) is not None
    revoquee = revoquer(nouvelle.cle)
    assert (revoquee.revoquee_le, revoquee.motif_revocation) == (LE, "Logiciel remplacé")
    with pytest.raises(CleRefusee, match="a été révoquée le 24/11/2026 à 10:00") as refus:
        appeler(nouvelle.secret)
    assert refus.value.code == "cle-revoquee"
    assert "Logiciel remplacé" not in refus.value.message
    with pytest.raises(TransitionImpossible, match="déjà révoquée"):
        revoquer(nouvelle.cle)
    assert Evenement.objects.tous("essai").get(code="acces.cle_revoquee").details["motif"] == "Logiciel remplacé"


@pytest.mark.django_db
def test_une_cle_que_personne_n_a_donnee_n_apprend_rien(django_assert_num_queries: Any) -> None:
    for inconnue in (nouvelle_cle("jalon_", Profil.ADHERENT), "cle-d-un-autre-portail", "é" * 20):
        with django_assert_num_queries(1):
            assert appeler(inconnue) is None
    with django_assert_num_queries(0):
        assert appeler("x" * 513) is None


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
    secret = creer().secret
    assert cles().get().dernier_usage_le is None
    with django_assert_num_queries(2):
        appeler(secret, LE)
    for secondes, note in ((1, 0), (59, 0), (60, 60), (119, 60), (121, 121)):
        with django_assert_num_queries(2 if note == secondes else 1):
            appeler(secret, LE + timedelta(seconds=secondes))
        assert cles().get().dernier_usage_le == LE + timedelta(seconds=note)
