"""What is told about access; and, for the apps above, whom an event of their own concerns."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from jalon.exports.models import Export
from jalon.habilitations.administrateurs import tous_les_administrateurs
from jalon.habilitations.models import DemandeAcces, Mandat, Rattachement
from jalon.habilitations.requetes.visibilite import Cote, PersonneQuiVoit, qui_agit_sur
from jalon.journal.models import Evenement
from jalon.notifications.actions.envoi import notifier
from jalon.notifications.annonces import Annonce, Concerne, Sujet
from jalon.notifications.enums import Genre
from jalon.organisations.requetes import noms_des_organisations
from jalon.socle.acteurs import Domaine, Niveau, Portee, Profil
from jalon.socle.identifiants import grouper

MANDAT_BIENTOT_FINI = Annonce(
    code="habilitations.mandat_bientot_fini",
    genre=Genre.MANDAT_BIENTOT_FINI,
    phrase="{reference} prend bientôt fin.",
    page="espace_mandat",
    courriels=("habilitations.mandat_echeance",),
)


def concernes(gens: Iterable[PersonneQuiVoit], portee: Portee) -> tuple[Concerne, ...]:
    """Each in the space where she sees it."""
    lieux = {Cote.ENTREPRISE: portee.siren or portee.siret[:9], Cote.PRESTATAIRE: portee.prestataire_siren, Cote.OPCO: ""}
    return tuple(Concerne(p.personne_id, lieux[p.cote]) for p in gens)


def nom_du_lieu(siren: str) -> str:
    """Of an organisation, for a sentence."""
    return noms_des_organisations([siren]).get(siren) or f"SIREN {grouper(siren)}"


def _demande(evenement: Evenement, maintenant: datetime) -> Sujet | None:
    """To those who decide: its administrators."""
    demande = DemandeAcces.objects.tous("demande dont les administrateurs sont informés").filter(pk=evenement.objet_id).first()
    if demande is None:
        return None
    portee = evenement.portee
    siren = portee.siren or portee.prestataire_siren
    return Sujet(
        reference=nom_du_lieu(siren),
        personnes=concernes(qui_agit_sur(portee, maintenant, niveau=Niveau.GESTION), portee),
        parametres={"demande_id": str(demande.pk)},
        portee=portee,
        niveau=Niveau.GESTION,
    )


def _reponse(evenement: Evenement, maintenant: datetime) -> Sujet | None:
    """To who asked."""
    del maintenant
    demande = DemandeAcces.objects.tous("réponse dont le demandeur est informé").filter(pk=evenement.objet_id).first()
    if demande is None:
        return None
    refusee = {"demande_id": str(demande.pk)} if evenement.code == "acces.demande_refusee" else {}
    return _a_elle_seule(demande.personne_id, evenement.portee, refusee)


def _acces(evenement: Evenement, maintenant: datetime) -> Sujet | None:
    """To who holds, or held, the link."""
    del maintenant
    lien = Rattachement.objects.tous("accès dont son titulaire est informé").filter(pk=evenement.objet_id).first()
    return _a_elle_seule(lien.personne_id, evenement.portee, {}) if lien is not None and lien.personne_id else None


def _export(evenement: Evenement, maintenant: datetime) -> Sujet | None:
    """To who asked for it. Declared here: `exports` and `notifications` do not know each other."""
    del maintenant
    export = Export.objects.tous("export dont le demandeur est informé").filter(pk=evenement.objet_id).first()
    if export is None:
        return None
    return Sujet(reference=f"«\u00a0{export.libelle}\u00a0»", personnes=(Concerne(export.demandeur_id, export.siren),))


def _a_elle_seule(personne_id: UUID, portee: Portee, parametres: dict[str, str]) -> Sujet:
    siren = portee.siren or portee.prestataire_siren
    return Sujet(reference=nom_du_lieu(siren), personnes=(Concerne(personne_id, siren),), parametres=parametres)


ANNONCES = (
    Annonce(
        code="acces.demande",
        genre=Genre.ACCES_DEMANDE,
        phrase="Une personne demande à rejoindre l’espace de {reference}.",
        page="espace_demande",
        lire=_demande,
        courriels=("habilitations.demande_recue",),
    ),
    Annonce(
        code="acces.demande_accordee",
        genre=Genre.ACCES_DONNE,
        phrase="Votre demande d’accès à l’espace de {reference} est acceptée.",
        page="espace_accueil",
        lire=_reponse,
        courriels=("habilitations.demande_decidee",),
    ),
    Annonce(
        code="acces.demande_refusee",
        genre=Genre.ACCES_RETIRE,
        phrase="Votre demande d’accès à l’espace de {reference} est refusée.",
        page="ma_demande",
        dans_un_espace=False,
        lire=_reponse,
        courriels=("habilitations.demande_decidee",),
    ),
    Annonce(
        code="acces.droits",
        genre=Genre.ACCES_DONNE,
        phrase="Vos droits dans l’espace de {reference} ont changé.",
        page="espace_mes_droits",
        lire=_acces,
        courriels=("habilitations.droits_modifies",),
    ),
    Annonce(
        code="acces.retrait",
        genre=Genre.ACCES_RETIRE,
        phrase="Votre accès à l’espace de {reference} est retiré.",
        page="accueil",
        dans_un_espace=False,
        lire=_acces,
        courriels=("habilitations.acces_retire",),
    ),
    MANDAT_BIENTOT_FINI,
    Annonce(
        code="export.pret",
        genre=Genre.EXPORT_PRET,
        phrase="Votre export {reference} est prêt.",
        page="mes_exports",
        dans_un_espace=False,
        lire=_export,
        courriels=("exports.pret",),
    ),
)


def annoncer_la_fin_du_mandat(mandat: Mandat, rappel: str, maintenant: datetime) -> None:
    """To the administrators of both sides, each in its own space, once for that reminder."""
    cotes = (
        (mandat.organisation_siren, Profil(mandat.profil), replace(mandat.portee, domaine=Domaine.ACCES)),
        (mandat.mandataire_siren, Profil.PRESTATAIRE, Portee(prestataire_siren=mandat.mandataire_siren, domaine=Domaine.ACCES)),
    )
    for siren, profil, portee in cotes:
        gens = tous_les_administrateurs(siren, profil, maintenant)
        sujet = Sujet(
            reference=f"Le mandat sur {nom_du_lieu(mandat.organisation_siren)}",
            personnes=tuple(Concerne(a.personne_id, siren) for a in gens),
            parametres={"mandat_id": str(mandat.pk)},
            portee=portee,
            niveau=Niveau.GESTION,
        )
        notifier(
            origine=uuid5(mandat.pk, rappel),
            annonce=MANDAT_BIENTOT_FINI,
            sujet=sujet,
            survenue_le=maintenant,
            maintenant=maintenant,
        )
