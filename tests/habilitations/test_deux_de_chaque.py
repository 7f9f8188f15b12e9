"""Two of each: what one person asked, one order holds or one place grants is never another's (exigences, S13)."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from jalon.habilitations.actions.droits import modifier_droits
from jalon.habilitations.actions.envois import declarer_postees
from jalon.habilitations.actions.mandats import rappeler_mandats
from jalon.habilitations.enums import EtatLettre, EtatRattachement, Role
from jalon.habilitations.models import DemandeAcces, DemandeLettre, LettreCode, Mandat, Rattachement
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.requetes.espaces import nouvelles_de_mes_acces
from jalon.habilitations.requetes.mandats import mandataires_sur
from jalon.habilitations.requetes.matrice import FiltreMatrice, matrice
from jalon.habilitations.requetes.nominations import decide_des_nominations
from jalon.habilitations.requetes.octrois import acces_a_revoir
from jalon.habilitations.requetes.preparations import a_faire as preparations_a_signer
from jalon.habilitations.requetes.suivi import suivi_des_codes
from jalon.organisations.models import Organisation
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.dates import fin_du_jour, jour_de_paris
from jalon.socle.erreurs import SaisieRefusee
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    CABINET,
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    agent,
    code_en_circulation,
    confier,
    donner,
    organisation,
    personne,
    portefeuille,
    rattacher,
    sur_le_siren,
    sur_un_dispositif,
    sur_un_siret,
)
from tests.habilitations.preparations import deposee, ligne

pytestmark = pytest.mark.django_db
JOUR = timedelta(days=1)


def test_chacun_ne_lit_que_ses_propres_demandes() -> None:
    organisation()
    organisation(AUTRE_SIREN)
    demandes: dict[str, Any] = {}
    for prenom, siren in (("Aline", SIREN), ("Bruno", AUTRE_SIREN)):
        qui = personne(prenom)
        demande = DemandeAcces(personne=qui, profil=Profil.ADHERENT, demandee_le=LE - JOUR).porter(
            portee_des_acces(siren, Profil.ADHERENT, PORTEFEUILLE_PAR_DEFAUT)
        )
        demande.save(force_insert=True)
        demandes[siren] = (qui, demande.id)
    for siren, (qui, demande_id) in demandes.items():
        assert [(n.siren, n.demande_id) for n in nouvelles_de_mes_acces(acteur(qui))] == [(siren, demande_id)]


def test_chacun_ne_suit_que_la_lettre_qu_il_a_demandee() -> None:
    organisation()
    organisation(AUTRE_SIREN)
    for prenom, siren in (("Aline", SIREN), ("Bruno", AUTRE_SIREN)):
        qui = personne(prenom)
        DemandeLettre.objects.create(
            siren=siren, profil=Profil.ADHERENT, portefeuille_id=PORTEFEUILLE_PAR_DEFAUT, personne=qui, demandee_le=LE, ouvre=True
        )
        assert [li.siren for li in suivi_des_codes(acteur(qui)).lignes] == [siren]


def test_un_mandat_prolonge_dans_le_mois_de_sa_fin_n_est_pas_rappele_aussitot() -> None:
    """Thirty days before its new end was already past on the day it was given that end."""
    organisation()
    organisation(CABINET, "ALPES COMPTA")
    rattacher(personne("Aline"))
    fin = jour_de_paris(LE) + 20 * JOUR
    mandat = donner(fin=fin_du_jour(fin))
    Mandat.objects.tous("essai").filter(pk=mandat.pk).update(modifie_le=LE - 5 * JOUR)
    assert rappeler_mandats(maintenant=LE) == 0
    Mandat.objects.tous("essai").filter(pk=mandat.pk).update(modifie_le=LE - 15 * JOUR)
    assert rappeler_mandats(maintenant=LE) == 1


def test_la_matrice_d_un_etablissement_montre_aussi_les_droits_sur_toute_l_organisation() -> None:
    organisation()
    aline = personne("Aline")
    rattacher(aline)
    ici = rattacher(personne("Bruno", "Ici"), droits=[sur_un_siret(SIRET, Domaine.FACTURES)])
    rattacher(personne("Chloé", "Ailleurs"), droits=[sur_un_siret(SIRET_2, Domaine.FACTURES)])
    partout = rattacher(personne("Driss", "Partout"), droits=[sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
    lignes = matrice(SIREN, acteur(aline), LE, filtre=FiltreMatrice(siret=SIRET)).lignes
    par_nom = {ligne.nom: ligne for ligne in lignes}
    assert {"Bruno Ici", "Driss Partout"} <= par_nom.keys()
    assert "Chloé Ailleurs" not in par_nom
    assert par_nom["Driss Partout"].niveaux[Domaine.PLAN] == Niveau.LECTURE
    assert ici.pk != partout.pk


def test_une_lettre_sans_adresse_ne_se_poste_pas_avec_les_autres() -> None:
    organisation()
    hugo = acteur(agent())
    _, code = code_en_circulation()
    commande = code.lettre.commande
    type(commande).objects.filter(pk=commande.pk).update(commandee_par=hugo.personne)
    LettreCode.objects.create(commande=commande, numero="L900000", siren=AUTRE_SIREN, etat=EtatLettre.ADRESSE_A_COMPLETER)
    assert declarer_postees(commande_id=commande.id, lettres=None, le=date(2026, 11, 24), par=hugo, maintenant=LE + JOUR) == 1


def test_un_droit_venu_remplace_le_plus_bas_au_nom_de_qui_l_a_donne() -> None:
    organisation()
    aline, louise = personne("Aline"), personne("Louise")
    rattacher(aline)
    rattacher(louise)
    lien = rattacher(personne("Bruno"), droits=[sur_le_siren(Domaine.FACTURES, Niveau.LECTURE)])
    large = [sur_le_siren(Domaine.FACTURES, Niveau.SAISIE)]
    modifier_droits(rattachement_id=lien.id, droits=large, par=acteur(aline), maintenant=LE)
    plus_tard = LE + 2 * JOUR
    modifier_droits(rattachement_id=lien.id, droits=large, par=acteur(louise, plus_tard), maintenant=plus_tard)
    lu = lien.droits.get(niveau=Niveau.LECTURE)
    assert (lu.revoque_par, lu.revoque_le) == (aline.id, plus_tard)


def test_une_preparation_hors_de_son_portefeuille_n_est_pas_a_signer(tmp_path: Path) -> None:
    organisation()
    organisation(AUTRE_SIREN)
    Organisation.objects.filter(siren=AUTRE_SIREN).update(portefeuille=portefeuille())
    deposee(tmp_path, ligne("bruno@essai.example", siren=AUTRE_SIREN), auteur=agent(Role.CONSEILLER, prenom="Emma"))
    assert preparations_a_signer(acteur(agent(prenom="Hugo")), LE) == []
    partout = agent(Role.ADMINISTRATEUR_OPCO, portefeuilles=[PORTEFEUILLE_PAR_DEFAUT, portefeuille().id], prenom="Karim")
    assert [t.nom_url for t in preparations_a_signer(acteur(partout), LE)] == ["opco_preparation"]


@pytest.mark.parametrize("profil", list(Profil))
def test_le_mandat_d_un_client_ne_mene_pas_chez_un_autre(profil: Profil) -> None:
    for siren in (SIREN, AUTRE_SIREN, CABINET):
        organisation(siren, f"SOCIETE {siren}")
    lien = rattacher(personne("Chloé"), CABINET, Profil.PRESTATAIRE, [])
    confier(donner(AUTRE_SIREN, profil=profil), lien)
    ici, ailleurs = (portee_des_acces(s, profil, PORTEFEUILLE_PAR_DEFAUT) for s in (SIREN, AUTRE_SIREN))
    assert mandataires_sur(ici, Domaine.PLAN, LE) == []
    assert [(m.personne, m.niveau) for m in mandataires_sur(ailleurs, Domaine.PLAN, LE)] == [(lien.personne, Niveau.ENVOI)]


def test_seul_un_acces_en_place_est_a_revoir() -> None:
    organisation()
    aline = personne("Aline")
    rattacher(aline)
    liens = {etat: rattacher(personne("Bruno", etat), etat=etat) for etat in (EtatRattachement.ACTIF, EtatRattachement.RETIRE)}
    Rattachement.objects.tous("essai").filter(pk__in=[li.pk for li in liens.values()]).update(actif_depuis=LE - 400 * JOUR)
    assert [x.pk for x in acces_a_revoir(SIREN, acteur(aline), LE)] == [liens[EtatRattachement.ACTIF].pk]


@pytest.mark.parametrize(("vise", "tenu"), [("", True), ("action_formation", True), ("bilan_competences", False)])
def test_un_droit_sur_un_dispositif_vaut_pour_lui_et_pour_le_domaine_en_gros(vise: str, tenu: bool) -> None:
    organisation()
    bruno = personne("Bruno")
    rattacher(bruno, droits=[sur_un_dispositif("action_formation")])
    assert acteur(bruno).a_un_droit(SIREN, Droit(Domaine.PLAN, Niveau.SAISIE, vise)) is tenu


def test_une_lettre_ne_se_poste_pas_avant_le_jour_de_son_impression() -> None:
    organisation()
    hugo = acteur(agent())
    _, code = code_en_circulation(emis_le=LE - 3 * JOUR)
    commande = code.lettre.commande
    type(commande).objects.filter(pk=commande.pk).update(commandee_par=hugo.personne, imprimee_le=LE)
    with pytest.raises(SaisieRefusee, match="imprimées le 24/11/2026"):
        declarer_postees(commande_id=commande.id, lettres=None, le=date(2026, 11, 22), par=hugo, maintenant=LE)


@pytest.mark.parametrize("profil", list(Profil))
def test_un_administrateur_parmi_d_autres_decide_des_nominations_de_son_cote(profil: Profil) -> None:
    organisation()
    aline, louise, bruno, driss = (personne(nom) for nom in ("Aline", "Louise", "Bruno", "Driss"))
    rattacher(aline, profil=profil)
    rattacher(louise, profil=profil)
    rattacher(bruno, profil=profil, probation_jusqu_a=LE + JOUR)
    rattacher(driss, AUTRE_SIREN, profil)
    decident = {q.prenom: decide_des_nominations(SIREN, profil, acteur(q), LE) for q in (aline, louise, bruno, driss)}
    assert decident == {"Aline": True, "Louise": True, "Bruno": False, "Driss": False}
