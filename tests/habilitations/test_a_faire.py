"""« À faire » about access and bank details, each line whole; and what two people of the OPCO of two portefeuilles each see."""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from jalon.banque.requetes import a_faire as a_faire_banque
from jalon.banque.requetes import comptes_a_confirmer
from jalon.comptes.models import Personne
from jalon.habilitations.enums import (
    Attente,
    EtatCommande,
    EtatDecision,
    EtatPerte,
    NatureAvis,
    OrigineDemande,
    OrigineMandat,
    Role,
)
from jalon.habilitations.models import (
    AdresseACompleter,
    AvisPostal,
    CommandeCodes,
    DemandeAcces,
    DemandeLettre,
    PerteSecondFacteur,
    RoleOpco,
)
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.requetes.commandes import adresses_a_completer, avis_a_envoyer, lettres_demandees
from jalon.habilitations.requetes.conventions import conventions_suivies
from jalon.habilitations.requetes.decisions import decisions_closes, decisions_proposees
from jalon.habilitations.requetes.demandes import demandes_de_l_opco
from jalon.habilitations.requetes.mandats import mandats_a_verifier
from jalon.habilitations.requetes.nominations import nominations_de_l_opco
from jalon.habilitations.requetes.octrois import octrois_a_verifier
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.habilitations.requetes.second_facteur import perte_en_cours, pertes_a_traiter
from jalon.habilitations.requetes.taches import a_faire, a_faire_opco
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Acteur, Domaine, GenreTache, Niveau, Pouvoir, Profil, Tache
from jalon.socle.identifiants import nouvel_id
from tests.acteurs import acteur_opco
from tests.banque.outils import IBANS, ajouter
from tests.dossiers.fabrique import document
from tests.habilitations.fabrique import (
    CABINET,
    LE,
    SIREN,
    acteur,
    agent,
    decision,
    donner,
    organisation,
    personne,
    portefeuille,
    rattacher,
    sur_le_siren,
)

pytestmark = pytest.mark.django_db
JOUR, SECONDE = timedelta(days=1), timedelta(seconds=1)
LIRE = [sur_le_siren(Domaine.PLAN, Niveau.LECTURE)]


def _demande(le: datetime = LE, profil: Profil = Profil.ADHERENT, **suite: Any) -> DemandeAcces:
    demande = DemandeAcces(personne=personne("Bruno"), profil=profil, demandee_le=le, **suite).porter(
        portee_des_acces(SIREN, profil, suite.pop("portefeuille_id", PORTEFEUILLE_PAR_DEFAUT))
    )
    demande.save(force_insert=True)
    return demande


def test_tout_ce_que_l_administrateur_doit_faire_sur_les_acces() -> None:
    organisation()
    organisation(CABINET, "ALPES COMPTA")
    aline, louise = personne("Aline"), personne("Louise")
    rattacher(aline)
    nommee = rattacher(louise, probation_jusqu_a=LE + 2 * JOUR)
    avec, sans = _demande(), _demande(LE - JOUR, origine=OrigineDemande.SANS_CODE)
    octroi = rattacher(personne("Chloé"), droits=LIRE)
    octroi.droits.update(attente=Attente.SECONDE_VOIX, debut=LE + JOUR, accorde_par=louise.id)
    attendu = donner(attente=Attente.SECONDE_VOIX, compte_le=LE + JOUR, attendu_par=louise.id)
    finissant = donner(mandataire="732829320", fin=LE + 10 * JOUR)
    ici = (("siren", SIREN),)
    commun = {"rubrique": "acces", "genre": GenreTache.ACCES}
    assert a_faire(acteur(aline), SIREN) == [
        Tache(
            "Répondre à une demande d’accès", "Bruno Ferrand demande à rejoindre l’espace", "Répondre", "espace_demande",
            (*ici, ("demande_id", str(sans.id))), icone="user-check", echeance=date(2026, 12, 23), **commun,
        ),
        Tache(
            "Répondre à une demande d’accès", "Bruno Ferrand demande à administrer l’espace", "Répondre", "espace_demande",
            (*ici, ("demande_id", str(avec.id))), icone="user-check", echeance=date(2026, 12, 24), **commun,
        ),
        Tache(
            "Vérifier un nouvel administrateur", "Louise Ferrand administre l’espace depuis moins de 72\u00a0heures",
            "Confirmer ou refuser", "espace_nomination", (*ici, ("rattachement_id", str(nommee.id))), icone="shield-check",
            echeance=date(2026, 11, 26), **commun,
        ),
        Tache(
            "Confirmer des droits donnés",
            "Louise Ferrand a donné à Chloé Ferrand des droits qui attendent une seconde personne", "Voir ces droits",
            "espace_habilitations", ici, icone="user-check", echeance=date(2026, 11, 25), **commun,
        ),
        Tache(
            "Confirmer un mandat", "Louise Ferrand a donné à ALPES COMPTA un mandat qui attend une seconde personne",
            "Voir le mandat", "espace_mandat", (*ici, ("mandat_id", str(attendu.id))), icone="briefcase",
            echeance=date(2026, 11, 25), rubrique="acces", genre=GenreTache.MANDAT,
        ),
        Tache(
            "Renouveler un mandat, ou le laisser finir",
            "Le mandat donné à SIREN 732\u00a0829\u00a0320 prend fin à cette date", "Renouveler", "espace_mandat_modifier",
            (*ici, ("mandat_id", str(finissant.id))), icone="briefcase", echeance=date(2026, 12, 4), rubrique="acces",
            genre=GenreTache.MANDAT, ancre="id_fin",
        ),
        Tache(
            "Nommer un second administrateur", "Vous êtes seul à pouvoir donner des droits\u00a0: prévoyez vos absences",
            "Inviter une personne", "espace_habilitations", ici, icone="user-plus", **commun,
        ),
    ]  # fmt: skip
    assert [t.nom_url for t in a_faire(acteur(louise), SIREN)] == []


def test_les_comptes_bancaires_a_verifier_ou_a_confirmer() -> None:
    organisation()
    aline, louise = personne("Aline"), personne("Louise")
    for qui in (aline, louise):
        rattacher(qui)
    ligne = ajouter(IBANS[0], le=LE, par=acteur(aline))
    farid = acteur_opco(PORTEFEUILLE_PAR_DEFAUT, Pouvoir.TRAITER_FACTURES)
    commun: dict[str, Any] = {"icone": "landmark", "rubrique": "reglements"}
    une = Tache(
        "Vérifier des coordonnées bancaires", "1 compte que personne à l’OPCO n’a vérifié", "Vérifier", "opco_ribs", (),
        echeance=date(2026, 11, 27), **commun,
    )  # fmt: skip
    assert a_faire_banque(farid, LE) == [une]
    (servie,) = a_faire_banque(farid, LE + 3 * JOUR)
    assert servie.echeance is None
    assert a_faire_banque(acteur_opco(portefeuille().id, Pouvoir.TRAITER_FACTURES), LE) == []
    assert comptes_a_confirmer(acteur(aline), SIREN, LE) == []
    a_confirmer = Tache(
        "Confirmer un nouveau compte bancaire, ou le geler", f"{ligne.iban_masque} sera payé à partir de cette date", "Vérifier",
        "espace_rib", (("siren", SIREN),), echeance=date(2026, 11, 27), genre=GenreTache.RIB, ancre=f"compte-{ligne.pk}", **commun,
    )  # fmt: skip
    assert comptes_a_confirmer(acteur(louise), SIREN, LE) == [a_confirmer]
    assert comptes_a_confirmer(acteur(louise), SIREN, ligne.utilisable_a_partir_de) == []


def _a_l_opco() -> None:
    """One of each thing that waits, in the portefeuille of Hugo."""
    _demande()
    rafale = rattacher(personne("Rafale"), droits=LIRE)
    rafale.droits.update(attente=Attente.VERIFICATION, debut=LE)
    donner(attente=Attente.VERIFICATION, compte_le=LE, retenu=True, attendu_par=nouvel_id())
    rattacher(personne("Louise"), probation_jusqu_a=LE + JOUR)
    AdresseACompleter.objects.create(siren=SIREN, signalee_le=LE)
    DemandeLettre.objects.create(
        siren=SIREN, profil=Profil.ADHERENT, portefeuille_id=PORTEFEUILLE_PAR_DEFAUT, personne=personne("Zoé"), demandee_le=LE,
        ouvre=True,
    )  # fmt: skip
    AvisPostal.objects.create(
        siren=SIREN, profil=Profil.ADHERENT, nature=NatureAvis.DEMANDE_RECUE, personne=personne("Ava"), le=LE,
        portefeuille_id=PORTEFEUILLE_PAR_DEFAUT,
    )  # fmt: skip


def test_tout_ce_que_l_opco_doit_faire_sur_les_acces() -> None:
    organisation()
    hugo, autre = agent(), agent(portefeuilles=[portefeuille().id], prenom="Inès")
    _a_l_opco()
    for qui, etat in ((hugo, EtatCommande.PRETE), (autre, EtatCommande.PRETE), (hugo, EtatCommande.IMPRIMEE)):
        CommandeCodes.objects.create(
            profil=Profil.ADHERENT, critere="essai", etat=etat, commandee_par=qui, commandee_le=LE, prete_le=LE
        )  # fmt: skip
    attendues = [
        ("Répondre aux demandes d’accès", "1 sans administrateur pour décider", "opco_acces"),
        ("Vérifier des droits donnés en rafale", "2 plus de trois en une heure", "opco_acces"),
        ("Vérifier de nouveaux administrateurs", "1 dans leurs 72\u00a0premières heures", "opco_nominations"),
        ("Imprimer les lettres d’activation", "1 à télécharger avant leur effacement", "opco_codes"),
        ("Compléter des adresses de siège", "1 que le registre ne donne pas", "opco_codes"),
        ("Commander les courriers demandés", "1 par des entreprises ou des conseillers", "opco_codes"),
        ("Envoyer les avis aux sièges", "1 après l’usage de leur code", "opco_codes"),
    ]
    commun: dict[str, Any] = {"parametres": (), "icone": "mail", "rubrique": "acces"}
    assert a_faire_opco(acteur(hugo)) == [Tache(t, d, "Ouvrir", page, **commun) for t, d, page in attendues]
    assert [t.titre for t in a_faire_opco(acteur(autre))] == ["Imprimer les lettres d’activation"]


DE_L_OPCO: dict[str, Callable[[Acteur], Collection[Any]]] = {
    "demandes": lambda par: demandes_de_l_opco(par, LE),
    "octrois": lambda par: octrois_a_verifier(par, LE),
    "mandats": lambda par: mandats_a_verifier(par, LE),
    "nominations": lambda par: nominations_de_l_opco(par, LE),
    "adresses": adresses_a_completer,
    "courriers": lambda par: lettres_demandees(par, LE),
    "avis": avis_a_envoyer,
}


@pytest.mark.parametrize("lire", DE_L_OPCO.values(), ids=DE_L_OPCO)
def test_l_opco_lit_les_portefeuilles_ou_elle_decide_et_eux_seuls(lire: Callable[[Acteur], Collection[Any]]) -> None:
    """Two roles: the decision on one portefeuille, the mere reading of another, where the same things wait."""
    organisation()
    ailleurs = portefeuille()
    _a_l_opco()
    ines = agent(portefeuilles=[ailleurs.id], prenom="Inès")
    lus = {qui.prenom: len(lire(acteur(qui))) for qui in (agent(), ines, agent(Role.COMPTABLE, prenom="Paul"))}
    assert lus == {"Hugo": 1, "Inès": 0, "Paul": 0}


def _perte(le: datetime) -> PerteSecondFacteur:
    return PerteSecondFacteur.objects.create(
        personne=personne("Eve"), siren=SIREN, profil=Profil.ADHERENT, portefeuille_id=PORTEFEUILLE_PAR_DEFAUT,
        etat=EtatPerte.DEMANDEE, demandee_le=le,
    )  # fmt: skip


def _convention(fin: datetime) -> Any:
    return donner(
        niveaux={Domaine.ALTERNANCE: Niveau.ENVOI}, origine=OrigineMandat.CONVENTION, reference="C", piece=document(), fin=fin,
        signee_le=date(2026, 11, 2),
    )  # fmt: skip


BORNES_DE_L_OPCO: list[tuple[str, Callable[[datetime], Any], Callable[[Acteur], Collection[Any]], datetime]] = [
    ("demandes", _demande, lambda h: demandes_de_l_opco(h, LE), LE - 30 * JOUR),
    ("décisions", lambda le: decision(le=le), lambda h: decisions_proposees(h, LE), LE - 30 * JOUR),
    ("pertes", _perte, lambda h: pertes_a_traiter(h, LE), LE - 30 * JOUR),
    ("nominations", lambda le: rattacher(personne(), probation_jusqu_a=le), lambda h: nominations_de_l_opco(h, LE), LE),
    ("conventions", _convention, lambda h: conventions_suivies(h, LE, seules=False).lignes, LE),
    ("conventions seules", _convention, lambda h: conventions_suivies(h, LE, seules=True).lignes, LE),
]


@pytest.mark.parametrize(("ecart", "lus"), [(timedelta(0), 0), (SECONDE, 1)])
@pytest.mark.parametrize(("faire", "lire", "borne"), [b[1:] for b in BORNES_DE_L_OPCO], ids=[b[0] for b in BORNES_DE_L_OPCO])
def test_chaque_borne_de_l_opco_a_la_seconde(
    faire: Callable[[datetime], Any], lire: Callable[[Acteur], Collection[Any]], borne: datetime, ecart: timedelta, lus: int
) -> None:
    organisation()
    faire(borne + ecart)
    assert len(lire(acteur(agent()))) == lus


def test_une_decision_close_et_une_perte_d_une_autre_ne_se_melent_pas() -> None:
    organisation()
    hugo = acteur(agent())
    organisation(CABINET)
    attend, expiree = decision(), decision(CABINET, le=LE - 30 * JOUR)
    ecartee = decision(le=LE - JOUR, etat=EtatDecision.ECARTEE, motif_ecart="Non", decidee_par=agent(), decidee_le=LE)
    assert decisions_proposees(hugo, LE) == [attend]
    assert decisions_closes(hugo, LE) == [ecartee, expiree]
    perte = _perte(LE)
    assert perte_en_cours(perte.personne_id, LE) == perte
    assert perte_en_cours(personne().id, LE) is None
    assert perte_en_cours(perte.personne_id, LE + 30 * JOUR) is None


def test_qui_a_le_pouvoir_sur_ce_portefeuille_en_ce_moment() -> None:
    hugo, ferme, suspendu, parti, futur = (agent(prenom=p) for p in ("Hugo", "Fermé", "Suspendu", "Parti", "Futur"))
    agent(Role.COMPTABLE, prenom="Paul")
    agent(portefeuilles=[portefeuille().id], prenom="Inès")
    Personne.objects.filter(id=ferme.id).update(is_active=False)
    Personne.objects.filter(id=suspendu.id).update(suspendue_le=LE)
    RoleOpco.objects.filter(personne=parti).update(fin=LE)
    RoleOpco.objects.filter(personne=futur).update(debut=LE + SECONDE)

    def lus(le: datetime) -> list[Personne]:
        return personnes_du_pouvoir(Pouvoir.DECIDER_ACCES, PORTEFEUILLE_PAR_DEFAUT, le)

    assert lus(LE) == [hugo]
    assert lus(LE - SECONDE) == [hugo, parti]
    assert lus(LE + SECONDE) == [futur, hugo]
    assert personnes_du_pouvoir(Pouvoir.DECIDER_ACCES, None, LE) == []
