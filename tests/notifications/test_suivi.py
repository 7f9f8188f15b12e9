"""The job that reads the journal: each event told once, whatever stops it, however many read."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.journal.models import Evenement
from jalon.notifications.actions import suivi
from jalon.notifications.actions.preferences import choisir_canaux
from jalon.notifications.actions.suivi import lire_le_journal
from jalon.notifications.enums import Genre
from jalon.notifications.models import Curseur, EvenementLu, Notification
from jalon.notifications.regles import CONSERVATION
from jalon.socle.identifiants import nouvel_id
from tests.fils import ensemble
from tests.habilitations.fabrique import LE, SIREN, acteur, organisation, personne, rattacher
from tests.notifications.fabrique import CODE, PORTEE, EssaiAnnonce, ecrire


def _deux(essai: EssaiAnnonce) -> tuple[Personne, Personne]:
    organisation()
    aline, bruno = personne("Aline"), personne("Bruno")
    rattacher(aline)
    rattacher(bruno)
    essai.personnes = [aline.pk, bruno.pk]
    return aline, bruno


def _dites() -> list[tuple[UUID, str]]:
    lignes = Notification.objects.tous("essai").order_by("survenue_le", "origine", "personne_id")
    return [(n.personne_id, n.phrase) for n in lignes]


@pytest.mark.django_db
def test_un_evenement_est_dit_a_chacun_sauf_a_qui_l_a_fait(essai: EssaiAnnonce) -> None:
    aline, bruno = _deux(essai)
    evenement = ecrire(acteur(aline))
    assert lire_le_journal(maintenant=LE) == 1
    assert _dites() == [(bruno.pk, "Le dossier A est transmis.")]
    dite = Notification.objects.tous("essai").get()
    assert (dite.origine, dite.lieu, dite.portee, dite.lue_le) == (evenement.pk, SIREN, PORTEE, None)
    assert dite.parametres == {"siren": SIREN}


@pytest.mark.django_db
def test_ce_qui_est_dit_ne_l_est_plus_jamais(essai: EssaiAnnonce) -> None:
    aline, _ = _deux(essai)
    ecrire(acteur(aline))
    assert [lire_le_journal(maintenant=LE) for _ in range(3)] == [1, 0, 0]
    Notification.objects.tous("essai").delete()
    assert lire_le_journal(maintenant=LE) == 0
    assert essai.lus == [e.pk for e in Evenement.objects.tous("essai").filter(code=CODE)]


@pytest.mark.django_db
def test_la_base_refuse_deux_fois_la_meme(essai: EssaiAnnonce) -> None:
    aline, _ = _deux(essai)
    ecrire(acteur(aline))
    lire_le_journal(maintenant=LE)
    dite = Notification.objects.tous("essai").get()
    dite.pk = nouvel_id()
    with pytest.raises(IntegrityError), transaction.atomic():
        dite.save(force_insert=True)


@pytest.mark.django_db
def test_un_evenement_inscrit_en_retard_est_dit_aussi(essai: EssaiAnnonce) -> None:
    """Its id was made before that of an event already told: its transaction was longer."""
    aline, _ = _deux(essai)
    tardif = Evenement(le=LE, code=CODE, acteur_id=aline.pk, acteur_libelle="Aline", details={"nom": "tardif"}).porter(PORTEE)
    ecrire(acteur(aline), "premier")
    lire_le_journal(maintenant=LE)
    tardif.save(force_insert=True)
    assert tardif.pk < Curseur.objects.get().jusqu_a
    assert lire_le_journal(maintenant=LE) == 1
    assert {phrase for _, phrase in _dites()} == {"Le dossier premier est transmis.", "Le dossier tardif est transmis."}


@pytest.mark.django_db
def test_tue_au_milieu_d_un_lot_rien_n_est_perdu_ni_dit_deux_fois(essai: EssaiAnnonce, monkeypatch: pytest.MonkeyPatch) -> None:
    aline, _ = _deux(essai)
    for nom in "ABCDE":
        ecrire(acteur(aline), nom)
    monkeypatch.setattr(suivi, "LOT", 2)
    vraiment, appels = suivi.notifier, []

    def mourir(**arguments: object) -> int:
        appels.append(arguments["origine"])
        if len(appels) == 4:
            raise KeyboardInterrupt
        return vraiment(**arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(suivi, "notifier", mourir)
    suivi._lire_un_lot(LE, set())
    with pytest.raises(KeyboardInterrupt):
        suivi._lire_un_lot(LE, set())
    assert len(_dites()) == 2
    monkeypatch.setattr(suivi, "notifier", vraiment)
    assert lire_le_journal(maintenant=LE) == 3
    assert [phrase for _, phrase in _dites()] == [f"Le dossier {nom} est transmis." for nom in "ABCDE"]


@pytest.mark.django_db
def test_un_evenement_qui_ne_se_lit_pas_attend_sans_retenir_les_autres(
    essai: EssaiAnnonce, monkeypatch: pytest.MonkeyPatch
) -> None:
    aline, _ = _deux(essai)
    essai.echoue = {"B", "C"}
    monkeypatch.setattr(suivi, "LOT", 2)
    for nom in "ABCDE":
        ecrire(acteur(aline), nom)
    assert lire_le_journal(maintenant=LE) == 3
    assert len(_dites()) == 3
    essai.echoue = set()
    assert lire_le_journal(maintenant=LE) == 2
    assert len(_dites()) == 5


@pytest.mark.django_db
def test_le_curseur_avance_et_oublie_ce_qui_est_loin_derriere(essai: EssaiAnnonce, monkeypatch: pytest.MonkeyPatch) -> None:
    aline, _ = _deux(essai)
    ecrire(acteur(aline))
    lire_le_journal(maintenant=LE)
    assert EvenementLu.objects.count() == 1
    monkeypatch.setattr(suivi, "LATENCE", timedelta(0))
    ecrire(acteur(aline), "B")
    lire_le_journal(maintenant=LE)
    assert not EvenementLu.objects.filter(pk__lt=suivi._plancher(Curseur.objects.get().jusqu_a)).exists()
    assert suivi._plancher(UUID(int=0)) == UUID(int=0)


@pytest.mark.django_db
@pytest.mark.parametrize(("age", "dites"), [(CONSERVATION, 1), (CONSERVATION + timedelta(seconds=1), 0)])
def test_ce_qui_serait_efface_aussitot_n_est_pas_dit(essai: EssaiAnnonce, age: timedelta, dites: int) -> None:
    aline, _ = _deux(essai)
    ecrire(acteur(aline), le=LE - age)
    lire_le_journal(maintenant=LE)
    assert len(_dites()) == dites


@pytest.mark.django_db
def test_ni_un_compte_ferme_ni_qui_n_en_veut_pas(essai: EssaiAnnonce) -> None:
    aline, bruno = _deux(essai)
    chloe, driss = personne("Chloé"), personne("Driss")
    essai.personnes += [chloe.pk, driss.pk, uuid4()]
    Personne.objects.filter(pk=chloe.pk).update(is_active=False)
    Personne.objects.filter(pk=driss.pk).update(suspendue_le=LE)
    choisir_canaux(canaux={Genre.DOSSIER_TRANSMIS: "aucun"}, lieu=SIREN, par=acteur(bruno), maintenant=LE)
    ecrire(acteur(aline))
    lire_le_journal(maintenant=LE)
    assert _dites() == []


@pytest.mark.usefixtures("base_reelle")
def test_deux_ouvriers_a_la_fois_ne_disent_qu_une_fois(essai: EssaiAnnonce) -> None:
    aline, bruno = _deux(essai)
    choisir_canaux(canaux={Genre.DOSSIER_TRANSMIS: "immediat"}, lieu="", par=acteur(bruno), maintenant=LE)
    for rang in range(12):
        ecrire(acteur(aline), str(rang))
    lus = ensemble([lambda: lire_le_journal(maintenant=LE)] * 3)
    total = sum(int(str(n)) for n in lus) + lire_le_journal(maintenant=LE)
    assert total == 12
    assert len(_dites()) == len(essai.lus) == 12
    assert Courriel.objects.filter(genre="notifications.immediate").count() == 12
