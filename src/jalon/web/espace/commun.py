"""What every page of a company's or provider's space shares: where one is, and the shell around it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse

from jalon.aide.enums import PublicEtat
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.organisations.models import Etablissement
from jalon.organisations.requetes import nombre_d_etablissements, noms_des_organisations
from jalon.porte_documents.requetes import tient_ici
from jalon.socle.acteurs import FAMILLES, Domaine, Droit, Niveau, Profil
from jalon.socle.erreurs import AutreEspace, Introuvable
from jalon.socle.identifiants import grouper
from jalon.vues.requetes.taches import nombre_connu
from jalon.web.composants import liens
from jalon.web.composants.coquille import Coquille, Groupe, Lien, PerimetreAffiche, compte_de

PERIMETRES_MONTRES = 8


@dataclass(frozen=True, slots=True)
class Espace:
    """The company or provider of the URL, as the person sees it."""

    siren: str
    nom: str
    profils: tuple[Profil, ...]
    acteur: ActeurPersonne
    noms: Mapping[str, str] = field(default_factory=dict)
    """Names of this place and of the others that the switcher shows."""

    @property
    def adherent(self) -> bool:
        """Whether requests are filed here."""
        return Profil.ADHERENT in self.profils

    @property
    def prestataire(self) -> bool:
        """Whether invoices are sent here."""
        return Profil.PRESTATAIRE in self.profils

    @property
    def profil(self) -> Profil:
        """The side shown first."""
        return self.profils[0]

    @property
    def mandataires(self) -> tuple[str, ...]:
        """In whose name the person acts here, when it is by mandate."""
        return self.acteur.mandataires(self.siren)

    @property
    def cabinet(self) -> str:
        """SIREN of the cabinet whose clients the person follows here: this place, or the one that it gave a mandate to."""
        ici = [self.siren] if self.acteur.clients(self.siren) else []
        return next(iter([*ici, *self.mandataires]), "")

    @property
    def role(self) -> str:
        """What the person is here, in two words."""
        if self.acteur.regarde_seulement:
            return "Vue en lecture seule"
        if self.mandataires:
            return "Par mandat"
        if self.acteur.est_administrateur(self.siren):
            return "Administration"
        if self.acteur.en_probation(self.siren) and self.voit(Domaine.ACCES, niveau=Niveau.GESTION):
            return "Administration, 72 premières heures"
        return "Accès limité à vos droits"

    def voit(self, *domaines: Domaine, niveau: Niveau = Niveau.LECTURE) -> bool:
        """Whether the person holds that level in one of the domains here."""
        return any(self.acteur.a_un_droit(self.siren, Droit(d, niveau)) for d in domaines)


def ouvrir_espace(request: HttpRequest, siren: str) -> Espace:
    """The space of the URL (the gate was passed already); the shell is built only if a template draws it."""
    acteur: ActeurPersonne = request.acteur  # type: ignore[attr-defined]
    noms = noms_des_organisations(_a_montrer(acteur, siren))
    ici = Espace(siren=siren, nom=noms.get(siren, grouper(siren)), profils=acteur.profils(siren), acteur=acteur, noms=noms)
    request.coquille = lambda: coquille_d_espace(ici)  # type: ignore[attr-defined]
    return ici


def exiger_ici(ici: Espace, *sirens: str) -> None:
    """Raise AutreEspace when an object that the person sees belongs to none of her spaces but another one than this;
    `sirens`: the organisations where it is shown. Introuvable when she is attached to none of them.
    """
    if ici.siren in sirens:
        return
    ailleurs = next((siren for siren in sirens if ici.acteur.appartient(siren)), None)
    raise AutreEspace(ailleurs) if ailleurs is not None else Introuvable


def coquille_d_espace(ici: Espace) -> Coquille:
    """Navigation of a space: what is out of the person's domains is not shown."""
    siren = ici.siren
    etablissements = nombre_d_etablissements(siren)
    precision = f" · {etablissements} établissements" if etablissements > 1 else ""
    return Coquille(
        groupes=tuple(g for g in (_generales(ici), _demandes(ici), _finances(ici), _organisation(ici)) if g.liens),
        aide=Lien("Aide et contact", liens.AIDE, icone="life-buoy"),
        perimetre=ici.nom,
        detail=f"SIREN {grouper(siren)}{precision}",
        perimetres=perimetres_de(ici),
        tous_les_perimetres=reverse("espace_clients", args=[ici.cabinet]) if ici.cabinet else liens.ACCUEIL,
        role=ici.role,
        compte=compte_de(ici.acteur.personne),
        accueil=reverse("espace_accueil", args=[siren]),
        taches="" if ici.acteur.regarde_seulement else reverse("espace_taches", args=[siren]),
        nombre_de_taches=nombre_connu(ici.acteur, siren),
        recherche=reverse("espace_recherche", args=[siren]),
        actions=_actions(ici),
        publics=_publics(ici),
    )


def _publics(ici: Espace) -> tuple[PublicEtat, ...]:
    """Whose place it is: a company that is a provider too, followed by a cabinet, is all three."""
    cotes = (
        (PublicEtat.ENTREPRISES, ici.adherent),
        (PublicEtat.PRESTATAIRES, ici.prestataire),
        (PublicEtat.CABINETS, bool(ici.cabinet)),
    )
    return tuple(public for public, vrai in cotes if vrai)


def _actions(ici: Espace) -> tuple[Lien, ...]:
    """What one begins here, by name, for the search."""
    lignes = []
    if ici.adherent and ici.voit(*FAMILLES, niveau=Niveau.SAISIE):
        lignes.append(Lien("Nouvelle demande", reverse("saisie_nouveau", args=[ici.siren]), icone="plus"))
    if ici.voit(Domaine.ACCES, niveau=Niveau.GESTION):
        lignes.append(Lien("Inviter une personne", reverse("espace_inviter", args=[ici.siren]), icone="user-plus"))
    if ici.voit(Domaine.RIB, niveau=Niveau.GESTION):
        lignes.append(Lien("Ajouter un compte bancaire", reverse("espace_rib_ajouter", args=[ici.siren]), icone="landmark"))
    return tuple(lignes)


def _generales(ici: Espace) -> Groupe:
    lignes = [
        Lien("Accueil", reverse("espace_accueil", args=[ici.siren]), icone="house"),
        Lien("Tâches à faire", reverse("espace_taches", args=[ici.siren]), icone="list-checks"),
    ]
    if ici.cabinet:
        lignes.insert(0, Lien("Mes clients", reverse("espace_clients", args=[ici.cabinet]), icone="briefcase"))
    return Groupe("", tuple(lignes))


def _demandes(ici: Espace) -> Groupe:
    lignes = []
    if ici.voit(*FAMILLES):
        lignes.append(Lien("Dossiers", reverse("espace_dossiers", args=[ici.siren]), icone="folder-open"))
        if ici.adherent:
            lignes.append(Lien("Brouillons", reverse("espace_brouillons", args=[ici.siren]), icone="file-pen"))
    if tient_ici(ici.acteur, ici.siren) and not ici.acteur.regarde_seulement:
        lignes.append(Lien("Porte-documents", reverse("espace_documents", args=[ici.siren]), icone="paperclip"))
    if ici.voit(Domaine.EXPORTS) and not ici.acteur.regarde_seulement:
        lignes.append(Lien("Exports", reverse("espace_exports", args=[ici.siren]), icone="file-spreadsheet"))
    return Groupe("Demandes", tuple(lignes))


def _finances(ici: Espace) -> Groupe:
    lignes = []
    if ici.voit(Domaine.FACTURES):
        lignes.append(Lien("Factures", reverse("espace_factures", args=[ici.siren]), icone="receipt-text"))
    if ici.voit(Domaine.REGLEMENTS):
        lignes.append(Lien("Règlements", reverse("espace_reglements", args=[ici.siren]), icone="banknote"))
    return Groupe("Finances", tuple(lignes))


def _organisation(ici: Espace) -> Groupe:
    lignes = []
    if ici.voit(Domaine.ACCES):
        lignes.append(Lien("Habilitations", reverse("espace_habilitations", args=[ici.siren]), icone="shield-check"))
    if ici.voit(Domaine.ACCES):
        lignes.append(Lien("Clés d’API", reverse("espace_cles", args=[ici.siren]), icone="key-round"))
    if ici.adherent and ici.voit(Domaine.SALARIES):
        lignes.append(Lien("Salariés", reverse("espace_salaries", args=[ici.siren]), icone="users"))
    if ici.voit(Domaine.RIB):
        lignes.append(Lien("Coordonnées bancaires", reverse("espace_rib", args=[ici.siren]), icone="landmark"))
    lignes.append(Lien("Ce que je peux faire", reverse("espace_mes_droits", args=[ici.siren]), icone="user-check"))
    return Groupe("Entreprise" if ici.adherent else "Organisme", tuple(lignes))


def perimetres_de(ici: Espace) -> tuple[PerimetreAffiche, ...]:
    """The first places of the switcher, and the OPCO's pages for its people."""
    montres = [_ligne(siren, ici.noms, siren == ici.siren) for siren in _a_montrer(ici.acteur, ici.siren)]
    if ici.acteur.roles_opco:
        montres.append(PerimetreAffiche("OPCO", "Instruction et paiement", reverse("opco_accueil")))
    return tuple(montres)


def _a_montrer(acteur: ActeurPersonne, courant: str) -> list[str]:
    """SIREN of the switcher, the present one first."""
    return list(dict.fromkeys([courant, *(r.siren for r in acteur.rattachements)]))[:PERIMETRES_MONTRES]


def _ligne(siren: str, noms: Mapping[str, str], courant: bool) -> PerimetreAffiche:
    url = reverse("espace_accueil", args=[siren])
    return PerimetreAffiche(noms.get(siren, grouper(siren)), f"SIREN {grouper(siren)}", url, courant)


def etablissements_choisissables(siren: str) -> Iterable[tuple[str, str]]:
    """(SIRET, « Annecy (siège) ») of the open establishments, for a list of choices."""
    for etablissement in Etablissement.objects.du_siren(siren).filter(etat="A"):
        nom = etablissement.nom_usuel or etablissement.commune or grouper(etablissement.siret)
        yield etablissement.siret, f"{nom} (siège)" if etablissement.siege else nom
