"""Employees of the directory put in a draft; people of a request put in the directory, when somebody asks it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from jalon.dispositifs.base import LIGNES, Dispositif, Section
from jalon.dispositifs.lecture import section_de_la_personne, valeurs_de_la_personne
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.actions.saisie import Enregistrement, enregistrer_section
from jalon.dossiers.chiffrement import dechiffrer_valeurs, empreinte_reprise
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.acces import dossier_accessible
from jalon.dossiers.requetes.salaries import personnes_du_dossier
from jalon.journal.actions import noter
from jalon.salaries.actions import inscrire, nir_a_reprendre, reprendre_personnes, suivre_dossier
from jalon.salaries.models import Salarie
from jalon.salaries.regles.fiches import textes_de
from jalon.salaries.requetes import salarie_accessible
from jalon.socle.acteurs import Acteur, Niveau
from jalon.socle.erreurs import Introuvable, SaisieRefusee, TransitionImpossible
from jalon.socle.texte import normaliser

CHOISIR = "Choisissez au moins une personne"


def inscrire_salaries(
    *, dossier_id: UUID, section: str, salaries: Sequence[UUID], par: Acteur, maintenant: datetime
) -> Enregistrement:
    """Put employees of the directory in the rubrique of a draft that names people: the whole of it, or one row each.

    The NIR goes from one encrypted place to the other, and stays masked in the draft. Who is in the list already is not put
    there twice.
    Raises: Introuvable (also a rubrique that names nobody), DroitManquant, TransitionImpossible (sent), SaisieRefusee (nobody
    chosen, several where one is asked, list full).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.SAISIE, verrou=True)
        declaration, cible = _rubrique(dossier, section)
        if not dossier.est_brouillon:
            raise TransitionImpossible("Ce dossier est transmis\u00a0: ses réponses ne changent plus que si l’OPCO le demande.")
        choisis = [salarie_accessible(cle, par) for cle in dict.fromkeys(salaries)]
        if any(salarie.siren != dossier.siren for salarie in choisis):
            raise Introuvable
        if not choisis or (len(choisis) > 1 and not cible.fiche.repetee):
            raise SaisieRefusee(CHOISIR if not choisis else "Choisissez une seule personne", champ="salaries")
        gardee = dossier.reponses.get(section) or {"version": 0, "valeurs": {}}
        anciennes = dechiffrer_valeurs(declaration, dossier.id, section, gardee["valeurs"])
        personnes = [_valeurs(cible, salarie, par, maintenant) for salarie in choisis]
        fait = enregistrer_section(
            dossier_id=dossier_id, section=section, version=gardee["version"], valeurs=_placer(cible, anciennes, personnes),
            par=par, maintenant=maintenant,
        )  # fmt: skip
        _masquer(fait.dossier, section, [p.get("nir", "") for p in personnes])
        inscrire(salaries=[s.id for s in choisis], dossier_id=dossier_id, maintenant=maintenant)
        details = {"nombre": len(choisis)}
        noter(
            "dossier.salaries_inscrits", par=par, portee=dossier.portee_du_journal, objet=dossier, le=maintenant, details=details
        )
    return fait


def _rubrique(dossier: Dossier, code: str) -> tuple[Dispositif, Section]:
    declaration = dispositif_de(dossier.dispositif)
    cible = section_de_la_personne(declaration)
    if cible is None or cible.code != code:
        raise Introuvable
    return declaration, cible


def _valeurs(cible: Section, salarie: Salarie, par: Acteur, maintenant: datetime) -> dict[str, str]:
    nir = nir_a_reprendre(salarie=salarie, par=par, maintenant=maintenant)
    return valeurs_de_la_personne(cible, textes_de(replace(salarie.fiche, nir=nir)))


def _placer(cible: Section, anciennes: Mapping[str, Any], personnes: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """The rubrique with these people: what it says of the person is replaced as a whole, other boxes stay."""
    if not cible.fiche.repetee:
        return {**anciennes, **personnes[0]}
    lignes = [ligne for ligne in anciennes.get(LIGNES) or [] if any(ligne.values())]
    deja = {_cle(cible, ligne) for ligne in lignes}
    lignes += [dict(p) for p in personnes if _cle(cible, p) not in deja]
    if len(lignes) > cible.fiche.maximum:
        raise SaisieRefusee(f"{cible.fiche.maximum} lignes au plus dans cette liste", champ="salaries")
    return {LIGNES: lignes}


def _cle(cible: Section, ligne: Mapping[str, Any]) -> str:
    return normaliser(" ".join(str(ligne.get(nom) or "") for nom in cible.fiche.cle))


def _masquer(dossier: Dossier, section: str, nirs: Collection[str]) -> None:
    reprises = {empreinte_reprise(nir, dossier.id) for nir in nirs if nir}
    if reprises:
        gardee = dossier.reponses[section]
        gardee["reprises"] = sorted({*gardee.get("reprises", ()), *reprises})
        dossier.save(update_fields=["reponses"])


def reprendre_salaries(*, dossier_id: UUID, rangs: Collection[int], par: Acteur, maintenant: datetime) -> int:
    """Add to the directory the people of a request that somebody ticked, by their rank. Gives how many were added.

    Raises: Introuvable, DroitManquant (type in that kind of request and employees there), SaisieRefusee (nobody ticked).
    """
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par, Niveau.SAISIE)
        connues = personnes_du_dossier(dossier)
        personnes = [connues[rang] for rang in dict.fromkeys(rangs) if rang in connues]
        if not personnes:
            raise SaisieRefusee(CHOISIR, champ="personnes")
        return reprendre_personnes(
            siren=dossier.siren, personnes=personnes, dossier_id=dossier.id, par=par, maintenant=maintenant
        )


def suivre_les_salaries(dossier: Dossier, maintenant: datetime) -> None:
    """A request was sent: the employees of the directory that it names are tied to it. Nobody is added."""
    personnes = list(personnes_du_dossier(dossier).values())
    suivre_dossier(siren=dossier.siren, personnes=personnes, dossier_id=dossier.id, maintenant=maintenant)
