"""One record at a time: added, changed, gone, deleted, joined with its duplicate."""

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from jalon.journal.actions import noter
from jalon.salaries import coffre
from jalon.salaries.actions.commun import SAISIE, nouveau_salarie, toucher, verrouiller_annuaire
from jalon.salaries.enums import Source
from jalon.salaries.models import Inscription, Salarie
from jalon.salaries.regles.fiches import Fiche, changements, completer, lire_fiche
from jalon.salaries.regles.rapprochement import Annuaire, Connu, nom_de
from jalon.salaries.requetes.annuaire import annuaire_de, portee_de
from jalon.salaries.requetes.fiches import dossiers_de, salarie_accessible
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.erreurs import SaisieRefusee, TransitionImpossible

CHANGEE = "Cette fiche a changé pendant votre saisie. Rouvrez-la pour voir ce qu’elle dit maintenant."


class DoublonProbable(SaisieRefusee):
    """Somebody there may be the same person: « C'est une autre personne » lets the record in."""

    code = "doublon-probable"

    def __init__(self, candidats: Collection[Connu]) -> None:
        noms = ", ".join(f"{nom_de(c.fiche)}, né(e) le {formater_date(c.fiche.date_naissance)}" for c in candidats)
        super().__init__(
            f"Peut-être déjà parmi vos salariés\u00a0: {noms}. Si c’est une autre personne, cochez-le", champ="autre"
        )
        self.candidats = tuple(candidats)


def ajouter_salarie(*, siren: str, textes: Mapping[str, str], par: Acteur, maintenant: datetime, autre: bool = False) -> Salarie:
    """Add somebody to the directory of a company. `autre`: told that she is not the one who looks alike.

    Raises: SaisiesRefusees (boxes), DroitManquant, SaisieRefusee (NIR already there), DoublonProbable.
    """
    fiche = lire_fiche(textes, siren, jour_de_paris(maintenant))
    par.exiger(SAISIE, portee_de(siren, fiche.siret))
    with transaction.atomic():
        verrouiller_annuaire(siren)
        annuaire = annuaire_de(siren, par.perimetre(SAISIE), [fiche])
        _refuser_le_nir(annuaire, coffre.empreinte_nir(fiche.nir, siren))
        if not autre:
            _refuser_le_doublon(annuaire, fiche, coffre.empreinte_nir(fiche.nir, siren))
        salarie = nouveau_salarie(siren, fiche, Source.MAIN, maintenant)
        salarie.save(force_insert=True)
        noter("salaries.ajout", par=par, portee=salarie.portee, objet=salarie, le=maintenant)
    return salarie


def _refuser_le_nir(annuaire: Annuaire, empreinte: str, sauf: UUID | None = None) -> None:
    connu = annuaire.par_empreinte.get(empreinte) if empreinte else None
    if connu is None or connu.id == sauf:
        return
    if connu.visible:
        raise SaisieRefusee(f"Ce NIR est déjà celui de {nom_de(connu.fiche)}. Ouvrez sa fiche, ou vérifiez le NIR", champ="nir")
    raise SaisieRefusee(
        "Ce NIR est déjà celui d’un salarié d’un autre établissement. Demandez-le à votre administrateur", champ="nir"
    )


def _refuser_le_doublon(annuaire: Annuaire, fiche: Fiche, empreinte: str) -> None:
    candidats = [c for c in annuaire.probables(fiche, empreinte) if c.visible]
    if candidats:
        raise DoublonProbable(candidats)


def modifier_salarie(*, salarie_id: UUID, version: int, textes: Mapping[str, str], par: Acteur, maintenant: datetime) -> Salarie:
    """Change a record; an empty NIR keeps the one that is there. `version`: the one that was read.

    Raises: Introuvable, DroitManquant (there, or where she goes), SaisiesRefusees (boxes), SaisieRefusee (NIR of somebody
    else), TransitionImpossible (somebody else changed it).
    """
    with transaction.atomic():
        avant = salarie_accessible(salarie_id, par, Niveau.SAISIE)
        fiche = lire_fiche(textes, avant.siren, jour_de_paris(maintenant))
        par.exiger(SAISIE, portee_de(avant.siren, fiche.siret))
        verrouiller_annuaire(avant.siren)
        salarie = salarie_accessible(salarie_id, par, Niveau.SAISIE, verrou=True)
        if salarie.version != version:
            raise TransitionImpossible(CHANGEE)
        empreinte = coffre.empreinte_nir(fiche.nir, salarie.siren)
        _refuser_le_nir(annuaire_de(salarie.siren, par.perimetre(SAISIE), [fiche]), empreinte, sauf=salarie.id)
        libelles = [c.libelle for c in changements(salarie.fiche, fiche)]
        if empreinte and empreinte != salarie.nir_empreinte:
            libelles.append("NIR")
        if not libelles:
            return salarie
        coffre.poser_nir(salarie, fiche.nir)
        toucher(salarie.ecrire(fiche), maintenant).save()
        details = {"champs": ", ".join(libelles)}
        noter("salaries.modification", par=par, portee=salarie.portee, objet=salarie, le=maintenant, details=details)
    return salarie


def declarer_depart(*, salarie_id: UUID, jour: date, par: Acteur, maintenant: datetime) -> Salarie:
    """Say when somebody leaves, or left.

    Raises: Introuvable, DroitManquant, SaisieRefusee (before she came).
    """
    with transaction.atomic():
        salarie = salarie_accessible(salarie_id, par, Niveau.SAISIE, verrou=True)
        if salarie.entree is not None and jour < salarie.entree:
            raise SaisieRefusee(f"Le départ ne peut pas précéder l’entrée, le {formater_date(salarie.entree)}", champ="sortie")
        salarie.sortie = jour
        toucher(salarie, maintenant).save(update_fields=["sortie", "version", "modifie_le", "dernier_usage"])
        details = {"jour": formater_date(jour)}
        noter("salaries.depart", par=par, portee=salarie.portee, objet=salarie, le=maintenant, details=details)
    return salarie


def supprimer_salarie(*, salarie_id: UUID, par: Acteur, maintenant: datetime) -> None:
    """Delete a record that no request names.

    Raises: Introuvable, DroitManquant, TransitionImpossible (a request names her).
    """
    with transaction.atomic():
        salarie = salarie_accessible(salarie_id, par, Niveau.GESTION, verrou=True)
        nombre = len(dossiers_de(salarie))
        if nombre:
            dossiers = "un dossier la nomme" if nombre == 1 else f"{nombre} dossiers la nomment"
            raise TransitionImpossible(
                f"Cette fiche ne se supprime pas\u00a0: {dossiers}. Déclarez le départ\u00a0: elle sera effacée à son terme."
            )
        noter("salaries.suppression", par=par, portee=salarie.portee, objet=salarie, le=maintenant)
        salarie.delete()


def fusionner_salaries(*, garde_id: UUID, absorbe_id: UUID, par: Acteur, maintenant: datetime) -> Salarie:
    """Make one record of two: the first keeps what it says and takes what it lacks; requests that named the other name it.

    Raises: Introuvable, DroitManquant, TransitionImpossible (the same one, two companies, two different NIR).
    """
    with transaction.atomic():
        siren = salarie_accessible(garde_id, par, Niveau.GESTION).siren
        verrouiller_annuaire(siren)
        garde, absorbe = (salarie_accessible(i, par, Niveau.GESTION, verrou=True) for i in (garde_id, absorbe_id))
        if garde.id == absorbe.id or garde.siren != absorbe.siren:
            raise TransitionImpossible("Choisissez deux fiches différentes de la même entreprise.")
        if garde.nir_empreinte and absorbe.nir_empreinte:
            raise TransitionImpossible(
                "Ces deux fiches ont chacune un NIR, et ce ne sont pas les mêmes\u00a0: ce sont deux personnes."
            )
        nir = coffre.nir_en_clair(absorbe)
        dernier = max(garde.dernier_usage, absorbe.dernier_usage)
        _deplacer_les_inscriptions(garde, absorbe)
        fiche = _reunir(garde.fiche, absorbe.fiche)
        absorbe.delete()
        coffre.poser_nir(garde, nir)
        toucher(garde.ecrire(fiche), maintenant)
        garde.dernier_usage = max(dernier, garde.dernier_usage)
        garde.save()
        noter("salaries.fusion", par=par, portee=garde.portee, objet=garde, le=maintenant)
    return garde


def _reunir(garde: Fiche, absorbe: Fiche) -> Fiche:
    """A working time goes with its unit; a day of leaving that would come before the entry is left out."""
    reunie = completer(absorbe, garde)
    if garde.quotite is not None:
        reunie = replace(reunie, quotite=garde.quotite, quotite_unite=garde.quotite_unite)
    if reunie.entree and reunie.sortie and reunie.sortie < reunie.entree:
        reunie = replace(reunie, **{c.name: getattr(garde, c.name) for c in fields(garde) if c.name in {"entree", "sortie"}})
    return reunie


def _deplacer_les_inscriptions(garde: Salarie, absorbe: Salarie) -> None:
    deja = set(Inscription.objects.filter(salarie=garde).values_list("dossier_id", flat=True))
    Inscription.objects.filter(salarie=absorbe).exclude(dossier_id__in=deja).update(salarie=garde)
