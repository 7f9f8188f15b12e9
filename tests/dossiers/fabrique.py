"""Companies, drafts and sent requests, made with the real actions."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from jalon.dispositifs.base import LIGNES
from jalon.dossiers.actions import creer_brouillon, enregistrer_section, transmettre_dossier
from jalon.dossiers.enums import EtatPiece
from jalon.dossiers.models import Dossier, PieceDeposee
from jalon.dossiers.requetes import FiltreDossiers, liste_dossiers
from jalon.dossiers.requetes.filtre import BROUILLON
from jalon.instruction.actions import accorder_dossier, prendre_en_charge
from jalon.instruction.requetes import proposition_de
from jalon.organisations.enums import SourceOrganisation
from jalon.organisations.models import Etablissement, Organisation, Portefeuille
from jalon.pieces.enums import EtatDocument
from jalon.pieces.models import Document
from jalon.socle.acteurs import Acteur, Pouvoir
from tests.acteurs import FauxActeur, acteur_entreprise, acteur_opco, acteur_prestataire
from tests.dispositifs.exemples import SIRET_ENTREPRISE, SIRET_ORGANISME, ZOE
from tests.dispositifs.exemples import reponses as exemple

LE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
JOUR = date(2026, 11, 24)
SIREN, SIRET = SIRET_ENTREPRISE[:9], SIRET_ENTREPRISE
SIREN_OF, SIRET_OF = SIRET_ORGANISME[:9], SIRET_ORGANISME
AUTRE_SIREN, AUTRE_SIRET = "123456782", "12345678200010"
NIR = "295071234567869"
PORTEFEUILLE = UUID("00000000-0000-7000-8000-0000000000aa")
AUTRE_PORTEFEUILLE = UUID("00000000-0000-7000-8000-0000000000bb")


def nir_valide(debut: str = "2950712345678") -> str:
    """Thirteen digits and their key."""
    return f"{debut}{97 - int(debut) % 97:02d}"


def organisation(
    siren: str, nom: str, portefeuille: UUID = PORTEFEUILLE, *, sirets: tuple[str, ...] = (), idcc: str = ""
) -> None:
    """A company of the register, with its establishments."""
    Portefeuille.objects.get_or_create(id=portefeuille, defaults={"nom": f"Portefeuille {portefeuille.hex[-2:]}"})
    Organisation.objects.create(
        siren=siren, denomination=nom, portefeuille_id=portefeuille, source=SourceOrganisation.REGISTRE, idcc=idcc
    )
    for rang, siret in enumerate(sirets):
        Etablissement.objects.create(siret=siret, siege=rang == 0, code_postal="74000", commune="Annecy", nom_usuel="Annecy")


def monde() -> None:
    """The two companies and the provider of these tests."""
    organisation(SIREN, "Hôtel du Lac", sirets=(SIRET,), idcc="1979")
    organisation(AUTRE_SIREN, "Bellerive", AUTRE_PORTEFEUILLE, sirets=(AUTRE_SIRET,))
    organisation(SIREN_OF, "Savoir Faire", sirets=(SIRET_OF,))


def aline(**autres: object) -> FauxActeur:
    """Somebody of the company, with every right."""
    return acteur_entreprise(SIREN, **autres)  # type: ignore[arg-type]


def driss() -> FauxActeur:
    """Somebody of the provider."""
    return acteur_prestataire(SIREN_OF, nom="Driss Essai")


def emma(portefeuille: UUID = PORTEFEUILLE) -> FauxActeur:
    """The adviser."""
    return acteur_opco(portefeuille, Pouvoir.INSTRUIRE, Pouvoir.DECIDER, nom="Emma Essai")


def valeurs(**changements: Any) -> dict[str, dict[str, Any]]:
    """Answers of the example, by section."""
    return {section: contenu["valeurs"] for section, contenu in exemple(**changements).items()}


def stagiaires(nombre: int, *, avec_nir: bool = False) -> list[dict[str, str]]:
    """That many different trainees."""
    lettres = "abcdefghijklmnopqrstuvwxyz"
    return [
        {
            **ZOE,
            "nom_naissance": f"Exemple {lettres[n // 676 % 26]}{lettres[n // 26 % 26]}{lettres[n % 26]}",
            "nir": nir_valide(f"29507741{n:05d}") if avec_nir else "",
        }
        for n in range(nombre)
    ]


def brouillon(
    par: Acteur | None = None, *, siret: str = SIRET, le: datetime = LE, dispositif: str = "action_formation"
) -> Dossier:
    """A draft just begun."""
    return creer_brouillon(dispositif=dispositif, siren=siret[:9], siret=siret, par=par or aline(), maintenant=le)


def remplir(dossier: Dossier, par: Acteur | None = None, *, le: datetime = LE, **changements: Any) -> Dossier:
    """Every section typed, and both documents attached."""
    reponses = valeurs(**changements)
    reponses["entreprise"] = {**reponses["entreprise"], "siret": changements.get("entreprise__siret", dossier.siret)}
    for section, contenu in reponses.items():
        version = relire(dossier).reponses.get(section, {}).get("version", 0)
        enregistrer_section(
            dossier_id=dossier.id, section=section, version=version, valeurs=contenu, par=par or aline(), maintenant=le
        )
    for code in ("convention_signee", "programme"):
        joindre(relire(dossier), code, le=le)
    return relire(dossier)


def document(etat: EtatDocument = EtatDocument.CONTROLEE, *, le: datetime = LE) -> Document:
    """A document, without its content."""
    piece = Document(
        nom="piece.pdf", type_mime="application/pdf", taille=1000, sha256=hashlib.sha256().hexdigest(), etat=etat, depose_le=le
    )
    piece.save(force_insert=True)
    return piece


def joindre(dossier: Dossier, code: str, *, etat: EtatDocument = EtatDocument.CONTROLEE, le: datetime = LE) -> PieceDeposee:
    """A document attached, without passing by the inspection."""
    PieceDeposee.objects.tous("fabrique de tests").filter(dossier=dossier, code=code).update(etat=EtatPiece.REMPLACEE)
    piece = PieceDeposee(dossier=dossier, code=code, document=document(etat, le=le), deposee_le=le, deposee_par_nom="Aline Essai")
    piece.porter(dossier.portee_des_suites).save(force_insert=True)
    return piece


def relire(dossier: Dossier) -> Dossier:
    """The row as it is now."""
    relu: Dossier = Dossier.objects.tous("lecture des tests").get(pk=dossier.pk)
    return relu


def complet(par: Acteur | None = None, **changements: Any) -> Dossier:
    """A draft ready to be sent."""
    return remplir(brouillon(par), par, **changements)


def transmis(par: Acteur | None = None, **changements: Any) -> Dossier:
    """A sent request."""
    return transmettre_dossier(dossier_id=complet(par, **changements).id, par=par or aline(), maintenant=LE)


def en_instruction(**changements: Any) -> Dossier:
    """A request that the adviser has opened."""
    return prendre_en_charge(dossier_id=transmis(**changements).id, par=emma(), maintenant=LE + timedelta(hours=1))


def montants_proposes(dossier: Dossier) -> dict[str, Decimal]:
    """What the barème gives, by line."""
    return {ligne.poste: ligne.montant_ht for ligne in proposition_de(dossier, LE).lignes}


def accorde(**changements: Any) -> Dossier:
    """A granted request."""
    dossier = en_instruction(**changements)
    accorder_dossier(
        dossier_id=dossier.id, montants_par_ligne=montants_proposes(dossier), par=emma(), maintenant=LE + timedelta(days=2)
    )
    return relire(dossier)


def lignes_de(dossier: Dossier) -> list[dict[str, Any]]:
    """Rows of trainees as they are stored."""
    lignes: list[dict[str, Any]] = dossier.reponses["stagiaires"]["valeurs"][LIGNES]
    return lignes


def brouillons(acteur: Acteur, siren: str | None = None) -> list[Dossier]:
    """The first page of the drafts that the actor sees."""
    return liste_dossiers(acteur, siren, FiltreDossiers(jour=JOUR, etats=BROUILLON)).dossiers
