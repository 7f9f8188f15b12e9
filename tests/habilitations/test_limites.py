"""Every delay of the accesses to the second, over both changes of hour (exigences, S8, R11). The ends are written by hand, in UTC:
Paris is two hours ahead until 25/10/2026 01:00 UTC, one hour ahead until 28/03/2027 01:00 UTC, then two again.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from jalon.banque.requetes import lignes_du_cote, raison_non_payable
from jalon.comptes.models import Personne
from jalon.habilitations.actions.activation import utiliser_code
from jalon.habilitations.actions.affectations import confier_mandats
from jalon.habilitations.actions.authentification import authentifier_cle
from jalon.habilitations.actions.cles import creer_cle_api
from jalon.habilitations.actions.commandes import declarer_avis_envoyes
from jalon.habilitations.actions.decisions import confirmer_decision, proposer_decision
from jalon.habilitations.actions.demandes import decider_demande
from jalon.habilitations.actions.droits import modifier_droits
from jalon.habilitations.actions.invitations import inviter_personne, rattacher_invitations
from jalon.habilitations.actions.mandats import donner_mandat
from jalon.habilitations.actions.rejoindre import demander_acces
from jalon.habilitations.actions.second_facteur import confirmer_perte, declarer_perte, remplacer_second_facteur
from jalon.habilitations.enums import Etendue, JeuDeDroits, NatureDecision, Role
from jalon.habilitations.models import DroitAccorde, Rattachement, RoleOpco
from jalon.habilitations.regles import DemandeDroit
from jalon.habilitations.regles_des_cles import DemandeCle
from jalon.socle.acteurs import Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import ErreurMetier
from tests.banque.outils import IBANS
from tests.banque.outils import ajouter as ajouter_rib
from tests.habilitations.fabrique import (
    CABINET,
    SIREN,
    ActeurSysteme,
    acteur,
    agent,
    code_en_circulation,
    organisation,
    personne,
    rattacher,
    sur_le_siren,
)
from tests.matrice.requetes import essai

JADIS = datetime(2026, 1, 1, tzinfo=UTC)
LIRE = Droit(Domaine.PLAN, Niveau.LECTURE)
Ouvert = Callable[[datetime], bool]


def _reussit(acte: Callable[[datetime], object]) -> Ouvert:
    """Whether an act goes through at an instant; it is undone."""

    def ouvert(le: datetime) -> bool:
        with essai():
            try:
                return bool(acte(le))
            except ErreurMetier:
                return False

    return ouvert


def _aline() -> Personne:
    """An administrator since long."""
    aline = personne("Aline")
    organisation()
    rattacher(aline)
    _depuis_longtemps()
    return aline


def _depuis_longtemps() -> None:
    DroitAccorde.objects.update(debut=JADIS)
    Rattachement.objects.tous("essai").update(actif_depuis=JADIS, cree_le=JADIS)
    RoleOpco.objects.update(debut=JADIS)


def _code(depart: datetime) -> Ouvert:
    organisation()
    clair, _ = code_en_circulation(emis_le=depart)
    qui = personne("Bruno")
    return _reussit(
        lambda le: utiliser_code(personne_id=qui.id, siren_saisi=SIREN, profil=Profil.ADHERENT, code_saisi=clair, maintenant=le)
    )


def _probation(depart: datetime) -> Ouvert:
    """« Open » is the probation itself: no administrator yet, bank details and exports closed."""
    organisation()
    clair, _ = code_en_circulation(emis_le=depart - timedelta(days=1))
    qui = personne("Bruno")
    utiliser_code(personne_id=qui.id, siren_saisi=SIREN, profil=Profil.ADHERENT, code_saisi=clair, maintenant=depart)

    def en_probation(le: datetime) -> bool:
        lu = acteur(qui, le)
        fermes = [not lu.perimetre(Droit(d, Niveau.LECTURE)).sirens for d in (Domaine.RIB, Domaine.EXPORTS)]
        assert set(fermes) == {not lu.est_administrateur(SIREN)}
        return fermes[0]

    return en_probation


def _demande(depart: datetime) -> Ouvert:
    aline, bruno = _aline(), personne("Bruno")
    demande = demander_acces(
        personne_id=bruno.id, numero_saisi=SIREN, profil=Profil.ADHERENT, jeu=JeuDeDroits.LECTURE, raison="x", maintenant=depart
    )
    return _reussit(
        lambda le: decider_demande(demande_id=demande.id, accorder=True, motif="", par=acteur(aline, le), maintenant=le)
    )


def _invitation(depart: datetime) -> Ouvert:
    aline, bruno = _aline(), personne("Bruno")
    inviter_personne(
        siren=SIREN, profil=Profil.ADHERENT, adresse=bruno.email, droits=[sur_le_siren(Domaine.PLAN, Niveau.LECTURE)],
        par=acteur(aline, depart), maintenant=depart,
    )  # fmt: skip
    return _reussit(lambda le: rattacher_invitations(personne_id=bruno.id, maintenant=le))


def _mandat(depart: datetime, dernier: date) -> Ouvert:
    organisation(CABINET, "ALPES COMPTA")
    aline, paul, chloe = _aline(), personne("Paul"), personne("Chloé")
    rattacher(paul, CABINET, Profil.PRESTATAIRE)
    lien = rattacher(chloe, CABINET, Profil.PRESTATAIRE, [])
    _depuis_longtemps()
    niveaux = {Domaine.PLAN: Niveau.LECTURE}
    mandat = donner_mandat(
        siren=SIREN, profil=Profil.ADHERENT, mandataire_saisi=CABINET, niveaux=niveaux, fin=dernier, par=acteur(aline, depart),
        maintenant=depart,
    )  # fmt: skip
    confier_mandats(
        mandataire=CABINET, rattachement_id=lien.id, mandats=[mandat.id], niveaux=niveaux, par=acteur(paul, depart),
        maintenant=depart,
    )  # fmt: skip
    return lambda le: SIREN in acteur(chloe, le).perimetre(LIRE).sirens


def _droit(depart: datetime, dernier: date) -> Ouvert:
    aline, bruno = _aline(), personne("Bruno")
    lien = rattacher(bruno, droits=[])
    _depuis_longtemps()
    voulu = DemandeDroit(Etendue.SIREN, "", Domaine.PLAN, Niveau.LECTURE, jusqu_au=dernier)
    modifier_droits(rattachement_id=lien.id, droits=[voulu], par=acteur(aline, depart), maintenant=depart)
    return lambda le: SIREN in acteur(bruno, le).perimetre(LIRE).sirens


def _cle(depart: datetime, dernier: date) -> Ouvert:
    organisation()
    demande = DemandeCle(nom="Paie", droits=[LIRE], jusqu_au=dernier)
    secret = creer_cle_api(
        siren=SIREN, profil=Profil.ADHERENT, demande=demande, par=ActeurSysteme("essai"), maintenant=depart
    ).secret
    return _reussit(lambda le: authentifier_cle(cle=secret, adresse="127.0.0.1", maintenant=le))


def _decision(depart: datetime) -> Ouvert:
    _aline()
    emma, hugo = agent(Role.CONSEILLER, prenom="Emma"), agent()
    _depuis_longtemps()
    proposee = proposer_decision(
        nature=NatureDecision.RECUPERATION, siren=SIREN, profil=Profil.ADHERENT, motif="Injoignable", preuve="Courrier",
        par=acteur(emma, depart), maintenant=depart,
    )  # fmt: skip
    return _reussit(lambda le: confirmer_decision(decision_id=proposee.id, par=acteur(hugo, le), maintenant=le))


def _perte(depart: datetime) -> Ouvert:
    aline, hugo, karim = _aline(), agent(), agent(prenom="Karim")
    _depuis_longtemps()
    perte = declarer_perte(par=acteur(aline, depart), maintenant=depart)
    confirmee = confirmer_perte(perte_id=perte.id, preuve="Rappelée", par=acteur(hugo, depart), maintenant=depart)
    declarer_avis_envoyes(avis=[confirmee.avis_id], par=acteur(hugo, depart), maintenant=depart)  # type: ignore[list-item]
    return _reussit(lambda le: remplacer_second_facteur(perte_id=perte.id, par=acteur(karim, le), maintenant=le))


def _rib(depart: datetime) -> Ouvert:
    """« Open » is the hold: nothing is paid to that account yet."""
    organisation()
    rib = ajouter_rib(IBANS[0], siren=SIREN, le=depart)
    return lambda le: raison_non_payable(rib.id, lignes_du_cote(SIREN, Profil.ADHERENT), le, verifie=False) != ""


def _le(texte: str) -> datetime:
    return datetime.fromisoformat(f"{texte}+00:00")


TABLE: list[tuple[str, Callable[[], Ouvert], str]] = [
    ("code, trois mois : 25/07 → 25/10, jour de 25 heures", lambda: _code(_le("2026-07-25T08:00")), "2026-10-25T23:00"),
    ("code émis le 24/07 à 23:59:59 à Paris", lambda: _code(_le("2026-07-24T21:59:59")), "2026-10-24T22:00"),
    ("code émis une seconde après, le 25/07", lambda: _code(_le("2026-07-24T22:00")), "2026-10-25T23:00"),
    ("code, trois mois : 28/12 → 28/03, jour de 23 heures", lambda: _code(_le("2026-12-28T08:00")), "2027-03-28T22:00"),
    ("code émis le 27/12 à 23:59:59 à Paris", lambda: _code(_le("2026-12-27T22:59:59")), "2027-03-27T23:00"),
    ("code émis une seconde après, le 28/12", lambda: _code(_le("2026-12-27T23:00")), "2027-03-28T22:00"),
    ("code, trois mois : 30/11 → 28/02", lambda: _code(_le("2026-11-30T08:00")), "2027-02-28T23:00"),
    ("probation de 72 heures, d’octobre", lambda: _probation(_le("2026-10-23T09:00")), "2026-10-26T09:00"),
    ("probation de 72 heures, de mars", lambda: _probation(_le("2027-03-26T09:00")), "2027-03-29T09:00"),
    ("demande, 30 jours, d’octobre", lambda: _demande(_le("2026-10-01T10:00")), "2026-10-31T10:00"),
    ("demande, 30 jours, de mars", lambda: _demande(_le("2027-03-01T10:00")), "2027-03-31T10:00"),
    ("invitation, 30 jours, d’octobre", lambda: _invitation(_le("2026-10-01T10:00")), "2026-10-31T10:00"),
    ("invitation, 30 jours, de mars", lambda: _invitation(_le("2027-03-01T10:00")), "2027-03-31T10:00"),
    ("mandat jusqu’au 24/10", lambda: _mandat(_le("2026-10-01T10:00"), date(2026, 10, 24)), "2026-10-24T22:00"),
    (
        "mandat jusqu’au 25/10, jour de 25 heures",
        lambda: _mandat(_le("2026-10-01T10:00"), date(2026, 10, 25)),
        "2026-10-25T23:00",
    ),
    ("mandat jusqu’au 27/03", lambda: _mandat(_le("2027-03-01T10:00"), date(2027, 3, 27)), "2027-03-27T23:00"),
    ("mandat jusqu’au 28/03, jour de 23 heures", lambda: _mandat(_le("2027-03-01T10:00"), date(2027, 3, 28)), "2027-03-28T22:00"),
    ("droit jusqu’au 25/10", lambda: _droit(_le("2026-10-01T10:00"), date(2026, 10, 25)), "2026-10-25T23:00"),
    ("droit jusqu’au 28/03", lambda: _droit(_le("2027-03-01T10:00"), date(2027, 3, 28)), "2027-03-28T22:00"),
    ("clé jusqu’au 25/10", lambda: _cle(_le("2026-10-01T10:00"), date(2026, 10, 25)), "2026-10-25T23:00"),
    ("clé jusqu’au 28/03", lambda: _cle(_le("2027-03-01T10:00"), date(2027, 3, 28)), "2027-03-28T22:00"),
    ("décision à deux, 30 jours", lambda: _decision(_le("2026-10-01T10:00")), "2026-10-31T10:00"),
    ("second facteur perdu, 30 jours", lambda: _perte(_le("2027-03-01T10:00")), "2027-03-31T10:00"),
    ("coordonnées bancaires, 72 heures, d’octobre", lambda: _rib(_le("2026-10-23T09:00")), "2026-10-26T09:00"),
    ("coordonnées bancaires, 72 heures, de mars", lambda: _rib(_le("2027-03-26T09:00")), "2027-03-29T09:00"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("situation", "fin"), [pytest.param(s, f, id=nom) for nom, s, f in TABLE])
def test_ouvert_jusqu_a_la_derniere_seconde_ferme_a_la_suivante(situation: Callable[[], Ouvert], fin: str) -> None:
    ouvert, borne = situation(), _le(fin)
    ecarts = (-timedelta(seconds=1), -timedelta(microseconds=1), timedelta(), timedelta(seconds=1))
    assert [ouvert(borne + ecart) for ecart in ecarts] == [True, True, False, False]
