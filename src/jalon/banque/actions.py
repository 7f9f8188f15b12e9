"""Adding, freezing, confirming and revealing bank details (exigences, T5)."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from jalon.banque import coffre, requetes
from jalon.banque.avis import prevenir_changement, prevenir_gel
from jalon.banque.enums import EtatCoordonnees, MethodeConfirmation, OrigineGel
from jalon.banque.models import CoordonneesBancaires, portee_bancaire
from jalon.banque.regles import (
    DELAI_APRES_EVENEMENT,
    DELAI_AVANT_PAIEMENT,
    PAYS_SEPA,
    IbanLu,
    analyser_iban,
    analyser_titulaire,
    choisir_bic,
    en_attente,
    etat_a,
    masquer_iban,
    payables,
)
from jalon.banque.sensibles import dernier_evenement
from jalon.habilitations.acteurs import ActeurSysteme
from jalon.habilitations.actions.attribution import verrouiller
from jalon.journal.actions import (
    noter,
    noter_revelation,
)
from jalon.journal.enums import Sensible
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau, Portee, Pouvoir, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.dates import PARIS
from jalon.socle.erreurs import DroitManquant, SaisieRefusee, SaisiesRefusees, TransitionImpossible

POUVOIRS_DE_LECTURE = (Pouvoir.TRAITER_FACTURES, Pouvoir.PREPARER_LOTS, Pouvoir.SIGNER_LOTS)


@second_facteur_exige
def ajouter_coordonnees(
    *,
    siren: str,
    profil: Profil,
    titulaire: str,
    iban: str,
    par: Acteur,
    maintenant: datetime,
    bic: str = "",
) -> CoordonneesBancaires:
    """Add an account: a new row, paid 72 hours later at the soonest; the former one stays in use until then.

    Raises DroitManquant (RIB below Gestion, administrator in probation), SaisiesRefusees (IBAN, BIC, holder),
    SaisieRefusee (already the account in use), TransitionImpossible (another one is waiting; password, second factor, address or administrator changed in the last seven days).
    """
    portee = portee_bancaire(siren, profil, portefeuille_de(siren))
    with transaction.atomic():
        par.exiger(Droit(Domaine.RIB, Niveau.GESTION), _cote_seul(portee))
        lu, bic_retenu, nom = _lire(titulaire, iban, bic)
        verrouiller(siren, profil)
        anciennes = requetes.lignes_du_cote(siren, profil, verrou=True)
        _juger(anciennes, lu, siren, profil, par, maintenant)
        ligne = _nouvelle(portee, profil, nom, lu, bic_retenu, anciennes, par, maintenant)
        ligne.save(force_insert=True)
        noter("banque.ajout", par=par, portee=portee, objet=ligne, le=maintenant, details={"rang": ligne.rang})
        _alerter_si_partage(ligne, par, maintenant)
        prevenir_changement(ligne, anciennes, maintenant)
    return ligne


def _cote_seul(portee: Portee) -> Portee:
    """The organisation's own side: the right must be held there, a portefeuille does not give it."""
    return Portee(siren=portee.siren, prestataire_siren=portee.prestataire_siren, domaine=portee.domaine)


def _lire(titulaire: str, iban: str, bic: str) -> tuple[IbanLu, str, str]:
    """What was typed, every refusal at once."""
    refus: dict[str, str] = {}
    nom, lu, bic_retenu = "", None, ""
    try:
        nom = analyser_titulaire(titulaire)
    except SaisieRefusee as erreur:
        refus["titulaire"] = erreur.message
    try:
        lu = analyser_iban(iban, getattr(settings, "JALON_PAYS_IBAN", PAYS_SEPA))
        bic_retenu = choisir_bic(bic, lu)
    except SaisieRefusee as erreur:
        refus[erreur.champ or "iban"] = erreur.message
    if lu is None or refus:
        raise SaisiesRefusees(refus)
    return lu, bic_retenu, nom


def _juger(
    anciennes: list[CoordonneesBancaires], lu: IbanLu, siren: str, profil: Profil, par: Acteur, maintenant: datetime
) -> None:
    attente = en_attente(anciennes, maintenant)
    if attente is not None:
        raise TransitionImpossible(
            f"De nouvelles coordonnées sont déjà en attente jusqu’au {_quand(attente.utilisable_a_partir_de)}. "
            "Pour les abandonner, gelez-les, puis ajoutez les bonnes."
        )
    actuelles = payables(anciennes, maintenant)
    if actuelles is not None and actuelles.iban_empreinte == coffre.empreinte_iban(lu.iban):
        raise SaisieRefusee("Cet IBAN est déjà celui de vos coordonnées actives", champ="iban")
    evenement = dernier_evenement(par, siren, profil) if anciennes else None
    if evenement is not None and maintenant < evenement.le + DELAI_APRES_EVENEMENT:
        raise TransitionImpossible(
            f"Pour votre sécurité, les coordonnées bancaires ne changent pas pendant les 7\u00a0jours qui suivent un "
            f"changement sensible\u00a0: {evenement.libelle} le {_quand(evenement.le)}. "
            f"Vous pourrez les changer à partir du {_quand(evenement.le + DELAI_APRES_EVENEMENT)}.",
            code="delai-apres-evenement-sensible",
        )


def _quand(instant: datetime) -> str:
    return f"{instant.astimezone(PARIS):%d/%m/%Y à %H:%M}"


def _nouvelle(
    portee: Portee,
    profil: Profil,
    titulaire: str,
    lu: IbanLu,
    bic: str,
    anciennes: list[CoordonneesBancaires],
    par: Acteur,
    maintenant: datetime,
) -> CoordonneesBancaires:
    ligne = CoordonneesBancaires(
        profil=profil,
        rang=len(anciennes) + 1,
        titulaire=titulaire,
        iban_empreinte=coffre.empreinte_iban(lu.iban),
        iban_masque=masquer_iban(lu.iban),
        bic=bic,
        banque=lu.banque[:140],
        ajoutees_le=maintenant,
        ajoutees_par=par.identite,
        utilisable_a_partir_de=maintenant + DELAI_AVANT_PAIEMENT,
        jeton_gel_alea=coffre.nouvel_alea(),
    ).porter(portee)
    ligne.iban_chiffre = coffre.chiffrer_iban(lu.iban, ligne.id)
    ligne.jeton_gel_empreinte = coffre.empreinte_jeton(coffre.jeton_de_gel(ligne.id, ligne.jeton_gel_alea))
    return ligne


def _alerter_si_partage(ligne: CoordonneesBancaires, par: Acteur, maintenant: datetime) -> None:
    """Told to the OPCO alone: a company does not learn what another one declared."""
    nombre = requetes.autres_titulaires(ligne.iban_empreinte, ligne.organisation_siren)
    if nombre:
        portee = Portee(portefeuille_id=ligne.portefeuille_id, domaine=Domaine.RIB)
        noter("banque.iban_partage", par=par, portee=portee, objet=ligne, le=maintenant, details={"nombre": nombre})


def geler_coordonnees(*, coordonnees_id: UUID, motif: str, par: Acteur, maintenant: datetime) -> CoordonneesBancaires:
    """Stop an account, for good: waiting or active, it will not be paid any more.

    Open to the organisation (RIB Gestion) and to those who treat invoices at the OPCO.
    Raises Introuvable, DroitManquant, SaisieRefusee (no reason), TransitionImpossible (already frozen or replaced).
    """
    motif = motif.strip()
    with transaction.atomic():
        ligne = requetes.coordonnees_accessibles(coordonnees_id, par, verrou=True)
        origine = OrigineGel.ORGANISATION
        if not par.peut(Droit(Domaine.RIB, Niveau.GESTION), _cote_seul(ligne.portee)):
            if not par.portefeuilles(Pouvoir.TRAITER_FACTURES):
                par.exiger(Droit(Domaine.RIB, Niveau.GESTION), _cote_seul(ligne.portee))
            par.exiger_pouvoir(Pouvoir.TRAITER_FACTURES, ligne.portefeuille_id)
            origine = OrigineGel.OPCO
        if not motif:
            raise SaisieRefusee("Indiquez le motif du gel", champ="motif")
        return _geler(ligne, origine, motif, par, maintenant)


def geler_par_jeton(*, jeton: str, maintenant: datetime) -> CoordonneesBancaires:
    """Stop an account from the link of the notice; a second use changes nothing.

    Raises Introuvable (unknown link), TransitionImpossible (replaced since).
    """
    with transaction.atomic():
        ligne = requetes.ligne_du_jeton(jeton, verrou=True)
        if ligne.gelee_le is not None:
            return ligne
        motif = "Changement contesté depuis le lien de l’avis"
        return _geler(ligne, OrigineGel.LIEN, motif, ActeurSysteme("lien de gel"), maintenant)


def _geler(
    ligne: CoordonneesBancaires, origine: OrigineGel, motif: str, par: Acteur, maintenant: datetime
) -> CoordonneesBancaires:
    lignes = requetes.lignes_du_cote(ligne.organisation_siren, Profil(ligne.profil))
    etat = etat_a(ligne, lignes, maintenant)
    if etat == EtatCoordonnees.GELEE:
        raise TransitionImpossible("Ces coordonnées sont déjà gelées.")
    if etat == EtatCoordonnees.ARCHIVEE:
        raise TransitionImpossible("Ces coordonnées ne servent plus\u00a0: d’autres les ont remplacées.")
    ligne.gelee_le, ligne.gelee_par = maintenant, par.identite
    ligne.gel_origine, ligne.gel_motif = origine, motif[:500]
    ligne.save(update_fields=["gelee_le", "gelee_par", "gel_origine", "gel_motif"])
    noter(
        "banque.gel", par=par, portee=ligne.portee, objet=ligne, le=maintenant, details={"origine": origine, "motif": motif[:500]}
    )
    prevenir_gel(ligne, maintenant)
    return ligne


@second_facteur_exige
def confirmer_coordonnees(
    *, coordonnees_id: UUID, methode: MethodeConfirmation, commentaire: str, par: Acteur, maintenant: datetime
) -> CoordonneesBancaires:
    """Note that somebody at the OPCO made sure of the holder (verification of payee, call back, original RIB).

    Raises Introuvable, DroitManquant (not treating invoices there, or the one who added them), SaisieRefusee (a name
    only close asks for a comment), TransitionImpossible (frozen, or already confirmed).
    """
    commentaire = commentaire.strip()
    with transaction.atomic():
        ligne = requetes.coordonnees_accessibles(coordonnees_id, par, verrou=True)
        par.exiger_pouvoir(Pouvoir.TRAITER_FACTURES, ligne.portefeuille_id)
        if par.identite is not None and par.identite == ligne.ajoutees_par:
            raise DroitManquant("La personne qui a ajouté des coordonnées ne peut pas les confirmer.")
        if ligne.gelee_le is not None:
            raise TransitionImpossible("Ces coordonnées sont gelées.")
        if ligne.confirmees_le is not None:
            raise TransitionImpossible("Ces coordonnées sont déjà confirmées.")
        if methode == MethodeConfirmation.VOP_PROCHE and not commentaire:
            raise SaisieRefusee("Indiquez pourquoi un nom proche suffit", champ="commentaire")
        ligne.confirmees_le, ligne.confirmees_par = maintenant, par.identite
        ligne.confirmation_methode, ligne.confirmation_commentaire = methode, commentaire[:500]
        ligne.save(update_fields=["confirmees_le", "confirmees_par", "confirmation_methode", "confirmation_commentaire"])
        noter("banque.confirmation", par=par, portee=ligne.portee, objet=ligne, le=maintenant, details={"methode": methode})
    return ligne


@second_facteur_exige
def reveler_iban(*, coordonnees_id: UUID, motif: str, par: Acteur, maintenant: datetime) -> str:
    """The IBAN in clear, once, against a reason written in the journal (exigences, P2).

    Open to the organisation (RIB Gestion) and to those who treat invoices, prepare or sign orders at the OPCO.
    Raises Introuvable, DroitManquant, SaisieRefusee (no reason).
    """
    motif = motif.strip()
    with transaction.atomic():
        ligne = requetes.coordonnees_accessibles(coordonnees_id, par)
        if not any(ligne.portefeuille_id in par.portefeuilles(p) for p in POUVOIRS_DE_LECTURE):
            par.exiger(Droit(Domaine.RIB, Niveau.GESTION), _cote_seul(ligne.portee))
        if not motif:
            raise SaisieRefusee("Indiquez pourquoi vous affichez cet IBAN", champ="motif")
        noter("banque.iban_affiche", par=par, portee=ligne.portee, objet=ligne, le=maintenant, details={"motif": motif[:500]})
        compte = f"Coordonnées bancaires du SIREN {ligne.organisation_siren}"
        noter_revelation(
            sensible=Sensible.IBAN, par=par, portee=ligne.portee, objet=ligne, libelle=compte, motif=motif, le=maintenant
        )
        return coffre.iban_en_clair(ligne)
