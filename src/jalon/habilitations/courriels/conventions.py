"""E-mails about the mandates that a provider holds from conventions."""

from collections.abc import Mapping

from jalon.courriers.messages import Destinataire, Message
from jalon.habilitations.administrateurs import tous_les_administrateurs
from jalon.habilitations.courriels import nom_de_l_organisation
from jalon.habilitations.courriels.mandats import DOSSIER, SurUnMandat
from jalon.habilitations.regles import dernier_jour
from jalon.habilitations.requetes.conventions import conventions_du_jour
from jalon.habilitations.requetes.opco import personnes_du_pouvoir
from jalon.organisations.requetes import portefeuille_de
from jalon.socle.acteurs import Pouvoir, Profil
from jalon.socle.dates import formater_date
from jalon.socle.horloge import maintenant


class ConventionDeclaree(SurUnMandat):
    """To the client's administrators: a provider says that it acts for them; they refuse on the page."""

    genre = "habilitations.convention_declaree"
    gabarit = f"{DOSSIER}/convention_declaree"
    titre = "Un CFA déclare agir en votre nom"

    def contexte(self) -> Mapping[str, object]:
        mandat = self.mandat
        return {
            **super().contexte(),
            "reference": mandat.reference,
            "signee_le": formater_date(mandat.signee_le) if mandat.signee_le else "",
            "chemin": f"/e/{mandat.siren}/habilitations/mandats/{mandat.id}/",
        }

    def autorise(self) -> bool:
        return self.mandat.termine_le is None and super().autorise()


class ConventionsEnNombre(SurUnMandat):
    """To the AEF of the provider's portefeuille: it declared more conventions in a day than is usual. Nothing is held."""

    genre = "habilitations.conventions_en_nombre"
    gabarit = f"{DOSSIER}/conventions_en_nombre"

    def sujet(self) -> str:
        return f"Beaucoup de conventions déclarées aujourd’hui\u00a0: {nom_de_l_organisation(self.mandat.mandataire_siren)}"

    def contexte(self) -> Mapping[str, object]:
        return {**super().contexte(), "chemin": "/opco/acces/conventions/"}

    def autorise(self) -> bool:
        portefeuille = portefeuille_de(self.mandat.mandataire_siren)
        aef = personnes_du_pouvoir(Pouvoir.DECIDER_ACCES, portefeuille, maintenant())
        return self.destinataire.personne_id in {p.id for p in aef}


class ConventionBientotFinie(SurUnMandat):
    """To the client's administrators: the provider will soon act for them no more."""

    genre = "habilitations.convention_bientot_finie"
    gabarit = f"{DOSSIER}/convention_bientot_finie"
    titre = "Une convention prend bientôt fin"

    def contexte(self) -> Mapping[str, object]:
        mandat = self.mandat
        chemin = f"/e/{mandat.siren}/habilitations/mandats/{mandat.id}/"
        return {**super().contexte(), "reference": mandat.reference, "chemin": chemin}

    def autorise(self) -> bool:
        return self.mandat.en_vigueur(maintenant()) and _administre(self.mandat.siren, Profil.ADHERENT, self.destinataire)


class ConventionsBientotFinies(SurUnMandat):
    """To the provider's administrators: one message for all the conventions that end the same day as that one, whatever became of it."""

    genre = "habilitations.conventions_bientot_finies"
    gabarit = f"{DOSSIER}/conventions_bientot_finies"

    def sujet(self) -> str:
        return f"Des conventions prennent fin le {formater_date(dernier_jour(self.mandat.fin))}"

    def contexte(self) -> Mapping[str, object]:
        chemin = f"/e/{self.mandat.mandataire_siren}/habilitations/conventions/"
        return {**super().contexte(), "nombre": conventions_du_jour(self.mandat, maintenant()), "chemin": chemin}

    def autorise(self) -> bool:
        finissent = conventions_du_jour(self.mandat, maintenant()) > 0
        return finissent and _administre(self.mandat.mandataire_siren, Profil.PRESTATAIRE, self.destinataire)


def _administre(siren: str, profil: Profil, destinataire: Destinataire) -> bool:
    administrateurs = tous_les_administrateurs(siren, profil, maintenant())
    return destinataire.personne_id in {a.personne_id for a in administrateurs}


MESSAGES: tuple[type[Message], ...] = (
    ConventionDeclaree,
    ConventionsEnNombre,
    ConventionBientotFinie,
    ConventionsBientotFinies,
)
