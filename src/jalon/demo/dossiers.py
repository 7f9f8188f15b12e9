"""Requests of the demonstration, in every state, made by the same actions as real ones, at past instants."""

import io
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from jalon.banque.actions import ajouter_coordonnees, confirmer_coordonnees
from jalon.banque.enums import MethodeConfirmation
from jalon.comptes.models import Personne
from jalon.dispositifs.base import LIGNES
from jalon.dossiers.actions import creer_brouillon, deposer_piece, enregistrer_section, transmettre_dossier
from jalon.dossiers.models import Dossier
from jalon.editions.composition import composer_recapitulatif
from jalon.editions.documents import Emetteur, Recapitulatif, RubriqueRecap
from jalon.engagements.actions import produire_accord
from jalon.engagements.requetes import engagement_de
from jalon.facturation.actions import Fichier, accepter_facture, deposer_facture
from jalon.facturation.enums import NatureAction
from jalon.facturation.regles import SaisieCertificat, SaisieFacture
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.instruction.actions import accorder_dossier, demander_complement, prendre_en_charge, refuser_dossier
from jalon.instruction.enums import MotifRefus
from jalon.instruction.requetes import proposition_de
from jalon.reglements.actions import declarer_execute, preparer_lot, signer_lot, telecharger_xml
from jalon.socle.acteurs import Profil
from jalon.socle.dates import formater_date, jour_de_paris

SIREN, LYON, ANNECY, GRENOBLE = "123456782", "12345678200010", "12345678200028", "12345678200036"
INSTITUT_SIREN, INSTITUT_SIRET = "812600021", "81260002100016"
IBAN_ENTREPRISE, IBAN_INSTITUT = "FR7630006000011234567890189", "FR1420041010050500013M02606"


@dataclass(frozen=True)
class Demande:
    """What a fictional request says."""

    intitule: str
    siret: str
    depot: int
    debut: int
    stagiaires: tuple[tuple[str, str, str], ...]
    certification: str = "rncp"
    heures: int = 14
    cout: int = 672
    reference: str = ""
    champs: dict[str, Any] = field(default_factory=dict)


ZOE, YANIS, LEA, TOM = (
    ("Lefort", "Zoé", "F"),
    ("Moreau", "Yanis", "M"),
    ("Vasseur", "Léa", "F"),
    ("Girard", "Tom", "M"),
)


class Metteur:
    """Plays the requests, one person at a time."""

    def __init__(self, personnes: dict[str, Personne], maintenant: datetime) -> None:
        self.maintenant = maintenant
        self.personnes = {adresse.split("@")[0]: personne for adresse, personne in personnes.items()}

    def par(self, prenom: str, second_facteur_le: datetime | None = None) -> ActeurPersonne:
        """Somebody of the cast, with the rights of now."""
        return ActeurPersonne(self.personnes[prenom], second_facteur_le=second_facteur_le)

    def le(self, jours: int, heures: int = 0) -> datetime:
        """An instant so many days from now (negative: past)."""
        return self.maintenant + timedelta(days=jours, hours=heures)

    def jour(self, jours: int) -> date:
        """The day of that instant."""
        return jour_de_paris(self.le(jours))

    def saisir(self, demande: Demande, prenom: str = "aline") -> Dossier:
        """A draft, every section typed."""
        quand = self.le(demande.depot, -2)
        dossier = creer_brouillon(
            dispositif="action_formation", siren=SIREN, siret=demande.siret, par=self.par(prenom), maintenant=quand
        )
        versions = {code: contenu["version"] for code, contenu in dossier.reponses.items()}
        for section, valeurs in self._reponses(demande).items():
            anciennes = dossier.reponses.get(section, {}).get("valeurs", {})
            enregistrer_section(
                dossier_id=dossier.pk,
                section=section,
                version=versions.get(section, 0),
                valeurs={**anciennes, **valeurs},
                par=self.par(prenom),
                maintenant=quand,
            )
        return dossier

    def _reponses(self, demande: Demande) -> dict[str, dict[str, Any]]:
        lignes = [
            {
                "nom_naissance": nom, "prenom": prenom, "date_naissance": f"{10 + rang}/0{rang + 3}/199{rang}", "sexe": sexe,
                "categorie": "employe", "niveau": "4", "type_contrat": "cdi", "rqth": "non", "heures": str(demande.heures),
            }
            for rang, (nom, prenom, sexe) in enumerate(demande.stagiaires)
        ]  # fmt: skip
        rncp = demande.certification == "rncp"
        return {
            "entreprise": {
                "siret": demande.siret, "idcc": "1979", "effectif": "38", "contact_nom": "Aline Ferrand",
                "contact_courriel": "aline@bellerive.example", "reference_interne": demande.reference,
            },
            "organisme": {
                "interne": "non", "siret": INSTITUT_SIRET, "denomination": "Institut des métiers de la table",
                "nda": "84691234569", "qualiopi": "oui",
            },
            "action": {
                "intitule": demande.intitule, "objectifs": f"Maîtriser : {demande.intitule.lower()}", "type_action": "formation",
                "theme": "metier", "certification": demande.certification, "code_certification": "RNCP37859" if rncp else "",
                "date_debut": formater_date(self.jour(demande.debut)), "date_fin": formater_date(self.jour(demande.debut + 1)),
                "duree_heures": str(demande.heures), "nombre_jours": "2", "modalite": "presentiel", "organisation": "inter",
                "lieu": "Lyon",
            },
            "stagiaires": {LIGNES: lignes},
            "couts": {
                "cout_pedagogique": str(demande.cout), "taux_tva": "0", "subrogation": "oui", "salaires_demandes": "non",
                "frais_demandes": "non",
            },
            **demande.champs,
        }  # fmt: skip

    def transmettre(self, demande: Demande, prenom: str = "aline") -> Dossier:
        """Typed, documented, sent."""
        dossier = self.saisir(demande, prenom)
        for code, titre in (("convention_signee", "Convention de formation"), ("programme", "Programme")):
            deposer_piece(
                dossier_id=dossier.pk,
                code=code,
                nom=f"{code}.pdf",
                contenu=io.BytesIO(document_fictif(titre, demande.intitule, self.jour(demande.depot))),
                par=self.par(prenom),
                maintenant=self.le(demande.depot, -1),
            )
        return transmettre_dossier(dossier_id=dossier.pk, par=self.par("aline"), maintenant=self.le(demande.depot))

    def instruire(self, demande: Demande) -> Dossier:
        """Sent and taken in charge."""
        dossier = self.transmettre(demande)
        return prendre_en_charge(dossier_id=dossier.pk, par=self.par("emma"), maintenant=self.le(demande.depot + 1))

    def accorder(self, demande: Demande) -> Dossier:
        """Granted as the barème proposes."""
        dossier = self.instruire(demande)
        quand = self.le(demande.depot + 3)
        lignes = proposition_de(dossier, quand).lignes
        accorder_dossier(
            dossier_id=dossier.pk,
            montants_par_ligne={ligne.poste: ligne.montant_ht for ligne in lignes},
            par=self.par("emma"),
            maintenant=quand,
        )
        engagement = engagement_de(dossier, self.par("emma"))
        if engagement is not None:
            produire_accord(engagement_id=engagement.pk, maintenant=quand)
        return dossier


def document_fictif(titre: str, objet: str, jour: date) -> bytes:
    """A one-page PDF that says it is fictional."""
    return composer_recapitulatif(
        Recapitulatif(
            emetteur=Emetteur(
                nom="Institut des métiers de la table", site="https://institut-table.example", telephone="04 00 00 00 00"
            ),
            intitule=titre,
            reference="Document fictif",
            rubriques=(RubriqueRecap("Objet", (("Action", objet), ("Signé le", formater_date(jour)))),),
        ),
        date_document=jour,
    )


def deposer_les_dossiers(personnes: dict[str, Personne], maintenant: datetime) -> None:
    """One request in each state, two accounts, one invoice paid."""
    scene = Metteur(personnes, maintenant)
    _ajouter_les_comptes(scene)
    scene.saisir(Demande("Accueil des clients en anglais", ANNECY, 0, 70, (LEA,), reference="RH-2026-14"), "bruno")
    scene.transmettre(Demande("Gestes et postures en cuisine", LYON, -1, 50, (ZOE, YANIS), reference="RH-2026-13"))
    scene.instruire(Demande("Encadrer une équipe de salle", GRENOBLE, -6, 45, (TOM,), cout=336))
    a_completer = scene.instruire(Demande("Hygiène alimentaire HACCP", ANNECY, -9, 40, (LEA, TOM), reference="RH-2026-11"))
    demander_complement(
        dossier_id=a_completer.pk,
        pieces=["programme"],
        cases=[],
        message="Le programme ne porte pas la durée de chaque séquence. Merci de joindre une version complète.",
        echeance=scene.jour(6),
        par=scene.par("emma"),
        maintenant=scene.le(-2),
    )
    refuse = scene.instruire(Demande("Dégustation de vins", LYON, -20, 35, (ZOE,), cout=336))
    refuser_dossier(
        dossier_id=refuse.pk,
        motif=MotifRefus.ACTION_NON_FINANCABLE,
        texte="Cette action ne figure pas parmi les priorités de la branche en 2026.",
        par=scene.par("emma"),
        maintenant=scene.le(-15),
    )
    scene.accorder(Demande("Pâtisserie de restaurant", LYON, -35, -3, (YANIS, LEA), reference="RH-2026-08"))
    _payer(scene, scene.accorder(Demande("Service en salle", GRENOBLE, -60, -25, (TOM,), cout=336, reference="RH-2026-05")))


def _ajouter_les_comptes(scene: Metteur) -> None:
    quand = scene.le(-80)
    for prenom, siren, profil, titulaire, iban in (
        ("aline", SIREN, Profil.ADHERENT, "Bellerive Restauration", IBAN_ENTREPRISE),
        ("driss", INSTITUT_SIREN, Profil.PRESTATAIRE, "Institut des métiers de la table", IBAN_INSTITUT),
    ):
        compte = ajouter_coordonnees(
            siren=siren,
            profil=profil,
            titulaire=titulaire,
            iban=iban,
            par=scene.par(prenom, second_facteur_le=quand),
            maintenant=quand,
        )
        lendemain = scene.le(-79)
        confirmer_coordonnees(
            coordonnees_id=compte.pk,
            methode=MethodeConfirmation.CONTRE_APPEL,
            commentaire="",
            par=scene.par("farid", second_facteur_le=lendemain),
            maintenant=lendemain,
        )


def _payer(scene: Metteur, dossier: Dossier) -> None:
    engagement = engagement_de(dossier, scene.par("emma"))
    if engagement is None:
        return
    ttc = engagement.montant_a_payer
    facture = deposer_facture(
        engagement_id=engagement.pk,
        facture=SaisieFacture(
            numero="F-2026-0117",
            date_emission=scene.jour(-22),
            montant_ht=engagement.montant_ht,
            taux_tva=Decimal(0),
            montant_ttc=ttc,
        ),
        certificat=SaisieCertificat(
            nature=NatureAction.ACTION_FORMATION,
            date_debut=scene.jour(-25),
            date_fin=scene.jour(-24),
            heures_realisees=Decimal(14),
            nombre_stagiaires=1,
            signataire_nom="Driss Haddad",
            signataire_qualite="Directeur",
            lieu="Lyon",
            signe_le=scene.jour(-22),
            conservation=True,
        ),
        fichier_facture=Fichier(
            "facture.pdf", io.BytesIO(document_fictif("Facture F-2026-0117", "Service en salle", scene.jour(-22)))
        ),
        fichier_certificat=Fichier(
            "certificat.pdf", io.BytesIO(document_fictif("Certificat de réalisation", "Service en salle", scene.jour(-22)))
        ),
        par=scene.par("driss"),
        maintenant=scene.le(-22),
    )
    accepter_facture(facture_id=facture.pk, par=scene.par("farid"), maintenant=scene.le(-20))
    preparation = preparer_lot(par=scene.par("ines"), maintenant=scene.le(-19))
    lot = preparation.lot
    quand = scene.le(-18)
    signer_lot(lot_id=lot.pk, par=scene.par("jeanne", second_facteur_le=quand), maintenant=quand)
    telecharger_xml(lot_id=lot.pk, par=scene.par("ines", second_facteur_le=quand), maintenant=quand)
    declarer_execute(
        lot_id=lot.pk, date_execution=scene.jour(-17), reference="VIR-2026-1106", par=scene.par("ines"), maintenant=scene.le(-17)
    )
