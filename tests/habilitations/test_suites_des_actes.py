"""What an act leaves beside what it does: who is told, whose row is touched, under which name (exigences, S13)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jalon.comptes.models import Personne
from jalon.courriers.models import Courriel
from jalon.habilitations import taches
from jalon.habilitations.actions import mandats, suites_des_conventions
from jalon.habilitations.actions.activation import utiliser_code
from jalon.habilitations.actions.demandes import decider_demande
from jalon.habilitations.actions.lettres import effacer_lettres_anciennes
from jalon.habilitations.actions.mandats import terminer_mandat
from jalon.habilitations.actions.opco import creer_compte_opco, retirer_role_opco
from jalon.habilitations.actions.relances import relancer_demandes
from jalon.habilitations.enums import (
    Attente,
    CoteDuMandat,
    EtatCommande,
    EtatPerte,
    EtatRattachement,
    NatureAvis,
    OrigineDemande,
    Role,
)
from jalon.habilitations.models import AvisPostal, CommandeCodes, DemandeAcces, Mandat, PerteSecondFacteur, Rattachement, RoleOpco
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.requetes.decisions import decision_de
from jalon.habilitations.requetes.octrois import octrois_en_attente
from jalon.habilitations.requetes.second_facteur import pertes_a_traiter
from jalon.habilitations.requetes.taches import a_faire
from jalon.habilitations.requetes.visibilite import Cote, qui_peut_voir
from jalon.habilitations.requetes.vues import vues_de_mes_pages
from jalon.journal.actions import noter
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Domaine, Niveau, Portee, Profil
from jalon.socle.erreurs import SaisieRefusee
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    CABINET,
    LE,
    SIREN,
    acteur,
    agent,
    code_en_circulation,
    confier,
    decision,
    donner,
    organisation,
    personne,
    rattacher,
    sur_le_siren,
)
from tests.habilitations.preparations import appliquee, ligne

pytestmark = pytest.mark.django_db
JOUR = timedelta(days=1)


def _demander(qui: Personne, origine: OrigineDemande) -> DemandeAcces:
    demande = DemandeAcces(personne=qui, profil=Profil.ADHERENT, origine=origine, demandee_le=LE).porter(
        portee_des_acces(SIREN, Profil.ADHERENT, PORTEFEUILLE_PAR_DEFAUT)
    )
    demande.save(force_insert=True)
    return demande


@pytest.mark.parametrize(
    ("origine", "administree", "rappeles"),
    [
        (OrigineDemande.CODE, True, {"Aline"}),
        (OrigineDemande.CODE, False, {"Hugo"}),
        (OrigineDemande.SANS_CODE, True, {"Aline"}),
        (OrigineDemande.SANS_CODE, False, set()),
    ],
)
def test_une_demande_se_rappelle_a_qui_administre_et_avec_un_code_seulement_a_l_opco(
    origine: OrigineDemande, administree: bool, rappeles: set[str]
) -> None:
    organisation()
    hugo, aline = agent(), personne("Aline")
    if administree:
        rattacher(aline)
    _demander(personne("Bruno"), origine)
    relancer_demandes(maintenant=LE + 7 * JOUR)
    prenoms = {hugo.email: "Hugo", aline.email: "Aline"}
    assert {prenoms[adresse] for adresse in Courriel.objects.values_list("adresse", flat=True)} == rappeles


def test_le_motif_d_un_refus_est_lu_sans_ses_blancs() -> None:
    organisation()
    aline = personne("Aline")
    rattacher(aline)
    demande = _demander(personne("Bruno"), OrigineDemande.SANS_CODE)
    decider_demande(
        demande_id=demande.id, accorder=False, motif="  Vous n’êtes plus salarié \n", par=acteur(aline), maintenant=LE
    )
    demande.refresh_from_db()
    assert demande.motif == "Vous n’êtes plus salarié"


def test_une_invitation_perimee_ailleurs_reste_ou_elle_est(tmp_path: Path) -> None:
    organisation()
    organisation(AUTRE_SIREN)
    invitations = {}
    for siren in (SIREN, AUTRE_SIREN):
        lien = rattacher(personne("Nul"), siren, droits=[], etat=EtatRattachement.INVITE)
        Rattachement.objects.tous("essai").filter(pk=lien.pk).update(
            personne=None, courriel_invite="bruno@essai.example", cree_le=LE - 400 * JOUR
        )
        invitations[siren] = lien.pk
    appliquee(tmp_path, ligne("bruno@essai.example"))
    etats = {s: Rattachement.objects.tous("essai").get(pk=pk).etat for s, pk in invitations.items()}
    assert etats == {SIREN: EtatRattachement.RETIRE, AUTRE_SIREN: EtatRattachement.INVITE}


def test_une_commande_imprimee_n_est_pas_effacee_avec_les_anciennes() -> None:
    _, code = code_en_circulation(emis_le=LE - 30 * JOUR)
    assert effacer_lettres_anciennes(maintenant=LE) == 0
    assert CommandeCodes.objects.get(pk=code.lettre.commande_id).etat == EtatCommande.IMPRIMEE


def test_un_role_fini_se_redonne_et_un_role_tenu_non() -> None:
    chef = acteur(agent(Role.ADMINISTRATEUR_OPCO, prenom="Karim"))
    donner_le_role: dict[str, Any] = {
        "email": "emma@opco.example", "prenom": "Emma", "nom": "Rey", "role": Role.CONSEILLER,
        "portefeuilles": [PORTEFEUILLE_PAR_DEFAUT], "par": chef, "maintenant": LE,
    }  # fmt: skip
    emma = creer_compte_opco(**donner_le_role)
    with pytest.raises(SaisieRefusee, match="déjà le rôle"):
        creer_compte_opco(**donner_le_role)
    retirer_role_opco(role_id=RoleOpco.objects.get(personne=emma).id, par=chef, maintenant=LE)
    assert creer_compte_opco(**donner_le_role) == emma
    assert RoleOpco.objects.filter(personne=emma, fin__isnull=True).count() == 1


def test_un_mandat_clos_retire_chaque_part_au_nom_de_qui_le_clot() -> None:
    organisation()
    organisation(CABINET, "ALPES COMPTA")
    aline, chloe = personne("Aline"), personne("Chloé")
    rattacher(aline)
    mandat = donner()
    part = confier(mandat, rattacher(chloe, CABINET, Profil.PRESTATAIRE, []))
    terminer_mandat(mandat_id=mandat.id, cote=CoteDuMandat.CLIENT, motif="Fin de mission", par=acteur(aline), maintenant=LE)
    part.refresh_from_db()
    assert (part.revoquee_le, part.revoquee_par) == (LE, aline.id)


def test_un_ancien_acces_retire_ne_revient_pas_avec_un_code() -> None:
    organisation()
    bruno = personne("Bruno")
    ancien = rattacher(bruno, etat=EtatRattachement.RETIRE)
    code, _ = code_en_circulation()
    suite = utiliser_code(personne_id=bruno.id, siren_saisi=SIREN, profil=Profil.ADHERENT, code_saisi=code, maintenant=LE)
    assert suite.rattachement is not None
    assert suite.rattachement.pk != ancien.pk
    ancien.refresh_from_db()
    assert ancien.etat == EtatRattachement.RETIRE


def test_nul_ne_confirme_les_droits_qu_il_attend() -> None:
    organisation()
    aline, louise = personne("Aline"), personne("Louise")
    rattacher(aline)
    lien = rattacher(louise)
    lien.droits.filter(domaine=Domaine.FACTURES).update(
        attente=Attente.SECONDE_VOIX, debut=LE + JOUR, accorde_par=personne("Zoé").id
    )
    decidables = {q.prenom: [o.decidable for o in octrois_en_attente(SIREN, acteur(q), LE)] for q in (aline, louise)}
    assert decidables == {"Aline": [True], "Louise": [False]}


@pytest.mark.parametrize(("attente", "datee"), [(Attente.SECONDE_VOIX, True), (Attente.VERIFICATION, False)])
def test_un_mandat_a_verifier_n_a_pas_d_echeance(attente: Attente, datee: bool) -> None:
    organisation()
    organisation(CABINET, "ALPES COMPTA")
    aline, louise = personne("Aline"), personne("Louise")
    rattacher(aline)
    rattacher(louise)
    mandat = donner()
    Mandat.objects.tous("essai").filter(pk=mandat.pk).update(attente=attente, compte_le=LE + JOUR, attendu_par=louise.id)
    (tache,) = [t for t in a_faire(acteur(aline), SIREN) if t.nom_url == "espace_mandat"]
    assert (tache.echeance is not None) is datee


def test_qui_a_regarde_mes_pages_ne_dit_que_les_regards() -> None:
    organisation()
    lien = rattacher(personne("Bruno"))
    qui = acteur(personne("Aline"))
    for code in ("acces.vue_debut", "acces.rafale"):
        noter(code, par=qui, portee=lien.portee, objet=lien, le=LE, details={"personne": "Bruno", "jusqu_a": "10 h"})
    assert [li.code for li in vues_de_mes_pages(lien.pk)] == ["acces.vue_debut"]


@pytest.mark.parametrize(("profil", "cote"), [(Profil.ADHERENT, Cote.ENTREPRISE), (Profil.PRESTATAIRE, Cote.PRESTATAIRE)])
def test_qui_voit_par_mandat_est_du_cote_de_son_client(profil: Profil, cote: Cote) -> None:
    organisation()
    organisation(CABINET, "ALPES COMPTA")
    confier(donner(profil=profil), rattacher(personne("Chloé"), CABINET, Profil.PRESTATAIRE, []))
    vise = (
        Portee(siren=SIREN, domaine=Domaine.PLAN)
        if profil == Profil.ADHERENT
        else Portee(prestataire_siren=SIREN, domaine=Domaine.PLAN)
    )
    (vue,) = [v for v in qui_peut_voir(vise, LE) if "mandat" in v.qualite]
    assert (vue.cote, vue.niveau) == (cote, Niveau.ENVOI)


def test_une_decision_se_lit_par_son_numero() -> None:
    organisation()
    une, autre = decision(), decision(AUTRE_SIREN)
    lecteur = acteur(agent(Role.CONSEILLER, prenom="Lea"))
    assert [decision_de(d.id, lecteur) for d in (une, autre)] == [une, autre]


def test_les_mandats_puis_les_conventions_se_rappellent_chaque_jour(monkeypatch: pytest.MonkeyPatch) -> None:
    faits: list[str] = []
    monkeypatch.setattr(mandats, "rappeler_mandats", lambda *, maintenant: faits.append("mandats"))
    monkeypatch.setattr(suites_des_conventions, "rappeler_conventions", lambda *, maintenant: faits.append("conventions"))
    taches.rappeler_mandats()
    assert faits == ["mandats", "conventions"]


@pytest.mark.parametrize(("postee", "dit"), [(False, "à poster"), (True, "lettre postée")])
def test_la_suite_d_un_second_facteur_perdu_attend_la_lettre(postee: bool, dit: str) -> None:
    organisation()
    eve = personne("Eve")
    lettre = AvisPostal.objects.create(
        siren=SIREN, profil=Profil.ADHERENT, nature=NatureAvis.SECOND_FACTEUR, personne=eve, le=LE,
        portefeuille_id=PORTEFEUILLE_PAR_DEFAUT, envoye_le=LE if postee else None,
    )  # fmt: skip
    PerteSecondFacteur.objects.create(
        personne=eve, siren=SIREN, profil=Profil.ADHERENT, portefeuille_id=PORTEFEUILLE_PAR_DEFAUT, etat=EtatPerte.CONFIRMEE,
        demandee_le=LE, preuve="Courrier du gérant", premier_par=agent(prenom="Ugo").id, premier_le=LE, avis=lettre,
    )  # fmt: skip
    (affichee,) = pertes_a_traiter(acteur(agent()), LE)
    assert dit in affichee.suite


def test_qui_lit_un_domaine_par_son_siren_seul_n_y_voit_pas_les_autres() -> None:
    organisation()
    organisation(AUTRE_SIREN)
    rattacher(personne("Gaël"), AUTRE_SIREN, droits=[sur_le_siren(Domaine.PLAN, Niveau.LECTURE)])
    assert qui_peut_voir(Portee(siren=SIREN, domaine=Domaine.PLAN), LE) == []
