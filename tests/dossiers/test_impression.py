"""The form to be signed: who prints it, from which answers, and what is written down when it bears the NIR."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from jalon.dossiers.actions import imprimer_formulaire, relire_formulaire
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import est_imprimable, jour_du_formulaire
from jalon.editions.composition import composer_formulaire
from jalon.editions.formulaire import FormulairePapier
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.instruction.actions import demander_complement, prendre_en_charge, refuser_dossier
from jalon.instruction.enums import MotifRefus
from jalon.journal.enums import Sensible
from jalon.journal.models import Evenement, Revelation
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.confirmation import MARQUE
from jalon.socle.erreurs import DroitManquant, Introuvable, SecondFacteurRequis
from jalon.socle.identifiants import grouper_nir
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco, acteur_sous_convention
from tests.dossiers import contrats, fabrique
from tests.dossiers.contrats import LE, contrat_complet, contrat_transmis
from tests.dossiers.contrats import NIR_ENTIER as NIR
from tests.dossiers.fabrique import AUTRE_SIREN, PORTEFEUILLE, SIREN, SIREN_OF, aline, driss, emma
from tests.editions.test_composition import texte
from tests.habilitations import fabrique as habilitations

pytestmark = pytest.mark.django_db
Impression = Callable[..., tuple[Dossier, FormulairePapier]]
LES_DEUX = pytest.mark.parametrize("action", [relire_formulaire, imprimer_formulaire])


@pytest.fixture(autouse=True)
def _monde() -> None:
    fabrique.monde()


def imprimer(dossier: Dossier, par: FauxActeur | ActeurPersonne | None = None, action: Impression = imprimer_formulaire) -> str:
    """What the PDF says."""
    lu, papier = action(dossier_id=dossier.pk, par=par or aline(), maintenant=LE)
    return texte(composer_formulaire(papier, date_document=jour_du_formulaire(lu)))


def cases(papier: FormulairePapier) -> dict[str, str]:
    return {case.libelle: case.texte for rubrique in papier.rubriques for case in rubrique.cases}


def revelations() -> list[tuple[str, str, str]]:
    lignes = Revelation.objects.tous("essai").order_by("le", "id")
    return [(ligne.sensible, ligne.objet_libelle, ligne.motif) for ligne in lignes]


def test_l_exemplaire_a_signer_porte_tout_et_se_note() -> None:
    dossier, par = contrat_complet(), aline(niveau=Niveau.SAISIE)
    lu = imprimer(dossier, par)
    for attendu in (
        "Contrat d’apprentissage",
        "CERFA 10103*14",
        "11 · Premier contrat",
        "Hôtel du Lac",
        "Cadre réservé à l’OPCO",
    ):
        assert attendu in lu
    assert grouper_nir(NIR).replace("\u00a0", " ") in lu
    assert "Projet, à compléter" not in lu
    assert "relecture" not in lu
    (note,) = Evenement.objects.tous("essai").filter(code="dossier.donnee_affichee")
    assert (note.acteur_id, note.objet_id, note.details["motif"]) == (par.identite, str(dossier.pk), "Formulaire imprimé")
    assert note.details["case"] == "NIR (numéro de sécurité sociale)"
    assert NIR not in str(note.details)
    assert sorted(revelations()) == [
        (Sensible.DOCUMENT.value, f"Formulaire à signer, {dossier}", "Téléchargement depuis le dossier"),
        (Sensible.NIR.value, f"NIR (numéro de sécurité sociale), {dossier}", "Formulaire imprimé"),
    ]


def test_l_exemplaire_de_relecture_masque_le_nir_et_n_est_qu_un_document() -> None:
    dossier = contrat_complet()
    lu = imprimer(dossier, aline(second_facteur_le=None), relire_formulaire)
    assert f"{NIR[0]} {NIR[1:3]} ** ** *** *** **" in lu
    assert NIR[5:13] not in lu.replace(" ", "")
    assert "Exemplaire de relecture" in lu
    assert [r[:2] for r in revelations()] == [(Sensible.DOCUMENT.value, f"Formulaire sans le NIR, {dossier}")]
    assert not Evenement.objects.tous("essai").filter(code="dossier.donnee_affichee").exists()


def test_un_formulaire_sans_nir_n_en_montre_aucun() -> None:
    dossier = contrat_complet()
    contrats.taper(dossier, "apprenti", nir="")
    lu = imprimer(dossier)
    assert "Projet, à compléter. 1 case reste à remplir." in lu
    assert [r[0] for r in revelations()] == [Sensible.DOCUMENT.value]
    assert "relecture" not in imprimer(dossier, action=relire_formulaire), "rien n’y est masqué"


def test_le_second_facteur_est_exige_avant_de_rien_lire() -> None:
    assert getattr(imprimer_formulaire, MARQUE, False)
    dossier = contrat_complet()
    for le in (None, LE - timedelta(minutes=5, microseconds=1)):
        with pytest.raises(SecondFacteurRequis):
            imprimer_formulaire(dossier_id=dossier.pk, par=aline(second_facteur_le=le), maintenant=LE)
    assert revelations() == []
    imprimer_formulaire(dossier_id=dossier.pk, par=aline(second_facteur_le=LE - timedelta(minutes=5)), maintenant=LE)
    assert len(revelations()) == 2


REFUSES = [
    (aline(niveau=Niveau.LECTURE), DroitManquant),
    (acteur_entreprise(AUTRE_SIREN), Introuvable),
    (acteur_entreprise(SIREN, domaines=(Domaine.PLAN, Domaine.FACTURES)), Introuvable),
    (acteur_opco(fabrique.AUTRE_PORTEFEUILLE), Introuvable),
    (acteur_sous_convention(SIREN, AUTRE_SIREN), Introuvable),
]


@LES_DEUX
@pytest.mark.parametrize(("par", "erreur"), [*REFUSES, (driss(), Introuvable), (emma(), Introuvable)])
def test_un_brouillon_ne_s_imprime_que_chez_qui_le_saisit(action: Impression, par: FauxActeur, erreur: type[Exception]) -> None:
    dossier = contrat_complet()
    with pytest.raises(erreur):
        action(dossier_id=dossier.pk, par=par, maintenant=LE)
    assert revelations() == []


@LES_DEUX
@pytest.mark.parametrize(("par", "erreur"), [*REFUSES, (driss(), DroitManquant), (acteur_opco(PORTEFEUILLE), DroitManquant)])
def test_un_dossier_accorde_ne_s_imprime_ni_chez_le_cfa_ni_chez_qui_consulte(
    action: Impression, par: FauxActeur, erreur: type[Exception]
) -> None:
    dossier = contrat_transmis()
    Dossier.objects.tous("essai").filter(pk=dossier.pk).update(accorde_le=LE)
    with pytest.raises(erreur):
        action(dossier_id=dossier.pk, par=par, maintenant=LE)
    assert revelations() == []


@LES_DEUX
def test_le_cfa_sous_convention_imprime_ce_qu_il_saisit(action: Impression) -> None:
    dossier = contrat_complet()
    assert "Hôtel du Lac" in imprimer(dossier, acteur_sous_convention(SIREN, SIREN_OF, Niveau.SAISIE), action)


@LES_DEUX
def test_un_dispositif_sans_formulaire_ou_un_dossier_inconnu_ne_s_imprime_pas(action: Impression) -> None:
    sans = fabrique.complet()
    assert not est_imprimable(sans)
    with pytest.raises(Introuvable, match="pas de formulaire"):
        action(dossier_id=sans.pk, par=aline(), maintenant=LE)
    with pytest.raises(Introuvable):
        action(dossier_id=UUID(int=0), par=aline(), maintenant=LE)
    assert revelations() == []


@pytest.mark.parametrize(("fin", "entier"), [(timedelta(seconds=1), False), (timedelta(0), True)])
def test_pendant_la_probation_seule_la_relecture_s_imprime(fin: timedelta, *, entier: bool) -> None:
    dossier, nina_, le = contrat_complet(), habilitations.personne("Nina", "Neuve"), habilitations.LE
    habilitations.rattacher(nina_, dossier.siren, probation_jusqu_a=le + fin)
    nina = ActeurPersonne(nina_, le, le)
    _, relecture = relire_formulaire(dossier_id=dossier.pk, par=nina, maintenant=le)
    assert relecture.note
    if entier:
        assert imprimer_formulaire(dossier_id=dossier.pk, par=nina, maintenant=le)[1].note == ""
        return
    with pytest.raises(DroitManquant, match="72"):
        imprimer_formulaire(dossier_id=dossier.pk, par=nina, maintenant=le)


def test_un_brouillon_commence_compte_ce_qui_lui_manque() -> None:
    dossier = contrat_complet()
    contrats.taper(dossier, "contrat", salaire="100", heures="", date_debut="jamais")
    lu = imprimer(dossier)
    assert "Projet, à compléter. 1 case reste à remplir." in lu
    assert "Date de début d’exécution (à corriger) jamais" in lu
    assert "est à corriger : « Vérifier » dit pourquoi." in lu or "sont à corriger : « Vérifier » dit pourquoi." in lu


def test_ce_que_le_papier_n_a_pas_n_y_est_pas() -> None:
    dossier = contrat_complet()
    contrats.taper(dossier, "convention", prix="12345,67")
    lu = imprimer(dossier)
    assert "12 345,67" not in lu
    assert "La convention de formation" not in lu
    assert "Projet, à compléter" not in lu


def test_une_fois_transmis_le_contenu_envoye_s_imprime_avec_le_cadre_de_l_opco(settings: object) -> None:
    dossier = contrat_transmis()
    settings.JALON_OPCO = "OPCO d’essai"  # type: ignore[attr-defined]
    for par in (aline(), emma()):
        _, papier = imprimer_formulaire(dossier_id=dossier.pk, par=par, maintenant=LE)
        assert papier.projet == ""
        assert papier.reference == f"dossier {dossier.numero}"
        assert dict(papier.reserve) == {
            "Nom de l’organisme": "OPCO d’essai",
            "SIRET de l’organisme": "",
            "Date de réception du dossier complet": "02/09/2026",
            "Date de la décision": "",
            "Numéro de dépôt": "",
            "Numéro d’avenant": "",
        }
    assert f"NIR (numéro de sécurité sociale), dossier {dossier.numero}" in [r[1] for r in revelations()]
    _, brouillon = imprimer_formulaire(dossier_id=contrat_complet().pk, par=aline(), maintenant=LE)
    assert {valeur for _, valeur in brouillon.reserve} == {""}


def test_une_decision_date_le_cadre_de_l_opco() -> None:
    dossier = contrat_transmis()
    prendre_en_charge(dossier_id=dossier.pk, par=emma(), maintenant=LE)
    refuser_dossier(
        dossier_id=dossier.pk, motif=next(iter(MotifRefus)), texte="Essai", par=emma(), maintenant=LE + timedelta(days=3)
    )
    _, papier = imprimer_formulaire(dossier_id=dossier.pk, par=aline(), maintenant=LE)
    assert dict(papier.reserve)["Date de la décision"] == "05/09/2026"


def test_pendant_un_complement_l_entreprise_imprime_ce_qu_elle_corrige_l_opco_ce_qu_il_a_recu() -> None:
    dossier = contrat_transmis()
    prendre_en_charge(dossier_id=dossier.pk, par=emma(), maintenant=LE)
    demander_complement(
        dossier_id=dossier.pk, pieces=["cerfa_signe"], cases=["contrat.salaire"], message="Salaire à revoir",
        echeance=(LE + timedelta(days=10)).date(), par=emma(), maintenant=LE,
    )  # fmt: skip
    contrats.taper(dossier, "contrat", salaire="1500")
    salaires = []
    for par in (aline(), emma()):
        _, papier = imprimer_formulaire(dossier_id=dossier.pk, par=par, maintenant=LE)
        salaires.append(cases(papier)["Salaire brut mensuel à l’embauche"])
    assert salaires == ["1\u00a0500,00\u00a0€", "802,82\u00a0€"]


def test_les_memes_reponses_donnent_les_memes_octets() -> None:
    dossier = contrat_complet()

    def octets(quand: timedelta) -> bytes:
        lu, papier = relire_formulaire(dossier_id=dossier.pk, par=aline(), maintenant=LE + quand)
        return composer_formulaire(papier, date_document=jour_du_formulaire(lu))

    assert octets(timedelta()) == octets(timedelta(minutes=3))


def test_toutes_les_cases_du_papier_ont_leur_place() -> None:
    dossier = contrat_complet()
    _, papier = relire_formulaire(dossier_id=dossier.pk, par=aline(), maintenant=LE)
    libelles = list(cases(papier))
    for libelle in ("Mode contractuel de l’apprentissage", "Nom d’usage", "Type de dérogation", "Code RNCP", "Fait à"):
        assert libelle in libelles
    assert [r.titre for r in papier.rubriques if r.tableau] == ["La rémunération"]
    assert len(papier.rubriques) == 12
