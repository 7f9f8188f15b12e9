"""Posted, come back: what the AEF declares, what becomes of the code and of the address."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from jalon.courriers.models import Courriel
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.actions.commandes import commander_codes, completer_adresse
from jalon.habilitations.actions.envois import declarer_postees, declarer_revenues
from jalon.habilitations.actions.lettres import declarer_imprimees, preparer_lettres, telecharger_lettres
from jalon.habilitations.enums import EtatCode, EtatCommande, EtatLettre
from jalon.habilitations.models import AdresseACompleter, CodeActivation, CommandeCodes, LettreCode
from jalon.habilitations.requetes.commandes import adresses_a_completer, adresses_des_lettres, lettres_remplacees, manifeste
from jalon.journal.models import Evenement
from jalon.organisations.models import Etablissement
from jalon.socle.acteurs import Profil
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible
from jalon.socle.identifiants import nouvel_id
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    LE,
    SIREN,
    acteur,
    agent,
    organisation,
    personne,
    rattacher,
    recuperation_confirmee,
)

pytestmark = pytest.mark.django_db
JOUR = date(2026, 11, 24)
DEMAIN = LE + timedelta(days=1)
SIEGE = ["À l’attention du représentant légal de BELLERIVE RESTAURATION", "12 RUE ROYALE", "74000 ANNECY"]


@pytest.fixture(autouse=True)
def _dossier_des_lettres(tmp_path: Path, settings: Any) -> None:
    reglages = dict(settings.STORAGES)
    reglages["lettres"] = {**reglages["lettres"], "OPTIONS": {"location": tmp_path / "lettres"}}
    settings.STORAGES = reglages


@pytest.fixture
def hugo() -> ActeurPersonne:
    organisation()
    organisation(AUTRE_SIREN)
    return acteur(agent())


def _commande(par: ActeurPersonne, *liste: str, imprimee: bool = True) -> CommandeCodes:
    commande = commander_codes(profil=Profil.ADHERENT, sirens=liste or (SIREN, AUTRE_SIREN), par=par, maintenant=LE)
    preparer_lettres(commande_id=commande.id, maintenant=LE)
    if imprimee:
        telecharger_lettres(commande_id=commande.id, par=par, maintenant=LE)
        declarer_imprimees(commande_id=commande.id, par=par, maintenant=LE)
    return commande


def _lettre(commande: CommandeCodes, siren: str = SIREN) -> LettreCode:
    return LettreCode.objects.get(commande=commande, siren=siren)


def _postees(
    commande: CommandeCodes, par: ActeurPersonne, lettres: Sequence[UUID] | None = None, le: date = JOUR, a: datetime = DEMAIN
) -> int:
    return declarer_postees(commande_id=commande.id, lettres=lettres, le=le, par=par, maintenant=a)


def _revenues(
    commande: CommandeCodes, par: ActeurPersonne, lettres: Sequence[UUID], le: date = JOUR, a: datetime = DEMAIN
) -> int:
    return declarer_revenues(commande_id=commande.id, lettres=lettres, le=le, par=par, maintenant=a)


def test_toute_la_commande_ou_quelques_lettres_sont_postees(hugo: ActeurPersonne) -> None:
    commande = _commande(hugo)
    une = _lettre(commande)
    assert _postees(commande, hugo, [une.id]) == 1
    assert _postees(commande, hugo, le=JOUR + timedelta(days=1)) == 1
    assert dict(LettreCode.objects.values_list("siren", "postee_le")) == {SIREN: JOUR, AUTRE_SIREN: JOUR + timedelta(days=1)}
    with pytest.raises(TransitionImpossible, match="le sont déjà"):
        _postees(commande, hugo)
    evenements = Evenement.objects.tous("essai").filter(code="acces.lettres_postees").order_by("id")
    assert [e.details for e in evenements] == [{"lettres": 1, "jour": "24/11/2026"}, {"lettres": 1, "jour": "25/11/2026"}]
    assert {(x.siren, x.postee_le) for x in manifeste(commande.id, hugo)} == {
        (SIREN, JOUR), (AUTRE_SIREN, JOUR + timedelta(days=1)),
    }  # fmt: skip


def test_la_date_d_envoi_va_de_l_impression_a_aujourd_hui(hugo: ActeurPersonne) -> None:
    commande = _commande(hugo)
    for le, phrase in ((JOUR - timedelta(days=1), "imprimées le 24/11/2026"), (JOUR + timedelta(days=2), "futur")):
        with pytest.raises(SaisieRefusee, match=phrase) as refus:
            _postees(commande, hugo, le=le)
        assert refus.value.champ == "le"
    minuit = LE.replace(hour=23)
    with pytest.raises(SaisieRefusee, match="futur"):
        _postees(commande, hugo, le=JOUR + timedelta(days=1), a=minuit - timedelta(seconds=1))
    assert _postees(commande, hugo, le=JOUR + timedelta(days=1), a=minuit) == 2


def test_on_ne_poste_que_ce_qui_est_imprime_et_vaut_encore(hugo: ActeurPersonne) -> None:
    commande = _commande(hugo, imprimee=False)
    with pytest.raises(TransitionImpossible, match="imprimées"):
        _postees(commande, hugo)
    CommandeCodes.objects.update(etat=EtatCommande.EFFACEE)
    with pytest.raises(TransitionImpossible, match="imprimées"):
        _postees(commande, hugo)
    CommandeCodes.objects.update(telechargements=1)
    CodeActivation.objects.filter(siren=SIREN).update(etat=EtatCode.REMPLACE)
    assert _postees(commande, hugo) == 1
    assert _lettre(commande).postee_le is None


def test_une_lettre_revenue_eteint_son_code_et_l_adresse_attend(hugo: ActeurPersonne) -> None:
    rattacher(personne("Aline", "Ferrand"))
    recuperation_confirmee()
    commande = _commande(hugo)
    Courriel.objects.all().delete()
    _postees(commande, hugo)
    assert _revenues(commande, hugo, [_lettre(commande).id], JOUR + timedelta(days=1)) == 1
    code = CodeActivation.objects.get(siren=SIREN)
    assert (code.etat, code.termine_le, code.termine_par) == (EtatCode.TERMINE, DEMAIN, hugo.identite)
    assert "n’habite pas" in code.motif_fin
    assert CodeActivation.objects.get(siren=AUTRE_SIREN).etat == EtatCode.ACTIF
    assert [a.siren for a in adresses_a_completer(hugo)] == [SIREN]
    assert list(Courriel.objects.values_list("genre", flat=True)) == ["habilitations.code_termine"]
    codes = set(Evenement.objects.tous("essai").filter(siren=SIREN).values_list("code", flat=True))
    assert codes == {"acces.lettre_revenue", "acces.code_termine"}
    ligne = next(x for x in manifeste(commande.id, hugo) if x.siren == SIREN)
    assert (ligne.revenue_le, ligne.remplacee, ligne.code_id) == (JOUR + timedelta(days=1), False, None)
    with pytest.raises(TransitionImpossible, match="déjà notée revenue"):
        _revenues(commande, hugo, [_lettre(commande).id], JOUR + timedelta(days=1))


def test_une_adresse_d_ou_une_lettre_est_revenue_ne_sert_plus(hugo: ActeurPersonne) -> None:
    commande = _commande(hugo)
    assert adresses_des_lettres([SIREN])[SIREN] == SIEGE
    _postees(commande, hugo)
    _revenues(commande, hugo, [_lettre(commande).id])
    assert SIREN not in adresses_des_lettres([SIREN])
    suivante = _commande(hugo, SIREN, imprimee=False)
    assert _lettre(suivante).etat == EtatLettre.ADRESSE_A_COMPLETER
    trouvee = ["BELLERIVE", "3 QUAI NEUF", "74000 ANNECY"]
    completer_adresse(siren=SIREN, lignes=trouvee, preuve="Appel du 25/11", par=hugo, maintenant=DEMAIN)
    assert adresses_des_lettres([SIREN])[SIREN] == trouvee
    Etablissement.objects.filter(siret=f"{SIREN}00010").update(adresse_voie="1 PLACE NEUVE")
    assert adresses_des_lettres([SIREN])[SIREN][1] == "1 PLACE NEUVE"


def test_une_adresse_completee_d_ou_une_lettre_revient_est_a_refaire(hugo: ActeurPersonne) -> None:
    premiere = _commande(hugo)
    _postees(premiere, hugo)
    _revenues(premiere, hugo, [_lettre(premiere).id])
    completer_adresse(siren=SIREN, lignes=["B", "74000 ANNECY"], preuve="Appel", par=hugo, maintenant=LE)
    seconde = _commande(hugo, SIREN)
    assert _lettre(seconde).adresse == ["B", "74000 ANNECY"]
    _postees(seconde, hugo)
    _revenues(seconde, hugo, [_lettre(seconde).id])
    adresse = AdresseACompleter.objects.get(siren=SIREN)
    assert adresse.completee_le is None
    assert adresse.revenues == ["\n".join(SIEGE), "B\n74000 ANNECY"]
    assert SIREN not in adresses_des_lettres([SIREN])


def test_le_retour_d_une_ancienne_adresse_ne_defait_pas_la_nouvelle(hugo: ActeurPersonne) -> None:
    premiere = _commande(hugo)
    _postees(premiere, hugo)
    AdresseACompleter.objects.create(siren=SIREN, lignes=["B", "74000 ANNECY"], preuve="Appel", signalee_le=LE, completee_le=LE)
    _revenues(premiere, hugo, [_lettre(premiere).id])
    assert adresses_des_lettres([SIREN])[SIREN] == ["B", "74000 ANNECY"]


def test_ce_qui_ne_revient_pas(hugo: ActeurPersonne) -> None:
    commande = _commande(hugo)
    lettre = _lettre(commande)
    with pytest.raises(SaisieRefusee, match="Cochez") as refus:
        _revenues(commande, hugo, [])
    assert refus.value.champ == "lettres"
    with pytest.raises(TransitionImpossible, match="n’a pas été postée"):
        _revenues(commande, hugo, [lettre.id])
    _postees(commande, hugo, le=JOUR + timedelta(days=1))
    for le, phrase in ((JOUR, "postées le 25/11/2026"), (JOUR + timedelta(days=2), "futur")):
        with pytest.raises(SaisieRefusee, match=phrase):
            _revenues(commande, hugo, [lettre.id], le)
    assert CodeActivation.objects.filter(etat=EtatCode.ACTIF).count() == 2
    assert not AdresseACompleter.objects.exists()


def test_seule_l_aef_de_la_commande_declare_ses_lettres(hugo: ActeurPersonne) -> None:
    commande, autre_commande = _commande(hugo, SIREN), _commande(hugo, AUTRE_SIREN)
    etrangere = _lettre(autre_commande, AUTRE_SIREN).id
    for inconnue in (etrangere, nouvel_id()):
        with pytest.raises(Introuvable):
            _postees(commande, hugo, [inconnue])
        with pytest.raises(Introuvable):
            _revenues(commande, hugo, [inconnue])
    for acte in (lambda par: _postees(commande, par), lambda par: _revenues(commande, par, [_lettre(commande).id])):
        with pytest.raises(Introuvable):
            acte(acteur(agent()))
        with pytest.raises(DroitManquant):
            acte(acteur(personne()))


def test_un_code_arrete_avant_l_impression_se_retire_de_l_envoi(hugo: ActeurPersonne) -> None:
    commande = _commande(hugo, imprimee=False)
    CodeActivation.objects.filter(siren=SIREN).update(etat=EtatCode.TERMINE)
    assert [x.siren for x in lettres_remplacees(commande)] == [SIREN]
    telecharger_lettres(commande_id=commande.id, par=hugo, maintenant=LE)
    with pytest.raises(TransitionImpossible, match="remplacés ou arrêtés"):
        declarer_imprimees(commande_id=commande.id, par=hugo, maintenant=LE)
    declarer_imprimees(commande_id=commande.id, remplacees=1, par=hugo, maintenant=LE)
