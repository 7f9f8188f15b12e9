"""What each company and provider keeps, for every request and for one family, whole and for one establishment."""

import io

from jalon.pieces.enums import EtatApercu
from jalon.pieces.models import Apercu
from jalon.pieces.requetes import COFFRE_APERCUS, cle_de_page
from jalon.porte_documents.actions import ajouter_document
from jalon.porte_documents.models import DocumentGarde
from jalon.porte_documents.regles import Description
from jalon.porte_documents.requetes import Lieu
from jalon.socle import coffre
from jalon.socle.acteurs import Profil
from tests.acteurs import acteur_entreprise, acteur_prestataire
from tests.dossiers.fabrique import AUTRE_SIREN, SIREN, SIREN_OF, SIRET
from tests.matrice.lieux import MAINTENANT, SIREN_Q, SIRET_2
from tests.pieces.fabrique import pdf_brut

GARDES = {
    "garde": (Lieu(SIREN), ""),
    "garde_plan": (Lieu(SIREN), "plan"),
    "garde_alternance": (Lieu(SIREN), "alternance"),
    "garde_siret": (Lieu(SIREN, siret=SIRET), "plan"),
    "garde_siret_2": (Lieu(SIREN, siret=SIRET_2), ""),
    "autre_garde": (Lieu(AUTRE_SIREN), ""),
    "garde_p": (Lieu(SIREN_OF, Profil.PRESTATAIRE), ""),
    "garde_p_alternance": (Lieu(SIREN_OF, Profil.PRESTATAIRE), "alternance"),
    "autre_garde_p": (Lieu(SIREN_Q, Profil.PRESTATAIRE), ""),
}
"""Name in the world -> where, for which requests."""


def porte_documents(objets: dict[str, str]) -> None:
    """One document of each sort, whose first page is drawn."""
    for nom, (lieu, usage) in GARDES.items():
        par = acteur_prestataire(lieu.siren) if lieu.profil == Profil.PRESTATAIRE else acteur_entreprise(lieu.siren)
        dite = Description(libelle=f"Document {nom}", genre="programme", domaine=usage)
        contenu = io.BytesIO(pdf_brut(b"(" + nom.encode() + b")"))
        garde = ajouter_document(lieu=lieu, description=dite, nom="p.pdf", contenu=contenu, par=par, maintenant=MAINTENANT)
        _dessiner(garde)
        objets[nom] = str(garde.pk)


def _dessiner(garde: DocumentGarde) -> None:
    Apercu.objects.create(document_id=garde.document_id, etat=EtatApercu.PRET, total=1, pages=1, demande_le=MAINTENANT)
    coffre.ranger(COFFRE_APERCUS, cle_de_page(garde.document_id, 1), b"\x89PNG\r\n\x1a\n")
