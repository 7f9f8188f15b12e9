"""Following codes: those of the organisations that one administers, and the letters that one asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.enums import EtatCode, EtatCommande, EtatSuivi
from jalon.habilitations.models import CodeActivation, DemandeLettre, LettreCode
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.regles import dernier_jour
from jalon.habilitations.regles_du_suivi import VieDuCode, etat_du_suivi, jours_restants
from jalon.organisations.requetes import noms_des_organisations, portefeuille_de
from jalon.socle.acteurs import Acteur, Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import Introuvable
from jalon.socle.identifiants import grouper

SUIVIS_MAX = 200


def code_accessible(code_id: UUID, acteur: Acteur) -> CodeActivation:
    """A code of an organisation whose accesses the actor sees. Raises Introuvable."""
    code = CodeActivation.objects.select_related("lettre").filter(id=code_id).first()
    if code is None:
        raise Introuvable
    portee = portee_des_acces(code.siren, code.profil, portefeuille_de(code.siren))
    if not acteur.peut(Droit(Domaine.ACCES, Niveau.LECTURE), portee):
        raise Introuvable
    return code


@dataclass(frozen=True, slots=True)
class LigneSuivi:
    """One SIREN and profile. `nom` is empty for who holds nothing there; `code_id` is given to who may end it."""

    siren: str
    profil: Profil
    nom: str
    etat: EtatSuivi
    depuis: date | datetime | None
    valable_jusqu_au: date | None
    jours_restants: int
    motif: str
    administre: bool
    code_id: UUID | None

    @property
    def siren_groupe(self) -> str:
        """« 123 456 782 »."""
        return grouper(self.siren)


@dataclass(frozen=True, slots=True)
class Suivi:
    """The screen: lines, and how many there are in all when they are more than it shows."""

    lignes: list[LigneSuivi]
    total: int


def suivi_des_codes(acteur: ActeurPersonne, cherche: str = "") -> Suivi:
    """Every code that the person follows, by name then SIREN. Five queries, whatever their number.

    What she merely asked for shows the letter, never whether its code was used, nor the name of the organisation: she holds
    nothing there (exigences, T16).
    """
    administres = {(r.siren, r.profil): r for r in acteur.rattachements if r.niveau_sur_le_siren(Domaine.ACCES) >= Niveau.GESTION}
    attendues = _attendues(acteur, administres)
    noms = noms_des_organisations({siren for siren, _ in administres})
    lignes = [
        _ligne_administree(siren, profil, noms.get(siren, ""), lettre, demande, acteur)
        for siren, profil, lettre, demande in _dernieres(administres, attendues)
    ]
    lignes += [_ligne_attendue(d, acteur) for couple, d in attendues.items() if couple not in administres]
    voulu = "".join(cherche.split()).casefold()
    lignes = [li for li in lignes if voulu in f"{li.siren}{li.nom}".replace(" ", "").casefold()]
    lignes.sort(key=lambda li: (li.nom, li.siren, li.profil))
    return Suivi(lignes[:SUIVIS_MAX], len(lignes))


def _attendues(acteur: ActeurPersonne, administres: Iterable[tuple[str, Profil]]) -> dict[tuple[str, Profil], DemandeLettre]:
    """The last request of each SIREN × profile: of the person, and of anybody where she administers."""
    demandes = DemandeLettre.objects.select_related("lettre__commande", "lettre__code")
    les_siennes = demandes.filter(personne_id=acteur.personne.id)
    ici = {siren for siren, _ in administres}
    des_autres = demandes.filter(siren__dans=ici) if ici else demandes.none()
    couples = set(administres)
    lues = [*les_siennes, *(d for d in des_autres if (d.siren, Profil(d.profil)) in couples)]
    return {(d.siren, Profil(d.profil)): d for d in sorted(lues, key=lambda d: d.demandee_le)}


def _dernieres(
    administres: Iterable[tuple[str, Profil]], attendues: dict[tuple[str, Profil], DemandeLettre]
) -> list[tuple[str, Profil, LettreCode | None, DemandeLettre | None]]:
    """The last letter of each side administered, and the request that is not ordered yet, if there is one."""
    couples = set(administres)
    lettres: dict[tuple[str, Profil], LettreCode] = {}
    sirens = {siren for siren, _ in couples}
    lues = LettreCode.objects.filter(siren__dans=sirens) if sirens else LettreCode.objects.none()
    for lettre in lues.select_related("commande", "code").order_by("commande__commandee_le", "numero"):
        lettres[lettre.siren, Profil(lettre.commande.profil)] = lettre
    suivies: list[tuple[str, Profil, LettreCode | None, DemandeLettre | None]] = []
    for siren, profil in couples:
        demande = attendues.get((siren, profil))
        en_attente = demande if demande is not None and demande.lettre_id is None and demande.ecartee_le is None else None
        derniere = lettres.get((siren, profil))
        if derniere is not None or en_attente is not None:
            suivies.append((siren, profil, derniere, en_attente))
    return suivies


def _ligne_administree(
    siren: str,
    profil: Profil,
    nom: str,
    lettre: LettreCode | None,
    demande: DemandeLettre | None,
    acteur: ActeurPersonne,
) -> LigneSuivi:
    if demande is not None or lettre is None:
        depuis = demande.demandee_le if demande is not None else None
        return LigneSuivi(siren, profil, nom, EtatSuivi.DEMANDEE, depuis, None, 0, "", administre=True, code_id=None)
    return _ligne(siren, profil, nom, lettre, acteur, administre=True)


def _ligne_attendue(demande: DemandeLettre, acteur: ActeurPersonne) -> LigneSuivi:
    siren, profil = demande.siren, Profil(demande.profil)
    if demande.ecartee_le is not None:
        return LigneSuivi(
            siren, profil, "", EtatSuivi.ECARTEE, demande.ecartee_le, None, 0, demande.motif_ecart, administre=False, code_id=None
        )
    if demande.lettre is None:
        return LigneSuivi(siren, profil, "", EtatSuivi.DEMANDEE, demande.demandee_le, None, 0, "", administre=False, code_id=None)
    return _ligne(siren, profil, "", demande.lettre, acteur, administre=False)


def _ligne(siren: str, profil: Profil, nom: str, lettre: LettreCode, acteur: ActeurPersonne, *, administre: bool) -> LigneSuivi:
    maintenant = acteur.maintenant
    code: CodeActivation | None = getattr(lettre, "code", None)
    vie = VieDuCode(
        commande=EtatCommande(lettre.commande.etat),
        postee=lettre.postee_le is not None,
        revenue=lettre.revenue_le is not None,
        code=EtatCode(code.etat) if code is not None else None,
        expire_le=code.expire_le if code is not None else None,
        utilise=administre and code is not None and code.premier_usage_le is not None,
    )
    etat = etat_du_suivi(vie, maintenant)
    vivant = code is not None and code.etat == EtatCode.ACTIF and code.expire_le > maintenant
    return LigneSuivi(
        siren=siren,
        profil=profil,
        nom=nom,
        etat=etat,
        depuis=_depuis(etat, lettre, code),
        valable_jusqu_au=dernier_jour(code.expire_le) if code is not None and vivant else None,
        jours_restants=jours_restants(code.expire_le, maintenant) if code is not None and vivant else 0,
        motif=code.motif_fin if code is not None and administre else "",
        administre=administre,
        code_id=code.id if code is not None and vivant and acteur.est_administrateur(siren, profil) else None,
    )


def _depuis(etat: EtatSuivi, lettre: LettreCode, code: CodeActivation | None) -> date | datetime | None:
    """When it came to that state; unknown for what a newer letter replaced."""
    dates: dict[EtatSuivi, date | datetime | None] = {
        EtatSuivi.COMMANDEE: lettre.commande.commandee_le,
        EtatSuivi.IMPRIMEE: lettre.commande.imprimee_le,
        EtatSuivi.POSTEE: lettre.postee_le,
        EtatSuivi.REVENUE: lettre.revenue_le,
    }
    if code is not None:
        dates |= {
            EtatSuivi.UTILISE: code.premier_usage_le,
            EtatSuivi.EXPIRE: dernier_jour(code.expire_le),
            EtatSuivi.TERMINE: code.termine_le,
        }
    return dates.get(etat)
