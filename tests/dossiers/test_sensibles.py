"""Sensitive boxes: ciphertext at rest, masks on the way out, clear for who may, written in the journal."""

from datetime import timedelta

import pytest
from django.db import connection

from jalon.dispositifs.base import LIGNES
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions import enregistrer_section, reveler_case, transmettre_dossier
from jalon.dossiers.chiffrement import MASQUE, masquer, reprendre_masques
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import contenu_visible, recapitulatif_de, reponses_de
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.chiffre import ValeurIllisible, dechiffrer
from jalon.socle.erreurs import ConflitDeVersion, DroitManquant, Introuvable, SaisieRefusee
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco
from tests.dispositifs.exemples import YANIS, ZOE
from tests.dossiers.fabrique import (
    AUTRE_SIREN,
    LE,
    PORTEFEUILLE,
    accorde,
    aline,
    brouillon,
    complet,
    driss,
    emma,
    lignes_de,
    monde,
    nir_valide,
    relire,
    transmis,
)
from tests.habilitations import fabrique as habilitations

pytestmark = pytest.mark.django_db

NIR = nir_valide("2950774123456")
AUTRE_NIR = nir_valide("1880374123456")
LIGNES_AVEC_NIR = [{**ZOE, "nir": NIR}, {**YANIS, "nir": AUTRE_NIR}]


@pytest.fixture(autouse=True)
def _monde() -> None:
    monde()


def stagiaires(dossier: Dossier, lignes: list[dict[str, str]], version: int, par: FauxActeur | None = None) -> None:
    enregistrer_section(
        dossier_id=dossier.id, section="stagiaires", version=version, valeurs={LIGNES: lignes}, par=par or aline(), maintenant=LE
    )


def toutes_les_lignes() -> str:
    """Every row of every table of the product, as text."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [nom for (nom,) in curseur.fetchall()]
        textes = []
        for table in tables:
            curseur.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            textes += [ligne for (ligne,) in curseur.fetchall()]
    return "\n".join(textes)


def test_le_nir_n_est_en_clair_dans_aucune_colonne() -> None:
    dossier = transmis(stagiaires=LIGNES_AVEC_NIR)
    base = toutes_les_lignes()
    assert str(dossier.numero) in base
    assert "exemple" in base
    for nir in (NIR, AUTRE_NIR):
        assert nir not in base
        assert nir[:13] not in base


def test_un_nir_incomplet_est_chiffre_aussi() -> None:
    dossier = brouillon()
    stagiaires(dossier, [{**ZOE, "nir": "29507741"}], 0)
    assert "29507741" not in toutes_les_lignes()
    assert reponses_de(relire(dossier), aline())["stagiaires"]["valeurs"][LIGNES][0]["nir"] == "29507741"


def test_une_valeur_deplacee_vers_un_autre_dossier_ne_se_lit_pas() -> None:
    dossier, autre = brouillon(), brouillon()
    stagiaires(dossier, [{**ZOE, "nir": NIR}], 0)
    jeton = lignes_de(relire(dossier))[0]["nir"]
    assert dechiffrer(jeton, dossier.id) == NIR
    with pytest.raises(ValeurIllisible):
        dechiffrer(jeton, autre.id)


def test_qui_saisit_lit_en_clair_qui_lit_voit_un_masque() -> None:
    dossier = brouillon()
    stagiaires(dossier, LIGNES_AVEC_NIR, 0)
    relu = relire(dossier)
    lus = [x["nir"] for x in reponses_de(relu, aline(niveau=Niveau.SAISIE))["stagiaires"]["valeurs"][LIGNES]]
    assert lus == [NIR, AUTRE_NIR]
    masques = [x["nir"] for x in reponses_de(relu, aline(niveau=Niveau.LECTURE))["stagiaires"]["valeurs"][LIGNES]]
    assert masques == ["2 95 ** ** *** *** **", "1 88 ** ** *** *** **"]


def test_pendant_la_probation_tout_est_masque() -> None:
    nina_ = habilitations.personne("Nina", "Neuve")
    dossier = brouillon()
    stagiaires(dossier, LIGNES_AVEC_NIR, 0)
    habilitations.rattacher(nina_, dossier.siren, probation_jusqu_a=LE + timedelta(hours=72))
    nina = habilitations.acteur(nina_, LE)
    assert reponses_de(relire(dossier), nina)["stagiaires"]["valeurs"][LIGNES][0]["nir"] == masquer(NIR)
    envoye = transmettre_dossier(dossier_id=complet(stagiaires=LIGNES_AVEC_NIR).id, par=aline(), maintenant=LE)
    with pytest.raises(DroitManquant, match="72"):
        reveler_case(
            dossier_id=envoye.id, section="stagiaires", champ="nir", rang=0, motif="vérification", par=nina, maintenant=LE
        )


@pytest.mark.parametrize(("fin", "clair"), [(timedelta(seconds=1), False), (timedelta(0), True)])
def test_un_collaborateur_par_mandat_en_probation_chez_son_cabinet_ne_lit_pas_le_nir(fin: timedelta, *, clair: bool) -> None:
    dossier = brouillon()
    stagiaires(dossier, LIGNES_AVEC_NIR, 0)
    envoye = transmettre_dossier(dossier_id=complet(stagiaires=LIGNES_AVEC_NIR).id, par=aline(), maintenant=LE)
    chloe_ = habilitations.personne("Chloé", "Bertin")
    lien = habilitations.rattacher(chloe_, habilitations.CABINET, Profil.PRESTATAIRE, [], probation_jusqu_a=LE + fin)
    habilitations.confier(habilitations.donner(dossier.siren), lien)
    chloe = habilitations.acteur(chloe_, LE)
    lu = reponses_de(relire(dossier), chloe)["stagiaires"]["valeurs"][LIGNES][0]["nir"]
    assert lu == (NIR if clair else masquer(NIR))
    revelation = {"section": "stagiaires", "champ": "nir", "rang": 0, "motif": "vérification", "par": chloe, "maintenant": LE}
    if clair:
        assert reveler_case(dossier_id=envoye.id, **revelation) == NIR
        return
    with pytest.raises(DroitManquant, match="72"):
        reveler_case(dossier_id=envoye.id, **revelation)


@pytest.mark.parametrize("acteur", [driss(), emma(), acteur_entreprise(AUTRE_SIREN)])
def test_les_reponses_saisies_ne_sortent_pas_de_l_entreprise(acteur: FauxActeur) -> None:
    dossier = accorde(stagiaires=LIGNES_AVEC_NIR)
    with pytest.raises(DroitManquant):
        reponses_de(dossier, acteur)


def test_un_masque_renvoye_ne_change_rien_meme_si_les_lignes_ont_bouge() -> None:
    dossier = brouillon()
    stagiaires(dossier, LIGNES_AVEC_NIR, 0)
    masques = [{**ligne, "nir": masquer(ligne["nir"])} for ligne in LIGNES_AVEC_NIR]
    nouvelle = {**ZOE, "nom_naissance": "Nouvelle", "nir": ""}
    stagiaires(dossier, [nouvelle, masques[1], {**masques[0], "heures": "7"}], 1)
    lues = reponses_de(relire(dossier), aline())["stagiaires"]["valeurs"][LIGNES]
    assert [x["nir"] for x in lues] == ["", AUTRE_NIR, NIR]
    assert lues[2]["heures"] == "7"


def test_un_masque_inconnu_reste_tel_qu_il_est_saisi() -> None:
    declaration = dispositif_de("action_formation")
    rendues = reprendre_masques(declaration, "stagiaires", {LIGNES: [{**ZOE, "nir": MASQUE}]}, {LIGNES: [{**ZOE, "nir": NIR}]})
    assert rendues[LIGNES][0]["nir"] == MASQUE


def test_un_conflit_ne_montre_pas_le_nir_a_qui_ne_le_lit_pas() -> None:
    dossier = brouillon()
    stagiaires(dossier, LIGNES_AVEC_NIR, 0)
    with pytest.raises(ConflitDeVersion) as conflit:
        stagiaires(dossier, [{**ZOE, "nir": ""}], 0)
    assert conflit.value.en_base[LIGNES][0]["nir"] == NIR  # type: ignore[index]
    assert NIR not in str(conflit.value)


def test_le_recapitulatif_masque_et_le_contenu_visible_omet() -> None:
    dossier = transmis(stagiaires=LIGNES_AVEC_NIR)
    for acteur in (aline(), emma()):
        textes = [ligne.texte for rubrique in recapitulatif_de(dossier, acteur) for ligne in rubrique.lignes]
        assert masquer(NIR) in textes
        assert NIR not in textes
        contenu = contenu_visible(dossier, acteur)
        assert contenu is not None
        assert NIR not in contenu.model_dump_json()


def test_le_prestataire_ne_lit_que_ce_qu_il_lui_faut() -> None:
    dossier = accorde(stagiaires=LIGNES_AVEC_NIR)
    rubriques = recapitulatif_de(dossier, driss())
    libelles = {ligne.case.nom for rubrique in rubriques for ligne in rubrique.lignes}
    assert {"intitule", "nom_naissance", "prenom", "heures", "cout_pedagogique"} <= libelles
    interdits = {"nir", "date_naissance", "sexe", "rqth", "salaire_horaire", "effectif", "contact_courriel", "niveau"}
    assert not libelles & interdits
    contenu = contenu_visible(dossier, driss())
    assert contenu is not None
    lisible = str({nom: vars(valeur) for nom, valeur in vars(contenu).items() if not isinstance(valeur, tuple)})
    lisible += str([vars(x) for x in vars(contenu)["stagiaires"]])
    assert "date_naissance" not in lisible
    assert "Lefort" in lisible


def test_afficher_une_donnee_demande_un_motif_et_s_ecrit_au_journal() -> None:
    dossier = transmis(stagiaires=LIGNES_AVEC_NIR)
    for acteur in (aline(niveau=Niveau.SAISIE), emma()):
        valeur = reveler_case(
            dossier_id=dossier.id, section="stagiaires", champ="nir", rang=1, motif="Contrôle CPF", par=acteur, maintenant=LE
        )
        assert valeur == AUTRE_NIR
    evenements = Evenement.objects.tous("essai").filter(code="dossier.donnee_affichee")
    assert evenements.count() == 2
    assert {e.details["motif"] for e in evenements} == {"Contrôle CPF"}
    assert {e.details["rang"] for e in evenements} == {2}
    assert AUTRE_NIR not in str([e.details for e in evenements])
    with pytest.raises(SaisieRefusee):
        reveler_case(dossier_id=dossier.id, section="stagiaires", champ="nir", rang=0, motif=" ", par=emma(), maintenant=LE)


@pytest.mark.parametrize(
    ("acteur", "erreur"),
    [
        (aline(niveau=Niveau.LECTURE), DroitManquant),
        (acteur_opco(PORTEFEUILLE), DroitManquant),
        (driss(), DroitManquant),
        (acteur_entreprise(AUTRE_SIREN), Introuvable),
        (acteur_entreprise(AUTRE_SIREN, domaines=(Domaine.FACTURES,)), Introuvable),
    ],
)
def test_afficher_une_donnee_est_refuse(acteur: FauxActeur, erreur: type[Exception]) -> None:
    dossier = accorde(stagiaires=LIGNES_AVEC_NIR)
    with pytest.raises(erreur):
        reveler_case(dossier_id=dossier.id, section="stagiaires", champ="nir", rang=0, motif="essai", par=acteur, maintenant=LE)


@pytest.mark.parametrize(
    ("section", "champ", "rang"),
    [("stagiaires", "prenom", 0), ("stagiaires", "nir", 9), ("stagiaires", "nir", None), ("action", "nir", None), ("x", "y", 0)],
)
def test_seule_une_donnee_protegee_presente_s_affiche(section: str, champ: str, rang: int | None) -> None:
    dossier = transmis(stagiaires=LIGNES_AVEC_NIR)
    with pytest.raises(Introuvable):
        reveler_case(dossier_id=dossier.id, section=section, champ=champ, rang=rang, motif="essai", par=emma(), maintenant=LE)
