"""Reading the register. It is public data: nothing here asks for an actor, but the OPCO's own queue."""

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from django.core.cache import caches
from django.db import connection
from django.db.models import Q, QuerySet

from jalon.organisations.enums import EtatOrganisation, GenreFichier, SourceOrganisation
from jalon.organisations.models import Etablissement, Organisation, Portefeuille, RejetImport
from jalon.organisations.regles import PORTEFEUILLE_PAR_DEFAUT, AdressePostale, composer_adresse, destinataire_du_courrier
from jalon.socle.acteurs import Acteur, Pouvoir
from jalon.socle.texte import normaliser

CHIFFRES_MINIMUM = 3
LETTRES_MINIMUM = 2
MEMOIRE_DU_REGISTRE = 300
"""Seconds."""


def organisation(siren: str) -> Organisation | None:
    """One organisation, None when we do not know it."""
    return Organisation.objects.filter(siren=siren).first()


def etablissement(siret: str) -> Etablissement | None:
    """One establishment, None when the register does not know it."""
    return Etablissement.objects.filter(siret=siret).first()


def etablissements_de(siren: str) -> list[Etablissement]:
    """Establishments of an organisation, closed ones included: head office first, then open, then closed."""
    return sorted(Etablissement.objects.du_siren(siren), key=lambda e: (not e.siege, not e.ouvert, e.siret))


def nombre_d_etablissements(siren: str) -> int:
    """How many establishments the register holds, up to five minutes old: every page of a space shows it."""
    memoire = caches["processus"]
    nombre = memoire.get(f"etablissements-{siren}")
    if nombre is None:
        nombre = Etablissement.objects.du_siren(siren).count()
        memoire.set(f"etablissements-{siren}", nombre, MEMOIRE_DU_REGISTRE)
    return int(nombre)


def adresses_des_sieges(sirens: Collection[str]) -> dict[str, AdressePostale]:
    """Postal addresses of head offices, in two queries. One that is masked, foreign, empty or unknown is not in the answer:
    the OPCO completes it.
    """
    organisations = Organisation.objects.filter(siren__dans=sirens).exclude(nic_siege="")
    sieges = Etablissement.objects.in_bulk([o.siret_siege for o in organisations])
    adresses = {}
    for o in organisations:
        lignes = _lignes_d_adresse(sieges.get(o.siret_siege))
        if lignes:
            destinataire = destinataire_du_courrier(denomination=o.denomination, nom=o.nom, prenoms=o.prenoms)
            adresses[o.siren] = AdressePostale(destinataire, lignes)
    return adresses


def _lignes_d_adresse(siege: Etablissement | None) -> tuple[str, ...] | None:
    if siege is None:
        return None
    return composer_adresse(
        complement=siege.complement,
        voie=siege.adresse_voie,
        distribution=siege.distribution,
        code_postal=siege.code_postal,
        commune=siege.commune,
        cedex=siege.cedex,
        pays=siege.pays,
    )


def portefeuille_de(siren: str) -> UUID:
    """Portefeuille of an organisation; the default one for a SIREN that we do not know."""
    trouve = Organisation.objects.filter(siren=siren).values_list("portefeuille_id", flat=True).first()
    return trouve or PORTEFEUILLE_PAR_DEFAUT


def portefeuilles() -> QuerySet[Portefeuille]:
    """Every portefeuille, by name."""
    return Portefeuille.objects.order_by("nom")


def adherents_au(jour: date) -> QuerySet[Organisation]:
    """Living organisations that are adherents on that day."""
    return Organisation.objects.filter(adherent_depuis__lte=jour, etat=EtatOrganisation.ACTIVE).order_by("siren")


def a_verifier(acteur: Acteur) -> QuerySet[Organisation]:
    """Organisations unknown to the register, in the portefeuilles where the actor may verify them."""
    suivis = acteur.portefeuilles(Pouvoir.VERIFIER_ORGANISATION)
    return Organisation.objects.filter(source=SourceOrganisation.A_VERIFIER, portefeuille_id__in=suivis).order_by("siren")


def chercher(texte: str, limite: int = 20) -> list[Organisation]:
    """Organisations by the beginning of their SIREN, of a SIRET, or of their name; living ones first.

    A sole trader is found by « nom prénom » and « prénom nom ».
    """
    chiffres = "".join(texte.split())
    if len(chiffres) >= CHIFFRES_MINIMUM and chiffres.isascii() and chiffres.isdigit():
        trouvees = _par_numero(chiffres, limite)
        if trouvees:
            return trouvees
    cherche = normaliser(texte)
    if len(cherche) < LETTRES_MINIMUM:
        return []
    *premiers, dernier = cherche.split()
    debuts = dict.fromkeys((cherche, " ".join((dernier, *premiers))))
    par_nom = {o.siren: o for debut in debuts for o in _par_nom(debut, limite)}
    return sorted(par_nom.values(), key=lambda o: o.etat)[:limite]


def chercher_parmi(sirens: Collection[str], texte: str, limite: int) -> list[Organisation]:
    """Organisations among those, by the beginning of their SIREN or by any word of their name, in the order of names. One query."""
    chiffres, mots = "".join(texte.split()), normaliser(texte).split()
    if not sirens or not mots:
        return []
    par_nom = Q(*(Q(recherche__contains=mot) for mot in mots))
    par_numero = Q(siren__startswith=chiffres[:9]) if chiffres.isascii() and chiffres.isdigit() else Q(pk__in=[])
    trouvees = Organisation.objects.filter(par_nom | par_numero, siren__dans=list(sirens)).order_by("recherche", "siren")
    return list(trouvees[:limite])


def _par_numero(chiffres: str, limite: int) -> list[Organisation]:
    siren, fin = chiffres[:9], ":"
    if len(chiffres) > len(siren) and not Etablissement.objects.filter(siret__gte=chiffres, siret__lt=chiffres + fin).exists():
        return []
    return list(Organisation.objects.filter(siren__gte=siren, siren__lt=siren + fin).order_by("siren")[:limite])


def _par_nom(debut: str, limite: int) -> list[Organisation]:
    trouvees: list[Organisation] = []
    for etat in (EtatOrganisation.ACTIVE, EtatOrganisation.CESSEE):
        meme_etat = Organisation.objects.filter(etat=etat, recherche__startswith=debut).order_by("recherche")
        trouvees += meme_etat[: limite - len(trouvees)]
    return trouvees


def rejets_du_dernier_import(genre: GenreFichier) -> Iterator[RejetImport]:
    """Refused lines of the last import of that file, in the order of the file."""
    return RejetImport.objects.filter(registre_id=genre).order_by("ligne", "id").iterator()


_NOMS = f"SELECT siren, denomination FROM {Organisation._meta.db_table} WHERE siren = ANY(%s)"  # noqa: S608
"""Asked by every page of a space: written once, not composed each time."""


def organisations_par_siren(sirens: Collection[str]) -> dict[str, Organisation]:
    """Organisations that we know, by SIREN. One query."""
    return {o.siren: o for o in Organisation.objects.filter(siren__dans=list(sirens))}


def sirets_connus(sirets: Collection[str]) -> set[str]:
    """Those that the register knows. One query."""
    return set(Etablissement.objects.filter(siret__in=list(sirets)).values_list("siret", flat=True))


def noms_des_portefeuilles(portefeuilles: Collection[UUID]) -> list[str]:
    """Names of portefeuilles, in order."""
    return list(Portefeuille.objects.filter(id__in=list(portefeuilles)).order_by("nom").values_list("nom", flat=True))


def noms_des_organisations(sirens: Collection[str]) -> dict[str, str]:
    """Display name by SIREN, of those that we know. One query."""
    if not sirens:
        return {}
    with connection.cursor() as curseur:
        curseur.execute(_NOMS, [list(sirens)])
        return dict(curseur.fetchall())
