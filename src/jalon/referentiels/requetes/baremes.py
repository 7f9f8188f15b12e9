"""Rules as the frozen structures that judgements take, lines for the OPCO's page, agreements by code."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar, get_type_hints

from django.db.models import Model, Q, QuerySet

from jalon.referentiels import models
from jalon.socle import baremes, reglages
from jalon.socle.baremes import TOUS, FicheIdcc, JeuDeRegles, en_vigueur

T = TypeVar("T")


def en_fiche(objet: Model, classe: type[T]) -> T:
    """A row as its frozen structure."""
    valeurs: dict[str, Any] = {}
    for nom, type_ in get_type_hints(classe).items():
        valeur = objet.serializable_value(nom)
        valeurs[nom] = type_(valeur) if isinstance(type_, type) and issubclass(type_, StrEnum) else valeur
    return classe(**valeurs)


def _fiches(lignes: "QuerySet[Any]", classe: type[T]) -> tuple[T, ...]:
    return tuple(en_fiche(ligne, classe) for ligne in lignes)


def jeu_de_regles(dispositif: str, idcc: str = "") -> JeuDeRegles:
    """Every rule of a dispositif, all revisions; only what may concern one branch when `idcc` is given."""
    branche = Q(idcc__in=[TOUS, idcc]) if idcc else Q()
    return JeuDeRegles(
        lignes=_fiches(models.LigneBareme.objects.filter(branche, dispositif=dispositif), baremes.LigneBareme),
        plafonds=_fiches(models.PlafondAnnuel.objects.filter(branche, dispositif=dispositif), baremes.PlafondAnnuel),
        guichets=_fiches(models.GuichetSuspendu.objects.filter(branche, dispositif=dispositif), baremes.GuichetSuspendu),
        modes=_fiches(models.RegleModePaiement.objects.all(), baremes.RegleModePaiement),
        reglages=_fiches(models.ReglageDispositif.objects.filter(dispositif=dispositif), baremes.ReglageDispositif),
        exceptions=_fiches(models.ExceptionDepot.objects.filter(dispositif=dispositif), reglages.ExceptionDepot),
    )


def exceptions_de_depot(dispositifs: Collection[str]) -> dict[str, JeuDeRegles]:
    """The dated exceptions of each of these dispositifs, and no other rule. One query."""
    trouvees = list(models.ExceptionDepot.objects.filter(dispositif__in=list(dispositifs)))
    return {
        code: JeuDeRegles(exceptions=tuple(en_fiche(e, reglages.ExceptionDepot) for e in trouvees if e.dispositif == code))
        for code in dispositifs
    }


def reglages_de(dispositif: str) -> JeuDeRegles:
    """The settings of a dispositif, all revisions, and no other rule. One query."""
    reglages = models.ReglageDispositif.objects.filter(dispositif=dispositif)
    return JeuDeRegles(reglages=_fiches(reglages, baremes.ReglageDispositif))


def reglage_des_paiements(jour: date) -> models.ReglagePaiement:
    """What the OPCO set of payments, in force that day; the defaults where it set nothing. One query."""
    lignes = models.ReglagePaiement.objects.filter(code=models.ReglagePaiement.CODE, valide_du__lte=jour)
    defaut = models.ReglagePaiement(code=models.ReglagePaiement.CODE, valide_du=jour)
    return lignes.order_by("-revision").first() or defaut


def lignes_en_vigueur(dispositif: str, jour: date) -> list[models.LigneBareme]:
    """The lines in force that day, by branch then code: what the OPCO reads and edits."""
    lignes = models.LigneBareme.objects.filter(dispositif=dispositif).select_related("version")
    retenues = en_vigueur(jeu_de_regles(dispositif).lignes, jour)
    references = {(ligne.code, ligne.revision) for ligne in retenues}
    return sorted((x for x in lignes if (x.code, x.revision) in references), key=lambda x: (x.idcc, x.code))


def plafonds_en_vigueur(dispositif: str, jour: date) -> list[models.PlafondAnnuel]:
    """The yearly ceilings in force that day, by branch then code."""
    references = {(p.code, p.revision) for p in en_vigueur(jeu_de_regles(dispositif).plafonds, jour)}
    plafonds = models.PlafondAnnuel.objects.filter(dispositif=dispositif)
    return sorted((p for p in plafonds if (p.code, p.revision) in references), key=lambda p: (p.idcc, p.code))


def revisions_de_ligne(code: str) -> list[models.LigneBareme]:
    """Every revision of a line, newest first."""
    return list(models.LigneBareme.objects.filter(code=code).order_by("-revision"))


def decrire_reference(reference: str) -> str:
    """« akto-2026:hcr-presentiel@2 » as people read it: « Règles de prise en charge AKTO 2026, règle hcr-presentiel, révision 2 ».

    Several lines are joined by « + » in the reference, by « et » here. A version that is no longer known keeps its code; a packaged
    rule of work-study contracts belongs to none: « règle cfa-2025 ».
    """
    lignes = [partie.partition(":") for partie in reference.split(" + ") if partie]
    codes = {version for version, _, regle in lignes if regle}
    libelles = dict(models.VersionBareme.objects.filter(code__in=codes).values_list("code", "libelle"))
    return " et ".join(
        f"{libelles.get(version, version)}, {_decrire_regle(regle)}" if regle else _decrire_regle(version)
        for version, _, regle in lignes
    )


def _decrire_regle(regle: str) -> str:
    code, _, revision = regle.partition("@")
    return f"règle {code}" if revision in {"", "1"} else f"règle {code}, révision {revision}"


def guichets_suspendus(dispositif: str, jour: date) -> list[models.GuichetSuspendu]:
    """Suspensions that are not over that day, those to come included."""
    ouverts = models.GuichetSuspendu.objects.filter(dispositif=dispositif, rouvert_le__isnull=True)
    return list(ouverts.filter(Q(au__isnull=True) | Q(au__gte=jour)).order_by("idcc", "du"))


def exceptions_en_cours(jour: date) -> list[models.ExceptionDepot]:
    """Dated exceptions under which something may still be sent that day, the first to end come first."""
    return list(models.ExceptionDepot.objects.filter(depot_au__gte=jour).order_by("depot_au", "code"))


def idcc(code: str) -> FicheIdcc | None:
    """A collective agreement of the public table."""
    trouve = models.Idcc.objects.filter(code=code).first()
    return en_fiche(trouve, FicheIdcc) if trouve else None


def opcos_des_idcc() -> list[str]:
    """Names of the OPCOs in the public table, as it writes them."""
    return list(models.Idcc.objects.exclude(opco="").order_by("opco").values_list("opco", flat=True).distinct())
