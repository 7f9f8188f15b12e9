"""A right on a group is given as on an establishment, by every door."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from jalon.comptes.models import Personne
from jalon.habilitations.actions.cles import creer_cle_api
from jalon.habilitations.actions.droits import modifier_droits
from jalon.habilitations.actions.fichier import exporter_droits, importer_droits, prevoir_import
from jalon.habilitations.actions.invitations import inviter_personne
from jalon.habilitations.actions.mandats import donner_mandat
from jalon.habilitations.actions.masse import appliquer_profil, fixer_la_fin
from jalon.habilitations.actions.portefeuilles import suivre_les_portefeuilles
from jalon.habilitations.enums import Etendue, JeuDeDroits
from jalon.habilitations.models import DroitAccorde, GroupeEtablissements, Rattachement
from jalon.habilitations.profils import droits_du_profil
from jalon.habilitations.regles import (
    GROUPE_INCONNU,
)
from jalon.habilitations.regles_des_cles import DemandeCle
from jalon.habilitations.requetes.groupes import (
    porteurs,
)
from jalon.journal.models import Evenement
from jalon.organisations.models import Organisation
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import DroitManquant, SaisieRefusee, SaisiesRefusees
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    CABINET,
    LE,
    SIREN,
    SIRET,
    SIRET_2,
    acteur,
    groupe,
    organisation,
    personne,
    portefeuille,
    rattacher,
    sur_un_groupe,
    sur_un_siret,
)
from tests.habilitations.groupes.outils import LIRE, SIRET_3, perimetre_de

pytestmark = pytest.mark.django_db


def test_un_droit_se_donne_sur_un_groupe_de_l_entreprise_seulement(aline: Personne, sud: GroupeEtablissements) -> None:
    lien = rattacher(personne("Chloé", "Bertin"), droits=[])
    ailleurs = groupe("Ailleurs", siren=AUTRE_SIREN)
    supprime = groupe("Ancien")
    GroupeEtablissements.objects.tous("essai").filter(id=supprime.id).update(supprime_le=LE)
    for faux in (ailleurs, supprime, GroupeEtablissements()):
        with pytest.raises(SaisieRefusee, match=GROUPE_INCONNU):
            modifier_droits(rattachement_id=lien.id, droits=[sur_un_groupe(faux, Domaine.PLAN)], par=acteur(aline), maintenant=LE)
    droits = [sur_un_groupe(sud, Domaine.PLAN), sur_un_siret(SIRET_2, Domaine.PLAN)]
    modifier_droits(rattachement_id=lien.id, droits=droits, par=acteur(aline), maintenant=LE)
    modifier_droits(rattachement_id=lien.id, droits=droits, par=acteur(aline), maintenant=LE)
    assert DroitAccorde.objects.filter(rattachement=lien).count() == 2
    dits = Evenement.objects.tous("essai").get(code="acces.droits").details["changements"]
    assert dits[0] == "Plan de développement, groupe «\u00a0Région Sud\u00a0»\u00a0: Aucun, puis Saisie"
    modifier_droits(rattachement_id=lien.id, droits=droits[1:], par=acteur(aline), maintenant=LE)
    assert perimetre_de(lien).sirets == {SIRET_2}


def test_la_base_refuse_une_etendue_incoherente(sud: GroupeEtablissements, bruno: Rattachement) -> None:
    for faux in (
        {"etendue": Etendue.GROUPE},
        {"etendue": Etendue.GROUPE, "groupe": sud, "siret": SIRET},
        {"etendue": Etendue.SIREN, "groupe": sud},
        {"etendue": Etendue.SIRET, "groupe": sud, "siret": SIRET},
    ):
        with pytest.raises(IntegrityError, match="droit_etendue_coherente"), transaction.atomic():
            DroitAccorde.objects.create(rattachement=bruno, domaine=Domaine.FACTURES, niveau=1, debut=LE, **faux)
    siens = {"rattachement": bruno, "domaine": Domaine.FACTURES, "niveau": 1, "debut": LE}
    for double in (
        {"etendue": Etendue.GROUPE, "groupe": sud},
        {"etendue": Etendue.SIREN},
        {"etendue": Etendue.SIRET, "siret": SIRET},
    ):
        DroitAccorde.objects.create(**siens, **double)
        with pytest.raises(IntegrityError, match="droit_unique_en_vigueur"), transaction.atomic():
            DroitAccorde.objects.create(**siens, **double)


def test_on_invite_sur_un_groupe(aline: Personne, sud: GroupeEtablissements) -> None:
    faite = inviter_personne(
        siren=SIREN, profil=Profil.ADHERENT, adresse="zoe@essai.example", droits=droits_du_profil(JeuDeDroits.LECTURE, [str(sud.id)]),
        par=acteur(aline), maintenant=LE,
    )  # fmt: skip
    assert {(d.groupe_id, d.etendue) for d in faite.droits.all()} == {(sud.id, Etendue.GROUPE)}
    assert [lien.id for lien in porteurs(sud, LE)] == [faite.id]


def test_en_masse_un_profil_suit_les_groupes_de_chacun(aline: Personne, sud: GroupeEtablissements, bruno: Rattachement) -> None:
    appliquer_profil(siren=SIREN, rattachements=[bruno.id], profil=JeuDeDroits.LECTURE, par=acteur(aline), maintenant=LE)
    assert (perimetre_de(bruno, LIRE).sirets, perimetre_de(bruno).sirets) == ({SIRET}, frozenset())
    fixer_la_fin(siren=SIREN, rattachements=[bruno.id], fin=date(2026, 12, 25), par=acteur(aline), maintenant=LE)
    en_cours = DroitAccorde.objects.filter(rattachement=bruno, revoque_le=None)
    assert {(d.groupe_id, d.fin is None) for d in en_cours} == {(sud.id, False)}


def test_en_masse_un_profil_se_donne_sur_un_groupe_en_plus(aline: Personne, sud: GroupeEtablissements) -> None:
    liens = [
        rattacher(
            personne("Chloé", "Bertin"), droits=[sur_un_siret(SIRET_2, Domaine.PLAN), sur_un_groupe(sud, Domaine.FACTURES)]
        ),
        rattacher(personne("Vide", "Sans"), droits=[]),
    ]
    faire = {
        "siren": SIREN,
        "rattachements": [x.id for x in liens],
        "par": acteur(aline),
        "maintenant": LE,
        "groupe": sud.id,
    }
    appliquer_profil(profil=JeuDeDroits.LECTURE, **faire)
    assert [perimetre_de(x, LIRE).sirets for x in liens] == [{SIRET, SIRET_2}, {SIRET}]
    assert [perimetre_de(x).sirets for x in liens] == [{SIRET_2}, frozenset()]
    assert not perimetre_de(liens[0], Droit(Domaine.FACTURES, Niveau.SAISIE)), "le profil remplace ce qu’elle avait sur ce groupe"
    with pytest.raises(SaisieRefusee, match="pas sur un groupe") as refus:
        appliquer_profil(profil=JeuDeDroits.ADMINISTRATION, **faire)
    assert refus.value.champ == "groupe"


def test_le_fichier_nomme_les_groupes_et_les_relit(aline: Personne, sud: GroupeEtablissements, bruno: Rattachement) -> None:
    contenu = exporter_droits(siren=SIREN, profil=Profil.ADHERENT, par=acteur(aline), maintenant=LE)
    assert ";groupe Région Sud;Plan de développement;;Saisie;;" in contenu
    lu = importer_droits(siren=SIREN, profil=Profil.ADHERENT, contenu=contenu, par=acteur(aline), maintenant=LE)
    assert (lu.differences, lu.refus) == ((), ())
    assert bruno.personne is not None
    tete = "adresse;perimetre;domaine;niveau\n"
    monte = f"{tete}{bruno.personne.email};GROUPE region sud;plan;envoi\n"
    apercu = prevoir_import(siren=SIREN, profil=Profil.ADHERENT, contenu=monte, par=acteur(aline), maintenant=LE)
    assert apercu.differences[0].phrases == (
        "Plan de développement, groupe «\u00a0Région Sud\u00a0»\u00a0: Saisie, puis Envoi",
    )  # fmt: skip
    faux = f"{tete}{bruno.personne.email};groupe Inconnu;plan;envoi\n{bruno.personne.email};partout;plan;envoi\n"
    refus = prevoir_import(siren=SIREN, profil=Profil.ADHERENT, contenu=faux, par=acteur(aline), maintenant=LE).refus
    assert [r.raison for r in refus] == [
        "Aucun groupe de cette entreprise ne s’appelle «\u00a0Inconnu\u00a0»",
        "Écrivez le périmètre en SIRET, «\u00a0groupe\u00a0» suivi de son nom, ou «\u00a0toute l'organisation\u00a0»",
    ]


def test_en_probation_on_ne_donne_pas_les_exports_d_un_groupe(sud: GroupeEtablissements, bruno: Rattachement) -> None:
    noe = personne("Noé", "Vidal")
    rattacher(noe, probation_jusqu_a=LE + timedelta(hours=1))
    nord = groupe("Nord", [SIRET_3])
    tenus = [sur_un_groupe(sud, Domaine.EXPORTS, Niveau.LECTURE)]
    DroitAccorde.objects.create(
        rattachement=bruno, etendue=Etendue.GROUPE, groupe=sud, domaine=Domaine.EXPORTS, niveau=1, debut=LE
    )
    modifier_droits(rattachement_id=bruno.id, droits=tenus, par=acteur(noe), maintenant=LE)
    with pytest.raises(DroitManquant, match="72"):
        modifier_droits(
            rattachement_id=bruno.id, droits=[*tenus, sur_un_groupe(nord, Domaine.EXPORTS, Niveau.LECTURE)], par=acteur(noe),
            maintenant=LE,
        )  # fmt: skip


def test_une_cle_ne_va_pas_plus_loin_que_le_groupe_de_son_createur(aline: Personne) -> None:
    lien = Rattachement.objects.tous("essai").get(personne=aline)
    DroitAccorde.objects.filter(rattachement=lien, domaine=Domaine.PLAN).delete()
    DroitAccorde.objects.create(
        rattachement=lien, etendue=Etendue.GROUPE, groupe=groupe("Région Sud", [SIRET]), domaine=Domaine.PLAN, niveau=4, debut=LE
    )
    for sirets, passe in ((), False), ((SIRET_2,), False), ((SIRET,), True):
        demande = DemandeCle(nom="Paie", droits=[LIRE], jusqu_au=LE.date() + timedelta(days=90), sirets=sirets)
        faire = {"siren": SIREN, "profil": Profil.ADHERENT, "demande": demande, "par": acteur(aline), "maintenant": LE}
        if passe:
            assert creer_cle_api(**faire)
        else:
            with pytest.raises((SaisieRefusee, SaisiesRefusees, DroitManquant)):
                creer_cle_api(**faire)


def test_un_mandat_ne_va_pas_plus_loin_que_le_groupe_de_son_auteur(aline: Personne) -> None:
    organisation(CABINET)
    lien = Rattachement.objects.tous("essai").get(personne=aline)
    DroitAccorde.objects.filter(rattachement=lien, domaine=Domaine.PLAN).delete()
    DroitAccorde.objects.create(
        rattachement=lien, etendue=Etendue.GROUPE, groupe=groupe("Région Sud", [SIRET]), domaine=Domaine.PLAN, niveau=4, debut=LE
    )
    for sirets, passe in ((), False), ((SIRET, SIRET_2), False), ((SIRET,), True):
        faire = {
            "siren": SIREN, "profil": Profil.ADHERENT, "mandataire_saisi": CABINET, "niveaux": {Domaine.PLAN: Niveau.SAISIE},
            "sirets": sirets, "debut": None, "fin": LE.date() + timedelta(days=90), "par": acteur(aline), "maintenant": LE,
        }  # fmt: skip
        if passe:
            assert donner_mandat(**faire)
        else:
            with pytest.raises(SaisiesRefusees, match="votre propre droit"):
                donner_mandat(**faire)


def test_un_groupe_suit_le_portefeuille_de_son_entreprise(sud: GroupeEtablissements) -> None:
    ailleurs = portefeuille("Ailleurs")
    Organisation.objects.filter(siren=SIREN).update(portefeuille_id=ailleurs.id)
    suivre_les_portefeuilles([SIREN])
    sud.refresh_from_db()
    assert sud.portefeuille_id == ailleurs.id
