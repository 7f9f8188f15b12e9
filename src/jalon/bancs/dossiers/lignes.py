"""Rows of the synthetic requests, as lines of COPY. Pure: a request depends on its rank alone, not on which process writes it."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache

from jalon.bancs.dossiers.mots import NOMS, PRENOMS, RARE, TITRES
from jalon.bancs.dossiers.population import DOSSIERS_PRESTATAIRE, GRAINE, Entite, Groupe, Population, Prestataire, portefeuille_id
from jalon.dossiers.enums import EtatDossier, MotifVersion, Partie
from jalon.dossiers.regles import (
    SANS_ATTENTE,
    Attente,
    attente_brouillon,
    attente_complement,
    attente_instruction,
    attente_transmis,
    former_numero,
    lexemes,
)

PERIODE = timedelta(days=730)
"""Requests are spread over two years, up to now."""
RECENT = timedelta(days=45)
NUL = r"\N"
_E = EtatDossier
ETATS_RECENTS = ((_E.TRANSMIS, 35), (_E.EN_INSTRUCTION, 30), (_E.A_COMPLETER, 12), (_E.ACCORDE, 18), (_E.REFUSE, 5))
ETATS_ANCIENS = (
    (_E.SOLDE, 46), (_E.ACCORDE, 38), (_E.REFUSE, 8), (_E.ANNULE, 4), (_E.EN_INSTRUCTION, 2), (_E.A_COMPLETER, 2),
)  # fmt: skip
PART_BROUILLONS = 0.06
ACCORDES = frozenset({_E.ACCORDE, _E.SOLDE})

COLONNES_FIL = ("id", "ouvert_le")
COLONNES_DOSSIER = (
    "id", "siren", "siret", "prestataire_siren", "portefeuille_id", "domaine", "numero", "dispositif", "version_formulaire",
    "etat", "etat_depuis", "reponses", "contenu", "contenu_version", "denomination", "etablissement_nom", "prestataire_siret",
    "prestataire_denomination", "titre", "reference_interne", "nombre_stagiaires", "date_debut", "date_fin", "montant_demande",
    "montant_accorde", "montant_a_payer", "montant_facture", "montant_paye", "recherche", "cree_le", "cree_par_nom", "modifie_le",
    "transmis_le", "complet_le", "instructeur_nom", "accorde_le", "attend_qui", "attend_avant", "attend_motif", "fil_id",
)  # fmt: skip
COLONNES_VERSION = (
    "id", "siren", "siret", "prestataire_siren", "portefeuille_id", "domaine", "dossier_id", "numero", "contenu", "le", "motif",
)  # fmt: skip
COLONNES_EVENEMENT = (
    "id", "siren", "siret", "prestataire_siren", "portefeuille_id", "domaine", "le", "code", "acteur_libelle", "objet_type",
    "objet_id", "details",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lignes:
    """One line for each table; no version for a draft."""

    fil: str
    dossier: str
    version: str
    evenement: str


@dataclass(frozen=True, slots=True)
class _Vie:
    """When things happened, and where the request stands."""

    etat: EtatDossier
    cree: datetime
    transmis: datetime
    modifie: datetime

    @property
    def brouillon(self) -> bool:
        """Whether it was never sent."""
        return self.etat == _E.BROUILLON


@dataclass(frozen=True, slots=True)
class _Texte:
    """What the request says."""

    titre: str
    reference: str
    stagiaires: tuple[tuple[str, str], ...]
    debut: datetime
    demande: int


def lignes(population: Population, debut: int, fin: int, maintenant: datetime) -> Iterator[Lignes]:
    """Lines of the requests of these ranks."""
    vus = _rangs_du_prestataire(population)
    for rang in range(debut, fin):
        entite = population.entites[population.affectations[rang]]
        yield _lignes(population, rang, entite, _alea(rang), maintenant, rang in vus)


def numero_de(population: Population, rang: int, maintenant: datetime) -> str:
    """Number of the request of that rank (not a draft)."""
    vie = _vie(population, rang, population.entites[population.affectations[rang]], _alea(rang), maintenant)
    return former_numero(vie.transmis.date(), "AF", rang % 1_000_000)


def _alea(rang: int) -> random.Random:
    return random.Random(GRAINE * 1_000_003 + rang)  # noqa: S311 (fictional data, the same at each run)


def _rangs_du_prestataire(population: Population) -> frozenset[int]:
    """Requests of the provider that signs in: spread over the whole period, granted ones only count for it."""
    combien = min(DOSSIERS_PRESTATAIRE, population.nombre // 8)
    pas = population.nombre // combien
    return frozenset(range(0, combien * pas, pas))


@cache
def _portefeuille(rang: int) -> str:
    return str(portefeuille_id(rang))


def _uuid7(instant: datetime, alea: random.Random) -> str:
    """A UUIDv7 of that instant, as PostgreSQL reads it."""
    hasard = alea.getrandbits(74)
    return f"{int(instant.timestamp() * 1000):012x}7{hasard >> 62:03x}{0x2 << 62 | hasard & (1 << 62) - 1:016x}"


def _vie(population: Population, rang: int, entite: Entite, alea: random.Random, maintenant: datetime) -> _Vie:
    age = PERIODE * (1 - (rang + alea.random()) / population.nombre)
    cree = maintenant - age
    if entite.groupe == Groupe.AUTRES and alea.random() < PART_BROUILLONS:
        return _Vie(_E.BROUILLON, cree, cree, cree + min(age, timedelta(days=8)) * alea.random())
    transmis = cree + min(age, timedelta(days=5)) * alea.random()
    etats = ETATS_RECENTS if age < RECENT else ETATS_ANCIENS
    etat = alea.choices([e for e, _ in etats], [p for _, p in etats])[0]
    suite = min(maintenant - transmis, timedelta(days=90)) * alea.random() if etat != _E.TRANSMIS else timedelta(0)
    return _Vie(etat, cree, transmis, transmis + suite)


def _texte(rang: int, population: Population, vie: _Vie, alea: random.Random) -> _Texte:
    stagiaires = [(alea.choice(PRENOMS), alea.choice(NOMS).title()) for _ in range(alea.choice((1, 1, 2, 3)))]
    if rang in population.rares:
        stagiaires[0] = (stagiaires[0][0], RARE)
    return _Texte(
        titre=alea.choice(TITRES),
        reference=f"RH-{vie.cree:%Y}-{rang % 997}" if rang % 3 == 0 else "",
        stagiaires=tuple(stagiaires),
        debut=vie.transmis + timedelta(days=alea.randint(10, 60)),
        demande=alea.randint(300, 6000),
    )


def _lignes(
    population: Population, rang: int, entite: Entite, alea: random.Random, maintenant: datetime, du_prestataire: bool
) -> Lignes:
    vie = _vie(population, rang, entite, alea, maintenant)
    texte = _texte(rang, population, vie, alea)
    prestataires = population.prestataires
    choisi = 0 if du_prestataire else 1 + int((len(prestataires) - 1) * alea.random() ** 3)
    prestataire = prestataires[choisi]
    siret, commune = entite.lieux[min(len(entite.lieux) - 1, int(alea.expovariate(1.2)))]
    dossier_id, fil_id = _uuid7(vie.cree, alea), _uuid7(vie.cree, alea)
    portefeuille = _portefeuille(entite.portefeuille)
    numero = "" if vie.brouillon else former_numero(vie.transmis.date(), "AF", rang % 1_000_000)
    contenu = _contenu(siret, texte)
    portee = (entite.siren, siret, prestataire.siren, portefeuille, "plan")
    suite = (entite.siren, siret, "", portefeuille, "plan")
    mots = _vecteur(entite, siret, commune, prestataire, numero, texte)
    code = "dossier.cree" if vie.brouillon else "dossier.transmis"
    details = "{}" if vie.brouillon else json.dumps({"numero": numero})
    return Lignes(
        fil=_ligne(fil_id, vie.cree),
        dossier=_ligne(
            dossier_id, *portee, numero or None, "action_formation", 1, vie.etat.value, vie.modifie, "{}",
            None if vie.brouillon else contenu, 0 if vie.brouillon else 1, entite.nom, commune, prestataire.siret, prestataire.nom,
            texte.titre, texte.reference, len(texte.stagiaires), texte.debut.date(), texte.debut.date() + timedelta(days=2),
            texte.demande, *_montants(vie.etat, texte.demande), mots, vie.cree, "Aline Banc", vie.modifie,
            *_instants(vie), *_attente(vie, texte), fil_id,
        ),
        version=""
        if vie.brouillon
        else _ligne(_uuid7(vie.transmis, alea), *suite, dossier_id, 1, contenu, vie.transmis, MotifVersion.TRANSMISSION.value),
        evenement=_ligne(
            _uuid7(vie.transmis, alea), *(portee if vie.etat in ACCORDES else suite), vie.transmis, code, "Aline Banc",
            "dossiers.dossier", dossier_id, details,
        ),
    )  # fmt: skip


def _ligne(*valeurs: object) -> str:
    return "\t".join(NUL if v is None else str(v) for v in valeurs)


def _contenu(siret: str, texte: _Texte) -> str:
    """A short document, at most 300 bytes."""
    document = {
        "entreprise": {"siret": siret},
        "action": {"intitule": texte.titre, "date_debut": texte.debut.date().isoformat()},
        "stagiaires": [{"nom_naissance": nom} for _, nom in texte.stagiaires],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _vecteur(entite: Entite, siret: str, commune: str, prestataire: Prestataire, numero: str, texte: _Texte) -> str:
    """The vector of words, by the product's own rule, as PostgreSQL reads it (it sorts them)."""
    mots = {
        *_mots_de_l_entite(entite, siret, commune), *_mots_du_prestataire(prestataire), *_mots(texte.titre), *_mots(texte.reference),
    }  # fmt: skip
    if numero:
        mots.add(numero.lower())
    for prenom, nom in texte.stagiaires:
        mots.update(_mots(f"{prenom} {nom}"))
    return "'" + "' '".join(mots) + "'"


@cache
def _mots(texte: str) -> tuple[str, ...]:
    return tuple(lexemes([texte], ()))


@lru_cache(maxsize=50_000)
def _mots_de_l_entite(entite: Entite, siret: str, commune: str) -> tuple[str, ...]:
    portee = (("siren", entite.siren), ("siret", siret), ("portefeuille_id", portefeuille_id(entite.portefeuille)))
    return tuple(lexemes([entite.nom, commune, entite.siren, siret], portee))


@cache
def _mots_du_prestataire(prestataire: Prestataire) -> tuple[str, ...]:
    return tuple(lexemes([prestataire.nom, prestataire.siret], [("prestataire_siren", prestataire.siren)]))


def _montants(etat: EtatDossier, demande: int) -> tuple[object, ...]:
    """Granted, to be paid, invoiced, paid."""
    accorde = demande * 8 // 10 if etat in ACCORDES else None
    paye = accorde if etat == _E.SOLDE else 0
    return accorde, accorde, paye, paye


def _instants(vie: _Vie) -> tuple[object, ...]:
    """Sent, complete, adviser's name, granted."""
    if vie.brouillon:
        return None, None, "", None
    return (
        vie.transmis, vie.transmis, "" if vie.etat == _E.TRANSMIS else "Emma Banc", vie.modifie if vie.etat in ACCORDES else None,
    )  # fmt: skip


def _attente(vie: _Vie, texte: _Texte) -> tuple[str, object, str]:
    attente = _qui_attend(vie, texte)
    return attente.qui.value, attente.avant, attente.motif


def _qui_attend(vie: _Vie, texte: _Texte) -> Attente:
    jour = vie.transmis.date()
    match vie.etat:
        case EtatDossier.BROUILLON:
            return attente_brouillon(texte.debut.date() - timedelta(days=30))
        case EtatDossier.TRANSMIS:
            return attente_transmis(jour, None)
        case EtatDossier.EN_INSTRUCTION:
            return attente_instruction(jour, None)
        case EtatDossier.A_COMPLETER:
            return attente_complement(jour + timedelta(days=15), ["Programme"])
        case EtatDossier.ACCORDE:
            return Attente(Partie.PRESTATAIRE, None, "Envoyer la facture et le certificat de réalisation")
        case _:
            return SANS_ATTENTE
