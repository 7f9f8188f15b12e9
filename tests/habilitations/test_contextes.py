"""Every e-mail about access and bank details, whole: its object found among others, its title, its words, its link."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from jalon.banque.courriels import AvisChangement, AvisGel, GelSignale
from jalon.banque.models import CoordonneesBancaires
from jalon.courriers.messages import Destinataire, Message
from jalon.habilitations import annonces
from jalon.habilitations.courriels import (
    acces,
    cles,
    codes,
    conventions,
    decisions,
    demandes,
    groupes,
    mandats,
    preparations,
)
from jalon.habilitations.enums import (
    EtatDecision,
    EtatDemande,
    EtatPerte,
    EtatPreparation,
    EtatRattachement,
    OrigineDemande,
    OrigineMandat,
    Role,
)
from jalon.habilitations.models import CleApi, DemandeAcces, DemandeLettre, PerteSecondFacteur
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.dates import PARIS, fin_du_jour
from jalon.socle.identifiants import nouvel_id
from tests.banque.outils import IBANS, ajouter
from tests.dossiers.fabrique import document
from tests.habilitations.fabrique import (
    AUTRE_SIREN,
    CABINET,
    LE,
    SIREN,
    agent,
    code_en_circulation,
    decision,
    donner,
    groupe,
    organisation,
    personne,
    portefeuille,
    rattacher,
    sirens,
)
from tests.habilitations.preparations import deposee, ligne, organisations

pytestmark = pytest.mark.django_db
A_ELLE = Destinataire("aline@essai.example", nouvel_id())
BELLERIVE = "BELLERIVE RESTAURATION (SIREN 123\u00a0456\u00a0782)"
CFA = "CFA DU LAC (SIREN 732\u00a0829\u00a0320)"
COMPTA = "ALPES COMPTA (SIREN 552\u00a0100\u00a0554)"
FIN = fin_du_jour(date(2027, 8, 31))
COTES = ((SIREN, Profil.ADHERENT), (AUTRE_SIREN, Profil.PRESTATAIRE))
NOMS = {SIREN: BELLERIVE, AUTRE_SIREN: CFA}
A_SON_ADRESSE = {
    acces.InvitationRecue, acces.DroitsModifies, acces.EspaceVu, acces.AccesRetire, codes.LettreEcartee, demandes.DemandeDecidee,
    mandats.ClientsConfies, preparations.AccesPrepare,
}  # fmt: skip
"""Told to whom the object itself names: what becomes of it decides, not who reads."""


@pytest.fixture(autouse=True)
def _deux_organisations() -> Iterator[None]:
    organisation()
    organisation(AUTRE_SIREN, "CFA DU LAC")
    organisation(CABINET, "ALPES COMPTA")
    with time_machine.travel(LE, tick=False):
        yield


def _lus(classe: type[Message], *objets: Any) -> list[Message]:
    """Each read by its own id, whatever else there is."""
    messages = [classe.charger(objet.id, A_ELLE) for objet in objets]
    assert [next(iter(vars(m).values())) for m in messages] == list(objets)
    assert {m.destinataire for m in messages if m is not None} == {A_ELLE}  # type: ignore[attr-defined]
    if classe not in A_SON_ADRESSE:
        _refuser_aux_intrus(classe, objets)
    return [m for m in messages if m is not None]


def _refuser_aux_intrus(classe: type[Message], objets: tuple[Any, ...]) -> None:
    """Nobody of another organisation or of another portefeuille receives it, were her address written there by mistake."""
    ailleurs = personne("Gaël", "Ailleurs")
    for profil in Profil:
        rattacher(ailleurs, sirens(1)[0], profil)
    for intrus in (
        ailleurs,
        agent(portefeuilles=[portefeuille("Bretagne").id], prenom="Yann"),
        personne("Nul", "Part", opco=True),
    ):
        for objet in objets:
            message = classe.charger(objet.id, Destinataire(intrus.email, intrus.id))
            assert message is not None
            assert not message.autorise(), (classe.genre, intrus.nom)


def _comparer(classe: type[Message], objets: list[Any], titre: str, attendus: list[Mapping[str, object]]) -> None:
    """`titre`: the subject without what follows its colon."""
    lus = _lus(classe, *objets)
    assert [m.contexte() for m in lus] == attendus
    for message, attendu in zip(lus, attendus, strict=True):
        suite = attendu.get("organisation", attendu.get("client"))
        assert message.sujet() == f"{titre}\u00a0: {suite}"


def _des_deux_cotes(faire: Callable[[str, Profil], Any], **suite: object) -> tuple[list[Any], list[Mapping[str, object]]]:
    """An object on each side, and what is said of it."""
    return [faire(*cote) for cote in COTES], [
        {"organisation": NOMS[siren], "prestataire": profil == Profil.PRESTATAIRE, "chemin": "/accueil/", **suite}
        for siren, profil in COTES
    ]


@pytest.mark.parametrize(
    ("classe", "titre"),
    [
        (acces.InvitationRecue, "Vous êtes invité à rejoindre un espace"),
        (acces.DroitsModifies, "Vos droits ont changé"),
        (acces.AccesRetire, "Votre accès a été retiré"),
        (acces.AdministrateurNomme, "Un administrateur a été nommé"),
        (acces.NouvelAcces, "Un nouvel accès a été donné"),
        (acces.OctroiEnAttente, "Des droits attendent une confirmation"),
        (acces.OctroiDecide, "Des droits en attente ont reçu une réponse"),
        (acces.OctroiAVerifier, "Des droits donnés en rafale sont à vérifier"),
        (acces.RetraitAnnonce, "Un accès a pris fin"),
    ],
    ids=lambda c: getattr(c, "genre", ""),
)
def test_sur_un_acces(classe: type[Message], titre: str) -> None:
    objets, attendus = _des_deux_cotes(lambda siren, profil: rattacher(personne(), siren, profil, []))
    _comparer(classe, objets, titre, attendus)


def test_sur_un_acces_qui_a_son_propre_lien() -> None:
    objets, attendus = _des_deux_cotes(lambda siren, profil: rattacher(personne(), siren, profil, []))
    a_elle = [{**attendu, "chemin": f"/e/{siren}/mes-droits/"} for (siren, _), attendu in zip(COTES, attendus, strict=True)]
    _comparer(acces.EspaceVu, objets, "L’espace est vu comme vous le voyez", a_elle)
    titre = "Un nouvel administrateur a été vérifié"
    _comparer(acces.NominationDecidee, objets, titre, [{**a, "refusee": False} for a in attendus])
    retire = rattacher(personne(), etat=EtatRattachement.RETIRE)
    _comparer(acces.NominationDecidee, [retire], titre, [{**attendus[0], "refusee": True}])
    invite = rattacher(personne(), etat=EtatRattachement.INVITE)
    prepares = [{**attendus[0], "attendu": False}, {**attendus[0], "attendu": True, "chemin": "/compte/signup/"}]
    _comparer(preparations.AccesPrepare, [objets[0], invite], "Votre accès est préparé", prepares)


@pytest.mark.parametrize(
    ("classe", "titre"),
    [(codes.CodeEmis, "Un courrier d’activation va partir"), (codes.CodeTermine, "Un code d’activation a été arrêté")],
)
def test_sur_un_code(classe: type[Message], titre: str) -> None:
    objets, attendus = _des_deux_cotes(lambda siren, profil: code_en_circulation(siren, profil)[1], fin="25/01/2027")
    _comparer(classe, objets, titre, attendus)


def test_sur_un_code_ou_un_courrier_que_l_on_attend() -> None:
    objets, attendus = _des_deux_cotes(
        lambda siren, profil: code_en_circulation(siren, profil)[1], fin="25/01/2027", chemin="/acces/codes/"
    )
    sans_nom = [{**a, "organisation": str(a["organisation"]).partition("(")[2].strip(")")} for a in attendus]
    _comparer(codes.CodeBientotPerime, objets, "Un code d’activation va expirer", sans_nom)
    demandees = [
        DemandeLettre.objects.create(
            siren=siren, profil=profil, portefeuille_id=PORTEFEUILLE_PAR_DEFAUT, personne=personne(), demandee_le=LE, ouvre=True
        )
        for siren, profil in COTES
    ]
    sans_fin = [{cle: dit for cle, dit in a.items() if cle != "fin"} for a in sans_nom]
    _comparer(codes.LettreEcartee, demandees, "Votre demande de courrier d’activation", sans_fin)


@pytest.mark.parametrize(
    ("classe", "titre"),
    [(cles.CleCreee, "Une clé d’API vient d’être créée"), (cles.CleBientotExpiree, "Une clé d’API expire bientôt")],
)
def test_sur_une_cle(classe: type[Message], titre: str) -> None:
    def faire(siren: str, profil: Profil) -> CleApi:
        cle = CleApi(
            profil=profil, nom="Paie", droits=["plan:1"], empreinte=nouvel_id().hex, creee_le=LE, expire_le=FIN,
            ancienne=profil == Profil.PRESTATAIRE,
        ).porter(portee_des_acces(siren, profil, PORTEFEUILLE_PAR_DEFAUT))  # fmt: skip
        cle.save(force_insert=True)
        return cle

    objets, attendus = _des_deux_cotes(faire, nom="Paie", dernier_jour="31/08/2027")
    _comparer(classe, objets, titre, [{**a, "ancienne": a["prestataire"]} for a in attendus])


@pytest.mark.parametrize(
    ("classe", "titre"),
    [
        (demandes.DemandeRecue, "Une demande d’accès attend votre réponse"),
        (demandes.DemandeRelancee, "Une demande d’accès attend toujours votre réponse"),
        (demandes.DemandeDecidee, "Votre demande d’accès a reçu une réponse"),
    ],
)
def test_sur_une_demande(classe: type[Message], titre: str) -> None:
    def faire(siren: str, profil: Profil) -> DemandeAcces:
        accordee = profil == Profil.PRESTATAIRE
        demande = DemandeAcces(
            personne=personne(), profil=profil, demandee_le=LE, etat=EtatDemande.ACCORDEE if accordee else EtatDemande.EN_ATTENTE,
            origine=OrigineDemande.SANS_CODE if accordee else OrigineDemande.CODE,
        ).porter(portee_des_acces(siren, profil, PORTEFEUILLE_PAR_DEFAUT))  # fmt: skip
        demande.save(force_insert=True)
        return demande

    objets, attendus = _des_deux_cotes(faire)
    dits = [{**a, "accordee": a["prestataire"], "avec_code": not a["prestataire"]} for a in attendus]
    _comparer(classe, objets, titre, dits)


def test_sur_une_decision_a_deux() -> None:
    objets, attendus = _des_deux_cotes(
        decision, decision="Nommer un administrateur par un nouveau courrier", etat=EtatDecision.PROPOSEE, chemin="/contact/"
    )
    _comparer(decisions.DecisionAnnoncee, objets, "Accès à l’espace", attendus)
    a_l_opco = [{**a, "chemin": "/opco/decisions/"} for a in attendus]
    _comparer(decisions.DecisionAConfirmer, objets, "Une décision attend une seconde personne", a_l_opco)


def test_sur_un_groupe() -> None:
    lus = [groupe("Sud"), groupe("Nord", siren=AUTRE_SIREN)]
    attendus = [{"organisation": NOMS[g.siren], "chemin": f"/e/{g.siren}/habilitations/groupes/{g.id}/"} for g in lus]
    _comparer(groupes.GroupeModifie, lus, "Un groupe d’établissements a changé", attendus)


DITS_D_UN_MANDAT = {"mandataire": COMPTA, "jusqu_au": "31/08/2027", "chemin": "/accueil/"}


@pytest.mark.parametrize(
    ("classe", "titre"),
    [
        (mandats.MandatDonne, "Un mandat a été donné"),
        (mandats.MandatModifie, "Un mandat a été modifié ou renouvelé"),
        (mandats.MandatTermine, "Un mandat a pris fin"),
        (mandats.MandatEnAttente, "Un mandat attend une confirmation"),
        (mandats.MandatDecide, "Un mandat en attente a reçu une réponse"),
        (mandats.MandatAVerifier, "Un mandat donné en rafale est à vérifier"),
        (mandats.EcheanceMandat, "Un mandat prend bientôt fin"),
    ],
    ids=lambda c: getattr(c, "genre", ""),
)
def test_sur_un_mandat(classe: type[Message], titre: str) -> None:
    donnes = [donner(siren, profil=profil, fin=FIN) for siren, profil in COTES]
    _comparer(classe, donnes, titre, [{"client": NOMS[siren], **DITS_D_UN_MANDAT} for siren, _ in COTES])


def test_sur_les_clients_d_un_collaborateur() -> None:
    liens = [rattacher(personne(), siren, profil, []) for siren, profil in COTES]
    attendus = [{"organisation": NOMS[siren], "chemin": f"/e/{siren}/clients/"} for siren, _ in COTES]
    _comparer(mandats.ClientsConfies, liens, "Vos clients ont changé", attendus)


def test_sur_une_convention() -> None:
    donnes = [
        donner(
            siren, CABINET, {Domaine.ALTERNANCE: Niveau.ENVOI}, fin=FIN, origine=OrigineMandat.CONVENTION, reference=f"C-{siren}", signee_le=date(2026, 11, 20),
            piece=document(),
        )
        for siren in (SIREN, AUTRE_SIREN)
    ]  # fmt: skip
    dits = [{"client": NOMS[siren], **DITS_D_UN_MANDAT} for siren in (SIREN, AUTRE_SIREN)]
    declares = [
        {**d, "reference": f"C-{m.siren}", "signee_le": "20/11/2026", "chemin": f"/e/{m.siren}/habilitations/mandats/{m.id}/"}
        for m, d in zip(donnes, dits, strict=True)
    ]
    _comparer(conventions.ConventionDeclaree, donnes, "Un CFA déclare agir en votre nom", declares)
    (nombre, autre) = _lus(conventions.ConventionsEnNombre, *donnes)
    assert [nombre.contexte(), autre.contexte()] == [{**d, "chemin": "/opco/acces/conventions/"} for d in dits]
    assert nombre.sujet() == f"Beaucoup de conventions déclarées aujourd’hui\u00a0: {COMPTA}"
    chemin = f"/e/{CABINET}/habilitations/conventions/"
    for message, dit in zip(_lus(conventions.ConventionsBientotFinies, *donnes), dits, strict=True):
        assert message.contexte() == {**dit, "nombre": 2, "chemin": chemin}
        assert message.sujet() == "Des conventions prennent fin le 31/08/2027"


def test_sur_des_droits_prepares(tmp_path: Path) -> None:
    une = deposee(tmp_path, ligne("bruno@essai.example"), ligne("zoe@essai.example", siren=AUTRE_SIREN, profil="prestataire"))
    autre = deposee(tmp_path, ligne("chloe@essai.example"), auteur=agent(Role.CONSEILLER, prenom="Lou"))
    autre.etat = EtatPreparation.ECARTEE
    autre.save(update_fields=["etat"])
    attendus = [{"fichier": "droits.csv", "appliquee": False, "chemin": f"/opco/preparations/{p.id}/"} for p in (une, autre)]
    for classe, sujet in (
        (preparations.PreparationASigner, "Des droits préparés attendent deux signatures"),
        (preparations.PreparationClose, "Des droits préparés ont été écartés"),
    ):
        lus = [classe.charger(p.id, A_ELLE) for p in (une, autre)]
        assert [m.contexte() for m in lus if m is not None] == attendus
        assert {m.sujet() for m in lus if m is not None} == {sujet}
    reprises = organisations(une)
    for rang, reprise in enumerate(reprises):
        reprise.changees = rang + 2
        reprise.save(update_fields=["changees"])
    dits = [
        {"organisation": NOMS[siren], "prestataire": profil == Profil.PRESTATAIRE, "personnes": rang + 2, "chemin": "/accueil/"}
        for rang, (siren, profil) in enumerate(COTES)
    ]
    _comparer(preparations.DroitsRepris, reprises, "Des accès ont été ajoutés", dits)


@pytest.mark.parametrize(
    ("classe", "titre"),
    [
        (annonces.PerteDeclaree, "Demande de remplacement d’un second facteur"),
        (annonces.SecondFacteurRemplace, "Un second facteur a été retiré"),
        (annonces.PerteRefusee, "Remplacement d’un second facteur refusé"),
    ],
)
def test_sur_un_second_facteur_perdu(classe: type[Message], titre: str) -> None:
    pertes = [
        PerteSecondFacteur.objects.create(
            personne=personne(), siren=siren, profil=profil, portefeuille_id=PORTEFEUILLE_PAR_DEFAUT, etat=EtatPerte.DEMANDEE,
            demandee_le=LE,
        )
        for siren, profil in COTES
    ]  # fmt: skip
    for perte, message in zip(pertes, _lus(classe, *pertes), strict=True):
        dit = {"organisation": NOMS[perte.siren], "chemin": "/compte/second-facteur-perdu/"}
        assert message.contexte() == {**dit, "sien": False}
        sien = classe.charger(perte.id, Destinataire("x@essai.example", perte.personne_id))
        assert sien is not None
        assert sien.contexte() == {**dit, "sien": True}
        assert message.sujet() == sien.sujet() == titre


def _comptes() -> list[CoordonneesBancaires]:
    return [
        ajouter(IBANS[0], le=datetime(2026, 11, 20, 9, tzinfo=UTC)),
        ajouter(IBANS[1], siren=AUTRE_SIREN, profil=Profil.PRESTATAIRE, le=datetime(2026, 11, 21, 9, tzinfo=UTC)),
    ]


@pytest.mark.parametrize(
    ("classe", "titre", "chemin"),
    [
        (AvisGel, "Coordonnées bancaires gelées", "/e/{siren}/coordonnees-bancaires/"),
        (GelSignale, "Changement de coordonnées bancaires contesté", "/opco/organisations/{siren}/"),
        (AvisChangement, "Nouvelles coordonnées bancaires", "/e/{siren}/coordonnees-bancaires/"),
    ],
)
def test_sur_des_coordonnees_bancaires(classe: type[Message], titre: str, chemin: str) -> None:
    comptes = _comptes()
    for rang, (message, compte) in enumerate(zip(_lus(classe, *comptes), comptes, strict=True)):
        siren = compte.organisation_siren
        dit = dict(message.contexte())
        if classe is AvisChangement:
            assert str(dit.pop("chemin_gel")).startswith("/coordonnees-bancaires/gel/")
            assert dit.pop("premieres") is True
        assert dit == {
            "organisation": NOMS[siren],
            "chemin": chemin.format(siren=siren),
            "ajoutees_le": datetime(2026, 11, 20 + rang, 10, tzinfo=PARIS),
            "utilisable_le": datetime(2026, 11, 23 + rang, 10, tzinfo=PARIS),
        }
        assert message.sujet() == f"{titre}\u00a0: {NOMS[siren]}"
