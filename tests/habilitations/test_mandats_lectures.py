"""Rights of a collaborator: membership × part × mandate, at each instant, in one query (exigences, T10, S8)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from jalon.comptes.models import Personne
from jalon.habilitations.lectures import lire_rattachements
from jalon.habilitations.models import Affectation, Mandat, Rattachement
from jalon.habilitations.requetes.mandats import mandataires_sur
from jalon.habilitations.requetes.visibilite import qui_peut_voir
from jalon.socle.acteurs import Domaine, Droit, Niveau, Portee, Profil
from jalon.socle.dates import fin_du_jour
from jalon.socle.erreurs import DroitManquant
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    CABINET,
    DEPUIS,
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    confier,
    donner,
    organisation,
    personne,
    rattacher,
    sirens,
    sur_le_siren,
)

pytestmark = pytest.mark.django_db

PLAN, FACTURES, RIB = Domaine.PLAN, Domaine.FACTURES, Domaine.RIB
ENVOI = Droit(PLAN, Niveau.ENVOI)
ICI = Portee(siren=SIREN, siret=SIRET, domaine=PLAN)


@pytest.fixture
def chloe() -> Personne:
    return personne("Chloé", "Bertin")


@pytest.fixture
def lien(chloe: Personne) -> Rattachement:
    return rattacher(chloe, CABINET, Profil.PRESTATAIRE, [])


def test_une_collaboratrice_agit_chez_le_client_dans_la_limite_du_mandat(chloe: Personne, lien: Rattachement) -> None:
    confier(donner(), lien, {PLAN: Niveau.GESTION, FACTURES: Niveau.LECTURE})
    lu = acteur(chloe)
    assert lu.peut(ENVOI, ICI)
    assert not lu.peut(Droit(PLAN, Niveau.GESTION), ICI)
    assert lu.peut(Droit(FACTURES, Niveau.LECTURE), ICI)
    assert not lu.peut(Droit(FACTURES, Niveau.SAISIE), ICI)
    assert (lu.profils(SIREN), lu.mandataires(SIREN), lu.mandataires(CABINET)) == ((Profil.ADHERENT,), (CABINET,), ())
    assert not lu.est_administrateur(SIREN)
    assert lu.a_des_droits(CABINET)
    assert [c.siren for c in lu.clients(CABINET)] == [SIREN]
    organisation()
    rattacher(personne("Aline"))
    with pytest.raises(DroitManquant, match="Aline Ferrand"):
        lu.exiger(Droit(PLAN, Niveau.GESTION), ICI)


@pytest.mark.parametrize(
    ("dernier_jour", "dernier_instant"),
    [
        (date(2026, 11, 28), datetime(2026, 11, 28, 22, 59, 59, 999999, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 21, 59, 59, 999999, tzinfo=UTC)),
        (date(2027, 10, 31), datetime(2027, 10, 31, 22, 59, 59, 999999, tzinfo=UTC)),
    ],
)
def test_le_mandat_finit_a_vingt_quatre_heures_a_paris(
    chloe: Personne, lien: Rattachement, dernier_jour: date, dernier_instant: datetime
) -> None:
    confier(donner(fin=fin_du_jour(dernier_jour)), lien)
    assert acteur(chloe, dernier_instant).peut(ENVOI, ICI)
    assert not acteur(chloe, dernier_instant + timedelta(microseconds=1)).appartient(SIREN)


def test_le_mandat_commence_a_l_instant_dit(chloe: Personne, lien: Rattachement) -> None:
    confier(donner(debut=LE), lien)
    assert not acteur(chloe, LE - timedelta(microseconds=1)).appartient(SIREN)
    assert acteur(chloe, LE).peut(ENVOI, ICI)


@pytest.mark.parametrize("coupure", ["part", "mandat", "lien", "compte", "cote", "mandataire"])
def test_chaque_maillon_retire_compte_a_la_requete_suivante(chloe: Personne, lien: Rattachement, coupure: str) -> None:
    mandat = donner()
    confier(mandat, lien)
    assert acteur(chloe).peut(ENVOI, ICI)
    if coupure == "part":
        Affectation.objects.update(revoquee_le=LE)
    elif coupure == "mandat":
        Mandat.objects.tous("essai").update(termine_le=LE)
    elif coupure == "lien":
        Rattachement.objects.tous("essai").filter(pk=lien.pk).update(etat="retire")
    elif coupure == "compte":
        Personne.objects.filter(pk=chloe.pk).update(is_active=False)
    elif coupure == "cote":
        Rattachement.objects.tous("essai").filter(pk=lien.pk).update(siren=CABINET, prestataire_siren="", profil=Profil.ADHERENT)
    else:
        Mandat.objects.tous("essai").update(mandataire_siren=AUTRE_SIREN)
    assert not acteur(chloe).peut(ENVOI, ICI)
    assert not acteur(chloe).appartient(SIREN)


def test_les_collaborateurs_d_un_autre_cabinet_et_les_collegues_sans_part_ne_voient_rien(lien: Rattachement) -> None:
    confier(donner(), lien)
    voisine, collegue = personne("Zoé"), personne("Yann")
    rattacher(voisine, AUTRE_SIREN, Profil.PRESTATAIRE)
    rattacher(collegue, CABINET, Profil.PRESTATAIRE)
    for qui in (voisine, collegue):
        assert not acteur(qui).appartient(SIREN)
        assert not acteur(qui).perimetre(Droit(PLAN, Niveau.LECTURE)).sirens


def test_un_mandat_sur_des_etablissements_ne_voit_qu_eux(chloe: Personne, lien: Rattachement) -> None:
    confier(donner(sirets=[SIRET_2]), lien)
    lu = acteur(chloe)
    assert lu.perimetre(ENVOI).sirets == {SIRET_2}
    assert not lu.perimetre(ENVOI).sirens
    assert not lu.peut(ENVOI, ICI)


def test_un_mandat_d_un_prestataire_ouvre_son_cote(chloe: Personne, lien: Rattachement) -> None:
    confier(donner(AUTRE_SIREN, profil=Profil.PRESTATAIRE), lien)
    assert acteur(chloe).perimetre(ENVOI).prestataires == {AUTRE_SIREN}
    assert acteur(chloe).sirens(Profil.ADHERENT) == frozenset()


def test_rib_et_exports_restent_fermes_pendant_les_72_heures_du_lien(chloe: Personne) -> None:
    lien = rattacher(chloe, CABINET, Profil.PRESTATAIRE, [], probation_jusqu_a=LE + timedelta(hours=1))
    droits = {PLAN: Niveau.LECTURE, RIB: Niveau.LECTURE, Domaine.EXPORTS: Niveau.LECTURE}
    confier(donner(niveaux=droits), lien, droits)
    assert {d.domaine for r in acteur(chloe).clients(CABINET) for d in r.droits} == {PLAN}
    plus_tard = acteur(chloe, LE + timedelta(hours=1))
    assert {d.domaine for r in plus_tard.clients(CABINET) for d in r.droits} == set(droits)


def test_les_liens_propres_passent_devant_et_s_ajoutent(chloe: Personne, lien: Rattachement) -> None:
    confier(donner(), lien)
    rattacher(chloe, SIREN, droits=[sur_le_siren(FACTURES, Niveau.ENVOI)])
    lu = acteur(chloe)
    assert [(r.siren, r.mandataire) for r in lu.rattachements] == [(CABINET, ""), (SIREN, ""), (SIREN, CABINET)]
    assert lu.profils(SIREN) == (Profil.ADHERENT,)
    assert lu.mandataires(SIREN) == ()
    assert lu.peut(ENVOI, ICI)
    assert lu.peut(Droit(FACTURES, Niveau.ENVOI), ICI)


def test_tout_se_lit_en_deux_requetes_et_les_listes_de_droits_sont_partagees(chloe: Personne, lien: Rattachement) -> None:
    for siren in sirens(30):
        confier(donner(siren), lien)
    with CaptureQueriesContext(connection) as requetes:
        lus = lire_rattachements(chloe, LE)
    assert len(requetes) == 2, "les liens, puis les mandats ; une seule pour qui n’a aucune part"
    assert len({id(r.droits) for r in lus if r.mandataire}) == 1


def test_la_base_refuse_un_mandat_qui_donnerait_l_administration_ou_le_compte(lien: Rattachement) -> None:
    for droits in ({Domaine.ACCES: Niveau.GESTION}, {PLAN: Niveau.LECTURE, RIB: Niveau.GESTION}):
        with pytest.raises(IntegrityError, match="mandat_sans_gestion_reservee"):
            _dans_un_bloc(droits)


def _dans_un_bloc(droits: dict[Domaine, Niveau]) -> None:
    with transaction.atomic():
        donner(niveaux=droits)


def test_qui_voit_ce_dossier_nomme_les_collaborateurs(chloe: Personne, lien: Rattachement) -> None:
    organisation()
    organisation(CABINET, "ALPES COMPTA")
    aline = personne("Aline")
    rattacher(aline)
    confier(donner(sirets=[SIRET]), lien)
    assert [(p.nom, p.qualite) for p in qui_peut_voir(ICI, LE)] == [
        ("Aline Ferrand", "Gestion"),
        ("Chloé Bertin", "Envoi, par mandat"),
    ]
    ailleurs = Portee(siren=SIREN, siret=SIRET_2, domaine=PLAN)
    assert [p.nom for p in qui_peut_voir(ailleurs, LE)] == ["Aline Ferrand"]
    assert mandataires_sur(ICI, Domaine.REGLEMENTS, LE) == []
    assert mandataires_sur(ICI, PLAN, DEPUIS - timedelta(days=1)) == []
