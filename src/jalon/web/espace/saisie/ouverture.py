"""A draft opened by somebody who may type in it, and everything the screens derive from it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from jalon.dispositifs.base import Case, Contenu, Contexte, Dispositif, Proposition, Section
from jalon.dispositifs.lecture import (
    Demandes,
    LectureContenu,
    PieceDemandee,
    Reponses,
    afficher,
    completude,
    estimer,
    lignes_a_scinder,
    lire_reponses,
    proposition_de,
    section_de_la_personne,
    tailles_des_parts,
)
from jalon.dispositifs.registre import dispositif as dispositif_de
from jalon.dossiers.models import DemandeComplement, Dossier, PieceDeposee
from jalon.dossiers.regles import cle_de_piece, est_ouverte, motif_de_la_case
from jalon.dossiers.requetes import (
    complement_en_cours,
    contexte_de,
    documents_a_joindre,
    dossier_accessible,
    lot_de,
    origine_affichee,
    origine_de,
    peut_lire_les_sensibles,
    pieces_attendues,
    pieces_de,
    reponses_a_juger,
    reponses_de,
)
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.pieces.requetes import type_affiche
from jalon.socle.acteurs import Domaine, Niveau
from jalon.socle.erreurs import Introuvable
from jalon.socle.horloge import aujourdhui, maintenant
from jalon.web.espace.commun import Espace, exiger_ici, ouvrir_espace
from jalon.web.espace.saisie import presentation
from jalon.web.espace.saisie.aides import Aides, aides_de
from jalon.web.espace.saisie.complement import pieces_du_complement
from jalon.web.espace.saisie.constats import Constats, constats_de
from jalon.web.espace.saisie.formulaires import cases_demandees


@dataclass
class Saisie:
    """A draft being typed by somebody, and everything the screens derive from it."""

    ici: Espace
    dossier: Dossier

    @cached_property
    def dispositif(self) -> Dispositif:
        """Its declaration."""
        return dispositif_de(self.dossier.dispositif)

    @cached_property
    def reponses(self) -> Reponses:
        """What was typed, as rules judge it."""
        return reponses_a_juger(self.dossier, self.ici.acteur)

    @cached_property
    def affichees(self) -> Reponses:
        """What was typed, as the person reads it: sensitive boxes may be masked, always when they come from the directory. Nothing is
        decrypted twice where she reads everything."""
        entier = peut_lire_les_sensibles(self.dossier, self.ici.acteur)
        repris = any(lue.get("reprises") for lue in self.dossier.reponses.values())
        return self.reponses if entier and not repris else reponses_de(self.dossier, self.ici.acteur)

    @cached_property
    def contexte(self) -> Contexte:
        """What rules may know."""
        return contexte_de(self.dossier, maintenant(), self.ici.acteur)

    @cached_property
    def complement(self) -> DemandeComplement | None:
        """What the OPCO asked again; None for a draft, whose boxes are all open."""
        return None if self.dossier.est_brouillon else complement_en_cours(self.dossier)

    @cached_property
    def lue(self) -> LectureContenu:
        """The answers, read once for everything that the screen derives: a dossier may hold 2,000 people."""
        return lire_reponses(self.dispositif, self.reponses)

    @property
    def contenu(self) -> Contenu:
        """What is readable of the answers: what computed helps start from."""
        return self.lue.partiel

    def aides(self, section: Section) -> Aides:
        """What is told beside the boxes of a section."""
        aides = aides_de(self.dispositif, section, self.reponses, self.affichees, self.contenu, self.contexte)
        return replace(aides, motifs=self.motifs(section))

    def motifs(self, section: Section, rang: int | None = None) -> dict[str, str]:
        """Why each box of a section (of one of its rows) is asked again, by name."""
        demande = self.complement
        if demande is None:
            return {}
        ouvertes = [case.nom for case in section.cases if est_ouverte(demande.ouvertes, section.code, case.nom, rang)]
        return {nom: motif_de_la_case(demande.motifs, section.code, nom, rang) for nom in ouvertes}

    def lignes_fixes(self, section: Section) -> bool:
        """Whether rows neither come nor go: the OPCO asked boxes of a repeated section, not the whole of it."""
        return self.complement is not None and section.fiche.repetee and not est_ouverte(self.complement.ouvertes, section.code)

    def fermees_de_la_ligne(self, section: Section, rang: int) -> list[str]:
        """Boxes shown in a row that may not be changed there: they are open in another row."""
        if self.complement is None:
            return []
        return [c.nom for c in self.cases(section) if not est_ouverte(self.complement.ouvertes, section.code, c.nom, rang)]

    def lecture_seule(self, section: Section) -> list[tuple[str, str]]:
        """The other answers of a section where only some boxes are open, as words."""
        if self.complement is None or section.fiche.repetee:
            return []
        valeurs = vars(getattr(self.contenu, section.code))
        fermees = [case for case in section.cases if not self.ouverte(section, case)]
        return [(case.libelle, texte) for case in fermees if (texte := afficher(case, valeurs.get(case.nom)))]

    def constats(self, section: Section) -> Constats:
        """What the controls find in the boxes of a section, in the answers as they are."""
        return constats_de(self.dispositif, section, self.contenu, self.contexte)

    def proposition(self, section: Section) -> Proposition | None:
        """Rows that may be taken in a section; None where nothing is proposed, or while the OPCO waits for a complement."""
        if self.complement is not None:
            return None
        return proposition_de(self.dispositif, section.code, self.contenu, self.contexte)

    def apres(self, dossier: Dossier) -> "Saisie":
        """The same draft once something was kept in it, as the action left it. Raises AutreEspace: it went to another company."""
        exiger_ici(self.ici, dossier.siren)
        return Saisie(self.ici, dossier)

    def section(self, code: str) -> Section:
        """A section by the name in the URL, if one of its boxes is open."""
        ouverte = next((s for s in self.sections if s.code == code), None)
        if ouverte is None:
            raise Introuvable
        return ouverte

    @cached_property
    def sections(self) -> list[Section]:
        """Sections that may be typed in now, in the order of the form."""
        return [s for s in self.dispositif.sections if any(self.ouverte(s, case) for case in s.cases)]

    def ouverte(self, section: Section, case: Case) -> bool:
        """Whether a box may be typed in now (in a repeated section: on one row at least)."""
        if self.complement is None:
            return True
        chemins = self.complement.ouvertes
        par_rang = any(c.startswith(f"{section.code}.") and c.endswith(f".{case.nom}") for c in chemins)
        return par_rang or est_ouverte(chemins, section.code, case.nom)

    def cases(self, section: Section) -> list[Case]:
        """Boxes of a section that are asked and open."""
        demandes = Demandes(self.dispositif, self.reponses)
        return [case for case in cases_demandees(demandes, section) if self.ouverte(section, case)]

    def pieces_demandees(self) -> list[PieceDemandee]:
        """Documents asked now: by the answers, or by the OPCO."""
        if self.complement is not None:
            return pieces_du_complement(self.dossier, self.dispositif, self.complement)
        return pieces_attendues(self.dossier, self.dispositif, self.reponses)

    def peut_choisir_un_salarie(self, section: Section) -> bool:
        """Whether the rubrique names people, and the person reads the directory of this company."""
        nommante = section_de_la_personne(self.dispositif)
        return (
            self.complement is None
            and nommante is not None
            and nommante.code == section.code
            and self.ici.adherent
            and self.ici.voit(Domaine.SALARIES)
        )

    def version(self, code: str) -> int:
        """Version of a section, for the optimistic lock."""
        return int(self.reponses.get(code, {}).get("version", 0))

    def repartition(self) -> dict[str, Any]:
        """How the draft may be split, the parts of one that was, and where a copy comes from."""
        nombre = len(lignes_a_scinder(self.dispositif, self.reponses))
        reglage = self.contexte.regles.reglage(self.contexte.jour_depot) if nombre else None
        limite = reglage.limite_stagiaires if reglage is not None else None
        return {
            "nombre_a_scinder": nombre,
            "limite": limite,
            "parts_proposees": tailles_des_parts(nombre, limite) if limite and nombre > limite else [],
            "lot": lot_de(self.dossier, self.ici.acteur),
            "origine": origine_de(self.dossier, self.ici.acteur),
            "siren_du_lot": self.ici.siren,
        }

    def autour(self, courante: str) -> dict[str, Any]:
        """Steps, estimate and documents."""
        deposees = pieces_de(self.dossier, self.ici.acteur)
        demandees = self.pieces_demandees()
        etats = completude(self.dispositif, self.reponses, lue=self.lue)
        etapes = presentation.etapes(self.dossier, self.ici.siren, self.sections, etats, demandees, courante)
        estimation = estimer(self.dispositif, self.reponses, self.contexte, lue=self.lue)
        return {
            "ici": self.ici,
            "dossier": self.dossier,
            "dispositif": self.dispositif,
            "etapes": etapes,
            "complement": self.complement,
            "lignes_fixes": False,
            "lecture_seule": [],
            "completes": sum(1 for e in etapes[:-1] if e.etat == "ok"),
            "nombre_sections": len(etapes) - 1,
            "courante": next(e for e in etapes if e.code == courante),
            "precedente": presentation.precedente(etapes, courante),
            "suivante": presentation.suivante(etapes, courante),
            "estimation": estimation,
            "lignes_estimation": presentation.lignes_de_l_estimation(estimation) if not estimation.attend else [],
            "pieces": presentation.pieces_affichees(self.dossier, self.ici.siren, demandees, deposees),
            "enregistre_le": self.dossier.modifie_le,
            **self.repartition(),
            "fragment": False,
            "toutes": False,
            "boite": None,
        }


@dataclass(frozen=True, slots=True)
class PieceASaisir:
    """A document asked: what may answer it, and what does."""

    code: str
    libelle: str
    aide: str
    choix: list[dict[str, Any]]
    deposee: PieceDeposee | None
    type: str
    motif: str
    origine: str


def pieces_a_saisir(saisie: Saisie, refus: Mapping[str, str]) -> list[PieceASaisir]:
    """Documents in the order of the declaration; `refus`: a sentence by box (« fichier-programme », « garde-programme »)."""
    gardes, jour = documents_a_joindre(saisie.dossier, saisie.ici.acteur), aujourdhui()
    deposees = {piece.code: piece for piece in pieces_de(saisie.dossier, saisie.ici.acteur)}
    lignes = []
    for demandee in saisie.pieces_demandees():
        piece = demandee.piece
        choix = [
            {
                "code": une.code,
                "libelle": une.libelle,
                "aide": une.aide,
                "refus": refus.get(f"fichier-{une.code}", ""),
                "gardes": presentation.gardes_proposes(gardes, une.code, jour),
                "refus_garde": refus.get(f"garde-{une.code}", ""),
            }
            for une in piece.une_de or (piece,)
        ]
        deposee = deposees.get(demandee.fournie)
        facts = type_affiche(deposee.document) if deposee is not None else ""
        motif = saisie.complement.motifs.get(cle_de_piece(piece.code), "") if saisie.complement is not None else ""
        origine = origine_affichee(deposee) if deposee is not None else ""
        aide = piece.aide if piece.une_de else ""
        lignes.append(PieceASaisir(piece.code, piece.libelle, aide, choix, deposee, facts, motif, origine))
    return lignes


def ouvrir_saisie(request: HttpRequest, siren: str, dossier_id: UUID, niveau: Niveau = Niveau.SAISIE) -> Saisie:
    """The draft of the URL, if the actor may type in it. Raises Introuvable, DroitManquant."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    dossier = dossier_accessible(dossier_id, acteur, niveau)
    ici = ouvrir_espace(request, siren)
    exiger_ici(ici, dossier.siren)
    return Saisie(ici, dossier)
