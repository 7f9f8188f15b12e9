"""Tickets: opened without an account, limited, answered in their portefeuille."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.conf import settings

from jalon.aide import taches
from jalon.aide.actions.tickets import clore_ticket, ouvrir_ticket, repondre_ticket, suivre_les_portefeuilles
from jalon.aide.courriels import MESSAGES, AccuseTicket, ReponseEnvoyee
from jalon.aide.enums import EtatTicket
from jalon.aide.models import ReponseTicket, Ticket
from jalon.aide.regles import PAR_ADRESSE_ELECTRONIQUE, PAR_ADRESSE_IP
from jalon.aide.requetes import a_faire, liste_tickets, reponses_de, ticket_accessible, tickets_a_traiter
from jalon.courriers.actions import rendre
from jalon.courriers.messages import Destinataire, genres
from jalon.courriers.models import Courriel
from jalon.habilitations.codes import tirer_code
from jalon.habilitations.enums import Role
from jalon.habilitations.models import CompteurEssais
from jalon.habilitations.roles import POUVOIRS
from jalon.journal.models import Evenement
from jalon.journal.requetes import en_lignes
from jalon.organisations.portefeuilles import suivis
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT
from jalon.socle.acteurs import Pouvoir
from jalon.socle.erreurs import Introuvable, SaisieRefusee, SaisiesRefusees, TransitionImpossible, TropDEssais
from jalon.socle.identifiants import nouvel_id
from jalon.socle.modeles import PerimetreOublie
from tests.fils import ensemble
from tests.habilitations.fabrique import LE, SIREN, acteur, agent, organisation, personne, portefeuille, rattacher


def _ouvrir(le: Any = LE, ip: str = "192.0.2.1", **champs: str) -> Ticket:
    valeurs = {
        "nom": "Jeanne Ferrand",
        "email": "jeanne@essai.example",
        "siren": "",
        "objet": "code_refuse",
        "message": "Mon code est refusé.",
        **champs,
    }
    return ouvrir_ticket(adresse_ip=ip, maintenant=le, **valeurs)


@pytest.mark.django_db
def test_un_visiteur_ouvre_un_ticket_et_recoit_un_accuse() -> None:
    ticket = _ouvrir()
    assert ticket.numero.startswith("T2611-")
    assert (ticket.etat, ticket.portefeuille_id) == (EtatTicket.OUVERT, PORTEFEUILLE_PAR_DEFAUT)
    assert list(Courriel.objects.values_list("genre", "adresse")) == [("aide.accuse", "jeanne@essai.example")]
    assert Evenement.objects.tous("essai").get().acteur_libelle == "Jalon (formulaire de contact)"
    assert ticket.libelle_objet == "Mon code d’activation est refusé"


@pytest.mark.django_db
def test_le_siren_choisit_le_portefeuille_sans_ouvrir_le_ticket_a_l_entreprise() -> None:
    savoie = portefeuille("Savoie")
    organisation(portefeuille=savoie)
    aline = personne()
    rattacher(aline)
    ticket = _ouvrir(siren=SIREN)
    assert (ticket.portefeuille_id, ticket.siren, ticket.siren_declare) == (savoie.id, "", SIREN)
    with pytest.raises(Introuvable):
        ticket_accessible(ticket.id, acteur(aline))
    assert not Evenement.objects.visibles_par(acteur(aline)).exists()


@pytest.mark.django_db
def test_une_saisie_refusee_ne_compte_pas() -> None:
    with pytest.raises(SaisiesRefusees):
        _ouvrir(message="")
    assert not CompteurEssais.objects.exists()
    assert not Ticket.objects.tous("essai").exists()


@pytest.mark.django_db
def test_la_limite_par_adresse_electronique_et_par_jour() -> None:
    for rang in range(PAR_ADRESSE_ELECTRONIQUE):
        _ouvrir(ip=f"192.0.2.{rang}")
    with pytest.raises(TropDEssais, match=settings.JALON_ASSISTANCE_TELEPHONE):
        _ouvrir(ip="198.51.100.1", email="JEANNE@essai.example")
    assert Ticket.objects.tous("essai").count() == PAR_ADRESSE_ELECTRONIQUE
    _ouvrir(le=LE + timedelta(days=1))


@pytest.mark.django_db
def test_la_limite_par_adresse_ip_et_par_jour() -> None:
    for rang in range(PAR_ADRESSE_IP):
        _ouvrir(email=f"essai{rang}@essai.example")
    with pytest.raises(TropDEssais):
        _ouvrir(email="autre@essai.example")
    _ouvrir(email="autre@essai.example", ip="198.51.100.1")


@pytest.mark.django_db
def test_les_compteurs_ne_gardent_ni_adresse_ip_ni_adresse_electronique() -> None:
    _ouvrir()
    for cle in CompteurEssais.objects.values_list("cle", flat=True):
        assert len(cle) == 64
        assert "192" not in cle[:8] or "@" not in cle
        assert "jeanne" not in cle


@pytest.mark.usefixtures("base_reelle")
def test_quarante_messages_simultanes_n_en_passent_que_cinq() -> None:
    resultats = ensemble([partial(_ouvrir, ip=f"192.0.2.{rang}") for rang in range(40)])
    assert sum(isinstance(r, Ticket) for r in resultats) == PAR_ADRESSE_ELECTRONIQUE
    assert Ticket.objects.tous("essai").count() == PAR_ADRESSE_ELECTRONIQUE


@pytest.mark.django_db
def test_un_code_un_nir_ou_un_iban_colles_dans_le_message_sont_masques() -> None:
    code = tirer_code().clair
    groupe = "-".join(code[i : i + 4] for i in range(0, 14, 4))
    ticket = _ouvrir(message=f"Code {groupe} ou {code}, NIR 1 85 05 78 006 084 91, IBAN FR76 3000 6000 0112 3456 7890 189.")
    for secret in (groupe, code, "006 084", "3000 6000"):
        assert secret not in ticket.message
    assert ticket.message.startswith("Code [code masqué] ou [code masqué]")
    reponse = repondre_ticket(ticket_id=ticket.id, corps=f"Votre code {groupe}", par=acteur(agent()), maintenant=LE)
    assert reponse.corps == "Votre code [code masqué]"


@pytest.mark.django_db
def test_repondre_envoie_la_reponse_et_clore_ferme() -> None:
    hugo, ticket = acteur(agent()), _ouvrir()
    assert list(tickets_a_traiter(hugo)) == [ticket]
    assert a_faire(hugo)[0].detail == "1 en attente"
    repondre_ticket(ticket_id=ticket.id, corps=" Bonjour,\nun courrier part. ", par=hugo, maintenant=LE)
    repondre_ticket(ticket_id=ticket.id, corps="Il est parti.", par=hugo, maintenant=LE + timedelta(days=1))
    relu = ticket_accessible(ticket.id, hugo)
    assert relu.etat == EtatTicket.REPONDU
    assert [(r.corps, r.auteur) for r in reponses_de(relu)] == [
        ("Bonjour,\nun courrier part.", "Hugo Blanc"),
        ("Il est parti.", "Hugo Blanc"),
    ]
    assert Courriel.objects.filter(genre="aide.reponse", adresse="jeanne@essai.example").count() == 2
    assert a_faire(hugo) == []
    clore_ticket(ticket_id=ticket.id, par=hugo, maintenant=LE)
    for acte in (lambda: clore_ticket(ticket_id=ticket.id, par=hugo, maintenant=LE), lambda: _repondre(ticket, hugo)):
        with pytest.raises(TransitionImpossible, match="est clos"):
            acte()


def _repondre(ticket: Ticket, par: Any, corps: str = "x", le: Any = LE) -> ReponseTicket:
    return repondre_ticket(ticket_id=ticket.id, corps=corps, par=par, maintenant=le)


@pytest.mark.django_db
def test_une_reponse_vide_est_refusee() -> None:
    with pytest.raises(SaisieRefusee, match="Écrivez votre réponse"):
        _repondre(_ouvrir(), acteur(agent()), "  ")
    assert not ReponseTicket.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_seuls_les_roles_qui_repondent_voient_les_tickets(role: Role) -> None:
    ticket, qui = _ouvrir(), acteur(agent(role))
    if Pouvoir.REPONDRE_TICKETS in POUVOIRS[role]:
        assert list(liste_tickets(qui)) == [ticket]
        return
    assert list(liste_tickets(qui)) == []
    for acte in (lambda: _repondre(ticket, qui), lambda: clore_ticket(ticket_id=ticket.id, par=qui, maintenant=LE)):
        with pytest.raises(Introuvable):
            acte()


@pytest.mark.django_db
def test_les_tickets_d_un_autre_portefeuille_n_existent_pas() -> None:
    ticket, emma = _ouvrir(), acteur(agent(Role.CONSEILLER, [portefeuille("Ain").id]))
    assert list(liste_tickets(emma)) == []
    with pytest.raises(Introuvable):
        _repondre(ticket, emma)
    with pytest.raises(Introuvable):
        ticket_accessible(nouvel_id(), acteur(agent()))
    with pytest.raises(PerimetreOublie):
        Ticket.objects.count()


@pytest.mark.django_db
def test_la_liste_se_filtre_par_etat() -> None:
    hugo, un, deux = acteur(agent()), _ouvrir(), _ouvrir(le=LE + timedelta(hours=1))
    clore_ticket(ticket_id=un.id, par=hugo, maintenant=LE)
    assert [t.id for t in liste_tickets(hugo)] == [deux.id, un.id]
    assert [t.id for t in liste_tickets(hugo, EtatTicket.CLOS)] == [un.id]


@pytest.mark.django_db
def test_un_ticket_vivant_suit_l_organisation() -> None:
    assert suivre_les_portefeuilles in suivis()
    vivant, clos, autre = _ouvrir(siren=SIREN), _ouvrir(siren=SIREN), _ouvrir()
    clore_ticket(ticket_id=clos.id, par=acteur(agent()), maintenant=LE)
    savoie = portefeuille("Savoie")
    organisation(portefeuille=savoie)
    suivre_les_portefeuilles([SIREN])
    places = {t.id: t.portefeuille_id for t in Ticket.objects.tous("essai")}
    assert places == {vivant.id: savoie.id, clos.id: PORTEFEUILLE_PAR_DEFAUT, autre.id: PORTEFEUILLE_PAR_DEFAUT}


@pytest.mark.django_db
def test_les_courriels_se_composent_et_ne_renvoient_pas_le_message() -> None:
    assert {c.genre for c in MESSAGES} <= set(genres())
    ticket = _ouvrir(message="Texte <b>reçu</b>")
    reponse = _repondre(ticket, acteur(agent()), "Bonjour,\n\n<b>réponse</b> & suite")
    for classe, objet_id in ((AccuseTicket, ticket.id), (ReponseEnvoyee, reponse.id)):
        message = classe.charger(objet_id, Destinataire("jeanne@essai.example"))
        assert message is not None
        assert message.autorise()
        texte, html = rendre(message, message.sujet())
        assert ticket.numero in texte
        assert ticket.numero in message.sujet()
        assert "reçu</b>" not in texte + html
        assert "<b>" not in html
        assert f"{settings.JALON_URL}/contact/" in texte
    assert "<b>réponse</b> & suite" in texte
    assert "&lt;b&gt;réponse&lt;/b&gt; &amp; suite" in html
    assert AccuseTicket.charger(nouvel_id(), Destinataire("x@essai.example")) is None
    assert ReponseEnvoyee.charger(nouvel_id(), Destinataire("x@essai.example")) is None


def _il_y_a(jours: int) -> Any:
    return LE - timedelta(days=jours)


def _efface(le: Any = LE) -> set[str]:
    """Numbers that are left once the job has run."""
    with time_machine.travel(le, tick=False):
        taches.effacer_tickets()
    return set(Ticket.objects.tous("essai").values_list("numero", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize(("jours", "reste"), [(365, True), (366, False), (400, False)])
def test_un_message_clos_est_efface_douze_mois_apres(jours: int, reste: bool) -> None:
    ticket = _ouvrir(_il_y_a(500))
    clore_ticket(ticket_id=ticket.id, par=acteur(agent()), maintenant=_il_y_a(jours))
    assert _efface() == ({ticket.numero} if reste else set())


@pytest.mark.django_db
def test_une_derniere_reponse_vaut_une_cloture_et_un_message_sans_reponse_attend() -> None:
    hugo = acteur(agent())
    ancien, relance, oublie = (_ouvrir(_il_y_a(800), email=f"{n}@essai.example") for n in range(3))
    _repondre(ancien, hugo, "Une réponse", le=_il_y_a(500))
    _repondre(relance, hugo, "Une réponse", le=_il_y_a(500))
    _repondre(relance, hugo, "Une suite", le=_il_y_a(100))
    assert _efface() == {relance.numero, oublie.numero}
    assert ReponseTicket.objects.filter(ticket=relance).count() == 2


@pytest.mark.django_db
def test_rien_ne_reste_de_la_personne_que_le_numero_au_journal() -> None:
    ticket = _ouvrir(_il_y_a(500))
    _repondre(ticket, acteur(agent()), "Voici la réponse", le=_il_y_a(450))
    clore_ticket(ticket_id=ticket.id, par=acteur(agent()), maintenant=_il_y_a(440))
    assert Courriel.objects.filter(adresse="jeanne@essai.example").count() == 2
    assert _efface() == set()
    assert _efface() == set()
    assert not ReponseTicket.objects.exists()
    assert not Courriel.objects.filter(adresse="jeanne@essai.example").exists()
    dernier = Evenement.objects.tous("essai").get(code="aide.ticket_efface")
    assert dernier.details == {"numero": ticket.numero}
    assert en_lignes(Evenement.objects.tous("essai").filter(pk=dernier.pk))[0].phrase == (
        f"Message {ticket.numero} effacé au terme de sa conservation"
    )


@pytest.mark.django_db
def test_la_duree_se_regle(settings: Any) -> None:
    ticket = _ouvrir(_il_y_a(500))
    clore_ticket(ticket_id=ticket.id, par=acteur(agent()), maintenant=_il_y_a(100))
    settings.JALON_CONSERVATION_MESSAGES = 4
    assert _efface() == {ticket.numero}
    settings.JALON_CONSERVATION_MESSAGES = 3
    assert _efface() == set()
