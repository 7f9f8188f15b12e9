"""Groups of establishments: naming one, changing what it holds, putting it aside.

To change the members of a group that carries rights is to change rights: it takes the same hands, waits for nobody, and is
therefore refused where a grant would wait (exigences, T12).
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jalon.courriers.actions import preparer
from jalon.courriers.messages import Destinataire, cle_d_envoi
from jalon.habilitations.actions.attribution import Administration, administration, verrouiller
from jalon.habilitations.courriels import DroitsModifies, GroupeModifie, a_la_personne
from jalon.habilitations.models import GroupeEtablissements
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.phrases import enumerer_noms, phrases_des_membres
from jalon.habilitations.regles import OCTROIS_PAR_HEURE
from jalon.habilitations.regles_des_groupes import GROUPES_MAX, RIEN_DE_CHOISI, deviendrait_large, lire_nom, verifier_sirets
from jalon.habilitations.requetes.groupes import (
    droits_du_groupe,
    groupe_accessible,
    groupes_de,
    porteurs,
    sirets_ouverts,
)
from jalon.habilitations.requetes.matrice import en_demande
from jalon.habilitations.rythme import compter
from jalon.journal.actions import noter
from jalon.organisations.models import Etablissement
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Acteur, Profil
from jalon.socle.confirmation import second_facteur_exige
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee, TransitionImpossible

NOMS_CITES = 3
SIRETS_AU_JOURNAL = 50
"""The rest is in the history of the row."""


@second_facteur_exige
def creer_groupe(*, siren: str, nom: str, par: Acteur, maintenant: datetime) -> GroupeEtablissements:
    """Name a group, empty at first: it opens nothing.

    Raises DroitManquant (not an administrator now), SaisieRefusee (name, already taken, too many groups).
    """
    with transaction.atomic():
        verrouiller(siren, Profil.ADHERENT)
        administration(siren, Profil.ADHERENT, par, maintenant)
        if groupes_de(siren).count() >= GROUPES_MAX:
            raise SaisieRefusee(f"Une entreprise compte {GROUPES_MAX} groupes au plus", champ="nom")
        propre, cle = _nom_libre(siren, nom, None)
        groupe = GroupeEtablissements(
            profil=Profil.ADHERENT, nom=propre, cle=cle, cree_le=maintenant, cree_par=par.identite
        ).porter(portee_des_acces(siren, Profil.ADHERENT, portefeuille_de(siren)))
        groupe.save(force_insert=True)
        noter("acces.groupe_cree", par=par, portee=groupe.portee, objet=groupe, le=maintenant, details={"groupe": propre})
    return groupe


@second_facteur_exige
def renommer_groupe(*, groupe_id: UUID, nom: str, par: Acteur, maintenant: datetime) -> GroupeEtablissements:
    """Change the name. Raises Introuvable, DroitManquant, SaisieRefusee (name, already taken)."""
    siren = groupe_accessible(groupe_id, par).siren
    with transaction.atomic():
        verrouiller(siren, Profil.ADHERENT)
        administration(siren, Profil.ADHERENT, par, maintenant)
        groupe = _relire(groupe_id)
        ancien = groupe.nom
        groupe.nom, groupe.cle = _nom_libre(siren, nom, groupe_id)
        if groupe.nom != ancien:
            groupe.save(update_fields=["nom", "cle"])
            noter(
                "acces.groupe_renomme", par=par, portee=groupe.portee, objet=groupe, le=maintenant,
                details={"groupe": groupe.nom, "ancien": ancien},
            )  # fmt: skip
    return groupe


@second_facteur_exige
def ajouter_au_groupe(*, groupe_id: UUID, sirets: Sequence[str], par: Acteur, maintenant: datetime) -> GroupeEtablissements:
    """Add establishments; whoever has rights on the group has them there from the next request. Counted as one grant when
    there is somebody: the other administrators are told.

    Raises Introuvable, SaisieRefusee (nothing chosen, not of this company; would make a finance right wide; the fourth grant
    of an hour), DroitManquant (not an administrator now; in probation, when the group carries rights).
    """
    siren = groupe_accessible(groupe_id, par).siren
    with transaction.atomic():
        contexte, groupe = _ouvrir(siren, groupe_id, par, maintenant)
        connus = set(Etablissement.objects.du_siren(siren).values_list("siret", flat=True))
        nouveaux = sorted(set(verifier_sirets(sirets, siren, connus)) - set(groupe.sirets))
        if nouveaux:
            apres = sorted({*groupe.sirets, *nouveaux})
            if _porte_des_droits(groupe, maintenant):
                _juger_l_elargissement(groupe, apres, contexte)
            _ecrire(groupe, apres, nouveaux, contexte, par)
    return groupe


@second_facteur_exige
def retirer_du_groupe(*, groupe_id: UUID, sirets: Sequence[str], par: Acteur, maintenant: datetime) -> GroupeEtablissements:
    """Take establishments out: nobody has rights there by the group any more, from the next request.

    Raises Introuvable, SaisieRefusee (nothing chosen), DroitManquant (not an administrator now; in probation, when the group
    carries rights).
    """
    if not sirets:
        raise SaisieRefusee(RIEN_DE_CHOISI, champ="sirets")
    siren = groupe_accessible(groupe_id, par).siren
    with transaction.atomic():
        contexte, groupe = _ouvrir(siren, groupe_id, par, maintenant)
        partants = sorted(set(sirets) & set(groupe.sirets))
        if partants:
            _ecrire(groupe, sorted(set(groupe.sirets) - set(partants)), partants, contexte, par)
    return groupe


@second_facteur_exige
def supprimer_groupe(*, groupe_id: UUID, par: Acteur, maintenant: datetime) -> GroupeEtablissements:
    """Put a group aside. Raises Introuvable, DroitManquant (not an administrator now), TransitionImpossible (it carries rights)."""
    siren = groupe_accessible(groupe_id, par).siren
    with transaction.atomic():
        verrouiller(siren, Profil.ADHERENT)
        administration(siren, Profil.ADHERENT, par, maintenant)
        groupe = _relire(groupe_id)
        noms = [lien.nom_affiche for lien in porteurs(groupe, maintenant)]
        if noms:
            raise TransitionImpossible(
                f"Ce groupe porte les droits de {enumerer_noms(noms, NOMS_CITES)}\u00a0: retirez-les d’abord dans le tableau."
            )
        groupe.supprime_le, groupe.supprime_par = maintenant, par.identite
        groupe.save(update_fields=["supprime_le", "supprime_par"])
        noter(
            "acces.groupe_supprime", par=par, portee=groupe.portee, objet=groupe, le=maintenant, details={"groupe": groupe.nom}
        )  # fmt: skip
    return groupe


def _ouvrir(siren: str, groupe_id: UUID, par: Acteur, maintenant: datetime) -> tuple[Administration, GroupeEtablissements]:
    verrouiller(siren, Profil.ADHERENT)
    contexte = administration(siren, Profil.ADHERENT, par, maintenant)
    groupe = _relire(groupe_id)
    if contexte.en_probation and _porte_des_droits(groupe, maintenant):
        raise DroitManquant(
            "Pendant les 72\u00a0heures qui suivent votre nomination, vous ne pouvez pas changer un groupe sur lequel des droits "
            "sont donnés."
        )
    return contexte, groupe


def _relire(groupe_id: UUID) -> GroupeEtablissements:
    groupe: GroupeEtablissements | None = (
        GroupeEtablissements.objects.tous("relu sous le verrou du SIREN")
        .select_for_update()
        .filter(id=groupe_id, supprime_le__isnull=True)
        .first()
    )
    if groupe is None:
        raise Introuvable
    return groupe


def _porte_des_droits(groupe: GroupeEtablissements, maintenant: datetime) -> bool:
    return droits_du_groupe(groupe, maintenant).exists()


def _juger_l_elargissement(groupe: GroupeEtablissements, apres: Sequence[str], contexte: Administration) -> None:
    """What would wait if it were given person by person is refused here. Raises SaisieRefusee."""
    le = contexte.maintenant
    portes = [en_demande(d, le) for d in droits_du_groupe(groupe, le)]
    if deviendrait_large(portes, groupe.sirets, apres, sirets_ouverts(groupe.siren)):
        raise SaisieRefusee(
            "Avec ces établissements, le groupe couvrirait toute l’entreprise, alors qu’il porte un droit financier. "
            "Donnez plutôt ce droit sur toute l’entreprise\u00a0: il attendra une confirmation ou 24\u00a0heures",
            champ="sirets",
        )
    if compter(contexte.moi.personne_id, le) > OCTROIS_PAR_HEURE:
        raise SaisieRefusee(
            f"Vous avez déjà donné {OCTROIS_PAR_HEURE}\u00a0accès en une heure, et cet ajout en élargirait d’autres. "
            "Attendez une heure, ou demandez à un autre administrateur",
            champ="sirets",
        )


def _ecrire(
    groupe: GroupeEtablissements, sirets: Sequence[str], changes: Sequence[str], contexte: Administration, par: Acteur
) -> None:
    """Write the members, tell the other administrators and everybody whose rights are changed by it."""
    le, etendu = contexte.maintenant, len(sirets) > len(groupe.sirets)
    groupe.sirets = list(sirets)
    groupe.save(update_fields=["sirets"])
    liens = porteurs(groupe, le)
    noter(
        "acces.groupe_etendu" if etendu else "acces.groupe_reduit", par=par, portee=groupe.portee, objet=groupe, le=le,
        details={
            "groupe": groupe.nom, "etablissements": len(changes), "personnes": len(liens),
            "changements": phrases_des_membres(changes[:SIRETS_AU_JOURNAL], len(changes), etendu=etendu),
        },
    )  # fmt: skip
    cle = cle_d_envoi(le)
    for lien in liens:
        preparer(DroitsModifies, lien.id, a_la_personne(lien), le=le, cle=cle)
    if liens:
        autres = [Destinataire(a.email, a.personne_id) for a in contexte.tous if a.personne_id != contexte.moi.personne_id]
        preparer(GroupeModifie, groupe.id, autres, le=le, cle=cle)


def _nom_libre(siren: str, saisi: str, sauf: UUID | None) -> tuple[str, str]:
    nom, cle = lire_nom(saisi)
    if any(ident != sauf for ident in groupes_de(siren).filter(cle=cle).values_list("id", flat=True)):
        raise SaisieRefusee("Un groupe de cette entreprise porte déjà ce nom", champ="nom")
    return nom, cle
