"""Pure judgements about keys of the API: what one may open, until when, from where (exigences, T15)."""

import ipaddress
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from jalon.habilitations.phrases import libelle_droit
from jalon.habilitations.regles import RAPPELS_DE_FIN, DemandeDroit, droit_sur
from jalon.socle.acteurs import LIBELLES_DOMAINES, LIBELLES_NIVEAUX, Domaine, Droit, Niveau, Profil
from jalon.socle.dates import fin_du_jour, formater_date, jour_de_paris, mois_apres
from jalon.socle.erreurs import SaisieRefusee
from jalon.socle.texte import normaliser

CLES_ACTIVES_MAX = 2
MOIS_DE_CLE_MAX = 12
NOM_MAX = 80
MOTIF_MAX = 500
ADRESSES_MAX = 20
USAGE_NOTE_APRES = timedelta(minutes=1)
PLAFONDS: Mapping[Domaine, Niveau] = {
    Domaine.ALTERNANCE: Niveau.GESTION,
    Domaine.PLAN: Niveau.GESTION,
    Domaine.FACTURES: Niveau.GESTION,
    Domaine.REGLEMENTS: Niveau.GESTION,
    Domaine.SALARIES: Niveau.GESTION,
    Domaine.RIB: Niveau.LECTURE,
    Domaine.ACCES: Niveau.LECTURE,
}
"""The most that a key may hold. A program has no second factor: it never gives a right nor touches an account, and a domain that
is not here (exports) is closed to it."""

Reseau = ipaddress.IPv4Network | ipaddress.IPv6Network


class EtatCle(StrEnum):
    """What dates make of a key. COUPEE: by the OPCO, which may give it back. A_REMPLACER: in force, thirty days before its end, or former and to be replaced."""

    ACTIVE = "active"
    A_REMPLACER = "a_remplacer"
    EXPIREE = "expiree"
    REVOQUEE = "revoquee"
    COUPEE = "coupee"


@dataclass(frozen=True, slots=True)
class DemandeCle:
    """What is asked of a key. `sirets` empty: the whole SIREN; `adresses` empty: from anywhere; `jusqu_au` included."""

    nom: str
    droits: Sequence[Droit]
    jusqu_au: date
    sirets: Sequence[str] = ()
    adresses: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class DroitTenu:
    """A right of the creator at that instant. `siret` empty: the whole SIREN; `fin` None: without end."""

    siret: str
    domaine: Domaine
    niveau: Niveau
    fin: datetime | None = field(default=None)
    dispositif: str = ""


def ecrire_droits(droits: Iterable[Droit]) -> list[str]:
    """« plan:1 »: how the scopes of a key are kept, sorted, the highest level of each domain."""
    niveaux: dict[str, Niveau] = {}
    for droit in droits:
        objet = f"{droit.domaine.value}/{droit.dispositif}" if droit.dispositif else droit.domaine.value
        niveaux[objet] = max(droit.niveau, niveaux.get(objet, Niveau.AUCUN))
    return sorted(f"{objet}:{niveau.value}" for objet, niveau in niveaux.items() if niveau > Niveau.AUCUN)


def relire_droits(ecrits: Iterable[str]) -> list[Droit]:
    """Back to rights."""
    lus = (ecrit.split(":") for ecrit in ecrits)
    return [Droit(Domaine(objet.partition("/")[0]), Niveau(int(niveau)), objet.partition("/")[2]) for objet, niveau in lus]


def dernier_jour_possible(aujourdhui: date) -> date:
    """The same day twelve months later."""
    return mois_apres(aujourdhui, MOIS_DE_CLE_MAX)


def lire_nom(texte: str) -> str:
    """The label, spaces tidied. Raises SaisieRefusee."""
    nom = " ".join(texte.split())
    if not nom or len(nom) > NOM_MAX:
        raise SaisieRefusee(f"Donnez à la clé un nom de {NOM_MAX}\u00a0signes au plus", champ="nom")
    if not normaliser(nom):
        raise SaisieRefusee("Donnez à la clé un nom avec des lettres ou des chiffres", champ="nom")
    return nom


def lire_droits(droits: Sequence[Droit]) -> list[Droit]:
    """The scopes above « Aucun ». Raises SaisieRefusee when there is none, or one that no key may hold."""
    retenus = [d for d in droits if d.niveau > Niveau.AUCUN]
    if not retenus:
        raise SaisieRefusee("Choisissez au moins un droit pour cette clé", champ="droits")
    for droit in retenus:
        plafond = PLAFONDS.get(droit.domaine, Niveau.AUCUN)
        if droit.niveau > plafond:
            libelle = LIBELLES_DOMAINES[droit.domaine]
            permis = f"au plus «\u00a0{LIBELLES_NIVEAUX[plafond]}\u00a0»" if plafond else "aucun droit"
            raison = "le reste demande une personne et son second facteur"
            raise SaisieRefusee(f"«\u00a0{libelle}\u00a0»\u00a0: une clé reçoit {permis}, {raison}", champ="droits")
    return retenus


def en_cases(droits: Sequence[Droit], sirets: Sequence[str]) -> list[DemandeDroit]:
    """The same scopes as boxes of the matrix of rights, which `verifier_droits` judges."""
    if not sirets:
        return [droit_sur("", d.domaine, d.niveau, dispositif=d.dispositif) for d in droits]
    return [droit_sur(siret, d.domaine, d.niveau, dispositif=d.dispositif) for siret in sirets for d in droits]


def verifier_fin(jour: date, aujourdhui: date) -> datetime:
    """24:00 in Paris of that last day. Raises SaisieRefusee outside today and twelve months."""
    limite = dernier_jour_possible(aujourdhui)
    if jour < aujourdhui:
        raise SaisieRefusee("Choisissez une date de fin à venir", champ="jusqu_au")
    if jour > limite:
        raise SaisieRefusee(
            f"Une clé dure {MOIS_DE_CLE_MAX}\u00a0mois au plus\u00a0: choisissez au plus tard le {formater_date(limite)}",
            champ="jusqu_au",
        )
    return fin_du_jour(jour)


def verifier_createur(cases: Sequence[DemandeDroit], tenus: Sequence[DroitTenu], expire_le: datetime) -> None:
    """Nobody gives a key more than she holds, nor for longer. Raises SaisieRefusee with the first scope that is too wide."""
    for case in cases:
        siens = [
            t
            for t in tenus
            if t.domaine == case.domaine
            and t.niveau >= case.niveau
            and t.siret in {"", case.siret}
            and t.dispositif in {"", case.dispositif}
        ]
        libelle = f"«\u00a0{libelle_droit(case.droit)}\u00a0»"
        if not siens:
            raise SaisieRefusee(
                f"Vous n’avez pas vous-même le droit {libelle}\u00a0: une clé ne peut pas en recevoir plus que vous",
                champ="droits",
            )
        if all(t.fin is not None and t.fin < expire_le for t in siens):
            fin = max(t.fin for t in siens if t.fin is not None)
            dernier = formater_date(jour_de_paris(fin - timedelta(seconds=1)))
            raise SaisieRefusee(
                f"Votre droit {libelle} prend fin le {dernier}\u00a0: la clé ne peut pas durer au-delà", champ="jusqu_au"
            )


def verifier_rotation(nom: str, noms_actifs: Iterable[str]) -> None:
    """Two keys in force for one label, so that one replaces the other without a stop. Raises SaisieRefusee at the third."""
    memes = sum(normaliser(actif) == normaliser(nom) for actif in noms_actifs)
    if memes >= CLES_ACTIVES_MAX:
        raise SaisieRefusee(
            f"Deux clés «\u00a0{nom}\u00a0» sont déjà actives, l’ancienne et sa remplaçante\u00a0: révoquez l’une d’elles pour en créer "
            "une autre, ou donnez un autre nom s’il s’agit d’un autre logiciel",
            champ="nom",
        )


def lire_adresses(texte: str) -> list[str]:
    """Addresses and networks typed one by line, tidied, without repetition. Raises SaisieRefusee with the one to mend."""
    lues = list(dict.fromkeys(_ecrire_reseau(_lire_reseau(mot)) for mot in texte.replace(",", " ").replace(";", " ").split()))
    if len(lues) > ADRESSES_MAX:
        raise SaisieRefusee(f"Indiquez {ADRESSES_MAX}\u00a0adresses ou réseaux au plus", champ="adresses")
    return lues


def _ecrire_reseau(reseau: Reseau) -> str:
    """A network of one address is written as that address."""
    return str(reseau.network_address if reseau.num_addresses == 1 else reseau)


def _lire_reseau(mot: str) -> Reseau:
    montre = mot if len(mot) <= 50 else f"{mot[:50]}…"
    try:
        large = ipaddress.ip_network(mot, strict=False)
    except ValueError:
        raise SaisieRefusee(
            f"«\u00a0{montre}\u00a0» n’est pas une adresse IP. Écrivez par exemple 203.0.113.7, 203.0.113.0/24 ou 2001:db8::/48",
            champ="adresses",
        ) from None
    if isinstance(large, ipaddress.IPv6Network) and large.network_address.scope_id:
        raise SaisieRefusee(
            f"«\u00a0{montre}\u00a0» n’a de sens que sur votre réseau\u00a0: indiquez une adresse publique", champ="adresses"
        )
    if large.prefixlen == 0:
        raise SaisieRefusee(
            f"«\u00a0{montre}\u00a0» couvre toutes les adresses\u00a0: laissez plutôt la liste vide", champ="adresses"
        )
    if "/" in mot and ipaddress.ip_interface(mot).ip != large.network_address:
        raise SaisieRefusee(
            f"«\u00a0{montre}\u00a0» désigne une machine et un réseau à la fois\u00a0: écrivez {large}", champ="adresses"
        )
    return _en_ipv4(large)


def _en_ipv4(reseau: Reseau) -> Reseau:
    """`::ffff:203.0.113.7` is an IPv4 address as some systems write it."""
    if isinstance(reseau, ipaddress.IPv6Network) and reseau.prefixlen >= 96:
        ipv4 = reseau.network_address.ipv4_mapped
        if ipv4 is not None:
            return ipaddress.IPv4Network((ipv4, reseau.prefixlen - 96))
    return reseau


def adresse_permise(adresse: str, permises: Collection[str]) -> bool:
    """Whether a caller may use the key; an address that cannot be read is in no list."""
    if not permises:
        return True
    try:
        ici = _en_ipv4(ipaddress.ip_network(adresse.partition("%")[0]))
    except ValueError:
        return False
    reseaux = (ipaddress.ip_network(permise) for permise in permises)
    return any(ici.network_address in reseau for reseau in reseaux if reseau.version == ici.version)


def etat_de_cle(
    *, ancienne: bool, expire_le: datetime, revoquee_le: datetime | None, coupee: bool, maintenant: datetime
) -> EtatCle:
    """What to show of a key at that instant; it ends at the very second of `expire_le`."""
    if revoquee_le is not None:
        return EtatCle.REVOQUEE
    if maintenant >= expire_le:
        return EtatCle.EXPIREE
    if coupee:
        return EtatCle.COUPEE
    bientot = maintenant >= expire_le - max(RAPPELS_DE_FIN)
    return EtatCle.A_REMPLACER if ancienne or bientot else EtatCle.ACTIVE


def type_de_perimetre(profil: Profil, sirets: Sequence[str]) -> str:
    """« Toute l’entreprise », « Tout l’organisme », « 2 établissements »."""
    if sirets:
        return f"{len(sirets)}\u00a0établissement{'s' if len(sirets) > 1 else ''}"
    return "Tout l’organisme" if profil == Profil.PRESTATAIRE else "Toute l’entreprise"
