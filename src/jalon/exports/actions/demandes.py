"""Asking for an export, cancelling it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from jalon.comptes.models import Personne
from jalon.exports.acteurs import droits_de, en_json
from jalon.exports.actions.budget import compter_en_plus, rendre_les_lignes
from jalon.exports.actions.suite import TACHE, noter_export, passer_au_suivant, verrouiller_demandeur
from jalon.exports.actions.surveillance import signaler_le_depassement
from jalon.exports.budgets import fin_de_pause, refus_de_pause
from jalon.exports.enums import EN_ATTENTE_OU_EN_COURS, EtatExport, FormatExport
from jalon.exports.models import Export
from jalon.exports.regles import lire_raison, nom_du_fichier, trop_d_exports
from jalon.exports.requetes import Demande, Jour, budget_de, exiger_export, export_accessible, lire_demande, sorties_du_jour
from jalon.journal.traces import masquer
from jalon.socle.acteurs import Acteur, Domaine, Portee
from jalon.socle.dates import jour_de_paris
from jalon.socle.erreurs import DroitManquant, SaisieRefusee, TropDEssais
from jalon.socle.listes import Compte
from jalon.socle.travaux import differer


def demander_export(
    *,
    liste: str,
    requete: str,
    siren: str | None,
    format_: str,
    raison: str,
    par: Acteur,
    maintenant: datetime,
    libelle: str = "",
    filtres: str = "",
) -> Export:
    """Ask for the rows of a list as an address shows them; a worker makes the file. `siren`: the space; None: the OPCO.
    `libelle`, `filtres`: what the page calls it, and its filters in words, for the first sheet. `raison`: what the file is for.

    One export of a person is made at a time and five wait; its rows count in her day and in that of her organisation (T9), as far
    as they are known, the rest when they are read. A budget that is passed is told to who watches.
    Raises Introuvable (no such list), DroitManquant (exports, or every domain of the list), SaisieRefusee (a filter that means
    nothing, no row, no reason, a format that we do not make), TropDEssais (six exports, or a pause), BudgetDepasse.
    """
    pourquoi = masquer(lire_raison(raison))
    if format_ not in set(FormatExport):
        raise SaisieRefusee("Choisissez Excel ou CSV", champ="format")
    jour = jour_de_paris(maintenant)
    demande, compte = _lire_et_compter(liste, requete, siren, par, jour)
    with signaler_le_depassement(siren, par, maintenant), transaction.atomic():
        demandeur = _verifier_le_nombre(par)
        _verifier_la_pause(par, siren, maintenant)
        compter_en_plus(Jour.de(demandeur.pk, siren, maintenant), compte.nombre, siren)
        export = Export(
            demandeur=demandeur,
            liste=demande.liste.code,
            libelle=(libelle or demande.liste.libelle)[:120],
            requete=demande.requete,
            filtres=filtres,
            raison=pourquoi,
            format=format_,
            lignes_total=None if compte.plafonne else compte.nombre,
            lignes_comptees=compte.nombre,
            droits=en_json(droits_de(par, demande.liste, siren)),
            nom_fichier=nom_du_fichier(libelle or demande.liste.libelle, siren or "", jour, FormatExport(format_)),
            demande_le=maintenant,
            avance_le=maintenant,
        ).porter(Portee(siren=siren or "", domaine=Domaine.EXPORTS))
        export.save(force_insert=True)
        noter_export(code="export.demande", export=export, par=par, le=maintenant, raison=pourquoi)
        differer(TACHE, export_id=str(export.id))
    return export


def _lire_et_compter(liste: str, requete: str, siren: str | None, par: Acteur, jour: date) -> tuple[Demande, Compte]:
    """What would leave, and how many rows of it. Raises Introuvable, DroitManquant, SaisieRefusee (a filter, no row)."""
    demande = lire_demande(liste, requete, jour)
    exporte = exiger_export(par, demande.liste, siren)
    compte = demande.liste.compter(exporte, siren, demande.lecture, jour)
    if not compte.nombre:
        raise SaisieRefusee("Aucune ligne ne correspond à ces filtres\u00a0: il n’y a rien à exporter")
    return demande, compte


def _verifier_le_nombre(par: Acteur) -> Personne:
    """The person, locked: two pages sent at once are counted one after the other."""
    demandeur = verrouiller_demandeur(par.identite) if par.identite is not None else None
    if demandeur is None:
        raise DroitManquant("Un export se demande par une personne, depuis le portail.")
    nombre = Export.objects.visibles_par(par).filter(etat__in=EN_ATTENTE_OU_EN_COURS).count()
    refus = trop_d_exports(nombre)
    if refus is not None:
        raise TropDEssais(refus)
    return demandeur


def _verifier_la_pause(par: Acteur, siren: str | None, maintenant: datetime) -> None:
    """One request every five minutes beyond half of the day. The caller holds the lock of the person. Raises TropDEssais."""
    jour = Jour.de(par.identite, siren, maintenant)
    derniere = Export.objects.visibles_par(par).aggregate(derniere=Max("demande_le"))["derniere"]
    fin = fin_de_pause(budget_de(siren), sorties_du_jour(jour), derniere)
    if fin is not None and maintenant < fin:
        raise TropDEssais(refus_de_pause(fin))


def annuler_export(*, export_id: UUID, par: Acteur, maintenant: datetime) -> Export:
    """Give up an export that waits or is being made: its worker stops at its next step, the next one begins.

    Raises Introuvable (not asked by the actor), TransitionImpossible (it is over).
    """
    with transaction.atomic():
        if par.identite is not None:
            verrouiller_demandeur(par.identite)
        export = export_accessible(export_id, par, verrou=True)
        export.avancer(EtatExport.ANNULE)
        export.passage, export.fini_le = None, maintenant
        rendre_les_lignes(export)
        export.save(update_fields=["etat", "passage", "fini_le", "lignes_comptees"])
        noter_export(code="export.annule", export=export, par=par, le=maintenant)
        passer_au_suivant(export.demandeur_id)
    return export
