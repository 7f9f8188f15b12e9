"""What there is to do about access, for who administers and at the OPCO. Derived, never stored."""

from collections.abc import Iterator

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.habilitations.enums import EtatCommande
from jalon.habilitations.models import CommandeCodes
from jalon.habilitations.requetes.commandes import adresses_a_completer, avis_a_envoyer, lettres_demandees
from jalon.habilitations.requetes.demandes import demandes_de_l_opco, demandes_en_attente
from jalon.habilitations.requetes.mandats import mandats_a_renouveler, mandats_a_verifier, mandats_en_attente
from jalon.habilitations.requetes.nominations import nominations, nominations_de_l_opco
from jalon.habilitations.requetes.octrois import acces_a_revoir, octrois_a_verifier, octrois_en_attente
from jalon.socle.acteurs import GenreTache, Profil, Tache
from jalon.socle.dates import jour_de_paris

MINIMUM_CONSEILLE = 2


def a_faire(acteur: ActeurPersonne, siren: str) -> list[Tache]:
    """What the administrator of that SIREN should do: answer, check, review, name a second administrator."""
    taches: list[Tache] = []
    for profil in acteur.profils(siren):
        if acteur.est_administrateur(siren, profil):
            taches += _repondre(acteur, siren, profil)
            taches += _verifier_les_nouveaux(acteur, siren, profil)
            taches += _confirmer(acteur, siren, profil)
            taches += _confirmer_des_mandats(acteur, siren, profil)
            taches += _renouveler_des_mandats(acteur, siren, profil)
            taches += _entretenir(acteur, siren, profil)
    return taches


def _repondre(acteur: ActeurPersonne, siren: str, profil: Profil) -> Iterator[Tache]:
    for demande in demandes_en_attente(siren, acteur, acteur.maintenant, profil):
        suite = "demande à administrer l’espace" if demande.avec_code else "demande à rejoindre l’espace"
        yield Tache(
            titre="Répondre à une demande d’accès",
            detail=f"{demande.nom} {suite}",
            action="Répondre",
            nom_url="espace_demande",
            parametres=(("siren", siren), ("demande_id", str(demande.id))),
            icone="user-check",
            echeance=jour_de_paris(demande.expire_le),
            rubrique="acces",
            genre=GenreTache.ACCES,
        )


def _verifier_les_nouveaux(acteur: ActeurPersonne, siren: str, profil: Profil) -> Iterator[Tache]:
    for nomination in nominations(siren, acteur, acteur.maintenant, profil):
        if nomination.moi:
            continue
        yield Tache(
            titre="Vérifier un nouvel administrateur",
            detail=f"{nomination.nom} administre l’espace depuis moins de 72\u00a0heures",
            action="Confirmer ou refuser",
            nom_url="espace_nomination",
            parametres=(("siren", siren), ("rattachement_id", str(nomination.id))),
            icone="shield-check",
            echeance=jour_de_paris(nomination.jusqu_a),
            rubrique="acces",
            genre=GenreTache.ACCES,
        )


def _confirmer(acteur: ActeurPersonne, siren: str, profil: Profil) -> Iterator[Tache]:
    for octroi in octrois_en_attente(siren, acteur, acteur.maintenant, profil):
        if not octroi.decidable:
            continue
        yield Tache(
            titre="Confirmer des droits donnés",
            detail=f"{octroi.donne_par} a donné à {octroi.nom} des droits qui attendent une seconde personne",
            action="Voir ces droits",
            nom_url="espace_habilitations",
            parametres=(("siren", siren),),
            icone="user-check",
            echeance=jour_de_paris(octroi.compte_le) if octroi.compte_le else None,
            rubrique="acces",
            genre=GenreTache.ACCES,
        )


def _confirmer_des_mandats(acteur: ActeurPersonne, siren: str, profil: Profil) -> Iterator[Tache]:
    for mandat in mandats_en_attente(siren, acteur, acteur.maintenant, profil):
        yield Tache(
            titre="Confirmer un mandat",
            detail=f"{mandat.donne_par} a donné à {mandat.mandataire_nom} un mandat qui attend une seconde personne",
            action="Voir le mandat",
            nom_url="espace_mandat",
            parametres=(("siren", siren), ("mandat_id", str(mandat.id))),
            icone="briefcase",
            echeance=jour_de_paris(mandat.compte_le) if mandat.compte_le and not mandat.a_verifier else None,
            rubrique="acces",
            genre=GenreTache.MANDAT,
        )


def _renouveler_des_mandats(acteur: ActeurPersonne, siren: str, profil: Profil) -> Iterator[Tache]:
    """Those that end within the first reminder: a mandate stops by itself, and the cabinet sees nothing any more."""
    for mandat in mandats_a_renouveler(siren, acteur, acteur.maintenant, profil):
        yield Tache(
            titre="Renouveler un mandat, ou le laisser finir",
            detail=f"Le mandat donné à {mandat.mandataire_nom} prend fin à cette date",
            action="Renouveler",
            nom_url="espace_mandat_modifier",
            parametres=(("siren", siren), ("mandat_id", str(mandat.id))),
            icone="briefcase",
            echeance=mandat.jusqu_au,
            rubrique="acces",
            genre=GenreTache.MANDAT,
            ancre="id_fin",
        )


def _entretenir(acteur: ActeurPersonne, siren: str, profil: Profil) -> Iterator[Tache]:
    a_revoir = acces_a_revoir(siren, acteur, acteur.maintenant, profil).count()
    if a_revoir:
        yield Tache(
            titre="Revoir les droits donnés",
            detail=f"{a_revoir} accès que personne n’a confirmé{'s' if a_revoir > 1 else ''} depuis un an",
            action="Revoir",
            nom_url="espace_revue",
            parametres=(("siren", siren),),
            icone="list-checks",
            rubrique="acces",
            genre=GenreTache.ACCES,
        )
    if len(administrateurs_actifs(siren, profil, acteur.maintenant)) < MINIMUM_CONSEILLE:
        yield Tache(
            titre="Nommer un second administrateur",
            detail="Vous êtes seul à pouvoir donner des droits\u00a0: prévoyez vos absences",
            action="Inviter une personne",
            nom_url="espace_habilitations",
            parametres=(("siren", siren),),
            icone="user-plus",
            rubrique="acces",
            genre=GenreTache.ACCES,
        )


def a_faire_opco(acteur: ActeurPersonne) -> list[Tache]:
    """What somebody of the OPCO should do about access: requests, letters to print, addresses, notices."""
    commandes = CommandeCodes.objects.filter(commandee_par_id=acteur.identite, etat=EtatCommande.PRETE).count()
    comptes = (
        (len(demandes_de_l_opco(acteur, acteur.maintenant)), "Répondre aux demandes d’accès", "sans administrateur pour décider"),
        (
            len(octrois_a_verifier(acteur, acteur.maintenant)) + len(mandats_a_verifier(acteur, acteur.maintenant)),
            "Vérifier des droits donnés en rafale",
            "plus de trois en une heure",
        ),
        (
            len([n for n in nominations_de_l_opco(acteur, acteur.maintenant) if not n.code_en_main]),
            "Vérifier de nouveaux administrateurs",
            "dans leurs 72\u00a0premières heures",
        ),
        (commandes, "Imprimer les lettres d’activation", "à télécharger avant leur effacement"),
        (len(adresses_a_completer(acteur)), "Compléter des adresses de siège", "que le registre ne donne pas"),
        (
            len(lettres_demandees(acteur, acteur.maintenant)),
            "Commander les courriers demandés",
            "par des entreprises ou des conseillers",
        ),
        (len(avis_a_envoyer(acteur)), "Envoyer les avis aux sièges", "après l’usage de leur code"),
    )
    pages = ("opco_acces", "opco_acces", "opco_nominations", "opco_codes", "opco_codes", "opco_codes", "opco_codes")
    return [
        Tache(
            titre=titre,
            detail=f"{nombre} {suite}",
            action="Ouvrir",
            nom_url=page,
            parametres=(),
            icone="mail",
            rubrique="acces",
        )
        for page, (nombre, titre, suite) in zip(pages, comptes, strict=True)
        if nombre
    ]
