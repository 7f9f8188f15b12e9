"""Reads of the porte-documents: a page of it, one document, those that a piece of a request may take."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from jalon.pieces.regles import ETATS_SERVIS
from jalon.porte_documents.enums import GENRES, TOUS_LES_DOSSIERS
from jalon.porte_documents.models import DocumentGarde
from jalon.porte_documents.regles import rang_pour_la_piece
from jalon.socle.acteurs import FAMILLES, Acteur, Domaine, Droit, Niveau, Perimetre, Portee, Profil
from jalon.socle.erreurs import Introuvable
from jalon.socle.texte import normaliser

INTROUVABLE = "Nous ne trouvons pas ce document."


@dataclass(frozen=True, slots=True)
class Lieu:
    """Where a document is kept: the company, one of its establishments, or the provider."""

    siren: str
    profil: Profil = Profil.ADHERENT
    siret: str = ""

    def __post_init__(self) -> None:
        """Raises Introuvable: an establishment belongs to its company, and a provider is kept whole."""
        if self.siret and (self.profil == Profil.PRESTATAIRE or not self.siret.startswith(self.siren)):
            raise Introuvable

    def portee(self, domaine: str) -> Portee:
        """Whose a document kept there is."""
        famille = Domaine(domaine) if domaine else None
        if self.profil == Profil.PRESTATAIRE:
            return Portee(prestataire_siren=self.siren, domaine=famille)
        return Portee(siren=self.siren, siret=self.siret, domaine=famille)


@dataclass(frozen=True, slots=True)
class Filtre:
    """What is looked for; a kind that does not exist filters nothing."""

    texte: str = ""
    genre: str = ""

    @property
    def vide(self) -> bool:
        """Whether nothing narrows the list."""
        return not (self.texte.strip() or self.genre in GENRES)


def droits_sur(domaine: str, niveau: Niveau) -> tuple[Droit, ...]:
    """One of these is enough: the family that a document serves, either of them when it serves all."""
    return (Droit(Domaine(domaine), niveau),) if domaine else tuple(Droit(famille, niveau) for famille in FAMILLES)


def peut(acteur: Acteur, niveau: Niveau, portee: Portee) -> bool:
    """Whether the actor holds that level on a document of that portée."""
    return any(acteur.peut(droit, portee) for droit in droits_sur(portee.domaine or TOUS_LES_DOSSIERS, niveau))


def exiger(acteur: Acteur, niveau: Niveau, portee: Portee) -> None:
    """Raise DroitManquant, with who can grant it, unless the actor holds that level: a higher one in the family that she reads."""
    if not peut(acteur, niveau, portee):
        droits = droits_sur(portee.domaine or TOUS_LES_DOSSIERS, niveau)
        acteur.exiger(max(droits, key=lambda droit: acteur.peut(Droit(droit.domaine, Niveau.LECTURE), portee)), portee)


def tient_ici(acteur: Acteur, siren: str, niveau: Niveau = Niveau.LECTURE) -> bool:
    """Whether the actor holds that level on something of the porte-documents of that organisation."""
    return any(_nomme(acteur.perimetre(droit), siren) for droit in droits_sur(TOUS_LES_DOSSIERS, niveau))


def _nomme(perimetre: Perimetre, siren: str) -> bool:
    entiers = siren in perimetre.sirens or siren in perimetre.prestataires
    return entiers or any(siret.startswith(siren) for siret in perimetre.sirets)


def lieux_ou_ranger(acteur: Acteur, siren: str, sirets: Iterable[str]) -> list[Lieu]:
    """The whole company, its establishments (among `sirets`), the provider: where the actor may keep a document, for one family."""
    perimetres = [acteur.perimetre(droit) for droit in droits_sur(TOUS_LES_DOSSIERS, Niveau.SAISIE)]
    entiere = any(siren in p.sirens for p in perimetres)
    lieux = [Lieu(siren)] if entiere else []
    lieux += [Lieu(siren, siret=s) for s in sirets if entiere or any(s in p.sirets for p in perimetres)]
    if any(siren in p.prestataires for p in perimetres):
        lieux.append(Lieu(siren, Profil.PRESTATAIRE))
    return lieux


def documents_de(acteur: Acteur, siren: str, filtre: Filtre) -> list[DocumentGarde]:
    """The documents of an organisation that the actor sees, by name, with their `document`. One query."""
    lignes = _visibles(acteur).filter(Q(siren=siren) | Q(prestataire_siren=siren))
    if filtre.genre in GENRES:
        lignes = lignes.filter(genre=filtre.genre)
    mots = normaliser(filtre.texte).split()
    gardes = sorted(lignes, key=lambda garde: (normaliser(garde.libelle), garde.pk))
    return [garde for garde in gardes if all(mot in normaliser(f"{garde.libelle} {garde.document.nom}") for mot in mots)]


def document_accessible(
    document_id: UUID, acteur: Acteur, niveau: Niveau = Niveau.LECTURE, *, verrou: bool = False
) -> DocumentGarde:
    """The document, if the actor may read it; above LECTURE, if she may act on it.

    Raises: Introuvable (unknown, or outside every perimeter), DroitManquant (seen, not allowed).
    """
    lignes = _visibles(acteur).filter(pk=document_id)
    garde: DocumentGarde | None = (lignes.select_for_update(of=("self",)) if verrou else lignes).first()
    if garde is None:
        raise Introuvable(INTROUVABLE)
    if niveau > Niveau.LECTURE:
        exiger(acteur, niveau, garde.portee)
    return garde


def q_des_organisations(siren: str, prestataire_siren: str, domaine: str) -> Q:
    """What a request may take: the documents of its company and of its provider that serve its family."""
    organisations = Q(siren=siren) & ~Q(siren="")
    if prestataire_siren:
        organisations |= Q(prestataire_siren=prestataire_siren)
    return organisations & Q(domaine__in=(TOUS_LES_DOSSIERS, domaine))


def documents_a_prendre(acteur: Acteur, siren: str, prestataire_siren: str, domaine: str) -> list[DocumentGarde]:
    """Those of the organisations of a request that the actor reads and that may be attached now. One query."""
    lignes = _visibles(acteur).filter(q_des_organisations(siren, prestataire_siren, domaine))
    return sorted(lignes.filter(document__etat__in=sorted(ETATS_SERVIS)), key=lambda garde: (normaliser(garde.libelle), garde.pk))


def pour_la_piece(gardes: Iterable[DocumentGarde], code: str, jour: date) -> list[DocumentGarde]:
    """The same, for a piece: those of its kind first, those whose validity is over last."""
    return sorted(gardes, key=lambda garde: rang_pour_la_piece(garde.genre, code, garde.valide_jusqu_au, jour))


def _visibles(acteur: Acteur) -> QuerySet[DocumentGarde]:
    lignes: QuerySet[DocumentGarde] = DocumentGarde.objects.visibles_par(acteur).select_related("document")
    return lignes
