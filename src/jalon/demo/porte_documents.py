"""What the company and the provider of the demonstration keep for their requests."""

import io
from datetime import timedelta

from jalon.demo.dossiers import Metteur, document_fictif
from jalon.porte_documents.actions import ajouter_document
from jalon.porte_documents.enums import TOUS_LES_DOSSIERS, Genre
from jalon.porte_documents.regles import Description
from jalon.porte_documents.requetes import Lieu
from jalon.socle.acteurs import Domaine, Profil

UN_AN = 365


def remplir_les_porte_documents(scene: Metteur, entreprise: str, organisme: str) -> None:
    """A programme in force and an attestation that is over for the company, a Qualiopi certificate for the provider."""
    chez_l_entreprise, chez_l_organisme = Lieu(entreprise), Lieu(organisme, Profil.PRESTATAIRE)
    _ajouter(scene, "aline", chez_l_entreprise, "Programme Hygiène alimentaire HACCP", Genre.PROGRAMME, Domaine.PLAN.value, -20)
    _ajouter(
        scene, "aline", chez_l_entreprise, "Attestation de régularité fiscale", Genre.ATTESTATION, TOUS_LES_DOSSIERS, -400, -10
    )
    _ajouter(scene, "driss", chez_l_organisme, "Certificat Qualiopi", Genre.QUALIOPI, TOUS_LES_DOSSIERS, -60, 2 * UN_AN)


def _ajouter(
    scene: Metteur, prenom: str, lieu: Lieu, libelle: str, genre: Genre, usage: str, ajoute: int, valide: int | None = None
) -> None:
    contenu = document_fictif(libelle, "Exemple de la démonstration", scene.jour(ajoute))
    fin = scene.jour(valide) if valide is not None else None
    ajouter_document(
        lieu=lieu,
        description=Description(libelle=libelle, genre=genre.value, domaine=usage, valide_jusqu_au=fin),
        nom=f"{genre.value}.pdf",
        contenu=io.BytesIO(contenu),
        par=scene.par(prenom),
        maintenant=scene.maintenant + timedelta(days=ajoute),
    )
