"""Keeping a list as it is filtered, changing what it is called, sharing it, deleting it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.comptes.models import Personne
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.journal.actions import noter
from jalon.journal.traces import masquer
from jalon.socle.acteurs import Domaine, Portee
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import DroitManquant, SaisieRefusee
from jalon.socle.listes import liste
from jalon.vues.actions.cartes import poser
from jalon.vues.models import PlaceDeCarte, VueEnregistree
from jalon.vues.regles import VUES_AU_PLUS, Lieu, lire_icone, lire_nom, lire_parametres, parametres_de
from jalon.vues.requetes.vues import exiger_la_liste, nombre_de_vues, peut_retirer_le_partage, vue_a_moi, vue_accessible

SANS_DONNEES = (
    "Cette recherche contient un NIR, un IBAN ou un code\u00a0: elle ne peut pas être gardée. Cherchez un nom ou un numéro"
)


def garder_vue(
    *,
    code_liste: str,
    parametres: str,
    nom: str,
    icone: str,
    lieu: Lieu,
    accueil: bool,
    partagee: bool,
    alerte: bool,
    par: ActeurPersonne,
    maintenant: datetime,
) -> VueEnregistree:
    """Keep a list as its address filters it; on the home too when asked, if ten others are not there already.

    Raises Introuvable (no such list, or none of hers there), DroitManquant (the list is not within her rights), SaisieRefusee (name,
    icon, filters that mean nothing, a NIR or an IBAN in the search, too many kept, home full).
    """
    connue = exiger_la_liste(par, code_liste, lieu)
    propres = lire_parametres(parametres)
    _exiger_lisibles(code_liste, parametres_de(propres), maintenant)
    _exiger_partageable(lieu, partagee=partagee)
    with transaction.atomic():
        Personne.objects.select_for_update(of=("self",)).get(pk=par.personne.pk)
        if nombre_de_vues(par) >= VUES_AU_PLUS:
            raise SaisieRefusee(f"Vous gardez déjà {VUES_AU_PLUS} accès rapides. Supprimez-en un, puis recommencez")
        vue = VueEnregistree.objects.create(
            proprietaire_id=par.personne.pk,
            liste=code_liste,
            parametres=propres,
            nom=lire_nom(nom),
            icone=lire_icone(icone),
            siren=lieu.siren,
            opco=lieu.opco,
            partagee=partagee,
            cree_le=maintenant,
            modifie_le=maintenant,
        )
        poser(par, lieu, str(vue.pk), affichee=accueil, alerte=alerte, maintenant=maintenant)
        _noter("vues.vue_gardee", vue, connue.libelle, par, maintenant)
        if partagee:
            _noter("vues.vue_partagee", vue, connue.libelle, par, maintenant)
    return vue


def _exiger_lisibles(code_liste: str, parametres: Mapping[str, str], maintenant: datetime) -> None:
    connue = liste(code_liste)
    refus = connue.lire(parametres, jour_de_paris(maintenant)).refus if connue is not None else ()
    if refus:
        raise SaisieRefusee(refus[0])
    if any(masquer(valeur) != valeur for valeur in parametres.values()):
        raise SaisieRefusee(SANS_DONNEES)


def _exiger_partageable(lieu: Lieu, *, partagee: bool) -> None:
    if partagee and not lieu.siren and not lieu.opco:
        raise SaisieRefusee(
            "Un accès rapide sur tous vos espaces ne se partage pas\u00a0: gardez-le dans un espace", champ="partage"
        )


def modifier_vue(
    *, vue_id: UUID, nom: str, icone: str, partagee: bool, par: ActeurPersonne, maintenant: datetime
) -> VueEnregistree:
    """Rename it, draw it otherwise, share it or not. Raises Introuvable, DroitManquant (a colleague's), SaisieRefusee."""
    with transaction.atomic():
        vue = vue_a_moi(vue_id, par, verrou=True)
        _exiger_partageable(vue.lieu, partagee=partagee)
        nouvelle = partagee and not vue.partagee
        vue.nom, vue.icone, vue.partagee, vue.modifie_le = lire_nom(nom), lire_icone(icone), partagee, maintenant
        vue.save(update_fields=["nom", "icone", "partagee", "modifie_le"])
        if not partagee:
            _quitter_les_autres(vue)
        _noter("vues.vue_partagee" if nouvelle else "vues.vue_modifiee", vue, _libelle(vue), par, maintenant)
    return vue


def supprimer_vue(*, vue_id: UUID, par: ActeurPersonne, maintenant: datetime) -> None:
    """Delete it, from every home where it was. Raises Introuvable, DroitManquant (a colleague's)."""
    with transaction.atomic():
        vue = vue_a_moi(vue_id, par, verrou=True)
        _noter("vues.vue_supprimee", vue, _libelle(vue), par, maintenant)
        PlaceDeCarte.objects.filter(cle=str(vue.pk)).delete()
        vue.delete()


def retirer_partage(*, vue_id: UUID, par: ActeurPersonne, maintenant: datetime) -> None:
    """Stop the sharing of a colleague's view: an administrator of its space. Its author keeps it for herself.

    Raises Introuvable, DroitManquant.
    """
    with transaction.atomic():
        vue = vue_accessible(vue_id, par, verrou=True)
        if vue.proprietaire_id != par.personne.pk and not peut_retirer_le_partage(par, vue):
            raise DroitManquant(
                f"{vue.proprietaire.nom_complet}, qui l’a créé, ou un administrateur de l’organisation peut retirer cet accès rapide."
            )
        vue.partagee, vue.modifie_le = False, maintenant
        vue.save(update_fields=["partagee", "modifie_le"])
        _quitter_les_autres(vue)
        _noter("vues.partage_retire", vue, _libelle(vue), par, maintenant)


def _quitter_les_autres(vue: VueEnregistree) -> None:
    places = PlaceDeCarte.objects.filter(cle=str(vue.pk)).exclude(personne_id=vue.proprietaire_id)
    places.delete()


def _libelle(vue: VueEnregistree) -> str:
    connue = liste(vue.liste)
    return connue.libelle if connue is not None else vue.liste


def _noter(code: str, vue: VueEnregistree, libelle: str, par: ActeurPersonne, maintenant: datetime) -> None:
    """What is kept for oneself is told to nobody; what is shared, to the organisation."""
    siren = vue.siren if vue.partagee or code == "vues.partage_retire" else ""
    portee = Portee(siren=siren, prestataire_siren=siren, domaine=Domaine.ACCES if siren else None)
    noter(code, par=par, portee=portee, objet=vue, le=maintenant, details={"liste": libelle})
