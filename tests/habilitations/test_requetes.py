"""Screens: the matrix, who sees a dossier, news of my accesses; and the number of queries they cost."""

from datetime import date, timedelta
from typing import Any

import pytest

from jalon.habilitations.actions.droits import modifier_droits
from jalon.habilitations.enums import Attente, EtatRattachement, Etendue, Role
from jalon.habilitations.models import DroitAccorde, Rattachement
from jalon.habilitations.regles import DemandeDroit
from jalon.habilitations.requetes.espaces import nouvelles_de_mes_acces
from jalon.habilitations.requetes.matrice import FiltreMatrice, acces_detaille, matrice
from jalon.habilitations.requetes.octrois import octrois_a_verifier, octrois_en_attente
from jalon.habilitations.requetes.visibilite import Cote, qui_peut_voir
from jalon.organisations.models import Etablissement
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Domaine, Niveau, Portee, Profil
from jalon.socle.erreurs import Introuvable
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    agent,
    organisation,
    personne,
    portefeuille,
    rattacher,
    sur_le_siren,
    sur_un_siret,
)

pytestmark = pytest.mark.django_db
PLAN = [sur_le_siren(Domaine.PLAN, Niveau.SAISIE)]


def test_la_matrice_montre_chaque_personne_par_perimetre() -> None:
    organisation()
    Etablissement.objects.create(siret=SIRET_2, commune="CHAMBERY")
    aline, bruno, gael = personne("Aline", "Ferrand"), personne("Bruno", "Marchetti"), personne("Gaël", "Roche")
    rattacher(bruno, droits=[sur_un_siret(SIRET_2, Domaine.PLAN), sur_le_siren(Domaine.FACTURES, Niveau.LECTURE)])
    rattacher(aline)
    rattacher(gael, etat=EtatRattachement.RETIRE)
    rattacher(personne("Driss"), profil=Profil.PRESTATAIRE)
    invite = rattacher(gael, droits=PLAN, etat=EtatRattachement.INVITE)
    Rattachement.objects.tous("essai").filter(id=invite.id).update(
        personne=None, courriel_invite="x@essai.example", cree_le=LE - timedelta(days=1)
    )
    lignes = matrice(SIREN, acteur(aline), LE).lignes
    assert [(x.nom, x.perimetre, x.suivante) for x in lignes] == [
        ("Aline Ferrand", "toute l’entreprise", False),
        ("Bruno Marchetti", "toute l’entreprise", False),
        ("Bruno Marchetti", "CHAMBERY", True),
        ("x@essai.example", "toute l’entreprise", False),
    ]
    assert [x.role for x in lignes] == ["Administration", "Utilisation", "Utilisation", "Invitation envoyée"]
    assert lignes[0].moi
    assert not lignes[1].moi
    assert lignes[1].niveaux[Domaine.FACTURES] == Niveau.LECTURE
    assert lignes[1].niveaux[Domaine.PLAN] == Niveau.AUCUN
    assert lignes[2].niveaux[Domaine.PLAN] == Niveau.SAISIE
    assert set(lignes[0].niveaux) == set(Domaine)


def test_une_invitation_expiree_quitte_la_matrice() -> None:
    organisation()
    aline = personne()
    rattacher(aline)
    rattacher(personne("Bruno"), droits=PLAN, etat=EtatRattachement.INVITE)
    assert len(matrice(SIREN, acteur(aline), LE).lignes) == 1


def test_la_matrice_d_ailleurs_est_vide() -> None:
    organisation()
    rattacher(personne())
    etranger, simple = personne("Driss"), personne("Bruno")
    rattacher(etranger, AUTRE_SIREN)
    rattacher(simple, droits=PLAN)
    for qui in (etranger, simple, personne("Gaël")):
        assert matrice(SIREN, acteur(qui), LE).personnes == 0
    assert matrice(SIREN, acteur(agent()), LE).personnes == 2
    assert matrice(SIREN, acteur(agent(portefeuilles=[portefeuille("Ain").id])), LE).lignes == ()


def test_la_matrice_se_pagine_se_cherche_et_se_filtre_par_siret() -> None:
    organisation()
    aline = personne()
    rattacher(aline)
    Etablissement.objects.create(siret=SIRET_2, siege=False, commune="THÔNES")
    for rang in range(30):
        rattacher(personne(f"Essai{rang:02}"), droits=[sur_un_siret(SIRET_2 if rang % 2 else SIRET, Domaine.PLAN)])
    lu = acteur(aline)
    deuxieme = matrice(SIREN, lu, LE, filtre=FiltreMatrice(page=2))
    assert (deuxieme.personnes, deuxieme.page, deuxieme.pages, len(deuxieme.lignes)) == (31, 2, 2, 6)
    assert matrice(SIREN, lu, LE, filtre=FiltreMatrice(page=99)).page == 2
    assert matrice(SIREN, lu, LE, filtre=FiltreMatrice(page=-1)).page == 1
    trouvees = matrice(SIREN, lu, LE, filtre=FiltreMatrice(texte="essai07"))
    assert [li.nom for li in trouvees.lignes] == ["Essai07 Ferrand"]
    assert matrice(SIREN, lu, LE, filtre=FiltreMatrice(texte="thones")).personnes == 15
    ici = matrice(SIREN, lu, LE, filtre=FiltreMatrice(siret=SIRET_2))
    assert ici.personnes == 16, "ceux de cet établissement, et qui tient toute l’entreprise"
    assert {li.lieu for li in ici.lignes} == {"", SIRET_2}


def test_une_personne_de_deux_mille_etablissements_tient_en_quelques_lignes(django_assert_max_num_queries: Any) -> None:
    organisation()
    aline, bruno = personne(), personne("Bruno", "Marchetti")
    rattacher(aline)
    lien = rattacher(bruno, droits=[])
    lieux = [f"{SIREN}{rang:05}" for rang in range(2_000)]
    Etablissement.objects.bulk_create(Etablissement(siret=s, siege=False) for s in lieux if s != SIRET)
    DroitAccorde.objects.bulk_create(
        DroitAccorde(rattachement=lien, etendue=Etendue.SIRET, siret=s, domaine=d, niveau=2 if s > lieux[1] else 3, debut=LE)
        for s in lieux
        for d in (Domaine.PLAN, Domaine.FACTURES)
    )
    lu = acteur(aline)
    assert lu.rattachements
    with django_assert_max_num_queries(6):
        de_bruno = matrice(SIREN, lu, LE, filtre=FiltreMatrice(texte="bruno")).lignes
    assert [(li.nombre, li.niveaux[Domaine.PLAN], li.suivante) for li in de_bruno] == [
        (1, 3, False),
        (1, 3, True),
        (1_998, 2, True),
    ]
    assert de_bruno[2].perimetre == "1998 établissements"


def test_la_matrice_dit_ce_qui_attend_et_ce_qui_finit() -> None:
    organisation()
    aline, bruno = personne(), personne("Bruno", "Marchetti")
    rattacher(aline)
    lien = rattacher(bruno, droits=[sur_le_siren(Domaine.FACTURES, Niveau.LECTURE)])
    fin = date(2026, 12, 31)
    modifier_droits(
        rattachement_id=lien.id, par=acteur(aline), maintenant=LE,
        droits=[DemandeDroit(Etendue.SIREN, "", Domaine.FACTURES, Niveau.ENVOI, fin)],
    )  # fmt: skip
    (ligne,) = [li for li in matrice(SIREN, acteur(aline), LE).lignes if not li.moi]
    assert ligne.niveaux[Domaine.FACTURES] == Niveau.LECTURE
    assert ligne.attendus[Domaine.FACTURES].niveau == Niveau.ENVOI
    assert ligne.attendus[Domaine.FACTURES].attente == Attente.SECONDE_VOIX
    assert ligne.fin == fin
    (octroi,) = octrois_en_attente(SIREN, acteur(aline), LE)
    assert (octroi.nom, octroi.donne_par, octroi.decidable) == ("Bruno Marchetti", "Aline Ferrand", False)
    assert octroi.droits == ("Envoi · Factures, toute l’organisation",)
    assert octroi.compte_le == LE + timedelta(hours=24)
    louise = personne("Louise", "Rey")
    rattacher(louise)
    assert octrois_en_attente(SIREN, acteur(louise), LE)[0].decidable
    assert octrois_en_attente(SIREN, acteur(louise), LE + timedelta(hours=24)) == []
    assert octrois_a_verifier(acteur(agent()), LE) == []


def test_la_matrice_coute_cinq_requetes(django_assert_num_queries: Any) -> None:
    organisation()
    aline = personne()
    rattacher(aline)
    for rang in range(15):
        rattacher(personne(f"Essai{rang}"), droits=PLAN)
    lu = acteur(aline)
    assert lu.rattachements
    with django_assert_num_queries(5):
        assert len(matrice(SIREN, lu, LE).lignes) == 16


def test_un_acces_se_detaille_pour_etre_modifie() -> None:
    organisation()
    aline, bruno = personne("Aline"), personne("Bruno")
    rattacher(aline)
    lien = rattacher(bruno, droits=[*PLAN, sur_un_siret(SIRET, Domaine.ALTERNANCE)])
    DroitAccorde.objects.filter(rattachement=lien, siret="").update(fin=LE.replace(month=12, day=31, hour=23))
    detail = acces_detaille(lien.id, acteur(aline), LE)
    assert {(d.siret, d.domaine, d.niveau) for d in detail.droits} == {
        ("", Domaine.PLAN, Niveau.SAISIE),
        (SIRET, Domaine.ALTERNANCE, Niveau.SAISIE),
    }
    assert {d.jusqu_au.isoformat() for d in detail.droits if d.jusqu_au} == {"2026-12-31"}
    assert (detail.siren, detail.profil) == (SIREN, Profil.ADHERENT)
    etranger = personne("Driss")
    rattacher(etranger, AUTRE_SIREN)
    with pytest.raises(Introuvable):
        acces_detaille(lien.id, acteur(etranger), LE)
    retire = rattacher(personne("Eva"), etat=EtatRattachement.RETIRE)
    with pytest.raises(Introuvable):
        acces_detaille(retire.id, acteur(aline), LE)


def test_qui_voit_un_dossier() -> None:
    aline, bruno, eva = personne("Aline", "Ferrand"), personne("Bruno", "Marchetti"), personne("Eva", "Sorel")
    driss, ailleurs, nouveau = personne("Driss", "Haddad"), personne("Paul", "Autre"), personne("Zoé", "Neuve")
    rattacher(aline)
    rattacher(bruno, droits=[sur_un_siret(SIRET, Domaine.PLAN), sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
    rattacher(eva, droits=[sur_un_siret(SIRET_2, Domaine.PLAN), sur_le_siren(Domaine.FACTURES)])
    rattacher(driss, AUTRE_SIREN, Profil.PRESTATAIRE, [sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
    rattacher(ailleurs, AUTRE_SIREN)
    rattacher(nouveau, probation_jusqu_a=LE + timedelta(hours=1))
    agent(Role.CONSEILLER, prenom="Emma", nom="Vasseur")
    agent(Role.CONSEILLER, [portefeuille("Ain").id], "Inès", "Ailleurs")
    portee = Portee(SIREN, SIRET, AUTRE_SIREN, PORTEFEUILLE_PAR_DEFAUT, Domaine.PLAN)
    assert [(v.nom, v.cote, v.qualite) for v in qui_peut_voir(portee, LE)] == [
        ("Aline Ferrand", Cote.ENTREPRISE, "Gestion"),
        ("Zoé Neuve", Cote.ENTREPRISE, "Gestion"),
        ("Bruno Marchetti", Cote.ENTREPRISE, "Saisie"),
        ("Driss Haddad", Cote.PRESTATAIRE, "Lecture"),
        ("Emma Vasseur", Cote.OPCO, "Conseil"),
    ]
    rib = Portee(SIREN, "", "", None, Domaine.RIB)
    assert [v.nom for v in qui_peut_voir(rib, LE)] == ["Aline Ferrand"]
    with pytest.raises(ValueError, match="sans domaine"):
        qui_peut_voir(Portee(SIREN), LE)


def test_une_portee_vide_n_est_vue_de_personne() -> None:
    rattacher(personne())
    agent()
    assert qui_peut_voir(Portee(domaine=Domaine.PLAN), LE) == []


def test_les_nouvelles_disent_le_motif_d_un_retrait() -> None:
    bruno = personne("Bruno")
    lien = rattacher(bruno, droits=PLAN, etat=EtatRattachement.RETIRE)
    lien.motif_retrait, lien.retire_le, lien.retire_par = "Fin de mission", LE - timedelta(days=1), personne().id
    lien.save()
    parti = rattacher(bruno, AUTRE_SIREN, etat=EtatRattachement.RETIRE)
    parti.motif_retrait, parti.retire_le, parti.retire_par = "Je pars", LE, bruno.id
    parti.save()
    assert [(n.nature, n.motif) for n in nouvelles_de_mes_acces(acteur(bruno))] == [("retrait", "Fin de mission")]
    assert nouvelles_de_mes_acces(acteur(personne("Gaël"))) == []
