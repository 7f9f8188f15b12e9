"""Reads of the official referentials: one query each, by key."""

from datetime import date

from django.core.cache import caches
from django.db.models import Max, QuerySet, Subquery

from jalon.referentiels.enums import ReferentielOfficiel
from jalon.referentiels.models import (
    AncienNda,
    BrancheNpec,
    Certification,
    EtablissementUai,
    HabilitationCertification,
    ImportReferentiel,
    NiveauNpec,
    OrganismeFormation,
    RattachementOpco,
    RejetReferentiel,
)
from jalon.socle.dates import formater_date, jour_de_paris
from jalon.socle.fiches_referentiels import (
    EtatReferentiel,
    FicheCertification,
    FicheEcole,
    FicheNpec,
    FicheOrganisme,
    FicheRattachement,
)

CLE_DES_PRESENTS, SECONDES_DES_PRESENTS = "referentiels-presents", 60


def npec(rncp: str, idcc: str, jour: date) -> FicheNpec | None:
    """The level for a contract concluded that day: IDCC → CPNE → RNCP, the newest applicable row not after the day.

    None: no row, or a newest one that says « NC » or « NR » (regles.md §2.4): the valeur d'amorçage applies. Of two rows of
    one day, the last edition wins, then the last line. An agreement's CPNE are those of the last edition that names it.
    """
    edition = BrancheNpec.objects.filter(idcc=idcc).values("idcc").annotate(derniere=Max("edition")).values("derniere")
    cpnes = BrancheNpec.objects.filter(idcc=idcc, edition=Subquery(edition)).values("cpne")
    ordre = ("-applicable_du", "-edition", "-rang")
    niveau = NiveauNpec.objects.filter(rncp=rncp, cpne__in=cpnes, applicable_du__lte=jour).order_by(*ordre).first()
    if niveau is None or niveau.montant is None:
        return None
    source = (
        f"Référentiel des NPEC de France compétences, édition du {formater_date(niveau.edition)}"
        f" ({niveau.rncp}, CPNE {niveau.cpne})"
    )
    return FicheNpec(montant=niveau.montant, source=source, applicable_du=niveau.applicable_du)


def historique_npec(rncp: str, cpne: str) -> list[NiveauNpec]:
    """Every value ever published of a certification in a branch, the one that applies last coming first."""
    return list(NiveauNpec.objects.filter(rncp=rncp, cpne=cpne).order_by("-applicable_du", "-edition", "-rang"))


def certification(code: str) -> FicheCertification | None:
    """A certification by its code, « RNCP38228 » or « RS5000 »."""
    lue = Certification.objects.filter(code=code).first()
    return None if lue is None else _certification(lue)


def certification_du_diplome(cfd: str) -> FicheCertification | None:
    """The one certification in force that has that code diplôme; None when there is none, or several."""
    lues = Certification.objects.filter(cfd=cfd, actif=True).exclude(cfd="")[:2]
    return _certification(lues[0]) if len(lues) == 1 else None


def _certification(lue: Certification) -> FicheCertification:
    return FicheCertification(
        code=lue.code,
        intitule=lue.intitule,
        niveau=lue.niveau,
        abrege=lue.abrege,
        cfd=lue.cfd,
        active_du=lue.active_du,
        active_au=lue.active_au,
        remplacee_par=tuple(lue.remplacee_par),
    )


def habilitations(code: str, siret: str) -> frozenset[str]:
    """What an establishment may do with a certification, in the words of the export: « HABILITATION_ORGA_FORM »…"""
    lues = HabilitationCertification.objects.filter(certification=code, siret=siret)
    return frozenset(lues.values_list("habilitation", flat=True))


def organisme(siret: str) -> FicheOrganisme | None:
    """A provider by its SIRET; of several declarations, one that covers apprenticeship first, then the highest NDA."""
    return _organisme(OrganismeFormation.objects.filter(siret=siret))


def organisme_du_nda(nda: str) -> FicheOrganisme | None:
    """A provider by its NDA, present or former; the present one first. A union: each half has its index."""
    anciens = OrganismeFormation.objects.filter(nda__in=AncienNda.objects.filter(ancien=nda).values("nda"))
    return _organisme(OrganismeFormation.objects.filter(nda=nda).union(anciens), premier=nda)


def _organisme(lus: "QuerySet[OrganismeFormation]", premier: str = "") -> FicheOrganisme | None:
    lu = max(lus, key=lambda o: (o.nda == premier, o.qualiopi_apprentissage, o.nda), default=None)
    if lu is None:
        return None
    return FicheOrganisme(
        siret=lu.siret, denomination=lu.denomination, nda=lu.nda, qualiopi_apprentissage=lu.qualiopi_apprentissage
    )


def uai(code: str) -> bool:
    """Whether a number is in the directory, closed schools included."""
    return EtablissementUai.objects.filter(uai=code).exists()


def ecole(code: str) -> FicheEcole | None:
    """A school by its UAI."""
    lue = EtablissementUai.objects.filter(uai=code).first()
    return None if lue is None else _ecole(lue)


def ecole_du_siret(siret: str) -> FicheEcole | None:
    """The one open school of a SIRET; None when there is none, or several: nothing says which one teaches."""
    lues = EtablissementUai.objects.filter(siret=siret, ferme_le__isnull=True).exclude(siret="")[:2]
    return _ecole(lues[0]) if len(lues) == 1 else None


def _ecole(lue: EtablissementUai) -> FicheEcole:
    return FicheEcole(
        uai=lue.uai, denomination=lue.denomination, siret=lue.siret, code_postal=lue.code_postal, commune=lue.commune
    )


def opco_du_siret(siret: str) -> FicheRattachement | None:
    """The OPCO of an establishment; of several agreements, the first that names one says it."""
    lus = list(RattachementOpco.objects.filter(siret=siret).order_by("idcc"))
    if not lus:
        return None
    choisi = next((r for r in lus if r.opco), lus[0])
    return FicheRattachement(
        siret=siret, opco=choisi.opco, opco_gestion=choisi.opco_gestion, idccs=tuple(r.idcc for r in lus if r.idcc)
    )


def referentiels_presents() -> frozenset[str]:
    """Those that were imported at least once, up to a minute old: asked each time that a request is judged."""
    memoire = caches["processus"]
    presents: frozenset[str] | None = memoire.get(CLE_DES_PRESENTS)
    if presents is None:
        presents = frozenset(ImportReferentiel.objects.values_list("referentiel", flat=True).distinct())
        memoire.set(CLE_DES_PRESENTS, presents, SECONDES_DES_PRESENTS)
    return presents


def referentiels_charges() -> list[EtatReferentiel]:
    """What is loaded of each referential; without dates when it was never imported.

    Files that add up are known by their newest edition, those that replace each other by the last import.
    """
    faits: dict[str, ImportReferentiel] = {}
    for fait in ImportReferentiel.objects.order_by("importe_le", "edition"):
        place = faits.get(fait.referentiel)
        if place is None or not ReferentielOfficiel(fait.referentiel).cumulatif or fait.edition >= place.edition:
            faits[fait.referentiel] = fait
    return [_etat(referentiel, faits.get(referentiel)) for referentiel in ReferentielOfficiel]


def _etat(referentiel: ReferentielOfficiel, fait: ImportReferentiel | None) -> EtatReferentiel:
    commande = f"jalon importer {referentiel} FICHIER"
    if fait is None:
        return EtatReferentiel(libelle=referentiel.libelle, commande=commande)
    return EtatReferentiel(
        libelle=referentiel.libelle,
        commande=commande,
        edition=fait.edition,
        fichier=fait.nom,
        lus=fait.lus,
        importe_le=jour_de_paris(fait.importe_le),
    )


def rejets_du_dernier_import_officiel(referentiel: str) -> list[RejetReferentiel]:
    """Lines refused by the last import of a referential, in the order of the file."""
    return list(RejetReferentiel.objects.filter(referentiel=referentiel).order_by("id"))
