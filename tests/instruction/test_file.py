"""The queue of the OPCO as a declared list: filters, orders, counts, whole reading, where it is offered, its page and its export."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jalon.dossiers.enums import EtatDossier
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import liste as listes
from jalon.dossiers.requetes import liste_dossiers
from jalon.exports.requetes import exiger_export, listes_exportables, peut_exporter
from jalon.habilitations.enums import Role
from jalon.instruction.listes import FILE
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.erreurs import DroitManquant, Introuvable
from jalon.vues.regles import Lieu
from jalon.vues.requetes.vues import exiger_la_liste, voit_la_liste
from tests.acteurs import acteur_opco
from tests.dossiers.fabrique import AUTRE_SIREN, JOUR, PORTEFEUILLE, SIREN, aline, emma, monde
from tests.dossiers.test_listes import poser
from tests.habilitations.fabrique import acteur, agent, personne, rattacher
from tests.seances import navigateur_de

pytestmark = pytest.mark.django_db
MOI = UUID(int=7)


def trouves(par: Acteur, **parametres: str) -> list[str]:
    """Numbers by the pages, both ways; the count and the whole reading say the same."""
    lecture = FILE.lire(parametres, JOUR)
    assert lecture.refus == ()
    page = liste_dossiers(par, None, lecture.filtre)
    lus = [d.numero or "" for d in page.dossiers]
    while page.suivant:
        precedente, page = page, liste_dossiers(par, None, lecture.filtre, page.suivant)
        assert [d.pk for d in liste_dossiers(par, None, lecture.filtre, page.precedent).dossiers] == [
            d.pk for d in precedente.dossiers
        ]
        lus += [d.numero or "" for d in page.dossiers]
    assert [d.numero for d in FILE.lignes(par, None, lecture, JOUR)] == lus
    assert FILE.compter(par, None, lecture, JOUR).nombre == len(lus)
    return lus


@pytest.fixture
def file() -> list[Dossier]:
    """Nine that wait for the OPCO, in the order in which they were sent; others that do not."""
    monde()
    lignes = poser(6, mot="haccp") + poser(3, etat=EtatDossier.EN_INSTRUCTION, instructeur_id=MOI)
    poser(2, etat=EtatDossier.A_COMPLETER)
    poser(2, etat=EtatDossier.BROUILLON)
    for rang, dossier in enumerate(lignes):
        Dossier.objects.tous("essai").filter(pk=dossier.pk).update(transmis_le=dossier.modifie_le - timedelta(days=rang))
    return list(Dossier.objects.tous("essai").filter(attend_qui="opco").order_by("transmis_le"))


def test_chaque_filtre_et_chaque_ordre(file: list[Dossier], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listes, "PAR_PAGE", 2)
    presses = [d.numero for d in sorted(file, key=lambda d: (d.attend_avant or date.max, d.pk))]
    par = acteur_opco(PORTEFEUILLE, Pouvoir.INSTRUIRE, id=MOI)
    assert trouves(par) == presses
    assert trouves(par, tri="-attend_avant") == presses[::-1]
    assert trouves(par, tri="transmis_le") == [d.numero for d in file]
    assert trouves(par, tri="-transmis_le") == [d.numero for d in file[::-1]]
    en_instruction = [n for n in presses if n in {d.numero for d in file if d.etat == EtatDossier.EN_INSTRUCTION}]
    libres = [n for n in presses if n not in en_instruction]
    assert trouves(par, etat="en_instruction") == trouves(par, suivi="moi") == en_instruction
    assert trouves(par, etat="transmis") == trouves(par, suivi="personne") == trouves(par, q="HACCP") == libres
    assert trouves(par, q="haccp", suivi="moi") == []
    assert trouves(par, siret=SIREN) == presses
    assert trouves(par, siret=AUTRE_SIREN) == trouves(par, dispositif="apprentissage") == []
    for autre in (aline(), emma(portefeuille=file[0].pk)):
        assert trouves(autre) == []


@pytest.mark.parametrize(
    ("parametres", "phrase"),
    [({"etat": "accorde"}, "État"), ({"suivi": "toi"}, "Instruit par"), ({"tri": "titre"}, "ne se range pas")],
)
def test_ce_qui_ne_veut_rien_dire_se_dit(parametres: dict[str, str], phrase: str) -> None:
    (refus,) = FILE.lire(parametres, JOUR).refus
    assert phrase in refus


def test_la_file_suit_son_index(file: list[Dossier]) -> None:
    with connection.cursor() as curseur, CaptureQueriesContext(connection) as requetes:
        curseur.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
        liste_dossiers(emma(), None, FILE.lire({}, JOUR).filtre)
        (marche,) = (r["sql"] for r in requetes if "unnest" in r["sql"])
        curseur.execute(f"EXPLAIN {marche}")
        plan = "\n".join(ligne for (ligne,) in curseur.fetchall())
    assert "dossier_file_opco" in plan


def test_la_file_n_est_qu_a_l_opco(file: list[Dossier]) -> None:
    rattacher(qui := personne("Aline", "Ferrand"), SIREN)
    assert FILE not in listes_exportables(acteur(qui), SIREN)
    assert not peut_exporter(acteur(qui), FILE, SIREN)
    assert not voit_la_liste(acteur(qui), FILE, Lieu(siren=SIREN))
    conseillere = acteur(agent(Role.CONSEILLER, (PORTEFEUILLE,), "Emma"))
    assert FILE in listes_exportables(conseillere, None)
    assert voit_la_liste(conseillere, FILE, Lieu(opco=True))
    assert not voit_la_liste(conseillere, FILE, Lieu())
    comptable = acteur(agent(Role.COMPTABLE, (PORTEFEUILLE,), "Inès"))
    assert FILE not in listes_exportables(comptable, None)
    assert not voit_la_liste(comptable, FILE, Lieu(opco=True))
    with pytest.raises(DroitManquant):
        exiger_export(comptable, FILE, None)
    with pytest.raises(Introuvable):
        exiger_la_liste(acteur(qui), "file", Lieu(siren=SIREN))


def test_la_page_a_des_colonnes_des_puces_et_un_export(file: list[Dossier]) -> None:
    navigateur = navigateur_de(agent(Role.CONSEILLER, (PORTEFEUILLE,), "Emma"))
    page = navigateur.get(
        reverse("opco_file"), {"etat": "transmis", "suivi": "personne", "colonnes": "titre,numero,siren,attend_avant"}
    ).content.decode()
    for dit in (
        "Retirer le filtre État\u00a0: transmis",
        "Retirer le filtre Instruit par\u00a0: personne",
        "Choisir les colonnes",
    ):
        assert dit in page
    assert 'id="tri-attend_avant"' in page
    assert "Demandé HT</th>" not in page
    assert 'name="liste" value="file"' in page
    assert "etat=transmis&amp;suivi=personne&amp;colonnes=titre%2Cnumero%2Csiren%2Cattend_avant" in page
