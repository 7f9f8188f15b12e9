"""Requests of each company in each state, with everything that hangs on them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from jalon.dossiers.actions import demander_modification, ecrire_message, transmettre_dossier
from jalon.dossiers.models import DemandeComplement, DemandeModification, Dossier, PieceDeposee, VersionContenu
from jalon.engagements.actions import produire_accord
from jalon.engagements.models import Engagement
from jalon.instruction.actions import accorder_dossier, demander_complement, prendre_en_charge
from jalon.instruction.models import Decision
from jalon.messagerie.actions import creer_modele
from jalon.messagerie.models import Message, PieceJointe
from jalon.pieces.enums import EtatApercu
from jalon.pieces.models import Apercu
from jalon.pieces.requetes import COFFRE, COFFRE_APERCUS, cle_de_page
from jalon.socle import coffre
from jalon.socle.acteurs import Acteur, Domaine
from jalon.socle.identifiants import nouvel_id
from tests.acteurs import FauxActeur, acteur_entreprise
from tests.dispositifs.exemples import YANIS, ZOE
from tests.dispositifs.second import BILAN
from tests.dossiers import contrats, fabrique
from tests.dossiers.fabrique import AUTRE_PORTEFEUILLE, AUTRE_SIREN, AUTRE_SIRET, LE, PORTEFEUILLE, SIRET, nir_valide
from tests.engagements import contrats as engages
from tests.matrice.lieux import CANARI_A, CANARI_B, SIRET_2, SIRET_Q

JOUR = timedelta(days=1)
NIR, NIR_B = nir_valide("2950774123456"), nir_valide("2950773654321")
TARD = {"action__date_debut": "14/06/2027", "action__date_fin": "15/06/2027"}
"""Not begun yet when the matrix asks."""
SEUL = {"action__date_debut": "21/06/2027", "action__date_fin": "22/06/2027", "couts__cout_pedagogique": "10"}
"""The only request that begins that day, and little enough for the year: every check passes."""
DE_A = {"action__intitule": CANARI_A, "stagiaires": [{**ZOE, "nir": NIR}, YANIS]}
DE_B = {
    "action__intitule": CANARI_B, "entreprise__reference_interne": CANARI_B, "stagiaires": [{**ZOE, "nir": NIR_B}, YANIS],
}  # fmt: skip
CHEZ_Q = {"organisme__siret": SIRET_Q}
REMBOURSE = {"couts__subrogation": "non"}
FRAIS = {
    "couts__frais_demandes": "oui", "couts__repas": "2", "couts__montant_repas": "30", "stagiaires": DE_A["stagiaires"],
}  # fmt: skip
"""Something that the company claims for itself, and a NIR that the provider never reads."""
DU_CONTRAT = {"apprenti__nir": NIR}
"""The draft of apprenticeship of A: its NIR does not go with the day of birth, which only sending would refuse."""
NIR_DE_L_APPRENTI = contrats.NIR_ENTIER
"""That of its granted contract."""


def entreprise_b() -> FauxActeur:
    """Somebody of company B, with every right."""
    return acteur_entreprise(AUTRE_SIREN)


def brouillon(siret: str, par: Acteur, **reponses: Any) -> Dossier:
    """A complete draft whose documents can be downloaded."""
    rempli = fabrique.remplir(fabrique.brouillon(par, siret=siret), par, **reponses)
    for piece in PieceDeposee.objects.tous("essai").filter(dossier=rempli):
        coffre.ranger(COFFRE, str(piece.document_id), b"")
        Apercu.objects.create(document_id=piece.document_id, etat=EtatApercu.PRET, total=1, pages=1, demande_le=LE, fait_le=LE)
        coffre.ranger(COFFRE_APERCUS, cle_de_page(piece.document_id, 1), b"")
    return rempli


def transmettre(siret: str, par: Acteur, **reponses: Any) -> Dossier:
    """A request sent to the OPCO."""
    return transmettre_dossier(dossier_id=brouillon(siret, par, **reponses).pk, par=par, maintenant=LE)


def instruire(siret: str, par: Acteur, portefeuille: UUID = PORTEFEUILLE, **reponses: Any) -> Dossier:
    """A request that the adviser examines."""
    envoye = transmettre(siret, par, **reponses)
    return prendre_en_charge(dossier_id=envoye.pk, par=fabrique.emma(portefeuille), maintenant=LE + JOUR)


def incomplet(siret: str, par: Acteur, portefeuille: UUID = PORTEFEUILLE, **reponses: Any) -> Dossier:
    """A request that the company must complete."""
    ouvert = instruire(siret, par, portefeuille, **reponses)
    demander_complement(
        dossier_id=ouvert.pk, pieces=["programme"], cases=[], message="Programme illisible",
        echeance=(LE + 20 * JOUR).date(), par=fabrique.emma(portefeuille), maintenant=LE + JOUR,
    )  # fmt: skip
    return fabrique.relire(ouvert)


def accorder(siret: str, par: Acteur, portefeuille: UUID = PORTEFEUILLE, **reponses: Any) -> Engagement:
    """A granted request."""
    lu, conseiller = instruire(siret, par, portefeuille, **reponses), fabrique.emma(portefeuille)
    montants = fabrique.montants_proposes(lu)
    accorder_dossier(dossier_id=lu.pk, montants_par_ligne=montants, par=conseiller, maintenant=LE + 2 * JOUR)
    engagement: Engagement = Engagement.objects.tous("essai").get(dossier=lu)
    return engagement


def piece_de(dossier_id: UUID) -> str:
    """The first document of a request."""
    return str(PieceDeposee.objects.tous("essai").filter(dossier_id=dossier_id).order_by("id")[0].pk)


def demandes(objets: dict[str, str]) -> None:
    """Those of A, of its second establishment, and of B."""
    dossiers, engagements = _de_a(), _engagements()
    for nom, dossier in dossiers.items():
        objets[nom] = str(dossier.pk)
        objets[f"piece_{nom}"] = piece_de(dossier.pk)
    for nom, engagement in engagements.items():
        objets |= {nom: str(engagement.dossier_id), f"engagement_{nom}": str(engagement.pk)}
        objets[f"piece_{nom}"] = piece_de(engagement.dossier_id)
    for nom in ("accorde", "autre_accorde"):
        produire_accord(engagement_id=engagements[nom].pk, maintenant=LE + 2 * JOUR)
    accorde = fabrique.relire(Dossier.objects.tous("essai").get(pk=objets["accorde"]))
    objets["numero"] = accorde.numero or ""
    autre = Dossier.objects.tous("essai").get(pk=objets["autre_accorde"])
    for nom, lu, corps, par in (
        ("accorde", accorde, CANARI_A, fabrique.aline()),
        ("autre_accorde", autre, CANARI_B, entreprise_b()),
    ):
        message = ecrire_message(dossier_id=lu.pk, corps=corps, par=par, maintenant=LE + 3 * JOUR)
        objets[f"jointe_{nom}"] = _jointe(message)
    _echanges(objets)
    _d_une_autre_famille(dossiers["alternance"].pk, engagements["alternance_accorde"].dossier_id)
    _d_un_autre_dispositif(dossiers["bilan"].pk, dossiers["bilan_brouillon"].pk, engagements["bilan_accorde"].dossier_id)
    _suites_d_un_brouillon(dossiers["incomplet"].pk, accorde.pk)


def _jointe(message: Message) -> str:
    """A document of a message, whose content can be downloaded."""
    document = fabrique.document()
    coffre.ranger(COFFRE, str(document.pk), b"")
    jointe = PieceJointe(message=message, document=document, rang=0)
    jointe.save(force_insert=True)
    return str(jointe.pk)


def _echanges(objets: dict[str, str]) -> None:
    """Changes that A and B ask; model answers of A's portefeuille, of another one, of one adviser."""
    for nom in ("instruit", "incomplet", "alternance", "bilan", "autre_incomplet"):
        modification = demander_modification(
            dossier_id=UUID(objets[nom]), chemin="action.lieu", souhait="Lyon", motif="La salle a changé",
            par=entreprise_b() if nom.startswith("autre_") else fabrique.aline(), maintenant=LE + 2 * JOUR,
        )  # fmt: skip
        noms = {"instruit": "modification", "autre_incomplet": "autre_modification"}
        objets |= {noms[nom]: str(modification.pk)} if nom in noms else {}
    for place, qui in ((PORTEFEUILLE, PORTEFEUILLE), (AUTRE_PORTEFEUILLE, AUTRE_PORTEFEUILLE), (None, PORTEFEUILLE)):
        modele = creer_modele(
            titre="Modèle de la matrice", corps="Bonjour {entreprise}", usages=["message"], portefeuille_id=place,
            par=fabrique.emma(qui), maintenant=LE,
        )  # fmt: skip
        objets |= {"modele": str(modele.pk)} if place == PORTEFEUILLE else {}


def _de_a() -> dict[str, Dossier]:
    aline, b = fabrique.aline(), entreprise_b()
    return {
        "brouillon": brouillon(SIRET, aline, **DE_A, **TARD),
        "transmis": transmettre(SIRET, aline, **DE_A, **TARD),
        "instruit": instruire(SIRET, aline, **DE_A, **TARD),
        "propose": instruire(SIRET, aline, **DE_A, **SEUL),
        "incomplet": incomplet(SIRET, aline, **DE_A, **TARD),
        "brouillon_2": brouillon(SIRET_2, aline, **TARD),
        "alternance": incomplet(SIRET, aline, **TARD),
        "contrat": engages.en_instruction(),
        "contrat_brouillon": contrats.contrat_complet(**DU_CONTRAT),
        "bilan": incomplet(SIRET, aline, **TARD),
        "bilan_brouillon": brouillon(SIRET, aline, **TARD),
        "autre_brouillon": brouillon(AUTRE_SIRET, b, **DE_B, **CHEZ_Q),
        "autre_incomplet": incomplet(AUTRE_SIRET, b, AUTRE_PORTEFEUILLE, **DE_B, **CHEZ_Q, **TARD),
    }


def _engagements() -> dict[str, Engagement]:
    aline, b = fabrique.aline(), entreprise_b()
    return {
        "accorde": accorder(SIRET, aline, **FRAIS),
        "rembourse": accorder(SIRET, aline, **REMBOURSE),
        "alternance_accorde": accorder(SIRET, aline),
        "accorde_2": accorder(SIRET_2, aline),
        "autre_accorde": accorder(AUTRE_SIRET, b, AUTRE_PORTEFEUILLE, **DE_B, **CHEZ_Q, **REMBOURSE),
        "autre_accorde_q": accorder(AUTRE_SIRET, b, AUTRE_PORTEFEUILLE, **DE_B, **CHEZ_Q),
        "contrat_accorde": engages.accorde(),
        "bilan_accorde": accorder(SIRET, aline, couts__cout_pedagogique="10"),
    }


def _d_une_autre_famille(*dossiers: UUID) -> None:
    """No other family of dispositifs exists yet: rows whose domain is another are made so, to prove that it is looked at."""
    for modele in (PieceDeposee, VersionContenu, DemandeComplement, DemandeModification, Decision, Engagement):
        modele.objects.tous("essai").filter(dossier__in=dossiers).update(domaine=Domaine.ALTERNANCE)
    Dossier.objects.tous("essai").filter(pk__in=dossiers).update(domaine=Domaine.ALTERNANCE)


def _d_un_autre_dispositif(*dossiers: UUID) -> None:
    """Requests of the second dispositif of the plan, which the tests alone declare."""
    Dossier.objects.tous("essai").filter(pk__in=dossiers).update(dispositif=BILAN.code)


def _suites_d_un_brouillon(incomplet: UUID, accorde: UUID) -> None:
    """What hangs on a request once it is sent, put on a draft, where it cannot be: to prove that the OPCO would not see it."""
    depart = fabrique.brouillon(fabrique.aline())
    for modele, modelee in (
        (VersionContenu, incomplet),
        (DemandeComplement, incomplet),
        (DemandeModification, incomplet),
        (Decision, accorde),
    ):
        ligne = modele.objects.tous("essai").filter(dossier_id=modelee)[0]
        ligne.pk, ligne.dossier = nouvel_id(), depart
        ligne.save(force_insert=True)
