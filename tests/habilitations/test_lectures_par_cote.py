"""Each read of one side gives that side alone, even to who administers both sides of two organisations: no filter of a read is
left to what the actor sees.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from jalon.banque.requetes import comptes_a_confirmer, historique, lignes_du_cote
from jalon.comptes.models import Personne
from jalon.habilitations.administrateurs import administrateurs_actifs, administrateurs_de, tous_les_administrateurs
from jalon.habilitations.enums import Attente, EtatRattachement, OrigineMandat
from jalon.habilitations.models import CleApi, DemandeAcces, Rattachement
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.requetes.cles import cles_du_cote
from jalon.habilitations.requetes.conventions import conventions_declarees
from jalon.habilitations.requetes.decisions import personnes_rattachees
from jalon.habilitations.requetes.demandes import demandes_en_attente, etat_de_l_administration
from jalon.habilitations.requetes.groupes import groupes_de, liste_des_groupes, noms_des_groupes
from jalon.habilitations.requetes.mandats import (
    collaborateurs,
    mandats_a_echeance,
    mandats_a_renouveler,
    mandats_en_attente,
    mandats_recus,
)
from jalon.habilitations.requetes.matrice import liens_visibles, matrice
from jalon.habilitations.requetes.nominations import nominations
from jalon.habilitations.requetes.octrois import acces_a_revoir, octrois_en_attente
from jalon.habilitations.requetes.pages_de_mandats import mandats_donnes
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Acteur, Domaine, Niveau, Profil
from jalon.socle.identifiants import nouvel_id
from tests.banque.outils import IBANS, ajouter
from tests.dossiers.fabrique import document
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    CABINET,
    LE,
    SIREN,
    acteur,
    donner,
    groupe,
    organisation,
    personne,
    rattacher,
    sur_le_siren,
)

pytestmark = pytest.mark.django_db
COTES = [(siren, profil) for siren in (SIREN, AUTRE_SIREN) for profil in Profil]
JOUR, SECONDE = timedelta(days=1), timedelta(seconds=1)
LIRE = [sur_le_siren(Domaine.PLAN, Niveau.LECTURE)]


@pytest.fixture
def zoe() -> Personne:
    """Administers everything."""
    for siren in (SIREN, AUTRE_SIREN, CABINET):
        organisation(siren, f"SOCIETE {siren}")
    creee = personne("Zoé")
    for siren, profil in COTES:
        rattacher(creee, siren, profil)
    rattacher(creee, CABINET, Profil.PRESTATAIRE)
    return creee


def _accorde(siren: str, profil: Profil) -> Any:
    lien = rattacher(personne(nom=f"{siren}{profil}"), siren, profil, LIRE)
    lien.droits.update(attente=Attente.SECONDE_VOIX, debut=LE + JOUR)
    return lien.id


def _nomme(siren: str, profil: Profil) -> Any:
    return rattacher(personne(nom=f"{siren}{profil}"), siren, profil, probation_jusqu_a=LE + JOUR).id


def _ancien(siren: str, profil: Profil) -> Any:
    lien = rattacher(personne(nom=f"{siren}{profil}"), siren, profil, LIRE)
    Rattachement.objects.tous("essai").filter(id=lien.id).update(actif_depuis=LE - 400 * JOUR)
    return lien.id


def _demande(siren: str, profil: Profil, le: datetime = LE) -> Any:
    demande = DemandeAcces(personne=personne(nom=f"{siren}{profil}"), profil=profil, demandee_le=le).porter(
        portee_des_acces(siren, profil, PORTEFEUILLE_PAR_DEFAUT)
    )
    demande.save(force_insert=True)
    return demande.id


def _cle(siren: str, profil: Profil) -> Any:
    cle = CleApi(
        profil=profil, nom="Paie", droits=["plan:1"], empreinte=nouvel_id().hex, creee_le=LE, expire_le=LE + 30 * JOUR
    ).porter(portee_des_acces(siren, profil, PORTEFEUILLE_PAR_DEFAUT))  # fmt: skip
    cle.save(force_insert=True)
    return cle.id


def _mandat(siren: str, profil: Profil, **suite: Any) -> Any:
    return donner(siren, profil=profil, **suite).id


def _attendu(siren: str, profil: Profil) -> Any:
    return _mandat(siren, profil, attente=Attente.SECONDE_VOIX, compte_le=LE + JOUR, attendu_par=personne().id)


Faire = Callable[[str, Profil], Any]
Lire = Callable[[str, Profil, Acteur], Collection[Any]]
LECTURES: list[tuple[str, Faire, Lire]] = [
    ("octrois", _accorde, lambda s, p, z: [o.id for o in octrois_en_attente(s, z, LE, p)]),
    ("nominations", _nomme, lambda s, p, z: [n.id for n in nominations(s, z, LE, p)]),
    ("accès à revoir", _ancien, lambda s, p, z: [x.id for x in acces_a_revoir(s, z, LE, p)]),
    ("demandes", _demande, lambda s, p, z: [d.id for d in demandes_en_attente(s, z, LE, p)]),
    ("clés", _cle, lambda s, p, z: [c.cle.id for c in cles_du_cote(s, p, z, LE)]),
    ("mandats donnés", _mandat, lambda s, p, z: [m.id for m in mandats_donnes(s, z, LE, p).lignes]),
    ("mandats attendus", _attendu, lambda s, p, z: [m.id for m in mandats_en_attente(s, z, LE, p)]),
    (
        "mandats à renouveler",
        lambda s, p: _mandat(s, p, fin=LE + 20 * JOUR),
        lambda s, p, z: [m.id for m in mandats_a_renouveler(s, z, LE, p)],
    ),
]


@pytest.mark.parametrize(("faire", "lire"), [(f, li) for _, f, li in LECTURES], ids=[nom for nom, _, _ in LECTURES])
def test_une_lecture_ne_donne_que_son_cote(faire: Faire, lire: Lire, zoe: Personne) -> None:
    faits = {cote: faire(*cote) for cote in COTES}
    assert {(s, p): list(lire(s, p, acteur(zoe))) for s, p in COTES} == {cote: [fait] for cote, fait in faits.items()}


def test_les_gens_d_un_cote_et_ceux_qui_l_administrent(zoe: Personne) -> None:
    for siren, profil in COTES:
        rattacher(personne("Bo", f"{siren}{profil}"), siren, profil, LIRE)
        rattacher(personne("Al", f"{siren}{profil}"), siren, profil, probation_jusqu_a=LE + JOUR)
    moi = zoe.nom_complet
    for siren, profil in COTES:
        ici = f"{siren}{profil}"
        tous = [a.nom for a in tous_les_administrateurs(siren, profil, LE)]
        assert sorted(tous) == [f"Al {ici}", moi]
        assert [a.nom for a in administrateurs_actifs(siren, profil, LE)] == [moi]
        assert {s: [a.nom for a in lus] for s, lus in administrateurs_de([siren], profil, LE).items()} == {siren: tous}
        assert etat_de_l_administration(siren, profil, LE) == (1, 1)
        assert {x.personne.nom_complet for x in liens_visibles(siren, acteur(zoe), LE, profil)} == {
            f"Al {ici}", f"Bo {ici}", moi,
        }  # fmt: skip
        page = matrice(siren, acteur(zoe), LE, profil)
        assert (page.personnes, page.page, page.pages) == (3, 1, 1)
    noms = [(p.nom, p.profil) for p in personnes_rattachees(SIREN, acteur(zoe))]
    assert sorted(noms) == sorted([(f"{qui} {SIREN}{p}", p) for qui in ("Al", "Bo") for p in Profil] + [(moi, p) for p in Profil])


def test_les_groupes_d_une_entreprise(zoe: Personne) -> None:
    faits = {siren: groupe(f"Groupe {siren}", siren=siren) for siren in (SIREN, AUTRE_SIREN)}
    ote = groupe("Ancien")
    ote.supprime_le = LE
    ote.save(update_fields=["supprime_le"])
    for siren, fait in faits.items():
        assert list(groupes_de(siren)) == [fait]
        assert noms_des_groupes(siren) == {str(fait.id): fait.nom}
        lus = liste_des_groupes(siren, acteur(zoe), LE)
        assert [(g.id, g.nom, g.etablissements, g.personnes, g.entier) for g in lus] == [(fait.id, fait.nom, 0, 0, False)]


def _convention(client: str, mandataire: str, **suite: Any) -> Any:
    return donner(
        client, mandataire, {Domaine.ALTERNANCE: Niveau.ENVOI}, origine=OrigineMandat.CONVENTION, reference="C", piece=document(),
        signee_le=date(2026, 11, 2), **suite,
    )  # fmt: skip


def test_ce_qu_un_mandataire_recoit_declare_et_confie(zoe: Personne) -> None:
    recus = {CABINET: donner(SIREN), AUTRE_SIREN: donner(SIREN, AUTRE_SIREN)}
    declares = {CABINET: _convention(SIREN, CABINET), AUTRE_SIREN: _convention(SIREN, AUTRE_SIREN)}
    for mandataire, recu in recus.items():
        lus = {m.id for m in mandats_recus(mandataire, acteur(zoe), LE)}
        assert lus == {recu.id, declares[mandataire].id}
        assert [m.id for m in conventions_declarees(mandataire, acteur(zoe), LE).lignes] == [declares[mandataire].id]
    rattacher(personne("Paul"), CABINET, Profil.PRESTATAIRE, LIRE)
    rattacher(personne("Parti"), CABINET, Profil.PRESTATAIRE, LIRE, etat=EtatRattachement.RETIRE)
    fermee = personne("Fermée")
    rattacher(fermee, CABINET, Profil.PRESTATAIRE, LIRE)
    Personne.objects.filter(id=fermee.id).update(is_active=False)
    assert [(c.nom, c.clients) for c in collaborateurs(CABINET, acteur(zoe), LE)] == [("Paul Ferrand", 0), ("Zoé Ferrand", 0)]


def test_les_comptes_bancaires_d_un_cote(zoe: Personne) -> None:
    autre = personne("Autre")
    faits = {
        (siren, profil): ajouter(IBANS[rang % 2], siren=siren, profil=profil, le=LE).id
        for rang, (siren, profil) in enumerate(COTES)
    }
    for (siren, profil), fait in faits.items():
        assert [c.id for c in lignes_du_cote(siren, profil)] == [fait]
        assert [c.coordonnees.id for c in historique(siren, profil, acteur(zoe), LE)] == [fait]
        assert historique(siren, profil, acteur(autre), LE) == []
    for siren in (SIREN, AUTRE_SIREN):
        taches = comptes_a_confirmer(acteur(zoe), siren, LE)
        assert sorted(t.ancre for t in taches) == sorted(f"compte-{faits[siren, p]}" for p in Profil)


BORNES: list[tuple[str, Callable[[datetime], Any], Callable[[Acteur], Collection[Any]], datetime]] = [
    (
        "une demande vit trente jours",
        lambda le: _demande(SIREN, Profil.ADHERENT, le),
        lambda z: demandes_en_attente(SIREN, z, LE),
        LE - 30 * JOUR,
    ),
    (
        "une nomination dure jusqu’à la 72e heure",
        lambda le: rattacher(personne(), probation_jusqu_a=le),
        lambda z: nominations(SIREN, z, LE),
        LE,
    ),
    ("un mandat reçu se voit jusqu’à sa fin", lambda le: donner(fin=le), lambda z: mandats_recus(CABINET, z, LE), LE),
    (
        "un mandat fini se montre un an",
        lambda le: donner(debut=LE - 500 * JOUR, fin=le),
        lambda z: mandats_donnes(SIREN, z, LE, Profil.ADHERENT).lignes,
        LE - 365 * JOUR,
    ),
    (
        "un mandat attendu compte à son heure",
        lambda le: donner(attente=Attente.SECONDE_VOIX, compte_le=le, attendu_par=nouvel_id()),
        lambda z: mandats_en_attente(SIREN, z, LE, Profil.ADHERENT),
        LE,
    ),
    (
        "un mandat fini ne se renouvelle plus",
        lambda le: donner(fin=le),
        lambda z: mandats_a_renouveler(SIREN, z, LE, Profil.ADHERENT),
        LE,
    ),
]


@pytest.mark.parametrize(("ecart", "lus"), [(timedelta(0), 0), (SECONDE, 1)])
@pytest.mark.parametrize(("faire", "lire", "borne"), [b[1:] for b in BORNES], ids=[b[0] for b in BORNES])
def test_ce_qui_finit_a_cet_instant_ne_se_lit_plus(
    faire: Callable[[datetime], Any],
    lire: Callable[[Acteur], Collection[Any]],
    borne: datetime,
    ecart: timedelta,
    lus: int,
    zoe: Personne,
) -> None:
    """Each limit to the second: still there one second later, gone at the limit itself."""
    faire(borne + ecart)
    assert len(lire(acteur(zoe))) == lus


@pytest.mark.parametrize(("ecart", "vu"), [(timedelta(0), True), (SECONDE, False)])
def test_un_mandat_se_renouvelle_dans_ses_trente_derniers_jours(ecart: timedelta, vu: bool, zoe: Personne) -> None:
    donner(fin=LE + 30 * JOUR + ecart)
    _convention(SIREN, CABINET, fin=LE + 20 * JOUR)
    assert len(mandats_a_renouveler(SIREN, acteur(zoe), LE, Profil.ADHERENT)) == int(vu)


def test_les_rappels_ne_melent_pas_les_origines(zoe: Personne) -> None:
    ordinaire, convention = donner(fin=LE + 20 * JOUR), _convention(SIREN, CABINET, fin=LE + 20 * JOUR)
    donner(AUTRE_SIREN, SIREN, fin=LE + 32 * JOUR + SECONDE)
    borne = donner(AUTRE_SIREN, fin=LE + 32 * JOUR)
    assert list(mandats_a_echeance(LE, OrigineMandat.CLIENT)) == [ordinaire, borne]
    assert list(mandats_a_echeance(LE, OrigineMandat.CONVENTION)) == [convention]
