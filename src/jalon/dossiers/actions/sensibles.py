"""Showing one sensitive box: an act, with a reason, written in the journal (exigences, T3, P2)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from jalon.dispositifs.lecture import sensibles
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes.acces import cote_de, dossier_accessible, portee_entreprise
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.journal.actions import noter, noter_revelation
from jalon.journal.enums import Sensible
from jalon.messagerie.enums import Cote
from jalon.socle.acteurs import Acteur, Niveau, Pouvoir
from jalon.socle.chiffre import dechiffrer
from jalon.socle.erreurs import DroitManquant, Introuvable, SaisieRefusee


def reveler_case(
    *, dossier_id: UUID, section: str, champ: str, rang: int | None, motif: str, par: Acteur, maintenant: datetime
) -> str:
    """The value of one sensitive box of the content that was sent. The journal says who, which box, why; never the value.

    Raises: Introuvable (dossier, box or row), DroitManquant, SaisieRefusee (no reason).
    """
    raison = " ".join(motif.split())[:200]
    if not raison:
        raise SaisieRefusee("Indiquez pourquoi vous affichez cette donnée", champ="motif")
    with transaction.atomic():
        dossier = dossier_accessible(dossier_id, par)
        _exiger(dossier, par)
        jeton = _jeton(dossier, section, champ, rang)
        case = dispositif_de(dossier.dispositif).section(section).case(champ)
        details = {"case": case.libelle, "motif": raison, **({"rang": rang + 1} if rang is not None else {})}
        portee = dossier.portee_des_suites
        noter("dossier.donnee_affichee", par=par, portee=portee, objet=dossier, le=maintenant, details=details)
        libelle = f"{case.libelle}, dossier {dossier.numero}"
        noter_revelation(
            sensible=Sensible.NIR, par=par, portee=portee, objet=dossier, libelle=libelle, motif=raison, le=maintenant
        )
    return dechiffrer(jeton, dossier.id)


def _exiger(dossier: Dossier, par: Acteur) -> None:
    """Who types for the company, out of probation; at the OPCO, who examines. Never the provider."""
    cote = cote_de(dossier, par)
    if cote == Cote.OPCO:
        par.exiger_pouvoir(Pouvoir.INSTRUIRE, dossier.portefeuille_id)
        return
    par.exiger(dossier.droit(Niveau.SAISIE), portee_entreprise(dossier))
    if isinstance(par, ActeurPersonne) and par.en_probation(dossier.siren):
        raise DroitManquant("Les données protégées s’afficheront à la fin des 72 premières heures.")


def _jeton(dossier: Dossier, section: str, champ: str, rang: int | None) -> str:
    if (section, champ) not in sensibles(dispositif_de(dossier.dispositif)) or dossier.contenu is None:
        raise Introuvable
    rubrique: Any = dossier.contenu.get(section)
    try:
        ligne = rubrique if rang is None else rubrique[rang]
        jeton = ligne[champ]
    except (TypeError, KeyError, IndexError):
        raise Introuvable from None
    if not jeton:
        raise Introuvable
    return str(jeton)
