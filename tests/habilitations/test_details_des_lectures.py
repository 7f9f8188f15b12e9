"""What a fault left unseen once, in what is listed, counted and told (exigences, S13)."""

from datetime import timedelta
from typing import Any

import pytest

from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions import attribution, commandes, conventions
from jalon.habilitations.actions.commandes import commander_codes
from jalon.habilitations.actions.mandats import terminer_mandat
from jalon.habilitations.actions.opco import creer_compte_opco
from jalon.habilitations.actions.rejoindre import _lire_sirets
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.habilitations.enums import Attente, CoteDuMandat, EtatRattachement, OrigineMandat, Role
from jalon.habilitations.models import DroitAccorde, Mandat
from jalon.habilitations.requetes.conventions import conventions_declarees
from jalon.habilitations.requetes.espaces import nouvelles_de_mes_acces
from jalon.habilitations.requetes.matrice import matrice
from jalon.habilitations.requetes.nominations import nominations
from jalon.habilitations.requetes.octrois import attend_quelqu_un
from jalon.habilitations.requetes.taches import a_faire, a_faire_opco
from jalon.journal.models import Evenement
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import SaisieRefusee
from tests.dossiers.fabrique import document
from tests.habilitations.fabrique import (
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
    sur_le_siren,
)

pytestmark = pytest.mark.django_db
AN = timedelta(days=366)


@pytest.mark.parametrize(
    ("combien", "phrase"), [(1, "1 accès que personne n’a confirmé depuis"), (2, "2 accès que personne n’a confirmés")]
)
def test_les_acces_a_revoir_s_accordent_au_nombre(combien: int, phrase: str) -> None:
    organisation()
    aline = personne("Aline")
    rattacher(aline)
    for rang in range(combien):
        ancien = rattacher(personne(f"P{rang}"), droits=[sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
        DroitAccorde.objects.filter(rattachement=ancien).update(debut=LE - 2 * AN)
        type(ancien).objects.tous("essai").filter(pk=ancien.pk).update(cree_le=LE - 2 * AN, actif_depuis=LE - 2 * AN)
    (tache,) = [t for t in a_faire(acteur(aline), SIREN) if t.nom_url == "espace_revue"]
    assert phrase in tache.detail
    assert (tache.rubrique, tache.echeance) == ("acces", None)


def test_une_commande_prend_le_nombre_permis_et_pas_un_de_plus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commandes, "SIRENS_MAX", 3)
    lot = sirens(4)
    for siren in lot:
        organisation(siren)
    hugo = acteur(agent())
    commande = commander_codes(profil=Profil.ADHERENT, sirens=lot[:3], par=hugo, maintenant=LE)
    assert commande.lettres.count() == 3
    with pytest.raises(SaisieRefusee, match="3 SIREN au plus") as refus:
        commander_codes(profil=Profil.ADHERENT, sirens=lot, par=hugo, maintenant=LE)
    assert refus.value.champ == "sirens"


def test_seul_un_administrateur_se_dit_nouvel_administrateur() -> None:
    organisation()
    aline = personne("Aline")
    rattacher(aline)
    bientot = LE + timedelta(hours=40)
    nomme = rattacher(personne("Louise"), probation_jusqu_a=bientot)
    rattacher(personne("Bruno"), droits=[sur_le_siren(Domaine.PLAN)], probation_jusqu_a=bientot)
    assert [n.id for n in nominations(SIREN, acteur(aline), LE)] == [nomme.id]


def test_deux_personnes_tiennent_le_meme_role() -> None:
    for prenom in ("Hugo", "Emma"):
        creee = creer_compte_opco(
            email=f"{prenom}@opco.example", prenom=prenom, nom="Blanc", role=Role.AEF, portefeuilles=[PORTEFEUILLE_PAR_DEFAUT],
            par=ActeurSysteme("essai"), maintenant=LE,
        )  # fmt: skip
        note = Evenement.objects.tous("essai").filter(code="acces.role_opco").latest("id")
        assert note.details == {
            "personne": creee.nom_complet,
            "role": "Assistante ou assistant emploi formation",
            "portefeuilles": 1,
        }


def test_un_droit_qui_attend_son_jour_n_attend_personne() -> None:
    organisation()
    lien = rattacher(personne("Bruno"), droits=[sur_le_siren(Domaine.PLAN)])
    for attente, attend in ((Attente.DATE, False), (Attente.SECONDE_VOIX, True)):
        lien.droits.update(attente=attente, debut=LE + timedelta(days=3))
        assert attend_quelqu_un(lien, LE) is attend


def test_un_niveau_aucun_n_est_jamais_un_droit() -> None:
    organisation()
    aline = personne("Aline")
    rattacher(aline, droits=[sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
    assert acteur(aline).a_un_droit(SIREN, Droit(Domaine.PLAN, Niveau.LECTURE))
    assert not acteur(aline).a_un_droit(SIREN, Droit(Domaine.PLAN, Niveau.AUCUN))


def test_les_administrateurs_d_un_cote_ne_sont_pas_ceux_de_l_autre() -> None:
    organisation()
    rattacher(personne("Aline"))
    rattacher(personne("Driss"), profil=Profil.PRESTATAIRE)
    noms = {cote: [a.nom for a in administrateurs_actifs(SIREN, cote, LE)] for cote in Profil}
    assert noms == {Profil.ADHERENT: ["Aline Ferrand"], Profil.PRESTATAIRE: ["Driss Ferrand"]}


def test_une_matrice_que_nul_ne_remplit_a_une_page() -> None:
    organisation()
    aline = personne("Aline")
    rattacher(aline, droits=[sur_le_siren(Domaine.ACCES)])
    page = matrice(SIREN, acteur(aline), LE, Profil.PRESTATAIRE)
    assert (page.personnes, page.page, page.pages) == (0, 1, 1)


def declarer(client: str = SIREN, **autres: Any) -> Mandat:
    """A mandate written in a convention."""
    convention: dict[str, Any] = {"reference": f"CONV {client}", "signee_le": LE.date(), "piece": document()}
    return donner(client, CABINET, {Domaine.ALTERNANCE: Niveau.ENVOI}, origine=OrigineMandat.CONVENTION, **convention, **autres)


@pytest.mark.parametrize(("jours", "montree"), [(364, True), (367, False)])
def test_une_convention_finie_se_montre_un_an(jours: int, montree: bool) -> None:
    organisation()
    organisation(CABINET)
    driss = personne("Driss")
    rattacher(driss, CABINET, Profil.PRESTATAIRE)
    declarer(fin=LE - timedelta(days=jours), debut=LE - timedelta(days=jours + 100))
    assert conventions_declarees(CABINET, acteur(driss), LE).trouves == int(montree)


def test_seules_les_conventions_se_comptent_parmi_les_conventions(monkeypatch: pytest.MonkeyPatch) -> None:
    """An ordinary mandate of the day, another provider's convention are none of its declarations: the OPCO is told at the next one after the usual number, not before."""
    monkeypatch.setattr(conventions, "DECLARATIONS_PAR_JOUR", 1)
    organisation()
    organisation(CABINET)
    premiere = declarer(debut=LE)
    donner(debut=LE)
    convention: dict[str, Any] = {"reference": "CONV", "signee_le": LE.date(), "piece": document()}
    donner(SIREN, "732829320", {Domaine.ALTERNANCE: Niveau.ENVOI}, origine=OrigineMandat.CONVENTION, debut=LE, **convention)
    conventions._compter(premiere, ActeurSysteme("essai"), LE)
    assert not Evenement.objects.tous("essai").filter(code="acces.conventions_en_nombre").exists()
    declarer("732829320", debut=LE)
    conventions._compter(premiere, ActeurSysteme("essai"), LE)
    assert Evenement.objects.tous("essai").get(code="acces.conventions_en_nombre").details["nombre"] == 1


@pytest.mark.parametrize(("jours", "dit"), [(29, True), (31, False)])
def test_un_retrait_ancien_ne_se_dit_plus(jours: int, dit: bool) -> None:
    organisation()
    bruno = personne("Bruno")
    lien = rattacher(bruno, etat=EtatRattachement.RETIRE)
    type(lien).objects.tous("essai").filter(pk=lien.pk).update(retire_le=LE - timedelta(days=jours), motif_retrait="Départ")
    assert len(nouvelles_de_mes_acces(acteur(bruno))) == int(dit)


def test_un_mandat_ne_se_termine_pas_sans_motif() -> None:
    organisation()
    aline = personne("Aline")
    rattacher(aline)
    mandat = donner()
    with pytest.raises(SaisieRefusee) as refus:
        terminer_mandat(mandat_id=mandat.id, cote=CoteDuMandat.CLIENT, motif="  ", par=acteur(aline), maintenant=LE)
    assert refus.value.champ == "motif"


def test_un_siret_mal_ecrit_se_cite_sans_espaces_autour() -> None:
    with pytest.raises(SaisieRefusee, match=r"^123\xa0:") as refus:
        _lire_sirets(["  123  "], SIREN)
    assert refus.value.champ == "sirets"
    assert _lire_sirets([f" {SIRET} "], SIREN) == (SIRET,)


def test_ce_qui_est_reserve_apres_soixante_douze_heures() -> None:
    assert {Domaine.RIB, Domaine.EXPORTS} == attribution.RESERVES


def test_les_taches_de_l_opco_sur_les_acces_portent_leur_rubrique() -> None:
    organisation()
    rattacher(personne("Louise"), probation_jusqu_a=LE + timedelta(hours=40))
    taches = a_faire_opco(acteur(agent()))
    assert [t.nom_url for t in taches] == ["opco_nominations"]
    assert {t.rubrique for t in taches} == {"acces"}
