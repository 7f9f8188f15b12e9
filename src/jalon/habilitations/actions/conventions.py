"""The mandate that a provider holds from a convention: declared by its administrator, refused by the client's in one gesture."""

from datetime import date, datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire, cle_d_envoi
from jalon.habilitations.actions.attribution import Administration, administration, verrouiller
from jalon.habilitations.actions.suites_des_mandats import (
    administrateurs_des_deux_cotes,
    clore_mandat,
    noter_des_deux_cotes,
    verrouiller_mandat,
)
from jalon.habilitations.administrateurs import tous_les_administrateurs
from jalon.habilitations.conventions import (
    DECLARATIONS_PAR_JOUR,
    DOMAINE,
    RENOUVELABLE,
    Convention,
    lire_convention,
)
from jalon.habilitations.courriels import nom_de_l_organisation
from jalon.habilitations.courriels.conventions import ConventionDeclaree, ConventionsEnNombre
from jalon.habilitations.courriels.mandats import MandatTermine
from jalon.habilitations.enums import CoteDuMandat, NatureAvis, OrigineMandat
from jalon.habilitations.mandats import ecrire_niveaux
from jalon.habilitations.models import Affectation, AvisPostal, Mandat
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.requetes.mandats import mandat_accessible
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.journal.actions import noter, noter_revelation
from jalon.journal.enums import Sensible
from jalon.organisations.actions import declarer_organisation_inconnue
from jalon.organisations.requetes import organisation, portefeuille_de
from jalon.pieces.actions import deposer_document, supprimer_document
from jalon.pieces.models import Document
from jalon.pieces.requetes import lire_document
from jalon.socle.acteurs import Acteur, Niveau, Pouvoir, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.dates import debut_du_jour, fin_du_jour, formater_date, jour_de_paris
from jalon.socle.erreurs import DroitManquant, ErreurMetier, Introuvable, SaisieRefusee

SANS_MOTIF = "L’entreprise refuse cette convention"
REFUS = {
    CoteDuMandat.CLIENT: "L’entreprise a refusé cette convention le {le}\u00a0: voyez avec elle. "
    "Son administrateur peut vous donner un mandat",
    CoteDuMandat.OPCO: "L’OPCO a mis fin à cette convention le {le}\u00a0: voyez avec lui. "
    "L’administrateur de l’entreprise peut vous donner un mandat",
}


@second_facteur_exige
def declarer_convention(
    *,
    mandataire: str,
    client_saisi: str,
    reference: str,
    signee_le: date,
    debut: date,
    fin: date,
    nom: str,
    contenu: BinaryIO,
    par: Acteur,
    maintenant: datetime,
    niveau: Niveau = Niveau.ENVOI,
) -> Mandat:
    """Declare that a client, a SIREN or one of its SIRET, signed a convention that lets this provider file for it.

    It opens the requests of apprenticeship that name the provider, to who declares first, from the moment when the copy has passed
    its checks. The client's administrators are told, or its head office by post when there is none.

    Declared again in its last thirty days, for longer, it takes the place of the former, which ends at once.

    Raises DroitManquant (not an administrator of the provider now, or in probation), SaisiesRefusees (client, reference, level,
    dates), SaisieRefusee (copy, a convention declared already, refused by the client or ended by the OPCO).
    """
    convention = lire_convention(
        mandataire=mandataire, client_saisi=client_saisi, reference=reference, signee_le=signee_le, debut=debut, fin=fin,
        niveau=niveau, aujourdhui=jour_de_paris(maintenant),
    )  # fmt: skip
    _declarant(mandataire, par, maintenant)
    document = _deposer(nom, contenu, par, maintenant)
    try:
        return _declarer(convention, document, par, maintenant)
    except ErreurMetier:
        supprimer_document(document=document)
        raise


def _declarant(mandataire: str, par: Acteur, maintenant: datetime) -> Administration:
    contexte = administration(mandataire, Profil.PRESTATAIRE, par, maintenant)
    if contexte.en_probation:
        raise DroitManquant("Les conventions se déclarent 72\u00a0heures après votre nomination.")
    return contexte


def _deposer(nom: str, contenu: BinaryIO, par: Acteur, maintenant: datetime) -> Document:
    """The copy, inspected before any lock is taken."""
    try:
        return deposer_document(nom=nom, contenu=contenu, par=par, maintenant=maintenant)
    except SaisieRefusee as erreur:
        raise SaisieRefusee(erreur.message, champ="piece") from None


def _mandat(convention: Convention, document: Document, par: Acteur, maintenant: datetime) -> Mandat:
    return Mandat(
        profil=Profil.ADHERENT,
        origine=OrigineMandat.CONVENTION,
        reference=convention.reference,
        signee_le=convention.signee_le,
        piece=document,
        mandataire_siren=convention.mandataire,
        droits=ecrire_niveaux({DOMAINE: convention.niveau}),
        sirets=list(convention.sirets),
        debut=max(maintenant, debut_du_jour(convention.debut)),
        fin=fin_du_jour(convention.fin),
        cree_le=maintenant,
        cree_par=par.identite,
        modifie_le=maintenant,
    )


def _declarer(convention: Convention, document: Document, par: Acteur, maintenant: datetime) -> Mandat:
    siren, mandataire = convention.siren, convention.mandataire
    mandat = _mandat(convention, document, par, maintenant)
    with transaction.atomic():
        verrouiller(mandataire, Profil.PRESTATAIRE)
        moi = _declarant(mandataire, par, maintenant).moi
        _ecarter_la_meme(siren, mandat, par, maintenant)
        if organisation(siren) is None:
            declarer_organisation_inconnue(siren=siren, par=par, maintenant=maintenant)
        mandat.porter(portee_des_acces(siren, Profil.ADHERENT, portefeuille_de(siren))).save(force_insert=True)
        Affectation.objects.create(
            mandat=mandat,
            rattachement_id=moi.rattachement_id,
            droits=mandat.droits,
            debut=maintenant,
            donnee_par=par.identite,
        )
        noter_des_deux_cotes("acces.convention_declaree", mandat, par, maintenant, reference=mandat.reference)
        _prevenir_le_client(mandat, moi.personne_id, maintenant)
        _compter(mandat, par, maintenant)
    return mandat


def _ecarter_la_meme(siren: str, mandat: Mandat, par: Acteur, maintenant: datetime) -> None:
    """The same convention may be declared again once its mandate is over or about to be, or its copy refused: never against the
    will of the client, whose refusal is awaited when it is being written, nor of the OPCO.
    """
    memes = Mandat.objects.tous("même convention déjà déclarée, sous le verrou du prestataire").filter(
        siren=siren, mandataire_siren=mandat.mandataire_siren, reference=mandat.reference, origine=OrigineMandat.CONVENTION
    )
    vivante = memes.select_for_update(of=("self",)).select_related("piece").filter(termine_le__isnull=True).first()
    refusee = memes.filter(termine_cote__in=list(REFUS)).order_by("termine_le").last()
    if refusee is not None and refusee.termine_le is not None:
        phrase = REFUS[CoteDuMandat(refusee.termine_cote)]
        raise SaisieRefusee(phrase.format(le=formater_date(jour_de_paris(refusee.termine_le))), champ="reference")
    if vivante is None:
        return
    renouvelee = vivante.fin <= maintenant + RENOUVELABLE and vivante.fin < mandat.fin
    if vivante.fin > maintenant and not vivante.piece_refusee and not renouvelee:
        raise SaisieRefusee("Cette convention est déjà déclarée avec cette entreprise", champ="reference")
    clore_mandat(vivante, CoteDuMandat.TERME, "Convention déclarée de nouveau", par, maintenant)


def _prevenir_le_client(mandat: Mandat, personne_id: UUID, maintenant: datetime) -> None:
    """Its administrators by e-mail; where there is none, its head office by post, once for the conventions that wait for that letter."""
    administrateurs = tous_les_administrateurs(mandat.siren, Profil.ADHERENT, maintenant)
    if administrateurs:
        preparer(ConventionDeclaree, mandat.id, [Destinataire(a.email, a.personne_id) for a in administrateurs], le=maintenant)
        return
    avis = {
        "siren": mandat.siren,
        "profil": Profil.ADHERENT,
        "nature": NatureAvis.CONVENTION_DECLAREE,
        "personne_id": personne_id,
    }
    if not AvisPostal.objects.filter(**avis, envoye_le__isnull=True).exists():
        AvisPostal.objects.create(**avis, portefeuille_id=portefeuille_de(mandat.siren), le=maintenant)


def _compter(mandat: Mandat, par: Acteur, maintenant: datetime) -> None:
    """Tell the OPCO once, the day when a provider passes what is usual; nothing is held."""
    mandataire = mandat.mandataire_siren
    du_jour = Mandat.objects.tous("déclarations du jour, sous le verrou du prestataire").filter(
        mandataire_siren=mandataire, origine=OrigineMandat.CONVENTION, cree_le__gte=debut_du_jour(jour_de_paris(maintenant))
    )
    if du_jour.count() != DECLARATIONS_PAR_JOUR + 1:
        return
    portee = portee_des_acces(mandataire, Profil.PRESTATAIRE, portefeuille_de(mandataire))
    details = {"mandataire": nom_de_l_organisation(mandataire), "nombre": DECLARATIONS_PAR_JOUR}
    noter("acces.conventions_en_nombre", par=par, portee=portee, objet=mandat, le=maintenant, details=details)
    aef = personnes_du_pouvoir(Pouvoir.DECIDER_ACCES, portee.portefeuille_id, maintenant)
    preparer(ConventionsEnNombre, mandat.id, [Destinataire(p.email, p.id) for p in aef], le=maintenant)


def refuser_convention(*, mandat_id: UUID, par: Acteur, maintenant: datetime, motif: str = "") -> Mandat:
    """The client says no, at once and without having to say why: it counts from the next request, and the same convention can not
    be declared again.

    Raises Introuvable (also the mandate that the client gave itself), DroitManquant (not an administrator of the client),
    TransitionImpossible (ended, over).
    """
    vu = mandat_accessible(mandat_id, par)
    if not vu.par_convention:
        raise Introuvable
    with transaction.atomic():
        verrouiller(vu.siren, Profil.ADHERENT)
        administration(vu.siren, Profil.ADHERENT, par, maintenant)
        mandat = verrouiller_mandat(mandat_id, maintenant)
        clore_mandat(mandat, CoteDuMandat.CLIENT, motif.strip()[:500] or SANS_MOTIF, par, maintenant)
        noter_des_deux_cotes("acces.convention_refusee", mandat, par, maintenant, reference=mandat.reference)
        prevenus = administrateurs_des_deux_cotes(mandat, par, maintenant)
        preparer(MandatTermine, mandat.id, prevenus, le=maintenant, cle=cle_d_envoi(maintenant))
    return mandat


def ouvrir_convention(*, mandat_id: UUID, par: Acteur, maintenant: datetime) -> tuple[Document, bytes]:
    """The copy of a convention and its content, for who sees the accesses of either side; a line of the register (exigences, P2).

    Raises Introuvable, DocumentIndisponible (still analysed, or refused since).
    """
    with transaction.atomic():
        mandat = mandat_accessible(mandat_id, par)
        if mandat.piece is None:
            raise Introuvable
        octets = lire_document(mandat.piece)
        noter_revelation(
            sensible=Sensible.DOCUMENT, par=par, portee=mandat.portee, objet=mandat, le=maintenant,
            libelle=f"Convention {mandat.reference}", motif="Téléchargement depuis le mandat",
        )  # fmt: skip
    return mandat.piece, octets
