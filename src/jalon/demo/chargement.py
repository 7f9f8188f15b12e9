"""Filling the demonstration: register, portefeuilles, roles, rights. May be run again: what is there is left."""

from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from jalon.comptes.models import Personne
from jalon.demo.aide import remplir_l_aide
from jalon.demo.contrats import deposer_les_contrats
from jalon.demo.distribution import DISTRIBUTION, compte
from jalon.demo.dossiers import Metteur, deposer_les_dossiers
from jalon.demo.porte_documents import remplir_les_porte_documents
from jalon.habilitations.acteurs import ActeurPersonne, ActeurSysteme
from jalon.habilitations.actions.opco import creer_compte_opco
from jalon.habilitations.actions.pose import poser_droits
from jalon.habilitations.enums import EtatRattachement, Etendue, OrigineRattachement, Role
from jalon.habilitations.models import Rattachement
from jalon.habilitations.models.rattachements import portee_des_acces
from jalon.habilitations.regles import DemandeDroit, tous_les_droits
from jalon.organisations.actions import importer_adherents, importer_portefeuilles, importer_registre
from jalon.organisations.models import Portefeuille
from jalon.organisations.requetes import portefeuille_de
from jalon.organisations.sirene.dispositions import ETABLISSEMENTS, UNITES_LEGALES
from jalon.organisations.sirene.fichiers import FichierSirene, ouvrir_fichier
from jalon.referentiels.actions import (
    charger_referentiels,
    importer_npec,
    importer_organismes,
    importer_rncp,
    importer_uai,
    regler_dispositif,
)
from jalon.referentiels.enums import ReferentielOfficiel
from jalon.referentiels.requetes import referentiels_presents
from jalon.salaries.actions import deposer_fichier, lancer_import
from jalon.socle.acteurs import Domaine, Niveau, Profil
from jalon.socle.baremes import Gravite
from jalon.socle.horloge import maintenant as horloge
from jalon.socle.reglages import DecisionAutomatique

DONNEES = Path(__file__).parent / "donnees"
BELLERIVE, ANNECY, INSTITUT = "123456782", "12345678200028", "812600021"
LIMITE_STAGIAIRES = 30
OFFICIELS = (
    (ReferentielOfficiel.NPEC, importer_npec, "npec.xlsx"),
    (ReferentielOfficiel.RNCP, importer_rncp, "export_fiches_CSV_Standard_2024_02_22.csv"),
    (ReferentielOfficiel.UAI, importer_uai, "ACCE_UAI.csv"),
    (ReferentielOfficiel.ORGANISMES, importer_organismes, "organismes_2026-11-02.csv"),
)
"""Lines of the official files, and fictional ones in the same layouts for the fictional companies (donnees/README.md)."""
ANCIENNETE = timedelta(days=100)
ROLES = {
    "hugo@opco.example": Role.AEF,
    "emma@opco.example": Role.CONSEILLER,
    "farid@opco.example": Role.GESTIONNAIRE,
    "ines@opco.example": Role.COMPTABLE,
    "jeanne@opco.example": Role.RESPONSABLE_FINANCIER,
    "karim@opco.example": Role.ADMINISTRATEUR_OPCO,
}


def charger() -> None:
    """Everything, in an order that each part needs."""
    maintenant = horloge()
    systeme = ActeurSysteme("chargement de la démonstration")
    charger_referentiels()
    fichiers = [(DONNEES / "unites-legales.csv", UNITES_LEGALES), (DONNEES / "etablissements.csv", ETABLISSEMENTS)]
    importer_registre(
        fichiers=[ouvrir_fichier(chemin, disposition) for chemin, disposition in fichiers],
        par=systeme,
        maintenant=maintenant,
        suivi=_sans_progression,
    )
    importer_les_referentiels(systeme, maintenant)
    importer_portefeuilles(chemin=DONNEES / "portefeuilles.csv", par=systeme, maintenant=maintenant)
    importer_adherents(chemin=DONNEES / "adherents.csv", par=systeme, maintenant=maintenant)
    with transaction.atomic():
        personnes = {role.adresse: compte(role) for role in DISTRIBUTION}
        if not Rattachement.objects.tous("la démonstration est-elle déjà chargée ?").exists():
            _donner_les_roles(systeme, maintenant - ANCIENNETE)
            _donner_les_droits(personnes, maintenant - ANCIENNETE)
            _fixer_la_limite(personnes["karim@opco.example"], maintenant)
            deposer_les_dossiers(personnes, maintenant)
            deposer_les_contrats(Metteur(personnes, maintenant))
            remplir_l_aide(Metteur(personnes, maintenant))
            remplir_les_porte_documents(Metteur(personnes, maintenant), BELLERIVE, INSTITUT)
            _importer_les_salaries(Metteur(personnes, maintenant).par("aline"), maintenant)


def _sans_progression(_fichier: FichierSirene, _etape: str, _octets: int) -> None:
    """A few lines: nothing to show."""


def importer_les_referentiels(systeme: ActeurSysteme, maintenant: datetime) -> None:
    """Those that are not there yet: a real file that somebody imported is not replaced by ours."""
    for referentiel, importer, fichier in OFFICIELS:
        if referentiel not in referentiels_presents():
            importer(chemin=DONNEES / fichier, par=systeme, maintenant=maintenant)


def _importer_les_salaries(par: ActeurPersonne, maintenant: datetime) -> None:
    """The employees of the company, by the file that its administrator would send."""
    octets = (DONNEES / "salaries.csv").read_bytes()
    ligne = deposer_fichier(siren=BELLERIVE, octets=octets, par=par, maintenant=maintenant)
    lancer_import(import_id=ligne.id, choix={}, par=par, maintenant=maintenant)


def _donner_les_roles(systeme: ActeurSysteme, maintenant: datetime) -> None:
    portefeuilles = list(Portefeuille.objects.values_list("id", flat=True))
    for role in (r for r in DISTRIBUTION if r.opco):
        creer_compte_opco(
            email=role.adresse,
            prenom=role.prenom,
            nom=role.nom,
            role=ROLES[role.adresse],
            portefeuilles=portefeuilles,
            par=systeme,
            maintenant=maintenant,
        )


def _donner_les_droits(personnes: dict[str, Personne], maintenant: datetime) -> None:
    saisie = [DemandeDroit(Etendue.SIRET, ANNECY, Domaine.PLAN, Niveau.SAISIE)]
    lecture = [
        DemandeDroit(Etendue.SIREN, "", domaine, Niveau.LECTURE)
        for domaine in (Domaine.PLAN, Domaine.FACTURES, Domaine.REGLEMENTS)
    ]
    for adresse, siren, profil, droits in (
        ("aline@bellerive.example", BELLERIVE, Profil.ADHERENT, tous_les_droits()),
        ("louise@bellerive.example", BELLERIVE, Profil.ADHERENT, tous_les_droits()),
        ("bruno@bellerive.example", BELLERIVE, Profil.ADHERENT, saisie),
        ("chloe@alpes-compta.example", BELLERIVE, Profil.ADHERENT, lecture),
        ("driss@institut-table.example", INSTITUT, Profil.PRESTATAIRE, tous_les_droits()),
    ):
        lien = Rattachement(
            personne=personnes[adresse],
            profil=profil,
            etat=EtatRattachement.ACTIF,
            origine=OrigineRattachement.INVITATION,
            cree_le=maintenant,
            actif_depuis=maintenant,
        ).porter(portee_des_acces(siren, profil, portefeuille_de(siren)))
        lien.save(force_insert=True)
        poser_droits(lien, droits, None, maintenant)


def _fixer_la_limite(administrateur: Personne, maintenant: datetime) -> None:
    """The OPCO of the demonstration sets 30 trainees, as the portal of 2025 did."""
    regler_dispositif(
        dispositif="action_formation",
        limite_stagiaires=LIMITE_STAGIAIRES,
        delai_depot_jours=30,
        gravite_delai=Gravite.AVERTIT,
        decision_automatique=DecisionAutomatique.PROPOSEE,
        motif="Réglage de la démonstration",
        par=ActeurPersonne(administrateur),
        maintenant=maintenant,
    )
