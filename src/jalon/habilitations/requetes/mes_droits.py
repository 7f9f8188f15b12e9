"""« Ce que je peux faire »: one's own rights on an organisation, in sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.administrateurs import administrateurs_actifs
from jalon.habilitations.enums import Attente, Etendue
from jalon.habilitations.lectures import FERMES_EN_PROBATION, RattachementLu
from jalon.habilitations.models import DroitAccorde
from jalon.habilitations.models.rattachements import q_droit_en_attente, q_droit_en_vigueur
from jalon.habilitations.phrases import acte_permis
from jalon.habilitations.regles import dernier_jour, etendue_du_lieu
from jalon.habilitations.requetes.groupes import groupes_de
from jalon.habilitations.requetes.vues import vues_de_mes_pages
from jalon.journal.requetes import Ligne
from jalon.organisations.requetes import etablissements_de, noms_des_organisations
from jalon.socle.acteurs import LIBELLES_DOMAINES, Domaine, Droit, Profil
from jalon.socle.identifiants import grouper

LIEUX_NOMMES = 5


@dataclass(frozen=True, slots=True)
class DroitEnPhrase:
    """« Préparer et envoyer les dossiers d’alternance », where, until when; `ferme`: closed during the first 72 hours."""

    phrase: str
    lieu: str
    fin: date | None
    ferme: bool = False
    attente: Attente = Attente.AUCUNE
    debut: datetime | None = None


@dataclass(frozen=True, slots=True)
class MesDroits:
    """One side of the organisation. `manquants`: domains where nothing is held; `administrateurs`: who can give more; `vues`:
    who looked at it as this person.
    """

    profil: Profil
    droits: tuple[DroitEnPhrase, ...]
    a_venir: tuple[DroitEnPhrase, ...]
    manquants: tuple[str, ...]
    administrateurs: tuple[str, ...]
    probation_jusqu_a: datetime | None
    vues: tuple[Ligne, ...]


def mes_droits(acteur: ActeurPersonne, siren: str) -> list[MesDroits]:
    """What the person may do there, side by side, by her own rights and by mandate. Three queries a side, the establishments and the
    groups; one more by mandate."""
    lieux = {e.siret: e.nom_usuel or e.commune or grouper(e.siret) for e in etablissements_de(siren)}
    lieux |= {
        str(g.id): f"groupe «\u00a0{g.nom}\u00a0» ({len(g.sirets)} établissement{'s' if len(g.sirets) > 1 else ''})"
        for g in groupes_de(siren)
    }
    liens = [lien for lien in acteur.rattachements if lien.siren == siren]
    par_mandat = {p: [lien for lien in liens if lien.mandataire and lien.profil == p] for p in Profil}
    propres = [_cote(acteur, x.id, x.profil, x.probation_jusqu_a, siren, lieux) for x in liens if not x.mandataire]
    seuls = [_sans_lien(acteur, p, siren) for p in par_mandat if par_mandat[p] and all(c.profil != p for c in propres)]
    return [_avec_les_mandats(cote, par_mandat[cote.profil], lieux) for cote in (*propres, *seuls)]


def _sans_lien(acteur: ActeurPersonne, profil: Profil, siren: str) -> MesDroits:
    """Of who acts there by mandate alone."""
    noms = tuple(dict.fromkeys(a.nom for a in administrateurs_actifs(siren, profil, acteur.maintenant)))
    return MesDroits(profil, (), (), tuple(LIBELLES_DOMAINES.values()), noms, None, ())


def _avec_les_mandats(cote: MesDroits, liens: Sequence[RattachementLu], lieux: Mapping[str, str]) -> MesDroits:
    """The same with what is held by mandate, each sentence once; a convention says which requests."""
    if not liens:
        return cote
    noms = noms_des_organisations({lien.mandataire for lien in liens})
    phrases: dict[DroitEnPhrase, None] = {}
    for lien in liens:
        nom = noms.get(lien.mandataire, grouper(lien.mandataire))
        suite = f" dont {nom} est l’organisme de formation" if lien.prestataire else f", par le mandat donné à {nom}"
        tenus_la = [(Droit(d.domaine, d.niveau, d.dispositif), d.siret) for d in lien.droits]
        for droit in dict.fromkeys(droit for droit, _ in tenus_la):
            lieu = _lieu([siret for tenu, siret in tenus_la if tenu == droit], cote.profil, lieux)
            phrases[DroitEnPhrase(f"{acte_permis(droit)}{suite}", lieu, None)] = None
    tenus = {LIBELLES_DOMAINES[d.domaine] for lien in liens for d in lien.droits}
    manquants = tuple(m for m in cote.manquants if m not in tenus)
    return replace(cote, droits=(*cote.droits, *phrases), manquants=manquants)


def _cote(
    acteur: ActeurPersonne,
    lien_id: UUID,
    profil: Profil,
    probation: datetime | None,
    siren: str,
    lieux: Mapping[str, str],
) -> MesDroits:
    le = acteur.maintenant
    en_probation = probation is not None and le < probation
    droits = list(
        DroitAccorde.objects.filter(q_droit_en_vigueur(le) | q_droit_en_attente(le), rattachement_id=lien_id).order_by(
            "siret", "groupe_id"
        )
    )
    comptent = [d for d in droits if d.en_vigueur(le)]
    tenus = {Domaine(d.domaine) for d in comptent if not (en_probation and d.domaine in FERMES_EN_PROBATION)}
    noms = [a.nom for a in administrateurs_actifs(siren, profil, le) if a.personne_id != acteur.personne_montree.id]
    return MesDroits(
        profil=profil,
        droits=tuple(_en_phrases(comptent, profil, lieux, en_probation=en_probation)),
        a_venir=tuple(_en_phrases([d for d in droits if not d.en_vigueur(le)], profil, lieux, en_probation=False)),
        manquants=tuple(LIBELLES_DOMAINES[d] for d in Domaine if d not in tenus),
        administrateurs=tuple(dict.fromkeys(noms)),
        probation_jusqu_a=probation if en_probation else None,
        vues=tuple(vues_de_mes_pages(lien_id)),
    )


def _en_phrases(
    droits: Iterable[DroitAccorde], profil: Profil, lieux: Mapping[str, str], *, en_probation: bool
) -> Iterable[DroitEnPhrase]:
    ensembles: dict[tuple[Droit, datetime | None, str, datetime | None], list[str]] = {}
    for d in droits:
        debut = d.debut if d.attente != Attente.AUCUNE else None
        ensembles.setdefault((d.droit, d.fin, d.attente, debut), []).append(d.lieu)
    rangs = list(Domaine)
    for (droit, fin, attente, debut), semblables in sorted(
        ensembles.items(), key=lambda e: (rangs.index(e[0][0].domaine), e[0][0].dispositif, -e[0][0].niveau)
    ):
        yield DroitEnPhrase(
            phrase=acte_permis(droit),
            lieu=_lieu(semblables, profil, lieux),
            fin=dernier_jour(fin) if fin is not None else None,
            ferme=en_probation and droit.domaine in FERMES_EN_PROBATION,
            attente=Attente(attente),
            debut=debut,
        )


def _lieu(semblables: list[str], profil: Profil, lieux: Mapping[str, str]) -> str:
    if "" in semblables:
        return "toute l’organisation" if profil == Profil.PRESTATAIRE else "toute l’entreprise, établissements à venir compris"
    sirets = [lieu for lieu in semblables if etendue_du_lieu(lieu) == Etendue.SIRET]
    groupes = [lieux[lieu] for lieu in semblables if lieu not in sirets and lieu in lieux]
    seuls = [lieux.get(siret, grouper(siret)) for siret in sirets]
    return ", ".join([*groupes, *([f"{len(seuls)} établissements"] if len(seuls) > LIEUX_NOMMES else seuls)])
