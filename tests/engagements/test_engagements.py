"""What is owed after a grant: frozen, within yearly budgets whatever the concurrency, typeset once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction

from jalon.courriers.actions import envoyer_courriel
from jalon.courriers.models import Courriel
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import contexte_de
from jalon.editions.models import Edition
from jalon.engagements.actions import engager, produire_accord
from jalon.engagements.models import ConsommationAnnuelle, Engagement, LigneEngagement
from jalon.engagements.requetes import (
    GENRE_ACCORD,
    accord_pdf,
    consommation,
    engagement_accessible,
    engagement_de,
    lignes_de,
)
from jalon.habilitations.enums import EtatRattachement
from jalon.habilitations.models import Rattachement
from jalon.instruction.actions import accorder_dossier
from jalon.instruction.requetes import proposition_de
from jalon.journal.models import Evenement
from jalon.organisations.actions import attribuer_portefeuilles
from jalon.organisations.models import SirenPortefeuille
from jalon.socle.acteurs import Domaine, Niveau, Perimetre, Profil
from jalon.socle.baremes import ModePaiement
from jalon.socle.erreurs import Introuvable, TransitionImpossible
from jalon.socle.modeles import PerimetreOublie
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_prestataire
from tests.dossiers.fabrique import (
    AUTRE_PORTEFEUILLE,
    AUTRE_SIREN,
    LE,
    SIREN,
    SIREN_OF,
    accorde,
    aline,
    driss,
    emma,
    en_instruction,
    monde,
    montants_proposes,
    relire,
)
from tests.fils import ensemble
from tests.habilitations import fabrique as h
from tests.pieces.conftest import coffres

__all__ = ["coffres"]


@pytest.fixture
def _monde(db: None) -> None:
    monde()


def engagement(dossier: Dossier) -> Engagement:
    lu: Engagement = Engagement.objects.tous("essai").select_related("edition").get(dossier=dossier)
    return lu


def gros(cout: str = "3500") -> dict[str, Any]:
    """Changes that make a request big enough for the yearly budget of a small hotel to matter."""
    from tests.dispositifs.exemples import YANIS, ZOE

    lignes = [{**ZOE, "heures": "70"}, {**YANIS, "heures": "70"}]
    return {
        "stagiaires": lignes,
        "couts__cout_pedagogique": cout,
        "action__duree_heures": "70",
        "action__nombre_jours": "10",
        "action__date_fin": "29/01/2027",
    }


@pytest.mark.usefixtures("_monde")
def test_l_accord_copie_ce_qui_a_ete_juge() -> None:
    dossier = en_instruction()
    proposition = proposition_de(dossier, LE)
    accorder_dossier(
        dossier_id=dossier.id, montants_par_ligne=montants_proposes(dossier), commentaire="Bien reçu", par=emma(), maintenant=LE
    )
    fige = engagement(dossier)
    assert (fige.numero, fige.siren, fige.prestataire_siren) == (dossier.numero, SIREN, SIREN_OF)
    assert (fige.montant_ht, fige.montant_ttc) == (proposition.total_ht, proposition.total_ttc)
    assert fige.montant_a_payer == proposition.a_payer
    assert fige.bareme_reference == proposition.bareme_reference
    assert [ligne.poste for ligne in lignes_de(fige)] == [ligne.poste for ligne in proposition.lignes]
    assert consommation(SIREN, 2027, fige.enveloppe) == fige.impute == proposition.impute > 0
    assert contexte_de(relire(dossier), LE).consommation(SIREN, 2027, fige.enveloppe) == fige.impute


@pytest.mark.usefixtures("_monde")
@pytest.mark.parametrize(
    ("le", "mode"),
    [
        (datetime(2026, 9, 30, 12, 0, tzinfo=UTC), ModePaiement.SUBROGATION),
        (datetime(2026, 9, 30, 22, 30, tzinfo=UTC), ModePaiement.REMBOURSEMENT),
    ],
)
def test_le_mode_de_paiement_est_celui_du_jour_de_l_accord(le: datetime, mode: ModePaiement) -> None:
    """A partly financed action: subrogation until 30 September 2026 in Paris, reimbursement from 1 October (§5.5)."""
    dossier = en_instruction()
    montants = dict.fromkeys(montants_proposes(dossier), Decimal("100.00"))
    accorder_dossier(dossier_id=dossier.id, montants_par_ligne=montants, par=emma(), maintenant=le)
    fige = engagement(dossier)
    assert fige.mode_paiement == mode
    assert fige.montant_a_payer == (Decimal("120.00") if mode == ModePaiement.SUBROGATION else Decimal("100.00"))


@pytest.mark.usefixtures("_monde")
def test_le_budget_annuel_arrete_un_accord() -> None:
    premier, second = en_instruction(**gros()), en_instruction(**gros())
    plafond = proposition_de(premier, LE).plafond
    assert plafond is not None
    trop = montants_proposes(second)
    accorder_dossier(dossier_id=premier.id, montants_par_ligne=montants_proposes(premier), par=emma(), maintenant=LE)
    assert consommation(SIREN, 2027, engagement(premier).enveloppe) == plafond
    with pytest.raises(TransitionImpossible, match="budget 2027"):
        accorder_dossier(dossier_id=second.id, montants_par_ligne=trop, par=emma(), maintenant=LE)
    assert consommation(SIREN, 2027, engagement(premier).enveloppe) == plafond
    assert proposition_de(second, LE).total_ht == 0


@pytest.mark.usefixtures("_monde")
def test_un_dossier_ne_s_engage_qu_une_fois() -> None:
    dossier = accorde()
    with pytest.raises(TransitionImpossible):
        engager(dossier=dossier, estimation=proposition_de(dossier, LE), par=emma(), maintenant=LE)


@pytest.mark.usefixtures("_monde")
def test_la_base_refuse_un_accord_incoherent() -> None:
    fige = engagement(accorde())
    for champs in ({"montant_ttc": fige.montant_ttc + 1}, {"montant_a_payer": fige.montant_ttc + 1}, {"impute": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Engagement.objects.tous("essai").filter(pk=fige.pk).update(**champs)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsommationAnnuelle.objects.update(montant=-1)


def test_des_accords_simultanes_ne_depassent_jamais_le_budget(base_reelle: str) -> None:
    monde()
    dossiers = [en_instruction(**gros("2000")) for _ in range(6)]
    plafond = proposition_de(dossiers[0], LE).plafond
    assert plafond is not None

    def acte(dossier: Dossier) -> Callable[[], object]:
        montants = montants_proposes(dossier)
        return lambda: accorder_dossier(dossier_id=dossier.id, montants_par_ligne=montants, par=emma(), maintenant=LE)

    issues = ensemble([acte(d) for d in dossiers])
    refus = [i for i in issues if isinstance(i, TransitionImpossible)]
    engages = list(Engagement.objects.tous("essai"))
    assert len(issues) == len(refus) + len(engages) == 6
    total = sum(e.impute for e in engages)
    assert total == ConsommationAnnuelle.objects.get(siren=SIREN).montant <= plafond
    assert total + Decimal(2000) > plafond
    assert refus


def test_accorder_deux_fois_en_meme_temps_n_engage_qu_une_fois(base_reelle: str) -> None:
    monde()
    for _ in range(5):
        dossier = en_instruction()
        montants = {poste: Decimal("10.00") for poste in montants_proposes(dossier)}
        avant = ConsommationAnnuelle.objects.filter(siren=SIREN).values_list("montant", flat=True).first() or Decimal(0)
        issues = ensemble(
            [
                lambda d=dossier, m=montants: accorder_dossier(dossier_id=d.id, montants_par_ligne=m, par=emma(), maintenant=LE)
                for _ in range(3)
            ]
        )
        assert len([i for i in issues if isinstance(i, TransitionImpossible)]) == 2
        assert Engagement.objects.tous("essai").filter(dossier=dossier).count() == 1
        assert ConsommationAnnuelle.objects.get(siren=SIREN).montant == avant + Decimal("10.00")


class _Panne(Exception):
    pass


def test_une_panne_pendant_l_accord_ne_laisse_rien(base_reelle: str) -> None:
    monde()
    dossier = en_instruction()
    montants = montants_proposes(dossier)
    rang = 0
    while True:
        rang += 1
        compte = iter(range(1, 10_000))

        def interrompre(execute: Any, sql: str, params: Any, many: bool, contexte: Any, n: Any = compte, ici: int = rang) -> Any:
            if next(n) == ici:
                raise _Panne
            return execute(sql, params, many, contexte)

        try:
            with connection.execute_wrapper(interrompre):
                accorder_dossier(dossier_id=dossier.id, montants_par_ligne=montants, par=emma(), maintenant=LE)
            break
        except _Panne:
            assert relire(dossier).etat == "en_instruction"
            assert not Engagement.objects.tous("essai").exists()
            assert not LigneEngagement.objects.exists()
            assert consommation(SIREN, 2027, proposition_de(dossier, LE).enveloppe) == 0
    assert rang > 20
    assert engagement(dossier).montant_ht > 0


@pytest.mark.usefixtures("_monde", "coffres")
def test_l_accord_se_compose_une_fois_et_previent_les_deux_cotes() -> None:
    saisit, formateur = h.personne("Aline", "Ferrand"), h.personne("Driss", "Haddad")
    h.rattacher(saisit, SIREN)
    h.rattacher(formateur, SIREN_OF, Profil.PRESTATAIRE)
    dossier = accorde()
    fige = engagement(dossier)
    assert fige.edition is None
    with pytest.raises(Introuvable, match="préparation"):
        accord_pdf(fige.id, aline())
    for _ in range(2):
        produire_accord(engagement_id=fige.id, maintenant=LE)
    assert Edition.objects.de_objets(GENRE_ACCORD, [fige.id], "essai").count() == 1
    assert set(Courriel.objects.filter(genre__startswith="engagements.").values_list("adresse", "genre")) == {
        (saisit.email, "engagements.accord_entreprise"),
        (formateur.email, "engagements.accord_prestataire"),
    }
    assert Evenement.objects.tous("essai").filter(code="engagement.accord_produit").count() == 1
    for acteur in (aline(), driss(), emma()):
        _, octets = accord_pdf(fige.id, acteur)
        texte = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(octets))
        assert fige.numero in texte
        assert "Hôtel du Lac" in texte
        assert "Savoir Faire" in texte
        assert "Lefort" not in texte
    for acteur in (acteur_entreprise(AUTRE_SIREN), acteur_prestataire(AUTRE_SIREN), emma(AUTRE_PORTEFEUILLE)):
        with pytest.raises(Introuvable):
            accord_pdf(fige.id, acteur)


@pytest.mark.usefixtures("_monde", "coffres")
@pytest.mark.parametrize("rang", range(1, 26, 2))
def test_un_travail_tue_recommence_sans_rien_doubler(rang: int) -> None:
    saisit = h.personne("Aline", "Ferrand")
    h.rattacher(saisit, SIREN)
    fige = engagement(accorde())
    compte = iter(range(1, 10_000))

    def interrompre(execute: Any, sql: str, params: Any, many: bool, contexte: Any) -> Any:
        if next(compte) == rang:
            raise _Panne
        return execute(sql, params, many, contexte)

    try:
        with transaction.atomic(), connection.execute_wrapper(interrompre):
            produire_accord(engagement_id=fige.id, maintenant=LE)
    except _Panne:
        assert Engagement.objects.tous("essai").get(pk=fige.pk).edition_id is None
        assert not Courriel.objects.filter(genre__startswith="engagements.").exists()
    produire_accord(engagement_id=fige.id, maintenant=LE + timedelta(minutes=1))
    assert Courriel.objects.filter(genre__startswith="engagements.").count() == 1
    assert Evenement.objects.tous("essai").filter(code="engagement.accord_produit").count() == 1
    assert accord_pdf(fige.id, aline())[1].startswith(b"%PDF")


@pytest.mark.usefixtures("_monde", "coffres")
def test_un_accord_inconnu_ou_annule_ne_se_compose_pas() -> None:
    from jalon.dossiers.actions import annuler_dossier
    from jalon.socle.identifiants import nouvel_id

    produire_accord(engagement_id=nouvel_id(), maintenant=LE)
    dossier = accorde()
    annuler_dossier(dossier_id=dossier.id, motif="report", par=aline(), maintenant=LE + timedelta(days=1))
    produire_accord(engagement_id=engagement(dossier).id, maintenant=LE)
    assert engagement(dossier).edition is None


@pytest.mark.usefixtures("_monde")
def test_une_formation_interne_n_a_pas_de_prestataire() -> None:
    from jalon.engagements.composition import accord_de

    dossier = accorde(organisme__interne="oui", couts__salaires_demandes="oui", **_salaires(), action__certification="cqp")
    fige = engagement(dossier)
    assert fige.prestataire_siren == ""
    assert fige.mode_paiement == ModePaiement.REMBOURSEMENT
    assert len(accord_de(fige, lignes_de(fige), []).parties) == 1
    assert relire(dossier).fil_prestataire_id is None


def _salaires() -> dict[str, Any]:
    from tests.dispositifs.exemples import YANIS, ZOE

    return {"stagiaires": [{**ZOE, "salaire_horaire": "20"}, {**YANIS, "salaire_horaire": "20"}]}


@pytest.mark.usefixtures("_monde")
def test_qui_lit_un_accord() -> None:
    dossier = accorde()
    fige = engagement(dossier)
    factures = FauxActeur({Domaine.FACTURES: (Niveau.LECTURE, Perimetre(prestataires=frozenset({SIREN_OF})))})
    for acteur in (aline(), driss(), emma(), factures):
        assert engagement_accessible(fige.id, acteur).id == fige.id
        assert engagement_de(dossier, acteur) is not None
    alternance = FauxActeur({Domaine.ALTERNANCE: (Niveau.GESTION, Perimetre(sirens=frozenset({SIREN})))})
    for acteur in (alternance, acteur_entreprise(AUTRE_SIREN), acteur_prestataire(SIREN), emma(AUTRE_PORTEFEUILLE), FauxActeur()):
        assert engagement_de(dossier, acteur) is None
        with pytest.raises(Introuvable):
            engagement_accessible(fige.id, acteur)
    with pytest.raises(PerimetreOublie):
        Engagement.objects.all()


@pytest.mark.usefixtures("_monde")
def test_l_accord_suit_l_entreprise_qui_change_de_portefeuille() -> None:
    fige = engagement(accorde())
    SirenPortefeuille.objects.create(siren=SIREN, portefeuille_id=AUTRE_PORTEFEUILLE)
    attribuer_portefeuilles(sirens=[SIREN])
    assert engagement_accessible(fige.id, emma(AUTRE_PORTEFEUILLE))
    with pytest.raises(Introuvable):
        engagement_accessible(fige.id, emma())


@pytest.mark.usefixtures("_monde", "coffres")
def test_les_courriels_partent_a_qui_voit_encore_et_ne_disent_rien_de_personne(settings: Any, tmp_path: Path) -> None:
    settings.JALON_DOSSIER_COURRIELS = tmp_path / "courriels"
    saisit, retire = h.personne("Aline", "Ferrand"), h.personne("Bruno", "Marchetti")
    formateur = h.personne("Driss", "Haddad")
    h.rattacher(saisit, SIREN)
    h.rattacher(retire, SIREN)
    h.rattacher(formateur, SIREN_OF, Profil.PRESTATAIRE)
    dossier = accorde()
    produire_accord(engagement_id=engagement(dossier).id, maintenant=LE)
    Rattachement.objects.tous("essai").filter(personne=retire).update(etat=EtatRattachement.RETIRE)
    for courriel in Courriel.objects.all():
        envoyer_courriel(courriel_id=courriel.id, maintenant=LE)
    assert {c.adresse: c.etat for c in Courriel.objects.filter(genre="engagements.accord_entreprise")} == {
        saisit.email: "envoye",
        retire.email: "annule",
    }
    from email import message_from_bytes, policy

    textes = {}
    for fichier in (tmp_path / "courriels").glob("*.eml"):
        message = message_from_bytes(fichier.read_bytes(), policy=policy.default)
        corps = message.get_body(("plain",))
        assert corps is not None
        textes[message["To"], message["Subject"]] = corps.get_content()
    assert len(textes) >= 2
    tout = "\n".join(textes.values())
    assert str(dossier.numero) in tout
    assert f"/e/{SIREN}/dossiers/{dossier.id}/" in tout
    assert f"/e/{SIREN_OF}/dossiers/{dossier.id}/" in tout
    for interdit in ("Lefort", "Zoé", "700", "{{", "{%"):
        assert interdit not in tout
