"""Search of everything at once: requests, invoices, people, organisations, actions; each kind within the rights of who searches."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from jalon.dossiers.models import Dossier
from jalon.dossiers.requetes import FiltreDossiers, liste_dossiers
from jalon.facturation.enums import LIBELLES_ETATS as ETATS_FACTURE
from jalon.facturation.enums import EtatFacture
from jalon.facturation.models import Facture
from jalon.facturation.requetes import FiltreFactures, liste_factures
from jalon.habilitations.acteurs import ActeurPersonne
from jalon.habilitations.requetes.matrice import liens_visibles, nom_du_lien
from jalon.organisations.models import Organisation
from jalon.organisations.requetes import chercher, chercher_parmi
from jalon.salaries.models import Salarie
from jalon.salaries.requetes import trouver
from jalon.socle.acteurs import FAMILLES, Domaine, Droit, Niveau, Pouvoir
from jalon.socle.dates import formater_date
from jalon.socle.identifiants import grouper
from jalon.socle.montants import formater_montant
from jalon.socle.texte import normaliser
from jalon.web.composants.coquille import Coquille, Lien
from jalon.web.composants.moment import ce_jour

PAR_RUBRIQUE = 5
LETTRES_MINIMUM = 2
LONGUEUR_MAXIMUM = 200
LIEUX_FOUILLES = 200
SALARIES_AILLEURS = "Les salariés se cherchent dans l’espace de chaque client."


@dataclass(frozen=True, slots=True)
class Trouve:
    """One answer, and where it leads."""

    titre: str
    detail: str
    url: str
    icone: str


@dataclass(frozen=True, slots=True)
class Rubrique:
    """Answers of one kind; `suite`: the list where all of them are, when there may be more."""

    titre: str
    trouves: tuple[Trouve, ...]
    suite: str = ""


@dataclass(frozen=True, slots=True)
class Recherche:
    """What was typed and what answers; `courte`: too short to be looked for; `note`: what was not looked at."""

    texte: str
    rubriques: tuple[Rubrique, ...] = ()
    note: str = ""

    @property
    def courte(self) -> bool:
        """Whether more letters are needed."""
        return len(normaliser(self.texte)) < LETTRES_MINIMUM

    @property
    def nombre(self) -> int:
        """How many answers are shown."""
        return sum(len(r.trouves) for r in self.rubriques)


def lire_texte(texte: str) -> str:
    """What was typed, bounded."""
    return texte.strip()[:LONGUEUR_MAXIMUM]


def chercher_dans_l_espace(acteur: ActeurPersonne, siren: str, coquille: Coquille, texte: str) -> Recherche:
    """In one company or provider."""
    ici = acteur.sur(siren)
    rubriques = [
        _dossiers(ici, siren, texte, reverse("espace_dossiers", args=[siren])) if _voit(acteur, siren, *FAMILLES) else None,
        _factures(ici, siren, texte, reverse("espace_factures", args=[siren]))
        if _voit(acteur, siren, Domaine.FACTURES)
        else None,
        _salaries(ici, siren, texte) if _voit(acteur, siren, Domaine.SALARIES) else None,
        _personnes(acteur, siren, texte) if _voit(acteur, siren, Domaine.ACCES) else None,
        _mes_organisations(acteur, texte),
        _actions(coquille, texte),
    ]
    return _recherche(texte, rubriques)


def chercher_partout(acteur: ActeurPersonne, coquille: Coquille, texte: str) -> Recherche:
    """In all the places where the person acts; employees where she acts in few, for there is no index over thousands of companies."""
    salaries = acteur.perimetre(Droit(Domaine.SALARIES, Niveau.LECTURE))
    lieux = len(salaries.sirens) + len(salaries.sirets)
    rubriques = [
        _dossiers(acteur, None, texte, reverse("mes_dossiers")),
        _factures(acteur, None, texte, ""),
        _salaries(acteur, None, texte) if 0 < lieux <= LIEUX_FOUILLES else None,
        _mes_organisations(acteur, texte),
        _actions(coquille, texte),
    ]
    return _recherche(texte, rubriques, SALARIES_AILLEURS if lieux > LIEUX_FOUILLES else "")


def chercher_a_l_opco(acteur: ActeurPersonne, coquille: Coquille, texte: str) -> Recherche:
    """In the portefeuilles of a person of the OPCO."""
    rubriques = [
        _dossiers(acteur, None, texte, reverse("opco_dossiers"), opco=True),
        _factures(acteur, None, texte, reverse("opco_factures"), opco=True)
        if acteur.portefeuilles(Pouvoir.TRAITER_FACTURES)
        else None,
        _organisations_suivies(acteur, texte),
        _actions(coquille, texte),
    ]
    return _recherche(texte, rubriques)


def _recherche(texte: str, rubriques: Iterable[Rubrique | None], note: str = "") -> Recherche:
    return Recherche(texte, tuple(r for r in rubriques if r is not None and r.trouves), note)


def _voit(acteur: ActeurPersonne, siren: str, *domaines: Domaine) -> bool:
    return any(acteur.a_un_droit(siren, Droit(d, Niveau.LECTURE)) for d in domaines)


def _avec(adresse: str, texte: str) -> str:
    return f"{adresse}?{urlencode({'q': texte})}" if adresse else ""


def _dossiers(acteur: ActeurPersonne, siren: str | None, texte: str, liste: str, *, opco: bool = False) -> Rubrique:
    jour = ce_jour()
    page = liste_dossiers(acteur, siren, FiltreDossiers(jour=jour, texte=texte))

    def trouve(dossier: Dossier) -> Trouve:
        url = (
            reverse("opco_dossier", args=[dossier.pk])
            if opco
            else reverse("espace_dossier", args=[siren or dossier.siren, dossier.pk])
        )
        detail = " · ".join(t for t in (dossier.numero, dossier.denomination, dossier.libelle_etat(jour)) if t)
        return Trouve(dossier.titre or "Sans titre", detail, url, "folder-open")

    return Rubrique("Dossiers", tuple(map(trouve, page.dossiers[:PAR_RUBRIQUE])), _suite(page.dossiers, liste, texte))


def _factures(acteur: ActeurPersonne, siren: str | None, texte: str, liste: str, *, opco: bool = False) -> Rubrique:
    page = liste_factures(acteur, siren, FiltreFactures(texte=texte))

    def trouve(facture: Facture) -> Trouve:
        lieu = siren or next(s for s in (facture.beneficiaire_siren, facture.siren) if acteur.appartient(s) or s == facture.siren)
        url = reverse("opco_facture", args=[facture.pk]) if opco else reverse("espace_facture", args=[lieu, facture.pk])
        etat = ETATS_FACTURE[EtatFacture(facture.etat)]
        detail = f"{facture.emetteur_nom} · {formater_montant(facture.montant_a_payer)} · {etat}"
        return Trouve(f"Facture {facture.numero}", detail, url, "receipt-text")

    return Rubrique("Factures", tuple(map(trouve, page.factures[:PAR_RUBRIQUE])), _suite(page.factures, liste, texte))


def _suite(trouves: list[Dossier] | list[Facture], liste: str, texte: str) -> str:
    return _avec(liste, texte) if len(trouves) > PAR_RUBRIQUE else ""


def _salaries(acteur: ActeurPersonne, siren: str | None, texte: str) -> Rubrique:
    """Employees of the directory, gone or not, by their names, their number or their job; never a NIR."""
    jour = ce_jour()
    trouves = trouver(acteur, siren, texte, jour, PAR_RUBRIQUE + 1)

    def trouve(salarie: Salarie) -> Trouve:
        usage = f" ({salarie.nom_usage})" if salarie.nom_usage else ""
        depart = f"Départ le {formater_date(salarie.sortie)}" if salarie.sortie and salarie.sortie < jour else ""
        lieu = "" if siren else f"SIREN {grouper(salarie.siren)}"
        detail = " · ".join(t for t in (salarie.emploi or "Salarié(e)", lieu, depart) if t)
        url = reverse("espace_salarie", args=[salarie.siren, salarie.pk])
        return Trouve(f"{salarie.nom_complet}{usage}", detail, url, "user")

    suite = _avec(reverse("espace_salaries", args=[siren]), texte) if siren and len(trouves) > PAR_RUBRIQUE else ""
    return Rubrique("Salariés", tuple(map(trouve, trouves[:PAR_RUBRIQUE])), suite)


def _personnes(acteur: ActeurPersonne, siren: str, texte: str) -> Rubrique:
    """Those who hold an access here, on either side."""
    cherche = normaliser(texte)
    adresse = reverse("espace_habilitations", args=[siren])
    noms = {
        nom_du_lien(lien): None
        for profil in acteur.profils(siren)
        for lien in liens_visibles(siren, acteur, acteur.maintenant, profil)
        if cherche in normaliser(nom_du_lien(lien))
    }
    trouves = [Trouve(nom, "Accès à cet espace", _avec(adresse, nom), "users") for nom in sorted(noms)]
    return Rubrique("Personnes", tuple(trouves[:PAR_RUBRIQUE]), _avec(adresse, texte) if len(trouves) > PAR_RUBRIQUE else "")


def _mes_organisations(acteur: ActeurPersonne, texte: str) -> Rubrique:
    miennes = {r.siren for r in acteur.rattachements}
    trouvees = chercher_parmi(miennes, texte, PAR_RUBRIQUE)
    return Rubrique("Entreprises et organismes", tuple(_organisation(o, "espace_accueil") for o in trouvees))


def _organisations_suivies(acteur: ActeurPersonne, texte: str) -> Rubrique:
    suivis = acteur.portefeuilles(Pouvoir.CONSULTER)
    trouvees = [o for o in chercher(texte, 4 * PAR_RUBRIQUE) if o.portefeuille_id in suivis]
    return Rubrique("Organisations", tuple(_organisation(o, "opco_organisation") for o in trouvees[:PAR_RUBRIQUE]))


def _organisation(organisation: Organisation, nom_url: str) -> Trouve:
    url = reverse(nom_url, args=[organisation.siren])
    return Trouve(organisation.denomination, f"SIREN {grouper(organisation.siren)}", url, "building-2")


def _actions(coquille: Coquille, texte: str) -> Rubrique:
    """What the navigation and the shell offer here, by the beginning of their words."""
    mots = normaliser(texte).split()
    liens = [lien for groupe in coquille.groupes for lien in groupe.liens] + list(coquille.actions)
    trouves = [_action(lien) for lien in liens if _commence(lien.libelle, mots)]
    return Rubrique("Actions", tuple({t.url: t for t in trouves}.values())[:PAR_RUBRIQUE])


def _commence(libelle: str, mots: list[str]) -> bool:
    presents = normaliser(libelle).split()
    return bool(mots) and all(any(present.startswith(mot) for present in presents) for mot in mots)


def _action(lien: Lien) -> Trouve:
    return Trouve(lien.libelle, "", lien.url, lien.icone)


def proposees(coquille: Coquille) -> Rubrique:
    """What is offered before anything is typed."""
    return Rubrique("Actions", tuple(_action(lien) for lien in coquille.actions[:PAR_RUBRIQUE]))
