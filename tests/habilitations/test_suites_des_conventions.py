"""What becomes of a declared convention: ended by the OPCO, recalled before its end, found in a list turned by key."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalon.courriers.actions import rendre
from jalon.courriers.messages import Destinataire
from jalon.courriers.models import Courriel
from jalon.habilitations.actions import conventions
from jalon.habilitations.actions.conventions import declarer_convention
from jalon.habilitations.actions.suites_des_conventions import arreter_convention, rappeler_conventions
from jalon.habilitations.courriels.conventions import ConventionBientotFinie, ConventionsBientotFinies
from jalon.habilitations.enums import CoteDuMandat, OrigineMandat, Role
from jalon.habilitations.models import Mandat
from jalon.habilitations.requetes import pages_de_mandats
from jalon.habilitations.requetes.conventions import conventions_declarees, conventions_suivies
from jalon.habilitations.requetes.pages_de_mandats import mandats_donnes
from jalon.journal.models import Evenement
from jalon.socle.acteurs import Domaine, Droit, Niveau, Portee, Profil
from jalon.socle.dates import PARIS, fin_du_jour
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from tests.dossiers.fabrique import document
from tests.facturation.outils import document_leger
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    CABINET,
    LE,
    SIREN,
    SIRET,
    acteur,
    agent,
    donner,
    organisation,
    personne,
    rattacher,
    sirens,
)

pytestmark = pytest.mark.django_db
CFA = AUTRE_SIREN
FIN = date(2027, 8, 31)
ENVOI = Droit(Domaine.ALTERNANCE, Niveau.ENVOI)
CHEZ_LE_CLIENT = Portee(siren=SIREN, siret=SIRET, domaine=Domaine.ALTERNANCE, prestataire_nomme=CFA)


@pytest.fixture(autouse=True)
def _organisations() -> None:
    organisation()
    organisation(CFA, "CFA DES ALPES")


def _convention(client: str = SIREN, reference: str = "CONV-1", mandataire: str = CFA, fin: date = FIN) -> Mandat:
    return donner(
        client, mandataire, {Domaine.ALTERNANCE: Niveau.ENVOI}, fin=fin_du_jour(fin),
        origine=OrigineMandat.CONVENTION, reference=reference, signee_le=date(2026, 11, 20), piece=document(),
    )  # fmt: skip


def _a_qui(genre: str) -> list[str]:
    return sorted(Courriel.objects.filter(genre=f"habilitations.{genre}").values_list("adresse", flat=True))


# The OPCO ends one -----------------------------------------------------------------------------------------------------


def test_l_opco_y_met_fin_les_deux_cotes_le_lisent_et_elle_ne_se_declare_plus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conventions, "deposer_document", document_leger)
    aline, driss = personne("Aline"), personne("Driss", "Cfa")
    rattacher(aline)
    rattacher(driss, CFA, Profil.PRESTATAIRE)
    choix = {
        "mandataire": CFA, "client_saisi": SIREN, "reference": "CONV-1", "signee_le": date(2026, 11, 20), "debut": date(2026, 9, 1),
        "fin": FIN, "nom": "convention.pdf", "contenu": io.BytesIO(b"%PDF-1.7"), "par": acteur(driss), "maintenant": LE,
    }  # fmt: skip
    convention = declarer_convention(**choix)  # type: ignore[arg-type]
    assert acteur(driss).peut(ENVOI, CHEZ_LE_CLIENT)
    finie = arreter_convention(mandat_id=convention.id, motif=" Signature contestée ", par=acteur(agent()), maintenant=LE)
    assert (finie.termine_cote, finie.motif_fin, finie.termine_le) == (CoteDuMandat.OPCO, "Signature contestée", LE)
    assert not acteur(driss).peut(ENVOI, CHEZ_LE_CLIENT)
    assert _a_qui("mandat_termine") == sorted([aline.email, driss.email])
    lignes = Evenement.objects.tous("essai").filter(code="acces.convention_arretee").order_by("id")
    assert list(lignes.values_list("siren", "prestataire_siren")) == [(SIREN, ""), ("", CFA)]
    with pytest.raises(SaisieRefusee, match="L’OPCO a mis fin à cette convention le 24/11/2026"):
        declarer_convention(**choix)  # type: ignore[arg-type]
    with pytest.raises(TransitionImpossible):
        arreter_convention(mandat_id=convention.id, motif="Encore", par=acteur(agent()), maintenant=LE)


def test_qui_ne_peut_pas_l_arreter_et_ce_qui_ne_s_arrete_pas() -> None:
    convention = _convention()
    donne = donner(SIREN, CABINET, {Domaine.PLAN: Niveau.LECTURE})
    aline = personne("Aline")
    rattacher(aline)
    essais = (
        (convention, agent(Role.CONSEILLER, prenom="Emma"), "Motif", DroitManquant),
        (convention, agent(Role.COMPTABLE, prenom="Inès"), "Motif", Introuvable),
        (convention, aline, "Motif", Introuvable),
        (donne, agent(), "Motif", Introuvable),
        (convention, agent(prenom="Autre"), "  ", SaisieRefusee),
    )
    for mandat, qui, motif, erreur in essais:
        with pytest.raises(erreur):
            arreter_convention(mandat_id=mandat.id, motif=motif, par=acteur(qui), maintenant=LE)
    with pytest.raises(TransitionImpossible):
        arreter_convention(mandat_id=convention.id, motif="Tard", par=acteur(agent(prenom="Hugo")), maintenant=convention.fin)
    assert not Mandat.objects.tous("essai").filter(termine_le__isnull=False).exists()
    assert not Evenement.objects.tous("essai").filter(code="acces.convention_arretee").exists()


# Reminders -------------------------------------------------------------------------------------------------------------


def _a_midi(jours_avant: int) -> datetime:
    return datetime.combine(FIN - timedelta(days=jours_avant), time(12), PARIS)


def test_le_cfa_est_rappele_une_fois_pour_toutes_et_chaque_client_pour_la_sienne() -> None:
    autre = sirens(1)[0]
    aline, driss = personne("Aline"), personne("Driss", "Cfa")
    rattacher(aline)
    rattacher(driss, CFA, Profil.PRESTATAIRE)
    for client, reference in ((SIREN, "CONV-1"), (SIREN, "CONV-2"), (autre, "CONV-3")):
        _convention(client, reference)
    _convention(autre, "CONV-4", fin=FIN + timedelta(days=60))
    assert [rappeler_conventions(maintenant=_a_midi(j)) for j in (31, 30, 29, 8, 7, 0, -1)] == [0, 3, 3, 3, 3, 3, 0]
    assert _a_qui("conventions_bientot_finies") == [driss.email] * 2
    assert _a_qui("convention_bientot_finie") == [aline.email] * 4


def test_une_convention_declaree_depuis_ou_finie_ne_se_rappelle_pas() -> None:
    rattacher(personne("Driss", "Cfa"), CFA, Profil.PRESTATAIRE)
    _convention(reference="CONV-1")
    Mandat.objects.tous("essai").update(cree_le=_a_midi(20), debut=_a_midi(20))
    assert rappeler_conventions(maintenant=_a_midi(19)) == 0
    assert rappeler_conventions(maintenant=_a_midi(7)) == 1
    Mandat.objects.tous("essai").update(termine_le=_a_midi(6))
    assert rappeler_conventions(maintenant=_a_midi(5)) == 0


@pytest.fixture
def _la_veille() -> Iterator[None]:
    with time_machine.travel(_a_midi(7), tick=False):
        yield


@pytest.mark.usefixtures("_la_veille")
def test_ce_que_disent_les_rappels_et_a_qui() -> None:
    aline, driss = personne("Aline"), personne("Driss", "Cfa")
    rattacher(aline)
    rattacher(driss, CFA, Profil.PRESTATAIRE)
    une, deux = _convention(reference="CONV-1"), _convention(reference="CONV-2")
    chez_elle, chez_lui = Destinataire(aline.email, aline.id), Destinataire(driss.email, driss.id)
    au_client = ConventionBientotFinie(une, chez_elle)
    au_cfa = ConventionsBientotFinies(une, chez_lui)
    assert (au_client.autorise(), ConventionBientotFinie(une, chez_lui).autorise()) == (True, False)
    assert (au_cfa.autorise(), ConventionsBientotFinies(une, chez_elle).autorise()) == (True, False)
    for texte in rendre(au_client, au_client.sujet()):
        assert "CONV-1" in texte
        assert f"/e/{SIREN}/habilitations/mandats/{une.id}/" in texte
    for texte in rendre(au_cfa, au_cfa.sujet()):
        for dit in ("2 conventions de CFA DES ALPES", "prennent fin le 31/08/2027"):
            assert dit in texte
        assert f"/e/{CFA}/habilitations/conventions/" in texte
    Mandat.objects.tous("essai").filter(id=une.id).update(termine_le=_a_midi(8))
    une.refresh_from_db()
    assert (ConventionBientotFinie(une, chez_elle).autorise(), au_cfa.autorise()) == (False, True)
    Mandat.objects.tous("essai").filter(id=deux.id).update(termine_le=_a_midi(8))
    assert not au_cfa.autorise()


# Lists -----------------------------------------------------------------------------------------------------------------


def test_les_trois_listes_se_tournent_par_cle_sans_rien_perdre_ni_lire_de_trop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_de_mandats, "PAR_PAGE", 2)
    aline, driss = personne("Aline"), personne("Driss", "Cfa")
    rattacher(aline)
    rattacher(driss, CFA, Profil.PRESTATAIRE)
    crees = [_convention(reference=f"CONV-{rang}") for rang in range(5)]
    Mandat.objects.tous("essai").filter(id__in=[crees[4].id, crees[0].id]).update(termine_le=LE)
    attendus = [c.id for c in (crees[3], crees[2], crees[1], crees[4], crees[0])]
    lire = (
        lambda apres: conventions_declarees(CFA, acteur(driss), LE, apres=apres),
        lambda apres: mandats_donnes(SIREN, acteur(aline), LE, Profil.ADHERENT, apres=apres),
    )
    for page_de in lire:
        lus, apres, pages = [], "", 0
        while apres or not pages:
            page = page_de(apres)
            lus, apres, pages = [*lus, *(m.id for m in page.lignes)], page.apres, pages + 1
            assert page.trouves == 5
        assert (lus, pages) == (attendus, 3)
    vivantes = conventions_suivies(acteur(agent()), LE, seules=False)
    assert ([m.id for m in vivantes.lignes], vivantes.trouves) == (attendus[:2], 3)
    assert not conventions_suivies(acteur(agent(prenom="Autre")), LE, seules=True).lignes
    with CaptureQueriesContext(connection) as requetes:
        conventions_declarees(CFA, acteur(driss), LE)
    assert sum("LIMIT 3" in r["sql"] for r in requetes) == 1


@pytest.mark.parametrize("apres", ["", "x", "0", "2" + "0" * 32, "0" + "z" * 32, "\u00b2"])
def test_une_cle_qui_ne_veut_rien_dire_donne_la_premiere_page(apres: str) -> None:
    driss = personne("Driss", "Cfa")
    rattacher(driss, CFA, Profil.PRESTATAIRE)
    _convention()
    assert len(conventions_declarees(CFA, acteur(driss), LE, apres=apres).lignes) == 1


@pytest.mark.parametrize(
    ("cherche", "trouves"),
    [
        ("", 2),
        ("conv", 2),
        ("conv-2", 1),
        ("bellerive", 1),
        ("Béllerive CONV-1", 1),
        ("bellerive conv-2", 0),
        (SIREN, 1),
        ("123 456", 1),
        ("absente", 0),
        ("%", 0),
    ],
)
def test_une_recherche_lit_le_nom_le_siren_et_la_reference(cherche: str, trouves: int) -> None:
    driss, autre = personne("Driss", "Cfa"), sirens(1)[0]
    rattacher(driss, CFA, Profil.PRESTATAIRE)
    organisation(autre, "ZÉNITH")
    _convention()
    _convention(autre, "CONV-2")
    assert conventions_declarees(CFA, acteur(driss), LE, cherche=cherche).trouves == trouves
