"""The journal: what happened is written once, read by whom it concerns, changed by nobody."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from jalon.comptes.models import Personne
from jalon.journal import libelles
from jalon.journal.actions import noter
from jalon.journal.models import Evenement
from jalon.journal.requetes import chronologie, journal_des_acces
from jalon.socle.acteurs import Domaine, Niveau, Perimetre, Portee
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco, acteur_prestataire

LE = datetime(2026, 11, 23, 12, tzinfo=UTC)
SIREN = "123456782"


@pytest.fixture(autouse=True)
def _libelles() -> Iterator[None]:
    avant = dict(libelles._LIBELLES)
    libelles.declarer({"essai.fait": "{acteur} a fait {quoi}", "essai.autre": "Autre chose"})
    yield
    libelles._LIBELLES.clear()
    libelles._LIBELLES.update(avant)


def _noter(portee: Portee, code: str = "essai.autre", le: datetime = LE, **options: object) -> Evenement:
    return noter(code, par=FauxActeur(), portee=portee, objet=None, le=le, **options)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_un_evenement_garde_qui_quoi_quand_et_sur_quoi() -> None:
    personne, par = Personne.objects.create_user("aline@exemple.test"), FauxActeur(nom="Aline Martin")
    portee = Portee(SIREN, domaine=Domaine.PLAN)
    noter("essai.fait", par=par, portee=portee, objet=personne, le=LE, details={"quoi": "un essai"})
    lu = Evenement.objects.tous("essai").get()
    assert (lu.acteur_id, lu.acteur_libelle, lu.le, lu.portee) == (par.id, "Aline Martin", LE, portee)
    assert (lu.objet_type, lu.objet_id) == ("comptes.personne", str(personne.id))
    (ligne,) = chronologie(personne)
    assert ligne.phrase == "Aline Martin a fait un essai"


@pytest.mark.django_db
def test_un_evenement_que_personne_ne_sait_lire_est_une_erreur() -> None:
    with pytest.raises(LookupError, match=r"essai\.inconnu"):
        _noter(Portee(), "essai.inconnu")
    with pytest.raises(LookupError, match=r"essai\.fait.*quoi"):
        _noter(Portee(), "essai.fait", details={"quand": "hier"})
    assert not Evenement.objects.tous("essai").exists()


@pytest.mark.django_db
def test_les_details_ne_gardent_ni_nir_ni_iban() -> None:
    _noter(Portee(), details={"vu": "NIR 185067511234562", "liste": ["FR7630006000011234567890189"]})
    lu = Evenement.objects.tous("essai").get()
    assert "1850675" not in str(lu.details)
    assert "FR76" not in str(lu.details)


@pytest.mark.django_db
def test_l_histoire_d_un_objet_va_du_plus_recent_au_plus_ancien_et_ne_prend_que_lui() -> None:
    personne, autre = (Personne.objects.create_user(f"{nom}@exemple.test") for nom in ("a", "b"))
    for minutes in (1, 3, 2):
        noter(
            "essai.fait", par=FauxActeur(), portee=Portee(), objet=personne, le=LE + timedelta(minutes=minutes),
            details={"quoi": str(minutes)},
        )  # fmt: skip
    noter("essai.autre", par=FauxActeur(), portee=Portee(), objet=autre, le=LE)
    homonyme = Evenement(le=LE, code="essai.autre", acteur_libelle="x", objet_type="autre.table", objet_id=str(personne.pk))
    homonyme.save(force_insert=True)
    assert [ligne.details["quoi"] for ligne in chronologie(personne)] == ["3", "2", "1"]
    assert len(chronologie(personne, limite=2)) == 2


def test_deux_applications_ne_donnent_pas_deux_phrases_au_meme_code() -> None:
    libelles.declarer({"essai.autre": "Autre chose"})
    with pytest.raises(ValueError, match=r"essai\.autre"):
        libelles.declarer({"essai.autre": "Une autre phrase"})


@pytest.mark.parametrize(
    ("code", "details", "phrase"),
    [
        ("essai.fait", {"quoi": "un essai"}, "Aline a fait un essai"),
        ("essai.fait", {}, "Aline a fait …"),
        ("essai.fait", {"quoi": "{acteur.__class__}"}, "Aline a fait {acteur.__class__}"),
        ("essai.disparu", {}, "essai.disparu (Aline)"),
    ],
)
def test_une_phrase_se_lit_toujours(code: str, details: dict[str, object], phrase: str) -> None:
    assert libelles.phrase(code, "Aline", details) == phrase


PORTEFEUILLE = uuid4()
PLAN = Portee(SIREN, "12345678200012", "418166096", PORTEFEUILLE, Domaine.PLAN)
ACCES = Portee(SIREN, portefeuille_id=PORTEFEUILLE, domaine=Domaine.ACCES)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("acteur", "vus"),
    [
        (acteur_entreprise(SIREN, Niveau.GESTION), {Domaine.PLAN, Domaine.ACCES}),
        (acteur_entreprise(SIREN, Niveau.LECTURE), {Domaine.PLAN}),
        (acteur_entreprise(SIREN, domaines=[Domaine.ACCES]), {Domaine.ACCES}),
        (acteur_entreprise(SIREN, domaines=[Domaine.FACTURES]), set()),
        (acteur_entreprise("356000000"), set()),
        (acteur_prestataire("418166096"), {Domaine.PLAN}),
        (acteur_opco(PORTEFEUILLE), {Domaine.PLAN}),
        (acteur_opco(uuid4()), set()),
        (FauxActeur(), set()),
        (FauxActeur({Domaine.PLAN: (Niveau.LECTURE, Perimetre())}), set()),
    ],
)
def test_un_evenement_se_lit_avec_le_droit_de_son_domaine(acteur: FauxActeur, vus: set[Domaine]) -> None:
    for portee in (PLAN, ACCES, Portee(SIREN)):
        _noter(portee)
    visibles = Evenement.objects.visibles_par(acteur)
    assert {e.domaine for e in visibles} == vus


@pytest.mark.django_db
def test_le_journal_des_acces_dit_celui_de_l_organisation_entreprise_ou_prestataire() -> None:
    of = "418166096"
    _noter(PLAN)
    for rang, (portee, quoi) in enumerate(
        [
            (ACCES, "accès de l’entreprise"),
            (Portee(SIREN, domaine=Domaine.RIB), "compte de l’entreprise"),
            (Portee(prestataire_siren=of, domaine=Domaine.ACCES), "accès du prestataire"),
            (Portee(prestataire_siren=of, domaine=Domaine.RIB), "compte du prestataire"),
        ]
    ):
        _noter(portee, "essai.fait", LE + timedelta(minutes=rang), details={"quoi": quoi})

    def lu(acteur: FauxActeur, siren: str) -> list[object]:
        return [ligne.details["quoi"] for ligne in journal_des_acces(acteur, siren)]

    assert lu(acteur_entreprise(SIREN), SIREN) == ["compte de l’entreprise", "accès de l’entreprise"]
    assert lu(acteur_prestataire(of), of) == ["compte du prestataire", "accès du prestataire"]
    assert lu(acteur_prestataire(of, Niveau.LECTURE), of) == ["compte du prestataire"]
    for acteur, siren in (
        (acteur_entreprise(SIREN), of), (acteur_prestataire(of), SIREN), (acteur_prestataire(SIREN), SIREN),
        (acteur_entreprise(of), of), (FauxActeur(), SIREN), (acteur_entreprise(SIREN), "999999999"),
    ):  # fmt: skip
        assert lu(acteur, siren) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE journal_evenement SET code = 'essai.fait'",
        "DELETE FROM journal_evenement",
        "TRUNCATE journal_evenement",
        "DROP TABLE journal_evenement",
        "ALTER TABLE journal_evenement DROP COLUMN code",
    ],
)
def test_l_application_ne_peut_pas_recrire_le_journal(ordre: str) -> None:
    evenement = _noter(Portee())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ordre)
    assert Evenement.objects.tous("essai").get().code == evenement.code


@pytest.mark.django_db
def test_l_application_ne_peut_pas_se_donner_le_droit_de_recrire_le_journal() -> None:
    with connection.cursor() as curseur:
        curseur.execute("GRANT UPDATE, DELETE ON journal_evenement TO jalon_app")
        for droit in ("UPDATE", "DELETE", "TRUNCATE"):
            curseur.execute("SELECT has_table_privilege('journal_evenement', %s)", [droit])
            assert curseur.fetchone() == (False,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ordre",
    ["CREATE TABLE intruse (id int)", "CREATE SCHEMA intrus", "TRUNCATE comptes_personne", "DROP TABLE comptes_personne"],
)
def test_l_application_ne_peut_pas_changer_le_schema(ordre: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ordre)
